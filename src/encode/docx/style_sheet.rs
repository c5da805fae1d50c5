//! How one style of word/styles.xml is written: only what differs from `Normal`.

use std::fmt::Write as _;

use super::numbering::Kind;
use super::xml::escape;
use crate::ooxml::{Geometry, NamedStyle, half_points, twips_from_em};
use crate::profile::{Align, Face, Profile, Style, StyleName};

/// The colour of 版头.
pub(super) const RED: &str = "FF0000";

/// How the lines of a style are spaced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Leading {
    /// On the grid of the page.
    Grid,
    /// As the type asks, off the grid.
    Natural,
    /// Exactly so many twips, off the grid.
    Exact(i32),
}

/// A paragraph style to be written.
pub(super) struct Entry<'a> {
    pub(super) style: NamedStyle,
    pub(super) based_on: &'a str,
    pub(super) next: Option<&'a str>,
    /// Place in the gallery: the lower the earlier.
    pub(super) priority: u8,
    pub(super) shown: bool,
    pub(super) set: &'a Style,
    pub(super) leading: Leading,
    pub(super) outline: Option<u8>,
    /// List and level of its marker.
    pub(super) numbered: Option<(Kind, u8)>,
    /// A tab stop up to which text is flush right.
    pub(super) right_tab: Option<RightTab>,
    /// Paragraphs of the style have no space between them.
    pub(super) joined: bool,
    /// Its type is red.
    pub(super) red: bool,
}

/// A tab stop up to which text is flush right.
#[derive(Clone, Copy)]
pub(super) struct RightTab {
    /// Twips from the left edge.
    pub(super) position: i32,
    /// Dots lead up to it.
    pub(super) leader: bool,
}

impl<'a> Entry<'a> {
    pub(super) fn new(style: NamedStyle, set: &'a Style) -> Self {
        Self {
            style,
            based_on: "Normal",
            next: None,
            priority: 30,
            shown: true,
            set,
            leading: Leading::Grid,
            outline: None,
            numbered: None,
            right_tab: None,
            joined: false,
            red: false,
        }
    }
}

/// A built-in style of Word's.
pub(super) fn built_in(id: &str, name: &str) -> NamedStyle {
    NamedStyle { id: id.into(), name: name.into(), built_in: true }
}

/// A style of our own.
pub(super) fn own(id: &str, name: &str) -> NamedStyle {
    NamedStyle { id: id.into(), name: name.into(), built_in: false }
}

/// What `w:ascii`, `w:hAnsi`, `w:eastAsia` and `w:cs` say for a face; no theme can override them.
pub(super) fn fonts(latin: &str, han: &str) -> String {
    let (latin, han) = (escape(latin), escape(han));
    format!("<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{han}\" w:cs=\"{latin}\"/>")
}

/// The styles written so far.
pub(super) struct Sheet<'a> {
    pub(super) profile: &'a Profile,
    pub(super) geometry: &'a Geometry,
    pub(super) xml: String,
}

