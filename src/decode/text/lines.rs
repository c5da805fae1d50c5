//! Text to clean lines.

use std::borrow::Cow;

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
    let feeds = memchr::memchr_iter(b'\n', text.as_bytes());
    let mut piece = Piece { lines: Vec::with_capacity(feeds.clone().count() + 1), ..Piece::default() };
    let mut start = 0;
    for feed in feeds {
        if !piece.take(&text[start..feed]) {
            piece.clean(&text[start..=feed]);
        }
        start = feed + 1;
    }
    piece.clean(&text[start..]);
    piece
}

impl<'a> Piece<'a> {
    /// Takes in a line that a line feed ends, as nearly all: without a character that is no text, but for the CR of its end.
    fn take(&mut self, line: &'a str) -> bool {
        let bare = line.strip_suffix('\r').unwrap_or(line);
        let parts = parts(bare);
        let blanks = |text: &str| text.chars().all(|c| matches!(c, ' ' | '\t' | '\u{3000}'));
        let Some(measure) = Measure::at_once(parts[1]).filter(|_| blanks(parts[0]) && blanks(parts[2]))
        else {
            return false;
        };
        let number = self.last.saturating_add(1);
        if bare.len() < line.len() {
            self.found[0].add(number, None);
        }
        self.lines.push(Line { number, text: Cow::Borrowed(parts[1]), ..Line::of(parts, &measure) });
        self.last = number;
        true
    }

    /// Takes in any line, with the line feed that ends it if there is one, or several where it has line ends of other sorts.
    fn clean(&mut self, text: &'a str) {
        // The line up to `start`, where something is left out of it.
        let mut current = String::new();
        let mut start = 0;
        let mut number = self.last.saturating_add(1);
        let mut page_break = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let sort = match c {
                '\n' => None,
                '\r' if chars.next_if(|(_, next)| *next == '\n').is_some() => Some(0),
                '\r' => Some(1),
                c => match sort_of(c) {
                    Some(sort) => Some(sort),
                    None => continue,
                },
            };
            if let Some(sort) = sort {
                self.found[sort].add(number, Some(c).filter(|_| !matches!(sort, 0 | 1 | FORM_FEED)));
            }
            let piece = &text[start..at];
            start = chars.peek().map_or(text.len(), |(next, _)| *next);
            if matches!(sort, None | Some(0..=2 | FORM_FEED | 10)) {
                self.lines.push(Line { page_break, ..Line::new(number, whole(&mut current, piece)) });
                page_break = sort == Some(FORM_FEED);
                // No editor counts a line at the last two.
                number = number.saturating_add(u32::from(!matches!(sort, Some(FORM_FEED | 10))));
            } else {
                current.push_str(piece);
            }
        }
        let last = whole(&mut current, &text[start..]);
        if !last.is_empty() || page_break {
            self.lines.push(Line { page_break, ..Line::new(number, last) });
        }
        self.last = number - 1;
    }
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

impl<'a> Line<'a> {
    /// A line as it stands in the source, without the blanks at its ends.
    fn new(number: u32, source: Cow<'a, str>) -> Self {
        let parts = parts(&source);
        let measure = Measure::at_once(parts[1]).unwrap_or_else(|| Measure::of(parts[1]));
        let text = parts[0].len()..parts[0].len() + parts[1].len();
        let line = Line::of(parts, &measure);
        let text = match &source {
            Cow::Borrowed(line) => Cow::Borrowed(&line[text]),
            Cow::Owned(line) => Cow::Owned(line[text].to_owned()),
        };
        Self { number, text, ..line }
    }

    /// What is known of a line by its blanks before and behind, and by its text, of that measure.
    fn of([lead, text, tail]: [&str; 3], measure: &Measure) -> Self {
        let behind = if text.is_empty() { lead } else { tail };
        Self {
            length: lead.chars().count() + measure.length + tail.chars().count(),
            width: measure.width,
            indent: if text.is_empty() { 0 } else { blanks(lead) },
            trailing: blanks(tail),
            tabs_behind: u16::try_from(behind.matches('\t').count()).unwrap_or(u16::MAX),
            is_row: measure.parted && (is_row(text) || is_frame(text)) || is_boxed(text),
            ..Self::default()
        }
    }
}

