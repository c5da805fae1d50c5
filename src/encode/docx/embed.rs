//! Faces inside the file: subsets of the built-in ones, obfuscated (ECMA-376 17.8.1), under the names that the styles cite.

use std::collections::BTreeMap;

use super::package::{Part, Relationship};
use super::sfnt::{Tables, character_map, names};
use crate::diagnostic::{Diagnostics, Kind};
use crate::encode::subset::Subset;
use crate::error::{Error, Result};
use crate::layout::font::FaceId;
use crate::layout::{Pages, layout};
use crate::message::Message;
use crate::options::Options;
use crate::profile::Face;
use crate::tree::{Document, Location, Role};

/// What may be done with a face inside documents, by `fsType` of its `OS/2` table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Permission {
    Subset,
    Whole,
    None,
}

/// Bits of `fsType`.
const RESTRICTED: u16 = 0x0002;
const PREVIEW: u16 = 0x0004;
const EDITABLE: u16 = 0x0008;
const NO_SUBSETTING: u16 = 0x0100;
const BITMAP_ONLY: u16 = 0x0200;

fn permission(os2: &[u8]) -> Permission {
    let Some(bits) = os2.get(8..10) else { return Permission::None };
    let bits = u16::from_be_bytes([bits[0], bits[1]]);
    // Of several permissions the mildest holds.
    let restricted = bits & RESTRICTED != 0 && bits & (PREVIEW | EDITABLE) == 0;
    if restricted || bits & BITMAP_ONLY != 0 {
        Permission::None
    } else if bits & NO_SUBSETTING != 0 {
        Permission::Whole
    } else {
        Permission::Subset
    }
}

/// A face in the file.
#[derive(Debug)]
pub(super) struct Embedded {
    /// Its name in the font table.
    pub(super) name: String,
    pub(super) bold: bool,
    /// Relationship id of its part, and the key that its first bytes are hidden with.
    pub(super) id: String,
    pub(super) key: String,
    bytes: Vec<u8>,
}

impl Embedded {
    fn target(&self) -> String {
        format!("fonts/{}.odttf", self.id)
    }

    /// The part that holds it.
    pub(super) fn part(&self) -> Part<'_> {
        Part::new(&format!("word/{}", self.target()), "", &self.bytes[..])
    }

    /// Its relationship with the font table.
    pub(super) fn relationship(&self) -> Relationship {
        Relationship::part(&self.id, "officeDocument/2006/relationships/font", &self.target())
    }
}

