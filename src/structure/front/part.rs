//! What each line of a head looks like, before the title is chosen.

use std::ops::Range;

use crate::tree::Role;

use super::super::boilerplate::{self, Junk};
use super::super::debris;
use super::super::line::Line;
use super::super::numeral;
use super::super::phrase::{
    ends_with_any, is_bare_address, is_blank_number, is_byline, is_caption, is_case_number, is_copy_number,
    is_cue, is_date, is_date_with_hour, is_date_with_note, is_date_with_place, is_dateline, is_day,
    is_document_number, is_gapped_name, is_han, is_issuer_row, is_labelled_name, is_mark, is_masthead_number,
    is_member_row, is_moment, is_name, is_occasion, is_office, is_organisation, is_parallel, is_period,
    is_remark, is_salutation, is_title_like, is_title_with_colon, is_titled, is_underscored,
    is_unit_with_name, is_version, length, opens_bracket, starts_with_any, unbracketed,
};
use super::Place;
use super::zone::{self, address, is_spoken_caption};

/// What a line of a head looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Stated,
    Junk,
    Scrap,
    /// A number or a marking of the document.
    Number,
    /// Who issues a bulletin and when.
    Issuer,
    /// A field of minutes or of a contract: `时间：…`.
    Field,
    Date,
    /// What completes the title.
    Subtitle,
    Occasion,
    Byline,
    Caption,
    Remark,
    Salutation,
    Recipient,
    TitleLike,
    Other,
}

