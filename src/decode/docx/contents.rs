//! Tables of contents that other programs made: where each entry only repeats a paragraph of the text they are left
//! out, as ours are; otherwise they are text.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostics, Kind};
use crate::ooxml::meaning::is_contents_head;
use crate::tree::{Block, BlockKind, Document, Inline, Location};

/// Fewer characters that begin a longer paragraph say little of where they come from.
const LEAST_BEGINNING: usize = 4;

/// Leaves the table out of the blocks and reports it, or reports that it is kept. `entries` are the paragraphs, by their
/// number in the part `main`, that the file says are of it: by their field, their style or the control around them.
pub(super) fn settle(
    document: &mut Document,
    main: &str,
    entries: &BTreeSet<u32>,
    diagnostics: &mut Diagnostics,
) {
    let Some(first) = entries.first() else { return };
    let of_entry = |block: &Block| {
        matches!(&block.origin.at, Location::Part { part, paragraph }
            if part == main && entries.contains(paragraph))
    };
    let mut texts = Vec::new();
    document.for_each_paragraph(&mut |block, paragraph| {
        if !of_entry(block) {
            texts.push(squeezed(&paragraph.text()));
        }
    });
    texts.sort_unstable();
    let mut kept = false;
    let mut left = Vec::with_capacity(document.blocks.len());
    let mut blocks = std::mem::take(&mut document.blocks).into_iter().peekable();
    let mut seen = 0;
    while let Some(block) = blocks.next() {
        let begins = of_entry(&block) || is_head(&block) && blocks.peek().is_some_and(&of_entry);
        if !begins {
            left.push(block);
            continue;
        }
        let mut table = vec![block];
        while let Some(block) =
            blocks.next_if(|block| of_entry(block) || matches!(block.kind, BlockKind::PageBreak))
        {
            table.push(block);
        }
        // The break after it is that of the text.
        let after = table.pop_if(|block| matches!(block.kind, BlockKind::PageBreak));
        seen += table.iter().filter(|block| of_entry(block)).count();
        if repeats(&table, &texts) {
            let at = table.first().map_or(Location::Whole, |block| block.origin.at.clone());
            let text: Vec<String> = table.iter().filter_map(plain).collect();
            let message = message!("the table of contents, which repeats the headings");
            diagnostics.report_text(Kind::LeftOut, "contents", at, message, text.join("\n"));
        } else {
            kept = true;
            left.append(&mut table);
        }
        // Nothing breaks before the first page, or twice where nothing stands between any more.
        let begins = left.last().is_none_or(|block| matches!(block.kind, BlockKind::PageBreak));
        left.extend(after.filter(|_| !begins));
    }
    document.blocks = left;
    if kept || seen == 0 {
        let at = Location::Part { part: main.to_owned(), paragraph: *first };
        let message =
            message!("the table of contents is kept as text; its page numbers are those of the Word file");
        diagnostics.report(Kind::Substituted, "contents", at, message);
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The text of a block that may be an entry: a paragraph without pictures and marks of notes.
fn plain(block: &Block) -> Option<String> {
    fn is_plain(inlines: &[Inline]) -> bool {
        inlines.iter().all(|inline| match inline {
            Inline::Text(_) | Inline::Code(_) | Inline::Break => true,
            Inline::Styled(_, inner) | Inline::Link { content: inner, .. } => is_plain(inner),
            Inline::Image(_) | Inline::NoteRef(_) | Inline::Raw(_) => false,
        })
    }
    let BlockKind::Paragraph(paragraph) = &block.kind else { return None };
    is_plain(&paragraph.content).then(|| paragraph.text())
}

/// True for a paragraph that says `目录` or the like and no more.
fn is_head(block: &Block) -> bool {
    plain(block).is_some_and(|text| is_contents_head(&squeezed(&text)))
}

/// True where every line of the table below its head, without its page, is the text of a paragraph or begins one.
fn repeats(table: &[Block], texts: &[String]) -> bool {
    for block in table {
        if matches!(block.kind, BlockKind::PageBreak) || is_head(block) {
            continue;
        }
        let Some(text) = plain(block) else { return false };
        for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
            let entry = squeezed(without_page(line));
            let at = texts.partition_point(|text| text.as_str() < entry.as_str());
            let found = texts.get(at).is_some_and(|text| {
                *text == entry || text.starts_with(&entry) && entry.chars().count() >= LEAST_BEGINNING
            });
            if entry.is_empty() || !found {
                return false;
            }
        }
    }
    true
}

/// An entry without the number of its page: what follows the last tab, or figures behind leaders.
fn without_page(line: &str) -> &str {
    let line = line.trim_end();
    let is_number = |text: &str| {
        let text = text.trim();
        text.chars().all(|c| c.is_ascii_digit() || "ivxlcIVXLC-—".contains(c))
    };
    if let Some((entry, _)) = line.rsplit_once('\t').filter(|(_, page)| is_number(page)) {
        return entry.trim_end_matches(['.', '…', '·', '\t', ' ']);
    }
    let entry = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = entry.trim_end_matches(['.', '…', '·', '．', ' ', '\u{3000}']);
    // A heading may end with a figure.
    if bare.len() < entry.len() && entry.len() < line.len() { bare } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_no_part_of_an_entry() {
        for (line, entry) in [
            ("一、总则\t1", "一、总则"),
            ("一、总则……12", "一、总则"),
            ("一、总则 ...... 3", "一、总则"),
            ("1.1\t背景\tiv", "1.1\t背景"),
            ("十四五规划2025", "十四五规划2025"),
            ("没有页码", "没有页码"),
        ] {
            assert_eq!(without_page(line), entry);
        }
    }
}
