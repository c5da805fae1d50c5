//! The user's own faces: 方正小标宋, 仿宋_GB2312, Times New Roman and whatever else a profile names.

use std::fmt;

use skrifa::raw::TableProvider;
use skrifa::raw::types::Tag;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use crate::error::{Error, Result};
use crate::message::Message;
use crate::profile::{Face, FaceNames, Profile};

/// A face of a font file. Its bytes live as long as the program, as those of the built-in faces do.
#[derive(Clone, PartialEq, Eq)]
pub struct FontFace {
    /// The file it is of, for messages.
    pub file: String,
    /// Its PostScript name.
    pub name: String,
    /// Family and full name in every language that the file has them in.
    pub names: Vec<String>,
    /// Weight from 100 to 900.
    pub weight: u16,
    /// Slanted.
    pub italic: bool,
    /// Why it can't be put into a document, where it can't.
    pub unusable: Option<&'static str>,
    pub(crate) data: &'static [u8],
    /// Its number in a collection.
    pub(crate) index: u32,
}

impl FontFace {
    /// True where that is one of its names.
    pub(crate) fn bears(&self, name: &str) -> bool {
        bears(&self.names, name)
    }
}

impl fmt::Debug for FontFace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.name, self.file)
    }
}

/// Faces that take the place of those built in where a profile names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FontLibrary {
    faces: Vec<FontFace>,
}

/// Weights of text and of bold.
const REGULAR: u16 = 400;
const BOLD: u16 = 700;
/// A face is bold from this weight on.
const LEAST_BOLD: u16 = 600;

impl FontLibrary {
    /// Adds the faces of a font file (TrueType, or a collection of such); `file` names it in messages. Gives how many
    /// there are.
    ///
    /// # Errors
    /// [`Error::Font`] for what is no font file.
    pub fn add(&mut self, file: &str, data: &'static [u8]) -> Result<usize> {
        let fonts = fonts(file, data)?;
        for (index, font) in (0u32..).zip(&fonts) {
            let name = strings(font, &[StringId::POSTSCRIPT_NAME]).next();
            let attributes = font.attributes();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept in range")]
            let weight = attributes.weight.value().clamp(1.0, 1000.0) as u16;
            self.faces.push(FontFace {
                file: file.to_owned(),
                name: postscript(&name.unwrap_or_else(|| file.to_owned())),
                names: names(font),
                weight,
                italic: attributes.style != skrifa::attribute::Style::Normal,
                unusable: unusable(font),
                data,
                index,
            });
        }
        Ok(fonts.len())
    }

    /// The face that bears one of the names, the first names before others: the regular one of a family, or the bold.
    pub fn find(&self, names: &FaceNames, bold: bool) -> Option<&FontFace> {
        let wanted = if bold { BOLD } else { REGULAR };
        let fits = |face: &&FontFace| !bold || face.weight >= LEAST_BOLD;
        std::iter::once(&names.name).chain(&names.also).find_map(|name| {
            let faces = self.faces.iter().filter(|face| bears(&face.names, name)).filter(fits);
            faces.min_by_key(|face| (face.italic, face.weight.abs_diff(wanted)))
        })
    }

    /// All its faces.
    pub fn faces(&self) -> &[FontFace] {
        &self.faces
    }
}

/// The names that the faces of a font file bear, in every language that it has them in.
///
/// # Errors
/// As [`FontLibrary::add`].
pub fn names_in(file: &str, data: &[u8]) -> Result<Vec<String>> {
    Ok(fonts(file, data)?.iter().flat_map(names).collect())
}

/// True where one of the names is that of a face of the profile, so that the file is worth keeping.
pub fn is_wanted(names: &[String], profile: &Profile) -> bool {
    let faces = Face::ALL.iter().map(|face| profile.face(*face)).chain([&profile.latin]);
    faces.flat_map(|face| std::iter::once(&face.name).chain(&face.also)).any(|name| bears(names, name))
}

fn bears(names: &[String], name: &str) -> bool {
    let name = name.to_lowercase();
    names.iter().any(|known| known.to_lowercase() == name)
}

fn fonts<'a>(file: &str, data: &'a [u8]) -> Result<Vec<FontRef<'a>>> {
    let fail = |message: Message| Error::Font { name: file.to_owned(), message };
    let fonts: std::result::Result<Vec<_>, _> = FontRef::fonts(data).collect();
    let fonts = fonts.map_err(|_| fail(message!("this is no usable font file; it may be damaged")))?;
    if fonts.is_empty() {
        return Err(fail(message!("this is no font file; TrueType (.ttf, .ttc) is")));
    }
    Ok(fonts)
}

fn names(font: &FontRef<'_>) -> Vec<String> {
    let ids = [
        StringId::FAMILY_NAME,
        StringId::FULL_NAME,
        StringId::POSTSCRIPT_NAME,
        StringId::TYPOGRAPHIC_FAMILY_NAME,
    ];
    let mut names: Vec<String> = strings(font, &ids).collect();
    names.sort();
    names.dedup();
    names
}

