//! Text that is not the author's: adverts of download sites, navigation, page numbers.
//!
//! The words alone decide nothing: an advert stands above the title or below the end, and only a
//! page number may stand inside. [`sort`] says what a line looks like; the place is judged by the
//! passes over the head and the tail.

use std::borrow::Cow;

use crate::tree::is_boxed;

use super::debris;
use super::line::Line;
use super::numeral;
use super::phrase::{
    Words, begins_date, compact, contains_any, date_length, ends_with_any, is_date_to_the_hour, is_mark,
    is_salutation, is_titled, is_within, label, length, starts_with_any, unbracketed,
};
use super::site;

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Junk {
    /// Text, as far as its words go.
    None,
    /// A scrap that is junk only beside other junk: `大`, `>`, `首页`.
    Scrap,
    /// The frame of a web page: breadcrumbs, source, font size, share buttons.
    Frame,
    /// A label of the frame whose value stands on the next line: `来源：`.
    Label,
    /// A label with its value, junk only beside other junk: `主办单位：某局`.
    Pair,
    /// An advert that calls upon the reader; such a one may stand inside the text.
    Call,
    /// An advert.
    Advert,
    /// A page number.
    Page,
    /// A line drawn with characters.
    Separator,
    /// Markup of a web page.
    Markup,
}

impl Junk {
    /// True where the words taint the lines beside them: a page number and a drawn line do not.
    pub(super) fn taints(self) -> bool {
        self.is_strong() && !matches!(self, Self::Page | Self::Separator)
    }

    /// True where the words are proof enough at the head or the tail.
    pub(super) fn is_strong(self) -> bool {
        match self {
            Self::Frame
            | Self::Label
            | Self::Advert
            | Self::Call
            | Self::Page
            | Self::Separator
            | Self::Markup => true,
            Self::None | Self::Scrap | Self::Pair => false,
        }
    }
}

/// Letters of a text for each Han character in it, from which on it is in another language.
const FOREIGN: usize = 10;

