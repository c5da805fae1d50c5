//! Markers at the start of a paragraph: what could be one, and of which system.
//!
//! A scanner knows one paragraph only, so it finds candidates. Whether `一、二季度…` is an item is
//! decided by [`super::heading`], which sees the numbering of the whole document.

use crate::tree::{Scheme, is_ideograph};

use super::ideographs::Ideographs;
use super::numeral;
use super::phrase::is_han;

/// A possible marker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub scheme: Scheme,
    pub value: Vec<u32>,
    /// Characters it takes, the mark or the blanks that end it included.
    pub length: usize,
    /// True where the form alone is no proof and the numbering of the document must bear it out.
    pub weak: bool,
    /// True where the numeral may count what follows, as in `一、二季度`: the list must need it.
    pub doubtful: bool,
    /// True where another number is run into the mark: `2.19时`.
    pub glued: bool,
    /// True where nothing follows on the line: （一） over its text.
    pub alone: bool,
}

impl Candidate {
    fn new(scheme: Scheme, value: u32, length: usize) -> Self {
        Self { scheme, value: vec![value], length, weak: false, doubtful: false, glued: false, alone: false }
    }

    fn bare(scheme: Scheme, length: usize) -> Self {
        Self { scheme, value: Vec::new(), length, weak: false, doubtful: false, glued: false, alone: false }
    }

    fn weak(mut self) -> Self {
        self.weak = true;
        self
    }

    /// The number stands alone: what it counts comes below.
    fn alone(mut self) -> Self {
        self.weak = true;
        self.alone = true;
        self
    }

    fn doubtful(mut self) -> Self {
        self.weak = true;
        self.doubtful = true;
        self
    }

    /// The last of its numbers, by which it follows its elder sibling.
    pub(super) fn number(&self) -> Option<u32> {
        self.value.last().copied()
    }
}

const OPEN: [char; 6] = ['（', '(', '〈', '[', '［', '﹝'];
const CLOSE: [char; 6] = ['）', ')', '〉', ']', '］', '﹞'];

/// Characters that make a number before them a quantity: `1.5亿元`, `3、4月`.
const MEASURES: &str = "万亿千百%％‰个倍元度米公吨人次年月日号时分秒级折平方亩里克升斤户家亿℃GMKgmk";

/// What is counted in whole numbers, among these.
const COUNTED_WHOLE: &str = "时月日点分年个家户人次";

/// Signs that lead items, those that phones and Word's lists of symbols have among them.
const BULLETS: &str = "●•■◆▪➢√□○·◇★▲*Ø➤❖◎✓✔✅❌❏♦◼►▶⚫🔹🔸🔷🔶";

/// What may follow a Han ordinal to make it a division: 第一章.
const DIVISIONS: [(char, Scheme); 10] = [
    ('编', Scheme::Part),
    ('編', Scheme::Part),
    ('篇', Scheme::Part),
    ('卷', Scheme::Part),
    ('讲', Scheme::Part),
    ('章', Scheme::Chapter),
    ('节', Scheme::Section),
    ('節', Scheme::Section),
    ('条', Scheme::Article),
    ('條', Scheme::Article),
];

/// What 第一 counts when it opens a passage: `第一个问题，`, `第三点，`, `第一项：`.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "个问题", "个方面", "个特点", "个环节", "个阶段", "方面", "阶段", "环节", "点", "项", "步", "件事",
    "句话", "个关键词", "个体会", "个建议", "个希望", "条建议", "层意思", "个层面", "个故事", "步骤",
    "类", "条意见",
];

/// Classifiers with which any noun may be counted: `第一点体会：`.
const CLASSIFIERS: &str = "个点条件句层项步种类场堂次把关道块";

/// Characters of a counted noun, its classifier included, at most.
const NOUN: usize = 7;

/// What a speaker numbers from one: `建议一：…`, `幻灯片 2：…`.
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "幻灯片", "环节", "主题", "专题", "议题", "问题", "理由", "建议", "意见", "任务", "步骤", "阶段", "措施", "活动", "故事",
    "案例", "感悟", "体会", "启示", "关键词", "希望", "期望", "要求", "目标", "板块", "篇章", "单元", "场景",
];

