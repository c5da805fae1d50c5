//! Whatever the tree: written and read again, it is the same.

#[allow(dead_code, reason = "not every test that includes this module needs all of it")]
#[path = "support/tree.rs"]
mod generated;

use banshi::options::Structure;
use banshi::tree::Document;
use banshi::{Format, Options};
use generated::{cases, documents, unsound};
use proptest::prelude::*;

/// Options under which everything is kept and nothing is recognised.
fn plain() -> Options {
    let mut options = Options::new().expect("the built-in profile");
    options.structure = Structure::Keep;
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

    #[test]
    fn decoders_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), at in 0usize..400, document in documents()) {
        for row in banshi::format::TABLE.iter().filter(|row| row.reads()) {
            let _ = banshi::decode(&bytes, row.format, &plain());
            // A file of the format, with a piece of it torn out or replaced.
            let Ok(written) = banshi::encode(&document, row.format, &plain()) else { continue };
            let mut damaged = written.value;
            let at = at % damaged.len().max(1);
            let end = (at + bytes.len() % 16).min(damaged.len());
            damaged.splice(at..end, bytes.iter().take(4).copied());
            let _ = banshi::decode(&damaged, row.format, &plain());
        }
    }

    #[test]
    fn structure_is_idempotent(document in documents()) {
        let mut once = document;
        banshi::structure::recognise(&mut once, &mut banshi::diagnostic::Diagnostics::default());
        let mut twice = once.clone();
        banshi::structure::recognise(&mut twice, &mut banshi::diagnostic::Diagnostics::default());
        prop_assert_eq!(twice, once);
    }
}

/// As deep as Markdown is read, so deep is JSON written and read; deeper trees are refused, not written for nobody.
#[test]
fn deep_trees_come_back_or_are_refused() {
    let quotes = ">".repeat(99) + " 甲";
    let lists: String = (0..49).map(|depth| format!("{}- 甲\n", "  ".repeat(depth))).collect();
    for source in [quotes, lists] {
        let document = banshi::decode(source.as_bytes(), Format::Markdown, &plain()).expect("reads").value;
        assert_eq!(through(&document, Format::Json), document);
        let back = through(&document, Format::PandocJson);
        assert_eq!(back.blocks.len(), document.blocks.len());
    }
    let mut blocks = Vec::new();
    for _ in 0..500 {
        let kind = banshi::tree::BlockKind::Quote(blocks);
        blocks = vec![banshi::tree::Block { kind, origin: Default::default() }];
    }
    let deep = Document { blocks, ..Document::default() };
    for format in [Format::Json, Format::PandocJson, Format::Markdown] {
        let error = banshi::encode(&deep, format, &plain()).expect_err("too deep").to_string();
        assert!(error.contains("deep"), "{error}");
    }
}
