//! Words of Chinese: where one ends and the next begins, by a table of frequent ones.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Lines of words, each behind the binary logarithm of how frequent its words are.
const WORDS: &str = include_str!("words.txt");
/// No word of the table has more characters.
const LONGEST: usize = 7;
/// What a character costs that is no word of the table, and what makes all costs positive, in the same logarithm.
const SINGLE: u32 = 6;
const TOTAL: u32 = 26;

/// What lies between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// They are of one word.
    Inside,
    /// One word ends, another begins.
    Words,
    /// One of them is of no word that is known: a name, or a word of one character.
    Unknown,
}

fn table() -> &'static HashMap<&'static str, u32> {
    static TABLE: OnceLock<HashMap<&'static str, u32>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = WORDS.lines().filter(|line| !line.starts_with('#'));
        let classes = lines.filter_map(|line| line.split_once(' '));
        let words = classes.flat_map(|(class, words)| {
            let class = class.parse().unwrap_or(0);
            words.split(' ').map(move |word| (word, class))
        });
        words.collect()
    })
}

/// What lies before each character and the one before it; the first has nothing before it. The words are those that
/// together are the most likely.
pub(super) fn between(text: &[char]) -> Vec<Between> {
    let table = table();
    // For each end the least cost of the text before it, and where the last word begins.
    let mut best = vec![(u32::MAX, 0); text.len() + 1];
    best[0].0 = 0;
    let mut word = String::new();
    for start in 0..text.len() {
        word.clear();
        for end in start + 1..=text.len().min(start + LONGEST) {
            word.push(text[end - 1]);
            let class = match table.get(word.as_str()) {
                Some(class) => *class,
                None if end == start + 1 => SINGLE,
                None => continue,
            };
            let cost = best[start].0.saturating_add(TOTAL.saturating_sub(class));
            if cost < best[end].0 {
                best[end] = (cost, start);
            }
        }
    }
    let mut between = vec![Between::Inside; text.len()];
    let mut end = text.len();
    let mut single_after = false;
    while end > 0 {
        let start = best[end].1;
        let single = end == start + 1;
        if end < text.len() {
            between[end] = if single || single_after { Between::Unknown } else { Between::Words };
        }
        single_after = single;
        end = start;
    }
    between
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let between = between(&characters);
        let parts = characters.iter().zip(between).map(|(c, between)| match between {
            Between::Inside => c.to_string(),
            Between::Words => format!("/{c}"),
            Between::Unknown => format!("|{c}"),
        });
        parts.collect()
    }

    #[test]
    fn words_are_found() {
        for (text, words) in [
            ("加强义务教育阶段学校作业管理", "加强/义务教育/阶段/学校/作业/管理"),
            ("全市中小学生科技创新大赛", "全市/中小学生/科技/创新/大赛"),
            ("非物质文化遗产项目名录", "非物质/文化遗产/项目/名录"),
            ("张晓明同志", "张|晓|明|同志"),
            ("管理和服务", "管理|和|服务"),
            ("", ""),
        ] {
            assert_eq!(divided(text), words);
        }
    }

    #[test]
    fn the_table_is_well_formed() {
        let table = table();
        assert!(table.len() > 20_000);
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let (class, words) = line.split_once(' ').unwrap();
            assert!((1..TOTAL).contains(&class.parse().unwrap()), "{class}");
            for word in words.split(' ') {
                assert!((2..=LONGEST).contains(&word.chars().count()), "{word}");
                assert!(table.contains_key(word));
            }
        }
    }

    #[test]
    fn a_long_text_is_divided_in_good_time() {
        let text: Vec<char> = "关于加强管理工作的通知".chars().cycle().take(200_000).collect();
        assert_eq!(between(&text).len(), text.len());
    }
}
