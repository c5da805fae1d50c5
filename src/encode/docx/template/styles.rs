//! The styles of a template, and which of them stands for each of ours.

use std::collections::{BTreeMap, BTreeSet};

use super::Template;
use super::citation::cited;
use super::reference::{children, value};
use crate::encode::docx::xml::{DECLARATION, W};
use crate::error::Result;
use crate::ooxml::code_language;
use crate::ooxml::meaning::{Meaning, meaning};

/// A style of a sheet.
#[derive(Debug)]
pub(super) struct Style {
    pub(super) id: String,
    pub(super) kind: String,
    /// Its name as written.
    pub(super) name: String,
    /// Its name and aliases, in small letters.
    pub(super) names: Vec<String>,
    /// What its name says of its text.
    pub(super) meaning: Meaning,
    pub(super) default: bool,
    pub(super) based_on: Option<String>,
    /// It numbers its paragraphs (`Some(false)`: it ends what it inherits).
    pub(super) numbers: Option<bool>,
    pub(super) xml: String,
}

/// Names of a style for body text, where a template keeps its default style for other things.
const BODY: [&str; 3] = ["公文正文", "正文", "文章正文"];

impl Template {
    /// The style of the reference that stands for one of ours: that of its name, or else one whose name says the same.
    pub(super) fn find(&self, style: &Style) -> Option<&Style> {
        let mut same_kind = self.styles.iter().filter(|other| other.kind == style.kind);
        if style.default {
            // Body text is whatever the reference sets it in.
            let body = |other: &&Style| {
                style.kind == "paragraph" && other.names.iter().any(|name| BODY.contains(&name.as_str()))
            };
            return same_kind.clone().find(body).or_else(|| same_kind.find(|other| other.default));
        }
        let named = |other: &&Style| other.names.iter().any(|name| style.names.contains(name));
        same_kind.clone().find(named).or_else(|| {
            // Some say the same of several levels and places.
            let says = style.meaning;
            if matches!(
                says,
                Meaning::None
                    | Meaning::Mark
                    | Meaning::NumberedItem
                    | Meaning::Continued(_)
                    | Meaning::Contents
            ) {
                return None;
            }
            let of_language = style.names.iter().any(|name| code_language(name).is_some());
            same_kind.find(|other| other.meaning == says && !of_language)
        })
    }

    /// What the styles of ours, by id, say of numbers in the reference: `true` where it numbers their paragraphs by
    /// itself, `false` where it does not. `own` is our word/styles.xml.
    ///
    /// # Errors
    /// As [`Template::read`].
    pub(in crate::encode::docx) fn numbers(&self, own: &str) -> Result<BTreeMap<String, bool>> {
        let numbers = |style: &Style| {
            let mut next = self.find(style)?;
            for _ in 0..self.styles.len() {
                if next.numbers.is_some() {
                    break;
                }
                let base = self.styles.iter().find(|other| Some(&other.id) == next.based_on.as_ref());
                match base {
                    Some(base) => next = base,
                    None => break,
                }
            }
            Some(next.numbers == Some(true))
        };
        let own = sheet(own, "styles.xml")?;
        let paragraphs = own.iter().filter(|style| style.kind == "paragraph");
        Ok(paragraphs.filter_map(|style| Some((style.id.clone(), numbers(style)?))).collect())
    }

    /// The id under which each of our styles stands in the new sheet, and the XML of those that are added: what the
    /// text cites, what that is based on, and what follows it.
    pub(super) fn matched(
        &self,
        own: &[Style],
        wanted: BTreeSet<String>,
    ) -> (BTreeMap<String, String>, Vec<String>) {
        let taken: BTreeSet<&str> = self.styles.iter().map(|style| style.id.as_str()).collect();
        let mut ids = BTreeMap::new();
        for style in own {
            let id = match self.find(style) {
                Some(theirs) => theirs.id.clone(),
                None if taken.contains(style.id.as_str()) => format!("Banshi{}", style.id),
                None => style.id.clone(),
            };
            ids.insert(style.id.clone(), id);
        }
        let by_id: BTreeMap<&str, &Style> = own.iter().map(|style| (style.id.as_str(), style)).collect();
        let mut missing: BTreeSet<&str> = BTreeSet::new();
        let mut queue: Vec<String> = wanted.into_iter().collect();
        while let Some(id) = queue.pop() {
            let Some(style) = by_id.get(id.as_str()).filter(|style| self.find(style).is_none()) else {
                continue;
            };
            if missing.insert(style.id.as_str()) {
                let mut more = BTreeSet::new();
                cited(&style.xml, &mut more);
                queue.extend(more);
            }
        }
        let added = own.iter().filter(|style| missing.contains(style.id.as_str()));
        let added = added.map(|style| {
            let id = ids.get(&style.id).unwrap_or(&style.id);
            let xml =
                style.xml.replacen(&format!("w:styleId=\"{}\"", style.id), &format!("w:styleId=\"{id}\""), 1);
            let has_default = self.styles.iter().any(|other| other.default && other.kind == style.kind);
            if has_default { xml.replacen(" w:default=\"1\"", "", 1) } else { xml }
        });
        let added = added.collect();
        (ids, added)
    }

    /// The sheet of the reference with styles added.
    pub(super) fn styles_part(&self, added: &str) -> Result<String> {
        let mut text = match self.package.related("styles") {
            Some(name) => self.package.text(name)?,
            None => String::new(),
        };
        match text.rfind("</w:styles>") {
            Some(end) => text.insert_str(end, added),
            None => text = format!("{DECLARATION}<w:styles xmlns:w=\"{W}\">{added}</w:styles>"),
        }
        Ok(text)
    }
}

/// The styles of a sheet.
pub(super) fn sheet(xml: &str, part: &str) -> Result<Vec<Style>> {
    let mut styles = Vec::new();
    for child in children(xml, "w:styles", part)? {
        let (true, Some(id)) = (child.name == "w:style", child.attribute("w:styleId")) else { continue };
        let inner = children(child.xml, "w:style", part)?;
        let named = |name: &str| inner.iter().find(|child| child.name == name)?.attribute("w:val");
        let meaning = meaning(
            &named("w:name").unwrap_or_default(),
            child.attribute("w:type").as_deref() != Some("character"),
        );
        let mut names: Vec<String> = Vec::new();
        for list in [named("w:name"), named("w:aliases")].into_iter().flatten() {
            names.extend(list.split(',').map(|name| name.trim().to_lowercase()));
        }
        let numbers = inner.iter().find(|child| child.name == "w:pPr").and_then(|properties| {
            let number = value(properties.xml, "w:numId")?;
            Some(number != "0")
        });
        styles.push(Style {
            name: named("w:name").unwrap_or_else(|| id.clone()),
            id,
            kind: child.attribute("w:type").unwrap_or_else(|| "paragraph".into()),
            names,
            meaning,
            default: child.attribute("w:default").is_some_and(|on| on == "1" || on == "true" || on == "on"),
            based_on: named("w:basedOn"),
            numbers,
            xml: child.xml.to_owned(),
        });
    }
    Ok(styles)
}
