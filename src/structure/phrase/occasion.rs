//! Occasions, enactments, remarks and captions round a title.

use super::super::marker;
use super::{contains_any, date_length, ends_with_any, length, starts_with_any, unbracketed};

/// How an occasion line ends.
#[rustfmt::skip]
const OCCASION_ENDS: &[&str] = &[
    "会上", "会议上", "上", "时", "讲话", "致辞", "致词", "发言", "报告", "演讲", "通过", "修订", "修正",
    "公布", "发布", "施行", "批准", "总结讲话", "上的", "会议",
];

/// `——在…会议上的讲话`, `2026年1月5日在…会议上`, `2015年5月1日 施行`: where and when it was said or enacted.
pub(in crate::structure) fn is_occasion(compact: &str) -> bool {
    let size = length(compact);
    // The history of a law in one pair of brackets may be long.
    let history =
        compact.starts_with(['（', '(']) && compact.ends_with(['）', ')']) && compact.contains('年');
    if size < 5 || size > if history { 600 } else { 160 } {
        return false;
    }
    let dashes = compact.chars().take_while(|c| marker::is_dash(*c)).count();
    let long = compact.chars().take(dashes).filter(|c| !matches!(c, '-' | '–')).count();
    if long >= 1 || dashes >= 2 {
        return !compact.contains('。') && size <= 80;
    }
    let inner = compact.strip_prefix(['（', '(']).unwrap_or(compact);
    let inner = inner.trim_end_matches(['）', ')']);
    if compact.ends_with(['。', '！', '：', '；']) {
        return false;
    }
    if let Some(end) = date_length(inner) {
        let rest: String = inner.chars().skip(end).collect();
        return size > end
            && (is_enactment(&rest) || ends_with_any(&rest, &OCCASION_ENDS[..10]) && rest.contains('在'));
    }
    inner.starts_with('在') && ends_with_any(inner, &["上", "时"]) && size <= 60
}

/// What is said after the date of an enactment.
pub(in crate::structure) fn is_enactment(rest: &str) -> bool {
    #[rustfmt::skip]
const ACTS: &[&str] = &[
    "通过", "修订", "修正", "公布", "发布", "施行", "批准", "印发", "颁布", "生效", "实施", "会议",
];
    let tail: String = {
        let chars: Vec<char> = rest.chars().collect();
        chars[chars.len().saturating_sub(12)..].iter().collect()
    };
    !rest.contains('。')
        && (ends_with_any(rest, ACTS) || contains_any(&tail, &["次修订", "次修正", "修正案》"]))
}

/// A remark in brackets on a line of its own, or the head note of a reprint.
pub(in crate::structure) fn is_remark(compact: &str) -> bool {
    if starts_with_any(
        compact,
        &["【导读】", "【摘要】", "【编者按】", "【提要】", "编者按：", "导读：", "【内容提要】"],
    ) {
        return true;
    }
    if compact.starts_with("新华社") && ends_with_any(compact, &["全文如下：", "全文：", "如下："])
    {
        return true;
    }
    // The dateline of an agency or a paper.
    let agency = starts_with_any(compact, &["新华社", "本报", "中新社", "人民日报"]);
    if agency && length(compact) <= 30 && compact.ends_with(['电', '讯', '报']) {
        return true;
    }
    let brackets =
        compact.starts_with(['（', '(', '[', '［', '【']) && compact.ends_with(['）', ')', ']', '］', '】']);
    brackets
        && length(compact) <= 60
        && unbracketed_or_black(compact).is_some_and(|inner| !inner.contains('。'))
}

fn unbracketed_or_black(compact: &str) -> Option<&str> {
    unbracketed(compact).or_else(|| compact.strip_prefix('【')?.strip_suffix('】'))
}

/// The caption of a photograph that the page showed.
pub(in crate::structure) fn is_caption(compact: &str) -> bool {
    let text = compact.trim_end_matches(['）', ')', '。']);
    let photographer =
        text.ends_with('摄') && contains_any(text, &["记者", "通讯员", "摄影", "新华社", "图片"]);
    (photographer && length(compact) <= 240)
        || compact == "图片："
        || compact == "图为："
        || starts_with_any(compact, &["图为", "（图为", "图：", "摄影："]) && length(compact) <= 120
}
