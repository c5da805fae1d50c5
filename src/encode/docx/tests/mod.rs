//! What the parts of a written file say.

mod embed;
mod lists;
mod normal;
mod notes;
mod pictures;
mod run_in;
mod standard;
mod tables;
mod template;

use std::io::{Cursor, Read};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::encode;
use crate::diagnostic::Diagnostics;
use crate::options::Options;
use crate::profile::StyleName;
use crate::tree::{
    Block, BlockKind, Cell, Code, ColumnAlignment, Document, Image, Inline, InlineStyle, Lead, List,
    ListItem, Note, NotePlace, Origin, Paragraph, Picture, Role, Row, Table,
};

fn block(kind: BlockKind) -> Block {
    Block { kind, origin: Origin::default() }
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn paragraph(role: Role, text: &str) -> Block {
    block(BlockKind::Paragraph(Paragraph::new(role, vec![Inline::Text(text.into())])))
}

fn body(inlines: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(Paragraph::new(Role::Body, inlines)))
}

fn link(target: &str, title: &str, text: &str) -> Inline {
    Inline::Link { target: target.into(), title: title.into(), content: vec![Inline::Text(text.into())] }
}

fn document(blocks: Vec<Block>) -> Document {
    Document { blocks, ..Document::default() }
}

struct Written {
    bytes: Vec<u8>,
    diagnostics: Diagnostics,
}

impl Written {
    fn part(&self, name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut part = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut part).unwrap();
        part
    }

    fn body(&self) -> String {
        let part = self.part("word/document.xml");
        let start = part.find("<w:body>").unwrap() + "<w:body>".len();
        part[start..part.find("<w:sectPr>").unwrap()].to_owned()
    }

    fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|finding| finding.code).collect()
    }

    /// The characters of the body, a line for each paragraph.
    fn text(&self) -> String {
        let part = self.part("word/document.xml");
        let mut reader = Reader::from_str(&part);
        let mut found = String::new();
        let mut in_text = false;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) if tag.name().as_ref() == b"w:t" => in_text = true,
                Event::End(tag) if tag.name().as_ref() == b"w:t" => in_text = false,
                Event::End(tag) if tag.name().as_ref() == b"w:p" => found.push('\n'),
                Event::Empty(tag) if tag.name().as_ref() == b"w:p" => found.push('\n'),
                Event::Empty(tag) if tag.name().as_ref() == b"w:br" => found.push('\n'),
                Event::Empty(tag) if tag.name().as_ref() == b"w:tab" => found.push('\t'),
                Event::Text(text) if in_text => found.push_str(&text.decode().unwrap()),
                Event::GeneralRef(name) if in_text => {
                    let name = name.decode().unwrap();
                    found.push_str(&quick_xml::escape::unescape(&format!("&{name};")).unwrap());
                }
                Event::Eof => return found,
                Event::Start(_)
                | Event::End(_)
                | Event::Empty(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)
                | Event::GeneralRef(_) => {}
            }
        }
    }
}

fn written(document: &Document) -> Written {
    let mut diagnostics = Diagnostics::default();
    let bytes = encode(document, &Options::new().unwrap(), &mut diagnostics).unwrap();
    Written { bytes, diagnostics }
}

fn body_of(blocks: Vec<Block>) -> String {
    let written = written(&document(blocks));
    assert_eq!(written.codes(), [""; 0]);
    written.body()
}

#[test]
fn threads_do_not_change_a_byte() {
    let mut blocks: Vec<Block> =
        (0..2700).map(|n| paragraph(Role::Body, &format!("第{n}段要抓好“A—b”的落实。"))).collect();
    let table = Table {
        header_rows: 1,
        rows: vec![Row::new(vec![Cell::new(vec![paragraph(Role::Body, "甲")])])],
        ..Table::default()
    };
    blocks.insert(600, block(BlockKind::Table(table)));
    // Right where a batch of them is passed on, and at the end.
    let wide = Table {
        rows: vec![Row::new(vec![Cell::new(vec![paragraph(Role::Body, "很长的一个名称")]); 16])],
        ..Table::default()
    };
    for at in [1086, 1087, 1089] {
        blocks.insert(at, block(BlockKind::Table(wide.clone())));
    }
    blocks.push(body(vec![link("https://example.org/", "题", "某站")]));
    let document = document(blocks);
    let bytes = |threads| {
        let mut options = Options::new().unwrap();
        options.threads = threads;
        encode(&document, &options, &mut Diagnostics::default()).unwrap()
    };
    let one = bytes(1);
    assert!([2, 3, 7].into_iter().all(|threads| bytes(threads) == one));
    let body = Written { bytes: one, diagnostics: Diagnostics::default() }.part("word/document.xml");
    let paragraphs: Vec<&str> =
        body.split('第').skip(1).map(|rest| rest.split('段').next().unwrap()).collect();
    let wanted: Vec<String> = (0..2700).map(|n| n.to_string()).collect();
    assert_eq!(paragraphs, wanted);
    // Two wide tables share their pages, and the third has its own.
    assert_eq!(body.matches("w:orient=\"landscape\"").count(), 2, "{}", body.matches("<w:sectPr").count());
}

