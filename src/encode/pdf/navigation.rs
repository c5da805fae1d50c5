//! Ways through a file: links, outline, labels of pages.

use super::file::{File, Id, Literal, Real, Text};
use super::tags::Annotation;
use crate::layout::{OutlineEntry, Page, Pages};

/// Puts the links of a page; gives them as annotations. `next` is the first free number in the tree of parents.
pub(super) fn links(file: &mut File, page: &Page, height: f64, index: usize, next: usize) -> Vec<Annotation> {
    let mut annotations = Vec::with_capacity(page.links.len());
    // A link that leads nowhere is text.
    let links = page.links.iter().filter(|link| !link.target.trim().is_empty());
    for (number, link) in (next..).zip(links) {
        let (left, right) = (Real(link.area.x), Real(link.area.x + link.area.width));
        let (lower, upper) = (height - link.area.y - link.area.height, height - link.area.y);
        let address = ascii_address(&link.target);
        // 4: printed, as what it lies on (ISO 32000-1, 12.5.3).
        let id = file.add(format_args!(
            "<</Type/Annot/Subtype/Link/Rect[{left} {} {right} {}]/Border[0 0 0]/F 4/Contents{}\
             /StructParent {number}/A<</S/URI/URI{}>>>>",
            Real(lower),
            Real(upper),
            Text(&link.target),
            Literal(address.as_bytes()),
        ));
        annotations.push(Annotation { page: index, id, element: link.element });
    }
    annotations
}

/// Puts the outline, nested by level; gives its root.
pub(super) fn outline(file: &mut File, entries: &[OutlineEntry], pages: &[Id], height: f64) -> Option<Id> {
    if entries.is_empty() {
        return None;
    }
    let root = file.reserve();
    let ids: Vec<Id> = entries.iter().map(|_| file.reserve()).collect();
    // Parent of each entry: the nearest one before it with a lower level.
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(entries.len());
    let mut open: Vec<usize> = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        while open.last().is_some_and(|last| entries[*last].level >= entry.level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(i);
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
    let mut top = Vec::new();
    for (i, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) => children[*parent].push(i),
            None => top.push(i),
        }
    }
    // All entries are open, so a count is that of all below.
    let mut below = vec![0i64; entries.len()];
    for i in (0..entries.len()).rev() {
        if let Some(parent) = parents[i] {
            below[parent] += below[i] + 1;
        }
    }
    let bounds = |siblings: &[usize]| match (siblings.first(), siblings.last()) {
        (Some(first), Some(last)) => format!("/First {}/Last {}", ids[*first], ids[*last]),
        _ => String::new(),
    };
    for siblings in std::iter::once(&top).chain(&children) {
        for (n, &i) in siblings.iter().enumerate() {
            let entry = &entries[i];
            let parent = parents[i].map_or(root, |parent| ids[parent]);
            let mut item = format!("<</Title{}/Parent {parent}", Text(&entry.title));
            if let Some(page) = pages.get(entry.page) {
                let y = Real((height - entry.y).clamp(0.0, height));
                item.push_str(&format!("/Dest[{page}/XYZ null {y} null]"));
            }
            if n > 0 {
                item.push_str(&format!("/Prev {}", ids[siblings[n - 1]]));
            }
            if let Some(next) = siblings.get(n + 1) {
                item.push_str(&format!("/Next {}", ids[*next]));
            }
            if below[i] > 0 {
                item.push_str(&bounds(&children[i]));
                item.push_str(&format!("/Count {}", below[i]));
            }
            file.put(ids[i], format_args!("{item}>>"));
        }
    }
    file.put(root, format_args!("<</Type/Outlines{}/Count {}>>", bounds(&top), entries.len()));
    Some(root)
}

/// The labels of sheets that hold several pages: the numbers of these (12.4.2). `None` where a sheet is a page.
pub(super) fn labels(pages: &Pages) -> Option<String> {
    let mut labels = String::from("<</Nums[");
    for (sheet, page) in pages.pages.iter().enumerate() {
        if page.parts.is_empty() && pages.pages.iter().all(|page| page.parts.is_empty()) {
            return None;
        }
        let numbers: Vec<String> = page.parts.iter().map(|part| (part.page + 1).to_string()).collect();
        labels.push_str(&format!("{sheet}<</P{}>>", Text(&numbers.join(", "))));
    }
    Some(labels + "]>>")
}

/// An address in ASCII: everything else is percent-encoded as UTF-8 (12.6.4.7).
pub(super) fn ascii_address(address: &str) -> String {
    let mut ascii = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            ascii.push(char::from(byte));
        } else {
            ascii.push_str(&format!("%{byte:02X}"));
        }
    }
    ascii
}
