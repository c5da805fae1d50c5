//! The normal form: what of a tree stands in its Word file.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::shown::tabbed;
use super::super::xml::is_legal;
use super::encode;
use crate::Format;
use crate::diagnostic::Diagnostics;
use crate::generated::{bare, cases, documents};
use crate::ooxml::{DEEPEST, LARGEST, LARGEST_NUMBER};
use crate::options::{Options, Structure};
use crate::roundtrip::{as_stated, differences, normal::same, there_and_back};
use crate::tree::{
    Block, BlockKind, Cell, Code, ColumnAlignment, Document, Image, Inline, InlineStyle, Lead, List,
    ListItem, Meta, Note, Origin, Paragraph, Role, Row, Table,
};

/// True for the blocks of a cell whose text shows how it is aligned.
fn shows(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| block.kind.is_image_or(|paragraph| paragraph.role == Role::Body))
}

/// What remains of `document` after writing and reading a Word file, nothing recognised, in the spelling of
/// [`same`]: `same(decode(encode(d))) == normal_form(d)`, origins apart.
///
/// - Markers and points are gone (recognition finds them again), levels are 1 to 9, and body text, points and
///   boilerplate in a list, a quotation, a table or a note are body text.
/// - Markup is gone, and the characters that no XML holds. `\r`, `\n` and `\r\n` are breaks.
/// - White space at the start of a paragraph is its indent, unless it is underlined, and white space around a picture
///   that stands alone is gone; a paragraph of nothing else is gone.
/// - Raised and lowered text are not in each other: the innermost says which. There is no link in a link, without a
///   target or without text; addresses are percent-encoded.
/// - A run-in heading ends with text, and never within a picture. Where paragraphs are bold (`bold`), nothing in it is
///   strong.
/// - A page begins before something and after something, once, and not in tables and notes.
/// - Lists begin with 32767 at most. A task has a box instead of its number.
/// - Cells end where others begin, and the table with its rows; columns whose cells show no alignment have none.
/// - There are the notes that the text mentions, and no mentions in them; pictures of the kinds that Word shows.
/// - Properties have names of their own.
fn normal_form(document: &Document, bold: bool) -> Document {
    let document = crate::with_title(std::borrow::Cow::Borrowed(document), &mut Diagnostics::default());
    let mut pass = Pass {
        document: &document,
        setting: Setting::Flow,
        shown: BTreeSet::new(),
        of_item: false,
        in_note: false,
        bold,
    };
    let mut normal = Document { blocks: pass.blocks(&document.blocks), ..Document::default() };
    if normal.blocks.first().is_some_and(|block| block.kind == BlockKind::PageBreak) {
        normal.blocks.remove(0);
    }
    normal.blocks.pop_if(|block| block.kind == BlockKind::PageBreak);
    let mut mentioned = BTreeSet::new();
    crate::markdown::note::for_each_reference(&normal.blocks, &mut |id| {
        mentioned.insert(id.to_owned());
    });
    (pass.setting, pass.in_note) = (Setting::Note, true);
    for note in &document.notes {
        if mentioned.remove(&note.id) {
            let blocks = pass.blocks(&note.blocks);
            normal.notes.push(Note { id: note.id.clone(), place: note.place, blocks });
        }
    }
    normal.pictures = document
        .pictures
        .iter()
        .filter(|picture| pass.shown.contains(picture.target.as_str()))
        .cloned()
        .collect();
    normal.meta = meta(&document);
    same(&normal)
}

/// What a block stands in.
#[derive(Clone, Copy, PartialEq)]
enum Setting {
    Flow,
    /// A list or a quotation.
    Inside,
    Cell,
    Note,
}

struct Pass<'a> {
    document: &'a Document,
    setting: Setting,
    /// Targets of the pictures that are shown.
    shown: BTreeSet<&'a str>,
    /// The next paragraph bears the marker of an item.
    of_item: bool,
    in_note: bool,
    /// All paragraphs are bold.
    bold: bool,
}

fn block(kind: BlockKind) -> Block {
    Block { kind, origin: Origin::default() }
}

impl<'a> Pass<'a> {
    fn within(&mut self, setting: Setting, blocks: &'a [Block]) -> Vec<Block> {
        let outer = self.setting;
        // No page begins in a list that stands in a table.
        if outer == Setting::Flow || setting != Setting::Inside {
            self.setting = setting;
        }
        let blocks = self.blocks(blocks);
        self.setting = outer;
        blocks
    }

