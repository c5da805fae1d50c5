//! What a single line says: dates, names, offices, document numbers, forms of address.
//!
//! The tests read the line without its blanks (`张　三` is 张三), except where a gap is the evidence.

use super::numeral;

/// Marks that end a sentence.
pub(super) const STOPS: [char; 6] = ['。', '！', '？', '!', '?', '…'];

/// The characters of `text` without white space.
pub(super) fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

pub(super) fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

pub(super) fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

pub(super) fn contains_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Number of characters.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// True for a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// The text without one pair of brackets around all of it.
pub(super) fn unbracketed(text: &str) -> Option<&str> {
    let inner =
        text.strip_prefix(['（', '(', '〔', '[', '［'])?.strip_suffix(['）', ')', '〕', ']', '］'])?;
    (!inner.contains(['（', '(', '）', ')'])).then_some(inner)
}

/// Whether every bracket of the text is closed.
pub(super) fn opens_bracket(text: &str) -> bool {
    let depth = text.chars().fold(0i32, |depth, c| match c {
        '（' | '(' => depth + 1,
        '）' | ')' => depth - 1,
        _ => depth,
    });
    depth > 0
}

/// A figure of a date: Arabic, Han, a circle or a letter for zero, or a mask.
fn is_figure(c: char) -> bool {
    numeral::arabic_digit(c).is_some()
        || numeral::is_han(c)
        || matches!(c, 'O' | 'o' | 'Ｏ' | '0' | '０' | 'X' | 'x' | '×' | '*' | '元' | '某' | '_' | '＿')
}

/// Length in characters of the date at the start of `text` (which has no blanks): `2026年1月5日`,
/// `二○○四年六月`, `20XX年X月X日`, `2026-01-05`, `2024.5.20`.
pub(super) fn date_length(text: &str) -> Option<usize> {
    let chars: Vec<char> = text.chars().take(40).collect();
    let figures = |from: usize, most: usize| {
        chars[from.min(chars.len())..].iter().take(most + 1).take_while(|c| is_figure(**c)).count()
    };
    let year = figures(0, 5);
    if (2..=5).contains(&year) && chars.get(year) == Some(&'年') {
        let month = figures(year + 1, 3);
        let after = year + 1 + month;
        if !(1..=3).contains(&month) || chars.get(after) != Some(&'月') {
            return None;
        }
        let day = figures(after + 1, 4);
        let end = after + 1 + day;
        return match chars.get(end) {
            Some('日' | '号') if day > 0 => Some(end + 1),
            _ => Some(after + 1),
        };
    }
    let digits = |from: usize| {
        chars[from.min(chars.len())..].iter().take_while(|c| numeral::arabic_digit(**c).is_some()).count()
    };
    let year = digits(0);
    let &mark = chars.get(year)?;
    if year != 4 || !"-/.．－".contains(mark) {
        return None;
    }
    let month = digits(year + 1);
    let middle = year + 1 + month;
    if !(1..=2).contains(&month) || chars.get(middle) != Some(&mark) {
        return None;
    }
    let day = digits(middle + 1);
    (1..=2).contains(&day).then_some(middle + 1 + day)
}

/// What may follow a date on its line without making it more than a date.
const DATE_TAILS: &[&str] = &["上午", "下午", "晚", "于北京"];

/// A line that is a date and nothing else; brackets around it, a weekday and a time of day are allowed.
pub(super) fn is_date(compact: &str) -> bool {
    let text = unbracketed(compact).unwrap_or(compact);
    let Some(end) = date_length(text) else { return false };
    let tail: String = text.chars().skip(end).collect();
    tail.is_empty()
        || DATE_TAILS.contains(&tail.as_str())
        || (starts_with_any(&tail, &["星期", "（星期", "(星期", "周", "（周"]) && length(&tail) <= 6)
}

/// A bracketed date with a further bracketed note: `（一九九七年十月十二日）（附图片１张）`.
pub(super) fn is_date_with_note(compact: &str) -> bool {
    let Some(close) = compact.find(['）', ')']) else { return false };
    let mark = compact[close..].chars().next().map_or(0, char::len_utf8);
    let (head, tail) = compact.split_at(close + mark);
    is_date(head) && unbracketed(tail).is_some() && length(tail) <= 20
}

