//! Which encoding bytes are in, when nothing says so.
//!
//! The order of the tests: what is no text at all; UTF-16 without a mark; UTF-8, which hardly ever fits by
//! chance; then GBK against Big5 by how ordinary the characters are that each gives. chardetng is asked
//! only where neither fits, to name what the file may be.

use super::{Encoding, replacing, strict};
use crate::error::{Error, Result};
use crate::message::Message;

/// First bytes of files that are often renamed to `.txt`, and what to call them.
fn signatures() -> [(&'static [u8], Message); 16] {
    [
        (&[0xFF, 0xFE, 0, 0], message!("UTF-32, which no office program reads; save it as UTF-8")),
        (&[0, 0, 0xFE, 0xFF], message!("UTF-32, which no office program reads; save it as UTF-8")),
        (
            b"PK\x03\x04",
            message!("a Word file or another zip package; give it its own extension, such as .docx"),
        ),
        (
            &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            message!("a file of an older office program (.doc, .wps, .xls); save it as .docx or .txt"),
        ),
        (b"%PDF-", message!("a PDF; save its text as .txt")),
        (b"{\\rtf", message!("a rich text file (.rtf); save it as .docx or .txt")),
        (b"\x89PNG", message!("a PNG picture")),
        (&[0xFF, 0xD8, 0xFF], message!("a JPEG picture")),
        (b"GIF8", message!("a GIF picture")),
        (b"Rar!", message!("a RAR archive")),
        (b"7z\xBC\xAF", message!("a 7z archive")),
        (&[0x1F, 0x8B], message!("a gzip archive")),
        (b"\x7FELF", message!("a program")),
        (b"MZ\x90\0", message!("a program")),
        (b"SQLite format 3\0", message!("a database")),
        (b"OggS", message!("a sound file")),
    ]
}

/// Names what the bytes are, where they are surely not a text in one of the encodings read here.
pub(super) fn not_text(bytes: &[u8]) -> Option<Message> {
    if let Some((_, what)) = signatures().into_iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(what);
    }
    if utf32_units(bytes) {
        return Some(message!("UTF-32, which no office program reads; save it as UTF-8"));
    }
    if bytes.is_ascii() {
        if is_hz(bytes) {
            return Some(message!("HZ (7-bit GB 2312); convert it to UTF-8 first"));
        }
        if is_utf7(bytes) {
            return Some(message!("UTF-7; convert it to UTF-8 first"));
        }
    }
    // In chunks whose count fits a byte, which the compiler turns into a few instructions for many bytes.
    let controls: usize = bytes
        .chunks(255)
        .map(|chunk| {
            // Ranges by their lengths: without a branch.
            let control = |byte: &u8| {
                let within = |first: u8, count: u8| u8::from(byte.wrapping_sub(first) < count);
                within(1, 8) + within(0x0E, 12) + within(0x1B, 5)
            };
            usize::from(chunk.iter().map(control).sum::<u8>())
        })
        .sum();
    // Texts hold a few stray controls at most; UTF-16 has its own, so only where that does not fit.
    let many = controls * 50 > bytes.len() && (controls > 8 || controls * 4 > bytes.len());
    if many && utf16(bytes).is_none() && !starts_with_utf16_mark(bytes) {
        return Some(message!("a binary file"));
    }
    None
}

