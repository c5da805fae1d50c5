//! Running text: runs, fields, styles.

use super::*;
use crate::error::Error;
use crate::limits::Limit;

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
fn letters_in_a_face_of_signs_are_what_they_show() {
    let run = |face: &str, text: &str| {
        format!("<w:r><w:rPr><w:rFonts w:ascii='{face}' w:hAnsi='{face}'/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    let (document, diagnostics) = read(&format!(
        "<w:p>{}<w:r><w:t>是</w:t></w:r>{}<w:r><w:t>否</w:t></w:r>{}{}</w:p>",
        run("Wingdings", "þ"),
        run("wingdings", "o"),
        run("Wingdings 2", "R £"),
        run("Wingdings", "\u{F0A8}国")
    ));
    assert_eq!(drawn(&document.blocks), "☑是□否☑ □□国");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let (_, diagnostics) = read(&format!("<w:p>{}</w:p>", run("Wingdings", "@")));
    assert!(diagnostics.iter().any(|found| found.code == "symbol"));
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
fn unknown_elements_keep_their_text() {
    let (document, diagnostics) = read(&format!(
        "<x:wrap>{}</x:wrap><w:p><x:a><w:r><w:t>乙</w:t><w:newThing><w:t>丙</w:t></w:newThing></w:r></x:a></w:p>",
        p("甲")
    ));
    assert_eq!(drawn(&document.blocks), "甲|乙丙");
    let messages: Vec<_> = diagnostics.iter().map(|found| (found.kind, found.message.to_string())).collect();
    assert_eq!(messages.len(), 3);
    assert!(messages.iter().all(|(kind, _)| *kind == Kind::Dropped));
    assert!(messages[0].1.starts_with("w:newThing is not known (times: 1)"));
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
fn emphasis_is_known_by_its_face_too() {
    let styles = "<w:style w:type='character' w:styleId='e'><w:name w:val='Emphasis'/>\
         <w:rPr><w:rFonts w:eastAsia='某楷体'/></w:rPr></w:style>";
    let body = "<w:body><w:p><w:hyperlink w:anchor='a'><w:r><w:rPr><w:rFonts w:eastAsia='某楷体'/></w:rPr><w:t>甲</w:t>\
         </w:r></w:hyperlink><w:r><w:rPr><w:rStyle w:val='e'/></w:rPr><w:t>乙</w:t></w:r></w:p></w:body>";
    let (document, _) = read_with(&[("document", body), ("styles", styles)], "");
    let BlockKind::Paragraph(paragraph) = &document.blocks[0].kind else { panic!() };
    let text = |text: &str| Inline::Text(text.into());
    let link = Inline::Link { target: "#a".into(), title: String::new(), content: vec![text("甲")] };
    assert_eq!(paragraph.content, [Inline::Styled(InlineStyle::Emphasis, vec![link, text("乙")])]);
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

#[test]
fn characters_outside_of_runs_are_reported() {
    let (document, diagnostics) =
        read("<w:body>甲<w:p>乙<w:r>丙<w:t>丁</w:t></w:r></w:p><x xmlns='urn:x'>戊</x></w:body>");
    assert_eq!(document.blocks.len(), 1);
    let found: Vec<_> = diagnostics.iter().filter(|found| found.code == "bare-text").collect();
    assert_eq!(found.iter().map(|found| found.text.as_str()).collect::<Vec<_>>(), ["甲\n乙\n丙\n戊"]);
}

#[test]
fn text_where_none_may_stand_is_kept_or_reported() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:body><w:p><w:pPr>{}</w:pPr><w:bookmarkStart w:name='a'>{}</w:bookmarkStart>\
         <mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>{}</mc:AlternateContent>\
         <w:r><w:fldChar w:fldCharType='begin'/></w:r>{}<w:r><w:fldChar w:fldCharType='separate'/></w:r>{}\
         <w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>\
         <w:tbl>{}<w:tr>{}<w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl></w:body>{}",
        run("乙"),
        run("丙"),
        run("丁"),
        run("戊"),
        run("己"),
        run("庚"),
        run("辛"),
        run("壬"),
        run("癸"),
    );
    let (document, diagnostics) = read_with(&[("document", &body)], "");
    let mut kept = String::new();
    document.for_each_paragraph(&mut |_, paragraph| kept.push_str(&paragraph.text()));
    assert_eq!(kept, "丙丁己庚辛壬");
    let found: Vec<_> = diagnostics.iter().filter(|found| found.code == "misplaced-text").collect();
    let texts: Vec<_> = found.iter().map(|found| found.text.as_str()).collect();
    assert_eq!(texts, ["癸\n乙", "戊"]);
}

#[test]
fn a_file_of_too_many_paragraphs_is_refused() {
    let mut options = Options::new().unwrap();
    options.limits.set(Limit::Lines, 2);
    let of = |body: &str| decode(&package(&[("document", body)], ""), &options, &mut Diagnostics::default());
    assert!(of("<w:body><w:p/><w:p/></w:body>").is_ok());
    let error = of("<w:body><w:p/><w:p/><w:p/></w:body>").unwrap_err();
    assert!(matches!(error, Error::Limit { limit: Limit::Lines, most: 2, found: Some(3), .. }), "{error}");
}

#[test]
fn captions_are_told_by_their_style() {
    let styles = "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='caption'/></w:style>";
    let body =
        "<w:body><w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>图 1　路网</w:t></w:r></w:p></w:body>";
    let (document, _) = read_with(&[("document", body), ("styles", styles)], "");
    assert_eq!(document.blocks[0].paragraph().map(|paragraph| paragraph.role), Some(Role::Caption));
}

#[test]
fn plain_text_that_a_program_has_saved_is_prose() {
    let styles = "<w:style w:type='paragraph' w:styleId='P'><w:name w:val='Preformatted Text'/></w:style>";
    let line = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let kinds = |lines: &[String]| {
        let body = format!("<w:body>{}</w:body>", lines.concat());
        let bytes = package(&[("document", &body), ("styles", styles)], "");
        let read = decode(&bytes, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap();
        drawn(&read.document.blocks)
    };
    let prose =
        [line("P", "关于开展检查的通知"), line("P", ""), line("P", "各单位："), line("P", "请认真执行。")];
    assert_eq!(kinds(&prose), "关于开展检查的通知|各单位：|请认真执行。");
    assert_eq!(kinds(&[line("P", "let a = 1;"), line("P", "// 注")]), "`let a = 1;\n// 注\n`");
    assert!(kinds(&[line("", "代码如下："), line("P", "设甲为一")]).contains('`'));
}

#[test]
fn formatting_that_is_not_kept_is_counted_for_each_sort() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>")
    };
    let read_runs = |runs: &[String]| {
        let (_, diagnostics) = read(&format!("<w:p>{}</w:p>", runs.concat()));
        let found: Vec<String> =
            diagnostics.iter().map(|one| format!("{} {}", one.code, one.message)).collect();
        found
    };
    let kept = [
        run("<w:color w:val='333333'/><w:highlight w:val='none'/><w:em w:val='none'/>", "甲"),
        run(
            "<w:color w:val='auto'/><w:shd w:val='clear' w:fill='FFFFFF'/><w:caps w:val='0'/><w:bdr w:val='nil'/>",
            "乙",
        ),
        run("<w:color w:val='FF0000'/><w:highlight w:val='yellow'/>", " "),
        run("<w:vanish/><w:em w:val='dot'/>", "藏"),
        run("<w:shd w:val='nil' w:fill='FF0000'/><w:caps/>", "汉字GB"),
        run("<w:highlight w:val='white'/><w:color w:val='FF0000'/>", "\u{200B}"),
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r>{}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            run("<w:color w:val='FF0000'/>", "QUOTE")
        ),
        format!(
            "<w:fldSimple w:instr='HYPERLINK \"http://a\"'>{}</w:fldSimple>",
            run("<w:color w:val='0000FF'/>", "网")
        ),
    ];
    let shown: Vec<_> = read_runs(&kept).into_iter().filter(|one| one.starts_with("character")).collect();
    assert!(shown.is_empty(), "{shown:?}");
    let set = [
        run("<w:color w:val='FF0000'/>", "待定"),
        run("<w:highlight w:val='yellow'/><w:em w:val='dot'/>", "三 月"),
        run("<w:shd w:val='solid' w:color='FFFF00' w:fill='auto'/>", "底"),
        run("<w:bdr w:val='single'/>", "框"),
        run("<w:smallCaps/>", "gb 9704"),
        run("<w:emboss/>", "浮"),
    ];
    assert_eq!(
        read_runs(&set),
        [
            "character-format highlighted characters are set as others: 3",
            "character-format colours of characters are those of the profile, and not those of the file: 2",
            "character-format characters with emphasis marks are set as others: 2",
            "character-format characters in a border are set as others: 1",
            "character-format characters that are shown as capitals are set as they are: 2",
            "character-format characters with an outline, a shadow or a relief are set as others: 1",
        ]
    );
}

