//! Which lines go on from the line before.
//!
//! Mail programs, old editors and PDF readers cut a paragraph into lines of one width. Such a text shows
//! itself: many lines reach the same width and few pass it. Only a line that is full can go on, that is
//! one which had no room for what begins the next; a short line ends its paragraph, so titles, lists
//! and signatures stay apart.

use std::borrow::Cow;

use crate::options::LineMode;
use crate::tree::is_boxed;

use super::lines::{self, Line, is_drawn, width};
use super::page::is_folio;

/// What stands between two joined lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glue {
    /// Nothing: Han characters on one side at least, or a word cut in two.
    Nothing,
    /// A space, between words.
    Space,
}

impl Glue {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Space => " ",
        }
    }
}

/// A text wrapped at less than this is verse, a list or a table; in half em.
const NARROWEST: usize = 24;
/// Wider lines are paragraphs that nobody wrapped; in half em.
const WIDEST: usize = 160;
/// How far a line may stay behind the full width: one Han character that did not fit, and a mark
/// that may not begin a line together with the character before it.
const SLACK: usize = 4;
/// How far marks that may not begin a line hang over the width: `）》；`; in half em.
const HANG: usize = 6;
/// A word or number longer than this is cut as well; in half em.
const LONGEST: usize = 14;
/// A closing formula is no wider, in half em.
const CLOSING: usize = 40;
/// The deepest indent of the first line of a paragraph, in half em.
const DEEPEST: u16 = 8;
/// A full line is no accident once so many are found.
const FEWEST: usize = 3;

/// How a text was wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrap {
    /// At this many columns, a Han character taking two.
    Columns(usize),
    /// At this many characters, wide or narrow, blanks included; one mark may hang.
    Characters(usize),
}

impl Wrap {
    /// Whether the line reaches the width, so that it may have been cut there.
    pub(super) fn is_full(self, line: &Line) -> bool {
        match self {
            Self::Columns(full) => reach(line) + SLACK > full && fits(line, full),
            Self::Characters(full) => {
                line.length == full || line.length == full + 1 && line.text.ends_with(NOT_FIRST)
            }
        }
    }

    /// Whether `before` had no room for the beginning of `line`; where lines are cut `exact`ly at a column, for its first
    /// character.
    fn was_cut(self, before: &Line, line: &Line, exact: Option<usize>) -> bool {
        // Blanks at the cut are gone, and some characters are wide to one program and narrow to another.
        let sure = || before.trailing == 0 && line.indent == 0 && !before.text.chars().any(is_ambiguous);
        if let (Some(column), Self::Columns(full)) = (exact, self)
            && sure()
        {
            return fits(before, full) && reach(before) + first(&line.text) > column;
        }
        self.is_full(before)
            || match self {
                Self::Columns(full) => fits(before, full) && reach(before) + beginning(&line.text) > full,
                Self::Characters(_) => false,
            }
    }

    /// The width in half em for lines of Han characters.
    pub(super) fn columns(self) -> usize {
        match self {
            Self::Columns(full) => full,
            Self::Characters(full) => 2 * full,
        }
    }
}

/// Whether only marks that hang stand beyond the width, which may be measured half a Han character short. A longer
/// line was never cut.
fn fits(line: &Line, full: usize) -> bool {
    let hanging: usize = line.text.chars().rev().take_while(|c| NOT_FIRST.contains(c)).map(width).sum();
    reach(line) - hanging.min(HANG) <= full + 1
}

fn reach(line: &Line) -> usize {
    usize::from(line.indent) + line.width
}

/// Marks that may not begin a line (GB/T 15834-2011, 5.1.9).
const NOT_FIRST: &[char] = &[
    '，', '。', '；', '、', '：', '！', '？', '）', '”', '’', '》', '〉', '」', '』', '】', '％', '%', ',',
    '.', ';', ')',
];
/// Marks that may not end a line.
const NOT_LAST: &[char] = &['（', '“', '‘', '《', '〈', '「', '『', '【', '('];