/// The blanks before a text, the text, and the blanks behind it.
fn parts(line: &str) -> [&str; 3] {
    let (lead, rest) = line.split_at(line.len() - line.trim_start_matches(is_blank).len());
    let (text, tail) = rest.split_at(rest.trim_end_matches(is_blank).len());
    [lead, text, tail]
}

/// What a text measures.
#[derive(Debug, PartialEq, Eq)]
struct Measure {
    /// Its characters.
    length: usize,
    /// Its width in half em.
    width: usize,
    /// It has white space.
    parted: bool,
}

impl Measure {
    fn of(text: &str) -> Self {
        Self {
            length: text.chars().count(),
            width: text.chars().map(width).sum(),
            parted: text.contains(is_blank),
        }
    }

    /// The same of a text of the characters that nearly all are: printable ASCII, U+3000 to U+9FFF, full-width forms of ASCII
    /// and the commonest marks beside them, none of which is cleaned away. `None` for any other. Told by three bytes of each,
    /// in pieces without a branch, which the compiler turns into a few instructions for many bytes.
    fn at_once(text: &str) -> Option<Self> {
        /// So short that the count of each sort is a byte.
        const PIECE: usize = 240;
        let sorts = |first: u8, second: u8, third: u8| {
            let dash = (third == 0x94) | (third == 0x95) | (third == 0xA6);
            let mark = (first == 0xE2) & (second == 0x80) & (dash | (0x98..=0x9D).contains(&third));
            let form = (first == 0xEF) & (second == 0xBC);
            let blank = (first == b' ') | (first == 0xE3) & (second == 0x80) & (third == 0x80);
            [
                first & 0xC0 != 0x80,
                (b' '..=b'~').contains(&first),
                (0xE3..=0xE9).contains(&first) | form | mark,
                blank,
            ]
        };
        let bytes = text.as_bytes();
        // What begins so near the end has no third byte.
        let (triples, last) = bytes.split_at(bytes.len().saturating_sub(2));
        let pieces = |from: usize| bytes.get(from..).unwrap_or_default().chunks(PIECE);
        let mut counts = [0usize; 4];
        for ((piece, second), third) in triples.chunks(PIECE).zip(pieces(1)).zip(pieces(2)) {
            let mut of_piece = [0u8; 4];
            for ((first, second), third) in piece.iter().zip(second).zip(third) {
                let sorts = sorts(*first, *second, *third);
                for (count, sort) in of_piece.iter_mut().zip(sorts) {
                    *count = count.wrapping_add(u8::from(sort));
                }
            }
            counts.iter_mut().zip(of_piece).for_each(|(count, piece)| *count += usize::from(piece));
        }
        for first in last {
            counts.iter_mut().zip(sorts(*first, 0, 0)).for_each(|(count, sort)| *count += usize::from(sort));
        }
        let [length, narrow, wide, blanks] = counts;
        (narrow + wide == length).then_some(Self { length, width: narrow + 2 * wide, parted: blanks > 0 })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_measured_at_once_is_text_and_measures_the_same() {
        for c in '\0'..=char::MAX {
            for text in [format!("一{c}"), format!("{c}a"), c.to_string()] {
                if let Some(measure) = Measure::at_once(&text) {
                    assert_eq!((measure, reading(c)), (Measure::of(&text), Reading::Text), "{text:?}");
                }
            }
        }
        let text = "　　同志们：“2026年”——会议（第一次）开始了…… ".repeat(40);
        assert_eq!(Measure::at_once(&text), Some(Measure::of(&text)));
        assert_eq!(Measure::at_once(""), Some(Measure::of("")));
    }
}
