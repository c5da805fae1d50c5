//! Tables whose rows are lines and whose cells are parted by tabs, as offices paste them into plain text.
//!
//! Only lines of text are looked at: a tab in a paragraph of a Word file goes to a stop, and its tables are tables.

use crate::tree::{Block, BlockKind, ColumnAlignment, Document, Paragraph, Row, Table, heads_contents};

use super::boilerplate;
use super::constraint::Constraint;
use super::gathered::{self, Found, Line};
use super::marker;
use super::phrase::{compact, contains_any, is_date, is_day, is_han, is_name, is_signer, is_within, length};

/// Half em of indent that a tab before the text is read as: an empty cell at the start of a row.
pub(super) const TAB: u16 = 4;

/// A table has no more columns, in Word and here.
pub(super) const MOST: usize = 63;

/// The name of a column is no longer than this.
const NAME: usize = 20;

/// The label of a field is no longer than this.
pub(super) const LABEL: usize = 10;

/// Whether there is a tab in any line.
pub(super) fn may_have_any(document: &Document) -> bool {
    document.blocks.iter().filter_map(Line::of).any(|line| is_tabbed(&line))
}

/// Every run of lines with the same cells, as a table. `constraints` has one for every block, or none at all; what is corrected
/// stays a line.
pub(super) fn found(blocks: &[Block], constraints: &[Constraint]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let lines = gathered::run(blocks, constraints, at, is_tabbed);
        if lines.is_empty() {
            at += 1;
            continue;
        }
        let around = |at: Option<usize>| {
            at.and_then(|at| blocks.get(at)).and_then(Block::paragraph).map(Paragraph::characters)
        };
        let (above, below) = (around(at.checked_sub(1)), around(Some(at + lines.len())));
        let end = at + lines.len();
        // Fields, as `填报单位：` and `填报时间：`, stand above and below a table.
        let above_it = lines.iter().take_while(|line| is_of_fields(line.text)).count();
        let below_it = lines[above_it..].iter().rev().take_while(|line| is_of_fields(line.text)).count();
        let rows = &lines[above_it..lines.len() - below_it];
        let listed = above.is_some_and(|above| heads_contents(&above));
        let signed = below.is_some_and(|below| is_date(&compact(&below)));
        // Who signs below the table, with tabs of its rows behind the name.
        let signs =
            |row: &&Line| signed && !row.text.contains('\t') && is_signer(row.text, &compact(row.text));
        let signers = rows.iter().rev().take_while(signs).count();
        let rows = &rows[..rows.len() - signers];
        if let Some(cells) = cells(rows).filter(|cells| !listed && is_table(rows, cells, signed)) {
            let (filled, cells) = with_empty_rows(rows, cells);
            let table = table(&filled, &cells);
            let message = message!(
                "lines whose cells are parted by tabs are a table: {rows} rows, {columns} columns",
                rows = table.rows.len(),
                columns = table.columns.len()
            );
            let kind = BlockKind::Table(table);
            let (start, lines) = (at + above_it, rows.len());
            found.push(Found::new(start, lines, kind, "tabs-as-table", message));
        }
        at = end;
    }
    found
}

/// Cells of so many characters at most, figures and names, stand in the middle of their column, as offices set them.
const SHORT: usize = 8;

/// So do numbers of telephones and persons, which have so many digits at most, and hours of a day: `09:00—09:30`.
const NUMBER: usize = 18;
const SPANS: &str = "-:：—–～~";

const DASHES: [char; 5] = ['—', '–', '-', '－', '/'];

pub(super) fn is_tabbed(line: &Line) -> bool {
    line.text.contains('\t') || line.origin.appearance.tabs_behind > 0 && is_first_cell(line.text)
}

/// Whether a text before tabs may be the first cell of a row that has no other: no sentence, date, field or heading.
fn is_first_cell(text: &str) -> bool {
    let chars: Vec<char> = text.chars().take(NAME + 1).collect();
    chars.len() <= NAME
        && !text.ends_with(['。', '；', '！', '？', '，', '：', ';', ':'])
        && marker::scan(&chars).is_none_or(|marker| marker.weak)
        && !is_date(&compact(text))
}

