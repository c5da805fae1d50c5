//! Captions: what stands right at a table or a picture and numbers or names it, or tells the unit of its figures.

use crate::tree::{Block, BlockKind, Document, Role, is_unit};

use super::line::Line;
use super::numeral;
use super::phrase;

/// A caption is no longer than this.
const LONGEST: usize = 60;

/// Finds captions by their words, right above or below a table or a picture.
pub(super) fn find(lines: &mut [Line], document: &Document) {
    for line in lines.iter_mut().filter(|line| line.is_open() && is_numbered(&line.text)) {
        let (above, below) = document.blocks.split_at(line.block);
        if figure(above.iter().rev()).or_else(|| figure(below[1..].iter())).is_some() {
            line.decide(Role::Caption, "numbered-caption");
        }
    }
    for line in lines.iter_mut().skip(1).filter(|line| line.is_open()) {
        let name = line.compact.strip_prefix("附表").and_then(|name| name.strip_prefix(['：', ':']));
        if name.is_some_and(names_table) && is_above_table(line, document) {
            line.decide(Role::Caption, "table-name");
        }
    }
    for line in lines.iter_mut().filter(|line| line.is_open() && is_unit(&line.text)) {
        let below = document.blocks.get(line.block + 1);
        if below.is_some_and(|below| matches!(below.kind, BlockKind::Table(_))) {
            line.decide(Role::Caption, "table-unit");
        }
    }
}

/// How the name of a table ends.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "表", "一览", "名单", "明细", "清单", "统计", "汇总", "情况", "安排", "排名", "分布", "对比", "对照", "构成", "台账", "数据",
];

/// What ends so and points at a table: `具体分工见下表`.
const POINTERS: &[&str] = &["下表", "附表", "本表", "此表", "上表", "后表", "列表", "代表", "填表", "发表"];

/// Finds the names of tables by their words, right above one, among what is neither head nor heading by its number.
pub(super) fn name(lines: &mut [Line], document: &Document) {
    for line in lines.iter_mut().filter(|line| line.is_open() && line.marker.is_none()) {
        if names_table(&line.compact) && is_above_table(line, document) {
            line.decide(Role::Caption, "table-name");
        }
    }
}

fn is_above_table(line: &Line, document: &Document) -> bool {
    matches!(figure(document.blocks[line.block + 1..].iter()), Some(BlockKind::Table(_)))
}

/// `年度任务表（2026年）`; no words that point at a table.
fn names_table(compact: &str) -> bool {
    let name = phrase::without_note(compact);
    phrase::ends_with_any(name, NAMES)
        && (4..=40).contains(&phrase::length(name))
        && !phrase::ends_with_any(name, POINTERS)
        && !name.contains(['。', '；', '！', '？', '，', '：', ':'])
        && !phrase::contains_any(name, &["如下", "以下", "见下", "详见", "参见"])
        && !phrase::starts_with_any(name, &["请", "现将", "现对", "下面", "根据", "按照"])
}

/// The next of `blocks`, if it is a table or a picture; the unit of its figures and paragraphs without words may stand
/// between.
fn figure<'a>(mut blocks: impl Iterator<Item = &'a Block>) -> Option<&'a BlockKind> {
    let mut units = 0;
    loop {
        let kind = &blocks.next()?.kind;
        match kind {
            BlockKind::Table(_) | BlockKind::Image(_) => return Some(kind),
            BlockKind::Paragraph(paragraph) => {
                if paragraph.shows_pictures_alone() {
                    return Some(kind);
                }
                let text = paragraph.characters();
                units += usize::from(is_unit(&text));
                if units > 1 || !is_unit(&text) && !text.trim().is_empty() {
                    return None;
                }
            }
            BlockKind::List(_)
            | BlockKind::Quote(_)
            | BlockKind::Code(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => return None,
        }
    }
}

/// `表1　主要指标`, `图2-1：规划示意`, `Table 3`; no sentence of the text that begins so.
pub(super) fn is_numbered(text: &str) -> bool {
    let text = text.trim();
    if !text.starts_with(['表', '图', 'T', 'F']) {
        return false;
    }
    let word = ["表", "图", "Table", "Figure"].iter().find_map(|word| text.strip_prefix(word));
    let Some(rest) = word.map(str::trim_start) else { return false };
    let digit = |c: char| c.is_ascii_digit() || numeral::is_han(c);
    let name = rest.trim_start_matches(|c: char| digit(c) || matches!(c, '-' | '－' | '–' | '.' | '．'));
    let apart = name.is_empty() || name.starts_with([' ', '　', '\t', '：', ':', '、', '—']);
    rest.starts_with(digit)
        && text.chars().count() <= LONGEST
        && !text.contains(['。', '；', '！', '？'])
        && !text.ends_with(['，', '、', '：', ':'])
        // Right behind its number stands a name, not a clause.
        && (apart || rest.starts_with(|c: char| c.is_ascii_digit()) && !name.contains('，'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tables_point_at_none() {
        for text in ["年度任务表", "各镇完成情况（单位：万元）", "值班安排", "参会人员名单（第一组）"]
        {
            assert!(names_table(text), "{text}");
        }
        for text in [
            "具体分工见下表",
            "任务分解表如下：",
            "名单",
            "请各单位填表",
            "工作安排如下",
            "详见任务清单",
            "一、抓紧，排出清单",
            "请核对以下情况",
        ] {
            assert!(!names_table(text), "{text}");
        }
    }

    #[test]
    fn captions_have_a_number_and_are_no_sentence() {
        for text in [
            "表1　主要指标",
            "表 2-1 经费，万元",
            "图一",
            "图3：路网，2026年",
            "图4全县路网示意图",
            "Table 1 Costs",
        ] {
            assert!(is_numbered(text), "{text}");
        }
        for text in [
            "表1显示，收入增长。",
            "图2所示如下：",
            "表彰名单",
            "图书馆建设",
            "表1反映出，增速放缓",
            "图一时之快",
        ] {
            assert!(!is_numbered(text), "{text}");
        }
    }
}
