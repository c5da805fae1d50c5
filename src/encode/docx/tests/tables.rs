//! Tables.

use super::*;

#[test]
fn the_lines_of_a_head_end_between_words() {
    let cell = |text: &str| Cell::new(vec![paragraph(Role::Body, text)]);
    let head = ["计量单位", "责任部门"].iter().cycle().take(8).map(|text| cell(text)).collect();
    let row = vec![cell(&"工作要点".repeat(5)); 8];
    let table = Table { header_rows: 1, rows: vec![Row::new(head), Row::new(row)], ..Table::default() };
    let file = written(&document(vec![block(BlockKind::Table(table))]));
    let parted = file.body().matches("<w:rStyle w:val=\"FittedBreak\"/>").count();
    assert_eq!((parted, file.text().matches("计量\n单位").count()), (8, 4), "{}", file.body());
    assert!(!text_of(&read_back(&file).blocks[0]).contains('\n'));
}

#[test]
fn tables_repeat_their_head_and_merge_cells() {
    let cell =
        |text: &str, columns, rows| Cell { columns, rows, ..Cell::new(vec![paragraph(Role::Body, text)]) };
    let table = Table {
        columns: vec![ColumnAlignment::Default, ColumnAlignment::Default, ColumnAlignment::Right],
        header_rows: 1,
        rows: vec![
            Row::new(vec![cell("单位", 1, 1), cell("项目", 1, 1), cell("金额", 1, 1)]),
            Row::new(vec![cell("甲", 1, 2), cell("子", 1, 1), cell("1", 1, 1)]),
            Row::new(vec![cell("丑", 1, 1), cell("2", 1, 1)]),
            Row::new(vec![cell("合计", 2, 1)]),
        ],
        ..Table::default()
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
fn rows_may_be_divided_where_the_profile_says_so() {
    let cell = Cell::new(vec![paragraph(Role::Body, "甲")]);
    let table = Table { rows: vec![Row::new(vec![cell])], ..Table::default() };
    let document = document(vec![block(BlockKind::Table(table))]);
    let mut options = Options::new().unwrap();
    options.profile.divide_rows = true;
    let mut diagnostics = Diagnostics::default();
    let bytes = encode(&document, &options, &mut diagnostics).unwrap();
    assert!(!Written { bytes, diagnostics }.body().contains("cantSplit"));
}

#[test]
fn heads_of_nested_tables_are_their_own() {
    let table = |blocks: Vec<Block>, header_rows| Table {
        columns: vec![ColumnAlignment::Default],
        header_rows,
        rows: vec![Row::new(vec![Cell::new(blocks)])],
        ..Table::default()
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
    let table = Table { rows: vec![Row::new(cells)], ..Table::default() };
    let file = written(&document(vec![block(BlockKind::Table(table))]));
    assert_eq!(file.codes(), ["wide-table"]);
    assert!(file.text().starts_with("0\n1\n") && !file.body().contains("<w:tbl>"));
}

#[test]
fn tables_keep_their_columns_and_what_follows_stands_off() {
    let cell = |text: &str| Cell::new(vec![paragraph(Role::Body, text)]);
    let long = "需要换行的说明文字".repeat(6);
    let table = Table {
        columns: vec![ColumnAlignment::Right, ColumnAlignment::Right],
        header_rows: 1,
        rows: vec![
            Row::new(vec![cell("日期"), cell("说明")]),
            Row::new(vec![cell("2026年12月15日"), cell(&long)]),
            Row::new(vec![cell("12,345,678.90"), cell(&long)]),
        ],
        ..Table::default()
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
        rows: vec![Row::new(vec![cell("金额")]), Row::new(vec![Cell::new(vec![])])],
        ..Table::default()
    };
    let back = read_back(&written(&document(vec![block(BlockKind::Table(table.clone()))])));
    let BlockKind::Table(again) = &back.blocks[0].kind else { panic!("no table") };
    assert_eq!(again.columns, table.columns);
}

#[test]
fn wide_tables_stand_on_pages_that_lie_on_their_side() {
    let cell = |text: &str| Cell::new(vec![paragraph(Role::Body, text)]);
    let table = |columns: usize| {
        let row = || Row::new((0..columns).map(|_| cell("2026年12月15日")).collect());
        block(BlockKind::Table(Table {
            columns: vec![ColumnAlignment::Default; columns],
            header_rows: 1,
            rows: vec![row(), row()],
            ..Table::default()
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
    // Their pages have the number where upright ones have it.
    let footers = |at: usize| part[at..at + 200].contains("r:id=\"rId9\"");
    assert_eq!(ends.iter().map(|end| footers(*end)).collect::<Vec<_>>(), [false, true, false]);
    assert!(file.part("word/footer3.xml").contains("tbRl"));
    assert!(file.part("word/_rels/document.xml.rels").contains("footer4.xml"));
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

fn rows_of(rows: &[&[&str]]) -> Block {
    let cell = |text: &&str| Cell::new(vec![paragraph(Role::Body, text)]);
    let rows = rows.iter().map(|row| Row::new(row.iter().map(cell).collect())).collect();
    block(BlockKind::Table(Table { header_rows: 1, rows, ..Table::default() }))
}

#[test]
fn a_row_that_may_be_higher_than_a_page_is_divided() {
    let long = "工作要点".repeat(200);
    let body =
        body_of(vec![rows_of(&[&["项目", "内容", "备注"], &["甲", &long, "乙"], &["丙", "丁", "戊"]])]);
    let divided: Vec<bool> = body.split("<w:tr>").skip(1).map(|row| !row.contains("cantSplit")).collect();
    assert_eq!(divided, [false, true, false]);
}

#[test]
fn a_wide_table_has_the_type_size_that_the_page_gives_it() {
    let long = "工作要点".repeat(20);
    let mut row = vec!["责任单位", "1843.39"];
    row.extend(["牵头单位"; 12]);
    row.push(&long);
    let body = body_of(vec![rows_of(&[&row])]);
    let size: usize =
        body.split("<w:sz w:val=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    assert!((14..24).contains(&size), "{size}");
    // Runs and marks of paragraphs alike, and the margins of cells with them.
    let count = |wanted: &str| body.matches(wanted).count();
    let runs = count("<w:r>") - count("FittedBreak");
    assert_eq!(count(&format!("<w:sz w:val=\"{size}\"/>")), row.len() + runs, "{body}");
    assert!(body.contains("<w:tblCellMar>"), "{body}");
}

#[test]
fn captions_stay_with_their_table() {
    let body = body_of(vec![
        paragraph(Role::Body, "前文。"),
        paragraph(Role::Body, "表1　主要指标"),
        paragraph(Role::Body, "单位：万元"),
        rows_of(&[&["甲", "乙"]]),
    ]);
    assert_eq!(body.matches("<w:keepNext/>").count(), 2, "{body}");
}

#[test]
fn the_last_row_of_a_table_stays_with_the_signature_below_it() {
    let body = body_of(vec![
        rows_of(&[&["甲", "乙"], &["丙", "丁"]]),
        paragraph(Role::Signature, "某县教育局"),
        paragraph(Role::SigningDate, "2026年7月1日"),
    ]);
    let rows: Vec<usize> = body
        .split("<w:tr>")
        .skip(1)
        .map(|row| row.split("</w:tr>").next().unwrap().matches("keepNext").count())
        .collect();
    assert_eq!(rows, [0, 2], "{body}");
}

#[test]
fn what_begins_a_page_stands_off_from_no_table() {
    let body = body_of(vec![rows_of(&[&["甲", "乙"]]), paragraph(Role::AttachmentLabel, "附件2")]);
    let label = body.rsplit("<w:p>").find(|p| p.contains("附件2")).unwrap();
    assert!(!label.contains("w:before="), "{label}");
}

#[test]
fn captions_have_their_style_and_keep_their_picture() {
    let written = written(&document(vec![
        block(BlockKind::Image(Image { target: "a.png".into(), alt: "路网".into(), ..Image::default() })),
        paragraph(Role::Caption, "图1　路网"),
        paragraph(Role::Caption, "表1　主要指标"),
        rows_of(&[&["甲", "乙"]]),
    ]));
    let body = written.body();
    let keeps =
        |text: &str| body[..body.find(text).unwrap()].rsplit("<w:p>").next().unwrap().contains("keepNext");
    assert!(keeps(">路网<") && !keeps(">图1") && keeps(">表1"), "{body}");
    assert_eq!(body.matches("<w:pStyle w:val=\"Caption\"/>").count(), 2, "{body}");
    let styles = written.part("word/styles.xml");
    assert_eq!(styles.matches("<w:name w:val=\"caption\"/>").count(), 1);
}

#[test]
fn the_unit_of_a_table_has_its_style_and_comes_back_as_a_caption() {
    let tree = document(vec![
        paragraph(Role::Caption, "表1　主要指标"),
        paragraph(Role::Caption, "单位：万元"),
        rows_of(&[&["甲", "乙"]]),
    ]);
    let written = written(&tree);
    let body = written.body();
    assert!(body.contains("<w:pStyle w:val=\"TableUnit\"/></w:pPr>"), "{body}");
    let styles = written.part("word/styles.xml");
    let (_, style) = styles.split_once("w:styleId=\"TableUnit\"").unwrap();
    let style = style.split("</w:style>").next().unwrap();
    assert!(style.contains("<w:keepNext/>") && style.contains("<w:jc w:val=\"right\"/>"), "{style}");
    assert!(style.contains("w:firstLine=\"0\""), "{style}");
    let options = Options::new().unwrap();
    let again = crate::decode(&written.bytes, crate::Format::Docx, &options).unwrap().value;
    let roles: Vec<_> = again.blocks.iter().filter_map(Block::paragraph).map(|one| one.role).collect();
    assert_eq!(roles, [Role::Caption, Role::Caption]);
}

#[test]
fn what_follows_a_wide_table_begins_with_a_paragraph_of_its_section() {
    let row = ["责任单位"; 14];
    let tree = document(vec![rows_of(&[&row]), paragraph(Role::CopyTo, "抄送：各有关单位。")]);
    let body = written(&tree).part("word/document.xml");
    let (_, end) = body.rsplit_once("</w:sectPr></w:pPr></w:p>").unwrap();
    assert!(end.starts_with("<w:p><w:pPr><w:pStyle w:val=\"SectionEnd\"/></w:pPr></w:p><w:tbl>"), "{end}");
}

#[test]
fn a_paragraph_that_no_page_holds_is_not_kept_whole() {
    let long = "工作要点".repeat(200);
    let document = document(vec![paragraph(Role::Body, "短文。"), paragraph(Role::Body, &long)]);
    let mut options = Options::new().unwrap();
    options.profile = crate::profile::Profile::built_in("reading").unwrap().unwrap();
    let mut diagnostics = Diagnostics::default();
    let bytes = encode(&document, &options, &mut diagnostics).unwrap();
    let body = Written { bytes, diagnostics }.body();
    assert_eq!(body.matches("<w:keepLines w:val=\"0\"/>").count(), 1, "{body}");
    assert!(body.ends_with("</w:t></w:r></w:p>") && body.find("keepLines") > body.find("短文"), "{body}");
}

#[test]
fn widths_and_heights_that_are_asked_for_are_stated_and_others_are_not() {
    let cell = |text: &str, columns| Cell { columns, ..Cell::new(vec![paragraph(Role::Body, text)]) };
    let table = |widths: Vec<u32>| {
        let low = Row::new(vec![cell("甲", 1), cell("乙", 1)]);
        let high = Row { height: Some(1134), ..low.clone() };
        Table { widths, header_rows: 1, rows: vec![high.clone(), low, high], ..Table::default() }
    };
    let body = body_of(vec![block(BlockKind::Table(table(vec![250, 750])))]);
    assert!(body.contains("<w:tblLayout w:type=\"autofit\"/>"));
    assert_eq!(body.matches("<w:tcW w:w=\"1250\" w:type=\"pct\"/>").count(), 3);
    let height = "<w:trHeight w:val=\"1134\" w:hRule=\"atLeast\"/>";
    assert_eq!(body.matches(height).count(), 2);
    assert_eq!(body.matches(&format!("{height}<w:tblHeader/>")).count(), 1);
    let body = body_of(vec![block(BlockKind::Table(table(Vec::new())))]);
    assert!(body.contains("<w:tblLayout w:type=\"fixed\"/>") && !body.contains("pct"));

    // No cell tells where the first of two columns ends.
    let rows = vec![Row::new(vec![cell("甲", 2)])];
    let wide = Table { widths: vec![1, 1], rows, ..Table::default() };
    let written = written(&document(vec![block(BlockKind::Table(wide))]));
    assert!(!written.body().contains("pct"));
    assert_eq!(written.codes(), ["column-width"]);
}

#[test]
fn cells_stand_as_they_say_and_tables_without_rules_have_no_style_that_draws_them() {
    let cell = |text: &str, alignment| Cell { alignment, ..Cell::new(vec![paragraph(Role::Body, text)]) };
    let table = Table {
        columns: vec![ColumnAlignment::Right],
        borderless: true,
        rows: vec![
            Row::new(vec![cell("甲", Some(ColumnAlignment::Centre))]),
            Row::new(vec![cell("乙", None)]),
            Row::new(vec![cell("丙", Some(ColumnAlignment::Default))]),
        ],
        ..Table::default()
    };
    let body = body_of(vec![block(BlockKind::Table(table))]);
    assert!(!body.contains("tblStyle"), "{body}");
    let style = "<w:pStyle w:val=\"TableCell\"/>";
    let set = |value: &str| format!("<w:pPr>{style}<w:jc w:val=\"{value}\"/></w:pPr>");
    assert_eq!(body.matches(&set("center")).count(), 1);
    assert_eq!(body.matches(&set("right")).count(), 1);
    assert_eq!(body.matches(&format!("<w:pPr>{style}</w:pPr>")).count(), 1);
}
