//! No file takes more of the machine than the limits say; the message names the limit, and the argument raises it.
#![cfg(feature = "cli")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::io::Write as _;
use std::path::Path;

use banshi::limits::TABLE;
use program::{banshi, done, folder, printed, refused};

const HEAD: &str =
    "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>";
const FOOT: &str = "</w:body></w:document>";

/// A Word file with that body.
fn word(path: &Path, body: &str) {
    let mut zip = zip::ZipWriter::new(fs::File::create(path).expect("made"));
    let types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
        <Default Extension='xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
    let relationships = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
        <Relationship Id='a' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>";
    for (name, text) in [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relationships),
        ("word/document.xml", &format!("{HEAD}{body}{FOOT}")),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("whole");
}

const ROW: &str = "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>";

/// Converting `source` to Markdown with the limit is refused with these words, and done with the other.
#[track_caller]
fn bounded(folder: &Path, source: &str, to: &str, low: &str, words: &str, high: &str) {
    let low = banshi(folder, &[source, "--to", to, "--limit", low]);
    refused(&low, 1, words);
    let stem = source.split('.').next().expect("a name");
    assert!(!folder.join(format!("{stem}.{to}")).exists());
    done(&banshi(folder, &[source, "--to", to, "--limit", high, "-q"]));
}

#[test]
fn files_parts_and_elements_of_packages_are_counted() {
    let folder = folder();
    word(&folder.path().join("表.docx"), ROW);
    let bounded = |low: &str, words: &str, high: &str| {
        bounded(folder.path(), "表.docx", "md", low, words, high);
        fs::remove_file(folder.path().join("表.md")).expect("made");
    };
    bounded(
        "entries=2",
        "表.docx: the package holds more files than 2, namely 3; raise the limit entries if you trust the file (--limit entries=3)",
        "entries=3",
    );
    bounded(
        "xml-depth=5",
        "表.docx:word/document.xml: error: elements stand more than 5 deep; raise the limit xml-depth if you trust the file (--limit xml-depth=10)",
        "xml-depth=7",
    );
    bounded("xml-nodes=7", "word/document.xml: error: it has more elements than 7", "xml-nodes=16");
    bounded("cells=1", "its tables have more cells than 1", "cells=2");
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let folder = folder();
    let text = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "各单位要抓好落实。".repeat(40));
    word(&folder.path().join("长.docx"), &text.repeat(1000));
    for (low, words) in [
        ("part=1", "word/document.xml: error: it unpacks to more than 1 MiB"),
        ("unpacked=1", "the files of the package unpack to more than 1 MiB"),
    ] {
        bounded(folder.path(), "长.docx", "md", low, words, "part=2");
        fs::remove_file(folder.path().join("长.md")).expect("made");
    }
    word(&folder.path().join("炸.docx"), &format!("<w:p>{}</w:p>", " ".repeat(17 << 20)));
    let words = "word/document.xml: error: it unpacks to more than 400 × its size, as no text does";
    bounded(folder.path(), "炸.docx", "md", "ratio=400", words, "ratio=2000");
}

#[test]
fn cells_are_counted_in_every_format_that_has_tables() {
    let folder = folder();
    let table = "| a | b |\n| - | - |\n| c | d |\n";
    fs::write(folder.path().join("表.md"), table).expect("written");
    done(&banshi(folder.path(), &["表.md", "--to", "json,pandoc-json", "-q"]));
    for source in ["表.md", "表.json", "表.pandoc.json"] {
        bounded(folder.path(), source, "txt", "cells=3", "its tables have more cells than 3", "cells=4");
        fs::remove_file(folder.path().join(Path::new(source).with_extension("txt"))).expect("made");
    }
}

