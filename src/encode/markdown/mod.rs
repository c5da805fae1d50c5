//! The tree to Markdown: CommonMark with the tables, footnotes, strikethrough and task lists of GitHub.
//!
//! A paragraph is one line, and the author's markers are text. The document is first brought into the
//! [normal form](normal), which reports what Markdown cannot hold; then every block is written so that it is read
//! back as it is. Only characters that would be read as markup are escaped.
#![deny(clippy::wildcard_enum_match_arm, clippy::match_wildcard_for_single_variants)]

mod escape;
mod front_matter;
mod html;
mod inline;
mod normal;
mod table;

#[cfg(test)]
pub(crate) use normal::normal_form;

use std::borrow::Cow;
use std::ops::Range;

use crate::attributes;
use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::markdown::inline::EMPTY_COMMENT;
use crate::markdown::{PAGE_BREAK, ROLES_STATED};
use crate::options::Options;
use crate::parallel;
use crate::tree::{Block, BlockKind, Code, Document, Inline, List, Location, Paragraph, Role};
use inline::Place;

/// Writes `document` as UTF-8 with `\n` line ends.
///
/// # Errors
/// [`Error::Limit`] where elements are nested deeper than the limit, so that they could not be read again.
pub(crate) fn encode(
    document: Cow<'_, Document>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>> {
    let notes = document.notes.iter().map(|note| &note.blocks);
    let room = options.limits.count(Limit::Nesting).saturating_sub(1);
    if !std::iter::once(&document.blocks).chain(notes).all(|blocks| blocks_fit(blocks, room)) {
        return Err(Error::beyond(&options.limits, Limit::Nesting, None, Location::Whole));
    }
    let roles = options.attributes;
    let document = normal::normalise(document.into_owned(), roles, diagnostics);
    let threads = parallel::threads(options.threads);
    let form = Form { shift: u8::from(roles || levels(&document)), roles, threads };
    let mut out = front_matter::write(&document.meta);
    let bare = document.blocks.is_empty() && document.notes.is_empty();
    if !out.is_empty() && !bare {
        out.push('\n');
    }
    let stated = roles && !bare;
    if stated {
        out.push_str(ROLES_STATED);
    }
    let start = out.len();
    write_blocks(&document.blocks, form, Holder::Document, &mut out);
    let written = out.len() > start;
    if stated && written {
        out.insert_str(start, "\n\n");
    }
    if stated || written {
        out.push('\n');
    }
    for (at, note) in document.notes.iter().enumerate() {
        if at > 0 || stated || written {
            out.push('\n');
        }
        let first = note.blocks.first().is_some_and(|block| normal::is_text(&block.kind));
        out.push_str(&format!("[^{}]:", note.id));
        out.push_str(match note.blocks.is_empty() {
            true => "",
            false if first => " ",
            false => "\n    ",
        });
        indent(&blocks(&note.blocks, form, Holder::Container), 4, &mut out);
        out.push('\n');
    }
    Ok(out.into_bytes())
}

fn blocks_fit(blocks: &[Block], depth: usize) -> bool {
    if depth == 0 {
        return blocks.is_empty();
    }
    blocks.iter().all(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => inlines_fit(&paragraph.content, depth - 1),
        BlockKind::List(list) => {
            list.items.iter().all(|item| blocks_fit(&item.blocks, depth.saturating_sub(2)))
        }
        BlockKind::Quote(blocks) => blocks_fit(blocks, depth - 1),
        BlockKind::Table(table) => table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .all(|cell| blocks_fit(&cell.blocks, depth.saturating_sub(3))),
        BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Rule
        | BlockKind::PageBreak
        | BlockKind::Raw(_) => true,
    })
}

