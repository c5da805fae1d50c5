//! Closing words of a letter that take two lines, of which the second begins at the edge: `此致` over `敬礼！`.

use super::{Block, Role};

/// What stands above the one to whom a letter is delivered, or above the salute: `此致` over `某某人民法院`.
pub(crate) const DELIVERS: [&str; 8] = ["此致", "谨致", "此复", "此覆", "谨覆", "此呈", "谨呈", "此上"];

/// How a letter begins to wish its reader well.
#[rustfmt::skip]
pub(crate) const WISHES: [&str; 16] = [
    "顺颂", "敬颂", "即颂", "并颂", "此颂", "谨颂", "恭颂", "祗颂", "顺祝", "敬祝", "谨祝", "敬请", "即请", "此请", "恭请", "顺请",
];

/// The salute, which has no line above it where the last sentence of the text ends in 此致.
const SALUTES: [&str; 2] = ["敬礼", "敬禮"];

/// True where the last of `blocks` is the second line of such words: it has no indent.
pub(crate) fn is_at_edge(blocks: &[Block]) -> bool {
    let [before @ .., last] = blocks else { return false };
    let closing = |block: &Block| {
        let paragraph = block.paragraph().filter(|paragraph| paragraph.role == Role::Closing)?;
        Some(paragraph.characters().chars().filter(|c| !c.is_whitespace()).collect::<String>())
    };
    let Some(text) = closing(last) else { return false };
    let above = before.last().and_then(closing).unwrap_or_default();
    let above = above.trim_end_matches(['：', ':']);
    SALUTES.iter().any(|salute| text.starts_with(salute))
        || above == "祝"
        || DELIVERS.contains(&above)
        || WISHES.contains(&above)
}

/// True for the first line of such closing words, `此致`, which no page parts from the second.
pub(crate) fn leads_to_edge(blocks: &[Block], index: usize) -> bool {
    let closing = |block: &Block| block.paragraph().is_some_and(|paragraph| paragraph.role == Role::Closing);
    closing(&blocks[index]) && blocks.get(..=index + 1).is_some_and(is_at_edge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{BlockKind, Inline, Origin, Paragraph};

    #[test]
    fn what_goes_on_below_the_first_words_begins_at_the_edge() {
        let block = |role: Role, text: &str| Block {
            kind: BlockKind::Paragraph(Paragraph::new(role, vec![Inline::Text(text.to_owned())])),
            origin: Origin::default(),
        };
        let closing = |above: &str, below: &str| {
            is_at_edge(&[block(Role::Closing, above), block(Role::Closing, below)])
        };
        assert!(
            closing("此　致", "敬　礼！") && closing("此致", "青石县人民法院") && closing("顺颂", "商祺")
        );
        assert!(closing("祝：", "工作顺利！"));
        assert!(!closing("谢谢大家！", "此致") && !closing("特此报告。", "以上意见，请审议。"));
        let letter = [block(Role::Body, "请予批准。此致"), block(Role::Closing, "敬礼！")];
        assert!(is_at_edge(&letter) && !leads_to_edge(&letter, 0) && !leads_to_edge(&letter, 1));
        let letter = [block(Role::Closing, "此致"), block(Role::Closing, "敬礼！")];
        assert!(leads_to_edge(&letter, 0) && !leads_to_edge(&letter, 1));
        assert!(!is_at_edge(&[block(Role::Body, "此致"), block(Role::Body, "敬礼！")]) && !is_at_edge(&[]));
    }
}
