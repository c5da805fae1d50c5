//! Running text: inlines become runs, links and note marks.

use std::collections::{BTreeMap, VecDeque};

use docx_rs::{
    BreakType, Hyperlink, HyperlinkData, ParagraphChild, Run, RunFonts, RunProperty, VertAlignType,
};

use super::body::Writer;
use super::package::Relationship;
use super::script::{Slot, slots};
use super::styles::{FIXED_PITCH, id};
use super::xml::is_legal;
use crate::diagnostic::{Kind, excerpt};
use crate::markdown::inline::canonical;
use crate::ooxml::{BREAK_STYLE, lead_style, twips};
use crate::profile::{Face, Style};
use crate::tree::{Inline, InlineStyle, Lead, Location, Paragraph, Role, column_blanks, half_em};

/// A blank of columns is wider than a space of Latin type by so many em.
const WIDER_BLANK: f64 = 0.25;

/// Percent to which Word widens characters at most (ECMA-376 17.18.95).
const MOST_STRETCH: i32 = 600;

/// How a piece of text is set apart, all around it taken together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Format {
    /// The style of the paragraph is bold.
    bold_paragraph: bool,
    strong: bool,
    emphasis: bool,
    strike: bool,
    underline: bool,
    raised: Option<VertAlignType>,
    code: bool,
    link: bool,
}

/// What the characters of one run have in common beside their [`Format`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Common {
    /// Whether the run bears the hint; `None` while it holds only ASCII.
    hint: Option<bool>,
    lead: bool,
    /// Emphasised Latin.
    slope: bool,
    blank: Blank,
}

/// How a blank of columns is set.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Blank {
    /// Twips by which it is wider.
    spacing: i32,
    /// Percent of its width that is left.
    stretch: Option<i32>,
}

/// A place in the text of a paragraph.
pub(super) struct Cursor<'a> {
    slots: Vec<Slot>,
    /// Characters before it.
    position: usize,
    lead: Option<Lead>,
    /// Characters before which a line begins, from here on.
    breaks: &'a [usize],
    /// The blanks of columns, from here on.
    blanks: VecDeque<(usize, Blank)>,
    pub(super) at: &'a Location,
    illegal: String,
    /// Carriage returns, which are line breaks or the beginning of one.
    returns: String,
    /// Twips from edge to edge.
    room: i32,
    /// Height of its tallest picture in twips.
    tallest: i32,
}

impl<'a> Cursor<'a> {
    /// The start of `text`, which [`Writer::text`] must then be given character by character.
    pub(super) fn new(text: &str, lead: Option<Lead>, at: &'a Location) -> Self {
        let slots = slots(text);
        Self {
            slots,
            position: 0,
            lead,
            breaks: &[],
            blanks: VecDeque::new(),
            at,
            illegal: String::new(),
            returns: String::new(),
            room: 0,
            tallest: 0,
        }
    }
}

impl Cursor<'_> {
    /// Passes the characters at the start of `text` that go on in a run of Han, which is one of a run-in heading or not:
    /// those that need its face, up to the end of the heading or the beginning of a line. Gives their bytes.
    fn han_ahead(&mut self, text: &str, lead: bool) -> usize {
        let heading = self.lead.map(|lead| lead.end).filter(|end| self.position < *end);
        if heading.is_some() != lead {
            return 0;
        }
        let blank = self.blanks.front().map(|(at, _)| *at);
        let ends = [heading, self.breaks.first().copied(), blank];
        let end = ends.into_iter().flatten().min().unwrap_or(usize::MAX);
        let slots = self.slots.get(self.position..end.min(self.slots.len())).unwrap_or_default();
        let mut bytes = 0;
        for (c, _) in text.chars().zip(slots).take_while(|(c, slot)| **slot == Slot::EastAsia && is_legal(*c))
        {
            bytes += c.len_utf8();
            self.position += 1;
        }
        bytes
    }

    /// How the next character is set, if it is a blank of columns.
    fn blank(&mut self) -> Blank {
        while self.blanks.front().is_some_and(|(at, _)| *at < self.position) {
            self.blanks.pop_front();
        }
        self.blanks
            .front()
            .filter(|(at, _)| *at == self.position)
            .map(|(_, blank)| *blank)
            .unwrap_or_default()
    }
}

