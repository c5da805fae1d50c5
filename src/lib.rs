//! `banshi` turns the text that Chinese offices really have into documents that they can hand in.
//!
//! ```text
//! bytes ─charset─▶ text ─decode─▶ Document ─structure─▶ Document ─layout─▶ pages ─encode::pdf─▶ bytes
//!                                                 ├─▶ encode::{docx, markdown, text, json} ─▶ bytes
//!                                                 └─▶ outline (what was recognised, and why)
//! ```
//!
//! - [`tree`] is the document: blocks, roles, markers, and the author's text to the letter.
//! - [`charset`] reads GBK, GB 18030, Big5, UTF-8 and UTF-16; nothing is replaced unasked.
//! - `decode` states what the input says, format by format; [`structure`] adds what a reader sees in it:
//!   title, salutation, headings, points, signature, and adverts that are not the author's.
//! - [`fonts`] holds the user's own faces, which take the place of those built in.
//! - [`correction`] is what a reader knows better, in a file; recognition takes it as given.
//! - [`columns`] says at which column of a line a finding stands.
//! - [`limits`] says how much of a machine a document may take.
//! - [`profile`] says how every role is set, by GB/T 9704-2012. `layout` makes pages of it for PDF;
//!   the Word encoder turns the same profile into styles.
//! - [`diagnostic`] holds what was inferred, substituted, left out or dropped on the way.
//!
//! Imports point one way: `tree` ← `charset`, `decode`, `structure`, `layout`, `encode` ← [`format`](mod@format)
//! ← this page ← the binary. The library reads no file, asks no clock and prints nothing.
//!
//! ```
//! use banshi::{Format, Options};
//!
//! let speech = "在办公室工作会议上的讲话\n同志们：\n一、提高认识\n这项工作很重要。\n";
//! let options = Options::new()?;
//! let markdown = banshi::convert(speech.as_bytes(), Format::Text, Format::Markdown, &options)?;
//! let markdown = String::from_utf8(markdown.value)?;
//! assert!(markdown.contains("# 在办公室工作会议上的讲话"));
//! assert!(markdown.contains("## 一、提高认识"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![allow(rustdoc::private_intra_doc_links, reason = "the documentation is built with the private items")]

#[cfg(test)]
extern crate self as banshi;
#[cfg(test)]
#[path = "../tests/support/tree.rs"]
#[allow(dead_code, reason = "not every test needs all of it")]
mod generated;

/// The examples of the page on library use are tested.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
mod library {}

#[macro_use]
pub mod message;

mod attributes;
pub mod charset;
pub mod columns;
pub mod correction;
mod decode;
pub mod diagnostic;
mod encode;
pub mod error;
pub mod fonts;
pub mod format;
pub mod layout;
pub mod limits;
mod markdown;
mod ooxml;
pub mod options;
pub mod outline;
mod pandoc;
mod parallel;
pub mod profile;
pub mod roundtrip;
pub mod structure;
pub mod tree;

pub use diagnostic::{Diagnostic, Reported};
pub use encode::svg::{PagePicture, Pictures};
pub use error::{Error, Result};
pub use format::Format;
pub use limits::Limits;
pub use message::{Language, Message};
pub use options::Options;
pub use tree::Document;

use std::borrow::Cow;

use columns::Columns;
use diagnostic::{Diagnostics, Kind};
use limits::Limit;
use options::Structure;
use tree::{Block, BlockKind, Inline, Location, Origin, Paragraph, Role, Stated};

/// Decodes bytes of a format into a document and recognises its structure.
///
/// # Errors
/// [`Error::Unsupported`] where the format can't be read, [`Error::Limit`] where a document takes more than
/// [`Options::limits`] allow, and what the decoder finds wrong.
pub fn decode(input: &[u8], from: Format, options: &Options) -> Result<Reported<Document>> {
    within_input(input, options)?;
    if matches!(from, Format::Text | Format::Markdown) {
        within_lines(input, options)?;
    }
    let format = from.refined(input);
    let row = format.row();
    let decode = row.decode.ok_or_else(|| Error::Unsupported {
        format: row.name,
        reading: true,
        instead: Format::names(format::Row::reads),
    })?;
    let mut diagnostics = Diagnostics::with_decisions(options.decisions);
    let decode::Decoded { mut document, stated } = decode(input, options, &mut diagnostics)?;
    within_cells(&document, options)?;
    if document.blocks.is_empty() {
        diagnostics.report(
            Kind::Inferred,
            "empty-source",
            Location::Whole,
            message!("there is no text in it"),
        );
    }
    let stated = if options.structure == Structure::Recognise { stated } else { Stated::All };
    let threads = parallel::threads(options.threads);
    if format == Format::Text && stated == Stated::Some {
        structure::take_marks(&mut document, &mut diagnostics);
    }
    structure::read(&mut document, stated, &options.corrections, threads, &mut diagnostics);
    Ok(Reported { value: document, diagnostics: diagnostics.into_vec() })
}

/// Refuses input larger than its limit.
fn within_input(input: &[u8], options: &Options) -> Result<()> {
    let most = options.limits.bytes(Limit::Input);
    if input.len() as u64 <= most {
        return Ok(());
    }
    let found = Some((input.len() as u64).div_ceil(1 << 20));
    Err(Error::beyond(&options.limits, Limit::Input, found, Location::Whole))
}

/// Refuses text with more lines than their limit, before a paragraph is made of each. In all encodings that are read a
/// line end has its byte.
fn within_lines(input: &[u8], options: &Options) -> Result<()> {
    let times = |end: u8| memchr::memchr_iter(end, input).count() as u64;
    let lines = times(b'\n').max(times(b'\r'));
    if lines <= options.limits.get(Limit::Lines) {
        return Ok(());
    }
    Err(Error::beyond(&options.limits, Limit::Lines, Some(lines), Location::Whole))
}

