//! word/footnotes.xml and word/endnotes.xml, and the marks that refer to them (ECMA-376 17.11).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use docx_rs::{BookmarkEnd, BookmarkStart, DocumentChild, FieldCharType, InstrText, ParagraphChild, Run};

use super::body::{Writer, empty_paragraph};
use super::place::Place;
use super::shown::vanishes;
use super::styles::id;
use super::xml::{DECLARATION, namespaces};
use crate::diagnostic::{Diagnostics, Kind};
use crate::markdown::note::for_each_reference;
use crate::tree::{Block, BlockKind, Document, Inline, Note, NotePlace};

/// What the notes of one place are called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Naming {
    pub(super) place: NotePlace,
    /// Stem of the elements, the part and its relationship: `footnote`.
    pub(super) stem: &'static str,
    /// Styles of the text and the mark.
    text_style: &'static str,
    mark_style: &'static str,
    /// Begins the bookmarks of marks that are repeated.
    bookmark: &'static str,
}

pub(super) const FOOTNOTES: Naming = Naming {
    place: NotePlace::Foot,
    stem: "footnote",
    text_style: id::NOTE,
    mark_style: id::NOTE_MARK,
    bookmark: "_RefNote",
};

pub(super) const ENDNOTES: Naming = Naming {
    place: NotePlace::End,
    stem: "endnote",
    text_style: id::ENDNOTE,
    mark_style: id::ENDNOTE_MARK,
    bookmark: "_RefEndnote",
};

fn naming(place: NotePlace) -> Naming {
    match place {
        NotePlace::Foot => FOOTNOTES,
        NotePlace::End => ENDNOTES,
    }
}

/// The notes of a document, numbered as the text comes to refer to them.
#[derive(Debug)]
pub(super) struct Notes<'a> {
    all: &'a [Note],
    /// Index of each id, and how often the text refers to it.
    by_id: BTreeMap<&'a str, (usize, usize)>,
    /// Indices of the footnotes referred to, in that order, and those of the endnotes: each first has the number 1.
    numbered: [Vec<usize>; 2],
    /// Number of each note among those of its place, by its index.
    numbers: Vec<Option<usize>>,
    /// True while notes themselves are written.
    pub(super) inside: bool,
}

impl<'a> Notes<'a> {
    /// The notes of a document, none referred to yet.
    pub(super) fn new(document: &'a Document) -> Self {
        let mut by_id = BTreeMap::new();
        for (index, note) in document.notes.iter().enumerate() {
            by_id.entry(note.id.as_str()).or_insert((index, 0));
        }
        if !by_id.is_empty() {
            document.for_each_paragraph(&mut |_, paragraph| count(&paragraph.content, &mut by_id));
        }
        Self {
            all: &document.notes,
            by_id,
            numbered: Default::default(),
            numbers: vec![None; document.notes.len()],
            inside: false,
        }
    }

    /// Records a mention of the note with that id.
    fn mention(&mut self, id: &str) -> Option<Mention> {
        let (index, mentions) = *self.by_id.get(id)?;
        let place = self.all[index].place;
        let repeated = mentions > 1;
        if let Some(number) = self.numbers[index] {
            return Some(Mention { place, number, repeated, first: false });
        }
        let numbered = &mut self.numbered[place as usize];
        numbered.push(index);
        let number = numbered.len();
        self.numbers[index] = Some(number);
        Some(Mention { place, number, repeated, first: true })
    }
}

/// A mention of a note in the text.
#[derive(Debug, Clone, Copy)]
struct Mention {
    place: NotePlace,
    number: usize,
    /// The text refers to the note more than once.
    repeated: bool,
    first: bool,
}

fn count<'a>(inlines: &'a [Inline], by_id: &mut BTreeMap<&'a str, (usize, usize)>) {
    for inline in inlines {
        match inline {
            Inline::NoteRef(id) => {
                if let Some((_, mentions)) = by_id.get_mut(id.as_str()) {
                    *mentions += 1;
                }
            }
            Inline::Styled(_, content) | Inline::Link { content, .. } => count(content, by_id),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Break | Inline::Raw(_) => {}
        }
    }
}

