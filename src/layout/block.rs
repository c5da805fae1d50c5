//! Blocks to measured items: which style, which indents, which marks a block gets.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::cells;
use super::column_width::is_too_wide;
use super::element::{Element, ElementId, ElementKind, Elements};
use super::font::Faces;
use super::inline::{Context, Text, TextStyle, push_inlines, report_raw};
use super::lead::{below_figure, table_lead};
use super::line_break::natural_width;
use super::list::{Marker, inner};
use super::page::{ASCENT, needs_text};
use super::paragraph::{Frame, SetLine};
use super::punctuation::is_invisible;
use super::table::{self, TableItem};
use super::unset::{Unset, Waiting};
use crate::diagnostic::{Diagnostics, Kind};
use crate::message::Message;
use crate::profile::{
    Align, Face, ORDER_INDENT, PT_PER_MM, Profile, Style, StyleName, is_block_of_labels, last_of_row,
    signature_indents, space_in_order, style_name,
};
use crate::tree::{
    Block, BlockKind, Document, Head, Location, Masthead, Narrowing, Paragraph, Role, SIGNER, Sides,
    has_columns, is_at_edge, is_division, is_of_order, is_table_unit, leads_to_edge,
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
    /// Lines of the grid from the top of its page that it leaves empty at least.
    pub(super) sunk: f64,
    /// By how much its lines stand above those of the grid, in pt.
    pub(super) raised: f64,
    /// The red rule of 版头 stands below it (GB/T 9704-2012 7.2.7).
    pub(super) red_rule: bool,
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
    /// What the next paragraph is of 版头.
    head: Head,
    /// Height that pictures leave free below them, in pt.
    below: f64,
    /// Threads that set lines, at most.
    pub(super) threads: usize,
    pub(super) waiting: Waiting,
}

/// Nested lists and quotations are indented no further than this part of the measure.
pub(super) const DEEPEST: f64 = 0.5;

/// Fewer blocks than this are not worth a thread.
const WORTH_THREADS: usize = 128;

