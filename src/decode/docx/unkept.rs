//! What the tree has no place for: formatting of characters, places that links lead to, pages of sections. It is counted, and
//! reported once for each sort.

use std::collections::{BTreeMap, BTreeSet};

use super::lies_on_its_side;
use super::xml::{Element, Ns, is_on};
use crate::diagnostic::{Diagnostics, Kind};
use crate::message::Message;
use crate::tree::Location;

/// A sort of formatting, by how it is reported.
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

/// What is met in a paragraph: characters of each sort, and the links, by their places among those of the reader, that lead
/// to a place in the file.
#[derive(Debug, Default)]
pub(super) struct Counts {
    characters: [usize; Sorts::ALL.len()],
    links: BTreeSet<usize>,
}

impl Counts {
    /// Counts a text for which those sorts hold.
    pub(super) fn add(&mut self, sorts: Sorts, text: &str) {
        for sort in Sorts::ALL.into_iter().filter(|sort| sorts.0 >> *sort as u8 & 1 == 1) {
            self.characters[sort as usize] += text.chars().filter(|c| sort.shows_in(*c)).count();
        }
    }

    /// Counts a link with that target. The top of the file is a place that every program knows.
    pub(super) fn add_link(&mut self, link: usize, target: &str) {
        if target.len() > 1 && target.starts_with('#') && target != "#_top" {
            self.links.insert(link);
        }
    }
}

/// What was met in the file: where first, and how many characters or links.
#[derive(Debug, Default)]
pub(super) struct Unkept {
    characters: BTreeMap<Sort, (Location, usize)>,
    links: Option<(Location, BTreeSet<usize>)>,
}

impl Unkept {
    /// Takes in what was met in a paragraph.
    pub(super) fn add(&mut self, counts: Counts, at: &Location) {
        for (sort, count) in Sorts::ALL.into_iter().zip(counts.characters).filter(|(_, count)| *count > 0) {
            self.characters.entry(sort).or_insert_with(|| (at.clone(), 0)).1 += count;
        }
        if !counts.links.is_empty() {
            self.links.get_or_insert_with(|| (at.clone(), BTreeSet::new())).1.extend(counts.links);
        }
    }

    /// Reports it, and what the sections of the document say of their pages.
    pub(super) fn report(self, document: Element<'_>, diagnostics: &mut Diagnostics) {
        if let Some((at, links)) = self.links {
            let message = message!(
                "links to places in the file are kept, and the places are not: {count}",
                count = links.len()
            );
            diagnostics.report(Kind::Dropped, "internal-link", at, message);
        }
        report_pages(document, diagnostics);
        for (sort, (at, count)) in self.characters {
            diagnostics.report(Kind::Substituted, "character-format", at, sort.message(count));
        }
    }
}

/// Reports what sections say of their pages that no profile takes over: they lie on their side, or have columns of text.
fn report_pages(document: Element<'_>, diagnostics: &mut Diagnostics) {
    let sections = document.subtree(|e| e.is_w("sectPrChange")).filter(|element| element.is_w("sectPr"));
    let has_columns = |section: Element<'_>| {
        let columns = section.child("cols");
        let stated = columns.and_then(|columns| columns.get("num")?.parse().ok());
        let one_by_one =
            || columns.map(|columns| columns.children().filter(|child| child.is_w("col")).count());
        stated.or_else(one_by_one).is_some_and(|count| count > 1)
    };
    let (mut lying, mut columned) = (0usize, 0usize);
    for section in sections {
        lying += usize::from(lies_on_its_side(section));
        columned += usize::from(has_columns(section));
    }
    let mut report = |message| diagnostics.report(Kind::Substituted, "page-setup", Location::Whole, message);
    if lying > 0 {
        report(message!(
            "sections whose pages lie on their side: {count}; only wide tables do now",
            count = lying
        ));
    }
    if columned > 0 {
        report(message!(
            "sections with columns of text: {count}; the text runs over the whole width",
            count = columned
        ));
    }
}
