//! The package around the parts: content types, relationships and the zip (ECMA-376 part 2).

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::{DECLARATION, escape};
use crate::error::{Error, Result};
use crate::message::Message;

/// A part: its name, content type, and bytes.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) name: String,
    /// Empty where its extension says it.
    pub(super) content_type: String,
    pub(super) bytes: Cow<'a, [u8]>,
}

impl<'a> Part<'a> {
    /// A part of ours, its content type without what all of them share.
    pub(super) fn new(name: &str, content_type: &str, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        let content_type = match content_type {
            "" => String::new(),
            kind => format!("application/vnd.openxmlformats-{kind}+xml"),
        };
        Self { name: name.into(), content_type, bytes: bytes.into() }
    }

    /// The file of a picture of that media type, which its name need not tell.
    pub(super) fn picture(name: String, media_type: &str, bytes: &'a [u8]) -> Self {
        let extension = name.rsplit('.').next().unwrap_or_default();
        let told = EXTENSIONS.contains(&(extension, media_type));
        let content_type = if told { String::new() } else { media_type.to_owned() };
        Self { name, content_type, bytes: Cow::Borrowed(bytes) }
    }

    /// True for files that are compressed already.
    fn is_picture(&self) -> bool {
        let is_packed = !["bmp", "tif", "tiff", "emf", "wmf"].iter().any(|plain| self.name.ends_with(plain));
        self.name.contains("/media/") && is_packed
    }
}

/// What the extension of a part says of its content.
const EXTENSIONS: [(&str, &str); 11] = [
    ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
    ("xml", "application/xml"),
    ("png", "image/png"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("gif", "image/gif"),
    ("bmp", "image/bmp"),
    ("tiff", "image/tiff"),
    ("emf", "image/x-emf"),
    ("wmf", "image/x-wmf"),
    ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
];

/// A relationship: id, type (all of its address, or its end where it is one of ECMA-376) and target; `external` for
/// addresses outside.
#[derive(Debug)]
pub(super) struct Relationship {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) external: bool,
}

impl Relationship {
    /// A relationship to another part.
    pub(super) fn part(id: &str, kind: &str, target: &str) -> Self {
        Self { id: id.into(), kind: kind.into(), target: target.into(), external: false }
    }

    /// Its element.
    pub(super) fn xml(&self) -> String {
        let mode = if self.external { " TargetMode=\"External\"" } else { "" };
        let folder = if self.kind.contains(':') { "" } else { "http://schemas.openxmlformats.org/" };
        format!(
            "<Relationship Id=\"{}\" Type=\"{folder}{}\" Target=\"{}\"{mode}/>",
            escape(&self.id),
            escape(&self.kind),
            escape(&self.target)
        )
    }

    /// A link.
    pub(super) fn link(id: &str, target: &str) -> Self {
        Self {
            id: id.into(),
            kind: "officeDocument/2006/relationships/hyperlink".into(),
            target: address(target),
            external: true,
        }
    }
}

/// The address of a link with those characters percent-encoded that no URI may hold (RFC 3986) and that
/// make Word refuse the whole file. Characters beyond ASCII stay: `xsd:anyURI` allows them.
fn address(target: &str) -> String {
    let mut address = String::with_capacity(target.len());
    let bytes = target.as_bytes();
    for (at, c) in target.char_indices() {
        let is_escape =
            bytes.len() > at + 2 && bytes[at + 1].is_ascii_hexdigit() && bytes[at + 2].is_ascii_hexdigit();
        match c {
            '\0'..=' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\u{7F}' => {
                let _ = write!(address, "%{:02X}", u32::from(c));
            }
            '%' if !is_escape => address.push_str("%25"),
            _ => address.push(c),
        }
    }
    address
}

/// A relationships part.
pub(super) fn relationships(rows: &[Relationship]) -> Vec<u8> {
    relationships_of(&rows.iter().map(Relationship::xml).collect::<String>()).into_bytes()
}

/// A relationships part with those elements.
pub(super) fn relationships_of(elements: &str) -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         {elements}</Relationships>"
    )
}

fn content_types(parts: &[Part<'_>]) -> Vec<u8> {
    let mut xml = format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    );
    for (extension, kind) in EXTENSIONS {
        if parts.iter().any(|part| part.name.rsplit('.').next() == Some(extension)) {
            let _ = write!(xml, "<Default Extension=\"{extension}\" ContentType=\"{kind}\"/>");
        }
    }
    for part in parts.iter().filter(|part| !part.content_type.is_empty()) {
        let (name, kind) = (escape(&part.name), escape(&part.content_type));
        let _ = write!(xml, "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    }
    xml.push_str("</Types>");
    xml.into_bytes()
}

/// To deflate fewer bytes takes longer, for the tables of the deflater, than they are worth: a file is a few thousand bytes
/// larger for it, and written in seven eighths of the time.
const FEWEST: usize = 2048;

/// Zips the parts in the order given, after the content types. Equal parts give equal bytes: every entry
/// bears the first date a zip can hold.
///
/// # Errors
/// [`Error::Encoder`] with what zip says, for instance of a part beyond 4 GiB.
pub(super) fn zip(parts: &[Part<'_>]) -> Result<Vec<u8>> {
    let fail =
        |error: zip::result::ZipError| Error::Encoder { format: "docx", message: Message::verbatim(error) };
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let types = content_types(parts);
    let entries = std::iter::once(("[Content_Types].xml", types.as_slice(), false));
    let entries =
        entries.chain(parts.iter().map(|part| (part.name.as_str(), &part.bytes[..], part.is_picture())));
    let stored = options.compression_method(CompressionMethod::Stored);
    for (name, bytes, is_picture) in entries {
        let options = if is_picture || bytes.len() < FEWEST { stored } else { options };
        writer.start_file(name, options).map_err(fail)?;
        writer.write_all(bytes).map_err(|error| fail(error.into()))?;
    }
    Ok(writer.finish().map_err(fail)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_only_what_a_uri_may() {
        assert_eq!(address("https://a.cn/百 分?x=50%&y=%20"), "https://a.cn/百%20分?x=50%25&y=%20");
        assert_eq!(address("a%"), "a%25");
        assert_eq!(address("c:\\x"), "c:%5Cx");
    }

    #[test]
    fn what_is_large_and_no_picture_is_deflated() {
        let parts = [
            Part::new("word/small.xml", "", vec![b' '; FEWEST - 1]),
            Part::new("word/large.xml", "", vec![b' '; FEWEST]),
            Part::picture("word/media/image1.png".to_owned(), "image/png", &[0; 2 * FEWEST]),
        ];
        let mut archive = zip::ZipArchive::new(Cursor::new(zip(&parts).expect("a zip"))).expect("read");
        let mut method = |name| archive.by_name(name).expect("there").compression();
        assert_eq!(method("word/small.xml"), CompressionMethod::Stored);
        assert_eq!(method("word/large.xml"), CompressionMethod::Deflated);
        assert_eq!(method("word/media/image1.png"), CompressionMethod::Stored);
    }
}
