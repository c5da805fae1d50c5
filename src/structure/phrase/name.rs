//! Names of persons and bodies, and the offices that persons hold.

use super::date::is_date;
use super::{
    Words, contains_any, ends_with_any, is_columns, is_han, is_within, length, starts_with_any, unbracketed,
};

/// The commonest surnames, single and double.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕\
丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛\
樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳\
管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬\
师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝习";
const DOUBLE_SURNAMES: &[&str] = &["欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "慕容"];

/// Words that are no names although they begin like one.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "方案", "通知", "关于", "文件", "成绩", "管理", "安排", "时间", "全文", "应用", "和谐", "司法",
];

/// A Chinese name of two to four characters, or of another people with a point in it.
pub(in crate::structure) fn is_name(compact: &str) -> bool {
    let chars: Vec<char> = compact.chars().collect();
    if NO_NAMES.contains(&compact) {
        return false;
    }
    if compact.contains('·') {
        return (4..=14).contains(&chars.len()) && chars.iter().all(|c| is_han(*c) || *c == '·');
    }
    if !chars.iter().all(|c| is_han(*c) || matches!(c, 'X' | '×' | '*' | 'x')) {
        return false;
    }
    if chars.iter().all(|c| matches!(c, 'X' | '×')) {
        return (2..=4).contains(&chars.len());
    }
    match chars.len() {
        2 | 3 => SURNAMES.contains(chars[0]) || compact.ends_with("某某") || compact.ends_with("××"),
        4 => starts_with_any(compact, DOUBLE_SURNAMES),
        _ => false,
    }
}

/// Offices that a speaker or signer holds.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "书记", "主席", "总理", "省长", "市长", "县长", "区长", "州长", "旗长", "镇长", "乡长", "主任",
    "局长", "部长", "厅长", "院长", "校长", "会长", "秘书长", "检察长", "行长", "董事长", "总经理",
    "经理", "处长", "科长", "所长", "站长", "司长", "司令员", "政委", "教授", "同志", "总裁", "理事长",
    "总编辑", "盟长", "队长", "委员长", "园长", "主委", "干事长", "代表", "党组成员", "研究员", "馆长",
    "团长", "组长", "师长", "社长", "台长", "总监", "工程师", "专员", "庭长", "审判长", "监事长", "护士长", "村支书",
    "调研员", "巡视员", "老师", "委员", "常委", "秘书", "理事", "校友", "班长", "船长", "厂长",
];

static OFFICES_WITHIN: Words = Words::new(OFFICES);

/// Labels of the line that names the speaker.
#[rustfmt::skip]
const BYLINE_LABELS: &[&str] = &[
    "汇报人", "发言人", "讲话人", "报告人", "演讲人", "主讲人", "述职人", "主持人", "作者", "撰稿",
    "演讲者", "申请人", "宣讲人",
];

/// Speaker or author under a title: a name, an office and a name, or a label.
pub(in crate::structure) fn is_byline(text: &str, compact: &str) -> bool {
    // `县长　李　四（2026年1月5日）`, `2026年1月5日　县长　李　四`, `李　四　2026.1.5`
    if let Some(bare) = without_date(text) {
        return is_byline(bare, &super::compact(bare));
    }
    if is_row_of_officers(text) {
        return true;
    }
    let size = length(compact);
    if size > 34 || compact.contains(['。', '！', '；', '，', '？']) {
        return false;
    }
    if is_name(compact) || text.split_whitespace().all(is_name) && size <= 16 {
        return true;
    }
    // A body and one of its people: `财务科　李四`.
    if let Some((body, name)) = text.trim().split_once(char::is_whitespace)
        && size <= 24
        && is_organisation(body)
        && is_set_name(name)
    {
        return true;
    }
    // `作者　李　四`
    if let Some((label, name)) = text.trim().split_once(char::is_whitespace)
        && BYLINE_LABELS.contains(&label)
        && is_set_name(name)
    {
        return true;
    }
    // `某县农业农村局　编制`
    if ["编制", "编写", "编印", "起草"]
        .iter()
        .find_map(|deed| compact.strip_suffix(deed))
        .is_some_and(is_organisation)
    {
        return true;
    }
    let bare = unbracketed(compact).unwrap_or(compact);
    if compact.starts_with("文/") || compact.starts_with("文／") {
        return size <= 16;
    }
    if BYLINE_LABELS
        .iter()
        .any(|label| bare.strip_prefix(label).is_some_and(|rest| rest.starts_with(['：', ':'])))
    {
        return true;
    }
    if !OFFICES_WITHIN.any_in(bare) {
        return false;
    }
    let Some(office) =
        OFFICES.iter().filter_map(|office| bare.rfind(office).map(|at| at + office.len())).max()
    else {
        return false;
    };
    let name = &bare[office..];
    let gapped = is_gapped_name(text) || is_name_after_gap(text, name);
    let person = name.is_empty() && size <= 20 && !bare.contains('、') || is_name(name) || gapped;
    person && !bare.contains(['：', ':', '《']) && !bare.contains("关于")
}

