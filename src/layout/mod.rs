//! Document to pages: lines and pages are decided here and nowhere else.
//!
//! [`layout`] takes the tree and the profile and gives [`Pages`]: every glyph with its place, every rule,
//! every link, and the outline. It knows no file format; an encoder only draws what was measured. The way
//! of a paragraph is `inline` (tree to characters), `cell` (characters to glyphs in cells), `line_break`
//! (cells to lines), `paragraph` (lines to measured lines), `page` (lines to pages), `impose` (pages to sheets).
//!
//! Not handled: vertical setting, hyphenation.
#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

mod block;
mod cell;
mod code;
mod column_width;
mod element;
pub mod font;
mod head_width;
mod impose;
mod inline;
mod lead;
mod line_break;
mod list;
mod margin;
mod page;
mod paragraph;
mod punctuation;
mod table;
#[cfg(test)]
mod tests;
mod title;
mod unset;
mod word;

pub(crate) use block::centred_breaks;
pub(crate) use column_width::{PADDING_SIDE, column_widths, is_too_wide};
pub use element::{Element, ElementId, ElementKind};
pub(crate) use inline::Context;
pub(crate) use lead::{MOST_LEADS, below_figure, leads_to_table, table_lead};
pub(crate) use page::{CLOSE_LEADING, HIGHEST_ROW, needs_text};
pub(crate) use table::CELL_LEADING;

use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::options::Options;
use crate::parallel;
use crate::profile::Profile;
use crate::tree::{BlockKind, Document, Location, Role};

use font::{FaceId, Faces};

/// The pages of a document, and what points into them. Lengths are pt; y grows downwards from the top of
/// the sheet.
#[derive(Debug)]
pub struct Pages {
    /// Width of the sheet.
    pub width: f64,
    /// Height of the sheet.
    pub height: f64,
    /// The pages in order; there is always at least one.
    pub pages: Vec<Page>,
    /// What the type belongs to; the first is the document.
    pub elements: Vec<Element>,
    /// Title, headings and run-in headings, in reading order.
    pub outline: Vec<OutlineEntry>,
    /// The faces that were opened.
    pub(crate) faces: Faces,
}

/// One page.
#[derive(Debug, Default)]
pub struct Page {
    /// The lines in reading order: text, then notes.
    pub lines: Vec<Line>,
    /// The lines of page numbers: one, none, or one for each page that the sheet holds.
    pub numbers: Vec<Line>,
    /// Rules, borders, underlines.
    pub rules: Vec<Rule>,
    /// Rules in red (GB/T 9704-2012 7.2.7).
    pub red_rules: Vec<Rule>,
    /// Links.
    pub links: Vec<Link>,
    /// Pictures, in the order of their lines.
    pub figures: Vec<Figure>,
    /// The pages that a sheet of several holds, in reading order; empty for a page of its own.
    pub parts: Vec<Part>,
    /// Its lines and figures are turned, all but the number: a wide table on a landscape page. It is looked at
    /// after a quarter turn clockwise.
    pub turned: bool,
}

/// A page on a sheet that holds several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Index of the page in reading order.
    pub page: usize,
    /// Index of its first line in [`Page::lines`].
    pub first_line: usize,
}

/// One line of type.
#[derive(Debug, Clone)]
pub struct Line {
    /// What the line belongs to.
    pub kind: LineKind,
    /// Number of its paragraph in reading order, from 0; lines of one paragraph share it.
    pub paragraph: usize,
    /// Left edge, where it begins; of a turned line its baseline.
    pub x: f64,
    /// Its baseline; of a turned line where it begins.
    pub baseline: f64,
    /// Runs from the lower edge of the sheet to the upper one, turned by a quarter counterclockwise.
    pub turned: bool,
    /// Its type is red: 发文机关标志 (GB/T 9704-2012 7.2.4).
    pub red: bool,
    /// From the left edge to the end of the last glyph's cell.
    pub width: f64,
    /// Its type, from left to right.
    pub runs: Vec<Run>,
    /// Underlines and the like, relative to the left edge and the baseline.
    pub(crate) strokes: Vec<Rule>,
    /// Links, with their edges relative to the left edge.
    pub(crate) links: Vec<(f64, f64, String, ElementId)>,
    /// Pictures, relative to the left edge and the baseline.
    pub(crate) figures: Vec<Figure>,
}

impl Line {
    /// All its characters: the author's, and numbers and marks that were added.
    pub fn text(&self) -> String {
        self.characters(false)
    }

    /// The author's characters alone, without marks of notes and lists.
    pub fn source(&self) -> String {
        self.characters(true)
    }

