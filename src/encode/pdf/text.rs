//! The text of a PDF file, as a reader extracts it: from the codes of its strings, the ToUnicode maps of its fonts,
//! and the text that is stated outright (ISO 32000-1, 9.10 and 14.9.4).

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Codes of two bytes to characters.
type Map = BTreeMap<u16, String>;

/// The text of all pages in the order of their contents, a line end after each page; `None` for what is no PDF file
/// whose fonts are mapped to characters.
pub(crate) fn text(bytes: &[u8]) -> Option<String> {
    let file = Document::load_mem(bytes).ok()?;
    let mut maps: BTreeMap<ObjectId, Map> = BTreeMap::new();
    let mut text = String::new();
    for page in file.get_pages().into_values() {
        read_page(&file, page, &mut maps, &mut text)?;
        text.push('\n');
    }
    Some(text)
}

fn read_page(
    file: &Document,
    page: ObjectId,
    maps: &mut BTreeMap<ObjectId, Map>,
    text: &mut String,
) -> Option<()> {
    let mut fonts: BTreeMap<Vec<u8>, ObjectId> = BTreeMap::new();
    for (name, font) in file.get_page_fonts(page).ok()? {
        let map = font.get(b"ToUnicode").and_then(Object::as_reference).ok()?;
        if let std::collections::btree_map::Entry::Vacant(entry) = maps.entry(map) {
            let stream = file.get_object(map).and_then(Object::as_stream).ok()?;
            let plain = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            entry.insert(read_map(&plain)?);
        }
        fonts.insert(name, map);
    }
    let content = Content::decode(&file.get_page_content(page)).ok()?;
    let mut font: Option<&Map> = None;
    // Marked content that is open; true where it states its text, in place of what it shows.
    let mut stated: Vec<bool> = Vec::new();
    for Operation { operator, operands } in &content.operations {
        match operator.as_str() {
            "Tf" => font = Some(maps.get(fonts.get(operands.first()?.as_name().ok()?)?)?),
            "BMC" => stated.push(false),
            "BDC" => {
                let properties = operands.get(1).and_then(|operand| operand.as_dict().ok());
                let actual = properties.and_then(actual_text);
                if !stated.contains(&true) {
                    text.push_str(actual.as_deref().unwrap_or(""));
                }
                stated.push(actual.is_some());
            }
            "EMC" => {
                stated.pop();
            }
            "Tj" | "'" | "\"" | "TJ" if !stated.contains(&true) => {
                let strings = operands.last()?;
                let strings = strings
                    .as_array()
                    .map_or_else(|_| std::slice::from_ref(strings), |strings| strings.as_slice());
                for string in strings.iter().filter_map(|string| string.as_str().ok()) {
                    for code in string.chunks_exact(2) {
                        text.push_str(font?.get(&u16::from_be_bytes([code[0], code[1]]))?);
                    }
                }
            }
            _ => {}
        }
    }
    Some(())
}

/// `/ActualText` of marked content: UTF-16 with a mark of its order.
fn actual_text(properties: &Dictionary) -> Option<String> {
    let bytes = properties.get(b"ActualText").and_then(Object::as_str).ok()?;
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(units) => utf16(units),
        None => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).ok()
}

/// A ToUnicode map (ISO 32000-1, 9.10.3): single codes and ranges.
fn read_map(map: &[u8]) -> Option<Map> {
    let map = std::str::from_utf8(map).ok()?;
    let mut read = Map::new();
    for part in map.split("beginbfchar").skip(1) {
        let codes = strings(part.split("endbfchar").next()?)?;
        for pair in codes.chunks_exact(2) {
            read.insert(code(&pair[0])?, utf16(&pair[1])?);
        }
    }
    for part in map.split("beginbfrange").skip(1) {
        for line in part.split("endbfrange").next()?.lines().filter(|line| line.contains('<')) {
            let codes = strings(line)?;
            let (first, last) = (code(codes.first()?)?, code(codes.get(1)?)?);
            if line.contains('[') {
                for (at, text) in (first..=last).zip(&codes[2..]) {
                    read.insert(at, utf16(text)?);
                }
                continue;
            }
            let mut units = codes.get(2)?.clone();
            for at in first..=last {
                read.insert(at, utf16(&units)?);
                let low = units.last_mut()?;
                *low = low.wrapping_add(1);
            }
        }
    }
    Some(read)
}

/// The strings in angle brackets.
fn strings(text: &str) -> Option<Vec<Vec<u8>>> {
    let hex = |digits: &str| -> Option<Vec<u8>> {
        let digits: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
        (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect()
    };
    text.split('<').skip(1).map(|part| hex(part.split_once('>')?.0)).collect()
}

fn code(bytes: &[u8]) -> Option<u16> {
    match bytes {
        [low] => Some(u16::from(*low)),
        [high, low] => Some(u16::from_be_bytes([*high, *low])),
        _ => None,
    }
}
