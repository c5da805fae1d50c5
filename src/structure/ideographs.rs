//! Sets of ideographs, for questions that are asked of every character of a text.

/// The first and the last ideograph that a set may have, those of Unicode's first block of them.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// A set of ideographs: a bit for each from U+4E00 to U+9FFF.
#[derive(Debug)]
pub(super) struct Ideographs([u64; (LAST + 1 - FIRST).div_ceil(64) as usize]);

impl Ideographs {
    /// Every `step`th character of a text that consists of such ideographs, the first among them.
    pub(super) const fn of(text: &str, step: usize) -> Self {
        let text = text.as_bytes();
        let mut bits = [0; _];
        let mut at = 0;
        while at < text.len() {
            let place = code([text[at], text[at + 1], text[at + 2]]) - FIRST;
            bits[(place / 64) as usize] |= 1 << (place % 64);
            at += 3 * step;
        }
        Self(bits)
    }

    /// Whether the code point is that of one of them; `None` for what no set may have.
    #[inline]
    pub(super) fn has(&self, code: u32) -> Option<bool> {
        let place = code.wrapping_sub(FIRST);
        self.0.get((place / 64) as usize).map(|bits| bits >> (place % 64) & 1 == 1)
    }

    /// The same of a character of three bytes of UTF-8. The first two of them tell which 64 it is among.
    #[inline]
    pub(super) fn has_utf8(&self, [first, second, third]: [u8; 3]) -> Option<bool> {
        let place =
            (usize::from(first & 0xF) << 6 | usize::from(second & 0x3F)).wrapping_sub((FIRST / 64) as usize);
        self.0.get(place).map(|bits| bits >> (third & 0x3F) & 1 == 1)
    }
}

/// The code point of a character of three bytes of UTF-8.
#[inline]
pub(super) const fn code([first, second, third]: [u8; 3]) -> u32 {
    (first as u32 & 0xF) << 12 | (second as u32 & 0x3F) << 6 | third as u32 & 0x3F
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_it_was_made_of() {
        static SET: Ideographs = Ideographs::of("一三二四\u{9FFF}丁", 2);
        for c in '\0'..=char::MAX {
            let within = ('\u{4E00}'..='\u{9FFF}').contains(&c);
            let has = within.then(|| "一二\u{9FFF}".contains(c));
            assert_eq!(SET.has(u32::from(c)), has, "{c:?}");
            if let [first, second, third] = *c.encode_utf8(&mut [0; 4]).as_bytes() {
                assert_eq!(SET.has_utf8([first, second, third]), has, "{c:?}");
            }
        }
    }
}
