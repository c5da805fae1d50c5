//! Word files made like a reference document.

use std::io::Write as _;

use super::*;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package of these parts, with content types and relationships as office programs write them.
fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut types = String::from(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    );
    let mut rows = String::new();
    for (name, _) in parts {
        let stem = name.trim_end_matches(".xml").trim_end_matches(|c: char| c.is_ascii_digit());
        let kind = if stem == "document" { "document.main".to_owned() } else { stem.to_owned() };
        types.push_str(&format!(
            "<Override PartName=\"/word/{name}\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
        ));
        rows.push_str(&format!(
            "<Relationship Id=\"{}\" Type=\"{OFFICE}/{stem}\" Target=\"{name}\"/>",
            name.trim_end_matches(".xml")
        ));
    }
    let relationships = |rows: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{rows}</Relationships>"
        )
    };
    let main =
        format!("<Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>");
    let mut all = vec![
        ("[Content_Types].xml".to_owned(), types + "</Types>"),
        ("_rels/.rels".to_owned(), relationships(&main)),
        ("word/_rels/document.xml.rels".to_owned(), relationships(&rows)),
    ];
    all.extend(parts.iter().map(|(name, xml)| (format!("word/{name}"), xml.clone())));
    for (name, xml) in all {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(xml.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn style(id: &str, name: &str, inner: &str) -> String {
    format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{inner}</w:style>")
}

/// A template as an office has it: a small page, a header, styles by Chinese names, numbered headings.
fn template() -> Vec<u8> {
    let styles = [
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>"
            .to_owned(),
        style("a0", "公文正文", "<w:basedOn w:val=\"a\"/>"),
        style(
            "a1",
            "一级标题",
            "<w:basedOn w:val=\"a\"/><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr>",
        ),
        style("a2", "主送机关", "<w:basedOn w:val=\"a\"/>"),
        style("Title", "Other", ""),
        style("a3", "公文标题", "<w:basedOn w:val=\"a\"/>"),
        style("a4", "List Bullet", "<w:basedOn w:val=\"a\"/>"),
    ]
    .concat();
    package(&[
        (
            "document.xml",
            format!(
                "<w:document {W}><w:body><w:p><w:r><w:t>样张</w:t></w:r></w:p><w:sectPr>\
                 <w:headerReference w:type=\"default\" r:id=\"header1\"/>\
                 <w:pgSz w:w=\"10000\" w:h=\"14000\"/><w:pgMar w:top=\"1000\" w:right=\"900\" w:bottom=\"800\" \
                 w:left=\"700\" w:header=\"600\" w:footer=\"500\" w:gutter=\"0\"/><w:cols w:space=\"425\"/>\
                 <w:titlePg/></w:sectPr></w:body></w:document>"
            ),
        ),
        ("styles.xml", format!("<w:styles {W}>{styles}</w:styles>")),
        (
            "numbering.xml",
            format!(
                "<w:numbering {W}><w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"0\">\
                 <w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum>\
                 <w:num w:numId=\"7\"><w:abstractNumId w:val=\"4\"/></w:num></w:numbering>"
            ),
        ),
        ("header1.xml", format!("<w:hdr {W}><w:p><w:r><w:t>某某办公室</w:t></w:r></w:p></w:hdr>")),
        (
            "settings.xml",
            format!("<w:settings {W}><w:mirrorMargins/><w:evenAndOddHeaders w:val=\"0\"/></w:settings>"),
        ),
    ])
}

fn options(reference: Vec<u8>) -> Options {
    let mut options = Options::new().unwrap();
    options.reference = Some(reference.into());
    options
}

fn like(document: &Document, reference: Vec<u8>) -> Written {
    let mut diagnostics = Diagnostics::default();
    let bytes = encode(document, &options(reference), &mut diagnostics).unwrap();
    Written { bytes, diagnostics }
}

fn letter() -> Document {
    let item = |words: &str| vec![paragraph(Role::Body, words)];
    document(vec![
        paragraph(Role::Title, "关于做好防汛工作的通知"),
        paragraph(Role::Recipient, "各乡镇："),
        paragraph(Role::Heading(1), "一、提高认识"),
        paragraph(Role::Body, "汛期将至。"),
        list(None, vec![item("巡查堤坝"), item("备足物资")]),
        list(Some(3), vec![item("值班"), item("报告")]),
        paragraph(Role::Signature, "青岭县水务局"),
        paragraph(Role::SigningDate, "2026年5月8日"),
    ])
}

#[test]
fn the_page_and_the_header_are_those_of_the_template() {
    let file = like(&letter(), template());
    let part = file.part("word/document.xml");
    assert!(part.contains("<w:pgSz w:w=\"10000\" w:h=\"14000\"/>") && part.contains("w:footer=\"500\""));
    assert!(part.contains("<w:headerReference w:type=\"default\" r:id=\"rIdTemplateheader1\"/>"), "{part}");
    assert!(!part.contains("样张") && !part.contains("footerReference"));
    assert!(file.part("template/word/header1.xml").contains("某某办公室"));
    let rels = file.part("word/_rels/document.xml.rels");
    assert!(rels.contains("Target=\"/template/word/header1.xml\"") && !rels.contains("/footer\""));
    let settings = file.part("word/settings.xml");
    assert!(settings.contains("<w:mirrorMargins/>") && !settings.contains("evenAndOddHeaders"));
    assert!(file.part("[Content_Types].xml").contains("/template/word/header1.xml"));
}

#[test]
fn roles_find_the_styles_of_the_template_by_their_names() {
    let file = like(&letter(), template());
    let body = file.body();
    for (id, words) in [("a3", "关于做好"), ("a2", "各乡镇"), ("a1", "一、"), ("a0", "汛期将至")]
    {
        let at = body.find(words).unwrap();
        let start = body[..at].rfind("<w:p>").unwrap();
        assert!(body[start..at].contains(&format!("<w:pStyle w:val=\"{id}\"/>")), "{id}: {body}");
    }
    let sheet = file.part("word/styles.xml");
    // What the template has stays as it is; what it lacks is added, under an id that is free.
    assert!(sheet.contains("<w:name w:val=\"Other\"/>") && sheet.contains("<w:name w:val=\"成文日期\"/>"));
    assert!(!sheet.contains("<w:name w:val=\"heading 1\"/>") && !sheet.contains("<w:name w:val=\"要点1\"/>"));
}

#[test]
fn numbers_of_the_template_do_not_double_those_of_the_author() {
    let file = like(&letter(), template());
    let body = file.body();
    assert!(
        body.contains(
            "<w:pStyle w:val=\"a1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>"
        )
    );
    let numbering = file.part("word/numbering.xml");
    let ours = numbering.find("w:abstractNumId=\"8\"").unwrap();
    assert!(ours < numbering.find("<w:num ").unwrap() && numbering.contains("<w:num w:numId=\"7\">"));
}

fn roles(document: &Document) -> Vec<Role> {
    let mut roles = Vec::new();
    document.for_each_paragraph(&mut |_, paragraph| roles.push(paragraph.role));
    roles
}

#[test]
fn what_is_made_like_a_template_is_read_as_the_same_tree() {
    let letter = letter();
    for reference in [
        template(),
        written(&document(Vec::new())).bytes,
        package(&[("document.xml", format!("<w:document {W}><w:body/></w:document>"))]),
    ] {
        let file = like(&letter, reference);
        let back = read_back(&file);
        assert_eq!(shape(&back.blocks), shape(&letter.blocks));
        assert_eq!(roles(&back), roles(&letter));
    }
}

#[test]
fn what_a_template_gives_and_lacks_is_said() {
    let said = |reference| {
        let file = like(&letter(), reference);
        let of_reference = file.diagnostics.iter().filter(|found| found.code == "reference");
        of_reference.map(|found| found.message.to_string()).collect::<Vec<_>>()
    };
    let full = said(template());
    assert!(full[0].contains("176 × 247 mm") && full[0].contains("1 headers and footers"), "{full:?}");
    assert!(full[1].contains("bear no numbers") && full[2].contains("no style for"), "{full:?}");
    assert!(full[2].contains("成文日期") && !full[2].contains("heading 1"), "{full:?}");
    assert_eq!(full.len(), 3);
    // One of ours has all of it.
    assert_eq!(said(written(&letter()).bytes).len(), 1);
    let section = "<w:sectPr><w:footerReference r:id=\"rId77\"/></w:sectPr>";
    let bare = format!("<w:document {W}><w:body>{section}</w:body></w:document>");
    let bare = said(package(&[("document.xml", bare)]));
    let words = ["from the reference", "no size of the page", "lacks 1", "bear no numbers", "has no styles"];
    assert_eq!(bare.len(), words.len(), "{bare:?}");
    assert!(bare.iter().zip(words).all(|(said, words)| said.contains(words)), "{bare:?}");
}

#[test]
fn a_template_that_is_none_is_refused_with_its_part_and_a_remedy() {
    let broken = |part: &str, xml: &str| {
        let document = format!("<w:document {W}><w:body/></w:document>");
        package(&[("document.xml", document), (part, xml.to_owned())])
    };
    let strict = "<w:styles xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"/>";
    for (reference, words) in [
        (b"hello".to_vec(), "plain text"),
        (broken("styles.xml", "<w:styles"), "word/styles.xml"),
        (broken("styles.xml", strict), "strict form"),
        (broken("numbering.xml", "<x:numbering xmlns:x=\"urn:x\"/>"), "unusual names"),
    ] {
        let error =
            encode(&letter(), &options(reference), &mut Diagnostics::default()).unwrap_err().to_string();
        assert!(error.starts_with("reference document: ") && error.contains(words), "{error}");
    }
}
