//! How long each stage takes, and each way from one format to another: `cargo bench`, or `cargo bench -- layout` for some.
//!
//! The text is a speech of the samples, once and a hundred times over. Throughput is that of its bytes in UTF-8.

use std::fmt;
use std::hint::black_box;

use banshi::charset::{self, Encoding};
use banshi::diagnostic::Diagnostics;
use banshi::options::Structure;
use banshi::{Document, Format, Options};
use divan::Bencher;
use divan::counter::BytesCount;

const SPEECH: &str = include_str!("../samples/讲话-带广告.txt");
/// How many times over.
const COPIES: [usize; 2] = [1, 100];
const READ: [Format; 5] = [Format::Text, Format::Markdown, Format::Docx, Format::Json, Format::PandocJson];
const WRITTEN: [Format; 7] = [
    Format::Text,
    Format::Markdown,
    Format::Docx,
    Format::Json,
    Format::PandocJson,
    Format::Pdf,
    Format::Svg,
];

fn main() {
    divan::main();
}

fn options() -> Options {
    Options::new().expect("the built-in profile")
}

fn text(copies: usize) -> String {
    SPEECH.repeat(copies)
}

/// The speech as a document, with its roles.
fn document(copies: usize) -> Document {
    banshi::decode(text(copies).as_bytes(), Format::Text, &options()).expect("reads").value
}

/// The speech as a file of the format.
fn file(format: Format, copies: usize) -> Vec<u8> {
    banshi::encode(document(copies), format, &options()).expect("writes").value
}

/// What a benchmark is given: a format, and how often the speech stands in it.
struct Of(Format, usize);

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {}", self.0, self.1)
    }
}

fn each(formats: &[Format]) -> Vec<Of> {
    formats.iter().flat_map(|format| COPIES.map(|copies| Of(*format, copies))).collect()
}

fn bytes(copies: usize) -> BytesCount {
    BytesCount::new(SPEECH.len() * copies)
}

#[divan::bench(args = COPIES)]
fn charset_utf8(bencher: Bencher<'_, '_>, copies: usize) {
    read_charset(bencher, copies, Encoding::Utf8);
}

#[divan::bench(args = COPIES)]
fn charset_gbk(bencher: Bencher<'_, '_>, copies: usize) {
    read_charset(bencher, copies, Encoding::Gbk);
}

fn read_charset(bencher: Bencher<'_, '_>, copies: usize, encoding: Encoding) {
    let (encoded, lacking) = charset::encode(&text(copies), encoding);
    assert!(lacking.is_empty());
    bencher
        .counter(bytes(copies))
        .bench(|| charset::decode_unified(black_box(&encoded), None, false, &mut Diagnostics::default()));
}

#[divan::bench(args = each(&READ))]
fn decode(bencher: Bencher<'_, '_>, Of(format, copies): &Of) {
    let file = file(*format, *copies);
    let mut options = options();
    options.structure = Structure::Keep;
    bencher.counter(bytes(*copies)).bench(|| banshi::decode(black_box(&file), *format, &options));
}

#[divan::bench(args = COPIES)]
fn structure(bencher: Bencher<'_, '_>, copies: usize) {
    let mut options = options();
    options.structure = Structure::Keep;
    let read = banshi::decode(text(copies).as_bytes(), Format::Text, &options).expect("reads").value;
    bencher.counter(bytes(copies)).with_inputs(|| read.clone()).bench_refs(|document| {
        banshi::structure::recognise(document, &mut Diagnostics::default());
    });
}

#[divan::bench(args = COPIES)]
fn layout(bencher: Bencher<'_, '_>, copies: usize) {
    let (document, options) = (document(copies), options());
    bencher
        .counter(bytes(copies))
        .bench(|| banshi::layout::layout(black_box(&document), &options, &mut Diagnostics::default()));
}

#[divan::bench(args = each(&WRITTEN))]
fn encode(bencher: Bencher<'_, '_>, Of(format, copies): &Of) {
    let (document, options) = (document(*copies), options());
    bencher.counter(bytes(*copies)).bench(|| banshi::encode(black_box(&document), *format, &options));
}

/// From one format to another.
struct Pair(Format, Format);

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.0, self.1)
    }
}

fn pairs() -> Vec<Pair> {
    READ.iter().flat_map(|from| WRITTEN.map(|to| Pair(*from, to))).collect()
}

#[divan::bench(args = pairs())]
fn convert(bencher: Bencher<'_, '_>, Pair(from, to): &Pair) {
    let (file, options) = (file(*from, 1), options());
    bencher.counter(bytes(1)).bench(|| banshi::convert(black_box(&file), *from, *to, &options));
}
