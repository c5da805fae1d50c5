//! The structure of the document (ISO 32000-1, 14.7 and 14.8): which type is which heading, paragraph, cell or note.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};

use crate::layout::{Element, ElementId, ElementKind, Pages};

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
    /// An annotation and the index of its page.
    Annotation(usize, ObjectId),
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

/// Adds the structure tree; `marked` are the elements of the marked pieces of each page, `links` the annotations with
/// the index of their page and their element. Gives its root.
pub(super) fn add(
    file: &mut lopdf::Document,
    pages: &Pages,
    page_ids: &[ObjectId],
    marked: &[Vec<ElementId>],
    links: &[(usize, ObjectId, ElementId)],
) -> ObjectId {
    let elements = &pages.elements;
    let ids: Vec<ElementId> = ElementId::all(elements.len()).collect();
    let mut tree = Tree::new(elements, &ids);
    let mut links_of_page = links.iter().peekable();
    for (page, marked) in marked.iter().enumerate() {
        for (number, element) in marked.iter().enumerate() {
            tree.add(*element, Kid::Content(page, number));
        }
        while let Some((page, id, element)) = links_of_page.next_if(|(of, ..)| *of == page) {
            tree.add(*element, Kid::Annotation(*page, *id));
        }
    }
    let root = file.new_object_id();
    let mut objects: Vec<Option<ObjectId>> = vec![None; elements.len()];
    let mut names_of_notes = Vec::new();
    let mut open = vec![(ElementId::DOCUMENT, root)];
    let names = names(elements);
    objects[0] = Some(file.new_object_id());
    while let Some((id, parent)) = open.pop() {
        let Some(own) = objects[id.index()] else { continue };
        let element = &elements[id.index()];
        let page = tree.kids[id.index()].iter().find_map(|kid| match kid {
            Kid::Content(page, _) | Kid::Annotation(page, _) => Some(*page),
            Kid::Element(_) => None,
        });
        let mut kids = Vec::with_capacity(tree.kids[id.index()].len());
        for kid in &tree.kids[id.index()] {
            kids.push(match kid {
                Kid::Element(kid) => {
                    let object = file.new_object_id();
                    objects[kid.index()] = Some(object);
                    open.push((*kid, own));
                    Object::Reference(object)
                }
                Kid::Content(at, number) if Some(*at) == page => Object::Integer(integer(*number)),
                Kid::Content(at, number) => Object::Dictionary(dictionary! {
                    "Type" => "MCR", "Pg" => page_ids[*at], "MCID" => integer(*number),
                }),
                Kid::Annotation(at, object) => Object::Dictionary(dictionary! {
                    "Type" => "OBJR", "Pg" => page_ids[*at], "Obj" => *object,
                }),
            });
        }
        let mut dictionary = dictionary! { "Type" => "StructElem", "S" => names[id.index()], "P" => parent };
        if !kids.is_empty() {
            dictionary.set("K", kids);
        }
        if let Some(page) = page {
            dictionary.set("Pg", page_ids[page]);
        }
        if let Some(attributes) = attributes(&element.kind) {
            dictionary.set("A", attributes);
        }
        if let ElementKind::Note(number) = element.kind {
            let name = Object::String(format!("note-{:06}", number + 1).into_bytes(), StringFormat::Literal);
            dictionary.set("ID", name.clone());
            names_of_notes.push((number, name, own));
        }
        file.set_object(own, dictionary);
    }
    let mut numbers = Vec::new();
    for (page, marked) in marked.iter().enumerate() {
        let parents: Vec<Object> =
            marked.iter().filter_map(|id| objects[id.index()]).map(Object::from).collect();
        numbers.extend([Object::Integer(integer(page)), Object::Array(parents)]);
    }
    for (number, (.., element)) in links.iter().enumerate() {
        let parent = objects[element.index()].map_or(Object::Null, Object::from);
        numbers.extend([Object::Integer(integer(marked.len() + number)), parent]);
    }
    let parents = file.add_object(dictionary! { "Nums" => numbers });
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => objects[0].map_or(Object::Null, Object::from),
        "ParentTree" => parents,
        "ParentTreeNextKey" => integer(marked.len() + links.len()),
    };
    if !names_of_notes.is_empty() {
        names_of_notes.sort_by_key(|(number, ..)| *number);
        let names = names_of_notes.into_iter().flat_map(|(_, name, object)| [name, Object::from(object)]);
        dictionary.set("IDTree", dictionary! { "Names" => names.collect::<Vec<_>>() });
    }
    file.set_object(root, dictionary);
    root
}

/// What a reader must know of lists and cells (ISO 32000-1, 14.8.5).
fn attributes(kind: &ElementKind) -> Option<Dictionary> {
    if let ElementKind::List { numbered } = kind {
        let numbering = if *numbered { "Decimal" } else { "Disc" };
        return Some(dictionary! { "O" => "List", "ListNumbering" => numbering });
    }
    let ElementKind::Cell { head, columns, rows } = kind else { return None };
    let mut attributes = dictionary! { "O" => "Table" };
    if *head {
        attributes.set("Scope", "Column");
    }
    for (name, span) in [("ColSpan", columns), ("RowSpan", rows)] {
        if *span > 1 {
            attributes.set(name, i64::from(*span));
        }
    }
    (attributes.len() > 1).then_some(attributes)
}

pub(super) fn integer(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