/// Width of what cannot be parted at the beginning of a text: a character or a word, with its marks.
fn beginning(text: &str) -> usize {
    let mut chars = text.chars().peekable();
    let mut size = 0;
    while let Some(mark) = chars.next_if(|c| NOT_LAST.contains(c)) {
        size += width(mark);
    }
    let word = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '%');
    if chars.peek().is_some_and(word) {
        while let Some(c) = chars.next_if(word) {
            size += width(c);
        }
    } else {
        size += chars.next().map_or(0, width);
    }
    while let Some(mark) = chars.next_if(|c| NOT_FIRST.contains(c)) {
        size += width(mark);
    }
    size.min(LONGEST)
}

/// Whether programs differ in the width of a character (UAX #11): `©`, `·`.
fn is_ambiguous(c: char) -> bool {
    !c.is_ascii() && width(c) == 1
}

/// Width of the first character.
fn first(text: &str) -> usize {
    text.chars().next().map_or(0, width)
}

/// For each line, how it continues the one before; `None` where it begins a paragraph. `wrap` is what [`measure`] says.
pub(super) fn joins(lines: &[Line], mode: LineMode, wrap: Option<Wrap>) -> Vec<Option<Glue>> {
    let mut joins = vec![None; lines.len()];
    let wrap = match mode {
        LineMode::Keep => return joins,
        LineMode::Join => None,
        LineMode::Auto if wrap.is_none() => return joins,
        LineMode::Auto => wrap,
    };
    let style = Style::of(lines, wrap);
    let indent_is_lost = wrap.is_some_and(|wrap| has_lost_indents(lines, wrap));
    let widest = lines.iter().map(reach).filter(|reach| *reach <= WIDEST).max().unwrap_or(0);
    // First line of the paragraph so far.
    let mut start = 0;
    for index in 1..lines.len() {
        let (before, line) = (&lines[index - 1], &lines[index]);
        if joins[index - 1].is_none() {
            start = index - 1;
        }
        if before.text.is_empty() || line.text.is_empty() || line.page_break {
            continue;
        }
        // The rest of a drawn line that was too long.
        if is_drawn(&before.text)
            && wrap.is_some_and(|wrap| wrap.is_full(before))
            && line.indent == 0
            && line.text.chars().all(|c| before.text.starts_with(c))
        {
            joins[index] = Some(Glue::Nothing);
            continue;
        }
        // A page number between two pages belongs to neither paragraph, nor does a drawn line, a document number, the path to
        // a page, or a name with its office below others.
        let whole = |line: &Line| {
            is_folio(&line.text)
                || is_drawn(&line.text)
                || line.indent == 0 && is_reference(&line.text)
                || line.is_row && (line.text.contains('>') || is_boxed(&line.text))
                || is_set_in_row(line)
        };
        if whole(before) || whole(line) {
            continue;
        }
        let goes_on = match wrap {
            None => line.indent == 0 && !stands_apart(before, line, widest),
            Some(wrap) => {
                // Where text is indented, a flush paragraph is a line of the head: it goes on in mid-phrase only.
                let head =
                    style.indents && !style.parted && lines[start].indent == 0 && ends_sentence(before);
                let anew = style.indents && lines[start].indent == 0 && begins_head_line(&line.text);
                let item = start == index - 1 && heads_item(before, line);
                let set_in = indent_is_lost && start == index - 1 && begins_text(lines, start, line);
                let set_in = set_in.then(|| with_indent(before));
                let before = set_in.as_ref().unwrap_or(before);
                !head
                    && !anew
                    && !item
                    && continues(before, line, wrap, &style)
                    && !begins_alike(&lines[start], line)
            }
        };
        if goes_on {
            joins[index] = Some(glue(before, line, &style));
        }
    }
    joins
}

/// Half em by which the first lines of paragraphs are set in.
const INDENT: u16 = 4;

/// The line with the indent that it had before somebody took it away.
fn with_indent<'a>(line: &'a Line) -> Line<'a> {
    Line {
        text: Cow::Borrowed(&line.text),
        indent: line.indent + INDENT,
        length: line.length + usize::from(INDENT / 2),
        trailing: line.trailing,
        width: line.width,
        ..Line::default()
    }
}

