//! The tree as a Word file (ECMA-376 WordprocessingML, transitional).
//!
//! docx-rs makes the paragraphs, runs, links and tables of `word/document.xml` and of the notes
//! (`body`, `paragraph`, `inline`, `table`, `notes`); `order` brings them into the order of the schema and adds
//! what docx-rs has no call for. All other parts are written here, from the profile, and packed by
//! `package`. Nothing depends on a clock or on the counters of docx-rs: equal trees give equal bytes.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

mod body;
mod contents;
mod embed;
mod fonts;
mod footer;
mod frame;
mod imprint;
mod inline;
mod list;
mod media;
mod nesting;
mod notes;
mod numbering;
mod order;
mod package;
mod paragraph;
mod picture;
mod place;
mod properties;
mod run_in;
mod script;
mod section;
mod settings;
mod sfnt;
mod shown;
mod style_sheet;
mod styles;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod theme;
mod xml;

use std::collections::BTreeMap;

use docx_rs::DocumentChild;

use crate::diagnostic::{Diagnostics, Kind};
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::message::Message;
use crate::ooxml::Geometry;
use crate::options::Options;
use crate::parallel;
use crate::profile::{Imposition, ImprintPage, Profile, StyleName};
use crate::tree::{Document, Location, Masthead, NotePlace, Properties};

use body::Writer;
use footer::Footer;
use notes::{ENDNOTES, FOOTNOTES, Naming};
use package::{Part, Relationship, relationships};
use place::Place;
use section::Section;
use settings::Has;
use styles::Used;
use template::Template;
use xml::{DECLARATION, namespaces};

