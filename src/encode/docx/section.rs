//! Sections: the sheet, its margins, its footers and its grid (ECMA-376 17.6.17).

use std::fmt::Write as _;

use docx_rs::DocumentChild;

use super::body::{Writer, empty_paragraph};
use super::footer;
use super::order::section_placeholder;
use super::place::Place;
use super::styles::id;
use crate::layout;
use crate::ooxml::Geometry;
use crate::profile::Profile;
use crate::tree::{Block, Location, Table};

/// A section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Section {
    /// Its pages bear numbers.
    pub(super) numbered: bool,
    /// Its first page is page 1.
    pub(super) restarts: bool,
    /// The sheet lies on its side.
    pub(super) turned: bool,
}

impl Section {
    /// The text, all of it or what follows a section of another kind.
    pub(super) const TEXT: Self = Self { numbered: true, restarts: false, turned: false };

    /// Its properties. The grid is one of lines: a grid of characters too would give a character that is wider than its
    /// cell two cells in LibreOffice, so the styles space the characters.
    pub(super) fn properties(self, profile: &Profile, geometry: &Geometry) -> String {
        let mut xml = String::from("<w:sectPr>");
        for footer in footer::footers(profile, self.turned) {
            if self.numbered && footer.turned == self.turned {
                let kind = if footer.even { "even" } else { "default" };
                let _ = write!(xml, "<w:footerReference w:type=\"{kind}\" r:id=\"{}\"/>", footer.id);
            }
        }
        let sheet = if self.turned { geometry.turned() } else { *geometry };
        let (header, footer) = (sheet.top / 2, footer::distance(profile, &sheet));
        let Geometry { width, height, top, bottom, left, right, leading, .. } = sheet;
        let orient = if width > height { " w:orient=\"landscape\"" } else { "" };
        let _ = write!(
            xml,
            "<w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orient}/>\
             <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" \
             w:header=\"{header}\" w:footer=\"{footer}\" w:gutter=\"0\"/>"
        );
        if self.restarts {
            xml.push_str("<w:pgNumType w:start=\"1\"/>");
        }
        let _ = write!(
            xml,
            "<w:cols w:space=\"425\"/><w:docGrid w:type=\"lines\" w:linePitch=\"{leading}\"/></w:sectPr>"
        );
        xml
    }
}

impl<'a> Writer<'a> {
    /// Writes a table that no upright page has room for on pages of its own that lie on their side, with the headings
    /// and the caption above it. `before` are the blocks before the table, each of which is the last so many of `out`.
    pub(super) fn turned_table(
        &mut self,
        table: &'a Table,
        at: &Location,
        before: &[Block],
        out: &mut Vec<DocumentChild>,
    ) {
        let turned = Section { turned: true, ..Section::TEXT };
        if self.ends_turned(out) {
            // Tables that follow each other share their pages.
            out.pop();
        } else {
            let leads = |block: &&Block| layout::leads_to_table(block, self.profile);
            let led = before.iter().rev().take(layout::MOST_LEADS).take_while(leads).count().min(out.len());
            let start = out.len() - led;
            // Where nothing stands before it there is no section to end.
            if start > 0 {
                let tail = out.split_off(start);
                self.end_section(Section::TEXT, out);
                out.extend(tail);
            }
        }
        self.table(table, at, Place::flow(self.geometry.turned().measure()), out);
        self.after_table = false;
        out.push(empty_paragraph(id::SECTION_END));
        self.end_section(turned, out);
        (self.turned, self.turned_end) = (true, out.len());
    }

    /// True where the last thing written ends a section of turned pages.
    pub(super) fn ends_turned(&self, out: &[DocumentChild]) -> bool {
        self.turned_end > 0 && self.turned_end == out.len()
    }

    /// Ends a section with the last paragraph, or with a small one where there is none.
    fn end_section(&mut self, section: Section, out: &mut Vec<DocumentChild>) {
        let section = Section { restarts: std::mem::take(&mut self.restarts), ..section };
        let xml = section.properties(self.profile, &self.geometry);
        let property = section_placeholder(self.insertions.len());
        self.insertions.push(xml);
        if !matches!(out.last(), Some(DocumentChild::Paragraph(last)) if last.property.section_property.is_none())
        {
            out.push(empty_paragraph(id::SECTION_END));
        }
        if let Some(DocumentChild::Paragraph(last)) = out.last_mut() {
            last.property.section_property = Some(property);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::StyleName;

    #[test]
    fn a_turned_sheet_has_its_head_at_the_binding() {
        let profile = Profile::gongwen().unwrap();
        let geometry = Geometry::new(&profile, profile.named(StyleName::Body));
        let xml = Section { turned: true, ..Section::TEXT }.properties(&profile, &geometry);
        assert!(xml.contains("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"));
        assert!(xml.contains("w:top=\"1587\" w:right=\"2098\" w:bottom=\"1474\" w:left=\"1984\""), "{xml}");
        assert!(!xml.contains("pgNumType"));
    }
}
