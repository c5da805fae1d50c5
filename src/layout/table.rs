//! Tables: heights of rows, spans.

use super::block::{Item, Place, Setter, Surround};
use super::column_width::{self, PADDING_SIDE};
use super::element::ElementKind;
use super::page::HIGHEST_ROW;
use super::paragraph::SetLine;
use crate::profile::{Align, StyleName};
use crate::tree::{Block, Cell, ColumnAlignment, Row, Table};

/// A table whose lines are measured but have no place on a page.
#[derive(Debug)]
pub(super) struct TableItem {
    /// Left edge on the page, in pt.
    pub(super) x: f64,
    /// Width in pt.
    pub(super) width: f64,
    /// Lines of the grid left empty above it.
    pub(super) before: f64,
    /// No rules stand around its cells.
    pub(super) borderless: bool,
    /// Stands on landscape pages.
    pub(super) landscape: bool,
    /// How many of the first rows are repeated on every page.
    pub(super) header_rows: usize,
    pub(super) rows: Vec<SetRow>,
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct SetRow {
    /// Height in pt.
    pub(super) height: f64,
    /// Stays on one page with the row below, because a cell spans both.
    pub(super) joined: bool,
    pub(super) cells: Vec<SetCell>,
}

/// A cell with its lines; their baselines count from the top of the row.
#[derive(Debug, Clone)]
pub(super) struct SetCell {
    /// From the left edge of the table, in pt.
    pub(super) x: f64,
    /// Width in pt.
    pub(super) width: f64,
    /// Rows it covers.
    pub(super) rows: usize,
    pub(super) lines: Vec<SetLine>,
}

/// White inside a cell, above and below, in em.
const PADDING_TOP: f64 = 0.25;
/// Distance of baselines in a cell, in em.
pub(crate) const CELL_LEADING: f64 = 1.35;

/// The notes whose marks stand in rows.
pub(super) fn notes_of(rows: &[SetRow]) -> Vec<usize> {
    let cells = rows.iter().flat_map(|row| &row.cells);
    cells.flat_map(|cell| &cell.lines).flat_map(|line| line.notes.clone()).collect()
}

impl TableItem {
    /// Where the rows end that stay together from that one on.
    pub(super) fn group_end(&self, start: usize) -> usize {
        let last = self.rows[start..].iter().position(|row| !row.joined);
        last.map_or(self.rows.len(), |n| start + n + 1)
    }

    /// The notes whose marks stand in the table.
    pub(super) fn notes(&self) -> Vec<usize> {
        notes_of(&self.rows)
    }

    /// Its lines alone.
    pub(super) fn into_lines(self) -> Vec<SetLine> {
        self.rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.lines).collect()
    }
}

