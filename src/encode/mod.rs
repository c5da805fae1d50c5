//! From the tree to bytes.

pub mod markdown;
