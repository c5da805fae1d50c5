//! What stays together on a page: headings with their text, widows and orphans, the end of a document.

use super::rows::heights;
use super::{CLOSE_GAP, CLOSE_LEADING, Paginator};
use crate::layout::LineKind;
use crate::layout::block::{Item, ParagraphItem};
use crate::layout::paragraph::SetLine;
use crate::layout::table::notes_of;
use crate::profile::lines_of_grid;
use crate::tree::Role;

/// Lines of a paragraph that stay together at its start and its end, under widow control.
const WIDOW_LINES: usize = 2;
/// A tail that is higher than this part of a page is divided as any other text.
const LONGEST_TAIL: f64 = 0.5;

/// What follows the end of a paragraph or table and may not stand on a page without it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Tail {
    /// Last lines of the paragraph that go along, or last rows of the table.
    pub(super) lines: usize,
    /// Height of what follows.
    pub(super) height: f64,
}

/// What must find room on one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Need {
    pub(super) height: f64,
    /// The notes whose marks stand in it.
    pub(super) notes: Vec<usize>,
}

/// True for a paragraph on a landscape page.
fn is_landscape(item: &Item) -> bool {
    matches!(item, Item::Paragraph(item) if item.landscape)
}

/// True for what stands above the text on the first page, the recipients among it.
fn is_of_head(item: &Item) -> bool {
    let Item::Paragraph(item) = item else { return false };
    let first = item.lines.first().map(|set| set.line.kind);
    matches!(first, Some(LineKind::Paragraph(role)) if role.heads_text())
}

impl Paginator<'_> {
    /// What must find room on a page so that a heading is not parted from what follows it.
    pub(super) fn need(&self, items: &[Item]) -> Need {
        let mut need = Need::default();
        // Longer chains than this are not headings but a habit of the source.
        for item in items.iter().take(8) {
            match item {
                Item::Paragraph(item) => {
                    need.height += item.before.ceil() * self.leading;
                    let whole = self.item_height(item, &item.lines);
                    let lines =
                        if item.keep_with_next || item.keep_together && need.height + whole <= self.height {
                            item.lines.len()
                        } else {
                            self.together(0, item.lines.len())
                        };
                    need.height += self.item_height(item, &item.lines[..lines]);
                    need.notes.extend(item.lines[..lines].iter().flat_map(|line| &line.notes));
                    if !item.keep_with_next {
                        return need;
                    }
                }
                // It has pages of its own, on which what leads to it stands too.
                Item::Table(table) if table.landscape && !is_landscape(&items[0]) => return need,
                Item::Table(table) => {
                    let headed = table.header_rows..table.group_end(table.header_rows);
                    let head = heights(&table.rows[..table.header_rows]);
                    need.notes.extend(notes_of(&table.rows[..headed.end]));
                    need.height +=
                        (table.before + CLOSE_GAP) * self.leading + head + self.least_room(table, headed);
                    return need;
                }
                Item::Rule | Item::PageBreak => return need,
            }
        }
        need
    }

    pub(super) fn item_height(&self, item: &ParagraphItem, lines: &[SetLine]) -> f64 {
        let pitch = self.pitch(item);
        lines.iter().map(|set| self.line_height(set, pitch, item.size, item.on_grid)).sum()
    }

    /// Height of a line of a paragraph: its pitch or, with a picture, what that needs.
    pub(super) fn line_height(&self, set: &SetLine, pitch: f64, size: f64, on_grid: bool) -> f64 {
        let extra = set.extra(pitch, size);
        if on_grid { pitch + (extra / self.leading).ceil() * self.leading } else { pitch + extra }
    }

    /// Distance of the lines of a paragraph: one or more lines of the grid, or close together.
    pub(super) fn pitch(&self, item: &ParagraphItem) -> f64 {
        if item.on_grid {
            lines_of_grid(item.size, self.leading) * self.leading
        } else {
            item.size * CLOSE_LEADING
        }
    }

    /// How many lines, from that one of a paragraph, stay together.
    pub(super) fn together(&self, number: usize, count: usize) -> usize {
        let least = if self.profile.widow_control { WIDOW_LINES } else { 1 };
        match count - number.min(count) {
            left if left == least || number == 0 && left < 2 * least => left,
            _ if number == 0 => least,
            _ => 1,
        }
    }

    /// The tail of every item: 附件说明, 署名, 成文日期 and 附注, with the end of the text before them, no more of it than
    /// leaves and takes no single line of a paragraph.
    pub(super) fn tails(&self, items: &[Item]) -> Vec<Tail> {
        let mut tails = vec![Tail::default(); items.len()];
        let head = items.iter().take_while(|item| is_of_head(item)).count();
        // Height of what follows, where that needs the end of this item.
        let mut next = None;
        let mut too_high = false;
        for (index, item) in items.iter().enumerate().rev() {
            let Item::Paragraph(item) = item else {
                // Of a table, its last row goes along.
                if let (Item::Table(_), Some(height)) = (item, next) {
                    tails[index] = Tail { lines: 1, height };
                }
                next = None;
                continue;
            };
            let count = item.lines.len();
            // The first page shows text below its head, were it a single line.
            let opens = index == head && head > 0 && count > 1;
            let lines = match item.keep_together || count < 2 * WIDOW_LINES {
                true if opens => (count - 1).min(WIDOW_LINES),
                true => count,
                false => WIDOW_LINES,
            };
            let height = next.unwrap_or(0.0);
            tails[index] = next.map_or_else(Tail::default, |height| Tail { lines, height });
            let whole = item.before.ceil() * self.leading + self.item_height(item, &item.lines) + height;
            let headed = next.is_some()
                && lines == count
                && matches!(index.checked_sub(1).map(|before| &items[before]), Some(Item::Paragraph(before)) if before.keep_with_next);
            too_high = item.needs_text && (too_high || whole > self.height * LONGEST_TAIL);
            let goes_along = !item.page_break && !too_high && (item.needs_text || headed);
            next = goes_along.then_some(whole);
        }
        tails
    }
}

/// True for what does not stand on a page without the end of the text before it (GB/T 9704-2012 7.3.5: no page holds a
/// signature alone).
pub(crate) fn needs_text(role: Role) -> bool {
    matches!(role, Role::AttachmentNote | Role::Signature | Role::SigningDate | Role::Remark)
}
