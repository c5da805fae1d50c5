//! Blocks to measured items: which style, which indents, which marks a block gets.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::LineKind;
use super::cell::{Cell, cells};
use super::column_width::is_too_wide;
use super::element::{Element, ElementId, ElementKind, Elements};
use super::font::Faces;
use super::inline::{Context, Text, TextStyle, push_inlines, report_raw};
use super::lead::{below_figure, table_lead};
use super::line_break::natural_width;
use super::list::{Marker, inner};
use super::page::needs_text;
use super::paragraph::{Frame, SetLine, lines};
use super::table::{self, TableItem};
use crate::diagnostic::{Diagnostics, Kind};
use crate::message::Message;
use crate::profile::{
    Align, Face, ORDER_INDENT, PT_PER_MM, Profile, SIGNER_INDENT, Style, StyleName, last_of_row,
    signature_indents, space_in_order, style_name,
};
use crate::tree::{
    Block, BlockKind, Document, Location, Narrowing, Paragraph, Role, SIGNER, Sides, has_columns, is_at_edge,
    is_division, is_of_order, is_table_unit, leads_to_edge,
};

/// A document as measured items, before pages.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) items: Vec<Item>,
    /// The lines of each note.
    pub(super) notes: Vec<Vec<SetLine>>,
    /// Type size of notes in pt.
    pub(super) note_size: f64,
}

/// Something that takes room on a page.
#[derive(Debug)]
pub(super) enum Item {
    Paragraph(ParagraphItem),
    Table(TableItem),
    Rule,
    PageBreak,
}

/// The lines of a paragraph, and how they are placed.
#[derive(Debug)]
pub(super) struct ParagraphItem {
    pub(super) lines: Vec<SetLine>,
    /// Type size in pt.
    pub(super) size: f64,
    /// Lines of the grid left empty above it.
    pub(super) before: f64,
    /// Its lines stand on the grid; otherwise close together, as code and notes do.
    pub(super) on_grid: bool,
    pub(super) keep_with_next: bool,
    pub(super) keep_together: bool,
    pub(super) page_break: bool,
    /// Does not stand on a page without the end of the text before it.
    pub(super) needs_text: bool,
    /// Belongs to the 版记 at the foot of the last page.
    pub(super) copy_to: bool,
    /// Stands on a landscape page, above its table.
    pub(super) landscape: bool,
    /// Entries of the outline: level and words.
    pub(super) outline: Vec<(u8, String)>,
}

/// Where blocks are set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Left edge on the page, in pt.
    pub(super) x: f64,
    /// Room, in pt.
    pub(super) width: f64,
    /// Indent of all that stands in a list or quotation, in pt.
    pub(super) left: f64,
    /// The part of it that is the room of a list item's marker.
    pub(super) hang: f64,
    /// Type is set at this part of its size.
    pub(super) scale: f64,
    pub(super) kind: Surround,
    /// What blocks set here belong to.
    pub(super) element: ElementId,
}

/// What blocks stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Surround {
    Text,
    List,
    Quote,
    Cell { head: bool, align: Align },
    Note,
}

/// Sets blocks one after another.
pub(super) struct Setter<'a> {
    pub(super) profile: &'a Profile,
    pub(super) faces: &'a Faces,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) elements: Elements,
    pub(super) context: Context<'a>,
    pub(super) paragraphs: usize,
    /// Paragraphs that have a number in the margin.
    numbered: usize,
    pub(super) previous: Option<Role>,
    /// A title has been set.
    pub(super) titled: bool,
    /// What is set belongs to an order.
    order: bool,
    /// How columns of names are brought closer.
    narrowing: Narrowing,
    /// How two who sign in one row stand side by side.
    sides: Option<Sides>,
    /// The style of the next paragraph where its neighbours decide it.
    placed: Option<Style>,
    /// Height that pictures leave free below them, in pt.
    below: f64,
}

/// Nested lists and quotations are indented no further than this part of the measure.
pub(super) const DEEPEST: f64 = 0.5;

