//! Whole documents, line by line: `role|text`. `title+` is a further line of the title; `~` is an empty line. Blanks
//! at the start of a line count for nothing.

mod aligned;
mod boxed;
mod cases;
mod corrected;
mod documents;
mod generated;
mod markdown_marks;
mod numbering;
mod official;
mod pages;
mod sites;
mod tabbed;
mod tree;
mod verse;
mod wild;

use crate::correction::Corrections;
use crate::diagnostic::Diagnostics;
use crate::options::{LineMode, Options};
use crate::tree::{Appearance, Block, BlockKind, Document, Paragraph, Role, Stated};

use super::{read, recognise};

fn decode(text: &str) -> Document {
    let mut options = Options::new().unwrap();
    options.lines = LineMode::Keep;
    crate::decode::text::decode_str(text, &options, &mut Diagnostics::default())
}

fn name(role: Role) -> String {
    match role.level() {
        Some(level) => format!("{}{level}", role.name()),
        None => role.name().to_owned(),
    }
}

/// A role, or one with `+` for a further line of the paragraph, and a line.
type Lines = Vec<(String, String)>;

/// The lines that `script` wants and those that recognition gives, and whether a second pass changes nothing.
/// A line whose role ends in `&` goes on the one before it without a break, one whose role ends in `>` behind a gap.
fn compare(script: &str) -> (Lines, Lines, bool) {
    let mut text = String::new();
    let mut wanted = Lines::new();
    for line in script.trim().lines() {
        let line = line.trim_start_matches(' ');
        if line == "~" {
            text.push('\n');
            continue;
        }
        let (role, line) = line.split_once('|').unwrap();
        text.push_str(line);
        text.push('\n');
        let line = line.trim_matches(char::is_whitespace);
        match wanted.last_mut().filter(|_| role.ends_with(['&', '>'])) {
            Some((_, above)) => {
                above.push_str(if role.ends_with('>') { "\u{3000}\u{3000}" } else { "" });
                above.push_str(line);
            }
            None => wanted.push((role.to_owned(), line.to_owned())),
        }
    }
    let mut document = decode(&text);
    let mut diagnostics = Diagnostics::default();
    recognise(&mut document, &mut diagnostics);
    let mut got = Lines::new();
    for block in &document.blocks {
        let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
        let role = name(paragraph.role);
        for (index, line) in paragraph.text().split('\n').enumerate() {
            let role = if index == 0 { role.clone() } else { format!("{role}+") };
            got.push((role, line.trim_start().to_owned()));
        }
    }
    let again = document.clone();
    // What a Word file of it states is read as it was, whether it was edited or not.
    for stated in [Stated::Some, Stated::Roles] {
        let otherwise = read_otherwise(&document, stated);
        assert!(otherwise.is_empty(), "{stated:?} {otherwise:#?}");
    }
    recognise(&mut document, &mut diagnostics);
    (wanted, got, document == again)
}

/// What a Word file holds of a document: roles by styles, run-in headings by their style, no marker and no point.
fn as_word_keeps(document: &Document) -> Document {
    let mut kept = document.clone();
    for block in &mut kept.blocks {
        block.origin.appearance = Appearance::default();
        if let BlockKind::Paragraph(paragraph) = &mut block.kind {
            paragraph.marker = None;
            paragraph.points.clear();
        }
    }
    kept
}

/// The paragraphs that a reader of the Word file of a recognised document takes for something else.
fn read_otherwise(document: &Document, stated: Stated) -> Vec<(Paragraph, Paragraph)> {
    let mut again = as_word_keeps(document);
    read(&mut again, stated, &Corrections::default(), 1, &mut Diagnostics::default());
    let paragraphs = |document: &Document| -> Vec<Paragraph> {
        document.blocks.iter().filter_map(Block::paragraph).cloned().collect()
    };
    let (one, two) = (paragraphs(document), paragraphs(&again));
    one.into_iter().zip(two).filter(|(one, two)| one != two).collect()
}

fn show(lines: &Lines) -> String {
    lines.iter().map(|(role, text)| format!("{role}|{text}\n")).collect()
}

/// Recognises the texts of `script` and compares the roles with those it gives.
#[track_caller]
fn check(script: &str) {
    let (wanted, got, settled) = compare(script);
    assert!(got == wanted, "wanted\n{}\ngot\n{}", show(&wanted), show(&got));
    assert!(settled, "a second pass changes something");
}

const BODY: &str =
    "今年以来，全局上下围绕中心工作，扎实推进各项任务，取得了比较明显的成效，也积累了一些经验。";
