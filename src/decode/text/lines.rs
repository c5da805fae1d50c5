//! Text to clean lines.

use std::borrow::Cow;

use crate::charset;
use crate::diagnostic::{Diagnostics, Kind};
use crate::message::Message;
use crate::parallel;
use crate::tree::{Location, is_boxed};

/// A line without the blanks at its ends.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    /// Its number in the source, from 1.
    pub number: u32,
    /// Its characters.
    pub text: Cow<'a, str>,
    /// Blanks before it, in half em.
    pub indent: u16,
    /// Blanks after it, in half em.
    pub trailing: u16,
    /// Tabs among those, or all of them where nothing else stands there.
    pub tabs_behind: u16,
    /// Width of `text` in half em.
    pub width: usize,
    /// Characters of the whole line, its blanks included.
    pub length: usize,
    /// Set in columns, or in the frame of a page: it is as wide as it is, nobody wraps it.
    pub is_row: bool,
    /// A form feed stood before it.
    pub page_break: bool,
}

/// A sort of character that is no text: a stable name, and the sentence for so many of them.
type Cleaned = (&'static str, fn(u64) -> Message);

/// The sorts of character that are cleaned away: code, what it is.
const CLEANED: [Cleaned; 11] = [
    ("line-end-crlf", |times| message!("line ends of the form CR LF, written as LF: {times}", times)),
    ("line-end-cr", |times| message!("line ends of the form CR, written as LF: {times}", times)),
    ("line-end-unicode", |times| {
        message!("line ends U+0085, U+2028 or U+2029, written as LF: {times}", times)
    }),
    ("byte-order-mark", |times| message!("byte order marks inside the text, left out: {times}", times)),
    ("nul-removed", |times| message!("NUL characters, left out: {times}", times)),
    ("control-z-removed", |times| message!("end-of-file marks U+001A, left out: {times}", times)),
    ("zero-width-removed", |times| message!("invisible characters of no width, left out: {times}", times)),
    ("soft-hyphen-removed", |times| message!("soft hyphens, left out: {times}", times)),
    ("control-removed", |times| message!("control characters, left out: {times}", times)),
    ("form-feed", |times| message!("form feeds, kept as page breaks: {times}", times)),
    ("line-end-vertical-tab", |times| message!("line ends U+000B, written as LF: {times}", times)),
];

/// Which row of [`CLEANED`] a character belongs to, if it is no text.
fn sort_of(c: char) -> Option<usize> {
    Some(match c {
        '\u{85}' | '\u{2028}' | '\u{2029}' => 2,
        '\u{feff}' => 3,
        '\0' => 4,
        '\u{1a}' => 5,
        '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => 6,
        '\u{2060}'..='\u{2064}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => 6,
        '\u{ad}' => 7,
        '\u{c}' => FORM_FEED,
        '\u{b}' => 10,
        '\t' | '\n' | '\r' => return None,
        c if c.is_control() => 8,
        _ => return None,
    })
}

/// The bytes of UTF-8 with which the characters begin that end a line or are no text. Few characters of a text begin
/// with one of them, and only those are looked at.
const SORTED: [bool; 256] = {
    let mut table = [false; 256];
    let mut control = 0;
    while control < b' ' {
        table[control as usize] = control != b'\t';
        control += 1;
    }
    // DEL; U+0080 to U+00BF; U+061C; U+2000 to U+2FFF; U+F000 to U+FFFF.
    table[0x7F] = true;
    table[0xC2] = true;
    table[0xD8] = true;
    table[0xE2] = true;
    table[0xEF] = true;
    table
};

/// The bytes of UTF-8 with which U+4000 to U+9FFF begin, of three bytes each: nearly all characters of a text.
const IDEOGRAPHS: std::ops::RangeInclusive<u8> = 0xE4..=0xE9;

/// The row of [`CLEANED`] for form feeds.
const FORM_FEED: usize = 9;

/// The rows of [`CLEANED`] whose characters end a line.
#[cfg(test)]
const LINE_ENDS: [usize; 2] = [2, 10];

/// What a character of a text stands for.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Itself.
    Text,
    /// The end of a line.
    LineEnd,
    /// The end of a page.
    PageEnd,
    /// Nothing: it is left out and reported.
    Nothing,
}

/// What `c` is read as, which [`split`] takes apart.
#[cfg(test)]
pub(crate) fn reading(c: char) -> Reading {
    match sort_of(c) {
        _ if matches!(c, '\n' | '\r') => Reading::LineEnd,
        None => Reading::Text,
        Some(FORM_FEED) => Reading::PageEnd,
        Some(sort) if LINE_ENDS.contains(&sort) => Reading::LineEnd,
        Some(_) => Reading::Nothing,
    }
}

