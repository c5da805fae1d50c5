//! Characters to cells: each character with its glyph, its room, and the breaks that are allowed.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::font::{FaceId, Faces, Found, NARROW};
use super::inline::{Text, TextStyle};
use super::punctuation::{
    Class, White, class, is_currency, is_han_numeral, is_ideograph, is_invisible, is_sign, is_unit,
};
use crate::diagnostic::{Diagnostics, Kind};
use crate::profile::Kinsoku;
use crate::tree::{Location, column_blanks};

/// A glyph and the room it stands in. Lengths are pt.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) text: char,
    pub(super) then: Option<char>,
    pub(super) face: FaceId,
    pub(super) glyph: u16,
    /// Index into the styles of the text.
    pub(super) style: u16,
    pub(super) class: Class,
    /// Fills a cell of one em or more.
    pub(super) full: bool,
    /// Room it takes.
    pub(super) advance: f64,
    /// From the left edge of its room to the glyph's origin.
    pub(super) offset: f64,
    /// Room before it: a quarter em between Han and Latin.
    pub(super) gap: f64,
    /// White of a full-width mark that a full line may take.
    pub(super) white: f64,
    /// Stands fast to the one before it: no break and no stretching between them.
    pub(super) rigid: bool,
    /// A line may begin with it.
    pub(super) breakable: bool,
    /// A line may begin with it only where it would else be spread too far.
    pub(super) gives_way: bool,
    /// Index of its character.
    pub(super) index: usize,
}

impl Cell {
    /// True for a break that the author wants.
    pub(super) fn is_newline(&self) -> bool {
        self.text == '\n'
    }

    /// True for spaces, which take no room at the end of a line.
    pub(super) fn is_space(&self) -> bool {
        matches!(self.class, Class::Space | Class::WideSpace)
    }

    /// Keeps a line from beginning with it.
    fn hold(&mut self) {
        (self.breakable, self.gives_way) = (false, false);
    }

    /// True for the letters, figures and signs that a quarter em parts from Han.
    fn is_word(&self) -> bool {
        !self.full && (self.class.is_word() || self.text == '%')
    }
}

/// Between Han and Latin, in em (CLREQ 3.2.1).
pub(super) const LATIN_GAP: f64 = 0.25;
/// Room of a space between Han characters, and of 间隔号, in em.
const HALF: f64 = 0.5;
/// An ink edge this near to the edge of the em touches its neighbour, in em.
const TOUCHES: f64 = 0.004;

/// The cells of a text. Characters that no face has are reported and shown as 〓.
pub(super) fn cells(
    text: &Text,
    faces: &Faces,
    kinsoku: Kinsoku,
    at: &Location,
    diagnostics: &mut Diagnostics,
) -> Vec<Cell> {
    let of = |style: &TextStyle| StyleFaces {
        han: faces.role(style.face),
        latin: faces.latin(style.bold),
        used: false,
    };
    let mut setter = Setter {
        text,
        faces,
        style_faces: text.styles.iter().map(of).collect(),
        cells: Vec::with_capacity(text.characters.len()),
        straight: false,
    };
    let mut reported = Vec::new();
    let mut invisible = String::new();
    for index in 0..text.characters.len() {
        let c = text.characters[index].0;
        if is_invisible(c) {
            if !setter.attach(c) {
                invisible.push(c);
            }
        } else if !setter.set(index) && !reported.contains(&c) {
            reported.push(c);
            let message = message!(
                "no face has U+{code}; 〓 is printed in its place",
                code = format!("{:04X}", u32::from(c))
            );
            let text = c.to_string();
            diagnostics.report_text(Kind::Dropped, "character-missing", at.clone(), message, text);
        }
    }
    if !invisible.is_empty() {
        let message = message!("control characters that take no room");
        diagnostics.report_text(Kind::Dropped, "invisible-character", at.clone(), message, invisible);
    }
    let mut cells = setter.cells;
    widen_blanks(&mut cells, text);
    squeeze_pairs(&mut cells, &text.styles);
    allow_breaks(&mut cells, kinsoku);
    hold_scripts(&mut cells, &text.styles);
    cells
}

