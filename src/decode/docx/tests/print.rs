//! Word files without styles: what the type of their paragraphs tells.

use super::{drawn, package};
use crate::options::Options;
use crate::tree::{BlockKind, Face, Role};

/// A paragraph in a face and size, in half points; `look` may hold `b` for bold and `c` for centred.
fn set(face: &str, size: u16, look: &str, text: &str) -> String {
    let bold = if look.contains('b') { "<w:b/>" } else { "" };
    let centred = if look.contains('c') { "<w:jc w:val='center'/>" } else { "" };
    format!(
        "<w:p><w:pPr>{centred}</w:pPr><w:r><w:rPr><w:rFonts w:eastAsia='{face}'/>{bold}<w:sz w:val='{size}'/></w:rPr>\
         <w:t>{text}</w:t></w:r></w:p>"
    )
}

fn roles(styles: &str, body: &str) -> Vec<String> {
    let body = format!("<w:body>{body}</w:body>");
    let bytes = package(&[("document", &body), ("styles", styles)], "");
    let read = crate::decode(&bytes, crate::Format::Docx, &Options::new().unwrap()).unwrap();
    let role = |block: &crate::tree::Block| match &block.kind {
        BlockKind::Paragraph(paragraph) => match paragraph.role.level() {
            Some(level) => format!("{}{level}", paragraph.role.name()),
            None => paragraph.role.name().to_owned(),
        },
        _ => drawn(std::slice::from_ref(block)),
    };
    read.value.blocks.iter().map(role).collect()
}

const TEXT: &str = "今年以来，全局上下围绕中心工作，扎实推进各项任务，取得了比较明显的成效。";

#[test]
fn titles_are_large_and_headings_have_their_faces() {
    let text = |text: &str| set("仿宋_GB2312", 32, "", text);
    let body = [
        set("方正小标宋简体", 44, "c", "乘势而上开新局"),
        set("方正小标宋简体", 44, "c", "凝心聚力谱新篇"),
        set("楷体_GB2312", 32, "c", "李　四"),
        text(TEXT),
        set("黑体", 32, "", "过去一年的工作"),
        text(TEXT),
        set("楷体_GB2312", 32, "", "产业发展有起色"),
        text(TEXT),
        set("楷体_GB2312", 32, "", "民生改善见实效"),
        text(TEXT),
        set("黑体", 32, "", "今年的打算"),
        text(TEXT),
        text("谢谢大家！"),
    ];
    let wanted = [
        "title", "byline", "body", "heading1", "body", "heading2", "body", "heading2", "body", "heading1",
        "body", "closing",
    ];
    assert_eq!(roles("", &body.concat()), wanted);
}

#[test]
fn bold_lines_are_headings_and_bold_texts_are_not() {
    let text = |text: &str| set("宋体", 24, "", text);
    let body = [
        set("宋体", 36, "bc", "关于某项工作的情况报告"),
        text(TEXT),
        set("宋体", 24, "b", "工作的背景"),
        text(TEXT),
        set(
            "宋体",
            24,
            "b",
            "一个很长的句子也可以是粗体的，这里要强调的是它后面还有许多话，所以它不是标题，而是正文里的一句话。",
        ),
        text(TEXT),
    ];
    assert_eq!(roles("", &body.concat()), ["title", "body", "heading1", "body", "body", "body"]);
    // What all the text has stands out nowhere.
    let all: String =
        [TEXT, "工作的背景", TEXT, "工作的打算是这样", TEXT].map(|text| set("黑体", 32, "b", text)).concat();
    let read = roles("", &all);
    assert!(read.iter().filter(|role| role.starts_with("heading")).count() <= 2, "{read:?}");
}

#[test]
fn numbered_lines_that_stand_out_head_what_follows() {
    let text = |text: &str| set("仿宋", 32, "", text);
    let body = [
        set("小标宋", 44, "c", "某局工作规则"),
        set("黑体", 32, "", "一、要坚持集体领导的原则。"),
        text(TEXT),
        set("黑体", 32, "", "二、要坚持民主集中的原则。"),
        text(TEXT),
    ];
    assert_eq!(roles("", &body.concat()), ["title", "heading1", "body", "heading1", "body"]);
}

#[test]
fn styles_win_over_type() {
    let styles = "<w:style w:type='paragraph' w:styleId='h'><w:name w:val='heading 1'/></w:style>";
    let styled = "<w:p><w:pPr><w:pStyle w:val='h'/></w:pPr><w:r><w:t>总体要求</w:t></w:r></w:p>".to_owned();
    let body = [
        styled,
        set("仿宋", 32, "", TEXT),
        set("黑体", 32, "b", "这一行只是粗体"),
        set("仿宋", 32, "", TEXT),
    ];
    let read = roles(styles, &body.concat());
    assert_eq!(read[2], "body", "{read:?}");
}

#[test]
fn the_type_of_a_paragraph_is_what_all_its_text_has() {
    let mixed = "<w:p><w:r><w:rPr><w:rFonts w:eastAsia='SimHei'/><w:b/><w:sz w:val='32'/></w:rPr><w:t>一、</w:t></w:r>\
        <w:r><w:rPr><w:rFonts w:eastAsia='SimHei'/><w:sz w:val='28'/></w:rPr><w:t>总则</w:t></w:r></w:p>";
    let (document, _) = super::read(&[mixed.to_owned(), set("FangSong", 32, "b", "正文")].concat());
    let look = |at: usize| {
        let appearance = &document.blocks[at].origin.appearance;
        (appearance.size, appearance.bold, appearance.face)
    };
    assert_eq!(look(0), (0, false, Some(Face::Hei)));
    assert_eq!(look(1), (32, true, Some(Face::FangSong)));
    assert!(matches!(&document.blocks[0].kind, BlockKind::Paragraph(p) if p.role == Role::Body));
}
