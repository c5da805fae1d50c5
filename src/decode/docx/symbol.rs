//! Signs of symbol faces as the characters they look like.

use super::xml::Element;

/// Signs of Wingdings that office texts use, by their byte.
const WINGDINGS: [(u32, char); 31] = [
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x46, '☞'),
    (0x4A, '☺'),
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA7, '▪'),
    (0xA8, '□'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xDC, '➲'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
    (0x77, '⬥'),
];

/// Signs of Wingdings 2.
const WINGDINGS_2: [(u32, char); 7] =
    [(0x4F, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x97, '●'), (0xA3, '□')];

/// Signs of Symbol beside the Greek letters.
const SYMBOL: [(u32, char); 24] = [
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAD, '↑'),
    (0xAE, '→'),
    (0xAF, '↓'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB2, '″'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB5, '∝'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBA, '≡'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xCE, '∈'),
    (0xD0, '∠'),
    (0xD6, '√'),
    (0xDE, '⇒'),
    (0xE5, '∑'),
];

const GREEK_CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const GREEK_SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

/// The faces whose signs are known.
const FACES: [&str; 3] = ["Wingdings", "Wingdings 2", "Symbol"];

/// The face of signs in which `w:rPr` sets letters.
pub(super) fn face(properties: Element<'_>) -> Option<&'static str> {
    let fonts = properties.child("rFonts")?;
    let name = fonts.get("ascii").or_else(|| fonts.get("hAnsi"))?;
    FACES.into_iter().find(|face| name.eq_ignore_ascii_case(face))
}

/// The character of a sign, and whether it is known. Codes of symbol faces stand at U+F000 or bare
/// (17.3.3.30); others are what they are.
pub(super) fn character(font: &str, code: u32) -> (char, bool) {
    let byte = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let named = |name: &str| font.eq_ignore_ascii_case(name);
    let of = |table: &[(u32, char)]| table.iter().find(|row| row.0 == byte).map(|row| row.1);
    let greek = |first: u32, letters: &str| letters.chars().nth(byte.checked_sub(first)? as usize);
    let known = if named("Wingdings") {
        of(&WINGDINGS)
    } else if named("Wingdings 2") {
        of(&WINGDINGS_2)
    } else if named("Symbol") {
        of(&SYMBOL)
            .or_else(|| greek(0x41, GREEK_CAPITALS))
            .or_else(|| greek(0x61, GREEK_SMALL))
            .or_else(|| char::from_u32(byte).filter(|c| matches!(c, ' '..='?')))
    } else {
        char::from_u32(code).filter(|c| !matches!(*c, '\0'..='\u{1F}' | '\u{E000}'..='\u{F8FF}'))
    };
    match known {
        Some(c) => (c, true),
        None => (char::from_u32(code).filter(|c| *c >= ' ').unwrap_or('\u{FFFD}'), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_the_characters_they_look_like() {
        assert_eq!(character("Wingdings", 0xF0FE), ('☑', true));
        assert_eq!(character("wingdings 2", 0x52), ('☑', true));
        assert_eq!(character("Symbol", 0xF061), ('α', true));
        assert_eq!(character("Symbol", 0xF0B3), ('≥', true));
        assert_eq!(character("宋体", 0x25CB), ('○', true));
        assert!(!character("Wingdings 3", 0xF041).1);
    }
}
