//! Running text as Markdown: which characters need a backslash, and how bold stays bold beside Chinese.
//!
//! A delimiter such as `**` opens or closes only where CommonMark's rule of flanking allows it, and the rule
//! is made for words with spaces between them: in `**第一，要实。**因为` the closing mark stands after
//! punctuation and before a letter, so no parser takes it. Where a delimiter would fail, the character of
//! text beside it is written as a character reference (`**第一，要实。**&#x56E0;为`): the delimiter then stands
//! beside ASCII punctuation, and every reader shows the author's characters, neither more nor fewer. An
//! empty comment or a `<strong>` in its place would show, or vanish, wherever HTML is turned off.

use std::borrow::Cow;
use std::ops::Range;

use super::escape::{
    ends_address, escape, escape_addresses, escape_backslashes, escape_closing_hashes, escape_line_starts,
};
use super::html;
use crate::markdown::inline::EMPTY_COMMENT;
use crate::markdown::is_letter;
use crate::tree::{Image, Inline, InlineStyle};

/// Where running text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A paragraph; its lines may look like blocks.
    Paragraph,
    /// The first paragraph of a list item; it may look like a task.
    Item,
    /// An ATX heading: one line.
    Heading,
    /// A cell: one line, `|` ends it.
    Cell,
}

/// A part of a line, before it is known how characters must be written.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// Characters inside a text that say nothing to Markdown wherever they stand, the first of them beyond ASCII.
    Plain(&'a str),
    /// A character of text.
    Char(char, Form),
    /// A delimiter of emphasis.
    Mark { style: InlineStyle, opens: bool, mark: &'static str },
    /// Markup that is written as it stands.
    Verbatim(String),
    /// A break.
    Break(LineEnd),
}

/// How a break is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// A backslash at the end of the line.
    Backslash,
    /// Two spaces there, where a backslash would be a part of something.
    Spaces,
    /// `<br>`, where no line may end.
    Tag,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Literal,
    Backslash,
    Reference,
}

/// Writes canonical inlines. Lines are parted by `\n`.
pub(super) fn write(content: &[Inline], place: Place) -> Cow<'_, str> {
    match content {
        [Inline::Text(text)] if is_plain(text) => Cow::Borrowed(text),
        _ => Cow::Owned(write_pieces(content, place)),
    }
}

fn write_pieces(content: &[Inline], place: Place) -> String {
    let mut pieces = Vec::new();
    flatten(content, false, &mut pieces);
    choose_emphasis(&mut pieces);
    choose_breaks(&mut pieces, place);
    refer_spaces(&mut pieces);
    support_marks(&mut pieces);
    if matches!(place, Place::Paragraph | Place::Item) {
        if let [Inline::Raw(markup)] = content
            && html::begins_block(markup, true)
        {
            return html::on_two_lines(markup).unwrap_or_else(|| markup.clone());
        }
        escape_line_starts(&mut pieces, place);
    }
    if place == Place::Heading {
        escape_closing_hashes(&mut pieces);
    }
    escape(&mut pieces, place);
    escape_backslashes(&mut pieces);
    escape_addresses(&mut pieces);
    spell(&pieces, place)
}

/// True for a text that is written as it is, as nearly all are: it has no markup, and it begins with no number and
/// with no space.
fn is_plain(text: &str) -> bool {
    text.starts_with(|c: char| !is_space(c) && !c.is_ascii_digit())
        && !text.ends_with(is_space)
        && !has_markup(text)
}

/// Whether any character says something to Markdown, wherever it stands.
fn has_markup(text: &str) -> bool {
    const MARKUP: &[u8] = b"\\`*_~[]<>&|#-+=@!^\n\r\x0C";
    const IS_MARKUP: [bool; 256] = {
        let mut table = [false; 256];
        let mut at = 0;
        while at < MARKUP.len() {
            table[MARKUP[at] as usize] = true;
            at += 1;
        }
        table
    };
    has_ascii_mark(text) && text.bytes().any(|byte| IS_MARKUP[usize::from(byte)])
}

