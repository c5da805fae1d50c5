//! A PDF file as hayro-syntax reads it, with what its pages show.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};

/// A file, its pages and its structure.
pub(crate) struct Reading<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) pdf: &'a Pdf,
    pub(crate) catalog: Dict<'a>,
    pub(crate) pages: Vec<PageReading<'a>>,
    pub(crate) fonts: BTreeMap<ObjectIdentifier, FontReading<'a>>,
    pub(crate) elements: Vec<ElementReading<'a>>,
}

/// A page: what its content does.
pub(crate) struct PageReading<'a> {
    pub(crate) dict: Dict<'a>,
    /// Operators that occur.
    pub(crate) operators: BTreeSet<String>,
    /// Numbers of the marked pieces, in their order.
    pub(crate) marked: Vec<i64>,
    /// What is wrong with the marks: content outside of them, pieces within artifacts.
    pub(crate) faults: Vec<String>,
    /// Deepest nesting of q.
    pub(crate) depth: usize,
    /// The images that are drawn.
    pub(crate) images: Vec<Stream<'a>>,
    /// Longest string.
    pub(crate) longest: usize,
}

/// A font and the codes that pages show.
pub(crate) struct FontReading<'a> {
    pub(crate) dict: Dict<'a>,
    pub(crate) codes: BTreeSet<u16>,
    /// Codes that are shown at least once outside a span that states its text.
    pub(crate) bare: BTreeSet<u16>,
}

/// An element of the structure.
pub(crate) struct ElementReading<'a> {
    pub(crate) dict: Dict<'a>,
    pub(crate) id: Option<ObjectIdentifier>,
    pub(crate) kind: String,
    /// Index of the element that it is in.
    pub(crate) parent: Option<usize>,
    /// Pieces that it holds: page and number.
    pub(crate) content: Vec<(ObjectIdentifier, i64)>,
    /// Annotations that it holds.
    pub(crate) annotations: Vec<ObjectIdentifier>,
}

pub(crate) fn text_of(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(units) => {
            let units: Vec<u16> =
                units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        None => String::from_utf8(bytes.to_vec()).expect("ASCII"),
    }
}

