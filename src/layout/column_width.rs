//! Widths of the columns of a table, from what they hold or as the table asks for them.
//!
//! No column is narrower than its longest word, figure or date. What room is left goes, a little at a time, to the
//! column that makes the table lower by most: a column of names stays narrow, and one of long texts gets what it needs.

use super::cell::LATIN_GAP;
use super::head_width;
use super::inline::Context;
use super::punctuation::{Class, class, is_ideograph};
use super::table::Grid;
use crate::profile::{Profile, StyleName};
use crate::tree::{Block, BlockKind, Image, Inline, Table, push_inlines};

/// White inside a cell, at the sides, in em.
pub(crate) const PADDING_SIDE: f64 = 0.35;
/// No column is narrower than this, in em, unless all it holds is.
const LEAST_COLUMN: f64 = 3.0;
/// No column need be narrower than this, in em, where half of the room is left to the others.
const EASY_COLUMN: f64 = 4.0;
/// What stays with the figure before it and with the one after it, in dates and in ranges.
const BETWEEN_FIGURES: &str = "年月日时分—–～-:：";
/// No column asks for more for one word, in em: longer words are cut.
const MOST_WORD: f64 = 10.0;
/// A capital letter takes so many em.
const CAPITAL: f64 = 0.72;
/// Type of tables becomes no smaller than this part of its size.
const SMALLEST: f64 = 0.5;
/// On landscape pages type becomes smaller, to this part of its size, before the lines of long texts become too short.
const SMALL: f64 = 0.65;
/// A table whose longest lines together take so many times the room it has is crowded.
const CROWDED: f64 = 2.0;
/// In how many steps room is given away.
const STEPS: u8 = 48;
/// As many lines of text as wide as a picture have its weight.
const PICTURE_LINES: usize = 8;
/// How many rows are looked at for that, spread over the table.
const MOST_ROWS: usize = 128;

/// How a table is set in a width.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ColumnWidths {
    /// The part of its size at which type is set.
    pub(crate) scale: f64,
    /// The widths of the columns in pt, with the white inside their cells.
    pub(crate) widths: Vec<f64>,
}

/// True for a table whose columns have no room on a page that is higher than wide. Where they have more room on one
/// that is wider than high, the table stands there.
pub(crate) fn is_too_wide(table: &Table, profile: &Profile, measure: f64) -> bool {
    let size = profile.named(StyleName::TableCell).size;
    let asked = asked(&Grid::of(table), size, &Context::default());
    measure < profile.height() && asked.iter().map(|column| column.least).sum::<f64>() > measure
}

/// The widths of the columns of a table that fills `width` pt.
pub(crate) fn column_widths(
    table: &Table,
    profile: &Profile,
    width: f64,
    context: &Context<'_>,
) -> ColumnWidths {
    of_grid(&Grid::of(table), profile, width, context)
}

pub(super) fn of_grid(grid: &Grid<'_>, profile: &Profile, width: f64, context: &Context<'_>) -> ColumnWidths {
    let size = profile.named(StyleName::TableCell).size;
    let whole = asked(grid, size, context);
    let sum = |of: &dyn Fn(&Asked) -> f64| whole.iter().map(of).sum::<f64>();
    let fits = width / sum(&|column| column.least);
    // A table that has been given a page on its side has its type smaller before a text stands in it like a ribbon.
    let is_landscape = width > profile.measure() + 1.0;
    let easy = if is_landscape { width / sum(&|column| column.easy(size)) } else { 1.0 };
    let scale = easy.max(SMALL).min(fits).clamp(SMALLEST, 1.0);
    // Word counts type in half points.
    let scale = if scale < 1.0 { (size * scale * 2.0).floor().max(2.0) / (size * 2.0) } else { scale };
    let size = size * scale;
    let columns = if scale < 1.0 { asked(grid, size, context) } else { whole };
    let widths = match &grid.shares {
        Some(shares) => as_asked(shares, &columns, width),
        None => share(grid, &columns, width, size, context),
    };
    ColumnWidths { scale, widths }
}

