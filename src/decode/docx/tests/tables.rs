//! Tables and nesting.

use super::*;

#[test]
fn cells_span_columns_and_rows() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let body = format!(
        "<w:tbl><w:tblPr/><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}{}</w:tr>\
         <w:sdt><w:sdtContent><w:tr>{}{}{}</w:tr></w:sdtContent></w:sdt></w:tbl>",
        cell("<w:vMerge w:val='restart'/>", "a"),
        cell("<w:gridSpan w:val='2'/>", "b"),
        cell("<w:vMerge/>", ""),
        "<w:tc><w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>c</w:t></w:r></w:p></w:tc>",
        cell("", "d"),
        cell("<w:vMerge/>", "e"),
        "<w:sdt><w:sdtContent><w:tc><w:p/></w:tc></w:sdtContent></w:sdt>",
        cell("", "<w:x/>f"),
    );
    let (document, _) = read(&body);
    assert_eq!(drawn(&document.blocks), "<1x3:ae 2x1:b / 1x1:c 1x1:d / 1x1: 1x1:f>".replace("ae", "a|e"));
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!() };
    assert_eq!(table.header_rows, 1);
    assert_eq!(table.columns, [ColumnAlignment::Default, ColumnAlignment::Centre, ColumnAlignment::Default]);
}

#[test]
fn deep_nesting_is_read_or_refused() {
    let nested = |open: &str, close: &str, count: usize| open.repeat(count) + &p("甲") + &close.repeat(count);
    let (document, _) = read(&nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 83));
    assert_eq!(drawn(&document.blocks).matches('<').count(), 83);
    let (document, _) = read(&format!("<w:p>{}</w:p>", nested("<w:smartTag>", "</w:smartTag>", 240)));
    assert_eq!(drawn(&document.blocks), "甲");
    let text_box = "<w:p><w:r><w:pict><w:txbxContent>";
    let (document, _) = read(&nested(text_box, "</w:txbxContent></w:pict></w:r></w:p>", 60));
    assert_eq!(drawn(&document.blocks), "甲");
    let body = nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 100);
    let bytes = package(&[("document", &format!("<w:body>{body}</w:body>"))], "");
    let error = decode(&bytes, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap_err();
    assert!(error.to_string().contains("deep"), "{error}");
}

#[test]
fn cells_merge_sideways_and_rows_begin_late() {
    let cell = |merge: &str, text: &str| {
        format!("<w:tc><w:tcPr><w:hMerge w:val='{merge}'/></w:tcPr>{}</w:tc>", p(text))
    };
    let (document, diagnostics) = read(&format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc>{}</w:tc></w:tr>\
         <w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
        cell("restart", "甲"),
        cell("continue", "乙"),
        p("丙"),
        p("丁")
    ));
    assert_eq!(drawn(&document.blocks), "<2x1:甲|乙 / 1x1: 1x1:丙>");
    assert_eq!(codes(&diagnostics), [("deleted", "丁")]);
}

#[test]
fn rows_have_no_more_columns_than_bearable() {
    let cells = "<w:tc><w:tcPr><w:gridSpan w:val='1024'/></w:tcPr><w:p><w:r><w:t>字</w:t></w:r></w:p></w:tc>";
    let row = format!("<w:tr>{}</w:tr>", cells.repeat(2000));
    let (document, diagnostics) = read(&format!("<w:tbl>{row}{row}</w:tbl>"));
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!() };
    assert_eq!(table.columns.len(), 1024);
    assert_eq!(table.rows[1].cells.len(), 1);
    assert_eq!(table.rows[1].cells[0].blocks.len(), 2000);
    assert_eq!(codes(&diagnostics), [("wide-table", "")]);
}

/// A table of one row, with that beside its properties, those widths of its grid, and those of its cells.
fn set(properties: &str, grid: &[u32], cells: &[&str]) -> Table {
    let grid: String = grid.iter().map(|width| format!("<w:gridCol w:w='{width}'/>")).collect();
    let cells =
        cells.iter().map(|width| format!("<w:tc><w:tcPr><w:tcW {width}/></w:tcPr>{}</w:tc>", p("甲")));
    let cells: String = cells.collect();
    let (document, _) = read(&format!(
        "<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>\
         <w:tr><w:trPr><w:trHeight w:val='567'/></w:trPr>{cells}</w:tr><w:tr><w:trPr><w:trHeight w:val='0'/></w:trPr>{cells}</w:tr></w:tbl>"
    ));
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!("a table") };
    table.clone()
}

