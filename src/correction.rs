//! Corrections: what a reader knows better than the recognition, paragraph by paragraph, in a small file.
//!
//! ```json
//! {
//!   "banshi-corrections": 1,
//!   "fields": { "byline": "县长 王小明" },
//!   "paragraphs": [
//!     { "at": 7, "text": "工作要求", "role": "heading", "level": 1 },
//!     { "at": 9, "text": "这项工作", "split": [{ "at": 12, "before": "第二，要细" }] },
//!     { "at": 9, "piece": 2, "text": "第二，要细", "role": "point", "level": 3 },
//!     { "at": 11, "text": "和安排", "join": true }
//!   ]
//! }
//! ```
//!
//! A correction names its paragraph by its first line in a text, or by its number in a Word file, and by its first
//! words: where these no longer stand there it is applied to the one paragraph that begins with them, or not at all,
//! and both are reported.

use serde::{Deserialize, Serialize};

use crate::error::{CORRECTIONS, Error, Result};
use crate::message::Message;
use crate::tree::{Location, Role, place};

/// Version of the file. It grows when a reader of the old form would misread the new one.
const VERSION: u32 = 1;

/// Characters of a paragraph that its correction quotes.
pub const QUOTED: usize = 24;

/// The corrections of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Corrections {
    /// What stands in the head of the document.
    pub fields: Fields,
    /// The corrections of paragraphs, in any order.
    pub paragraphs: Vec<Correction>,
}

/// The head of a document as it should read. A line that is there is replaced, one that is missing is put under the
/// title. The lines of a title are parted by `\n`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who speaks or wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// The date under the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

impl Fields {
    /// True where nothing is to be filled in.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What is known of one paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Correction {
    /// Its first line in a text, or its number in the main part of a Word file; from 1.
    pub at: u32,
    /// Which of the pieces of a paragraph that was split; from 1.
    pub piece: u32,
    /// Its first characters, blanks aside; empty where they do not matter.
    pub text: String,
    /// Its role. [`Role::Boilerplate`] leaves it out.
    pub role: Option<Role>,
    /// It is the author's: never taken for boilerplate, and otherwise recognised as ever.
    pub keep: bool,
    /// True where it goes on the paragraph before it; false where it is one of its own.
    pub join: Option<bool>,
    /// Where it is split, in the order of the text; of a first piece only.
    pub split: Vec<Split>,
}

/// A place at which a paragraph is split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// Characters of the whole paragraph before it.
    pub at: usize,
    /// The first characters after it.
    pub before: String,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "banshi-corrections")]
    version: u32,
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    fields: Fields,
    #[serde(default)]
    paragraphs: Vec<Row>,
}

/// A correction in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    at: u32,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    piece: u32,
    #[serde(default)]
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    keep: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    join: Option<bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    split: Vec<Split>,
}

fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_one(n: &u32) -> bool {
    *n == 1
}

impl Corrections {
    /// True where nothing is corrected.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`Error::Malformed`] with the line for what is not JSON or has an unknown field, and with the paragraph for an
    /// unknown role, a level that is missing or out of range, and what corrects one paragraph twice.
    pub fn from_json(text: &str) -> Result<Self> {
        let malformed = |at, message: Message| Error::Malformed { format: CORRECTIONS, at, message };
        let file: File = serde_json::from_str(text)
            .map_err(|error| malformed(place(&error, text.as_bytes()), Message::of_json(&error)))?;
        if file.version != VERSION {
            let message = message!(
                "version {found}; this program reads version {known}",
                found = file.version,
                known = VERSION
            );
            return Err(malformed(Location::Whole, message));
        }
        let mut seen = std::collections::BTreeSet::new();
        let mut paragraphs = Vec::with_capacity(file.paragraphs.len());
        for row in file.paragraphs {
            let (at, piece) = (row.at, row.piece);
            let whose = |message: Message| {
                malformed(Location::Whole, message!("the correction of {at}: {message}", at, message))
            };
            if !seen.insert((at, piece)) {
                return Err(whose(message!("corrected twice; say all of it in one place")));
            }
            if piece == 0 || piece > 1 && !row.split.is_empty() {
                return Err(whose(message!("pieces count from 1, and the first says where it is split")));
            }
            paragraphs.push(row.read().map_err(whose)?);
        }
        Ok(Self { fields: file.fields, paragraphs })
    }

