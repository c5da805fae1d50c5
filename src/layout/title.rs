//! Lines of a title: words whole, lines balanced, in the shape of a trapezoid or a diamond
//! (GB/T 9704-2012 7.3.1).

use std::ops::Range;

use super::cell::Cell;
use super::inline::TextStyle;
use super::line_break::{fill, natural_width};
use super::punctuation::{Class, is_han_numeral, is_unit};
use super::word::{Between, between};

/// Characters that begin no line of a title.
const NOT_FIRST: &str = "的和与及暨之了等们";
/// Characters that end no line of a title.
const NOT_LAST: &str = "在对向以将把被从为第不至";
/// Characters after which a word has ended.
const ENDS_WORD: &str = "的和与及暨、，：；—上中下时内会";
/// Words that a line begins with.
const BEGINS_WORD: [&str; 12] =
    ["关于", "暨", "在", "印发", "转发", "批转", "贯彻", "加强", "进一步", "推进", "做好", "开展"];
/// Words that say when, where or of what kind the next is, and stand with it.
const ATTRIBUTES: [&str; 15] = [
    "春季",
    "夏季",
    "秋季",
    "冬季",
    "上半年",
    "下半年",
    "季度",
    "年度",
    "新时代",
    "特色",
    "全国",
    "全省",
    "全市",
    "全县",
    "基层",
];
/// Single characters that end the word before them.
const ENDS_LONG_WORD: &str = "群带圈化性型率者员";
/// What ends the name of a place, and that of an office.
const PLACES: &str = "省市县区州旗镇乡";
const OFFICES: &str = "局委厅部院署办会";
/// A name is searched for its end in so many characters.
const NAME_TAIL: usize = 4;
/// What follows the name of an office.
const AFTER_OFFICE: &str = "　 、，等关和与及暨的长";
/// Words before the name of a person, and after it.
const BEFORE_PERSON: [&str; 11] =
    ["关于", "任命", "免去", "追授", "授予", "追认", "表彰", "给予", "学习", "聘任", "向"];
const AFTER_PERSON: [&str; 2] = ["同志", "等"];
/// A name of a person has so many characters, at most.
const PERSON: usize = 4;
/// What ends the name of a firm, what that begins with, and how many characters before it may be of its name.
const FIRM: &str = "公司";
const BEFORE_FIRM: [&str; 3] = ["有限", "股份有限", "集团有限"];
const FIRM_NAME: usize = 12;
/// What 第 counts that is named behind it: `第七次|全体会议`.
const COUNTED: &str = "次届";
/// Lines that a title may have before it is set as plain text.
const MOST_LINES: u8 = 5;

/// What a break costs, in squared em of unevenness.
const BETWEEN_WORDS: f64 = 1.5;
/// Behind an attribute.
const BEHIND_ATTRIBUTE: f64 = 16.0;
/// Beside a word that is known, and among characters that are of none.
const KNOWN_WORD: f64 = 5.0;
const UNKNOWN_WORD: f64 = 12.0;
const INSIDE_BRACKETS: f64 = 24.0;
const SHORT_LAST_LINE: f64 = 8.0;
const HOURGLASS: f64 = 60.0;
const RECTANGLE: f64 = 1.0;
/// Elsewhere than at a wide blank that the author has set between phrases.
const INSIDE_PHRASE: f64 = 40.0;

/// Divides a centred paragraph into balanced lines of at most `width`; breaks that the author wants stay. `shrinks`: the
/// room between Han and Latin may shrink to the half before it takes another line, which Word files cannot state.
pub(super) fn balance(cells: &[Cell], styles: &[TextStyle], width: f64, shrinks: bool) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        let end = cells[start..].iter().position(Cell::is_newline).map_or(cells.len(), |n| start + n + 1);
        let part = balance_part(&cells[start..end], styles, width, shrinks)
            .unwrap_or_else(|| fill(&cells[start..end], styles, false, |_| width));
        lines.extend(part.into_iter().map(|line| start + line.start..start + line.end));
        start = end;
    }
    lines
}

/// A place where a line may begin, what it costs, and the width up to it.
struct Place {
    index: usize,
    cost: f64,
}