/// Whether the line at `start` may be the first of a paragraph that goes on in the next: no whole sentence, and none of a
/// list of lines below a colon, or that begin alike.
fn begins_text(lines: &[Line], start: usize, next: &Line) -> bool {
    let line = &lines[start];
    let above = start.checked_sub(1).map(|above| &lines[above]);
    let lists = |above: &Line| {
        above.text.ends_with(['：', ':'])
            && ["如下", "以下", "下列", "名单"].iter().any(|word| above.text.contains(word))
    };
    let listed = above.is_some_and(lists) && !begins_item(&line.text);
    let alike = line.text.chars().zip(next.text.chars()).take(2).all(|(one, other)| one == other);
    !ends_sentence(line) && !listed && !alike
}

/// Whether the indents of a text were lost after its lines had been cut: hardly any first line of a paragraph is full, and
/// several would be with one.
fn has_lost_indents(lines: &[Line], wrap: Wrap) -> bool {
    let (mut full, mut short) = (0usize, 0usize);
    for (at, pair) in lines.windows(2).enumerate() {
        let (line, next) = (&pair[0], &pair[1]);
        let above = at.checked_sub(1).and_then(|above| lines.get(above));
        let is_short = |line: &Line| !wrap.is_full(line) && !wrap.is_full(&with_indent(line));
        let first =
            above.is_none_or(|above| above.text.is_empty() || ends_sentence(above) || is_short(above));
        let flush = |line: &Line| line.indent == 0 && !line.text.is_empty();
        if !first || !flush(line) || !flush(next) || ends_sentence(line) {
            continue;
        }
        if wrap.is_full(line) {
            full += 1;
        } else if wrap.is_full(&with_indent(line)) {
            short += 1;
        }
    }
    short >= FEWEST && short >= 2 * full
}

/// Words in columns, set in further than text: `　　　　李四　局长`.
fn is_set_in_row(line: &Line) -> bool {
    line.indent > 4 && (line.text.contains('\u{3000}') || line.text.contains("  "))
}

/// The width at which the text is wrapped; `None` where it is not.
pub(super) fn measure(lines: &[Line]) -> Option<Wrap> {
    let signs = signs(lines)?;
    let columns = fullest(&signs, 2, reach).map(Wrap::Columns);
    let characters = fullest(&signs, 1, |line| line.length).map(Wrap::Characters);
    if columns.is_none() && characters.is_none() {
        return None;
    }
    let at = |hit: &dyn Fn(&Line) -> bool| lines.iter().filter(|line| hit(line)).count();
    // A mark that may not begin a line hangs beyond the width, so the lines pile up a little before the widest.
    let by_columns = columns.map_or(0, |wrap| {
        let full = wrap.columns();
        let piles =
            (full + 1 - SLACK..=full + HANG).map(|end| at(&|line| (end - 1..=end).contains(&reach(line))));
        piles.max().unwrap_or(0)
    });
    let by_characters = characters.map_or(0, |wrap| at(&|line| wrap.is_full(line)));
    // Lines that break off with room left speak against a measure.
    let against = |wrap: Option<Wrap>| {
        let pairs = lines.windows(2).filter(|pair| {
            let (before, line) = (&pair[0], &pair[1]);
            !before.text.is_empty() && !line.text.is_empty() && line.indent == 0 && !ends_sentence(before)
        });
        pairs.filter(|pair| wrap.is_none_or(|wrap| !wrap.was_cut(&pair[0], &pair[1], None))).count()
    };
    if columns.is_some() && characters.is_some() {
        let (odd_columns, odd_characters) = (against(columns), against(characters));
        if odd_columns != odd_characters {
            return if odd_characters < odd_columns { characters } else { columns };
        }
    }
    // Lines of equal columns mostly have equal characters too; what hits more lines exactly is right.
    if by_characters > by_columns { characters } else { columns }
}

/// What a line shows of the measure.
struct Sign<'a> {
    line: &'a Line<'a>,
    /// It has a mark at its end, which may hang.
    marked: bool,
    /// It breaks off in the middle of a sentence while another follows at once, which begins nothing of its own.
    breaks: bool,
    /// It does so with an indent, and goes on in a flush one: that proves as much as two.
    firm: bool,
}

