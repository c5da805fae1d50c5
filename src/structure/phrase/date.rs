//! Dates and document numbers.

use super::super::numeral;
use super::{contains_any, is_within, length, starts_with_any, unbracketed};

/// A figure of a date: Arabic, Han, a circle or a letter for zero, or a mask.
pub(super) fn is_figure(c: char) -> bool {
    numeral::arabic_digit(c).is_some()
        || numeral::is_han(c)
        || matches!(c, 'O' | 'o' | 'Ｏ' | '0' | '０' | 'X' | 'x' | '×' | '*' | '元' | '某' | '_' | '＿')
}

/// What parts the figures of a date.
const DATE_MARKS: &str = "-/.．－";

/// Whether the first character may be that of a date.
pub(in crate::structure) fn begins_date(text: &str) -> bool {
    text.starts_with(|c| matches!(c, '中' | '民') || is_figure(c))
}

/// Length in characters of the date at the start of `text` (which has no blanks): `2026年1月5日`,
/// `二○○四年六月`, `20XX年X月X日`, `2026-01-05`, `2024.5.20`.
pub(in crate::structure) fn date_length(text: &str) -> Option<usize> {
    if !begins_date(text) {
        return None;
    }
    // `中華民國一一五年三月五日`
    let republic = ["中华民国", "民国", "中華民國", "民國"]
        .iter()
        .find_map(|name| Some((length(name), text.strip_prefix(name)?)));
    if let Some((name, date)) = republic {
        let (year, rest) = date.split_once('年')?;
        let short = (1..=3).contains(&length(year)) && year.chars().all(is_figure);
        return Some(name + date_length(&format!("0000年{rest}"))? + length(year) - 4).filter(|_| short);
    }
    if !text.starts_with(is_figure) {
        return None;
    }
    // The year has five figures at most.
    let year_ends = text.chars().take(6).find(|c| !is_figure(*c));
    if !year_ends.is_some_and(|mark| mark == '年' || DATE_MARKS.contains(mark)) {
        return None;
    }
    let chars: Vec<char> = text.chars().take(40).collect();
    let figures = |from: usize, most: usize| {
        chars[from.min(chars.len())..].iter().take(most + 1).take_while(|c| is_figure(**c)).count()
    };
    let year = figures(0, 5);
    if (2..=5).contains(&year) && chars.get(year) == Some(&'年') {
        let month = figures(year + 1, 3);
        let after = year + 1 + month;
        if !(1..=3).contains(&month) || chars.get(after) != Some(&'月') {
            return None;
        }
        let day = figures(after + 1, 4);
        let end = after + 1 + day;
        return match chars.get(end) {
            Some('日' | '号') if day > 0 => Some(end + 1),
            _ => Some(after + 1),
        };
    }
    let digits = |from: usize| {
        chars[from.min(chars.len())..].iter().take_while(|c| numeral::arabic_digit(**c).is_some()).count()
    };
    let year = digits(0);
    let &mark = chars.get(year)?;
    if year != 4 || !DATE_MARKS.contains(mark) {
        return None;
    }
    let month = digits(year + 1);
    let middle = year + 1 + month;
    if !(1..=2).contains(&month) || chars.get(middle) != Some(&mark) {
        return None;
    }
    let day = digits(middle + 1);
    (1..=2).contains(&day).then_some(middle + 1 + day)
}

/// What may follow a date on its line without making it more than a date.
const DATE_TAILS: &[&str] = &["上午", "下午", "晚", "于北京"];

/// A day without its year: `9月9日`.
pub(in crate::structure) fn is_day(text: &str) -> bool {
    let Some((month, day)) = text.split_once('月') else { return false };
    let Some(day) = day.strip_suffix(['日', '号']) else { return false };
    let figures = |text: &str| (1..=3).contains(&length(text)) && text.chars().all(is_figure);
    figures(month) && figures(day)
}

