//! A paragraph, a picture, a program: what fills a line or more by itself.

use docx_rs::{
    AlignmentType, DocumentChild, IndentLevel, LineSpacing, LineSpacingType, NumberingId, ParagraphBorder,
    ParagraphBorderPosition, ParagraphBorders, ParagraphChild, RunChild, SpecialIndentType,
};

use super::body::Writer;
use super::frame::Frame;
use super::place::{Direct, Place, Setting, column_alignment};
use super::script::{lines_in, width_in_em};
use super::shown::{is_blank, is_lone_picture, is_text, leading_space, tabbed};
use super::style_sheet::RED;
use super::styles::id;
use super::xml::is_legal;
use crate::attributes::report_unmarked;
use crate::diagnostic::Kind;
use crate::layout::CELL_LEADING;
use crate::ooxml::{
    DEEPEST, MASTHEAD_STYLE, PICTURE_STYLE, TWIPS_PER_PT, UNIT_STYLE, role_style, twips, twips_from_em,
};
use crate::profile::{ABOVE_RED_RULE, Align, PT_PER_MM, RED_RULE, Style, StyleName};
use crate::tree::{Code, Head, Image, Inline, Location, Paragraph, Role, SIGNER, has_columns, is_division};

/// Lines of the grid left empty below a table.
const BELOW_TABLE: f64 = 0.5;

/// A border stands no further from its text, in pt (17.3.1.7).
const MOST_ABOVE_BORDER: f64 = 31.0;

/// A picture that is so many times as high as a line stands in none with text.
const MOST_OF_LINE: i32 = 3;

/// A Latin word that Word does not break has as many characters where the line before it may be torn apart.
const LONG_WORD: usize = 16;

/// A paragraph that takes more than this part of a page is not kept whole.
const MOST_KEPT: f64 = 0.85;

