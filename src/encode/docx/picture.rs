//! Pictures: the parts that hold their files, and the drawings that show them (ECMA-376 20.4.2.8).

use std::collections::BTreeMap;

use docx_rs::{ParagraphChild, Run};

use super::body::Writer;
use super::package::{Part, Relationship};
use super::xml::{escape, is_legal};
use crate::diagnostic::Kind;
use crate::message::Message;
use crate::ooxml::twips;
use crate::tree::{Document, Image, Location, Picture, PictureFormat};

/// English metric units in a twip (20.1.10.16).
const EMU_PER_TWIP: i64 = 635;

/// The pictures of a document, and those of them that are shown.
#[derive(Debug)]
pub(super) struct Media<'a> {
    /// The files that images name, by target.
    by_target: BTreeMap<&'a str, &'a Picture>,
    /// The files shown so far: number by target, from 1.
    shown: BTreeMap<&'a str, usize>,
    /// Relationship ids of the part that is being written, by number.
    related: BTreeMap<usize, String>,
    /// How many drawings there are: each has an id of its own (20.4.2.5).
    drawings: usize,
}

impl<'a> Media<'a> {
    /// The pictures of a document, none shown yet.
    pub(super) fn new(document: &'a Document) -> Self {
        let pictures = document.pictures.iter().rev();
        Self {
            by_target: pictures.map(|picture| (picture.target.as_str(), picture)).collect(),
            shown: BTreeMap::new(),
            related: BTreeMap::new(),
            drawings: 0,
        }
    }

    /// Goes on to another part, which has relationships of its own.
    pub(super) fn next_part(&mut self) {
        self.related.clear();
    }

    /// The parts.
    pub(super) fn parts(&self) -> Vec<Part<'a>> {
        let mut shown: Vec<_> = self.shown.iter().collect();
        shown.sort_by_key(|(_, number)| **number);
        let part = |(target, number): (&&str, &usize)| {
            let picture = self.by_target.get(*target)?;
            Some(Part::new(&format!("word/{}", name(*number, picture)), "", &picture.bytes[..]))
        };
        shown.into_iter().filter_map(part).collect()
    }
}

/// Name inside `word/` of the part that holds a picture.
fn name(number: usize, picture: &Picture) -> String {
    let extension = picture.format().map_or("bin", PictureFormat::extension);
    format!("media/image{number}.{extension}")
}

/// A picture in a run, and its height.
pub(super) struct Drawn {
    pub(super) run: ParagraphChild,
    /// In twips.
    pub(super) height: i32,
}

impl Writer<'_> {
    /// Draws a picture in at most `room` twips of width and a page of height; `None`, and a report, where the
    /// document does not carry its file or Word files cannot.
    pub(super) fn picture(&mut self, image: &Image, at: &Location, room: i32) -> Option<Drawn> {
        let Some((target, picture)) = self.media.by_target.get_key_value(image.target.as_str()) else {
            self.report_image(image, at, message!("the document does not carry the picture"));
            return None;
        };
        let (target, picture) = (*target, *picture);
        let Some((width, height)) = picture.shown_size(image) else {
            let why = match picture.format() {
                None => message!("the picture is neither PNG nor JPEG"),
                Some(_) => message!("the file of the picture is damaged"),
            };
            self.report_image(image, at, why);
            return None;
        };
        let illegal: String =
            image.alt.chars().chain(image.title.chars()).filter(|c| !is_legal(*c)).collect();
        self.report_illegal(illegal, at);
        let (width, height) = (twips(width).max(1), twips(height).max(1));
        let page = f64::from(self.geometry.text_height() - self.geometry.leading);
        let scale = (f64::from(room.max(1)) / f64::from(width)).min(page / f64::from(height)).min(1.0);
        let scaled = |twips: i32| ((f64::from(twips) * scale).floor() as i32).max(1);
        let (width, height) = (scaled(width), scaled(height));
        let next = self.media.shown.len() + 1;
        let number = *self.media.shown.entry(target).or_insert(next);
        let rid = self.media.related.entry(number).or_insert_with(|| {
            let rid = format!("rIdImage{number}");
            let kind = "officeDocument/2006/relationships/image";
            self.links.push(Relationship::part(&rid, kind, &name(number, picture)));
            rid
        });
        self.media.drawings += 1;
        let xml = drawing(image, self.media.drawings, rid, width, height);
        Some(Drawn { run: self.inserted(Run::new(), xml), height })
    }

    /// Reports a picture whose alternative text is all that is written.
    fn report_image(&mut self, image: &Image, at: &Location, why: Message) {
        let mut lost = image.target.clone();
        if !image.title.is_empty() {
            lost.push(' ');
            lost.push_str(&image.title);
        }
        let message = message!("{why}; its alternative text stands in its place", why);
        self.diagnostics.report_text(Kind::Dropped, "image", at.clone(), message, lost);
    }
}

/// A drawing in the line. The name of its file says where it came from; alternative text and title are the author's.
fn drawing(image: &Image, id: usize, rid: &str, width: i32, height: i32) -> String {
    const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
    const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
    let (width, height) = (i64::from(width) * EMU_PER_TWIP, i64::from(height) * EMU_PER_TWIP);
    let attribute = |name: &str, text: &str| match text {
        "" => String::new(),
        _ => format!(" {name}=\"{}\"", escape(text)),
    };
    let (alt, title) = (attribute("descr", &image.alt), attribute("title", &image.title));
    let file = escape(&image.target);
    format!(
        "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"图片 {id}\"{alt}{title}/>\
         <wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a=\"{A}\" noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic xmlns:a=\"{A}\"><a:graphicData uri=\"{PIC}\"><pic:pic xmlns:pic=\"{PIC}\"><pic:nvPicPr>\
         <pic:cNvPr id=\"{id}\" name=\"{file}\"{alt}{title}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
         <a:blip r:embed=\"{rid}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>\
         <a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\">\
         <a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
}
