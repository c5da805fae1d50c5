//! The table of the READMEs that says what the samples keep on their way through each format and back.
//! `UPDATE_EXPECT=1 cargo test` writes it anew.

mod support;

use std::fs;
use std::path::Path;

use banshi::Format;
use banshi::roundtrip::{Kept, there_and_back};
use support::{decoded, options, samples};

/// Parts of all, in hundredths, never rounded up to a whole.
fn share(kept: Kept) -> String {
    let hundredths = kept.kept * 10_000 / kept.total.max(1);
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => format!("{whole} %"),
        (whole, part) => format!("{whole}.{part:02} %"),
    }
}

fn add(sum: &mut Kept, kept: Kept) {
    sum.kept += kept.kept;
    sum.total += kept.total;
}

/// A row for every way, without its head.
fn rows() -> String {
    let mut stated = options();
    stated.attributes = true;
    let ways = [
        ("txt", Format::Text, options()),
        ("md", Format::Markdown, options()),
        ("md `--attributes`", Format::Markdown, stated),
        ("docx", Format::Docx, options()),
        ("json", Format::Json, options()),
        ("pandoc-json", Format::PandocJson, options()),
        ("pdf", Format::Pdf, options()),
    ];
    let documents: Vec<_> = samples().iter().map(|sample| decoded(sample).value).collect();
    let mut rows = String::new();
    for (name, format, options) in ways {
        let (mut characters, mut blocks, mut roles) = (Kept::default(), Kept::default(), Kept::default());
        for document in &documents {
            let trip = there_and_back(document, format, &options).expect("there and back");
            add(&mut characters, trip.characters);
            add(&mut blocks, trip.blocks.unwrap_or_default());
            add(&mut roles, trip.roles.unwrap_or_default());
        }
        let of_tree = |kept: Kept| if kept.total == 0 { "–".to_owned() } else { share(kept) };
        rows.push_str(&format!(
            "| {name} | {} | {} | {} |\n",
            share(characters),
            of_tree(blocks),
            of_tree(roles)
        ));
    }
    rows
}

#[test]
fn the_table_of_fidelity_is_that_of_the_samples() {
    let rows = rows();
    for name in ["README.md", "README.zh-CN.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = fs::read_to_string(&path).expect("the file");
        let start = text.find("<!-- fidelity -->").expect("where the table begins");
        let rule = "|---|---|---|---|\n";
        let start = start + text[start..].find(rule).expect("a head") + rule.len();
        let end = start + text[start..].find("<!-- fidelity ends -->").expect("where the table ends");
        let wanted = format!("{}{rows}{}", &text[..start], &text[end..]);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, wanted).expect("written");
        } else {
            assert!(
                text == wanted,
                "the table in {name} is stale; UPDATE_EXPECT=1 cargo test --test fidelity:\n{rows}"
            );
        }
    }
}
