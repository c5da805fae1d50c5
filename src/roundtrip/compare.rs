//! Two trees side by side: what is kept, what differs, and whether somebody said so.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token};

use super::account::Account;
use super::form::{self, Line, Unit, visible};
use super::moved::Moved;
use super::{Difference, Kept, What};
use crate::diagnostic::{Diagnostic, Kind, OF_NO_ROLE};
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

/// Stands for the findings of the recognition, each of which has the code of its rule.
const RECOGNISED: &str = "recognised";

/// A finding that is no loss and yet explains a difference.
const EXPLAINS_TITLE: &str = "title-printed";

/// Compares the lines of two trees.
pub(super) fn compare(before: &[Unit], after: &[Unit], said: &Said<'_>) -> Comparison {
    let mut work = Work {
        before,
        after,
        there: by_place(said.there, Kind::Inferred),
        // What was only noticed of a text is no loss, and its words are all there.
        back: by_place(said.back, Kind::Noticed),
        unmarked: said.there.iter().map(|finding| (&finding.at, finding.code)).collect(),
        inferred: inferred(said.back),
        moved: Moved::default(),
        lost: String::new(),
        account: Account::default(),
        made: Comparison::default(),
    };
    work.made.characters.total = before.iter().map(|unit| counted(&unit.text).count()).sum();
    work.made.blocks.total = before.iter().filter(|unit| unit.is_block).count();
    work.made.roles.total = before.iter().filter(|unit| unit.role.is_some()).count();
    let hunks = hunks(before.iter().map(key), after.iter().map(key));
    work.moved = Moved::find(before, after, &hunks);
    let (mut from, mut to) = (0, 0);
    for (removed, added) in hunks {
        work.alike(from..removed.start, to);
        (from, to) = (removed.end, added.end);
        work.hunk(removed, added);
    }
    work.alike(from..before.len(), to);
    work.balance();
    work.made
}

/// Units with the same key are taken for each other.
fn key(unit: &Unit) -> String {
    match unit.role {
        Some(_) => format!("¶{}", unit.text),
        // Pictures without a description are told by their names.
        None if unit.kind == "picture" => format!("{}\0{}", unit.kind, unit.marked),
        // What has no text is only like what stands as deep.
        None if unit.text.is_empty() => format!("{}\0{}", unit.kind, unit.depth),
        None => format!("{}\0{}", unit.kind, unit.text),
    }
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

/// Findings that say that something is not what it was: those that bear more on it than `mild` ones.
fn by_place(findings: &[Diagnostic], mild: Kind) -> Places<'_> {
    let mut places = Places::new();
    for finding in findings {
        if finding.kind > mild || finding.code == EXPLAINS_TITLE {
            places.entry(&finding.at).or_default().push(finding);
        }
    }
    places
}

/// The places at which something was recognised.
fn inferred(findings: &[Diagnostic]) -> BTreeSet<&Location> {
    let placed = findings
        .iter()
        .filter(|finding| finding.at != Location::Whole && !OF_NO_ROLE.contains(&finding.code));
    placed.filter(|finding| finding.kind == Kind::Inferred).map(|finding| &finding.at).collect()
}

