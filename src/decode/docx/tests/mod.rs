//! Whole files, built in memory.

mod changes;
mod contents;
mod lists;
mod packages;
mod parts;
mod print;
mod tables;
mod text;

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::decode;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::options::{Options, TrackChanges};
use crate::tree::{
    BlockKind, ColumnAlignment, Document, ImageSize, Inline, InlineStyle, Lead, List, Location, NotePlace,
    Picture, Role, Table,
};

const NAMESPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
    xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
    xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' \
    xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
    xmlns:s='http://schemas.microsoft.com/office/word/2015/wordml/symex' \
    xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' \
    xmlns:v='urn:schemas-microsoft-com:vml' xmlns:x='urn:unknown'";

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package of the given parts. Parts of Word are wrapped in their root and related to the document; files, which
/// have an extension, are as they are.
fn package(parts: &[(&str, &str)], links: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    };
    let relationships = |inner: &str| {
        format!(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inner}\
             </Relationships>"
        )
    };
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    add(
        "[Content_Types].xml",
        &format!(
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
             <Default Extension='xml' ContentType='application/xml'/>\
             <Override PartName='/text/main.xml' ContentType='{main}'/></Types>"
        ),
    );
    add(
        "_rels/.rels",
        &relationships(&format!(
            "<Relationship Id='a' Type='{RELATIONSHIPS}/officeDocument' Target='/text/main.xml'/>\
             <Relationship Id='b' Type='{RELATIONSHIPS}/metadata/core-properties' Target='core.xml'/>"
        )),
    );
    let mut related = links.to_owned();
    for (name, inner) in parts {
        let (file, root) = match *name {
            "document" => ("main", "document"),
            name => (name, name.trim_end_matches(char::is_numeric)),
        };
        if let "header" | "footer" = root {
            let tag = if root == "header" { "hdr" } else { "ftr" };
            add(&format!("text/{file}.xml"), &format!("<w:{tag} {NAMESPACES}>{inner}</w:{tag}>"));
            add(&format!("text/_rels/{file}.xml.rels"), &relationships(links));
        } else if name.contains('.') {
            add(&format!("text/{name}"), inner);
            continue;
        } else if root == "core" {
            add("core.xml", inner);
            continue;
        } else {
            add(&format!("text/{file}.xml"), &format!("<w:{root} {NAMESPACES}>{inner}</w:{root}>"));
        }
        related.push_str(&format!(
            "<Relationship Id='{name}' Type='{RELATIONSHIPS}/{root}' Target='{file}.xml'/>"
        ));
    }
    add("text/_rels/main.xml.rels", &relationships(&related));
    zip.finish().unwrap().into_inner()
}

fn read_with(parts: &[(&str, &str)], links: &str) -> (Document, Vec<Diagnostic>) {
    read_as(parts, links, &Options::new().unwrap())
}

fn read_as(parts: &[(&str, &str)], links: &str, options: &Options) -> (Document, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::default();
    let document = decode(&package(parts, links), options, &mut diagnostics).unwrap().document;
    (document, diagnostics.into_vec())
}

fn read(body: &str) -> (Document, Vec<Diagnostic>) {
    read_with(&[("document", &format!("<w:body>{body}</w:body>"))], "")
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// The blocks in a line: text of paragraphs, the others by a word.
fn drawn(blocks: &[crate::tree::Block]) -> String {
    let draw = |block: &crate::tree::Block| match &block.kind {
        BlockKind::Paragraph(paragraph) => paragraph.text(),
        BlockKind::List(List { start, items, .. }) => {
            let items: Vec<String> = items.iter().map(|item| drawn(&item.blocks)).collect();
            format!("{}[{}]", start.map(|n| n.to_string()).unwrap_or_default(), items.join(","))
        }
        BlockKind::Table(table) => {
            let row = |row: &crate::tree::Row| {
                let cells: Vec<String> = row
                    .cells
                    .iter()
                    .map(|cell| format!("{}x{}:{}", cell.columns, cell.rows, drawn(&cell.blocks)))
                    .collect();
                cells.join(" ")
            };
            format!("<{}>", table.rows.iter().map(row).collect::<Vec<_>>().join(" / "))
        }
        BlockKind::Quote(blocks) => format!("> {}", drawn(blocks)),
        BlockKind::Code(code) => format!("`{}`", code.text),
        BlockKind::Image(image) => format!("!{}({})", image.alt, image.target),
        BlockKind::Rule => "---".into(),
        BlockKind::PageBreak => "^L".into(),
        BlockKind::Raw(raw) => raw.clone(),
    };
    blocks.iter().map(draw).collect::<Vec<_>>().join("|")
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<(&str, &str)> {
    diagnostics.iter().map(|found| (found.code, found.text.as_str())).collect()
}
