//! The document tree that every decoder makes and every encoder reads.
//!
//! A [`Document`] is a list of [`Block`]s. The text of a paragraph is always the author's, markers
//! included: `一、`, `（一）` and `第一，` are characters of the paragraph, and [`Marker`] only says how
//! they are read. Nothing of the typography is here; it follows from the [`Role`] and the profile.

mod closing;
mod date;
mod division;
mod han;
mod json;
mod masthead;
mod name_rows;
mod order;
pub(crate) mod orientation;
mod paragraph;
mod picture;
pub(crate) mod picture_kind;
mod properties;
mod role;
mod section;
mod sides;
mod table;
mod text;
mod unit;

pub(crate) use closing::{DELIVERS, WISHES, is_at_edge, leads_to_edge};
pub(crate) use division::{heads_contents, is_division};
pub(crate) use han::{ideograph, is_ideograph};
pub(crate) use json::{Envelope, VERSION, fits, parse, place};
pub(crate) use masthead::{Head, Masthead};
pub(crate) use name_rows::{Narrowing, half_em, has_columns};
pub(crate) use order::is_of_order;
pub(crate) use properties::Properties;
pub(crate) use sides::Sides;
pub(crate) use text::{SIGNER, column_blanks, column_gap, is_boxed, push_inlines};
pub(crate) use unit::{is_table_unit, is_unit};

pub use date::Date;
pub use orientation::Orientation;
pub use paragraph::{InlinePoint, Lead, Marker, Paragraph, Scheme};
pub use picture::{Picture, PictureFormat};
pub use role::{Role, Stated};
pub use section::Section;
pub use table::{Cell, ColumnAlignment, Row, Table};
pub(crate) use table::{WHOLE_WIDTH, thousandths};

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::message::Message;

/// A whole document: its properties, its blocks in reading order, and the notes its text refers to.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What the source says of itself (front matter, core properties).
    #[serde(default, skip_serializing_if = "Meta::is_empty")]
    pub meta: Meta,
    /// The text, in reading order.
    pub blocks: Vec<Block>,
    /// Footnotes and endnotes, in the order of their first mention.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The files of the pictures that the text shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
}

impl<'a> From<&'a Document> for Cow<'a, Document> {
    fn from(document: &'a Document) -> Self {
        Self::Borrowed(document)
    }
}

impl From<Document> for Cow<'_, Document> {
    fn from(document: Document) -> Self {
        Self::Owned(document)
    }
}

/// Properties that the source states outright. Recognised titles and dates are paragraphs, not properties.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Meta {
    /// Title of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Author or speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Date as the source writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Any other property: its name and value, in the order of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<(String, String)>,
}

impl Meta {
    /// Each property with its name, the known ones first.
    pub(crate) fn properties(&self) -> impl Iterator<Item = (&str, &str)> {
        let known = [("title", &self.title), ("author", &self.author), ("date", &self.date)];
        let known = known.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        known.chain(self.other.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// Each property as `name: value`, for reports of what a format cannot hold.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.properties().map(|(name, value)| format!("{name}: {value}")).collect()
    }

    /// The field for a property of that name, in English or Chinese.
    pub(crate) fn field(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name.to_ascii_lowercase().as_str() {
            "title" | "标题" => Some(&mut self.title),
            "author" | "作者" => Some(&mut self.author),
            "date" | "日期" => Some(&mut self.date),
            _ => None,
        }
    }

    /// Puts a property into its field, or beside the others where it has none or the field is taken.
    pub(crate) fn set(&mut self, name: String, value: String) {
        match self.field(&name) {
            Some(field) if field.is_none() => *field = Some(value),
            _ => self.other.push((name, value)),
        }
    }

    /// True where the source states nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One block and where it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Its place in the source, and what it looked like there.
    #[serde(default, skip_serializing_if = "Origin::is_unknown")]
    pub origin: Origin,
}

impl Block {
    /// The paragraph, if it is one.
    pub fn paragraph(&self) -> Option<&Paragraph> {
        match &self.kind {
            BlockKind::Paragraph(paragraph) => Some(paragraph),
            BlockKind::List(_)
            | BlockKind::Table(_)
            | BlockKind::Quote(_)
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => None,
        }
    }
}

/// The kinds of block. Exhaustive on purpose: a new kind must be answered by every encoder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A paragraph of text with its role.
    Paragraph(Paragraph),
    /// A list whose markers are not part of the text (Markdown `-` and `1.`, Word's automatic numbers).
    List(List),
    /// A table.
    Table(Table),
    /// A quotation that holds blocks.
    Quote(Vec<Block>),
    /// Preformatted text.
    Code(Code),
    /// A picture that stands by itself.
    Image(Image),
    /// A horizontal rule that separates passages.
    Rule,
    /// The following block begins a new page.
    PageBreak,
    /// Markup of the source that the tree does not interpret (HTML in Markdown), kept to the letter.
    Raw(String),
}

