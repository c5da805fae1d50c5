//! Blocks become the paragraphs and tables of word/document.xml.

use std::collections::BTreeMap;

use docx_rs::{
    AlignmentType, BreakType, DocumentChild, IndentLevel, LineSpacing, LineSpacingType, NumberingId,
    ParagraphChild, Run, SpecialIndentType, StructuredDataTag, StructuredDataTagChild,
};

use super::contents;
use super::frame::Frame;
use super::imprint;
use super::media::Media;
use super::notes::Notes;
use super::numbering::{self, Kind as Marker, Numbering, STYLED_LEVELS, style_id};
use super::order::placeholder;
use super::package::Relationship;
use super::script::width_in_em;
use super::shown::{
    is_blank, is_lone_picture, is_plain, is_text, joins, leading_space, leaves_page_empty, tabbed, vanishes,
};
use super::styles::id;
use super::xml::is_legal;
use crate::attributes::report_unmarked;
use crate::diagnostic::Diagnostics;
use crate::layout::font::Faces;
use crate::ooxml::{Geometry, Group, PICTURE_STYLE, role_style, twips_from_em};
use crate::profile::{Align, Profile, Style, StyleName};
use crate::tree::{
    Block, BlockKind, Code, ColumnAlignment, Document, Image, Inline, Location, NotePlace, Paragraph, Role,
};

/// All that is gathered while the blocks are written.
pub(super) struct Writer<'a> {
    pub(super) profile: &'a Profile,
    pub(super) geometry: Geometry,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) notes: Notes<'a>,
    pub(super) media: Media<'a>,
    /// Pieces of XML that docx-rs has no call for, by the index in their placeholder.
    pub(super) insertions: Vec<String>,
    /// How many bookmarks there are: each has an id of its own.
    pub(super) bookmarks: usize,
    /// The headings for the table of contents, where there is to be one.
    pub(super) contents: Option<Vec<contents::Entry>>,
    /// Run-in headings are in the outline.
    pub(super) run_in_outline: bool,
    /// The section that is being written begins with page 1.
    pub(super) restarts: bool,
    /// How much of the body is written when a section of turned pages ends; 0 for never.
    pub(super) turned_end: usize,
    /// Languages of programs, in the order of first use.
    pub(super) languages: Vec<&'a str>,
    pub(super) numbering: Numbering,
    /// Styles that stand for those of a reference document, by id: whether it numbers their paragraphs by itself.
    pub(super) numbered: BTreeMap<String, bool>,
    /// Relationships of the links of the part that is being written.
    pub(super) links: Vec<Relationship>,
    /// Titles of links by relationship id.
    pub(super) tooltips: BTreeMap<String, String>,
    /// Whether each row of each table is part of a head, in document order.
    pub(super) header_rows: Vec<bool>,
    /// A table has ended, and what follows stands off from it.
    pub(super) after_table: bool,
    /// By which titles are measured, opened once for all of them.
    faces: Faces,
}

/// What a block stands in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Setting {
    /// The text itself.
    Flow,
    /// An item of a list of that level, from 0, with that marker.
    Item(u8, Marker),
    Quote,
    Cell {
        alignment: ColumnAlignment,
        head: bool,
    },
    Note(NotePlace),
}

/// Where a block stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) setting: Setting,
    /// Twips from the left edge to where the setting begins.
    pub(super) base: i32,
    /// Level of a list that begins here.
    pub(super) level: u8,
    /// Twips from edge to edge.
    pub(super) width: i32,
    /// A page may begin here: not in a table, nor in a note.
    pub(super) pages: bool,
}

impl Place {
    /// The text itself.
    pub(super) fn flow(width: i32) -> Self {
        Self { setting: Setting::Flow, base: 0, level: 0, width, pages: true }
    }

    /// A note.
    pub(super) fn note(place: NotePlace, width: i32) -> Self {
        Self { setting: Setting::Note(place), pages: false, ..Self::flow(width) }
    }

