//! The structure of the document (ISO 32000-1, 14.7 and 14.8): which type is which heading, paragraph, cell or note.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::content::Written;
use super::file::{File, Id, Real, Text};
use crate::layout::{Element, ElementId, ElementKind, Figure, Pages};

/// An annotation, the index of its page, and its element.
pub(super) struct Annotation {
    pub(super) page: usize,
    pub(super) id: Id,
    pub(super) element: ElementId,
}

/// The structure type of every element, by its number. Headings are counted by their nesting, so that no level is
/// skipped whatever the levels of the document are.
pub(super) fn names(elements: &[Element]) -> Vec<&'static str> {
    const HEADINGS: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];
    let mut open: Vec<u8> = Vec::new();
    let name = |element: &Element| match element.kind {
        ElementKind::Document => "Document",
        ElementKind::Heading(level) => {
            while open.last().is_some_and(|last| *last >= level) {
                open.pop();
            }
            open.push(level);
            HEADINGS[(open.len() - 1).min(HEADINGS.len() - 1)]
        }
        ElementKind::Paragraph => "P",
        ElementKind::List { .. } => "L",
        ElementKind::ListItem => "LI",
        ElementKind::Label => "Lbl",
        ElementKind::ItemBody => "LBody",
        ElementKind::Table => "Table",
        ElementKind::Row => "TR",
        ElementKind::Cell { head: true, .. } => "TH",
        ElementKind::Cell { head: false, .. } => "TD",
        ElementKind::Quote => "BlockQuote",
        ElementKind::Code => "Code",
        ElementKind::Note(_) => "Note",
        ElementKind::NoteMark(_) => "Reference",
        ElementKind::Link => "Link",
        ElementKind::Figure => "Figure",
    };
    elements.iter().map(name).collect()
}

/// A piece of what an element holds.
#[derive(Clone, Copy)]
enum Kid {
    Element(ElementId),
    /// A marked piece of a page: index of the page, number of the piece.
    Content(usize, usize),
    /// The index of a page, and an annotation on it.
    Annotation(usize, Id),
}

/// Elements by what they hold, in reading order. One that holds nothing is not written, but for the cells of a table.
struct Tree<'a> {
    elements: &'a [Element],
    kids: Vec<Vec<Kid>>,
    placed: Vec<bool>,
    notes: BTreeMap<usize, ElementId>,
}

impl<'a> Tree<'a> {
    fn new(elements: &'a [Element], ids: &[ElementId]) -> Self {
        let mut tree = Self {
            elements,
            kids: vec![Vec::new(); elements.len()],
            placed: vec![false; elements.len()],
            notes: BTreeMap::new(),
        };
        for (id, element) in ids.iter().zip(elements) {
            if let ElementKind::Note(number) = element.kind {
                tree.notes.insert(number, *id);
            } else if matches!(element.kind, ElementKind::Row | ElementKind::Cell { .. }) {
                tree.kids[element.parent.index()].push(Kid::Element(*id));
                tree.placed[id.index()] = true;
            }
        }
        tree
    }

    fn add(&mut self, to: ElementId, kid: Kid) {
        self.place(to);
        self.kids[to.index()].push(kid);
    }

    /// Places an element, and what it is in, where reading has come to.
    fn place(&mut self, mut id: ElementId) {
        while id != ElementId::DOCUMENT {
            let element = &self.elements[id.index()];
            if !self.placed[id.index()] {
                self.placed[id.index()] = true;
                self.place(element.parent);
                self.kids[element.parent.index()].push(Kid::Element(id));
                if let ElementKind::NoteMark(number) = element.kind {
                    self.place_note(id, number);
                }
                return;
            }
            id = element.parent;
        }
    }

    /// Places a note behind the paragraph that first mentions it.
    fn place_note(&mut self, mark: ElementId, number: usize) {
        let Some(note) = self.notes.get(&number).copied().filter(|id| !self.placed[id.index()]) else {
            return;
        };
        let mut block = mark;
        while self.elements[block.index()].kind.is_inline() {
            block = self.elements[block.index()].parent;
        }
        self.placed[note.index()] = true;
        self.kids[self.elements[block.index()].parent.index()].push(Kid::Element(note));
    }
}

/// The marked pieces of all pages in reading order: index of the sheet, number of the piece.
fn in_reading_order(pages: &Pages, written: &[Written]) -> impl Iterator<Item = (usize, usize)> {
    let mut parts = Vec::new();
    for (sheet, (page, written)) in pages.pages.iter().zip(written).enumerate() {
        let all = written.marked.len();
        if page.parts.is_empty() {
            parts.push((sheet, sheet, 0..all));
        }
        for (n, part) in page.parts.iter().enumerate() {
            let end = written.parts.get(n + 1).copied().unwrap_or(all);
            parts.push((part.page, sheet, written.parts[n]..end));
        }
    }
    parts.sort_by_key(|(page, ..)| *page);
    parts.into_iter().flat_map(|(_, sheet, pieces)| pieces.map(move |piece| (sheet, piece)))
}

