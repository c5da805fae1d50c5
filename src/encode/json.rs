//! The tree as JSON, complete and versioned: `decode(encode(t)) == t`.

use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::message::Message;
use crate::options::Options;
use crate::tree::{Document, Envelope, Location, VERSION, fits};

/// Writes the whole tree, nothing left out, as indented JSON in UTF-8.
///
/// # Errors
/// [`Error::Limit`] for a tree nested so deeply that it could not be read again.
pub(crate) fn encode(document: &Document, options: &Options, _: &mut Diagnostics) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(&Envelope { banshi: VERSION, document })
        .map_err(|error| Error::Encoder { format: "json", message: Message::verbatim(error) })?;
    if !fits(&bytes, options.limits.json_depth()) {
        return Err(Error::beyond(&options.limits, Limit::Nesting, None, Location::Whole));
    }
    bytes.push(b'\n');
    Ok(bytes)
}