fn balance_part(
    cells: &[Cell],
    styles: &[TextStyle],
    width: f64,
    shrinks: bool,
) -> Option<Vec<Range<usize>>> {
    let total = natural_width(cells);
    let taken = taken(cells, styles);
    let gaps: f64 = cells.iter().skip(1).map(|cell| cell.gap / 2.0).sum();
    if total + if shrinks { -gaps } else { taken[cells.len()] } <= width + 0.01 {
        return Some(std::iter::once(0..cells.len()).collect());
    }
    if total > width * f64::from(MOST_LINES) {
        return None;
    }
    let em = cells.iter().find(|cell| cell.full).map_or(width / 20.0, |cell| cell.advance);
    let text: Vec<char> = cells.iter().map(|cell| cell.text).collect();
    let between = between(&text);
    let about = about(&text).unwrap_or(0);
    let ends_phrase = |index: usize| text[index - 1] == '　' && index > about && cells[index].breakable;
    let phrases = (1..cells.len()).any(ends_phrase);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count of lines")]
    let fewest = (total / width).ceil() as usize;
    // Names are divided only where no number of lines holds them whole.
    [true, false].into_iter().find_map(|whole_names| {
        let mut places = vec![Place { index: 0, cost: 0.0 }];
        let cost = |index: usize| {
            let divides = whole_names && is_in_any_name(&text, index, &between);
            let phrase = if phrases && !ends_phrase(index) { INSIDE_PHRASE } else { 0.0 };
            Some(Place { index, cost: phrase + cost(cells, index, &between).filter(|_| !divides)? })
        };
        places.extend((1..cells.len()).filter_map(cost));
        places.push(Place { index: cells.len(), cost: 0.0 });
        let lines = fewest..=usize::from(MOST_LINES);
        lines.into_iter().find_map(|count| best(cells, &places, count, width / em, em, &taken))
    })
}

/// What the marks up to each cell have given up beside others. Word files cannot state it, so that a line must have
/// room without it to be the same in both.
fn taken(cells: &[Cell], styles: &[TextStyle]) -> Vec<f64> {
    let mut taken = vec![0.0; cells.len() + 1];
    for (i, cell) in cells.iter().enumerate() {
        let own = styles[usize::from(cell.style)].em / 2.0 - cell.white;
        taken[i + 1] = taken[i] + if cell.full && cell.class.is_mark() { own } else { 0.0 };
    }
    taken
}

/// True where a line that begins there would divide a name of any kind.
fn is_in_any_name(text: &[char], index: usize, between: &[Between]) -> bool {
    is_in_name(text, index, between)
        || is_in_issuer(text, index)
        || is_in_ordinal(text, index)
        || is_in_person(text, index)
        || is_in_firm(text, index, between)
}

/// True where a line that begins there would divide `第十六届` from what it counts, or `第58号` from what has the number.
fn is_in_ordinal(text: &[char], index: usize) -> bool {
    let numeral = |c: &char| is_han_numeral(*c) || c.is_ascii_digit();
    let first = text[..=index].iter().rposition(|c| *c == '第');
    let Some(first) = first.filter(|first| text[first + 1..].first().is_some_and(numeral)) else {
        return false;
    };
    let Some(end) = text[first + 1..].iter().position(|c| !numeral(c)).map(|n| first + 1 + n) else {
        return false;
    };
    let last = if COUNTED.contains(text[end]) { end + 1 } else { end };
    let numbered = text[end] == '号' && !"　 、，（《".contains(text[index - 1]);
    index > first && index <= last || index == first && numbered
}

/// True where a line that begins there would divide the name of a person: `关于赵|卫东同志`.
fn is_in_person(text: &[char], index: usize) -> bool {
    let starts =
        |from: usize, word: &str| text[from..].iter().copied().take(word.chars().count()).eq(word.chars());
    let ends =
        |to: usize, word: &str| to.checked_sub(word.chars().count()).is_some_and(|from| starts(from, word));
    (index.saturating_sub(PERSON - 1)..index).any(|from| {
        let end = (index + 1..=(from + PERSON).min(text.len()))
            .any(|end| AFTER_PERSON.iter().any(|word| starts(end, word)));
        end && BEFORE_PERSON.iter().any(|word| ends(from, word))
    })
}

