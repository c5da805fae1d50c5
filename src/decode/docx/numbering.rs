//! word/numbering.xml: the automatic numbers, as the text that Word shows (ECMA-376 17.9).

use std::collections::{BTreeMap, BTreeSet};

use super::numeral::numeral;
use super::styles::{ParagraphFormat, Styles};
use super::xml::{Element, Tree, is_on};
use crate::ooxml::{LARGEST_NUMBER, LOOSE};

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    /// `w:numFmt`, or the pattern of a custom format.
    format: String,
    pattern: Option<String>,
    text: String,
    suffix: Suffix,
    /// All numbers in figures (17.9.4).
    legal: bool,
    /// Restarts after a level up to this one, from 1; 0 never (17.9.10).
    restart: Option<u8>,
    /// The paragraph style that brings this level along.
    style: Option<String>,
    paragraph: ParagraphFormat,
}

/// What follows a number (17.9.28).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Suffix {
    #[default]
    Tab,
    Space,
    Nothing,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: Vec<Level>,
    /// The numbering style whose list this one is (17.9.21).
    style_link: Option<String>,
    /// Its items stand apart.
    loose: bool,
}

#[derive(Debug, Default)]
struct Num {
    abstract_id: i64,
    /// Levels that differ from those of the abstract list.
    levels: BTreeMap<usize, Level>,
    starts: BTreeMap<usize, u32>,
}

/// The lists, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: BTreeMap<i64, Abstract>,
    nums: BTreeMap<i64, Num>,
    /// Numbers of the levels of each abstract list; `None` before the first and after a restart.
    counters: BTreeMap<i64, [Option<u32>; LEVELS]>,
    /// Nums and levels whose own start has been used.
    started: BTreeSet<(i64, usize)>,
    unknown: BTreeSet<String>,
    cut: bool,
}

/// Most characters of a number, as many as Word's dialog takes.
pub(super) const MOST_OF_NUMBER: usize = 255;
/// Most characters of the text of a level that are read, more than make a number of so many.
const MOST_OF_TEXT: usize = 4 * MOST_OF_NUMBER;

/// The marker of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    /// The number as Word shows it, without what follows; for bullets the bullet.
    pub(super) text: String,
    /// What follows it in running text: nothing or a space.
    pub(super) gap: &'static str,
    /// Han text follows it without that space, as it does where numbers are typed: `1.`, `(1)`, `①`.
    pub(super) closed: bool,
    pub(super) bullet: bool,
    /// The items of its list stand apart.
    pub(super) loose: bool,
    /// The number of its own level.
    pub(super) value: u32,
    pub(super) level: usize,
}

impl Level {
    fn read(element: Element<'_>) -> Self {
        // A custom format stands in an `mc:AlternateContent`.
        let format = element.subtree(|e| e.is_w("pPr") || e.is_w("rPr")).find(|e| e.is_w("numFmt"));
        let format_value = format.and_then(|format| format.get("val")).unwrap_or("decimal");
        let picture = element.child("lvlPicBulletId").is_some();
        Self {
            start: element.value("start").and_then(|value| value.parse().ok()).unwrap_or(0),
            format: if picture { "bullet".into() } else { format_value.into() },
            pattern: format.and_then(|format| format.get("format")).map(str::to_owned),
            text: element.value("lvlText").unwrap_or_default().chars().take(MOST_OF_TEXT).collect(),
            suffix: match element.value("suff") {
                Some("space") => Suffix::Space,
                Some("nothing") => Suffix::Nothing,
                _ => Suffix::Tab,
            },
            legal: element.child("isLgl").is_some_and(|e| is_on(e.get("val"))),
            restart: element.value("lvlRestart").and_then(|value| value.parse().ok()),
            style: element.value("pStyle").map(str::to_owned),
            paragraph: element.child("pPr").map(ParagraphFormat::read).unwrap_or_default(),
        }
    }

    /// A number in the format of this level, and whether the format is known.
    fn number(&self, n: u32, legal: bool) -> (String, bool) {
        if legal {
            return (n.to_string(), true);
        }
        if self.format == "custom" {
            // The pattern shows the first numbers: `001, 002, 003, ...`.
            let first = self.pattern.as_deref().and_then(|pattern| pattern.split(',').next());
            let width = first.map_or(0, |first| first.trim().len().min(9));
            return (format!("{n:0width$}"), first.is_some());
        }
        numeral(&self.format, n).map_or_else(|| (n.to_string(), false), |text| (text, true))
    }
}

/// A level of a list as a num has it.
fn level_of<'a>(lists: &'a BTreeMap<i64, Abstract>, num: &'a Num, index: usize) -> Option<&'a Level> {
    num.levels.get(&index).or_else(|| lists.get(&num.abstract_id)?.levels.get(index))
}

fn level_index(element: Element<'_>) -> Option<usize> {
    element.get("ilvl")?.parse().ok().filter(|level| *level < LEVELS)
}