/// Several who sign or speak together, each after the office: `董事长：程守山　　总经理：鲁　明`.
fn is_row_of_officers(text: &str) -> bool {
    if !text.contains(['：', ':']) || length(text) > 60 {
        return false;
    }
    let wide = text.replace("　　", "  ");
    let mut parts = wide.split("  ").map(super::compact).filter(|part| !part.is_empty());
    let count = parts.clone().count();
    count > 1 && parts.all(|part| signs_in_office(&part))
}

/// The line without a date that stands at its end in brackets or after a gap, or at its start before one.
fn without_date(text: &str) -> Option<&str> {
    let text = text.trim();
    if let Some((head, date)) = text.rsplit_once(['（', '('])
        && let Some(date) = date.strip_suffix(['）', ')'])
    {
        return Some(head.trim_end()).filter(|head| !head.is_empty() && is_date(&super::compact(date)));
    }
    let (date, rest) = text.split_once(char::is_whitespace)?;
    let (head, last) = text.rsplit_once(char::is_whitespace)?;
    if is_date(date) { Some(rest.trim_start()) } else { is_date(last).then_some(head.trim_end()) }
}

/// After an office and a gap a few characters are a name, whatever the surname: `院长  鄢  松`.
fn is_name_after_gap(text: &str, name: &str) -> bool {
    let text = text.trim().trim_end_matches(['）', ')']);
    let Some((office, _)) = text.split_once(char::is_whitespace) else { return false };
    let gap =
        OFFICES.iter().any(|word| office.ends_with(word)) || text.contains("  ") || text.contains("　　");
    gap && (2..=4).contains(&length(name)) && name.chars().all(is_han)
}

/// A class or an office and one of its people, with no gap between them: `高一（2）班王小明`.
pub(in crate::structure) fn is_unit_with_name(compact: &str) -> bool {
    let size = length(compact);
    let Some((at, _)) = compact.char_indices().rev().nth(2) else { return false };
    let (unit, name) = compact.split_at(at);
    (5..=24).contains(&size)
        && is_name(name)
        && (is_organisation(unit) || unit.ends_with(['班', '系', '级', '组', '队']))
        && !super::is_titled(compact)
}

/// What somebody is to the text, and who it is: `值班领导：李四`.
pub(in crate::structure) fn is_labelled_name(compact: &str) -> bool {
    compact.split_once(['：', ':']).is_some_and(|(label, name)| {
        (2..=6).contains(&length(label)) && label.chars().all(is_han) && is_name(name)
    })
}

/// A name, with gaps between its characters or not.
fn is_set_name(name: &str) -> bool {
    is_name(&super::compact(name)) || is_gapped_name(name) || is_spaced_out(name)
}

/// Two characters with a gap between them, as short names are set: `芮  敏`.
fn is_spaced_out(name: &str) -> bool {
    let parts: Vec<&str> = name.split_whitespace().collect();
    parts.len() == 2 && parts.iter().all(|part| length(part) == 1 && part.chars().all(is_han))
}

/// Offices and nothing else: `某县委副书记、县长`. The name stands on the next line.
pub(in crate::structure) fn is_office(compact: &str) -> bool {
    (4..=40).contains(&length(compact))
        && ends_with_any(compact, OFFICES)
        && !compact.contains(['。', '！', '；', '，', '？', '：', ':', '《', '“'])
}

