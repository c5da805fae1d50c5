//! What the parsers of TOML and JSON say, in sentences of ours.

use serde_json::error::Category;

use super::Message;
use crate::message;

/// Parts of the parser's English words for a fault, and what they mean.
type Fault = (&'static [&'static str], fn() -> Message);

/// What is wrong with a line of a TOML file; the first whose words are there counts.
const FAULTS: [Fault; 9] = [
    (&["invalid boolean"], || {
        message!("true and false are written in small letters, a text in straight quotation marks")
    }),
    (&["unquoted key"], || message!("a line says key = value, and a key has Latin letters")),
    (&["duplicate key", "cannot extend"], || message!("this key was stated before; it can be stated once")),
    (&["unclosed table", "unclosed array table", "missing table open"], || {
        message!("the name of a table stands in brackets, alone in its line: [page]")
    }),
    (&["inline table", "between key-value pairs"], || {
        message!("a table within a line stands in braces, with commas between its keys")
    }),
    (&["array"], || message!("a list stands in brackets, with commas between its items: [\"…\", \"…\"]")),
    (&["quote", "string", "escape", "unicode"], || {
        message!("a text stands in straight quotation marks, in one line: \"…\"; a number has no unit")
    }),
    (&["number", "integer", "float", "digit", "zero", "sign", "radix"], || {
        message!("this is no number; a unit is left out")
    }),
    (&["key", "value", "assignment", "`=`", "unexpected content"], || message!("a line says key = value")),
];

impl Message {
    /// What is wrong with a line of a TOML file, by the words of the parser.
    pub fn of_toml(words: &str) -> Self {
        let fault = FAULTS.iter().find(|(parts, _)| parts.iter().any(|part| words.contains(part)));
        fault.map_or_else(|| message!("this is no TOML"), |(_, message)| message())
    }

    /// What is wrong with JSON.
    pub fn of_json(error: &serde_json::Error) -> Self {
        let words = error.to_string();
        // The parser quotes the name that it does not know, or lacks, and then those that it knows.
        let mut quoted = words.split('`').skip(1).step_by(2).map(str::to_owned);
        let name = quoted.next().unwrap_or_default();
        let known: Vec<String> = quoted.collect();
        match error.classify() {
            Category::Eof => {
                message!("it ends too early, as if it had been cut short; get it again from where it came")
            }
            Category::Syntax | Category::Io => message!(
                "no JSON: a comma, a colon, a quotation mark or a bracket is missing here or one too many, or a character is not allowed"
            ),
            Category::Data if words.starts_with("missing field") => {
                message!("the field {name} is missing", name)
            }
            Category::Data if words.starts_with("duplicate field") => {
                message!("the field {name} stands here twice", name)
            }
            Category::Data if words.starts_with("unknown") && !known.is_empty() => {
                message!("{name} has no place here; there are {known}", name, known)
            }
            Category::Data => {
                other_kind(&words).unwrap_or_else(|| message!("a value of another kind is needed here"))
            }
        }
    }
}

/// What a value of JSON may be, by the words with which the parser calls it where it stands and where it is needed.
type KindOfValue = (&'static [&'static str], fn() -> Message);

const KINDS: [KindOfValue; 6] = [
    (&["string", "a string"], || message!("a text")),
    (&["integer", "floating point", "u8", "u16", "u32", "u64", "usize", "i64", "f64"], || {
        message!("a number")
    }),
    (&["boolean", "a boolean"], || message!("true or false")),
    (&["sequence", "a sequence", "tuple"], || message!("a list […]")),
    (&["map", "a map", "struct"], || message!("an object {{…}}")),
    (&["null"], || message!("nothing (null)")),
];

/// What stands in the place of a value of another kind, from `invalid type: string "7", expected u32 at line 2 …`.
fn other_kind(words: &str) -> Option<Message> {
    if words.starts_with("invalid value: integer") {
        return Some(message!("this number is out of range"));
    }
    let (found, wanted) = words.strip_prefix("invalid type: ")?.split_once(", expected ")?;
    let is = |words: &str, name: &str| {
        words.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let kind = |words: &str| {
        let known = KINDS.iter().find(|(names, _)| names.iter().any(|name| is(words, name)));
        known.map(|(_, message)| message())
    };
    let (found, wanted) = (kind(found)?, kind(wanted)?);
    (found != wanted).then(|| message!("{wanted} is needed here, not {found}", wanted, found))
}