/// Their first characters.
const NUMBERED_FIRST: [char; 28] = [
    '幻', '环', '主', '专', '议', '问', '理', '建', '意', '任', '步', '阶', '措', '活', '故', '案', '感',
    '体', '启', '关', '希', '期', '要', '目', '板', '篇', '单', '场',
];

/// Adverbs that count: their values go up, the last one takes whatever number comes.
const ADVERBS: &[(&str, u32)] =
    &[("首先", 1), ("其次", 2), ("再次", 3), ("再者", 3), ("然后", 3), ("第三", 3), ("最后", 4), ("此外", 4)];

/// The Han characters with which a marker may begin: words, numerals, and what is numbered.
const FIRST: &str = "第其首再然最此另\
    一二三四五六七八九零十廿卅卌百千壹贰貳叁參肆伍陆陸柒捌玖拾甲乙丙丁戊己庚辛壬癸\
    幻环主专议问理建意任步阶措活故案感体启关希期要目板篇单场";

static BEGINS: Ideographs = Ideographs::of(FIRST, 1);

/// Those with which the marker of a first point inside a paragraph may: what counts on, `二`, `再次`, is none.
static BEGINS_FIRST: Ideographs = Ideographs::of(
    "第其首零一\
    幻环主专议问理建意任步阶措活故案感体启关希期要目板篇单场",
    1,
);

/// Whether a marker may begin with that character; with hardly any Han character does one.
pub(super) fn may_begin(c: char) -> bool {
    BEGINS.has(u32::from(c)) != Some(false)
}

/// Whether the marker of the first point inside a paragraph may begin with it, one whose number is 1.
pub(super) fn may_begin_first(c: char) -> bool {
    let sign =
        || [numeral::circled, numeral::bracketed, numeral::han_bracketed].iter().any(|of| of(c) == Some(1));
    BEGINS_FIRST
        .has(u32::from(c))
        .unwrap_or_else(|| matches!(c, '0' | '1' | '０' | '１' | '〇' | '◯') || OPEN.contains(&c) || sign())
}

/// Finds the marker at the start of a paragraph.
pub(super) fn scan(chars: &[char]) -> Option<Candidate> {
    let &first = chars.first()?;
    match first {
        '第' => ordinal(chars),
        '—' | '―' | '─' | '－' | '-' | '–' => dash(chars),
        c if !is_ideograph(c) && BULLETS.contains(c) => bullet(chars),
        '其' => numeral::han(&chars[1..])
            .filter(|(_, length)| chars.get(1 + length).is_some_and(|c| "，,：:".contains(*c)))
            .map(|(value, length)| Candidate::new(Scheme::Among, value, length + 2))
            .or_else(|| adverb(chars)),
        '首' | '再' | '然' | '最' | '此' => adverb(chars),
        c if NUMBERED_FIRST.contains(&c) => labelled(chars),
        c if OPEN.contains(&c) => bracketed(chars),
        c if numeral::is_han(c) => han(chars),
        c if numeral::formal(c).is_some() => division(chars),
        c if numeral::arabic_digit(c).is_some() => arabic(chars),
        c => sign(c, chars),
    }
}

/// 壹、 over 一、; some of these numerals are surnames, too.
fn division(chars: &[char]) -> Option<Candidate> {
    let value = numeral::formal(*chars.first()?)?;
    chars.get(1).filter(|mark| **mark == '、')?;
    let stop = skip_blanks(chars, 2);
    let candidate = (stop < chars.len()).then(|| Candidate::new(Scheme::Part, value, stop))?;
    Some(if value == 1 { candidate } else { candidate.weak() })
}

