//! One XML part as a tree of elements, with namespaces resolved, in document order.
//!
//! The nodes lie in one vector in document order, so that a subtree is a range of numbers and a walk
//! over a whole part needs no recursion. Depth, number of nodes and namespaces in scope are limited,
//! because readers recurse and resolvers search.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{PrefixDeclaration, ResolveResult};
use quick_xml::reader::NsReader;

pub(super) use super::namespace::Ns;
use super::namespace::namespace;

/// Deepest nesting of elements. Word itself nests tables 20 deep (about 80 elements); the readers recurse.
pub(super) const MAX_DEPTH: usize = 256;

/// Most nodes of a part, of 20 bytes each: a book of 2 000 pages has about a million.
const MAX_NODES: usize = 16_000_000;

/// Most namespace declarations in scope at once. Word writes about 35, and resolving searches them all.
const MAX_NAMESPACES: usize = 512;

#[derive(Debug)]
struct Node {
    ns: Ns,
    /// For `mc:Choice`: whether every namespace it requires is known.
    known: bool,
    /// Index into `names`; [`TEXT`] for a piece of text.
    name: u32,
    /// First node after the subtree.
    end: u32,
    /// Range of attributes, or of bytes of `text`.
    first: u32,
    last: u32,
}

const TEXT: u32 = u32::MAX;

#[derive(Debug)]
struct Attribute {
    ns: Ns,
    name: u32,
    first: u32,
    last: u32,
}

/// A parsed part.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    text: String,
    names: Vec<String>,
    /// Nodes that are `w:p`, in order.
    paragraphs: Vec<u32>,
}

/// An element of a [`Tree`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    tree: &'a Tree,
    /// Its number in document order.
    pub(super) id: u32,
}

/// What is wrong with a part, and after how many bytes.
#[derive(Debug)]
pub(super) struct Fault(pub(super) String);

struct Builder {
    tree: Tree,
    known_names: HashMap<Vec<u8>, u32>,
    open: Vec<u32>,
    /// Declarations of each open element, and their sum.
    declared: Vec<usize>,
    in_scope: usize,
}

/// Parses a part in UTF-8 or UTF-16.
pub(super) fn parse(bytes: &[u8]) -> Result<Tree, Fault> {
    let text = decode(bytes)?;
    let mut reader = NsReader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let mut builder = Builder {
        tree: Tree {
            nodes: Vec::new(),
            attributes: Vec::new(),
            text: String::new(),
            names: Vec::new(),
            paragraphs: Vec::new(),
        },
        known_names: HashMap::new(),
        open: Vec::new(),
        declared: Vec::new(),
        in_scope: 0,
    };
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| Fault(format!("byte {at}: {error}")))?;
        let step = match event {
            Event::Start(start) => builder.start(&start, &reader),
            Event::End(_) => {
                builder.end();
                Ok(())
            }
            Event::Text(text) => match text.xml10_content() {
                Ok(text) => builder.text(&text),
                Err(error) => Err(error.to_string()),
            },
            Event::CData(text) => match text.xml10_content() {
                Ok(text) => builder.text(&text),
                Err(error) => Err(error.to_string()),
            },
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => builder.text(c.encode_utf8(&mut [0; 4])),
                Ok(None) => match predefined(&reference) {
                    Some(c) => builder.text(c),
                    None => Err("an entity that XML does not define".to_owned()),
                },
                Err(error) => Err(error.to_string()),
            },
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Ok(()),
            Event::Eof => break,
        };
        step.map_err(|message| Fault(format!("byte {at}: {message}")))?;
    }
    if !builder.open.is_empty() {
        return Err(Fault(format!("it ends after {} bytes inside an element; it is cut short", text.len())));
    }
    if builder.tree.nodes.is_empty() {
        return Err(Fault("it holds no element".to_owned()));
    }
    Ok(builder.tree)
}

fn predefined(reference: &[u8]) -> Option<&'static str> {
    Some(match reference {
        b"amp" => "&",
        b"lt" => "<",
        b"gt" => ">",
        b"quot" => "\"",
        b"apos" => "'",
        _ => return None,
    })
}

