//! Back matter: closing words, attachments, signature, date, remarks, distribution; and the places
//! where one document ends and the next begins.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::tree::{Role, Scheme};

use super::annex;
use super::attendance;
use super::below;
use super::boilerplate;
use super::contents;
use super::debris;
use super::distribution;
use super::front::{self, Place};
use super::line::Line;
use super::phrase::{
    ends_with_any, is_release_note, is_remark, is_salutation, is_underscored, length, names_bodies,
};
use super::signature;
use super::stated;

/// The rule of a note on the one to contact.
pub(super) const CONTACT: &str = "contact-note";

/// Reads all heads and tails, and returns the bodies between them with their heads, in order.
pub(super) fn divide(lines: &mut [Line]) -> Vec<Range<usize>> {
    let outlined =
        lines.iter().any(|line| !line.pinned && matches!(line.role(), Some(Role::Title | Role::Heading(_))));
    let mut starts = vec![0];
    let mut announced = announced(lines);
    let rules = names_of_rules(lines);
    // A file that is an annex begins with its label.
    let annex = lines.first().is_some_and(|line| line.is_open()) && annex::heads_annex(lines, 0, true, false);
    let mut at = if annex {
        annex::begin_annex(lines, 0, outlined)
    } else {
        front::read(lines, 0, Place::Top, outlined)
    };
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
    let mut named = annex && annex::named_label(&lines[0]).is_some();
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
        if let Some(next) = signature::signed(lines, at) {
            at = next;
            ended = true;
            continue;
        }
        if annex::heads_annex(lines, at, ended, named) {
            named |= annex::named_label(&lines[at]).is_some();
            starts.push(at);
            at = annex::begin_annex(lines, at, outlined);
            ended = false;
            continue;
        }
        if let Some(next) = annex::attachments(lines, at, &mut announced) {
            at = next;
            continue;
        }
        if signature::signs_below_closing(lines, at) {
            lines[at].decide(Role::Signature, "signature-below-closing");
            at += 1;
            ended = true;
            continue;
        }
        let copies_row = || distribution::is_office_row(lines, at).then_some("printed-copies");
        if let Some(rule) =
            distribution::rule_of(&lines[at], ended || at + 6 >= lines.len()).or_else(copies_row)
        {
            // The line drawn over it (7.4.1).
            if let Some(above) = at.checked_sub(1).filter(|above| is_underscored(&lines[*above].compact)) {
                lines[above].decide(Role::Boilerplate, "separator");
            }
            lines[at].decide(Role::CopyTo, rule);
            distribution::print_row(lines, at, ended);
            at += 1;
            at = distribution::copies(lines, at);
            continue;
        }
        if (ended || at * 2 > lines.len())
            && lines[at].marker.is_none()
            && debris::is_contact(&lines[at].compact)
            && !signature::is_signing_row(lines, at)
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
        if signature::is_seal_row(&lines[at]) && at * 2 > lines.len() {
            at = signature::seal_rows(lines, at);
            ended = true;
            continue;
        }
        let note = is_release_note(&lines[at].compact);
        if note || ended && !lines[at].is_junk() && is_remark(&lines[at].compact) {
            lines[at].decide(Role::Remark, "remark-after-date");
            at += 1;
            continue;
        }
        if !outlined && (rules.contains(&at) || front::begins(lines, at, ended, &announced)) {
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
    signature::sign_last(lines);
    below::closing_words(lines);
    starts.push(lines.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).filter(|part| !part.is_empty()).collect()
}

/// How the names of rules end that an office collects.
const RULES: &[&str] =
    &["制度", "办法", "规定", "细则", "规程", "守则", "职责", "公约", "准则", "规则", "须知", "预案", "章程"];

/// Names of rules in a collection: each right above the first of its own articles or items, and more than one.
fn names_of_rules(lines: &[Line]) -> BTreeSet<usize> {
    let begins = |line: &Line| {
        let marker = line.strong_marker().filter(|marker| marker.number() == Some(1));
        marker.is_some_and(|marker| matches!(marker.scheme, Scheme::Chapter | Scheme::Article | Scheme::Han))
    };
    let names = |at: &usize| {
        let line = &lines[*at];
        line.is_open()
            && line.marker.is_none()
            && (4..=30).contains(&line.size())
            && ends_with_any(&line.compact, RULES)
            && !line.compact.contains(['，', '：', '。'])
            && lines.get(at + 1).is_some_and(begins)
    };
    // A table of contents names them as headings.
    if lines.iter().any(|line| line.decision.is_some_and(|decision| decision.rule == contents::RULE)) {
        return BTreeSet::new();
    }
    let found: BTreeSet<usize> = (0..lines.len()).filter(names).collect();
    if found.len() > 1 { found } else { BTreeSet::new() }
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
