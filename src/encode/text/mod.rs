//! Plain text: a paragraph a line, first lines indented as the profile says, by full-width spaces.

mod wrap;

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::attributes;
use crate::charset;
use crate::diagnostic::{Diagnostics, Kind, excerpt};
use crate::error::{Error, Result};
use crate::message::Message;
use crate::options::{LineEnd, Options};
use crate::profile::Align;
use crate::tree::{
    Block, BlockKind, Document, Image, Inline, List, Location, Paragraph, Role, Table, is_at_edge,
    push_inlines,
};

/// Writes the text in the encoding and with the line ends of `options.text`. Emphasis, links and the grid of tables
/// have no form here and are reported; so is that lists, quotations, code and rules are lines like any other.
///
/// # Errors
/// [`Error::Unencodable`] for characters that the encoding lacks, unless `options.lossy`: then each is written by its
/// number, `[U+1F600]`, and reported.
pub(crate) fn encode(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>> {
    let mut writer = Writer {
        options,
        diagnostics,
        text: String::new(),
        lines: Vec::new(),
        at: Location::Whole,
        previous: None,
        at_edge: false,
        marker: String::new(),
        in_cell: false,
    };
    let printed = |title: &String| {
        document
            .blocks
            .iter()
            .any(|block| matches!(&block.kind, BlockKind::Paragraph(paragraph) if paragraph.line() == *title))
    };
    let mut meta = document.meta.clone();
    meta.title.take_if(|title| printed(title));
    for property in meta.lines() {
        writer.dropped(message!("property"), &Location::Whole, &property);
    }
    let shown = document.picture_targets();
    for picture in document.pictures.iter().filter(|picture| !shown.contains(picture.target.as_str())) {
        writer.dropped(message!("picture"), &Location::Whole, &picture.target);
    }
    writer.say_what_is_silent(document);
    writer.blocks(&document.blocks, "");
    if !document.notes.is_empty() {
        writer.empty_line();
    }
    for note in &document.notes {
        writer.at = note.at();
        writer.say_notes();
        writer.marker = format!("[{}] ", note.id);
        writer.item(&note.blocks, "");
    }
    writer.finish()
}

struct Writer<'a> {
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
    text: String,
    /// Where each line of `text` comes from.
    lines: Vec<Location>,
    /// Where the block that is written stood.
    at: Location,
    previous: Option<Role>,
    /// What is written is the second line of the closing words of a letter.
    at_edge: bool,
    /// Marker of a list item or note, waiting for its first line.
    marker: String,
    /// What is written stands in a cell of a table.
    in_cell: bool,
}

/// True for characters that end a line for whoever reads a text.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// True for characters that whoever reads a text leaves out, so that space beside them stands at the end of a line.
fn shows_nothing(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'
                ..='\u{202E}'
        )
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

