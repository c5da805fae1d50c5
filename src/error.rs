//! Why a conversion gave no result at all.

use std::fmt;

use crate::limits::{Limit, Limits};
use crate::message::Message;
use crate::tree::Location;

/// The result of a conversion.
pub type Result<T> = std::result::Result<T, Error>;

/// Why there is no result. Each message names the place, where there is one, and the remedy.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The format can't be read (or written).
    Unsupported {
        /// Name of the format.
        format: &'static str,
        /// True for reading, false for writing.
        reading: bool,
        /// Names of the formats that can be.
        instead: String,
    },
    /// Bytes that are not text in the encoding.
    Encoding {
        /// Name of the encoding that was tried.
        encoding: &'static str,
        /// Offset of the first bad byte, from 0.
        offset: usize,
        /// Line of that byte, from 1.
        line: u32,
        /// Its column in that line, in characters from 1.
        column: u32,
        /// The bad bytes.
        bytes: Vec<u8>,
        /// The encoding in which everything from there on reads as Chinese, where there is one.
        rest: Option<&'static str>,
        /// The file ends inside this character.
        cut: bool,
    },
    /// Characters that the encoding of a written text lacks.
    Unencodable {
        /// Name of the encoding.
        encoding: &'static str,
        /// How many there are.
        count: usize,
        /// The first of them, each once.
        characters: String,
        /// Where the first one stands in the source.
        at: Location,
    },
    /// No encoding read here fits.
    UnknownEncoding {
        /// What it may be, by its name in the WHATWG standard.
        maybe: &'static str,
    },
    /// The input is something else than the format says: a Word file under the name of a text.
    NotText {
        /// What it is, and what to do.
        what: Message,
    },
    /// The input does not follow the rules of its format.
    Malformed {
        /// Name of the format.
        format: &'static str,
        /// Where.
        at: Location,
        /// What is wrong.
        message: Message,
    },
    /// A profile that can't be used.
    Profile {
        /// Which key or line, and what is wrong.
        message: Message,
    },
    /// A reference document that can't be used.
    Reference {
        /// Which part, and what is wrong.
        message: Message,
    },
    /// A face that can't be used.
    Font {
        /// Name of the face.
        name: String,
        /// What is wrong.
        message: Message,
    },
    /// The document takes more of the machine than [`Limits`] allow.
    Limit {
        /// Which limit.
        limit: Limit,
        /// Its value.
        most: u64,
        /// How much the document takes, where that is known.
        found: Option<u64>,
        /// Where.
        at: Location,
    },
    /// A library that writes the format failed.
    Encoder {
        /// Name of the format.
        format: &'static str,
        /// What it said.
        message: Message,
    },
}

impl Error {
    /// What is wrong with a part that the file can do without, whose place is known.
    pub(crate) fn of_part(&self) -> Message {
        match self {
            Self::Malformed { message, .. } => message.clone(),
            error => error.message(),
        }
    }

    /// The error for a document that takes more than a limit allows.
    pub(crate) fn beyond(limits: &Limits, limit: Limit, found: Option<u64>, at: Location) -> Self {
        Self::Limit { limit, most: limits.get(limit), found, at }
    }

    /// What went wrong, for people: with the place, where there is one, and the remedy.
    pub fn message(&self) -> Message {
        match self {
            Self::Malformed { format, at, message } => {
                let message = placed(at, message.clone());
                unusable(format, message)
            }
            other => placed(&other.at(), other.fault()),
        }
    }

    /// Where it went wrong.
    pub fn at(&self) -> Location {
        match self {
            Self::Encoding { line, column, .. } => Location::Spot { line: *line, column: *column },
            Self::Unencodable { at, .. } | Self::Malformed { at, .. } | Self::Limit { at, .. } => at.clone(),
            Self::Unsupported { .. }
            | Self::UnknownEncoding { .. }
            | Self::NotText { .. }
            | Self::Profile { .. }
            | Self::Reference { .. }
            | Self::Font { .. }
            | Self::Encoder { .. } => Location::Whole,
        }
    }

