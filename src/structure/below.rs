//! What stands below the end and inside the text without belonging to it, and the closing words above it.

use crate::tree::{Document, Location, Role, Scheme};

use super::back;
use super::boilerplate::{self, Junk};
use super::debris;
use super::line::Line;
use super::phrase::{
    contains_any, cue, delivers, ends_with_any, is_bracketed_credit, is_call, is_caption, is_closing,
    is_columns, is_date, is_day, is_last_call, is_picture_note, is_remark, is_signer, is_thanks, is_titled,
    is_vow, unbracketed,
};

/// Debris that is that wherever it stands: page numbers, markup, and the running head that comes back
/// beside page numbers.
pub(super) fn inside(lines: &mut [Line]) {
    running_heads(lines);
    links(lines);
    for line in lines.iter_mut().filter(|line| line.is_open()) {
        match line.junk {
            Junk::Page | Junk::Markup => line.decide(Role::Boilerplate, "page-number"),
            Junk::Separator => line.decide(Role::Boilerplate, "separator"),
            Junk::None | Junk::Call | Junk::Scrap | Junk::Frame | Junk::Label | Junk::Pair | Junk::Advert => {
            }
        }
    }
}

/// Numbers alone on their lines that count on, where one of them stood between the lines of a paragraph: those of pages.
pub(super) fn lone_pages(lines: &mut [Line], document: &Document) {
    let number = |line: &Line| line.compact.parse::<u32>().ok().filter(|number| *number < 10_000);
    let found: Vec<(usize, u32)> = (0..lines.len())
        .filter(|at| lines[*at].is_open())
        .filter_map(|at| Some((at, number(&lines[at])?)))
        .collect();
    let range = |line: &Line| match document.blocks[line.block].origin.at {
        Location::Lines { first, last } => Some((first, last)),
        Location::Whole | Location::Spot { .. } | Location::Part { .. } => None,
    };
    let parts = |(at, _): &(usize, u32)| {
        let above = at.checked_sub(1).and_then(|above| range(&lines[above]));
        above.zip(range(&lines[*at])).is_some_and(|((first, last), (own, _))| first < own && own < last)
    };
    if found.windows(2).all(|pair| pair[0].1 + 1 == pair[1].1) && found.iter().any(parts) {
        for (at, _) in found {
            lines[at].decide(Role::Boilerplate, "page-number");
        }
    }
}

/// A list of links below the text: its head and the lines under it, to the last one.
fn links(lines: &mut [Line]) {
    let link = |line: &Line| line.is_open() && line.size() <= 50 && !line.ends_sentence();
    let start = (0..lines.len()).rev().take(24).take_while(|at| link(&lines[*at])).last();
    let Some(start) = start.filter(|start| *start * 2 > lines.len() || *start > 6) else { return };
    let head = (start..lines.len()).find(|at| boilerplate::heads_links(&lines[*at].compact));
    let Some(head) = head.or_else(|| dated_links(lines, start)) else { return };
    for line in lines[head..].iter_mut().filter(|line| !debris::is_own(&line.compact)) {
        line.decide(Role::Boilerplate, "links-below");
    }
}

/// Where a list of links with the days of their pages begins, below the last line that is the author's for certain.
fn dated_links(lines: &[Line], start: usize) -> Option<usize> {
    let own = |line: &Line| {
        is_date(&line.compact) && line.compact.contains(['年', '月'])
            || is_signer(&line.text, &line.compact)
            || is_remark(&line.compact)
            || line.compact.starts_with("附件")
            || debris::is_own(&line.compact)
    };
    let head = (start..lines.len()).rev().find(|at| own(&lines[*at])).map_or(start, |at| at + 1);
    let day = |line: &&Line| {
        let stamp = line.text.split_whitespace().next_back().unwrap_or_default();
        let stamp = stamp.trim_matches(['[', ']', '(', ')', '（', '）', '【', '】']);
        let short = stamp.len() == 5 && stamp.split('-').filter(|part| part.len() == 2).count() == 2;
        stamp.is_ascii()
            && (is_date(stamp) || short && stamp.bytes().all(|c| c.is_ascii_digit() || c == b'-'))
    };
    (lines[head..].iter().filter(day).count() >= 2).then_some(head)
}

