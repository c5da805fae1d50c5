//! pandoc's document model in JSON to the tree (`pandoc -t json`).

use std::collections::BTreeSet;

use super::Decoded;
use super::markdown::set_title;
use crate::attributes::apply;
use crate::diagnostic::{Diagnostics, Kind};
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::markdown::line_end::joined;
use crate::markdown::{inline, note};
use crate::message::Message;
use crate::ooxml;
use crate::options::Options;
use crate::pandoc::{self, Attr, MetaValue, Name, Pandoc, READ, STATED, alignment_of};
use crate::tree::{
    Block, BlockKind, Cell, Code, ColumnAlignment, Document, Image, ImageSize, Inline, InlineStyle, List,
    ListItem, Location, Note, NotePlace, Origin, Paragraph, Picture, Role, Row, Stated, Table, fits, parse,
    place, thousandths,
};

/// In so many parts widths of columns are read, which are parts of one.
const FINENESS: f64 = 1e6;

/// Reads what pandoc writes, and what the encoder of this format writes.
///
/// Nodes that the tree has no like for are read as their nearest, and reported: definition lists, line blocks, figures,
/// quotation marks, formulas, small capitals, captions.
///
/// # Errors
/// [`Error::Malformed`] with the line for what is no document of pandoc's, and for versions of its model whose nodes are
/// not known here.
pub(crate) fn decode(input: &[u8], options: &Options, diagnostics: &mut Diagnostics) -> Result<Decoded> {
    let malformed = |at, message| Error::Malformed { format: "pandoc-json", at, message };
    let parse_error = |error: serde_json::Error| malformed(place(&error, input), Message::of_json(&error));
    if !fits(input, options.limits.json_depth()) {
        return Err(Error::beyond(&options.limits, Limit::Nesting, None, Location::Whole));
    }
    // The version first: a model that is not known has nodes that are not known.
    let known: Version = parse(input).map_err(parse_error)?;
    let Some(version) = known.version else {
        let message = message!("it has no pandoc-api-version; make it with pandoc -t json");
        return Err(malformed(Location::Whole, message));
    };
    if !READ.iter().any(|read| version.starts_with(read)) {
        let version: Vec<String> = version.iter().map(u32::to_string).collect();
        let message = message!(
            "pandoc-api-version {version}; this program reads 1.21, 1.22 and 1.23 (pandoc 2.10 to 3)",
            version = version.join(".")
        );
        return Err(malformed(Location::Whole, message));
    }
    let pandoc: Pandoc = parse(input).map_err(parse_error)?;
    let mut meta = pandoc.meta;
    let roles_stated = matches!(meta.get(STATED.0), Some(MetaValue::MetaString(value)) if value == STATED.1);
    if roles_stated {
        meta.remove(STATED.0);
    }
    let mut reader =
        Reader { diagnostics, roles_stated, said: BTreeSet::new(), notes: Vec::new(), pictures: Vec::new() };
    let mut document = Document::default();
    for (name, value) in meta {
        let value = reader.meta_value(value);
        document.meta.set(name, value);
    }
    document.blocks = reader.blocks(pandoc.blocks);
    document.notes = std::mem::take(&mut reader.notes);
    document.pictures = std::mem::take(&mut reader.pictures);
    note::sort_notes(&mut document);
    if !roles_stated && document.meta.title.is_none() {
        set_title(&mut document);
    }
    Ok(Decoded { document, stated: if roles_stated { Stated::All } else { Stated::Some } })
}

#[derive(serde::Deserialize)]
struct Version {
    #[serde(rename = "pandoc-api-version")]
    version: Option<Vec<u32>>,
}

struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
    /// This program wrote the source.
    roles_stated: bool,
    /// What has been reported: once is enough.
    said: BTreeSet<&'static str>,
    notes: Vec<Note>,
    pictures: Vec<Picture>,
}

