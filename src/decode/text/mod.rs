//! Plain text to the tree: clean lines, paragraphs, and what they looked like.
//!
//! Every paragraph comes out as [`crate::tree::Role::Body`]; what it is, is for the structure pass to say. Blanks at the
//! ends of a paragraph become its [`crate::tree::Appearance`]; blanks inside it (`张　三`) are text.

mod lines;
mod page;
mod wrap;

use crate::diagnostic::{Diagnostics, Kind};
use crate::options::{LineMode, Options};
use crate::parallel;
use crate::tree::{Appearance, Block, BlockKind, Document, Location, Origin, Paragraph};

use self::lines::Line;
#[cfg(test)]
pub(crate) use self::lines::{Reading, reading};

/// Makes a tree of body paragraphs from `text`, whose line ends may be of any sort.
///
/// What was cleaned away (line ends, invisible characters) is reported once for each sort, with its
/// count and first place; so is the joining of wrapped lines, which [`Options::lines`] governs.
pub(crate) fn decode_str(text: &str, options: &Options, diagnostics: &mut Diagnostics) -> Document {
    let threads = parallel::threads(options.threads);
    let mut lines = lines::split(text, threads, diagnostics);
    let mut wrap = wrap::measure(&lines);
    let mut asides = Vec::new();
    if options.lines == LineMode::Auto
        && let Some(measured) = wrap
    {
        let count = lines.len();
        let (rest, taken) = page::take_out(lines, measured);
        if rest.len() < count {
            wrap = wrap::measure(&rest);
        }
        lines = rest;
        report(&taken, diagnostics);
        asides = taken.asides;
    }
    let mut asides = asides.into_iter().peekable();
    let joins = wrap::joins(&lines, options.lines, wrap);
    if let Some(first) = joins.iter().position(|join| join.is_some()) {
        let count = joins.iter().flatten().count();
        diagnostics.report(
            Kind::Inferred,
            "lines-joined",
            Location::line(lines[first].number),
            message!("wrapped lines joined to the lines before them: {count}", count),
        );
    }
    let width = wrap.map(wrap::Wrap::columns);
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    // The lines of each block, of which its paragraph is made; none for all others.
    let mut sources = Vec::with_capacity(lines.len());
    let mut blank: u16 = 0;
    let mut index = 0;
    while index < lines.len() {
        let line = &lines[index];
        while let Some(aside) = asides.next_if(|aside| aside.number < line.number) {
            blocks.push(paragraph(aside.text.into_owned(), Origin::at(Location::line(aside.number))));
            sources.push(0..0);
        }
        if line.page_break {
            blocks
                .push(Block { kind: BlockKind::PageBreak, origin: Origin::at(Location::line(line.number)) });
            sources.push(0..0);
        }
        if line.text.is_empty() {
            if let Some(above) = blocks.last_mut().map(|above| &mut above.origin.appearance)
                && line.tabs_behind >= EMPTY_ROW
                && above.rows_behind == blank
            {
                above.rows_behind += 1;
            }
            blank = blank.saturating_add(1);
            index += 1;
            continue;
        }
        let last = index + joins[index + 1..].iter().take_while(|join| join.is_some()).count();
        let appearance = Appearance {
            indent: line.indent,
            blank_before: blank,
            tabs_behind: lines[last].tabs_behind,
            centred: last == index && is_centred(line, width),
            ..Appearance::default()
        };
        let at = Location::Lines { first: line.number, last: lines[last].number };
        let kind = BlockKind::Paragraph(Paragraph::default());
        blocks.push(Block { kind, origin: Origin { at, appearance } });
        sources.push(index..last + 1);
        blank = 0;
        index = last + 1;
    }
    parallel::for_each(threads, &mut blocks, |at, block| {
        let Some(source) = sources.get(at).filter(|source| !source.is_empty()) else { return };
        let text = joined(&lines[source.clone()], &joins[source.clone()]);
        block.kind = BlockKind::Paragraph(Paragraph::plain(text));
    });
    blocks.extend(
        asides.map(|aside| paragraph(aside.text.into_owned(), Origin::at(Location::line(aside.number)))),
    );
    Document { blocks, ..Document::default() }
}

/// A line of so many tabs alone is a row of a table.
const EMPTY_ROW: u16 = 2;

/// The text of a paragraph: its lines, and what stands between them.
fn joined(lines: &[Line<'_>], joins: &[Option<wrap::Glue>]) -> String {
    let mut text = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    // A line that nothing joins to the one before begins the paragraph.
    for (line, glue) in lines.iter().zip(joins) {
        text.push_str(glue.map_or("", wrap::Glue::text));
        text.push_str(&line.text);
    }
    text
}

fn paragraph(text: String, origin: Origin) -> Block {
    Block { kind: BlockKind::Paragraph(Paragraph::plain(text)), origin }
}

/// Reports what was taken out from between the lines of paragraphs.
fn report(taken: &page::Taken<'_>, diagnostics: &mut Diagnostics) {
    for aside in &taken.asides {
        let message = message!("stands between two pages; put behind the paragraph that goes on over it");
        let at = Location::line(aside.number);
        diagnostics.report_text(Kind::Substituted, "page-end-moved", at, message, aside.text.as_ref());
    }
    if let Some(first) = taken.breaks.first() {
        let message =
            message!("page breaks fall inside paragraphs, so they are the printed source's; left out");
        diagnostics.report(Kind::Substituted, "page-ends", Location::line(*first), message);
    }
}

/// A line is centred where its blanks are the same on both sides, the right side up to the width at
/// which the text is wrapped.
fn is_centred(line: &Line, width: Option<usize>) -> bool {
    let indent = usize::from(line.indent);
    if indent <= 4 {
        return false;
    }
    let right = match width {
        Some(width) => width.saturating_sub(indent + line.width),
        None => usize::from(line.trailing),
    };
    right > 0 && indent.abs_diff(right) <= 2
}

#[cfg(test)]
mod tests;