/// The last words of a line are a name that stands off by a gap: `省长　　李四`, `龚 正`.
pub(in crate::structure) fn is_gapped_name(text: &str) -> bool {
    let parts: Vec<&str> = text.split_whitespace().collect();
    match parts.as_slice() {
        [.., last] if parts.len() > 1 && is_name(last) => true,
        [.., first, second] if parts.len() > 2 && length(first) == 1 && length(second) == 1 => {
            is_name(&format!("{first}{second}"))
        }
        _ => false,
    }
}

/// How the name of an office, a company or a body ends.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "局", "厅", "委", "委员会", "部", "处", "科", "院", "校", "公司", "办公室", "中心", "政府", "党委",
    "党组", "支部", "工会", "协会", "街道", "镇", "乡", "小组", "学会", "国务院", "军委", "法院",
    "检察院", "大学", "学院", "中学", "小学", "银行", "集团", "医院", "研究所", "总局", "指挥部",
    "联合会", "基金会", "管委会", "常委会", "秘书处", "县", "市", "省", "团委", "妇联", "总工会",
    "党支部", "幼儿园", "村委会", "居委会", "社区", "总部", "大队", "支队", "分局", "署", "办", "组委会",
    "站", "所", "筹备组", "股", "领导小组办公室", "分行", "支行",
];

/// Ends of longer names only: 市图书馆, 督查室, 课题组.
#[rustfmt::skip]
const LONGER_BODIES: &[&str] = &[
    "室", "馆", "队", "园", "厂", "社", "台", "庭", "会", "组", "班", "司", "专班", "联盟",
];

/// An organisation by the end of its name.
pub(in crate::structure) fn is_organisation(compact: &str) -> bool {
    (2..=40).contains(&length(compact))
        && (ends_with_any(compact, BODIES) || length(compact) >= 5 && ends_with_any(compact, LONGER_BODIES))
        && !compact.contains(['。', '；', '：', '，', '！', '？', ':', '“', '《'])
}

/// A row of a list of members: the name first, the office after a gap.
pub(in crate::structure) fn is_member_row(text: &str) -> bool {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let [first, .., last] = parts.as_slice() else { return false };
    let named = is_name(first) || parts.len() > 2 && is_name(&format!("{first}{}", parts[1]));
    // A body may be called like a person: `商务局　　林业局`.
    is_columns(text) && named && !is_name(last) && !is_row_of_bodies(text)
}

/// Bodies that sign together, in one row: `商务局　　林业局`.
pub(in crate::structure) fn is_row_of_bodies(text: &str) -> bool {
    let mut bodies = text.split_whitespace();
    bodies.clone().count() > 1 && bodies.all(is_organisation)
}

/// The office of one who signs without a name, or name and office.
pub(in crate::structure) fn is_signer(text: &str, compact: &str) -> bool {
    // `某某学会敬上`
    let humble = SUBMITS.iter().find_map(|word| compact.strip_suffix(word));
    humble.is_some_and(|signer| is_name(signer) || is_organisation(signer) || is_office(signer))
        || is_name(compact)
        || is_organisation(compact)
        || text.split_whitespace().all(|part| is_organisation(part) || is_name(part))
        || length(compact) <= 20 && is_byline(text, compact)
        || length(compact) <= 24 && (signs_by_label(compact) || signs_in_office(compact))
}

/// How one signs who looks up to the reader.
const SUBMITS: &[&str] =
    &["敬上", "谨上", "拜上", "敬启", "谨启", "敬呈", "谨呈", "谨识", "敬邀", "敬约", "敬贺", "谨订"];

/// `总经理：李四`.
fn signs_in_office(compact: &str) -> bool {
    compact
        .split_once(['：', ':'])
        .is_some_and(|(office, name)| length(office) <= 14 && ends_with_any(office, OFFICES) && is_name(name))
}

/// `倡议人：李四`, `爱你们的女儿`, and an office whose name was not typed: `院　长：`.
fn signs_by_label(compact: &str) -> bool {
    let label = compact.split(['：', ':', '（', '(']).next().unwrap_or(compact);
    let blank = length(label) + 1 == length(compact) && length(label) <= 10;
    // `借款人：李四（签名、捺手印）`
    let named = compact
        .split_once(['：', ':'])
        .is_some_and(|(_, name)| is_name(name.split(['（', '(']).next().unwrap_or(name)));
    compact.starts_with("爱你们的")
        || ends_with_any(label, PERSONS) && is_within(label, 8) && ends_with_any(compact, SUBMITS)
        || label.len() < compact.len()
            && (SIGNER_LABELS.contains(&label)
                || (blank || named) && ends_with_any(label, OFFICES)
                || named && length(label) <= 8 && ends_with_any(label, PERSONS))
}