/// The encoding of a text without a byte order mark; `utf8` are the bytes as that, where they can be read so.
pub(super) fn guess(bytes: &[u8], utf8: Option<&str>) -> Result<Encoding> {
    if bytes.is_ascii() && !bytes.contains(&0) {
        return Ok(Encoding::Utf8);
    }
    // Without zero bytes, UTF-8 is no UTF-16.
    if (utf8.is_none() || bytes.contains(&0))
        && let Some(encoding) = utf16(bytes)
    {
        return Ok(encoding);
    }
    if let Some(text) = utf8 {
        // 通知, 联通 and other short words in GBK are also valid UTF-8: Latin or Hebrew letters only.
        let chance = text.chars().all(|c| c <= '\u{7FF}');
        let han = || {
            strict(bytes, Encoding::Gbk).filter(|text| text.chars().all(|c| c.is_ascii() || is_level_1(c)))
        };
        return Ok(if chance && !is_latin(text) && han().is_some() { Encoding::Gbk } else { Encoding::Utf8 });
    }
    if mostly_utf8(bytes) {
        return Ok(Encoding::Utf8);
    }
    // A file that was cut short may end inside a character, of which up to three bytes are left.
    let whole =
        |encoding| (0..=3.min(bytes.len())).find_map(|cut| strict(&bytes[..bytes.len() - cut], encoding));
    let gbk = whole(Encoding::Gb18030);
    let big5 = whole(Encoding::Big5);
    match (gbk, big5) {
        (Some(gbk), Some(big5)) if score(&big5, TRADITIONAL) > score(&gbk, SIMPLIFIED) + doubt(&gbk) => {
            Ok(Encoding::Big5)
        }
        (Some(gbk), _) if is_euc_tw(bytes, &gbk) => Err(Error::UnknownEncoding { maybe: "EUC-TW" }),
        (Some(_), Some(_)) => Ok(Encoding::Gb18030),
        (Some(text), None) if plausible(&text, SIMPLIFIED) => Ok(Encoding::Gb18030),
        (None, Some(text)) if plausible(&text, TRADITIONAL) => Ok(Encoding::Big5),
        _ => damaged(bytes),
    }
}

/// By how much Big5 must read better: a word or two of everyday characters is GBK, for no sum over so few says much.
fn doubt(gbk: &str) -> f64 {
    let few = gbk.chars().filter(|c| !c.is_ascii()).count() <= 6;
    let everyday =
        gbk.chars().all(|c| c.is_ascii() || is_level_1(c) || ('\u{3000}'..='\u{3017}').contains(&c));
    if few && everyday { 0.5 } else { 0.0 }
}

/// True for a Latin text: hardly anything is beyond ASCII, or only letters of Latin words and quotes around
/// them. In GBK, `Károly` has a Han character amid its letters, and an English text with `25 °C` just one in all.
fn is_latin(text: &str) -> bool {
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    if text.chars().filter(|c| !c.is_ascii()).count() * 16 < letters {
        return true;
    }
    let mut before = ' ';
    let mut after = text.chars().skip(1);
    text.chars().all(|c| {
        let next = after.next().unwrap_or(' ');
        let in_a_word = before.is_ascii_alphabetic() || next.is_ascii_alphabetic();
        before = c;
        let latin = ('\u{C0}'..='\u{24F}').contains(&c) && c.is_alphabetic() || matches!(c, '«' | '»');
        c.is_ascii() || (latin && in_a_word)
    })
}

/// Neither GBK nor Big5 fits to the letter: a damaged file of one of them, or something else.
fn damaged(bytes: &[u8]) -> Result<Encoding> {
    let (gbk, big5) = (replacing(bytes, Encoding::Gb18030), replacing(bytes, Encoding::Big5));
    let (gbk, big5) = (score(&gbk, SIMPLIFIED), score(&big5, TRADITIONAL));
    if gbk.max(big5) > 0.6 {
        return Ok(if big5 > gbk { Encoding::Big5 } else { Encoding::Gb18030 });
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let name = detector.guess(None, chardetng::Utf8Detection::Allow).name();
    Err(Error::UnknownEncoding { maybe: name })
}

/// The encoding other than `tried` in which all of `bytes` is ordinary Chinese text, if there is one.
pub(super) fn reads_as(bytes: &[u8], tried: Encoding) -> Option<Encoding> {
    if tried != Encoding::Utf8 && std::str::from_utf8(bytes).is_ok_and(|text| plausible(text, SIMPLIFIED)) {
        return Some(Encoding::Utf8);
    }
    // A few bytes read as Chinese by chance.
    if bytes.len() < 8 {
        return None;
    }
    [(Encoding::Gb18030, SIMPLIFIED), (Encoding::Big5, TRADITIONAL)]
        .into_iter()
        .filter(|(encoding, _)| encoding.coder() != tried.coder())
        .find(|(encoding, common)| strict(bytes, *encoding).is_some_and(|text| plausible(&text, common)))
        .map(|(encoding, _)| encoding)
}

fn plausible(text: &str, common: &str) -> bool {
    score(text, common) > 0.0
}

fn starts_with_utf16_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF])
}

