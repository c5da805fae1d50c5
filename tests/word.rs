//! A tree written as a Word file and read again is the same tree.

mod support;
#[allow(dead_code, reason = "not every test that includes this module needs all of it")]
#[path = "support/tree.rs"]
mod tree;

use banshi::options::Structure;
use banshi::tree::{Block, BlockKind, Document, Inline, Paragraph, Role};
use banshi::{Diagnostic, Format, Options};
use proptest::prelude::*;
use support::{authored, characters, decoded, options, samples};

/// The tree written and read again, with what both report.
fn there_and_back(document: &Document, options: &Options) -> (Document, Vec<Diagnostic>) {
    let written = banshi::encode(document, Format::Docx, options).expect("encodes");
    let read = banshi::decode(&written.value, Format::Docx, options).expect("decodes");
    let mut diagnostics = written.diagnostics;
    diagnostics.extend(read.diagnostics);
    (tree::bare(read.value), diagnostics)
}

/// Puts the tab that Word files have between two columns of a line where a text has blanks (GB/T 9704-2012 7.4.3).
fn with_tab(block: &mut Block) {
    let BlockKind::Paragraph(Paragraph { role: Role::CopyTo, content, .. }) = &mut block.kind else { return };
    if let [Inline::Text(text)] = content.as_mut_slice() {
        let blanks: Vec<&str> = text.split(|c| c != '\u{3000}').filter(|blanks| !blanks.is_empty()).collect();
        if let Some(last) = blanks.last().filter(|blanks| blanks.chars().count() > 1) {
            *text = text.replacen(*last, "\t", 1);
        }
    }
}

#[test]
fn every_sample_comes_back() {
    for sample in samples() {
        let mut document = tree::bare(authored(&decoded(&sample).value));
        document.blocks.iter_mut().for_each(with_tab);
        let (mut back, _) = there_and_back(&document, &options());
        // Properties that only repeat the text, and names of pictures and notes, are not those of the source.
        back.meta = document.meta.clone();
        for (block, wanted) in back.blocks.iter().zip(&document.blocks) {
            assert_eq!(block.kind, wanted.kind, "{}", sample.display());
        }
        assert_eq!(back, document, "{}", sample.display());
    }
}

proptest! {
    #![proptest_config(tree::cases())]

    /// Text that came from a Word file comes back from the next, in its order.
    #[test]
    fn text_from_a_word_file_comes_back(document in tree::documents()) {
        let mut options = options();
        (options.structure, options.keep_boilerplate) = (Structure::Keep, true);
        let (first, _) = there_and_back(&document, &options);
        let (second, _) = there_and_back(&first, &options);
        prop_assert_eq!(characters(&second), characters(&first));
    }

    /// What a Word file holds of a tree, it holds for ever.
    #[test]
    fn what_came_from_a_word_file_comes_back(document in tree::documents()) {
        let mut options = options();
        (options.structure, options.keep_boilerplate) = (Structure::Keep, true);
        let (first, _) = there_and_back(&document, &options);
        let (second, _) = there_and_back(&first, &options);
        prop_assert_eq!(&second, &first);
    }
}

#[test]
fn what_only_word_has_is_reported_elsewhere() {
    let mut options = options();
    options.contents = true;
    let codes = |to| {
        let written =
            banshi::convert("一、甲\n乙。\n".as_bytes(), Format::Text, to, &options).expect("converts");
        written.diagnostics.iter().filter(|found| found.code == "option-of-word").count()
    };
    assert_eq!((codes(Format::Docx), codes(Format::Pdf), codes(Format::Markdown)), (0, 1, 1));
}
