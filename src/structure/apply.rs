//! Writes what was decided into the tree and reports it.

use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::{Block, BlockKind, Document, Inline, Location, Marker, Paragraph, Role};

use super::line::Line;

/// True for a tree that this pass has filled in: markers and points come from nowhere else. Run-in headings may be
/// those of a Word file.
pub(super) fn is_recognised(document: &Document) -> bool {
    paragraphs(document).any(|paragraph| paragraph.marker.is_some() || !paragraph.points.is_empty())
}

/// True where roles are stated that go beyond the outline of titles and headings.
pub(super) fn has_roles(document: &Document) -> bool {
    paragraphs(document)
        .any(|paragraph| !matches!(paragraph.role, Role::Body | Role::Title | Role::Heading(_)))
}

fn paragraphs(document: &Document) -> impl Iterator<Item = &Paragraph> {
    document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => Some(paragraph),
        BlockKind::List(_)
        | BlockKind::Table(_)
        | BlockKind::Quote(_)
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Rule
        | BlockKind::PageBreak
        | BlockKind::Raw(_) => None,
    })
}

/// Writes the lines back and reports each decision at its place.
pub(super) fn write(document: &mut Document, lines: Vec<Line>, diagnostics: &mut Diagnostics) {
    let mut joined: Vec<usize> = Vec::new();
    let mut head: Option<usize> = None;
    for line in lines {
        let first = head.filter(|_| line.joins && !line.apart);
        if let Some(first) = first {
            join(&mut document.blocks, first, line.block, line.role() == Some(Role::Title));
            joined.push(line.block);
            continue;
        }
        let goes_on = matches!(
            line.role(),
            Some(Role::Title | Role::Recipient | Role::Salutation | Role::AttachmentNote | Role::CopyTo)
        );
        head = goes_on.then_some(line.block);
        let block = &mut document.blocks[line.block];
        let BlockKind::Paragraph(paragraph) = &mut block.kind else { continue };
        if let Some(decision) = line.decision {
            paragraph.role = decision.role;
            if !line.stated || decision.rule != "source-role" {
                let message = match decision.role.level() {
                    Some(level) => {
                        message!("read as {role} of level {level}", role = decision.role.message(), level)
                    }
                    None => message!("read as {role}", role = decision.role.message()),
                };
                let excerpt: String = line.text.chars().take(24).collect();
                diagnostics.report_text(
                    Kind::Inferred,
                    decision.rule,
                    block.origin.at.clone(),
                    message,
                    excerpt,
                );
            }
        }
        if let Some((code, message)) = line.notice {
            let excerpt: String = line.text.chars().take(24).collect();
            diagnostics.report_text(Kind::Noticed, code, block.origin.at.clone(), message, excerpt);
        }
        if let Some(candidate) = line.marker.filter(|_| line.marked) {
            let text = line.chars[..candidate.length.min(line.chars.len())].iter().collect();
            paragraph.marker = Some(Marker { scheme: candidate.scheme, value: candidate.value, text });
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

/// Adds the paragraph of block `next` to that of block `first`, after a break where lines stay lines.
fn join(blocks: &mut [Block], first: usize, next: usize, broken: bool) {
    let at = blocks[next].origin.at.clone();
    let BlockKind::Paragraph(Paragraph { content, .. }) = &mut blocks[next].kind else { return };
    let content = std::mem::take(content);
    let head = &mut blocks[first];
    if let BlockKind::Paragraph(paragraph) = &mut head.kind {
        if broken {
            paragraph.content.push(Inline::Break);
        }
        paragraph.content.extend(content);
    }
    if let (Location::Lines { last, .. }, Location::Lines { last: end, .. }) = (&mut head.origin.at, at) {
        *last = end;
    }
}
