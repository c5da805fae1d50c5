//! word/styles.xml: what a paragraph or run looks like, and which part its style says it plays.

use std::collections::BTreeMap;

use super::unkept::{Sort, Sorts};
use super::xml::{Element, Ns, Tree, is_on};
use crate::ooxml::code_language;
use crate::ooxml::meaning::{Meaning, meaning};
use crate::tree::{ColumnAlignment, Face, Role};

/// What of the formatting of a run the tree can hold; `None` where it is not stated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RunFormat {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) underline: Option<bool>,
    pub(super) strike: Option<bool>,
    pub(super) vertical: Option<Vertical>,
    /// Not shown and not printed (17.3.2.41).
    pub(super) hidden: Option<bool>,
    /// Type size in half points.
    pub(super) size: Option<u16>,
    /// The kind of its East Asian face; `Some(None)` for one that is not known.
    pub(super) face: Option<Option<Face>>,
    /// What the tree can't hold of it, but for that of styles.
    pub(super) unkept: Sorts,
}

/// `w:vertAlign`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vertical {
    Baseline,
    Raised,
    Lowered,
}

impl RunFormat {
    /// Reads `w:rPr`.
    pub(super) fn read(properties: Element<'_>) -> Self {
        let mut format = Self::default();
        for child in properties.children().filter(|child| child.ns() == Ns::W) {
            let value = child.get("val");
            match child.name() {
                "b" => format.bold = Some(is_on(value)),
                "i" => format.italic = Some(is_on(value)),
                "u" => format.underline = Some(is_on(value)),
                "strike" | "dstrike" => {
                    format.strike = Some(is_on(value) || format.strike == Some(true));
                }
                "vanish" => format.hidden = Some(is_on(value)),
                "vertAlign" => {
                    format.vertical = Some(match value {
                        Some("superscript") => Vertical::Raised,
                        Some("subscript") => Vertical::Lowered,
                        _ => Vertical::Baseline,
                    });
                }
                "rFonts" => format.face = child.get("eastAsia").map(Face::of_name).or(format.face),
                "sz" => format.size = value.and_then(|value| value.parse().ok()).or(format.size),
                _ => format.unkept.add(Sort::of(child)),
            }
        }
        format
    }

    /// What this states, and for the rest what `base` states.
    pub(super) fn over(self, base: Self) -> Self {
        Self {
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            underline: self.underline.or(base.underline),
            strike: self.strike.or(base.strike),
            vertical: self.vertical.or(base.vertical),
            hidden: self.hidden.or(base.hidden),
            size: self.size.or(base.size),
            face: self.face.or(base.face),
            unkept: self.unkept,
        }
    }

    /// A character style over a paragraph style: toggles that both switch on cancel out (17.7.3).
    pub(super) fn toggled_over(self, paragraph: Self) -> Self {
        let toggle = |own: Option<bool>, base: Option<bool>| match (own, base) {
            (Some(own), Some(base)) => Some(own != base),
            (own, base) => own.or(base),
        };
        Self {
            bold: toggle(self.bold, paragraph.bold),
            italic: toggle(self.italic, paragraph.italic),
            strike: toggle(self.strike, paragraph.strike),
            hidden: toggle(self.hidden, paragraph.hidden),
            ..self.over(paragraph)
        }
    }
}

/// What of the formatting of a paragraph bears on the tree; `None` where it is not stated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ParagraphFormat {
    pub(super) alignment: Option<Alignment>,
    pub(super) indent: Indent,
    /// 0 to 8, or 9 for body text.
    pub(super) outline: Option<u8>,
    pub(super) page_break_before: Option<bool>,
    pub(super) list: Option<i64>,
    pub(super) list_level: Option<u8>,
    /// A line above or below.
    pub(super) ruled: Option<bool>,
}

/// `w:jc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alignment {
    Left,
    Centre,
    Right,
    Justified,
}

impl Alignment {
    /// As the alignment of a column of a table.
    pub(super) fn of_column(self) -> ColumnAlignment {
        match self {
            Self::Left => ColumnAlignment::Left,
            Self::Centre => ColumnAlignment::Centre,
            Self::Right => ColumnAlignment::Right,
            Self::Justified => ColumnAlignment::Default,
        }
    }
}

/// `w:ind`, hanging indents as negative ones of the first line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Indent {
    left: Option<i32>,
    left_chars: Option<i32>,
    first: Option<i32>,
    first_chars: Option<i32>,
}

