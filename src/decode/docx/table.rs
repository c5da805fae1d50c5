//! Tables (ECMA-376 17.4): grid, spans, heads.

use super::change;
use super::inline::plain_text;
use super::story::{Agreement, Flow, Reader};
use super::styles::{Alignment, shows_rules};
use super::xml::{Element, Ns, is_on};
use crate::diagnostic::Kind;
use crate::limits::Limit;
use crate::ooxml::LARGEST;
use crate::ooxml::meaning::Meaning;
use crate::tree::{Block, BlockKind, Cell, ColumnAlignment, Location, Origin, Row, Table, thousandths};

/// Most columns that a row may have. Word has 63; a span of a billion is an error of the file.
const MAX_COLUMNS: usize = 1024;

/// Distance of lines in twips, as Word sets 五号 on its grid.
const LINE: u32 = 312;

/// Columns are equally wide where they differ by no more than this part of the widest: one in so many.
const EQUAL: u64 = 30;

/// A table while it is gathered.
#[derive(Default)]
struct Grid {
    table: Table,
    /// For the column where it begins, the row and cell that cells below may join, and its columns.
    open: Vec<Option<(usize, usize, usize)>>,
    /// How the cells of one column are aligned: those without words, of the head, and of the rows below it.
    alignment: Vec<[Agreement; 3]>,
    /// Rows so far that are all head.
    head: bool,
    /// Where each column ends, in fiftieths of a percent of the table, as its cells state it.
    ends: Vec<Option<u64>>,
    /// The paragraphs of some cell are not all aligned alike.
    is_mixed: bool,
    /// Some cell has rules around it.
    is_ruled: bool,
    /// Some cell states how wide it is.
    is_stated: bool,
}

impl Grid {
    /// Takes the width of a cell into account, which is the last of its row.
    fn state_width(&mut self, properties: Option<Element<'_>>, row: &mut RowGrid) {
        let stated = stated_width(properties);
        self.is_stated |= stated.is_some_and(|(_, unit)| unit != Some("auto"));
        if self.ends.len() < row.width {
            self.ends.resize(row.width, None);
        }
        row.end = match (row.end, stated) {
            (Some(end), Some((width, Some("pct")))) => end.checked_add(width),
            _ => None,
        };
        let end = &mut self.ends[row.width - 1];
        *end = end.or(row.end);
    }

    /// The widths of columns that this program has written, where it was asked for them.
    fn asked(&self) -> Option<Vec<u32>> {
        let ends: Vec<u64> = self.ends.iter().copied().collect::<Option<_>>()?;
        let widths: Option<Vec<u64>> =
            std::iter::once(&0).chain(&ends).zip(&ends).map(|(a, b)| b.checked_sub(*a)).collect();
        thousandths(&widths?)
    }

    /// The widths of columns in the table of another program, where somebody has set them: by themselves columns are
    /// equally wide, or as wide as their text.
    fn set(&self, table: Element<'_>) -> Option<Vec<u32>> {
        let columns = table.child("tblGrid")?.children().filter(|child| child.is_w("gridCol"));
        let widths: Option<Vec<u64>> = columns.map(|column| column.get("w")?.parse().ok()).collect();
        let widths = widths.filter(|widths| widths.len() == self.alignment.len())?;
        let layout = table.child("tblPr").and_then(|properties| properties.child("tblLayout"));
        let is_fixed = layout.and_then(|layout| layout.get("type")) == Some("fixed");
        let (least, most) = (widths.iter().min()?, widths.iter().max()?);
        let is_equal = (most - least).saturating_mul(EQUAL) <= *most;
        // In a form, equal columns are somebody's wish: what it will hold is not there yet.
        let cells = || self.table.rows.iter().flat_map(|row| &row.cells);
        let is_form = cells().any(|cell| cell.columns > 1) && cells().any(|cell| cell.blocks.is_empty());
        thousandths(&widths).filter(|_| (!is_equal || is_form) && (is_fixed || self.is_stated))
    }
}

/// The least height of a row in which a cell has empty lines, in twips: they keep room, for a seal or a hand.
fn height_of_blanks(flow: &Flow<'_>) -> Option<u32> {
    let between = flow.blocks.iter().map(|block| u32::from(block.origin.appearance.blank_before));
    let blanks = between.sum::<u32>() + u32::from(flow.blank);
    let lines = blanks + u32::try_from(flow.blocks.len()).unwrap_or(0);
    Some(lines * LINE).filter(|_| blanks > 0 && lines > 1).map(|height| height.min(LARGEST))
}

/// How wide a cell is by itself, and in which unit (17.4.71).
fn stated_width<'a>(properties: Option<Element<'a>>) -> Option<(u64, Option<&'a str>)> {
    let width = properties?.child("tcW")?;
    let value = width.get("w")?.parse().ok().filter(|width| *width > 0)?;
    Some((value, width.get("type")))
}

