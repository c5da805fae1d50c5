//! What a reader corrected, put into the tree before anything is decided: paragraphs are split and joined, and what is
//! known of each goes with it as a [`Constraint`].

use std::collections::BTreeMap;

use crate::correction::{Correction, Split};
use crate::diagnostic::{Diagnostics, Kind};
use crate::message::Message;
use crate::tree::{Block, BlockKind, Document, Inline, Location, Paragraph, Role};

use super::boilerplate::{self, Junk};
use super::marker::{self, Candidate};
use super::phrase;

/// The rule of a role that a reader gave.
pub(super) const RULE: &str = "corrected";

/// What is known of a block.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Constraint {
    pub(super) role: Option<Role>,
    pub(super) keep: bool,
    pub(super) apart: bool,
}

impl Constraint {
    /// What a paragraph looks like by its words, unless its role is known.
    pub(super) fn junk(self, text: &str, compact: &str, size: usize) -> Junk {
        match self.role {
            None | Some(Role::Boilerplate) => boilerplate::sort(text, compact, size),
            Some(_) => Junk::None,
        }
    }

    /// The marker that a paragraph may begin with, where its role allows for one.
    pub(super) fn marker(self, chars: &[char]) -> Option<Candidate> {
        let mut marker = marker::scan(chars)?;
        match self.role {
            None => {}
            Some(Role::Heading(_) | Role::Point(_)) => {
                marker.doubtful = false;
                marker.weak = false;
            }
            Some(Role::Body) if marker.doubtful || marker.weak => return None,
            Some(Role::Body) => {}
            Some(
                Role::Title
                | Role::Subtitle
                | Role::Marking
                | Role::DocumentNumber
                | Role::Occasion
                | Role::Date
                | Role::Byline
                | Role::Recipient
                | Role::Salutation
                | Role::Caption
                | Role::Closing
                | Role::Signature
                | Role::SigningDate
                | Role::AttachmentNote
                | Role::AttachmentLabel
                | Role::Remark
                | Role::Attendance
                | Role::CopyTo
                | Role::Boilerplate,
            ) => return None,
        }
        Some(marker)
    }
}

/// Splits and joins paragraphs as the corrections say, and gives what is known of every block; nothing where there is
/// nothing to correct. A correction whose text does not stand at its place is looked for elsewhere; that, and what fits
/// nowhere, is reported.
pub(super) fn prepare(
    document: &mut Document,
    corrections: &[Correction],
    diagnostics: &mut Diagnostics,
) -> Vec<Constraint> {
    if corrections.is_empty() {
        return Vec::new();
    }
    split(&mut document.blocks, corrections, diagnostics);
    let found = find(&document.blocks, corrections, diagnostics);
    let mut blocks = Vec::with_capacity(document.blocks.len());
    let mut constraints: Vec<Constraint> = Vec::with_capacity(document.blocks.len());
    for (index, block) in std::mem::take(&mut document.blocks).into_iter().enumerate() {
        let correction = found.get(&index).copied();
        let goes_on = correction.is_some_and(|correction| correction.join == Some(true));
        let block = if goes_on {
            match join(blocks.last_mut(), block) {
                Ok(()) => {
                    // What is said of the whole may be said of its last part.
                    if let (Some(whole), Some(part)) = (constraints.last_mut(), correction) {
                        whole.role = whole.role.or(part.role);
                    }
                    continue;
                }
                Err(block) => {
                    let message = message!("no paragraph stands before it that it could go on");
                    report(diagnostics, "correction-unmatched", block.origin.at.clone(), message, "");
                    *block
                }
            }
        } else {
            block
        };
        blocks.push(block);
        constraints.push(correction.map_or_else(Constraint::default, |correction| Constraint {
            role: correction.role,
            keep: correction.keep,
            apart: correction.join == Some(false),
        }));
    }
    document.blocks = blocks;
    constraints
}

fn report(diagnostics: &mut Diagnostics, code: &'static str, at: Location, message: Message, text: &str) {
    diagnostics.report_text(Kind::Noticed, code, at, message, text);
}

