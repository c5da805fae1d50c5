//! Lists: which numbered paragraphs count on from one another, and what they look like.

use crate::tree::{Role, Scheme, is_ideograph};

use super::line::Line;
use super::marker::Candidate;
use super::numeral;
use super::phrase::{self, STOPS};

/// A list: candidates of one system that count on.
#[derive(Debug)]
pub(super) struct List {
    pub(super) scheme: Scheme,
    pub(super) members: Vec<usize>,
    /// The last number.
    pub(super) last: u32,
    /// Scheme of the list in whose scope it began.
    pub(super) parent: Option<usize>,
    /// It begins again while a list of its system is open.
    pub(super) again: bool,
    /// Its first number has a zero before it and blanks behind: `01 总览`.
    pub(super) padded: bool,
    /// Members that go on counting under another heading than the member before.
    pub(super) run_on: Vec<usize>,
}

/// What a numbered paragraph looks like.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    /// One sentence only.
    pub(super) single: bool,
    /// Its final mark, if any.
    pub(super) end: Option<char>,
    /// Characters after the marker.
    pub(super) size: usize,
    /// Text or deeper items stand under it.
    pub(super) content: bool,
    /// That begins with text that has no number.
    pub(super) plain: bool,
    /// The next paragraph is its sibling.
    pub(super) sibling: bool,
    /// A label and a colon lead it.
    pub(super) labelled: bool,
    /// It calls upon somebody to do it: `请某某同志讲话。`
    pub(super) asks: bool,
    /// It is the sentence over the list below it: `…的职权是：`, `下列人员…：`.
    pub(super) lists: bool,
    /// It amends a text that it names: `第三条修改为：“…”`.
    pub(super) amends: bool,
}

/// What the members of a list have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Siblings {
    /// Percentage that stand alone over text of their own; none where only the last does, over text without a number.
    pub(super) alone: usize,
    /// Percentage that are one sentence with the next sibling right below; all where nothing stands under any.
    pub(super) bare: usize,
    /// Some end in a semicolon: the list is one long sentence.
    pub(super) clauses: bool,
    /// One member only, and not the first of its kind.
    pub(super) stray: bool,
    /// Several, of which the last alone has text under it: that goes on with what stood above the list.
    pub(super) trailing: bool,
}

impl Siblings {
    pub(super) fn of(shapes: &[Shape], last: u32, few: usize) -> Self {
        let share =
            |test: fn(&&Shape) -> bool| shapes.iter().filter(test).count() * 100 / shapes.len().max(1);
        // Right below each other, with nothing under the last.
        let is_column = shapes.len() >= few
            && shapes.split_last().is_some_and(|(last, above)| {
                let bare = |shape: &Shape| shape.single && shape.sibling;
                last.single && !last.content && above.iter().all(bare)
            });
        let trailing = shapes.len() > 1 && shapes[..shapes.len() - 1].iter().all(|shape| !shape.content);
        Self {
            alone: if trailing && shapes.last().is_some_and(|last| last.plain) {
                0
            } else {
                share(|shape| shape.single && shape.content)
            },
            bare: if is_column { 100 } else { share(|shape| shape.single && shape.sibling) },
            stray: shapes.len() == 1 && last > 1,
            trailing,
            clauses: shapes.iter().any(|shape| matches!(shape.end, Some('；' | ';'))),
        }
    }
}

