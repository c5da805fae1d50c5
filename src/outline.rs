//! The outline: what every paragraph was recognised as, and by which rule.

use std::collections::{HashMap, VecDeque};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Kind, OF_NO_ROLE};
use crate::message::Language;
use crate::message::table::{width, width_of};
use crate::tree::{Block, BlockKind, Document, InlinePoint, Location, Paragraph, Role};

/// One paragraph of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Its text; the lines of a title are parted by `\n`.
    pub text: String,
    /// What it is, in the coarse names that tools compare by: title, subtitle, meta, salutation, heading,
    /// point, closing, signature, date, attachment, boilerplate, body.
    pub role: &'static str,
    /// Level of a heading or point, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// First line in the source, or number of the paragraph in its part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Last line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// The marker, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The run-in heading, its marker included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// The points inside it (`一是…；二是…`), each from its marker on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
    /// The role by its full name ([`Role::name`]), or the sort of block for text that is no paragraph.
    pub kind: &'static str,
    /// The rule that decided; [`STATED`] where the source did, [`PLAIN`] where nothing speaks for another role than
    /// that of running text.
    pub rule: &'static str,
}

/// The rule of what the source states itself.
pub const STATED: &str = "stated";

/// The rule of running text.
pub const PLAIN: &str = "plain";

/// Every paragraph of `document` in reading order, those of lists, tables, quotes and notes too.
/// `diagnostics` are those of the passes that made the tree; they name the rules.
pub fn units(document: &Document, diagnostics: &[Diagnostic]) -> Vec<Unit> {
    let mut rules = Rules::new(diagnostics);
    let mut units = Vec::new();
    walk(&document.blocks, &mut rules, "", &mut units);
    for note in &document.notes {
        walk(&note.blocks, &mut rules, "note", &mut units);
    }
    units
}

/// What decided, by place and words.
struct Rules<'a> {
    placed: Vec<Rule<'a>>,
    /// The rules of paragraphs without a place, in the order of the document, by the first words of each.
    unplaced: HashMap<&'a str, VecDeque<&'static str>>,
    /// Characters of the longest of these.
    longest: usize,
}

/// What decided at a place, and the first words of the paragraph.
struct Rule<'a> {
    at: Location,
    text: &'a str,
    code: &'static str,
}

impl<'a> Rules<'a> {
    fn new(diagnostics: &'a [Diagnostic]) -> Self {
        let mut rules = Self { placed: Vec::new(), unplaced: HashMap::new(), longest: 0 };
        let inferred =
            |finding: &&Diagnostic| finding.kind == Kind::Inferred && !OF_NO_ROLE.contains(&finding.code);
        for finding in diagnostics.iter().filter(inferred) {
            let (text, code) = (finding.text.as_str(), finding.code);
            if finding.at == Location::Whole {
                rules.longest = rules.longest.max(text.chars().count());
                rules.unplaced.entry(text).or_default().push_back(code);
            } else {
                rules.placed.push(Rule { at: first_line(&finding.at), text, code });
            }
        }
        rules.placed.sort_by(|a, b| a.at.cmp(&b.at));
        rules
    }

    /// The rule that decided a paragraph: the last of those at its place that names its words. The pieces of a paragraph
    /// that was split share one place. Of those without a place the first that has its words and decided none before.
    fn of(&mut self, at: &Location, text: &str) -> Option<&'static str> {
        if *at == Location::Whole {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            let ends: Vec<usize> = ends.skip(1).take(self.longest).collect();
            return ends.into_iter().rev().find_map(|end| self.unplaced.get_mut(&text[..end])?.pop_front());
        }
        let at = first_line(at);
        let start = self.placed.partition_point(|rule| rule.at < at);
        let here = self.placed[start..].iter().take_while(|rule| rule.at == at);
        here.filter(|rule| text.starts_with(rule.text)).last().map(|rule| rule.code)
    }
}

fn walk(blocks: &[Block], rules: &mut Rules, within: &'static str, units: &mut Vec<Unit>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => units.push(unit(block, paragraph, rules, within)),
            BlockKind::List(list) => {
                for item in &list.items {
                    walk(&item.blocks, rules, or(within, "list"), units);
                }
            }
            BlockKind::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    walk(&cell.blocks, rules, "table", units);
                }
            }
            BlockKind::Quote(blocks) => walk(blocks, rules, or(within, "quote"), units),
            BlockKind::Code(code) => units.push(plain(block, code.text.trim_end().to_owned(), "code")),
            BlockKind::Image(image) => units.push(plain(block, image.alt.clone(), "image")),
            BlockKind::Raw(text) => units.push(plain(block, text.trim_end().to_owned(), "raw")),
            BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }
}

