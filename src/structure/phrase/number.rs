//! Numbers and grades of documents: 发文字号, issues of a bulletin, copies, secrecy and urgency.

use super::super::numeral;
use super::date::is_figure;
use super::{ends_with_any, is_within, length, starts_with_any, unbracketed};

/// 发文字号: `国发〔2026〕1号`, with wrong brackets too, or `第706号` in an order.
pub(in crate::structure) fn is_document_number(compact: &str) -> bool {
    let nested =
        |text: &'_ str| text.starts_with("((") || text.starts_with("（（") || text.starts_with("（(");
    let text = if nested(compact) {
        compact.trim_start_matches(['(', '（']).trim_end_matches([')', '）'])
    } else {
        let whole = || compact.strip_prefix(['（', '('])?.strip_suffix("号）").map(|_| compact);
        let inner = whole().map(|text| text.trim_start_matches(['（', '(']).trim_end_matches('）'));
        unbracketed(compact).or(inner).unwrap_or(compact)
    };
    // The name of the one who issues it stands on the same line (7.2.6).
    let text = text.split_once("签发人").map_or(text, |(number, _)| number);
    let Some(body) = text.strip_suffix('号') else { return false };
    if length(body) > 30 {
        return false;
    }
    if let Some(number) = body.strip_prefix('第') {
        return is_count(number);
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
    // `某市人民政府令第12号`, `（78）某字412号`.
    let issued: String = rest.iter().collect();
    let issued = issued.trim_end_matches(['（', '(']);
    if issued.ends_with('令') && length(issued) >= 2
        || issued.ends_with("公告") && length(issued) >= 4
        || issued.ends_with('字') && issued.contains([')', '）', '〕', ']', '】'])
    {
        return true;
    }
    // `2026年第18号`, the number of a notice to the public or one without brackets: `某环发2026年第18号`.
    if rest.last() == Some(&'年') && body.contains("年第") {
        let year = rest.iter().rev().skip(1).take_while(|c| is_figure(**c)).count();
        return year == 4 && rest.len() <= 5 + 14 && rest[..rest.len() - 5].iter().all(|c| super::is_han(*c));
    }
    let closed = rest.pop().is_some_and(|c| "〕]】）)﹞］」>＞〉》}‟\u{201d}".contains(c));
    let year = rest.iter().rev().take_while(|c| is_figure(**c)).count();
    let opened = rest
        .len()
        .checked_sub(year + 1)
        .and_then(|at| rest.get(at))
        .is_some_and(|c| "〔[【（(﹝［「<＜〈《{„\u{201c}".contains(*c));
    closed && opened && year == 4
}

/// The number of a case: the year, the court, the kind of the case and its own, `（2026）青0102民初12号`.
pub(in crate::structure) fn is_case_number(compact: &str) -> bool {
    const KINDS: &[char] = &[
        '初', '终', '再', '执', '破', '审', '监', '申', '抗', '赔', '诉', '催', '督', '调', '复', '保', '特',
        '异', '恢', '辖', '更', '清', '认', '罚', '决',
    ];
    let number = compact.strip_suffix('号').map(|number| number.trim_end_matches(is_figure));
    let year = number.and_then(|number| number.strip_prefix(['（', '(', '〔', '[']));
    year.and_then(|rest| rest.split_once(['）', ')', '〕', ']'])).is_some_and(|(year, kind)| {
        length(year) == 4
            && year.chars().all(is_figure)
            && (2..=12).contains(&length(kind))
            && kind.chars().all(char::is_alphanumeric)
            && kind.ends_with(KINDS)
    })
}

fn is_count(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| numeral::arabic_digit(c).is_some() || numeral::is_han(c))
}

/// The number of an issue: `第18期`, `第3期（总第96期）`, `2026年第5期`, `总第12期`.
pub(in crate::structure) fn is_issue(compact: &str) -> bool {
    const PARTED: [char; 5] = ['（', '(', '）', ')', '，'];
    let text = unbracketed(compact).unwrap_or(compact);
    // Nearly all texts end otherwise.
    if !text.trim_end_matches(PARTED).ends_with(['期', '号', '辑', '次']) {
        return false;
    }
    // `2026年第14期`, `〔2026〕第14期`
    let bracketed = || {
        text.strip_prefix(['〔', '[', '［', '【', '（', '('])?.split_once(['〕', ']', '］', '】', '）', ')'])
    };
    let of_year = text.split_once('年').or_else(bracketed);
    let of_year = of_year.filter(|(year, _)| length(year) == 4 && year.chars().all(is_figure));
    let text = of_year.map_or(text, |(_, rest)| rest);
    let mut parts = text.split(PARTED).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some()
        && length(text) <= 20
        && parts.all(|part| {
            part.trim_start_matches('总')
                .strip_prefix('第')
                .and_then(|part| part.strip_suffix(['期', '号', '辑']).or_else(|| part.strip_suffix("次")))
                .is_some_and(is_count)
        })
}

/// A number of a masthead, without the code of an organ: an issue or `〔2026〕第12号`.
pub(in crate::structure) fn is_masthead_number(compact: &str) -> bool {
    is_issue(compact)
        || is_document_number(compact) && compact.starts_with(['〔', '[', '（', '(', '【', '［', '﹝', '第'])
}

/// What stands with the number above or below a title: an issue, a labelled number, a grade of secrecy
/// or urgency (7.2.2, 7.2.3), or how the paper is to be handled.
pub(in crate::structure) fn is_mark(compact: &str) -> bool {
    is_within(compact, 40)
        && (is_issue(compact) || is_labelled_number(compact) || is_grade(compact) || is_handling(compact))
}

