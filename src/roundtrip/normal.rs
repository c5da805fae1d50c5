//! Normal forms: what of a tree a format can hold, in one spelling.
//!
//! `same(decode(encode(t))) == normal_form(t, format)` holds for every tree; docs/normal-form.md says it in words.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::{inline, note};
use crate::tree::picture_kind::own_size;
use crate::tree::{
    Block, BlockKind, Cell, ColumnAlignment, Document, Image, ImageSize, Inline, Meta, Picture, Role,
};

/// `document` in the spelling in which trees are compared: what says the same is the same.
///
/// - A property with the name of a field stands there, the others in the order of their names. A title or an author
///   without words, or in the words of a paragraph, is not stated.
/// - Inlines are canonical, and styles that cover the same characters are nested in one order.
/// - A picture whose stated size is its own has none stated.
/// - A picture alone in a paragraph is a block, a lone break an empty paragraph; code ends with a line end, and is
///   empty where that is all.
/// - Pictures and marks of notes have no style: what is bold is the text around them.
/// - A list without items and a table without cells are gone; a list whose items have nothing between them that could
///   be loose is tight.
/// - Every row of a table has as many cells as its widest row, and no more rows are its head than there are.
/// - Notes are numbered in the order of their first mention; pictures stand in the order of their targets, of several
///   with one target the first.
///
/// Where things stood in the source, and how they looked there, is no part of the comparison.
pub(crate) fn same(document: &Document) -> Document {
    let mut document = document.clone();
    properties(&mut document);
    let own = own_sizes(&document);
    each_image(&mut document, &|image| {
        let size = own.get(&image.target);
        image.size.take_if(|stated| size.is_some_and(|own| is_close(*stated, *own)));
    });
    note::sort_notes(&mut document);
    let names: BTreeMap<String, String> = document
        .notes
        .iter()
        .enumerate()
        .rev()
        .map(|(at, note)| (note.id.clone(), (at + 1).to_string()))
        .collect();
    for (at, note) in document.notes.iter_mut().enumerate() {
        note.id = (at + 1).to_string();
        blocks(&mut note.blocks, &names);
    }
    blocks(&mut document.blocks, &names);
    document.pictures.sort_by(|one, other| one.target.cmp(&other.target));
    document.pictures.dedup_by(|later, first| later.target == first.target);
    document
}

/// Twips, in which sizes are stated, in a point.
const TWIPS_PER_PT: f64 = 20.0;

/// The sizes of the pictures that a document carries, in twips, by their targets.
fn own_sizes(document: &Document) -> BTreeMap<String, (f64, f64)> {
    let twips = |(width, height)| (width * TWIPS_PER_PT, height * TWIPS_PER_PT);
    let own = |picture: &Picture| Some((picture.target.clone(), twips(own_size(picture)?)));
    document.pictures.iter().rev().filter_map(own).collect()
}

/// True for sizes that are the same but for rounding.
fn is_close(size: ImageSize, (width, height): (f64, f64)) -> bool {
    (f64::from(size.width) - width).abs() <= 1.0 && (f64::from(size.height) - height).abs() <= 1.0
}

/// Calls `change` with every image.
pub(crate) fn each_image(document: &mut Document, change: &dyn Fn(&mut Image)) {
    images(&mut document.blocks, change);
    document.notes.iter_mut().for_each(|note| images(&mut note.blocks, change));
}

fn images(blocks: &mut [Block], change: &dyn Fn(&mut Image)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(paragraph) => inline_images(&mut paragraph.content, change),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| images(&mut item.blocks, change)),
            BlockKind::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| images(&mut cell.blocks, change));
            }
            BlockKind::Quote(blocks) => images(blocks, change),
            BlockKind::Image(image) => change(image),
            BlockKind::Code(_) | BlockKind::Rule | BlockKind::PageBreak | BlockKind::Raw(_) => {}
        }
    }
}

fn inline_images(content: &mut [Inline], change: &dyn Fn(&mut Image)) {
    for inline in content {
        match inline {
            Inline::Image(image) => change(image),
            Inline::Styled(_, content) | Inline::Link { content, .. } => inline_images(content, change),
            Inline::Text(_) | Inline::Code(_) | Inline::NoteRef(_) | Inline::Break | Inline::Raw(_) => {}
        }
    }
}

