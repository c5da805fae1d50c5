//! Inlines to characters with styles.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, Kind};
use crate::profile::Face;
use crate::tree::{Inline, InlineStyle, Location};

/// How a character is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TextStyle {
    /// Face of Han characters.
    pub(super) face: Face,
    pub(super) bold: bool,
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
}

/// The characters of a paragraph. A `\n` is a break that the author wants.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// Each character and the index of its style.
    pub(super) characters: Vec<(char, u16)>,
    pub(super) styles: Vec<TextStyle>,
    pub(super) links: Vec<String>,
    /// Notes by the index of the last character of their mark.
    pub(super) notes: Vec<(usize, usize)>,
    /// The blanks between its two columns, as a range of characters.
    pub(super) column_gap: Option<std::ops::Range<usize>>,
}

/// Superscripts and subscripts: size and rise against the text (in em of the text).
const SCRIPT_SIZE: f64 = 0.6;
const SUPERSCRIPT_RISE: f64 = 0.36;
const SUBSCRIPT_RISE: f64 = -0.12;

/// How many of the last styles are searched for one that is wanted again.
const RECENT_STYLES: usize = 16;

impl Text {
    /// Adds a string.
    pub(super) fn push(&mut self, text: &str, style: TextStyle) {
        let style = self.style(style);
        self.characters.extend(text.chars().map(|c| (c, style)));
    }

    /// Sets the first `end` characters in another face.
    pub(super) fn set_face(&mut self, end: usize, face: Face, bold: bool) {
        let end = end.min(self.characters.len());
        for i in 0..end {
            let mut style = self.styles[usize::from(self.characters[i].1)];
            if !style.generated && !style.code {
                style.face = face;
                style.bold |= bold;
                self.characters[i].1 = self.style(style);
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
pub(super) struct Context<'a> {
    /// Number of each note, from 0, by its id.
    pub(super) notes: BTreeMap<&'a str, usize>,
}

/// Appends inlines. Pictures give their alternative text and, with markup, a report of what is dropped.
pub(super) fn push_inlines(
    text: &mut Text,
    inlines: &[Inline],
    style: TextStyle,
    context: &Context<'_>,
    at: &Location,
    diagnostics: &mut Diagnostics,
) {
    for inline in inlines {
        match inline {
            Inline::Text(string) => text.push(string, style),
            Inline::Styled(kind, content) => {
                push_inlines(text, content, styled(style, *kind), context, at, diagnostics);
            }
            Inline::Code(string) => text.push(string, TextStyle { code: true, ..style }),
            Inline::Link { target, title, content } => {
                if !title.is_empty() {
                    let message = "the title of a link";
                    diagnostics.report_text(Kind::Dropped, "link-title", at.clone(), message, title.clone());
                }
                let link = text.links.len();
                text.links.push(target.clone());
                let style = TextStyle { link: Some(link), ..style };
                push_inlines(text, content, style, context, at, diagnostics);
            }
            Inline::Image(image) => {
                report_image(&image.target, &image.alt, at, diagnostics);
                text.push(&image.alt, style);
            }
            Inline::NoteRef(id) => match context.notes.get(id.as_str()) {
                Some(&note) => {
                    let mark = TextStyle {
                        generated: true,
                        face: Face::Song,
                        ..styled(style, InlineStyle::Superscript)
                    };
                    text.push(&(note + 1).to_string(), mark);
                    text.notes.push((text.characters.len() - 1, note));
                }
                None => {
                    let message = "a mark of a note that does not exist";
                    diagnostics.report_text(Kind::Dropped, "note-missing", at.clone(), message, id.clone());
                }
            },
            Inline::Break => text.push("\n", style),
            Inline::Raw(raw) => report_raw(raw, at, diagnostics),
        }
    }
}

/// Reports a picture that its alternative text stands for.
pub(super) fn report_image(target: &str, alt: &str, at: &Location, diagnostics: &mut Diagnostics) {
    let message = if alt.is_empty() {
        format!("the picture {target} is not shown and has no alternative text")
    } else {
        format!("the picture {target} is not shown; its alternative text stands in its place")
    };
    diagnostics.report(Kind::Dropped, "image-dropped", at.clone(), message);
}

/// Reports markup that is not set.
pub(super) fn report_raw(raw: &str, at: &Location, diagnostics: &mut Diagnostics) {
    let message = "markup that a page cannot show";
    diagnostics.report_text(Kind::Dropped, "markup-dropped", at.clone(), message, raw);
}

fn styled(style: TextStyle, kind: InlineStyle) -> TextStyle {
    match kind {
        InlineStyle::Strong => TextStyle { bold: true, ..style },
        InlineStyle::Emphasis => TextStyle { slant: true, face: Face::Kai, ..style },
        InlineStyle::Strike => TextStyle { strike: true, ..style },
        InlineStyle::Underline => TextStyle { underline: true, ..style },
        InlineStyle::Superscript => script(style, SUPERSCRIPT_RISE),
        InlineStyle::Subscript => script(style, SUBSCRIPT_RISE),
    }
}

fn script(style: TextStyle, rise: f64) -> TextStyle {
    TextStyle {
        rise: style.rise + style.size * rise,
        size: style.size * SCRIPT_SIZE,
        em: style.size * SCRIPT_SIZE,
        ..style
    }
}