#[test]
fn widths_that_somebody_has_set_are_kept_with_the_heights_of_rows() {
    let by_hand = set("", &[2000, 6000], &["w:w='2000' w:type='dxa'", "w:w='6000' w:type='dxa'"]);
    assert_eq!(by_hand.widths, [250, 750]);
    assert_eq!(by_hand.rows.iter().map(|row| row.height).collect::<Vec<_>>(), [Some(567), None]);
    let automatic = "w:w='0' w:type='auto'";
    let fixed = "<w:tblLayout w:type='fixed'/>";
    assert_eq!(set(fixed, &[2000, 6000], &[automatic; 2]).widths, [250, 750]);
    assert!(set("", &[2000, 6000], &[automatic; 2]).widths.is_empty(), "the text decides");
    assert!(set(fixed, &[4000, 4010], &[automatic; 2]).widths.is_empty(), "nobody has set them");
    assert!(set(fixed, &[4000], &[automatic; 2]).widths.is_empty(), "the grid is that of another table");
}

#[test]
fn cells_that_are_set_by_themselves_are_kept() {
    let cell = |jc: &str, span: u32| {
        format!(
            "<w:tc><w:tcPr><w:gridSpan w:val='{span}'/></w:tcPr><w:p><w:pPr><w:jc w:val='{jc}'/></w:pPr>\
             <w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
        )
    };
    let rows = [
        cell("center", 2),
        cell("center", 1) + &cell("center", 1),
        cell("left", 1) + &cell("right", 1),
        cell("left", 1) + &cell("right", 1),
    ];
    let rows: String = rows.iter().map(|cells| format!("<w:tr>{cells}</w:tr>")).collect();
    let (document, diagnostics) = read(&format!("<w:tbl>{rows}</w:tbl>"));
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!("a table") };
    assert_eq!(table.columns, [ColumnAlignment::Left, ColumnAlignment::Right]);
    let own: Vec<Vec<_>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.alignment).collect()).collect();
    let centre = Some(ColumnAlignment::Centre);
    assert_eq!(own, [vec![centre], vec![centre; 2], vec![None; 2], vec![None; 2]]);
    assert_eq!(codes(&diagnostics), []);

    let both = "<w:tc><w:p><w:pPr><w:jc w:val='left'/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>\
        <w:p><w:pPr><w:jc w:val='right'/></w:pPr><w:r><w:t>乙</w:t></w:r></w:p></w:tc>";
    assert_eq!(codes(&read(&format!("<w:tbl><w:tr>{both}</w:tr></w:tbl>")).1), [("cell-alignment", "")]);
}

#[test]
fn a_table_has_rules_where_its_style_its_properties_or_a_cell_say_so() {
    let is_borderless = |properties: &str, cell: &str| {
        let body = format!(
            "<w:tbl><w:tblPr>{properties}</w:tblPr><w:tr><w:tc><w:tcPr>{cell}</w:tcPr>{}</w:tc></w:tr></w:tbl>",
            p("甲")
        );
        let styles = "<w:style w:type='table' w:styleId='Lined'><w:name w:val='Lined'/><w:tblPr><w:tblBorders>\
            <w:top w:val='single'/></w:tblBorders></w:tblPr></w:style>\
            <w:style w:type='table' w:styleId='Plain'><w:name w:val='Plain'/></w:style>\
            <w:style w:type='table' w:styleId='Based'><w:name w:val='Based'/><w:basedOn w:val='Lined'/></w:style>";
        let bytes = package(&[("document", &format!("<w:body>{body}</w:body>")), ("styles", styles)], "");
        let read = decode(&bytes, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap();
        let BlockKind::Table(table) = &read.document.blocks[0].kind else { panic!("a table") };
        table.borderless
    };
    let rule = |value: &str| format!("<w:tblBorders><w:insideH w:val='{value}'/></w:tblBorders>");
    assert!(is_borderless("", "") && is_borderless("<w:tblStyle w:val='Plain'/>", ""));
    assert!(is_borderless(&format!("<w:tblStyle w:val='Lined'/>{}", rule("nil")), ""));
    assert!(
        !is_borderless("<w:tblStyle w:val='Lined'/>", "")
            && !is_borderless("<w:tblStyle w:val='Based'/>", "")
    );
    assert!(!is_borderless(&rule("single"), "") && is_borderless(&rule("none"), ""));
    assert!(!is_borderless("", "<w:tcBorders><w:bottom w:val='single'/></w:tcBorders>"));
}

#[test]
fn empty_lines_of_a_cell_keep_their_room() {
    let heights = |cells: &str| {
        let (document, _) = read(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>"));
        let BlockKind::Table(table) = &document.blocks[0].kind else { panic!("a table") };
        table.rows[0].height
    };
    let signed = format!("<w:tc>{}<w:p/><w:p/>{}<w:p/></w:tc>", p("甲方（盖章）："), p("年　月　日"));
    assert_eq!(heights(&signed), Some(5 * 312));
    assert_eq!(heights(&format!("<w:tc>{}</w:tc><w:tc><w:p/></w:tc>", p("甲"))), None);
    assert_eq!(heights("<w:tc><w:p/><w:p/><w:p/></w:tc>"), Some(3 * 312));
}