impl Numbering {
    /// Reads `w:numbering`.
    pub(super) fn read(tree: &Tree) -> Self {
        let mut numbering = Self::default();
        for element in tree.root().children() {
            let id = |name: &str| element.get(name)?.parse().ok();
            if element.is_w("abstractNum")
                && let Some(id) = id("abstractNumId")
            {
                let mut levels = vec![Level::default(); LEVELS];
                for child in element.children().filter(|child| child.is_w("lvl")) {
                    if let Some(index) = level_index(child) {
                        levels[index] = Level::read(child);
                    }
                }
                let loose = element.value("name") == Some(LOOSE);
                let style_link = element.value("numStyleLink").map(str::to_owned);
                numbering.lists.entry(id).or_insert(Abstract { levels, style_link, loose });
            } else if element.is_w("num")
                && let Some(id) = id("numId")
                && let Some(abstract_id) = element.value("abstractNumId").and_then(|id| id.parse().ok())
            {
                let mut num = Num { abstract_id, ..Num::default() };
                for child in element.children().filter(|child| child.is_w("lvlOverride")) {
                    let Some(index) = level_index(child) else { continue };
                    if let Some(level) = child.child("lvl") {
                        num.levels.insert(index, Level::read(level));
                    }
                    if let Some(start) = child.value("startOverride").and_then(|value| value.parse().ok()) {
                        num.starts.insert(index, start);
                    }
                }
                numbering.nums.entry(id).or_insert(num);
            }
        }
        numbering
    }

    /// Replaces every list that is that of a numbering style by the list the style names. One step, as Word.
    pub(super) fn link(&mut self, styles: &Styles) {
        let targets: BTreeMap<i64, i64> = self
            .lists
            .iter()
            .filter_map(|(id, list)| {
                let num = styles.any(list.style_link.as_ref()?)?.paragraph.list?;
                Some((*id, self.nums.get(&num)?.abstract_id))
            })
            .collect();
        for num in self.nums.values_mut() {
            if let Some(target) = targets.get(&num.abstract_id) {
                num.abstract_id = *target;
            }
        }
    }

    /// The level that a paragraph of that style has in that list, where the list names the style.
    pub(super) fn level_of_style(&self, num: i64, style: &str) -> Option<usize> {
        let num = self.nums.get(&num)?;
        let levels = &self.lists.get(&num.abstract_id)?.levels;
        levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// The paragraph styles that bring levels of that list along.
    pub(super) fn styles_of(&self, num: i64) -> impl Iterator<Item = &str> {
        let list = self.nums.get(&num).and_then(|num| self.lists.get(&num.abstract_id));
        list.into_iter().flat_map(|list| &list.levels).filter_map(|level| level.style.as_deref())
    }

    /// What the level says of the paragraph: its indents.
    pub(super) fn paragraph(&self, num: i64, level: usize) -> ParagraphFormat {
        let level = self.nums.get(&num).and_then(|num| level_of(&self.lists, num, level));
        level.map(|level| level.paragraph).unwrap_or_default()
    }

    /// Counts a paragraph of that list and level; gives its marker, `None` where it shows none.
    pub(super) fn count(&mut self, num_id: i64, index: usize) -> Option<Marker> {
        let num = self.nums.get(&num_id)?;
        let index = index.min(LEVELS - 1);
        let levels: Vec<&Level> = (0..=index).filter_map(|index| level_of(&self.lists, num, index)).collect();
        let level = *levels.get(index)?;
        let mut counters = self.counters.get(&num.abstract_id).copied().unwrap_or_default();
        // The first use of a num with a start of its own begins there, whatever other nums counted.
        for (restarted, start) in num.starts.range(..=index) {
            if self.started.insert((num_id, *restarted)) {
                counters[*restarted] = (*restarted < index).then_some(*start);
            }
        }
        let start_of = |index: usize| num.starts.get(&index).copied().unwrap_or(levels[index].start);
        for (above, counter) in counters[..index].iter_mut().enumerate() {
            counter.get_or_insert(start_of(above));
        }
        let value = counters[index].map_or(start_of(index), |n| n.saturating_add(1).min(LARGEST_NUMBER));
        counters[index] = Some(value);
        for (below, counter) in counters.iter_mut().enumerate().skip(index + 1) {
            let restart = level_of(&self.lists, num, below).and_then(|level| level.restart);
            if restart.is_none_or(|after| usize::from(after) > index) {
                *counter = None;
            }
        }
        let bullet = level.format == "bullet" && !is_text(&level.text);
        let mut unknown = Vec::new();
        let mut text = String::new();
        if level.format == "bullet" {
            text = level.text.clone();
        } else {
            let mut rest = level.text.as_str();
            while let Some(at) = rest.find('%') {
                text.push_str(&rest[..at]);
                rest = &rest[at + 1..];
                let digit = rest.bytes().next().filter(u8::is_ascii_digit).map(|b| usize::from(b - b'0'));
                match digit.filter(|digit| (1..=LEVELS).contains(digit)) {
                    Some(digit) => {
                        rest = &rest[1..];
                        if let (Some(cited), Some(n)) = (levels.get(digit - 1), counters[digit - 1]) {
                            let (number, known) = cited.number(n, level.legal);
                            text.push_str(&number);
                            if !known {
                                unknown.push(cited.format.clone());
                            }
                        }
                    }
                    None => text.push('%'),
                }
            }
            text.push_str(rest);
        }
        // A number cites others a few times at most.
        if let Some((end, _)) = text.char_indices().nth(MOST_OF_NUMBER) {
            text.truncate(end);
            self.cut = true;
        }
        let gap = gap(&text, level.suffix);
        let closed = level.suffix == Suffix::Tab && is_closed(&text);
        self.unknown.extend(unknown);
        let abstract_id = num.abstract_id;
        self.counters.insert(abstract_id, counters);
        let shown = bullet || !text.trim().is_empty();
        let loose = self.lists.get(&num.abstract_id).is_some_and(|list| list.loose);
        shown.then_some(Marker { text, gap, closed, bullet, loose, value, level: index })
    }

    /// True where a number is longer than any that Word writes, and its end left out.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Formats of numbers that were met and are not known.
    pub(super) fn unknown_formats(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(String::as_str)
    }
}

/// True for bullets that are words or dashes, such as `注：` and `——`. Letters alone are signs of symbol
/// faces.
fn is_text(bullet: &str) -> bool {
    let han = |c: char| c == '—' || c >= '\u{2E80}' && c.is_alphanumeric();
    bullet.chars().any(han) || bullet.chars().filter(char::is_ascii_alphanumeric).count() > 1
}

/// True for a number that ends with a mark of its own, so that none but Latin text needs a space after it.
fn is_closed(number: &str) -> bool {
    let last = number.chars().next_back();
    last.is_some_and(|c| matches!(c, '.' | ')' | ']' | ',' | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '㉑'..='㊿'))
}

/// What stands between a number and its text: a full-width mark brings its own space.
fn gap(number: &str, suffix: Suffix) -> &'static str {
    let wide = number
        .chars()
        .next_back()
        .is_some_and(|c| matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}' | '—' | ' '));
    if suffix == Suffix::Nothing || number.is_empty() || (suffix == Suffix::Tab && wide) { "" } else { " " }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::ooxml::parse::parse;

