//! Whether every element of a part is one that the reader knows.
//!
//! The reader descends into whatever it does not know, so no text is lost by an unknown element; but what
//! the element meant is, and that is reported once for every name. Characters that stand in no text of a run are shown by
//! no program; they are reported with their text.

use std::collections::BTreeMap;

use super::inline::plain_text;
use super::package::Part;
use super::xml::{Element, Ns};
use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::Location;

/// Elements of WordprocessingML that the reader interprets.
const READ: &str = "abstractNum altChunk annotationRef bdo body bookmarkEnd bookmarkStart br checkBox comment \
    comments continuationSeparator control cr customXml ddList default del delInstrText delText dir document drawing \
    endnote endnoteRef endnoteReference endnotes ffData fldChar fldSimple footnote footnoteRef \
    footnoteReference footnotes ftr hdr hyperlink ins instrText listEntry moveFrom moveTo noBreakHyphen \
    object p pgNum pict ptab r result rt ruby rubyBase sdt sdtContent sectPr separator smartTag softHyphen \
    subDoc sym t tab tbl tc tr txbxContent";

/// Elements without text or meaning of their own: marks of ranges, proofing, layout that was, document
/// settings, what controls are bound to, and what programs keep in fields for themselves.
const HARMLESS: &str = "background commentRangeEnd commentRangeStart commentReference \
    customXmlDelRangeEnd customXmlDelRangeStart customXmlInsRangeEnd customXmlInsRangeStart \
    customXmlMoveFromRangeEnd customXmlMoveFromRangeStart customXmlMoveToRangeEnd customXmlMoveToRangeStart \
    dayLong dayShort fldData lastRenderedPageBreak monthLong monthShort moveFromRangeEnd moveFromRangeStart \
    moveToRangeEnd moveToRangeStart permEnd permStart proofErr yearLong yearShort";

/// Containers of formatting: nothing in them is text. What of it bears on the tree is read.
const FORMATTING: &str = "pPr rPr sectPr tblPr tblPrEx tblGrid trPr tcPr sdtPr sdtEndPr smartTagPr \
    customXmlPr rubyPr ffData background";

/// Elements of WordprocessingML that hold characters: text, codes of fields, and data that is none.
const OF_CHARACTERS: [&str; 6] = ["t", "delText", "instrText", "delInstrText", "fldData", "binData"];

/// Reports text that stands among formatting or outside of the body, where nothing is read.
fn misplaced(part: &Part, formatting: &[&str], diagnostics: &mut Diagnostics) {
    let root = part.tree.root();
    let has_body = root.child("body").is_some();
    let outside = root.children().filter(|child| has_body && !child.is_w("body")).map(plain_text);
    let mut texts: Vec<String> = outside.filter(|text| !text.trim().is_empty()).collect();
    let mut first = 0;
    // Where the outermost of the containers that are open ends.
    let mut closed = 0;
    for element in root.subtree(|_| false) {
        if element.ns() == Ns::W && formatting.binary_search(&element.name()).is_ok() {
            closed = closed.max(element.end());
        } else if element.is_w("t") && element.end() <= closed {
            if texts.is_empty() {
                first = element.paragraph();
            }
            texts.push(element.text().into_owned());
        }
    }
    if !texts.is_empty() {
        let at = Location::Part { part: part.name.clone(), paragraph: first };
        let message = message!("text where Word files hold none, which Word does not show");
        diagnostics.report_text(Kind::Dropped, "misplaced-text", at, message, texts.join("\n"));
    }
}

/// How often an element that is not known was met, and where first.
struct Unknown {
    count: usize,
    paragraph: u32,
}

/// Reports every element of a part that the reader does not know, once for each name.
pub(super) fn audit(part: &Part, diagnostics: &mut Diagnostics) {
    let sorted = |list: &'static str| {
        let mut names: Vec<&str> = list.split_whitespace().collect();
        names.sort_unstable();
        names
    };
    let (read, harmless, formatting) = (sorted(READ), sorted(HARMLESS), sorted(FORMATTING));
    let holds = |names: &[&str], name: &str| names.binary_search(&name).is_ok();
    let skip = |e: Element<'_>| e.ns() == Ns::W && holds(&formatting, e.name()) || e.ns() == Ns::A;
    let mut unknown: BTreeMap<(Ns, &str), Unknown> = BTreeMap::new();
    let mut bare: Vec<String> = Vec::new();
    let mut first = 0;
    for element in part.tree.root().subtree(skip) {
        let of_none = match element.ns() {
            Ns::W => !OF_CHARACTERS.contains(&element.name()),
            Ns::None | Ns::Xml | Ns::Package | Ns::Other => true,
            // Measures of drawings, text of formulas and charts.
            Ns::A | Ns::Pic | Ns::Wp | Ns::Wps | Ns::C | Ns::Dgm | Ns::M | Ns::V | Ns::O | Ns::Drawing => {
                false
            }
            Ns::W14 | Ns::Later | Ns::Mc | Ns::R => false,
        };
        let characters = element.text();
        if of_none && !characters.trim().is_empty() {
            if bare.is_empty() {
                first = element.paragraph();
            }
            bare.push(characters.trim().to_owned());
        }
        let known = match element.ns() {
            Ns::W => holds(&read, element.name()) || holds(&harmless, element.name()),
            // Drawings and formulas are read as a whole; later additions to Word hold no text.
            Ns::A | Ns::Pic | Ns::Wp | Ns::Wps | Ns::C | Ns::Dgm | Ns::M | Ns::V | Ns::O | Ns::Drawing => {
                true
            }
            Ns::W14 | Ns::Later | Ns::Mc | Ns::R => true,
            Ns::None | Ns::Xml | Ns::Package | Ns::Other => false,
        };
        if !known {
            let paragraph = element.paragraph();
            unknown.entry(element.tag()).or_insert(Unknown { count: 0, paragraph }).count += 1;
        }
    }
    misplaced(part, &formatting, diagnostics);
    if !bare.is_empty() {
        let at = Location::Part { part: part.name.clone(), paragraph: first };
        let message = message!("characters outside of runs, which Word does not show");
        diagnostics.report_text(Kind::Dropped, "bare-text", at, message, bare.join("\n"));
    }
    for ((ns, name), unknown) in unknown {
        let prefix = if ns == Ns::W { "w:" } else { "" };
        diagnostics.report(
            Kind::Dropped,
            "unknown-element",
            Location::Part { part: part.name.clone(), paragraph: unknown.paragraph },
            message!(
                "{prefix}{name} is not known (times: {count}); the text in it is kept",
                prefix,
                name,
                count = unknown.count
            ),
        );
    }
}