fn inlines_fit(inlines: &[Inline], depth: usize) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Styled(_, content) | Inline::Link { content, .. } => {
            depth > 1 && inlines_fit(content, depth - 1)
        }
        Inline::Text(_)
        | Inline::Code(_)
        | Inline::Image(_)
        | Inline::NoteRef(_)
        | Inline::Break
        | Inline::Raw(_) => depth > 0,
    })
}

/// True where `#` is kept for the title and `##` is level 1: in a document with a title, and in one that the
/// reader would take for such a document if its only heading of level 1 were a `#`.
fn levels(document: &Document) -> bool {
    let mut roles = Vec::new();
    document.for_each_paragraph(&mut |_, paragraph| {
        if matches!(paragraph.role, Role::Title | Role::Heading(_)) {
            roles.push(paragraph.role);
        }
    });
    let mut outer = document.blocks.iter().filter_map(Block::paragraph).map(|paragraph| paragraph.role);
    let outermost = outer.find(|role| matches!(role, Role::Title | Role::Heading(_)));
    let first = Some(Role::Heading(1));
    match roles.iter().filter(|role| **role == Role::Heading(1)).count() {
        _ if roles.contains(&Role::Title) => true,
        0 => true,
        1 => roles.first().copied() == first && outermost == first,
        _ => false,
    }
}

/// What holds the blocks that are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Document,
    /// A quote or a note.
    Container,
    /// An item of a list, with or without the box of a task.
    Item {
        tight: bool,
        task: bool,
    },
}

/// How the document as a whole is written.
#[derive(Clone, Copy)]
struct Form {
    /// Levels by which headings stand below the title.
    shift: u8,
    /// Roles are stated.
    roles: bool,
    /// Threads that may share the work.
    threads: usize,
}

fn blocks(blocks: &[Block], form: Form, holder: Holder) -> String {
    let mut out = String::new();
    write_blocks(blocks, form, holder, &mut out);
    out
}

/// Writes blocks with an empty line between them, except where a tight list wants none.
fn write_blocks(blocks: &[Block], form: Form, holder: Holder, out: &mut String) {
    let others = other_markers(blocks, holder);
    let mut shares = parallel::shares(form.threads, blocks.len(), |range| {
        // The first has room for the others behind it.
        let mut share =
            String::with_capacity(room(if range.start == 0 { blocks } else { &blocks[range.clone()] }));
        write_share(blocks, range, &others, form, holder, &mut share);
        share
    })
    .into_iter();
    if out.is_empty() {
        *out = shares.next().unwrap_or_default();
    }
    shares.for_each(|share| out.push_str(&share));
}

/// Bytes of the paragraphs, with room for what stands between them.
fn room(blocks: &[Block]) -> usize {
    let paragraphs = blocks.iter().filter_map(Block::paragraph);
    paragraphs.map(|paragraph| paragraph.characters().len() + 8).sum()
}

/// Which of the blocks have the second kind of marker, if they are lists: adjacent lists of one kind are kept apart by
/// their markers; so is a list at the start of an item, as `- - -` would be a rule.
fn other_markers(blocks: &[Block], holder: Holder) -> Vec<bool> {
    let mut other = matches!(holder, Holder::Item { .. });
    let kinds = blocks.iter().map(|block| match &block.kind {
        BlockKind::List(list) => Some(list.start.is_some()),
        BlockKind::Paragraph(_)
        | BlockKind::Table(_)
        | BlockKind::Quote(_)
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Rule
        | BlockKind::PageBreak
        | BlockKind::Raw(_) => None,
    });
    let mut before = None;
    kinds
        .enumerate()
        .map(|(at, kind)| {
            if at > 0 {
                other = kind.is_some() && before == kind && !other;
            }
            before = kind;
            other
        })
        .collect()
}

