//! The tree as JSON, complete and versioned: `decode(encode(t)) == t`.

use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::options::Options;
use crate::tree::{Document, Envelope, VERSION};

/// Writes the whole tree, nothing left out, as indented JSON in UTF-8.
///
/// # Errors
/// None that a tree can cause.
pub(crate) fn encode(document: &Document, _: &Options, _: &mut Diagnostics) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(&Envelope { banshi: VERSION, document })
        .map_err(|error| Error::Encoder { format: "json", message: error.to_string() })?;
    bytes.push(b'\n');
    Ok(bytes)
}