/// Parts are in UTF-8 or UTF-16 (ECMA-376 part 2, 9.1.5); the byte order mark or the first `<` tells which.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let unit = |pair: &[u8], big: bool| {
        let pair = [pair[0], *pair.get(1).unwrap_or(&0)];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    let big = match bytes {
        [0xFE, 0xFF, ..] | [0, b'<', ..] => true,
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => false,
        _ => {
            let text = std::str::from_utf8(bytes).map_err(|error| {
                Fault(format!("byte {}: neither UTF-8 nor UTF-16, as Word files are", error.valid_up_to()))
            })?;
            return Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text).into());
        }
    };
    let units = bytes.chunks(2).map(|pair| unit(pair, big));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    let text = text.map_err(|_| Fault("half a surrogate pair in UTF-16".to_owned()))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text).into())
}

impl Builder {
    fn start(&mut self, start: &BytesStart<'_>, reader: &NsReader<&[u8]>) -> Result<(), String> {
        if self.open.len() >= MAX_DEPTH {
            return Err(format!("elements stand more than {MAX_DEPTH} deep"));
        }
        let resolver = reader.resolver();
        let (resolved, local) = resolver.resolve_element(start.name());
        if let ResolveResult::Unknown(_) = resolved {
            return Err("an element's prefix is not declared".to_owned());
        }
        let ns = namespace(&resolved);
        let id = self.node(ns, 0)?;
        let name = self.name(local.into_inner())?;
        let first = self.tree.attributes.len();
        let mut known = true;
        let mut declared = 0;
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| error.to_string())?;
            match attribute.key.as_namespace_binding() {
                Some(PrefixDeclaration::Default | PrefixDeclaration::Named(_)) => declared += 1,
                None => {
                    let value = attribute
                        .decoded_and_normalized_value(XmlVersion::Implicit1_0, reader.decoder())
                        .map_err(|error| error.to_string())?;
                    let (resolved, local) = resolver.resolve_attribute(attribute.key);
                    let key = local.into_inner();
                    if ns == Ns::Mc && key == b"Requires" {
                        known = value.split_ascii_whitespace().all(|prefix| {
                            let prefix = quick_xml::name::QName(prefix.as_bytes());
                            // A prefix is looked up as that of a name would be.
                            let qualified = [prefix.0, b":x"].concat();
                            let name = quick_xml::name::QName(&qualified);
                            !matches!(namespace(&resolver.resolve_element(name).0), Ns::Other | Ns::None)
                        });
                    }
                    let ns = namespace(&resolved);
                    let name = self.name(key)?;
                    let begin = self.tree.text.len() as u32;
                    self.push_text(&value)?;
                    let end = self.tree.text.len() as u32;
                    self.tree.attributes.push(Attribute { ns, name, first: begin, last: end });
                }
            }
        }
        self.in_scope += declared;
        if self.in_scope > MAX_NAMESPACES {
            return Err(format!("more than {MAX_NAMESPACES} namespace declarations at once"));
        }
        self.declared.push(declared);
        let last = self.tree.attributes.len() as u32;
        let is_paragraph = ns == Ns::W && self.tree.names[name as usize] == "p";
        let node = &mut self.tree.nodes[id as usize];
        (node.name, node.known, node.first, node.last) = (name, known, first as u32, last);
        if is_paragraph {
            self.tree.paragraphs.push(id);
        }
        self.open.push(id);
        Ok(())
    }

    fn end(&mut self) {
        // The parser itself refuses an end tag without a start tag.
        if let Some(id) = self.open.pop() {
            self.tree.nodes[id as usize].end = self.tree.nodes.len() as u32;
            self.in_scope -= self.declared.pop().unwrap_or(0);
        }
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        let Some(parent) = self.open.last() else { return Ok(()) };
        // White space between elements is layout of the file, within these four it is the author's.
        if text.bytes().all(|b| b.is_ascii_whitespace()) {
            let name = self.tree.names[self.tree.nodes[*parent as usize].name as usize].as_str();
            if !matches!(name, "t" | "delText" | "instrText" | "delInstrText") {
                return Ok(());
            }
        }
        let first = self.tree.text.len() as u32;
        self.push_text(text)?;
        // References cut a text into pieces; they are one node.
        let count = self.tree.nodes.len();
        match self.tree.nodes.last_mut() {
            Some(node) if node.name == TEXT && node.end as usize == count && node.last == first => {
                node.last = self.tree.text.len() as u32;
            }
            _ => {
                let id = self.node(Ns::None, TEXT)?;
                let node = &mut self.tree.nodes[id as usize];
                (node.first, node.last) = (first, self.tree.text.len() as u32);
            }
        }
        Ok(())
    }

    fn push_text(&mut self, text: &str) -> Result<(), String> {
        if self.tree.text.len() + text.len() >= u32::MAX as usize {
            return Err("more text than a part may hold".to_owned());
        }
        self.tree.text.push_str(text);
        Ok(())
    }

    fn node(&mut self, ns: Ns, name: u32) -> Result<u32, String> {
        let id = self.tree.nodes.len();
        if id >= MAX_NODES {
            return Err(format!("more than {MAX_NODES} elements"));
        }
        self.tree.nodes.push(Node { ns, known: true, name, end: id as u32 + 1, first: 0, last: 0 });
        Ok(id as u32)
    }

    fn name(&mut self, bytes: &[u8]) -> Result<u32, String> {
        if let Some(name) = self.known_names.get(bytes) {
            return Ok(*name);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let name = self.tree.names.len() as u32;
        self.tree.names.push(text.to_owned());
        self.known_names.insert(bytes.to_vec(), name);
        Ok(name)
    }
}

