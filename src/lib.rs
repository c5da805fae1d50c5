pub mod charset;
pub mod decode;
pub mod diagnostic;
pub mod error;
pub mod format;
#[allow(dead_code, reason = "the Word encoder uses the rest")]
pub(crate) mod ooxml;
pub mod options;
pub mod profile;
pub mod tree;