/// Writes some of the blocks.
fn write_share(
    blocks: &[Block],
    range: Range<usize>,
    others: &[bool],
    form: Form,
    holder: Holder,
    out: &mut String,
) {
    let tight = matches!(holder, Holder::Item { tight: true, .. });
    let begins_item = matches!(holder, Holder::Item { task: false, .. });
    for at in range {
        let block = &blocks[at];
        if let Some(before) = at.checked_sub(1).map(|before| &blocks[before].kind) {
            out.push_str(if tight && joins(before, &block.kind) { "\n" } else { "\n\n" });
        }
        let behind_box = at == 0 && matches!(holder, Holder::Item { task: true, .. });
        if let BlockKind::Paragraph(paragraph) = &block.kind
            && form.roles
            && normal::needs_comment(paragraph)
        {
            out.push_str(&attributes::comment(paragraph));
            // On a line of its own the comment is a block; behind the box of a task it stands in the text.
            out.push_str(if behind_box { "" } else { "\n" });
        }
        match &block.kind {
            BlockKind::Paragraph(paragraph) => {
                write_paragraph(paragraph, form, begins_item && at == 0, out);
            }
            BlockKind::List(list) => {
                write_list(list, form, holder != Holder::Document, others[at], out);
            }
            BlockKind::Table(table) => table::write(table, out),
            BlockKind::Quote(inner) => {
                let inner = self::blocks(inner, form, Holder::Container);
                for (at, line) in inner.split('\n').enumerate() {
                    out.push_str(if at > 0 { "\n>" } else { ">" });
                    if !line.is_empty() {
                        out.push(' ');
                        out.push_str(line);
                    }
                }
            }
            BlockKind::Code(code) => write_code(code, out),
            BlockKind::Image(image) => out.push_str(&inline::picture(image)),
            BlockKind::Rule => out.push_str("***"),
            BlockKind::PageBreak => out.push_str(PAGE_BREAK),
            BlockKind::Raw(markup) => out.push_str(markup),
        }
    }
}

/// Writes a paragraph on its line or lines; `begins_item` where it is the first of the item of a list.
fn write_paragraph(paragraph: &Paragraph, form: Form, begins_item: bool, out: &mut String) {
    let content = crate::markdown::inline::lead_as_bold(paragraph);
    match paragraph.role {
        Role::Title | Role::Heading(_) => {
            let level = paragraph.role.level().map_or(1, |level| level.max(1).saturating_add(form.shift));
            out.extend(std::iter::repeat_n('#', usize::from(level.min(6))));
            out.push(' ');
            out.push_str(&inline::write(&content, Place::Heading));
            out.truncate(out.trim_end().len());
        }
        Role::Subtitle
        | Role::Marking
        | Role::DocumentNumber
        | Role::Occasion
        | Role::Date
        | Role::Byline
        | Role::Recipient
        | Role::Salutation
        | Role::Point(_)
        | Role::Body
        | Role::Caption
        | Role::Closing
        | Role::Signature
        | Role::SigningDate
        | Role::AttachmentNote
        | Role::AttachmentLabel
        | Role::Remark
        | Role::Attendance
        | Role::CopyTo
        | Role::Boilerplate => {
            let text = inline::write(&content, if begins_item { Place::Item } else { Place::Paragraph });
            out.push_str(if text.is_empty() { "<br>" } else { &text });
        }
    }
}

/// True where `after` may follow `before` on the next line, without an empty line, and both stay what they are.
fn joins(before: &BlockKind, after: &BlockKind) -> bool {
    if is_open_ended(before) {
        return false;
    }
    let lazy = ends_with_text(before);
    match after {
        BlockKind::Paragraph(paragraph) if normal::is_headline(paragraph) => true,
        BlockKind::Paragraph(_) | BlockKind::Image(_) => !lazy,
        // Only a list that begins with 1 and with text interrupts a paragraph (CommonMark 5.2).
        BlockKind::List(list) => {
            let starts = list.start.is_none_or(|start| start == 1)
                && list.items.first().is_some_and(|item| !item.blocks.is_empty());
            !lazy || starts
        }
        BlockKind::Quote(_) => !matches!(before, BlockKind::Quote(_)),
        BlockKind::Code(_) | BlockKind::Rule | BlockKind::PageBreak => true,
        BlockKind::Table(_) => !lazy,
        BlockKind::Raw(markup) => !lazy || html::begins_block(markup, false),
    }
}

