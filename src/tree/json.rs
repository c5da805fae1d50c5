//! The JSON form of a tree: the tree as serde writes it, in an envelope with a version.

use serde::{Deserialize, Serialize};

/// Version of the JSON form. It grows when a reader of the old form would misread the new one.
pub(crate) const VERSION: u32 = 1;

/// What stands around the tree.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Envelope<D> {
    /// Version of the form.
    pub(crate) banshi: u32,
    /// The tree.
    pub(crate) document: D,
}
