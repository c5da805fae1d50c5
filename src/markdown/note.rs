//! The order of notes.

use std::collections::BTreeMap;

use crate::tree::{Block, BlockKind, Document, Inline};

/// Puts the notes into the order of their first mention: in the text, then in the notes themselves. Notes
/// that nothing mentions keep their order and come last, each with those that it mentions.
pub(crate) fn sort_notes(document: &mut Document) {
    if document.notes.is_empty() {
        return;
    }
    let mut by_id = BTreeMap::new();
    for (at, note) in document.notes.iter().enumerate() {
        by_id.entry(note.id.clone()).or_insert(at);
    }
    let mut order: Vec<usize> = Vec::new();
    let mut seen = vec![false; document.notes.len()];
    let mention = |id: &str, seen: &mut Vec<bool>, order: &mut Vec<usize>| {
        if let Some(at) = by_id.get(id)
            && !std::mem::replace(&mut seen[*at], true)
        {
            order.push(*at);
        }
    };
    for_each_reference(&document.blocks, &mut |id| mention(id, &mut seen, &mut order));
    let mut read = 0;
    let mut first = 0;
    while order.len() < document.notes.len() {
        if read == order.len() {
            while seen[first] {
                first += 1;
            }
            seen[first] = true;
            order.push(first);
        }
        let note = &document.notes[order[read]];
        for_each_reference(&note.blocks, &mut |id| mention(id, &mut seen, &mut order));
        read += 1;
    }
    let mut notes: Vec<_> = std::mem::take(&mut document.notes).into_iter().map(Some).collect();
    document.notes = order.into_iter().filter_map(|at| notes[at].take()).collect();
}

/// Calls `visit` with the id of every note reference in reading order.
pub(crate) fn for_each_reference<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a str)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => references(&paragraph.content, visit),
            BlockKind::List(list) => {
                list.items.iter().for_each(|item| for_each_reference(&item.blocks, visit));
            }
            BlockKind::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    for_each_reference(&cell.blocks, visit);
                }
            }
            BlockKind::Quote(blocks) => for_each_reference(blocks, visit),
            BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => {}
        }
    }
}

fn references<'a>(inlines: &'a [Inline], visit: &mut dyn FnMut(&'a str)) {
    for inline in inlines {
        match inline {
            Inline::NoteRef(id) => visit(id),
            Inline::Styled(_, content) | Inline::Link { content, .. } => references(content, visit),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Break | Inline::Raw(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Note, Origin, Paragraph, Role};

    fn block(references: &[&str]) -> Block {
        let content = references.iter().map(|id| Inline::NoteRef((*id).into())).collect();
        Block { kind: BlockKind::Paragraph(Paragraph::new(Role::Body, content)), origin: Origin::default() }
    }

    #[test]
    fn notes_stand_in_the_order_of_mention() {
        let note = |id: &str, references: &[&str]| Note::foot(id, vec![block(references)]);
        let mut document = Document {
            blocks: vec![block(&["c", "a", "c"])],
            notes: vec![note("x", &[]), note("a", &[]), note("b", &["b"]), note("c", &["b"])],
            ..Document::default()
        };
        sort_notes(&mut document);
        let ids: Vec<_> = document.notes.iter().map(|note| note.id.as_str()).collect();
        assert_eq!(ids, ["c", "a", "b", "x"]);
    }
}