impl Indent {
    fn over(self, base: Self) -> Self {
        Self {
            left: self.left.or(base.left),
            left_chars: self.left_chars.or(base.left_chars),
            first: self.first.or(base.first),
            first_chars: self.first_chars.or(base.first_chars),
        }
    }

    /// Left indent in twips, where it is stated so.
    pub(super) fn left(self) -> Option<i32> {
        self.left
    }

    /// Indent of the first line in half em of a type size in half points. Where characters are stated,
    /// twips are ignored (17.3.1.12).
    pub(super) fn of_first_line(self, size: u16) -> u16 {
        let half_em = f64::from(size.max(1)) * 5.0;
        let part = |chars: Option<i32>, twips: Option<i32>| match chars {
            Some(chars) if chars != 0 => f64::from(chars) / 50.0,
            _ => f64::from(twips.unwrap_or(0)) / half_em,
        };
        let sum = part(self.left_chars, self.left) + part(self.first_chars, self.first);
        sum.round().clamp(0.0, 200.0) as u16
    }
}

impl ParagraphFormat {
    /// Reads `w:pPr`.
    pub(super) fn read(properties: Element<'_>) -> Self {
        let mut format = Self::default();
        for child in properties.children().filter(|child| child.ns() == Ns::W) {
            let value = child.get("val");
            match child.name() {
                "jc" => {
                    format.alignment = match value {
                        Some("center") => Some(Alignment::Centre),
                        Some("right" | "end") => Some(Alignment::Right),
                        Some("left" | "start") => Some(Alignment::Left),
                        Some(_) => Some(Alignment::Justified),
                        None => None,
                    };
                }
                "ind" => {
                    let number = |names: [&str; 2]| {
                        let value = names.iter().find_map(|name| child.get(name))?;
                        value.parse::<f64>().ok().map(|n| n.clamp(-40_000.0, 40_000.0) as i32)
                    };
                    let indent = &mut format.indent;
                    indent.left = number(["left", "start"]);
                    indent.left_chars = number(["leftChars", "startChars"]);
                    let hanging = number(["hanging", "hanging"]).map(|n| -n);
                    let hanging_chars = number(["hangingChars", "hangingChars"]).map(|n| -n);
                    indent.first = hanging.or(number(["firstLine", "firstLine"]));
                    indent.first_chars = hanging_chars.or(number(["firstLineChars", "firstLineChars"]));
                }
                "outlineLvl" => format.outline = value.and_then(|value| value.parse().ok()),
                "pageBreakBefore" => format.page_break_before = Some(is_on(value)),
                "numPr" => {
                    format.list = child.value("numId").and_then(|value| value.parse().ok());
                    format.list_level = child.value("ilvl").and_then(|value| value.parse().ok());
                }
                "pBdr" => {
                    let line = |side| child.child(side).is_some_and(is_rule);
                    format.ruled = Some(line("top") || line("bottom") || line("between"));
                }
                _ => {}
            }
        }
        format
    }

    /// What this states, and for the rest what `base` states.
    pub(super) fn over(self, base: Self) -> Self {
        Self {
            alignment: self.alignment.or(base.alignment),
            indent: self.indent.over(base.indent),
            outline: self.outline.or(base.outline),
            page_break_before: self.page_break_before.or(base.page_break_before),
            list: self.list.or(base.list),
            list_level: self.list_level.or(base.list_level),
            ruled: self.ruled.or(base.ruled),
        }
    }
}

/// A style with all that it inherits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) id: String,
    pub(super) meaning: Meaning,
    /// Language of the programs that it is for; else empty.
    pub(super) language: String,
    pub(super) run: RunFormat,
    pub(super) paragraph: ParagraphFormat,
    /// The tables of the style have rules, some or all.
    pub(super) rules: bool,
    based_on: Option<String>,
    is_paragraph: bool,
}

impl Style {
    /// What the style says, where it is based on one that says `base`: a heading of one's own is a heading unless its
    /// outline level says otherwise.
    fn inherited(&self, base: Meaning) -> Meaning {
        let says_nothing = self.meaning == Meaning::None && self.paragraph.outline.is_none();
        match base {
            Meaning::Role(Role::Heading(_)) | Meaning::Quote | Meaning::Code if says_nothing => base,
            _ => self.meaning,
        }
    }
}

