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
        let stated = |sort| (property.ns() == Ns::W && is_on(value)).then_some(sort);
        match property.name() {
            "highlight" => stated(Self::Highlight),
            "shd" => stated(Self::Highlight).filter(|_| property.get("fill").is_some_and(is_chromatic)),
            "color" => stated(Self::Colour).filter(|_| value.is_some_and(is_chromatic)),
            "em" => stated(Self::EmphasisMark),
            "bdr" => stated(Self::Border).filter(|_| value != Some("nil")),
            "caps" | "smallCaps" => stated(Self::Capitals),
            "outline" | "shadow" | "emboss" | "imprint" => stated(Self::Effect),
            _ => None,
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

/// A colour that nobody takes for black, grey or white: six hexadecimal digits (17.18.38).
fn is_chromatic(colour: &str) -> bool {
    /// Parts of the colour so near each other are grey.
    const GREY: u8 = 0x40;
    let part = |at: usize| u8::from_str_radix(colour.get(at..at + 2)?, 16).ok();
    let Some(parts) = [0, 2, 4].map(part).into_iter().collect::<Option<Vec<u8>>>() else { return false };
    parts.iter().max().zip(parts.iter().min()).is_some_and(|(most, least)| most - least >= GREY)
}

/// Sorts that hold for a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sorts(u8);

impl Sorts {
    const ALL: [Sort; 6] =
        [Sort::Highlight, Sort::Colour, Sort::EmphasisMark, Sort::Border, Sort::Capitals, Sort::Effect];

    pub(super) fn add(&mut self, sort: Option<Sort>) {
        self.0 |= sort.map_or(0, |sort| 1 << sort as u8);
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn iter(self) -> impl Iterator<Item = Sort> {
        Self::ALL.into_iter().filter(move |sort| self.0 >> *sort as u8 & 1 == 1)
    }
}

/// What was met of it: where first, and how many characters.
#[derive(Debug, Default)]
pub(super) struct Unkept(BTreeMap<Sort, (Location, usize)>);

impl Unkept {
    /// Counts the characters of a run for which those sorts hold.
    pub(super) fn count(&mut self, sorts: Sorts, characters: usize, at: &Location) {
        for sort in sorts.iter().filter(|_| characters > 0) {
            self.0.entry(sort).or_insert_with(|| (at.clone(), 0)).1 += characters;
        }
    }

    pub(super) fn report(self, diagnostics: &mut Diagnostics) {
        for (sort, (at, count)) in self.0 {
            diagnostics.report(Kind::Substituted, "character-format", at, sort.message(count));
        }
    }
}
