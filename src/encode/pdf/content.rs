//! A page as a content stream: rules, type, pictures (ISO 32000-1, 8.2 and 9.4).

use std::io::Write;

use super::file::Real;
use super::fonts::{Font, Fonts};
use super::image::Drawing;
use crate::layout::font::{EMBOLDEN, SLANT};
use crate::layout::{ElementId, Figure, Line, Page, Run};

/// What the pages of a document share.
pub(super) struct Shared<'a> {
    /// Height of the sheet in pt.
    pub(super) height: f64,
    pub(super) fonts: &'a Fonts,
    /// The structure types of the elements.
    pub(super) names: &'a [&'static str],
    /// The pictures of the document, where they can be drawn.
    pub(super) drawings: &'a [Option<Drawing>],
}

/// The content of a page, the elements of its marked pieces by their numbers, and the number of the first piece of
/// each part of the page.
pub(super) struct Written {
    pub(super) content: Vec<u8>,
    pub(super) marked: Vec<ElementId>,
    pub(super) parts: Vec<usize>,
}

/// Writes a page.
pub(super) fn write(page: &Page, shared: &Shared<'_>) -> Written {
    let mut writer = Writer {
        out: Vec::with_capacity(16 * 1024),
        shared,
        in_text: false,
        in_string: false,
        span_end: None,
        font: None,
        spacing: 0,
        bold: None,
        red: false,
        piece: None,
        marked: Vec::new(),
        codes: Vec::new(),
    };
    writer.rules(page);
    let mut parts = Vec::with_capacity(page.parts.len());
    let mut starts = page.parts.iter().peekable();
    let mut figures = page.figures.iter().peekable();
    for (number, line) in page.lines.iter().enumerate() {
        while starts.next_if(|part| part.first_line <= number).is_some() {
            writer.end_piece();
            parts.push(writer.marked.len());
        }
        let mut here: Vec<&Figure> = Vec::new();
        while let Some(figure) = figures.next_if(|figure| figure.line <= number) {
            here.push(figure);
        }
        writer.line(line, &here);
    }
    parts.extend(starts.map(|_| writer.marked.len()));
    page.numbers.iter().for_each(|line| writer.line(line, &[]));
    writer.end_piece();
    writer.text(false);
    Written { content: writer.out, marked: writer.marked, parts }
}

struct Writer<'a> {
    out: Vec<u8>,
    shared: &'a Shared<'a>,
    /// Within a text object.
    in_text: bool,
    /// Within the string of a TJ operator.
    in_string: bool,
    /// Number of the glyph of the line before which the open span ends.
    span_end: Option<usize>,
    /// Number of the font that is set, and size.
    font: Option<(usize, f64)>,
    /// Spacing that is set, in 1/10000 pt.
    spacing: i64,
    /// Width of the stroke that is set.
    bold: Option<f64>,
    /// What is drawn is red.
    red: bool,
    /// What the open marked piece belongs to; within, nothing for what is added to the page.
    piece: Option<Option<ElementId>>,
    marked: Vec<ElementId>,
    /// CID and advance of the glyphs of a line.
    codes: Vec<(u16, u16)>,
}

