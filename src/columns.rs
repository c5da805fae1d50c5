//! At which column of a source a finding stands.
//!
//! The tree knows the lines of its blocks. A finding that names the author's characters is looked for in those lines.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::charset;
use crate::diagnostic::{Diagnostic, Kind};
use crate::error::Error;
use crate::format::Format;
use crate::options::Options;
use crate::tree::Location;

/// A source, read again when the first finding asks for its column.
#[derive(Debug)]
pub struct Columns<'a> {
    input: &'a [u8],
    from: Format,
    options: &'a Options,
    text: OnceCell<Option<Cow<'a, str>>>,
    /// Where each line begins, in bytes.
    lines: OnceCell<Vec<usize>>,
}

impl<'a> Columns<'a> {
    /// The columns of a source, which has some if it is text or Markdown.
    pub fn new(input: &'a [u8], from: Format, options: &'a Options) -> Self {
        Self { input, from, options, text: OnceCell::new(), lines: OnceCell::new() }
    }

    /// Gives findings the column of their characters, where those stand in one line. Of findings that say the same of
    /// the same lines, each is about the next place.
    pub fn findings(&self, findings: &mut [Diagnostic]) {
        let mut last: BTreeMap<(&'static str, Location, String), (u32, u32)> = BTreeMap::new();
        for finding in findings.iter_mut().filter(|finding| finding.kind > Kind::Inferred) {
            let Location::Lines { first, last: end } = finding.at else { continue };
            let key = (finding.code, finding.at.clone(), finding.text.clone());
            let before = last.get(&key).copied();
            let found =
                self.find(&finding.text, before.map_or((first, 0), |(line, column)| (line, column)), end);
            // Said once more than it stands there: at its last place.
            if let Some((line, column)) = found.or(before) {
                finding.at = Location::Spot { line, column };
                last.insert(key, (line, column));
            }
        }
    }

    /// Gives an error the column of its characters.
    pub fn error(&self, error: &mut Error) {
        let Error::Unencodable { characters, at, .. } = error else { return };
        let (Location::Lines { first, last }, Some(c)) = (&*at, characters.chars().next()) else { return };
        if let Some((line, column)) = self.find(c.encode_utf8(&mut [0; 4]), (*first, 0), *last) {
            *at = Location::Spot { line, column };
        }
    }

    /// Line and column, both from 1, of `words` behind a place and up to the end of a line.
    fn find(&self, words: &str, behind: (u32, u32), last: u32) -> Option<(u32, u32)> {
        if words.is_empty() || words.contains('\n') {
            return None;
        }
        let text = self.text()?;
        let starts = self.lines.get_or_init(|| {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        });
        (behind.0..=last).find_map(|line| {
            let index = usize::try_from(line).ok()?.checked_sub(1)?;
            let start = *starts.get(index)?;
            let whole = &text[start..starts.get(index + 1).map_or(text.len(), |next| next - 1)];
            let passed = if line == behind.0 { usize::try_from(behind.1).ok()? } else { 0 };
            let from = whole.char_indices().nth(passed).map_or(whole.len(), |(at, _)| at);
            // A search takes as long as its words: those of a whole text are in no short line.
            let rest = Some(&whole[from..]).filter(|rest| rest.len() >= words.len());
            let at = from + rest?.find(words)?;
            Some((line, u32::try_from(whole[..at].chars().count()).ok()?.saturating_add(1)))
        })
    }

    fn text(&self) -> Option<&str> {
        let read = || {
            if !matches!(self.from, Format::Text | Format::Markdown) {
                return None;
            }
            let Options { encoding, lossy, .. } = self.options;
            charset::decode_again(self.input, *encoding, *lossy)
        };
        self.text.get_or_init(read).as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(source: &str, from: Format, findings: &[(Kind, u32, u32, &str)]) -> Vec<String> {
        let options = Options::new().expect("the profile");
        let mut findings: Vec<Diagnostic> = findings
            .iter()
            .map(|(kind, first, last, text)| Diagnostic {
                kind: *kind,
                code: "character-missing",
                at: Location::Lines { first: *first, last: *last },
                message: message!("{fault}", fault = ""),
                text: (*text).to_owned(),
            })
            .collect();
        Columns::new(source.as_bytes(), from, &options).findings(&mut findings);
        findings.iter().map(|finding| finding.at.to_string()).collect()
    }

    #[test]
    fn characters_are_found_one_after_the_other_in_their_lines() {
        let source = "标题\r\n一二三二二\r\n二\r\n";
        let dropped = |first, last, text| (Kind::Dropped, first, last, text);
        let found = columns(
            source,
            Format::Text,
            &[
                dropped(2, 3, "二"),
                dropped(2, 3, "二"),
                dropped(2, 3, "二"),
                dropped(2, 3, "二"),
                dropped(2, 3, "二"),
                dropped(1, 1, "二"),
                dropped(9, 9, "二"),
                dropped(2, 3, ""),
                (Kind::Inferred, 2, 2, "二"),
            ],
        );
        assert_eq!(found, ["2:2", "2:4", "2:5", "3:1", "3:1", "1", "9", "2-3", "2"]);
    }

    #[test]
    fn characters_of_many_lines_are_soon_told_from_those_of_one() {
        let (lines, last) = (200_000, 200_000);
        let source = "\u{200B}甲\n".repeat(lines);
        let found = columns(
            &source,
            Format::Text,
            &[(Kind::Substituted, 1, last, &"\u{200B}".repeat(lines)), (Kind::Substituted, 9, 9, "甲")],
        );
        assert_eq!(found, ["1-200000", "9:2"]);
    }

    #[test]
    fn other_formats_have_no_columns() {
        assert_eq!(columns("二", Format::Json, &[(Kind::Dropped, 1, 1, "二")]), ["1"]);
        assert_eq!(columns("# 二\n", Format::Markdown, &[(Kind::Dropped, 1, 1, "二")]), ["1:3"]);
    }
}
