//! Bytes to text. The only home of encoding_rs and chardetng.
//!
//! A named encoding or a byte order mark decides; otherwise [`detect`] does, and its guess is reported.
//! Bytes that are not text are an error with their offset, or, with `lossy`, U+FFFD and a report each.
//! Line ends and odd characters of the text are not touched here; `decode::text` cleans them up.

mod damage;
mod detect;
mod unify;
#[cfg(test)]
pub(crate) use unify::unified;

use std::borrow::Cow;

use encoding_rs::{CoderResult, DecoderResult};

use crate::diagnostic::{Diagnostics, Kind};
use crate::error::{Error, Result, hex};
use crate::tree::Location;

/// An encoding that Chinese text comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GBK, code page 936. Read like GB 18030, which contains it.
    Gbk,
    /// GB 18030-2022.
    Gb18030,
    /// Big5 with the Hong Kong supplement.
    Big5,
}

/// Each encoding with its name, first, and the labels by which it may be asked for, in lower case.
const LABELS: [(Encoding, &[&str]); 6] = [
    (Encoding::Utf8, &["UTF-8", "utf-8", "utf8", "utf-8-sig", "unicode-1-1-utf-8", "65001", "cp65001"]),
    (Encoding::Utf16Le, &["UTF-16LE", "utf-16le", "utf16le", "utf-16", "utf16", "unicode", "ucs-2"]),
    (Encoding::Utf16Be, &["UTF-16BE", "utf-16be", "utf16be"]),
    (
        Encoding::Gbk,
        &[
            "GBK",
            "gbk",
            "cp936",
            "936",
            "ms936",
            "windows-936",
            "x-gbk",
            "gb2312",
            "gb_2312-80",
            "euc-cn",
            "ansi",
        ],
    ),
    (Encoding::Gb18030, &["GB18030", "gb18030", "gb-18030", "54936", "cp54936"]),
    (Encoding::Big5, &["Big5", "big5", "big-5", "big5-hkscs", "cp950", "950", "ms950"]),
];

impl Encoding {
    /// The encoding of that name or label (`gbk`, `cp936`, `GB2312`, `utf-16` …), case ignored.
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label.trim().to_ascii_lowercase().replace('_', "-");
        let label = label.as_str();
        LABELS
            .iter()
            .find(|(_, labels)| labels[1..].iter().any(|known| known.replace('_', "-") == label))
            .map(|(encoding, _)| *encoding)
    }

    /// Its usual name.
    pub fn name(self) -> &'static str {
        LABELS.iter().find(|(encoding, _)| *encoding == self).map_or("", |(_, labels)| labels[0])
    }

    /// Names of all encodings.
    pub fn names() -> impl Iterator<Item = &'static str> {
        LABELS.iter().map(|(_, labels)| labels[0])
    }

    fn coder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Gbk => encoding_rs::GBK,
            Self::Gb18030 => encoding_rs::GB18030,
            Self::Big5 => encoding_rs::BIG5,
        }
    }
}

/// Byte order marks; the one of GB 18030 is U+FEFF in that encoding.
const BOMS: [(&[u8], Encoding); 4] = [
    (&[0xEF, 0xBB, 0xBF], Encoding::Utf8),
    (&[0xFF, 0xFE], Encoding::Utf16Le),
    (&[0xFE, 0xFF], Encoding::Utf16Be),
    (&[0x84, 0x31, 0x95, 0x33], Encoding::Gb18030),
];

