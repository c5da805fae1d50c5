//! Debris of web pages and mails by its form: breadcrumbs, rows of buttons, pairs of label and value, addresses.

use std::borrow::Cow;

use super::phrase::{
    Words, compact, contains_any, date_length, ends_with_any, is_han, is_titled, is_within, length, marks,
    starts_with_any,
};

/// Words on the buttons and in the menus of a page.
#[rustfmt::skip]
static BUTTONS: Words = Words::new(&[
    "打印", "关闭", "收藏", "分享", "返回", "顶部", "首页", "主页", "下载", "推荐", "纠错", "字体", "字号",
    "上一页", "下一页", "上一篇", "下一篇", "上一条", "下一条", "本页", "窗口", "列表", "微信", "微博",
    "朋友圈", "QQ空间", "QQ好友", "复制链接", "上一主题", "下一主题", "只看楼主", "倒序阅读", "朗读", "设为首页", "联系我们", "网站地图", "关于我们", "隐私声明",
    "法律声明", "版权声明", "版面导航", "标题导航", "放大", "缩小", "默认", "手机版", "电脑版", "客户端", "无障碍", "登录", "注册", "搜索", "点赞", "举报",
    "转发", "评论", "目录", "加入书架", "上一版", "下一版", "全文复制", "复制全文", "正文复制", "寄给朋友", "转寄朋友", "推荐给朋友", "政府主网页", "打印此页", "友善列印",
]);

/// Labels that only the frame of a page has.
#[rustfmt::skip]
const PAGE_LABELS: &[&str] = &[
    "索引号", "公开日期", "公开方式", "公开时限", "公开范围", "公开类别", "发布日期", "发布时间", "发布机构",
    "发布单位", "信息分类", "主题分类", "组配分类", "体裁分类", "网站标识码", "技术支持", "备案号", "ICP备案",
    "浏览次数", "浏览量", "点击数", "点击次数", "点击率", "点击量", "阅读次数", "阅读数", "阅读量", "访问量",
    "访问次数", "下载次数", "所属栏目", "栏目", "关键词", "关键字", "标签", "原文链接", "原文地址", "本文地址",
    "本文链接", "文章链接", "转载地址", "更新日期", "更新时间", "上传时间", "上传者", "上传用户", "效力状态",
    "有效性", "成文日期", "生成日期", "发文机关", "发文日期", "录入时间", "录入者", "信息来源", "文章来源",
    "稿件来源", "发件人", "收件人", "寄件人", "发送时间", "接收时间", "当前位置", "您的位置", "所在位置", "供稿",
    "专栏", "信息搜索", "站内搜索", "搜索", "内容概述", "内容摘要", "发文机构", "公开形式", "公开程序", "主题词和分类", "废止时间", "失效时间", "生效时间",
    "有效期", "公文种类", "公文种别", "文号", "发文字号", "公文目录", "时效性", "版面", "阅读人数", "查看数", "查看次数", "推荐访问", "文档名称", "上传人",
    "责任编辑", "责编", "网站编辑", "审核人", "发布人", "发布者", "信息员", "附件下载", "相关附件", "文件下载",
];

/// Labels of pairs that belong to documents, minutes, notices and contracts.
#[rustfmt::skip]
const OWN_LABELS: &[&str] = &[
    "时间", "地点", "会议时间", "会议地点", "主持", "主持人", "记录", "记录人", "出席", "列席", "请假", "缺席",
    "参加", "参会人员", "参加人员", "出席人员", "议题", "抄送", "抄报", "主送", "报", "送", "发", "附件", "附",
    "编号", "合同编号", "签发人", "密级", "甲方", "乙方", "丙方", "备注", "注", "汇报人", "发言人", "报告人",
];

/// Labels that a counter of visits has.
const COUNTERS: [char; 7] = ['次', '量', '数', '击', '阅', '览', '评'];

/// What stands between the parts of a path, and between the entries of a menu.
const ARROWS: [char; 5] = ['>', '›', '»', '→', '＞'];
const STEPS: [char; 4] = ['-', '－', '/', '·'];
const BARS: [char; 3] = ['|', '｜', '│'];

