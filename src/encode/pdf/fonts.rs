//! The faces of a document as PDF fonts: one CID for each glyph and what it stands for, and subsets.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use lopdf::{Dictionary, Object, Stream};
use printpdf::{
    Codepoint, FontId, FontMetrics, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, Pt, TextItem,
};

use super::file::{File, Id, fail, hash};
use crate::encode::subset::Subset;
use crate::error::{Error, Result};
use crate::layout::font::{FaceId, FaceMetrics, Faces};
use crate::layout::{Glyph, Pages};
use crate::message::Message;

/// The fonts of a document, by face.
pub(super) struct Fonts {
    fonts: Vec<Option<Font>>,
}

/// A face in a document.
///
/// Two characters may share a glyph (`⼀` and `一`), but a reader learns the characters from the CID alone.
/// So each pair of glyph and characters has a CID of its own, in the order of first use.
pub(super) struct Font {
    face: FaceId,
    /// PostScript name of the face.
    name: String,
    /// Its file, and its number in that.
    file: (&'static [u8], u32),
    /// The first CID of each glyph, or 0.
    first: Vec<u16>,
    /// By CID, from 1.
    entries: Vec<Entry>,
    metrics: Option<FaceMetrics>,
}

struct Entry {
    glyph: u16,
    text: char,
    then: Option<char>,
    /// Advance in 1/1000 em.
    width: u16,
    /// Another CID of the glyph, or 0.
    next: u16,
}

/// The fonts as printpdf makes them, without programs.
pub(super) struct Made {
    document: lopdf::Document,
    /// What the resources of a page call the fonts.
    names: Dictionary,
}

/// The first bytes of a font file with outlines of TrueType, as all faces have.
const TRUETYPE: &[u8] = &[0, 1, 0, 0];

impl Fonts {
    /// Gathers what the pages use.
    pub(super) fn of(pages: &Pages) -> Result<Self> {
        let mut fonts: Vec<Option<Font>> = (0..FaceId::COUNT).map(|_| None).collect();
        for page in &pages.pages {
            for run in page.lines.iter().chain(&page.numbers).flat_map(|line| &line.runs) {
                let font = fonts[run.face.index()].get_or_insert_with(|| Font {
                    face: run.face,
                    name: pages.faces.name(run.face).to_owned(),
                    file: pages.faces.data(run.face),
                    first: Vec::new(),
                    entries: Vec::new(),
                    metrics: pages.faces.metrics(run.face),
                });
                for glyph in &run.glyphs {
                    font.add(glyph, &pages.faces)?;
                }
            }
        }
        Ok(Self { fonts })
    }

    /// All fonts, in the order of their names in the file.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Font> {
        self.fonts.iter().flatten()
    }

    /// The font of a face that the pages use.
    pub(super) fn get(&self, face: FaceId) -> Option<&Font> {
        self.fonts[face.index()].as_ref()
    }

    /// All fonts, those with most glyphs first.
    pub(super) fn by_size(&self) -> Vec<&Font> {
        let mut fonts: Vec<&Font> = self.iter().collect();
        fonts.sort_by_key(|font| std::cmp::Reverse(font.entries.len()));
        fonts
    }

    /// Puts the fonts into a file, with the programs of [`Self::by_size`]; gives the dictionary that names them.
    pub(super) fn write(&self, file: &mut File, made: Made, programs: Vec<Vec<u8>>) -> Result<String> {
        let by_size = self.by_size().into_iter().map(Font::number);
        let mut programs: BTreeMap<usize, Vec<u8>> = by_size.zip(programs).collect();
        let Made { mut document, names } = made;
        let mut known = HashMap::new();
        let mut dictionary = String::from("<<");
        for font in self.iter() {
            let id = names.get(font.resource().as_bytes()).and_then(Object::as_reference).map_err(fail)?;
            let program = programs.remove(&font.number()).ok_or_else(|| fail("no program"))?;
            font.finish(&mut document, id, program).map_err(fail)?;
            let id: Id = file.import(&mut document, id, &mut known);
            let _ = write!(dictionary, "/{} {id}", font.resource());
        }
        dictionary.push_str(">>");
        Ok(dictionary)
    }

