//! Forms of address and recipients.

use super::name::is_organisation;
use super::title::is_title_with_colon;
use super::{Words, contains_any, ends_with_any, is_han, length, starts_with_any};

/// Words that address an audience.
#[rustfmt::skip]
static VOCATIVES: Words = Words::new(&[
    "同志", "各位", "女士", "先生", "朋友", "代表", "委员", "同学", "老师", "家长", "领导", "来宾",
    "嘉宾", "尊敬的", "敬爱的", "亲爱的", "乡亲", "大家", "党组织", "党支部", "战友", "同仁", "同事",
    "评委", "校友", "阁下", "主席", "秘书长", "父老", "兄弟", "姐妹", "孩子", "学员", "青年", "伙伴",
    "专家", "企业家", "记者", "主持人", "客户", "居民", "市民", "村民", "师傅", "职工", "员工", "院士",
    "教授", "总统", "总理", "客人", "书记", "同胞", "将士", "官兵", "听众", "观众", "选手", "运动员",
]);

/// Verbs that a form of address never has: they make the line a sentence or an announcement.
#[rustfmt::skip]
static ADDRESS_BREAKERS: Words = Words::new(&[
    "如下", "以下", "下列", "下面", "就是", "包括", "要求", "认为", "指出", "强调", "表示", "我们",
    "必须", "应当", "需要", "要做", "做到", "有的", "等等", "内容", "关于", "主要", "特点", "问题是",
    "今天", "这是",
]);

/// How a greeting ends that says something of those it addresses: `大家辛苦了！`.
const GREETED: &[&str] = &["辛苦了", "快乐", "感谢", "幸福", "安康", "顺利", "如意", "谢谢", "平安"];

fn breaks(body: &str) -> bool {
    body.contains('请') || ADDRESS_BREAKERS.any_in(body)
}

/// The form of address that opens a speech or letter: `同志们：`, `各位代表！`, `敬爱的党组织:`.
pub(in crate::structure) fn is_salutation(compact: &str) -> bool {
    let Some(body) = compact.strip_suffix(['：', ':', '！', '!', '，']) else {
        return is_greeting(compact);
    };
    if length(body) > 70 || body.is_empty() || is_title_with_colon(compact) {
        return false;
    }
    if body.ends_with('好') {
        return is_greeting(compact);
    }
    if compact.ends_with('，')
        && length(body) > 8
        && !body.ends_with('们')
        && !starts_with_any(body, &["尊敬的", "敬爱的", "亲爱的", "各位"])
    {
        return false;
    }
    !body.contains(['。', '；', '：', '“'])
        && !breaks(body)
        && !ends_with_any(body, GREETED)
        && body.split(['，', '、', ',', '！', '!']).all(|part| VOCATIVES.any_in(part) || is_short_title(part))
        && VOCATIVES.any_in(body)
}

/// A form of address without the mark that ends it, as it is typed on a phone: `各位领导、各位来宾`, `同志们`.
pub(in crate::structure) fn is_bare_address(compact: &str) -> bool {
    let addresses = |part: &str| {
        let part = part.trim_end_matches('好');
        VOCATIVES.any_in(part)
            && (part.ends_with('们') && length(part) <= 5
                || starts_with_any(part, &["各位", "尊敬的", "敬爱的", "亲爱的"]))
    };
    length(compact) <= 40 && !breaks(compact) && compact.split(['、', '，', ',']).all(addresses) && {
        let bare = |part: &str| part.chars().all(|c| is_han(c) || c == '·') && length(part) <= 14;
        compact.split(['、', '，', ',']).all(bare)
    }
}

/// A person or body named between the others: `主席先生`, `吴邦国委员长`, `奥委会全会`.
fn is_short_title(part: &str) -> bool {
    !part.is_empty() && length(part) <= 12 && !part.contains(['是', '的'])
}

/// Address and greeting in one line: `各位家长，大家好！`, `尊敬的各位领导，您好！`.
fn is_greeting(compact: &str) -> bool {
    let body = compact.trim_end_matches(['！', '!', '。', '：', ':']);
    let Some(head) = ["上午好", "下午好", "晚上好", "早上好", "大家好", "你们好", "您好", "你好"]
        .iter()
        .find_map(|word| body.strip_suffix(word))
    else {
        return false;
    };
    let head = head.strip_suffix("大家").unwrap_or(head);
    let parted = head.strip_suffix(['，', '：', '！', ',', ':', '!', '、']);
    // `各位家长大家好！`, without a pause between.
    let run_on = || Some(head).filter(|head| head.starts_with("各位") && VOCATIVES.any_ends(head));
    let Some(head) = parted.or_else(run_on) else { return false };
    length(head) <= 50 && !head.contains(['。', '“', '；']) && VOCATIVES.any_in(head) && !breaks(head)
}