impl<'a> Writer<'a> {
    /// Writes a paragraph.
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
        let (style_id, style, stated) = match in_setting {
            Some((id, style, stated)) => (id, style.clone(), stated),
            None => {
                let name = self.masthead.as_ref().filter(|_| matches!(direct.head, Head::Name { .. }));
                let (id, style) = match name {
                    Some(style) => (MASTHEAD_STYLE.0.to_owned(), style.clone()),
                    None if direct.unit => (UNIT_STYLE.0.to_owned(), self.profile.table_unit()),
                    None => (role_style(paragraph.role).id, self.profile.style(paragraph.role).clone()),
                };
                let stated = twips_from_em(style.left, style.size);
                (id, style, stated)
            }
        };
        // What a reference document sets is as that says.
        let division = (place.setting == Setting::Flow && is_division(paragraph))
            .then(|| self.profile.division(paragraph.role))
            .flatten()
            .filter(|_| !self.numbered.contains_key(&style_id));
        let is_division = division.is_some();
        let keeps_with_next = style.keep_with_next;
        let style = division.unwrap_or(style);
        report_unmarked(paragraph, (!is_setting, true, true), at, self.diagnostics);
        let levels = [paragraph.role.level(), paragraph.lead.map(|lead| lead.level)];
        if levels.into_iter().flatten().any(|level| !(1..=DEEPEST).contains(&level)) {
            let message = message!("Word has levels 1 to 9; others are the nearest of them");
            self.diagnostics.report(Kind::Substituted, "heading-level", at.clone(), message);
        }
        let mut written = docx_rs::Paragraph::new();
        // The indent of quotations and items is that of their style; any other adds to where it stands.
        let indents = matches!(place.setting, Setting::Quote | Setting::Item(..));
        let left = if is_setting && indents { base } else { place.bounded(base + stated) };
        let is_ruled = matches!(direct.head, Head::Number { last: true, .. });
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
            if style.align == Align::Justify
                && !is_setting
                && has_columns(paragraph.role, &paragraph.characters())
            {
                written = written.align(AlignmentType::Left);
            }
            let right = twips_from_em(style.right, style.size);
            let as_stated = Frame { left: stated, right, ..Frame::default() };
            if is_division {
                written = written
                    .indent(Some(0), Some(SpecialIndentType::FirstLine(0)), Some(0), None)
                    .align(AlignmentType::Center);
            } else if let Some(frame) = direct.frame.filter(|frame| *frame != as_stated) {
                let first = match frame.hanging {
                    0 => frame.at_edge.then_some(SpecialIndentType::FirstLine(0)),
                    hanging => Some(SpecialIndentType::Hanging(hanging)),
                };
                written = if is_ruled {
                    // The rule is as wide as the text may be: between its ends are a first line and a tab.
                    let first = Some(SpecialIndentType::FirstLine(frame.left));
                    written.indent(Some(0), first, Some(0), None)
                } else {
                    written.indent(Some(base + frame.left), first, Some(frame.right), None)
                };
                if frame.flush_left {
                    written = written.align(AlignmentType::Left);
                }
            } else if left != stated {
                written = written.indent(Some(left), None, Some(right), None);
            }
        }
        if is_ruled {
            written = self.with_red_rule(written, style.size);
        }
        // 抄送 stands at the foot of its page, below its own rule.
        let stands_off = !matches!(place.setting, Setting::Cell { .. } | Setting::Note(_))
            && std::mem::take(&mut self.after_table)
            && paragraph.role != Role::CopyTo;
        // At the top of a page there is nothing to stand off from.
        let before = if stands_off && !(direct.page_break || style.page_break) {
            Some(direct.before.unwrap_or(style.before).max(BELOW_TABLE))
        } else {
            direct.before
        };
        if direct.page_break {
            written = written.page_break_before(true);
        }
        if (direct.keep_with_next || is_division) && !keeps_with_next {
            written = written.keep_next(true);
        }
        if direct.ends_text && !self.profile.widow_control {
            written = written.widow_control(true);
        }
        if style.keep_together && self.is_high(paragraph, &style, place) {
            // What is wanted of it cannot be, and its heading would be left alone; this is written as its being off.
            written = written.keep_lines(true);
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
        written = self.scaled(written, style.size);
        let (children, tallest) = match tabbed(paragraph) {
            Some((columns, blanks)) => {
                let message = message!("the blanks between two columns are a tab");
                self.diagnostics.report_text(Kind::Substituted, "columns", at.clone(), message, blanks);
                let (mut children, tallest) = self.running_text(&columns, &style, at, &[], room);
                set_signers_apart(&mut children);
                (children, tallest)
            }
            None => self.running_text(paragraph, &style, at, &breaks, room),
        };
        self.type_size = None;
        written.children = self.listed(paragraph, children);
        let mut spacing = before.map(|lines| {
            let before = self.geometry.lines(lines);
            LineSpacing::new().before(before.unsigned_abs())
        });
        if direct.after > style.after {
            let after = self.geometry.lines(direct.after).unsigned_abs();
            spacing = Some(spacing.unwrap_or_default().after(after));
        }
        let of_cell = match place.setting {
            Setting::Cell { .. } => is_setting,
            Setting::Item(..) => is_setting && self.scale < 1.0,
            Setting::Flow | Setting::Quote | Setting::Note(_) => false,
        };
        let line = if of_cell {
            spacing = self.scaled_leading(spacing, style.size);
            self.cell_line(style.size)
        } else {
            self.geometry.line(style.size)
        };
        if style.align == Align::Justify
            && (tallest > MOST_OF_LINE * line || has_long_word(&paragraph.characters()))
        {
            // The line before a picture that fills one by itself, or a long word, would be torn apart.
            written = written.align(AlignmentType::Left);
        }
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

    /// The red rule below type of that size: how far below its line in pt, and how thick in eighths of a pt (GB/T 9704-2012
    /// 7.2.7).
    fn red_rule(&self, size: f64) -> (f64, f64) {
        // The type stands in the middle of its line.
        let below = (f64::from(self.geometry.line(size)) / TWIPS_PER_PT - size) / 2.0;
        let space = (ABOVE_RED_RULE * PT_PER_MM - below).round().clamp(0.0, MOST_ABOVE_BORDER);
        (space, (RED_RULE * PT_PER_MM * 8.0).round())
    }

    /// Room that the red rule below type of that size takes, in lines of the grid.
    pub(super) fn room_of_red_rule(&self, size: f64) -> f64 {
        let (space, eighths) = self.red_rule(size);
        (space + eighths / 8.0) * TWIPS_PER_PT / f64::from(self.geometry.leading)
    }

    fn with_red_rule(&self, mut paragraph: docx_rs::Paragraph, size: f64) -> docx_rs::Paragraph {
        let (space, eighths) = self.red_rule(size);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few points")]
        let border = ParagraphBorder::new(ParagraphBorderPosition::Bottom)
            .size(eighths as usize)
            .space(space as usize)
            .color(RED);
        paragraph.property = paragraph.property.set_borders(ParagraphBorders::with_empty().set(border));
        paragraph
    }

    /// True for a paragraph that may take more than a page, or leave no room on it for a heading.
    fn is_high(&self, paragraph: &Paragraph, style: &Style, place: Place) -> bool {
        let room = f64::from(place.width) / TWIPS_PER_PT / style.size - style.left - style.right;
        let lines = lines_in(&paragraph.text(), room);
        let most = f64::from(self.geometry.text_height()) * MOST_KEPT;
        lines * f64::from(self.geometry.line(style.size)) > most
    }

    /// A paragraph of a style of that size, and what is then written in it, in a table whose type is smaller.
    pub(super) fn scaled(&mut self, paragraph: docx_rs::Paragraph, size: f64) -> docx_rs::Paragraph {
        if self.scale >= 1.0 {
            return paragraph;
        }
        let half_points = (size * self.scale * 2.0).round().max(2.0) as usize;
        self.type_size = Some(half_points);
        paragraph.size(half_points)
    }

    /// The distance of the lines of a cell whose style has that size, in twips.
    fn cell_line(&self, size: f64) -> i32 {
        twips(size * self.scale * CELL_LEADING)
    }

    /// The spacing of a paragraph of a cell whose style has that size: in a table whose type is smaller, its lines stand
    /// nearer too.
    pub(super) fn scaled_leading(&self, spacing: Option<LineSpacing>, size: f64) -> Option<LineSpacing> {
        if self.scale >= 1.0 {
            return spacing;
        }
        let exact = spacing.unwrap_or_default().line_rule(LineSpacingType::Exact);
        Some(exact.line(self.cell_line(size)))
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
        self.diagnostics.report_text(Kind::Substituted, code, at.clone(), message, space);
    }

    /// Where a centred line that is too long is best divided: what stands before each further line, in characters.
    /// Word would fill the first line and leave what is left to the last.
    fn fitted_breaks(&self, paragraph: &Paragraph, style: &Style, place: Place) -> Vec<usize> {
        let of_table = matches!(place.setting, Setting::Cell { head: true, .. });
        if style.align != Align::Centre || place.setting != Setting::Flow && !of_table {
            return Vec::new();
        }
        let style = &Style { size: style.size * self.scale, ..style.clone() };
        let measure = f64::from(place.width) / TWIPS_PER_PT;
        let room = measure / style.size;
        // What surely fits is not measured.
        if paragraph.text().split('\n').all(|line| width_in_em(line) * 1.25 < room) {
            return Vec::new();
        }
        crate::layout::centred_breaks(paragraph, style, self.profile, measure, of_table, &self.faces)
    }

    /// A picture in a line of its own; where it cannot be shown, its alternative text in the style of pictures.
    pub(super) fn image(
        &mut self,
        image: &Image,
        at: &Location,
        place: Place,
        before: Option<f64>,
    ) -> DocumentChild {
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
                let mut paragraph = docx_rs::Paragraph::new().style(PICTURE_STYLE.0);
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
        if self.below > 0 {
            paragraph = paragraph.keep_next(true);
        }
        if let Some(lines) = before {
            let before = self.geometry.lines(lines).unsigned_abs();
            paragraph = paragraph.line_spacing(LineSpacing::new().before(before));
        }
        DocumentChild::Paragraph(Box::new(paragraph))
    }

    pub(super) fn code(&mut self, code: &'a Code, at: &Location, place: Place) -> DocumentChild {
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
        let paragraph = docx_rs::Paragraph::new().style(&style);
        let mut paragraph = self.scaled(paragraph, self.profile.named(StyleName::Code).size);
        let base = self.inner_base(place);
        if base != 0 {
            let style = self.profile.named(StyleName::Code);
            let left = place.bounded(base + twips_from_em(style.left, style.size));
            let right = twips_from_em(style.right, style.size);
            paragraph = paragraph.indent(Some(left), None, Some(right), None);
        }
        paragraph.children = self.plain_text(code.text.strip_suffix('\n').unwrap_or(&code.text), at);
        self.type_size = None;
        DocumentChild::Paragraph(Box::new(paragraph))
    }
}

/// The names of those who sign have a face of their own (GB/T 9704-2012 7.2.6): what stands behind their label.
fn set_signers_apart(children: &mut [ParagraphChild]) {
    let ends_label = |child: &RunChild| matches!(child, RunChild::Text(text) if text.text.ends_with(SIGNER));
    let mut runs = children.iter_mut().filter_map(|child| {
        let ParagraphChild::Run(run) = child else { return None };
        Some(run)
    });
    if runs.any(|run| run.children.iter().any(ends_label)) {
        for run in runs.filter(|run| run.run_property.style.is_none()) {
            run.run_property = std::mem::take(&mut run.run_property).style(id::SIGNER);
        }
    }
}

/// True where a word or address takes a large part of a line as a whole.
fn has_long_word(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_graphic() || c == '-').any(|word| word.len() >= LONG_WORD)
}