/// Sets a document as items.
pub(super) fn set(
    document: &Document,
    profile: &Profile,
    faces: &Faces,
    diagnostics: &mut Diagnostics,
) -> (Flow, Vec<Element>) {
    let context = Context::of(document);
    let elements = Elements::new();
    let mut setter = Setter {
        profile,
        faces,
        diagnostics,
        elements,
        context,
        paragraphs: 0,
        numbered: 0,
        previous: None,
        titled: false,
        order: false,
        narrowing: Narrowing::default(),
        sides: None,
        placed: None,
        below: 0.0,
    };
    let page = Place {
        x: profile.page.left * PT_PER_MM,
        width: profile.measure(),
        left: 0.0,
        hang: 0.0,
        scale: 1.0,
        kind: Surround::Text,
        element: ElementId::DOCUMENT,
    };
    let mut flow = Flow { note_size: profile.named(StyleName::Note).size, ..Flow::default() };
    setter.blocks(&document.blocks, page, &mut flow.items);
    for (number, note) in document.notes.iter().enumerate() {
        let mut items = Vec::new();
        let mark = (number + 1).to_string();
        let element = setter.elements.add(page.element, ElementKind::Note(number));
        let note_place = Place { kind: Surround::Note, element, ..page };
        setter.marked(&note.blocks, &mark, note_place, &mut items);
        flow.notes.push(items.into_iter().flat_map(item_lines).collect());
    }
    place_stray_notes(&mut flow);
    (flow, setter.elements.into_vec())
}

/// Where the lines of a centred paragraph over a measure in pt begin, the first and those after the author's breaks
/// apart: the characters of its text before each. None where it holds markup, which is not set, and in the head of a
/// column that would become much higher for it.
pub(crate) fn centred_breaks(
    paragraph: &Paragraph,
    style: &Style,
    profile: &Profile,
    measure: f64,
    of_head: bool,
    faces: &Faces,
) -> Vec<usize> {
    let mut diagnostics = Diagnostics::default();
    let context = Context { notes: BTreeMap::new(), pictures: BTreeMap::new() };
    let mut setter = Setter {
        profile,
        faces,
        diagnostics: &mut diagnostics,
        elements: Elements::new(),
        context,
        paragraphs: 0,
        numbered: 0,
        previous: None,
        titled: false,
        order: false,
        narrowing: Narrowing::default(),
        sides: None,
        placed: None,
        below: 0.0,
    };
    let element = ElementId::DOCUMENT;
    let text = setter.text(paragraph, style, &Location::Whole, None, element);
    let authors = |end: usize| {
        let characters = text.characters[..end].iter();
        characters.filter(|(_, style)| !text.styles[usize::from(*style)].generated).count()
    };
    if authors(text.characters.len()) != paragraph.text().chars().count() {
        return Vec::new();
    }
    let mut unused = Diagnostics::default();
    let cells = cells(&text, faces, profile.kinsoku, &Location::Whole, &mut unused);
    let room = measure - (style.left + style.right) * setter.em(style.size);
    let lines = super::title::balance(&cells, &text.styles, room, false);
    if of_head && lines.len() > 1 + super::line_break::fill(&cells, &text.styles, false, |_| room).len() {
        return Vec::new();
    }
    let starts = lines.into_iter().map(|line| line.start).filter(|start| *start > 0);
    starts.filter(|start| !cells[start - 1].is_newline()).map(|start| authors(cells[start].index)).collect()
}

/// Notes that no mark of the text refers to stand after the text, before the 版记.
fn place_stray_notes(flow: &mut Flow) {
    let mut marked = BTreeSet::new();
    for item in &flow.items {
        match item {
            Item::Paragraph(item) => marked.extend(item.lines.iter().flat_map(|line| line.notes.clone())),
            Item::Table(table) => marked.extend(table.notes()),
            Item::Rule | Item::PageBreak => {}
        }
    }
    let imprint = flow.items.split_off(imprint(&flow.items));
    for (number, lines) in flow.notes.iter_mut().enumerate() {
        if !marked.contains(&number) && !lines.is_empty() {
            let mut item = ParagraphItem::new(std::mem::take(lines), flow.note_size);
            item.on_grid = false;
            flow.items.push(Item::Paragraph(item));
        }
    }
    flow.items.extend(imprint);
}