impl Writer<'_> {
    /// The runs, links and note marks of a paragraph, and the height of its tallest picture in twips. `breaks` are the
    /// characters before which a line begins though the author has no break there, `room` the width of a line.
    pub(super) fn running_text(
        &mut self,
        paragraph: &Paragraph,
        style: &Style,
        at: &Location,
        breaks: &[usize],
        room: i32,
    ) -> (Vec<ParagraphChild>, i32) {
        let text = paragraph.text();
        let mut cursor = Cursor::new(&text, paragraph.lead, at);
        cursor.breaks = breaks;
        cursor.blanks = self.blanks(paragraph.role, &text, style);
        cursor.room = room;
        let mut children = Vec::new();
        let format = Format { bold_paragraph: style.bold, ..Format::default() };
        for markup in tags_of_styles(&paragraph.content) {
            self.report_raw(&markup, at);
        }
        self.inlines(&paragraph.content, format, &mut cursor, &mut children);
        self.report_returns(cursor.returns, at);
        self.report_illegal(cursor.illegal, at);
        (children, cursor.tallest)
    }

    /// The blanks of columns, and how they are set.
    fn blanks(&self, role: Role, text: &str, style: &Style) -> VecDeque<(usize, Blank)> {
        let wider = Blank { spacing: twips(WIDER_BLANK * style.size * self.scale), stretch: None };
        let columns = column_blanks(text.chars()).into_iter().flatten();
        let mut blanks: BTreeMap<usize, Blank> = columns.map(|at| (at, wider)).collect();
        let gaps = match &self.sides {
            Some(sides) => vec![(sides.gap.clone(), sides.stretch)],
            None if matches!(role, Role::Attendance | Role::Body) => self.narrowing.gaps(text),
            None => Vec::new(),
        };
        for (gap, stretch) in gaps {
            let percent = ((stretch * 100.0).floor() as i32).clamp(1, MOST_STRETCH);
            // What no type is stretched to stands behind the blank.
            let more = (stretch - f64::from(MOST_STRETCH) / 100.0).max(0.0) / 2.0 * style.size * self.scale;
            let chars = text.chars().skip(gap.start);
            for (at, c) in gap.zip(chars) {
                let blank = blanks.entry(at).or_default();
                let spacing = blank.spacing * percent / 100 + twips(more * f64::from(half_em(c)));
                *blank = Blank { spacing, stretch: Some(percent) };
            }
        }
        blanks.into_iter().collect()
    }

    /// The runs of text without inlines.
    pub(super) fn plain_text(&mut self, text: &str, at: &Location) -> Vec<ParagraphChild> {
        let mut cursor = Cursor::new(text, None, at);
        let mut children = Vec::new();
        self.text(text, Format::default(), &mut cursor, &mut children);
        self.report_returns(cursor.returns, at);
        self.report_illegal(cursor.illegal, at);
        children
    }

    fn report_returns(&mut self, returns: String, at: &Location) {
        if !returns.is_empty() {
            let message = message!("carriage returns are line breaks");
            self.diagnostics.report_text(Kind::Substituted, "carriage-return", at.clone(), message, returns);
        }
    }

    /// Reports characters that no XML can hold, where there are any.
    pub(super) fn report_illegal(&mut self, illegal: String, at: &Location) {
        if !illegal.is_empty() {
            self.diagnostics.report_text(
                Kind::Dropped,
                "control-character",
                at.clone(),
                message!("Word files cannot hold control characters"),
                illegal,
            );
        }
    }

    fn inlines(
        &mut self,
        inlines: &[Inline],
        format: Format,
        cursor: &mut Cursor<'_>,
        children: &mut Vec<ParagraphChild>,
    ) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text, format, cursor, children),
                Inline::Code(text) => {
                    if text.contains(['\n', '\r']) {
                        let message = message!("a line end in program text within a paragraph is a break");
                        self.diagnostics.report(Kind::Substituted, "code-line", cursor.at.clone(), message);
                    }
                    self.text(text, Format { code: true, ..format }, cursor, children);
                }
                Inline::Break => self.text("\n", format, cursor, children),
                Inline::Styled(style, content) => {
                    let script = matches!(style, InlineStyle::Superscript | InlineStyle::Subscript);
                    if script && format.raised.is_some() {
                        let message =
                            message!("text that is raised or lowered twice is so once in a Word file");
                        self.diagnostics.report(
                            Kind::Substituted,
                            "script-in-script",
                            cursor.at.clone(),
                            message,
                        );
                    }
                    self.inlines(content, format.with(*style), cursor, children);
                }
                Inline::Link { target, title, content } => {
                    self.link(target, title, content, format, cursor, children);
                }
                Inline::Image(image) => match self.picture(image, cursor.at, cursor.room) {
                    Some(drawn) => {
                        cursor.position += image.alt.chars().count();
                        cursor.tallest = cursor.tallest.max(drawn.height);
                        children.push(drawn.run);
                    }
                    None => {
                        self.begin_picture_field(image, cursor.at, children);
                        self.text(&image.alt, format, cursor, children);
                        Self::end_field(children);
                    }
                },
                Inline::NoteRef(id) => self.note_reference(id, children),
                Inline::Raw(markup) => {
                    cursor.position += markup.chars().count();
                    self.report_raw(markup, cursor.at);
                }
            }
        }
    }

    /// Reports markup that Word has no form for.
    pub(super) fn report_raw(&mut self, markup: &str, at: &Location) {
        self.diagnostics.report_text(
            Kind::Dropped,
            "raw-markup",
            at.clone(),
            message!("Word files cannot hold this markup: {markup}", markup = excerpt(markup)),
            markup,
        );
    }

    fn link(
        &mut self,
        target: &str,
        title: &str,
        content: &[Inline],
        format: Format,
        cursor: &mut Cursor<'_>,
        children: &mut Vec<ParagraphChild>,
    ) {
        let mut inside = Vec::new();
        self.inlines(
            content,
            Format { link: !target.is_empty() || format.link, ..format },
            cursor,
            &mut inside,
        );
        // A link without text shows nothing, and Word has no link within a link.
        if inside.is_empty() || format.link || target.is_empty() {
            children.append(&mut inside);
            self.diagnostics.report_text(
                Kind::Dropped,
                "link",
                cursor.at.clone(),
                message!("the link has no text, no target, or stands inside another"),
                if title.is_empty() { target.to_owned() } else { format!("{target} {title}") },
            );
            return;
        }
        let rid = format!("rIdLink{}", self.links.len() + 1);
        let relationship = Relationship::link(&rid, target);
        cursor.illegal.extend(target.chars().filter(|c| !is_legal(*c) && !c.is_ascii_control()));
        if relationship.target != target {
            let message = message!("characters that no address may hold are percent-encoded");
            self.diagnostics.report_text(
                Kind::Substituted,
                "link-address",
                cursor.at.clone(),
                message,
                target,
            );
        }
        self.links.push(relationship);
        if !title.is_empty() {
            cursor.illegal.extend(title.chars().filter(|c| !is_legal(*c)));
            self.tooltips.insert(rid.clone(), title.to_owned());
        }
        // Made by hand: the constructor takes the id from a counter of the process.
        children.push(ParagraphChild::Hyperlink(Hyperlink {
            link: HyperlinkData::External { rid, path: String::new() },
            history: Some(1),
            children: inside,
        }));
    }

    /// Writes text as runs: a new one where the hint, the lead or the slope changes.
    fn text(
        &mut self,
        text: &str,
        format: Format,
        cursor: &mut Cursor<'_>,
        children: &mut Vec<ParagraphChild>,
    ) {
        let mut pending = String::new();
        let mut common = Common::default();
        let in_lead = cursor.lead.is_some_and(|lead| cursor.position < lead.end) && !text.is_empty();
        if in_lead && format.strong && format.bold_paragraph {
            let message = message!("strong text in a run-in heading is as bold as its paragraph");
            self.diagnostics.report(Kind::Substituted, "strong-in-heading", cursor.at.clone(), message);
        }
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if common.hint == Some(true)
                && !common.slope
                && common.blank == Blank::default()
                && !pending.is_empty()
            {
                let (han, after) = rest.split_at(cursor.han_ahead(rest, common.lead));
                if !han.is_empty() {
                    pending.push_str(han);
                    rest = after;
                    continue;
                }
            }
            rest = &rest[c.len_utf8()..];
            let slot = cursor.slots.get(cursor.position).copied().unwrap_or(Slot::Ascii);
            let lead = cursor.lead.is_some_and(|lead| cursor.position < lead.end);
            if let Some((at, rest)) = cursor.breaks.split_first()
                && *at <= cursor.position
            {
                cursor.breaks = rest;
                self.push_run(&pending, format, common, cursor, children);
                pending.clear();
                let mark = Run::new().style(BREAK_STYLE.0).add_break(BreakType::TextWrapping);
                children.push(ParagraphChild::Run(Box::new(mark)));
            }
            let blank = if format.code { Blank::default() } else { cursor.blank() };
            cursor.position += 1;
            if !is_legal(c) {
                cursor.illegal.push(c);
                continue;
            }
            let wanted = match slot {
                Slot::EastAsia => Some(true),
                Slot::Latin => Some(false),
                Slot::Ascii => None,
            };
            let slope = if c.is_whitespace() && !pending.is_empty() {
                common.slope
            } else {
                format.emphasis && slot != Slot::EastAsia
            };
            let fits = lead == common.lead
                && slope == common.slope
                && blank == common.blank
                && (wanted.is_none() || common.hint.is_none() || wanted == common.hint);
            if !fits || pending.is_empty() {
                self.push_run(&pending, format, common, cursor, children);
                pending.clear();
                common = Common { hint: None, lead, slope, blank };
            }
            common.hint = common.hint.or(wanted);
            cursor.returns.extend((c == '\r').then_some(c));
            pending.push(c);
        }
        self.push_run(&pending, format, common, cursor, children);
    }

    fn push_run(
        &self,
        text: &str,
        format: Format,
        common: Common,
        cursor: &Cursor<'_>,
        children: &mut Vec<ParagraphChild>,
    ) {
        if text.is_empty() {
            return;
        }
        let mut run = Run::new();
        run.run_property = self.run_property(format, common, cursor.lead);
        let Blank { spacing, stretch } = common.blank;
        if spacing != 0 {
            run.run_property = run.run_property.character_spacing(spacing);
        }
        if let Some(percent) = stretch {
            run.run_property = run.run_property.stretch(percent);
        }
        let mut rest = text;
        while let Some(at) = rest.find(['\n', '\r', '\t']) {
            if at > 0 {
                run = run.add_text(&rest[..at]);
            }
            let tail = &rest[at..];
            run = if tail.starts_with('\t') { run.add_tab() } else { run.add_break(BreakType::TextWrapping) };
            rest = tail.strip_prefix("\r\n").unwrap_or(&tail[1..]);
        }
        if !rest.is_empty() {
            run = run.add_text(rest);
        }
        children.push(ParagraphChild::Run(Box::new(run)));
    }

    /// A run has one character style: that of the lead, else of strength in a bold paragraph, of code, of the link, of
    /// emphasis or strength. What else sets the text apart is written as properties, code as its face.
    fn run_property(&self, format: Format, common: Common, lead: Option<Lead>) -> RunProperty {
        let lead = lead.filter(|_| common.lead);
        // Bold of the paragraph would hide bold text that has another style.
        let bolder = format.strong && format.bold_paragraph;
        let style = if let Some(lead) = lead {
            Some(lead_style(lead.level).id)
        } else if bolder {
            Some(id::STRONG.into())
        } else if format.code {
            Some(id::INLINE_CODE.into())
        } else if format.link {
            Some(id::LINK.into())
        } else if format.emphasis {
            Some(if common.slope { id::EMPHASIS_LATIN } else { id::EMPHASIS }.into())
        } else if format.strong {
            Some(id::STRONG.into())
        } else {
            None
        };
        let has = |id: &str| style.as_deref() == Some(id);
        let mut property = RunProperty::new();
        let mut fonts = RunFonts::new();
        if common.hint == Some(true) {
            fonts = fonts.hint("eastAsia");
        }
        if format.emphasis && !has(id::EMPHASIS) && !has(id::EMPHASIS_LATIN) {
            fonts = fonts.east_asia(&self.profile.face(Face::Kai).name);
            if common.slope {
                property = property.italic();
            }
        }
        if format.code && !has(id::INLINE_CODE) {
            fonts = fonts.ascii(FIXED_PITCH).hi_ansi(FIXED_PITCH);
        }
        if fonts != RunFonts::new() {
            property = property.fonts(fonts);
        }
        // Bold of a character style and bold of a paragraph style cancel each other (ECMA-376 17.7.3).
        let bold_lead = lead.is_some_and(|lead| self.profile.lead(lead.level).bold);
        if format.strong && (!has(id::STRONG) || format.bold_paragraph) || bold_lead && format.bold_paragraph
        {
            property = property.bold();
        }
        if let Some(size) = self.type_size {
            property = property.size(size);
        }
        if format.strike {
            property = property.strike();
        }
        if format.underline {
            property = property.underline("single");
        }
        if let Some(raised) = format.raised {
            property = property.vert_align(raised);
        }
        match style {
            Some(style) => property.style(&style),
            None => property,
        }
    }
}

