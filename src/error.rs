//! Why a conversion gave no result at all.

use std::fmt;

use crate::format::Format;
use crate::tree::Location;

/// The result of a conversion.
pub type Result<T> = std::result::Result<T, Error>;

/// Why there is no result. Each message names the place, where there is one, and the remedy.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The format can't be read (or written).
    Unsupported {
        /// The format.
        format: Format,
        /// True for reading, false for writing.
        reading: bool,
    },
    /// Bytes that are not text in the encoding.
    Encoding {
        /// Name of the encoding that was tried.
        encoding: &'static str,
        /// Offset of the first bad byte, from 0.
        offset: usize,
        /// Line of that byte, from 1.
        line: u32,
        /// The bad bytes.
        bytes: Vec<u8>,
    },
    /// The input is something else than the format says: a Word file under the name of a text.
    NotText {
        /// What it is.
        what: &'static str,
    },
    /// The input does not follow the rules of its format.
    Malformed {
        /// The format.
        format: Format,
        /// Where.
        at: Location,
        /// What is wrong.
        message: String,
    },
    /// A profile that can't be used.
    Profile {
        /// Which key or line, and what is wrong.
        message: String,
    },
    /// A face that can't be used.
    Font {
        /// Name of the face.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// A library that writes the format failed.
    Encoder {
        /// The format.
        format: Format,
        /// What it said.
        message: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported { format, reading: true } => {
                write!(
                    f,
                    "{format} can be written but not read; convert from {}",
                    Format::names(|row| row.reads())
                )
            }
            Self::Unsupported { format, reading: false } => {
                write!(
                    f,
                    "{format} can be read but not written; convert to {}",
                    Format::names(|row| row.writes())
                )
            }
            Self::Encoding { encoding, offset, line, bytes } => {
                write!(f, "byte {offset} (line {line}): ")?;
                for byte in bytes {
                    write!(f, "{byte:02X} ")?;
                }
                write!(
                    f,
                    "is not text in {encoding}; name the right encoding with --encoding, \
                     or replace such bytes with --lossy"
                )
            }
            Self::NotText { what } => write!(f, "this is {what}, not a text file"),
            Self::Malformed { format, at: Location::Whole, message } => {
                write!(f, "not a usable {format} file: {message}")
            }
            Self::Malformed { format, at, message } => {
                write!(f, "not a usable {format} file: at {at}: {message}")
            }
            Self::Profile { message } => write!(f, "profile: {message}"),
            Self::Font { name, message } => write!(f, "face {name}: {message}"),
            Self::Encoder { format, message } => write!(f, "writing {format}: {message}"),
        }
    }
}

impl std::error::Error for Error {}