struct Work<'a> {
    before: &'a [Unit],
    after: &'a [Unit],
    there: Places<'a>,
    back: Places<'a>,
    /// What was said of single blocks, by its code.
    unmarked: BTreeSet<(&'a Location, &'static str)>,
    /// Places of the second tree at which something was recognised.
    inferred: BTreeSet<&'a Location>,
    moved: Moved,
    /// All that was found to be lost.
    lost: String,
    account: Account,
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
                    // What the format has no mark for was named, one by one, and what is new was recognised; all else
                    // must have been reported.
                    let changes = role.changes(new);
                    let said = |code: &Option<&'static str>| match code {
                        Some(code) => self.unmarked.contains(&(&one.at, *code)),
                        None => self.inferred.contains(&two.at),
                    };
                    let named = changes.iter().all(said).then(|| {
                        let codes: BTreeSet<&str> =
                            changes.into_iter().map(|code| code.unwrap_or(RECOGNISED)).collect();
                        codes.into_iter().collect::<Vec<_>>().join(", ")
                    });
                    let findings = || codes(&self.findings(at..at + 1, other..other + 1));
                    let declared = named.or_else(findings);
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
        let text = |units: &[Unit], range: &Range<usize>, moved: &BTreeSet<usize>| {
            let stay = range.clone().filter(|at| !moved.contains(at));
            stay.flat_map(|at| counted(&units[at].text)).collect::<Vec<char>>()
        };
        let moved = before.clone().filter(|at| self.moved.before.contains(at));
        self.made.characters.kept += moved.map(|at| counted(&self.before[at].text).count()).sum::<usize>();
        let one = text(self.before, &before, &self.moved.before);
        let two = text(self.after, &after, &self.moved.after);
        let mut lost = String::new();
        for (removed, _) in hunks(one.iter(), two.iter()) {
            lost.extend(&one[removed]);
        }
        let findings = self.findings(before.clone(), after.clone());
        if !self.account.covers(&lost, &findings) {
            // Where much is moved, equal words in different places are taken for each other.
            lost = self.gone(&before, &after);
        }
        let covered = self.account.settle(&lost, &findings);
        self.made.characters.kept += one.len() - lost.chars().count();
        self.lost.push_str(&lost);
        let what = if lost.is_empty() { What::Blocks } else { What::Text };
        let mut declared = codes(&findings).filter(|_| covered);
        if declared.is_none() && lost.is_empty() && self.is_title_in_lines(&before, &after) {
            declared = Some(RECOGNISED.into());
        }
        if declared.is_none() && after.is_empty() {
            let likes: Vec<_> = self.likes(&before).map(|like| self.findings(like, after.clone())).collect();
            let covering = likes.into_iter().find(|findings| self.account.settle(&lost, findings));
            declared = covering.and_then(|findings| codes(&findings));
        }
        if declared.is_none() && self.differ_in_space(&before, &after) {
            // Items stand apart by what is in them.
            let inside = before.start..self.end_of(before.start);
            declared = codes(&self.findings(inside, after.clone()));
        }
        self.differ(what, before, after, declared);
    }

    /// Characters of the first tree are characters of the second, or were found to be lost, or reported: whatever is
    /// taken for whatever, no more may be missing in all.
    fn balance(&mut self) {
        let all = |units: &[Unit]| units.iter().flat_map(|unit| counted(&unit.text)).collect::<Vec<char>>();
        let missing = super::missing(&all(self.before), &all(self.after));
        let lost: Vec<char> = self.lost.chars().collect();
        let hidden: String = super::missing(&missing, &lost).into_iter().collect();
        let findings: Vec<&Diagnostic> =
            self.there.values().chain(self.back.values()).flatten().copied().collect();
        if !self.account.settle(&hidden, &findings) {
            self.made.characters.kept -= hidden.chars().count();
            self.made.differences.push(Difference {
                at: Location::Whole,
                what: What::Text,
                before: vec![Line::new(None, visible(&hidden))],
                after: Vec::new(),
                declared: None,
            });
        }
    }

    /// True for two lists of which one is loose and the other is not.
    fn differ_in_space(&self, before: &Range<usize>, after: &Range<usize>) -> bool {
        let kind = |units: &'a [Unit]| units[0].kind.strip_suffix(form::LOOSE).unwrap_or(&units[0].kind);
        before.len() == 1
            && after.len() == 1
            && self.before[before.start].kind.starts_with("list ")
            && kind(&self.before[before.clone()]) == kind(&self.after[after.clone()])
    }

    /// The unit after all that stand in a unit of the first tree.
    fn end_of(&self, at: usize) -> usize {
        let depth = self.before[at].depth;
        let inside = self.before[at + 1..].iter().take_while(|unit| unit.depth > depth).count();
        at + 1 + inside
    }

    /// The ranges of units that could as well be those that are gone, because what stands beside them is like them: of
    /// two empty lines, either.
    fn likes(&self, gone: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let like = |one: usize, other: usize| key(&self.before[one]) == key(&self.before[other]);
        let up = (1..=gone.start).take_while(|by| like(gone.start - by, gone.end - by));
        let down = (0..self.before.len() - gone.end).take_while(|by| like(gone.start + by, gone.end + by));
        let up: Vec<_> = up.map(|by| gone.start - by..gone.end - by).collect();
        let down: Vec<_> = down.map(|by| gone.start + by + 1..gone.end + by + 1).collect();
        up.into_iter().chain(down)
    }

    /// The characters of units without a like that stand in no other unit without a like: not as whole lines anywhere,
    /// with or without what was reported, and not at all among those that stand in their place.
    fn gone(&mut self, before: &Range<usize>, after: &Range<usize>) -> String {
        let mut rest = String::new();
        for at in before.clone() {
            if self.moved.before.contains(&at) {
                continue;
            }
            let said = self.findings(at..at + 1, after.start..after.start);
            // A carriage return may have become a line end.
            rest.extend(self.before[at].text.matches('\r'));
            for line in self.before[at].text.split(['\n', '\r']).filter(|line| !line.is_empty()) {
                if self.moved.take(line) {
                    continue;
                }
                match self.moved.take_but(line, |left| self.account.covers(left, &said)) {
                    Some(reported) => rest.push_str(&reported),
                    None => rest.push_str(line),
                }
            }
        }
        let here = self.moved.free.iter().filter(|(at, _)| after.contains(at));
        let mut here: Vec<char> = here.flat_map(|(_, text)| text.chars()).collect();
        rest.retain(|c| match here.iter().position(|other| *other == c) {
            Some(at) => {
                here.swap_remove(at);
                false
            }
            None => true,
        });
        rest
    }

    /// True where paragraphs became the lines of a title that was recognised there.
    fn is_title_in_lines(&self, before: &Range<usize>, after: &Range<usize>) -> bool {
        let [title] = &self.after[after.clone()] else { return false };
        let lines: Vec<&str> = self.before[before.clone()].iter().map(|unit| unit.text.as_str()).collect();
        let inferred = self.inferred.iter().any(|place| overlap(place, &title.at));
        title.role.is_some() && lines.join("\n") == title.text && inferred
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
            // What is said of an empty note has no place.
            let empty_notes =
                range.clone().any(|at| units[at].kind.contains("note ") && units[at].at == Location::Whole);
            if let Some(gap) =
                Some(&range).filter(|_| std::ptr::eq(units, self.after)).and_then(|range| self.gap(range))
            {
                found.extend(places.iter().filter(|(at, _)| overlap(at, &gap)).flat_map(|(_, all)| all));
            }
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
                if properties || empty_notes || !finding.text.is_empty() || finding.code == EXPLAINS_TITLE {
                    found.push(finding);
                }
            }
            if properties {
                // Properties have no places; findings about them have, where the source has lines.
                let placed = places.iter().filter(|(at, _)| ***at != Location::Whole);
                found.extend(placed.flat_map(|(_, all)| all).filter(|finding| !finding.text.is_empty()));
            }
        }
        // Each counts once, though its place is shared by several.
        let mut counted: BTreeSet<*const Diagnostic> = BTreeSet::new();
        found.retain(|finding| counted.insert(std::ptr::from_ref(*finding)));
        found
    }

    /// The lines from those units of the second tree to what is read before and after them: of some lines nothing is
    /// read but that they are left out.
    fn gap(&self, range: &Range<usize>) -> Option<Location> {
        let lines = |unit: &Unit| match unit.at {
            Location::Lines { first, last } => Some((first, last)),
            Location::Whole | Location::Spot { .. } | Location::Part { .. } => None,
        };
        let before = self.after[..range.start].iter().rev().find_map(lines);
        let after = self.after[range.end..].iter().find_map(lines);
        let first = before.map_or(1, |(_, last)| last.saturating_add(1));
        let last = after.map_or(u32::MAX, |(first, _)| first.saturating_sub(1));
        (first <= last).then_some(Location::Lines { first, last })
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
    let lines = |at: &Location| match at {
        Location::Lines { first, last } => Some((*first, *last)),
        Location::Spot { line, .. } => Some((*line, *line)),
        Location::Whole | Location::Part { .. } => None,
    };
    match (lines(one), lines(other)) {
        (Some((first, last)), Some((start, end))) => first <= end && start <= last,
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