#[test]
fn nesting_is_bounded_and_as_deep_as_can_be_set_the_stack_holds() {
    let folder = folder();
    fs::write(folder.path().join("深.md"), format!("{} 甲\n", ">".repeat(120))).expect("written");
    let words = "深.md:1: error: elements are nested more than 100 deep; raise the limit nesting";
    bounded(folder.path(), "深.md", "txt", "nesting=100", words, "nesting=200");
    fs::write(folder.path().join("深.md"), format!("{} 甲\n", ">".repeat(990))).expect("written");
    let deepest = ["--limit", "nesting=1000", "--limit", "xml-depth=2560", "-q"];
    let to = |arguments: &[&str]| done(&banshi(folder.path(), &[arguments, &deepest].concat()));
    to(&["深.md", "--to", "json,pandoc-json,txt"]);
    to(&["深.json", "-o", "回.pdf", "-o", "回.svg", "-o", "回.docx", "-o", "回.md"]);
    to(&["深.pandoc.json", "-o", "再.md"]);
    let nested = |count: usize| {
        "<w:tbl><w:tr><w:tc>".repeat(count)
            + "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"
            + &"</w:tc></w:tr></w:tbl>".repeat(count)
    };
    word(&folder.path().join("深.docx"), &nested(650));
    to(&["深.docx", "-o", "表.json", "-o", "表.pdf"]);
}

#[test]
fn a_picture_of_too_many_pixels_is_left_out_and_said() {
    let folder = folder();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 1200, 1000);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&vec![200; 1_200_000]).expect("pixels");
    writer.finish().expect("whole");
    let picture = banshi::tree::Picture { target: "图.png".into(), bytes: file };
    let mut source = serde_json::json!({ "banshi": 1, "document": { "blocks": [
        { "kind": { "image": { "target": "图.png", "alt": "一张图" } } }
    ] } });
    source["document"]["pictures"] = serde_json::json!([picture]);
    fs::write(folder.path().join("图.json"), source.to_string()).expect("written");
    let output = banshi(folder.path(), &["图.json", "--to", "pdf", "--limit", "pixels=1", "--strict"]);
    refused(
        &output,
        3,
        "the picture 图.png is not drawn: it has more than 1 million pixels, namely 2; raise the limit pixels",
    );
    done(&banshi(folder.path(), &["图.json", "--to", "pdf", "--strict"]));
}

#[test]
fn pages_are_bounded_before_they_are_set_where_the_text_is_far_too_long() {
    let folder = folder();
    fs::write(folder.path().join("长.txt"), "各单位要抓好落实，把工作做细做实。\n".repeat(60))
        .expect("written");
    let words = "长.txt: it takes more pages than 2, namely 3; raise the limit pages if you trust the file (--limit pages=3)";
    bounded(folder.path(), "长.txt", "pdf", "pages=2", words, "pages=3");
    refused(&banshi(folder.path(), &["长.txt", "--to", "svg", "--limit", "pages=2"]), 1, "more pages than 2");
    fs::write(folder.path().join("很长.txt"), "各单位要抓好落实，把工作做细做实。\n".repeat(200_000))
        .expect("written");
    let begun = std::time::Instant::now();
    refused(
        &banshi(folder.path(), &["很长.txt", "--to", "pdf", "--limit", "pages=100", "--plain"]),
        1,
        "more pages than 100",
    );
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn lines_are_bounded_before_paragraphs_are_made_of_them() {
    let folder = folder();
    fs::write(folder.path().join("行.txt"), "甲\n".repeat(50)).expect("written");
    let words = "行.txt: it has more lines or paragraphs than 40, namely 50; raise the limit lines if you trust the file (--limit lines=50)";
    bounded(folder.path(), "行.txt", "md", "lines=40", words, "lines=50");
}

#[test]
fn limits_are_named_and_listed() {
    let folder = folder();
    let limit = |text: &str, words: &str| {
        refused(&banshi(folder.path(), &["讲话.txt", "--to", "md", "--limit", text]), 2, words);
    };
    limit("page=3", "no such limit (did you mean pages?); there are input, entries");
    limit("pages", "a name, = and a number are needed");
    limit("pages=0", "a whole number from 1");
    limit("nesting=1001", "from 1 to 1000");
    let help = printed(&banshi(folder.path(), &["--help"]));
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/settings.md")).expect("a page");
    for row in TABLE {
        assert!(
            page.contains(&format!("| `{}` | {} | {} |", row.name, row.default, row.highest)),
            "{}",
            row.name
        );
        assert!(help.contains(&format!("{}={}", row.name, row.default)), "{}: {help}", row.name);
    }
}
