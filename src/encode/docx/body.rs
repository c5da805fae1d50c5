//! Blocks become the paragraphs and tables of word/document.xml.

use std::collections::BTreeMap;

use docx_rs::{
    BreakType, BuildXML, DocumentChild, ParagraphChild, Run, StructuredDataTag, StructuredDataTagChild,
};

use super::contents;
use super::imprint;
use super::media::Media;
use super::notes::Notes;
use super::numbering::Numbering;
use super::order::{Additions, arrange, placeholder};
use super::package::Relationship;
use super::place::{Direct, Place, Setting};
use super::shown::{is_plain, is_text, joins, leaves_page_empty, vanishes};
use super::styles::id;
use super::table::keep_last_row;
use crate::diagnostic::Diagnostics;
use crate::layout::{self, font::Faces};
use crate::ooxml::{Geometry, Group};
use crate::parallel;
use crate::profile::{Profile, Style, space_in_order};
use crate::tree::{
    Block, BlockKind, Document, Head, Masthead, Narrowing, Role, Sides, is_of_order, is_table_unit,
    leads_to_edge,
};

/// Blocks of the body of which XML is made at a time.
const BATCH: usize = 1024;
/// More of them than lead to a table.
const KEPT: usize = 64;

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
    /// There are turned pages.
    pub(super) turned: bool,
    /// How many blocks stand there when a section of them ends; 0 where they are passed on.
    pub(super) turned_end: usize,
    /// The XML of the blocks that are passed on, made on so many threads at most.
    pub(super) body: Result<Vec<u8>, quick_xml::Error>,
    pub(super) threads: usize,
    /// Languages of programs, in the order of first use.
    pub(super) languages: Vec<&'a str>,
    pub(super) numbering: Numbering,
    /// Styles that stand for those of a reference document, by id: whether it numbers their paragraphs by itself.
    pub(super) numbered: BTreeMap<String, bool>,
    /// Relationships of the links of the part that is being written.
    pub(super) links: Vec<Relationship>,
    /// Titles of links by relationship id.
    pub(super) tooltips: BTreeMap<String, String>,
    /// What is written belongs to an order.
    pub(super) order: bool,
    /// How columns of names are brought closer.
    pub(super) narrowing: Narrowing,
    /// How two who sign in one row stand side by side.
    pub(super) sides: Option<Sides>,
    /// How 发文机关标志 is set, if the document has one.
    pub(super) masthead: Option<Style>,
    /// A table has ended, and what follows stands off from it.
    pub(super) after_table: bool,
    /// Twips that a picture leaves free below it on its page.
    pub(super) below: i32,
    /// The part of its size at which type is set: less than all of it in some tables.
    pub(super) scale: f64,
    /// The type size of what is being written, in half points, where that is not the size of its style.
    pub(super) type_size: Option<usize>,
    /// The pictures by which columns are measured.
    pub(super) figures: layout::Context<'a>,
    /// By which titles are measured, opened once for all of them.
    pub(super) faces: Faces,
}

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
            turned: false,
            turned_end: 0,
            body: Ok(Vec::new()),
            threads: 1,
            languages: Vec::new(),
            numbering: Numbering::default(),
            numbered: BTreeMap::new(),
            links: Vec::new(),
            tooltips: BTreeMap::new(),
            order: false,
            narrowing: Narrowing::default(),
            sides: None,
            masthead: None,
            after_table: false,
            below: 0,
            scale: 1.0,
            type_size: None,
            figures: layout::Context::of(document),
            faces: Faces::default(),
        }
    }

    /// Makes XML of the blocks of the body so far, once they are many, so that not all of them are held at once: those
    /// of docx-rs are large. The last ones stay, because what follows may have to do with them.
    pub(super) fn pass_on(&mut self, out: &mut Vec<DocumentChild>) {
        if out.len() < BATCH + KEPT {
            return;
        }
        let kept = out.split_off(out.len() - KEPT);
        let done = std::mem::replace(out, kept);
        self.turned_end = self.turned_end.saturating_sub(done.len());
        let body = std::mem::replace(&mut self.body, Ok(Vec::new()));
        self.body = body.and_then(|mut xml| self.arranged(&done, &mut xml).map(|()| xml));
    }

    /// Appends the XML of blocks.
    ///
    /// # Errors
    /// As [`arrange`].
    pub(super) fn arranged(
        &self,
        children: &[DocumentChild],
        xml: &mut Vec<u8>,
    ) -> Result<(), quick_xml::Error> {
        let additions = Additions { tooltips: &self.tooltips, insertions: &self.insertions };
        let made = parallel::shares(self.threads, children.len(), |share| {
            let mut xml = Vec::new();
            for child in &children[share] {
                arrange(&child.build(), &additions, &mut xml)?;
            }
            Ok::<_, quick_xml::Error>(xml)
        });
        for share in made {
            xml.extend_from_slice(&share?);
        }
        Ok(())
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
        // The table that the next blocks lead to, and whether it stands on pages of its own.
        let (mut table, mut lead) = (0, None);
        let imprint = if place.setting == Setting::Flow { imprint::start(blocks) } else { blocks.len() };
        let headed = place.setting == Setting::Flow && self.masthead.is_some();
        let masthead = headed.then(|| Masthead::of(blocks)).flatten();
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
            let captioned = match place.setting {
                Setting::Flow => layout::below_figure(&blocks[index..], self.profile),
                Setting::Item(..) | Setting::Quote | Setting::Cell { .. } | Setting::Note(_) => 0.0,
            };
            self.below = self.geometry.lines(captioned);
            if place.setting == Setting::Flow {
                self.order = is_of_order(&blocks[index..], self.order);
                let before = std::mem::take(&mut self.narrowing);
                self.narrowing = Narrowing::of(blocks, index, before, |role| self.row_measure(role));
                self.sides = Sides::of(blocks, index, self.measure_in_em(Role::Signature));
            } else {
                (self.narrowing, self.sides) = (Narrowing::default(), None);
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
                    if index >= table && place.setting == Setting::Flow {
                        let too_wide = |table: &_| self.is_too_wide(table);
                        (table, lead) = match layout::table_lead(&blocks[index..], self.profile, too_wide) {
                            Some((leads, wide)) => (index + leads, Some(wide)),
                            None => (index, None),
                        };
                    }
                    let place = match lead {
                        Some(true) => Place { width: self.geometry.turned().measure(), ..place },
                        Some(false) | None => place,
                    };
                    let ends_text = place.setting == Setting::Flow && leads_to_end(&blocks[index + 1..]);
                    let after = match blocks.get(index + 1).map(|block| &block.kind) {
                        Some(BlockKind::Table(_)) if place.setting == Setting::Flow => {
                            self.profile.space_before(Some(paragraph.role), Role::Body)
                        }
                        _ => 0.0,
                    };
                    let head = masthead.as_ref().map_or(Head::None, |masthead| masthead.part(index));
                    let direct = Direct {
                        keep_with_next: lead.is_some()
                            || ends_text
                            || captioned > 0.0
                            || place.setting == Setting::Flow && leads_to_edge(blocks, index),
                        // The first page shows text below its head, were it a single line.
                        ends_text: ends_text && is_text(paragraph.role) && !opens_text(&blocks[..index]),
                        after,
                        before: match head {
                            Head::Name { first: true } => self.space_above_masthead(index),
                            // As the style says.
                            Head::Name { first: false } => None,
                            Head::None | Head::Number { .. } | Head::Below => {
                                self.space_before(previous, paragraph.role, place, goes_on, head)
                            }
                        },
                        frame: self
                            .frame(blocks, index, paragraph)
                            .or_else(|| self.verse_frame(paragraph, place)),
                        page_break: std::mem::take(&mut page_break) != begins_page,
                        head,
                        unit: place.setting == Setting::Flow && is_table_unit(&blocks[index..]),
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
                BlockKind::Table(table) => {
                    self.table(table, at, place, out);
                    if place.setting == Setting::Flow && leads_to_end(&blocks[index + 1..]) {
                        keep_last_row(out.last_mut());
                    }
                }
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
                BlockKind::Image(image) => {
                    let before = self.space_before(previous, Role::Body, place, false, Head::None);
                    let image = self.image(image, at, place, before.filter(|lines| *lines > 0.0));
                    out.push(image);
                }
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
            self.below = 0;
            if place.setting == Setting::Flow {
                self.pass_on(out);
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

    /// Lines left empty above 发文机关标志 where so many markings stand above it, if that is not what its style says.
    fn space_above_masthead(&self, markings: usize) -> Option<f64> {
        let wanted = self.profile.space_in_head(Head::Name { first: true });
        #[allow(clippy::cast_precision_loss, reason = "a few lines")]
        let left = (wanted - markings as f64).max(self.profile.style(Role::Marking).after);
        (markings > 0).then_some(left)
    }

    /// Lines left empty above a paragraph, where they are not what the styles say: none between paragraphs of one
    /// style (`goes_on`), else above and below, of which Word takes the larger.
    fn space_before(
        &self,
        previous: Option<Role>,
        role: Role,
        place: Place,
        goes_on: bool,
        head: Head,
    ) -> Option<f64> {
        if place.setting != Setting::Flow {
            return None;
        }
        let in_head = self.profile.space_in_head(head);
        let below = match head {
            // It follows what has another style than its role.
            Head::Number { first: true, .. } => in_head,
            Head::None | Head::Name { .. } | Head::Number { .. } | Head::Below => {
                previous.map_or(0.0, |previous| self.profile.style(previous).after)
            }
        };
        let mut space = self.profile.space_before(previous, role).max(in_head);
        if let Some(previous) = previous.filter(|_| self.order) {
            space = space.max(space_in_order(previous, role));
        }
        if let (Head::Below, Some(previous)) = (head, previous) {
            space -= self.room_of_red_rule(self.profile.style(previous).size);
        }
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
}

/// Paragraphs at the end of a document that stay together, at most: more take too much of a page.
const MOST_OF_END: usize = 9;

/// True where the blocks begin with what does not stand on a page without the text before it.
fn leads_to_end(blocks: &[Block]) -> bool {
    let needs =
        |block: &&Block| block.paragraph().is_some_and(|paragraph| layout::needs_text(paragraph.role));
    let end = blocks.iter().take_while(needs).take(MOST_OF_END + 1).count();
    (1..=MOST_OF_END).contains(&end)
}

/// True below the head of a document and nothing else.
fn opens_text(above: &[Block]) -> bool {
    let heads = |block: &Block| block.paragraph().is_some_and(|paragraph| paragraph.role.heads_text());
    !above.is_empty() && above.iter().all(heads)
}

/// A paragraph of that style without text.
pub(super) fn empty_paragraph(style: &str) -> DocumentChild {
    DocumentChild::Paragraph(Box::new(docx_rs::Paragraph::new().style(style)))
}

fn page_break_paragraph() -> DocumentChild {
    let run = Run::new().add_break(BreakType::Page);
    DocumentChild::Paragraph(Box::new(docx_rs::Paragraph::new().add_run(run)))
}
