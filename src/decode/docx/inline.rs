//! Runs and all that stands in a paragraph (ECMA-376 17.3.2, 17.3.3, 17.16).

use super::change;
use super::content::{Content, Marks, Piece, PieceKind, bit};
use super::field::{self, Field};
use super::notes::NoteKind;
use super::package::relationship;
use super::story::Reader;
use super::styles::{RunFormat, Vertical};
use super::symbol;
use super::unkept::Sorts;
use super::xml::{Element, Ns};
use crate::diagnostic::Kind;
use crate::ooxml::meaning::Meaning;
use crate::options::TrackChanges;
use crate::tree::{Face, Image, InlineStyle};

/// What holds for the text of a run.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// The formatting of the paragraph style, against which runs are set apart.
    base: RunFormat,
    /// What sets the text apart, and what of it stands around the run: the marks of changes.
    marks: Marks,
    around: Marks,
    pub(super) link: Option<usize>,
    lead: u8,
    code: bool,
    hidden: bool,
    size: Option<u16>,
    bold: bool,
    face: Option<Face>,
    /// The face of signs in which letters are set.
    signs: Option<&'static str>,
    /// What of it the tree can't hold.
    unkept: Sorts,
}

impl Look {
    /// The look of a paragraph of that style.
    pub(super) fn of(base: RunFormat) -> Self {
        Self { base, ..Self::default() }
    }

    /// The look within something that is set apart.
    pub(super) fn with(self, style: InlineStyle) -> Self {
        Self { marks: self.marks | bit(style), around: self.around | bit(style), ..self }
    }
}