    fn characters(&self, source: bool) -> String {
        let runs = self.runs.iter().filter(|run| !(source && run.generated));
        runs.flat_map(|run| &run.glyphs).flat_map(|glyph| [Some(glyph.text), glyph.then]).flatten().collect()
    }
}

/// What a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// A paragraph of that role.
    Paragraph(Role),
    /// An item of a list.
    ListItem,
    /// A quotation.
    Quote,
    /// Preformatted text.
    Code,
    /// A cell of a table.
    TableCell,
    /// A footnote.
    Note,
    /// The number of the page.
    PageNumber,
}

/// Glyphs of one face and size.
#[derive(Debug, Clone)]
pub struct Run {
    /// The face.
    pub face: FaceId,
    /// Type size.
    pub size: f64,
    /// How far it is raised above the baseline.
    pub rise: f64,
    /// Made bold by a stroke, because the face has no bold.
    pub embolden: bool,
    /// Slanted, because the face has no italic.
    pub slant: bool,
    /// Added by the layout: a mark of a note or list, a page number.
    pub generated: bool,
    /// What it belongs to; nothing for page numbers and for the head of a table that is repeated.
    pub element: Option<ElementId>,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// One glyph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// The character that it stands for.
    pub text: char,
    /// A second one: the other half of a joined dash, a variation selector.
    pub then: Option<char>,
    /// From the left edge of the line to the glyph's origin.
    pub x: f32,
}

/// A filled rectangle: a rule, a border, an underline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A picture on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Where it stands, scaled to the room it has.
    pub area: Rule,
    /// Index of its file in [`Document::pictures`].
    pub picture: usize,
    /// What stands for it where it can't be seen.
    pub alt: String,
    /// Index of its line in [`Page::lines`]; a line with pictures alone has no runs.
    pub line: usize,
    /// What it belongs to; nothing in the head of a table that is repeated.
    pub element: Option<ElementId>,
    /// Turned by a quarter counterclockwise within its area, with its line.
    pub turned: bool,
}

/// A link on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where it can be clicked.
    pub area: Rule,
    /// Where it leads.
    pub target: String,
    /// What it belongs to.
    pub element: ElementId,
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineEntry {
    /// Depth, from 0.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// Index of its page.
    pub page: usize,
    /// Upper edge of its line.
    pub y: f64,
}

/// Sets a document as [`layout()`] does, if it takes no more pages than [`Limit::Pages`] allows.
///
/// # Errors
/// [`Error::Limit`], for a document far beyond it before anything is set.
pub(crate) fn within_limits(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Pages> {
    let bounded = |pages: u64| {
        let beyond = || Error::beyond(&options.limits, Limit::Pages, Some(pages), Location::Whole);
        if pages > options.limits.get(Limit::Pages) { Err(beyond()) } else { Ok(()) }
    };
    bounded(least_pages(document, &options.profile))?;
    let pages = layout(document, options, diagnostics);
    bounded(pages.pages.len() as u64)?;
    Ok(pages)
}

/// Pages that a document takes at least, by the Han characters of the paragraphs that stand by themselves.
fn least_pages(document: &Document, profile: &Profile) -> u64 {
    let measure = profile.measure();
    let mut height = 0.0;
    for block in &document.blocks {
        let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
        let size = profile.style(paragraph.role).size;
        let han = paragraph.text().chars().filter(|c| ('\u{3400}'..'\u{FE00}').contains(c)).count();
        #[allow(clippy::cast_precision_loss, reason = "fewer characters than 2^52")]
        let lines = (han as f64 * size / measure).floor().max(1.0);
        height += lines * size;
    }
    let pages = height / (profile.height() * f64::from(profile.imposition.pages_per_sheet));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "finite and positive")]
    let pages = pages as u64;
    pages
}

/// Sets a document by `options.profile`. Paragraphs of boilerplate are set as body text; a caller that
/// does not want them takes them out before.
///
/// What cannot be shown is reported: pictures and markup as dropped, characters that no face has as
/// dropped, and faces that stand in for others as substituted.
pub fn layout(document: &Document, options: &Options, diagnostics: &mut Diagnostics) -> Pages {
    let mut faces = Faces::new(&options.profile, &options.fonts);
    let threads = parallel::threads(options.threads);
    let (flow, elements) = block::set(document, &options.profile, &mut faces, threads, diagnostics);
    let (pages, outline) = page::paginate(flow, &options.profile, &faces);
    faces.report(&options.profile, diagnostics);
    let page = &options.profile.page;
    let pages = Pages {
        width: page.width * crate::profile::PT_PER_MM,
        height: page.height * crate::profile::PT_PER_MM,
        pages,
        elements,
        outline,
        faces,
    };
    impose::impose(pages, options.profile.imposition)
}