/// Takes the lines of a text in another language for its author's: the words and signs that tell an advert are those of
/// Chinese sites. A Chinese line among them is looked at all the same.
pub(super) fn spare_foreign(lines: &mut [Line<'_>]) {
    let (mut han, mut letters) = (0, 0);
    let all: usize = lines.iter().map(|line| line.length).sum();
    for line in lines.iter() {
        // However many letters the rest has.
        if han * FOREIGN >= all {
            return;
        }
        for c in line.text.chars() {
            match c {
                // Nearly all characters are one of these.
                '\u{4E00}'..='\u{9FFF}' => han += 1,
                '、'..='〃' | '\u{FF01}'..='\u{FF20}' => {}
                c if !c.is_alphabetic() => {}
                c if is_han(c) => han += 1,
                _ => letters += 1,
            }
        }
    }
    if letters <= han * FOREIGN {
        return;
    }
    let is_foreign = |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(is_han);
    for line in lines.iter_mut().filter(|line| is_foreign(&line.text)) {
        line.spare();
    }
}

/// Lines at the head of a letter, at most.
const HEAD: usize = 24;

/// Takes the head of a letter as offices of Taiwan write it for its author's: `發文字號：…` is the label of a page elsewhere.
pub(super) fn spare_letterhead(lines: &mut [Line<'_>]) {
    let named = |line: &Line| starts_with_any(&line.compact, &["受文者：", "速别："]);
    let head = lines.len().min(HEAD);
    if !lines[..head].iter().any(named) {
        return;
    }
    let labelled = |line: &Line| starts_with_any(&line.compact, &["发文日期", "发文字号", "密等", "附件"]);
    for line in lines[..head].iter_mut().filter(|line| labelled(line)) {
        line.spare();
    }
}

/// Takes a drawn line above a slip for its author's: there it is torn off.
pub(super) fn spare_tear_line(lines: &mut [Line<'_>]) {
    for below in 1..lines.len() {
        if lines[below - 1].junk == Junk::Separator && is_slip(&lines[below].compact) {
            lines[below - 1].spare();
        }
    }
}

/// The head of a slip that is filled in and sent back: `参会回执`.
fn is_slip(compact: &str) -> bool {
    let name = compact.trim_end_matches(['）', ')']).split(['（', '(']).next().unwrap_or_default();
    is_within(name, 30)
        && ends_with_any(name, &["回执", "回执单", "回执表", "回条", "存根", "报名表", "反馈表", "登记表"])
}

/// Takes the editor who signs a text, and the day on which it came out, for its author's, unless anything else is there
/// that a page leaves behind.
pub(super) fn spare_lone_credit(lines: &mut [Line<'_>]) {
    let Some((last, above)) = lines.split_last_mut() else { return };
    let is_own = is_credit(&last.compact) || is_day_of_issue(&last.compact);
    if is_own && above.iter().all(|line| matches!(line.junk, Junk::None | Junk::Pair)) {
        last.spare();
    }
}

/// `发布时间：2026年3月5日`, which a page has in figures.
pub(super) fn is_day_of_issue(compact: &str) -> bool {
    let labelled =
        compact.split_once(['：', ':']).filter(|(label, _)| matches!(*label, "发布时间" | "发布日期"));
    labelled.is_some_and(|(_, day)| day.contains('年') && date_length(day) == Some(length(day)))
}

/// How a rule that is kept under control says which edition it is.
#[rustfmt::skip]
const CONTROLLED: &[&str] = &[
    "文件编号", "版本号", "版本", "版次", "实施日期", "生效日期", "施行日期", "修订日期", "受控状态", "编制", "编制部门", "制定部门", "批准",
];

/// Takes the labels at the head of a rule of a hospital or a works for its author's, where two of them are none that a page
/// has: `发布日期：2026年1月1日` below `版本号：第3版` and above `实施日期：…`.
pub(super) fn spare_editions(lines: &mut [Line]) {
    let label = |line: &Line| line.compact.split_once('：').map(|(label, _)| CONTROLLED.contains(&label));
    let head = lines.len().min(HEAD);
    let controlled = |at: &usize| label(&lines[*at]) == Some(true);
    let found: Vec<usize> = (0..head).filter(controlled).collect();
    let [first, .., last] = found[..] else { return };
    if lines[first..=last].iter().all(|line| label(line).is_some()) {
        for line in lines[first..=last].iter_mut().filter(|line| line.junk != Junk::None) {
            line.spare();
        }
    }
}

/// Takes rows of labels that pages and offices have alike (`审核人：李四`) for the author's where one of them, or of those beside
/// it, has a label that no page has (`填表人：张三`), and the address on the web below the one to contact, unless anything
/// else is there that a page leaves behind.
pub(super) fn spare_own_rows(lines: &mut [Line<'_>]) {
    let is_place = |at: usize| {
        let compact = |at: usize| lines[at].compact.as_ref();
        let is_contact =
            |above: usize| debris::is_contact(compact(above)) || debris::is_contact_place(compact(above));
        debris::is_contact_place(compact(at)) && (at.saturating_sub(CONTACT_LINES)..at).any(is_contact)
    };
    let row = |line: &Line| {
        let is_call = matches!(line.junk, Junk::Call | Junk::Advert);
        debris::is_own_row(&line.text).filter(|_| !is_call)
    };
    let mut tainted: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].junk.taints()).collect();
    if tainted.is_empty() || !tainted.iter().all(|at| row(&lines[*at]).is_some() || is_place(*at)) {
        return;
    }
    tainted.retain(|at| is_place(*at));
    for at in tainted {
        lines[at].spare();
    }
    for rows in lines.chunk_by_mut(|above, below| row(above).is_some() && row(below).is_some()) {
        if rows.iter().any(|line| row(line) == Some(true)) {
            for line in rows.iter_mut().filter(|line| line.junk != Junk::None) {
                line.spare();
            }
        }
    }
}

/// What only a page offers, in a list as well.
const OFFERS: &[&str] = &["公众号", "点击查看", "点击下载", "点击进入", "更多", "领取", "下载", "范文"];

/// Takes an item that counts on from a line of text for one: `2.不扫描不明二维码` below `1.不点击陌生链接`.
pub(super) fn spare_items(lines: &mut [Line<'_>]) {
    let number = |line: &Line| {
        let marker = line.strong_marker()?;
        Some((marker.scheme, marker.number()?))
    };
    for at in 1..lines.len() {
        let [above, line] = &mut lines[at - 1..=at] else { continue };
        let counts_on = || {
            number(above)
                .zip(number(line))
                .is_some_and(|((scheme, last), (own, next))| scheme == own && last + 1 == next)
        };
        let offers = || contains_any(&line.compact, OFFERS);
        if line.junk != Junk::None && above.junk == Junk::None && counts_on() && !offers() {
            line.spare();
        }
    }
}

/// The ways to reach the one to contact stand on so many lines.
const CONTACT_LINES: usize = 3;

/// `（责任编辑：李四）`: who edited a text, and no more.
pub(super) fn is_credit(compact: &str) -> bool {
    let bare = unbracketed(compact).unwrap_or(compact);
    let name =
        bare.split_once(['：', ':']).filter(|(label, _)| matches!(*label, "责任编辑" | "责编" | "编辑"));
    name.is_some_and(|(_, name)| is_within(name, 20) && name.chars().all(|c| is_han(c) || "、，".contains(c)))
}

fn is_han(c: char) -> bool {
    c >= '\u{2E80}'
}

/// Words that only adverts have.
#[rustfmt::skip]
static ADVERTS: Words = Words::new(&[
    "仅供学习", "仅供参考", "禁止外传", "请勿外传", "严禁转载", "严禁外传", "仅限内部", "内部交流",
    "版权所有", "版权归", "侵权必究", "侵权请", "公众号", "QQ群", "qq群", "微信群", "会员群", "素材群",
    "写作群", "交流群", "加群", "加微信", "添加微信", "微信号", "扫码", "扫一扫", "二维码", "关注我们",
    "下载地址", "下载自", "免费领取", "免费下载", "来源于网络", "来自网络", "老秘网", "公文网", "文秘网",
    "范文网", "资料网", "百度文库", "道客巴巴", "豆丁", "原创力", "更多范文", "更多材料", "更多资料",
    "更多精彩", "转载请注明", "点击下载", "永久更新", "全网最全", "优惠价", "倒卖", "小编", "海量素材",
    "海量资料", "每天更新", "每日更新", "ICP备", "公网安备", "网站标识码", "技术支持：", "AllRightsReserved",
    "Copyright", "VIP", "Word版", "客服QQ", "客服微信", "本站", "长按识别", "手机打开当前页",
    "会员可", "内部资料", "注意保存", "会后收回", "为您整理", "整理发布", "原创首发", "预览结束", "免费获取",
    "阅读全文", "展开全文", "阅读原文", "下载本文", "收藏本文", "本文来源", "网友上传", "联系老师", "我要投稿", "我要加入", "我要推广", "以稿换稿", "加入会员", "开通会员", "立即下载",
    "VIP会员", "文档之家", "作文网", "网友意见",
    "会员上传", "用户上传", "内部学习", "学习交流使用", "不得转载", "禁止转载", "谢绝转载", "热词搜索", "欢迎下载", "精品文档",
    "精选文档", "值得收藏", "值得下载",
]);

/// Signs that only adverts have.
const ADVERT_SIGNS: [char; 3] = ['©', '👉', '👈'];

fn is_advert(line: &str) -> bool {
    ADVERTS.any_in(line) || line.contains(ADVERT_SIGNS)
}

/// How an advert calls upon the reader.
#[rustfmt::skip]
static CALLS: Words = Words::new(&[
    "关注", "欢迎关注", "扫码", "扫描", "扫一扫", "长按", "点击", "搜索", "回复", "加微信", "添加微信", "更多",
    "本文由", "本文来自", "【本文", "（本文由", "(本文由", "转载请", "如需",
]);

/// Words of adverts that a title may also have: `在会员代表大会上的讲话`.
#[rustfmt::skip]
static HINTS: Words = Words::new(&[
    "订阅", "会员群", "会员资料", "会员专", "会员免费", "笔杆子", "写材料", "原价", "素材", "资料库",
    "公文写作", "文库", "范文",
]);

/// What only the introduction to a collected text says.
#[rustfmt::skip]
static BLURBS: Words = Words::new(&[
    "小编", "本站", "网友上传", "您的需求", "您的期待", "您的要求", "希望这篇", "希望以上", "大家参考", "欢迎参考", "欢迎阅读", "来看看", "希望对大家", "希望对您",
    "希望对你", "希望可以帮", "希望能帮", "原创文章", "下载本文", "供您参考", "供你参考", "仅供参考", "供参考",
    "随时告诉我", "如需调整", "如需修改", "由会员分享", "可在线阅读", "更多相关", "为大家整理", "为你整理", "为您整理", "给大家带来",
]);

/// What it says beside that.
#[rustfmt::skip]
static BLURB_HINTS: Words = Words::new(&[
    "范文", "整理", "收藏", "收集", "精编", "精选", "导语", "导读", "优秀", "模板", "借鉴", "客服", "频道", "怎么写",
    "写作", "格式", "文章", "下载", "阅读", "分享", "内容", "相关", "满足", "帮助",
]);

/// What a site for documents promises: `让写作更简单`. An office promises the same of other things.
const SLOGANS: &[&str] = &["更简单", "更轻松", "更容易", "更省心", "更省力", "更高效"];

/// Its trade.
const TRADE: &[&str] = &["写作", "写材料", "写稿", "公文", "文稿", "找稿"];

/// How a page announces how many texts it has collected.
#[rustfmt::skip]
const COLLECTIONS: &[&str] = &[
    "精选", "通用", "优秀", "最新", "推荐", "合集", "集锦", "锦集", "汇总", "汇编", "集合", "热门", "模板", "范文",
    "必备", "实用", "荐读", "经典",
];

/// Labels of an account to which adverts lead.
#[rustfmt::skip]
const ACCOUNTS: &[&str] = &[
    "微信：", "微信:", "QQ：", "QQ:", "qq：", "vx：", "VX：", "V信：", "加V：", "公号：", "电话微信：",
];

/// How a line of a page frame begins.
#[rustfmt::skip]
static FRAMES: Words = Words::new(&[
    "当前位置", "您的位置", "您现在的位置", "你的位置", "发布时间", "发表时间", "发布日期", "更新时间",
    "浏览次数", "浏览量", "阅读量", "阅读次数", "点击数", "点击量", "点击：", "字号", "字体", "【字号",
    "【字体", "［字号", "[字号", "责任编辑", "编辑：", "责编", "【打印", "【下载", "【推荐", "【收藏",
    "【纠错", "打印本页", "【关闭", "关闭窗口", "分享到", "分享：", "分享:", "上一篇", "下一篇",
    "相关报道", "相关阅读", "相关链接", "相关新闻", "返回顶部", "返回首页", "信息来源", "文章来源",
    "稿件来源", "来源：", "来源:", "上一条", "下一条", "上篇：", "下篇：", "前一篇", "后一篇", "上一页", "下一页",
    "本文地址", "本文链接", "原文链接", "相关推荐", "相关文章", "猜你喜欢", "热门推荐", "推荐阅读", "延伸阅读",
    "附件下载", "网站地图", "当前报纸", "版面导航", "标题导航", "点击视频", "点击观看", "点击收听", "分享至", "返回列表", "返回上一", "相关解读：", "相关信息：", "相关文件：",
    "相关附件", "推荐给", "视力保护", "声明：本", "免责声明", "版权声明", "打印本文", "发表于", "文档下载", "相关热词", "本文来自：", "本文来自:",
    "本文选自", "相关文档：", "该文档所属", "文档分类：", "文档页数：", "贡献者：", "上传者：", "上传人：", "下载积分", "所需积分", "下载次数",
]);

/// Labels whose value may stand on the next line.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "当前位置", "您的位置", "发布时间", "发表时间", "发布日期", "更新时间", "来源", "信息来源", "作者",
    "时间", "阅读量", "浏览量",
];

/// Scraps of a page frame, whole lines.
#[rustfmt::skip]
const SCRAPS: &[&str] = &[
    "大", "中", "小", ">", ">>", "»", "›", "|", "】", "]", "[", "【", "首页", "正文", "打印", "关闭", "分享",
    "收藏", "还原", "加大", "缩小", "纠错", "评论", "语音", "播报", "朗读", "扫一扫", "字号", "微信", "微博",
    "新浪微博", "QQ空间", "朋友圈", "默认", "超大", "特大", "标准", "下载", "复制", "点赞", "举报", "：", "/",
    "·", "–", "A+", "A-", "T|T", "-", "繁體", "返回", "返回顶部", "返回首页", "返回列表", "→", "＞", "详情",
    "当前页", "无障碍", "网站首页", "正文复制", "复制正文", "全文阅读", "放大", "正常", "上一版", "下一版", "电脑版", "手机版", "图片", "视频", "文字", "寄给朋友", "转寄朋友",
];

/// Heads of the list of links below a text.
#[rustfmt::skip]
const LINK_HEADS: &[&str] = &[
    "相关报道", "相关阅读", "相关链接", "相关新闻", "相关推荐", "相关文章", "相关解读", "相关信息", "相关文件",
    "相关稿件", "相关内容", "相关资讯", "相关附件", "附件下载", "猜你喜欢", "热门推荐", "热门文章", "推荐阅读",
    "精彩推荐", "延伸阅读", "热点新闻", "更多新闻", "阅读排行", "点击排行", "最新文章", "最新发布", "最新资讯",
    "相关政策与解读", "相关文档", "大家都在看", "喜欢此内容的人还喜欢", "相关稿件", "排行榜", "热门排行", "点击榜", "热点排行", "热点推荐", "图片新闻", "为你推荐", "为您推荐", "往期推荐", "往期回顾", "往期精选", "友情链接", "用户评论", "网友评论", "发表评论", "最新评论",
];

/// Whether links follow: `相关阅读：` on a line of its own.
pub(super) fn heads_links(compact: &str) -> bool {
    is_within(compact, 40) && {
        let bare = compact.trim_matches(|c: char| !c.is_alphanumeric());
        LINK_HEADS.contains(&bare)
    }
}

/// No line that calls upon the reader, and none of a page's frame, has more characters.
const CALL: usize = 60;

/// Signs that lead the lines of a page and say nothing about them.
const SIGNS: [char; 15] = ['△', '▲', '▽', '▼', '▷', '▶', '►', '↑', '↓', '■', '★', '☆', '◆', '•', '▪'];

/// What a line looks like, by its words alone; `whole` is its text, `without_blanks` the same without blanks, of so many
/// characters.
pub(super) fn sort(whole: &str, without_blanks: &str, size: usize) -> Junk {
    // Lists of a page's frame have bullets: `• 索引号：`.
    let text = whole.trim_start().trim_start_matches(SIGNS).trim_start();
    let (line, size) = if text.len() == whole.len() {
        (Cow::Borrowed(without_blanks), size)
    } else {
        let line = compact(text);
        let size = length(&line);
        (line, size)
    };
    if size > CALL && line.ends_with('。') {
        return sort_sentence(text, &line, size);
    }
    // A row of a table that is drawn with characters.
    if is_boxed(&line) && (line.starts_with('|') || line.chars().any(char::is_alphanumeric)) {
        return Junk::None;
    }
    if line.starts_with('<')
        && line.ends_with('>')
        && size > 3
        && line.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic() || c == '/')
    {
        return Junk::Markup;
    }
    if is_page_number(&line) || is_end_mark(&line) || is_edition(&line) || is_press_edition(&line) {
        return Junk::Page;
    }
    if is_separator(&line) {
        return Junk::Separator;
    }
    if SCRAPS.contains(&line.as_ref()) {
        return Junk::Scrap;
    }
    if let Some(junk) = framed_by_dashes(&line) {
        return junk;
    }
    if heads_links(&line) {
        return Junk::Frame;
    }
    if let Some(junk) = site::sort(text, &line, size) {
        return junk;
    }
    if debris::is_button_row(text) || debris::is_breadcrumb(text) || debris::is_mail(&line) {
        return Junk::Frame;
    }
    let label = line.trim_end_matches(['：', ':']);
    if label.len() < line.len() && (LABELS.contains(&label) || debris::is_page_label(label)) {
        return Junk::Label;
    }
    // Editors sign in brackets: `（责任编辑：某某）`.
    let bare = unbracketed(&line).unwrap_or(&line);
    let bare = bare
        .trim_start_matches(['△', '▲', '▽', '▼', '▷', '▶', '►', '↑', '↓', '●', '■', '★', '☆', '◆', '◇', '•']);
    if size <= CALL && (FRAMES.any_starts(bare) || ends_with_any(&line, &["】相关文章：", "的相关文章："]))
        || is_disclaimer(&line, size)
    {
        return Junk::Frame;
    }
    // Pages stamp with noughts: `2026年02月10日 07时41分`.
    let stamped = contains_any(&line, &["年0", "月0", "日0"]);
    let hour = line.contains(['时', '点']) && is_date_to_the_hour(&line) && !stamped;
    if is_meeting_link(&line) || is_own_code(&line) || hour {
        return Junk::None;
    }
    if is_address(&line)
        || is_account_credit(&line)
        || is_stamp(text, &line)
        || debris::is_page_pair(text, &line)
    {
        return Junk::Frame;
    }
    if is_mark(&line) {
        return Junk::None;
    }
    if is_blurb(&line) || is_excerpt_note(&line) || is_reply(&line) {
        return Junk::Advert;
    }
    if size <= 24
        && starts_with_any(bare, &["本文共", "全文共", "本文字数", "全文字数"])
        && bare.contains('字')
        && !line.ends_with('。')
    {
        return Junk::Frame;
    }
    if is_collection(&line) || is_weather(&line) || is_sheet(&line) || is_counter(&line) || is_welcome(&line)
    {
        return Junk::Frame;
    }
    // An advert is a short call or a slogan; a sentence that names a 公众号 is text, and so is a title.
    if size > CALL || size > 30 && line.ends_with('。') || is_salutation(&line) {
        return Junk::None;
    }
    if size <= 45 && !line.ends_with('。') && CALLS.any_starts(&line) && is_advert(&line) {
        return Junk::Call;
    }
    if size <= 45 && line.starts_with("更多") && contains_any(&line, &["请访问", "请登录", "请登陆", "尽在"])
    {
        return Junk::Advert;
    }
    let titled = is_titled(&line) && !line.ends_with(['！', '!']);
    if size <= 20
        && line.contains('让')
        && contains_any(&line, TRADE)
        && ends_with_any(line.trim_end_matches(['！', '!']), SLOGANS)
    {
        return Junk::Advert;
    }
    if is_advert(&line)
        || starts_with_any(&line, ACCOUNTS)
        || !titled && HINTS.any_in(&line) && !is_model(&line)
        || debris::has_address(&line)
    {
        return Junk::Advert;
    }
    if debris::is_pair(&line) { Junk::Pair } else { Junk::None }
}

/// What a sentence looks like that is too long for a call: hardly any of the looks of shorter lines is left.
fn sort_sentence(text: &str, line: &str, size: usize) -> Junk {
    if let Some(junk) = site::sort(text, line, size) {
        return junk;
    }
    if is_disclaimer(line, size) {
        return Junk::Frame;
    }
    if is_meeting_link(line) {
        return Junk::None;
    }
    if is_stamp(text, line) {
        return Junk::Frame;
    }
    if is_blurb(line) || is_excerpt_note(line) { Junk::Advert } else { Junk::None }
}

/// `免责声明：…`, in so many characters.
fn is_disclaimer(line: &str, size: usize) -> bool {
    size <= 160 && starts_with_any(line, &["声明：本", "免责声明", "版权声明"])
}

/// `第 1 页 共 3 页`, `— 3 —`, `- 3 -`, `3 / 12`.
fn is_page_number(line: &str) -> bool {
    if !is_within(line, 16) {
        return false;
    }
    let digits = line.chars().filter(char::is_ascii_digit).count();
    if digits == 0 {
        return false;
    }
    let bare: String = line.chars().filter(|c| !c.is_ascii_digit()).collect();
    let dash = |c: char| matches!(c, '—' | '-' | '－' | '–');
    // A scan reads its dashes as 一.
    if bare == "一一" && line.starts_with('一') && line.ends_with('一') {
        return digits <= 4;
    }
    if bare.chars().all(dash) {
        return line.starts_with(dash) && line.ends_with(dash) && digits <= 4;
    }
    matches!(
        bare.as_str(),
        "第页"
            | "第页共页"
            | "第页/共页"
            | "第页，共页"
            | "第页,共页"
            | "—共页—"
            | "共页"
            | "/页"
            | "页/"
            | "··"
    )
}

/// `—— 全文完 ——`, `（完）`.
fn is_end_mark(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    line == "END"
        || bare.len() < line.trim_end_matches('。').len()
            && matches!(bare, "全文完" | "完" | "正文完" | "END" | "end" | "The End")
}

/// A line drawn with characters: `————————`, `********`. One to be filled in by hand, `＿＿＿＿`, is text.
pub(super) fn is_separator(line: &str) -> bool {
    let mut chars = line.chars();
    let drawn = |c: char| {
        matches!(c, '—' | '―' | '-' | '－' | '=' | '＝' | '*' | '＊' | '~' | '～' | '#')
            || ('\u{2500}'..='\u{257f}').contains(&c)
    };
    chars.next().is_some_and(|first| drawn(first) && length(line) >= 6 && chars.all(|c| c == first))
}

/// A menu that drops down: `政府信息 ▼`.
pub(super) fn is_menu(line: &str) -> bool {
    line.strip_suffix(['▼', '▾', '▽', '﹀'])
        .is_some_and(|name| is_within(name, 8) && !name.is_empty() && name.chars().all(char::is_alphanumeric))
}

/// Hyphens of the line that a library puts on each of its pages, at least.
const HYPHENS: usize = 8;

/// A note between dashes: `——本材料由某某整理——`, `------精选范文------ 2` at the head of every page. A date or a number there is
/// the author's.
fn framed_by_dashes(line: &str) -> Option<Junk> {
    let dash = |c: char| matches!(c, '—' | '―' | '─' | '-' | '－');
    let bare = line.trim_end_matches(|c: char| c.is_ascii_digit());
    if !bare.starts_with(dash) || !bare.ends_with(dash) {
        return None;
    }
    let inner = bare.trim_matches(dash);
    let dashes = length(bare) - length(inner);
    if dashes < 3 || !(4..=30).contains(&length(inner)) {
        None
    } else if dashes >= HYPHENS && contains_any(inner, &["范文", "文库", "文档"]) && bare.starts_with('-')
    {
        Some(Junk::Call)
    } else {
        contains_any(inner, &["整理", "完", "网", "站", "文库", "文档", "关注", "公众号", "更多"])
            .then_some(Junk::Frame)
    }
}

/// The page of a newspaper: `（A、B版）`.
fn is_edition(line: &str) -> bool {
    unbracketed(line).and_then(|inner| inner.strip_suffix('版')).is_some_and(|pages| {
        length(pages) <= 6
            && pages.chars().all(|c| c.is_ascii_alphanumeric() || "第、至一二三四五六七八九十".contains(c))
    })
}

/// The paper and its page: `《某某日报》（2026年1月5日03版）`.
fn is_press_edition(line: &str) -> bool {
    let Some((paper, edition)) = line.strip_prefix('《').and_then(|rest| rest.split_once('》')) else {
        return false;
    };
    is_within(line, 36)
        && paper.ends_with(['报', '刊', '志'])
        && unbracketed(edition).is_some_and(|inner| inner.ends_with('版') && inner.contains('年'))
}

/// The introduction of a site to a text it has collected: `下面是小编为大家整理的…，仅供参考。`
fn is_blurb(line: &str) -> bool {
    is_within(line, 260)
        && !is_within(line, 11)
        && (!line.contains("；") && !line.contains("“") || line.contains("小编"))
        && BLURBS.any_in(line)
        && (BLURB_HINTS.any_in(line) || BLURBS.count_in(line) > 1)
}

/// A code of the organiser's own: `扫描二维码填写报名回执`.
fn is_own_code(line: &str) -> bool {
    const CODES: &[&str] = &["二维码", "扫码", "扫描", "扫一扫"];
    #[rustfmt::skip]
    const OWN: &[&str] = &[
        "报名", "回执", "签到", "缴费", "缴纳", "问卷", "投票", "填报", "填写", "参会", "培训群", "工作群", "预约", "登记", "测评", "评议",
    ];
    const SELLS: &[&str] =
        &["红包", "优惠", "抽奖", "课", "关注", "加微信", "加群", "素材", "写作", "材料", "会员"];
    contains_any(line, CODES)
        && contains_any(line, OWN)
        && !contains_any(line, OFFERS)
        && !contains_any(line, SELLS)
}

/// How a program that writes for people answers, above what it wrote: `好的，以下是为您撰写的讲话稿：`.
fn is_reply(line: &str) -> bool {
    const AGREES: &[&str] = &[
        "好的，",
        "好的！",
        "好的,",
        "当然可以",
        "当然，",
        "没问题，",
        "以下是为您",
        "以下是为你",
        "以下是根据您",
    ];
    const GIVES: &[&str] = &["以下是", "下面是", "这是", "为您", "为你", "根据您", "根据你"];
    is_within(line, 80)
        && starts_with_any(line, AGREES)
        && contains_any(line, GIVES)
        && line.ends_with(['：', ':', '。'])
}

/// How much a site shows of the text: `（未完，全文共2010字，当前显示249字）`.
fn is_excerpt_note(line: &str) -> bool {
    if !is_within(line, 70) {
        return false;
    }
    let counted = line.match_indices('字').any(|(at, _)| {
        let before = line[..at].trim_end_matches('个');
        let head = before.trim_end_matches(|c: char| c.is_ascii_digit());
        head.len() < before.len() && ends_with_any(head, &["共", "省略", "隐藏", "显示", "约", "剩余"])
    });
    counted && contains_any(line, &["全文", "未完", "文章", "省略", "隐藏", "显示", "会员", "本文"])
        || contains_any(line, &["阅读下面的提示", "阅读下面提示", "请勿直接抄袭", "请勿抄袭"])
}

/// A counter of a page: `66阅读`, `评论：3`.
fn is_counter(line: &str) -> bool {
    let word = line.trim_matches(|c: char| c.is_ascii_digit() || "：:()（）万次人".contains(c));
    matches!(word, "阅读" | "回复" | "浏览" | "评论" | "点赞" | "收藏" | "转发" | "点击" | "人气" | "赞")
        && line.contains(|c: char| c.is_ascii_digit())
}

/// `欢迎来到某某网！`
fn is_welcome(line: &str) -> bool {
    let name = line.trim_end_matches(['！', '!', '。', '，']);
    is_within(line, 24)
        && starts_with_any(line, &["欢迎来到", "欢迎访问", "欢迎光临", "欢迎您访问", "欢迎使用"])
        && ends_with_any(name, &["网", "网站", "论坛", "平台", "站", "库", "之家"])
}

/// 示范文本 and 规范文件 are no 范文.
fn is_model(line: &str) -> bool {
    contains_any(line, &["示范文", "规范文", "模范文", "典范文", "防范文"]) && HINTS.count_in(line) == 1
}

/// The title of a collection: `倡议书（精选3篇）`, `演讲稿集合五篇`.
fn is_collection(line: &str) -> bool {
    let bare = line.trim_end_matches(['）', ')', '】']);
    let Some(body) = bare.strip_suffix('篇').filter(|_| is_within(line, 60)) else { return false };
    let name = body.trim_end_matches(|c: char| c.is_ascii_digit() || numeral::is_han(c));
    let number = &body[name.len()..];
    let many = number.parse::<u32>().is_ok_and(|number| number >= 5);
    !number.is_empty() && (ends_with_any(name, COLLECTIONS) || many && name.ends_with(['（', '(', '【']))
}

/// The weather that a page shows: `阵雨转多云 18℃~11℃`.
fn is_weather(line: &str) -> bool {
    is_within(line, 36)
        && line.contains('℃')
        && line.contains(['雨', '晴', '阴', '云', '雪', '霾'])
        && !line.contains('。')
}

/// The page of a newspaper on the screen: `第01版：要闻`.
fn is_sheet(line: &str) -> bool {
    let sheet = line.strip_prefix('第').filter(|_| is_within(line, 24));
    let Some((sheet, _)) = sheet.and_then(|sheet| sheet.split_once(['：', ':'])) else { return false };
    sheet
        .strip_suffix('版')
        .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// Where a meeting is seen or joined, as who holds it says: `会议链接：https://…`.
fn is_meeting_link(line: &str) -> bool {
    label(line, 8).is_some_and(|(label, _)| contains_any(label, &["会议", "参会", "观看", "报名"]))
}

/// An address on the web and nothing else.
fn is_address(line: &str) -> bool {
    if !line.ends_with(|c: char| c.is_ascii()) {
        return false;
    }
    let bare = line
        .split_once(['：', ':'])
        .map_or(line, |(label, rest)| if rest.starts_with("//") || length(label) > 6 { line } else { rest });
    line.is_ascii() && starts_with_any(line, &["http://", "https://", "www."])
        || bare.is_ascii() && starts_with_any(bare, &["http://", "https://", "www."])
}

/// The stamp of a page: a date in figures with an hour or a user, `2026-02-03 09:02:33`, `2019/3/15　管理员`.
fn is_stamp(text: &str, line: &str) -> bool {
    // It begins or it ends with the figures of a date or an hour.
    if !begins_date(line) && !text.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ':') {
        return false;
    }
    if is_clocked(line) || ends_with_clock(text) || is_dated_press(text) {
        return true;
    }
    let is_dated = text.starts_with(|c: char| c.is_ascii_digit()) && date_length(text).is_some();
    if !is_dated || text.contains('年') {
        return false;
    }
    let (date, tail) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if date_length(date) != Some(length(date)) {
        return false;
    }
    let tail = compact(tail);
    let clock = !tail.is_empty() && tail.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '：');
    // `08:00 浏览：`: the hour and a counter.
    let counted = tail.contains(':') && contains_any(&tail, &["浏览", "阅读", "点击", "评论", "人气"]);
    clock
        || counted && length(&tail) <= 24
        || ends_with_any(&tail, &["管理员", "admin", "编辑", "发布", "小编"])
        || tail.contains("来源")
}

/// Words of a page before a date in figures with its hour: `原创 某办 某某发布 2026-03-05 12:00`. A label before them
/// may be the author's.
fn ends_with_clock(text: &str) -> bool {
    let text = text.trim_end();
    if !text.ends_with(|c: char| c.is_ascii_digit() || c == ':') {
        return false;
    }
    let Some((before, clock)) = text.rsplit_once(char::is_whitespace) else { return false };
    if !clock.contains(':') || !clock.bytes().all(|c| c.is_ascii_digit() || c == b':') {
        return false;
    }
    let mut words = before.split_whitespace().rev();
    let dated = words.next().is_some_and(|date| date.is_ascii() && date_length(date) == Some(length(date)));
    dated && words.all(|word| is_within(word, 12) && !word.contains(['：', ':', '，', '。']))
}

/// A paper or a site and the day in figures: `某某日报 2026-01-12`.
fn is_dated_press(text: &str) -> bool {
    let text = text.trim();
    if !text.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some((name, date)) = text.split_once(char::is_whitespace) else { return false };
    let date = date.trim();
    is_within(name, 12)
        && ends_with_any(name, &["报", "网", "网站", "在线", "杂志", "周刊", "发布", "客户端"])
        && date.is_ascii()
        && date_length(date) == Some(length(date))
}

/// Who made a page of an account, after a bar: `编辑丨小王`.
fn is_account_credit(line: &str) -> bool {
    // A label is short: the bar is among the first characters.
    let bar = line.char_indices().take(6).find(|(_, c)| matches!(c, '丨' | '|' | '｜' | '︱'));
    bar.is_some_and(|(at, bar)| {
        let (label, value) = (&line[..at], &line[at + bar.len_utf8()..]);
        !value.is_empty()
            && is_within(value, 24)
            && ends_with_any(
                label,
                &[
                    "来源", "编辑", "审核", "校对", "监制", "作者", "供稿", "排版", "初审", "复审", "终审",
                    "主编", "统筹", "责编", "摄影", "图片",
                ],
            )
    })
}

/// A date in words with an hour and minutes: `2026年02月10日 07时41分`.
fn is_clocked(line: &str) -> bool {
    if date_length(line).is_none() {
        return false;
    }
    // The source may follow after a gap: `2026年03月05日08:12　来源：某网`.
    let source = ["来源", "作者", "编辑"].iter().find_map(|label| line.find(label));
    let line = &line[..source.unwrap_or(line.len())];
    let Some(end) = date_length(line).filter(|_| line.contains('日')) else { return false };
    let tail: String = line.chars().skip(end).collect();
    tail.contains(['时', ':', '：'])
        && tail.chars().all(|c| c.is_ascii_digit() || "时分秒:：".contains(c))
        && tail.chars().filter(char::is_ascii_digit).count() >= 3
}

/// Whether the value after a [`Junk::Label`] is short enough to be one.
pub(super) fn is_label_value(text: &str) -> bool {
    length(&compact(text)) <= 24 && unbracketed(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Junk {
        let line = compact(text);
        sort(text, &line, length(&line))
    }

    #[test]
    fn junk_by_its_words() {
        let cases = [
            ("仅供学习 禁止外传", Junk::Advert),
            ("公众号：某某之家", Junk::Advert),
            ("第 1 页 共 3 页", Junk::Page),
            ("— 12 —", Junk::Page),
            ("—— 1 ——", Junk::Page),
            ("【字号： 大 中 小】", Junk::Frame),
            ("当前位置：首页 > 要闻", Junk::Frame),
            ("来源：", Junk::Label),
            ("━━━━━━━━", Junk::Separator),
            ("——本材料由某某整理——", Junk::Frame),
            ("------精选公文范文------2", Junk::Call),
            ("大", Junk::Scrap),
            ("<img src=\"a.png\">", Junk::Markup),
            ("2026-02-03 09:02:33", Junk::Frame),
            ("https://example.org/a", Junk::Frame),
            ("首页 > 公开 > 通知", Junk::Frame),
            ("扫码关注公众号，领取更多材料", Junk::Call),
            ("来自某某邮箱 手机版", Junk::Frame),
            ("主办单位：某市某局", Junk::Pair),
        ];
        for (text, junk) in cases {
            assert_eq!(found(text), junk, "{text}");
        }
    }

    #[test]
    fn text_is_no_junk() {
        for text in [
            "大力发展经济",
            "2026年1月5日",
            "会议中心",
            "第一页",
            "12",
            "今年全市新增公共服务平台十二个，其中由各协会运营的公众号八个，面向全体居民和企业开放，累计发布信息三万余条，得到好评。",
            "——",
            "——发展",
            "│张三│财政局│",
            "3-5",
            "完。",
        ] {
            assert_eq!(found(text), Junk::None, "{text}");
        }
    }
}
