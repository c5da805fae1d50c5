//! Places that GB/T 9704 names: 署名, 成文日期, 附件说明, 版记.

use super::*;
use crate::tree::{Marker, Scheme};

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
        "<w:pStyle w:val=\"SigningDate\"/><w:keepNext/><w:ind w:left=\"5695\" w:right=\"0\"/>\
         <w:jc w:val=\"left\"/>"
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
fn labels_of_a_signature_begin_at_one_edge() {
    let body = body_of(vec![
        paragraph(Role::Signature, "申请人：李四"),
        paragraph(Role::Signature, "联系电话：1380000"),
        paragraph(Role::SigningDate, "2026年1月5日"),
    ]);
    // 8.5 em and 7.25 em: 8845 - 640 - 8.5 × 315 twips, and the date 2 em further in.
    assert_eq!(
        body.matches("<w:ind w:left=\"5528\" w:right=\"0\"/><w:jc w:val=\"left\"/>").count(),
        2,
        "{body}"
    );
    assert!(body.contains("<w:ind w:left=\"6168\" "), "{body}");
}

#[test]
fn who_signs_an_order_stands_four_characters_in() {
    let body = body_of(vec![
        paragraph(Role::Title, "某川市人民政府令"),
        paragraph(Role::DocumentNumber, "第12号"),
        paragraph(Role::Body, "现予公布。"),
        paragraph(Role::Signature, "市长　张三"),
        paragraph(Role::SigningDate, "2026年1月5日"),
        paragraph(Role::Title, "某川市公园管理办法"),
        paragraph(Role::Signature, "某川市人民政府办公室"),
        paragraph(Role::SigningDate, "2026年1月5日"),
    ]);
    // GB/T 9704-2012 10.2, 7.3.5.3: two lines above the number, the text and the name, one above the date.
    let above = |paragraph: &str, twips: u32| {
        let spacing = format!("<w:spacing w:before=\"{twips}\"/>");
        let paragraph = body.split("<w:p>").find(|written| written.contains(paragraph)).unwrap();
        assert!(paragraph.contains(&spacing), "{paragraph}");
    };
    ["第12号", "现予公布。", "市长　张三"].iter().for_each(|paragraph| above(paragraph, 1158));
    above("2026年1月5日", 579);
    assert_eq!(body.matches("<w:ind w:left=\"0\" w:right=\"1280\"/>").count(), 2, "{body}");
}

#[test]
fn the_salute_of_a_letter_begins_at_the_edge() {
    let body = body_of(vec![
        paragraph(Role::Closing, "此致"),
        paragraph(Role::Closing, "敬礼！"),
        paragraph(Role::Closing, "谢谢大家！"),
    ]);
    let indent = "<w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\" w:firstLineChars=\"0\"/>";
    let indents: Vec<bool> = body.split("<w:p>").skip(1).map(|written| written.contains(indent)).collect();
    assert_eq!(indents, [false, true, false], "{body}");
}

#[test]
fn a_masthead_is_red_over_a_red_rule() {
    let blocks = vec![
        paragraph(Role::Marking, "特急"),
        paragraph(Role::Byline, "某某县人民政府文件"),
        paragraph(Role::DocumentNumber, "某政发〔2026〕7号　　　　签发人：李四"),
        paragraph(Role::Title, "关于防汛的请示"),
    ];
    let written = written(&document(blocks.clone()));
    let body = written.body();
    // One of three lines above it holds the marking.
    assert!(body.contains("<w:pStyle w:val=\"Masthead\"/><w:spacing w:before=\"1158\"/>"), "{body}");
    let number = &body[body.find("DocumentNumber").unwrap()..body.find("\"Title\"").unwrap()];
    assert!(
        number.contains(
            "<w:pBdr><w:bottom w:val=\"single\" w:space=\"5\" w:sz=\"8\" w:color=\"FF0000\"/></w:pBdr>"
        ),
        "{number}"
    );
    assert!(number.contains("<w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"320\"/>"), "{number}");
    // Two lines less what the rule takes.
    assert!(body.contains("<w:pStyle w:val=\"Title\"/><w:spacing w:before=\"1038\"/>"), "{body}");
    let styles = written.part("word/styles.xml");
    let style = &styles[styles.find("\"Masthead\"").unwrap()..];
    let style = &style[..style.find("</w:style>").unwrap()];
    assert!(
        style.contains("<w:name w:val=\"发文机关标志\"/>") && style.contains("<w:color w:val=\"FF0000\"/>")
    );
    assert!(style.contains("<w:sz w:val=\"84\"/>"), "{style}");
    let plain = self::written(&document(vec![paragraph(Role::Title, "讲话")]));
    assert!(!plain.part("word/styles.xml").contains("Masthead"));
}

