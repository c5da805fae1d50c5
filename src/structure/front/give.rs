//! The roles of the lines above and below the title, and of a head that has none.

use std::borrow::Cow;
use std::ops::Range;

use crate::tree::Role;

use super::super::boilerplate::Junk;
use super::super::debris;
use super::super::line::Line;
use super::super::phrase::{
    ends_with_any, is_bare_address, is_copy_number, is_gapped_name, is_grade, is_han, is_handling,
    is_masthead_number, is_occasion, is_organisation, is_salutation, is_titled, length, opens_bracket,
    without_note,
};
use super::Place;
use super::choice::{self, is_meta, joined};
use super::part::{Part, is_dashed, is_whole_occasion};

/// Gives the lines of the zone their roles and returns the first line of the body.
pub(super) fn give(
    lines: &mut [Line],
    zone: &Range<usize>,
    parts: &[Part],
    title: Option<Range<usize>>,
    place: Place,
) -> usize {
    let addressed = parts.last().is_some_and(|part| matches!(part, Part::Salutation | Part::Recipient));
    let Some(title) = title else {
        return without_title(lines, zone, parts, addressed, place);
    };
    above(lines, zone, parts, &title, place);
    for at in title.clone() {
        lines[at].decide(Role::Title, if at == title.start { "title" } else { "title-goes-on" });
        lines[at].joins = at > title.start;
    }
    let name: String = joined(lines, &title);
    // The last line of the page's frame, which a form of address ends.
    let frame = if addressed && place == Place::Top {
        (title.end..zone.end).rev().find(|at| lines[*at].junk.taints()).unwrap_or(0)
    } else {
        0
    };
    let mut body = title.end;
    let mut open_occasion = false;
    for at in title.end..zone.end {
        let part = parts[at - zone.start];
        let line = &lines[at];
        let decision = match part {
            Part::Stated => None,
            Part::TitleLike if open_occasion => Some((Role::Occasion, "occasion-goes-on")),
            // The order that promulgates a rule, below the rule's own title.
            Part::TitleLike
                if line.compact.ends_with('令')
                    && line.size() >= 5
                    && parts.get(at + 1 - zone.start) == Some(&Part::Number) =>
            {
                Some((Role::Title, "title"))
            }
            Part::Junk => Some((Role::Boilerplate, "page-frame")),
            Part::Scrap => near_junk(parts, at - zone.start).then_some((Role::Boilerplate, "page-frame")),
            Part::Number => Some(number(&line.compact)),
            Part::Date => Some((Role::Date, "date-under-title")),
            Part::Subtitle => Some((Role::Subtitle, "subtitle")),
            Part::Occasion => Some((Role::Occasion, "occasion")),
            Part::Byline => Some((Role::Byline, "byline")),
            Part::Issuer => Some((Role::Byline, "issuer-with-date")),
            Part::Field => None,
            Part::Caption => Some((Role::Boilerplate, "caption")),
            Part::Remark => Some((Role::Remark, "remark-under-title")),
            Part::Salutation => Some((Role::Salutation, "salutation")),
            Part::Recipient => Some((Role::Recipient, "recipient")),
            Part::TitleLike
                if place == Place::Top
                    && (line.compact == name
                        || !name.is_empty()
                            && line.compact.len() > 12
                            && name.contains(line.compact.as_ref())) =>
            {
                Some((Role::Boilerplate, "title-again"))
            }
            Part::TitleLike if near_junk(parts, at - zone.start) && addressed && at + 1 < zone.end => {
                Some((Role::Boilerplate, "page-frame"))
            }
            Part::TitleLike if addressed && is_gapped_name(&line.text) => Some((Role::Byline, "byline")),
            Part::TitleLike | Part::Other if at < frame && line.size() <= 12 => {
                Some((Role::Boilerplate, "page-frame"))
            }
            Part::TitleLike | Part::Other => None,
        };
        open_occasion = matches!(decision, Some((Role::Occasion, _)))
            && (!is_whole_occasion(&line.compact) || opens_bracket(&line.compact));
        // A form of address that is whole stays a line of its own.
        let goes_on = matches!(part, Part::Salutation | Part::Recipient)
            && at > zone.start
            && parts[at - zone.start - 1] == part
            && !is_salutation(&lines[at - 1].compact)
            && !is_bare_address(&lines[at - 1].compact);
        match decision {
            Some((role, rule)) => {
                lines[at].joins = goes_on && lines[at].is_open();
                lines[at].decide(role, rule);
                body = at + 1;
            }
            None if part == Part::Stated => body = at + 1,
            // Unknown lines before a form of address stay text of the head; without one the body begins here.
            None if addressed => {}
            None => {
                // A page's frame may still come below a line that nobody knows.
                for at in (at..zone.end).filter(|at| parts[at - zone.start] == Part::Junk) {
                    lines[at].decide(Role::Boilerplate, "page-frame");
                }
                break;
            }
        }
    }
    if addressed { zone.end } else { body }
}

