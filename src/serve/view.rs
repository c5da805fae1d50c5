//! What the page shows of a document, as JSON.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use banshi::correction::QUOTED;
use banshi::diagnostic::Kind;
use banshi::message::Language;
use banshi::options::Structure;
use banshi::tree::{Block, BlockKind, Document, Location, Paragraph, Role};
use banshi::{Diagnostic, Error, Message, Options, PagePicture, Pictures, message};
use serde_json::{Value, json};

use super::session::Entry;

/// A document as it stands, or why it can't be read; and its pages.
pub(super) fn view(id: u64, entry: &Entry) -> (Value, Arc<Pictures>) {
    let mut view = json!({
        "id": id,
        "name": entry.name,
        "format": entry.from.to_string(),
        "settings": entry.settings,
    });
    let read = entry.options().map_err(
        |refused| json!({ "code": "settings", "path": refused.path, "said": said(&refused.message) }),
    );
    let read = read.and_then(|options| {
        let decoded = banshi::decode(&entry.bytes, entry.from, &options).map_err(|error| trouble(&error))?;
        Ok((options, decoded))
    });
    let (options, decoded) = match read {
        Ok(read) => read,
        Err(error) => {
            view["error"] = error;
            return (view, Arc::default());
        }
    };
    let document = decoded.value;
    let pictures = match banshi::page_pictures(&document, &options) {
        Ok(pictures) => pictures,
        Err(error) => {
            view["error"] = trouble(&error);
            return (view, Arc::default());
        }
    };
    let mut findings = decoded.diagnostics;
    view["units"] = units(entry, &options, &document, &findings);
    view["fields"] = fields(&document);
    findings.extend(pictures.diagnostics);
    view["findings"] = findings.iter().map(finding).collect();
    view["pages"] = pictures.value.pages.iter().map(|page| json!(hash(page))).collect();
    (view, Arc::new(pictures.value))
}

/// Tells a page from what it was before.
fn hash(page: &PagePicture) -> String {
    let mut hasher = DefaultHasher::new();
    page.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// What is inferred and yet said.
const SAID: [&str; 3] = ["emphasis-beside-mark", "empty-source", "damaged-before"];

/// What any text from Windows has, and what any document without those faces at hand has.
const ORDINARY: [&str; 2] = ["line-end-crlf", "face-substituted"];

/// True for what its reader may want to see.
pub(super) fn is_weighty(finding: &Diagnostic) -> bool {
    match finding.kind {
        Kind::Inferred => SAID.contains(&finding.code),
        Kind::Noticed | Kind::Substituted | Kind::Dropped => !ORDINARY.contains(&finding.code),
        // Said in one sentence of all.
        Kind::LeftOut => false,
    }
}

fn finding(finding: &Diagnostic) -> Value {
    json!({
        "kind": finding.kind.name(),
        "weighty": is_weighty(finding),
        "code": finding.code,
        "at": finding.at.to_string(),
        "place": place(&finding.at).as_ref().map(said),
        "number": match finding.at {
            Location::Spot { line, .. } => Some(line),
            Location::Whole | Location::Lines { .. } | Location::Part { .. } => number(&finding.at),
        },
        "said": said(&finding.message),
        "text": finding.text,
    })
}

/// A sentence in the languages of the page.
pub(super) fn said(message: &Message) -> Value {
    json!({ "zh": message.in_language(Language::Chinese), "en": message.in_language(Language::English) })
}

/// Where something is, for people; nothing for the whole document.
pub(super) fn place(at: &Location) -> Option<Message> {
    Some(match at {
        Location::Whole => return None,
        Location::Spot { line, column } => {
            message!("line {line}, character {column}", line = *line, column = *column)
        }
        Location::Lines { .. } => message!("line {line}", line = at.message()),
        Location::Part { paragraph, .. } => message!("paragraph {paragraph}", paragraph = *paragraph),
    })
}

/// An error with what the page needs to word it.
fn trouble(error: &Error) -> Value {
    let (code, line) = match error {
        Error::Encoding { line, .. } => ("encoding", Some(*line)),
        Error::UnknownEncoding { .. } => ("unknown-encoding", None),
        Error::NotText { .. } => ("not-text", None),
        Error::Malformed { .. } => ("malformed", None),
        Error::Limit { .. } => ("too-large", None),
        _ => ("other", None),
    };
    json!({ "code": code, "line": line, "said": said(&error.message()) })
}

/// The head of the document as it was recognised.
fn fields(document: &Document) -> Value {
    let first = |wanted: Role| {
        let mut paragraphs = document.blocks.iter().filter_map(Block::paragraph);
        paragraphs.find(|paragraph| paragraph.role == wanted).map(Paragraph::text)
    };
    json!({ "title": first(Role::Title), "byline": first(Role::Byline), "date": first(Role::Date) })
}

/// A paragraph of the source as corrections name it.
struct Part {
    at: u32,
    piece: u32,
    /// Its place in the text of its unit, in characters.
    start: usize,
    /// Characters of the paragraph in the source before it.
    base: usize,
    /// Its first words in the source.
    text: String,
}

impl Part {
    fn as_json(&self) -> Value {
        json!({ "at": self.at, "piece": self.piece, "start": self.start, "base": self.base, "text": self.text })
    }
}

/// The outline, each unit with the number of its paragraph on the pages and the parts of the source that it is made of.
fn units(entry: &Entry, options: &Options, document: &Document, findings: &[Diagnostic]) -> Value {
    let mut source = SourceParts::new(entry, options);
    let units = banshi::outline::units(document, findings);
    // A title that is only a property is printed first.
    let has_title = units.iter().any(|unit| unit.kind == "title");
    let mut paragraph = usize::from(!has_title && document.meta.title.is_some());
    let mut rows = Vec::with_capacity(units.len());
    let mut tops = document.blocks.iter().flat_map(|block| {
        let top = matches!(block.kind, BlockKind::Paragraph(_)).then_some(block);
        std::iter::repeat_n(top, count(block))
    });
    for unit in &units {
        let mut row = serde_json::to_value(unit).unwrap_or_default();
        row["parts"] = match tops.next().flatten() {
            Some(block) => source.of(block, &unit.text).iter().map(Part::as_json).collect(),
            None => json!([]),
        };
        let left_out = unit.kind == "boilerplate" && !options.keep_boilerplate;
        if !left_out && !unit.text.is_empty() {
            row["paragraph"] = json!(paragraph);
            paragraph += 1;
        }
        rows.push(row);
    }
    number_pieces(&mut rows);
    rows.into()
}

/// Says which piece of its paragraph a unit is, where several units are of one.
fn number_pieces(rows: &mut [Value]) {
    let first = |row: &Value| row["parts"][0]["at"].as_u64();
    let mut pieces = BTreeMap::<u64, u32>::new();
    rows.iter().filter_map(first).for_each(|at| *pieces.entry(at).or_default() += 1);
    for row in rows {
        if first(row).is_some_and(|at| pieces.get(&at).is_some_and(|count| *count > 1)) {
            row["piece"] = row["parts"][0]["piece"].clone();
        }
    }
}

/// How many units a block gives.
fn count(block: &Block) -> usize {
    let all = |blocks: &[Block]| blocks.iter().map(count).sum();
    match &block.kind {
        BlockKind::Paragraph(_) | BlockKind::Code(_) | BlockKind::Image(_) | BlockKind::Raw(_) => 1,
        BlockKind::List(list) => list.items.iter().map(|item| all(&item.blocks)).sum(),
        BlockKind::Table(table) => {
            table.rows.iter().flat_map(|row| &row.cells).map(|cell| all(&cell.blocks)).sum()
        }
        BlockKind::Quote(blocks) => all(blocks),
        BlockKind::Rule | BlockKind::PageBreak => 0,
    }
}

/// The paragraphs of the source before anything was recognised or corrected.
struct SourceParts<'a> {
    /// Texts by first line or number.
    texts: &'a BTreeMap<u32, String>,
    /// Pieces seen and characters in them, by first line or number.
    seen: BTreeMap<u32, (u32, usize)>,
}

