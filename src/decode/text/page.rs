//! The pages of a printed source. Text copied from one has page numbers and running heads in the middle of its
//! paragraphs; they are taken out from between the lines, so that a paragraph goes on over them.

use std::collections::BTreeMap;

use super::lines::Line;
use super::wrap::{Style, Wrap};

/// What parts two lines of one paragraph.
#[derive(Debug, Default)]
pub(super) struct Taken<'a> {
    /// The lines between, without the empty ones, in order.
    pub asides: Vec<Line<'a>>,
    /// Page breaks inside paragraphs, each by the line it stood before.
    pub breaks: Vec<u32>,
}

/// Takes out of `lines` what stands between a line and the one that goes on from it over the end of a page.
pub(super) fn take_out<'a>(lines: Vec<Line<'a>>, wrap: Wrap) -> (Vec<Line<'a>>, Taken<'a>) {
    let furniture = Furniture::of(&lines, wrap);
    let style = Style::of(&lines, Some(wrap));
    let mut out = vec![false; lines.len()];
    let mut taken = Taken::default();
    let mut from = 0;
    while let Some(last) = (from..lines.len()).find(|at| !furniture.has(&lines[*at])) {
        let next = (last + 1..lines.len()).find(|at| !furniture.has(&lines[*at]));
        let Some(next) = next else { break };
        from = next;
        let (between, line) = (&lines[last + 1..next], &lines[next]);
        let numbered = between.iter().any(|line| furniture.is_folio(line));
        let broken = line.page_break || between.iter().any(|line| line.page_break);
        let page_ends = numbered || broken || (style.indents && !style.parted && !between.is_empty());
        if page_ends && style.goes_on_overleaf(&lines[last], line, wrap) {
            out[last + 1..next].fill(true);
            if broken {
                taken.breaks.push(line.number);
            }
        }
    }
    let mut kept = Vec::with_capacity(lines.len());
    for (mut line, out) in lines.into_iter().zip(out) {
        if !out {
            line.page_break &= taken.breaks.is_empty();
            kept.push(line);
        } else if !line.text.is_empty() {
            taken.asides.push(line);
        }
    }
    (kept, taken)
}

/// What a page has besides its text.
#[derive(Debug)]
struct Furniture {
    /// Lines that stand again and again beside a page number, without their digits.
    heads: BTreeMap<String, usize>,
    /// Lone numbers of the text count its pages.
    counted: bool,
}

impl Furniture {
    fn of(lines: &[Line], wrap: Wrap) -> Self {
        let numbers: Vec<u32> = lines.iter().filter_map(|line| lone_number(&line.text)).collect();
        // A text of two pages has the number of the first alone.
        let counted = match numbers.as_slice() {
            [] => false,
            [only] => *only == 1,
            several => several.windows(2).all(|pair| pair[1] == pair[0] + 1),
        };
        let mut furniture = Self { heads: BTreeMap::new(), counted };
        let shown: Vec<&Line> = lines.iter().filter(|line| !line.text.is_empty()).collect();
        let mut heads = BTreeMap::new();
        for (at, line) in shown.iter().enumerate().filter(|(_, line)| !wrap.is_full(line)) {
            let beside = [at.wrapping_sub(1), at + 1];
            let numbered = |at: &usize| shown.get(*at).is_some_and(|line| furniture.is_folio(line));
            if !furniture.is_folio(line) && (line.page_break || beside.iter().any(numbered)) {
                *heads.entry(without_digits(&line.text)).or_insert(0) += 1;
            }
        }
        heads.retain(|_, times| *times >= 2);
        furniture.heads = heads;
        furniture
    }

    fn is_folio(&self, line: &Line) -> bool {
        is_folio(&line.text) || (self.counted && lone_number(&line.text).is_some())
    }

    /// True for empty lines, page numbers and running heads.
    fn has(&self, line: &Line) -> bool {
        line.text.is_empty() || self.is_folio(line) || self.heads.contains_key(&without_digits(&line.text))
    }
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// `12` or `12/30` on a line of its own.
fn lone_number(text: &str) -> Option<u32> {
    let (page, pages) = text.split_once('/').unwrap_or((text, "1"));
    let page = page.trim().parse().ok().filter(|page: &u32| *page < 10_000)?;
    pages.trim().parse::<u32>().ok().map(|_| page)
}

/// `— 2 —`, `- 2 -`, `第 2 页 共 5 页`.
pub(super) fn is_folio(text: &str) -> bool {
    let mut digits = false;
    let mut marks = 0usize;
    for c in text.chars() {
        match c {
            '0'..='9' => digits = true,
            '—' | '－' | '-' | '–' | '─' | '第' | '页' => marks += 1,
            '共' | '/' | '，' | ' ' | '\u{3000}' => {}
            _ => return false,
        }
    }
    digits && marks >= 2 && text.chars().count() <= 20 && text.starts_with(['—', '－', '-', '–', '─', '第'])
}