/// A date to be filled in: `2026年　月　日`, `年　月　日`, `＿＿年＿月＿日`.
fn is_blank_date(text: &str) -> bool {
    let blank = |c: char| matches!(c, '_' | '＿');
    let Some((year, rest)) = text.split_once('年') else { return false };
    let Some((month, day)) = rest.split_once('月') else { return false };
    let year = year.trim_matches(blank);
    let filled = |text: &str| text.chars().all(|c| blank(c) || is_figure(c)) && length(text) <= 6;
    (year.is_empty() || length(year) == 4 && year.chars().all(is_figure))
        && filled(month)
        && day.strip_suffix('日').is_some_and(filled)
        && (month.is_empty() || month.contains(blank) || day == "日" || day.contains(blank))
}

/// No date has more characters, however many of them are blanks to be filled in.
const LONGEST: usize = 100;

/// A line that is a date and nothing else; brackets around it, a weekday and a time of day are allowed.
pub(in crate::structure) fn is_date(compact: &str) -> bool {
    let text = unbracketed(compact).unwrap_or(compact);
    if !begins_date(text) && !text.starts_with('年') || !is_within(compact, LONGEST) {
        return false;
    }
    if text.len() < compact.len() && is_day(text) {
        return true;
    }
    if is_blank_date(text) {
        return true;
    }
    let Some(end) = date_length(text) else { return false };
    let tail: String = text.chars().skip(end).collect();
    tail.is_empty()
        || DATE_TAILS.contains(&tail.as_str())
        || (starts_with_any(&tail, &["星期", "（星期", "(星期", "周", "（周"]) && length(&tail) <= 6)
}

/// A date that a label may lead, as under a signature: `日期：2026年4月5日`.
pub(in crate::structure) fn is_signing_date(compact: &str) -> bool {
    let labelled = ["日期", "时间", "签署日期", "承诺日期", "填表日期", "年月日"]
        .iter()
        .find_map(|label| compact.strip_prefix(label)?.strip_prefix(['：', ':']));
    // `2026年3月6日于某市`
    let (date, place) = compact.split_once('于').unwrap_or((compact, "某地"));
    is_date(labelled.unwrap_or(compact))
        || is_date(date) && (2..=6).contains(&length(place)) && place.chars().all(super::is_han)
}

/// A bracketed date with a further bracketed note: `（一九九七年十月十二日）（附图片１张）`.
pub(in crate::structure) fn is_date_with_note(compact: &str) -> bool {
    // （2026年1月20日，征求意见稿）
    if let Some(inner) = unbracketed(compact)
        && let Some(end) = date_length(inner).filter(|_| length(inner) <= 30)
    {
        let note: String = inner.chars().skip(end).collect();
        if note.starts_with(['，', '、', '；']) && !contains_any(&note, &["会", "通过", "修"]) {
            return true;
        }
    }
    let Some(close) = compact.find(['）', ')']) else { return false };
    let mark = compact[close..].chars().next().map_or(0, char::len_utf8);
    let (head, tail) = compact.split_at(close + mark);
    is_date(head) && unbracketed(tail).is_some() && length(tail) <= 20
}

/// A date with the place on its line, as under the title of a speech: `2026年9月26日，使馆多功能厅`, `2026年9月26日 于北京`.
pub(in crate::structure) fn is_date_with_place(text: &str) -> bool {
    let text = text.trim();
    let text = unbracketed(text).unwrap_or(text);
    let Some(end) = date_length(text) else { return false };
    let rest: String = text.chars().skip(end).collect();
    let place = super::compact(rest.trim_start_matches(['，', ',', '、', '于']));
    rest.starts_with(|c: char| c.is_whitespace() || "，,、于".contains(c))
        && (2..=16).contains(&length(&place))
        && place.chars().all(|c| super::is_han(c) || "·、".contains(c))
}

/// A day with the hour, as a secretary or a page notes it: `2026年7月9日21:30`.
pub(in crate::structure) fn is_moment(compact: &str) -> bool {
    let Some(end) = date_length(compact).filter(|_| compact.contains('日')) else { return false };
    let clock: String = compact.chars().skip(end).collect();
    (4..=5).contains(&length(&clock))
        && clock.contains([':', '：'])
        && clock.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '：'))
}

