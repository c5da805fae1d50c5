//! Whole files, built in memory.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::decode;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::options::Options;
use crate::tree::{BlockKind, ColumnAlignment, Document, Inline, InlineStyle, Lead, List, Location, Role};

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

/// A package of the given parts. `word/*.xml` parts are wrapped in their root and related to the document.
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
    let mut diagnostics = Diagnostics::default();
    let document = decode(&package(parts, links), &Options::new().unwrap(), &mut diagnostics).unwrap();
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

#[test]
fn text_breaks_tabs_and_marks_are_kept() {
    let (document, diagnostics) = read(
        "<w:p><w:r><w:t xml:space='preserve'>甲 </w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>co</w:t>\
         <w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>",
    );
    assert_eq!(drawn(&document.blocks), "甲 \t乙\nco\u{2011}op\u{AD}☑");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn only_what_differs_from_the_style_is_set_apart() {
    let styles = "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/>\
         <w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
         <w:style w:type='character' w:styleId='s'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style>";
    let body = "<w:body><w:p><w:pPr><w:pStyle w:val='1'/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>题</w:t></w:r>\
         </w:p><w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:rStyle w:val='s'/></w:rPr><w:t>乙</w:t></w:r>\
         <w:r><w:rPr><w:b/><w:vertAlign w:val='superscript'/></w:rPr><w:t>丙</w:t></w:r></w:p></w:body>";
    let (document, _) = read_with(&[("document", body), ("styles", styles)], "");
    let BlockKind::Paragraph(heading) = &document.blocks[0].kind else { panic!() };
    assert_eq!(
        (heading.role, heading.content.as_slice()),
        (Role::Heading(1), &[Inline::Text("题".into())][..])
    );
    assert_eq!(document.blocks[0].origin.appearance.outline_level, Some(1));
    let BlockKind::Paragraph(text) = &document.blocks[1].kind else { panic!() };
    let raised = Inline::Styled(InlineStyle::Superscript, vec![Inline::Text("丙".into())]);
    assert_eq!(
        text.content,
        [
            Inline::Text("甲".into()),
            Inline::Styled(InlineStyle::Strong, vec![Inline::Text("乙".into()), raised])
        ]
    );
}

#[test]
fn automatic_numbers_become_text_and_bullets_lists() {
    let level = |index: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='{index}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId='0'>{}{}</w:abstractNum><w:abstractNum w:abstractNumId='1'>{}{}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>",
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%2."),
        level(0, "bullet", "•"),
        level(1, "bullet", "◦"),
    );
    let item = |num: u8, level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{num}'/></w:numPr></w:pPr>\
             <w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        item(1, 0, "甲"),
        item(1, 1, "a"),
        item(2, 0, "x"),
        item(2, 1, "y"),
        item(2, 1, "z"),
        item(2, 0, "w"),
        item(1, 0, "乙"),
        item(1, 0, ""),
        format!("<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>{}</w:pPr></w:p>", "<w:sectPr/>"),
        item(1, 0, "丙"),
    ]
    .concat();
    let body = format!("<w:body>{body}</w:body>");
    let (document, diagnostics) = read_with(&[("document", &body), ("numbering", &numbering)], "");
    assert_eq!(drawn(&document.blocks), "一、甲|1. a|[x|[y,z],w]|二、乙|三、|四、丙");
    assert_eq!(codes(&diagnostics), [("automatic-number", "")]);
}

#[test]
fn numbered_list_styles_are_lists() {
    let styles = "<w:style w:type='paragraph' w:styleId='n'><w:name w:val='List Number'/></w:style>\
         <w:style w:type='paragraph' w:styleId='c'><w:name w:val='List Continue'/></w:style>";
    let numbering = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
         <w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>\
         <w:num w:numId='5'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='3'/>\
         </w:lvlOverride></w:num>";
    let item = "<w:p><w:pPr><w:pStyle w:val='n'/><w:numPr><w:ilvl w:val='0'/><w:numId w:val='5'/></w:numPr>\
         </w:pPr><w:r><w:t>甲</w:t></w:r></w:p>";
    let more = "<w:p><w:pPr><w:pStyle w:val='c'/></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>";
    let body = format!("<w:body>{item}{more}{item}</w:body>");
    let parts = [("document", body.as_str()), ("styles", styles), ("numbering", numbering)];
    assert_eq!(drawn(&read_with(&parts, "").0.blocks), "3[甲|乙,甲]");
}

