//! Which characters of a text Markdown would misread: those get a backslash, and no others.

use super::inline::{Form, LineEnd, Piece, Place, output};
use crate::markdown::is_letter;

/// Escapes the characters that would be read as markup inside a line.
pub(super) fn escape(pieces: &mut [Piece<'_>], place: Place) {
    let mut counts = [0usize; 3];
    let mut backticks = 0;
    for at in 0..pieces.len() {
        match &pieces[at] {
            Piece::Char(c, Form::Literal) if begins_run(pieces, at) => match c {
                '`' => backticks += 1,
                _ => {
                    if let Some(kind) = "*_~".find(*c)
                        && is_live(pieces, at)
                    {
                        counts[kind] += 1;
                    }
                }
            },
            Piece::Mark { mark, .. } => {
                if let Some(kind) = mark.chars().next().and_then(|c| "*_~".find(c)) {
                    counts[kind] += 2;
                }
            }
            Piece::Verbatim(markup) => backticks += markup.matches('`').count(),
            Piece::Plain(_) | Piece::Char(..) | Piece::Break(_) => {}
        }
    }
    let mut run_is_live = false;
    let mut bracket = false;
    let mut line_has_label = false;
    escape_emphasised_box(pieces);
    for at in 0..pieces.len() {
        if at == 0 || matches!(pieces[at - 1], Piece::Break(_)) {
            line_has_label = matches!(pieces[at], Piece::Char('[', _));
        }
        let Piece::Char(c, Form::Literal) = pieces[at] else { continue };
        if c == '[' && after_reference(pieces, at) {
            // pulldown-cmark reads `[^1]\[a]` as no note.
            pieces[at] = Piece::Char(c, Form::Reference);
            continue;
        }
        let next = output(pieces, at + 1, true);
        let escaped = match c {
            '*' | '_' | '~' => {
                if begins_run(pieces, at) {
                    run_is_live = is_live(pieces, at);
                }
                run_is_live && "*_~".find(c).is_some_and(|kind| counts[kind] > 1)
            }
            '`' => backticks > 1,
            '[' => {
                bracket = true;
                next == Some('^')
            }
            ']' => {
                let ends_label = next == Some(':') && line_has_label;
                (bracket && matches!(next, Some('(' | '['))) || ends_label
            }
            '!' => matches!(pieces.get(at + 1), Some(Piece::Verbatim(markup)) if markup.starts_with('[')),
            '(' | ':' => after_reference(pieces, at),
            '^' => {
                matches!(at.checked_sub(1).map(|at| &pieces[at]), Some(Piece::Verbatim(link)) if link == "[")
            }
            '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)) || is_mail(pieces, at),
            '&' => is_reference(pieces, at),
            '|' => place == Place::Cell,
            _ => false,
        };
        if escaped {
            pieces[at] = Piece::Char(c, Form::Backslash);
        }
    }
}

/// pandoc takes `*[x] ` at the start of a paragraph for a task.
fn escape_emphasised_box(pieces: &mut [Piece<'_>]) {
    let box_of = |mark: char| matches!(mark, ' ' | 'x' | 'X');
    if let [
        Piece::Mark { mark: "*", .. },
        Piece::Char('[', form),
        Piece::Char(mark, _),
        Piece::Char(']', _),
        Piece::Char(' ', _),
        ..,
    ] = pieces
        && box_of(*mark)
    {
        *form = Form::Backslash;
    }
}

/// True for the first of equal characters in a row.
fn begins_run(pieces: &[Piece<'_>], at: usize) -> bool {
    let Piece::Char(c, _) = pieces[at] else { return false };
    at == 0 || !matches!(pieces[at - 1], Piece::Char(before, Form::Literal) if before == c)
}

/// True where the run of `*`, `_` or `~` that begins at `at` could open or close emphasis for some reader.
fn is_live(pieces: &[Piece<'_>], at: usize) -> bool {
    let Piece::Char(c, _) = pieces[at] else { return false };
    let length = pieces[at..]
        .iter()
        .take_while(|p| matches!(p, Piece::Char(next, Form::Literal) if *next == c))
        .count();
    let before = output(pieces, at.wrapping_sub(1), false).filter(|c| !c.is_whitespace());
    let after = output(pieces, at + length, true).filter(|c| !c.is_whitespace());
    let inside_word = [before, after].iter().all(|side| side.is_some_and(is_letter));
    (before.is_some() || after.is_some()) && !(c == '_' && inside_word)
}

/// True for the character after a note reference.
fn after_reference(pieces: &[Piece<'_>], at: usize) -> bool {
    at > 0 && matches!(&pieces[at - 1], Piece::Verbatim(markup) if markup.starts_with("[^"))
}

/// True where the `<` at `at` may begin an address of mail (CommonMark 6.5).
fn is_mail(pieces: &[Piece<'_>], at: usize) -> bool {
    let within = pieces[at + 1..].iter().take(400).take_while(|piece| match piece {
        Piece::Plain(text) => !text.contains(char::is_whitespace),
        Piece::Char(c, _) => *c != '>' && !c.is_whitespace(),
        Piece::Mark { .. } => true,
        Piece::Verbatim(_) | Piece::Break(_) => false,
    });
    within.into_iter().any(|piece| matches!(piece, Piece::Char('@', _)))
}

/// True where the `&` at `at` begins what reads as a character reference (CommonMark 2.5).
fn is_reference(pieces: &[Piece<'_>], at: usize) -> bool {
    let mut name = String::new();
    let mut ended = false;
    for piece in pieces[at + 1..].iter().take(40) {
        match piece {
            Piece::Char(';', _) => {
                ended = true;
                break;
            }
            Piece::Char(c, _) if c.is_ascii_alphanumeric() || *c == '#' => name.push(*c),
            Piece::Plain(_) | Piece::Char(..) | Piece::Mark { .. } | Piece::Verbatim(_) | Piece::Break(_) => {
                return false;
            }
        }
    }
    match name.strip_prefix('#') {
        _ if !ended => false,
        Some(number) => {
            !number.is_empty() && number.chars().all(|c| c.is_ascii_hexdigit() || "xX".contains(c))
        }
        None => name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains('#'),
    }
}

fn ends_line(piece: &Piece<'_>) -> bool {
    matches!(piece, Piece::Break(LineEnd::Backslash | LineEnd::Spaces))
}

/// Escapes what would make the lines of a paragraph another block.
pub(super) fn escape_line_starts(pieces: &mut [Piece<'_>], place: Place) {
    let mut start = 0;
    while start < pieces.len() {
        let length = pieces[start..].iter().take_while(|piece| !ends_line(piece)).count();
        let line = &mut pieces[start..start + length];
        if let Some(at) = block_start(line, start == 0, place)
            && let Piece::Char(_, form) = &mut line[at]
        {
            *form = Form::Backslash;
        }
        start += length + 1;
    }
}

/// Which character of a line must be escaped so that the line stays text.
fn block_start(line: &[Piece<'_>], first: bool, place: Place) -> Option<usize> {
    // The literal characters at the start of the line, and what comes after them.
    let text: Vec<char> = line
        .iter()
        .map_while(|piece| match piece {
            Piece::Char(c, Form::Literal) => Some(*c),
            Piece::Plain(_) | Piece::Char(..) | Piece::Mark { .. } | Piece::Verbatim(_) | Piece::Break(_) => {
                None
            }
        })
        .collect();
    let whole = text.len() == line.len();
    let gap = |at: usize| text.get(at).map_or(whole, |c| matches!(c, ' ' | '\t' | '\u{B}' | '\u{C}'));
    let mark = *text.first()?;
    let run = text.iter().take_while(|c| **c == mark).count();
    let only = |set: &str| whole && text.iter().all(|c| set.contains(*c));
    let list_or_quote = mark == '>' || matches!(mark, '-' | '+' | '*') && gap(1);
    let heading = mark == '#' && run <= 6 && gap(run);
    let fence = matches!(mark, '`' | '~') && run >= 3;
    let rule = matches!(mark, '-' | '_' | '*') && only(&format!("{mark} \t\u{B}\u{C}"));
    let underline = !first && mark == '=' && only("= \t\u{B}\u{C}");
    let head = !first && only("-:| \t\u{B}\u{C}") && text.contains(&'-');
    let task = place == Place::Item
        && first
        && mark == '['
        && matches!(text.get(1), Some(' ' | 'x' | 'X' | '\t'))
        && text.get(2) == Some(&']')
        && gap(3);
    if list_or_quote || heading || fence || rule || underline || task {
        return Some(0);
    }
    if head {
        return text.iter().position(|c| *c == '-');
    }
    let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let number = (1..=9).contains(&digits) && matches!(text.get(digits), Some('.' | ')')) && gap(digits + 1);
    number.then_some(digits)
}

/// `#` at the end of a heading closes it, unless escaped.
pub(super) fn escape_closing_hashes(pieces: &mut [Piece<'_>]) {
    let run = pieces.iter().rev().take_while(|p| matches!(p, Piece::Char('#', Form::Literal))).count();
    let start = pieces.len() - run;
    let spaced = start == 0 || matches!(pieces[start - 1], Piece::Char(' ' | '\t', Form::Literal));
    if run > 0 && spaced {
        pieces[start] = Piece::Char('#', Form::Backslash);
    }
}

/// A backslash before punctuation would be read as an escape, at the end of a line as a break.
pub(super) fn escape_backslashes(pieces: &mut [Piece<'_>]) {
    for at in (0..pieces.len()).rev() {
        if matches!(pieces[at], Piece::Char('\\', Form::Literal))
            && output(pieces, at + 1, true).is_none_or(|c| c.is_ascii_punctuation() || c == '\n')
        {
            pieces[at] = Piece::Char('\\', Form::Backslash);
        }
    }
}

/// Whether what is written ends with an address that readers of GitHub's Markdown make a link of: a backslash behind it
/// would be a part of it.
pub(super) fn ends_address(pieces: &[Piece<'_>]) -> bool {
    let mut word = String::new();
    for piece in pieces.iter().rev() {
        match piece {
            Piece::Plain(text) if text.contains(|c: char| c.is_ascii_whitespace()) => break,
            Piece::Char(c, Form::Literal) if c.is_ascii_whitespace() || *c == '<' => break,
            Piece::Verbatim(markup) if markup.ends_with('>') => break,
            Piece::Break(_) => break,
            Piece::Char(c, Form::Literal) => word.push(c.to_ascii_lowercase()),
            Piece::Plain(_) | Piece::Char(..) | Piece::Mark { .. } | Piece::Verbatim(_) => {}
        }
    }
    ["//:ptth", "//:sptth", "//:ptf", ".www"].iter().any(|start| word.contains(start))
}

/// Readers of GitHub's Markdown make a link of an address in the text, up to the next space or `<`, escapes and
/// delimiters included. Where there are any, the address is no link.
pub(super) fn escape_addresses(pieces: &mut [Piece<'_>]) {
    let literal = |pieces: &[Piece<'_>], at: usize, text: &str| {
        let rest = pieces.get(at..).unwrap_or_default();
        let same = |(piece, c): (&Piece<'_>, char)| matches!(piece, Piece::Char(own, Form::Literal) if own.eq_ignore_ascii_case(&c));
        rest.len() >= text.chars().count() && rest.iter().zip(text.chars()).all(same)
    };
    for at in 0..pieces.len() {
        let schemes = ["https://", "http://", "ftp://"];
        let scheme = schemes.into_iter().find(|scheme| literal(pieces, at, scheme));
        let (mark, end) = match scheme {
            Some(scheme) => (at + scheme.len() - 3, at + scheme.len()),
            None if literal(pieces, at, "www.") => (at + 3, at + 4),
            None => continue,
        };
        let goes_on = |piece: &&Piece<'_>| match piece {
            // Only spaces of ASCII end it.
            Piece::Plain(text) => !text.contains(|c: char| c.is_ascii_whitespace()),
            Piece::Char(c, Form::Literal) => !c.is_ascii_whitespace() && *c != '<',
            Piece::Char(..) | Piece::Mark { .. } => true,
            Piece::Verbatim(markup) => !markup.starts_with('<'),
            Piece::Break(_) => false,
        };
        let run: Vec<&Piece<'_>> = pieces[end..].iter().take_while(goes_on).collect();
        let last =
            run.iter().rposition(|piece| !matches!(piece, Piece::Mark { .. })).map_or(0, |last| last + 1);
        let broken = run[..last].iter().any(|piece| match piece {
            Piece::Char(_, form) => *form != Form::Literal,
            Piece::Mark { .. } | Piece::Verbatim(_) => true,
            Piece::Plain(_) | Piece::Break(_) => false,
        });
        if broken && let Piece::Char(_, form) = &mut pieces[mark] {
            *form = Form::Backslash;
        }
    }
}