/// Index of the first item of the 版记, which ends the document.
pub(super) fn imprint(items: &[Item]) -> usize {
    let is_imprint = |item: &Item| matches!(item, Item::Paragraph(item) if item.copy_to);
    items.iter().rposition(|item| !is_imprint(item)).map_or(0, |i| i + 1)
}

/// The lines of an item, whatever it is.
pub(super) fn item_lines(item: Item) -> Vec<SetLine> {
    match item {
        Item::Paragraph(item) => item.lines,
        Item::Table(table) => table.into_lines(),
        Item::Rule | Item::PageBreak => Vec::new(),
    }
}

impl ParagraphItem {
    pub(super) fn new(lines: Vec<SetLine>, size: f64) -> Self {
        Self {
            lines,
            size,
            before: 0.0,
            on_grid: true,
            keep_with_next: false,
            keep_together: false,
            page_break: false,
            needs_text: false,
            copy_to: false,
            landscape: false,
            outline: Vec::new(),
        }
    }
}

impl Setter<'_> {
    /// Width of a character of that size: the pitch of the grid for body text.
    pub(super) fn em(&self, size: f64) -> f64 {
        let body = self.profile.named(StyleName::Body).size;
        if (size - body).abs() < 0.01 { self.profile.advance() } else { size }
    }

    pub(super) fn blocks(&mut self, blocks: &[Block], place: Place, items: &mut Vec<Item>) {
        let mut i = 0;
        // The table that the next blocks lead to, and whether it stands on landscape pages.
        let (mut table, mut landscape) = (0, None);
        while i < blocks.len() {
            if place.kind == Surround::Text {
                self.order = is_of_order(&blocks[i..], self.order);
                let before = std::mem::take(&mut self.narrowing);
                let measure = |role| {
                    let style = self.profile.style(role);
                    let measure = (place.width - place.left) / self.em(style.size);
                    measure - style.left - style.right - style.first_line
                };
                let narrowing = Narrowing::of(blocks, i, before, measure);
                let whole = (place.width - place.left) / self.em(self.profile.style(Role::Signature).size);
                (self.narrowing, self.sides) = (narrowing, Sides::of(blocks, i, whole));
            }
            let signed = match self.sides {
                Some(_) => 0,
                None => self.signature(&blocks[i..], place, items),
            };
            if signed > 0 {
                i += signed;
                continue;
            }
            if i >= table {
                (table, landscape) = match self.table_lead(&blocks[i..], place) {
                    Some((leads, wide)) => (i + leads, Some(wide)),
                    None => (i, None),
                };
            }
            let place =
                if landscape == Some(true) { Place { width: self.profile.height(), ..place } } else { place };
            let start = items.len();
            let captioned =
                if place.kind == Surround::Text { below_figure(&blocks[i..], self.profile) } else { 0.0 };
            self.below = captioned * self.profile.leading();
            self.placed = (place.kind == Surround::Text).then(|| self.placed(blocks, i)).flatten();
            self.block(&blocks[i], place, items);
            self.below = 0.0;
            if (captioned > 0.0 || place.kind == Surround::Text && leads_to_edge(blocks, i))
                && let Some(Item::Paragraph(item)) = items.get_mut(start)
            {
                item.keep_with_next = true;
            }
            if let Some(landscape) = landscape
                && let Some(Item::Paragraph(item)) = items.get_mut(start)
            {
                item.keep_with_next = true;
                item.landscape = landscape;
            }
            i += 1;
        }
    }

    /// The style of a paragraph that its neighbours decide: the second line of the closing words of a letter begins at
    /// the edge, the unit of a table stands at the right. So is that of what stands over a division.
    fn placed(&self, blocks: &[Block], index: usize) -> Option<Style> {
        if is_at_edge(&blocks[..=index]) {
            return Some(Style { first_line: 0.0, ..self.profile.style(Role::Closing).clone() });
        }
        if is_table_unit(&blocks[index..]) {
            return Some(self.profile.table_unit());
        }
        let division = blocks[index].paragraph().filter(|paragraph| is_division(paragraph))?;
        self.profile.division(division.role)
    }

    /// How many of these blocks, from the first, lead to a table, and whether that stands on landscape pages.
    fn table_lead(&self, blocks: &[Block], place: Place) -> Option<(usize, bool)> {
        if place.kind != Surround::Text {
            return None;
        }
        let measure = place.width - place.left;
        table_lead(blocks, self.profile, |table| is_too_wide(table, self.profile, measure))
    }

    fn block(&mut self, block: &Block, place: Place, items: &mut Vec<Item>) {
        let at = &block.origin.at;
        match &block.kind {
            BlockKind::Paragraph(paragraph) => self.paragraph(paragraph, at, place, None, items),
            BlockKind::List(list) => self.list(list, place, items),
            BlockKind::Table(table) => {
                if matches!(place.kind, Surround::Cell { .. } | Surround::Note) {
                    let message =
                        message!("the cells of a table within a table or a note stand one below the other");
                    self.report(Kind::Substituted, "nested-table", at, message, String::new());
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.blocks(&cell.blocks, place, items);
                    }
                } else {
                    let before = self.profile.space_before(self.previous, Role::Body);
                    let mut item = table::set(self, table, place);
                    item.before = if place.kind == Surround::Text { before } else { 0.0 };
                    items.push(Item::Table(item));
                }
                self.previous = Some(Role::Body);
            }
            BlockKind::Quote(blocks) => {
                let style = self.profile.named(StyleName::Quote);
                let left = place.left + style.left * self.em(style.size);
                let kind = inner(place.kind, Surround::Quote);
                let element = self.elements.add(place.element, ElementKind::Quote);
                self.blocks(blocks, Place { left, hang: 0.0, kind, element, ..place }, items);
            }
            BlockKind::Code(code) => {
                if !code.language.is_empty() {
                    let (message, language) =
                        (message!("the language of a program text"), code.language.clone());
                    self.report(Kind::Dropped, "code-language", at, message, language);
                }
                self.code(&code.text, at, place, items);
            }
            BlockKind::Image(image) => {
                let style =
                    Style { face: Face::Kai, align: Align::Centre, first_line: 0.0, ..self.body().clone() };
                let mut text = Text::default();
                let element = self.elements.add(place.element, ElementKind::Paragraph);
                let base = self.text_style(&style, element);
                let (elements, diagnostics) = (&mut self.elements, &mut *self.diagnostics);
                text.push_image(image, base, &self.context, at, elements, diagnostics);
                self.set_text(&mut text, &style, Role::Body, at, place, None, items);
            }
            BlockKind::Rule => items.push(Item::Rule),
            BlockKind::PageBreak => items.push(Item::PageBreak),
            BlockKind::Raw(raw) => report_raw(raw, at, self.diagnostics),
        }
    }

    fn report(&mut self, kind: Kind, code: &'static str, at: &Location, message: Message, text: String) {
        self.diagnostics.report_text(kind, code, at.clone(), message, text);
    }

    pub(super) fn body(&self) -> &Style {
        self.profile.named(StyleName::Body)
    }

    /// The style of a paragraph: that of its role, or of what it stands in where it is plain text.
    fn style(&self, role: Role, place: Place) -> Style {
        let plain = style_name(role) == Some(StyleName::Body);
        let mut style = match place.kind {
            Surround::Cell { head, .. } => {
                self.profile.named(if head { StyleName::TableHead } else { StyleName::TableCell }).clone()
            }
            Surround::Note => self.profile.named(StyleName::Note).clone(),
            Surround::List if plain => self.profile.named(StyleName::ListItem).clone(),
            Surround::Quote if plain => {
                // The indent of the quotation is already in the place.
                Style { left: 0.0, ..self.profile.named(StyleName::Quote).clone() }
            }
            Surround::Text | Surround::List | Surround::Quote => self.profile.style(role).clone(),
        };
        if let Surround::Cell { align, head: false } = place.kind {
            style.align = align;
        }
        style.size *= place.scale;
        style
    }

    pub(super) fn text_style(&self, style: &Style, element: ElementId) -> TextStyle {
        TextStyle {
            face: style.face,
            // Figures among the strokes of 黑体 are as heavy as they.
            bold: style.bold || style.face == Face::Hei,
            embolden: style.bold,
            slant: false,
            size: style.size,
            em: self.em(style.size),
            rise: 0.0,
            code: false,
            underline: false,
            strike: false,
            generated: false,
            link: None,
            element,
        }
    }

    /// Sets a paragraph; `marker` stands before its first line.
    pub(super) fn paragraph(
        &mut self,
        paragraph: &Paragraph,
        at: &Location,
        place: Place,
        marker: Option<&Marker>,
        items: &mut Vec<Item>,
    ) {
        let style = self.placed.take().unwrap_or_else(|| self.style(paragraph.role, place));
        let element = self.elements.add_paragraph(place.element, paragraph.role);
        let mut text = self.text(paragraph, &style, at, marker, element);
        let start = items.len();
        self.set_text(&mut text, &style, paragraph.role, at, place, marker, items);
        if let Some(Item::Paragraph(item)) = items.get_mut(start) {
            item.outline = paragraph.outline_entries();
        }
    }

    /// The characters of a paragraph, which belong to `element`.
    fn text(
        &mut self,
        paragraph: &Paragraph,
        style: &Style,
        at: &Location,
        marker: Option<&Marker>,
        element: ElementId,
    ) -> Text {
        let mut text = Text::default();
        let base = self.text_style(style, element);
        let (elements, diagnostics) = (&mut self.elements, &mut *self.diagnostics);
        push_inlines(&mut text, &paragraph.content, base, &self.context, at, elements, diagnostics);
        text.column_gap = paragraph.column_gap();
        text.has_columns = has_columns(paragraph.role, &paragraph.characters());
        if let Some(gap) = text.column_gap.as_ref().filter(|_| paragraph.role == Role::DocumentNumber) {
            // 7.2.6: the name in 楷体, its label as the text.
            text.set_face(gap.end + SIGNER.chars().count(), Face::Kai);
        }
        if let Some(lead) = paragraph.lead {
            let style = self.profile.lead(lead.level);
            let heading = match paragraph.run_in_heading() {
                Some(lead) => self.elements.add_lead(element, lead.level),
                None => element,
            };
            text.set_lead(end_of(&text, lead.end), style.face, style.bold, element, heading);
        }
        if let Some(marker) = marker {
            let mut with_marker = Text { has_columns: text.has_columns, ..Text::default() };
            let mut style = TextStyle { generated: true, element: marker.element, ..base };
            if marker.raised {
                style.rise = style.size * 0.3;
                style.size *= 0.65;
            }
            with_marker.push(&marker.text, style);
            let shift = with_marker.characters.len();
            let styles = u16::try_from(with_marker.styles.len()).unwrap_or(0);
            with_marker.characters.extend(text.characters.iter().map(|(c, style)| (*c, style + styles)));
            with_marker.styles.extend(text.styles);
            with_marker.notes = text.notes.into_iter().map(|(i, note)| (i + shift, note)).collect();
            with_marker.links = text.links;
            with_marker.pictures = text.pictures;
            with_marker.pictures.iter_mut().for_each(|picture| picture.index += shift);
            return with_marker;
        }
        text
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one paragraph")]
    fn set_text(
        &mut self,
        text: &mut Text,
        style: &Style,
        role: Role,
        at: &Location,
        place: Place,
        marker: Option<&Marker>,
        items: &mut Vec<Item>,
    ) {
        if text.characters.is_empty() {
            return;
        }
        let em = self.em(style.size);
        let left = (place.left + style.left * em).min(place.width * DEEPEST);
        self.fit_pictures(text, place.width - left - style.right * em);
        let text = &*text;
        let mut cells = cells(text, self.faces, self.profile.kinsoku, at, self.diagnostics);
        let mut frame = Frame {
            x: place.x,
            width: place.width,
            first: left + style.first_line * em,
            rest: left,
            right: style.right * em,
            align: style.align,
            hanging: self.profile.hanging_punctuation && !matches!(place.kind, Surround::Cell { .. }),
            head: matches!(place.kind, Surround::Cell { head: true, .. }),
        };
        if role == Role::Body && place.kind == Surround::Text && is_verse(&cells, &frame) {
            frame.rest = frame.first;
        }
        if text.has_columns && place.kind == Surround::Text && frame.align == Align::Justify {
            frame.align = Align::Left;
        }
        if let Some(marker) = marker {
            let hang = self.set_marker(&mut cells, text, marker, em);
            frame.first = (frame.rest - hang).max(0.0);
        }
        match role {
            Role::AttachmentNote => hang_attachment(&mut frame, &cells, em),
            Role::DocumentNumber | Role::Byline => {
                if let Some(gap) = &text.column_gap {
                    (frame.first, frame.rest) = (SIGNER_INDENT * em, SIGNER_INDENT * em);
                    (frame.right, frame.align) = (SIGNER_INDENT * em, Align::Left);
                    spread(&mut cells, gap, frame.width - frame.right - frame.first, em);
                }
            }
            Role::Attendance => {
                narrow(&mut cells, text, &self.narrowing);
                hang_names(&mut frame, &cells, em);
            }
            Role::Body if place.kind == Surround::Text && self.sides.is_none() => {
                narrow(&mut cells, text, &self.narrowing);
            }
            Role::CopyTo => {
                frame.rest = left + prefix_width(&cells, '：');
                if let Some(gap) = &text.column_gap {
                    spread(&mut cells, gap, frame.width - frame.right - frame.first, em);
                }
            }
            Role::Title
            | Role::Subtitle
            | Role::Marking
            | Role::Occasion
            | Role::Date
            | Role::Recipient
            | Role::Salutation
            | Role::Heading(_)
            | Role::Point(_)
            | Role::Body
            | Role::Caption
            | Role::Closing
            | Role::Signature
            | Role::SigningDate
            | Role::AttachmentLabel
            | Role::Remark
            | Role::Boilerplate => {}
        }
        if let Some(sides) = self.sides.as_ref().filter(|_| place.kind == Surround::Text) {
            part(&mut cells, sides, em);
            (frame.first, frame.rest) = (sides.indent * em, sides.indent * em);
            (frame.right, frame.align) = (0.0, Align::Left);
        }
        // Whatever the indents are, two characters have room.
        let signs = matches!(role, Role::Signature | Role::SigningDate);
        let signs = signs && place.kind == Surround::Text;
        frame.right = frame.right.min(frame.width * if signs { 0.7 } else { 1.0 / 3.0 });
        let most = (frame.width - frame.right - 2.0 * em).max(0.0);
        frame.first = frame.first.min(most);
        frame.rest = frame.rest.min(most);
        let kind = match place.kind {
            Surround::Text => LineKind::Paragraph(role),
            Surround::List => LineKind::ListItem,
            Surround::Quote => LineKind::Quote,
            Surround::Cell { .. } => LineKind::TableCell,
            Surround::Note => LineKind::Note,
        };
        let mut item = ParagraphItem::new(lines(text, &cells, &frame, kind, self.paragraphs), style.size);
        self.paragraphs += 1;
        if place.kind == Surround::Text {
            item.before = self.profile.space_before(self.previous, role);
            if let Some(previous) = self.previous.filter(|_| self.order) {
                item.before = item.before.max(space_in_order(previous, role));
            }
            item.page_break = self
                .previous
                .is_some_and(|previous| style.page_break || role.begins_page_after(previous, || self.titled));
            self.titled |= role == Role::Title;
            item.needs_text = needs_text(role);
            item.copy_to = role == Role::CopyTo;
            self.previous = Some(role);
        } else {
            self.previous = Some(Role::Body);
        }
        if self.profile.numbered_paragraphs
            && place.kind == Surround::Text
            && matches!(role, Role::Body | Role::Point(_))
            && text.pictures.is_empty()
            && let Some(first) = item.lines.first_mut()
        {
            self.numbered += 1;
            super::margin::number(&mut first.line, self.numbered, place.x, style.size, self.faces);
        }
        item.keep_with_next = style.keep_with_next;
        item.keep_together = style.keep_together;
        items.push(Item::Paragraph(item));
    }

    /// Scales pictures down to that width, and to the height of the type area with what stands below them.
    fn fit_pictures(&self, text: &mut Text, width: f64) {
        let height = self.profile.height() - self.profile.leading() - self.below;
        for picture in &mut text.pictures {
            let scale = (width / picture.width).min(height / picture.height).min(1.0);
            picture.width *= scale;
            picture.height *= scale;
        }
    }

    /// Sets 署名 and 成文日期 that follow each other: GB/T 9704-2012 7.3.5.2 places each by the width of the
    /// other. Gives the number of blocks it has set, 0 where there are none.
    fn signature(&mut self, blocks: &[Block], place: Place, items: &mut Vec<Item>) -> usize {
        // Names that had no date at the first of them have none at the second.
        if place.kind != Surround::Text || self.previous == Some(Role::Signature) {
            return 0;
        }
        let role = |block: &Block| block.paragraph().map(|paragraph| paragraph.role);
        let names = blocks.iter().take_while(|block| role(block) == Some(Role::Signature)).count();
        if names == 0 || blocks.get(names).and_then(role) != Some(Role::SigningDate) {
            return 0;
        }
        let mut set = Vec::new();
        for block in &blocks[..=names] {
            if let BlockKind::Paragraph(paragraph) = &block.kind {
                let style = self.profile.style(paragraph.role).clone();
                let element = self.elements.add_paragraph(place.element, paragraph.role);
                let text = self.text(paragraph, &style, &block.origin.at, None, element);
                // Measured twice, reported once.
                let mut unused = Diagnostics::default();
                let cells = cells(&text, self.faces, self.profile.kinsoku, &block.origin.at, &mut unused);
                let whole = paragraph.text();
                let last = last_of_row(whole.rsplit('\n').next().unwrap_or_default()).chars().count();
                let width = natural_width(&cells[cells.len().saturating_sub(last)..]);
                set.push((paragraph.role, style, text, width, &block.origin.at));
            }
        }
        let em = self.em(self.profile.style(Role::Signature).size);
        let Some(((.., date, _), of_names)) = set.split_last() else { return 0 };
        // The date is placed by the widest name, of several in a row the last; all names end at one right edge.
        let widest = of_names.iter().map(|(.., width, _)| *width).fold(0.0, f64::max);
        let (name_right, date_right) =
            if self.order { (ORDER_INDENT, ORDER_INDENT) } else { signature_indents(widest / em, date / em) };
        for (role, mut style, mut text, _, at) in set {
            style.right = if role == Role::SigningDate { date_right } else { name_right };
            self.set_text(&mut text, &style, role, at, place, None, items);
        }
        names + 1
    }
}