/// The characters of one sort that were met.
#[derive(Debug, Clone, Default)]
struct Found {
    times: u64,
    /// Lines of the first and the last of them.
    lines: (u32, u32),
    /// The characters, where they are no plain line ends and no page breaks.
    text: String,
}

impl Found {
    fn add(&mut self, line: u32, c: Option<char>) {
        if self.times == 0 {
            self.lines.0 = line;
        }
        self.lines.1 = line;
        self.times += 1;
        self.text.extend(c);
    }

    /// Takes in what was met in a later piece, before which so many lines stand.
    fn append(&mut self, later: Self, before: u32) {
        if later.times == 0 {
            return;
        }
        let (first, last) = later.lines;
        if self.times == 0 {
            self.lines.0 = first.saturating_add(before);
        }
        self.lines.1 = last.saturating_add(before);
        self.times += later.times;
        self.text.push_str(&later.text);
    }
}

/// Splits `text` at line ends of every sort and strips each line, on so many threads at most.
pub(super) fn split<'a>(text: &'a str, threads: usize, diagnostics: &mut Diagnostics) -> Vec<Line<'a>> {
    let pieces = pieces(text, threads);
    let split = |(): &mut (), n: usize| split_piece(pieces[n]);
    let mut pieces = parallel::in_turn(&mut vec![(); threads.max(1)], pieces.len(), split).into_iter();
    let Piece { mut lines, mut found, last: mut before } = pieces.next().unwrap_or_default();
    lines.reserve_exact(pieces.as_slice().iter().map(|piece| piece.lines.len()).sum());
    for piece in pieces {
        lines.extend(
            piece.lines.into_iter().map(|line| Line { number: line.number.saturating_add(before), ..line }),
        );
        for (found, later) in found.iter_mut().zip(piece.found) {
            found.append(later, before);
        }
        before = before.saturating_add(piece.last);
    }
    for ((code, what), found) in CLEANED.into_iter().zip(found) {
        if found.times > 0 {
            let (first, last) = found.lines;
            // Where nothing but line ends is concerned, one place is enough.
            let last = if found.text.is_empty() { first } else { last };
            let at = Location::Lines { first, last };
            diagnostics.report_text(Kind::Substituted, code, at, what(found.times), found.text);
        }
    }
    lines
}

/// A text of fewer bytes is not worth a thread.
const FEWEST: usize = if cfg!(test) { 8 } else { 1 << 16 };

/// Pieces of the text for the threads; all but the last end with a line feed, behind which nothing is left open.
fn pieces(text: &str, threads: usize) -> Vec<&str> {
    let share = parallel::share(threads, text.len(), FEWEST);
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(feed) = rest.as_bytes().get(share..).and_then(|rest| rest.iter().position(|b| *b == b'\n'))
    {
        let (piece, after) = rest.split_at(share + feed + 1);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// The lines of a piece, numbered from 1, and what was met between them.
#[derive(Default)]
struct Piece<'a> {
    lines: Vec<Line<'a>>,
    found: [Found; CLEANED.len()],
    /// How many lines end in it.
    last: u32,
}

fn split_piece(text: &str) -> Piece<'_> {
    let mut lines = Vec::with_capacity(charset::times(text.as_bytes(), b'\n') + 1);
    let mut found: [Found; CLEANED.len()] = Default::default();
    // The line up to `start`, where something is left out of it.
    let mut current = String::new();
    let mut start = 0;
    let mut number = 1u32;
    let mut page_break = false;
    let mut from = 0;
    let next = |mut at: usize| {
        loop {
            let byte = *text.as_bytes().get(at)?;
            if SORTED[usize::from(byte)] {
                return Some((at, text[at..].chars().next()?));
            }
            at += if IDEOGRAPHS.contains(&byte) { 3 } else { 1 };
        }
    };
    while let Some((at, c)) = next(from) {
        from = at + c.len_utf8();
        let sort = match c {
            '\n' => None,
            '\r' if text[from..].starts_with('\n') => {
                from += 1;
                Some(0)
            }
            '\r' => Some(1),
            c => match sort_of(c) {
                Some(sort) => Some(sort),
                None => continue,
            },
        };
        if let Some(sort) = sort {
            found[sort].add(number, Some(c).filter(|_| !matches!(sort, 0 | 1 | FORM_FEED)));
        }
        let piece = &text[start..at];
        start = from;
        if matches!(sort, None | Some(0..=2 | FORM_FEED | 10)) {
            lines.push(Line { number, text: whole(&mut current, piece), page_break, ..Line::default() });
            page_break = sort == Some(FORM_FEED);
            // No editor counts a line at the last two.
            number = number.saturating_add(u32::from(!matches!(sort, Some(FORM_FEED | 10))));
        } else {
            current.push_str(piece);
        }
    }
    let last = whole(&mut current, &text[start..]);
    if !last.is_empty() || page_break {
        lines.push(Line { number, text: last, page_break, ..Line::default() });
    }
    lines.iter_mut().for_each(Line::strip);
    Piece { lines, found, last: number - 1 }
}

