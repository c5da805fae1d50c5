//! The package: what is refused, and why.

use super::*;

#[test]
fn damaged_files_are_refused_with_the_reason() {
    let good = package(&[("document", &format!("<w:body>{}</w:body>", p("甲")))], "");
    let refused = |bytes: &[u8]| {
        let error = decode(bytes, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap_err();
        error.to_string()
    };
    for length in [0, 10, good.len() / 2, good.len() - 1] {
        let message = refused(&good[..length]);
        assert!(message.contains("cut short") || message.contains("empty"), "{message}");
    }
    // A byte within the packed text of the main part.
    let at = good.windows(13).position(|window| window == b"text/main.xml").unwrap() + 20;
    let mut changed = good.clone();
    changed[at] ^= 0x55;
    assert!(refused(&changed).contains("text/main.xml"));
    assert!(refused(&package(&[], "")).contains("missing"));
}

#[test]
fn bombs_are_refused() {
    let text = " ".repeat(20 << 20);
    let bomb = package(&[("document", &format!("<w:body>{text}</w:body>"))], "");
    let error = decode(&bomb, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap_err();
    assert!(error.to_string().contains("unpacks to more than"), "{error}");
}

#[test]
fn strict_files_with_any_prefix_are_read() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
         <Override PartName='/d.xml' ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>";
    let document = "<q:document xmlns:q='http://purl.oclc.org/ooxml/wordprocessingml/main'><q:body><q:p><q:r>\
         <q:t>甲</q:t></q:r></q:p></q:body></q:document>";
    let utf_16: Vec<u8> = format!("\u{FEFF}{document}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, content) in [("[Content_Types].xml", types.as_bytes()), ("D.xml", &utf_16)] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let document = decode(&bytes, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap();
    assert_eq!(drawn(&document.blocks), "甲");
}

#[test]
fn other_office_files_are_named() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("[Content_Types].xml", SimpleFileOptions::default()).unwrap();
    let types = "<Types><Override PartName='/xl/workbook.xml' \
         ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>";
    zip.write_all(types.as_bytes()).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let error = decode(&bytes, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap_err();
    assert!(error.to_string().contains("Excel"), "{error}");
}