/// Gives the blanks of columns half the room of an ideograph.
fn widen_blanks(cells: &mut [Cell], text: &Text) {
    let columns = column_blanks(text.characters.iter().map(|(c, _)| *c));
    let mut rest = cells;
    for blanks in columns {
        let start = rest.partition_point(|cell| cell.index < blanks.start);
        rest = &mut rest[start..];
        for cell in rest.iter_mut().take_while(|cell| cell.index < blanks.end) {
            let style = &text.styles[usize::from(cell.style)];
            if !style.code {
                cell.advance = style.em * HALF;
                cell.rigid = true;
            }
        }
    }
}

/// The faces of a style, looked up once for all its characters.
struct StyleFaces {
    han: FaceId,
    latin: FaceId,
    /// Whether its face for Han is known to be used.
    used: bool,
}

struct Setter<'a> {
    text: &'a Text,
    faces: &'a Faces,
    /// By the index of the style.
    style_faces: Vec<StyleFaces>,
    cells: Vec<Cell>,
    /// An odd number of straight quotation marks so far.
    straight: bool,
}

impl Setter<'_> {
    fn character(&self, index: Option<usize>) -> Option<char> {
        self.text.characters.get(index?).map(|(c, _)| *c)
    }

    /// Adds an invisible character to the cell before it.
    fn attach(&mut self, c: char) -> bool {
        let faces = self.faces;
        let Some(cell) = self.cells.last_mut().filter(|cell| cell.then.is_none()) else { return false };
        if let Some(found) = faces.variant(cell.face, cell.text, c) {
            cell.glyph = found.glyph;
        }
        cell.then = Some(c);
        true
    }

    /// True where the character stands between Latin letters and figures, not in Chinese text.
    fn in_latin(&self, index: usize) -> bool {
        let latin = |c: Option<char>| c.is_some_and(|c| class(c).is_latin());
        let before = index.checked_sub(1).and_then(|i| self.character(Some(i)));
        let after = self.character(Some(index + 1));
        match (before, after) {
            (None, None) => false,
            (None, after) => latin(after) && !self.has_han(),
            (before, None) => latin(before) && !self.has_han(),
            (before, after) => latin(before) && latin(after),
        }
    }

    fn has_han(&self) -> bool {
        self.text.characters.iter().any(|(c, _)| class(*c) == Class::Han)
    }

    /// Whether a quotation mark is Latin. A closing one goes with the last opening one.
    fn is_latin_quote(&self, index: usize, c: char) -> bool {
        let opening = match c {
            '”' => '“',
            '’' => '‘',
            '“' | '‘' => return self.in_latin(index),
            _ => return false,
        };
        for cell in self.cells.iter().rev() {
            if cell.text == c {
                break;
            }
            if cell.text == opening {
                return !cell.full;
            }
        }
        self.in_latin(index)
    }

    /// Sets one character; false where no face has it.
    fn set(&mut self, index: usize) -> bool {
        let (c, style_index) = self.text.characters[index];
        let style = self.text.styles[usize::from(style_index)];
        let mut cell = Cell {
            text: c,
            then: None,
            face: FaceId::latin(false),
            glyph: 0,
            style: style_index,
            class: class(c),
            full: false,
            advance: 0.0,
            offset: 0.0,
            gap: 0.0,
            white: 0.0,
            rigid: false,
            breakable: false,
            gives_way: false,
            index,
        };
        if c == '\n' {
            self.cells.push(cell);
            return true;
        }
        if let Some(picture) = self.text.picture(index) {
            cell.class = Class::Han;
            cell.full = true;
            cell.advance = picture.width;
            self.cells.push(cell);
            return true;
        }
        let previous_dash = self.cells.last().is_some_and(|p| p.text == c && p.then.is_none() && !p.rigid);
        let is_space = cell.is_space();
        let found = if style.code {
            self.code(&mut cell, &style)
        } else {
            match cell.class {
                Class::Space => {
                    self.space(&mut cell, &style, index);
                    self.faces.find(self.of_style(&cell).latin, ' ')
                }
                Class::WideSpace => {
                    cell.full = true;
                    cell.advance = style.em;
                    self.faces.find(self.of_style(&cell).han, '\u{3000}')
                }
                Class::Open | Class::Close if self.is_latin_quote(index, c) => {
                    cell.class = if cell.class == Class::Open { Class::LatinOpen } else { Class::LatinClose };
                    self.latin(&mut cell, &style)
                }
                Class::Dash | Class::Connector | Class::MiddleDot | Class::Ellipsis
                    if c != '～' && self.in_latin(index) && self.character(Some(index + 1)) != Some(c) =>
                {
                    if cell.class == Class::Dash {
                        cell.class = Class::Connector;
                    }
                    self.latin(&mut cell, &style)
                }
                Class::Dash if previous_dash && self.join_dash(&style) => return true,
                Class::Dash | Class::Ellipsis => {
                    cell.rigid = previous_dash;
                    if cell.class == Class::Dash
                        && !previous_dash
                        && self.character(Some(index + 1)) != Some(c)
                    {
                        cell.class = Class::Connector;
                    }
                    self.han(&mut cell, &style)
                }
                Class::Letter | Class::Digit | Class::LatinMark | Class::LatinOpen | Class::Combining => {
                    self.latin(&mut cell, &style)
                }
                Class::LatinClose => self.latin(&mut cell, &style),
                Class::Han
                | Class::Open
                | Class::Close
                | Class::Stop
                | Class::Pause
                | Class::Connector
                | Class::MiddleDot
                | Class::Solidus => self.han(&mut cell, &style),
            }
        };
        if is_space && style.underline {
            // A line to write upon: it is seen, at the end of a line too.
            cell.class = Class::Han;
        }
        let exists = found.is_some();
        let found = found.unwrap_or_else(|| {
            cell.full = true;
            cell.advance = style.em;
            self.faces.missing()
        });
        cell.face = found.face;
        cell.glyph = found.glyph;
        if cell.full {
            cell.offset = (cell.advance - found.advance * style.size) / 2.0;
        }
        if let Some(previous) = self.cells.last()
            && !style.generated
            && !style.code
            && !self.is_apart(previous)
            && ((previous.full && is_ideograph(previous.text) && cell.is_word())
                || (previous.is_word() && cell.full && is_ideograph(cell.text)))
        {
            cell.gap = style.em * LATIN_GAP;
        }
        self.cells.push(cell);
        exists
    }

    /// True for cells that no gap parts from what follows: program text, marks of notes, ￥.
    fn is_apart(&self, cell: &Cell) -> bool {
        let style = &self.text.styles[usize::from(cell.style)];
        style.code || style.generated || is_currency(cell.text)
    }

    fn latin(&mut self, cell: &mut Cell, style: &TextStyle) -> Option<Found> {
        if cell.text == '"' {
            cell.class = if self.straight { Class::LatinClose } else { Class::LatinOpen };
            self.straight = !self.straight;
        }
        let found = self.faces.find(self.of_style(cell).latin, cell.text)?;
        if cell.class != Class::Combining {
            cell.advance = found.advance * style.size;
        }
        Some(found)
    }

    fn of_style(&self, cell: &Cell) -> &StyleFaces {
        &self.style_faces[usize::from(cell.style)]
    }

    fn han(&mut self, cell: &mut Cell, style: &TextStyle) -> Option<Found> {
        let of_style = &mut self.style_faces[usize::from(cell.style)];
        let face = of_style.han;
        if !std::mem::replace(&mut of_style.used, true) {
            self.faces.uses(style.face);
        }
        let found = if matches!(cell.text, '“' | '”' | '‘' | '’') {
            self.faces.full_width(face, cell.text)?
        } else {
            self.faces.find_full(face, cell.text)?
        };
        cell.full = true;
        cell.advance = match cell.class {
            Class::MiddleDot => style.em * HALF,
            // 比号 stands between figures.
            Class::Han if cell.text == '∶' => style.em * HALF,
            // Letters that only a Chinese face has, and other narrow glyphs, keep their own width.
            Class::Han if found.advance < NARROW => found.advance * style.size,
            Class::Han
            | Class::Open
            | Class::Close
            | Class::Stop
            | Class::Pause
            | Class::Connector
            | Class::Solidus
            | Class::Dash
            | Class::Ellipsis
            | Class::Letter
            | Class::Digit
            | Class::LatinClose
            | Class::LatinOpen
            | Class::LatinMark
            | Class::Space
            | Class::WideSpace
            | Class::Combining => style.em * found.advance.max(1.0).round(),
        };
        if cell.class.is_mark() {
            cell.white = style.em * HALF;
        }
        Some(found)
    }

    fn space(&self, cell: &mut Cell, style: &TextStyle, index: usize) {
        let han = |i: Option<usize>| self.character(i).is_some_and(|c| class(c) == Class::Han);
        let between_han = han(index.checked_sub(1)) && han(Some(index + 1));
        cell.advance = match cell.text {
            '\t' => style.em * 2.0,
            _ if between_han => style.em * HALF,
            _ => style.em * LATIN_GAP,
        };
    }

    fn code(&mut self, cell: &mut Cell, style: &TextStyle) -> Option<Found> {
        let half = match cell.text {
            '\t' => {
                cell.advance = style.size * 2.0;
                return self.faces.half_width(' ');
            }
            c if c.is_ascii() => self.faces.half_width(c),
            _ => None,
        };
        if let Some(found) = half {
            cell.advance = style.size * found.advance;
            return Some(found);
        }
        let found = self.han(cell, style)?;
        cell.white = 0.0;
        Some(found)
    }

    /// Joins a second dash to the first where the face draws the two as one (U+2E3A). Dashes that fill
    /// their em join by themselves.
    fn join_dash(&mut self, style: &TextStyle) -> bool {
        let faces = self.faces;
        let Some(first) = self.cells.last_mut() else { return false };
        let found = Found { face: first.face, glyph: first.glyph, advance: 1.0 };
        let fills = faces.ink(found).is_some_and(|(left, right)| left <= TOUCHES && right >= 1.0 - TOUCHES);
        let Some(joined) = faces.find_in(first.face, '⸺').filter(|_| !fills) else { return false };
        first.then = Some(first.text);
        first.glyph = joined.glyph;
        first.advance = style.em * 2.0;
        first.offset = (first.advance - joined.advance * style.size) / 2.0;
        true
    }
}

