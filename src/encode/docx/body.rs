//! Blocks become the paragraphs and tables of word/document.xml.

use std::collections::BTreeMap;

use docx_rs::{
    AlignmentType, BorderType, BreakType, DocumentChild, IndentLevel, LineSpacing, NumberingId,
    ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, Run, SpecialIndentType,
};

use super::notes::Notes;
use super::numbering::{self, Kind as Marker, Numbering, STYLED_LEVELS, style_id};
use super::package::Relationship;
use super::script::width_in_em;
use super::styles::id;
use crate::diagnostic::{Diagnostics, Kind};
use crate::ooxml::{DEEPEST, Geometry, role_style, twips_from_em};
use crate::profile::{Align, Profile, Style, StyleName, signature_indents};
use crate::tree::{Block, BlockKind, Code, ColumnAlignment, Image, Inline, List, Location, Paragraph, Role};

/// All that is gathered while the blocks are written.
pub(super) struct Writer<'a> {
    pub(super) profile: &'a Profile,
    pub(super) geometry: Geometry,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) notes: Notes<'a>,
    pub(super) numbering: Numbering,
    /// Relationships of the links of the part that is being written.
    pub(super) links: Vec<Relationship>,
    /// Titles of links by relationship id.
    pub(super) tooltips: BTreeMap<String, String>,
    /// Whether each row of each table is part of a head, in document order.
    pub(super) header_rows: Vec<bool>,
    /// A table has ended, and what follows stands off from it.
    pub(super) after_table: bool,
}

/// What a block stands in.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Setting {
    /// The text itself.
    Flow,
    /// An item of a list of that level, from 0, with that marker.
    Item(u8, Marker),
    Quote,
    Cell {
        alignment: ColumnAlignment,
        head: bool,
    },
    Note,
}

/// Where a block stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    setting: Setting,
    /// Twips from the left edge to where the setting begins.
    base: i32,
    /// Level of a list that begins here.
    level: u8,
    /// Twips from edge to edge.
    pub(super) width: i32,
}

impl Place {
    /// The text itself.
    pub(super) fn flow(width: i32) -> Self {
        Self { setting: Setting::Flow, base: 0, level: 0, width }
    }

    /// A footnote.
    pub(super) fn note(width: i32) -> Self {
        Self { setting: Setting::Note, ..Self::flow(width) }
    }

    /// A cell of a table.
    pub(super) fn cell(alignment: ColumnAlignment, head: bool, width: i32) -> Self {
        Self { setting: Setting::Cell { alignment, head }, ..Self::flow(width) }
    }
}

impl Place {
    /// A left indent that leaves a third of the width to the text, however deep it is nested.
    fn bounded(self, left: i32) -> i32 {
        left.min(self.width / 3 * 2)
    }
}

/// What a paragraph has beyond its style.
#[derive(Debug, Clone, Copy, Default)]
struct Direct {
    /// Lines of the grid left empty above.
    before: Option<f64>,
    /// Where its lines stand.
    frame: Option<Frame>,
    page_break: bool,
    /// List id and level of its marker.
    marker: Option<(usize, u8)>,
    /// A line of the 版记, and whether it is its first and its last.
    ruled: Option<(bool, bool)>,
}

/// Indents in twips that depend on the text of a paragraph, and so on no style.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Frame {
    left: i32,
    right: i32,
    /// By how much the first line stands left of the others.
    hanging: i32,
    /// Flush left, whatever the style says.
    flush_left: bool,
}

/// Lines of the grid left empty below a table.
const BELOW_TABLE: f64 = 0.5;

/// Em that a date may turn out wider than it was reckoned before it wraps.
const SLACK: f64 = 1.5;

/// A colon that parts a label from what it introduces stands among so many first characters.
const LABEL: usize = 8;

