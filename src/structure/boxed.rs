//! Tables that are drawn with characters, as editors without tables have them: `│序号│内容│` between `├──┼──┤`.

use crate::diagnostic::Diagnostics;
use crate::tree::{Block, BlockKind, Document, Row, Table, half_em, is_boxed};

use super::constraint::Constraint;
use super::gathered::{self, Found, Line};
use super::tabbed;

/// A table has so many rows at least, its head among them, and so many columns.
const ROWS: usize = 2;
const COLUMNS: usize = 2;

/// Where that many rules stand between rows, one stands between any two: a row may take several lines.
const RULES: usize = 2;

/// Rules that are drawn below each other stand this near, in half em.
const NEAR: u32 = 1;

/// Makes a table of every run of lines that draws one, and reports each with the characters that draw it.
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
        let lines = gathered::run(blocks, constraints, at, |line| is_boxed(line.text));
        let count = lines.len();
        if let Some(table) = table(&lines) {
            let drawn = lines.iter().flat_map(|line| line.text.chars()).filter(|c| is_drawn(*c)).collect();
            let message = message!(
                "lines that draw the rules of a table are one: {rows} rows, {columns} columns",
                rows = table.rows.len(),
                columns = table.columns.len()
            );
            let kind = BlockKind::Table(table);
            found.push(Found { start: at, lines: count, kind, code: "boxes-as-table", message, drawn });
        }
        at += count.max(1);
    }
    found
}

/// A character that draws a part of a rule.
fn is_drawn(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{257F}' | '+' | '-' | '=' | '|')
}

/// One that draws a rule between two columns.
fn is_upright(c: char) -> bool {
    matches!(c, '│' | '┃' | '┆' | '┇' | '┊' | '┋' | '║' | '|')
}

/// A rule between rows, though not below all cells.
fn is_rule(text: &str) -> bool {
    let level = |c: char| matches!(c, '─' | '━' | '┄' | '┅' | '┈' | '┉' | '═' | '-' | '=');
    text.chars().filter(|c| level(*c)).count() >= 3
        && text.chars().all(|c| is_drawn(c) || c.is_whitespace() || c == ':')
}

/// A cell: its text, and where the rules before and behind it stand in half em.
struct Piece {
    text: String,
    edges: [u32; 2],
}

/// The cells of a line between upright rules.
fn pieces(line: &Line) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut text, mut open) = (u32::from(line.origin.appearance.indent), String::new(), None);
    for c in line.text.chars() {
        if is_upright(c) {
            let text = std::mem::take(&mut text).trim().to_owned();
            pieces.extend(open.map(|edge| Piece { text, edges: [edge, at] }));
            open = Some(at);
        } else {
            text.push(c);
        }
        at += half_em(c);
    }
    pieces
}

/// The table that the lines draw.
fn table(lines: &[Line]) -> Option<Table> {
    let inner = lines.iter().skip(1).take(lines.len().saturating_sub(2));
    let ruled = inner.filter(|line| is_rule(line.text)).count() >= RULES;
    // The first line of each row, and its cells.
    let mut rows: Vec<(Line, Vec<Piece>)> = Vec::new();
    let mut fresh = true;
    for line in lines {
        if is_rule(line.text) {
            fresh = true;
            continue;
        }
        let pieces = pieces(line);
        let begins = pieces.first().is_some_and(|piece| !piece.text.is_empty());
        match rows.last_mut().filter(|(_, above)| above.len() == pieces.len()) {
            Some((_, above)) if !fresh && (ruled || !begins) => {
                above.iter_mut().zip(&pieces).for_each(|(cell, piece)| go_on(&mut cell.text, &piece.text));
            }
            _ => rows.push((*line, pieces)),
        }
        fresh = false;
    }
    let columns = rows.iter().map(|(_, pieces)| pieces.len()).max()?;
    if rows.len() < ROWS || !(COLUMNS..=tabbed::MOST).contains(&columns) {
        return None;
    }
    let origins: Vec<Line> = rows.iter().map(|(line, _)| *line).collect();
    if rows.iter().all(|(_, pieces)| pieces.len() == columns) {
        let cells = |(_, pieces): &'_ (Line, Vec<Piece>)| -> Vec<String> {
            pieces.iter().map(|piece| piece.text.clone()).collect()
        };
        let cells: Vec<Vec<String>> = rows.iter().map(cells).collect();
        let cells: Vec<Vec<&str>> =
            cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        return Some(tabbed::table(&origins, &cells));
    }
    spanned(&rows)
}

/// A table whose cells reach over several columns: each from the rule before it to the one behind.
fn spanned(rows: &[(Line, Vec<Piece>)]) -> Option<Table> {
    let mut edges: Vec<u32> =
        rows.iter().flat_map(|(_, pieces)| pieces.iter().flat_map(|piece| piece.edges)).collect();
    edges.sort_unstable();
    edges.dedup_by(|edge, before| *edge - *before <= NEAR);
    let column = |edge: u32| edges.iter().position(|at| at.abs_diff(edge) <= NEAR);
    let row = |(line, pieces): &(Line, Vec<Piece>)| {
        let mut next = 0;
        let mut cells = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let [from, to] = piece.edges.map(column);
            let (from, to) = (from?, to?);
            // Rules that do not stand below each other are of no one table.
            if from != next || to <= from {
                return None;
            }
            next = to;
            let mut cell = line.cell(&piece.text);
            cell.columns = u32::try_from(to - from).ok()?;
            cells.push(cell);
        }
        (next + 1 == edges.len()).then(|| Row::new(cells))
    };
    let rows: Vec<Row> = rows.iter().map(row).collect::<Option<_>>()?;
    let columns = edges.len() - 1;
    (columns <= tabbed::MOST).then(|| Table {
        columns: vec![Default::default(); columns],
        rows,
        ..Table::default()
    })
}

/// Adds the next line of a cell.
fn go_on(text: &mut String, more: &str) {
    let words = text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && more.starts_with(|c: char| c.is_ascii_alphanumeric());
    if words {
        text.push(' ');
    }
    text.push_str(more);
}
