//! Word files (.docx, .docm, .dotx) to the tree.
//!
//! `package` opens the zip and finds the parts, `xml` parses them, `styles` and `numbering` say what
//! paragraphs look like and which number they bear, `story` reads blocks, `list`, `table`, `inline`, `field`,
//! `change`, `drawing` and `diagram` what is in them, `content` makes inlines of it. `notes` are what the text refers to,
//! `margin` what stands around it; `audit` reports what is not known, and `unkept` what is known and not kept.
//!
//! Text that the tree has no place for (deletions, comments, headers) is reported with its characters.

mod audit;
mod change;
mod content;
mod contents;
mod diagram;
mod drawing;
mod field;
mod inline;
mod list;
mod margin;
mod math;
mod notes;
mod numbering;
mod numeral;
mod properties;
mod story;
mod styles;
mod symbol;
mod table;
#[cfg(test)]
mod tests;
mod unkept;

use std::collections::{BTreeMap, BTreeSet};

use super::Decoded;
use crate::diagnostic::{Diagnostics, Kind};
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::ooxml::meaning::Meaning;
use crate::ooxml::{APPLICATION, package, xml};
use crate::options::{Options, TrackChanges};
use crate::tree::{Block, BlockKind, Document, Location, Meta, Picture, Role, Stated};
use notes::{NoteKind, Notes};
use numbering::Numbering;
use package::{Package, Part};
use story::Reader;
use styles::Styles;
use unkept::Unkept;
use xml::Element;

/// A part with text, ready to be read.
struct Story {
    part: Part,
    unmatched: BTreeSet<u32>,
}