impl Tree {
    /// The outermost element.
    pub(super) fn root(&self) -> Element<'_> {
        Element { tree: self, id: 0 }
    }

    /// Number of the paragraph that holds the node or comes before it, from 1; 0 before the first.
    pub(super) fn paragraph_of(&self, id: u32) -> u32 {
        self.paragraphs.partition_point(|p| *p <= id) as u32
    }
}

impl<'a> Element<'a> {
    fn node(self) -> &'a Node {
        &self.tree.nodes[self.id as usize]
    }

    /// Its namespace.
    pub(super) fn ns(self) -> Ns {
        self.node().ns
    }

    /// Its name without prefix.
    pub(super) fn name(self) -> &'a str {
        &self.tree.names[self.node().name as usize]
    }

    /// Namespace and name, for `match`.
    pub(super) fn tag(self) -> (Ns, &'a str) {
        (self.ns(), self.name())
    }

    /// True for an element of WordprocessingML with that name.
    pub(super) fn is_w(self, name: &str) -> bool {
        self.tag() == (Ns::W, name)
    }

    /// First node after the subtree.
    pub(super) fn end(self) -> u32 {
        self.node().end
    }

    /// Number of its paragraph in the part.
    pub(super) fn paragraph(self) -> u32 {
        self.tree.paragraph_of(self.id)
    }

    fn nodes(self) -> impl Iterator<Item = Element<'a>> {
        let end = self.end();
        let mut next = self.id + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let element = Element { tree: self.tree, id: next };
                next = element.end();
                element
            })
        })
    }

    fn is_text(self) -> bool {
        self.node().name == TEXT
    }

    /// The elements directly inside it.
    pub(super) fn children(self) -> impl Iterator<Item = Element<'a>> {
        self.nodes().filter(|node| !node.is_text())
    }

    /// The first element of WordprocessingML with that name directly inside it.
    pub(super) fn child(self, name: &str) -> Option<Element<'a>> {
        self.children().find(|child| child.is_w(name))
    }

    /// All elements inside it, at any depth, in document order, itself first; of an
    /// `mc:AlternateContent` only what is in the branch to read. Subtrees for which `skip` is true are
    /// left out.
    pub(super) fn subtree(self, skip: impl Fn(Element<'a>) -> bool) -> impl Iterator<Item = Element<'a>> {
        let (mut next, end) = (self.id, self.end());
        // Where the chosen branches end, and where the reading goes on then.
        let mut branches: Vec<(u32, u32)> = Vec::new();
        std::iter::from_fn(move || {
            loop {
                while let Some((_, after)) = branches.pop_if(|(branch_end, _)| next >= *branch_end) {
                    next = after;
                }
                if next >= end {
                    return None;
                }
                let element = Element { tree: self.tree, id: next };
                next += 1;
                if element.is_text() {
                    continue;
                }
                if skip(element) {
                    next = element.end();
                } else if element.tag() == (Ns::Mc, "AlternateContent") {
                    next = element.end();
                    if let Some(branch) = element.branch() {
                        branches.push((branch.end(), next));
                        next = branch.id + 1;
                    }
                } else {
                    return Some(element);
                }
            }
        })
    }

    /// The characters directly inside it.
    pub(super) fn text(self) -> Cow<'a, str> {
        let tree = self.tree;
        let mut pieces = self.nodes().filter(|node| node.is_text()).map(|node| {
            let node = node.node();
            &tree.text[node.first as usize..node.last as usize]
        });
        let first = pieces.next().unwrap_or("");
        match pieces.next() {
            None => Cow::Borrowed(first),
            Some(second) => Cow::Owned([first, second].into_iter().chain(pieces).collect()),
        }
    }

    /// An attribute of that namespace.
    pub(super) fn attribute(self, ns: Ns, name: &str) -> Option<&'a str> {
        let node = self.node();
        self.tree.attributes[node.first as usize..node.last as usize]
            .iter()
            .find(|attribute| attribute.ns == ns && self.tree.names[attribute.name as usize] == name)
            .map(|attribute| &self.tree.text[attribute.first as usize..attribute.last as usize])
    }

    /// An attribute of WordprocessingML, or without namespace.
    pub(super) fn get(self, name: &str) -> Option<&'a str> {
        self.attribute(Ns::W, name).or_else(|| self.attribute(Ns::None, name))
    }

    /// The `w:val` of a child.
    pub(super) fn value(self, child: &str) -> Option<&'a str> {
        self.child(child)?.get("val")
    }

    /// The value of an on-off child (ECMA-376 17.17.4): present without value means on.
    pub(super) fn switch(self, child: &str) -> Option<bool> {
        Some(is_on(self.child(child)?.get("val")))
    }

    /// The branch of an `mc:AlternateContent` to read: the first choice whose namespaces are all known,
    /// else the fallback, else the first choice, so that no text is dropped.
    pub(super) fn branch(self) -> Option<Element<'a>> {
        let named = |name| self.children().filter(move |child| child.tag() == (Ns::Mc, name));
        named("Choice")
            .find(|choice| choice.node().known)
            .or_else(|| named("Fallback").next())
            .or_else(|| named("Choice").next())
    }
}

