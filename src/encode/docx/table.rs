//! Tables: the grid, spans, and the widths of columns.

use docx_rs::{
    DocumentChild, StructuredDataTagChild, TableCell, TableCellContent, TableCellMargins, TableChild,
    TableLayoutType, TableRow, TableRowChild, VMergeType, WidthType,
};

use super::body::Writer;
use super::order::set_row;
use super::place::{Place, column_alignment};
use super::script::lines_in;
use super::shown::{is_blank, is_text, vanishes};
use super::styles::id;
use crate::diagnostic::Kind;
use crate::layout;
use crate::ooxml::{LARGEST, TWIPS_PER_PT, twips};
use crate::profile::StyleName;
use crate::tree::{Block, BlockKind, Cell, ColumnAlignment, Location, Paragraph, Table};

/// Word opens no table of more columns.
const MOST_COLUMNS: usize = 63;

/// Margin above and below the text of a cell, as the table style sets it, in em.
pub(super) const CELL_MARGIN_ABOVE: f64 = 0.25;

/// Margin left and right of the text of a cell, as the table style sets it, in em.
pub(super) const CELL_MARGIN: f64 = layout::PADDING_SIDE;

/// The least height of a line, in pt, in which pictures are measured.
const SMALL_LINE: f64 = 10.0;

/// Fiftieths of a percent in a thousandth (ECMA-376 17.18.90).
const FIFTIETHS: usize = 5;

/// Indent of a list in a cell, in em.
const LIST_INDENT: f64 = 3.5;

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

/// Widths in twips that together are `total`, in the proportions of `widths`.
fn share(widths: &[f64], total: i32) -> Vec<usize> {
    let sum: f64 = widths.iter().sum();
    widths.iter().map(|width| (width / sum * f64::from(total)).floor().max(1.0) as usize).collect()
}

