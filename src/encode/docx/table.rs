//! Tables: the grid, spans, and the widths of columns.

use docx_rs::{DocumentChild, TableCell, TableCellContent, TableLayoutType, TableRow, VMergeType, WidthType};

use super::body::{Place, Writer, empty_paragraph};
use super::script::width_in_em;
use super::styles::id;
use crate::diagnostic::Kind;
use crate::ooxml::{twips, twips_from_em};
use crate::profile::StyleName;
use crate::tree::{Block, BlockKind, Cell, ColumnAlignment, Location, Table};

/// Word opens no table of more columns.
const MOST_COLUMNS: usize = 63;

/// Margin left and right of the text of a cell, as the table style sets it, in pt.
pub(super) const CELL_MARGIN: f64 = 5.4;

/// Columns narrower than so many em are not made while others can give way.
const NARROWEST: f64 = 2.0;

/// What stands at a place of the grid.
#[derive(Clone, Copy)]
enum Slot<'a> {
    /// A cell begins; it covers so many columns and rows.
    Cell { cell: &'a Cell, columns: usize, rows: usize },
    /// A cell of a row above reaches down here; it covers so many columns.
    Continued { columns: usize },
    /// No cell.
    Empty,
}

/// The number of columns, and the rows as slots with their first column; every row fills all columns. Ends
/// early where there are more columns than Word allows.
fn grid(table: &Table) -> (usize, Vec<Vec<(usize, Slot<'_>)>>) {
    let mut rows: Vec<Vec<(usize, Slot<'_>)>> = Vec::with_capacity(table.rows.len());
    // For each column, the rows still covered from above, and the width where the covering cell begins.
    let mut covered: Vec<(usize, usize)> = Vec::new();
    let mut width = table.columns.len();
    if width > MOST_COLUMNS {
        return (width, rows);
    }
    for (index, row) in table.rows.iter().enumerate() {
        let mut slots = Vec::new();
        let mut column = 0;
        let mut cells = row.cells.iter();
        loop {
            if let Some((left, columns)) = covered.get(column).copied()
                && left > 0
            {
                if columns > 0 {
                    slots.push((column, Slot::Continued { columns }));
                }
                covered[column].0 -= 1;
                column += 1;
                continue;
            }
            let Some(cell) = cells.next() else {
                if column >= covered.len() {
                    break;
                }
                slots.push((column, Slot::Empty));
                column += 1;
                continue;
            };
            // A cell ends where one from above begins.
            let wanted = (cell.columns.max(1) as usize).min(MOST_COLUMNS + 1);
            let free = covered.iter().skip(column).take(wanted).position(|(left, _)| *left > 0);
            let columns = free.map_or(wanted, |free| wanted.min(free.max(1)));
            let down = (cell.rows.max(1) as usize).min(table.rows.len() - index);
            if covered.len() < column + columns {
                covered.resize(column + columns, (0, 0));
            }
            if covered.len() > MOST_COLUMNS {
                return (covered.len(), rows);
            }
            for offset in 0..columns {
                covered[column + offset] = (down - 1, if offset == 0 { columns } else { 0 });
            }
            slots.push((column, Slot::Cell { cell, columns, rows: down }));
            column += columns;
        }
        width = width.max(column);
        rows.push(slots);
    }
    for slots in &mut rows {
        let end = slots.last().map_or(0, |(column, slot)| column + span(*slot));
        slots.extend((end..width).map(|column| (column, Slot::Empty)));
    }
    (width, rows)
}

fn span(slot: Slot<'_>) -> usize {
    match slot {
        Slot::Cell { columns, .. } | Slot::Continued { columns } => columns,
        Slot::Empty => 1,
    }
}

/// Shares `total` among columns that would like `natural`: columns that ask for less than an equal share
/// get what they ask, the others share the rest by what they ask; where there is more than enough, all grow.
fn share(natural: &[f64], narrowest: f64, total: i32) -> Vec<usize> {
    let wanted: Vec<f64> = natural.iter().map(|width| width.max(narrowest)).collect();
    let total = f64::from(total);
    let mut widths = wanted.clone();
    if wanted.iter().sum::<f64>() > total {
        let mut order: Vec<usize> = (0..wanted.len()).collect();
        order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
        let (mut rest, mut left) = (total, wanted.len());
        for (done, column) in order.iter().enumerate() {
            if wanted[*column] > rest / left as f64 {
                let asked: f64 = order[done..].iter().map(|column| wanted[*column].sqrt()).sum();
                for column in &order[done..] {
                    widths[*column] = rest * wanted[*column].sqrt() / asked;
                }
                break;
            }
            rest -= wanted[*column];
            left -= 1;
        }
    }
    let sum: f64 = widths.iter().sum();
    widths.iter().map(|width| (width / sum * total).floor().max(1.0) as usize).collect()
}

/// Width of the longest line of blocks, in em.
fn natural_width(blocks: &[Block]) -> f64 {
    let widest = |text: &str| text.split('\n').map(width_in_em).fold(0.0, f64::max);
    let widths = blocks.iter().map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => widest(&paragraph.text()),
        BlockKind::List(list) => {
            list.items.iter().map(|item| natural_width(&item.blocks)).fold(0.0, f64::max) + 2.0
        }
        BlockKind::Table(table) => {
            let cells =
                table.rows.iter().map(|row| row.cells.iter().map(|cell| natural_width(&cell.blocks)).sum());
            cells.fold(0.0, f64::max)
        }
        BlockKind::Quote(blocks) => natural_width(blocks) + 2.0,
        BlockKind::Code(code) => widest(&code.text),
        BlockKind::Image(image) => widest(&image.alt),
        BlockKind::Rule | BlockKind::PageBreak | BlockKind::Raw(_) => 0.0,
    });
    widths.fold(0.0, f64::max)
}

