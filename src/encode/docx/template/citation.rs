//! What XML of ours cites by id or number, and other ids and numbers in their place.

use std::collections::{BTreeMap, BTreeSet};

use super::reference::{Child, children};
use crate::error::Result;

/// Elements of ours whose `w:val` is the id of a style.
const CITING: [&str; 6] = [
    "<w:pStyle w:val=\"",
    "<w:rStyle w:val=\"",
    "<w:tblStyle w:val=\"",
    "<w:basedOn w:val=\"",
    "<w:next w:val=\"",
    "<w:link w:val=\"",
];

/// What of ours holds the number of a list.
const NUMBERS: [&str; 4] = [
    "<w:numId w:val=\"",
    "<w:num w:numId=\"",
    "<w:abstractNum w:abstractNumId=\"",
    "<w:abstractNumId w:val=\"",
];

/// Adds the ids of the styles that XML of ours cites.
pub(super) fn cited(xml: &str, ids: &mut BTreeSet<String>) {
    for element in CITING {
        for rest in xml.split(element).skip(1) {
            ids.extend(rest.split('"').next().map(str::to_owned));
        }
    }
}

/// XML of ours with other ids of styles, and the numbers of lists moved up by `shift`.
pub(super) fn rewritten(xml: &str, ids: &BTreeMap<String, String>, shift: usize) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let head = CITING.iter().chain(&NUMBERS).find(|head| rest.starts_with(**head));
        let Some(head) = head else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        out.push_str(head);
        rest = &rest[head.len()..];
        let end = rest.find('"').unwrap_or(rest.len());
        let value = &rest[..end];
        match (NUMBERS.contains(head), value.parse::<usize>()) {
            // List 0 is no list.
            (true, Ok(number)) if number > 0 => out.push_str(&(number + shift).to_string()),
            (false, _) => out.push_str(ids.get(value).map_or(value, String::as_str)),
            (true, _) => out.push_str(value),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// The largest number of a list or of its pattern.
pub(super) fn largest_number(numbering: &[Child<'_>]) -> usize {
    let numbers = numbering.iter().flat_map(|child| {
        [child.attribute("w:abstractNumId"), child.attribute("w:numId")].into_iter().flatten()
    });
    numbers.filter_map(|number| number.parse().ok()).max().unwrap_or(0)
}

/// The lists of the reference, and ours after them: patterns stand before lists (17.9.17).
pub(super) fn merged_numbering(theirs: &str, part: &str, own: &str) -> Result<String> {
    let mut patterns = String::new();
    let mut lists = String::new();
    if !own.is_empty() {
        for child in children(own, "w:numbering", "numbering.xml")? {
            if child.name == "w:abstractNum" { &mut patterns } else { &mut lists }.push_str(child.xml);
        }
    }
    let all = children(theirs, "w:numbering", part)?;
    let end = theirs.rfind("</w:numbering>").unwrap_or(theirs.len());
    let after = |name: &str| all.iter().find(|child| child.name == name).map(|child| child.start);
    let clean_up = after("w:numIdMacAtCleanup").unwrap_or(end);
    let first_list = after("w:num").unwrap_or(clean_up);
    Ok([&theirs[..first_list], &patterns, &theirs[first_list..clean_up], &lists, &theirs[clean_up..]]
        .concat())
}