/// Whether there is any ASCII character that is no letter and no digit; without a branch, in pieces that the compiler takes
/// with a few instructions for many bytes.
fn has_ascii_mark(text: &str) -> bool {
    const PIECE: usize = 256;
    let mark = |found: bool, byte: &u8| {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        found | ((*byte < 0x80) & !letter & !digit)
    };
    text.as_bytes().chunks(PIECE).any(|piece| piece.iter().fold(false, mark))
}

/// Whether there may be an address in it that some readers make a link of.
fn has_address(text: &str) -> bool {
    has_ascii_mark(text) && (text.contains("://") || text.contains("www."))
}

/// The inside of a text without markup, which is written as it is: from its first character beyond ASCII, for figures
/// may number, to its last, which markup may stand beside.
fn inside(text: &str) -> Range<usize> {
    let beyond = |(at, c): &(usize, char)| *at > 0 && !c.is_ascii();
    let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
    match text.char_indices().find(beyond) {
        Some((first, _)) if !has_markup(text) && !has_address(text) => first..last.max(first),
        _ => text.len()..text.len(),
    }
}

fn flatten<'a>(content: &'a [Inline], in_link: bool, pieces: &mut Vec<Piece<'a>>) {
    for inline in content {
        match inline {
            Inline::Text(text) => {
                let char = |c| {
                    // Brackets of link text must not end it.
                    let bracket = in_link && matches!(c, '[' | ']');
                    // Other control characters have no reference that every reader takes.
                    let control = matches!(c, '\n' | '\r' | '\u{C}');
                    let form = match (bracket, control) {
                        (true, _) => Form::Backslash,
                        (_, true) => Form::Reference,
                        (false, false) => Form::Literal,
                    };
                    Piece::Char(c, form)
                };
                let inside = inside(text);
                pieces.extend(text[..inside.start].chars().map(char));
                if !inside.is_empty() {
                    pieces.push(Piece::Plain(&text[inside.clone()]));
                }
                pieces.extend(text[inside.end..].chars().map(char));
            }
            Inline::Styled(style, inner) => {
                let tag = match style {
                    InlineStyle::Strong => Err("**"),
                    InlineStyle::Emphasis => Err("*"),
                    InlineStyle::Strike => Err("~~"),
                    InlineStyle::Underline => Ok("u"),
                    InlineStyle::Superscript => Ok("sup"),
                    InlineStyle::Subscript => Ok("sub"),
                };
                match tag {
                    Ok(tag) => {
                        pieces.push(Piece::Verbatim(format!("<{tag}>")));
                        flatten(inner, in_link, pieces);
                        pieces.push(Piece::Verbatim(format!("</{tag}>")));
                    }
                    Err(mark) => {
                        pieces.push(Piece::Mark { style: *style, opens: true, mark });
                        flatten(inner, in_link, pieces);
                        pieces.push(Piece::Mark { style: *style, opens: false, mark });
                    }
                }
            }
            Inline::Code(text) => pieces.push(Piece::Verbatim(code_span(text))),
            Inline::Link { target, title, content } => match autolink(target, title, content) {
                Some(link) => pieces.push(Piece::Verbatim(link)),
                None => {
                    // `[^1][text](…)` is no note to some readers.
                    if matches!(pieces.last(), Some(Piece::Verbatim(note)) if note.starts_with("[^")) {
                        pieces.push(Piece::Verbatim(EMPTY_COMMENT.to_owned()));
                    }
                    pieces.push(Piece::Verbatim("[".to_owned()));
                    flatten(content, true, pieces);
                    pieces.push(Piece::Verbatim(format!("]({})", destination(target, title))));
                }
            },
            Inline::Image(image) => pieces.push(Piece::Verbatim(picture(image))),
            Inline::NoteRef(id) => pieces.push(Piece::Verbatim(format!("[^{id}]"))),
            Inline::Break => pieces.push(Piece::Break(LineEnd::Backslash)),
            Inline::Raw(markup) => pieces.push(Piece::Verbatim(markup.clone())),
        }
    }
}

