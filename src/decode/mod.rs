//! Readers: from the text or the bytes of a format to the tree. They state only what the input says.

#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

pub mod markdown;
pub mod text;
