//! Characters in = characters out + characters reported, for every sample and every format.

mod support;

use std::io::{Cursor, Read as _};

use banshi::diagnostic::{Diagnostics, Kind};
use banshi::roundtrip::{Trip, What, chain, there_and_back};
use banshi::tree::Document;
use banshi::{Diagnostic, Format};
use support::{authored, characters, decoded, options, samples, visible};

fn sorted(text: &str) -> Vec<char> {
    let mut characters: Vec<_> = text.chars().collect();
    characters.sort_unstable();
    characters
}

/// The characters that encoders say they could not keep. The language of a code block is none of its characters.
fn dropped(diagnostics: &[Diagnostic]) -> String {
    let lost =
        diagnostics.iter().filter(|found| found.kind == Kind::Dropped && found.code != "code-language");
    visible(&lost.map(|found| found.text.as_str()).collect::<String>())
}

#[test]
fn a_text_is_in_its_tree_to_the_letter() {
    for sample in samples().iter().filter(|sample| sample.extension().is_some_and(|e| e == "txt")) {
        let bytes = std::fs::read(sample).expect("readable");
        let text = banshi::charset::decode(&bytes, None, false, &mut Diagnostics::default()).expect("a text");
        assert_eq!(characters(&decoded(sample).value), visible(&text), "{}", sample.display());
    }
}

#[test]
fn what_is_left_out_is_reported_with_its_text() {
    for sample in samples() {
        let document = decoded(&sample).value;
        let encoded = banshi::encode(&document, Format::Text, &options()).expect("encodes");
        let left_out = encoded.diagnostics.iter().filter(|found| found.kind == Kind::LeftOut);
        let left_out = visible(&left_out.map(|found| found.text.as_str()).collect::<String>());
        let both = left_out + &characters(&authored(&document));
        assert_eq!(sorted(&both), sorted(&characters(&document)), "{}", sample.display());
    }
}

#[test]
fn json_returns_the_same_tree() {
    for sample in samples() {
        let document = decoded(&sample).value;
        let json = banshi::encode(&document, Format::Json, &options()).expect("encodes").value;
        assert_eq!(banshi::decode(&json, Format::Json, &options()).expect("decodes").value, document);
    }
}

#[test]
fn markdown_returns_the_same_characters() {
    for sample in samples() {
        let document = authored(&decoded(&sample).value);
        let markdown = banshi::encode(&document, Format::Markdown, &options()).expect("encodes");
        let back = banshi::decode(&markdown.value, Format::Markdown, &options()).expect("decodes").value;
        assert_eq!(characters(&back), characters(&document), "{}", sample.display());
    }
}

/// The text of a part of a Word file: what stands in `w:t`.
fn word_text(docx: &[u8], part: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("a package");
    let mut xml = String::new();
    archive.by_name(part).ok()?.read_to_string(&mut xml).expect("UTF-8");
    let runs = xml.split("<w:t").skip(1).filter(|rest| rest.starts_with(['>', ' ']));
    let text: String =
        runs.filter_map(|rest| Some(&rest[rest.find('>')? + 1..rest.find("</w:t>")?])).collect();
    Some(
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&amp;", "&"),
    )
}

#[test]
fn word_files_hold_every_character() {
    for sample in samples() {
        let document = authored(&decoded(&sample).value);
        let docx = banshi::encode(&document, Format::Docx, &options()).expect("encodes");
        let mut text = word_text(&docx.value, "word/document.xml").expect("a document");
        text.push_str(&word_text(&docx.value, "word/footnotes.xml").unwrap_or_default());
        let got = visible(&text) + &dropped(&docx.diagnostics);
        let wanted = characters(&document);
        // The boxes of task items are text in Word.
        let got: String = got.chars().filter(|c| wanted.contains(*c) || !"☐☑".contains(*c)).collect();
        assert_eq!(sorted(&got), sorted(&wanted), "{}", sample.display());
        if document.notes.is_empty() {
            assert_eq!(got, wanted, "{}", sample.display());
        }
    }
}

#[test]
fn pages_hold_every_character_in_order() {
    for sample in samples() {
        let document = authored(&decoded(&sample).value);
        let mut diagnostics = Diagnostics::default();
        let pages = banshi::layout::layout(&document, &options(), &mut diagnostics);
        let text: String =
            pages.pages.iter().flat_map(|page| &page.lines).map(banshi::layout::Line::source).collect();
        let wanted = characters(&document);
        let got = visible(&text) + &dropped(&diagnostics.into_vec());
        assert_eq!(sorted(&got), sorted(&wanted), "{}", sample.display());
        if document.notes.is_empty() {
            assert_eq!(got, wanted, "{}", sample.display());
        }
    }
}

/// No character is lost unreported on the way through a format into another, whichever they are.
fn through_every_pair(document: &Document, name: &str) {
    const FORMATS: [Format; 4] = [Format::Text, Format::Markdown, Format::Docx, Format::PandocJson];
    let unreported = |trip: &Trip| {
        let lost =
            trip.differences.iter().filter(|found| found.what == What::Text && found.declared.is_none());
        lost.cloned().collect::<Vec<_>>()
    };
    for first in FORMATS {
        for second in FORMATS.into_iter().filter(|second| *second != first) {
            let (legs, _) = chain(document, &[first, second], &options()).expect("there and back");
            for leg in &legs {
                assert_eq!(unreported(leg), [], "{name}: {first}, {second}");
            }
        }
    }
    for format in [Format::Json, Format::Pdf] {
        let trip = there_and_back(document, format, &options()).expect("there and back");
        assert_eq!(unreported(&trip), [], "{name}: {format}");
    }
}

#[test]
fn every_pair_of_formats_keeps_every_character() {
    for sample in samples() {
        through_every_pair(&decoded(&sample).value, &sample.display().to_string());
    }
}

/// The files of a folder, of the folders in it too.
fn files_in(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            files.append(&mut files_in(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The same of the documents in the folder of measurements, where it is at hand.
#[test]
fn every_pair_of_formats_keeps_every_character_of_the_corpus() {
    let Some(folder) = std::env::var_os("BANSHI_CORPUS") else { return };
    let mut count = 0;
    for part in ["structure", "markdown", "docx", "docx-peers", "encodings"] {
        for path in files_in(&std::path::Path::new(&folder).join(part)) {
            let name = path.display().to_string();
            let Some(from) = Format::of_source(&name).filter(|format| format.row().is_document()) else {
                continue;
            };
            let bytes = std::fs::read(&path).expect("readable");
            let Ok(decoded) = banshi::decode(&bytes, from, &options()) else { continue };
            through_every_pair(&decoded.value, &name);
            count += 1;
        }
    }
    println!("{count} documents keep every character through every pair of formats");
}