/// 第一章, 第二条, 第三部分, 第一， and their like.
fn ordinal(chars: &[char]) -> Option<Candidate> {
    let formal = || Some((numeral::formal(*chars.get(1)?)?, 1)).filter(|_| starts_with(&chars[2..], "部分"));
    let (value, length) = numeral::either(&chars[1..]).or_else(formal)?;
    let end = 1 + length;
    let &next = chars.get(end)?;
    if let Some((_, scheme)) = DIVISIONS.iter().find(|(c, _)| *c == next) {
        let mut after = end + 1;
        if *scheme == Scheme::Article
            && chars.get(after) == Some(&'之')
            && let Some((_, extra)) = numeral::han(&chars[after + 1..])
        {
            after += 1 + extra;
        }
        let stop = skip_blanks(chars, after);
        let spaced = stop > after;
        // 第三条规定 and 第一节课 are text; a division stands off by a blank, a mark or by itself.
        let parted = spaced || chars.get(after).is_none_or(|c| "【〔（(：:、，".contains(*c));
        let candidate = Candidate::new(*scheme, value, stop);
        // `第一讲卫生` speaks of something.
        return match parted {
            true => Some(candidate),
            false => Some(candidate.weak()).filter(|_| next != '讲'),
        };
    }
    if starts_with(&chars[end..], "部分") {
        let stop = skip_blanks(chars, skip_mark(chars, end + 2));
        return Some(Candidate::new(Scheme::Part, value, stop));
    }
    if "，,、：:".contains(next) {
        // 第一、二条 and 第一，第二产业 list things.
        if chars.get(end + 1).is_some_and(|c| numeral::is_han(*c) || *c == '第') {
            return None;
        }
        return Some(Candidate::new(Scheme::Ordinal, value, skip_blanks(chars, end + 1)));
    }
    let counted = COUNTED.iter().find(|word| starts_with(&chars[end..], word));
    if let Some(counted) = counted {
        let after = end + counted.chars().count();
        if chars.get(after).is_some_and(|c| "，,、：:。".contains(*c)) {
            return Some(Candidate::new(Scheme::Ordinal, value, after + 1));
        }
        // 第一个问题是…, 第二个问题要…, if the list bears it out.
        if matches!(chars.get(after), Some('是' | '要')) && after + 1 < chars.len() {
            return Some(Candidate::new(Scheme::Ordinal, value, after + 1).weak());
        }
    }
    // 第一点体会：, 第二层考虑是，: any noun after a classifier, if the list bears it out.
    let noun = chars[end..].iter().take(1 + NOUN).position(|c| "，,：:".contains(*c))?;
    let classified = noun > 1 && CLASSIFIERS.contains(next);
    classified.then(|| Candidate::new(Scheme::Ordinal, value, end + noun + 1).weak())
}

/// A word that is numbered, if the list bears it out: `建议一：`, `幻灯片 2：`.
fn labelled(chars: &[char]) -> Option<Candidate> {
    let word = NUMBERED.iter().find(|word| starts_with(chars, word))?;
    let at = skip_blanks(chars, word.chars().count());
    let (value, length) = numeral::either(&chars[at..]).filter(|(_, length)| *length <= 2)?;
    let end = at + length;
    let parted = chars.get(end).is_some_and(|c| "：:、，".contains(*c)) && end + 1 < chars.len();
    parted.then(|| Candidate::new(Scheme::Ordinal, value, skip_blanks(chars, end + 1)).weak())
}

fn adverb(chars: &[char]) -> Option<Candidate> {
    let (word, value) = ADVERBS.iter().find(|(word, _)| starts_with(chars, word))?;
    let length = word.chars().count();
    match chars.get(length) {
        Some('，' | ',' | '、') => Some(Candidate::new(Scheme::Ordinal, *value, length + 1).weak()),
        _ => None,
    }
}

fn dash(chars: &[char]) -> Option<Candidate> {
    let length = chars.iter().take_while(|c| is_dash(**c)).count();
    let long = chars[..length].iter().filter(|c| !matches!(c, '-' | '–')).count();
    let blank = chars.get(length).is_some_and(|c| c.is_whitespace());
    if length == chars.len() {
        return None;
    }
    let end = skip_blanks(chars, length);
    match (long, length) {
        (0, 1) if blank => Some(Candidate::bare(Scheme::Bullet, end)),
        (0, 1) => None,
        (1, 1) if !blank && chars.get(1).is_some_and(|c| numeral::arabic_digit(*c).is_some()) => None,
        _ => Some(Candidate::bare(Scheme::Dash, end)),
    }
}

/// Dashes as they are typed: —, ―, ─, －, -.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '—' | '―' | '─' | '－' | '-' | '–')
}