    fn blocks(&mut self, blocks: &'a [Block]) -> Vec<Block> {
        let mut out: Vec<Block> = Vec::new();
        for one in blocks {
            let kinds = match &one.kind {
                BlockKind::Paragraph(paragraph) => {
                    let paragraph = self.paragraph(paragraph);
                    self.of_item = false;
                    paragraph.map(BlockKind::Paragraph).into_iter().collect()
                }
                BlockKind::List(list) => self.lists(list).into_iter().map(BlockKind::List).collect(),
                BlockKind::Table(table) => self.table(table).map(BlockKind::Table).into_iter().collect(),
                BlockKind::Quote(inner) => {
                    let inner = self.within(Setting::Inside, inner);
                    if inner.is_empty() { Vec::new() } else { vec![BlockKind::Quote(inner)] }
                }
                BlockKind::Code(code) => vec![BlockKind::Code(Code {
                    language: code.language.clone(),
                    text: lines(code.text.strip_suffix('\n').unwrap_or(&code.text)) + "\n",
                })],
                BlockKind::Image(image) => vec![BlockKind::Image(self.image(image))],
                BlockKind::Rule => vec![BlockKind::Rule],
                BlockKind::PageBreak
                    if matches!(self.setting, Setting::Cell | Setting::Note)
                        || matches!(out.last(), Some(Block { kind: BlockKind::PageBreak, .. })) =>
                {
                    Vec::new()
                }
                BlockKind::PageBreak => vec![BlockKind::PageBreak],
                BlockKind::Raw(_) => Vec::new(),
            };
            out.extend(kinds.into_iter().map(block));
        }
        out
    }

    /// A list, in pieces where tasks stand among its numbers.
    fn lists(&mut self, list: &'a List) -> Vec<List> {
        let mut lists: Vec<List> = Vec::new();
        let mut number = list.start.map(|start| start.min(u64::from(LARGEST_NUMBER)));
        for item in &list.items {
            self.of_item = matches!(item.blocks.first(), Some(Block { kind: BlockKind::Paragraph(_), .. }));
            let blocks = self.within(Setting::Inside, &item.blocks);
            let start = number.filter(|_| item.checked.is_none());
            let normal = ListItem { checked: item.checked, blocks };
            match lists.last_mut() {
                Some(last) if last.start.is_some() == start.is_some() => last.items.push(normal),
                _ => lists.push(List { start, tight: list.tight, items: vec![normal] }),
            }
            if item.checked.is_none() {
                number = number.map(|number| (number + 1).min(u64::from(LARGEST_NUMBER)));
            }
        }
        lists
    }

