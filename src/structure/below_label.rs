//! Lines that an author sets in below the words behind a label, as lists of members have them: `副组长：李　四　局长` over
//! `　　　　王小五　科长`. What they are set in by beyond the label's own line stays with them, as blanks.

use super::phrase::{label, length};
use crate::tree::{BlockKind, Document, Inline, Paragraph, Role};

/// A label has no more characters, its colon included.
const LONGEST: usize = 9;

/// Gives such lines their blanks, those that have none yet.
pub(super) fn keep_blanks(document: &mut Document) {
    // The indent of the last label's line, and the characters of the label.
    let mut last: Option<(u16, usize)> = None;
    for block in &mut document.blocks {
        let appearance = &block.origin.appearance;
        let (indent, parted) = (appearance.indent, appearance.blank_before > 0);
        let BlockKind::Paragraph(Paragraph { role: Role::Body, content, .. }) = &mut block.kind else {
            last = None;
            continue;
        };
        let [Inline::Text(text)] = content.as_mut_slice() else {
            last = None;
            continue;
        };
        if let Some(own) = label_of(text) {
            last = Some((indent, own));
            continue;
        }
        let below = last.filter(|(of_label, length)| {
            !parted && usize::from(indent.saturating_sub(*of_label)) == 2 * length
        });
        match below {
            Some((_, length)) if !text.starts_with(char::is_whitespace) => {
                text.insert_str(0, &"\u{3000}".repeat(length));
            }
            Some(_) => {}
            None if text.starts_with(char::is_whitespace) => {}
            None => last = None,
        }
    }
}

/// The characters of the label that a line begins with, its colon included, where words stand behind it.
fn label_of(text: &str) -> Option<usize> {
    let (own, behind) = label(text, LONGEST - 1)?;
    let names = !own.is_empty() && !behind.trim().is_empty() && !text.starts_with(char::is_whitespace);
    names.then(|| length(own) + 1)
}
