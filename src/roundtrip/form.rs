//! A tree in one spelling, and as lines that can be compared and read.

use std::fmt::{self, Write as _};

use serde::{Serialize, Serializer};

use crate::attributes::{UNMARKED_LEAD, UNMARKED_LEVEL, UNMARKED_MARKER, UNMARKED_POINTS, UNMARKED_ROLE};
use crate::message::{Language, Message};
use crate::tree::{
    Block, BlockKind, ColumnAlignment, Document, Image, Inline, InlinePoint, InlineStyle, Lead, List,
    Location, Marker, Paragraph, Role, Table, push_inlines,
};

/// One line of a tree: a block, an item of a list, a cell of a table, a note, a property or a picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    /// How deep it stands.
    pub(super) depth: usize,
    /// What it is, in the words of a reader: `paragraph`, `list of bullets`, `cell 2.1`.
    what: Message,
    /// The same in English, by which units are told apart.
    pub(super) kind: String,
    /// Role, numbering, run-in heading and points of a paragraph.
    pub(super) role: Option<Recognised>,
    /// Its characters; those of the units it holds are theirs.
    pub(super) text: String,
    /// Its characters with emphasis, links and notes spelt out.
    pub(super) marked: String,
    /// True for a block of the tree.
    pub(super) is_block: bool,
    /// Where the block that it belongs to stood.
    pub(super) at: Location,
    /// The unit that holds it.
    pub(super) parent: Option<usize>,
}

impl Unit {
    /// The unit as a line, indented by its depth.
    pub(super) fn line(&self) -> Line {
        let what = self.role.as_ref().map_or_else(|| self.what.clone(), Recognised::words);
        Line { depth: self.depth, what: Some(what), words: visible(&self.marked) }
    }
}

/// A line of a tree: what stands there, and its characters, with emphasis, links and notes spelt out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    depth: usize,
    what: Option<Message>,
    words: String,
}

impl Line {
    /// A line of no unit.
    pub(super) fn new(what: Option<Message>, words: String) -> Self {
        Self { depth: 0, what, words }
    }

    /// The line for people.
    pub fn in_language(&self, language: Language) -> String {
        let mut line = "  ".repeat(self.depth);
        let Some(what) = &self.what else { return line + &self.words };
        line.push_str(&what.in_language(language));
        if !self.words.is_empty() {
            line.push_str("  ");
            line.push_str(&match language {
                Language::English => self.words.clone(),
                Language::Chinese => {
                    let open = |mark: &str| format!("⟨{mark} ");
                    MARKS.iter().fold(self.words.clone(), |words, (english, chinese)| {
                        words.replace(&open(english), &open(chinese))
                    })
                }
            });
        }
        line
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::English))
    }
}

impl PartialEq<&str> for Line {
    /// True where that is the line in English.
    fn eq(&self, english: &&str) -> bool {
        self.in_language(Language::English) == *english
    }
}

impl Serialize for Line {
    /// Programs get it in English.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What [`spelt`] calls what sets characters apart, in English and Chinese.
const MARKS: [(&str, &str); 11] = [
    ("strong", "加粗"),
    ("emphasis", "强调"),
    ("struck", "删除线"),
    ("underlined", "下划线"),
    ("raised", "上标"),
    ("lowered", "下标"),
    ("code", "代码"),
    ("link", "链接"),
    ("picture", "图片"),
    ("note", "注释"),
    ("markup", "标记"),
];

/// The role of a paragraph and all that is recognised in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Recognised {
    role: Role,
    marker: Option<Marker>,
    lead: Option<Lead>,
    points: Vec<InlinePoint>,
}

impl Recognised {
    fn new(paragraph: &Paragraph) -> Self {
        let Paragraph { role, marker, lead, points, .. } = paragraph.clone();
        Self { role, marker, lead, points }
    }

