//! Notes, pictures, text boxes, pages and margins.

use super::*;

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
        note("footnote", 2, "重号"),
        "<w:footnote w:type='continuationSeparator' w:id='1'><w:p><w:r><w:t>接上页</w:t></w:r></w:p></w:footnote>"
            .to_owned(),
    ]
    .concat();
    let endnotes = note("endnote", 1, "尾");
    let parts = [("document", body.as_str()), ("footnotes", &footnotes), ("endnotes", &endnotes)];
    let (document, diagnostics) = read_with(&parts, "");
    let notes: Vec<_> =
        document.notes.iter().map(|note| (note.id.as_str(), note.place, drawn(&note.blocks))).collect();
    let (end, foot) = (NotePlace::End, NotePlace::Foot);
    assert_eq!(notes, [("1", end, "尾".into()), ("2", foot, "脚".into()), ("3", foot, String::new())]);
    assert_eq!(
        codes(&diagnostics),
        [
            ("missing-note", ""),
            ("separator-text", "接上页"),
            ("unused-note", " 无人提及"),
            ("unused-note", " 重号")
        ]
    );
    assert_eq!(diagnostics[0].message, "the text refers to footnote 9, which the file does not hold");
    assert_eq!(diagnostics[0].at, Location::Part { part: "text/main.xml".into(), paragraph: 1 });
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
fn pictures_are_kept_with_their_files_and_sizes() {
    let links = format!(
        "<Relationship Id='i' Type='{RELATIONSHIPS}/image' Target='media/a.png'/>\
         <Relationship Id='j' Type='{RELATIONSHIPS}/image' Target='media/none.png'/>\
         <Relationship Id='k' Type='{RELATIONSHIPS}/image' Target='http://a/b.png' TargetMode='External'/>"
    );
    let picture = |inner: &str, id: &str| {
        format!("<w:r><w:drawing><wp:inline>{inner}<a:blip r:embed='{id}'/></wp:inline></w:drawing></w:r>")
    };
    let shown =
        picture("<wp:extent cx='914400' cy='635000'/><wp:docPr id='1' descr='图示' title='题'/>", "i");
    let vml = "<w:r><w:pict><v:shape alt='旧' style='width:72pt;height:36pt'><v:imagedata r:id='i'/></v:shape></w:pict></w:r>";
    let body = format!(
        "<w:body><w:p>{shown}</w:p><w:p><w:r><w:t>见</w:t></w:r>{vml}</w:p><w:p>{}</w:p><w:p>{}</w:p></w:body>",
        picture("", "j"),
        picture("", "k").replace("embed", "link")
    );
    let parts = [("document", body.as_str()), ("media/a.png", "file")];
    let (document, diagnostics) = read_with(&parts, &links);
    assert_eq!(
        drawn(&document.blocks),
        "!图示(text/media/a.png)|见旧|!(text/media/none.png)|!(http://a/b.png)"
    );
    let BlockKind::Image(image) = &document.blocks[0].kind else { panic!() };
    assert_eq!((image.title.as_str(), image.size), ("题", Some(ImageSize { width: 1440, height: 1000 })));
    let BlockKind::Paragraph(paragraph) = &document.blocks[1].kind else { panic!() };
    let Inline::Image(image) = &paragraph.content[1] else { panic!() };
    assert_eq!(image.size, Some(ImageSize { width: 1440, height: 720 }));
    assert_eq!(document.pictures, [Picture { target: "text/media/a.png".into(), bytes: b"file".to_vec() }]);
    let messages: Vec<_> = diagnostics.iter().map(|found| (found.code, found.message.to_string())).collect();
    assert_eq!(
        messages,
        [
            (
                "picture",
                "the picture http://a/b.png lies outside of the file and is kept by name only".into()
            ),
            ("picture", "the picture text/media/none.png is missing in the file; its name is kept".into()),
        ]
    );
}