#[test]
fn cells_span_columns_and_rows() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let body = format!(
        "<w:tbl><w:tblPr/><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}{}</w:tr>\
         <w:sdt><w:sdtContent><w:tr>{}{}{}</w:tr></w:sdtContent></w:sdt></w:tbl>",
        cell("<w:vMerge w:val='restart'/>", "a"),
        cell("<w:gridSpan w:val='2'/>", "b"),
        cell("<w:vMerge/>", ""),
        "<w:tc><w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>c</w:t></w:r></w:p></w:tc>",
        cell("", "d"),
        cell("<w:vMerge/>", "e"),
        "<w:sdt><w:sdtContent><w:tc><w:p/></w:tc></w:sdtContent></w:sdt>",
        cell("", "<w:x/>f"),
    );
    let (document, _) = read(&body);
    assert_eq!(drawn(&document.blocks), "<1x3:ae 2x1:b / 1x1:c 1x1:d / 1x1: 1x1:f>".replace("ae", "a|e"));
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!() };
    assert_eq!(table.header_rows, 1);
    assert_eq!(table.columns, [ColumnAlignment::Default, ColumnAlignment::Centre, ColumnAlignment::Default]);
}

#[test]
fn notes_are_numbered_as_they_are_mentioned() {
    let mark = |kind: &str, id: u8| format!("<w:r><w:{kind}Reference w:id='{id}'/></w:r>");
    let body = format!(
        "<w:body><w:p><w:r><w:t>甲</w:t></w:r>{}{}{}</w:p></w:body>",
        mark("endnote", 1),
        mark("footnote", 2),
        mark("footnote", 9)
    );
    let note = |kind: &str, id: u8, text: &str| {
        format!(
            "<w:{kind} w:id='{id}'><w:p><w:r><w:footnoteRef/><w:t xml:space='preserve'> {text}</w:t></w:r></w:p></w:{kind}>"
        )
    };
    let footnotes = [
        "<w:footnote w:type='separator' w:id='0'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
            .to_owned(),
        note("footnote", 2, "脚"),
        note("footnote", 3, "无人提及"),
    ]
    .concat();
    let endnotes = note("endnote", 1, "尾");
    let parts = [("document", body.as_str()), ("footnotes", &footnotes), ("endnotes", &endnotes)];
    let (document, diagnostics) = read_with(&parts, "");
    let notes: Vec<_> = document.notes.iter().map(|note| (note.id.as_str(), drawn(&note.blocks))).collect();
    assert_eq!(notes, [("1", "尾".into()), ("2", "脚".into()), ("3", String::new())]);
    assert_eq!(codes(&diagnostics), [("missing-note", ""), ("unused-note", " 无人提及")]);
    assert_eq!(diagnostics[0].message, "the text refers to footnote 9, which the file does not hold");
    assert_eq!(diagnostics[0].at, Location::Part { part: "text/main.xml".into(), paragraph: 1 });
}

#[test]
fn links_and_fields_give_their_results() {
    let field = |code: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>{result}</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    let links = format!(
        "<Relationship Id='h' Type='{RELATIONSHIPS}/hyperlink' Target='http://b' TargetMode='External'/>"
    );
    let body = format!(
        "<w:body><w:p>{}<w:hyperlink r:id='h' w:anchor='x' w:tooltip='提示'><w:r><w:t>乙</w:t></w:r></w:hyperlink>\
         <w:fldSimple w:instr='DATE'><w:r><w:t>今天</w:t></w:r></w:fldSimple>\
         <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>EQ \\o\\ac(○,3)</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:fldChar w:fldCharType='begin'/><w:t>余</w:t></w:r></w:p></w:body>",
        field("HYPERLINK \"http://a\" \\o \"t\"", "甲")
    );
    let (document, diagnostics) = read_with(&[("document", &body)], &links);
    let BlockKind::Paragraph(paragraph) = &document.blocks[0].kind else { panic!() };
    let link = |target: &str, title: &str, text: &str| Inline::Link {
        target: target.into(),
        title: title.into(),
        content: vec![Inline::Text(text.into())],
    };
    assert_eq!(
        paragraph.content,
        [link("http://a", "t", "甲"), link("http://b#x", "提示", "乙"), Inline::Text("今天③余".into())]
    );
    assert_eq!(codes(&diagnostics), [("equation", "EQ \\o\\ac(○,3)"), ("field-mark", "")]);
}