/// The cells of a row. What stands further in than the `margin` has empty ones before it, and tabs behind it end empty ones.
pub(super) fn cells_of<'a>(row: &Line<'a>, margin: u16) -> Vec<&'a str> {
    let empty = usize::from(row.origin.appearance.indent.saturating_sub(margin) / TAB);
    let behind = usize::from(row.origin.appearance.tabs_behind).min(MOST);
    let filled = row.text.split('\t').map(str::trim);
    std::iter::repeat_n("", empty).chain(filled).chain(std::iter::repeat_n("", behind)).collect()
}

/// The cells of the rows, as many in each: the last ones may be missing. `None` where the rows are too few, or their
/// cells do not stand one below the other.
fn cells<'a>(rows: &[Line<'a>]) -> Option<Vec<Vec<&'a str>>> {
    let margin = rows.iter().map(|row| row.origin.appearance.indent).min()?;
    // Where the cells of the first row are named, each tab is a limit; otherwise several may fill a gap.
    let mut all: Vec<Vec<&str>> = rows.iter().map(|row| cells_of(row, margin)).collect();
    let named = |all: &[Vec<&str>]| {
        let Some(([corner, names @ ..], rows)) =
            all.split_first().map(|(first, rows)| (first.as_slice(), rows))
        else {
            return false;
        };
        // Names of rows stand below an empty corner.
        let headed =
            || names.len() > 1 && rows.iter().all(|row| row.first().is_some_and(|name| !name.is_empty()));
        names.iter().all(|cell| !cell.is_empty()) && (!corner.is_empty() || headed())
    };
    let width = all.first().map_or(0, Vec::len);
    if !named(&all) || all.iter().any(|row| row.len() > width) {
        all.iter_mut().for_each(|row| row.retain(|cell| !cell.is_empty()));
        let width = all.first().map_or(0, Vec::len);
        if all.iter().any(|row| row.len() != width) {
            return None;
        }
    }
    let width = all.first().map_or(0, Vec::len);
    let height = all.len() + rows.iter().map(rows_behind).sum::<usize>();
    let enough = (3..=MOST).contains(&width) && height >= 2 || width == 2 && height >= 3;
    let unnamed = || all.len() == 1 && !is_head(&all);
    if !enough || unnamed() || all.iter().any(|row| row.len() * 2 < width) {
        return None;
    }
    all.iter_mut().for_each(|row| row.resize(width, ""));
    Some(all)
}

/// Rows below this one that are to be filled in.
fn rows_behind(row: &Line) -> usize {
    row.origin.appearance.rows_behind.into()
}

/// The rows, and where each comes from, with those that are to be filled in.
fn with_empty_rows<'a>(rows: &[Line<'a>], cells: Vec<Vec<&'a str>>) -> (Vec<Line<'a>>, Vec<Vec<&'a str>>) {
    let with_empty = |(row, cells): (&Line<'a>, Vec<&'a str>)| {
        let empty = vec![""; cells.len()];
        let below = std::iter::repeat_n((*row, empty), rows_behind(row));
        std::iter::once((*row, cells)).chain(below)
    };
    rows.iter().zip(cells).flat_map(with_empty).unzip()
}

