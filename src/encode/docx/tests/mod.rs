//! What the parts of a written file say.

mod embed;
mod run_in;
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
    assert_eq!(file.codes(), ["link", "link"]);
}

fn with_notes() -> Document {
    let note = |id: &str, inlines: Vec<Inline>| Note::foot(id, vec![body(inlines)]);
    let mark = |id: &str| Inline::NoteRef(id.into());
    Document {
        blocks: vec![body(vec![
            text("甲"),
            mark("b"),
            text("乙"),
            mark("a"),
            text("丙"),
            mark("b"),
            mark("无"),
            link("https://body.cn", "题", "链"),
        ])],
        notes: vec![
            note("a", vec![text("注甲"), link("https://note.cn", "", "链")]),
            note("b", vec![text("注乙"), mark("a")]),
            note("c", vec![text("无人提及")]),
        ],
        ..Document::default()
    }
}

#[test]
fn notes_are_numbered_as_the_text_mentions_them() {
    let file = written(&with_notes());
    let body = file.body();
    assert!(body.contains(
        "<w:bookmarkStart w:id=\"1\" w:name=\"_RefNote1\"/><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/>\
         </w:rPr><w:footnoteReference w:id=\"1\"/></w:r><w:bookmarkEnd w:id=\"1\"/>"
    ));
    assert!(
        body.contains("<w:footnoteReference w:id=\"2\"/>") && body.contains(" NOTEREF _RefNote1 \\f \\h ")
    );
    assert_eq!(body.matches("<w:footnoteReference ").count(), 2);
    let notes = file.part("word/footnotes.xml");
    assert!(notes.contains("<w:footnote w:type=\"separator\" w:id=\"-1\">"));
    assert!(notes.contains(
        "<w:footnote w:id=\"1\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr>\
         <w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>"
    ));
    assert!(notes.find("注乙").unwrap() < notes.find("注甲").unwrap());
    // Links of the notes belong to their part, and take no title from the body.
    assert!(file.part("word/_rels/footnotes.xml.rels").contains("https://note.cn"));
    assert!(!file.part("word/_rels/document.xml.rels").contains("https://note.cn"));
    assert!(!notes.contains("w:tooltip"));
    assert_eq!(file.codes(), ["note-reference", "unused-note", "note-reference"]);
    assert_eq!(file.diagnostics.iter().nth(1).unwrap().text, "无人提及");
}

