pub mod charset;
pub mod diagnostic;
pub mod error;
pub mod format;
pub mod options;
pub mod profile;
pub mod tree;
