//! The tree as JSON, complete and versioned: `decode(encode(t)) == t`.

use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::message::Message;
use crate::options::Options;
use crate::tree::{Document, Envelope, VERSION, fits};

/// Writes the whole tree, nothing left out, as indented JSON in UTF-8.
///
/// # Errors
/// [`Error::Encoder`] for a tree nested so deeply that it could not be read again.
pub(crate) fn encode(document: &Document, _: &Options, _: &mut Diagnostics) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(&Envelope { banshi: VERSION, document })
        .map_err(|error| Error::Encoder { format: "json", message: Message::verbatim(error) })?;
    if !fits(&bytes) {
        return Err(Error::Encoder {
            format: "json",
            message: message!("elements are nested too deeply to be read again"),
        });
    }
    bytes.push(b'\n');
    Ok(bytes)
}
