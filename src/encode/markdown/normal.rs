//! The normal form: the part of a tree that Markdown can say, in one spelling.

use std::collections::{BTreeMap, BTreeSet};

use super::{html, joins, levels};
use crate::attributes;
use crate::diagnostic::{Diagnostics, Kind};
use crate::markdown::{PAGE_BREAK, ROLES_STATED, inline, note};
use crate::message::Message;
use crate::tree::{
    Block, BlockKind, Code, Document, Image, Inline, List, ListItem, Location, Meta, NotePlace, Paragraph,
    Role,
};

/// The largest number that CommonMark reads as the marker of a list item (5.2).
const MAX_START: u64 = 999_999_999;

/// What remains of `document` after writing and reading Markdown: `decode(encode(d)) == normal_form(d)`,
/// origins apart.
///
/// - Roles other than title, heading and body are body; markers and points are gone (recognition finds them
///   again). A title after a heading, or a second one, is a heading of level 1. Headings have at most 5
///   levels below a title, 6 without one.
/// - A run-in heading that ends with 。！？；： is kept, one level below the heading it stands under; another
///   one is bold text. A bold opening that looks like a run-in heading is one.
/// - Inlines are canonical; a link inside a link is its text; a mention of no note is text; what is no HTML
///   is text or code, and blocks of HTML that only set text are its paragraphs.
/// - A picture alone in a paragraph is a block; a lone break is an empty paragraph; empty lists are gone.
/// - Lists are tight or loose as CommonMark can tell; their numbers have at most nine digits.
/// - Tables have one row of head or none, no spans, one width, and cells of one paragraph.
/// - Notes are footnotes, have plain labels and stand in the order of their first mention.
/// - Pictures are named, in their own size; their files are not held.
///
/// With `roles`, all roles, numbering, run-in headings and points stay as they are; in a cell they do if the cell holds
/// no more than that paragraph.
#[cfg(test)]
pub(crate) fn normal_form(document: &Document, roles: bool) -> Document {
    crate::generated::bare(normalise(document.clone(), roles, &mut Diagnostics::default()))
}

/// The normal form with its origins; what it changes is reported. With `roles` all roles are stated.
pub(super) fn normalise(document: Document, roles: bool, diagnostics: &mut Diagnostics) -> Document {
    let mut pass =
        Pass { diagnostics, roles, labels: BTreeMap::new(), at: Location::Whole, after_box: false };
    for picture in &document.pictures {
        let message = message!(
            "Markdown names the picture {picture} and does not hold its file",
            picture = picture.target
        );
        pass.report(Kind::Dropped, "picture-file", message, String::new());
    }
    document.for_each_paragraph(&mut |block, paragraph| {
        if roles {
            return;
        }
        let marked = matches!(paragraph.role, Role::Body | Role::Title | Role::Heading(_));
        let bold = || inline::bold_opening(&inline::lead_as_bold(paragraph)).is_some();
        let lead = !inline::has_strong_lead(paragraph) || bold();
        attributes::report_unmarked(paragraph, (marked, lead, false), &block.origin.at, pass.diagnostics);
    });
    let mut normal = Document { meta: meta(&document.meta), notes: document.notes, ..Document::default() };
    pass.label_notes(&mut normal);
    normal.blocks = pass.blocks(document.blocks, normal.notes.is_empty());
    for note in &mut normal.notes {
        note.blocks = pass.blocks(std::mem::take(&mut note.blocks), true);
    }
    if !roles {
        pass.set_levels(&mut normal);
    }
    note::sort_notes(&mut normal);
    if !roles {
        inline::bold_openings_to_leads(&mut normal);
    }
    normal
}

/// Properties under the names by which they are read.
fn meta(meta: &Meta) -> Meta {
    let mut normal = Meta { other: Vec::new(), ..meta.clone() };
    for (name, value) in &meta.other {
        normal.set(name.clone(), value.clone());
    }
    normal
}

pub(super) struct Pass<'a> {
    diagnostics: &'a mut Diagnostics,
    /// All roles are stated.
    roles: bool,
    /// Labels of notes by their ids.
    labels: BTreeMap<String, String>,
    /// Where the block that is worked on stood.
    at: Location,
    /// The next block stands after the box of a task.
    after_box: bool,
}

