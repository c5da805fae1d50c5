//! The file: objects, the streams that hold them, and the table of where they stand (ISO 32000-1, 7.5).

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::io::Write as _;

use lopdf::{Dictionary, Object, StringFormat};
use zlib_rs::adler32::adler32;
use zlib_rs::{Deflate, DeflateConfig, DeflateFlush, Status, Strategy};

use crate::error::{Error, Result};
use crate::parallel;

/// Objects in one object stream.
const OBJECTS_PER_STREAM: usize = 300;
/// The best of what costs little: level 6 saves two hundredths of the room of a long text and takes a third more time.
const LEVEL: i32 = 3;

/// Number of an object. Shown as a reference: `12 0 R`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(u32);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// Objects that are put into a file.
#[derive(Debug, Default)]
pub(super) struct File {
    /// How many numbers are taken.
    count: u32,
    /// The objects that are no streams, one behind the other.
    plain: Vec<u8>,
    /// Where each of them starts.
    starts: Vec<(Id, usize)>,
    streams: Vec<Stream>,
}

#[derive(Debug)]
struct Stream {
    id: Id,
    /// Entries of its dictionary but for length and filter.
    entries: String,
    data: Data,
}

/// What a stream holds.
#[derive(Debug)]
pub(super) enum Data {
    /// To be written as it is.
    Plain(Vec<u8>),
    /// To be deflated.
    Deflate(Vec<u8>),
    /// Deflated.
    Deflated(Vec<u8>),
    /// The program of a font, whose entries already say that it is deflated, to be deflated in pieces.
    Program(Vec<u8>),
}

impl Data {
    /// Bytes that the file takes over as they are.
    fn len(&self) -> usize {
        match self {
            Self::Plain(data) | Self::Deflated(data) => data.len(),
            Self::Deflate(_) | Self::Program(_) => 0,
        }
    }

    fn bytes(&self) -> &[u8] {
        let (Self::Plain(data) | Self::Deflate(data) | Self::Deflated(data) | Self::Program(data)) = self;
        data
    }

    fn into_bytes(self) -> Vec<u8> {
        let (Self::Plain(data) | Self::Deflate(data) | Self::Deflated(data) | Self::Program(data)) = self;
        data
    }
}

impl File {
    /// Takes a number.
    pub(super) fn reserve(&mut self) -> Id {
        self.count += 1;
        Id(self.count)
    }

    /// Puts an object under its number.
    pub(super) fn put(&mut self, id: Id, object: fmt::Arguments<'_>) {
        self.starts.push((id, self.plain.len()));
        // Writing to a vector does not fail.
        let _ = self.plain.write_fmt(object);
    }

    /// Puts an object.
    pub(super) fn add(&mut self, object: fmt::Arguments<'_>) -> Id {
        let id = self.reserve();
        self.put(id, object);
        id
    }

    /// Puts a stream; `entries` are those of its dictionary but for length and deflating.
    pub(super) fn put_stream(&mut self, id: Id, entries: impl Into<String>, data: Data) {
        self.streams.push(Stream { id, entries: entries.into(), data });
    }

    /// Puts a stream.
    pub(super) fn add_stream(&mut self, entries: impl Into<String>, data: Data) -> Id {
        let id = self.reserve();
        self.put_stream(id, entries, data);
        id
    }

    /// Takes over an object of printpdf's document, and all that it refers to.
    pub(super) fn import(
        &mut self,
        from: &mut lopdf::Document,
        object: lopdf::ObjectId,
        known: &mut HashMap<lopdf::ObjectId, Id>,
    ) -> Id {
        if let Some(id) = known.get(&object) {
            return *id;
        }
        let id = self.reserve();
        known.insert(object, id);
        let mut object = from.objects.remove(&object).unwrap_or(Object::Null);
        let mut references = Vec::new();
        collect(&object, &mut references);
        for reference in references {
            self.import(from, reference, known);
        }
        if let Object::Stream(stream) = &mut object {
            let data = std::mem::take(&mut stream.content);
            stream.dict.remove(b"Length");
            let entries = entries(&stream.dict, known);
            // The length of a font's program as it is read (ISO 32000-1, 9.9).
            let data = match (stream.dict.has(b"Length1"), stream.dict.has(b"Filter")) {
                (true, _) => Data::Program(data),
                (false, true) => Data::Plain(data),
                (false, false) => Data::Deflate(data),
            };
            self.put_stream(id, entries, data);
        } else {
            self.put(id, format_args!("{}", Imported(&object, known)));
        }
        id
    }

