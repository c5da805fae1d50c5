//! Word files (.docx, .docm, .dotx) to the tree.
//!
//! `package` opens the zip and finds the parts, `xml` parses them, `styles` and `numbering` say what
//! paragraphs look like and which number they bear, `story` reads blocks, `list`, `table`, `inline`, `field`
//! and `drawing` what is in them, `content` makes inlines of it, and `audit` reports what is not known.
//!
//! The document is read as if all changes were accepted. Text that the tree has no place for (deletions,
//! comments, headers) is reported with its characters.

mod audit;
mod content;
mod drawing;
mod field;
mod inline;
mod list;
mod math;
mod namespace;
mod numbering;
mod numeral;
mod package;
mod properties;
mod story;
mod styles;
mod symbol;
mod table;
#[cfg(test)]
mod tests;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostics, Kind};
use crate::error::{Error, Result};
use crate::options::Options;
use crate::tree::{Block, BlockKind, Document, Inline, Location, Meta, Note};
use numbering::Numbering;
use package::{Package, Part};
use story::{NoteKind, Notes, Reader, text_of};
use styles::Styles;
use xml::Element;

/// A part with text, ready to be read.
struct Story {
    part: Part,
    unmatched: BTreeSet<u32>,
}

impl Story {
    fn new(part: Part) -> Self {
        let unmatched = field::unmatched(&part.tree);
        Self { part, unmatched }
    }
}

/// Reads a Word file.
///
/// Automatic numbers become the text that Word shows; bullets become lists. Styles named as those of the
/// Word encoder give roles; other formatting is evidence in [`crate::tree::Appearance`].
///
/// # Errors
/// [`Error::Malformed`] for what is no Word file, is encrypted, damaged, or beyond the limits of size and
/// depth, with the remedy.
pub(crate) fn decode(input: &[u8], _options: &Options, diagnostics: &mut Diagnostics) -> Result<Document> {
    let mut package = package::open(input)?;
    let main = package.main_part()?;
    let Some(part) = package.part(&main)? else {
        return Err(no_text(&main));
    };
    if !part.tree.root().is_w("document") {
        return Err(no_text(&main));
    }
    let document = Story::new(part);
    let styles = side_part(&mut package, &document.part, "styles", diagnostics)
        .map(|tree| Styles::read(&tree))
        .unwrap_or_default();
    let mut numbering = side_part(&mut package, &document.part, "numbering", diagnostics)
        .map(|tree| Numbering::read(&tree))
        .unwrap_or_default();
    numbering.link(&styles);
    let footnotes = text_part(&mut package, &document.part, "footnotes")?;
    let endnotes = text_part(&mut package, &document.part, "endnotes")?;
    let comments = document.part.relationships.of_kind("comments").find(|r| !r.external);
    let comments = comments.and_then(|comments| reported_part(&mut package, &comments.target, diagnostics));
    let margins = margins(&mut package, &document.part, diagnostics);
    let meta = meta(&mut package, diagnostics);

    audit::audit(&document.part, diagnostics);
    let mut reader = Reader {
        part: &document.part,
        styles: &styles,
        numbering,
        diagnostics,
        notes: Notes::default(),
        links: Vec::new(),
        fields: Vec::new(),
        unmatched: &document.unmatched,
        bookmark: None,
        note_bookmarks: BTreeMap::new(),
        without_page_numbers: false,
        section_breaks: section_breaks(document.part.tree.root()),
        sections: 0,
        nesting: 0,
        reported: BTreeSet::new(),
        numbered: 0,
        drawing_parts: Vec::new(),
    };
    let mut blocks =
        reader.story(document.part.tree.root().child("body").unwrap_or(document.part.tree.root()));
    // A break before nothing.
    if blocks.last().is_some_and(|block| block.kind == BlockKind::PageBreak) {
        blocks.pop();
    }
    reader.nesting = 1;
    let notes = read_notes(&mut reader, footnotes.as_ref(), endnotes.as_ref());
    if let Some(comments) = &comments {
        report_comments(&mut reader, comments);
    }
    for margin in &margins {
        report_margin(&mut reader, margin);
    }
    if reader.numbered > 0 {
        let message = format!("{} automatic numbers are now part of the text", reader.numbered);
        reader.diagnostics.report(Kind::Substituted, "automatic-number", Location::Whole, message);
    }
    let unknown: Vec<&str> = reader.numbering.unknown_formats().collect();
    if !unknown.is_empty() {
        let message = format!("numbers in the format {} are written with figures", unknown.join(", "));
        reader.diagnostics.report(Kind::Substituted, "number-format", Location::Whole, message);
    }
    let drawing_parts = std::mem::take(&mut reader.drawing_parts);
    for (name, what, at) in drawing_parts {
        let text = side_tree(&mut package, &name, diagnostics)
            .map(|tree| inline::plain_text(tree.root()))
            .unwrap_or_default();
        let message = format!("the tree holds no {what}; its text is left out");
        diagnostics.report_text(Kind::Dropped, "diagram", at, message, text.trim());
    }
    let meta = stated(meta, &blocks);
    Ok(Document { meta, blocks, notes, pictures: Vec::new() })
}

