//! Rows of names in columns that wide blanks part (GB/T 9704-2012 10.3), where the columns are wider than the page.

use std::ops::Range;

use super::{Block, Role};

/// Widths are the same up to so many em.
const ROUNDED: f64 = 0.05;

/// No blank of columns becomes narrower, so that it still parts more than the one between a name and its office: in em.
const LEAST: f64 = 1.0;

/// A gap between columns is so wide, in em.
const WIDE: f64 = 2.0;

/// Characters after which a colon ends no label.
const LABEL: usize = 8;

/// Em that names stand behind the label, for rows that have none.
const BELOW_LABEL: f64 = 3.0;

/// A gap between two columns of names: its characters, and its width in em.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Gap {
    pub(crate) range: Range<usize>,
    width: f64,
}

impl Gap {
    /// What of its width is left where it gives up so many em.
    pub(crate) fn left(&self, narrowing: f64) -> f64 {
        1.0 - narrowing / self.width
    }
}

/// The gaps between the columns of a row.
pub(crate) fn column_gaps(row: impl Iterator<Item = char>) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for (at, c) in row.enumerate().filter(|(_, c)| matches!(c, ' ' | '\u{3000}')) {
        match gaps.last_mut().filter(|gap| gap.range.end == at) {
            Some(gap) => {
                gap.range.end = at + 1;
                gap.width += width(c);
            }
            None => gaps.push(Gap { range: at..at + 1, width: width(c) }),
        }
    }
    gaps.retain(|gap| gap.width >= WIDE && gap.range.start > 0);
    gaps
}

/// True for a row of names, or of the text, in columns: where it takes more than a line, the first is not stretched to the edge.
pub(crate) fn has_columns(role: Role, row: impl Iterator<Item = char>) -> bool {
    matches!(role, Role::Body | Role::Attendance) && !column_gaps(row).is_empty()
}

/// What every gap of the row of names at `index` gives up, in em, so that none of the rows above and below it is wider than the
/// measure, given in em; `before` is the same of the block before. 0 where they fit, or where they would not even so: columns
/// stay below each other.
pub(crate) fn narrowing(blocks: &[Block], index: usize, before: f64, measure: f64) -> f64 {
    let row = |block: &Block| block.paragraph().is_some_and(|row| row.role == Role::Attendance);
    if !row(&blocks[index]) {
        return 0.0;
    }
    if index.checked_sub(1).is_some_and(|before| row(&blocks[before])) {
        return before;
    }
    let (mut wanted, mut least) = (0.0_f64, f64::INFINITY);
    for row in blocks[index..].iter().take_while(|block| row(block)).filter_map(Block::paragraph) {
        let row = row.characters();
        let gaps = column_gaps(row.chars());
        if gaps.is_empty() {
            continue;
        }
        let labelled = row.chars().take(LABEL).any(|c| matches!(c, '：' | ':'));
        let set = row.chars().map(width).sum::<f64>() + if labelled { 0.0 } else { BELOW_LABEL };
        wanted = wanted.max((set - measure) / gaps.len() as f64);
        least = gaps.iter().map(|gap| gap.width).fold(least, f64::min);
    }
    // A little more, for what is rounded.
    let wanted = if wanted > ROUNDED { wanted + ROUNDED } else { 0.0 };
    if wanted <= least - LEAST { wanted } else { 0.0 }
}

/// Width of a character in em.
fn width(c: char) -> f64 {
    if c.is_ascii() { 0.5 } else { 1.0 }
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

    #[test]
    fn gaps_give_up_what_the_widest_row_lacks() {
        let names = rows(&["出席：李四　甲局　　　王五　乙局", "赵小六　甲处　　　钱七　丙委员会"]);
        let of = |measure| narrowing(&names, 0, 0.0, measure);
        assert_eq!(of(19.0), 0.0);
        assert_eq!(of(18.0), 1.0 + ROUNDED);
        assert_eq!(of(17.5), 1.5 + ROUNDED);
        // The gap would be no wider than the one between name and office.
        assert_eq!(of(17.0), 0.0);
        assert_eq!(narrowing(&names, 1, 0.5, 19.0), 0.5);
        assert_eq!(narrowing(&rows(&["出席：李四、王五、赵六"]), 0, 0.0, 4.0), 0.0);
    }

    #[test]
    fn gaps_are_two_em_wide_and_stand_between_words() {
        let gap = |range, width| Gap { range, width };
        assert_eq!(column_gaps("　　李　四　　王五    赵六 钱七".chars()), [gap(5..7, 2.0), gap(9..13, 2.0)]);
        assert_eq!(gap(0..4, 4.0).left(1.0), 0.75);
    }
}
