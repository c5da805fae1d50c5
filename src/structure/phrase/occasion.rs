//! Occasions, enactments, remarks and captions round a title.

use super::super::marker;
use super::date::is_date;
use super::name::is_byline;
use super::{contains_any, date_length, ends_with_any, is_within, length, starts_with_any, unbracketed};

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
            && (is_enactment(&rest)
                || ends_with_any(&rest, &OCCASION_ENDS[..10]) && rest.contains('在')
                || is_spoken_by(&rest));
    }
    // `根据2026年5月1日…《关于修改…的决定》修正`
    if let Some(act) = inner.strip_prefix("根据") {
        return size <= 120 && date_length(act).is_some() && is_enactment(act);
    }
    inner.starts_with('在') && ends_with_any(inner, &["上", "时"]) && size <= 60
}

/// The meeting and who spoke there: `在某县第五次会议上某县县长李四`.
fn is_spoken_by(rest: &str) -> bool {
    let Some(at) = rest.rfind("会上").or_else(|| rest.rfind("会议上")) else { return false };
    let speaker = rest[at..].trim_start_matches(['会', '议', '上']);
    rest.starts_with('在') && is_byline(speaker, speaker)
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

/// Which text of a document it is, in brackets below its title: `（试行）`, `（征求意见稿）`, `（2026年修订）`, `（第二版）`.
pub(in crate::structure) fn is_version(compact: &str) -> bool {
    #[rustfmt::skip]
    const VERSIONS: &[&str] = &[
        "试行", "暂行", "试用", "草案", "送审", "征求意见", "讨论", "审议", "报批", "报审", "修订", "修正", "修改", "建议", "初",
        "修订草案", "修正草案", "代拟", "样", "示范文", "示范", "简", "节选", "节录", "摘要",
    ];
    let Some(inner) = unbracketed(compact).filter(|inner| is_within(inner, 14)) else { return false };
    let figure = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(c);
    let year = inner.trim_start_matches(figure).strip_prefix('年').filter(|_| inner.starts_with(figure));
    let count = inner.strip_prefix('第').map(|rest| rest.trim_start_matches(figure));
    let name = year.unwrap_or(inner);
    let name = name.strip_suffix(['稿', '本', '版']).unwrap_or(name);
    VERSIONS.contains(&name)
        || year.is_some_and(|rest| matches!(rest, "版" | "本"))
        || count.is_some_and(|rest| matches!(rest, "版" | "稿" | "次修订" | "次征求意见稿" | "次审议稿"))
}

/// The years or months that a plan or a report is for, below its title: `（2026—2030年）`, `（2026年上半年）`, `2026年度`.
pub(in crate::structure) fn is_period(compact: &str) -> bool {
    const SPANS: &[&str] = &["年度", "半年", "季度", "学期", "学年"];
    let text = unbracketed(compact).unwrap_or(compact);
    let figure = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(c);
    let within = |c: char| figure(c) || "年月日度季上下半学期春秋第至到—–-－~～".contains(c);
    is_within(text, 24)
        && text.chars().all(within)
        && !is_date(text)
        && match text.split_once(['至', '到', '—', '–', '-', '－', '~', '～']) {
            // One of the two says of what the figures are.
            Some((from, to)) => {
                from.starts_with(figure)
                    && to.trim_start_matches(['—', '-']).starts_with(figure)
                    && (text.contains(['年', '月', '学'])
                        || is_year(from) && is_year(to.trim_start_matches('—')))
            }
            None => text.starts_with(|c| figure(c) || "春秋第上下".contains(c)) && ends_with_any(text, SPANS),
        }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1900..2200).contains(&year))
}