impl BlockKind {
    /// True for a picture that stands by itself, and for a paragraph that passes the test.
    pub(crate) fn is_image_or(&self, test: impl FnOnce(&Paragraph) -> bool) -> bool {
        match self {
            Self::Image(_) => true,
            Self::Paragraph(paragraph) => test(paragraph),
            Self::List(_)
            | Self::Table(_)
            | Self::Quote(_)
            | Self::Code(_)
            | Self::Rule
            | Self::PageBreak
            | Self::Raw(_) => false,
        }
    }
}

/// A list with markers of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// First number of an ordered list; `None` for bullets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u64>,
    /// True where the items stand without space between them.
    #[serde(default)]
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// One item of a [`List`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListItem {
    /// State of a task item (`- [x]`), if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// What the item holds.
    pub blocks: Vec<Block>,
}

/// Preformatted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Language of a fenced block; empty where none is given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The text, lines ended by `\n`.
    pub text: String,
}

/// A picture by reference; [`Document::pictures`] may hold its file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// Path or address of the picture, as written.
    pub target: String,
    /// What stands in its place where it can't be shown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// Title, if the source gives one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The size in which the source shows it; `None` for its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<ImageSize>,
}

/// The size of a picture on the page, in twips (1/1440 inch).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImageSize {
    /// Width in twips.
    pub width: u32,
    /// Height in twips.
    pub height: u32,
}

/// A footnote or endnote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The label by which [`Inline::NoteRef`] names it.
    pub id: String,
    /// Where it is printed.
    #[serde(default, skip_serializing_if = "NotePlace::is_foot")]
    pub place: NotePlace,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Note {
    /// A footnote.
    pub fn foot(id: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { id: id.into(), place: NotePlace::Foot, blocks }
    }

    /// Where its first block stood that is more than an empty list or table.
    pub(crate) fn at(&self) -> Location {
        let more = |block: &&Block| match &block.kind {
            BlockKind::List(list) => !list.items.is_empty(),
            BlockKind::Table(table) => !table.columns.is_empty() || table.width() > 0,
            BlockKind::Paragraph(_)
            | BlockKind::Quote(_)
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => true,
        };
        self.blocks.iter().find(more).map(|block| block.origin.at.clone()).unwrap_or_default()
    }
}

/// Where a note is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotePlace {
    /// At the foot of the page that mentions it.
    #[default]
    Foot,
    /// At the end of the document.
    End,
}

impl NotePlace {
    /// True for a footnote.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
    pub(crate) fn is_foot(&self) -> bool {
        *self == Self::Foot
    }
}

/// A piece of running text. Exhaustive on purpose, like [`BlockKind`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inline {
    /// Plain characters.
    Text(String),
    /// Text that is set apart.
    Styled(InlineStyle, Vec<Inline>),
    /// Text of a program.
    Code(String),
    /// A link and its text.
    Link {
        /// Where it leads.
        target: String,
        /// Title, or empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        title: String,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A picture within a line.
    Image(Image),
    /// The mark of the [`Note`] with this id.
    NoteRef(String),
    /// A line break that the author wants.
    Break,
    /// Markup that the tree does not interpret, kept to the letter.
    Raw(String),
}

/// How a piece of text is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InlineStyle {
    /// Strong emphasis: bold.
    Strong,
    /// Emphasis: italic in Latin text, 楷体 in Chinese.
    Emphasis,
    /// Struck through.
    Strike,
    /// Underlined.
    Underline,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
}

