//! Footnotes, endnotes and comments: the text that the text refers to (ECMA-376 17.11, 17.13.4).

use std::collections::BTreeMap;

use super::field;
use super::inline::plain_text;
use super::package::Part;
use super::story::Reader;
use super::xml::Element;
use super::{Story, audit};
use crate::diagnostic::Kind;
use crate::message::Message;
use crate::tree::{Block, BlockKind, Inline, Location, Note, NotePlace, Paragraph};

/// Footnotes, endnotes and comments have ids of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
    Comment,
}

impl NoteKind {
    /// The name of its element.
    fn name(self) -> &'static str {
        match self {
            Self::Footnote => "footnote",
            Self::Endnote => "endnote",
            Self::Comment => "comment",
        }
    }

    /// The word for it.
    fn message(self) -> Message {
        match self {
            Self::Footnote => message!("footnote"),
            Self::Endnote => message!("endnote"),
            Self::Comment => message!("comment"),
        }
    }

    /// Where such notes are printed.
    fn place(self) -> NotePlace {
        match self {
            Self::Footnote | Self::Comment => NotePlace::Foot,
            Self::Endnote => NotePlace::End,
        }
    }
}

/// The notes that the text refers to, in the order of their first mention.
#[derive(Debug, Default)]
pub(super) struct Notes {
    labels: BTreeMap<(NoteKind, String), usize>,
    /// Kind and id, and the place of that mention.
    order: Vec<((NoteKind, String), Location)>,
}

impl Notes {
    /// The label of a note: its number in the order of mention.
    pub(super) fn mention(&mut self, kind: NoteKind, id: &str, at: Location) -> String {
        let index = *self.labels.entry((kind, id.to_owned())).or_insert_with(|| {
            self.order.push(((kind, id.to_owned()), at));
            self.order.len()
        });
        index.to_string()
    }
}

/// Reads the notes that are referred to, in that order, and reports the others.
pub(super) fn read<'a>(reader: &mut Reader<'a, '_>, parts: &'a [(NoteKind, Option<Story>)]) -> Vec<Note> {
    let mut known: BTreeMap<(NoteKind, String), (&'a Story, Element<'a>)> = BTreeMap::new();
    // Notes without an id, or with that of another.
    let mut others = Vec::new();
    for (kind, story) in parts {
        let Some(story) = story else { continue };
        audit::audit(&story.part, reader.diagnostics);
        let elements = story.part.tree.root().children();
        for element in elements.filter(|element| element.is_w(kind.name())) {
            let id = element.get("id").map(|id| (*kind, id.to_owned()));
            match id.filter(|id| !known.contains_key(id)) {
                Some(id) => drop(known.insert(id, (story, element))),
                None => others.push((*kind, story, element)),
            }
        }
    }
    let mut notes = Vec::new();
    // Notes may mention notes, so the list grows while it is read.
    while let Some((key, at)) = reader.notes.order.get(notes.len()).cloned() {
        let kind = key.0;
        let mut blocks = match known.remove(&key) {
            Some((story, element)) => {
                enter(reader, story);
                let mut blocks = reader.story(element);
                if kind == NoteKind::Comment {
                    sign(&mut blocks, element.get("author").unwrap_or_default());
                }
                blocks
            }
            None => {
                let message = message!(
                    "the text refers to {kind} {id}, which the file does not hold",
                    kind = kind.message(),
                    id = key.1
                );
                reader.diagnostics.report(Kind::Dropped, "missing-note", at, message);
                Vec::new()
            }
        };
        blocks.shrink_to_fit();
        notes.push(Note { id: (notes.len() + 1).to_string(), place: kind.place(), blocks });
    }
    let unused = known.into_iter().map(|((kind, _), (story, element))| (kind, story, element));
    for (kind, story, element) in unused.chain(others) {
        enter(reader, story);
        if kind == NoteKind::Comment {
            report_comment(reader, element);
            continue;
        }
        let is_separator = element.get("type").is_some_and(|kind| kind != "normal");
        let text = plain_text(element);
        if text.trim().is_empty() {
            continue;
        }
        let (code, message) = if is_separator {
            ("separator-text", message!("text of the rule between the text and its notes"))
        } else {
            ("unused-note", message!("a note that nothing refers to"))
        };
        reader.report(Kind::LeftOut, code, element, message, text);
    }
    notes
}

/// Puts the name of its author before a comment.
fn sign(blocks: &mut Vec<Block>, author: &str) {
    let name = if author.is_empty() { "批注：".to_owned() } else { format!("批注（{author}）：") };
    let name = Inline::Text(name);
    match blocks.first_mut() {
        Some(Block { kind: BlockKind::Paragraph(paragraph), .. }) => match paragraph.content.first_mut() {
            Some(Inline::Text(text)) => {
                let Inline::Text(name) = name else { return };
                text.insert_str(0, &name);
            }
            _ => paragraph.content.insert(0, name),
        },
        _ => {
            let kind = BlockKind::Paragraph(Paragraph { content: vec![name], ..Paragraph::default() });
            blocks.insert(0, Block { kind, origin: crate::tree::Origin::default() });
        }
    }
}

/// Goes on to another part.
pub(super) fn enter<'a>(reader: &mut Reader<'a, '_>, story: &'a Story) {
    reader.part = &story.part;
    reader.unmatched = &story.unmatched;
    reader.fields.clear();
    reader.bookmark = None;
}

/// Reports a comment that is no note.
fn report_comment(reader: &mut Reader<'_, '_>, comment: Element<'_>) {
    let message = match comment.get("author").filter(|author| !author.is_empty()) {
        Some(author) => message!("a comment by {author}", author),
        None => message!("a comment"),
    };
    reader.report(Kind::LeftOut, "comment", comment, message, plain_text(comment));
}

impl Story {
    /// A part with text, ready to be read.
    pub(super) fn new(part: Part, changes: crate::options::TrackChanges) -> Self {
        let unmatched = field::unmatched(&part.tree, changes);
        Self { part, unmatched }
    }
}
