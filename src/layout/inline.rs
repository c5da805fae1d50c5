//! Inlines to characters with styles.

use std::collections::BTreeMap;

use super::element::{ElementId, ElementKind, Elements};
use super::font::sign_of_script;
use crate::diagnostic::{Diagnostics, Kind, excerpt};
use crate::profile::Face;
use crate::tree::{Document, Image, Inline, InlineStyle, Location, Picture};

/// How a character is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TextStyle {
    /// Face of Han characters.
    pub(super) face: Face,
    /// Latin letters and figures are bold.
    pub(super) bold: bool,
    /// Han characters are made bold by a stroke, where no heavier face stands in for bold.
    pub(super) embolden: bool,
    /// Emphasis: 楷体 for Han characters is in `face`; Latin letters are slanted.
    pub(super) slant: bool,
    /// Type size in pt.
    pub(super) size: f64,
    /// Width of a cell in pt: the type size, or the pitch of the grid.
    pub(super) em: f64,
    /// Raised by, in pt.
    pub(super) rise: f64,
    /// On a grid of half-width columns.
    pub(super) code: bool,
    pub(super) underline: bool,
    pub(super) strike: bool,
    /// Added by the layout.
    pub(super) generated: bool,
    /// Index of its link.
    pub(super) link: Option<usize>,
    /// What it belongs to.
    pub(super) element: ElementId,
}

/// The characters of a paragraph. A `\n` is a break that the author wants.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// Each character and the index of its style.
    pub(super) characters: Vec<(char, u16)>,
    pub(super) styles: Vec<TextStyle>,
    /// Where each link leads, and its element.
    pub(super) links: Vec<(String, ElementId)>,
    /// Notes by the index of the last character of their mark.
    pub(super) notes: Vec<(usize, usize)>,
    /// Pictures, in the order of the characters that stand for them.
    pub(super) pictures: Vec<InlinePicture>,
    /// The blanks between its two columns, as a range of characters.
    pub(super) column_gap: Option<std::ops::Range<usize>>,
    /// It is a row of words in columns.
    pub(super) has_columns: bool,
}

/// A picture in the text.
#[derive(Debug, Clone)]
pub(super) struct InlinePicture {
    /// Index of the character that stands for it.
    pub(super) index: usize,
    /// Its file among those of the document.
    pub(super) picture: usize,
    /// Width in pt.
    pub(super) width: f64,
    /// Height in pt.
    pub(super) height: f64,
    pub(super) alt: String,
}

/// What a picture is called that has neither an alternative text nor a title.
const NO_ALT: &str = "图片（无说明）";

/// Stands for a picture among the characters.
const PICTURE: char = '\u{FFFC}';

/// Superscripts and subscripts: size and rise against the text (in em of the text).
const SCRIPT_SIZE: f64 = 0.6;
const SUPERSCRIPT_RISE: f64 = 0.36;
const SUBSCRIPT_RISE: f64 = -0.12;

/// How many of the last styles are searched for one that is wanted again.
const RECENT_STYLES: usize = 16;

impl Text {
    /// Adds a string.
    pub(super) fn push(&mut self, text: &str, style: TextStyle) {
        let mut rest = text;
        while let Some((before, sign, after)) = split_at_script(rest) {
            self.push_plain(before, style);
            let rise = if sign >= '\u{2080}' { SUBSCRIPT_RISE } else { SUPERSCRIPT_RISE };
            self.push_plain(sign.encode_utf8(&mut [0; 4]), script(style, rise));
            rest = after;
        }
        self.push_plain(rest, style);
    }

    fn push_plain(&mut self, text: &str, style: TextStyle) {
        let style = self.style(style);
        self.characters.extend(text.chars().map(|c| (c, style)));
    }

