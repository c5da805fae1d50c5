//! The running text of one paragraph while it is gathered, and its inlines when it is complete.

use super::unkept::Counts;
use super::xml::Element;
use crate::markdown::inline::nested;
use crate::tree::{Face, Image, Inline, InlineStyle};

/// How a piece is set apart: a bit for each of [`STYLES`].
pub(super) type Marks = u8;

/// Outermost first.
const STYLES: [InlineStyle; 6] = [
    InlineStyle::Strong,
    InlineStyle::Emphasis,
    InlineStyle::Underline,
    InlineStyle::Strike,
    InlineStyle::Superscript,
    InlineStyle::Subscript,
];

/// The bit of a style.
pub(super) fn bit(style: InlineStyle) -> Marks {
    STYLES.iter().position(|known| *known == style).map_or(0, |at| 1 << at)
}

/// What a piece of running text is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PieceKind {
    Text(String),
    Code(String),
    Image(Image),
    NoteRef(String),
    Break,
    PageBreak,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) marks: Marks,
    /// Index of its link among those of the reader.
    pub(super) link: Option<usize>,
    /// Level of the run-in heading it belongs to; 0 for none.
    pub(super) lead: u8,
}

/// What a paragraph holds.
#[derive(Debug, Default)]
pub(super) struct Content<'a> {
    pub(super) pieces: Vec<Piece>,
    /// Text boxes anchored here, which come after it.
    pub(super) boxes: Vec<Element<'a>>,
    /// Texts of SmartArt that is anchored here, which come after it, too.
    pub(super) points: Vec<&'a str>,
    /// Text that is left out by a change, hidden, or a reading above others.
    pub(super) left_out: String,
    pub(super) hidden: String,
    pub(super) readings: String,
    /// Type size of its first text in half points.
    pub(super) size: Option<u16>,
    /// The type of all its text.
    pub(super) print: Print,
    /// A horizontal line is drawn here.
    pub(super) rule: bool,
    /// Some of it is the result of a field that makes a table of contents.
    pub(super) contents: bool,
    /// What of it the tree has no place for.
    pub(super) unkept: Counts,
}

/// The type that all the text of a paragraph has in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Print {
    any: bool,
    pub(super) size: Option<u16>,
    pub(super) bold: bool,
    pub(super) face: Option<Face>,
}

impl Print {
    /// Takes the type of a further piece of text into account.
    pub(super) fn add(&mut self, size: Option<u16>, bold: bool, face: Option<Face>) {
        if !self.any {
            *self = Self { any: true, size, bold, face };
            return;
        }
        self.size = self.size.filter(|own| Some(*own) == size);
        self.bold &= bold;
        self.face = self.face.filter(|own| Some(*own) == face);
    }
}

impl Content<'_> {
    /// Adds a piece; text of one look is one piece.
    pub(super) fn push(&mut self, piece: Piece) {
        if let Some(last) = self.pieces.last_mut()
            && (last.marks, last.link, last.lead) == (piece.marks, piece.link, piece.lead)
        {
            match (&mut last.kind, &piece.kind) {
                (PieceKind::Text(text), PieceKind::Text(more))
                | (PieceKind::Code(text), PieceKind::Code(more)) => {
                    text.push_str(more);
                    return;
                }
                _ => {}
            }
        }
        self.pieces.push(piece);
    }
}

/// Cuts pieces at page breaks.
pub(super) fn pages(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut pages = vec![Vec::new()];
    for piece in pieces {
        match (piece.kind == PieceKind::PageBreak, pages.last_mut()) {
            (false, Some(page)) => page.push(piece),
            _ => pages.push(Vec::new()),
        }
    }
    pages
}

/// Takes the white space from the start of the pieces; gives its width in half em. Underlined space is a
/// line to write on and stays.
pub(super) fn take_indent(pieces: &mut Vec<Piece>) -> u16 {
    let mut indent = 0_u16;
    let mut empty = 0;
    for piece in pieces.iter_mut() {
        let PieceKind::Text(text) = &mut piece.kind else { break };
        if piece.marks & bit(InlineStyle::Underline) != 0 {
            break;
        }
        let rest = text.trim_start();
        let space = &text[..text.len() - rest.len()];
        let width = space.chars().map(|c| match c {
            '\u{3000}' => 2,
            '\t' => 4,
            _ => 1,
        });
        indent = width.fold(indent, |sum: u16, width| sum.saturating_add(width));
        if !rest.is_empty() {
            *text = rest.to_owned();
            break;
        }
        empty += 1;
    }
    pieces.drain(..empty);
    indent
}

/// True where nothing but white space is to be seen.
pub(super) fn is_blank(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| match &piece.kind {
        PieceKind::Text(text) | PieceKind::Code(text) => text.trim().is_empty(),
        PieceKind::Break => true,
        PieceKind::Image(_) | PieceKind::NoteRef(_) | PieceKind::PageBreak => false,
    })
}

/// True where all of it is text.
pub(super) fn is_plain(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| match &piece.kind {
        PieceKind::Text(_) | PieceKind::Code(_) | PieceKind::Break => true,
        PieceKind::Image(_) | PieceKind::NoteRef(_) | PieceKind::PageBreak => false,
    })
}

