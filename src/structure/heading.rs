//! Headings and points: one decision over all numbered paragraphs of a document.
//!
//! Candidates of one system that count on form a list. Whether a member is a heading, a point with
//! a run-in heading or plain text follows from the member (one sentence or more, length, final mark,
//! what comes after) and from its siblings, weighed as points of evidence in [`weigh`].

use std::collections::BTreeSet;

use crate::tree::{Lead, Role, Scheme};

use super::emphasis::Emphasis;
use super::line::Line;
use super::list::{List, Shape, Siblings, colon, count, is_list, lead_end, shapes, under};
use super::{numbering, phrase, unnumbered};

/// Evidence from which on a member is a heading.
const ENOUGH: i32 = 2;

/// The rule of a member that is as a sibling of its shape was corrected to be.
pub(super) const LIKE: &str = "like-corrected";

/// Decides all open lines of one document.
pub(super) fn decide(lines: &mut [Line]) {
    let (lists, list_of) = count(lines);
    let levels = Levels::of(lines, &lists);
    let shapes = shapes(lines, &list_of);
    let rules = lays_down_rules(lines);
    let views_of = |list: &List| list.members.iter().map(|at| shapes[*at]).collect::<Vec<Shape>>();
    // Systems that head passages elsewhere.
    let over_text = |list: &&List| {
        let views = views_of(list);
        !ends_bare(&views) && views.iter().any(|shape| shape.single && shape.end.is_none() && shape.content)
    };
    let heads: BTreeSet<Scheme> = lists.iter().filter(over_text).map(|list| list.scheme).collect();
    let decimal = lists.iter().any(|list| list.scheme == Scheme::Decimal && list.members.len() > 1);
    for (index, list) in lists.iter().enumerate() {
        let mut views = views_of(list);
        // Two numbers of the upper systems may head what is not there; below a colon they are listed.
        let led = list.members.first().and_then(|first| first.checked_sub(1)).map(|above| &lines[above]);
        let listed = led.is_some_and(|above| above.compact.ends_with(['：', ':']));
        let few = if matches!(list.scheme, Scheme::Han | Scheme::HanBracketed) && !listed { 3 } else { 2 };
        if views.len() >= few
            && ends_bare(&views)
            && !heads.contains(&list.scheme)
            && let Some(last) = views.last_mut()
        {
            (last.content, last.plain) = (false, false);
        }
        if !is_list(lines, list, &views, decimal) {
            // Nothing but its number makes a paragraph a point, and here one was taken for a number.
            for at in &list.members {
                lines[*at].marked |= lines[*at].stated && matches!(lines[*at].role(), Some(Role::Point(_)));
            }
            continue;
        }
        let siblings = Siblings::of(&views, list.last, few);
        for (&at, shape) in list.members.iter().zip(&views) {
            lines[at].marked = true;
            if lines[at].stated {
                continue;
            }
            if list.scheme == Scheme::Aspect {
                // 一方面 opens a sentence, not a point of its own.
                lines[at].decide(Role::Body, "prose-aspect");
                continue;
            }
            let (mut heading, mut rule) = weigh(list, shape, &siblings, &lists, lines[at].emphasis);
            // `一、海事法院对人大常委会负责。` is itself a rule, whatever paragraphs follow it.
            if heading && rules && list.scheme == Scheme::Han && shape.end == Some('。') && shape.size > RULE
            {
                (heading, rule) = (false, "numbered-point");
            }
            // 首先， and 最后， open a sentence; they head nothing.
            let adverb = lines[at].compact.starts_with(['首', '其', '再', '然', '最', '此']);
            if heading && list.scheme == Scheme::Ordinal && adverb {
                (heading, rule) = (false, "prose-point");
            }
            let mut level = levels.of_list(index, &lists);
            if heading && list.scheme == Scheme::Article {
                // 第一条 over its text heads what 章 and 节 over it leave to head.
                level = levels.over_articles(list, &lists) + 1;
            }
            if let Some(role) = like_corrected(lines, list, &views, shape) {
                heading = matches!(role, Role::Heading(_));
                level = role.level().unwrap_or(level);
                rule = LIKE;
            }
            if heading {
                lines[at].decide(Role::Heading(level), rule);
            } else {
                lines[at].decide(Role::Point(level), rule);
            }
        }
    }
    prose_levels(lines, &lists, &list_of);
    leads(lines, &lists, &list_of);
    unnumbered::decide(lines, &lists);
    numbering::notice(lines, &lists);
}