/// Groups the candidates into lists. Also returns, for every line, the list it belongs to.
pub(super) fn count(lines: &[Line]) -> (Vec<List>, Vec<Option<usize>>) {
    let mut lists: Vec<List> = Vec::new();
    let mut list_of = vec![None; lines.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut latest = std::collections::BTreeMap::<Scheme, usize>::new();
    for (at, line) in lines.iter().enumerate() {
        let usable = line.is_open()
            || line.stated && matches!(line.role(), Some(Role::Heading(_) | Role::Point(_)))
            || line.pinned && line.role() == Some(Role::Body)
            || line.stated && line.role() == Some(Role::Body) && is_aspect(line);
        // `最后，祝…` ends a speech, it does not go on counting.
        let farewell =
            line.marker.as_ref().is_some_and(|marker| marker.scheme == Scheme::Ordinal && marker.weak)
                && phrase::is_closing(&line.compact);
        let Some(candidate) = line.marker.as_ref().filter(|_| usable && !farewell) else { continue };
        let scheme = candidate.scheme;
        let number = candidate.number().unwrap_or(0);
        let own = open.iter().rposition(|list| lists[*list].scheme == scheme);
        // 一要…，二是…，三是… count as one.
        let kin = |list: &&usize| {
            let list = &lists[**list];
            matches!((list.scheme, scheme), (Scheme::Must, Scheme::Is) | (Scheme::Is, Scheme::Must))
                && list.last + 1 == number
        };
        let depth = own.or_else(|| open.iter().rposition(|list| kin(&list)));
        let counted = !candidate.value.is_empty() && scheme != Scheme::Decimal;
        let target = match depth {
            Some(depth) if !counted || follows(lists[open[depth]].last, number, scheme) => Some(open[depth]),
            _ if counted && number == 1 => None,
            Some(depth) => Some(open[depth]),
            // Numbers that run on across a higher heading: （五） after 二、.
            None => latest.get(&scheme).copied().filter(|list| counted && number == lists[*list].last + 1),
        };
        let list = target.unwrap_or_else(|| {
            lists.push(List {
                scheme,
                members: Vec::new(),
                last: 0,
                parent: None,
                again: depth.is_some(),
                padded: scheme == Scheme::Arabic
                    && candidate.weak
                    && matches!(line.chars.first(), Some('0' | '０')),
                run_on: Vec::new(),
            });
            lists.len() - 1
        });
        if let Some(depth) = depth {
            open.truncate(depth);
        } else {
            // A higher system closes the lower ones that it was not found under.
            while open.last().is_some_and(|top| rank(lists[*top].scheme) > rank(scheme)) {
                open.pop();
            }
        }
        if target.is_none() {
            lists[list].parent = open.last().copied();
        }
        open.push(list);
        if target.is_some() && depth.is_none() && scheme != Scheme::Article {
            lists[list].run_on.push(at);
        }
        lists[list].members.push(at);
        lists[list].last = number;
        latest.insert(scheme, list);
        list_of[at] = Some(list);
    }
    (lists, list_of)
}

/// 一方面 numbers paragraphs that are plain text.
fn is_aspect(line: &Line) -> bool {
    line.marker.as_ref().is_some_and(|marker| marker.scheme == Scheme::Aspect)
}

/// Whether a number goes on from the last one; the adverbs 最后 and 此外 follow whatever came.
pub(super) fn follows(last: u32, number: u32, scheme: Scheme) -> bool {
    number == last + 1
        || number == last + 2
        || number == last && number > 1
        || scheme == Scheme::Ordinal && number > last
}

/// Whether an item that ends in a colon is the sentence over a list.
fn leads_to_list(rest: &[char]) -> bool {
    let text: String = rest.iter().filter(|c| !c.is_whitespace()).collect();
    phrase::contains_any(&text, &["下列", "以下", "如下", "是：", "有：", "为：", "包括：", "主要："])
}

/// Whether an item begins with the article that it changes.
fn amends(rest: &[char]) -> bool {
    let [first, number @ ..] = rest else { return false };
    let digits =
        number.iter().take_while(|c| numeral::is_han(**c) || numeral::arabic_digit(**c).is_some()).count();
    *first == '第'
        && digits > 0
        && matches!(number.get(digits), Some('条' | '款' | '项' | '章'))
        && number.len() > digits + 3
}

/// Depth of a system in the canonical order, for scope only.
pub(super) fn rank(scheme: Scheme) -> u8 {
    match scheme {
        Scheme::Part => 0,
        Scheme::Chapter => 1,
        Scheme::Section => 2,
        Scheme::Article => 3,
        Scheme::Han | Scheme::Roman | Scheme::Stem => 4,
        Scheme::HanBracketed => 5,
        Scheme::Decimal => 6,
        Scheme::Arabic => 7,
        Scheme::ArabicBracketed => 8,
        Scheme::Circled | Scheme::Latin => 9,
        Scheme::Ordinal | Scheme::Among => 10,
        Scheme::Is | Scheme::Must | Scheme::Aspect => 11,
        Scheme::Dash | Scheme::Bullet => 12,
    }
}

pub(super) fn shapes(lines: &[Line], list_of: &[Option<usize>]) -> Vec<Shape> {
    let mut shapes = vec![Shape::default(); lines.len()];
    // Members close below the one before whose text stands apart, and whether that is how the text parts headings from theirs.
    let (mut left, mut are_parted) = (Vec::new(), false);
    // The next line that is not boilerplate, found from the end.
    let mut next: Option<usize> = None;
    for at in (0..lines.len()).rev() {
        let line = &lines[at];
        if line.is_boilerplate() {
            continue;
        }
        if let Some(candidate) = &line.marker {
            let (marker, rest) = line.chars.split_at(candidate.length.min(line.chars.len()));
            // The mark that ends a quotation ends the item.
            let end = rest.iter().rposition(|c| !c.is_whitespace() && !matches!(c, '”' | '’' | '」' | '』'));
            let end = end.map(|at| if is_stop(rest, at) { '。' } else { rest[at] });
            // `2、3×5等于（　）` asks for an answer.
            let end = if line.compact.ends_with("（）") { Some('？') } else { end };
            let follower = next.map(|next| &lines[next]);
            let sibling = !line.before_block
                && next.is_some_and(|next| list_of[next].is_some() && list_of[next] == list_of[at]);
            // `2、` counts on what `1.2` stands under.
            let counts_on = |m: &Candidate| {
                candidate.scheme == Scheme::Decimal
                    && m.number() == candidate.value.first().map(|first| first + 1)
            };
            let deeper = follower
                .and_then(|next| next.marker.as_ref())
                .is_some_and(|m| rank(m.scheme) > rank(candidate.scheme) && !counts_on(m));
            let plain = follower.is_some_and(|next| {
                next.marker.is_none()
                    && !phrase::is_remark(&next.compact)
                    && (next.is_open() || next.role() == Some(Role::Body))
                    || next.after_block
            }) || line.before_block;
            if plain && !sibling && follower.is_some_and(|next| next.appearance.blank_before > 0) {
                let is_member = |above: usize| list_of[above].is_some() && list_of[above] == list_of[at];
                match at.checked_sub(1).is_some_and(is_member) {
                    true if line.appearance.blank_before == 0 => left.push(at),
                    _ => are_parted = true,
                }
            }
            shapes[at] = Shape {
                single: is_single(rest),
                end: end.filter(|c| "。；，：！？;,:!?、…".contains(*c)),
                size: line.size() - marker.iter().filter(|c| !c.is_whitespace()).count(),
                asks: matches!(rest, ['请', ..] | ['下', '面', ..]) && end.is_some(),
                lists: matches!(end, Some('：' | ':')) && leads_to_list(rest),
                amends: amends(rest),
                content: !sibling && (deeper || plain),
                plain: !sibling && plain,
                sibling,
                labelled: colon(rest, 9).is_some_and(|colon| {
                    colon > 1 && rest[colon + 1..].iter().filter(|c| !c.is_whitespace()).nth(1).is_some()
                }),
            };
        }
        next = Some(at);
    }
    // What stands apart below a list of bare points is not the text of the last.
    for at in left.into_iter().filter(|_| !are_parted) {
        (shapes[at].content, shapes[at].plain) = (false, false);
    }
    shapes
}

/// No sentence ends inside; brackets and quotation marks hide what they hold.
pub(super) fn is_single(rest: &[char]) -> bool {
    lead_end(rest).is_none_or(|end| rest[end..].iter().all(|c| c.is_whitespace()))
}

/// Where the first sentence ends, its mark included.
pub(super) fn lead_end(rest: &[char]) -> Option<usize> {
    let mut depth = 0i32;
    let mut pointed = None;
    for (at, &c) in rest.iter().enumerate() {
        match c {
            '（' | '(' | '“' | '《' | '「' => depth += 1,
            '）' | ')' | '”' | '》' | '」' => depth = (depth - 1).max(0),
            c if STOPS.contains(&c) && c != '…' && depth == 0 => return Some(at + 1),
            '.' if depth == 0
                && is_stop(rest, at)
                && *pointed.get_or_insert_with(|| ends_with_point(rest)) =>
            {
                return Some(at + 1);
            }
            // An unclosed mark must not hide the rest of the paragraph.
            '。' if at > 60 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether a point there stands behind a few words, before an ideograph or the end, as a full stop does: `加强领导.各单位`.
fn is_stop(rest: &[char], at: usize) -> bool {
    let ends = |c: &char| is_ideograph(*c) || matches!(c, '）' | '”' | '》');
    // `培训2次.`
    let before = |c: &char| ends(c) || c.is_ascii_digit();
    let behind = |c: &char| is_ideograph(*c) || matches!(c, '（' | '(' | '“' | '《') || c.is_whitespace();
    let words = rest[..at].iter().rev().take_while(|c| before(c)).take(STOPPED).count();
    rest[at] == '.' && words == STOPPED && ends(&rest[at - 1]) && rest.get(at + 1).is_none_or(behind)
}

/// So many characters stand before a full stop at least; the names of a row (`张三.李四`) have fewer.
const STOPPED: usize = 3;

/// Whether a text is typed with points for full stops: one ends it. Elsewhere a point stands between the parts of a name
/// (`卡尔.马克思`).
fn ends_with_point(rest: &[char]) -> bool {
    rest.iter().rposition(|c| !c.is_whitespace()).is_some_and(|last| is_stop(rest, last))
}

/// The first colon among so many characters. None is one between figures, which tells the time or compares them (`17:00`,
/// `3：1`), and that of an address (`https://`).
pub(super) fn colon(rest: &[char], most: usize) -> Option<usize> {
    let figure = |at: Option<usize>| at.and_then(|at| rest.get(at)).is_some_and(char::is_ascii_digit);
    let counts = |at: usize| figure(at.checked_sub(1)) && figure(Some(at + 1));
    let leads = |at: usize| rest[at + 1..].starts_with(&['/', '/']);
    let mut colons = (0..rest.len().min(most)).filter(|at| matches!(rest[*at], '：' | ':'));
    colons.find(|at| !counts(*at) && !leads(*at))
}

/// Whether a list is real: strong forms are, weak ones need company.
pub(super) fn is_list(lines: &[Line], list: &List, shapes: &[Shape], decimal: bool) -> bool {
    let strong = list.members.iter().filter(|at| lines[**at].strong_marker().is_some()).count();
    let first = list.members.first().and_then(|at| lines[*at].marker.as_ref()).and_then(Candidate::number);
    if list.scheme == Scheme::Arabic && strong == 0 {
        // `1 总则` counts only above 1.1, `01 总览` over text of its own.
        let over_text =
            |shape: &Shape| shape.single && shape.end.is_none() && shape.size <= 30 && shape.content;
        // `1，检查设备` and `2，更换零件`: a comma is a mark only where all count on with it.
        let comma = |at: &usize| {
            let end = lines[*at].marker.as_ref().and_then(|marker| marker.length.checked_sub(1));
            end.and_then(|end| lines[*at].chars.get(end)).is_some_and(|mark| matches!(mark, '，' | ','))
        };
        let counted = first == Some(1)
            && list.members.len() > 1
            && usize::try_from(list.last) == Ok(list.members.len())
            && list.members.iter().all(comma);
        return decimal
            || counted
            || list.padded && first == Some(1) && shapes.len() > 1 && shapes.iter().all(over_text);
    }
    // 一是…；二是… in one paragraph is a sentence, not a list of one.
    if let [only] = list.members.as_slice() {
        let second = match list.scheme {
            Scheme::Is => Some("二是"),
            Scheme::HanBracketed => Some("（二）"),
            Scheme::ArabicBracketed => Some("（2）"),
            Scheme::Circled => Some("②"),
            Scheme::Part
            | Scheme::Chapter
            | Scheme::Section
            | Scheme::Article
            | Scheme::Han
            | Scheme::Arabic
            | Scheme::Decimal
            | Scheme::Roman
            | Scheme::Latin
            | Scheme::Stem
            | Scheme::Ordinal
            | Scheme::Among
            | Scheme::Must
            | Scheme::Aspect
            | Scheme::Dash
            | Scheme::Bullet => None,
        };
        if list.last == 1 && second.is_some_and(|second| lines[*only].compact.contains(second)) {
            return false;
        }
    }
    // Numbers alone on their lines must have text below each, and be more than one: cells have not.
    let alone = |at: &usize| lines[*at].marker.as_ref().is_some_and(|marker| marker.alone);
    if list.members.iter().all(alone) {
        let over_text = |at: &usize| {
            lines.get(at + 1).is_some_and(|next| next.ends_sentence() || next.compact.ends_with('：'))
        };
        return list.members.len() > 1 && first == Some(1) && list.members.iter().all(over_text);
    }
    if matches!(list.scheme, Scheme::Must) {
        return list.members.len() > 1;
    }
    if list.scheme == Scheme::Article && strong * 2 < list.members.len() {
        return list.members.len() > 2;
    }
    if strong > 0 {
        return true;
    }
    let short = shapes.iter().all(|shape| shape.single && shape.size <= 40);
    list.members.len() > 1
        && first == Some(1)
        && (short || matches!(list.scheme, Scheme::Ordinal | Scheme::Decimal | Scheme::Latin))
}

/// Whether a list stands in the scope of a list of that system.
pub(super) fn under(list: &List, lists: &[List], scheme: Scheme) -> bool {
    let mut parent = list.parent;
    while let Some(index) = parent {
        if lists[index].scheme == scheme {
            return true;
        }
        parent = lists[index].parent;
    }
    false
}