/// Tags that styles are in the one spelling of running text, because they cross tags of the author.
fn tags_of_styles(content: &[Inline]) -> Vec<String> {
    let mut own = Vec::new();
    push_markup(content, &mut own);
    let mut tags = Vec::new();
    if !own.is_empty() {
        push_markup(&canonical(content.to_vec()), &mut tags);
        own.iter().for_each(|markup| {
            if let Some(at) = tags.iter().position(|tag| tag == markup) {
                tags.swap_remove(at);
            }
        });
    }
    tags
}

fn push_markup(content: &[Inline], markup: &mut Vec<String>) {
    for inline in content {
        match inline {
            Inline::Raw(raw) => markup.push(raw.replace(['\r', '\n'], " ")),
            Inline::Styled(_, content) | Inline::Link { content, .. } => push_markup(content, markup),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::NoteRef(_) | Inline::Break => {}
        }
    }
}

impl Format {
    fn with(self, style: InlineStyle) -> Self {
        match style {
            InlineStyle::Strong => Self { strong: true, ..self },
            InlineStyle::Emphasis => Self { emphasis: true, ..self },
            InlineStyle::Strike => Self { strike: true, ..self },
            InlineStyle::Underline => Self { underline: true, ..self },
            InlineStyle::Superscript => Self { raised: Some(VertAlignType::SuperScript), ..self },
            InlineStyle::Subscript => Self { raised: Some(VertAlignType::SubScript), ..self },
        }
    }
}
