//! What the parsers of TOML and JSON say, in sentences of ours.

use super::Message;
use crate::message;

/// Parts of the parser's English words for a fault, and what they mean.
type Fault = (&'static [&'static str], fn() -> Message);

/// What is wrong with a line of a TOML file; the first whose words are there counts.
const FAULTS: [Fault; 8] = [
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

/// What the JSON parser says of a value that is JSON, but not the one that is expected.
const SORTS: [&str; 3] = ["invalid type", "invalid value", "invalid length"];

impl Message {
    /// What is wrong with a line of a TOML file, by the words of the parser.
    pub fn of_toml(words: &str) -> Self {
        let fault = FAULTS.iter().find(|(parts, _)| parts.iter().any(|part| words.contains(part)));
        fault.map_or_else(|| message!("this is no TOML"), |(_, message)| message())
    }

    /// What is wrong with JSON, by the words of the parser without the place.
    pub fn of_json(words: impl std::fmt::Display) -> Self {
        let words = words.to_string();
        let words = words.split(" at line ").next().unwrap_or_default();
        let name = words.split('`').nth(1).unwrap_or_default();
        let known = words.split('`').skip(3).step_by(2).collect::<Vec<_>>().join(", ");
        match words.split([' ', ',']).next().unwrap_or_default() {
            "unknown" if words.starts_with("unknown field") => {
                message!("there is no key {name}; one of {known}", name, known)
            }
            "unknown" => message!("there is no {word} here; one of {words}", word = name, words = known),
            "missing" => message!("{name} is missing", name),
            "duplicate" => message!("{name} is there twice", name),
            "invalid" if SORTS.iter().any(|sort| words.starts_with(sort)) => {
                message!("a value of another sort is expected: {detail}", detail = words)
            }
            "EOF" => message!("the text ends before it is whole"),
            _ => message!("this is no JSON: {detail}", detail = words),
        }
    }
}
