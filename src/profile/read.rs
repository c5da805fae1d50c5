//! Profiles from TOML: what a file states, over what it builds on.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::{EXTENDS, check};
use super::edit::{Refused, out_of_range};
use super::{
    Align, BUILT_IN, BuiltIn, Face, FaceNames, Grid, Imposition, ImprintPage, Kinsoku, LeadStyle,
    NumberPosition, PT_PER_MM, Page, PageNumber, Profile, Style, StyleName, setting,
};
use crate::error::{Error, Result};
use crate::message::Message;

impl Profile {
    /// Reads a profile. What it leaves out is as in the built-in profile that its key `extends` names; without that
    /// key it must state page, grid, page number, faces, headings, leads and body text.
    ///
    /// # Errors
    /// [`Error::Profile`] with the line and key, for what is not TOML, unknown, missing or impossible.
    pub fn from_toml(text: &str) -> Result<Self> {
        let stated = parse(text)?;
        let stated = stated.over_base(text)?;
        complete(stated).map_err(|wrong| wrong.in_text(text))
    }

    /// A built-in profile. Nothing is wrong in its file, as a test shows; to look for it takes a third of the time.
    pub(super) fn of(built_in: &BuiltIn) -> Result<Self> {
        complete(Stated::of(built_in)?).map_err(|wrong| wrong.in_text(built_in.toml))
    }

    /// As [`Profile::from_toml`]; what is wrong is said without its line.
    pub(super) fn read(text: &str) -> std::result::Result<Self, Refused> {
        let whole = |error: Error| Refused { path: String::new(), message: error.message() };
        let stated = parse(text).and_then(|stated| stated.over_base(text)).map_err(whole)?;
        complete(stated).map_err(|wrong| Refused { path: wrong.path.join("."), message: wrong.message })
    }
}

/// What is wrong with the value of a key.
pub(super) struct Wrong {
    /// The key and those it stands under.
    path: Vec<String>,
    message: Message,
}

impl Wrong {
    pub(super) fn new(path: &[&str], message: Message) -> Self {
        Self { path: path.iter().map(|key| (*key).to_owned()).collect(), message }
    }

    /// The error, with the line where the text has the key or the last it has of those above it.
    fn in_text(self, text: &str) -> Error {
        let key = self.path.join(".");
        let message = match line_of(text, &self.path) {
            Some(line) => message!("line {line}: {key}: {message}", line, key, message = self.message),
            None => message!("{key}: {message}", key, message = self.message),
        };
        Error::Profile { message }
    }
}

/// The line of a key, from 1.
fn line_of(text: &str, path: &[String]) -> Option<usize> {
    let root = DeTable::parse(text).ok()?;
    let mut at = None;
    let mut table = root.get_ref();
    let mut path = path.iter();
    while let Some((key, value)) = path.next().and_then(|key| table.get_key_value(key.as_str())) {
        at = Some(key.span().start);
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            // A table of a list is named by its number, from 1.
            DeValue::Array(list) => {
                let item =
                    path.next().and_then(|number| list.get(number.parse::<usize>().ok()?.checked_sub(1)?));
                let Some(DeValue::Table(inner)) = item.map(|item| item.get_ref()) else { break };
                at = item.map(|item| item.span().start);
                table = inner;
            }
            _ => break,
        }
    }
    Some(text[..at?].matches('\n').count() + 1)
}

/// Reads what a file states.
fn parse(text: &str) -> Result<Stated> {
    let root = table(text)?;
    check(root.get_ref()).map_err(|wrong| wrong.in_text(text))?;
    stated(root)
}

/// The table that a file is.
fn table(text: &str) -> Result<Spanned<DeTable<'_>>> {
    DeTable::parse(text).map_err(|error| not_toml(text, &error))
}

/// What a table states. [`check`] lets nothing through that has no place.
fn stated(root: Spanned<DeTable<'_>>) -> Result<Stated> {
    Stated::deserialize(toml::Deserializer::from(root))
        .map_err(|error| Error::Profile { message: Message::verbatim(error.message()) })
}