/// A picture.
pub(super) fn picture(image: &Image) -> String {
    let mut pieces = Vec::new();
    let alt = [Inline::Text(image.alt.clone())];
    flatten(&alt, true, &mut pieces);
    // A description is plain text: all that could be markup is not.
    for piece in &mut pieces {
        if let Piece::Char(c, form) = piece
            && "\\`*_~<&!^".contains(*c)
        {
            *form = Form::Backslash;
        }
    }
    refer_spaces(&mut pieces);
    let alt = spell(&pieces, Place::Heading);
    format!("![{alt}]({})", destination(&image.target, &image.title))
}

/// Code between backticks that it does not contain (CommonMark 6.1).
fn code_span(text: &str) -> String {
    let fence = "`".repeat(shortest_absent_run(text));
    let spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
    let pad = if spaced || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The smallest number of backticks that `text` has no run of.
fn shortest_absent_run(text: &str) -> usize {
    let mut runs: Vec<usize> = text.split(|c| c != '`').map(str::len).collect();
    runs.sort_unstable();
    let mut length = 1;
    for run in runs {
        if run == length {
            length += 1;
        }
    }
    length
}

/// `<target>` for a link that shows its own address (CommonMark 6.5).
fn autolink(target: &str, title: &str, content: &[Inline]) -> Option<String> {
    let [Inline::Text(text)] = content else { return None };
    let plain = |c: char| c.is_ascii_graphic() && !"<>\\`|".contains(c);
    if !title.is_empty()
        || !text.chars().all(plain)
        || text.char_indices().any(|(at, _)| begins_reference(&text[at..]))
    {
        return None;
    }
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    let is_uri = scheme.is_some_and(|scheme| {
        (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
    });
    let is_mail = target.strip_prefix("mailto:") == Some(text)
        && text.split_once('@').is_some_and(|(name, host)| {
            let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric());
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "._+-".contains(c))
                && host.split('.').all(label)
        });
    (is_uri && target == text || is_mail).then(|| format!("<{text}>"))
}

/// Characters of the longest name of a character, `CounterClockwiseContourIntegral`.
const LONGEST_REFERENCE: usize = 31;

/// Whether a text begins as a character reference does, which stands for another character: `&amp;`, `&#38;`.
fn begins_reference(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('&') else { return false };
    let end = rest.bytes().take(LONGEST_REFERENCE + 1).position(|byte| byte == b';');
    end.is_some_and(|end| end > 0 && rest.bytes().take(end).all(|b| b.is_ascii_alphanumeric() || b == b'#'))
}

/// What stands between the brackets of a link: target and title.
fn destination(target: &str, title: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()\\`[]|".contains(c);
    let spelt = |text: &str, special: &str| {
        let mut out = String::new();
        for (at, c) in text.char_indices() {
            // cmark-gfm takes the quote after `\\` for escaped.
            let backslash = c == '\\' && special.starts_with('"');
            if backslash || c.is_whitespace() && c != ' ' {
                out.push_str(&reference(c));
            } else {
                if special.contains(c) || begins_reference(&text[at..]) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        out
    };
    let refers = target.char_indices().any(|(at, _)| begins_reference(&target[at..]));
    let mut out = if target.chars().all(plain) && !refers && !target.is_empty() {
        target.to_owned()
    } else if target.is_empty() && title.is_empty() {
        String::new()
    } else {
        format!("<{}>", spelt(target, "<>\\`[]"))
    };
    if !title.is_empty() {
        out.push_str(&format!(" \"{}\"", spelt(title, "\"\\`<")));
    }
    out
}

