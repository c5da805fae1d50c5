//! What is annexed: the note under a text, and the labels and heads of annexes.

use crate::tree::{Role, Scheme};

use super::debris;
use super::distribution;
use super::front::{self, Place};
use super::line::Line;
use super::numeral;
use super::phrase::{is_annex_label, is_date, is_remark, is_titled, length, opens_bracket};

/// Reads the head of the annex whose label stands there; gives the first line of its text.
pub(super) fn begin_annex(lines: &mut [Line], at: usize, outlined: bool) -> usize {
    const RULE: &str = "attachment-label";
    lines[at].decide(Role::AttachmentLabel, RULE);
    let mut next = at + 1;
    // `附件2` over `名词解释`: two labels of one annex.
    if lines.get(next).is_some_and(|line| is_glossary(&line.compact)) {
        lines[next].decide(Role::AttachmentLabel, RULE);
        next += 1;
    }
    // A label that has the name of the annex is its title, too, unless that comes again.
    let is_again = |name: &str| lines.get(at + 1).is_some_and(|line| line.compact == name);
    if named_label(&lines[at]).is_some_and(|(_, name)| !is_again(name)) {
        if name_goes_on(lines, at) {
            lines[next].decide(Role::AttachmentLabel, RULE);
            lines[next].joins = true;
            next += 1;
        }
        return next;
    }
    front::read(lines, next, Place::Annex, outlined)
}

/// The head of an annex, below a text that has `ended` or in it, and where an annex has begun whose label is `named`.
pub(super) fn heads_annex(lines: &[Line], at: usize, ended: bool, named: bool) -> bool {
    is_label(lines, at, ended) || heads_named_annex(lines, at, ended || named)
}

/// The label of an annex: 附件, 附件1, 附表, 名词解释 alone.
fn is_label(lines: &[Line], at: usize, ended: bool) -> bool {
    let line = &lines[at];
    let compact = line.compact.trim_end_matches(['：', ':']);
    let colon = compact.len() < line.compact.len();
    if is_glossary(compact) {
        // `注释：` and `附注：` head the notes of the text, on its last page.
        return at * 2 > lines.len() && (!colon || compact.starts_with("名词"));
    }
    if !is_annex_label(compact) {
        return false;
    }
    // `附件：` alone before a list of names is the note under the text.
    !(colon
        && matches!(compact, "附件" | "附表" | "附录" | "附")
        && !ended
        && lines.get(at + 1).is_some_and(|next| next.marker.is_some()))
}

/// The label of an annex with its name, `附件1：人员名单`.
pub(super) fn named_label<'a>(line: &'a Line<'_>) -> Option<(&'a str, &'a str)> {
    // Asked of every line: hardly any begins so.
    if !line.compact.starts_with(['附', '（', '(', '【']) || line.size() > 60 {
        return None;
    }
    let label = line.compact.split_once(['：', ':']).filter(|(label, _)| is_annex_label(label));
    label.filter(|(_, name)| !name.is_empty() && !name.contains(['。', '；']))
}

/// Whether the name behind a label goes on in the next line: only both together name a document.
fn name_goes_on(lines: &[Line], at: usize) -> bool {
    let (Some((_, name)), Some(next)) = (named_label(&lines[at]), lines.get(at + 1)) else { return false };
    next.is_open()
        && next.marker.is_none()
        && length(name) > SHORT_NAME
        && next.size() <= 20
        && is_title_in_two(name, &next.compact)
}

/// No name of so many characters is cut in two.
const SHORT_NAME: usize = 12;

/// Whether two lines name a document only together.
fn is_title_in_two(first: &str, second: &str) -> bool {
    !is_titled(first) && is_titled(&format!("{first}{second}"))
}

/// Such a label over its annex: the name comes again as the title, or the text has ended and what follows is more than a line or
/// two that say how the annex is got. Under the text, and in a row of such lines, it is a note of what is annexed.
fn heads_named_annex(lines: &[Line], at: usize, ended: bool) -> bool {
    let Some((label, name)) = named_label(&lines[at]) else { return false };
    let is_label = |line: &Line| is_annex_label(&line.compact) || named_label(line).is_some();
    let Some(next) = lines.get(at + 1).filter(|next| next.is_open() && !next.is_junk() && !is_label(next))
    else {
        return false;
    };
    let is_listed = at.checked_sub(1).is_some_and(|above| named_label(&lines[above]).is_some());
    let is_numbered = !matches!(label, "附件" | "附表" | "附录" | "附");
    let is_text = |line: &&Line| {
        distribution::rule_of(line, true).is_none()
            && !debris::is_own(&line.compact)
            && !debris::is_contact_place(&line.compact)
            && !is_remark(&line.compact)
            && !is_date(&line.compact)
    };
    let below = &lines[at + 1 + usize::from(name_goes_on(lines, at))..];
    let text = || below.iter().take_while(|line| line.is_open() && !is_label(line)).filter(is_text);
    next.compact == name
        || ended
            && is_numbered
            && !is_listed
            && (text().take(TEXT_LINES).count() == TEXT_LINES
                || text().next().is_some_and(|line| line.after_block || line.strong_marker().is_some()))
}

