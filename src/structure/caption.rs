//! Captions: what stands right at a table or a picture and numbers it, or tells the unit of its figures.

use crate::tree::{Block, BlockKind, Document, Role, is_unit};

use super::line::Line;
use super::numeral;

/// A caption is no longer than this.
const LONGEST: usize = 60;

/// Finds captions by their words, right above or below a table or a picture.
pub(super) fn find(lines: &mut [Line], document: &Document) {
    for line in lines.iter_mut().filter(|line| line.is_open() && is_numbered(&line.text)) {
        let (above, below) = document.blocks.split_at(line.block);
        if is_at_figure(above.iter().rev()) || is_at_figure(below[1..].iter()) {
            line.decide(Role::Caption, "numbered-caption");
        }
    }
    for line in lines.iter_mut().filter(|line| line.is_open() && is_unit(&line.text)) {
        let below = document.blocks.get(line.block + 1);
        if below.is_some_and(|below| matches!(below.kind, BlockKind::Table(_))) {
            line.decide(Role::Caption, "table-unit");
        }
    }
}

/// True where the next of `blocks` is a table or a picture; the unit of its figures and paragraphs without words may
/// stand between.
fn is_at_figure<'a>(mut blocks: impl Iterator<Item = &'a Block>) -> bool {
    let mut units = 0;
    loop {
        match blocks.next().map(|block| &block.kind) {
            Some(BlockKind::Table(_) | BlockKind::Image(_)) => return true,
            Some(BlockKind::Paragraph(paragraph)) => {
                if paragraph.shows_pictures_alone() {
                    return true;
                }
                let text = paragraph.characters();
                units += usize::from(is_unit(&text));
                if units > 1 || !is_unit(&text) && !text.trim().is_empty() {
                    return false;
                }
            }
            Some(
                BlockKind::List(_)
                | BlockKind::Quote(_)
                | BlockKind::Code(_)
                | BlockKind::Rule
                | BlockKind::PageBreak
                | BlockKind::Raw(_),
            )
            | None => return false,
        }
    }
}

/// `表1　主要指标`, `图2-1：规划示意`, `Table 3`; no sentence of the text that begins so.
pub(super) fn is_numbered(text: &str) -> bool {
    let text = text.trim();
    if !text.starts_with(['表', '图', 'T', 'F']) {
        return false;
    }
    let word = ["表", "图", "Table", "Figure"].iter().find_map(|word| text.strip_prefix(word));
    let Some(rest) = word.map(str::trim_start) else { return false };
    let digit = |c: char| c.is_ascii_digit() || numeral::is_han(c);
    let name = rest.trim_start_matches(|c: char| digit(c) || matches!(c, '-' | '－' | '–' | '.' | '．'));
    let apart = name.is_empty() || name.starts_with([' ', '　', '\t', '：', ':', '、', '—']);
    rest.starts_with(digit)
        && text.chars().count() <= LONGEST
        && !text.contains(['。', '；', '！', '？'])
        && !text.ends_with(['，', '、', '：', ':'])
        // Right behind its number stands a name, not a clause.
        && (apart || rest.starts_with(|c: char| c.is_ascii_digit()) && !name.contains('，'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_have_a_number_and_are_no_sentence() {
        for text in [
            "表1　主要指标",
            "表 2-1 经费，万元",
            "图一",
            "图3：路网，2026年",
            "图4全县路网示意图",
            "Table 1 Costs",
        ] {
            assert!(is_numbered(text), "{text}");
        }
        for text in [
            "表1显示，收入增长。",
            "图2所示如下：",
            "表彰名单",
            "图书馆建设",
            "表1反映出，增速放缓",
            "图一时之快",
        ] {
            assert!(!is_numbered(text), "{text}");
        }
    }
}