fn strings(font: &FontRef<'_>, ids: &[StringId]) -> impl Iterator<Item = String> {
    let strings = ids.iter().flat_map(|id| font.localized_strings(*id));
    strings
        .map(|string| string.to_string())
        .filter(|string| !string.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

/// A name as PDF takes it: ASCII without blanks and delimiters (ISO 32000-1, 7.3.5).
fn postscript(name: &str) -> String {
    let kept: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    if kept.is_empty() { "Own".to_owned() } else { kept }
}

/// Bits of fsType in OS/2 (OpenType 1.9): what the licence says of embedding.
const USAGE: u16 = 0x000F;
const RESTRICTED: u16 = 0x0002;
const NO_SUBSETS: u16 = 0x0100;
const BITMAPS_ONLY: u16 = 0x0200;

fn unusable(font: &FontRef<'_>) -> Option<&'static str> {
    let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
    if !has(b"glyf") || !has(b"loca") {
        return Some("it has no TrueType outlines; take the .ttf of this face instead of the .otf");
    }
    let complete = font.head().is_ok_and(|head| head.units_per_em() > 0)
        && font.hhea().is_ok()
        && font.maxp().is_ok()
        && font.cmap().is_ok();
    if !complete {
        return Some("the file is damaged: tables are missing");
    }
    let Ok(os2) = font.os2() else {
        return Some("the file does not say whether it may be embedded (no OS/2 table)");
    };
    let permission = os2.fs_type();
    if permission & USAGE == RESTRICTED {
        Some("its licence forbids embedding (fsType 0x0002)")
    } else if permission & NO_SUBSETS != 0 {
        Some("its licence forbids embedding a subset (fsType 0x0100)")
    } else if permission & BITMAPS_ONLY != 0 {
        Some("its licence allows to embed bitmaps only (fsType 0x0200)")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KAI: &[u8] =
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/banshi-kai/BanshiKai-Regular.ttf"));
    const BOLD_LATIN: &[u8] = include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fonts/liberation-serif/LiberationSerif-Bold.ttf"
    ));
    const LATIN: &[u8] = include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fonts/liberation-serif/LiberationSerif-Regular.ttf"
    ));

    fn names(name: &str, also: &[&str]) -> FaceNames {
        FaceNames { name: name.to_owned(), also: also.iter().map(|&name| name.to_owned()).collect() }
    }

    /// The bytes of a face with another fsType.
    fn with_permission(permission: u16) -> &'static [u8] {
        let mut data = LATIN.to_vec();
        let tables = usize::from(u16::from_be_bytes([data[4], data[5]]));
        let record = (0..tables).map(|n| 12 + 16 * n).find(|at| &data[*at..at + 4] == b"OS/2").unwrap();
        let offset = u32::from_be_bytes(data[record + 8..record + 12].try_into().unwrap()) as usize;
        data[offset + 8..offset + 10].copy_from_slice(&permission.to_be_bytes());
        data.leak()
    }

    #[test]
    fn faces_are_found_by_any_of_their_names() {
        let mut library = FontLibrary::default();
        for (file, data) in [("kai.ttf", KAI), ("bold.ttf", BOLD_LATIN), ("latin.ttf", LATIN)] {
            assert_eq!(library.add(file, data).unwrap(), 1);
        }
        let file = |found: Option<&FontFace>| found.map(|face| face.file.clone());
        assert_eq!(
            file(library.find(&names("楷体_GB2312", &["banshi kai"]), false)).as_deref(),
            Some("kai.ttf")
        );
        assert_eq!(file(library.find(&names("Liberation Serif", &[]), false)).as_deref(), Some("latin.ttf"));
        assert_eq!(file(library.find(&names("Liberation Serif", &[]), true)).as_deref(), Some("bold.ttf"));
        assert_eq!(file(library.find(&names("Banshi Kai", &[]), true)), None);
        assert_eq!(file(library.find(&names("仿宋_GB2312", &["FangSong"]), false)), None);
    }

    #[test]
    fn the_licence_decides_whether_a_face_is_used() {
        let problem = |permission| {
            let mut library = FontLibrary::default();
            library.add("latin.ttf", with_permission(permission)).unwrap();
            library.faces()[0].unusable
        };
        for permission in [0, 4, 8] {
            assert_eq!(problem(permission), None);
        }
        assert!(problem(2).unwrap().contains("forbids embedding"));
        assert!(problem(0x0104).unwrap().contains("subset"));
        assert!(problem(0x0208).unwrap().contains("bitmaps"));
    }

    #[test]
    fn what_is_no_font_is_an_error() {
        let mut library = FontLibrary::default();
        for data in [&b""[..], b"no font at all, but text", &KAI[..200]] {
            let failed = library
                .add("a.ttf", data)
                .map(|_| library.faces().last().map(|face| face.unusable.is_some()));
            assert!(failed.is_err() || failed.is_ok_and(|unusable| unusable == Some(true)));
        }
        assert!(names_in("b.ttf", b"text").is_err());
        let profile = Profile::gongwen().unwrap();
        assert!(is_wanted(&names_in("latin.ttf", LATIN).unwrap(), &profile));
        assert!(!is_wanted(&names_in("kai.ttf", KAI).unwrap(), &profile));
    }
}
