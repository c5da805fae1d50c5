//! The formats, and the one table that says what each can do.

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::options::Options;
use crate::tree::Document;
use crate::{decode, encode};

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text.
    Text,
    /// CommonMark with tables, footnotes, task lists and strikethrough.
    Markdown,
    /// The tree itself.
    Json,
    /// Word (ECMA-376 WordprocessingML).
    Docx,
    /// PDF 1.7.
    Pdf,
    /// Pictures of the pages, SVG 1.1.
    Svg,
    /// pandoc's document model (`pandoc -t json`), pandoc-types 1.21 to 1.23.
    PandocJson,
}

type Decode = fn(&[u8], &Options, &mut Diagnostics) -> Result<decode::Decoded>;
/// An encoder is given the document itself where nobody else needs it.
type Encode = fn(Cow<'_, Document>, &Options, &mut Diagnostics) -> Result<Vec<u8>>;

/// What there is to know of a format. A new format is a file, a variant of [`Format`] and a row here.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The format.
    pub format: Format,
    /// Its name on the command line.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// Extensions of its files, the usual one first.
    pub extensions: &'static [&'static str],
    /// Extensions of its kin, which are read like it but never written.
    pub also_reads: &'static [&'static str],
    /// Whether its files are what people write, not what programs exchange.
    pub(crate) document: bool,
    /// Whether its output leaves out text that is not the author's.
    pub(crate) formatted: bool,
    /// Whether properties are seen in its output; where not, a title that is only a property is printed.
    pub(crate) shows_properties: bool,
    pub(crate) decode: Option<Decode>,
    pub(crate) encode: Option<Encode>,
}

impl Row {
    /// True where files of the format are what people write, not what programs exchange.
    pub fn is_document(&self) -> bool {
        self.document && self.reads()
    }

    /// True where files of the format can be read.
    pub fn reads(&self) -> bool {
        self.decode.is_some()
    }

    /// True where files of the format can be written.
    pub fn writes(&self) -> bool {
        self.encode.is_some()
    }
}

/// All formats.
pub const TABLE: &[Row] = &[
    Row {
        format: Format::Text,
        name: "txt",
        aliases: &["text", "plain"],
        extensions: &["txt", "text"],
        also_reads: &[],
        document: true,
        formatted: true,
        shows_properties: false,
        decode: Some(decode::plain_text),
        encode: Some(|document, options, diagnostics| encode::text::encode(&document, options, diagnostics)),
    },
    Row {
        format: Format::Markdown,
        name: "md",
        aliases: &["markdown", "gfm", "commonmark"],
        extensions: &["md", "markdown"],
        also_reads: &[],
        document: true,
        formatted: true,
        shows_properties: true,
        decode: Some(decode::commonmark),
        encode: Some(encode::markdown::encode),
    },
    Row {
        format: Format::Json,
        name: "json",
        aliases: &[],
        extensions: &["json"],
        also_reads: &[],
        document: false,
        formatted: false,
        shows_properties: true,
        decode: Some(decode::tree),
        encode: Some(|document, options, diagnostics| encode::json::encode(&document, options, diagnostics)),
    },
    Row {
        format: Format::Docx,
        name: "docx",
        aliases: &["word"],
        extensions: &["docx"],
        also_reads: &["docm", "dotx", "dotm"],
        document: true,
        formatted: true,
        shows_properties: false,
        decode: Some(decode::word),
        encode: Some(|document, options, diagnostics| encode::docx::encode(&document, options, diagnostics)),
    },
    Row {
        format: Format::Pdf,
        name: "pdf",
        aliases: &[],
        extensions: &["pdf"],
        also_reads: &[],
        document: false,
        formatted: true,
        shows_properties: false,
        decode: None,
        encode: Some(|document, options, diagnostics| encode::pdf::encode(&document, options, diagnostics)),
    },
    Row {
        format: Format::Svg,
        name: "svg",
        aliases: &[],
        extensions: &["svg"],
        also_reads: &[],
        document: false,
        formatted: true,
        shows_properties: false,
        decode: None,
        encode: Some(|document, options, diagnostics| encode::svg::encode(&document, options, diagnostics)),
    },
    Row {
        format: Format::PandocJson,
        name: "pandoc-json",
        aliases: &["pandoc"],
        extensions: &["pandoc.json"],
        also_reads: &[],
        document: false,
        formatted: true,
        shows_properties: true,
        decode: Some(decode::pandoc::decode),
        encode: Some(|document, options, diagnostics| {
            encode::pandoc::encode(&document, options, diagnostics)
        }),
    },
];