impl<'a> Reader<'a, '_> {
    /// Reads what stands directly inside `parent`: a paragraph, a link, an insertion.
    pub(super) fn inlines(&mut self, parent: Element<'a>, content: &mut Content<'a>, look: Look) {
        for child in parent.children() {
            self.inline(child, content, look);
        }
    }

    pub(super) fn inline(&mut self, element: Element<'a>, content: &mut Content<'a>, look: Look) {
        match element.tag() {
            (Ns::W, "r") => self.run(element, content, look),
            (Ns::W, "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "smartTagPr" | "customXmlPr") => {}
            (Ns::W, "hyperlink") => {
                let link = self.hyperlink(element);
                self.inlines(element, content, Look { link: link.or(look.link), ..look });
            }
            (Ns::W, "fldSimple") => {
                let code = element.get("instr").unwrap_or_default().to_owned();
                let kind = self.field_kind(&code);
                if self.fields.len() < field::MAX_FIELDS {
                    self.fields.push(Field { code, in_result: true, kind, ..Field::default() });
                    self.inlines(element, content, look);
                    self.end_field(element, content, look);
                } else {
                    self.inlines(element, content, look);
                }
            }
            (Ns::W, "bookmarkStart") => {
                self.bookmark = element.get("name").map(str::to_owned);
                self.inlines(element, content, look);
            }
            (Ns::W, "bookmarkEnd") => {
                self.bookmark = None;
                self.inlines(element, content, look);
            }
            (Ns::W, "subDoc" | "altChunk") => self.foreign_part(element),
            (Ns::M, "oMath" | "oMathPara") => self.math(element, content, look),
            (Ns::Mc, "AlternateContent") => {
                if let Some(branch) = element.branch() {
                    self.inlines(branch, content, look);
                }
            }
            // Content controls, insertions, smart tags and what is not known hold inlines.
            _ => {
                self.run_child(element, content, look);
            }
        }
    }

    /// The link of a `w:hyperlink`.
    fn hyperlink(&mut self, element: Element<'a>) -> Option<usize> {
        let mut target = relationship(self.part, element, "id").map(|r| r.target.clone()).unwrap_or_default();
        if let Some(anchor) = element.get("anchor").filter(|anchor| !anchor.is_empty()) {
            target = format!("{target}#{anchor}");
        }
        let title = element.get("tooltip").unwrap_or_default();
        (!target.is_empty()).then(|| self.add_link(target, title.to_owned()))
    }

    pub(super) fn add_link(&mut self, target: String, title: String) -> usize {
        self.links.push((target, title));
        self.links.len() - 1
    }

    fn run(&mut self, run: Element<'a>, content: &mut Content<'a>, outer: Look) {
        let properties = change::properties(self.changes, run, "rPr");
        let mut direct = properties.map(RunFormat::read).unwrap_or_default();
        if properties.is_some_and(|properties| self.styles.emphasises(properties)) {
            direct.italic = Some(true);
        }
        let id = properties.and_then(|properties| properties.value("rStyle"));
        let style = id.and_then(|id| self.styles.character(id));
        let meaning = style.map(|style| style.meaning).unwrap_or_default();
        // A style of another kind leaves text of a program its face alone.
        let code = match meaning {
            Meaning::InlineCode => true,
            Meaning::Lead(_) | Meaning::Strong => {
                properties.is_some_and(|properties| self.styles.sets_code(properties))
            }
            _ => false,
        };
        let mut look = Look { marks: outer.around, code, ..outer };
        let format = match (style, meaning) {
            (Some(_), Meaning::Lead(level)) => {
                look.lead = level;
                direct.over(outer.base)
            }
            (Some(style), _) => direct.over(style.run.toggled_over(outer.base)),
            (None, _) => direct.over(outer.base),
        };
        let on = |own: Option<bool>, base: Option<bool>| own == Some(true) && base != Some(true);
        let mut mark = |set: bool, style| look.marks |= if set { bit(style) } else { 0 };
        // Strong text in a bold paragraph states that it is bold, because the two styles would cancel out.
        let strong = meaning == Meaning::Strong && direct.bold == Some(true);
        mark(strong || on(format.bold, outer.base.bold), InlineStyle::Strong);
        mark(on(format.italic, outer.base.italic), InlineStyle::Emphasis);
        mark(on(format.strike, outer.base.strike), InlineStyle::Strike);
        // The line under a link is how links look, unless the file says that they have none.
        let underlined = on(format.underline, outer.base.underline);
        mark(underlined && (outer.link.is_none() || self.styles.plain_links), InlineStyle::Underline);
        if format.vertical != outer.base.vertical {
            mark(format.vertical == Some(Vertical::Raised), InlineStyle::Superscript);
            mark(format.vertical == Some(Vertical::Lowered), InlineStyle::Subscript);
        }
        look.hidden = format.hidden == Some(true);
        look.size = format.size;
        look.bold = format.bold == Some(true);
        look.face = format.face.flatten();
        look.signs = properties.and_then(symbol::face);
        // Styles that say what the text is have a look of their own everywhere.
        let styled = style.filter(|_| meaning == Meaning::default()).map(|style| style.run.unkept);
        look.unkept = direct.unkept.and(styled.unwrap_or_default());
        for child in run.children() {
            if meaning == Meaning::FittedBreak && child.is_w("br") {
                continue;
            }
            self.run_child(child, content, look);
        }
    }

    fn run_child(&mut self, element: Element<'a>, content: &mut Content<'a>, look: Look) {
        match element.tag() {
            (Ns::W, "delText" | "delInstrText") if self.changes == TrackChanges::Accept => {
                content.left_out.push_str(&element.text());
            }
            (Ns::W, "t" | "delText") => {
                let text = element.text();
                // Without xml:space="preserve" white space at the ends does not count (17.3.3.31).
                let keep = element.attribute(Ns::Xml, "space") == Some("preserve");
                let ascii_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
                let text = if keep { &text } else { text.trim_matches(ascii_space) };
                if let Some(font) = look.signs {
                    self.signs(font, text, element, content, look);
                } else if text.contains(['\n', '\r']) {
                    self.text(&text.replace(['\n', '\r'], " "), content, look);
                } else {
                    self.text(text, content, look);
                }
            }
            (Ns::W, "tab" | "ptab") => self.text("\t", content, look),
            (Ns::W, "noBreakHyphen") => self.text("\u{2011}", content, look),
            (Ns::W, "softHyphen") => self.text("\u{AD}", content, look),
            (Ns::W, "cr") => self.push(PieceKind::Break, content, look),
            (Ns::W, "br") => match element.get("type") {
                Some("page") => self.push(PieceKind::PageBreak, content, look),
                _ => self.push(PieceKind::Break, content, look),
            },
            // The second is for characters beyond the first 65 536.
            (Ns::W, "sym") | (Ns::Later, "symEx") => {
                let stated = |name| element.attribute(element.ns(), name);
                let font = stated("font").unwrap_or_default();
                if let Some(code) = stated("char").and_then(|code| u32::from_str_radix(code, 16).ok()) {
                    self.symbol(font, code, element, content, look);
                }
            }
            (Ns::W, "instrText" | "delInstrText") => {
                let text = element.text();
                match self.fields.iter_mut().rev().find(|field| !field.in_result) {
                    Some(field) => field.code.push_str(&text),
                    None => content.hidden.push_str(&text),
                }
            }
            (Ns::W, "fldChar") => self.field_mark(element, content, look),
            (Ns::W, "footnoteReference") => self.note(NoteKind::Footnote, element, content, look),
            (Ns::W, "endnoteReference") => self.note(NoteKind::Endnote, element, content, look),
            (Ns::W, "commentReference") if self.keep_comments => {
                self.note(NoteKind::Comment, element, content, look);
            }
            (Ns::W, "ruby") => {
                let skip = |e: Element<'a>| e.tag() == (Ns::W, "rubyBase");
                content.readings.extend(element.subtree(skip).filter(|e| e.is_w("t")).map(Element::text));
                if let Some(base) = element.child("rubyBase") {
                    self.inlines(base, content, Look { marks: 0, ..look });
                }
            }
            (Ns::W, "drawing" | "pict" | "object") => self.drawing(element, content, look),
            (Ns::W, "rPr" | "pPr" | "pgNum" | "footnoteRef" | "endnoteRef" | "annotationRef") => {}
            (Ns::Mc, "AlternateContent") => {
                if let Some(branch) = element.branch() {
                    for child in branch.children() {
                        self.run_child(child, content, look);
                    }
                }
            }
            (Ns::M, "t") => {
                let text = element.text().into_owned();
                self.text(&text, content, look);
            }
            // Whatever else it is, what it holds is read.
            (ns, name) => match change::fate(self.changes, name).filter(|_| ns == Ns::W) {
                Some(fate) => self.changed(element, fate, content, look),
                None => self.inlines(element, content, look),
            },
        }
    }

    /// Adds text where it belongs: to the paragraph, to a field code, to what is hidden.
    pub(super) fn text(&mut self, text: &str, content: &mut Content<'a>, look: Look) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.push(PieceKind::Break, content, look);
            }
            if !line.is_empty() {
                let line = line.to_owned();
                let kind = if look.code { PieceKind::Code(line) } else { PieceKind::Text(line) };
                self.push(kind, content, look);
            }
        }
    }

    /// Adds a piece where it belongs.
    pub(super) fn push(&mut self, kind: PieceKind, content: &mut Content<'a>, look: Look) {
        let text = match &kind {
            PieceKind::Text(text) | PieceKind::Code(text) => text.as_str(),
            PieceKind::Break => "\n",
            PieceKind::Image(_) | PieceKind::NoteRef(_) | PieceKind::PageBreak => "",
        };
        let inner = self.fields.len().checked_sub(1);
        if let Some(code) = self.fields.iter().rposition(|field| !field.in_result) {
            self.fields[code].code.push_str(text);
            // The result of a field within the code is part of it.
            if Some(code) == inner {
                self.fields[code].stray.push_str(text);
            }
            return;
        }
        let repeated = |field: &Field| match field.kind {
            field::Kind::Page => self.in_margin,
            field::Kind::Note(_) => true,
            field::Kind::Text
            | field::Kind::Link(_)
            | field::Kind::Contents
            | field::Kind::Picture { .. } => false,
        };
        if self.fields.iter().any(repeated) {
            return;
        }
        if look.hidden && !matches!(kind, PieceKind::NoteRef(_)) {
            content.hidden.push_str(text);
            return;
        }
        if let Some(field) =
            self.fields.last_mut().filter(|field| matches!(field.kind, field::Kind::Picture { .. }))
        {
            match &kind {
                PieceKind::Image(_) => field.kind = field::Kind::Text,
                _ => {
                    field.alt.push_str(text);
                    field.look.get_or_insert(look);
                    return;
                }
            }
        }
        let in_contents = self.fields.iter().any(|field| field.kind == field::Kind::Contents);
        let of_field = self.fields.iter().rev().find_map(|field| match field.kind {
            field::Kind::Link(link) => Some(link),
            field::Kind::Text
            | field::Kind::Page
            | field::Kind::Contents
            | field::Kind::Note(_)
            | field::Kind::Picture { .. } => None,
        });
        content.contents |= in_contents;
        // The links of a table of contents lead to its own headings.
        let link = of_field.or(look.link).filter(|_| !in_contents);
        let mut marks = look.marks;
        if of_field.is_some() {
            marks &= !bit(InlineStyle::Underline);
        }
        if matches!(kind, PieceKind::NoteRef(_) | PieceKind::Image(_)) {
            marks = 0;
        }
        if !text.trim().is_empty() {
            content.size = content.size.or(look.size);
            content.print.add(look.size, look.bold, look.face);
            if !in_contents {
                let sorts = if link.is_some() { look.unkept.of_link() } else { look.unkept };
                content.unkept.add(sorts, text);
            }
            if let Some(link) = link {
                content.unkept.add_link(link, &self.links[link].0);
            }
        }
        content.push(Piece { kind, marks, link, lead: look.lead });
    }

    fn field_mark(&mut self, mark: Element<'a>, content: &mut Content<'a>, look: Look) {
        if self.unmatched.contains(&mark.id) {
            self.once(
                Kind::Substituted,
                "field-mark",
                mark,
                message!("a field has only one of its marks; its text is kept"),
            );
            return;
        }
        match mark.get("fldCharType") {
            Some("begin") => {
                let control = mark.child("ffData").and_then(field::control);
                self.fields.push(Field { control, ..Field::default() });
            }
            Some("separate") => {
                let Some(code) = self.fields.last().map(|field| field.code.clone()) else { return };
                let kind = self.field_kind(&code);
                if let Some(field) = self.fields.last_mut() {
                    (field.in_result, field.kind) = (true, kind);
                }
            }
            Some("end") => self.end_field(mark, content, look),
            _ => {}
        }
    }

    fn field_kind(&mut self, code: &str) -> field::Kind {
        match field::name(code).as_str() {
            "HYPERLINK" => match field::hyperlink(code) {
                Some((target, title)) => field::Kind::Link(self.add_link(target, title)),
                None => field::Kind::Text,
            },
            "TOC" => field::Kind::Contents,
            "NOTEREF" => match field::words(code).get(1).and_then(|name| self.note_bookmarks.get(name)) {
                Some(label) => field::Kind::Note(label.clone()),
                None => field::Kind::Text,
            },
            "INCLUDEPICTURE" => field::picture(code).unwrap_or_default(),
            name if field::is_page(name) => field::Kind::Page,
            _ => field::Kind::Text,
        }
    }

    /// Ends the innermost field. One without result shows what its code says, or nothing.
    fn end_field(&mut self, element: Element<'a>, content: &mut Content<'a>, look: Look) {
        let Some(field) = self.fields.pop() else { return };
        if !field.stray.trim().is_empty() {
            let message = message!("text among the code of a field, which Word does not show");
            self.report(Kind::Dropped, "misplaced-text", element, message, field.stray.as_str());
        }
        match field.kind {
            field::Kind::Note(label) => self.push(PieceKind::NoteRef(label), content, look),
            field::Kind::Picture { target, title } => {
                let image = Image { target, title, alt: field.alt, size: None };
                self.push(PieceKind::Image(image), content, field.look.unwrap_or(look));
            }
            // A picture was met after all.
            field::Kind::Text if !field.alt.is_empty() => {
                self.text(&field.alt, content, field.look.unwrap_or(look));
            }
            field::Kind::Text | field::Kind::Page | field::Kind::Contents | field::Kind::Link(_) => {}
        }
        if field.in_result {
            return;
        }
        if let Some(control) = field.control {
            self.text(&control, content, look);
            return;
        }
        match field::name(&field.code).as_str() {
            "" => {}
            "EQ" => {
                let text = field::equation(&field.code);
                let message = message!("an equation field is kept as text in a line");
                self.report(Kind::Substituted, "equation", element, message, field.code.trim());
                self.text(&text, content, look);
            }
            "SYMBOL" => {
                let words = field::words(&field.code);
                let code = words.get(1).and_then(|word| match word.strip_prefix("0x") {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => word.parse().ok(),
                });
                let font = words.iter().skip_while(|word| *word != "\\f").nth(1);
                if let Some(code) = code {
                    self.symbol(font.map_or("", String::as_str), code, element, content, look);
                }
            }
            "XE" | "TC" | "TA" | "RD" | "SET" | "PRIVATE" => {
                let message = message!("an entry for an index or a table is no text of the page");
                self.report(Kind::LeftOut, "field-entry", element, message, field.code.trim());
            }
            "INCLUDEPICTURE" => {
                if let Some(field::Kind::Picture { target, title }) = field::picture(&field.code) {
                    let image = Image { target, title, ..Image::default() };
                    self.push(PieceKind::Image(image), content, look);
                }
            }
            name if field::is_page(name) => {}
            _ => {
                let message = message!("the field has no result in the file");
                self.report(Kind::Dropped, "field", element, message, field.code.trim());
            }
        }
    }

    /// Adds a sign of a face of signs as a character.
    fn symbol(&mut self, font: &str, code: u32, element: Element<'a>, content: &mut Content<'a>, look: Look) {
        let (c, known) = symbol::character(font, code);
        if !known {
            let message = message!("a sign of the face {font} has no character of its own", font);
            self.report(Kind::Substituted, "symbol", element, message, c.to_string());
        }
        self.text(c.encode_utf8(&mut [0; 4]), content, look);
    }

    /// Adds letters that a face of signs shows as signs: `R` in Wingdings 2 is ☑.
    fn signs(&mut self, font: &str, text: &str, element: Element<'a>, content: &mut Content<'a>, look: Look) {
        for c in text.chars() {
            match c {
                '!'..='ÿ' | '\u{F020}'..='\u{F0FF}' => {
                    self.symbol(font, c.into(), element, content, look);
                }
                _ => self.text(c.encode_utf8(&mut [0; 4]), content, look),
            }
        }
    }

    fn note(&mut self, kind: NoteKind, element: Element<'a>, content: &mut Content<'a>, look: Look) {
        let Some(id) = element.get("id") else { return };
        let at = self.at(element);
        let label = self.notes.mention(kind, id, at);
        if let Some(name) = self.bookmark.take() {
            self.note_bookmarks.insert(name, label.clone());
        }
        self.push(PieceKind::NoteRef(label), content, look);
    }

    fn math(&mut self, element: Element<'a>, content: &mut Content<'a>, look: Look) {
        let text = super::math::linear(element);
        let message = message!("the formula is kept as text in a line");
        self.report(Kind::Substituted, "formula", element, message, "");
        self.text(&text, content, Look { marks: 0, ..look });
    }
}

/// The characters inside an element, deleted ones too: a line for each paragraph.
pub(super) fn plain_text(element: Element<'_>) -> String {
    let mut text = String::new();
    for inner in element.subtree(|_| false) {
        match inner.tag() {
            (Ns::W | Ns::A | Ns::M, "t") | (Ns::W, "delText") => text.push_str(&inner.text()),
            (Ns::W, "tab" | "ptab") => text.push('\t'),
            (Ns::W, "br" | "cr") | (Ns::A, "br") => text.push('\n'),
            (Ns::W | Ns::A, "p") if !text.is_empty() && !text.ends_with('\n') => text.push('\n'),
            _ => {}
        }
    }
    text
}
