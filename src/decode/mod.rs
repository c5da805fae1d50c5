//! From text and bytes to the tree. Decoders state only what the input says.

pub mod docx;
