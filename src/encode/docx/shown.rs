//! What of a tree is seen in a Word file and read from it again, and what vanishes.

use super::numbering::STYLED_LEVELS;
use super::xml::is_legal;
use crate::tree::{
    Block, BlockKind, Inline, InlineStyle, List, ListItem, Paragraph, Role, SIGNER, column_gap,
};

/// True where a block would be taken for a part of the one before it.
pub(super) fn joins(blocks: &[Block], index: usize) -> bool {
    let before = blocks[..index.min(blocks.len())].iter().rev().find(|block| !vanishes(&block.kind));
    match (before.map(|block| &block.kind), blocks.get(index).map(|block| &block.kind)) {
        // The boxes of tasks are bullets.
        (Some(BlockKind::List(one)), Some(BlockKind::List(other))) => {
            let bullet = |list: &List, item: Option<&ListItem>| {
                list.start.is_none() || item.is_some_and(|item| item.checked.is_some())
            };
            bullet(one, one.items.last()) && bullet(other, other.items.first())
        }
        (Some(BlockKind::Code(one)), Some(BlockKind::Code(other))) => one.language == other.language,
        (Some(BlockKind::Quote(_)), Some(BlockKind::Quote(_))) => true,
        _ => false,
    }
}

/// True for a page break with nothing before or after it that is read again, or next to another.
pub(super) fn leaves_page_empty(blocks: &[Block], index: usize) -> bool {
    let ends = |block: Option<&Block>| block.is_none_or(|block| block.kind == BlockKind::PageBreak);
    let shown = |block: &&Block| !vanishes(&block.kind);
    ends(blocks[..index].iter().rev().find(shown)) || blocks[index + 1..].iter().find(shown).is_none()
}

/// True for blocks of which nothing is read again: what stands around them touches.
pub(super) fn vanishes(kind: &BlockKind) -> bool {
    match kind {
        BlockKind::Raw(_) => true,
        BlockKind::Paragraph(paragraph) => is_blank(&paragraph.content),
        BlockKind::List(list) => list.items.is_empty(),
        BlockKind::Quote(blocks) => blocks.iter().all(|block| vanishes(&block.kind)),
        BlockKind::Table(table) => {
            table.rows.is_empty()
                || table.columns.is_empty() && table.rows.iter().all(|row| row.cells.is_empty())
        }
        BlockKind::Code(_) | BlockKind::Image(_) | BlockKind::Rule | BlockKind::PageBreak => false,
    }
}

/// True where a Word file shows nothing but white space.
pub(super) fn is_blank(content: &[Inline]) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.chars().all(|c| c.is_whitespace() || !is_legal(c)),
        Inline::Styled(_, content) | Inline::Link { content, .. } => is_blank(content),
        Inline::Break | Inline::Raw(_) => true,
        Inline::Image(_) | Inline::NoteRef(_) => false,
    })
}

/// True for one picture without a link, with white space and what a Word file does not hold beside it.
pub(super) fn is_lone_picture(content: &[Inline]) -> bool {
    fn count(content: &[Inline], pictures: &mut usize) -> bool {
        content.iter().all(|inline| match inline {
            Inline::Text(text) => text.chars().all(|c| c.is_whitespace() || !is_legal(c)),
            Inline::Styled(_, inner) => count(inner, pictures),
            Inline::Image(_) => {
                *pictures += 1;
                true
            }
            Inline::Break | Inline::Raw(_) => true,
            Inline::Code(text) => text.is_empty(),
            Inline::Link { .. } | Inline::NoteRef(_) => false,
        })
    }
    let mut pictures = 0;
    count(content, &mut pictures) && pictures == 1
}

/// True where a Word file holds nothing of it, not even white space.
fn is_nothing(content: &[Inline]) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => !text.chars().any(is_legal),
        Inline::Styled(_, content) | Inline::Link { content, .. } => is_nothing(content),
        Inline::Raw(_) => true,
        Inline::Image(_) | Inline::NoteRef(_) | Inline::Break => false,
    })
}

/// Appends the white space at the start of running text, but for what is underlined, which is a line to write on; true
/// where something else follows.
pub(super) fn leading_space(content: &[Inline], space: &mut String) -> bool {
    for inline in content {
        let ends = match inline {
            Inline::Text(text) => {
                let blank = |c: &char| c.is_whitespace() && !matches!(c, '\n' | '\r') || !is_legal(*c);
                let start: String = text.chars().take_while(blank).collect();
                let ends = start.len() < text.len();
                space.extend(start.chars().filter(|c| is_legal(*c)));
                ends
            }
            Inline::Styled(InlineStyle::Underline, content) => !is_nothing(content),
            Inline::Styled(_, content) | Inline::Link { content, .. } => leading_space(content, space),
            Inline::Raw(_) => false,
            Inline::Code(text) => text.chars().any(is_legal),
            Inline::Image(_) | Inline::NoteRef(_) | Inline::Break => true,
        };
        if ends {
            return true;
        }
    }
    false
}

