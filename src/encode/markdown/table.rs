//! Tables: what Markdown can say of them, and how it is written.

use super::inline::{self, Place};
use super::normal::{Pass, is_headline, needs_comment};
use crate::attributes;
use crate::diagnostic::Kind;
use crate::markdown::inline::lead_as_bold;
use crate::tree::{Block, BlockKind, Cell, ColumnAlignment, Inline, Origin, Paragraph, Role, Row, Table};

impl Pass<'_> {
    /// A table of one width, without spans, with one row of head or none; `None` where it has no cell.
    pub(super) fn table(&mut self, table: &Table) -> Option<Table> {
        let mut rows = self.grid(table);
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(table.columns.len());
        if width == 0 {
            return None;
        }
        for row in &mut rows {
            row.cells.resize_with(width, || Cell::new(Vec::new()));
        }
        let mut columns = table.columns.clone();
        columns.resize(width, ColumnAlignment::Default);
        let is_set =
            |row: &Row| row.height.is_some() || row.cells.iter().any(|cell| cell.alignment.is_some());
        if table.borderless || !table.widths.is_empty() || table.rows.iter().any(is_set) {
            let message = message!(
                "Markdown has no widths of columns, no heights of rows, no cells set by themselves and no tables without rules"
            );
            self.report(Kind::Substituted, "table-form", message, String::new());
        }
        let mut header_rows = table.header_rows.min(rows.len());
        if header_rows > 1 {
            header_rows = 1;
            let message = message!("only the first row of a table is its head");
            self.report(Kind::Substituted, "table-head", message, String::new());
        }
        // A head of empty cells is how a table without a head is written.
        if header_rows == 1 && rows[0].cells.iter().all(|cell| cell.blocks.is_empty()) {
            rows.remove(0);
            header_rows = 0;
            let message = message!("a head of empty cells is left out");
            self.report(Kind::Dropped, "table-head", message, String::new());
        }
        Some(Table { columns, header_rows, rows, ..Table::default() })
    }

    /// The rows with one cell for every place: a span leaves empty cells where it reaches.
    fn grid(&mut self, table: &Table) -> Vec<Row> {
        let mut reach: Vec<u32> = Vec::new();
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut cells = Vec::new();
            let mut given = row.cells.iter();
            loop {
                let column = cells.len();
                if let Some(left) = reach.get_mut(column).filter(|left| **left > 0) {
                    *left -= 1;
                    cells.push(Cell::new(Vec::new()));
                    continue;
                }
                let Some(cell) = given.next() else {
                    if reach[column.min(reach.len())..].iter().all(|left| *left == 0) {
                        break;
                    }
                    cells.push(Cell::new(Vec::new()));
                    continue;
                };
                if cell.columns > 1 || cell.rows > 1 {
                    let message = message!("a cell that spans is one cell with empty ones beside it");
                    self.report(Kind::Substituted, "table-span", message, String::new());
                }
                let blocks = self.cell(&cell.blocks);
                // A span past any table is a mistake; empty cells have their limit.
                let span = cell.columns.clamp(1, 1000) as usize;
                reach.resize(reach.len().max(column + span), 0);
                reach[column..column + span].fill(cell.rows.max(1) - 1);
                cells.push(Cell::new(blocks));
                cells.extend((1..span).map(|_| Cell::new(Vec::new())));
            }
            rows.push(Row::new(cells));
        }
        rows
    }

    /// The blocks of a cell as one paragraph, or none.
    fn cell(&mut self, blocks: &[Block]) -> Vec<Block> {
        if let ([Block { kind: BlockKind::Paragraph(paragraph), origin }], true) = (blocks, self.roles()) {
            let mut paragraph = self.stated(paragraph, false);
            self.refer_pipes(&mut paragraph.content);
            let bare = paragraph.content.is_empty() && !needs_comment(&paragraph) && !is_headline(&paragraph);
            let block = Block { kind: BlockKind::Paragraph(paragraph), origin: origin.clone() };
            return if bare { Vec::new() } else { vec![block] };
        }
        let mut content = Vec::new();
        let mut plain = true;
        self.cell_inlines(blocks, &mut content, &mut plain);
        if !plain {
            let message = message!("blocks in a cell are lines of one paragraph");
            self.report(Kind::Substituted, "cell-blocks", message, String::new());
        }
        let mut content = self.inlines(content, false);
        self.refer_pipes(&mut content);
        if content.is_empty() {
            return Vec::new();
        }
        let origin = blocks.first().map_or_else(Origin::default, |block| block.origin.clone());
        vec![Block { kind: BlockKind::Paragraph(Paragraph::new(Role::Body, content)), origin }]
    }

    /// In a cell `|` ends HTML too, whatever stands before it; its reference says the same.
    fn refer_pipes(&mut self, content: &mut [Inline]) {
        let mut replaced = String::new();
        refer_pipes(content, &mut replaced);
        if !replaced.is_empty() {
            let message = message!("| in markup in a cell is written as its reference");
            self.report(Kind::Substituted, "character-replaced", message, replaced);
        }
    }

    fn cell_inlines(&mut self, blocks: &[Block], content: &mut Vec<Inline>, plain: &mut bool) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                content.push(Inline::Break);
                *plain = false;
            }
            *plain &= matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Image(_));
            match &block.kind {
                BlockKind::Paragraph(paragraph) => content.extend(lead_as_bold(paragraph).into_owned()),
                BlockKind::Image(image) => content.push(Inline::Image(image.clone())),
                BlockKind::Code(code) => {
                    for (at, line) in code.text.lines().enumerate() {
                        if at > 0 {
                            content.push(Inline::Break);
                        }
                        content.push(Inline::Code(line.to_owned()));
                    }
                }
                BlockKind::Raw(markup) => {
                    self.report_read(markup.trim());
                    content.push(Inline::Raw(markup.clone()));
                }
                BlockKind::Quote(blocks) => self.cell_inlines(blocks, content, plain),
                BlockKind::List(list) => {
                    for (number, item) in list.items.iter().enumerate() {
                        if number > 0 {
                            content.push(Inline::Break);
                        }
                        let marker = match list.start {
                            Some(start) => format!("{}. ", start.saturating_add(number as u64)),
                            None => "- ".to_owned(),
                        };
                        let check = match item.checked {
                            Some(true) => "[x] ",
                            Some(false) => "[ ] ",
                            None => "",
                        };
                        content.push(Inline::Text(marker + check));
                        self.cell_inlines(&item.blocks, content, plain);
                    }
                }
                BlockKind::Table(table) => {
                    for (at, row) in table.rows.iter().enumerate() {
                        if at > 0 {
                            content.push(Inline::Break);
                        }
                        for (at, cell) in row.cells.iter().enumerate() {
                            if at > 0 {
                                content.push(Inline::Text(" | ".to_owned()));
                            }
                            self.cell_inlines(&cell.blocks, content, plain);
                        }
                    }
                }
                BlockKind::Rule | BlockKind::PageBreak => {
                    let message = message!("a cell holds no rule and no page break");
                    self.report(Kind::Dropped, "cell-blocks", message, String::new());
                }
            }
        }
    }
}

