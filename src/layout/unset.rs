//! Paragraphs outside cells and notes, whose lines nothing waits for: threads share them.

use std::ops::Range;

use super::LineKind;
use super::block::{Item, Setter, Surround};
use super::cell::{Cell, cells};
use super::font::Faces;
use super::inline::Text;
use super::line_break::natural_width;
use super::list::Marker;
use super::margin;
use super::paragraph::{Frame, SetLine, lines};
use super::punctuation::is_han_numeral;
use crate::diagnostic::Diagnostics;
use crate::parallel;
use crate::profile::{Align, Profile, SIGNER_INDENT};
use crate::tree::{Location, Narrowing, Role, Sides};

/// A thread is worth so many characters.
const SHARE: usize = 4096;
/// So many characters wait at most, and so many paragraphs.
const CHARACTERS: usize = 1 << 17;
const PARAGRAPHS: usize = 1 << 11;

/// A paragraph with all that its lines depend on, besides faces and profile.
#[derive(Debug)]
pub(super) struct Unset {
    pub(super) text: Text,
    pub(super) role: Role,
    pub(super) at: Location,
    pub(super) surround: Surround,
    /// Where it stands by its style alone.
    pub(super) frame: Frame,
    /// Type size in pt.
    pub(super) size: f64,
    /// Width of a character in pt.
    pub(super) em: f64,
    /// Stands before its first line.
    pub(super) marker: Option<Marker>,
    pub(super) narrowing: Narrowing,
    pub(super) sides: Option<Sides>,
    /// Its type is red.
    pub(super) red: bool,
    /// Its number among all, and the one that it has in the margin.
    pub(super) paragraph: usize,
    pub(super) number: Option<usize>,
}

/// Paragraphs that wait for their lines.
#[derive(Default)]
pub(super) struct Waiting {
    paragraphs: Vec<Unset>,
    /// For each, its index among the items, and how many findings come before its own.
    places: Vec<(usize, usize)>,
    characters: usize,
    /// The faces, for each thread that has set some.
    faces: Vec<Faces>,
}

impl Waiting {
    /// Adds the paragraph of the item with that index.
    pub(super) fn add(&mut self, unset: Unset, item: usize, findings: usize) {
        self.characters += unset.text.characters.len();
        self.paragraphs.push(unset);
        self.places.push((item, findings));
    }

    /// True where no more should wait.
    pub(super) fn is_full(&self) -> bool {
        self.characters >= CHARACTERS || self.paragraphs.len() >= PARAGRAPHS
    }

    /// What was asked of the faces.
    pub(super) fn into_faces(self) -> Vec<Faces> {
        self.faces
    }
}

impl Setter<'_> {
    /// Sets the lines of those that wait.
    pub(super) fn set_waiting(&mut self, items: &mut [Item]) {
        let (profile, unopened) = (self.profile, self.faces);
        let Waiting { paragraphs, places, characters, faces } = &mut self.waiting;
        if paragraphs.is_empty() {
            return;
        }
        let threads = self.threads.min(*characters / SHARE).clamp(1, paragraphs.len());
        while faces.len() < threads {
            faces.push(unopened.unopened());
        }
        let set = parallel::in_turn(&mut faces[..threads], paragraphs.len(), |faces, n| {
            let mut found = Diagnostics::default();
            (paragraphs[n].lines(faces, profile, &mut found), found)
        });
        let mut found = Vec::new();
        for ((lines, findings), (item, before)) in set.into_iter().zip(places.drain(..)) {
            if let Item::Paragraph(item) = &mut items[item] {
                item.lines = lines;
            }
            if findings.len() > 0 {
                found.push((before, findings));
            }
        }
        self.diagnostics.insert(found);
        paragraphs.clear();
        *characters = 0;
    }
}

