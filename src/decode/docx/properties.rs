//! docProps: what the file says of itself (ECMA-376 part 2, 11; part 1, 22.3).

use super::xml::Tree;
use crate::tree::Meta;

/// Core properties that say something of the text, by element, and their names in [`Meta::other`].
const OTHER: [(&str, &str); 4] = [
    ("subject", "subject"),
    ("keywords", "keywords"),
    ("description", "description"),
    ("category", "category"),
];

/// Custom properties that office programs write for themselves.
const OF_PROGRAMS: [&str; 3] = ["KSO", "ICV", "_"];

/// Adds the core properties.
pub(super) fn core(tree: &Tree, meta: &mut Meta) {
    for element in tree.root().children() {
        let value = element.text();
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match element.name() {
            "title" => meta.title = Some(value.to_owned()),
            "creator" => meta.author = Some(value.to_owned()),
            name => {
                if let Some((_, name)) = OTHER.iter().find(|row| row.0 == name) {
                    meta.other.push(((*name).to_owned(), value.to_owned()));
                }
            }
        }
    }
}

/// Adds the custom properties that are text; `date` is the date of the document.
pub(super) fn custom(tree: &Tree, meta: &mut Meta) {
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
}
