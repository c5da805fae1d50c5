//! Marks of Markdown in a plain text, as it is copied from a program that writes for people: `### 标题`, `**重点**`, `---`.
//!
//! They are taken for what they say where several of them stand among Chinese lines; what only draws them is reported.

use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::{
    Block, BlockKind, Document, Inline, InlineStyle, Location, Paragraph, Role, is_ideograph, push_inlines,
};

use super::gathered::Line;
use super::marker;
use super::phrase::is_titled;

/// So many lines with marks are no accident.
const FEWEST: usize = 2;

/// A rule so near the beginning or the end parts the text from an answer round it.
const EDGE: usize = 2;

/// The strong mark.
const STRONG: &str = "**";

/// What the marks of a line say.
#[derive(Default)]
struct Marked<'a> {
    /// The level of a heading.
    level: Option<u8>,
    /// Its text in pieces, and which of them are strong.
    pieces: Vec<(&'a str, bool)>,
    /// It only draws a rule.
    rule: bool,
}

/// Takes the marks off the lines of a plain text and reports them.
pub(crate) fn take(document: &mut Document, diagnostics: &mut Diagnostics) {
    let Some(headings) = Headings::of(&document.blocks) else { return };
    let mut drawn = String::new();
    let mut lines: Option<(u32, u32)> = None;
    let mut count = 0usize;
    let is_heading = |block: &Block| {
        let line = Line::of(block);
        headings.are_meant && line.is_some_and(|line| level(line.text).is_some())
    };
    let heads: Vec<bool> = document.blocks.iter().map(is_heading).collect();
    if let Some(first) = document.blocks.first_mut()
        && headings.are_below(first)
        && let BlockKind::Paragraph(title) = &mut first.kind
    {
        title.role = Role::Title;
    }
    let mut at = 0;
    document.blocks.retain_mut(|block| {
        // A rule beside a heading, or that parts the text from what stands round it, only draws it. Within the edges one
        // stands between two blocks.
        let is_edge = at < EDGE || at + EDGE >= heads.len() || heads[at - 1] || heads[at + 1];
        at += 1;
        let Some(text) = Line::of(block).map(|line| line.text.to_owned()) else { return true };
        let Some(marked) = read(&text, headings.are_meant) else { return true };
        if let Location::Lines { first, last } = block.origin.at {
            lines = Some((lines.map_or(first, |(first, _)| first), last));
        }
        count += 1;
        let content = if marked.rule { Vec::new() } else { content(&text, &marked) };
        let bare: Vec<char> = content.iter().flat_map(words).collect();
        let mut left = bare.iter().peekable();
        for c in text.chars() {
            // Blanks count where the lines were those of a program.
            if c.is_whitespace() || left.next_if_eq(&&c).is_none() {
                drawn.push(c);
            }
        }
        block.origin.appearance.bold |= matches!(marked.pieces.as_slice(), [(_, true)]);
        let role = marked.level.map_or(Role::Body, |level| headings.role(level, &bare));
        block.kind = match marked.rule {
            true => BlockKind::Rule,
            false => BlockKind::Paragraph(Paragraph::new(role, content)),
        };
        !(marked.rule && is_edge)
    });
    if let Some((first, last)) = lines {
        let at = Location::Lines { first, last };
        let message = message!(
            "marks of Markdown (#, **, ---) in a text are taken for what they say: {count} lines",
            count
        );
        diagnostics.report_text(Kind::Substituted, "marks-as-form", at, message, drawn);
    }
}