    fn table(&mut self, table: &'a Table) -> Option<Table> {
        // Where columns end.
        let mut ends = BTreeSet::new();
        // For each column, the rows that are still covered from above.
        let mut covered: Vec<usize> = vec![0; table.columns.len()];
        let mut rows = Vec::new();
        // Empty cells of one column, and how they are set.
        let mut empty = Vec::new();
        let of_column = |column: usize| table.columns.get(column).copied().unwrap_or_default();
        for (index, row) in table.rows.iter().enumerate() {
            let (mut cells, mut column) = (Vec::new(), 0);
            let mut given = row.cells.iter();
            loop {
                if covered.get(column).is_some_and(|rows| *rows > 0) {
                    covered[column] -= 1;
                    column += 1;
                    continue;
                }
                let Some(cell) = given.next() else {
                    if column >= covered.len() {
                        break;
                    }
                    cells.push((column, Cell::new(Vec::new())));
                    empty.push((column, of_column(column)));
                    column += 1;
                    ends.insert(column);
                    continue;
                };
                let down = (cell.rows.max(1) as usize).min(table.rows.len() - index);
                let wanted = cell.columns.max(1) as usize;
                let free = covered.iter().skip(column).take(wanted).take_while(|rows| **rows == 0).count();
                let columns = if column + free < covered.len() { free.max(1).min(wanted) } else { wanted };
                if covered.len() < column + columns {
                    covered.resize(column + columns, 0);
                }
                covered[column..column + columns].fill(down - 1);
                let blocks = self.within(Setting::Cell, &cell.blocks);
                let own = table.alignment(cell, column);
                let is_told = match blocks.is_empty() {
                    true => own != ColumnAlignment::Default,
                    false => shows(&blocks),
                };
                if blocks.is_empty() && columns == 1 {
                    let in_head = index < table.header_rows;
                    empty.push((column, if in_head { of_column(column) } else { own }));
                }
                let alignment = Some(own).filter(|_| is_told && index >= table.header_rows);
                cells.push((column, Cell { blocks, columns: columns as u32, rows: down as u32, alignment }));
                column += columns;
                ends.insert(column);
            }
            rows.push((row.height.filter(|height| *height > 0).map(|height| height.min(LARGEST)), cells));
        }
        if covered.is_empty() || rows.is_empty() {
            return None;
        }
        let header_rows = table.header_rows.min(rows.len());
        let mut columns = table.columns.clone();
        columns.resize(covered.len(), ColumnAlignment::Default);
        for (at, alignment) in columns.iter_mut().enumerate() {
            let own = rows
                .iter()
                .flat_map(|row| &row.1)
                .filter(|(column, cell)| *column == at && cell.columns == 1)
                .map(|(_, cell)| cell);
            if own.clone().any(|cell| shows(&cell.blocks)) {
                continue;
            }
            // Empty cells alone tell it where they are all alike.
            let mut empty = empty.iter().filter(|(column, _)| *column == at).map(|(_, own)| *own);
            let first = empty.next().unwrap_or_default();
            *alignment = if empty.all(|own| own == first) { first } else { ColumnAlignment::Default };
        }
        let row = |(height, cells): (Option<u32>, Vec<(usize, Cell)>)| Row {
            height,
            cells: cells.into_iter().map(|(_, cell)| cell).collect(),
        };
        let told = (1..=columns.len()).all(|end| ends.contains(&end));
        let widths = table.shares(columns.len()).filter(|_| told).unwrap_or_default();
        let rows = rows.into_iter().map(row).collect();
        let mut table = Table { columns, widths, borderless: table.borderless, header_rows, rows };
        table.settle_alignment();
        Some(table)
    }

    fn image(&mut self, image: &Image) -> Image {
        let drawn = self.document.picture(image).filter(|picture| picture.shown_size(image).is_some());
        let mut normal = image.clone();
        for text in [&mut normal.target, &mut normal.alt, &mut normal.title] {
            text.retain(is_legal);
        }
        match drawn {
            Some(picture) => drop(self.shown.insert(picture.target.as_str())),
            None => {
                normal.alt = lines(&image.alt);
                normal.size = None;
            }
        }
        normal
    }

    fn paragraph(&mut self, paragraph: &'a Paragraph) -> Option<Paragraph> {
        let flow = self.setting == Setting::Flow;
        let level = |level: u8| level.clamp(1, DEEPEST);
        let mut role = paragraph.role;
        if let Role::Heading(own) | Role::Point(own) = &mut role {
            *own = level(*own);
        }
        if !flow && matches!(role, Role::Boilerplate | Role::Point(_)) {
            role = Role::Body;
        }
        let columns = tabbed(paragraph).map(|(columns, _)| columns);
        let mut runs =
            Runs { lead: paragraph.lead.map_or(0, |lead| lead.end), bold: self.bold, ..Runs::default() };
        runs.inlines(&columns.as_ref().unwrap_or(paragraph).content, self, &Look::default());
        runs.trim();
        if role == Role::Body && !self.of_item {
            runs.leave_lone_picture();
        }
        if runs.all.is_empty() {
            return None;
        }
        let end = runs
            .all
            .iter()
            .rposition(|run| run.lead)
            .map(|last| runs.all[..=last].iter().map(Run::length).sum::<usize>());
        let first = runs.all.iter().find(|run| run.is_text || run.lead);
        let end = end.filter(|_| first.is_some_and(|run| run.lead));
        let lead = paragraph.lead.zip(end).map(|(lead, end)| Lead { end, level: level(lead.level) });
        Some(Paragraph { role, lead, content: runs.content(), ..Paragraph::default() })
    }
}

/// The lines of a text: its legal characters, every line ended by `\n`.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| is_legal(*c)).collect()
}

/// What sets a piece of running text apart.
#[derive(Clone, Default, PartialEq)]
struct Look {
    styles: BTreeSet<InlineStyle>,
    /// Number, target and title of its link.
    link: Option<(usize, String, String)>,
}

/// A piece of running text: a character or what is none.
struct Run {
    look: Look,
    inline: Inline,
    /// A character, in the text of a program or not.
    is_text: bool,
    lead: bool,
}

