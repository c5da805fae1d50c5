//! Round trips: a document written in a format and read again, and what is left of it.
//!
//! ```text
//! Document ─encode─▶ bytes ─decode─▶ Document
//!     └──────────── compare ────────────┘
//! ```
//!
//! Both trees are brought into one spelling ([`normal`]), listed line by line, and compared ([`compare()`]). What
//! differs must have been said: by a finding of the encoder or decoder about that block, and, where characters are
//! gone, with those characters. All else is a loss that nobody declared.
//!
//! A format that is only written, PDF, takes part by its text: what a reader of the file extracts must be what the
//! pages show, and the pages must show every character of the document.

mod account;
mod compare;
mod form;
mod moved;
pub(crate) mod normal;
mod report;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::charset::Encoding;
use crate::diagnostic::{Diagnostic, Kind};
use crate::error::{Error, Result};
use crate::format::Format;
use crate::message::Message;
use crate::options::{LineMode, Options, Structure};
use crate::tree::{Block, BlockKind, Document, Location};
use compare::{Said, compare};

pub use form::Line;
pub use report::{differences, table};

/// How many of something came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Kept {
    /// Those that came back as they were.
    pub kept: usize,
    /// All there were.
    pub total: usize,
}

/// One difference between a tree and what came back of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where it stands in the source.
    pub at: Location,
    /// What it concerns.
    pub what: What,
    /// Lines of the first tree.
    pub before: Vec<Line>,
    /// Lines of the second.
    pub after: Vec<Line>,
    /// Codes of the findings that declare it; `None` for a loss that nobody declared.
    pub declared: Option<String>,
}

/// What a difference concerns, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Characters are gone.
    Text,
    /// All characters are there, in other blocks.
    Blocks,
    /// Emphasis, links, or what holds the block.
    Marks,
    /// A role, or what was recognised inside a paragraph.
    Role,
}

/// A journey through one or more formats and back.
#[derive(Debug, Clone, Serialize)]
pub struct Trip {
    /// The formats, in order.
    pub formats: Vec<&'static str>,
    /// Characters of the text, of notes, code and descriptions of pictures too.
    pub characters: Kept,
    /// Blocks with their kind, shape, place and emphasis; `None` for a format that is only written.
    pub blocks: Option<Kept>,
    /// Paragraphs with their role and all that is recognised in them; `None` for a format that is only written.
    pub roles: Option<Kept>,
    /// What differs.
    pub differences: Vec<Difference>,
    /// What was written on the way.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl Trip {
    /// True where nothing is lost but what was declared.
    pub fn is_declared(&self) -> bool {
        self.differences.iter().all(|difference| difference.declared.is_some())
    }

    /// True where nothing differs at all.
    pub fn is_exact(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Writes a document in a format, reads it again and compares.
///
/// Everything is kept on the way, boilerplate too; roles are recognised as `options` say.
///
/// # Errors
/// Those of [`crate::encode()`] and [`crate::decode()`].
pub fn there_and_back(document: &Document, format: Format, options: &Options) -> Result<Trip> {
    Ok(travel(document, format, options)?.0)
}

/// Takes a document through several formats, each time from what came back of the one before. Gives every leg and
/// the whole journey; a difference of the whole is declared where those of all legs are.
///
/// # Errors
/// As [`there_and_back`]; [`Error::Unsupported`] for a format that can't be read.
pub fn chain(document: &Document, formats: &[Format], options: &Options) -> Result<(Vec<Trip>, Trip)> {
    let mut legs: Vec<Trip> = Vec::with_capacity(formats.len());
    let mut current = document.clone();
    for format in formats {
        let (leg, back) = travel(&current, *format, options)?;
        current = back.ok_or_else(|| Error::Unsupported {
            format: format.row().name,
            reading: true,
            instead: Format::names(crate::format::Row::reads),
        })?;
        legs.push(leg);
    }
    let mut codes: Vec<&str> = legs
        .iter()
        .flat_map(|leg| &leg.differences)
        .filter_map(|difference| difference.declared.as_deref())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let declared = legs.iter().all(Trip::is_declared).then(|| codes.join(", "));
    let nothing = Said { there: &[], back: &[] };
    let (one, two) = (normal::same(document), normal::same(&current));
    let mut compared = compare(&form::units(&one), &form::units(&two), &nothing);
    for difference in &mut compared.differences {
        difference.declared.clone_from(&declared);
    }
    let whole = Trip {
        formats: formats.iter().map(|format| format.row().name).collect(),
        characters: compared.characters,
        blocks: Some(compared.blocks),
        roles: Some(compared.roles),
        differences: compared.differences,
        bytes: Vec::new(),
    };
    Ok((legs, whole))
}

/// One leg, and the document that came back, if the format can be read.
fn travel(document: &Document, format: Format, options: &Options) -> Result<(Trip, Option<Document>)> {
    let mut options = options.clone();
    options.keep_boilerplate = true;
    // Every block gets a place of its own, so that each finding names its block.
    let mut numbered = document.clone();
    let mut places = BTreeMap::new();
    number(&mut numbered.blocks, &mut places);
    numbered.notes.iter_mut().for_each(|note| number(&mut note.blocks, &mut places));
    let written = crate::encode(&numbered, format, &options)?;
    let name = format.row().name;
    if !format.row().reads() {
        let mut trip = shown(&numbered, name, &written.value, &written.diagnostics, &options)?;
        trip.differences.iter_mut().for_each(|difference| restore(&mut difference.at, &places));
        trip.bytes = written.value;
        return Ok((trip, None));
    }
    // A text that was just written is in the encoding that was asked for, however little of it there is to tell.
    options.encoding = Some(if format == Format::Text { options.text.encoding } else { Encoding::Utf8 });
    // And each of its lines is a whole, unless it was wrapped.
    if format == Format::Text && options.text.wrap.is_none() {
        options.lines = LineMode::Keep;
    }
    let back = crate::decode(&written.value, format, &options)?;
    let (one, two) = (normal::same(&numbered), normal::same(&back.value));
    let said = Said { there: &written.diagnostics, back: &back.diagnostics };
    let mut compared = compare(&form::units(&one), &form::units(&two), &said);
    compared.differences.iter_mut().for_each(|difference| restore(&mut difference.at, &places));
    let trip = Trip {
        formats: vec![name],
        characters: compared.characters,
        blocks: Some(compared.blocks),
        roles: Some(compared.roles),
        differences: compared.differences,
        bytes: written.value,
    };
    Ok((trip, Some(back.value)))
}

/// Gives every block a line number of its own; `places` remembers where it really stood.
fn number(blocks: &mut [Block], places: &mut BTreeMap<u32, Location>) {
    for block in blocks {
        let line = u32::try_from(places.len() + 1).unwrap_or(u32::MAX);
        places.insert(line, std::mem::replace(&mut block.origin.at, Location::line(line)));
        match &mut block.kind {
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| number(&mut item.blocks, places)),
            BlockKind::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| number(&mut cell.blocks, places));
            }
            BlockKind::Quote(blocks) => number(blocks, places),
            BlockKind::Paragraph(_)
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => {}
        }
    }
}

