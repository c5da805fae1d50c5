//! Tables: how wide their columns are, what is repeated, what stays with them.

use super::*;
use crate::layout::{Context, column_widths};
use crate::profile::StyleName;

fn table(rows: &[&[&str]]) -> Table {
    let rows = rows.iter().map(|row| Row { cells: row.iter().map(|words| cell(words)).collect() });
    Table { columns: Vec::new(), header_rows: 1, rows: rows.collect() }
}

fn widths(table: &Table, width: f64) -> (f64, Vec<f64>) {
    let set = column_widths(table, &profile(), width, &Context::default());
    assert!((set.widths.iter().sum::<f64>() - width).abs() < 0.1);
    (set.scale, set.widths)
}

#[test]
fn long_texts_get_the_room_that_makes_a_table_low() {
    let (long, longer) = (han(50), han(100));
    let row: &[&str] = &["1", &long, &longer, "某某市住房和城乡建设局", "2026年12月31日", "正在整改"];
    let table = table(&[&["序号", "问题", "整改措施", "责任单位", "完成时限", "进展"], row]);
    let (scale, widths) = widths(&table, profile().measure());
    assert!((scale - 1.0).abs() < 1e-9);
    // The names of offices wrap, and so do dates where texts would else be ribbons.
    assert!(widths[3] < 0.8 * widths[1] && widths[4] < 6.5 * 14.0, "{widths:?}");
    assert!(widths[1] > 5.0 * 14.0 && widths[2] > 1.5 * widths[1], "{widths:?}");
}

#[test]
fn a_date_is_whole_where_there_is_room() {
    let long = han(60);
    let table = table(&[&["时限", "内容"], &["2026年12月31日", &long]]);
    assert!(widths(&table, profile().measure()).1[0] > 7.5 * 14.0);
}

#[test]
fn type_is_smaller_before_a_text_is_a_ribbon_on_a_landscape_page() {
    let long = han(80);
    let mut row = vec!["责任单位"; 13];
    row.push(&long);
    let (scale, widths) = widths(&table(&[&row]), profile().height());
    assert!((0.6..0.9).contains(&scale), "{scale}");
    assert!(widths[13] > 6.0 * 14.0 * scale, "{widths:?}");
}

#[test]
fn the_head_stands_above_each_part_of_a_divided_row() {
    let high = han(3000);
    let rows: &[&[&str]] = &[&["项目", "内容"], &["名称", "甲"], &["意见", &high], &["结论", "乙"]];
    let pages = set(vec![block(BlockKind::Table(table(rows)))]);
    assert!(pages.pages.len() > 3);
    for page in &pages.pages {
        assert_eq!(page.lines[0].text(), "项目");
    }
    let of_cells: usize =
        lines(&pages).iter().map(|line| line.source().chars().filter(|c| high.contains(*c)).count()).sum();
    assert!(of_cells >= 3000);
}

#[test]
fn a_row_that_is_much_higher_than_half_a_page_is_divided() {
    let text = han(300);
    let rows: &[&[&str]] = &[&["项目", "内容", "备注"], &["一", &text, &text], &["二", &text, &text]];
    let pages = set(vec![block(BlockKind::Table(table(rows)))]);
    let lowest = pages.pages[0].lines.iter().map(|line| line.baseline).fold(0.0, f64::max);
    let bottom = profile().page.top * PT_PER_MM + profile().height();
    assert!(pages.pages.len() > 1 && bottom - lowest < 60.0, "{lowest}");
}

#[test]
fn captions_and_units_stay_with_their_table() {
    for full_lines in 14..=22 {
        let rows: &[&[&str]] = &[&["指标", "数"], &["面积", "1"]];
        let pages = set(vec![
            paragraph(Role::Body, &han(26 + 28 * (full_lines - 1))),
            paragraph(Role::Body, "表1　主要指标"),
            paragraph(Role::Body, "单位：万元"),
            block(BlockKind::Table(table(rows))),
        ]);
        for page in &pages.pages {
            let last = page.lines.last().map(Line::text).unwrap_or_default();
            assert!(!last.starts_with("表1") && !last.starts_with("单位"), "{full_lines}: {last}");
        }
    }
}

#[test]
fn captions_stand_in_the_middle_and_stay_with_what_they_name() {
    let picture = || {
        block(BlockKind::Image(Image { target: "a.png".into(), alt: "路网".into(), ..Image::default() }))
    };
    for full_lines in 16..=22 {
        let rows: &[&[&str]] = &[&["指标", "数"], &["面积", "1"]];
        let pages = set(vec![
            paragraph(Role::Body, &han(26 + 28 * (full_lines - 1))),
            paragraph(Role::Caption, "主要指标"),
            block(BlockKind::Table(table(rows))),
        ]);
        let with_picture = set(vec![
            paragraph(Role::Body, &han(26 + 28 * (full_lines - 1))),
            picture(),
            paragraph(Role::Caption, "图1　路网"),
        ]);
        for (pages, above) in [(pages, "主要指标"), (with_picture, "路网")] {
            for page in &pages.pages {
                let last = page.lines.last().map(Line::text).unwrap_or_default();
                assert_ne!(last, above, "{full_lines}");
            }
        }
    }
    let pages =
        set(vec![picture(), paragraph(Role::Caption, "图1　路网"), paragraph(Role::Heading(1), "一、文")]);
    let lines = lines(&pages);
    let middle = lines[1].x + lines[1].width / 2.0 - profile().page.left * PT_PER_MM;
    assert!((middle - profile().measure() / 2.0).abs() < 0.5, "{middle}");
    assert_eq!((lines[1].runs[0].size, lines[1].runs[0].face), (14.0, lines[2].runs[0].face));
}

#[test]
fn the_unit_of_a_table_stands_at_the_right() {
    let unit = |below: Block| {
        let pages = set(vec![paragraph(Role::Caption, "单位：万元"), below]);
        lines(&pages)[0].clone()
    };
    let line = unit(block(BlockKind::Table(table(&[&["指标", "数"], &["面积", "1"]]))));
    assert!((profile().measure() - right_end(&line)).abs() < 0.01, "{line:?}");
    let size = profile().named(StyleName::TableCell).size;
    assert!((line.runs[0].size - size).abs() < 0.01, "{line:?}");
    // Over anything else it is a caption like any other.
    assert!(right_end(&unit(paragraph(Role::Body, "正文。"))) < profile().measure() * 0.7);
}

#[test]
fn a_table_within_a_table_is_reported() {
    let inner = block(BlockKind::Table(table(&[&["子", "丑"]])));
    let outer = Table {
        columns: Vec::new(),
        header_rows: 0,
        rows: vec![Row { cells: vec![Cell::new(vec![inner])] }],
    };
    let (pages, found) = set_with(&document(vec![block(BlockKind::Table(outer))]));
    assert_eq!(texts(&pages), ["子", "丑"]);
    assert_eq!(found.iter().filter(|found| found.code == "nested-table").count(), 1, "{found:?}");
}