    /// The bytes of the file, made by a thread for each deflater; they do not depend on how many.
    pub(super) fn finish(self, catalog: Id, info: Id, deflaters: &mut [Deflater]) -> Result<Vec<u8>> {
        let Self { mut count, plain, starts, streams } = self;
        let groups: Vec<&[(Id, usize)]> = starts.chunks(OBJECTS_PER_STREAM).collect();
        // The pieces of programs come first: of one size, and most of the work for a text.
        let programs = streams.iter().filter_map(|stream| match &stream.data {
            Data::Program(program) => Some(pieces(program)),
            Data::Plain(_) | Data::Deflate(_) | Data::Deflated(_) => None,
        });
        let others = streams.iter().filter(|stream| !matches!(stream.data, Data::Program(_)));
        let tasks: Vec<Task<'_>> = programs
            .flatten()
            .map(|(piece, is_last)| Task::Piece(piece, is_last))
            .chain(others.map(Task::Stream))
            .chain((0..groups.len()).map(Task::Group))
            .collect();
        let done = parallel::in_turn(deflaters, tasks.len(), |deflater, n| match tasks[n] {
            Task::Piece(piece, is_last) => deflater.deflate_outlines(piece, is_last).map(Done::Piece),
            Task::Stream(stream) => stream.pack(deflater).map(Done::Packed),
            Task::Group(n) => {
                let end = groups.get(n + 1).map_or(plain.len(), |next| next[0].1);
                object_stream(groups[n], &plain, end, deflater).map(Done::Packed)
            }
        });
        let (mut pieces, mut others) = (Vec::new(), Vec::with_capacity(streams.len() + groups.len()));
        for done in done {
            match done? {
                Done::Piece(piece) => pieces.push(piece),
                Done::Packed(done) => others.push(done),
            }
        }
        let (mut pieces, mut others) = (pieces.into_iter(), others.into_iter());
        let mut packed = Vec::with_capacity(streams.len() + groups.len());
        for stream in &streams {
            match &stream.data {
                Data::Program(program) => packed.push(stream.packed(Some(of_pieces(&mut pieces, program)))),
                Data::Plain(_) | Data::Deflate(_) | Data::Deflated(_) => packed.extend(others.next()),
            }
        }
        packed.extend(others);

        // With the room that each stream takes, so that what is written is not copied as the file grows.
        let sizes = packed.iter().map(|packed| packed.head.len() + packed.data.as_ref().map_or(0, Vec::len));
        let kept: usize = streams.iter().map(|stream| stream.data.len()).sum();
        let mut out = Vec::with_capacity(sizes.sum::<usize>() + kept + 64 * packed.len() + 1024);
        // The second line says that the file is not text (7.5.2).
        out.extend_from_slice(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
        let mut table = vec![Place::default(); count as usize + 1];
        let hashes = packed.iter().flat_map(|packed| packed.hash.to_be_bytes());
        let identity = [hash(hashes.clone()), hash(hashes.rev())];
        let mut packed = packed.into_iter();
        for (stream, packed) in streams.into_iter().zip(packed.by_ref()) {
            let data = packed.data.unwrap_or_else(|| stream.data.into_bytes());
            write_stream(&mut out, &mut table, stream.id, &packed.head, &data);
        }
        for (group, packed) in groups.into_iter().zip(packed) {
            count += 1;
            table.push(Place::default());
            for (index, (id, _)) in group.iter().enumerate() {
                table[id.0 as usize] = Place::Within { stream: count, index };
            }
            write_stream(&mut out, &mut table, Id(count), &packed.head, &packed.data.unwrap_or_default());
        }
        let deflater = deflaters.first_mut().ok_or_else(|| fail("no deflater"))?;
        write_table(&mut out, table, catalog, info, identity, deflater)?;
        Ok(out)
    }
}

impl Stream {
    /// Makes it ready, unless it is the program of a font, which is deflated in pieces.
    fn pack(&self, deflater: &mut Deflater) -> Result<Packed> {
        let deflated = match &self.data {
            Data::Deflate(data) => Some(deflater.deflate(data)?),
            Data::Deflated(_) | Data::Plain(_) | Data::Program(_) => None,
        };
        Ok(self.packed(deflated))
    }

