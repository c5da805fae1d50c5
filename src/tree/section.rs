//! The sections of a document: what stands under which heading.

use std::ops::Range;

use serde::Serialize;

use super::{BlockKind, Document, Lead, Paragraph, Role};

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Depth: 0 for a title or the label of an attachment, 1 to 9 for headings and run-in headings.
    pub level: u8,
    /// The words of the heading.
    pub title: String,
    /// The top-level blocks of the section, that of the heading included, as indices of [`Document::blocks`].
    pub blocks: Range<usize>,
    /// The sections in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
}

impl Document {
    /// The section tree, in reading order. A section ends before the next heading of its level or a higher one; a
    /// second title, as of an annexed rule, begins a tree of its own. Text before the first heading is in no
    /// section. A heading whose parent is missing (`（一）` under nothing) stands at the place of the parent.
    pub fn outline(&self) -> Vec<Section> {
        let mut done: Vec<Section> = Vec::new();
        let mut open: Vec<Section> = Vec::new();
        for (at, block) in self.blocks.iter().enumerate() {
            let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
            for (level, title) in paragraph.outline_entries() {
                close(&mut open, &mut done, level, at);
                open.push(Section { level, title, blocks: at..at, sections: Vec::new() });
            }
        }
        close(&mut open, &mut done, 0, self.blocks.len());
        done
    }
}

/// Ends the open sections of `level` and below before the block `end`.
fn close(open: &mut Vec<Section>, done: &mut Vec<Section>, level: u8, end: usize) {
    while let Some(mut section) = open.pop_if(|section| section.level >= level) {
        // A heading and its run-in heading share a block.
        section.blocks.end = end.max(section.blocks.start + 1);
        open.last_mut().map_or(&mut *done, |parent| &mut parent.sections).push(section);
    }
}

impl Paragraph {
    /// The run-in heading, where it is one of the document's: the label of a list of names heads nothing.
    pub(crate) fn run_in_heading(&self) -> Option<Lead> {
        self.lead.filter(|_| self.role != Role::Attendance)
    }

    /// The entries that the paragraph gives an outline, each with its level: itself, if it is a title or a heading,
    /// and its run-in heading; the label of a list of names heads nothing.
    pub(crate) fn outline_entries(&self) -> Vec<(u8, String)> {
        let own = self.role.outline_level().map(|level| (level, self.line()));
        let mut entries = Vec::from_iter(own);
        if let Some(lead) = self.run_in_heading() {
            let words: String = self.text().chars().take(lead.end).collect();
            entries.push((lead.level, words.trim_end_matches(['。', '：', '；']).to_owned()));
        }
        entries.retain(|(_, words)| !words.is_empty());
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Block, Inline, Origin};

    fn document(paragraphs: &[(Role, &str)]) -> Document {
        let block = |(role, text): &(Role, &str)| {
            let paragraph = Paragraph::new(*role, vec![Inline::Text((*text).to_owned())]);
            Block { kind: BlockKind::Paragraph(paragraph), origin: Origin::default() }
        };
        Document { blocks: paragraphs.iter().map(block).collect(), ..Document::default() }
    }

    fn shown(sections: &[Section], depth: usize, out: &mut String) {
        for section in sections {
            let indent = "  ".repeat(depth);
            out.push_str(&format!("{indent}{} {:?}\n", section.title, section.blocks));
            shown(&section.sections, depth + 1, out);
        }
    }

    fn tree(document: &Document) -> String {
        let mut out = String::new();
        shown(&document.outline(), 0, &mut out);
        out
    }

    #[test]
    fn sections_end_where_one_of_their_level_begins() {
        let document = document(&[
            (Role::Title, "通知"),
            (Role::Body, "引言"),
            (Role::Heading(1), "一、"),
            (Role::Heading(2), "（一）"),
            (Role::Body, "文"),
            (Role::Heading(2), "（二）"),
            (Role::Heading(1), "二、"),
            (Role::Body, "文"),
            (Role::AttachmentLabel, "附件"),
            (Role::Title, "办法"),
            (Role::Heading(3), "1."),
        ]);
        assert_eq!(
            tree(&document),
            "通知 0..8\n  一、 2..6\n    （一） 3..5\n    （二） 5..6\n  二、 6..8\n附件 8..9\n办法 9..11\n  1. 10..11\n"
        );
    }

    #[test]
    fn a_run_in_heading_is_a_section() {
        let mut document =
            document(&[(Role::Heading(1), "一、"), (Role::Body, "抓落实。要细。"), (Role::Body, "文")]);
        if let BlockKind::Paragraph(paragraph) = &mut document.blocks[1].kind {
            paragraph.lead = Some(Lead { end: 4, level: 2 });
        }
        assert_eq!(tree(&document), "一、 0..3\n  抓落实 1..3\n");
    }

    #[test]
    fn text_without_headings_has_no_sections() {
        assert_eq!(document(&[(Role::Body, "文")]).outline(), []);
    }
}