fn bullet(chars: &[char]) -> Option<Candidate> {
    let varied = usize::from(chars.get(1) == Some(&'\u{FE0F}'));
    let end = skip_blanks(chars, 1 + varied);
    let followed = chars.get(end).is_some_and(|c| c.is_alphanumeric() || "“《（【".contains(*c));
    let ascii = matches!(chars[0], '*' | '○' | '·' | 'Ø');
    // `Ø 80` is a diameter.
    let figure = chars[0] == 'Ø' && chars.get(end).is_some_and(|c| !is_han(*c));
    (followed && !figure && (!ascii || end > 1)).then(|| Candidate::bare(Scheme::Bullet, end))
}

/// （一） and （1）, `[1]`.
fn bracketed(chars: &[char]) -> Option<Candidate> {
    let inner = skip_blanks(chars, 1);
    let square = matches!(chars[0], '[' | '［');
    let (scheme, value, length) = match numeral::han(&chars[inner..]) {
        Some((value, length)) if !square => (Scheme::HanBracketed, value, length),
        _ => {
            let (value, length) = numeral::arabic(&chars[inner..]).filter(|(_, length)| *length <= 3)?;
            (Scheme::ArabicBracketed, value, length)
        }
    };
    let close = skip_blanks(chars, inner + length);
    if !chars.get(close).is_some_and(|c| CLOSE.contains(c)) {
        return None;
    }
    let mut end = close + 1;
    if matches!(chars.get(end), Some('、' | '.' | '．')) {
        end += 1;
    }
    end = skip_blanks(chars, end);
    match chars.get(end) {
        None => Some(Candidate::new(scheme, value, end).alone()),
        // （一）、（二）项规定 and （一）至（三） refer to items.
        Some(c) if OPEN.contains(c) && is_number_in_brackets(&chars[end..]) => None,
        Some('至' | '和' | '或' | '，' | '。' | '；') => None,
        Some('项' | '款') if chars.get(end + 1).is_none_or(|c| "规所的、，和或中至".contains(*c)) => {
            None
        }
        Some(_) => Some(Candidate::new(scheme, value, end)),
    }
}

/// （二） right after （一）、: a list of references.
fn is_number_in_brackets(chars: &[char]) -> bool {
    numeral::either(&chars[1..])
        .is_some_and(|(_, length)| chars.get(1 + length).is_some_and(|c| CLOSE.contains(c)))
}

/// 一、 一是 一要 一方面 and the weak forms 一. 一， 一： and 一 with a blank.
fn han(chars: &[char]) -> Option<Candidate> {
    if starts_with(chars, "一方面") {
        return Some(Candidate::new(Scheme::Aspect, 1, 3 + usize::from(chars.get(3) == Some(&'，'))));
    }
    let (value, length) = numeral::han(chars)?;
    if length > 4 || value == 0 {
        return None;
    }
    let length = before_mark(chars, length);
    let Some(&next) = chars.get(length) else {
        return (length <= 2).then(|| Candidate::new(Scheme::Han, value, length).alone());
    };
    let end = length + 1;
    match next {
        '、' => {
            let stop = skip_blanks(chars, end);
            if stop == chars.len() {
                return Some(Candidate::new(Scheme::Han, value, stop).alone());
            }
            let candidate = Candidate::new(Scheme::Han, value, stop);
            // 一、二季度: a list of numbers until the numbering of the document says otherwise.
            let listing = numeral::either(&chars[stop..])
                .is_some_and(|(after, length)| lists_on(value, after, &chars[stop + length..]));
            Some(if listing { candidate.doubtful() } else { candidate })
        }
        '.' | '．' | '：' | ':' => {
            let stop = skip_blanks(chars, end);
            // `五.2026年工作打算`
            chars.get(stop)?;
            let figures = numeral::arabic(&chars[stop..]).map(|(_, length)| length);
            if figures.is_some_and(|length| length <= 2) {
                return None;
            }
            let candidate = Candidate::new(Scheme::Han, value, stop);
            Some(if matches!(next, '.' | '．') && figures.is_none() { candidate } else { candidate.weak() })
        }
        // 一是一、二是二 is a saying.
        '是' if numeral::han(&chars[end..]).is_some_and(|(again, length)| {
            again == value && chars.get(end + length).is_some_and(|c| "、，,".contains(*c))
        }) =>
        {
            None
        }
        '是' => chars.get(end).map(|_| Candidate::new(Scheme::Is, value, end)),
        '要' | '抓' | '靠' => chars.get(end).map(|_| Candidate::new(Scheme::Must, value, end).weak()),
        '，' | ',' => chars.get(end).map(|_| Candidate::new(Scheme::Han, value, end).weak()),
        c if c.is_whitespace() => {
            let stop = skip_blanks(chars, end);
            chars.get(stop).map(|_| Candidate::new(Scheme::Han, value, stop).weak())
        }
        _ => None,
    }
}