fn or(within: &'static str, kind: &'static str) -> &'static str {
    if within.is_empty() { kind } else { within }
}

fn unit(block: &Block, paragraph: &Paragraph, rules: &mut Rules, within: &'static str) -> Unit {
    let text = paragraph.text();
    let role = if within == "table" { "body" } else { coarse(paragraph.role) };
    let kind = if within.is_empty() || paragraph.role != Role::Body { paragraph.role.name() } else { within };
    let (line, end) = place(&block.origin.at);
    let rule = rules
        .of(&block.origin.at, &text)
        .filter(|_| paragraph.role != Role::Body || within.is_empty())
        .unwrap_or(if paragraph.role == Role::Body { PLAIN } else { STATED });
    Unit {
        role,
        level: paragraph.role.level(),
        line,
        end,
        marker: paragraph.marker.as_ref().map(|marker| marker.text.clone()),
        lead: paragraph.lead.map(|lead| text.chars().take(lead.end).collect()),
        points: points(&text, &paragraph.points),
        kind,
        rule,
        text,
    }
}

fn points(text: &str, points: &[InlinePoint]) -> Vec<String> {
    let starts: Vec<usize> = match points {
        [] => return Vec::new(),
        _ => text.char_indices().map(|(at, _)| at).chain([text.len()]).collect(),
    };
    let at = |character: usize| starts[character.min(starts.len() - 1)];
    points.iter().map(|point| text[at(point.start)..at(point.end.max(point.start))].to_owned()).collect()
}

fn plain(block: &Block, text: String, kind: &'static str) -> Unit {
    let (line, end) = place(&block.origin.at);
    Unit {
        text,
        role: "body",
        level: None,
        line,
        end,
        marker: None,
        lead: None,
        points: Vec::new(),
        kind,
        rule: STATED,
    }
}

/// The place without its last line: a paragraph may have taken in the lines below the one that was judged.
fn first_line(at: &Location) -> Location {
    match at {
        Location::Lines { first, .. } => Location::line(*first),
        Location::Whole | Location::Spot { .. } | Location::Part { .. } => at.clone(),
    }
}

fn place(at: &Location) -> (Option<u32>, Option<u32>) {
    match at {
        Location::Lines { first, last } => (Some(*first), Some(*last)),
        Location::Part { paragraph, .. } => (Some(*paragraph), Some(*paragraph)),
        Location::Whole | Location::Spot { .. } => (None, None),
    }
}

/// The coarse name of a role.
fn coarse(role: Role) -> &'static str {
    match role {
        Role::Title => "title",
        Role::Subtitle => "subtitle",
        Role::Marking
        | Role::DocumentNumber
        | Role::Occasion
        | Role::Date
        | Role::Byline
        | Role::Remark
        | Role::CopyTo => "meta",
        Role::Recipient | Role::Salutation => "salutation",
        Role::Heading(_) => "heading",
        Role::Point(_) => "point",
        Role::Body | Role::Caption | Role::Attendance => "body",
        Role::Closing => "closing",
        Role::Signature => "signature",
        Role::SigningDate => "date",
        Role::AttachmentNote | Role::AttachmentLabel => "attachment",
        Role::Boilerplate => "boilerplate",
    }
}

/// Columns of text that a line of [`render`] shows at most.
const EXCERPT: usize = 48;

/// Columns of a marker that it shows at most.
const WIDEST_MARKER: usize = 12;

