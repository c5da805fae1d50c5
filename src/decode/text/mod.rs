//! Plain text to the tree: clean lines, paragraphs, and what they looked like.
//!
//! Every paragraph comes out as [`crate::tree::Role::Body`]; what it is, is for the structure pass to say. Blanks at the
//! ends of a paragraph become its [`crate::tree::Appearance`]; blanks inside it (`张　三`) are text.

mod lines;
mod wrap;

use crate::diagnostic::{Diagnostics, Kind};
use crate::options::Options;
use crate::tree::{Appearance, Block, BlockKind, Document, Location, Origin, Paragraph};

use self::lines::Line;

/// Makes a tree of body paragraphs from `text`, whose line ends may be of any sort.
///
/// What was cleaned away (line ends, invisible characters) is reported once for each sort, with its
/// count and first place; so is the joining of wrapped lines, which [`Options::lines`] governs.
pub(crate) fn decode_str(text: &str, options: &Options, diagnostics: &mut Diagnostics) -> Document {
    let lines = lines::split(text, diagnostics);
    let joins = wrap::joins(&lines, options.lines);
    if let Some(first) = joins.iter().position(|join| join.is_some()) {
        let count = joins.iter().flatten().count();
        diagnostics.report(
            Kind::Inferred,
            "lines-joined",
            Location::line(lines[first].number),
            format!("{count} wrapped lines joined to the lines before them"),
        );
    }
    let width = wrap::measure(&lines).map(wrap::Wrap::columns);
    let mut blocks: Vec<Block> = Vec::new();
    let mut blank: u16 = 0;
    let mut index = 0;
    while index < lines.len() {
        let line = &lines[index];
        if line.page_break {
            blocks
                .push(Block { kind: BlockKind::PageBreak, origin: Origin::at(Location::line(line.number)) });
        }
        if line.text.is_empty() {
            blank = blank.saturating_add(1);
            index += 1;
            continue;
        }
        let mut content = line.text.clone();
        let mut last = index;
        while let Some(glue) = joins.get(last + 1).copied().flatten() {
            content.push_str(glue.text());
            content.push_str(&lines[last + 1].text);
            last += 1;
        }
        blocks.push(Block {
            kind: BlockKind::Paragraph(Paragraph::plain(content)),
            origin: Origin {
                at: Location::Lines { first: line.number, last: lines[last].number },
                appearance: Appearance {
                    indent: line.indent,
                    blank_before: blank,
                    outline_level: None,
                    centred: last == index && is_centred(line, width),
                },
            },
        });
        blank = 0;
        index = last + 1;
    }
    Document { blocks, ..Document::default() }
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
