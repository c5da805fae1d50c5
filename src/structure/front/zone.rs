//! How far a head reaches: to the form of address, or to the first line of the body.

use std::ops::Range;

use crate::tree::{Role, Scheme, heads_contents};

use super::super::boilerplate::Junk;
use super::super::line::Line;
use super::super::phrase::{
    contains_any, ends_with_any, is_annex_label, is_bare_address, is_blank_number, is_bracketed_credit,
    is_caption, is_date_with_note, is_document_number, is_masthead_number, is_news_lead, is_occasion,
    is_recipient, is_remark, is_salutation, is_title_like, is_title_with_colon, names_bodies, opens_bracket,
};
use super::Place;
use super::part::{Part, corrected, is_numbered_text};

/// A head is never longer than this many lines.
const LONGEST: usize = 90;

/// Who signs, and the date, are so many lines.
const SIGNED: usize = 3;

/// The lines from `start` to the anchor, the salutation or recipient included.
pub(super) fn find(lines: &[Line], start: usize, place: Place) -> Range<usize> {
    let most = if place == Place::Top { LONGEST } else { 12 };
    let mut open_bracket = false;
    for index in start..lines.len().min(start + most) {
        let line = &lines[index];
        if let Some(role) = line.role().filter(|_| line.pinned) {
            let part = corrected(role);
            if matches!(part, Part::Salutation | Part::Recipient) {
                return start..index + 1;
            }
            if part == Part::Stated {
                return start..index;
            }
            continue;
        }
        // Who signs below a table that is all of the text.
        if line.after_block && index > start && index + SIGNED >= lines.len() {
            return start..index;
        }
        // A table of contents stands below the head.
        if line.role() == Some(Role::Body) {
            return start..index;
        }
        if line.stated || open_bracket {
            open_bracket = open_bracket && !line.compact.ends_with(['）', ')']);
            if line.stated && !matches!(line.role(), Some(Role::Title)) && index > start {
                return start..index;
            }
            continue;
        }
        if place != Place::Top
            && index > start
            && line.compact.starts_with("附件")
            && is_annex_label(&line.compact)
        {
            return start..index;
        }
        let addressed = address(lines, index, start);
        if addressed > 0 {
            return start..index + addressed;
        }
        let label = index < start + 4 && is_numbered_text(&line.compact);
        if line.is_junk() || label || is_caption(&line.compact) || is_spoken_caption(lines, index) {
            continue;
        }
        if is_blank_number(&line.compact)
            || is_occasion(&line.compact)
            || is_remark(&line.compact)
            || is_date_with_note(&line.compact)
        {
            open_bracket = opens_bracket(&line.compact);
            continue;
        }
        if opens_bracket(&line.compact) && line.compact.starts_with(['（', '(']) && line.marker.is_none() {
            open_bracket = true;
            continue;
        }
        // `某社某日电　全文如下：` introduces the form of address.
        let introduces = line.compact.ends_with(['：', ':'])
            && line.size() <= 80
            && contains_any(&line.compact, &["全文如下", "讲话如下", "致辞如下", "全文：", "全文:"])
            && address(lines, index + 1, start) > 0;
        if introduces || is_told(lines, index, start) {
            continue;
        }
        if place == Place::Top && lists_contents(lines, index, start) {
            return start..index;
        }
        if is_body(line) && !is_framed(lines, start, index, place) {
            return start..index;
        }
    }
    start..lines.len().min(start + most)
}

/// What a bulletin of several texts lists below its number: `◆ …`.
fn lists_contents(lines: &[Line], index: usize, start: usize) -> bool {
    let listed = lines[index].strong_marker().is_some_and(|marker| marker.scheme == Scheme::Bullet);
    listed && lines[start..index].iter().any(|line| is_masthead_number(&line.compact))
}

/// An address is never longer than this many lines.
pub(super) const MOST_OF_ADDRESS: usize = 6;

/// How many lines of address begin here: one, or a list of bodies or persons that goes on after its commas.
pub(super) fn address(lines: &[Line], index: usize, start: usize) -> usize {
    let listed = listed_address(lines, index, start);
    if listed > 0 || index >= lines.len() || !is_address(lines, index, start) {
        return listed;
    }
    // A form of address that ends in a comma goes on below.
    let goes_on = |at: &usize| {
        lines[at - 1].compact.ends_with(['，', ',', '、'])
            && lines.get(*at).is_some_and(|line| !line.stated && is_salutation(&line.compact))
    };
    let bare = bare_address(lines, index);
    if bare > 0 { bare } else { 1 + (index + 1..index + MOST_OF_ADDRESS).take_while(goes_on).count() }
}

/// Lines of address without the mark that ends them, right above the text.
fn bare_address(lines: &[Line], index: usize) -> usize {
    let bare = |line: &&Line| line.is_open() && line.marker.is_none() && is_bare_address(&line.compact);
    let count = lines[index..].iter().take(MOST_OF_ADDRESS).take_while(bare).count();
    let opens = lines.get(index + count).is_some_and(|next| next.ends_sentence() && next.marker.is_none());
    if opens { count } else { 0 }
}