/// Sets a document as items, on so many threads at most.
pub(super) fn set(
    document: &Document,
    profile: &Profile,
    faces: &mut Faces,
    threads: usize,
    diagnostics: &mut Diagnostics,
) -> (Flow, Vec<Element>) {
    let mut setter = Setter::new(profile, &*faces, diagnostics, Context::of(document));
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
    if document.blocks.len() >= WORTH_THREADS {
        setter.threads = threads;
    }
    setter.blocks(&document.blocks, page, &mut flow.items);
    setter.set_waiting(&mut flow.items);
    for (number, note) in document.notes.iter().enumerate() {
        let mut items = Vec::new();
        let mark = (number + 1).to_string();
        let element = setter.elements.add(page.element, ElementKind::Note(number));
        let note_place = Place { kind: Surround::Note, element, ..page };
        setter.marked(&note.blocks, &mark, note_place, &mut items);
        flow.notes.push(items.into_iter().flat_map(item_lines).collect());
    }
    let Setter { waiting, elements, .. } = setter;
    waiting.into_faces().into_iter().for_each(|used| faces.add_uses(used));
    place_stray_notes(&mut flow);
    (flow, elements.into_vec())
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
    let mut setter = Setter::new(profile, faces, &mut diagnostics, context);
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
            sunk: 0.0,
            raised: 0.0,
            red_rule: false,
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

impl<'a> Setter<'a> {
    fn new(
        profile: &'a Profile,
        faces: &'a Faces,
        diagnostics: &'a mut Diagnostics,
        context: Context<'a>,
    ) -> Self {
        Self {
            profile,
            faces,
            diagnostics,
            elements: Elements::new(),
            context,
            paragraphs: 0,
            numbered: 0,
            previous: None,
            titled: false,
            order: false,
            narrowing: Narrowing::default(),
            sides: None,
            head: Head::None,
            placed: None,
            below: 0.0,
            threads: 1,
            waiting: Waiting::default(),
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
        let masthead = (place.kind == Surround::Text).then(|| Masthead::of(blocks)).flatten();
        let in_masthead =
            masthead.as_ref().and_then(|masthead| self.profile.masthead(masthead.longest(blocks)));
        let masthead = masthead.filter(|_| in_masthead.is_some());
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
            self.head = masthead.as_ref().map_or(Head::None, |masthead| masthead.part(i));
            if matches!(self.head, Head::Name { .. }) {
                self.placed.clone_from(&in_masthead);
            }
            self.block(&blocks[i], place, items);
            (self.below, self.head) = (0.0, Head::None);
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
                self.set_text(text, &style, Role::Body, at, place, None, items);
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
        let text = self.text(paragraph, &style, at, marker, element);
        let start = items.len();
        self.set_text(text, &style, paragraph.role, at, place, marker, items);
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
        mut text: Text,
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
        self.fit_pictures(&mut text, place.width - left - style.right * em);
        let in_text = place.kind == Surround::Text;
        let is_numbered = self.profile.numbered_paragraphs
            && in_text
            && matches!(role, Role::Body | Role::Point(_))
            && text.pictures.is_empty()
            && !text.characters.iter().all(|(c, _)| is_invisible(*c));
        self.numbered += usize::from(is_numbered);
        let frame = Frame {
            x: place.x,
            width: place.width,
            first: left + style.first_line * em,
            rest: left,
            right: style.right * em,
            align: style.align,
            hanging: self.profile.hanging_punctuation && !matches!(place.kind, Surround::Cell { .. }),
            head: matches!(place.kind, Surround::Cell { head: true, .. }),
        };
        let unset = Unset {
            text,
            role,
            at: at.clone(),
            surround: place.kind,
            frame,
            size: style.size,
            em,
            marker: marker.cloned(),
            narrowing: self.narrowing.clone(),
            sides: self.sides.clone().filter(|_| in_text),
            red: matches!(self.head, Head::Name { .. }),
            paragraph: self.paragraphs,
            number: is_numbered.then_some(self.numbered),
        };
        let mut item = ParagraphItem::new(Vec::new(), style.size);
        self.paragraphs += 1;
        if place.kind == Surround::Text {
            item.before = self.profile.space_before(self.previous, role);
            if let Some(previous) = self.previous.filter(|_| self.order) {
                item.before = item.before.max(space_in_order(previous, role));
            }
            let space = self.profile.space_in_head(self.head);
            match self.head {
                Head::None => {}
                // At the top of a page, too; smaller type has the room of the largest, and its upper edge where that has it.
                Head::Name { .. } => {
                    let largest = self.profile.named(StyleName::Masthead).size;
                    (item.sunk, item.raised) = (space, ASCENT * (largest - style.size));
                    item.size = largest;
                }
                Head::Number { last, .. } => (item.before, item.red_rule) = (item.before.max(space), last),
                Head::Below => item.before = item.before.max(space),
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
        // What cells and notes stand in is made of their lines.
        if self.threads == 1 || matches!(place.kind, Surround::Cell { .. } | Surround::Note) {
            item.lines = unset.lines(self.faces, self.profile, self.diagnostics);
        } else {
            self.waiting.add(unset, items.len(), self.diagnostics.len());
        }
        item.keep_with_next = style.keep_with_next;
        item.keep_together = style.keep_together;
        items.push(Item::Paragraph(item));
        if self.waiting.is_full() {
            self.set_waiting(items);
        }
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
        // The date is placed by the widest name, of several in a row the last; all names end at one edge, labels begin at one.
        let widest = of_names.iter().map(|(.., width, _)| *width).fold(0.0, f64::max);
        let (name_right, date_right) =
            if self.order { (ORDER_INDENT, ORDER_INDENT) } else { signature_indents(widest / em, date / em) };
        let texts: Vec<String> =
            blocks[..names].iter().filter_map(Block::paragraph).map(Paragraph::text).collect();
        let labels = !self.order && is_block_of_labels(&texts);
        for (role, mut style, text, width, at) in set {
            style.right = if role == Role::SigningDate {
                date_right
            } else if labels {
                name_right + (widest - width) / em
            } else {
                name_right
            };
            self.set_text(text, &style, role, at, place, None, items);
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