/// Decodes the bytes of a text.
///
/// `encoding` wins over everything but a byte order mark of the same encoding, which is removed. Without
/// it, a byte order mark decides, then the bytes themselves; a guess is reported as `encoding-guessed`, UTF-8 as `encoding-recognised`.
/// Text in UTF-8 is not copied.
///
/// # Errors
/// [`Error::NotText`] for UTF-32, UTF-7, HZ, office packages and other binary files;
/// [`Error::Encoding`] at the first bytes that are not text, unless `lossy`.
pub fn decode<'a>(
    bytes: &'a [u8],
    encoding: Option<Encoding>,
    lossy: bool,
    diagnostics: &mut Diagnostics,
) -> Result<Cow<'a, str>> {
    let bom = BOMS.iter().find(|(mark, _)| bytes.starts_with(mark));
    let utf8 = encoding_rs::UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
    let encoding = match (encoding, bom) {
        (Some(named), _) => named,
        (None, found) => {
            if let Some(what) = detect::not_text(bytes) {
                return Err(Error::NotText { what });
            }
            match found {
                Some((_, encoding)) => *encoding,
                None => {
                    let encoding = detect::guess(bytes, utf8.as_deref())?;
                    if !bytes.is_ascii() {
                        // Text in another encoding is hardly ever valid UTF-8 by chance.
                        let code = if encoding == Encoding::Utf8 {
                            "encoding-recognised"
                        } else {
                            "encoding-guessed"
                        };
                        let message = message!("read as {encoding}", encoding = encoding.name());
                        diagnostics.report(Kind::Inferred, code, Location::Whole, message);
                    }
                    encoding
                }
            }
        }
    };
    // A mark is removed only where the encoding it announces is the one in use.
    let mark = bom
        .filter(|(_, announced)| {
            announced.coder() == encoding.coder()
                || matches!((announced, encoding), (Encoding::Gb18030, Encoding::Gbk))
        })
        .map_or(0, |(mark, _)| mark.len());
    match utf8 {
        Some(Cow::Borrowed(text)) if encoding == Encoding::Utf8 => Ok(Cow::Borrowed(&text[mark..])),
        _ => decode_as(bytes, mark, encoding, lossy, diagnostics).map(Cow::Owned),
    }
}

/// As [`decode`], with radicals, compatibility ideographs and old private code points written as the characters
/// they stand for, each reported. Nothing else is normalised: ①, ㎡ and full-width marks are what they are.
/// Damage that the text had before it was saved is reported as `damaged-before`.
///
/// # Errors
/// As [`decode`].
pub fn decode_unified<'a>(
    bytes: &'a [u8],
    encoding: Option<Encoding>,
    lossy: bool,
    diagnostics: &mut Diagnostics,
) -> Result<Cow<'a, str>> {
    let text = decode(bytes, encoding, lossy, diagnostics)?;
    damage::report(&text, lossy, diagnostics);
    Ok(unify::unify(text, diagnostics))
}

/// The text of bytes that [`decode_unified`] has read: nothing is reported again.
pub(crate) fn decode_again(bytes: &[u8], encoding: Option<Encoding>, lossy: bool) -> Option<Cow<'_, str>> {
    let mut reported = Diagnostics::default();
    let text = decode(bytes, encoding, lossy, &mut reported).ok()?;
    Some(unify::unify(text, &mut reported))
}

/// A place in a text that is gone through once.
struct Place {
    /// From 1.
    line: u32,
    /// From 1, in characters.
    column: u32,
    /// Bytes that have been passed.
    counted: usize,
    /// The last character was a CR, of which a LF is the rest.
    after_return: bool,
}

impl Default for Place {
    /// The first column of the first line.
    fn default() -> Self {
        Self { line: 1, column: 1, counted: 0, after_return: false }
    }
}

impl Place {
    /// Goes on behind `text`.
    fn pass(&mut self, text: &str) {
        self.counted += text.len();
        for c in text.chars() {
            let goes_on = std::mem::replace(&mut self.after_return, c == '\r') && c == '\n';
            match c {
                '\n' if goes_on => {}
                // As lines of a text are counted.
                '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    (self.line, self.column) = (self.line.saturating_add(1), 1);
                }
                _ => self.column = self.column.saturating_add(1),
            }
        }
    }

    fn location(&self) -> Location {
        Location::Spot { line: self.line, column: self.column }
    }

    /// The place of a byte of a text.
    fn of(text: &str, at: usize) -> Location {
        let mut place = Self::default();
        place.pass(&text[..at]);
        place.location()
    }
}