    /// The stream with its data deflated, where they were to be and that is shorter.
    fn packed(&self, deflated: Option<Vec<u8>>) -> Packed {
        const FILTER: &str = "/Filter/FlateDecode";
        let (deflated, filter) = match (&self.data, deflated) {
            (Data::Deflate(data), Some(deflated)) if deflated.len() < data.len() => (Some(deflated), FILTER),
            (Data::Program(_), deflated) => (deflated, ""),
            (Data::Deflated(_), _) => (None, FILTER),
            (Data::Plain(_) | Data::Deflate(_), _) => (None, ""),
        };
        let data = deflated.as_deref().unwrap_or(self.data.bytes());
        let mut head = self.entries.clone();
        let _ = write!(head, "{filter}/Length {}", data.len());
        let hash = digest(head.as_bytes(), data);
        Packed { head, data: deflated, hash }
    }
}

/// What threads do for a file.
#[derive(Clone, Copy)]
enum Task<'a> {
    /// Deflate a piece of the program of a font, and whether it is the last.
    Piece(&'a [u8], bool),
    Stream(&'a Stream),
    /// Put so many objects into a stream, by the number of their group.
    Group(usize),
}

enum Done {
    Piece(Vec<u8>),
    Packed(Packed),
}

/// A stream that is ready.
struct Packed {
    head: String,
    /// Nothing where the stream stays as it was.
    data: Option<Vec<u8>>,
    hash: u64,
}

/// Where an object stands.
#[derive(Clone, Copy, Default)]
enum Place {
    #[default]
    Nowhere,
    At(usize),
    Within {
        stream: u32,
        index: usize,
    },
}

fn write_stream(out: &mut Vec<u8>, table: &mut [Place], id: Id, head: &str, data: &[u8]) {
    table[id.0 as usize] = Place::At(out.len());
    // Writing to a vector does not fail.
    let _ = write!(out, "{} 0 obj\n<<{head}>>\nstream\n", id.0);
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream\nendobj\n");
}

/// An object stream (7.5.7).
fn object_stream(
    objects: &[(Id, usize)],
    plain: &[u8],
    end: usize,
    deflater: &mut Deflater,
) -> Result<Packed> {
    let start = objects[0].1;
    let mut content = Vec::with_capacity(end - start + 10 * objects.len());
    for (id, at) in objects {
        let _ = write!(content, "{} {} ", id.0, at - start);
    }
    let first = content.len();
    content.extend_from_slice(&plain[start..end]);
    let data = deflater.deflate(&content)?;
    let head =
        format!("/Type/ObjStm/N {}/First {first}/Filter/FlateDecode/Length {}", objects.len(), data.len());
    let hash = digest(&[], &content);
    Ok(Packed { head, data: Some(data), hash })
}

/// The table of objects as a stream (7.5.8), and the end of the file.
fn write_table(
    out: &mut Vec<u8>,
    mut table: Vec<Place>,
    catalog: Id,
    info: Id,
    identity: [u64; 2],
    deflater: &mut Deflater,
) -> Result<()> {
    let start = out.len();
    let number = table.len();
    table.push(Place::At(start));
    let mut rows = Vec::with_capacity(7 * table.len());
    for (number, place) in table.iter().enumerate() {
        let (kind, place, index) = match *place {
            Place::Nowhere => (0, 0, if number == 0 { 0xFFFF } else { 0 }),
            Place::At(at) => (1, at, 0),
            Place::Within { stream, index } => (2, stream as usize, index),
        };
        rows.push(kind);
        let place = u32::try_from(place).map_err(|_| fail("it would be larger than 4 GiB"))?;
        rows.extend(place.to_be_bytes());
        rows.extend(u16::try_from(index).unwrap_or(0).to_be_bytes());
    }
    let rows = deflater.deflate(&rows)?;
    let [first, second] = identity;
    let _ = write!(
        out,
        "{number} 0 obj\n<</Type/XRef/Size {}/W[1 4 2]/Root {catalog}/Info {info}\
         /ID[<{first:016X}{second:016X}><{first:016X}{second:016X}>]/Filter/FlateDecode/Length {}>>\nstream\n",
        table.len(),
        rows.len()
    );
    out.extend(rows);
    let _ = write!(out, "\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");
    Ok(())
}

pub(super) fn fail(error: impl fmt::Display) -> Error {
    Error::Encoder { format: "pdf", message: crate::message::Message::verbatim(error) }
}

/// FNV-1a, 64 bits.
pub(super) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// Tells streams apart, eight bytes at a time.
fn digest(head: &[u8], data: &[u8]) -> u64 {
    let word = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let (words, rest) = data.as_chunks::<8>();
    let start = hash(head.iter().chain(rest).copied());
    words.iter().fold(start, |hash, bytes| word(hash, u64::from_le_bytes(*bytes)))
}

/// Deflates one piece after another (RFC 1950).
#[derive(Default)]
pub(super) struct Deflater {
    /// The tables, some hundred kilobytes, of the sort of data that came last.
    tables: Option<(Sort, Deflate)>,
    /// Room for what comes out.
    out: Vec<u8>,
}

/// Sorts of data, which are deflated in ways of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Text,
    /// Programs of fonts. Outlines hold little that comes again: to look for it takes five times as long, for a tenth of
    /// the room.
    Outlines,
}

impl Sort {
    fn config(self) -> DeflateConfig {
        match self {
            Self::Text => DeflateConfig::new(LEVEL),
            // Nothing stands before or behind a piece: the whole has its own head and sum. Where nothing is looked for, a
            // window of 4 KiB does.
            Self::Outlines => DeflateConfig {
                strategy: Strategy::HuffmanOnly,
                window_bits: -12,
                mem_level: 9,
                ..DeflateConfig::new(LEVEL)
            },
        }
    }
}

impl Deflater {
    /// A deflater for each of so many threads.
    pub(super) fn several(threads: usize) -> Vec<Self> {
        std::iter::repeat_with(Self::default).take(threads).collect()
    }