/// The path to a page, `首页 > 公开 > 通知`, or a row of menu entries between bars.
pub(super) fn is_breadcrumb(text: &str) -> bool {
    let text = text.trim();
    let mut parted = false;
    for mark in is_within(text, 90).then(|| marks(text)).into_iter().flatten() {
        match mark {
            '。' | '！' | '？' | '；' => return false,
            mark => parted |= ARROWS.contains(&mark) || STEPS.contains(&mark) || BARS.contains(&mark),
        }
    }
    if !parted {
        return false;
    }
    let arrows: Vec<&str> = text.split(ARROWS).map(str::trim).collect();
    if arrows.len() >= 2 {
        let (last, path) = arrows.split_last().unwrap_or((&"", &[]));
        let short = path.iter().filter(|part| !part.is_empty()).all(|part| length(part) <= 16);
        let home = path.first().is_some_and(|first| contains_any(first, &["首页", "主页", "位置"]));
        // Two names of columns with blanks round the arrow are a path as well.
        let columns = arrows.len() == 2
            && [" > ", " » ", " › ", " ＞ "].iter().any(|arrow| text.contains(arrow))
            && arrows.iter().all(|name| (3..=12).contains(&length(name)) && name.chars().all(is_han));
        return short && length(last) <= 50 && (home || arrows.len() >= 3 || columns) && !path[0].is_empty();
    }
    // `首页 - 公开 - 正文`
    let steps: Vec<&str> = text.split(STEPS).map(str::trim).collect();
    if steps.len() >= 3
        && contains_any(steps[0], &["首页", "主页"])
        && steps.iter().all(|step| length(step) <= 16 && !step.is_empty())
    {
        return true;
    }
    let bars: Vec<&str> = text.split(BARS).map(str::trim).filter(|part| !part.is_empty()).collect();
    bars.len() >= 3
        && bars.iter().all(|part| length(part) <= 8 && !part.contains(|c: char| c.is_ascii_digit()))
}

/// Buttons in a row: `【打印】 【关闭窗口】`, `收藏　分享　返回顶部`; one alone only in black brackets.
pub(super) fn is_button_row(text: &str) -> bool {
    let split = |c: char| {
        c.is_whitespace() || matches!(c, '【' | '】' | '[' | ']' | '［' | '］' | '|' | '｜' | '/' | '·')
    };
    // No button has more characters than eight.
    if text.chars().take_while(|c| !split(*c)).take(9).count() > 8 {
        return is_within(text, RUN) && is_run_of_buttons(&compact(text));
    }
    let mut count = 0usize;
    for token in text.split(split).filter(|token| !token.is_empty()) {
        let size = matches!(token, "大" | "中" | "小" | "特大" | "：" | ":");
        if !is_within(token, 8) || !size && !BUTTONS.any_in(token) || token.ends_with(['。', '，', '；']) {
            return false;
        }
        count += 1;
    }
    let bracketed = text.trim_start().starts_with(['【', '[', '［']);
    count >= if bracketed { 1 } else { 2 } || count == 1 && is_run_of_buttons(&compact(text))
}

/// No run of buttons has more characters.
const RUN: usize = 16;

/// Buttons without a gap between them: `微博微信`, `打印关闭`.
fn is_run_of_buttons(text: &str) -> bool {
    let mut rest = text;
    let mut count = 0usize;
    while let Some(after) = BUTTONS.strip(rest) {
        rest = after;
        count += 1;
    }
    rest.is_empty() && count >= 2 && length(text) >= 4
}

/// The label of `label：value`.
fn label(segment: &str) -> Option<(Cow<'_, str>, &str)> {
    let at = segment.find(['：', ':'])?;
    let label = compact(&segment[..at]);
    let value = segment[at..].trim_start_matches(['：', ':']).trim();
    let named =
        !label.is_empty() && is_within(&label, 8) && !label.contains(['，', '、', '。', '“', '”', '《']);
    (named && !value.is_empty()).then_some((label, value))
}