/// Whether the last of bare items alone stands over text: where no other list of its system does, that goes on below them.
fn ends_bare(views: &[Shape]) -> bool {
    let bare = |shape: &Shape| shape.single && shape.end.is_none();
    let Some((last, above)) = views.split_last() else { return false };
    !above.is_empty() && bare(last) && last.plain && above.iter().all(|shape| bare(shape) && !shape.content)
}

/// A sentence that is longer lays something down.
const RULE: usize = 12;

/// Whether the document lays down rules: the last line of its title says so, and it addresses no hearers. A 法 counts
/// articles; what else ends so is a 方法.
fn lays_down_rules(lines: &[Line]) -> bool {
    let spoken = lines.iter().any(|line| line.role() == Some(Role::Salutation));
    let title = lines.iter().rev().find(|line| line.role() == Some(Role::Title)).filter(|_| !spoken);
    title.is_some_and(|title| {
        phrase::ends_with_any(&title.compact, &["决定", "规定", "解释", "条例", "办法", "细则", "规则"])
    })
}

/// The role that a reader gave to a sibling of the same shape, the first of them.
fn like_corrected(lines: &[Line], list: &List, views: &[Shape], shape: &Shape) -> Option<Role> {
    let alike = |other: &Shape| other.single == shape.single && other.end.is_some() == shape.end.is_some();
    let mut pinned = list.members.iter().zip(views).filter(|(at, other)| lines[**at].pinned && alike(other));
    pinned.next().and_then(|(at, _)| lines[*at].role())
}

/// Whether a member is a heading, and the rule that says so.
fn weigh(
    list: &List,
    shape: &Shape,
    siblings: &Siblings,
    lists: &[List],
    emphasis: Emphasis,
) -> (bool, &'static str) {
    match list.scheme {
        Scheme::Part | Scheme::Chapter | Scheme::Section => {
            let heading = shape.single && shape.size <= 45 && !matches!(shape.end, Some('。' | '；' | '，'));
            return (heading, if heading { "division-heading" } else { "division-text" });
        }
        Scheme::Dash => return (false, "dash-point"),
        Scheme::Bullet => return (false, "bullet-point"),
        Scheme::Circled | Scheme::Latin => return (false, "minor-point"),
        Scheme::Must | Scheme::Aspect | Scheme::Among => return (false, "prose-point"),
        Scheme::Han
        | Scheme::HanBracketed
        | Scheme::Article
        | Scheme::Arabic
        | Scheme::ArabicBracketed
        | Scheme::Decimal
        | Scheme::Roman
        | Scheme::Stem
        | Scheme::Ordinal
        | Scheme::Is => {}
    }
    let prose = matches!(list.scheme, Scheme::Ordinal | Scheme::Is);
    if list.scheme == Scheme::Article && shape.end.is_some() {
        return (false, "article");
    }
    if !shape.single {
        return (false, if prose { "prose-point" } else { "numbered-point" });
    }
    let mut score = match shape.end {
        None => 3,
        Some('。' | '！' | '？' | '!' | '?' | '…') => 0,
        Some('：' | ':') if shape.size <= 20 => 1,
        Some('：' | ':') => -2,
        Some(_) => -4,
    };
    score += match shape.size {
        0..=15 => 1,
        16..=45 => 0,
        46..=70 => -1,
        _ => -4,
    };
    score += if shape.content { 2 } else { -1 };
    // What is set off as a whole is meant as a heading.
    if emphasis.strong || emphasis.large {
        score += 3;
    }
    // Words that lead to a list head nothing where their siblings do not.
    if matches!(shape.end, Some('：' | ':')) && siblings.alone < 50 {
        score -= 1;
    }
    // A whole sentence heads nothing unless text stands under it and under its siblings.
    if shape.end.is_some() && (!shape.content || siblings.alone < 50) {
        score -= 2;
    }
    // `（一）报名时间：即日起。` says what its label asks for.
    if (shape.labelled || shape.asks) && shape.end.is_some() {
        score -= 3;
    }
    if shape.amends || shape.lists {
        score -= 5;
    }
    if siblings.alone >= 50 {
        score += 1;
    }
    if siblings.bare > 50 {
        score -= 3;
    }
    // A lone number with no one before it is no proof of an outline.
    if siblings.stray {
        score -= 3;
    }
    if siblings.clauses {
        score -= 4;
    }
    if siblings.trailing && shape.end.is_some() {
        score -= 3;
    }
    score += match list.scheme {
        Scheme::Han | Scheme::HanBracketed | Scheme::Roman => 1,
        Scheme::Arabic | Scheme::Decimal | Scheme::Stem => 0,
        Scheme::ArabicBracketed | Scheme::Ordinal | Scheme::Is => -1,
        Scheme::Article => -2,
        Scheme::Part
        | Scheme::Chapter
        | Scheme::Section
        | Scheme::Circled
        | Scheme::Latin
        | Scheme::Among
        | Scheme::Must
        | Scheme::Aspect
        | Scheme::Dash
        | Scheme::Bullet => 0,
    };
    if under(list, lists, Scheme::Article) {
        score -= 5;
    }
    let heading = score >= ENOUGH;
    let rule = match (heading, prose) {
        (true, false) => "numbered-heading",
        (true, true) => "prose-heading",
        (false, false) => "numbered-point",
        (false, true) => "prose-point",
    };
    (heading, rule)
}

