//! The characters of a tree.

use std::borrow::Cow;
use std::ops::Range;

use super::{Block, BlockKind, Document, Inline, Paragraph, Role, is_ideograph};

impl Paragraph {
    /// The text of the paragraph: the characters of its inlines, a break as `\n`.
    pub fn text(&self) -> String {
        let mut text = String::new();
        push_inlines(&self.content, &mut text);
        text
    }

    /// The same, not copied where the paragraph is of one piece, as most are.
    pub(crate) fn characters(&self) -> Cow<'_, str> {
        match self.content.as_slice() {
            [Inline::Text(text)] => Cow::Borrowed(text),
            _ => Cow::Owned(self.text()),
        }
    }

    /// The blanks that part the two columns of a line, as a range of characters: 印发机关 and 印发日期
    /// (GB/T 9704-2012 7.4.3), 发文字号 and 签发人 (7.2.6), who issues minutes or a bulletin and when.
    pub(crate) fn column_gap(&self) -> Option<Range<usize>> {
        self.may_have_columns().then(|| column_gap(self.role, &self.characters())).flatten()
    }

    /// True for roles whose lines may have two columns.
    pub(crate) fn may_have_columns(&self) -> bool {
        matches!(self.role, Role::CopyTo | Role::DocumentNumber | Role::Byline)
    }
}

/// The label of those who sign a document.
pub(crate) const SIGNER: &str = "签发人：";

/// The gap between two columns of a line, as [`Paragraph::column_gap`].
pub(crate) fn column_gap(role: Role, line: &str) -> Option<Range<usize>> {
    let text: Vec<char> = line.chars().collect();
    let gap = if role == Role::CopyTo {
        wide_gap(&text)
    } else if role == Role::DocumentNumber {
        gap_before_signer(&text)
    } else if role == Role::Byline {
        gap_before_date(&text)
    } else {
        None
    };
    gap.filter(|gap| !text[gap.clone()].iter().any(|c| matches!(c, '\n' | '\r')))
}

/// The blanks that set words in columns: two or more in a row, in a text with ideographs. On the screen of its author each
/// is half as wide as an ideograph, and so what stands below each other there does in print. Ranges of characters.
pub(crate) fn column_blanks(text: impl Iterator<Item = char> + Clone) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !text.clone().any(is_ideograph) {
        return found;
    }
    for (at, _) in text.enumerate().filter(|(_, c)| *c == ' ') {
        match found.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = at + 1,
            None => found.push(at..at + 1),
        }
    }
    found.retain(|run| run.len() > 1);
    found
}

/// A line of a table that is drawn with characters: between upright rules, or a rule.
pub(crate) fn is_boxed(text: &str) -> bool {
    let drawn = |c: char| ('\u{2500}'..='\u{257F}').contains(&c);
    let upright = |c: char| matches!(c, '│' | '┃' | '║');
    let text = text.trim();
    let mut inner = text.chars();
    let (Some(first), Some(last)) = (inner.next(), inner.next_back()) else { return false };
    // The last rule of a row may be missing.
    let corners = drawn(first)
        && !matches!(first, '─' | '━' | '═')
        && (drawn(last) || upright(first) && text.chars().filter(|c| upright(*c)).count() > 1);
    let ascii = first == '|' && last == '|'
        || first == '+' && last == '+' && inner.all(|c| matches!(c, '-' | '=' | '+'));
    corners || ascii && text.len() > 4
}

/// The blanks between a number and the label of who signs.
fn gap_before_signer(text: &[char]) -> Option<Range<usize>> {
    let label: Vec<char> = SIGNER.chars().collect();
    let end = text.windows(label.len()).position(|window| window == label)?;
    let start = text[..end].iter().rposition(|c| !c.is_whitespace())? + 1;
    (start < end).then_some(start..end)
}

/// The blanks, three at least, between a name and a date that ends the line.
fn gap_before_date(text: &[char]) -> Option<Range<usize>> {
    let end = text.iter().rposition(|c| !c.is_whitespace())?;
    let after = text[..end].iter().rposition(|c| c.is_whitespace())? + 1;
    let start = text[..after].iter().rposition(|c| !c.is_whitespace())? + 1;
    let is_date = text[end] == '日' && ['年', '月'].iter().all(|c| text[after..end].contains(c));
    (is_date && after - start >= 3).then_some(start..after)
}

/// The last run of two or more blanks between other characters, where a date or a number of copies is behind it, or the
/// one blank before the date of printing.
fn wide_gap(text: &[char]) -> Option<Range<usize>> {
    let wide =
        text.windows(3).rposition(|w| w[0].is_whitespace() && w[1].is_whitespace() && !w[2].is_whitespace());
    let counts =
        |c: &char| c.is_ascii_digit() || "０１２３４５６７８９〇○零一二三四五六七八九十印".contains(*c);
    let wide = wide.map(|at| at + 2).filter(|end| text[*end..].iter().any(counts));
    let end = wide.or_else(|| printing_date(text))?;
    let start = text[..end].iter().rposition(|c| !c.is_whitespace())? + 1;
    Some(start..end)
}

