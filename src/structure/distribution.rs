//! Who gets a copy of a text, and who prints it (GB/T 9704-2012, 7.4).

use crate::tree::Role;

use super::line::{Decision, Line};
use super::phrase::{date_length, is_date, is_organisation, length, starts_with_any};

/// The rule of who prints a document, and when.
const PRINTED: &str = "printed-by";

/// Lines of those who get a copy, at most.
const MOST_COPIES: usize = 6;

/// 抄送, 印发.
pub(super) fn rule_of(line: &Line, tail: bool) -> Option<&'static str> {
    let compact = line.compact.as_ref();
    if tail
        && line.size() <= 200
        && starts_with_any(
            compact,
            &[
                "报：",
                "送：",
                "发：",
                "报:",
                "送:",
                "发:",
                "抄：",
                "印送：",
                "分送：",
                "打字：",
                "校对：",
                "打印：",
            ],
        )
    {
        return Some("copy-to");
    }
    let copies = compact.trim_start_matches(['（', '(']).trim_end_matches(['）', ')', '。']);
    if tail
        && length(copies) <= 10
        && copies.ends_with('份')
        && starts_with_any(copies, &["共印", "印数", "印发", "印"])
    {
        return Some("printed-copies");
    }
    if starts_with_any(
        compact,
        &["抄送：", "主送：", "分送：", "抄报：", "报送：", "发送：", "抄送:", "主送:", "抄报:"],
    ) && line.size() <= 200
    {
        return Some("copy-to");
    }
    if tail && line.size() <= 40 && starts_with_any(compact, &["主题词：", "主题词:"]) {
        return Some("subject-words");
    }
    let body = compact.strip_suffix("印发").or_else(|| compact.strip_suffix('印'))?;
    let tail: String = body.chars().rev().take(11).collect::<Vec<_>>().into_iter().rev().collect();
    let dated = (0..length(&tail)).any(|skip| {
        let rest: String = tail.chars().skip(skip).collect();
        date_length(&rest).is_some_and(|end| end == length(&rest))
    });
    (dated && line.size() <= 50).then_some(PRINTED)
}

/// Who edited a bulletin and who let it go, in one row: `编辑：张三　签发：李四　（共印150份）`. Pages have such rows as well, but
/// neither copies nor those who get one.
pub(super) fn is_office_row(lines: &[Line], at: usize) -> bool {
    let compact = lines[at].compact.as_ref();
    let copied = at.checked_sub(1).is_some_and(|above| lines[above].role() == Some(Role::CopyTo));
    let labels = ["编辑：", "编审：", "审核：", "签发：", "核稿：", "拟稿：", "校对：", "主编："];
    lines[at].size() <= 80
        && (copied || compact.contains("共印"))
        && labels.iter().filter(|label| compact.contains(**label)).count() >= 2
        && starts_with_any(compact.trim_start_matches("本期").trim_start_matches("责任"), &labels)
}

/// 印发机关 and 印发日期 on two lines are one row (7.4.3): the date goes on the line of the office.
pub(super) fn print_row(lines: &mut [Line], date: usize, ended: bool) {
    let dated = |compact: &str| compact.strip_suffix("印发").is_some_and(is_date);
    let Some(office) = date.checked_sub(1).filter(|_| dated(&lines[date].compact)) else { return };
    let line = &lines[office];
    let prints = line.decision == Some(Decision { role: Role::CopyTo, rule: PRINTED })
        || ended && line.is_open() && line.marker.is_none();
    if prints && !line.joins && is_organisation(&line.compact) && !lines[date].apart {
        lines[office].decide(Role::CopyTo, PRINTED);
        lines[date].beside = Some(lines[office].block);
    }
}

/// What goes on below a line of the distribution: further bodies after its comma. Returns the line after them.
pub(super) fn copies(lines: &mut [Line], at: usize) -> usize {
    let mut next = at;
    // Lines up to the one that names who prints: all between is of the same part.
    let goes_on = |line: &&Line| line.is_open() && line.marker.is_none() && line.size() <= 120;
    let between = lines[at..].iter().take(MOST_COPIES).take_while(goes_on);
    let printed = between.take_while(|line| rule_of(line, true).is_none()).count() + at;
    let is_printed = |at: usize| lines.get(at).and_then(|line| rule_of(line, true)) == Some(PRINTED);
    // The office that prints may stand above its date.
    let office = printed.checked_sub(1).filter(|at| is_organisation(&lines[*at].compact)).unwrap_or(printed);
    let printed = if is_printed(printed) { office } else { at };
    while let Some(line) = lines.get(next) {
        let open = lines[next - 1].compact.ends_with(['，', '、', ',']);
        if next >= printed && !open || !goes_on(&line) || rule_of(line, true).is_some() {
            break;
        }
        lines[next].decide(Role::CopyTo, "copy-to-goes-on");
        lines[next].joins = true;
        next += 1;
    }
    // The office that prints, above its date.
    let above = lines.get(next).zip(lines.get(next + 1));
    if above.is_some_and(|(office, date)| {
        office.is_open() && is_organisation(&office.compact) && rule_of(date, true) == Some(PRINTED)
    }) {
        lines[next].decide(Role::CopyTo, PRINTED);
        next += 1;
    }
    next
}
