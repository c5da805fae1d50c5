//! Front matter: from the title to the salutation, and whatever stands above and between.
//!
//! The head of a document is read backwards from its anchor, the first line that can only belong to
//! the body. Title candidates stand in groups; each group is weighed by its wording, its setting, what
//! follows it and whether it comes again, and the best becomes the title.

mod choice;
mod give;
mod part;
mod zone;

use std::ops::Range;

use crate::tree::{Role, SIGNER};

use super::caption;
use super::line::Line;
use super::phrase::{
    is_byline, is_date, is_document_number, is_han, is_labelled_name, is_salutation, is_title_like,
    is_titled, length, starts_with_any,
};

use self::choice::choose;
use self::give::give;
use self::part::{is_dashed, sort};

/// Where a head stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the start of the source: adverts may stand above it.
    Top,
    /// Inside, after a date or a remark: a document in the document.
    Inside,
    /// After the label of an annex.
    Annex,
}

/// Reads the head that begins at `start` and gives its lines their roles. Returns the first line of the body.
///
/// In an `outlined` source, which states its titles and headings, only what is set as a title is looked at for one.
pub(super) fn read(lines: &mut [Line], start: usize, place: Place, outlined: bool) -> usize {
    let zone = zone::find(lines, start, place);
    let parts = sort(lines, &zone, place);
    let left_out = left_out_title(lines, &zone).filter(|_| place == Place::Top);
    let set_off = |line: &Line| {
        (line.appearance.centred || line.emphasis.large || line.emphasis.strong)
            && !caption::is_numbered(&line.text)
    };
    let chosen = || {
        let chosen = choose(lines, &zone, &parts, place);
        chosen.filter(|chosen| !outlined || lines[chosen.clone()].iter().all(set_off))
    };
    let stated = stated_title(lines, &zone);
    // A heading with a number is the first of the text, and what is set as a title above it is that.
    let numbered = stated.as_ref().filter(|stated| lines[stated.start].strong_marker().is_some());
    let above = numbered.and_then(|numbered| chosen().filter(|chosen| chosen.end <= numbered.start));
    let title = above.or(stated).or_else(|| {
        let chosen = chosen();
        let chosen = chosen.filter(|chosen| left_out.is_none_or(|left_out| chosen.start > left_out));
        corrected_title(lines, &zone, chosen)
    });
    // What stands above it is what it was: the title that a reader leaves out makes no title of the adverts.
    if let Some(left_out) =
        left_out.filter(|left_out| title.as_ref().is_none_or(|title| title.start > *left_out))
    {
        give::above(lines, &zone, &parts, &(left_out..left_out + 1), place);
    }
    let end = give(lines, &zone, &parts, title, place);
    name_signer(lines, &zone);
    debug_assert!(end <= lines.len());
    end.max(start)
}

/// 签发人 on a line of its own stands beside the number (7.2.6), with nothing but the letterhead and markings between.
fn name_signer(lines: &mut [Line], zone: &Range<usize>) {
    let names = |line: &Line| line.is_open() && !line.apart && line.text.starts_with(SIGNER);
    let Some(signer) = zone.clone().find(|at| names(&lines[*at])) else { return };
    let between = |at: &usize| {
        *at == signer
            || matches!(lines[*at].role(), Some(Role::Byline | Role::Marking | Role::DocumentNumber))
    };
    let numbers = |at: &usize| is_document_number(&lines[*at].compact);
    let below = (signer..zone.end).take_while(between).find(numbers);
    let above = || (zone.start..=signer).rev().take_while(between).find(numbers);
    if let Some(number) = below.or_else(above) {
        lines[signer].beside = Some(lines[number].block);
        lines[signer].decide(Role::DocumentNumber, "signer-beside-number");
    }
}