#[test]
fn the_page_is_that_of_the_profile() {
    let part = written(&document(vec![])).part("word/document.xml");
    assert!(part.contains(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId5\"/>\
         <w:footerReference w:type=\"even\" r:id=\"rId6\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"1049\" \
         w:footer=\"1447\" w:gutter=\"0\"/>"
    ));
    assert!(part.contains("<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>"));
    // Even an empty document has a paragraph.
    assert!(part.contains("<w:body><w:p/>"));
}

#[test]
fn roles_are_styles_and_only_exceptions_are_direct() {
    let body = body_of(vec![
        block(BlockKind::Paragraph(Paragraph::new(
            Role::Title,
            vec![text("在会议上"), Inline::Break, text("的讲话")],
        ))),
        paragraph(Role::Salutation, "同志们："),
        paragraph(Role::Body, "正文"),
        paragraph(Role::Heading(1), "一、标题"),
        paragraph(Role::Boilerplate, "广告"),
        paragraph(Role::AttachmentLabel, "附件1"),
    ]);
    assert!(body.starts_with(
        "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>\
         <w:t xml:space=\"preserve\">在会议上</w:t></w:r>"
    ));
    // The empty line below the title block is that of the salutation's style.
    assert!(body.contains("<w:pPr><w:pStyle w:val=\"Salutation\"/></w:pPr>"));
    let untitled = body_of(vec![paragraph(Role::Title, "通知"), paragraph(Role::Body, "正文")]);
    assert!(untitled.contains("<w:p><w:pPr><w:spacing w:before=\"579\"/></w:pPr>"));
    assert!(body.contains(
        "<w:p><w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">正文"
    ));
    assert!(body.contains("<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>"));
    assert!(body.contains("<w:pPr><w:pStyle w:val=\"Boilerplate\"/></w:pPr>"));
    assert!(body.contains("<w:pPr><w:pStyle w:val=\"AttachmentLabel\"/></w:pPr>"));
}

#[test]
fn the_end_of_a_document_stays_with_the_end_of_its_text() {
    let body = body_of(vec![
        paragraph(Role::Body, "前文。"),
        paragraph(Role::Body, "妥否，请批示。"),
        paragraph(Role::Signature, "某川市财政局"),
        paragraph(Role::SigningDate, "2026年3月9日"),
        paragraph(Role::Remark, "（此件公开发布）"),
    ]);
    let paragraphs: Vec<&str> = body.split("<w:p>").skip(1).collect();
    let keeps: Vec<bool> = paragraphs.iter().map(|p| p.contains("<w:keepNext/>")).collect();
    // The style of the signature says it by itself.
    assert_eq!(keeps, [false, true, false, true, false], "{body}");
    assert!(paragraphs[1].contains("<w:widowControl "), "{body}");
    assert!(!paragraphs[3].contains("<w:widowControl "), "{body}");
}

#[test]
fn verses_stand_below_each_other() {
    let lines = |first: &str| body_of(vec![body(vec![text(first), Inline::Break, text("日月焕光华")])]);
    let indent = "<w:ind w:left=\"630\" w:right=\"0\" w:firstLine=\"0\" w:firstLineChars=\"0\"/>";
    assert!(lines("山河添锦绣").contains(indent), "{}", lines("山河添锦绣"));
    assert!(!lines(&"山河添锦绣".repeat(8)).contains("<w:ind "));
}

#[test]
fn the_line_before_a_long_word_is_not_torn_apart() {
    let with = |word: &str| body_of(vec![paragraph(Role::Body, &format!("请访问{word}查询。"))]);
    assert!(with("https://example.gov.cn/fuwu").contains("<w:jc w:val=\"left\"/>"));
    assert!(!with("example.cn").contains("<w:jc "));
}

