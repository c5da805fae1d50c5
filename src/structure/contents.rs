//! Tables of contents, which repeat the headings of the text.

use std::ops::Range;

use super::line::Line;
use super::phrase;
use crate::tree::heads_contents;

/// The lines of a table of contents, which name headings that come again below; none where there is none.
pub(super) fn find(lines: &[Line]) -> Range<usize> {
    let heads = |line: &Line| (line.is_open() || line.stated) && heads_contents(&line.compact);
    let Some(start) = lines.iter().position(heads) else {
        return 0..0;
    };
    let without_page = |compact: &str| -> String {
        compact.trim_end_matches(|c: char| c.is_ascii_digit() || ".…·-—()（）".contains(c)).to_owned()
    };
    let name = |line: &Line| without_page(&line.compact);
    let bare = |line: &Line| -> String {
        let start = line.marker.as_ref().map_or(0, |marker| marker.length);
        let text: String = line.text.chars().skip(start).collect();
        without_page(&phrase::compact(&text))
    };
    let mut later = std::collections::BTreeMap::<String, usize>::new();
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        later.insert(name(line), at);
    }
    let repeats = |at: usize, line: &Line| {
        let again = |name: String| name.len() > 3 && later.get(&name).is_some_and(|last| *last > at);
        // The author may break its lines within one paragraph.
        let mut parts = line.text.split('\n');
        let broken =
            line.text.contains('\n') && parts.all(|part| again(without_page(&phrase::compact(part))));
        again(name(line)) || again(bare(line)) || broken
    };
    let mut end = start + 1;
    while lines.get(end).is_some_and(|line| line.is_open() && repeats(end, line)) {
        end += 1;
    }
    // A chapter whose heading was shortened in the table still belongs to it.
    if end == start + 1 { 0..0 } else { start..end }
}