/// An annex has so many lines of text, or one with a number.
const TEXT_LINES: usize = 2;

/// The head of a glossary.
fn is_glossary(compact: &str) -> bool {
    matches!(compact.trim_end_matches(['：', ':']), "名词解释" | "名词注释" | "注释" | "附注" | "名词解释表")
}

/// A title that could stand by itself: it says more than the kind of document.
fn is_titled_alone(compact: &str) -> bool {
    is_titled(compact) && length(compact) > 8
}

/// 附件说明 and the lines of its list. Returns the line after it.
pub(super) fn attachments(lines: &mut [Line], at: usize, announced: &mut Vec<String>) -> Option<usize> {
    let line = &lines[at];
    let rest = ["附件", "附表", "附"].iter().find_map(|word| line.compact.strip_prefix(word))?;
    let bare = rest.trim_start_matches(|c: char| numeral::arabic_digit(c).is_some() || numeral::is_han(c));
    let numbered = bare.len() < rest.len();
    let named = |rest: &&str| {
        numbered
            && (at + 10 >= lines.len() || at * 2 > lines.len())
            && !rest.is_empty()
            && !rest.ends_with('。')
    };
    let rest = bare
        .strip_prefix(['：', ':'])
        .or_else(|| bare.strip_prefix(['.', '．', '、']).filter(named))?
        .to_owned();
    let rest = rest.as_str();
    if line.size() > 90 || rest.trim_end_matches('。').contains('。') {
        return None;
    }
    announced.push(rest.trim_start_matches(|c: char| c.is_ascii_digit() || ".．、".contains(c)).to_owned());
    let mut number = u32::from(!rest.is_empty());
    lines[at].decide(Role::AttachmentNote, "attachment-note");
    let mut next = at + 1;
    // A name that was cut in two: only both lines together name a document.
    let whole = lines.get(next).filter(|line| {
        line.is_open()
            && line.marker.is_none()
            && !line.is_set_in()
            && length(rest) > SHORT_NAME
            && (opens_bracket(rest)
                || is_title_in_two(rest, &line.compact) && !is_titled_alone(&line.compact))
    });
    if whole.is_some() {
        lines[next].decide(Role::AttachmentNote, "attachment-note-goes-on");
        lines[next].joins = true;
        next += 1;
    }
    while let Some(line) = lines.get_mut(next) {
        let follows = line.marker.as_ref().is_some_and(|marker| {
            matches!(marker.scheme, Scheme::Arabic | Scheme::Han) && marker.number() == Some(number + 1)
        }) || begins_with_year(&line.compact, number + 1);
        if !line.is_open()
            || !follows
            || line.size() > 60
            || line.compact.trim_end_matches('。').contains('。')
        {
            break;
        }
        let name = line.marker.as_ref().map_or(0, |marker| marker.length);
        announced.push(line.text.chars().skip(name).filter(|c| !c.is_whitespace()).collect());
        line.decide(Role::AttachmentNote, "attachment-note-goes-on");
        let cut = opens_bracket(&line.compact);
        number += 1;
        next += 1;
        // A name that was cut inside its brackets.
        if let Some(rest) = lines.get_mut(next).filter(|rest| cut && rest.is_open() && rest.size() <= 60) {
            rest.decide(Role::AttachmentNote, "attachment-note-goes-on");
            rest.joins = true;
            next += 1;
        }
    }
    Some(next)
}

/// The name of an attachment may begin with a year: `2.2026年度名单`.
fn begins_with_year(compact: &str, number: u32) -> bool {
    let rest = compact.strip_prefix(&number.to_string());
    let rest = rest.and_then(|rest| rest.strip_prefix(['.', '．', '、']));
    rest.is_some_and(|rest| {
        rest.chars().position(|c| c == '年') == Some(4)
            && rest.is_char_boundary(4)
            && rest[..4].bytes().all(|c| c.is_ascii_digit())
    })
}