/// What each line of the zone looks like.
pub(super) fn sort(lines: &[Line], zone: &Range<usize>, place: Place) -> Vec<Part> {
    let mut parts = Vec::with_capacity(zone.len());
    let mut titled = false;
    let mut continues = None;
    let mut labelled = false;
    let mut open_occasion = false;
    let mut crumb = String::new();
    // The lines of address end the zone.
    let spoken = zone.clone().rev().take(zone::MOST_OF_ADDRESS).find(|at| {
        let count = address(lines, *at, zone.start);
        count > 0 && at + count == zone.end
    });
    let spoken = spoken.map_or(zone.end, |last| {
        // The first line of a wrapped list reaches the end as well.
        (zone.start..last)
            .rev()
            .take(zone::MOST_OF_ADDRESS - 1)
            .take_while(|at| at + address(lines, *at, zone.start) == zone.end)
            .last()
            .unwrap_or(last)
    });
    let addressed = spoken < zone.end;
    for index in zone.clone() {
        let line = &lines[index];
        let compact = line.compact.as_ref();
        let part = if let Some(role) = line.role().filter(|_| line.pinned || !line.stated) {
            titled = titled || role == Role::Title;
            corrected(role)
        } else if line.stated {
            titled = titled || is_stated_title(line);
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
        } else if completes_title(lines, index, parts.last()) {
            Part::Subtitle
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
            || is_rule_of_letterhead(compact, parts.last())
            || is_site_name(lines, index, zone)
            || place == Place::Top && !titled && is_column_over_title(lines, index, spoken)
            || !titled
                && boilerplate::is_menu(compact)
                && matches!(parts.last(), Some(Part::Junk | Part::Scrap))
            || is_numbered_text(compact) && index + 1 < spoken
            || line.junk == Junk::Pair
                && (!titled
                    && goes_on_in_pairs(compact, parts.last(), place)
                    && !is_subject(lines, index, spoken)
                    || index + 1 < spoken && stands_in_frame(lines, index))
        {
            Part::Junk
        } else if is_crumb(lines, index, zone.start) || !crumb.is_empty() && compact == crumb {
            compact.clone_into(&mut crumb);
            Part::Junk
        } else if index >= spoken {
            let text: String = lines[spoken..zone.end].iter().map(|line| line.compact.as_ref()).collect();
            if is_salutation(&text) || is_bare_address(compact) { Part::Salutation } else { Part::Recipient }
        } else if is_document_number(compact)
            || is_case_number(compact)
                && parts.last() == Some(&Part::TitleLike)
                && lines[index - 1].compact.ends_with(['书', '令', '录'])
            || is_mark(compact)
            || is_copy_number(compact) && index < zone.start + 2
        {
            Part::Number
        } else if is_issuer_row(&line.text) && line.marker.is_none()
            || parts.last() == Some(&Part::Number)
                && is_organisation(compact)
                && is_masthead_number(&lines[index - 1].compact)
                && lines.get(index + 1).is_some_and(|next| is_date(&next.compact))
        {
            Part::Issuer
        } else if is_blank_number(compact)
            || debris::is_own(compact) && !is_byline(&line.text, compact)
            || titled && is_party(lines, index)
        {
            Part::Field
        } else if is_date(compact)
            || is_date_with_note(compact)
            || titled
                && index < spoken
                && (is_date_with_place(&line.text)
                    || is_date_with_hour(compact)
                    || addressed && is_day(compact))
        {
            Part::Date
        } else if is_occasion(compact) && (titled || !compact.starts_with('在')) {
            if opens_bracket(compact) {
                continues = Some(Part::Occasion);
            }
            Part::Occasion
        } else if is_remark(compact)
            && !(titled && (is_byline(&line.text, compact) || is_bracketed_author(compact)))
            && !is_first_of_cues(lines, compact, zone.end)
        {
            Part::Remark
        } else if titled
            && !is_titled(compact)
            && line.marker.is_none()
            && !(is_member_row(&line.text)
                && (place == Place::Annex
                    || lines.get(index + 1).is_some_and(|next| is_member_row(&next.text))))
            && (is_byline(&line.text, compact)
                || is_bracketed_author(compact)
                || index < spoken && addressed && (is_unit_with_name(compact) || is_labelled_name(compact))
                || is_bare_name(compact, parts.last(), addressed)
                || is_office(compact) && names_speaker(lines, index + 1, zone)
                // Who reports, right above the form of address.
                || addressed
                    && index + 1 == spoken
                    && length(compact) >= 5
                    && is_organisation(compact)
                || parts.last().is_some_and(|above| *above != Part::Junk)
                    && is_organisation(compact)
                    && (is_titled(&lines[index - 1].compact) || is_stated_title(&lines[index - 1]))
                    && lines.get(index + 1).is_some_and(|next| is_date(&next.compact))
                || place == Place::Top
                    && is_author(lines, index)
                    && (matches!(parts.last(), Some(Part::TitleLike | Part::Subtitle | Part::Occasion))
                        || is_stated_title(&lines[index - 1])))
        {
            Part::Byline
        } else if compact.starts_with(['（', '(']) && opens_bracket(compact) {
            continues = Some(Part::Occasion);
            Part::Occasion
        } else if titled && stands_among_fields(lines, index) {
            Part::Field
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

/// One of several fields with labels, each below the other: `班级：三班`, `主题：爱护公物`.
fn stands_among_fields(lines: &[Line], index: usize) -> bool {
    let field = |at: usize| {
        lines.get(at).is_some_and(|line| {
            line.size() <= 40
                && line.compact.split_once('：').is_some_and(|(label, _)| {
                    (2..=6).contains(&length(label)) && label.chars().all(|c| is_han(c) || c == '、')
                })
        })
    };
    field(index) && !is_titled(&lines[index].compact) && (field(index + 1) || index > 0 && field(index - 1))
}

/// One of the parties to a paper, each below the other: `委托人：李四` over `受托人：王五`. One alone may be who wrote it.
fn is_party(lines: &[Line], index: usize) -> bool {
    #[rustfmt::skip]
    const PARTIES: &[&str] = &[
        "委托人", "受托人", "授权人", "被授权人", "被委托人", "出租人", "承租人", "出借人", "借款人", "担保人", "转让人", "受让人",
        "赠与人", "受赠人", "原告", "被告", "上诉人", "被上诉人", "申请人", "被申请人", "申请执行人", "被执行人", "委托方", "受托方",
    ];
    let party = |at: Option<usize>| {
        let line = at.and_then(|at| lines.get(at));
        line.is_some_and(|line| {
            line.compact.split_once(['：', ':']).is_some_and(|(label, _)| PARTIES.contains(&label))
        })
    };
    party(Some(index)) && (party(index.checked_sub(1)) || party(Some(index + 1)))
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

/// The title, or the heading that stands for it, as the source states it.
fn is_stated_title(line: &Line) -> bool {
    line.stated && matches!(line.role(), Some(Role::Title | Role::Heading(1)))
}

/// Right below the title, which text of it this is, the years or months that it is for, or what a report of news says of itself before its dateline.
fn completes_title(lines: &[Line], index: usize, above: Option<&Part>) -> bool {
    let line = &lines[index];
    let below_title =
        above == Some(&Part::TitleLike) || above == Some(&Part::Stated) && is_stated_title(&lines[index - 1]);
    let news = || lines.get(index + 1).is_some_and(|next| next.size() > 30 && is_dateline(&next.compact));
    let says = || {
        (6..=45).contains(&line.size())
            && !line.is_junk()
            && !is_titled(&line.compact)
            && !line.compact.contains(['。', '；', '：', ':'])
            && (is_dashed(&line.compact) || line.marker.is_none() && !line.is_set_in())
    };
    // Periods that come again head passages of the text.
    let again = || lines[index + 1..].iter().take(CUES).any(|line| is_period(&line.compact));
    let period = || is_period(&line.compact) && !again();
    below_title && (is_version(&line.compact) || period() || says() && news())
}

/// Who speaks or issues the text, in brackets below its title: `（李四）`, `（某县教育局）`.
fn is_bracketed_author(compact: &str) -> bool {
    let Some(name) = unbracketed(compact) else { return false };
    // Words of two characters begin as surnames do: `（安全）`, `（田径）`.
    let is_person = length(name) > 2
        && is_name(name)
        && !name.ends_with([
            '稿', '版', '本', '区', '化', '篇', '卷', '册', '式', '部', '组', '班', '会', '室', '处', '科',
            '院', '校', '队', '村', '镇', '乡', '局', '所',
        ]);
    is_person || length(name) >= 5 && is_organisation(name)
}

/// The next cue is no further down than this many lines.
const CUES: usize = 100;

/// The first of several cues, which part the paragraphs below as well.
fn is_first_of_cues(lines: &[Line], compact: &str, end: usize) -> bool {
    let cue = |line: &Line| line.is_open() && !line.is_junk() && is_cue(&line.compact);
    is_cue(compact) && lines[end..].iter().take(CUES).any(cue)
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
    let name = lines[index].compact.trim_end_matches(['—', '-', '：', '>']);
    let again = lines[start..index].iter().any(|path| {
        path.junk == Junk::Frame
            && path.compact.contains(['>', '›', '»', '＞'])
            // The last step of a path is the page itself: its title.
            && path.compact.split(['>', '›', '»', '＞']).rev().skip(1).any(|word| word == name)
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
        && (lines[index + 1].size() > 30
            || lines[index + 1].marker.is_some()
            || starts_with_any(
                &lines[index + 1].compact,
                &["摘要", "【摘要】", "内容摘要", "内容提要", "提要", "关键词"],
            ))
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

/// The red line of a letterhead (7.2.7), typed with underscores below the number.
fn is_rule_of_letterhead(compact: &str, above: Option<&Part>) -> bool {
    matches!(above, Some(Part::Number | Part::Issuer)) && is_underscored(compact)
}

/// The subject of a mail that has no other title before its form of address.
fn is_subject(lines: &[Line], index: usize, spoken: usize) -> bool {
    let titled = |line: &Line| !line.is_junk() && is_title_like(&line.text, &line.compact);
    let subject = starts_with_any(&lines[index].compact, &["主题：", "标题："]);
    subject && spoken < lines.len() && !lines[(index + 1).min(spoken)..spoken].iter().any(titled)
}

/// The label that a collection puts above each of its texts: `篇一：开学典礼讲话`.
pub(super) fn is_numbered_text(compact: &str) -> bool {
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
    if index != 0 || index != zone.start || line.size() > 18 {
        return false;
    }
    let Some(next) = lines.get(1) else { return false };
    let sites = &[
        "网",
        "网站",
        "门户",
        "公开平台",
        "政务平台",
        "频道",
        "信息港",
        "资料库",
        "客户端",
        "手机站",
        "下载站",
    ];
    let named = ends_with_any(&line.compact, sites)
        && !starts_with_any(&line.compact, &["关于", "在", "建设", "推进", "加快", "打造", "构建", "织"])
        && !next.compact.starts_with(['的', '建', '上', '中']);
    // A program of an office, above what it shows.
    let program = ends_with_any(&line.compact, &["系统", "平台"])
        && next.compact.starts_with("关于")
        && is_titled(&next.compact);
    named || program
}

/// The name of a column of a site above a whole title: `校园要闻`. Over the number of an issue it is that of a bulletin.
fn is_column_over_title(lines: &[Line], index: usize, end: usize) -> bool {
    #[rustfmt::skip]
    const COLUMNS: &[&str] = &[
        "首页", "主页", "新闻", "要闻", "动态", "公告", "公示", "领导讲话", "讲话致辞", "公开", "专栏", "专题", "频道",
        "栏目", "之窗", "园地", "天地", "快讯", "资讯", "门户", "文件库", "法规库",
    ];
    // Beside the frame of a page any line may be the title of news.
    const NEWS: &[&str] = &["新闻公报", "新闻稿", "新闻", "要闻", "动态", "快讯", "资讯"];
    let news = ends_with_any(&lines[index].compact, NEWS);
    let named = |line: &Line| {
        line.size() <= 8 && (ends_with_any(&line.compact, COLUMNS) || ends_with_any(&line.compact, NEWS))
    };
    let below = &lines[(index + 1).min(end)..end.min(index + 6)];
    let whole = |at: usize| {
        let line = &below[at];
        let parted = news && below[..below.len().min(at + 2)].iter().any(|line| line.junk == Junk::Frame);
        let titled = is_titled(&line.compact)
            || parted && is_title_like(&line.text, &line.compact) && !is_organisation(&line.compact);
        line.size() >= 9 && titled
    };
    named(&lines[index])
        && below.iter().position(|line| !named(line) && !line.is_junk()).is_some_and(whole)
        && !below.iter().any(|line| is_mark(&line.compact))
}

pub(super) fn is_dashed(compact: &str) -> bool {
    compact.starts_with(['—', '―', '─', '－'])
}

/// A few characters under an occasion or a date, or between title and salutation, can only be a name,
/// whoever bears it.
fn is_bare_name(compact: &str, before: Option<&Part>, addressed: bool) -> bool {
    let placed = addressed && length(compact) <= 3 || matches!(before, Some(Part::Occasion | Part::Date));
    placed && (2..=4).contains(&length(compact)) && compact.chars().all(is_han)
}

/// An occasion that needs no further line.
pub(super) fn is_whole_occasion(compact: &str) -> bool {
    is_titled(compact)
        || compact.ends_with(['上', '）', ')', '时'])
        || is_gapped_name(compact)
        || compact.ends_with(['过', '布', '行', '订', '正', '准'])
}

/// What a line of a head looks like whose role is known.
pub(super) fn corrected(role: Role) -> Part {
    match role {
        Role::Title => Part::TitleLike,
        Role::Marking | Role::DocumentNumber => Part::Number,
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
        | Role::Caption
        | Role::Closing
        | Role::Signature
        | Role::SigningDate
        | Role::AttachmentNote
        | Role::AttachmentLabel
        | Role::Attendance
        | Role::CopyTo => Part::Stated,
    }
}
