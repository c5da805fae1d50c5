//! Why a conversion gave no result at all.

use std::fmt;

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
        /// What it is.
        what: &'static str,
    },
    /// The input does not follow the rules of its format.
    Malformed {
        /// Name of the format.
        format: &'static str,
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
    /// A reference document that can't be used.
    Reference {
        /// Which part, and what is wrong.
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
        /// Name of the format.
        format: &'static str,
        /// What it said.
        message: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported { format, reading: true, instead } => {
                write!(f, "{format} can be written but not read; convert from {instead}")
            }
            Self::Unsupported { format, reading: false, instead } => {
                write!(f, "{format} can be read but not written; convert to {instead}")
            }
            Self::Encoding { encoding, offset, line, bytes, rest, cut } => {
                write!(f, "byte {offset} (line {line}): {} is not text in {encoding}", hex(bytes))?;
                if *cut {
                    f.write_str("; the file ends inside a character, as if it had been cut short")?;
                } else if let Some(rest) = rest {
                    write!(f, "; from there on the file reads as {rest}")?;
                }
                f.write_str("; name the right encoding, or let such bytes be replaced")
            }
            Self::Unencodable { encoding, count, characters, at } => {
                let s = if *count == 1 { "" } else { "s" };
                write!(
                    f,
                    "{}{encoding} lacks {count} character{s} of this text: {characters}; write it in gb18030 or utf-8, \
                     or let them be written as numbers",
                    place(at)
                )
            }
            Self::UnknownEncoding { maybe } => {
                write!(
                    f,
                    "neither UTF-8, UTF-16, GB18030 nor Big5 (it may be {maybe}); name its encoding, or save it as UTF-8"
                )
            }
            Self::NotText { what } => write!(f, "this is not a text but {what}"),
            Self::Malformed { format, at, message } => {
                write!(f, "not a usable {format} file: {}{message}", place(at))
            }
            Self::Profile { message } => write!(f, "profile: {message}"),
            Self::Reference { message } => write!(f, "reference document: {message}"),
            Self::Font { name, message } => write!(f, "face {name}: {message}"),
            Self::Encoder { format, message } => write!(f, "writing {format}: {message}"),
        }
    }
}

impl std::error::Error for Error {}

/// The place, as it stands before a message.
fn place(at: &Location) -> String {
    match at {
        Location::Whole => String::new(),
        Location::Lines { .. } => format!("line {at}: "),
        Location::Byte(_) | Location::Part { .. } => format!("{at}: "),
    }
}

/// Bytes as `B0 A1`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}