/// The error, with its line and what stands there.
fn not_toml(text: &str, error: &toml::de::Error) -> Error {
    let start = error.span().map_or(0, |span| span.start.min(text.len()));
    let above = text[..start].matches('\n').count();
    let shown = text.lines().nth(above).map(str::trim).unwrap_or_default();
    let (line, message) = (above + 1, Message::of_toml(error.message()));
    let message = match shown {
        "" => message!("line {line}: {message}", line, message),
        shown => message!("line {line}: {message} (`{shown}`)", line, message, shown),
    };
    Error::Profile { message }
}

/// A profile as its file states it. Everything may be left out; what is, comes from the profile it extends.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Stated {
    name: Option<String>,
    extends: Option<String>,
    kinsoku: Option<Kinsoku>,
    hanging_punctuation: Option<bool>,
    title_gap: Option<f64>,
    front_gap: Option<f64>,
    numbered_paragraphs: Option<bool>,
    centred_divisions: Option<bool>,
    widow_control: Option<bool>,
    divide_rows: Option<bool>,
    imprint_page: Option<ImprintPage>,
    imposition: StatedImposition,
    page: StatedPage,
    grid: StatedGrid,
    page_number: StatedNumber,
    latin: Option<FaceNames>,
    faces: BTreeMap<Face, FaceNames>,
    headings: Vec<StatedStyle>,
    leads: Vec<StatedLead>,
    styles: BTreeMap<StyleName, StatedStyle>,
}

/// Declares a table of a file whose keys may all be left out, and takes each from another where it is.
macro_rules! stated {
    ($name:ident { $($key:ident: $type:ty),+ $(,)? }) => {
        #[derive(Deserialize, Default, Clone)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
        struct $name {
            $($key: Option<$type>),+
        }

        impl $name {
            fn or(&self, base: &Self) -> Self {
                Self { $($key: self.$key.clone().or_else(|| base.$key.clone())),+ }
            }
        }
    };
}

stated!(StatedImposition { pages_per_sheet: u8, booklet: bool });
stated!(StatedPage { width: f64, height: f64, top: f64, bottom: f64, left: f64, right: f64 });
stated!(StatedGrid { characters: u16, lines: u16, pitch: f64 });
stated!(StatedNumber {
    face: Face,
    size: f64,
    before: String,
    after: String,
    below: f64,
    indent: f64,
    position: NumberPosition,
});

/// A run-in heading; what it leaves out is as in the body.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatedLead {
    face: Option<Face>,
    bold: Option<bool>,
}

stated!(StatedStyle {
    face: Face,
    size: f64,
    bold: bool,
    align: Align,
    first_line: f64,
    left: f64,
    right: f64,
    before: f64,
    after: f64,
    keep_with_next: bool,
    keep_together: bool,
    page_break: bool,
});

impl StatedStyle {
    fn over(&self, base: &Style) -> Style {
        Style {
            face: self.face.unwrap_or(base.face),
            size: self.size.unwrap_or(base.size),
            bold: self.bold.unwrap_or(base.bold),
            align: self.align.unwrap_or(base.align),
            first_line: self.first_line.unwrap_or(base.first_line),
            left: self.left.unwrap_or(base.left),
            right: self.right.unwrap_or(base.right),
            before: self.before.unwrap_or(base.before),
            after: self.after.unwrap_or(base.after),
            keep_with_next: self.keep_with_next.unwrap_or(base.keep_with_next),
            keep_together: self.keep_together.unwrap_or(base.keep_together),
            page_break: self.page_break.unwrap_or(base.page_break),
        }
    }
}

impl Stated {
    /// What a built-in profile states, and those that it extends.
    fn of(built_in: &BuiltIn) -> Result<Self> {
        stated(table(built_in.toml)?)?.over_base(built_in.toml)
    }

    /// With what it leaves out taken from the profile that it extends.
    fn over_base(self, text: &str) -> Result<Self> {
        let Some(name) = &self.extends else { return Ok(self) };
        let Some(built_in) = BUILT_IN.iter().find(|built_in| built_in.name == name) else {
            let names: Vec<&str> = BUILT_IN.iter().map(|built_in| built_in.name).collect();
            let message = message!("there is no profile {name}; one of {names} can be extended", name, names);
            return Err(Wrong::new(&[EXTENDS], message).in_text(text));
        };
        Ok(self.or(Self::of(built_in)?))
    }