/// Who may read the document, in brackets or not: `（此件公开发布）`.
pub(in crate::structure) fn is_release_note(compact: &str) -> bool {
    let bare = unbracketed(compact).unwrap_or(compact).trim_end_matches('。');
    bare.starts_with("此件") && length(bare) <= 24 && !bare.contains(['。', '，', '：'])
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

/// What a paper says above a speech: who spoke where and when. `5月6日晚，县长李四在推介会上发表视频致辞`.
pub(in crate::structure) fn is_news_lead(compact: &str) -> bool {
    let size = length(compact);
    let day = compact.find('日').map(|at| &compact[..at + '日'.len_utf8()]);
    let dated = day.is_some_and(|day| is_date(day) || is_date(&format!("（{day}）")));
    let told = compact.split_once('，').map(|(_, told)| told).unwrap_or_default();
    dated
        && (16..=140).contains(&size)
        && compact.find('，').zip(day).is_some_and(|(comma, day)| (day.len()..day.len() + 9).contains(&comma))
        && contains_any(told, &["发表", "致辞", "讲话", "演讲", "致词", "作了", "发言"])
        && !contains_any(told, &["我们", "我代表", "同志们", "大家"])
}

/// How a report of news opens: `本报讯（记者　李四）3月28日上午，…`, `新华社北京1月1日电　…`.
pub(in crate::structure) fn is_dateline(compact: &str) -> bool {
    let head: String = compact.chars().take(24).collect();
    starts_with_any(compact, &["本报讯", "本网讯", "本台讯", "本站讯", "本刊讯", "讯（"])
        || starts_with_any(compact, &["本报", "新华社", "中新社", "人民网", "新华网"])
            && head.contains("日电")
        || compact.starts_with('（') && contains_any(&head, &["（记者", "（通讯员"])
}

fn unbracketed_or_black(compact: &str) -> Option<&str> {
    unbracketed(compact).or_else(|| compact.strip_prefix('【')?.strip_suffix('】'))
}

/// The caption of an account's picture, led by a triangle: `△老城门修缮现场（受访者供图）`.
pub(in crate::structure) fn is_picture_note(compact: &str) -> bool {
    let credited =
        compact.strip_suffix(['）', ')']).is_some_and(|text| ends_with_any(text, &["供图", "摄", "摄影"]));
    credited && compact.starts_with(['△', '▲', '▽', '▼']) && length(compact) <= 80
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

/// Who took a picture, in brackets: `（新华社记者李四摄）`. What it shows is a caption by itself: `（图为活动现场）`.
pub(in crate::structure) fn is_bracketed_credit(compact: &str) -> bool {
    compact.starts_with(['（', '(']) && !compact.contains("图为") && is_caption(compact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_datelines() {
        for text in [
            "（试行）",
            "（2026年修订）",
            "(征求意见稿)",
            "（修订草案）",
            "（第二版）",
            "（2025年版）",
            "（初稿）",
        ] {
            assert!(is_version(text), "{text}");
        }
        for text in ["（此件公开发布）", "（2026年1月5日）", "（根据录音整理）", "试行", "（略）", "（一）"]
        {
            assert!(!is_version(text), "{text}");
        }
        assert!(is_dateline("本报讯（记者李四）3月28日上午，") && is_dateline("新华社北京1月1日电国务院"));
        assert!(!is_dateline("本报告所称单位，") && !is_dateline("会议指出，"));
    }

    #[test]
    fn periods() {
        for text in [
            "（2026—2030年）",
            "（2026-2030）",
            "2026年度",
            "（2026年上半年）",
            "（2026年1月至6月）",
            "（2026年3月1日—12月31日）",
            "（二〇二六年第一季度）",
            "（2025—2026学年第一学期）",
            "春季学期",
            "第三季度",
        ] {
            assert!(is_period(text), "{text}");
        }
        for text in [
            "（2026年1月5日）",
            "（2026年1月）",
            "12-13",
            "（3—5）",
            "（第一号）",
            "（一）",
            "一至三",
            "第一学段",
            "2026年",
            "上半年工作",
        ] {
            assert!(!is_period(text), "{text}");
        }
    }

    #[test]
    fn notes_under_pictures() {
        for text in ["△老城门修缮现场（受访者供图）", "▲志愿者在清扫积雪（李小明摄）"]
        {
            assert!(is_picture_note(text), "{text}");
        }
        for text in ["△本项目由县文旅局供图。", "老城门修缮现场（受访者供图）", "▲12.5%（同比）"]
        {
            assert!(!is_picture_note(text), "{text}");
        }
    }
}
