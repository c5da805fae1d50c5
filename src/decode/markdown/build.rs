//! Events of pulldown-cmark to blocks.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag};

use super::emphasis::Supported;
use super::line_end::following;
use super::math::Dollars;
use crate::attributes;
use crate::diagnostic::{Diagnostics, Kind, excerpt};
use crate::error::{Error, Result};
use crate::limits::{Limit, Limits};
use crate::markdown::line_end::joined;
use crate::markdown::{PAGE_BREAK, ROLES_STATED, html, inline, note};
use crate::tree::{
    Block, BlockKind, Cell, Code, ColumnAlignment, Document, Image, Inline, InlineStyle, List, ListItem,
    Location, Note, Origin, Paragraph, Role, Row, Table,
};

/// An element that is open.
enum Node {
    Root,
    Paragraph,
    Heading(u8),
    Quote,
    /// `numbers` are those that the source writes before the items of a numbered list, and where each item stands.
    List {
        start: Option<u64>,
        loose: bool,
        items: Vec<ListItem>,
        numbers: Vec<(u64, Range<usize>)>,
    },
    Item {
        checked: Option<bool>,
    },
    Note(String),
    Table {
        columns: Vec<ColumnAlignment>,
        rows: Vec<Row>,
    },
    Row(Vec<Cell>),
    Cell,
    Code {
        language: String,
        text: String,
    },
    Html(String),
    Style(InlineStyle),
    Link {
        target: String,
        title: String,
    },
    Image {
        target: String,
        title: String,
    },
}

struct Frame {
    node: Node,
    range: Range<usize>,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    /// Where `inlines` stand, for text directly inside the item of a tight list.
    inline_range: Range<usize>,
    /// Indent of the first line in half em.
    indent: u16,
}

impl Frame {
    fn new(node: Node, range: Range<usize>) -> Self {
        let inline_range = range.start..range.start;
        Self { node, range, blocks: Vec::new(), inlines: Vec::new(), inline_range, indent: 0 }
    }
}

/// The role and the attributes that a comment states, and the comment.
struct Stated {
    role: Role,
    attributes: Vec<(String, String)>,
    markup: String,
}

impl Stated {
    fn of(markup: &str) -> Option<Self> {
        let (role, attributes) = attributes::of_comment(markup)?;
        Some(Self { role, attributes, markup: markup.to_owned() })
    }
}

struct Builder<'a> {
    text: &'a str,
    /// Offset of the first byte of every line.
    lines: Vec<usize>,
    stack: Vec<Frame>,
    notes: Vec<(Range<usize>, Note)>,
    /// The last character of the paragraph so far.
    last: Option<char>,
    /// Roles are stated.
    stated: bool,
    /// What a comment says of the next block, and where it stands.
    pending: Option<(Stated, Range<usize>)>,
    /// Cells of tables so far.
    cells: u64,
    /// The dollar signs of the block so far.
    dollars: Dollars,
    limits: &'a Limits,
    diagnostics: &'a mut Diagnostics,
}

/// Reads the Markdown that begins at byte `start` of `text`, with the help of `supported` where emphasis stands
/// beside Chinese marks.
pub(super) fn build(
    text: &str,
    start: usize,
    supported: Option<&Supported>,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Result<Document> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let source = supported.map_or(text, |supported| supported.text.as_str());
    let place = |at: usize| supported.map_or(at, |supported| supported.offset(at));
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(&source[start..], options)
        .into_offset_iter()
        .map(|(event, range)| {
            let event = match supported {
                Some(supported) => supported.clean(event),
                None => event,
            };
            (event, place(range.start + start)..place(range.end + start))
        })
        .collect();
    let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let stack = vec![Frame::new(Node::Root, 0..text.len())];
    let stated = text[start..].trim_start().starts_with(ROLES_STATED);
    let mut builder = Builder {
        text,
        lines,
        stack,
        notes: Vec::new(),
        last: None,
        stated,
        pending: None,
        cells: 0,
        dollars: Dollars::default(),
        limits,
        diagnostics,
    };
    for (at, (event, range)) in events.iter().enumerate() {
        builder.event(event, range, &events[at + 1..])?;
    }
    let mut blocks = Vec::new();
    if let Some(mut root) = builder.stack.pop() {
        builder.flush(&mut root);
        builder.leave(&mut root.blocks);
        blocks = root.blocks;
    }
    let mut document = Document { blocks, ..Document::default() };
    builder.place_notes(&mut document);
    note::sort_notes(&mut document);
    Ok(document)
}

