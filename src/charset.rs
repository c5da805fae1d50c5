//! Bytes to text. The only home of encoding_rs and chardetng.

/// An encoding that Chinese text comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
}
