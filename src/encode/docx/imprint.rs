//! 版记: what stands at the foot of the last page, between rules (GB/T 9704-2012 7.4).
//!
//! It is a table that floats at the lower edge of the type area, a row for each paragraph; its style says the rules. A
//! frame around paragraphs would say the same, but LibreOffice draws no rules inside one.

use docx_rs::{
    DocumentChild, TableCell, TableCellContent, TableLayoutType, TablePositionProperty, TableRow, WidthType,
};

use super::body::{Writer, empty_paragraph};
use super::place::{Direct, Place};
use super::styles::id;
use crate::ooxml::IMPRINT_STYLE;
use crate::tree::{Block, BlockKind, Role};

impl<'a> Writer<'a> {
    /// Writes the 版记, the blocks from `start`, and the paragraph after it that Word needs.
    pub(super) fn imprint(
        &mut self,
        blocks: &'a [Block],
        start: usize,
        place: Place,
        out: &mut Vec<DocumentChild>,
    ) {
        let width = place.width.unsigned_abs() as usize;
        let mut rows = Vec::new();
        for (index, block) in blocks.iter().enumerate().skip(start) {
            let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
            let direct = Direct { frame: self.frame(blocks, index, paragraph), ..Direct::default() };
            self.report_space(paragraph, &block.origin.at, false);
            let written = self.paragraph(paragraph, &block.origin.at, place, direct);
            let mut cell = TableCell::new().width(width, WidthType::Dxa);
            if let DocumentChild::Paragraph(written) = written {
                cell.children.push(TableCellContent::Paragraph(written));
            }
            rows.push(TableRow::new(vec![cell]).cant_split());
        }
        // LibreOffice floats a table as wide as the text only where it is placed from the edge of the page.
        let position = TablePositionProperty::new()
            .left_from_text(0)
            .right_from_text(0)
            .vertical_anchor("margin")
            .horizontal_anchor("page")
            .position_x(self.geometry.left)
            .position_y_alignment("bottom");
        let table = docx_rs::Table::without_borders(rows)
            .set_grid(vec![width])
            .style(IMPRINT_STYLE.0)
            .width(width, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .position(position);
        // LibreOffice would float what begins a section on the page before it.
        if matches!(out.last(), Some(DocumentChild::Table(_))) || self.ends_turned(out) {
            out.push(empty_paragraph(id::SECTION_END));
        }
        out.push(DocumentChild::Table(Box::new(table)));
        out.push(empty_paragraph(id::SECTION_END));
    }
}

/// Index of the first block of the 版记: the last paragraphs, where they are 抄送 and 印发.
pub(super) fn start(blocks: &[Block]) -> usize {
    let of_imprint = |block: &Block| matches!(&block.kind, BlockKind::Paragraph(paragraph) if paragraph.role == Role::CopyTo);
    blocks.iter().rposition(|block| !of_imprint(block)).map_or(0, |index| index + 1)
}
