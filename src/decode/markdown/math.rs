//! Formulas between dollar signs: no part of the Markdown that is read here, so that their signs are text like any other.
//!
//! `$5 和 $10` are prices. As in pandoc, `$` opens a formula before what is no space, and closes it behind what is no
//! space; beside a letter or figure, as in `US$5`, it does neither.

use std::ops::Range;

/// Signs that tell a formula from words between two amounts.
const SIGNS: [char; 9] = ['\\', '^', '_', '=', '<', '>', '+', '{', '}'];

/// The runs of dollar signs in the text of a block.
#[derive(Debug, Default)]
pub(super) struct Dollars(Vec<Range<usize>>);

impl Dollars {
    /// Adds those that the part `range` of `source` has and that no backslash stands before.
    pub(super) fn add(&mut self, source: &str, range: &Range<usize>) {
        for (at, _) in source.get(range.clone()).unwrap_or("").match_indices('$') {
            let at = range.start + at;
            match self.0.last_mut() {
                Some(run) if run.end == at => run.end += 1,
                _ if source[..at].ends_with('\\') => {}
                _ => self.0.push(at..at + 1),
            }
        }
    }

    /// Where in `source` formulas stand, dollar signs included. The block ends: no dollar sign is left.
    pub(super) fn formulas(&mut self, source: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut open: Option<Range<usize>> = None;
        for run in std::mem::take(&mut self.0) {
            open = match open {
                Some(open) if closes(source, &open, &run) => {
                    found.push(open.start..run.end);
                    None
                }
                _ => Some(run).filter(|run| opens(source, run)),
            };
        }
        found
    }
}

fn opens(source: &str, run: &Range<usize>) -> bool {
    let beside = |c: char| c.is_ascii_alphanumeric();
    match run.len() {
        1 => !source[..run.start].ends_with(beside) && !source[run.end..].starts_with(char::is_whitespace),
        length => length == 2,
    }
}

fn closes(source: &str, open: &Range<usize>, run: &Range<usize>) -> bool {
    let inside = &source[open.end..run.start];
    let beside = |c: char| c.is_ascii_alphanumeric();
    let ends =
        run.len() == 2 || !inside.ends_with(char::is_whitespace) && !source[run.end..].starts_with(beside);
    let says = match inside.is_ascii() {
        true => inside.contains(beside),
        false => inside.contains(SIGNS),
    };
    run.len() == open.len() && ends && says
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formulas(text: &str) -> Vec<&str> {
        let mut dollars = Dollars::default();
        dollars.add(text, &(0..text.len()));
        dollars.formulas(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn formulas_are_told_from_prices() {
        for (text, found) in [
            ("设$x$与 $y_1$。", vec!["$x$", "$y_1$"]),
            ("价格 $5，公式 $x$", vec!["$x$"]),
            ("$$ E = mc^2 $$", vec!["$$ E = mc^2 $$"]),
            (r"$\text{速度}=v$", vec![r"$\text{速度}=v$"]),
        ] {
            assert_eq!(formulas(text), found, "{text}");
        }
        for text in [
            "价格 $5 和 $10",
            "$5、$6，共$11",
            "US$5，HK$10$",
            "$5 元至 6 元，折合$。",
            "环境变量 $HOME 和 $PATH",
            "人均 $$ 到 $$$，或 $$ 左右",
            r"\$x\$",
            "$金额$",
        ] {
            assert_eq!(formulas(text), [""; 0], "{text}");
        }
    }
}
