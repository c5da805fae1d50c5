//! Front matter: from the title to the salutation, and whatever stands above and between.
//!
//! The head of a document is read backwards from its anchor, the first line that can only belong to
//! the body. Title candidates stand in groups; each group is weighed by its wording, its setting, what
//! follows it and whether it comes again, and the best becomes the title.

mod zone;

use std::ops::Range;

use crate::tree::{Role, Scheme};

use super::boilerplate::{self, Junk};
use super::line::Line;
use super::phrase::{
    is_byline, is_caption, is_date, is_date_with_note, is_document_number, is_gapped_name, is_han,
    is_occasion, is_remark, is_salutation, is_title_like, is_titled, length, opens_bracket, starts_with_any,
};

use self::zone::{is_address, is_spoken_caption};

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

/// What a line of a head looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Stated,
    Junk,
    Scrap,
    Number,
    Date,
    Occasion,
    Byline,
    Caption,
    Remark,
    Salutation,
    Recipient,
    TitleLike,
    Other,
}

/// Reads the head that begins at `start` and gives its lines their roles. Returns the first line of the body.
///
/// In an `outlined` source, which states its titles and headings, no title is looked for.
pub(super) fn read(lines: &mut [Line], start: usize, place: Place, outlined: bool) -> usize {
    let zone = zone::find(lines, start, place);
    let parts = sort(lines, &zone);
    let title = stated_title(lines, &zone)
        .or_else(|| if outlined { None } else { choose(lines, &zone, &parts, place) });
    let end = give(lines, &zone, &parts, title, place);
    debug_assert!(end <= lines.len());
    end.max(start)
}

/// What each line of the zone looks like.
fn sort(lines: &[Line], zone: &Range<usize>) -> Vec<Part> {
    let mut parts = Vec::with_capacity(zone.len());
    let mut titled = false;
    let mut continues = None;
    let mut labelled = false;
    let mut crumb = String::new();
    let addressed = zone.clone().last().is_some_and(|last| is_address(lines, last, zone.start));
    for index in zone.clone() {
        let line = &lines[index];
        let compact = line.compact.as_str();
        let last = index + 1 == zone.end;
        let part = if line.stated {
            Part::Stated
        } else if let Some(part) = continues.take() {
            if !compact.ends_with(['）', ')']) && zone.len() - parts.len() > 1 {
                continues = Some(part);
            }
            part
        } else if labelled && boilerplate::is_label_value(&line.text) && !is_titled(compact) {
            Part::Junk
        } else if is_caption(compact) || is_spoken_caption(lines, index) {
            Part::Caption
        } else if line.junk == Junk::Scrap {
            Part::Scrap
        } else if line.junk != Junk::None {
            Part::Junk
        } else if is_crumb(lines, index, zone.start) || !crumb.is_empty() && compact == crumb {
            compact.clone_into(&mut crumb);
            Part::Junk
        } else if last && is_address(lines, index, zone.start) {
            if is_salutation(compact) { Part::Salutation } else { Part::Recipient }
        } else if is_document_number(compact) {
            Part::Number
        } else if is_date(compact) || is_date_with_note(compact) {
            Part::Date
        } else if is_occasion(compact) && (titled || !compact.starts_with('在')) {
            if opens_bracket(compact) {
                continues = Some(Part::Occasion);
            }
            Part::Occasion
        } else if is_remark(compact) {
            Part::Remark
        } else if titled
            && !is_titled(compact)
            && (is_byline(&line.text, compact) || is_bare_name(compact, parts.last(), addressed))
        {
            Part::Byline
        } else if compact.starts_with(['（', '(']) && opens_bracket(compact) {
            continues = Some(Part::Occasion);
            Part::Occasion
        } else if is_title_like(&line.text, compact) {
            titled = true;
            Part::TitleLike
        } else {
            Part::Other
        };
        labelled = line.junk == Junk::Label;
        parts.push(part);
    }
    parts
}