impl Pass<'_> {
    /// True where all roles are stated.
    pub(super) fn roles(&self) -> bool {
        self.roles
    }

    pub(super) fn report(
        &mut self,
        kind: Kind,
        code: &'static str,
        message: Message,
        text: impl Into<String>,
    ) {
        self.diagnostics.report_text(kind, code, self.at.clone(), message, text);
    }

    /// Gives every note a label that Markdown can hold.
    fn label_notes(&mut self, document: &mut Document) {
        let good = |id: &str| {
            (1..=200).contains(&id.len()) && id.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
        };
        let mut taken: BTreeSet<String> =
            document.notes.iter().filter(|note| good(&note.id)).map(|note| note.id.to_lowercase()).collect();
        let mut used = BTreeSet::new();
        let mut number = 1u32;
        for note in &mut document.notes {
            self.at = note.at();
            let mut label = note.id.clone();
            if !good(&label) || used.contains(&label.to_lowercase()) {
                while taken.contains(&number.to_string()) {
                    number += 1;
                }
                label = number.to_string();
                taken.insert(label.clone());
                let message = message!("the label of a note is replaced by a number");
                self.report(Kind::Substituted, "note-label", message, note.id.clone());
            }
            if !note.place.is_foot() {
                let message = message!("Markdown has one kind of note; an endnote is a footnote");
                self.report(Kind::Substituted, "endnote", message, String::new());
                note.place = NotePlace::Foot;
            }
            used.insert(label.to_lowercase());
            self.labels.entry(note.id.clone()).or_insert_with(|| label.clone());
            note.id = label;
        }
        self.at = Location::Whole;
    }

    /// `ends`: the last block may be HTML that is never closed, because what holds it ends there.
    fn blocks(&mut self, mut blocks: Vec<Block>, ends: bool) -> Vec<Block> {
        let count = blocks.len();
        // Those that become several, or none. All others stay where they are.
        let mut several = BTreeMap::new();
        for (at, block) in blocks.iter_mut().enumerate() {
            let outer = std::mem::replace(&mut self.at, block.origin.at.clone());
            let kind = std::mem::replace(&mut block.kind, BlockKind::Rule);
            match self.block(kind, ends && at + 1 == count) {
                Some(BlockKind::Raw(markup)) => {
                    several.insert(at, self.text_of_html(markup));
                }
                Some(kind) => block.kind = kind,
                None => {
                    several.insert(at, Vec::new());
                }
            }
            self.at = outer;
        }
        if several.is_empty() {
            return blocks;
        }
        let mut normal = Vec::with_capacity(count);
        for (at, block) in blocks.into_iter().enumerate() {
            match several.remove(&at) {
                Some(kinds) => {
                    let Block { origin, .. } = block;
                    normal.extend(kinds.into_iter().map(|kind| Block { kind, origin: origin.clone() }));
                }
                None => normal.push(block),
            }
        }
        normal
    }

    /// The paragraphs that a block of HTML only sets, as which it is read; else the block.
    fn text_of_html(&mut self, markup: String) -> Vec<BlockKind> {
        let Some(text) = crate::markdown::html::text(&markup) else { return vec![BlockKind::Raw(markup)] };
        let message = message!("this markup is read as what it stands for");
        self.report(Kind::Substituted, "markup-read", message, markup);
        let paragraphs = text.paragraphs.into_iter();
        paragraphs.map(|content| self.paragraph(Paragraph::new(Role::Body, content), true)).collect()
    }

    fn block(&mut self, kind: BlockKind, last: bool) -> Option<BlockKind> {
        let begins_line = !std::mem::take(&mut self.after_box);
        Some(match kind {
            BlockKind::Paragraph(paragraph) => self.paragraph(paragraph, begins_line),
            BlockKind::List(list) if list.items.is_empty() => return None,
            BlockKind::List(list) => BlockKind::List(self.list(list, last)),
            BlockKind::Table(table) => BlockKind::Table(self.table(&table)?),
            BlockKind::Quote(blocks) => BlockKind::Quote(self.blocks(blocks, true)),
            BlockKind::Code(code) => BlockKind::Code(self.code(&code)),
            BlockKind::Image(image) => {
                let mut content = vec![Inline::Image(self.picture(image))];
                self.clean(&mut content);
                body(content)
            }
            BlockKind::Rule => BlockKind::Rule,
            BlockKind::PageBreak => BlockKind::PageBreak,
            BlockKind::Raw(markup) => self.raw(&markup, last)?,
        })
    }

    /// Replaces what Markdown can't hold in running text, and reports it.
    fn clean(&mut self, content: &mut [Inline]) {
        let mut lost = String::new();
        clean(content, &mut lost);
        self.report_replaced(lost);
    }

    /// The same in lines of code or markup.
    fn lines(&mut self, text: &str) -> String {
        let mut lost = String::new();
        let text = clean_lines(text, &mut lost);
        self.report_replaced(lost);
        text
    }

    fn report_replaced(&mut self, lost: String) {
        if !lost.is_empty() {
            let message = message!("U+0000 is written as U+FFFD, a line end in code as a space");
            self.report(Kind::Substituted, "character-replaced", message, lost);
        }
    }

    fn code(&mut self, code: &Code) -> Code {
        let mut text = self.lines(&code.text);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let language = self.lines(&code.language).replace('\n', " ").trim().to_owned();
        if language != code.language {
            let message = message!("the language of a program stands on one line, without space around it");
            self.report(Kind::Substituted, "code-language", message, code.language.clone());
        }
        Code { language, text }
    }

    fn raw(&mut self, markup: &str, last: bool) -> Option<BlockKind> {
        let markup = self.lines(markup);
        let whole = markup.len();
        let markup = markup.trim_end_matches('\n').trim_start_matches(' ');
        if markup.len() < whole {
            let message = message!("space before markup and empty lines after it are left out");
            self.report(Kind::Substituted, "markup-trimmed", message, " ".repeat(whole - markup.len()));
        }
        if !self.report_read(markup.trim()) {
            return Some(self.markup(markup, last));
        }
        match markup.trim() {
            inline::EMPTY_COMMENT => None,
            other if other.eq_ignore_ascii_case(PAGE_BREAK) => Some(BlockKind::PageBreak),
            _ => Some(BlockKind::Paragraph(Paragraph::default())),
        }
    }

    /// Reports markup that is read as what it stands for; false for any other.
    pub(super) fn report_read(&mut self, markup: &str) -> bool {
        let read = markup == inline::EMPTY_COMMENT
            || markup.eq_ignore_ascii_case(PAGE_BREAK)
            || inline::is_break_tag(markup);
        if read {
            let message = message!("this markup is read as what it stands for");
            self.report(Kind::Substituted, "markup-read", message, markup);
        }
        read
    }

    fn markup(&mut self, markup: &str, last: bool) -> BlockKind {
        let states = markup.trim() == ROLES_STATED || self.roles && attributes::of_comment(markup).is_some();
        if html::is_block(markup, last) && !states {
            BlockKind::Raw(markup.to_owned())
        } else {
            let message =
                message!("markup that is no block of HTML, or would state a role, is written as code");
            self.report(Kind::Substituted, "markup-as-code", message, markup);
            BlockKind::Code(self.code(&Code { language: String::new(), text: markup.to_owned() }))
        }
    }

    /// A paragraph whose role and all that is recognised in it stays.
    pub(super) fn stated(&mut self, paragraph: &Paragraph, begins_line: bool) -> Paragraph {
        let lead = paragraph.lead.map_or(0, |lead| lead.end);
        // Bold stands before what could begin a block.
        let content = inline::canonical(paragraph.content.clone());
        let plain = inline::plain_lead(content.clone(), lead);
        if plain != content {
            self.report_strong();
        }
        let content = self.inlines(plain, false);
        let bold = matches!(
            inline::lead_as_bold(&Paragraph { content: content.clone(), ..paragraph.clone() }).first(),
            Some(Inline::Styled(..))
        );
        let mut content = self.inlines(content, begins_line && !bold);
        if let Some(Inline::Raw(markup)) = content.first()
            && attributes::of_comment(markup).is_some()
        {
            let message = message!("a comment that would state a role is written as text");
            self.report(Kind::Substituted, "markup-as-text", message, markup.clone());
            content[0] = Inline::Text(markup.clone());
        }
        if matches!(content.as_slice(), [Inline::Break]) {
            content.clear();
        }
        Paragraph { content: inline::plain_lead(content, lead), ..paragraph.clone() }
    }

    fn paragraph(&mut self, paragraph: Paragraph, begins_line: bool) -> BlockKind {
        if self.roles {
            let paragraph = self.stated(&paragraph, begins_line);
            return match paragraph.content.as_slice() {
                [Inline::Image(_)] if !needs_comment(&paragraph) => body(paragraph.content),
                _ => BlockKind::Paragraph(paragraph),
            };
        }
        let role = match paragraph.role {
            Role::Title => Role::Title,
            Role::Heading(level) => Role::Heading(level.max(1)),
            Role::Subtitle
            | Role::Marking
            | Role::DocumentNumber
            | Role::Occasion
            | Role::Date
            | Role::Byline
            | Role::Recipient
            | Role::Salutation
            | Role::Point(_)
            | Role::Body
            | Role::Caption
            | Role::Closing
            | Role::Signature
            | Role::SigningDate
            | Role::AttachmentNote
            | Role::AttachmentLabel
            | Role::Remark
            | Role::Attendance
            | Role::CopyTo
            | Role::Boilerplate => Role::Body,
        };
        if role == Role::Body && inline::keeps_lead(&paragraph) {
            let mut content = paragraph.content;
            self.clean(&mut content);
            return BlockKind::Paragraph(Paragraph { lead: paragraph.lead, ..Paragraph::new(role, content) });
        }
        if role == Role::Body {
            let lead = paragraph.lead.map(|lead| lead.end);
            let strong = inline::has_strong_lead(&paragraph);
            let content = self.inlines(inline::with_bold_lead(paragraph), begins_line);
            let read = inline::bold_opening(&content);
            if lead == read {
                if strong {
                    self.report_strong();
                }
            } else if lead.is_some() && !strong {
                let message = message!("a run-in heading without a mark at its end is bold text");
                self.report(Kind::Substituted, "run-in-as-bold", message, String::new());
            } else if read.is_some() {
                let message = message!("a bold opening with a mark at its end is a run-in heading");
                self.report(Kind::Substituted, "bold-as-run-in", message, String::new());
            }
            return body(content);
        }
        let content = self.inlines(paragraph.content, false);
        BlockKind::Paragraph(Paragraph::new(role, content))
    }

    fn report_strong(&mut self) {
        let message = message!("all of a run-in heading is bold; strong text in it is not told from it");
        self.report(Kind::Substituted, "strong-in-heading", message, String::new());
    }

    /// Canonical inlines without what Markdown has no form for.
    pub(super) fn inlines(&mut self, mut content: Vec<Inline>, begins_line: bool) -> Vec<Inline> {
        self.clean(&mut content);
        if inline::is_plain(&content) {
            return content;
        }
        let mut content = inline::canonical(self.kept(inline::canonical(content), false));
        if begins_line {
            self.show_block_tags(&mut content);
        }
        content
    }

    /// A tag at the start of a line may begin a block of HTML; it is shown as text instead.
    fn show_block_tags(&mut self, content: &mut Vec<Inline>) {
        loop {
            let alone = content.len() == 1;
            let Some(Inline::Raw(markup)) = content.first() else { return };
            let held = !alone || !html::begins_block(markup, true) || html::on_two_lines(markup).is_some();
            if held && !html::begins_block(markup, false) {
                return;
            }
            let markup = markup.clone();
            let message = message!("a tag that would begin a block of HTML is written as text");
            self.report(Kind::Substituted, "markup-as-text", message, markup.clone());
            content[0] = Inline::Text(markup);
            *content = inline::canonical(std::mem::take(content));
        }
    }

    fn kept(&mut self, content: Vec<Inline>, in_link: bool) -> Vec<Inline> {
        let mut out = Vec::with_capacity(content.len());
        for inline in content {
            match inline {
                Inline::Styled(style, inner) => out.push(Inline::Styled(style, self.kept(inner, in_link))),
                Inline::Link { target, content, .. } if in_link => {
                    self.report(
                        Kind::Dropped,
                        "link-in-link",
                        message!("a link inside a link leads nowhere"),
                        target,
                    );
                    out.extend(self.kept(content, true));
                }
                Inline::Link { target, title, content } => {
                    let mut notes = Vec::new();
                    let content = take_references(self.kept(content, true), &mut notes);
                    if !notes.is_empty() {
                        let message = message!("the mark of a note inside a link stands after it");
                        self.report(Kind::Substituted, "note-in-link", message, String::new());
                    }
                    out.push(Inline::Link { target, title, content: inline::canonical(content) });
                    out.extend(notes);
                }
                Inline::NoteRef(id) => match self.labels.get(&id) {
                    Some(label) => out.push(Inline::NoteRef(label.clone())),
                    None => {
                        let message = message!("the mark of a note that is not there is written as text");
                        self.report(Kind::Substituted, "note-missing", message, id.clone());
                        out.push(Inline::Text(format!("[^{id}]")));
                    }
                },
                Inline::Raw(markup) if !html::is_inline(&markup) => {
                    let message = message!("markup that is not HTML is written as text");
                    self.report(Kind::Substituted, "markup-as-text", message, markup.clone());
                    out.push(Inline::Text(markup));
                }
                Inline::Image(image) => out.push(Inline::Image(self.picture(image))),
                Inline::Text(_) | Inline::Code(_) | Inline::Break | Inline::Raw(_) => out.push(inline),
            }
        }
        out
    }

    /// A picture in its own size.
    fn picture(&mut self, image: Image) -> Image {
        if image.size.is_some() {
            let message = message!("Markdown shows a picture in its own size");
            self.report(Kind::Dropped, "picture-size", message, String::new());
        }
        Image { size: None, ..image }
    }

    fn list(&mut self, list: List, last: bool) -> List {
        let start = list.start.map(|start| start.min(MAX_START));
        if start != list.start {
            let message = message!("Markdown has no list numbers above 999999999");
            self.report(
                Kind::Substituted,
                "list-number",
                message,
                list.start.map_or(String::new(), |n| n.to_string()),
            );
        }
        let count = list.items.len();
        let mut items = Vec::with_capacity(count);
        for (at, item) in list.items.into_iter().enumerate() {
            self.after_box = item.checked.is_some();
            let blocks = self.blocks(item.blocks, last && at + 1 == count);
            self.after_box = false;
            let mut checked = item.checked;
            if checked.is_some() && !blocks.first().is_some_and(|block| is_text(&block.kind)) {
                checked = None;
                let message = message!("the box of a task stands only before text");
                self.report(Kind::Dropped, "task-box", message, String::new());
            }
            items.push(ListItem { checked, blocks });
        }
        let text = items.iter().flat_map(|item| &item.blocks).any(|block| is_text(&block.kind));
        let parted = items
            .iter()
            .flat_map(|item| item.blocks.windows(2))
            .any(|pair| !joins(&pair[0].kind, &pair[1].kind));
        let places = items.len() > 1 || items.iter().any(|item| item.blocks.len() > 1);
        let tight = !text || !parted && (list.tight || !places);
        if tight != list.tight && text && places {
            let message = message!("items stand apart where their blocks can't follow each other");
            self.report(Kind::Substituted, "list-spacing", message, String::new());
        }
        List { start, tight, items }
    }

    /// One title, before all headings; levels that `#` can say.
    fn set_levels(&mut self, document: &mut Document) {
        let mut titled = false;
        let mut headed = false;
        for block in &mut document.blocks {
            self.at = block.origin.at.clone();
            self.set_titles(block, true, &mut titled, &mut headed);
        }
        for note in &mut document.notes {
            for block in &mut note.blocks {
                self.at = block.origin.at.clone();
                self.set_titles(block, false, &mut titled, &mut headed);
            }
        }
        let deepest = if levels(document) { 5 } else { 6 };
        self.clamp(&mut document.blocks, deepest);
        for note in &mut document.notes {
            self.clamp(&mut note.blocks, deepest);
        }
    }

    fn set_titles(&mut self, block: &mut Block, outermost: bool, titled: &mut bool, headed: &mut bool) {
        match &mut block.kind {
            BlockKind::Paragraph(paragraph) => {
                if paragraph.role == Role::Title && (*titled || *headed || !outermost) {
                    paragraph.role = Role::Heading(1);
                    let message =
                        message!("Markdown has one title, before all headings; this one is a heading");
                    self.report(Kind::Substituted, "second-title", message, paragraph.text());
                }
                *titled |= paragraph.role == Role::Title;
                *headed |= matches!(paragraph.role, Role::Heading(_));
            }
            BlockKind::List(list) => {
                for block in list.items.iter_mut().flat_map(|item| &mut item.blocks) {
                    self.set_titles(block, false, titled, headed);
                }
            }
            BlockKind::Quote(blocks) => {
                blocks.iter_mut().for_each(|block| self.set_titles(block, false, titled, headed));
            }
            BlockKind::Table(_)
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => {}
        }
    }

    fn clamp(&mut self, blocks: &mut [Block], deepest: u8) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Paragraph(paragraph) => {
                    if let Role::Heading(level) = paragraph.role
                        && level > deepest
                    {
                        paragraph.role = Role::Heading(deepest);
                        self.at = block.origin.at.clone();
                        let message =
                            message!("Markdown has six levels of headings; deeper ones are of the last");
                        self.report(Kind::Substituted, "heading-level", message, paragraph.text());
                    }
                }
                BlockKind::List(list) => {
                    list.items.iter_mut().for_each(|item| self.clamp(&mut item.blocks, deepest));
                }
                BlockKind::Quote(blocks) => self.clamp(blocks, deepest),
                BlockKind::Table(_)
                | BlockKind::Code(_)
                | BlockKind::Image(_)
                | BlockKind::Rule
                | BlockKind::PageBreak
                | BlockKind::Raw(_) => {}
            }
        }
    }
}

