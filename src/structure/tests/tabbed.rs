//! Lines with tabs: which are tables, and which stay lines.

use super::{decode, recognise};
use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::{Block, BlockKind, Document, Location, Role, Table};

pub(super) fn recognised(text: &str) -> (Document, Diagnostics) {
    let mut document = decode(&text.replace('→', "\t"));
    let mut diagnostics = Diagnostics::default();
    recognise(&mut document, &mut diagnostics);
    (document, diagnostics)
}

/// Each block on a line: a paragraph by its text, a table by the number of its rows that are head, and its rows.
pub(super) fn blocks(text: &str) -> Vec<String> {
    let cell = |blocks: &[Block]| blocks.first().and_then(Block::paragraph).map(|p| p.text());
    let rows = |table: &Table| -> Vec<String> {
        let row = |row: &crate::tree::Row| {
            row.cells.iter().map(|one| cell(&one.blocks).unwrap_or_default()).collect::<Vec<_>>().join("|")
        };
        table.rows.iter().map(row).collect()
    };
    let (document, _) = recognised(text);
    let show = |block: &Block| {
        if let BlockKind::Table(table) = &block.kind {
            return format!("{} {}", table.header_rows, rows(table).join("/"));
        }
        block.paragraph().map_or_else(String::new, |paragraph| paragraph.text().replace('\t', "→"))
    };
    document.blocks.iter().map(show).collect()
}

#[test]
fn rows_of_cells_are_a_table_and_their_place_is_said() {
    let text = "关于值班的通知\n\n各科室：\n安排如下。\n日期→带班领导→值班人员\n1月1日→张  伟→李晓明、王  倩\n\
                1月2日→刘建军→\n望知悉。\n";
    assert_eq!(
        blocks(text)[2..],
        ["安排如下。", "1 日期|带班领导|值班人员/1月1日|张  伟|李晓明、王  倩/1月2日|刘建军|", "望知悉。"]
    );
    let (document, diagnostics) = recognised(text);
    let at = Location::Lines { first: 5, last: 7 };
    assert_eq!(document.blocks[3].origin.at, at);
    let found: Vec<_> = diagnostics.iter().filter(|found| found.code == "tabs-as-table").collect();
    assert!(matches!(found.as_slice(), [one] if one.kind == Kind::Inferred && one.at == at), "{found:?}");
}

#[test]
fn empty_cells_stand_where_they_are_and_gaps_of_several_tabs_are_one() {
    assert_eq!(
        blocks("项目→要点→分值\n制度→上墙→10\n→留样→20\n合计→→30\n"),
        ["1 项目|要点|分值/制度|上墙|10/|留样|20/合计||30"]
    );
    assert_eq!(
        blocks("姓名→→职务→→电话\n欧阳修远→处长→→139\n李四→→副处长→138\n"),
        ["1 姓名|职务|电话/欧阳修远|处长|139/李四|副处长|138"]
    );
    // An indent of the whole is no cell.
    assert_eq!(blocks("→镇街→网格数→户数\n→城关→120→156.3\n"), ["1 镇街|网格数|户数/城关|120|156.3"]);
}

#[test]
fn rows_of_tabs_alone_are_to_be_filled_in() {
    assert_eq!(
        blocks("参会回执\n单位→姓名→职务\n→→\n→→\n联系人：李四\n")[1..],
        ["1 单位|姓名|职务/||/||", "联系人：李四"]
    );
    assert_eq!(
        blocks("序号→姓名→职务\n1→李四→\n→→\n2→王五→\n→→\n"),
        ["1 序号|姓名|职务/1|李四|/||/2|王五|/||"]
    );
    // Nothing names the columns, or the tabs stand below an empty line.
    assert_eq!(blocks("张伟→李明→王芳\n→→\n→→\n"), ["张伟→李明→王芳"]);
    assert_eq!(blocks("单位→姓名→职务\n\n→→\n说明如下。\n"), ["单位→姓名→职务", "说明如下。"]);
}

#[test]
fn rows_without_names_of_columns_have_no_head() {
    assert_eq!(blocks("城关→120→245\n东风→88→176\n"), ["0 城关|120|245/东风|88|176"]);
    assert_eq!(blocks("1月1日→早班→城关\n1月2日→晚班→东风\n"), ["0 1月1日|早班|城关/1月2日|晚班|东风"]);
    assert_eq!(blocks("城关→好→达标\n东风→好→达标\n"), ["0 城关|好|达标/东风|好|达标"]);
    assert_eq!(blocks("指标→2024年→2025年\n收入→12→14\n"), ["1 指标|2024年|2025年/收入|12|14"]);
}

