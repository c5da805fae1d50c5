//! What several tests need of the samples.

use std::fs;
use std::path::{Path, PathBuf};

use banshi::tree::{Block, BlockKind, Document, Role};
use banshi::{Format, Options, Reported};

/// The samples, in the order of their names.
pub(crate) fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut samples: Vec<_> = fs::read_dir(folder)
        .expect("samples are here")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .collect();
    samples.sort();
    assert!(samples.len() >= 8, "samples are missing");
    samples
}

/// A sample decoded by the built-in profile's options.
#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn decoded(sample: &Path) -> Reported<Document> {
    let name = sample.file_name().and_then(|name| name.to_str()).expect("a name");
    let from = Format::of_source(name).expect("a format");
    banshi::decode(&fs::read(sample).expect("readable"), from, &options()).expect("decodes")
}

/// The usual options.
pub(crate) fn options() -> Options {
    Options::new().expect("the built-in profile")
}

/// The document as formatted output sees it: without what is not the author's.
#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn authored(document: &Document) -> Document {
    let authors = |block: &&Block| !matches!(&block.kind, BlockKind::Paragraph(paragraph) if paragraph.role == Role::Boilerplate);
    Document {
        meta: document.meta.clone(),
        blocks: document.blocks.iter().filter(authors).cloned().collect(),
        notes: document.notes.clone(),
        pictures: document.pictures.clone(),
    }
}

/// The characters of a text that count: no white space.
#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// All characters of a tree in reading order, those of code blocks and pictures too, without white space.
#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn characters(document: &Document) -> String {
    fn walk(blocks: &[Block], text: &mut String) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(paragraph) => text.push_str(&paragraph.text()),
                BlockKind::List(list) => list.items.iter().for_each(|item| walk(&item.blocks, text)),
                BlockKind::Table(table) => {
                    table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| walk(&cell.blocks, text));
                }
                BlockKind::Quote(blocks) => walk(blocks, text),
                BlockKind::Code(code) => text.push_str(&code.text),
                BlockKind::Image(image) => text.push_str(&image.alt),
                BlockKind::Raw(markup) => text.push_str(markup),
                BlockKind::Rule | BlockKind::PageBreak => {}
            }
        }
    }
    let mut text = String::new();
    walk(&document.blocks, &mut text);
    document.notes.iter().for_each(|note| walk(&note.blocks, &mut text));
    visible(&text)
}
