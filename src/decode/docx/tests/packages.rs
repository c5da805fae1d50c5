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
        assert!(message.to_string().contains("cut short") || message.contains("empty"), "{message}");
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
    let document = decode(&bytes, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap().document;
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

/// A zip of files as they are.
fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document of one paragraph.
fn document(text: &str) -> String {
    format!("<w:document {NAMESPACES}><w:body>{}</w:body></w:document>", p(text))
}

fn main_relationship(target: &str) -> String {
    format!(
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
         <Relationship Id='a' Type='{RELATIONSHIPS}/officeDocument' Target='{target}'/></Relationships>"
    )
}

fn try_read(bytes: &[u8]) -> Result<(String, Vec<Diagnostic>), String> {
    let mut diagnostics = Diagnostics::default();
    let document = decode(bytes, &Options::new().unwrap(), &mut diagnostics);
    let document = document.map_err(|error| error.to_string())?.document;
    Ok((drawn(&document.blocks), diagnostics.into_vec()))
}

#[test]
fn a_word_text_under_a_wrong_type_is_read_and_said() {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    for (stated, said) in [
        (word.to_uppercase(), 0),
        (format!("{word}; charset=utf-8"), 0),
        ("text/xml".to_owned(), 0),
        ("application/octet-stream".to_owned(), 1),
        (word.replace("document.main", "document.glossary"), 1),
    ] {
        let types = format!(
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
             <Override PartName='/word/document.xml' ContentType='{stated}'/></Types>"
        );
        let bytes = zip(&[
            ("[Content_Types].xml", &types),
            ("_rels/.rels", &main_relationship("word/document.xml")),
            ("word/document.xml", &document("甲")),
        ]);
        let (text, diagnostics) = try_read(&bytes).unwrap();
        assert_eq!((text.as_str(), diagnostics.len()), ("甲", said), "{stated}");
        assert!(diagnostics.iter().all(|found| found.code == "damaged-part"));
    }
}

#[test]
fn parts_are_found_however_their_names_are_encoded() {
    for (stated, stored) in [
        ("word/my%20text.xml", "word/my text.xml"),
        ("word/正文.xml", "word/%E6%AD%A3%E6%96%87.xml"),
        ("word/100%.xml", "word/100%.xml"),
    ] {
        let bytes = zip(&[("_rels/.rels", &main_relationship(stated)), (stored, &document("甲"))]);
        assert_eq!(try_read(&bytes).unwrap().0, "甲", "{stated}");
    }
}

#[test]
fn of_parts_that_stand_there_twice_the_last_is_read_and_that_is_said() {
    let names = ["word/document.xml", "word/documenu.xml"];
    let mut bytes = zip(&[
        ("_rels/.rels", &main_relationship(names[0])),
        (names[0], &document("甲")),
        (names[1], &document("乙")),
    ]);
    // No zip library writes two entries of one name.
    let second = names[1].as_bytes();
    while let Some(at) = bytes.windows(second.len()).position(|window| window == second) {
        bytes[at..at + second.len()].copy_from_slice(names[0].as_bytes());
    }
    let (text, diagnostics) = try_read(&bytes).unwrap();
    assert_eq!((text.as_str(), codes(&diagnostics)), ("乙", vec![("damaged-part", "")]));
    assert!(diagnostics[0].message.to_string().contains("twice"), "{}", diagnostics[0].message);
}

#[test]
fn what_stands_behind_the_text_is_no_text_that_could_be_passed_over() {
    let refused = |after: &str| {
        let text = document("甲") + after;
        try_read(&zip(&[("_rels/.rels", &main_relationship("d.xml")), ("d.xml", &text)]))
    };
    assert!(refused("\n\0\0").is_ok());
    for after in ["乙", &document("乙")] {
        assert!(refused(after).unwrap_err().contains("outside of the outermost element"));
    }
}

#[test]
fn packages_of_other_programs_are_named_without_their_types_too() {
    for (part, word) in [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint")] {
        for related in [true, false] {
            let relationships = main_relationship(part);
            let mut files = vec![(part, "<x/>")];
            files.extend(related.then_some(("_rels/.rels", relationships.as_str())));
            let error = try_read(&zip(&files)).unwrap_err();
            assert!(error.contains(word), "{error}");
        }
    }
    for (part, word) in [
        ("讲话.docx", "讲话.docx"),
        ("稿/word/document.xml", "in the folder 稿"),
        ("content.xml", "without a Word text"),
    ] {
        let error = try_read(&zip(&[(part, "<x/>")])).unwrap_err();
        assert!(error.contains(word), "{error}");
    }
}
