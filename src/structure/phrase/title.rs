//! Titles by their wording.

use super::super::numeral;
use super::{Endings, ends_with_any, is_han, length, starts_with_any};

/// How the title of a document ends.
#[rustfmt::skip]
static TITLE_ENDS: Endings = Endings::new(&[
    "决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复",
    "议案", "函", "纪要", "方案", "计划", "总结", "要点", "规划", "办法", "规定", "条例", "细则", "章程",
    "制度", "规则", "规范", "准则", "说明", "汇报", "情况", "讲话", "致辞", "致词", "发言", "主持词",
    "讲话提纲", "祝酒词", "开幕词", "闭幕词", "党课", "述职报告", "心得体会", "心得", "体会", "提纲",
    "贺信", "慰问信", "倡议书", "答辞", "答词", "贺词", "贺电", "申请书", "决心书", "保证书", "承诺书",
    "建议书", "邀请函", "感谢信", "公开信", "演讲稿", "讲话稿", "发言稿", "演讲", "寄语", "悼词", "祭文",
    "祭祖文", "解读", "指南", "预案", "法", "解释", "名单", "合同", "协议", "协议书", "简报", "简历",
    "材料", "读后感", "感言", "宣言", "声明", "复函", "流程", "汇总表", "统计表", "登记表", "申请表",
    "安排表", "审批表", "清单", "台账", "花名册", "须知", "守则", "公约", "日程", "手册", "大事记",
    "工作安排", "工作思路", "工作打算", "综述", "调研报告", "对照检查", "思想汇报", "学习笔记", "一览表",
    "大纲", "议程", "目录清单", "标准", "法案", "修正案", "誓词", "启事", "讲稿", "主持稿", "致辞稿", "挽词",
    "开场白", "介绍信", "证明", "证明信", "推荐信", "慰问电", "唁电", "提案", "答复", "请柬", "专报", "快报", "日志",
    "周报", "月报", "季报", "解答", "问答", "选题单", "会议记录", "会议纪录", "纪实", "讲义", "教案", "导则", "规程", "责任状", "备忘录", "协定", "汇编", "评语", "鉴定",
    "安排", "献词", "祝词", "欢迎词", "欢送词", "答谢词", "解说词", "串词", "推介词", "颁奖词", "工作回顾", "回执", "贺辞", "颂词", "家书", "浅析", "浅谈", "浅议", "探析", "刍议", "初探", "的思考", "几点思考", "之我见", "家长的一封信", "的信", "一封信",
    "收条", "借条", "欠条", "领条", "喜报", "捷报", "讣告", "办理单", "处理单", "督办单", "交办单", "转办单", "联系单", "通知单",
    "公示", "笔录", "收据", "聘书", "试卷", "试题", "成绩单", "节目单", "通讯录", "名录", "岗位职责", "访谈录", "访谈记录", "谈话记录", "活动记录", "值班记录",
]);

/// Forms and deeds end in one character: 自查表, 责任书; these are something else.
#[rustfmt::skip]
const NO_PAPERS: &[&str] = &[
    "代表", "发表", "仪表", "手表", "外表", "列表", "图书", "秘书", "证书", "文书", "读书", "新书", "丛书", "藏书",
];

/// A title that is complete: it ends in the name of a kind of document.
pub(in crate::structure) fn is_titled(compact: &str) -> bool {
    let mut text = compact;
    // （试行）, （草案） and the like follow the noun; a picture note follows everything.
    while text.ends_with(['）', ')', '】']) {
        let open = text.rfind(['（', '(', '【']).filter(|open| *open > 0 && length(&text[*open..]) <= 22);
        let Some(open) = open else { break };
        text = &text[..open];
    }
    if text.rfind('《').is_some_and(|open| !text[open..].contains('》')) {
        return false;
    }
    // `關於…事宜`, the subject of a letter.
    let subject = starts_with_any(text, &["关于", "有关"]) && ends_with_any(text, &["事宜", "一事"]);
    if subject && length(text) >= 8 {
        return true;
    }
    let whole = text.trim_end_matches(['》', '”', '！']);
    let text = without_count(whole.trim_end_matches('稿'));
    TITLE_ENDS.any_ends(whole)
        || TITLE_ENDS.any_ends(text)
        || text.ends_with(['表', '书']) && length(text) >= 3 && !ends_with_any(text, NO_PAPERS)
}

