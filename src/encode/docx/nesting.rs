//! A bound on nesting, so that no document can exhaust the stack.

use crate::tree::{Block, BlockKind, Document, Inline};

/// True where nothing in a document is nested deeper than `most`: blocks within blocks, and styles within styles.
pub(super) fn is_bounded(document: &Document, most: usize) -> bool {
    blocks_within(&document.blocks, most, most)
        && document.notes.iter().all(|note| blocks_within(&note.blocks, most, most))
}

/// True where the blocks are nested no deeper than `left`; looks no deeper itself.
fn blocks_within(blocks: &[Block], left: usize, most: usize) -> bool {
    let inner = |blocks: &[Block]| left > 0 && blocks_within(blocks, left - 1, most);
    blocks.iter().all(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => inlines_within(&paragraph.content, most),
        BlockKind::List(list) => list.items.iter().all(|item| inner(&item.blocks)),
        BlockKind::Table(table) => {
            table.rows.iter().flat_map(|row| &row.cells).all(|cell| inner(&cell.blocks))
        }
        BlockKind::Quote(blocks) => inner(blocks),
        BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Rule
        | BlockKind::PageBreak
        | BlockKind::Raw(_) => true,
    })
}

fn inlines_within(inlines: &[Inline], left: usize) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Styled(_, content) | Inline::Link { content, .. } => {
            left > 0 && inlines_within(content, left - 1)
        }
        Inline::Text(_)
        | Inline::Code(_)
        | Inline::Image(_)
        | Inline::NoteRef(_)
        | Inline::Break
        | Inline::Raw(_) => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::error::Error;
    use crate::limits::Limit;
    use crate::options::Options;
    use crate::tree::{Cell, InlineStyle, List, ListItem, Origin, Paragraph, Role, Row, Table};

    fn block(kind: BlockKind) -> Block {
        Block { kind, origin: Origin::default() }
    }

    /// Lists, quotations and tables in turn, so many in all.
    fn nested(depth: usize) -> Document {
        let mut inner = block(BlockKind::Paragraph(Paragraph::plain("文")));
        for level in 0..depth {
            inner = block(match level % 3 {
                0 => BlockKind::Quote(vec![inner]),
                1 => {
                    let items = vec![ListItem { checked: None, blocks: vec![inner] }];
                    BlockKind::List(List { start: Some(1), tight: true, items })
                }
                _ => BlockKind::Table(Table {
                    rows: vec![Row::new(vec![Cell::new(vec![inner])])],
                    ..Table::default()
                }),
            });
        }
        Document { blocks: vec![inner], ..Document::default() }
    }

    /// On a stack of 4 MiB: without optimisation the frames of a hundred levels take all of what a test has.
    fn encode(document: &Document) -> crate::error::Result<Vec<u8>> {
        let written =
            || super::super::encode(document, &Options::new().unwrap(), &mut Diagnostics::default());
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(4 << 20).spawn_scoped(scope, written);
            thread.unwrap().join().unwrap()
        })
    }

    #[test]
    fn deep_blocks_are_written_and_deeper_ones_refused() {
        assert!(encode(&nested(100)).is_ok());
        assert!(matches!(encode(&nested(101)), Err(Error::Limit { limit: Limit::Nesting, most: 100, .. })));
    }

    #[test]
    fn deep_styles_are_written_and_deeper_ones_refused() {
        let styled = |depth| {
            let mut content = vec![Inline::Text("文".into())];
            for _ in 0..depth {
                content = vec![Inline::Styled(InlineStyle::Strong, content)];
            }
            let paragraph = BlockKind::Paragraph(Paragraph::new(Role::Body, content));
            Document { blocks: vec![block(paragraph)], ..Document::default() }
        };
        assert!(encode(&styled(100)).is_ok());
        assert!(matches!(encode(&styled(101)), Err(Error::Limit { limit: Limit::Nesting, most: 100, .. })));
    }
}