/// Puts the structure tree; `written` are the pages, `links` their annotations. Gives its root.
pub(super) fn write(
    file: &mut File,
    pages: &Pages,
    page_ids: &[Id],
    written: &[Written],
    links: &[Annotation],
) -> Id {
    let elements = &pages.elements;
    let ids: Vec<ElementId> = ElementId::all(elements.len()).collect();
    let mut tree = Tree::new(elements, &ids);
    for (sheet, piece) in in_reading_order(pages, written) {
        tree.add(written[sheet].marked[piece], Kid::Content(sheet, piece));
    }
    for link in links {
        tree.add(link.element, Kid::Annotation(link.page, link.id));
    }
    let figures: HashMap<ElementId, &Figure> = pages
        .pages
        .iter()
        .flat_map(|page| &page.figures)
        .filter_map(|figure| Some((figure.element?, figure)))
        .collect();
    let root = file.reserve();
    let mut objects: Vec<Option<Id>> = vec![None; elements.len()];
    let mut names_of_notes = Vec::new();
    let mut open = vec![(ElementId::DOCUMENT, root)];
    let names = names(elements);
    objects[0] = Some(file.reserve());
    let mut entries = String::new();
    while let Some((id, parent)) = open.pop() {
        let Some(own) = objects[id.index()] else { continue };
        let element = &elements[id.index()];
        let kids = &tree.kids[id.index()];
        let page = kids.iter().find_map(|kid| match kid {
            Kid::Content(page, _) | Kid::Annotation(page, _) => Some(*page),
            Kid::Element(_) => None,
        });
        entries.clear();
        // Writing to a string does not fail.
        let _ = write!(entries, "/S/{}/P {parent}", names[id.index()]);
        if let Some(page) = page {
            let _ = write!(entries, "/Pg {}", page_ids[page]);
        }
        let several = kids.len() > 1;
        let first = open.len();
        for (n, kid) in kids.iter().enumerate() {
            entries.push_str(match n {
                0 if several => "/K[",
                0 => "/K ",
                _ => " ",
            });
            let _ = match kid {
                Kid::Element(kid) => {
                    let object = *objects[kid.index()].insert(file.reserve());
                    open.push((*kid, own));
                    write!(entries, "{object}")
                }
                Kid::Content(at, number) if Some(*at) == page => write!(entries, "{number}"),
                Kid::Content(at, number) => {
                    write!(entries, "<</Type/MCR/Pg {}/MCID {number}>>", page_ids[*at])
                }
                Kid::Annotation(at, object) => {
                    write!(entries, "<</Type/OBJR/Pg {}/Obj {object}>>", page_ids[*at])
                }
            };
        }
        entries.push_str(if several { "]" } else { "" });
        // In reading order in the file, too.
        open[first..].reverse();
        attributes(&mut entries, &element.kind);
        if let Some(figure) = figures.get(&id) {
            let area = &figure.area;
            let (lower, upper) = (pages.height - area.y - area.height, pages.height - area.y);
            let _ = write!(
                entries,
                "/Alt{}/A<</O/Layout/BBox[{} {} {} {}]>>",
                Text(&figure.alt),
                Real(area.x),
                Real(lower),
                Real(area.x + area.width),
                Real(upper),
            );
        }
        if let ElementKind::Note(number) = element.kind {
            let _ = write!(entries, "/ID(note-{:06})", number + 1);
            names_of_notes.push((number, own));
        }
        file.put(own, format_args!("<</Type/StructElem{entries}>>"));
    }
    let mut parents = String::from("<</Nums[");
    for (page, written) in written.iter().enumerate() {
        let _ = write!(parents, "{page}[");
        for object in written.marked.iter().filter_map(|id| objects[id.index()]) {
            let _ = write!(parents, "{object} ");
        }
        parents.push(']');
    }
    for (number, link) in (written.len()..).zip(links) {
        if let Some(parent) = objects[link.element.index()] {
            let _ = write!(parents, "{number} {parent} ");
        }
    }
    let parents = file.add(format_args!("{parents}]>>"));
    let mut entries = String::new();
    if !names_of_notes.is_empty() {
        names_of_notes.sort_by_key(|(number, _)| *number);
        entries.push_str("/IDTree<</Names[");
        for (number, object) in names_of_notes {
            let _ = write!(entries, "(note-{:06}){object} ", number + 1);
        }
        entries.push_str("]>>");
    }
    let document = objects[0].unwrap_or(root);
    file.put(
        root,
        format_args!(
            "<</Type/StructTreeRoot/K {document}/ParentTree {parents}/ParentTreeNextKey {}{entries}>>",
            written.len() + links.len()
        ),
    );
    root
}

/// What a reader must know of lists and cells (ISO 32000-1, 14.8.5).
fn attributes(entries: &mut String, kind: &ElementKind) {
    // Writing to a string does not fail.
    if let ElementKind::List { numbered } = kind {
        let numbering = if *numbered { "Decimal" } else { "Disc" };
        let _ = write!(entries, "/A<</O/List/ListNumbering/{numbering}>>");
    }
    let ElementKind::Cell { head, columns, rows } = kind else { return };
    if !head && *columns <= 1 && *rows <= 1 {
        return;
    }
    entries.push_str("/A<</O/Table");
    entries.push_str(if *head { "/Scope/Column" } else { "" });
    for (name, span) in [("ColSpan", columns), ("RowSpan", rows)] {
        if *span > 1 {
            let _ = write!(entries, "/{name} {span}");
        }
    }
    entries.push_str(">>");
}