/// Widths that fill `width` in these parts, but for columns that would be narrower than their least: those have that, and
/// the others share the rest.
fn as_asked(shares: &[u32], asked: &[Asked], width: f64) -> Vec<f64> {
    let least = |column: usize| asked[column].least;
    let floor: f64 = asked.iter().map(|column| column.least).sum();
    if floor >= width {
        return asked.iter().map(|column| column.least * width / floor).collect();
    }
    let part = |column: usize| f64::from(shares[column]);
    // A column that falls behind takes room of the others, so that the next may fall behind: those that ask for least
    // beside what they need come first, and one round is enough.
    let mut order: Vec<usize> = (0..asked.len()).collect();
    order.sort_by(|a, b| (part(*a) / least(*a)).total_cmp(&(part(*b) / least(*b))));
    let (mut room, mut parts) = (width, shares.iter().copied().map(f64::from).sum::<f64>());
    let mut widths = vec![0.0; asked.len()];
    for column in order {
        widths[column] = (room * part(column) / parts).max(least(column));
        room -= widths[column];
        parts -= part(column);
    }
    widths
}

/// What a column asks for, in pt, with the white inside its cells.
#[derive(Debug, Clone, Copy)]
struct Asked {
    /// The least that it bears.
    least: f64,
    /// The least that it bears where dates are divided behind the year.
    tight: f64,
    /// The least in which the words of its head are whole.
    head: f64,
    /// What holds its longest line.
    most: f64,
    /// The longest text of a cell in one line, without white.
    text: f64,
}

impl Asked {
    /// The width at which no cell is much higher than wide.
    fn easy(&self, size: f64) -> f64 {
        let square = (self.text / size).sqrt() * size + padding(size);
        self.least.max(square.min(self.most))
    }
}

/// White at both sides of the text of a cell, and its border.
fn padding(size: f64) -> f64 {
    2.0 * PADDING_SIDE * size + 0.5
}

/// What each column asks for, by its cells of one column.
fn asked(grid: &Grid<'_>, size: f64, context: &Context<'_>) -> Vec<Asked> {
    let pad = padding(size);
    let mut asked =
        vec![
            Asked { least: size + pad, tight: size + pad, head: size + pad, most: size + pad, text: 0.0 };
            grid.columns
        ];
    for at in grid.rows.iter().flatten().filter(|at| at.columns == 1) {
        let text = TextWidths::of(at.blocks, size, context);
        let column = &mut asked[at.column];
        column.least = column.least.max(text.least.min(MOST_WORD * size) + pad);
        column.tight = column.tight.max(text.tight.min(MOST_WORD * size) + pad);
        column.most = column.most.max(text.most + pad);
        column.text = column.text.max(text.lines.iter().sum());
    }
    for at in grid.rows.iter().take(grid.head).flatten().filter(|at| at.columns == 1) {
        let column = &mut asked[at.column];
        let [Block { kind: BlockKind::Paragraph(head), .. }] = at.blocks else { continue };
        for line in head.characters().lines() {
            let room = head_width::whole_words(line, (column.least - pad) / size).unwrap_or(0.0);
            column.head = column.head.max((room * size + pad).min(column.most));
        }
    }
    asked
}

/// Widths that fill `width`: each column has what its longest line needs or, where that is too much, at least its
/// least and as much of the rest as makes the table low.
fn share(grid: &Grid<'_>, asked: &[Asked], width: f64, size: f64, context: &Context<'_>) -> Vec<f64> {
    let wanted: f64 = asked.iter().map(|column| column.most).sum();
    if wanted <= width {
        return asked.iter().map(|column| column.most * width / wanted).collect();
    }
    let mut widths: Vec<f64> = asked.iter().map(|column| column.least).collect();
    let mut floor: f64 = widths.iter().sum();
    if floor >= width {
        return widths.iter().map(|least| least * width / floor).collect();
    }
    // What dates take would leave long texts no more than a ribbon.
    if wanted > CROWDED * width && floor > width / 2.0 {
        widths = asked.iter().map(|column| column.tight).collect();
        floor = widths.iter().sum();
    }
    let pad = padding(size);
    let easy = |(width, column): (&f64, &Asked)| width.max((EASY_COLUMN * size + pad).min(column.most));
    let easy: Vec<f64> = widths.iter().zip(asked).map(easy).collect();
    if easy.iter().sum::<f64>() - floor <= (width - floor) / 2.0 {
        widths = easy;
    }
    widen_for_heads(&mut widths, asked, width);
    let lines = lines_of_rows(grid, size, context);
    let step = (width - widths.iter().sum::<f64>()) / f64::from(STEPS);
    for _ in 0..STEPS {
        let gains = gains(&lines, &widths, step, pad);
        let gain = |column: &usize| gains[*column];
        let best = (0..widths.len()).max_by(|a, b| gain(a).total_cmp(&gain(b)).then(b.cmp(a)));
        match best.filter(|best| gain(best) > 0.0) {
            Some(best) => widths[best] += step,
            // Every line of the rows looked at is whole; others may not be.
            None => widths.iter_mut().zip(asked).for_each(|(w, column)| *w += step * column.most / wanted),
        }
    }
    widths
}