/// A score below that of any real text of some length; lists of rare names come near it.
const UNUSUAL: f64 = 0.38;

/// EUC-TW has the form of GB 2312 and reads in it as a string of unusual characters.
fn is_euc_tw(bytes: &[u8], as_gbk: &str) -> bool {
    let mut rest = bytes;
    let mut characters = 0;
    loop {
        rest = match rest {
            [] => break,
            [0..=0x7F, rest @ ..] => rest,
            [0x8E, 0xA1..=0xB0, 0xA1..=0xFE, 0xA1..=0xFE, rest @ ..]
            | [0xA1..=0xFE, 0xA1..=0xFE, rest @ ..] => {
                characters += 1;
                rest
            }
            _ => return false,
        };
    }
    characters >= 20 && score(as_gbk, SIMPLIFIED) < UNUSUAL
}

/// Four bytes a character, of which the highest are zero.
fn utf32_units(bytes: &[u8]) -> bool {
    let whole = bytes.len() >= 8 && bytes.len().is_multiple_of(4);
    let zeros = |high: usize, next: usize| {
        bytes.chunks_exact(4).all(|unit| unit[high] == 0 && unit[next] <= 0x10)
            && bytes.chunks_exact(4).any(|unit| unit[3 - high] != 0)
    };
    whole && (zeros(3, 2) || zeros(0, 1))
}

/// `~{` … `~}` around bytes that are pairs of GB 2312 rows.
fn is_hz(bytes: &[u8]) -> bool {
    let find =
        |from: usize, mark: &[u8]| bytes[from..].windows(2).position(|pair| pair == mark).map(|at| from + at);
    let Some(open) = find(0, b"~{") else { return false };
    let Some(close) = find(open + 2, b"~}") else { return false };
    let inside = &bytes[open + 2..close];
    !inside.is_empty()
        && inside.len().is_multiple_of(2)
        && inside
            .chunks_exact(2)
            .all(|pair| (0x21..=0x77).contains(&pair[0]) && (0x21..=0x7E).contains(&pair[1]))
}

/// Runs of base64 after `+` that decode to Chinese, whether `-`, another mark or the end closes them (RFC 2152).
fn is_utf7(bytes: &[u8]) -> bool {
    let (mut chinese, mut runs, mut other) = (0_usize, 0_usize, 0_usize);
    let mut rest = bytes;
    while let Some(plus) = rest.iter().position(|byte| *byte == b'+') {
        rest = &rest[plus + 1..];
        let length = rest.iter().take_while(|byte| sextet(**byte).is_some()).count();
        let (run, tail) = rest.split_at(length);
        rest = tail;
        match chinese_in_base64(run) {
            Some(units) => (chinese, runs) = (chinese + units, runs + 1),
            // `+-` is a plus sign.
            None if run.is_empty() && rest.first() == Some(&b'-') => {}
            None => other += 1,
        }
    }
    chinese >= 3 && runs > other * 4
}

/// Value of a character of base64.
fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

/// How many units of UTF-16 a run holds, if all are Chinese characters or marks and the bits left over are zero.
fn chinese_in_base64(run: &[u8]) -> Option<usize> {
    let (mut bits, mut count, mut units) = (0_u32, 0_u32, 0_usize);
    for &byte in run {
        bits = bits << 6 | sextet(byte)?;
        count += 6;
        if count >= 16 {
            count -= 16;
            let unit = bits >> count;
            bits &= (1 << count) - 1;
            let chinese = matches!(
                unit,
                0x2010..=0x2027 | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF | 0x0A | 0x0D | 0x20..=0x7E
            );
            if !chinese {
                return None;
            }
            units += usize::from(unit > 0x2000);
        }
    }
    (units > 0 && bits == 0 && count < 6).then_some(units)
}

