//! Back matter: closing words, attachments, signature, date, remarks, distribution; and the places
//! where one document ends and the next begins.

use std::ops::Range;

use crate::tree::{Role, Scheme};

use super::boilerplate::Junk;
use super::front::{self, Place};
use super::line::Line;
use super::numeral;
use super::phrase::{
    contains_any, date_length, ends_with_any, is_call, is_caption, is_closing, is_columns, is_date,
    is_member_row, is_remark, is_salutation, is_signer, length, starts_with_any,
};

/// A signature has at most this many lines.
const SIGNATURE: usize = 4;

/// Reads all heads and tails, and returns the bodies between them with their heads, in order.
pub(super) fn divide(lines: &mut [Line]) -> Vec<Range<usize>> {
    let outlined = lines.iter().any(|line| matches!(line.role(), Some(Role::Title | Role::Heading(_))));
    let mut starts = vec![0];
    let mut announced = announced(lines);
    // A file that is an annex begins with its label.
    let annex = lines.first().is_some_and(|line| line.is_open()) && is_label(lines, 0, true);
    if annex {
        lines[0].decide(Role::AttachmentLabel, "attachment-label");
    }
    let mut at =
        front::read(lines, usize::from(annex), if annex { Place::Annex } else { Place::Top }, outlined);
    // A form of address may go on for a line or two.
    while at > 0 && at < lines.len() && lines[at - 1].role() == Some(Role::Salutation) && lines[at].is_open()
    {
        if !is_salutation(&lines[at].compact) || lines[at].appearance.blank_before > 0 {
            break;
        }
        lines[at].decide(Role::Salutation, "salutation-goes-on");
        at += 1;
    }
    let mut ended = false;
    while at < lines.len() {
        if !lines[at].is_open() {
            at += 1;
            continue;
        }
        if let Some(next) = signed(lines, at) {
            at = next;
            ended = true;
            continue;
        }
        if is_label(lines, at, ended) {
            lines[at].decide(Role::AttachmentLabel, "attachment-label");
            starts.push(at);
            at += 1;
            // `附件2` over `名词解释`: two labels of one annex.
            if lines.get(at).is_some_and(|line| is_glossary(&line.compact)) {
                lines[at].decide(Role::AttachmentLabel, "attachment-label");
                at += 1;
            }
            at = front::read(lines, at, Place::Annex, outlined);
            ended = false;
            continue;
        }
        if let Some(next) = attachments(lines, at, &mut announced) {
            at = next;
            continue;
        }
        if let Some(rule) = distribution(&lines[at]) {
            lines[at].decide(Role::CopyTo, rule);
            at += 1;
            continue;
        }
        if ended && lines[at].junk == Junk::None && is_remark(&lines[at].compact) {
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
        ended = ended && lines[at].size() <= 30;
        at += 1;
    }
    below(lines);
    repeated(lines);
    sign_last(lines);
    starts.push(lines.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).filter(|part| !part.is_empty()).collect()
}

/// Names of documents that the text announces, `《…》` in a covering letter: they may follow as titles.
fn announced(lines: &[Line]) -> Vec<String> {
    let mut names = Vec::new();
    for line in lines.iter().take(40) {
        let mut rest = line.compact.as_str();
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
    if line.junk != Junk::None && !is_date(&line.compact) {
        return None;
    }
    if !is_date(&line.compact) {
        return signed_in_one(lines, at);
    }
    // A date that heads a passage of a chronicle is followed by its text at once and signed by nobody.
    let signers = signers(lines, at);
    let follows = lines.get(at + 1).is_some_and(|next| next.size() > 60 && next.marker.is_none());
    if signers.is_empty() && follows && !line.is_set_in() {
        return None;
    }
    for signer in signers {
        lines[signer].decide(Role::Signature, "signature-above-date");
    }
    lines[at].decide(Role::SigningDate, "signing-date");
    let mut next = at + 1;
    while let Some(line) = lines.get_mut(next) {
        if line.junk != Junk::None
            || !(is_remark(&line.compact)
                || line.compact.starts_with("联系人")
                || line.compact.starts_with("（联系人"))
        {
            break;
        }
        line.decide(Role::Remark, "remark-after-date");
        next += 1;
    }
    Some(next)
}

/// Signature and date on one line: `某市人民政府　2026年1月5日`.
fn signed_in_one(lines: &mut [Line], at: usize) -> Option<usize> {
    let line = &lines[at];
    if line.size() > 60 {
        return None;
    }
    let start = line.text.char_indices().filter(|(_, c)| c.is_whitespace()).find_map(|(blank, c)| {
        let rest = line.text[blank + c.len_utf8()..].trim_start();
        is_date(&super::phrase::compact(rest)).then_some(blank)
    })?;
    let name = line.text[..start].trim();
    let tail = at + 8 >= lines.len();
    if !tail || !is_signer(name, &super::phrase::compact(name)) {
        return None;
    }
    lines[at].decide(Role::Signature, "signature-with-date");
    Some(at + 1)
}

/// The lines above a date that sign it.
fn signers(lines: &[Line], date: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for at in (date.saturating_sub(SIGNATURE)..date).rev() {
        let line = &lines[at];
        let short = line.size() <= 32
            && !line.compact.ends_with(['。', '；', '：', '，', '！', '？', '、', '”', ':'])
            && !line.compact.contains(['。', '；', '？']);
        if !line.is_open()
            || line.marker.as_ref().is_some_and(|m| !m.weak)
            || !short
            || line.junk != Junk::None
        {
            break;
        }
        if is_member_row(&line.text) && !line.is_set_in() {
            break;
        }
        let known = is_signer(&line.text, &line.compact) || line.is_set_in();
        let directly =
            at + 1 == date && at > 0 && (lines[at - 1].ends_sentence() || !lines[at - 1].is_open());
        if !known && !directly {
            break;
        }
        found.push(at);
    }
    found
}

/// The head of an annex: 附件, 附件1, 附表, 名词解释 alone.
fn is_label(lines: &[Line], at: usize, ended: bool) -> bool {
    let line = &lines[at];
    let compact = line.compact.trim_end_matches(['：', ':']);
    let colon = compact.len() < line.compact.len();
    if is_glossary(compact) {
        return at * 2 > lines.len();
    }
    let bare = compact.trim_start_matches(['（', '(', '【']).trim_end_matches(['）', ')', '】']);
    let Some(rest) = ["附件", "附表", "附录", "附"].iter().find_map(|word| bare.strip_prefix(word))
    else {
        return false;
    };
    let numbered = rest.chars().all(|c| {
        numeral::arabic_digit(c).is_some()
            || numeral::is_han(c)
            || numeral::circled(c).is_some()
            || c == '-'
            || c.is_ascii_uppercase()
    });
    if !numbered || length(rest) > 4 {
        return false;
    }
    // `附件：` alone before a list of names is the note under the text.
    !(colon && rest.is_empty() && !ended && lines.get(at + 1).is_some_and(|next| next.marker.is_some()))
}

/// The head of a glossary.
fn is_glossary(compact: &str) -> bool {
    matches!(compact.trim_end_matches(['：', ':']), "名词解释" | "名词注释" | "注释" | "附注" | "名词解释表")
}

/// 附件说明 and the lines of its list. Returns the line after it.
fn attachments(lines: &mut [Line], at: usize, announced: &mut Vec<String>) -> Option<usize> {
    let line = &lines[at];
    let rest = ["附件", "附表", "附"].iter().find_map(|word| line.compact.strip_prefix(word))?;
    let rest = rest.trim_start_matches(|c: char| numeral::arabic_digit(c).is_some() || numeral::is_han(c));
    let rest = rest.strip_prefix(['：', ':'])?;
    if line.size() > 90 || rest.contains('。') {
        return None;
    }
    announced.push(rest.trim_start_matches(|c: char| c.is_ascii_digit() || ".．、".contains(c)).to_owned());
    let mut number = u32::from(!rest.is_empty());
    lines[at].decide(Role::AttachmentNote, "attachment-note");
    let mut next = at + 1;
    while let Some(line) = lines.get_mut(next) {
        let follows = line.marker.as_ref().is_some_and(|marker| {
            matches!(marker.scheme, Scheme::Arabic | Scheme::Han) && marker.number() == Some(number + 1)
        });
        if !line.is_open() || !follows || line.size() > 60 || line.compact.contains('。') {
            break;
        }
        let name = line.marker.as_ref().map_or(0, |marker| marker.length);
        announced.push(super::phrase::compact(&line.chars[name..].iter().collect::<String>()));
        line.decide(Role::AttachmentNote, "attachment-note-goes-on");
        number += 1;
        next += 1;
    }
    Some(next)
}

/// 抄送, 印发.
fn distribution(line: &Line) -> Option<&'static str> {
    let compact = line.compact.as_str();
    if starts_with_any(
        compact,
        &["抄送：", "主送：", "分送：", "抄报：", "报送：", "发送：", "抄送:", "主送:"],
    ) && line.size() <= 200
    {
        return Some("copy-to");
    }
    let body = compact.strip_suffix("印发")?;
    let tail: String = body.chars().rev().take(11).collect::<Vec<_>>().into_iter().rev().collect();
    let dated = (0..length(&tail)).any(|skip| {
        let rest: String = tail.chars().skip(skip).collect();
        date_length(&rest).is_some_and(|end| end == length(&rest))
    });
    (dated && line.size() <= 50).then_some("printed-by")
}

/// The tail of the source, and the closing words before every tail.
pub(super) fn close(lines: &mut [Line]) {
    let mut closed = false;
    for at in (0..lines.len()).rev() {
        match lines[at].role() {
            Some(Role::Boilerplate) => continue,
            Some(
                Role::Signature
                | Role::SigningDate
                | Role::Remark
                | Role::AttachmentNote
                | Role::AttachmentLabel
                | Role::CopyTo,
            ) => {
                closed = false;
                continue;
            }
            Some(Role::Title) => {
                closed = false;
                continue;
            }
            Some(
                Role::Subtitle
                | Role::DocumentNumber
                | Role::Occasion
                | Role::Date
                | Role::Byline
                | Role::Recipient
                | Role::Salutation
                | Role::Heading(_)
                | Role::Point(_)
                | Role::Closing
                | Role::Body,
            ) => {
                closed = true;
                continue;
            }
            None => {}
        }
        if closed {
            continue;
        }
        // Words of farewell may stand in several lines; the call is the last paragraph before them.
        if is_closing(&lines[at].compact) {
            lines[at].decide(Role::Closing, "closing-words");
            continue;
        }
        closed = true;
        let spoken = is_call(&lines[at].compact) && !is_cue(&lines[at].compact);
        if spoken && at > 0 {
            lines[at].decide(Role::Closing, "closing-call");
        }
    }
    for line in lines.iter_mut().filter(|line| line.is_open()) {
        if line.junk == Junk::Page || line.junk == Junk::Markup {
            line.decide(Role::Boilerplate, "page-number");
        }
    }
}

/// A line of a script: `女：…`.
fn is_cue(compact: &str) -> bool {
    compact.chars().take(5).skip(1).any(|c| matches!(c, '：' | ':'))
}

/// Adverts, captions and page debris below the end.
fn below(lines: &mut [Line]) {
    let mut at = lines.len();
    let mut strong = false;
    while at > 0 {
        let line = &lines[at - 1];
        if !line.is_open() {
            if line.is_boilerplate() {
                at -= 1;
                continue;
            }
            break;
        }
        let caption = is_caption(&line.compact);
        let spoken = line.size() <= 60
            && lines.get(at).is_some_and(|next| {
                next.is_boilerplate() && is_caption(&next.compact) && next.compact.starts_with(['（', '('])
            });
        if line.junk.is_strong() || caption || spoken || line.junk == Junk::Scrap && strong {
            strong = true;
            let rule = if caption || spoken { "caption" } else { "below-end" };
            lines[at - 1].decide(Role::Boilerplate, rule);
            at -= 1;
            continue;
        }
        break;
    }
    // Dateline of the agency that carried the text: `（新华社北京1月1日电）`.
    if at > 0 && lines[at - 1].is_open() {
        let compact = &lines[at - 1].compact;
        if is_remark(compact)
            && (ends_with_any(compact, &["电）", "报）", "讯）", "略）", "删减）"])
                || contains_any(compact, &["公开发布", "有删减", "整理"]))
        {
            lines[at - 1].decide(Role::Remark, "remark-at-end");
        }
    }
}

/// A line that looks like an advert and comes three times or more is a running head or foot.
fn repeated(lines: &mut [Line]) {
    let mut count = std::collections::BTreeMap::<&str, usize>::new();
    for line in lines.iter().filter(|line| line.junk.is_strong()) {
        *count.entry(line.compact.as_str()).or_default() += 1;
    }
    let often: std::collections::BTreeSet<String> =
        count.into_iter().filter(|(_, times)| *times >= 3).map(|(text, _)| text.to_owned()).collect();
    for line in lines.iter_mut().filter(|line| line.is_open() && often.contains(&line.compact)) {
        line.decide(Role::Boilerplate, "running-head");
    }
}

/// A signature without a date: the last line, if it names somebody who may sign.
fn sign_last(lines: &mut [Line]) {
    let Some(last) =
        lines.iter().rposition(|line| !line.is_boilerplate() && line.role() != Some(Role::Remark))
    else {
        return;
    };
    let Some(before) = last.checked_sub(1) else { return };
    let line = &lines[last];
    let ends = lines[before].ends_sentence() && lines[before].size() > 4;
    let short = line.size() <= 24 && !line.compact.ends_with(['。', '！', '；', '：', '？']);
    let set_in = line.appearance.indent >= lines[before].appearance.indent.saturating_add(6);
    if line.is_open()
        && short
        && line.marker.is_none()
        && ends
        && !is_columns(&line.text)
        && (is_signer(&line.text, &line.compact) || set_in)
    {
        lines[last].decide(Role::Signature, "signature-at-end");
    }
}
