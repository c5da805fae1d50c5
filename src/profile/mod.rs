//! Profiles: the page, the faces, and the style of every role.
//!
//! A profile is data. [`BUILT_IN`] lists those that come with the program; [`Profile::from_toml`] reads a user's own,
//! which may build on one of them. The Word and the PDF encoder read the same profile, so that both show the same page.
//! Lengths are mm for the page, pt for type, em (the paragraph's own type size) for indents, and lines of
//! the grid for vertical space.

mod check;
pub mod edit;
mod read;
pub mod setting;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::tree::{Head, Role};

/// A profile that comes with the program.
#[derive(Debug)]
pub struct BuiltIn {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// The profile as a file, to be changed and read by [`Profile::from_toml`].
    pub toml: &'static str,
}

/// The profiles that come with the program, the usual one first.
pub const BUILT_IN: [BuiltIn; 5] = [
    BuiltIn {
        name: "gongwen",
        summary: "official documents by GB/T 9704-2012: 22 lines of 28 characters",
        toml: include_str!("gongwen.toml"),
    },
    BuiltIn {
        name: "speech",
        summary: "speeches to hand in: 28.95 pt lines, date and speaker under the title",
        toml: include_str!("speech.toml"),
    },
    BuiltIn {
        name: "reading",
        summary: "speeches to read from at the lectern: large type, paragraphs whole on their page",
        toml: include_str!("reading.toml"),
    },
    BuiltIn {
        name: "handout",
        summary: "for the participants: compact, with numbered paragraphs and a margin for notes",
        toml: include_str!("handout.toml"),
    },
    BuiltIn {
        name: "plain",
        summary: "everyday text: 小四 in 宋体, one and a half lines",
        toml: include_str!("plain.toml"),
    },
];

/// Points in a millimetre.
pub const PT_PER_MM: f64 = 72.0 / 25.4;

/// Page, faces and styles of a kind of document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
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
    /// A mark that ends a line may stand outside its right edge (CLREQ: 行尾标点悬挂).
    pub hanging_punctuation: bool,
    /// Empty lines between the title and what stands under it: occasion, date, speaker.
    pub title_gap: f64,
    /// Empty lines between the title block (title, number, date, speaker) and what follows it.
    pub front_gap: f64,
    /// Paragraphs of body text are numbered in the margin, through the whole document.
    pub numbered_paragraphs: bool,
    /// 编, 章 and 节 of regulations and the head of a table of contents stand in the middle.
    pub centred_divisions: bool,
    /// No page begins with the last line of a paragraph or ends with the first.
    pub widow_control: bool,
    /// A row of a table that has no room on a page begins there and goes on on the next; otherwise it stands on one
    /// page as long as it is not much higher than half of it.
    pub divide_rows: bool,
    /// On which page the 版记 stands.
    pub imprint_page: ImprintPage,
    /// How pages are put on sheets.
    pub imposition: Imposition,
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Grid {
    /// Characters to a line.
    pub characters: u16,
    /// Lines to a page.
    pub lines: u16,
    /// Distance of the baselines in pt; `None` spreads the lines over the height of the type area.
    pub pitch: Option<f64>,
}

/// On which page the 版记 (抄送, 印发) stands (GB/T 9704-2012 7.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImprintPage {
    /// On the last that has text, or behind it where there is no room.
    #[default]
    Last,
    /// On the back of the last leaf, since documents are printed on both sides.
    Even,
}

/// How pages are put on sheets of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Imposition {
    /// Pages on one side of a sheet, scaled down to it: 1, 2 or 4.
    pub pages_per_sheet: u8,
    /// Two pages to a side in such an order that the sheets, printed on both sides, folded and put into one another,
    /// are a booklet.
    pub booklet: bool,
}

/// The number of a page (GB/T 9704-2012 7.5).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
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
    /// Where it stands.
    pub position: NumberPosition,
}

/// Where the number of a page stands below the type area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberPosition {
    /// At the right on odd pages and at the left on even ones.
    Outer,
    /// In the middle.
    Centre,
    /// Nowhere: pages are not numbered.
    None,
}

impl PageNumber {
    /// True where pages are numbered.
    pub fn is_shown(&self) -> bool {
        self.position != NumberPosition::None
    }

    /// True where odd and even pages have their numbers at different sides.
    pub fn is_outer(&self) -> bool {
        self.position == NumberPosition::Outer
    }
}

/// The five faces that Chinese offices set documents in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaceNames {
    /// The name that documents use.
    pub name: String,
    /// Other names, best first.
    #[serde(default)]
    pub also: Vec<String>,
}