/// The outline for people: a line per paragraph with its line number, role, level, marker, first words
/// and the rule that decided. Paragraphs are indented under the headings they belong to; columns are
/// aligned by display width.
pub fn render(units: &[Unit], language: Language) -> String {
    let numbers: Vec<String> = units.iter().map(number).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| width(text)).max().unwrap_or(0);
    let names: Vec<String> = units
        .iter()
        .map(|unit| match unit.level {
            Some(level) => format!("{} {level}", kind(unit.kind, language)),
            None => kind(unit.kind, language),
        })
        .collect();
    let markers: Vec<String> = units
        .iter()
        .map(|unit| excerpt(unit.marker.as_deref().unwrap_or_default().trim_end(), WIDEST_MARKER))
        .collect();
    let (first, second, third) = (widest(&numbers), widest(&names), widest(&markers));
    let mut depth = 0usize;
    let mut out = String::new();
    for (index, unit) in units.iter().enumerate() {
        let own = match (unit.role, unit.level) {
            ("heading", Some(level)) => {
                depth = usize::from(level);
                depth.saturating_sub(1)
            }
            ("title", _) => {
                depth = 0;
                0
            }
            ("body" | "point", _) => depth,
            _ => 0,
        };
        let own = own.min(8);
        pad(&mut out, &numbers[index], first, true);
        out.push_str("  ");
        pad(&mut out, &names[index], second, false);
        out.push_str("  ");
        if third > 0 {
            pad(&mut out, &markers[index], third, false);
            out.push_str("  ");
        }
        let words = unit.marker.as_deref().and_then(|marker| unit.text.strip_prefix(marker));
        let mut text = "  ".repeat(own);
        text.push_str(&excerpt(words.unwrap_or(&unit.text), EXCERPT - 2 * own));
        pad(&mut out, &text, EXCERPT, false);
        out.push_str("  ");
        out.push_str(unit.rule);
        out.push('\n');
    }
    out
}

/// Sorts of blocks and places that are no role, with the sentence under which their names in other languages stand.
const BLOCKS: [(&str, &str); 7] = [
    ("list", "a list"),
    ("table", "a table"),
    ("quote", "a quotation"),
    ("code", "program text"),
    ("image", "a picture"),
    ("raw", "markup"),
    ("note", "a footnote"),
];

/// The name of a kind for people.
fn kind(name: &'static str, language: Language) -> String {
    if let Some(role) = Role::from_name(name) {
        return role.message().in_language(language);
    }
    let sentence =
        BLOCKS.iter().find(|(known, _)| *known == name).and_then(|(_, key)| language.sentence(key));
    sentence.unwrap_or(name).to_owned()
}

fn number(unit: &Unit) -> String {
    match (unit.line, unit.end) {
        (Some(line), Some(end)) if end > line => format!("{line}-{end}"),
        (Some(line), _) => line.to_string(),
        (None, _) => String::new(),
    }
}

fn pad(out: &mut String, text: &str, to: usize, right: bool) {
    let blanks = " ".repeat(to.saturating_sub(width(text)));
    if right {
        out.push_str(&blanks);
        out.push_str(text);
    } else {
        out.push_str(text);
        out.push_str(&blanks);
    }
}

