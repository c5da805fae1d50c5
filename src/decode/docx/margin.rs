//! Headers and footers: all that is not the number of the page is reported (ECMA-376 17.10).

use std::collections::BTreeSet;

use super::package::{self, Package, Part};
use super::story::Reader;
use super::{Story, audit, notes, reported_part};
use crate::diagnostic::{Diagnostics, Kind};
use crate::options::TrackChanges;
use crate::tree::{Block, BlockKind, Inline};

/// The headers and footers that a section refers to, each once, in the order of the text.
pub(super) fn parts(
    package: &mut Package<'_>,
    document: &Part,
    changes: TrackChanges,
    diagnostics: &mut Diagnostics,
) -> Vec<Story> {
    let mut names = BTreeSet::new();
    let mut margins = Vec::new();
    for reference in document.tree.root().subtree(|_| false) {
        if !reference.is_w("headerReference") && !reference.is_w("footerReference") {
            continue;
        }
        let Some(relationship) = package::relationship(document, reference, "id") else { continue };
        if !relationship.external && names.insert(relationship.target.clone()) {
            let part = reported_part(package, &relationship.target, diagnostics);
            margins.extend(part.map(|part| Story::new(part, changes)));
        }
    }
    margins
}

/// Reports a header or footer that holds more than the number of the page.
pub(super) fn report<'a>(reader: &mut Reader<'a, '_>, margin: &'a Story) {
    notes::enter(reader, margin);
    audit::audit(&margin.part, reader.diagnostics);
    reader.in_margin = true;
    // Numbers in the margins are no part of the text.
    let numbered = reader.numbered;
    let blocks = reader.story(margin.part.tree.root());
    reader.numbered = numbered;
    reader.in_margin = false;
    let text = text_of(&blocks);
    // What stands around a number: dashes, and the words for page and total.
    let of_number = |c: char| !c.is_alphanumeric() || "第页共of".contains(c);
    let only_number =
        !has_picture(&blocks) && text.replace("Page", "").replace("page", "").chars().all(of_number);
    if !only_number {
        let (code, message) = if margin.part.tree.root().is_w("hdr") {
            ("header", message!("the text above the pages, which are set by the profile"))
        } else {
            ("footer", message!("the text below the pages, which are set by the profile"))
        };
        reader.report(Kind::LeftOut, code, margin.part.tree.root(), message, text.trim());
    }
}

/// True where a picture stands among blocks, in a table or a line too.
fn has_picture(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Image(_) => true,
        BlockKind::Paragraph(paragraph) => picture_in(&paragraph.content),
        BlockKind::List(list) => list.items.iter().any(|item| has_picture(&item.blocks)),
        BlockKind::Table(table) => {
            table.rows.iter().flat_map(|row| &row.cells).any(|cell| has_picture(&cell.blocks))
        }
        BlockKind::Quote(blocks) => has_picture(blocks),
        BlockKind::Code(_) | BlockKind::Rule | BlockKind::PageBreak | BlockKind::Raw(_) => false,
    })
}

fn picture_in(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Image(_) => true,
        Inline::Styled(_, content) | Inline::Link { content, .. } => picture_in(content),
        Inline::Text(_) | Inline::Code(_) | Inline::NoteRef(_) | Inline::Break | Inline::Raw(_) => false,
    })
}

/// The characters of blocks, a line for each paragraph.
fn text_of(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    collect_text(blocks, &mut lines);
    lines.join("\n")
}

fn collect_text(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => lines.push(paragraph.text()),
            BlockKind::List(list) => list.items.iter().for_each(|item| collect_text(&item.blocks, lines)),
            BlockKind::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|c| collect_text(&c.blocks, lines));
            }
            BlockKind::Quote(blocks) => collect_text(blocks, lines),
            BlockKind::Code(code) => lines.push(code.text.clone()),
            BlockKind::Image(image) => lines.push(image.alt.clone()),
            BlockKind::Raw(text) => lines.push(text.clone()),
            BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }
}
