//! Tables on pages: rows that are divided or not, heads that are repeated, borders, landscape pages.

use std::ops::Range;

use super::{CLOSE_GAP, EPSILON, HAIRLINE, Paginator};
use crate::layout::Rule;
use crate::layout::paragraph::SetLine;
use crate::layout::table::{CELL_LEADING, SetCell, SetRow, TableItem, notes_of};

/// Lines of a row that stay together where it is divided.
const DIVIDED_LINES: f64 = 2.0;
/// A row that is higher than this part of a page is divided, whatever the profile says.
pub(crate) const HIGHEST_ROW: f64 = 0.6;
/// A head that is higher than this part of a page is not repeated above a row that is divided.
const HIGHEST_HEAD: f64 = 0.5;

impl Paginator<'_> {
    /// Places a table. A wide one has landscape pages of its own.
    pub(super) fn table(&mut self, table: &TableItem) {
        if table.landscape && !self.landscape {
            self.enter_landscape();
        }
        let lead_in = CLOSE_GAP * self.leading;
        if self.y > 0.0 {
            self.y += lead_in;
        }
        let header_height = heights(&table.rows[..table.header_rows]);
        let mut start = 0;
        while start < table.rows.len() {
            let end = table.group_end(start);
            let group = &table.rows[start..end];
            let height = heights(group);
            // A head stands on no page without a row that it heads.
            let headed = end..table.group_end(table.header_rows).max(end);
            let pages = self.pages.len();
            let room = self.least_room(table, start..end);
            let repeat = start >= table.header_rows
                && (header_height + height <= self.height
                    || header_height <= HIGHEST_HEAD * self.height && header_height + room <= self.height);
            let both = room + self.least_room(table, headed.clone());
            if both <= self.height {
                self.make_room(both, &notes_of(&table.rows[start..headed.end]));
            } else {
                self.make_room(room, &notes_of(group));
            }
            // A page that holds the head alone has no more room than any other.
            let mut fresh = self.pages.len() > pages;
            if fresh && repeat {
                self.repeat(table);
            }
            for (i, row) in group.iter().enumerate() {
                let mut row = row.clone();
                while self.y + row.height > self.room() + EPSILON {
                    let free = self.room() - self.y;
                    match split(&mut row, free, self.least_line()) {
                        Some(upper) => self.row(table, &upper, std::slice::from_ref(&upper), true),
                        None if !(self.is_empty() || fresh && self.foot.is_empty()) => {}
                        None => break,
                    }
                    self.new_page();
                    fresh = true;
                    if repeat {
                        self.repeat(table);
                    }
                }
                self.row(table, &row, &group[i..], true);
                fresh = false;
            }
            start = end;
        }
        self.landscape = false;
        self.y += lead_in;
        self.snap();
    }

    /// Room that rows need where they begin: a row that may be divided, or must be, that of two of its lines.
    pub(super) fn least_room(&self, table: &TableItem, rows: Range<usize>) -> f64 {
        let height = heights(&table.rows[rows.clone()]);
        let head = heights(&table.rows[..table.header_rows]);
        let divided = self.profile.divide_rows || head + height > HIGHEST_ROW * self.height;
        if divided && rows.len() == 1 && rows.start >= table.header_rows {
            height.min(DIVIDED_LINES * self.least_line())
        } else {
            height
        }
    }

    /// Height of a line in a cell, at least.
    fn least_line(&self) -> f64 {
        self.note_pitch.max(CELL_LEADING * self.note_size)
    }

    /// Draws the head once more.
    fn repeat(&mut self, table: &TableItem) {
        for row in &table.rows[..table.header_rows] {
            let mut row = row.clone();
            for set in row.cells.iter_mut().flat_map(|cell| &mut cell.lines) {
                set.line.runs.iter_mut().for_each(|run| run.element = None);
                set.line.figures.iter_mut().for_each(|figure| figure.element = None);
            }
            self.row(table, &row, std::slice::from_ref(&row), false);
        }
    }

    /// Draws a row and its borders; `below` are the rows from this one on that its cells may span.
    fn row(&mut self, table: &TableItem, row: &SetRow, below: &[SetRow], notes: bool) {
        let y = self.top + self.y;
        let half = HAIRLINE / 2.0;
        let mut rules = Vec::new();
        let line = |x: f64, y: f64, width: f64, height: f64| Rule { x, y, width, height };
        for cell in &row.cells {
            let x = table.x + cell.x;
            let height = row.height + below.iter().skip(1).take(cell.rows - 1).map(|r| r.height).sum::<f64>();
            rules.push(line(x - half, y - half, cell.width + HAIRLINE, HAIRLINE));
            rules.push(line(x - half, y - half, HAIRLINE, height + HAIRLINE));
            rules.push(line(x - half, y + height - half, cell.width + HAIRLINE, HAIRLINE));
        }
        rules.push(line(table.x + table.width - half, y - half, HAIRLINE, row.height + HAIRLINE));
        self.page().rules.extend(rules);
        for cell in &row.cells {
            for set in &cell.lines {
                let mut line = set.line.clone();
                line.baseline += y;
                self.push(line);
            }
        }
        self.y += row.height;
        if notes {
            self.take_notes(&notes_of(std::slice::from_ref(row)));
        }
    }
}

pub(super) fn heights(rows: &[SetRow]) -> f64 {
    rows.iter().map(|row| row.height).sum()
}

/// Cuts a row that is higher than its room: gives the part whose lines fit into `free` and leaves the rest. What stands
/// in the middle of the row comes to its top.
fn split(row: &mut SetRow, free: f64, least: f64) -> Option<SetRow> {
    let extra = |set: &SetLine| set.extra(least, least / CELL_LEADING);
    let first = |cell: &SetCell| cell.lines.first().map(|set| set.line.baseline - extra(set));
    let top = row.cells.iter().filter_map(first).fold(f64::INFINITY, f64::min);
    let fits = |cell: &SetCell| {
        let down = first(cell).map_or(0.0, |first| first - top);
        cell.lines.iter().take_while(|set| set.line.baseline - down + 0.4 * least <= free).count()
    };
    let counts: Vec<usize> = row.cells.iter().map(fits).collect();
    if counts.iter().all(|count| *count == 0) {
        return None;
    }
    let mut upper = SetRow { height: free, joined: false, cells: Vec::new() };
    for (cell, count) in row.cells.iter_mut().zip(counts) {
        let down = first(cell).map_or(0.0, |first| first - top);
        cell.lines.iter_mut().for_each(|set| set.line.baseline -= down);
        let lines: Vec<SetLine> = cell.lines.drain(..count).collect();
        upper.cells.push(SetCell { x: cell.x, width: cell.width, rows: 1, lines });
    }
    let rest = row.cells.iter().flat_map(|cell| cell.lines.first());
    let tops = rest.map(|set| set.line.baseline - least - extra(set));
    let shift = tops.fold(f64::INFINITY, f64::min);
    let mut height = least;
    for set in row.cells.iter_mut().flat_map(|cell| &mut cell.lines) {
        set.line.baseline -= shift;
        height = height.max(set.line.baseline + 0.6 * least);
    }
    row.height = height;
    Some(upper)
}