#[test]
fn changes_are_accepted_and_what_goes_is_reported() {
    let (document, diagnostics) = read(
        "<w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>\
         <w:del><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>丁</w:t></w:r></w:p>\
         <w:p><w:r><w:t>戊</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>己</w:t></w:r></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>庚</w:delText></w:r></w:del></w:p>",
    );
    assert_eq!(drawn(&document.blocks), "甲乙|丁戊");
    assert_eq!(codes(&diagnostics), [("deleted", "丙"), ("hidden", "己"), ("deleted", "庚")]);
}

#[test]
fn text_boxes_follow_their_paragraph_once() {
    let text_box = |inner: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(inner));
    let (document, diagnostics) = read(&format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{}</wps:txbx></w:drawing>\
         </mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>\
         <w:t>乙</w:t></w:r></w:p><w:p><w:r><w:pict><v:textbox>{}</v:textbox></w:pict></w:r></w:p>",
        text_box("甲"),
        text_box("甲"),
        text_box("丙"),
    ));
    assert_eq!(drawn(&document.blocks), "乙|甲|丙");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn pictures_are_kept_by_name() {
    let links = format!("<Relationship Id='i' Type='{RELATIONSHIPS}/image' Target='media/a.png'/>");
    let picture = "<w:r><w:drawing><wp:inline><wp:docPr id='1' descr='图示'/><a:blip r:embed='i'/></wp:inline></w:drawing></w:r>";
    let body = format!("<w:body><w:p>{picture}</w:p><w:p><w:r><w:t>见</w:t></w:r>{picture}</w:p></w:body>");
    let (document, diagnostics) = read_with(&[("document", &body)], &links);
    assert_eq!(drawn(&document.blocks), "!图示(text/media/a.png)|见图示");
    assert_eq!(codes(&diagnostics), [("picture", ""), ("picture", "")]);
}

#[test]
fn pages_and_sections_break() {
    let section = |kind: &str| format!("<w:sectPr><w:type w:val='{kind}'/></w:sectPr>");
    let (document, _) = read(&format!(
        "<w:p><w:r><w:t>甲</w:t><w:br w:type='page'/><w:t>乙</w:t></w:r></w:p>\
         <w:p><w:pPr>{}</w:pPr></w:p>{}<w:p><w:pPr>{}</w:pPr><w:r><w:t>丁</w:t></w:r></w:p>\
         <w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>戊</w:t></w:r></w:p><w:p><w:r><w:br w:type='page'/></w:r></w:p>{}",
        section("nextPage"),
        p("丙"),
        section("nextPage"),
        section("continuous"),
    ));
    assert_eq!(drawn(&document.blocks), "甲|^L|乙|^L|丙|丁|^L|戊");
}

#[test]
fn space_and_empty_paragraphs_are_appearance() {
    let (document, _) = read(
        "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>题</w:t></w:r></w:p><w:p/><w:p/>\
         <w:p><w:r><w:rPr><w:sz w:val='32'/></w:rPr><w:t>　　文</w:t></w:r></w:p>\
         <w:p><w:pPr><w:ind w:firstLine='640'/></w:pPr><w:r><w:rPr><w:sz w:val='32'/></w:rPr><w:t>文</w:t></w:r></w:p>",
    );
    let looks: Vec<_> = document.blocks.iter().map(|block| &block.origin.appearance).collect();
    assert!(looks[0].centred && !looks[1].centred);
    assert_eq!((looks[1].blank_before, looks[1].indent, looks[2].indent), (2, 4, 4));
    assert_eq!(drawn(&document.blocks), "题|文|文");
}

