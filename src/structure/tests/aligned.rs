//! Lines whose cells blanks part, and forms to be filled in.

use super::check;
use super::tabbed::{blocks, recognised};
use crate::tree::{BlockKind, ColumnAlignment, Location, Table};

fn only_table(text: &str) -> Table {
    let (document, _) = recognised(text);
    let mut tables = Vec::new();
    for block in document.blocks {
        if let BlockKind::Table(table) = block.kind {
            tables.push(table);
        }
    }
    assert_eq!(tables.len(), 1);
    tables.remove(0)
}

#[test]
fn rows_in_columns_with_figures_below_a_head_are_a_table() {
    let text = "供应下列设备：\n序号    名　称        数量    单价（元）\n1       台式计算机    12      4800.50\n\
                2       打印机        3       2650\n合计：金额见上。\n";
    assert_eq!(
        blocks(text),
        [
            "供应下列设备：",
            "1 序号|名　称|数量|单价（元）/1|台式计算机|12|4800.50/2|打印机|3|2650",
            "合计：金额见上。"
        ]
    );
    assert_eq!(only_table(text).columns[3], ColumnAlignment::Right);
    let (document, diagnostics) = recognised(text);
    let at = Location::Lines { first: 2, last: 4 };
    assert_eq!(document.blocks[1].origin.at, at);
    assert!(diagnostics.iter().any(|found| found.code == "blanks-as-table" && found.at == at));
    // Days and numbers that name something prove as much.
    assert_eq!(
        blocks("日期      带班领导    电话\n1月1日    张三        1234567\n1月2日    李四        1234568\n"),
        ["1 日期|带班领导|电话/1月1日|张三|1234567/1月2日|李四|1234568"]
    );
    // Ideographic blanks, two of them.
    assert_eq!(
        blocks("镇街　　网格　　户数\n城关　　12　　　156\n东风　　8　　　 98\n"),
        ["1 镇街|网格|户数/城关|12|156/东风|8|98"]
    );
}

#[test]
fn cells_stand_below_the_names_of_their_columns() {
    // An empty cell, and a name of two characters that blanks pad.
    assert_eq!(
        blocks(
            "姓名    职务        电话        手机\n王建国  书记        6881001     13900000001\n\
             赵  磊  副镇长                  13900000004\n"
        ),
        ["1 姓名|职务|电话|手机/王建国|书记|6881001|13900000001/赵  磊|副镇长||13900000004"]
    );
    // The corner of a timetable is empty, and its hours are no sections.
    assert_eq!(
        blocks(
            "七年级课程表\n        星期一  星期二  星期三\n第一节  语文    数学    英语\n第二节  数学            体育\n"
        ),
        ["七年级课程表", "1 |星期一|星期二|星期三/第一节|语文|数学|英语/第二节|数学||体育"]
    );
    // What numbers a table is none of its rows.
    assert_eq!(
        blocks("表1  主要指标\n指标    2025年    2026年\n户数    12.3      13.5\n税收    56.7      60.2\n"),
        ["表1  主要指标", "1 指标|2025年|2026年/户数|12.3|13.5/税收|56.7|60.2"]
    );
    // A field is no row.
    assert_eq!(
        blocks("内容        分值  得分\n环境        10    9\n秩序        10    8\n评委：张三        李四\n"),
        ["1 内容|分值|得分/环境|10|9/秩序|10|8", "评委：张三        李四"]
    );
    // Such a name in rows that are set loosely.
    assert_eq!(
        blocks("序号  姓名  电话\n1   王建国   6881001\n2   陈  静   6881002\n"),
        ["1 序号|姓名|电话/1|王建国|6881001/2|陈  静|6881002"]
    );
    // One that stands between two columns belongs to neither: all are lines.
    let text = "姓名    职务        电话\n王建国  书记        6881001\n赵磊        6881002\n";
    assert_eq!(blocks(text), text.lines().collect::<Vec<_>>());
}