/// Which marks are kept from the ends of lines (CLREQ, line start and line end prohibition).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StyleName {
    /// Title.
    Title,
    /// Subtitle.
    Subtitle,
    /// 份号, 密级和保密期限, 紧急程度.
    Marking,
    /// 发文机关标志, in red, with a red rule below the number.
    Masthead,
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
    /// What a table or a picture shows.
    Caption,
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
    /// 出席, 列席 and 请假 of minutes.
    Attendance,
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

impl StyleName {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::Title,
        Self::Subtitle,
        Self::Marking,
        Self::Masthead,
        Self::DocumentNumber,
        Self::Occasion,
        Self::Date,
        Self::Byline,
        Self::Recipient,
        Self::Salutation,
        Self::Body,
        Self::Caption,
        Self::Closing,
        Self::Signature,
        Self::SigningDate,
        Self::AttachmentNote,
        Self::AttachmentLabel,
        Self::Remark,
        Self::Attendance,
        Self::CopyTo,
        Self::ListItem,
        Self::Quote,
        Self::Code,
        Self::TableCell,
        Self::TableHead,
        Self::Note,
    ];
}

/// How a paragraph is set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
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
    /// Is not divided between two pages, where it fits on one.
    pub keep_together: bool,
    /// Begins a page.
    pub page_break: bool,
}

/// How the lines of a paragraph stand between the margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LeadStyle {
    /// Its face.
    pub face: Face,
    /// Bold.
    pub bold: bool,
}

impl Profile {
    /// The layout of GB/T 9704-2012 党政机关公文格式, with the usual styles for the parts of a speech.
    ///
    /// # Errors
    /// [`crate::Error::Profile`] if the built-in file is broken, which a test excludes.
    pub fn gongwen() -> Result<Self> {
        Self::of(&BUILT_IN[0])
    }

