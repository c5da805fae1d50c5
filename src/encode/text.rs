//! Plain text in UTF-8: a paragraph a line, first lines indented as the profile says, by full-width spaces.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostics, Kind};
use crate::error::Result;
use crate::options::Options;
use crate::profile::Align;
use crate::tree::{Block, BlockKind, Document, Inline, List, Location, Paragraph, Role, Table, push_inlines};

/// Writes the text. Emphasis, links and the grid of tables have no form here and are reported.
///
/// # Errors
/// None.
pub(crate) fn encode(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>> {
    let mut writer =
        Writer { options, diagnostics, text: String::new(), previous: None, marker: String::new() };
    let printed = |title: &String| {
        document
            .blocks
            .iter()
            .any(|block| matches!(&block.kind, BlockKind::Paragraph(paragraph) if paragraph.line() == *title))
    };
    let mut meta = document.meta.clone();
    meta.title.take_if(|title| printed(title));
    for property in meta.lines() {
        writer.dropped("property", &Location::Whole, &property);
    }
    writer.blocks(&document.blocks, "");
    if !document.notes.is_empty() {
        writer.text.push('\n');
    }
    for note in &document.notes {
        writer.marker = format!("[{}] ", note.id);
        writer.item(&note.blocks, "");
    }
    Ok(writer.text.into_bytes())
}

struct Writer<'a> {
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
    text: String,
    previous: Option<Role>,
    /// Marker of a list item or note, waiting for its first line.
    marker: String,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block], margin: &str) {
        for block in blocks {
            self.block(block, margin);
        }
    }

    fn block(&mut self, block: &Block, margin: &str) {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => self.paragraph(paragraph, &block.origin.at, margin),
            BlockKind::List(list) => self.list(list, margin),
            BlockKind::Table(table) => self.table(table, &block.origin.at),
            BlockKind::Quote(blocks) => self.blocks(blocks, &format!("{margin}　　")),
            BlockKind::Code(code) => code.text.lines().for_each(|line| self.line(margin, line)),
            BlockKind::Image(image) => {
                self.line(margin, &image.alt);
                self.dropped("picture", &block.origin.at, &image.target);
            }
            BlockKind::Rule => self.line(margin, "————————"),
            BlockKind::PageBreak => self.line("", "\u{C}"),
            BlockKind::Raw(markup) => self.dropped("markup", &block.origin.at, markup),
        }
    }

    fn line(&mut self, margin: &str, line: &str) {
        self.text.push_str(margin);
        self.text.push_str(&std::mem::take(&mut self.marker));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn dropped(&mut self, what: &str, at: &Location, text: &str) {
        let colon = if text.is_empty() { "" } else { ": " };
        let message = format!("plain text holds no {what}{colon}{text}");
        self.diagnostics.report_text(Kind::Dropped, "no-form-in-text", at.clone(), message, text);
    }

    fn paragraph(&mut self, paragraph: &Paragraph, at: &Location, margin: &str) {
        let style = self.options.profile.style(paragraph.role);
        if margin.is_empty() && self.options.profile.space_before(self.previous, paragraph.role) > 0.0 {
            self.text.push('\n');
        }
        self.previous = Some(paragraph.role);
        let indent = match style.align {
            Align::Left | Align::Justify => (style.left + style.first_line).clamp(0.0, 20.0).round() as usize,
            Align::Centre | Align::Right => 0,
        };
        let text = "　".repeat(indent);
        let text = self.running_text(paragraph, at, text);
        for line in text.split('\n') {
            self.line(margin, line);
        }
    }

    /// Appends the text of the inlines. Pictures and markup are reported; the rest of what plain text has no form
    /// for (emphasis, links) is counted.
    fn inlines(&mut self, inlines: &[Inline], at: &Location, text: &mut String) -> usize {
        let mut lost = 0;
        for inline in inlines {
            match inline {
                Inline::Text(t) | Inline::Code(t) => text.push_str(t),
                Inline::Break => text.push('\n'),
                Inline::NoteRef(id) => {
                    let _ = write!(text, "[{id}]");
                }
                Inline::Styled(_, content) => lost += 1 + self.inlines(content, at, text),
                Inline::Link { target, title, content } => {
                    lost += self.inlines(content, at, text);
                    let mut shown = String::new();
                    push_inlines(content, &mut shown);
                    if shown != *target {
                        let _ = write!(text, "（{target}）");
                    }
                    if !title.is_empty() {
                        self.dropped("title of a link", at, title);
                    }
                }
                Inline::Image(image) => {
                    text.push_str(&image.alt);
                    self.dropped("picture", at, &image.target);
                }
                Inline::Raw(markup) => self.dropped("markup", at, markup),
            }
        }
        lost
    }

    /// The text of a paragraph behind `text`, with a report of what it loses.
    fn running_text(&mut self, paragraph: &Paragraph, at: &Location, mut text: String) -> String {
        let lost = self.inlines(&paragraph.content, at, &mut text);
        if lost > 0 {
            self.dropped(&format!("emphasis ({lost} here)"), at, "");
        }
        text
    }

    fn list(&mut self, list: &List, margin: &str) {
        for (index, item) in (0..).zip(&list.items) {
            self.marker = match (list.start, item.checked) {
                (_, Some(true)) => "☑ ".to_owned(),
                (_, Some(false)) => "☐ ".to_owned(),
                (Some(start), None) => format!("{}. ", start.saturating_add(index)),
                (None, None) => "• ".to_owned(),
            };
            self.item(&item.blocks, &format!("{margin}　"));
        }
    }

    /// The blocks of a list item or note; the marker takes the place of the first-line indent.
    fn item(&mut self, blocks: &[Block], margin: &str) {
        for block in blocks {
            if let BlockKind::Paragraph(paragraph) = &block.kind {
                let text = self.running_text(paragraph, &block.origin.at, String::new());
                text.split('\n').for_each(|line| self.line(margin, line));
            } else {
                self.block(block, margin);
            }
        }
        if !self.marker.is_empty() {
            self.line(margin, "");
        }
    }

    fn table(&mut self, table: &Table, at: &Location) {
        for row in &table.rows {
            let mut cells = Vec::with_capacity(row.cells.len());
            for cell in &row.cells {
                let outer = std::mem::take(&mut self.text);
                self.item(&cell.blocks, "");
                let cell = std::mem::replace(&mut self.text, outer);
                cells.push(cell.lines().map(str::trim).collect::<Vec<_>>().join(" "));
            }
            self.line("", &cells.join("\t"));
        }
        self.dropped("grid of a table (cells are divided by tabs)", at, "");
    }
}