pub(crate) fn string(dict: &Dict<'_>, key: &str) -> Option<String> {
    Some(text_of(dict.get::<hayro_syntax::object::String<'_>>(key)?.as_bytes()))
}

pub(crate) fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    Some(dict.get::<Name<'_>>(key)?.as_str().to_owned())
}

/// The resolved items of an array, or the one item that stands for it.
pub(crate) fn items<'a>(
    dict: &Dict<'a>,
    key: &str,
    pdf: &'a Pdf,
) -> Vec<(Option<ObjectIdentifier>, Object<'a>)> {
    let resolve = |item: MaybeRef<Object<'a>>| match item {
        MaybeRef::Ref(reference) => {
            let id = ObjectIdentifier::from(reference);
            Some((Some(id), pdf.xref().get::<Object<'a>>(id)?))
        }
        MaybeRef::NotRef(object) => Some((None, object)),
    };
    match dict.get::<Array<'a>>(key) {
        Some(array) => array.raw_iter().filter_map(resolve).collect(),
        None => dict.get_raw::<Object<'a>>(key).and_then(resolve).into_iter().collect(),
    }
}

impl<'a> Reading<'a> {
    pub(crate) fn new(bytes: &'a [u8], pdf: &'a Pdf) -> Self {
        let catalog = pdf.xref().get::<Dict<'a>>(pdf.xref().root_id()).expect("a catalog");
        let mut fonts = BTreeMap::new();
        let pages = pdf.pages().iter().map(|page| read_page(page, &mut fonts)).collect();
        let mut reading = Self { bytes, pdf, catalog, pages, fonts, elements: Vec::new() };
        if let Some(root) = reading.catalog.get::<Dict<'a>>("StructTreeRoot") {
            for (id, kid) in items(&root, "K", pdf) {
                reading.read_element(id, kid, None);
            }
        }
        reading
    }

    fn read_element(&mut self, id: Option<ObjectIdentifier>, object: Object<'a>, parent: Option<usize>) {
        let Object::Dict(dict) = object else { return };
        let Some(kind) = name(&dict, "S") else { return };
        let page = dict.get_ref("Pg").map(ObjectIdentifier::from);
        let at = self.elements.len();
        let kids = items(&dict, "K", self.pdf);
        self.elements.push(ElementReading {
            dict,
            id,
            kind,
            parent,
            content: Vec::new(),
            annotations: Vec::new(),
        });
        for (id, kid) in kids {
            match &kid {
                Object::Number(number) => {
                    self.elements[at].content.push((page.expect("a page"), number.as_i64()));
                }
                Object::Dict(kid) if name(kid, "Type").as_deref() == Some("MCR") => {
                    let page = kid.get_ref("Pg").map(ObjectIdentifier::from).or(page).expect("a page");
                    let number = kid.get::<hayro_syntax::object::Number>("MCID").expect("a number");
                    self.elements[at].content.push((page, number.as_i64()));
                }
                Object::Dict(kid) if name(kid, "Type").as_deref() == Some("OBJR") => {
                    let object = kid.get_ref("Obj").map(ObjectIdentifier::from).expect("an object");
                    self.elements[at].annotations.push(object);
                }
                _ => self.read_element(id, kid, Some(at)),
            }
        }
    }

    /// The kinds of the elements that an element is in, from the inside.
    pub(crate) fn ancestors(&self, at: usize) -> impl Iterator<Item = &str> {
        let mut next = self.elements[at].parent;
        std::iter::from_fn(move || {
            let element = &self.elements[next?];
            next = element.parent;
            Some(element.kind.as_str())
        })
    }

    /// The elements directly in an element.
    pub(crate) fn kids(&self, at: usize) -> impl Iterator<Item = (usize, &ElementReading<'a>)> {
        self.elements.iter().enumerate().filter(move |(_, element)| element.parent == Some(at))
    }

    /// The annotations of all pages.
    pub(crate) fn annotations(&self) -> Vec<(ObjectIdentifier, Dict<'a>)> {
        let of = |page: &PageReading<'a>| items(&page.dict, "Annots", self.pdf);
        let all = self.pages.iter().flat_map(of);
        all.filter_map(|(id, object)| Some((id?, object.into_dict()?))).collect()
    }

    /// The XMP packet.
    pub(crate) fn xmp(&self) -> Option<String> {
        let stream = self.catalog.get::<Stream<'_>>("Metadata")?;
        String::from_utf8(stream.decoded().ok()?.to_vec()).ok()
    }

    /// The dictionary at the end of the file.
    pub(crate) fn trailer(&self) -> &'a [u8] {
        let after = |needle: &[u8]| {
            self.bytes.windows(needle.len()).rposition(|window| window == needle).map(|at| at + needle.len())
        };
        let start = after(b"startxref\n").expect("startxref");
        let digits = self.bytes[start..].iter().take_while(|byte| byte.is_ascii_digit());
        let at = digits.fold(0, |at, digit| 10 * at + usize::from(digit - b'0'));
        let end = self.bytes[at..].windows(6).position(|window| window == b"stream").expect("a stream");
        &self.bytes[at..at + end]
    }
}

/// What is open in a content stream.
enum Mark {
    Artifact,
    Piece,
    Stated,
    Other,
}