/// True where all blocks are paragraphs without a role of their own.
pub(super) fn is_plain(blocks: &[Block]) -> bool {
    blocks
        .iter()
        .all(|block| matches!(&block.kind, BlockKind::Paragraph(paragraph) if is_text(paragraph.role)))
}

/// True where paragraphs and lists are all that an item of that level, from 0, has beside its first paragraph, so that
/// their levels say to which item they belong.
pub(super) fn is_plain_item(rest: &[Block], level: u8) -> bool {
    let shown: Vec<&BlockKind> =
        rest.iter().map(|block| &block.kind).filter(|kind| !vanishes(kind)).collect();
    level < STYLED_LEVELS
        && (0..shown.len()).all(|index| match shown[index] {
            BlockKind::Paragraph(paragraph) => is_text(paragraph.role),
            BlockKind::List(_) => index == 0 || !matches!(shown[index - 1], BlockKind::List(_)),
            BlockKind::Table(_)
            | BlockKind::Quote(_)
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => false,
        })
}

/// True for roles that look like the text of whatever they stand in.
pub(super) fn is_text(role: Role) -> bool {
    matches!(role, Role::Body | Role::Boilerplate | Role::Point(_))
}

/// A plain line of two columns with a tab for the blanks between them: the tab stop of its style takes the
/// second column to the right edge.
///
/// The blanks are given too. What a Word file does not hold parts no blanks; a line with a tab has its columns.
pub(super) fn tabbed(paragraph: &Paragraph) -> Option<(Paragraph, String)> {
    if !paragraph.may_have_columns() {
        return None;
    }
    let mut line = String::new();
    held(&paragraph.content, &mut line);
    let gap = column_gap(paragraph.role, &line)?;
    let characters: Vec<char> = line.chars().collect();
    if characters[..gap.start].contains(&'\t') || characters[gap.end..].contains(&'\t') {
        return None;
    }
    let mut columns = Paragraph::new(paragraph.role, paragraph.content.clone());
    put_tab(&mut columns.content, &gap, &mut 0);
    part_signers(&mut columns.content);
    Some((columns, characters[gap].iter().collect()))
}

/// The characters of running text as a Word file holds them, a picture as one.
fn held(content: &[Inline], line: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => line.extend(text.chars().filter(|c| is_legal(*c))),
            Inline::Styled(_, content) | Inline::Link { content, .. } => held(content, line),
            Inline::Image(_) => line.push('\u{FFFC}'),
            Inline::Break => line.push('\n'),
            Inline::NoteRef(_) | Inline::Raw(_) => {}
        }
    }
}

/// Puts the names of those who sign in a piece of their own.
fn part_signers(content: &mut Vec<Inline>) {
    let label = content.iter().enumerate().find_map(|(index, inline)| match inline {
        Inline::Text(text) => text.find(SIGNER).map(|at| (index, at + SIGNER.len())),
        Inline::Code(_)
        | Inline::Styled(..)
        | Inline::Link { .. }
        | Inline::Image(_)
        | Inline::Break
        | Inline::NoteRef(_)
        | Inline::Raw(_) => None,
    });
    if let Some((index, end)) = label
        && let Inline::Text(text) = &mut content[index]
    {
        let names = text.split_off(end);
        content.insert(index + 1, Inline::Text(names));
    }
}

/// Puts a tab in the place of the characters of a gap; `at` counts those of [`held`].
fn put_tab(content: &mut [Inline], gap: &std::ops::Range<usize>, at: &mut usize) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => {
                let mut kept = String::with_capacity(text.len());
                for c in text.chars() {
                    if is_legal(c) {
                        *at += 1;
                        if gap.contains(&(*at - 1)) {
                            kept.extend((*at - 1 == gap.start).then_some('\t'));
                            continue;
                        }
                    }
                    kept.push(c);
                }
                *text = kept;
            }
            Inline::Styled(_, content) | Inline::Link { content, .. } => put_tab(content, gap, at),
            Inline::Image(_) | Inline::Break => *at += 1,
            Inline::NoteRef(_) | Inline::Raw(_) => {}
        }
    }
}