    /// Adds a picture or, where the document does not carry it, its alternative text and a report.
    pub(super) fn push_image(
        &mut self,
        image: &Image,
        style: TextStyle,
        context: &Context<'_>,
        at: &Location,
        elements: &mut Elements,
        diagnostics: &mut Diagnostics,
    ) {
        let Some((picture, (width, height))) = context.picture(image) else {
            report_image(image, context, at, diagnostics);
            self.push(&image.alt, style);
            return;
        };
        let mut alt = image.alt.clone();
        if alt.trim().is_empty() {
            // A picture without words is none to the blind (ISO 14289-1, 7.3).
            alt = if image.title.trim().is_empty() { NO_ALT.into() } else { image.title.clone() };
            let message = message!(
                "the picture {image} has no alternative text; it is called {alt}",
                image = image.target,
                alt
            );
            diagnostics.report(Kind::Inferred, "image-without-alt", at.clone(), message);
        }
        if !image.title.is_empty() && alt != image.title {
            let message = message!("the title of a picture");
            let title = image.title.clone();
            diagnostics.report_text(Kind::Dropped, "image-title", at.clone(), message, title);
        }
        let index = self.characters.len();
        self.pictures.push(InlinePicture { index, picture, width, height, alt });
        let element = elements.add(style.element, ElementKind::Figure);
        self.push(PICTURE.encode_utf8(&mut [0; 4]), TextStyle { generated: true, element, ..style });
    }

    /// The picture that a character stands for.
    pub(super) fn picture(&self, index: usize) -> Option<&InlinePicture> {
        let at = self.pictures.binary_search_by_key(&index, |picture| picture.index).ok()?;
        self.pictures.get(at)
    }

    /// Makes the first `end` characters a run-in heading: another face, and what belonged to the paragraph
    /// `from` belongs to the heading `to`.
    pub(super) fn set_lead(&mut self, end: usize, face: Face, bold: bool, from: ElementId, to: ElementId) {
        for i in 0..end.min(self.characters.len()) {
            let mut style = self.styles[usize::from(self.characters[i].1)];
            if !style.generated && !style.code {
                // Bold words in a lighter heading stay in the face that stands for bold.
                if !(style.bold && style.face == Face::Hei && !is_heavy(face)) {
                    style.face = face;
                }
                style.bold |= bold || face == Face::Hei;
                style.embolden |= bold;
            }
            if style.element == from {
                style.element = to;
            }
            self.characters[i].1 = self.style(style);
        }
    }

    /// Sets the characters from that one on in a face.
    pub(super) fn set_face(&mut self, from: usize, face: Face) {
        for i in from..self.characters.len() {
            let style = self.styles[usize::from(self.characters[i].1)];
            if !style.generated && !style.code {
                self.characters[i].1 = self.style(TextStyle { face, ..style });
            }
        }
    }

    fn style(&mut self, style: TextStyle) -> u16 {
        // Styles come back soon or not at all; a search of all would take long in a paragraph of links.
        let recent = self.styles.len().saturating_sub(RECENT_STYLES);
        let found = self.styles[recent..].iter().position(|known| *known == style);
        let index = found.map_or(self.styles.len(), |i| recent + i);
        match u16::try_from(index) {
            Ok(index) => {
                if found.is_none() {
                    self.styles.push(style);
                }
                index
            }
            // More changes of style than any paragraph has: the rest is set as it begins.
            Err(_) => 0,
        }
    }
}

/// What inlines need to know of the document.
#[derive(Default)]
pub(crate) struct Context<'a> {
    /// Number of each note, from 0, by its id.
    pub(super) notes: BTreeMap<&'a str, usize>,
    /// The files of pictures by their targets, each with its number.
    pub(super) pictures: BTreeMap<&'a str, (usize, &'a Picture)>,
}

impl<'a> Context<'a> {
    pub(crate) fn of(document: &'a Document) -> Self {
        let notes = document.notes.iter().enumerate().rev();
        let pictures = document.pictures.iter().enumerate().rev();
        Self {
            notes: notes.map(|(i, note)| (note.id.as_str(), i)).collect(),
            pictures: pictures.map(|(i, picture)| (picture.target.as_str(), (i, picture))).collect(),
        }
    }

    /// The file that an image shows, if it can be shown, with width and height in pt.
    pub(super) fn picture(&self, image: &Image) -> Option<(usize, (f64, f64))> {
        let (index, picture) = self.pictures.get(image.target.as_str())?;
        Some((*index, picture.shown_size(image)?))
    }
}

