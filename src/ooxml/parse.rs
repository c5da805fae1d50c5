//! Parses XML parts. Depth, number of nodes and namespaces in scope are limited, because readers recurse and resolvers
//! search.

use crate::error::Error;
use crate::limits::{Limit, Limits};
use crate::message::Message;
use crate::tree::Location;
use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::XmlVersion;
use quick_xml::errors::IllFormedError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{NamespaceResolver, PrefixDeclaration, QName, ResolveResult};
use quick_xml::reader::Reader;

use super::namespace::{Ns, namespace};
use super::package::repair;
use super::xml::{Attribute, Node, TEXT, Tree};

/// Most namespace declarations in scope at once. Word writes about 35, and resolving searches them all.
const MAX_NAMESPACES: usize = 512;

/// Why a part can't be used.
#[derive(Debug)]
pub(crate) enum Fault {
    /// What is wrong with it, and after how many bytes.
    Malformed(Message),
    /// It takes more than a limit allows.
    Beyond(Limit),
}

impl Fault {
    /// The error of a package whose part of that name has the fault.
    pub(crate) fn of_part(self, part: &str, limits: &Limits) -> Error {
        let at = Location::Part { part: part.to_owned(), paragraph: 0 };
        match self {
            Self::Malformed(message) => Error::Malformed {
                format: "docx",
                at,
                message: message!("not usable XML: {message}; {repair}", message, repair = repair()),
            },
            Self::Beyond(limit) => Error::beyond(limits, limit, None, at),
        }
    }
}

impl From<Message> for Fault {
    fn from(message: Message) -> Self {
        Self::Malformed(message)
    }
}

struct Builder<'l> {
    tree: Tree,
    /// Numbers of the names without prefix.
    locals: Names<u32>,
    /// What names of elements and of attributes stand for, as long as the declarations in scope are the same.
    elements: Names<Name>,
    attributes: Names<Name>,
    open: Vec<u32>,
    resolver: NamespaceResolver,
    /// The open elements that declare namespaces, with the number of declarations, and the sum of those.
    declaring: Vec<(u32, usize)>,
    in_scope: usize,
    limits: &'l Limits,
}

type Names<T> = HashMap<Vec<u8>, T, foldhash::fast::RandomState>;

/// What a name with its prefix stands for.
#[derive(Clone, Copy)]
struct Name {
    ns: Ns,
    local: u32,
}

/// Parses a part in UTF-8 or UTF-16.
pub(crate) fn parse(bytes: &[u8], limits: &Limits) -> Result<Tree, Fault> {
    let text = decode(bytes)?;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let mut builder = Builder {
        tree: Tree {
            nodes: Vec::new(),
            attributes: Vec::new(),
            text: String::new(),
            names: Vec::new(),
            paragraphs: Vec::new(),
        },
        locals: Names::default(),
        elements: Names::default(),
        attributes: Names::default(),
        open: Vec::new(),
        resolver: NamespaceResolver::default(),
        declaring: Vec::new(),
        in_scope: 0,
        limits,
    };
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| {
            Fault::Malformed(message!("byte {at}: {message}", at, message = fault(&error)))
        })?;
        let step = match event {
            Event::Start(start) => builder.start(&start, &reader),
            Event::End(_) => {
                builder.end();
                Ok(())
            }
            Event::Text(text) => match text.xml10_content() {
                Ok(text) => builder.text(&text, false),
                Err(error) => Err(fault(&error.into()).into()),
            },
            Event::CData(text) => match text.xml10_content() {
                Ok(text) => builder.text(&text, true),
                Err(error) => Err(fault(&error.into()).into()),
            },
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => builder.text(c.encode_utf8(&mut [0; 4]), true),
                Ok(None) => match predefined(&reference) {
                    Some(c) => builder.text(c, true),
                    None => Err(message!("an entity that XML does not define").into()),
                },
                Err(error) => Err(fault(&error).into()),
            },
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Ok(()),
            Event::Eof => break,
        };
        step.map_err(|fault| match fault {
            Fault::Malformed(message) => Fault::Malformed(message!("byte {at}: {message}", at, message)),
            beyond @ Fault::Beyond(_) => beyond,
        })?;
    }
    if !builder.open.is_empty() {
        return Err(Fault::Malformed(message!(
            "it ends after {count} bytes inside an element; it is cut short",
            count = text.len()
        )));
    }
    if builder.tree.nodes.is_empty() {
        return Err(Fault::Malformed(message!("it holds no element")));
    }
    Ok(builder.tree)
}