/// All styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Style,
    /// The Chinese face that emphasis is set in, where its style names one.
    emphasis_face: Option<String>,
    /// The Latin face of programs, where the style of program text in a line names one.
    code_face: Option<String>,
    /// The style of links draws no line under them.
    pub(super) plain_links: bool,
}

impl Styles {
    /// Reads `w:styles`.
    pub(super) fn read(tree: &Tree) -> Self {
        let root = tree.root();
        let mut base = Style::default();
        if let Some(defaults) = root.child("docDefaults") {
            let properties = |outer: &str, inner: &str| defaults.child(outer)?.child(inner);
            base.run = properties("rPrDefault", "rPr").map(RunFormat::read).unwrap_or_default();
            base.paragraph = properties("pPrDefault", "pPr").map(ParagraphFormat::read).unwrap_or_default();
        }
        let mut all = BTreeMap::new();
        let mut default_id = None;
        let (mut emphasis_face, mut code_face, mut plain_links) = (None, None, false);
        for element in root.children().filter(|child| child.is_w("style")) {
            let Some(id) = element.get("styleId") else { continue };
            let kind = element.get("type").unwrap_or("paragraph");
            let is_paragraph = kind == "paragraph";
            let name = element.value("name").unwrap_or(id);
            let meaning = meaning(name, is_paragraph);
            let mut run = element.child("rPr").map(RunFormat::read).unwrap_or_default();
            if name.eq_ignore_ascii_case("Emphasis") {
                run.italic = Some(true);
                emphasis_face = element.child("rPr").and_then(han_face).map(str::to_owned);
            } else if meaning == Meaning::InlineCode {
                code_face = element.child("rPr").and_then(latin_face).map(str::to_owned);
            } else if meaning == Meaning::Mark {
                plain_links |= name.eq_ignore_ascii_case("Hyperlink") && run.underline.is_none();
                run = RunFormat::default();
            }
            if is_paragraph && element.get("default").is_some_and(|value| is_on(Some(value))) {
                default_id.get_or_insert(id.to_owned());
            }
            let paragraph = element.child("pPr").map(ParagraphFormat::read).unwrap_or_default();
            all.entry(id.to_owned()).or_insert(Style {
                id: id.to_owned(),
                meaning,
                language: code_language(name).filter(|_| meaning == Meaning::Code).unwrap_or_default(),
                run,
                paragraph,
                rules: kind == "table" && element.subtree(|_| false).any(|e| is_borders(e) && shows_rules(e)),
                based_on: element.value("basedOn").map(str::to_owned),
                is_paragraph,
            });
        }
        let mut styles = Self { all, default: base, emphasis_face, code_face, plain_links };
        styles.inherit();
        if let Some(style) = default_id.and_then(|id| styles.all.get(&id)) {
            styles.default = style.clone();
        }
        styles
    }

    /// Gives every style what it is based on. Each chain is walked once; a circle ends where it closes.
    fn inherit(&mut self) {
        let mut done = std::collections::BTreeSet::new();
        let ids: Vec<String> = self.all.keys().cloned().collect();
        for id in ids {
            let mut chain = Vec::new();
            let mut next = Some(id);
            while let Some(id) = next.take().filter(|id| done.insert(id.clone())) {
                next = self.all.get(&id).and_then(|style| style.based_on.clone());
                chain.push(id);
            }
            for id in chain.iter().rev() {
                let Some(style) = self.all.get(id) else { continue };
                let mut style = style.clone();
                let base = style.based_on.as_ref().and_then(|id| self.all.get(id));
                match base.filter(|base| base.is_paragraph == style.is_paragraph) {
                    Some(base) => {
                        style.meaning = style.inherited(base.meaning);
                        style.run = style.run.over(base.run);
                        style.paragraph = style.paragraph.over(base.paragraph);
                        style.rules |= base.rules;
                    }
                    None if style.is_paragraph => {
                        style.run = style.run.over(self.default.run);
                        style.paragraph = style.paragraph.over(self.default.paragraph);
                    }
                    None => {}
                }
                self.all.insert(id.clone(), style);
            }
        }
    }

    /// Takes preformatted text for what it is in a document of nothing else: plain text that a program has opened and saved
    /// as a Word file.
    pub(super) fn read_preformatted_as_text(&mut self) {
        let styles = self.all.values_mut().chain([&mut self.default]);
        styles.filter(|style| style.meaning == Meaning::Code).for_each(|style| style.meaning = Meaning::None);
    }