/// The levels of the systems in this document.
#[derive(Debug)]
struct Levels {
    /// 编 or 部分 stand above everything.
    parts: bool,
    /// 章 stand above 一、.
    chapters: bool,
    /// Depth by which Arabic numbers without a point head the decimal ones.
    decimal: bool,
}

impl Levels {
    fn of(lines: &[Line], lists: &[List]) -> Self {
        let any = |scheme: Scheme| {
            lists
                .iter()
                .any(|list| list.scheme == scheme && list.members.iter().any(|at| lines[*at].size() <= 45))
        };
        Self { parts: any(Scheme::Part), chapters: any(Scheme::Chapter), decimal: any(Scheme::Decimal) }
    }

    /// Levels of the divisions over a list of articles.
    fn over_articles(&self, list: &List, lists: &[List]) -> u8 {
        u8::from(self.parts && under(list, lists, Scheme::Part))
            + u8::from(self.chapters && under(list, lists, Scheme::Chapter))
            + u8::from(under(list, lists, Scheme::Section))
    }

    fn of_list(&self, index: usize, lists: &[List]) -> u8 {
        let list = &lists[index];
        let above = u8::from(self.parts && under(list, lists, Scheme::Part));
        let chapter = u8::from(self.chapters && under(list, lists, Scheme::Chapter));
        let section = u8::from(chapter == 1 && under(list, lists, Scheme::Section));
        let level = match list.scheme {
            Scheme::Part => 1,
            Scheme::Chapter => 1 + above,
            Scheme::Section => 2 + above,
            Scheme::Article => 3,
            Scheme::Han | Scheme::Roman => 1 + above + chapter + section,
            Scheme::HanBracketed if under(list, lists, Scheme::Article) => 4,
            Scheme::Arabic if under(list, lists, Scheme::Article) => {
                4 + u8::from(under(list, lists, Scheme::HanBracketed))
            }
            Scheme::HanBracketed => 2 + above,
            Scheme::Arabic if (self.decimal || list.padded) && list.parent.is_none() => 1,
            Scheme::Arabic => 3 + above,
            Scheme::ArabicBracketed => 4 + above,
            Scheme::Decimal => 2,
            Scheme::Stem => 1,
            Scheme::Circled | Scheme::Latin => 5,
            Scheme::Ordinal
            | Scheme::Among
            | Scheme::Is
            | Scheme::Must
            | Scheme::Aspect
            | Scheme::Dash
            | Scheme::Bullet => 3,
        };
        level.min(9)
    }
}