/// The segments of a row: parted by bars, tabs, ideographic or several blanks.
fn segments(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> =
        text.split(['\u{3000}', '\t', '|', '｜']).flat_map(|part| part.split("  ")).collect();
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// What a row is that consists of labels with their values and of nothing else: whether one of them is a label of an office
/// alone, as in `来源：市长热线　办理时限：5日`. `None` for any other text, and for a row that counts visits.
pub(super) fn is_own_row(text: &str) -> Option<bool> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let rows = [words, segments(text)];
    let row = rows.iter().find_map(|row| row.iter().map(|part| label(part)).collect::<Option<Vec<_>>>())?;
    let counts = |label: &str| label.contains(COUNTERS) || ["人气", "录入", "热度", "推荐"].contains(&label);
    if row.is_empty() || row.iter().any(|(label, _)| counts(label)) {
        return None;
    }
    let is_of_office = |label: &str| {
        ends_with_any(label, OFFICE_LABELS) && !PAGE_LABELS.contains(&label) && !CREDITS.contains(&label)
    };
    Some(row.iter().any(|(label, _)| is_of_office(label)))
}

/// How labels end that offices have, and pages do not: `填表人`, `办理时限`.
const OFFICE_LABELS: &[&str] =
    &["人", "签发", "核稿", "拟稿", "校对", "审签", "制表", "复核", "主编", "时限", "填表日期", "填报日期"];

/// A label that only the frame of a page has.
pub(super) fn is_page_label(label: &str) -> bool {
    PAGE_LABELS.contains(&label)
}

/// A pair of the frame of a page: a label that only pages have, a date in figures, or a counter.
pub(super) fn is_page_pair(text: &str, line: &str) -> bool {
    if text.trim_end().ends_with(['。', '；'])
        || !is_within(text, 120)
        || !marks(text).any(|c| matches!(c, '：' | ':'))
    {
        return false;
    }
    // A letter-spaced label, `索 引 号：`, is one label.
    if label(line).is_some_and(|(label, _)| PAGE_LABELS.contains(&label.as_ref())) {
        return true;
    }
    if is_credit_row(text) || is_dated_row(text) || is_run_of_credits(line) || is_sealed_clock(text) {
        return true;
    }
    segments(text).into_iter().any(|segment| {
        let Some((label, value)) = label(segment) else { return false };
        if OWN_LABELS.contains(&label.as_ref()) {
            return false;
        }
        let dated = value.starts_with(|c: char| c.is_ascii_digit())
            && !value.contains('年')
            && !label.ends_with(['文', '号'])
            && date_length(&compact(value)).is_some()
            && length(&label) > 2;
        // The day of an issue: `日期：02-09`.
        let day = label == "日期"
            && value.split_once('-').is_some_and(|(month, day)| {
                [month, day].iter().all(|part| part.len() == 2 && part.bytes().all(|c| c.is_ascii_digit()))
            });
        let figures = value.trim_end_matches('次');
        let counted = label.contains(COUNTERS)
            && length(&label) >= 2
            && (1..=9).contains(&figures.len())
            && figures.chars().all(|c| c.is_ascii_digit() || c == ',')
            && contains_any(&label, &["点击", "浏览", "阅读", "访问", "下载", "评论", "点赞", "人气"]);
        PAGE_LABELS.contains(&label.as_ref()) || dated || day || counted
    })
}

/// Labels of the line under a title on a page; two of them in a row are proof.
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "来源", "作者", "阅读", "点击", "浏览", "发布", "发布者", "发布人", "编辑", "人气", "评论", "时间", "日期",
    "录入", "字数", "分类", "更新", "审核", "责编", "供稿", "推荐", "热度", "发布时间",
];

/// `时间：2026-03-05 来源：网络 作者：佚名`: two or more pairs between blanks.
fn is_credit_row(text: &str) -> bool {
    let known = |token: &&str| label(token).is_some_and(|(label, _)| CREDITS.contains(&label.as_ref()));
    let row: Vec<&str> = text.split_whitespace().filter(known).collect();
    row.len() >= 2 && !(row.len() == 2 && text.contains("日期：") && text.contains("时间："))
}

/// Credits of which one is enough to tell a page from a document.
const FRAME_CREDITS: &[&str] = &["来源", "点击", "浏览", "编辑", "人气", "录入", "责编", "阅读"];

