//! Pictures: the drawings that show them (ECMA-376 20.4.2.8).

use docx_rs::{FieldCharType, InstrText, ParagraphChild, Run};

use super::body::Writer;
use super::package::Relationship;
use super::xml::{escape, is_legal};
use crate::diagnostic::Kind;
use crate::message::Message;
use crate::ooxml::{names_picture, twips};
use crate::tree::orientation::Orientation;
use crate::tree::picture_kind::{kind_of, shown_size};
use crate::tree::{Image, Location};

/// English metric units in a twip (20.1.10.16).
const EMU_PER_TWIP: i64 = 635;

/// A quarter turn in the units of a turn (20.1.10.3).
const QUARTER_TURN: u32 = 90 * 60_000;

/// A picture in a run, and its height.
pub(super) struct Drawn {
    pub(super) run: ParagraphChild,
    /// In twips.
    pub(super) height: i32,
}

impl Writer<'_> {
    /// Draws a picture in at most `room` twips of width and a page of height, its caption's apart; `None`, and a report, where the
    /// document does not carry its file or Word files cannot.
    pub(super) fn picture(&mut self, image: &Image, at: &Location, room: i32) -> Option<Drawn> {
        let Some((target, picture)) = self.media.by_target.get_key_value(image.target.as_str()) else {
            self.report_image(at, message!("the document does not carry the picture"));
            return None;
        };
        let (target, picture) = (*target, *picture);
        let Some((width, height)) = shown_size(picture, image) else {
            let why = match kind_of(&picture.bytes) {
                None => message!("Word shows no pictures of this kind"),
                Some(_) => message!("the file of the picture is damaged"),
            };
            self.report_image(at, why);
            return None;
        };
        let illegal: String =
            image.alt.chars().chain(image.title.chars()).filter(|c| !is_legal(*c)).collect();
        self.report_illegal(illegal, at);
        let (width, height) = (twips(width).max(1), twips(height).max(1));
        let page = f64::from(self.geometry.text_height() - self.geometry.leading - self.below);
        let scale = (f64::from(room.max(1)) / f64::from(width)).min(page / f64::from(height)).min(1.0);
        let scaled = |twips: i32| ((f64::from(twips) * scale).floor() as i32).max(1);
        let (width, height) = (scaled(width), scaled(height));
        if scale < 1.0 {
            let message = message!("the picture is made smaller, so that it fits its place");
            self.diagnostics.report(Kind::Substituted, "picture-size", at.clone(), message);
        }
        let next = self.media.shown.len() + 1;
        let number = *self.media.shown.entry(target).or_insert(next);
        if number == next {
            self.media.name(number, picture);
        }
        let name = self.media.names[number - 1].clone();
        if number == next && format!("word/{name}") != target && !names_picture(target) {
            let message = message!("the file of the picture is called {name} in the Word file", name);
            self.diagnostics.report_text(Kind::Substituted, "picture-name", at.clone(), message, target);
        }
        let rid = self.media.related.entry(number).or_insert_with(|| {
            let rid = format!("rIdImage{number}");
            let kind = "officeDocument/2006/relationships/image";
            self.links.push(Relationship::part(&rid, kind, &name));
            rid
        });
        self.media.drawings += 1;
        let xml = drawing(image, picture.orientation(), self.media.drawings, rid, (width, height));
        Some(Drawn { run: self.inserted(Run::new(), xml), height })
    }

    /// Begins the field of a picture by its address (17.16.5.28 `INCLUDEPICTURE`), whose result, the alternative text, is
    /// to follow, and [`Writer::end_field`] after it. Nothing is fetched unless the reader asks Word to update the field.
    pub(super) fn begin_picture_field(
        &mut self,
        image: &Image,
        at: &Location,
        children: &mut Vec<ParagraphChild>,
    ) {
        let written = [image.target.as_str(), &image.title];
        self.report_illegal(written.concat().chars().filter(|c| !is_legal(*c)).collect(), at);
        let mut code = String::from(" INCLUDEPICTURE");
        // Word reads the address; what follows it is the title.
        for word in written.into_iter().filter(|word| *word == image.target || !word.is_empty()) {
            let word: String = word.chars().filter(|c| is_legal(*c)).collect();
            code.push_str(" \"");
            for c in word.chars() {
                // Marks that Word takes for quotation marks, and what says that one is none.
                if matches!(c, '\\' | '"' | '“' | '”') {
                    code.push('\\');
                }
                code.push(c);
            }
            code.push('"');
        }
        code.push_str(" \\d ");
        let mark = |kind| Run::new().add_field_char(kind, false);
        for run in [
            mark(FieldCharType::Begin),
            Run::new().add_instr_text(InstrText::Unsupported(escape(&code).into_owned())),
            mark(FieldCharType::Separate),
        ] {
            children.push(ParagraphChild::Run(Box::new(run)));
        }
    }

    /// Ends the innermost field.
    pub(super) fn end_field(children: &mut Vec<ParagraphChild>) {
        children.push(ParagraphChild::Run(Box::new(Run::new().add_field_char(FieldCharType::End, false))));
    }

    /// Reports a picture whose alternative text is all that is seen of it.
    fn report_image(&mut self, at: &Location, why: Message) {
        let message = message!("{why}; its alternative text stands in its place", why);
        self.diagnostics.report(Kind::Dropped, "image", at.clone(), message);
    }
}

/// A drawing in the line. The name of its file says where it came from; alternative text and title are the author's.
/// One that its file says to turn is turned here too, for Word heeds the file only when it is inserted.
fn drawing(
    image: &Image,
    orientation: Orientation,
    id: usize,
    rid: &str,
    (width, height): (i32, i32),
) -> String {
    const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
    const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
    let (width, height) = (i64::from(width) * EMU_PER_TWIP, i64::from(height) * EMU_PER_TWIP);
    let attribute = |name: &str, text: &str| match text {
        "" => String::new(),
        _ => format!(" {name}=\"{}\"", escape(text)),
    };
    let (alt, title) = (attribute("descr", &image.alt), attribute("title", &image.title));
    let file = escape(&image.target);
    let mut turn = String::new();
    if orientation.quarters > 0 {
        turn = format!(" rot=\"{}\"", u32::from(orientation.quarters) * QUARTER_TURN);
    }
    if orientation.mirrored {
        turn.push_str(" flipH=\"1\"");
    }
    // The extent of a shape, and of its drawing, is that before it is turned.
    let (width, height) = if orientation.swaps_sides() { (height, width) } else { (width, height) };
    format!(
        "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"图片 {id}\"{alt}{title}/>\
         <wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a=\"{A}\" noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic xmlns:a=\"{A}\"><a:graphicData uri=\"{PIC}\"><pic:pic xmlns:pic=\"{PIC}\"><pic:nvPicPr>\
         <pic:cNvPr id=\"{id}\" name=\"{file}\"{alt}{title}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
         <a:blip r:embed=\"{rid}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm{turn}>\
         <a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\">\
         <a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
}
