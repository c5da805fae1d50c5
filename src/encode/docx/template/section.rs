//! The page of a template: its last section, in the place of each of ours (ECMA-376 17.6.17).

use super::reference::{Child, children};
use super::{CARRIED, Template};
use crate::ooxml::Geometry;

impl Template {
    /// The elements of its last section.
    pub(super) fn section(&self) -> Vec<Child<'_>> {
        // It has been read once.
        children(&self.section, "w:sectPr", "").unwrap_or_default()
    }

    /// The page of the reference; what it does not state is as in `geometry`.
    pub(in crate::encode::docx) fn geometry(&self, geometry: Geometry) -> Geometry {
        let section = self.section();
        let twips = |child: &str, attribute: &str| {
            let child = section.iter().find(|section| section.name == child)?;
            child.attribute(attribute)?.parse::<f64>().ok().map(|n| n.abs().clamp(0.0, 40_000.0) as i32)
        };
        let page = Geometry {
            width: twips("w:pgSz", "w:w").unwrap_or(geometry.width),
            height: twips("w:pgSz", "w:h").unwrap_or(geometry.height),
            top: twips("w:pgMar", "w:top").unwrap_or(geometry.top),
            bottom: twips("w:pgMar", "w:bottom").unwrap_or(geometry.bottom),
            left: twips("w:pgMar", "w:left").unwrap_or(geometry.left),
            right: twips("w:pgMar", "w:right").unwrap_or(geometry.right)
                + twips("w:pgMar", "w:gutter").unwrap_or(0),
            ..geometry
        };
        // A page without room for text is none.
        if page.measure() < 720 || page.text_height() < 720 { geometry } else { page }
    }

    /// The text with the sections of the reference in the place of ours.
    pub(super) fn with_sections(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut is_first = true;
        while let Some(start) = rest.find("<w:sectPr>") {
            let Some(end) = rest[start..].find("</w:sectPr>") else { break };
            out.push_str(&rest[..start]);
            out.push_str(&self.section_like(&rest[start..start + end], is_first));
            is_first = false;
            rest = &rest[start + end + "</w:sectPr>".len()..];
        }
        out.push_str(rest);
        out
    }

    /// The section of the reference for one of ours: turned where ours is turned, and numbered from 1 where ours is. What
    /// holds for the first page alone is that of the first section.
    fn section_like(&self, own: &str, is_first: bool) -> String {
        let turned = own.contains("landscape");
        let restarts = own.contains("<w:pgNumType");
        let mut xml = String::from("<w:sectPr>");
        let section = self.section();
        let rank = |name: &str| ORDER.iter().position(|other| *other == name);
        let numbered = section.iter().any(|child| child.name == "w:pgNumType");
        for child in &section {
            if restarts
                && !numbered
                && !xml.contains("<w:pgNumType")
                && rank(child.name) > rank("w:pgNumType")
            {
                xml.push_str("<w:pgNumType w:start=\"1\"/>");
            }
            let of = |name: &str| child.attribute(name);
            match child.name {
                "w:headerReference" | "w:footerReference" => {
                    let id = of("r:id").unwrap_or_default();
                    let kind = of("w:type").unwrap_or_else(|| "default".into());
                    let row = self.package.of_document().find(|(other, _)| **other == id);
                    let is_there = row.is_some_and(|(_, row)| self.package.part(&row.target).is_some());
                    if is_there && (is_first || kind != "first") {
                        xml.push_str(&format!("<{} w:type=\"{kind}\" r:id=\"{CARRIED}{id}\"/>", child.name));
                    }
                }
                "w:titlePg" if !is_first => {}
                "w:pgSz" if turned => {
                    let (width, height) = (of("w:w").unwrap_or_default(), of("w:h").unwrap_or_default());
                    let number = |side: &str| side.parse::<f64>().unwrap_or(0.0);
                    let (long, short) =
                        if number(&width) > number(&height) { (width, height) } else { (height, width) };
                    xml.push_str(&format!("<w:pgSz w:w=\"{long}\" w:h=\"{short}\" w:orient=\"landscape\"/>"));
                }
                "w:pgMar" if turned => {
                    // The head of a turned sheet is where its left edge was.
                    let sides = [("top", "left"), ("right", "top"), ("bottom", "right"), ("left", "bottom")]
                        .into_iter();
                    let same = ["header", "footer", "gutter"].map(|name| (name, name));
                    xml.push_str("<w:pgMar");
                    for (name, from) in sides.chain(same) {
                        let length = of(&format!("w:{from}")).unwrap_or_else(|| "0".into());
                        xml.push_str(&format!(" w:{name}=\"{length}\""));
                    }
                    xml.push_str("/>");
                }
                "w:pgNumType" => {
                    let start =
                        if restarts { Some("1".to_owned()) } else { of("w:start").filter(|_| is_first) };
                    let stated = [("fmt", of("w:fmt")), ("start", start)];
                    let stated = stated.into_iter().filter_map(|(name, value)| Some((name, value?)));
                    let stated: String =
                        stated.map(|(name, value)| format!(" w:{name}=\"{value}\"")).collect();
                    xml.push_str(&format!("<w:pgNumType{stated}/>"));
                }
                // Printers and changes are of the reference alone; sections of ours begin pages.
                "w:printerSettings" | "w:sectPrChange" | "w:type" => {}
                name if rank(name).is_some() => xml.push_str(child.xml),
                _ => {}
            }
        }
        if restarts && !xml.contains("<w:pgNumType") {
            xml.push_str("<w:pgNumType w:start=\"1\"/>");
        }
        xml.push_str("</w:sectPr>");
        xml
    }
}

/// The elements of a section that are taken over, in the order of the schema.
const ORDER: [&str; 19] = [
    "w:headerReference",
    "w:footerReference",
    "w:footnotePr",
    "w:endnotePr",
    "w:pgSz",
    "w:pgMar",
    "w:paperSrc",
    "w:pgBorders",
    "w:lnNumType",
    "w:pgNumType",
    "w:cols",
    "w:formProt",
    "w:vAlign",
    "w:noEndnote",
    "w:titlePg",
    "w:textDirection",
    "w:bidi",
    "w:rtlGutter",
    "w:docGrid",
];
