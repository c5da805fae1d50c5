//! Headings without a number: short lines without a final mark, each over a passage of text.
//!
//! Alone, such a line proves nothing; two or more that stand alike do. Where the document numbers its
//! top level, they can only be what stands above the numbers: `2025年工作回顾` over its own 一、二、三、.

use crate::tree::{Role, Scheme};

use super::heading;
use super::line::Line;
use super::list::List;
use super::phrase;

/// Decides the open lines of one document that head passages without a number.
pub(super) fn decide(lines: &mut [Line], lists: &[List]) {
    if lines.iter().any(|line| line.stated && !line.pinned && matches!(line.role(), Some(Role::Heading(_)))) {
        return;
    }
    set_off(lines);
    let numbered: Vec<&List> = lists.iter().filter(|list| heads_top(lines, list)).collect();
    let over_numbers = !numbered.is_empty();
    let script = is_script(lines);
    let found: Vec<usize> = if script {
        (1..lines.len()).filter(|at| stands_over_cue(lines, *at)).collect()
    } else {
        (1..lines.len()).filter(|at| may_head(lines, *at, over_numbers)).collect()
    };
    if over_numbers {
        if stand_above(lines, &found, &numbered) {
            found.iter().for_each(|at| lines[*at].decide(Role::Heading(1), "heading-over-numbers"));
            lower(&mut lines[found[0]..]);
        }
        return;
    }
    // One that a reader knows for a heading is proof for all that stand like it.
    let known =
        lines.iter().find(|line| line.pinned && line.marker.is_none() && line.role().is_some_and(is_heading));
    if let Some(role) = known.and_then(Line::role) {
        found.iter().for_each(|at| lines[*at].decide(role, heading::LIKE));
        return;
    }
    // A long paragraph below is better proof than a short sentence; in a script turns are short.
    let long = |at: &&usize| {
        script || lines.get(**at + 1).is_some_and(|next| next.size() > 24 || !next.ends_sentence())
    };
    if found.iter().filter(long).count() >= 2 {
        found.iter().for_each(|at| lines[*at].decide(Role::Heading(1), "unnumbered-heading"));
    }
}

/// Who speaks a line of a script.
fn speaker<'a>(line: &'a Line<'_>) -> Option<&'a str> {
    let (speaker, said) = phrase::cue(&line.compact)?;
    (!said.is_empty() && speaker.chars().all(phrase::is_han)).then_some(speaker)
}

/// Whether two or more take turns in speaking, three times at least.
fn is_script(lines: &[Line]) -> bool {
    let mut turns = std::collections::BTreeMap::<&str, usize>::new();
    for line in lines.iter().filter(|line| line.is_open()) {
        if let Some(speaker) = speaker(line) {
            *turns.entry(speaker).or_default() += 1;
        }
    }
    turns.values().filter(|turns| **turns >= 3).count() >= 2
}

/// A few words that nobody speaks, between the turns of a script: `开场`, `颁奖环节`.
fn stands_over_cue(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    line.is_open()
        && line.marker.is_none()
        && !line.is_junk()
        && (1..=12).contains(&line.size())
        && line.compact.chars().all(|c| phrase::is_han(c) || c.is_ascii_alphanumeric())
        && speaker(line).is_none()
        && lines.get(at + 1).is_some_and(|next| speaker(next).is_some())
}

/// Gives short lines that print sets off from the text their levels: one look is one level, in the order in which
/// looks come, below the numbered heading they stand under.
fn set_off(lines: &mut [Line]) {
    let mut looks = Vec::new();
    let mut enclosing = 0u8;
    for at in 0..lines.len() {
        if let Some(Role::Heading(level)) = lines[at].role() {
            enclosing = level;
            continue;
        }
        if !is_set_off(lines, at) {
            continue;
        }
        let look = lines[at].emphasis.look;
        let rank = looks.iter().position(|own| *own == look).unwrap_or_else(|| {
            looks.push(look);
            looks.len() - 1
        });
        let level = u8::try_from(rank + 1).unwrap_or(9).saturating_add(enclosing).clamp(1, 9);
        lines[at].decide(Role::Heading(level), "set-off-heading");
        // Numbered headings enclose; what is set off does not enclose its like.
    }
}

