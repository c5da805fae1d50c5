//! The zip package: its parts, their types and their relationships (ECMA-376 part 2).
//!
//! Nothing outside the package is ever opened. What is no package is named for what it is.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::foreign::what_it_is;
use super::parse::parse;
use super::percent_decoded;
use super::xml::{self, Ns, Tree};
use crate::error::{Error, Result};
use crate::limits::{Limit, Limits};
use crate::message::Message;
use crate::tree::Location;

/// Parts below this size may be packed however well.
const SMALL_PART: u64 = 16 << 20;

/// What may help where a file is damaged.
pub(crate) fn repair() -> Message {
    message!("open it in Word or WPS, which may repair it, and save it again")
}

/// A package whose parts can be read.
#[derive(Debug)]
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Index in the archive by name in lower case: part names do not tell case apart (part 2, 9.1.1).
    names: BTreeMap<String, usize>,
    content_types: ContentTypes,
    unpacked: u64,
    limits: Limits,
    /// Parts that say where others are and cannot be read or are wrong, with what is wrong and what was done; an empty
    /// name for the package.
    pub(crate) damaged: Vec<(String, Message)>,
}

#[derive(Debug, Default)]
struct ContentTypes {
    by_name: BTreeMap<String, String>,
    by_extension: BTreeMap<String, String>,
}

/// The relationships of a part.
#[derive(Debug, Default)]
pub(crate) struct Relationships(BTreeMap<String, Relationship>);

/// Where a relationship leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relationship {
    /// The last word of its type: `hyperlink`, `image`, `styles`.
    pub(crate) kind: String,
    /// Its type as written.
    pub(crate) address: String,
    /// The part, or the address outside as written.
    pub(crate) target: String,
    /// True for an address outside.
    pub(crate) external: bool,
}

/// A part that holds text, with what it refers to.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name without leading `/`, as messages show it.
    pub(crate) name: String,
    /// Its elements.
    pub(crate) tree: Tree,
    /// Its relationships.
    pub(crate) relationships: Relationships,
}

fn malformed(at: Location, message: Message) -> Error {
    Error::Malformed { format: "docx", at, message }
}

/// Opens a package.
///
/// # Errors
/// [`Error::Malformed`] for what is no zip, is encrypted, cut short, or beyond the limits, with the remedy.
pub(crate) fn open<'a>(input: &'a [u8], limits: &Limits) -> Result<Package<'a>> {
    if !input.starts_with(b"PK") {
        return Err(malformed(Location::Whole, what_it_is(input)));
    }
    let archive = ZipArchive::new(Cursor::new(input)).map_err(|_| {
        malformed(
            Location::Whole,
            message!("the file is cut short or damaged; get it again from where it came"),
        )
    })?;
    let entries = archive.len() as u64;
    if entries > limits.get(Limit::Entries) {
        return Err(Error::beyond(limits, Limit::Entries, Some(entries), Location::Whole));
    }
    let mut names = BTreeMap::new();
    for index in 0..archive.len() {
        if let Some(name) = archive.name_for_index(index) {
            names.entry(key(name)).or_insert(index);
        }
    }
    let mut package = Package {
        archive,
        names,
        content_types: ContentTypes::default(),
        unpacked: 0,
        limits: *limits,
        damaged: Vec::new(),
    };
    package.content_types = package.read_content_types();
    let twice = stated_entries(input).map_or(0, |stated| stated.saturating_sub(package.archive.len()));
    if twice > 0 {
        let message = message!(
            "parts that stand in the package twice, the last of each is read: {count}",
            count = twice
        );
        package.damaged.push((String::new(), message));
    }
    Ok(package)
}

