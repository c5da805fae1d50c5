//! Paragraphs and blocks: the body, cells, notes, text boxes and headers (ECMA-376 17.2, 17.3.1).

use std::collections::{BTreeMap, BTreeSet};

use super::change::{self, Fate};
use super::content::{self, Content, Piece, PieceKind, Print};
use super::drawing::Pictures;
use super::field::Field;
use super::inline::{Look, plain_text};
use super::list::{self, OpenList};
use super::notes::Notes;
use super::numbering::{Marker, Numbering};
use super::package::{Part, relationship};
use super::styles::{Alignment, ParagraphFormat, Style, Styles};
use super::unkept::Unkept;
use super::xml::{Element, Ns};
use crate::diagnostic::{Diagnostics, Kind};
use crate::limits::Limits;
use crate::message::Message;
use crate::ooxml::Group;
use crate::ooxml::meaning::Meaning;
use crate::options::TrackChanges;
use crate::tree::{Appearance, Block, BlockKind, Inline, Lead, Location, Origin, Paragraph, Role};

/// Word's own type size where none is stated, in half points (17.3.2.38).
const DEFAULT_SIZE: u16 = 20;

/// Reads the stories of a document, one after the other.
pub(super) struct Reader<'a, 'd> {
    pub(super) part: &'a Part,
    pub(super) styles: &'a Styles,
    pub(super) numbering: Numbering,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) notes: Notes,
    /// Targets and titles of the links so far.
    pub(super) links: Vec<(String, String)>,
    pub(super) fields: Vec<Field>,
    /// Marks of fields without partner in the current part.
    pub(super) unmatched: &'a BTreeSet<u32>,
    /// Name of the bookmark that begins here, and the notes whose marks have one.
    pub(super) bookmark: Option<String>,
    pub(super) note_bookmarks: BTreeMap<String, String>,
    pub(super) changes: TrackChanges,
    pub(super) keep_comments: bool,
    /// The pictures that the text shows.
    pub(super) pictures: Pictures,
    /// True while headers and footers are read for anything but page numbers.
    pub(super) in_margin: bool,
    /// Whether each section but the first begins a page, and how many have ended.
    pub(super) section_breaks: Vec<bool>,
    pub(super) sections: usize,
    /// Tables, notes and the like around the place.
    pub(super) nesting: usize,
    /// Codes that have been reported once and need no more.
    pub(super) reported: BTreeSet<&'static str>,
    /// Paragraphs of the main part that are of a table of contents, and how many controls of one are open.
    pub(super) contents: BTreeSet<u32>,
    pub(super) in_contents: usize,
    /// Numbers that became text.
    pub(super) numbered: usize,
    /// The file is as this program wrote it.
    pub(super) own: bool,
    /// Cells of tables so far; beyond the limit none is read, and the document is refused.
    pub(super) cells: u64,
    pub(super) limits: &'d Limits,
    /// Parts that drawings refer to, with the words for them, to be read for their text.
    pub(super) drawing_parts: Vec<(String, Message, Location)>,
    /// The texts of SmartArt by the names of its parts.
    pub(super) diagrams: &'a BTreeMap<String, Vec<String>>,
    /// What the tree has no place for.
    pub(super) unkept: Unkept,
}

/// A sequence of blocks while it is gathered.
#[derive(Default)]
pub(super) struct Flow<'a> {
    pub(super) blocks: Vec<Block>,
    /// Empty paragraphs since the last block.
    pub(super) blank: u16,
    /// The lists that may go on, outermost first.
    pub(super) open: Vec<OpenList>,
    /// Text whose paragraph mark is deleted or hidden: it runs into the next paragraph.
    carried: Option<(Content<'a>, Element<'a>)>,
    /// How the paragraphs so far are aligned by themselves, and those without words.
    pub(super) alignment: Agreement,
    pub(super) blank_alignment: Agreement,
    /// Other blocks come before it, so that a page break at its start is one.
    goes_on: bool,
    /// All of it is a quotation, so that its plain paragraphs are none by themselves.
    quoted: bool,
}