/// Refuses tables with more cells than their limit.
fn within_cells(document: &Document, options: &Options) -> Result<()> {
    let cells = document.cells();
    if cells <= options.limits.get(Limit::Cells) {
        return Ok(());
    }
    Err(Error::beyond(&options.limits, Limit::Cells, Some(cells), Location::Whole))
}

/// Encodes a document. Text that is not the author's is left out of formatted output and reported, unless
/// [`Options::keep_boilerplate`] is set. A document that nobody needs any more is best given itself: parts of it need not
/// be copied then.
///
/// # Errors
/// [`Error::Unsupported`] where the format can't be written, and what the encoder can't do.
pub fn encode<'a>(
    document: impl Into<Cow<'a, Document>>,
    to: Format,
    options: &Options,
) -> Result<Reported<Vec<u8>>> {
    let row = to.row();
    let encode = row.encode.ok_or_else(|| Error::Unsupported {
        format: row.name,
        reading: false,
        instead: Format::names(format::Row::writes),
    })?;
    let mut diagnostics = Diagnostics::with_decisions(options.decisions);
    report_options_of_word(to, options, &mut diagnostics);
    let document = prepared(document.into(), row, options, &mut diagnostics);
    let bytes = encode(document, options, &mut diagnostics)?;
    Ok(Reported { value: bytes, diagnostics: diagnostics.into_vec() })
}

/// Reports what is asked for and only Word files have.
fn report_options_of_word(to: Format, options: &Options, diagnostics: &mut Diagnostics) {
    if to == Format::Docx {
        return;
    }
    for (wanted, what) in [
        (options.contents, message!("a table of contents")),
        (options.reference.is_some(), message!("the styles of a reference document")),
    ] {
        if wanted {
            let message = message!(
                "only Word files are given {what}; {to} is written without",
                what,
                to = to.row().name
            );
            diagnostics.report(Kind::Substituted, "option-of-word", Location::Whole, message);
        }
    }
}

/// The pages of a document as they are printed, as pictures in SVG. Text that is not the author's is left out as by
/// [`encode()`].
///
/// # Errors
/// [`Error::Limit`] where it takes too many pages.
pub fn page_pictures(document: &Document, options: &Options) -> Result<Reported<Pictures>> {
    let mut diagnostics = Diagnostics::default();
    let document = prepared(Cow::Borrowed(document), Format::Svg.row(), options, &mut diagnostics);
    let pictures = encode::svg::pictures(&document, options, &mut diagnostics)?;
    Ok(Reported { value: pictures, diagnostics: diagnostics.into_vec() })
}

/// [`decode()`], then [`encode()`], with the findings of both.
///
/// # Errors
/// Those of both.
pub fn convert(input: &[u8], from: Format, to: Format, options: &Options) -> Result<Reported<Vec<u8>>> {
    let columns = Columns::new(input, from, options);
    let Reported { value, mut diagnostics } = decode(input, from, options)?;
    let encoded = encode(value, to, options).map_err(|mut error| {
        columns.error(&mut error);
        error
    })?;
    diagnostics.extend(encoded.diagnostics);
    columns.findings(&mut diagnostics);
    Ok(Reported { value: encoded.value, diagnostics })
}

/// The document as the encoders of that format are to see it.
fn prepared<'a>(
    document: Cow<'a, Document>,
    row: &format::Row,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Cow<'a, Document> {
    let document = if row.formatted && !options.keep_boilerplate {
        without_boilerplate(document, diagnostics)
    } else {
        document
    };
    if row.shows_properties { document } else { with_title(document, diagnostics) }
}

/// The document with a title that is only a property (`title:` in front matter) as its first paragraph.
fn with_title<'a>(document: Cow<'a, Document>, diagnostics: &mut Diagnostics) -> Cow<'a, Document> {
    let Some(title) = document.meta.title.clone() else { return document };
    let titled = |block| of_role(block, Role::Title).is_some_and(|title| !title.text().trim().is_empty());
    if document.blocks.iter().any(titled) {
        return document;
    }
    let message = message!("the title is a property alone; it is printed above the text");
    diagnostics.report_text(Kind::Inferred, "title-printed", Location::Whole, message, title.clone());
    let title = Paragraph::new(Role::Title, vec![Inline::Text(title)]);
    let mut document = document.into_owned();
    let title = Block { kind: BlockKind::Paragraph(title), origin: Origin::default() };
    document.blocks.insert(0, title);
    Cow::Owned(document)
}

/// The document without its boilerplate paragraphs, each of which is reported with its text.
fn without_boilerplate<'a>(document: Cow<'a, Document>, diagnostics: &mut Diagnostics) -> Cow<'a, Document> {
    if !document.blocks.iter().any(|block| of_role(block, Role::Boilerplate).is_some()) {
        return document;
    }
    let mut kept = document.into_owned();
    kept.blocks.retain(|block| {
        let Some(paragraph) = of_role(block, Role::Boilerplate) else { return true };
        let text = paragraph.text();
        let message = message!("not the author's: {text}", text);
        diagnostics.report_text(Kind::LeftOut, "boilerplate", block.origin.at.clone(), message, text);
        false
    });
    Cow::Owned(kept)
}

/// The paragraph of a block, if it has that role.
fn of_role(block: &Block, role: Role) -> Option<&Paragraph> {
    block.paragraph().filter(|paragraph| paragraph.role == role)
}