/// A day in figures among words of a page: `致辞　时间：2026-08-31　手机版`.
fn is_dated_row(text: &str) -> bool {
    let row: Vec<&str> = text.split_whitespace().collect();
    let dated = |token: &&str| {
        label(token).is_some_and(|(label, value)| {
            label == "时间" && !value.contains('年') && date_length(value) == Some(length(value))
        })
    };
    // With the hour, only the kind of the text or a button tells a page from minutes.
    let clock = |token: &&str| {
        token.contains(':') && token.len() <= 5 && token.bytes().all(|c| c.is_ascii_digit() || c == b':')
    };
    let clocked = row.iter().any(&clock);
    let word = |token: &str| {
        length(token) <= 8
            && token.chars().all(is_han)
            && !OWN_LABELS.contains(&token)
            && !starts_with_any(token, &["星期", "周"])
            && (!clocked || is_titled(token) || BUTTONS.any_in(token))
    };
    let at = row.iter().position(dated);
    at.is_some_and(|at| {
        let others = row.iter().enumerate().filter(|(other, token)| *other != at && !clock(token));
        let words: Vec<&str> = others.map(|(_, token)| *token).collect();
        !words.is_empty() && words.into_iter().all(word)
    })
}

/// The same without blanks: `作者：管理员发表时间：2026-03-05阅读次数：19`.
fn is_run_of_credits(compact: &str) -> bool {
    if !is_within(compact, 120) || compact.contains(['。', '；']) {
        return false;
    }
    let pages = |head: &str| ends_with_any(head, PAGE_LABELS) || ends_with_any(head, FRAME_CREDITS);
    let heads = || compact.match_indices(['：', ':']).map(|(at, _)| &compact[..at]);
    heads().filter(|head| pages(head) || ends_with_any(head, CREDITS)).count() >= 2 && heads().any(pages)
}

/// A stamp to the second, which no minutes have: `时间：2026-05-11 11:04:00`.
fn is_sealed_clock(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let date = pair[0].rsplit(['：', ':']).next().unwrap_or(pair[0]);
        let sealed = pair[1].as_bytes().first_chunk::<8>().is_some_and(|clock| {
            clock.iter().enumerate().all(|(at, c)| if at % 3 == 2 { *c == b':' } else { c.is_ascii_digit() })
        });
        sealed && date_length(date) == Some(length(date))
    })
}

/// Any pair of label and value that is not one of a document's own: debris beside other debris.
pub(super) fn is_pair(line: &str) -> bool {
    is_within(line, 60)
        && !line.ends_with(['。', '；', '！', '？', '：', ':'])
        && label(line).is_some_and(|(label, _)| !is_own_label(&label))
}

/// Labels of contacts: they make a note of their line.
#[rustfmt::skip]
const CONTACTS: &[&str] = &[
    "联系人", "联系电话", "联系方式", "咨询电话", "咨询方式", "监督电话", "举报电话", "报名电话", "服务电话",
    "值班电话", "投诉电话", "联系地址", "通讯地址", "通信地址", "电子邮箱", "电子邮件", "咨询热线", "服务热线",
    "监督举报电话", "联系人及电话", "联系人及联系电话", "监督邮箱", "邮政编码", "热线电话",
];

fn is_own_label(label: &str) -> bool {
    OWN_LABELS.contains(&label) || is_contact_label(label)
}

/// `联系人：…`, `咨询电话：…` on a line of its own, in brackets or not.
pub(super) fn is_contact(compact: &str) -> bool {
    let bare = compact.trim_start_matches(['（', '(']);
    is_within(compact, 80)
        && !compact.trim_end_matches('。').contains('。')
        && compact.split('；').all(|part| label(part).is_some())
        && label(bare).is_some_and(|(label, _)| is_contact_label(&label))
}

fn is_contact_label(label: &str) -> bool {
    CONTACTS.contains(&label)
        || is_within(label, 8)
            && ends_with_any(label, &["电话", "热线", "邮箱", "传真", "联系人", "联系方式"])
}

/// Where the one to contact is found: `地址：…`, `网址：…`, below a contact.
pub(super) fn is_contact_place(compact: &str) -> bool {
    is_within(compact, 60)
        && !compact.contains('。')
        && label(compact).is_some_and(|(label, _)| {
            [
                "地址",
                "网址",
                "邮编",
                "官网",
                "网站",
                "邮政编码",
                "官方网站",
                "单位地址",
                "办公地址",
                "微信公众号",
            ]
            .contains(&label.as_ref())
        })
}