/// A part name as the key of a search: what is percent-encoded in a relationship may not be so in the zip, and the
/// reverse (part 2, 9.1.1).
fn key(name: &str) -> String {
    let decoded = if name.contains('%') { percent_decoded(name) } else { None };
    let name = decoded.as_deref().unwrap_or(name);
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// How many entries the directory of a zip states, where its end says so: two of one name are one in the archive.
fn stated_entries(input: &[u8]) -> Option<usize> {
    let end = input.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = input.get(end + 10..end + 12)?;
    let count = u16::from_le_bytes([count[0], count[1]]);
    // More are stated elsewhere.
    (count < u16::MAX).then_some(usize::from(count))
}

impl Package<'_> {
    /// The bytes of a part; `None` where there is none of that name.
    pub(crate) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(index) = self.names.get(&key(name)).copied() else { return Ok(None) };
        let fail =
            |message: Message| malformed(Location::Whole, message!("{name}: {message}", name, message));
        let damaged = || fail(message!("the part is damaged; get the file again from where it came"));
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                fail(message!("the part is protected by a password; save the file without it"))
            }
            ZipError::CompressionMethodNotSupported(_) => {
                fail(message!("the part is packed in a way that Word does not use; save the file again"))
            }
            _ => damaged(),
        })?;
        let packed = file.compressed_size();
        let most = |limit| self.limits.bytes(limit);
        let bounds = [
            (Limit::Part, most(Limit::Part)),
            (Limit::Unpacked, most(Limit::Unpacked).saturating_sub(self.unpacked)),
            (Limit::Ratio, SMALL_PART.max(packed.saturating_mul(self.limits.get(Limit::Ratio)))),
        ];
        let (limit, room) = bounds.into_iter().min_by_key(|(_, room)| *room).unwrap_or(bounds[0]);
        let mut bytes = Vec::with_capacity(file.size().min(room) as usize);
        let mut limited = file.take(room.saturating_add(1));
        limited.read_to_end(&mut bytes).map_err(|_| damaged())?;
        if bytes.len() as u64 > room {
            let at = Location::Part { part: name.to_owned(), paragraph: 0 };
            return Err(Error::beyond(&self.limits, limit, None, at));
        }
        self.unpacked += bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The elements of a part; `None` where there is none of that name.
    pub(crate) fn tree(&mut self, name: &str) -> Result<Option<Tree>> {
        let Some(bytes) = self.read(name)? else { return Ok(None) };
        let tree = parse(&bytes, &self.limits).map_err(|fault| fault.of_part(name, &self.limits))?;
        Ok(Some(tree))
    }

    /// A part with its relationships.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Part>> {
        let Some(tree) = self.tree(name)? else { return Ok(None) };
        let relationships = self.relationships(name)?;
        Ok(Some(Part { name: name.to_owned(), tree, relationships }))
    }

    /// The relationships of a part, or with an empty name those of the package.
    pub(crate) fn relationships(&mut self, part: &str) -> Result<Relationships> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(tree) = self.directory(&format!("{folder}{slash}_rels/{file}.rels")) else {
            return Ok(self.usual(part));
        };
        let mut all = BTreeMap::new();
        for child in tree.root().children().filter(|child| child.name() == "Relationship") {
            let (Some(id), Some(target)) = (child.get("Id"), child.get("Target")) else { continue };
            let address = child.get("Type").unwrap_or("").to_owned();
            let kind = address.rsplit('/').next().unwrap_or("").to_owned();
            let external = child.get("TargetMode") == Some("External");
            let target = if external { Some(target.to_owned()) } else { inside(folder, target) };
            if let Some(target) = target {
                all.entry(id.to_owned()).or_insert(Relationship { kind, address, target, external });
            }
        }
        Ok(Relationships(all))
    }

    /// The name of the main document part, found through the relationships of the package (part 1, 11.3.10).
    ///
    /// # Errors
    /// [`Error::Malformed`] for a workbook, slides, or a package without document.
    pub(crate) fn main_part(&mut self) -> Result<String> {
        let name = match self.relationships("")?.of_kind("officeDocument").next() {
            Some(relationship) => relationship.target.clone(),
            None => self
                .content_types
                .by_name
                .iter()
                .find(|(_, kind)| is_word(kind))
                .map(|(name, _)| name.clone())
                .ok_or_else(|| malformed(Location::Whole, self.what_package()))?,
        };
        if !self.names.contains_key(&key(&name)) {
            return Err(malformed(
                Location::Whole,
                message!(
                    "the part {name}, which holds the text, is missing; {repair}",
                    name,
                    repair = repair()
                ),
            ));
        }
        let kind = self.content_type(&name).unwrap_or_default().to_owned();
        if !is_word(&kind) && self.is_other() {
            return Err(malformed(Location::Whole, self.what_package()));
        }
        if !is_word(&kind) && !is_any_xml(&kind) {
            let message =
                message!("{name} is not stated to be a Word text but {kind}; it is read as one", name, kind);
            self.damaged.push(("[Content_Types].xml".to_owned(), message));
        }
        Ok(name)
    }

    /// The content type of a part.
    pub(crate) fn content_type(&self, name: &str) -> Option<&str> {
        let name = key(name);
        let extension = name.rsplit('.').next().unwrap_or("");
        let types = &self.content_types;
        types.by_name.get(&name).or_else(|| types.by_extension.get(extension)).map(String::as_str)
    }

    /// True for the packages of other office programs.
    fn is_other(&self) -> bool {
        ["xl/workbook.xml", "xl/workbook.bin", "ppt/presentation.xml", "mimetype", "ofd.xml"]
            .iter()
            .any(|name| self.names.contains_key(*name))
    }

    /// What a zip file without a Word text is.
    fn what_package(&self) -> Message {
        let has = |name: &str| self.names.contains_key(name);
        let holds = |word: &str| self.content_types.by_name.values().any(|kind| kind.contains(word));
        let packed = self.names.keys().find(|name| name.ends_with(".docx"));
        let folder = self.names.keys().find_map(|name| name.strip_suffix("/word/document.xml"));
        if holds("spreadsheetml") || has("xl/workbook.xml") || has("xl/workbook.bin") {
            message!("it is an Excel workbook, not a Word file")
        } else if holds("presentationml") || has("ppt/presentation.xml") {
            message!("it is a PowerPoint file, not a Word file")
        } else if has("mimetype") {
            message!("it is an OpenDocument or e-book file; open it in Word or WPS and save it as .docx")
        } else if has("ofd.xml") {
            message!("it is an OFD file, which has fixed pages")
        } else if let Some(folder) = folder {
            message!(
                "its parts stand in the folder {folder}; pack what is in the folder, not the folder",
                folder
            )
        } else if let Some(name) = packed {
            message!("it is a zip file with {name} in it; unpack it and convert that", name)
        } else {
            message!("it is a zip file without a Word text in it")
        }
    }

    fn read_content_types(&mut self) -> ContentTypes {
        let mut types = ContentTypes::default();
        let Some(tree) = self.directory("[Content_Types].xml") else { return types };
        for child in tree.root().children() {
            let Some(kind) = child.get("ContentType").map(str::to_owned) else { continue };
            if let Some(name) = child.get("PartName") {
                types.by_name.insert(key(name), kind);
            } else if let Some(extension) = child.get("Extension") {
                types.by_extension.insert(extension.to_ascii_lowercase(), kind);
            }
        }
        types
    }

    /// The elements of a part that says where others are; `None` where there is none or it is damaged.
    fn directory(&mut self, name: &str) -> Option<Tree> {
        match self.tree(name) {
            Ok(tree) => tree,
            Err(error) => {
                let message = error.of_part();
                let message = message!("{message}; other parts are found by their usual names", message);
                self.damaged.push((name.to_owned(), message));
                None
            }
        }
    }

    /// The relationships that a part has in nearly every Word file, where those that it states cannot be read.
    fn usual(&self, part: &str) -> Relationships {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let rows: &[(&str, &str)] = match (part, file) {
            ("", _) => &USUAL_OF_PACKAGE,
            (_, "document.xml") => &USUAL_OF_DOCUMENT,
            _ => &[],
        };
        let slash = if folder.is_empty() { "" } else { "/" };
        let rows = rows.iter().map(|(kind, name)| (*kind, format!("{folder}{slash}{name}")));
        let there = rows.filter(|(_, name)| self.names.contains_key(&key(name)));
        Relationships(
            there
                .map(|(kind, target)| {
                    let address = format!("{OFFICE_RELATIONSHIPS}/{kind}");
                    (
                        kind.to_owned(),
                        Relationship { kind: kind.to_owned(), address, target, external: false },
                    )
                })
                .collect(),
        )
    }
}