    /// What went wrong, for people: with the remedy, without the place.
    pub fn fault(&self) -> Message {
        match self {
            Self::Unsupported { format, reading: true, instead } => {
                message!(
                    "{format} can be written but not read; convert from {instead}",
                    format = *format,
                    instead
                )
            }
            Self::Unsupported { format, reading: false, instead } => {
                message!(
                    "{format} can be read but not written; convert to {instead}",
                    format = *format,
                    instead
                )
            }
            Self::Encoding { encoding, offset, bytes, rest, cut, .. } => {
                let (encoding, bytes) = (*encoding, hex(bytes));
                let fault = message!(
                    "byte {offset}: {bytes} is not text in {encoding}",
                    offset = *offset,
                    bytes,
                    encoding
                );
                match rest {
                    _ if *cut => message!(
                        "{fault}; the file ends inside a character, as if it had been cut short; name the right encoding, or let such bytes be replaced",
                        fault
                    ),
                    Some(rest) => message!(
                        "{fault}; from there on the file reads as {rest}; name the right encoding, or let such bytes be replaced",
                        fault,
                        rest
                    ),
                    None => {
                        message!("{fault}; name the right encoding, or let such bytes be replaced", fault)
                    }
                }
            }
            Self::Unencodable { encoding, count, characters, .. } => {
                message!(
                    "{encoding} lacks {count} character{s} of this text: {characters}; write it in gb18030 or utf-8, or let them be written as numbers",
                    encoding = *encoding,
                    count = *count,
                    s = if *count == 1 { "" } else { "s" },
                    characters = characters.split(", ").collect::<Vec<_>>()
                )
            }
            Self::UnknownEncoding { maybe } => message!(
                "neither UTF-8, UTF-16, GB18030 nor Big5 (it may be {maybe}); name its encoding, or save it as UTF-8",
                maybe = *maybe
            ),
            Self::NotText { what } => message!("this cannot be read as text: {what}", what),
            Self::Malformed { format, message, .. } => unusable(format, message.clone()),
            Self::Profile { message } => message!("profile: {message}", message),
            Self::Reference { message } => message!("reference document: {message}", message),
            Self::Font { name, message } => message!("face {name}: {message}", name, message),
            Self::Limit { limit, most, found, .. } => {
                let fault = match found {
                    Some(found) => {
                        message!("{fault}, namely {found}", fault = limit.excess(*most), found = *found)
                    }
                    None => limit.excess(*most),
                };
                let row = limit.row();
                if *most < row.highest {
                    message!(
                        "{fault}; raise the limit {limit} if you trust the file",
                        fault,
                        limit = row.name
                    )
                } else {
                    fault
                }
            }
            Self::Encoder { format, message } => {
                message!("writing {format}: {message}", format = *format, message)
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for Error {}

/// What is said of a file that is not what it should be.
fn unusable(format: &str, message: Message) -> Message {
    match format {
        CORRECTIONS => message!("not a usable file of corrections: {message}", message),
        format => message!("not a usable {format} file: {message}", format, message),
    }
}

/// The name of the format of [corrections](crate::correction) in [`Error::Malformed`].
pub(crate) const CORRECTIONS: &str = "corrections";

/// The message with the place before it.
fn placed(at: &Location, message: Message) -> Message {
    match at {
        Location::Whole => message,
        Location::Lines { .. } => message!("line {at}: {message}", at = at.message(), message),
        Location::Spot { line, column } => {
            message!("line {line}, column {column}: {message}", line = *line, column = *column, message)
        }
        Location::Part { .. } => message!("{at}: {message}", at = at.message(), message),
    }
}

/// Bytes as `0xB0 0xA1`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("0x{byte:02X}")).collect::<Vec<_>>().join(" ")
}