/// Whether 一、 before a numeral only begins a list of numbers: 一、二季度, 三、四个, 十、百、千.
fn lists_on(value: u32, after: u32, rest: &[char]) -> bool {
    let measured = |words: &str| rest.first().is_some_and(|c| words.contains(*c));
    after == value + 1
        || after == value + 2 && measured("个天年月日名人次里")
        || rest.first().is_none_or(|c| "、等是者".contains(*c))
        || after > value && measured("线审季月级类期层号楼")
}

fn arabic(chars: &[char]) -> Option<Candidate> {
    let (value, length) = numeral::arabic(chars)?;
    if length > 3 {
        return None;
    }
    let length = before_mark(chars, length);
    let &next = chars.get(length)?;
    let end = length + 1;
    match next {
        '.' | '．' => match chars.get(end) {
            Some(c) if numeral::arabic_digit(*c).is_some() => decimal(chars, value, length),
            Some(_) => {
                let stop = skip_blanks(chars, end);
                chars.get(stop).map(|_| Candidate::new(Scheme::Arabic, value, stop))
            }
            None => None,
        },
        '、' => {
            let stop = skip_blanks(chars, end);
            let &after = chars.get(stop)?;
            let candidate = Candidate::new(Scheme::Arabic, value, stop);
            let number = numeral::arabic(&chars[stop..]);
            let listing =
                number.is_some_and(|(after, length)| lists_on(value, after, &chars[stop + length..]));
            // Numbers that are listed have few digits and no scale behind them: `1、2026年底前`, `1、1:5万地质图`.
            let own = number.is_some_and(|(_, length)| {
                length > 2 || matches!(chars.get(stop + length), Some(':' | '：'))
            });
            Some(match numeral::arabic_digit(after) {
                Some(_) if listing => candidate.doubtful(),
                Some(_) if own => candidate,
                Some(_) => candidate.weak(),
                None => candidate,
            })
        }
        ')' | '）' => {
            chars.get(end).map(|_| Candidate::new(Scheme::ArabicBracketed, value, skip_blanks(chars, end)))
        }
        '，' | ',' => chars
            .get(end)
            .filter(|c| numeral::arabic_digit(**c).is_none())
            .map(|_| Candidate::new(Scheme::Arabic, value, end).weak()),
        c if c.is_whitespace() => {
            let stop = skip_blanks(chars, end);
            let han = chars.get(stop).is_some_and(|c| !c.is_ascii() && !MEASURES.contains(*c));
            han.then(|| Candidate::new(Scheme::Arabic, value, stop).weak())
        }
        _ => None,
    }
}

/// 1.1 and 1.1.1; `1.5亿元`, `2024.5.20` and `2.5` alone are numbers.
fn decimal(chars: &[char], first: u32, length: usize) -> Option<Candidate> {
    let mut value = vec![first];
    let mut end = length;
    while matches!(chars.get(end), Some('.' | '．')) {
        let Some((next, digits)) = numeral::arabic(&chars[end + 1..]).filter(|(_, digits)| *digits <= 2)
        else {
            break;
        };
        value.push(next);
        end += 1 + digits;
    }
    if matches!(chars.get(end), Some('.' | '．' | '、')) {
        end += 1;
    }
    let stop = skip_blanks(chars, end);
    let &after = chars.get(stop)?;
    if first == 0 || first > 99 || value.len() < 2 || value.len() > 5 || after.is_ascii_digit() {
        return None;
    }
    // `2.19时41分，…`, `1.5个项目…`: an item that begins with an hour, a day or a count of whole things.
    // Months, hours and large numbers may be halved: `1.5个月`.
    let halved =
        || after == '个' && chars.get(stop + 1).is_none_or(|c| "亿万千百月小工多半星学点".contains(*c));
    let counts = |after: char| COUNTED_WHOLE.contains(after) && !halved();
    if stop == end && value.len() == 2 && end > length + 1 && counts(after) {
        let mut candidate = Candidate::new(Scheme::Arabic, first, length + 1).doubtful();
        candidate.glued = true;
        return Some(candidate);
    }
    if stop == end && (MEASURES.contains(after) || !after.is_alphanumeric()) {
        return None;
    }
    let spaced = stop > end;
    let candidate = Candidate { value, length: stop, ..Candidate::bare(Scheme::Decimal, 0) };
    Some(if spaced { candidate } else { candidate.weak() })
}

