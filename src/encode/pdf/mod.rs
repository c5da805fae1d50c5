//! Pages to PDF 1.7: archives (PDF/A-2a, ISO 19005-2) and readers for the blind (PDF/UA-1, ISO 14289-1) take it.
//!
//! printpdf makes the fonts of subsets; all else of the file is written here, for there is much of it: each page is a
//! content stream ([`content`]) and a dictionary, each paragraph an element of the structure ([`tags`]). [`image`] holds
//! the pictures, [`metadata`] what the file says of itself, [`navigation`] links and outline, [`mod@file`] puts the objects
//! together. docs/pdf-rules.md lists the rules of both standards and where each is tested.
#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

mod content;
mod file;
mod fonts;
mod image;
mod metadata;
mod navigation;
mod tags;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use text::text;

use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::layout::within_limits;
use crate::options::Options;
use crate::parallel;
use crate::tree::Document;

use content::{Shared, Written};
use file::{Data, Deflater, File, Id, Real};
use fonts::Fonts;
use metadata::{LANGUAGE, Metadata};

/// Sets a document and gives it as a PDF file. The same document gives the same bytes, on however many threads.
///
/// # Errors
/// [`crate::error::Error::Font`] where a face can't be subset, and
/// [`crate::error::Error::Encoder`] where the file can't be put together, and
/// [`crate::error::Error::Limit`] where it takes too many pages.
pub(crate) fn encode(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>> {
    let pages = within_limits(document, options, diagnostics)?;
    let metadata = Metadata::new(document, &pages, options, diagnostics);
    let fonts = Fonts::of(&pages)?;
    let mut file = File::default();
    let catalog = file.reserve();
    let tree = file.reserve();
    let drawings = image::write(&mut file, document, &pages, options, diagnostics);
    let names = tags::names(&pages.elements);
    let shared = Shared { height: pages.height, fonts: &fonts, names: &names, drawings: &drawings };
    let sheets = &pages.pages;
    let mut deflaters = Deflater::several(parallel::threads(options.threads));
    // The program of the font with most glyphs, which takes as long as many pages, comes first.
    let faces = fonts.by_size();
    let made = parallel::in_turn(&mut deflaters, faces.len() + 1 + sheets.len(), |deflater, n| {
        if let Some(face) = faces.get(n) {
            return face.program().map(Made::Program);
        }
        let Some(sheet) = (n - faces.len()).checked_sub(1).map(|n| &sheets[n]) else {
            return fonts.made_by_printpdf().map(|made| Made::Fonts(Box::new(made)));
        };
        let written = content::write(sheet, &shared);
        Ok(Made::Page(Written { content: deflater.deflate(&written.content)?, ..written }))
    });
    let (mut programs, mut written) = (Vec::new(), Vec::with_capacity(sheets.len()));
    let mut made_fonts = None;
    for made in made {
        match made? {
            Made::Program(program) => programs.push(program),
            Made::Fonts(fonts) => made_fonts = Some(fonts),
            Made::Page(page) => written.push(page),
        }
    }
    let made_fonts = made_fonts.ok_or_else(|| file::fail("no fonts"))?;
    let fonts = fonts.write(&mut file, *made_fonts, programs)?;
    let resources = file.add(format_args!("<</Font{fonts}{}>>", image::resources(&drawings)));

    let page_ids: Vec<Id> = sheets.iter().map(|_| file.reserve()).collect();
    let mut links = Vec::new();
    for (index, (page, written)) in sheets.iter().zip(&mut written).enumerate() {
        let content = file.add_stream("", Data::Deflated(std::mem::take(&mut written.content)));
        let here = navigation::links(&mut file, page, pages.height, index, sheets.len() + links.len());
        let mut entries = String::new();
        if !here.is_empty() {
            let ids: Vec<String> = here.iter().map(|link| link.id.to_string()).collect();
            entries = format!("/Annots[{}]", ids.join(" "));
        }
        let drawn = page.figures.iter().filter_map(|figure| drawings.get(figure.picture)?.as_ref());
        if drawn.into_iter().any(|drawing| drawing.transparent) {
            // Colours are mixed as what they are (ISO 32000-1, 11.4.7).
            entries.push_str("/Group<</S/Transparency/CS/DeviceRGB>>");
        }
        if page.turned {
            entries.push_str("/Rotate 90");
        }
        // Tabulators go by the structure (ISO 14289-1, 7.18.3).
        file.put(
            page_ids[index],
            format_args!(
                "<</Type/Page/Parent {tree}/MediaBox[0 0 {} {}]/Resources {resources}/Contents {content}\
                 /StructParents {index}/Tabs/S{entries}>>",
                Real(pages.width),
                Real(pages.height)
            ),
        );
        links.extend(here);
    }
    let kids: Vec<String> = page_ids.iter().map(Id::to_string).collect();
    file.put(tree, format_args!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), kids.len()));

    let structure = tags::write(&mut file, &pages, &page_ids, &written, &links);
    let mut entries = String::new();
    if let Some(outline) = navigation::outline(&mut file, &pages.outline, &page_ids, pages.height) {
        entries.push_str(&format!("/Outlines {outline}/PageMode/UseOutlines"));
    }
    if let Some(labels) = navigation::labels(&pages) {
        entries.push_str(&format!("/PageLabels{labels}"));
    }
    if let Some(intent) = metadata.output_intent(&mut file) {
        entries.push_str(&format!("/OutputIntents{intent}"));
    }
    let xmp = metadata.xmp(&mut file);
    file.put(
        catalog,
        format_args!(
            "<</Type/Catalog/Pages {tree}/Lang({LANGUAGE})/MarkInfo<</Marked true>>/StructTreeRoot {structure}\
             /ViewerPreferences<</DisplayDocTitle true>>/Metadata {xmp}{entries}>>"
        ),
    );
    let info = metadata.info(&mut file);
    file.finish(catalog, info, &mut deflaters)
}

/// What the threads make.
enum Made {
    Program(Vec<u8>),
    Fonts(Box<fonts::Made>),
    Page(Written),
}