/// Title, author and date in their fields, all other properties in the order of their names.
fn properties(document: &mut Document) {
    let Document { meta, blocks, .. } = document;
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let said: BTreeSet<String> =
        blocks.iter().filter_map(Block::paragraph).map(|paragraph| squeezed(&paragraph.text())).collect();
    let state = |meta: &mut Meta| {
        for field in [&mut meta.title, &mut meta.author] {
            field.take_if(|value| value.trim().is_empty() || said.contains(&squeezed(value)));
        }
    };
    state(meta);
    for (name, value) in std::mem::take(&mut meta.other) {
        meta.set(name, value);
    }
    state(meta);
    meta.other.sort_by(|one, other| one.0.cmp(&other.0));
}

/// Columns up to which rows are filled.
const WIDEST: usize = 16_384;

fn blocks(all: &mut Vec<Block>, names: &BTreeMap<String, String>) {
    all.retain(|block| match &block.kind {
        BlockKind::List(list) => !list.items.is_empty(),
        BlockKind::Table(table) => !table.columns.is_empty() || table.width() > 0,
        _ => true,
    });
    for block in all {
        match &mut block.kind {
            BlockKind::Paragraph(paragraph) => {
                let content = inline::canonical(std::mem::take(&mut paragraph.content));
                let mut content = inline::nested(content);
                rename(&mut content, names);
                match content.as_slice() {
                    [Inline::Image(image)] if paragraph.role == Role::Body => {
                        block.kind = BlockKind::Image(image.clone());
                    }
                    [Inline::Break] => {}
                    _ => paragraph.content = content,
                }
            }
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| blocks(&mut item.blocks, names));
                let parted = list.items.len() > 1
                    || list
                        .items
                        .iter()
                        .any(|item| item.blocks.iter().filter(|block| !shows_nothing(block)).count() > 1);
                let text = list.items.iter().flat_map(|item| &item.blocks).any(|block| {
                    matches!(&block.kind, BlockKind::Paragraph(paragraph)
                        if !matches!(paragraph.role, Role::Title | Role::Heading(_)) && !is_blank(&paragraph.content))
                });
                list.tight |= !parted || !text;
            }
            BlockKind::Table(table) => {
                let width = table.width().max(table.columns.len());
                if width <= WIDEST {
                    table.columns.resize(width, Default::default());
                    table.widths = table.shares(width).unwrap_or_default();
                    for row in &mut table.rows {
                        row.height = row.height.filter(|height| *height > 0);
                    }
                    let widths: Vec<usize> = table.row_widths().collect();
                    for (row, own) in table.rows.iter_mut().zip(widths) {
                        row.cells.extend((own..width).map(|_| Cell::new(Vec::new())));
                    }
                }
                table.header_rows = table.header_rows.min(table.rows.len());
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    blocks(&mut cell.blocks, names);
                }
                let columns = table.columns.clone();
                table.each_cell_below_head(&mut |column, cell| {
                    let own = cell.alignment.or_else(|| columns.get(column).copied()).unwrap_or_default();
                    let is_set = own != ColumnAlignment::Default || !cell.blocks.is_empty();
                    cell.alignment = Some(own).filter(|_| is_set);
                });
                table.settle_alignment();
            }
            BlockKind::Quote(inner) => blocks(inner, names),
            BlockKind::Code(code) => {
                if code.text == "\n" {
                    code.text.clear();
                } else if !code.text.is_empty() && !code.text.ends_with('\n') {
                    code.text.push('\n');
                }
            }
            BlockKind::Image(_) | BlockKind::Rule | BlockKind::PageBreak | BlockKind::Raw(_) => {}
        }
    }
}

/// True for what stands between blocks and is not seen: markup, and a paragraph without words.
fn shows_nothing(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Raw(_) => true,
        BlockKind::Paragraph(paragraph) => is_blank(&paragraph.content),
        BlockKind::List(_)
        | BlockKind::Table(_)
        | BlockKind::Quote(_)
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Rule
        | BlockKind::PageBreak => false,
    }
}

fn is_blank(content: &[Inline]) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.trim().is_empty(),
        Inline::Styled(_, content) | Inline::Link { content, .. } => is_blank(content),
        Inline::Break | Inline::Raw(_) => true,
        Inline::Image(_) | Inline::NoteRef(_) => false,
    })
}

fn rename(content: &mut [Inline], names: &BTreeMap<String, String>) {
    for inline in content {
        match inline {
            Inline::NoteRef(id) => {
                if let Some(name) = names.get(id) {
                    id.clone_from(name);
                }
            }
            Inline::Styled(_, content) | Inline::Link { content, .. } => rename(content, names),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Break | Inline::Raw(_) => {}
        }
    }
}
