//! The page on structure explains every rule that the outline may name.

use std::fs;
use std::path::Path;

#[path = "support/sources.rs"]
mod sources;

/// String literals of a line, each with what stands before and after it.
fn literals(line: &str) -> Vec<(&str, &str, &str)> {
    let parts: Vec<&str> = line.split('"').collect();
    parts.windows(3).step_by(2).map(|part| (part[0], part[1], part[2])).collect()
}

#[test]
fn every_rule_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/structure.md")).expect("the page");
    let mut rules = std::collections::BTreeSet::new();
    for (_, code) in sources::code().into_iter().filter(|(name, _)| name.starts_with("structure/")) {
        for (before, literal, after) in code.lines().flat_map(literals) {
            let kebab = literal.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            let alone = before.ends_with(", ") && before.contains("Role::") && after.starts_with(')');
            if kebab && literal.len() > 4 && (alone || literal.contains('-') && !literal.starts_with('-')) {
                rules.insert(literal.to_owned());
            }
        }
    }
    assert!(rules.len() > 60, "the rules were not found: {rules:?}");
    let missing: Vec<_> = rules.iter().filter(|rule| !page.contains(&format!("`{rule}`"))).collect();
    assert!(missing.is_empty(), "docs/structure.md does not explain {missing:?}");
}