impl Unset {
    /// Its lines.
    pub(super) fn lines(
        &self,
        faces: &Faces,
        profile: &Profile,
        diagnostics: &mut Diagnostics,
    ) -> Vec<SetLine> {
        let Self { text, role, at, surround, em, .. } = self;
        let (role, em, in_text) = (*role, *em, *surround == Surround::Text);
        let mut cells = cells(text, faces, profile.kinsoku, at, diagnostics);
        let mut frame = self.frame;
        if role == Role::Body && in_text && is_verse(&cells, &frame) {
            frame.rest = frame.first;
        }
        if text.has_columns && in_text && frame.align == Align::Justify {
            frame.align = Align::Left;
        }
        if in_text {
            fix_article_gap(&mut cells, em);
        }
        if let Some(marker) = &self.marker {
            let hang = marker.make_room(&mut cells, text, em);
            frame.first = (frame.rest - hang).max(0.0);
        }
        match role {
            Role::AttachmentNote => hang_attachment(&mut frame, &cells, em),
            Role::DocumentNumber | Role::Byline => {
                if let Some(gap) = &text.column_gap {
                    (frame.first, frame.rest) = (SIGNER_INDENT * em, SIGNER_INDENT * em);
                    (frame.right, frame.align) = (SIGNER_INDENT * em, Align::Left);
                    spread(&mut cells, gap, frame.width - frame.right - frame.first, em);
                }
            }
            Role::Attendance => {
                narrow(&mut cells, text, &self.narrowing);
                hang_names(&mut frame, &cells, em);
            }
            Role::Body if in_text && self.sides.is_none() => {
                narrow(&mut cells, text, &self.narrowing);
            }
            Role::CopyTo => {
                frame.rest += prefix_width(&cells, '：');
                if let Some(gap) = &text.column_gap {
                    spread(&mut cells, gap, frame.width - frame.right - frame.first, em);
                }
            }
            Role::Title
            | Role::Subtitle
            | Role::Marking
            | Role::Occasion
            | Role::Date
            | Role::Recipient
            | Role::Salutation
            | Role::Heading(_)
            | Role::Point(_)
            | Role::Body
            | Role::Caption
            | Role::Closing
            | Role::Signature
            | Role::SigningDate
            | Role::AttachmentLabel
            | Role::Remark
            | Role::Boilerplate => {}
        }
        if let Some(sides) = &self.sides {
            part(&mut cells, sides, em);
            (frame.first, frame.rest) = (sides.indent * em, sides.rest * em);
            (frame.right, frame.align) = (0.0, Align::Left);
        }
        // Whatever the indents are, two characters have room.
        let signs = in_text && matches!(role, Role::Signature | Role::SigningDate);
        frame.right = frame.right.min(frame.width * if signs { 0.7 } else { 1.0 / 3.0 });
        let most = (frame.width - frame.right - 2.0 * em).max(0.0);
        frame.first = frame.first.min(most);
        frame.rest = frame.rest.min(most);
        let kind = match surround {
            Surround::Text => LineKind::Paragraph(role),
            Surround::List => LineKind::ListItem,
            Surround::Quote => LineKind::Quote,
            Surround::Cell { .. } => LineKind::TableCell,
            Surround::Note => LineKind::Note,
        };
        let mut lines = lines(text, &cells, &frame, kind, self.paragraph);
        lines.iter_mut().for_each(|set| set.line.red = self.red);
        if let (Some(number), Some(first)) = (self.number, lines.first_mut()) {
            margin::number(&mut first.line, number, frame.x, self.size, faces);
        }
        lines
    }
}

/// 附件说明: `附件：1.名称`, whose further lines stand under the name (GB/T 9704-2012 7.3.4). A line that
/// begins with its number stands under the number of the first.
fn hang_attachment(frame: &mut Frame, cells: &[Cell], em: f64) {
    let starts = |word: &str| cells.iter().map(|cell| cell.text).zip(word.chars()).all(|(a, b)| a == b);
    let label = if starts("附件：") { prefix_width(cells, '：') } else { 0.0 };
    if label == 0.0 && cells.first().is_some_and(|cell| cell.text.is_ascii_digit()) {
        frame.first += 3.0 * em;
    }
    let number = cells
        .iter()
        .position(|cell| matches!(cell.text, '.' | '．' | '、'))
        .filter(|i| *i < 8)
        .filter(|i| cells[..*i].iter().rev().take(1).all(|cell| cell.text.is_ascii_digit()));
    let prefix = number.map_or(label, |i| cells[..=i].iter().map(|c| c.gap + c.advance).sum());
    frame.rest = frame.first + prefix;
}