    /// Deflates.
    pub(super) fn deflate(&mut self, data: &[u8]) -> Result<Vec<u8>> {
        self.deflate_as(Sort::Text, data, DeflateFlush::Finish)
    }

    /// Deflates a piece of the program of a font.
    fn deflate_outlines(&mut self, piece: &[u8], is_last: bool) -> Result<Vec<u8>> {
        let end = if is_last { DeflateFlush::Finish } else { DeflateFlush::SyncFlush };
        self.deflate_as(Sort::Outlines, piece, end)
    }

    fn deflate_as(&mut self, sort: Sort, data: &[u8], end: DeflateFlush) -> Result<Vec<u8>> {
        let deflate = match &mut self.tables {
            Some((made_for, tables)) if *made_for == sort => {
                tables.reset();
                tables
            }
            tables => {
                // New tables take the room of those before.
                *tables = None;
                &mut tables.insert((sort, Deflate::new_with_config(sort.config()))).1
            }
        };
        let most = zlib_rs::compress_bound(data.len()) + FLUSHED;
        if self.out.len() < most {
            self.out.resize(most, 0);
        }
        let done = if matches!(end, DeflateFlush::Finish) { Status::StreamEnd } else { Status::Ok };
        match deflate.compress(data, &mut self.out[..most], end) {
            Ok(status) if status == done && deflate.total_in() == data.len() as u64 => {}
            Ok(_) => return Err(fail("a stream would be larger than 4 GiB")),
            Err(error) => return Err(fail(error.as_str())),
        }
        let length = usize::try_from(deflate.total_out()).map_err(fail)?;
        Ok(self.out[..length].to_vec())
    }
}

/// Bytes with which a piece ends that is not the last, and some to tell that all of it is there.
const FLUSHED: usize = 16;

/// The programs of fonts are deflated in pieces of so many bytes, however many threads share them.
const PIECE: usize = 1 << 16;

/// The pieces of a program, and whether each is the last.
fn pieces(program: &[u8]) -> impl Iterator<Item = (&[u8], bool)> {
    let count = program.len().div_ceil(PIECE);
    program.chunks(PIECE).zip(1..).map(move |(piece, number)| (piece, number == count))
}

/// A program of the next of the deflated pieces (RFC 1950).
fn of_pieces(deflated: &mut impl Iterator<Item = Vec<u8>>, program: &[u8]) -> Vec<u8> {
    let deflated: Vec<_> = deflated.take(program.len().div_ceil(PIECE)).collect();
    // 32 KiB of window, no dictionary; the sum of the whole.
    let sum = adler32(1, program).to_be_bytes();
    let deflated = deflated.iter().map(Vec::as_slice);
    [&[0x78, 0x9C][..]].into_iter().chain(deflated).chain([&sum[..]]).collect::<Vec<_>>().concat()
}

/// Characters of a string at most: a string has 32,767 bytes (annex C), and a character four.
const LONGEST_TEXT: usize = 8000;

/// A text string: UTF-16 with its mark where it is not ASCII (7.9.2.2). Only the beginning of a very long one, such as
/// a whole report that is a heading.
pub(super) struct Text<'a>(pub(super) &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.0.char_indices().nth(LONGEST_TEXT).map_or(self.0.len(), |(at, _)| at);
        let text = &self.0[..end];
        if text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
            return Literal(text.as_bytes()).fmt(f);
        }
        f.write_str("<FEFF")?;
        for unit in text.encode_utf16() {
            write!(f, "{unit:04X}")?;
        }
        f.write_str(">")
    }
}