/// What the lines show that may be those of paragraphs. `None` where none ends a sentence: names one below the other may be of
/// one length.
fn signs<'a>(lines: &'a [Line<'a>]) -> Option<Vec<Sign<'a>>> {
    let mut prose = false;
    let mut signs = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        if line.text.is_empty() || line.is_row || line.indent > 2 * DEEPEST {
            continue;
        }
        let begins = |text: &str| begins_item(text) && !begins_figure(text) || begins_field(text);
        let goes_on = |next: &&Line| !next.text.is_empty() && !begins(&next.text);
        let ends = ends_sentence(line);
        let next = lines.get(index + 1).filter(|_| !ends).filter(goes_on);
        let flush = next.is_some_and(|next| next.indent == 0);
        signs.push(Sign {
            line,
            marked: line.text.ends_with(NOT_FIRST),
            breaks: next.is_some(),
            firm: flush && (1..=8).contains(&line.indent),
        });
        prose |= ends;
    }
    prose.then_some(signs)
}

/// The place that most lines reach, with next to none beyond it but for hanging marks. `unit` is the
/// size of a Han character in the measure `of`.
fn fullest(signs: &[Sign], unit: usize, of: fn(&Line) -> usize) -> Option<usize> {
    let (narrowest, most) = (NARROWEST * unit / 2, WIDEST * unit / 2);
    let (slack, hang) = if unit == 1 { (1, 1) } else { (SLACK, HANG) };
    // Lines of each width: all, those that break off, and those with marks at the end, which may hang.
    let mut count = vec![0usize; most + HANG + 2];
    let mut open = count.clone();
    // Indented lines that break off and go on in a flush one: each proves as much as two.
    let mut firm = count.clone();
    let (mut hanging, mut hanging_open) = (count.clone(), count.clone());
    for sign in signs {
        let reach = of(sign.line).min(most + HANG + 1);
        firm[reach] += usize::from(sign.firm);
        count[reach] += 1;
        open[reach] += usize::from(sign.breaks);
        hanging[reach] += usize::from(sign.marked);
        hanging_open[reach] += usize::from(sign.marked && sign.breaks);
    }
    let total = signs.len();
    let mut best: Option<(usize, usize)> = None;
    let mut past: usize = count[most + hang + 2..].iter().sum();
    for full in (narrowest..=most).rev() {
        past += count[full + hang + 1];
        let (near, over) = (full + 1 - slack..=full, full + 1..=full + hang);
        let sum = |of: &[usize], range: std::ops::RangeInclusive<usize>| of[range].iter().sum::<usize>();
        let hung = sum(&hanging, over.clone());
        let beyond = past + sum(&count, over.clone()) - hung;
        // A few addresses or titles that nobody wrapped may be wider where many lines show the measure.
        if past * 50 > total && past > 2 {
            break;
        }
        let reached = sum(&count, near.clone()) + hung;
        let open = sum(&open, near.clone()) + sum(&hanging_open, over);
        let firm = sum(&firm, *near.start()..=full + hang);
        let enough = reached + firm >= FEWEST && open + firm >= FEWEST;
        let few = beyond * 50 <= total || beyond <= 2 && (open + firm) >= 8 * beyond;
        let found = enough && open * 2 > reached && few;
        // Of equal places the narrowest: it has lines of just its width.
        if found && best.is_none_or(|(most, _)| reached >= most) {
            best = Some((reached, full));
        }
    }
    best.map(|(_, full)| full)
}

fn ends_sentence(line: &Line) -> bool {
    lines::ends_sentence(&line.text)
}

/// How the text marks paragraphs and where its lines were cut.
#[derive(Debug)]
pub(super) struct Style {
    /// First lines are indented, so a line without indent goes on.
    pub indents: bool,
    /// Empty lines stand between all paragraphs.
    pub parted: bool,
    /// Lines were cut at a column, even before a full stop or inside a word.
    cuts_anywhere: bool,
    /// The column at which they were cut without regard to any mark: a line with room for one more character is the
    /// last of its paragraph.
    exact: Option<usize>,
}

