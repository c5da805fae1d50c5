//! Pictures, text boxes and what else is drawn (ECMA-376 20.4, part 4 14).

use super::content::{Content, PieceKind};
use super::inline::Look;
use super::package::relationship;
use super::story::Reader;
use super::xml::{Element, Ns, is_on};
use crate::diagnostic::Kind;
use crate::tree::Image;

impl<'a> Reader<'a, '_> {
    /// Reads a `w:drawing`, `w:pict` or `w:object`: its pictures become images, its text boxes are noted
    /// for after the paragraph, and whatever else it shows is reported.
    pub(super) fn drawing(&mut self, drawing: Element<'a>, content: &mut Content<'a>, mut look: Look) {
        let (mut alt, mut title) = (String::new(), String::new());
        let mut found = false;
        let boxes = content.boxes.len();
        // Text inside boxes is read with its paragraphs.
        let is_text = |e: Element<'a>| matches!(e.tag(), (Ns::W, "txbxContent") | (Ns::A, "txBody"));
        let mut end_of_box = 0;
        for element in drawing.subtree(|_| false) {
            if element.id < end_of_box {
                continue;
            }
            if is_text(element) || (element.ns() != Ns::W && element.name() == "txBody") {
                end_of_box = element.end();
                content.boxes.push(element);
                continue;
            }
            match element.tag() {
                (Ns::Wp, "docPr") | (Ns::Pic, "cNvPr") | (Ns::Wps, "cNvPr") => {
                    let stated = element.get("descr").unwrap_or_default();
                    if element.ns() == Ns::Wp || !stated.is_empty() {
                        alt = stated.to_owned();
                    }
                    title = element.get("title").map(str::to_owned).unwrap_or(title);
                }
                (Ns::V, "shape" | "rect") => {
                    alt = element.get("alt").unwrap_or_default().to_owned();
                    if element
                        .attribute(Ns::O, "hr")
                        .is_some_and(|value| value == "t" || is_on(Some(value)) && value != "f")
                    {
                        content.rule = true;
                        found = true;
                    }
                }
                (Ns::A, "hlinkClick") => {
                    if let Some(link) = relationship(self.part, element, "id") {
                        look.link = Some(self.add_link(link.target.clone(), String::new()));
                    }
                }
                (Ns::A, "blip") => {
                    let name = if element.attribute(Ns::R, "embed").is_some() { "embed" } else { "link" };
                    found |= self.image(element, name, &alt, &title, content, look);
                }
                (Ns::V, "imagedata") => {
                    let stated = element.attribute(Ns::O, "title").unwrap_or_default();
                    let name = ["id", "pict", "href"].into_iter();
                    let name = name.into_iter().find(|name| element.attribute(Ns::R, name).is_some());
                    let title = if stated.is_empty() { &title } else { stated };
                    found |= self.image(element, name.unwrap_or("id"), &alt, title, content, look);
                }
                (Ns::V, "textpath") => {
                    if let Some(text) = element.get("string").filter(|text| !text.is_empty()) {
                        let message = "decorative text (WordArt, a watermark) is left out";
                        self.report(Kind::LeftOut, "decorative-text", element, message, text);
                        found = true;
                    }
                }
                (Ns::O, "OLEObject") => {
                    let program = element.get("ProgID").unwrap_or("another program");
                    let message = format!("an object of {program} is kept as its picture only");
                    self.report(Kind::Dropped, "embedded-object", element, message, "");
                    found = true;
                }
                (Ns::C, "chart") => found |= self.drawing_part(element, "id", "chart"),
                (Ns::Dgm, "relIds") => found |= self.drawing_part(element, "dm", "SmartArt"),
                _ => {}
            }
        }
        if !found && content.boxes.len() == boxes {
            let message = "shapes without text (lines, arrows, frames) are left out";
            self.once(Kind::Dropped, "shape", drawing, message);
        }
    }

    /// Adds a picture by the name of its part; true where there is one.
    fn image(
        &mut self,
        element: Element<'a>,
        attribute: &str,
        alt: &str,
        title: &str,
        content: &mut Content<'a>,
        look: Look,
    ) -> bool {
        let Some(target) = relationship(self.part, element, attribute).map(|r| r.target.clone()) else {
            if let Some(id) = element.attribute(Ns::R, attribute).filter(|id| !id.is_empty()) {
                let message = format!("the picture {id} is missing in the file");
                self.report(Kind::Dropped, "picture", element, message, alt);
            }
            return false;
        };
        let message = format!("the picture {target} is kept by name only");
        self.report(Kind::Dropped, "picture", element, message, "");
        let image = Image { target, alt: alt.to_owned(), title: title.to_owned(), size: None };
        self.push(PieceKind::Image(image), content, look);
        true
    }

    /// Notes a part that holds the text of a chart or diagram.
    fn drawing_part(&mut self, element: Element<'a>, attribute: &str, what: &'static str) -> bool {
        let Some(target) = relationship(self.part, element, attribute).map(|r| r.target.clone()) else {
            return false;
        };
        let at = self.at(element);
        self.drawing_parts.push((target, what, at));
        true
    }
}