/// Takes half an em from two marks that stand together (CLREQ 3.1.6.1; `？！` are one em together,
/// GB/T 15834-2011 5.1.2).
fn squeeze_pairs(cells: &mut [Cell], styles: &[TextStyle]) {
    for i in 1..cells.len() {
        let (before, rest) = cells.split_at_mut(i);
        let (previous, cell) = (&mut before[i - 1], &mut rest[0]);
        if !(previous.full && cell.full && previous.class.is_mark() && cell.class.is_mark()) {
            continue;
        }
        let half = styles[usize::from(cell.style)].em * HALF;
        let bracket = |class| matches!(class, Class::Open | Class::Close);
        let ends = |c: &Cell| matches!(c.text, '？' | '！');
        match (previous.class.white(), cell.class.white()) {
            (White::Right, White::Left) => take(previous, half),
            (White::Left, White::Left) => take(cell, half),
            (White::Right, White::Right) if bracket(previous.class) || bracket(cell.class) => {
                take(previous, half);
            }
            (White::Right, White::Right) if ends(previous) && ends(cell) => {
                take(previous, half);
                take(cell, half);
            }
            (White::Right | White::Left | White::None, White::Right | White::Left | White::None) => {}
        }
    }
}

/// Takes white from a mark, on the side where it has it.
fn take(cell: &mut Cell, white: f64) {
    let white = white.min(cell.white);
    cell.white -= white;
    cell.advance -= white;
    if cell.class.white() == White::Left {
        cell.offset -= white;
    }
}

