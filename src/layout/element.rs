//! What the type on the pages belongs to: blocks, and what is set apart in their lines.

use crate::tree::Role;

/// Number of an [`Element`] in [`super::Pages::elements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(u32);

impl ElementId {
    /// The document as a whole.
    pub const DOCUMENT: Self = Self(0);

    /// The first `count` numbers.
    pub(crate) fn all(count: usize) -> impl Iterator<Item = Self> {
        (0..u32::try_from(count).unwrap_or(u32::MAX)).map(Self)
    }

    /// The number.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A part of the document that type, pictures and links belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// What it is.
    pub kind: ElementKind,
    /// What it is in; the document is in itself.
    pub parent: ElementId,
}

/// What an element is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ElementKind {
    /// The document.
    Document,
    /// A title (level 0), a heading, or the run-in heading of the paragraph that follows.
    Heading(u8),
    /// Any other paragraph.
    Paragraph,
    /// A list, with numbers or bullets.
    List {
        /// Its markers are numbers.
        numbered: bool,
    },
    /// An item of a list: its marker and what it says.
    ListItem,
    /// The marker of an item, the number of a note.
    Label,
    /// What an item says.
    ItemBody,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a table. Together the cells of a table fill its grid.
    Cell {
        /// A cell of the head.
        head: bool,
        /// Columns it covers.
        columns: u32,
        /// Rows it covers.
        rows: u32,
    },
    /// A quotation.
    Quote,
    /// Preformatted text, or a piece of it in a line.
    Code,
    /// A note; its number, from 0.
    Note(usize),
    /// The mark of the note with that number, from 0.
    NoteMark(usize),
    /// A link.
    Link,
    /// A picture.
    Figure,
}

impl ElementKind {
    /// True for what stands in the lines of a paragraph.
    pub fn is_inline(&self) -> bool {
        matches!(self, Self::Code | Self::NoteMark(_) | Self::Link | Self::Figure)
    }
}

/// The elements of a document, in reading order; only notes stand behind the text.
#[derive(Debug)]
pub(super) struct Elements(Vec<Element>);

impl Elements {
    pub(super) fn new() -> Self {
        Self(vec![Element { kind: ElementKind::Document, parent: ElementId::DOCUMENT }])
    }

    /// Adds an element to `parent`.
    pub(super) fn add(&mut self, parent: ElementId, kind: ElementKind) -> ElementId {
        // A document of more elements than this has no room in memory.
        let id = ElementId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(Element { kind, parent });
        id
    }

    /// Adds the element of a paragraph.
    pub(super) fn add_paragraph(&mut self, parent: ElementId, role: Role) -> ElementId {
        let kind = match role.outline_level().filter(|_| self.divides(parent)) {
            Some(level) => ElementKind::Heading(level),
            None => ElementKind::Paragraph,
        };
        self.add(parent, kind)
    }

    /// Adds the run-in heading of a paragraph. A paragraph that is a heading itself has none.
    pub(super) fn add_lead(&mut self, paragraph: ElementId, level: u8) -> ElementId {
        let Element { kind, parent } = &self.0[paragraph.index()];
        let parent = *parent;
        if *kind == ElementKind::Paragraph && self.divides(parent) {
            return self.add(parent, ElementKind::Heading(level));
        }
        paragraph
    }

    /// True where a heading divides the document: not in the cell of a table or a note.
    fn divides(&self, mut at: ElementId) -> bool {
        while at != ElementId::DOCUMENT {
            let Element { kind, parent } = &self.0[at.index()];
            if matches!(kind, ElementKind::Cell { .. } | ElementKind::Note(_)) {
                return false;
            }
            at = *parent;
        }
        true
    }

    pub(super) fn into_vec(self) -> Vec<Element> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::layout::{Pages, layout};
    use crate::options::Options;
    use crate::tree::{
        Block, BlockKind, Cell, Document, Inline, Lead, List, ListItem, Note, Origin, Paragraph, Row, Table,
    };

    fn block(kind: BlockKind) -> Block {
        Block { kind, origin: Origin::default() }
    }

