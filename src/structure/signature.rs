//! Who signs a text, and when: names above a date, beside it, under seals and at the end.

use std::ops::Range;

use crate::tree::Role;

use super::boilerplate::Junk;
use super::debris;
use super::line::Line;
use super::phrase::{
    contains_any, delivers, ends_with_any, is_closing, is_columns, is_date, is_date_to_the_hour, is_day,
    is_for_a_hand, is_member_row, is_name, is_organisation, is_remark, is_row_of_bodies, is_signer,
    is_signing_date, is_signing_field, is_titled,
};
use super::tabbed;

/// A signature has at most this many lines: an order of many ministries.
const SIGNATURE: usize = 16;

/// This many of them may be persons.
const PERSONS: usize = 4;

/// A date on a line of its own, the signature above it and the remarks below. Returns the line after them.
pub(super) fn signed(lines: &mut [Line], at: usize) -> Option<usize> {
    let line = &lines[at];
    let tail = at + 4 >= lines.len();
    // A short notice names no year: `后勤服务中心` over `7月3日`.
    let signs = |line: &Line| may_sign(line) || line.role() == Some(Role::Signature);
    let signed = || at.checked_sub(1).is_some_and(|above| signs(&lines[above]));
    let day = || is_day(&line.compact) && (signed() || !signing_fields(lines, at).is_empty());
    let hour = || is_date_to_the_hour(&line.compact) && signed();
    let dated = is_date(&line.compact) || tail && (is_signing_date(&line.compact) || day() || hour());
    if line.is_junk() && !dated {
        return None;
    }
    if !dated {
        return signed_in_one(lines, at);
    }
    // A date in brackets below a title belongs to it.
    let headed =
        at.checked_sub(1).is_some_and(|above| lines[above].is_open() && is_titled(&lines[above].compact));
    if headed && line.compact.starts_with(['（', '(']) {
        return None;
    }
    // A date that heads a passage of a chronicle is followed by its text at once and signed by nobody.
    let signers = signers(lines, at);
    let follows = lines.get(at + 1).is_some_and(|next| next.size() > 60 && next.marker.is_none());
    let follows = follows || heads_day(lines, at) && is_diary(lines, at);
    if signers.is_empty() && (follows && !line.is_set_in() || at + 1 < lines.len() && is_asked_for(lines, at))
    {
        return None;
    }
    let unsigned = signers.is_empty();
    for signer in signers {
        lines[signer].decide(Role::Signature, "signature-above-date");
    }
    lines[at].decide(Role::SigningDate, "signing-date");
    let mut next = at + 1;
    // Some sign below the date, as the last words of all.
    let below = next + 1 == lines.len() && unsigned;
    if let Some(line) = lines.get_mut(next).filter(|line| below && may_sign(line)) {
        line.decide(Role::Signature, "signature-below-date");
        next += 1;
    }
    while let Some(line) = lines.get_mut(next) {
        let note = is_remark(&line.compact) && !line.is_junk() || debris::is_contact(&line.compact);
        if is_clerk(&line.compact) {
            line.decide(Role::Signature, "signature-below-date");
        } else if note {
            line.decide(Role::Remark, "remark-after-date");
        } else {
            break;
        }
        next += 1;
    }
    Some(next)
}

/// A date right over a sentence.
fn heads_day(lines: &[Line], at: usize) -> bool {
    let text = |next: &Line| next.marker.is_none() && next.ends_sentence() && !is_remark(&next.compact);
    is_date(&lines[at].compact) && lines.get(at + 1).is_some_and(text)
}

/// Whether another date, with nothing but sentences between, heads a day as well.
fn is_diary(lines: &[Line], at: usize) -> bool {
    let is_text = |other: &usize| lines[*other].ends_sentence();
    let below = (at + 1..lines.len()).take(DAY).find(|other| !is_text(other));
    let above = (0..at).rev().take(DAY).find(|other| !is_text(other));
    below.into_iter().chain(above).any(|other| heads_day(lines, other))
}

/// The text of a day has no more lines.
const DAY: usize = 24;

/// `书 记 员　王五`, below the date of a judgment.
fn is_clerk(compact: &str) -> bool {
    is_office_with_name(compact, &["法官助理", "代理书记员", "书记员"])
}

/// `审 判 长　王五`, above it.
fn is_judge(compact: &str) -> bool {
    is_office_with_name(compact, &["审判长", "审判员", "代理审判员", "人民陪审员", "陪审员", "执行员"])
}

fn is_office_with_name(compact: &str, offices: &[&str]) -> bool {
    let name = offices.iter().find_map(|office| compact.strip_prefix(office));
    name.is_some_and(|name| is_name(name.trim_start_matches(['：', ':'])))
}

