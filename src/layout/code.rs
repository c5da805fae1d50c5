//! Program text: on a grid of half-width columns, its lines as the author broke them.

use super::LineKind;
use super::block::{DEEPEST, Item, ParagraphItem, Place, Setter};
use super::cell::cells;
use super::element::ElementKind;
use super::inline::{Text, TextStyle};
use super::paragraph::{Frame, lines};
use crate::diagnostic::Kind;
use crate::profile::{Align, StyleName};
use crate::tree::{Location, Role};

/// Stands before what goes on from the line above, and the room it has, in em.
const CONTINUED: &str = "→";
const CONTINUED_ROOM: f64 = 2.0;
/// A program of no more lines is not divided between two pages.
const TOGETHER: usize = 8;

impl Setter<'_> {
    /// Sets program text. A line that is longer than the measure goes on, behind a mark, in the next; that is
    /// reported.
    pub(super) fn code(&mut self, code: &str, at: &Location, place: Place, items: &mut Vec<Item>) {
        let style = self.profile.named(StyleName::Code).clone();
        let size = style.size * place.scale;
        let code = code.strip_suffix('\n').unwrap_or(code);
        if code.is_empty() {
            return;
        }
        let paragraph = self.elements.add(place.element, ElementKind::Paragraph);
        let element = self.elements.add(paragraph, ElementKind::Code);
        let base = self.text_style(&style, element);
        let base = TextStyle { code: true, size, em: size, ..base };
        let left = (place.left + style.left * size).min(place.width * DEEPEST);
        let frame = Frame {
            head: false,
            x: place.x,
            width: place.width,
            first: left,
            rest: (left + CONTINUED_ROOM * size).min(place.width * DEEPEST),
            right: 0.0,
            align: Align::Left,
            hanging: false,
        };
        let mut set = Vec::new();
        let mut broken = 0;
        for line in code.split_inclusive('\n') {
            let mut text = Text::default();
            text.push(line, base);
            let cells = cells(&text, self.faces, self.profile.kinsoku, at, self.diagnostics);
            let parts = lines(&text, &cells, &frame, LineKind::Code, self.paragraphs);
            broken += usize::from(parts.len() > 1);
            for (number, mut part) in parts.into_iter().enumerate() {
                if number > 0 {
                    let x = frame.first;
                    super::margin::mark(&mut part.line, CONTINUED, frame.x + x, size, self.faces);
                }
                set.push(part);
            }
        }
        self.paragraphs += 1;
        self.previous = Some(Role::Body);
        if broken > 0 {
            let message = match broken {
                1 => message!(
                    "1 line of program text is longer than the measure and goes on behind {mark}",
                    mark = CONTINUED
                ),
                count => message!(
                    "{count} lines of program text are longer than the measure and go on behind {mark}",
                    count,
                    mark = CONTINUED
                ),
            };
            self.diagnostics.report(Kind::Substituted, "code-line-broken", at.clone(), message);
        }
        let short = set.len() <= TOGETHER;
        let mut item = ParagraphItem::new(set, size);
        item.keep_together = short;
        item.on_grid = false;
        items.push(Item::Paragraph(item));
    }
}
