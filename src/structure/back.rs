//! Back matter: closing words, attachments, signature, date, remarks, distribution; and the places
//! where one document ends and the next begins.

use std::ops::Range;

use crate::tree::{Role, Scheme};

use super::attendance;
use super::below;
use super::boilerplate::{self, Junk};
use super::debris;
use super::front::{self, Place};
use super::line::{Decision, Line};
use super::numeral;
use super::phrase::{
    contains_any, date_length, delivers, ends_with_any, is_annex_label, is_closing, is_columns, is_date,
    is_day, is_member_row, is_name, is_organisation, is_release_note, is_remark, is_row_of_bodies,
    is_salutation, is_signer, is_signing_date, is_signing_field, is_titled, is_underscored, length,
    names_bodies, opens_bracket, starts_with_any,
};
use super::stated;

/// A signature has at most this many lines: an order of many ministries.
const SIGNATURE: usize = 16;

/// The rule of a note on the one to contact.
pub(super) const CONTACT: &str = "contact-note";

/// The rule of who prints a document, and when.
const PRINTED: &str = "printed-by";

/// This many of them may be persons.
const PERSONS: usize = 4;

/// Lines of those who get a copy, at most.
const MOST_COPIES: usize = 6;

/// Reads all heads and tails, and returns the bodies between them with their heads, in order.
pub(super) fn divide(lines: &mut [Line]) -> Vec<Range<usize>> {
    let outlined =
        lines.iter().any(|line| !line.pinned && matches!(line.role(), Some(Role::Title | Role::Heading(_))));
    let mut starts = vec![0];
    let mut announced = announced(lines);
    // A file that is an annex begins with its label.
    let annex = lines.first().is_some_and(|line| line.is_open()) && heads_annex(lines, 0, true, false);
    let mut at =
        if annex { begin_annex(lines, 0, outlined) } else { front::read(lines, 0, Place::Top, outlined) };
    // A form of address may go on for a line or two, and so may recipients.
    while at > 0 && at < lines.len() && lines[at].is_open() {
        let (line, before) = (&lines[at], lines[at - 1].role());
        let named = line.compact.ends_with(['：', ':']) && names_bodies(&line.compact);
        if before == Some(Role::Salutation)
            && is_salutation(&line.compact)
            && line.appearance.blank_before == 0
        {
            lines[at].decide(Role::Salutation, "salutation-goes-on");
        } else if before == Some(Role::Recipient) && named && line.size() <= 60 && line.marker.is_none() {
            lines[at].decide(Role::Recipient, "recipient-goes-on");
        } else {
            break;
        }
        at += 1;
    }
    let mut ended = false;
    // An annex has begun whose label has its name: so do the next.
    let mut named = annex && named_label(&lines[0]).is_some();
    let mut lists = attendance::Lists::default();
    while at < lines.len() {
        if !lines[at].is_open() {
            if stated::begins(lines, at) {
                starts.push(at);
                ended = false;
            }
            let begins = match lines[at].role().filter(|_| lines[at].pinned) {
                Some(Role::Title) => Some((at, Place::Inside)),
                Some(Role::AttachmentLabel) => Some((at + 1, Place::Annex)),
                role => {
                    ended = ended || matches!(role, Some(Role::Signature | Role::SigningDate));
                    None
                }
            };
            at += 1;
            if let Some((head, place)) = begins {
                starts.push(at - 1);
                at = at.max(front::read(lines, head, place, outlined));
                ended = false;
            }
            continue;
        }
        if let Some(next) = lists.read(lines, starts.last().copied().unwrap_or(0), at) {
            at = next;
            continue;
        }
        if let Some(next) = signed(lines, at) {
            at = next;
            ended = true;
            continue;
        }
        if heads_annex(lines, at, ended, named) {
            named |= named_label(&lines[at]).is_some();
            starts.push(at);
            at = begin_annex(lines, at, outlined);
            ended = false;
            continue;
        }
        if let Some(next) = attachments(lines, at, &mut announced) {
            at = next;
            continue;
        }
        if signs_below_closing(lines, at) {
            lines[at].decide(Role::Signature, "signature-below-closing");
            at += 1;
            ended = true;
            continue;
        }
        let copies_row = || is_office_row(lines, at).then_some("printed-copies");
        if let Some(rule) = distribution(&lines[at], ended || at + 6 >= lines.len()).or_else(copies_row) {
            // The line drawn over it (7.4.1).
            if let Some(above) = at.checked_sub(1).filter(|above| is_underscored(&lines[*above].compact)) {
                lines[above].decide(Role::Boilerplate, "separator");
            }
            lines[at].decide(Role::CopyTo, rule);
            print_row(lines, at, ended);
            at += 1;
            at = copies(lines, at);
            continue;
        }
        if (ended || at * 2 > lines.len())
            && lines[at].marker.is_none()
            && debris::is_contact(&lines[at].compact)
            && !is_signing_row(lines, at)
        {
            lines[at].decide(Role::Remark, CONTACT);
            at += 1;
            // Address, post code and page of the one to contact.
            while lines.get(at).is_some_and(|line| line.is_open() && debris::is_contact_place(&line.compact))
            {
                lines[at].decide(Role::Remark, CONTACT);
                at += 1;
            }
            continue;
        }
        if is_seal_row(&lines[at]) && at * 2 > lines.len() {
            at = seal_rows(lines, at);
            ended = true;
            continue;
        }
        let note = is_release_note(&lines[at].compact);
        if note || ended && !lines[at].is_junk() && is_remark(&lines[at].compact) {
            lines[at].decide(Role::Remark, "remark-after-date");
            at += 1;
            continue;
        }
        if !outlined && front::begins(lines, at, ended, &announced) {
            let next = front::read(lines, at, Place::Inside, outlined);
            if lines[at].role() == Some(Role::Title) {
                starts.push(at);
                ended = false;
                at = next.max(at + 1);
                continue;
            }
        }
        // A long paragraph is text again, whatever ended before.
        ended = ended && (lines[at].size() <= 30 || boilerplate::is_separator(&lines[at].compact));
        at += 1;
    }
    below::find(lines);
    below::repeated(lines);
    sign_last(lines);
    below::closing_words(lines);
    starts.push(lines.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).filter(|part| !part.is_empty()).collect()
}

