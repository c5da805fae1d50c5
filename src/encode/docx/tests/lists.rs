//! Lists, and what stands inside and beside them.

use super::*;

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

/// What a list, a quotation or a program can hold comes back from the file.
#[test]
fn what_stands_together_comes_back_together() {
    let code =
        |text: &str| block(BlockKind::Code(Code { language: "c++,x".into(), text: format!("{text}\n") }));
    let quote = |blocks| block(BlockKind::Quote(blocks));
    let table = || {
        block(BlockKind::Table(Table {
            columns: vec![ColumnAlignment::Default],
            rows: vec![Row::new(vec![Cell::new(vec![paragraph(Role::Body, "格")])])],
            ..Table::default()
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
fn a_list_in_a_cell_has_the_type_of_the_cell() {
    let item = ListItem { checked: None, blocks: vec![paragraph(Role::Body, "含县管乡用人员")] };
    let list = block(BlockKind::List(List { start: None, tight: true, items: vec![item] }));
    let table = Table { rows: vec![Row::new(vec![Cell::new(vec![list])])], ..Table::default() };
    let body = body_of(vec![block(BlockKind::Table(table)), paragraph(Role::Body, "文。")]);
    let run = &body[..body.find("含县管").unwrap()];
    assert!(run.rsplit("<w:r>").next().unwrap().contains("<w:sz w:val=\"28\"/>"), "{body}");
    assert_eq!(body.matches("<w:sz ").count(), 2, "{body}");
}
