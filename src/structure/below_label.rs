//! Lines that an author sets in below the words behind a label, as lists of members have them: `副组长：李　四　局长` over
//! `　　　　王小五　科长`. What they are set in by beyond the label's own line stays with them, as blanks.

use super::phrase::{is_within, label};
use crate::tree::{BlockKind, Document, Inline, Paragraph, Role, half_em};

/// A label has no more characters, its colon included.
const LONGEST: usize = 9;

/// By so many half em may blanks that are counted out by eye miss the words behind the label.
const MISSED: u32 = 2;

/// Gives such lines their blanks, those that have none yet.
pub(super) fn keep_blanks(document: &mut Document) {
    // The indent of the last label's line, and the width of the label, in half em.
    let mut last: Option<(u32, u32)> = None;
    for block in &mut document.blocks {
        let appearance = &block.origin.appearance;
        let (indent, parted) = (u32::from(appearance.indent), appearance.blank_before > 0);
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
        let below = last.filter(|(of_label, width)| {
            !parted
                && indent.saturating_sub(*of_label).abs_diff(*width) <= MISSED
                && indent > *of_label + MISSED
        });
        match below {
            Some((_, width)) if !text.starts_with(char::is_whitespace) && is_row(text) => {
                text.insert_str(0, &"\u{3000}".repeat(width.div_ceil(2) as usize));
            }
            Some(_) => {}
            None if text.starts_with(char::is_whitespace) => {}
            None => last = None,
        }
    }
}

/// The width of the label that a line begins with, its colon included, where words stand behind it.
fn label_of(text: &str) -> Option<u32> {
    let (own, behind) = label(text, LONGEST - 1)?;
    let names = !own.is_empty() && !behind.trim().is_empty() && !text.starts_with(char::is_whitespace);
    // A colon of either width stands as a full one.
    names.then(|| own.chars().map(half_em).sum::<u32>() + 2)
}

/// A name with its office: no sentence, and no label itself.
fn is_row(text: &str) -> bool {
    is_within(text, LONGEST_ROW) && !text.ends_with(['。', '！', '？']) && !text.contains(['：', ':'])
}

/// Such a row has no more characters.
const LONGEST_ROW: usize = 40;
