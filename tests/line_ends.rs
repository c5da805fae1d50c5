//! No line begins or ends with a mark that may not, at any level of 禁则 (CLREQ 3.1.5; GB/T 15834-2011 5.1): read
//! back from the lines of every sample and, where `BANSHI_CORPUS` names a folder, of every document in it.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use banshi::diagnostic::Diagnostics;
use banshi::layout::{Line, LineKind, layout};
use banshi::profile::Kinsoku;
use banshi::tree::{Document, Role};
use banshi::{Format, Options};
use support::{options, samples};

/// Closing, ending and pausing marks, connectors, 间隔号 and 分隔号.
const NOT_FIRST: &str = "，。、；：．？！）》〉」』】〕］｝〗％·～／";
const NOT_FIRST_STRICT: &str = "—…";
/// Opening marks.
const NOT_LAST: &str = "（《〈「『【〔［｛〖";
const NOT_LAST_GB: &str = "／";

const LEVELS: [Kinsoku; 4] = [Kinsoku::None, Kinsoku::Basic, Kinsoku::Gb, Kinsoku::Strict];

fn forbidden(level: Kinsoku) -> (String, String) {
    match level {
        Kinsoku::None => (String::new(), String::new()),
        Kinsoku::Basic => (NOT_FIRST.to_owned(), NOT_LAST.to_owned()),
        Kinsoku::Gb => (NOT_FIRST.to_owned(), NOT_LAST.to_owned() + NOT_LAST_GB),
        Kinsoku::Strict => (NOT_FIRST.to_owned() + NOT_FIRST_STRICT, NOT_LAST.to_owned() + NOT_LAST_GB),
    }
}

/// Files that can be read, in a folder and all below it.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| ["txt", "md", "docx"].iter().any(|known| e == *known)) {
            found.push(path);
        }
    }
}

fn documents() -> Vec<(PathBuf, Document)> {
    let mut paths = samples();
    if let Some(folder) = std::env::var_os("BANSHI_CORPUS") {
        files(Path::new(&folder), &mut paths);
    }
    paths.sort();
    let decoded = paths.into_iter().filter_map(|path| {
        let format = Format::of_source(path.file_name()?.to_str()?)?;
        let document = banshi::decode(&fs::read(&path).ok()?, format, &options()).ok()?;
        Some((path, document.value))
    });
    decoded.collect()
}

/// Pairs of lines of one paragraph, the second right below the first and not begun by a break of the author.
fn turns<'a>(lines: &'a [&'a Line], document: &str) -> Vec<(&'a Line, &'a Line)> {
    let of_text = |line: &Line| !matches!(line.kind, LineKind::Code | LineKind::PageNumber);
    let follows = |a: &Line, b: &Line| a.paragraph == b.paragraph && of_text(a) && of_text(b);
    let pairs = lines.windows(2).map(|pair| (pair[0], pair[1]));
    pairs
        .filter(|(a, b)| follows(a, b))
        .filter(|(a, b)| {
            let end: Vec<char> = a.source().chars().collect();
            let tail: String = end[end.len().saturating_sub(6)..].iter().collect();
            let head: String = b.source().chars().take(6).collect();
            document.contains(&(tail.clone() + &head)) || !document.contains(&(tail + "\n" + &head))
        })
        .collect()
}

