//! The tree as pandoc's document model in JSON, so that every format that pandoc writes is one pipe away.
//!
//! What pandoc has no node for stands in attributes that it passes on: the role of a paragraph is the class of a `Div`
//! around it, with the Word style of that role as `custom-style`, and the label of a note that of a `Span`.

use std::collections::{BTreeMap, BTreeSet};

use crate::attributes::attributes;
use crate::diagnostic::{Diagnostics, Kind};
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::markdown::inline::split;
use crate::message::Message;
use crate::ooxml;
use crate::options::{Options, PandocVersion};
use crate::pandoc::{self, Attr, MetaValue, Name, Pandoc, Width, alignment_name};
use crate::tree::{
    Block, BlockKind, Code, ColumnAlignment, Document, Image, Inline, InlineStyle, List, Location, Meta,
    NotePlace, Paragraph, Role, Table, WHOLE_WIDTH, fits,
};

/// A page break for Word; other formats have none.
const PAGE_BREAK: &str = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";

/// Writes the document model that `pandoc -f json` reads, in UTF-8.
///
/// # Errors
/// [`Error::Encoder`] for a tree nested so deeply that it could not be read again.
pub(crate) fn encode(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>> {
    let mut writer = Writer { document, diagnostics, at: Location::Whole, told: BTreeSet::new() };
    let mut blocks = writer.blocks(&document.blocks, false);
    for (index, note) in document.notes.iter().enumerate() {
        if writer.told.contains(&index) {
            continue;
        }
        writer.told.insert(index);
        writer.at = note.blocks.first().map_or(Location::Whole, |block| block.origin.at.clone());
        let message = message!("a note that nothing mentions stands at the end of the text");
        writer.report(Kind::Substituted, "note-unmentioned", message, String::new());
        let content = writer.blocks(&note.blocks, false);
        blocks.push(pandoc::Block::Div(note_attr(note.place, &note.id), content));
    }
    writer.at = Location::Whole;
    let shown = document.picture_targets();
    for (index, picture) in document.pictures.iter().enumerate() {
        let first = document.pictures.iter().position(|other| other.target == picture.target);
        if first != Some(index) || !shown.contains(picture.target.as_str()) {
            let message = message!("the picture {picture} is shown nowhere", picture = picture.target);
            writer.report(Kind::Dropped, "picture-file", message, String::new());
        }
    }
    let mut meta = writer.meta(&document.meta);
    let (name, value) = pandoc::STATED;
    meta.insert(name.into(), MetaValue::MetaString(value.into()));
    let version = match options.pandoc {
        PandocVersion::V2 => vec![1, 22, 2, 1],
        PandocVersion::V3 => vec![1, 23, 1],
    };
    let mut bytes = serde_json::to_vec(&Pandoc { version, meta, blocks })
        .map_err(|error| Error::Encoder { format: "pandoc-json", message: Message::verbatim(error) })?;
    if !fits(&bytes, options.limits.json_depth()) {
        return Err(Error::beyond(&options.limits, Limit::Nesting, None, Location::Whole));
    }
    bytes.push(b'\n');
    Ok(bytes)
}

struct Writer<'a> {
    document: &'a Document,
    diagnostics: &'a mut Diagnostics,
    /// Where the block that is written stood.
    at: Location,
    /// Notes that have been written, by their index.
    told: BTreeSet<usize>,
}

