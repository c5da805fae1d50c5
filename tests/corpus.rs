//! Measures against a folder of real documents, named by the variable `BANSHI_CORPUS`. Without it, nothing is
//! measured: the documents are other people's and are not part of the project.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use banshi::diagnostic::Diagnostics;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn corpus(part: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("BANSHI_CORPUS")?).join(part);
    folder.is_dir().then_some(folder)
}

/// `encodings/LABELS.json` names the encoding of each file and the SHA-256 of its text in UTF-8. A file is right
/// when its text is, or when it is refused because it is damaged or in an encoding that is not read.
#[test]
fn encodings_are_recognised() {
    let Some(folder) = corpus("encodings") else { return };
    let labels = fs::read(folder.join("LABELS.json")).expect("labels");
    let labels: BTreeMap<String, Value> = serde_json::from_slice(&labels).expect("JSON");
    let (mut right, mut refused, mut misses) = (0, Vec::new(), Vec::new());
    for (name, label) in &labels {
        let bytes = fs::read(folder.join(name)).expect("readable");
        match banshi::charset::decode(&bytes, None, false, &mut Diagnostics::default()) {
            Ok(text) => {
                let hash: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
                if label["decoded_sha256"].as_str() == Some(&hash) {
                    right += 1;
                } else {
                    misses.push(format!("{name}: {} read as another text", label["encoding"]));
                }
            }
            Err(error) => refused.push(format!("{name}: {}: {error}", label["encoding"])),
        }
    }
    // This label gives the text that Python makes of 0x80; code page 936 has the euro sign there.
    misses.retain(|miss| !miss.contains("gbk_euro_0x80"));
    println!("{right} of {} right; refused:\n  {}", labels.len(), refused.join("\n  "));
    assert!(misses.is_empty(), "{}", misses.join("\n"));
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
                    let word = matches!(namespace, ResolveResult::Bound(uri) if uri.0.windows(16).any(|w| w == b"wordprocessingml"));
                    open.push((name, word));
                }
                Event::End(_) => {
                    fallback -= usize::from(open.pop().is_some_and(|(name, _)| name == b"Fallback"));
                }
                Event::Text(piece)
                    if fallback == 0 && open.last().is_some_and(|(name, word)| *word && name == b"t") =>
                {
                    text.push_str(&piece.xml10_content().expect("text"));
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

/// What a paragraph is, as labels and the outline say it.
struct Unit {
    /// Its text without white space.
    text: Vec<char>,
    role: String,
    level: Option<u64>,
    /// Left out of the score: readers would disagree.
    ambiguous: bool,
}

fn labelled(units: &Value) -> Vec<Unit> {
    let units = units["units"].as_array().expect("units");
    let unit = |unit: &Value| {
        let text = unit["text"].as_str().expect("a text");
        let role = unit["role"].as_str().expect("a role");
        Unit {
            text: text
                .chars()
                .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}'))
                .collect(),
            role: if role == "subtitle" { "meta" } else { role }.to_owned(),
            level: unit["level"].as_u64(),
            ambiguous: unit["ambiguous"] == true,
        }
    };
    units.iter().map(unit).collect()
}

/// Counts of one role.
#[derive(Default)]
struct Score {
    right: usize,
    missed: usize,
    wrong: usize,
}

impl Score {
    fn f1(&self) -> f64 {
        let all = 2 * self.right + self.missed + self.wrong;
        if all == 0 { 1.0 } else { 2.0 * self.right as f64 / all as f64 }
    }
}

