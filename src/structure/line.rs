//! The paragraphs of a document as the rules see them.

use std::borrow::Cow;

use crate::parallel;
use crate::tree::{Appearance, BlockKind, Document, InlinePoint, Lead, Location, Role};

use super::boilerplate::Junk;
use super::constraint::{self, Constraint};
use super::emphasis::Emphasis;
use super::marker::{self, Candidate};
use super::numbering::Notice;
use super::phrase;

/// One paragraph of the top level.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Its place among the blocks.
    pub block: usize,
    /// Its text.
    pub text: Cow<'a, str>,
    /// Number of its characters.
    pub length: usize,
    /// The text without blanks, as [`phrase::compact`] writes it.
    pub compact: Cow<'a, str>,
    /// Number of characters without blanks.
    pub size: usize,
    /// What it looked like.
    pub appearance: &'a Appearance,
    /// How it is set against the body.
    pub emphasis: Emphasis,
    /// True where the source states the role.
    pub stated: bool,
    /// True where a reader gave the role.
    pub pinned: bool,
    /// True where a reader says that it is the author's.
    pub kept: bool,
    /// True where a reader says that it goes on no line before it.
    pub apart: bool,
    /// What it looks like by its words.
    pub junk: Junk,
    /// The marker it may begin with.
    pub marker: Option<Candidate>,
    /// Its text as characters, for offsets, where it begins with what may be a marker.
    pub chars: Vec<char>,
    /// True once the marker is taken for one.
    pub marked: bool,
    /// The run-in heading.
    pub lead: Option<Lead>,
    /// The points inside.
    pub points: Vec<InlinePoint>,
    /// The role and the rule that gave it.
    pub decision: Option<Decision>,
    /// True for a line that goes on a title, a list of recipients or the name of an attachment.
    pub joins: bool,
    /// The block on whose line it stands at the right: the number beside which 签发人 is named,
    /// the office that prints beside its date.
    pub beside: Option<usize>,
    /// What is irregular in its numbering; hardly any line has this.
    pub notice: Option<Box<Notice>>,
    /// True where a table, a picture or another block stands before it.
    pub after_block: bool,
    /// A table or another block stands right below it.
    pub before_block: bool,
    /// A line of a text, and no paragraph of a Word file.
    pub is_line: bool,
}

/// A role and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decision {
    pub role: Role,
    pub rule: &'static str,
}

impl Line<'_> {
    /// Gives the line its role, unless it has one.
    pub(super) fn decide(&mut self, role: Role, rule: &'static str) {
        if self.decision.is_none() && !(self.kept && role == Role::Boilerplate) {
            self.decision = Some(Decision { role, rule });
        }
    }

    /// Takes the role as it is for the source's own.
    pub(super) fn state(&mut self) {
        self.stated = true;
        self.decide(Role::Body, "source-role");
    }

    /// The role so far.
    pub(super) fn role(&self) -> Option<Role> {
        self.decision.map(|decision| decision.role)
    }

    /// True where nothing is decided.
    pub(super) fn is_open(&self) -> bool {
        self.decision.is_none()
    }

    pub(super) fn is_boilerplate(&self) -> bool {
        self.role() == Some(Role::Boilerplate)
    }

    /// Takes the line for the author's, whatever its words look like.
    pub(super) fn spare(&mut self) {
        (self.junk, self.kept) = (Junk::None, true);
    }

    /// True where the words are those of junk, wherever it stands.
    pub(super) fn is_junk(&self) -> bool {
        !matches!(self.junk, Junk::None | Junk::Pair)
    }

    /// Number of characters without blanks.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// A marker whose form alone is proof.
    pub(super) fn strong_marker(&self) -> Option<&Candidate> {
        self.marker.as_ref().filter(|marker| !marker.weak)
    }

    /// Set far from the margin, as titles and signatures are.
    pub(super) fn is_set_in(&self) -> bool {
        self.appearance.centred || self.appearance.indent >= 10
    }

    /// Reads the words of the line.
    fn sort(&mut self, constraint: Constraint) {
        self.length = phrase::length(&self.text);
        self.compact = match &self.text {
            Cow::Borrowed(text) => phrase::compact(text),
            Cow::Owned(text) => Cow::Owned(phrase::compact(text).into_owned()),
        };
        let changed = matches!(self.compact, Cow::Owned(_));
        self.size = if changed { phrase::length(&self.compact) } else { self.length };
        if !constraint.keep {
            self.junk = constraint.junk(&self.text, &self.compact, self.size);
        }
        if self.text.starts_with(marker::may_begin) {
            // Into places that are there already: to make room for them one by one takes longer.
            let mut chars = vec!['\0'; self.length];
            chars.iter_mut().zip(self.text.chars()).for_each(|(place, c)| *place = c);
            self.marker = constraint.marker(&chars);
            if self.marker.is_some() {
                self.chars = chars;
            }
        }
    }

    /// Ends as a sentence does, with a half-width point as well.
    pub(super) fn ends_sentence(&self) -> bool {
        let text = self.compact.trim_end_matches(['”', '’', '）', ')', '」']);
        text.ends_with(phrase::STOPS)
            || text.strip_suffix('.').is_some_and(|text| text.ends_with(phrase::is_han))
    }
}