#[test]
fn short_cells_stand_in_the_middle_of_their_column() {
    let (document, _) = recognised(
        "序号→工作任务→责任单位\n1→完成全区供水管网普查和改造→区水务局\n2→开展夏季防汛隐患排查整治→区应急局\n",
    );
    let BlockKind::Table(table) = &document.blocks[0].kind else { unreachable!() };
    use crate::tree::ColumnAlignment::{Centre, Default};
    assert_eq!(table.columns, [Centre, Default, Centre]);
    let (document, _) =
        recognised("姓名→手机→住址\n李四→13800000000→人民路一号院三号楼\n王五→13800000001→科技园\n");
    let BlockKind::Table(table) = &document.blocks[0].kind else { unreachable!() };
    assert_eq!(table.columns, [Centre, Centre, Default]);
}

#[test]
fn figures_that_are_compared_by_their_places_stand_at_the_right() {
    let (document, _) = recognised(
        "序号→项目→总投资→今年→增长\n1→云岭至青溪高速公路→1285000→320000→5.2%\n2→人民医院新院区→45230.5→800→-3%\n",
    );
    let BlockKind::Table(table) = &document.blocks[0].kind else { unreachable!() };
    use crate::tree::ColumnAlignment::{Centre, Default, Right};
    assert_eq!(table.columns, [Centre, Default, Right, Right, Right]);
    // A dash stands for no figure; hours are as short as their neighbours.
    let (document, _) = recognised(
        "项目→年初预算→执行率→时间\n财政拨款→10,000.00→100.00%→09:00—09:30\n其他→345.00→—→10:00—11:30\n结余→—→—→—\n",
    );
    let BlockKind::Table(table) = &document.blocks[0].kind else { unreachable!() };
    assert_eq!(table.columns, [Centre, Right, Right, Centre]);
    // Counts beside them are set as they are.
    let (document, _) = recognised("序号→部门→一季度→二季度\n1→办公室→1200→1350\n2→财务部→860.5→900\n");
    let BlockKind::Table(table) = &document.blocks[0].kind else { unreachable!() };
    assert_eq!(table.columns, [Centre, Centre, Right, Right]);
}

#[test]
fn numbers_that_name_something_are_no_figures() {
    let (document, _) = recognised(
        "序号→姓名→联系电话→工号→时间\n1.1→李小四→13800001111→00123→2026.3\n1.2→王小五→13900002222→00124→2026.10\n",
    );
    let BlockKind::Table(table) = &document.blocks[0].kind else { unreachable!() };
    use crate::tree::ColumnAlignment::Right;
    assert!(!table.columns.contains(&Right), "{:?}", table.columns);
}

#[test]
fn a_part_of_a_row_above_is_no_field() {
    assert_eq!(
        blocks("指标→产值→占比\n第二产业→514.54→40.0\n其中：工业→423.10→32.9\n"),
        ["1 指标|产值|占比/第二产业|514.54|40.0/其中：工业|423.10|32.9"]
    );
}

#[test]
fn fields_above_and_below_a_table_stay_lines() {
    assert_eq!(
        blocks("填报单位：→填报时间：→单位：人\n学校→学段→人数\n一中→高中→1200\n填表人：→审核人：→电话：\n"),
        ["填报单位：→填报时间：→单位：人", "1 学校|学段|人数/一中|高中|1200", "填表人：→审核人：→电话："]
    );
}

#[test]
fn a_numbered_line_over_it_is_its_caption() {
    let (document, _) = recognised("全区共有12个镇街。\n表1  网格员情况\n镇街→网格数→户数\n城关→120→156.3\n");
    assert_eq!(document.blocks[1].paragraph().map(|paragraph| paragraph.role), Some(Role::Caption));
}

