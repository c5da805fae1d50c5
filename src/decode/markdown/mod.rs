//! Markdown to the tree: CommonMark with tables, footnotes, strikethrough, task lists and front matter.
//!
//! Everything that the source says has a node. Blocks of HTML that only set text, as `<div>` and `<p>` do, are
//! paragraphs; other markup that the tree does not interpret is kept to the letter; link reference definitions are
//! resolved; what is lost by resolving (an excess cell of a table, markup in the description of a picture) is reported.
//!
//! **Title.** A document that has no heading of level 1, or a single one that comes before all other
//! headings, keeps level 1 for its title: `#` is [`Role::Title`], `##` is `Heading(1)` and so on. In any
//! other document `#` is `Heading(1)`.
//!
//! **Run-in headings.** A body paragraph that begins with a bold sentence (`**第一，要实。**因为…`) has that
//! sentence as its [`Lead`](crate::tree::Lead).
//!
//! **Stated roles.** A file that begins with `<!-- banshi roles -->` states every role: `#` is the title, `##`
//! `Heading(1)`, and a comment before a paragraph (`<!-- .signature -->`) says what else it is.
//!
//! **Line ends.** A line end inside a paragraph is nothing between two Chinese or Japanese characters and a
//! space elsewhere. `\` or two spaces before it, and `<br>`, make a break.
//!
//! **Formulas.** `$E=mc^2$` is text, and reported.

mod build;
mod emphasis;
mod front_matter;
mod line_end;
mod math;

use std::borrow::Cow;

use super::Decoded;
use crate::diagnostic::{Diagnostics, Kind};
use crate::error::Result;
use crate::markdown::{ROLES_STATED, inline};
use crate::options::Options;
use crate::tree::{Block, BlockKind, Document, Role, Stated};
use emphasis::Supported;

/// Reads a Markdown text. Every block knows its lines.
///
/// # Errors
/// [`Error::Limit`](crate::error::Error::Limit) where elements are nested deeper, or tables have more cells, than
/// [`Options::limits`] allow.
pub(crate) fn decode_str(text: &str, options: &Options, diagnostics: &mut Diagnostics) -> Result<Decoded> {
    let text = unix_lines(text);
    let mut meta = crate::tree::Meta::default();
    let mut start = 0;
    if let Some((inner, end)) = front_matter::part(&text) {
        meta = front_matter::read(inner, 2, diagnostics);
        start = end;
    }
    let mut document = read_emphasis(&text, start, options, diagnostics)?;
    document.meta = meta;
    let roles_stated = text[start..].trim_start().starts_with(ROLES_STATED);
    if !roles_stated {
        set_title(&mut document);
        inline::bold_openings_to_leads(&mut document);
    }
    Ok(Decoded { document, stated: if roles_stated { Stated::All } else { Stated::Some } })
}

/// Reads the blocks, emphasis beside Chinese marks as its author means it; where that is not what CommonMark says,
/// it is reported. With [`Options::commonmark`] it is read as CommonMark says, and that too is reported where it differs.
fn read_emphasis(
    text: &str,
    start: usize,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Document> {
    let Some(supported) = Supported::new(text, start) else {
        return build::build(text, start, None, &options.limits, diagnostics);
    };
    let (limits, commonmark) = (&options.limits, options.commonmark);
    let mut silent = Diagnostics::default();
    let (said, unsaid) = if commonmark { (&mut silent, diagnostics) } else { (diagnostics, &mut silent) };
    let document = build::build(text, start, Some(&supported), limits, said)?;
    let plain = build::build(text, start, None, limits, unsaid)?;
    let diagnostics = if commonmark { unsaid } else { said };
    let differing = document.blocks.iter().zip(&plain.blocks).find(|(one, other)| one != other);
    if let Some((block, _)) = differing {
        let (kind, message) = if commonmark {
            (
                Kind::Noticed,
                message!(
                    "asterisks beside a Chinese mark are no emphasis by CommonMark; set the mark outside of them"
                ),
            )
        } else {
            (
                Kind::Inferred,
                message!(
                    "emphasis beside a Chinese mark is read as meant; others show asterisks, unless the mark stands outside"
                ),
            )
        };
        diagnostics.report(kind, "emphasis-beside-mark", block.origin.at.clone(), message);
    }
    Ok(if commonmark { plain } else { document })
}

/// `text` with `\n` for every line end, and without a byte order mark.
fn unix_lines(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// Applies the rule for titles.
pub(super) fn set_title(document: &mut Document) {
    let mut levels = Vec::new();
    document.for_each_paragraph(&mut |_, paragraph| {
        if let Role::Heading(level) = paragraph.role {
            levels.push(level);
        }
    });
    let first = levels.iter().filter(|level| **level == 1).count();
    let outer = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => paragraph.role.level(),
        _ => None,
    });
    if first == 0 || first == 1 && levels.first() == Some(&1) && outer == Some(1) {
        lift(&mut document.blocks);
        document.notes.iter_mut().for_each(|note| lift(&mut note.blocks));
    }
}

/// Level 1 becomes the title, every other level the one above it.
fn lift(blocks: &mut [Block]) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(paragraph) => match paragraph.role {
                Role::Heading(1) => paragraph.role = Role::Title,
                Role::Heading(level) => paragraph.role = Role::Heading(level - 1),
                _ => {}
            },
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| lift(&mut item.blocks)),
            BlockKind::Quote(blocks) => lift(blocks),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
