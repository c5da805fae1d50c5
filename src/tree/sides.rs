//! Rows in which two sign or seal a paper side by side: `甲方（盖章）：　　　　乙方（盖章）：`, and what they write below.

use std::ops::Range;

use super::name_rows::{Gap, gaps, half_em};
use super::{Block, Role, is_ideograph};

/// So many blanks or more part the two.
const GAP: usize = 2;

/// By so many half em what the second writes may stand beside the line above.
const ASIDE: u32 = 4;

/// No more rows belong together.
const MOST: usize = 24;

/// What is asked for where somebody seals or signs.
const SEALS: [&str; 5] = ["盖章", "签章", "公章", "签字", "签名"];

/// A row has no more bytes.
const LONGEST: usize = 400;

/// The label of what one writes is no longer.
const LABEL: usize = 12;

/// Em that stay free between the two at least.
const BETWEEN: f64 = 0.5;

/// Lines of what the second writes have so many em at least.
const LEAST: f64 = 6.0;

/// Em by which the rows are set in, where they have the room.
const INDENT: f64 = 2.0;

/// Em between an ideograph and a figure or a letter.
const LATIN_GAP: f64 = 0.25;

/// How such a row is set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sides {
    /// Em from the edge to the first of the two, and to the second.
    pub(crate) indent: f64,
    pub(crate) start: f64,
    /// Em from the edge to the lines below the first, if the row takes more than one.
    pub(crate) rest: f64,
    /// The blanks between them, as a range of characters, and by how much they are wider than blanks are.
    pub(crate) gap: Range<usize>,
    pub(crate) stretch: f64,
}

/// A row: its width up to the gap in em, the gap, and what it is wide behind it.
struct Row {
    left: f64,
    gap: Gap,
    right: f64,
    /// Both are asked for a seal or a signature.
    seals: bool,
}

impl Sides {
    /// How the row at `index` is set, in a measure of so many em: what the second writes stands in one column, in the middle
    /// if that can be, or below what the first writes where hardly any row has the room. Nothing for other rows.
    pub(crate) fn of(blocks: &[Block], index: usize, measure: f64) -> Option<Self> {
        row(&blocks[index], None)?;
        let least = index.saturating_sub(MOST);
        let above = (least..=index).rev().map_while(|at| Some((at, row(&blocks[at], None)?)));
        // The uppermost row that asks for seals heads those below it.
        let (first, head) = above.filter(|(_, row)| row.seals).last()?;
        let row_at = |at: usize| row(blocks.get(at)?, Some(head.gap.end));
        let rows: Vec<Row> = (first..=first + MOST).map_while(row_at).collect();
        let fits = |row: &&Row| row.left + BETWEEN + row.right <= measure;
        let own = rows.get(index - first)?;
        let widest = |width: fn(&Row) -> f64| rows.iter().filter(fits).map(width).fold(0.0, f64::max);
        let (left, right) = (widest(|row| row.left), widest(|row| row.right));
        let start = |indent: f64| {
            let least = indent + left + BETWEEN;
            let start = least.max((measure / 2.0).min(measure - right));
            (start + right <= measure).then_some((indent, start))
        };
        let columns = start(INDENT).or_else(|| start(0.0)).filter(|_| rows.iter().filter(fits).count() > 1);
        let stretch =
            |indent: f64, start: f64| (start - indent - own.left) / (f64::from(own.gap.width) / 2.0);
        let Some((indent, start)) = columns else {
            // Without the room for columns the second stands below the first, no label of his cut.
            let (indent, rest) = (INDENT, INDENT);
            let is_stacked = !rows.iter().all(|row| fits(&row)) && indent + own.left + BETWEEN < measure;
            let stretch = stretch(indent, measure);
            return is_stacked.then(|| Self {
                indent,
                start: measure,
                rest,
                gap: own.gap.range.clone(),
                stretch,
            });
        };
        // Where the first of the two is too wide for its column, the second is as close as can be. What the second writes
        // goes on below where it begins, if that has the room.
        let close = indent + own.left + BETWEEN;
        let column = start.max(close);
        let has_room = measure - column >= LEAST;
        let start = if fits(&own) || has_room { column } else { close };
        let rest = if has_room { start } else { indent };
        let stretch = stretch(indent, start);
        Some(Self { indent, start, rest, gap: own.gap.range.clone(), stretch })
    }
}

