//! Paragraphs to measured lines.

use std::ops::Range;

use super::cell::Cell;
use super::font::FaceId;
use super::inline::{Text, TextStyle};
use super::line_break::{adjust, fill, overhang, trimmed};
use super::page::BASELINE;
use super::punctuation::White;
use super::title;
use super::{Figure, Glyph, Line, LineKind, Rule, Run};
use crate::profile::Align;

/// Where a paragraph stands. Lengths are pt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// Left edge.
    pub(super) x: f64,
    /// Room from the left edge.
    pub(super) width: f64,
    /// Indent of the first line.
    pub(super) first: f64,
    /// Indent of the other lines.
    pub(super) rest: f64,
    /// Indent of all lines at the right.
    pub(super) right: f64,
    /// How the lines stand.
    pub(super) align: Align,
    /// A mark that ends a line may stand outside its right edge.
    pub(super) hanging: bool,
    /// It is the head of a column, whose words count more than a line that the row is higher.
    pub(super) head: bool,
}

/// A line that has no place on a page yet, and the notes whose marks it holds.
#[derive(Debug, Clone)]
pub(super) struct SetLine {
    pub(super) line: Line,
    pub(super) notes: Vec<usize>,
}

/// White above a picture, in em.
const PICTURE_WHITE: f64 = 0.25;

impl SetLine {
    /// How much higher than `pitch` the line must be for its pictures; type of that size stands in the middle of the
    /// pitch.
    pub(super) fn extra(&self, pitch: f64, size: f64) -> f64 {
        let tallest = self.line.figures.iter().map(|figure| figure.area.height).fold(0.0, f64::max);
        let above = pitch / 2.0 + BASELINE * size;
        if tallest > size { (tallest + PICTURE_WHITE * size - above).max(0.0) } else { 0.0 }
    }
}

/// Sets the cells of a paragraph as lines.
pub(super) fn lines(
    text: &Text,
    cells: &[Cell],
    frame: &Frame,
    kind: LineKind,
    paragraph: usize,
) -> Vec<SetLine> {
    let centred = frame.align == Align::Centre;
    let indent = |number: usize| match number {
        // The middle is that of all lines alike.
        _ if centred => frame.first.max(frame.rest),
        0 => frame.first,
        _ => frame.rest,
    };
    let room = |number: usize| frame.width - frame.right - indent(number);
    let filled = || fill(cells, &text.styles, frame.hanging, room);
    let balanced = || title::balance(cells, &text.styles, room(0), true);
    let ranges = match (centred, kind) {
        (false, _) => filled(),
        // No row becomes higher for it, unless it is the head.
        (true, LineKind::TableCell) => {
            let filled = filled();
            let most = filled.len() + usize::from(frame.head);
            let balanced = (filled.len() > 1).then(balanced);
            balanced.filter(|balanced| balanced.len() <= most).unwrap_or(filled)
        }
        (true, _) => balanced(),
    };
    let mut notes = text.notes.iter().peekable();
    let count = ranges.len();
    let mut lines = Vec::with_capacity(count);
    for (number, range) in ranges.into_iter().enumerate() {
        let cells = &cells[range.clone()];
        let last = number + 1 == count || cells.last().is_some_and(Cell::is_newline);
        let stretch = frame.align == Align::Justify && !last;
        let overhang = if frame.hanging { overhang(cells, room(number)) } else { 0.0 };
        let mut line = line(text, cells, room(number) + overhang, stretch, kind, paragraph);
        let free = room(number) + overhang - line.width;
        line.x = frame.x
            + indent(number)
            + match frame.align {
                Align::Left | Align::Justify => 0.0,
                Align::Centre => free / 2.0,
                Align::Right => free,
            };
        let end = cells.last().map_or(0, |cell| cell.index + 1);
        let mut here = Vec::new();
        while let Some((_, note)) = notes.next_if(|(index, _)| *index < end || number + 1 == count) {
            here.push(*note);
        }
        lines.push(SetLine { line, notes: here });
    }
    lines
}