    /// A cell of a table.
    pub(super) fn cell(alignment: ColumnAlignment, head: bool, width: i32) -> Self {
        Self { setting: Setting::Cell { alignment, head }, pages: false, ..Self::flow(width) }
    }
}

impl Place {
    /// True where a quotation of plain paragraphs is told by their style alone.
    fn holds_plain_quotes(self) -> bool {
        match self.setting {
            Setting::Flow | Setting::Cell { .. } | Setting::Note(_) => true,
            Setting::Item(..) | Setting::Quote => false,
        }
    }

    /// A left indent that leaves a third of the width to the text, however deep it is nested.
    fn bounded(self, left: i32) -> i32 {
        left.min(self.width / 3 * 2)
    }
}

/// What a paragraph has beyond its style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Direct {
    /// Lines of the grid left empty above.
    pub(super) before: Option<f64>,
    /// Where its lines stand.
    pub(super) frame: Option<Frame>,
    pub(super) page_break: bool,
    /// List id and level of its marker.
    pub(super) marker: Option<(usize, u8)>,
}

/// Lines of the grid left empty below a table.
const BELOW_TABLE: f64 = 0.5;

impl<'a> Writer<'a> {
    /// A writer that has written nothing.
    pub(super) fn new(
        document: &'a Document,
        profile: &'a Profile,
        geometry: Geometry,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            profile,
            geometry,
            diagnostics,
            notes: Notes::new(document),
            media: Media::new(document),
            insertions: Vec::new(),
            bookmarks: 0,
            contents: None,
            run_in_outline: false,
            restarts: false,
            turned_end: 0,
            languages: Vec::new(),
            numbering: Numbering::default(),
            numbered: BTreeMap::new(),
            links: Vec::new(),
            tooltips: BTreeMap::new(),
            header_rows: Vec::new(),
            after_table: false,
            faces: Faces::default(),
        }
    }

    /// Goes on to another part, whose relationships are its own.
    pub(super) fn next_part(&mut self) {
        self.tooltips.clear();
        self.media.next_part();
    }

    /// Appends the blocks to `out` as paragraphs, tables and groups of them.
    pub(super) fn blocks(&mut self, blocks: &'a [Block], place: Place, out: &mut Vec<DocumentChild>) {
        let mut previous = None;
        let mut page_break = false;
        let imprint = if place.setting == Setting::Flow { imprint::start(blocks) } else { blocks.len() };
        for (index, block) in blocks.iter().enumerate() {
            let at = &block.origin.at;
            let breaks_by_itself = matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::PageBreak);
            if page_break && (!breaks_by_itself || index == imprint) {
                out.push(page_break_paragraph());
                page_break = false;
            }
            if index == imprint {
                self.imprint(blocks, imprint, place, out);
                break;
            }
            match &block.kind {
                BlockKind::Paragraph(paragraph) => {
                    let begins_page = place.setting == Setting::Flow
                        && previous.is_some_and(|previous| {
                            paragraph.role.begins_page_after(previous, || Role::is_titled(&blocks[..index]))
                        });
                    let before = index.checked_sub(1).and_then(|before| blocks.get(before));
                    let goes_on = matches!(before.map(|block| &block.kind),
                        Some(BlockKind::Paragraph(before)) if before.role == paragraph.role);
                    // A break that the author set as well stands by itself, so that it comes back.
                    if begins_page && page_break {
                        out.push(page_break_paragraph());
                    }
                    let direct = Direct {
                        before: self.space_before(previous, paragraph.role, place, goes_on),
                        frame: self.frame(blocks, index, paragraph),
                        page_break: std::mem::take(&mut page_break) != begins_page,
                        marker: None,
                    };
                    self.report_space(paragraph, at, false);
                    let written = self.paragraph(paragraph, at, place, direct);
                    self.separated(paragraph, place, written, out);
                }
                BlockKind::List(list) if joins(blocks, index) => {
                    self.group(Group::Block, out, |writer, inside| writer.list(list, at, place, inside));
                }
                BlockKind::List(list) => self.list(list, at, place, out),
                BlockKind::Table(table) if place.setting == Setting::Flow && self.is_too_wide(table) => {
                    self.turned_table(table, at, &blocks[..index], out);
                }
                BlockKind::Table(table) => self.table(table, at, place, out),
                BlockKind::Quote(inner) => {
                    let quoted =
                        Place { setting: Setting::Quote, base: self.inner_base(place), level: 0, ..place };
                    if vanishes(&block.kind) {
                        let message = message!("a quotation that shows nothing has no place in a Word file");
                        let kind = crate::diagnostic::Kind::Substituted;
                        self.diagnostics.report(kind, "empty-quotation", at.clone(), message);
                        // For what is to be said of it.
                        self.blocks(inner, quoted, &mut Vec::new());
                    } else if place.holds_plain_quotes() && is_plain(inner) && !joins(blocks, index) {
                        self.blocks(inner, quoted, out);
                    } else {
                        self.group(Group::Quote, out, |writer, inside| writer.blocks(inner, quoted, inside));
                    }
                }
                BlockKind::Code(code) if joins(blocks, index) => {
                    self.group(Group::Block, out, |writer, inside| {
                        inside.push(writer.code(code, at, place));
                    });
                }
                BlockKind::Code(code) => out.push(self.code(code, at, place)),
                BlockKind::Image(image) => out.push(self.image(image, at, place)),
                BlockKind::Rule => out.push(empty_paragraph(id::RULE)),
                BlockKind::PageBreak if !place.pages => self.diagnostics.report(
                    crate::diagnostic::Kind::Dropped,
                    "page-break",
                    at.clone(),
                    message!("a page break within a table, a note or a text box is left out"),
                ),
                BlockKind::PageBreak => {
                    if std::mem::replace(&mut page_break, true) {
                        out.push(page_break_paragraph());
                    }
                    if leaves_page_empty(blocks, index) {
                        self.diagnostics.report(
                            crate::diagnostic::Kind::Noticed,
                            "page-break",
                            at.clone(),
                            message!("an empty page; who reads the file again takes it for no page"),
                        );
                    }
                }
                BlockKind::Raw(markup) => self.report_raw(markup, at),
            }
            previous = Some(match &block.kind {
                BlockKind::Paragraph(paragraph) => paragraph.role,
                BlockKind::PageBreak | BlockKind::Raw(_) => previous.unwrap_or_default(),
                BlockKind::List(_)
                | BlockKind::Table(_)
                | BlockKind::Quote(_)
                | BlockKind::Code(_)
                | BlockKind::Image(_)
                | BlockKind::Rule => Role::Body,
            });
        }
        if page_break {
            out.push(page_break_paragraph());
        }
    }

    /// Lines left empty above a paragraph, where they are not what the styles say: none between paragraphs of one
    /// style (`goes_on`), else above and below, of which Word takes the larger.
    fn space_before(&self, previous: Option<Role>, role: Role, place: Place, goes_on: bool) -> Option<f64> {
        if place.setting != Setting::Flow {
            return None;
        }
        let below = previous.map_or(0.0, |previous| self.profile.style(previous).after);
        let space = self.profile.space_before(previous, role);
        let said = if goes_on { 0.0 } else { self.profile.style(role).before.max(below) };
        (space != said).then_some(space)
    }

    /// Writes blocks that stand together (17.5.2.29 `sdt`).
    pub(super) fn group(
        &mut self,
        group: Group,
        out: &mut Vec<DocumentChild>,
        write: impl FnOnce(&mut Self, &mut Vec<DocumentChild>),
    ) {
        let mut inside = Vec::new();
        // Word joins tables that touch, whatever they stand in.
        if matches!(out.last(), Some(DocumentChild::Table(_))) {
            inside.push(DocumentChild::Paragraph(Box::default()));
        }
        let empty = inside.len();
        write(self, &mut inside);
        if inside.len() == empty {
            return;
        }
        let mut control = StructuredDataTag::new().alias(group.tag());
        for child in inside {
            match child {
                DocumentChild::Paragraph(paragraph) => {
                    control.children.push(StructuredDataTagChild::Paragraph(paragraph));
                }
                DocumentChild::Table(table) => control.children.push(StructuredDataTagChild::Table(table)),
                DocumentChild::StructuredDataTag(inner) => {
                    control.children.push(StructuredDataTagChild::StructuredDataTag(inner));
                }
                // `blocks` writes paragraphs, tables and groups only.
                DocumentChild::BookmarkStart(_)
                | DocumentChild::BookmarkEnd(_)
                | DocumentChild::CommentStart(_)
                | DocumentChild::CommentEnd(_)
                | DocumentChild::TableOfContents(_)
                | DocumentChild::Section(_) => {}
            }
        }
        out.push(DocumentChild::StructuredDataTag(Box::new(control)));
    }

    /// A run that also holds that piece of XML.
    pub(super) fn inserted(&mut self, mut run: Run, xml: String) -> ParagraphChild {
        run.children.push(placeholder(self.insertions.len()));
        self.insertions.push(xml);
        ParagraphChild::Run(Box::new(run))
    }

    /// Twips from the left edge to where blocks inside the setting of a place begin.
    pub(super) fn inner_base(&self, place: Place) -> i32 {
        let own = match place.setting {
            Setting::Flow | Setting::Cell { .. } | Setting::Note(_) => 0,
            Setting::Item(level, marker) => {
                numbering::indent(self.profile.named(StyleName::ListItem), marker, level)
            }
            Setting::Quote => {
                let quote = self.profile.named(StyleName::Quote);
                twips_from_em(quote.left, quote.size)
            }
        };
        place.bounded(place.base + own)
    }

    /// Style id of running text in a setting, how it is set, and the left indent in twips that it states.
    fn setting_style(&self, role: Role, place: Place) -> Option<(String, &Style, i32)> {
        let named = |id: &str, name| {
            let style = self.profile.named(name);
            (id.to_owned(), style, twips_from_em(style.left, style.size))
        };
        // What has a role of its own keeps the style of that role everywhere.
        if !is_text(role) {
            return None;
        }
        match place.setting {
            Setting::Flow => None,
            Setting::Item(level, _) => {
                let style = self.profile.named(StyleName::ListItem);
                let left = numbering::indent(style, Marker::Bullet, level.min(STYLED_LEVELS - 1));
                Some((style_id(id::LIST_CONTINUE, level), style, left))
            }
            Setting::Quote => Some(named(id::QUOTE, StyleName::Quote)),
            Setting::Cell { head: true, .. } => Some(named(id::TABLE_HEAD, StyleName::TableHead)),
            Setting::Cell { head: false, .. } => Some(named(id::TABLE_CELL, StyleName::TableCell)),
            Setting::Note(NotePlace::Foot) => Some(named(id::NOTE, StyleName::Note)),
            Setting::Note(NotePlace::End) => Some(named(id::ENDNOTE, StyleName::Note)),
        }
    }

    pub(super) fn paragraph(
        &mut self,
        paragraph: &Paragraph,
        at: &Location,
        place: Place,
        direct: Direct,
    ) -> DocumentChild {
        let base = self.inner_base(place);
        let in_setting = self.setting_style(paragraph.role, place);
        let is_setting = in_setting.is_some();
        let (style_id, style, stated) = in_setting.unwrap_or_else(|| {
            let style = self.profile.style(paragraph.role);
            (role_style(paragraph.role).id, style, twips_from_em(style.left, style.size))
        });
        let style = style.clone();
        report_unmarked(paragraph, (!is_setting, true, true), at, self.diagnostics);
        let mut written = docx_rs::Paragraph::new();
        // The indent of quotations and items is that of their style; any other adds to where it stands.
        let indents = matches!(place.setting, Setting::Quote | Setting::Item(..));
        let left = if is_setting && indents { base } else { place.bounded(base + stated) };
        if let Some((list, level)) = direct.marker {
            written = self.marked(written, paragraph.role, place, list, level);
        } else {
            // The body text of a reference document need not be its default.
            if style_id != "Normal" || self.numbered.contains_key(&style_id) {
                written = written.style(&style_id);
            }
            if self.numbered.get(&style_id) == Some(&true) {
                // The numbers of the author are text.
                written = written.numbering(NumberingId::new(0), IndentLevel::new(0));
            }
            let as_stated = Frame {
                left: stated,
                right: twips_from_em(style.right, style.size),
                hanging: 0,
                flush_left: false,
            };
            if let Some(frame) = direct.frame.filter(|frame| *frame != as_stated) {
                let hanging = (frame.hanging > 0).then_some(SpecialIndentType::Hanging(frame.hanging));
                written = written.indent(Some(base + frame.left), hanging, Some(frame.right), None);
                if frame.flush_left {
                    written = written.align(AlignmentType::Left);
                }
            } else if left != stated {
                written = written.indent(Some(left), None, Some(as_stated.right), None);
            }
        }
        let stands_off = !matches!(place.setting, Setting::Cell { .. } | Setting::Note(_))
            && std::mem::take(&mut self.after_table);
        let before = if stands_off {
            Some(direct.before.unwrap_or(style.before).max(BELOW_TABLE))
        } else {
            direct.before
        };
        if direct.page_break {
            written = written.page_break_before(true);
        }
        if let Setting::Cell { alignment, .. } = place.setting
            && (is_setting || is_blank(&paragraph.content))
            && let Some(alignment) = column_alignment(alignment)
        {
            written = written.align(alignment);
        }
        // What a reference document sets is as wide as it says.
        let breaks = if self.numbered.contains_key(&style_id) {
            Vec::new()
        } else {
            self.fitted_breaks(paragraph, &style, place)
        };
        let room = place.width - left;
        let (children, tallest) = match tabbed(paragraph) {
            Some((columns, blanks)) => {
                let message = message!("the blanks between two columns are a tab");
                self.diagnostics.report_text(
                    crate::diagnostic::Kind::Substituted,
                    "columns",
                    at.clone(),
                    message,
                    blanks,
                );
                self.running_text(&columns, style.bold, at, &[], room)
            }
            None => self.running_text(paragraph, style.bold, at, &breaks, room),
        };
        written.children = self.listed(paragraph, children);
        let mut spacing = before.map(|lines| {
            let before = self.geometry.lines(lines);
            LineSpacing::new().before(before.unsigned_abs())
        });
        let line = self.geometry.line(style.size);
        if tallest > line {
            // A line of exact height would cut the picture off.
            let grown = spacing.unwrap_or_default().line_rule(LineSpacingType::AtLeast).line(line);
            spacing = Some(grown);
        }
        if let Some(spacing) = spacing {
            written = written.line_spacing(spacing);
        }
        DocumentChild::Paragraph(Box::new(written))
    }

    /// Reports white space that is an indent, or space around others, to whoever reads a Word file. `of_item`: the
    /// paragraph bears the marker of an item.
    pub(super) fn report_space(&mut self, paragraph: &Paragraph, at: &Location, of_item: bool) {
        let all = || paragraph.text().chars().filter(|c| is_legal(*c) && c.is_whitespace()).collect();
        let alone = !of_item && is_text(paragraph.role) && is_lone_picture(&paragraph.content);
        let (code, message, space) = if is_blank(&paragraph.content) {
            let message = message!("a paragraph without words is space between others in a Word file");
            ("empty-paragraph", message, all())
        } else if alone && !matches!(paragraph.content.as_slice(), [Inline::Image(_)]) {
            let message = message!("space beside a picture in a line of its own is none in a Word file");
            ("space-beside-picture", message, all())
        } else {
            let mut space = String::new();
            leading_space(&paragraph.content, &mut space);
            if space.is_empty() {
                return;
            }
            let message = message!("space at the start of a paragraph is its indent in a Word file");
            ("space-at-start", message, space)
        };
        self.diagnostics.report_text(crate::diagnostic::Kind::Substituted, code, at.clone(), message, space);
    }

    /// Where a centred line that is too long is best divided: what stands before each further line, in characters.
    /// Word would fill the first line and leave what is left to the last.
    fn fitted_breaks(&self, paragraph: &Paragraph, style: &Style, place: Place) -> Vec<usize> {
        if style.align != Align::Centre || place.setting != Setting::Flow {
            return Vec::new();
        }
        let room = self.profile.measure() / style.size;
        // What surely fits is not measured.
        if paragraph.text().split('\n').all(|line| width_in_em(line) * 1.25 < room) {
            return Vec::new();
        }
        crate::layout::centred_breaks(paragraph, style, self.profile, &self.faces)
    }

    /// A picture in a line of its own; where it cannot be shown, its alternative text in the style of captions.
    fn image(&mut self, image: &Image, at: &Location, place: Place) -> DocumentChild {
        let base = self.inner_base(place);
        let mut paragraph = match self.picture(image, at, place.width - base) {
            Some(drawn) => {
                let mut paragraph = docx_rs::Paragraph::new().style(PICTURE_STYLE.0);
                if base != 0 {
                    paragraph = paragraph.indent(Some(base), None, None, None);
                }
                paragraph.children = vec![drawn.run];
                paragraph
            }
            None => {
                let mut paragraph = docx_rs::Paragraph::new().style(id::CAPTION);
                self.begin_picture_field(image, at, &mut paragraph.children);
                let alt = self.plain_text(&image.alt, at);
                paragraph.children.extend(alt);
                Self::end_field(&mut paragraph.children);
                paragraph
            }
        };
        if let Setting::Cell { alignment, .. } = place.setting
            && let Some(alignment) = column_alignment(alignment)
        {
            paragraph = paragraph.align(alignment);
        }
        DocumentChild::Paragraph(Box::new(paragraph))
    }

    fn code(&mut self, code: &'a Code, at: &Location, place: Place) -> DocumentChild {
        let style = match code.language.as_str() {
            "" => id::CODE.to_owned(),
            language => {
                let known = self.languages.iter().position(|known| *known == language);
                id::code(known.unwrap_or_else(|| {
                    self.languages.push(language);
                    self.languages.len() - 1
                }))
            }
        };
        let mut paragraph = docx_rs::Paragraph::new().style(&style);
        let base = self.inner_base(place);
        if base != 0 {
            let style = self.profile.named(StyleName::Code);
            let left = place.bounded(base + twips_from_em(style.left, style.size));
            let right = twips_from_em(style.right, style.size);
            paragraph = paragraph.indent(Some(left), None, Some(right), None);
        }
        paragraph.children = self.plain_text(code.text.strip_suffix('\n').unwrap_or(&code.text), at);
        DocumentChild::Paragraph(Box::new(paragraph))
    }
}

/// A paragraph of that style without text.
pub(super) fn empty_paragraph(style: &str) -> DocumentChild {
    DocumentChild::Paragraph(Box::new(docx_rs::Paragraph::new().style(style)))
}

fn page_break_paragraph() -> DocumentChild {
    let run = Run::new().add_break(BreakType::Page);
    DocumentChild::Paragraph(Box::new(docx_rs::Paragraph::new().add_run(run)))
}

pub(super) fn column_alignment(alignment: ColumnAlignment) -> Option<AlignmentType> {
    match alignment {
        ColumnAlignment::Default => None,
        ColumnAlignment::Left => Some(AlignmentType::Left),
        ColumnAlignment::Centre => Some(AlignmentType::Center),
        ColumnAlignment::Right => Some(AlignmentType::Right),
    }
}