impl Sheet<'_> {
    pub(super) fn body(&self) -> &Style {
        self.profile.named(StyleName::Body)
    }

    pub(super) fn fonts(&self, face: Face) -> String {
        fonts(&self.profile.latin.name, &self.profile.face(face).name)
    }

    /// The space above and below in twips.
    fn space(&self, style: &Style) -> (i32, i32) {
        (self.geometry.lines(style.before), self.geometry.lines(style.after))
    }

    pub(super) fn paragraph(&mut self, entry: &Entry<'_>) {
        let fonts =
            if entry.set.face == self.body().face { String::new() } else { self.fonts(entry.set.face) };
        self.paragraph_in(entry, &fonts);
    }

    /// Writes a style with those fonts; what is as in body text is left to `Normal`.
    pub(super) fn paragraph_in(&mut self, entry: &Entry<'_>, fonts: &str) {
        let body = self.body().clone();
        let set = entry.set;
        self.head("paragraph", &entry.style);
        let _ = write!(self.xml, "<w:basedOn w:val=\"{}\"/>", entry.based_on);
        if let Some(next) = entry.next {
            let _ = write!(self.xml, "<w:next w:val=\"{next}\"/>");
        }
        let _ = write!(self.xml, "<w:uiPriority w:val=\"{}\"/>", entry.priority);
        if entry.shown {
            self.xml.push_str("<w:qFormat/>");
        }
        let start = self.xml.len();
        self.xml.push_str("<w:pPr>");
        let content = self.xml.len();
        if set.keep_with_next != body.keep_with_next {
            self.toggle("keepNext", set.keep_with_next);
        }
        if set.keep_together != body.keep_together {
            self.toggle("keepLines", set.keep_together);
        }
        if set.page_break != body.page_break {
            self.toggle("pageBreakBefore", set.page_break);
        }
        if let Some((kind, level)) = entry.numbered {
            let _ = write!(
                self.xml,
                "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{}\"/></w:numPr>",
                kind as usize
            );
        }
        if let Some(RightTab { position, leader }) = entry.right_tab {
            let leader = if leader { " w:leader=\"dot\"" } else { "" };
            let _ =
                write!(self.xml, "<w:tabs><w:tab w:val=\"right\"{leader} w:pos=\"{position}\"/></w:tabs>");
        }
        // Tall faces in large type would take two lines of the grid, though their line is exact.
        if entry.leading != Leading::Grid || set.size > body.size {
            self.toggle("snapToGrid", false);
        }
        let line = self.line(entry.leading, set);
        let (space, own_line) = (self.space(set), self.line(Leading::Grid, &body));
        if space != self.space(&body) || line != own_line {
            let (before, after) = space;
            let _ = write!(self.xml, "<w:spacing w:before=\"{before}\" w:after=\"{after}\" {line}/>");
        }
        if indents(set) != indents(&body) {
            self.xml.push_str(&indent(set));
        }
        let joined = entry.joined && is_spaced(set);
        if joined != is_spaced(&body) {
            self.toggle("contextualSpacing", joined);
        }
        if set.align != body.align {
            self.xml.push_str(alignment(set.align));
        }
        if let Some(level) = entry.outline {
            let _ = write!(self.xml, "<w:outlineLvl w:val=\"{level}\"/>");
        }
        self.finish("</w:pPr>", start, content);

        let start = self.xml.len();
        self.xml.push_str("<w:rPr>");
        let content = self.xml.len();
        self.xml.push_str(fonts);
        if set.bold != body.bold {
            self.toggle("b", set.bold);
            self.toggle("bCs", set.bold);
        }
        if entry.red {
            let _ = write!(self.xml, "<w:color w:val=\"{RED}\"/>");
        }
        let (size, body_size) = (half_points(set.size), half_points(body.size));
        if size != body_size {
            // The correction for the measure is that of body text.
            let _ = write!(
                self.xml,
                "<w:spacing w:val=\"0\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>"
            );
        }
        self.finish("</w:rPr>", start, content);
        self.xml.push_str("</w:style>");
    }

    pub(super) fn line(&self, leading: Leading, style: &Style) -> String {
        match leading {
            Leading::Grid => format!("w:line=\"{}\" w:lineRule=\"exact\"", self.geometry.line(style.size)),
            Leading::Natural => "w:line=\"240\" w:lineRule=\"auto\"".into(),
            Leading::Exact(line) => format!("w:line=\"{line}\" w:lineRule=\"exact\""),
        }
    }

    pub(super) fn toggle(&mut self, name: &str, on: bool) {
        let _ = write!(self.xml, "<w:{name}{}/>", if on { "" } else { " w:val=\"0\"" });
    }

    pub(super) fn head(&mut self, kind: &str, style: &NamedStyle) {
        let custom = if style.built_in { "" } else { " w:customStyle=\"1\"" };
        let _ = write!(
            self.xml,
            "<w:style w:type=\"{kind}\"{custom} w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
            style.id, style.name
        );
    }

    /// Ends an element, or removes it where it stayed empty.
    pub(super) fn finish(&mut self, end: &str, start: usize, content: usize) {
        if self.xml.len() == content {
            self.xml.truncate(start);
        } else {
            self.xml.push_str(end);
        }
    }

    pub(super) fn character(&mut self, style: &NamedStyle, based_on: &str, properties: &str) {
        self.head("character", style);
        let based_on = if based_on.is_empty() { "DefaultParagraphFont" } else { based_on };
        let _ = write!(
            self.xml,
            "<w:basedOn w:val=\"{based_on}\"/><w:uiPriority w:val=\"20\"/><w:qFormat/>\
             "
        );
        if !properties.is_empty() {
            let _ = write!(self.xml, "<w:rPr>{properties}</w:rPr>");
        }
        self.xml.push_str("</w:style>");
    }
}

/// True for a style whose paragraphs stand off from others.
pub(super) fn is_spaced(style: &Style) -> bool {
    style.before > 0.0 || style.after > 0.0
}

/// The indents of a style in twips, and that of the first line also in hundredths of a character.
pub(super) fn indents(style: &Style) -> (i32, i32, i32, i32) {
    (
        twips_from_em(style.left, style.size),
        twips_from_em(style.right, style.size),
        twips_from_em(style.first_line, style.size),
        (style.first_line * 100.0).round() as i32,
    )
}

/// Word prefers the count of characters, which follows the type size; others know only twips.
pub(super) fn indent(style: &Style) -> String {
    let (left, right, first, characters) = indents(style);
    let first = if first < 0 {
        format!("w:hangingChars=\"{}\" w:hanging=\"{}\"", -characters, -first)
    } else {
        format!("w:firstLineChars=\"{characters}\" w:firstLine=\"{first}\"")
    };
    format!("<w:ind w:left=\"{left}\" w:right=\"{right}\" {first}/>")
}

pub(super) fn alignment(align: Align) -> &'static str {
    match align {
        Align::Left => "<w:jc w:val=\"left\"/>",
        Align::Centre => "<w:jc w:val=\"center\"/>",
        Align::Right => "<w:jc w:val=\"right\"/>",
        Align::Justify => "<w:jc w:val=\"both\"/>",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hanging_indent_is_written_as_one() {
        let mut style = Profile::gongwen().unwrap().named(StyleName::Body).clone();
        style.first_line = -2.0;
        assert!(indent(&style).contains("w:hangingChars=\"200\" w:hanging=\"640\""));
    }
}