#[test]
fn run_in_headings_come_from_styles_and_separators() {
    let styles = "<w:style w:type='character' w:styleId='l'><w:name w:val='引领句2'/><w:rPr><w:b/></w:rPr></w:style>\
         <w:style w:type='paragraph' w:styleId='2'><w:name w:val='heading 2'/></w:style>";
    let body = "<w:body><w:p><w:r><w:rPr><w:rStyle w:val='l'/></w:rPr><w:t>一是好。</w:t></w:r><w:r><w:t>因为</w:t></w:r></w:p>\
         <w:p><w:pPr><w:pStyle w:val='2'/><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr><w:r><w:t>题。</w:t></w:r></w:p>\
         <w:p><w:r><w:t>文</w:t></w:r></w:p></w:body>";
    let (document, _) = read_with(&[("document", body), ("styles", styles)], "");
    let leads: Vec<_> = document
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Paragraph(paragraph) => (paragraph.text(), paragraph.lead),
            _ => panic!(),
        })
        .collect();
    assert_eq!(
        leads,
        [
            ("一是好。因为".into(), Some(Lead { end: 4, level: 2 })),
            ("题。文".into(), Some(Lead { end: 2, level: 2 }))
        ]
    );
}

#[test]
fn ruby_comments_and_margins_are_reported() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:body><w:p><w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p><w:sectPr>\
         <w:headerReference r:id='header1'/><w:footerReference r:id='footer1'/></w:sectPr></w:body>",
        run("pīn"),
        run("拼")
    );
    let footer = "<w:p><w:r><w:t>— </w:t></w:r><w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple><w:r><w:t>—</w:t></w:r></w:p>";
    let comments = format!("<w:comment w:id='1' w:author='甲'>{}</w:comment>", p("改"));
    let header = p("某某机关文件");
    let core = "<c:coreProperties xmlns:c='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' \
         xmlns:d='http://purl.org/dc/elements/1.1/'><d:title>题名</d:title><d:creator>某人</d:creator></c:coreProperties>";
    let parts = [
        ("document", body.as_str()),
        ("header1", &header),
        ("footer1", footer),
        ("comments", &comments),
        ("core", core),
    ];
    let (document, diagnostics) = read_with(&parts, "");
    assert_eq!(drawn(&document.blocks), "拼");
    assert_eq!(document.meta.title.as_deref(), Some("题名"));
    assert_eq!(document.meta.author.as_deref(), Some("某人"));
    assert_eq!(codes(&diagnostics), [("ruby", "pīn"), ("comment", "改"), ("header", "某某机关文件")]);
}

