//! A reference document: a Word file of the user's whose page, styles, headers and footers a new one takes.
//!
//! The document is written as always; [`Template::apply`] then puts its parts together with those of the reference.
//! Styles are matched by name, as Word knows them; those that the text cites and the reference lacks are added.

mod citation;
mod reference;
mod report;
mod section;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use super::package::{self, Part, Relationship};
use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::limits::Limits;
use crate::ooxml::Geometry;
use crate::ooxml::package::Relationship as Found;
use citation::{cited, largest_number, merged_numbering, rewritten};
use reference::{Reference, Stored, children, relationships_name};
use styles::{Style, sheet};

/// What begins the names of parts that come from the reference, so that they meet no part of ours.
const FOLDER: &str = "template/";

/// A reference document, read.
#[derive(Debug)]
pub(super) struct Template {
    package: Reference,
    styles: Vec<Style>,
    /// Its last section (`w:sectPr`); empty where it has none.
    section: String,
    /// Settings that bear on the page, as elements.
    paging: Vec<&'static str>,
}

/// Settings that bear on the page, and before which element of ours each stands (17.15.1.78).
const PAGING: [(&str, &str); 3] = [
    ("<w:mirrorMargins/>", "<w:bordersDoNotSurroundHeader"),
    ("<w:gutterAtTop/>", "<w:defaultTabStop"),
    (EVEN, "<w:drawingGridVerticalSpacing"),
];

/// Even pages have headers and footers of their own.
const EVEN: &str = "<w:evenAndOddHeaders/>";

impl Template {
    /// Reads a reference document.
    ///
    /// # Errors
    /// [`crate::error::Error::Reference`] for what is no Word file, or a damaged one.
    pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Self> {
        let package = Reference::open(bytes, limits)?;
        let styles = match package.related("styles") {
            Some(name) => sheet(&package.text(name)?, name)?,
            None => Vec::new(),
        };
        let document = package.text(&package.document)?;
        let body = children(&document, "w:body", &package.document)?;
        let section = body.iter().rev().find(|child| child.name == "w:sectPr");
        let section = section.map(|section| section.xml.to_owned()).unwrap_or_default();
        children(&section, "w:sectPr", &package.document)?;
        let mut paging = Vec::new();
        if let Some(name) = package.related("settings") {
            let text = package.text(name)?;
            let settings = children(&text, "w:settings", name)?;
            let is_on = |element: &str| {
                settings.iter().any(|s| element.contains(&format!("<{}/", s.name)) && s.is_on())
            };
            paging.extend(PAGING.iter().map(|row| row.0).filter(|element| is_on(element)));
        }
        Ok(Self { package, styles, section, paging })
    }

