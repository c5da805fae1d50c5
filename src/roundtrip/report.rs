//! Round trips in words: a table of what was kept, and the lines that differ.

use std::fmt::Write as _;

use super::compare::excerpts;
use super::{Difference, Kept, Line, Trip, What};
use crate::message::Language;
use crate::tree::Location;

/// One row for each trip: formats, characters, blocks and roles kept, and how many differences there are.
pub fn table(trips: &[Trip], language: Language) -> String {
    let kept =
        |kept: Option<Kept>| kept.map_or("–".to_owned(), |kept| format!("{}/{}", kept.kept, kept.total));
    let mut rows = vec![
        [
            message!("format"),
            message!("characters"),
            message!("blocks"),
            message!("roles"),
            message!("differs"),
        ]
        .map(|head| head.in_language(language)),
    ];
    for trip in trips {
        let declared = trip.differences.iter().filter(|difference| difference.declared.is_some()).count();
        let undeclared = trip.differences.len() - declared;
        let differs = match (declared, undeclared) {
            (0, 0) => message!("nothing"),
            (declared, 0) => message!("{declared} declared", declared),
            (0, undeclared) => message!("{undeclared} NOT DECLARED", undeclared),
            (declared, undeclared) => {
                message!("{undeclared} NOT DECLARED, {declared} declared", undeclared, declared)
            }
        };
        rows.push([
            trip.formats.join(" → "),
            kept(Some(trip.characters)),
            kept(trip.blocks),
            kept(trip.roles),
            differs.in_language(language),
        ]);
    }
    let rows: Vec<Vec<String>> = rows.into_iter().map(Vec::from).collect();
    crate::message::table::table(&rows).lines().map(|line| format!("  {line}\n")).collect()
}

/// The differences of a trip, those that nobody declared first; of the declared only those that are asked for.
pub fn differences(trip: &Trip, declared: bool, language: Language) -> String {
    let mut out = String::new();
    let mut shown: Vec<&Difference> =
        trip.differences.iter().filter(|difference| declared || difference.declared.is_none()).collect();
    shown.sort_by_key(|difference| (difference.declared.is_some(), difference.what));
    if !shown.is_empty() {
        let _ = writeln!(out, "  {}:", trip.formats.join(" → "));
    }
    for difference in shown {
        write_difference(difference, language, &mut out);
    }
    out
}

fn write_difference(difference: &Difference, language: Language, out: &mut String) {
    let what = match difference.what {
        What::Text => message!("characters"),
        What::Blocks => message!("blocks"),
        What::Marks => message!("emphasis, links or place"),
        What::Role => message!("role"),
    };
    let place = match &difference.at {
        Location::Whole => what,
        at @ (Location::Lines { .. } | Location::Spot { .. }) => {
            message!("{what} at line {at}", what, at = at.message())
        }
        at @ Location::Part { .. } => {
            message!("{what} at {at}", what, at = at.message())
        }
    };
    let head = match &difference.declared {
        None => message!("{place}, NOT DECLARED", place),
        Some(code) => message!("{place} [{code}]", place, code),
    };
    let _ = writeln!(out, "    {}", head.in_language(language));
    /// Lines of one side that are shown.
    const MOST: usize = 8;
    let pairs = difference.before.len().max(difference.after.len());
    let line = |lines: &[Line], at: usize| lines.get(at).map(|line| line.in_language(language));
    let mut both = (Vec::new(), Vec::new());
    for at in 0..pairs.min(MOST) {
        let (one, other) = (line(&difference.before, at), line(&difference.after, at));
        let (short, shorter) = excerpts(one.as_deref().unwrap_or(""), other.as_deref().unwrap_or(""));
        both.0.extend(one.map(|_| format!("      - {short}")));
        both.1.extend(other.map(|_| format!("      + {shorter}")));
    }
    for line in both.0.iter().chain(&both.1) {
        let _ = writeln!(out, "{line}");
    }
    if pairs > MOST {
        let more = message!("{count} more lines", count = pairs - MOST);
        let _ = writeln!(out, "      … {}", more.in_language(language));
    }
}
