//! How sites, accounts and mail programs speak of themselves and of the text that they pass on, by form: offers, calls
//! to follow a link, names of pages, notes on a file.

use super::boilerplate::Junk;
use super::phrase::{
    Words, begins_date, contains_any, date_length, ends_with_any, is_han, is_titled, is_within, length,
    starts_with_any,
};

/// The longest line of a page that is looked at.
const LONGEST: usize = 200;

/// What a line of so many characters looks like that speaks of its page; `text` is without the signs before it, `line`
/// without blanks too.
pub(super) fn sort(text: &str, line: &str, size: usize) -> Option<Junk> {
    if size > LONGEST {
        return None;
    }
    if line.chars().all(is_arrow) {
        return Some(Junk::Scrap);
    }
    if is_mail_notice(line) {
        return Some(Junk::Frame);
    }
    if is_source_note(line) {
        return Some(Junk::Call);
    }
    if size > 80 || line.ends_with(['。', '；']) {
        return None;
    }
    if is_offer(line) {
        return Some(Junk::Call);
    }
    if is_file_note(line) || is_keyword_row(line) || asks_for_likes(line) {
        return Some(Junk::Advert);
    }
    let frame = is_link_call(line)
        || is_page_name(text)
        || is_account_head(text)
        || is_posted_from(text)
        || is_framed_by_signs(line);
    frame.then_some(Junk::Frame)
}

fn is_arrow(c: char) -> bool {
    matches!(c, '↑' | '↓' | '→' | '←' | '⬆' | '⬇' | '⇧' | '⇩' | '▲' | '▼' | '△' | '▽' | '👆' | '👇')
}

/// What only one who sells texts says.
#[rustfmt::skip]
static SELLERS: Words = Words::new(&[
    "客服QQ", "客服qq", "客服微信", "永久会员", "终身会员", "年费会员", "包年会员", "会员专享", "学币", "自动发货", "更多范文", "精彩范文", "本站",
    "代写", "文案定制",
]);

/// What is said beside that.
#[rustfmt::skip]
static SALES: Words = Words::new(&[
    "支付成功", "付款成功", "付款后", "刷新页面", "加微信", "添加微信", "加QQ", "更多精彩", "优惠价",
]);

/// An offer: two such words are proof wherever they stand.
fn is_offer(line: &str) -> bool {
    is_within(line, 60) && SELLERS.any_in(line) && SELLERS.count_in(line) + SALES.count_in(line) >= 2
}

/// What a site calls a text that it lends.
const FILES: &[&str] = &["本资料", "本文档", "本模板", "本范文", "本课件", "本素材", "本范本", "该文档"];

/// What one may do with such a file.
const LENT: &[&str] = &["下载后可", "可直接编辑", "可任意编辑", "上传分享", "免费下载"];

/// The note of a site on a file: `【文档说明】本资料下载后可直接编辑`.
fn is_file_note(line: &str) -> bool {
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.split_once('】').map_or(bare, |(_, note)| note);
    starts_with_any(bare, FILES) && contains_any(bare, LENT)
}

/// Where a site has a text from: `本文由某某网（www.…）收集整理，转载请注明出处。`, `文档来源为：从网络收集整理．`.
fn is_source_note(line: &str) -> bool {
    const SITES: &[&str] = &["网", "www.", ".com", ".cn", "公众号", "文库"];
    const DEEDS: &[&str] = &["收集", "搜集", "整理", "转载", "原创"];
    let bare = line.trim_start_matches(|c: char| c.is_ascii_digit() || !c.is_alphanumeric());
    is_within(line, 80)
        && starts_with_any(bare, &["本文由", "本文来自", "本文摘自", "文档来源", "文章来源于"])
        && contains_any(bare, SITES)
        && contains_any(bare, DEEDS)
        && !contains_any(bare, &["起草", "撰写", "编写", "审定", "执笔"])
}

/// The words by which a search engine shall find a page: parts that all begin alike, between bars and underscores.
fn is_keyword_row(line: &str) -> bool {
    if !line.contains(['|', '_']) {
        return false;
    }
    let mut parts = line.split(['|', '_', ',', '，']).map(str::trim).filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return false };
    let head: String = first.chars().take(3).collect();
    let mut count = 1;
    length(&head) == 3
        && head.chars().any(is_han)
        && parts.all(|part| {
            count += 1;
            part.starts_with(&head)
        })
        && count >= 3
}

