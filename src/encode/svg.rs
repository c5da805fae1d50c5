//! Pages to SVG 1.1: what a PDF shows, for a screen. Glyphs are outlines of the built-in faces, each drawn once and
//! used by reference, so that the picture is the same wherever it is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::layout::font::{EMBOLDEN, FaceId, Faces, SLANT};
use crate::layout::{Figure, Line, Page, Pages, Rule, within_limits};
use crate::options::Options;
use crate::tree::orientation::{Orientation, product};
use crate::tree::{Document, Picture};

/// Space between two pages of one picture, in pt.
const GAP: f64 = 14.0;

/// Sets a document and gives all its pages as one picture, one below the other.
///
/// # Errors
/// [`crate::error::Error::Limit`] where it takes too many pages.
pub(crate) fn encode(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>> {
    let pictures = pictures(document, options, diagnostics)?;
    #[allow(clippy::cast_precision_loss, reason = "fewer pages than 2^52")]
    let count = pictures.pages.len() as f64;
    let mut out = String::new();
    open(&mut out, pictures.width, count * (pictures.height + GAP) - GAP);
    defs(&mut out, pictures.shapes.values());
    let mut y = 0.0;
    for page in &pictures.pages {
        out.push_str("<g transform=\"translate(0 ");
        number(&mut out, y);
        out.push_str(")\">\n");
        out.extend(page.parts.iter().map(String::as_str));
        out.push_str("</g>\n");
        y += pictures.height + GAP;
    }
    out.push_str("</svg>\n");
    Ok(out.into_bytes())
}

/// The pages of a document as pictures, in parts that can be compared and drawn one by one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pictures {
    /// Width of a page in pt.
    pub width: f64,
    /// Height of a page in pt.
    pub height: f64,
    /// The pages in order.
    pub pages: Vec<PagePicture>,
    /// What their parts refer to by its id: outlines of glyphs, and pictures. Each is an element of SVG; one id stands for
    /// the same outline in every document that is set in the built-in faces.
    pub shapes: BTreeMap<String, String>,
}

/// The picture of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PagePicture {
    /// Its lines, rules, pictures and links in the order in which they are drawn, each an element of SVG. Lines name the
    /// paragraph that they belong to by its number in reading order (`data-paragraph`, from 0).
    pub parts: Vec<String>,
    /// The ids of the shapes that they refer to.
    pub shapes: BTreeSet<String>,
}

impl Pictures {
    /// A page as a file of its own; `None` where there is none of that index.
    pub fn svg(&self, page: usize) -> Option<String> {
        let page = self.pages.get(page)?;
        let mut out = String::new();
        open(&mut out, self.width, self.height);
        defs(&mut out, page.shapes.iter().filter_map(|id| self.shapes.get(id)));
        out.extend(page.parts.iter().map(String::as_str));
        out.push_str("</svg>\n");
        Some(out)
    }
}

/// Sets a document and gives each page as a picture of its own.
///
/// # Errors
/// As [`encode`].
pub(crate) fn pictures(
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Pictures> {
    let pages = within_limits(document, options, diagnostics)?;
    let mut shapes = BTreeMap::new();
    let mut drawn = Vec::with_capacity(pages.pages.len());
    for page in &pages.pages {
        drawn.push(PagePicture {
            parts: parts(page, &pages),
            shapes: shape(&mut shapes, page, &pages.faces, document),
        });
    }
    Ok(Pictures { width: pages.width, height: pages.height, pages: drawn, shapes })
}

fn open(out: &mut String, width: f64, height: f64) {
    out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"zh-CN\" viewBox=\"0 0 ");
    number(out, width);
    out.push(' ');
    number(out, height);
    out.push_str("\" width=\"");
    number(out, width);
    out.push_str("pt\" height=\"");
    number(out, height);
    out.push_str("pt\">\n");
}

