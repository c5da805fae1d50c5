//! Readers: from the bytes of a format to the tree. They state only what the input says.

pub(crate) mod docx;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod text;

use crate::charset;
use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::options::Options;
use crate::tree::Document;

/// Plain text in any encoding of [`charset`].
pub(crate) fn plain_text(input: &[u8], options: &Options, diagnostics: &mut Diagnostics) -> Result<Document> {
    let text = charset::decode_unified(input, options.encoding, options.lossy, diagnostics)?;
    Ok(text::decode_str(&text, options, diagnostics))
}

/// Markdown in any encoding of [`charset`].
pub(crate) fn commonmark(input: &[u8], options: &Options, diagnostics: &mut Diagnostics) -> Result<Document> {
    let text = charset::decode_unified(input, options.encoding, options.lossy, diagnostics)?;
    markdown::decode_str(&text, options, diagnostics)
}