impl Writer<'_> {
    fn report(&mut self, kind: Kind, code: &'static str, message: Message, text: impl Into<String>) {
        self.diagnostics.report_text(kind, code, self.at.clone(), message, text);
    }

    fn meta(&mut self, meta: &Meta) -> BTreeMap<String, MetaValue> {
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in meta.properties() {
            match all.get_mut(name) {
                Some(known) => {
                    let message = message!("a second property {name} is another line of the first", name);
                    self.report(Kind::Substituted, "property-repeated", message, value);
                    known.push('\n');
                    known.push_str(value);
                }
                None => {
                    all.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        let inlines = |text: &str| {
            let mut out = Vec::new();
            push_text(text, &mut out);
            MetaValue::MetaInlines(out)
        };
        all.into_iter()
            .map(|(name, value)| {
                let value = match value.contains('\n') {
                    true => MetaValue::MetaList(value.split('\n').map(inlines).collect()),
                    false => inlines(&value),
                };
                (name, value)
            })
            .collect()
    }

    fn blocks(&mut self, blocks: &[Block], tight: bool) -> Vec<pandoc::Block> {
        let mut out = Vec::with_capacity(blocks.len());
        for block in blocks {
            let outer = std::mem::replace(&mut self.at, block.origin.at.clone());
            out.push(self.block(&block.kind, tight));
            self.at = outer;
        }
        out
    }

    fn block(&mut self, kind: &BlockKind, tight: bool) -> pandoc::Block {
        match kind {
            BlockKind::Paragraph(paragraph) => self.paragraph(paragraph, tight),
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Quote(blocks) => pandoc::Block::BlockQuote(self.blocks(blocks, false)),
            BlockKind::Code(code) => self.code(code),
            BlockKind::Image(image) => text_block(vec![self.image(image)], tight),
            BlockKind::Rule => pandoc::Block::HorizontalRule,
            BlockKind::PageBreak => {
                let raw = pandoc::Block::RawBlock("openxml".into(), PAGE_BREAK.into());
                pandoc::Block::Div((String::new(), vec!["page-break".into()], Vec::new()), vec![raw])
            }
            BlockKind::Raw(markup) => pandoc::Block::RawBlock("html".into(), markup.clone()),
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, tight: bool) -> pandoc::Block {
        let mut attributes = attributes(paragraph);
        let lead = paragraph.lead.filter(|lead| lead.end > 0);
        let parted = lead.map(|lead| (lead, split(paragraph.content.clone(), lead.end)));
        // What is set apart across the end of the run-in heading stays whole.
        let parted = parted.filter(|(_, (left, right))| match (left.last(), right.first()) {
            (Some(Inline::Styled(one, _)), Some(Inline::Styled(other, _))) => one != other,
            _ => true,
        });
        let content = match parted {
            Some((lead, (left, right))) => {
                let style = ("custom-style".to_owned(), ooxml::lead_style(lead.level).name);
                let left = self.inlines(&left);
                let attr = (String::new(), vec!["lead".into()], vec![style]);
                let mut content = vec![pandoc::Inline::Span(attr, left)];
                content.extend(self.inlines(&right));
                content
            }
            None => self.inlines(&paragraph.content),
        };
        if let Role::Heading(level) = paragraph.role {
            // pandoc counts from 1.
            let counted = level.max(1);
            attributes.retain(|(name, _)| name != "level" || counted != level);
            return pandoc::Block::Header(
                i64::from(counted),
                (String::new(), Vec::new(), attributes),
                content,
            );
        }
        let content = text_block(content, tight);
        if paragraph.role == Role::Body && attributes.is_empty() {
            return content;
        }
        if paragraph.role != Role::Body {
            attributes.insert(0, ("custom-style".into(), ooxml::role_style(paragraph.role).name));
        }
        let attr = (String::new(), vec![paragraph.role.name().to_owned()], attributes);
        pandoc::Block::Div(attr, vec![content])
    }

    fn list(&mut self, list: &List) -> pandoc::Block {
        let mut items = Vec::with_capacity(list.items.len());
        for item in &list.items {
            let mut blocks = self.blocks(&item.blocks, list.tight);
            match item.checked {
                Some(checked) => check(checked, &mut blocks),
                None => keep_literal(&mut blocks),
            }
            items.push(blocks);
        }
        match list.start {
            None => pandoc::Block::BulletList(items),
            Some(start) => {
                // What pandoc counts with.
                let number = i64::try_from(start).unwrap_or(i64::MAX);
                if u64::try_from(number) != Ok(start) {
                    let message = message!("pandoc has no list numbers above 9223372036854775807");
                    self.report(Kind::Substituted, "list-number", message, start.to_string());
                }
                let style = (number, Name::new("Decimal"), Name::new("Period"));
                pandoc::Block::OrderedList(style, items)
            }
        }
    }

    fn table(&mut self, table: &Table) -> pandoc::Block {
        let width = table.width().max(table.columns.len());
        let shares = table.shares(width);
        if shares.is_none() && !table.widths.is_empty() {
            let message = message!("the widths that the table asks for do not fit its columns");
            self.report(Kind::Substituted, "column-width", message, String::new());
        }
        if table.borderless || table.rows.iter().any(|row| row.height.is_some()) {
            let message = message!("pandoc has no heights of rows and no tables without rules");
            self.report(Kind::Substituted, "table-form", message, String::new());
        }
        let columns = (0..width).map(|column| {
            let alignment = alignment_name(table.columns.get(column).copied().unwrap_or_default());
            let share = shares.as_ref().map(|shares| f64::from(shares[column]) / f64::from(WHOLE_WIDTH));
            (Name::new(alignment), share.map_or(Width::ColWidthDefault, Width::ColWidth))
        });
        let columns = columns.collect();
        let mut rows = Vec::with_capacity(table.rows.len());
        for (number, row) in table.rows.iter().enumerate() {
            let mut cells = Vec::with_capacity(row.cells.len());
            for cell in &row.cells {
                let blocks = self.blocks(&cell.blocks, true);
                let own = cell.alignment.filter(|_| number >= table.header_rows);
                if own == Some(ColumnAlignment::Default) {
                    let message = message!("cells are aligned as their columns");
                    self.report(Kind::Substituted, "cell-alignment", message, String::new());
                }
                let alignment = Name::new(alignment_name(own.unwrap_or_default()));
                let span = (i64::from(cell.rows.max(1)), i64::from(cell.columns.max(1)));
                cells.push((Attr::default(), alignment, span.0, span.1, blocks));
            }
            rows.push((Attr::default(), cells));
        }
        let body = rows.split_off(table.header_rows.min(rows.len()));
        let body = (Attr::default(), 0, Vec::new(), body);
        let empty = || (Attr::default(), Vec::new());
        pandoc::Block::Table(
            Attr::default(),
            (None, Vec::new()),
            columns,
            (Attr::default(), rows),
            vec![body],
            empty(),
        )
    }

    fn code(&mut self, code: &Code) -> pandoc::Block {
        let text = code.text.strip_suffix('\n').unwrap_or(&code.text);
        if text.is_empty() && !code.text.is_empty() {
            self.report(
                Kind::Substituted,
                "empty-code",
                message!("code of one empty line is empty code"),
                String::new(),
            );
        }
        let classes: Vec<String> = code.language.split_whitespace().map(str::to_owned).collect();
        let mut attributes = Vec::new();
        if classes.join(" ") != code.language {
            attributes.push(("language".to_owned(), code.language.clone()));
        }
        pandoc::Block::CodeBlock((String::new(), classes, attributes), text.to_owned())
    }

    fn image(&mut self, image: &Image) -> pandoc::Inline {
        let mut attributes = Vec::new();
        if let Some(size) = image.size {
            for (name, twips) in [("width", size.width), ("height", size.height)] {
                let inches = format!("{:.6}", f64::from(twips) / 1440.0);
                let inches = inches.trim_end_matches('0').trim_end_matches('.');
                attributes.push((name.to_owned(), format!("{inches}in")));
            }
        }
        let mut target = image.target.clone();
        if let Some(picture) = self.document.picture(image) {
            attributes.push(("target".to_owned(), std::mem::replace(&mut target, picture.data_uri())));
        }
        let mut alt = Vec::new();
        push_text(&image.alt, &mut alt);
        pandoc::Inline::Image((String::new(), Vec::new(), attributes), alt, (target, image.title.clone()))
    }

    fn inlines(&mut self, inlines: &[Inline]) -> Vec<pandoc::Inline> {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            match inline {
                Inline::Text(text) => push_text(text, &mut out),
                Inline::Styled(style, content) => {
                    let content = self.inlines(content);
                    out.push(match style {
                        InlineStyle::Strong => pandoc::Inline::Strong(content),
                        InlineStyle::Emphasis => pandoc::Inline::Emph(content),
                        InlineStyle::Strike => pandoc::Inline::Strikeout(content),
                        InlineStyle::Underline => pandoc::Inline::Underline(content),
                        InlineStyle::Superscript => pandoc::Inline::Superscript(content),
                        InlineStyle::Subscript => pandoc::Inline::Subscript(content),
                    });
                }
                Inline::Code(text) => out.push(pandoc::Inline::Code(Attr::default(), text.clone())),
                Inline::Link { target, title, content } => {
                    let content = self.inlines(content);
                    out.push(pandoc::Inline::Link(Attr::default(), content, (target.clone(), title.clone())));
                }
                Inline::Image(image) => {
                    let image = self.image(image);
                    out.push(image);
                }
                Inline::NoteRef(id) => {
                    let note = self.note(id);
                    out.push(note);
                }
                Inline::Break => out.push(pandoc::Inline::LineBreak),
                Inline::Raw(markup) => out.push(pandoc::Inline::RawInline("html".into(), markup.clone())),
            }
        }
        out
    }

    /// The note itself where it is mentioned first; after that its mark.
    fn note(&mut self, id: &str) -> pandoc::Inline {
        let found = self.document.notes.iter().position(|note| note.id == id);
        match found.filter(|index| !self.told.contains(index)) {
            Some(index) => {
                let note = &self.document.notes[index];
                self.told.insert(index);
                let blocks = self.blocks(&note.blocks, false);
                pandoc::Inline::Span(note_attr(note.place, id), vec![pandoc::Inline::Note(blocks)])
            }
            None => {
                let message = message!("a note that is mentioned before, or is not there, is a raised mark");
                self.report(Kind::Substituted, "note-mark", message, String::new());
                let attr =
                    (String::new(), vec!["note-mark".to_owned()], vec![("label".to_owned(), id.to_owned())]);
                let mark = pandoc::Inline::Superscript(vec![pandoc::Inline::Str(id.to_owned())]);
                pandoc::Inline::Span(attr, vec![mark])
            }
        }
    }
}

fn note_attr(place: NotePlace, id: &str) -> Attr {
    let class = if place.is_foot() { "footnote" } else { "endnote" };
    (String::new(), vec![class.to_owned()], vec![("label".to_owned(), id.to_owned())])
}

fn text_block(content: Vec<pandoc::Inline>, tight: bool) -> pandoc::Block {
    if tight { pandoc::Block::Plain(content) } else { pandoc::Block::Para(content) }
}

/// Text as words with `Space` between them; blanks of other sorts stay in the words.
fn push_text(text: &str, out: &mut Vec<pandoc::Inline>) {
    let mut word = String::new();
    let flush = |word: &mut String, out: &mut Vec<pandoc::Inline>| {
        if !word.is_empty() {
            out.push(pandoc::Inline::Str(std::mem::take(word)));
        }
    };
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let inside = !before.is_whitespace() && characters.peek().is_some_and(|next| !next.is_whitespace());
        if c == ' ' && inside {
            flush(&mut word, out);
            out.push(pandoc::Inline::Space);
        } else {
            word.push(c);
        }
        before = c;
    }
    flush(&mut word, out);
}

/// Puts the box of a task before the first text of an item, as pandoc's own readers do.
fn check(checked: bool, blocks: &mut Vec<pandoc::Block>) {
    let mark = pandoc::Inline::Str(if checked { "☒" } else { "☐" }.to_owned());
    match blocks.first_mut() {
        Some(pandoc::Block::Plain(content) | pandoc::Block::Para(content)) => {
            content.splice(0..0, [mark, pandoc::Inline::Space]);
        }
        _ => blocks.insert(0, pandoc::Block::Plain(vec![mark])),
    }
}

/// Sets apart a first word that would be taken for the box of a task.
fn keep_literal(blocks: &mut [pandoc::Block]) {
    let Some(pandoc::Block::Plain(content) | pandoc::Block::Para(content)) = blocks.first_mut() else {
        return;
    };
    if let Some(pandoc::Inline::Str(word)) = content.first()
        && matches!(word.as_str(), "☐" | "☒")
    {
        let word = content.remove(0);
        let attr = (String::new(), vec!["literal".to_owned()], Vec::new());
        content.insert(0, pandoc::Inline::Span(attr, vec![word]));
    }
}

/// What remains of `document`, apart from how it is spelt.
///
/// - Properties of one name are lines of one.
/// - Pictures are there if the text shows them.
/// - Code that is one empty line is empty; lists begin with 9223372036854775807 at most.
#[cfg(test)]
pub(crate) fn normal_form(document: &Document) -> Document {
    let mut normal = document.clone();
    let mut properties: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in document.meta.properties() {
        properties.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    let mut take = |name: &str| properties.remove(name).map(|values| values.join("\n"));
    normal.meta =
        Meta { title: take("title"), author: take("author"), date: take("date"), other: Vec::new() };
    normal.meta.other = properties.into_iter().map(|(name, values)| (name, values.join("\n"))).collect();
    let shown = document.picture_targets();
    normal.pictures.retain(|picture| shown.contains(picture.target.as_str()));
    limit(&mut normal.blocks);
    normal.notes.iter_mut().for_each(|note| limit(&mut note.blocks));
    normal
}

#[cfg(test)]
fn limit(blocks: &mut [Block]) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Code(code) if code.text == "\n" => code.text.clear(),
            BlockKind::List(list) => {
                list.start = list.start.map(|start| start.min(i64::MAX.unsigned_abs()));
                list.items.iter_mut().for_each(|item| limit(&mut item.blocks));
            }
            BlockKind::Table(table) => {
                table.borderless = false;
                table.rows.iter_mut().for_each(|row| row.height = None);
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    cell.alignment = cell.alignment.filter(|own| *own != ColumnAlignment::Default);
                    limit(&mut cell.blocks);
                }
            }
            BlockKind::Quote(blocks) => limit(blocks),
            BlockKind::Code(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => {}
        }
    }
}
