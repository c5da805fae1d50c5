//! Two trees side by side: what is kept, what differs, and whether somebody said so.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token};

use super::form::{Unit, visible};
use super::{Difference, Kept, What};
use crate::diagnostic::{Diagnostic, Kind};
use crate::tree::Location;

/// What two trees have in common, and what not.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    pub(super) characters: Kept,
    pub(super) blocks: Kept,
    pub(super) roles: Kept,
    pub(super) differences: Vec<Difference>,
}

/// What was said on the way there and back, by the block that it is about.
pub(super) struct Said<'a> {
    /// Findings of the encoder, whose places are those of the first tree.
    pub(super) there: &'a [Diagnostic],
    /// Findings of the decoder, whose places are those of the second.
    pub(super) back: &'a [Diagnostic],
}

/// A finding that is no loss and yet explains a difference.
const EXPLAINS_TITLE: &str = "title-printed";

/// Compares the lines of two trees.
pub(super) fn compare(before: &[Unit], after: &[Unit], said: &Said<'_>) -> Comparison {
    let mut work = Work {
        before,
        after,
        there: by_place(said.there),
        back: by_place(said.back),
        unmarked: said.there.iter().map(|finding| (&finding.at, finding.code)).collect(),
        made: Comparison::default(),
    };
    work.made.characters.total = before.iter().map(|unit| counted(&unit.text).count()).sum();
    work.made.blocks.total = before.iter().filter(|unit| unit.is_block).count();
    work.made.roles.total = before.iter().filter(|unit| unit.role.is_some()).count();
    let key = |unit: &Unit| match unit.role {
        Some(_) => format!("¶{}", unit.text),
        None => format!("{}\0{}", unit.kind, unit.text),
    };
    let hunks = hunks(before.iter().map(key), after.iter().map(key));
    let (mut from, mut to) = (0, 0);
    for (removed, added) in hunks {
        work.alike(from..removed.start, to);
        (from, to) = (removed.end, added.end);
        work.hunk(removed, added);
    }
    work.alike(from..before.len(), to);
    work.made
}

/// Ranges of two sequences that differ, in order; what stands between them is equal.
pub(super) fn hunks<T: Hash + Eq>(
    before: impl Iterator<Item = T>,
    after: impl Iterator<Item = T>,
) -> Vec<(Range<usize>, Range<usize>)> {
    let mut known: HashMap<T, u32> = HashMap::new();
    let mut token = |item: T| {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        Token(*known.entry(item).or_insert(next))
    };
    let before: Vec<Token> = before.map(&mut token).collect();
    let after: Vec<Token> = after.map(&mut token).collect();
    let count = u32::try_from(known.len()).unwrap_or(u32::MAX);
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &before, &after, count);
    let range = |range: Range<u32>| range.start as usize..range.end as usize;
    diff.hunks().map(|hunk| (range(hunk.before), range(hunk.after))).collect()
}

/// The characters of a text that count: line ends are a matter of blocks and breaks.
fn counted(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| *c != '\n')
}

type Places<'a> = BTreeMap<&'a Location, Vec<&'a Diagnostic>>;

/// Findings that say that something is not what it was.
fn by_place(findings: &[Diagnostic]) -> Places<'_> {
    let mut places = Places::new();
    for finding in findings {
        if finding.kind > Kind::Inferred || finding.code == EXPLAINS_TITLE {
            places.entry(&finding.at).or_default().push(finding);
        }
    }
    places
}

struct Work<'a> {
    before: &'a [Unit],
    after: &'a [Unit],
    there: Places<'a>,
    back: Places<'a>,
    /// What was said of single blocks, by its code.
    unmarked: BTreeSet<(&'a Location, &'static str)>,
    made: Comparison,
}

impl<'a> Work<'a> {
    /// Units of the same kind and text.
    fn alike(&mut self, before: Range<usize>, after: usize) {
        for (at, other) in before.zip(after..) {
            let (one, two) = (&self.before[at], &self.after[other]);
            self.made.characters.kept += counted(&one.text).count();
            let marks = one.depth == two.depth && one.marked == two.marked;
            self.made.blocks.kept += usize::from(one.is_block && marks);
            if let (Some(role), Some(new)) = (&one.role, &two.role) {
                self.made.roles.kept += usize::from(role == new);
                if role != new {
                    // What the format has no mark for was named, one by one; all else must have been reported.
                    let said = |code: &&'static str| self.unmarked.contains(&(&one.at, *code));
                    let named = role.changes(new).filter(|changes| changes.iter().all(said));
                    let findings = || codes(&self.findings(at..at + 1, other..other + 1));
                    let declared = named.map(|changes| changes.join(", ")).or_else(findings);
                    self.differ(What::Role, at..at + 1, other..other + 1, declared);
                }
            }
            if !marks {
                let findings = self.findings(at..at + 1, other..other + 1);
                self.differ(What::Marks, at..at + 1, other..other + 1, codes(&findings));
            }
        }
    }

