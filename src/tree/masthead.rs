//! 版头 (GB/T 9704-2012 7.2): what stands above the title of an official document, down to the red rule.

use std::ops::Range;

use super::{Block, Role};

/// No name of an office has more characters.
const LONGEST: usize = 40;

/// The 版头 with which a document begins that names its office above its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Masthead {
    /// The blocks of the 发文机关标志 (7.2.4), one for each office.
    pub(crate) names: Range<usize>,
    /// The block below which the red rule stands (7.2.7).
    pub(crate) last: usize,
}

/// What a block is of a 版头.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Head {
    /// Nothing.
    #[default]
    None,
    /// One of the names of 发文机关标志, and whether it is the first.
    Name {
        /// The first.
        first: bool,
    },
    /// What stands between those and the red rule.
    Number {
        /// Right below the names.
        first: bool,
        /// Right above the rule.
        last: bool,
    },
    /// What stands right below the rule.
    Below,
}

impl Masthead {
    /// The 版头 of a document of those blocks, if it has one: markings, the names of offices or of a bulletin, the number,
    /// and who issues it.
    pub(crate) fn of(blocks: &[Block]) -> Option<Self> {
        let role = |at: usize| blocks.get(at).and_then(Block::paragraph).map(|paragraph| paragraph.role);
        let end_of = |start: usize, roles: &[Role]| {
            (start..).find(|at| !role(*at).is_some_and(|role| roles.contains(&role))).unwrap_or(start)
        };
        let start = end_of(0, &[Role::Marking]);
        let names = start..end_of(start, &[Role::Byline]);
        let last = end_of(names.end, &[Role::DocumentNumber, Role::Byline]).checked_sub(1)?;
        let is_name = |block: &Block| {
            let text = block.paragraph().map(super::Paragraph::text).unwrap_or_default();
            text.chars().count() <= LONGEST && !text.contains(|c: char| c.is_ascii_digit() || c == '\n')
        };
        // `合同编号：HT2026-01` is the number of no office.
        let labelled = |block: &Block| {
            let text = block.paragraph().map(super::Paragraph::characters).unwrap_or_default();
            text.replace(super::SIGNER, "").contains(['：', ':'])
        };
        let numbered = role(names.end) == Some(Role::DocumentNumber) && !labelled(&blocks[names.end]);
        (numbered && !names.is_empty() && blocks[names.clone()].iter().all(is_name))
            .then_some(Self { names, last })
    }

    /// What the block at `index` is of it.
    pub(crate) fn part(&self, index: usize) -> Head {
        let Self { names, last } = self;
        if names.contains(&index) {
            Head::Name { first: index == names.start }
        } else if (names.end..=*last).contains(&index) {
            Head::Number { first: index == names.end, last: index == *last }
        } else if index == last + 1 {
            Head::Below
        } else {
            Head::None
        }
    }

    /// Characters of the longest name.
    pub(crate) fn longest(&self, blocks: &[Block]) -> usize {
        let names = blocks[self.names.clone()].iter().filter_map(Block::paragraph);
        names.map(|name| name.characters().chars().count()).max().unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{BlockKind, Inline, Origin, Paragraph};

    fn of(paragraphs: &[(Role, &str)]) -> Option<(Range<usize>, usize)> {
        let block = |(role, text): &(Role, &str)| {
            let paragraph = Paragraph::new(*role, vec![Inline::Text((*text).to_owned())]);
            Block { kind: BlockKind::Paragraph(paragraph), origin: Origin::default() }
        };
        let blocks: Vec<Block> = paragraphs.iter().map(block).collect();
        Masthead::of(&blocks).map(|masthead| (masthead.names, masthead.last))
    }

    #[test]
    fn a_masthead_names_who_issues_the_document_above_its_number() {
        let (marking, name) = ((Role::Marking, "特急"), (Role::Byline, "某县人民政府文件"));
        let number = (Role::DocumentNumber, "某政发〔2026〕7号");
        let issuer = (Role::Byline, "某县人民政府办公室　　2026年1月5日");
        let title = (Role::Title, "某县人民政府关于防汛的通知");
        assert_eq!(of(&[name, number, title]), Some((0..1, 1)));
        assert_eq!(of(&[marking, marking, name, name, number, title]), Some((2..4, 4)));
        assert_eq!(
            of(&[(Role::Byline, "农村改革简报"), (Role::DocumentNumber, "第3期"), issuer, title]),
            Some((0..1, 2))
        );
        let contract = (Role::DocumentNumber, "合同编号：2026-01");
        let signed = (Role::DocumentNumber, "某政发〔2026〕7号　　签发人：李四");
        assert_eq!(of(&[name, contract, title]), None);
        assert_eq!(of(&[name, signed, title]), Some((0..1, 1)));
        for none in [
            vec![title, number],
            vec![number, title],
            vec![name, title, number],
            vec![issuer, number],
            vec![name],
        ] {
            assert_eq!(of(&none), None, "{none:?}");
        }
    }
}