    /// What is to be said where this became `other`, for each thing that changed: the code of the finding about what was
    /// there, or `None` where nothing was and something was recognised.
    pub(super) fn changes(&self, other: &Self) -> Vec<Option<&'static str>> {
        let end = |lead: Option<Lead>| lead.map(|lead| lead.end);
        let level = |lead: Option<Lead>| lead.map(|lead| lead.level);
        let parts = [
            (self.role == other.role, self.role == Role::Body, UNMARKED_ROLE),
            (self.marker == other.marker, self.marker.is_none(), UNMARKED_MARKER),
            (end(self.lead) == end(other.lead), self.lead.is_none(), UNMARKED_LEAD),
            (level(self.lead) == level(other.lead), self.lead.is_none(), UNMARKED_LEVEL),
            (self.points == other.points, self.points.is_empty(), UNMARKED_POINTS),
        ];
        let changed = parts.into_iter().filter(|(same, ..)| !same);
        changed.map(|(_, plain, code)| (!plain).then_some(code)).collect()
    }

    fn words(&self) -> Message {
        let role = self.role.message();
        let mut parts = vec![match self.role.level() {
            Some(level) => message!("{role} {level}", role, level),
            None => role,
        }];
        if let Some(marker) = &self.marker {
            let (scheme, text) = (format!("{:?}", marker.scheme), &marker.text);
            parts.push(message!("marker {scheme} “{text}”", scheme, text));
        }
        if let Some(Lead { end, level }) = self.lead {
            parts.push(message!("run-in heading of {end} characters at level {level}", end, level));
        }
        for point in &self.points {
            let scheme = format!("{:?}", point.scheme);
            let (value, start, end) = (point.value, point.start, point.end);
            parts.push(message!("point {scheme} {value} at {start}–{end}", scheme, value, start, end));
        }
        message!("{parts}", parts)
    }
}

/// What the kind of a loose list ends with.
pub(super) const LOOSE: &str = ", loose";

