//! Long lists of words that are looked for in every paragraph.

/// Bits of the sieve.
const SIZE: usize = 4096;

/// A list of words. What they begin with is put into a sieve when the program is compiled, so that a text is gone
/// through once and hardly any word is compared with it.
#[derive(Debug)]
pub(in crate::structure) struct Words {
    list: &'static [&'static str],
    /// A bit for the first two characters of every word.
    sieve: [u64; SIZE / 64],
}

impl Words {
    /// Words of two characters or more.
    pub(in crate::structure) const fn new(list: &'static [&'static str]) -> Self {
        let mut sieve = [0; SIZE / 64];
        let mut at = 0;
        while at < list.len() {
            let word = list[at].as_bytes();
            let (first, next) = decode(word, 0);
            assert!(next < word.len(), "a word of one character");
            let (second, _) = decode(word, next);
            let bit = bit(first, second);
            sieve[bit / 64] |= 1 << (bit % 64);
            at += 1;
        }
        Self { list, sieve }
    }

    /// Whether the text has any of the words.
    pub(in crate::structure) fn any_in(&self, text: &str) -> bool {
        let mut chars = text.char_indices();
        let Some((mut at, mut first)) = chars.next() else { return false };
        for (next, second) in chars {
            let bit = bit(first as u32, second as u32);
            if self.sieve[bit / 64] >> (bit % 64) & 1 == 1
                && self.list.iter().any(|word| text[at..].starts_with(word))
            {
                return true;
            }
            (at, first) = (next, second);
        }
        false
    }

    /// What follows the word that the text begins with.
    pub(in crate::structure) fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.list.iter().find_map(|word| text.strip_prefix(word))
    }

    /// How many of the words the text has.
    pub(in crate::structure) fn count_in(&self, text: &str) -> usize {
        self.list.iter().filter(|word| text.contains(**word)).count()
    }
}

/// The bit of two characters that follow each other.
const fn bit(first: u32, second: u32) -> usize {
    (first.wrapping_mul(61) ^ second) as usize % SIZE
}

/// The character at a place in UTF-8, and the place of the next. (The iterator of the standard library is of no use
/// while the program is compiled.)
const fn decode(utf8: &[u8], at: usize) -> (u32, usize) {
    let first = utf8[at] as u32;
    let (mut c, length) = match first {
        0..0x80 => return (first, at + 1),
        0x80..0xE0 => (first & 0x1F, 2),
        0xE0..0xF0 => (first & 0xF, 3),
        _ => (first & 7, 4),
    };
    let mut next = at + 1;
    while next < at + length {
        c = c << 6 | (utf8[next] & 0x3F) as u32;
        next += 1;
    }
    (c, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand() {
        static WORDS: Words = Words::new(&["公众号", "ICP备", "é‰x", "𠮷田"]);
        for text in ["公众号", "请关注公众号", "京ICP备1号", "aé‰xb", "在𠮷田"] {
            assert!(WORDS.any_in(text), "{text}");
            assert_eq!(WORDS.count_in(text), 1, "{text}");
        }
        for text in ["", "公", "公众", "众号公", "ICP", "田𠮷"] {
            assert!(!WORDS.any_in(text), "{text}");
        }
    }
}