/// True where each column ends with a cell of some row.
fn ends_are_told(columns: usize, rows: &[Vec<(usize, Slot<'_>)>]) -> bool {
    let mut told = vec![false; columns + 1];
    rows.iter().flatten().for_each(|(column, slot)| told[(column + span(*slot)).min(columns)] = true);
    told.iter().skip(1).all(|told| *told)
}

/// True where the text of a cell shows how it is set.
fn tells_alignment(cell: &Cell) -> bool {
    let tells = |paragraph: &Paragraph| is_text(paragraph.role) && !is_blank(&paragraph.content);
    cell.blocks.iter().any(|block| block.kind.is_image_or(tells))
}

/// For each column, whether a cell of these rows shows by its text how the column is set.
fn told(columns: usize, rows: &[Vec<(usize, Slot<'_>)>]) -> Vec<bool> {
    let mut told = vec![false; columns];
    for (column, slot) in rows.iter().flatten() {
        if let Slot::Cell { cell, columns: 1, .. } = slot {
            told[*column] |= tells_alignment(cell);
        }
    }
    told
}

/// For each column, whether there is an empty cell, which shows how the column is set where no text does.
fn empty(columns: usize, rows: &[Vec<(usize, Slot<'_>)>]) -> Vec<bool> {
    let mut empty = vec![false; columns];
    for (column, slot) in rows.iter().flatten() {
        empty[*column] |= match slot {
            Slot::Cell { cell, columns: 1, .. } => cell.blocks.iter().all(|block| vanishes(&block.kind)),
            Slot::Cell { .. } | Slot::Continued { .. } => false,
            Slot::Empty => true,
        };
    }
    empty
}

/// How many lines blocks are at most, in columns of that many em.
fn most_lines(blocks: &[Block], room: f64) -> f64 {
    // A character may have no room at the end of each line.
    let of_text = |text: &str, room: f64| lines_in(text, room - 1.0);
    let lines = blocks.iter().map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => of_text(&paragraph.text(), room),
        BlockKind::List(list) => {
            list.items.iter().map(|item| most_lines(&item.blocks, room - LIST_INDENT)).sum()
        }
        BlockKind::Table(table) => {
            let (columns, rows) = grid(table);
            let room = room / columns.max(1) as f64;
            let cells = |row: &Vec<(usize, Slot<'_>)>| {
                row.iter()
                    .map(|(_, slot)| match slot {
                        Slot::Cell { cell, .. } => most_lines(&cell.blocks, room),
                        Slot::Continued { .. } | Slot::Empty => 1.0,
                    })
                    .fold(1.0, f64::max)
            };
            rows.iter().map(cells).sum()
        }
        BlockKind::Quote(blocks) => most_lines(blocks, room - 2.0),
        BlockKind::Code(code) => of_text(&code.text, room),
        BlockKind::Image(image) => {
            let own = image.size.map_or(0.0, |size| f64::from(size.height) / TWIPS_PER_PT / SMALL_LINE);
            own.max(of_text(&image.alt, room))
        }
        BlockKind::Rule | BlockKind::PageBreak | BlockKind::Raw(_) => 1.0,
    });
    lines.sum()
}

impl<'a> Writer<'a> {
    /// Writes a table over the whole width of its place (ECMA-376 17.4).
    pub(super) fn table(
        &mut self,
        table: &'a Table,
        at: &Location,
        place: Place,
        out: &mut Vec<DocumentChild>,
    ) {
        let (columns, rows) = grid(table);
        let borderless = table.borderless;
        if columns == 0 {
            return;
        }
        if table.rows.is_empty() {
            let message = message!("a table without rows has no place in a Word file");
            self.diagnostics.report(Kind::Dropped, "empty-table", at.clone(), message);
            return;
        }
        if columns > MOST_COLUMNS {
            self.diagnostics.report(
                Kind::Substituted,
                "wide-table",
                at.clone(),
                message!(
                    "Word has no table of more than {most} columns; its cells are written as paragraphs",
                    most = MOST_COLUMNS
                ),
            );
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                self.blocks(&cell.blocks, place, out);
            }
            return;
        }
        let base = self.inner_base(place);
        let total = (place.width - base).max(twips(72.0));
        let mut set =
            layout::column_widths(table, self.profile, f64::from(total) / TWIPS_PER_PT, &self.figures);
        set.widths.resize(columns, 1.0);
        let widths = share(&set.widths, total);
        let outer = std::mem::replace(&mut self.scale, set.scale);
        let high = self.high_rows(&rows, &widths);
        self.report_alignment(table, &rows, at);
        let shares = table.shares(columns).filter(|_| ends_are_told(columns, &rows));
        if shares.is_none() && !table.widths.is_empty() {
            let message = message!("the widths that the table asks for do not fit its columns");
            self.diagnostics.report(Kind::Substituted, "column-width", at.clone(), message);
        }
        let told = told(columns, &rows[table.header_rows.min(rows.len())..]);
        let mut written = Vec::with_capacity(rows.len());
        for (index, slots) in rows.iter().enumerate() {
            let head = index < table.header_rows;
            let cells = slots.iter().map(|(column, slot)| {
                let covered = *column..(*column + span(*slot)).min(columns);
                let width: usize = widths[covered.clone()].iter().sum();
                let share = shares.as_ref().map(|shares| shares[covered].iter().sum::<u32>() as usize);
                // Heads stand in the middle; only where nothing is below do they say how their column is set.
                let of_column = table.columns.get(*column).copied().unwrap_or_default();
                let alignment = match slot {
                    _ if head && told[*column] => ColumnAlignment::Default,
                    Slot::Cell { cell, .. } if !head => table.alignment(cell, *column),
                    Slot::Cell { .. } | Slot::Continued { .. } | Slot::Empty => of_column,
                };
                let cell = self.cell(*slot, width, alignment, head, at);
                // What the table asks for, and what it is by what its columns hold, are told apart.
                match share {
                    Some(share) => cell.width(share * FIFTIETHS, WidthType::Pct),
                    None => cell.width(width, WidthType::Dxa),
                }
            });
            let row = TableRow::new(cells.collect());
            let height = table.rows[index].height.filter(|height| *height > 0);
            if height.is_some_and(|height| height > LARGEST) {
                let message = message!("no row of a Word file is asked to be higher than 22 inches");
                self.diagnostics.report(Kind::Substituted, "row-height", at.clone(), message);
            }
            let row = set_row(row, height.map(|height| height.min(LARGEST)), head);
            let divided = self.profile.divide_rows || high[index];
            written.push(if divided { row } else { row.cant_split() });
        }
        self.scale = outer;
        let mut table = docx_rs::Table::without_borders(written)
            .set_grid(widths.clone())
            .width(widths.iter().sum(), WidthType::Dxa)
            .layout(if shares.is_some() { TableLayoutType::Autofit } else { TableLayoutType::Fixed });
        if !borderless {
            table = table.style(id::TABLE);
        }
        if set.scale < 1.0 {
            let size = self.profile.named(StyleName::TableCell).size * set.scale;
            let [above, side] =
                [CELL_MARGIN_ABOVE, CELL_MARGIN].map(|em| twips(em * size).unsigned_abs() as usize);
            table = table.margins(TableCellMargins::new().margin(above, side, above, side));
        }
        if base != 0 {
            table = table.indent(base);
        }
        // Word joins tables that touch.
        if matches!(out.last(), Some(DocumentChild::Table(_))) {
            out.push(DocumentChild::Paragraph(Box::new(docx_rs::Paragraph::new())));
        }
        out.push(DocumentChild::Table(Box::new(table)));
        self.after_table = true;
    }

    /// Reports columns whose cells do not show how they are set.
    fn report_alignment(&mut self, table: &Table, rows: &[Vec<(usize, Slot<'_>)>], at: &Location) {
        let set = table.columns.iter().map(|alignment| *alignment != ColumnAlignment::Default);
        let columns = rows.iter().flatten().map(|(column, slot)| column + span(*slot)).max().unwrap_or(0);
        let shown = told(columns, rows).into_iter().zip(empty(columns, rows));
        if set.zip(shown).any(|(set, (told, empty))| set && !told && !empty) {
            let message = message!("no cell of one column shows how the column is aligned");
            self.diagnostics.report(Kind::Substituted, "column-alignment", at.clone(), message);
        }
        let below = rows.iter().skip(table.header_rows).flatten();
        let is_hidden = |slot: &Slot<'_>| match slot {
            Slot::Cell { cell, .. } => {
                let is_empty = cell.blocks.iter().all(|block| vanishes(&block.kind));
                cell.alignment.is_some() && !is_empty && !tells_alignment(cell)
            }
            Slot::Continued { .. } | Slot::Empty => false,
        };
        if below.map(|(_, slot)| slot).any(is_hidden) {
            let message = message!("nothing in one cell shows how it is aligned");
            self.diagnostics.report(Kind::Substituted, "cell-alignment", at.clone(), message);
        }
    }

    /// True for a table whose columns have no room on a page that is higher than wide.
    pub(super) fn is_too_wide(&self, table: &Table) -> bool {
        let columns = grid(table).0;
        if columns == 0 || columns > MOST_COLUMNS || self.geometry.width >= self.geometry.height {
            return false;
        }
        layout::is_too_wide(table, self.profile, f64::from(self.geometry.measure()) / TWIPS_PER_PT)
    }

    /// For each row, whether it may be higher than a page, alone or by a cell that reaches into it.
    fn high_rows(&self, rows: &[Vec<(usize, Slot<'_>)>], widths: &[usize]) -> Vec<bool> {
        let size = self.profile.named(StyleName::TableCell).size * self.scale;
        let most = f64::from(self.geometry.text_height()) * layout::HIGHEST_ROW
            / TWIPS_PER_PT
            / (size * layout::CELL_LEADING);
        let mut high = vec![false; rows.len()];
        for (index, slots) in rows.iter().enumerate() {
            for (column, slot) in slots {
                let Slot::Cell { cell, columns, rows } = slot else { continue };
                let width: usize = widths.iter().skip(*column).take(*columns).sum();
                let room = width as f64 / TWIPS_PER_PT / size - 2.0 * CELL_MARGIN;
                if most_lines(&cell.blocks, room) > most {
                    high[index..index + rows].fill(true);
                }
            }
        }
        high
    }

    fn cell(
        &mut self,
        slot: Slot<'a>,
        width: usize,
        alignment: ColumnAlignment,
        head: bool,
        at: &Location,
    ) -> TableCell {
        let mut written = TableCell::new();
        let span = span(slot);
        if span > 1 {
            written = written.grid_span(span);
        }
        let margin = CELL_MARGIN * self.profile.named(StyleName::TableCell).size * self.scale;
        let inner = (width as i32 - 2 * twips(margin)).max(1);
        let place = Place::cell(alignment, head, inner);
        let mut content = Vec::new();
        match slot {
            Slot::Cell { cell, rows, columns } => {
                if columns < cell.columns as usize {
                    self.diagnostics.report(
                        Kind::Substituted,
                        "overlapping-cells",
                        at.clone(),
                        message!("a cell that covers another is made narrower"),
                    );
                }
                if rows < cell.rows as usize {
                    let message = message!("a cell that reaches below the table ends with it");
                    self.diagnostics.report(Kind::Substituted, "overlapping-cells", at.clone(), message);
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
        if !content.last().is_some_and(ends_with_paragraph) {
            let style = if head { id::TABLE_HEAD } else { id::TABLE_CELL };
            let mut last = docx_rs::Paragraph::new().style(style);
            let size =
                self.profile.named(if head { StyleName::TableHead } else { StyleName::TableCell }).size;
            if let Some(leading) = self.scaled_leading(None, size) {
                last = last.line_spacing(leading);
            }
            last = self.scaled(last, size);
            if let Some(alignment) = column_alignment(alignment).filter(|_| content.is_empty()) {
                last = last.align(alignment);
            }
            content.push(DocumentChild::Paragraph(Box::new(last)));
        }
        for child in content {
            match child {
                DocumentChild::Paragraph(paragraph) => {
                    written.children.push(TableCellContent::Paragraph(paragraph));
                }
                DocumentChild::Table(table) => written.children.push(TableCellContent::Table(table)),
                DocumentChild::StructuredDataTag(group) => {
                    written.children.push(TableCellContent::StructuredDataTag(group));
                }
                // `blocks` writes paragraphs, tables and groups only.
                DocumentChild::BookmarkStart(_)
                | DocumentChild::BookmarkEnd(_)
                | DocumentChild::CommentStart(_)
                | DocumentChild::CommentEnd(_)
                | DocumentChild::TableOfContents(_)
                | DocumentChild::Section(_) => {}
            }
        }
        written
    }
}

/// Keeps the last row of a table on the page of what follows.
pub(super) fn keep_last_row(table: Option<&mut DocumentChild>) {
    let Some(DocumentChild::Table(table)) = table else { return };
    let Some(TableChild::TableRow(row)) = table.rows.last_mut() else { return };
    for TableRowChild::TableCell(cell) in &mut row.cells {
        for child in &mut cell.children {
            if let TableCellContent::Paragraph(paragraph) = child {
                paragraph.property.keep_next = Some(true);
            }
        }
    }
}

/// True for a paragraph and for a group that ends with one.
fn ends_with_paragraph(child: &DocumentChild) -> bool {
    match child {
        DocumentChild::Paragraph(_) => true,
        DocumentChild::StructuredDataTag(group) => {
            matches!(group.children.last(), Some(StructuredDataTagChild::Paragraph(_)))
        }
        DocumentChild::Table(_)
        | DocumentChild::BookmarkStart(_)
        | DocumentChild::BookmarkEnd(_)
        | DocumentChild::CommentStart(_)
        | DocumentChild::CommentEnd(_)
        | DocumentChild::TableOfContents(_)
        | DocumentChild::Section(_) => false,
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
            rows: vec![
                Row::new(vec![cell(1, 2), cell(2, 2), cell(1, 1)]),
                Row::new(vec![cell(1, 1)]),
                Row::new(vec![cell(1, 1), cell(9, u32::MAX)]),
            ],
            ..Table::default()
        };
        assert_eq!(drawn(&table), ["c1c2c1------", "v1v2c1------", "c1c9"]);
    }

    #[test]
    fn a_cell_ends_where_one_from_above_begins() {
        let table = Table {
            rows: vec![Row::new(vec![cell(1, 1), cell(1, 2)]), Row::new(vec![cell(3, 1)])],
            ..Table::default()
        };
        assert_eq!(drawn(&table), ["c1c1", "c1v1"]);
    }
}