impl Writer<'_> {
    /// Appends the blocks to `out` as paragraphs and tables.
    pub(super) fn blocks(&mut self, blocks: &[Block], place: Place, out: &mut Vec<DocumentChild>) {
        let mut previous = None;
        let mut page_break = false;
        let imprint = imprint(blocks);
        for (index, block) in blocks.iter().enumerate() {
            let at = &block.origin.at;
            if page_break && !matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::PageBreak) {
                out.push(page_break_paragraph());
                page_break = false;
            }
            match &block.kind {
                BlockKind::Paragraph(paragraph) => {
                    let direct = Direct {
                        before: self.space_before(previous, paragraph.role, place),
                        frame: self.frame(blocks, index, paragraph),
                        page_break: std::mem::take(&mut page_break),
                        marker: None,
                        ruled: (place.setting == Setting::Flow && index >= imprint)
                            .then_some((index == imprint, index + 1 == blocks.len())),
                    };
                    out.push(self.paragraph(paragraph, at, place, direct));
                }
                BlockKind::List(list) => self.list(list, at, place, out),
                BlockKind::Table(table) => self.table(table, at, place, out),
                BlockKind::Quote(blocks) => {
                    let inside =
                        Place { setting: Setting::Quote, base: self.inner_base(place), level: 0, ..place };
                    self.blocks(blocks, inside, out);
                }
                BlockKind::Code(code) => out.push(self.code(code, at, place)),
                BlockKind::Image(image) => out.push(self.image(image, at)),
                BlockKind::Rule => out.push(empty_paragraph(id::RULE)),
                BlockKind::PageBreak => {
                    if std::mem::replace(&mut page_break, true) {
                        out.push(page_break_paragraph());
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

    /// Lines left empty above a paragraph, where they are not what the styles say: above and below, of which
    /// Word takes the larger.
    fn space_before(&self, previous: Option<Role>, role: Role, place: Place) -> Option<f64> {
        if place.setting != Setting::Flow {
            return None;
        }
        let below = previous.map_or(0.0, |previous| self.profile.style(previous).after);
        let space = self.profile.space_before(previous, role);
        (space != self.profile.style(role).before.max(below)).then_some(space)
    }

    /// Where the lines of a paragraph stand whose indents depend on its text or on its neighbour's.
    fn frame(&self, blocks: &[Block], index: usize, paragraph: &Paragraph) -> Option<Frame> {
        let of = |index: Option<usize>, role| {
            let BlockKind::Paragraph(paragraph) = &blocks.get(index?)?.kind else { return None };
            (paragraph.role == role).then_some(paragraph)
        };
        match paragraph.role {
            Role::Signature | Role::SigningDate => {
                let names = |index: &usize| of(Some(*index), Role::Signature);
                let own = usize::from(paragraph.role == Role::Signature);
                let first = (0..index).rev().take_while(|index| names(index).is_some()).last();
                let end = (index + own..blocks.len()).find(|index| names(index).is_none())?;
                let date = of(Some(end), Role::SigningDate)?;
                let names: Vec<_> = (first.unwrap_or(index)..end).filter_map(|i| names(&i)).collect();
                let (name, date) = self.signature_frames(&names, date)?;
                Some(if own == 1 { name } else { date })
            }
            Role::AttachmentNote => self.attachment_frame(paragraph),
            Role::CopyTo => self.copy_frame(paragraph),
            Role::Title
            | Role::Subtitle
            | Role::DocumentNumber
            | Role::Occasion
            | Role::Date
            | Role::Byline
            | Role::Recipient
            | Role::Salutation
            | Role::Heading(_)
            | Role::Point(_)
            | Role::Body
            | Role::Closing
            | Role::AttachmentLabel
            | Role::Remark
            | Role::Boilerplate => None,
        }
    }

    /// The lines of a 署名 and the 成文日期 below them (GB/T 9704-2012 7.3.5.2). A date that is no wider than the
    /// widest name begins two characters right of it; the widths of figures depend on their face, so its left edge
    /// is what is set, with room to spare on its right.
    fn signature_frames(&self, names: &[&Paragraph], date: &Paragraph) -> Option<(Frame, Frame)> {
        let (name_style, date_style) =
            (self.profile.style(names.first()?.role), self.profile.style(date.role));
        if name_style.align != Align::Right || date_style.align != Align::Right {
            return None;
        }
        let widest =
            |paragraph: &Paragraph| paragraph.text().split('\n').map(width_in_em).fold(0.0, f64::max);
        let of_name = names.iter().map(|name| widest(name)).fold(0.0, f64::max);
        let of_date = widest(date);
        let (name_right, date_right) = signature_indents(of_name, of_date);
        let at_right = |right, style: &Style| Frame {
            left: 0,
            right: twips_from_em(right, style.size).min(self.geometry.measure() / 2),
            hanging: 0,
            flush_left: false,
        };
        let name_frame = at_right(name_right, name_style);
        let mut date_frame = at_right(date_right, date_style);
        if of_date <= of_name {
            let begin = self.geometry.measure() - name_frame.right - self.set_width(of_name, name_style);
            let left = (begin + twips_from_em(2.0, name_style.size)).max(0);
            let room = self.set_width(of_date + SLACK, date_style);
            let right = (self.geometry.measure() - left - room).min(0);
            date_frame = Frame { left, right, hanging: 0, flush_left: true };
        }
        Some((name_frame, date_frame))
    }

    /// Twips of that many em of type, set as the body is.
    fn set_width(&self, em: f64, style: &Style) -> i32 {
        let spacing =
            if style.size == self.profile.named(StyleName::Body).size { self.geometry.spacing } else { 0 };
        twips_from_em(em, style.size) + (em * f64::from(spacing)).round() as i32
    }

    /// 附件说明: what wraps stands under the name of the attachment, and `2.` under `1.` (GB/T 9704-2012 7.3.4).
    fn attachment_frame(&self, paragraph: &Paragraph) -> Option<Frame> {
        const WORD: &str = "附件：";
        let style = self.profile.style(paragraph.role);
        let text = paragraph.text();
        let label = if text.starts_with(WORD) { WORD.len() } else { 0 };
        let digits = text[label..].bytes().take_while(u8::is_ascii_digit).count();
        let point = text[label + digits..].chars().next().filter(|c| digits > 0 && ".．、".contains(*c));
        let prefix = label + point.map_or(0, |point| digits + point.len_utf8());
        if prefix == 0 || text[..prefix].chars().count() > LABEL {
            return None;
        }
        let first = style.left + if label == 0 { width_in_em(WORD) } else { 0.0 };
        let hanging = self.set_width(width_in_em(&text[..prefix]), style);
        let left = self.set_width(first, style) + hanging;
        Some(self.bounded_frame(left, hanging, style))
    }

    /// A frame that leaves a third of the measure to the text.
    fn bounded_frame(&self, left: i32, hanging: i32, style: &Style) -> Frame {
        let left = left.min(self.geometry.measure() / 3 * 2);
        let right = twips_from_em(style.right, style.size).min(self.geometry.measure() / 6);
        Frame { left, right, hanging: hanging.min(left), flush_left: false }
    }

    /// 抄送: what wraps stands behind the colon (GB/T 9704-2012 7.4.2).
    fn copy_frame(&self, paragraph: &Paragraph) -> Option<Frame> {
        let style = self.profile.style(paragraph.role);
        let text = paragraph.text();
        let (colon, _) = text.char_indices().take(LABEL).find(|(_, c)| *c == '：')?;
        let colon = colon + '：'.len_utf8();
        let hanging = self.set_width(width_in_em(&text[..colon]), style);
        Some(self.bounded_frame(twips_from_em(style.left, style.size) + hanging, hanging, style))
    }

    /// Twips from the left edge to where blocks inside the setting of a place begin.
    pub(super) fn inner_base(&self, place: Place) -> i32 {
        let own = match place.setting {
            Setting::Flow | Setting::Cell { .. } | Setting::Note => 0,
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
            Setting::Note => Some(named(id::NOTE, StyleName::Note)),
        }
    }

    fn paragraph(
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
        let mut written = docx_rs::Paragraph::new();
        // The indent of quotations and items is that of their style; any other adds to where it stands.
        let indents = matches!(place.setting, Setting::Quote | Setting::Item(..));
        let left = if is_setting && indents { base } else { place.bounded(base + stated) };
        if let Some((list, level)) = direct.marker {
            written = self.marked(written, paragraph.role, place, list, level);
        } else {
            if style_id != "Normal" {
                written = written.style(&style_id);
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
        let stands_off = !matches!(place.setting, Setting::Cell { .. } | Setting::Note)
            && std::mem::take(&mut self.after_table);
        let before = if stands_off {
            Some(direct.before.unwrap_or(style.before).max(BELOW_TABLE))
        } else {
            direct.before
        };
        if let Some(lines) = before {
            let before = self.geometry.lines(lines);
            written = written.line_spacing(LineSpacing::new().before(before.unsigned_abs()));
        }
        if let Some((first, last)) = direct.ruled {
            written.property.borders = Some(imprint_rules(&style, first, last));
            written = written.keep_lines(true).keep_next(!last);
        }
        if direct.page_break && !style.page_break {
            written = written.page_break_before(true);
        }
        if let Setting::Cell { alignment, .. } = place.setting
            && is_setting
            && let Some(alignment) = column_alignment(alignment)
        {
            written = written.align(alignment);
        }
        let breaks = self.fitted_breaks(paragraph, &style, place);
        written.children = match tabbed(paragraph) {
            Some(columns) => self.running_text(&columns, style.bold, at, &[]),
            None => self.running_text(paragraph, style.bold, at, &breaks),
        };
        DocumentChild::Paragraph(Box::new(written))
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
        crate::layout::centred_breaks(paragraph, style, self.profile)
    }

    /// Gives a paragraph its list style and marker. The style of bullets brings their marker along.
    fn marked(
        &self,
        paragraph: docx_rs::Paragraph,
        role: Role,
        place: Place,
        list: usize,
        level: u8,
    ) -> docx_rs::Paragraph {
        let bullet = list == Marker::Bullet as usize;
        let task = list == Marker::Open as usize || list == Marker::Done as usize;
        let style = if is_text(role) {
            style_id(if bullet || task { id::LIST_BULLET } else { id::LIST_NUMBER }, level)
        } else {
            role_style(role).id
        };
        let mut paragraph = paragraph.style(&style);
        if !bullet || !is_text(role) || level >= STYLED_LEVELS {
            paragraph = paragraph.numbering(NumberingId::new(list), IndentLevel::new(usize::from(level)));
        }
        let item = self.profile.named(StyleName::ListItem);
        let left = self.inner_base(place);
        let marker = Marker::of(list);
        if left != numbering::indent(item, marker, level) {
            let hanging = twips_from_em(marker.hang(), item.size).min(left);
            let hanging = SpecialIndentType::Hanging(hanging);
            paragraph = paragraph.indent(Some(left), Some(hanging), None, None);
        }
        paragraph
    }

    fn list(&mut self, list: &List, at: &Location, place: Place, out: &mut Vec<DocumentChild>) {
        let level = place.level.min(DEEPEST - 1);
        // A list within an item is indented by its level; any other list by what it stands in.
        let base =
            if matches!(place.setting, Setting::Item(..)) { place.base } else { self.inner_base(place) };
        let number = match list.start {
            None => Marker::Bullet as usize,
            Some(start) => {
                if start > Numbering::LARGEST {
                    self.diagnostics.report_text(
                        Kind::Substituted,
                        "list-number",
                        at.clone(),
                        format!("Word counts to {}; the list begins there", Numbering::LARGEST),
                        start.to_string(),
                    );
                }
                self.numbering.begin(level, start)
            }
        };
        for item in &list.items {
            if item.checked.is_some() && list.start.is_some() {
                self.diagnostics.report(
                    Kind::Substituted,
                    "task-number",
                    at.clone(),
                    "a numbered task shows its box instead of its number",
                );
            }
            let marker = match item.checked {
                Some(true) => Marker::Done as usize,
                Some(false) => Marker::Open as usize,
                None => number,
            };
            let setting = Setting::Item(level, Marker::of(marker));
            let inside = Place { setting, base, level: level.saturating_add(1), ..place };
            let direct = Direct { marker: Some((marker, level)), ..Direct::default() };
            let rest = match item.blocks.split_first() {
                Some((Block { kind: BlockKind::Paragraph(first), origin }, rest)) => {
                    out.push(self.paragraph(first, &origin.at, inside, direct));
                    rest
                }
                _ => {
                    out.push(self.paragraph(&Paragraph::default(), at, inside, direct));
                    &item.blocks
                }
            };
            self.blocks(rest, inside, out);
        }
    }

    /// The alternative text of a picture, in the style of captions.
    fn image(&mut self, image: &Image, at: &Location) -> DocumentChild {
        self.report_image(image, at);
        let mut paragraph = docx_rs::Paragraph::new().style(id::CAPTION);
        paragraph.children = self.plain_text(&image.alt, at);
        DocumentChild::Paragraph(Box::new(paragraph))
    }

    fn code(&mut self, code: &Code, at: &Location, place: Place) -> DocumentChild {
        if !code.language.is_empty() {
            self.diagnostics.report_text(
                Kind::Dropped,
                "code-language",
                at.clone(),
                "Word has no place for the language of a program",
                code.language.clone(),
            );
        }
        let mut paragraph = docx_rs::Paragraph::new().style(id::CODE);
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

/// Index of the first block of the 版记: the last paragraphs, where they are 抄送 and 印发.
fn imprint(blocks: &[Block]) -> usize {
    let of_imprint = |block: &Block| matches!(&block.kind, BlockKind::Paragraph(paragraph) if paragraph.role == Role::CopyTo);
    blocks.iter().rposition(|block| !of_imprint(block)).map_or(0, |index| index + 1)
}

/// The rules of the 版记 over the whole measure, 0.35 mm outside and 0.25 mm between (GB/T 9704-2012 7.4.1). Rules
/// reach from indent to indent; white lines at the sides, as far out as the text is indented, widen them.
fn imprint_rules(style: &Style, first: bool, last: bool) -> ParagraphBorders {
    use ParagraphBorderPosition as Side;
    const OUTER: usize = 8;
    const INNER: usize = 6;
    /// `w:space` goes no farther (17.18.68).
    const FARTHEST: f64 = 31.0;
    let line = |side, size| ParagraphBorder::new(side).val(BorderType::Single).size(size);
    let beside = |side, em: f64| {
        let space = (em * style.size).round().clamp(0.0, FARTHEST) as usize;
        line(side, 2).space(space).color("FFFFFF")
    };
    let mut rules = ParagraphBorders::with_empty()
        .set(line(Side::Top, if first { OUTER } else { INNER }))
        .set(line(Side::Between, INNER))
        .set(beside(Side::Left, style.left))
        .set(beside(Side::Right, style.right));
    if last {
        rules = rules.set(line(Side::Bottom, OUTER));
    }
    rules
}

/// True for roles that look like the text of whatever they stand in.
pub(super) fn is_text(role: Role) -> bool {
    matches!(role, Role::Body | Role::Boilerplate | Role::Point(_))
}

/// A paragraph of that style without text.
pub(super) fn empty_paragraph(style: &str) -> DocumentChild {
    DocumentChild::Paragraph(Box::new(docx_rs::Paragraph::new().style(style)))
}

/// A plain line of two columns with a tab for the blanks between them: the tab stop of its style takes the
/// second column to the right edge.
fn tabbed(paragraph: &Paragraph) -> Option<Paragraph> {
    let [Inline::Text(text)] = paragraph.content.as_slice() else { return None };
    let gap = paragraph.column_gap().filter(|_| paragraph.role == Role::CopyTo)?;
    let part =
        |range: std::ops::Range<usize>| text.chars().skip(range.start).take(range.len()).collect::<String>();
    let columns = format!("{}\t{}", part(0..gap.start), part(gap.end..usize::MAX));
    Some(Paragraph::new(paragraph.role, vec![Inline::Text(columns)]))
}

fn page_break_paragraph() -> DocumentChild {
    let run = Run::new().add_break(BreakType::Page);
    DocumentChild::Paragraph(Box::new(docx_rs::Paragraph::new().add_run(run)))
}

fn column_alignment(alignment: ColumnAlignment) -> Option<AlignmentType> {
    match alignment {
        ColumnAlignment::Default => None,
        ColumnAlignment::Left => Some(AlignmentType::Left),
        ColumnAlignment::Centre => Some(AlignmentType::Center),
        ColumnAlignment::Right => Some(AlignmentType::Right),
    }
}
