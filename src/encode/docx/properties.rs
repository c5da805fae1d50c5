//! docProps: what the file says of itself.

use std::fmt::Write as _;

use super::xml::{DECLARATION, escape, is_legal};
use crate::diagnostic::{Diagnostics, Kind};
use crate::ooxml::{APPLICATION, NAMED};
use crate::tree::{Location, Meta, Properties};

impl Properties {
    /// docProps/core.xml (ECMA-376 part 2, 11.1). Nothing in it comes from a clock.
    pub(super) fn core(&self) -> Vec<u8> {
        let mut xml = format!(
            "{DECLARATION}<cp:coreProperties \
             xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
        );
        if let Some(title) = &self.title {
            let _ = write!(xml, "<dc:title>{}</dc:title>", escape(title));
        }
        if let Some(author) = &self.author {
            let _ = write!(xml, "<dc:creator>{}</dc:creator>", escape(author));
        }
        for (element, names) in NAMED {
            let value = self.other.iter().find(|(name, _)| names.contains(&name.to_lowercase().as_str()));
            if let Some((_, value)) = value {
                let _ = write!(xml, "<{element}>{}</{element}>", escape(value));
            }
        }
        if let Some(date) = &self.date {
            let date = date.iso_moment();
            for name in ["created", "modified"] {
                let _ = write!(xml, "<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:{name}>");
            }
        }
        xml.push_str("</cp:coreProperties>");
        xml.into_bytes()
    }

    /// docProps/app.xml (ECMA-376 22.2).
    pub(super) fn app() -> Vec<u8> {
        format!(
            "{DECLARATION}<Properties \
             xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
             <Application>{APPLICATION}</Application></Properties>"
        )
        .into_bytes()
    }

    /// docProps/custom.xml (ECMA-376 22.3): all other properties as text; `None` where there are none.
    /// Word wants names that differ even with case ignored, so later ones are numbered, and that is reported.
    pub(super) fn custom(&self, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
        if self.other.is_empty() {
            return None;
        }
        let mut xml = format!(
            "{DECLARATION}<Properties \
             xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
             xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
        );
        let mut names = std::collections::BTreeSet::new();
        for (index, (stated, value)) in self.other.iter().enumerate() {
            let name: String = stated.chars().filter(|c| is_legal(*c)).collect();
            let name = if name.trim().is_empty() { "property" } else { name.trim() };
            let mut unique = name.to_owned();
            if !names.insert(unique.to_lowercase()) {
                unique = format!("{name} {}", index + 1);
                names.insert(unique.to_lowercase());
            }
            if unique != *stated {
                let message = message!("a property is called {name} in the Word file", name = unique);
                diagnostics.report(Kind::Substituted, "property-name", Location::Whole, message);
            }
            // Ids 0 and 1 belong to the format itself.
            let _ = write!(
                xml,
                "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{}\" name=\"{}\">\
                 <vt:lpwstr>{}</vt:lpwstr></property>",
                index + 2,
                escape(&unique),
                escape(value)
            );
        }
        xml.push_str("</Properties>");
        Some(xml.into_bytes())
    }
}

/// Reports the control characters that the stated properties of a document lose.
pub(super) fn report_illegal(meta: &Meta, diagnostics: &mut Diagnostics) {
    let stated = meta.title.iter().chain(&meta.author).chain(&meta.date);
    let other = meta.other.iter().flat_map(|(name, value)| [name, value]);
    let illegal: String =
        stated.chain(other).flat_map(|text| text.chars().filter(|c| !is_legal(*c))).collect();
    if !illegal.is_empty() {
        diagnostics.report_text(
            Kind::Dropped,
            "control-character",
            Location::Whole,
            message!("the properties of a Word file cannot hold control characters"),
            illegal,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Block, BlockKind, Document, Inline, Origin, Paragraph, Role};

    #[test]
    fn what_the_source_states_goes_before_what_was_recognised() {
        let paragraph = |role, text: &str| Block {
            kind: BlockKind::Paragraph(Paragraph::new(role, vec![Inline::Text(text.into())])),
            origin: Origin::default(),
        };
        let mut title = Paragraph::new(Role::Title, vec![Inline::Text("在会议上".into()), Inline::Break]);
        title.content.push(Inline::Text("的讲话".into()));
        let mut document = Document {
            blocks: vec![
                Block { kind: BlockKind::Paragraph(title), origin: Origin::default() },
                paragraph(Role::Byline, "王某某"),
                paragraph(Role::Date, "（2026年1月5日）"),
            ],
            ..Document::default()
        };
        let core = String::from_utf8(Properties::new(&document).core()).unwrap();
        assert!(core.contains("<dc:title>在会议上的讲话</dc:title><dc:creator>王某某</dc:creator>"));
        assert!(core.contains("2026-01-05T00:00:00Z</dcterms:modified>"));
        assert!(Properties::new(&document).custom(&mut Diagnostics::default()).is_none());

        document.meta = Meta {
            title: Some("A & B".into()),
            date: Some("昨天".into()),
            other: vec![
                ("tags".into(), "<x>".into()),
                ("Tags".into(), "y".into()),
                ("\u{1}".into(), "z".into()),
            ],
            ..Meta::default()
        };
        let properties = Properties::new(&document);
        assert!(String::from_utf8(properties.core()).unwrap().contains("<dc:title>A &amp; B</dc:title>"));
        let mut diagnostics = Diagnostics::default();
        let custom = String::from_utf8(properties.custom(&mut diagnostics).unwrap()).unwrap();
        assert_eq!(diagnostics.iter().filter(|found| found.code == "property-name").count(), 2);
        assert!(custom.contains("name=\"tags\"><vt:lpwstr>&lt;x&gt;<"));
        assert!(
            custom.contains("name=\"Tags 2\"")
                && custom.contains("name=\"property\"")
                && custom.contains("昨天")
        );
    }
}
