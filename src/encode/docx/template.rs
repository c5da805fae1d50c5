//! A reference document: a Word file of the user's whose page, styles, headers and footers a new one takes.
//!
//! The document is written as always; [`Template::apply`] then puts its parts together with those of the reference.
//! Styles are matched by name, as Word knows them; those that the text cites and the reference lacks are added.

use std::collections::{BTreeMap, BTreeSet};

use super::package::{Part, Relationship};
use super::reference::{Reference, Stored, children, relationships_name, value};
use super::xml::{DECLARATION, W};
use crate::error::Result;
use crate::limits::Limits;
use crate::ooxml::meaning::{Meaning, meaning};
use crate::ooxml::package::Relationship as Found;
use crate::ooxml::{Geometry, code_language};

/// What begins the names of parts that come from the reference, so that they meet no part of ours.
const FOLDER: &str = "template/";

/// A style of a sheet.
#[derive(Debug)]
struct Style {
    id: String,
    kind: String,
    /// Its name and aliases, in small letters.
    names: Vec<String>,
    /// What its name says of its text.
    meaning: Meaning,
    default: bool,
    based_on: Option<String>,
    /// It numbers its paragraphs (`Some(false)`: it ends what it inherits).
    numbers: Option<bool>,
    xml: String,
}

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