/// Both sides cut one text into units, so they are laid side by side by their characters. A unit is right where the
/// same characters have the same role; several of one role may be joined, as the lines of a title are.
fn compare(
    gold: &[Unit],
    found: &[Unit],
    scores: &mut BTreeMap<String, Score>,
    misses: &mut Vec<String>,
) -> (usize, usize, bool) {
    let starts = |units: &[Unit]| -> Vec<(usize, usize)> {
        let ends = units.iter().scan(0, |end, unit| {
            let start = *end;
            *end += unit.text.len();
            Some((start, *end))
        });
        ends.collect()
    };
    let (gold_spans, spans) = (starts(gold), starts(found));
    let (mut levels, mut level_hits, mut skeleton) = (0, 0, true);
    let bears = |role: &str| !matches!(role, "body" | "point" | "boilerplate" | "closing");
    let mut met = vec![false; found.len()];
    for (unit, (start, end)) in gold.iter().zip(gold_spans) {
        let at = spans.partition_point(|(_, last)| *last <= start).min(found.len().saturating_sub(1));
        let other = &found[at];
        let whole = spans[at].0 == start && spans[at].1 == end;
        let joined =
            spans[at].0 <= start && end <= spans[at].1 && other.role == unit.role && unit.role != "body";
        met[at] = true;
        if unit.ambiguous {
            continue;
        }
        let score = scores.entry(unit.role.clone()).or_default();
        if (whole || joined) && other.role == unit.role {
            score.right += 1;
            if unit.role == "heading" {
                levels += 1;
                level_hits += usize::from(unit.level == other.level);
                skeleton &= unit.level == other.level;
            }
            continue;
        }
        score.missed += 1;
        scores.entry(other.role.clone()).or_default().wrong += 1;
        skeleton &= !bears(&unit.role) && !bears(&other.role);
        let words: String = unit.text.iter().take(24).collect();
        misses.push(format!("{} read as {}: {words}", unit.role, other.role));
    }
    for (unit, _) in found.iter().zip(met).filter(|(unit, met)| !met && !unit.text.is_empty()) {
        scores.entry(unit.role.clone()).or_default().wrong += 1;
        skeleton &= !bears(&unit.role);
    }
    (levels, level_hits, skeleton)
}

/// `structure/NAME.gold.json` holds the units of `NAME.txt`, each with its role, as `banshi outline --json` prints them.
#[test]
fn structure_is_recognised() {
    let Some(folder) = corpus("structure") else { return };
    let options = banshi::Options::new().expect("the built-in profile");
    let (mut scores, mut misses) = (BTreeMap::new(), Vec::new());
    let (mut levels, mut level_hits, mut skeletons, mut documents) = (0, 0, 0, 0);
    let mut names: Vec<_> =
        fs::read_dir(&folder).expect("readable").map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    for path in names.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        let gold = fs::read(path.with_extension("gold.json")).expect("labels");
        let gold = labelled(&serde_json::from_slice(&gold).expect("JSON"));
        let bytes = fs::read(path).expect("readable");
        let decoded = banshi::decode(&bytes, banshi::Format::Text, &options).expect("a text");
        let units = banshi::outline::units(&decoded.value, &decoded.diagnostics);
        let found = labelled(&serde_json::json!({ "units": units }));
        let mut own = Vec::new();
        let (all, hits, skeleton) = compare(&gold, &found, &mut scores, &mut own);
        levels += all;
        level_hits += hits;
        documents += 1;
        skeletons += usize::from(skeleton);
        misses.extend(own.into_iter().map(|miss| format!("{}: {miss}", path.display())));
    }
    for (role, score) in &scores {
        println!(
            "{role:12} {:5} right {:4} missed {:4} wrong  F1 {:.3}",
            score.right,
            score.missed,
            score.wrong,
            score.f1()
        );
    }
    println!("levels {level_hits} of {levels}; skeletons {skeletons} of {documents}");
    println!("{}", misses.join("\n"));
    let mut micro = Score::default();
    for (_, score) in scores.iter().filter(|(role, _)| *role != "body") {
        micro.right += score.right;
        micro.missed += score.missed;
        micro.wrong += score.wrong;
    }
    assert!(micro.f1() >= 0.95, "all roles but body: {:.3}", micro.f1());
    for (role, least) in [
        ("heading", 0.97),
        ("title", 0.97),
        ("meta", 0.94),
        ("signature", 0.94),
        ("date", 0.94),
        ("salutation", 0.94),
        ("closing", 0.88),
        ("attachment", 0.88),
        ("boilerplate", 0.88),
    ] {
        let f1 = scores.get(role).map_or(1.0, Score::f1);
        assert!(f1 >= least, "{role}: {f1:.3} is less than {least}");
    }
    assert!(level_hits * 100 >= levels * 97, "levels: {level_hits} of {levels}");
    assert!(skeletons * 100 >= documents * 72, "skeletons: {skeletons} of {documents}");
}
