//! What a Word file sets directly: nothing that a style can say, so that a user restyles the document in one place.

mod support;
#[allow(dead_code, reason = "not every test that includes this module needs all of it")]
#[path = "support/tree.rs"]
mod tree;

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use banshi::options::Structure;
use banshi::profile::{BUILT_IN, Profile};
use banshi::tree::Document;
use banshi::{Format, Options};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::name::LocalName;
use support::{authored, decoded, options, samples};

/// Properties outside of styles: the container, the property, the attributes it may have there, and why no style says
/// it.
const DIRECT: [(&str, &str, &[&str], &str); 45] = [
    ("pPr", "pStyle", &["val"], "the style itself"),
    ("pPr", "numPr", &[], "which list an item is of, and its level"),
    ("pPr", "sectPr", &[], "a section ends"),
    ("pPr", "rPr", &[], "the mark of a paragraph that runs on, in the outline"),
    ("pPr", "pageBreakBefore", &[], "what stands before decides: a second document, a break of the author's"),
    (
        "pPr",
        "keepNext",
        &[],
        "captions and units stay with their table, a picture with its caption, the last row with who signs",
    ),
    ("pPr", "keepLines", &["val"], "no page holds the paragraph, which its style wants whole"),
    ("pPr", "widowControl", &["val"], "what ends a document takes whole lines of the text with it"),
    ("pPr", "spacing", &["before"], "what stands before decides: a table, the front matter, nothing"),
    ("pPr", "spacing", &["after"], "a table stands below it, which has no room of its own above"),
    ("pPr", "spacing", &["before", "after"], "the same, and what stands before"),
    ("pPr", "spacing", &["after", "line", "lineRule"], "the same, and a picture in the line"),
    ("pPr", "spacing", &["before", "after", "line", "lineRule"], "the same"),
    ("pPr", "spacing", &["before", "line", "lineRule"], "a picture in the line is higher than it"),
    ("pPr", "spacing", &["line", "lineRule"], "a picture in the line is higher than it"),
    ("pPr", "ind", &["left", "right"], "its text or what it stands in decides: 署名, a quotation in a list"),
    (
        "pPr",
        "ind",
        &["left", "right", "firstLine", "firstLineChars"],
        "lines that the author has broken, and that are short, stand one below the other; 敬礼 begins at the edge",
    ),
    (
        "pPr",
        "ind",
        &["left", "right", "hanging"],
        "the width of its label decides, or what an item stands in: 附件：1.，抄送：",
    ),
    (
        "pPr",
        "jc",
        &["val"],
        "the author aligned the column or the cell; a date begins below a name; a picture fills a line",
    ),
    ("rPr", "rStyle", &["val"], "the style itself"),
    ("rPr", "rFonts", &["hint"], "which of two faces the style means for quotation marks and dashes"),
    ("rPr", "rFonts", &["hint", "eastAsia"], "emphasis where the run has another style"),
    ("rPr", "rFonts", &["eastAsia"], "emphasis where the run has another style"),
    ("rPr", "rFonts", &["ascii", "hAnsi"], "text of a program where the run has another style"),
    ("rPr", "rFonts", &["ascii", "hAnsi", "hint"], "text of a program where the run has another style"),
    ("rPr", "rFonts", &["ascii", "hAnsi", "eastAsia"], "the same, emphasised"),
    ("rPr", "rFonts", &["ascii", "hAnsi", "eastAsia", "hint"], "the same, emphasised"),
    ("rPr", "b", &[], "strong where the run has another style, or the paragraph is bold"),
    ("rPr", "bCs", &[], "strong where the run has another style, or the paragraph is bold"),
    ("rPr", "i", &[], "emphasis where the run has another style"),
    ("rPr", "iCs", &[], "emphasis where the run has another style"),
    ("rPr", "strike", &[], "the author's; Word has no style for it"),
    ("rPr", "u", &["val"], "the author's; Word has no style for it"),
    ("rPr", "vertAlign", &["val"], "the author's; Word has no style for it"),
    (
        "rPr",
        "spacing",
        &["val"],
        "the type of the paragraph decides how much wider its blanks of columns are",
    ),
    ("rPr", "w", &["val"], "columns of names that are wider than the page stand closer"),
    ("rPr", "sz", &["val"], "a table whose columns have no room has smaller type"),
    ("rPr", "szCs", &["val"], "a table whose columns have no room has smaller type"),
    ("pPr", "pBdr", &[], "the red rule stands below the number or who issues, whichever is last of the head"),
    ("rPr", "vanish", &[], "the mark of a paragraph that runs on, in the outline"),
    ("rPr", "specVanish", &[], "the mark of a paragraph that runs on, in the outline"),
    ("trPr", "cantSplit", &[], "Word takes it from rows alone"),
    ("trPr", "tblHeader", &[], "which rows are the head"),
    ("trPr", "trHeight", &["val", "hRule"], "the author asks for the height of the row"),
    ("tcPr", "gridSpan", &["val"], "cells that are joined"),
];

