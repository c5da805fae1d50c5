//! Profiles: the page, the faces, and the style of every role.
//!
//! A profile is data. [`Profile::gongwen`] is the built-in `gongwen.toml`; [`Profile::from_toml`] reads a
//! user's own. The Word and the PDF encoder read the same profile, so that both show the same page.
//! Lengths are mm for the page, pt for type, em (the paragraph's own type size) for indents, and lines of
//! the grid for vertical space.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::tree::Role;

const GONGWEN: &str = include_str!("gongwen.toml");

/// Points in a millimetre.
pub const PT_PER_MM: f64 = 72.0 / 25.4;

/// Page, faces and styles of a kind of document.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Short name.
    pub name: String,
    /// The sheet and its margins.
    pub page: Page,
    /// Characters and lines of a full page of body text.
    pub grid: Grid,
    /// Where and how pages are numbered.
    pub page_number: PageNumber,
    /// Which marks may not begin or end a line.
    pub kinsoku: Kinsoku,
    /// Empty lines between the title block (title, number, date, speaker) and what follows it.
    pub front_gap: f64,
    /// Face of Latin letters and figures.
    pub latin: FaceNames,
    /// The five Chinese faces by the names that office programs know.
    pub faces: BTreeMap<Face, FaceNames>,
    /// Styles of headings by level, from level 1; deeper levels use the last.
    pub headings: Vec<Style>,
    /// How run-in headings are set apart, by level from 1; deeper levels use the last.
    pub leads: Vec<LeadStyle>,
    /// All other styles. What a style leaves out is as in `body`.
    pub styles: BTreeMap<StyleName, Style>,
}

/// The sheet, in mm.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// 天头, the margin above the type area (GB/T 9704-2012 5.2.1).
    pub top: f64,
    /// Margin below the type area.
    pub bottom: f64,
    /// 订口, the margin on the left.
    pub left: f64,
    /// Margin on the right.
    pub right: f64,
}

/// The grid of the type area (GB/T 9704-2012 5.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    /// Characters to a line.
    pub characters: u16,
    /// Lines to a page.
    pub lines: u16,
}

/// The number of a page (GB/T 9704-2012 7.5).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageNumber {
    /// Face.
    pub face: Face,
    /// Type size in pt.
    pub size: f64,
    /// What stands before the number.
    pub before: String,
    /// What stands after it.
    pub after: String,
    /// From the lower edge of the type area down to the middle of the dashes, in mm.
    pub below: f64,
    /// From the outer edge of the type area, in em of the number's own size.
    pub indent: f64,
    /// Odd pages right and even pages left (true), or all in the middle (false).
    pub outside: bool,
}

/// The five faces that Chinese offices set documents in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// 小标宋, for titles.
    Biaosong,
    /// 黑体.
    Hei,
    /// 楷体.
    Kai,
    /// 仿宋, for body text.
    Fangsong,
    /// 宋体.
    Song,
}

impl Face {
    /// All faces.
    pub const ALL: [Self; 5] = [Self::Biaosong, Self::Hei, Self::Kai, Self::Fangsong, Self::Song];
}

/// The name of a face, and others under which it may be installed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaceNames {
    /// The name that documents use.
    pub name: String,
    /// Other names, best first.
    #[serde(default)]
    pub also: Vec<String>,
}

/// Which marks are kept from the ends of lines (CLREQ, line start and line end prohibition).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kinsoku {
    /// No rule.
    None,
    /// Closing and pausing marks, connectors and separators begin no line; opening marks end none.
    #[default]
    Basic,
    /// As basic, and `/` ends no line.
    Gb,
    /// As gb, and no dash or ellipsis begins a line.
    Strict,
}

/// A style that is not a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StyleName {
    /// Title.
    Title,
    /// Subtitle.
    Subtitle,
    /// 发文字号.
    DocumentNumber,
    /// Occasion line.
    Occasion,
    /// Date under the title.
    Date,
    /// Speaker.
    Byline,
    /// 主送机关.
    Recipient,
    /// Salutation.
    Salutation,
    /// Body text, and points.
    Body,
    /// Closing words.
    Closing,
    /// 署名.
    Signature,
    /// 成文日期.
    SigningDate,
    /// 附件说明.
    AttachmentNote,
    /// Head of an annex.
    AttachmentLabel,
    /// 附注.
    Remark,
    /// 抄送, 印发.
    CopyTo,
    /// Text of a list item.
    ListItem,
    /// Text of a quotation.
    Quote,
    /// Preformatted text.
    Code,
    /// Cells of a table.
    TableCell,
    /// Cells of its head.
    TableHead,
    /// Footnotes.
    Note,
}