/// A string of printable ASCII (7.3.4.2).
pub(super) struct Literal<'a>(pub(super) &'a [u8]);

impl fmt::Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('(')?;
        for byte in self.0 {
            if matches!(byte, b'(' | b')' | b'\\') {
                f.write_char('\\')?;
            }
            f.write_char(char::from(*byte))?;
        }
        f.write_char(')')
    }
}

/// A name (7.3.5); other than letters, figures and few signs its bytes are written by number.
pub(super) struct Name<'a>(pub(super) &'a [u8]);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('/')?;
        for byte in self.0 {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'_' | b'.' => {
                    f.write_char(char::from(*byte))?;
                }
                byte => write!(f, "#{byte:02X}")?,
            }
        }
        Ok(())
    }
}

/// A length in pt, to a thousandth, without needless digits.
#[derive(Clone, Copy)]
pub(super) struct Real(pub(super) f64);

impl fmt::Display for Real {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thousandths = (self.0 * 1000.0).round() / 1000.0;
        // Not -0.
        write!(f, "{}", if thousandths == 0.0 { 0.0 } else { thousandths })
    }
}

/// References within an object.
fn collect(object: &Object, found: &mut Vec<lopdf::ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, value)| collect(value, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| collect(value, found)),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..) => {}
    }
}

fn entries(dictionary: &Dictionary, known: &HashMap<lopdf::ObjectId, Id>) -> String {
    let mut entries = String::new();
    for (key, value) in dictionary {
        let _ = write!(entries, "{} {}", Name(key), Imported(value, known));
    }
    entries
}

/// An object of printpdf's document with the numbers that this file gives.
struct Imported<'a>(&'a Object, &'a HashMap<lopdf::ObjectId, Id>);

