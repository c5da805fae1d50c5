//! Lines of a text that are one block together: a table, a quotation. What a Word file sets so has its own reasons.

use super::constraint::Constraint;
use crate::diagnostic::{Diagnostics, Kind};
use crate::message::Message;
use crate::tree::{Block, BlockKind, Cell, Document, Inline, Location, Origin, Paragraph, Role};

/// What lines in a row are together.
pub(super) struct Found {
    /// The first of them, by its place among the blocks, and how many they are.
    pub(super) start: usize,
    pub(super) lines: usize,
    /// The block that they are.
    pub(super) kind: BlockKind,
    /// What is said of it.
    pub(super) code: &'static str,
    pub(super) message: Message,
    /// The characters that only draw it.
    pub(super) drawn: String,
}

impl Found {
    /// Lines that are a block with nothing but their text.
    pub(super) fn new(
        start: usize,
        lines: usize,
        kind: BlockKind,
        code: &'static str,
        message: Message,
    ) -> Self {
        Self { start, lines, kind, code, message, drawn: String::new() }
    }
}

/// Puts what `find` finds in the place of its lines.
pub(super) fn gather(
    find: impl Fn(&[Block], &[Constraint]) -> Vec<Found>,
    document: &mut Document,
    constraints: &mut Vec<Constraint>,
    diagnostics: &mut Diagnostics,
) {
    put(find(&document.blocks, constraints), document, constraints, diagnostics);
}

/// Puts what is found, in the order of the text, in the place of its lines, and reports it. `constraints` has one for every
/// block, or none at all; those of the lines go with them.
fn put(
    found: Vec<Found>,
    document: &mut Document,
    constraints: &mut Vec<Constraint>,
    diagnostics: &mut Diagnostics,
) {
    if found.is_empty() {
        return;
    }
    let mut blocks = Vec::with_capacity(document.blocks.len());
    let mut kept = Vec::with_capacity(constraints.len());
    let mut old = std::mem::take(&mut document.blocks).into_iter();
    let mut at = 0;
    for Found { start, lines, kind, code, message, drawn } in found {
        blocks.extend(old.by_ref().take(start - at));
        kept.extend(constraints.iter().skip(at).take(start - at));
        let mut gathered = old.by_ref().take(lines);
        let Some(mut origin) = gathered.next().map(|first| first.origin) else { continue };
        let end = gathered.last().map(|last| last.origin.at);
        if let (Location::Lines { last, .. }, Some(Location::Lines { last: end, .. })) = (&mut origin.at, end)
        {
            *last = end;
        }
        let reported = if drawn.is_empty() { Kind::Inferred } else { Kind::Substituted };
        diagnostics.report_text(reported, code, origin.at.clone(), message, drawn);
        blocks.push(Block { kind, origin });
        kept.extend(constraints.get(start).map(|_| Constraint::default()));
        at = start + lines;
    }
    blocks.extend(old);
    kept.extend(constraints.iter().skip(at));
    document.blocks = blocks;
    *constraints = kept;
}

/// A paragraph that is a line of a text, nothing more.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) origin: &'a Origin,
}

impl<'a> Line<'a> {
    pub(super) fn of(block: &'a Block) -> Option<Self> {
        let BlockKind::Paragraph(Paragraph { role: Role::Body, content, .. }) = &block.kind else {
            return None;
        };
        let ([Inline::Text(text)], Location::Lines { .. }) = (content.as_slice(), &block.origin.at) else {
            return None;
        };
        Some(Self { text, origin: &block.origin })
    }

    /// Empty lines before it.
    pub(super) fn gap(&self) -> u16 {
        self.origin.appearance.blank_before
    }

    /// A cell with some of its text, each line of it a paragraph.
    pub(super) fn cell(&self, text: &str) -> Cell {
        let paragraph = |text: &str| Paragraph::new(Role::Body, vec![Inline::Text(text.to_owned())]);
        let at = || Origin::at(self.origin.at.clone());
        let block = |text: &str| Block { kind: BlockKind::Paragraph(paragraph(text)), origin: at() };
        Cell::new(text.split('\n').filter(|text| !text.is_empty()).map(block).collect())
    }
}

/// The lines from `at` on that stand one below the other, or all with one empty line between, as far as they are `taken`;
/// what is corrected is none of them. `constraints` has one for every block, or none at all.
pub(super) fn run<'a>(
    blocks: &'a [Block],
    constraints: &[Constraint],
    at: usize,
    taken: impl Fn(&Line) -> bool,
) -> Vec<Line<'a>> {
    let line = |at: usize| {
        let open =
            constraints.get(at).is_none_or(|constraint| constraint.role.is_none() && !constraint.apart);
        blocks.get(at).filter(|_| open).and_then(Line::of).filter(&taken)
    };
    let mut lines: Vec<Line> = line(at).into_iter().collect();
    if lines.is_empty() {
        return lines;
    }
    // Rows that are to be filled in are no gap.
    let gap = |lines: &[Line], next: &Line| {
        next.gap().saturating_sub(lines.last().map_or(0, |above| above.origin.appearance.rows_behind))
    };
    let mut apart = None;
    while let Some(next) = line(at + lines.len()) {
        let gap = gap(&lines, &next);
        if gap > 1 || *apart.get_or_insert(gap) != gap {
            break;
        }
        lines.push(next);
    }
    lines
}
