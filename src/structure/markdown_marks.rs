//! Marks of Markdown in a plain text, as it is copied from a program that writes for people: `### 标题`, `**重点**`, `---`.
//!
//! They are taken for what they say where several of them stand among Chinese lines; what only draws them is reported.

use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::{Block, BlockKind, Document, Inline, InlineStyle, Location, Paragraph, is_ideograph};

use super::gathered::Line;
use super::marker;

/// So many lines with marks are no accident.
const FEWEST: usize = 2;

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

/// Takes the marks of a text off its lines and reports them.
pub(super) fn take(document: &mut Document, diagnostics: &mut Diagnostics) {
    if !is_marked(&document.blocks) {
        return;
    }
    let levels = document.blocks.iter().filter_map(Line::of).filter_map(|line| read(line.text)?.level);
    let top = levels.min().unwrap_or(1);
    let mut drawn = String::new();
    let mut first: Option<Location> = None;
    let mut count = 0usize;
    document.blocks.retain_mut(|block| {
        let Some(text) = Line::of(block).map(|line| line.text.to_owned()) else { return true };
        let Some(marked) = read(&text) else { return true };
        first.get_or_insert_with(|| block.origin.at.clone());
        count += 1;
        let content = if marked.rule { Vec::new() } else { content(&text, &marked) };
        let mut left = content.iter().flat_map(words).peekable();
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            if left.next_if_eq(&c).is_none() {
                drawn.push(c);
            }
        }
        drop(left);
        if let Some(level) = marked.level {
            let bare: Vec<char> = content.iter().flat_map(words).collect();
            // Numbers speak for themselves.
            if level == top || marker::scan(&bare).is_none_or(|marker| marker.weak) {
                block.origin.appearance.outline_level = Some(level - top + 1);
            }
        }
        block.origin.appearance.bold |= matches!(marked.pieces.as_slice(), [(_, true)]);
        block.kind = BlockKind::Paragraph(Paragraph { content, ..Paragraph::default() });
        !marked.rule
    });
    if let Some(at) = first {
        let message =
            message!("marks of Markdown in a text are taken for what they say: {count} lines", count);
        diagnostics.report_text(Kind::Substituted, "marks-as-form", at, message, drawn);
    }
}

/// The characters of a piece, without blanks.
fn words(inline: &Inline) -> Vec<char> {
    let mut text = String::new();
    crate::tree::push_inlines(std::slice::from_ref(inline), &mut text);
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether several lines have marks, among lines most of which are Chinese: a program has its own.
fn is_marked(blocks: &[Block]) -> bool {
    let lines = || blocks.iter().filter_map(Line::of);
    // Nearly all texts have none.
    if !lines().any(|line| line.text.starts_with('#') || line.text.contains(STRONG)) {
        return false;
    }
    let has_words = |line: &Line| line.text.chars().any(char::is_alphanumeric);
    let (mut marked, mut headings, mut chinese, mut all) = (0usize, 0usize, 0usize, 0usize);
    for line in lines().filter(has_words) {
        let own = read(line.text);
        headings += usize::from(own.as_ref().is_some_and(|own| own.level.is_some()));
        marked += usize::from(own.is_some());
        chinese += usize::from(line.text.contains(is_ideograph));
        all += 1;
    }
    // Number signs before most lines are those of a program's remarks.
    marked >= FEWEST && chinese * 3 >= all * 2 && headings * 2 <= all
}

/// What the marks of a line say; `None` where it has none.
fn read(text: &str) -> Option<Marked<'_>> {
    let is_rule = ["---", "***", "___"].iter().any(|rule| text.trim() == *rule);
    if is_rule {
        return Some(Marked { rule: true, ..Marked::default() });
    }
    let bare = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - bare.len()).ok().filter(|level| (1..=6).contains(level));
    let level = level.filter(|_| bare.starts_with(' ') && bare.contains(is_ideograph));
    let text = if level.is_some() { bare.trim_start() } else { text };
    let pieces = pieces(text);
    let is_strong = pieces.iter().any(|(_, strong)| *strong);
    (level.is_some() || is_strong).then_some(Marked { level, pieces, rule: false })
}

/// A text between its strong marks; all of it where they do not come in pairs, or hold no words.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let parts: Vec<&str> = text.split(STRONG).collect();
    let is_pair = |part: &&str| {
        !part.is_empty() && !part.starts_with(char::is_whitespace) && !part.ends_with(char::is_whitespace)
    };
    if parts.len().is_multiple_of(2) || !parts.iter().skip(1).step_by(2).all(is_pair) {
        return vec![(text, false)];
    }
    let pieces = parts.iter().enumerate().map(|(at, part)| (*part, at % 2 == 1));
    pieces.filter(|(part, _)| !part.is_empty()).collect()
}

/// The text as it is without its marks. What is strong as a whole, or leads a heading or an item, is set by what it is.
fn content(text: &str, marked: &Marked) -> Vec<Inline> {
    let is_row = text.starts_with('|');
    let mut content = Vec::new();
    let mut before = String::new();
    for (at, (piece, strong)) in marked.pieces.iter().enumerate() {
        let leads = before.chars().all(|c| c.is_whitespace() || !c.is_alphabetic())
            || marker::scan(&before.chars().chain(['文']).collect::<Vec<_>>())
                .is_some_and(|marker| marker.length >= before.chars().count());
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
