//! Where the parts of a document stand whose place depends on their text: 署名 and 成文日期, 附件说明, 出席, 抄送.

use super::body::Writer;
use super::place::{Place, Setting};
use super::script::width_in_em;
use super::shown::tabbed;
use crate::ooxml::twips_from_em;
use crate::profile::{
    Align, ORDER_INDENT, SIGNER_INDENT, Style, StyleName, is_block_of_labels, last_of_row, signature_indents,
};
use crate::tree::{Block, BlockKind, Paragraph, Role, is_at_edge};

/// Indents in twips that depend on the text of a paragraph, and so on no style.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Frame {
    pub(super) left: i32,
    pub(super) right: i32,
    /// By how much the first line stands left of the others.
    pub(super) hanging: i32,
    /// Flush left, whatever the style says.
    pub(super) flush_left: bool,
    /// The first line begins where the others do, whatever the style says.
    pub(super) at_edge: bool,
}

/// Em that a date may turn out wider than it was reckoned before it wraps.
const SLACK: f64 = 1.5;

/// A colon that parts a label from what it introduces stands among so many first characters.
const LABEL: usize = 8;

impl Writer<'_> {
    /// Where the lines of a paragraph stand whose indents depend on its text or on its neighbour's.
    pub(super) fn frame(&self, blocks: &[Block], index: usize, paragraph: &Paragraph) -> Option<Frame> {
        let of = |index: Option<usize>, role| {
            let BlockKind::Paragraph(paragraph) = &blocks.get(index?)?.kind else { return None };
            (paragraph.role == role).then_some(paragraph)
        };
        if let Some(sides) = &self.sides {
            let width = |em| self.set_width(em, self.profile.style(paragraph.role));
            let (left, first) = (width(sides.rest), width(sides.indent));
            let hanging = left - first;
            return Some(Frame { left, hanging, flush_left: true, at_edge: hanging == 0, right: 0 });
        }
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
            Role::Attendance => Some(self.names_frame(paragraph)),
            Role::DocumentNumber | Role::Byline => self.number_frame(paragraph),
            Role::CopyTo => self.copy_frame(paragraph),
            Role::Closing => is_at_edge(&blocks[..=index]).then(|| self.edge_frame(paragraph.role)),
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
            | Role::AttachmentLabel
            | Role::Remark
            | Role::Boilerplate => None,
        }
    }

    /// The lines of a 署名 and the 成文日期 below them (GB/T 9704-2012 7.3.5.2). A date that is no wider than the
    /// widest name, of several in a row the last, begins two characters right of it; the widths of figures depend on their face, so its left edge
    /// is what is set, with room to spare on its right.
    fn signature_frames(&self, names: &[&Paragraph], date: &Paragraph) -> Option<(Frame, Frame)> {
        let (name_style, date_style) =
            (self.profile.style(names.first()?.role), self.profile.style(date.role));
        if name_style.align != Align::Right || date_style.align != Align::Right {
            return None;
        }
        let widest = |paragraph: &Paragraph| {
            paragraph.text().split('\n').map(|row| width_in_em(last_of_row(row))).fold(0.0, f64::max)
        };
        let of_name = names.iter().map(|name| widest(name)).fold(0.0, f64::max);
        let of_date = widest(date);
        let at_right = |right, style: &Style| Frame {
            right: twips_from_em(right, style.size).min(self.geometry.measure() / 2),
            ..Frame::default()
        };
        if self.order {
            return Some((at_right(ORDER_INDENT, name_style), at_right(ORDER_INDENT, date_style)));
        }
        let (name_right, date_right) = signature_indents(of_name, of_date);
        let mut name_frame = at_right(name_right, name_style);
        let mut date_frame = at_right(date_right, date_style);
        let begin = self.geometry.measure() - name_frame.right - self.set_width(of_name, name_style);
        let texts: Vec<String> = names.iter().map(|name| name.text()).collect();
        if is_block_of_labels(&texts) {
            name_frame = Frame { left: begin.max(0), flush_left: true, ..Frame::default() };
        }
        if of_date <= of_name {
            let left = (begin + twips_from_em(2.0, name_style.size)).max(0);
            let room = self.set_width(of_date + SLACK, date_style);
            let right = (self.geometry.measure() - left - room).min(0);
            date_frame = Frame { left, right, flush_left: true, ..Frame::default() };
        }
        Some((name_frame, date_frame))
    }

    /// Twips of that many em of type, set as the body is.
    fn set_width(&self, em: f64, style: &Style) -> i32 {
        let spacing =
            if style.size == self.profile.named(StyleName::Body).size { self.geometry.spacing } else { 0 };
        twips_from_em(em, style.size) + (em * f64::from(spacing)).round() as i32
    }

    /// The second line of the closing words of a letter, `敬礼！` below `此致`.
    fn edge_frame(&self, role: Role) -> Frame {
        let style = self.profile.style(role);
        let [left, right] = [style.left, style.right].map(|em| twips_from_em(em, style.size));
        Frame { left, right, at_edge: style.first_line != 0.0, ..Frame::default() }
    }

    /// Lines that the author has broken and that have room stand below each other, as verses do.
    pub(super) fn verse_frame(&self, paragraph: &Paragraph, place: Place) -> Option<Frame> {
        if place.setting != Setting::Flow || paragraph.role != Role::Body {
            return None;
        }
        let style = self.profile.style(Role::Body);
        let text = paragraph.characters();
        let room =
            self.geometry.measure() - self.set_width(style.left + style.right + style.first_line, style);
        let fits = |line: &str| self.set_width(width_in_em(line), style) <= room;
        let verse = style.first_line > 0.0 && text.contains('\n') && text.split('\n').all(fits);
        let left = self.set_width(style.left + style.first_line, style);
        verse.then(|| Frame { at_edge: true, ..self.bounded_frame(left, 0, style) })
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
        Frame { left, right, hanging: hanging.min(left), ..Frame::default() }
    }

    /// 出席, 列席, 请假: names stand below names (GB/T 9704-2012 10.3), those of a row without a label too.
    fn names_frame(&self, paragraph: &Paragraph) -> Frame {
        let style = self.profile.style(paragraph.role);
        let text = paragraph.text();
        let colon = text.char_indices().take(LABEL).find(|(_, c)| matches!(c, '：' | ':'));
        let label = colon.map_or("", |(at, colon)| &text[..at + colon.len_utf8()]);
        let hanging = self.set_width(width_in_em(label), style);
        let names = if label.is_empty() { self.set_width(width_in_em("出席："), style) } else { hanging };
        self.bounded_frame(twips_from_em(style.left, style.size) + names, hanging, style)
    }

    /// The measure of a row of names or of fields in em, to the tenth, since twips are rounded.
    pub(super) fn row_measure(&self, role: Role) -> f64 {
        let style = self.profile.style(role);
        self.measure_in_em(role) - style.left - style.right - style.first_line
    }

    /// The whole measure in em of a role.
    pub(super) fn measure_in_em(&self, role: Role) -> f64 {
        let em = self.set_width(1.0, self.profile.style(role));
        (f64::from(self.geometry.measure()) / f64::from(em) * 10.0).floor() / 10.0
    }

    /// 发文字号 of an upward document, on one line with those who sign it (GB/T 9704-2012 7.2.6); who issues and when.
    fn number_frame(&self, paragraph: &Paragraph) -> Option<Frame> {
        let indent = twips_from_em(SIGNER_INDENT, self.profile.style(paragraph.role).size);
        let frame = Frame { left: indent, right: indent, flush_left: true, ..Frame::default() };
        tabbed(paragraph).map(|_| frame)
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
}