impl<'a> Reader<'a, '_> {
    /// Reads a table.
    pub(super) fn table(&mut self, element: Element<'a>, flow: &mut Flow<'a>) {
        let style = element.child("tblPr").and_then(|properties| properties.value("tblStyle"));
        let style = style.and_then(|style| self.styles.any(style));
        if style.is_some_and(|style| style.meaning == Meaning::Imprint) {
            // Paragraphs between rules.
            self.blocks(element, flow);
            return;
        }
        let at = Location::Part { part: self.part.name.clone(), paragraph: element.paragraph() + 1 };
        let mut grid = Grid { head: true, ..Grid::default() };
        self.nesting += 1;
        self.rows(element, &mut grid);
        self.nesting -= 1;
        if grid.is_mixed {
            let message = message!("the paragraphs of one cell are all aligned alike");
            self.once(Kind::Substituted, "cell-alignment", element, message);
        }
        let widths = if self.own { grid.asked() } else { grid.set(element) };
        let borders = element.child("tblPr").and_then(|properties| properties.child("tblBorders"));
        let is_ruled = match borders {
            Some(borders) => shows_rules(borders),
            None => style.is_some_and(|style| style.rules),
        };
        let mut table = grid.table;
        table.borderless = !is_ruled && !grid.is_ruled;
        table.widths = widths.unwrap_or_default();
        table.columns = grid
            .alignment
            .iter()
            .map(|cells| match cells.iter().rev().find(|cells| **cells != Agreement::Nothing) {
                Some(Agreement::Same(Some(alignment))) => alignment.of_column(),
                Some(Agreement::Same(None) | Agreement::Nothing | Agreement::Mixed) | None => {
                    ColumnAlignment::Default
                }
            })
            .collect();
        table.settle_alignment();
        if !table.rows.is_empty() {
            flow.push(Block { kind: BlockKind::Table(table), origin: Origin::at(at) });
        }
    }

    fn rows(&mut self, parent: Element<'a>, grid: &mut Grid) {
        for child in parent.children() {
            match child.tag() {
                (Ns::W, "tr") => self.row(child, grid),
                (Ns::W, "tblPr" | "tblGrid" | "tblPrEx" | "sdtPr" | "sdtEndPr") => {}
                _ if change::is_left_out(self.changes, child) => {
                    self.report_left_out(child, plain_text(child));
                }
                (Ns::Mc, "AlternateContent") => {
                    if let Some(branch) = child.branch() {
                        self.rows(branch, grid);
                    }
                }
                // Text where no text may stand is kept in a row of its own.
                (Ns::W, "p" | "tc" | "tbl" | "r" | "hyperlink") => {
                    let mut row = RowGrid::default();
                    self.cell(child, grid, &mut row);
                    self.end_row(row, false, grid);
                }
                // Content controls and custom XML hold rows.
                _ => self.rows(child, grid),
            }
        }
    }

    fn row(&mut self, element: Element<'a>, grid: &mut Grid) {
        let properties = element.child("trPr");
        if properties.is_some_and(|properties| change::says_left_out(self.changes, properties)) {
            self.report_left_out(element, plain_text(element));
            return;
        }
        let header = properties.and_then(|properties| properties.child("tblHeader"));
        let mut row = RowGrid::default();
        let skipped = |name| {
            let value = properties.and_then(|properties| properties.value(name));
            value.and_then(|value| value.parse::<usize>().ok()).unwrap_or(0).min(MAX_COLUMNS)
        };
        row.pad(skipped("gridBefore"));
        let height = properties.and_then(|properties| properties.value("trHeight"));
        let height = height.and_then(|height| height.parse::<u32>().ok()).filter(|height| *height > 0);
        row.row.height = height.map(|height| height.min(LARGEST));
        self.cells(element, grid, &mut row);
        self.end_row(row, header.is_some_and(|e| is_on(e.get("val"))), grid);
    }

    fn cells(&mut self, parent: Element<'a>, grid: &mut Grid, row: &mut RowGrid) {
        for child in parent.children() {
            match child.tag() {
                (Ns::W, "tc" | "p" | "tbl" | "r" | "hyperlink") => self.cell(child, grid, row),
                (Ns::W, "trPr" | "tblPrEx" | "sdtPr" | "sdtEndPr") => {}
                (Ns::Mc, "AlternateContent") => {
                    if let Some(branch) = child.branch() {
                        self.cells(branch, grid, row);
                    }
                }
                _ => self.cells(child, grid, row),
            }
        }
    }

    fn cell(&mut self, element: Element<'a>, grid: &mut Grid, row: &mut RowGrid) {
        let properties = element.child("tcPr");
        if properties.is_some_and(|properties| change::says_left_out(self.changes, properties)) {
            self.report_left_out(element, plain_text(element));
            return;
        }
        self.cells += 1;
        if self.cells > self.limits.get(Limit::Cells) {
            return;
        }
        let mut flow = Flow::default();
        if element.is_w("tc") {
            self.blocks(element, &mut flow);
        } else {
            // A paragraph, a table or text outside of any cell.
            self.block(element, &mut flow);
        }
        self.close(&mut flow);
        grid.is_ruled |=
            properties.and_then(|properties| properties.child("tcBorders")).is_some_and(shows_rules);
        let value = |name| properties.and_then(|properties| properties.value(name));
        let has = |name| properties.is_some_and(|properties| properties.child(name).is_some());
        let columns = value("gridSpan").and_then(|value| value.parse().ok()).unwrap_or(1);
        // A row of so many columns has no room for more cells: the last one takes what they hold.
        let Some(room) = MAX_COLUMNS.checked_sub(row.width).filter(|room| *room > 0) else {
            let message = message!(
                "a row has more than {most} columns; what follows is in its last cell",
                most = MAX_COLUMNS
            );
            self.once(Kind::Substituted, "wide-table", element, message);
            if let Some(cell) = row.row.cells.last_mut() {
                cell.blocks.append(&mut flow.blocks);
            } else if let Some(cell) = row.last(grid) {
                cell.blocks.append(&mut flow.blocks);
            }
            return;
        };
        let columns = columns.clamp(1, room);
        let column = row.width;
        row.width += columns;
        grid.state_width(properties, row);
        let goes_on = |name| has(name) && value(name).is_none_or(|value| value != "restart");
        if goes_on("hMerge")
            && let Some(cell) = row.row.cells.last_mut()
        {
            cell.columns += columns as u32;
            cell.blocks.append(&mut flow.blocks);
            return;
        }
        let above = grid.open.get(column).copied().flatten().filter(|above| above.2 == columns);
        if goes_on("vMerge")
            && let Some((above_row, above_cell, _)) = above
            && let Some(cell) =
                grid.table.rows.get_mut(above_row).and_then(|row| row.cells.get_mut(above_cell))
        {
            cell.rows += 1;
            // Word shows no text here; where a file has some, it is kept.
            cell.blocks.append(&mut flow.blocks);
            row.open.push((column, above_row, above_cell, columns));
            return;
        }
        if has("vMerge") {
            row.open.push((column, grid.table.rows.len(), row.row.cells.len(), columns));
        }
        let empty = flow.blocks.is_empty();
        let alignment = if empty { flow.blank_alignment } else { flow.alignment };
        if columns == 1 {
            row.alignment.push((column, empty, alignment));
        }
        let said = match alignment {
            Agreement::Same(alignment) => {
                Some(alignment.map_or(ColumnAlignment::Default, Alignment::of_column))
            }
            Agreement::Mixed => Some(ColumnAlignment::Default),
            Agreement::Nothing => None,
        };
        // Where nothing is, nothing is set as usual.
        let said = said.filter(|said| !empty || *said != ColumnAlignment::Default);
        grid.is_mixed |= alignment == Agreement::Mixed;
        if !self.own && !has("vMerge") {
            row.row.height = row.row.height.max(height_of_blanks(&flow));
        }
        row.row.cells.push(Cell { columns: columns as u32, alignment: said, ..Cell::new(flow.blocks) });
    }

    fn end_row(&mut self, mut row: RowGrid, header: bool, grid: &mut Grid) {
        let mut open = Vec::new();
        for (column, above_row, above_cell, columns) in row.open.drain(..) {
            if open.len() <= column {
                open.resize(column + 1, None);
            }
            open[column] = Some((above_row, above_cell, columns));
        }
        grid.open = open;
        grid.head &= header;
        grid.table.header_rows += usize::from(grid.head);
        let rows = 1 + usize::from(!grid.head);
        if grid.alignment.len() < row.width {
            grid.alignment.resize(row.width, [Agreement::Nothing; 3]);
        }
        for (column, empty, alignment) in row.alignment {
            let known = &mut grid.alignment[column][if empty { 0 } else { rows }];
            *known = known.and(alignment);
        }
        grid.table.rows.push(row.row);
    }
}

/// A row while it is gathered.
struct RowGrid {
    row: Row,
    /// Columns so far.
    width: usize,
    /// Where the last of them ends, in fiftieths of a percent of the table.
    end: Option<u64>,
    /// Cells that those of the next row may join: column, row, cell, columns.
    open: Vec<(usize, usize, usize, usize)>,
    /// Column, whether the cell is empty, and how it is aligned.
    alignment: Vec<(usize, bool, Agreement)>,
}

impl Default for RowGrid {
    fn default() -> Self {
        let row = Row::new(Vec::new());
        Self { row, width: 0, end: Some(0), open: Vec::new(), alignment: Vec::new() }
    }
}

impl RowGrid {
    /// The last cell from above that reaches down into the row.
    fn last<'g>(&self, grid: &'g mut Grid) -> Option<&'g mut Cell> {
        let (_, row, cell, _) = *self.open.last()?;
        grid.table.rows.get_mut(row)?.cells.get_mut(cell)
    }

    /// Leaves out columns before the first cell.
    fn pad(&mut self, columns: usize) {
        if columns > 0 {
            self.row.cells.push(Cell { columns: columns as u32, ..Cell::new(Vec::new()) });
            self.width += columns;
        }
    }
}