    /// Units without a like on the other side.
    fn hunk(&mut self, before: Range<usize>, after: Range<usize>) {
        let text = |units: &[Unit]| units.iter().flat_map(|unit| counted(&unit.text)).collect::<Vec<char>>();
        let (one, two) = (text(&self.before[before.clone()]), text(&self.after[after.clone()]));
        let mut lost = String::new();
        for (removed, _) in hunks(one.iter(), two.iter()) {
            lost.extend(&one[removed]);
        }
        self.made.characters.kept += one.len() - lost.chars().count();
        let findings = self.findings(before.clone(), after.clone());
        let mut reported: Vec<char> = findings.iter().flat_map(|finding| finding.text.chars()).collect();
        // What is lost must stand in what was reported, each character as often as it is lost.
        let covered = lost.chars().all(|c| match reported.iter().position(|other| *other == c) {
            Some(at) => {
                reported.swap_remove(at);
                true
            }
            None => false,
        });
        let what = if lost.is_empty() { What::Blocks } else { What::Text };
        let declared = codes(&findings).filter(|_| covered);
        self.differ(what, before, after, declared);
    }

    /// The findings about these units, those that hold them, and the document as a whole.
    fn findings(&self, before: Range<usize>, after: Range<usize>) -> Vec<&'a Diagnostic> {
        let mut found: Vec<&Diagnostic> = Vec::new();
        // What was only added stands beside something.
        let beside = |range: &Range<usize>, length: usize| match range.is_empty() {
            true => range.start.saturating_sub(1)..(range.end + 1).min(length),
            false => range.clone(),
        };
        let sides = [
            (self.before, beside(&before, self.before.len()), &self.there),
            (self.after, beside(&after, self.after.len()), &self.back),
        ];
        for (units, range, places) in sides {
            let mut seen: Vec<&Location> = Vec::new();
            let properties = range.clone().any(|at| !units[at].is_block && units[at].at == Location::Whole);
            for at in range {
                let mut unit = Some(at);
                while let Some(at) = unit {
                    let place = &units[at].at;
                    if *place != Location::Whole && !seen.contains(&place) {
                        seen.push(place);
                        found.extend(
                            places.iter().filter(|(at, _)| overlap(at, place)).flat_map(|(_, all)| all),
                        );
                    }
                    unit = units[at].parent;
                }
            }
            for finding in places.get(&Location::Whole).into_iter().flatten() {
                if properties || !finding.text.is_empty() || finding.code == EXPLAINS_TITLE {
                    found.push(finding);
                }
            }
            if properties {
                // Properties have no places; findings about them have, where the source has lines.
                let placed = places.iter().filter(|(at, _)| ***at != Location::Whole);
                found.extend(placed.flat_map(|(_, all)| all).filter(|finding| !finding.text.is_empty()));
            }
        }
        found
    }

    fn differ(&mut self, what: What, before: Range<usize>, after: Range<usize>, declared: Option<String>) {
        let place = self.before[before.clone()].first().or_else(|| self.before[..before.start].last());
        let at = place.map_or(Location::Whole, |unit| unit.at.clone());
        let lines = |units: &[Unit]| units.iter().map(Unit::line).collect::<Vec<_>>();
        self.made.differences.push(Difference {
            at,
            what,
            before: lines(&self.before[before]),
            after: lines(&self.after[after]),
            declared,
        });
    }
}

/// True where two places share a line, or are one.
fn overlap(one: &Location, other: &Location) -> bool {
    match (one, other) {
        (Location::Lines { first, last }, Location::Lines { first: start, last: end }) => {
            first <= end && start <= last
        }
        _ => one == other,
    }
}

/// The codes of findings, each once; `None` without findings.
fn codes(findings: &[&Diagnostic]) -> Option<String> {
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    (!codes.is_empty()).then(|| codes.join(", "))
}

/// Two texts around the place where they first differ.
pub(super) fn excerpts(one: &str, other: &str) -> (String, String) {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let at = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let cut = |text: &[char]| {
        let start = if at > 24 { at - 12 } else { 0 };
        let end = (at + 48).min(text.len());
        let part: String = text.get(start..end).unwrap_or(&[]).iter().collect();
        let before = if start > 0 { "…" } else { "" };
        let after = if end < text.len() { "…" } else { "" };
        format!("{before}{}{after}", visible(&part))
    };
    (cut(&one), cut(&other))
}
