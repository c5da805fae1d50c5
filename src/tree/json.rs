//! The JSON form of a tree: the tree as serde writes it, in an envelope with a version. How deep JSON is nested.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Location;

/// Version of the JSON form. It grows when a reader of the old form would misread the new one; a role that is new to it,
/// it refuses by name.
pub(crate) const VERSION: u32 = 1;

/// What stands around the tree.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Envelope<D> {
    /// Version of the form.
    pub(crate) banshi: u32,
    /// The tree.
    pub(crate) document: D,
}

/// True where no more than `most` objects and arrays are open at once.
pub(crate) fn fits(json: &[u8], most: usize) -> bool {
    let (mut depth, mut quoted) = (0usize, false);
    let mut bytes = json.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => quoted = !quoted,
            b'\\' if quoted => drop(bytes.next()),
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > most {
            return false;
        }
    }
    true
}

/// Reads JSON that [`fits`].
///
/// # Errors
/// What is no JSON, or not such a value.
pub(crate) fn parse<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    reader.disable_recursion_limit();
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Where JSON has an error.
pub(crate) fn place(error: &serde_json::Error, json: &[u8]) -> Location {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    // The parser counts lines from 1, and in them the bytes up to the fault.
    let line = json.split(|byte| *byte == b'\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = &line[..error.column().saturating_sub(1).min(line.len())];
    let column = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1;
    Location::Spot { line: number(error.line().max(1)), column: number(column) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_have_line_and_column_in_characters() {
        let json = "{\"题\": 1,\n \"通知\": x}".as_bytes();
        let error = parse::<serde_json::Value>(json).expect_err("no JSON");
        assert_eq!(place(&error, json), Location::Spot { line: 2, column: 8 });
    }

    #[test]
    fn brackets_in_strings_are_not_nesting() {
        assert!(fits(format!("[\"{}\"]", "\\\"[".repeat(2000)).as_bytes(), 9));
        assert!(fits(b"[[],[],{}]".repeat(2000).as_slice(), 2));
        assert!(fits("[".repeat(9).as_bytes(), 9));
        assert!(!fits("[".repeat(10).as_bytes(), 9));
    }
}