/// True for blocks that reach to an empty line: tables, HTML, and the `<br>` of an empty paragraph.
fn is_open_ended(kind: &BlockKind) -> bool {
    match kind {
        BlockKind::Table(_) => true,
        BlockKind::Raw(markup) => html::ends_at_empty_line(markup),
        BlockKind::Paragraph(paragraph) => !normal::is_headline(paragraph) && paragraph.content.is_empty(),
        BlockKind::List(list) => {
            let last = list.items.last().and_then(|item| item.blocks.last());
            last.is_some_and(|block| is_open_ended(&block.kind))
        }
        BlockKind::Quote(blocks) => blocks.last().is_some_and(|block| is_open_ended(&block.kind)),
        BlockKind::Code(_) | BlockKind::Image(_) | BlockKind::Rule | BlockKind::PageBreak => false,
    }
}

/// True where the last line belongs to a paragraph, which the next line could continue.
fn ends_with_text(kind: &BlockKind) -> bool {
    match kind {
        BlockKind::List(list) => {
            let last = list.items.last().and_then(|item| item.blocks.last());
            last.is_some_and(|block| ends_with_text(&block.kind))
        }
        BlockKind::Quote(blocks) => blocks.last().is_some_and(|block| ends_with_text(&block.kind)),
        BlockKind::Paragraph(_)
        | BlockKind::Image(_)
        | BlockKind::Table(_)
        | BlockKind::Code(_)
        | BlockKind::Rule
        | BlockKind::PageBreak
        | BlockKind::Raw(_) => normal::is_text(kind),
    }
}

/// Writes a list; `other` chooses the second kind of marker.
fn write_list(list: &List, form: Form, nested: bool, other: bool, out: &mut String) {
    for (at, item) in list.items.iter().enumerate() {
        if at > 0 {
            out.push_str(if list.tight { "\n" } else { "\n\n" });
        }
        let marker = match list.start {
            None => if other { "+" } else { "-" }.to_owned(),
            Some(start) => {
                let number = start.saturating_add(at as u64).min(999_999_999);
                format!("{number}{}", if other { ')' } else { '.' })
            }
        };
        out.push_str(&marker);
        if item.blocks.is_empty() {
            // Some readers lose the end of an inner list whose last item is empty.
            if nested {
                out.push(' ');
                out.push_str(EMPTY_COMMENT);
            }
            continue;
        }
        out.push(' ');
        out.push_str(match item.checked {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        });
        let holder = Holder::Item { tight: list.tight, task: item.checked.is_some() };
        indent(&blocks(&item.blocks, form, holder), marker.len() + 1, out);
    }
}

/// Appends `text` with spaces before every line but the first.
fn indent(text: &str, width: usize, out: &mut String) {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.extend(std::iter::repeat_n(' ', width));
            }
        }
        out.push_str(line);
    }
}

/// Writes a fence that the text does not contain (CommonMark 4.5).
fn write_code(code: &Code, out: &mut String) {
    let mark = if code.language.contains('`') { '~' } else { '`' };
    let longest = code.text.split(|c| c != mark).map(str::len).max().unwrap_or(0);
    let fence: String = std::iter::repeat_n(mark, longest.max(2) + 1).collect();
    out.push_str(&fence);
    for (at, c) in code.language.char_indices() {
        // The language is read with escapes and character references.
        let next = code.language[at + c.len_utf8()..].chars().next();
        if c == '&' || c == '\\' && next.is_none_or(|c| c.is_ascii_punctuation()) || c == '~' && at == 0 {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('\n');
    out.push_str(&code.text);
    out.push_str(&fence);
}

#[cfg(test)]
mod tests;
