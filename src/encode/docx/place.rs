//! What a block stands in, and what follows from it: its style, its indent, how it is aligned.

use docx_rs::AlignmentType;

use super::body::Writer;
use super::frame::Frame;
use super::numbering::{self, Kind as Marker, STYLED_LEVELS, style_id};
use super::shown::is_text;
use super::styles::id;
use crate::ooxml::twips_from_em;
use crate::profile::{Style, StyleName};
use crate::tree::{ColumnAlignment, Head, NotePlace, Role};

/// What a block stands in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Setting {
    /// The text itself.
    Flow,
    /// An item of a list of that level, from 0, with that marker.
    Item(u8, Marker),
    Quote,
    Cell {
        alignment: ColumnAlignment,
        head: bool,
    },
    Note(NotePlace),
}

/// Where a block stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) setting: Setting,
    /// Twips from the left edge to where the setting begins.
    pub(super) base: i32,
    /// Level of a list that begins here.
    pub(super) level: u8,
    /// Twips from edge to edge.
    pub(super) width: i32,
    /// A page may begin here: not in a table, nor in a note.
    pub(super) pages: bool,
}

impl Place {
    /// The text itself.
    pub(super) fn flow(width: i32) -> Self {
        Self { setting: Setting::Flow, base: 0, level: 0, width, pages: true }
    }

    /// A note.
    pub(super) fn note(place: NotePlace, width: i32) -> Self {
        Self { setting: Setting::Note(place), pages: false, ..Self::flow(width) }
    }

    /// A cell of a table.
    pub(super) fn cell(alignment: ColumnAlignment, head: bool, width: i32) -> Self {
        Self { setting: Setting::Cell { alignment, head }, pages: false, ..Self::flow(width) }
    }
}

impl Place {
    /// True where a quotation of plain paragraphs is told by their style alone.
    pub(super) fn holds_plain_quotes(self) -> bool {
        match self.setting {
            Setting::Flow | Setting::Cell { .. } | Setting::Note(_) => true,
            Setting::Item(..) | Setting::Quote => false,
        }
    }

    /// A left indent that leaves a third of the width to the text, however deep it is nested.
    pub(super) fn bounded(self, left: i32) -> i32 {
        left.min(self.width / 3 * 2)
    }
}

/// What a paragraph has beyond its style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Direct {
    /// Lines of the grid left empty above.
    pub(super) before: Option<f64>,
    /// Where its lines stand.
    pub(super) frame: Option<Frame>,
    pub(super) page_break: bool,
    /// Stays on the page of what follows, whatever its style says.
    pub(super) keep_with_next: bool,
    /// Parts with no single line of its own.
    pub(super) ends_text: bool,
    /// Lines of the grid left empty below, where its style says fewer.
    pub(super) after: f64,
    /// What it is of 版头.
    pub(super) head: Head,
    /// It tells the unit of the table below it.
    pub(super) unit: bool,
    /// List id and level of its marker.
    pub(super) marker: Option<(usize, u8)>,
}

impl Writer<'_> {
    /// Twips from the left edge to where blocks inside the setting of a place begin.
    pub(super) fn inner_base(&self, place: Place) -> i32 {
        let own = match place.setting {
            Setting::Flow | Setting::Cell { .. } | Setting::Note(_) => 0,
            Setting::Item(level, marker) => {
                numbering::indent(self.profile.named(StyleName::ListItem), marker, level)
            }
            Setting::Quote => {
                let quote = self.profile.named(StyleName::Quote);
                twips_from_em(quote.left, quote.size)
            }
        };
        place.bounded(place.base + own)
    }

    /// Style id of running text in a setting, how it is set, and the left indent in twips that it states.
    pub(super) fn setting_style(&self, role: Role, place: Place) -> Option<(String, &Style, i32)> {
        let named = |id: &str, name| {
            let style = self.profile.named(name);
            (id.to_owned(), style, twips_from_em(style.left, style.size))
        };
        // What has a role of its own keeps the style of that role everywhere.
        if !is_text(role) {
            return None;
        }
        match place.setting {
            Setting::Flow => None,
            Setting::Item(level, _) => {
                let style = self.profile.named(StyleName::ListItem);
                let left = numbering::indent(style, Marker::Bullet, level.min(STYLED_LEVELS - 1));
                Some((style_id(id::LIST_CONTINUE, level), style, left))
            }
            Setting::Quote => Some(named(id::QUOTE, StyleName::Quote)),
            Setting::Cell { head: true, .. } => Some(named(id::TABLE_HEAD, StyleName::TableHead)),
            Setting::Cell { head: false, .. } => Some(named(id::TABLE_CELL, StyleName::TableCell)),
            Setting::Note(NotePlace::Foot) => Some(named(id::NOTE, StyleName::Note)),
            Setting::Note(NotePlace::End) => Some(named(id::ENDNOTE, StyleName::Note)),
        }
    }
}

/// How the paragraphs of a column are aligned, where the table says so.
pub(super) fn column_alignment(alignment: ColumnAlignment) -> Option<AlignmentType> {
    match alignment {
        ColumnAlignment::Default => None,
        ColumnAlignment::Left => Some(AlignmentType::Left),
        ColumnAlignment::Centre => Some(AlignmentType::Center),
        ColumnAlignment::Right => Some(AlignmentType::Right),
    }
}
