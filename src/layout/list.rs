//! Lists: markers, hanging indents, nesting; and the numbers of notes, which hang alike.

use super::block::{Item, Place, Setter, Surround};
use super::cell::Cell;
use super::element::{ElementId, ElementKind};
use super::inline::Text;
use crate::profile::StyleName;
use crate::tree::{Block, BlockKind, List, ListItem, Location, Paragraph};

/// Indent of the text of a list item behind its marker, and of a nested list, in em.
const BULLET_HANG: f64 = 1.0;
const TASK_HANG: f64 = 1.5;
const NUMBER_HANG: f64 = 1.5;
const NEST: f64 = 2.0;
const BULLETS: [&str; 3] = ["•", "◦", "▪"];
/// Room between a marker that is too wide and its text, in em.
const MARKER_GAP: f64 = 0.25;

impl Setter<'_> {
    /// Sets a list.
    pub(super) fn list(&mut self, list: &List, place: Place, items: &mut Vec<Item>) {
        let em = self.em(self.profile.named(StyleName::ListItem).size);
        let in_cell = matches!(place.kind, Surround::Cell { .. } | Surround::Note);
        let depth = if in_cell { 0.0 } else { (place.left / (NEST * em)).floor() };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small depth")]
        let bullet = BULLETS[(depth as usize) % BULLETS.len()];
        // A nested list is indented against the marker of its item, as in Word.
        let outer = if in_cell { place.left } else { place.left - place.hang + NEST * em };
        let element = self.elements.add(place.element, ElementKind::List { numbered: list.start.is_some() });
        for (number, item) in list.items.iter().enumerate() {
            let of_item = self.elements.add(element, ElementKind::ListItem);
            let label = self.elements.add(of_item, ElementKind::Label);
            let marker = match (item.checked, list.start) {
                (Some(done), _) => Marker::task(done, label),
                (None, Some(start)) => Marker::number(start.saturating_add(number as u64), label),
                (None, None) => Marker::bullet(bullet, label),
            };
            let kind = inner(place.kind, Surround::List);
            let element = self.elements.add(of_item, ElementKind::ItemBody);
            let hang = marker.hang * em;
            let place = Place { left: outer + hang, hang, kind, element, ..place };
            self.item(item, &marker, place, items);
        }
    }

    /// Sets an item: its marker stands before its first paragraph, or alone where it begins otherwise.
    fn item(&mut self, item: &ListItem, marker: &Marker, place: Place, items: &mut Vec<Item>) {
        match item.blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(paragraph), origin }, rest)) => {
                self.paragraph(paragraph, &origin.at, place, Some(marker), items);
                self.blocks(rest, place, items);
            }
            _ => {
                let empty = Paragraph::plain("");
                self.paragraph(&empty, &Location::Whole, place, Some(marker), items);
                self.blocks(&item.blocks, place, items);
            }
        }
    }

    /// Sets the blocks of a note behind its number.
    pub(super) fn marked(&mut self, blocks: &[Block], mark: &str, place: Place, items: &mut Vec<Item>) {
        let element = self.elements.add(place.element, ElementKind::Label);
        let marker = Marker { text: mark.to_owned(), hang: 0.5, raised: true, centred: false, element };
        let em = self.em(self.profile.named(StyleName::Note).size);
        let place = Place { left: place.left + marker.hang * em, ..place };
        let item = ListItem { checked: None, blocks: blocks.to_vec() };
        self.item(&item, &marker, place, items);
    }
}

/// What stands before the first line of a list item or note.
#[derive(Debug, Clone)]
pub(super) struct Marker {
    pub(super) text: String,
    /// From its left edge to the text, in em.
    hang: f64,
    /// Small and raised, as the number of a note.
    pub(super) raised: bool,
    /// In the middle of its room.
    centred: bool,
    pub(super) element: ElementId,
}

impl Marker {
    fn bullet(text: &str, element: ElementId) -> Self {
        Self { text: text.to_owned(), hang: BULLET_HANG, raised: false, centred: true, element }
    }

    fn task(done: bool, element: ElementId) -> Self {
        let text = if done { "☑" } else { "☐" };
        Self { text: text.to_owned(), hang: TASK_HANG, raised: false, centred: false, element }
    }

    fn number(number: u64, element: ElementId) -> Self {
        Self { text: format!("{number}."), hang: NUMBER_HANG, raised: false, centred: false, element }
    }

    /// Makes its room before the text, which begins at the distance that is given behind its left edge.
    pub(super) fn make_room(&self, cells: &mut [Cell], text: &Text, em: f64) -> f64 {
        let count = cells
            .iter()
            .take_while(|cell| text.styles[usize::from(cell.style)].generated)
            .count()
            .min(self.text.chars().count());
        let Some(last) = count.checked_sub(1) else { return 0.0 };
        let width: f64 = cells[..count].iter().map(|cell| cell.gap + cell.advance).sum();
        let hang = (self.hang * em).max(width + MARKER_GAP * em);
        if count == 1 && self.centred {
            cells[0].offset += (hang - width) / 2.0;
        }
        cells[last].advance += hang - width;
        for cell in cells.iter_mut().take(count + 1).skip(1) {
            cell.breakable = false;
            cell.gap = 0.0;
        }
        hang
    }
}

/// A list or quotation in a cell or note is set as the cell or note is.
pub(super) fn inner(outer: Surround, kind: Surround) -> Surround {
    match outer {
        Surround::Text | Surround::List | Surround::Quote => kind,
        Surround::Cell { .. } | Surround::Note => outer,
    }
}