    /// The fonts as printpdf makes them. It is given what tells the sort of their outlines, no program: it would make
    /// copies of that.
    pub(super) fn made_by_printpdf(&self) -> Result<Made> {
        let mut pdf = PdfDocument::new("");
        for font in self.iter() {
            pdf.resources.fonts.map.insert(font.id(), font.parsed(TRUETYPE.to_vec())?);
        }
        // printpdf embeds the fonts that its pages use, and learns from them what each glyph stands for. A specimen
        // page shows every glyph once; only its fonts are taken.
        pdf.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), self.specimen()));
        let mut warnings = Vec::new();
        let document = printpdf::serialize::to_lopdf_doc(&pdf, &PdfSaveOptions::default(), &mut warnings);
        if let Some(warning) = warnings.first() {
            return Err(fail(&warning.msg));
        }
        let page = document.get_pages().into_values().next().ok_or_else(|| fail("no page"))?;
        let names = document
            .get_dictionary(page)
            .and_then(|page| page.get(b"Resources"))
            .and_then(Object::as_reference)
            .and_then(|id| document.get_dictionary(id))
            .and_then(|resources| resources.get(b"Font"))
            .and_then(Object::as_reference)
            .and_then(|id| document.get_dictionary(id))
            .map_err(fail)?
            .clone();
        Ok(Made { document, names })
    }

    /// Operators that show every glyph once, with its characters.
    fn specimen(&self) -> Vec<Op> {
        let mut ops = vec![Op::StartTextSection];
        for font in self.iter() {
            ops.push(Op::SetFont { font: PdfFontHandle::External(font.id()), size: Pt(1.0) });
            let glyphs = font.entries.iter().zip(1u16..).map(|(entry, cid)| {
                // Word joiner for a mark of byte order, which means the same.
                let text = Some(entry.text).map(|c| if is_mapped(c) { c } else { '\u{2060}' });
                let text = [text, entry.then].into_iter().flatten().collect();
                Codepoint::with_cid(cid, 0.0, text)
            });
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
        }
        ops.push(Op::EndTextSection);
        ops
    }
}

impl Font {
    fn add(&mut self, glyph: &Glyph, faces: &Faces) -> Result<()> {
        if self.cid(glyph) > 0 {
            return Ok(());
        }
        // CID 0 is the missing glyph, which nothing may show (ISO 19005-2, 6.2.11.8). There are fewer glyphs than
        // CIDs, and few pairs beyond them.
        let cid = u16::try_from(self.entries.len() + 1).ok().filter(|_| glyph.id > 0);
        let cid = cid.ok_or_else(|| Error::Font {
            name: self.name.clone(),
            message: message!(
                "it has no glyph, or no number is left, for {glyph}",
                glyph = format!("{:?}", glyph.text)
            ),
        })?;
        let at = usize::from(glyph.id);
        if self.first.len() <= at {
            self.first.resize(at + 1, 0);
        }
        let width = faces.advance(self.face, glyph.id);
        let next = std::mem::replace(&mut self.first[at], cid);
        self.entries.push(Entry { glyph: glyph.id, text: glyph.text, then: glyph.then, width, next });
        Ok(())
    }

    /// The CID of a glyph with its characters, or 0.
    fn cid(&self, glyph: &Glyph) -> u16 {
        let mut cid = self.first.get(usize::from(glyph.id)).copied().unwrap_or(0);
        while let Some(entry) = usize::from(cid).checked_sub(1).and_then(|at| self.entries.get(at)) {
            if (entry.text, entry.then) == (glyph.text, glyph.then) {
                break;
            }
            cid = entry.next;
        }
        cid
    }

    /// CID and advance in 1/1000 em.
    pub(super) fn code(&self, glyph: &Glyph) -> (u16, u16) {
        let cid = self.cid(glyph);
        let width = self.entries.get(usize::from(cid).wrapping_sub(1)).map_or(0, |entry| entry.width);
        (cid, width)
    }

    /// Number of the face, by which fonts are told apart.
    pub(super) fn number(&self) -> usize {
        self.face.index()
    }

    /// Name of the font in the resources of a page. It must not look like one of the standard fonts, F1 to
    /// F14.
    pub(super) fn resource(&self) -> String {
        format!("T{}", self.face.index())
    }

    fn id(&self) -> FontId {
        FontId(self.resource())
    }

    fn glyphs(&self) -> Subset {
        Subset::of(self.entries.iter().map(|entry| entry.glyph))
    }

