//! Points inside a paragraph: `一是…；二是…`, `一方面，…另一方面，…`, `（1）…；（2）…`.

use std::ops::Range;

use crate::parallel;
use crate::tree::{Document, InlinePoint, Role, Scheme};

use super::line::Line;
use super::marker;
use super::phrase;

/// Marks after which a point may begin.
fn is_before(c: char) -> bool {
    matches!(
        c,
        '。' | '；'
            | '：'
            | '，'
            | '！'
            | '？'
            | ';'
            | ':'
            | ','
            | '!'
            | '?'
            | '、'
            | '）'
            | '”'
            | '—'
            | '…'
    )
}

/// The bytes of UTF-8 with which those marks begin; hardly any Han character begins with one of them.
const BEGINS_MARK: [bool; 256] = {
    let mut table = [false; 256];
    let mut ascii = b' ';
    while ascii < b'A' {
        table[ascii as usize] = true;
        ascii += 1;
    }
    // U+2000 to U+2FFF; U+3000 to U+3FFF; U+F000 to U+FFFF.
    table[0xE2] = true;
    table[0xE3] = true;
    table[0xEF] = true;
    table
};

/// Finds the points of all paragraphs of text. The threads look for them while `decide` says which are text.
pub(super) fn find(
    document: &Document,
    lines: &mut [Line],
    threads: usize,
    decide: impl FnOnce(&mut [Line]),
) {
    let blocks: Vec<usize> = lines.iter().map(|line| line.block).collect();
    let of_block = |block: &usize| {
        let paragraph = document.blocks[*block].paragraph();
        paragraph.map_or_else(Vec::new, |paragraph| points(&paragraph.characters()))
    };
    let of_share = |share: Range<usize>| blocks[share].iter().map(of_block).collect::<Vec<_>>();
    let (found, ()) = parallel::shares_while(threads, blocks.len(), of_share, || decide(lines));
    for (line, points) in lines.iter_mut().zip(found.into_iter().flatten()) {
        let text = matches!(
            line.role(),
            None | Some(Role::Body | Role::Point(_) | Role::Closing | Role::Heading(_))
        );
        if text {
            line.points = points;
        }
    }
}

/// A point of a chain, in bytes of the text.
struct Link {
    scheme: Scheme,
    value: u32,
    range: Range<usize>,
}

/// The points of one paragraph: the longest chain of the system that begins first, if it has two links.
fn points(text: &str) -> Vec<InlinePoint> {
    let mut best: Vec<Link> = Vec::new();
    let mut chains: Vec<Vec<Link>> = Vec::new();
    for start in clauses(text) {
        let rest = &text[start..];
        // The first of a chain has the number 1.
        let may_begin = if chains.is_empty() { marker::may_begin_first } else { marker::may_begin };
        if !rest.starts_with(may_begin) {
            continue;
        }
        // A marker is short: the scanner needs no more than the characters round it.
        let mut window = ['\0'; 12];
        let size = window.iter_mut().zip(rest.chars()).map(|(place, c)| *place = c).count();
        let Some(candidate) = marker::scan(&window[..size]) else { continue };
        if !is_inner(candidate.scheme) {
            continue;
        }
        let Some(value) = candidate.number() else { continue };
        let link = Link { scheme: candidate.scheme, value, range: start..text.len() };
        match chains.iter_mut().find(|chain| chain[0].scheme == candidate.scheme) {
            Some(chain) => {
                let last = chain.last().map_or(0, |last| last.value);
                if value == last + 1 {
                    if let Some(last) = chain.last_mut() {
                        last.range.end = start;
                    }
                    chain.push(link);
                } else if value == 1 && chain.len() == 1 {
                    *chain = vec![link];
                }
            }
            None if value == 1 => chains.push(vec![link]),
            None => {}
        }
    }
    for chain in chains {
        if chain.len() > best.len() {
            best = chain;
        }
    }
    if best.len() < 2 {
        return Vec::new();
    }
    end_last(text, &mut best);
    in_characters(text, best)
}