impl Style {
    pub(super) fn of(lines: &[Line], wrap: Option<Wrap>) -> Self {
        let mut indented = 0usize;
        let mut flush_after_full = 0usize;
        let mut marks_first = 0usize;
        // The lines that were cut at each column, and those of them that end in a mark.
        let mut cut = std::collections::BTreeMap::<usize, (usize, usize)>::new();
        let (mut gaps, mut ends) = (0usize, 0usize);
        for pair in lines.windows(2) {
            let (before, line) = (&pair[0], &pair[1]);
            if line.text.is_empty() {
                gaps += usize::from(!before.text.is_empty());
                continue;
            }
            let was_cut = wrap.map(|wrap| wrap.was_cut(before, line, None));
            // A short line that is followed at once ends a paragraph without a gap.
            ends += usize::from(!before.text.is_empty() && was_cut == Some(false));
            if (1..=8).contains(&line.indent) {
                indented += 1;
            }
            if was_cut == Some(true) && line.indent == 0 {
                flush_after_full += 1;
                marks_first += usize::from(
                    line.text.starts_with(['，', '。', '；', '、', '：', '！', '？', '）', '”', '》']),
                );
                let (lines, marked) = cut.entry(reach(before)).or_default();
                *lines += 1;
                *marked += usize::from(before.text.ends_with(NOT_FIRST));
            }
        }
        let column = cut.iter().max_by_key(|(_, (lines, _))| *lines).map(|(column, _)| *column);
        // Marks hang where lines are not cut exactly. About every tenth character of prose is one.
        let hangs = column.is_some_and(|column| cut.range(column + 1..).any(|(_, (_, marked))| *marked > 0));
        Self {
            indents: indented >= 2 && flush_after_full > 0,
            parted: gaps >= 3 && ends * 4 <= gaps,
            cuts_anywhere: marks_first > 0,
            exact: column.filter(|_| marks_first >= 2 && marks_first * 25 >= flush_after_full && !hangs),
        }
    }

    /// Whether `line`, the first of a page, goes on from `before`, the last of the page before. Without indents
    /// only a sentence that breaks off shows it.
    pub(super) fn goes_on_overleaf(&self, before: &Line, line: &Line, wrap: Wrap) -> bool {
        let open = !ends_sentence(before) && wrap.is_full(before);
        (open || self.indents) && line.indent == 0 && continues(before, line, wrap, self)
    }
}

/// How the form of address begins.
const ADDRESSES: [&str; 12] = [
    "同志们",
    "各位",
    "尊敬的",
    "敬爱的",
    "亲爱的",
    "女士们",
    "先生们",
    "朋友们",
    "同学们",
    "老师们",
    "战友们",
    "乡亲们",
];

/// A flush line in the head of a text that begins anew, however full the line above it: an address or a short label
/// with its value (`来源：某报`).
fn begins_head_line(text: &str) -> bool {
    let labelled =
        begins_field(text) && text.chars().count() <= 40 && !text.ends_with(['。', '；', '，', '：']);
    // A date or an occasion in brackets, or after a dash.
    let bracketed = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    // The history of a law in brackets may itself be cut.
    let enacted = text.strip_prefix(['（', '(']).is_some_and(begins_with_day);
    labelled
        || enacted
        || bracketed && text.contains(['年', '月'])
        || text.starts_with("——")
        || text.starts_with("――")
        || ADDRESSES.iter().any(|word| text.starts_with(word)) && text.ends_with(['：', ':', '！', '!', '，'])
}

/// Whether a line begins anew even where all lines are to be joined: an item or an address, or after a line that
/// ends far short of the widest or in a colon.
fn stands_apart(before: &Line, line: &Line, widest: usize) -> bool {
    let addressed =
        ADDRESSES.iter().any(|word| line.text.starts_with(word)) && line.text.ends_with(['：', ':']);
    addressed
        || begins_item(&line.text)
        || before.text.ends_with(['：', ':'])
        || reach(before) * 3 < widest * 2
}

/// A line that is a document number and nothing else: `青政发〔2026〕4号`.
fn is_reference(text: &str) -> bool {
    let Some(rest) = text.strip_suffix('号') else { return false };
    let Some((office, rest)) = rest.split_once(['〔', '[', '［', '【', '（', '(']) else { return false };
    let Some((year, number)) = rest.split_once(['〕', ']', '］', '】', '）', ')']) else { return false };
    let digits = |text: &str, most: usize| {
        let count = text.chars().count();
        (1..=most).contains(&count) && text.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
    };
    (1..=14).contains(&office.chars().count())
        && office.chars().all(|c| !c.is_ascii() && c.is_alphabetic())
        && digits(year, 4)
        && digits(number, 5)
}

