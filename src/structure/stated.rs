//! Documents in a document whose source says where they begin: at a title, or at the label of an annex.
//!
//! Numbers count within one document, so what a Word file states must be divided where the text it was made of was.

use std::ops::Range;

use crate::tree::Role;

use super::line::Line;

/// True where the source states that a document begins after another: at its title, unless that stands in a head that
/// has begun already, or at the first label of an annex.
pub(super) fn begins(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    if !line.stated || line.pinned || at == 0 {
        return false;
    }
    let role = lines[at].role();
    if role == Some(Role::AttachmentLabel) {
        return lines[at - 1].role() != role;
    }
    if role != Some(Role::Title) {
        return false;
    }
    let head = lines[..at].iter().rev().take_while(|line| line.role().is_some_and(is_of_head));
    let begun = head.clone().any(|line| matches!(line.role(), Some(Role::Title | Role::AttachmentLabel)));
    !begun && head.count() < at
}

/// The documents of one whose source states every role.
pub(super) fn divide(lines: &[Line]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = (1..lines.len()).filter(|at| begins(lines, *at)).collect();
    starts.insert(0, 0);
    starts.push(lines.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// True for what may stand round a title.
fn is_of_head(role: Role) -> bool {
    role.heads_address() || matches!(role, Role::AttachmentLabel | Role::Boilerplate)
}
