//! Subsets of font files: the glyphs that a document uses. The only home of subsetter.

use crate::message::Message;
use subsetter::GlyphRemapper;

/// The glyphs of a subset, numbered from 1 in the order of their first use; 0 is the missing glyph.
#[derive(Debug)]
pub(crate) struct Subset(GlyphRemapper);

impl Subset {
    /// A subset of those glyphs.
    pub(crate) fn of(glyphs: impl IntoIterator<Item = u16>) -> Self {
        let mut remapper = GlyphRemapper::new();
        for glyph in glyphs {
            remapper.remap(glyph);
        }
        Self(remapper)
    }

    /// The number of a glyph in the subset.
    pub(crate) fn glyph(&self, glyph: u16) -> Option<u16> {
        self.0.get(glyph)
    }

    /// The font file of the subset, with the tables that a PDF needs: outlines and measures. `index` is the number of
    /// the face in a collection.
    ///
    /// # Errors
    /// What subsetter says of a file that it cannot read.
    pub(crate) fn program(&self, font: &[u8], index: u32) -> Result<Vec<u8>, Message> {
        subsetter::subset(font, index, &self.0).map_err(Message::verbatim)
    }
}
