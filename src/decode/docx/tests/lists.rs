//! Automatic numbers and lists.

use super::*;

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
fn bullets_that_are_words_stay_text() {
    let numbering = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/>\
         <w:lvlText w:val='——'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>";
    let body = "<w:body><w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p></w:body>";
    let (document, _) = read_with(&[("document", body), ("numbering", numbering)], "");
    assert_eq!(drawn(&document.blocks), "——甲");
}

/// Paragraphs with automatic numbers read as the tree of the same text with typed markers.
#[test]
fn automatic_numbers_read_as_typed_ones() {
    let level = |index: usize, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl='{index}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{more}\
             <w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    // List, its levels, and the paragraphs: level, typed marker, text.
    type Lines<'a> = &'a [(usize, &'a str, &'a str)];
    let speech: Lines<'_> = &[
        (0, "一、", "提高认识"),
        (9, "", "这件事要抓紧办，拖不得。"),
        (1, "（一）", "认清形势"),
        (9, "", "形势是好的，任务是重的。"),
        (1, "（二）", "把握重点"),
        (2, "1.", "抓好窗口。把窗口的事办好，群众才满意。"),
        (2, "2.", "抓好后台。后台的事要快。"),
        (3, "（1）", "材料齐全，当场办结；"),
        (3, "（2）", "材料不齐，一次告知。"),
        (0, "二、", "狠抓落实"),
        (1, "（一）", "压实责任"),
        (2, "1.", "主要领导亲自抓。每周过问一次。"),
        (4, "①", "看进度；"),
        (4, "②", "看质量。"),
        (0, "三、", "加强领导"),
        (9, "", "各单位要高度重视。"),
    ];
    let chapters: Lines<'_> = &[
        (0, "第一章 ", "总则"),
        (1, "第一条 ", "为了规范办事，制定本办法。"),
        (1, "第二条 ", "本办法适用于全县各单位。"),
        (0, "第二章 ", "职责"),
        (1, "第三条 ", "办公室负责本办法的实施。"),
        (2, "（一）", "受理；"),
        (2, "（二）", "转办。"),
    ];
    let legal: Lines<'_> = &[
        (0, "第壹部分 ", "概述"),
        (1, "1.1 ", "范围"),
        (1, "1.2 ", "依据"),
        (0, "第贰部分 ", "要求"),
        (1, "2.1 ", "人员"),
    ];
    let cases: [(&str, String, Lines<'_>, usize); 4] = [
        (
            "speech",
            [
                level(0, "chineseCountingThousand", "%1、", ""),
                level(1, "chineseCounting", "（%2）", ""),
                level(2, "decimal", "%3.", ""),
                level(3, "decimal", "（%4）", ""),
                level(4, "decimalEnclosedCircleChinese", "%5", ""),
            ]
            .concat(),
            speech,
            3,
        ),
        (
            "speech with a Japanese count and no tab",
            [
                level(0, "japaneseCounting", "%1、", "<w:suff w:val='nothing'/>"),
                level(1, "ideographDigital", "（%2）", "<w:suff w:val='nothing'/>"),
                level(2, "decimalHalfWidth", "%3.", "<w:suff w:val='nothing'/>"),
                level(3, "decimal", "（%4）", "<w:suff w:val='nothing'/>"),
                level(4, "decimalEnclosedCircle", "%5", "<w:suff w:val='nothing'/>"),
            ]
            .concat(),
            speech,
            3,
        ),
        (
            "articles that count on over chapters",
            [
                level(0, "chineseCountingThousand", "第%1章", "<w:suff w:val='space'/>"),
                level(1, "chineseCountingThousand", "第%2条", "<w:lvlRestart w:val='0'/>"),
                level(2, "chineseCounting", "（%3）", ""),
            ]
            .concat(),
            chapters,
            2,
        ),
        (
            "figures of law over plain ones",
            [level(0, "chineseLegalSimplified", "第%1部分", ""), level(1, "decimal", "%1.%2", "<w:isLgl/>")]
                .concat(),
            legal,
            2,
        ),
    ];
    for (name, levels, lines, headings) in cases {
        let numbering = format!(
            "<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        );
        let numbered = lines.iter().map(|(level, _, text)| match level {
            9 => p(text),
            level => format!(
                "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr></w:pPr>\
                 <w:r><w:t>{text}</w:t></w:r></w:p>"
            ),
        });
        let typed = lines.iter().map(|(_, marker, text)| p(&format!("{marker}{text}")));
        let paragraphs = |body: String| {
            let body = format!("<w:body>{body}</w:body>");
            let bytes = package(&[("document", &body), ("numbering", &numbering)], "");
            let read = crate::decode(&bytes, crate::Format::Docx, &Options::new().unwrap()).unwrap();
            read.value.blocks.into_iter().map(|block| block.kind).collect::<Vec<_>>()
        };
        let (got, wanted) = (paragraphs(numbered.collect()), paragraphs(typed.collect()));
        assert_eq!(got, wanted, "{name}");
        let heads = |kind: &&BlockKind| matches!(kind, BlockKind::Paragraph(p) if p.role == Role::Heading(1));
        assert_eq!(got.iter().filter(heads).count(), headings, "{name}");
    }
}

/// Starts of their own, overrides of levels, and lists that are those of a numbering style.
#[test]
fn restarts_overrides_and_linked_lists_count_as_word_does() {
    let styles = "<w:style w:type='numbering' w:styleId='N'><w:pPr><w:numPr><w:numId w:val='7'/></w:numPr></w:pPr></w:style>";
    let level = |format: &str, start: u8| {
        format!(
            "<w:lvl w:ilvl='0'><w:start w:val='{start}'/><w:numFmt w:val='{format}'/><w:lvlText w:val='%1、'/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId='1'>{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId='2'><w:numStyleLink w:val='N'/></w:abstractNum>\
         <w:num w:numId='7'><w:abstractNumId w:val='1'/></w:num><w:num w:numId='8'><w:abstractNumId w:val='2'/></w:num>\
         <w:num w:numId='9'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>\
         <w:num w:numId='10'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'>{}</w:lvlOverride></w:num>",
        level("chineseCounting", 3),
        level("ideographTraditional", 1),
    );
    let item = |num: u8| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{num}'/></w:numPr></w:pPr><w:r><w:t>文</w:t></w:r></w:p>"
        )
    };
    let body: String = [7, 8, 9, 9, 7, 10, 0].map(item).concat();
    let body = format!("<w:body>{body}</w:body>");
    let parts = [("document", body.as_str()), ("numbering", &numbering), ("styles", styles)];
    let text = drawn(&read_with(&parts, "").0.blocks);
    assert_eq!(text, "三、文|四、文|一、文|二、文|三、文|丁、文|文");
}