/// The day and the hour, to the minute or not, at which news of an accident is sent: `2026年4月8日16时30分`.
pub(in crate::structure) fn is_date_to_the_hour(compact: &str) -> bool {
    let Some(end) = date_length(compact).filter(|_| compact.contains('日')) else { return false };
    let clock: String = compact.chars().skip(end).collect();
    let Some((hour, minutes)) = clock.split_once(['时', '点', ':', '：']) else { return false };
    !hour.is_empty() && are_figures(hour) && are_figures(bare_minutes(minutes))
}

/// Two figures of a clock at most.
fn are_figures(text: &str) -> bool {
    text.len() <= 2 && text.bytes().all(|c| c.is_ascii_digit())
}

/// The minutes without their unit.
fn bare_minutes(text: &str) -> &str {
    text.strip_suffix('分').unwrap_or(text)
}

/// The day and the hour of a meeting as its papers have it under the title: `（2026年4月29日　上午9:00）`,
/// `2026年4月29日下午3时`.
pub(in crate::structure) fn is_date_with_hour(compact: &str) -> bool {
    let text = unbracketed(compact).unwrap_or(compact);
    let Some(end) = date_length(text).filter(|_| text.contains('日')) else { return false };
    let tail: String = text.chars().skip(end).collect();
    let weekday =
        tail.split_once(['）', ')']).filter(|(day, _)| starts_with_any(day, &["（星期", "(星期", "（周"]));
    let tail = weekday.map_or(tail.as_str(), |(_, rest)| rest);
    let part = ["上午", "下午", "晚上", "中午", "早上", "晚"];
    let hour = part.iter().find_map(|part| tail.strip_prefix(part));
    // A stamp without either is that of a page.
    let own = hour.is_some() || text.len() < compact.len();
    let hour = hour.unwrap_or(tail);
    let (figures, rest) =
        hour.split_at(hour.len() - hour.trim_start_matches(|c: char| c.is_ascii_digit()).len());
    let minutes = |text: &str| matches!(text, "半" | "整") || are_figures(bare_minutes(text));
    own && (1..=2).contains(&figures.len()) && rest.strip_prefix([':', '：', '时', '点']).is_some_and(minutes)
}

/// `某局办公室　　2026年6月30日`, `某办编　2026年9月1日`: who issues a bulletin and when, on one line.
pub(in crate::structure) fn is_issuer_row(text: &str) -> bool {
    let Some((body, date)) = text.trim().rsplit_once(char::is_whitespace) else { return false };
    let body = super::compact(body);
    let body = body.trim_end_matches("主办").trim_end_matches("编印").trim_end_matches(['编', '制']);
    is_date(&super::compact(date)) && super::name::is_organisation(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for text in [
            "2026年1月5日",
            "（2026年1月5日）",
            "二○○四年六月二十六日",
            "二OO八年一月七日",
            "20XX年X月X日",
            "2019/3/15",
            "2026-01-05",
            "２００７年１月０８日",
            "二００一年",
            "2026年11月23日（星期一）",
            "2026年月日",
            "＿＿年＿月＿日",
            "中华民国一一五年三月五日",
            "民國100年1月",
        ] {
            assert_eq!(is_date(text), text != "二００一年", "{text}");
        }
        assert!(
            is_date_with_place("2026年9月26日，使馆多功能厅") && is_date_with_place("（2026年9月26日 某市）")
        );
        assert!(
            !is_date_with_place("2026年9月26日起施行") && !is_date_with_place("2026年9月26日，全长3公里")
        );
        assert!(is_moment("2026年7月9日21:30") && !is_moment("2026-07-09") && !is_moment("2026年7月9日"));
        assert!(!is_date("2026年1月5日起施行") && !is_date("民国三年") && !is_date("民国年间的5月"));
        assert!(is_date_with_note("（2026年3月1日，讨论稿）"));
        assert!(is_issuer_row("某市某办公室编　　　2026年9月1日") && !is_issuer_row("截至　2026年9月1日"));
        assert!(is_date_with_note("（一九九七年十月十二日）（附图片１张）"));
    }
}
