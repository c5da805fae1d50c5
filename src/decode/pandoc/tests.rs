use super::*;
use crate::tree::Scheme;

/// What is read of blocks in the form of pandoc 3, with the codes of what was found.
#[track_caller]
fn read(blocks: &str) -> (Document, Vec<&'static str>) {
    read_whole(&format!(r#"{{"pandoc-api-version":[1,23,1],"meta":{{}},"blocks":[{blocks}]}}"#))
}

#[track_caller]
fn read_whole(json: &str) -> (Document, Vec<&'static str>) {
    let mut diagnostics = Diagnostics::default();
    let options = Options::new().expect("the built-in profile");
    let decoded = decode(json.as_bytes(), &options, &mut diagnostics).expect("reads");
    (decoded.document, diagnostics.iter().map(|finding| finding.code).collect())
}

fn refused(json: &str) -> String {
    let options = Options::new().expect("the built-in profile");
    let result = decode(json.as_bytes(), &options, &mut Diagnostics::default());
    result.expect_err("is refused").to_string()
}

fn kinds(blocks: &str) -> Vec<BlockKind> {
    read(blocks).0.blocks.into_iter().map(|block| block.kind).collect()
}

fn paragraph(blocks: &str) -> Paragraph {
    match kinds(blocks).remove(0) {
        BlockKind::Paragraph(paragraph) => paragraph,
        other => panic!("{other:?}"),
    }
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

#[test]
fn versions_with_other_nodes_are_refused_by_number() {
    for version in ["[1,17,5]", "[1,20]", "[1,24]", "[2,0]", "[]"] {
        let message = refused(&format!(r#"{{"pandoc-api-version":{version},"meta":{{}},"blocks":[]}}"#));
        assert!(message.contains("pandoc-api-version"), "{message}");
        assert!(message.contains("1.21, 1.22 and 1.23"), "{message}");
    }
    for version in ["[1,21]", "[1,22,2,1]", "[1,23,1]"] {
        read_whole(&format!(r#"{{"pandoc-api-version":{version},"meta":{{}},"blocks":[]}}"#));
    }
}

#[test]
fn what_is_no_document_of_pandoc_is_refused_with_its_line() {
    assert!(refused("{}").contains("pandoc -t json"));
    assert!(refused("[\n1,").contains("line 2"));
    let unknown = r#"{"pandoc-api-version":[1,23],"meta":{},"blocks":[
        {"t":"Para","c":[]},
        {"t":"Tree","c":[]}]}"#;
    let message = refused(unknown);
    assert!(message.contains("line 3") && message.contains("Tree"), "{message}");
    let quote = r#"{"t":"BlockQuote","c":["#.repeat(2000);
    let deep = format!(r#"{{"pandoc-api-version":[1,23],"meta":{{}},"blocks":[{quote}"#);
    assert!(refused(&deep).contains("nested more than 100 deep"));
}

#[test]
fn words_and_spaces_are_text_and_soft_breaks_vanish_in_chinese() {
    let read = paragraph(
        r#"{"t":"Para","c":[{"t":"Str","c":"甲乙，"},{"t":"SoftBreak"},{"t":"Str","c":"丙"},{"t":"Space"},
        {"t":"Str","c":"a"},{"t":"SoftBreak"},{"t":"Str","c":"b"},{"t":"LineBreak"},{"t":"Str","c":"丁"}]}"#,
    );
    assert_eq!(read.content, [text("甲乙，丙 a b"), Inline::Break, text("丁")]);
}

#[test]
fn classes_and_word_styles_are_roles() {
    let role = |attr: &str| {
        let (document, _) = read_whole(&format!(
            r#"{{"pandoc-api-version":[1,23],"meta":{{"banshi-roles":{{"t":"MetaString","c":"stated"}}}},
            "blocks":[{{"t":"Div","c":[["",{attr}],[{{"t":"Para","c":[{{"t":"Str","c":"县政府"}}]}}]]}}]}}"#
        ));
        match &document.blocks[0].kind {
            BlockKind::Paragraph(paragraph) => paragraph.role,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(role(r#"["signature"],[]"#), Role::Signature);
    assert_eq!(role(r#"[],[["custom-style","Signature"]]"#), Role::Signature);
    assert_eq!(role(r#"[],[["custom-style","成文日期"]]"#), Role::SigningDate);
    assert_eq!(role(r#"["point"],[["level","3"]]"#), Role::Point(3));
    assert_eq!(role(r#"["warning"],[]"#), Role::Body);
}

#[test]
fn what_was_recognised_comes_back_from_attributes() {
    let read = paragraph(
        r#"{"t":"Div","c":[["",["point"],[["level","2"],["marker","ordinal:1:3"],["lead","6:2"],["points","is:1:6:9"]]],
        [{"t":"Para","c":[{"t":"Span","c":[["",["lead"],[]],[{"t":"Str","c":"第一，要实。"}]]},{"t":"Str","c":"一是实"}]}]]}"#,
    );
    let marker = read.marker.expect("a marker");
    assert_eq!((marker.scheme, marker.value, marker.text), (Scheme::Ordinal, vec![1], "第一，".to_owned()));
    assert_eq!(read.lead.map(|lead| (lead.end, lead.level)), Some((6, 2)));
    assert_eq!((read.points[0].start, read.points[0].end), (6, 9));
    assert_eq!(read.content, [text("第一，要实。一是实")]);
    let (_, codes) = self::read(
        r#"{"t":"Div","c":[["",["body"],[["lead","x"]]],[{"t":"Para","c":[{"t":"Str","c":"甲"}]}]]}"#,
    );
    assert_eq!(codes, ["attributes"]);
}

#[test]
fn headers_have_a_level_from_one() {
    let header = |level| format!(r#"{{"t":"Header","c":[{level},["",[],[]],[{{"t":"Str","c":"题"}}]]}}"#);
    let (document, _) = read(&[1, 0, -5].map(header).join(","));
    let mut roles = Vec::new();
    document.for_each_paragraph(&mut |_, paragraph| roles.push(paragraph.role));
    assert_eq!(roles, [Role::Heading(1); 3]);
    let (document, _) = read(&[1, 2, 300].map(header).join(","));
    let mut roles = Vec::new();
    document.for_each_paragraph(&mut |_, paragraph| roles.push(paragraph.role));
    assert_eq!(roles, [Role::Title, Role::Heading(1), Role::Heading(254)]);
}

#[test]
fn a_single_first_header_is_the_title_unless_a_property_is() {
    let header = r#"{"t":"Header","c":[1,["",[],[]],[{"t":"Str","c":"题"}]]}"#;
    assert_eq!(paragraph(header).role, Role::Title);
    let (document, _) = read_whole(&format!(
        r#"{{"pandoc-api-version":[1,22,2,1],"meta":{{"title":{{"t":"MetaInlines","c":[{{"t":"Str","c":"名"}}]}}}},"blocks":[{header}]}}"#
    ));
    assert_eq!(document.meta.title.as_deref(), Some("名"));
    let BlockKind::Paragraph(first) = &document.blocks[0].kind else { panic!("a paragraph") };
    assert_eq!(first.role, Role::Heading(1));
}

#[test]
fn notes_follow_their_mentions_and_hold_blocks() {
    let (document, _) = read(
        r#"{"t":"Para","c":[{"t":"Str","c":"甲"},{"t":"Note","c":[{"t":"Para","c":[{"t":"Str","c":"注"},
        {"t":"Note","c":[{"t":"Plain","c":[{"t":"Str","c":"注中注"}]}]}]}]}]}"#,
    );
    let ids: Vec<&str> = document.notes.iter().map(|note| note.id.as_str()).collect();
    assert_eq!(ids, ["1", "2"]);
    let BlockKind::Paragraph(first) = &document.notes[0].blocks[0].kind else { panic!("a paragraph") };
    assert_eq!(first.content, [text("注"), Inline::NoteRef("2".into())]);
}

#[test]
fn lists_tables_and_pictures() {
    let kinds = kinds(
        r#"{"t":"OrderedList","c":[[3,{"t":"Decimal"},{"t":"Period"}],[[{"t":"Plain","c":[{"t":"Str","c":"☒"},{"t":"Space"},{"t":"Str","c":"甲"}]}]]]},
        {"t":"Table","c":[["",[],[]],[null,[]],[[{"t":"AlignLeft"},{"t":"ColWidthDefault"}],[{"t":"AlignCenter"},{"t":"ColWidth","c":0.5}]],
        [["",[],[]],[[["",[],[]],[[["",[],[]],{"t":"AlignDefault"},1,2,[{"t":"Plain","c":[{"t":"Str","c":"头"}]}]]]]]],
        [[["",[],[]],0,[],[[["",[],[]],[[["",[],[]],{"t":"AlignDefault"},1,1,[]],[["",[],[]],{"t":"AlignRight"},1,1,[]]]]]]],
        [["",[],[]],[]]]},
        {"t":"Para","c":[{"t":"Image","c":[["",[],[["width","1in"],["height","2.54cm"]]],[{"t":"Str","c":"图"}],["a.png","名"]]}]}"#,
    );
    let BlockKind::List(list) = &kinds[0] else { panic!("a list") };
    assert_eq!((list.start, list.tight, list.items[0].checked), (Some(3), true, Some(true)));
    let BlockKind::Table(table) = &kinds[1] else { panic!("a table") };
    assert_eq!(table.columns, [ColumnAlignment::Left, ColumnAlignment::Centre]);
    assert_eq!((table.header_rows, table.rows.len(), table.rows[0].cells[0].columns), (1, 2, 2));
    let BlockKind::Image(image) = &kinds[2] else { panic!("a picture") };
    assert_eq!(image.size, Some(ImageSize { width: 1440, height: 1440 }));
    assert_eq!((image.alt.as_str(), image.title.as_str()), ("图", "名"));
}

#[test]
fn nodes_without_a_like_are_read_as_their_nearest_and_reported() {
    let (document, codes) = read(
        r#"{"t":"DefinitionList","c":[[[{"t":"Str","c":"甲"}],[[{"t":"Plain","c":[{"t":"Str","c":"释"}]}]]]]},
        {"t":"LineBlock","c":[[{"t":"Str","c":"一"}],[{"t":"Str","c":"二"}]]},
        {"t":"Para","c":[{"t":"Quoted","c":[{"t":"DoubleQuote"},[{"t":"Str","c":"引"}]]},
            {"t":"Math","c":[{"t":"InlineMath"},"x^2"]},{"t":"SmallCaps","c":[{"t":"Str","c":"a"}]},
            {"t":"Cite","c":[[],[{"t":"Str","c":"[1]"}]]},{"t":"RawInline","c":["tex","\\x"]}]},
        {"t":"Figure","c":[["",[],[]],[null,[{"t":"Plain","c":[{"t":"Str","c":"说明"}]}]],
            [{"t":"Plain","c":[{"t":"Image","c":[["",[],[]],[],["a.png",""]]}]}]]},
        {"t":"Null"}"#,
    );
    assert_eq!(codes, ["definitions", "quoted", "formula", "small-capitals", "citation", "raw", "caption"]);
    let mut words = Vec::new();
    document.for_each_paragraph(&mut |_, paragraph| words.push(paragraph.text()));
    assert_eq!(words, ["甲", "释", "一\n二", "“引”x^2a[1]\\x", "说明"]);
}

#[test]
fn properties_of_every_sort_are_lines() {
    let (document, codes) = read_whole(
        r#"{"pandoc-api-version":[1,23],"meta":{"date":{"t":"MetaString","c":"2026-01-05"},"draft":{"t":"MetaBool","c":true},
        "to":{"t":"MetaList","c":[{"t":"MetaInlines","c":[{"t":"Str","c":"甲"}]},{"t":"MetaString","c":"乙"}]},
        "x":{"t":"MetaMap","c":{"a":{"t":"MetaString","c":"1"}}},
        "z":{"t":"MetaBlocks","c":[{"t":"Para","c":[{"t":"Str","c":"段"}]}]}},"blocks":[]}"#,
    );
    assert_eq!(document.meta.date.as_deref(), Some("2026-01-05"));
    let other = document.meta.other.iter().map(|(name, value)| format!("{name}={value}"));
    assert_eq!(other.collect::<Vec<_>>(), ["draft=true", "to=甲\n乙", "x=a: 1", "z=段"]);
    assert_eq!(codes, ["property-map"]);
}