impl Run {
    fn length(&self) -> usize {
        crate::markdown::inline::length(std::slice::from_ref(&self.inline))
    }

    fn is_space(&self) -> bool {
        match &self.inline {
            Inline::Text(text) | Inline::Code(text) => text.trim().is_empty(),
            Inline::Break => true,
            Inline::Styled(..)
            | Inline::Link { .. }
            | Inline::Image(_)
            | Inline::NoteRef(_)
            | Inline::Raw(_) => false,
        }
    }
}

#[derive(Default)]
struct Runs {
    all: Vec<Run>,
    /// Characters so far, as the tree counts them, and the end of the run-in heading.
    at: usize,
    lead: usize,
    links: usize,
    /// The paragraph is bold.
    bold: bool,
}

impl Runs {
    fn inlines<'a>(&mut self, content: &[Inline], pass: &mut Pass<'a>, look: &Look) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.text(text, look, Inline::Text),
                Inline::Code(text) => self.text(text, look, Inline::Code),
                Inline::Break => self.text("\n", look, Inline::Text),
                Inline::Styled(style, inner) => {
                    let mut look = look.clone();
                    if matches!(style, InlineStyle::Superscript | InlineStyle::Subscript) {
                        look.styles.remove(&InlineStyle::Superscript);
                        look.styles.remove(&InlineStyle::Subscript);
                    }
                    look.styles.insert(*style);
                    self.inlines(inner, pass, &look);
                }
                Inline::Link { target, title, content } => {
                    let mut look = look.clone();
                    let target = address(target);
                    if look.link.is_none() && !target.is_empty() {
                        self.links += 1;
                        let title = title.chars().filter(|c| is_legal(*c)).collect();
                        look.link = Some((self.links, target, title));
                    }
                    self.inlines(content, pass, &look);
                }
                Inline::Image(image) => {
                    let drawn = pass.document.picture(image).is_some_and(|p| p.shown_size(image).is_some());
                    let normal = pass.image(image);
                    // What stands for a picture is text, and looks like it.
                    let first = image.alt.chars().position(is_legal).map(|first| self.at + first);
                    let lead = !drawn && first.is_some_and(|first| first < self.lead);
                    self.at += image.alt.chars().count();
                    let look = Look { link: look.link.clone(), ..Look::default() };
                    self.all.push(Run { look, inline: Inline::Image(normal), is_text: false, lead });
                }
                Inline::NoteRef(id) => {
                    let there = pass.document.notes.iter().any(|note| note.id == *id);
                    if there && !pass.in_note {
                        let look = Look { link: look.link.clone(), ..Look::default() };
                        let inline = Inline::NoteRef(id.clone());
                        self.all.push(Run { look, inline, is_text: false, lead: false });
                    }
                }
                Inline::Raw(markup) => self.at += markup.chars().count(),
            }
        }
    }

    fn text(&mut self, text: &str, look: &Look, wrap: fn(String) -> Inline) {
        let mut after_return = false;
        for c in text.chars() {
            let lead = self.at < self.lead;
            self.at += 1;
            let pair = std::mem::replace(&mut after_return, c == '\r') && c == '\n';
            if !is_legal(c) || pair {
                continue;
            }
            let is_break = matches!(c, '\n' | '\r');
            let inline = if is_break { Inline::Break } else { wrap(c.to_string()) };
            let mut look = look.clone();
            if lead && self.bold {
                look.styles.remove(&InlineStyle::Strong);
            }
            self.all.push(Run { look, inline, is_text: !is_break, lead });
        }
    }

    /// Takes away the white space that is an indent, or stands around a picture.
    fn trim(&mut self) {
        let indent = |run: &Run| {
            matches!(&run.inline, Inline::Text(_))
                && run.is_space()
                && !run.look.styles.contains(&InlineStyle::Underline)
        };
        let start = self.all.iter().take_while(|run| indent(run)).count();
        self.all.drain(..start);
        if self.all.iter().all(Run::is_space) {
            self.all.clear();
        }
    }

    /// Takes away the white space beside a picture that stands alone.
    fn leave_lone_picture(&mut self) {
        let mut words =
            self.all.iter().filter(|run| !run.is_space() || matches!(run.inline, Inline::Code(_)));
        let picture =
            words.next().is_some_and(|run| matches!(run.inline, Inline::Image(_)) && run.look.link.is_none());
        if picture && words.next().is_none() {
            self.all.retain(|run| !run.is_space());
        }
    }

    fn content(self) -> Vec<Inline> {
        let mut out = Vec::new();
        let styled = |run: Run| {
            run.look.styles.iter().rev().fold(run.inline, |inner, style| Inline::Styled(*style, vec![inner]))
        };
        let mut runs = self.all.into_iter().peekable();
        while let Some(run) = runs.next() {
            let Some((number, target, title)) = run.look.link.clone() else {
                out.push(styled(run));
                continue;
            };
            let mut content = vec![styled(run)];
            let here = |run: &Run| run.look.link.as_ref().is_some_and(|link| link.0 == number);
            while let Some(run) = runs.next_if(here) {
                content.push(styled(run));
            }
            out.push(Inline::Link { target, title, content });
        }
        out
    }
}

