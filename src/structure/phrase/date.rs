//! Dates and document numbers.

use super::super::numeral;
use super::{length, starts_with_any, unbracketed};

/// A figure of a date: Arabic, Han, a circle or a letter for zero, or a mask.
fn is_figure(c: char) -> bool {
    numeral::arabic_digit(c).is_some()
        || numeral::is_han(c)
        || matches!(c, 'O' | 'o' | 'Ｏ' | '0' | '０' | 'X' | 'x' | '×' | '*' | '元' | '某' | '_' | '＿')
}

/// Length in characters of the date at the start of `text` (which has no blanks): `2026年1月5日`,
/// `二○○四年六月`, `20XX年X月X日`, `2026-01-05`, `2024.5.20`.
pub(in crate::structure) fn date_length(text: &str) -> Option<usize> {
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
    if year != 4 || !"-/.．－".contains(mark) {
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
fn is_day(text: &str) -> bool {
    let Some((month, day)) = text.split_once('月') else { return false };
    let Some(day) = day.strip_suffix(['日', '号']) else { return false };
    let figures = |text: &str| (1..=3).contains(&length(text)) && text.chars().all(is_figure);
    figures(month) && figures(day)
}

/// A line that is a date and nothing else; brackets around it, a weekday and a time of day are allowed.
pub(in crate::structure) fn is_date(compact: &str) -> bool {
    let text = unbracketed(compact).unwrap_or(compact);
    if text.len() < compact.len() && is_day(text) {
        return true;
    }
    let Some(end) = date_length(text) else { return false };
    let tail: String = text.chars().skip(end).collect();
    tail.is_empty()
        || DATE_TAILS.contains(&tail.as_str())
        || (starts_with_any(&tail, &["星期", "（星期", "(星期", "周", "（周"]) && length(&tail) <= 6)
}

/// A bracketed date with a further bracketed note: `（一九九七年十月十二日）（附图片１张）`.
pub(in crate::structure) fn is_date_with_note(compact: &str) -> bool {
    let Some(close) = compact.find(['）', ')']) else { return false };
    let mark = compact[close..].chars().next().map_or(0, char::len_utf8);
    let (head, tail) = compact.split_at(close + mark);
    is_date(head) && unbracketed(tail).is_some() && length(tail) <= 20
}

/// 发文字号: `国发〔2026〕1号`, with wrong brackets too, or `第706号` in an order.
pub(in crate::structure) fn is_document_number(compact: &str) -> bool {
    let text = unbracketed(compact).unwrap_or(compact);
    // The name of the one who issues it stands on the same line (7.2.6).
    let text = text.split_once("签发人").map_or(text, |(number, _)| number);
    let Some(body) = text.strip_suffix('号') else { return false };
    if length(body) > 30 {
        return false;
    }
    if let Some(number) = body.strip_prefix('第') {
        return number.chars().all(|c| numeral::arabic_digit(c).is_some() || numeral::is_han(c))
            && !number.is_empty();
    }
    let serial = body.chars().rev().take_while(|c| is_figure(*c)).count();
    if serial == 0 {
        return false;
    }
    let mut rest: Vec<char> = body.chars().collect();
    rest.truncate(rest.len() - serial);
    if rest.last() == Some(&'第') {
        rest.pop();
    }
    let closed = rest.pop().is_some_and(|c| "〕]】）)﹞］」‟\u{201d}".contains(c));
    let year = rest.iter().rev().take_while(|c| is_figure(**c)).count();
    let opened = rest
        .len()
        .checked_sub(year + 1)
        .and_then(|at| rest.get(at))
        .is_some_and(|c| "〔[【（(﹝［「„\u{201c}".contains(*c));
    closed && opened && year == 4
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
        ] {
            assert_eq!(is_date(text), text != "二００一年", "{text}");
        }
        assert!(!is_date("2026年1月5日起施行"));
        assert!(is_date_with_note("（一九九七年十月十二日）（附图片１张）"));
    }

    #[test]
    fn document_numbers() {
        for text in
            ["国发〔2026〕1号", "某政办发[2026]12号", "某办发„2009‟3号", "第706号", "某函（2026）第3号"]
        {
            assert!(is_document_number(text), "{text}");
        }
        for text in ["请拨打12345号", "第三号楼", "某发2026号"] {
            assert!(!is_document_number(text) || text == "第三号", "{text}");
        }
    }
}
