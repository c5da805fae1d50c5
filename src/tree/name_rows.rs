//! Rows of names in columns that wide blanks part (GB/T 9704-2012 10.3), where the columns are wider than the page.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::{Block, Role};

/// Widths are the same up to so many em.
const ROUNDED: f64 = 0.05;

/// No blank of columns becomes narrower, so that it still parts more than the one between a name and its office: in em.
const LEAST: f64 = 1.0;

/// Em that a row of fields may turn out wider than it is reckoned: its figures stand off from ideographs.
const UNMEASURED: f64 = 0.5;

/// A gap between columns is so wide, in half em.
const WIDE: u32 = 4;

/// Characters after which a colon ends no label.
const LABEL: usize = 8;

/// Half em that names stand behind the label, for rows that have none.
const BELOW_LABEL: u32 = 6;

/// A gap between two words of a row.
pub(super) struct Gap {
    /// Its characters.
    pub(super) range: Range<usize>,
    /// Its width in half em.
    pub(super) width: u32,
    /// Half em from the start of the row to the word behind it.
    pub(super) end: u32,
}

/// The blanks between the words of a row.
pub(super) fn gaps(row: &str) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    let mut end = 0;
    let mut begins = true;
    for (at, c) in row.chars().enumerate() {
        end += half_em(c);
        if !matches!(c, ' ' | '\u{3000}') {
            begins = c == '\n';
            continue;
        }
        match gaps.last_mut().filter(|gap| gap.range.end == at) {
            Some(gap) => (gap.range.end, gap.width, gap.end) = (at + 1, gap.width + half_em(c), end),
            None if begins => {}
            None => gaps.push(Gap { range: at..at + 1, width: half_em(c), end }),
        }
    }
    gaps
}

/// True for a row of names, or of the text, in columns: where it takes more than a line, the first is not stretched to the
/// edge. Sentences have no columns.
pub(crate) fn has_columns(role: Role, row: &str) -> bool {
    let row = row.trim_end();
    let columns = role == Role::Attendance
        || role == Role::Body
            && (row.contains("　　") || row.contains("   "))
            && !row.contains(['。', '；', '，', '\n']);
    columns && gaps(row).iter().any(|gap| gap.width >= WIDE)
}

/// How the columns of names are brought closer, and the fields of a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Narrowing {
    /// What every gap before a column gives up, in em.
    em: f64,
    /// Half em from the edge to the columns that move.
    columns: Vec<u32>,
}

impl Narrowing {
    /// What the row of names at `index` has to give up, so that none of the rows above and below it is wider than the measure,
    /// given in em for a role; `before` is the same of the block before. Nothing where they fit, or where they would not even
    /// so: columns stay below each other. A row of fields by itself gives up what it can of its widest gap.
    pub(crate) fn of(blocks: &[Block], index: usize, before: Self, measure: impl Fn(Role) -> f64) -> Self {
        if let Some(fields) = fields_at(blocks, index).filter(|_| !has_fields_beside(blocks, index)) {
            return Self::of_fields(&fields, measure(Role::Body));
        }
        let measure = measure(Role::Attendance);
        let row = |block: &Block| block.paragraph().is_some_and(|row| row.role == Role::Attendance);
        if !row(&blocks[index]) {
            return Self::default();
        }
        if index.checked_sub(1).is_some_and(|before| row(&blocks[before])) {
            return before;
        }
        let names = blocks[index..].iter().take_while(|block| row(block)).filter_map(Block::paragraph);
        let rows: Vec<_> = names.map(|row| (gaps(&row.characters()), row.characters())).collect();
        // The narrowest gap before each column: a name of two characters may be padded for one of three.
        let mut narrowest = BTreeMap::<u32, u32>::new();
        for (gaps, row) in &rows {
            for gap in gaps {
                let least = narrowest.entry(gap.end + shift(row)).or_insert(gap.width);
                *least = gap.width.min(*least);
            }
        }
        narrowest.retain(|_, width| *width >= WIDE);
        let mut wanted = 0.0_f64;
        for (gaps, row) in rows.iter().filter(|(_, row)| !row.contains('\n')) {
            let count = gaps.iter().filter(|gap| narrowest.contains_key(&(gap.end + shift(row)))).count();
            if count > 0 {
                let set = row.chars().map(half_em).sum::<u32>() + shift(row);
                wanted = wanted.max((f64::from(set) / 2.0 - measure) / count as f64);
            }
        }
        // A little more, for what is rounded.
        let em = if wanted > ROUNDED { wanted + ROUNDED } else { 0.0 };
        let least = narrowest.values().min().map_or(0.0, |width| f64::from(*width) / 2.0);
        if em > 0.0 && em <= least - LEAST {
            Self { em, columns: narrowest.into_keys().collect() }
        } else {
            Self::default()
        }
    }

    fn of_fields(row: &str, measure: f64) -> Self {
        let wanted = f64::from(row.chars().map(half_em).sum::<u32>()) / 2.0 + UNMEASURED - measure;
        let gaps = gaps(row);
        let Some(widest) = gaps.iter().max_by_key(|gap| gap.width) else { return Self::default() };
        if wanted > UNMEASURED && wanted <= f64::from(widest.width) / 2.0 - LEAST {
            Self { em: wanted, columns: vec![widest.end + shift(row)] }
        } else {
            Self::default()
        }
    }