/// A line that comes twice or more, next to page numbers after its first time. The first is a running
/// head too where a title of its own follows it.
fn running_heads(lines: &mut [Line]) {
    let paged = |lines: &[Line], at: usize| {
        let page =
            |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| line.junk == Junk::Page);
        page(at.checked_sub(1)) || page(Some(at + 1))
    };
    let may = |line: &Line| {
        line.is_open()
            && (4..=40).contains(&line.size())
            && line.marker.is_none()
            && !line.ends_sentence()
            && !line.is_junk()
    };
    let mut first = std::collections::BTreeMap::<&str, usize>::new();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| may(line)) {
        let Some(&head) = first.get(line.compact.as_ref()) else {
            first.insert(&line.compact, at);
            continue;
        };
        if paged(lines, at) {
            found.push(at);
            let titled = lines[head + 1..].iter().take(3).any(|line| may(line) && is_titled(&line.compact));
            if head < 4 && titled && found.last() != Some(&head) {
                found.push(head);
            }
        }
    }
    for at in found {
        lines[at].decide(Role::Boilerplate, "running-head");
    }
}

/// Adverts, captions and page debris below the end.
pub(super) fn find(lines: &mut [Line]) {
    let several = lines.iter().filter(|line| is_advert_inside(line)).count() > 1;
    for line in lines.iter_mut().filter(|line| line.junk == Junk::Call || several && is_advert_inside(line)) {
        line.decide(Role::Boilerplate, "advert-inside");
    }
    for line in lines.iter_mut().filter(|line| is_picture_note(&line.compact)) {
        line.decide(Role::Boilerplate, "caption");
    }
    after_end(lines);
    at_foot(lines);
    buttons(lines);
    // Dateline of the agency that carried the text: `（新华社北京1月1日电）`.
    let Some(last) = lines.iter().rposition(|line| !line.is_boilerplate()) else { return };
    let closed = last.checked_sub(1).is_some_and(|before| is_closing(&lines[before].compact));
    if lines[last].is_open() {
        let compact = &lines[last].compact;
        if boilerplate::is_credit(compact)
            || is_remark(compact)
                && (ends_with_any(compact, &["电）", "报）", "讯）", "略）", "删减）"])
                    || contains_any(compact, &["公开发布", "有删减", "整理", "（作者", "（责任"])
                    || lines[last].size() >= NOTE
                    || closed)
        {
            lines[last].decide(Role::Remark, "remark-at-end");
        }
    }
}

/// A last line in brackets that is longer than a stage direction is a note on the text.
const NOTE: usize = 12;

/// A short line with the words of an advert, which only company makes one between the paragraphs of a text.
fn is_advert_inside(line: &Line) -> bool {
    line.junk == Junk::Advert
        && (line.is_open() || line.is_boilerplate())
        && line.size() <= 40
        && line.marker.is_none()
        && !line.compact.ends_with('。')
}

/// Debris that begins right below a signature, a date or the closing words goes on to the end.
fn after_end(lines: &mut [Line]) {
    let Some(end) = lines.iter().rposition(|line| match line.role() {
        Some(Role::Boilerplate) => false,
        None => is_closing(&line.compact),
        Some(_) => true,
    }) else {
        return;
    };
    let ended = match lines[end].role() {
        None => true,
        Some(
            Role::Signature
            | Role::SigningDate
            | Role::Remark
            | Role::Attendance
            | Role::CopyTo
            | Role::Closing
            | Role::AttachmentNote,
        ) => true,
        Some(
            Role::Title
            | Role::Subtitle
            | Role::Marking
            | Role::DocumentNumber
            | Role::Occasion
            | Role::Date
            | Role::Byline
            | Role::Recipient
            | Role::Salutation
            | Role::Heading(_)
            | Role::Point(_)
            | Role::Body
            | Role::Caption
            | Role::AttachmentLabel
            | Role::Boilerplate,
        ) => false,
    };
    let tail = end + 1..lines.len();
    // A pair or a scrap begins debris too where words that are proof come within a few lines.
    let proof = |at: usize| lines[at].junk.is_strong() && !debris::is_own(&lines[at].compact);
    let begins = tail.clone().find(|at| lines[*at].is_open());
    let Some(begins) = begins.filter(|_| ended && tail.len() <= 40) else { return };
    let beside = matches!(lines[begins].junk, Junk::Pair | Junk::Scrap)
        && (begins..lines.len().min(begins + 6)).any(proof);
    if !proof(begins) && !beside {
        return;
    }
    // Of a Word file nothing goes but what is debris by its own words.
    let goes = |line: &Line| line.is_open() && !is_kept(line) && (line.is_line || line.is_junk());
    for line in lines[begins..].iter_mut().filter(|line| goes(line)) {
        line.decide(Role::Boilerplate, "below-end");
    }
}

/// A line that stays whatever stands round it.
fn is_kept(line: &Line) -> bool {
    debris::is_own(&line.compact) || line.size() > 160
}