/// The properties without those that only repeat a paragraph: programs fill in the title and the author from the
/// text.
fn stated(mut meta: Meta, blocks: &[Block]) -> Meta {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    for block in blocks {
        let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
        let text = squeezed(&paragraph.text());
        meta.title.take_if(|title| squeezed(title) == text);
        meta.author.take_if(|author| squeezed(author) == text);
    }
    meta
}

fn no_text(main: &str) -> Error {
    Error::Malformed {
        format: "docx",
        at: Location::Whole,
        message: format!("{main}: the part holds no Word text"),
    }
}

/// A part that the text can do without: where it is damaged, that is reported.
fn side_tree(package: &mut Package<'_>, name: &str, diagnostics: &mut Diagnostics) -> Option<xml::Tree> {
    match package.tree(name) {
        Ok(tree) => tree,
        Err(error) => {
            let at = Location::Part { part: name.to_owned(), paragraph: 0 };
            diagnostics.report(Kind::Dropped, "damaged-part", at, error.to_string());
            None
        }
    }
}

fn side_part(
    package: &mut Package<'_>,
    document: &Part,
    kind: &str,
    diagnostics: &mut Diagnostics,
) -> Option<xml::Tree> {
    let name = document.relationships.of_kind(kind).find(|r| !r.external)?.target.clone();
    side_tree(package, &name, diagnostics)
}

/// A part whose text belongs to the document.
fn text_part(package: &mut Package<'_>, document: &Part, kind: &str) -> Result<Option<Story>> {
    let Some(relationship) = document.relationships.of_kind(kind).find(|r| !r.external) else {
        return Ok(None);
    };
    Ok(package.part(&relationship.target)?.map(Story::new))
}

/// A part whose text is only reported: where it is damaged, that is reported too.
fn reported_part(package: &mut Package<'_>, name: &str, diagnostics: &mut Diagnostics) -> Option<Story> {
    let tree = side_tree(package, name, diagnostics)?;
    let relationships = package.relationships(name).unwrap_or_default();
    Some(Story::new(Part { name: name.to_owned(), tree, relationships }))
}

/// The headers and footers that a section refers to, each once, in the order of the text.
fn margins(package: &mut Package<'_>, document: &Part, diagnostics: &mut Diagnostics) -> Vec<Story> {
    let mut names = BTreeSet::new();
    let mut margins = Vec::new();
    for reference in document.tree.root().subtree(|_| false) {
        if !reference.is_w("headerReference") && !reference.is_w("footerReference") {
            continue;
        }
        let Some(relationship) = package::relationship(document, reference, "id") else { continue };
        if !relationship.external && names.insert(relationship.target.clone()) {
            margins.extend(reported_part(package, &relationship.target, diagnostics));
        }
    }
    margins
}

fn meta(package: &mut Package<'_>, diagnostics: &mut Diagnostics) -> Meta {
    let mut meta = Meta::default();
    let Ok(relationships) = package.relationships("") else { return meta };
    for (kind, read) in [
        ("core-properties", properties::core as fn(&xml::Tree, &mut Meta)),
        ("custom-properties", properties::custom),
    ] {
        let Some(relationship) = relationships.of_kind(kind).find(|r| !r.external) else { continue };
        if let Some(tree) = side_tree(package, &relationship.target, diagnostics) {
            read(&tree, &mut meta);
        }
    }
    meta
}