/// Index in `text` of the author's character number `end`, marks of notes not counted.
fn end_of(text: &Text, end: usize) -> usize {
    let mut seen = 0;
    for (i, (_, style)) in text.characters.iter().enumerate() {
        if seen >= end {
            return i;
        }
        seen += match text.picture(i) {
            // The text of a paragraph has the words for a picture.
            Some(picture) => picture.alt.chars().count(),
            None => usize::from(!text.styles[usize::from(*style)].generated),
        };
    }
    text.characters.len()
}

/// 附件说明: `附件：1.名称`, whose further lines stand under the name (GB/T 9704-2012 7.3.4). A line that
/// begins with its number stands under the number of the first.
fn hang_attachment(frame: &mut Frame, cells: &[Cell], em: f64) {
    let starts = |word: &str| cells.iter().map(|cell| cell.text).zip(word.chars()).all(|(a, b)| a == b);
    let label = if starts("附件：") { prefix_width(cells, '：') } else { 0.0 };
    if label == 0.0 && cells.first().is_some_and(|cell| cell.text.is_ascii_digit()) {
        frame.first += 3.0 * em;
    }
    let number = cells
        .iter()
        .position(|cell| matches!(cell.text, '.' | '．' | '、'))
        .filter(|i| *i < 8)
        .filter(|i| cells[..*i].iter().rev().take(1).all(|cell| cell.text.is_ascii_digit()));
    let prefix = number.map_or(label, |i| cells[..=i].iter().map(|c| c.gap + c.advance).sum());
    frame.rest = frame.first + prefix;
}

