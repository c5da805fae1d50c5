//! Pictures, text boxes and what else is drawn (ECMA-376 20.4, part 4 14).

use std::collections::BTreeMap;

use super::content::{Content, PieceKind};
use super::inline::Look;
use super::package::relationship;
use super::story::Reader;
use super::xml::{Element, Ns, is_on};
use crate::diagnostic::Kind;
use crate::message::Message;
use crate::ooxml::{LARGEST, names_picture};
use crate::tree::orientation::Orientation;
use crate::tree::{Image, ImageSize, Location, Picture};

/// English metric units in a twip (20.1.2.1).
const EMU_PER_TWIP: f64 = 635.0;

/// A full turn in the units of a turn (20.1.10.3).
const FULL_TURN: i64 = 360 * 60_000;

/// What a drawing says of its picture.
struct Shown<'s> {
    /// The name of the file that was inserted, or of the drawing.
    name: &'s str,
    alt: &'s str,
    title: &'s str,
    size: Option<ImageSize>,
}

impl<'a> Reader<'a, '_> {
    /// Reads a `w:drawing`, `w:pict` or `w:object`: its pictures become images, its text boxes are noted
    /// for after the paragraph, and whatever else it shows is reported.
    pub(super) fn drawing(&mut self, drawing: Element<'a>, content: &mut Content<'a>, mut look: Look) {
        let (mut alt, mut title, mut size) = (String::new(), String::new(), None);
        let mut name = "";
        // The size of a drawing is that of its picture where it has one; in a group each has its own.
        let pictures = drawing.subtree(|_| false).filter(|e| e.tag() == (Ns::A, "blip")).take(2).count();
        let grouped = pictures > 1;
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
                    if element.ns() == Ns::Pic {
                        name = element.get("name").unwrap_or_default();
                    }
                }
                (Ns::Wp, "extent") if !grouped => {
                    size =
                        size_of(element, ["cx", "cy"], |emu| Some(emu.parse::<f64>().ok()? / EMU_PER_TWIP));
                }
                (Ns::A, "srcRect") => {
                    let cut = |side| element.get(side).is_some_and(|part| !part.trim_matches('0').is_empty());
                    if ["l", "t", "r", "b"].into_iter().any(cut) {
                        self.once(
                            Kind::Substituted,
                            "crop",
                            element,
                            message!("a cropped picture is kept whole"),
                        );
                    }
                }
                (Ns::A, "xfrm") if pictures > 0 => {
                    let at = self.at(element);
                    self.pictures.turns.push((self.pictures.last.clone(), turn(element), at));
                }
                (Ns::V, "shape" | "rect") => {
                    size = size_of_style(element.get("style").unwrap_or_default());
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
                    let id = if element.attribute(Ns::R, "embed").is_some() { "embed" } else { "link" };
                    let image = Shown { name, alt: &alt, title: &title, size };
                    found |= self.image(element, id, image, content, look);
                }
                (Ns::V, "imagedata") => {
                    let stated = element.attribute(Ns::O, "title").unwrap_or_default();
                    let name = ["id", "pict", "href"].into_iter();
                    let name = name.into_iter().find(|name| element.attribute(Ns::R, name).is_some());
                    let title = if stated.is_empty() { &title } else { stated };
                    let image = Shown { name: "", alt: &alt, title, size };
                    found |= self.image(element, name.unwrap_or("id"), image, content, look);
                }
                (Ns::V, "textpath") => {
                    if let Some(text) = element.get("string").filter(|text| !text.is_empty()) {
                        let message = message!("decorative text (WordArt, a watermark)");
                        self.report(Kind::LeftOut, "decorative-text", element, message, text);
                        found = true;
                    }
                }
                (Ns::O, "OLEObject") => {
                    let message = match element.get("ProgID") {
                        Some(program) => {
                            message!("an object of {program} is kept as its picture only", program)
                        }
                        None => message!("an object of another program is kept as its picture only"),
                    };
                    self.report(Kind::Dropped, "embedded-object", element, message, "");
                    found = true;
                }
                (Ns::C, "chart") => found |= self.drawing_part(element, "id", message!("chart")),
                (Ns::W, "control") => {
                    let name = element.get("name").unwrap_or_default();
                    let message = message!("the form control {name} is kept as its picture only", name);
                    self.report(Kind::Dropped, "embedded-object", element, message, "");
                    found = true;
                }
                (Ns::Dgm, "relIds") => found |= self.smart_art(element, content),
                _ => {}
            }
        }
        if !found && content.boxes.len() == boxes {
            let message = message!("shapes without text (lines, arrows, frames) are left out");
            self.once(Kind::Dropped, "shape", drawing, message);
        }
    }

    /// Adds a picture by the name of its part; true where there is one.
    fn image(
        &mut self,
        element: Element<'a>,
        attribute: &str,
        shown: Shown<'_>,
        content: &mut Content<'a>,
        look: Look,
    ) -> bool {
        let Some(relationship) = relationship(self.part, element, attribute) else {
            if let Some(id) = element.attribute(Ns::R, attribute).filter(|id| !id.is_empty()) {
                let message = message!("the picture {id} is missing in the file", id);
                self.report(Kind::Dropped, "picture", element, message, shown.alt);
                return true;
            }
            return false;
        };
        let mut target = relationship.target.clone();
        if relationship.external {
            let message =
                message!("the picture {target} lies outside of the file and is kept by name only", target);
            self.report(Kind::Dropped, "picture", element, message, "");
        } else if !self.in_margin {
            let at = self.at(element);
            target = self.pictures.add(target, shown.name, at);
        }
        let (alt, title) = (shown.alt.to_owned(), shown.title.to_owned());
        self.push(PieceKind::Image(Image { target, alt, title, size: shown.size }), content, look);
        true
    }

    /// Notes the text of SmartArt for after the paragraph.
    fn smart_art(&mut self, element: Element<'a>, content: &mut Content<'a>) -> bool {
        let data = relationship(self.part, element, "dm").filter(|_| !self.in_margin);
        let diagrams = self.diagrams;
        let Some(lines) = data.and_then(|data| diagrams.get(&data.target)).filter(|lines| !lines.is_empty())
        else {
            return self.drawing_part(element, "dm", message!("SmartArt"));
        };
        content.points.extend(lines.iter().map(String::as_str));
        let message =
            message!("the text of a SmartArt drawing stands behind its paragraph, without its shapes");
        self.report(Kind::Substituted, "diagram", element, message, "");
        true
    }

    /// Notes a part that holds the text of a chart or diagram.
    fn drawing_part(&mut self, element: Element<'a>, attribute: &str, what: Message) -> bool {
        let Some(target) = relationship(self.part, element, attribute).map(|r| r.target.clone()) else {
            return false;
        };
        let at = self.at(element);
        self.drawing_parts.push((target, what, at));
        true
    }
}