/// Lines above the title: adverts and navigation if any of them is that for certain.
pub(super) fn above(
    lines: &mut [Line],
    zone: &Range<usize>,
    parts: &[Part],
    title: &Range<usize>,
    place: Place,
) {
    let name = joined(lines, title);
    let head = zone.start..title.start;
    let later: Vec<Cow<'_, str>> =
        lines[title.end..zone.end].iter().map(|line| line.compact.clone()).collect();
    // An advert or the frame of a page taints the whole block it stands in.
    let strong = head.clone().any(|at| lines[at].junk.taints());
    let scraps = head.clone().filter(|at| lines[*at].junk == Junk::Scrap).count();
    let tainted = place == Place::Top && (strong || scraps >= 2 || scraps > 0 && scraps == head.len());
    let numbered = parts.iter().any(|part| matches!(part, Part::Number | Part::Issuer));
    for at in head {
        let part = parts[at - zone.start];
        let compact = lines[at].compact.clone();
        // A page has its own copy of the title at the top; further down all that comes again is the author's.
        let again = place == Place::Top
            && (name.contains(without_note(&compact)) && length(&compact) >= 4
                || at + 1 == title.start && choice::is_rival(&compact, &name)
                || later.contains(&compact)
                || part == Part::TitleLike && later.iter().any(|line| share(line, &compact)));
        // 发文机关标志 (7.2.4, 10.1): the body, or several one below the other, above the number; the title names them
        // as well.
        let letterhead = part == Part::TitleLike
            && !tainted
            && place == Place::Top
            && is_masthead(&compact)
            && (at + 1..title.start)
                .find(|at| !is_masthead(&lines[*at].compact))
                .is_some_and(|at| parts[at - zone.start] == Part::Number)
            && length(&name) > length(&compact);
        let again = again && !letterhead;
        let decision = match part {
            Part::Stated => None,
            Part::Caption => Some((Role::Boilerplate, "caption")),
            Part::Number if !again => Some(number(&compact)),
            _ if again => Some((Role::Boilerplate, "title-again")),
            Part::Issuer => Some((Role::Byline, "issuer-with-date")),
            Part::Date if !tainted && place == Place::Top => Some((Role::Date, "date-above-title")),
            // Between adverts a line with a dash is their slogan.
            Part::Occasion
                if is_dashed(&compact)
                    && compact.chars().any(is_han)
                    && (!tainted || compact.contains('在') || is_titled(&compact)) =>
            {
                Some((Role::Occasion, "occasion-above-title"))
            }
            _ if is_letterhead(&compact) && part != Part::Junk => Some((Role::Byline, "masthead")),
            Part::TitleLike if !tainted && place == Place::Top && is_issue_at(lines, zone, parts, at + 1) => {
                Some((Role::Byline, "masthead"))
            }
            Part::TitleLike if !tainted && numbered && place == Place::Top && is_masthead(&compact) => {
                Some((Role::Byline, "masthead"))
            }
            // Time, place and those present are the author's wherever they stand.
            _ if tainted && !(lines[at].junk == Junk::None && debris::is_own(&compact)) => {
                Some((Role::Boilerplate, "above-title"))
            }
            Part::Junk => Some((Role::Boilerplate, "page-frame")),
            Part::Remark => Some((Role::Remark, "remark-above-title")),
            Part::Number
            | Part::Scrap
            | Part::Date
            | Part::Subtitle
            | Part::Occasion
            | Part::Byline
            | Part::Salutation
            | Part::Recipient
            | Part::TitleLike
            | Part::Field
            | Part::Other => None,
        };
        if let Some((role, rule)) = decision {
            lines[at].decide(role, rule);
        }
    }
}

