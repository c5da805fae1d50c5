//! Pages to PDF 1.7.
//!
//! printpdf holds the document, its fonts, pages, rules and links; faces are subset before it. The text of
//! the pages is written by [`content`], because every glyph needs its own place and its own characters.
//! [`finish`] turns printpdf's result into the file: outline, language, properties, compressed objects.
//!
//! [`tags`] adds the structure of the document, which readers for the blind and exports need.
//!
//! Not written: PDF/A and PDF/UA metadata.
#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

mod content;
mod finish;
mod fonts;
mod tags;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use text::text;

use printpdf::{Mm, Op, PaintMode, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

use crate::diagnostic::{Diagnostics, Kind};
use crate::error::Result;
use crate::layout::{Page, Pages, Rule, layout, report_figures};
use crate::options::Options;
use crate::tree::{Document, Location};

/// Sets a document and gives it as a PDF file. The same document gives the same bytes.
///
/// # Errors
/// [`crate::error::Error::Font`] where a face can't be subset, and
/// [`crate::error::Error::Encoder`] where the file can't be put together.
pub(crate) fn encode(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>> {
    let pages = layout(document, options, diagnostics);
    report_figures(&pages, diagnostics);
    let fonts = fonts::Fonts::of(&pages);
    let mut pdf = PdfDocument::new("");
    for font in fonts.subset()? {
        pdf.resources.fonts.map.insert(font.id, font.font);
    }
    pdf.pages = pages.pages.iter().map(|page| sheet(page, &pages)).collect();
    // printpdf embeds the fonts that its pages use, and learns from them what each glyph stands for. A
    // specimen page shows every glyph once; it is taken out when the file is finished.
    pdf.pages.push(PdfPage::new(width(&pages), height(&pages), fonts.specimen()));
    let mut warnings = Vec::new();
    let file = printpdf::serialize::to_lopdf_doc(&pdf, &PdfSaveOptions::default(), &mut warnings);
    for warning in warnings {
        let at = Location::Whole;
        diagnostics.report(
            Kind::Substituted,
            "pdf-writer",
            at,
            format!("page {}: {}", warning.page, warning.msg),
        );
    }
    let names = tags::names(&pages.elements);
    let written = pages.pages.iter().map(|page| content::write(page, pages.height, &fonts, &names)).collect();
    finish::finish(file, written, &fonts, &pages, document)
}

#[allow(clippy::cast_possible_truncation, reason = "a sheet is less than 2000 mm wide")]
fn width(pages: &Pages) -> Mm {
    Pt(pages.width as f32).into()
}

#[allow(clippy::cast_possible_truncation, reason = "a sheet is less than 2000 mm high")]
fn height(pages: &Pages) -> Mm {
    Pt(pages.height as f32).into()
}

/// A page with its rules.
fn sheet(page: &Page, pages: &Pages) -> PdfPage {
    let mut ops: Vec<Op> = Vec::with_capacity(page.rules.len() + 2);
    if !page.rules.is_empty() {
        // Rules say nothing to a reader of the text (ISO 32000-1, 14.8.2.2).
        ops.push(Op::BeginMarkedContent { tag: "Artifact".into() });
        for rule in &page.rules {
            let rectangle =
                Rect { mode: Some(PaintMode::Fill), winding_order: None, ..rectangle(rule, pages.height) };
            ops.push(Op::DrawRectangle { rectangle });
        }
        ops.push(Op::EndMarkedContent);
    }
    PdfPage::new(width(pages), height(pages), ops)
}

/// A rectangle counted from the lower edge of the sheet.
fn rectangle(rule: &Rule, height: f64) -> Rect {
    #[allow(clippy::cast_possible_truncation, reason = "rounded to 1/1000 pt")]
    let pt = |n: f64| Pt(((n * 1000.0).round() / 1000.0) as f32);
    Rect {
        x: pt(rule.x),
        y: pt(height - rule.y - rule.height),
        width: pt(rule.width),
        height: pt(rule.height),
        mode: None,
        winding_order: None,
    }
}