/// How a paragraph is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// Face of its Han characters.
    pub face: Face,
    /// Type size in pt.
    pub size: f64,
    /// Bold.
    pub bold: bool,
    /// How its lines stand.
    pub align: Align,
    /// Indent of the first line in em.
    pub first_line: f64,
    /// Indent of all lines at the left, in em.
    pub left: f64,
    /// Indent of all lines at the right, in em.
    pub right: f64,
    /// Lines of the grid left empty before the first of several paragraphs of one role.
    pub before: f64,
    /// Lines of the grid left empty after the last of several paragraphs of one role.
    pub after: f64,
    /// Stays on the page of the next paragraph.
    pub keep_with_next: bool,
    /// Begins a page.
    pub page_break: bool,
}

/// How the lines of a paragraph stand between the margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Flush left.
    Left,
    /// Centred.
    Centre,
    /// Flush right.
    Right,
    /// Both edges even, the last line flush left.
    #[default]
    Justify,
}

/// How a run-in heading is set apart from its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeadStyle {
    /// Its face.
    pub face: Face,
    /// Bold.
    #[serde(default)]
    pub bold: bool,
}

impl Profile {
    /// The layout of GB/T 9704-2012 党政机关公文格式, with the usual styles for the parts of a speech.
    ///
    /// # Errors
    /// [`Error::Profile`] if the built-in file is broken, which a test excludes.
    pub fn gongwen() -> Result<Self> {
        Self::from_toml(GONGWEN)
    }

    /// Reads a profile.
    ///
    /// # Errors
    /// [`Error::Profile`] with the line and key, for what is not TOML, unknown, missing or impossible.
    pub fn from_toml(text: &str) -> Result<Self> {
        let stated: Stated =
            toml::from_str(text).map_err(|error| Error::Profile { message: error.to_string() })?;
        let body = stated.styles.get(&StyleName::Body).unwrap_or(&StatedStyle::default()).over(&Style {
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
            page_break: false,
        });
        let mut styles: BTreeMap<_, _> =
            stated.styles.iter().map(|(name, style)| (*name, style.over(&body))).collect();
        styles.insert(StyleName::Body, body.clone());
        let profile = Self {
            name: stated.name,
            page: stated.page,
            grid: stated.grid,
            page_number: stated.page_number,
            kinsoku: stated.kinsoku,
            front_gap: stated.front_gap,
            latin: stated.latin,
            faces: stated.faces,
            headings: stated.headings.iter().map(|style| style.over(&body)).collect(),
            leads: stated.leads,
            styles,
        };
        profile.check()?;
        Ok(profile)
    }

    fn check(&self) -> Result<()> {
        let fail = |message: String| Err(Error::Profile { message });
        let page = &self.page;
        let lengths = [page.width, page.height, page.top, page.bottom, page.left, page.right];
        if lengths.iter().any(|mm| !mm.is_finite() || *mm < 0.0)
            || page.width > 2000.0
            || page.height > 2000.0
        {
            return fail("page: every length is a number of mm from 0 to 2000".into());
        }
        if self.measure() < 50.0 || self.height() < 50.0 {
            return fail("page: the margins leave no room for text".into());
        }
        if self.grid.characters == 0 || self.grid.lines == 0 {
            return fail("grid: characters and lines are at least 1".into());
        }
        if let Some(face) = Face::ALL.iter().find(|face| !self.faces.contains_key(face)) {
            return fail(format!("faces: no name for {face:?}").to_lowercase());
        }
        if self.headings.is_empty() || self.leads.is_empty() {
            return fail("headings and leads: at least one level each".into());
        }
        let number = &self.page_number;
        let lengths = [number.below, number.indent, self.front_gap];
        if !(1.0..=400.0).contains(&number.size) || lengths.iter().any(|n| !(-20.0..=100.0).contains(n)) {
            return fail(
                "page-number: size is 1 to 400 pt; below, indent and front-gap are -20 to 100".into(),
            );
        }
        let headings = self.headings.iter().enumerate();
        let headings = headings.map(|(index, style)| (format!("headings, level {}", index + 1), style));
        let named = self.styles.iter().map(|(name, style)| (format!("styles, {name:?}"), style));
        for (name, style) in named.chain(headings) {
            let ems = [style.first_line, style.left, style.right, style.before, style.after];
            if !(1.0..=400.0).contains(&style.size) || ems.iter().any(|n| !(-20.0..=100.0).contains(n)) {
                let message = format!(
                    "{name}: size is 1 to 400 pt; first-line, left, right, before and after are -20 to 100"
                );
                return fail(message);
            }
        }
        Ok(())
    }

    /// Width of the type area in pt.
    pub fn measure(&self) -> f64 {
        (self.page.width - self.page.left - self.page.right) * PT_PER_MM
    }