/// A field to be filled in by hand: `经办人：＿＿＿`, `主持人（签字）：　　记录人（签字）：`.
pub(super) fn is_blank_field(compact: &str) -> bool {
    let size = length(compact);
    let field = |line: &str| line.ends_with(['＿', '_']) || line.contains("＿＿＿") || line.contains("____");
    size <= 60 && field(compact) && !compact.contains(['。', '；'])
        || size <= 40
            && compact.ends_with(['：', ':'])
            && contains_any(compact, &["签字", "盖章", "签名", "签章"])
}

/// A line of a document's own labels, never debris.
pub(super) fn is_own(compact: &str) -> bool {
    is_contact(compact) || label(compact).is_some_and(|(label, _)| is_own_label(&label))
}

/// What a mail program adds: who sent it and from which device.
pub(super) fn is_mail(compact: &str) -> bool {
    starts_with_any(compact, &["来自", "发自", "发送自"])
        && is_within(compact, 24)
        && (ends_with_any(compact, &["手机版", "客户端", "邮箱", "手机", "iPad", "Outlook", "APP", "App"])
            || compact.to_ascii_lowercase().contains("iphone"))
        || is_within(compact, 40) && contains_any(compact, &["原始邮件", "转发邮件", "转发的邮件"])
}

/// A name on the web in a short line: `某站 example.com`. An address of mail is none.
pub(super) fn has_address(compact: &str) -> bool {
    if !compact.contains('.') || compact.contains('@') || compact.ends_with(['。', '；']) {
        return false;
    }
    let word = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | ':' | '_' | '?' | '=' | '&' | '%' | '#')
    };
    compact.split(|c: char| !word(c)).any(|run| {
        let host =
            run.trim_start_matches("https://").trim_start_matches("http://").split('/').next().unwrap_or("");
        host.len() >= 6
            && host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && ends_with_any(&host.to_ascii_lowercase(), &[".com", ".cn", ".net", ".org", ".cc", ".top"])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_pages() {
        for text in [
            "首页 > 政务 > 公告",
            "部门文件 > 通知公告",
            "网站首页 | 单位概况 | 党建园地 | 联系我们",
            "您的位置：首页>>要闻",
        ] {
            assert!(is_breadcrumb(text), "{text}");
        }
        for text in ["投入>产出，效益>成本。", "甲 | 乙", "A > B"] {
            assert!(!is_breadcrumb(text), "{text}");
        }
        for text in ["【打印】 【关闭窗口】", "收藏　分享　返回顶部", "［打印本页］", "微博微信"]
        {
            assert!(is_button_row(text), "{text}");
        }
        for text in ["分享", "打印机采购方案", "下载 安装 使用"] {
            assert!(!is_button_row(text), "{text}");
        }
        for text in [
            "索 引 号：AB-2026-001",
            "点击次数：1,024",
            "起止时间：2026-01-02 至 2026-02-01　状态：已结束",
            "时间：2026-03-05 10:22 来源：网络 作者：佚名",
        ] {
            assert!(is_page_pair(text, &compact(text)), "{text}");
        }
        for text in ["时间：2026-03-01 14:30", "编号：2026-01-02", "咨询电话：12345", "责任单位：市水务局"]
        {
            assert!(!is_page_pair(text, &compact(text)), "{text}");
        }
        assert!(is_pair("承建单位：某公司") && !is_pair("联系人：李四"));
        assert!(is_blank_field("经办人：＿＿＿") && is_blank_field("主持（签字）：记录（签字）："));
        assert!(is_blank_field("姓名：＿＿＿＿（班别：＿＿＿）") && !is_blank_field("在＿＿＿处填写姓名。"));
        assert!(is_mail("来自某某邮箱手机版") && is_mail("发自我的iPhone") && !is_mail("来自基层的报告"));
        assert!(has_address("材料之家example-site.com十年") && !has_address("邮箱：a@example.com"));
        assert!(
            is_contact("咨询电话：010-12345")
                && is_contact("（联系人：李四，电话：123）")
                && is_contact("受理电话：12380")
                && !is_contact("联系人要到位")
        );
    }
}
