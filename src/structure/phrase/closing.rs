//! The words with which a text ends.

use super::{contains_any, ends_with_any, length, starts_with_any};
use crate::tree::{DELIVERS, WISHES};

/// Lines that close and say nothing else, without their final mark.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "谢谢大家", "谢谢", "此致", "敬礼", "此复", "此令", "完毕", "散会", "现在散会", "会议到此结束",
    "大会到此结束", "汇报完毕", "发言完毕", "报告完毕", "汇报完毕，请指正", "请予审议", "请审议",
    "特此通知", "特此通告", "特此公告", "特此报告", "特此函告", "特此函达", "特此函复", "特此批复",
    "特此通报", "特此证明", "特此说明", "特此申请", "特此请示", "特此致函", "多谢大家",
    "专此函复", "专此函达", "专此报告", "专此奉复", "专此", "特致此函", "特此声明", "此呈", "谨此", "请批示", "请批复",
    "请予批复", "请予批准", "请审批", "请予审批", "请批准", "散会！谢谢大家", "默哀毕", "礼成", "请全体起立，奏《国际歌》",
    "全体起立，奏《国际歌》", "奏《国际歌》", "此据", "此聘", "立此为据", "特立此据", "以此为据", "空口无凭，立此为据", "谨此讣告",
];

/// How a short closing line begins.
#[rustfmt::skip]
const STARTS: &[&str] = &[
    "谢谢大家", "谢谢各位", "谢谢！", "谢谢。", "我的讲话完了", "我的发言完了", "我的讲话到此",
    "我的发言到此", "我的汇报完了", "我的汇报到此", "我的演讲完了", "特此", "现在我宣布", "现在，我宣布",
    "妥否，请", "特致此函", "当否，请", "以上意见", "以上是我的", "以上就是我", "以上报告", "以上请示", "以上汇报",
    "最后，祝", "最后，预祝", "预祝", "衷心祝愿", "祝大家", "再次感谢", "我就讲这些", "我就讲到这", "我就说这些",
    "今天就讲到这", "今天我就讲", "今天就讲这些", "我就汇报到这", "我的讲话就到", "我的汇报就到", "我的发言就到",
    "我的报告到此", "我的交流发言到此", "我的演讲到此", "我的述职到此", "我的述职完", "汇报到此", "可否，请",
    "是否妥当，请", "以上请示，", "以上说明", "以上发言", "以上方案", "以上汇报", "专此", "讲完了，谢谢",
    "我提议", "现在，我提议", "现在我提议", "请大家举杯", "让我们举杯", "让我们共同举杯", "最后，让我们", "干杯",
];

/// How a closing line ends, before its mark.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "谢谢大家", "谢谢各位", "，谢谢", "！谢谢", "。谢谢", "到此结束", "，散会", "。散会", "！散会", "散会", "永垂不朽", "安息吧",
    "一路走好", "走好", "放心地走吧", "千古", "拜托大家了", "拜托各位了", "拜托了", "为盼", "为荷", "为感", "批评指正", "批评帮助", "予以指正", "提出宝贵意见", "谢谢你们",
    "干杯", "新年快乐", "节日快乐", "新春快乐", "阖家幸福", "合家幸福", "阖家欢乐", "万事如意", "圆满成功",
];

/// The line without what a stenographer noted in brackets behind its end: `（热烈鼓掌）`.
fn without_applause(compact: &str) -> &str {
    let Some(open) = compact.rfind(['（', '(']) else { return compact };
    let (said, note) = compact.split_at(open);
    let ends = said.ends_with(['。', '！', '!', '；', '”']);
    if ends && compact.ends_with(['）', ')']) && length(note) <= 12 && !note.contains('年') {
        said
    } else {
        compact
    }
}

/// Whom a speaker asks at the end to trust or to correct.
#[rustfmt::skip]
const ASKED: &[&str] = &[
    "恳请大家", "请大家", "请给我", "恳请各位", "请各位", "希望大家", "请领导", "请组织", "请同志们", "请上级", "请县委", "请市委",
    "请省委", "请党委", "请党组织", "恳请组织",
];

/// What for.
const ASKED_FOR: &[&str] =
    &["支持我", "相信我", "选择我", "指正", "投我", "信任我", "监督", "给我", "放心", "考验", "检验", "评议"];

/// What stands above the one to whom a letter is delivered: `此致` over `某某人民法院`.
pub(in crate::structure) fn delivers(compact: &str) -> bool {
    DELIVERS.contains(&compact)
}

