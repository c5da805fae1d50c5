//! Tables of contents, which repeat the headings of the text, and the headings that only they tell.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::line::Line;
use super::phrase;
use crate::tree::{Scheme, heads_contents};

/// The rule of its lines.
pub(super) const RULE: &str = "table-of-contents";

/// A name of a table of contents without the number of its page.
fn without_page(compact: &str) -> String {
    compact.trim_end_matches(|c: char| c.is_ascii_digit() || ".…·-—()（）".contains(c)).to_owned()
}

/// The name that a line is, or has.
fn name(line: &Line) -> String {
    without_page(&line.compact)
}

/// The name behind its number or its bullet.
fn bare(line: &Line) -> String {
    let start = line.marker.as_ref().map_or(0, |marker| marker.length);
    let text: String = line.text.chars().skip(start).collect();
    without_page(&phrase::compact(&text))
}

/// The lines of a table of contents, which name headings that come again below; none where there is none.
pub(super) fn find(lines: &[Line]) -> Range<usize> {
    let heads = |line: &Line| (line.is_open() || line.stated) && heads_contents(&line.compact);
    let Some(start) = lines.iter().position(heads) else {
        return 0..0;
    };
    let mut later = BTreeMap::<String, usize>::new();
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        later.insert(name(line), at);
    }
    let repeats = |at: usize, line: &Line| {
        let again = |name: String| name.len() > 3 && later.get(&name).is_some_and(|last| *last > at);
        // The author may break its lines within one paragraph.
        let mut parts = line.text.split('\n');
        let broken =
            line.text.contains('\n') && parts.all(|part| again(without_page(&phrase::compact(part))));
        again(name(line)) || again(bare(line)) || broken
    };
    let mut end = start + 1;
    // Where its first names come again, the text has begun.
    let mut names = BTreeSet::new();
    while lines.get(end).is_some_and(|line| line.is_open() && repeats(end, line) && names.insert(name(line)))
    {
        end += 1;
    }
    // A chapter whose heading was shortened in the table still belongs to it.
    if end == start + 1 { 0..0 } else { start..end }
}

/// Lines without a number that the contents of a bulletin name, two or more, each right over its text, or those of a
/// collection of rules, each right over its first article. What others list may be the titles of documents or the names of
/// authors.
pub(super) fn headings(lines: &[Line], contents: &Range<usize>) -> Vec<usize> {
    let of_issue = lines.get(contents.start).is_some_and(|head| head.compact.contains("本期"));
    if contents.is_empty() {
        return Vec::new();
    }
    let begins_rules = |line: &Line| {
        line.marker.as_ref().is_some_and(|marker| {
            matches!(marker.scheme, Scheme::Article | Scheme::Chapter) && marker.number() == Some(1)
        })
    };
    let mut names: BTreeSet<String> =
        lines[contents.clone()].iter().skip(1).flat_map(|line| [name(line), bare(line)]).collect();
    let mut found = Vec::new();
    for at in contents.end..lines.len() {
        let (line, next) = (&lines[at], lines.get(at + 1));
        let over_text = next.is_some_and(|next| {
            next.is_open()
                && (of_issue || begins_rules(next))
                && !names.contains(next.compact.as_ref())
                && !phrase::is_date(&next.compact)
        });
        let plain = line.is_open() && line.marker.is_none() && !line.compact.ends_with(['。', '；', '，']);
        if plain && over_text && names.remove(line.compact.as_ref()) {
            found.push(at);
        }
    }
    if found.len() > 1 { found } else { Vec::new() }
}
