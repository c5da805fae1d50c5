//! The tree from its JSON form.

use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::options::Options;
use crate::tree::{Document, Envelope, Location, VERSION};

/// Reads the JSON form that the JSON encoder writes.
///
/// # Errors
/// [`Error::Malformed`] with the line for what is not JSON, has an unknown field, or a version that this
/// program does not know.
pub(crate) fn decode(input: &[u8], _: &Options, _: &mut Diagnostics) -> Result<Document> {
    let malformed = |at, message| Error::Malformed { format: "json", at, message };
    let envelope: Envelope<Document> = serde_json::from_slice(input).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        malformed(Location::line(line), error.to_string())
    })?;
    if envelope.banshi != VERSION {
        let message =
            format!("version {} of the tree; this program reads version {VERSION}", envelope.banshi);
        return Err(malformed(Location::Whole, message));
    }
    Ok(envelope.document)
}
