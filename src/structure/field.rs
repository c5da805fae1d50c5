//! The head of a document as its reader fills it in: title, speaker and date.

use crate::correction::Fields;
use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::{Block, BlockKind, Document, Inline, Location, Origin, Paragraph, Role};

/// Puts the fields that are filled in into their lines, and lines that are missing under the title.
pub(super) fn fill(document: &mut Document, fields: &Fields, diagnostics: &mut Diagnostics) {
    for (role, text) in
        [(Role::Title, &fields.title), (Role::Date, &fields.date), (Role::Byline, &fields.byline)]
    {
        let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty()) else { continue };
        let at = match document.blocks.iter().position(|block| role_of(block) == Some(role)) {
            Some(index) => {
                let block = &mut document.blocks[index];
                if let BlockKind::Paragraph(paragraph) = &mut block.kind
                    && paragraph.text() != text
                {
                    *paragraph = Paragraph::new(role, content(text));
                }
                block.origin.at.clone()
            }
            None => {
                let index = place(&document.blocks, role);
                let kind = BlockKind::Paragraph(Paragraph::new(role, content(text)));
                document.blocks.insert(index, Block { kind, origin: Origin::default() });
                Location::Whole
            }
        };
        let message = message!("{role} as it was filled in", role = role.message());
        diagnostics.report_text(Kind::Inferred, "field-filled", at, message, text);
    }
}

fn role_of(block: &Block) -> Option<Role> {
    let BlockKind::Paragraph(paragraph) = &block.kind else { return None };
    Some(paragraph.role)
}

/// The text of a field, its lines parted by breaks.
fn content(text: &str) -> Vec<Inline> {
    let mut content = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !content.is_empty() {
            content.push(Inline::Break);
        }
        content.push(Inline::Text(line.to_owned()));
    }
    content
}

/// Where a line that is missing belongs: the title before all that is the author's, the others below the title and what
/// goes with it.
fn place(blocks: &[Block], role: Role) -> usize {
    let first = blocks.iter().position(|block| role_of(block) != Some(Role::Boilerplate)).unwrap_or(0);
    let Some(title) = blocks.iter().position(|block| role_of(block) == Some(Role::Title)) else {
        return first;
    };
    let above = |block: &&Block| match role_of(block) {
        Some(Role::Title) => role != Role::Title,
        Some(Role::Subtitle | Role::Marking | Role::DocumentNumber | Role::Occasion) => true,
        Some(Role::Date) => role == Role::Byline,
        Some(
            Role::Byline
            | Role::Recipient
            | Role::Salutation
            | Role::Heading(_)
            | Role::Point(_)
            | Role::Body
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
        )
        | None => false,
    };
    title + blocks[title..].iter().take_while(above).count()
}