/// Writes a document as a .docx file in the layout of `options.profile`.
///
/// What Word cannot hold (markup of other formats, pictures of kinds that Word does not show, control characters, notes
/// without a mark) is left out and reported. Boilerplate that is still in the tree has a style of its own.
///
/// # Errors
/// [`Error::Encoder`] if the package cannot be put together: beyond 4 GiB, or nested beyond all reason.
pub(crate) fn encode(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>> {
    if !nesting::is_bounded(document, options.limits.count(Limit::Nesting)) {
        return Err(Error::beyond(&options.limits, Limit::Nesting, None, Location::Whole));
    }
    let document = &*notes::without_lost_marks(document, diagnostics);
    let profile = &options.profile;
    report_paging(profile, document, diagnostics);
    if options.embed_fonts && options.reference.is_some() {
        let message =
            message!("the faces are those of the reference document, which are not put into the file");
        diagnostics.report(Kind::Substituted, "face-not-embedded", Location::Whole, message);
    }
    let template =
        options.reference.as_deref().map(|bytes| Template::read(bytes, &options.limits)).transpose()?;
    let mut geometry = Geometry::new(profile, profile.named(StyleName::Body));
    let mut numbered = BTreeMap::new();
    let masthead = Masthead::of(&document.blocks)
        .and_then(|masthead| profile.masthead(masthead.longest(&document.blocks)));
    if let Some(template) = &template {
        geometry = template.geometry(geometry);
        let used = Used { deepest: deepest(document), languages: &[], masthead: masthead.as_ref() };
        let own = String::from_utf8(styles::styles(profile, &geometry, &used)).unwrap_or_default();
        numbered = template.numbers(&own)?;
    }
    let mut writer = Writer::new(document, profile, geometry, diagnostics);
    writer.threads = parallel::threads(options.threads);
    writer.masthead = masthead;
    writer.numbered = numbered;
    writer.run_in_outline = options.run_in_outline;
    if options.contents {
        writer.contents = Some(Vec::new());
        writer.restarts = true;
    }
    let mut children = Vec::new();
    writer.blocks(&document.blocks, Place::flow(geometry.measure()), &mut children);
    if children.is_empty() {
        children.push(DocumentChild::Paragraph(Box::default()));
    }
    let malformed =
        |error: quick_xml::Error| Error::Encoder { format: "docx", message: Message::verbatim(error) };
    let mut last = Section::TEXT;
    if writer.ends_turned(&children) {
        children.pop();
        last.turned = true;
    }
    last.restarts = std::mem::take(&mut writer.restarts);
    let mut text = format!("{DECLARATION}<w:document {}><w:body>", namespaces()).into_bytes();
    let contents = writer.contents(document, options);
    if !contents.is_empty() {
        // On pages before the text, without numbers.
        text.extend_from_slice(contents::BEGIN.as_bytes());
        writer.arranged(&contents, &mut text).map_err(malformed)?;
        text.extend_from_slice(contents::END.as_bytes());
        let front = Section { numbered: false, ..Section::TEXT }.properties(profile, &geometry);
        text.extend_from_slice(contents::section_end(&front).as_bytes());
    }
    text.append(&mut std::mem::replace(&mut writer.body, Ok(Vec::new())).map_err(malformed)?);
    writer.arranged(&children, &mut text).map_err(malformed)?;
    text.extend_from_slice(last.properties(profile, &geometry).as_bytes());
    text.extend_from_slice(b"</w:body></w:document>");
    drop(children);

    // The relationships of each part have ids of their own.
    let footers: Vec<Footer> = footer::footers(profile, writer.turned).collect();
    let mut related = document_relationships(&footers);
    related.append(&mut writer.links);
    writer.report_unused_notes();
    let mut notes = Vec::new();
    for naming in [FOOTNOTES, ENDNOTES] {
        writer.next_part();
        if let Some(part) = writer.notes_part(naming).map_err(malformed)? {
            notes.push((naming, part, std::mem::take(&mut writer.links)));
        }
    }
    let has_notes = |place| notes.iter().any(|(naming, ..)| naming.place == place);
    let mut embedded = Vec::new();
    if options.embed_fonts && template.is_none() {
        embedded = embed::faces(document, options, writer.diagnostics)?;
    }
    let faces = !embedded.is_empty();
    let has = Has { faces, footnotes: has_notes(NotePlace::Foot), endnotes: has_notes(NotePlace::End) };

    let mut parts = Vec::new();
    let word = |kind: &str| format!("officedocument.wordprocessingml.{kind}");
    let mut add = |name: &str, kind: &str, bytes: Vec<u8>| parts.push(Part::new(name, kind, bytes));
    let mut properties = Properties::new(document);
    properties.date = options.date.or(properties.date);
    properties::report_illegal(&document.meta, writer.diagnostics);
    let custom = properties.custom(writer.diagnostics);
    add("_rels/.rels", "", relationships(&package_relationships(custom.is_some())));
    add("word/document.xml", &word("document.main"), text);
    for (Naming { stem, .. }, ..) in &notes {
        let kind = format!("officeDocument/2006/relationships/{stem}s");
        related.push(Relationship::part(&format!("rId{stem}s"), &kind, &format!("{stem}s.xml")));
    }
    add("word/_rels/document.xml.rels", "", relationships(&related));
    let masthead = writer.masthead.as_ref();
    let used = Used { deepest: deepest(document), languages: &writer.languages, masthead };
    add("word/styles.xml", &word("styles"), styles::styles(profile, &geometry, &used));
    add("word/settings.xml", &word("settings"), settings::settings(profile, has));
    add("word/fontTable.xml", &word("fontTable"), fonts::font_table(profile, &embedded));
    add("word/theme/theme1.xml", "officedocument.theme", theme::theme(profile));
    let numbering = writer.numbering.part(profile.named(StyleName::ListItem));
    add("word/numbering.xml", &word("numbering"), numbering);
    for (Naming { stem, .. }, part, links) in notes {
        add(&format!("word/{stem}s.xml"), &word(&format!("{stem}s")), part);
        if !links.is_empty() {
            add(&format!("word/_rels/{stem}s.xml.rels"), "", relationships(&links));
        }
    }
    for footer in footers {
        add(&format!("word/{}", footer.part), &word("footer"), footer.xml(profile, &geometry));
    }
    add("docProps/core.xml", "package.core-properties", properties.core());
    add("docProps/app.xml", "officedocument.extended-properties", Properties::app());
    if let Some(custom) = custom {
        add("docProps/custom.xml", "officedocument.custom-properties", custom);
    }
    if !embedded.is_empty() {
        let rows: Vec<Relationship> = embedded.iter().map(embed::Embedded::relationship).collect();
        add("word/_rels/fontTable.xml.rels", "", relationships(&rows));
        parts.extend(embedded.iter().map(embed::Embedded::part));
    }
    writer.media.report_unshown(writer.diagnostics);
    parts.extend(writer.media.parts());
    if let Some(template) = &template {
        parts = template.apply(parts, geometry, writer.diagnostics)?;
    }
    package::zip(&parts)
}

/// Reports what the profile wants of pages and Word does not do.
fn report_paging(profile: &Profile, document: &Document, diagnostics: &mut Diagnostics) {
    if profile.imprint_page == ImprintPage::Even && imprint::start(&document.blocks) < document.blocks.len() {
        let message =
            message!("Word puts the 版记 on the last page, of whatever number; the PDF on an even one");
        diagnostics.report(Kind::Noticed, "imprint-page", Location::Whole, message);
    }
    let one_by_one = Imposition { pages_per_sheet: 1, booklet: false };
    let (one_up, numbered) = (profile.imposition == one_by_one, profile.numbered_paragraphs);
    for (wanted, message) in [
        (
            !one_up,
            message!(
                "Word puts one page on a sheet; several pages or a booklet are for PDF, or for the printer"
            ),
        ),
        (numbered, message!("Word numbers no paragraphs in the margin; the PDF does")),
    ] {
        if wanted {
            diagnostics.report(Kind::Substituted, "page-setting-of-pdf", Location::Whole, message);
        }
    }
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

fn document_relationships(footers: &[Footer]) -> Vec<Relationship> {
    let mut rows = vec![
        Relationship::part("rId1", "officeDocument/2006/relationships/styles", "styles.xml"),
        Relationship::part("rId2", "officeDocument/2006/relationships/settings", "settings.xml"),
        Relationship::part("rId3", "officeDocument/2006/relationships/fontTable", "fontTable.xml"),
        Relationship::part("rId4", "officeDocument/2006/relationships/numbering", "numbering.xml"),
    ];
    let footer = |footer: &Footer| {
        Relationship::part(footer.id, "officeDocument/2006/relationships/footer", footer.part)
    };
    rows.extend(footers.iter().map(footer));
    rows.push(Relationship::part("rId8", "officeDocument/2006/relationships/theme", "theme/theme1.xml"));
    rows
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