/// The points with their places in characters.
fn in_characters(text: &str, chain: Vec<Link>) -> Vec<InlinePoint> {
    let (mut passed, mut count) = (0, 0);
    let mut characters_to = |at: usize| {
        count += phrase::length(&text[passed..at]);
        passed = at;
        count
    };
    let point = |Link { scheme, value, range }| InlinePoint {
        start: characters_to(range.start),
        end: characters_to(range.end),
        scheme,
        value,
    };
    chain.into_iter().map(point).collect()
}

/// The places where a point may begin: at first, and behind every mark.
fn clauses(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    std::iter::successors(Some(0), move |start| {
        let mut at = *start;
        loop {
            let first = *bytes.get(at)?;
            if BEGINS_MARK[usize::from(first)] {
                let mark = text[at..].chars().next()?;
                at += mark.len_utf8();
                if is_before(mark) {
                    return Some(at);
                }
            } else {
                // U+4000 to U+9FFF, nearly all characters; a byte inside a character begins no mark.
                at += if matches!(first, 0xE4..=0xE9) { 3 } else { 1 };
            }
        }
    })
}

fn is_inner(scheme: Scheme) -> bool {
    match scheme {
        Scheme::Is
        | Scheme::Must
        | Scheme::Aspect
        | Scheme::Among
        | Scheme::ArabicBracketed
        | Scheme::HanBracketed
        | Scheme::Circled
        | Scheme::Ordinal => true,
        Scheme::Part
        | Scheme::Chapter
        | Scheme::Section
        | Scheme::Article
        | Scheme::Han
        | Scheme::Arabic
        | Scheme::Decimal
        | Scheme::Roman
        | Scheme::Latin
        | Scheme::Stem
        | Scheme::Dash
        | Scheme::Bullet => false,
    }
}

/// The last point ends where its sentence does, if the points before it are clauses or single sentences.
fn end_last(text: &str, chain: &mut [Link]) {
    let single = chain.windows(2).all(|pair| {
        let whole = &text[pair[0].range.start..pair[1].range.start];
        !whole.strip_suffix('。').unwrap_or(whole).contains('。')
    });
    let Some(Link { range, .. }) = chain.last_mut().filter(|_| single) else { return };
    if let Some((stop, mark)) =
        text[range.start..].char_indices().find(|(_, c)| matches!(c, '。' | '！' | '？'))
    {
        range.end = range.start + stop + mark.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        points(text).iter().map(|p| chars[p.start..p.end].iter().collect()).collect()
    }

    #[test]
    fn points_run_to_the_next_marker() {
        assert_eq!(
            read("要做到三点：一是严；二是细；三是实。请大家照办。"),
            ["一是严；", "二是细；", "三是实。"]
        );
        assert_eq!(
            read("一方面，要快。再说。另一方面，要好。"),
            ["一方面，要快。再说。", "另一方面，要好。"]
        );
        assert_eq!(read("靠什么，一要靠人，二要靠钱。"), ["一要靠人，", "二要靠钱。"]);
    }

    #[test]
    fn a_clause_begins_behind_every_mark() {
        for mark in ('\0'..=char::MAX).filter(|c| is_before(*c)) {
            let text = format!("㐀甲{mark}é乙");
            assert_eq!(clauses(&text).collect::<Vec<_>>(), [0, text.len() - "é乙".len()]);
        }
    }

    #[test]
    fn the_first_point_begins_with_few_characters() {
        let behind = [
            "是严",
            "要快",
            "靠人",
            "方面，",
            "，好",
            "）甲",
            ")甲",
            "、甲",
            " 甲",
            "一，甲",
            "一）甲",
            "1）甲",
            "１）甲",
            "1]甲",
            "先，甲",
            "一是甲",
            "一要快",
            "一靠人",
            "求一：甲",
            "施1：甲",
            "点，甲",
            "一点，甲",
            "一个问题，甲",
            "一点体会：甲",
        ];
        for c in '\0'..='\u{FFFF}' {
            for behind in behind {
                let text: Vec<char> = std::iter::once(c).chain(behind.chars()).collect();
                let first =
                    marker::scan(&text).filter(|found| is_inner(found.scheme) && found.number() == Some(1));
                assert!(first.is_none() || marker::may_begin_first(c), "{c}{behind}");
            }
        }
    }

    #[test]
    fn one_point_is_none() {
        assert!(read("这一是一，二是二的态度。").is_empty());
        assert!(read("其中（1）已经说过。").is_empty());
    }
}