#[test]
fn numbered_and_illustrated_lines_in_the_style_of_programs_are_paragraphs() {
    let styles = "<w:style w:type='paragraph' w:styleId='h'><w:name w:val='HTML Preformatted'/></w:style>";
    let numbering = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
         <w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>";
    let line = |properties: &str, inner: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='h'/>{properties}</w:pPr><w:r>{inner}<w:t>行</w:t></w:r></w:p>")
    };
    let body = [
        line("", ""),
        line("<w:numPr><w:numId w:val='1'/></w:numPr>", ""),
        line("", "<w:footnoteReference w:id='1'/>"),
        line("", "<w:drawing><wp:inline><a:blip r:embed='i'/></wp:inline></w:drawing>"),
    ]
    .concat();
    let footnotes = format!("<w:footnote w:id='1'>{}</w:footnote>", p("注"));
    let links = format!("<Relationship Id='i' Type='{RELATIONSHIPS}/image' Target='a.png'/>");
    let parts = [
        ("document", format!("<w:body>{body}</w:body>")),
        ("styles", styles.to_owned()),
        ("numbering", numbering.to_owned()),
        ("footnotes", footnotes),
    ];
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, part)| (*name, part.as_str())).collect();
    let document = read_with(&parts, &links).0;
    assert_eq!(drawn(&document.blocks[..2]), "`行\n`|1.行");
    let content = |block: &crate::tree::Block| match &block.kind {
        BlockKind::Paragraph(paragraph) => paragraph.content.clone(),
        other => panic!("{other:?}"),
    };
    assert!(matches!(content(&document.blocks[2])[..], [Inline::NoteRef(_), Inline::Text(_)]));
    assert!(matches!(content(&document.blocks[3])[..], [Inline::Image(_), Inline::Text(_)]));
}
