//! Items to pages: the grid of baselines, page breaks, footnotes, page numbers.

mod imprint;
mod keep;
mod landscape;
mod rows;

use std::collections::BTreeSet;

use super::block::{self, Flow, Item, ParagraphItem};
use super::font::Faces;
use super::margin;
use super::paragraph::SetLine;
use super::{Line, Link, OutlineEntry, Page, Rule};
use crate::profile::{ABOVE_RED_RULE, PT_PER_MM, Profile, RED_RULE, StyleName};
pub(crate) use keep::needs_text;
use keep::{Need, Tail};
pub(crate) use rows::HIGHEST_ROW;

/// From the middle of the em box down to the baseline, in em: the box reaches 0.88 em up and 0.12 em down.
pub(super) const BASELINE: f64 = 0.38;
/// From the baseline up to the upper edge of the em box, in em.
pub(super) const ASCENT: f64 = 0.88;
/// Lines off the grid stand this far apart, in em.
pub(crate) const CLOSE_LEADING: f64 = 1.4;
/// Room above lines off the grid, and above and below tables, in lines of the grid.
const CLOSE_GAP: f64 = 0.2;
/// Thickness of a plain rule and of the borders of tables, in pt.
const HAIRLINE: f64 = 0.5;
/// Above the notes: room and, in its middle, a rule of this part of the measure.
const NOTE_GAP: f64 = 12.0;
const NOTE_RULE: f64 = 1.0 / 3.0;
/// Lines of a note that stay with its mark: all, or of a note of more than `LONG_NOTE` the first.
const NOTE_START: usize = 3;
const LONG_NOTE: usize = 8;
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
        unnumbered: BTreeSet::new(),
        outline: Vec::new(),
        y: 0.0,
        landscape: false,
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
    let (mut pages, unnumbered) = (paginator.pages, paginator.unnumbered);
    for (index, page) in pages.iter_mut().enumerate().filter(|(index, _)| !unnumbered.contains(index)) {
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
    /// Pages without a number.
    unnumbered: BTreeSet<usize>,
    outline: Vec<OutlineEntry>,
    /// Used height of the current page, from the top of the type area.
    y: f64,
    /// The pages that begin are landscape.
    landscape: bool,
    /// Notes of the current page.
    foot: Vec<SetLine>,
    /// Notes that the page had no room for.
    pending: Vec<SetLine>,
}

impl Paginator<'_> {
    fn items(&mut self, items: Vec<Item>) {
        let needs: Vec<Need> = (0..items.len()).map(|i| self.need(&items[i..])).collect();
        let tails = self.tails(&items);
        let mut kept = false;
        for (item, (need, tail)) in items.into_iter().zip(needs.into_iter().zip(tails)) {
            self.leave_landscape();
            match item {
                Item::Paragraph(item) => {
                    if item.landscape && !self.landscape {
                        self.enter_landscape();
                    }
                    kept = self.paragraph(item, if kept { Need::default() } else { need }, tail);
                }
                Item::Table(table) => {
                    self.table(&table, tail);
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

    fn snap(&mut self) {
        self.y = self.on_grid(self.y);
    }

    /// The next line of the grid, from that height down.
    fn on_grid(&self, y: f64) -> f64 {
        ((y - EPSILON) / self.leading).ceil().max(0.0) * self.leading
    }

    fn room(&self) -> f64 {
        self.height - self.foot_height(self.foot.iter())
    }

    fn foot_height<'a>(&self, lines: impl Iterator<Item = &'a SetLine>) -> f64 {
        let lines: f64 = lines.map(|set| self.line_height(set, self.note_pitch, self.note_size, false)).sum();
        if lines > 0.0 { NOTE_GAP + lines } else { 0.0 }
    }

    /// Places a paragraph; gives whether the next stays with it. Its last lines go to the next page with the
    /// end of the document that has no room on this one (GB/T 9704-2012 7.3.5: no page holds a signature alone).
    fn paragraph(&mut self, item: ParagraphItem, need: Need, tail: Tail) -> bool {
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
            let room = |foot: &[SetLine]| self.height - self.foot_with(foot, &need.notes);
            if self.y + need.height > room(&self.foot) + EPSILON && need.height <= room(&[]) {
                self.new_page();
            } else {
                self.y += item.before.ceil() * self.leading;
            }
        }
        self.y = self.y.max(item.sunk * self.leading);
        let last_lines = item.lines.len().saturating_sub(tail.lines);
        let with_tail = self.item_height(&item, &item.lines[last_lines..]) + tail.height;
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
            let ends_here = tail.lines > 0 && number == last_lines && self.y > 0.0;
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
            set.line.baseline = self.top + baseline - item.raised;
            self.push(set.line);
            self.y += height;
            self.take_notes(&set.notes);
        }
        if item.red_rule {
            self.red_rule(item.size);
        }
        item.keep_with_next
    }

    /// The red rule below type of that size, as wide as the type area (GB/T 9704-2012 7.2.7).
    fn red_rule(&mut self, size: f64) {
        // The type stands in the middle of its line.
        let y = self.top + self.y - (self.leading - size) / 2.0 + ABOVE_RED_RULE * PT_PER_MM;
        let (x, width, height) = (self.left, self.profile.measure(), RED_RULE * PT_PER_MM);
        self.page().red_rules.push(Rule { x, y, width, height });
    }

    /// Height of the foot of a page that has these lines there, and takes these notes.
    fn foot_with(&self, foot: &[SetLine], notes: &[usize]) -> f64 {
        // A long note begins on the page of its mark and goes on at the foot of the next.
        let start = |note: &'_ Vec<SetLine>| if note.len() > LONG_NOTE { NOTE_START } else { note.len() };
        let notes = notes.iter().filter_map(|n| self.notes.get(*n));
        self.foot_height(foot.iter().chain(notes.flat_map(|note| &note[..start(note)])))
    }

    /// Begins a page where a line of that height and its notes do not fit.
    fn make_room(&mut self, height: f64, notes: &[usize]) {
        loop {
            let free = self.height - self.foot_with(&self.foot, notes);
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
            area: Rule { x: x + from, y: baseline - ASCENT * height, width: to - from, height },
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

    fn begin_page(&mut self) {
        self.pages.push(Page { turned: self.landscape, ..Page::default() });
        self.height = if self.landscape { self.profile.measure() } else { self.profile.height() };
        self.y = 0.0;
    }

    fn new_page(&mut self) {
        self.finish_page();
        self.begin_page();
        if !self.pending.is_empty() {
            self.take_notes(&[]);
        }
    }

    /// Sets the notes of the page at its foot.
    fn finish_page(&mut self) {
        self.set_notes();
        if self.page().turned {
            self.turn();
        }
    }

    fn set_notes(&mut self) {
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
}