    /// Height of the type area in pt.
    pub fn height(&self) -> f64 {
        (self.page.height - self.page.top - self.page.bottom) * PT_PER_MM
    }

    /// Advance of one character of body text in pt: measure over characters.
    pub fn advance(&self) -> f64 {
        self.measure() / f64::from(self.grid.characters)
    }

    /// Distance of the baselines in pt: height over lines.
    pub fn leading(&self) -> f64 {
        self.height() / f64::from(self.grid.lines)
    }

    /// The style by that name; body where the profile does not mention it.
    pub fn named(&self, name: StyleName) -> &Style {
        self.styles.get(&name).or_else(|| self.styles.get(&StyleName::Body)).unwrap_or(&self.headings[0])
    }

    /// The style of a heading of that level, from 1.
    pub fn heading(&self, level: u8) -> &Style {
        &self.headings[usize::from(level.max(1) - 1).min(self.headings.len() - 1)]
    }

    /// How a run-in heading of that level is set, from 1.
    pub fn lead(&self, level: u8) -> LeadStyle {
        self.leads[usize::from(level.max(1) - 1).min(self.leads.len() - 1)]
    }

    /// The style of a paragraph with that role.
    pub fn style(&self, role: Role) -> &Style {
        match style_name(role) {
            Some(name) => self.named(name),
            None => self.heading(role.level().unwrap_or(1)),
        }
    }

    /// Lines left empty above a paragraph, given the role of the paragraph before it (none at the start).
    pub fn space_before(&self, previous: Option<Role>, role: Role) -> f64 {
        let Some(previous) = previous else { return 0.0 };
        let own =
            if previous == role { 0.0 } else { self.style(role).before.max(self.style(previous).after) };
        if is_front(previous) && !is_front(role) { own.max(self.front_gap) } else { own }
    }

    /// The names of a face.
    pub fn face(&self, face: Face) -> &FaceNames {
        self.faces.get(&face).unwrap_or(&self.latin)
    }
}

/// The style of a role; `None` for headings, which have a list of their own.
pub fn style_name(role: Role) -> Option<StyleName> {
    Some(match role {
        Role::Title => StyleName::Title,
        Role::Subtitle => StyleName::Subtitle,
        Role::DocumentNumber => StyleName::DocumentNumber,
        Role::Occasion => StyleName::Occasion,
        Role::Date => StyleName::Date,
        Role::Byline => StyleName::Byline,
        Role::Recipient => StyleName::Recipient,
        Role::Salutation => StyleName::Salutation,
        Role::Heading(_) => return None,
        Role::Point(_) | Role::Body | Role::Boilerplate => StyleName::Body,
        Role::Closing => StyleName::Closing,
        Role::Signature => StyleName::Signature,
        Role::SigningDate => StyleName::SigningDate,
        Role::AttachmentNote => StyleName::AttachmentNote,
        Role::AttachmentLabel => StyleName::AttachmentLabel,
        Role::Remark => StyleName::Remark,
        Role::CopyTo => StyleName::CopyTo,
    })
}

/// True for the roles of the title block.
fn is_front(role: Role) -> bool {
    matches!(
        role,
        Role::Title | Role::Subtitle | Role::DocumentNumber | Role::Occasion | Role::Date | Role::Byline
    )
}

/// Right indents in em of an unsealed 署名 and its 成文日期, from their widths in em
/// (GB/T 9704-2012 7.3.5.2): the name stands 2 em from the right edge and the date begins 2 em right of
/// the name's first character; a longer date takes the 2 em and pushes the name to the left.
pub fn signature_indents(name: f64, date: f64) -> (f64, f64) {
    if date <= name { (2.0, name - date) } else { (date - name + 4.0, 2.0) }
}

/// A profile as its file states it: styles leave out what is as in `body`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Stated {
    name: String,
    page: Page,
    grid: Grid,
    page_number: PageNumber,
    #[serde(default)]
    kinsoku: Kinsoku,
    #[serde(default)]
    front_gap: f64,
    latin: FaceNames,
    faces: BTreeMap<Face, FaceNames>,
    headings: Vec<StatedStyle>,
    leads: Vec<LeadStyle>,
    styles: BTreeMap<StyleName, StatedStyle>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct StatedStyle {
    face: Option<Face>,
    size: Option<f64>,
    bold: Option<bool>,
    align: Option<Align>,
    first_line: Option<f64>,
    left: Option<f64>,
    right: Option<f64>,
    before: Option<f64>,
    after: Option<f64>,
    keep_with_next: Option<bool>,
    page_break: Option<bool>,
}

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
            page_break: self.page_break.unwrap_or(base.page_break),
        }
    }
}
