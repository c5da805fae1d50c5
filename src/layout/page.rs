//! Items to pages: the grid of baselines, page breaks, footnotes, page numbers.

use super::block::{self, Flow, Item, ParagraphItem};
use super::font::Faces;
use super::margin;
use super::paragraph::SetLine;
use super::table::{CELL_LEADING, SetRow, TableItem};
use super::{Line, Link, OutlineEntry, Page, Rule};
use crate::profile::{PT_PER_MM, Profile, StyleName};

/// From the middle of the em box down to the baseline, in em: the box reaches 0.88 em up and 0.12 em down.
pub(super) const BASELINE: f64 = 0.38;
/// Lines of a paragraph that stay together at its start and its end, under widow control.
const WIDOW_LINES: usize = 2;
/// Lines of the text that stay with a signature.
const LAST_LINES: usize = 2;
/// Lines off the grid stand this far apart, in em.
const CLOSE_LEADING: f64 = 1.4;
/// Room above lines off the grid, and above and below tables, in lines of the grid.
const CLOSE_GAP: f64 = 0.2;
/// Thickness of a plain rule and of the borders of tables, in pt.
const HAIRLINE: f64 = 0.5;
/// Above the notes: room and, in its middle, a rule of this part of the measure.
const NOTE_GAP: f64 = 12.0;
const NOTE_RULE: f64 = 1.0 / 3.0;
/// Rules of the 版记 in mm (GB/T 9704-2012 7.4.1): the first and last, and those between.
const IMPRINT_OUTER: f64 = 0.35;
const IMPRINT_INNER: f64 = 0.25;
/// Lengths that differ by less are the same, in pt.
const EPSILON: f64 = 0.01;

/// Places items on pages.
pub(super) fn paginate(flow: Flow, profile: &Profile, faces: &Faces) -> (Vec<Page>, Vec<OutlineEntry>) {
    let mut paginator = Paginator {
        profile,
        top: profile.page.top * PT_PER_MM,
        left: profile.page.left * PT_PER_MM,
        height: profile.height(),
        leading: profile.leading(),
        body: profile.named(StyleName::Body).size,
        notes: flow.notes,
        note_pitch: flow.note_size * CLOSE_LEADING,
        note_size: flow.note_size,
        pages: vec![Page::default()],
        outline: Vec::new(),
        y: 0.0,
        foot: Vec::new(),
        pending: Vec::new(),
    };
    let mut items = flow.items;
    let imprint = items.split_off(block::imprint(&items));
    // A break that nothing follows opens no page.
    while imprint.is_empty() && matches!(items.last(), Some(Item::PageBreak)) {
        items.pop();
    }
    paginator.items(items);
    paginator.imprint(imprint);
    paginator.finish_page();
    while !paginator.pending.is_empty() {
        paginator.new_page();
        paginator.finish_page();
    }
    let mut pages = paginator.pages;
    for (index, page) in pages.iter_mut().enumerate() {
        page.numbers = margin::page_number(profile, faces, index + 1).into_iter().collect();
    }
    (pages, paginator.outline)
}

struct Paginator<'a> {
    profile: &'a Profile,
    top: f64,
    left: f64,
    height: f64,
    leading: f64,
    body: f64,
    notes: Vec<Vec<SetLine>>,
    note_pitch: f64,
    note_size: f64,
    pages: Vec<Page>,
    outline: Vec<OutlineEntry>,
    /// Used height of the current page, from the top of the type area.
    y: f64,
    /// Notes of the current page.
    foot: Vec<SetLine>,
    /// Notes that the page had no room for.
    pending: Vec<SetLine>,
}

