//! Tables: how wide their columns are, what is repeated, what stays with them.

use super::*;
use crate::layout::{Context, column_widths};
use crate::profile::StyleName;
use crate::tree::ColumnAlignment;

fn table(rows: &[&[&str]]) -> Table {
    let rows = rows.iter().map(|row| Row::new(row.iter().map(|words| cell(words)).collect()));
    Table { header_rows: 1, rows: rows.collect(), ..Table::default() }
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
    assert!(widths[3] < 0.9 * widths[1] && widths[4] < 6.5 * 14.0, "{widths:?}");
    assert!(widths[1] > 5.0 * 14.0 && widths[2] > 1.5 * widths[1], "{widths:?}");
}

#[test]
fn the_words_of_a_head_are_whole_where_there_is_room() {
    let long = han(60);
    let table = table(&[&["同比增长（%）", "增长 %", "备注"], &["7.8", "5.6", &long]]);
    let pages = set(vec![block(BlockKind::Table(table))]);
    assert_eq!(texts(&pages)[..4], ["同比", "增长（%）", "增长 %", "备注"]);
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
    let outer = Table { rows: vec![Row::new(vec![Cell::new(vec![inner])])], ..Table::default() };
    let (pages, found) = set_with(&document(vec![block(BlockKind::Table(outer))]));
    assert_eq!(texts(&pages), ["子", "丑"]);
    assert_eq!(found.iter().filter(|found| found.code == "nested-table").count(), 1, "{found:?}");
}

#[test]
fn columns_are_as_wide_as_asked_unless_that_tears_a_word() {
    let measure = profile().measure();
    let asked = |shares: &[u32], rows: &[&[&str]]| {
        let table = Table { widths: shares.to_vec(), ..table(rows) };
        widths(&table, measure).1
    };
    let plain = asked(&[200, 300, 500], &[&["姓名", "单位", "备注"]]);
    for (width, share) in plain.iter().zip([0.2, 0.3, 0.5]) {
        assert!((width - share * measure).abs() < 0.1, "{plain:?}");
    }
    let long = asked(&[50, 50, 900], &[&["2026年12月31日", "甲", "乙"]]);
    assert!(long[0] > 7.0 * 14.0 && long[2] > 10.0 * long[1], "{long:?}");
    let even = asked(&[1, 1], &[&["甲", &han(60)]]);
    assert!((even[0] - even[1]).abs() < 0.1, "{even:?}");
}

#[test]
fn a_row_is_as_high_as_asked_and_higher_where_it_must_be() {
    let tall = |height, words: &str| {
        let mut table = table(&[&["甲"], &[words]]);
        table.rows[0].height = Some(height);
        let pages = set(vec![block(BlockKind::Table(table)), paragraph(Role::Body, "后文")]);
        let lines = lines(&pages);
        let at =
            |text: &str| lines.iter().find(|line| line.text().starts_with(text)).map(|line| line.baseline);
        at("乙").unwrap() - at("甲").unwrap()
    };
    let usual = tall(1, "乙");
    // The words of both rows stand in their middle: 2,000 twips are 100 pt.
    let high = tall(2000, "乙");
    assert!((high - usual - (100.0 - 14.0 * 1.85) / 2.0).abs() < 0.5, "{usual} {high}");
    assert!(tall(60_000, "乙") < 400.0, "no more than part of a page");
}

#[test]
fn cells_stand_as_they_say_and_a_table_without_rules_draws_none() {
    let mut table = table(&[&["甲", "乙"], &["丙", "丁"]]);
    table.header_rows = 0;
    table.rows[1].cells[1].alignment = Some(ColumnAlignment::Right);
    let at = |pages: &Pages, text: &str| {
        lines(pages).iter().find(|line| line.text() == text).map(|line| line.x).unwrap()
    };
    let pages = set(vec![block(BlockKind::Table(table.clone()))]);
    assert!(at(&pages, "丁") > at(&pages, "乙") + 50.0);
    assert!(!pages.pages[0].rules.is_empty());
    table.borderless = true;
    let pages = set(vec![block(BlockKind::Table(table))]);
    assert_eq!(lines(&pages).len(), 4);
    assert!(pages.pages[0].rules.is_empty());
}

#[test]
fn no_figure_is_cut_where_what_it_belongs_to_has_no_room() {
    let long = han(90);
    for (words, whole) in [("9:00—11:30", "11:30"), ("生猪出栏198.6万头", "198.6")] {
        let rows: Vec<&str> = std::iter::repeat_n(words, 6).chain([long.as_str()]).collect();
        let pages = set(vec![block(BlockKind::Table(table(&[&rows, &rows])))]);
        let found = texts(&pages);
        assert!(found.iter().filter(|line| line.contains(whole)).count() >= 12, "{found:?}");
    }
}

#[test]
fn centred_cells_take_no_more_lines_for_their_words() {
    let long = han(110);
    let rows: &[&[&str]] = &[&["院校", "内容"], &["某某大学经济管理学院", &long]];
    let mut table = Table { widths: vec![130, 870], ..table(rows) };
    table.columns = vec![ColumnAlignment::Centre, ColumnAlignment::Left];
    let pages = set(vec![block(BlockKind::Table(table))]);
    let of_school = texts(&pages).into_iter().filter(|line| "某某大学经济管理学院".contains(line.as_str()));
    assert_eq!(of_school.count(), 4, "{:?}", texts(&pages));
}