/// Debris at the foot of a text that has no end mark: from the last line up.
fn at_foot(lines: &mut [Line]) {
    let solid = |lines: &[Line], at: usize, junk_below: bool| {
        let line = &lines[at];
        let page = line.junk.is_strong() || matches!(line.junk, Junk::Scrap | Junk::Pair);
        // An account asks for texts between its credits and its links.
        let contact = junk_below && line.decision.is_some_and(|decision| decision.rule == back::CONTACT);
        !line.is_boilerplate()
            && !contact
            && !is_foot_scrap(lines, at)
            && (!line.is_open() || !page && !is_foot_caption(lines, at) || debris::is_own(&line.compact))
    };
    let mut junk_below = false;
    let last_solid = (0..lines.len()).rev().find(|at| {
        let solid = solid(lines, *at, junk_below);
        junk_below |= lines[*at].is_boilerplate();
        solid
    });
    let start = last_solid.map_or(0, |at| at + 1);
    let proof = |at: &usize| lines[*at].junk.is_strong() || is_foot_caption(lines, *at);
    let Some(first) = (start..lines.len()).find(proof) else { return };
    // Scraps may lead the debris; a pair above it is a line of the text.
    let scraps = (start..first).rev().take_while(|at| lines[*at].junk == Junk::Scrap).count();
    // Who wrote and took the pictures stays where nothing else is there that a page leaves behind.
    let credits = |line: &Line| is_credit_row(&line.compact) || boilerplate::is_day_of_issue(&line.compact);
    let own = !lines.iter().any(|line| line.junk.taints() && !credits(line));
    let stays = |line: &Line| own && credits(line);
    for at in first - scraps..lines.len() {
        if stays(&lines[at]) || !lines[at].is_line && !lines[at].is_junk() {
            continue;
        }
        let caption = is_foot_caption(lines, at);
        let rule = if caption { "caption" } else { "below-end" };
        lines[at].decide(Role::Boilerplate, rule);
    }
}

/// Buttons and menus at the foot: short lines without a mark, one of which is a button for certain, or which stand
/// below the words that close a speech, where nothing is left to say.
fn buttons(lines: &mut [Line]) {
    let run = (0..lines.len()).rev().take(FOOT).take_while(|at| is_foot_line(&lines[*at])).count();
    let foot = lines.len() - run..lines.len();
    let button = |at: usize| lines[at].junk == Junk::Scrap && lines[at].size() > 1;
    let closed = foot.start.checked_sub(1).is_some_and(|above| is_thanks(&lines[above].compact));
    if run < lines.len() && (closed || foot.clone().any(button)) {
        lines[foot].iter_mut().for_each(|line| line.decide(Role::Boilerplate, "below-end"));
    }
}

/// At most so many lines of buttons.
const FOOT: usize = 12;

/// A line that may be a button: short, without a mark or a number, and no one can have signed it.
fn is_foot_line(line: &Line) -> bool {
    line.is_boilerplate()
        || line.is_open()
            && line.size() <= 16
            && line.marker.is_none()
            && !line.ends_sentence()
            && !line.compact.ends_with(['；', '，', ';', '》', '”', '）', ')'])
            && !line.compact.contains(['：', ':'])
            && line.appearance.indent < 6
            && !line.is_set_in()
            && !is_columns(&line.text)
            && !is_titled(&line.compact)
            && !is_date(&line.compact)
            && !is_day(&line.compact)
            && !is_signer(&line.text, &line.compact)
            && !debris::is_own(&line.compact)
}

/// A short line that nobody knows right below debris, which nobody can have signed.
fn is_foot_scrap(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let bulleted = line.marker.as_ref().is_none_or(|marker| marker.scheme == Scheme::Bullet);
    line.is_open()
        && line.size() <= 24
        && bulleted
        && !line.ends_sentence()
        && !line.compact.ends_with(['；', '：', ';', ':'])
        && !line.is_set_in()
        && !is_date(&line.compact)
        && !is_signer(&line.text, &line.compact)
        && !debris::is_own(&line.compact)
        && lines[..at].iter().rev().take(4).any(|above| above.junk.taints())
}

/// A caption, or the sentence above the name of a photographer.
fn is_foot_caption(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    is_caption(&line.compact)
        || line.size() <= 60 && lines.get(at + 1).is_some_and(|next| is_bracketed_credit(&next.compact))
}

/// `供稿：办公室`, `摄影：李四`.
fn is_credit_row(compact: &str) -> bool {
    const CREDITS: &[&str] = &["供稿", "撰稿", "摄影", "审核", "编辑", "初审", "复审", "终审"];
    let bare = unbracketed(compact).unwrap_or(compact);
    bare.split_once(['：', ':']).is_some_and(|(label, name)| CREDITS.contains(&label) && !name.is_empty())
}