impl Reader<'_> {
    /// Reports once that something is read as its like.
    fn say(&mut self, code: &'static str, message: Message) {
        if self.said.insert(code) {
            self.diagnostics.report(Kind::Substituted, code, Location::Whole, message);
        }
    }

    fn meta_value(&mut self, value: MetaValue) -> String {
        match value {
            MetaValue::MetaString(text) => text,
            MetaValue::MetaBool(value) => value.to_string(),
            MetaValue::MetaInlines(inlines) => self.plain(inlines),
            MetaValue::MetaList(values) => {
                values.into_iter().map(|value| self.meta_value(value)).collect::<Vec<_>>().join("\n")
            }
            MetaValue::MetaMap(values) => {
                self.say(
                    "property-map",
                    message!("a property that holds properties is lines of name and value"),
                );
                let lines =
                    values.into_iter().map(|(name, value)| format!("{name}: {}", self.meta_value(value)));
                lines.collect::<Vec<_>>().join("\n")
            }
            MetaValue::MetaBlocks(blocks) => {
                let document = Document { blocks: self.blocks(blocks), ..Document::default() };
                let mut lines = Vec::new();
                document.for_each_paragraph(&mut |_, paragraph| lines.push(paragraph.text()));
                lines.join("\n")
            }
        }
    }

    /// The characters of inlines.
    fn plain(&mut self, inlines: Vec<pandoc::Inline>) -> String {
        Paragraph::new(Role::Body, self.inlines(inlines)).text()
    }

    fn blocks(&mut self, blocks: Vec<pandoc::Block>) -> Vec<Block> {
        let mut out = Vec::with_capacity(blocks.len());
        blocks.into_iter().for_each(|block| self.block(block, &mut out));
        out
    }

    fn block(&mut self, block: pandoc::Block, out: &mut Vec<Block>) {
        let kind = match block {
            pandoc::Block::Plain(content) | pandoc::Block::Para(content) => self.text(content),
            pandoc::Block::LineBlock(lines) => {
                let mut content = Vec::new();
                for (at, line) in lines.into_iter().enumerate() {
                    if at > 0 {
                        content.push(Inline::Break);
                    }
                    content.extend(self.inlines(line));
                }
                BlockKind::Paragraph(Paragraph::new(Role::Body, inline::canonical(content)))
            }
            pandoc::Block::CodeBlock((_, classes, attributes), mut text) => {
                let language = attributes.into_iter().find(|(name, _)| name == "language");
                if !text.is_empty() {
                    text.push('\n');
                }
                let language = language.map_or_else(|| classes.join(" "), |(_, language)| language);
                BlockKind::Code(Code { language, text })
            }
            pandoc::Block::RawBlock(format, markup) if is_html(&format) => BlockKind::Raw(markup),
            pandoc::Block::RawBlock(format, markup) => {
                self.say("raw", message!("markup of other formats than HTML is code"));
                BlockKind::Code(Code { language: format!("{{={format}}}"), text: markup + "\n" })
            }
            pandoc::Block::BlockQuote(blocks) => BlockKind::Quote(self.blocks(blocks)),
            pandoc::Block::OrderedList((start, _, _), items) => {
                BlockKind::List(self.list(Some(u64::try_from(start).unwrap_or(0)), items))
            }
            pandoc::Block::BulletList(items) => BlockKind::List(self.list(None, items)),
            pandoc::Block::DefinitionList(terms) => {
                self.say(
                    "definitions",
                    message!("a list of definitions is bold terms with paragraphs under them"),
                );
                for (term, definitions) in terms {
                    let term = self.inlines(term);
                    let term = vec![Inline::Styled(InlineStyle::Strong, term)];
                    push(out, BlockKind::Paragraph(Paragraph::new(Role::Body, inline::canonical(term))));
                    definitions.into_iter().for_each(|blocks| out.extend(self.blocks(blocks)));
                }
                return;
            }
            pandoc::Block::Header(level, attr, content) => {
                // pandoc counts from 1, but so may not who else writes such files.
                let level = u8::try_from(level.clamp(1, 255)).unwrap_or(u8::MAX);
                let content = inline::canonical(self.inlines(content));
                let mut paragraph = Paragraph::new(Role::Heading(level), content);
                self.attributes(&attr, &mut paragraph);
                BlockKind::Paragraph(paragraph)
            }
            pandoc::Block::HorizontalRule => BlockKind::Rule,
            pandoc::Block::Table(_, caption, columns, head, bodies, foot) => {
                let caption = self.blocks(caption.1);
                if !caption.is_empty() {
                    self.say("caption", message!("the caption of a table or figure is a paragraph"));
                    out.extend(caption);
                }
                BlockKind::Table(self.table(columns, head, bodies, foot))
            }
            pandoc::Block::Figure(_, caption, blocks) => {
                let blocks = self.blocks(blocks);
                let caption = self.blocks(caption.1);
                let text = |blocks: &[Block]| {
                    let mut text = String::new();
                    let document = Document { blocks: blocks.to_vec(), ..Document::default() };
                    document.for_each_paragraph(&mut |_, paragraph| text.push_str(&paragraph.text()));
                    text
                };
                // pandoc makes a figure of a picture by itself, and a caption of its description.
                let repeats = matches!(blocks.as_slice(), [Block { kind: BlockKind::Image(image), .. }]
                    if image.alt == text(&caption));
                out.extend(blocks);
                if !repeats && !caption.is_empty() {
                    self.say("caption", message!("the caption of a table or figure is a paragraph"));
                    out.extend(caption);
                }
                return;
            }
            pandoc::Block::Div(attr, blocks) => return self.div(attr, blocks, out),
            pandoc::Block::Null => return,
        };
        push(out, kind);
    }

    /// A paragraph, or the picture that is alone in it.
    fn text(&mut self, content: Vec<pandoc::Inline>) -> BlockKind {
        let content = inline::canonical(self.inlines(content));
        match content.as_slice() {
            [Inline::Image(image)] => BlockKind::Image(image.clone()),
            _ => BlockKind::Paragraph(Paragraph::new(Role::Body, content)),
        }
    }

    /// A role, a note that nothing mentions, a page break; any other division is what it holds.
    fn div(&mut self, attr: Attr, blocks: Vec<pandoc::Block>, out: &mut Vec<Block>) {
        let class = |name: &str| attr.1.iter().any(|class| class == name);
        if class("page-break") {
            return push(out, BlockKind::PageBreak);
        }
        for (name, place) in [("footnote", NotePlace::Foot), ("endnote", NotePlace::End)] {
            if let (true, Some(id)) = (class(name), value(&attr, "label")) {
                self.note(id.to_owned(), place, blocks);
                return;
            }
        }
        let style = value(&attr, "custom-style");
        let styled = style.and_then(|style| ooxml::ROLES.iter().find(|row| row.2 == style)).map(|row| row.0);
        let role = attr.1.iter().find_map(|class| Role::from_name(class)).or(styled);
        let Some(role) = role else {
            if !attr.0.is_empty() || !attr.1.is_empty() || !attr.2.is_empty() {
                self.say("division", message!("divisions and their attributes are dissolved"));
            }
            return blocks.into_iter().for_each(|block| self.block(block, out));
        };
        for block in blocks {
            let first = out.len();
            self.block(block, out);
            for block in &mut out[first..] {
                if let BlockKind::Image(image) = &block.kind {
                    let content = vec![Inline::Image(image.clone())];
                    block.kind = BlockKind::Paragraph(Paragraph::new(Role::Body, content));
                }
                if let BlockKind::Paragraph(paragraph) = &mut block.kind
                    && paragraph.role == Role::Body
                {
                    paragraph.role = role;
                    self.attributes(&attr, paragraph);
                }
            }
        }
    }

    fn attributes(&mut self, attr: &Attr, paragraph: &mut Paragraph) {
        if !apply(&attr.2, paragraph) {
            self.say("attributes", message!("attributes that do not say what they should are left out"));
        }
    }

    fn list(&mut self, start: Option<u64>, items: Vec<Vec<pandoc::Block>>) -> List {
        let tight = !items.iter().flatten().any(is_loose);
        let items = items.into_iter().map(|mut blocks| {
            let checked = take_check(&mut blocks);
            ListItem { checked, blocks: self.blocks(blocks) }
        });
        List { start, tight, items: items.collect() }
    }

    /// A table. Its columns have widths where each of them states one.
    fn table(
        &mut self,
        columns: Vec<(Name, pandoc::Width)>,
        head: pandoc::Section,
        bodies: Vec<pandoc::Body>,
        foot: pandoc::Section,
    ) -> Table {
        let widths = columns.iter().map(|(_, width)| match width {
            pandoc::Width::ColWidth(share) if *share > 0.0 => Some((share * FINENESS).round() as u64),
            pandoc::Width::ColWidth(_) | pandoc::Width::ColWidthDefault => None,
        });
        let widths: Vec<Option<u64>> = widths.collect();
        let stated = widths.iter().copied().collect::<Option<Vec<u64>>>();
        let stated = stated.and_then(|widths| thousandths(&widths)).unwrap_or_default();
        if stated.is_empty() && widths.iter().any(Option::is_some) {
            self.say("column-width", message!("columns are as wide as their text"));
        }
        let columns = columns.iter().map(|(name, _)| alignment_of(name)).collect();
        let header_rows = head.1.len();
        let mut rows = head.1;
        for (_, row_heads, heads, body) in bodies {
            if row_heads > 0 || !heads.is_empty() {
                self.say("table-parts", message!("heads inside a table are rows like any other"));
            }
            rows.extend(heads);
            rows.extend(body);
        }
        if !foot.1.is_empty() {
            self.say("table-parts", message!("heads inside a table are rows like any other"));
            rows.extend(foot.1);
        }
        let rows = rows.into_iter().enumerate().map(|(number, (_, cells))| {
            let cells = cells.into_iter().map(|(_, own, rows, columns, blocks)| {
                let own = Some(alignment_of(&own)).filter(|own| *own != ColumnAlignment::Default);
                let is_head = number < header_rows;
                if is_head && own.is_some() {
                    self.say("cell-alignment", message!("cells of a head are aligned as all heads are"));
                }
                let span = |n: i64| u32::try_from(n.max(1)).unwrap_or(u32::MAX);
                let alignment = own.filter(|_| !is_head);
                Cell { blocks: self.blocks(blocks), columns: span(columns), rows: span(rows), alignment }
            });
            Row::new(cells.collect())
        });
        Table { columns, widths: stated, borderless: false, header_rows, rows: rows.collect() }
    }

    fn inlines(&mut self, inlines: Vec<pandoc::Inline>) -> Vec<Inline> {
        let mut out = Vec::with_capacity(inlines.len());
        let mut inlines = inlines.into_iter().peekable();
        while let Some(inline) = inlines.next() {
            if matches!(inline, pandoc::Inline::SoftBreak) {
                let before = out.last().and_then(last_character);
                if !joined(before, inlines.peek().and_then(first_character)) {
                    out.push(Inline::Text(" ".to_owned()));
                }
                continue;
            }
            self.inline(inline, &mut out);
        }
        out
    }

    fn inline(&mut self, inline: pandoc::Inline, out: &mut Vec<Inline>) {
        let styled = |style, reader: &mut Self, content| {
            let content = reader.inlines(content);
            Inline::Styled(style, content)
        };
        let inline = match inline {
            pandoc::Inline::Str(text) => Inline::Text(text),
            pandoc::Inline::Space | pandoc::Inline::SoftBreak => Inline::Text(" ".to_owned()),
            pandoc::Inline::LineBreak => Inline::Break,
            pandoc::Inline::Emph(content) => styled(InlineStyle::Emphasis, self, content),
            pandoc::Inline::Underline(content) => styled(InlineStyle::Underline, self, content),
            pandoc::Inline::Strong(content) => styled(InlineStyle::Strong, self, content),
            pandoc::Inline::Strikeout(content) => styled(InlineStyle::Strike, self, content),
            pandoc::Inline::Superscript(content) => styled(InlineStyle::Superscript, self, content),
            pandoc::Inline::Subscript(content) => styled(InlineStyle::Subscript, self, content),
            pandoc::Inline::SmallCaps(content) => {
                self.say("small-capitals", message!("small capitals are plain text"));
                return out.extend(self.inlines(content));
            }
            pandoc::Inline::Quoted(kind, content) => {
                self.say("quoted", message!("quotation marks are characters"));
                let marks = if kind.t == "SingleQuote" { ("‘", "’") } else { ("“", "”") };
                out.push(Inline::Text(marks.0.to_owned()));
                out.extend(self.inlines(content));
                Inline::Text(marks.1.to_owned())
            }
            pandoc::Inline::Cite(_, content) => {
                self.say("citation", message!("citations are their text"));
                return out.extend(self.inlines(content));
            }
            pandoc::Inline::Code(_, text) => Inline::Code(text),
            pandoc::Inline::Math(_, text) => {
                self.say("formula", message!("formulas are code in the notation of TeX"));
                Inline::Code(text)
            }
            pandoc::Inline::RawInline(format, markup) if is_html(&format) => Inline::Raw(markup),
            pandoc::Inline::RawInline(_, markup) => {
                self.say("raw", message!("markup of other formats than HTML is code"));
                Inline::Code(markup)
            }
            pandoc::Inline::Link(_, content, (target, title)) => {
                Inline::Link { target, title, content: self.inlines(content) }
            }
            pandoc::Inline::Image(attr, alt, (target, title)) => {
                Inline::Image(self.image(&attr, alt, target, title))
            }
            pandoc::Inline::Note(blocks) => {
                let number = (1..).map(|n: u32| n.to_string());
                let id = number.into_iter().find(|id| self.notes.iter().all(|note| note.id != *id));
                self.note(id.unwrap_or_default(), NotePlace::Foot, blocks)
            }
            pandoc::Inline::Span(attr, content) => return self.span(attr, content, out),
        };
        out.push(inline);
    }

    fn note(&mut self, id: String, place: NotePlace, blocks: Vec<pandoc::Block>) -> Inline {
        // Its place first: notes in it come after it.
        let at = self.notes.len();
        self.notes.push(Note { id: id.clone(), place, blocks: Vec::new() });
        let blocks = self.blocks(blocks);
        self.notes[at].blocks = blocks;
        Inline::NoteRef(id)
    }

    fn span(&mut self, attr: Attr, mut content: Vec<pandoc::Inline>, out: &mut Vec<Inline>) {
        let class = |name: &str| attr.1.iter().any(|class| class == name);
        let label = value(&attr, "label").map(str::to_owned);
        if let (true, Some(id)) = (class("note-mark"), &label) {
            return out.push(Inline::NoteRef(id.clone()));
        }
        for (name, place) in [("footnote", NotePlace::Foot), ("endnote", NotePlace::End)] {
            if let (true, Some(id), [pandoc::Inline::Note(blocks)]) =
                (class(name), &label, content.as_mut_slice())
            {
                let blocks = std::mem::take(blocks);
                let mark = self.note(id.clone(), place, blocks);
                return out.push(mark);
            }
        }
        if !class("lead") && !class("literal") {
            self.say("division", message!("divisions and their attributes are dissolved"));
        }
        out.extend(self.inlines(content));
    }

    fn image(&mut self, attr: &Attr, alt: Vec<pandoc::Inline>, target: String, title: String) -> Image {
        let alt = self.plain(alt);
        let side = |name: &str| value(attr, name).and_then(twips);
        let size = side("width").zip(side("height")).map(|(width, height)| ImageSize { width, height });
        let mut target = target;
        let given = value(attr, "target").map(str::to_owned);
        if (given.is_some() || !self.roles_stated)
            && let Some(bytes) = Picture::from_data_uri(&target)
        {
            target = given.unwrap_or_else(|| format!("picture{}", self.pictures.len() + 1));
            if self.pictures.iter().all(|picture| picture.target != target) {
                self.pictures.push(Picture { target: target.clone(), bytes });
            }
        }
        Image { target, alt, title, size }
    }
}