/// UTF-16 without a mark: by the zero bytes of ASCII, or because the code units are ordinary Chinese.
fn utf16(bytes: &[u8]) -> Option<Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    [Encoding::Utf16Le, Encoding::Utf16Be].into_iter().find(|encoding| {
        let Some(text) = strict(bytes, *encoding) else { return false };
        let (mut chinese, mut ascii, mut all) = (0_usize, 0_usize, 0_usize);
        for c in text.chars() {
            all += 1;
            match c {
                '\u{1}'..='\u{7E}' => ascii += 1,
                '\u{2010}'..='\u{2027}'
                | '\u{3000}'..='\u{301F}'
                | '\u{4E00}'..='\u{9FFF}'
                | '\u{FF00}'..='\u{FFEF}' => {
                    chinese += 1;
                }
                _ => {}
            }
        }
        // Two ASCII letters read as one unit are a Han character too, so Han alone prove nothing: common ones must.
        let common = text.chars().filter(|c| {
            SIMPLIFIED.contains(*c) || TRADITIONAL.contains(*c) || "，。、：\u{3000}".contains(*c)
        });
        (chinese + ascii) * 10 >= all * 9
            && (ascii * 5 >= all * 2 || common.count() * 6 >= all)
            && bytes_look_wide(bytes)
    })
}

/// Rules out eight-bit text: in GBK, Big5 and UTF-8 zero bytes do not occur and high bytes come in pairs.
fn bytes_look_wide(bytes: &[u8]) -> bool {
    bytes.contains(&0)
        || (std::str::from_utf8(bytes).is_err()
            && strict(bytes, Encoding::Gb18030).is_none_or(|text| score(&text, SIMPLIFIED) < 0.0))
}

/// True where the bytes are UTF-8 with damage, or with a tail in another encoding. In GBK and Big5, faults by far
/// outnumber what reads as a character of UTF-8 by chance.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| *c >= '\u{800}').count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    good >= 3 && good > faults * 2
}

/// How ordinary a Chinese text is, from about -2 (chance) to 1, a mean over its characters beyond ASCII.
fn score(text: &str, common: &str) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for c in text.chars().filter(|c| !c.is_ascii()).take(20_000) {
        count += 1.0;
        sum += match c {
            '，' | '。' | '、' | '：' | '；' | '“' | '”' | '（' | '）' | '《' | '》' | '「' | '」'
            | '\u{3000}' => 1.0,
            _ if common.contains(c) => 1.0,
            '\u{FFFD}' => -4.0,
            '\u{E000}'..='\u{F8FF}' => -3.0,
            '\u{4E00}'..='\u{9FFF}' => 0.2,
            '\u{2010}'..='\u{2027}' | '\u{2460}'..='\u{24FF}' | '\u{FF00}'..='\u{FF5E}' => 0.5,
            _ => -0.8,
        };
    }
    if count == 0.0 { 0.0 } else { sum / count }
}

/// Level 1 of GB 2312 (rows 16 to 55): the characters in everyday use.
fn is_level_1(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, ..) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    matches!(bytes[..], [0xB0..=0xD7, 0xA1..=0xFE])
}

/// Characters that make up most of any text in simplified writing.
const SIMPLIFIED: &str = "的一是在了不和有大这主中人上为们地个用工时要动国产以我到他会作来分生对于学下级就年阶义发成部民可出能方进同行面说种过命度革而多子后自社加小机也经力线本电高量长党得实家定深法表着水理化争现所二起政三好十战无农使性前等反体合斗路图把结第里正新开论之物从当两些还天资事队批如应形想制心样干都向变关点育重其思与间内去因件日利相由压员气业代全组数果期导平各基或月毛然问比展那它最及外没看治提五解系林者米群头意只明四道马认次文通但条较克又公孔领军流入接席位情运器并飞原油放立题质指建区验活众很教决特此常石强极土少已根共直团统式转别造切九你取西持总料连任志观调七么山程百报更见必真保热委手改管处己将修支识病象先老光专几什六型具示复安带每东增则完风回南光标科";

/// The like for traditional writing, where it differs or stays the same.
const TRADITIONAL: &str = "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被幹做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶安場身車例真務具萬每目至達走積示議聲報鬥完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且究觀越織裝影算低持音眾書布復容兒須際商非驗連斷深難近礦千週委素技備半辦青省列習響約支般史感勞便團往酸歷市克何除消構府稱太準精值號率族維劃選標寫存候毛親快效斯院查江型眼王按格養易置派層片始卻專狀育廠京識適屬圓包火住調滿縣局照參紅細引聽該鐵價嚴";