/// A paragraph of two columns, in each of which a label stands, or a date. The second begins about `second` half em from the
/// edge where that is known: a date to be filled in has gaps of its own.
fn row(block: &Block, second: Option<u32>) -> Option<Row> {
    let roles = |role| matches!(role, Role::Signature | Role::SigningDate | Role::Remark | Role::Body);
    let paragraph = block.paragraph().filter(|paragraph| roles(paragraph.role))?;
    let text = paragraph.characters();
    // Nearly all paragraphs are long, or have no blanks.
    let blanks = || text.contains("  ") || text.contains('\u{3000}');
    if text.len() > LONGEST || !blanks() || text.contains(['\n', '\t', '。', '；', '，']) {
        return None;
    }
    let wide: Vec<Gap> = gaps(&text).into_iter().filter(|gap| gap.range.len() >= GAP).collect();
    let chars: Vec<char> = text.chars().collect();
    let starts = std::iter::once(0).chain(wide.iter().map(|gap| gap.range.end));
    let ends = wide.iter().map(|gap| gap.range.start).chain([chars.len()]);
    if starts.zip(ends).filter(|(start, end)| is_asked(&chars[*start..*end])).count() > 2 {
        return None;
    }
    let sides = |gap: &Gap| (&chars[..gap.range.start], &chars[gap.range.end..]);
    let aside = |gap: &Gap| second.is_none_or(|second| gap.end.abs_diff(second) <= ASIDE);
    let alone = wide.len() == 1;
    let gap = wide.into_iter().find(|gap| {
        let (left, right) = sides(gap);
        (alone || aside(gap)) && is_asked(left) && is_asked(right)
    })?;
    let (left, right) = sides(&gap);
    Some(Row { left: width(left), right: width(right), seals: is_sealed(left) && is_sealed(right), gap })
}

/// What one of the two writes: behind a label, or where a seal or a date is asked for.
fn is_asked(side: &[char]) -> bool {
    let label = side.iter().take(LABEL).any(|c| matches!(c, '：' | ':'));
    let date = side.last() == Some(&'日') && side.contains(&'年') && side.contains(&'月');
    label || date || is_sealed(side)
}

/// Whether a seal or a signature is asked for.
fn is_sealed(side: &[char]) -> bool {
    let side: String = side.iter().collect();
    SEALS.iter().any(|seal| side.contains(seal))
}

