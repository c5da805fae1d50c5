//! Which lines of a head are the title.

use std::ops::Range;

use crate::tree::Scheme;

use super::super::boilerplate::is_separator;
use super::super::line::Line;
use super::super::phrase::{
    is_masthead_number, is_parallel, is_title_with_colon, is_titled, starts_with_any, without_note,
};
use super::Place;
use super::give::share;
use super::part::Part;

/// The lines of the title, absolute.
pub(super) fn choose(
    lines: &[Line],
    zone: &Range<usize>,
    parts: &[Part],
    place: Place,
) -> Option<Range<usize>> {
    let mut best: Option<(i32, Range<usize>)> = None;
    let groups = groups(lines, zone, parts);
    for group in &groups {
        let score = weigh(lines, zone, parts, group, place);
        let text = joined(lines, group);
        let bare = without_note(&text);
        let again =
            groups.iter().any(|other| other.start > group.start && joined(lines, other).contains(bare))
                || groups.iter().any(|other| other.start > group.start)
                    && lines[group.end..zone.end].iter().any(|line| share(&line.compact, &text));
        let copied = groups.iter().any(|other| {
            other.start > group.end
                && lines[group.end..other.start].iter().any(|line| line.junk.taints())
                && (is_page_copy(&text, &joined(lines, other))
                    || is_nearly(&text, &lines[other.start].compact))
        });
        let mut score = if again || copied { score - 4 } else { score };
        // The head of a bulletin stands above its number, and the title of the issue comes below.
        let number = group.end < zone.end
            && match parts[group.end - zone.start] {
                Part::Number => is_masthead_number(&lines[group.end].compact),
                Part::Issuer => true,
                Part::Stated
                | Part::Junk
                | Part::Scrap
                | Part::Field
                | Part::Date
                | Part::Subtitle
                | Part::Occasion
                | Part::Byline
                | Part::Caption
                | Part::Remark
                | Part::Salutation
                | Part::Recipient
                | Part::TitleLike
                | Part::Other => false,
            };
        if number && !text.ends_with('令') && groups.iter().any(|other| other.start > group.start) {
            score -= 9;
        }
        // Of equals the first wins, unless a page frame stands above it.
        let framed = lines[zone.start..group.start].iter().any(|line| line.junk.is_strong())
            && best.as_ref().is_some_and(|(_, best)| {
                lines[zone.start..best.start].iter().any(|line| line.junk.is_strong())
            });
        if best.as_ref().is_none_or(|(most, _)| score > *most || score == *most && framed) {
            best = Some((score, group.clone()));
        }
    }
    let (score, group) = best?;
    let least = match place {
        Place::Top | Place::Annex => -1,
        Place::Inside => 2,
    };
    if score < least {
        return None;
    }
    Some(trim(lines, zone, parts, group))
}

/// Whether a line above the frame of a page repeats the title below it or only names the site: a title that is
/// longer than the one below, or no title over one that is.
fn is_page_copy(above: &str, below: &str) -> bool {
    let bare = without_note(above);
    above.contains(below) && below.chars().count() >= 10
        || is_nearly(above, below)
        || below.ends_with(bare) && bare.chars().count() >= 8
        || !is_titled(above) && is_titled(below)
}

/// Whether two titles differ in a few characters in the middle, as where one is cut short.
fn is_nearly(above: &str, below: &str) -> bool {
    let (above, below): (Vec<char>, Vec<char>) = (above.chars().collect(), below.chars().collect());
    let least = above.len().min(below.len());
    let head = above.iter().zip(&below).take_while(|(one, two)| one == two).count();
    let tail = above.iter().rev().zip(below.iter().rev()).take_while(|(one, two)| one == two).count();
    least >= 10 && (head + tail).min(least) * 4 >= above.len().max(below.len()) * 3
}