/// Levels that depend on the place: prose systems stand one below the heading over them, decimal
/// numbers by how many they are.
fn prose_levels(lines: &mut [Line], lists: &[List], list_of: &[Option<usize>]) {
    let mut enclosing = 0u8;
    // Lists that head passages with half of their members or more.
    let is_heading = |at: &&usize| matches!(lines[**at].role(), Some(Role::Heading(_)));
    let heads: Vec<bool> = lists
        .iter()
        .map(|list| list.members.iter().filter(is_heading).count() * 2 >= list.members.len())
        .collect();
    for at in 0..lines.len() {
        let scheme = list_of[at].filter(|_| lines[at].marked).map(|list| lists[list].scheme);
        let count = lines[at].marker.as_ref().map_or(0, |marker| marker.value.len());
        let level = match scheme {
            Some(Scheme::Decimal) => Some(u8::try_from(count).unwrap_or(9).clamp(1, 9)),
            Some(
                Scheme::Ordinal
                | Scheme::Among
                | Scheme::Is
                | Scheme::Must
                | Scheme::Aspect
                | Scheme::Dash
                | Scheme::Bullet,
            ) => {
                // Prose numbers that head passages under no other heading are the top level.
                let top = enclosing == 0 && list_of[at].is_some_and(|list| heads[list]);
                Some(if top { 1 } else { (enclosing + 1).clamp(2, 4) })
            }
            Some(
                Scheme::Part
                | Scheme::Chapter
                | Scheme::Section
                | Scheme::Article
                | Scheme::Han
                | Scheme::HanBracketed
                | Scheme::Arabic
                | Scheme::ArabicBracketed
                | Scheme::Circled
                | Scheme::Roman
                | Scheme::Latin
                | Scheme::Stem,
            )
            | None => None,
        };
        let fixed = lines[at].stated || lines[at].decision.is_some_and(|decision| decision.rule == LIKE);
        if let (Some(level), Some(decision)) = (level.filter(|_| !fixed), lines[at].decision.as_mut()) {
            match &mut decision.role {
                Role::Heading(own) | Role::Point(own) => *own = level,
                Role::Title
                | Role::Subtitle
                | Role::Marking
                | Role::DocumentNumber
                | Role::Occasion
                | Role::Date
                | Role::Byline
                | Role::Recipient
                | Role::Salutation
                | Role::Body
                | Role::Caption
                | Role::Closing
                | Role::Signature
                | Role::SigningDate
                | Role::AttachmentNote
                | Role::AttachmentLabel
                | Role::Remark
                | Role::Attendance
                | Role::CopyTo
                | Role::Boilerplate => {}
            }
        }
        // A heading of a prose system encloses nothing that counts on in prose.
        if let Some(Role::Heading(own)) =
            lines[at].role().filter(|_| level.is_none() || scheme == Some(Scheme::Decimal))
        {
            enclosing = own;
        }
    }
}

/// Sets the run-in headings of points.
fn leads(lines: &mut [Line], lists: &[List], list_of: &[Option<usize>]) {
    for at in 0..lines.len() {
        let line = &lines[at];
        let (Some(Role::Point(level)), Some(list), Some(marker)) = (line.role(), list_of[at], &line.marker)
        else {
            continue;
        };
        // A source that states the role of a point states its run-in heading, or that it has none.
        if line.stated && !line.pinned {
            continue;
        }
        let scheme = lists[list].scheme;
        if !line.marked || scheme == Scheme::Article || under(&lists[list], lists, Scheme::Article) {
            continue;
        }
        let most = if matches!(scheme, Scheme::Han | Scheme::HanBracketed) { 45 } else { 36 };
        let start = marker.length.min(line.chars.len());
        let rest = &line.chars[start..];
        let Some(mut end) = lead_end(rest) else { continue };
        // A short label before a colon leads too: `捐赠：接受…`.
        if let Some(colon) = colon(rest, end.min(16))
            && !rest[..colon].iter().any(|c| "，“《".contains(*c))
            && colon > 1
            && rest.len() > colon + 1
        {
            end = colon + 1;
        }
        let more = rest[end..].iter().any(|c| !c.is_whitespace());
        if more && end <= most && rest[end - 1] != '？' {
            lines[at].lead = Some(Lead { end: start + end, level });
        }
    }
}
