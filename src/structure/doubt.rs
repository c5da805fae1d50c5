//! Markers that may be plain numbers: `一、二季度…`, `三、四个月…`, `2.19时41分，…`.
//!
//! And nouns that are counted only in passing: `第二个百年奋斗目标，…`.
//!
//! The list decides: such a paragraph is an item only where the numbers before and after need it there.

use crate::tree::{Role, Scheme};

use super::line::Line;
use super::list;
use super::numeral;

/// Takes doubtful markers for markers where the list needs them, and away elsewhere.
pub(super) fn settle(lines: &mut [Line]) {
    nouns(lines);
    neighbours(lines);
    for scheme in [Scheme::Han, Scheme::Arabic] {
        let doubtful = lines.iter().any(|line| {
            line.marker.as_ref().is_some_and(|marker| marker.doubtful && marker.scheme == scheme)
        });
        if doubtful {
            settle_one(lines, scheme);
        }
    }
}

/// Takes away markers of a counted noun, `第二层考虑是，`, that no other line counts as well.
fn nouns(lines: &mut [Line]) {
    let noun = |line: &Line| -> Option<String> {
        let marker = line.marker.as_ref()?;
        let counted = marker.scheme == Scheme::Ordinal && marker.weak && line.chars.first() == Some(&'第');
        let written = &line.chars[..marker.length.min(line.chars.len())];
        let digit = |c: &&char| numeral::is_han(**c) || numeral::arabic_digit(**c).is_some();
        counted.then(|| written.iter().filter(|c| !digit(c)).collect())
    };
    let mut times = std::collections::BTreeMap::<String, usize>::new();
    for noun in lines.iter().filter_map(noun) {
        *times.entry(noun).or_default() += 1;
    }
    for line in lines {
        if noun(line).is_some_and(|noun| times.get(&noun).is_none_or(|times| *times < 2)) {
            line.marker = None;
        }
    }
}

/// Takes numbers on lines below each other that count on: `1、4月10日前…` over `2、5月20日前…`.
fn neighbours(lines: &mut [Line]) {
    let number = |line: &Line| {
        let numbered = matches!(line.role(), None | Some(Role::Heading(_) | Role::Point(_)));
        let marker = line.marker.as_ref().filter(|_| numbered)?;
        let mark = line.chars.get(..marker.length)?.iter().rfind(|c| !c.is_whitespace())?;
        // `1、2、3号楼` lists numbers.
        let rest = line.chars.get(marker.length..).unwrap_or_default();
        let listed = numeral::either(rest).is_some_and(|(_, length)| rest.get(length) == Some(&'、'));
        let counts = matches!(marker.scheme, Scheme::Han | Scheme::Arabic)
            && *mark == '、'
            && !marker.alone
            && !listed;
        Some((marker.scheme, marker.number()?)).filter(|_| counts)
    };
    let mut above = None;
    for at in 0..lines.len() {
        let own = number(&lines[at]);
        // Below a heading the text may begin with a number.
        let is_item = |line: &Line| {
            line.strong_marker().is_none() || line.ends_sentence() || line.compact.ends_with('；')
        };
        let counts_on = at > 0
            && is_item(&lines[at - 1])
            && above.zip(own).is_some_and(|(above, own): ((Scheme, u32), (Scheme, u32))| {
                above.0 == own.0 && above.1 + 1 == own.1
            });
        if counts_on {
            for line in &mut lines[at - 1..=at] {
                if let Some(marker) = line.marker.as_mut() {
                    (marker.weak, marker.doubtful) = (false, false);
                }
            }
        }
        above = own;
    }
}

fn settle_one(lines: &mut [Line], scheme: Scheme) {
    let sure = |line: &Line| {
        let marker = line.marker.as_ref()?;
        (marker.scheme == scheme && !marker.doubtful && !marker.weak).then(|| marker.number()).flatten()
    };
    let mut next = vec![None; lines.len()];
    let mut coming = None;
    for at in (0..lines.len()).rev() {
        next[at] = coming;
        coming = sure(&lines[at]).or(coming);
    }
    // The last sure number, and whether its paragraph stood alone as a heading does.
    let mut last: Option<(u32, bool)> = None;
    let mut above: Option<u32> = None;
    for at in 0..lines.len() {
        let line = &lines[at];
        let alone = line.size() <= 45 && !line.ends_sentence();
        if let Some(number) = sure(line) {
            last = Some((number, alone));
            above = Some(number);
            continue;
        }
        let Some(marker) = line.marker.as_ref().filter(|marker| marker.doubtful && marker.scheme == scheme)
        else {
            if !line.is_boilerplate() {
                above = None;
            }
            continue;
        };
        let (value, next) = (marker.number().unwrap_or(0), next[at]);
        if !marker.glued && last.is_none() && next.is_none() {
            continue;
        }
        let needed = if marker.glued {
            // A number run into the point must have its sibling right above or below.
            let below = lines.get(at + 1).and_then(sure);
            value > 1 && above == Some(value - 1) || value == 1 && below == Some(2)
        } else {
            let wanted = match last {
                None => value == 1,
                Some((number, _)) => number + 1 == value || value == 1 && number > 1 && next == Some(2),
            };
            let rest = &line.chars[marker.length.min(line.chars.len())..];
            let fits = match next {
                Some(next) => next == value + 1,
                None => list::is_single(rest) && alone || last.is_some_and(|(_, alone)| !alone),
            };
            wanted && fits
        };
        let line = &mut lines[at];
        if needed {
            if let Some(marker) = line.marker.as_mut() {
                marker.weak = false;
                marker.doubtful = false;
            }
            last = Some((value, alone));
            above = Some(value);
        } else {
            line.marker = None;
            above = None;
        }
    }
}