#[test]
fn unknown_elements_keep_their_text() {
    let (document, diagnostics) = read(&format!(
        "<x:wrap>{}</x:wrap><w:p><x:a><w:r><w:t>乙</w:t><w:newThing><w:t>丙</w:t></w:newThing></w:r></x:a></w:p>",
        p("甲")
    ));
    assert_eq!(drawn(&document.blocks), "甲|乙丙");
    let messages: Vec<_> = diagnostics.iter().map(|found| (found.kind, found.message.as_str())).collect();
    assert_eq!(messages.len(), 3);
    assert!(messages.iter().all(|(kind, _)| *kind == Kind::Dropped));
    assert!(messages[0].1.starts_with("w:newThing is not known (1 times)"));
}

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
fn quotes_code_and_rules_come_from_their_styles() {
    let style = |id: &str, name: &str| {
        format!("<w:style w:type='paragraph' w:styleId='{id}'><w:name w:val='{name}'/></w:style>")
    };
    let styles = [style("q", "Quote"), style("c", "HTML Preformatted"), style("r", "分隔线")].concat();
    let styled = |id: &str, run: &str| format!("<w:p><w:pPr><w:pStyle w:val='{id}'/></w:pPr>{run}</w:p>");
    let run = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let border = "<w:p><w:pPr><w:pBdr><w:bottom w:val='single'/></w:pBdr></w:pPr></w:p>";
    let body = format!(
        "<w:body>{}{}{}{}{}{border}</w:body>",
        styled("q", &run("甲")),
        styled("q", &run("乙")),
        styled("c", &run("a")),
        styled("c", &run("  b")),
        styled("r", ""),
    );
    let (document, _) = read_with(&[("document", &body), ("styles", &styles)], "");
    assert_eq!(drawn(&document.blocks), "> 甲|乙|`a\n  b\n`|---|---");
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

#[test]
fn form_controls_and_repeated_notes_show_what_word_shows() {
    let mark = |kind: &str| format!("<w:fldChar w:fldCharType='{kind}'/>");
    let body = format!(
        "<w:body><w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='1'/></w:checkBox>\
         </w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r>{}</w:r>\
         <w:bookmarkStart w:name='n'/><w:r><w:footnoteReference w:id='1'/></w:r><w:bookmarkEnd/>\
         <w:r>{}<w:instrText>NOTEREF n</w:instrText>{}<w:t>1</w:t>{}</w:r></w:p></w:body>",
        mark("end"),
        mark("begin"),
        mark("separate"),
        mark("end")
    );
    let footnotes = format!("<w:footnote w:id='1'>{}</w:footnote>", p("注"));
    let (document, _) = read_with(&[("document", &body), ("footnotes", &footnotes)], "");
    let BlockKind::Paragraph(paragraph) = &document.blocks[0].kind else { panic!() };
    let note = || Inline::NoteRef("1".into());
    assert_eq!(paragraph.content, [Inline::Text("☒".into()), note(), note()]);
}

#[test]
fn bullets_that_are_words_stay_text() {
    let numbering = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/>\
         <w:lvlText w:val='——'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>";
    let body = "<w:body><w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p></w:body>";
    let (document, _) = read_with(&[("document", body), ("numbering", numbering)], "");
    assert_eq!(drawn(&document.blocks), "——甲");
}

#[test]
fn emphasis_is_known_by_its_face_too() {
    let styles = "<w:style w:type='character' w:styleId='e'><w:name w:val='Emphasis'/>\
         <w:rPr><w:rFonts w:eastAsia='某楷体'/></w:rPr></w:style>";
    let body = "<w:body><w:p><w:hyperlink w:anchor='a'><w:r><w:rPr><w:rFonts w:eastAsia='某楷体'/></w:rPr><w:t>甲</w:t>\
         </w:r></w:hyperlink><w:r><w:rPr><w:rStyle w:val='e'/></w:rPr><w:t>乙</w:t></w:r></w:p></w:body>";
    let (document, _) = read_with(&[("document", body), ("styles", styles)], "");
    let BlockKind::Paragraph(paragraph) = &document.blocks[0].kind else { panic!() };
    let emphasis = |text: &str| Inline::Styled(InlineStyle::Emphasis, vec![Inline::Text(text.into())]);
    let link = Inline::Link { target: "#a".into(), title: String::new(), content: vec![emphasis("甲")] };
    assert_eq!(paragraph.content, [link, emphasis("乙")]);
}

#[test]
fn deep_nesting_is_read_or_refused() {
    let nested = |open: &str, close: &str, count: usize| open.repeat(count) + &p("甲") + &close.repeat(count);
    let (document, _) = read(&nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 83));
    assert_eq!(drawn(&document.blocks).matches('<').count(), 83);
    let (document, _) = read(&format!("<w:p>{}</w:p>", nested("<w:smartTag>", "</w:smartTag>", 240)));
    assert_eq!(drawn(&document.blocks), "甲");
    let text_box = "<w:p><w:r><w:pict><w:txbxContent>";
    let (document, _) = read(&nested(text_box, "</w:txbxContent></w:pict></w:r></w:p>", 60));
    assert_eq!(drawn(&document.blocks), "甲");
    let body = nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 100);
    let bytes = package(&[("document", &format!("<w:body>{body}</w:body>"))], "");
    let error = decode(&bytes, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap_err();
    assert!(error.to_string().contains("deep"), "{error}");
}