    /// Glyph of the subset for each CID, two bytes each, or `None` where both are the same.
    fn cid_to_gid(&self) -> Option<Vec<u8>> {
        let glyphs = self.glyphs();
        let gids: Vec<u16> =
            self.entries.iter().map(|entry| glyphs.glyph(entry.glyph).unwrap_or(0)).collect();
        if gids.iter().zip(1u16..).all(|(gid, cid)| *gid == cid) {
            return None;
        }
        Some(std::iter::once(0).chain(gids).flat_map(u16::to_be_bytes).collect())
    }

    /// The name with the tag of the subset (ISO 32000-1, 9.6.4): six capitals that follow from its glyphs.
    fn base_name(&self) -> String {
        let glyphs = self.entries.iter().flat_map(|entry| entry.glyph.to_be_bytes());
        let mut tag_of = hash(self.name.bytes().chain(glyphs));
        let mut tag = String::new();
        for _ in 0..6 {
            tag.push(char::from(b'A' + u8::try_from(tag_of % 26).unwrap_or(0)));
            tag_of /= 26;
        }
        format!("{tag}+{}", self.name)
    }

    /// Sets what printpdf does not know of the font: the height of capitals, which glyph a CID shows, and the program.
    fn finish(&self, made: &mut lopdf::Document, id: lopdf::ObjectId, program: Vec<u8>) -> lopdf::Result<()> {
        let map = self.cid_to_gid().map(|map| made.add_object(Stream::new(Dictionary::new(), map)));
        let descendants = made.get_dictionary_mut(id)?.get_mut(b"DescendantFonts")?.as_array_mut()?;
        let descendant = descendants.first_mut().ok_or(lopdf::Error::DictKey("DescendantFonts".into()))?;
        let descendant = descendant.as_dict_mut()?;
        if let Some(map) = map {
            descendant.set("CIDToGIDMap", map);
        }
        let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
        if let Some(metrics) = self.metrics {
            let descriptor = made.get_dictionary_mut(descriptor)?;
            descriptor.set("CapHeight", i64::from(metrics.cap_height));
            // Symbolic: the glyphs are not those of the standard Latin set alone (ISO 32000-1, 9.8.2).
            descriptor.set("Flags", 4);
        }
        let stream = made.get_dictionary(descriptor)?.get(b"FontFile2")?.as_reference()?;
        let stream = made.get_object_mut(stream)?.as_stream_mut()?;
        stream.dict.set("Length1", i64::try_from(program.len()).unwrap_or(i64::MAX));
        stream.dict.set("Filter", "FlateDecode");
        stream.content = program;
        Ok(())
    }

    fn fail(&self, message: Message) -> Error {
        Error::Font { name: self.name.clone(), message }
    }

    /// The subset of the face with the glyphs that are used.
    pub(super) fn program(&self) -> Result<Vec<u8>> {
        self.glyphs().program(self.file.0, self.file.1).map_err(|message| self.fail(message))
    }

    /// The font as printpdf knows it.
    fn parsed(&self, program: Vec<u8>) -> Result<PdfFont> {
        let metrics = self.metrics.ok_or_else(|| self.fail(message!("it has no measures")))?;
        let widths: BTreeMap<u16, u16> =
            self.entries.iter().zip(1u16..).map(|(entry, cid)| (cid, entry.width)).collect();
        let mut font = ParsedFont::with_glyph_data(
            program,
            0,
            Some(self.base_name()),
            BTreeMap::new(),
            widths,
            1000,
            FontMetrics { ascent: metrics.ascent, descent: metrics.descent },
        );
        let [x_min, y_min, x_max, y_max] = metrics.bounds;
        font.pdf_font_metrics.x_min = x_min;
        font.pdf_font_metrics.y_min = y_min;
        font.pdf_font_metrics.x_max = x_max;
        font.pdf_font_metrics.y_max = y_max;
        font.pdf_font_metrics.us_weight_class = metrics.weight;
        Ok(PdfFont::new(font))
    }
}

/// True for a character that no map of a font states well enough: one for private use means what the program that
/// wrote it says, and marks of byte order may not stand in a map (ISO 19005-2, 6.2.11.7.2 and 6.2.11.7.3).
pub(super) fn is_stated(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..) || !is_mapped(c)
}

/// True for a character that may stand in a ToUnicode map.
fn is_mapped(c: char) -> bool {
    !matches!(c, '\0' | '\u{FEFF}' | '\u{FFFE}')
}
