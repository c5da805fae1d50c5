//! The tree as a Word file (ECMA-376 WordprocessingML, transitional).
//!
//! docx-rs makes the paragraphs, runs, links and tables of `word/document.xml` and of the notes
//! (`body`, `inline`, `table`, `notes`); `order` brings them into the order of the schema and adds
//! what docx-rs has no call for. All other parts are written here, from the profile, and packed by
//! `package`. Nothing depends on a clock or on the counters of docx-rs: equal trees give equal bytes.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

mod body;
mod fonts;
mod footer;
mod inline;
mod nesting;
mod notes;
mod numbering;
mod order;
mod package;
mod properties;
mod script;
mod settings;
mod style_sheet;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod theme;
mod xml;

use std::collections::BTreeMap;

use docx_rs::{
    BuildXML, DocGrid, DocGridType, FooterReference, PageMargin, PageOrientationType, PageSize,
    SectionProperty,
};

use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::ooxml::Geometry;
use crate::options::Options;
use crate::profile::{Profile, StyleName};
use crate::tree::{Document, Properties};

use body::{Place, Writer};
use notes::Notes;
use numbering::Numbering;
use order::{Additions, arrange};
use package::{Part, Relationship, relationships};

/// Writes a document as a .docx file in the layout of `options.profile`.
///
/// What Word cannot hold (markup of other formats, pictures, control characters, notes without a mark) is
/// left out and reported. Boilerplate that is still in the tree looks like body text.
///
/// # Errors
/// [`Error::Encoder`] if the package cannot be put together: beyond 4 GiB, or nested beyond all reason.
pub(crate) fn encode(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>> {
    if !nesting::is_bounded(document) {
        let message = format!("nested more than {} deep", nesting::MOST);
        return Err(Error::Encoder { format: "docx", message });
    }
    let profile = &options.profile;
    let geometry = Geometry::new(profile, profile.named(StyleName::Body));
    let mut writer = Writer {
        profile,
        geometry,
        diagnostics,
        notes: Notes::new(document),
        numbering: Numbering::default(),
        links: Vec::new(),
        tooltips: BTreeMap::new(),
        header_rows: Vec::new(),
        after_table: false,
    };
    let mut children = Vec::new();
    writer.blocks(&document.blocks, Place::flow(geometry.measure()), &mut children);
    if children.is_empty() {
        children.push(docx_rs::DocumentChild::Paragraph(Box::default()));
    }
    let body =
        docx_rs::Document { children, section_property: section(profile, &geometry), has_numbering: false };
    let malformed = |error: quick_xml::Error| Error::Encoder { format: "docx", message: error.to_string() };
    let mut rows = 0;
    // `Docx::build` would do the same after passes over pictures and notes, which are ours.
    let text = arrange(
        &body.build(),
        &Additions { header_rows: &writer.header_rows, tooltips: &writer.tooltips, note_mark: false },
        &mut rows,
    )
    .map_err(malformed)?;
    // The relationships of each part have ids of their own.
    let links = std::mem::take(&mut writer.links);
    writer.tooltips.clear();
    let notes = writer.notes_part(&mut rows).map_err(malformed)?;
    let note_links = std::mem::take(&mut writer.links);
    let numbering = writer.numbering.part(profile.named(StyleName::ListItem));

    let mut parts = Vec::new();
    let mut add = |name, content_type, bytes| parts.push(Part { name, content_type, bytes });
    let properties = Properties::new(document);
    properties::report_illegal(&document.meta, writer.diagnostics);
    let custom = properties.custom();
    add("_rels/.rels", "", relationships(&package_relationships(custom.is_some())));
    add("word/document.xml", "officedocument.wordprocessingml.document.main", text);
    let mut related = document_relationships(profile, notes.is_some());
    related.extend(links);
    add("word/_rels/document.xml.rels", "", relationships(&related));
    add(
        "word/styles.xml",
        "officedocument.wordprocessingml.styles",
        styles::styles(profile, &geometry, deepest(document)),
    );
    add(
        "word/settings.xml",
        "officedocument.wordprocessingml.settings",
        settings::settings(profile, notes.is_some()),
    );
    add("word/fontTable.xml", "officedocument.wordprocessingml.fontTable", fonts::font_table(profile));
    add("word/theme/theme1.xml", "officedocument.theme", theme::theme(profile));
    add("word/numbering.xml", "officedocument.wordprocessingml.numbering", numbering);
    if let Some(notes) = notes {
        add("word/footnotes.xml", "officedocument.wordprocessingml.footnotes", notes);
        if !note_links.is_empty() {
            add("word/_rels/footnotes.xml.rels", "", relationships(&note_links));
        }
    }
    let footer_type = "officedocument.wordprocessingml.footer";
    add("word/footer1.xml", footer_type, footer::footer(profile, styles::id::FOOTER));
    if profile.page_number.outside {
        add("word/footer2.xml", footer_type, footer::footer(profile, styles::id::FOOTER_EVEN));
    }
    add("docProps/core.xml", "package.core-properties", properties.core());
    add("docProps/app.xml", "officedocument.extended-properties", Properties::app());
    if let Some(custom) = custom {
        add("docProps/custom.xml", "officedocument.custom-properties", custom);
    }
    package::zip(&parts)
}

fn package_relationships(custom: bool) -> Vec<Relationship> {
    let mut rows = vec![
        Relationship::part("rId1", "officeDocument/2006/relationships/officeDocument", "word/document.xml"),
        Relationship::part(
            "rId2",
            "package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        ),
        Relationship::part(
            "rId3",
            "officeDocument/2006/relationships/extended-properties",
            "docProps/app.xml",
        ),
    ];
    if custom {
        let kind = "officeDocument/2006/relationships/custom-properties";
        rows.push(Relationship::part("rId4", kind, "docProps/custom.xml"));
    }
    rows
}

fn document_relationships(profile: &Profile, notes: bool) -> Vec<Relationship> {
    let mut rows = vec![
        Relationship::part("rId1", "officeDocument/2006/relationships/styles", "styles.xml"),
        Relationship::part("rId2", "officeDocument/2006/relationships/settings", "settings.xml"),
        Relationship::part("rId3", "officeDocument/2006/relationships/fontTable", "fontTable.xml"),
        Relationship::part("rId4", "officeDocument/2006/relationships/numbering", "numbering.xml"),
        Relationship::part(ODD_FOOTER, "officeDocument/2006/relationships/footer", "footer1.xml"),
    ];
    if profile.page_number.outside {
        rows.push(Relationship::part(EVEN_FOOTER, "officeDocument/2006/relationships/footer", "footer2.xml"));
    }
    rows.push(Relationship::part("rId8", "officeDocument/2006/relationships/theme", "theme/theme1.xml"));
    if notes {
        rows.push(Relationship::part("rId7", "officeDocument/2006/relationships/footnotes", "footnotes.xml"));
    }
    rows
}

const ODD_FOOTER: &str = "rId5";
const EVEN_FOOTER: &str = "rId6";

/// The section: sheet, margins, footers, and a grid of lines. A grid of characters too would give a
/// character that is wider than its cell two cells in LibreOffice, so the styles space the characters.
fn section(profile: &Profile, geometry: &Geometry) -> SectionProperty {
    let mut size = PageSize::new().size(geometry.width.max(0) as u32, geometry.height.max(0) as u32);
    if geometry.width > geometry.height {
        size = size.orient(PageOrientationType::Landscape);
    }
    let mut section = SectionProperty::new()
        .page_size(size)
        .page_margin(PageMargin {
            top: geometry.top,
            left: geometry.left,
            bottom: geometry.bottom,
            right: geometry.right,
            header: geometry.top / 2,
            footer: footer::distance(profile, geometry),
            gutter: 0,
        })
        .doc_grid(
            DocGrid::with_empty().grid_type(DocGridType::Lines).line_pitch(geometry.leading.max(1) as usize),
        );
    section.footer_reference = Some(FooterReference::new("default", ODD_FOOTER));
    if profile.page_number.outside {
        section.even_footer_reference = Some(FooterReference::new("even", EVEN_FOOTER));
    }
    section
}

/// Deepest level of a point or run-in heading.
fn deepest(document: &Document) -> u8 {
    let mut deepest = 0;
    document.for_each_paragraph(&mut |_, paragraph| {
        let lead = paragraph.lead.map(|lead| lead.level);
        deepest = deepest.max(paragraph.role.level().unwrap_or(0)).max(lead.unwrap_or(0));
    });
    deepest
}