#[test]
fn a_table_below_a_title_stands_off_from_it() {
    let table = Table {
        rows: vec![Row::new(vec![Cell::new(vec![paragraph(Role::Body, "甲")])])],
        ..Table::default()
    };
    let body = body_of(vec![paragraph(Role::Title, "报名表"), block(BlockKind::Table(table))]);
    assert!(body.contains("<w:spacing w:after=\"579\"/>"), "{body}");
}

#[test]
fn the_lead_has_its_style_on_exactly_its_characters() {
    let mut with_lead = Paragraph::new(
        Role::Body,
        vec![text("第一，"), Inline::Styled(InlineStyle::Strong, vec![text("是要点。因为")]), text("如此")],
    );
    with_lead.lead = Some(Lead { end: 7, level: 2 });
    let body = body_of(vec![block(BlockKind::Paragraph(with_lead))]);
    let runs: Vec<&str> = body.split("<w:r>").skip(1).collect();
    assert_eq!(runs.len(), 4);
    assert!(runs[0].contains("Lead2") && runs[0].contains(">第一，<"));
    assert!(runs[1].contains("Lead2") && runs[1].contains("<w:b/>") && runs[1].contains(">是要点。<"));
    assert!(runs[2].contains("\"Strong\"") && runs[2].contains(">因为<"));
    assert!(!runs[3].contains("rStyle") && runs[3].contains(">如此<"));
}

