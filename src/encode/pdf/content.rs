//! The text of a page as a content stream (ISO 32000-1, 9.4).

use std::io::Write;

use super::fonts::{Font, Fonts};
use crate::layout::{Line, Page, Run};

/// Slant of Latin emphasis: tangent of about 12 degrees.
const SLANT: f64 = 0.21;
/// Stroke that makes a face bold, in em.
const EMBOLDEN: f64 = 0.028;

/// Writes the lines of a page; `height` is that of the sheet in pt.
pub(super) fn write(page: &Page, height: f64, fonts: &Fonts) -> Vec<u8> {
    let mut writer = Writer { out: Vec::with_capacity(8 * 1024), font: None, spacing: 0, bold: None };
    writer.out.extend_from_slice(b"BT\n");
    for line in page.lines.iter().chain(&page.number) {
        writer.line(line, height, fonts);
    }
    writer.out.extend_from_slice(b"ET\n");
    writer.out
}

struct Writer {
    out: Vec<u8>,
    /// Font and size that are set.
    font: Option<(String, f64)>,
    /// Spacing that is set, in 1/10000 pt.
    spacing: i64,
    /// Width of the stroke that is set.
    bold: Option<f64>,
}

impl Writer {
    fn line(&mut self, line: &Line, height: f64, fonts: &Fonts) {
        for run in &line.runs {
            if let Some(font) = fonts.get(run.face) {
                self.run(line, run, height, font);
            }
        }
    }

    fn run(&mut self, line: &Line, run: &Run, height: f64, font: &Font) {
        let Some(first) = run.glyphs.first() else { return };
        self.font(font, run.size);
        self.bold(run.embolden.then_some(run.size * EMBOLDEN));
        let codes: Vec<(u16, u16)> = run.glyphs.iter().map(|glyph| font.code(glyph)).collect();
        let spacing = usual_spacing(run, &codes);
        if spacing != self.spacing {
            self.spacing = spacing;
            #[allow(clippy::cast_precision_loss, reason = "a small number")]
            self.number(spacing as f64 / 10_000.0, 4);
            self.out.extend_from_slice(b" Tc\n");
        }
        self.out.extend_from_slice(b"1 0 ");
        self.number(if run.slant { SLANT } else { 0.0 }, 2);
        self.out.extend_from_slice(b" 1 ");
        let start = f64::from(first.x);
        self.number(line.x + start, 3);
        self.out.push(b' ');
        self.number(height - line.baseline + run.rise, 3);
        self.out.extend_from_slice(b" Tm\n[(");
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        let spacing = spacing as f64 / 10_000.0;
        let mut pen = 0.0;
        for (glyph, (cid, width)) in run.glyphs.iter().zip(&codes) {
            let wanted = f64::from(glyph.x) - start;
            // Thousandths of an em; what rounding leaves is made up at the next glyph.
            let move_by = ((pen - wanted) / run.size * 1000.0).round();
            if move_by.abs() >= 1.0 {
                self.out.push(b')');
                self.number(move_by, 0);
                self.out.push(b'(');
                pen -= move_by * run.size / 1000.0;
            }
            for byte in cid.to_be_bytes() {
                match byte {
                    b'(' | b')' | b'\\' => self.out.extend_from_slice(&[b'\\', byte]),
                    b'\r' => self.out.extend_from_slice(b"\\r"),
                    _ => self.out.push(byte),
                }
            }
            pen += f64::from(*width) * run.size / 1000.0 + spacing;
        }
        self.out.extend_from_slice(b")]TJ\n");
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