/// Characters that show nothing, spelt out.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('⏎'),
            ' ' | '\u{3000}' => out.push(c),
            c if c.is_control() || c.is_whitespace() || is_invisible(c) => {
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The lines of a document in the spelling of [`super::normal::same`].
pub(super) fn units(document: &Document) -> Vec<Unit> {
    let mut list = Listing::default();
    for (name, value) in document.meta.properties() {
        list.push(message!("property {name}", name), value.to_owned(), value.to_owned(), false);
    }
    list.blocks(&document.blocks);
    for note in &document.notes {
        let id = note.id.as_str();
        let what = match note.place.is_foot() {
            true => message!("footnote {id}", id),
            false => message!("endnote {id}", id),
        };
        // What is said of a note is said at its first block.
        list.at = note.at();
        list.within(what, |list| list.blocks(&note.blocks));
    }
    list.at = Location::Whole;
    for picture in &document.pictures {
        let (target, bytes) = (picture.target.as_str(), picture.bytes.len());
        let what = message!("picture {target}, {bytes} bytes", target, bytes);
        list.push(what, String::new(), String::new(), false);
    }
    list.units
}

#[derive(Default)]
struct Listing {
    units: Vec<Unit>,
    open: Vec<usize>,
    at: Location,
}

impl Listing {
    fn push(&mut self, what: Message, text: String, marked: String, is_block: bool) {
        self.units.push(Unit {
            depth: self.open.len(),
            kind: what.to_string(),
            what,
            role: None,
            text,
            marked,
            is_block,
            at: self.at.clone(),
            parent: self.open.last().copied(),
        });
    }

    /// A unit that holds others.
    fn within(&mut self, what: Message, fill: impl FnOnce(&mut Self)) {
        self.push(what, String::new(), String::new(), false);
        self.open.push(self.units.len() - 1);
        fill(self);
        self.open.pop();
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            let outer = std::mem::replace(&mut self.at, block.origin.at.clone());
            self.block(&block.kind);
            self.at = outer;
        }
    }

    fn block(&mut self, kind: &BlockKind) {
        let first = self.units.len();
        match kind {
            BlockKind::Paragraph(paragraph) => {
                self.push(message!("paragraph"), paragraph.text(), spelt(&paragraph.content), true);
                self.units[first].role = Some(Recognised::new(paragraph));
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => {
                self.within(shape(table), |list| {
                    for (row, cells) in (1..).zip(&table.rows) {
                        for (column, cell) in (1..).zip(&cells.cells) {
                            let mut parts = vec![message!("cell {row}.{column}", row, column)];
                            if (cell.columns, cell.rows) != (1, 1) {
                                let (columns, rows) = (cell.columns, cell.rows);
                                parts.push(message!("{columns} columns by {rows} rows", columns, rows));
                            }
                            parts.extend(cell.alignment.map(alignment));
                            list.within(message!("{parts}", parts), |list| list.blocks(&cell.blocks));
                        }
                    }
                });
            }
            BlockKind::Quote(blocks) => self.within(message!("quote"), |list| list.blocks(blocks)),
            BlockKind::Code(code) => {
                let what = match code.language.as_str() {
                    "" => message!("code"),
                    language => message!("code {language}", language),
                };
                self.push(what, code.text.clone(), code.text.clone(), true);
            }
            BlockKind::Image(image) => {
                self.push(message!("picture"), image.alt.clone(), picture(image), true);
            }
            BlockKind::Rule => self.push(message!("rule"), String::new(), String::new(), true),
            BlockKind::PageBreak => self.push(message!("page break"), String::new(), String::new(), true),
            BlockKind::Raw(markup) => self.push(message!("markup"), markup.clone(), markup.clone(), true),
        }
        self.units[first].is_block = true;
    }

    fn list(&mut self, list: &List) {
        let mut parts = vec![match list.start {
            None => message!("list of bullets"),
            Some(start) => message!("list of numbers from {start}", start),
        }];
        if !list.tight {
            parts.push(message!("loose"));
        }
        self.within(message!("{parts}", parts), |listing| {
            for item in &list.items {
                let what = match item.checked {
                    None => message!("item"),
                    Some(false) => message!("item [ ]"),
                    Some(true) => message!("item [x]"),
                };
                listing.within(what, |listing| listing.blocks(&item.blocks));
            }
        });
    }
}

fn alignment(alignment: ColumnAlignment) -> Message {
    match alignment {
        ColumnAlignment::Default => message!("as usual"),
        ColumnAlignment::Left => message!("left"),
        ColumnAlignment::Centre => message!("centre"),
        ColumnAlignment::Right => message!("right"),
    }
}

/// What a table is but for its cells.
fn shape(table: &Table) -> Message {
    let mut parts =
        vec![message!("table {rows}×{columns}", rows = table.rows.len(), columns = table.columns.len())];
    if table.header_rows > 0 {
        parts.push(message!("head {rows}", rows = table.header_rows));
    }
    if table.columns.iter().any(|column| *column != ColumnAlignment::Default) {
        parts.extend(table.columns.iter().copied().map(alignment));
    }
    if table.borderless {
        parts.push(message!("without rules"));
    }
    if !table.widths.is_empty() {
        let widths: Vec<String> = table.widths.iter().map(u32::to_string).collect();
        parts.push(message!("widths {widths}", widths = widths.join(" ")));
    }
    for (row, height) in (1..).zip(&table.rows).filter_map(|(row, own)| Some((row, own.height?))) {
        parts.push(message!("row {row} at least {height} twips high", row, height));
    }
    message!("{parts}", parts)
}

/// Inlines with what sets them apart in brackets: `⟨strong 要实⟩`.
fn spelt(content: &[Inline]) -> String {
    let mut out = String::new();
    spell(content, &mut out);
    out
}

fn spell(content: &[Inline], out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Styled(style, inner) => {
                out.push_str(match style {
                    InlineStyle::Strong => "⟨strong ",
                    InlineStyle::Emphasis => "⟨emphasis ",
                    InlineStyle::Strike => "⟨struck ",
                    InlineStyle::Underline => "⟨underlined ",
                    InlineStyle::Superscript => "⟨raised ",
                    InlineStyle::Subscript => "⟨lowered ",
                });
                spell(inner, out);
                out.push('⟩');
            }
            Inline::Code(text) => {
                let _ = write!(out, "⟨code {text}⟩");
            }
            Inline::Link { target, title, content } => {
                out.push_str("⟨link ");
                spell(content, out);
                let _ = write!(out, " → {target}");
                if !title.is_empty() {
                    let _ = write!(out, " “{title}”");
                }
                out.push('⟩');
            }
            Inline::Image(image) => {
                let _ = write!(out, "⟨picture {}⟩", picture(image));
            }
            Inline::NoteRef(id) => {
                let _ = write!(out, "⟨note {id}⟩");
            }
            Inline::Break => out.push('\n'),
            Inline::Raw(markup) => {
                let _ = write!(out, "⟨markup {markup}⟩");
            }
        }
    }
}

fn picture(image: &Image) -> String {
    let mut out = format!("{} → {}", image.alt, image.target);
    if !image.title.is_empty() {
        let _ = write!(out, " “{}”", image.title);
    }
    if let Some(size) = image.size {
        let _ = write!(out, ", {} by {} twips", size.width, size.height);
    }
    out
}

/// All characters of a document in reading order: text, code, descriptions of pictures, markup; then the notes.
pub(super) fn characters(document: &Document) -> String {
    let mut text = String::new();
    gather(&document.blocks, &mut text);
    document.notes.iter().for_each(|note| gather(&note.blocks, &mut text));
    text
}

fn gather(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => push_inlines(&paragraph.content, text),
            BlockKind::List(list) => list.items.iter().for_each(|item| gather(&item.blocks, text)),
            BlockKind::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| gather(&cell.blocks, text));
            }
            BlockKind::Quote(blocks) => gather(blocks, text),
            BlockKind::Code(code) => text.push_str(&code.text),
            BlockKind::Image(image) => text.push_str(&image.alt),
            BlockKind::Raw(markup) => text.push_str(markup),
            BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }
}
