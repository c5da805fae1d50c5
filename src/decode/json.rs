//! The tree from its JSON form.

use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::message::Message;
use crate::options::Options;
use crate::tree::{Document, Envelope, Location, VERSION, fits, parse, place};

/// Reads the JSON form that the JSON encoder writes.
///
/// # Errors
/// [`Error::Malformed`] with the line for what is not JSON, has an unknown field, or a version that this
/// program does not know.
pub(crate) fn decode(input: &[u8], options: &Options, _: &mut Diagnostics) -> Result<Document> {
    let malformed = |at, message| Error::Malformed { format: "json", at, message };
    let syntax = |error: serde_json::Error| malformed(place(&error, input), Message::of_json(&error));
    if !fits(input, options.limits.json_depth()) {
        return Err(Error::beyond(&options.limits, Limit::Nesting, None, Location::Whole));
    }
    // The version first: a newer tree has fields that this program does not know.
    let known: Version = parse(input).map_err(syntax)?;
    match known.banshi {
        Some(VERSION) => {}
        Some(other) => {
            let message = if other > VERSION {
                message!(
                    "version {other} of the tree; a newer banshi wrote it; this program reads version {version}",
                    other,
                    version = VERSION
                )
            } else {
                message!(
                    "version {other} of the tree; this program reads version {version}",
                    other,
                    version = VERSION
                )
            };
            return Err(malformed(Location::Whole, message));
        }
        None => {
            let message = message!("no tree of banshi: it has no field \"banshi\" with the version");
            return Err(malformed(Location::Whole, message));
        }
    }
    let envelope: Envelope<Document> = parse(input).map_err(syntax)?;
    Ok(envelope.document)
}

#[derive(serde::Deserialize)]
struct Version {
    banshi: Option<u32>,
}