/// How a paper is to be handled, the issuer's note at its head and no more: `内部资料　注意保存`, `会后收回`. The threats
/// of those who sell papers are other words.
pub(in crate::structure) fn is_handling(compact: &str) -> bool {
    #[rustfmt::skip]
    const NOTES: &[&str] = &[
        "内部资料", "内部材料", "内部文件", "注意保存", "妥善保存", "妥善保管", "注意保管", "注意保密", "会后收回", "会后回收",
        "用后收回", "阅后收回",
    ];
    let mut rest = unbracketed(compact).unwrap_or(compact);
    let mut count = 0;
    while let Some(after) = NOTES.iter().find_map(|note| rest.strip_prefix(note)) {
        rest = after.trim_start_matches(['，', '、', '；', '·']);
        count += 1;
    }
    count > 0 && rest.is_empty()
}

/// `编号：AB-01`, `合同编号：2026-018`, `文号：…`.
fn is_labelled_number(compact: &str) -> bool {
    let Some((label, number)) = compact.split_once(['：', ':']) else { return false };
    names_number(label) && length(label) <= 6 && length(number) <= 30 && !number.contains(['，', '。', '；'])
}

/// A number that is still to come: `合同编号：`.
pub(in crate::structure) fn is_blank_number(compact: &str) -> bool {
    compact.strip_suffix(['：', ':']).is_some_and(|label| is_within(label, 6) && names_number(label))
}

fn names_number(label: &str) -> bool {
    ends_with_any(label, &["编号", "文号", "字号", "证号", "案号", "书号", "档号"])
}

/// 密级和保密期限, 紧急程度 (7.2.2, 7.2.3): `绝密`, `机密★1年`, `特　急`, `秘密　急件`.
pub(in crate::structure) fn is_grade(compact: &str) -> bool {
    let text = ["密级", "紧急程度", "缓急", "保密期限"]
        .iter()
        .find_map(|label| compact.strip_prefix(label)?.strip_prefix(['：', ':']))
        .unwrap_or(compact);
    if text.contains(['★', '☆']) && length(text) <= 12 && !text.contains(['，', '！', '：']) {
        return !text.starts_with(['★', '☆']);
    }
    starts_with_any(text, &["绝密", "机密", "秘密", "特急", "加急", "平急", "特提", "急件"])
        && length(text) <= 12
        && text
            .chars()
            .all(|c| "绝机秘密特急加平提件★☆一二三十长期年个月启用前".contains(c) || c.is_ascii_digit())
}

/// `附件`, `附件1`, `附件1－2`, `附件一之一`, `附表A`: the label of an annex (7.3.7), with its colon or brackets or none.
pub(in crate::structure) fn is_annex_label(compact: &str) -> bool {
    let bare = compact.trim_end_matches(['：', ':']);
    let bare = bare.trim_start_matches(['（', '(', '【']).trim_end_matches(['）', ')', '】']);
    let number = ["附件", "附表", "附录", "附"].iter().find_map(|word| bare.strip_prefix(word));
    let parted = |c: char| matches!(c, '-' | '－' | '—' | '–' | '.' | '．' | '之');
    number.is_some_and(|number| {
        is_within(number, 6)
            && (number.is_empty() || !number.ends_with(parted))
            && number.chars().all(|c| {
                is_count(c.encode_utf8(&mut [0; 4]))
                    || numeral::circled(c).is_some()
                    || c.is_ascii_uppercase()
                    || parted(c)
            })
    })
}

/// 份号 (7.2.1): six digits, with or without their label.
pub(in crate::structure) fn is_copy_number(compact: &str) -> bool {
    let labelled = compact.strip_prefix("份号").map(|number| number.trim_start_matches(['：', ':']));
    let number = labelled.unwrap_or(compact);
    number.len() == 6 && number.bytes().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers() {
        for text in [
            "国发〔2026〕1号",
            "某政办发[2026]12号",
            "某办发„2009‟3号",
            "第706号",
            "某函（2026）第3号",
            "（某政发（2026）3号）",
            "某政发<2026>3号",
            "某政发《2026》3号",
            "某政发2026年第3号",
            "2026年第3号",
        ] {
            assert!(is_document_number(text), "{text}");
        }
        for text in ["请拨打12345号", "第三号楼", "某发2026号", "今年，2026年第3号"] {
            assert!(!is_document_number(text) || text == "第三号", "{text}");
        }
    }

    #[test]
    fn marks_of_a_masthead() {
        for text in [
            "第18期",
            "第3期（总第96期）",
            "2026年第5期",
            "编号：AB-01",
            "合同编号：2026018",
            "特急",
            "机密★1年",
        ] {
            assert!(is_mark(text), "{text}");
        }
        for text in ["第三期工程", "时间：2026", "特急事项处理办法", "秘密工作条例", "第二期培训班上的讲话"]
        {
            assert!(!is_mark(text), "{text}");
        }
        assert!(
            ["内部资料　注意保存", "（会后收回）"]
                .into_iter()
                .all(|text| is_mark(&super::super::compact(text)))
        );
        assert!(!["内部资料，禁止外传", "注意保存证据"].into_iter().any(is_mark));
        assert!(["000012", "份号：000001", "份号000001"].into_iter().all(is_copy_number));
        assert!(!["12", "份号", "编号：000001"].into_iter().any(is_copy_number));
        assert!(
            is_blank_number("合同编号：") && !is_blank_number("合同编号：1") && !is_blank_number("记录：")
        );
    }
}
