//! word/footnotes.xml and the marks that refer to it (ECMA-376 17.11).

use std::collections::BTreeMap;

use docx_rs::{
    BookmarkEnd, BookmarkStart, BuildXML, DocumentChild, FieldCharType, FootnoteReference, InstrText,
    ParagraphChild, Run, RunChild,
};

use super::body::{Place, Writer, empty_paragraph};
use super::order::{Additions, arrange};
use super::styles::id;
use super::xml::{DECLARATION, R, W};
use crate::diagnostic::Kind;
use crate::tree::{Block, BlockKind, Document, Inline, Location, Note};

/// The notes of a document, numbered as the text comes to refer to them.
#[derive(Debug)]
pub(super) struct Notes<'a> {
    all: &'a [Note],
    /// Index of each id, and how often the text refers to it.
    by_id: BTreeMap<&'a str, (usize, usize)>,
    /// Index of each note referred to, in that order: the first has the number 1.
    numbered: Vec<usize>,
    /// Number of each note, by its index.
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
            numbered: Vec::new(),
            numbers: vec![None; document.notes.len()],
            inside: false,
        }
    }

    /// Number and count of mentions of a note, and whether this is its first mention.
    fn mention(&mut self, id: &str) -> Option<(usize, usize, bool)> {
        let (index, mentions) = *self.by_id.get(id)?;
        if let Some(number) = self.numbers[index] {
            return Some((number, mentions, false));
        }
        self.numbered.push(index);
        self.numbers[index] = Some(self.numbered.len());
        Some((self.numbered.len(), mentions, true))
    }
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

fn mark_run() -> Run {
    Run::new().style(id::NOTE_MARK)
}

impl Writer<'_> {
    /// The mark of a note. Word lets a note be referred to once; further mentions are fields that repeat
    /// its number (17.16.5.36 NOTEREF).
    pub(super) fn note_reference(&mut self, id: &str, at: &Location, children: &mut Vec<ParagraphChild>) {
        let mention = if self.notes.inside { None } else { self.notes.mention(id) };
        let Some((number, mentions, first)) = mention else {
            self.diagnostics.report_text(
                Kind::Dropped,
                "note-reference",
                at.clone(),
                "the reference has no note, or stands in a note, where Word allows none",
                format!("[^{id}]"),
            );
            return;
        };
        let name = format!("_RefNote{number}");
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
        let mut mark = mark_run();
        mark.children.push(RunChild::FootnoteReference(FootnoteReference::new(number)));
        if mentions > 1 {
            children.push(ParagraphChild::BookmarkStart(BookmarkStart::new(number, name)));
            children.push(run(mark));
            children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(number)));
        } else {
            children.push(run(mark));
        }
    }

    /// The part, and a report of every note that nothing refers to; `None` where there is no note.
    /// To be called when the whole body is written.
    ///
    /// # Errors
    /// As [`arrange`].
    pub(super) fn notes_part(&mut self, rows: &mut usize) -> Result<Option<Vec<u8>>, quick_xml::Error> {
        let all = self.notes.all;
        for (index, note) in all.iter().enumerate() {
            if self.notes.numbers[index].is_none() {
                self.diagnostics.report_text(
                    Kind::Dropped,
                    "unused-note",
                    note.blocks.first().map(|block| block.origin.at.clone()).unwrap_or_default(),
                    "nothing refers to the note, and Word shows none without a mark",
                    text_of(&note.blocks),
                );
            }
        }
        if self.notes.numbered.is_empty() {
            return Ok(None);
        }
        let mut xml = format!("{DECLARATION}<w:footnotes xmlns:w=\"{W}\" xmlns:r=\"{R}\">").into_bytes();
        for (id, kind) in [(-1, "separator"), (0, "continuationSeparator")] {
            xml.extend_from_slice(
                format!(
                    "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>\
                     <w:r><w:{kind}/></w:r></w:p></w:footnote>",
                    id::NOTE
                )
                .as_bytes(),
            );
        }
        self.notes.inside = true;
        for (index, note) in self.notes.numbered.clone().into_iter().enumerate() {
            let mut content = Vec::new();
            self.blocks(&all[note].blocks, Place::note(self.geometry.measure()), &mut content);
            if !matches!(content.first(), Some(DocumentChild::Paragraph(_))) {
                content.insert(0, empty_paragraph(id::NOTE));
            }
            if !matches!(content.last(), Some(DocumentChild::Paragraph(_))) {
                content.push(empty_paragraph(id::NOTE));
            }
            if let Some(DocumentChild::Paragraph(paragraph)) = content.first_mut() {
                // The carriage return stands for the mark, which docx-rs cannot write.
                let mark = ParagraphChild::Run(Box::new(mark_run().add_carriage_return()));
                let space = ParagraphChild::Run(Box::new(Run::new().add_text(" ")));
                paragraph.children.splice(0..0, [mark, space]);
            }
            xml.extend_from_slice(format!("<w:footnote w:id=\"{}\">", index + 1).as_bytes());
            let additions =
                Additions { header_rows: &self.header_rows, tooltips: &self.tooltips, note_mark: true };
            for child in &content {
                xml.extend_from_slice(&arrange(&child.build(), &additions, rows)?);
            }
            xml.extend_from_slice(b"</w:footnote>");
        }
        self.notes.inside = false;
        xml.extend_from_slice(b"</w:footnotes>");
        Ok(Some(xml))
    }
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
