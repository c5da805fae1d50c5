//! pandoc's document model as JSON (pandoc-types 1.23), shared by what reads and what writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::tree::ColumnAlignment;

/// Versions that are read, by major and minor number: those whose nodes are these. 1.21 brought today's tables.
pub(crate) const READ: [[u32; 2]; 3] = [[1, 21], [1, 22], [1, 23]];

/// The property that says that every role of the document is stated.
pub(crate) const STATED: (&str, &str) = ("banshi-roles", "stated");

/// Identifier, classes and attributes.
pub(crate) type Attr = (String, Vec<String>, Vec<(String, String)>);

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Pandoc {
    #[serde(rename = "pandoc-api-version")]
    pub(crate) version: Vec<u32>,
    pub(crate) meta: BTreeMap<String, MetaValue>,
    pub(crate) blocks: Vec<Block>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(clippy::enum_variant_names, reason = "pandoc's names")]
pub(crate) enum MetaValue {
    MetaMap(BTreeMap<String, MetaValue>),
    MetaList(Vec<MetaValue>),
    MetaBool(bool),
    MetaString(String),
    MetaInlines(Vec<Inline>),
    MetaBlocks(Vec<Block>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(clippy::enum_variant_names, clippy::large_enum_variant, reason = "pandoc's names and shape")]
pub(crate) enum Block {
    Plain(Vec<Inline>),
    Para(Vec<Inline>),
    LineBlock(Vec<Vec<Inline>>),
    CodeBlock(Attr, String),
    RawBlock(String, String),
    BlockQuote(Vec<Block>),
    OrderedList((i64, Name, Name), Vec<Vec<Block>>),
    BulletList(Vec<Vec<Block>>),
    DefinitionList(Vec<(Vec<Inline>, Vec<Vec<Block>>)>),
    Header(i64, Attr, Vec<Inline>),
    HorizontalRule,
    Table(Attr, Caption, Vec<(Name, Width)>, Section, Vec<Body>, Section),
    Figure(Attr, Caption, Vec<Block>),
    Div(Attr, Vec<Block>),
    /// Nothing; up to 1.22.
    Null,
}

/// Short caption and caption.
pub(crate) type Caption = (Option<Vec<Inline>>, Vec<Block>);
/// Head or foot of a table.
pub(crate) type Section = (Attr, Vec<Row>);
/// Attributes, columns of row heads, rows of head, rows.
pub(crate) type Body = (Attr, i64, Vec<Row>, Vec<Row>);
pub(crate) type Row = (Attr, Vec<Cell>);
/// Attributes, alignment, rows and columns that it covers, contents.
pub(crate) type Cell = (Attr, Name, i64, i64, Vec<Block>);

/// A word of pandoc's model that holds nothing: `AlignLeft`, `Decimal`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Name {
    pub(crate) t: String,
}

impl Name {
    pub(crate) fn new(name: &str) -> Self {
        Self { t: name.to_owned() }
    }
}

/// What pandoc calls the alignment of a column or a cell; of a cell the first is as its column.
pub(crate) fn alignment_name(alignment: ColumnAlignment) -> &'static str {
    match alignment {
        ColumnAlignment::Default => "AlignDefault",
        ColumnAlignment::Left => "AlignLeft",
        ColumnAlignment::Centre => "AlignCenter",
        ColumnAlignment::Right => "AlignRight",
    }
}

/// The alignment that pandoc calls so; for any other word the default.
pub(crate) fn alignment_of(name: &Name) -> ColumnAlignment {
    let is_called = |alignment: &ColumnAlignment| alignment_name(*alignment) == name.t;
    ColumnAlignment::ALL.into_iter().find(is_called).unwrap_or_default()
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
pub(crate) enum Width {
    ColWidth(f64),
    ColWidthDefault,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(clippy::enum_variant_names, reason = "pandoc's names")]
pub(crate) enum Inline {
    Str(String),
    Emph(Vec<Inline>),
    Underline(Vec<Inline>),
    Strong(Vec<Inline>),
    Strikeout(Vec<Inline>),
    Superscript(Vec<Inline>),
    Subscript(Vec<Inline>),
    SmallCaps(Vec<Inline>),
    Quoted(Name, Vec<Inline>),
    Cite(Vec<serde_json::Value>, Vec<Inline>),
    Code(Attr, String),
    Space,
    SoftBreak,
    LineBreak,
    Math(Name, String),
    RawInline(String, String),
    Link(Attr, Vec<Inline>, (String, String)),
    Image(Attr, Vec<Inline>, (String, String)),
    Note(Vec<Block>),
    Span(Attr, Vec<Inline>),
}