/// A short line of one look, not the body's, over text or over another such line.
fn is_set_off(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let emphasised = |line: &Line| line.emphasis.strong || line.emphasis.large;
    let over = lines.get(at + 1).is_some_and(|next| {
        next.after_block
            || emphasised(next) && next.emphasis.look != line.emphasis.look
            || !emphasised(next) && next.size() > 8
            || matches!(next.role(), Some(Role::Heading(_) | Role::Point(_)))
    });
    at > 0
        && line.is_open()
        && emphasised(line)
        && (2..=40).contains(&line.size())
        && line.marker.as_ref().is_none_or(|_| !line.marked)
        && !line.is_junk()
        && !line.compact.ends_with(['。', '；', '，', '、', ';', ','])
        && !phrase::is_columns(&line.text)
        && !phrase::is_date(&line.compact)
        && !phrase::is_salutation(&line.compact)
        && over
}

fn is_heading(role: Role) -> bool {
    matches!(role, Role::Heading(_))
}

/// Whether a list numbers the top level of the document.
fn heads_top(lines: &[Line], list: &List) -> bool {
    let top = matches!(list.scheme, Scheme::Han | Scheme::Chapter | Scheme::Part | Scheme::Roman);
    let heading = |at: &&usize| matches!(lines[**at].role(), Some(Role::Heading(_)));
    top && list.members.iter().filter(heading).count() > 1
}

/// A short line without a final mark, after the end of a paragraph and over text or deeper headings.
fn may_head(lines: &[Line], at: usize, over_numbers: bool) -> bool {
    let (line, before) = (&lines[at], &lines[at - 1]);
    let short = (1..=24).contains(&line.size())
        && (line.size() > 2 || line.compact.chars().all(phrase::is_han))
        && !line.is_junk()
        && !line
            .compact
            .ends_with(['。', '；', '：', '，', '！', '？', '、', ':', '…', '”', '）', ';', '.', '!'])
        && !line.compact.contains(['。', '；', '：', ':'])
        && !phrase::is_columns(&line.text)
        && !phrase::is_date(&line.compact)
        && line.marker.is_none();
    let text_before = (before.ends_sentence() || before.compact.ends_with(['：', ':']))
        && before.size() > if over_numbers { 8 } else { 12 }
        || !before.is_open() && before.role() != Some(Role::Body);
    let over = lines.get(at + 1).is_some_and(|next| {
        let text = next.size() > 14 && (next.ends_sentence() || next.compact.ends_with('：'));
        let first = next.marker.as_ref().is_some_and(|marker| marker.number() == Some(1));
        let numbered =
            matches!(next.role(), Some(Role::Heading(level)) if level > 1 || over_numbers && first);
        text && (next.is_open() || matches!(next.role(), Some(Role::Point(_)))) || numbered
    });
    line.is_open() && (short && text_before && over || is_cue(lines, at))
}

/// A cue of one who presides, over what follows on it: `【宣布开会】`.
fn is_cue(lines: &[Line], at: usize) -> bool {
    let cue = |line: &Line| phrase::is_cue(&line.compact) && !line.is_junk();
    cue(&lines[at]) && lines.get(at + 1).is_some_and(|next| !cue(next))
}

/// Whether the lines stand above the numbered lists and in none of them, two or more, the first list under the first.
fn stand_above(lines: &[Line], found: &[usize], numbered: &[&List]) -> bool {
    let inside = |at: &usize| {
        numbered.iter().any(|list| {
            let (first, last) = (list.members.first(), list.members.last());
            first.is_some_and(|first| first < at) && last.is_some_and(|last| at < last)
        })
    };
    let han = numbered.iter().all(|list| list.scheme == Scheme::Han);
    let first = numbered.iter().filter_map(|list| list.members.first()).min();
    // Text over the first number belongs under the first heading, so only a little of it stands between.
    let close = |head: usize, list: usize| list > head && list - head <= 4;
    han && found.len() > 1
        && !found.iter().any(inside)
        && first.is_some_and(|first| close(found[0], *first))
        && lines[..found[0]].iter().all(|line| !matches!(line.role(), Some(Role::Heading(_))))
}

/// Moves headings and points below unnumbered ones one level down.
fn lower(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|line| line.marked) {
        let down = |level: &mut u8| *level = (*level + 1).min(9);
        let role = line.decision.as_mut().map(|decision| &mut decision.role);
        if let Some(Role::Heading(level) | Role::Point(level)) = role {
            down(level);
        }
        if let Some(lead) = &mut line.lead {
            down(&mut lead.level);
        }
    }
}