fn push(out: &mut Vec<Block>, kind: BlockKind) {
    out.push(Block { kind, origin: Origin::default() });
}

fn value<'a>(attr: &'a Attr, name: &str) -> Option<&'a str> {
    attr.2.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn is_html(format: &str) -> bool {
    format == "html" || format == "html5" || format == "html4"
}

/// A length with its unit as twips; `None` for lengths relative to something.
fn twips(length: &str) -> Option<u32> {
    const UNITS: [(&str, f64); 6] = [
        ("in", 1440.0),
        ("inch", 1440.0),
        ("cm", 1440.0 / 2.54),
        ("mm", 144.0 / 2.54),
        ("pt", 20.0),
        ("px", 15.0),
    ];
    let digits = length.len() - length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let (number, unit) = length.split_at(digits);
    let twips = number.parse::<f64>().ok()? * UNITS.iter().find(|(name, _)| *name == unit)?.1;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie in the range")]
    (0.5..f64::from(u32::MAX)).contains(&twips).then(|| twips.round() as u32)
}

/// True for paragraphs with space around them.
fn is_loose(block: &pandoc::Block) -> bool {
    match block {
        pandoc::Block::Para(_) => true,
        pandoc::Block::Div(_, blocks) => blocks.iter().any(is_loose),
        _ => false,
    }
}