impl Paginator<'_> {
    fn items(&mut self, items: Vec<Item>) {
        let needs: Vec<f64> = (0..items.len()).map(|i| self.need(&items[i..])).collect();
        // What follows the end of a text and may not stand without it.
        let tails: Vec<f64> = (1..=items.len())
            .map(|next| match items.get(next) {
                Some(Item::Paragraph(item)) if item.needs_text => needs[next],
                Some(Item::Paragraph(_) | Item::Table(_) | Item::Rule | Item::PageBreak) | None => 0.0,
            })
            .collect();
        let mut kept = false;
        for (item, (need, tail)) in items.into_iter().zip(needs.into_iter().zip(tails)) {
            match item {
                Item::Paragraph(item) => {
                    kept = self.paragraph(item, if kept { 0.0 } else { need }, tail);
                }
                Item::Table(table) => {
                    self.table(&table);
                    kept = false;
                }
                Item::Rule => {
                    self.rule();
                    kept = false;
                }
                Item::PageBreak => {
                    if self.y > 0.0 {
                        self.new_page();
                    }
                    kept = false;
                }
            }
        }
    }

    /// Height that must be free so that a heading is not parted from what follows it.
    fn need(&self, items: &[Item]) -> f64 {
        let mut need = 0.0;
        // Longer chains than this are not headings but a habit of the source.
        for item in items.iter().take(8) {
            match item {
                Item::Paragraph(item) if item.keep_with_next => {
                    need += item.before.ceil() * self.leading + self.item_height(item, &item.lines);
                }
                Item::Paragraph(item) => {
                    need += item.before.ceil() * self.leading;
                    let whole = self.item_height(item, &item.lines);
                    if item.keep_together && need + whole <= self.height {
                        return need + whole;
                    }
                    return need + self.item_height(item, &item.lines[..self.together(0, item.lines.len())]);
                }
                Item::Table(table) => {
                    let rows = table.header_rows.max(1);
                    return need + table.rows.iter().take(rows).map(|row| row.height).sum::<f64>();
                }
                Item::Rule | Item::PageBreak => return need,
            }
        }
        need
    }

    fn item_height(&self, item: &ParagraphItem, lines: &[SetLine]) -> f64 {
        let pitch = self.pitch(item);
        lines.iter().map(|set| self.line_height(set, pitch, item.size, item.on_grid)).sum()
    }

    /// Height of a line of a paragraph: its pitch or, with a picture, what that needs.
    fn line_height(&self, set: &SetLine, pitch: f64, size: f64, on_grid: bool) -> f64 {
        let extra = set.extra(pitch, size);
        if on_grid { pitch + (extra / self.leading).ceil() * self.leading } else { pitch + extra }
    }

    /// Distance of the lines of a paragraph: one or more lines of the grid, or close together.
    fn pitch(&self, item: &ParagraphItem) -> f64 {
        if item.on_grid {
            (item.size * 1.1 / self.leading).ceil().max(1.0) * self.leading
        } else {
            item.size * CLOSE_LEADING
        }
    }

    /// How many lines, from that one of a paragraph, stay together.
    fn together(&self, number: usize, count: usize) -> usize {
        let least = if self.profile.widow_control { WIDOW_LINES } else { 1 };
        match count - number.min(count) {
            left if left == least || number == 0 && left < 2 * least => left,
            _ if number == 0 => least,
            _ => 1,
        }
    }

    fn snap(&mut self) {
        self.y = ((self.y - EPSILON) / self.leading).ceil().max(0.0) * self.leading;
    }

    fn room(&self) -> f64 {
        self.height - self.foot_height(self.foot.iter())
    }

    fn foot_height<'a>(&self, lines: impl Iterator<Item = &'a SetLine>) -> f64 {
        let lines: f64 = lines.map(|set| self.line_height(set, self.note_pitch, self.note_size, false)).sum();
        if lines > 0.0 { NOTE_GAP + lines } else { 0.0 }
    }

    /// Places a paragraph; gives whether the next stays with it. Its last lines go to the next page with a
    /// signature of height `tail` that has no room on this one (GB/T 9704-2012 7.3.5: no page holds a
    /// signature alone).
    fn paragraph(&mut self, item: ParagraphItem, need: f64, tail: f64) -> bool {
        if item.page_break && self.y > 0.0 {
            self.new_page();
        }
        let pitch = self.pitch(&item);
        if item.on_grid {
            self.snap();
        } else if self.y > 0.0 {
            self.y += CLOSE_GAP * self.leading;
        }
        if self.y > 0.0 {
            if self.y + need > self.room() + EPSILON && need <= self.height {
                self.new_page();
            } else {
                self.y += item.before.ceil() * self.leading;
            }
        }
        let last_lines = item.lines.len().saturating_sub(LAST_LINES);
        let with_tail = self.item_height(&item, &item.lines[last_lines..]) + tail;
        let heights: Vec<f64> =
            item.lines.iter().map(|set| self.line_height(set, pitch, item.size, item.on_grid)).collect();
        let whole: f64 = heights.iter().sum();
        if item.keep_together
            && self.y > 0.0
            && self.y + whole > self.room() + EPSILON
            && whole <= self.height
        {
            self.new_page();
        }
        for (number, mut set) in item.lines.into_iter().enumerate() {
            let height = heights[number];
            let together = self.together(number, heights.len());
            self.make_room(heights[number..number + together].iter().sum(), &set.notes);
            let ends_here = tail > 0.0 && number == last_lines && self.y > 0.0;
            if ends_here && self.y + with_tail > self.room() + EPSILON && with_tail <= self.height {
                self.new_page();
            }
            let baseline = if item.on_grid {
                // The last line of the grid that the type covers carries it.
                self.y + height - self.leading / 2.0 + BASELINE * self.body
            } else {
                self.y + height - pitch / 2.0 + BASELINE * item.size
            };
            if number == 0 {
                let (page, y) = (self.pages.len() - 1, self.top + self.y);
                for (level, title) in &item.outline {
                    self.outline.push(OutlineEntry { level: *level, title: title.clone(), page, y });
                }
            }
            set.line.baseline = self.top + baseline;
            self.push(set.line);
            self.y += height;
            self.take_notes(&set.notes);
        }
        item.keep_with_next
    }

    /// Begins a page where a line of that height and its notes do not fit.
    fn make_room(&mut self, height: f64, notes: &[usize]) {
        loop {
            let lines = notes.iter().filter_map(|n| self.notes.get(*n)).flatten();
            let free = self.height - self.foot_height(self.foot.iter().chain(lines));
            if self.y + height <= free + EPSILON || self.is_empty() {
                return;
            }
            self.new_page();
        }
    }

    /// True where the page has neither text nor notes.
    fn is_empty(&self) -> bool {
        self.y <= 0.0 && self.foot.is_empty()
    }

    /// Puts notes at the foot of the page, below what it holds; what does not fit waits for the next.
    fn take_notes(&mut self, notes: &[usize]) {
        for note in notes {
            let Some(lines) = self.notes.get_mut(*note) else { continue };
            let lines = std::mem::take(lines);
            self.pending.extend(lines);
        }
        let limit = self.height - self.y.max(self.leading) + EPSILON;
        let mut height = self.foot_height(self.foot.iter()).max(NOTE_GAP);
        let fit = self.pending.iter().take_while(|set| {
            height += self.line_height(set, self.note_pitch, self.note_size, false);
            height <= limit
        });
        let fit = fit.count();
        self.foot.extend(self.pending.drain(..fit));
    }

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Puts a line with its place on the page.
    fn push(&mut self, mut line: Line) {
        let (x, baseline) = (line.x, line.baseline);
        let strokes = std::mem::take(&mut line.strokes);
        let links = std::mem::take(&mut line.links);
        let figures = std::mem::take(&mut line.figures);
        let height = line.runs.iter().map(|run| run.size).fold(0.0, f64::max);
        let page = self.page();
        page.rules.extend(strokes.into_iter().map(|r| Rule { x: x + r.x, y: baseline + r.y, ..r }));
        page.links.extend(links.into_iter().map(|(from, to, target, element)| Link {
            area: Rule { x: x + from, y: baseline - 0.88 * height, width: to - from, height },
            target,
            element,
        }));
        let number = page.lines.len();
        page.figures.extend(figures.into_iter().map(|mut figure| {
            figure.line = number;
            figure.area.x += x;
            figure.area.y += baseline;
            figure
        }));
        page.lines.push(line);
    }

    fn new_page(&mut self) {
        self.finish_page();
        self.pages.push(Page::default());
        self.y = 0.0;
        if !self.pending.is_empty() {
            self.take_notes(&[]);
        }
    }

    /// Sets the notes of the page at its foot.
    fn finish_page(&mut self) {
        let foot = std::mem::take(&mut self.foot);
        if foot.is_empty() {
            return;
        }
        let mut y = self.top + self.height - self.foot_height(foot.iter());
        let rule = Rule {
            x: self.left,
            y: y + NOTE_GAP / 2.0,
            width: self.profile.measure() * NOTE_RULE,
            height: HAIRLINE,
        };
        self.page().rules.push(rule);
        y += NOTE_GAP;
        for mut set in foot {
            y += self.line_height(&set, self.note_pitch, self.note_size, false);
            set.line.baseline = y - self.note_pitch / 2.0 + BASELINE * self.note_size;
            self.push(set.line);
        }
    }

    fn rule(&mut self) {
        self.snap();
        self.make_room(self.leading, &[]);
        let width = self.profile.measure();
        let y = self.top + self.y + self.leading / 2.0;
        let x = self.left;
        self.page().rules.push(Rule { x, y, width, height: HAIRLINE });
        self.y += self.leading;
    }

    fn table(&mut self, table: &TableItem) {
        let lead_in = CLOSE_GAP * self.leading;
        if self.y > 0.0 {
            self.y += lead_in;
        }
        let header = &table.rows[..table.header_rows];
        let header_height: f64 = header.iter().map(|row| row.height).sum();
        let mut start = 0;
        while start < table.rows.len() {
            let end = table.rows[start..]
                .iter()
                .position(|row| !row.joined)
                .map_or(table.rows.len(), |n| start + n + 1);
            let group = &table.rows[start..end];
            let height: f64 = group.iter().map(|row| row.height).sum();
            let notes: Vec<usize> = group
                .iter()
                .flat_map(|r| &r.cells)
                .flat_map(|c| &c.lines)
                .flat_map(|l| l.notes.clone())
                .collect();
            let repeat = start >= table.header_rows && header_height + height <= self.height;
            let pages = self.pages.len();
            self.make_room(height, &notes);
            if self.pages.len() > pages && repeat {
                for row in header {
                    self.repeat(table, row);
                }
            }
            for (i, row) in group.iter().enumerate() {
                let mut row = row.clone();
                while self.y + row.height > self.room() + EPSILON {
                    let free = self.room() - self.y;
                    match split(&mut row, free, self.note_pitch.max(CELL_LEADING * self.note_size)) {
                        Some(upper) => self.row(table, &upper, std::slice::from_ref(&upper), true),
                        None if !self.is_empty() => {}
                        None => break,
                    }
                    self.new_page();
                    if repeat {
                        for row in header {
                            self.repeat(table, row);
                        }
                    }
                }
                self.row(table, &row, &group[i..], true);
            }
            start = end;
        }
        self.y += lead_in;
        self.snap();
    }

    /// Draws a row of the head once more.
    fn repeat(&mut self, table: &TableItem, row: &SetRow) {
        let mut row = row.clone();
        for set in row.cells.iter_mut().flat_map(|cell| &mut cell.lines) {
            set.line.runs.iter_mut().for_each(|run| run.element = None);
            set.line.figures.iter_mut().for_each(|figure| figure.element = None);
        }
        self.row(table, &row, std::slice::from_ref(&row), false);
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
            let notes: Vec<usize> =
                row.cells.iter().flat_map(|c| &c.lines).flat_map(|l| l.notes.clone()).collect();
            self.take_notes(&notes);
        }
    }

    /// 版记 at the foot of the last page, between rules (GB/T 9704-2012 7.4).
    fn imprint(&mut self, items: Vec<Item>) {
        let items: Vec<ParagraphItem> = items
            .into_iter()
            .filter_map(|item| match item {
                Item::Paragraph(item) => Some(item),
                Item::Table(_) | Item::Rule | Item::PageBreak => None,
            })
            .collect();
        if items.is_empty() {
            return;
        }
        let height: f64 = items.iter().map(|item| self.item_height(item, &item.lines)).sum();
        let notes: Vec<usize> =
            items.iter().flat_map(|item| &item.lines).flat_map(|set| set.notes.clone()).collect();
        self.make_room(height, &notes);
        self.take_notes(&notes);
        self.y = (self.room() - height).max(self.y);
        let count = items.len();
        let width = self.profile.measure();
        for (number, item) in items.into_iter().enumerate() {
            let thickness = if number == 0 { IMPRINT_OUTER } else { IMPRINT_INNER } * PT_PER_MM;
            let y = self.top + self.y - thickness / 2.0;
            let x = self.left;
            self.page().rules.push(Rule { x, y, width, height: thickness });
            let pitch = self.pitch(&item);
            for mut set in item.lines {
                let height = self.line_height(&set, pitch, item.size, item.on_grid);
                self.make_room(height, &[]);
                set.line.baseline = self.top + self.y + height - pitch / 2.0 + BASELINE * item.size;
                self.push(set.line);
                self.y += height;
            }
            if number + 1 == count {
                let thickness = IMPRINT_OUTER * PT_PER_MM;
                let y = self.top + self.y - thickness;
                self.page().rules.push(Rule { x, y, width, height: thickness });
            }
        }
    }
}

/// Cuts a row that is higher than a page: gives the part whose lines fit into `free` and leaves the rest.
fn split(row: &mut SetRow, free: f64, least: f64) -> Option<SetRow> {
    let mut upper = SetRow { height: free, joined: false, cells: Vec::new() };
    let mut any = false;
    for cell in &mut row.cells {
        let count = cell.lines.iter().take_while(|set| set.line.baseline + 0.4 * least <= free).count();
        let lines: Vec<SetLine> = cell.lines.drain(..count).collect();
        any |= !lines.is_empty();
        let mut part = cell.clone();
        part.lines = lines;
        part.rows = 1;
        upper.cells.push(part);
    }
    if !any {
        return None;
    }
    let rest = row.cells.iter().flat_map(|cell| cell.lines.first());
    let tops = rest.map(|set| set.line.baseline - least - set.extra(least, least / CELL_LEADING));
    let shift = tops.fold(f64::INFINITY, f64::min);
    let mut height = least;
    for set in row.cells.iter_mut().flat_map(|cell| &mut cell.lines) {
        set.line.baseline -= shift;
        height = height.max(set.line.baseline + 0.6 * least);
    }
    row.height = height;
    Some(upper)
}
