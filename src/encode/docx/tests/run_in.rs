//! Run-in headings in the outline.

use super::*;

fn with_lead() -> Document {
    let mut point = Paragraph::new(Role::Point(2), vec![text("第一，要抓早。事情要早办。")]);
    point.lead = Some(Lead { end: 7, level: 2 });
    let mut linked = Paragraph::new(Role::Body, vec![link("https://a.cn", "", "一要快。再说")]);
    linked.lead = Some(Lead { end: 4, level: 3 });
    document(vec![block(BlockKind::Paragraph(point)), block(BlockKind::Paragraph(linked))])
}

fn outlined(document: &Document, contents: bool) -> Written {
    let mut options = Options::new().unwrap();
    (options.run_in_outline, options.contents) = (true, contents);
    let mut diagnostics = Diagnostics::default();
    let bytes = encode(document, &options, &mut diagnostics).unwrap();
    Written { bytes, diagnostics }
}

#[test]
fn a_run_in_heading_ends_with_a_style_separator() {
    let file = outlined(&with_lead(), false);
    let body = file.body();
    assert!(
        body.starts_with(
            "<w:p><w:pPr><w:pStyle w:val=\"Heading2\"/><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>"
        ),
        "{body}"
    );
    assert_eq!(file.text(), "第一，要抓早。\n事情要早办。\n一要快。再说\n");
    assert_eq!(body.matches("specVanish").count(), 1, "a link stands across the end of the other");
}

#[test]
fn it_is_read_as_the_same_paragraph_and_nothing_is_hidden_unasked() {
    let document = with_lead();
    let kinds = |document: &Document| document.blocks.iter().map(|b| b.kind.clone()).collect::<Vec<_>>();
    assert_eq!(kinds(&read_back(&outlined(&document, false))), kinds(&document));
    assert!(!written(&document).body().contains("anish"));
}

#[test]
fn the_table_of_contents_lists_it() {
    let part = outlined(&with_lead(), true).part("word/document.xml");
    let entry = &part[part.find("w:val=\"TOC2\"").unwrap()..part.find("</w:sdtContent>").unwrap()];
    assert!(entry.contains("第一，要抓早。"), "{entry}");
}
