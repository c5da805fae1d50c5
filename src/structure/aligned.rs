//! Tables whose rows are lines and whose cells wide blanks part, as they are typed in an editor.
//!
//! Blanks are weaker proof than tabs: a row of names has them too. So a table needs a head, and a column of figures below what
//! is counted or measured.

use crate::tree::{Block, BlockKind, Table, half_em, heads_contents};

use super::caption;
use super::constraint::Constraint;
use super::gathered::{self, Found, Line};
use super::marker;
use super::phrase::{compact, ends_with_any, is_han};
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

/// Every run of lines in columns that is a table.
pub(super) fn found(blocks: &[Block], constraints: &[Constraint]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        // The caption is no row: `表1  主要指标`.
        let is_row = |line: &Line| {
            let cells = cells(line);
            cells.len() > 1 && !caption::is_numbered(line.text) && !tabbed::is_field(cells[0])
        };
        let lines = gathered::run(blocks, constraints, at, is_row);
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
            found.push(Found::new(at, count, kind, "blanks-as-table", message));
        }
        at += count.max(1);
    }
    found
}

/// The pieces of a line that wide blanks part; none of a line that cannot be a row.
fn cells<'a>(line: &Line<'a>) -> Vec<&'a str> {
    pieces(line).into_iter().map(|(start, end)| &line.text[start..end]).collect()
}

/// Where those pieces begin and end.
fn pieces(line: &Line<'_>) -> Vec<(usize, usize)> {
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
            cells.push((start, end));
            start = at;
        }
        (end, blanks) = (at + c.len_utf8(), 0);
    }
    cells.push((start, end));
    cells
}

/// The cells of rows whose pieces all begin where a column does, with empty ones where a row has nothing; `None` where they
/// stand otherwise. Columns begin where the head has them, the first where any row begins.
fn placed<'a>(lines: &[Line<'a>]) -> Option<Vec<Vec<&'a str>>> {
    let place = |line: &Line, at: usize| {
        u32::from(line.origin.appearance.indent) + line.text[..at].chars().map(half_em).sum::<u32>()
    };
    let head = lines.first()?;
    let mut columns: Vec<u32> = pieces(head).iter().map(|(start, _)| place(head, *start)).collect();
    let first = lines.iter().map(|line| place(line, 0)).min()?;
    if columns.first().is_none_or(|column| *column > first) {
        columns.insert(0, first);
    }
    let of_line = |line: &Line<'a>| {
        let mut cells = vec![""; columns.len()];
        let mut last: Option<(usize, usize)> = None;
        for (start, end) in pieces(line) {
            let piece = &line.text[start..end];
            match columns.iter().position(|column| *column == place(line, start)) {
                Some(column) => {
                    cells[column] = piece;
                    last = Some((column, start));
                }
                // Blanks pad a name of two characters.
                None => {
                    let (column, start) =
                        last.filter(|(column, _)| one_character(cells[*column]) && one_character(piece))?;
                    cells[column] = &line.text[start..end];
                }
            }
        }
        Some(cells)
    };
    lines.iter().map(of_line).collect()
}

/// The cells of a row of so many; where it has one more, two characters are a name that blanks pad.
fn counted<'a>(line: &Line<'a>, columns: usize) -> Vec<&'a str> {
    let mut pieces = pieces(line);
    let single = |(start, end): (usize, usize)| one_character(&line.text[start..end]);
    let mut padded = (1..pieces.len()).filter(|at| single(pieces[at - 1]) && single(pieces[*at]));
    if let (Some(at), None, true) = (padded.next(), padded.next(), pieces.len() == columns + 1) {
        pieces[at - 1].1 = pieces.remove(at).1;
    }
    pieces.into_iter().map(|(start, end)| &line.text[start..end]).collect()
}

fn one_character(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_han) && chars.next().is_none()
}

/// The table that the lines are: as many cells in each, or each cell below that of the head, names in the first and
/// figures below one of them.
fn table(lines: &[Line]) -> Option<Table> {
    let cells = placed(lines).unwrap_or_else(|| {
        let columns = lines.first().map_or(0, |head| pieces(head).len());
        lines.iter().map(|line| counted(line, columns)).collect()
    });
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
    let counts = |column: usize| {
        let mut below = cells[1..].iter().map(|row| row[column]).filter(|cell| !cell.is_empty()).peekable();
        measures(cells[0][column]) && below.peek().is_some() && below.all(figure)
    };
    // The corner of a timetable may be empty.
    let (corner, names) = cells[0].split_first()?;
    let days = names.iter().all(|name| is_day_of_week(&compact(name)));
    let headed = names.iter().all(named) && (named(corner) || corner.is_empty() && days);
    let proven = headed && (days || tabbed::is_head(&cells) && (0..columns).any(counts));
    (proven && tabbed::is_table(lines, &cells, false)).then(|| tabbed::table(lines, &cells))
}

/// `星期一`, `周五`.
fn is_day_of_week(name: &str) -> bool {
    let day = ["星期", "周", "礼拜"].iter().find_map(|word| name.strip_prefix(word));
    day.is_some_and(|day| matches!(day, "一" | "二" | "三" | "四" | "五" | "六" | "日" | "天" | "末"))
}
