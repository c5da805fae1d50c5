//! Tables.

use serde::{Deserialize, Serialize};

use super::Block;

/// A table. Cells that span are stored once, at their first row and column.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Alignment of each column.
    pub columns: Vec<ColumnAlignment>,
    /// Width that is asked for each column, in thousandths of the table's; empty where it goes by what the columns hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub widths: Vec<u32>,
    /// No rules stand around its cells: it only puts them beside each other.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub borderless: bool,
    /// How many of the first rows are its head, repeated on every page.
    pub header_rows: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

/// No cell is taken to be of more columns.
const MOST_COLUMNS: u32 = 1024;

/// What the widths of the columns of a table are parts of.
pub(crate) const WHOLE_WIDTH: u32 = 1000;

/// Widths in any unit as whole numbers of thousandths, which together are a thousand; nothing where one of them would be none.
pub(crate) fn thousandths(widths: &[u64]) -> Option<Vec<u32>> {
    let sum: u64 =
        widths.iter().try_fold(0u64, |sum, width| sum.checked_add(*width)).filter(|sum| *sum > 0)?;
    let mut edge = 0u64;
    let mut before = 0u32;
    let parts = widths.iter().map(|width| {
        edge += width;
        let end = (u128::from(edge) * u128::from(WHOLE_WIDTH) * 2 + u128::from(sum)) / (2 * u128::from(sum));
        let end = u32::try_from(end).unwrap_or(WHOLE_WIDTH);
        let part = end - before;
        before = end;
        part
    });
    Some(parts.collect::<Vec<u32>>()).filter(|parts| !parts.contains(&0))
}

impl Table {
    /// The widths of that many columns in thousandths, where the table asks for each of them.
    pub(crate) fn shares(&self, columns: usize) -> Option<Vec<u32>> {
        let widths: Vec<u64> = self.widths.iter().copied().map(u64::from).collect();
        thousandths(&widths).filter(|shares| shares.len() == columns)
    }

    /// Columns that the cells of the widest row cover, those that reach down from rows above among them.
    pub(crate) fn width(&self) -> usize {
        self.row_widths().max().unwrap_or(0)
    }

    /// How the text of a cell below the head is aligned, which begins at that column.
    pub(crate) fn alignment(&self, cell: &Cell, column: usize) -> ColumnAlignment {
        cell.alignment.unwrap_or_else(|| self.columns.get(column).copied().unwrap_or_default())
    }

    /// Gives each column the alignment that most of its cells below the head have, where they state one, and leaves it to
    /// those cells alone that are set otherwise.
    pub(crate) fn settle_alignment(&mut self) {
        let mut votes = vec![[0usize; 4]; self.columns.len()];
        let header_rows = self.header_rows;
        self.each_cell_below_head(&mut |column, cell| {
            if let (Some(votes), 1, false, Some(own)) =
                (votes.get_mut(column), cell.columns, cell.blocks.is_empty(), cell.alignment)
            {
                votes[own as usize] += 1;
            }
        });
        for (column, votes) in self.columns.iter_mut().zip(&votes) {
            let most = votes.iter().max().filter(|most| **most > 0);
            let mut counted = ColumnAlignment::ALL.iter().zip(votes);
            let first = most.and_then(|most| counted.find(|(_, count)| *count == most));
            if let Some((alignment, _)) = first {
                *column = *alignment;
            }
        }
        let columns = std::mem::take(&mut self.columns);
        self.each_cell_below_head(&mut |column, cell| {
            let of_column = columns.get(column).copied().unwrap_or_default();
            cell.alignment = cell.alignment.filter(|own| *own != of_column);
        });
        self.columns = columns;
        let heads = self.rows.iter_mut().take(header_rows).flat_map(|row| &mut row.cells);
        heads.for_each(|cell| cell.alignment = None);
    }