/// Measures a table. Where its columns have no room, it is set on landscape pages, and where they have none there
/// either, in smaller type.
pub(super) fn set(setter: &mut Setter<'_>, table: &Table, place: Place) -> TableItem {
    let mut size = setter.profile.named(StyleName::TableCell).size;
    let grid = Grid::of(table);
    let x = place.x + place.left;
    let landscape = column_width::is_too_wide(table, setter.profile, place.width - place.left);
    let width = if landscape { setter.profile.height() } else { place.width } - place.left;
    let columns = column_width::of_grid(&grid, setter.profile, width, &setter.context);
    let scale = columns.scale;
    size *= scale;
    let mut edges = vec![0.0];
    for column in &columns.widths {
        edges.push(edges[edges.len() - 1] + column);
    }
    let pad = PADDING_SIDE * size;
    let page = if landscape { setter.profile.measure() } else { setter.profile.height() };
    let element = setter.elements.add(place.element, ElementKind::Table);
    let of_line = size * (CELL_LEADING + 2.0 * PADDING_TOP);
    let least = |row: &Row| row.least_height().min(HIGHEST_ROW * page).max(of_line);
    let least: Vec<f64> = table.rows.iter().map(least).collect();
    let mut rows: Vec<SetRow> = Vec::with_capacity(grid.rows.len());
    for (number, cells) in grid.rows.iter().enumerate() {
        let mut set = SetRow { height: least[number], joined: false, cells: Vec::new() };
        let row = setter.elements.add(element, ElementKind::Row);
        for at in cells {
            let left = edges[at.column];
            let right = edges[(at.column + at.columns).min(edges.len() - 1)];
            let head = number < table.header_rows;
            let align = match at.alignment {
                ColumnAlignment::Default => setter.profile.named(StyleName::TableCell).align,
                ColumnAlignment::Left => Align::Left,
                ColumnAlignment::Centre => Align::Centre,
                ColumnAlignment::Right => Align::Right,
            };
            let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let cell = ElementKind::Cell { head, columns: number(at.columns), rows: number(at.rows) };
            let inner = Place {
                x: x + left + pad,
                width: (right - left - 2.0 * pad).max(size),
                left: 0.0,
                hang: 0.0,
                scale,
                kind: Surround::Cell { head, align },
                element: setter.elements.add(row, cell),
            };
            let mut items = Vec::new();
            setter.blocks(at.blocks, inner, &mut items);
            let (lines, height) = stack(items, size);
            if at.rows == 1 {
                set.height = set.height.max(height);
            }
            set.cells.push(SetCell { x: left, width: right - left, rows: at.rows, lines });
        }
        rows.push(set);
    }
    span_heights(&mut rows, &least, size, page);
    for row in 0..rows.len() {
        for cell in 0..rows[row].cells.len() {
            let span = rows[row].cells[cell].rows.max(1);
            let room = rows[row..].iter().take(span).map(|r| r.height).sum::<f64>();
            let cell = &mut rows[row].cells[cell];
            // Where nothing bounds them, the texts of a row begin at one height.
            if !table.borderless {
                centre(cell, room, size);
            }
        }
    }
    // A head that leaves no room for what it heads is not repeated.
    let header_rows = table.header_rows.min(rows.len());
    TableItem { x, width, before: 0.0, borderless: table.borderless, landscape, header_rows, rows }
}

/// Sets the lines of a cell one below the other; gives the height it needs.
fn stack(items: Vec<Item>, size: f64) -> (Vec<SetLine>, f64) {
    let mut lines: Vec<SetLine> = items.into_iter().flat_map(super::block::item_lines).collect();
    let mut y = PADDING_TOP * size;
    for line in &mut lines {
        let pitch = CELL_LEADING * size;
        y += pitch + line.extra(pitch, size);
        line.line.baseline = y - pitch / 2.0 + super::page::BASELINE * size;
    }
    (lines, y + PADDING_TOP * size)
}

/// Moves the lines of a cell to the middle of its height.
fn centre(cell: &mut SetCell, room: f64, size: f64) {
    let shift = ((room - needed(cell, size)) / 2.0).max(0.0);
    for line in &mut cell.lines {
        line.line.baseline += shift;
    }
}

/// Makes the last row of a spanning cell high enough for it, and joins the rows that it covers. Where they
/// are higher than a page, the cell stays in its first row, which can be divided. No row is lower than its `least`.
fn span_heights(rows: &mut [SetRow], least: &[f64], size: f64, page: f64) {
    for row in 0..rows.len() {
        for cell in 0..rows[row].cells.len() {
            let span = rows[row].cells[cell].rows.min(rows.len() - row);
            rows[row].cells[cell].rows = span;
            if span > 1 {
                let have: f64 = rows[row..row + span].iter().map(|r| r.height).sum();
                rows[row + span - 1].height += (needed(&rows[row].cells[cell], size) - have).max(0.0);
                for covered in &mut rows[row..row + span - 1] {
                    covered.joined = true;
                }
            } else {
                // A cell that spans rows which do not exist is as high as any other.
                rows[row].height = rows[row].height.max(needed(&rows[row].cells[cell], size));
            }
        }
    }
    let mut start = 0;
    while start < rows.len() {
        let end = rows[start..].iter().position(|r| !r.joined).map_or(rows.len(), |n| start + n + 1);
        if end > start + 1 && rows[start..end].iter().map(|r| r.height).sum::<f64>() > page / 2.0 {
            for (row, least) in rows[start..end].iter_mut().zip(&least[start..end]) {
                row.joined = false;
                row.height = *least;
                for cell in &mut row.cells {
                    cell.rows = 1;
                    row.height = row.height.max(needed(cell, size));
                }
            }
        }
        start = end;
    }
}