/// Numbers in one sign, Roman numbers, letters, stems.
fn sign(c: char, chars: &[char]) -> Option<Candidate> {
    let one = |scheme, value| {
        let mut end = 1;
        if matches!(chars.get(end), Some('、' | '.' | '．')) {
            end += 1;
        }
        let end = skip_blanks(chars, end);
        chars.get(end).map(|_| Candidate::new(scheme, value, end))
    };
    if ('\u{4E00}'..='\u{9FFF}').contains(&c) {
        return han_sign(c, chars);
    }
    if let Some(value) = numeral::circled(c) {
        return one(Scheme::Circled, value);
    }
    if let Some(value) = numeral::stopped(c) {
        return one(Scheme::Arabic, value);
    }
    if let Some(value) = numeral::bracketed(c) {
        return one(Scheme::ArabicBracketed, value);
    }
    if let Some(value) = numeral::han_bracketed(c) {
        return one(Scheme::HanBracketed, value);
    }
    if let Some((value, length)) = numeral::roman(chars) {
        let end = length + 1;
        if chars.get(length).is_some_and(|c| ".．、".contains(*c))
            && chars.get(end).is_some_and(|c| !c.is_ascii_alphanumeric())
        {
            return Some(Candidate::new(Scheme::Roman, value, skip_blanks(chars, end)));
        }
    }
    if c.is_ascii_alphabetic() && chars.get(1).is_some_and(|c| ".．、)）".contains(*c)) {
        let stop = skip_blanks(chars, 2);
        let text = chars.get(stop).is_some_and(|c| !c.is_ascii_alphanumeric() || stop > 2);
        let value = u32::from(c.to_ascii_lowercase()) - u32::from('a') + 1;
        return text.then(|| Candidate::new(Scheme::Latin, value, stop).weak());
    }
    None
}

/// 另一方面 and the stems.
fn han_sign(c: char, chars: &[char]) -> Option<Candidate> {
    if starts_with(chars, "另一方面") {
        return Some(Candidate::new(Scheme::Aspect, 2, 4 + usize::from(chars.get(4) == Some(&'，'))));
    }
    // 甲、乙双方 are parties.
    let item = chars.get(1) == Some(&'、') && chars.get(2).is_some_and(|c| numeral::stem(*c).is_none());
    let value = numeral::stem(c).filter(|_| item)?;
    Some(Candidate::new(Scheme::Stem, value, 2))
}

/// Where the mark stands that ends a number, over the blanks that a scanner puts between all characters: `1 . 目标`.
fn before_mark(chars: &[char], number: usize) -> usize {
    let mark = skip_blanks(chars, number);
    let spaced = mark == number + 1 && matches!(chars.get(mark), Some('、' | '.' | '．'));
    // `3 、4月` goes on counting; a mark between blanks or before words does not.
    let words = |c: &char| is_han(*c) && !numeral::is_han(*c);
    let apart = spaced && chars.get(mark + 1).is_some_and(|c| c.is_whitespace() || words(c));
    if apart { mark } else { number }
}

fn skip_blanks(chars: &[char], from: usize) -> usize {
    from + chars[from.min(chars.len())..].iter().take_while(|c| c.is_whitespace()).count()
}

fn skip_mark(chars: &[char], at: usize) -> usize {
    at + usize::from(chars.get(at).is_some_and(|c| "：:、，".contains(*c)))
}