/// The width of a text in em, with what stands between ideographs and figures or letters (CLREQ 3.2.3).
fn width(text: &[char]) -> f64 {
    let meet = |pair: &&[char]| {
        is_ideograph(pair[0]) && pair[1].is_ascii_alphanumeric()
            || pair[0].is_ascii_alphanumeric() && is_ideograph(pair[1])
    };
    let half_ems: u32 = text.iter().map(|c| half_em(*c)).sum();
    f64::from(half_ems) / 2.0 + LATIN_GAP * text.windows(2).filter(meet).count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{BlockKind, Inline, Origin, Paragraph};

    fn rows(rows: &[(Role, &str)]) -> Vec<Block> {
        let row = |(role, text): &(Role, &str)| {
            let paragraph = Paragraph::new(*role, vec![Inline::Text((*text).to_owned())]);
            Block { kind: BlockKind::Paragraph(paragraph), origin: Origin::default() }
        };
        rows.iter().map(row).collect()
    }

    /// Where the second begins in each row, in em from the edge.
    fn starts(of: &[(Role, &str)], measure: f64) -> Vec<Option<f64>> {
        let blocks = rows(of);
        let start = |at: usize| {
            let sides = Sides::of(&blocks, at, measure)?;
            let chars: Vec<char> = of[at].1.chars().collect();
            let piece = |range: Range<usize>| width(&chars[range]);
            let second = sides.indent + piece(0..sides.gap.start) + piece(sides.gap) * sides.stretch;
            assert!((second - sides.start).abs() < 1e-9);
            Some(sides.start)
        };
        (0..of.len()).map(start).collect()
    }

    #[test]
    fn what_the_second_writes_stands_in_the_middle() {
        let rows = [
            (Role::Body, "自双方签字盖章之日起生效"),
            (Role::Signature, "甲方（盖章）：              乙方（盖章）："),
            (Role::Body, "地址：人民路1号             地址：科技园8号楼"),
            (Role::SigningDate, "日期：    年  月  日        日期：    年  月  日"),
        ];
        let middle = Some(14.0);
        let close = |found: Option<f64>| found.map(|start| (start * 1000.0).round() / 1000.0);
        assert_eq!(
            starts(&rows, 28.0).into_iter().map(close).collect::<Vec<_>>(),
            [None, middle, middle, middle]
        );
        // Narrow: they begin at the edge. Too narrow: the second stands on a line of his own.
        assert_eq!(starts(&rows, 22.0)[1], Some(11.0));
        assert_eq!(starts(&rows, 17.0), [None, Some(17.0), Some(17.0), Some(17.0)]);
    }

    #[test]
    fn what_the_second_writes_goes_on_in_its_column() {
        let long = "地址：人民路1号        地址：某县人民路西段建设小区3栋2单元501室";
        let blocks = rows(&[
            (Role::Signature, "甲方（盖章）：        乙方（签字）："),
            (Role::Body, long),
            (Role::SigningDate, "日期：2026年3月1日        日期：2026年3月1日"),
        ]);
        let set: Vec<_> = (0..3).filter_map(|at| Sides::of(&blocks, at, 28.0)).collect();
        assert!(set.iter().all(|sides| (sides.start, sides.rest) == (14.0, 14.0)), "{set:?}");
        // Without room for it below, at the edge.
        assert!(Sides::of(&blocks, 1, 19.0).is_none_or(|sides| sides.rest < 3.0));
    }

    #[test]
    fn one_row_and_rows_below_no_seal_are_not_set() {
        let seal = (Role::Signature, "甲方（盖章）：        乙方（盖章）：");
        let row = (Role::Body, "台式计算机　　　10台");
        assert_eq!(starts(&[seal], 28.0), [None]);
        assert_eq!(starts(&[row, row], 28.0), [None, None]);
        let below = (Role::Body, "地址：人民路1号        地址：科技园");
        let set = |rows: &[(Role, &str)]| starts(rows, 28.0).iter().map(Option::is_some).collect::<Vec<_>>();
        assert_eq!(set(&[row, seal, below, row]), [false, true, true, false]);
        // Those who sign one below the other, names that blanks pad, and a date.
        for rows in [
            [(Role::Signature, "申请人：  张三"), (Role::SigningDate, "日期：  2026年1月5日")],
            [(Role::Signature, "乙方（盖章）：    某局"), (Role::Signature, "法定代表人：    李四")],
            [(Role::Signature, "某市  财政局"), (Role::SigningDate, "2026年  1月5日")],
            [(Role::Signature, "局长　　张三"), (Role::Signature, "副局长　　李四")],
            [(Role::Signature, "某市财政局    某市民政局"), (Role::Signature, "某市教育局    某市水务局")],
        ] {
            assert_eq!(set(&rows), [false, false], "{rows:?}");
        }
        // A telephone, three who sign, and a sentence.
        let phone = (Role::Remark, "电话：1234567        电话：7654321");
        assert_eq!(set(&[seal, phone, below]), [true, true, true]);
        let three = (Role::Signature, "甲方（盖章）：    乙方（盖章）：    丙方（盖章）：");
        let prose = (Role::Body, "请在名单上签字，  确认后盖章");
        assert_eq!(set(&[three, three, prose, prose]), [false; 4]);
        // A long row has a column of its own; the others are set as without it.
        let long =
            (Role::Body, "开户银行：某某银行股份有限公司人民路支行营业部    开户银行：某某银行科技园支行");
        let blocks = rows(&[seal, long, below]);
        assert_eq!(Sides::of(&blocks, 1, 28.0).map(|sides| sides.rest), Some(2.0));
        let starts = starts(&[seal, long, below], 28.0);
        assert!(starts[0] == Some(14.0) && starts[2] == starts[0] && starts[1] > starts[0], "{starts:?}");
    }
}
