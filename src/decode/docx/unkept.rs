//! Formatting of characters that the tree has no place for: what is set so is counted, and reported once for each sort.

use std::collections::BTreeMap;

use super::xml::{Element, Ns, is_on};
use crate::diagnostic::{Diagnostics, Kind};
use crate::message::Message;
use crate::tree::Location;

/// A sort of it, by how it is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Highlight,
    Colour,
    EmphasisMark,
    Border,
    Capitals,
    Effect,
}

impl Sort {
    /// The sort that a child of `w:rPr` states (17.3.2), if its text looks otherwise for it.
    pub(super) fn of(property: Element<'_>) -> Option<Self> {
        let value = property.get("val");
        let (sort, shows) = match property.name() {
            "highlight" => (Self::Highlight, value != Some("white")),
            "shd" => (Self::Highlight, value != Some("nil") && shades(property, value)),
            "color" => (Self::Colour, value.is_some_and(is_chromatic)),
            "em" => (Self::EmphasisMark, true),
            "bdr" => (Self::Border, value != Some("nil")),
            "caps" | "smallCaps" => (Self::Capitals, true),
            "outline" | "shadow" | "emboss" | "imprint" => (Self::Effect, true),
            _ => return None,
        };
        (property.ns() == Ns::W && is_on(value) && shows).then_some(sort)
    }

    /// Whether it shows in a character: blanks have no form, and a capital is one.
    fn shows_in(self, c: char) -> bool {
        match self {
            Self::Capitals => c.is_lowercase(),
            Self::Highlight | Self::Colour | Self::EmphasisMark | Self::Border | Self::Effect => {
                !c.is_whitespace() && !is_zero_width(c)
            }
        }
    }

    fn message(self, count: usize) -> Message {
        match self {
            Self::Highlight => message!("highlighted characters are set as others: {count}", count),
            Self::Colour => message!(
                "colours of characters are those of the profile, and not those of the file: {count}",
                count
            ),
            Self::EmphasisMark => {
                message!("characters with emphasis marks are set as others: {count}", count)
            }
            Self::Border => message!("characters in a border are set as others: {count}", count),
            Self::Capitals => {
                message!("characters that are shown as capitals are set as they are: {count}", count)
            }
            Self::Effect => {
                message!("characters with an outline, a shadow or a relief are set as others: {count}", count)
            }
        }
    }
}

/// Whether a shading (17.3.2.32) has a colour: behind the text, or in the pattern over that.
fn shades(shading: Element<'_>, pattern: Option<&str>) -> bool {
    let is_coloured = |name| shading.get(name).is_some_and(is_chromatic);
    let covered = pattern == Some("solid");
    is_coloured("fill") && !covered || is_coloured("color") && pattern != Some("clear")
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// A colour that nobody takes for black, grey or white: six hexadecimal digits (17.18.38).
fn is_chromatic(colour: &str) -> bool {
    /// Parts of the colour so near each other are grey.
    const GREY: u8 = 0x40;
    let part = |at: usize| u8::from_str_radix(colour.get(at..at + 2)?, 16).ok();
    let Some(parts) = [0, 2, 4].map(part).into_iter().collect::<Option<Vec<u8>>>() else { return false };
    parts.iter().max().zip(parts.iter().min()).is_some_and(|(most, least)| most - least >= GREY)
}

/// Sorts that hold for a run: a bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sorts(u8);

impl Sorts {
    const ALL: [Sort; 6] =
        [Sort::Highlight, Sort::Colour, Sort::EmphasisMark, Sort::Border, Sort::Capitals, Sort::Effect];

    pub(super) fn add(&mut self, sort: Option<Sort>) {
        self.0 |= sort.map_or(0, |sort| 1 << sort as u8);
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that hold for the text of a link, which has a colour of its own everywhere.
    pub(super) fn of_link(self) -> Self {
        Self(self.0 & !(1 << Sort::Colour as u8))
    }
}

/// Characters of each sort.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts([usize; Sorts::ALL.len()]);

impl Counts {
    /// Counts a text for which those sorts hold.
    pub(super) fn add(&mut self, sorts: Sorts, text: &str) {
        for sort in Sorts::ALL.into_iter().filter(|sort| sorts.0 >> *sort as u8 & 1 == 1) {
            self.0[sort as usize] += text.chars().filter(|c| sort.shows_in(*c)).count();
        }
    }
}

/// What was met of it: where first, and how many characters.
#[derive(Debug, Default)]
pub(super) struct Unkept(BTreeMap<Sort, (Location, usize)>);

impl Unkept {
    /// Takes in what was counted in a paragraph.
    pub(super) fn add(&mut self, counts: Counts, at: &Location) {
        for (sort, count) in Sorts::ALL.into_iter().zip(counts.0).filter(|(_, count)| *count > 0) {
            self.0.entry(sort).or_insert_with(|| (at.clone(), 0)).1 += count;
        }
    }

    pub(super) fn report(self, diagnostics: &mut Diagnostics) {
        for (sort, (at, count)) in self.0 {
            diagnostics.report(Kind::Substituted, "character-format", at, sort.message(count));
        }
    }
}