#[test]
fn formatting_of_a_style_and_of_signs_is_counted_where_it_is_shown() {
    let styles = "<w:style w:type='character' w:styleId='r'><w:name w:val='红字'/>\
         <w:rPr><w:color w:val='FF0000'/></w:rPr></w:style>";
    let body = "<w:body><w:p><w:r><w:rPr><w:rStyle w:val='r'/></w:rPr><w:t>红字</w:t></w:r>\
         <w:r><w:rPr><w:em w:val='dot'/></w:rPr><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p></w:body>";
    let (_, diagnostics) = read_with(&[("document", body), ("styles", styles)], "");
    let found: Vec<String> = diagnostics.iter().map(|one| one.message.to_string()).collect();
    assert_eq!(
        found,
        [
            "colours of characters are those of the profile, and not those of the file: 2",
            "characters with emphasis marks are set as others: 1",
        ]
    );
}

#[test]
fn places_in_the_file_to_which_links_lead_are_reported() {
    let (document, diagnostics) = read(
        "<w:p><w:bookmarkStart w:id='1' w:name='表'/><w:bookmarkEnd w:id='1'/>\
         <w:hyperlink w:anchor='表'><w:r><w:t>附表</w:t></w:r></w:hyperlink></w:p>\
         <w:p><w:fldSimple w:instr='HYPERLINK \\l \"表\"'><w:r><w:t>同上</w:t></w:r></w:fldSimple></w:p>",
    );
    for (block, text) in document.blocks.iter().zip(["附表", "同上"]) {
        let BlockKind::Paragraph(paragraph) = &block.kind else { panic!() };
        let content = vec![Inline::Text(text.into())];
        assert_eq!(paragraph.content, [Inline::Link { target: "#表".into(), title: String::new(), content }]);
    }
    let found: Vec<_> = diagnostics.iter().map(|one| (one.code, one.message.to_string())).collect();
    let message = "links to places in the file are kept, and the places are not: 2".to_owned();
    assert_eq!(found, [("internal-link", message)]);
}

#[test]
fn pages_that_no_profile_has_are_reported() {
    let sections = "<w:p><w:pPr><w:sectPr><w:pgSz w:w='16838' w:h='11906' w:orient='landscape'/></w:sectPr></w:pPr>\
         <w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>\
         <w:sectPr><w:pgSz w:w='11906' w:h='16838'/><w:cols w:num='2'/></w:sectPr>";
    let (_, diagnostics) = read(sections);
    let found: Vec<_> = diagnostics.iter().map(|one| (one.code, one.message.to_string())).collect();
    assert_eq!(
        found,
        [
            ("page-setup", "sections whose pages lie on their side: 1; only wide tables do now".to_owned()),
            ("page-setup", "sections with columns of text: 1; the text runs over the whole width".to_owned())
        ]
    );
}
