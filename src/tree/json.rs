//! The JSON form of a tree: the tree as serde writes it, in an envelope with a version. How deep JSON is nested.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Version of the JSON form. It grows when a reader of the old form would misread the new one.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_are_not_nesting() {
        assert!(fits(format!("[\"{}\"]", "\\\"[".repeat(2000)).as_bytes(), 9));
        assert!(fits(b"[[],[],{}]".repeat(2000).as_slice(), 2));
        assert!(fits("[".repeat(9).as_bytes(), 9));
        assert!(!fits("[".repeat(10).as_bytes(), 9));
    }
}
