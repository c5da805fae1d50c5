//! What leads to a table and stays with it: its headings, its caption, the unit of its figures. And pictures, which lead
//! to their captions.

use crate::profile::Profile;
use crate::tree::{Block, BlockKind, Inline, Paragraph, Role, Table};

/// Characters of a caption above a table, at most.
const MOST_OF_CAPTION: usize = 40;
/// Paragraphs above a table that stay with it, at most.
pub(crate) const MOST_LEADS: usize = 8;

/// Where the first of `blocks` leads, alone or with those after it, to a table: how many lead to it, and whether it is
/// too wide for an upright page.
pub(crate) fn table_lead(
    blocks: &[Block],
    profile: &Profile,
    is_too_wide: impl FnOnce(&Table) -> bool,
) -> Option<(usize, bool)> {
    let mut near = blocks.iter().take(MOST_LEADS + 1).enumerate().skip(1);
    let (leads, table) = near.find_map(|(index, block)| match &block.kind {
        BlockKind::Table(table) => Some((index, table)),
        BlockKind::Paragraph(_)
        | BlockKind::List(_)
        | BlockKind::Quote(_)
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Rule
        | BlockKind::PageBreak
        | BlockKind::Raw(_) => None,
    })?;
    let all = blocks[..leads].iter().all(|block| leads_to_table(block, profile));
    all.then(|| (leads, is_too_wide(table)))
}

/// True for a paragraph that belongs to what stands below it.
pub(crate) fn leads_to_table(block: &Block, profile: &Profile) -> bool {
    let BlockKind::Paragraph(paragraph) = &block.kind else { return false };
    matches!(paragraph.role, Role::Title | Role::Subtitle | Role::AttachmentLabel)
        || profile.style(paragraph.role).keep_with_next
        || is_caption_but_of(paragraph, OF_PICTURE)
        || looks_like_caption(paragraph)
}

/// How captions of tables and of pictures begin.
const OF_TABLE: [&str; 2] = ["表", "Table"];
const OF_PICTURE: [&str; 2] = ["图", "Figure"];

/// True for a caption that does not begin with those words.
fn is_caption_but_of(paragraph: &Paragraph, others: [&str; 2]) -> bool {
    let text = paragraph.text();
    paragraph.role == Role::Caption && !others.iter().any(|word| text.trim_start().starts_with(word))
}

/// True where the first of `blocks` is a picture and the next its caption, which is no table's.
pub(crate) fn leads_to_caption(blocks: &[Block]) -> bool {
    let [picture, caption, ..] = blocks else { return false };
    let pictured = match &picture.kind {
        BlockKind::Image(_) => true,
        BlockKind::Paragraph(paragraph) => matches!(paragraph.content.last(), Some(Inline::Image(_))),
        BlockKind::List(_)
        | BlockKind::Table(_)
        | BlockKind::Quote(_)
        | BlockKind::Code(_)
        | BlockKind::Rule
        | BlockKind::PageBreak
        | BlockKind::Raw(_) => false,
    };
    pictured && caption.paragraph().is_some_and(|caption| is_caption_but_of(caption, OF_TABLE))
}

/// What captions of tables begin and end with.
const BEGINNINGS: [&str; 7] = ["表", "附表", "续表", "单位：", "单位:", "计量单位", "金额单位"];
const ENDS: [&str; 6] = ["表", "清单", "名单", "目录", "台账", "一览"];

/// True for the caption of a table (`表1　指标`, `经费预算表`), and for the line that tells the unit of its figures (`单位：万元`).
fn looks_like_caption(paragraph: &Paragraph) -> bool {
    let text = paragraph.text();
    let text = text.trim_start_matches(['　', ' ', '（', '(']);
    let begins = BEGINNINGS.iter().any(|word| text.starts_with(word));
    let ends = ENDS.iter().any(|word| text.ends_with(word));
    (begins || ends) && text.chars().count() <= MOST_OF_CAPTION
}
