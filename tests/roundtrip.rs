//! Whatever the tree: written and read again, it is the same.

#[allow(dead_code, reason = "not every test that includes this module needs all of it")]
#[path = "support/tree.rs"]
mod generated;

use banshi::tree::Document;
use banshi::{Format, Options};
use generated::{cases, documents, unsound};
use proptest::prelude::*;

/// Options under which everything is kept and nothing is recognised.
fn plain() -> Options {
    let mut options = Options::new().expect("the built-in profile");
    options.structure = banshi::options::Structure::Keep;
    options.keep_boilerplate = true;
    options
}

fn through(document: &Document, format: Format) -> Document {
    let bytes = banshi::encode(document, format, &plain()).expect("writes").value;
    banshi::decode(&bytes, format, &plain()).expect("reads").value
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn json_returns_every_tree(document in documents()) {
        prop_assert_eq!(through(&document, Format::Json), document);
    }

    #[test]
    fn json_returns_trees_that_are_unsound(document in unsound()) {
        prop_assert_eq!(through(&document, Format::Json), document);
    }
}
