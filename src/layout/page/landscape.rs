//! Landscape pages: what they hold is placed as on a page that is wider than high, and turned when the page is full.
//! The head of a table faces the left edge of the sheet, whether that is 订口 or 切口; the number of the page stands
//! where it stands on all others (GB/T 9704-2012 8).

use super::Paginator;
use crate::layout::{Page, Rule};

impl Paginator<'_> {
    /// Makes the current page, or the next where it holds something, the first of the landscape pages.
    pub(super) fn enter_landscape(&mut self) {
        self.landscape = true;
        if !self.is_empty() || !self.pending.is_empty() {
            self.new_page();
            return;
        }
        self.pages.pop();
        self.begin_page();
    }

    /// Begins a page where the current one is landscape: what follows a wide table does not stand beside it.
    pub(super) fn leave_landscape(&mut self) {
        if self.page().turned && !self.landscape {
            self.new_page();
        }
    }

    /// Turns what the current page holds by a quarter counterclockwise.
    pub(super) fn turn(&mut self) {
        let (left, top, bottom) = (self.left, self.top, self.top + self.profile.height());
        let place = |x: f64, y: f64| (left + y - top, bottom - (x - left));
        let area = |area: Rule| {
            let (x, y) = place(area.x, area.y);
            Rule { x, y: y - area.width, width: area.height, height: area.width }
        };
        let Page { lines, rules, red_rules, links, figures, .. } = self.page();
        for line in lines {
            (line.x, line.baseline) = place(line.x, line.baseline);
            line.turned = true;
        }
        rules.iter_mut().chain(red_rules).for_each(|rule| *rule = area(*rule));
        links.iter_mut().for_each(|link| link.area = area(link.area));
        for figure in figures {
            figure.area = area(figure.area);
            figure.turned = true;
        }
    }
}