/// Adds what a page refers to, and gives the ids: the outlines of its glyphs, in units of their faces, upside down as
/// faces have them, and its pictures, one unit wide and high.
fn shape(
    shapes: &mut BTreeMap<String, String>,
    page: &Page,
    faces: &Faces,
    document: &Document,
) -> BTreeSet<String> {
    let lines = page.lines.iter().chain(&page.numbers);
    let runs = lines.flat_map(|line| &line.runs);
    let glyphs: BTreeSet<(FaceId, u16)> =
        runs.flat_map(|run| run.glyphs.iter().map(|glyph| (run.face, glyph.id))).collect();
    let mut used = BTreeSet::new();
    for (face, glyph) in glyphs {
        let id = id(face, glyph);
        if !shapes.contains_key(&id) {
            let path = faces.outline(face, glyph);
            if path.is_empty() {
                continue;
            }
            shapes.insert(id.clone(), format!("<path id=\"{id}\" d=\"{path}\"/>\n"));
        }
        used.insert(id);
    }
    for figure in &page.figures {
        let id = format!("p{}", figure.picture);
        shapes.entry(id.clone()).or_insert_with(|| {
            let picture = document.pictures.get(figure.picture);
            let address = picture.and_then(Picture::data_address).unwrap_or_default();
            let mut turn = String::new();
            if let Some(orientation) = picture.map(Picture::orientation).filter(|o| *o != Orientation::default()) {
                turn.push_str("transform=\"");
                matrix(&mut turn, upside_down(orientation.matrix()));
                turn.push_str("\" ");
            }
            format!("<image id=\"{id}\" {turn}width=\"1\" height=\"1\" preserveAspectRatio=\"none\" href=\"{address}\"/>\n")
        });
        used.insert(id);
    }
    used
}

fn defs<'a>(out: &mut String, shapes: impl Iterator<Item = &'a String>) {
    out.push_str("<defs>\n");
    out.extend(shapes.map(String::as_str));
    out.push_str("</defs>\n");
}

fn id(face: FaceId, glyph: u16) -> String {
    format!("g{}-{glyph}", face.index())
}

fn parts(page: &Page, pages: &Pages) -> Vec<String> {
    let mut parts = Vec::with_capacity(page.lines.len() + page.numbers.len() + 2);
    let mut part = |draw: &dyn Fn(&mut String)| {
        let mut out = String::new();
        draw(&mut out);
        parts.push(out);
    };
    part(&|out| {
        out.push_str("<path fill=\"#fff\" d=\"");
        rectangle(out, &Rule { x: 0.0, y: 0.0, width: pages.width, height: pages.height });
        out.push_str("\"/>\n");
    });
    for line in &page.lines {
        part(&|out| {
            // The words for readers of the screen; the paragraph for whoever asks what a line belongs to.
            let _ = write!(out, "<g data-paragraph=\"{}\" aria-label=\"", line.paragraph);
            escape(out, &line.text());
            out.push('"');
            out.push_str(if line.red { " fill=\"#f00\">\n" } else { ">\n" });
            type_line(out, line, &pages.faces);
            out.push_str("</g>\n");
        });
    }
    for line in &page.numbers {
        part(&|out| {
            out.push_str("<g>\n");
            type_line(out, line, &pages.faces);
            out.push_str("</g>\n");
        });
    }
    for (rules, fill) in [(&page.rules, ""), (&page.red_rules, "fill=\"#f00\" ")] {
        if !rules.is_empty() {
            part(&|out| {
                let _ = write!(out, "<path {fill}d=\"");
                rules.iter().for_each(|rule| rectangle(out, rule));
                out.push_str("\"/>\n");
            });
        }
    }
    page.figures.iter().for_each(|figure| part(&|out| picture(out, figure)));
    for link in &page.links {
        part(&|out| {
            out.push_str("<a href=\"");
            escape(out, &link.target);
            out.push_str("\"><path fill=\"none\" pointer-events=\"all\" d=\"");
            rectangle(out, &link.area);
            out.push_str("\"/></a>\n");
        });
    }
    parts
}

