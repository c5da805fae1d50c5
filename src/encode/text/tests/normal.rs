//! The normal form: what of a tree stands in its text.

use crate::charset::unified;
use crate::decode::text::{Reading, reading};
use crate::diagnostic::Diagnostics;
use crate::tree::{Block, BlockKind, Document, Inline, List, Origin, Paragraph, Table, push_inlines};

/// What remains of `document` after writing and reading text in UTF-8, lines unjoined and nothing recognised:
/// `decode(encode(d)) == normal_form(d)`, origins apart.
///
/// - Every line with something on it is a paragraph of body text; a form feed is a page break. All else is gone.
/// - Each paragraph, program and description of a picture is its lines. A link is followed by its target in brackets
///   where that is another text; a note is mentioned as `[1]` and stands at the end behind the same.
/// - The first line of an item begins with its mark (`• `, `3. `, `☑ `); a rule is a line of dashes; the cells of a row
///   are divided by tabs, the lines of a cell by spaces.
/// - Markup, page breaks in tables, pictures and properties are gone, a title that is a property alone is printed.
/// - Characters that show nothing, and space at the ends of lines, are gone; what ends a line for some is a line end;
///   radicals and compatibility ideographs are the ideographs.
pub(super) fn normal_form(document: &Document) -> Document {
    let document = crate::with_title(std::borrow::Cow::Borrowed(document), &mut Diagnostics::default());
    let mut lines = Lines::default();
    lines.blocks(&document.blocks);
    for note in &document.notes {
        lines.mark = format!("[{}] ", note.id);
        lines.item(&note.blocks);
    }
    Document { blocks: read(&lines.text), ..Document::default() }
}

/// The paragraphs and page breaks of a text.
fn read(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut push = |kind| blocks.push(Block { kind, origin: Origin::default() });
    let mut line = String::new();
    for c in text.chars() {
        let reading = reading(c);
        match reading {
            Reading::Text => line.push(unified(c).unwrap_or(c)),
            Reading::Nothing => {}
            Reading::LineEnd | Reading::PageEnd => {
                let paragraph = line.trim();
                if !paragraph.is_empty() {
                    push(BlockKind::Paragraph(Paragraph::plain(paragraph.to_owned())));
                }
                line.clear();
                if reading == Reading::PageEnd {
                    push(BlockKind::PageBreak);
                }
            }
        }
    }
    blocks
}

#[derive(Default)]
struct Lines {
    text: String,
    /// Mark of an item or note before its first line.
    mark: String,
    in_cell: bool,
}

impl Lines {
    fn line(&mut self, line: &str) {
        self.text.push_str(&std::mem::take(&mut self.mark));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn lines(&mut self, text: &str) {
        text.split('\n').for_each(|line| self.line(line));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(&block.kind));
    }

    fn block(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Paragraph(paragraph) => self.lines(&plain_ends(&text(&paragraph.content))),
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Quote(blocks) => self.blocks(blocks),
            BlockKind::Code(code) => {
                plain_ends(&code.text).split_terminator('\n').for_each(|line| self.line(line));
            }
            BlockKind::Image(image) => self.lines(&plain_ends(&image.alt)),
            BlockKind::Rule => self.line("————————"),
            BlockKind::PageBreak if self.in_cell => {}
            BlockKind::PageBreak => self.text.push_str("\u{C}\n"),
            BlockKind::Raw(_) => {}
        }
    }

    fn list(&mut self, list: &List) {
        for (index, item) in (0..).zip(&list.items) {
            self.mark = match (list.start, item.checked) {
                (_, Some(true)) => "☑ ".into(),
                (_, Some(false)) => "☐ ".into(),
                (Some(start), None) => format!("{}. ", start.saturating_add(index)),
                (None, None) => "• ".into(),
            };
            self.item(&item.blocks);
        }
    }

    fn item(&mut self, blocks: &[Block]) {
        self.blocks(blocks);
        if !self.mark.is_empty() {
            self.line("");
        }
    }

    fn table(&mut self, table: &Table) {
        for row in &table.rows {
            let mut cells = Vec::new();
            for cell in &row.cells {
                let outer = (std::mem::take(&mut self.text), std::mem::replace(&mut self.in_cell, true));
                self.item(&cell.blocks);
                let cell = std::mem::replace(&mut self.text, outer.0);
                self.in_cell = outer.1;
                let lines = cell.split('\n').map(str::trim).filter(|line| !line.is_empty());
                cells.push(lines.collect::<Vec<_>>().join(" "));
            }
            self.line(&cells.join("\t"));
        }
    }
}

fn plain_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn text(content: &[Inline]) -> String {
    let mut out = String::new();
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Styled(_, content) => out.push_str(&text(content)),
            Inline::Link { target, content, .. } => {
                out.push_str(&text(content));
                let mut shown = String::new();
                push_inlines(content, &mut shown);
                if shown != *target {
                    out.push_str(&format!("（{target}）"));
                }
            }
            Inline::Image(image) => out.push_str(&image.alt),
            Inline::NoteRef(id) => out.push_str(&format!("[{id}]")),
            Inline::Break => out.push('\n'),
            Inline::Raw(_) => {}
        }
    }
    out
}