/// A line that looks like an advert and comes three times or more is a running head or foot.
pub(super) fn repeated(lines: &mut [Line]) {
    let mut count = std::collections::BTreeMap::<&str, usize>::new();
    for line in lines.iter().filter(|line| line.junk.is_strong()) {
        *count.entry(line.compact.as_ref()).or_default() += 1;
    }
    let often: std::collections::BTreeSet<String> =
        count.into_iter().filter(|(_, times)| *times >= 3).map(|(text, _)| text.to_owned()).collect();
    for line in lines.iter_mut().filter(|line| line.is_open() && often.contains(line.compact.as_ref())) {
        line.decide(Role::Boilerplate, "running-head");
    }
}

/// The closing words before every end, before anything is read as a heading or a point.
pub(super) fn closing_words(lines: &mut [Line]) {
    let mut closed = false;
    for at in (0..lines.len()).rev() {
        let above = at.checked_sub(1).is_some_and(|above| delivers(&lines[above].compact));
        let line = &mut lines[at];
        if let Some(role) = line.role() {
            match is_after_closing(role) {
                Some(true) => {}
                Some(false) => closed = false,
                None => closed = true,
            }
            continue;
        }
        if closed {
            continue;
        }
        // What is to be filled in, and what is done when all is said: `（全体肃立，三鞠躬。）`.
        let direction = line.size() <= DIRECTION && unbracketed(&line.compact).is_some();
        if direction || debris::is_blank_field(&line.compact) {
            continue;
        }
        if is_footnote(&line.compact) {
            line.decide(Role::Body, FOOTNOTE);
            continue;
        }
        let delivered =
            above && line.size() <= 20 && !line.ends_sentence() && !line.compact.ends_with(['：', '，']);
        if (is_closing(&line.compact) || delivered) && line.strong_marker().is_none() {
            line.decide(Role::Closing, "closing-words");
        } else {
            closed = true;
        }
    }
}

/// A stage direction is no longer than this.
const DIRECTION: usize = 30;

/// For a line below the closing words: true where the search goes on as it was, false where a new one
/// begins above it, `None` where text stands.
fn is_after_closing(role: Role) -> Option<bool> {
    match role {
        Role::Boilerplate | Role::Closing => Some(true),
        Role::Signature
        | Role::SigningDate
        | Role::Remark
        | Role::Attendance
        | Role::AttachmentNote
        | Role::AttachmentLabel
        | Role::CopyTo
        | Role::Title => Some(false),
        Role::Subtitle
        | Role::Marking
        | Role::DocumentNumber
        | Role::Occasion
        | Role::Date
        | Role::Byline
        | Role::Recipient
        | Role::Salutation
        | Role::Heading(_)
        | Role::Point(_)
        | Role::Body
        | Role::Caption => None,
    }
}

/// The call with which a speech ends, the last paragraph before the closing words.
pub(super) fn closing_calls(lines: &mut [Line]) {
    let mut closed = false;
    let mut parted = false;
    let spoken = lines.iter().any(|line| line.role() == Some(Role::Salutation));
    for at in (0..lines.len()).rev() {
        if lines[at].decision.is_some_and(|decision| decision.rule == FOOTNOTE) {
            continue;
        }
        if let Some(role) = lines[at].role() {
            match is_after_closing(role) {
                // Short thanks leave the call the last paragraph; a wish or an announcement takes its place.
                Some(true) => parted |= role == Role::Closing && !is_thanks(&lines[at].compact),
                Some(false) => (closed, parted) = (false, false),
                None => closed = true,
            }
            continue;
        }
        if closed {
            continue;
        }
        closed = true;
        let compact = &lines[at].compact;
        let last = is_vow(compact) || !parted && is_last_call(compact);
        if at > 0 && (is_call(compact) || spoken && last) && cue(compact).is_none() {
            lines[at].decide(Role::Closing, "closing-call");
        }
    }
}

/// The rule of a note below the end.
const FOOTNOTE: &str = "note-below-end";

/// A note of the editor below the end: `[1]某国…`, `注：…`.
fn is_footnote(compact: &str) -> bool {
    let call = compact.strip_prefix(['[', '［', '〔']).and_then(|rest| rest.split_once([']', '］', '〕']));
    let called = call.is_some_and(|(call, note)| {
        (1..=3).contains(&call.len()) && call.bytes().all(|c| c.is_ascii_alphanumeric()) && !note.is_empty()
    });
    called || ["注：", "注:", "【注】", "注释：", "附注："].iter().any(|word| compact.starts_with(word))
}