/// The document without the marks of notes that are not there, and those within notes, each of which is reported.
pub(super) fn without_lost_marks<'a>(
    document: &'a Document,
    diagnostics: &mut Diagnostics,
) -> Cow<'a, Document> {
    let known: BTreeSet<&str> = document.notes.iter().map(|note| note.id.as_str()).collect();
    let mut lost = false;
    for_each_reference(&document.blocks, &mut |id| lost |= !known.contains(id));
    document.notes.iter().for_each(|note| for_each_reference(&note.blocks, &mut |_| lost = true));
    if !lost {
        return Cow::Borrowed(document);
    }
    let mut kept = document.clone();
    take_marks(&mut kept.blocks, &|id| known.contains(id), diagnostics);
    kept.notes.iter_mut().for_each(|note| take_marks(&mut note.blocks, &|_| false, diagnostics));
    Cow::Owned(kept)
}

fn take_marks(blocks: &mut [Block], keeps: &dyn Fn(&str) -> bool, diagnostics: &mut Diagnostics) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(paragraph) => {
                take_marks_inside(&mut paragraph.content, keeps, &mut |id| {
                    diagnostics.report_text(
                        Kind::Dropped,
                        "note-reference",
                        block.origin.at.clone(),
                        message!("the reference has no note, or stands in a note, where Word allows none"),
                        format!("[^{id}]"),
                    );
                });
            }
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| take_marks(&mut item.blocks, keeps, diagnostics));
            }
            BlockKind::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| take_marks(&mut cell.blocks, keeps, diagnostics));
            }
            BlockKind::Quote(blocks) => take_marks(blocks, keeps, diagnostics),
            BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => {}
        }
    }
}

fn take_marks_inside(content: &mut Vec<Inline>, keeps: &dyn Fn(&str) -> bool, taken: &mut dyn FnMut(&str)) {
    content.retain_mut(|inline| match inline {
        Inline::NoteRef(id) => {
            let kept = keeps(id);
            if !kept {
                taken(id);
            }
            kept
        }
        Inline::Styled(_, content) | Inline::Link { content, .. } => {
            take_marks_inside(content, keeps, taken);
            true
        }
        Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Break | Inline::Raw(_) => true,
    });
}