/// The same of tables, whose measures are those of their text.
const MEASURES: [(&str, &str); 8] = [
    ("tblPr", "tblStyle"),
    ("tblPr", "tblW"),
    ("tblPr", "tblInd"),
    ("tblPr", "tblLayout"),
    // In smaller type they are narrower.
    ("tblPr", "tblCellMar"),
    // Where the 版记 stands.
    ("tblPr", "tblpPr"),
    ("tcPr", "tcW"),
    ("tcPr", "vMerge"),
];

fn local(name: LocalName<'_>) -> String {
    String::from_utf8(name.as_ref().to_vec()).expect("UTF-8")
}

/// What the text and the notes of a Word file set directly, and no reason is given for.
fn unexplained(bytes: &[u8]) -> BTreeSet<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut found = BTreeSet::new();
    for part in ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"] {
        let mut xml = String::new();
        let Ok(mut file) = archive.by_name(part) else { continue };
        file.read_to_string(&mut xml).expect("UTF-8");
        let mut reader = Reader::from_str(&xml);
        reader.config_mut().expand_empty_elements = true;
        let mut open: Vec<String> = Vec::new();
        loop {
            match reader.read_event().expect("XML") {
                Event::Start(tag) => {
                    let name = local(tag.local_name());
                    let container = open.last().map_or("", String::as_str);
                    if matches!(container, "pPr" | "rPr" | "tblPr" | "trPr" | "tcPr") {
                        let attributes: BTreeSet<String> = tag
                            .attributes()
                            .map(|one| local(one.expect("an attribute").key.local_name()))
                            .collect();
                        let same = |known: &[&str]| {
                            attributes
                                .iter()
                                .map(String::as_str)
                                .eq(BTreeSet::from_iter(known.iter().copied()))
                        };
                        let known =
                            DIRECT.iter().any(|row| (row.0, row.1) == (container, &name) && same(row.2))
                                || MEASURES.contains(&(container, &name));
                        if !known {
                            found.insert(format!("{container}/{name} {attributes:?}"));
                        }
                    }
                    open.push(name);
                }
                Event::End(_) => {
                    open.pop();
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    found
}

fn written(document: &Document, options: &Options) -> Vec<u8> {
    banshi::encode(document, Format::Docx, options).expect("encodes").value
}

/// The usual options, changed.
fn with(change: impl FnOnce(&mut Options)) -> Options {
    let mut options = options();
    change(&mut options);
    options
}

/// Whatever may be asked of a Word file: profiles, a table of contents, run-in headings in the outline, a template.
fn option_sets() -> Vec<Options> {
    let mut sets: Vec<Options> = BUILT_IN
        .iter()
        .map(|row| Profile::built_in(row.name).expect("a name").expect("a profile"))
        .map(|profile| with(|options| options.profile = profile))
        .collect();
    let template = written(&Document::default(), &options());
    sets.push(with(|options| (options.contents, options.run_in_outline) = (true, true)));
    sets.push(with(|options| options.reference = Some(template.into())));
    sets
}

#[test]
fn samples_set_nothing_that_a_style_can_say() {
    for sample in samples() {
        let document = authored(&decoded(&sample).value);
        for options in option_sets() {
            let found = unexplained(&written(&document, &options));
            assert!(found.is_empty(), "{}, {}: {found:?}", sample.display(), options.profile.name);
        }
    }
}

proptest! {
    #![proptest_config(tree::cases())]

    /// Whatever a tree holds.
    #[test]
    fn trees_set_nothing_that_a_style_can_say(document in tree::documents()) {
        let options = with(|o| (o.structure, o.keep_boilerplate) = (Structure::Keep, true));
        prop_assert_eq!(unexplained(&written(&document, &options)), BTreeSet::new());
    }
}
