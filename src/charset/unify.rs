//! Characters that old programs wrote for others: radicals and compatibility ideographs for ideographs, and the
//! private code points that GB 18030 used before Unicode had the characters.

use std::borrow::Cow;

use super::Place;
use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::ideograph;

/// Private code points of GB 18030-2000 and -2005, and what they are now (GB 18030-2022, annex D).
const PRIVATE: [(char, char); 25] = [
    ('\u{E78D}', '\u{FE10}'),
    ('\u{E78E}', '\u{FE12}'),
    ('\u{E78F}', '\u{FE11}'),
    ('\u{E790}', '\u{FE13}'),
    ('\u{E791}', '\u{FE14}'),
    ('\u{E792}', '\u{FE15}'),
    ('\u{E793}', '\u{FE16}'),
    ('\u{E794}', '\u{FE17}'),
    ('\u{E795}', '\u{FE18}'),
    ('\u{E796}', '\u{FE19}'),
    ('\u{E7C7}', '\u{1E3F}'),
    ('\u{E816}', '\u{20087}'),
    ('\u{E817}', '\u{20089}'),
    ('\u{E818}', '\u{200CC}'),
    ('\u{E81E}', '\u{9FB4}'),
    ('\u{E826}', '\u{9FB5}'),
    ('\u{E82B}', '\u{9FB6}'),
    ('\u{E82C}', '\u{9FB7}'),
    ('\u{E831}', '\u{215D7}'),
    ('\u{E832}', '\u{9FB8}'),
    ('\u{E83B}', '\u{2298F}'),
    ('\u{E843}', '\u{9FB9}'),
    ('\u{E854}', '\u{9FBA}'),
    ('\u{E855}', '\u{241FE}'),
    ('\u{E864}', '\u{9FBB}'),
];

/// The character that `c` was written for, if it is another.
pub(crate) fn unified(c: char) -> Option<char> {
    let known = PRIVATE.iter().find(|(old, _)| *old == c).map(|(_, new)| *new);
    known.or_else(|| ideograph(c))
}

/// Replaces such characters, reporting each with its place, and reports the private code points that stay.
pub(super) fn unify<'a>(text: Cow<'a, str>, diagnostics: &mut Diagnostics) -> Cow<'a, str> {
    if !may_have_any(text.as_bytes()) || !text.chars().any(|c| is_private(c) || ideograph(c).is_some()) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut place = Place::default();
    for c in text.chars() {
        let at = place.location();
        place.pass(c.encode_utf8(&mut [0; 4]));
        if let Some(new) = unified(c) {
            let message = message!(
                "U+{code} written as {new} (U+{new_code})",
                code = format!("{:04X}", u32::from(c)),
                new,
                new_code = format!("{:04X}", u32::from(new))
            );
            diagnostics.report_text(Kind::Substituted, "character-unified", at, message, c);
            out.push(new);
            continue;
        }
        if is_private(c) {
            let message = message!(
                "U+{code} has a meaning in one program only; see what it should be",
                code = format!("{:04X}", u32::from(c))
            );
            diagnostics.report_text(Kind::Substituted, "private-character", at, message, c);
        }
        out.push(c);
    }
    Cow::Owned(out)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

/// False for a text in UTF-8 that has none of those characters, as nearly all: told by the first two bytes of each,
/// in pieces without a branch, which the compiler turns into a few instructions for many bytes.
fn may_have_any(utf8: &[u8]) -> bool {
    const PIECE: usize = 1024;
    let pieces = utf8.chunks(PIECE).zip(utf8.get(1..).unwrap_or_default().chunks(PIECE));
    pieces.into_iter().any(|(first, second)| {
        first.iter().zip(second).fold(false, |found, (&first, &second)| {
            let radical = (first == 0xE2) & (second >= 0xBA);
            let private_or_compatible = (first == 0xEE) | (first == 0xEF) & (second < 0xAC);
            let beyond = (first == 0xF0) & (second == 0xAF) | (first >= 0xF3);
            found | radical | private_or_compatible | beyond
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_characters_that_are_unified_or_private_are_told_by_two_bytes() {
        for c in ('\0'..=char::MAX).filter(|c| is_private(*c) || unified(*c).is_some()) {
            assert!(may_have_any(format!("一{c}").as_bytes()), "{c:?}");
        }
        assert!(!may_have_any("“同志们，好！”——①㎡Ａ\u{FB00}\u{20087}".as_bytes()));
        assert!(!may_have_any(b""));
    }
}