impl Writer<'_> {
    /// Rules say nothing to a reader of the text (14.8.2.2).
    fn rules(&mut self, page: &Page) {
        for (rules, red) in [(&page.rules, false), (&page.red_rules, true)] {
            if rules.is_empty() {
                continue;
            }
            self.out.extend_from_slice(b"/Artifact<</Type/Layout>>BDC\n");
            self.ink(red);
            for rule in rules {
                for n in [rule.x, self.shared.height - rule.y - rule.height, rule.width, rule.height] {
                    self.number(n, 3);
                    self.out.push(b' ');
                }
                self.out.extend_from_slice(b"re\n");
            }
            self.out.extend_from_slice(b"f\nEMC\n");
        }
    }

    /// Begins a text object, or ends it.
    fn text(&mut self, within: bool) {
        if within != self.in_text {
            self.out.extend_from_slice(if within { b"BT\n" } else { b"ET\n" });
            self.in_text = within;
        }
    }

    /// Ends the marked piece and begins another where what follows belongs to something else (14.7.4). Pieces and
    /// text objects lie side by side, not crosswise.
    fn piece(&mut self, element: Option<ElementId>) {
        if self.piece == Some(element) {
            return;
        }
        self.end_piece();
        self.piece = Some(element);
        match element {
            Some(id) => {
                // Writing to a vector does not fail.
                let (name, number) = (self.shared.names[id.index()], self.marked.len());
                let _ = writeln!(self.out, "/{name}<</MCID {number}>>BDC");
                self.marked.push(id);
            }
            None => self.out.extend_from_slice(b"/Artifact<</Type/Pagination>>BDC\n"),
        }
    }

    fn end_piece(&mut self) {
        if self.piece.take().is_some() {
            self.text(false);
            self.out.extend_from_slice(b"EMC\n");
        }
    }

    /// Draws a picture or, where it can't be drawn, a frame in its place.
    fn figure(&mut self, figure: &Figure) {
        self.end_piece();
        self.piece(figure.element);
        let area = &figure.area;
        let (x, y) = (Real(area.x), Real(self.shared.height - area.y - area.height));
        let (width, height) = (Real(area.width), Real(area.height));
        let zero = Real(0.0);
        let _ = match self.shared.drawings.get(figure.picture).and_then(Option::as_ref) {
            Some(drawing) => {
                let matrix = drawing.matrix(area.width, area.height, figure.turned).map(Real);
                let [a, b, c, d, e, f] = matrix;
                writeln!(self.out, "q 1 0 0 1 {x} {y} cm {a} {b} {c} {d} {e} {f} cm /{} Do Q", drawing.name)
            }
            None => writeln!(self.out, "q 0.5 w {zero} G {x} {y} {width} {height} re S Q"),
        };
        self.end_piece();
    }

    fn line(&mut self, line: &Line, figures: &[&Figure]) {
        let shared = self.shared;
        let mut codes = std::mem::take(&mut self.codes);
        codes.clear();
        for run in &line.runs {
            let font = shared.fonts.get(run.face);
            codes.extend(run.glyphs.iter().map(|glyph| font.map_or((0, 0), |font| font.code(glyph))));
        }
        let mut spans = spans(line, figures, &codes).into_iter().peekable();
        let mut figures = figures.iter().peekable();
        let mut number = 0;
        for run in &line.runs {
            let Some(font) = shared.fonts.get(run.face) else { continue };
            let start = run.glyphs.first().map_or(0.0, |glyph| f64::from(glyph.x));
            while let Some(figure) = figures.next_if(|figure| stands_before(figure, line, run)) {
                self.figure(figure);
            }
            self.piece(run.element);
            let codes = &codes[number..number + run.glyphs.len()];
            let spacing = usual_spacing(run, codes);
            self.begin_run(line, run, start, font, spacing);
            let mut pen = start;
            let (thousandth, thousandths) = (run.size / 1000.0, 1000.0 / run.size);
            #[allow(clippy::cast_precision_loss, reason = "a small number")]
            let spacing = spacing as f64 / 10_000.0;
            for (glyph, (cid, width)) in run.glyphs.iter().zip(codes) {
                if let Some(span) = spans.next_if(|span| span.start == number) {
                    self.end_string();
                    self.begin_span(&span.text);
                    self.span_end = Some(span.end);
                }
                let wanted = f64::from(glyph.x);
                // Thousandths of an em; what rounding leaves is made up at the next glyph.
                let move_by = nearest((pen - wanted) * thousandths);
                self.begin_string();
                if move_by != 0 {
                    self.out.push(b')');
                    decimal(&mut self.out, move_by, 0);
                    self.out.push(b'(');
                    #[allow(clippy::cast_precision_loss, reason = "a small number")]
                    let moved = move_by as f64 * thousandth;
                    pen -= moved;
                }
                self.code(*cid);
                pen += f64::from(*width) * thousandth + spacing;
                number += 1;
                if self.span_end == Some(number) {
                    self.end_string();
                    self.out.extend_from_slice(b"EMC\n");
                    self.span_end = None;
                }
            }
            self.end_string();
        }
        figures.for_each(|figure| self.figure(figure));
        self.codes = codes;
    }

    /// Sets the state for a run and moves to its first glyph, which stands `start` from the edge of the line.
    fn begin_run(&mut self, line: &Line, run: &Run, start: f64, font: &Font, spacing: i64) {
        self.text(true);
        self.font(font, run.size);
        self.bold(run.embolden.then_some(run.size * EMBOLDEN));
        self.ink(line.red);
        if spacing != self.spacing {
            self.spacing = spacing;
            #[allow(clippy::cast_precision_loss, reason = "a small number")]
            self.number(spacing as f64 / 10_000.0, 4);
            self.out.extend_from_slice(b" Tc\n");
        }
        let slant = if run.slant { SLANT } else { 0.0 };
        let y = self.shared.height - line.baseline;
        let matrix = if line.turned {
            [0.0, 1.0, -1.0, slant, line.x - run.rise, y + start]
        } else {
            [1.0, 0.0, slant, 1.0, line.x + start, y + run.rise]
        };
        for n in matrix {
            self.number(n, 3);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(b"Tm\n");
    }

    fn begin_string(&mut self) {
        if !self.in_string {
            self.out.extend_from_slice(b"[(");
            self.in_string = true;
        }
    }

    fn end_string(&mut self) {
        if self.in_string {
            self.out.extend_from_slice(b")]TJ\n");
            self.in_string = false;
        }
    }

    fn code(&mut self, cid: u16) {
        let bytes = cid.to_be_bytes();
        if !bytes.iter().any(|byte| matches!(byte, b'(' | b')' | b'\\' | b'\r')) {
            self.out.extend_from_slice(&bytes);
            return;
        }
        for byte in bytes {
            match byte {
                b'(' | b')' | b'\\' => self.out.extend_from_slice(&[b'\\', byte]),
                b'\r' => self.out.extend_from_slice(b"\\r"),
                _ => self.out.push(byte),
            }
        }
    }

    fn begin_span(&mut self, text: &str) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        self.out.extend_from_slice(b"/Span<</ActualText<FEFF");
        for unit in text.encode_utf16() {
            self.out.extend([12, 8, 4, 0].map(|shift| DIGITS[usize::from(unit >> shift & 0xF)]));
        }
        self.out.extend_from_slice(b">>>BDC\n");
    }

    fn font(&mut self, font: &Font, size: f64) {
        let number = font.number();
        if self.font.is_some_and(|(known, at)| known == number && (at - size).abs() < 1e-9) {
            return;
        }
        self.out.push(b'/');
        self.out.extend_from_slice(font.resource().as_bytes());
        self.out.push(b' ');
        self.number(size, 3);
        self.out.extend_from_slice(b" Tf\n");
        self.font = Some((number, size));
    }

    fn bold(&mut self, stroke: Option<f64>) {
        if stroke == self.bold {
            return;
        }
        match stroke {
            Some(width) => {
                self.out.extend_from_slice(b"2 Tr ");
                self.number(width, 3);
                self.out.extend_from_slice(b" w\n");
            }
            None => self.out.extend_from_slice(b"0 Tr\n"),
        }
        self.bold = stroke;
    }

    fn ink(&mut self, red: bool) {
        if red != self.red {
            self.out.extend_from_slice(if red { b"1 0 0 rg 1 0 0 RG\n" } else { b"0 g 0 G\n" });
            self.red = red;
        }
    }

    /// Writes a number with so many digits at most.
    fn number(&mut self, n: f64, digits: usize) {
        number(&mut self.out, n, digits);
    }
}

