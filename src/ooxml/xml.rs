//! One XML part as a tree of elements, with namespaces resolved, in document order.
//!
//! The nodes lie in one vector in document order, so that a subtree is a range of numbers and a walk
//! over a whole part needs no recursion.

use std::borrow::Cow;

pub(crate) use super::namespace::Ns;

#[derive(Debug)]
pub(super) struct Node {
    pub(super) ns: Ns,
    /// For `mc:Choice`: whether every namespace it requires is known.
    pub(super) known: bool,
    /// Index into `names`; [`TEXT`] for a piece of text.
    pub(super) name: u32,
    /// First node after the subtree.
    pub(super) end: u32,
    /// Range of attributes, or of bytes of `text`.
    pub(super) first: u32,
    pub(super) last: u32,
}

pub(super) const TEXT: u32 = u32::MAX;

#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) ns: Ns,
    pub(super) name: u32,
    pub(super) first: u32,
    pub(super) last: u32,
}

/// A parsed part.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) text: String,
    pub(super) names: Vec<String>,
    /// Nodes that are `w:p`, in order.
    pub(super) paragraphs: Vec<u32>,
}

/// An element of a [`Tree`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    tree: &'a Tree,
    /// Its number in document order.
    pub(crate) id: u32,
}

impl Tree {
    /// The outermost element.
    pub(crate) fn root(&self) -> Element<'_> {
        Element { tree: self, id: 0 }
    }

    /// How many paragraphs there are.
    pub(crate) fn paragraphs(&self) -> u64 {
        self.paragraphs.len() as u64
    }

    /// Number of the paragraph that holds the node or comes before it, from 1; 0 before the first.
    pub(crate) fn paragraph_of(&self, id: u32) -> u32 {
        self.paragraphs.partition_point(|p| *p <= id) as u32
    }
}

impl<'a> Element<'a> {
    fn node(self) -> &'a Node {
        &self.tree.nodes[self.id as usize]
    }

    /// Its namespace.
    pub(crate) fn ns(self) -> Ns {
        self.node().ns
    }

    /// Its name without prefix.
    pub(crate) fn name(self) -> &'a str {
        &self.tree.names[self.node().name as usize]
    }

    /// Namespace and name, for `match`.
    pub(crate) fn tag(self) -> (Ns, &'a str) {
        (self.ns(), self.name())
    }

    /// True for an element of WordprocessingML with that name.
    pub(crate) fn is_w(self, name: &str) -> bool {
        self.tag() == (Ns::W, name)
    }

    /// First node after the subtree.
    pub(crate) fn end(self) -> u32 {
        self.node().end
    }

    /// Number of its paragraph in the part.
    pub(crate) fn paragraph(self) -> u32 {
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
    pub(crate) fn children(self) -> impl Iterator<Item = Element<'a>> {
        self.nodes().filter(|node| !node.is_text())
    }

    /// The first element of WordprocessingML with that name directly inside it.
    pub(crate) fn child(self, name: &str) -> Option<Element<'a>> {
        self.children().find(|child| child.is_w(name))
    }

    /// All elements inside it, at any depth, in document order, itself first; of an
    /// `mc:AlternateContent` only what is in the branch to read. Subtrees for which `skip` is true are
    /// left out.
    pub(crate) fn subtree(self, skip: impl Fn(Element<'a>) -> bool) -> impl Iterator<Item = Element<'a>> {
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
    pub(crate) fn text(self) -> Cow<'a, str> {
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
    pub(crate) fn attribute(self, ns: Ns, name: &str) -> Option<&'a str> {
        let node = self.node();
        self.tree.attributes[node.first as usize..node.last as usize]
            .iter()
            .find(|attribute| attribute.ns == ns && self.tree.names[attribute.name as usize] == name)
            .map(|attribute| &self.tree.text[attribute.first as usize..attribute.last as usize])
    }

    /// An attribute of WordprocessingML, or without namespace.
    pub(crate) fn get(self, name: &str) -> Option<&'a str> {
        self.attribute(Ns::W, name).or_else(|| self.attribute(Ns::None, name))
    }

    /// The `w:val` of a child.
    pub(crate) fn value(self, child: &str) -> Option<&'a str> {
        self.child(child)?.get("val")
    }

    /// The value of an on-off child (ECMA-376 17.17.4): present without value means on.
    pub(crate) fn switch(self, child: &str) -> Option<bool> {
        Some(is_on(self.child(child)?.get("val")))
    }

    /// The branch of an `mc:AlternateContent` to read: the first choice whose namespaces are all known,
    /// else the fallback, else the first choice, so that no text is dropped; itself where it has no branches.
    pub(crate) fn branch(self) -> Option<Element<'a>> {
        let named = |name| self.children().filter(move |child| child.tag() == (Ns::Mc, name));
        named("Choice")
            .find(|choice| choice.node().known)
            .or_else(|| named("Fallback").next())
            .or_else(|| named("Choice").next())
            .or(Some(self))
    }
}

/// The meaning of an on-off value; its absence means on.
pub(crate) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::ooxml::parse::parse;

    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn names(tree: &Tree) -> String {
        tree.root().subtree(|_| false).map(|e| e.name().to_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn prefixes_are_resolved_and_text_is_joined() {
        let tree = parse(
            format!("<q:p xmlns:q='{W}'><q:t>甲&amp;<!-- -->&#x4E59;</q:t></q:p>").as_bytes(),
            &Limits::default(),
        );
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
            let tree = parse(&bytes, &Limits::default()).unwrap();
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
        assert_eq!(names(&parse(content("s").as_bytes(), &Limits::default()).unwrap()), "p a c");
        assert_eq!(names(&parse(content("s x").as_bytes(), &Limits::default()).unwrap()), "p b c");
        assert_eq!(names(&parse(content("nowhere").as_bytes(), &Limits::default()).unwrap()), "p b c");
    }

    #[test]
    fn what_is_not_xml_is_refused() {
        let deep = "<a>".repeat(300);
        for good in ["<?xml version='1.0'?> <a/>\n<!-- -->\0\0", "\u{FEFF}\n<a/>"] {
            assert!(parse(good.as_bytes(), &Limits::default()).is_ok(), "{good}");
        }
        for bad in [
            "<a/>甲",
            "甲<a/>",
            "<a/><a/>",
            "",
            "<a>",
            "<a></b>",
            "<p:a/>",
            "<a>&x;</a>",
            "<a b='&#0;'/>",
            deep.as_str(),
        ] {
            assert!(parse(bad.as_bytes(), &Limits::default()).is_err(), "{bad}");
        }
        assert!(parse(b"<a>\xFF</a>", &Limits::default()).is_err());
        let many: String = (0..600).map(|n| format!("<a xmlns:n{n}='u'>")).collect();
        assert!(parse(many.as_bytes(), &Limits::default()).is_err());
    }
}