/// The faces of a document with the characters that it sets in them, and what it counts with. Which face stands for
/// which, faces that may not be embedded, and characters that a face lacks are reported.
///
/// # Errors
/// [`Error::Font`] for a face that cannot be read.
pub(super) fn faces(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Embedded>> {
    let profile = &options.profile;
    let mut findings = Diagnostics::default();
    let pages = layout(document, options, &mut findings);
    for finding in findings.iter().filter(|finding| finding.code == "character-from-another-face") {
        let message = message!("a face in the file lacks these characters; Word takes them from another");
        let text = finding.text.clone();
        diagnostics.report_text(Kind::Substituted, "character-not-embedded", Location::Whole, message, text);
    }
    let used = characters(&pages, options);
    let mut embedded: Vec<Embedded> = Vec::new();
    let mut stand_ins = Vec::new();
    let mut wanted: Vec<(&str, FaceId, bool)> = Face::ALL
        .iter()
        .map(|face| (profile.face(*face).name.as_str(), pages.faces.role(*face), false))
        .collect();
    wanted.extend([false, true].map(|bold| (profile.latin.name.as_str(), pages.faces.latin(bold), bold)));
    for (name, face, bold) in wanted {
        let Some(glyphs) = used.get(&face) else { continue };
        if embedded.iter().any(|other| other.name == name && other.bold == bold) {
            continue;
        }
        let own_name = pages.faces.name(face);
        let fail = |message: Message| Error::Font { name: own_name.into(), message };
        match program(pages.faces.data(face).0, own_name, name, bold, glyphs).map_err(fail)? {
            Some(program) => {
                let id = format!("font{}", embedded.len() + 1);
                let (key, bytes) = obfuscated(program);
                embedded.push(Embedded { name: name.into(), bold, id, key, bytes });
                stand_ins.push(message!("{name} by {face}", name, face = own_name));
            }
            None => {
                let message = message!(
                    "{face}: its licence allows no embedding, or it is of a collection",
                    face = own_name
                );
                diagnostics.report(Kind::Substituted, "face-not-embedded", Location::Whole, message);
            }
        }
    }
    if !stand_ins.is_empty() {
        let message = message!(
            "faces in the file, shown where those of their names are not installed: {stand_ins}",
            stand_ins
        );
        diagnostics.report(Kind::Substituted, "face-embedded", Location::Whole, message);
    }
    Ok(embedded)
}

/// What Word counts pages, notes and list items with.
const COUNTED: &str = "0123456789.";

/// The glyph of every character that is set in a face.
fn characters(pages: &Pages, options: &Options) -> BTreeMap<FaceId, BTreeMap<char, u16>> {
    let profile = &options.profile;
    let mut used: BTreeMap<FaceId, BTreeMap<char, u16>> = BTreeMap::new();
    let lines = pages.pages.iter().flat_map(|page| page.lines.iter().chain(&page.numbers));
    for run in lines.flat_map(|line| &line.runs) {
        let glyphs = used.entry(run.face).or_default();
        for glyph in &run.glyphs {
            match glyph.then {
                // A joined dash is one glyph for two characters, which Word sets one by one.
                Some(then) if then == glyph.text => {
                    let single = pages.faces.find_in(run.face, then);
                    glyphs.entry(then).or_insert(single.map_or(glyph.id, |found| found.glyph));
                }
                _ => {
                    glyphs.entry(glyph.text).or_insert(glyph.id);
                }
            }
        }
    }
    let number = &profile.page_number;
    let mut generated = vec![
        (pages.faces.latin(false), COUNTED.to_owned()),
        (pages.faces.role(number.face), format!("{COUNTED}{}{}", number.before, number.after)),
    ];
    if options.contents {
        generated.push((pages.faces.role(profile.style(Role::Title).face), super::contents::HEAD.to_owned()));
        // Entries are set as body text, whatever their heading is set in.
        let entries = pages.outline.iter().map(|entry| entry.title.as_str()).collect();
        generated.push((pages.faces.role(profile.style(Role::Body).face), entries));
    }
    for (face, text) in generated {
        for c in text.chars() {
            if let Some(found) = pages.faces.find_in(face, c) {
                used.entry(face).or_default().entry(c).or_insert(found.glyph);
            }
        }
    }
    // Blanks are no glyphs on a page.
    for (face, glyphs) in &mut used {
        for blank in [' ', '\u{A0}', '\u{3000}'] {
            if let Some(found) = pages.faces.find_in(*face, blank) {
                glyphs.entry(blank).or_insert(found.glyph);
            }
        }
    }
    used
}

/// The font file of a face with those characters, under that name; `None` where it may not be embedded.
fn program(
    data: &[u8],
    own_name: &str,
    name: &str,
    bold: bool,
    glyphs: &BTreeMap<char, u16>,
) -> std::result::Result<Option<Vec<u8>>, Message> {
    if data.starts_with(b"ttcf") {
        return Ok(None);
    }
    let malformed = || message!("its tables cannot be read");
    let original = Tables::read(data).ok_or_else(malformed)?;
    let mut os2 = original.get(*b"OS/2").ok_or_else(malformed)?.to_vec();
    let style = if bold { "Bold" } else { "Regular" };
    let names = names(original.get(*b"name").unwrap_or_default(), name, style, own_name);
    let subset = Subset::of(glyphs.values().copied());
    let program;
    let mut tables = match permission(&os2) {
        Permission::None => return Ok(None),
        Permission::Whole => original,
        Permission::Subset => {
            program = subset.program(data, 0)?;
            let map: BTreeMap<char, u16> =
                glyphs.iter().filter_map(|(c, glyph)| Some((*c, subset.glyph(*glyph)?))).collect();
            let basic = |c: Option<&char>| u16::try_from(c.map_or(0, |c| u32::from(*c))).unwrap_or(u16::MAX);
            set(&mut os2, 64, basic(map.keys().next()));
            set(&mut os2, 66, basic(map.keys().next_back()));
            let mut tables = Tables::read(&program).ok_or_else(malformed)?;
            tables.set(*b"cmap", character_map(&map));
            tables
        }
    };
    // The one weight of its name: Word looks no further than regular and bold.
    set(&mut os2, 4, if bold { 700 } else { 400 });
    set(&mut os2, 62, if bold { 0x20 } else { 0x40 });
    if let Some(head) = tables.get(*b"head") {
        let mut head = head.to_vec();
        set(&mut head, 44, u16::from(bold));
        tables.set(*b"head", head);
    }
    tables.set(*b"OS/2", os2);
    tables.set(*b"name", names);
    Ok(Some(tables.file()))
}

/// Writes a number into a table, where it is long enough.
fn set(table: &mut [u8], at: usize, number: u16) {
    if let Some(place) = table.get_mut(at..at + 2) {
        place.copy_from_slice(&number.to_be_bytes());
    }
}

/// Hides the first 32 bytes of a font behind a key that follows from its bytes (17.8.1): each byte is combined with one
/// of the key, which is a GUID read backwards.
fn obfuscated(mut font: Vec<u8>) -> (String, Vec<u8>) {
    // FNV-1a with 128 bits.
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0100_0000_0000_0000_0000_013b;
    let hash = font.iter().fold(BASIS, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME));
    let guid = hash.to_be_bytes();
    for (index, byte) in font.iter_mut().take(32).enumerate() {
        *byte ^= guid[15 - index % 16];
    }
    let digits: String = guid.iter().map(|byte| format!("{byte:02X}")).collect();
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    (format!("{{{}}}", parts.join("-")), font)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_licence_says_is_kept() {
        let os2 = |bits: u16| [&[0; 8][..], &bits.to_be_bytes()].concat();
        for (bits, expected) in [
            (0, Permission::Subset),
            (8, Permission::Subset),
            (2, Permission::None),
            (0x200, Permission::None),
            (0x108, Permission::Whole),
            (6, Permission::Subset),
        ] {
            assert_eq!(permission(&os2(bits)), expected, "{bits:#x}");
        }
        assert_eq!(permission(&[]), Permission::None);
    }

    #[test]
    fn the_key_opens_the_font() {
        let font: Vec<u8> = (0..100).collect();
        let (key, hidden) = obfuscated(font.clone());
        assert_eq!((key.len(), &hidden[32..]), (38, &font[32..]));
        // As a reader undoes it: the digits of the key backwards, two by two.
        let digits: String = key.chars().filter(char::is_ascii_hexdigit).collect();
        let byte = |at: usize| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).unwrap();
        let open: Vec<u8> = hidden.iter().enumerate().take(32).map(|(i, b)| b ^ byte(15 - i % 16)).collect();
        assert_eq!(open, font[..32]);
    }
}