/// Reads the paragraphs of the top level; empty ones have nothing to recognise.
/// `constraints` has one for every block, or none at all.
pub(super) fn read<'a>(document: &'a Document, constraints: &[Constraint], threads: usize) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::with_capacity(document.blocks.len());
    let mut after_block = false;
    let mut any_stated = false;
    let tops =
        document.blocks.iter().filter(|block| block.origin.appearance.outline_level == Some(1)).count();
    for (block, item) in document.blocks.iter().enumerate() {
        let BlockKind::Paragraph(paragraph) = &item.kind else {
            after_block = true;
            if let Some(above) = lines.last_mut() {
                above.before_block = true;
            }
            continue;
        };
        let text = paragraph.characters();
        if text.trim().is_empty() {
            continue;
        }
        let level = item.origin.appearance.outline_level;
        let first = !any_stated;
        let decision = match (paragraph.role, level) {
            (Role::Body, Some(1)) if tops == 1 && first => {
                Some(Decision { role: Role::Title, rule: "source-title" })
            }
            (Role::Body, Some(level)) => {
                // Under a single top heading, which is the title, the levels move up by one.
                let shift = u8::from(tops == 1 && level > 1);
                Some(Decision {
                    role: Role::Heading((level - shift).clamp(1, 9)),
                    rule: "source-outline-level",
                })
            }
            (Role::Body, None) => None,
            (role, _) => Some(Decision { role, rule: "source-role" }),
        };
        any_stated |= decision.is_some();
        let constraint = constraints.get(block).copied().unwrap_or_default();
        let decision = constraint.role.map(|role| Decision { role, rule: constraint::RULE }).or(decision);
        lines.push(Line {
            block,
            pinned: constraint.role.is_some(),
            kept: constraint.keep,
            apart: constraint.apart,
            junk: Junk::None,
            marker: None,
            appearance: &item.origin.appearance,
            stated: decision.is_some(),
            emphasis: Emphasis::default(),
            marked: false,
            lead: paragraph.lead,
            points: Vec::new(),
            joins: false,
            beside: None,
            notice: None,
            after_block,
            before_block: false,
            is_line: matches!(item.origin.at, Location::Lines { .. }),
            decision,
            text,
            length: 0,
            compact: Cow::Borrowed(""),
            size: 0,
            chars: Vec::new(),
        });
        after_block = false;
    }
    parallel::for_each(threads, &mut lines, |_, line| {
        line.sort(constraints.get(line.block).copied().unwrap_or_default());
    });
    lines
}