/// Appends inlines. Markup is reported as dropped.
pub(super) fn push_inlines(
    text: &mut Text,
    inlines: &[Inline],
    style: TextStyle,
    context: &Context<'_>,
    at: &Location,
    elements: &mut Elements,
    diagnostics: &mut Diagnostics,
) {
    for inline in inlines {
        match inline {
            Inline::Text(string) => text.push(string, style),
            Inline::Styled(kind, content) => {
                push_inlines(text, content, styled(style, *kind), context, at, elements, diagnostics);
            }
            Inline::Code(string) => {
                let element = elements.add(style.element, ElementKind::Code);
                text.push(string, TextStyle { code: true, element, ..style });
            }
            Inline::Link { target, title, content } => {
                if !title.is_empty() {
                    let message = message!("the title of a link");
                    diagnostics.report_text(Kind::Dropped, "link-title", at.clone(), message, title.clone());
                }
                let link = text.links.len();
                let element = elements.add(style.element, ElementKind::Link);
                text.links.push((target.clone(), element));
                let style = TextStyle { link: Some(link), element, ..style };
                push_inlines(text, content, style, context, at, elements, diagnostics);
            }
            Inline::Image(image) => text.push_image(image, style, context, at, elements, diagnostics),
            Inline::NoteRef(id) => match context.notes.get(id.as_str()) {
                Some(&note) => {
                    let mark = TextStyle {
                        generated: true,
                        face: Face::Song,
                        element: elements.add(style.element, ElementKind::NoteMark(note)),
                        ..styled(style, InlineStyle::Superscript)
                    };
                    text.push(&(note + 1).to_string(), mark);
                    text.notes.push((text.characters.len() - 1, note));
                }
                None => {
                    let message = message!("a mark of a note that does not exist");
                    diagnostics.report_text(Kind::Dropped, "note-missing", at.clone(), message, id.clone());
                }
            },
            Inline::Break => text.push("\n", style),
            Inline::Raw(raw) => report_raw(raw, at, diagnostics),
        }
    }
}

/// Reports a picture that its alternative text stands for.
fn report_image(image: &Image, context: &Context<'_>, at: &Location, diagnostics: &mut Diagnostics) {
    let target = &image.target;
    let why = match context.pictures.get(target.as_str()) {
        None => message!("the document does not carry its file"),
        Some((_, picture)) if picture.format().is_none() => message!("it is neither PNG nor JPEG"),
        Some(_) => message!("its file is damaged"),
    };
    let instead = if image.alt.is_empty() {
        message!("it has no alternative text")
    } else {
        message!("its alternative text stands in its place")
    };
    let message = message!("the picture {target} is not shown: {why}; {instead}", target, why, instead);
    diagnostics.report(Kind::Dropped, "image-dropped", at.clone(), message);
}

/// Reports markup that is not set.
pub(super) fn report_raw(raw: &str, at: &Location, diagnostics: &mut Diagnostics) {
    let message = message!("a page cannot show this markup: {markup}", markup = excerpt(raw));
    diagnostics.report_text(Kind::Dropped, "markup-dropped", at.clone(), message, raw);
}

fn styled(style: TextStyle, kind: InlineStyle) -> TextStyle {
    match kind {
        InlineStyle::Strong if style.slant || is_heavy(style.face) => {
            TextStyle { bold: true, embolden: true, ..style }
        }
        InlineStyle::Strong => TextStyle { bold: true, face: Face::Hei, ..style },
        InlineStyle::Emphasis => {
            TextStyle { slant: true, face: Face::Kai, embolden: style.embolden || style.bold, ..style }
        }
        InlineStyle::Strike => TextStyle { strike: true, ..style },
        InlineStyle::Underline => TextStyle { underline: true, ..style },
        InlineStyle::Superscript => script(style, SUPERSCRIPT_RISE),
        InlineStyle::Subscript => script(style, SUBSCRIPT_RISE),
    }
}

/// True for the faces that no other is heavier than.
fn is_heavy(face: Face) -> bool {
    matches!(face, Face::Biaosong | Face::Hei)
}

/// The first raised or lowered sign, `10⁻⁶`, with what stands before and behind it.
fn split_at_script(text: &str) -> Option<(&str, char, &str)> {
    let (at, sign) = text.char_indices().find(|(_, c)| sign_of_script(*c).is_some())?;
    Some((&text[..at], sign, &text[at + sign.len_utf8()..]))
}

fn script(style: TextStyle, rise: f64) -> TextStyle {
    TextStyle {
        rise: style.rise + style.size * rise,
        size: style.size * SCRIPT_SIZE,
        em: style.size * SCRIPT_SIZE,
        ..style
    }
}