/// Names of documents that the text announces, `《…》` in a covering letter: they may follow as titles.
fn announced(lines: &[Line]) -> Vec<String> {
    let mut names = Vec::new();
    for line in lines.iter().take(40) {
        let mut rest = line.compact.as_ref();
        while let Some(open) = rest.find('《') {
            rest = &rest[open + '《'.len_utf8()..];
            let Some(close) = rest.find('》') else { break };
            if length(&rest[..close]) >= 4 && names.len() < 64 {
                names.push(rest[..close].to_owned());
            }
            rest = &rest[close..];
        }
    }
    names
}

/// A date on a line of its own, the signature above it and the remarks below. Returns the line after them.
fn signed(lines: &mut [Line], at: usize) -> Option<usize> {
    let line = &lines[at];
    let tail = at + 4 >= lines.len();
    // A short notice names no year: `后勤服务中心` over `7月3日`.
    let signs = |line: &Line| may_sign(line) || line.role() == Some(Role::Signature);
    let signed = || at.checked_sub(1).is_some_and(|above| signs(&lines[above]));
    let day = || is_day(&line.compact) && (signed() || !signing_fields(lines, at).is_empty());
    let dated = is_date(&line.compact) || tail && (is_signing_date(&line.compact) || day());
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
    let name = ["法官助理", "代理书记员", "书记员"].iter().find_map(|office| compact.strip_prefix(office));
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
    let first = (first..date).find(|at| is_signer(&lines[*at].text, &lines[*at].compact)).unwrap_or(date);
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
fn is_signing_row(lines: &[Line], at: usize) -> bool {
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
        if is_member_row(&line.text) && !line.is_set_in() || is_closing(&line.compact) {
            break;
        }
        if line.junk == Junk::Pair && !is_signer(&line.text, &line.compact) && !line.is_set_in() {
            break;
        }
        let known = is_signer(&line.text, &line.compact) || line.is_set_in();
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
fn is_seal_row(line: &Line) -> bool {
    line.size() <= 80
        && line.compact.contains('方')
        && contains_any(&line.compact, &["甲方", "乙方", "丙方", "委托方", "受托方", "出租方", "承租方"])
        && !line.compact.contains(['。', '；'])
        && contains_any(&line.compact, &["盖章", "签章", "签字", "公章", "签名"])
}

/// The rows under the seals: representatives and dates.
fn seal_rows(lines: &mut [Line], at: usize) -> usize {
    let mut next = at;
    while let Some(line) = lines.get_mut(next) {
        let dates: Vec<&str> = line.text.split("  ").flat_map(|part| part.split("　　")).collect();
        let dated = |part: &&str| {
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
        if is_date(compact) || compact.contains('年') && dates.iter().all(dated) {
            line.decide(Role::SigningDate, "date-under-seals");
        } else if is_seal_row(line)
            || line.size() <= 80
                && contains_any(compact, &["法定代表人", "委托代理人", "授权代表", "负责人（", "代表人"])
                && compact.contains(['：', ':'])
        {
            line.decide(Role::Signature, "seal-row");
        } else if !debris::is_contact(compact) && !debris::is_contact_place(compact) {
            break;
        }
        next += 1;
    }
    next.max(at + 1)
}

/// Reads the head of the annex whose label stands there; gives the first line of its text.
fn begin_annex(lines: &mut [Line], at: usize, outlined: bool) -> usize {
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
fn heads_annex(lines: &[Line], at: usize, ended: bool, named: bool) -> bool {
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
fn named_label<'a>(line: &'a Line<'_>) -> Option<(&'a str, &'a str)> {
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
        distribution(line, true).is_none()
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
fn attachments(lines: &mut [Line], at: usize, announced: &mut Vec<String>) -> Option<usize> {
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

/// 抄送, 印发.
pub(super) fn distribution(line: &Line, tail: bool) -> Option<&'static str> {
    let compact = line.compact.as_ref();
    if tail
        && line.size() <= 200
        && starts_with_any(
            compact,
            &[
                "报：",
                "送：",
                "发：",
                "报:",
                "送:",
                "发:",
                "抄：",
                "印送：",
                "分送：",
                "打字：",
                "校对：",
                "打印：",
            ],
        )
    {
        return Some("copy-to");
    }
    let copies = compact.trim_start_matches(['（', '(']).trim_end_matches(['）', ')', '。']);
    if tail
        && length(copies) <= 10
        && copies.ends_with('份')
        && starts_with_any(copies, &["共印", "印数", "印发", "印"])
    {
        return Some("printed-copies");
    }
    if starts_with_any(
        compact,
        &["抄送：", "主送：", "分送：", "抄报：", "报送：", "发送：", "抄送:", "主送:", "抄报:"],
    ) && line.size() <= 200
    {
        return Some("copy-to");
    }
    if tail && line.size() <= 40 && starts_with_any(compact, &["主题词：", "主题词:"]) {
        return Some("subject-words");
    }
    let body = compact.strip_suffix("印发").or_else(|| compact.strip_suffix('印'))?;
    let tail: String = body.chars().rev().take(11).collect::<Vec<_>>().into_iter().rev().collect();
    let dated = (0..length(&tail)).any(|skip| {
        let rest: String = tail.chars().skip(skip).collect();
        date_length(&rest).is_some_and(|end| end == length(&rest))
    });
    (dated && line.size() <= 50).then_some(PRINTED)
}

/// Who edited a bulletin and who let it go, in one row: `编辑：张三　签发：李四　（共印150份）`. Pages have such rows as well, but
/// neither copies nor those who get one.
fn is_office_row(lines: &[Line], at: usize) -> bool {
    let compact = lines[at].compact.as_ref();
    let copied = at.checked_sub(1).is_some_and(|above| lines[above].role() == Some(Role::CopyTo));
    let labels = ["编辑：", "编审：", "审核：", "签发：", "核稿：", "拟稿：", "校对：", "主编："];
    lines[at].size() <= 80
        && (copied || compact.contains("共印"))
        && labels.iter().filter(|label| compact.contains(**label)).count() >= 2
        && starts_with_any(compact.trim_start_matches("本期").trim_start_matches("责任"), &labels)
}

/// 印发机关 and 印发日期 on two lines are one row (7.4.3): the date goes on the line of the office.
fn print_row(lines: &mut [Line], date: usize, ended: bool) {
    let dated = |compact: &str| compact.strip_suffix("印发").is_some_and(is_date);
    let Some(office) = date.checked_sub(1).filter(|_| dated(&lines[date].compact)) else { return };
    let line = &lines[office];
    let prints = line.decision == Some(Decision { role: Role::CopyTo, rule: PRINTED })
        || ended && line.is_open() && line.marker.is_none();
    if prints && !line.joins && is_organisation(&line.compact) && !lines[date].apart {
        lines[office].decide(Role::CopyTo, PRINTED);
        lines[date].beside = Some(lines[office].block);
    }
}

/// What goes on below a line of the distribution: further bodies after its comma. Returns the line after them.
fn copies(lines: &mut [Line], at: usize) -> usize {
    let mut next = at;
    // Lines up to the one that names who prints: all between is of the same part.
    let goes_on = |line: &&Line| line.is_open() && line.marker.is_none() && line.size() <= 120;
    let between = lines[at..].iter().take(MOST_COPIES).take_while(goes_on);
    let printed = between.take_while(|line| distribution(line, true).is_none()).count() + at;
    let is_printed = |at: usize| lines.get(at).and_then(|line| distribution(line, true)) == Some(PRINTED);
    // The office that prints may stand above its date.
    let office = printed.checked_sub(1).filter(|at| is_organisation(&lines[*at].compact)).unwrap_or(printed);
    let printed = if is_printed(printed) { office } else { at };
    while let Some(line) = lines.get(next) {
        let open = lines[next - 1].compact.ends_with(['，', '、', ',']);
        if next >= printed && !open || !goes_on(&line) || distribution(line, true).is_some() {
            break;
        }
        lines[next].decide(Role::CopyTo, "copy-to-goes-on");
        lines[next].joins = true;
        next += 1;
    }
    // The office that prints, above its date.
    let above = lines.get(next).zip(lines.get(next + 1));
    if above.is_some_and(|(office, date)| {
        office.is_open() && is_organisation(&office.compact) && distribution(date, true) == Some(PRINTED)
    }) {
        lines[next].decide(Role::CopyTo, PRINTED);
        next += 1;
    }
    next
}

/// A signature without a date: the last line, if it names somebody who may sign.
fn sign_last(lines: &mut [Line]) {
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
fn signs_below_closing(lines: &[Line], at: usize) -> bool {
    let closed = at.checked_sub(1).map(|above| &lines[above]).is_some_and(|above| {
        above.is_open() && above.size() <= 20 && is_closing(&above.compact) && above.strong_marker().is_none()
    });
    closed && at + 8 >= lines.len() && may_sign(&lines[at]) && is_name(&lines[at].compact)
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
