//! The tree as bytes, one file or folder for each format.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

pub(crate) mod docx;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod pandoc;
pub(crate) mod pdf;
mod subset;
pub(crate) mod svg;
pub(crate) mod text;
