//! Tables.

use serde::{Deserialize, Serialize};

use super::Block;

/// A table. Cells that span are stored once, at their first row and column.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Alignment of each column.
    pub columns: Vec<ColumnAlignment>,
    /// How many of the first rows are its head, repeated on every page.
    pub header_rows: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// Columns that the cells of the widest row cover, those that reach down from rows above among them.
    pub(crate) fn width(&self) -> usize {
        self.row_widths().max().unwrap_or(0)
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
}

impl Cell {
    /// A cell of one column and one row.
    pub fn new(blocks: Vec<Block>) -> Self {
        Self { blocks, columns: 1, rows: 1 }
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
        let cell = |columns, rows| Cell { blocks: Vec::new(), columns, rows };
        let rows = vec![
            Row { cells: vec![cell(2, 2), cell(1, 1)] },
            Row { cells: vec![cell(1, 1), cell(1, 1)] },
            Row { cells: vec![cell(1, 1)] },
        ];
        assert_eq!(Table { rows, ..Table::default() }.width(), 4);
        assert_eq!(Table::default().width(), 0);
    }
}