/// How an account asks its readers to spread a text: `点个“在看”`.
fn asks_for_likes(line: &str) -> bool {
    #[rustfmt::skip]
    const LIKES: &[&str] = &[
        "点个“在看”", "点个在看", "点“在看”", "点亮“在看”", "点亮在看", "和“在看”", "点赞在看", "点个「在看」",
    ];
    is_within(line, 36)
        && line.contains("在看")
        && (contains_any(line, LIKES) || line.contains("、在看") && contains_any(line, &["点赞", "分享"]))
}

/// What a link on a page leads to.
#[rustfmt::skip]
const TARGETS: &[&str] = &[
    "全文", "原文", "详情", "专题", "专栏", "链接", "解读", "源文件", "原文件", "附件", "大图", "图片", "视频", "更多", "图解",
];

/// A link that asks to be followed: `解读链接：点击查看`, `>>>点击进入某某专题<<<`.
fn is_link_call(line: &str) -> bool {
    let call = |text: &str| starts_with_any(text, &["点击", "点此", "请点击"]);
    if !is_within(line, 40) || !line.contains('点') {
        return false;
    }
    if let Some((label, value)) = line.split_once(['：', ':']) {
        // A link of the author's own leads to an application or a survey.
        let own = label.ends_with("链接")
            && !contains_any(label, &["原文", "解读", "图解", "文件", "相关", "专题"]);
        return is_within(label, 10)
            && ends_with_any(label, TARGETS)
            && !own
            && call(value)
            && is_within(value, 20);
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    if starts_with_any(bare, &["点击关注", "点击上方", "点击下方", "点击蓝字"]) && is_within(bare, 24)
    {
        return true;
    }
    let arrows = length(line) - length(bare) >= 2 && line.contains(['>', '》', '<', '《', '☞', '→', '＞']);
    call(bare) && (arrows || ends_with_any(bare, TARGETS) && !line.ends_with(['！', '？']))
}

/// How the name of a site ends.
#[rustfmt::skip]
const SITES: &[&str] = &[
    "网", "网站", "频道", "门户", "文库", "大全", "范文", "资料库", "之家", "官网", "在线", "百科", "平台", "下载站", "手机站",
];

/// The name of a page as a browser shows it: the title and the site between underscores or dashes in blanks.
fn is_page_name(text: &str) -> bool {
    let dashed = || text.rsplit_once(" - ").filter(|(_, site)| ends_with_any(site, &["网", "网站", "文库"]));
    let parted = text.trim().rsplit_once('_').or_else(dashed);
    parted.is_some_and(|(title, site)| {
        title.ends_with(|c: char| is_han(c) || matches!(c, '）' | '》' | '”'))
            && (2..=14).contains(&length(site))
            && site.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric())
            && ends_with_any(site, SITES)
    })
}

/// The line under the title of an account's page: `原创 某人 某地发布`.
fn is_account_head(text: &str) -> bool {
    #[rustfmt::skip]
    const OUTLETS: &[&str] = &[
        "发布", "融媒", "日报", "晚报", "在线", "之声", "观察", "资讯", "新闻", "头条", "网", "报", "社", "台", "局", "委", "办", "会",
        "校", "院", "公司", "中心", "党建", "工会", "共青团", "机关",
    ];
    if !text.trim_start().starts_with("原创") {
        return false;
    }
    let mut words = text.split_whitespace();
    let own = words.next() == Some("原创");
    let mut words: Vec<&str> = if own { words.collect() } else { return false };
    // Day, hour and place may stand on the line as well.
    if let [head @ .., day, hour, place] = words.as_slice()
        && is_posted_from(&[*day, *hour, *place].join(" "))
    {
        words = head.to_vec();
        return words.iter().all(|word| is_within(word, 14));
    }
    (1..=4).contains(&words.len())
        && words.iter().all(|word| is_within(word, 14) && word.chars().all(char::is_alphanumeric))
        && words.last().is_some_and(|word| ends_with_any(word, OUTLETS) && !is_titled(word))
}

/// Provinces as an account names the one that a page was sent from.
#[rustfmt::skip]
const PROVINCES: [&str; 34] = [
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南",
    "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆",
    "香港", "澳门",
];

/// Day, hour and province of a page: `2026-02-11 07:30 江苏`.
fn is_posted_from(text: &str) -> bool {
    if !begins_date(text.trim_start()) {
        return false;
    }
    let mut words = text.split_whitespace();
    let (Some(day), Some(hour), Some(place), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return false;
    };
    let clock =
        hour.len() <= 5 && hour.contains(':') && hour.bytes().all(|c| c.is_ascii_digit() || c == b':');
    let place = place.strip_prefix("发表于").unwrap_or(place);
    clock && date_length(day) == Some(length(day)) && PROVINCES.contains(&place)
}