    /// The grid over that of the base. Where type size or width differ and no number of characters is stated, there are
    /// as many as fit; so with lines, where their distance is fixed.
    fn grid_over(&self, base: &Self) -> StatedGrid {
        let own = &self.grid;
        let body = |stated: &Self| stated.styles.get(&StyleName::Body).and_then(|body| body.size);
        let differs =
            |of: &dyn Fn(&Self) -> Option<f64>| of(self).is_some_and(|value| Some(value) != of(base));
        let mut grid = own.or(&base.grid);
        let width = differs(&|stated| stated.page.width)
            || differs(&|stated| stated.page.left)
            || differs(&|stated| stated.page.right);
        if own.characters.is_none() && (width || differs(&body)) {
            grid.characters = None;
        }
        if own.lines.is_some() && own.pitch.is_none() {
            grid.pitch = None;
        }
        let height = differs(&|stated| stated.page.height)
            || differs(&|stated| stated.page.top)
            || differs(&|stated| stated.page.bottom);
        if own.lines.is_none() && grid.pitch.is_some() && (height || differs(&|stated| stated.grid.pitch)) {
            grid.lines = None;
        }
        grid
    }

    fn or(self, base: Self) -> Self {
        let grid = self.grid_over(&base);
        let mut faces = base.faces;
        faces.extend(self.faces);
        let mut styles = base.styles;
        for (name, style) in self.styles {
            let base = styles.entry(name).or_default();
            *base = style.or(base);
        }
        Self {
            name: self.name.or(base.name),
            extends: None,
            kinsoku: self.kinsoku.or(base.kinsoku),
            hanging_punctuation: self.hanging_punctuation.or(base.hanging_punctuation),
            title_gap: self.title_gap.or(base.title_gap),
            front_gap: self.front_gap.or(base.front_gap),
            numbered_paragraphs: self.numbered_paragraphs.or(base.numbered_paragraphs),
            centred_divisions: self.centred_divisions.or(base.centred_divisions),
            widow_control: self.widow_control.or(base.widow_control),
            divide_rows: self.divide_rows.or(base.divide_rows),
            imprint_page: self.imprint_page.or(base.imprint_page),
            imposition: self.imposition.or(&base.imposition),
            page: self.page.or(&base.page),
            grid,
            page_number: self.page_number.or(&base.page_number),
            latin: self.latin.or(base.latin),
            faces,
            headings: if self.headings.is_empty() { base.headings } else { self.headings },
            leads: if self.leads.is_empty() { base.leads } else { self.leads },
            styles,
        }
    }
}

type Checked<T> = std::result::Result<T, Wrong>;

/// A value that must be there.
fn needed<T>(value: Option<T>, path: &[&str]) -> Checked<T> {
    value.ok_or_else(|| {
        Wrong::new(path, message!("is missing; state it, or begin with extends = \"gongwen\""))
    })
}

/// No measure and no height of a page is less, in pt.
const LEAST: f64 = 50.0;