fn restore(at: &mut Location, places: &BTreeMap<u32, Location>) {
    if let Location::Lines { first, .. } = at
        && let Some(place) = places.get(first)
    {
        *at = place.clone();
    }
}

/// A journey into a format that is only written: the text that a reader extracts.
fn shown(
    document: &Document,
    name: &'static str,
    bytes: &[u8],
    findings: &[Diagnostic],
    options: &Options,
) -> Result<Trip> {
    let Some(extracted) = crate::encode::pdf::text(bytes) else {
        return Err(Error::Encoder { format: name, message: message!("no text can be read from it") });
    };
    let mut silent = crate::diagnostic::Diagnostics::default();
    // A title that is only a property is printed.
    let document = &*crate::with_title(Cow::Borrowed(document), &mut silent);
    let pages = crate::layout::layout(document, options, &mut silent);
    let (mut source, mut printed) = (String::new(), String::new());
    for page in &pages.pages {
        for line in page.lines.iter().chain(&page.numbers) {
            source.push_str(&line.source());
            printed.push_str(&line.text());
        }
        // What a picture shows is described in the file, and not printed.
        source.extend(page.figures.iter().map(|figure| figure.alt.as_str()));
    }
    let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
    let wanted = visible(&form::characters(document));
    let reported: String = findings
        .iter()
        .filter(|finding| finding.kind > Kind::Inferred)
        .map(|finding| finding.text.as_str())
        .collect();
    let mut differences = Vec::new();
    let mut differ = |what: Message, one: Vec<char>, two: &[char]| {
        let (before, after) =
            compare::excerpts(&one.iter().collect::<String>(), &two.iter().collect::<String>());
        differences.push(Difference {
            at: Location::Whole,
            what: What::Text,
            before: vec![Line::new(Some(what), before)],
            after: vec![Line::new(None, after)],
            declared: None,
        });
    };
    // Notes stand at the foot of their pages: the characters are those of the document, their order is the pages'.
    let mut missing = missing(&wanted, &visible(&source));
    let lost = missing.len();
    let undeclared = self::missing(&missing, &visible(&reported));
    if !undeclared.is_empty() {
        missing = undeclared;
        differ(message!("not on the pages"), missing, &[]);
    }
    let (printed, extracted) = (visible(&printed), visible(&extracted));
    if printed != extracted {
        differ(message!("not as the pages show it"), printed, &extracted);
    }
    Ok(Trip {
        formats: vec![name],
        characters: Kept { kept: wanted.len() - lost, total: wanted.len() },
        blocks: None,
        roles: None,
        differences,
        bytes: Vec::new(),
    })
}

/// The characters of `wanted` that are not in `got`, each as often as it is missing.
fn missing(wanted: &[char], got: &[char]) -> Vec<char> {
    let mut there: BTreeMap<char, usize> = BTreeMap::new();
    got.iter().for_each(|c| *there.entry(*c).or_default() += 1);
    let mut missing = Vec::new();
    for c in wanted {
        match there.get_mut(c).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => missing.push(*c),
        }
    }
    missing
}

/// Options under which trees can be compared: nothing is recognised that the file does not say.
pub fn as_stated(options: &Options) -> Options {
    let mut options = options.clone();
    options.structure = Structure::Keep;
    options
}

#[cfg(test)]
mod tests;