/// Replaces `|` in markup by its reference; gives what was replaced.
fn refer_pipes(content: &mut [Inline], replaced: &mut String) {
    for inline in content {
        match inline {
            Inline::Raw(markup) => {
                replaced.extend(markup.chars().filter(|c| *c == '|'));
                *markup = markup.replace('|', "&#124;");
            }
            Inline::Styled(_, inner) | Inline::Link { content: inner, .. } => refer_pipes(inner, replaced),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::NoteRef(_) | Inline::Break => {}
        }
    }
}

/// Writes a table in its normal form.
pub(super) fn write(table: &Table, out: &mut String) {
    let (head, rows) = table.rows.split_at(table.header_rows.min(table.rows.len()));
    let empty = Row::default();
    write_row(head.first().unwrap_or(&empty), table.columns.len(), out);
    out.push_str("\n|");
    for column in &table.columns {
        out.push_str(match column {
            ColumnAlignment::Default => " --- |",
            ColumnAlignment::Left => " :-- |",
            ColumnAlignment::Centre => " :-: |",
            ColumnAlignment::Right => " --: |",
        });
    }
    for row in rows {
        out.push('\n');
        write_row(row, table.columns.len(), out);
    }
}

fn write_row(row: &Row, width: usize, out: &mut String) {
    out.push('|');
    for column in 0..width {
        let text = match row.cells.get(column).and_then(|cell| cell.blocks.first()).map(|block| &block.kind) {
            Some(BlockKind::Paragraph(paragraph)) => {
                let content = lead_as_bold(paragraph);
                // In a cell no role is implied but that of text.
                let stated = needs_comment(paragraph) || is_headline(paragraph);
                let comment = if stated { attributes::comment(paragraph) } else { String::new() };
                comment + &inline::write(&content, Place::Cell)
            }
            Some(
                BlockKind::List(_)
                | BlockKind::Table(_)
                | BlockKind::Quote(_)
                | BlockKind::Code(_)
                | BlockKind::Image(_)
                | BlockKind::Rule
                | BlockKind::PageBreak
                | BlockKind::Raw(_),
            )
            | None => String::new(),
        };
        if !text.is_empty() {
            out.push(' ');
            out.push_str(&text);
        }
        out.push_str(" |");
    }
}