#[test]
fn what_is_no_table_stays_lines() {
    for text in [
        // Two rows of two, or one row.
        "甲→乙\n丙→丁\n",
        "学校→学段→人数\n",
        // Points, and the text of rules.
        "1.→加强学习\n2.→转变作风\n3.→狠抓落实\n",
        "第一条→为了规范\n第二条→本办法\n第三条→自印发之日起\n",
        "（一）→加强学习\n（二）→转变作风\n（三）→狠抓落实\n",
        // Fields of minutes and of a contract.
        "时间：→3月1日\n地点：→二楼会议室\n主持：→李四\n",
        "甲方（盖章）：→乙方（盖章）：\n代表人：→代表人：\n日期：→日期：\n",
        "甲方（盖章）→乙方（盖章）→丙方（盖章）\n代表→代表→代表\n",
        // Those who sign.
        "市教育局→市财政局→市民政局\n市公安局→市司法局→市水务局\n2026年3月1日\n",
        "市教育局→市财政局→市民政局\n2026年3月1日→2026年3月1日→2026年3月1日\n",
        // Names in columns, and who was present.
        "李四→王五→赵六\n张三→马晓东→于海\n",
        "李四→县财政局局长\n王五→县教育局局长\n赵六→县民政局局长\n",
        // A table of contents.
        "一、总体情况→1\n二、主要做法→3\n三、下步打算→8\n",
        "第一章　总体情况→页码\n第二章　主要做法→页码\n第三章　下步打算→页码\n",
        "总体情况→……→1\n主要做法→……→3\n",
        "目录\n总体情况→一→1\n主要做法→二→3\n",
        // Choices, and a program.
        "A．是→B．否→C．不清楚\nA．好→B．中→C．差\n",
        "int→a→= 1;\nint→b→= 2;\n",
        // Cells that do not stand below each other.
        "甲方说的话→乙\n丙→丁→戊\n己→庚\n",
    ] {
        let (document, _) = recognised(text);
        let table = |block: &Block| matches!(block.kind, BlockKind::Table(_));
        assert!(!document.blocks.iter().any(table), "{text}");
    }
}

#[test]
fn wide_rows_and_few_cells_below_them_are_no_table() {
    let wide = format!("{}\n{}\n", ["甲"; 64].join("→"), ["乙"; 64].join("→"));
    let few = format!("{}\n一→二\n", ["甲"; 9].join("→"));
    for text in [wide, few] {
        assert!(recognised(&text).0.blocks.iter().all(|block| block.paragraph().is_some()), "{text}");
    }
}

#[test]
fn tabs_behind_the_text_of_a_row_end_empty_cells() {
    assert_eq!(
        blocks("签到表\n序号→姓名→单位→签名\n1→→→\n2→→→\n"),
        ["签到表", "1 序号|姓名|单位|签名/1|||/2|||"]
    );
    assert_eq!(
        blocks("产品→一季度→二季度→合计\n甲→100→120→220\n丙→→→\n以上。\n"),
        ["1 产品|一季度|二季度|合计/甲|100|120|220/丙|||", "以上。"]
    );
    // An empty corner, and what stands below the rows with their tabs behind it.
    assert_eq!(
        blocks("→一月→二月→三月\n收入→10→20→30\n支出→5→6→7\n"),
        ["1 |一月|二月|三月/收入|10|20|30/支出|5|6|7"]
    );
    assert_eq!(
        blocks("姓名→单位→奖项\n张三→甲局→一等\n李四→乙局→二等\n办公室→→\n2026年5月6日→→\n"),
        ["1 姓名|单位|奖项/张三|甲局|一等/李四|乙局|二等", "办公室", "2026年5月6日"]
    );
    assert_eq!(
        blocks("姓名→单位→奖项\n张三→甲局→一等\n李四→乙局→二等\n特此公布。→→\n二、要求→→\n"),
        ["1 姓名|单位|奖项/张三|甲局|一等/李四|乙局|二等", "特此公布。", "二、要求"]
    );
    // Lines of a text that end in tabs are no rows.
    let text = "关于开会的通知→→\n请各单位参加。→\n谢谢。→\n";
    assert_eq!(blocks(text), ["关于开会的通知", "请各单位参加。", "谢谢。"]);
}

#[test]
fn what_names_a_table_right_above_it_is_its_caption() {
    let rows = "年度→处数→人口\n2026年→15→2.1\n2027年→10→1.6\n";
    let text = format!(
        "青石县供水实施方案\n（2026—2027年）\n\n根据部署，制定本方案。\n一、年度安排\n年度任务表\n{rows}二、保障措施\n\
         各单位要抓好落实，任务分解见下表\n{rows}附表：项目库汇总表\n单位：万人\n{rows}"
    );
    let (document, _) = recognised(&text);
    let role = |words: &str| {
        let paragraphs = document.blocks.iter().filter_map(Block::paragraph);
        paragraphs.filter(|paragraph| paragraph.text() == words).map(|paragraph| paragraph.role).next()
    };
    assert_eq!(role("（2026—2027年）"), Some(Role::Subtitle));
    assert_eq!(role("年度任务表"), Some(Role::Caption));
    assert_eq!(role("附表：项目库汇总表"), Some(Role::Caption));
    assert_eq!(role("各单位要抓好落实，任务分解见下表"), Some(Role::Body));
    // At the head it is the title.
    let (document, _) = recognised(&format!("值班安排表\n{rows}"));
    assert_eq!(document.blocks[0].paragraph().map(|paragraph| paragraph.role), Some(Role::Title));
}
