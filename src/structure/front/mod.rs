//! Front matter: from the title to the salutation, and whatever stands above and between.
//!
//! The head of a document is read backwards from its anchor, the first line that can only belong to
//! the body. Title candidates stand in groups; each group is weighed by its wording, its setting, what
//! follows it and whether it comes again, and the best becomes the title.

mod choice;
mod zone;

use std::borrow::Cow;
use std::ops::Range;

use crate::tree::Role;

use super::boilerplate::{self, Junk};
use super::debris;
use super::line::Line;
use super::numeral;
use super::phrase::{
    ends_with_any, is_byline, is_caption, is_copy_number, is_date, is_date_with_note, is_date_with_place,
    is_day, is_document_number, is_gapped_name, is_han, is_issuer_row, is_labelled_name, is_mark,
    is_masthead_number, is_member_row, is_moment, is_name, is_occasion, is_office, is_organisation,
    is_parallel, is_remark, is_salutation, is_title_like, is_title_with_colon, is_titled, is_unit_with_name,
    length, opens_bracket, starts_with_any,
};

use self::choice::{choose, is_meta, joined};
use self::zone::{address, is_spoken_caption};

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
    /// Who issues a bulletin and when.
    Issuer,
    /// A field of minutes or of a contract: `时间：…`.
    Field,
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
    let parts = sort(lines, &zone, place);
    let title = stated_title(lines, &zone).or_else(|| {
        let chosen = if outlined { None } else { choose(lines, &zone, &parts, place) };
        corrected_title(lines, &zone, chosen)
    });
    let end = give(lines, &zone, &parts, title, place);
    debug_assert!(end <= lines.len());
    end.max(start)
}