    fn numbering(inner: &str) -> Numbering {
        let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        Numbering::read(
            &parse(
                format!("<w:numbering xmlns:w='{w}'>{inner}</w:numbering>").as_bytes(),
                &Limits::default(),
            )
            .unwrap(),
        )
    }

    fn level(index: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl='{index}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{more}\
             <w:lvlText w:val='{text}'/></w:lvl>"
        )
    }

    fn count(numbering: &mut Numbering, steps: &[(i64, usize)]) -> String {
        let text = |(num, level): &(i64, usize)| {
            numbering.count(*num, *level).map_or("-".into(), |marker| marker.text + marker.gap)
        };
        steps.iter().map(text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn levels_count_restart_and_cite_each_other() {
        let lists = [
            level(0, "chineseCountingThousand", "第%1章", "<w:suff w:val='space'/>"),
            level(1, "chineseCounting", "（%2）", ""),
            level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
        ]
        .concat();
        let mut numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId='0'>{lists}</w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        ));
        let steps = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 0), (1, 1), (1, 2)];
        assert_eq!(
            count(&mut numbering, &steps),
            "第一章 |（一）|1.1.1 |1.1.2 |（二）|第二章 |（一）|2.1.1 "
        );
    }

    #[test]
    fn nums_of_one_list_go_on_and_a_start_of_its_own_begins_anew() {
        let mut numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId='0'>{}{}</w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
             <w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>\
             <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>\
             <w:startOverride w:val='7'/></w:lvlOverride></w:num>",
            level(0, "decimal", "%1.", ""),
            level(1, "lowerLetter", "%2)", "<w:lvlRestart w:val='0'/>"),
        ));
        let steps = [(1, 0), (2, 0), (1, 1), (3, 0), (3, 0), (1, 1), (1, 0), (9, 0)];
        assert_eq!(count(&mut numbering, &steps), "1. |2. |a) |7. |8. |b) |9. |-");
    }

    #[test]
    fn numbers_that_cite_without_end_are_cut() {
        let lists = level(0, "decimal", &"%1".repeat(2000), "");
        let mut numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId='0'>{lists}</w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        ));
        assert_eq!(numbering.count(1, 0).unwrap().text, "1".repeat(MOST_OF_NUMBER));
        assert!(numbering.is_cut());
    }

    #[test]
    fn bullets_and_unknown_formats_are_told_apart() {
        let mut numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId='0'>{}{}{}</w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
            level(0, "bullet", "•", ""),
            level(1, "thaiCounting", "%2", ""),
            level(2, "none", "", ""),
        ));
        assert!(numbering.count(1, 0).unwrap().bullet);
        assert!(is_text("注：") && is_text("——") && !is_text("o") && !is_text("Ø") && !is_text("\u{F0B7}"));
        assert_eq!(numbering.count(1, 1).unwrap().text, "1");
        assert_eq!(numbering.count(1, 2), None);
        assert_eq!(numbering.unknown_formats().collect::<Vec<_>>(), ["thaiCounting"]);
    }
}
