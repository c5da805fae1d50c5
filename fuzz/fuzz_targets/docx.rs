//! The reader of Word files takes any bytes: it reads or refuses them, and never panics, hangs or grows without bound.
//!
//! A package is tried as it is. Whatever is no package is tried as the main part of one, with and without the styles,
//! numbering and notes that may follow it after lines of `%%%%`, so that the engine need not learn zip and CRC.

#![no_main]

use std::io::{Cursor, Write as _};

use banshi::options::TrackChanges;
use banshi::{Format, Options};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Parts in the order in which an input holds them, with the last word of the type of their relationships.
const PARTS: [&str; 6] = ["document", "styles", "numbering", "footnotes", "endnotes", "comments"];

fn package(input: &[u8]) -> Vec<u8> {
    const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, bytes: &[u8]| {
        let _ = zip.start_file(name, options);
        let _ = zip.write_all(bytes);
    };
    let relationships = |rows: String| {
        format!("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{rows}</Relationships>")
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

fuzz_target!(|input: &[u8]| {
    let Ok(mut options) = Options::new() else { return };
    let made;
    let bytes = if input.starts_with(b"PK") {
        input
    } else {
        made = package(input);
        &made
    };
    options.keep_comments = input.len() % 2 == 0;
    options.track_changes = match input.len() % 3 {
        0 => TrackChanges::Accept,
        1 => TrackChanges::Reject,
        _ => TrackChanges::All,
    };
    let Ok(read) = banshi::decode(bytes, Format::Docx, &options) else { return };
    // What was read can be written, and read again.
    if let Ok(written) = banshi::encode(&read.value, Format::Docx, &options) {
        banshi::decode(&written.value, Format::Docx, &options).expect("reads what it has written");
    }
});