fn starts_with(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(Scheme, Vec<u32>, String, bool)> {
        let chars: Vec<char> = text.chars().collect();
        scan(&chars).map(|c| (c.scheme, c.value, chars[..c.length].iter().collect(), c.weak))
    }

    #[test]
    fn markers_are_taken_as_written() {
        let cases: [(&str, Scheme, u32, &str); 25] = [
            ("一、总体要求", Scheme::Han, 1, "一、"),
            ("十二、保障", Scheme::Han, 12, "十二、"),
            ("（三）改革", Scheme::HanBracketed, 3, "（三）"),
            ("( 二 )改革", Scheme::HanBracketed, 2, "( 二 )"),
            ("（一）、多余的顿号", Scheme::HanBracketed, 1, "（一）、"),
            ("㈡改革", Scheme::HanBracketed, 2, "㈡"),
            ("1.调查", Scheme::Arabic, 1, "1."),
            ("１．调查", Scheme::Arabic, 1, "１．"),
            ("2、调查", Scheme::Arabic, 2, "2、"),
            ("⒊调查", Scheme::Arabic, 3, "⒊"),
            ("（1）甲", Scheme::ArabicBracketed, 1, "（1）"),
            ("2）甲", Scheme::ArabicBracketed, 2, "2）"),
            ("⑶甲", Scheme::ArabicBracketed, 3, "⑶"),
            ("①甲", Scheme::Circled, 1, "①"),
            ("第一章　总　则", Scheme::Chapter, 1, "第一章　"),
            ("第二十三条 本条例", Scheme::Article, 23, "第二十三条 "),
            ("第三条之一 例外", Scheme::Article, 3, "第三条之一 "),
            ("第二部分：成绩", Scheme::Part, 2, "第二部分："),
            ("第叁部分　打算", Scheme::Part, 3, "第叁部分　"),
            ("第一，要讲政治", Scheme::Ordinal, 1, "第一，"),
            ("第二个问题，作战方式", Scheme::Ordinal, 2, "第二个问题，"),
            ("三是抓落实", Scheme::Is, 3, "三是"),
            ("其二，方法", Scheme::Among, 2, "其二，"),
            ("Ⅳ. 结论", Scheme::Roman, 4, "Ⅳ. "),
            ("丙、其他", Scheme::Stem, 3, "丙、"),
        ];
        for (text, scheme, value, marker) in cases {
            assert_eq!(found(text), Some((scheme, vec![value], marker.to_owned(), false)), "{text}");
        }
        assert_eq!(found("1.2.3 方法").map(|f| (f.0, f.1)), Some((Scheme::Decimal, vec![1, 2, 3])));
        assert_eq!(found("——经济平稳增长。").map(|f| (f.0, f.2)), Some((Scheme::Dash, "——".to_owned())));
        assert_eq!(found("另一方面，要").map(|f| (f.0, f.1)), Some((Scheme::Aspect, vec![2])));
    }

    #[test]
    fn numbers_in_text_are_no_markers() {
        for text in [
            "1.5亿元专项资金已经下达。",
            "2024.5.20",
            "2.5",
            "一是一、二是二，绝不含糊",
            "第一时间赶到现场",
            "第一书记要到位",
            "12月会议时间待定",
            "（2025年修订）",
            "（一）、（二）项规定的",
            "（三）至（五）项",
            "甲、乙双方",
            "2019/3/15",
            "30号学院",
            "3.14",
            "第三产业增长",
            "一些同志",
            "-5度",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn markers_begin_with_what_is_asked_first() {
        let begins = |c: char| {
            !('\u{4E00}'..='\u{9FFF}').contains(&c)
                || "第其首再然最此另".contains(c)
                || numeral::is_han(c)
                || numeral::stem(c).is_some()
                || numeral::formal(c).is_some()
                || NUMBERED_FIRST.contains(&c)
        };
        for c in '\0'..=char::MAX {
            assert_eq!(may_begin(c), begins(c), "{c}");
        }
    }

    #[test]
    fn numbered_words_begin_with_what_is_asked_first() {
        for word in NUMBERED {
            assert!(word.starts_with(|c| NUMBERED_FIRST.contains(&c)), "{word}");
        }
    }

    #[test]
    fn doubtful_forms_are_weak() {
        for text in [
            "一、二季度全市经济增长5.2%",
            "三、四个",
            "一 总体要求",
            "一",
            "（二）",
            "第一点体会：学",
            "第一个问题是作风",
            "第一把火，烧掉浪费",
            "建议一：加快建设",
            "幻灯片 2：水文特征",
            "1，要",
            "第三条规定了",
            "一要靠素质",
            "首先，要",
        ] {
            assert!(found(text).is_some_and(|f| f.3), "{text}");
        }
    }
}