/// True for a paragraph that is more than its place in a document with stated roles says.
pub(super) fn needs_comment(paragraph: &Paragraph) -> bool {
    let implied = matches!(paragraph.role, Role::Body | Role::Title | Role::Heading(1..=5));
    !implied || paragraph.marker.is_some() || paragraph.lead.is_some() || !paragraph.points.is_empty()
}

/// True for a paragraph that is written behind `#`.
pub(super) fn is_headline(paragraph: &Paragraph) -> bool {
    matches!(paragraph.role, Role::Title | Role::Heading(_))
}

/// A body paragraph, a picture, or an empty paragraph.
fn body(mut content: Vec<Inline>) -> BlockKind {
    match content.as_slice() {
        [Inline::Image(image)] => return BlockKind::Image(image.clone()),
        [Inline::Break] => content.clear(),
        _ => {}
    }
    BlockKind::Paragraph(Paragraph::new(Role::Body, content))
}

/// True for what Markdown reads as a paragraph.
pub(super) fn is_text(kind: &BlockKind) -> bool {
    kind.is_image_or(|paragraph| !is_headline(paragraph) && !paragraph.content.is_empty())
}

/// Replaces U+0000, which Markdown can't hold (CommonMark 2.3), and line ends in code; gives the characters replaced.
fn clean(content: &mut [Inline], lost: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Raw(text) => replace(text, &['\0'], "\u{FFFD}", lost),
            Inline::Code(text) => {
                replace(text, &['\0'], "\u{FFFD}", lost);
                replace(text, &['\r', '\n'], " ", lost);
            }
            Inline::Styled(_, inner) => clean(inner, lost),
            Inline::Link { target, title, content } => {
                replace(target, &['\0'], "\u{FFFD}", lost);
                replace(title, &['\0'], "\u{FFFD}", lost);
                clean(content, lost);
            }
            Inline::Image(image) => {
                for text in [&mut image.target, &mut image.alt, &mut image.title] {
                    replace(text, &['\0'], "\u{FFFD}", lost);
                }
            }
            Inline::NoteRef(_) | Inline::Break => {}
        }
    }
}

fn replace(text: &mut String, what: &[char], by: &str, lost: &mut String) {
    // Each of them is one byte, which is found much sooner than any of several characters.
    if what.iter().any(|c| text.contains(*c)) {
        lost.extend(text.matches(what));
        *text = text.replace(what, by);
    }
}

/// Moves the marks of notes out of `content`.
fn take_references(content: Vec<Inline>, notes: &mut Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    for inline in content {
        match inline {
            Inline::NoteRef(_) => notes.push(inline),
            Inline::Styled(style, inner) => out.push(Inline::Styled(style, take_references(inner, notes))),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Link { .. }
            | Inline::Image(_)
            | Inline::Break
            | Inline::Raw(_) => out.push(inline),
        }
    }
    out
}

/// Lines as Markdown has them: ended by `\n`, without U+0000.
fn clean_lines(text: &str, lost: &mut String) -> String {
    let mut text = text.replace("\r\n", "\n");
    replace(&mut text, &['\r'], "\n", lost);
    replace(&mut text, &['\0'], "\u{FFFD}", lost);
    text
}