#[test]
fn cells_merge_sideways_and_rows_begin_late() {
    let cell = |merge: &str, text: &str| {
        format!("<w:tc><w:tcPr><w:hMerge w:val='{merge}'/></w:tcPr>{}</w:tc>", p(text))
    };
    let (document, diagnostics) = read(&format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc>{}</w:tc></w:tr>\
         <w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
        cell("restart", "甲"),
        cell("continue", "乙"),
        p("丙"),
        p("丁")
    ));
    assert_eq!(drawn(&document.blocks), "<2x1:甲|乙 / 1x1: 1x1:丙>");
    assert_eq!(codes(&diagnostics), [("deleted", "丁")]);
}

#[test]
fn linked_pictures_charts_and_rare_signs_are_kept_or_reported() {
    let links = format!(
        "<Relationship Id='i' Type='{RELATIONSHIPS}/image' Target='a.png'/>\
         <Relationship Id='l' Type='{RELATIONSHIPS}/hyperlink' Target='http://a' TargetMode='External'/>\
         <Relationship Id='c' Type='{RELATIONSHIPS}/chart' Target='chart1.xml'/>"
    );
    let drawing = |inner: &str| format!("<w:r><w:drawing><wp:inline>{inner}</wp:inline></w:drawing></w:r>");
    let body = format!(
        "<w:body><w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires='s'><s:symEx s:font='x' s:char='1F600'/>\
         </mc:Choice><mc:Fallback><w:t>x</w:t></mc:Fallback></mc:AlternateContent></w:r>{}</w:p></w:body>",
        drawing("<wp:docPr id='1' descr='图'><a:hlinkClick r:id='l'/></wp:docPr><a:blip r:embed='i'/>"),
        drawing("<c:chart r:id='c'/>")
    );
    let chart = "<a:p><a:r><a:t>产量</a:t></a:r></a:p>";
    let (document, diagnostics) = read_with(&[("document", &body), ("chart1", chart)], &links);
    let BlockKind::Paragraph(paragraph) = &document.blocks[0].kind else { panic!() };
    let Inline::Link { target, .. } = &paragraph.content[0] else { panic!() };
    assert_eq!((target.as_str(), paragraph.text().as_str()), ("http://a", "图😀"));
    assert_eq!(codes(&diagnostics), [("picture", ""), ("diagram", "产量")]);
}

#[test]
fn rows_have_no_more_columns_than_bearable() {
    let cells = "<w:tc><w:tcPr><w:gridSpan w:val='1024'/></w:tcPr><w:p><w:r><w:t>字</w:t></w:r></w:p></w:tc>";
    let row = format!("<w:tr>{}</w:tr>", cells.repeat(2000));
    let (document, diagnostics) = read(&format!("<w:tbl>{row}{row}</w:tbl>"));
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!() };
    assert_eq!(table.columns.len(), 1024);
    assert_eq!(table.rows[1].cells.len(), 1);
    assert_eq!(table.rows[1].cells[0].blocks.len(), 2000);
    assert_eq!(codes(&diagnostics), [("wide-table", "")]);
}

#[test]
fn headers_with_a_picture_are_reported_and_their_numbers_are_not_counted() {
    let body = "<w:body><w:p/><w:sectPr><w:headerReference r:id='header1'/><w:footerReference r:id='footer1'/>\
         </w:sectPr></w:body>";
    let header = "<w:p><w:r><w:drawing><wp:inline><a:blip r:embed='i'/></wp:inline></w:drawing></w:r></w:p>";
    let footer = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>—</w:t></w:r></w:p>";
    let numbering = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
         <w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>";
    let links = format!("<Relationship Id='i' Type='{RELATIONSHIPS}/image' Target='media/a.png'/>");
    let parts = [("document", body), ("header1", header), ("footer1", footer), ("numbering", numbering)];
    let (_, diagnostics) = read_with(&parts, &links);
    let found: Vec<_> = diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(found, ["picture", "header", "footer"]);
}

#[test]
fn signs_of_fields_and_breaks_in_cells_are_reported() {
    let field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>SYMBOL 0xF0C8 \\f \"Unheard\"</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType='end'/></w:r>";
    let (_, diagnostics) = read(&format!(
        "<w:p>{field}</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t><w:br w:type='page'/><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    ));
    let found: Vec<_> = diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(found, ["symbol", "page-break"]);
}