/// The picture, where there is nothing else. Several stand beside each other, which is for a paragraph to say.
pub(super) fn lone_image(pieces: &[Piece]) -> Option<Image> {
    let mut lone = None;
    for piece in pieces {
        match &piece.kind {
            PieceKind::Image(image) if piece.link.is_none() && lone.is_none() => lone = Some(image),
            PieceKind::Text(text) if text.trim().is_empty() => {}
            PieceKind::Break => {}
            PieceKind::Image(_)
            | PieceKind::Text(_)
            | PieceKind::Code(_)
            | PieceKind::NoteRef(_)
            | PieceKind::PageBreak => return None,
        }
    }
    lone.cloned()
}

/// End (in characters) and level of the run-in heading at the start. Pictures, breaks and marks of notes in it have no
/// look of their own.
pub(super) fn lead(pieces: &[Piece]) -> Option<(usize, u8)> {
    let is_text = |piece: &Piece| matches!(piece.kind, PieceKind::Text(_) | PieceKind::Code(_));
    let level = pieces.iter().find(|piece| is_text(piece) || piece.lead > 0)?.lead;
    if level == 0 {
        return None;
    }
    let length = |piece: &Piece| match &piece.kind {
        PieceKind::Text(text) | PieceKind::Code(text) => text.chars().count(),
        PieceKind::Image(image) => image.alt.chars().count(),
        PieceKind::Break => 1,
        PieceKind::NoteRef(_) | PieceKind::PageBreak => 0,
    };
    let goes_on = |piece: &&Piece| piece.lead == level || piece.lead == 0 && !is_text(piece);
    let (mut end, mut at) = (0, 0);
    for piece in pieces.iter().take_while(goes_on) {
        at += length(piece);
        if piece.lead == level {
            end = at;
        }
    }
    Some((end, level))
}

/// The characters alone.
pub(super) fn text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match &piece.kind {
            PieceKind::Text(piece) | PieceKind::Code(piece) => text.push_str(piece),
            PieceKind::Image(image) => text.push_str(&image.alt),
            PieceKind::Break => text.push('\n'),
            PieceKind::NoteRef(_) | PieceKind::PageBreak => {}
        }
    }
    text
}

/// The pieces as inlines; `links` are targets and titles.
pub(super) fn inlines(pieces: &[Piece], links: &[(String, String)]) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for chunk in pieces.chunk_by(|a, b| a.link == b.link) {
        let content = styled(chunk, 0);
        match chunk[0].link.and_then(|link| links.get(link)) {
            Some((target, title)) => {
                inlines.push(Inline::Link { target: target.clone(), title: title.clone(), content });
            }
            None => inlines.extend(content),
        }
    }
    nested(inlines)
}

fn styled(pieces: &[Piece], depth: usize) -> Vec<Inline> {
    let Some(style) = STYLES.get(depth) else {
        let mut inlines: Vec<Inline> = Vec::new();
        for inline in pieces.iter().filter_map(leaf) {
            // Pieces may differ only in that one belongs to the run-in heading.
            match (inlines.last_mut(), inline) {
                (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
                (_, inline) => inlines.push(inline),
            }
        }
        return inlines;
    };
    let mut inlines: Vec<Inline> = Vec::new();
    for chunk in pieces.chunk_by(|a, b| (a.marks ^ b.marks) & 1 << depth == 0) {
        let content = styled(chunk, depth + 1);
        if chunk[0].marks & 1 << depth != 0 {
            inlines.push(Inline::Styled(*style, content));
        } else {
            inlines.extend(content);
        }
    }
    inlines
}

fn leaf(piece: &Piece) -> Option<Inline> {
    Some(match &piece.kind {
        PieceKind::Text(text) => Inline::Text(text.clone()),
        PieceKind::Code(text) => Inline::Code(text.clone()),
        PieceKind::Image(image) => Inline::Image(image.clone()),
        PieceKind::NoteRef(id) => Inline::NoteRef(id.clone()),
        PieceKind::Break => Inline::Break,
        PieceKind::PageBreak => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, marks: Marks) -> Piece {
        Piece { kind: PieceKind::Text(text.into()), marks, link: None, lead: 0 }
    }

    #[test]
    fn styles_are_nested_and_neighbours_joined() {
        let (bold, italic) = (bit(InlineStyle::Strong), bit(InlineStyle::Emphasis));
        let mut content = Content::default();
        for (text, marks) in [("a", bold), ("b", bold), ("c", bold | italic), ("d", 0)] {
            content.push(piece(text, marks));
        }
        let expected = vec![
            Inline::Styled(
                InlineStyle::Strong,
                vec![
                    Inline::Text("ab".into()),
                    Inline::Styled(InlineStyle::Emphasis, vec![Inline::Text("c".into())]),
                ],
            ),
            Inline::Text("d".into()),
        ];
        assert_eq!(inlines(&content.pieces, &[]), expected);
    }

    #[test]
    fn space_at_the_start_is_indent() {
        let mut pieces = vec![piece("　", 1), piece("\u{3000} 好 ", 0)];
        assert_eq!(take_indent(&mut pieces), 5);
        assert_eq!(pieces, [piece("好 ", 0)]);
        let mut line = vec![piece("　　", bit(InlineStyle::Underline)), piece("好", 0)];
        assert_eq!(take_indent(&mut line), 0);
    }
}