#[test]
fn marks_of_western_text_stay_western() {
    let body = body_of(vec![body(vec![text("“好”——It’s “so” fine")])]);
    assert!(
        body.contains("<w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">“好”——It</w:t>")
    );
    assert!(body.contains("<w:r><w:t xml:space=\"preserve\">’s “so” fine</w:t>"));
}

#[test]
fn emphasis_slopes_latin_only() {
    let body = body_of(vec![body(vec![Inline::Styled(InlineStyle::Emphasis, vec![text("重 a b 点")])])]);
    assert!(
        body.contains(
            "\"Emphasis\"/><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">重 <"
        )
    );
    assert!(body.contains("\"EmphasisLatin\"/></w:rPr><w:t xml:space=\"preserve\">a b <"));
}

#[test]
fn nested_styles_become_one_style_and_properties() {
    let nested = Inline::Styled(
        InlineStyle::Underline,
        vec![Inline::Styled(
            InlineStyle::Superscript,
            vec![Inline::Styled(InlineStyle::Strike, vec![Inline::Code("x<y".into())])],
        )],
    );
    assert_eq!(
        body_of(vec![body(vec![nested])]),
        "<w:p><w:r><w:rPr><w:rStyle w:val=\"HTMLCode\"/><w:strike/><w:u w:val=\"single\"/>\
         <w:vertAlign w:val=\"superscript\"/></w:rPr><w:t xml:space=\"preserve\">x&lt;y</w:t></w:r></w:p>"
    );
}

#[test]
fn links_are_relationships() {
    let file = written(&document(vec![body(vec![link("https://a.cn/x y?a=1&b=2", "说明", "此处")])]));
    assert!(file.body().contains(
        "<w:hyperlink r:id=\"rIdLink1\" w:tooltip=\"说明\" w:history=\"1\"><w:r><w:rPr>\
         <w:rStyle w:val=\"Hyperlink\"/>"
    ));
    assert!(file.part("word/_rels/document.xml.rels").contains(
        "Id=\"rIdLink1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" \
         Target=\"https://a.cn/x%20y?a=1&amp;b=2\" TargetMode=\"External\"/>"
    ));
}

#[test]
fn links_that_word_cannot_hold_keep_their_text() {
    let nested = Inline::Link {
        target: "a".into(),
        title: String::new(),
        content: vec![text("外"), link("b", "", "内")],
    };
    let file = written(&document(vec![body(vec![nested, link("c", "", ""), link("", "", "空")])]));
    assert_eq!(file.text(), "外内空\n");
    assert_eq!(file.codes(), ["link", "link", "link"]);
}

#[test]
fn equal_trees_give_equal_bytes() {
    assert_eq!(written(&notes::with_notes()).bytes, written(&notes::with_notes()).bytes);
}

#[test]
fn nothing_bears_a_date_of_today() {
    let file = written(&document(vec![paragraph(Role::Body, "文")]));
    let mut archive = zip::ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
    for index in 0..archive.len() {
        assert_eq!(archive.by_index(index).unwrap().last_modified().unwrap().year(), 1980);
    }
    assert!(!file.part("docProps/core.xml").contains("dcterms:created"));
}

fn list(start: Option<u64>, items: Vec<Vec<Block>>) -> Block {
    let items = items.into_iter().map(|blocks| ListItem { checked: None, blocks }).collect();
    block(BlockKind::List(List { start, tight: true, items }))
}

#[test]
fn long_titles_are_divided_without_a_break_of_the_author() {
    let title = "在全市深入推进基层治理和平安建设工作会议暨表彰大会上的讲话";
    let blocks =
        vec![paragraph(Role::Title, title), paragraph(Role::Body, title), paragraph(Role::Title, "短题")];
    let file = written(&document(blocks.clone()));
    let broken = file
        .body()
        .matches("<w:rStyle w:val=\"FittedBreak\"/></w:rPr><w:br w:type=\"textWrapping\"/>")
        .count();
    assert_eq!(broken, 1, "{}", file.body());
    let lines: Vec<usize> = file.text().lines().take(2).map(|line| line.chars().count()).collect();
    assert!(lines.iter().all(|count| *count <= 20 && *count >= 8), "{lines:?}");
    let back = read_back(&file);
    let texts: Vec<String> = back.blocks.iter().map(text_of).collect();
    assert_eq!(texts, [title, title, "短题"]);
}

#[test]
fn strong_text_in_a_bold_paragraph_comes_back() {
    let mut options = Options::new().unwrap();
    let title = options.profile.styles.get_mut(&StyleName::Title).unwrap();
    title.bold = true;
    let content = vec![text("甲"), Inline::Styled(InlineStyle::Strong, vec![text("乙")])];
    let tree = document(vec![block(BlockKind::Paragraph(Paragraph::new(Role::Title, content.clone())))]);
    let mut diagnostics = Diagnostics::default();
    let bytes = encode(&tree, &options, &mut diagnostics).unwrap();
    let back = read_back(&Written { bytes, diagnostics });
    let BlockKind::Paragraph(paragraph) = &back.blocks[0].kind else { panic!("no paragraph") };
    assert_eq!(paragraph.content, content);
}

fn read_back(file: &Written) -> Document {
    crate::decode::docx::decode(&file.bytes, &Options::new().unwrap(), &mut Diagnostics::default())
        .unwrap()
        .document
}

fn text_of(block: &Block) -> String {
    let BlockKind::Paragraph(paragraph) = &block.kind else { return String::new() };
    paragraph.text()
}

#[test]
fn programs_have_a_fixed_pitch_and_links_are_black() {
    let styles = written(&document(vec![])).part("word/styles.xml");
    assert_eq!(styles.matches("w:ascii=\"Courier New\"").count(), 2);
    assert!(!styles.contains("0563C1"));
}

#[test]
fn page_breaks_belong_to_the_next_paragraph() {
    let page_break = || block(BlockKind::PageBreak);
    let written = written(&document(vec![
        page_break(),
        paragraph(Role::Body, "甲"),
        page_break(),
        paragraph(Role::AttachmentLabel, "附件"),
        page_break(),
        block(BlockKind::Rule),
    ]));
    // The page before the first paragraph is empty.
    assert_eq!(written.codes(), ["page-break"]);
    let body = written.body();
    // One that the author set before an annex comes back, though the style of its label begins a page, too.
    assert_eq!(body.matches("<w:pageBreakBefore/>").count(), 2);
    assert!(body.ends_with(
        "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"Rule\"/></w:pPr></w:p>"
    ));
}

#[test]
fn a_second_document_begins_a_page_once() {
    let date = || paragraph(Role::SigningDate, "2026年1月5日");
    let title = || paragraph(Role::Title, "管理办法");
    for (between, breaks, runs) in [(vec![], 1, 0), (vec![block(BlockKind::PageBreak)], 0, 1)] {
        let blocks: Vec<Block> = [date()].into_iter().chain(between.clone()).chain([title()]).collect();
        let file = written(&document(blocks));
        assert_eq!(file.body().matches("<w:pageBreakBefore/>").count(), breaks);
        assert_eq!(file.body().matches("w:type=\"page\"").count(), runs);
    }
}

#[test]
fn code_keeps_its_lines_and_spaces() {
    let code = Code { language: "rust".into(), text: "fn a() {\n    b\t&\n}\n".into() };
    let file = written(&document(vec![block(BlockKind::Code(code))]));
    assert_eq!(file.text(), "fn a() {\n    b\t&\n}\n");
    assert_eq!(file.codes(), [""; 0]);
    assert!(file.body().contains("<w:pStyle w:val=\"Code1\"/>"));
    assert!(
        file.part("word/styles.xml")
            .contains("<w:name w:val=\"代码 rust\"/><w:basedOn w:val=\"HTMLPreformatted\"/>")
    );
}

#[test]
fn what_word_cannot_hold_is_reported() {
    let image = Image { target: "a.png".into(), alt: "图".into(), ..Image::default() };
    let file = written(&document(vec![
        body(vec![text("甲\u{1}乙\u{B}"), Inline::Raw("<br>".into()), Inline::Image(image.clone())]),
        block(BlockKind::Image(image)),
        block(BlockKind::Raw("<div>".into())),
    ]));
    assert_eq!(file.text(), "甲乙图\n图\n");
    assert_eq!(file.codes(), ["raw-markup", "image", "control-character", "image", "raw-markup"]);
    assert_eq!(file.diagnostics.iter().nth(2).unwrap().text, "\u{1}\u{B}");
}

#[test]
fn the_table_of_contents_holds_its_entries_and_is_not_read_as_text() {
    let mut blocks = vec![
        paragraph(Role::Title, "通知"),
        paragraph(Role::Heading(1), "一、“甲”"),
        paragraph(Role::Body, &"文".repeat(28 * 30)),
        paragraph(Role::Heading(2), "（一）乙"),
        paragraph(Role::Heading(4), "（1）不列"),
    ];
    let options = Options { contents: true, ..Options::new().unwrap() };
    let write = |blocks: &[Block]| {
        let mut diagnostics = Diagnostics::default();
        let bytes = encode(&document(blocks.to_vec()), &options, &mut diagnostics).unwrap();
        Written { bytes, diagnostics }
    };
    let file = write(&blocks);
    let part = file.part("word/document.xml");
    assert!(part.contains("<w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/>"));
    assert!(part.contains(" TOC \\o &quot;1-3&quot; \\h \\z \\u <"), "{part}");
    assert!(
        part.contains("<w:pStyle w:val=\"TOC2\"/>")
            && part.contains("<w:hyperlink w:anchor=\"_Toc000000002\"")
    );
    assert_eq!(part.matches("w:name=\"_Toc").count(), 2);
    assert_eq!(part.matches(" PAGEREF _Toc").count(), 2);
    // The first heading is on the first page of the text, the second on its second.
    assert!(file.text().starts_with("目录\n一、“甲”\t1\n（一）乙\t2\n\n通知\n"), "{}", file.text());
    // Pages before the text have no number, and the text begins with page 1.
    let sections: Vec<&str> = part.split("<w:sectPr>").skip(1).collect();
    assert!(
        !sections[0].contains("footerReference w:type=\"default\"")
            || sections[0].find("</w:sectPr>") < sections[0].find("footerReference")
    );
    assert!(sections[1].contains("footerReference") && sections[1].contains("<w:pgNumType w:start=\"1\"/>"));
    assert_eq!(shape(&read_back(&file).blocks), shape(&blocks));
    // Nothing to list.
    blocks.truncate(1);
    assert!(!write(&blocks).part("word/document.xml").contains("TOC"));
}

/// Blocks without their origins.
fn shape(blocks: &[Block]) -> String {
    let inner = |block: &Block| match &block.kind {
        BlockKind::Paragraph(paragraph) => paragraph.text(),
        BlockKind::List(list) => {
            let items: Vec<String> = list.items.iter().map(|item| shape(&item.blocks)).collect();
            format!("列{:?}<{}>", list.start, items.join("|"))
        }
        BlockKind::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            format!("表<{}>", cells.map(|cell| shape(&cell.blocks)).collect::<Vec<_>>().join("|"))
        }
        BlockKind::Quote(blocks) => format!("引<{}>", shape(blocks)),
        BlockKind::Code(code) => format!("码{}<{}>", code.language, code.text.trim_end()),
        BlockKind::Image(image) => format!("图{}", image.alt),
        BlockKind::Rule | BlockKind::PageBreak | BlockKind::Raw(_) => "其他".into(),
    };
    blocks.iter().map(inner).collect::<Vec<_>>().join(" ")
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let text = prop_oneof![
        "[一-五，。“”‘’—…A-Za-z0-9 &<>\"é①\\t]{0,12}".prop_map(Inline::Text),
        "\\PC{0,8}".prop_map(Inline::Text),
        Just(Inline::Break),
        "[a-z<&]{1,4}".prop_map(Inline::Code),
    ];
    let leaf = proptest::collection::vec(text, 0..4);
    leaf.prop_recursive(3, 16, 4, |inner| {
        let styled = (0..6_usize, inner.clone()).prop_map(|(style, content)| {
            let styles = [
                InlineStyle::Strong,
                InlineStyle::Emphasis,
                InlineStyle::Strike,
                InlineStyle::Underline,
                InlineStyle::Superscript,
                InlineStyle::Subscript,
            ];
            vec![Inline::Styled(styles[style], content)]
        });
        let link = (inner.clone(), "[a-z% \"<]{0,6}")
            .prop_map(|(content, target)| vec![Inline::Link { target, title: String::new(), content }]);
        prop_oneof![
            styled,
            link,
            (inner.clone(), inner).prop_map(|(mut one, other)| {
                one.extend(other);
                one
            })
        ]
    })
}