#[test]
fn the_imprint_floats_at_the_foot_between_rules() {
    let last = [
        paragraph(Role::CopyTo, "抄送：县委各部门。"),
        paragraph(Role::CopyTo, "县人大办。"),
        paragraph(Role::CopyTo, "县政府办公室　　2026年1月6日印发"),
    ];
    let mut blocks = vec![paragraph(Role::CopyTo, "抄送：正文里的。"), paragraph(Role::Body, "文")];
    blocks.extend(last);
    let written = written(&document(blocks));
    assert_eq!(written.codes(), ["imprint-page", "columns"]);
    let body = written.body();
    let (text, imprint) = body.split_once("<w:tbl>").unwrap();
    // The first 抄送 stands in the text.
    assert_eq!(text.matches("CopyTo").count(), 1);
    let table = imprint.split("</w:tbl>").next().unwrap();
    assert!(
        table.starts_with(
            "<w:tblPr><w:tblStyle w:val=\"Imprint\"/><w:tblpPr w:leftFromText=\"0\" w:rightFromText=\"0\" \
         w:vertAnchor=\"margin\" w:horzAnchor=\"page\" w:tblpYSpec=\"bottom\" w:tblpX=\"1587\"/>"
        ),
        "{table}"
    );
    assert_eq!(table.matches("<w:tr>").count(), 3);
    assert!(!table.contains("Bdr") && !table.contains("tcBorders"), "{table}");
    let styles = written.part("word/styles.xml");
    let style = &styles[styles.find("w:styleId=\"Imprint\"").unwrap()..];
    let style = style.split("</w:style>").next().unwrap();
    for (side, size) in [("top", 8), ("bottom", 8), ("insideH", 6)] {
        assert!(style.contains(&format!("<w:{side} w:val=\"single\" w:sz=\"{size}\"")), "{style}");
    }
}

