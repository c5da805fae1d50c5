//! What stands beside the lines: the numbers of pages and of paragraphs, and the mark of a line that goes on.

use super::font::{FaceId, Faces};
use super::{Glyph, Line, LineKind, Run};
use crate::profile::{Face, PT_PER_MM, Profile};

/// Size of the number of a paragraph, and its distance from the text, in em of the text.
const PARAGRAPH_NUMBER: f64 = 0.65;
const PARAGRAPH_GAP: f64 = 0.75;

/// Text of one size without line breaks.
struct Label {
    runs: Vec<Run>,
    width: f64,
    /// Height of the middle of its first mark above the baseline, in pt.
    middle: f64,
}

fn label(text: &str, face: FaceId, size: f64, faces: &Faces) -> Label {
    let mut label = Label { runs: Vec::new(), width: 0.0, middle: 0.3 * size };
    let mut measured = false;
    for c in text.chars() {
        let found = faces.find(face, c).unwrap_or_else(|| faces.missing());
        if !measured && c != ' ' {
            measured = true;
            label.middle = faces.ink_middle(found).map_or(label.middle, |middle| middle * size);
        }
        if label.runs.last().is_none_or(|run| run.face != found.face) {
            label.runs.push(Run {
                face: found.face,
                size,
                rise: 0.0,
                embolden: false,
                slant: false,
                generated: true,
                element: None,
                glyphs: Vec::new(),
            });
        }
        #[allow(clippy::cast_possible_truncation, reason = "a place on a page needs no more digits")]
        let glyph = Glyph { id: found.glyph, text: c, then: None, x: label.width as f32 };
        if let Some(run) = label.runs.last_mut() {
            run.glyphs.push(glyph);
        }
        label.width += found.advance * size;
    }
    label
}

/// The line of a page number: between dashes, at the outer edge (GB/T 9704-2012 7.5). `None` where pages are not
/// numbered.
pub(super) fn page_number(profile: &Profile, faces: &Faces, number: usize) -> Option<Line> {
    let style = &profile.page_number;
    if !style.is_shown() {
        return None;
    }
    let text = format!("{}{number}{}", style.before, style.after);
    let label = label(&text, faces.role(style.face), style.size, faces);
    let free = profile.measure() - label.width;
    let indent = style.indent * style.size;
    let start = match (style.is_outer(), number % 2) {
        (false, _) => free / 2.0,
        (true, 1) => free - indent,
        (true, _) => indent,
    };
    let below = (profile.page.height - profile.page.bottom + style.below) * PT_PER_MM;
    Some(Line {
        kind: LineKind::PageNumber,
        paragraph: 0,
        x: profile.page.left * PT_PER_MM + start,
        baseline: below + label.middle,
        turned: false,
        red: false,
        width: label.width,
        runs: label.runs,
        strokes: Vec::new(),
        links: Vec::new(),
        figures: Vec::new(),
    })
}

/// Puts the number of a paragraph before its first line, left of the type area that begins at `edge`; `size` is that
/// of the text.
pub(super) fn number(line: &mut Line, number: usize, edge: f64, size: f64, faces: &Faces) {
    let label = label(&number.to_string(), faces.latin(false), size * PARAGRAPH_NUMBER, faces);
    let start = edge - PARAGRAPH_GAP * size - label.width;
    put(label, line, start);
}

/// Puts a mark before a line, at `x` on the page.
pub(super) fn mark(line: &mut Line, mark: &str, x: f64, size: f64, faces: &Faces) {
    put(label(mark, faces.role(Face::Song), size, faces), line, x);
}

fn put(label: Label, line: &mut Line, x: f64) {
    #[allow(clippy::cast_possible_truncation, reason = "a place on a page needs no more digits")]
    let start = (x - line.x) as f32;
    let runs = label.runs.into_iter().map(|mut run| {
        run.glyphs.iter_mut().for_each(|glyph| glyph.x += start);
        run
    });
    line.runs.splice(0..0, runs);
}
