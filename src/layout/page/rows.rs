//! Tables on pages: rows that are divided or not, heads that are repeated, borders, landscape pages.

use std::ops::Range;

use super::keep::Tail;
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
    /// Places a table. A wide one has landscape pages of its own. Its last row goes to the next page with the end of
    /// the document that has no room on this one.
    pub(super) fn table(&mut self, table: &TableItem, tail: Tail) {
        if table.landscape && !self.landscape {
            self.enter_landscape();
        }
        let lead_in = CLOSE_GAP * self.leading;
        if self.y > 0.0 {
            self.y += lead_in + table.before * self.leading;
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
            let last =
                tail.lines > 0 && !table.landscape && end == table.rows.len() && start > table.header_rows;
            let with_tail = |y: f64| self.on_grid(y + height + lead_in) + tail.height;
            if last
                && self.pages.len() == pages
                && with_tail(self.y) > self.room() + EPSILON
                && with_tail(header_height) <= self.height
            {
                self.new_page();
            }
            // A page that holds the head alone has no more room than any other.
            let mut fresh = self.pages.len() > pages;
            if fresh && repeat {
                self.repeat(table);
            }
            for (i, row) in group.iter().enumerate() {
                let mut rest: Option<Rest> = None;
                while self.y + rest.as_ref().map_or(row.height, |rest| rest.height) > self.room() + EPSILON {
                    let free = self.room() - self.y;
                    match rest.get_or_insert_with(|| Rest::of(row)).split(free, self.least_line()) {
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
                match rest {
                    Some(rest) => self.row(table, &rest.into_row(), &group[i..], true),
                    None => self.row(table, row, &group[i..], true),
                }
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
        if !table.borderless {
            self.page().rules.extend(borders(table, row, below, y));
        }
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

/// The borders of a row whose upper edge is at `y`: above, left of and below each of its cells, which reach down into
/// the rows of `below` after the first, and at the right of the table.
fn borders(table: &TableItem, row: &SetRow, below: &[SetRow], y: f64) -> Vec<Rule> {
    let line = |x: f64, y: f64, width: f64, height: f64| Rule {
        x: x - HAIRLINE / 2.0,
        y: y - HAIRLINE / 2.0,
        width: width + HAIRLINE,
        height: height + HAIRLINE,
    };
    let mut rules = Vec::new();
    for cell in &row.cells {
        let x = table.x + cell.x;
        let height = row.height + below.iter().skip(1).take(cell.rows - 1).map(|r| r.height).sum::<f64>();
        rules.push(line(x, y, cell.width, 0.0));
        rules.push(line(x, y, 0.0, height));
        rules.push(line(x, y + height, cell.width, 0.0));
    }
    rules.push(line(table.x + table.width, y, 0.0, row.height));
    rules
}

/// What is left of a row that is cut, page by page. Its lines are not touched before their page comes, so that a row of
/// many pages takes no more time than as many rows.
struct Rest {
    height: f64,
    joined: bool,
    cells: Vec<RestCell>,
}

struct RestCell {
    x: f64,
    width: f64,
    rows: usize,
    lines: std::vec::IntoIter<SetLine>,
    /// By how much its lines stand higher than they say.
    up: f64,
}

impl RestCell {
    /// Baseline of its next line, and how much higher than others that is.
    fn first(&self, least: f64) -> Option<(f64, f64)> {
        let set = self.lines.as_slice().first()?;
        Some((set.line.baseline - self.up, set.extra(least, least / CELL_LEADING)))
    }

    fn take(&mut self, count: usize) -> SetCell {
        let mut lines: Vec<SetLine> = self.lines.by_ref().take(count).collect();
        lines.iter_mut().for_each(|set| set.line.baseline -= self.up);
        SetCell { x: self.x, width: self.width, rows: self.rows, lines }
    }
}

impl Rest {
    fn of(row: &SetRow) -> Self {
        let cells = row.cells.iter().cloned().map(|SetCell { x, width, rows, lines }| RestCell {
            x,
            width,
            rows,
            lines: lines.into_iter(),
            up: 0.0,
        });
        Self { height: row.height, joined: row.joined, cells: cells.collect() }
    }

    /// Gives the part whose lines fit into `free`. What stands in the middle of the row comes to its top.
    fn split(&mut self, free: f64, least: f64) -> Option<SetRow> {
        let tops = self.cells.iter().map(|cell| cell.first(least).map(|(baseline, extra)| baseline - extra));
        let tops: Vec<Option<f64>> = tops.collect();
        let top = tops.iter().flatten().copied().fold(f64::INFINITY, f64::min);
        let down: Vec<f64> = tops.iter().map(|first| first.map_or(0.0, |first| first - top)).collect();
        let fits = |(cell, down): (&RestCell, &f64)| {
            let lines = cell.lines.as_slice().iter();
            lines.take_while(|set| set.line.baseline - cell.up - down + 0.4 * least <= free).count()
        };
        let counts: Vec<usize> = self.cells.iter().zip(&down).map(fits).collect();
        if counts.iter().all(|count| *count == 0) {
            return None;
        }
        let mut upper = SetRow { height: free, joined: false, cells: Vec::new() };
        for ((cell, count), down) in self.cells.iter_mut().zip(counts).zip(down) {
            cell.up += down;
            upper.cells.push(SetCell { rows: 1, ..cell.take(count) });
        }
        let rest = self.cells.iter().filter_map(|cell| cell.first(least));
        let shift = rest.map(|(baseline, extra)| baseline - least - extra).fold(f64::INFINITY, f64::min);
        self.height = least;
        for cell in &mut self.cells {
            let Some(last) = cell.lines.as_slice().last() else { continue };
            cell.up += shift;
            self.height = self.height.max(last.line.baseline - cell.up + 0.6 * least);
        }
        Some(upper)
    }

    fn into_row(self) -> SetRow {
        let cells = self.cells.into_iter().map(|mut cell| cell.take(usize::MAX));
        SetRow { height: self.height, joined: self.joined, cells: cells.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Line, LineKind};

    #[test]
    fn a_row_of_very_many_lines_is_divided_in_good_time() {
        const LINES: usize = 240_000;
        let line = |number: u32| Line {
            kind: LineKind::TableCell,
            paragraph: 0,
            x: 0.0,
            baseline: f64::from(number + 1) * 18.0,
            turned: false,
            red: false,
            width: 0.0,
            runs: Vec::new(),
            strokes: Vec::new(),
            links: Vec::new(),
            figures: Vec::new(),
        };
        let lines: Vec<SetLine> =
            (0..).take(LINES).map(|number| SetLine { line: line(number), notes: Vec::new() }).collect();
        let cells = vec![SetCell { x: 0.0, width: 100.0, rows: 1, lines }];
        let row = SetRow { height: f64::INFINITY, joined: false, cells };
        let mut rest = Rest::of(&row);
        let mut found = 0;
        while rest.height > 600.0 {
            let upper = rest.split(600.0, 18.0).unwrap();
            let lines = &upper.cells[0].lines;
            assert!(lines[0].line.baseline < 40.0 && lines[lines.len() - 1].line.baseline < 600.0);
            found += lines.len();
        }
        assert_eq!(found + rest.into_row().cells[0].lines.len(), LINES);
    }
}