/// Reads a Word file.
///
/// Automatic numbers become the text that Word shows; bullets become lists. Styles named as those of the
/// Word encoder give roles; other formatting is evidence in [`crate::tree::Appearance`]. Changes are read as
/// [`Options::track_changes`] says; comments become notes where [`Options::keep_comments`] is set.
///
/// # Errors
/// [`Error::Malformed`] for what is no Word file, is encrypted, damaged, or beyond the limits of size and
/// depth, with the remedy.
pub(crate) fn decode(input: &[u8], options: &Options, diagnostics: &mut Diagnostics) -> Result<Decoded> {
    let mut package = package::open(input, &options.limits)?;
    let main = package.main_part()?;
    let Some(part) = package.part(&main)? else {
        return Err(no_text(&main));
    };
    if !part.tree.root().is_w("document") {
        return Err(no_text(&main));
    }
    let changes = options.track_changes;
    let document = Story::new(part, changes);
    let mut styles = side_part(&mut package, &document.part, "styles", diagnostics)
        .map(|tree| Styles::read(&tree))
        .unwrap_or_default();
    let mut numbering = side_part(&mut package, &document.part, "numbering", diagnostics)
        .map(|tree| Numbering::read(&tree))
        .unwrap_or_default();
    numbering.link(&styles);
    for (name, message) in std::mem::take(&mut package.damaged) {
        let at = match name {
            name if name.is_empty() => Location::Whole,
            part => Location::Part { part, paragraph: 0 },
        };
        diagnostics.report(Kind::Substituted, "damaged-part", at, message);
    }
    let comments = document.part.relationships.of_kind("comments").find(|r| !r.external);
    let comments = comments.and_then(|comments| reported_part(&mut package, &comments.target, diagnostics));
    let note_parts = [
        (NoteKind::Footnote, text_part(&mut package, &document.part, "footnotes", changes)?),
        (NoteKind::Endnote, text_part(&mut package, &document.part, "endnotes", changes)?),
        (NoteKind::Comment, comments.map(|part| Story::new(part, changes))),
    ];
    let notes = note_parts.iter().filter_map(|(_, story)| story.as_ref());
    let paragraphs = std::iter::once(&document).chain(notes).map(|story| story.part.tree.paragraphs()).sum();
    if paragraphs > options.limits.get(Limit::Lines) {
        return Err(Error::beyond(&options.limits, Limit::Lines, Some(paragraphs), Location::Whole));
    }
    let diagrams = diagram::read(&mut package, &document.part, diagnostics);
    let margins = margin::parts(&mut package, &document.part, changes, diagnostics);
    let meta = meta(&mut package, diagnostics);
    let own = is_own(&mut package);
    if !own && is_preformatted_prose(document.part.tree.root(), &styles) {
        styles.read_preformatted_as_text();
    }

    audit::audit(&document.part, diagnostics);
    let mut reader = Reader {
        part: &document.part,
        styles: &styles,
        numbering,
        diagnostics,
        notes: Notes::default(),
        changes,
        keep_comments: options.keep_comments,
        pictures: drawing::Pictures::default(),
        links: Vec::new(),
        fields: Vec::new(),
        unmatched: &document.unmatched,
        bookmark: None,
        note_bookmarks: BTreeMap::new(),
        in_margin: false,
        section_breaks: section_breaks(document.part.tree.root()),
        sections: 0,
        nesting: 0,
        reported: BTreeSet::new(),
        contents: BTreeSet::new(),
        in_contents: 0,
        numbered: 0,
        own,
        cells: 0,
        limits: &options.limits,
        drawing_parts: Vec::new(),
        diagrams: &diagrams,
        unkept: Unkept::default(),
    };
    let root = document.part.tree.root();
    // One body by the schema; some programs write several, and some none.
    let mut bodies: Vec<_> = root.children().filter(|child| child.is_w("body")).collect();
    if bodies.is_empty() {
        bodies.push(root);
    }
    let mut blocks: Vec<Block> = bodies.into_iter().flat_map(|body| reader.story(body)).collect();
    // A break before nothing.
    if blocks.last().is_some_and(|block| block.kind == BlockKind::PageBreak) {
        blocks.pop();
    }
    reader.nesting = 1;
    let notes = notes::read(&mut reader, &note_parts);
    for margin in &margins {
        margin::report(&mut reader, margin);
    }
    if reader.cells > options.limits.get(Limit::Cells) {
        return Err(Error::beyond(&options.limits, Limit::Cells, None, Location::Whole));
    }
    if reader.numbered > 0 {
        let message =
            message!("automatic numbers that are now part of the text: {count}", count = reader.numbered);
        reader.diagnostics.report(Kind::Substituted, "automatic-number", Location::Whole, message);
    }
    if reader.numbering.is_cut() {
        let message =
            message!("automatic numbers are cut at {most} characters", most = numbering::MOST_OF_NUMBER);
        reader.diagnostics.report(Kind::Dropped, "number-cut", Location::Whole, message);
    }
    let unknown: Vec<&str> = reader.numbering.unknown_formats().collect();
    if !unknown.is_empty() {
        let message = message!("numbers in the format {formats} are written with figures", formats = unknown);
        reader.diagnostics.report(Kind::Substituted, "number-format", Location::Whole, message);
    }
    let drawing_parts = std::mem::take(&mut reader.drawing_parts);
    let unkept = std::mem::take(&mut reader.unkept);
    let pictures = std::mem::take(&mut reader.pictures);
    let contents = std::mem::take(&mut reader.contents);
    if !own {
        unkept.report(root, diagnostics);
    }
    for (name, what, at) in drawing_parts {
        let text =
            side_tree(&mut package, &name, diagnostics).map(|tree| diagram::chart(&tree)).unwrap_or_default();
        let message = message!("the tree holds no {what}; its text is left out", what);
        diagnostics.report_text(Kind::Dropped, "diagram", at, message, text.trim());
    }
    let meta = stated(meta, &blocks);
    let pictures = read_pictures(&mut package, &pictures, diagnostics);
    let mut read = Document { meta, blocks, notes, pictures };
    turn_sizes(&mut read);
    contents::settle(&mut read, &document.part.name, &contents, diagnostics);
    // What was written here and not touched since states all it knows; text alone states nothing.
    let has_roles =
        read.blocks.iter().filter_map(Block::paragraph).any(|paragraph| paragraph.role != Role::Body);
    let stated = if has_roles && own { Stated::Roles } else { Stated::Some };
    Ok(Decoded { document: read, stated })
}