    /// The built-in profile of that name, if there is one.
    ///
    /// # Errors
    /// As [`Profile::gongwen`].
    pub fn built_in(name: &str) -> Option<Result<Self>> {
        let found = BUILT_IN.iter().find(|built_in| built_in.name == name)?;
        Some(Self::of(found))
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

    /// Distance of the baselines in pt: as the grid says, or height over lines.
    pub fn leading(&self) -> f64 {
        self.grid.pitch.unwrap_or_else(|| self.height() / f64::from(self.grid.lines))
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

    /// How a paragraph of that role is set that stands over a division of the text, where that is another way than its own.
    pub fn division(&self, role: Role) -> Option<Style> {
        let own = self.style(role).clone();
        let centred = || Style {
            align: Align::Centre,
            first_line: 0.0,
            left: 0.0,
            right: 0.0,
            keep_with_next: true,
            ..own
        };
        self.centred_divisions.then(centred)
    }

    /// How 发文机关标志 is set, the longest of so many characters: as large as its line allows (GB/T 9704-2012 7.2.4). Nothing
    /// where the profile has no style for it.
    pub fn masthead(&self, longest: usize) -> Option<Style> {
        let style = self.styles.get(&StyleName::Masthead)?;
        #[allow(clippy::cast_precision_loss, reason = "a line has few characters")]
        let most = (self.measure() / longest.max(1) as f64 * 2.0).floor() / 2.0;
        Some(Style { size: style.size.min(most), ..style.clone() })
    }

    /// Lines left empty above a part of 版头, or what stands below it, at least (GB/T 9704-2012 7.2.4, 7.2.5, 7.3.1).
    pub(crate) fn space_in_head(&self, head: Head) -> f64 {
        let names = self.named(StyleName::Masthead);
        match head {
            Head::Name { first: true } => names.before,
            Head::Number { first: true, .. } => names.after,
            Head::Below => BELOW_RED_RULE,
            Head::None | Head::Name { first: false } | Head::Number { first: false, .. } => 0.0,
        }
    }

    /// How the line that tells the unit of a table's figures is set: as the cells are, at the right edge.
    pub fn table_unit(&self) -> Style {
        let Style { face, size, .. } = *self.named(StyleName::TableCell);
        let body = self.named(StyleName::Body).clone();
        Style { face, size, align: Align::Right, first_line: 0.0, keep_with_next: true, ..body }
    }

    /// Lines left empty above a paragraph, given the role of the paragraph before it (none at the start).
    pub fn space_before(&self, previous: Option<Role>, role: Role) -> f64 {
        let Some(previous) = previous else { return 0.0 };
        let own =
            if previous == role { 0.0 } else { self.style(role).before.max(self.style(previous).after) };
        let under_title = |role| matches!(role, Role::Occasion | Role::Date | Role::Byline);
        if is_front(previous) && !is_front(role) {
            own.max(self.front_gap)
        } else if matches!(previous, Role::Title | Role::Subtitle) && under_title(role) {
            own.max(self.title_gap)
        } else if role == Role::Title && under_title(previous) {
            // Below the line that says who issues minutes or a bulletin, and when.
            own.max(self.front_gap)
        } else {
            own
        }
    }

    /// The names of a face.
    pub fn face(&self, face: Face) -> &FaceNames {
        self.faces.get(&face).unwrap_or(&self.latin)
    }
}

/// Characters of the name of a body, at least.
const LEAST_BODY: usize = 4;

/// Lines left empty below the red rule (GB/T 9704-2012 7.3.1).
const BELOW_RED_RULE: f64 = 2.0;

/// Thickness of the red rule in mm.
pub const RED_RULE: f64 = 0.35;

/// How far the red rule is below the type above it, in mm (GB/T 9704-2012 7.2.7).
pub const ABOVE_RED_RULE: f64 = 4.0;

/// The part of a line of 署名 by which the date below it is placed: the last name of several bodies in one row, which
/// blanks part, else all of it.
pub fn last_of_row(row: &str) -> &str {
    let mut bodies = row.split_whitespace();
    let is_body = |name: &str| name.chars().count() >= LEAST_BODY;
    if bodies.clone().all(is_body) { bodies.next_back().unwrap_or(row) } else { row }
}

/// Least distance of lines of type, in em: letters of any face have room in it.
const LEAST_LEADING: f64 = 1.1;

/// How many lines of a grid, `leading` pt apart, a line of type of that size takes.
pub fn lines_of_grid(size: f64, leading: f64) -> f64 {
    (size * LEAST_LEADING / leading).ceil().max(1.0)
}

/// The style of a role; `None` for headings, which have a list of their own.
pub fn style_name(role: Role) -> Option<StyleName> {
    Some(match role {
        Role::Title => StyleName::Title,
        Role::Subtitle => StyleName::Subtitle,
        Role::Marking => StyleName::Marking,
        Role::DocumentNumber => StyleName::DocumentNumber,
        Role::Occasion => StyleName::Occasion,
        Role::Date => StyleName::Date,
        Role::Byline => StyleName::Byline,
        Role::Recipient => StyleName::Recipient,
        Role::Salutation => StyleName::Salutation,
        Role::Heading(_) => return None,
        Role::Point(_) | Role::Body | Role::Boilerplate => StyleName::Body,
        Role::Caption => StyleName::Caption,
        Role::Closing => StyleName::Closing,
        Role::Signature => StyleName::Signature,
        Role::SigningDate => StyleName::SigningDate,
        Role::AttachmentNote => StyleName::AttachmentNote,
        Role::AttachmentLabel => StyleName::AttachmentLabel,
        Role::Remark => StyleName::Remark,
        Role::Attendance => StyleName::Attendance,
        Role::CopyTo => StyleName::CopyTo,
    })
}

/// True for the roles of the title block.
fn is_front(role: Role) -> bool {
    matches!(
        role,
        Role::Title
            | Role::Subtitle
            | Role::Marking
            | Role::DocumentNumber
            | Role::Occasion
            | Role::Date
            | Role::Byline
    )
}

/// Em by which the number of an upward document stands in from the left, and those who sign it from the right
/// (GB/T 9704-2012 7.2.6).
pub const SIGNER_INDENT: f64 = 1.0;

/// Right indent in em of who signs an order, and of its date (GB/T 9704-2012 10.2, 7.3.5.3).
pub const ORDER_INDENT: f64 = 4.0;

/// Lines left empty above a paragraph of an order, at least (GB/T 9704-2012 10.2, 7.3.5.3).
pub fn space_in_order(previous: Role, role: Role) -> f64 {
    match (previous, role) {
        _ if previous == role => 0.0,
        (Role::Title, Role::DocumentNumber) | (Role::DocumentNumber, _) | (_, Role::Signature) => 2.0,
        (Role::Signature, Role::SigningDate) => 1.0,
        _ => 0.0,
    }
}

/// Whether several lines of a 署名 are labels and what they are, `申请人：李四` over `学号：20260001`: such lines begin at one
/// edge.
pub fn is_block_of_labels(lines: &[String]) -> bool {
    lines.len() > 1 && lines.iter().all(|line| line == last_of_row(line) && line.contains(['：', ':']))
}

/// Right indents in em of an unsealed 署名 and its 成文日期, from their widths in em
/// (GB/T 9704-2012 7.3.5.2): the name stands 2 em from the right edge and the date begins 2 em right of
/// the name's first character; a longer date takes the 2 em and pushes the name to the left.
pub fn signature_indents(name: f64, date: f64) -> (f64, f64) {
    if date <= name { (2.0, name - date) } else { (date - name + 4.0, 2.0) }
}