impl Builder<'_> {
    fn event(
        &mut self,
        event: &Event<'_>,
        range: &Range<usize>,
        after: &[(Event<'_>, Range<usize>)],
    ) -> Result<()> {
        match event {
            Event::Start(tag) => self.open(tag, range)?,
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(text, range, after.first().map(|(event, _)| event)),
            Event::Code(text) => {
                self.last = text.chars().last();
                self.push(Inline::Code(text.to_string()), range);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                if let Some(Frame { node: Node::Html(markup), .. }) = self.stack.last_mut() {
                    markup.push_str(html);
                } else {
                    self.push(Inline::Raw(html.to_string()), range);
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(text, range, None),
            Event::FootnoteReference(label) => self.push(Inline::NoteRef(label.to_string()), range),
            Event::SoftBreak => {
                if !joined(self.last, following(after)) {
                    self.push(Inline::Text(" ".to_owned()), range);
                    self.last = Some(' ');
                }
            }
            Event::HardBreak => {
                self.push(Inline::Break, range);
                self.last = None;
            }
            Event::Rule => self.block(BlockKind::Rule, range),
            Event::TaskListMarker(state) => {
                let item = self.stack.iter_mut().rev().find_map(|frame| match &mut frame.node {
                    Node::Item { checked } => Some(checked),
                    _ => None,
                });
                if let Some(checked) = item {
                    *checked = Some(*state);
                }
            }
        }
        Ok(())
    }

    fn open(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Result<()> {
        self.cells += u64::from(matches!(tag, Tag::TableCell));
        let depth = self.stack.len() as u64 - 1;
        for (limit, taken) in [(Limit::Nesting, depth), (Limit::Cells, self.cells)] {
            if taken >= self.limits.get(limit) + u64::from(limit == Limit::Cells) {
                let at = Location::line(self.line(range.start));
                return Err(Error::beyond(self.limits, limit, None, at));
            }
        }
        let node = match tag {
            Tag::Paragraph => {
                let mut outer = self.stack.iter_mut().rev();
                if let Some(Frame { node: Node::Item { .. }, .. }) = outer.next()
                    && let Some(Frame { node: Node::List { loose, .. }, .. }) = outer.next()
                {
                    *loose = true;
                }
                Node::Paragraph
            }
            Tag::Heading { level, .. } => Node::Heading(*level as u8),
            Tag::BlockQuote(_) => Node::Quote,
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Indented => String::new(),
                    CodeBlockKind::Fenced(info) => info.trim().to_owned(),
                };
                Node::Code { language, text: String::new() }
            }
            Tag::HtmlBlock => Node::Html(String::new()),
            Tag::List(start) => {
                Node::List { start: *start, loose: false, items: Vec::new(), numbers: Vec::new() }
            }
            Tag::Item => Node::Item { checked: None },
            Tag::FootnoteDefinition(label) => Node::Note(label.to_string()),
            Tag::Table(alignments) => {
                Node::Table { columns: alignments.iter().map(alignment).collect(), rows: Vec::new() }
            }
            Tag::TableHead | Tag::TableRow => Node::Row(Vec::new()),
            Tag::TableCell => Node::Cell,
            Tag::Emphasis => Node::Style(InlineStyle::Emphasis),
            Tag::Strong => Node::Style(InlineStyle::Strong),
            Tag::Strikethrough => Node::Style(InlineStyle::Strike),
            Tag::Superscript => Node::Style(InlineStyle::Superscript),
            Tag::Subscript => Node::Style(InlineStyle::Subscript),
            Tag::Link { link_type, dest_url, title, .. } => {
                let mail = if *link_type == LinkType::Email { "mailto:" } else { "" };
                Node::Link { target: format!("{mail}{dest_url}"), title: title.to_string() }
            }
            Tag::Image { dest_url, title, .. } => {
                Node::Image { target: dest_url.to_string(), title: title.to_string() }
            }
            // Not enabled; their text would arrive as paragraphs.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => Node::Paragraph,
        };
        if !matches!(node, Node::Style(_) | Node::Link { .. } | Node::Image { .. }) {
            self.last = None;
            self.report_formulas();
            if let Some(mut top) = self.stack.pop() {
                self.flush(&mut top);
                self.stack.push(top);
            }
        }
        self.stack.push(Frame::new(node, range.clone()));
        Ok(())
    }

    fn close(&mut self) {
        let Some(mut frame) = self.stack.pop() else { return };
        if !matches!(frame.node, Node::Style(_) | Node::Link { .. } | Node::Image { .. }) {
            self.report_formulas();
        }
        self.flush(&mut frame);
        if matches!(frame.node, Node::Item { .. } | Node::Quote | Node::Note(_)) {
            self.leave(&mut frame.blocks);
        }
        let Frame { node, range, blocks, inlines, inline_range, indent } = frame;
        match node {
            Node::Root => {}
            Node::Paragraph => self.paragraph(Role::Body, inlines, indent, &range),
            Node::Heading(1) if self.stated => self.paragraph(Role::Title, inlines, indent, &range),
            Node::Heading(level) => {
                let role = Role::Heading(level - u8::from(self.stated));
                self.paragraph(role, inlines, indent, &range);
            }
            Node::Quote => self.block(BlockKind::Quote(blocks), &range),
            Node::List { start, loose, items, numbers } => {
                self.list(List { start, tight: !loose, items }, &numbers, &range);
            }
            Node::Item { mut checked } => {
                let mut blocks = blocks;
                if let (Some(state), true) = (checked, blocks.is_empty()) {
                    // A box without text is text (GFM 5.3).
                    checked = None;
                    let text = if state { "[x]" } else { "[ ]" };
                    let kind = BlockKind::Paragraph(Paragraph::plain(text));
                    blocks.push(Block { kind, origin: self.origin(&range) });
                }
                let written = self.text.get(range.start..).unwrap_or("");
                let digits = written.bytes().take_while(u8::is_ascii_digit).count();
                if let Some(Frame { node: Node::List { items, numbers, .. }, .. }) = self.stack.last_mut() {
                    items.push(ListItem { checked, blocks });
                    numbers.extend(written[..digits].parse().ok().map(|number| (number, range)));
                }
            }
            Node::Note(id) => self.notes.push((range, Note::foot(id, blocks))),
            Node::Table { columns, mut rows } => {
                // A head of empty cells only makes the Markdown a table; encoders write it for want of a head.
                let bare = rows.first().is_some_and(|row| row.cells.iter().all(|c| c.blocks.is_empty()));
                if bare {
                    rows.remove(0);
                }
                let header_rows = usize::from(!bare);
                self.block(
                    BlockKind::Table(Table { columns, header_rows, rows, ..Table::default() }),
                    &range,
                );
            }
            Node::Row(cells) => self.row(cells, inline_range.end, &range),
            Node::Cell => {
                let mut content = inline::canonical(inlines);
                let stated = self.take_stated(&mut content);
                let mut blocks = Vec::new();
                if !content.is_empty() || stated.is_some() {
                    let mut kind = BlockKind::Paragraph(Paragraph::new(Role::Body, content));
                    if let Some(stated) = stated {
                        self.state(stated, &mut kind, &range);
                    }
                    blocks.push(Block { kind, origin: self.origin(&range) });
                }
                if let Some(Frame { node: Node::Row(cells), inline_range, .. }) = self.stack.last_mut() {
                    cells.push(Cell::new(blocks));
                    inline_range.end = range.end;
                }
            }
            Node::Code { language, mut text } => {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                self.block(BlockKind::Code(Code { language, text }), &range);
            }
            Node::Html(markup) => {
                let markup = markup.trim_end_matches('\n').trim_start_matches(' ');
                if markup.trim() == inline::EMPTY_COMMENT || self.stated && markup.trim() == ROLES_STATED {
                    return;
                }
                if let (true, Some(stated)) = (self.stated, Stated::of(markup)) {
                    self.settle();
                    self.pending = Some((stated, range));
                    return;
                }
                if let Some(text) = html::text(markup) {
                    self.text_of_html(text, &range);
                    return;
                }
                let kind = if markup.trim().eq_ignore_ascii_case(PAGE_BREAK) {
                    BlockKind::PageBreak
                } else if inline::is_break_tag(markup.trim()) {
                    BlockKind::Paragraph(Paragraph::default())
                } else {
                    BlockKind::Raw(markup.to_owned())
                };
                self.block(kind, &range);
            }
            Node::Style(style) => self.push(Inline::Styled(style, inlines), &range),
            Node::Link { target, title } => {
                self.push(Inline::Link { target, title, content: inlines }, &range);
            }
            Node::Image { target, title } => {
                let alt = self.description(&inlines, &range);
                self.push(Inline::Image(Image { target, alt, title, size: None }), &range);
            }
        }
    }

    /// The paragraphs that a block of HTML only sets.
    fn text_of_html(&mut self, text: html::Text, range: &Range<usize>) {
        let message = message!(
            "the text in {tags} is kept as paragraphs; the tags, and how they align it, are left out",
            tags = excerpt(&text.tags)
        );
        let at = self.origin(range).at;
        self.diagnostics.report_text(Kind::Substituted, "html-as-text", at, message, text.tags);
        for content in text.paragraphs {
            self.paragraph(Role::Body, content, 0, range);
        }
    }

    /// A list, or several: CommonMark counts on from the first number, but where those that are written leap, they mean
    /// something, and a list begins with each. Numbers that do not go up, such as `1. 1. 1.`, leave the counting to the
    /// reader.
    fn list(&mut self, list: List, numbers: &[(u64, Range<usize>)], range: &Range<usize>) {
        let meant = numbers.len() == list.items.len() && numbers.is_sorted_by(|(a, _), (b, _)| a < b);
        let leaps = numbers.windows(2).any(|pair| pair[0].0 + 1 < pair[1].0);
        if list.start.is_none() || !meant || !leaps {
            self.block(BlockKind::List(list), range);
            return;
        }
        let mut items = list.items.into_iter();
        for run in numbers.chunk_by(|before, after| before.0 + 1 == after.0) {
            let items: Vec<ListItem> = items.by_ref().take(run.len()).collect();
            if let [(start, first), ..] = run {
                let end = run.last().map_or(first.end, |(_, last)| last.end);
                let list = List { start: Some(*start), tight: list.tight, items };
                self.block(BlockKind::List(list), &(first.start..end));
            }
        }
    }

    fn row(&mut self, cells: Vec<Cell>, end: usize, range: &Range<usize>) {
        let Some(Frame { node: Node::Table { columns, rows }, .. }) = self.stack.last_mut() else { return };
        let width = columns.len();
        let full = cells.len() == width;
        rows.push(Row::new(cells));
        // The parser leaves out the cells beyond the head's; they stand after the last cell it gives.
        let rest = self.text.get(end..range.end).filter(|_| full).unwrap_or("");
        let excess = rest.trim_matches(['|', ' ', '\t', '\n']);
        if !excess.is_empty() {
            let at = Location::line(self.line(range.start));
            let message = message!("a row has more cells than the head of its table; Markdown ignores them");
            self.diagnostics.report_text(Kind::Dropped, "excess-cell", at, message, excess);
        }
    }

    /// What the parser says of a picture in words.
    fn description(&mut self, inlines: &[Inline], range: &Range<usize>) -> String {
        let mut lost = Vec::new();
        lost_in_text(inlines, &mut lost);
        if !lost.is_empty() {
            let at = Location::line(self.line(range.start));
            let message = message!("links and notes in the description of a picture are left out");
            self.diagnostics.report_text(Kind::Dropped, "link-in-description", at, message, lost.join(" "));
        }
        Paragraph::new(Role::Body, inlines.to_vec()).text()
    }

    fn text(&mut self, text: &str, range: &Range<usize>, next: Option<&Event<'_>>) {
        let source = self.text;
        let Some(top) = self.stack.last_mut() else { return };
        if let Node::Code { text: code, .. } = &mut top.node {
            code.push_str(text);
            return;
        }
        if let Node::Html(markup) = &mut top.node {
            markup.push_str(text);
            return;
        }
        self.dollars.add(source, range);
        // Full-width spaces before a paragraph are its indent, unless written as entities.
        let begins = top.inlines.is_empty()
            && matches!(top.node, Node::Paragraph | Node::Item { .. })
            && source.get(range.start..).is_some_and(|rest| rest.starts_with('\u{3000}'));
        let mut text = text;
        if begins {
            let rest = text.trim_start_matches(['\u{3000}', ' ']);
            // HTML at the start of a paragraph would be a block.
            let rest =
                if rest.is_empty() && matches!(next, Some(Event::InlineHtml(_))) { text } else { rest };
            let indent = text[..text.len() - rest.len()].chars().map(|c| if c == ' ' { 1 } else { 2 });
            top.indent = top.indent.saturating_add(indent.sum());
            text = rest;
        }
        if let Some(last) = text.chars().last() {
            self.last = Some(last);
            self.push(Inline::Text(text.to_owned()), range);
        }
    }

    /// Reports the formulas of the block that ends, or that another begins in.
    fn report_formulas(&mut self) {
        for range in self.dollars.formulas(self.text) {
            let at = self.origin(&range).at;
            let formula = excerpt(&self.text[range.clone()]);
            let message = message!("the formula {formula} is set as text; formulas are not typeset", formula);
            self.diagnostics.report_text(Kind::Noticed, "formula", at, message, &self.text[range]);
        }
    }

    /// Adds to the innermost element that is open.
    fn push(&mut self, inline: Inline, range: &Range<usize>) {
        if let Some(top) = self.stack.last_mut() {
            if top.inlines.is_empty() {
                top.inline_range.start = range.start;
            }
            top.inline_range.end = range.end;
            top.inlines.push(inline);
        }
    }

    /// Makes a paragraph of the text that stands directly in `frame`, as it does in tight lists.
    fn flush(&mut self, frame: &mut Frame) {
        if !matches!(frame.node, Node::Root | Node::Item { .. } | Node::Quote | Node::Note(_)) {
            return;
        }
        if frame.inlines.is_empty() && frame.indent == 0 {
            return;
        }
        let content = std::mem::take(&mut frame.inlines);
        let indent = std::mem::take(&mut frame.indent);
        let range = frame.inline_range.clone();
        let kind = self.text_block(Role::Body, content, &range);
        let mut origin = self.origin(&range);
        origin.appearance.indent = indent;
        self.add(Block { kind, origin }, &mut frame.blocks);
    }

    /// A paragraph with what is stated at its start, or a picture.
    fn text_block(&mut self, role: Role, content: Vec<Inline>, range: &Range<usize>) -> BlockKind {
        let mut content = inline::canonical(content);
        let stated = self.take_stated(&mut content);
        let mut kind = paragraph(role, content);
        if let Some(stated) = stated {
            self.state(stated, &mut kind, range);
        }
        kind
    }

    /// What a comment at the start of running text states.
    fn take_stated(&self, content: &mut Vec<Inline>) -> Option<Stated> {
        let Some(Inline::Raw(markup)) = content.first().filter(|_| self.stated) else { return None };
        let stated = Stated::of(markup)?;
        content.remove(0);
        Some(stated)
    }

    /// Gives a paragraph what is stated of it; a picture by itself becomes one again.
    fn state(&mut self, stated: Stated, kind: &mut BlockKind, range: &Range<usize>) -> bool {
        if let BlockKind::Image(image) = kind {
            *kind = BlockKind::Paragraph(Paragraph::new(Role::Body, vec![Inline::Image(image.clone())]));
        }
        let BlockKind::Paragraph(paragraph) = kind else { return false };
        paragraph.role = stated.role;
        let lead = stated.attributes.iter().find(|(name, _)| name == "lead");
        let end = lead.and_then(|(_, value)| value.split(':').next()?.parse().ok()).unwrap_or(0);
        paragraph.content = inline::plain_lead(std::mem::take(&mut paragraph.content), end);
        if !attributes::apply(&stated.attributes, paragraph) {
            let at = Location::line(self.line(range.start));
            let message = message!("attributes that do not say what they should are left out");
            self.diagnostics.report_text(Kind::Dropped, "attributes", at, message, stated.markup);
        }
        true
    }

    /// Adds a block, with what is stated of it.
    fn add(&mut self, mut block: Block, blocks: &mut Vec<Block>) {
        if let Some((stated, range)) = self.pending.take() {
            let markup = stated.markup.clone();
            if !self.state(stated, &mut block.kind, &range) {
                // It says nothing of such a block: it is markup.
                let origin = self.origin(&range);
                blocks.push(Block { kind: BlockKind::Raw(markup), origin });
            }
        }
        blocks.push(block);
    }

    /// Ends the text that stands directly in the innermost element, and a comment that nothing follows.
    fn settle(&mut self) {
        if let Some(mut top) = self.stack.pop() {
            self.flush(&mut top);
            self.leave(&mut top.blocks);
            self.stack.push(top);
        }
    }

    /// A comment that no block follows is markup.
    fn leave(&mut self, blocks: &mut Vec<Block>) {
        if let Some((stated, range)) = self.pending.take() {
            let origin = self.origin(&range);
            blocks.push(Block { kind: BlockKind::Raw(stated.markup), origin });
        }
    }

    fn paragraph(&mut self, role: Role, content: Vec<Inline>, indent: u16, range: &Range<usize>) {
        let mut origin = self.origin(range);
        origin.appearance.indent = indent;
        if let Role::Heading(level) = role {
            origin.appearance.outline_level = Some(level);
        }
        let kind = self.text_block(role, content, range);
        self.attach(Block { kind, origin });
    }

    fn block(&mut self, kind: BlockKind, range: &Range<usize>) {
        let origin = self.origin(range);
        self.attach(Block { kind, origin });
    }

    fn attach(&mut self, block: Block) {
        if let Some(mut top) = self.stack.pop() {
            self.flush(&mut top);
            self.add(block, &mut top.blocks);
            self.stack.push(top);
        }
    }

    fn origin(&self, range: &Range<usize>) -> Origin {
        let text = self.text.get(range.clone()).unwrap_or("");
        let first = range.start + (text.len() - text.trim_start_matches(['\n', ' ', '\t']).len());
        let last = (range.start + text.trim_end_matches(['\n', ' ', '\t']).len()).max(range.start + 1) - 1;
        let first = self.line(first.min(range.end));
        Origin::at(Location::Lines { first, last: self.line(last).max(first) })
    }

    /// Number of the line of a byte, from 1.
    fn line(&self, offset: usize) -> u32 {
        u32::try_from(self.lines.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// Puts the notes into the document, each label once and references spelt as the definition.
    fn place_notes(&mut self, document: &mut Document) {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        for (range, mut note) in std::mem::take(&mut self.notes) {
            if names.contains_key(&note.id.to_lowercase()) {
                let number = numbers.entry(note.id.to_lowercase()).or_insert(1u32);
                let id = loop {
                    *number += 1;
                    let id = format!("{}-{number}", note.id);
                    if !names.contains_key(&id.to_lowercase()) {
                        break id;
                    }
                };
                let at = Location::line(self.line(range.start));
                let message =
                    message!("a second note with the label {note} is kept as {id}", note = note.id, id);
                self.diagnostics.report(Kind::Substituted, "note-label-repeated", at, message);
                note.id = id;
            }
            names.insert(note.id.to_lowercase(), note.id.clone());
            document.notes.push(note);
        }
        respell_blocks(&mut document.blocks, &names);
        document.notes.iter_mut().for_each(|note| respell_blocks(&mut note.blocks, &names));
    }
}

fn paragraph(role: Role, content: Vec<Inline>) -> BlockKind {
    let mut content = inline::canonical(content);
    if role == Role::Body {
        match content.as_slice() {
            [Inline::Image(image)] => return BlockKind::Image(image.clone()),
            [Inline::Break] => content.clear(),
            _ => {}
        }
    }
    BlockKind::Paragraph(Paragraph::new(role, content))
}

fn alignment(alignment: &Alignment) -> ColumnAlignment {
    match alignment {
        Alignment::None => ColumnAlignment::Default,
        Alignment::Left => ColumnAlignment::Left,
        Alignment::Center => ColumnAlignment::Centre,
        Alignment::Right => ColumnAlignment::Right,
    }
}

/// Collects what a picture's description in words loses of its markup: targets and notes.
fn lost_in_text(inlines: &[Inline], lost: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Link { target, content, .. } => {
                lost.push(target.clone());
                lost_in_text(content, lost);
            }
            Inline::Styled(_, content) => lost_in_text(content, lost),
            Inline::Image(image) => lost.push(image.target.clone()),
            Inline::NoteRef(id) => lost.push(format!("[^{id}]")),
            Inline::Text(_) | Inline::Code(_) | Inline::Break | Inline::Raw(_) => {}
        }
    }
}

fn respell_blocks(blocks: &mut [Block], names: &BTreeMap<String, String>) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(paragraph) => respell(&mut paragraph.content, names),
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| respell_blocks(&mut item.blocks, names));
            }
            BlockKind::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    respell_blocks(&mut cell.blocks, names);
                }
            }
            BlockKind::Quote(blocks) => respell_blocks(blocks, names),
            BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => {}
        }
    }
}

fn respell(inlines: &mut [Inline], names: &BTreeMap<String, String>) {
    for inline in inlines {
        match inline {
            Inline::NoteRef(id) => {
                if let Some(name) = names.get(&id.to_lowercase()) {
                    id.clone_from(name);
                }
            }
            Inline::Styled(_, content) | Inline::Link { content, .. } => respell(content, names),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Break | Inline::Raw(_) => {}
        }
    }
}
