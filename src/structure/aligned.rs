//! Tables whose rows are lines and whose cells wide blanks part, as they are typed in an editor.
//!
//! Blanks are weaker proof than tabs: a row of names has them too. So a table needs a head, and a column of figures below what
//! is counted or measured.

use crate::diagnostic::Diagnostics;
use crate::tree::{Block, BlockKind, Document, Table, heads_contents};

use super::constraint::Constraint;
use super::gathered::{self, Found, Line};
use super::marker;
use super::phrase::{compact, ends_with_any};
use super::tabbed;

/// So many blanks or more part cells; a single one pads a name.
const GAP: usize = 2;

/// A table has so many rows at least, its head among them.
const ROWS: usize = 3;

/// And so many columns.
const COLUMNS: usize = 3;

/// So many lines below the last row are none of it.
const BELOW: usize = 3;

/// A row has no more bytes.
const LONGEST: usize = 400;

/// The name of a column is no longer than this.
const NAME: usize = 10;

/// How names of columns end whose cells are figures or days.
#[rustfmt::skip]
const MEASURES: &[&str] = &[
    "序号", "编号", "节次", "数", "量", "额", "价", "率", "比", "比例", "值", "费", "金", "款", "税", "面积", "人口", "年龄", "工龄", "合计", "小计",
    "得分", "分值", "收入", "支出", "投资", "产出", "元", "年", "月", "％", "%", "日期", "时间", "电话", "手机", "号码", "学号", "工号", "邮编",
];

/// Makes a table of every run of lines that is one, and reports each, as [`tabbed::gather`] does.
pub(super) fn gather(
    document: &mut Document,
    constraints: &mut Vec<Constraint>,
    diagnostics: &mut Diagnostics,
) {
    gathered::put(found(&document.blocks, constraints), document, constraints, diagnostics);
}

fn found(blocks: &[Block], constraints: &[Constraint]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let lines = gathered::run(blocks, constraints, at, |line| cells(line).len() > 1);
        let count = lines.len();
        let above = at.checked_sub(1).and_then(|above| blocks[above].paragraph());
        let listed = || above.is_some_and(|above| heads_contents(&above.characters()));
        // A row that wraps, or an empty line, would part it.
        let whole = |columns: usize| {
            let mut below = blocks[at + count..].iter().take(BELOW).filter_map(Line::of);
            !below.any(|line| cells(&line).len() == columns)
        };
        if let Some(table) = table(&lines).filter(|table| !listed() && whole(table.columns.len())) {
            let message = message!(
                "lines whose cells are parted by wide blanks are a table: {rows} rows, {columns} columns",
                rows = table.rows.len(),
                columns = table.columns.len()
            );
            let kind = BlockKind::Table(table);
            found.push(Found { start: at, lines: count, kind, code: "blanks-as-table", message });
        }
        at += count.max(1);
    }
    found
}

/// The pieces of a line that wide blanks part; none of a line that cannot be a row.
fn cells<'a>(line: &Line<'a>) -> Vec<&'a str> {
    let text = line.text;
    let mut cells = Vec::new();
    // Nearly all lines are long, or have no blanks.
    let blanks = || text.contains("  ") || text.contains('\u{3000}');
    if text.len() > LONGEST || !blanks() || text.contains('\t') {
        return cells;
    }
    let (mut start, mut end, mut blanks) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        if matches!(c, ' ' | '\u{3000}') {
            blanks += 1;
            continue;
        }
        if blanks >= GAP {
            cells.push(&text[start..end]);
            start = at;
        }
        (end, blanks) = (at + c.len_utf8(), 0);
    }
    cells.push(&text[start..end]);
    cells
}

/// The table that the lines are: as many cells in each, names in the first and figures below one of them.
fn table(lines: &[Line]) -> Option<Table> {
    let cells: Vec<Vec<&str>> = lines.iter().map(cells).collect();
    let columns = cells.first()?.len();
    let enough = cells.len() >= ROWS && (COLUMNS..=tabbed::MOST).contains(&columns);
    if !enough || cells.iter().any(|row| row.len() != columns) {
        return None;
    }
    let named = |cell: &&str| {
        let chars: Vec<char> = cell.chars().collect();
        // One character alone is a part of a name that blanks pad.
        (2..=NAME).contains(&chars.len()) && !cell.contains(['：', ':']) && marker::scan(&chars).is_none()
    };
    // A unit stands in brackets: `面积（亩）`.
    let measures = |cell: &str| cell.ends_with(['）', ')']) || ends_with_any(&compact(cell), MEASURES);
    let figure = |cell: &str| tabbed::is_figure(&compact(cell)) && !cell.ends_with('.');
    let counts =
        |column: usize| measures(cells[0][column]) && cells[1..].iter().all(|row| figure(row[column]));
    let proven = cells[0].iter().all(named) && tabbed::is_head(&cells) && (0..columns).any(counts);
    (proven && tabbed::is_table(lines, &cells, false)).then(|| tabbed::table(lines, &cells))
}