/// Takes the box of a task from the start of an item.
fn take_check(blocks: &mut Vec<pandoc::Block>) -> Option<bool> {
    let Some(pandoc::Block::Plain(content) | pandoc::Block::Para(content)) = blocks.first_mut() else {
        return None;
    };
    let Some(pandoc::Inline::Str(mark)) = content.first() else { return None };
    let checked = match mark.as_str() {
        "☐" => false,
        "☒" => true,
        _ => return None,
    };
    match content.get(1) {
        Some(pandoc::Inline::Space) => drop(content.drain(..2)),
        None => drop(blocks.remove(0)),
        Some(_) => return None,
    }
    Some(checked)
}

fn last_character(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) | Inline::Code(text) => text.chars().last(),
        Inline::Styled(_, content) | Inline::Link { content, .. } => content.last().and_then(last_character),
        Inline::Image(_) | Inline::NoteRef(_) | Inline::Break | Inline::Raw(_) => None,
    }
}

fn first_character(inline: &pandoc::Inline) -> Option<char> {
    match inline {
        pandoc::Inline::Str(text) | pandoc::Inline::Code(_, text) => text.chars().next(),
        pandoc::Inline::Emph(content)
        | pandoc::Inline::Strong(content)
        | pandoc::Inline::Strikeout(content)
        | pandoc::Inline::Underline(content)
        | pandoc::Inline::Span(_, content)
        | pandoc::Inline::Link(_, content, _) => content.first().and_then(first_character),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