/// 发文字号: `国发〔2026〕1号`, with wrong brackets too, or `第706号` in an order.
pub(super) fn is_document_number(compact: &str) -> bool {
    let text = unbracketed(compact).unwrap_or(compact);
    let Some(body) = text.strip_suffix('号') else { return false };
    if length(body) > 30 {
        return false;
    }
    if let Some(number) = body.strip_prefix('第') {
        return number.chars().all(|c| numeral::arabic_digit(c).is_some() || numeral::is_han(c))
            && !number.is_empty();
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
    let closed = rest.pop().is_some_and(|c| "〕]】）)﹞］」‟\u{201d}".contains(c));
    let year = rest.iter().rev().take_while(|c| is_figure(**c)).count();
    let opened = rest
        .len()
        .checked_sub(year + 1)
        .and_then(|at| rest.get(at))
        .is_some_and(|c| "〔[【（(﹝［「„\u{201c}".contains(*c));
    closed && opened && year == 4
}

/// The commonest surnames, single and double.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕\
丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛\
樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳\
管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬\
师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝\
习云水卞花酆鲍郎伏戚谈茅庞梁杜阮蓝闵强贾娄江童颜郭梅盛林刁徐邱骆高蔡田樊胡凌霍虞万支柯昝管卢莫经裘缪干解应宗丁宣贲邓\
郁单杭洪包诸左石崔钮程嵇邢滑裴荣翁荀羊惠甄魏封芮羿储汲邴糜松井段富巫乌焦弓隗山谷侯宓蓬郗班仰秋仲伊宫宁仇暴甘厉戎祖武符刘景束龙\
幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩濮牛寿通边扈燕冀郏浦农别庄晏柴瞿阎充\
慕连茹宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关\
蒯相查后荆红游竺权逯盖益桓公权奉才仝钊铁肇宝拉扎";
const DOUBLE_SURNAMES: &[&str] = &["欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "慕容"];

/// Words that are no names although they begin like one.
const NO_NAMES: &[&str] =
    &["方案", "通知", "关于", "文件", "成绩", "管理", "安排", "时间", "全文", "应用", "和谐", "司法"];

/// A Chinese name of two to four characters, or of another people with a point in it.
pub(super) fn is_name(compact: &str) -> bool {
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
    match chars.len() {
        2 | 3 => SURNAMES.contains(chars[0]) || compact.ends_with("某某") || compact.ends_with("××"),
        4 => starts_with_any(compact, DOUBLE_SURNAMES),
        _ => false,
    }
}

/// Offices that a speaker or signer holds.
const OFFICES: &[&str] = &[
    "书记",
    "主席",
    "总理",
    "省长",
    "市长",
    "县长",
    "区长",
    "州长",
    "旗长",
    "镇长",
    "乡长",
    "主任",
    "局长",
    "部长",
    "厅长",
    "院长",
    "校长",
    "会长",
    "秘书长",
    "检察长",
    "行长",
    "董事长",
    "总经理",
    "经理",
    "处长",
    "科长",
    "所长",
    "站长",
    "司长",
    "司令员",
    "政委",
    "教授",
    "同志",
    "总裁",
    "理事长",
    "总编辑",
    "盟长",
    "队长",
    "委员长",
    "园长",
    "主委",
    "干事长",
    "代表",
    "党组成员",
    "研究员",
    "馆长",
];

/// Labels of the line that names the speaker.
const BYLINE_LABELS: &[&str] = &[
    "汇报人",
    "发言人",
    "讲话人",
    "报告人",
    "演讲人",
    "主讲人",
    "述职人",
    "主持人",
    "作者",
    "撰稿",
    "演讲者",
    "申请人",
    "宣讲人",
];

/// Speaker or author under a title: a name, an office and a name, or a label.
pub(super) fn is_byline(text: &str, compact: &str) -> bool {
    let size = length(compact);
    if size > 34 || compact.contains(['。', '！', '；', '，', '？']) {
        return false;
    }
    if is_name(compact) || text.split_whitespace().all(is_name) && size <= 16 {
        return true;
    }
    let bare = unbracketed(compact).unwrap_or(compact);
    if BYLINE_LABELS
        .iter()
        .any(|label| bare.strip_prefix(label).is_some_and(|rest| rest.starts_with(['：', ':'])))
    {
        return true;
    }
    let Some(office) =
        OFFICES.iter().filter_map(|office| bare.rfind(office).map(|at| at + office.len())).max()
    else {
        return false;
    };
    let name = &bare[office..];
    let person = name.is_empty() && size <= 20 || is_name(name) || is_gapped_name(text);
    person && !bare.contains(['、', '：', ':', '《']) && !bare.contains("关于")
}

/// The last words of a line are a name that stands off by a gap: `省长　　李四`, `龚 正`.
pub(super) fn is_gapped_name(text: &str) -> bool {
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
const BODIES: &[&str] = &[
    "局",
    "厅",
    "委",
    "委员会",
    "部",
    "处",
    "科",
    "院",
    "校",
    "公司",
    "办公室",
    "中心",
    "政府",
    "党委",
    "党组",
    "支部",
    "工会",
    "协会",
    "街道",
    "镇",
    "乡",
    "小组",
    "学会",
    "国务院",
    "军委",
    "法院",
    "检察院",
    "大学",
    "学院",
    "中学",
    "小学",
    "银行",
    "集团",
    "医院",
    "研究所",
    "总局",
    "指挥部",
    "联合会",
    "基金会",
    "管委会",
    "常委会",
    "秘书处",
    "县",
    "市",
    "省",
    "团委",
    "妇联",
    "总工会",
    "党支部",
    "幼儿园",
    "村委会",
    "居委会",
    "社区",
    "总部",
    "大队",
    "支队",
    "分局",
    "署",
    "办",
    "组委会",
    "站",
    "所",
    "筹备组",
    "领导小组办公室",
];

/// An organisation by the end of its name.
pub(super) fn is_organisation(compact: &str) -> bool {
    (2..=40).contains(&length(compact))
        && ends_with_any(compact, BODIES)
        && !compact.contains(['。', '；', '：', '，', '！', '？', ':', '“', '《'])
}

/// A row of a list of members: the name first, the office after a gap.
pub(super) fn is_member_row(text: &str) -> bool {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let [first, .., last] = parts.as_slice() else { return false };
    let named = is_name(first) || parts.len() > 2 && is_name(&format!("{first}{}", parts[1]));
    is_columns(text) && named && !is_name(last)
}

/// The office of one who signs without a name, or name and office.
pub(super) fn is_signer(text: &str, compact: &str) -> bool {
    is_name(compact)
        || is_organisation(compact)
        || text.split_whitespace().all(|part| is_organisation(part) || is_name(part))
        || length(compact) <= 20 && is_byline(text, compact)
        || SIGNER_LABELS.iter().any(|label| compact.starts_with(label)) && length(compact) <= 24
}

const SIGNER_LABELS: &[&str] = &[
    "汇报人：",
    "发言人：",
    "述职人：",
    "申请人：",
    "承诺人：",
    "倡议人：",
    "致辞人：",
    "签名：",
    "签字：",
    "署名：",
    "检讨人：",
    "保证人：",
    "报告人：",
    "入党申请人：",
    "写信人：",
    "爱你们的",
];

/// Words that address an audience.
const VOCATIVES: &[&str] = &[
    "同志",
    "各位",
    "女士",
    "先生",
    "朋友",
    "代表",
    "委员",
    "同学",
    "老师",
    "家长",
    "领导",
    "来宾",
    "嘉宾",
    "尊敬的",
    "敬爱的",
    "亲爱的",
    "乡亲",
    "大家",
    "党组织",
    "党支部",
    "战友",
    "同仁",
    "同事",
    "评委",
    "校友",
    "阁下",
    "主席",
    "秘书长",
    "父老",
    "兄弟",
    "姐妹",
    "孩子",
    "学员",
    "青年",
    "伙伴",
    "专家",
    "企业家",
    "记者",
    "主持人",
    "客户",
    "居民",
    "市民",
    "村民",
    "师傅",
    "职工",
    "员工",
    "院士",
    "教授",
    "总统",
    "总理",
    "客人",
    "书记",
];

/// Verbs that a form of address never has: they make the line a sentence or an announcement.
const ADDRESS_BREAKERS: &[&str] = &[
    "如下",
    "以下",
    "下列",
    "下面",
    "就是",
    "包括",
    "要求",
    "认为",
    "指出",
    "强调",
    "表示",
    "我们",
    "必须",
    "应当",
    "需要",
    "要做",
    "做到",
    "有的",
    "等等",
    "内容",
    "关于",
    "主要",
    "特点",
    "问题是",
    "今天",
    "这是",
    "请",
];

/// The form of address that opens a speech or letter: `同志们：`, `各位代表！`, `敬爱的党组织:`.
pub(super) fn is_salutation(compact: &str) -> bool {
    let Some(body) = compact.strip_suffix(['：', ':', '！', '!', '，']) else {
        return is_greeting(compact);
    };
    if length(body) > 70 || body.is_empty() {
        return false;
    }
    if body.ends_with('好') {
        return is_greeting(compact);
    }
    if compact.ends_with('，') && length(body) > 8 && !starts_with_any(body, &["尊敬的", "敬爱的", "亲爱的", "各位"])
    {
        return false;
    }
    !body.contains(['。', '；', '：', '“'])
        && !contains_any(body, ADDRESS_BREAKERS)
        && body
            .split(['，', '、', ',', '！', '!'])
            .all(|part| contains_any(part, VOCATIVES) || is_short_title(part))
        && contains_any(body, VOCATIVES)
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
    let Some(head) = head.strip_suffix(['，', '：', '！', ',', ':', '!', '、']) else { return false };
    length(head) <= 50
        && !head.contains(['。', '“', '；'])
        && contains_any(head, VOCATIVES)
        && !contains_any(head, ADDRESS_BREAKERS)
}

/// Bodies to which an official letter goes, named up to a colon.
pub(super) fn is_recipient(compact: &str) -> bool {
    let Some(body) = compact.strip_suffix(['：', ':']) else { return false };
    length(body) <= 200
        && length(body) >= 2
        && !body.contains(['。', '；', '：', ':', '！', '？', '“', '《'])
        && !contains_any(body, ADDRESS_BREAKERS)
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
                "字体",
                "字号",
            ],
        )
        && !starts_with_any(body, &["附", "注", "第", "抄送", "主题", "备注", "说明", "一是", "经"])
}

/// How the title of a document ends.
const TITLE_ENDS: &[&str] = &[
    "决议",
    "决定",
    "命令",
    "令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
    "方案",
    "计划",
    "总结",
    "要点",
    "规划",
    "办法",
    "规定",
    "条例",
    "细则",
    "章程",
    "制度",
    "规则",
    "规范",
    "准则",
    "说明",
    "汇报",
    "情况",
    "讲话",
    "致辞",
    "致词",
    "发言",
    "主持词",
    "讲话提纲",
    "祝酒词",
    "开幕词",
    "闭幕词",
    "党课",
    "述职报告",
    "心得体会",
    "心得",
    "体会",
    "提纲",
    "贺信",
    "慰问信",
    "倡议书",
    "答辞",
    "答词",
    "贺词",
    "贺电",
    "申请书",
    "决心书",
    "保证书",
    "承诺书",
    "建议书",
    "邀请函",
    "感谢信",
    "公开信",
    "演讲稿",
    "讲话稿",
    "发言稿",
    "演讲",
    "寄语",
    "悼词",
    "祭文",
    "祭祖文",
    "解读",
    "指南",
    "预案",
    "法",
    "解释",
    "名单",
    "合同",
    "协议",
    "协议书",
    "简报",
    "简历",
    "材料",
    "读后感",
    "感言",
    "宣言",
    "声明",
    "复函",
    "流程",
    "一览表",
    "大纲",
    "议程",
    "目录清单",
    "标准",
    "法案",
    "修正案",
    "誓词",
];

/// A title that is complete: it ends in the name of a kind of document.
pub(super) fn is_titled(compact: &str) -> bool {
    let mut text = compact;
    // （试行）, （草案） and the like follow the noun; a picture note follows everything.
    while let Some(open) = text.rfind(['（', '(', '【']) {
        if !text.ends_with(['）', ')', '】']) || open == 0 || length(&text[open..]) > 22 {
            break;
        }
        text = &text[..open];
    }
    if text.rfind('《').is_some_and(|open| !text[open..].contains('》')) {
        return false;
    }
    let text = text.trim_end_matches(['》', '”', '稿', '！']);
    ends_with_any(text, TITLE_ENDS)
}

/// A line that could be a title or part of one.
pub(super) fn is_title_like(text: &str, compact: &str) -> bool {
    let size = length(compact);
    (2..=70).contains(&size)
        && compact.chars().any(is_han)
        && !compact.ends_with(['。', '；', '，', '、', '：', ';', ',', ':', '…'])
        && !compact.contains(['。', '；'])
        && !starts_with_any(compact, &["附件", "抄送", "主送", "（", "("])
        && (!is_columns(text) || size <= 14 && is_titled(compact))
}

/// Words set in columns by wide gaps (`李四　　副主任`), not letters spaced out (`通　知`).
pub(super) fn is_columns(text: &str) -> bool {
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

/// How an occasion line ends.
const OCCASION_ENDS: &[&str] = &[
    "会上",
    "会议上",
    "上",
    "时",
    "讲话",
    "致辞",
    "致词",
    "发言",
    "报告",
    "演讲",
    "通过",
    "修订",
    "修正",
    "公布",
    "发布",
    "施行",
    "批准",
    "总结讲话",
    "上的",
    "会议",
];

/// `——在…会议上的讲话`, `2026年1月5日在…会议上`, `2015年5月1日 施行`: where and when it was said or enacted.
pub(super) fn is_occasion(compact: &str) -> bool {
    let size = length(compact);
    // The history of a law in one pair of brackets may be long.
    let history =
        compact.starts_with(['（', '(']) && compact.ends_with(['）', ')']) && compact.contains('年');
    if size < 5 || size > if history { 600 } else { 160 } {
        return false;
    }
    let dashes = compact.chars().take_while(|c| super::marker::is_dash(*c)).count();
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
pub(super) fn is_enactment(rest: &str) -> bool {
    const ACTS: &[&str] =
        &["通过", "修订", "修正", "公布", "发布", "施行", "批准", "印发", "颁布", "生效", "实施", "会议"];
    !rest.contains('。')
        && (ends_with_any(rest, ACTS)
            || contains_any(
                &rest.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect::<String>(),
                &["次修订", "次修正", "修正案》"],
            ))
}

/// A remark in brackets on a line of its own, or the head note of a reprint.
pub(super) fn is_remark(compact: &str) -> bool {
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
pub(super) fn is_caption(compact: &str) -> bool {
    let text = compact.trim_end_matches(['）', ')', '。']);
    let photographer =
        text.ends_with('摄') && contains_any(text, &["记者", "通讯员", "摄影", "新华社", "图片"]);
    (photographer && length(compact) <= 240)
        || compact == "图片："
        || compact == "图为："
        || starts_with_any(compact, &["图为", "（图为", "图：", "摄影："]) && length(compact) <= 120
}

/// The closing words of a letter, a report or a speech.
pub(super) fn is_closing(compact: &str) -> bool {
    const WHOLE: &[&str] = &[
        "谢谢大家",
        "谢谢",
        "此致",
        "敬礼",
        "此复",
        "此令",
        "完毕",
        "特此通知",
        "特此通告",
        "特此公告",
        "特此报告",
        "特此函告",
        "特此函达",
        "特此函复",
        "特此批复",
        "特此通报",
        "特此证明",
        "特此说明",
        "特此申请",
        "特此请示",
        "特此致函",
        "多谢大家",
    ];
    const STARTS: &[&str] = &[
        "谢谢大家",
        "谢谢各位",
        "谢谢！",
        "谢谢。",
        "我的讲话完了",
        "我的发言完了",
        "我的讲话到此",
        "我的发言到此",
        "我的汇报完了",
        "我的汇报到此",
        "我的演讲完了",
        "特此",
        "现在我宣布",
        "现在，我宣布",
        "妥否，请",
        "当否，请",
        "以上意见",
        "以上报告",
        "以上请示",
        "以上汇报",
        "最后，祝",
        "最后，预祝",
        "预祝",
        "衷心祝愿",
        "祝大家",
        "再次感谢",
    ];
    let bare = compact.trim_end_matches(['！', '。', '!', '.', '：']);
    if WHOLE.contains(&bare) {
        return true;
    }
    let size = length(compact);
    if size <= 40 && ends_with_any(bare, &["谢谢大家", "谢谢各位", "，谢谢", "！谢谢", "。谢谢"]) {
        return true;
    }
    let dateline = compact.find("（新华社").map_or(compact, |at| &compact[..at]);
    WHOLE.contains(&dateline.trim_end_matches(['！', '。']))
        || size <= 60 && starts_with_any(compact, STARTS)
        || size <= 60 && compact.starts_with('祝') && compact.ends_with(['！', '!', '。'])
        || size <= 120
            && starts_with_any(compact, &["最后", "再次"])
            && compact.contains('祝')
            && compact.ends_with(['！', '!', '。'])
}

/// The call with which a speech ends: `让我们更加紧密地团结…而努力奋斗！`
pub(super) fn is_call(compact: &str) -> bool {
    let tail: String = {
        let chars: Vec<char> = compact.chars().collect();
        chars[chars.len().saturating_sub(160)..].iter().collect()
    };
    let wish = compact.ends_with(['！', '!', '。']);
    wish && (contains_any(
        &tail,
        &["让我们", "共勉", "希望大家", "团结奋斗", "努力奋斗", "不懈奋斗", "而奋斗", "团结起来"],
    ) || compact.ends_with(['！', '!'])
        && contains_any(&tail, &["贡献", "奋勇前进", "新篇章", "新局面", "新的胜利", "更大成绩", "祝"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for text in [
            "2026年1月5日",
            "（2026年1月5日）",
            "二○○四年六月二十六日",
            "二OO八年一月七日",
            "20XX年X月X日",
            "2019/3/15",
            "2026-01-05",
            "２００７年１月０８日",
            "二００一年",
            "2026年11月23日（星期一）",
        ] {
            assert_eq!(is_date(text), text != "二００一年", "{text}");
        }
        assert!(!is_date("2026年1月5日起施行"));
        assert!(is_date_with_note("（一九九七年十月十二日）（附图片１张）"));
    }

    #[test]
    fn document_numbers() {
        for text in
            ["国发〔2026〕1号", "某政办发[2026]12号", "某办发„2009‟3号", "第706号", "某函（2026）第3号"]
        {
            assert!(is_document_number(text), "{text}");
        }
        for text in ["请拨打12345号", "第三号楼", "某发2026号"] {
            assert!(!is_document_number(text) || text == "第三号", "{text}");
        }
    }

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
        ] {
            assert!(is_byline(text, &compact(text)), "{text}");
        }
        assert!(!is_byline("关于选举市长的报告", "关于选举市长的报告"));
    }

    #[test]
    fn forms_of_address() {
        for text in [
            "同志们：",
            "各位代表：",
            "各位来宾，各位朋友，女士们，先生们：",
            "敬爱的党组织:",
            "各位家长，大家好！",
            "尊敬的各位领导，您好！",
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
        assert!(is_recipient("各省、自治区、直辖市人民政府，国务院各部委、各直属机构："));
        assert!(!is_recipient("现将有关事项通知如下："));
    }

    #[test]
    fn titles() {
        for text in
            ["关于开展检查的通知", "会计法", "工作规则（试行）", "在大会上的讲话稿", "某法修正案（四）"]
        {
            assert!(is_titled(text), "{text}");
        }
        assert!(!is_title_like("李四　　副主任", "李四副主任"));
        assert!(is_title_like("几 个 问 题 的 通 知", "几个问题的通知"));
    }

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
            is_closing("谢谢大家！")
                && is_closing("特此通知。")
                && !is_closing("谢谢你们来到这里，我们接着讲第二个问题。")
        );
    }
}