/// The glyphs of a line, a group for each run in the units of its face.
fn type_line(out: &mut String, line: &Line, faces: &Faces) {
    for run in &line.runs {
        let scale = run.size / faces.units(run.face);
        out.push_str("<g transform=\"");
        let slant = if run.slant { scale * SLANT } else { 0.0 };
        let matrix = if line.turned {
            [0.0, -scale, -scale, -slant, line.x - run.rise, line.baseline]
        } else {
            [scale, 0.0, slant, -scale, line.x, line.baseline - run.rise]
        };
        self::matrix(out, matrix);
        out.push('"');
        if run.embolden {
            out.push_str(" stroke=\"#000\" stroke-width=\"");
            number(out, EMBOLDEN * faces.units(run.face));
            out.push('"');
        }
        out.push('>');
        for glyph in run.glyphs.iter().filter(|glyph| !glyph.text.is_whitespace()) {
            let _ = write!(out, "<use href=\"#{}\" x=\"", id(run.face, glyph.id));
            number(out, f64::from(glyph.x) / scale);
            out.push_str("\"/>");
        }
        out.push_str("</g>\n");
    }
}

/// A picture in its place.
fn picture(out: &mut String, figure: &Figure) {
    let Rule { x, y, width, height } = figure.area;
    let matrix = match figure.turned {
        true => [0.0, -height, width, 0.0, x, y + height],
        false => [width, 0.0, 0.0, height, x, y],
    };
    let _ = write!(out, "<use href=\"#p{}\" role=\"img\" aria-label=\"", figure.picture);
    escape(out, &figure.alt);
    out.push_str("\" transform=\"");
    self::matrix(out, matrix);
    out.push_str("\"/>\n");
}

fn matrix(out: &mut String, matrix: [f64; 6]) {
    out.push_str("matrix(");
    for (i, n) in matrix.into_iter().enumerate() {
        out.push_str(if i > 0 { " " } else { "" });
        number(out, n);
    }
    out.push(')');
}

/// A matrix of the unit square for y downwards.
fn upside_down(matrix: [f64; 6]) -> [f64; 6] {
    const FLIP: [f64; 6] = [1.0, 0.0, 0.0, -1.0, 0.0, 1.0];
    product(product(FLIP, matrix), FLIP)
}

/// A rectangle as path data.
fn rectangle(out: &mut String, rule: &Rule) {
    let parts = [('M', rule.x), (' ', rule.y), ('h', rule.width), ('v', rule.height), ('h', -rule.width)];
    for (command, length) in parts {
        out.push(command);
        number(out, length);
    }
    out.push('z');
}

/// A number with four digits at most and no needless ones.
fn number(out: &mut String, n: f64) {
    let start = out.len();
    let _ = write!(out, "{n:.4}");
    let digits = out.trim_end_matches('0').trim_end_matches('.').len();
    out.truncate(digits);
    if &out[start..] == "-0" {
        out.replace_range(start.., "0");
    }
}