/// Whether each section but the first begins a page (17.6.22): the section after a break says how.
fn section_breaks(document: Element<'_>) -> Vec<bool> {
    let sections = document.subtree(|e| e.is_w("sectPrChange") || e.is_w("tbl") || e.is_w("txbxContent"));
    sections
        .filter(|element| element.is_w("sectPr"))
        .map(|section| !matches!(section.value("type"), Some("continuous" | "nextColumn")))
        .skip(1)
        .collect()
}

/// Reads the notes that are referred to, in that order, and reports the others.
fn read_notes<'a>(
    reader: &mut Reader<'a, '_>,
    footnotes: Option<&'a Story>,
    endnotes: Option<&'a Story>,
) -> Vec<Note> {
    let mut known: BTreeMap<(NoteKind, String), (&'a Story, Element<'a>)> = BTreeMap::new();
    for (kind, story) in [(NoteKind::Footnote, footnotes), (NoteKind::Endnote, endnotes)] {
        let Some(story) = story else { continue };
        audit::audit(&story.part, reader.diagnostics);
        let elements = story.part.tree.root().children();
        for element in elements.filter(|e| e.is_w("footnote") || e.is_w("endnote")) {
            if let Some(id) = element.get("id") {
                known.entry((kind, id.to_owned())).or_insert((story, element));
            }
        }
    }
    let mut notes = Vec::new();
    // Notes may mention notes, so the list grows while it is read.
    let mut next = 0;
    while let Some((key, at)) = reader.notes.order.get(next).cloned() {
        next += 1;
        let blocks = match known.remove(&key) {
            Some((story, element)) => {
                enter(reader, story);
                reader.story(element)
            }
            None => {
                let kind = if key.0 == NoteKind::Footnote { "footnote" } else { "endnote" };
                let message = format!("the text refers to {kind} {}, which the file does not hold", key.1);
                reader.diagnostics.report(Kind::Dropped, "missing-note", at, message);
                Vec::new()
            }
        };
        notes.push(Note::foot(next.to_string(), blocks));
    }
    for (_, (story, element)) in known {
        let is_separator = element.get("type").is_some_and(|kind| kind != "normal");
        let text = inline::plain_text(element);
        if !is_separator && !text.trim().is_empty() {
            enter(reader, story);
            reader.report(Kind::LeftOut, "unused-note", element, "a note that nothing refers to", text);
        }
    }
    notes
}

/// Goes on to another part.
fn enter<'a>(reader: &mut Reader<'a, '_>, story: &'a Story) {
    reader.part = &story.part;
    reader.unmatched = &story.unmatched;
    reader.fields.clear();
    reader.bookmark = None;
}

fn report_comments<'a>(reader: &mut Reader<'a, '_>, comments: &'a Story) {
    enter(reader, comments);
    for comment in comments.part.tree.root().children().filter(|child| child.is_w("comment")) {
        let message = match comment.get("author").filter(|author| !author.is_empty()) {
            Some(author) => format!("a comment by {author}"),
            None => "a comment".to_owned(),
        };
        reader.report(Kind::LeftOut, "comment", comment, message, inline::plain_text(comment));
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

/// Reports a header or footer that holds more than the number of the page.
fn report_margin<'a>(reader: &mut Reader<'a, '_>, margin: &'a Story) {
    enter(reader, margin);
    audit::audit(&margin.part, reader.diagnostics);
    reader.without_page_numbers = true;
    // Numbers in the margins are no part of the text.
    let numbered = reader.numbered;
    let blocks = reader.story(margin.part.tree.root());
    reader.numbered = numbered;
    reader.without_page_numbers = false;
    let text = text_of(&blocks);
    // What stands around a number: dashes, and the words for page and total.
    let of_number = |c: char| !c.is_alphanumeric() || "第页共of".contains(c);
    let only_number =
        !has_picture(&blocks) && text.replace("Page", "").replace("page", "").chars().all(of_number);
    if !only_number {
        let (code, message) = if margin.part.tree.root().is_w("hdr") {
            ("header", "the text above the pages is left out; pages are set by the profile")
        } else {
            ("footer", "the text below the pages is left out; pages are set by the profile")
        };
        reader.report(Kind::LeftOut, code, margin.part.tree.root(), message, text.trim());
    }
}