#[test]
fn a_picture_that_the_document_turns_is_said() {
    let links = format!("<Relationship Id='i' Type='{RELATIONSHIPS}/image' Target='media/a.png'/>");
    let found = |turn: &str| {
        let shape = format!("<a:xfrm {turn}><a:off x='0' y='0'/></a:xfrm>");
        let body = format!(
            "<w:body><w:p><w:r><w:drawing><wp:inline><a:blip r:embed='i'/>{shape}</wp:inline></w:drawing></w:r></w:p></w:body>"
        );
        let (_, diagnostics) = read_with(&[("document", body.as_str()), ("media/a.png", "file")], &links);
        diagnostics.iter().map(|found| found.code).collect::<Vec<_>>()
    };
    assert_eq!(found("rot='5400000'"), ["turn"]);
    assert_eq!(found("flipH='1'"), ["turn"]);
    for upright in ["", "rot='0'", "rot='21600000'", "flipV='0'"] {
        assert!(found(upright).is_empty(), "{upright}");
    }
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
    assert_eq!(codes(&diagnostics), [("diagram", "产量"), ("picture", "")]);
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
    assert_eq!(found, ["header", "footer"]);
}

#[test]
fn a_second_body_is_read_after_the_first() {
    let bodies = format!("<w:body>{}</w:body><w:body>{}</w:body>", p("甲"), p("乙"));
    let (document, _) = read_with(&[("document", &bodies)], "");
    assert_eq!(drawn(&document.blocks), "甲|乙");
}

#[test]
fn parts_are_found_by_their_usual_names_where_the_directories_are_damaged() {
    let document = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>\
         <w:p><w:pPr><w:pStyle w:val='x'/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>";
    let styles = "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
         <w:style w:type='paragraph' w:styleId='x'><w:name w:val='heading 2'/></w:style></w:styles>";
    for damage in [Some("<Types"), None] {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut add = |name: &str, content: &str| {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        };
        for name in ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"] {
            if let Some(damage) = damage {
                add(name, damage);
            }
        }
        add("word/document.xml", document);
        add("word/styles.xml", styles);
        let bytes = zip.finish().unwrap().into_inner();
        let mut diagnostics = Diagnostics::default();
        let document = decode(&bytes, &Options::new().unwrap(), &mut diagnostics).unwrap().document;
        let mut roles = Vec::new();
        document.for_each_paragraph(&mut |_, paragraph| roles.push(paragraph.role));
        assert_eq!(roles, [Role::Heading(2)]);
        let damaged = diagnostics.iter().filter(|finding| finding.code == "damaged-part").count();
        assert_eq!(damaged, if damage.is_some() { 3 } else { 0 });
    }
}

#[test]
fn the_text_of_smart_art_stands_behind_its_paragraph_and_controls_are_reported() {
    let links = format!(
        "<Relationship Id='d' Type='{RELATIONSHIPS}/diagramData' Target='data1.xml'/>\
         <Relationship Id='e' Type='{RELATIONSHIPS}/diagramData' Target='data2.xml'/>"
    );
    let diagram = |id: &str| {
        format!(
            "<w:r><w:drawing><wp:inline><q:relIds xmlns:q='http://schemas.openxmlformats.org/drawingml/2006/diagram' \
             r:dm='{id}'/></wp:inline></w:drawing></w:r>"
        )
    };
    let control = "<w:r><w:object><w:control w:name='CheckBox1'/></w:object></w:r>";
    let body = format!(
        "<w:body><w:p><w:r><w:t>甲</w:t></w:r>{}</w:p>{}<w:p>{}{control}</w:p></w:body>",
        diagram("d"),
        p("乙"),
        diagram("e")
    );
    let data = "<d:dataModel xmlns:d='http://schemas.openxmlformats.org/drawingml/2006/diagram' \
         xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><d:ptLst>\
         <d:pt modelId='1'><d:t><a:p><a:r><a:t>受理</a:t></a:r></a:p><a:p><a:r><a:t>窗口</a:t></a:r></a:p></d:t></d:pt>\
         <d:pt modelId='2'><d:t><a:p><a:r><a:t>办结</a:t></a:r></a:p></d:t></d:pt></d:ptLst></d:dataModel>";
    let parts = [("document", body.as_str()), ("data1.xml", data), ("data2.xml", "<x/>")];
    let (document, diagnostics) = read_with(&parts, &links);
    assert_eq!(drawn(&document.blocks), "甲|受理|窗口|办结|乙");
    let found: Vec<_> = diagnostics.iter().map(|found| (found.kind, found.code)).collect();
    assert_eq!(
        found,
        [(Kind::Substituted, "diagram"), (Kind::Dropped, "embedded-object"), (Kind::Dropped, "diagram")]
    );
    assert!(diagnostics[1].message.to_string().contains("CheckBox1"), "{}", diagnostics[1].message);
}
