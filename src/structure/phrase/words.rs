//! Long lists of words that are looked for in every paragraph.

/// Bits of the sieve: one for six bits each of two characters.
const SIZE: usize = 1 << 12;

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
            let second = length(word[0]);
            assert!(second < word.len(), "a word of one character");
            let end = second + length(word[second]);
            let bit = bit(word[second - 1], word[end - 1]);
            sieve[bit / 64] |= 1 << (bit % 64);
            at += 1;
        }
        Self { list, sieve }
    }

    /// Whether the text has any of the words.
    pub(in crate::structure) fn any_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        // The character before: where it begins, and its last byte.
        let (mut start, mut last) = (0, 0);
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            let next = at + length(first);
            let end = bytes[next - 1];
            let bit = bit(last, end);
            if has(&self.sieve, bit) && self.any_begins(&bytes[start..]) {
                return true;
            }
            (start, last, at) = (at, end, next);
        }
        false
    }

    /// Whether the text begins with one of the words.
    fn any_begins(&self, text: &[u8]) -> bool {
        self.list.iter().any(|word| {
            // The second byte tells most words from the text.
            let word = word.as_bytes();
            word.get(1) == text.get(1) && text.starts_with(word)
        })
    }

    /// Whether the text begins with one of the words.
    pub(in crate::structure) fn any_starts(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let end = |from: usize| Some(from + length(*bytes.get(from)?));
        let Some((second, third)) = end(0).and_then(|second| Some((second, end(second)?))) else {
            return false;
        };
        let bit = bit(bytes[second - 1], bytes[third - 1]);
        has(&self.sieve, bit) && self.any_begins(bytes)
    }

    /// What follows the word that the text begins with.
    pub(in crate::structure) fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.list.iter().find_map(|word| text.strip_prefix(word))
    }

    /// Whether the text ends with one of the words.
    pub(in crate::structure) fn any_ends(&self, text: &str) -> bool {
        super::ends_with_any(text, self.list)
    }

    /// How many of the words the text has.
    pub(in crate::structure) fn count_in(&self, text: &str) -> usize {
        self.list.iter().filter(|word| text.contains(**word)).count()
    }
}

/// A list of words that texts end with. The ends of their last characters are put into a sieve when the program is compiled.
#[derive(Debug)]
pub(in crate::structure) struct Endings {
    list: &'static [&'static str],
    sieve: [u64; SIZE / 64],
}

impl Endings {
    pub(in crate::structure) const fn new(list: &'static [&'static str]) -> Self {
        let mut sieve = [0; SIZE / 64];
        let mut at = 0;
        while at < list.len() {
            let word = list[at].as_bytes();
            let bit = bit(word[word.len() - 2], word[word.len() - 1]);
            sieve[bit / 64] |= 1 << (bit % 64);
            at += 1;
        }
        Self { list, sieve }
    }

    /// Whether the text ends with one of the words.
    pub(in crate::structure) fn any_ends(&self, text: &str) -> bool {
        text.as_bytes().last_chunk().is_some_and(|[before, last]| {
            let bit = bit(*before, *last);
            has(&self.sieve, bit) && super::ends_with_any(text, self.list)
        })
    }
}

/// Whether a sieve has that bit.
fn has(sieve: &[u64; SIZE / 64], bit: usize) -> bool {
    sieve[bit / 64] >> (bit % 64) & 1 == 1
}

/// The bit of two characters that follow each other, by the last byte of each, which tells most characters apart: six
/// bits of it, which are the last of the character, too.
const fn bit(first: u8, second: u8) -> usize {
    (first as usize & 0x3F) << 6 | second as usize & 0x3F
}

/// Bytes of the character that begins with that byte.
const fn length(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_at_the_end() {
        static ENDS: Endings = Endings::new(&["通知", "令", "é‰x"]);
        for text in ["通知", "关于开会的通知", "令", "命令", "aé‰x"] {
            assert!(ENDS.any_ends(text), "{text}");
        }
        for text in ["", "x", "知", "通知书", "㎴"] {
            assert!(!ENDS.any_ends(text), "{text}");
        }
    }

    #[test]
    fn words_are_found_wherever_they_stand() {
        static WORDS: Words = Words::new(&["公众号", "ICP备", "é‰x", "𠮷田"]);
        for text in ["公众号", "请关注公众号", "京ICP备1号", "aé‰xb", "在𠮷田"] {
            assert!(WORDS.any_in(text), "{text}");
            assert_eq!(WORDS.count_in(text), 1, "{text}");
            assert_eq!(WORDS.any_starts(text), WORDS.strip(text).is_some(), "{text}");
        }
        for text in ["", "公", "公众", "众号公", "ICP", "田𠮷"] {
            assert!(!WORDS.any_in(text) && !WORDS.any_starts(text), "{text}");
        }
    }
}