/// The nearest whole number. (`round` is a call of a function on most processors.)
#[allow(clippy::cast_possible_truncation, reason = "a place on a sheet")]
fn nearest(n: f64) -> i64 {
    (n + if n < 0.0 { -0.5 } else { 0.5 }) as i64
}

/// Writes a number without needless digits; there are many on a page.
fn number(out: &mut Vec<u8>, n: f64, digits: usize) {
    decimal(out, nearest(n * [1.0, 10.0, 100.0, 1000.0, 10_000.0][digits]), digits);
}

/// Writes a number that is counted in units of its last digit.
fn decimal(out: &mut Vec<u8>, n: i64, digits: usize) {
    if n < 0 {
        out.push(b'-');
    }
    let mut left = n.unsigned_abs();
    let mut text = [0; 24];
    let mut start = text.len();
    let mut written = 0;
    while left > 0 || written <= digits {
        let digit = (left % 10) as u8;
        left /= 10;
        if written == digits && start < text.len() {
            start -= 1;
            text[start] = b'.';
        }
        // No zeros at the end of a fraction.
        if digit > 0 || start < text.len() || written >= digits {
            start -= 1;
            text[start] = b'0' + digit;
        }
        written += 1;
    }
    out.extend_from_slice(&text[start..]);
}

/// True for a figure of the line that stands before the run.
fn stands_before(figure: &Figure, line: &Line, run: &Run) -> bool {
    let start = run.glyphs.first().map_or(0.0, |glyph| f64::from(glyph.x));
    line.turned || figure.area.x < line.x + start
}

