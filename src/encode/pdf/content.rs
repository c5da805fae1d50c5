//! The text of a page as a content stream (ISO 32000-1, 9.4).

use std::io::Write;

use super::fonts::{Font, Fonts};
use crate::layout::font::{EMBOLDEN, SLANT};
use crate::layout::{ElementId, Line, Page, Run};

/// The text of a page, and the elements of its marked pieces by their numbers.
pub(super) struct Written {
    pub(super) content: Vec<u8>,
    pub(super) marked: Vec<ElementId>,
}

/// Writes the lines of a page; `height` is that of the sheet in pt, `names` are the structure types of the elements.
pub(super) fn write(page: &Page, height: f64, fonts: &Fonts, names: &[&'static str]) -> Written {
    let mut writer = Writer {
        out: Vec::with_capacity(8 * 1024),
        in_string: false,
        span_end: None,
        font: None,
        spacing: 0,
        bold: None,
        names,
        part: None,
        marked: Vec::new(),
    };
    writer.out.extend_from_slice(b"BT\n");
    for line in page.lines.iter().chain(&page.numbers) {
        writer.line(line, height, fonts);
    }
    writer.end_part();
    writer.out.extend_from_slice(b"ET\n");
    Written { content: writer.out, marked: writer.marked }
}

struct Writer<'a> {
    out: Vec<u8>,
    /// Within the string of a TJ operator.
    in_string: bool,
    /// Number of the glyph of the line before which the open span ends.
    span_end: Option<usize>,
    /// Font and size that are set.
    font: Option<(String, f64)>,
    /// Spacing that is set, in 1/10000 pt.
    spacing: i64,
    /// Width of the stroke that is set.
    bold: Option<f64>,
    names: &'a [&'static str],
    /// What the open marked piece belongs to; within, nothing for what is added to the page.
    part: Option<Option<ElementId>>,
    marked: Vec<ElementId>,
}

impl Writer<'_> {
    /// Ends the marked piece and begins another where the type belongs to something else (ISO 32000-1, 14.7.4).
    fn part(&mut self, element: Option<ElementId>) {
        if self.part == Some(element) {
            return;
        }
        self.end_part();
        self.part = Some(element);
        match element {
            Some(id) => {
                // Writing to a vector does not fail.
                let (name, number) = (self.names[id.index()], self.marked.len());
                let _ = writeln!(self.out, "/{name}<</MCID {number}>>BDC");
                self.marked.push(id);
            }
            None => self.out.extend_from_slice(b"/Artifact<</Type/Pagination>>BDC\n"),
        }
    }

    fn end_part(&mut self) {
        if self.part.take().is_some() {
            self.out.extend_from_slice(b"EMC\n");
        }
    }

    fn line(&mut self, line: &Line, height: f64, fonts: &Fonts) {
        let codes: Vec<Vec<(u16, u16)>> = line
            .runs
            .iter()
            .map(|run| match fonts.get(run.face) {
                Some(font) => run.glyphs.iter().map(|glyph| font.code(glyph)).collect(),
                None => vec![(0, 0); run.glyphs.len()],
            })
            .collect();
        let mut spans = spans(line, &codes).into_iter().peekable();
        let mut number = 0;
        for (run, codes) in line.runs.iter().zip(&codes) {
            let Some(font) = fonts.get(run.face) else { continue };
            self.part(run.element);
            let spacing = usual_spacing(run, codes);
            let mut pen = self.begin_run(line, run, height, font, spacing);
            for (glyph, (cid, width)) in run.glyphs.iter().zip(codes) {
                if let Some(span) = spans.next_if(|span| span.start == number) {
                    self.end_string();
                    self.begin_span(&span.text);
                    self.span_end = Some(span.end);
                }
                let wanted = f64::from(glyph.x);
                // Thousandths of an em; what rounding leaves is made up at the next glyph.
                let move_by = ((pen - wanted) / run.size * 1000.0).round();
                self.begin_string();
                if move_by.abs() >= 1.0 {
                    self.out.push(b')');
                    self.number(move_by, 0);
                    self.out.push(b'(');
                    pen -= move_by * run.size / 1000.0;
                }
                self.code(*cid);
                #[allow(clippy::cast_precision_loss, reason = "a small number")]
                let spacing = spacing as f64 / 10_000.0;
                pen += f64::from(*width) * run.size / 1000.0 + spacing;
                number += 1;
                if self.span_end == Some(number) {
                    self.end_string();
                    self.out.extend_from_slice(b"EMC\n");
                    self.span_end = None;
                }
            }
            self.end_string();
        }
    }

    /// Sets the state for a run and moves to its first glyph; gives the pen's place on the line.
    fn begin_run(&mut self, line: &Line, run: &Run, height: f64, font: &Font, spacing: i64) -> f64 {
        let start = run.glyphs.first().map_or(0.0, |glyph| f64::from(glyph.x));
        self.font(font, run.size);
        self.bold(run.embolden.then_some(run.size * EMBOLDEN));
        if spacing != self.spacing {
            self.spacing = spacing;
            #[allow(clippy::cast_precision_loss, reason = "a small number")]
            self.number(spacing as f64 / 10_000.0, 4);
            self.out.extend_from_slice(b" Tc\n");
        }
        let slant = if run.slant { SLANT } else { 0.0 };
        let matrix = if line.turned {
            [0.0, 1.0, -1.0, slant, line.x - run.rise, height - line.baseline + start]
        } else {
            [1.0, 0.0, slant, 1.0, line.x + start, height - line.baseline + run.rise]
        };
        for n in matrix {
            self.number(n, 3);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(b"Tm\n");
        start
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
        for byte in cid.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.out.extend_from_slice(&[b'\\', byte]),
                b'\r' => self.out.extend_from_slice(b"\\r"),
                _ => self.out.push(byte),
            }
        }
    }

    fn begin_span(&mut self, text: &str) {
        self.out.extend_from_slice(b"/Span<</ActualText<FEFF");
        for unit in text.encode_utf16() {
            // Writing to a vector does not fail.
            let _ = write!(self.out, "{unit:04X}");
        }
        self.out.extend_from_slice(b">>>BDC\n");
    }

    fn font(&mut self, font: &Font, size: f64) {
        let name = font.resource();
        if self.font.as_ref().is_some_and(|(known, at)| *known == name && (at - size).abs() < 1e-9) {
            return;
        }
        self.out.push(b'/');
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b' ');
        self.number(size, 3);
        self.out.extend_from_slice(b" Tf\n");
        self.font = Some((name, size));
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

    /// Writes a number without needless digits.
    fn number(&mut self, n: f64, digits: usize) {
        let start = self.out.len();
        // Writing to a vector does not fail.
        let _ = write!(self.out, "{n:.digits$}");
        if digits > 0 {
            while self.out.ends_with(b"0") {
                self.out.pop();
            }
            if self.out.ends_with(b".") {
                self.out.pop();
            }
        }
        if &self.out[start..] == b"-0" {
            self.out.truncate(start);
            self.out.push(b'0');
        }
    }
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