fn complete(stated: Stated) -> Checked<Profile> {
    let mm = |value, key| needed(value, &["page", key]);
    let page = &stated.page;
    let page = Page {
        width: mm(page.width, "width")?,
        height: mm(page.height, "height")?,
        top: mm(page.top, "top")?,
        bottom: mm(page.bottom, "bottom")?,
        left: mm(page.left, "left")?,
        right: mm(page.right, "right")?,
    };
    let number = &stated.page_number;
    let key = |key| ["page-number", key];
    let page_number = PageNumber {
        face: needed(number.face, &key("face"))?,
        size: needed(number.size, &key("size"))?,
        before: number.before.clone().unwrap_or_default(),
        after: number.after.clone().unwrap_or_default(),
        below: needed(number.below, &key("below"))?,
        indent: number.indent.unwrap_or(0.0),
        position: needed(number.position, &key("position"))?,
    };
    for face in Face::ALL {
        let name = format!("{face:?}").to_lowercase();
        needed(stated.faces.get(&face), &["faces", &name])?;
    }
    let body = stated.styles.get(&StyleName::Body).cloned().unwrap_or_default();
    let body = Style {
        face: needed(body.face, &["styles", "body", "face"])?,
        size: needed(body.size, &["styles", "body", "size"])?,
        ..body.over(&PLAIN)
    };
    let mut styles = BTreeMap::from([(StyleName::Body, body.clone())]);
    for (name, style) in &stated.styles {
        styles.insert(*name, style.over(&body));
    }
    let headings: Vec<Style> = stated.headings.iter().map(|style| style.over(&body)).collect();
    needed(headings.first(), &["headings"])?;
    needed(stated.leads.first(), &["leads"])?;
    let lead = |lead: &StatedLead| LeadStyle {
        face: lead.face.unwrap_or(body.face),
        bold: lead.bold.unwrap_or(false),
    };
    let leads = stated.leads.iter().map(lead).collect();
    let grid = grid(&stated.grid, &page, body.size)?;
    let imposition = Imposition {
        booklet: stated.imposition.booklet.unwrap_or(false),
        pages_per_sheet: stated.imposition.pages_per_sheet.unwrap_or(1),
    };
    if imposition.booklet && imposition.pages_per_sheet > 2 {
        let message = message!("a booklet has two pages on a side; pages-per-sheet is 1 or 2");
        return Err(Wrong::new(&["imposition", "booklet"], message));
    }
    let profile = Profile {
        name: needed(stated.name, &["name"])?,
        page,
        grid,
        page_number,
        kinsoku: stated.kinsoku.unwrap_or_default(),
        hanging_punctuation: stated.hanging_punctuation.unwrap_or(false),
        title_gap: stated.title_gap.unwrap_or(0.0),
        front_gap: stated.front_gap.unwrap_or(0.0),
        numbered_paragraphs: stated.numbered_paragraphs.unwrap_or(false),
        centred_divisions: stated.centred_divisions.unwrap_or(false),
        widow_control: stated.widow_control.unwrap_or(false),
        divide_rows: stated.divide_rows.unwrap_or(false),
        imprint_page: stated.imprint_page.unwrap_or_default(),
        imposition,
        latin: needed(stated.latin, &["latin"])?,
        faces: stated.faces,
        headings,
        leads,
        styles,
    };
    if profile.measure() < LEAST || profile.height() < LEAST {
        return Err(Wrong::new(&["page"], message!("the margins leave no room for text")));
    }
    let rest = profile.height() - profile.leading() * f64::from(profile.grid.lines);
    if rest < -0.01 || rest >= profile.leading() {
        let most = (profile.height() / profile.leading() + 1e-6).floor();
        let message = message!(
            "lines of this pitch fill the height of the type area {most} times, not {lines}",
            most,
            lines = profile.grid.lines
        );
        return Err(Wrong::new(&["grid", "pitch"], message));
    }
    Ok(profile)
}

/// What a style is that says nothing.
const PLAIN: Style = Style {
    face: Face::Fangsong,
    size: 16.0,
    bold: false,
    align: Align::Justify,
    first_line: 2.0,
    left: 0.0,
    right: 0.0,
    before: 0.0,
    after: 0.0,
    keep_with_next: false,
    keep_together: false,
    page_break: false,
};

/// How much wider than its share of the measure a character may be, in pt: 三号 is 15.75 to 16 pt.
const SQUEEZED: f64 = 0.25;

fn grid(stated: &StatedGrid, page: &Page, size: f64) -> Checked<Grid> {
    // As many as fit may be too many; what is stated is within the range.
    let count = |value: Option<u16>, key| {
        let path = ["grid", key];
        let value = needed(value, &path)?;
        let (range, unit) = setting::range(&path);
        if range.contains(&value.into()) {
            return Ok(value);
        }
        Err(Wrong::new(&path, out_of_range(value.into(), *range.start(), *range.end(), unit)))
    };
    // Within the range of a sheet.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "floats saturate")]
    let fit = |millimetres: f64, each: f64| (millimetres * PT_PER_MM / each + 1e-6).max(1.0) as u16;
    let pitch = stated.pitch;
    let characters = stated.characters.or(Some(fit(page.width - page.left - page.right, size - SQUEEZED)));
    let lines = stated.lines.or(pitch.map(|pitch| fit(page.height - page.top - page.bottom, pitch)));
    Ok(Grid { characters: count(characters, "characters")?, lines: count(lines, "lines")?, pitch })
}

impl StyleName {
    /// Its key in a file.
    pub(super) fn key(self) -> String {
        let mut key = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_uppercase() && !key.is_empty() {
                key.push('-');
            }
            key.extend(c.to_lowercase());
        }
        key
    }
}