fn read_page<'a>(
    page: &'a hayro_syntax::page::Page<'a>,
    fonts: &mut BTreeMap<ObjectIdentifier, FontReading<'a>>,
) -> PageReading<'a> {
    const PAINTING: [&str; 14] =
        ["Tj", "TJ", "'", "\"", "f", "F", "f*", "S", "s", "B", "b", "Do", "sh", "BI"];
    let mut reading = PageReading {
        dict: page.raw().clone(),
        operators: BTreeSet::new(),
        marked: Vec::new(),
        faults: Vec::new(),
        depth: 0,
        images: Vec::new(),
        longest: 0,
    };
    let mut marks: Vec<Mark> = Vec::new();
    let mut font = None;
    let mut depth = 0usize;
    let mut instructions = page.operations();
    while let Some(instruction) = instructions.next() {
        let operator = std::str::from_utf8(instruction.operator).expect("ASCII").to_owned();
        let operands: Vec<&Object<'_>> = instruction.operands().collect();
        let within = |marks: &[Mark]| {
            let artifact = marks.iter().any(|mark| matches!(mark, Mark::Artifact));
            let piece = marks.iter().any(|mark| matches!(mark, Mark::Piece));
            (artifact, piece)
        };
        match operator.as_str() {
            "q" => depth += 1,
            "Q" => depth -= 1,
            "BMC" | "BDC" => {
                let tag = operands.first().and_then(|tag| match tag {
                    Object::Name(name) => Some(name.as_str().to_owned()),
                    _ => None,
                });
                let properties = operands.get(1).and_then(|properties| match properties {
                    Object::Dict(dict) => Some(dict),
                    _ => None,
                });
                let number = properties.and_then(|p| p.get::<hayro_syntax::object::Number>("MCID"));
                let mark = match (tag.as_deref(), number) {
                    (Some("Artifact"), _) => Mark::Artifact,
                    (_, Some(number)) => {
                        reading.marked.push(number.as_i64());
                        Mark::Piece
                    }
                    _ if properties.is_some_and(|p| p.contains_key("ActualText")) => Mark::Stated,
                    _ => Mark::Other,
                };
                let (artifact, piece) = within(&marks);
                match mark {
                    Mark::Artifact if piece => reading.faults.push("an artifact within a piece".into()),
                    Mark::Piece if artifact => reading.faults.push("a piece within an artifact".into()),
                    Mark::Piece if piece => reading.faults.push("a piece within a piece".into()),
                    Mark::Artifact | Mark::Piece | Mark::Stated | Mark::Other => {}
                }
                marks.push(mark);
            }
            "EMC" if marks.pop().is_none() => reading.faults.push("EMC without BMC".into()),
            "Tf" => {
                let Some(Object::Name(name)) = operands.first() else { panic!("a name") };
                let fonts_of_page = page.resources().fonts.clone();
                let id = fonts_of_page.get_ref(name.as_str()).map(ObjectIdentifier::from).expect("a font");
                let dict = page.resources().get_font(name).expect("a font");
                fonts.entry(id).or_insert_with(|| FontReading {
                    dict,
                    codes: BTreeSet::new(),
                    bare: BTreeSet::new(),
                });
                font = Some(id);
            }
            "Tj" | "TJ" => {
                let stated = marks.iter().any(|mark| matches!(mark, Mark::Stated));
                let mut show = |bytes: &[u8]| {
                    reading.longest = reading.longest.max(bytes.len());
                    let font = fonts.get_mut(&font.expect("a font")).expect("a known font");
                    assert_eq!(bytes.len() % 2, 0, "codes of two bytes");
                    for pair in bytes.chunks_exact(2) {
                        let code = u16::from_be_bytes([pair[0], pair[1]]);
                        font.codes.insert(code);
                        if !stated {
                            font.bare.insert(code);
                        }
                    }
                };
                match operands.first() {
                    Some(Object::String(text)) => show(text.as_bytes()),
                    Some(Object::Array(array)) => array.iter::<Object<'_>>().for_each(|item| {
                        if let Object::String(text) = item {
                            show(text.as_bytes());
                        }
                    }),
                    other => panic!("{other:?}"),
                }
            }
            "Do" => {
                let Some(Object::Name(name)) = operands.first() else { panic!("a name") };
                reading.images.push(page.resources().get_x_object(name).expect("an image"));
            }
            _ => {}
        }
        if PAINTING.contains(&operator.as_str()) && within(&marks) == (false, false) {
            reading.faults.push(format!("{operator} is neither tagged nor an artifact"));
        }
        reading.depth = reading.depth.max(depth);
        reading.operators.insert(operator);
    }
    if !marks.is_empty() || depth != 0 {
        reading.faults.push("marks or states are left open".into());
    }
    reading
}