/// Brings columns of names closer.
fn narrow(cells: &mut [Cell], text: &Text, narrowing: &Narrowing) {
    let row: String = text.characters.iter().map(|(c, _)| *c).collect();
    for (gap, left) in narrowing.gaps(&row) {
        let blanks = cells.iter_mut().filter(|cell| gap.contains(&cell.index));
        blanks.for_each(|cell| cell.advance *= left);
    }
}

/// Makes the blanks between two who sign side by side as wide as their columns want them.
fn part(cells: &mut [Cell], sides: &Sides, em: f64) {
    let between = |cell: &Cell| sides.gap.contains(&cell.index);
    let left = natural_width(&cells[..cells.iter().position(between).unwrap_or(0)]);
    let own: f64 = cells.iter().filter(|cell| between(cell)).map(|cell| cell.gap + cell.advance).sum();
    let wanted = (sides.start - sides.indent) * em - left;
    if own > 0.0 && wanted > 0.0 {
        for cell in cells.iter_mut().filter(|cell| between(cell)) {
            cell.gap *= wanted / own;
            cell.advance *= wanted / own;
        }
    }
}

/// Names stand below names (GB/T 9704-2012 10.3), those of a row without a label too.
fn hang_names(frame: &mut Frame, cells: &[Cell], em: f64) {
    let label = ['：', ':'].map(|mark| prefix_width(cells, mark)).into_iter().fold(0.0, f64::max);
    if label > 0.0 {
        frame.rest = frame.first + label;
    } else {
        frame.first += 3.0 * em;
        frame.rest = frame.first;
    }
}