/// Whether the pages of a section lie on their side.
fn lies_on_its_side(section: Element<'_>) -> bool {
    section.child("pgSz").and_then(|size| size.get("orient")) == Some("landscape")
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

/// Gives pictures that their files say to turn the size that they have when they are turned; Word states that before.
fn turn_sizes(document: &mut Document) {
    let turned = |picture: &&Picture| picture.orientation().swaps_sides();
    let turned = document.pictures.iter().filter(turned).map(|picture| picture.target.clone());
    let turned: BTreeSet<String> = turned.collect();
    if !turned.is_empty() {
        document.change_images(&|image| {
            if let Some(size) = image.size.as_mut().filter(|_| turned.contains(&image.target)) {
                std::mem::swap(&mut size.width, &mut size.height);
            }
        });
    }
}

/// The files of the pictures that the text shows; one that is missing or damaged is reported where it stands.
fn read_pictures(
    package: &mut Package<'_>,
    shown: &drawing::Pictures,
    diagnostics: &mut Diagnostics,
) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for (part, target, at) in shown.parts() {
        match package.read(part) {
            Ok(Some(bytes)) => pictures.push(Picture { target: target.clone(), bytes }),
            Ok(None) => {
                let message =
                    message!("the picture {target} is missing in the file; its name is kept", target);
                diagnostics.report(Kind::Dropped, "picture", at.clone(), message);
            }
            Err(error) => diagnostics.report(Kind::Dropped, "picture", at.clone(), error.message()),
        }
    }
    if let Some(at) = shown.turned(&pictures) {
        let message = message!("a turned or mirrored picture is kept as it is in its file");
        diagnostics.report(Kind::Substituted, "turn", at.clone(), message);
    }
    pictures
}

fn no_text(main: &str) -> Error {
    Error::Malformed {
        format: "docx",
        at: Location::Whole,
        message: message!("{main}: the part holds no Word text; {repair}", main, repair = package::repair()),
    }
}

/// A part that the text can do without: where it is damaged, that is reported.
fn side_tree(package: &mut Package<'_>, name: &str, diagnostics: &mut Diagnostics) -> Option<xml::Tree> {
    match package.tree(name) {
        Ok(tree) => tree,
        Err(error) => {
            let at = Location::Part { part: name.to_owned(), paragraph: 0 };
            diagnostics.report(Kind::Dropped, "damaged-part", at, error.of_part());
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
fn text_part(
    package: &mut Package<'_>,
    document: &Part,
    kind: &str,
    changes: TrackChanges,
) -> Result<Option<Story>> {
    let Some(relationship) = document.relationships.of_kind(kind).find(|r| !r.external) else {
        return Ok(None);
    };
    Ok(package.part(&relationship.target)?.map(|part| Story::new(part, changes)))
}

/// A part whose text is only reported: where it is damaged, that is reported too.
fn reported_part(package: &mut Package<'_>, name: &str, diagnostics: &mut Diagnostics) -> Option<Part> {
    let tree = side_tree(package, name, diagnostics)?;
    let relationships = package.relationships(name).unwrap_or_default();
    Some(Part { name: name.to_owned(), tree, relationships })
}

/// True where all text is preformatted and most of it is Chinese, with sentences, which no program is.
fn is_preformatted_prose(root: Element<'_>, styles: &Styles) -> bool {
    let (mut sentences, mut all, mut han) = (0, 0, 0);
    for paragraph in root.subtree(|_| false).filter(|element| element.is_w("p")) {
        let text = inline::plain_text(paragraph);
        let characters = text.chars().filter(|c| !c.is_whitespace());
        let count = characters.clone().count();
        let style = paragraph.child("pPr").and_then(|properties| properties.value("pStyle"));
        let style = styles.paragraph(style);
        if count > 0 && (style.meaning != Meaning::Code || !style.language.is_empty()) {
            return false;
        }
        sentences += usize::from(text.contains('。'));
        all += count;
        han += characters.filter(|c| matches!(c, '\u{3400}'..='\u{9FFF}')).count();
    }
    sentences > 0 && 2 * han > all
}

/// True where this program made the file and no other has saved it since.
fn is_own(package: &mut Package<'_>) -> bool {
    let Ok(relationships) = package.relationships("") else { return false };
    let application = relationships.of_kind("extended-properties").find(|r| !r.external);
    let part = application.and_then(|application| package.part(&application.target).ok().flatten());
    part.is_some_and(|part| properties::application(&part.tree).as_deref() == Some(APPLICATION))
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

/// Whether each section but the first begins a page (17.6.22): the section after a break says how. Where the sheet is
/// turned between them, the pages part by themselves.
fn section_breaks(document: Element<'_>) -> Vec<bool> {
    let sections = document.subtree(|e| e.is_w("sectPrChange") || e.is_w("tbl") || e.is_w("txbxContent"));
    let mut breaks = Vec::new();
    let mut before = None;
    for section in sections.filter(|element| element.is_w("sectPr")) {
        let turned = lies_on_its_side(section);
        let begins = !matches!(section.value("type"), Some("continuous" | "nextColumn"));
        breaks.push(begins && before.is_none_or(|before| before == turned));
        before = Some(turned);
    }
    breaks.into_iter().skip(1).collect()
}