/// Widens columns so that the words of their heads are whole, where half of the room is left to the texts: first those that
/// ask for least, and those that ask for as much together, as columns that are alike stay so.
fn widen_for_heads(widths: &mut [f64], asked: &[Asked], width: f64) {
    let more = |column: usize, widths: &[f64]| (asked[column].head - widths[column]).max(0.0);
    let mut order: Vec<usize> = (0..widths.len()).filter(|column| more(*column, widths) > 0.0).collect();
    order.sort_by(|a, b| more(*a, widths).total_cmp(&more(*b, widths)));
    let mut spare = (width - widths.iter().sum::<f64>()) / 2.0;
    let own = widths.to_vec();
    for alike in order.chunk_by(|a, b| (more(*a, &own) - more(*b, &own)).abs() < 0.01) {
        spare -= alike.iter().map(|column| more(*column, &own)).sum::<f64>();
        if spare < 0.0 {
            break;
        }
        alike.iter().for_each(|column| widths[*column] = asked[*column].head);
    }
}

/// The widths of the lines of the cells of one column, by rows; of a long table some of its rows.
fn lines_of_rows(grid: &Grid<'_>, size: f64, context: &Context<'_>) -> Vec<Vec<(usize, Vec<f64>)>> {
    let every = grid.rows.len().div_ceil(MOST_ROWS).max(1);
    let cells = |row: &Vec<super::table::At<'_>>| {
        let own = row.iter().filter(|at| at.columns == 1);
        own.map(|at| (at.column, TextWidths::of(at.blocks, size, context).lines)).collect()
    };
    grid.rows.iter().step_by(every).map(cells).collect()
}

/// How much lower the rows together become where each column is wider by `step`. The height of a row is a mean of
/// those of its cells that is led by the highest: of two columns that are equally high both have something to gain.
fn gains(rows: &[Vec<(usize, Vec<f64>)>], widths: &[f64], step: f64, pad: f64) -> Vec<f64> {
    let mut gains = vec![0.0; widths.len()];
    for row in rows {
        let height = |lines: &[f64], room: f64| lines.iter().map(|line| (line / room).max(1.0)).sum::<f64>();
        let heights = row.iter().map(|(column, lines)| {
            let room = widths[*column] - pad;
            (*column, height(lines, room), height(lines, room + step))
        });
        let heights: Vec<(usize, f64, f64)> = heights.collect();
        let whole = heights.iter().map(|(_, height, _)| height.powi(4)).sum::<f64>().powf(0.75);
        for (column, height, lower) in heights {
            if whole > 0.0 {
                gains[column] += height.powi(3) / whole * (height - lower);
            }
        }
    }
    gains
}

/// How wide the text of a cell is, in pt and without white. Widths are by class, which is near enough to share out
/// columns.
#[derive(Debug, Default)]
struct TextWidths {
    /// The narrowest room that it bears.
    least: f64,
    /// The same, where dates may be divided behind the year.
    tight: f64,
    /// The room that its longest line takes.
    most: f64,
    /// The room that each of its lines takes.
    lines: Vec<f64>,
}