/// The meaning of an on-off value; its absence means on.
pub(super) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn names(tree: &Tree) -> String {
        tree.root().subtree(|_| false).map(|e| e.name().to_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn prefixes_are_resolved_and_text_is_joined() {
        let tree = parse(format!("<q:p xmlns:q='{W}'><q:t>甲&amp;<!-- -->&#x4E59;</q:t></q:p>").as_bytes());
        let tree = tree.unwrap();
        let t = tree.root().child("t").unwrap();
        assert_eq!(t.text(), "甲&乙");
        assert_eq!(t.paragraph(), 1);
    }

    #[test]
    fn utf_16_is_read_in_both_orders() {
        let text = format!("\u{FEFF}<w:p xmlns:w='{W}' w:val='甲'/>");
        for big in [true, false] {
            let bytes: Vec<u8> = text
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            let tree = parse(&bytes).unwrap();
            assert_eq!(tree.root().get("val"), Some("甲"));
        }
    }

    #[test]
    fn the_branch_whose_namespaces_are_known_is_read() {
        let mc = "http://schemas.openxmlformats.org/markup-compatibility/2006";
        let wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
        let content = |requires: &str| {
            format!(
                "<w:p xmlns:w='{W}' xmlns:m='{mc}' xmlns:s='{wps}' xmlns:x='urn:x'><m:AlternateContent>\
                 <m:Choice Requires='{requires}'><w:a/></m:Choice><m:Fallback><w:b/></m:Fallback>\
                 </m:AlternateContent><w:c/></w:p>"
            )
        };
        assert_eq!(names(&parse(content("s").as_bytes()).unwrap()), "p a c");
        assert_eq!(names(&parse(content("s x").as_bytes()).unwrap()), "p b c");
        assert_eq!(names(&parse(content("nowhere").as_bytes()).unwrap()), "p b c");
    }

    #[test]
    fn what_is_not_xml_is_refused() {
        let deep = "<a>".repeat(300);
        for bad in ["", "<a>", "<a></b>", "<p:a/>", "<a>&x;</a>", "<a b='&#0;'/>", deep.as_str()] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(parse(b"<a>\xFF</a>").is_err());
        let many: String = (0..600).map(|n| format!("<a xmlns:n{n}='u'>")).collect();
        assert!(parse(many.as_bytes()).is_err());
    }
}
