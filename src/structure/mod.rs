//! What every paragraph is: a pass from tree to tree.
//!
//! The pass looks at the whole document before it decides. [`marker`] finds what could be numbering,
//! and [`doubt`] settles which of it only counts (`一、二季度`). [`boilerplate`] and [`debris`] say what
//! looks like the text of a page or a mail, and [`below`] where it is that. [`front`] and [`back`] find
//! the blocks round the body (title to salutation, closing to remarks), with their own text and a
//! document inside the document. [`heading`] weighs every numbered paragraph with its siblings:
//! numbering, position, length, punctuation, what follows; [`emphasis`] tells what stands out in print. [`unnumbered`] finds headings that have no
//! number, [`numbering`] what is irregular in the numbers, and [`point`] the points inside
//! paragraphs. Roles that the source states are kept. Every decision is reported with the name of the
//! rule that made it.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

mod apply;
mod back;
mod below;
mod boilerplate;
mod contents;
mod debris;
mod doubt;
mod emphasis;
mod front;
mod heading;
mod line;
mod list;
mod marker;
mod numbering;
mod numeral;
mod phrase;
mod point;
mod unnumbered;

use crate::diagnostic::Diagnostics;
use crate::tree::Document;

/// Gives every paragraph of the top level its role, marker, run-in heading and inner points.
///
/// Paragraphs whose role the source states keep it. A tree that has been through here is not changed.
/// Each role that was inferred is reported as [`crate::diagnostic::Kind::Inferred`] with the rule as its code.
pub fn recognise(document: &mut Document, diagnostics: &mut Diagnostics) {
    if apply::is_recognised(document) {
        return;
    }
    let mut lines = line::read(document);
    emphasis::weigh(&mut lines, document);
    doubt::settle(&mut lines);
    let unread = lines.iter().any(|line| line.is_open() && line.strong_marker().is_some());
    if apply::has_roles(document) && !unread {
        // The source states finer roles and leaves nothing that asks for one: its plain paragraphs are
        // text. Markers are still read.
        lines.iter_mut().for_each(|line| line.state());
        heading::decide(&mut lines);
        point::find(&mut lines);
        apply::write(document, lines, diagnostics);
        return;
    }
    contents::find(&mut lines);
    below::inside(&mut lines);
    let parts = back::divide(&mut lines);
    for part in parts {
        heading::decide(&mut lines[part]);
    }
    below::closing_calls(&mut lines);
    point::find(&mut lines);
    apply::write(document, lines, diagnostics);
}

#[cfg(test)]
mod tests;