/// Whether paragraphs agree in their alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Agreement {
    #[default]
    Nothing,
    Same(Option<Alignment>),
    Mixed,
}

impl Agreement {
    /// Takes another one into account.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing, other) | (other, Self::Nothing) => other,
            (Self::Same(a), Self::Same(b)) if a == b => self,
            (Self::Same(_) | Self::Mixed, Self::Same(_) | Self::Mixed) => Self::Mixed,
        }
    }
}

impl Flow<'_> {
    fn page_break(&mut self, at: Location) {
        let last = self.blocks.last().map(|block| &block.kind);
        if last.map_or(self.goes_on, |kind| !matches!(kind, BlockKind::PageBreak)) {
            self.push(Block { kind: BlockKind::PageBreak, origin: Origin::at(at) });
        }
    }

    /// Adds a block that is no list item.
    pub(super) fn push(&mut self, mut block: Block) {
        self.open.clear();
        block.origin.appearance.blank_before = std::mem::take(&mut self.blank);
        self.blocks.push(block);
    }
}

/// What of a paragraph its pieces share.
struct Setting<'a> {
    meaning: Meaning,
    format: ParagraphFormat,
    at: Location,
    style: &'a Style,
    /// The left indent in twips that the paragraph has beside its style.
    left: Option<i32>,
    /// Its list is not that of its style.
    listed: bool,
}

