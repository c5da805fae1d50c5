//! Cells to lines: where each line ends, and how its cells are moved to fill the measure
//! (CLREQ 3.1.7 and 4.5).
//!
//! Each line takes what fits; breaks are not chosen over the whole paragraph. Nearly every character may begin a line,
//! so that a line lacks less than one em, shared by some 27 gaps: there is nothing for the other lines to make good.
//! The test `few_lines_are_spread` measures it: of 8,415 full lines of real documents all but 11 are spread by less
//! than a tenth of an em, none by a quarter; those 11 stand before long figures and Latin words.

use std::ops::Range;

use super::cell::Cell;
use super::inline::TextStyle;
use super::punctuation::{Class, White};

/// Lengths that differ by less are the same, in pt.
const EPSILON: f64 = 0.01;
/// How far the room between Han and Latin may shrink and grow, in em.
const LATIN_GAP_LEAST: f64 = 0.125;
const LATIN_GAP_MOST: f64 = 1.0 / 3.0;
/// How far a space between words may shrink and grow, in em.
const SPACE_LEAST: f64 = 0.25;
const SPACE_MOST: f64 = 0.5;
/// Where a line may end before the cell that does not fit, that cell is pulled in only if it takes this
/// many times less than spreading the line would add.
const PULL_IN: f64 = 4.0;
/// How far what is still missing then opens the places between cells, in em: after a space between words, between Han
/// and Latin, and anywhere else. A line that lacks more is left as it is.
const OPEN_SPACE: f64 = 1.0;
const OPEN_LATIN_GAP: f64 = 0.5;
const OPEN_GAP: f64 = 0.3;
/// A break that is better not taken is taken where the line would otherwise be spread by more, in em.
const LOOSE: f64 = 1.0;
/// A word that is cut at the end of a line leaves as many characters there, at least.
const WORD_START: usize = 2;
/// A pause within a line gives no more than this, in em.
const PAUSE_MOST: f64 = 0.25;
/// A last line of one character is avoided on lines at least this wide, in em.
const LEAST_MEASURE: f64 = 3.0;
/// Turns in which white is taken from a full line.
const TURNS: usize = 5;
const TURN_LINE_END: usize = 0;
const TURN_SPACE: usize = 1;
const TURN_LATIN_GAP: usize = 3;

/// Divides cells into lines: `width` gives the room of a line by its number. Each range holds the spaces
/// at its end; a break that the author wants ends its line.
///
/// A line takes what fits. Where the first cell that does not fit may not begin a line, white is taken
/// from the marks so that it goes in; where that is not enough, the line ends earlier and is stretched.
pub(super) fn fill(
    cells: &[Cell],
    styles: &[TextStyle],
    hanging: bool,
    width: impl Fn(usize) -> f64,
) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        let measure = width(lines.len());
        let end = line_end(cells, styles, start, measure, hanging);
        let end = company(cells, styles, start, end, measure);
        lines.push(start..end);
        start = end;
    }
    lines
}

/// Moves the end of a line so that the last line of a paragraph has two characters at least (CLREQ 3.1.9):
/// what is left is taken in where marks give way for it, or another character goes down with it.
fn company(cells: &[Cell], styles: &[TextStyle], start: usize, end: usize, width: f64) -> usize {
    if end >= cells.len() || cells[end - 1].is_newline() || !is_lonely(&cells[end..]) {
        return end;
    }
    let em = styles[usize::from(cells[end].style)].em;
    if styles[usize::from(cells[end].style)].code || width < LEAST_MEASURE * em {
        return end;
    }
    if let Some(longer) = pull_in(cells, styles, start, end, width)
        && cells.get(longer.end).is_none_or(|_| cells[longer.end - 1].is_newline())
    {
        return longer.end;
    }
    let earlier = (start + 1..end).rev().take(8).find(|&i| cells[i].breakable && !is_lonely(&cells[i..]));
    earlier.filter(|&i| natural_width(&cells[start..i]) + 3.0 * em + EPSILON >= width).unwrap_or(end)
}