/// Marks the cells that may begin a line: Chinese by class, Latin runs by UAX #14.
fn allow_breaks(cells: &mut [Cell], kinsoku: Kinsoku) {
    for i in 1..cells.len() {
        let (previous, cell) = (&cells[i - 1], &cells[i]);
        let latin = previous.class.is_latin() && cell.class.is_latin();
        let breakable = !latin
            && !cell.rigid
            && !cell.class.is_banned_at_start(kinsoku)
            && !previous.class.is_banned_at_end(kinsoku)
            && !is_number(&cells[..i], cell)
            // A connector stays with the figure or word that it follows, at any level.
            && (cell.class != Class::Connector || !previous.class.is_word())
            && !is_joined(previous, cell);
        let held = breakable && (is_numeral(previous, cell) || is_number_of_year(&cells[..i], cell));
        cells[i].breakable = breakable && !held;
        cells[i].gives_way = held;
    }
    let mut start = 0;
    while start < cells.len() {
        let end = cells[start..].iter().position(|c| !c.class.is_latin()).map_or(cells.len(), |n| start + n);
        if end > start + 1 {
            break_latin(&mut cells[start..end]);
            break_addresses(&mut cells[start..end]);
        }
        start = end + 1;
    }
    hold_blanks(cells);
    hold_fields(cells);
    // A mark that may not end a line may not end it before spaces either (UAX #14 LB14).
    let mut fast = false;
    for cell in cells {
        if fast {
            cell.breakable = false;
        }
        if !cell.is_space() {
            fast = cell.class.is_banned_at_end(kinsoku);
        }
    }
}