/// Lines that end in commas and only together are an address.
fn listed_address(lines: &[Line], index: usize, start: usize) -> usize {
    let mut text = String::new();
    for (count, line) in lines[index.min(lines.len())..].iter().take(MOST_OF_ADDRESS).enumerate() {
        if line.stated || line.is_junk() || line.marker.is_some() {
            return 0;
        }
        text.push_str(&line.compact);
        if count > 0 && line.compact.ends_with(['：', ':']) {
            let bodies = index > start && is_recipient(&text) && names_bodies(&text);
            return if bodies || is_salutation(&text) { count + 1 } else { 0 };
        }
        if !line.compact.ends_with(['，', '、', ',']) {
            return 0;
        }
    }
    0
}

/// A form of address or a recipient at this place; a recipient needs a head above it.
pub(super) fn is_address(lines: &[Line], index: usize, start: usize) -> bool {
    let line = &lines[index];
    if is_remark(&line.compact) || line.is_junk() {
        return false;
    }
    if is_salutation(&line.compact) || bare_address(lines, index) > 0 {
        return true;
    }
    // Only what is the author's can stand above a recipient, or nothing where it can be nothing else: the title is
    // stated elsewhere or was not copied.
    let headed = lines[start.min(index)..index].iter().any(|above| !above.is_junk());
    let several = || line.compact.split(['、', '，']).skip(1).any(|part| part.contains('各'));
    let plain = (line.compact.starts_with('各') || several())
        && line.compact.ends_with(['：', ':'])
        && names_bodies(&line.compact);
    (headed || plain)
        && is_recipient(&line.compact)
        && lines.get(index + 1).is_none_or(|next| {
            next.marker.is_none() && (next.size() > 8 || next.ends_sentence())
                || next.compact.ends_with(['：', ':']) && names_bodies(&next.compact)
                // `我单位郑重承诺：`
                || names_bodies(&line.compact) && next.compact.starts_with(['我', '本', '现', '兹', '贵'])
                || (next.marker.is_none() || line.compact.starts_with('各'))
                    && line.compact.contains('各')
                    && names_bodies(&line.compact)
        })
}

/// A sentence that tells what the photograph shows, above the photographer's name.
pub(super) fn is_spoken_caption(lines: &[Line], index: usize) -> bool {
    let line = &lines[index];
    let by = |at: usize| lines.get(at).is_some_and(|line| is_caption(&line.compact));
    if is_occasion(&line.compact) {
        return false;
    }
    // Right at the top the caption may be as long as the news.
    let most = if lines[..index].iter().all(Line::is_junk) { 160 } else { 60 };
    line.size() <= most && by(index + 1) && !by(index) && is_bracketed_credit(&lines[index + 1].compact)
        || line.size() <= 24
            && ["作政府工作报告", "作工作报告", "发表讲话", "致辞", "发表新年贺词"]
                .iter()
                .any(|word| line.compact.trim_end_matches('。').ends_with(word))
            && line.compact.chars().count() > 10
            && !ends_with_any(&line.compact, &["上的讲话", "上的致辞", "会的讲话", "会致辞"])
            && lines[..index].iter().any(|above| !above.is_junk() && above.size() >= 6)
}

/// A head is looked for so far below the first lines of a page.
const FRAME: usize = 14;

/// A sentence of the page, below other debris and above a head that is still to come: a document number or a form of
/// address under its title.
fn is_framed(lines: &[Line], start: usize, index: usize, place: Place) -> bool {
    let short = |line: &Line| line.size() <= 60 && line.strong_marker().is_none() && line.is_open();
    let framed = place == Place::Top && lines[start..index].iter().any(|above| above.junk.taints());
    if !framed || !short(&lines[index]) {
        return false;
    }
    let below = (index + 1..lines.len()).take(FRAME);
    for at in below {
        let (line, above) = (&lines[at], &lines[at - 1]);
        let titled = at > index + 1 && is_title_like(&above.text, &above.compact) && above.junk == Junk::None;
        if titled && (is_document_number(&line.compact) || address(lines, at, start) > 0) {
            return true;
        }
        if !short(line) {
            return false;
        }
    }
    false
}

/// Who spoke where and when, below a title and right above the form of address.
pub(super) fn is_told(lines: &[Line], index: usize, start: usize) -> bool {
    index > start && is_news_lead(&lines[index].compact) && address(lines, index + 1, start) > 0
}

/// A line that can only belong to the body.
pub(super) fn is_body(line: &Line) -> bool {
    let strong = line.strong_marker().is_some_and(|marker| match marker.scheme {
        Scheme::Dash | Scheme::Bullet | Scheme::Latin => false,
        Scheme::Part
        | Scheme::Chapter
        | Scheme::Section
        | Scheme::Article
        | Scheme::Han
        | Scheme::HanBracketed
        | Scheme::Arabic
        | Scheme::ArabicBracketed
        | Scheme::Decimal
        | Scheme::Circled
        | Scheme::Roman
        | Scheme::Stem
        | Scheme::Ordinal
        | Scheme::Among
        | Scheme::Is
        | Scheme::Must
        | Scheme::Aspect => true,
    });
    strong && !is_document_number(&line.compact)
        || line.compact.contains('。')
        || line.compact.ends_with(['；', '：', '，', ':']) && !is_title_with_colon(&line.compact)
        || line.compact.ends_with(['！', '？']) && line.size() > 25
        || line.size() > 100
        || heads_contents(&line.compact)
}