/// True where less than two characters that are no marks come before the end of the paragraph: `……` is none.
fn is_lonely(cells: &[Cell]) -> bool {
    let line = cells.iter().take_while(|cell| !cell.is_newline());
    let mut shown = line.filter(|cell| !cell.is_space()).peekable();
    let is_sign = |cell: &&Cell| cell.class.is_mark() || matches!(cell.class, Class::Dash | Class::Ellipsis);
    shown.peek().is_some() && shown.filter(|cell| !is_sign(cell)).take(2).count() < 2
}

fn line_end(cells: &[Cell], styles: &[TextStyle], start: usize, width: f64, hanging: bool) -> usize {
    let mut used = 0.0;
    let mut last_break = None;
    let mut used_at_break = 0.0;
    let mut last_loose = None;
    let mut visible = 0.0;
    let mut i = start;
    loop {
        let Some(cell) = cells.get(i) else { return i };
        if cell.is_newline() {
            return i + 1;
        }
        if i > start {
            if cell.breakable {
                last_break = Some(i);
                used_at_break = visible;
            } else if cell.gives_way {
                last_loose = Some((i, visible));
            }
            used += cell.gap;
        }
        used += cell.advance;
        if !cell.is_space() {
            if used > width + EPSILON {
                if hanging && may_hang(cell) && visible <= width + EPSILON && begins_line(cells, i + 1) {
                    return i + 1;
                }
                break;
            }
            visible = used;
        }
        i += 1;
    }
    if let Some((at, used)) = last_loose
        && last_break.is_none_or(|i| {
            i < at && width - used_at_break > LOOSE * styles[usize::from(cells[at].style)].em + EPSILON
        })
    {
        last_break = Some(at);
        used_at_break = used;
    }
    // A word that no line holds begins where the text before it ends.
    if last_break.is_some_and(|at| i >= at + WORD_START && is_wider(&cells[at..], width)) {
        last_break = None;
    }
    let slack = last_break.map_or(width, |_| width - used_at_break);
    if let Some(longer) = pull_in(cells, styles, start, i, width)
        && (last_break != Some(i) || longer.need * PULL_IN <= slack)
    {
        return longer.end;
    }
    last_break.unwrap_or_else(|| cut(cells, start, i))
}

/// Where what no line holds is cut: where the line is full, but before a figure rather than in it.
fn cut(cells: &[Cell], start: usize, full: usize) -> usize {
    let of_figure = |at: usize| matches!(cells[at].text, '0'..='9' | '.' | ',' | ':');
    let mut first = full.min(cells.len());
    while first > start && first < cells.len() && of_figure(first) && of_figure(first - 1) {
        first -= 1;
    }
    if first > start
        && first < full
        && !cells[first - 1].class.is_latin()
        && cells[first - 1].class != Class::Open
    {
        return first;
    }
    let mut cut = full.max(start + 1);
    while cut < cells.len() && cells[cut].class == Class::Combining {
        cut += 1;
    }
    cut
}

/// True where the first word of the cells has no room in a line of that width.
fn is_wider(cells: &[Cell], width: f64) -> bool {
    let ends = |cell: &Cell| cell.breakable || cell.gives_way || cell.is_space() || cell.is_newline();
    let mut used = 0.0;
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 && ends(cell) {
            return false;
        }
        used += cell.advance + if number > 0 { cell.gap } else { 0.0 };
        if used > width + EPSILON {
            return true;
        }
    }
    false
}

/// True for a mark that may stand outside the right edge of its line (CLREQ: 行尾标点悬挂).
fn may_hang(cell: &Cell) -> bool {
    cell.full && matches!(cell.text, '，' | '、' | '。' | '；' | '：')
}

/// True where a line may begin with that cell, or the text ends before it.
fn begins_line(cells: &[Cell], index: usize) -> bool {
    cells.get(index).is_none_or(|cell| cell.breakable && !cell.is_newline())
}