/// Text within an attribute. Characters that XML does not allow are shown as U+FFFD; the picture has them all.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Block, BlockKind, Inline, InlineStyle, Origin, Paragraph, Role};

    fn document(paragraphs: usize) -> Document {
        let block = |paragraph| Block { kind: BlockKind::Paragraph(paragraph), origin: Origin::default() };
        let mut blocks = vec![block(Paragraph::new(Role::Title, vec![Inline::Text("报告 & <A>".into())]))];
        let strong = Inline::Styled(InlineStyle::Emphasis, vec![Inline::Text("very".into())]);
        let link = Inline::Link {
            target: "https://a.cn/?a=1&b=\"".into(),
            title: String::new(),
            content: vec![Inline::Text("网址".into())],
        };
        blocks.push(block(Paragraph::new(Role::Body, vec![strong, link])));
        blocks.extend((0..paragraphs).map(|_| block(Paragraph::plain("各部门要抓好落实。"))));
        Document { blocks, ..Document::default() }
    }

    fn text(document: &Document) -> String {
        let options = Options::new().expect("the profile");
        String::from_utf8(encode(document, &options, &mut Diagnostics::default()).expect("drawn"))
            .expect("UTF-8")
    }

    #[test]
    fn the_picture_is_well_formed_and_every_glyph_it_uses_is_defined() {
        let svg = text(&document(3));
        let mut reader = quick_xml::Reader::from_str(&svg);
        let (mut ids, mut used) = (BTreeSet::new(), BTreeSet::new());
        while let event = reader.read_event().expect("well-formed")
            && event != quick_xml::events::Event::Eof
        {
            let quick_xml::events::Event::Empty(tag) = event else { continue };
            for attribute in tag.attributes() {
                let attribute = attribute.expect("well-formed");
                let value = String::from_utf8(attribute.value.to_vec()).expect("UTF-8");
                match (tag.name().as_ref(), attribute.key.as_ref()) {
                    (b"path", b"id") => assert!(ids.insert(value)),
                    (b"use", b"href") => {
                        used.insert(value.trim_start_matches('#').to_owned());
                    }
                    _ => {}
                }
            }
        }
        assert_eq!(ids, used);
        assert!(svg.contains("aria-label=\"报告 &amp; &lt;A>\""), "{svg}");
        assert!(svg.contains("href=\"https://a.cn/?a=1&amp;b=&quot;\""));
    }

    #[test]
    fn pictures_are_drawn_where_they_stand() {
        use crate::tree::{Image, ImageSize};
        let bytes = include_bytes!("../../tests/pictures/grey.jpg").to_vec();
        let size = Some(ImageSize { width: 2000, height: 1000 });
        let image = Image { target: "图".into(), alt: "一张 \"图\"".into(), size, ..Image::default() };
        let document = Document {
            blocks: vec![Block { kind: BlockKind::Image(image), origin: Origin::default() }],
            pictures: vec![Picture { target: "图".into(), bytes }],
            ..Document::default()
        };
        let svg = text(&document);
        assert_eq!(svg.matches("<image id=\"p0\"").count(), 1);
        assert!(svg.contains("href=\"data:image/jpeg;base64,/9j/"), "{svg}");
        let (_, used) = svg
            .split_once("<use href=\"#p0\" role=\"img\" aria-label=\"一张 &quot;图&quot;\"")
            .expect("used");
        assert!(used.starts_with(" transform=\"matrix(100 0 0 50 "), "{}", &used[..60]);
    }

    #[test]
    fn a_picture_that_its_file_turns_is_turned_once() {
        let upright = include_bytes!("../../tests/pictures/grey.jpg");
        let drawn = |value| {
            let image = crate::tree::Image { target: "图".into(), alt: "图".into(), ..Default::default() };
            let bytes = crate::tree::orientation::with_orientation(upright, value);
            let svg = text(&Document {
                blocks: vec![Block { kind: BlockKind::Image(image), origin: Origin::default() }],
                pictures: vec![Picture { target: "图".into(), bytes }],
                ..Document::default()
            });
            let (_, shape) = svg.split_once("<image id=\"p0\" ").expect("a picture");
            let (shape, file) = shape.split_once("href=\"").expect("an address");
            let file = Picture::from_data_uri(file.split('"').next().expect("its end")).expect("a file");
            // A viewer that turns a picture as its file says turns it no further.
            let file = Picture { target: "图".into(), bytes: file };
            assert_eq!(file.orientation(), Orientation::default());
            shape.to_owned()
        };
        assert!(!drawn(1).contains("transform"));
        for (value, matrix) in [(2, "-1 0 0 1 1 0"), (6, "0 1 -1 0 1 0"), (8, "0 -1 1 0 0 1")] {
            let wanted = format!("transform=\"matrix({matrix})\" ");
            assert!(drawn(value).starts_with(&wanted), "{}", drawn(value));
        }
    }

    #[test]
    fn one_picture_holds_all_pages_and_pages_are_pictures_of_their_own() {
        let document = document(60);
        let svg = text(&document);
        let options = Options::new().expect("the profile");
        let pictures = pictures(&document, &options, &mut Diagnostics::default()).expect("few");
        assert!(pictures.pages.len() > 1);
        assert_eq!(svg.matches("translate(0 ").count(), pictures.pages.len());
        for (index, page) in pictures.pages.iter().enumerate() {
            let alone = pictures.svg(index).expect("there");
            assert!(alone.starts_with("<svg") && alone.ends_with("</svg>\n"));
            // Each part is an element by itself, and what it refers to is there.
            for part in &page.parts {
                let mut reader = quick_xml::Reader::from_str(part);
                while reader.read_event().expect("well-formed") != quick_xml::events::Event::Eof {}
                for used in part.split("href=\"#").skip(1) {
                    let id = used.split('"').next().expect("an id");
                    assert!(page.shapes.contains(id) && pictures.shapes.contains_key(id), "{id}");
                }
            }
        }
        assert!(pictures.svg(pictures.pages.len()).is_none());
    }
}
