//! The page on structure explains every rule that the outline may name.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src is here") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("tests") {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// String literals of a line, each with what stands before and after it.
fn literals(line: &str) -> Vec<(&str, &str, &str)> {
    let parts: Vec<&str> = line.split('"').collect();
    parts.windows(3).step_by(2).map(|part| (part[0], part[1], part[2])).collect()
}

#[test]
fn every_rule_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/structure.md")).expect("the page");
    let mut files = Vec::new();
    sources(&root.join("src/structure"), &mut files);
    let mut rules = std::collections::BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(file).expect("a source in UTF-8");
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().expect("a first part");
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
