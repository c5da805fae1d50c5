//! 版记 at the foot of the last page (GB/T 9704-2012 7.4).

use super::{BASELINE, Paginator};
use crate::layout::Rule;
use crate::layout::block::{Item, ParagraphItem};
use crate::profile::{ImprintPage, PT_PER_MM};

/// Rules of the 版记 in mm (GB/T 9704-2012 7.4.1): the first and last, and those between.
const IMPRINT_OUTER: f64 = 0.35;
const IMPRINT_INNER: f64 = 0.25;

impl Paginator<'_> {
    /// 版记 at the foot of the last page, between rules (GB/T 9704-2012 7.4).
    pub(super) fn imprint(&mut self, items: Vec<Item>) {
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
        self.leave_landscape();
        self.make_room(height, &notes);
        if self.profile.imprint_page == ImprintPage::Even && self.pages.len() % 2 == 1 {
            self.turn_the_leaf();
        }
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

    /// Begins the back of a leaf. Where its front is blank, neither has a number (GB/T 9704-2012 7.5).
    fn turn_the_leaf(&mut self) {
        let front = self.pages.len() - 1;
        let blank = self.is_empty() && front > 0;
        self.new_page();
        if blank {
            self.unnumbered.extend([front, front + 1]);
        }
    }
}