/// Two flush lines that both begin with a date: the history of a law, a chronicle.
fn begins_alike(first: &Line, line: &Line) -> bool {
    first.indent == 0 && line.indent == 0 && begins_with_day(&first.text) && begins_with_day(&line.text)
}

/// `2026年1月5日` and whatever follows.
fn begins_with_day(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    digits == 4 && text[digits..].starts_with('年') && text.chars().take(12).any(|c| c == '日')
}

fn continues(before: &Line, line: &Line, wrap: Wrap, style: &Style) -> bool {
    if !wrap.was_cut(before, line, style.exact) {
        return false;
    }
    // What stands at the right edge or in the middle is whole.
    if before.indent > DEEPEST && line.indent == 0 {
        return false;
    }
    // No paragraph goes on in a heading, nor in the words that close a letter.
    let heads = || begins_item(&line.text) && !ends_sentence(line) && !wrap.is_full(line);
    if before.text.ends_with(['。', '！', '？']) && (heads() || is_closing_formula(&line.text)) {
        return false;
    }
    if style.indents || style.parted {
        // A single blank stood at the cut.
        return line.indent <= 1;
    }
    if line.indent > before.indent.saturating_add(1) {
        return false;
    }
    // The last line of a paragraph has its mark; a short line without one is a signature or a heading.
    if ends_sentence(before)
        && !wrap.is_full(line)
        && !line.text.ends_with(['。', '！', '？', '；', '：', '”', '）', '.', '…'])
    {
        return false;
    }
    // Without indents a full line that ends a sentence may also end the paragraph: a marker decides.
    !(ends_sentence(before) && begins_item(&line.text))
}

/// `5.6%，…`: a figure, that may stand at the beginning of any line.
fn begins_figure(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let fraction = rest.strip_prefix(['.', '．']).filter(|_| rest.len() < text.len());
    fraction.is_some_and(|fraction| fraction.starts_with(|c: char| c.is_ascii_digit()))
}

/// `学习资料：…`: a label with its value.
fn begins_field(text: &str) -> bool {
    text.chars().take(7).position(|c| matches!(c, '：' | ':')).is_some_and(|label| label >= 2)
}

/// `特此报告。`, alone on its line.
fn is_closing_formula(text: &str) -> bool {
    ["特此", "专此", "妥否", "当否", "以上请示", "以上报告"].iter().any(|word| text.starts_with(word))
        && text.ends_with(['。', '！'])
        && text.chars().map(width).sum::<usize>() <= CLOSING
}

/// A heading of a single full line above the first of its items: `二、工作任务…` over `（一）…`.
fn heads_item(before: &Line, line: &Line) -> bool {
    let marker = |text: &str| text.chars().find(|c| !matches!(c, '（' | '(' | '第') && !is_number(*c));
    begins_item(&before.text)
        && begins_item(&line.text)
        && !before.text.contains(['。', '，', '；'])
        && marker(&before.text) != marker(&line.text)
}

/// Whether a line looks like the beginning of an item: a rough test, the structure pass has the fine one.
fn begins_item(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let rest = chars.as_str().trim_start_matches(is_number);
    match first {
        '（' | '(' => rest.len() < chars.as_str().len() && rest.starts_with(['）', ')']),
        '第' => rest.len() < chars.as_str().len() && rest.starts_with(['章', '节', '条', '，', '部', '编']),
        '—' | '●' | '•' | '■' | '◆' | '①'..='⑳' => true,
        c if is_number(c) => rest.starts_with(['、', '.', '．', '是']),
        _ => text.starts_with("附件"),
    }
}

fn is_number(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '０'..='９' | '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百'
    )
}

fn glue(before: &Line, line: &Line, style: &Style) -> Glue {
    let (Some(left), Some(right)) = (before.text.chars().next_back(), line.text.chars().next()) else {
        return Glue::Nothing;
    };
    let word = |c: char| c.is_alphanumeric() && width(c) == 1;
    let cut = style.cuts_anywhere && before.trailing == 0;
    let digits = left.is_ascii_digit() && right.is_ascii_digit();
    let words = word(left) && word(right) && !(digits && before.trailing == 0);
    let sentence = matches!(left, ',' | ';' | ':' | '.' | '!' | '?' | ')') && right.is_ascii_alphabetic();
    if !cut && (words || sentence) { Glue::Space } else { Glue::Nothing }
}