/// The characters of a piece, without blanks.
fn words(inline: &Inline) -> Vec<char> {
    let mut text = String::new();
    push_inlines(std::slice::from_ref(inline), &mut text);
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What the lines with number signs are.
struct Headings {
    /// They are headings, and no remarks of a program.
    are_meant: bool,
    /// The level of the uppermost.
    top: u8,
    /// The first of them alone has that level: it is the title.
    titled: bool,
}

impl Headings {
    /// `None` where no marks are meant: several lines have them, among lines most of which are Chinese.
    fn of(blocks: &[Block]) -> Option<Self> {
        let lines = || blocks.iter().filter_map(Line::of);
        // Nearly all texts have none.
        let may_have = |text: &str| text.starts_with('#') || text.contains(STRONG);
        if !lines().any(|line| may_have(line.text)) {
            return None;
        }
        let worded: Vec<&str> =
            lines().map(|line| line.text).filter(|text| text.chars().any(char::is_alphanumeric)).collect();
        let chinese = worded.iter().filter(|text| text.contains(is_ideograph)).count();
        if chinese * 3 < worded.len() * 2 || worded.iter().any(|text| text.starts_with("```")) {
            return None;
        }
        let signed: Vec<(usize, &str)> =
            worded.iter().copied().enumerate().filter(|(_, text)| text.starts_with('#')).collect();
        let over_text = |at: usize| worded.get(at + 1).is_none_or(|below| below.contains(is_ideograph));
        let heads = |(at, text): &(usize, &str)| level(text).is_some() && over_text(*at);
        let levels: Vec<u8> = signed.iter().filter_map(|(_, text)| level(text)).collect();
        let top = levels.iter().copied().min().unwrap_or(1);
        let tops = levels.iter().filter(|level| **level == top).count();
        // Number signs before most lines, or one sign before lines that are all alike, are those of a program's remarks.
        let are_meant = signed.iter().all(heads)
            && signed.len() * 2 <= worded.len()
            && (levels.iter().any(|level| *level > 1)
                || signed.iter().all(|(at, _)| {
                    worded.get(at + 1).is_some_and(|below| below.ends_with(['。', '：', '；', '！', '？']))
                }));
        let leads = signed.first().is_some_and(|(at, _)| *at == 0);
        let titled = are_meant && tops == 1 && levels.first() == Some(&top) && (leads || levels.len() > 1);
        let marked = worded.iter().filter(|text| read(text, are_meant).is_some()).count();
        (marked >= FEWEST).then_some(Self { are_meant, top, titled })
    }

    /// Whether the first block is their title: none is among them, and it is one by its words.
    fn are_below(&self, first: &Block) -> bool {
        let is_title = |line: Line| read(line.text, true).is_none() && is_titled(line.text);
        self.are_meant && !self.titled && Line::of(first).is_some_and(is_title)
    }

    /// What a line with so many number signs is. Numbers speak for themselves, and so does who is addressed.
    fn role(&self, level: u8, text: &[char]) -> Role {
        let numbered = marker::scan(text).is_some_and(|marker| !marker.weak);
        match level - self.top {
            0 if self.titled => Role::Title,
            _ if numbered || text.ends_with(&['：']) => Role::Body,
            below => Role::Heading(below + u8::from(!self.titled)),
        }
    }
}

/// The level of a heading: number signs, a blank, and words in Chinese or a number, no sentence.
fn level(text: &str) -> Option<u8> {
    let bare = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - bare.len()).ok().filter(|level| (1..=6).contains(level))?;
    let words: Vec<char> = bare.strip_prefix(' ')?.trim().chars().filter(|c| *c != '*').collect();
    let begins = words.first().is_some_and(|c| is_ideograph(*c) || "“《（【".contains(*c));
    let numbered = || marker::scan(&words).is_some_and(|marker| !marker.weak);
    let ends = words.last().is_some_and(|c| "。；，#{;".contains(*c));
    ((begins || numbered()) && words.iter().any(|c| is_ideograph(*c)) && !ends).then_some(level)
}

/// What the marks of a line say, number signs where they are `meant`; `None` where it has none.
fn read(text: &str, meant: bool) -> Option<Marked<'_>> {
    let is_rule = ["---", "***", "___"].iter().any(|rule| text.trim() == *rule);
    if is_rule {
        return Some(Marked { rule: true, ..Marked::default() });
    }
    let level = level(text).filter(|_| meant);
    let text = if level.is_some() { text.trim_start_matches('#').trim_start() } else { text };
    let pieces = pieces(text);
    let is_strong = pieces.iter().any(|(_, strong)| *strong);
    (level.is_some() || is_strong).then_some(Marked { level, pieces, rule: false })
}

/// A text between its strong marks; all of it where they may be stars: of names and numbers that are hidden, of notes, of
/// powers.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let parts: Vec<&str> = text.split(STRONG).collect();
    let is_meant = |at: usize| {
        let (before, part) = (parts[at - 1], parts[at]);
        let (first, last) = (part.chars().next(), part.chars().next_back());
        let begins = first.is_some_and(|c| c.is_alphanumeric() || "“《（(【①".contains(c));
        let ends = last.is_some_and(|c| !c.is_whitespace() && c != '、');
        // A clause and more is strong at the beginning alone.
        let whole = leads(before) || !part.contains(['，', '；']);
        let name =
            before.chars().rev().take_while(|c| is_ideograph(*c) && !"和与及、".contains(*c)).count() == 1;
        let power = before.ends_with(|c: char| c.is_ascii_alphanumeric());
        begins && ends && whole && !(power || name && !before.trim_end().is_empty())
    };
    let escaped = text.contains("***") || text.contains("\\*");
    if parts.len().is_multiple_of(2) || escaped || !(1..parts.len()).step_by(2).all(is_meant) {
        return vec![(text, false)];
    }
    let pieces = parts.iter().enumerate().map(|(at, part)| (*part, at % 2 == 1));
    pieces.filter(|(part, _)| !part.is_empty()).collect()
}

/// Whether nothing but a number stands before what is strong.
fn leads(before: &str) -> bool {
    let count = before.chars().count();
    let numbered: Vec<char> = before.chars().chain(['文']).collect();
    !before.contains(char::is_alphabetic)
        || marker::scan(&numbered).is_some_and(|marker| marker.length >= count)
}

/// The text as it is without its marks. What is strong as a whole, or leads a heading or an item, is set by what it is.
fn content(text: &str, marked: &Marked) -> Vec<Inline> {
    let is_row = text.starts_with('|');
    let mut content = Vec::new();
    let mut before = String::new();
    for (at, (piece, strong)) in marked.pieces.iter().enumerate() {
        let leads = leads(&before);
        // A blank that parted the mark from the words behind it.
        let below_lead = at > 0 && before.ends_with(['。', '：', '；']);
        let piece = if below_lead { piece.trim_start() } else { piece };
        before.push_str(piece);
        if *strong && !leads && !is_row && marked.level.is_none() {
            content.push(Inline::Styled(InlineStyle::Strong, vec![Inline::Text(piece.to_owned())]));
        } else if let Some(Inline::Text(text)) = content.last_mut() {
            text.push_str(piece);
        } else {
            content.push(Inline::Text(piece.to_owned()));
        }
    }
    content
}