    /// True for the properties of a run that is set in the face of emphasis.
    pub(super) fn emphasises(&self, properties: Element<'_>) -> bool {
        self.emphasis_face.is_some() && han_face(properties) == self.emphasis_face.as_deref()
    }

    /// True for the properties of a run that is set in the face of programs.
    pub(super) fn sets_code(&self, properties: Element<'_>) -> bool {
        self.code_face.is_some() && latin_face(properties) == self.code_face.as_deref()
    }

    /// The paragraph style of that id; the default where none is named or known.
    pub(super) fn paragraph(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.all.get(id)).filter(|style| style.is_paragraph).unwrap_or(&self.default)
    }

    /// The character style of that id.
    pub(super) fn character(&self, id: &str) -> Option<&Style> {
        self.all.get(id).filter(|style| !style.is_paragraph)
    }

    /// The style of any kind with that id, for numbering styles.
    pub(super) fn any(&self, id: &str) -> Option<&Style> {
        self.all.get(id)
    }
}

/// True for what states the rules of a table or of its cells (17.4.38, 17.4.66).
fn is_borders(element: Element<'_>) -> bool {
    element.is_w("tblBorders") || element.is_w("tcBorders")
}

/// True where that states a rule that is seen.
pub(super) fn shows_rules(borders: Element<'_>) -> bool {
    borders.children().any(is_rule)
}

/// True for an edge of borders that is seen (17.18.2).
fn is_rule(edge: Element<'_>) -> bool {
    edge.get("val").is_some_and(|value| value != "nil" && value != "none")
}

/// The face of Han characters that `w:rPr` names.
fn han_face(properties: Element<'_>) -> Option<&str> {
    properties.child("rFonts")?.get("eastAsia")
}

/// The face of Latin letters that `w:rPr` names.
fn latin_face(properties: Element<'_>) -> Option<&str> {
    properties.child("rFonts")?.get("ascii")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::ooxml::parse::parse;

    fn styles(inner: &str) -> Styles {
        let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        Styles::read(
            &parse(format!("<w:styles xmlns:w='{w}'>{inner}</w:styles>").as_bytes(), &Limits::default())
                .unwrap(),
        )
    }

    #[test]
    fn styles_inherit_and_circles_end() {
        let styles = styles(
            "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='21'/></w:rPr></w:rPrDefault></w:docDefaults>\
             <w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>\
             <w:style w:type='paragraph' w:styleId='b'><w:basedOn w:val='a'/><w:rPr><w:b/></w:rPr></w:style>\
             <w:style w:type='paragraph' w:styleId='c'><w:basedOn w:val='b'/><w:rPr><w:b w:val='0'/></w:rPr></w:style>\
             <w:style w:type='paragraph' w:styleId='x'><w:basedOn w:val='y'/></w:style>\
             <w:style w:type='paragraph' w:styleId='y'><w:basedOn w:val='x'/><w:rPr><w:i/></w:rPr></w:style>\
             <w:style w:type='paragraph' w:styleId='h'><w:name w:val='heading 2'/></w:style>\
             <w:style w:type='paragraph' w:styleId='k'><w:name w:val='小标题'/><w:basedOn w:val='h'/></w:style>\
             <w:style w:type='paragraph' w:styleId='l'><w:name w:val='段'/><w:basedOn w:val='h'/>\
             <w:pPr><w:outlineLvl w:val='9'/></w:pPr></w:style>",
        );
        assert_eq!(styles.paragraph(Some("k")).meaning, Meaning::Role(Role::Heading(2)));
        assert_eq!(styles.paragraph(Some("l")).meaning, Meaning::None);
        assert_eq!(styles.paragraph(Some("b")).run.bold, Some(true));
        assert_eq!(styles.paragraph(Some("b")).run.size, Some(21));
        assert_eq!(styles.paragraph(Some("c")).run.bold, Some(false));
        assert_eq!(styles.paragraph(Some("y")).run.italic, Some(true));
        assert_eq!(styles.paragraph(None).id, "a");
    }

    #[test]
    fn indents_are_counted_in_half_em() {
        let indent = Indent { first: Some(31_680), first_chars: Some(200), ..Indent::default() };
        assert_eq!(indent.of_first_line(32), 4);
        let indent = Indent { first: Some(-640), left: Some(1280), ..Indent::default() };
        assert_eq!(indent.of_first_line(32), 4);
        let indent = Indent { first: Some(-640), ..Indent::default() };
        assert_eq!(indent.of_first_line(0), 0);
    }
}