/// `顺颂　冬安`, whole or over two lines.
fn is_wish(bare: &str) -> bool {
    let wish = |text: &str, most: usize| {
        let season = |rest: &str| rest.ends_with(|c| "春夏秋冬节台时教编文钧近撰旅暑勋筹商财".contains(c));
        (2..=most).contains(&length(text)) && text.strip_suffix(['安', '祺', '绥', '祉']).is_some_and(season)
    };
    let wished = WISHES.iter().find_map(|word| bare.strip_prefix(word));
    wish(bare, 2) || wished.is_some_and(|rest| rest.is_empty() || wish(rest, 4))
}

/// The closing words of a letter, a report or a speech.
pub(in crate::structure) fn is_closing(compact: &str) -> bool {
    let compact = without_applause(compact);
    let bare = compact.trim_end_matches(['！', '。', '!', '.', '：']);
    if WHOLE.contains(&bare) || delivers(bare) || is_wish(bare) {
        return true;
    }
    let size = length(compact);
    if size <= 60 && rests_here(compact) {
        return true;
    }
    if size <= 60 && ends_with_any(bare, ENDS) || size <= 20 && bare.contains("散会") {
        return true;
    }
    // `谢谢大家！（新华社北京1月1日电）`
    let carried = |word: &&str| {
        compact
            .strip_prefix(word)
            .is_some_and(|rest| rest.trim_start_matches(['！', '。']).starts_with("（新华社"))
    };
    let last = bare.rsplit(['。', '！', '”', '？']).next().unwrap_or(bare);
    let asks = |words: &str| starts_with_any(words, ASKED) && contains_any(words, ASKED_FOR);
    starts_with_any(compact, WHOLE) && WHOLE.iter().any(carried)
        || size <= 60 && starts_with_any(compact, STARTS)
        || size <= 60 && (asks(compact) || asks(last)) && compact.ends_with(['！', '!', '。'])
        || size <= 60 && compact.starts_with("以上") && contains_any(compact, &["，请", "，敬请", "，恳请"])
        || size <= 40 && starts_with_any(compact, &["散会。", "散会！", "现在散会"])
        || size <= 60 && compact.starts_with(['祝', '愿']) && compact.ends_with(['！', '!', '。'])
        || size <= 120
            && contains_any(compact, &["借此机会", "在这里", "在此", "值此", "佳节", "春节"])
            && contains_any(compact, &["祝大家", "祝各位", "祝愿", "拜个早年", "拜年"])
            && compact.ends_with(['！', '!'])
        || size <= 120
            && starts_with_any(compact, &["最后", "再次"])
            && compact.contains('祝')
            && compact.ends_with(['！', '!', '。'])
}

/// What a speaker says who has said enough: `我就讲这么多`, `今天先说到这里，不对的请批评`.
fn rests_here(compact: &str) -> bool {
    if !starts_with_any(
        compact,
        &["我", "就", "今天", "时间", "因时间", "由于时间", "好", "暂", "先", "最后"],
    ) {
        return false;
    }
    let end = compact.char_indices().nth(16).map_or(compact.len(), |(end, _)| end);
    let head = &compact[..end];
    ["讲", "说", "谈", "汇报", "发言", "交流", "报告"].iter().any(|verb| {
        let mut ends = head.match_indices(verb).map(|(at, verb)| &head[at + verb.len()..]);
        ends.any(|rest| starts_with_any(rest, &["这些", "这么多", "到这", "到此", "这么几点"]))
    })
}

/// The call with which a speech ends: `让我们更加紧密地团结…而努力奋斗！`
pub(in crate::structure) fn is_call(compact: &str) -> bool {
    let compact = without_applause(compact);
    let tail: String = {
        let chars: Vec<char> = compact.chars().collect();
        chars[chars.len().saturating_sub(160)..].iter().collect()
    };
    let wish = compact.ends_with(['！', '!', '。']);
    let calls = starts_with_any(compact, &["全会号召", "大会号召", "会议号召"]);
    wish && (calls
        || contains_any(
            &tail,
            &[
                "让我们",
                "共勉",
                "希望大家",
                "希望同志们",
                "团结奋斗",
                "努力奋斗",
                "不懈奋斗",
                "而奋斗",
                "团结起来",
                "行动起来",
                "干杯",
            ],
        )
        || compact.ends_with(['！', '!'])
            && contains_any(&tail, &["贡献", "奋勇前进", "新篇章", "新局面", "新的胜利", "更大成绩", "祝"]))
}