/// Whether the rows are those of a table: no columns of signers, names, points, fields, choices or headings, and no
/// program.
pub(super) fn is_table(rows: &[Line], cells: &[Vec<&str>], signed: bool) -> bool {
    let filled = || cells.iter().flatten().filter(|cell| !cell.is_empty());
    let pair = cells.first().is_some_and(|row| row.len() == 2);
    let firsts = || cells.iter().filter_map(|row| row.first().copied());
    let headed = is_head(cells);
    let dates = |row: &[&str]| row.iter().all(|cell| cell.is_empty() || is_date(&compact(cell)));
    let signs = |row: &[&str]| row.iter().all(|cell| cell.is_empty() || is_signer(cell, &compact(cell)));
    // Names of bodies or persons side by side over their dates.
    let (last, above) =
        cells.split_last().map_or((&[][..], &[][..]), |(last, above)| (last.as_slice(), above));
    if above.iter().all(|row| signs(row)) && (dates(last) || signs(last) && signed) {
        return false;
    }
    let fields = rows.iter().filter(|row| is_of_fields(row.text)).count() * 2 >= rows.len();
    // Where the parties of a contract sign.
    let seals =
        cells.iter().any(|row| row.iter().all(|cell| contains_any(cell, &["盖章", "签字", "签章", "公章"])));
    let names = filled().all(|cell| is_name(&compact(cell)));
    let members = pair && !headed && firsts().all(|first| is_name(&compact(first)));
    let choices = cells.first().is_some_and(|row| are_choices(row));
    let points = pair && rows.iter().zip(firsts()).any(|(row, first)| is_point(row.text, first));
    let sentences = pair && firsts().any(|first| first.contains(['。', '；']));
    let contents = filled().any(|cell| cell.contains("……") || cell.contains("....") || cell.contains("····"))
        || pair && !headed && (is_paged(cells) || cells.iter().all(|row| row.last() == cells[0].last()));
    let program = rows.iter().any(|row| row.text.ends_with([';', '{', '}']))
        && !rows.iter().any(|row| row.text.contains(is_han));
    let framed = rows.first().is_some_and(|row| {
        let line = compact(row.text);
        boilerplate::sort(row.text, &line, length(&line)).taints()
    });
    !(fields || seals || names || members || choices || points || sentences || contents || program || framed)
}

/// `姓名：`, `联系电话：12345`: a label and a colon, and its value.
pub(super) fn is_field(cell: &str) -> bool {
    cell.split_once(['：', ':'])
        .is_some_and(|(label, _)| is_within(label, LABEL) && label.trim_end().ends_with(is_han))
}

/// A row of fields: half of the cells that say something are fields.
fn is_of_fields(row: &str) -> bool {
    let cells = || row.split('\t').map(str::trim).filter(|cell| !cell.is_empty());
    let fields = cells().filter(|cell| is_field(cell)).count();
    fields > 0 && fields * 2 >= cells().count()
}

/// Choices side by side: `A.是　B.否　C.不清楚`, `□同意　□不同意　□弃权`.
fn are_choices(row: &[&str]) -> bool {
    let lettered = |(cell, letter): (&&str, char)| {
        cell.strip_prefix(letter).is_some_and(|rest| rest.starts_with(['.', '．', '、', ')', '）', ' ']))
    };
    row.iter().zip('A'..).all(lettered) || row.iter().all(|cell| cell.starts_with(['□', '☐', '○']))
}

/// A numbered paragraph whose number a tab parts from its text; a bare number may be that of a row.
fn is_point(row: &str, first: &str) -> bool {
    let chars: Vec<char> = row.chars().collect();
    let bare = first.chars().all(char::is_alphanumeric);
    marker::scan(&chars).is_some_and(|marker| marker.length > length(first) && !(marker.weak && bare))
}

/// Pages behind headings: numbers that only rise.
fn is_paged(cells: &[Vec<&str>]) -> bool {
    let page = |row: &Vec<&str>| -> Option<u32> {
        row.last()?.trim_matches(['（', '）', '(', ')', '-', '—', ' ']).parse().ok()
    };
    let pages: Option<Vec<u32>> = cells.iter().map(page).collect();
    pages.is_some_and(|pages| pages.is_sorted())
}

/// Whether the first row names the columns: every cell a few words and no figure or date, and what stands below a cell is
/// not it again, nor persons below a person.
pub(super) fn is_head(cells: &[Vec<&str>]) -> bool {
    let Some((first, rest)) = cells.split_first() else { return false };
    let names = |cell: &str| {
        let cell = compact(cell);
        is_within(&cell, NAME)
            && cell.chars().any(char::is_alphabetic)
            && !cell.ends_with(['。', '；', '，', ';'])
            && !is_figure(&cell)
    };
    // The corner above the names of the rows may be empty.
    let corner = |column: usize, cell: &str| {
        column == 0
            && cell.is_empty()
            && first.len() > 2
            && rest.iter().all(|row| row.first().is_some_and(|name| names(name)))
    };
    let heads = |(column, cell): (usize, &&str)| {
        let below = || rest.iter().filter_map(|row| row.get(column)).filter(|below| !below.is_empty());
        let person = |cell: &&str| is_name(&compact(cell));
        let persons = || person(cell) && below().next().is_some() && below().all(person);
        corner(column, cell) || names(cell) && !below().any(|below| below == cell) && !persons()
    };
    first.iter().enumerate().all(heads)
}

