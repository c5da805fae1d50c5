//! Who was present, sat in or was excused, as minutes list them below their text (GB/T 9704-2012 10.3).

use crate::tree::{Lead, Role};

use super::debris;
use super::distribution;
use super::line::Line;
use super::phrase::{self, is_columns, is_date};

/// What the first of the lists may be called, and what its label may go on with.
const LISTS: [&str; 5] = ["出席", "列席", "请假", "缺席", "参加"];
const OF_WHOM: [&str; 5] = ["", "人", "人员", "领导", "单位"];

/// What else may stand among them.
const BESIDE: [&str; 3] = ["记录", "主持", "主持人"];

/// The label has so many characters at most.
const LABEL: usize = 8;

/// A line that is longer is a paragraph of text.
const ROW: usize = 60;

/// Names below names are out of line by so many half em at most.
const ASKEW: usize = 2;

/// Text of minutes has lines of this many characters.
const TEXT: usize = 20;

/// What is known of the lines that have been passed, so that each is looked at once.
#[derive(Default)]
pub(super) struct Lists {
    /// Where the document begins.
    start: usize,
    /// The first line that has not been looked at.
    next: usize,
    /// A title or a masthead of minutes has been passed.
    headed: bool,
    /// So has a passage of text below it.
    text: bool,
    /// The lines before this one are no lists: text follows them.
    refused: usize,
}

impl Lists {
    /// The lists of names that begin at a line of a document that begins at `start`, below its text and above its end.
    /// Returns the line after them.
    pub(super) fn read(&mut self, lines: &mut [Line], start: usize, at: usize) -> Option<usize> {
        if at < self.refused || !is_label(lines, at, &LISTS) || !self.is_below_text(lines, start, at) {
            return None;
        }
        let mut end = at + 1;
        // The line whose label the names belong to.
        let mut head = at;
        while let Some(line) = lines.get(end) {
            if is_label(lines, end, &LISTS) || is_label(lines, end, &BESIDE) {
                head = end;
            } else if !line.is_open() || !is_row(line) && !is_set_below(line, &lines[head]) {
                break;
            }
            end += 1;
        }
        let text = |line: &Line| line.size() > ROW || line.ends_sentence() || line.strong_marker().is_some();
        if lines.get(end).is_some_and(|next| next.is_open() && text(next) && !ends_minutes(next)) {
            self.refused = end;
            return None;
        }
        for line in &mut lines[at..end] {
            line.decide(
                Role::Attendance,
                if label(line).is_some() { "attendance" } else { "attendance-goes-on" },
            );
            set_label_apart(line);
        }
        Some(end)
    }

    /// True below a title or a masthead of minutes and a passage of text.
    fn is_below_text(&mut self, lines: &[Line], start: usize, at: usize) -> bool {
        if start != self.start {
            *self = Self { start, next: start, ..Self::default() };
        }
        for line in lines.get(self.next..at).unwrap_or_default() {
            self.headed |=
                matches!(line.role(), Some(Role::Title | Role::Byline)) && line.compact.ends_with("纪要");
            self.text |= self.headed
                && line.is_open()
                && line.ends_sentence()
                && line.size() > TEXT
                && !debris::is_own(&line.compact);
        }
        self.next = self.next.max(at);
        self.text
    }
}

/// Sets the labels apart of lists that a reader knows to be some.
pub(super) fn corrected(lines: &mut [Line]) {
    let corrected = |line: &&mut Line| line.pinned && line.role() == Some(Role::Attendance);
    lines.iter_mut().filter(corrected).for_each(set_label_apart);
}

/// The label is in the face of the first headings (10.3).
fn set_label_apart(line: &mut Line) {
    line.lead = label(line).map(|label| Lead { end: line.text[..label].chars().count(), level: 1 });
}

/// Bytes of the label of a list of names, its colon included.
fn label(line: &Line) -> Option<usize> {
    let (_, names) = phrase::label(&line.text, LABEL)?;
    (!names.is_empty()).then(|| line.text.len() - names.len())
}

/// An open line that begins with one of these labels; the names may stand below it.
fn is_label(lines: &[Line], at: usize, names: &[&str]) -> bool {
    let line = &lines[at];
    if !line.is_open() || !phrase::starts_with_any(&line.compact, names) {
        return false;
    }
    let Some((label, behind)) = phrase::label(&line.text, LABEL) else { return false };
    let label = phrase::compact(label);
    let below =
        || lines.get(at + 1).is_some_and(|next| next.is_open() && (is_row(next) || is_set_below(next, line)));
    names.iter().any(|name| label.strip_prefix(name).is_some_and(|whom| OF_WHOM.contains(&whom)))
        && (!behind.is_empty() || below())
}

/// A further row of names in columns.
fn is_row(line: &Line) -> bool {
    may_be_names(line) && is_columns(&line.text)
}

/// A further name below the first, behind the label: by where the author has put it.
fn is_set_below(line: &Line, head: &Line) -> bool {
    let label = phrase::label(&head.text, LABEL).map_or(0, |(label, _)| phrase::length(label) + 1);
    let names = usize::from(head.appearance.indent) + 2 * label;
    may_be_names(line)
        && line.appearance.blank_before == 0
        && usize::from(line.appearance.indent).abs_diff(names) <= ASKEW
}

/// A short line that is no sentence, no point and no other part of a document's end.
fn may_be_names(line: &Line) -> bool {
    line.size() <= ROW
        && line.marker.is_none()
        && !line.ends_sentence()
        && phrase::label(&line.text, LABEL).is_none()
        && !is_date(&line.compact)
        && distribution::rule_of(line, true).is_none()
}

/// What may follow the lists and looks like text: whom it is copied to, a remark.
fn ends_minutes(line: &Line) -> bool {
    debris::is_own(&line.compact)
        || distribution::rule_of(line, true).is_some()
        || line.compact.starts_with(['（', '('])
}
