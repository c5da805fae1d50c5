//! Word files of the folder that the variable `BANSHI_CORPUS` names, read and compared with a walk of their XML. Without
//! it, nothing is measured: the documents are other people's and are not part of the project.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use serde_json::Value;

fn corpus(part: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("BANSHI_CORPUS")?).join(part);
    folder.is_dir().then_some(folder)
}

/// The characters of a Word file that a walk of `w:t` finds in its text and its notes; of the alternatives of a
/// drawing those that are read first.
fn walked(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut part = Vec::new();
        let mut file = archive.by_index(index).expect("a part");
        if !file.name().ends_with(".xml") || file.read_to_end(&mut part).is_err() {
            continue;
        }
        let Ok(part) = String::from_utf8(part) else { continue };
        let mut reader = quick_xml::NsReader::from_str(&part);
        let (mut open, mut fallback, mut root) = (Vec::new(), 0, true);
        // The run is in a face of signs, in which a private code becomes the sign that it shows.
        let mut signs = false;
        while let Ok((namespace, event)) = reader.read_resolved_event() {
            match event {
                Event::Start(tag) => {
                    let name = tag.local_name().as_ref().to_vec();
                    if std::mem::take(&mut root)
                        && !matches!(name.as_slice(), b"document" | b"footnotes" | b"endnotes")
                    {
                        break;
                    }
                    fallback += usize::from(name == b"Fallback");
                    signs = name != b"r" && (signs || is_face_of_signs(&tag));
                    let word = matches!(namespace, ResolveResult::Bound(uri) if uri.0.windows(16).any(|w| w == b"wordprocessingml"));
                    open.push((name, word));
                }
                Event::Empty(tag) => signs |= is_face_of_signs(&tag),
                Event::End(_) => {
                    fallback -= usize::from(open.pop().is_some_and(|(name, _)| name == b"Fallback"));
                }
                Event::Text(piece)
                    if fallback == 0 && open.last().is_some_and(|(name, word)| *word && name == b"t") =>
                {
                    let piece = piece.xml10_content().expect("text");
                    text.extend(piece.chars().filter(|c| !signs || !('\u{F000}'..='\u{F0FF}').contains(c)));
                }
                Event::GeneralRef(name)
                    if fallback == 0 && open.last().is_some_and(|(name, word)| *word && name == b"t") =>
                {
                    let name = name.decode().expect("a name");
                    text.push_str(&quick_xml::escape::unescape(&format!("&{name};")).expect("an entity"));
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether the fonts that a run names are those of signs.
fn is_face_of_signs(tag: &BytesStart) -> bool {
    let faces: [&[u8]; 3] = [b"Wingdings", b"Wingdings 2", b"Symbol"];
    let named = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == b"ascii");
    tag.local_name().as_ref() == b"rFonts" && named.is_some_and(|name| faces.contains(&name.value.as_ref()))
}

/// Takes the characters of a text out of those that are wanted.
fn take(wanted: &mut BTreeMap<char, usize>, text: &str) {
    for c in text.chars() {
        if let Some(count) = wanted.get_mut(&c) {
            *count = count.saturating_sub(1);
        }
    }
}

fn word_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            word_files(&path, found);
        } else if path.extension().is_some_and(|e| matches!(e.to_str(), Some("docx" | "docm" | "dotx"))) {
            found.push(path);
        }
    }
    found.sort();
}

/// Every character that a walk of `w:t` finds in `docx` and `docx-peers` is in the tree or reported; each file is read
/// within two seconds.
#[test]
fn every_character_of_word_files_is_read_or_reported() {
    let mut files = Vec::new();
    for part in ["docx", "docx-peers"] {
        let Some(folder) = corpus(part) else { return };
        word_files(&folder, &mut files);
    }
    let options = banshi::Options::new().expect("the built-in profile");
    let (mut read, mut characters, mut left_out, mut lost) = (0, 0, 0, Vec::new());
    for file in &files {
        let bytes = fs::read(file).expect("readable");
        let start = std::time::Instant::now();
        let decoded = match banshi::decode(&bytes, banshi::Format::Docx, &options) {
            Ok(decoded) => decoded,
            Err(error) => {
                println!("{}: refused: {error}", file.display());
                continue;
            }
        };
        assert!(start.elapsed().as_secs() < 2, "{}: {:?}", file.display(), start.elapsed());
        read += 1;
        let mut wanted: BTreeMap<char, usize> = BTreeMap::new();
        walked(&bytes).chars().for_each(|c| *wanted.entry(c).or_default() += 1);
        characters += wanted.values().sum::<usize>();
        let encoded = banshi::encode(&decoded.value, banshi::Format::Json, &options).expect("encodes");
        take(&mut wanted, &strings(&serde_json::from_slice(&encoded.value).expect("JSON")));
        let missing: usize = wanted.values().sum();
        decoded.diagnostics.iter().for_each(|found| take(&mut wanted, &found.text));
        let gone: usize = wanted.values().sum();
        left_out += missing - gone;
        if gone > 0 {
            lost.push(format!("{}: {gone} characters", file.display()));
        }
    }
    println!(
        "{read} of {} files read; {characters} characters, {left_out} of them reported as left out",
        files.len()
    );
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The characters of a tree in JSON: those of text, code, markup and alternative texts.
fn strings(value: &Value) -> String {
    const TEXT: [&str; 5] = ["text", "code", "raw", "alt", "content"];
    match value {
        Value::Array(values) => values.iter().map(strings).collect(),
        Value::Object(fields) => {
            let text = |(name, value): (&String, &Value)| match value {
                Value::String(text) if TEXT.contains(&name.as_str()) => text.clone(),
                value => strings(value),
            };
            fields.iter().map(text).collect()
        }
        _ => String::new(),
    }
}