/// Names of a style for body text, where a template keeps its default style for other things.
const BODY: [&str; 3] = ["公文正文", "正文", "文章正文"];

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

    /// The elements of its last section.
    fn section(&self) -> Vec<super::reference::Child<'_>> {
        // It has been read once.
        children(&self.section, "w:sectPr", "").unwrap_or_default()
    }

    /// The page of the reference; what it does not state is as in `geometry`.
    pub(super) fn geometry(&self, geometry: Geometry) -> Geometry {
        let section = self.section();
        let twips = |child: &str, attribute: &str| {
            let child = section.iter().find(|section| section.name == child)?;
            child.attribute(attribute)?.parse::<f64>().ok().map(|n| n.abs().clamp(0.0, 40_000.0) as i32)
        };
        let page = Geometry {
            width: twips("w:pgSz", "w:w").unwrap_or(geometry.width),
            height: twips("w:pgSz", "w:h").unwrap_or(geometry.height),
            top: twips("w:pgMar", "w:top").unwrap_or(geometry.top),
            bottom: twips("w:pgMar", "w:bottom").unwrap_or(geometry.bottom),
            left: twips("w:pgMar", "w:left").unwrap_or(geometry.left),
            right: twips("w:pgMar", "w:right").unwrap_or(geometry.right)
                + twips("w:pgMar", "w:gutter").unwrap_or(0),
            ..geometry
        };
        // A page without room for text is none.
        if page.measure() < 720 || page.text_height() < 720 { geometry } else { page }
    }

    /// The style of the reference that stands for one of ours: that of its name, or else one whose name says the same.
    fn find(&self, style: &Style) -> Option<&Style> {
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
    pub(super) fn numbers(&self, own: &str) -> Result<BTreeMap<String, bool>> {
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

    /// The parts of a document put together with those of the reference.
    ///
    /// # Errors
    /// [`crate::error::Error::Reference`] for a damaged part of the reference.
    pub(super) fn apply<'a>(&'a self, parts: Vec<Part<'a>>) -> Result<Vec<Part<'a>>> {
        let own = sheet(part_text(&parts, "word/styles.xml"), "styles.xml")?;
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for story in parts.iter().filter(|part| is_story(&part.name)) {
            cited(text(story), &mut wanted);
        }
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
                            let rows = super::package::relationships(&rows);
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

    /// The id under which each of our styles stands in the new sheet, and the XML of those that are added: what the
    /// text cites, what that is based on, and what follows it.
    fn matched(&self, own: &[Style], wanted: BTreeSet<String>) -> (BTreeMap<String, String>, Vec<String>) {
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
    fn styles_part(&self, added: &str) -> Result<String> {
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
        Ok(super::package::relationships_of(&xml))
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
                        carried.insert(
                            rels.clone(),
                            Part::new(&rels, "", super::package::relationships(&inner)),
                        );
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

    /// The text with the sections of the reference in the place of ours.
    fn with_sections(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut is_first = true;
        while let Some(start) = rest.find("<w:sectPr>") {
            let Some(end) = rest[start..].find("</w:sectPr>") else { break };
            out.push_str(&rest[..start]);
            out.push_str(&self.section_like(&rest[start..start + end], is_first));
            is_first = false;
            rest = &rest[start + end + "</w:sectPr>".len()..];
        }
        out.push_str(rest);
        out
    }

    /// The section of the reference for one of ours: turned where ours is turned, and numbered from 1 where ours is. What
    /// holds for the first page alone is that of the first section.
    fn section_like(&self, own: &str, is_first: bool) -> String {
        let turned = own.contains("landscape");
        let restarts = own.contains("<w:pgNumType");
        let mut xml = String::from("<w:sectPr>");
        let section = self.section();
        let rank = |name: &str| ORDER.iter().position(|other| *other == name);
        let numbered = section.iter().any(|child| child.name == "w:pgNumType");
        for child in &section {
            if restarts
                && !numbered
                && !xml.contains("<w:pgNumType")
                && rank(child.name) > rank("w:pgNumType")
            {
                xml.push_str("<w:pgNumType w:start=\"1\"/>");
            }
            let of = |name: &str| child.attribute(name);
            match child.name {
                "w:headerReference" | "w:footerReference" => {
                    let id = of("r:id").unwrap_or_default();
                    let kind = of("w:type").unwrap_or_else(|| "default".into());
                    let row = self.package.of_document().find(|(other, _)| **other == id);
                    let is_there = row.is_some_and(|(_, row)| self.package.part(&row.target).is_some());
                    if is_there && (is_first || kind != "first") {
                        xml.push_str(&format!("<{} w:type=\"{kind}\" r:id=\"{CARRIED}{id}\"/>", child.name));
                    }
                }
                "w:titlePg" if !is_first => {}
                "w:pgSz" if turned => {
                    let (width, height) = (of("w:w").unwrap_or_default(), of("w:h").unwrap_or_default());
                    let number = |side: &str| side.parse::<f64>().unwrap_or(0.0);
                    let (long, short) =
                        if number(&width) > number(&height) { (width, height) } else { (height, width) };
                    xml.push_str(&format!("<w:pgSz w:w=\"{long}\" w:h=\"{short}\" w:orient=\"landscape\"/>"));
                }
                "w:pgMar" if turned => {
                    // The head of a turned sheet is where its left edge was.
                    let sides = [("top", "left"), ("right", "top"), ("bottom", "right"), ("left", "bottom")]
                        .into_iter();
                    let same = ["header", "footer", "gutter"].map(|name| (name, name));
                    xml.push_str("<w:pgMar");
                    for (name, from) in sides.chain(same) {
                        let length = of(&format!("w:{from}")).unwrap_or_else(|| "0".into());
                        xml.push_str(&format!(" w:{name}=\"{length}\""));
                    }
                    xml.push_str("/>");
                }
                "w:pgNumType" => {
                    let start =
                        if restarts { Some("1".to_owned()) } else { of("w:start").filter(|_| is_first) };
                    let stated = [("fmt", of("w:fmt")), ("start", start)];
                    let stated = stated.into_iter().filter_map(|(name, value)| Some((name, value?)));
                    let stated: String =
                        stated.map(|(name, value)| format!(" w:{name}=\"{value}\"")).collect();
                    xml.push_str(&format!("<w:pgNumType{stated}/>"));
                }
                // Printers and changes are of the reference alone; sections of ours begin pages.
                "w:printerSettings" | "w:sectPrChange" | "w:type" => {}
                name if rank(name).is_some() => xml.push_str(child.xml),
                _ => {}
            }
        }
        if restarts && !xml.contains("<w:pgNumType") {
            xml.push_str("<w:pgNumType w:start=\"1\"/>");
        }
        xml.push_str("</w:sectPr>");
        xml
    }
}

/// The elements of a section that are taken over, in the order of the schema.
const ORDER: [&str; 19] = [
    "w:headerReference",
    "w:footerReference",
    "w:footnotePr",
    "w:endnotePr",
    "w:pgSz",
    "w:pgMar",
    "w:paperSrc",
    "w:pgBorders",
    "w:lnNumType",
    "w:pgNumType",
    "w:cols",
    "w:formProt",
    "w:vAlign",
    "w:noEndnote",
    "w:titlePg",
    "w:textDirection",
    "w:bidi",
    "w:rtlGutter",
    "w:docGrid",
];

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

/// The styles of a sheet.
fn sheet(xml: &str, part: &str) -> Result<Vec<Style>> {
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
fn cited(xml: &str, ids: &mut BTreeSet<String>) {
    for element in CITING {
        for rest in xml.split(element).skip(1) {
            ids.extend(rest.split('"').next().map(str::to_owned));
        }
    }
}

/// XML of ours with other ids of styles, and the numbers of lists moved up by `shift`.
fn rewritten(xml: &str, ids: &BTreeMap<String, String>, shift: usize) -> String {
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
fn largest_number(numbering: &[super::reference::Child<'_>]) -> usize {
    let numbers = numbering.iter().flat_map(|child| {
        [child.attribute("w:abstractNumId"), child.attribute("w:numId")].into_iter().flatten()
    });
    numbers.filter_map(|number| number.parse().ok()).max().unwrap_or(0)
}

/// The lists of the reference, and ours after them: patterns stand before lists (17.9.17).
fn merged_numbering(theirs: &str, part: &str, own: &str) -> Result<String> {
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
