//! Forms to be filled in, as offices paste them into plain text: labels, and tabs for the cells that are empty.
//!
//! Names in columns, seals and signatures have such gaps, too: half of the labels in every row must be words of forms.

use crate::tree::{Block, BlockKind, Cell, ColumnAlignment, Row, Table};

use super::constraint::Constraint;
use super::gathered::{self, Found, Line};
use super::phrase::{compact, contains_any, is_han, is_within};
use super::tabbed::{LABEL, MOST, TAB, cells_of, is_tabbed};

/// A date to be filled in is no longer, its blanks included.
const DATE: usize = 40;

/// A label alone on its line is no longer than this.
const ALONE: usize = 6;

/// What labels of forms say.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "姓名", "性别", "年龄", "民族", "籍贯", "出生", "政治面貌", "学历", "学位", "专业", "院校", "毕业", "健康", "婚姻", "身份证", "证件",
    "单位", "部门", "岗位", "职务", "职称", "职级", "电话", "手机", "邮箱", "邮编", "传真", "地址", "住址", "联系", "编号", "名称", "类别", "类型",
    "日期", "时间", "年月", "地点", "人数", "金额", "数量", "开户", "账号", "意见", "备注", "需求", "理由", "事由", "简历", "简介", "特长", "照片",
];

/// Shares of the width of a label and of the place beside it.
const WIDTHS: [u32; 2] = [9, 11];

/// Every form, as a table.
pub(super) fn found(blocks: &[Block], constraints: &[Constraint]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        // A label alone begins it where its row had tabs behind it.
        let line = |at: usize| blocks.get(at).and_then(Line::of);
        let begins = |at: usize| line(at).is_some_and(|line| is_row_of_fields(&line));
        let headed = || line(at + 1).is_some_and(|next| next.gap() == 0) && begins(at + 1);
        let margin = blocks[at].origin.appearance.indent;
        let taken = |line: &Line| is_row(line, margin);
        let heads = || headed() && line(at).is_some_and(|line| taken(&line));
        if !(begins(at) || heads()) {
            at += 1;
            continue;
        }
        let mut rows = gathered::run(blocks, constraints, at, taken);
        // What stands right over other lines heads them.
        let below =
            |rows: &[Line]| blocks.get(at + rows.len()).map(|below| below.origin.appearance.blank_before);
        while rows.len() > 1
            && below(&rows) == Some(rows[1].gap())
            && rows.last().is_some_and(|last| is_label_alone(last))
        {
            rows.pop();
        }
        let fields = rows.iter().filter(|row| is_row_of_fields(row)).count();
        if let Some(table) = table(&rows, margin).filter(|_| fields > 1) {
            let message = message!("labels with empty cells are a form: {rows} rows", rows = rows.len());
            let kind = BlockKind::Table(table);
            found.push(Found::new(at, rows.len(), kind, "form-as-table", message));
        }
        at += rows.len().max(1);
    }
    found
}

/// A label that has its line to itself, and is no name of a form.
fn is_label_alone(line: &Line) -> bool {
    is_within(line.text, ALONE) && is_word(line.text) && !line.text.ends_with(['表', '单', '书', '册', '函'])
}

/// A label of a field: a few words, no figure and no sentence.
fn is_label(cell: &str) -> bool {
    let words = |c: char| is_han(c) || matches!(c, ' ' | '\u{3000}' | '（' | '）' | '(' | ')' | '/' | '、');
    is_within(cell, LABEL) && cell.chars().any(is_han) && cell.chars().all(words)
}

/// What belongs to the place of the label before it: `（盖章）`, and a date to be filled in.
fn is_value(cell: &str) -> bool {
    is_within(cell, ALONE) && cell.starts_with(['（', '(']) || is_date(cell)
}

fn is_date(cell: &str) -> bool {
    cell.starts_with('年') && is_within(cell, DATE) && compact(cell) == "年月日"
}

/// Whether a label says what forms ask for.
fn is_word(cell: &str) -> bool {
    is_label(cell) && contains_any(&compact(cell), WORDS)
}

/// Two labels or more, with an empty cell behind each but the last, half of them words of forms.
fn is_row_of_fields(line: &Line) -> bool {
    let cells = cells_of(line, line.origin.appearance.indent);
    let labels = || cells.iter().filter(|cell| !cell.is_empty());
    let parted = cells.windows(2).all(|pair| pair[0].is_empty() || pair[1].is_empty());
    let words = labels().filter(|cell| is_word(cell)).count();
    labels().count() > 1 && parted && labels().all(|cell| is_label(cell)) && words * 2 >= labels().count()
}

/// A row of fields, a label alone or with what stands in its place, and a date that goes on in that.
fn is_row(line: &Line, margin: u16) -> bool {
    if !is_tabbed(line) {
        return is_label_alone(line) || line.origin.appearance.indent >= TAB && is_date(line.text);
    }
    let cells = cells_of(line, margin);
    is_row_of_fields(line)
        || is_word(cells[0]) && cells[1..].iter().all(|cell| cell.is_empty() || is_value(cell))
        || cells[0].is_empty() && cells.last().is_some_and(|last| is_date(last))
}

/// The rows, whose last cells may be missing. Empty cells in a row are one place to be filled in.
fn table(rows: &[Line], margin: u16) -> Option<Table> {
    let widest = rows.iter().map(|row| cells_of(row, margin).len()).max()?;
    let columns = widest.next_multiple_of(2);
    if columns > MOST {
        return None;
    }
    let row = |line: &Line| {
        let mut texts = cells_of(line, margin);
        let mut cells: Vec<Cell> = Vec::new();
        // A value takes the rest of its row.
        let rest = columns - texts.len();
        let filled = texts.len() > 1 && texts.last().is_some_and(|last| is_value(last));
        if !filled {
            texts.resize(columns, "");
        }
        for text in texts {
            match cells.last_mut().filter(|last| text.is_empty() && last.blocks.is_empty()) {
                Some(place) => place.columns += 1,
                None => cells.push(line.cell(text)),
            }
        }
        if let Some(last) = cells.last_mut().filter(|_| filled) {
            last.columns += u32::try_from(rest).unwrap_or(0);
        }
        Row::new(cells)
    };
    let widths = WIDTHS.into_iter().cycle().take(columns).collect();
    Some(Table {
        columns: vec![ColumnAlignment::Centre; columns],
        widths,
        rows: rows.iter().map(row).collect(),
        ..Table::default()
    })
}
