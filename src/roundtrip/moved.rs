//! Texts that stand in another place of the second tree.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::form::Unit;

/// Units with a text that stand elsewhere in the other tree: cells of a table whose spans are gone, notes.
#[derive(Debug, Default)]
pub(super) struct Moved {
    pub(super) before: BTreeSet<usize>,
    pub(super) after: BTreeSet<usize>,
    /// The texts of the others of the second tree that have no like, without what was found in them.
    pub(super) free: BTreeMap<usize, String>,
}

impl Moved {
    /// Pairs the units that have no like in their place with those of the same text in another.
    pub(super) fn find(before: &[Unit], after: &[Unit], hunks: &[(Range<usize>, Range<usize>)]) -> Self {
        let mut free: HashMap<&str, Vec<usize>> = HashMap::new();
        for at in hunks.iter().rev().flat_map(|(_, added)| added.clone().rev()) {
            if !after[at].text.is_empty() {
                free.entry(&after[at].text).or_default().push(at);
            }
        }
        let mut moved = Self::default();
        for at in hunks.iter().flat_map(|(removed, _)| removed.clone()) {
            // Markup that is left out is not what some program shows of it.
            if before[at].kind == "markup" {
                continue;
            }
            if let Some(other) = free.get_mut(before[at].text.as_str()).and_then(Vec::pop) {
                moved.before.insert(at);
                moved.after.insert(other);
            }
        }
        for at in hunks.iter().flat_map(|(_, added)| added.clone()) {
            if !after[at].text.is_empty() && !moved.after.contains(&at) {
                moved.free.insert(at, after[at].text.clone());
            }
        }
        moved
    }

    /// Takes `line` out of the free texts; false where none holds it.
    pub(super) fn take(&mut self, line: &str) -> bool {
        for text in self.free.values_mut() {
            if let Some(at) = text.find(line) {
                text.replace_range(at..at + line.len(), "");
                return true;
            }
        }
        false
    }

    /// Takes out of the free texts a line that is `line` but for characters that were reported; gives those.
    pub(super) fn take_but(&mut self, line: &str, covers: impl Fn(&str) -> bool) -> Option<String> {
        for text in self.free.values_mut() {
            let mut start = 0;
            for piece in text.split_inclusive('\n') {
                let (other, end) = (piece.trim_end_matches('\n'), start + piece.len());
                if let Some(left) = missing_of(line, other).filter(|left| covers(left)) {
                    text.replace_range(start..end, "");
                    return Some(left);
                }
                start = end;
            }
        }
        None
    }
}

/// The characters that `line` has beside those of `part`; `None` where it does not hold them in that order.
fn missing_of(line: &str, part: &str) -> Option<String> {
    let mut wanted = part.chars().peekable();
    let left: String = line.chars().filter(|c| wanted.next_if_eq(c).is_none()).collect();
    (!part.is_empty() && wanted.peek().is_none()).then_some(left)
}