/// What is wrong with XML, in words of this program.
pub(crate) fn fault(error: &quick_xml::Error) -> Message {
    match error {
        quick_xml::Error::Syntax(_) => message!("a tag, a comment or an instruction has no end"),
        quick_xml::Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            message!("the element {expected} ends as {found}", expected, found)
        }
        quick_xml::Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
            message!("the element {found} ends and was never begun", found)
        }
        quick_xml::Error::IllFormed(_) => message!("elements, comments or references are not well-formed"),
        quick_xml::Error::InvalidAttr(_) => message!("an attribute is not well-formed"),
        quick_xml::Error::Encoding(_) => message!("bytes that are not text in its encoding"),
        quick_xml::Error::Escape(_) => message!("a reference to a character or an entity is not understood"),
        quick_xml::Error::Namespace(_) => message!("a prefix is not declared"),
        quick_xml::Error::Io(_) => message!("it cannot be read"),
    }
}

fn outside() -> Message {
    message!("something stands outside of the outermost element")
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
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Message> {
    let unit = |pair: &[u8], big: bool| {
        let pair = [pair[0], *pair.get(1).unwrap_or(&0)];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    let big = match bytes {
        [0xFE, 0xFF, ..] | [0, b'<', ..] => true,
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => false,
        _ => {
            let text = std::str::from_utf8(bytes).map_err(|error| {
                message!("byte {at}: neither UTF-8 nor UTF-16, as Word files are", at = error.valid_up_to())
            })?;
            return Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text).into());
        }
    };
    let units = bytes.chunks(2).map(|pair| unit(pair, big));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    let text = text.map_err(|_| message!("half a surrogate pair in UTF-16"))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text).into())
}

/// Elements that hold text and no others: runs, codes of fields, and properties.
const OF_TEXT: [&str; 11] = [
    "t",
    "delText",
    "instrText",
    "delInstrText",
    "lpwstr",
    "title",
    "creator",
    "subject",
    "keywords",
    "description",
    "category",
];