/// How a shape is turned and mirrored, where it is by quarter turns (20.1.7.6 `xfrm`).
fn turn(shape: Element<'_>) -> Option<Orientation> {
    let degrees = shape.get("rot").and_then(|turn| turn.parse::<i64>().ok()).unwrap_or(0);
    let on = |side| shape.get(side).is_some_and(|flip| is_on(Some(flip)));
    // Turned upside down, what was mirrored from top to bottom is mirrored from left to right.
    let degrees = degrees + if on("flipV") { FULL_TURN / 2 } else { 0 };
    let quarter = FULL_TURN / 4;
    let quarters = u8::try_from(degrees.rem_euclid(FULL_TURN) / quarter).unwrap_or(0);
    (degrees % quarter == 0).then_some(Orientation { mirrored: on("flipH") != on("flipV"), quarters })
}

/// The pictures that the text shows.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// By part: what images call it, and where it stands first.
    shown: BTreeMap<String, (String, Location)>,
    /// The part that was added last.
    last: String,
    /// How shapes are turned, with the parts of their pictures; `None` for a turn that no file could state.
    turns: Vec<(String, Option<Orientation>, Location)>,
}

impl Pictures {
    /// What images call the picture in a part: by the name of the file that was inserted where the drawing states it and
    /// no other picture has it, or by the part.
    fn add(&mut self, part: String, name: &str, at: Location) -> String {
        self.last.clone_from(&part);
        if let Some((target, _)) = self.shown.get(&part) {
            return target.clone();
        }
        let taken = self.shown.iter().any(|(other, (target, _))| target == name || other == name);
        let target = if names_picture(name) && !taken { name.to_owned() } else { part.clone() };
        self.shown.insert(part, (target.clone(), at));
        target
    }

    /// Part, target, and place of each, in the order of the parts.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&String, &String, &Location)> {
        self.shown.iter().map(|(part, (target, at))| (part, target, at))
    }

    /// Where a picture first stands that is turned otherwise than its file says.
    pub(super) fn turned(&self, pictures: &[Picture]) -> Option<&Location> {
        if self.turns.is_empty() {
            return None;
        }
        let said = |picture: &'_ Picture| (picture.target.clone(), picture.orientation());
        let said: BTreeMap<String, Orientation> = pictures.iter().map(said).collect();
        let turned = self.turns.iter().find(|(part, turn, _)| {
            let said = self.shown.get(part).and_then(|(target, _)| said.get(target));
            *turn != Some(said.copied().unwrap_or_default())
        });
        turned.map(|(.., at)| at)
    }
}

/// The size of a picture, where both measures are stated and reasonable.
fn size_in_twips(width: f64, height: f64) -> Option<ImageSize> {
    let bounded = |twips: f64| {
        let twips = twips.round();
        (1.0..=f64::from(LARGEST)).contains(&twips).then_some(twips as u32)
    };
    Some(ImageSize { width: bounded(width)?, height: bounded(height)? })
}

/// The size that two attributes state.
fn size_of(element: Element<'_>, names: [&str; 2], twips: impl Fn(&str) -> Option<f64>) -> Option<ImageSize> {
    let [width, height] = names.map(|name| element.get(name).and_then(&twips));
    size_in_twips(width?, height?)
}

/// The size that the style of a VML shape states: `width:415pt;height:2in`.
fn size_of_style(style: &str) -> Option<ImageSize> {
    let measure = |name: &str| {
        let mut declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
        let value = declarations.find(|(key, _)| key.trim() == name)?.1.trim();
        let digits = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
        let number: f64 = value[..digits].parse().ok()?;
        let twips = match value[digits..].trim() {
            "pt" => 20.0,
            "in" => 1440.0,
            "cm" => 1440.0 / 2.54,
            "mm" => 144.0 / 2.54,
            "pc" => 240.0,
            "px" | "" => 15.0,
            _ => return None,
        };
        Some(number * twips)
    };
    size_in_twips(measure("width")?, measure("height")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_vml_shapes_are_read_in_every_unit() {
        let size = |width, height| Some(ImageSize { width, height });
        assert_eq!(size_of_style("position:absolute;width:72pt;height:2in"), size(1440, 2880));
        assert_eq!(size_of_style("width:25.4mm; height: 2.54cm"), size(1440, 1440));
        assert_eq!(size_of_style("width:96;height:96px"), size(1440, 1440));
        assert_eq!(size_of_style("width:100%;height:2in"), None);
        assert_eq!(size_of_style("width:1e9pt;height:0"), None);
        assert_eq!(size_of_style("mso-width-percent:400"), None);
    }
}
