//! 命令（令）, whose number and signature have places of their own (GB/T 9704-2012 10.2).

use super::{Block, Paragraph, Role};

/// Whether the first of `blocks` belongs to an order, given whether the block before it does. An order begins with the
/// title that calls it so, right above its number, and ends before the next title or annex.
pub(crate) fn is_of_order(blocks: &[Block], before: bool) -> bool {
    let paragraph = |index: usize| blocks.get(index).and_then(Block::paragraph);
    match paragraph(0) {
        Some(first) if first.role == Role::Title => {
            first.characters().trim_end().ends_with('令') && paragraph(1).is_some_and(is_order_number)
        }
        Some(first) if first.role == Role::AttachmentLabel => false,
        Some(_) | None => before,
    }
}

/// 令号: `第12号`, `（第八十号）`.
fn is_order_number(paragraph: &Paragraph) -> bool {
    let text = paragraph.characters();
    let text = text.trim().trim_start_matches(['（', '(']).trim_end_matches(['）', ')']).trim();
    paragraph.role == Role::DocumentNumber && text.starts_with('第') && text.ends_with('号')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{BlockKind, Inline, Origin};

    #[test]
    fn an_order_goes_from_its_title_to_the_next() {
        let blocks: Vec<Block> = [
            (Role::Title, "青石市人民政府令"),
            (Role::DocumentNumber, "（第十二号）"),
            (Role::Body, "现予公布。"),
            (Role::Title, "青石市公园管理办法"),
            (Role::Body, "第一条"),
            (Role::Title, "嘉奖令"),
            (Role::DocumentNumber, "青政令〔2026〕1号"),
        ]
        .map(|(role, text)| Block {
            kind: BlockKind::Paragraph(Paragraph::new(role, vec![Inline::Text(text.to_owned())])),
            origin: Origin::default(),
        })
        .into();
        let mut order = false;
        let of_order: Vec<bool> = (0..blocks.len())
            .map(|index| {
                order = is_of_order(&blocks[index..], order);
                order
            })
            .collect();
        assert_eq!(of_order, [true, true, true, false, false, false, false]);
    }
}