/// A title that a reader leaves out, below lines of a page's frame or adverts.
fn left_out_title(lines: &[Line], zone: &Range<usize>) -> Option<usize> {
    let left_out = |at: &usize| {
        let line = &lines[*at];
        line.pinned && line.role() == Some(Role::Boilerplate) && is_title_like(&line.text, &line.compact)
    };
    let at = zone.clone().find(left_out)?;
    lines[zone.start..at].iter().any(|line| line.junk.taints()).then_some(at)
}

/// The title that the source states, or the heading it begins with.
fn stated_title(lines: &[Line], zone: &Range<usize>) -> Option<Range<usize>> {
    let stated =
        |at: &usize| !lines[*at].pinned && matches!(lines[*at].role(), Some(Role::Title | Role::Heading(1)));
    let at = zone.clone().find(stated)?;
    Some(at..at + 1)
}

/// The title with what a reader knows of it: a line that is one, with those of `chosen` that it stands at; and none of
/// the lines that are something else.
fn corrected_title(
    lines: &[Line],
    zone: &Range<usize>,
    chosen: Option<Range<usize>>,
) -> Option<Range<usize>> {
    let pinned = |at: usize| lines[at].pinned && lines[at].role() == Some(Role::Title);
    let Some(start) = zone.clone().find(|at| pinned(*at)) else {
        return chosen;
    };
    let end = (start..zone.end).find(|at| !pinned(*at)).unwrap_or(zone.end);
    Some(match chosen {
        Some(chosen) if chosen.start <= end && start <= chosen.end => {
            chosen.start.min(start)..chosen.end.max(end)
        }
        _ => start..end,
    })
}

/// Whether a second document begins here: a title in the middle of the text.
pub(super) fn begins(lines: &[Line], at: usize, after_end: bool, announced: &[String]) -> bool {
    let line = &lines[at];
    if line.stated || line.is_junk() || line.strong_marker().is_some() {
        return false;
    }
    if !is_title_like(&line.text, &line.compact)
        || is_date(&line.compact)
        || !line.compact.chars().any(is_han)
    {
        return false;
    }
    if starts_with_any(&line.compact, &["联系人", "备注", "说明", "扫码", "扫描", "长按"]) {
        return false;
    }
    let named =
        length(&line.compact) >= 4 && announced.iter().any(|name| name.contains(line.compact.as_ref()));
    let mut two = line.compact.clone();
    if let Some(next) = lines.get(at + 1).filter(|next| is_title_like(&next.text, &next.compact)) {
        two += next.compact.as_ref();
    }
    let titled = is_titled(&line.compact) || is_titled(&two) && is_title_like(&two, &two);
    let wide = line.appearance.blank_before >= 3;
    // A title with a form of address below it, a date and a speaker at most between, opens a speech.
    let opens = || {
        let mut below = lines[at + 1..].iter().take(4);
        let next = below.find(|next| {
            !is_date(&next.compact)
                && !is_byline(&next.text, &next.compact)
                && !is_labelled_name(&next.compact)
                && !is_dashed(&next.compact)
        });
        next.is_some_and(|next| is_salutation(&next.compact) && next.compact.ends_with(['：', ':', '！']))
    };
    if after_end {
        return named || titled || line.is_set_in() || wide;
    }
    named && titled && line.size() >= 6
        || titled && (line.is_set_in() || wide || opens())
        || line.marker.is_none() && line.size() <= 30 && opens_speech(lines, at) && opens()
}

/// A line of title without the word for its kind, above the one who speaks and the form of address of a further speech.
fn opens_speech(lines: &[Line], at: usize) -> bool {
    let speaker = |line: &Line| is_byline(&line.text, &line.compact) || is_labelled_name(&line.compact);
    let ended = at.checked_sub(1).is_none_or(|above| {
        lines[above].ends_sentence() || !lines[above].is_open() || lines[above].size() <= 20
    });
    ended && lines.get(at + 1).is_some_and(|next| speaker(next) || is_date(&next.compact))
}
