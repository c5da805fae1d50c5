//! The tree as bytes, one file or folder for each format.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

pub mod docx;
pub mod markdown;
pub mod pdf;
