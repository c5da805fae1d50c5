//! Lines of a title: words whole, lines balanced, in the shape of a trapezoid or a diamond
//! (GB/T 9704-2012 7.3.1).

use std::ops::Range;

use super::cell::Cell;
use super::inline::TextStyle;
use super::line_break::{fill, natural_width};
use super::punctuation::Class;
use super::word::{Between, between};

/// Characters that begin no line of a title.
const NOT_FIRST: &str = "的和与及暨之了等们";
/// Characters that end no line of a title.
const NOT_LAST: &str = "在对向以将把被从为第不";
/// Characters after which a word has ended.
const ENDS_WORD: &str = "的和与及暨、，：；—上中下时内会";
/// Words that a line begins with.
const BEGINS_WORD: [&str; 12] =
    ["关于", "暨", "在", "印发", "转发", "批转", "贯彻", "加强", "进一步", "推进", "做好", "开展"];
/// Lines that a title may have before it is set as plain text.
const MOST_LINES: u8 = 5;

/// What a break costs, in squared em of unevenness.
const BETWEEN_WORDS: f64 = 1.5;
const UNKNOWN_WORD: f64 = 8.0;
const INSIDE_BRACKETS: f64 = 24.0;
const SHORT_LAST_LINE: f64 = 8.0;
const HOURGLASS: f64 = 60.0;
const RECTANGLE: f64 = 1.0;

/// Divides a centred paragraph into balanced lines of at most `width`; breaks that the author wants stay.
pub(super) fn balance(cells: &[Cell], styles: &[TextStyle], width: f64) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        let end = cells[start..].iter().position(Cell::is_newline).map_or(cells.len(), |n| start + n + 1);
        let part = balance_part(&cells[start..end], width)
            .unwrap_or_else(|| fill(&cells[start..end], styles, false, |_| width));
        lines.extend(part.into_iter().map(|line| start + line.start..start + line.end));
        start = end;
    }
    lines
}

/// A place where a line may begin, what it costs, and the width up to it.
struct Place {
    index: usize,
    cost: f64,
}

fn balance_part(cells: &[Cell], width: f64) -> Option<Vec<Range<usize>>> {
    let total = natural_width(cells);
    // The room between Han and Latin may shrink to the half before a title takes another line.
    let gaps: f64 = cells.iter().skip(1).map(|cell| cell.gap / 2.0).sum();
    if total - gaps <= width + 0.01 {
        return Some(std::iter::once(0..cells.len()).collect());
    }
    if total > width * f64::from(MOST_LINES) {
        return None;
    }
    let em = cells.iter().find(|cell| cell.full).map_or(width / 20.0, |cell| cell.advance);
    let mut places = vec![Place { index: 0, cost: 0.0 }];
    let text: Vec<char> = cells.iter().map(|cell| cell.text).collect();
    let between = between(&text);
    let cost = |index| Some(Place { index, cost: cost(cells, index, between[index])? });
    places.extend((1..cells.len()).filter_map(cost));
    places.push(Place { index: cells.len(), cost: 0.0 });
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count of lines")]
    let fewest = (total / width).ceil() as usize;
    (fewest..=usize::from(MOST_LINES)).find_map(|count| best(cells, &places, count, width / em, em))
}

/// The best division into `count` lines, by a search over all ends that leaves a way as soon as it costs more than
/// the best one so far.
fn best(cells: &[Cell], places: &[Place], count: usize, most: f64, em: f64) -> Option<Vec<Range<usize>>> {
    let mean = natural_width(cells) / em / f64::from(u32::try_from(count).ok()?);
    let mut found: Option<(f64, Vec<usize>)> = None;
    let mut path = vec![0];
    search(&Search { cells, places, count, most, em, mean }, &mut path, 0.0, &mut found);
    let (_, ends) = found?;
    Some(ends.windows(2).map(|pair| places[pair[0]].index..places[pair[1]].index).collect())
}

