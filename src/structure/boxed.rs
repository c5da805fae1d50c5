//! Tables that are drawn with characters, as editors without tables have them: `│序号│内容│` between `├──┼──┤`.

use crate::tree::{Block, BlockKind, Row, Table, half_em, is_boxed};

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

/// Half em that an upright rule takes, and that a full line leaves free at most, a blank at each side among them.
const WIDTH: u32 = 2;
const SHORT: u32 = 4;

/// Every run of lines that draws a table.
pub(super) fn found(blocks: &[Block], constraints: &[Constraint]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let lines = gathered::run(blocks, constraints, at, |line| is_boxed(line.text));
        let mut start = at;
        at += lines.len().max(1);
        // A table ends where its lower edge is drawn.
        for lines in lines.split_inclusive(|line| line.text.starts_with(['└', '┗', '╚', '╰'])) {
            if let Some(table) = table(lines) {
                let message = message!(
                    "lines whose rules are drawn with characters are a table: {rows} rows, {columns} columns",
                    rows = table.rows.len(),
                    columns = table.columns.len()
                );
                let (kind, drawn) = (BlockKind::Table(table), drawn(lines));
                found.push(Found { start, lines: lines.len(), kind, code: "boxes-as-table", message, drawn });
            }
            start += lines.len();
        }
    }
    found
}

/// The characters that draw the rules.
fn drawn(lines: &[Line]) -> String {
    let drawn = |line: &Line| {
        let rule = is_rule(line.text);
        line.text.chars().filter(move |c| is_upright(*c) || rule && !c.is_whitespace()).collect::<String>()
    };
    lines.iter().map(drawn).collect()
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

/// A cell: its lines, where the rules before and behind it stand in half em, and whether its last line fills the room
/// between them, so that it goes on in the next.
struct Piece {
    text: String,
    edges: [u32; 2],
    full: bool,
}

impl Piece {
    fn new(drawn: &str, edges: [u32; 2]) -> Self {
        let text = drawn.trim();
        let used: u32 = text.chars().map(half_em).sum();
        let [from, to] = edges;
        Self { text: text.to_owned(), edges, full: from + WIDTH + used + SHORT > to }
    }

    fn add(&mut self, next: &Self) {
        let words = |c: char| c.is_ascii_alphanumeric();
        if !self.text.is_empty() && !next.text.is_empty() {
            match self.full {
                true if self.text.ends_with(words) && next.text.starts_with(words) => self.text.push(' '),
                true => {}
                false => self.text.push('\n'),
            }
        }
        self.text.push_str(&next.text);
        self.full = next.full;
    }
}

/// The cells of a line between upright rules.
fn pieces(line: &Line) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut text, mut open) = (u32::from(line.origin.appearance.indent), String::new(), None);
    for c in line.text.chars() {
        if is_upright(c) {
            pieces.extend(open.map(|edge| Piece::new(&text, [edge, at])));
            text.clear();
            open = Some(at);
        } else {
            text.push(c);
        }
        at += half_em(c);
    }
    // The last rule may be missing.
    pieces.extend(open.filter(|_| !text.trim().is_empty()).map(|edge| Piece::new(&text, [edge, at])));
    pieces
}

/// The table that the lines draw.
fn table(lines: &[Line]) -> Option<Table> {
    // A table of Markdown has no frame: in a text it may be that of a program.
    let begins = |c| lines.iter().any(|line| line.text.starts_with(c));
    if begins('|') && !begins('+') {
        return None;
    }
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
        // Words in a rule are those of no cell.
        if !line.text.starts_with(is_upright) {
            return None;
        }
        let pieces = pieces(line);
        let begins = pieces.first().is_some_and(|piece| !piece.text.is_empty());
        match rows.last_mut().filter(|(_, above)| above.len() == pieces.len()) {
            Some((_, above)) if !fresh && (ruled || !begins) => {
                above.iter_mut().zip(&pieces).for_each(|(cell, piece)| cell.add(piece));
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
        let texts = rows.iter().map(|(_, pieces)| pieces.iter().map(|piece| piece.text.as_str()).collect());
        let cells: Vec<Vec<&str>> = texts.collect();
        return Some(tabbed::table(&origins, &cells));
    }
    Some(spanned(&rows).unwrap_or_else(|| counted(&rows, columns)))
}

/// A table of so many columns whose upright rules do not stand below each other: the last cell of a shorter row takes the
/// rest.
fn counted(rows: &[(Line, Vec<Piece>)], columns: usize) -> Table {
    let row = |(line, pieces): &(Line, Vec<Piece>)| {
        let mut cells: Vec<_> = pieces.iter().map(|piece| line.cell(&piece.text)).collect();
        let rest = u32::try_from(columns - cells.len()).unwrap_or(0);
        cells.iter_mut().last().into_iter().for_each(|last| last.columns += rest);
        Row::new(cells)
    };
    let rows = rows.iter().map(row).collect();
    Table { columns: vec![Default::default(); columns], rows, ..Table::default() }
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