/// Where a block stood in its source, and how it looked there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Origin {
    /// The place.
    pub at: Location,
    /// Evidence for the structure pass.
    #[serde(skip_serializing_if = "Appearance::is_plain")]
    pub appearance: Appearance,
}

impl Origin {
    /// An origin that says only where.
    pub fn at(at: Location) -> Self {
        Self { at, appearance: Appearance::default() }
    }

    /// True where nothing is known.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Location {
    /// The document as a whole, or no known place.
    #[default]
    Whole,
    /// A character, by its line and its column in it, both counted from 1 and in characters.
    Spot {
        /// The line.
        line: u32,
        /// The column.
        column: u32,
    },
    /// Lines from `first` to `last`, both counted from 1 and both included.
    Lines {
        /// First line.
        first: u32,
        /// Last line.
        last: u32,
    },
    /// A paragraph of a part of a package, such as `word/document.xml`.
    Part {
        /// Name of the part.
        part: String,
        /// Number of the paragraph in it, from 1; 0 for the part as a whole.
        paragraph: u32,
    },
}

impl Location {
    /// A single line, counted from 1.
    pub fn line(line: u32) -> Self {
        Self::Lines { first: line, last: line }
    }

    /// The place for people; empty for the whole document.
    pub fn message(&self) -> Message {
        match self {
            Self::Whole => Message::verbatim(""),
            Self::Spot { line, column } => Message::verbatim(format_args!("{line}:{column}")),
            Self::Lines { first, last } if first == last => Message::verbatim(first),
            Self::Lines { first, last } => Message::verbatim(format_args!("{first}-{last}")),
            Self::Part { part, paragraph: 0 } => Message::verbatim(part),
            Self::Part { part, paragraph } => {
                message!("{part}, paragraph {paragraph}", part, paragraph = *paragraph)
            }
        }
    }
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.message().fmt(f)
    }
}

/// How a paragraph looked in its source. Decoders state it; only `structure` reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Appearance {
    /// Indent of the first line in half em: a full-width space is 2, a plain space 1, a tab 4.
    #[serde(skip_serializing_if = "is_zero")]
    pub indent: u16,
    /// Empty lines before the paragraph.
    #[serde(skip_serializing_if = "is_zero")]
    pub blank_before: u16,
    /// Tabs behind its text: the last cells of a row are empty.
    #[serde(skip_serializing_if = "is_zero")]
    pub tabs_behind: u16,
    /// Lines of tabs alone right below it: rows of a table that are to be filled in.
    #[serde(skip_serializing_if = "is_zero")]
    pub rows_behind: u16,
    /// The source says that this is a heading of that level (Markdown `##`, a Word outline level).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outline_level: Option<u8>,
    /// The source centres it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub centred: bool,
    /// Type size of all its text in half points; 0 where it has several or says none.
    #[serde(skip_serializing_if = "is_zero")]
    pub size: u16,
    /// All its text is bold.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bold: bool,
    /// The kind of face that all its Han text has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub face: Option<Face>,
}

/// A kind of Han face, whoever made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// 小标宋, for titles.
    BiaoSong,
    /// 黑体, for headings of the first level.
    Hei,
    /// 楷体, for headings of the second level.
    Kai,
    /// 仿宋, for the text of official documents.
    FangSong,
    /// 宋体.
    Song,
}

impl Face {
    /// The kind that the name of a face tells: `方正小标宋简体`, `SimHei`, `楷体_GB2312`.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let any = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if any(&["小标宋", "大标宋", "biaosong", "xbs"]) {
            Some(Self::BiaoSong)
        } else if any(&["仿宋", "fangsong"]) {
            Some(Self::FangSong)
        } else if any(&["楷", "kai"]) {
            Some(Self::Kai)
        } else if any(&["黑", "hei"]) {
            Some(Self::Hei)
        } else if any(&["宋", "song", "simsun"]) {
            Some(Self::Song)
        } else {
            None
        }
    }
}

impl Appearance {
    /// True where there is nothing to say.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(n: &u16) -> bool {
    *n == 0
}