impl Builder<'_> {
    fn start(&mut self, start: &BytesStart<'_>, reader: &Reader<&[u8]>) -> Result<(), Fault> {
        if self.open.is_empty() && !self.tree.nodes.is_empty() {
            return Err(outside().into());
        }
        if self.open.len() >= self.limits.count(Limit::XmlDepth) {
            return Err(Fault::Beyond(Limit::XmlDepth));
        }
        let id = self.node(Ns::None, 0)?;
        if declares(start.attributes_raw()) {
            self.resolver.push(start).map_err(|error| fault(&error.into()))?;
            self.declaring.push((id, 0));
            self.forget();
        }
        let Name { ns, local } = self.element(start.name())?;
        let first = self.tree.attributes.len();
        let mut known = true;
        let mut declared = 0;
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| fault(&error.into()))?;
            match attribute.key.as_namespace_binding() {
                Some(PrefixDeclaration::Default | PrefixDeclaration::Named(_)) => declared += 1,
                None => {
                    let value = attribute
                        .decoded_and_normalized_value(XmlVersion::Implicit1_0, reader.decoder())
                        .map_err(|error| fault(&error))?;
                    if ns == Ns::Mc && attribute.key.local_name().into_inner() == b"Requires" {
                        known = value.split_ascii_whitespace().all(|prefix| self.is_known(prefix));
                    }
                    let Name { ns, local } = self.attribute(attribute.key)?;
                    let begin = self.tree.text.len() as u32;
                    self.push_text(&value)?;
                    let end = self.tree.text.len() as u32;
                    self.tree.attributes.push(Attribute { ns, name: local, first: begin, last: end });
                }
            }
        }
        if let Some((declaring, count)) = self.declaring.last_mut()
            && *declaring == id
        {
            *count = declared;
            self.in_scope += declared;
        }
        if self.in_scope > MAX_NAMESPACES {
            return Err(
                message!("more than {most} namespace declarations at once", most = MAX_NAMESPACES).into()
            );
        }
        let last = self.tree.attributes.len() as u32;
        let is_paragraph = ns == Ns::W && self.tree.names[local as usize] == "p";
        let node = &mut self.tree.nodes[id as usize];
        *node = Node { ns, known, name: local, first: first as u32, last, ..*node };
        if is_paragraph {
            self.tree.paragraphs.push(id);
        }
        self.open.push(id);
        Ok(())
    }

    fn end(&mut self) {
        // The parser itself refuses an end tag without a start tag.
        let Some(id) = self.open.pop() else { return };
        self.tree.nodes[id as usize].end = self.tree.nodes.len() as u32;
        if let Some((_, declared)) = self.declaring.pop_if(|(declaring, _)| *declaring == id) {
            self.in_scope -= declared;
            self.resolver.pop();
            self.forget();
        }
    }

    /// Other declarations are in scope: what names stand for is to be asked again.
    fn forget(&mut self) {
        self.elements.clear();
        self.attributes.clear();
    }

    /// What the name of an element stands for.
    fn element(&mut self, name: QName<'_>) -> Result<Name, Message> {
        if let Some(name) = self.elements.get(name.0) {
            return Ok(*name);
        }
        let (resolved, local) = self.resolver.resolve_element(name);
        if let ResolveResult::Unknown(_) = resolved {
            return Err(message!("an element's prefix is not declared"));
        }
        let ns = namespace(&resolved);
        let found = Name { ns, local: self.local(local.into_inner())? };
        self.elements.insert(name.0.to_vec(), found);
        Ok(found)
    }

    /// What the name of an attribute stands for.
    fn attribute(&mut self, name: QName<'_>) -> Result<Name, Message> {
        if let Some(name) = self.attributes.get(name.0) {
            return Ok(*name);
        }
        let (resolved, local) = self.resolver.resolve_attribute(name);
        let ns = namespace(&resolved);
        let found = Name { ns, local: self.local(local.into_inner())? };
        self.attributes.insert(name.0.to_vec(), found);
        Ok(found)
    }

    /// True for the prefix of a namespace that the reader tells apart.
    fn is_known(&self, prefix: &str) -> bool {
        // It is looked up as that of a name would be.
        let name = [prefix.as_bytes(), b":x"].concat();
        !matches!(namespace(&self.resolver.resolve_element(QName(&name)).0), Ns::Other | Ns::None)
    }

    /// `meant`: white space, too, stands there on purpose, as a reference.
    fn text(&mut self, text: &str, meant: bool) -> Result<(), Fault> {
        let Some(parent) = self.open.last() else {
            // Some programs fill the end up with zeros.
            let is_nothing = |c: char| c.is_whitespace() || matches!(c, '\0' | '\u{FEFF}');
            return if text.chars().all(is_nothing) { Ok(()) } else { Err(outside().into()) };
        };
        // White space between elements is layout of the file, within these it is the author's.
        if !meant && text.bytes().all(|b| b.is_ascii_whitespace()) {
            let name = self.tree.names[self.tree.nodes[*parent as usize].name as usize].as_str();
            if !OF_TEXT.contains(&name) {
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

    fn push_text(&mut self, text: &str) -> Result<(), Message> {
        if self.tree.text.len() + text.len() >= u32::MAX as usize {
            return Err(message!("more text than a part may hold"));
        }
        self.tree.text.push_str(text);
        Ok(())
    }

    fn node(&mut self, ns: Ns, name: u32) -> Result<u32, Fault> {
        let id = self.tree.nodes.len();
        if id >= self.limits.count(Limit::XmlNodes) {
            return Err(Fault::Beyond(Limit::XmlNodes));
        }
        self.tree.nodes.push(Node { ns, known: true, name, end: id as u32 + 1, first: 0, last: 0 });
        Ok(id as u32)
    }

    /// The number of a name without prefix.
    fn local(&mut self, bytes: &[u8]) -> Result<u32, Message> {
        if let Some(name) = self.locals.get(bytes) {
            return Ok(*name);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| message!("a name is not in UTF-8"))?;
        let name = self.tree.names.len() as u32;
        self.tree.names.push(text.to_owned());
        self.locals.insert(bytes.to_vec(), name);
        Ok(name)
    }
}

/// True where the attributes of an element may declare a namespace.
fn declares(attributes: &[u8]) -> bool {
    // `x` is rare in them, and looked for fast.
    attributes.contains(&b'x') && attributes.windows(5).any(|word| word == b"xmlns")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_in_words_of_this_program() {
        for (xml, words) in [
            ("<a><b></a>", "the element b ends as a"),
            ("</a>", "the element a ends and was never begun"),
            ("<a b='1></a>", "has no end"),
            ("<a b=1></a>", "an attribute is not well-formed"),
            ("<a b='&x;'></a>", "a reference to a character or an entity is not understood"),
            ("<a>&#xFFFFFFFF;</a>", "a reference to a character or an entity is not understood"),
            ("<a>b & c</a>", "elements, comments or references are not well-formed"),
            ("<x:a></x:a>", "prefix is not declared"),
        ] {
            let Err(Fault::Malformed(message)) = parse(xml.as_bytes(), &Limits::default()) else {
                panic!("{xml} is read");
            };
            assert!(message.to_string().contains(words), "{xml}: {message}");
        }
    }
}
