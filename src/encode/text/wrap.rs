//! Lines of a given width.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthChar as _;

/// `line` in lines of at most `columns`, a Han character or full-width mark taking two.
///
/// Lines end where UAX #14 lets them and where whoever joins them again sees what stood there: between Han characters,
/// or at a single space between words, which the line end stands for. Only what is longer than a line is cut elsewhere.
pub(super) fn wrap(line: &str, columns: usize) -> Vec<&str> {
    let columns = columns.max(2);
    let ends: Vec<usize> = linebreaks(line)
        .filter(|(at, kind)| *kind == BreakOpportunity::Allowed && joins_again(line, *at))
        .map(|(at, _)| at)
        .collect();
    let mut lines = Vec::new();
    let (mut start, mut width) = (0, 0);
    // Where the line may end, and where it must.
    let mut end = None;
    let mut ends = ends.into_iter().peekable();
    for (at, c) in line.char_indices() {
        if ends.next_if_eq(&at).is_some() && !line[start..at].trim().is_empty() {
            end = Some(at);
        }
        let own = c.width_cjk().unwrap_or(0);
        if width + own > columns && at > start && c != ' ' {
            let cut = end.take().filter(|end| *end > start).unwrap_or(at);
            lines.push(line[start..cut].trim_end_matches(' '));
            start = cut;
            width = line[start..at].chars().filter_map(|c| c.width_cjk()).sum();
        }
        width += own;
    }
    lines.push(&line[start..]);
    lines
}

/// True where a line end at `at` says as much as what stands there.
fn joins_again(line: &str, at: usize) -> bool {
    let mut before = line[..at].chars().rev();
    let Some(after) = line[at..].chars().next() else { return false };
    let wide = |c: char| c.width_cjk() == Some(2);
    match before.next() {
        Some(' ') => before.next().is_some_and(|c| !c.is_whitespace() && !wide(c)) && !wide(after),
        Some(c) => !c.is_whitespace() && (wide(c) || wide(after)),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_their_width_and_marks_to_their_words() {
        let text = "　　今年以来，全局上下扎实推进各项任务，使用 plain text 格式取得了明显的成效。";
        let lines = wrap(text, 20);
        assert!(
            lines.iter().all(|line| line.chars().filter_map(|c| c.width_cjk()).sum::<usize>() <= 20),
            "{lines:#?}"
        );
        assert!(lines.iter().all(|line| !line.starts_with(['，', '。', ' '])), "{lines:#?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert!(
            lines.iter().any(|line| line.contains("使用 plain") || line.ends_with("plain")),
            "{lines:#?}"
        );
    }

    #[test]
    fn what_is_longer_than_a_line_is_cut() {
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("甲乙丙", 1), ["甲", "乙", "丙"]);
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn a_space_beside_a_han_character_ends_no_line() {
        assert_eq!(wrap("甲乙丙丁 ab", 8), ["甲乙丙", "丁 ab"]);
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
    }
}