/// Glyphs of a line, by number, whose characters are stated outright.
struct Span {
    start: usize,
    end: usize,
    text: String,
}

/// Where glyphs stand closer than this to each other, or further apart, readers take them for two lines or
/// two words, in em.
const CLOSE: f64 = -0.05;
const APART: f64 = 0.08;

/// The spans of a line (14.9.4): squeezed marks, and Han beside Latin. Readers that guess words and lines from the
/// places of glyphs would break the text there, where the author has no space. Characters for private use, and those
/// that no map of a font may name, are stated, too (ISO 19005-2, 6.2.11.7.2 and 6.2.11.7.3).
fn spans(line: &Line, figures: &[&Figure], codes: &[(u16, u16)]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut previous: Option<(char, Option<char>, f64)> = None;
    let mut number = 0;
    let mut element = None;
    let mut figures = figures.iter().peekable();
    for run in &line.runs {
        // A span lies within one piece.
        let mut parted = false;
        while figures.next_if(|figure| stands_before(figure, line, run)).is_some() {
            parted = true;
        }
        if parted || element != Some(run.element) {
            element = Some(run.element);
            previous = None;
        }
        let (close, apart) = (CLOSE * run.size, APART * run.size);
        let thousandth = run.size / 1000.0;
        for glyph in &run.glyphs {
            let x = f64::from(glyph.x);
            let apart = previous.filter(|(text, _, end)| {
                !(close..apart).contains(&(x - end)) && !text.is_whitespace() && !glyph.text.is_whitespace()
            });
            let stated = super::fonts::is_stated(glyph.text);
            if apart.is_some() || stated {
                if spans.last().is_none_or(|span| span.end != number) {
                    let (start, text) = match apart {
                        Some((text, then, _)) => (number - 1, std::iter::once(text).chain(then).collect()),
                        None => (number, String::new()),
                    };
                    spans.push(Span { start, end: number, text });
                }
                if let Some(span) = spans.last_mut() {
                    span.end = number + 1;
                    span.text.push(glyph.text);
                    span.text.extend(glyph.then);
                }
            }
            let width = codes.get(number).map_or(0, |(_, width)| *width);
            previous = Some((glyph.text, glyph.then, x + f64::from(width) * thousandth));
            number += 1;
        }
    }
    spans
}

/// The difference between place and advance that most glyphs of a run have, in 1/10000 pt: written once
/// as spacing, it leaves little to write between the glyphs.
fn usual_spacing(run: &Run, codes: &[(u16, u16)]) -> i64 {
    let mut best = (0, 0);
    let mut seen: Vec<(i64, u32)> = Vec::new();
    let thousandth = run.size / 1000.0;
    for (pair, (_, width)) in run.glyphs.windows(2).zip(codes) {
        let step = f64::from(pair[1].x) - f64::from(pair[0].x);
        let spacing = nearest((step - f64::from(*width) * thousandth) * 10_000.0);
        // Places are held in single precision; what differs by less than 1/100 pt is the same.
        let count = match seen.iter_mut().find(|(known, _)| (known - spacing).abs() < 100) {
            Some((known, count)) => {
                *count += 1;
                (*count, *known)
            }
            None => {
                seen.push((spacing, 1));
                (1, spacing)
            }
        };
        if count.0 > best.0 {
            best = count;
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_needless_digits() {
        for (n, digits, wanted) in [
            (0.0, 3, "0"),
            (-0.0001, 3, "0"),
            (0.05, 3, "0.05"),
            (-0.5, 3, "-0.5"),
            (12.0, 3, "12"),
            (120.0, 0, "120"),
            (-7.6, 0, "-8"),
            (841.8898, 3, "841.89"),
            (1.00049, 3, "1"),
            (1.2345, 4, "1.2345"),
        ] {
            let mut out = Vec::new();
            number(&mut out, n, digits);
            assert_eq!(std::str::from_utf8(&out), Ok(wanted), "{n}");
        }
    }
}
