//! The tree as bytes, one file or folder for each format.

pub mod docx;