/// A line of the block in which somebody signs: who it is, `学号：20260001`, and where the hand goes, `家长签字：`.
pub(in crate::structure) fn is_signing_field(compact: &str) -> bool {
    let Some((label, value)) = compact.split_once(['：', ':']) else { return false };
    let bare = label.split(['（', '(']).next().unwrap_or(label);
    let blank = || contains_any(label, HANDS) || WAYS.contains(&label);
    (2..=8).contains(&length(bare))
        && bare.chars().all(is_han)
        && length(compact) <= 32
        && !value.contains(['。', '；', '，', '：', ':'])
        && (!value.is_empty() || blank() || signs_by_label(compact))
}

/// Where a hand or a seal goes: `申请人签名：`.
pub(in crate::structure) fn is_for_a_hand(compact: &str) -> bool {
    compact
        .split_once(['：', ':'])
        .is_some_and(|(label, _)| length(label) <= 16 && contains_any(label, HANDS))
}

const HANDS: &[&str] = &["签名", "签字", "签章", "盖章", "捺印", "手印"];

/// What else is asked of one who signs, to be filled in.
const WAYS: &[&str] =
    &["身份证号", "身份证号码", "联系电话", "电话", "手机", "联系方式", "地址", "住址", "家庭住址", "职务"];

/// How persons are called who write by themselves: `患者家属：李四`.
const PERSONS: &[&str] = &[
    "学生", "家长", "家属", "患者", "业主", "村民", "职工", "员工", "教师", "同学", "校友", "党员", "儿子",
    "女儿",
];

#[rustfmt::skip]
const SIGNER_LABELS: &[&str] = &[
    "汇报人", "发言人", "述职人", "申请人", "承诺人", "倡议人", "致辞人", "签名", "签字", "署名", "检讨人", "保证人",
    "报告人", "入党申请人", "写信人", "执笔人", "执笔", "撰写人", "整理人", "拟稿人", "演讲人", "讲话人", "本人签字",
    "本人签名", "倡议单位", "申请单位", "承诺单位", "报告单位", "发起人", "发起单位", "建议人", "提案人", "签署人",
    "声明人", "责任人", "竞聘人", "竞选人", "学员", "填报单位", "汇报单位", "单位", "单位名称",
    "具状人", "起诉人", "上诉人", "答辩人", "申诉人", "家属", "授权人", "委托人", "宣誓人", "证明人", "推荐人", "祝福人", "经手人", "经办人",
    "收款人", "领款人", "借款人", "欠款人", "考察组", "请假人", "辞职人", "离职人", "投诉人", "反映人", "求助人", "立据人", "出借人", "还款人",
    "收货人", "领取人", "提交人", "求职人", "证人", "制表人", "考核人", "法定代表人", "遗嘱人", "立遗嘱人", "见证人", "担保人", "受托人", "被委托人", "转让人", "受让人", "赠与人", "受赠人", "检举人", "感谢人",
];

#[cfg(test)]
mod tests {
    use super::super::compact;
    use super::*;

    #[test]
    fn names_and_bylines() {
        assert!(is_name("李四") && is_name("欧阳明月") && !is_name("方案") && !is_name("总体要求"));
        for text in [
            "某省省长 李四",
            "省长　　李四",
            "龚　正",
            "市委书记 王五",
            "汇报人：赵六",
            "自治区人民政府主席 张三丰",
            "县委副书记、县长　　李　四",
            "院长  亓  官",
            "财务科　王小二",
            "某镇综合办公室　　芮  明",
            "董事长：程守山　　总经理：鲁　明",
        ] {
            assert!(is_byline(text, &compact(text)), "{text}");
        }
        for text in ["某某学会敬上", "李四谨启", "某某公司总经理敬邀"] {
            assert!(is_signer(text, text), "{text}");
        }
        assert!(!is_signer("恭请各位敬启", "恭请各位敬启"));
        assert!(!is_byline("关于选举市长的报告", "关于选举市长的报告"));
    }
}