/// A word of a breadcrumb: it stands after `>`, and the title does not.
fn is_crumb(lines: &[Line], index: usize, start: usize) -> bool {
    let arrow =
        |at: usize| lines.get(at).is_some_and(|line| matches!(line.compact.as_str(), ">" | ">>" | "»" | "›"));
    index > start && arrow(index - 1) && lines[index].size() <= 16
}

/// A few characters under an occasion or a date, or between title and salutation, can only be a name,
/// whoever bears it.
fn is_bare_name(compact: &str, before: Option<&Part>, addressed: bool) -> bool {
    let placed = addressed && length(compact) <= 3 || matches!(before, Some(Part::Occasion | Part::Date));
    placed && (2..=4).contains(&length(compact)) && compact.chars().all(is_han)
}

/// The title that the source states, or the heading it begins with.
fn stated_title(lines: &[Line], zone: &Range<usize>) -> Option<Range<usize>> {
    let at = zone.clone().find(|at| matches!(lines[*at].role(), Some(Role::Title | Role::Heading(1))))?;
    Some(at..at + 1)
}

/// The lines of the title, absolute.
fn choose(lines: &[Line], zone: &Range<usize>, parts: &[Part], place: Place) -> Option<Range<usize>> {
    let mut best: Option<(i32, Range<usize>)> = None;
    let groups = groups(lines, zone, parts);
    for group in &groups {
        let score = weigh(lines, zone, parts, group, place);
        let text = joined(lines, group);
        let again =
            groups.iter().any(|other| other.start > group.start && joined(lines, other).contains(&text))
                || lines[group.end..zone.end].iter().any(|line| share(&line.compact, &text));
        let score = if again { score - 4 } else { score };
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

/// Runs of title-like lines, cut at wide gaps.
fn groups(lines: &[Line], zone: &Range<usize>, parts: &[Part]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (offset, part) in parts.iter().enumerate() {
        let at = zone.start + offset;
        if *part != Part::TitleLike {
            continue;
        }
        let near = lines[at].appearance.blank_before < 3 && !lines[at].after_block;
        match groups.last_mut() {
            Some(group) if group.end == at && near => group.end = at + 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

fn joined(lines: &[Line], group: &Range<usize>) -> String {
    lines[group.clone()].iter().map(|line| line.compact.as_str()).collect()
}

/// What follows a group, scraps and adverts passed over.
fn after(parts: &[Part], zone: &Range<usize>, group: &Range<usize>) -> Option<Part> {
    let rest = &parts[group.end - zone.start..];
    let found = rest.iter().copied().find(|part| !matches!(part, Part::Junk | Part::Scrap))?;
    // A name alone may be a cell of a table; it is a byline among other signs of a head.
    let alone = found == Part::Byline && !rest.iter().any(|part| is_meta(*part) && *part != Part::Byline);
    Some(if alone { Part::Other } else { found })
}

fn is_meta(part: Part) -> bool {
    match part {
        Part::Number | Part::Date | Part::Occasion | Part::Byline | Part::Salutation | Part::Recipient => {
            true
        }
        Part::Stated
        | Part::Junk
        | Part::Scrap
        | Part::Caption
        | Part::Remark
        | Part::TitleLike
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
    if first.appearance.blank_before >= 2 {
        score += 1;
    }
    if group.start > zone.start && lines[zone.start..group.start].iter().any(|line| line.junk.is_strong()) {
        score += i32::from(first.appearance.blank_before >= 2);
    }
    if lines[group.clone()].iter().all(|line| line.size() < 5) {
        score -= 3;
    }
    if group.len() > 4 {
        score -= 3;
    }
    if text.contains(['：', ':']) && !is_titled(&text) {
        score -= 3;
    }
    if text.contains(['、', '，']) && !is_titled(&text) && text.contains("的") {
        score -= 1;
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
        score += 2 * i32::from(opens) + i32::from(first.appearance.blank_before >= 1);
    }
    score
}

/// Takes away lines that follow the title without belonging to it.
fn trim(lines: &[Line], zone: &Range<usize>, parts: &[Part], group: Range<usize>) -> Range<usize> {
    let mut group = group;
    // A breadcrumb or a page label before the title, in the same run.
    while group.len() > 1 && group.start > zone.start && parts[group.start - zone.start - 1] == Part::Scrap {
        group.start += 1;
    }
    let mut text = String::new();
    for at in group.clone() {
        text.push_str(&lines[at].compact);
        let next = lines.get(at + 1);
        let completes = is_titled(&text)
            && !next.is_some_and(|next| {
                at + 1 < group.end && is_titled(&next.compact) && !is_titled(&lines[at].compact)
            });
        if completes {
            return group.start..at + 1;
        }
    }
    let followed = after(parts, zone, &group).is_some_and(is_meta);
    let set_in = lines[group.clone()].iter().all(Line::is_set_in);
    let most = if followed || set_in { 4 } else { 1 };
    group.start..group.end.min(group.start + most)
}

/// Gives the lines of the zone their roles and returns the first line of the body.
fn give(
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
    let mut body = title.end;
    let mut open_occasion = false;
    for at in title.end..zone.end {
        let part = parts[at - zone.start];
        let line = &lines[at];
        let decision = match part {
            Part::Stated => None,
            Part::Junk => Some((Role::Boilerplate, "page-frame")),
            Part::Scrap => near_junk(parts, at - zone.start).then_some((Role::Boilerplate, "page-frame")),
            Part::Number => Some((Role::DocumentNumber, "document-number")),
            Part::Date => Some((Role::Date, "date-under-title")),
            Part::Occasion => Some((Role::Occasion, "occasion")),
            Part::Byline => Some((Role::Byline, "byline")),
            Part::Caption => Some((Role::Boilerplate, "caption")),
            Part::Remark => Some((Role::Remark, "remark-under-title")),
            Part::Salutation => Some((Role::Salutation, "salutation")),
            Part::Recipient => Some((Role::Recipient, "recipient")),
            Part::TitleLike
                if line.compact == name
                    || !name.is_empty() && line.compact.len() > 12 && name.contains(&line.compact) =>
            {
                Some((Role::Boilerplate, "title-again"))
            }
            Part::TitleLike if open_occasion => Some((Role::Occasion, "occasion-goes-on")),
            Part::TitleLike if near_junk(parts, at - zone.start) && addressed && at + 1 < zone.end => {
                Some((Role::Boilerplate, "page-frame"))
            }
            Part::TitleLike if addressed && is_gapped_name(&line.text) => Some((Role::Byline, "byline")),
            Part::TitleLike | Part::Other => None,
        };
        open_occasion = matches!(decision, Some((Role::Occasion, _)))
            && (!is_whole_occasion(&line.compact) || opens_bracket(&line.compact));
        match decision {
            Some((role, rule)) => {
                lines[at].decide(role, rule);
                body = at + 1;
            }
            None if part == Part::Stated => body = at + 1,
            // Unknown lines before a form of address stay text of the head; without one the body begins here.
            None if addressed => {}
            None => break,
        }
    }
    if addressed { zone.end } else { body }
}

/// An occasion that needs no further line.
fn is_whole_occasion(compact: &str) -> bool {
    is_titled(compact)
        || compact.ends_with(['上', '）', ')', '时'])
        || is_gapped_name(compact)
        || compact.ends_with(['过', '布', '行', '订', '正', '准'])
}

/// Lines above the title: adverts and navigation if any of them is that for certain.
fn above(lines: &mut [Line], zone: &Range<usize>, parts: &[Part], title: &Range<usize>, place: Place) {
    let name = joined(lines, title);
    let head = zone.start..title.start;
    let later: Vec<String> = lines[title.end..zone.end].iter().map(|line| line.compact.clone()).collect();
    // An advert taints the whole block it stands in; a page frame only what comes after it began.
    let advert = lines[head.clone()].iter().any(|line| line.junk == Junk::Advert);
    let frame = head.clone().find(|at| lines[*at].junk.is_strong()).unwrap_or(head.end);
    let tainted = |at: usize| place == Place::Top && (advert || at > frame);
    for at in head {
        let part = parts[at - zone.start];
        let compact = lines[at].compact.clone();
        let again = name.contains(&compact) && length(&compact) >= 4
            || later.contains(&compact)
            || part == Part::TitleLike
                && place == Place::Top
                && later.iter().any(|line| share(line, &compact));
        let decision = match part {
            Part::Stated => None,
            Part::Caption => Some((Role::Boilerplate, "caption")),
            Part::Number if !again => Some((Role::DocumentNumber, "document-number")),
            _ if again => Some((Role::Boilerplate, "title-again")),
            _ if is_letterhead(&compact) => None,
            _ if tainted(at) => Some((Role::Boilerplate, "above-title")),
            Part::Junk => Some((Role::Boilerplate, "page-frame")),
            Part::Remark => Some((Role::Remark, "remark-above-title")),
            Part::Number
            | Part::Scrap
            | Part::Date
            | Part::Occasion
            | Part::Byline
            | Part::Salutation
            | Part::Recipient
            | Part::TitleLike
            | Part::Other => None,
        };
        if let Some((role, rule)) = decision {
            lines[at].decide(role, rule);
        }
    }
}

/// 版头 (7.2): grade of secrecy or urgency, and the name of the issuing body with 文件. Never an advert.
fn is_letterhead(compact: &str) -> bool {
    let graded = starts_with_any(compact, &["绝密", "机密", "秘密", "特急", "加急", "平急", "特提"]);
    graded && length(compact) <= 12
        || compact.ends_with("文件") && length(compact) <= 30 && !compact.contains(['，', '！'])
}

/// Whether an occasion and the title of its page say the same: eight characters in a row.
fn share(occasion: &str, title: &str) -> bool {
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
            Part::Recipient if at > zone.start => Some((Role::Recipient, "recipient")),
            Part::Number if addressed => Some((Role::DocumentNumber, "document-number")),
            Part::Number
            | Part::Recipient
            | Part::Stated
            | Part::Junk
            | Part::Scrap
            | Part::Date
            | Part::Occasion
            | Part::Byline
            | Part::Remark
            | Part::TitleLike
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

/// Whether a second document begins here: a title in the middle of the text.
pub(super) fn begins(lines: &[Line], at: usize, after_end: bool, announced: &[String]) -> bool {
    let line = &lines[at];
    if line.stated || line.junk != Junk::None || line.strong_marker().is_some() {
        return false;
    }
    if !is_title_like(&line.text, &line.compact)
        || is_date(&line.compact)
        || !line.compact.chars().any(is_han)
    {
        return false;
    }
    if starts_with_any(&line.compact, &["联系人", "备注", "说明"]) {
        return false;
    }
    let named = length(&line.compact) >= 4 && announced.iter().any(|name| name.contains(&line.compact));
    let mut two = line.compact.clone();
    if let Some(next) = lines.get(at + 1).filter(|next| is_title_like(&next.text, &next.compact)) {
        two.push_str(&next.compact);
    }
    let titled = is_titled(&line.compact) || is_titled(&two) && is_title_like(&two, &two);
    let wide = line.appearance.blank_before >= 3;
    // A title with a form of address right below opens a speech.
    let opens = lines
        .get(at + 1)
        .is_some_and(|next| is_salutation(&next.compact) && next.compact.ends_with(['：', ':']));
    if after_end {
        return named || titled || line.is_set_in() || wide;
    }
    named && titled && line.size() >= 6 || titled && (line.is_set_in() || wide || opens)
}