    /// Calls `visit` with the cells below the head and the columns at which they begin.
    pub(crate) fn each_cell_below_head(&mut self, visit: &mut dyn FnMut(usize, &mut Cell)) {
        // Rows for which each column is still covered from above.
        let mut covered: Vec<u32> = Vec::new();
        for (index, row) in self.rows.iter_mut().enumerate() {
            let mut column = 0;
            for cell in &mut row.cells {
                while covered.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let columns = cell.columns.clamp(1, MOST_COLUMNS) as usize;
                if covered.len() < column + columns {
                    covered.resize(column + columns, 0);
                }
                for rows in covered.iter_mut().skip(column).take(columns).take_while(|rows| **rows == 0) {
                    *rows = cell.rows.max(1);
                }
                if index >= self.header_rows {
                    visit(column, cell);
                }
                column += columns;
            }
            covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
    }

    /// Columns that the cells of each row cover, those that reach down from rows above among them.
    pub(crate) fn row_widths(&self) -> impl Iterator<Item = usize> {
        // Cells that reach down: the columns they cover, and rows that are left.
        let mut reach: Vec<(usize, u32)> = Vec::new();
        self.rows.iter().map(move |row| {
            let above: usize = reach.iter().map(|(columns, _)| columns).sum();
            let own: usize = row.cells.iter().map(|cell| cell.columns.max(1) as usize).sum();
            reach.iter_mut().for_each(|(_, rows)| *rows -= 1);
            reach.retain(|(_, rows)| *rows > 0);
            let new = row.cells.iter().map(|cell| (cell.columns.max(1) as usize, cell.rows.max(1) - 1));
            reach.extend(new.filter(|(_, rows)| *rows > 0));
            above + own
        })
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// The least height that is asked for it, in twips; it is higher where its cells need that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

impl Row {
    /// A row that is as high as its cells need.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, height: None }
    }

    /// The least height that is asked for it, in pt.
    pub(crate) fn least_height(&self) -> f64 {
        f64::from(self.height.unwrap_or(0)) / 20.0
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Columns it covers, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub columns: u32,
    /// Rows it covers, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rows: u32,
    /// How its text is aligned where that is otherwise than in its column; of a cell of several columns, the first of them.
    /// Cells of the head are set as heads are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment: Option<ColumnAlignment>,
}

impl Cell {
    /// A cell of one column and one row.
    pub fn new(blocks: Vec<Block>) -> Self {
        Self { blocks, columns: 1, rows: 1, alignment: None }
    }
}

/// How the text of a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnAlignment {
    /// As the profile sets tables.
    #[default]
    Default,
    /// Flush left.
    Left,
    /// Centred.
    Centre,
    /// Flush right.
    Right,
}

impl ColumnAlignment {
    /// All alignments, in the order of their variants.
    pub(crate) const ALL: [Self; 4] = [Self::Default, Self::Left, Self::Centre, Self::Right];
}

fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_one(n: &u32) -> bool {
    *n == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_reach_down_count_in_the_rows_below() {
        let cell = |columns, rows| Cell { columns, rows, ..Cell::new(Vec::new()) };
        let rows = vec![
            Row::new(vec![cell(2, 2), cell(1, 1)]),
            Row::new(vec![cell(1, 1), cell(1, 1)]),
            Row::new(vec![cell(1, 1)]),
        ];
        assert_eq!(Table { rows, ..Table::default() }.width(), 4);
        assert_eq!(Table::default().width(), 0);
    }

    #[test]
    fn widths_are_thousandths_of_the_table() {
        assert_eq!(thousandths(&[1, 1, 1]), Some(vec![333, 334, 333]));
        assert_eq!(thousandths(&[2200, 6600]), Some(vec![250, 750]));
        assert_eq!(thousandths(&[250, 750]), Some(vec![250, 750]));
        assert_eq!(thousandths(&[1, 5000]), None);
        assert_eq!(thousandths(&[u64::MAX, 1]), None);
        assert_eq!(thousandths(&[]), None);
        let table = Table { widths: vec![1, 3], ..Table::default() };
        assert_eq!(table.shares(2), Some(vec![250, 750]));
        assert_eq!(table.shares(3), None);
    }
}