/// The texts of the paragraphs of the source by first line or number.
fn source(entry: &Entry, options: &Options) -> BTreeMap<u32, String> {
    let mut options = options.clone();
    options.structure = Structure::Keep;
    options.corrections = banshi::correction::Corrections::default();
    let mut texts = BTreeMap::new();
    if let Ok(source) = banshi::decode(&entry.bytes, entry.from, &options) {
        for block in &source.value.blocks {
            if let (BlockKind::Paragraph(paragraph), Some(at)) = (&block.kind, number(&block.origin.at)) {
                texts.entry(at).or_insert_with(|| paragraph.text());
            }
        }
    }
    texts
}

impl<'a> SourceParts<'a> {
    fn new(entry: &'a Entry, options: &Options) -> Self {
        Self { texts: entry.source.get_or_init(|| source(entry, options)), seen: BTreeMap::new() }
    }

    /// The parts of a paragraph as it is now.
    fn of(&mut self, block: &Block, text: &str) -> Vec<Part> {
        let Some(at) = number(&block.origin.at) else { return Vec::new() };
        let last = match block.origin.at {
            Location::Lines { last, .. } => last,
            Location::Whole | Location::Spot { .. } | Location::Part { .. } => at,
        };
        let within = self.texts.range(at..=last.max(at)).map(|(line, _)| *line);
        let joined: Vec<u32> = within.filter(|line| *line > at).collect();
        let mut parts = Vec::with_capacity(1 + joined.len());
        let (piece, base) = self.seen.get(&at).copied().unwrap_or((0, 0));
        parts.push(Part { at, piece: piece + 1, start: 0, base, text: String::new() });
        let mut bytes = 0;
        for next in joined {
            let Some(own) = self.texts.get(&next).filter(|own| !own.trim().is_empty()) else { continue };
            let Some(found) = text[bytes..].find(own.as_str()) else { continue };
            bytes += found;
            let start = text[..bytes].chars().count();
            parts.push(Part { at: next, piece: 1, start, base: 0, text: String::new() });
        }
        let whole = text.chars().count();
        let ends = parts.iter().skip(1).map(|part| part.start).chain([whole]).collect::<Vec<_>>();
        for (part, end) in parts.iter_mut().zip(ends) {
            // What was filled in has other words than the source.
            let source = self.texts.get(&part.at).map_or(text, String::as_str);
            part.text = source.chars().skip(part.base).take(QUOTED.min(end - part.start)).collect();
            self.seen.insert(part.at, (part.piece, part.base + end - part.start));
        }
        parts
    }
}

fn number(at: &Location) -> Option<u32> {
    match at {
        Location::Lines { first, .. } => Some(*first),
        Location::Part { paragraph, .. } => Some(*paragraph),
        Location::Whole | Location::Spot { .. } => None,
    }
}
