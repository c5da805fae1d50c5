//! What must hold whatever the input: a function per target.
//!
//! Every target reads or refuses its input, and never panics, hangs or grows without bound. What was read can be written
//! in every format, and what was written can be read again. The settings of a run follow from the length of its input,
//! so that the engine reaches them all.

#![allow(clippy::expect_used, clippy::missing_panics_doc, reason = "a panic is how a finding is told")]

mod package;

use std::borrow::Cow;

use banshi::diagnostic::Diagnostics;
use banshi::options::{LineEnd, LineMode, TrackChanges};
use banshi::profile::Profile;
use banshi::roundtrip::{What, there_and_back};
use banshi::structure::recognise;
use banshi::{Document, Error, Format, Options};

/// Formats that can be written, those that take long at the end.
const WRITTEN: [Format; 7] = [
    Format::Text,
    Format::Markdown,
    Format::Json,
    Format::PandocJson,
    Format::Docx,
    Format::Svg,
    Format::Pdf,
];

/// The usual settings; one thread, since many processes run beside each other.
fn options() -> Options {
    let mut options = Options::new().expect("the built-in profile");
    options.threads = 1;
    options
}

/// One of a list, by the input's length.
fn pick<T: Copy>(list: &[T], length: usize) -> T {
    list[length % list.len()]
}

/// Writes the document in the format, and reads what was written, where it can be read.
fn write(document: &Document, format: Format, options: &Options) {
    let written = match banshi::encode(document, format, options) {
        Ok(written) => written.value,
        // Too deep, too large, or not in the encoding: said, not written.
        Err(Error::Unsupported { .. }) => panic!("{format} can be written"),
        Err(_) => return,
    };
    if format.row().reads() {
        let mut options = options.clone();
        options.encoding = Some(options.text.encoding);
        banshi::decode(&written, format, &options).expect("reads what it has written");
    }
}

/// Reads and writes; the second recognition of the structure changes nothing.
fn through(input: &[u8], from: Format, options: &Options) {
    let Ok(read) = banshi::decode(input, from, options) else { return };
    let document = read.value;
    let mut again = document.clone();
    recognise(&mut again, &mut Diagnostics::default());
    let mut third = again.clone();
    recognise(&mut third, &mut Diagnostics::default());
    assert_eq!(again, third, "the structure is read once");
    write(&document, pick(&WRITTEN, input.len()), options);
}

/// A text in any encoding.
pub fn text(input: &[u8]) {
    let mut options = options();
    options.lines = pick(&[LineMode::Auto, LineMode::Keep, LineMode::Join], input.len());
    options.lossy = input.len() % 2 == 0;
    options.text.wrap = pick(&[None, Some(1), Some(40)], input.len() / 7);
    options.text.line_end = pick(&[LineEnd::Lf, LineEnd::CrLf], input.len() / 3);
    through(input, Format::Text, &options);
}

/// Markdown.
pub fn markdown(input: &[u8]) {
    let mut options = options();
    options.attributes = input.len() % 2 == 0;
    through(input, Format::Markdown, &options);
}

/// A Word file, or the main part of one, with others after lines of `%%%%`.
pub fn docx(input: &[u8]) {
    let mut options = options();
    options.keep_comments = input.len() % 2 == 0;
    options.track_changes =
        pick(&[TrackChanges::Accept, TrackChanges::Reject, TrackChanges::All], input.len());
    options.run_in_outline = input.len() % 5 == 0;
    let bytes = if input.starts_with(b"PK") { Cow::Borrowed(input) } else { package::package(input).into() };
    through(&bytes, Format::Docx, &options);
}

/// The JSON form of a tree, which is what it was when it is written again.
pub fn json(input: &[u8]) {
    let mut options = options();
    let Ok(read) = banshi::decode(input, Format::Json, &options) else { return };
    options.lossy = true;
    options.keep_boilerplate = input.len() % 2 == 0;
    write(&read.value, pick(&WRITTEN, input.len()), &options);
    let Ok(written) = banshi::encode(&read.value, Format::Json, &options) else { return };
    let back = banshi::decode(&written.value, Format::Json, &options).expect("reads what it has written");
    assert_eq!(back.value, read.value, "a tree comes back");
}

/// pandoc's document model.
pub fn pandoc_json(input: &[u8]) {
    through(input, Format::PandocJson, &options());
}

/// A text or a tree, there and back through each format: what is lost was declared. Of a text, characters are compared alone:
/// its paragraphs and roles are what whoever reads it again takes the lines for.
pub fn roundtrip(input: &[u8]) {
    let mut options = options();
    options.attributes = true;
    let from = if input.starts_with(b"{") { Format::Json } else { Format::Text };
    let Ok(read) = banshi::decode(input, from, &options) else { return };
    let to = pick(&[Format::Text, Format::Markdown, Format::PandocJson, Format::Docx], input.len());
    let Ok(trip) = there_and_back(&read.value, to, &options) else { return };
    let lost = trip.differences.iter().find(|difference| {
        difference.declared.is_none() && (to != Format::Text || difference.what == What::Text)
    });
    if let Some(lost) = lost {
        panic!("through {to}: {lost:#?}");
    }
}

/// A profile, and pages by it.
pub fn profile(input: &[u8]) {
    const TEXT: &str = concat!(
        "某县人民政府文件\n某政发〔2026〕1号\n\n关于做好工作的通知\n\n各乡镇：\n　　今年以来，工作有序。\n",
        "　　一、提高认识\n　　（一）要快。做好“三个一”，A and B，1.5亿元。\n　　第一，要好。再好。\n\n",
        "　　　　某县人民政府\n　　　　2026年1月5日\n\n抄送：某局。\n",
    );
    let Ok(toml) = std::str::from_utf8(input) else { return };
    let Ok(profile) = Profile::from_toml(toml) else { return };
    let mut options = options();
    options.profile = profile;
    for format in [Format::Docx, Format::Pdf, Format::Svg] {
        let written = banshi::convert(TEXT.as_bytes(), Format::Text, format, &options).expect("writes");
        if format.row().reads() {
            banshi::decode(&written.value, format, &options).expect("reads what it has written");
        }
    }
}
