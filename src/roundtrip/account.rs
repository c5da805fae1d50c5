//! Which of the characters that were reported are accounted for.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Kind};

/// Findings whose text is that of a block which keeps it.
const KEEPS_TEXT: [&str; 3] = ["second-title", "heading-level", "page-end-moved"];

/// The characters that findings have accounted for: each is reported once, and once lost.
#[derive(Debug, Default)]
pub(super) struct Account {
    spent: BTreeMap<*const Diagnostic, Vec<char>>,
}

impl Account {
    /// True where all that is lost stands in what was reported and is not accounted for, each character as often as it
    /// is lost.
    pub(super) fn covers(&self, lost: &str, findings: &[&Diagnostic]) -> bool {
        self.left(lost, findings).is_some()
    }

    /// Accounts for what is lost; false where it is not covered.
    pub(super) fn settle(&mut self, lost: &str, findings: &[&Diagnostic]) -> bool {
        let Some(left) = self.left(lost, findings) else { return false };
        for (finding, spent) in left {
            self.spent.entry(finding).or_default().extend(spent);
        }
        true
    }

    /// For each finding, the characters of `lost` that it accounts for.
    fn left(&self, lost: &str, findings: &[&Diagnostic]) -> Option<Vec<(*const Diagnostic, Vec<char>)>> {
        let mut reported: Vec<(char, *const Diagnostic)> = Vec::new();
        let of_text =
            |finding: &&&Diagnostic| finding.kind > Kind::Noticed && !KEEPS_TEXT.contains(&finding.code);
        for finding in findings.iter().filter(of_text) {
            let mut spent = self.spent.get(&std::ptr::from_ref(*finding)).cloned().unwrap_or_default();
            for c in finding.text.chars() {
                // Markup in a line is compared on one line.
                let c = if c == '\n' { ' ' } else { c };
                match spent.iter().position(|other| *other == c) {
                    Some(at) => drop(spent.swap_remove(at)),
                    None => reported.push((c, std::ptr::from_ref(*finding))),
                }
            }
        }
        let mut taken: BTreeMap<*const Diagnostic, Vec<char>> = BTreeMap::new();
        for c in lost.chars() {
            let at = reported.iter().position(|(other, _)| *other == c)?;
            let (c, finding) = reported.remove(at);
            taken.entry(finding).or_default().push(c);
        }
        Some(taken.into_iter().collect())
    }
}