/// What each line of the zone looks like.
fn sort(lines: &[Line], zone: &Range<usize>, place: Place) -> Vec<Part> {
    let mut parts = Vec::with_capacity(zone.len());
    let mut titled = false;
    let mut continues = None;
    let mut labelled = false;
    let mut open_occasion = false;
    let mut crumb = String::new();
    // The lines of address end the zone.
    let spoken = zone.clone().rev().take(5).find(|at| {
        let count = address(lines, *at, zone.start);
        count > 0 && at + count == zone.end
    });
    let spoken = spoken.map_or(zone.end, |last| {
        // The first line of a wrapped list reaches the end as well.
        (zone.start..last)
            .rev()
            .take(4)
            .take_while(|at| at + address(lines, *at, zone.start) == zone.end)
            .last()
            .unwrap_or(last)
    });
    let addressed = spoken < zone.end;
    for index in zone.clone() {
        let line = &lines[index];
        let compact = line.compact.as_ref();
        let part = if let Some(role) = line.role().filter(|_| line.pinned) {
            titled = titled || role == Role::Title;
            corrected(role)
        } else if line.stated {
            Part::Stated
        } else if let Some(part) = continues.take() {
            if !compact.ends_with(['）', ')']) && zone.len() - parts.len() > 1 {
                continues = Some(part);
            }
            part
        } else if labelled && boilerplate::is_label_value(&line.text) && !is_titled(compact) && index < spoken
        {
            Part::Junk
        } else if titled && is_dashed(compact) && is_occasion(compact) {
            if opens_bracket(compact) {
                continues = Some(Part::Occasion);
            }
            Part::Occasion
        } else if titled && is_subtitle(lines, index, parts.last()) && index < spoken {
            Part::Occasion
        } else if titled && is_noted_moment(lines, index, zone, parts.last()) {
            Part::Date
        } else if open_occasion && is_whole_occasion(compact) && index < spoken && length(compact) <= 40 {
            Part::Occasion
        } else if index < spoken && zone::is_told(lines, index, zone.start) {
            Part::Remark
        } else if is_caption(compact) || is_spoken_caption(lines, index) {
            Part::Caption
        } else if line.junk == Junk::Scrap {
            Part::Scrap
        } else if line.is_junk()
            || is_site_name(lines, index, zone)
            || place == Place::Top && !titled && is_column_over_title(lines, index, spoken)
            || is_numbered_text(compact) && index + 1 < spoken
            || line.junk == Junk::Pair
                && (!titled && goes_on_in_pairs(compact, parts.last(), place)
                    || index + 1 < spoken && stands_in_frame(lines, index))
        {
            Part::Junk
        } else if is_crumb(lines, index, zone.start) || !crumb.is_empty() && compact == crumb {
            compact.clone_into(&mut crumb);
            Part::Junk
        } else if index >= spoken {
            let text: String = lines[spoken..zone.end].iter().map(|line| line.compact.as_ref()).collect();
            if is_salutation(&text) { Part::Salutation } else { Part::Recipient }
        } else if is_document_number(compact)
            || is_mark(compact)
            || is_copy_number(compact) && index < zone.start + 2
        {
            Part::Number
        } else if is_issuer_row(&line.text)
            || parts.last() == Some(&Part::Number)
                && is_organisation(compact)
                && is_masthead_number(&lines[index - 1].compact)
                && lines.get(index + 1).is_some_and(|next| is_date(&next.compact))
        {
            Part::Issuer
        } else if debris::is_own(compact) && !is_byline(&line.text, compact) {
            Part::Field
        } else if is_date(compact)
            || is_date_with_note(compact)
            || titled && index < spoken && (is_date_with_place(&line.text) || addressed && is_day(compact))
        {
            Part::Date
        } else if is_occasion(compact) && (titled || !compact.starts_with('在')) {
            if opens_bracket(compact) {
                continues = Some(Part::Occasion);
            }
            Part::Occasion
        } else if is_remark(compact) && !(titled && is_byline(&line.text, compact)) {
            Part::Remark
        } else if titled
            && !is_titled(compact)
            && !(is_member_row(&line.text)
                && (place == Place::Annex
                    || lines.get(index + 1).is_some_and(|next| is_member_row(&next.text))))
            && (is_byline(&line.text, compact)
                || index < spoken && addressed && (is_unit_with_name(compact) || is_labelled_name(compact))
                || is_bare_name(compact, parts.last(), addressed)
                || is_office(compact) && names_speaker(lines, index + 1, zone)
                || parts.last().is_some_and(|above| *above != Part::Junk)
                    && is_organisation(compact)
                    && is_titled(&lines[index - 1].compact)
                    && lines.get(index + 1).is_some_and(|next| is_date(&next.compact))
                || place == Place::Top
                    && is_author(lines, index)
                    && matches!(parts.last(), Some(Part::TitleLike | Part::Occasion)))
        {
            Part::Byline
        } else if compact.starts_with(['（', '(']) && opens_bracket(compact) {
            continues = Some(Part::Occasion);
            Part::Occasion
        } else if is_title_like(&line.text, compact)
            || is_title_with_colon(compact) && index + 1 < spoken
            || place == Place::Top && !titled && is_headline(lines, index)
        {
            titled = true;
            Part::TitleLike
        } else {
            Part::Other
        };
        open_occasion = part == Part::Occasion
            && (is_dashed(compact) || compact.starts_with('在'))
            && !is_whole_occasion(compact);
        labelled = line.junk == Junk::Label;
        parts.push(part);
    }
    parts
}

/// Where the speech was held, below a title of phrases that is whole without it: `在全会上的讲话` under
/// `凝心聚力　开创新局`. It may go on for a line.
fn is_subtitle(lines: &[Line], index: usize, above: Option<&Part>) -> bool {
    let line = &lines[index];
    let spoken = |text: &str| ends_with_any(text, &["讲话", "致辞", "致词", "发言"]);
    above == Some(&Part::TitleLike)
        && line.compact.starts_with('在')
        && is_parallel(&lines[index - 1].text)
        && (spoken(&line.compact) || lines.get(index + 1).is_some_and(|next| spoken(&next.compact)))
}

/// When it was said, with the hour, below the speaker and in no frame of a page.
fn is_noted_moment(lines: &[Line], index: usize, zone: &Range<usize>, above: Option<&Part>) -> bool {
    let framed = |at: usize| at != index && lines[at].junk != Junk::None;
    is_moment(&lines[index].compact)
        && matches!(above, Some(Part::Byline | Part::Occasion | Part::Remark))
        && !zone.clone().any(framed)
}