impl TextWidths {
    fn of(blocks: &[Block], size: f64, context: &Context<'_>) -> Self {
        let mut widths = Self::default();
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(paragraph) => {
                    let mut text = String::new();
                    widths.inlines(&paragraph.content, &mut text, size, context);
                    widths.text(&text, size);
                }
                BlockKind::Code(code) => widths.text(&code.text, size),
                BlockKind::Image(image) => {
                    if !widths.picture(image, size, context) {
                        widths.text(&image.alt, size);
                    }
                }
                BlockKind::List(list) => {
                    for item in &list.items {
                        widths.add(Self::of(&item.blocks, size, context), 2.0 * size);
                    }
                }
                BlockKind::Quote(blocks) => widths.add(Self::of(blocks, size, context), 0.0),
                // Its cells stand one below the other.
                BlockKind::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        widths.add(Self::of(&cell.blocks, size, context), 0.0);
                    }
                }
                BlockKind::Rule | BlockKind::PageBreak | BlockKind::Raw(_) => {}
            }
        }
        widths.most = widths.most.max(widths.least);
        widths
    }

    /// Takes in the pictures of a paragraph, and appends its text.
    fn inlines(&mut self, content: &[Inline], text: &mut String, size: f64, context: &Context<'_>) {
        for inline in content {
            match inline {
                Inline::Image(image) if self.picture(image, size, context) => {}
                Inline::Styled(_, content) | Inline::Link { content, .. } => {
                    self.inlines(content, text, size, context);
                }
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::Raw(_)
                | Inline::Image(_)
                | Inline::Break
                | Inline::NoteRef(_) => push_inlines(std::slice::from_ref(inline), text),
            }
        }
    }

    /// Takes in a picture; false where it is not shown. It asks for room as lines of text do that are as wide and
    /// together as high, for it is made smaller where it has none.
    fn picture(&mut self, image: &Image, size: f64, context: &Context<'_>) -> bool {
        let Some((_, (width, height))) = context.picture(image) else { return false };
        self.least = self.least.max(width.min(LEAST_COLUMN * size));
        self.tight = self.tight.max(width.min(LEAST_COLUMN * size));
        self.most = self.most.max(width);
        let lines = std::iter::repeat_n(width, PICTURE_LINES).take_while(|_| height > size);
        self.lines.extend(lines);
        true
    }

    fn add(&mut self, inner: Self, indent: f64) {
        self.least = self.least.max(inner.least + indent);
        self.tight = self.tight.max(inner.tight + indent);
        self.most = self.most.max(inner.most + indent);
        self.lines.extend(inner.lines.into_iter().map(|line| line + indent));
    }

    fn text(&mut self, text: &str, size: f64) {
        for line in text.lines() {
            let mut wide = 0.0;
            // A word, a figure with its unit, a date.
            let (mut word, mut part) = (0.0f64, 0.0f64);
            let mut before = ' ';
            for c in line.chars() {
                let latin = class(c).is_latin();
                let em = match c {
                    // Bold, as in heads.
                    'A'..='Z' => CAPITAL,
                    _ if latin => 0.52,
                    _ => 1.0,
                };
                wide += em * size;
                let parted =
                    class(before).is_word() && is_ideograph(c) || is_ideograph(before) && class(c).is_word();
                let gap = if parted { LATIN_GAP * size } else { 0.0 };
                wide += gap;
                let of_figures = if BETWEEN_FIGURES.contains(c) {
                    before.is_ascii_digit()
                } else {
                    c.is_ascii_digit() && BETWEEN_FIGURES.contains(before) && word > 0.0
                };
                // Brackets and marks stay with the word that they stand beside: `（μg/m³）`.
                let opens = class(before) == Class::Open && word > 0.0;
                let closes = matches!(class(c), Class::Close | Class::Stop | Class::Pause) && word > 0.0;
                let goes_on =
                    of_figures || latin && (class(before).is_latin() || opens || word == 0.0) || closes;
                let longer = |word: f64, goes_on: bool| match (c, goes_on) {
                    (' ', _) => 0.0,
                    (_, true) => word + gap + em * size,
                    (_, false) if latin || class(c) == Class::Open => em * size,
                    (_, false) => 0.0,
                };
                word = longer(word, goes_on);
                part = longer(part, goes_on && before != '年');
                before = c;
                self.least = self.least.max(word);
                self.tight = self.tight.max(part);
            }
            self.least = self.least.max(wide.min(LEAST_COLUMN * size));
            self.tight = self.tight.max(wide.min(LEAST_COLUMN * size));
            self.most = self.most.max(wide + 0.5 * size);
            self.lines.push(wide);
        }
    }
}