/// A marking (7.2.1 to 7.2.3), or the number of a document or an issue.
fn number(compact: &str) -> (Role, &'static str) {
    if is_copy_number(compact) || is_grade(compact) || is_handling(compact) {
        (Role::Marking, "marking")
    } else {
        (Role::DocumentNumber, "document-number")
    }
}

/// Whether the number of an issue stands there.
fn is_issue_at(lines: &[Line], zone: &Range<usize>, parts: &[Part], at: usize) -> bool {
    zone.contains(&at) && parts[at - zone.start] == Part::Number && is_masthead_number(&lines[at].compact)
}

/// 版头 (7.2): the name of the issuing body with 文件, or of a bulletin. Never an advert.
fn is_letterhead(compact: &str) -> bool {
    ends_with_any(compact, &["文件", "简报", "快报", "专报", "要情", "内参"])
        && length(compact) <= 30
        && !compact.contains(['，', '！'])
}

/// A body or a bulletin that stands with the number above the title.
fn is_masthead(compact: &str) -> bool {
    is_organisation(compact) || is_letterhead(compact) || compact.ends_with("纪要")
}

/// Whether an occasion and the title of its page say the same: eight characters in a row.
pub(super) fn share(occasion: &str, title: &str) -> bool {
    let chars: Vec<char> = title.chars().collect();
    is_occasion(occasion) && chars.windows(8).any(|run| occasion.contains(&run.iter().collect::<String>()))
}

/// A head with no title: a form of address at most.
fn without_title(
    lines: &mut [Line],
    zone: &Range<usize>,
    parts: &[Part],
    addressed: bool,
    place: Place,
) -> usize {
    let mut body = zone.start;
    for at in zone.clone() {
        let decision = match parts[at - zone.start] {
            Part::Junk if place == Place::Top => Some((Role::Boilerplate, "page-frame")),
            Part::Caption => Some((Role::Boilerplate, "caption")),
            Part::Salutation => Some((Role::Salutation, "salutation")),
            Part::Recipient => Some((Role::Recipient, "recipient")),
            Part::Number if addressed => Some(number(&lines[at].compact)),
            Part::Number
            | Part::Stated
            | Part::Junk
            | Part::Scrap
            | Part::Date
            | Part::Subtitle
            | Part::Occasion
            | Part::Byline
            | Part::Remark
            | Part::TitleLike
            | Part::Issuer
            | Part::Field
            | Part::Other => None,
        };
        match decision {
            Some((role, rule)) => {
                lines[at].decide(role, rule);
                body = at + 1;
            }
            None if place != Place::Top => break,
            None => {}
        }
    }
    body
}

fn near_junk(parts: &[Part], at: usize) -> bool {
    let junk = |at: Option<&Part>| matches!(at, Some(Part::Junk | Part::Scrap));
    junk(at.checked_sub(1).and_then(|at| parts.get(at)))
        && (junk(parts.get(at + 1)) || at + 2 >= parts.len() || is_meta(parts[at + 1]))
}