#[test]
fn rows_without_proof_stay_lines() {
    for text in [
        // No figures below a head: names, and members.
        "李四    王五    赵六\n张三    钱七    孙八\n周九    吴十    郑一\n",
        "姓名    单位    职务\n李四    甲局    局长\n王五    乙局    科长\n",
        // No head.
        "1    2    3\n4    5    6\n7    8    9\n",
        // Two rows; cells that are not as many in each.
        "序号    名称    数量\n1    打印机    3\n",
        "序号    名称    数量\n1    打印机    3\n2    扫描仪\n",
        // Figures below what counts nothing; headings, fields, pages and contents.
        "甲局    乙局    丙局\n1    2    3\n4    5    6\n",
        "一、  基本情况  （人）\n1    2    3\n4    5    6\n",
        "单位：某局    时间：今日    人数：三\n1    2    3\n4    5    6\n",
        "首页    上页    下页    页数\n1.    2.    3.    4.\n5.    6.    7.    8.\n",
        // Names that two blanks pad; a row that wraps.
        "姓  名    年龄\n张  三    35\n李  四    36\n",
        "序号    项目    金额\n1    甲项目    30\n2    乙项目    40\n同\n3    丙项目    50\n",
        // One blank pads a name.
        "张　三 12 5\n李　四 13 6\n王　五 14 7\n",
    ] {
        assert_eq!(blocks(text), text.lines().collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn labels_with_empty_cells_are_a_form() {
    let text = "报名登记表\n\n姓名→→性别→→出生年月→\n民族→→政治面貌→→学历→\n工作单位→→→→职务→\n\
                培训需求→\n单位意见→（盖章）\n→→→年　月　日\n备注→\n\n说明：一式两份。\n";
    assert_eq!(
        blocks(text)[1],
        "0 姓名||性别||出生年月|/民族||政治面貌||学历|/工作单位||职务|/培训需求|/单位意见|（盖章）/|年　月　日/备注|"
    );
    let table = only_table(text);
    let spans: Vec<Vec<u32>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.columns).collect()).collect();
    assert!(spans.iter().all(|row| row.iter().sum::<u32>() == 6), "{spans:?}");
    assert_eq!((&spans[2][..], &spans[4][..]), (&[1, 3, 1, 1][..], &[1, 5][..]));
    // The title is what stands above it.
    let (document, _) = recognised(text);
    assert_eq!(document.blocks[0].paragraph().unwrap().role, crate::tree::Role::Title);
    // It ends where its words end, and stands at its margin wherever that is.
    let text = "　　姓名→→性别→\n　　单位→→职务→\n　　某市财政局\n　　2026年1月5日\n";
    assert_eq!(blocks(text)[..2], ["0 姓名||性别|/单位||职务|", "某市财政局"]);
    // A label alone heads what follows, unless it is the last row; above the first it is a row.
    let text = "单位名称→→→\n姓名→→职务→\n电话→→邮箱→\n岗位职责\n负责日常工作。\n";
    assert_eq!(blocks(text)[..2], ["0 单位名称|/姓名||职务|/电话||邮箱|", "岗位职责"]);
    // A row of very many tabs is no row of a table.
    let text = format!("姓名{}性别\n姓名→→性别\n", "→".repeat(20_000));
    assert!(matches!(recognised(&text).0.blocks[0].kind, BlockKind::Paragraph(_)));
    for text in [
        "姓名→→性别\n",
        "姓名→→性别\n李四→→男\n1→→2\n",
        "姓名→→性别\n李四→→男\n王五→→女\n",
        "甲→乙→丙\n",
        // Names, offices that sign, and seals in columns.
        "张三→→李四\n王五→→赵六\n",
        "某市财政局→→某市民政局\n某市教育局→→某市水务局\n",
        "甲方（盖章）→→乙方（盖章）\n代表→→代表\n",
    ] {
        assert!(!recognised(text).1.iter().any(|found| found.code == "form-as-table"), "{text}");
    }
}

#[test]
fn a_table_of_contents_tells_headings_without_a_number() {
    check(
        "title|某市政务服务简报\n~\ndocument-number|第12期（总第96期）\n~\nbody|本 期 要 目\nbody|●一网通办再增加五十项\n\
         body|●东城区推出周末服务\n~\nheading1|一网通办再增加五十项\n\
         body|今年以来，我市持续深化改革，事项再增加五十项，累计达到一千二百三十项。\n~\n\
         heading1|东城区推出周末服务\nbody|东城区政务服务中心自三月起实行周六、周日全天服务，已办理事项三千余件。\n",
    );
}

#[test]
fn labels_of_minutes_are_no_recipients() {
    check(
        "title|某局局长办公会议纪要\ndocument-number|（2026）第3期\n~\nbody|时间：2026年3月5日上午9:00\nbody|主持：张三\n\
         body|列席：\nbody|吴十（办公室）　郑一（人事科）\nbody|请假：陈三（出差）\n~\nbody|会议研究了以下事项：\n\
         heading1|一、关于春季学期开学工作\nbody|会议要求，各科室要切实做好开学各项保障工作。\n\
         heading1|二、关于教师招聘工作\nbody|会议原则同意招聘方案，由人事科按程序报批。\n",
    );
}

#[test]
fn who_signs_beside_a_date_signs_and_fields_do_not() {
    let last = |line: &str| {
        let text = format!("承诺书\n\n本人承诺遵守各项规定，如有违反，愿意承担责任。\n\n{line}\n");
        recognised(&text).0.blocks.last().and_then(|block| block.paragraph().map(|last| last.role)).unwrap()
    };
    assert_eq!(last("承诺人（签字）：          2026年1月5日"), crate::tree::Role::Signature);
    assert_eq!(last("填报单位：          填报时间：    年    月    日"), crate::tree::Role::Body);
}