impl Format {
    /// The row of the format.
    pub fn row(self) -> &'static Row {
        // Rows stand in the order of the variants; a test holds it.
        &TABLE[self as usize]
    }

    /// The format of that name or alias, case ignored.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        TABLE
            .iter()
            .find(|row| row.name == name || row.aliases.contains(&name.as_str()))
            .map(|row| row.format)
    }

    /// The format in which a file of that name is read, by its extension, case ignored.
    pub fn of_source(name: &str) -> Option<Self> {
        by_extension(name, |row| [row.extensions, row.also_reads].concat())
    }

    /// The format in which a file of that name is written, by its extension, case ignored.
    pub fn of_output(name: &str) -> Option<Self> {
        by_extension(name, |row| if row.writes() { row.extensions.to_vec() } else { Vec::new() })
    }

    /// The format of data that this program and others call alike, by its first bytes: a `.json` may be pandoc's.
    pub(crate) fn refined(self, input: &[u8]) -> Self {
        let pandoc = br#"{"pandoc-api-version""#;
        match self {
            Self::Json if input.trim_ascii_start().starts_with(pandoc) => Self::PandocJson,
            other => other,
        }
    }

    /// Names of the formats whose row passes `which`, with commas between.
    pub fn names(which: impl Fn(&Row) -> bool) -> String {
        TABLE.iter().filter(|row| which(row)).map(|row| row.name).collect::<Vec<_>>().join(", ")
    }
}

/// The format one of whose extensions ends the name; of several the longest, so that `a.pandoc.json` is no `a.json`.
fn by_extension(name: &str, extensions: impl Fn(&Row) -> Vec<&'static str>) -> Option<Format> {
    let name = name.to_ascii_lowercase();
    let length = |row: &Row| {
        let ends = |extension: &&str| name.strip_suffix(*extension).is_some_and(|stem| stem.ends_with('.'));
        extensions(row).into_iter().filter(ends).map(str::len).max()
    };
    TABLE.iter().filter(|row| length(row).is_some()).max_by_key(|row| length(row)).map(|row| row.format)
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_of_word_files_are_read_but_not_written() {
        assert_eq!(Format::of_source("a.DOTX"), Some(Format::Docx));
        assert_eq!(Format::of_output("a.dotx"), None);
        assert_eq!(Format::of_output("a.docx"), Some(Format::Docx));
        assert_eq!(Format::of_output("docx"), None);
    }

    #[test]
    fn a_json_of_pandoc_is_told_by_its_name_or_its_first_bytes() {
        assert_eq!(Format::of_source("a.pandoc.json"), Some(Format::PandocJson));
        assert_eq!(Format::of_source("a.json"), Some(Format::Json));
        assert_eq!(Format::Json.refined(br#"{"pandoc-api-version":[1,23]}"#), Format::PandocJson);
        assert_eq!(Format::Json.refined(br#"{"banshi":1}"#), Format::Json);
        assert_eq!(Format::Text.refined(br#"{"pandoc-api-version":[1,23]}"#), Format::Text);
    }

    #[test]
    fn rows_stand_in_the_order_of_the_variants() {
        for row in TABLE {
            assert_eq!(row.format.row().name, row.name);
        }
    }
}