/// The spans of a line (ISO 32000-1, 14.9.4): squeezed marks, and Han beside Latin. Readers that guess
/// words and lines from the places of glyphs would break the text there, where the author has no space.
fn spans(line: &Line, codes: &[Vec<(u16, u16)>]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut previous: Option<(char, Option<char>, f64)> = None;
    let mut number = 0;
    let mut element = None;
    for (run, codes) in line.runs.iter().zip(codes) {
        // A span lies within one piece.
        if element != Some(run.element) {
            element = Some(run.element);
            previous = None;
        }
        for (glyph, (_, width)) in run.glyphs.iter().zip(codes) {
            let x = f64::from(glyph.x);
            if let Some((text, then, end)) = previous
                && !text.is_whitespace()
                && !glyph.text.is_whitespace()
                && !(CLOSE..APART).contains(&((x - end) / run.size))
            {
                match spans.last_mut().filter(|span| span.end == number) {
                    Some(span) => span.end += 1,
                    None => {
                        let text = std::iter::once(text).chain(then).collect();
                        spans.push(Span { start: number - 1, end: number + 1, text });
                    }
                }
                if let Some(span) = spans.last_mut() {
                    span.text.push(glyph.text);
                    span.text.extend(glyph.then);
                }
            }
            previous = Some((glyph.text, glyph.then, x + f64::from(*width) * run.size / 1000.0));
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
    for (pair, (_, width)) in run.glyphs.windows(2).zip(codes) {
        let step = f64::from(pair[1].x) - f64::from(pair[0].x);
        #[allow(clippy::cast_possible_truncation, reason = "a small number")]
        let spacing = ((step - f64::from(*width) * run.size / 1000.0) * 10_000.0).round() as i64;
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

/// An address in ASCII: everything else is percent-encoded as UTF-8 (ISO 32000-1, 12.6.4.7).
pub(super) fn ascii_address(address: &str) -> String {
    let mut ascii = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            ascii.push(char::from(byte));
        } else {
            ascii.push_str(&format!("%{byte:02X}"));
        }
    }
    ascii
}
