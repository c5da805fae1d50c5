//! Tables of contents that other programs made.

use super::*;

const STYLES: &str = "<w:style w:type='paragraph' w:styleId='h'><w:name w:val='heading 1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='c'><w:name w:val='toc 1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='t'><w:name w:val='TOC Heading'/><w:basedOn w:val='h'/></w:style>";

/// A paragraph of that style; `before` and `after` stand around its text.
fn styled(style: &str, before: &str, text: &str, after: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{before}<w:r><w:t>{text}</w:t></w:r>{after}</w:p>"
    )
}

fn field(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>")
}

/// The start of a field of that code, as far as its result.
fn begin(code: &str) -> String {
    field("begin") + &format!("<w:r><w:instrText>{code}</w:instrText></w:r>") + &field("separate")
}

fn text() -> String {
    styled("h", "", "总则", "") + &p("文") + &styled("h", "", "附则及说明", "")
}

const PAGE: &str = "<w:r><w:tab/><w:t>3</w:t></w:r>";

fn read_styled(body: &str) -> (String, Vec<Diagnostic>) {
    let body = format!("<w:body>{body}{}</w:body>", text());
    let (document, diagnostics) = read_with(&[("document", &body), ("styles", STYLES)], "");
    (drawn(&document.blocks), diagnostics)
}

#[test]
fn what_only_repeats_the_headings_is_left_out() {
    let entries = [
        styled("x", &begin(" TOC \\o "), "总则", PAGE),
        styled("x", "", "附则及说明", &(PAGE.to_owned() + &field("end"))),
    ]
    .concat();
    let by_style = styled("c", "", "总则", PAGE) + &styled("c", "", "附则及说明", PAGE);
    let control = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>\
         <w:sdtContent>{}{}{}</w:sdtContent></w:sdt>",
        styled("t", "", "目录", ""),
        styled("x", "", "总则", PAGE),
        styled("x", "", "附则及说明……7", ""),
    );
    for (table, head) in [(entries.clone(), ""), (p("目　录") + &entries, "目　录\n"), (by_style, "")] {
        let (drawn, diagnostics) = read_styled(&table);
        assert_eq!(drawn, "总则|文|附则及说明");
        assert_eq!(codes(&diagnostics), [("contents", format!("{head}总则\t3\n附则及说明\t3").as_str())]);
        assert_eq!(diagnostics[0].kind, Kind::LeftOut);
    }
    let (drawn, diagnostics) = read_styled(&control);
    assert_eq!(drawn, "总则|文|附则及说明");
    assert_eq!(codes(&diagnostics), [("contents", "目录\n总则\t3\n附则及说明……7")]);
}

#[test]
fn what_stands_nowhere_else_is_kept() {
    let entries = styled("x", &begin(" TOC \\o "), "总则", PAGE)
        + &styled("x", "", "已删去的一章", &(PAGE.to_owned() + &field("end")));
    let (drawn, diagnostics) = read_styled(&entries);
    assert_eq!(drawn, "总则\t3|已删去的一章\t3|总则|文|附则及说明");
    assert_eq!(codes(&diagnostics), [("contents", "")]);
    assert_eq!(diagnostics[0].kind, Kind::Substituted);
    let placeholder = styled("x", &begin(" TOC \\o "), "右击以更新", &field("end"));
    assert_eq!(read_styled(&placeholder).0, "右击以更新|总则|文|附则及说明");
    // A paragraph that says 目录 is a table of contents only where one follows.
    assert_eq!(read_styled(&p("目录")).0, "目录|总则|文|附则及说明");
}

#[test]
fn lines_of_a_table_that_is_kept_are_no_headings_whatever_their_style_comes_from() {
    let styles = "<w:style w:type='paragraph' w:styleId='h'><w:name w:val='My Head'/><w:pPr><w:outlineLvl w:val='0'/>\
         </w:pPr></w:style><w:style w:type='paragraph' w:styleId='c'><w:name w:val='toc 1'/><w:basedOn w:val='h'/>\
         </w:style>";
    let body =
        format!("<w:body>{}{}</w:body>", styled("c", "", "已删去的一章", PAGE), styled("h", "", "总则", ""));
    let document = read_with(&[("document", &body), ("styles", styles)], "").0;
    let levels: Vec<_> = document.blocks.iter().map(|block| block.origin.appearance.outline_level).collect();
    assert_eq!(levels, [None, Some(1)]);
}

#[test]
fn the_pages_around_a_table_that_is_left_out_break_once() {
    let page = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>";
    let entry = styled("c", "", "总则", PAGE);
    let (drawn, _) = read_styled(&[&p("封面"), page, &entry, page, &entry, page].concat());
    assert_eq!(drawn, "封面|^L|总则|文|附则及说明");
}
