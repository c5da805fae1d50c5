//! Readers: from the bytes of a format to the tree. They state only what the input says.

pub(crate) mod docx;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod pandoc;
pub(crate) mod text;

use crate::charset;
use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::options::Options;
use crate::tree::{Document, Stated};

/// What a reader makes of its input.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decoded {
    /// The tree.
    pub(crate) document: Document,
    /// What it says of the roles of all its paragraphs.
    pub(crate) stated: Stated,
}

impl From<Document> for Decoded {
    /// A document that states no more than its nodes say.
    fn from(document: Document) -> Self {
        Self { document, stated: Stated::Some }
    }
}

/// Plain text in any encoding of [`charset`].
pub(crate) fn plain_text(input: &[u8], options: &Options, diagnostics: &mut Diagnostics) -> Result<Decoded> {
    let text = charset::decode_unified(input, options.encoding, options.lossy, diagnostics)?;
    Ok(text::decode_str(&text, options, diagnostics).into())
}

/// A Word file.
pub(crate) fn word(input: &[u8], options: &Options, diagnostics: &mut Diagnostics) -> Result<Decoded> {
    docx::decode(input, options, diagnostics)
}

/// The tree itself.
pub(crate) fn tree(input: &[u8], options: &Options, diagnostics: &mut Diagnostics) -> Result<Decoded> {
    let document = json::decode(input, options, diagnostics)?;
    Ok(Decoded { document, stated: Stated::All })
}

/// Markdown in any encoding of [`charset`].
pub(crate) fn commonmark(input: &[u8], options: &Options, diagnostics: &mut Diagnostics) -> Result<Decoded> {
    let text = charset::decode_unified(input, options.encoding, options.lossy, diagnostics)?;
    markdown::decode_str(&text, options, diagnostics)
}