#[test]
fn equal_trees_give_equal_bytes() {
    assert_eq!(written(&with_notes()).bytes, written(&with_notes()).bytes);
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
fn bullets_come_from_their_style_and_numbers_begin_anew() {
    let inner = list(Some(3), vec![vec![paragraph(Role::Body, "内")]]);
    let file = written(&document(vec![
        list(None, vec![vec![paragraph(Role::Body, "外"), paragraph(Role::Body, "续"), inner]]),
        list(Some(1), vec![vec![paragraph(Role::Body, "一")], vec![]]),
    ]));
    assert_eq!(file.text(), "外\n续\n内\n一\n\n");
    let body = file.body();
    assert!(body.contains("<w:pPr><w:pStyle w:val=\"ListBullet\"/></w:pPr>"));
    assert!(body.contains("<w:pPr><w:pStyle w:val=\"ListContinue\"/></w:pPr>"));
    assert!(body.contains(
        "<w:pStyle w:val=\"ListNumber2\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"9\"/></w:numPr></w:pPr>"
    ));
    assert!(body.contains("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"10\"/></w:numPr>"));
    assert!(file.part("word/numbering.xml").contains(
        "<w:num w:numId=\"9\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"1\">\
         <w:startOverride w:val=\"3\"/>"
    ));
}

#[test]
fn a_list_in_a_quotation_is_indented_with_it() {
    let quote = BlockKind::Quote(vec![
        paragraph(Role::Body, "引"),
        block(BlockKind::Quote(vec![paragraph(Role::Body, "再引")])),
        list(None, vec![vec![paragraph(Role::Body, "列"), paragraph(Role::Body, "续")]]),
    ]);
    let body = body_of(vec![block(quote)]);
    assert!(body.contains("<w:pPr><w:pStyle w:val=\"Quote\"/></w:pPr>"));
    // 2 em of each quotation, then 2 em of the list and 1 em of the bullet.
    assert!(
        body.contains(
            "<w:sdtPr><w:tag w:val=\"banshi-quote\"/><w15:appearance w15:val=\"hidden\"/></w:sdtPr>"
        )
    );
    assert!(body.contains("<w:pStyle w:val=\"Quote\"/><w:ind w:left=\"1280\" w:right=\"0\"/>"));
    assert!(body.contains(
        "<w:pStyle w:val=\"ListBullet\"/><w:ind w:left=\"1600\" w:right=\"0\" w:hanging=\"320\"/>"
    ));
    assert!(body.contains("<w:pStyle w:val=\"ListContinue\"/><w:ind w:left=\"1600\" w:right=\"0\"/>"));
}

#[test]
fn deep_indents_leave_room_for_the_text() {
    let mut inner = paragraph(Role::Body, "深");
    for _ in 0..30 {
        inner = block(BlockKind::Quote(vec![inner]));
    }
    assert!(body_of(vec![inner]).contains("<w:ind w:left=\"5896\" w:right=\"0\"/>"));
}

#[test]
fn task_items_show_their_box() {
    let item = |checked| ListItem { checked: Some(checked), blocks: vec![paragraph(Role::Body, "事")] };
    let tasks = List { start: None, tight: true, items: vec![item(true), item(false)] };
    let body = body_of(vec![block(BlockKind::List(tasks))]);
    assert!(body.find("<w:numId w:val=\"4\"/>").unwrap() < body.find("<w:numId w:val=\"3\"/>").unwrap());
}

#[test]
fn tables_repeat_their_head_and_merge_cells() {
    let cell =
        |text: &str, columns, rows| Cell { columns, rows, ..Cell::new(vec![paragraph(Role::Body, text)]) };
    let table = Table {
        columns: vec![ColumnAlignment::Default, ColumnAlignment::Default, ColumnAlignment::Right],
        header_rows: 1,
        rows: vec![
            Row { cells: vec![cell("单位", 1, 1), cell("项目", 1, 1), cell("金额", 1, 1)] },
            Row { cells: vec![cell("甲", 1, 2), cell("子", 1, 1), cell("1", 1, 1)] },
            Row { cells: vec![cell("丑", 1, 1), cell("2", 1, 1)] },
            Row { cells: vec![cell("合计", 2, 1)] },
        ],
    };
    let table = block(BlockKind::Table(table));
    let body = body_of(vec![table.clone(), table]);
    assert!(body.starts_with("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w="));
    let rows: Vec<&str> = body.split("<w:tr>").skip(1).collect();
    assert!(rows[0].starts_with("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"));
    assert!(rows[0].contains("\"TableHead\"/>") && !rows[1].contains("tblHeader"));
    assert!(
        rows[1].contains("<w:vMerge w:val=\"restart\"/>")
            && rows[2].contains("<w:vMerge w:val=\"continue\"/>")
    );
    assert!(rows[1].contains("<w:pStyle w:val=\"TableCell\"/><w:jc w:val=\"right\"/>"));
    assert!(rows[3].contains("<w:gridSpan w:val=\"2\"/>"));
    // The last row is short of a column, which is there all the same.
    assert_eq!(rows[3].matches("<w:tc>").count(), 2);
    assert!(rows[4].contains("tblHeader"));
    assert!(body.contains("</w:tbl><w:p/><w:tbl>"));
    let grid: i32 = body[..body.find("</w:tblGrid>").unwrap()]
        .split("<w:gridCol w:w=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse::<i32>().unwrap())
        .sum();
    assert!((8840..=8845).contains(&grid), "{grid}");
}

#[test]
fn heads_of_nested_tables_are_their_own() {
    let table = |blocks: Vec<Block>, header_rows| Table {
        columns: vec![ColumnAlignment::Default],
        header_rows,
        rows: vec![Row { cells: vec![Cell::new(blocks)] }],
    };
    let inner = block(BlockKind::Table(table(vec![paragraph(Role::Body, "内")], 1)));
    let body = body_of(vec![block(BlockKind::Table(table(vec![inner], 0)))]);
    let rows: Vec<&str> = body.split("<w:tr>").skip(1).collect();
    assert!(!rows[0].contains("tblHeader") && rows[1].contains("tblHeader"));
    // A cell ends with a paragraph.
    assert!(body.ends_with(
        "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"TableCell\"/></w:pPr></w:p></w:tc></w:tr></w:tbl>"
    ));
}

#[test]
fn a_table_too_wide_for_word_is_written_as_paragraphs() {
    let cells = (0..64).map(|n| Cell::new(vec![paragraph(Role::Body, &n.to_string())])).collect();
    let table = Table { columns: vec![], header_rows: 0, rows: vec![Row { cells }] };
    let file = written(&document(vec![block(BlockKind::Table(table))]));
    assert_eq!(file.codes(), ["wide-table"]);
    assert!(file.text().starts_with("0\n1\n") && !file.body().contains("<w:tbl>"));
}

#[test]
fn signature_and_date_stand_as_the_standard_says() {
    let body = body_of(vec![
        paragraph(Role::Signature, "某某市人民政府办公室"),
        paragraph(Role::SigningDate, "2026年1月5日"),
        paragraph(Role::Signature, "某局"),
        paragraph(Role::SigningDate, "2026年1月5日"),
    ]);
    // 10 em and 7.25 em: the name ends 2 em from the edge as its style says, and the date begins 2 em right of it:
    // 8845 - 640 - 10 × 315 + 640 twips.
    assert!(body.contains("<w:pStyle w:val=\"Signature\"/><w:spacing w:before=\"0\"/></w:pPr>"));
    assert!(body.contains(
        "<w:pStyle w:val=\"SigningDate\"/><w:ind w:left=\"5695\" w:right=\"0\"/><w:jc w:val=\"left\"/>"
    ));
    // 2 em and 7.25 em: the date takes 2 em and pushes the name to 9.25 em.
    assert!(body.contains("<w:pStyle w:val=\"Signature\"/><w:ind w:left=\"0\" w:right=\"2960\"/>"));
}

#[test]
fn a_date_as_wide_as_the_name_has_room_to_spare() {
    let body = body_of(vec![
        paragraph(Role::Signature, "滨江市人民政府办"),
        paragraph(Role::SigningDate, "2026年11月5日"),
    ]);
    // 8 em and 7.75 em: the date ends a quarter of an em from the edge, and may run over it.
    let date = &body[body.find("SigningDate").unwrap()..];
    assert!(date.contains("w:right=\"-"), "{date}");
}

#[test]
fn names_above_one_date_share_their_right_edge() {
    let body = body_of(vec![
        paragraph(Role::Signature, "某某市人民政府"),
        paragraph(Role::Signature, "某局"),
        paragraph(Role::SigningDate, "2026年12月15日"),
    ]);
    // 7 em and 8.25 em.
    assert_eq!(body.matches("<w:pStyle w:val=\"Signature\"/>").count(), 2);
    assert_eq!(body.matches("<w:ind w:left=\"0\" w:right=\"1680\"/>").count(), 2, "{body}");
}

#[test]
fn the_imprint_stands_between_rules() {
    let last = [
        paragraph(Role::CopyTo, "抄送：县委各部门。"),
        paragraph(Role::CopyTo, "县人大办。"),
        paragraph(Role::CopyTo, "县政府办公室　　2026年1月6日印发"),
    ];
    let mut blocks = vec![paragraph(Role::CopyTo, "抄送：正文里的。"), paragraph(Role::Body, "文")];
    blocks.extend(last);
    let written = written(&document(blocks));
    assert_eq!(written.codes(), ["columns"]);
    let body = written.body();
    let rules: Vec<&str> =
        body.split("<w:pBdr>").skip(1).map(|rest| rest.split("</w:pBdr>").next().unwrap()).collect();
    let top = |size| format!("<w:top w:val=\"single\" w:space=\"0\" w:sz=\"{size}\" ");
    assert_eq!(rules.len(), 3);
    assert!(rules[0].starts_with(&top(8)) && rules[1].starts_with(&top(6)) && rules[2].starts_with(&top(6)));
    assert!(
        !rules[1].contains("<w:bottom")
            && rules[2].contains("<w:bottom w:val=\"single\" w:space=\"0\" w:sz=\"8\"")
    );
    assert!(rules.iter().all(|rules| rules.contains("w:space=\"14\" w:sz=\"2\" w:color=\"FFFFFF\"")));
}

#[test]
fn a_colon_far_inside_makes_no_label() {
    let body = body_of(vec![
        paragraph(Role::CopyTo, "县委办公室、县人大常委会办公室：各一份。"),
        paragraph(Role::Body, "文"),
    ]);
    assert!(!body.contains("w:hanging"));
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
    crate::decode::docx::decode(&file.bytes, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap()
}

fn text_of(block: &Block) -> String {
    let BlockKind::Paragraph(paragraph) = &block.kind else { return String::new() };
    paragraph.text()
}

#[test]
fn tables_keep_their_columns_and_what_follows_stands_off() {
    let cell = |text: &str| Cell::new(vec![paragraph(Role::Body, text)]);
    let long = "需要换行的说明文字".repeat(6);
    let table = Table {
        columns: vec![ColumnAlignment::Right, ColumnAlignment::Right],
        header_rows: 1,
        rows: vec![
            Row { cells: vec![cell("日期"), cell("说明")] },
            Row { cells: vec![cell("2026年12月15日"), cell(&long)] },
            Row { cells: vec![cell("12,345,678.90"), cell(&long)] },
        ],
    };
    let file = written(&document(vec![
        block(BlockKind::Table(table.clone())),
        paragraph(Role::Body, "后"),
        paragraph(Role::Body, "再后"),
    ]));
    let body = file.body();
    let rows: Vec<&str> = body.split("<w:tr>").skip(1).collect();
    assert!(rows.iter().all(|row| row.contains("<w:cantSplit/>")));
    assert!(!rows[0].contains("<w:jc "), "{}", rows[0]);
    let first: f64 =
        body.split("<w:gridCol w:w=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    // 8.25 em of 14 pt.
    assert!(first > 8.25 * 280.0, "{first}");
    assert_eq!(body.matches("<w:spacing w:before=\"290\"/>").count(), 1);
    assert!(file.part("word/styles.xml").contains("<w:tblCellMar><w:top w:w=\"70\""));
    let back = read_back(&file);
    let BlockKind::Table(again) = &back.blocks[0].kind else { panic!("no table") };
    assert_eq!((&again.columns, again.header_rows), (&table.columns, 1));
}

#[test]
fn a_column_that_only_its_head_fills_keeps_its_alignment() {
    let cell = |text: &str| Cell::new(vec![paragraph(Role::Body, text)]);
    let table = Table {
        columns: vec![ColumnAlignment::Right],
        header_rows: 1,
        rows: vec![Row { cells: vec![cell("金额")] }, Row { cells: vec![Cell::new(vec![])] }],
    };
    let back = read_back(&written(&document(vec![block(BlockKind::Table(table.clone()))])));
    let BlockKind::Table(again) = &back.blocks[0].kind else { panic!("no table") };
    assert_eq!(again.columns, table.columns);
}

#[test]
fn programs_have_a_fixed_pitch_and_links_are_black() {
    let styles = written(&document(vec![])).part("word/styles.xml");
    assert_eq!(styles.matches("w:ascii=\"Courier New\"").count(), 2);
    assert!(!styles.contains("0563C1"));
}

#[test]
fn attachments_stand_under_each_other() {
    let body = body_of(vec![
        paragraph(Role::AttachmentNote, "附件：1.任务分工"),
        paragraph(Role::AttachmentNote, "2.填写说明"),
        paragraph(Role::CopyTo, "抄送：县委各部门。"),
    ]);
    // 2 em, the label of 3 em and `1.` of 1 em, all 315 twips wide.
    assert!(body.contains("<w:ind w:left=\"1890\" w:right=\"0\" w:hanging=\"1260\"/>"), "{body}");
    assert!(body.contains("<w:ind w:left=\"1890\" w:right=\"0\" w:hanging=\"315\"/>"), "{body}");
    // 14 pt: 1 em and the label of 3 em.
    assert!(body.contains("<w:ind w:left=\"1120\" w:right=\"280\" w:hanging=\"840\"/>"), "{body}");
}

#[test]
fn page_breaks_belong_to_the_next_paragraph() {
    let page_break = || block(BlockKind::PageBreak);
    let body = body_of(vec![
        page_break(),
        paragraph(Role::Body, "甲"),
        page_break(),
        paragraph(Role::AttachmentLabel, "附件"),
        page_break(),
        block(BlockKind::Rule),
    ]);
    assert_eq!(body.matches("<w:pageBreakBefore/>").count(), 1);
    assert!(body.ends_with(
        "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"Rule\"/></w:pPr></w:p>"
    ));
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

/// A PNG of that size in pixels: head and end are all that is looked at.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0");
    bytes
}

fn picture(target: &str, bytes: Vec<u8>) -> Picture {
    Picture { target: target.into(), bytes }
}

fn image(target: &str, alt: &str) -> Image {
    Image { target: target.into(), alt: alt.into(), ..Image::default() }
}

#[test]
fn pictures_are_carried_once_in_their_true_format() {
    let shown = Image { title: "题&".into(), ..image("图.jpg", "示\"意") };
    let tree = Document {
        blocks: vec![
            block(BlockKind::Image(shown)),
            body(vec![text("见"), Inline::Image(image("图.jpg", "小")), text("。")]),
            body(vec![Inline::NoteRef("1".into())]),
        ],
        notes: vec![Note::foot("1", vec![body(vec![Inline::Image(image("图.jpg", "注"))])])],
        pictures: vec![picture("图.jpg", png(100, 50)), picture("未用", png(1, 1))],
        ..Document::default()
    };
    let file = written(&tree);
    assert_eq!(file.codes(), [""; 0]);
    let body = file.body();
    assert!(body.starts_with("<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r><w:drawing><wp:inline"));
    // 100 by 50 pixels at 96 to the inch.
    assert!(body.contains("<wp:extent cx=\"952500\" cy=\"476250\"/>"), "{body}");
    assert!(body.contains("<wp:docPr id=\"1\" name=\"图片 1\" descr=\"示&quot;意\" title=\"题&amp;\"/>"));
    assert!(body.contains("id=\"2\" name=\"图片 2\"") && body.contains("name=\"图.jpg\""));
    assert_eq!(body.matches("r:embed=\"rIdImage1\"").count(), 2);
    assert!(file.part("[Content_Types].xml").contains("Extension=\"png\" ContentType=\"image/png\""));
    for rels in ["word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels"] {
        assert_eq!(file.part(rels).matches("Target=\"media/image1.png\"").count(), 1, "{rels}");
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name("word/media/image1.png").unwrap().read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes, png(100, 50));
    assert!(archive.by_name("word/media/image2.png").is_err());
    assert_eq!(file.bytes, written(&tree).bytes);
}

#[test]
fn large_pictures_fit_the_measure_and_lines_grow_with_them() {
    let of = |blocks, bytes| {
        let pictures = vec![picture("a", bytes)];
        written(&Document { blocks, pictures, ..Document::default() }).body()
    };
    let alone = of(vec![block(BlockKind::Image(image("a", "")))], png(4000, 1000));
    // 8845 twips wide.
    assert!(alone.contains("<wp:extent cx=\"5616575\" cy=\"1403985\"/>"), "{alone}");
    let tall = of(vec![block(BlockKind::Image(image("a", "")))], png(1000, 4000));
    assert!(tall.contains(" cy=\"7732395\"/>"), "{tall}");
    let in_line =
        |pixels| of(vec![body(vec![text("图"), Inline::Image(image("a", ""))])], png(pixels, pixels));
    assert!(in_line(100).contains("<w:spacing w:line=\"579\" w:lineRule=\"atLeast\"/>"));
    assert!(!in_line(20).contains("<w:spacing"));
}

#[test]
fn pictures_that_are_not_carried_are_reported_with_the_reason() {
    let images = ["无", "文", "坏"].map(|target| block(BlockKind::Image(image(target, target))));
    let file = written(&Document {
        blocks: images.into(),
        pictures: vec![picture("文", b"GIF89a".to_vec()), picture("坏", png(1, 1)[..18].to_vec())],
        ..Document::default()
    });
    assert_eq!(file.text(), "无\n文\n坏\n");
    let messages: Vec<&str> = file.diagnostics.iter().map(|finding| finding.message.as_str()).collect();
    assert!(messages[0].contains("does not carry") && messages[1].contains("neither PNG nor JPEG"));
    assert!(messages[2].contains("damaged"), "{messages:?}");
}

#[test]
fn endnotes_have_a_part_and_numbers_of_their_own() {
    let end = |id: &str, words: &str| Note {
        place: NotePlace::End,
        ..Note::foot(id, vec![paragraph(Role::Body, words)])
    };
    let mark = |id: &str| Inline::NoteRef(id.into());
    let tree = Document {
        blocks: vec![body(vec![text("甲"), mark("e"), mark("f"), mark("g"), mark("e")])],
        notes: vec![end("e", "尾一"), Note::foot("f", vec![paragraph(Role::Body, "脚一")]), end("g", "尾二")],
        ..Document::default()
    };
    let file = written(&tree);
    assert_eq!(file.codes(), [""; 0]);
    let body = file.body();
    assert!(body.contains("<w:bookmarkStart w:id=\"1\" w:name=\"_RefEndnote1\"/>"));
    assert!(
        body.contains("<w:rStyle w:val=\"EndnoteReference\"/></w:rPr><w:endnoteReference w:id=\"1\"/></w:r>")
    );
    assert!(
        body.contains("<w:footnoteReference w:id=\"1\"/>")
            && body.contains("<w:endnoteReference w:id=\"2\"/>")
    );
    assert!(body.contains(" NOTEREF _RefEndnote1 \\f \\h "));
    let part = file.part("word/endnotes.xml");
    assert!(part.contains("<w:endnote w:type=\"separator\" w:id=\"-1\">") && !part.contains("脚一"));
    assert!(part.contains(
        "<w:endnote w:id=\"2\"><w:p><w:pPr><w:pStyle w:val=\"EndnoteText\"/></w:pPr><w:r><w:rPr>\
         <w:rStyle w:val=\"EndnoteReference\"/></w:rPr><w:endnoteRef/></w:r>"
    ));
    assert!(file.part("word/settings.xml").contains("<w:endnotePr>"));
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

#[test]
fn wide_tables_stand_on_pages_that_lie_on_their_side() {
    let cell = |text: &str| Cell::new(vec![paragraph(Role::Body, text)]);
    let table = |columns: usize| {
        let row = || Row { cells: (0..columns).map(|_| cell("2026年12月15日")).collect() };
        block(BlockKind::Table(Table {
            columns: vec![ColumnAlignment::Default; columns],
            header_rows: 1,
            rows: vec![row(), row()],
        }))
    };
    let blocks = vec![
        paragraph(Role::Body, "前"),
        paragraph(Role::Heading(1), "一、表"),
        paragraph(Role::Body, "表1　进度"),
        table(8),
        table(8),
        paragraph(Role::Body, "后"),
        table(3),
    ];
    let file = written(&document(blocks.clone()));
    assert_eq!(file.codes(), [""; 0]);
    let part = file.part("word/document.xml");
    let ends: Vec<usize> = part.match_indices("<w:sectPr>").map(|(at, _)| at).collect();
    assert_eq!(ends.len(), 3, "{part}");
    let at = |text: &str| part.find(text).unwrap();
    // The heading and the caption go with the table; both tables share a section.
    assert!(ends[0] < at("前") && at("前") < at("一、表") && at("表1") < ends[1] && ends[1] < at("后"));
    let turned = |at: usize| part[at..at + part[at..].find("</w:sectPr>").unwrap()].contains("landscape");
    assert_eq!(ends.iter().map(|end| turned(*end)).collect::<Vec<_>>(), [false, true, false]);
    // 297 - 35 - 37 mm.
    assert!(part.contains("<w:tblW w:w=\"127"), "{part}");
    assert_eq!(shape(&read_back(&file).blocks), shape(&blocks));
    // A wide table at the end leaves no empty page behind.
    let last = written(&document(vec![paragraph(Role::Body, "前"), table(8)])).part("word/document.xml");
    assert!(
        last.ends_with("<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr></w:body></w:document>")
    );
    assert_eq!(last.matches("<w:sectPr>").count(), 2);
    assert!(last.rfind("landscape") > last.rfind("<w:sectPr>"));
}

/// What a list, a quotation or a program can hold comes back from the file.
#[test]
fn what_stands_together_comes_back_together() {
    let code =
        |text: &str| block(BlockKind::Code(Code { language: "c++,x".into(), text: format!("{text}\n") }));
    let quote = |blocks| block(BlockKind::Quote(blocks));
    let table = || {
        block(BlockKind::Table(Table {
            columns: vec![ColumnAlignment::Default],
            header_rows: 0,
            rows: vec![Row { cells: vec![Cell::new(vec![paragraph(Role::Body, "格")])] }],
        }))
    };
    let plain = |text: &str| paragraph(Role::Body, text);
    let bullets = || list(None, vec![vec![plain("甲"), plain("续")], vec![plain("乙")]]);
    let blocks = vec![
        quote(vec![plain("引"), quote(vec![plain("再引"), plain("又")]), bullets(), plain("后")]),
        quote(vec![plain("另引")]),
        quote(vec![table(), code("q();")]),
        bullets(),
        bullets(),
        list(
            Some(3),
            vec![
                vec![plain("项"), code("a();"), code("b();"), bullets(), bullets(), plain("末")],
                vec![plain("项"), table(), table(), quote(vec![plain("引")]), bullets()],
                vec![quote(vec![bullets()]), plain("再")],
            ],
        ),
        code("a();"),
        code("b();"),
        plain("完"),
    ];
    let file = written(&document(blocks.clone()));
    assert_eq!(file.codes(), [""; 0]);
    assert_eq!(shape(&read_back(&file).blocks), shape(&blocks));
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
fn loose_lists_come_back_loose() {
    let item = |words: &str| vec![paragraph(Role::Body, words)];
    let loose = |start, items: Vec<Vec<Block>>| {
        let items = items.into_iter().map(|blocks| ListItem { checked: None, blocks }).collect();
        block(BlockKind::List(List { start, tight: false, items }))
    };
    let document = document(vec![
        loose(None, vec![item("甲"), item("乙")]),
        paragraph(Role::Body, "文"),
        loose(Some(2), vec![item("丙")]),
        list(None, vec![item("丁")]),
    ]);
    let mut tight = Vec::new();
    for block in read_back(&written(&document)).blocks {
        if let BlockKind::List(list) = block.kind {
            tight.push(list.tight);
        }
    }
    assert_eq!(tight, [false, false, true]);
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