#[test]
fn no_line_begins_or_ends_with_a_mark_that_may_not() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (path, document) in documents() {
        let text = banshi::encode(&document, Format::Text, &options()).expect("text").value;
        let text = String::from_utf8(text).expect("UTF-8");
        for level in LEVELS {
            let (first, last) = forbidden(level);
            let mut options = Options::new().expect("the built-in profile");
            options.profile.kinsoku = level;
            let pages = layout(&document, &options, &mut Diagnostics::default());
            let lines: Vec<&Line> = pages.pages.iter().flat_map(|page| &page.lines).collect();
            for (upper, lower) in turns(&lines, &text) {
                count += 1;
                let (upper, lower) = (upper.source(), lower.source());
                let (upper, lower) = (upper.trim_end(), lower.trim_start());
                let divided = |pair: &str| {
                    let mut pair = pair.chars();
                    upper.chars().next_back() == pair.next() && lower.chars().next() == pair.next()
                };
                // A run of these marks that is longer than a line has to be divided somewhere.
                let endless = |marks: &str| lower.chars().take(20).all(|c| marks.contains(c));
                let of_level = upper.ends_with(|c| last.contains(c))
                    || lower.starts_with(|c| first.contains(c)) && !endless(&first);
                let pair = (divided("——") || divided("……")) && !is_between_pairs(upper);
                if of_level || pair {
                    wrong.push(format!("{} {level:?}: {upper} | {lower}", path.display()));
                }
            }
        }
    }
    println!("{count} line ends, {} of them wrong", wrong.len());
    assert!(count > 500);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// True where a line ends between two of the marks that are made of two characters.
fn is_between_pairs(upper: &str) -> bool {
    let mark = upper.chars().next_back();
    upper.chars().rev().take_while(|c| Some(*c) == mark).count() % 2 == 0
}

#[test]
fn without_rules_some_line_begins_with_a_mark() {
    let (first, _) = forbidden(Kinsoku::Basic);
    let mut options = Options::new().expect("the built-in profile");
    options.profile.kinsoku = Kinsoku::None;
    let begins_with_a_mark = documents().iter().any(|(_, document)| {
        let pages = layout(document, &options, &mut Diagnostics::default());
        let lines: Vec<&Line> = pages.pages.iter().flat_map(|page| &page.lines).collect();
        lines.windows(2).any(|pair| {
            pair[0].paragraph == pair[1].paragraph && pair[1].source().starts_with(|c| first.contains(c))
        })
    });
    assert!(begins_with_a_mark, "the level makes no difference");
}

/// How far the Han characters of a line stand apart, in em beyond their cells: none where no two stand together.
fn spread(line: &Line) -> Option<f64> {
    let han = |c: char| ('一'..='鿿').contains(&c);
    let run = line.runs.iter().max_by_key(|run| run.glyphs.len())?;
    let pairs = run.glyphs.windows(2).filter(|pair| han(pair[0].text) && han(pair[1].text));
    let steps: Vec<f64> = pairs.map(|pair| f64::from(pair[1].x - pair[0].x) / run.size - 1.0).collect();
    steps.into_iter().reduce(f64::min)
}

#[test]
fn few_lines_are_spread() {
    let (mut lines_set, mut loose, mut very_loose, mut squares) = (0_u32, 0_u32, 0_u32, 0.0);
    for (_, document) in documents() {
        let pages = layout(&document, &options(), &mut Diagnostics::default());
        let lines: Vec<&Line> = pages.pages.iter().flat_map(|page| &page.lines).collect();
        for pair in lines.windows(2).filter(|pair| pair[0].paragraph == pair[1].paragraph) {
            if !matches!(pair[0].kind, LineKind::Paragraph(Role::Body)) {
                continue;
            }
            let Some(spread) = spread(pair[0]) else { continue };
            lines_set += 1;
            loose += u32::from(spread > 0.1);
            very_loose += u32::from(spread > 0.25);
            if spread > 0.1 {
                println!("{spread:.2} {} | {}", pair[0].text(), pair[1].text());
            }
            squares += spread.max(0.0).powi(2);
        }
    }
    let mean = (squares / f64::from(lines_set)).sqrt();
    println!(
        "{lines_set} lines: {loose} spread by more than 0.1 em, {very_loose} by more than 0.25; mean {mean:.4}"
    );
    assert!(lines_set > 100);
    assert!(loose * 50 < lines_set, "{loose} of {lines_set} lines are spread by more than a tenth of an em");
    assert!(
        very_loose * 500 < lines_set,
        "{very_loose} of {lines_set} lines are spread by a quarter of an em"
    );
}
