//! Writes what was decided into the tree and reports it.

use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::{
    Block, BlockKind, Document, Inline, InlinePoint, InlineStyle, Lead, Location, Marker, Paragraph, Role,
};

use super::line::{Decision, Line};
use super::numbering::Notice;

/// True for a tree that this pass has filled in: markers and points come from nowhere else. Run-in headings may be
/// those of a Word file.
pub(super) fn is_recognised(document: &Document) -> bool {
    paragraphs(document).any(|paragraph| paragraph.marker.is_some() || !paragraph.points.is_empty())
}

/// True where roles are stated that go beyond the outline of titles and headings; captions have a style in every office
/// program and say nothing of other paragraphs.
pub(super) fn has_roles(document: &Document) -> bool {
    paragraphs(document).any(|paragraph| {
        !matches!(paragraph.role, Role::Body | Role::Caption | Role::Title | Role::Heading(_))
    })
}

fn paragraphs(document: &Document) -> impl Iterator<Item = &Paragraph> {
    document.blocks.iter().filter_map(Block::paragraph)
}

/// What was decided of a paragraph.
#[derive(Debug)]
pub(super) struct Decided {
    block: usize,
    decision: Option<Decision>,
    stated: bool,
    notice: Option<Box<Notice>>,
    marker: Option<Marker>,
    lead: Option<Lead>,
    points: Vec<InlinePoint>,
    /// It goes on the line before.
    joins: bool,
    /// It stands at the right on the line of that block.
    beside: Option<usize>,
}

impl From<Line<'_>> for Decided {
    fn from(line: Line<'_>) -> Self {
        let marker = line.marker.filter(|_| line.marked).map(|candidate| Marker {
            scheme: candidate.scheme,
            value: candidate.value,
            text: line.chars[..candidate.length.min(line.chars.len())].iter().collect(),
        });
        Self {
            block: line.block,
            decision: line.decision,
            stated: line.stated,
            notice: line.notice,
            marker,
            lead: line.lead,
            points: line.points,
            joins: line.joins && !line.apart,
            beside: line.beside,
        }
    }
}

/// How much of a paragraph a report shows, in characters.
const EXCERPT: usize = 24;

/// Writes what was decided and reports each decision at its place.
pub(super) fn write(document: &mut Document, lines: Vec<Decided>, diagnostics: &mut Diagnostics) {
    let mut joined: Vec<usize> = Vec::new();
    let mut head: Option<usize> = None;
    for line in lines {
        let role = line.decision.map(|decision| decision.role);
        if let Some(first) = head.filter(|_| line.joins) {
            join(&mut document.blocks, first, line.block, role == Some(Role::Title));
            joined.push(line.block);
            continue;
        }
        if let (Some(left), Some(decision)) = (line.beside, line.decision) {
            let origin = &document.blocks[line.block].origin;
            let left_of_it = document.blocks[left].paragraph().map(|left| left.line()).unwrap_or_default();
            diagnostics.decided(decision.rule, || {
                let message = message!("put at the right on the line of {left}", left = left_of_it);
                (origin.at.clone(), message, String::new())
            });
            put_beside(&mut document.blocks, left, line.block);
            joined.push(line.block);
            continue;
        }
        let goes_on = matches!(
            role,
            Some(
                Role::Title
                    | Role::Recipient
                    | Role::Salutation
                    | Role::AttachmentNote
                    | Role::AttachmentLabel
                    | Role::CopyTo
            )
        );
        head = goes_on.then_some(line.block);
        let block = &mut document.blocks[line.block];
        let BlockKind::Paragraph(paragraph) = &mut block.kind else { continue };
        let excerpt = |paragraph: &Paragraph| {
            let text = paragraph.characters();
            let end = text.char_indices().nth(EXCERPT).map_or(text.len(), |(end, _)| end);
            text[..end].to_owned()
        };
        if let Some(decision) = line.decision {
            paragraph.role = decision.role;
            if !line.stated && matches!(decision.role, Role::Title | Role::Heading(_)) {
                unwrap_strong(paragraph);
            }
            if !line.stated || decision.rule != "source-role" {
                diagnostics.decided(decision.rule, || {
                    let role = decision.role.message();
                    let message = match decision.role.level() {
                        Some(level) => message!("read as {role} of level {level}", role, level),
                        None => message!("read as {role}", role),
                    };
                    (block.origin.at.clone(), message, excerpt(paragraph))
                });
            }
        }
        if let Some((code, message)) = line.notice.map(|notice| *notice) {
            let (at, text) = (block.origin.at.clone(), excerpt(paragraph));
            diagnostics.report_text(Kind::Noticed, code, at, message, text);
        }
        if line.marker.is_some() {
            paragraph.marker = line.marker;
        }
        paragraph.lead = line.lead;
        paragraph.points = line.points;
    }
    let mut joined = joined.into_iter().peekable();
    let mut index = 0usize;
    document.blocks.retain(|_| {
        let keep = joined.next_if_eq(&index).is_none();
        index += 1;
        keep
    });
}

/// Takes away what made all of a title or heading bold, which told it from the text: its style does that now, and a face
/// for titles is not made bolder.
fn unwrap_strong(paragraph: &mut Paragraph) {
    if let [Inline::Styled(InlineStyle::Strong, content)] = paragraph.content.as_mut_slice() {
        paragraph.content = std::mem::take(content);
    }
}

/// Whether quotation marks or brackets are left open at the end of a text.
fn is_open(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    [('“', '”'), ('《', '》'), ('（', '）')].iter().any(|(open, close)| count(*open) > count(*close))
}

/// The gap between the two columns of a line.
const GAP: &str = "\u{3000}\u{3000}";

/// Puts the paragraph of block `right`, which may stand above it, behind that of block `left`.
fn put_beside(blocks: &mut [Block], left: usize, right: usize) {
    let BlockKind::Paragraph(Paragraph { content, .. }) = &mut blocks[right].kind else { return };
    let content = std::mem::take(content);
    if let BlockKind::Paragraph(paragraph) = &mut blocks[left].kind {
        paragraph.content.push(Inline::Text(GAP.to_owned()));
        paragraph.content.extend(content);
    }
}

/// Adds the paragraph of block `next` to that of block `first`, after a break where lines stay lines.
fn join(blocks: &mut [Block], first: usize, next: usize, broken: bool) {
    let at = blocks[next].origin.at.clone();
    let BlockKind::Paragraph(paragraph) = &mut blocks[next].kind else { return };
    if broken {
        unwrap_strong(paragraph);
    }
    let content = std::mem::take(&mut paragraph.content);
    let head = &mut blocks[first];
    if let BlockKind::Paragraph(paragraph) = &mut head.kind {
        // A line that ends inside quotation marks or brackets was cut there.
        if broken && !is_open(&paragraph.characters()) {
            paragraph.content.push(Inline::Break);
        }
        paragraph.content.extend(content);
    }
    if let (Location::Lines { last, .. }, Location::Lines { last: end, .. }) = (&mut head.origin.at, at) {
        *last = end;
    }
}
