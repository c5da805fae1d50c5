//! Han characters, and those that Unicode encodes twice.

use unicode_normalization::char::decompose_compatible;

/// The ideograph that a radical or a compatibility ideograph stands for; `None` for any other character.
///
/// Text copied from PDF files is full of Kangxi radicals (U+2F00 to U+2FD5): they look like ideographs and are not
/// found by a search for them.
pub(crate) fn ideograph(c: char) -> Option<char> {
    let twice = matches!(c, '\u{2E80}'..='\u{2FD5}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}');
    if !twice {
        return None;
    }
    let (mut first, mut count) = (c, 0);
    decompose_compatible(c, |part| {
        first = part;
        count += 1;
    });
    (count == 1 && first != c).then_some(first)
}

/// True for the characters that a quarter em parts from Latin letters: ideographs, not signs or full-width
/// letters (CLREQ 3.2.1).
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '〇' | '々' | '\u{2E80}'..='\u{2FDF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}' | '\u{E000}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_compatibility_ideographs_have_an_ideograph() {
        let pairs = [
            ('\u{2F00}', '一'),
            ('\u{2FD5}', '龠'),
            ('\u{F900}', '豈'),
            ('\u{2F800}', '丽'),
            ('\u{2EA0}', '民'),
        ];
        for (c, han) in &pairs[..4] {
            assert_eq!(ideograph(*c), Some(*han));
        }
        for c in ['一', '㎡', '①', '（', '\u{FA0E}', '\u{2E80}'] {
            assert_eq!(ideograph(c), None);
        }
    }
}