/// `*` for emphasis, but `_` where it touches, holds or stands in bold text, whose delimiter is made of the same mark;
/// inside a word of bold text, where `_` is no delimiter, `*` is none of a bold one.
fn choose_emphasis(pieces: &mut [Piece<'_>]) {
    let is_strong =
        |piece: Option<&Piece<'_>>| matches!(piece, Some(Piece::Mark { style: InlineStyle::Strong, .. }));
    // Start of the open emphasis, whether it must be `_`; depth of open bold text.
    let mut open: Option<(usize, bool)> = None;
    let mut strong = 0usize;
    for at in 0..pieces.len() {
        let Piece::Mark { style, opens, .. } = pieces[at] else { continue };
        match (style, opens) {
            (InlineStyle::Strong, true) => {
                strong += 1;
                open = open.map(|(start, _)| (start, true));
            }
            (InlineStyle::Strong, false) => strong = strong.saturating_sub(1),
            (InlineStyle::Emphasis, true) => {
                let touches = at > 0 && is_strong(pieces.get(at - 1));
                open = Some((at, touches || strong > 0));
            }
            (InlineStyle::Emphasis, false) => {
                let Some((start, underscore)) = open.take() else { continue };
                let in_word = strong == 1 && is_in_word(pieces, start, at);
                if underscore && !in_word || is_strong(pieces.get(at + 1)) {
                    for end in [start, at] {
                        if let Piece::Mark { mark, .. } = &mut pieces[end] {
                            *mark = "_";
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether emphasis from one delimiter to the other stands between letters, begins and ends with one, and holds no other
/// delimiter: each of them could open and close, so that by CommonMark's rule of three none is a part of a `**` around.
fn is_in_word(pieces: &[Piece<'_>], start: usize, end: usize) -> bool {
    let is_text =
        |piece: Option<&Piece<'_>>| matches!(piece, Some(Piece::Char(_, Form::Literal) | Piece::Plain(_)));
    let letter =
        |at: usize, first: bool| is_text(pieces.get(at)) && output(pieces, at, first).is_some_and(is_letter);
    start > 0
        && letter(start - 1, false)
        && letter(start + 1, true)
        && letter(end - 1, false)
        && letter(end + 1, true)
        && !pieces[start + 1..end].iter().any(|piece| matches!(piece, Piece::Mark { .. }))
}

/// A break is a line end with a backslash before it, or spaces where it would be a part of an address, where a line may
/// end; else `<br>`.
fn choose_breaks(pieces: &mut [Piece<'_>], place: Place) {
    for at in 0..pieces.len() {
        let follows = match pieces.get(at + 1) {
            Some(Piece::Plain(_) | Piece::Char(..) | Piece::Break(_)) => true,
            Some(Piece::Mark { opens, .. }) => *opens,
            Some(Piece::Verbatim(markup)) => markup.starts_with(['[', '!', '`']),
            None => false,
        };
        // A tag alone on the first line would begin a block of HTML.
        let follows =
            follows && !(at == 1 && matches!(&pieces[0], Piece::Verbatim(tag) if tag.starts_with('<')));
        if !matches!(pieces[at], Piece::Break(_)) {
            continue;
        }
        let line_end = if !follows || !matches!(place, Place::Paragraph | Place::Item) {
            LineEnd::Tag
        } else if ends_address(&pieces[..at]) {
            LineEnd::Spaces
        } else {
            LineEnd::Backslash
        };
        if let Piece::Break(end) = &mut pieces[at] {
            *end = line_end;
        }
    }
}

/// Spaces at the ends of lines would be lost: the outermost becomes a reference.
fn refer_spaces(pieces: &mut [Piece<'_>]) {
    for at in 0..pieces.len() {
        let Piece::Char(c, Form::Literal) = pieces[at] else { continue };
        let begins = at == 0 || matches!(pieces[at - 1], Piece::Break(_));
        let ends = at + 1 == pieces.len() || matches!(pieces[at + 1], Piece::Break(_));
        if is_space(c) && (begins || ends) {
            pieces[at] = Piece::Char(c, Form::Reference);
        }
    }
}

/// White space, or a character that shows nothing and that some reader takes for white space.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{180E}')
}

/// The first (or last) character that a piece writes, as far as it is known; none outside the line.
pub(super) fn output(pieces: &[Piece<'_>], at: usize, first: bool) -> Option<char> {
    match pieces.get(at)? {
        Piece::Plain(text) if first => text.chars().next(),
        Piece::Plain(text) => text.chars().next_back(),
        Piece::Char(c, Form::Literal) => Some(*c),
        Piece::Char(_, Form::Backslash) if first => Some('\\'),
        Piece::Char(c, Form::Backslash) => Some(*c),
        Piece::Char(_, Form::Reference) => Some(if first { '&' } else { ';' }),
        Piece::Mark { mark: text, .. } => text.chars().next(),
        Piece::Verbatim(text) if first => text.chars().next(),
        Piece::Verbatim(text) => text.chars().last(),
        Piece::Break(LineEnd::Backslash) => Some(if first { '\\' } else { '\n' }),
        Piece::Break(LineEnd::Spaces) => Some(if first { ' ' } else { '\n' }),
        Piece::Break(LineEnd::Tag) => Some(if first { '<' } else { '>' }),
    }
}

/// Makes every delimiter open or close for every reader, by references in place of the characters beside it.
fn support_marks(pieces: &mut [Piece<'_>]) {
    let mut changed = true;
    while changed {
        changed = false;
        for at in 0..pieces.len() {
            let Piece::Mark { opens, mark, .. } = pieces[at] else { continue };
            let before = output(pieces, at.wrapping_sub(1), false).unwrap_or('\n');
            let after = output(pieces, at + 1, true).unwrap_or('\n');
            let (inside, outside) = if opens { (after, before) } else { (before, after) };
            let (inner, outer) =
                if opens { (at + 1, at.wrapping_sub(1)) } else { (at.wrapping_sub(1), at + 1) };
            if is_space(inside) {
                changed |= refer(pieces, inner);
                continue;
            }
            // Beside a letter inside, `*` and `~~` need nothing outside; `_` always does.
            let free = mark != "_" && is_letter(inside);
            if !free && !separates(outside) {
                changed |= refer(pieces, outer);
            }
            // cmark-gfm looks through `~` at what stands beyond it.
            if matches!(pieces.get(inner), Some(Piece::Char('~', _))) && mark != "~~" {
                changed |= refer(pieces, inner);
            }
            if matches!(pieces.get(outer), Some(Piece::Char('~', _))) {
                changed |= refer(pieces, outer);
            }
            let step = |at: usize| if opens { at.wrapping_sub(1) } else { at + 1 };
            let mut beyond = outer;
            while matches!(pieces.get(beyond), Some(Piece::Mark { mark: "~~", .. })) {
                beyond = step(beyond);
            }
            if beyond != outer && output(pieces, beyond, !opens).is_some_and(|c| !separates(c)) {
                changed |= refer(pieces, beyond);
            }
        }
    }
}

fn refer(pieces: &mut [Piece<'_>], at: usize) -> bool {
    match pieces.get_mut(at) {
        Some(Piece::Char(_, form)) if *form != Form::Reference => {
            *form = Form::Reference;
            true
        }
        _ => false,
    }
}

/// Characters that every version of CommonMark takes for white space or punctuation.
fn separates(c: char) -> bool {
    c.is_ascii_punctuation()
        || c.is_whitespace() && !matches!(c, '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}')
        || "“”‘’，。、；：？！（）《》〈〉【】「」『』—…·".contains(c)
}

fn spell(pieces: &[Piece<'_>], place: Place) -> String {
    let size = |piece: &Piece<'_>| if let Piece::Plain(text) = piece { text.len() } else { 3 };
    let mut out = String::with_capacity(pieces.iter().map(size).sum());
    for piece in pieces {
        match piece {
            Piece::Plain(text) => out.push_str(text),
            Piece::Char(c, Form::Backslash) if c.is_ascii_punctuation() => out.extend(['\\', *c]),
            Piece::Char(c, Form::Reference) => out.push_str(&reference(*c)),
            Piece::Char(c, _) => out.push(*c),
            Piece::Mark { mark, .. } => out.push_str(mark),
            Piece::Verbatim(markup) if place == Place::Cell => out.push_str(&markup.replace('|', "\\|")),
            Piece::Verbatim(markup) => out.push_str(markup),
            Piece::Break(LineEnd::Backslash) => out.push_str("\\\n"),
            Piece::Break(LineEnd::Spaces) => out.push_str("  \n"),
            Piece::Break(LineEnd::Tag) => out.push_str("<br>"),
        }
    }
    out
}

fn reference(c: char) -> String {
    format!("&#x{:X};", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_a_text_without_markup_is_written_whole() {
        for (text, whole) in [
            ("第一，要讲政治。", "一，要讲政治"),
            ("12.调查研究", "调查研"),
            ("甲*乙丙丁", ""),
            ("甲@乙丙丁", ""),
            ("plain words", ""),
            ("甲乙", ""),
            ("", ""),
        ] {
            assert_eq!(&text[inside(text)], whole, "{text}");
        }
    }
}