#[test]
fn the_imprint_has_no_room_above_it_below_a_table() {
    let cell = Cell::new(vec![paragraph(Role::Body, "表")]);
    let table = Table { rows: vec![Row::new(vec![cell])], ..Table::default() };
    let text = paragraph(Role::Body, "文");
    let body =
        |last| written(&document(vec![text.clone(), block(BlockKind::Table(table.clone())), last])).body();
    assert!(body(text.clone()).contains("w:before"));
    assert!(!body(paragraph(Role::CopyTo, "抄送：县委各部门。")).contains("w:before"));
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
fn attachments_stand_under_each_other() {
    let body = written(&document(vec![
        paragraph(Role::AttachmentNote, "附件：1.任务分工"),
        paragraph(Role::AttachmentNote, "2.填写说明"),
        paragraph(Role::CopyTo, "抄送：县委各部门。"),
    ]))
    .body();
    // 2 em, the label of 3 em and `1.` of 1 em, all 315 twips wide.
    assert!(body.contains("<w:ind w:left=\"1890\" w:right=\"0\" w:hanging=\"1260\"/>"), "{body}");
    assert!(body.contains("<w:ind w:left=\"1890\" w:right=\"0\" w:hanging=\"315\"/>"), "{body}");
    // 14 pt: 1 em and the label of 3 em.
    assert!(body.contains("<w:ind w:left=\"1120\" w:right=\"280\" w:hanging=\"840\"/>"), "{body}");
}

#[test]
fn markings_have_a_style_of_their_own_in_hei() {
    let written = written(&document(vec![paragraph(Role::Marking, "机密★1年")]));
    assert!(written.body().contains("<w:pStyle w:val=\"Marking\"/>"));
    let styles = written.part("word/styles.xml");
    let style = &styles[styles.find("w:styleId=\"Marking\"").unwrap()..];
    let style = style.split("</w:style>").next().unwrap();
    for words in [
        "w:name w:val=\"份号密级紧急程度\"",
        "w:eastAsia=\"黑体\"",
        "<w:jc w:val=\"left\"/>",
        "w:firstLine=\"0\"",
    ] {
        assert!(style.contains(words), "{words}: {style}");
    }
}

#[test]
fn the_two_lines_of_closing_words_stay_together() {
    let lines = ["此致", "敬礼！"].map(|line| paragraph(Role::Closing, line));
    let body = written(&document(lines.to_vec())).body();
    let (first, second) = body.split_at(body.find("敬礼").unwrap());
    assert_eq!(
        (first.matches("<w:keepNext/>").count(), second.matches("<w:keepNext/>").count()),
        (1, 0),
        "{body}"
    );
}

#[test]
fn chapters_and_the_head_of_contents_stand_in_the_middle() {
    let mut chapter = Paragraph::new(Role::Heading(1), vec![Inline::Text("第一章　总则".into())]);
    chapter.marker = Some(Marker { scheme: Scheme::Chapter, value: vec![1], text: "第一章　".into() });
    let body =
        written(&document(vec![paragraph(Role::Body, "目　录"), block(BlockKind::Paragraph(chapter))]))
            .body();
    let centred = "<w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"center\"/>";
    assert_eq!(body.matches(centred).count(), 2, "{body}");
    // The style of the heading has it already.
    assert_eq!(body.matches("<w:keepNext/>").count(), 1, "{body}");
}

#[test]
fn names_of_those_present_stand_below_names() {
    let mut present = Paragraph::new(Role::Attendance, vec![Inline::Text("出席：许文博、沈一舟".into())]);
    present.lead = Some(Lead { end: 3, level: 1 });
    let body = body_of(vec![
        paragraph(Role::Body, "文。"),
        block(BlockKind::Paragraph(present)),
        paragraph(Role::Attendance, "赵　六　县财政局　　　　孙　七　县水利局"),
    ]);
    let style = "<w:pStyle w:val=\"Attendance\"/>";
    // Two characters in, and three more to the names: 640 + 3 × 315 twips.
    assert!(
        body.contains(&format!("{style}<w:ind w:left=\"1585\" w:right=\"0\" w:hanging=\"945\"/>")),
        "{body}"
    );
    assert!(body.contains("<w:ind w:left=\"1585\" w:right=\"0\"/>"), "{body}");
    assert!(body.contains("<w:rStyle w:val=\"Lead1\"/>"), "{body}");
}

#[test]
fn a_number_and_who_signs_stand_at_both_edges() {
    let written =
        written(&document(vec![paragraph(Role::DocumentNumber, "青政发〔2026〕4号　　　　签发人：王　明")]));
    assert_eq!(
        (written.codes(), written.text().as_str()),
        (vec!["columns"], "青政发〔2026〕4号\t签发人：王　明\n")
    );
    let body = written.body();
    assert!(body.contains("<w:ind w:left=\"320\" w:right=\"320\"/><w:jc w:val=\"left\"/>"), "{body}");
    let signer = &body[body.find("<w:rStyle w:val=\"Signer\"/>").unwrap()..];
    assert!(signer.contains("王　明") && !signer.contains("签发人"), "{body}");
    let styles = written.part("word/styles.xml");
    let style = &styles[styles.find("w:styleId=\"DocumentNumber\"").unwrap()..];
    assert!(style.split("</w:style>").next().unwrap().contains("<w:tab w:val=\"right\" w:pos=\"8525\"/>"));
}