impl Writer<'_> {
    /// Writes a table over the whole width of its place (ECMA-376 17.4).
    pub(super) fn table(&mut self, table: &Table, at: &Location, place: Place, out: &mut Vec<DocumentChild>) {
        let (columns, rows) = grid(table);
        if columns == 0 {
            return;
        }
        if columns > MOST_COLUMNS {
            self.diagnostics.report(
                Kind::Substituted,
                "wide-table",
                at.clone(),
                format!("Word has no table of more than {MOST_COLUMNS} columns; its cells are written as paragraphs"),
            );
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                self.blocks(&cell.blocks, place, out);
            }
            return;
        }
        let base = self.inner_base(place);
        let total = (place.width - base).max(twips(72.0));
        let widths = share(&self.natural_widths(columns, &rows), self.narrowest(), total);
        let mut written = Vec::with_capacity(rows.len());
        for (index, slots) in rows.iter().enumerate() {
            let head = index < table.header_rows;
            // Rows are numbered before the tables inside their cells.
            self.header_rows.push(head);
            let cells = slots.iter().map(|(column, slot)| {
                let width: usize = widths[*column..(*column + span(*slot)).min(columns)].iter().sum();
                let alignment = table.columns.get(*column).copied().unwrap_or_default();
                self.cell(*slot, width, alignment, head, at)
            });
            let mut row = TableRow::new(cells.collect());
            if head {
                row = row.cant_split();
            }
            written.push(row);
        }
        let mut table = docx_rs::Table::without_borders(written)
            .set_grid(widths.clone())
            .style(id::TABLE)
            .width(widths.iter().sum(), WidthType::Dxa)
            .layout(TableLayoutType::Fixed);
        if base != 0 {
            table = table.indent(base);
        }
        // Word joins tables that touch.
        if matches!(out.last(), Some(DocumentChild::Table(_))) {
            out.push(DocumentChild::Paragraph(Box::new(docx_rs::Paragraph::new())));
        }
        out.push(DocumentChild::Table(Box::new(table)));
    }

    fn narrowest(&self) -> f64 {
        let size = self.profile.named(StyleName::TableCell).size;
        f64::from(twips_from_em(NARROWEST, size) + 2 * twips(CELL_MARGIN))
    }

    /// What each column asks for in twips: its widest cell of one column.
    fn natural_widths(&self, columns: usize, rows: &[Vec<(usize, Slot<'_>)>]) -> Vec<f64> {
        let size = self.profile.named(StyleName::TableCell).size;
        let mut natural = vec![0.0_f64; columns];
        for (column, slot) in rows.iter().flatten() {
            if let Slot::Cell { cell, columns: 1, .. } = slot {
                let text = natural_width(&cell.blocks) * size * crate::ooxml::TWIPS_PER_PT;
                natural[*column] = natural[*column].max(text + 2.0 * f64::from(twips(CELL_MARGIN)) + 1.0);
            }
        }
        natural
    }

    fn cell(
        &mut self,
        slot: Slot<'_>,
        width: usize,
        alignment: ColumnAlignment,
        head: bool,
        at: &Location,
    ) -> TableCell {
        let mut written = TableCell::new().width(width, WidthType::Dxa);
        let span = span(slot);
        if span > 1 {
            written = written.grid_span(span);
        }
        let inner = (width as i32 - 2 * twips(CELL_MARGIN)).max(1);
        let place = Place::cell(alignment, head, inner);
        let mut content = Vec::new();
        match slot {
            Slot::Cell { cell, rows, columns } => {
                if columns < cell.columns as usize {
                    self.diagnostics.report(
                        Kind::Substituted,
                        "overlapping-cells",
                        at.clone(),
                        "a cell that covers another is made narrower",
                    );
                }
                if rows > 1 {
                    written = written.vertical_merge(VMergeType::Restart);
                }
                self.blocks(&cell.blocks, place, &mut content);
            }
            Slot::Continued { .. } => written = written.vertical_merge(VMergeType::Continue),
            Slot::Empty => {}
        }
        // A cell ends with a paragraph (17.4.65).
        if !matches!(content.last(), Some(DocumentChild::Paragraph(_))) {
            let style = if head { id::TABLE_HEAD } else { id::TABLE_CELL };
            content.push(empty_paragraph(style));
        }
        for child in content {
            match child {
                DocumentChild::Paragraph(paragraph) => {
                    written.children.push(TableCellContent::Paragraph(paragraph));
                }
                DocumentChild::Table(table) => written.children.push(TableCellContent::Table(table)),
                // `blocks` writes paragraphs and tables only.
                DocumentChild::BookmarkStart(_)
                | DocumentChild::BookmarkEnd(_)
                | DocumentChild::CommentStart(_)
                | DocumentChild::CommentEnd(_)
                | DocumentChild::StructuredDataTag(_)
                | DocumentChild::TableOfContents(_)
                | DocumentChild::Section(_) => {}
            }
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Row;

    fn drawn(table: &Table) -> Vec<String> {
        let (_, rows) = grid(table);
        let letter = |slot: &Slot<'_>| match slot {
            Slot::Cell { columns, .. } => format!("c{columns}"),
            Slot::Continued { columns } => format!("v{columns}"),
            Slot::Empty => "-".into(),
        };
        rows.iter().map(|row| row.iter().map(|(_, slot)| letter(slot)).collect()).collect()
    }

    fn cell(columns: u32, rows: u32) -> Cell {
        Cell { columns, rows, ..Cell::new(vec![]) }
    }

    #[test]
    fn spans_fill_the_grid() {
        let table = Table {
            columns: vec![],
            header_rows: 0,
            rows: vec![
                Row { cells: vec![cell(1, 2), cell(2, 2), cell(1, 1)] },
                Row { cells: vec![cell(1, 1)] },
                Row { cells: vec![cell(1, 1), cell(9, u32::MAX)] },
            ],
        };
        assert_eq!(drawn(&table), ["c1c2c1------", "v1v2c1------", "c1c9"]);
    }

    #[test]
    fn a_cell_ends_where_one_from_above_begins() {
        let table = Table {
            columns: vec![],
            header_rows: 0,
            rows: vec![Row { cells: vec![cell(1, 1), cell(1, 2)] }, Row { cells: vec![cell(3, 1)] }],
        };
        assert_eq!(drawn(&table), ["c1c1", "c1v1"]);
    }

    #[test]
    fn narrow_columns_keep_their_width_and_long_ones_share() {
        assert_eq!(share(&[100.0, 100.0], 10.0, 1000), [500, 500]);
        let widths = share(&[100.0, 5000.0, 5000.0], 10.0, 1000);
        assert_eq!(widths, [100, 450, 450]);
        assert!(share(&[0.0; 3], 10.0, 999).iter().all(|width| *width == 333));
    }
}