/// How far the line stands out at the right, where its last mark hangs.
pub(super) fn overhang(line: &[Cell], width: f64) -> f64 {
    let line = trimmed(line);
    match line.last() {
        Some(last) if may_hang(last) && natural_width(line) > width + EPSILON => last.advance,
        _ => 0.0,
    }
}

struct Longer {
    end: usize,
    need: f64,
}

/// The line up to the first break after the cell that does not fit, if its white can be made to do.
fn pull_in(
    cells: &[Cell],
    styles: &[TextStyle],
    start: usize,
    overflow: usize,
    width: f64,
) -> Option<Longer> {
    let mut end = overflow + 1;
    // No line has room for more than a word or a few marks; a longer search finds nothing.
    let limit = cells.len().min(overflow + 40);
    while end < limit && !cells[end].breakable && !cells[end].is_newline() {
        end += 1;
    }
    if end == limit && limit < cells.len() {
        return None;
    }
    let line = &cells[start..end];
    let need = natural_width(line) - width;
    let room: f64 = squeezable(line, styles).iter().flatten().map(|(_, room)| room).sum();
    if cells.get(end).is_some_and(Cell::is_newline) {
        end += 1;
    }
    (need <= room + EPSILON).then_some(Longer { end, need })
}

/// Cells up to the last that is not a space or a break.
pub(super) fn trimmed(cells: &[Cell]) -> &[Cell] {
    let end = cells.iter().rposition(|cell| !cell.is_space() && !cell.is_newline()).map_or(0, |i| i + 1);
    &cells[..end]
}

/// Width of a line as it stands, without the spaces at its end.
pub(super) fn natural_width(line: &[Cell]) -> f64 {
    let line = trimmed(line);
    let gaps: f64 = line.iter().skip(1).map(|cell| cell.gap).sum();
    gaps + line.iter().map(|cell| cell.advance).sum::<f64>()
}

/// What can be taken, by turn: the cell, and how much. In the turn of gaps it is the gap before the cell.
fn squeezable(line: &[Cell], styles: &[TextStyle]) -> [Vec<(usize, f64)>; TURNS] {
    let mut turns: [Vec<(usize, f64)>; TURNS] = Default::default();
    let line = trimmed(line);
    for (i, cell) in line.iter().enumerate() {
        let em = styles[usize::from(cell.style)].em;
        // The bracket that begins a line stands where those of the lines around it do: `（二）`.
        if cell.white > 0.0 && (i > 0 || cell.class != Class::Open) {
            let at_end = i + 1 == line.len() && cell.class.white() == White::Right;
            let room = if cell.class == Class::Pause && !at_end {
                // Where a neighbour has taken half an em, what is left is all the room the mark has.
                cell.white.min(PAUSE_MOST * em)
            } else {
                cell.white
            };
            turns[if at_end { TURN_LINE_END } else { cell.class.squeeze_turn() }].push((i, room));
        }
        if styles[usize::from(cell.style)].code {
            continue;
        }
        if is_word_space(cell) && cell.advance > SPACE_LEAST * em {
            turns[TURN_SPACE].push((i, cell.advance - SPACE_LEAST * em));
        }
        if i > 0 && cell.gap > LATIN_GAP_LEAST * em {
            turns[TURN_LATIN_GAP].push((i, cell.gap - LATIN_GAP_LEAST * em));
        }
    }
    turns
}

/// True for a space that gives and takes room as those between words do; the blanks behind `第一条` do not.
fn is_word_space(cell: &Cell) -> bool {
    cell.class == Class::Space && !cell.rigid
}

/// How the cells of a line are moved from where they would stand by themselves.
#[derive(Debug, Default)]
pub(super) struct Adjustment {
    /// Added before each cell.
    pub(super) before: Vec<f64>,
    /// Taken from the white of each cell.
    pub(super) taken: Vec<f64>,
}

