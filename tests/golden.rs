//! What comes of every sample, in files that a person can read: `tests/golden/<sample>/`.
//! `UPDATE_EXPECT=1 cargo test --test golden` rewrites them; read the difference as you would read code.

mod support;

use std::fs;
use std::path::Path;

use banshi::{Diagnostic, Format};
use expect_test::expect_file;
use support::{decoded, options, samples};

/// The findings of the encoders and of the charset. Roles stand in the outline.
fn findings(diagnostics: &[Diagnostic]) -> String {
    diagnostics
        .iter()
        .filter(|found| found.kind > banshi::diagnostic::Kind::Inferred || found.code == "encoding-guessed")
        .map(|found| format!("{}: {}: {} [{}]\n", found.at, found.kind.name(), found.message, found.code))
        .collect()
}

#[test]
fn samples_give_what_their_goldens_say() {
    let options = options();
    for sample in samples() {
        let name = sample.file_name().expect("a name").to_string_lossy().into_owned();
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(&name);
        fs::create_dir_all(&golden).expect("a folder for the goldens");
        let decoded = decoded(&sample);

        let units = banshi::outline::units(&decoded.value, &decoded.diagnostics);
        expect_file![golden.join("outline.txt")]
            .assert_eq(&banshi::outline::render(&units, banshi::Language::English));

        let markdown = banshi::encode(&decoded.value, Format::Markdown, &options).expect("encodes");
        expect_file![golden.join("markdown.md")]
            .assert_eq(&String::from_utf8(markdown.value).expect("UTF-8"));

        let mut found = decoded.diagnostics.clone();
        for format in [Format::Docx, Format::Pdf] {
            found.extend(banshi::encode(&decoded.value, format, &options).expect("encodes").diagnostics);
        }
        let mut report = findings(&decoded.diagnostics);
        let mut seen = std::collections::BTreeSet::new();
        found.drain(..decoded.diagnostics.len());
        found.retain(|finding| seen.insert((finding.at.clone(), finding.message.clone())));
        report.push_str(&findings(&found));
        expect_file![golden.join("diagnostics.txt")].assert_eq(&report);
    }
}
