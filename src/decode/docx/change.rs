//! Tracked changes (ECMA-376 17.13.5), read as they are asked for.

use super::inline::{Look, plain_text};
use super::story::Reader;
use super::xml::{Element, Ns};
use crate::diagnostic::Kind;
use crate::options::TrackChanges;
use crate::tree::InlineStyle;

/// What becomes of something that was inserted or deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is text like any other.
    Kept,
    /// It is no part of the text.
    LeftOut,
    /// It is text that is set apart.
    Marked(InlineStyle),
}

/// The fate of what an element of that name marks: `w:ins`, `w:del` and moves, around text, in the properties of a
/// paragraph mark, a row or a cell. `None` for a name that marks no change.
pub(super) fn fate(changes: TrackChanges, name: &str) -> Option<Fate> {
    let inserted = match name {
        "ins" | "moveTo" | "cellIns" => true,
        "del" | "moveFrom" | "cellDel" => false,
        _ => return None,
    };
    Some(match (changes, inserted) {
        (TrackChanges::Accept, true) | (TrackChanges::Reject, false) => Fate::Kept,
        (TrackChanges::Accept, false) | (TrackChanges::Reject, true) => Fate::LeftOut,
        (TrackChanges::All, true) => Fate::Marked(InlineStyle::Underline),
        (TrackChanges::All, false) => Fate::Marked(InlineStyle::Strike),
    })
}

/// True for an element around text that is left out.
pub(super) fn is_left_out(changes: TrackChanges, element: Element<'_>) -> bool {
    element.ns() == Ns::W && fate(changes, element.name()) == Some(Fate::LeftOut)
}

/// True where properties (of a paragraph mark, a row, a cell) say that what they belong to is left out.
pub(super) fn says_left_out(changes: TrackChanges, properties: Element<'_>) -> bool {
    properties.children().any(|child| is_left_out(changes, child))
}

/// `w:pPr` or `w:rPr` of an element as it counts: where changes are rejected, that before the change of formatting
/// (17.13.5.29, 17.13.5.31).
pub(super) fn properties<'a>(
    changes: TrackChanges,
    element: Element<'a>,
    name: &'static str,
) -> Option<Element<'a>> {
    let now = element.child(name)?;
    if changes != TrackChanges::Reject {
        return Some(now);
    }
    let change = if name == "pPr" { "pPrChange" } else { "rPrChange" };
    Some(now.child(change).and_then(|change| change.child(name)).unwrap_or(now))
}

impl<'a> Reader<'a, '_> {
    /// Reads what stands inside a `w:ins`, `w:del` or move.
    pub(super) fn changed(
        &mut self,
        element: Element<'a>,
        fate: Fate,
        content: &mut super::content::Content<'a>,
        look: Look,
    ) {
        match fate {
            Fate::Kept => self.inlines(element, content, look),
            Fate::LeftOut => content.left_out.push_str(&plain_text(element)),
            Fate::Marked(style) => {
                let message =
                    message!("tracked changes are shown: insertions underlined, deletions struck through");
                self.once(Kind::Substituted, "change", element, message);
                self.inlines(element, content, look.with(style));
            }
        }
    }

    /// Reports text that is left out because of a change.
    pub(super) fn report_left_out(&mut self, element: Element<'_>, text: String) {
        if text.is_empty() {
            return;
        }
        let (code, message) = match self.changes {
            TrackChanges::Reject => {
                ("inserted", message!("text that is marked as inserted; the changes are read as rejected"))
            }
            TrackChanges::Accept | TrackChanges::All => {
                ("deleted", message!("text that is marked as deleted; the changes are read as accepted"))
            }
        };
        self.report(Kind::LeftOut, code, element, message, text);
    }
}
