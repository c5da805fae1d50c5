//! Lists and quotations: paragraphs that stand together.

use super::numbering::Marker;
use super::story::Flow;
use crate::tree::{Block, BlockKind, Code, List, ListItem, Origin};

/// A list that may go on.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenList {
    level: usize,
    /// The num of a numbered list: another one is another list.
    num: Option<i64>,
    /// Left indent of its items in twips.
    left: i32,
}

/// Adds a paragraph as an item of a list of its level. `left` is its left indent in twips.
pub(super) fn list_item(flow: &mut Flow<'_>, marker: &Marker, num: Option<i64>, left: i32, mut block: Block) {
    let ends = |open: &OpenList| open.level > marker.level || (open.level == marker.level && open.num != num);
    while flow.open.last().is_some_and(ends) {
        flow.open.pop();
    }
    let is_new = flow.open.last().is_none_or(|open| open.level < marker.level);
    let depth = flow.open.len() - usize::from(!is_new);
    let blank = std::mem::take(&mut flow.blank);
    let checked = match marker.text.as_str() {
        "☐" => Some(false),
        "☑" | "☒" => Some(true),
        _ => None,
    };
    let mut origin = Origin::at(block.origin.at.clone());
    let open = std::mem::take(&mut flow.open);
    let Some(blocks) = home(flow, depth) else { return };
    if is_new {
        origin.appearance.blank_before = blank;
        let start = num.map(|_| u64::from(marker.value));
        let list = List { start, tight: !marker.loose, items: Vec::new() };
        blocks.push(Block { kind: BlockKind::List(list), origin });
    } else {
        block.origin.appearance.blank_before = blank;
    }
    if let Some(Block { kind: BlockKind::List(list), .. }) = blocks.last_mut() {
        let empty = matches!(&block.kind, BlockKind::Paragraph(paragraph) if paragraph.content.is_empty());
        list.items.push(ListItem { checked, blocks: if empty { Vec::new() } else { vec![block] } });
    }
    flow.open = open;
    if is_new {
        flow.open.push(OpenList { level: marker.level, num, left });
    }
}

/// The blocks of the last item of the last list, so many lists deep, or those of the flow where there are
/// not so many; so there always are some. Lists further in are closed.
fn home<'b>(flow: &'b mut Flow<'_>, depth: usize) -> Option<&'b mut Vec<Block>> {
    let depth = if item_blocks(&mut flow.blocks, depth).is_some() { depth } else { 0 };
    flow.open.truncate(depth);
    item_blocks(&mut flow.blocks, depth)
}

fn item_blocks(blocks: &mut Vec<Block>, depth: usize) -> Option<&mut Vec<Block>> {
    let mut blocks = blocks;
    for _ in 0..depth {
        blocks = match &mut blocks.last_mut()?.kind {
            BlockKind::List(list) => &mut list.items.last_mut()?.blocks,
            BlockKind::Paragraph(_)
            | BlockKind::Table(_)
            | BlockKind::Quote(_)
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => return None,
        };
    }
    Some(blocks)
}

/// How many lists deep something of that left indent stands; 0 where it states none.
pub(super) fn depth_at(flow: &Flow<'_>, left: Option<i32>) -> usize {
    left.map_or(0, |left| flow.open.iter().take_while(|open| open.left <= left).count())
}

/// Adds a paragraph to the item of that level before it.
pub(super) fn continue_item(flow: &mut Flow<'_>, level: usize, mut block: Block) {
    let depth = flow.open.iter().take_while(|open| open.level <= level).count();
    block.origin.appearance.blank_before = std::mem::take(&mut flow.blank);
    if let Some(blocks) = home(flow, depth) {
        blocks.push(block);
    }
}

/// Adds a paragraph to a quotation so many lists deep; neighbours are one.
pub(super) fn quote(flow: &mut Flow<'_>, depth: usize, mut block: Block) {
    let blank = std::mem::take(&mut flow.blank);
    let Some(blocks) = home(flow, depth) else { return };
    if let Some(Block { kind: BlockKind::Quote(blocks), .. }) = blocks.last_mut() {
        block.origin.appearance.blank_before = blank;
        blocks.push(block);
        return;
    }
    let mut origin = Origin::at(block.origin.at.clone());
    origin.appearance.blank_before = blank;
    blocks.push(Block { kind: BlockKind::Quote(vec![block]), origin });
}

/// Adds blocks to the item before them.
pub(super) fn extend_item(flow: &mut Flow<'_>, blocks: Vec<Block>) {
    let depth = flow.open.len();
    flow.blank = 0;
    if let Some(home) = home(flow, depth) {
        home.extend(blocks);
    }
}

/// Adds a line of preformatted text so many lists deep; neighbours of one language are one block.
pub(super) fn code(flow: &mut Flow<'_>, depth: usize, text: &str, language: &str, mut origin: Origin) {
    let blank = std::mem::take(&mut flow.blank);
    let Some(blocks) = home(flow, depth) else { return };
    if let Some(Block { kind: BlockKind::Code(code), .. }) = blocks.last_mut()
        && blank == 0
        && code.language == language
    {
        code.text.push_str(text);
        return;
    }
    origin.appearance.blank_before = blank;
    let code = Code { language: language.to_owned(), text: text.to_owned() };
    blocks.push(Block { kind: BlockKind::Code(code), origin });
}