/// True where a line that begins there would divide what is no word in the name of a firm: `云|海新材料有限公司`.
fn is_in_firm(text: &[char], index: usize, between: &[Between]) -> bool {
    if follows_word(text, index) {
        return false;
    }
    let ahead: String = text[index..].iter().take(FIRM_NAME).collect();
    let name = ahead.find(FIRM).map(|end| &ahead[..end]);
    let parts = between[index] == Between::Unknown || BEFORE_FIRM.iter().any(|word| ahead.starts_with(word));
    parts && name.is_some_and(|name| !name.contains(|c| ENDS_WORD.contains(c)))
}

/// True behind a word with which a name begins: 关于, 成立.
fn follows_word(text: &[char], index: usize) -> bool {
    let before: String = text[index.saturating_sub(3)..index].iter().collect();
    BEGINS_WORD.iter().any(|word| before.ends_with(word)) || before.ends_with("成立")
}

/// True where a line that begins there would divide the name of a place (`青川|市`, `石|板河镇`) or of an office
/// (`发展|改革委等`, `社会|保障局　`).
fn is_in_name(text: &[char], index: usize, between: &[Between]) -> bool {
    let parted = |i: usize| ENDS_WORD.contains(text[i - 1]) || "》）”　 ".contains(text[i - 1]);
    if parted(index) || "《“（〔".contains(text[index]) || follows_word(text, index) {
        return false;
    }
    let tail = &text[index..text.len().min(index + NAME_TAIL)];
    let place = tail.iter().position(|c| PLACES.contains(*c)).is_some_and(|end| {
        // `市` in a word of its own, `市场`, ends no name.
        let ends = between.get(index + end + 1).is_none_or(|between| *between != Between::Inside);
        ends && (index..=index + end).all(|i| between[i] != Between::Words)
    });
    let office = (index..text.len().min(index + NAME_TAIL + 1))
        .find(|i| OFFICES.contains(text[*i]))
        .is_some_and(|end| {
            let ends = text.get(end + 1).is_none_or(|c| AFTER_OFFICE.contains(*c));
            // `庆祝大会` is a word of its own.
            let word = end - index > 2 && (index + 1..=end).all(|i| between[i] == Between::Inside);
            ends && !word && (index + 1..=end).all(|i| !parted(i))
        });
    place || office
}

/// True where a line that begins there would divide one of several offices that issue a document together, before
/// 关于; wide spaces part them.
fn is_in_issuer(text: &[char], index: usize) -> bool {
    let about = about(text).unwrap_or(0);
    let issuers = &text[..about];
    let spaces = |from: usize, to: usize| issuers[from..to].iter().any(|c| matches!(c, '　' | ' '));
    index < about && spaces(0, about) && text[index - 1] != '　' && text[index - 1] != ' '
}

/// Where the subject of a title begins, 关于.
fn about(text: &[char]) -> Option<usize> {
    text.windows(2).position(|pair| pair == ['关', '于'])
}

/// The best division into `count` lines, by a search over all ends that leaves a way as soon as it costs more than
/// the best one so far.
fn best(
    cells: &[Cell],
    places: &[Place],
    count: usize,
    most: f64,
    em: f64,
    taken: &[f64],
) -> Option<Vec<Range<usize>>> {
    let mean = natural_width(cells) / em / f64::from(u32::try_from(count).ok()?);
    let mut found: Option<(f64, Vec<usize>)> = None;
    let mut path = vec![0];
    search(&Search { cells, places, count, most, em, mean, taken }, &mut path, 0.0, &mut found);
    let (_, ends) = found?;
    Some(ends.windows(2).map(|pair| places[pair[0]].index..places[pair[1]].index).collect())
}

struct Search<'a> {
    cells: &'a [Cell],
    places: &'a [Place],
    count: usize,
    /// Width of the measure and mean width of a line, in em.
    most: f64,
    mean: f64,
    em: f64,
    taken: &'a [f64],
}