/// A word of a breadcrumb: it stands after `>`, and the title does not; or it comes again below the path.
fn is_crumb(lines: &[Line], index: usize, start: usize) -> bool {
    let again = lines[start..index].iter().any(|path| {
        path.junk == Junk::Frame
            && path.compact.contains(['>', '›', '»', '＞'])
            && path.compact.split(['>', '›', '»', '＞']).any(|word| word == lines[index].compact)
    });
    if again && !is_titled(&lines[index].compact) {
        return true;
    }
    let arrow =
        |at: usize| lines.get(at).is_some_and(|line| matches!(line.compact.as_ref(), ">" | ">>" | "»" | "›"));
    index > start && arrow(index - 1) && lines[index].size() <= 16
}

/// A body that wrote what its text, which begins right below, tells: `某某有限公司` over `公司成立于…。`
fn is_author(lines: &[Line], index: usize) -> bool {
    let line = &lines[index];
    length(&line.compact) >= 5
        && is_organisation(&line.compact)
        && index + 1 < lines.len()
        && zone::is_body(&lines[index + 1])
        && (lines[index + 1].size() > 30 || lines[index + 1].marker.is_some())
        && lines[index + 1].compact.contains(['。', '、', '：'])
}

/// A name alone, or after a gap, on the line below an office.
fn names_speaker(lines: &[Line], at: usize, zone: &Range<usize>) -> bool {
    zone.contains(&at) && (is_name(&lines[at].compact) || is_gapped_name(&lines[at].text))
}

/// A further pair of a page's or a mail's head: `主题：…` below `发件人：…`.
fn goes_on_in_pairs(compact: &str, before: Option<&Part>, place: Place) -> bool {
    let label = compact.split(['：', ':']).next().map_or(0, length);
    place == Place::Top && before == Some(&Part::Junk) && label <= 4
}

/// The label that a collection puts above each of its texts: `篇一：开学典礼讲话`.
fn is_numbered_text(compact: &str) -> bool {
    let numbered = |rest: &str, end: &str| {
        let number: usize =
            rest.chars().take_while(|c| numeral::is_han(*c) || c.is_ascii_digit()).map(char::len_utf8).sum();
        let rest = rest[number..].strip_prefix(end);
        number > 0 && rest.is_some_and(|rest| rest.starts_with(['：', ':']))
    };
    ["篇", "范文"].iter().any(|word| compact.strip_prefix(word).is_some_and(|rest| numbered(rest, "")))
        || compact.strip_prefix('第').is_some_and(|rest| numbered(rest, "篇"))
}

/// A pair of label and value between the lines of a page's frame.
fn stands_in_frame(lines: &[Line], index: usize) -> bool {
    let framed = |at: Option<usize>| {
        at.and_then(|at| lines.get(at)).is_some_and(|line| matches!(line.junk, Junk::Frame | Junk::Label))
    };
    framed(index.checked_sub(1)) && (framed(Some(index + 1)) || lines[index + 1].junk == Junk::Scrap)
}

/// A title that is a headline, with the frame of its page right below it: `贺词来了……`.
fn is_headline(lines: &[Line], index: usize) -> bool {
    let line = &lines[index];
    line.size() <= 40
        && line.compact.ends_with(['…', '？', '！'])
        && lines.get(index + 1).is_some_and(|next| next.junk == Junk::Frame)
}

/// The name of a site as the first line, above the title: `某某信息网`.
fn is_site_name(lines: &[Line], index: usize, zone: &Range<usize>) -> bool {
    let line = &lines[index];
    index == 0
        && index == zone.start
        && line.size() <= 18
        && ends_with_any(
            &line.compact,
            &["网", "网站", "门户", "公开平台", "政务平台", "频道", "信息港", "资料库", "客户端"],
        )
        && !starts_with_any(&line.compact, &["关于", "在", "建设", "推进", "加快", "打造", "构建", "织"])
        && lines.get(1).is_some_and(|next| !next.compact.starts_with(['的', '建', '上', '中']))
}