/// Thanks and formal words that say nothing else.
pub(in crate::structure) fn is_thanks(compact: &str) -> bool {
    without_applause(compact)
        .split(['，', '。', '！', '!', '.', ','])
        .filter(|part| !part.is_empty())
        .all(|part| WHOLE.contains(&part))
}

/// How a speaker turns to the hearers once more.
#[rustfmt::skip]
const ADDRESSES: &[&str] = &[
    "同志们", "各位代表", "各位委员", "各位同", "各位领导", "各位来宾", "各位朋友", "各位老师", "朋友们", "乡亲们", "同学们",
    "老师们", "代表们", "战友们",
];

/// What a speaker promises at the end.
#[rustfmt::skip]
const VOWS: &[&str] = &[
    "放心，我", "我一定", "我们一定", "我将以", "我们将以", "不负重托", "不负众望", "不辱使命", "以实际行动", "用实际行动",
];

/// A speaker turns to the hearers once more and promises: `各位同事，…我一定不负重托…`.
pub(in crate::structure) fn is_vow(compact: &str) -> bool {
    let compact = without_applause(compact);
    compact.ends_with(['。', '！', '!']) && starts_with_any(compact, ADDRESSES) && contains_any(compact, VOWS)
}

/// The call with which a speech ends where no closing words follow: `希望全局同志…`, `同志们，…实干成就未来！`
pub(in crate::structure) fn is_last_call(compact: &str) -> bool {
    let compact = without_applause(compact);
    let chars: Vec<char> = compact.chars().collect();
    let tail: String = chars[chars.len().saturating_sub(160)..].iter().collect();
    let hopes = ["希望全", "希望各", "希望同志", "号召全", "我相信", "我坚信", "我们相信", "我们坚信"];
    let sums_up = starts_with_any(compact, ADDRESSES) || starts_with_any(compact, &["总之", "最后，请"]);
    let resolves = [
        "一定",
        "必将",
        "必胜",
        "势不可挡",
        "我们要",
        "我将",
        "共同",
        "携手",
        "努力",
        "奋斗",
        "奋进",
        "未来",
        "争取",
        "力争",
        "夺取",
    ];
    let shouts = compact.ends_with(['！', '!']);
    let thanks = starts_with_any(compact, &["最后", "再次", "再一次", "在此，"])
        && chars.len() <= 160
        && contains_any(&tail, &["感谢", "谢意", "欢迎", "祝贺", "敬意", "问候", "祝"]);
    shouts && (thanks || sums_up || contains_any(&tail, &resolves) || contains_any(&tail, &hopes))
        || compact.ends_with('。') && sums_up && (contains_any(&tail, &hopes) || contains_any(&tail, VOWS))
}

#[cfg(test)]
mod tests {
    use super::super::is_occasion;
    use super::*;

    #[test]
    fn occasions_and_closings() {
        for text in [
            "——在动员大会上的讲话",
            "－－－在开幕式上的讲话",
            "（2026年1月27日在某省第十届人民代表大会第四次会议上）",
            "2015年5月1日施行",
            "1985年1月21日某委员会第九次会议通过",
        ] {
            assert!(is_occasion(text), "{text}");
        }
        assert!(!is_occasion("2015年5月1日起执行新的办法。"));
        assert!(
            is_closing("顺颂商祺")
                && is_closing("敬请台安！")
                && is_closing("冬安")
                && is_closing("此覆")
                && !is_closing("敬请各位光临")
                && !is_closing("李祺")
                && !is_closing("公安")
                && !is_closing("平安")
                && is_closing("谢谢大家！")
                && is_closing("特此通知。")
                && is_closing("今天的会就开到这里，散会！")
                && is_closing("请大家支持我、信任我！")
                && is_closing("请尽快办理为盼。")
                && is_closing("我就讲这些，谢谢大家。")
                && is_closing("请领导放心，请同志们监督！")
                && is_closing("以上述职，请县委和同志们评议。")
                && is_closing("各位评委，“苔花如米小。”请大家相信我，支持我！")
                && is_closing("散会。请代表们到门口合影留念。")
                && !is_closing("以上三点，是我们今年必须抓好的大事。")
                && is_closing("我就讲这么多，不对的地方，请大家批评。")
                && is_closing("请各位多帮助、多提醒。拜托大家了！")
                && is_closing("老张，您放心地走吧！")
                && !is_closing("谢谢你们来到这里，我们接着讲第二个问题。")
        );
    }
}
