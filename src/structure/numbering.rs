//! What an author may want to see about the numbering: a number that is missing, comes twice or goes back, a list that
//! begins again in its own scope, and one that runs on under another heading. Nothing is changed.

use crate::message::Message;
use crate::tree::{Role, Scheme};

use super::line::Line;
use super::list::List;
use super::marker;

/// A finding about a line: a stable name, and a sentence.
pub(super) type Notice = (&'static str, Message);

/// Notes at its line whatever is irregular in the lists that were taken for such.
pub(super) fn notice(lines: &mut [Line], lists: &[List]) {
    for list in lists.iter().filter(|list| is_counted(list.scheme)) {
        let mut before: Option<(u32, String)> = None;
        for &at in &list.members {
            let line = &lines[at];
            let Some((number, marker)) = numbered(line) else { continue };
            let notice = match &before {
                None if list.again && number == 1 && matches!(line.role(), Some(Role::Heading(_))) => Some((
                    "numbering-restart",
                    message!("{marker} begins again under the same heading", marker),
                )),
                // In prose 第三， may follow 第一 in mid-sentence.
                None if number > 1
                    && !is_prose(list.scheme)
                    && !begins_above(lines, at, list.scheme, number) =>
                {
                    Some(("numbering-gap", message!("{marker} is the first of its list", marker)))
                }
                None => None,
                Some((last, above)) => irregular(*last, number, above, &marker)
                    .or_else(|| list.run_on.contains(&at).then(|| ran_on(above, &marker))),
            };
            before = Some((number, marker));
            lines[at].notice = lines[at].notice.take().or(notice.map(Box::new));
        }
    }
}

/// Whether the number before stands in the line above, behind its label: `参会人员：1.各县区负责人；` over `2.…`.
fn begins_above(lines: &[Line], at: usize, scheme: Scheme, number: u32) -> bool {
    let above = at.checked_sub(1).and_then(|above| lines[above].text.rsplit_once(['：', ':']));
    let first = above.and_then(|(_, rest)| marker::scan(&rest.trim_start().chars().collect::<Vec<_>>()));
    first.is_some_and(|first| first.scheme == scheme && first.number() == Some(number - 1))
}

/// The number and the marker of a line whose marker stands, by its form, for a number.
fn numbered(line: &Line) -> Option<(u32, String)> {
    let marker = line.marker.as_ref().filter(|marker| line.marked && (!marker.weak || marker.alone))?;
    let end = marker.length.min(line.chars.len());
    // 第三条之一 follows 第三条.
    let written: String = line.chars[..end].iter().collect();
    if marker.scheme == Scheme::Article && written.contains('之') {
        return None;
    }
    Some((marker.number()?, written.trim().to_owned()))
}

fn irregular(last: u32, number: u32, above: &str, marker: &str) -> Option<Notice> {
    match number {
        _ if number == last + 1 => None,
        _ if number == last => {
            Some(("numbering-repeat", message!("{marker} comes after {above}", marker, above)))
        }
        _ if number < last => {
            Some(("numbering-back", message!("{marker} comes after {above}", marker, above)))
        }
        _ if number == last + 2 => Some((
            "numbering-gap",
            message!("{marker} comes after {above}: a number is missing", marker, above),
        )),
        _ => Some((
            "numbering-gap",
            message!("{marker} comes after {above}: numbers are missing", marker, above),
        )),
    }
}

fn ran_on(above: &str, marker: &str) -> Notice {
    ("numbering-runs-on", message!("{marker} goes on from {above} under another heading", marker, above))
}

/// Systems of words, which also stand inside paragraphs.
fn is_prose(scheme: Scheme) -> bool {
    matches!(scheme, Scheme::Ordinal | Scheme::Among | Scheme::Is)
}

/// Systems whose numbers count up one by one.
fn is_counted(scheme: Scheme) -> bool {
    match scheme {
        Scheme::Part
        | Scheme::Chapter
        | Scheme::Section
        | Scheme::Article
        | Scheme::Han
        | Scheme::HanBracketed
        | Scheme::Arabic
        | Scheme::ArabicBracketed
        | Scheme::Circled
        | Scheme::Roman
        | Scheme::Latin
        | Scheme::Stem
        | Scheme::Ordinal
        | Scheme::Among
        | Scheme::Is => true,
        Scheme::Decimal | Scheme::Must | Scheme::Aspect | Scheme::Dash | Scheme::Bullet => false,
    }
}