fn search(of: &Search<'_>, path: &mut Vec<usize>, cost: f64, found: &mut Option<(f64, Vec<usize>)>) {
    if found.as_ref().is_some_and(|(best, _)| *best <= cost) {
        return;
    }
    let from = path[path.len() - 1];
    let lines = path.len() - 1;
    if lines == of.count {
        if from + 1 == of.places.len() {
            let cost = cost + shape(of, path);
            if found.as_ref().is_none_or(|(best, _)| cost < *best) {
                *found = Some((cost, path.clone()));
            }
        }
        return;
    }
    let last = lines + 1 == of.count;
    for to in from + 1..of.places.len() {
        if last && to + 1 < of.places.len() {
            continue;
        }
        let width = natural_width(&of.cells[of.places[from].index..of.places[to].index]) / of.em;
        let given = (of.taken[of.places[to].index] - of.taken[of.places[from].index]) / of.em;
        if width + given > of.most + 0.01 {
            break;
        }
        // A line far shorter than the mean makes no balanced title, and would make the search long.
        if width < of.mean * 0.5 {
            continue;
        }
        let short = if last && width <= 3.0 { SHORT_LAST_LINE } else { 0.0 };
        path.push(to);
        search(of, path, cost + (width - of.mean).powi(2) + of.places[to].cost + short, found);
        path.pop();
    }
}

/// What the outline of the lines costs: an hourglass most, a rectangle a little, since a trapezoid or a
/// diamond is wanted.
fn shape(of: &Search<'_>, path: &[usize]) -> f64 {
    let widths: Vec<f64> = path
        .windows(2)
        .map(|pair| natural_width(&of.cells[of.places[pair[0]].index..of.places[pair[1]].index]) / of.em)
        .collect();
    let longer = |of: &[f64], than: f64| of.iter().any(|width| than + 0.5 < *width);
    let waist = (1..widths.len()).any(|i| longer(&widths[..i], widths[i]) && longer(&widths[i..], widths[i]));
    let even = widths.windows(2).all(|w| (w[0] - w[1]).abs() < 0.5);
    if waist {
        HOURGLASS
    } else if even {
        RECTANGLE
    } else {
        0.0
    }
}

/// What it costs to begin a line with that cell; `None` where none may begin.
fn cost(cells: &[Cell], index: usize, all: &[Between]) -> Option<f64> {
    let between = all[index];
    let (previous, cell) = (&cells[index - 1], &cells[index]);
    if !(cell.breakable || cell.gives_way)
        || NOT_FIRST.contains(cell.text)
        || NOT_LAST.contains(previous.text)
    {
        return None;
    }
    let measure = is_unit(cell.text) && between != Between::Words;
    let counts = is_han_numeral(previous.text) && (is_han_numeral(cell.text) || measure);
    if counts || previous.class == Class::Digit {
        return None;
    }
    let bracketed = if depth(&cells[..index]) > 0 { INSIDE_BRACKETS } else { 0.0 };
    let at = |offset: usize| cells.get(offset).map(|cell| cell.text);
    let begins = |word: &str, from: usize| word.chars().enumerate().all(|(i, c)| at(from + i) == Some(c));
    let ends =
        |word: &str| word.chars().rev().enumerate().all(|(i, c)| index > i && at(index - 1 - i) == Some(c));
    if between == Between::Inside || between == Between::Unknown && ENDS_LONG_WORD.contains(cell.text) {
        return None;
    }
    let ended = ENDS_WORD.contains(previous.text)
        || matches!(previous.class, Class::Close | Class::Pause | Class::Space | Class::WideSpace);
    let begun = cell.class == Class::Open || BEGINS_WORD.iter().any(|word| begins(word, index));
    let latin = previous.class.is_latin() != cell.class.is_latin();
    let inside = |index: usize| index > 0 && all.get(index) == Some(&Between::Inside);
    let word = match between {
        _ if ended || begun || latin => 0.0,
        Between::Words if ATTRIBUTES.iter().any(|word| ends(word)) => BEHIND_ATTRIBUTE,
        Between::Words => BETWEEN_WORDS,
        Between::Unknown if inside(index - 1) || inside(index + 1) => KNOWN_WORD,
        Between::Unknown | Between::Inside => UNKNOWN_WORD,
    };
    Some(bracketed + word)
}

/// How many brackets and quotation marks are open.
fn depth(cells: &[Cell]) -> usize {
    cells.iter().fold(0, |depth: usize, cell| match cell.text {
        '《' | '〈' | '“' | '‘' | '（' | '〔' | '「' | '『' => depth + 1,
        '》' | '〉' | '”' | '’' | '）' | '〕' | '」' | '』' => depth.saturating_sub(1),
        _ => depth,
    })
}