    fn paragraph(role: Role, content: Vec<Inline>) -> Block {
        block(BlockKind::Paragraph(Paragraph::new(role, content)))
    }

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline::Text(text.to_owned())]
    }

    fn cell(words: &str, columns: u32, rows: u32) -> Cell {
        Cell { columns, rows, ..Cell::new(vec![paragraph(Role::Body, text(words))]) }
    }

    fn set(document: &Document) -> Pages {
        layout(document, &Options::new().expect("the profile"), &mut Diagnostics::default())
    }

    /// The elements with their text, indented by their depth.
    fn shown(pages: &Pages) -> String {
        let mut texts = vec![String::new(); pages.elements.len()];
        for run in pages.pages.iter().flat_map(|page| &page.lines).flat_map(|line| &line.runs) {
            if let Some(element) = run.element {
                texts[element.index()].extend(run.glyphs.iter().map(|glyph| glyph.text));
            }
        }
        let mut out = String::new();
        for (element, text) in pages.elements.iter().zip(texts) {
            let mut depth = 0;
            let mut at = element;
            while at.kind != ElementKind::Document {
                depth += 1;
                at = &pages.elements[at.parent.index()];
            }
            out.push_str(format!("{}{:?} {text}", "  ".repeat(depth), element.kind).trim_end());
            out.push('\n');
        }
        out
    }

    #[test]
    fn type_names_what_it_belongs_to() {
        let mut lead = Paragraph::new(Role::Body, text("要抓落实。各部门负责。"));
        lead.lead = Some(Lead { end: 5, level: 2 });
        let link =
            Inline::Link { target: "https://a.cn".into(), title: String::new(), content: text("办法") };
        let item = |words: &str| ListItem { checked: None, blocks: vec![paragraph(Role::Body, text(words))] };
        let document = Document {
            blocks: vec![
                paragraph(Role::Title, text("通知")),
                block(BlockKind::Paragraph(lead)),
                paragraph(
                    Role::Body,
                    vec![
                        Inline::Text("见".into()),
                        link,
                        Inline::NoteRef("n".into()),
                        Inline::Code("x".into()),
                    ],
                ),
                block(BlockKind::List(List {
                    start: Some(1),
                    tight: true,
                    items: vec![item("甲"), item("乙")],
                })),
                block(BlockKind::Quote(vec![paragraph(Role::Body, text("引文"))])),
            ],
            notes: vec![Note::foot("n", vec![paragraph(Role::Body, text("注文"))])],
            ..Document::default()
        };
        expect_test::expect![[r#"
            Document
              Heading(0) 通知
              Paragraph 各部门负责。
              Heading(2) 要抓落实。
              Paragraph 见
                Link 办法
                NoteMark(0) 1
                Code x
              List { numbered: true }
                ListItem
                  Label 1.
                  ItemBody
                    Paragraph 甲
                ListItem
                  Label 2.
                  ItemBody
                    Paragraph 乙
              Quote
                Paragraph 引文
              Note(0)
                Label 1
                Paragraph 注文
        "#]]
        .assert_eq(&shown(&set(&document)));
    }

    #[test]
    fn the_cells_of_a_table_fill_its_grid() {
        // The second row spans into what the first has taken; the third has too few cells and a span too long.
        let rows = [
            vec![cell("甲", 1, 1), cell("乙", 1, 2)],
            vec![cell("丙", 2, 1), cell("丁", 1, 1)],
            vec![cell("戊", 1, 9)],
        ];
        let table =
            Table { header_rows: 1, rows: rows.into_iter().map(Row::new).collect(), ..Table::default() };
        let document = Document { blocks: vec![block(BlockKind::Table(table))], ..Document::default() };
        let pages = set(&document);
        let mut widths = vec![0; 3];
        let mut row = 0;
        let mut rows = 0;
        for element in &pages.elements {
            if element.kind == ElementKind::Row {
                row = rows;
                rows += 1;
            } else if let ElementKind::Cell { columns, rows, .. } = element.kind {
                for covered in &mut widths[row..row + rows as usize] {
                    *covered += columns;
                }
            }
        }
        assert_eq!(widths, [3, 3, 3], "{}", shown(&pages));
    }

    #[test]
    fn the_repeated_head_of_a_table_belongs_to_nothing() {
        let rows = (0..60).map(|n| Row::new(vec![cell(&format!("第{n}行"), 1, 1)])).collect();
        let table = Table { header_rows: 1, rows, ..Table::default() };
        let document = Document { blocks: vec![block(BlockKind::Table(table))], ..Document::default() };
        let pages = set(&document);
        assert!(pages.pages.len() > 1);
        let first = |page: usize| &pages.pages[page].lines[0];
        assert_eq!((first(0).text().as_str(), first(1).text().as_str()), ("第0行", "第0行"));
        assert!(first(0).runs.iter().all(|run| run.element.is_some()));
        assert!(first(1).runs.iter().all(|run| run.element.is_none()));
    }
}