/// Whether the line above asks for this one: `三楼会议室` below `二、会议地点`.
fn is_asked_for(lines: &[Line], at: usize) -> bool {
    at.checked_sub(1).map(|above| &lines[above]).is_some_and(|above| {
        let label = above.compact.trim_end_matches(['：', ':']);
        above.is_open()
            && above.size() <= 20
            && (above.strong_marker().is_some() || label.len() < above.compact.len())
            && ends_with_any(
                label,
                &["时间", "日期", "地点", "地址", "场所", "对象", "人员", "单位", "方式", "主题", "名称"],
            )
    })
}

/// The lines above a date in which those who sign say who they are, from the first who is called by what he signs as:
/// `申请人：李四` over `学号：20260001`.
fn signing_fields(lines: &[Line], date: usize) -> Range<usize> {
    let is_field = |at: &usize| {
        let line = &lines[*at];
        line.is_open() && line.marker.is_none() && is_signing_field(&line.compact)
    };
    let first = (0..date).rev().take(FIELDS).take_while(is_field).last().unwrap_or(date);
    let signs = |line: &Line| is_signer(&line.text, &line.compact) || is_for_a_hand(&line.compact);
    let first = (first..date).find(|at| signs(&lines[*at])).unwrap_or(date);
    let ends = |above: &Line| {
        above.ends_sentence()
            || is_closing(&above.compact)
            || matches!(
                above.role(),
                Some(Role::Body | Role::Point(_) | Role::Closing | Role::AttachmentNote)
            )
    };
    let below_text = first.checked_sub(1).is_some_and(|above| ends(&lines[above]));
    if below_text { first..date } else { date..date }
}

/// Whether the line is one of those above a date.
pub(super) fn is_signing_row(lines: &[Line], at: usize) -> bool {
    let dated = |at: &usize| is_date(&lines[*at].compact) || is_day(&lines[*at].compact);
    let date = (at + 1..lines.len()).take(FIELDS).find(dated);
    date.is_some_and(|date| signing_fields(lines, date).contains(&at))
}

/// Those who sign say who they are in so many lines.
const FIELDS: usize = 8;

/// Signature and date on one line: `某市人民政府　2026年1月5日`.
fn signed_in_one(lines: &mut [Line], at: usize) -> Option<usize> {
    let line = &lines[at];
    // A row of a list of tasks has who does it and until when, too.
    if line.size() > 60 || line.marker.is_some() {
        return None;
    }
    // The first of every run of blanks: a line may have very many.
    let mut before = ' ';
    let begins_gap =
        |(_, c): &(usize, char)| !std::mem::replace(&mut before, *c).is_whitespace() && c.is_whitespace();
    let start = line.text.char_indices().filter(begins_gap).find_map(|(blank, _)| {
        is_date(&super::phrase::compact(line.text[blank..].trim_start())).then_some(blank)
    })?;
    let name = line.text[..start].trim();
    let tail = at + 8 >= lines.len();
    // Fields of a form end so: `填报单位：　填报时间：　年　月　日`.
    let field = name.ends_with(['：', ':']) && name.matches(['：', ':']).count() > 1;
    if !tail || field || !is_signer(name, &super::phrase::compact(name)) {
        return None;
    }
    lines[at].decide(Role::Signature, "signature-with-date");
    Some(at + 1)
}

/// The lines above a date that sign it.
fn signers(lines: &[Line], date: usize) -> Vec<usize> {
    let fields = signing_fields(lines, date);
    if !fields.is_empty() {
        return fields.collect();
    }
    let mut found = Vec::new();
    for at in (date.saturating_sub(SIGNATURE)..date).rev() {
        let line = &lines[at];
        let bodies = is_organisation(&line.compact) || is_row_of_bodies(&line.text);
        let short = (line.size() <= 32 || bodies)
            && !line.compact.ends_with(['。', '；', '：', '，', '！', '？', '、', '”', ':'])
            && !line.compact.contains(['。', '；', '？']);
        if !line.is_open() || line.marker.as_ref().is_some_and(|m| !m.weak) || !short || line.is_junk() {
            break;
        }
        let judge = is_judge(&line.compact);
        if is_member_row(&line.text) && !line.is_set_in() && !judge || is_closing(&line.compact) {
            break;
        }
        if line.junk == Junk::Pair && !is_signer(&line.text, &line.compact) && !line.is_set_in() {
            break;
        }
        let known = judge || is_signer(&line.text, &line.compact) || line.is_set_in();
        // Who signs does so below the one to whom it is delivered.
        if !found.is_empty() && at.checked_sub(1).is_some_and(|above| delivers(&lines[above].compact)) {
            break;
        }
        // More than a few are bodies that sign together; names in a column are a list.
        if date - at > PERSONS && !bodies {
            break;
        }
        // A name that nobody knows signs right above the date, below the text or below one that is known.
        let directly = at + 1 == date && at > 0 && {
            let above = &lines[at - 1];
            above.ends_sentence() || !above.is_open() || is_signer(&above.text, &above.compact)
        };
        if !known && !directly || !found.is_empty() && is_asked_for(lines, at) {
            break;
        }
        found.push(at);
    }
    found
}

