//! The faces of a document as PDF fonts: one CID for each glyph and what it stands for, and subsets.

use std::collections::{BTreeMap, HashMap};

use printpdf::{Codepoint, FontId, FontMetrics, Op, ParsedFont, PdfFont, PdfFontHandle, Pt, TextItem};
use subsetter::GlyphRemapper;

use crate::error::{Error, Result};
use crate::layout::font::{FaceId, FaceMetrics, Faces};
use crate::layout::{Glyph, Pages};

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
    cids: HashMap<(u16, char, Option<char>), u16>,
    entries: Vec<Entry>,
    pub(super) metrics: Option<FaceMetrics>,
}

struct Entry {
    glyph: u16,
    text: char,
    then: Option<char>,
    /// Advance in 1/1000 em.
    width: u16,
}

/// A font ready for printpdf.
pub(super) struct Subset {
    pub(super) id: FontId,
    pub(super) font: PdfFont,
}

impl Fonts {
    /// Gathers what the pages use.
    pub(super) fn of(pages: &Pages) -> Self {
        let mut fonts: Vec<Option<Font>> = (0..FaceId::COUNT).map(|_| None).collect();
        for page in &pages.pages {
            for run in page.lines.iter().chain(&page.numbers).flat_map(|line| &line.runs) {
                let font = fonts[run.face.index()].get_or_insert_with(|| Font {
                    face: run.face,
                    cids: HashMap::new(),
                    entries: Vec::new(),
                    metrics: pages.faces.metrics(run.face),
                });
                for glyph in &run.glyphs {
                    font.add(glyph, &pages.faces);
                }
            }
        }
        Self { fonts }
    }

    /// All fonts, in the order of their names in the file.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Font> {
        self.fonts.iter().flatten()
    }

    /// The font of a face that the pages use.
    pub(super) fn get(&self, face: FaceId) -> Option<&Font> {
        self.fonts[face.index()].as_ref()
    }

    /// Subsets every font.
    pub(super) fn subset(&self) -> Result<Vec<Subset>> {
        self.iter().map(Font::subset).collect()
    }

    /// Operators that show every glyph once, with its characters.
    pub(super) fn specimen(&self) -> Vec<Op> {
        let mut ops = vec![Op::StartTextSection];
        for font in self.iter() {
            ops.push(Op::SetFont { font: PdfFontHandle::External(font.id()), size: Pt(1.0) });
            let glyphs = font.entries.iter().zip(1u16..).map(|(entry, cid)| {
                let text = [Some(entry.text), entry.then].into_iter().flatten().collect();
                Codepoint::with_cid(cid, 0.0, text)
            });
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
        }
        ops.push(Op::EndTextSection);
        ops
    }
}

impl Font {
    fn add(&mut self, glyph: &Glyph, faces: &Faces) {
        let key = (glyph.id, glyph.text, glyph.then);
        if self.cids.contains_key(&key) {
            return;
        }
        // CID 0 is the missing glyph. There are fewer glyphs than CIDs, and few pairs beyond them.
        let Ok(cid) = u16::try_from(self.entries.len() + 1) else { return };
        let width = faces.advance(self.face, glyph.id);
        self.cids.insert(key, cid);
        self.entries.push(Entry { glyph: glyph.id, text: glyph.text, then: glyph.then, width });
    }

    /// CID and advance in 1/1000 em.
    pub(super) fn code(&self, glyph: &Glyph) -> (u16, u16) {
        let cid = self.cids.get(&(glyph.id, glyph.text, glyph.then)).copied().unwrap_or(0);
        let width = self.entries.get(usize::from(cid).wrapping_sub(1)).map_or(0, |entry| entry.width);
        (cid, width)
    }

    /// Name of the font in the resources of a page. It must not look like one of the standard fonts, F1 to
    /// F14.
    pub(super) fn resource(&self) -> String {
        format!("T{}", self.face.index())
    }

    fn id(&self) -> FontId {
        FontId(self.resource())
    }

    fn remapper(&self) -> GlyphRemapper {
        let mut remapper = GlyphRemapper::new();
        for entry in &self.entries {
            remapper.remap(entry.glyph);
        }
        remapper
    }

    /// Glyph of the subset for each CID, two bytes each, or `None` where both are the same.
    pub(super) fn cid_to_gid(&self) -> Option<Vec<u8>> {
        let remapper = self.remapper();
        let gids: Vec<u16> =
            self.entries.iter().map(|entry| remapper.get(entry.glyph).unwrap_or(0)).collect();
        if gids.iter().zip(1u16..).all(|(gid, cid)| *gid == cid) {
            return None;
        }
        Some(std::iter::once(0).chain(gids).flat_map(u16::to_be_bytes).collect())
    }

    /// The name with the tag of the subset (ISO 32000-1, 9.6.4): six capitals that follow from its glyphs.
    pub(super) fn base_name(&self) -> String {
        let glyphs = self.entries.iter().flat_map(|entry| entry.glyph.to_be_bytes());
        let mut hash = super::finish::hash(self.face.name().bytes().chain(glyphs));
        let mut tag = String::new();
        for _ in 0..6 {
            tag.push(char::from(b'A' + u8::try_from(hash % 26).unwrap_or(0)));
            hash /= 26;
        }
        format!("{tag}+{}", self.face.name())
    }

    fn subset(&self) -> Result<Subset> {
        let fail = |message: String| Error::Font { name: self.face.name().to_owned(), message };
        let program = subsetter::subset(self.face.data(), 0, &self.remapper())
            .map_err(|error| fail(error.to_string()))?;
        let metrics = self.metrics.ok_or_else(|| fail("it has no measures".into()))?;
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
        Ok(Subset { id: self.id(), font: PdfFont::new(font) })
    }
}