/// True for lines that the author has broken and that have room behind the indent of the first: they stand below it, as
/// verses do.
fn is_verse(cells: &[Cell], frame: &Frame) -> bool {
    let room = frame.width - frame.right - frame.first;
    let mut lines = cells.split(Cell::is_newline);
    cells.iter().any(Cell::is_newline) && lines.all(|line| natural_width(line) <= room)
}

/// Widens or narrows the blanks between two columns so that the second ends at the right edge, if both fit.
fn spread(cells: &mut [Cell], gap: &Range<usize>, width: f64, em: f64) {
    let set: f64 = cells.iter().map(|cell| cell.gap + cell.advance).sum();
    let blanks: Vec<&mut Cell> = cells.iter_mut().filter(|cell| gap.contains(&cell.index)).collect();
    let between: f64 = blanks.iter().map(|cell| cell.advance).sum();
    let room = between + width - set;
    if room < em || between <= 0.0 {
        return;
    }
    for cell in blanks {
        cell.advance *= room / between;
        cell.rigid = true;
        cell.breakable = false;
    }
}

/// Width up to and including the first `mark`, where it stands near the start.
fn prefix_width(cells: &[Cell], mark: char) -> f64 {
    match cells.iter().take(8).position(|cell| cell.text == mark) {
        Some(i) => cells[..=i].iter().map(|cell| cell.gap + cell.advance).sum(),
        None => 0.0,
    }
}
