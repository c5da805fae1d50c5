//! Tables of contents, which repeat the headings of the text.

use std::ops::Range;

use super::line::Line;
use super::phrase;
use crate::tree::heads_contents;

/// The lines of a table of contents, which name headings that come again below; none where there is none.
pub(super) fn find(lines: &[Line]) -> Range<usize> {
    let Some(start) = lines.iter().position(|line| line.is_open() && heads_contents(&line.compact)) else {
        return 0..0;
    };
    let name = |line: &Line| -> String {
        line.compact.trim_end_matches(|c: char| c.is_ascii_digit() || ".…·-—()（）".contains(c)).to_owned()
    };
    let bare = |line: &Line| -> String {
        let start = line.marker.as_ref().map_or(0, |marker| marker.length);
        let text: String = line.text.chars().skip(start).collect();
        phrase::compact(&text)
            .trim_end_matches(|c: char| c.is_ascii_digit() || ".…·-—()（）".contains(c))
            .to_owned()
    };
    let mut later = std::collections::BTreeMap::<String, usize>::new();
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        later.insert(name(line), at);
    }
    let repeats = |at: usize, line: &Line| {
        let again = |name: String| name.len() > 3 && later.get(&name).is_some_and(|last| *last > at);
        again(name(line)) || again(bare(line))
    };
    let mut end = start + 1;
    while lines.get(end).is_some_and(|line| line.is_open() && repeats(end, line)) {
        end += 1;
    }
    // A chapter whose heading was shortened in the table still belongs to it.
    if end == start + 1 { 0..0 } else { start..end }
}