    /// The parts of a document put together with those of the reference.
    ///
    /// # Errors
    /// [`crate::error::Error::Reference`] for a damaged part of the reference.
    pub(super) fn apply<'a>(
        &'a self,
        parts: Vec<Part<'a>>,
        geometry: Geometry,
        diagnostics: &mut Diagnostics,
    ) -> Result<Vec<Part<'a>>> {
        let own = sheet(part_text(&parts, "word/styles.xml"), "styles.xml")?;
        let numbered = parts.iter().any(|part| part.name.starts_with("word/footer"));
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for story in parts.iter().filter(|part| is_story(&part.name)) {
            cited(text(story), &mut wanted);
        }
        self.report(&own, &wanted, numbered, geometry, diagnostics);
        let lists = wanted.iter().any(|id| id.starts_with("List"));
        let numbering = part_text(&parts, "word/numbering.xml").to_owned();
        if lists {
            cited(&numbering, &mut wanted);
        }
        let (ids, added) = self.matched(&own, wanted);
        let theirs = match self.package.related("numbering") {
            Some(name) => Some((self.package.text(name)?, name)),
            None => None,
        };
        let shift = match &theirs {
            Some((text, name)) => largest_number(&children(text, "w:numbering", name)?),
            None => 0,
        };
        let rewrite = |xml: &str| rewritten(xml, &ids, shift);
        let mut carried: BTreeMap<String, Part<'a>> = BTreeMap::new();
        let mut out = Vec::with_capacity(parts.len());
        for mut part in parts {
            let name = part.name.clone();
            let new = match name.as_str() {
                "word/styles.xml" => {
                    self.styles_part(&added.iter().map(|xml| rewrite(xml)).collect::<String>())?
                }
                "word/numbering.xml" => match &theirs {
                    Some((text, name)) => {
                        let own = if lists { rewrite(&numbering) } else { String::new() };
                        let rows = self.carry(self.package.part(name), "", &mut carried);
                        if !rows.is_empty() {
                            let rows = package::relationships(&rows);
                            out.push(Part::new("word/_rels/numbering.xml.rels", "", rows));
                        }
                        merged_numbering(text, name, &own)?
                    }
                    None => rewrite(&numbering),
                },
                "word/settings.xml" => self.settings(text(&part)),
                "word/_rels/document.xml.rels" => self.relationships(text(&part), &mut carried)?,
                name if name.starts_with("word/footer") || name.starts_with("word/theme/") => continue,
                "word/fontTable.xml" if self.package.related("fontTable").is_some() => {
                    continue;
                }
                name if is_story(name) => self.with_sections(&rewrite(text(&part))),
                _ => {
                    out.push(part);
                    continue;
                }
            };
            part.bytes = new.into_bytes().into();
            out.push(part);
        }
        out.extend(carried.into_values());
        Ok(out)
    }

    /// Our settings, with those of the reference that bear on the page.
    fn settings(&self, own: &str) -> String {
        let mut text = own.replace(EVEN, "");
        for (element, next) in PAGING.iter().filter(|row| self.paging.contains(&row.0)) {
            if let Some(at) = text.find(next) {
                text.insert_str(at, element);
            }
        }
        text
    }

    /// The relationships of the document: ours, but for what the reference has in their place.
    fn relationships<'a>(&'a self, own: &str, carried: &mut BTreeMap<String, Part<'a>>) -> Result<String> {
        let mut replaced = vec!["footer", "theme"];
        if self.package.related("fontTable").is_some() {
            replaced.push("fontTable");
        }
        let rows = children(own, "Relationships", "document.xml.rels")?;
        let kept = rows.iter().filter(|row| {
            let kind = row.attribute("Type").unwrap_or_default();
            !replaced.iter().any(|replaced| kind.ends_with(&format!("/{replaced}")))
        });
        let mut xml: String = kept.map(|row| row.xml).collect();
        let of_section: BTreeSet<String> =
            self.section().iter().filter_map(|child| child.attribute("r:id")).collect();
        let wanted = |id: &str, row: &Found| match row.kind.as_str() {
            "header" | "footer" => of_section.contains(id),
            kind => replaced.contains(&kind),
        };
        let rows = self.package.of_document().filter(|(id, row)| wanted(id, row));
        for row in self.carried(rows, CARRIED, carried) {
            xml.push_str(&row.xml());
        }
        Ok(package::relationships_of(&xml))
    }

    /// Copies the parts that the relationships of a part lead to, and what those lead to; gives the relationships with
    /// the new names, their ids after `prefix`.
    fn carry<'a>(
        &'a self,
        part: Option<&'a Stored>,
        prefix: &str,
        carried: &mut BTreeMap<String, Part<'a>>,
    ) -> Vec<Relationship> {
        self.carried(part.into_iter().flat_map(|part| &part.related), prefix, carried)
    }

    fn carried<'a>(
        &'a self,
        rows: impl Iterator<Item = (&'a String, &'a Found)>,
        prefix: &str,
        carried: &mut BTreeMap<String, Part<'a>>,
    ) -> Vec<Relationship> {
        let mut kept = Vec::new();
        for (id, row) in rows {
            let mut target = row.target.clone();
            if !row.external {
                let Some(stored) = self.package.part(&row.target) else { continue };
                let name = format!("{FOLDER}{}", row.target);
                if !carried.contains_key(&name) {
                    let (content_type, bytes) = (stored.content_type.clone(), stored.bytes.as_slice().into());
                    carried.insert(name.clone(), Part { name: name.clone(), content_type, bytes });
                    let inner = self.carry(Some(stored), "", carried);
                    if !inner.is_empty() {
                        let rels = relationships_name(&name);
                        carried.insert(rels.clone(), Part::new(&rels, "", package::relationships(&inner)));
                    }
                }
                target = format!("/{name}");
            }
            kept.push(Relationship {
                id: format!("{prefix}{id}"),
                kind: row.address.clone(),
                target,
                external: row.external,
            });
        }
        kept
    }
}

/// What begins the ids of relationships of the reference among ours.
const CARRIED: &str = "rIdTemplate";

/// The text of a part of ours.
fn text<'a>(part: &'a Part<'_>) -> &'a str {
    std::str::from_utf8(&part.bytes).unwrap_or_default()
}

fn part_text<'a>(parts: &'a [Part<'_>], name: &str) -> &'a str {
    parts.iter().find(|part| part.name == name).map_or("", text)
}

/// True for the parts of ours that cite styles.
fn is_story(name: &str) -> bool {
    matches!(name, "word/document.xml" | "word/footnotes.xml" | "word/endnotes.xml")
}
