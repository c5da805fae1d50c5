//! Word files made of mutated parts.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Parts in the order in which an input holds them, with the last word of the type of their relationships.
const PARTS: [&str; 6] = ["document", "styles", "numbering", "footnotes", "endnotes", "comments"];

/// A package whose main part is the input up to a line of `%%%%`, and whose other parts follow it after such lines, so
/// that the engine need not learn zip and CRC.
pub(crate) fn package(input: &[u8]) -> Vec<u8> {
    const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, bytes: &[u8]| {
        let _ = zip.start_file(name, options);
        let _ = zip.write_all(bytes);
    };
    let relationships = |rows: String| {
        format!(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{rows}</Relationships>"
        )
    };
    let row = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{RELATED}/{kind}' Target='{target}'/>")
    };
    add("_rels/.rels", relationships(row("a", "officeDocument", "document.xml")).as_bytes());
    let mut rows = row("rId1", "image", "a.png") + &row("rId2", "hyperlink", "a");
    let mut rest = input;
    for name in PARTS {
        let mark = rest.windows(4).position(|window| window == b"%%%%");
        let (part, after) = match mark {
            Some(at) => (&rest[..at], &rest[at + 4..]),
            None => (rest, &[][..]),
        };
        rest = after;
        if !part.is_empty() {
            add(&format!("{name}.xml"), part);
            rows.push_str(&row(name, name, &format!("{name}.xml")));
        }
    }
    add("_rels/document.xml.rels", relationships(rows).as_bytes());
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