impl<'a> Reader<'a, '_> {
    /// Place of an element in the current part.
    pub(super) fn at(&self, element: Element<'_>) -> Location {
        Location::Part { part: self.part.name.clone(), paragraph: element.paragraph() }
    }

    /// Reports something about `text`.
    pub(super) fn report(
        &mut self,
        kind: Kind,
        code: &'static str,
        element: Element<'_>,
        message: Message,
        text: impl Into<String>,
    ) {
        let at = self.at(element);
        self.diagnostics.report_text(kind, code, at, message, text);
    }

    /// Reports something the first time it is met.
    pub(super) fn once(&mut self, kind: Kind, code: &'static str, element: Element<'_>, message: Message) {
        if self.reported.insert(code) {
            self.report(kind, code, element, message, "");
        }
    }

    /// The blocks of a story.
    pub(super) fn story(&mut self, parent: Element<'a>) -> Vec<Block> {
        let mut flow = Flow::default();
        self.blocks(parent, &mut flow);
        self.close(&mut flow);
        flow.blocks
    }

    /// Ends a sequence of blocks.
    pub(super) fn close(&mut self, flow: &mut Flow<'a>) {
        if let Some((content, paragraph)) = flow.carried.take() {
            self.finish(paragraph, content, flow);
        }
    }

    /// Reads the blocks directly inside `parent`.
    pub(super) fn blocks(&mut self, parent: Element<'a>, flow: &mut Flow<'a>) {
        for child in parent.children() {
            self.block(child, flow);
        }
    }

    /// Reads one block, or what stands where blocks do.
    pub(super) fn block(&mut self, child: Element<'a>, flow: &mut Flow<'a>) {
        match child.tag() {
            (Ns::W, "p") => self.paragraph(child, flow),
            (Ns::W, "tbl") => {
                self.close(flow);
                self.table(child, flow);
            }
            (Ns::W, name) if change::fate(self.changes, name) == Some(Fate::LeftOut) => {
                self.report_left_out(child, plain_text(child));
            }
            (Ns::W, "altChunk" | "subDoc") => self.foreign_part(child),
            (Ns::Mc, "AlternateContent") => {
                if let Some(branch) = child.branch() {
                    self.blocks(branch, flow);
                }
            }
            (Ns::W, "sectPr" | "sdtPr" | "sdtEndPr" | "customXmlPr" | "pPr" | "tblPr" | "tcPr") => {}
            (Ns::W, "r" | "hyperlink" | "fldSimple" | "t") | (Ns::M, "oMath" | "oMathPara") => {
                let mut content = Content::default();
                self.inline(child, &mut content, Look::default());
                self.finish(child, content, flow);
            }
            (Ns::A, "p") => {
                let mut content = Content::default();
                let text = plain_text(child);
                self.text(&text, &mut content, Look::default());
                self.finish(child, content, flow);
            }
            (Ns::W, "bookmarkStart" | "bookmarkEnd") => {
                let mut content = Content::default();
                self.inline(child, &mut content, Look::default());
                if child.children().next().is_some() {
                    self.finish(child, content, flow);
                }
            }
            (Ns::W, "sdt") if group_of(child).is_some() => self.group(child, flow),
            (Ns::W, "sdt") if is_contents(child) => {
                self.in_contents += 1;
                self.blocks(child, flow);
                self.close(flow);
                self.in_contents -= 1;
            }
            // Content controls, custom XML and whatever is not known hold blocks.
            _ => self.blocks(child, flow),
        }
    }

    /// Reads blocks that the Word encoder put together.
    fn group(&mut self, control: Element<'a>, flow: &mut Flow<'a>) {
        let (Some(group), Some(content)) = (group_of(control), control.child("sdtContent")) else { return };
        self.close(flow);
        if group == Group::Contents {
            let message = message!("the table of contents, which repeats the headings");
            self.report(Kind::LeftOut, "contents", control, message, plain_text(content));
            return;
        }
        let mut inside = Flow { quoted: group == Group::Quote, goes_on: true, ..Flow::default() };
        self.blocks(content, &mut inside);
        self.close(&mut inside);
        flow.alignment = flow.alignment.and(inside.alignment);
        match group {
            // What its blocks show was left out.
            Group::Quote if inside.blocks.is_empty() => {}
            Group::Quote => {
                let at = inside.blocks.first().map_or_else(|| self.at(control), |b| b.origin.at.clone());
                flow.push(Block { kind: BlockKind::Quote(inside.blocks), origin: Origin::at(at) });
            }
            Group::Block => inside.blocks.into_iter().for_each(|block| flow.push(block)),
            Group::Contents => {}
            Group::Item => list::extend_item(flow, inside.blocks),
        }
    }

    fn paragraph(&mut self, paragraph: Element<'a>, flow: &mut Flow<'a>) {
        let properties = paragraph.child("pPr");
        let formatting = change::properties(self.changes, paragraph, "pPr");
        let style = self.styles.paragraph(formatting.and_then(|formatting| formatting.value("pStyle")));
        let mark = properties.and_then(|properties| properties.child("rPr"));
        let mut content = flow.carried.take().map(|carried| carried.0).unwrap_or_default();
        let carried = content.pieces.len();
        self.inlines(paragraph, &mut content, Look::of(style.run));
        let section = properties.and_then(|properties| properties.child("sectPr"));
        let joins = mark.is_some_and(|mark| change::says_left_out(self.changes, mark));
        // A style separator lets a heading run into the paragraph after it.
        let separator = mark.and_then(|mark| mark.switch("specVanish")) == Some(true);
        if section.is_none() && (separator || joins) {
            if let (true, Meaning::Role(Role::Heading(level))) = (separator, style.meaning) {
                let direct = formatting.map(ParagraphFormat::read).unwrap_or_default();
                let marker =
                    self.list_of(direct, style).and_then(|(num, level)| self.numbering.count(num, level));
                if let Some(marker) = marker.filter(|marker| !marker.bullet) {
                    self.number(&mut content.pieces, carried, &marker);
                }
                content.pieces[carried..].iter_mut().for_each(|piece| piece.lead = level);
            }
            flow.carried = Some((content, paragraph));
            return;
        }
        self.finish(paragraph, content, flow);
        if section.is_some() && self.nesting == 0 {
            self.sections += 1;
            if self.section_breaks.get(self.sections - 1) == Some(&true) {
                flow.page_break(self.at(paragraph));
            }
        }
    }

    /// Turns what a paragraph holds into blocks.
    fn finish(&mut self, paragraph: Element<'a>, mut content: Content<'a>, flow: &mut Flow<'a>) {
        self.report_left_out(paragraph, std::mem::take(&mut content.left_out));
        let hidden = std::mem::take(&mut content.hidden);
        if !hidden.trim().is_empty() {
            let message = message!("hidden text, which Word neither shows nor prints");
            self.report(Kind::LeftOut, "hidden", paragraph, message, hidden);
        }
        let readings = std::mem::take(&mut content.readings);
        if !readings.is_empty() {
            let message = message!("readings above the text are left out");
            self.report(Kind::Dropped, "ruby", paragraph, message, readings);
        }

        let properties = paragraph.child("pPr");
        let formatting = change::properties(self.changes, paragraph, "pPr");
        let direct = formatting.map(ParagraphFormat::read).unwrap_or_default();
        let style = self.styles.paragraph(formatting.and_then(|formatting| formatting.value("pStyle")));
        let list = self.list_of(direct, style);
        let of_level = list.map(|(num, level)| self.numbering.paragraph(num, level)).unwrap_or_default();
        let format = match direct.list {
            Some(_) => direct.over(of_level.over(style.paragraph)),
            None => direct.over(style.paragraph.over(of_level)),
        };
        // A paragraph that does no more than end a section has no number.
        let ends_section = properties.is_some_and(|properties| properties.child("sectPr").is_some())
            && content::is_blank(&content.pieces);
        let marker = list
            .filter(|_| !ends_section)
            .and_then(|(num, level)| Some((num, self.numbering.count(num, level)?)));

        let at = self.at(paragraph);
        if !self.own && !self.in_margin {
            self.unkept.add(std::mem::take(&mut content.unkept), &at);
        }
        if (self.in_contents > 0 || content.contents || style.meaning == Meaning::Contents)
            && self.nesting == 0
            && !content::is_blank(&content.pieces)
        {
            self.contents.insert(paragraph.paragraph());
        }
        let with_role = matches!(style.meaning, Meaning::Role(_));
        let last = flow.blocks.last().map(|block| &block.kind);
        let begins_page =
            if let (Meaning::Role(role), Some(BlockKind::Paragraph(last))) = (style.meaning, last) {
                // A blank paragraph between them keeps them on one page.
                flow.blank == 0 && role.begins_page_after(last.role, || Role::is_titled(&flow.blocks))
            } else {
                false
            };
        let break_before = match direct.page_break_before {
            Some(direct) => direct && !begins_page,
            // A role that begins a page does so by its style everywhere.
            None => style.paragraph.page_break_before == Some(true) && !with_role,
        };
        let boxes = std::mem::take(&mut content.boxes);
        let points = std::mem::take(&mut content.points);
        if break_before && self.nesting == 0 {
            flow.page_break(at.clone());
        }
        let blank = content::is_blank(&content.pieces);
        let own = Agreement::Same(direct.alignment);
        if blank && direct.alignment.is_some() {
            flow.blank_alignment = flow.blank_alignment.and(own);
        } else if !blank && marker.is_none() {
            // What has a style for itself, and pictures, are set by it; only what they state beside it tells more.
            let plain = style.meaning == Meaning::None && content::lone_image(&content.pieces).is_none();
            if plain || direct.alignment.is_some() {
                flow.alignment = flow.alignment.and(own);
            }
        }
        let ruled = format.ruled == Some(true) && self.nesting == 0 || style.meaning == Meaning::Rule;
        let (left, listed) = (direct.indent.left(), direct.list.is_some());
        let setting = Setting { meaning: style.meaning, format, at, style, left, listed };
        if content.rule || (ruled && marker.is_none() && content.pieces.is_empty()) {
            flow.push(Block { kind: BlockKind::Rule, origin: Origin::at(setting.at.clone()) });
        }
        self.place(content, marker, &setting, flow);

        let origin = Origin::at(self.at(paragraph));
        for line in points {
            let paragraph =
                Paragraph { content: vec![Inline::Text(line.to_owned())], ..Paragraph::default() };
            flow.push(Block { kind: BlockKind::Paragraph(paragraph), origin: origin.clone() });
        }
        if !boxes.is_empty() {
            let fields = std::mem::take(&mut self.fields);
            for inner in boxes {
                self.nesting += 1;
                self.blocks(inner, flow);
                self.close(flow);
                self.nesting -= 1;
                self.fields.clear();
            }
            self.fields = fields;
        }
    }

    /// Puts pieces into blocks, page by page.
    fn place(
        &mut self,
        content: Content<'a>,
        mut marker: Option<(i64, Marker)>,
        setting: &Setting<'a>,
        flow: &mut Flow<'a>,
    ) {
        let size = content.size.or(setting.style.run.size).unwrap_or(DEFAULT_SIZE);
        // A style that gives a role says more than the type.
        let stated = matches!(setting.meaning, Meaning::Role(_));
        let print = if stated { Print::default() } else { content.print };
        let mut pages = content::pages(content.pieces);
        if self.nesting > 0 {
            // Within tables and notes no page begins.
            if pages.len() > 1 {
                let message = message!("a page break within a table, a note or a text box is left out");
                self.diagnostics.report(Kind::Dropped, "page-break", setting.at.clone(), message);
            }
            pages = vec![pages.into_iter().flatten().collect()];
        }
        let single = pages.len() == 1;
        for (index, mut pieces) in pages.into_iter().enumerate() {
            if index > 0 {
                flow.page_break(setting.at.clone());
            }
            // Numbers, pictures and marks of notes are no lines of a program.
            if setting.meaning == Meaning::Code && marker.is_none() && content::is_plain(&pieces) {
                let text = content::text(&pieces) + "\n";
                let depth = list::depth_at(flow, setting.left);
                let language = &setting.style.language;
                list::code(flow, depth, &text, language, Origin::at(setting.at.clone()));
                continue;
            }
            let space = content::take_indent(&mut pieces);
            let blank = content::is_blank(&pieces);
            if blank && marker.is_none() {
                flow.blank = flow.blank.saturating_add(u16::from(single && !content.rule));
                continue;
            }
            let mut origin = Origin::at(setting.at.clone());
            let indent = space.saturating_add(setting.format.indent.of_first_line(size));
            origin.appearance = Appearance {
                indent,
                // A line of a table of contents is no heading, though its style may come from one.
                outline_level: setting
                    .format
                    .outline
                    .filter(|level| *level < 9 && setting.meaning != Meaning::Contents)
                    .map(|level| level + 1),
                centred: setting.format.alignment == Some(Alignment::Centre),
                size: print.size.unwrap_or(0),
                bold: print.bold,
                face: print.face,
                ..Appearance::default()
            };
            // What has a role of its own keeps it.
            if let (Some(image), None, false) = (content::lone_image(&pieces), &marker, stated) {
                stand(flow, setting, Block { kind: BlockKind::Image(image), origin });
                continue;
            }
            self.text_block(pieces, marker.take(), origin, setting, flow);
        }
    }

    /// Adds a paragraph of text with its marker: to a list, a quotation, or as it is.
    fn text_block(
        &mut self,
        mut pieces: Vec<Piece>,
        marker: Option<(i64, Marker)>,
        origin: Origin,
        setting: &Setting<'a>,
        flow: &mut Flow<'a>,
    ) {
        let role = match setting.meaning {
            Meaning::Role(role) => role,
            _ => Role::Body,
        };
        // Whatever is numbered by the list of `List Number` is an item of it, a heading too.
        let of_items = |num| {
            let mut styles = self.numbering.styles_of(num);
            styles.any(|id| self.styles.paragraph(Some(id)).meaning == Meaning::NumberedItem)
        };
        let numbered = setting.meaning == Meaning::NumberedItem
            || marker.as_ref().is_some_and(|(num, marker)| marker.loose || !marker.bullet && of_items(*num));
        let (item, marker) = match marker {
            // A heading whose style has a bullet is a heading; one that was put into a list is an item.
            Some((_, marker)) if marker.bullet && matches!(role, Role::Heading(_)) && !setting.listed => {
                if self.reported.insert("bullet") {
                    let message = message!("bullets of headings are left out");
                    self.diagnostics.report(Kind::Dropped, "bullet", setting.at.clone(), message);
                }
                (None, None)
            }
            Some((num, marker)) if numbered || marker.bullet => (Some((num, marker)), None),
            Some((_, marker)) => (None, Some(marker)),
            None => (None, None),
        };
        if content::is_blank(&pieces) {
            pieces.clear();
        }
        let shift = marker.map_or(0, |marker| self.number(&mut pieces, 0, &marker));
        let lead =
            content::lead(&pieces).filter(|(end, _)| *end > shift).map(|(end, level)| Lead { end, level });
        let content = content::inlines(&pieces, &self.links);
        let paragraph = Paragraph { role, lead, content, ..Paragraph::default() };
        let block = Block { kind: BlockKind::Paragraph(paragraph), origin };
        match item {
            Some((num, marker)) => {
                let num = Some(num).filter(|_| !marker.bullet);
                let left = setting.format.indent.left().unwrap_or(0);
                list::list_item(flow, &marker, num, left, block);
            }
            None => stand(flow, setting, block),
        }
    }

    /// The list and level of a paragraph.
    fn list_of(&self, direct: ParagraphFormat, style: &Style) -> Option<(i64, usize)> {
        let num = direct.list.or(style.paragraph.list).filter(|num| *num != 0)?;
        let stated = direct.list_level.map(usize::from);
        let level = match direct.list {
            Some(_) => stated,
            None => stated
                .or_else(|| self.numbering.level_of_style(num, &style.id))
                .or(style.paragraph.list_level.map(usize::from)),
        };
        Some((num, level.unwrap_or(0)))
    }

    /// Puts a number before the pieces from `at` on; gives its characters.
    fn number(&mut self, pieces: &mut Vec<Piece>, at: usize, marker: &Marker) -> usize {
        self.numbered += 1;
        let lead = pieces.get(at).map_or(0, |piece| piece.lead);
        let follows = pieces.get(at).map(|piece| match &piece.kind {
            PieceKind::Text(text) => text.chars().next(),
            _ => None,
        });
        let is_han = |c: char| c >= '\u{2E80}' || matches!(c, '“' | '‘' | '—' | '…');
        let gap = match follows {
            None => "",
            Some(Some(first)) if marker.closed && is_han(first) => "",
            Some(_) => marker.gap,
        };
        let text = format!("{}{gap}", marker.text);
        let length = text.chars().count();
        let kind = PieceKind::Text(text);
        pieces.insert(at, Piece { kind, marks: 0, link: None, lead });
        length
    }

    /// Reports a document that is embedded in this one.
    pub(super) fn foreign_part(&mut self, element: Element<'_>) {
        let target = relationship(self.part, element, "id").map(|r| r.target.clone()).unwrap_or_default();
        let message = message!("another document ({target}) is inserted here and is not read", target);
        self.report(Kind::Dropped, "embedded-document", element, message, "");
    }
}

/// Adds a block where its style says that it stands: in an item of a list, in a quotation, or by itself.
fn stand(flow: &mut Flow<'_>, setting: &Setting<'_>, block: Block) {
    match setting.meaning {
        Meaning::Continued(level) => list::continue_item(flow, usize::from(level), block),
        Meaning::Quote if !flow.quoted => list::quote(flow, list::depth_at(flow, setting.left), block),
        _ => flow.push(block),
    }
}

/// True for a control around a table of contents (17.5.2.12).
fn is_contents(control: Element<'_>) -> bool {
    let part = control.child("sdtPr").and_then(|properties| properties.child("docPartObj"));
    part.and_then(|part| part.value("docPartGallery")) == Some("Table of Contents")
}

/// The group that a content control stands for, by its tag.
fn group_of(control: Element<'_>) -> Option<Group> {
    Group::of_tag(control.child("sdtPr")?.value("tag")?)
}