/// The number by which corrections name a block.
fn number(block: &Block) -> Option<u32> {
    match (&block.kind, &block.origin.at) {
        (BlockKind::Paragraph(_), Location::Lines { first, .. }) => Some(*first),
        (BlockKind::Paragraph(_), Location::Part { paragraph, .. }) => Some(*paragraph),
        (_, Location::Whole | Location::Spot { .. } | Location::Lines { .. } | Location::Part { .. }) => None,
    }
}

/// The text of a paragraph without blanks, by which corrections know it.
fn text_of(block: &Block) -> String {
    block.paragraph().map(|paragraph| phrase::compact(&paragraph.text()).into_owned()).unwrap_or_default()
}

/// The place that a correction names, in the words of the source.
fn place(correction: &Correction) -> Location {
    Location::line(correction.at)
}

/// Splits every paragraph that a correction splits.
fn split(blocks: &mut Vec<Block>, corrections: &[Correction], diagnostics: &mut Diagnostics) {
    let splits: Vec<&Correction> = corrections.iter().filter(|c| !c.split.is_empty()).collect();
    if splits.is_empty() {
        return;
    }
    let mut at: BTreeMap<usize, &Correction> = BTreeMap::new();
    // The text of a paragraph that is split may be told by its first piece alone.
    for (index, correction) in matched(blocks, &splits, diagnostics, false) {
        at.insert(index, correction);
    }
    let mut split = Vec::with_capacity(blocks.len() + splits.len());
    for (index, block) in std::mem::take(blocks).into_iter().enumerate() {
        match at.get(&index) {
            Some(correction) => cut(block, &correction.split, diagnostics, &mut split),
            None => split.push(block),
        }
    }
    *blocks = split;
}

/// Cuts one paragraph at all its places.
fn cut(block: Block, splits: &[Split], diagnostics: &mut Diagnostics, out: &mut Vec<Block>) {
    let Block { kind: BlockKind::Paragraph(paragraph), origin } = block else { return out.push(block) };
    let chars: Vec<char> = paragraph.text().chars().collect();
    let mut ends = Vec::new();
    for split in splits {
        let words: Vec<char> = split.before.chars().collect();
        let stands = |at: usize| at > 0 && at < chars.len() && chars[at..].starts_with(&words);
        let end = if stands(split.at) {
            Some(split.at)
        } else {
            let mut others = (1..chars.len()).filter(|at| !words.is_empty() && stands(*at));
            others.next().filter(|_| others.next().is_none())
        };
        match end {
            Some(end) if ends.last().is_none_or(|last| end > *last) => ends.push(end),
            _ => {
                let message = message!("no place to split it at: the text no longer has these words once");
                report(diagnostics, "correction-unmatched", origin.at.clone(), message, &split.before);
            }
        }
    }
    let mut rest = paragraph.content;
    let mut start = 0;
    let mut pieces = Vec::with_capacity(ends.len() + 1);
    for end in ends {
        let (before, after) = split_inlines(rest, end - start);
        pieces.push(before);
        rest = after;
        start = end;
    }
    pieces.push(rest);
    for (index, content) in pieces.into_iter().enumerate() {
        let mut origin = origin.clone();
        if index > 0 {
            origin.appearance.blank_before = 0;
            origin.appearance.outline_level = None;
        }
        let role = if index == 0 { paragraph.role } else { Role::Body };
        out.push(Block { kind: BlockKind::Paragraph(Paragraph::new(role, content)), origin });
    }
}