/// Fits a line into `width`: squeezed where it is too wide and, where `stretch` is set, spread where it is
/// too narrow.
pub(super) fn adjust(line: &[Cell], styles: &[TextStyle], width: f64, stretch: bool) -> Adjustment {
    let line = trimmed(line);
    let mut adjustment = Adjustment { before: vec![0.0; line.len()], taken: vec![0.0; line.len()] };
    let excess = natural_width(line) - width;
    if excess > EPSILON {
        squeeze(line, styles, excess, &mut adjustment);
    } else if excess < -EPSILON && stretch {
        spread(line, styles, -excess, &mut adjustment);
    }
    adjustment
}

fn squeeze(line: &[Cell], styles: &[TextStyle], mut excess: f64, adjustment: &mut Adjustment) {
    for (turn, room) in squeezable(line, styles).iter().enumerate() {
        let total: f64 = room.iter().map(|(_, n)| n).sum();
        if total <= 0.0 {
            continue;
        }
        let share = (excess / total).min(1.0);
        for (i, n) in room {
            match turn {
                TURN_LATIN_GAP => adjustment.before[*i] -= n * share,
                _ => adjustment.taken[*i] += n * share,
            }
        }
        excess -= total * share;
        if excess <= 0.0 {
            return;
        }
    }
}

/// Spaces first, then the room between Han and Latin, then all places between cells evenly, or as far as each may open.
/// A line that would be torn apart stays short.
fn spread(line: &[Cell], styles: &[TextStyle], mut slack: f64, adjustment: &mut Adjustment) {
    let em = |i: usize| styles[usize::from(line[i].style)].em;
    let spaces: Vec<(usize, f64)> = (1..line.len().saturating_sub(1))
        .filter(|&i| is_word_space(&line[i]) && !styles[usize::from(line[i].style)].code)
        .map(|i| (i + 1, (SPACE_MOST * em(i) - line[i].advance).max(0.0)))
        .collect();
    let gaps: Vec<(usize, f64)> = (1..line.len())
        .filter(|&i| line[i].gap > 0.0)
        .map(|i| (i, LATIN_GAP_MOST * em(i) - line[i].gap))
        .collect();
    for places in [&spaces, &gaps] {
        let total: f64 = places.iter().map(|(_, n)| n).sum();
        if total > 0.0 {
            let share = (slack / total).min(1.0);
            for (i, n) in places {
                adjustment.before[*i] += n * share;
            }
            slack -= total * share;
        }
    }
    if slack <= EPSILON {
        return;
    }
    let inside_word = |i: usize| {
        line[i].class.is_latin()
            && line[i - 1].class.is_latin()
            && !line[i].is_space()
            && !line[i - 1].is_space()
            || styles[usize::from(line[i].style)].code && styles[usize::from(line[i - 1].style)].code
    };
    let behind_blank = |i: usize| line[i - 1].class == Class::Space && line[i - 1].rigid;
    let mut places: Vec<usize> = (1..line.len())
        .filter(|&i| !line[i].rigid && !inside_word(i) && !line[i].is_space() && !behind_blank(i))
        .collect();
    if places.is_empty() {
        places = spaces.iter().map(|(i, _)| *i).collect();
    }
    let opens = |i: usize| {
        if line[i - 1].class == Class::Space {
            (OPEN_SPACE - SPACE_MOST) * em(i)
        } else if line[i].gap > 0.0 {
            (OPEN_LATIN_GAP - LATIN_GAP_MOST) * em(i)
        } else {
            OPEN_GAP * em(i)
        }
    };
    #[allow(clippy::cast_precision_loss, reason = "a line has few cells")]
    let each = slack / places.len() as f64;
    if places.iter().all(|i| each <= opens(*i)) {
        places.iter().for_each(|i| adjustment.before[*i] += each);
        return;
    }
    let total: f64 = places.iter().map(|i| opens(*i)).sum();
    if slack > total + EPSILON {
        adjustment.before.fill(0.0);
        return;
    }
    places.iter().for_each(|i| adjustment.before[*i] += opens(*i) * slack / total);
}