/// Holds what is raised or lowered, the mark of a note or an exponent, to what it follows.
fn hold_scripts(cells: &mut [Cell], styles: &[TextStyle]) {
    for i in 1..cells.len() {
        let rise = |cell: &Cell| styles[usize::from(cell.style)].rise;
        let (previous, cell) = (&cells[i - 1], &cells[i]);
        if rise(cell) != rise(previous) && rise(cell) != 0.0 && !previous.is_newline() && !previous.is_space()
        {
            cells[i].rigid = true;
            cells[i].hold();
        }
    }
}

/// True where a number would be torn from its unit or its 第: `12|号`, `第|3条`; or a sign of mathematics from what it is
/// set before: `∠|ABC`.
fn is_number(before: &[Cell], cell: &Cell) -> bool {
    let Some(previous) = before.last() else { return false };
    match (previous.text, cell.class) {
        (_, Class::Han) => previous.class == Class::Digit && is_unit(cell.text),
        ('第', Class::Digit) => true,
        (sign, Class::Digit) if is_currency(sign) => true,
        (sign, class) if is_sign(sign) => class.is_word(),
        _ => false,
    }
}

/// True where a number would be torn from its bracketed year: `〔2026〕|1号`.
fn is_number_of_year(before: &[Cell], cell: &Cell) -> bool {
    let mut before = before.iter().rev();
    cell.class == Class::Digit
        && before.next().is_some_and(|bracket| bracket.text == '〕')
        && before.next().is_some_and(|year| year.class == Class::Digit)
}

/// True for a letter or figure that a dash or dot between Latin letters joins to those before it: `kW·|h`, `9704—|2012`.
fn is_joined(previous: &Cell, cell: &Cell) -> bool {
    let joint = !previous.full && matches!(previous.class, Class::Connector | Class::MiddleDot);
    joint && cell.class.is_word()
}

/// Letters of the name of a unit, at most.
const UNIT_LETTERS: usize = 4;

/// Holds together what a blank parts that parts no words: a figure and its unit (`3.6 |km/h`, `5 |个`), figures in
/// groups of three (`12 |345`), and a name of two characters (`刘　|洋`, `刘  |洋`).
fn hold_blanks(cells: &mut [Cell]) {
    for i in 2..cells.len() {
        let (before, cell) = (&cells[..i - 1], &cells[i]);
        let blank = cells[i - 1].class;
        let is_pair = before[i - 2].class == Class::Space && blank == Class::Space && i > 2;
        let before = if is_pair { &before[..i - 2] } else { before };
        if before[before.len() - 1].is_space() {
            continue;
        }
        let is_held =
            !is_pair && blank == Class::Space && (is_number(before, cell) || is_measure(before, &cells[i..]));
        let is_name = (is_pair || blank == Class::WideSpace) && is_spaced_name(before, &cells[i..]);
        if is_held || is_name {
            cells[i].hold();
        }
        cells[i].rigid |= is_name;
    }
}

/// The words behind a box, or before a line to write upon, are held together if they have so many characters at most.
const FIELD: usize = 10;

/// A box to be ticked.
fn is_box(c: char) -> bool {
    matches!(c, '□' | '▢' | '▣' | '☐'..='☒')
}

/// Holds together the fields of a form: a box and the words behind it (`□|周末上午`), a label and the line that is to be
/// written upon (`联系电话：|____`).
fn hold_fields(cells: &mut [Cell]) {
    let ends = |cell: &Cell| cell.is_space() || cell.is_newline() || is_box(cell.text);
    let is_word = |cell: &Cell| !ends(cell) && !cell.class.is_mark();
    for i in 0..cells.len() {
        if is_box(cells[i].text) {
            let first = i + 1 + usize::from(cells.get(i + 1).is_some_and(Cell::is_space));
            let words = cells.iter().skip(first).take(FIELD + 1).take_while(|cell| is_word(cell)).count();
            let held = if words <= FIELD { words } else { 1 };
            cells.iter_mut().skip(first).take(held).for_each(Cell::hold);
        }
        let is_line = |cell: &Cell| matches!(cell.text, '_' | '＿');
        if i > 0 && is_line(&cells[i]) && matches!(cells[i - 1].text, '：' | ':') {
            let label = cells[..i - 1].iter().rev().take(FIELD + 1).take_while(|cell| is_word(cell)).count();
            let held = if label <= FIELD { label } else { 1 };
            let line = cells[i..].iter().take(FIELD).take_while(|cell| is_line(cell)).count();
            // The first character of the label may begin a line.
            cells[i - held..i + line].iter_mut().for_each(Cell::hold);
        }
    }
}