/// What begins the types of relationships.
const OFFICE_RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Kinds of relationships of a package, and where they usually lead.
const USUAL_OF_PACKAGE: [(&str, &str); 3] = [
    ("officeDocument", "word/document.xml"),
    ("core-properties", "docProps/core.xml"),
    ("custom-properties", "docProps/custom.xml"),
];

/// Kinds of relationships of a document, and where they usually lead.
const USUAL_OF_DOCUMENT: [(&str, &str); 6] = [
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("footnotes", "footnotes.xml"),
    ("endnotes", "endnotes.xml"),
    ("comments", "comments.xml"),
];

/// True for the content types of documents and templates, with macros or without. Media types do not tell case apart
/// and may have parameters (RFC 2045, 5.1).
fn is_word(content_type: &str) -> bool {
    let content_type = media_type(content_type);
    (content_type.contains("wordprocessingml") || content_type.contains("ms-word"))
        && content_type.ends_with("main+xml")
}

/// True for the content types of XML of any kind, and where none is stated.
fn is_any_xml(content_type: &str) -> bool {
    matches!(media_type(content_type).as_str(), "" | "application/xml" | "text/xml")
}

/// A media type without its parameters, in small letters.
fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A target inside the package, resolved against the folder of its source; `None` where it leads outside.
fn inside(folder: &str, target: &str) -> Option<String> {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            step => path.push(step),
        }
    }
    (!path.is_empty()).then(|| path.join("/"))
}

impl Relationships {
    /// The relationship with that id.
    pub(crate) fn get(&self, id: &str) -> Option<&Relationship> {
        self.0.get(id)
    }

    /// All of them by their ids.
    pub(crate) fn into_map(self) -> BTreeMap<String, Relationship> {
        self.0
    }

    /// The relationships of a kind, in the order of their ids.
    pub(crate) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Relationship> {
        self.0.values().filter(move |relationship| relationship.kind == kind)
    }
}

/// The relationship that an element names by `r:id`.
pub(crate) fn relationship<'a>(
    part: &'a Part,
    element: xml::Element<'_>,
    attribute: &str,
) -> Option<&'a Relationship> {
    part.relationships.get(element.attribute(Ns::R, attribute)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_inside_the_package() {
        assert_eq!(inside("word", "media/a.png").as_deref(), Some("word/media/a.png"));
        assert_eq!(inside("word", "/docProps/core.xml").as_deref(), Some("docProps/core.xml"));
        assert_eq!(inside("word/x", "../styles.xml").as_deref(), Some("word/styles.xml"));
        assert_eq!(inside("word", "../../etc/passwd"), None);
        assert_eq!(inside("", "word\\document.xml").as_deref(), Some("word/document.xml"));
    }
}