/// A title without the number that a collection gave it: `倡议书篇1`.
fn without_count(text: &str) -> &str {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || numeral::is_han(c));
    bare.strip_suffix('篇').filter(|_| bare.len() < text.len()).unwrap_or(text)
}

/// A longer line is a title only by its words.
const LONG: usize = 70;

/// No title has more characters.
const LONGEST: usize = 160;

/// A line that could be a title or part of one.
pub(in crate::structure) fn is_title_like(text: &str, compact: &str) -> bool {
    let size = length(compact);
    ((2..=LONG).contains(&size) || size <= LONGEST && compact.contains("关于") && is_titled(compact))
        && compact.chars().any(is_han)
        && !compact.ends_with(['。', '；', '，', '、', '：', ';', ',', ':', '…'])
        && !compact.contains(['。', '；'])
        && !starts_with_any(compact, &["附件", "抄送", "主送", "（", "("])
        && (!is_columns(text) || is_couplet(text) || size <= 14 && is_titled(compact))
}

/// Two phrases of one length with a wide gap between them, longer than names: `风正潮平　　再启新航`.
fn is_couplet(text: &str) -> bool {
    let parts: Vec<&str> = text.split_whitespace().collect();
    parts.len() == 2 && length(parts[0]) >= 4 && is_parallel(text)
}

/// The first line of a title that names the kind and a colon, the theme standing below: `国旗下的讲话：`.
pub(in crate::structure) fn is_title_with_colon(compact: &str) -> bool {
    compact.strip_suffix(['：', ':']).is_some_and(|kind| {
        (4..=30).contains(&length(kind))
            && is_titled(kind)
            && !kind.contains(['，', '。', '、'])
            && ends_with_any(
                kind,
                &["讲话", "演讲", "致辞", "致词", "发言", "党课", "稿", "贺词", "报告会", "寄语"],
            )
    })
}

/// Phrases of one length with a gap between them, as slogans of titles are set: `凝心聚力　开创新局`.
pub(in crate::structure) fn is_parallel(text: &str) -> bool {
    let mut parts = text.split_whitespace();
    let Some(first) = parts.next().map(length).filter(|first| (3..=12).contains(first)) else { return false };
    let rest: Vec<usize> = parts.map(length).collect();
    let alike = |size: &usize| size.abs_diff(first) <= if rest.len() > 1 { 5 } else { 0 };
    (1..=3).contains(&rest.len())
        && rest.iter().all(|size| *size >= 3 && alike(size))
        && text.chars().all(|c| is_han(c) || c.is_whitespace() || "“”《》".contains(c))
}

/// Words set in columns by wide gaps (`李四　　副主任`), not letters spaced out (`通　知`).
pub(in crate::structure) fn is_columns(text: &str) -> bool {
    let parts: Vec<&str> = text.split_whitespace().collect();
    if parts.len() < 2 || parts.iter().all(|part| length(part) == 1) {
        return false;
    }
    let mut blanks = 0usize;
    let mut widest = 0usize;
    for c in text.chars() {
        blanks = match c {
            '\u{3000}' | '\t' => blanks + 2,
            c if c.is_whitespace() => blanks + 1,
            _ => 0,
        };
        widest = widest.max(blanks);
    }
    widest >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for text in [
            "关于开展检查的通知",
            "会计法",
            "工作规则（试行）",
            "在大会上的讲话稿",
            "某法修正案（四）",
            "卫生自查表",
            "安全责任书",
        ] {
            assert!(is_titled(text), "{text}");
        }
        assert!(!is_titled("人大代表") && !is_titled("办公室秘书"));
        assert!(!is_title_like("李四　　副主任", "李四副主任"));
        assert!(!is_title_like("李小四　　王小五", "李小四王小五"));
        assert!(is_title_like("风正潮平　　再启新航", "风正潮平再启新航"));
        assert!(is_parallel("凝心聚力　开创新局") && is_parallel("大干快上 奋勇争先 掀起建设新高潮"));
        assert!(!is_parallel("张　三") && !is_parallel("李小四　副主任委员"));
        assert!(is_title_like("几 个 问 题 的 通 知", "几个问题的通知"));
    }
}