/// Gives the blanks behind the number of an article, `第一条 …`, the room of an ideograph, which no line stretches.
fn fix_article_gap(cells: &mut [Cell], em: f64) {
    let number = cells.iter().take(LONGEST_ARTICLE).position(|cell| cell.text == '条').filter(|end| {
        let of_number = |cell: &Cell| cell.text.is_ascii_digit() || is_han_numeral(cell.text);
        *end > 1 && cells[0].text == '第' && cells[1..*end].iter().all(of_number)
    });
    let Some(start) = number.map(|end| end + 1) else { return };
    let count = cells[start..].iter().take_while(|cell| cell.is_space()).count();
    let set: f64 = cells[start..start + count].iter().map(|cell| cell.advance).sum();
    if count == 0 || set <= 0.0 {
        return;
    }
    for cell in cells[start..].iter_mut().take(count + 1) {
        (cell.rigid, cell.gap) = (true, 0.0);
    }
    for cell in &mut cells[start..start + count] {
        cell.advance *= set.max(em) / set;
    }
}

/// `第一千二百六十条`.
const LONGEST_ARTICLE: usize = 10;

/// Brings columns of names closer.
fn narrow(cells: &mut [Cell], text: &Text, narrowing: &Narrowing) {
    if *narrowing == Narrowing::default() {
        return;
    }
    let row: String = text.characters.iter().map(|(c, _)| *c).collect();
    for (gap, left) in narrowing.gaps(&row) {
        let blanks = cells.iter_mut().filter(|cell| gap.contains(&cell.index));
        blanks.for_each(|cell| cell.advance *= left);
    }
}

/// Makes the blanks between two who sign side by side as wide as their columns want them.
fn part(cells: &mut [Cell], sides: &Sides, em: f64) {
    let between = |cell: &Cell| sides.gap.contains(&cell.index);
    let left = natural_width(&cells[..cells.iter().position(between).unwrap_or(0)]);
    let own: f64 = cells.iter().filter(|cell| between(cell)).map(|cell| cell.gap + cell.advance).sum();
    let wanted = (sides.start - sides.indent) * em - left;
    if own > 0.0 && wanted > 0.0 {
        for cell in cells.iter_mut().filter(|cell| between(cell)) {
            cell.gap *= wanted / own;
            cell.advance *= wanted / own;
        }
    }
}

/// Names stand below names (GB/T 9704-2012 10.3), those of a row without a label too.
fn hang_names(frame: &mut Frame, cells: &[Cell], em: f64) {
    let label = ['：', ':'].map(|mark| prefix_width(cells, mark)).into_iter().fold(0.0, f64::max);
    if label > 0.0 {
        frame.rest = frame.first + label;
    } else {
        frame.first += 3.0 * em;
        frame.rest = frame.first;
    }
}

/// True for lines that the author has broken and that have room behind the indent of the first: they stand below it, as
/// verses do.
fn is_verse(cells: &[Cell], frame: &Frame) -> bool {
    let room = frame.width - frame.right - frame.first;
    let mut lines = cells.split(Cell::is_newline);
    cells.iter().any(Cell::is_newline) && lines.all(|line| natural_width(line) <= room)
}

/// Widens or narrows the blanks between two columns so that the second ends at the right edge, if both fit.
fn spread(cells: &mut [Cell], gap: &Range<usize>, width: f64, em: f64) {
    let set: f64 = cells.iter().map(|cell| cell.gap + cell.advance).sum();
    let blanks: Vec<&mut Cell> = cells.iter_mut().filter(|cell| gap.contains(&cell.index)).collect();
    let between: f64 = blanks.iter().map(|cell| cell.advance).sum();
    let room = between + width - set;
    if room < em || between <= 0.0 {
        return;
    }
    for cell in blanks {
        cell.advance *= room / between;
        cell.rigid = true;
        cell.breakable = false;
    }
}

/// Width up to and including the first `mark`, where it stands near the start.
fn prefix_width(cells: &[Cell], mark: char) -> f64 {
    match cells.iter().take(8).position(|cell| cell.text == mark) {
        Some(i) => cells[..=i].iter().map(|cell| cell.gap + cell.advance).sum(),
        None => 0.0,
    }
}