fn decode_as(
    bytes: &[u8],
    mark: usize,
    encoding: Encoding,
    lossy: bool,
    diagnostics: &mut Diagnostics,
) -> Result<String> {
    let mut decoder = encoding.coder().new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() - mark + bytes.len() / 2);
    let mut offset = mark;
    let mut place = Place::default();
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[offset..], &mut text, true);
        offset += read;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => text.reserve((bytes.len() - offset) * 2 + 16),
            DecoderResult::Malformed(length, after) => {
                let start = offset - usize::from(length) - usize::from(after);
                let bad = bytes[start..start + usize::from(length)].to_vec();
                place.pass(&text[place.counted..]);
                let (line, column) = (place.line, place.column);
                if !lossy {
                    let rest = detect::reads_as(&bytes[start..], encoding).map(Encoding::name);
                    let cut = start + bad.len() == bytes.len();
                    return Err(Error::Encoding {
                        encoding: encoding.name(),
                        offset: start,
                        line,
                        column,
                        bytes: bad,
                        rest,
                        cut,
                    });
                }
                diagnostics.report(
                    Kind::Dropped,
                    "byte-replaced",
                    place.location(),
                    message!(
                        "byte {start}: {hex} is not {encoding}, replaced by U+FFFD",
                        start,
                        hex = hex(&bad),
                        encoding = encoding.name()
                    ),
                );
                text.push('\u{FFFD}');
            }
        }
    }
}

/// The level of GB 2312 that has an ideograph: 1 for those in common use, 2 for others; `None` for what it lacks.
pub fn gb2312_level(c: char) -> Option<u8> {
    let mut text = [0; 4];
    let text: &str = c.encode_utf8(&mut text);
    let (bytes, _, lacking) = encoding_rs::GBK.encode(text);
    match *bytes {
        _ if lacking => None,
        // Rows 16 to 55, of which the last ends at cell 89, and rows 56 to 87.
        [0xB0..=0xD6, 0xA1..=0xFE] | [0xD7, 0xA1..=0xF9] => Some(1),
        [0xD8..=0xF7, 0xA1..=0xFE] => Some(2),
        _ => None,
    }
}

/// Encodes text, for writing `.txt`. Characters that the encoding lacks come back in order, with their
/// offsets in characters; each is written as `?`.
pub fn encode(text: &str, encoding: Encoding) -> (Vec<u8>, Vec<(usize, char)>) {
    let units = |order: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        let mut bytes = mark.to_vec();
        bytes.extend(text.encode_utf16().flat_map(order));
        (bytes, Vec::new())
    };
    match encoding {
        Encoding::Utf8 => (text.as_bytes().to_vec(), Vec::new()),
        // encoding_rs has no encoder for UTF-16.
        Encoding::Utf16Le => units(u16::to_le_bytes, [0xFF, 0xFE]),
        Encoding::Utf16Be => units(u16::to_be_bytes, [0xFE, 0xFF]),
        Encoding::Gbk | Encoding::Gb18030 | Encoding::Big5 => encode_legacy(text, encoding),
    }
}

fn encode_legacy(text: &str, encoding: Encoding) -> (Vec<u8>, Vec<(usize, char)>) {
    let mut encoder = encoding.coder().new_encoder();
    let mut bytes = Vec::with_capacity(text.len() + 16);
    let mut lacking = Vec::new();
    let (mut offset, mut characters) = (0, 0);
    loop {
        let (result, read) =
            encoder.encode_from_utf8_to_vec_without_replacement(&text[offset..], &mut bytes, true);
        characters += text[offset..offset + read].chars().count();
        offset += read;
        match result {
            encoding_rs::EncoderResult::InputEmpty => return (bytes, lacking),
            encoding_rs::EncoderResult::OutputFull => bytes.reserve(text.len() - offset + 16),
            encoding_rs::EncoderResult::Unmappable(character) => {
                lacking.push((characters - 1, character));
                bytes.push(b'?');
            }
        }
    }
}

/// Decodes strictly; `None` where any byte is not text.
fn strict(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let mut decoder = encoding.coder().new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len())?);
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    matches!(result, DecoderResult::InputEmpty).then_some(text)
}