/// The first words of a text, breaks as a stroke, cut to `most` columns.
fn excerpt(text: &str, most: usize) -> String {
    let mut short = String::new();
    let mut used = 0usize;
    for c in text.chars() {
        let c = match c {
            '\n' => '⏎',
            '\t' => ' ',
            c => c,
        };
        used += width_of(c);
        if used + 1 > most {
            short.push('…');
            break;
        }
        short.push(c);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_in_chinese() {
        for name in Role::EACH.map(Role::name).into_iter().chain(BLOCKS.map(|(name, _)| name)) {
            assert!(kind(name, Language::Chinese).chars().all(|c| c > '\u{2E80}'), "{name}");
            assert_eq!(kind(name, Language::English), name);
        }
    }
    use crate::diagnostic::Diagnostics;
    use crate::tree::{Cell, Inline, Lead, Marker, Note, Origin, Row, Scheme, Table};

    fn paragraph(role: Role, text: &str, line: u32) -> Block {
        Block {
            kind: BlockKind::Paragraph(Paragraph::new(role, vec![Inline::Text(text.to_owned())])),
            origin: Origin::at(Location::line(line)),
        }
    }

    fn report() -> (Document, Vec<Diagnostic>) {
        let mut point = paragraph(Role::Point(2), "第一，要快。一是细；二是实。", 4);
        if let BlockKind::Paragraph(paragraph) = &mut point.kind {
            paragraph.marker =
                Some(Marker { scheme: Scheme::Ordinal, value: vec![1], text: "第一，".to_owned() });
            paragraph.points = vec![
                InlinePoint { start: 6, end: 10, scheme: Scheme::Is, value: 1 },
                InlinePoint { start: 10, end: 14, scheme: Scheme::Is, value: 2 },
            ];
            paragraph.lead = Some(Lead { end: 6, level: 2 });
        }
        let table = Table {
            rows: vec![Row::new(vec![Cell::new(vec![paragraph(Role::Body, "单元", 6)])])],
            ..Table::default()
        };
        let document = Document {
            blocks: vec![
                paragraph(Role::Title, "关于工作的\n报告", 1),
                paragraph(Role::DocumentNumber, "某发〔2026〕1号", 2),
                paragraph(Role::Heading(1), "一、情况", 3),
                point,
                Block { kind: BlockKind::Rule, origin: Origin::default() },
                Block { kind: BlockKind::Table(table), origin: Origin::default() },
            ],
            notes: vec![Note::foot("1", vec![paragraph(Role::Body, "注", 9)])],
            ..Document::default()
        };
        let mut diagnostics = Diagnostics::default();
        diagnostics.report(
            Kind::Substituted,
            "line-end-crlf",
            Location::line(3),
            crate::Message::verbatim(""),
        );
        diagnostics.report(Kind::Inferred, "prose-point", Location::line(4), crate::Message::verbatim(""));
        diagnostics.report(
            Kind::Inferred,
            "numbered-heading",
            Location::line(3),
            crate::Message::verbatim(""),
        );
        (document, diagnostics.into_vec())
    }

    #[test]
    fn every_paragraph_is_a_unit() {
        let (document, diagnostics) = report();
        let units = units(&document, &diagnostics);
        let seen: Vec<_> =
            units.iter().map(|unit| (unit.role, unit.kind, unit.level, unit.line, unit.rule)).collect();
        assert_eq!(
            seen,
            [
                ("title", "title", None, Some(1), STATED),
                ("meta", "document-number", None, Some(2), STATED),
                ("heading", "heading", Some(1), Some(3), "numbered-heading"),
                ("point", "point", Some(2), Some(4), "prose-point"),
                ("body", "table", None, Some(6), PLAIN),
                ("body", "note", None, Some(9), PLAIN),
            ]
        );
        assert_eq!(units[3].lead.as_deref(), Some("第一，要快。"));
        assert_eq!(units[3].marker.as_deref(), Some("第一，"));
        assert_eq!(units[3].points, ["一是细；", "二是实。"]);
    }

    #[test]
    fn paragraphs_without_a_place_are_told_by_their_words() {
        let whole = |role, text: &str| Block { origin: Origin::default(), ..paragraph(role, text, 1) };
        let document = Document {
            blocks: vec![
                whole(Role::Title, "通知"),
                whole(Role::Recipient, "各科室："),
                whole(Role::Heading(1), "一、范围"),
                whole(Role::Body, "通知全体。"),
                whole(Role::Heading(1), "一、范围"),
            ],
            ..Document::default()
        };
        let mut diagnostics = Diagnostics::default();
        let mut say = |code, text| {
            diagnostics.report_text(
                Kind::Inferred,
                code,
                Location::Whole,
                crate::Message::verbatim(""),
                text,
            );
        };
        say("encoding-recognised", "");
        say("title", "通知");
        say("recipient", "各科室：");
        say("numbered-heading", "一、范围");
        say("corrected", "一、范围");
        let found = units(&document, &diagnostics.into_vec());
        let rules: Vec<_> = found.iter().map(|unit| unit.rule).collect();
        assert_eq!(rules, ["title", "recipient", "numbered-heading", PLAIN, "corrected"]);
    }

    #[test]
    fn what_is_inferred_of_no_role_is_no_rule() {
        let document =
            Document { blocks: vec![paragraph(Role::Body, "要实。", 1)], ..Document::default() };
        for code in OF_NO_ROLE {
            let mut diagnostics = Diagnostics::default();
            diagnostics.report(Kind::Inferred, code, Location::line(1), crate::Message::verbatim(""));
            assert_eq!(units(&document, &diagnostics.into_vec())[0].rule, PLAIN, "{code}");
        }
    }

    #[test]
    fn the_json_has_no_empty_keys() {
        let (document, diagnostics) = report();
        let json = serde_json::to_string(&units(&document, &diagnostics)[1]).unwrap();
        assert_eq!(
            json,
            r#"{"text":"某发〔2026〕1号","role":"meta","line":2,"end":2,"kind":"document-number","rule":"stated"}"#
        );
    }

    #[test]
    fn the_human_form_is_aligned_by_display_width() {
        let (document, diagnostics) = report();
        let text = render(&units(&document, &diagnostics), Language::English);
        let expected = "\
1  title                    关于工作的⏎报告                                   stated
2  document-number          某发〔2026〕1号                                   stated
3  heading 1                一、情况                                          numbered-heading
4  point 2          第一，    要快。一是细；二是实。                          prose-point
6  table                      单元                                            plain
9  note                       注                                              plain
";
        assert_eq!(text, expected);
        assert!(excerpt(&"汉".repeat(40), 20).ends_with('…'));
    }
}