    /// The gaps of a row that become narrower, and what of their width is left.
    pub(crate) fn gaps(&self, row: &str) -> Vec<(Range<usize>, f64)> {
        if self.columns.is_empty() || row.contains('\n') {
            return Vec::new();
        }
        let shift = shift(row);
        let moves = |gap: &Gap| self.columns.binary_search(&(gap.end + shift)).is_ok();
        let left = |gap: Gap| (gap.range, 1.0 - self.em / (f64::from(gap.width) / 2.0));
        gaps(row).into_iter().filter(moves).map(left).collect()
    }
}

/// The row of fields that a block is, such as `填报单位：　　　填报时间：`.
fn fields_at(blocks: &[Block], index: usize) -> Option<Cow<'_, str>> {
    let paragraph = blocks.get(index)?.paragraph().filter(|paragraph| paragraph.role == Role::Body)?;
    let text = paragraph.characters();
    (text.contains('：') && has_columns(Role::Body, &text)).then_some(text)
}

/// Whether another one stands right above or below it, so that their columns belong together.
fn has_fields_beside(blocks: &[Block], index: usize) -> bool {
    let beside = [index.checked_sub(1), Some(index + 1)];
    beside.into_iter().flatten().any(|index| fields_at(blocks, index).is_some())
}

/// Half em by which a row without a label stands behind those with one.
fn shift(row: &str) -> u32 {
    let labelled = row.chars().take(LABEL).any(|c| matches!(c, '：' | ':'));
    if labelled { 0 } else { BELOW_LABEL }
}

/// Width of a character in half em, as an editor shows it.
pub(crate) fn half_em(c: char) -> u32 {
    if c.is_ascii() { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{BlockKind, Inline, Origin, Paragraph};

    fn rows(rows: &[&str]) -> Vec<Block> {
        let row = |text: &&str| {
            let paragraph = Paragraph::new(Role::Attendance, vec![Inline::Text((*text).to_owned())]);
            Block { kind: BlockKind::Paragraph(paragraph), origin: Origin::default() }
        };
        rows.iter().map(row).collect()
    }

    fn left(names: &[&str], measure: f64) -> Vec<Vec<(Range<usize>, f64)>> {
        let blocks = rows(names);
        let narrowing = Narrowing::of(&blocks, 0, Narrowing::default(), |_| measure);
        assert_eq!(Narrowing::of(&blocks, blocks.len() - 1, narrowing.clone(), |_| measure), narrowing);
        names.iter().map(|row| narrowing.gaps(row)).collect()
    }

    #[test]
    fn gaps_give_up_what_the_widest_row_lacks() {
        let names = ["出席：李四　甲局　　　王五　乙局", "赵小六　甲处　　　钱七　丙委员会"];
        // 3 em of indent, 16 of type.
        let of = |measure| left(&names, measure);
        assert!(of(19.0).iter().all(Vec::is_empty));
        assert_eq!(of(18.0)[1], [(6..9, 1.0 - (1.0 + ROUNDED) / 3.0)]);
        // The gap would be no wider than the one between name and office.
        assert!(of(17.0).iter().all(Vec::is_empty));
        assert!(left(&["出席：李四、王五、赵六"], 4.0)[0].is_empty());
    }

    #[test]
    fn what_pads_a_short_name_is_no_gap_between_columns() {
        let names = [
            "出席：张小三　县自然资源局　　　　李四　　县农业农村局",
            "王五　　县财政局　　　　　　赵小六　县林业局",
        ];
        let left = left(&names, 25.0);
        assert_eq!((left[0].len(), left[0][0].0.clone()), (1, 13..17));
        assert_eq!((left[1].len(), left[1][0].0.clone()), (1, 8..14));
    }

    #[test]
    fn a_row_of_fields_gives_up_its_widest_gap() {
        let row = "单位：　　　　　　时间：　　年　　月　　日";
        let of = |rows: &[&str], measure: f64| {
            let mut blocks = self::rows(rows);
            for block in &mut blocks {
                if let BlockKind::Paragraph(paragraph) = &mut block.kind {
                    paragraph.role = Role::Body;
                }
            }
            Narrowing::of(&blocks, 0, Narrowing::default(), |_| measure).gaps(row)
        };
        assert!(of(&[row], 21.0).is_empty());
        assert_eq!(of(&[row], 18.0), [(3..9, 1.0 - 3.5 / 6.0)]);
        assert!(of(&[row], 15.0).is_empty());
        assert!(of(&[row, row], 18.0).is_empty());
    }

    #[test]
    fn columns_are_no_sentences() {
        for row in ["台式计算机　　　10台", "学校    人数    班级"] {
            assert!(has_columns(Role::Body, row) && has_columns(Role::Attendance, row), "{row}");
        }
        for row in [
            "第一条　　为了规范管理，制定本条例。",
            "正文  两个空格",
            "甲方：\n　　　乙方",
            "正文　　　",
            "　　　正文",
        ] {
            assert!(!has_columns(Role::Body, row), "{row}");
        }
    }
}
