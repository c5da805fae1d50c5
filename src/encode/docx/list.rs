//! Lists: items with markers of their own (ECMA-376 17.9).

use docx_rs::{DocumentChild, IndentLevel, NumberingId, SpecialIndentType};

use super::body::Writer;
use super::numbering::{self, Kind as Marker, STYLED_LEVELS, style_id};
use super::place::{Direct, Place, Setting};
use super::shown::{is_plain_item, is_text};
use super::styles::id;
use crate::diagnostic::Kind;
use crate::ooxml::{DEEPEST, Group, LARGEST_NUMBER, role_style, twips_from_em};
use crate::profile::StyleName;
use crate::tree::{Block, BlockKind, List, Location, Paragraph, Role};

impl<'a> Writer<'a> {
    /// Gives a paragraph its list style and marker. The style of bullets brings their marker along.
    pub(super) fn marked(
        &self,
        paragraph: docx_rs::Paragraph,
        role: Role,
        place: Place,
        list: usize,
        level: u8,
    ) -> docx_rs::Paragraph {
        let marker = Marker::of(list);
        let bullet = marker == Marker::Bullet;
        let task = matches!(marker, Marker::Open | Marker::Done);
        let style = if is_text(role) {
            style_id(if bullet || task { id::LIST_BULLET } else { id::LIST_NUMBER }, level)
        } else {
            role_style(role).id
        };
        let mut paragraph = paragraph.style(&style);
        // The list styles of a reference document have markers and levels of their own.
        let brings_marker = list == Marker::Bullet.id(true) && !self.numbered.contains_key(&style);
        if !is_text(role) || level >= STYLED_LEVELS || !brings_marker {
            paragraph = paragraph.numbering(NumberingId::new(list), IndentLevel::new(usize::from(level)));
        }
        let item = self.profile.named(StyleName::ListItem);
        let left = self.inner_base(place);
        if left != numbering::indent(item, marker, level) {
            let hanging = twips_from_em(marker.hang(), item.size).min(left);
            let hanging = SpecialIndentType::Hanging(hanging);
            paragraph = paragraph.indent(Some(left), Some(hanging), None, None);
        }
        paragraph
    }

    /// Writes the items of a list.
    pub(super) fn list(&mut self, list: &'a List, at: &Location, place: Place, out: &mut Vec<DocumentChild>) {
        let level = place.level.min(DEEPEST - 1);
        // A list within an item is indented by its level; any other list by what it stands in.
        let base =
            if matches!(place.setting, Setting::Item(..)) { place.base } else { self.inner_base(place) };
        let number = match list.start {
            None => Marker::Bullet.id(list.tight),
            Some(start) => {
                if start > u64::from(LARGEST_NUMBER) {
                    self.diagnostics.report_text(
                        Kind::Substituted,
                        "list-number",
                        at.clone(),
                        message!("Word counts to {largest}; the list begins there", largest = LARGEST_NUMBER),
                        start.to_string(),
                    );
                }
                self.numbering.begin(level, start, list.tight)
            }
        };
        self.numbering.loose |= !list.tight;
        let outer = self.scale;
        if let Setting::Cell { head, .. } = place.setting {
            // Its items have the type of the cell.
            let cell = self.profile.named(if head { StyleName::TableHead } else { StyleName::TableCell });
            self.scale *= cell.size / self.profile.named(StyleName::ListItem).size;
        }
        self.numbering.tasks |= list.items.iter().any(|item| item.checked.is_some());
        for item in &list.items {
            if item.checked.is_some() && list.start.is_some() {
                self.diagnostics.report(
                    Kind::Substituted,
                    "task-number",
                    at.clone(),
                    message!("a numbered task shows its box instead of its number"),
                );
            }
            let marker = match item.checked {
                Some(true) => Marker::Done.id(list.tight),
                Some(false) => Marker::Open.id(list.tight),
                None => number,
            };
            let setting = Setting::Item(level, Marker::of(marker));
            let inside = Place { setting, base, level: level.saturating_add(1), ..place };
            let direct = Direct { marker: Some((marker, level)), ..Direct::default() };
            let rest = match item.blocks.split_first() {
                Some((Block { kind: BlockKind::Paragraph(first), origin }, rest)) => {
                    self.report_space(first, &origin.at, true);
                    out.push(self.paragraph(first, &origin.at, inside, direct));
                    rest
                }
                _ => {
                    out.push(self.paragraph(&Paragraph::default(), at, inside, direct));
                    &item.blocks
                }
            };
            if is_plain_item(rest, level) {
                self.blocks(rest, inside, out);
            } else {
                self.group(Group::Item, out, |writer, within| writer.blocks(rest, inside, within));
            }
        }
        self.scale = outer;
    }
}