/// What was kept of a line, with its last piece.
fn whole<'a>(kept: &mut String, piece: &'a str) -> Cow<'a, str> {
    if kept.is_empty() {
        return Cow::Borrowed(piece);
    }
    let mut whole = std::mem::take(kept);
    whole.push_str(piece);
    Cow::Owned(whole)
}

impl Line<'_> {
    /// Takes the blanks from the ends of a line as it stands in the source, and measures it.
    fn strip(&mut self) {
        let from_start = self.text.trim_start_matches(is_blank);
        let (lead, rest) = self.text.split_at(self.text.len() - from_start.len());
        let text = rest.trim_end_matches(is_blank);
        let tail = &rest[text.len()..];
        self.length = lead.chars().count() + tail.chars().count();
        let mut parted = false;
        let mut at = 0;
        while let Some(byte) = text.as_bytes().get(at) {
            self.length += 1;
            if IDEOGRAPHS.contains(byte) {
                self.width += 2;
                at += 3;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            self.width += width(c);
            parted |= is_blank(c);
            at += c.len_utf8();
        }
        self.indent = if text.is_empty() { 0 } else { blanks(lead) };
        self.trailing = blanks(tail);
        let behind = if text.is_empty() { lead } else { tail };
        self.tabs_behind = u16::try_from(behind.matches('\t').count()).unwrap_or(u16::MAX);
        self.is_row = parted && (is_row(text) || is_frame(text)) || is_boxed(text);
        let text = lead.len()..lead.len() + text.len();
        self.text = match &self.text {
            Cow::Borrowed(line) => Cow::Borrowed(&line[text]),
            Cow::Owned(line) => Cow::Owned(line[text].to_owned()),
        };
    }
}

/// Cells in a row, parted by wide gaps.
fn is_row(text: &str) -> bool {
    ["\u{3000}\u{3000}", "\t", "    "].iter().any(|gap| text.contains(gap))
}

/// Chinese words and stamps between blanks, as under the title of a page: `时间：2026-02-20 09:15 来源：某网 点击：128`.
fn is_frame(text: &str) -> bool {
    text.split_whitespace().count() >= 3
        && !text.is_ascii()
        && text.contains(['：', ':', '>', '|'])
        && !ends_sentence(text)
}

/// A line drawn with one character: `————————`, `********`. A pair of dashes is text.
pub(super) fn is_drawn(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|first| {
        matches!(
            first,
            '—' | '―'
                | '─'
                | '━'
                | '═'
                | '-'
                | '－'
                | '='
                | '＝'
                | '*'
                | '＊'
                | '~'
                | '～'
                | '#'
                | '_'
                | '＿'
                | '·'
                | '…'
        ) && chars.clone().count() >= 5
            && chars.all(|c| c == first)
    })
}

/// Ends as a sentence or an address does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '；', '：', '!', '?', ';', ':', '”', '」', '）', '.'])
}

/// White space of any sort.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

fn blanks(text: &str) -> u16 {
    let half = text.chars().map(|c| match c {
        '\u{3000}' | '\u{2003}' => 2,
        '\t' => 4,
        _ => 1,
    });
    u16::try_from(half.sum::<usize>()).unwrap_or(u16::MAX)
}

/// Width of a character in half em: two for Han characters and full-width punctuation.
pub(crate) fn width(c: char) -> usize {
    match c {
        // Nearly all characters are one of these.
        '\u{2e80}'..='\u{a4cf}' | '\u{ff00}'..='\u{ff60}' => return 2,
        ' '..='~' => return 1,
        _ => {}
    }
    match c {
        '\0'..='\u{1f}' => 0,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2018}'..='\u{201d}'
        | '\u{2014}'..='\u{2015}'
        | '\u{2026}'
        | '\u{2030}'..='\u{203b}'
        | '\u{2103}'..='\u{2121}'
        | '\u{391}'..='\u{451}'
        | '\u{2160}'..='\u{22ff}'
        | '\u{2460}'..='\u{24ff}'
        | '\u{2500}'..='\u{257f}'
        | '\u{25a0}'..='\u{266f}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        '×' | '·' | '°' | '±' | '÷' => 2,
        _ => 1,
    }
}