/// Where the date of printing begins that one blank parts from the name before it: `县府办 |2026年5月8日印发`.
fn printing_date(text: &[char]) -> Option<usize> {
    let ends = text.iter().rev().skip_while(|c| c.is_whitespace()).take(2).eq(['发', '印'].iter());
    let year = |at: usize| {
        text[at..].iter().take_while(|c| c.is_ascii_digit()).count() == 4 && text.get(at + 4) == Some(&'年')
    };
    (1..text.len()).rfind(|at| text[at - 1].is_whitespace() && year(*at)).filter(|_| ends)
}

impl Document {
    /// How many cells its tables have, those of tables in cells too. A row is as wide as its table, as it is when set.
    pub fn cells(&self) -> u64 {
        cells(&self.blocks) + self.notes.iter().map(|note| cells(&note.blocks)).sum::<u64>()
    }

    /// Calls `visit` with every paragraph in reading order, those in lists, tables, quotes and notes too.
    pub fn for_each_paragraph<'a>(&'a self, visit: &mut dyn FnMut(&'a Block, &'a Paragraph)) {
        walk(&self.blocks, visit);
        for note in &self.notes {
            walk(&note.blocks, visit);
        }
    }
}

fn cells(blocks: &[Block]) -> u64 {
    let of = |block: &Block| match &block.kind {
        BlockKind::Table(table) => {
            let all = table.rows.iter().flat_map(|row| &row.cells);
            let inner: u64 = all.map(|cell| cells(&cell.blocks)).sum();
            inner.saturating_add((table.width() as u64).saturating_mul(table.rows.len() as u64))
        }
        BlockKind::List(list) => list.items.iter().map(|item| cells(&item.blocks)).sum(),
        BlockKind::Quote(blocks) => cells(blocks),
        BlockKind::Paragraph(_)
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Rule
        | BlockKind::PageBreak
        | BlockKind::Raw(_) => 0,
    };
    blocks.iter().map(of).sum()
}

fn walk<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Block, &'a Paragraph)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => visit(block, paragraph),
            BlockKind::List(list) => list.items.iter().for_each(|item| walk(&item.blocks, visit)),
            BlockKind::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    walk(&cell.blocks, visit);
                }
            }
            BlockKind::Quote(blocks) => walk(blocks, visit),
            BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => {}
        }
    }
}

/// Appends the characters of `inlines`. A picture gives its alternative text, a note reference nothing.
pub(crate) fn push_inlines(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(t) | Inline::Code(t) | Inline::Raw(t) => text.push_str(t),
            Inline::Styled(_, content) | Inline::Link { content, .. } => push_inlines(content, text),
            Inline::Image(image) => text.push_str(&image.alt),
            Inline::Break => text.push('\n'),
            Inline::NoteRef(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Cell, Origin, Row, Table};

    #[test]
    fn the_gap_of_two_columns_is_the_last_run_of_blanks() {
        let gap = |text: &str| column_gap(Role::CopyTo, text);
        assert_eq!(gap("县府办　　 2026年5月8日印发"), Some(3..6));
        assert_eq!(gap("县府办　2026年5月8日印发"), Some(3..4));
        assert_eq!(gap("县府办　2026年5月8日"), None);
        assert_eq!(gap("　　县府办"), None);
        assert_eq!(gap("县府办　　"), None);
        let signed = |text: &str| column_gap(Role::DocumentNumber, text);
        assert_eq!(signed("某政发〔2026〕4号　签发人：王　明　　李　红"), Some(11..12));
        assert_eq!(signed("某政发〔2026〕4号签发人：王明"), None);
        assert_eq!(signed("签发人：王明　　李红"), None);
        assert_eq!(column_gap(Role::Body, "县府办　　2026年5月8日印发"), None);
    }

    #[test]
    fn a_row_has_as_many_cells_as_its_table_is_wide() {
        let row = |cells| Row::new(vec![Cell::new(Vec::new()); cells]);
        let block = |kind| Block { kind, origin: Origin::default() };
        let inner = Table { rows: vec![row(3), row(1)], ..Table::default() };
        let mut outer = Table { rows: vec![row(2), row(1)], ..Table::default() };
        outer.rows[1].cells[0].blocks.push(block(BlockKind::Table(inner)));
        let document = Document { blocks: vec![block(BlockKind::Table(outer))], ..Document::default() };
        assert_eq!(document.cells(), 4 + 6);
    }
}