/// Decodes with U+FFFD for what is not text.
fn replacing(bytes: &[u8], encoding: Encoding) -> String {
    let mut decoder = encoding.coder().new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() * 3 + 16);
    let (result, ..) = decoder.decode_to_string(bytes, &mut text, true);
    debug_assert!(matches!(result, CoderResult::InputEmpty), "three bytes of UTF-8 hold any decoded byte");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(bytes: &[u8]) -> String {
        decode(bytes, None, false, &mut Diagnostics::default()).expect("text").into_owned()
    }

    fn gbk(text: &str) -> Vec<u8> {
        encode(text, Encoding::Gb18030).0
    }

    #[test]
    fn levels_of_gb_2312_have_their_characters() {
        assert_eq!(
            ['啊', '座', '亍', '齄', '镕', '！', 'a', '😀'].map(gb2312_level),
            [Some(1), Some(1), Some(2), Some(2), None, None, None, None]
        );
        let count = |level| ('\u{4E00}'..='\u{9FFF}').filter(|c| gb2312_level(*c) == Some(level)).count();
        assert_eq!((count(1), count(2)), (3755, 3008));
    }

    #[test]
    fn short_gbk_texts_are_read_right() {
        for text in
            ["通知", "办公室", "2019年", "你好", "镕基", "联通", "李四 13800000000", "同志们：", "谢谢大家！"]
        {
            assert_eq!(guessed(&gbk(text)), text);
        }
        for text in
            ["计划", "名单", "职称", "签到表", "一、二", "《通知》", "3月", "是", "备注：", "张三 男 汉"]
        {
            assert_eq!(guessed(&gbk(text)), text);
        }
        for text in ["會議紀要", "關於報告", "辦公室", "計劃書"] {
            assert_eq!(guessed(&encode(text, Encoding::Big5).0), text);
        }
    }

    #[test]
    fn latin_texts_in_utf8_are_not_gbk() {
        for text in
            ["Károly", "László Németh, Özgür Ünal", "für", "Hi «Name»!", "Keep it below 25 °C at any time."]
        {
            assert_eq!(guessed(text.as_bytes()), text);
        }
        for text in ["3路", "U盘", "A级、B级"] {
            assert_eq!(guessed(&gbk(text)), text);
        }
    }

    #[test]
    fn every_encoding_of_a_text_gives_the_same_text() {
        let text = "各位代表：\r\n　　現在，我代表市政府作報告。今年的工作，是在大家的支持下完成的。\n";
        for encoding in
            [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030, Encoding::Big5]
        {
            assert_eq!(guessed(&encode(text, encoding).0), text, "{}", encoding.name());
        }
        for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
            assert_eq!(guessed(&encode(text, encoding).0[2..]), text, "{} without a mark", encoding.name());
        }
        assert_eq!(guessed(format!("\u{FEFF}{text}").as_bytes()), text);
    }

    #[test]
    fn utf16_of_mostly_latin_text_needs_no_mark() {
        let text = "Office 2026, version 3.\nWPS\n";
        for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
            assert_eq!(guessed(&encode(text, encoding).0[2..]), text);
        }
    }

    #[test]
    fn one_bad_byte_in_utf8_is_an_error_at_its_offset_and_no_mojibake() {
        let mut bytes = "关于做好防汛工作的通知\n".repeat(30).into_bytes();
        let at = "关于做好防汛工作的通知\n".len() * 2;
        bytes.insert(at, 0xFF);
        let error = decode(&bytes, None, false, &mut Diagnostics::default()).expect_err("a bad byte");
        assert!(
            matches!(&error, Error::Encoding { encoding: "UTF-8", offset, line: 3, column: 1, bytes, .. } if *offset == at && bytes == &[0xFF]),
            "{error}"
        );
        let mut diagnostics = Diagnostics::default();
        let text = decode(&bytes, None, true, &mut diagnostics).expect("lossy");
        assert_eq!(text.matches('\u{FFFD}').count(), 1);
        let found: Vec<_> = diagnostics.iter().filter(|d| d.code == "byte-replaced").collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].at, Location::Spot { line: 3, column: 1 });
    }

    #[test]
    fn a_gbk_tail_after_utf8_is_named() {
        let mut bytes = "各区县人民政府，市政府各部门：现将有关事项通知如下。\n".repeat(5).into_bytes();
        bytes.extend(gbk("更多资料请关注我们的公众号，欢迎大家下载使用。"));
        let error = decode(&bytes, None, false, &mut Diagnostics::default()).expect_err("two encodings");
        assert!(error.to_string().contains("from there on the file reads as GB18030"), "{error}");
    }

    #[test]
    fn a_file_that_was_cut_short_says_so() {
        for encoding in [Encoding::Utf8, Encoding::Gb18030, Encoding::Big5] {
            let (mut bytes, _) = encode("我們今天在這裡開會，大家都到了。我们也来了", encoding);
            bytes.pop();
            let error = decode(&bytes, None, false, &mut Diagnostics::default()).expect_err("cut");
            let error = error.to_string();
            assert!(
                error.contains("the file ends inside a character") && !error.contains("reads as"),
                "{error}"
            );
            let text = decode(&bytes, None, true, &mut Diagnostics::default()).expect("lossy");
            assert_eq!(text.matches('\u{FFFD}').count(), 1);
        }
    }

    #[test]
    fn a_few_control_characters_do_not_make_a_text_a_binary_file() {
        assert_eq!(guessed("通\0知\u{1}各单位\u{b}收".as_bytes()), "通\0知\u{1}各单位\u{b}收");
    }

    #[test]
    fn what_is_no_text_is_named() {
        let cases: [(&[u8], &str); 6] = [
            (b"PK\x03\x04\x14\0\x06\0", "Word"),
            (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], ".doc"),
            (b"%PDF-1.7\n", "PDF"),
            (&[0xFF, 0xFE, 0, 0, 0x1A, 0x90, 0, 0], "UTF-32"),
            (b"~{<:Ky2;S{!#~}\n", "HZ"),
            (&[1, 2, 3, 0xF0, 4, 5, 6, 0x81, 7], "binary"),
        ];
        for (bytes, name) in cases {
            let error = decode(bytes, None, false, &mut Diagnostics::default()).expect_err(name);
            assert!(error.to_string().contains(name), "{error}");
        }
    }

    #[test]
    fn utf7_is_named_however_its_runs_end_and_plus_signs_are_text() {
        let read = |bytes| decode(bytes, None, false, &mut Diagnostics::default());
        for text in [
            "+UXNOjlNwU9F2hJAad+U-",
            "+UXNOjlNwU9F2hJAad+U",
            "+ZeVnHw-2026: +Up5RbFuk.\r\n+YqVUSg-",
            "Re: +kBp35Q +TxqLrg",
        ] {
            let error = read(text.as_bytes()).expect_err(text).to_string();
            assert!(error.contains("UTF-7"), "{text}: {error}");
        }
        for text in [
            "1+1=2, A+B & C+D, +86 138-0000-0000",
            "C++, g++ and a++b; x+y+z-w",
            "YWJj+ZGVm/Z2hp+amts/bW5v+cHFy/c3R1+dnd4",
            "q=%E4%BD%A0+%E5%A5%BD&lang=zh+CN",
            "+-+-+-",
            "a+b",
        ] {
            assert_eq!(read(text.as_bytes()).expect(text), text);
        }
    }

    #[test]
    fn a_named_encoding_wins_and_labels_of_every_habit_are_known() {
        let bytes = gbk("通知");
        let named = Encoding::from_label("CP936");
        assert_eq!(named, Some(Encoding::Gbk));
        assert_eq!(decode(&bytes, named, false, &mut Diagnostics::default()).expect("text"), "通知");
        for label in ["gb2312", "GB_2312-80", "ms936", "utf8", "UTF-16", "big5-hkscs", "gb18030"] {
            assert!(Encoding::from_label(label).is_some(), "{label}");
        }
        assert_eq!(Encoding::from_label("latin-9"), None);
    }

    #[test]
    fn gbk_reads_the_euro_sign_of_code_page_936_and_four_byte_characters() {
        assert_eq!(
            guessed(&[gbk("合计").as_slice(), &[0x80], gbk("一百元整").as_slice()].concat()),
            "合计€一百元整"
        );
        let text = "经办人：张𠮷，复核：王㛃。大家一起做好这项工作。";
        assert_eq!(guessed(&gbk(text)), text);
    }

    #[test]
    fn radicals_and_old_private_code_points_become_what_they_stand_for() {
        let mut diagnostics = Diagnostics::default();
        let text = "工作\n\u{2F2F}作，①㎡\u{E816}\u{E5E5}\n";
        let unified = decode_unified(text.as_bytes(), None, false, &mut diagnostics).expect("text");
        assert_eq!(unified, "工作\n工作，①㎡\u{20087}\u{E5E5}\n");
        let found: Vec<_> = diagnostics.iter().map(|found| (found.code, found.at.clone())).collect();
        let second = |column| Location::Spot { line: 2, column };
        assert_eq!(
            found[1..],
            [
                ("character-unified", second(1)),
                ("character-unified", second(6)),
                ("private-character", second(7)),
            ]
        );
    }

    #[test]
    fn places_count_lines_as_a_text_does() {
        for (text, line, column) in [
            ("甲\r乙\u{2F2F}", 2, 2),
            ("甲\r\n\r\n\u{2F2F}", 3, 1),
            ("甲\u{85}乙\u{2028}丙\u{2F2F}", 3, 2),
            ("甲\u{B}\u{C}\u{2F2F}", 1, 4),
        ] {
            let mut diagnostics = Diagnostics::default();
            decode_unified(text.as_bytes(), None, false, &mut diagnostics).expect("text");
            let found = diagnostics.iter().find(|found| found.code == "character-unified");
            assert_eq!(found.expect("a radical").at, Location::Spot { line, column }, "{text:?}");
        }
    }

    #[test]
    fn every_edition_of_gb_18030_gives_the_same_characters() {
        let unified = |bytes: &[u8]| {
            let text = decode_unified(bytes, Some(Encoding::Gb18030), false, &mut Diagnostics::default());
            text.expect("text").into_owned()
        };
        // Two bytes that were private in the edition of 2000 or 2005, and what they are since 2022.
        let cases: [([u8; 2], char); 12] = [
            ([0xFE, 0x51], '\u{20087}'),
            ([0xFE, 0x52], '\u{20089}'),
            ([0xFE, 0x53], '\u{200CC}'),
            ([0xFE, 0x6C], '\u{215D7}'),
            ([0xFE, 0x76], '\u{2298F}'),
            ([0xFE, 0x91], '\u{241FE}'),
            ([0xA6, 0xD9], '\u{FE10}'),
            ([0xA6, 0xF3], '\u{FE19}'),
            ([0xFE, 0x59], '\u{9FB4}'),
            ([0xFE, 0xA0], '\u{9FBB}'),
            ([0xA8, 0xBC], '\u{1E3F}'),
            ([0xA9, 0x96], '〇'),
        ];
        for (bytes, character) in cases {
            assert_eq!(
                unified(&[gbk("王").as_slice(), &bytes].concat()),
                format!("王{character}"),
                "{bytes:X?}"
            );
        }
        // The same by their four-byte forms, and the last character of all.
        assert_eq!(unified(&gbk("王\u{20087}\u{1E3F}")), "王\u{20087}\u{1E3F}");
        assert_eq!(unified(&[0xE3, 0x32, 0x9A, 0x35]), "\u{10FFFF}");
        // Its byte order mark goes; one inside the text is for the reader of lines.
        assert_eq!(guessed(&[&[0x84, 0x31, 0x95, 0x33], gbk("各单位").as_slice()].concat()), "各单位");
    }

    #[test]
    fn big5_has_the_characters_of_hong_kong() {
        let text = "鰂魚涌居民大會通知\n各位街坊：\n深水埗、赤鱲角、葵涌、大埔滘嘅巴士，佢哋話：「啲嘢好好食！」咗、嗰、喺、冚、𡃁、𠝹。";
        #[rustfmt::skip]
        let bytes = [
            0x91, 0x6F, 0xB3, 0xBD, 0xAF, 0x46, 0xA9, 0x7E, 0xA5, 0xC1, 0xA4, 0x6A, 0xB7, 0x7C, 0xB3, 0x71, 0xAA, 0xBE, 0x0A, 0xA6,
            0x55, 0xA6, 0xEC, 0xB5, 0xF3, 0xA7, 0x7B, 0xA1, 0x47, 0x0A, 0xB2, 0x60, 0xA4, 0xF4, 0x96, 0xF5, 0xA1, 0x42, 0xA8, 0xAA,
            0x9E, 0x50, 0xA8, 0xA4, 0xA1, 0x42, 0xB8, 0xAA, 0xAF, 0x46, 0xA1, 0x42, 0xA4, 0x6A, 0xAE, 0x48, 0xDE, 0x5D, 0x9D, 0xEF,
            0xA4, 0xDA, 0xA4, 0x68, 0xA1, 0x41, 0xCA, 0x5C, 0x92, 0x5D, 0xB8, 0xDC, 0xA1, 0x47, 0xA1, 0x75, 0x9D, 0xF8, 0x9D, 0xCF,
            0xA6, 0x6E, 0xA6, 0x6E, 0xAD, 0xB9, 0xA1, 0x49, 0xA1, 0x76, 0x9D, 0xF7, 0xA1, 0x42, 0x9D, 0xF5, 0xA1, 0x42, 0x9D, 0xF6,
            0xA1, 0x42, 0x9E, 0x52, 0xA1, 0x42, 0x9E, 0x63, 0xA1, 0x42, 0x9B, 0xD0, 0xA1, 0x43,
        ];
        assert_eq!(guessed(&bytes), text);
        // A name alone, of which one character is in the supplement only.
        assert_eq!(guessed(&[0xB2, 0x60, 0xA4, 0xF4, 0x96, 0xF5]), "深水埗");
    }

    #[test]
    fn one_bad_byte_in_gbk_is_an_error_at_its_offset_and_line() {
        let line = gbk("关于做好防汛工作的通知，请各单位遵照执行。\r\n");
        let mut bytes = line.repeat(20);
        bytes.insert(line.len() * 4, 0xFF);
        let error = decode(&bytes, None, false, &mut Diagnostics::default()).expect_err("a bad byte");
        assert!(
            matches!(&error, Error::Encoding { encoding: "GB18030", offset, line: 5, bytes, .. } if *offset == line.len() * 4 && bytes == &[0xFF]),
            "{error}"
        );
        let text = decode(&bytes, None, true, &mut Diagnostics::default()).expect("lossy");
        assert_eq!(text.matches('\u{FFFD}').count(), 1);
        assert_eq!(text.matches("遵照执行。").count(), 20);
    }

    #[test]
    fn a_gbk_tail_is_named_below_a_byte_order_mark_too() {
        let mut bytes =
            "\u{FEFF}各区县人民政府，市政府各部门：现将有关事项通知如下。\n".repeat(2).into_bytes();
        bytes.extend(gbk("更多资料请关注我们的公众号，欢迎大家下载使用。"));
        let error = decode(&bytes, None, false, &mut Diagnostics::default()).expect_err("two encodings");
        assert!(error.to_string().contains("from there on the file reads as GB18030"), "{error}");
    }

    #[test]
    fn utf32_is_named_with_and_without_a_mark_in_both_orders() {
        let text = "通知：各单位";
        let units =
            |order: fn(u32) -> [u8; 4]| text.chars().flat_map(|c| order(c.into())).collect::<Vec<u8>>();
        for bytes in [
            units(u32::to_le_bytes),
            units(u32::to_be_bytes),
            [&[0xFF, 0xFE, 0, 0], units(u32::to_le_bytes).as_slice()].concat(),
            [&[0, 0, 0xFE, 0xFF], units(u32::to_be_bytes).as_slice()].concat(),
        ] {
            let error = decode(&bytes, None, false, &mut Diagnostics::default()).expect_err("UTF-32");
            assert!(error.to_string().contains("UTF-32"), "{error}");
        }
    }

    #[test]
    fn renamed_files_of_every_sort_are_named() {
        let cases: [(&[u8], &str); 7] = [
            (b"{\\rtf1\\ansi\\ansicpg936 \\'cd\\'a8}", "rich text"),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "PNG"),
            (&[0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10], "JPEG"),
            (b"Rar!\x1A\x07\x01\0", "RAR"),
            (&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0], "gzip"),
            (b"7z\xBC\xAF\x27\x1C", "7z"),
            (b"\x7FELF\x02\x01\x01\0", "program"),
        ];
        for (bytes, name) in cases {
            let error = decode(bytes, None, false, &mut Diagnostics::default()).expect_err(name);
            assert!(error.to_string().contains(name), "{error}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_left_as_it_is() {
        let text = "①②㈠⑴Ⅳ㎡℃ＡＢ１２（），．“”—…〇○Ｏ\u{E9}e\u{301}";
        let mut diagnostics = Diagnostics::default();
        assert_eq!(decode_unified(text.as_bytes(), None, false, &mut diagnostics).expect("text"), text);
        assert!(diagnostics.iter().all(|found| found.code == "encoding-recognised"));
    }

    #[test]
    fn writing_names_what_an_encoding_lacks() {
        let (bytes, lacking) = encode("王㛃到了", Encoding::Gbk);
        assert_eq!(lacking, [(1, '㛃')]);
        assert_eq!(bytes, [gbk("王"), b"?".to_vec(), gbk("到了")].concat());
    }
}
