//! The parts of a reference document: what of it a new one can take, and its XML in pieces.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::encode::docx::xml::{DECLARATION, W};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::message::Message;
use crate::ooxml::package::{self, repair};
use crate::ooxml::parse::{decode, fault, parse};

/// Relationships of the document whose parts a new one takes. Text, notes, comments and macros are its own.
const WANTED: [&str; 7] = ["styles", "numbering", "settings", "theme", "fontTable", "header", "footer"];

/// A part, and where its relationships lead, by their ids.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) bytes: Vec<u8>,
    pub(super) content_type: String,
    pub(super) related: BTreeMap<String, package::Relationship>,
}

/// The parts of a reference document.
#[derive(Debug)]
pub(super) struct Reference {
    /// The name of the part with the text.
    pub(super) document: String,
    parts: BTreeMap<String, Stored>,
    /// What says where parts are and could not be read or is wrong, with what is wrong.
    damaged: Vec<(String, Message)>,
}

fn unusable(message: Message) -> Error {
    Error::Reference { message }
}

impl Reference {
    /// Reads the parts of a Word file that a new one can take. Parts that a relationship names and the file lacks are
    /// left out.
    ///
    /// # Errors
    /// [`Error::Reference`] for what is no Word file, and for damaged parts.
    pub(super) fn open(input: &[u8], limits: &Limits) -> Result<Self> {
        Self::read(input, limits).map_err(|error| unusable(error.message()))
    }

    fn read(input: &[u8], limits: &Limits) -> Result<Self> {
        let mut package = package::open(input, limits)?;
        let document = package.main_part()?;
        let mut parts = BTreeMap::new();
        let mut seen = BTreeSet::from([document.clone()]);
        let mut queue = vec![document.clone()];
        while let Some(name) = queue.pop() {
            let Some(bytes) = package.read(&name)? else { continue };
            let mut related = package.relationships(&name)?.into_map();
            if name == document {
                related.retain(|_, row| !row.external && WANTED.contains(&row.kind.as_str()));
            }
            if name.ends_with(".xml") {
                parse(&bytes, limits).map_err(|fault| fault.of_part(&name, limits))?;
            }
            let targets = related.values().filter(|row| !row.external).map(|row| row.target.clone());
            queue.extend(targets.filter(|target| seen.insert(target.clone())));
            let content_type = package.content_type(&name).unwrap_or("application/octet-stream").to_owned();
            parts.insert(name, Stored { bytes, content_type, related });
        }
        Ok(Self { document, parts, damaged: package.damaged })
    }

    /// What is wrong with the package that it can be used without.
    pub(super) fn damaged(&self) -> &[(String, Message)] {
        &self.damaged
    }

    /// The part of that name.
    pub(super) fn part(&self, name: &str) -> Option<&Stored> {
        self.parts.get(name)
    }

    /// Where the relationships of the document lead that a new one takes.
    pub(super) fn of_document(&self) -> impl Iterator<Item = (&String, &package::Relationship)> {
        self.part(&self.document).into_iter().flat_map(|part| &part.related)
    }

    /// The name of the part of that kind.
    pub(super) fn related(&self, kind: &str) -> Option<&str> {
        let (_, row) = self.of_document().find(|(_, row)| row.kind == kind)?;
        self.parts.contains_key(&row.target).then_some(row.target.as_str())
    }

    /// The XML of a part in UTF-8.
    ///
    /// # Errors
    /// [`Error::Reference`] where its elements have no names that begin with `w:`, as Word and WPS write them.
    pub(super) fn text(&self, name: &str) -> Result<String> {
        let Some(part) = self.part(name) else { return Ok(String::new()) };
        let text =
            decode(&part.bytes).map_err(|message| unusable(message!("{name}: {message}", name, message)))?;
        if ![format!("xmlns:w=\"{W}\""), format!("xmlns:w='{W}'")].iter().any(|name| text.contains(name)) {
            let strict = text.contains("http://purl.oclc.org/ooxml/");
            return Err(unusable(if strict {
                message!(
                    "{name} is written in the strict form; save the file in Word as .docx, not as Strict Open XML",
                    name
                )
            } else {
                message!(
                    "{name} is written with unusual names of namespaces; save the file in Word as .docx, not as Strict Open XML",
                    name
                )
            }));
        }
        let text = text.trim_start();
        let body =
            text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(text, |cut| cut.1);
        Ok(format!("{DECLARATION}{}", body.trim_start()))
    }
}