/// The address of a link as a Word file holds it.
fn address(target: &str) -> String {
    let mut address = String::new();
    let bytes = target.as_bytes();
    for (at, c) in target.char_indices().filter(|(_, c)| is_legal(*c) || c.is_ascii()) {
        let escape = bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if c <= ' ' || "\"<>\\^`{|}\u{7F}".contains(c) || c == '%' && !escape {
            address.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            address.push(c);
        }
    }
    address
}

fn meta(document: &Document) -> Meta {
    let legal = |text: &str| text.chars().filter(|c| is_legal(*c)).collect::<String>();
    let given = &document.meta;
    let mut normal = Meta {
        title: given.title.as_deref().map(legal),
        author: given.author.as_deref().map(legal),
        ..Meta::default()
    };
    let mut names: BTreeMap<String, ()> = BTreeMap::new();
    let date = given.date.iter().map(|date| ("date".to_owned(), date.clone()));
    for (at, (name, value)) in (1..).zip(given.other.iter().cloned().chain(date)) {
        let name = legal(&name);
        let name = if name.trim().is_empty() { "property" } else { name.trim() };
        let mut unique = name.to_owned();
        if names.insert(unique.to_lowercase(), ()).is_some() {
            unique = format!("{name} {at}");
            names.insert(unique.to_lowercase(), ());
        }
        normal.set(unique, legal(&value));
    }
    normal
}

/// Sizes of pictures are bounded by the room they have.
fn without_sizes(mut document: Document) -> Document {
    crate::roundtrip::normal::each_image(&mut document, &|image| image.size = None);
    document
}

fn options() -> Options {
    let mut options = Options::new().expect("the built-in profile");
    options.structure = Structure::Keep;
    options
}

/// Everything is bold.
fn bold() -> Options {
    let mut options = options();
    let profile = &mut options.profile;
    profile.headings.iter_mut().chain(profile.styles.values_mut()).for_each(|style| style.bold = true);
    profile.leads.iter_mut().for_each(|lead| lead.bold = true);
    options
}

fn read_again(document: &Document, options: &Options) -> Document {
    let document = crate::with_title(std::borrow::Cow::Borrowed(document), &mut Diagnostics::default());
    let written = encode(&document, options, &mut Diagnostics::default()).expect("writes");
    let document = crate::decode(&written, Format::Docx, options).expect("reads").value;
    bare(without_sizes(same(&document)))
}

fn declared(document: &Document, options: &Options) -> Result<(), TestCaseError> {
    let trip = there_and_back(document, Format::Docx, &as_stated(options)).expect("there and back");
    prop_assert!(trip.is_declared(), "{}", differences(&trip, false, crate::Language::English));
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn trees_read_back_as_their_normal_form(document in documents()) {
        let normal = bare(without_sizes(normal_form(&document, false)));
        prop_assert_eq!(read_again(&document, &options()), normal);
    }

    #[test]
    fn bold_paragraphs_read_back_as_their_normal_form(document in documents()) {
        let normal = bare(without_sizes(normal_form(&document, true)));
        prop_assert_eq!(read_again(&document, &bold()), normal);
    }

    #[test]
    fn the_normal_form_is_its_own_normal_form(mut document in documents()) {
        // A property by the name of a field is that field only when it is read.
        document.meta = Meta::default();
        let normal = bare(without_sizes(normal_form(&document, false)));
        prop_assert_eq!(bare(without_sizes(normal_form(&normal, false))), normal);
    }

    #[test]
    fn every_loss_is_declared(document in documents()) {
        declared(&document, &options())?;
    }

    #[test]
    fn every_loss_in_bold_paragraphs_is_declared(document in documents()) {
        declared(&document, &bold())?;
    }
}
