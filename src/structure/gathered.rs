//! Lines of a text that are one block together: a table, a quotation.

use super::constraint::Constraint;
use crate::diagnostic::{Diagnostics, Kind};
use crate::message::Message;
use crate::tree::{Block, BlockKind, Document, Location, Origin};

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
}

/// Puts what is found, in the order of the text, in the place of its lines, and reports it. `constraints` has one for every
/// block, or none at all; those of the lines go with them.
pub(super) fn put(
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
    for Found { start, lines, kind, code, message } in found {
        blocks.extend(old.by_ref().take(start - at));
        kept.extend(constraints.iter().skip(at).take(start - at));
        let mut gathered = old.by_ref().take(lines);
        let Some(mut origin) = gathered.next().map(|first| first.origin) else { continue };
        let end = gathered.last().map(|last| last.origin.at);
        if let (Location::Lines { last, .. }, Some(Location::Lines { last: end, .. })) = (&mut origin.at, end)
        {
            *last = end;
        }
        diagnostics.report(Kind::Inferred, code, origin.at.clone(), message);
        blocks.push(Block { kind, origin });
        kept.extend(constraints.get(start).map(|_| Constraint::default()));
        at = start + lines;
    }
    blocks.extend(old);
    kept.extend(constraints.iter().skip(at));
    document.blocks = blocks;
    *constraints = kept;
}

/// The lines from `at` on that stand one below the other, or all with one empty line between, as far as `line` takes them;
/// what is corrected is none of them. `constraints` has one for every block, or none at all.
pub(super) fn run<'b, L>(
    blocks: &'b [Block],
    constraints: &[Constraint],
    at: usize,
    line: impl Fn(&'b Block) -> Option<L>,
    origin: impl Fn(&L) -> &Origin,
) -> Vec<L> {
    let line = |at: usize| {
        let open =
            constraints.get(at).is_none_or(|constraint| constraint.role.is_none() && !constraint.apart);
        blocks.get(at).filter(|_| open).and_then(&line)
    };
    let gap = |line: &L| origin(line).appearance.blank_before;
    let mut lines: Vec<L> = line(at).into_iter().collect();
    if lines.is_empty() {
        return lines;
    }
    while let Some(next) = line(at + lines.len()) {
        if gap(&next) > 1 || lines.get(1).is_some_and(|second| gap(second) != gap(&next)) {
            break;
        }
        lines.push(next);
    }
    lines
}
