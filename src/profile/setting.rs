//! What can be set in a profile: every key of its file with what it takes. The reader of the file checks numbers by
//! this table, and forms are made of it.

use std::ops::RangeInclusive;

use serde::Serialize;

use crate::message::Message;

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "takes")]
pub enum Takes {
    /// A number.
    Number {
        /// The least that is read.
        least: f64,
        /// The most that is read.
        most: f64,
        /// The step in which it is usually changed; 1 where only whole numbers are read.
        step: f64,
        /// What it counts.
        unit: Unit,
    },
    /// One of some whole numbers.
    OneOf {
        /// The numbers.
        numbers: &'static [u8],
    },
    /// One of some words.
    Word {
        /// The words.
        words: &'static [&'static str],
    },
    /// Yes or no.
    Switch,
    /// Any text.
    Text,
    /// Several texts.
    Texts,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Millimetres.
    Mm,
    /// Points.
    Pt,
    /// The type size of the paragraph itself.
    Em,
    /// Lines of the grid.
    Lines,
    /// Characters, in whole numbers.
    Characters,
    /// Lines, in whole numbers.
    WholeLines,
}

impl Unit {
    /// Its name for people.
    pub(super) fn message(self) -> Message {
        match self {
            Self::Mm => message!("mm"),
            Self::Pt => message!("pt"),
            Self::Em => message!("em"),
            Self::Lines | Self::WholeLines => message!("lines"),
            Self::Characters => message!("characters"),
        }
    }

    /// True where it is counted in whole numbers.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Characters | Self::WholeLines)
    }
}

/// A key and what it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// The key in its table.
    pub key: &'static str,
    /// What it takes.
    pub takes: Takes,
}

/// A table of a profile's file. `*` stands for any name below the one before it: `styles.*`.
pub(super) struct Table {
    pub(super) path: &'static str,
    pub(super) settings: &'static [Setting],
}

const fn set(key: &'static str, takes: Takes) -> Setting {
    Setting { key, takes }
}

const fn number(key: &'static str, range: [f64; 2], step: f64, unit: Unit) -> Setting {
    set(key, Takes::Number { least: range[0], most: range[1], step, unit })
}

const FACES: Takes = Takes::Word { words: &["biaosong", "hei", "kai", "fangsong", "song"] };
/// The longest sheet in mm.
const SHEET: [f64; 2] = [0.0, 2000.0];
const TYPE: [f64; 2] = [1.0, 400.0];
const GAP: [f64; 2] = [0.0, 100.0];
const INDENT: [f64; 2] = [-20.0, 100.0];
const COUNT: [f64; 2] = [1.0, 1000.0];

const NAMES: &[Setting] = &[set("name", Takes::Text), set("also", Takes::Texts)];
const LEAD: &[Setting] = &[set("face", FACES), set("bold", Takes::Switch)];
const STYLE: &[Setting] = &[
    set("face", FACES),
    number("size", TYPE, 0.5, Unit::Pt),
    set("bold", Takes::Switch),
    set("align", Takes::Word { words: &["left", "centre", "right", "justify"] }),
    number("first-line", INDENT, 0.5, Unit::Em),
    number("left", INDENT, 0.5, Unit::Em),
    number("right", INDENT, 0.5, Unit::Em),
    number("before", INDENT, 0.5, Unit::Lines),
    number("after", INDENT, 0.5, Unit::Lines),
    set("keep-with-next", Takes::Switch),
    set("keep-together", Takes::Switch),
    set("page-break", Takes::Switch),
];

/// All of them, in the order of a form.
pub(super) const TABLES: &[Table] = &[
    Table {
        path: "page",
        settings: &[
            number("width", SHEET, 1.0, Unit::Mm),
            number("height", SHEET, 1.0, Unit::Mm),
            number("top", SHEET, 1.0, Unit::Mm),
            number("bottom", SHEET, 1.0, Unit::Mm),
            number("left", SHEET, 1.0, Unit::Mm),
            number("right", SHEET, 1.0, Unit::Mm),
        ],
    },
    Table {
        path: "grid",
        settings: &[
            number("characters", COUNT, 1.0, Unit::Characters),
            number("lines", COUNT, 1.0, Unit::WholeLines),
            number("pitch", TYPE, 0.5, Unit::Pt),
        ],
    },
    Table { path: "styles.*", settings: STYLE },
    Table { path: "headings.*", settings: STYLE },
    Table { path: "leads.*", settings: LEAD },
    Table {
        path: "page-number",
        settings: &[
            set("position", Takes::Word { words: &["outer", "centre", "none"] }),
            set("before", Takes::Text),
            set("after", Takes::Text),
            set("face", FACES),
            number("size", TYPE, 0.5, Unit::Pt),
            number("below", INDENT, 1.0, Unit::Mm),
            number("indent", INDENT, 0.5, Unit::Em),
        ],
    },
    Table {
        path: "",
        settings: &[
            set("kinsoku", Takes::Word { words: &["none", "basic", "gb", "strict"] }),
            set("hanging-punctuation", Takes::Switch),
            set("widow-control", Takes::Switch),
            set("centred-divisions", Takes::Switch),
            set("divide-rows", Takes::Switch),
            set("numbered-paragraphs", Takes::Switch),
            number("title-gap", GAP, 0.5, Unit::Lines),
            number("front-gap", GAP, 0.5, Unit::Lines),
            set("imprint-page", Takes::Word { words: &["last", "even"] }),
            set("name", Takes::Text),
        ],
    },
    Table {
        path: "imposition",
        settings: &[
            set("pages-per-sheet", Takes::OneOf { numbers: &[1, 2, 4] }),
            set("booklet", Takes::Switch),
        ],
    },
    Table { path: "faces.*", settings: NAMES },
    Table { path: "latin", settings: NAMES },
];

/// What the key at the end of a path takes, such as `styles.title.size`.
pub(super) fn at(path: &[&str]) -> Option<Takes> {
    let (key, above) = path.split_last()?;
    let table = TABLES.iter().find(|table| {
        let mut own = table.path.split('.').filter(|part| !part.is_empty());
        above.iter().all(|part| own.next().is_some_and(|own| own == "*" || own == *part))
            && own.next().is_none()
    })?;
    table.settings.iter().find(|setting| setting.key == *key).map(|setting| setting.takes)
}

/// Between which numbers the one at that path lies, and what it counts; anything where none stands there.
pub(super) fn range(path: &[&str]) -> (RangeInclusive<f64>, Unit) {
    match at(path) {
        Some(Takes::Number { least, most, unit, .. }) => (least..=most, unit),
        Some(Takes::OneOf { .. } | Takes::Word { .. } | Takes::Switch | Takes::Text | Takes::Texts)
        | None => (f64::NEG_INFINITY..=f64::INFINITY, Unit::Pt),
    }
}
