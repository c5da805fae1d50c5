//! What stays with a table below it, its headings, its caption, the unit of its figures; and the caption below a picture.

use crate::profile::Profile;
use crate::tree::{Block, BlockKind, Paragraph, Role, Table};

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
    let begins = |text: &str| others.iter().any(|word| text.trim_start().starts_with(word));
    paragraph.role == Role::Caption && !begins(&paragraph.characters())
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

/// What the caption of a picture begins with, before its number.
const FIGURES: [&str; 3] = ["附图", "示意图", "图"];

/// Lines of the grid that the caption takes which stands below a picture, the first of `blocks`; 0 where there is none.
pub(crate) fn below_figure(blocks: &[Block], profile: &Profile) -> f64 {
    let [picture, caption, ..] = blocks else { return 0.0 };
    let Some(caption) = caption.paragraph().filter(|_| is_picture(picture)) else { return 0.0 };
    let text = caption.text();
    let text = text.trim();
    let number = FIGURES.iter().find_map(|word| text.strip_prefix(word)).unwrap_or_default().trim_start();
    let numbered = number.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let count = text.chars().count();
    let by_form = numbered && count <= MOST_OF_CAPTION && !text.ends_with('。');
    if !by_form && !is_caption_but_of(caption, OF_TABLE) {
        return 0.0;
    }
    // With its indent.
    let lines = (count + 2).div_ceil(usize::from(profile.grid.characters).max(1));
    u8::try_from(lines).map_or(0.0, f64::from)
}

/// True for a picture that fills its lines alone.
fn is_picture(block: &Block) -> bool {
    block.kind.is_image_or(Paragraph::shows_pictures_alone)
}