/// Where the parties of a contract sign: `甲方（盖章）：　　乙方（盖章）：`.
pub(super) fn is_seal_row(line: &Line) -> bool {
    line.size() <= 80
        && line.compact.contains('方')
        && contains_any(&line.compact, &["甲方", "乙方", "丙方", "委托方", "受托方", "出租方", "承租方"])
        && !line.compact.contains(['。', '；'])
        && contains_any(&line.compact, &["盖章", "签章", "签字", "公章", "签名"])
}

/// What stands on a line, parted by wide blanks.
fn columns(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split("  ").flat_map(|part| part.split("\u{3000}\u{3000}"))
}

/// The rows under the seals: representatives and dates.
pub(super) fn seal_rows(lines: &mut [Line], at: usize) -> usize {
    let mut next = at;
    while let Some(line) = lines.get_mut(next) {
        let dated = |part: &str| {
            let part = super::phrase::compact(part);
            let part = ["签订日期", "签署日期", "日期"]
                .iter()
                .find_map(|label| part.strip_prefix(label))
                .unwrap_or(&part)
                .trim_start_matches(['：', ':'])
                .to_owned();
            part.is_empty() || is_date(&part)
        };
        let compact = line.compact.as_ref();
        if is_date(compact) || compact.contains('年') && columns(&line.text).all(dated) {
            line.decide(Role::SigningDate, "date-under-seals");
        } else if is_seal_row(line)
            || line.size() <= 80
                && contains_any(compact, &["法定代表人", "委托代理人", "授权代表", "负责人（", "代表人"])
                && compact.contains(['：', ':'])
            || is_row_of_fields(line)
        {
            line.decide(Role::Signature, "seal-row");
        } else if !debris::is_contact(compact) && !debris::is_contact_place(compact) {
            break;
        }
        next += 1;
    }
    next.max(at + 1)
}

/// What both parties are asked for, side by side: `开户行：　　　　开户行：`.
fn is_row_of_fields(line: &Line) -> bool {
    let mut parts = columns(&line.text).map(str::trim).filter(|part| !part.is_empty());
    line.size() <= 80
        && parts.clone().count() == 2
        && parts.all(|part| tabbed::is_field(part) && !part.contains(['。', '；']))
}

/// A signature without a date: the last line, if it names somebody who may sign.
pub(super) fn sign_last(lines: &mut [Line]) {
    let Some(last) =
        lines.iter().rposition(|line| !line.is_boilerplate() && line.role() != Some(Role::Remark))
    else {
        return;
    };
    // Several may sign, each below the other.
    let first = (0..=last).rev().take(PERSONS).take_while(|at| may_sign(&lines[*at])).last();
    // A drawn line may stand between the text and the one who signs it.
    let above = |first: usize| lines[..first].iter().rposition(|line| !line.is_boilerplate());
    let Some((first, before)) = first.and_then(|first| Some((first, above(first)?))) else {
        if let Some(before) = last.checked_sub(1) {
            sign_set_in(lines, before, last);
        }
        return;
    };
    if lines[before].ends_sentence() && lines[before].size() > 4 {
        lines[first..=last].iter_mut().for_each(|line| line.decide(Role::Signature, "signature-at-end"));
    }
}

/// A name below the closing words of a letter or a mail, over what is needed to answer it.
pub(super) fn signs_below_closing(lines: &[Line], at: usize) -> bool {
    let closes = |above: &Line| {
        above.is_open() && above.size() <= 20 && is_closing(&above.compact) && above.strong_marker().is_none()
    };
    at + 8 >= lines.len()
        && at.checked_sub(1).is_some_and(|above| closes(&lines[above]))
        && may_sign(&lines[at])
        && is_name(&lines[at].compact)
}

/// A short line, without the mark of a sentence, that names somebody who may sign.
fn may_sign(line: &Line) -> bool {
    line.is_open()
        && is_short_name(line)
        && !is_closing(&line.compact)
        && is_signer(&line.text, &line.compact)
}

fn is_short_name(line: &Line) -> bool {
    line.size() <= 24
        && line.marker.is_none()
        && !is_remark(&line.compact)
        && !is_columns(line.text.trim_end_matches(['：', ':']))
        && !line.compact.ends_with(['。', '！', '；', '？'])
}

/// A last line that stands far to the right of the text is a signature, whoever it names.
fn sign_set_in(lines: &mut [Line], before: usize, last: usize) {
    let (above, line) = (&lines[before], &lines[last]);
    let set_in = line.appearance.indent >= above.appearance.indent.saturating_add(6);
    let ends = above.ends_sentence() && above.size() > 4;
    if line.is_open() && set_in && ends && is_short_name(line) && !line.compact.ends_with('：') {
        lines[last].decide(Role::Signature, "signature-at-end");
    }
}
