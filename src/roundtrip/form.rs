//! A tree in one spelling, and as lines that can be compared and read.

use std::fmt::Write as _;

use crate::attributes::{UNMARKED_LEAD, UNMARKED_LEVEL, UNMARKED_MARKER, UNMARKED_POINTS, UNMARKED_ROLE};
use crate::tree::{
    Block, BlockKind, Document, Image, Inline, InlinePoint, InlineStyle, Lead, List, Location, Marker,
    Paragraph, Role, push_inlines,
};

/// One line of a tree: a block, an item of a list, a cell of a table, a note, a property or a picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    /// How deep it stands.
    pub(super) depth: usize,
    /// What it is, in the words of a reader: `paragraph`, `list of bullets`, `cell 2.1`.
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
    pub(super) fn line(&self) -> String {
        let mut line = "  ".repeat(self.depth);
        match &self.role {
            Some(role) => line.push_str(&role.words()),
            None => line.push_str(&self.kind),
        }
        if !self.marked.is_empty() {
            line.push_str("  ");
            line.push_str(&visible(&self.marked));
        }
        line
    }
}

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

    fn words(&self) -> String {
        let mut out = self.role.name().to_owned();
        if let Some(level) = self.role.level() {
            let _ = write!(out, " {level}");
        }
        if let Some(marker) = &self.marker {
            let _ = write!(out, ", marker {:?} “{}”", marker.scheme, marker.text);
        }
        if let Some(lead) = self.lead {
            let _ = write!(out, ", run-in heading of {} characters at level {}", lead.end, lead.level);
        }
        for point in &self.points {
            let _ =
                write!(out, ", point {:?} {} at {}–{}", point.scheme, point.value, point.start, point.end);
        }
        out
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
        list.push(format!("property {name}"), value.to_owned(), value.to_owned(), false);
    }
    list.blocks(&document.blocks);
    for note in &document.notes {
        let kind = if note.place.is_foot() { "footnote" } else { "endnote" };
        // What is said of a note is said at its first block.
        list.at = note.at();
        list.within(format!("{kind} {}", note.id), |list| list.blocks(&note.blocks));
    }
    list.at = Location::Whole;
    for picture in &document.pictures {
        list.push(
            format!("picture {}, {} bytes", picture.target, picture.bytes.len()),
            String::new(),
            String::new(),
            false,
        );
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
    fn push(&mut self, kind: String, text: String, marked: String, is_block: bool) {
        self.units.push(Unit {
            depth: self.open.len(),
            kind,
            role: None,
            text,
            marked,
            is_block,
            at: self.at.clone(),
            parent: self.open.last().copied(),
        });
    }

    /// A unit that holds others.
    fn within(&mut self, kind: String, fill: impl FnOnce(&mut Self)) {
        self.push(kind, String::new(), String::new(), false);
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
                self.push("paragraph".into(), paragraph.text(), spelt(&paragraph.content), true);
                self.units[first].role = Some(Recognised::new(paragraph));
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => {
                let head = match table.header_rows {
                    0 => String::new(),
                    rows => format!(", head {rows}"),
                };
                let aligned = table.columns.iter().any(|column| *column != Default::default());
                let columns = if aligned { format!(", {:?}", table.columns) } else { String::new() };
                let shape = format!("table {}×{}{head}{columns}", table.rows.len(), table.columns.len());
                self.within(shape, |list| {
                    for (row, cells) in (1..).zip(&table.rows) {
                        for (column, cell) in (1..).zip(&cells.cells) {
                            let span = match (cell.columns, cell.rows) {
                                (1, 1) => String::new(),
                                (columns, rows) => format!(", {columns} columns by {rows} rows"),
                            };
                            list.within(format!("cell {row}.{column}{span}"), |list| {
                                list.blocks(&cell.blocks);
                            });
                        }
                    }
                });
            }
            BlockKind::Quote(blocks) => self.within("quote".into(), |list| list.blocks(blocks)),
            BlockKind::Code(code) => {
                let kind =
                    if code.language.is_empty() { "code".into() } else { format!("code {}", code.language) };
                self.push(kind, code.text.clone(), code.text.clone(), true);
            }
            BlockKind::Image(image) => {
                self.push("picture".into(), image.alt.clone(), picture(image), true);
            }
            BlockKind::Rule => self.push("rule".into(), String::new(), String::new(), true),
            BlockKind::PageBreak => self.push("page break".into(), String::new(), String::new(), true),
            BlockKind::Raw(markup) => self.push("markup".into(), markup.clone(), markup.clone(), true),
        }
        self.units[first].is_block = true;
    }

    fn list(&mut self, list: &List) {
        let marks = list.start.map_or("bullets".into(), |start| format!("numbers from {start}"));
        let loose = if list.tight { "" } else { LOOSE };
        self.within(format!("list of {marks}{loose}"), |listing| {
            for item in &list.items {
                let kind = match item.checked {
                    None => "item",
                    Some(false) => "item [ ]",
                    Some(true) => "item [x]",
                };
                listing.within(kind.into(), |listing| listing.blocks(&item.blocks));
            }
        });
    }
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
