//! One text, many files: whatever the encoding, line ends, indents and wrapping, the tree is the same.

mod support;

use banshi::Format;
use banshi::charset::{Encoding, encode};
use banshi::tree::{BlockKind, Document, Paragraph};
use support::{decoded, options, samples};

/// The paragraphs of a sample as lines, a title of several lines as several.
fn lines(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    document.for_each_paragraph(&mut |_, paragraph| {
        lines.extend(paragraph.text().split('\n').map(str::to_owned));
    });
    lines
}

fn paragraphs(bytes: &[u8]) -> Vec<Paragraph> {
    let document = banshi::decode(bytes, Format::Text, &options()).expect("decodes").value;
    let kinds = document.blocks.into_iter().map(|block| block.kind);
    kinds
        .filter_map(|kind| if let BlockKind::Paragraph(paragraph) = kind { Some(paragraph) } else { None })
        .collect()
}

/// Cuts a line at 38 columns as an old mail program does: 19 Han characters, two of them the indent.
fn wrapped(line: &str) -> String {
    let mut out = String::from("　　");
    let mut columns = 4;
    for c in line.chars() {
        let width = if c.is_ascii() { 1 } else { 2 };
        if columns + width > 38 {
            out.push('\n');
            columns = 0;
        }
        out.push(c);
        columns += width;
    }
    out
}

/// A way of writing the same text down.
type Variant = (&'static str, fn(&[String]) -> String);

const VARIANTS: [Variant; 5] = [
    ("CR LF", |lines| lines.iter().map(|line| format!("{line}\r\n")).collect()),
    ("indents", |lines| lines.iter().map(|line| format!("　　{line}\n")).collect()),
    ("empty lines", |lines| lines.iter().map(|line| format!("{line}\n\n")).collect()),
    ("tabs and spaces at the ends", |lines| lines.iter().map(|line| format!("\t{line}  \n")).collect()),
    ("no last line end", |lines| lines.join("\n")),
];

fn differing(wanted: &[Paragraph], got: &[Paragraph]) -> String {
    let pair = wanted.iter().zip(got).find(|(a, b)| a != b);
    format!("{} and {} paragraphs; first {pair:#?}", wanted.len(), got.len())
}

#[test]
fn one_text_gives_one_tree_however_it_is_written_down() {
    for sample in samples().iter().filter(|sample| sample.extension().is_some_and(|e| e == "txt")) {
        let lines = lines(&decoded(sample).value);
        let plain: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let wanted = paragraphs(plain.as_bytes());
        for encoding in
            [Encoding::Gbk, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Big5]
        {
            let (bytes, lacking) = encode(&plain, encoding);
            if lacking.is_empty() {
                let got = paragraphs(&bytes);
                assert!(
                    got == wanted,
                    "{} in {}: {}",
                    sample.display(),
                    encoding.name(),
                    differing(&wanted, &got)
                );
            }
        }
        for (name, variant) in VARIANTS {
            let got = paragraphs(variant(&lines).as_bytes());
            assert!(got == wanted, "{} with {name}: {}", sample.display(), differing(&wanted, &got));
        }
    }
}

#[test]
fn wrapped_lines_become_the_paragraphs_they_were() {
    for sample in samples().iter().filter(|sample| sample.extension().is_some_and(|e| e == "txt")) {
        let lines = lines(&decoded(sample).value);
        // A text that is too short to show its measure stays as it is.
        if lines.iter().filter(|line| line.chars().count() > 60).count() < 4 {
            continue;
        }
        let plain: String = lines.iter().map(|line| format!("　　{line}\n")).collect();
        // Columns set with spaces are no running text; whoever wraps them loses them.
        let columns = |line: &str| line.contains("　　");
        let wrap = |line: &String| {
            if columns(line) { format!("　　{line}\n") } else { format!("{}\n", wrapped(line)) }
        };
        let text: String = lines.iter().map(wrap).collect();
        let (wanted, got) = (paragraphs(plain.as_bytes()), paragraphs(text.as_bytes()));
        assert!(got == wanted, "{} wrapped: {}", sample.display(), differing(&wanted, &got));
    }
}

/// How a program cuts lines.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cut {
    /// At so many columns, wherever that is.
    Columns,
    /// At so many columns, one character sooner where a mark would begin a line.
    Sooner,
    /// At so many columns, later where a mark would begin a line: it hangs.
    Hanging,
    /// At so many characters, wide or narrow.
    Characters,
}

/// A paragraph in lines of `measure` half em, or of half as many characters.
fn cut(paragraph: &str, indent: &str, measure: usize, cut: Cut) -> Vec<String> {
    let width = |c: char| if cut == Cut::Characters || !c.is_ascii() { 2 } else { 1 };
    let mut lines = Vec::new();
    let mut line = indent.to_owned();
    let mut at = indent.chars().count() * 2;
    for c in paragraph.chars() {
        let mark = "，。；、：！？）”》%".contains(c);
        if at + width(c) > measure && !(mark && cut == Cut::Hanging) {
            let kept = if mark && cut == Cut::Sooner { line.pop() } else { None };
            lines.push(std::mem::take(&mut line));
            line.extend(kept);
            at = kept.map_or(0, width);
        }
        line.push(c);
        at += width(c);
    }
    lines.push(line);
    lines
}

#[test]
fn paragraphs_come_back_from_every_measure() {
    let flat = |lines: &[String]| lines.iter().map(|line| format!("　　{line}\n")).collect::<String>();
    // Where a word was cut, a space may stand.
    let words = |paragraph: &Paragraph| paragraph.text().replace(' ', "");
    for sample in samples().iter().filter(|sample| sample.extension().is_some_and(|e| e == "txt")) {
        // Running text: whoever wraps rows or addresses of one line sees no measure.
        let prose = |line: &String| !line.contains("　　") && line.contains('。');
        let lines: Vec<String> = lines(&decoded(sample).value).into_iter().filter(prose).collect();
        if lines.iter().filter(|line| line.chars().count() > 60).count() < 4 {
            continue;
        }
        let wanted: Vec<String> = paragraphs(flat(&lines).as_bytes()).iter().map(words).collect();
        for way in [Cut::Columns, Cut::Sooner, Cut::Hanging, Cut::Characters] {
            for measure in (28..=44).chain([60, 72, 80]).filter(|m| way != Cut::Characters || m % 2 == 0) {
                // Without indents and gaps nothing shows where a full line ends a paragraph.
                for (indent, gap) in [("　　", ""), ("　　", "\n"), ("", "\n")] {
                    let text: String = lines
                        .iter()
                        .map(|line| format!("{}\n{gap}", cut(line, indent, measure, way).join("\n")))
                        .collect();
                    let got: Vec<String> = paragraphs(text.as_bytes()).iter().map(words).collect();
                    let first = wanted.iter().zip(&got).find(|(a, b)| a != b);
                    assert!(
                        got == wanted,
                        "{} by {way:?} at {measure}, indent {indent:?}, gap {gap:?}: {first:#?}",
                        sample.display()
                    );
                }
            }
        }
    }
}