struct Search<'a> {
    cells: &'a [Cell],
    places: &'a [Place],
    count: usize,
    /// Width of the measure and mean width of a line, in em.
    most: f64,
    mean: f64,
    em: f64,
}

fn search(of: &Search<'_>, path: &mut Vec<usize>, cost: f64, found: &mut Option<(f64, Vec<usize>)>) {
    if found.as_ref().is_some_and(|(best, _)| *best <= cost) {
        return;
    }
    let from = path[path.len() - 1];
    let lines = path.len() - 1;
    if lines == of.count {
        if from + 1 == of.places.len() {
            let cost = cost + shape(of, path);
            if found.as_ref().is_none_or(|(best, _)| cost < *best) {
                *found = Some((cost, path.clone()));
            }
        }
        return;
    }
    let last = lines + 1 == of.count;
    for to in from + 1..of.places.len() {
        if last && to + 1 < of.places.len() {
            continue;
        }
        let width = natural_width(&of.cells[of.places[from].index..of.places[to].index]) / of.em;
        if width > of.most + 0.01 {
            break;
        }
        // A line far shorter than the mean makes no balanced title, and would make the search long.
        if width < of.mean * 0.5 {
            continue;
        }
        let short = if last && width <= 3.0 { SHORT_LAST_LINE } else { 0.0 };
        path.push(to);
        search(of, path, cost + (width - of.mean).powi(2) + of.places[to].cost + short, found);
        path.pop();
    }
}

/// What the outline of the lines costs: an hourglass most, a rectangle a little, since a trapezoid or a
/// diamond is wanted.
fn shape(of: &Search<'_>, path: &[usize]) -> f64 {
    let widths: Vec<f64> = path
        .windows(2)
        .map(|pair| natural_width(&of.cells[of.places[pair[0]].index..of.places[pair[1]].index]) / of.em)
        .collect();
    let waist = widths.windows(3).any(|w| w[1] + 0.5 < w[0] && w[1] + 0.5 < w[2]);
    let even = widths.windows(2).all(|w| (w[0] - w[1]).abs() < 0.5);
    if waist {
        HOURGLASS
    } else if even {
        RECTANGLE
    } else {
        0.0
    }
}

/// What it costs to begin a line with that cell; `None` where none may begin.
fn cost(cells: &[Cell], index: usize, between: Between) -> Option<f64> {
    let (previous, cell) = (&cells[index - 1], &cells[index]);
    if !(cell.breakable || cell.gives_way)
        || NOT_FIRST.contains(cell.text)
        || NOT_LAST.contains(previous.text)
    {
        return None;
    }
    if is_numeral(previous.text) && is_numeral(cell.text) || previous.class == Class::Digit {
        return None;
    }
    let bracketed = if depth(&cells[..index]) > 0 { INSIDE_BRACKETS } else { 0.0 };
    let at = |offset: usize| cells.get(offset).map(|cell| cell.text);
    let begins = |word: &str, from: usize| word.chars().enumerate().all(|(i, c)| at(from + i) == Some(c));
    if between == Between::Inside {
        return None;
    }
    let ended = ENDS_WORD.contains(previous.text)
        || matches!(previous.class, Class::Close | Class::Pause | Class::Space | Class::WideSpace);
    let begun = cell.class == Class::Open || BEGINS_WORD.iter().any(|word| begins(word, index));
    let latin = previous.class.is_latin() != cell.class.is_latin();
    let word = match between {
        _ if ended || begun || latin => 0.0,
        Between::Words => BETWEEN_WORDS,
        Between::Unknown | Between::Inside => UNKNOWN_WORD,
    };
    Some(bracketed + word)
}

fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百千万亿".contains(c)
}

/// How many brackets and quotation marks are open.
fn depth(cells: &[Cell]) -> usize {
    cells.iter().fold(0, |depth: usize, cell| match cell.text {
        '《' | '〈' | '“' | '‘' | '（' | '〔' | '「' | '『' => depth + 1,
        '》' | '〉' | '”' | '’' | '）' | '〕' | '」' | '』' => depth.saturating_sub(1),
        _ => depth,
    })
}