/// Height that a cell needs.
fn needed(cell: &SetCell, size: f64) -> f64 {
    let pitch = CELL_LEADING * size;
    let lines: f64 = cell.lines.iter().map(|line| pitch + line.extra(pitch, size)).sum();
    lines + 2.0 * PADDING_TOP * size
}

/// A cell at its place in the grid.
pub(super) struct At<'a> {
    pub(super) column: usize,
    pub(super) columns: usize,
    rows: usize,
    alignment: ColumnAlignment,
    pub(super) blocks: &'a [Block],
}

/// Cells by row and column, spans worked out. Together they fill every row: no two lie upon each other, and
/// an empty one stands where a row is short.
pub(super) struct Grid<'a> {
    pub(super) columns: usize,
    pub(super) rows: Vec<Vec<At<'a>>>,
    /// How many of the rows, from the first, are its head.
    pub(super) head: usize,
    /// Widths that the table asks for, in thousandths.
    pub(super) shares: Option<Vec<u32>>,
}

/// No table has more columns than this on a page.
const MOST_COLUMNS: usize = 256;

impl<'a> Grid<'a> {
    pub(super) fn of(table: &'a Table) -> Self {
        let mut rows: Vec<Vec<At<'a>>> = Vec::with_capacity(table.rows.len());
        // Rows that each column is still covered for, from above.
        let mut taken: Vec<usize> = Vec::new();
        for (number, row) in table.rows.iter().enumerate() {
            let left = table.rows.len() - number;
            let mut cells = Vec::with_capacity(row.cells.len());
            let mut column = 0;
            for cell in &row.cells {
                let at = Self::place(table, cell, column, left, &mut taken);
                column = at.column + at.columns;
                cells.push(at);
            }
            rows.push(cells);
            taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
        let columns = table.columns.len().clamp(1, MOST_COLUMNS).max(taken.len());
        let mut grid = Self { columns, rows, head: table.header_rows, shares: table.shares(columns) };
        grid.fill();
        grid
    }

    /// The place of a cell: the first free column at or behind `column`, and as many more as it spans and are free.
    fn place(
        table: &Table,
        cell: &'a Cell,
        column: usize,
        rows_left: usize,
        taken: &mut Vec<usize>,
    ) -> At<'a> {
        let column = (column..taken.len()).find(|column| taken[*column] == 0).unwrap_or(taken.len());
        let wanted = usize::try_from(cell.columns.max(1)).unwrap_or(1).min(MOST_COLUMNS);
        let free = taken[column..].iter().position(|rows| *rows > 0).unwrap_or(wanted);
        let columns = wanted.min(free);
        let rows = usize::try_from(cell.rows.max(1)).unwrap_or(1).min(rows_left);
        if taken.len() < column + columns {
            taken.resize(column + columns, 0);
        }
        taken[column..column + columns].fill(rows);
        At { column, columns, rows, alignment: table.alignment(cell, column), blocks: &cell.blocks }
    }

    /// Puts an empty cell into every gap.
    fn fill(&mut self) {
        let mut taken = vec![0; self.columns];
        for cells in &mut self.rows {
            for at in cells.iter() {
                taken[at.column..at.column + at.columns].fill(at.rows);
            }
            let mut column = 0;
            while let Some(start) = taken[column..].iter().position(|rows| *rows == 0).map(|n| column + n) {
                let end = taken[start..].iter().position(|rows| *rows > 0);
                column = end.map_or(taken.len(), |n| start + n);
                cells.push(At {
                    column: start,
                    columns: column - start,
                    rows: 1,
                    alignment: ColumnAlignment::Default,
                    blocks: &[],
                });
                taken[start..column].fill(1);
            }
            cells.sort_by_key(|at| at.column);
            taken.iter_mut().for_each(|rows| *rows -= 1);
        }
    }
}