/// Characters of the bodies that a letter goes to, at most: all counties of a province and its departments.
const MOST_BODIES: usize = 600;

/// Labels that minutes have, with the names below them.
#[rustfmt::skip]
const ATTENDANCE: &[&str] = &[
    "出席", "列席", "缺席", "请假", "参加", "参会", "与会", "主持", "主持人", "记录", "记录人", "整理", "议题", "汇报人",
    "出席人员", "列席人员", "缺席人员", "请假人员", "参加人员", "参会人员", "与会人员", "出席人", "列席人", "参会人", "参加单位", "参会单位",
];

/// How labels end of what a text is about.
const MATTERS: &[&str] = &[
    "权限", "事项", "理由", "原因", "目的", "依据", "范围", "方式", "方法", "职责", "情况", "问题", "结果",
    "意见", "建议", "请求",
];

/// Bodies to which an official letter goes, named up to a colon.
pub(in crate::structure) fn is_recipient(compact: &str) -> bool {
    let Some(body) = compact.strip_suffix(['：', ':']) else { return false };
    (2..=MOST_BODIES).contains(&length(body))
        && !body.contains(['。', '；', '：', ':', '！', '？', '“', '《'])
        && !breaks(body)
        && !contains_any(
            body,
            &[
                "的是",
                "联系人",
                "电话",
                "时间",
                "地点",
                "附件",
                "来源",
                "编辑",
                "日期",
                "记者",
                "名称",
                "姓名",
                "字体",
                "字号",
            ],
        )
        && !ATTENDANCE.contains(&body)
        && !ends_with_any(body, MATTERS)
        && !starts_with_any(body, &["附", "注", "抄送", "主题", "备注", "说明", "一是", "经", "参会", "与会", "出席", "列席"])
        // 第八届…大会 may be written to, 第一项 may not.
        && (!body.starts_with('第') || length(body) > 4 && body.ends_with(['会', '节', '坛', '班', '团', '队']))
}

/// Whether a line names the bodies that a letter goes to: `市直各学校：`, `各县（区）教育局、财政局，`.
pub(in crate::structure) fn names_bodies(compact: &str) -> bool {
    let body = compact.trim_end_matches(['：', ':', '，', '、', ',']);
    let parts: Vec<&str> = body.split(['、', '，', ',']).collect();
    let named = |part: &str| {
        is_organisation(part)
            || part.ends_with([
                '局', '委', '办', '部', '会', '校', '院', '司', '站', '所', '队', '村', '处', '科', '室',
                '镇', '乡', '厂',
            ])
            || ends_with_any(part, &["单位", "机构", "部门", "企业", "学校", "各部委", "同志", "成员"])
    };
    (2..=MOST_BODIES).contains(&length(body))
        && !body.contains(['。', '；', '：', '“', '《'])
        && !contains_any(
            body,
            &["如下", "以下", "要求", "认为", "强调", "指出", "决定", "我", "你", "今天", "了", "把"],
        )
        && parts.iter().filter(|part| named(part)).count() * 2 >= parts.len()
        && parts.iter().all(|part| length(part) <= 30)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_address() {
        for text in [
            "同志们：",
            "各位代表：",
            "各位来宾，各位朋友，女士们，先生们：",
            "敬爱的党组织:",
            "各位家长，大家好！",
            "尊敬的各位领导，您好！",
            "各位家长大家好！",
            "主席先生，女士们，先生们：",
            "同志们、朋友们！",
        ] {
            assert!(is_salutation(text), "{text}");
        }
        for text in
            ["要做到这几点：", "大家好！", "同志们要认识到以下几点：", "同志们，朋友们：今天", "女：各位来宾"]
        {
            assert!(!is_salutation(text), "{text}");
        }
        for text in ["同志们", "各位领导、各位来宾、女士们、先生们", "尊敬的各位领导"]
        {
            assert!(is_bare_address(text), "{text}");
        }
        for text in ["致全市青年朋友的一封信", "同志们今天上午来了", "老师"] {
            assert!(!is_bare_address(text), "{text}");
        }
        assert!(is_recipient("各省、自治区、直辖市人民政府，国务院各部委、各直属机构："));
        assert!(names_bodies("市直各学校：") && names_bodies("各区民政局、财政局，各街道办事处，"));
        assert!(!names_bodies("今天，我们在这里开会，"));
        assert!(!is_recipient("现将有关事项通知如下："));
    }
}