/// True where a figure ends and a unit or another group of its digits begins.
fn is_measure(before: &[Cell], after: &[Cell]) -> bool {
    let digits =
        |cells: &mut dyn Iterator<Item = &Cell>| cells.take_while(|c| c.class == Class::Digit).count();
    let last = digits(&mut before.iter().rev());
    let letters = after.iter().take_while(|cell| cell.class == Class::Letter).count();
    let group = (1..=3).contains(&last) && digits(&mut after.iter()) == 3;
    last > 0 && (group || (1..=UNIT_LETTERS).contains(&letters) || after[0].text == '°')
}

/// True where a single ideograph ends and another begins that stands by itself as well.
fn is_spaced_name(before: &[Cell], after: &[Cell]) -> bool {
    let alone = |cells: &mut dyn Iterator<Item = &Cell>| {
        cells.take_while(|c| is_ideograph(c.text)).take(2).count() == 1
    };
    alone(&mut before.iter().rev()) && alone(&mut after.iter())
}

/// A word that is no address breaks at its joints if it has as many characters.
const LONG_WORD: usize = 12;
/// A part of an address between two separators breaks anywhere if it has as many characters.
const LONG_PART: usize = 20;

/// Lets an address break after its separators; a long name of program text (`handler.ReleaseRequest`, `path/to/file`)
/// only where a line would else be spread too far. A short word (`mg/L`) does not break at all.
fn break_addresses(cells: &mut [Cell]) {
    for word in cells.split_mut(Cell::is_space) {
        let text: String = word.iter().take(12).map(|cell| cell.text).collect();
        if !text.contains("://") && !text.starts_with("www.") {
            if word.len() >= LONG_WORD {
                break_name(word);
            } else {
                hold_solidus(word);
            }
            continue;
        }
        let separator = |c: char| "/?&=.-_#:".contains(c);
        let mut part = 0;
        for i in 1..=word.len() {
            if let Some(cell) = word.get(i) {
                let previous = word[i - 1].text;
                if !separator(previous) || previous == ':' || separator(cell.text) {
                    continue;
                }
                word[i].breakable = true;
            }
            if i - part >= LONG_PART {
                for cell in &mut word[part + 2..i - 2] {
                    cell.gives_way = !separator(cell.text) && cell.class != Class::Combining;
                }
            }
            part = i;
        }
    }
}

/// Keeps a word from a break after its solidus, which UAX #14 allows.
fn hold_solidus(word: &mut [Cell]) {
    for i in 1..word.len() {
        word[i].breakable &= word[i - 1].text != '/';
    }
}

/// Lets a long name break after a separator and before a capital that follows a small letter; no figure is divided.
fn break_name(word: &mut [Cell]) {
    for i in 1..word.len() {
        let (before, previous, cell) =
            (i.checked_sub(2).map(|i| word[i].text), word[i - 1].text, word[i].text);
        let figure = cell.is_ascii_digit() && before.is_some_and(|c| c.is_ascii_digit());
        let joint = "./\\_-:=&+@".contains(previous) && cell.is_alphanumeric() && !figure
            || previous.is_lowercase() && cell.is_uppercase();
        word[i].gives_way |= joint;
    }
}

/// True where a Han numeral would be torn from 第, from its unit, or in two: `第|十条`, `二|十`, `三十|条`.
fn is_numeral(previous: &Cell, cell: &Cell) -> bool {
    let numeral = is_han_numeral(previous.text);
    (previous.text == '第' || numeral) && is_han_numeral(cell.text) || numeral && is_unit(cell.text)
}

fn break_latin(cells: &mut [Cell]) {
    let text: String = cells.iter().map(|cell| cell.text).collect();
    let mut breaks = linebreaks(&text).peekable();
    let mut offset = 0;
    for cell in cells.iter_mut() {
        while breaks.next_if(|(at, _)| *at < offset).is_some() {}
        if offset > 0
            && breaks.peek().is_some_and(|(at, kind)| *at == offset && *kind == BreakOpportunity::Allowed)
        {
            cell.breakable = true;
        }
        offset += cell.text.len_utf8();
    }
}
