//! A text read and written again is the same text, but for what the findings name.

#[allow(dead_code, reason = "not every test that includes this module needs all of it")]
#[path = "support/tree.rs"]
mod generated;

use banshi::charset::{Encoding, encode};
use banshi::diagnostic::Kind;
use banshi::options::{LineMode, Structure};
use banshi::{Diagnostic, Format, Options};
use generated::{bare, cases, nasty};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn options(encoding: Encoding) -> Options {
    let mut options = Options::new().expect("the built-in profile");
    (options.structure, options.lines, options.keep_boilerplate) = (Structure::Keep, LineMode::Keep, true);
    (options.encoding, options.text.encoding) = (Some(encoding), encoding);
    options
}

/// What ends lines and pages, and what texts have at the ends of lines.
const ENDS: &[&str] =
    &["\n", "\r\n", "\r", "\n\n", "\r\r\n", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"];
const BLANKS: &[&str] =
    &["", "", "　　", "\t", "  ", "\u{A0}", "\u{FEFF}", "\u{200B}", "\u{2060}", "\u{1}", "\u{1A}"];

fn texts() -> impl Strategy<Value = String> {
    let line = (select(BLANKS), nasty(), select(BLANKS), select(ENDS));
    (vec(line, 0..8), nasty()).prop_map(|(lines, last)| {
        let lines = lines.into_iter().map(|(indent, text, blank, end)| format!("{indent}{text}{blank}{end}"));
        lines.collect::<String>() + &last
    })
}

/// The lines with something on them, form feeds among them, without the blanks at their ends.
fn lines(text: &str) -> Vec<String> {
    let text = text.replace('\u{C}', "\n\u{C}\n");
    let ends = |c: char| matches!(c, '\n' | '\r' | '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let lines = text.split(ends).map(|line| if line == "\u{C}" { line } else { line.trim() });
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The text without the characters that the findings name as left out, and with those that they name as replaced.
fn as_reported(text: &str, findings: &[Diagnostic]) -> String {
    let gone = |code: &str| code.ends_with("-removed") || code == "byte-order-mark";
    let mut left: Vec<char> =
        findings.iter().filter(|found| gone(found.code)).flat_map(|found| found.text.chars()).collect();
    let mut kept = String::new();
    for c in text.chars() {
        match left.iter().position(|other| *other == c) {
            Some(at) => drop(left.swap_remove(at)),
            None => kept.push(c),
        }
    }
    assert!(left.is_empty(), "named and not there: {left:?}");
    for found in findings.iter().filter(|found| found.code == "character-unified") {
        let new = found.message.to_string();
        let new =
            new.split("written as ").nth(1).and_then(|rest| rest.chars().next()).expect("its character");
        kept = kept.replace(&found.text, &new.to_string());
    }
    kept
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_text_comes_back_but_for_what_is_named(
        text in texts(),
        encoding in select(vec![Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030]),
    ) {
        // A mark at the start of the bytes is no part of the text.
        let text = text.trim_start_matches('\u{FEFF}');
        let (bytes, lacking) = encode(text, encoding);
        prop_assume!(lacking.is_empty());
        let options = options(encoding);
        let read = banshi::decode(&bytes, Format::Text, &options).expect("reads");
        let written = banshi::encode(&read.value, Format::Text, &options).expect("writes");
        let (silent, mild) = (Kind::Inferred, &written.diagnostics);
        prop_assert!(mild.iter().all(|found| found.kind == silent || found.code == "unmarked-role"), "{:?}", mild);
        let mut findings = Vec::new();
        let mut diagnostics = banshi::diagnostic::Diagnostics::default();
        let again = banshi::charset::decode(&written.value, Some(encoding), false, &mut diagnostics).expect("text");
        findings.extend(read.diagnostics);
        prop_assert_eq!(lines(&again), lines(&as_reported(text, &findings)), "{:?}", again);
        let back = banshi::decode(&written.value, Format::Text, &options).expect("reads");
        prop_assert_eq!(bare(back.value), bare(read.value));
    }
}

/// Lines that show nothing, and line ends of every sort, one by one.
#[test]
fn what_shows_nothing_is_named_with_its_characters_and_lines() {
    let read = |text: &str| {
        let options = options(Encoding::Utf8);
        let read = banshi::decode(text.as_bytes(), Format::Text, &options).expect("reads");
        let written = banshi::encode(&read.value, Format::Text, &options).expect("writes").value;
        let found = |found: &Diagnostic| (found.code, found.at.to_string(), found.text.clone());
        let found: Vec<_> =
            read.diagnostics.iter().filter(|found| found.kind > Kind::Noticed).map(found).collect();
        (String::from_utf8(written).expect("UTF-8"), found)
    };
    let (text, found) = read("甲\n\u{200B}\n\u{2060}\u{200B}\n乙\u{1}\n\u{1}\n丙");
    assert_eq!(text, "　　甲\n　　乙\n　　丙\n");
    let named = |code, at: &str, text: &str| (code, at.to_owned(), text.to_owned());
    assert_eq!(
        found,
        [
            named("zero-width-removed", "2-3", "\u{200B}\u{2060}\u{200B}"),
            named("control-removed", "4-5", "\u{1}\u{1}"),
        ]
    );
    let (text, found) = read("甲\r乙\r\n丙\u{2028}丁\u{FEFF}戊\u{C}己");
    assert_eq!(text, "　　甲\n　　乙\n　　丙\n　　丁戊\n\u{C}\n　　己\n");
    let codes: Vec<_> = found.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes, ["line-end-crlf", "line-end-cr", "line-end-unicode", "byte-order-mark", "form-feed"]);
}