/// A figure with what measures it, a day or an hour: `45,678.90`, `1.2万元`, `1月1日`.
pub(super) fn is_figure(compact: &str) -> bool {
    let bare = compact.trim_end_matches(|c: char| c.is_alphabetic());
    let figures = |c: char| c.is_ascii_digit() || c.is_ascii_punctuation() || "，。％～—–－：￥".contains(c);
    let measured = length(&compact[bare.len()..]) <= 2 && !compact.ends_with('年');
    is_day(compact)
        || is_date(compact) && compact.contains(['日', '号', '.', '-', '/'])
        || bare.starts_with(|c: char| c.is_ascii_digit()) && bare.chars().all(figures) && measured
}

/// Figures of so many digits are compared with each other by their places.
const LARGE: usize = 5;

/// Heads of columns whose digits name something or tell a day.
const NAMES_OF_NUMBERS: &[&str] =
    &["号", "电话", "手机", "编码", "代码", "邮编", "邮政编码", "时间", "日期", "年月", "年份"];

/// A figure alone: `45,678.90`, `-3.5%`.
pub(super) fn is_number(cell: &str) -> bool {
    let digits = cell.trim_start_matches(['-', '+', '－']).trim_end_matches(['%', '％']);
    let coded = digits.starts_with('0') && digits[1..].starts_with(|c: char| c.is_ascii_digit());
    !coded
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && digits.matches('.').count() <= 1
}

pub(super) fn table(rows: &[Line], cells: &[Vec<&str>]) -> Table {
    let row =
        |(line, cells): (&Line, &Vec<&str>)| Row::new(cells.iter().map(|text| line.cell(text)).collect());
    let header_rows = usize::from(is_head(cells));
    let is_short = |at: usize| {
        let short = |cell: &str| {
            is_within(cell, SHORT)
                || is_within(cell, NUMBER) && cell.chars().all(|c| c.is_ascii_digit() || SPANS.contains(c))
        };
        cells[header_rows..].iter().all(|row| short(row[at]))
    };
    // The places of figures stand below each other.
    let has_figures = |at: usize| {
        if header_rows > 0 && contains_any(cells[0][at], NAMES_OF_NUMBERS) {
            return false;
        }
        // A dash stands where there is no figure.
        let figures = || {
            cells[header_rows..]
                .iter()
                .map(|row| row[at])
                .filter(|cell| !cell.trim_matches(DASHES).is_empty())
        };
        figures().all(is_number) && figures().any(|cell| cell.len() >= LARGE || cell.contains(['.', ',']))
    };
    // Of columns alike all are set alike; the first numbers the rows or names them.
    let counts = |at: usize| {
        let named = header_rows > 0 && contains_any(cells[0][at], NAMES_OF_NUMBERS);
        let mut filled = cells[header_rows..].iter().map(|row| row[at]).filter(|cell| !cell.is_empty());
        at > 0 && !named && filled.clone().next().is_some() && filled.all(is_number)
    };
    let columns = cells.first().map_or(0, Vec::len);
    let any_figures = (0..columns).any(has_figures);
    let alignment = |at: usize| match (has_figures(at) || any_figures && counts(at), is_short(at)) {
        (true, _) => ColumnAlignment::Right,
        (false, true) => ColumnAlignment::Centre,
        (false, false) => ColumnAlignment::Default,
    };
    Table {
        columns: (0..columns).map(alignment).collect(),
        header_rows,
        rows: rows.iter().zip(cells).map(row).collect(),
        ..Table::default()
    }
}
