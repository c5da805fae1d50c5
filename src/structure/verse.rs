//! Verses that a text quotes: lines of as many characters each, set in below the words that announce them.
//!
//! Only lines of a text are looked at; what a Word file sets in has its own reasons.

use crate::tree::{Block, BlockKind, Paragraph};

use super::constraint::Constraint;
use super::gathered::{self, Found};
use super::phrase::{is_han, is_within};

/// A line of a verse has so many characters, marks apart: those of 四言 to two halves of 七言.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=14;

/// A line that may be of a verse: its indent, its characters without marks, and the mark that ends it.
#[derive(Clone, Copy, PartialEq)]
struct Line {
    indent: u16,
    length: usize,
    ends: char,
}

/// Every verse, as a quotation.
pub(super) fn found(blocks: &[Block], constraints: &[Constraint]) -> Vec<Found> {
    let mut found = Vec::new();
    for start in 1..blocks.len() {
        if !announces(&blocks[start - 1], &blocks[start]) {
            continue;
        }
        let Some(first) = line(&blocks[start]) else { continue };
        let alike = |at: usize| {
            let open =
                constraints.get(at).is_none_or(|constraint| constraint.role.is_none() && !constraint.apart);
            let line = line(&blocks[at])
                .filter(|line| open && (line.indent, line.length) == (first.indent, first.length));
            line.filter(|_| at == start || blocks[at].origin.appearance.blank_before == 0)
        };
        let lines: Vec<Line> = (start..blocks.len()).map_while(alike).collect();
        let ended = lines.last().is_some_and(|last| "。！？".contains(last.ends));
        // The text goes on, and not with a line that would be one more.
        let goes_on = blocks.get(start + lines.len()).is_some_and(|next| {
            let appearance = &next.origin.appearance;
            appearance.blank_before > 0 || appearance.indent < first.indent
        });
        if lines.len() >= 2 && ended && goes_on {
            let kind = BlockKind::Quote(blocks[start..start + lines.len()].to_vec());
            let message =
                message!("lines of one length that are set in are a verse: {lines}", lines = lines.len());
            found.push(Found::new(start, lines.len(), kind, "verse", message));
        }
    }
    found
}

/// True for the words before a verse: they end with a colon and are not set in as far.
fn announces(block: &Block, first: &Block) -> bool {
    let ends = |paragraph: &Paragraph| paragraph.characters().trim_end().ends_with(['：', ':']);
    block.origin.appearance.indent < first.origin.appearance.indent && block.paragraph().is_some_and(ends)
}

fn line(block: &Block) -> Option<Line> {
    let text = gathered::Line::of(block)?.text;
    if !is_within(text, 2 * LENGTHS.end()) {
        return None;
    }
    let text = text.trim_end().trim_end_matches('”');
    let ends = text.chars().next_back().filter(|c| "，。！？".contains(*c))?;
    let mut letters = text.chars().filter(|c| !"，。！？、“”".contains(*c));
    let length = letters.clone().count();
    (letters.all(is_han) && LENGTHS.contains(&length)).then_some(Line {
        indent: block.origin.appearance.indent,
        length,
        ends,
    })
}