/// The first `count` characters of running text, and the rest. What is set apart is so on both sides.
fn split_inlines(inlines: Vec<Inline>, count: usize) -> (Vec<Inline>, Vec<Inline>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut left = count;
    for inline in inlines {
        let size = Paragraph::new(Role::Body, vec![inline.clone()]).text().chars().count();
        if left == 0 && !(after.is_empty() && size == 0) {
            after.push(inline);
            continue;
        }
        if size <= left {
            left -= size;
            before.push(inline);
            continue;
        }
        let text = |text: String, at: usize| {
            let at = text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
            (text[..at].to_owned(), text[at..].to_owned())
        };
        let (first, second) = match inline {
            Inline::Text(whole) => {
                let (first, second) = text(whole, left);
                (Inline::Text(first), Inline::Text(second))
            }
            Inline::Code(whole) => {
                let (first, second) = text(whole, left);
                (Inline::Code(first), Inline::Code(second))
            }
            Inline::Raw(whole) => {
                let (first, second) = text(whole, left);
                (Inline::Raw(first), Inline::Raw(second))
            }
            Inline::Styled(style, content) => {
                let (first, second) = split_inlines(content, left);
                (Inline::Styled(style, first), Inline::Styled(style, second))
            }
            Inline::Link { target, title, content } => {
                let (first, second) = split_inlines(content, left);
                let (copy, name) = (target.clone(), title.clone());
                (
                    Inline::Link { target: copy, title: name, content: first },
                    Inline::Link { target, title, content: second },
                )
            }
            // A picture is not cut: it goes below.
            whole @ (Inline::Image(_) | Inline::Break | Inline::NoteRef(_)) => {
                left = 0;
                after.push(whole);
                continue;
            }
        };
        left = 0;
        before.push(first);
        after.push(second);
    }
    (before, after)
}

/// Adds a paragraph to the one before it, or gives it back where that is none. Two Latin words keep a space between.
fn join(before: Option<&mut Block>, block: Block) -> Result<(), Box<Block>> {
    let Some(Block { kind: BlockKind::Paragraph(first), origin }) = before else {
        return Err(Box::new(block));
    };
    let Block { kind: BlockKind::Paragraph(second), origin: second_origin } = block else {
        return Err(Box::new(block));
    };
    let end = first.text().chars().next_back();
    let start = second.text().chars().next();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
    if latin(end) && latin(start) {
        first.content.push(Inline::Text(" ".to_owned()));
    }
    first.content.extend(second.content);
    if let (Location::Lines { last, .. }, Location::Lines { last: end, .. }) =
        (&mut origin.at, second_origin.at)
    {
        *last = end.max(*last);
    }
    Ok(())
}

/// The correction of every block that has one.
fn find<'a>(
    blocks: &[Block],
    corrections: &'a [Correction],
    diagnostics: &mut Diagnostics,
) -> BTreeMap<usize, &'a Correction> {
    let all: Vec<&Correction> = corrections.iter().collect();
    matched(blocks, &all, diagnostics, true).into_iter().collect()
}

/// The blocks that some corrections are about: where they say if their text stands there, otherwise the only block that
/// begins with it. What was not found where it should be is reported if `reports`.
fn matched<'a>(
    blocks: &[Block],
    corrections: &[&'a Correction],
    diagnostics: &mut Diagnostics,
    reports: bool,
) -> Vec<(usize, &'a Correction)> {
    let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut starts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        if let Some(number) = number(block) {
            places.entry(number).or_default().push(index);
            starts.entry(text_of(block)).or_default().push(index);
        }
    }
    let mut found = Vec::with_capacity(corrections.len());
    let mut taken = std::collections::BTreeSet::new();
    for correction in corrections.iter().copied() {
        let text = phrase::compact(&correction.text).into_owned();
        let piece = usize::try_from(correction.piece).unwrap_or(usize::MAX).saturating_sub(1);
        let here = places.get(&correction.at).and_then(|pieces| pieces.get(piece)).copied();
        let here = here.filter(|index| text_of(&blocks[*index]).starts_with(&text));
        let index = here.or_else(|| {
            // Of those that begin with the text, in their order, there may be one.
            let mut like = starts.range(text.clone()..).take_while(|(start, _)| start.starts_with(&text));
            let only = like.next().filter(|_| like.next().is_none() && !text.is_empty())?;
            (only.1.len() == 1).then(|| only.1[0])
        });
        let Some(index) = index.filter(|index| taken.insert(*index)) else {
            if reports {
                let message = message!(
                    "a correction fits no paragraph: none, or more than one, begins with these words"
                );
                report(diagnostics, "correction-unmatched", place(correction), message, &correction.text);
            }
            continue;
        };
        if here.is_none() && reports {
            let at = blocks[index].origin.at.clone();
            let message = message!(
                "a correction of {place} was applied here, where its words stand",
                place = correction.at
            );
            report(diagnostics, "correction-moved", at, message, &correction.text);
        }
        found.push((index, correction));
    }
    found
}
