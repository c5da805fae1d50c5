//! What every paragraph is: a pass from tree to tree.
//!
//! The pass looks at the whole document before it decides. [`marker`] finds what could be numbering,
//! and [`doubt`] settles which of it only counts (`一、二季度`). [`boilerplate`], [`debris`] and [`site`] say what
//! looks like the text of a page or a mail, and [`below`] where it is that. [`front`] and [`back`] find
//! the blocks round the body (title to salutation, closing to remarks), with their own text and a
//! document inside the document, with [`signature`], [`annex`] and [`distribution`]; [`attendance`] the lists of names under minutes. [`heading`] weighs every numbered paragraph with its siblings:
//! numbering, position, length, punctuation, what follows; [`emphasis`] tells what stands out in print. [`unnumbered`] finds headings that have no
//! number, [`numbering`] what is irregular in the numbers, and [`point`] the points inside
//! paragraphs; [`tabbed`] makes tables of lines with tabs, [`boxed`] of lines that draw one, [`aligned`] of lines in columns, [`blank_form`] of forms to be filled in, [`verse`] quotations of lines of one length, [`below_label`] keeps names below names, and [`caption`] finds what numbers a table or a picture. Roles that the source states are kept, and so are the run-in headings of such paragraphs, or their
//! lack; [`stated`] finds the documents that such a source begins.
//! [`constraint`] puts what a reader corrected before all of this, [`markdown_marks`] takes the marks of Markdown off a plain text even before, and [`field`] fills in the head after it. Every decision is reported with the name of the
//! rule that made it.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

mod aligned;
mod annex;
mod apply;
mod attendance;
mod back;
mod below;
mod below_label;
mod blank_form;
mod boilerplate;
mod boxed;
mod caption;
mod constraint;
mod contents;
mod debris;
mod distribution;
mod doubt;
mod emphasis;
mod field;
mod front;
mod gathered;
mod heading;
mod ideographs;
mod line;
mod list;
mod markdown_marks;
mod marker;
mod numbering;
mod numeral;
mod phrase;
mod point;
mod signature;
mod site;
mod stated;
mod tabbed;
mod unnumbered;
mod verse;

use std::ops::Range;

use crate::correction::Corrections;
use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::{Block, Document, Location, Paragraph, Role, Stated, is_division};

use line::Line;
pub(crate) use markdown_marks::take as take_marks;

/// Gives every paragraph of the top level its role, marker, run-in heading and inner points.
///
/// Paragraphs whose role the source states keep it. A tree that has been through here is not changed.
/// Each role that was inferred is reported as [`crate::diagnostic::Kind::Inferred`] with the rule as its code.
pub fn recognise(document: &mut Document, diagnostics: &mut Diagnostics) {
    read(document, Stated::Some, &Corrections::default(), 1, diagnostics);
}

/// [`recognise`], as far as `stated` leaves something to recognise, with what is known already: corrected paragraphs
/// are as the corrections say, and the others are read in their light. A correction that fits no paragraph is reported.
/// On so many threads at most.
pub fn read(
    document: &mut Document,
    stated: Stated,
    corrections: &Corrections,
    threads: usize,
    diagnostics: &mut Diagnostics,
) {
    let mut constraints = constraint::prepare(document, &corrections.paragraphs, diagnostics);
    let done = stated == Stated::All || apply::is_recognised(document);
    if !done && stated == Stated::Some {
        gathered::gather(boxed::found, document, &mut constraints, diagnostics);
        if tabbed::may_have_any(document) {
            gathered::gather(blank_form::found, document, &mut constraints, diagnostics);
            gathered::gather(tabbed::found, document, &mut constraints, diagnostics);
        }
        gathered::gather(aligned::found, document, &mut constraints, diagnostics);
        gathered::gather(verse::found, document, &mut constraints, diagnostics);
    }
    if !done || !corrections.is_empty() {
        let mut lines = line::read(document, &constraints, threads);
        if done {
            // Nothing but what was corrected is looked at.
            lines.retain(|line| line.pinned);
        } else {
            decide(document, stated, &mut lines, threads);
        }
        attendance::corrected(&mut lines);
        let decided = lines.into_iter().map(Into::into).collect();
        apply::write(document, decided, diagnostics);
    }
    if stated != Stated::All {
        below_label::keep_blanks(document);
    }
    field::fill(document, &corrections.fields, diagnostics);
    if stated == Stated::Some {
        report_centred(document, diagnostics);
    }
}

/// Reports paragraphs that a Word file centres and that are text all the same: text is set as the profile says.
fn report_centred(document: &Document, diagnostics: &mut Diagnostics) {
    let is_centred = |block: &&Block| {
        let text = |paragraph: &Paragraph| paragraph.role == Role::Body && !is_division(paragraph);
        let plain = block.paragraph().is_some_and(text);
        plain && block.origin.appearance.centred && matches!(block.origin.at, Location::Part { .. })
    };
    let mut centred = document.blocks.iter().filter(is_centred);
    if let Some(first) = centred.next() {
        let message = message!(
            "paragraphs that the file centres are set as text: {count}",
            count = 1 + centred.count()
        );
        diagnostics.report(Kind::Substituted, "centred", first.origin.at.clone(), message);
    }
}

/// Decides every line that is open.
fn decide(document: &Document, stated: Stated, lines: &mut [Line], threads: usize) {
    emphasis::weigh(lines, document);
    boilerplate::spare_foreign(lines);
    boilerplate::spare_letterhead(lines);
    boilerplate::spare_tear_line(lines);
    boilerplate::spare_items(lines);
    boilerplate::spare_editions(lines);
    boilerplate::spare_own_rows(lines);
    boilerplate::spare_lone_credit(lines);
    doubt::settle(lines);
    let contents = contents::find(lines);
    // The lines of a table of contents ask for no reading.
    let unread = |(at, line): (usize, &Line)| {
        line.is_open() && line.strong_marker().is_some() && !contents.contains(&at)
    };
    let unread = lines.iter().enumerate().any(unread);
    if stated != Stated::Some || apply::has_roles(document) && !unread {
        // The source states all roles, or finer ones and leaves nothing that asks for one: its plain paragraphs are
        // text. Markers are still read.
        lines.iter_mut().for_each(Line::state);
        point::find(document, lines, threads, |lines| {
            for part in stated::divide(lines) {
                heading::decide(&mut lines[part]);
            }
        });
        return;
    }
    point::find(document, lines, threads, |lines| decide_open(document, lines, contents));
}

/// Decides every line that is open in a text that states no roles, with a table of contents or none.
fn decide_open(document: &Document, lines: &mut [Line], contents: Range<usize>) {
    caption::find(lines, document);
    let named = contents::headings(lines, &contents);
    lines[contents].iter_mut().for_each(|line| line.decide(Role::Body, contents::RULE));
    below::inside(lines);
    below::lone_pages(lines, document);
    let parts = back::divide(lines);
    caption::name(lines, document);
    named.into_iter().for_each(|at| lines[at].decide(Role::Heading(1), "heading-in-contents"));
    for part in parts {
        heading::decide(&mut lines[part]);
    }
    below::closing_calls(lines);
}

#[cfg(test)]
mod tests;
