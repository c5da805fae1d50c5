//! Tables that are drawn with characters.

use super::tabbed::{blocks, recognised};
use crate::diagnostic::Kind;
use crate::tree::{BlockKind, Location};

#[test]
fn lines_that_draw_a_table_are_one_and_its_rules_are_reported() {
    let text = "关于下达造林任务的通知\n\n各乡镇人民政府：\n现将任务下达如下：\n\n┌────┬────┬───┐\n│ 乡  镇 │荒山造林│时限  │\n\
                ├────┼────┼───┤\n│石桥镇  │   500亩│3月底 │\n├────┼────┼───┤\n│白马镇  │        │4月底 │\n\
                └────┴────┴───┘\n\n请确保按时完成。\n";
    assert_eq!(
        blocks(text)[2..],
        ["现将任务下达如下：", "1 乡  镇|荒山造林|时限/石桥镇|500亩|3月底/白马镇||4月底", "请确保按时完成。"]
    );
    let (document, diagnostics) = recognised(text);
    assert_eq!(document.blocks[3].origin.at, Location::Lines { first: 6, last: 12 });
    let found: Vec<_> = diagnostics.iter().filter(|found| found.code == "boxes-as-table").collect();
    let [found] = found[..] else { panic!("{found:?}") };
    assert_eq!(found.kind, Kind::Substituted);
    let drawn = text.chars().filter(|c| ('\u{2500}'..='\u{257F}').contains(c)).count();
    assert_eq!(found.text.chars().count(), drawn);
}

#[test]
fn a_row_between_two_rules_may_take_several_lines() {
    let ruled = "标题\n+----+------+\n| 序号 | 内容 |\n+----+------+\n| 1 | 检查 |\n|   | 整改 |\n+----+------+\n| 2 | 复查 |\n+----+------+\n";
    assert_eq!(blocks(ruled)[1..], ["1 序号|内容/1|检查整改/2|复查"]);
    let open = "标题\n┏━━┯━━┓\n┃序号│内容┃\n┠──┼──┨\n┃１　│检查┃\n┃　　│整改┃\n┃２　│复查┃\n┗━━┷━━┛\n";
    assert_eq!(blocks(open)[1..], ["1 序号|内容/１|检查整改/２|复查"]);
    // A line that leaves room ends its paragraph.
    let lines = "标题\n┌──┬──────┐\n│意见│            │\n│    │    （盖章）│\n│    │年月日      │\n├──┼──────┤\n│备注│无          │\n└──┴──────┘\n";
    let (document, _) = recognised(lines);
    let BlockKind::Table(table) = &document.blocks[1].kind else { panic!("{:?}", document.blocks) };
    let lines: Vec<_> = table.rows[0].cells[1]
        .blocks
        .iter()
        .filter_map(|block| block.paragraph())
        .map(|text| text.text())
        .collect();
    assert_eq!((table.rows.len(), lines), (2, vec!["（盖章）".to_owned(), "年月日".to_owned()]));
}

#[test]
fn cells_reach_over_the_columns_that_no_rule_parts() {
    let text = "报名表\n┌──┬──┬──┬──┐\n│姓名│    │性别│    │\n├──┼──┴──┴──┤\n│单位│                │\n└──┴────────┘\n";
    let (document, _) = recognised(text);
    let BlockKind::Table(table) = &document.blocks[1].kind else { panic!("{:?}", document.blocks) };
    let spans = |row: usize| table.rows[row].cells.iter().map(|cell| cell.columns).collect::<Vec<_>>();
    assert_eq!((table.columns.len(), spans(0), spans(1)), (4, vec![1; 4], vec![1, 3]));
}

#[test]
fn tables_right_below_each_other_are_two_and_uneven_rows_are_kept() {
    let two = "标题\n┌──┬──┐\n│甲  │乙  │\n├──┼──┤\n│一  │二  │\n└──┴──┘\n┌──┬──┬──┐\n│丙  │丁  │戊  │\n│三  │四  │五  │\n└──┴──┴──┘\n";
    assert_eq!(blocks(two)[1..], ["1 甲|乙/一|二", "1 丙|丁|戊/三|四|五"]);
    let uneven = "标题\n┌──┬──┐\n│甲│乙│\n│一│二\n│三│四│五│\n└──┴──┘\n";
    assert_eq!(blocks(uneven)[1..], ["0 甲|乙/一|二/三|四|五"]);
}

#[test]
fn what_draws_no_table_stays() {
    for text in [
        "标题\n│只有一行│\n",
        "标题\n┌────┐\n│通知│\n│公告│\n└────┘\n",
        "标题\n|a|\n|b|\n",
        "标题\n| 姓名 | 单位 |\n| --- | --- |\n| 甲某 | 某局 |\n",
        "标题\n┌─人员─┬──┐\n│甲│乙│\n│一│二│\n└───┴──┘\n",
        "标题\n├── src\n│   └── main.rs\n└── tests\n",
    ] {
        let (document, _) = recognised(text);
        assert!(document.blocks.iter().all(|block| block.paragraph().is_some()), "{text}");
    }
}