impl fmt::Display for Imported<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(object, known) = self;
        match object {
            Object::Null => f.write_str("null"),
            Object::Boolean(value) => write!(f, "{value}"),
            Object::Integer(value) => write!(f, "{value}"),
            Object::Real(value) => write!(f, "{}", Real(f64::from(*value))),
            Object::Name(name) => Name(name).fmt(f),
            Object::String(bytes, StringFormat::Literal) if bytes.iter().all(u8::is_ascii_graphic) => {
                Literal(bytes).fmt(f)
            }
            Object::String(bytes, _) => {
                f.write_char('<')?;
                bytes.iter().try_for_each(|byte| write!(f, "{byte:02X}"))?;
                f.write_char('>')
            }
            Object::Array(items) => {
                f.write_char('[')?;
                for (n, item) in items.iter().enumerate() {
                    f.write_str(if n > 0 { " " } else { "" })?;
                    Imported(item, known).fmt(f)?;
                }
                f.write_char(']')
            }
            Object::Dictionary(dictionary) => write!(f, "<<{}>>", entries(dictionary, known)),
            Object::Stream(_) => f.write_str("null"),
            Object::Reference(id) => match known.get(id) {
                Some(id) => id.fmt(f),
                None => f.write_str("null"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(threads: usize) -> Vec<u8> {
        let mut file = File::default();
        let catalog = file.reserve();
        let pages = file.reserve();
        for n in 0..2 * OBJECTS_PER_STREAM {
            file.add(format_args!("<</N {n}/T{}>>", Text("一（二）(")));
        }
        let page = file.reserve();
        let contents = file.add_stream("", Data::Deflate(b"0 0 1 1 re f ".repeat(50)));
        for size in [1, PIECE, 2 * PIECE + 1] {
            file.add_stream("/Filter/FlateDecode", Data::Program(vec![b'a'; size]));
        }
        file.put(page, format_args!("<</Type/Page/Parent {pages}/MediaBox[0 0 9 9]/Contents {contents}>>"));
        file.put(pages, format_args!("<</Type/Pages/Kids[{page}]/Count 1>>"));
        file.put(catalog, format_args!("<</Type/Catalog/Pages {pages}>>"));
        let info = file.add(format_args!("<</Title{}>>", Text("a(b)\\")));
        file.finish(catalog, info, &mut Deflater::several(threads)).expect("written")
    }

    #[test]
    fn objects_come_back() {
        let file = lopdf::Document::load_mem(&made(1)).expect("read");
        assert_eq!(file.get_pages().len(), 1);
        let info = file.trailer.get(b"Info").and_then(Object::as_reference).expect("a reference");
        let title = file.get_dictionary(info).expect("a dictionary").get(b"Title").expect("a title");
        assert_eq!(title.as_str().expect("a string"), b"a(b)\\");
    }

    #[test]
    fn threads_do_not_change_a_byte() {
        let one = made(1);
        assert!([2, 3, 8].into_iter().all(|threads| made(threads) == one));
    }

    #[test]
    fn what_is_deflated_comes_back() {
        let noise: Vec<u8> =
            (0u32..20_000).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
        let mut deflater = Deflater::default();
        let text = b"0 0 1 1 re f ".repeat(9000);
        let all: [&[u8]; 5] = [&noise, &noise[..PIECE], b"a", &noise[..77], &text];
        let back = |deflated: &[u8], data: &[u8]| {
            let mut back = vec![0; data.len() + 1];
            let (back, done) =
                zlib_rs::decompress_slice(&mut back, deflated, zlib_rs::InflateConfig::default());
            assert!(back == data && done == zlib_rs::ReturnCode::Ok, "{} bytes, {done:?}", data.len());
        };
        for data in all.into_iter().chain([&b""[..]]) {
            back(&deflater.deflate(data).expect("deflated"), data);
        }
        for data in all {
            let deflated = pieces(data).map(|(piece, is_last)| deflater.deflate_outlines(piece, is_last));
            let deflated = deflated.collect::<Result<Vec<_>>>().expect("deflated");
            back(&of_pieces(&mut deflated.into_iter(), data), data);
        }
    }

    #[test]
    fn numbers_and_names_are_short() {
        assert_eq!(
            [Real(1.0), Real(-0.0001), Real(2.5), Real(-1.23456)].map(|n| n.to_string()),
            ["1", "0", "2.5", "-1.235"]
        );
        assert_eq!(Name("A 一".as_bytes()).to_string(), "/A#20#E4#B8#80");
    }
}
