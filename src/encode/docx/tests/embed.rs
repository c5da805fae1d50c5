//! Faces inside the file.

use skrifa::{FontRef, MetadataProvider as _, string::StringId};

use super::*;

fn embedded(document: &Document, contents: bool) -> Written {
    let mut options = Options::new().unwrap();
    (options.embed_fonts, options.contents) = (true, contents);
    let mut diagnostics = Diagnostics::default();
    let bytes = encode(document, &options, &mut diagnostics).unwrap();
    Written { bytes, diagnostics }
}

/// The attribute of the first element that begins so.
fn attribute<'a>(xml: &'a str, element: &str, name: &str) -> &'a str {
    let start = xml.find(element).unwrap();
    let value = xml[start..].split_once(&format!("{name}=\"")).unwrap().1;
    &value[..value.find('"').unwrap()]
}

/// A face as a reader of the file finds it: by its name in the font table, through its relationship, opened by its key.
fn face(file: &Written, name: &str) -> Vec<u8> {
    let table = file.part("word/fontTable.xml");
    let entry = &table[table.find(&format!("<w:font w:name=\"{name}\">")).unwrap()..];
    let (id, key) =
        (attribute(entry, "<w:embedRegular", "r:id"), attribute(entry, "<w:embedRegular", "w:fontKey"));
    let rels = file.part("word/_rels/fontTable.xml.rels");
    let row = rels.split("<Relationship ").find(|row| row.contains(&format!("Id=\"{id}\""))).unwrap();
    assert!(row.contains("officeDocument/2006/relationships/font\""));
    let target = attribute(row, "", "Target");
    let mut archive = zip::ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(&format!("word/{target}")).unwrap().read_to_end(&mut bytes).unwrap();
    let digits: String = key.chars().filter(char::is_ascii_hexdigit).collect();
    let byte = |at: usize| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).unwrap();
    for (index, hidden) in bytes.iter_mut().take(32).enumerate() {
        *hidden ^= byte(15 - index % 16);
    }
    bytes
}

#[test]
fn each_face_is_a_font_of_its_name_with_the_characters_that_are_set_in_it() {
    let document = document(vec![
        paragraph(Role::Title, "会议通知"),
        paragraph(Role::Heading(1), "一、时间"),
        paragraph(Role::Body, "“定于”8月——上旬。"),
    ]);
    let file = embedded(&document, true);
    for (name, characters) in [
        ("方正小标宋简体", "会议通知目录"),
        ("黑体", "一、时间"),
        ("仿宋_GB2312", "“定于”月—上旬。一、时间"),
        ("宋体", "— 0123456789"),
        ("Times New Roman", "8901"),
    ] {
        let bytes = face(&file, name);
        let font = FontRef::new(&bytes).unwrap();
        for c in characters.chars() {
            let glyph = font.charmap().map(c);
            assert!(glyph.is_some_and(|glyph| font.outline_glyphs().get(glyph).is_some()), "{name} {c}");
        }
        assert_eq!(
            font.localized_strings(StringId::FAMILY_NAME).english_or_first().unwrap().to_string(),
            name
        );
        assert!(font.localized_strings(StringId::LICENSE_DESCRIPTION).english_or_first().is_some());
        assert!(font.charmap().map('碑').is_none() && bytes.len() < 60_000, "{name}: {}", bytes.len());
    }
    assert!(file.part("[Content_Types].xml").contains("Extension=\"odttf\""));
    assert!(file.part("word/settings.xml").contains("<w:embedTrueTypeFonts/><w:saveSubsetFonts/>"));
    assert!(file.codes().contains(&"face-embedded"));
}

#[test]
fn nothing_is_embedded_unasked_and_the_same_text_gives_the_same_bytes() {
    let document = document(vec![paragraph(Role::Body, "甲")]);
    assert!(!written(&document).part("word/fontTable.xml").contains("embedRegular"));
    assert_eq!(embedded(&document, false).bytes, embedded(&document, false).bytes);
}
