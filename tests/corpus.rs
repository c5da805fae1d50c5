//! Measures against a folder of real documents, named by the variable `BANSHI_CORPUS`. Without it, nothing is
//! measured: the documents are other people's and are not part of the project.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use banshi::diagnostic::Diagnostics;
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
                let hash: String =
                    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
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
    let python = misses.iter().filter(|miss| miss.contains("gbk_euro_0x80")).count();
    misses.retain(|miss| !miss.contains("gbk_euro_0x80"));
    println!(
        "{right} of {} right; {python} where the label is Python's reading of 0x80; {} refused:\n  {}\n{} missed:\n  {}",
        labels.len(),
        refused.len(),
        refused.join("\n  "),
        misses.len(),
        misses.join("\n  ")
    );
    assert_eq!(right + python + refused.len() + misses.len(), labels.len());
    assert!(misses.is_empty(), "{}", misses.join("\n"));
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