proptest! {
    #[test]
    fn every_character_is_kept(content in inlines(), end in 0..20_usize, level in 0..12_u8) {
        let mut paragraph = Paragraph::new(Role::Body, content);
        paragraph.lead = Some(Lead { end, level });
        let expected = paragraph.text() + "\n";
        let file = written(&document(vec![block(BlockKind::Paragraph(paragraph))]));
        let expected: String = expected.chars().filter(|c| super::xml::is_legal(*c)).collect();
        prop_assert_eq!(file.text(), expected.replace("\r\n", "\n").replace('\r', "\n"));
    }
}

#[test]
fn subject_and_keywords_are_core_properties_and_keep_their_names() {
    let mut document = document(vec![paragraph(Role::Body, "甲")]);
    document.meta.other = [("编号", "7"), ("关键词", "防汛，值守"), ("Subject", "通知")]
        .map(|(name, value)| (name.into(), value.into()))
        .to_vec();
    let file = written(&document);
    let core = file.part("docProps/core.xml");
    assert!(
        core.contains("<cp:keywords>防汛，值守</cp:keywords>")
            && core.contains("<dc:subject>通知</dc:subject>")
    );
    assert_eq!(read_back(&file).meta.other, document.meta.other);
}

#[test]
fn blanks_of_columns_are_half_as_wide_as_an_ideograph() {
    let body = body_of(vec![paragraph(Role::Body, "水利局      张  三 至  13800002222")]);
    let wide = "<w:spacing w:val=\"80\"/>";
    assert_eq!(body.matches(wide).count(), 3, "{body}");
    let name = &body[..body.find('三').unwrap()];
    assert!(name.rsplit("<w:r>").nth(1).unwrap().contains(wide), "{body}");
    // One blank is as wide as a space is.
    assert!(body.contains("三 至"), "{body}");
}

