//! Run-in headings in the outline, by style separators (ECMA-376 17.3.2.36 `specVanish`).

use docx_rs::{DocumentChild, IndentLevel, NumberingId, ParagraphChild, Run, RunProperty};

use super::body::Writer;
use super::place::{Place, Setting};
use crate::ooxml::{lead_style, role_style};
use crate::tree::{Paragraph, Role};

impl Writer<'_> {
    /// Appends a written paragraph. Where it begins with a run-in heading that is to be in the outline, that is a
    /// heading of its own whose end is hidden, and Word sets both as one paragraph.
    pub(super) fn separated(
        &mut self,
        paragraph: &Paragraph,
        place: Place,
        mut written: DocumentChild,
        out: &mut Vec<DocumentChild>,
    ) {
        let lead =
            paragraph.run_in_heading().filter(|_| self.run_in_outline && place.setting == Setting::Flow);
        if let (Some(lead), DocumentChild::Paragraph(rest)) = (lead, &mut written) {
            let of_lead = |run: &Run| {
                run.run_property.style.as_ref().is_some_and(|style| style.val == lead_style(lead.level).id)
            };
            let is_lead = |child: &ParagraphChild| matches!(child, ParagraphChild::Run(run) if of_lead(run));
            let begins = rest.children.iter().take_while(|child| is_lead(child)).count();
            // A link or a picture may stand across the end of the heading; then it has no end to hide.
            let in_link = |child: &ParagraphChild| matches!(child, ParagraphChild::Hyperlink(link) if link.children.iter().any(is_lead));
            let goes_on = rest.children[begins..].iter().any(|child| is_lead(child) || in_link(child));
            if (1..rest.children.len()).contains(&begins) && !goes_on {
                let mut children: Vec<ParagraphChild> = rest.children.drain(..begins).collect();
                let words: String = paragraph.text().chars().take(lead.end).collect();
                self.mark(lead.level, words.trim(), &mut children);
                let style = role_style(Role::Heading(lead.level)).id;
                let mut heading = docx_rs::Paragraph::new().style(&style);
                if self.numbered.get(&style) == Some(&true) {
                    heading = heading.numbering(NumberingId::new(0), IndentLevel::new(0));
                }
                heading.property.page_break_before = rest.property.page_break_before.take();
                heading.property.run_property = RunProperty::new().vanish().spec_vanish();
                heading.children = children;
                out.push(DocumentChild::Paragraph(Box::new(heading)));
            }
        }
        out.push(written);
    }
}
