pub mod charset;
pub mod diagnostic;
pub mod encode;
pub mod error;
pub mod format;
mod ooxml;
pub mod options;
pub mod profile;
pub mod tree;