/// An element of a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Child<'a> {
    pub(super) name: &'a str,
    /// All of it.
    pub(super) xml: &'a str,
    /// Where it begins in the text that was searched.
    pub(super) start: usize,
}

impl Child<'_> {
    /// The value of an attribute, by its name with its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let tag = self.xml.get(1..self.xml.find('>')?)?;
        let tag = BytesStart::from_content(tag.trim_end_matches('/'), self.name.len());
        let attribute = tag.try_get_attribute(name).ok()??;
        Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
    }

    /// True for a switch that is on (17.17.4).
    pub(super) fn is_on(&self) -> bool {
        crate::ooxml::xml::is_on(self.attribute("w:val").as_deref())
    }
}

/// The elements directly inside the first element of that name.
///
/// # Errors
/// [`Error::Reference`] for what is not XML.
pub(super) fn children<'a>(xml: &'a str, container: &str, part: &str) -> Result<Vec<Child<'a>>> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    let mut depth: Option<usize> = None;
    let mut open: (usize, usize) = (0, 0);
    loop {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event().map_err(|error| {
            unusable(message!(
                "{part}: {message}; {repair}",
                part,
                message = fault(&error),
                repair = repair()
            ))
        })?;
        let after = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let mut add = |start: usize, length: usize| {
            if let (Some(name), Some(xml)) = (xml.get(start + 1..start + 1 + length), xml.get(start..after)) {
                found.push(Child { name, xml, start });
            }
        };
        match (&event, depth) {
            (Event::Start(tag), None) if tag.name().as_ref() == container.as_bytes() => depth = Some(0),
            (Event::Empty(tag), None) if tag.name().as_ref() == container.as_bytes() => return Ok(found),
            (Event::Start(tag), Some(level)) => {
                if level == 0 {
                    open = (before, tag.name().as_ref().len());
                }
                depth = Some(level + 1);
            }
            (Event::Empty(tag), Some(0)) => add(before, tag.name().as_ref().len()),
            (Event::End(_), Some(0)) => return Ok(found),
            (Event::End(_), Some(level)) => {
                if level == 1 {
                    add(open.0, open.1);
                }
                depth = Some(level - 1);
            }
            (Event::Eof, _) => return Ok(found),
            _ => {}
        }
    }
}

/// The `w:val` of the first element of that name, at any depth.
pub(super) fn value(xml: &str, name: &str) -> Option<String> {
    let tag = format!("<{name}");
    let start = xml.match_indices(&tag).map(|(at, _)| at).find(|at| {
        xml[at + tag.len()..].starts_with(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
    })?;
    Child { name: &xml[start + 1..start + tag.len()], xml: &xml[start..], start }.attribute("w:val")
}

/// The name of the part with the relationships of a part.
pub(super) fn relationships_name(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{file}.rels")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_the_pieces_of_the_text() {
        let xml = "<a><b x:y=\"1&amp;\"/> <c><b/></c><!-- d --><e z='>'></e></a>";
        let found = children(xml, "a", "a.xml").unwrap();
        let pieces: Vec<_> = found.iter().map(|child| (child.name, child.xml)).collect();
        assert_eq!(pieces, [("b", "<b x:y=\"1&amp;\"/>"), ("c", "<c><b/></c>"), ("e", "<e z='>'></e>")]);
        assert_eq!(found[0].attribute("x:y").as_deref(), Some("1&"));
        assert_eq!(found[0].attribute("y"), None);
        assert!(xml[found[1].start..].starts_with("<c>"));
        assert!(children("<a/>", "a", "").unwrap().is_empty());
        assert!(children("<a><b></a>", "a", "").is_err());
    }

    #[test]
    fn values_are_those_of_the_whole_name() {
        let xml = "<w:numPr><w:numIdMacAtCleanup w:val=\"9\"/><w:numId w:val=\"3\"/></w:numPr>";
        assert_eq!(value(xml, "w:numId").as_deref(), Some("3"));
        assert_eq!(value(xml, "w:ilvl"), None);
    }
}