    /// Writes the file.
    pub fn to_json(&self) -> String {
        let paragraphs = self.paragraphs.iter().map(Row::of).collect();
        let file = File { version: VERSION, fields: self.fields.clone(), paragraphs };
        // Strings, numbers and lists of them: nothing in it can fail to be written.
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        text
    }
}

impl Row {
    fn of(correction: &Correction) -> Self {
        Self {
            at: correction.at,
            piece: correction.piece,
            text: correction.text.clone(),
            role: correction.role.map(|role| role.name().to_owned()),
            level: correction.role.and_then(Role::level),
            keep: correction.keep,
            join: correction.join,
            split: correction.split.clone(),
        }
    }

    fn read(self) -> std::result::Result<Correction, Message> {
        let role = match (&self.role, self.level) {
            (None, None) => None,
            (None, Some(_)) => return Err(message!("a level belongs to a role")),
            (Some(name), level) => Some(named_role(name, level).ok_or_else(|| wrong_role(name, level))?),
        };
        if self.keep && role == Some(Role::Boilerplate) {
            return Err(message!("kept and left out at once"));
        }
        Ok(Correction {
            at: self.at,
            piece: self.piece,
            text: self.text,
            role,
            keep: self.keep,
            join: self.join,
            split: self.split,
        })
    }
}

/// The role of that name, with a level from 1 to 9 where it has one, and only there.
fn named_role(name: &str, level: Option<u8>) -> Option<Role> {
    match (Role::from_name(name)?, level) {
        (Role::Heading(_), Some(level @ 1..=9)) => Some(Role::Heading(level)),
        (Role::Point(_), Some(level @ 1..=9)) => Some(Role::Point(level)),
        (role, level) => (role.level().is_none() && level.is_none()).then_some(role),
    }
}

fn wrong_role(name: &str, level: Option<u8>) -> Message {
    let names: Vec<&str> = Role::EACH.iter().map(|role| role.name()).collect();
    match (Role::EACH.iter().find(|role| role.name() == name), level) {
        (None, _) => message!("no role \"{name}\"; there are {roles}", name, roles = names),
        (Some(role), _) if role.level().is_some() => {
            message!("{role} needs a level from 1 to 9", role = name)
        }
        (Some(_), _) => message!("{role} has no level", role = name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_as_it_was_written() {
        let corrections = Corrections {
            fields: Fields { byline: Some("王小明".into()), ..Fields::default() },
            paragraphs: vec![
                Correction {
                    at: 3,
                    piece: 1,
                    text: "工作要求".into(),
                    role: Some(Role::Heading(2)),
                    split: vec![Split { at: 4, before: "第二".into() }],
                    ..Correction::default()
                },
                Correction { at: 3, piece: 2, join: Some(false), keep: true, ..Correction::default() },
            ],
        };
        assert_eq!(Corrections::from_json(&corrections.to_json()).expect("read"), corrections);
    }

    #[test]
    fn what_is_wrong_in_a_file_is_said_with_its_place() {
        let row = |row: &str| format!("{{\"banshi-corrections\": 1,\n\"paragraphs\": [{row}]}}");
        for (text, words) in [
            ("{".to_owned(), "line 1"),
            ("{\"banshi-corrections\": 2}".to_owned(), "version 2"),
            (row("{\"at\": 4, \"colour\": 1}"), "line 2"),
            (row("{\"at\": 4, \"role\": \"headline\"}"), "no role \"headline\""),
            (row("{\"at\": 4, \"role\": \"heading\"}"), "needs a level"),
            (row("{\"at\": 4, \"role\": \"heading\", \"level\": 10}"), "needs a level"),
            (row("{\"at\": 4, \"role\": \"body\", \"level\": 1}"), "body has no level"),
            (row("{\"at\": 4}, {\"at\": 4}"), "twice"),
            (row("{\"at\": 4, \"keep\": true, \"role\": \"boilerplate\"}"), "at once"),
        ] {
            let error = Corrections::from_json(&text).expect_err(words).to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