/// Runs of title-like lines, cut at wide gaps.
fn groups(lines: &[Line], zone: &Range<usize>, parts: &[Part]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (offset, part) in parts.iter().enumerate() {
        let at = zone.start + offset;
        if *part != Part::TitleLike {
            continue;
        }
        let near = lines[at].appearance.blank_before < 3 && !lines[at].after_block;
        // A line that comes again begins a title of its own.
        let again = groups
            .last()
            .is_some_and(|group| lines[group.clone()].iter().any(|line| line.compact == lines[at].compact));
        // So does a title of the same kind below a title, or one that the line above holds within itself.
        let again = again
            || groups
                .last()
                .is_some_and(|group| group.end == at && is_rival(&lines[at - 1].compact, &lines[at].compact));
        match groups.last_mut() {
            Some(group) if group.end == at && near && !again => group.end = at + 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

/// Two whole titles of one kind, or one that holds the other: the page's and the author's.
pub(super) fn is_rival(above: &str, below: &str) -> bool {
    let kind = |text: &str| text.chars().rev().take(2).collect::<Vec<_>>();
    is_titled(above)
        && is_titled(below)
        && below.chars().count() >= 4
        && (kind(above) == kind(below) && below.chars().count() > 6
            || above.contains(below)
            // A whole title begins anew: the line above is the name of the page.
            || below.starts_with("关于") && !above.contains("关于"))
}

pub(super) fn joined(lines: &[Line], group: &Range<usize>) -> String {
    lines[group.clone()].iter().map(|line| line.compact.as_ref()).collect()
}

/// What follows a group, scraps and adverts passed over.
fn after(parts: &[Part], zone: &Range<usize>, group: &Range<usize>) -> Option<Part> {
    let rest = &parts[group.end - zone.start..];
    let found = rest.iter().copied().find(|part| !matches!(part, Part::Junk | Part::Scrap))?;
    // A name alone may be a cell of a table; it is a byline among other signs of a head.
    let alone = found == Part::Byline && !rest.iter().any(|part| is_meta(*part) && *part != Part::Byline);
    Some(if alone { Part::Other } else { found })
}

pub(super) fn is_meta(part: Part) -> bool {
    match part {
        Part::Number
        | Part::Issuer
        | Part::Date
        | Part::Subtitle
        | Part::Occasion
        | Part::Byline
        | Part::Salutation
        | Part::Recipient => true,
        Part::Stated
        | Part::Junk
        | Part::Scrap
        | Part::Caption
        | Part::Remark
        | Part::TitleLike
        | Part::Field
        | Part::Other => false,
    }
}

/// How much speaks for a group as the title.
fn weigh(lines: &[Line], zone: &Range<usize>, parts: &[Part], group: &Range<usize>, place: Place) -> i32 {
    let text = joined(lines, group);
    let first = &lines[group.start];
    let mut score = 0;
    if is_titled(&text) || lines[group.clone()].iter().any(|line| is_titled(&line.compact)) {
        score += 4;
    }
    match after(parts, zone, group) {
        // Only a title stands right above its occasion.
        Some(Part::Occasion) if parts.get(group.end - zone.start) == Some(&Part::Occasion) => score += 5,
        Some(part) if is_meta(part) => score += 3,
        Some(Part::Caption | Part::Remark) => score += 1,
        _ => {}
    }
    if text.starts_with('【') {
        score -= 2;
    }
    if first.is_set_in() {
        score += 2;
    }
    if first.emphasis.large {
        score += 4;
    } else if first.emphasis.strong {
        score += 1;
    }
    if first.appearance.blank_before >= 2 {
        score += 1;
    }
    if group.start > zone.start && lines[zone.start..group.start].iter().any(|line| line.junk.is_strong()) {
        score += i32::from(first.appearance.blank_before >= 2);
    }
    let remembers = starts_with_any(&first.compact, &["悼念", "怀念", "纪念", "缅怀", "追忆"]);
    if !remembers && lines[group.clone()].iter().all(|line| line.size() < 5) {
        score -= 3;
    }
    if group.len() > 4 && !is_titled(&first.compact) {
        score -= 3;
    }
    if let Some((label, _)) = text.split_once(['：', ':'])
        && !is_titled(&text)
    {
        // `党课讲稿：做…的干部` names its kind first.
        score += if is_titled(label) { 2 } else { -3 };
    }
    if text.contains(['、', '，']) && !is_titled(&text) && text.contains("的") {
        score -= 1;
    }
    if place == Place::Annex && group.start == zone.start && is_titled(&first.compact) {
        score += 2;
    }
    // A breadcrumb ends in a word that stands after `>`.
    if group.start > zone.start
        && matches!(parts[group.start - 1 - zone.start], Part::Scrap)
        && group.end < zone.end
        && matches!(parts[group.end - zone.start], Part::Scrap)
    {
        score -= 5;
    }
    if place != Place::Top {
        let next = lines.get(group.end);
        let opens = next.is_some_and(|next| {
            next.strong_marker().is_some_and(|marker| {
                marker.number() == Some(1) && !matches!(marker.scheme, Scheme::Dash | Scheme::Bullet)
            })
        });
        let above = group.start.checked_sub(1).map(|above| lines[above].compact.as_ref());
        let apart = first.appearance.blank_before >= 1 || above.is_some_and(is_separator);
        score += 2 * i32::from(opens) + i32::from(apart);
    }
    score
}

/// A title on something that has no noun yet, whatever its last word may be elsewhere: `关于进一步规范` over
/// `公务用车管理的通知`.
fn wants_noun(text: &str) -> bool {
    text.rfind("关于").is_some_and(|about| !text[about..].contains('的'))
}

/// Takes away lines that follow the title without belonging to it.
fn trim(lines: &[Line], zone: &Range<usize>, parts: &[Part], group: Range<usize>) -> Range<usize> {
    let mut group = group;
    // A breadcrumb or a page label before the title, in the same run.
    while group.len() > 1 && group.start > zone.start && parts[group.start - zone.start - 1] == Part::Scrap {
        group.start += 1;
    }
    // What is larger than the text, line after line, is one title.
    if lines[group.start].emphasis.large {
        let look = lines[group.start].emphasis.look;
        let like = lines[group.clone()].iter().take_while(|line| line.emphasis.look == look).count();
        return group.start..group.start + like;
    }
    let mut text = String::new();
    for at in group.clone() {
        text.push_str(&lines[at].compact);
        let next = lines.get(at + 1);
        if is_titled(&text) && at + 1 < group.end && next.is_some_and(|next| is_parallel(&next.text)) {
            // The theme stands below the kind: `…交流材料` over `以质取胜　以质图强`.
            return group.start..at + 2;
        }
        // Two whole titles right above the form of address: the page's and the author's.
        let twice = at + 2 == group.end
            && next.is_some_and(|next| is_titled(&next.compact))
            && parts.get(group.end - zone.start) == Some(&Part::Salutation);
        let completes = is_titled(&text)
            && !twice
            && !next.is_some_and(|next| {
                at + 1 < group.end
                    && (is_titled(&next.compact) && (!is_titled(&lines[at].compact) || wants_noun(&text))
                        || next.compact.starts_with(['的', '》', '暨', '和', '及', '与']))
            });
        if completes {
            return group.start..at + 1;
        }
    }
    let followed = after(parts, zone, &group).is_some_and(is_meta);
    let set_in = lines[group.clone()].iter().all(Line::is_set_in);
    // The head of a report in a newspaper: a line above the title proper, and the frame of the page below both.
    let framed = group.len() == 2
        && matches!(parts.get(group.end - zone.start), Some(Part::Junk | Part::Scrap))
        && is_parallel(&lines[group.start + 1].text);
    let led = is_title_with_colon(&lines[group.start].compact);
    let most = if followed || set_in || framed { 4 } else { 1 + usize::from(led) };
    group.start..group.end.min(group.start + most)
}