impl Writer<'_> {
    /// Says what this format never says: which part a paragraph plays, and, once, how its source was indented.
    fn say_what_is_silent(&mut self, document: &Document) {
        let mut indents = false;
        document.for_each_paragraph(&mut |block, paragraph| {
            attributes::report_unmarked(paragraph, (false, false, false), &block.origin.at, self.diagnostics);
            indents |= block.origin.at != Location::Whole;
        });
        if indents {
            let message = message!(
                "indents, empty lines and what ends lines are those of the profile, not those of the source"
            );
            self.diagnostics.report(Kind::Inferred, "indents-set", Location::Whole, message);
        }
    }

    /// The text in its encoding.
    fn finish(self) -> Result<Vec<u8>> {
        let output = self.options.text;
        let mut text = self.text;
        if text.starts_with('\u{FEFF}') {
            let at = self.lines.first().cloned().unwrap_or_default();
            let message = message!("a byte order mark at the start is that of the file");
            self.diagnostics.report_text(Kind::Substituted, "byte-order-mark", at, message, '\u{FEFF}');
        }
        let (_, lacking) = charset::encode(&text, output.encoding);
        if !lacking.is_empty() {
            let places = places(&text, &self.lines, &lacking);
            if !self.options.lossy {
                let mut characters: Vec<String> = Vec::new();
                for (_, c) in &lacking {
                    let shown = format!("{c} (U+{:04X})", u32::from(*c));
                    if characters.len() < 8 && !characters.contains(&shown) {
                        characters.push(shown);
                    }
                }
                return Err(Error::Unencodable {
                    encoding: output.encoding.name(),
                    count: lacking.len(),
                    characters: characters.join(", "),
                    at: places[0].clone(),
                });
            }
            let mut written = String::with_capacity(text.len() + lacking.len() * 8);
            let mut left = lacking.iter().peekable();
            for (at, c) in text.chars().enumerate() {
                if left.next_if(|(lacked, _)| *lacked == at).is_some() {
                    let _ = write!(written, "[U+{:04X}]", u32::from(c));
                } else {
                    written.push(c);
                }
            }
            text = written;
            for ((_, c), at) in lacking.iter().zip(places) {
                let number = format!("[U+{:04X}]", u32::from(*c));
                let message = message!(
                    "{encoding} lacks {c}; it is written {number}",
                    encoding = output.encoding.name(),
                    c,
                    number
                );
                self.diagnostics.report_text(
                    Kind::Dropped,
                    "character-unencodable",
                    at,
                    message,
                    c.to_string(),
                );
            }
        }
        if output.line_end == LineEnd::CrLf {
            text = text.replace('\n', "\r\n");
        }
        Ok(charset::encode(&text, output.encoding).0)
    }

    fn blocks(&mut self, blocks: &[Block], margin: &str) {
        for (index, block) in blocks.iter().enumerate() {
            self.at_edge = is_at_edge(&blocks[..=index]);
            self.block(block, margin);
        }
    }

    fn block(&mut self, block: &Block, margin: &str) {
        let outer = std::mem::replace(&mut self.at, block.origin.at.clone());
        match &block.kind {
            BlockKind::Paragraph(paragraph) => self.paragraph(paragraph, &block.origin.at, margin),
            BlockKind::List(list) => {
                self.as_lines(message!("a list is lines with marks"));
                self.list(list, margin);
            }
            BlockKind::Table(table) => self.table(table, &block.origin.at),
            BlockKind::Quote(blocks) => {
                self.as_lines(message!("a quotation is set in"));
                self.blocks(blocks, &format!("{margin}　　"));
            }
            BlockKind::Code(code) => {
                self.as_lines(message!("code is lines like any other"));
                if !code.language.is_empty() {
                    self.dropped(message!("language of code"), &block.origin.at, &code.language);
                }
                self.say_spaces(&code.text);
                let code = self.plain_ends(&code.text);
                code.split_terminator('\n').for_each(|line| self.line(margin, line));
            }
            BlockKind::Image(image) => {
                self.say_spaces(&image.alt);
                self.say_breaks(&image.alt);
                let alt = self.plain_ends(&image.alt);
                alt.split('\n').for_each(|line| self.line(margin, line));
                self.picture(image, &block.origin.at);
            }
            BlockKind::Rule => {
                self.as_lines(message!("a rule is a line of dashes"));
                self.line(margin, "————————");
            }
            BlockKind::PageBreak if self.in_cell => {
                self.dropped(message!("page break in a table"), &block.origin.at, "");
            }
            // The mark of an item waits for its text.
            BlockKind::PageBreak => {
                self.text.push_str("\u{C}\n");
                self.lines.push(self.at.clone());
            }
            BlockKind::Raw(markup) => self.dropped(message!("markup"), &block.origin.at, markup),
        }
        self.at = outer;
    }

    /// Reports that what was a block of another kind is lines.
    fn as_lines(&mut self, message: Message) {
        self.diagnostics.report(Kind::Substituted, "as-lines", self.at.clone(), message);
    }

    /// Reports that a note, or the mark of one, is text.
    fn say_notes(&mut self) {
        self.as_lines(message!("notes stand at the end, each behind its mark"));
    }

    /// Reports that the lines of a paragraph are paragraphs of their own.
    fn say_breaks(&mut self, text: &str) {
        if text.contains('\n') {
            self.as_lines(message!("a break within a paragraph ends a line, as its end does"));
        }
    }

    /// Reports that a picture is not there, and what of it is no text.
    fn picture(&mut self, image: &Image, at: &Location) {
        let lost = [image.target.as_str(), &image.title].into_iter().filter(|part| !part.is_empty());
        self.dropped(message!("picture"), at, &lost.collect::<Vec<_>>().join(" "));
    }

    /// `text` with line ends of one kind; those of another are reported.
    fn plain_ends<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if !text.contains('\r') {
            return Cow::Borrowed(text);
        }
        let message = message!("line ends CR within a paragraph are written like all others");
        let ends: String = text.chars().filter(|c| *c == '\r').collect();
        self.diagnostics.report_text(Kind::Substituted, "line-end-cr", self.at.clone(), message, ends);
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    }

    /// Reports space at the ends of lines: whoever reads text takes it for layout.
    fn say_spaces(&mut self, text: &str) {
        let is_blank = |c: char| c.is_whitespace() || shows_nothing(c);
        let ends = |line: &str| {
            let rest = line.trim_start_matches(is_blank);
            let start = &line[..line.len() - rest.len()];
            let end = &rest[rest.trim_end_matches(is_blank).len()..];
            start.contains(char::is_whitespace) || end.contains(char::is_whitespace)
        };
        if text.contains(|c| c != '\n' && ends_line(c)) || text.split('\n').any(ends) {
            let spaces: String = text.chars().filter(|c| c.is_whitespace() && *c != '\n').collect();
            let message = message!("space at the ends of a line is layout in a text");
            self.diagnostics.report_text(
                Kind::Substituted,
                "space-at-ends",
                self.at.clone(),
                message,
                spaces,
            );
        }
    }

    fn line(&mut self, margin: &str, line: &str) {
        let mut whole = String::from(margin);
        whole.push_str(&std::mem::take(&mut self.marker));
        whole.push_str(line);
        let lines = match self.options.text.wrap {
            // The rows of a table are divided as wholes.
            Some(columns) if !self.in_cell => wrap::wrap(&whole, columns),
            _ => vec![whole.as_str()],
        };
        for line in lines {
            self.text.push_str(line);
            self.text.push('\n');
            self.lines.push(self.at.clone());
        }
    }

    fn empty_line(&mut self) {
        self.text.push('\n');
        self.lines.push(self.at.clone());
    }

    fn dropped(&mut self, what: Message, at: &Location, text: &str) {
        let message = if text.is_empty() {
            message!("plain text holds no {what}", what)
        } else {
            message!("plain text holds no {what}: {text}", what, text = excerpt(text))
        };
        self.diagnostics.report_text(Kind::Dropped, "no-form-in-text", at.clone(), message, text);
    }

    fn paragraph(&mut self, paragraph: &Paragraph, at: &Location, margin: &str) {
        let style = self.options.profile.style(paragraph.role);
        if margin.is_empty() && self.options.profile.space_before(self.previous, paragraph.role) > 0.0 {
            self.empty_line();
        }
        self.previous = Some(paragraph.role);
        let indent = match style.align {
            Align::Left | Align::Justify => (style.left + if self.at_edge { 0.0 } else { style.first_line })
                .clamp(0.0, 20.0)
                .round() as usize,
            Align::Centre | Align::Right => 0,
        };
        // A mark takes the place of the indent.
        let indent = if self.marker.is_empty() { indent } else { 0 };
        let indent = "　".repeat(indent);
        let text = self.running_text(paragraph, at, indent.clone());
        self.say_spaces(&text[indent.len()..]);
        self.say_breaks(&text);
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
                Inline::Text(t) => text.push_str(t),
                Inline::Code(t) => {
                    text.push_str(t);
                    lost += 1;
                }
                Inline::Break => text.push('\n'),
                Inline::NoteRef(id) => {
                    self.say_notes();
                    let _ = write!(text, "[{id}]");
                }
                Inline::Styled(_, content) => lost += 1 + self.inlines(content, at, text),
                Inline::Link { target, title, content } => {
                    lost += 1;
                    lost += self.inlines(content, at, text);
                    let mut shown = String::new();
                    push_inlines(content, &mut shown);
                    if shown != *target {
                        let _ = write!(text, "（{target}）");
                    }
                    if !title.is_empty() {
                        self.dropped(message!("title of a link"), at, title);
                    }
                }
                Inline::Image(image) => {
                    text.push_str(&image.alt);
                    self.picture(image, at);
                }
                Inline::Raw(markup) => self.dropped(message!("markup"), at, markup),
            }
        }
        lost
    }

    /// The text of a paragraph behind `text`, with a report of what it loses.
    fn running_text(&mut self, paragraph: &Paragraph, at: &Location, mut text: String) -> String {
        let lost = self.inlines(&paragraph.content, at, &mut text);
        if lost > 0 {
            self.dropped(message!("emphasis or links ({lost} here)", lost), at, "");
        }
        self.plain_ends(&text).into_owned()
    }

    /// The mark of an item: `mark`, or where the encoding lacks it `plain`, which GBK and Big5 have.
    fn mark(&self, mark: char, plain: char) -> String {
        let (_, lacking) = charset::encode(&mark.to_string(), self.options.text.encoding);
        format!("{} ", if lacking.is_empty() { mark } else { plain })
    }

    fn list(&mut self, list: &List, margin: &str) {
        for (index, item) in (0..).zip(&list.items) {
            self.marker = match (list.start, item.checked) {
                (_, Some(true)) => self.mark('☑', '■'),
                (_, Some(false)) => self.mark('☐', '□'),
                (Some(start), None) => format!("{}. ", start.saturating_add(index)),
                (None, None) => self.mark('•', '●'),
            };
            self.item(&item.blocks, &format!("{margin}　"));
        }
    }

    /// The blocks of a list item or note; the marker takes the place of the first-line indent.
    fn item(&mut self, blocks: &[Block], margin: &str) {
        for block in blocks {
            if let BlockKind::Paragraph(paragraph) = &block.kind {
                let text = self.running_text(paragraph, &block.origin.at, String::new());
                self.say_spaces(&text);
                self.say_breaks(&text);
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
                let outer = (std::mem::take(&mut self.text), std::mem::take(&mut self.lines));
                let outer_cell = std::mem::replace(&mut self.in_cell, true);
                self.item(&cell.blocks, "");
                self.in_cell = outer_cell;
                let cell = std::mem::replace(&mut self.text, outer.0);
                self.lines = outer.1;
                let lines = cell.split('\n').map(str::trim).filter(|line| !line.is_empty());
                cells.push(lines.collect::<Vec<_>>().join(" "));
            }
            self.line("", &cells.join("\t"));
        }
        self.dropped(message!("grid of a table (cells are divided by tabs)"), at, "");
    }
}

/// Where in the source each of the characters at these offsets comes from.
fn places(text: &str, lines: &[Location], offsets: &[(usize, char)]) -> Vec<Location> {
    let mut places = Vec::with_capacity(offsets.len());
    let mut left = offsets.iter().peekable();
    let mut line = 0;
    for (at, c) in text.chars().enumerate() {
        if left.next_if(|(offset, _)| *offset == at).is_some() {
            places.push(lines.get(line).cloned().unwrap_or_default());
        }
        line += usize::from(c == '\n');
    }
    places
}

#[cfg(test)]
mod tests;