/// A note of a site between signs: `※※ 更多范本请访问某网 ※※`.
fn is_framed_by_signs(line: &str) -> bool {
    let sign =
        |c: char| matches!(c, '※' | '★' | '☆' | '◆' | '◇' | '■' | '*' | '=' | '~' | '～' | '＝' | '#' | '＊');
    let inner = line.trim_matches(sign);
    line.starts_with(sign)
        && line.ends_with(sign)
        && (4..=40).contains(&length(inner))
        && contains_any(
            inner,
            &["范本", "范文", "模板", "文库", "文档", "公众号", "网站", "更多", "www.", "下载"],
        )
}

/// What a mail program or an office adds below each mail: who may read it, and whether to print it.
fn is_mail_notice(line: &str) -> bool {
    #[rustfmt::skip]
    const NOTICES: &[&str] = &[
        "保密信息", "机密信息", "保密提示", "误收", "错误收到", "指定的收件人", "预期收件人", "预定收件人", "请勿打印", "考虑环境", "考虑环保",
        "立即删除",
    ];
    line.contains("邮件")
        && contains_any(line, &["本邮件", "此邮件", "这封邮件"])
        && contains_any(line, NOTICES)
}

#[cfg(test)]
mod tests {
    use super::super::phrase::compact;
    use super::*;

    fn found(text: &str) -> Option<Junk> {
        let line = compact(text);
        sort(text, &line, length(&line))
    }

    #[test]
    fn pages_speak_of_themselves() {
        let cases = [
            ("↓↓↓", Junk::Scrap),
            ("本文由青石写作网（www.example.com）收集整理，转载请注明出处。", Junk::Call),
            ("2文档来源为:从网络收集整理.word版本可编辑.", Junk::Call),
            ("支付成功后请刷新页面，有问题请联系客服QQ：12345", Junk::Call),
            ("【友情提示】更多精彩请加微信 abc123，终身会员只要68元", Junk::Call),
            ("付款后自动发货，请注意查收", Junk::Call),
            ("【资料说明】本文档共6页，下载后可任意编辑", Junk::Advert),
            ("◎本课件免费下载，请勿商用", Junk::Advert),
            ("青山入党申请书,青山入党申请书范本|青山入党申请书怎么写_青山入党申请书下载", Junk::Advert),
            ("喜欢就点个“在看”再走吧", Junk::Advert),
            ("请点赞、分享、在看", Junk::Advert),
            ("图解链接：点击查看图解", Junk::Frame),
            ("》》点击进入“两会”专题《《", Junk::Frame),
            ("请点击阅读全文", Junk::Frame),
            ("点击上方蓝字 ↑ 青石日报", Junk::Frame),
            ("2026年乡镇工作总结_材料大全_青石文库", Junk::Frame),
            ("在全县干部大会上的讲话 - 青石新闻网", Junk::Frame),
            ("原创 小李 青石融媒", Junk::Frame),
            ("2026-02-11 07:30 浙江", Junk::Frame),
            ("2026年2月11日 7:30 发表于广东", Junk::Frame),
            ("★★更多模板请到青石文库★★", Junk::Frame),
            ("【声明】本邮件及附件含有保密信息，如您误收，请立即删除并通知发件人。", Junk::Frame),
            ("请考虑环境保护，非必要请勿打印本邮件", Junk::Frame),
        ];
        for (text, junk) in cases {
            assert_eq!(found(text), Some(junk), "{text}");
        }
    }

    #[test]
    fn authors_speak_of_other_things() {
        for text in [
            "→2026年目标",
            "本文由我与李四同志合作整理。",
            "本文由某某公司（www.example.com）起草，经办公室审定后收集整理成册。",
            "本文来自一次调研。",
            "本站共有消防员十二名",
            "支付成功后，刷新页面查看缴费状态",
            "付款后请加微信 abc123，备注班级和姓名",
            "让我们为志愿者点个“赞”！",
            "请大家多转发、点赞，传递正能量",
            "有的在听、在看",
            "报名链接：点击进入报名系统",
            "本模板可在市局网站下载使用",
            "报名表下载链接见附件",
            "本资料由县志办编写，供内部参阅",
            "本模板适用于各乡镇、街道",
            "第一步：点击进入系统首页",
            "点击查询按钮，核对本单位数据",
            "甲项目|乙项目|丙项目",
            "项目一_预算表",
            "采取线上 - 线下相结合的办法",
            "原创 精品 力作",
            "原创话剧巡演方案",
            "2026-02-11 07:30 会议室",
            "★★★重点项目",
            "*** 会议纪要 ***",
            "各单位不得用本邮件系统传送涉密文件",
            "同志们正在看大屏幕",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