#[test]
fn gaps_between_names_give_up_what_the_widest_row_lacks() {
    let row = |columns: &str| paragraph(Role::Attendance, columns);
    let wide = row("张小三　县自然资源和规划局　　　　李小四　县农业农村局");
    let body = body_of(vec![row("出席：王五　县办　　　赵六　县委办"), wide]);
    // 30 em in 26: the gap of the first row would have none left.
    assert!(!body.contains("<w:w "), "{body}");
    let wide = row("张小三　县自然资源局　　　　李小四　县农业农村局");
    let body = body_of(vec![row("出席：王五　县办　　　赵六　县委办"), wide]);
    assert!(body.contains("<w:w w:val=\"64\"/></w:rPr><w:t xml:space=\"preserve\">　　　</w:t>"), "{body}");
    assert!(body.contains("<w:w w:val=\"73\"/></w:rPr><w:t xml:space=\"preserve\">　　　　</w:t>"), "{body}");
}

#[test]
fn rows_of_columns_are_not_stretched() {
    let body = body_of(vec![
        paragraph(Role::Body, "台式计算机　　　10台　　　45000元"),
        paragraph(Role::Body, "正文。"),
    ]);
    assert_eq!(body.matches("<w:jc w:val=\"left\"/>").count(), 1, "{body}");
}