/// The name of a column of a site above a whole title: `校园要闻`. Over the number of an issue it is that of a bulletin.
fn is_column_over_title(lines: &[Line], index: usize, end: usize) -> bool {
    #[rustfmt::skip]
    const COLUMNS: &[&str] = &[
        "首页", "主页", "新闻", "要闻", "动态", "公告", "公示", "领导讲话", "讲话致辞", "公开", "专栏", "专题", "频道",
        "栏目", "之窗", "园地", "天地", "快讯", "资讯", "门户", "文件库", "法规库",
    ];
    let named = |line: &Line| line.size() <= 8 && ends_with_any(&line.compact, COLUMNS);
    let whole = |line: &Line| line.size() >= 9 && is_titled(&line.compact);
    let below = &lines[(index + 1).min(end)..end.min(index + 6)];
    named(&lines[index])
        && below.iter().find(|line| !named(line) && !line.is_junk()).is_some_and(whole)
        && !below.iter().any(|line| is_mark(&line.compact))
}

fn is_dashed(compact: &str) -> bool {
    compact.starts_with(['—', '―', '─', '－'])
}

/// A few characters under an occasion or a date, or between title and salutation, can only be a name,
/// whoever bears it.
fn is_bare_name(compact: &str, before: Option<&Part>, addressed: bool) -> bool {
    let placed = addressed && length(compact) <= 3 || matches!(before, Some(Part::Occasion | Part::Date));
    placed && (2..=4).contains(&length(compact)) && compact.chars().all(is_han)
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

/// What a line of a head looks like whose role is known.
fn corrected(role: Role) -> Part {
    match role {
        Role::Title => Part::TitleLike,
        Role::DocumentNumber => Part::Number,
        Role::Subtitle | Role::Occasion => Part::Occasion,
        Role::Date => Part::Date,
        Role::Byline => Part::Byline,
        Role::Remark => Part::Remark,
        Role::Recipient => Part::Recipient,
        Role::Salutation => Part::Salutation,
        Role::Boilerplate => Part::Junk,
        Role::Heading(_)
        | Role::Point(_)
        | Role::Body
        | Role::Closing
        | Role::Signature
        | Role::SigningDate
        | Role::AttachmentNote
        | Role::AttachmentLabel
        | Role::CopyTo => Part::Stated,
    }
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
            Part::Number => Some((Role::DocumentNumber, "document-number")),
            Part::Date => Some((Role::Date, "date-under-title")),
            Part::Occasion => Some((Role::Occasion, "occasion")),
            Part::Byline => Some((Role::Byline, "byline")),
            Part::Issuer => Some((Role::Byline, "issuer-with-date")),
            Part::Field => None,
            Part::Caption => Some((Role::Boilerplate, "caption")),
            Part::Remark => Some((Role::Remark, "remark-under-title")),
            Part::Salutation => Some((Role::Salutation, "salutation")),
            Part::Recipient => Some((Role::Recipient, "recipient")),
            Part::TitleLike
                if line.compact == name
                    || !name.is_empty()
                        && line.compact.len() > 12
                        && name.contains(line.compact.as_ref()) =>
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
            && !is_salutation(&lines[at - 1].compact);
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
        let again = name.contains(choice::without_note(&compact)) && length(&compact) >= 4
            || at + 1 == title.start && place == Place::Top && choice::is_rival(&compact, &name)
            || later.contains(&compact)
            || part == Part::TitleLike
                && place == Place::Top
                && later.iter().any(|line| share(line, &compact));
        let decision = match part {
            Part::Stated => None,
            Part::Caption => Some((Role::Boilerplate, "caption")),
            Part::Number if !again => Some((Role::DocumentNumber, "document-number")),
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
            _ if tainted => Some((Role::Boilerplate, "above-title")),
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
            | Part::Field
            | Part::Other => None,
        };
        if let Some((role, rule)) = decision {
            lines[at].decide(role, rule);
        }
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
            Part::Recipient => Some((Role::Recipient, "recipient")),
            Part::Number if addressed => Some((Role::DocumentNumber, "document-number")),
            Part::Number
            | Part::Stated
            | Part::Junk
            | Part::Scrap
            | Part::Date
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
    if starts_with_any(&line.compact, &["联系人", "备注", "说明"]) {
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