/// Sets cells as one line at x = 0, fitted into `width`.
pub(super) fn line(
    text: &Text,
    cells: &[Cell],
    width: f64,
    stretch: bool,
    kind: LineKind,
    paragraph: usize,
) -> Line {
    let adjustment = adjust(cells, &text.styles, width, stretch);
    let visible = trimmed(cells).len();
    let mut line = Line {
        kind,
        paragraph,
        x: 0.0,
        baseline: 0.0,
        turned: false,
        red: false,
        width: 0.0,
        runs: Vec::new(),
        strokes: Vec::new(),
        links: Vec::new(),
        figures: Vec::new(),
    };
    let mut x = 0.0;
    let mut run_style: Option<(u16, FaceId)> = None;
    let mut edges = Vec::with_capacity(visible);
    for (i, cell) in cells.iter().enumerate() {
        if cell.is_newline() {
            continue;
        }
        let style = &text.styles[usize::from(cell.style)];
        let taken = adjustment.taken.get(i).copied().unwrap_or(0.0);
        if i > 0 && i < visible {
            x += cell.gap + adjustment.before[i];
        }
        if let Some(picture) = text.picture(cell.index) {
            let area = Rule { x, y: -picture.height, width: picture.width, height: picture.height };
            let (picture, alt) = (picture.picture, picture.alt.clone());
            let element = Some(style.element);
            line.figures.push(Figure { area, picture, alt, line: 0, element, turned: false });
            edges.push(x..x + cell.advance);
            x += cell.advance;
            run_style = None;
            continue;
        }
        let left = if cell.class.white() == White::Left { taken } else { 0.0 };
        if run_style != Some((cell.style, cell.face)) {
            run_style = Some((cell.style, cell.face));
            line.runs.push(run(style, cell, cells.len() - i));
        }
        if let Some(run) = line.runs.last_mut() {
            run.glyphs.push(glyph(cell, x + cell.offset - left));
        }
        let start = x;
        if i < visible {
            x += cell.advance - taken;
            edges.push(start..x);
        }
    }
    line.width = x;
    decorate(&mut line, text, &cells[..visible], &edges);
    line
}

#[allow(clippy::cast_possible_truncation, reason = "a place on a page needs no more digits")]
fn glyph(cell: &Cell, x: f64) -> Glyph {
    Glyph { id: cell.glyph, text: cell.text, then: cell.then, x: x as f32 }
}

fn run(style: &TextStyle, cell: &Cell, glyphs: usize) -> Run {
    let latin = cell.face.is_latin();
    Run {
        face: cell.face,
        size: style.size,
        rise: style.rise,
        embolden: style.embolden && !latin,
        slant: style.slant && latin,
        generated: style.generated,
        element: Some(style.element),
        glyphs: Vec::with_capacity(glyphs),
    }
}

/// Thickness of underlines and strokes, and how high they stand, in em.
const STROKE: f64 = 0.05;
const UNDERLINE: f64 = -0.17;
const STRIKE: f64 = 0.36;

/// Adds underlines, strokes and links, each as long as cells with the same one follow each other.
fn decorate(line: &mut Line, text: &Text, cells: &[Cell], edges: &[Range<f64>]) {
    let mut i = 0;
    while i < cells.len() {
        let style = &text.styles[usize::from(cells[i].style)];
        let mut end = i + 1;
        while end < cells.len() {
            let next = &text.styles[usize::from(cells[end].style)];
            if (next.link, next.underline, next.strike) != (style.link, style.underline, style.strike) {
                break;
            }
            end += 1;
        }
        let (from, to) = (edges[i].start, edges[end - 1].end);
        for (wanted, height) in [(style.underline, UNDERLINE), (style.strike, STRIKE)] {
            if wanted {
                let height = -height * style.size;
                line.strokes.push(Rule { x: from, y: height, width: to - from, height: STROKE * style.size });
            }
        }
        if let Some((target, element)) = style.link.and_then(|link| text.links.get(link)) {
            line.links.push((from, to, target.clone(), *element));
        }
        i = end;
    }
}
