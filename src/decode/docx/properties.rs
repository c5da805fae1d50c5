//! docProps: what the file says of itself (ECMA-376 part 2, 11; part 1, 22.3).

use std::borrow::Cow;

use super::xml::Tree;
use crate::ooxml::NAMED;
use crate::tree::Meta;

/// Custom properties that office programs write for themselves.
const OF_PROGRAMS: [&str; 3] = ["KSO", "ICV", "_"];

/// Adds the core properties.
pub(super) fn core(tree: &Tree, meta: &mut Meta) {
    for element in tree.root().children() {
        let text = element.text();
        let value = text.trim();
        if value.is_empty() {
            continue;
        }
        match element.name() {
            "title" => meta.title = Some(text.into_owned()),
            "creator" => meta.author = Some(text.into_owned()),
            name => {
                let is = |row: &&(&str, &[&str])| row.0.rsplit(':').next() == Some(name);
                if let Some((_, names)) = NAMED.iter().find(is) {
                    meta.other.push((names[0].to_owned(), value.to_owned()));
                }
            }
        }
    }
}

/// The program that saved the file last (22.2.2.1).
pub(super) fn application(tree: &Tree) -> Option<Cow<'_, str>> {
    tree.root().children().find(|child| child.name() == "Application").map(|child| child.text())
}

/// Adds the custom properties that are text; `date` is the date of the document. A core property that one of them
/// repeats goes, since it has the name that the source gave it.
pub(super) fn custom(tree: &Tree, meta: &mut Meta) {
    let mut core = std::mem::take(&mut meta.other);
    for property in tree.root().children().filter(|child| child.name() == "property") {
        let Some(name) = property.get("name") else { continue };
        if OF_PROGRAMS.iter().any(|prefix| name.starts_with(prefix)) {
            continue;
        }
        let text = property.children().find(|value| matches!(value.name(), "lpwstr" | "lpstr" | "bstr"));
        let Some(value) = text.map(|value| value.text().into_owned()) else { continue };
        if name == "date" && meta.date.is_none() {
            meta.date = Some(value);
        } else {
            meta.other.push((name.to_owned(), value));
        }
    }
    core.retain(|(name, value)| {
        let names = NAMED.iter().find(|row| row.1[0] == name).map_or(&[][..], |row| row.1);
        let repeats = |(other, text): &(String, String)| {
            names.contains(&other.to_lowercase().as_str()) && text.trim() == value
        };
        !meta.other.iter().any(repeats)
    });
    meta.other.splice(..0, core);
}