impl<'a> Writer<'a> {
    /// The mark of a note. Word lets a note be referred to once; further mentions are fields that repeat
    /// its number (17.16.5.36 NOTEREF).
    pub(super) fn note_reference(&mut self, id: &str, children: &mut Vec<ParagraphChild>) {
        // There are no others: `without_lost_marks`.
        let Some(Mention { place, number, repeated, first }) = self.notes.mention(id) else { return };
        let Naming { stem, mark_style, bookmark, .. } = naming(place);
        let mark_run = || Run::new().style(mark_style);
        let name = format!("{bookmark}{number}");
        let run = |run: Run| ParagraphChild::Run(Box::new(run));
        if !first {
            let field = format!(" NOTEREF {name} \\f \\h ");
            children.push(run(mark_run().add_field_char(FieldCharType::Begin, false)));
            children.push(run(mark_run().add_instr_text(InstrText::Unsupported(field))));
            children.push(run(mark_run().add_field_char(FieldCharType::Separate, false)));
            children.push(run(mark_run().add_text(number.to_string())));
            children.push(run(mark_run().add_field_char(FieldCharType::End, false)));
            return;
        }
        let mark = self.inserted(mark_run(), format!("<w:{stem}Reference w:id=\"{number}\"/>"));
        if repeated {
            self.bookmarks += 1;
            children.push(ParagraphChild::BookmarkStart(BookmarkStart::new(self.bookmarks, name)));
            children.push(mark);
            children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(self.bookmarks)));
        } else {
            children.push(mark);
        }
    }

    /// Reports every note that nothing refers to. To be called when the whole body is written.
    pub(super) fn report_unused_notes(&mut self) {
        let all = self.notes.all;
        for (index, note) in all.iter().enumerate() {
            if self.notes.numbers[index].is_none() {
                self.diagnostics.report_text(
                    Kind::Dropped,
                    "unused-note",
                    note.at(),
                    message!("nothing refers to the note, and Word shows none without a mark"),
                    text_of(&note.blocks),
                );
            }
        }
    }

    /// The part with the notes of one place; `None` where there are none. To be called when the whole body is written.
    ///
    /// # Errors
    /// As [`Writer::arranged`].
    pub(super) fn notes_part(&mut self, naming: Naming) -> Result<Option<Vec<u8>>, quick_xml::Error> {
        let Naming { place, stem, text_style, mark_style, .. } = naming;
        let all = self.notes.all;
        let numbered = std::mem::take(&mut self.notes.numbered[place as usize]);
        if numbered.is_empty() {
            return Ok(None);
        }
        let mut xml = format!("{DECLARATION}<w:{stem}s {}>", namespaces()).into_bytes();
        for (id, kind) in [(-1, "separator"), (0, "continuationSeparator")] {
            xml.extend_from_slice(
                format!(
                    "<w:{stem} w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"{text_style}\"/></w:pPr>\
                     <w:r><w:{kind}/></w:r></w:p></w:{stem}>"
                )
                .as_bytes(),
            );
        }
        self.notes.inside = true;
        for (index, note) in numbered.into_iter().enumerate() {
            let mut content = Vec::new();
            self.blocks(&all[note].blocks, Place::note(place, self.geometry.measure()), &mut content);
            if !begins_with_text(&all[note].blocks)
                || !matches!(content.first(), Some(DocumentChild::Paragraph(_)))
            {
                content.insert(0, empty_paragraph(text_style));
            }
            if !matches!(content.last(), Some(DocumentChild::Paragraph(_))) {
                content.push(empty_paragraph(text_style));
            }
            let mark = self.inserted(Run::new().style(mark_style), format!("<w:{stem}Ref/>"));
            if let Some(DocumentChild::Paragraph(paragraph)) = content.first_mut() {
                let space = ParagraphChild::Run(Box::new(Run::new().add_text(" ")));
                paragraph.children.splice(0..0, [mark, space]);
            }
            xml.extend_from_slice(format!("<w:{stem} w:id=\"{}\">", index + 1).as_bytes());
            self.arranged(&content, &mut xml)?;
            xml.extend_from_slice(format!("</w:{stem}>").as_bytes());
        }
        self.notes.inside = false;
        xml.extend_from_slice(format!("</w:{stem}s>").as_bytes());
        Ok(Some(xml))
    }
}

/// True where the mark of a note may stand in the first paragraph that is written for its blocks.
fn begins_with_text(blocks: &[Block]) -> bool {
    let mut written =
        blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph(_)) || !vanishes(&block.kind));
    written.next().is_some_and(|block| match &block.kind {
        BlockKind::Paragraph(_) | BlockKind::List(_) | BlockKind::Quote(_) => true,
        BlockKind::Table(_)
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Rule
        | BlockKind::PageBreak
        | BlockKind::Raw(_) => false,
    })
}

/// The characters of blocks, a line for each paragraph.
fn text_of(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => lines.push(paragraph.text()),
            BlockKind::List(list) => lines.extend(list.items.iter().map(|item| text_of(&item.blocks))),
            BlockKind::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                lines.extend(cells.map(|cell| text_of(&cell.blocks)));
            }
            BlockKind::Quote(blocks) => lines.push(text_of(blocks)),
            BlockKind::Code(code) => lines.push(code.text.clone()),
            BlockKind::Image(image) => lines.push(image.alt.clone()),
            BlockKind::Raw(markup) => lines.push(markup.clone()),
            BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }
    lines.join("\n")
}
