//! Brings what docx-rs writes into the order of the schema, and adds what docx-rs cannot write.

use std::collections::BTreeMap;
use std::ops::Range;

use docx_rs::{HeightRule, PageSize, RunChild, SectionProperty, Sym, TableRow};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xml::escape;

/// Stands at the end of a section for the piece of XML with that index.
pub(super) fn section_placeholder(index: usize) -> SectionProperty {
    SectionProperty::new().page_size(PageSize::new().size(u32::try_from(index).unwrap_or(u32::MAX), 0))
}

/// Children of each property container in the order of ECMA-376 part 4 (transitional) `wml.xsd`.
const ORDER: [(&str, &[&str]); 9] = [
    (
        "pPr",
        &[
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "framePr",
            "widowControl",
            "numPr",
            "suppressLineNumbers",
            "pBdr",
            "shd",
            "tabs",
            "suppressAutoHyphens",
            "kinsoku",
            "wordWrap",
            "overflowPunct",
            "topLinePunct",
            "autoSpaceDE",
            "autoSpaceDN",
            "bidi",
            "adjustRightInd",
            "snapToGrid",
            "spacing",
            "ind",
            "contextualSpacing",
            "mirrorIndents",
            "suppressOverlap",
            "jc",
            "textDirection",
            "textAlignment",
            "textboxTightWrap",
            "outlineLvl",
            "divId",
            "cnfStyle",
            "rPr",
            "sectPr",
            "pPrChange",
        ],
    ),
    (
        "rPr",
        &[
            "rStyle",
            "rFonts",
            "b",
            "bCs",
            "i",
            "iCs",
            "caps",
            "smallCaps",
            "strike",
            "dstrike",
            "outline",
            "shadow",
            "emboss",
            "imprint",
            "noProof",
            "snapToGrid",
            "vanish",
            "webHidden",
            "color",
            "spacing",
            "w",
            "kern",
            "position",
            "sz",
            "szCs",
            "highlight",
            "u",
            "effect",
            "bdr",
            "shd",
            "fitText",
            "vertAlign",
            "rtl",
            "cs",
            "em",
            "lang",
            "eastAsianLayout",
            "specVanish",
            "oMath",
            "rPrChange",
        ],
    ),
    (
        "tblPr",
        &[
            "tblStyle",
            "tblpPr",
            "tblOverlap",
            "bidiVisual",
            "tblStyleRowBandSize",
            "tblStyleColBandSize",
            "tblW",
            "jc",
            "tblCellSpacing",
            "tblInd",
            "tblBorders",
            "shd",
            "tblLayout",
            "tblCellMar",
            "tblLook",
            "tblCaption",
            "tblDescription",
            "tblPrChange",
        ],
    ),
    (
        "trPr",
        &[
            "cnfStyle",
            "divId",
            "gridBefore",
            "gridAfter",
            "wBefore",
            "wAfter",
            "cantSplit",
            "trHeight",
            "tblHeader",
            "tblCellSpacing",
            "jc",
            "hidden",
            "ins",
            "del",
            "trPrChange",
        ],
    ),
    (
        "tcPr",
        &[
            "cnfStyle",
            "tcW",
            "gridSpan",
            "hMerge",
            "vMerge",
            "tcBorders",
            "shd",
            "noWrap",
            "tcMar",
            "textDirection",
            "tcFitText",
            "vAlign",
            "hideMark",
            "headers",
            "cellIns",
            "cellDel",
            "cellMerge",
            "tcPrChange",
        ],
    ),
    (
        "sectPr",
        &[
            "headerReference",
            "footerReference",
            "footnotePr",
            "endnotePr",
            "type",
            "pgSz",
            "pgMar",
            "paperSrc",
            "pgBorders",
            "lnNumType",
            "pgNumType",
            "cols",
            "formProt",
            "vAlign",
            "noEndnote",
            "titlePg",
            "textDirection",
            "bidi",
            "rtlGutter",
            "docGrid",
            "printerSettings",
            "sectPrChange",
        ],
    ),
    ("numPr", &["ilvl", "numId", "numberingChange", "ins"]),
    ("tblBorders", &["top", "start", "left", "bottom", "end", "right", "insideH", "insideV"]),
    ("pBdr", &["top", "left", "bottom", "right", "between", "bar"]),
];

/// Attributes that docx-rs writes and the schema does not know: element, attribute.
/// `w14:paraId` is known but optional, and numbered by a counter of the process.
const STRAY: [(&str, &str); 2] = [("w:gridCol", "w:type"), ("w:p", "w14:paraId")];

/// Gives a row its least height in twips, and says whether it belongs to the head of its table, which is repeated on each
/// page (17.4.49). docx-rs has no word for the latter: it stands as a height that is exact, and of rows of a head alone as
/// one that is nothing.
pub(super) fn set_row(row: TableRow, height: Option<u32>, head: bool) -> TableRow {
    match (height, head) {
        (None, false) => row,
        (_, true) => row.row_height(height.unwrap_or(0) as f32).height_rule(HeightRule::Exact),
        (Some(height), false) => row.row_height(height as f32).height_rule(HeightRule::AtLeast),
    }
}

/// What docx-rs has no call for.
#[derive(Debug)]
pub(super) struct Additions<'a> {
    /// `w:tooltip` of hyperlinks by relationship id (17.16.22).
    pub(super) tooltips: &'a BTreeMap<String, String>,
    /// Pieces of XML, each of which takes the place of a [`placeholder`] with its index.
    pub(super) insertions: &'a [String],
}

/// Stands in a run for the piece of XML with that index. Symbols are never asked for otherwise.
pub(super) fn placeholder(index: usize) -> RunChild {
    RunChild::Sym(Sym::new("", index.to_string()))
}

/// An open element.
struct Open {
    /// Where its start tag begins in the output, and where its content does.
    start: usize,
    content: usize,
    /// Order of its children, if it is one of the containers above.
    order: Option<&'static [&'static str]>,
    /// Its place in the order of its parent.
    rank: usize,
    children: Vec<(usize, Range<usize>)>,
    /// Length of its name, which stands behind the first byte of its start tag.
    name: usize,
}

impl Open {
    fn name(&self) -> Range<usize> {
        self.start + 1..self.start + 1 + self.name
    }
}

/// Appends a part or a piece of one to `out`, rewritten in one pass.
///
/// # Errors
/// What quick-xml says of input that is not XML.
pub(super) fn arrange(
    part: &[u8],
    additions: &Additions<'_>,
    out: &mut Vec<u8>,
) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    out.reserve(part.len());
    let mut stack: Vec<Open> = Vec::new();
    loop {
        match reader.read_event()? {
            Event::Start(tag) if tag.name().as_ref() == b"w:sym" => {
                out.extend_from_slice(inserted(&tag, b"w:char", additions)?.as_bytes());
                // Its end, which follows at once.
                reader.read_event()?;
            }
            Event::Start(tag) if tag.name().as_ref() == b"w:sectPr" => {
                let start = out.len();
                loop {
                    let event = reader.read_event()?;
                    if let Event::Start(tag) = &event
                        && tag.name().as_ref() == b"w:pgSz"
                    {
                        out.extend_from_slice(inserted(tag, b"w:w", additions)?.as_bytes());
                    }
                    let ends = matches!(&event, Event::End(tag) if tag.name().as_ref() == b"w:sectPr");
                    if ends || event == Event::Eof {
                        break;
                    }
                }
                if let Some(parent) = stack.last_mut()
                    && let Some(order) = parent.order
                {
                    let rank = order.iter().position(|child| *child == "sectPr").unwrap_or(order.len());
                    parent.children.push((rank, start..out.len()));
                }
            }
            Event::Start(tag) if tag.name().as_ref() == b"w:trHeight" => {
                let value =
                    |key: &str| tag.try_get_attribute(key).map(|found| found.map(|found| found.value));
                let height = value("w:val")?.filter(|height| **height != *b"0");
                let height = height.map(|height| {
                    let mut element = b"<w:trHeight".to_vec();
                    push_attribute(b"w:val", &height, &mut element);
                    push_attribute(b"w:hRule", b"atLeast", &mut element);
                    element.extend_from_slice(b"/>");
                    element
                });
                let is_head = value("w:hRule")?.is_some_and(|rule| *rule == *b"exact");
                let head = is_head.then(|| b"<w:tblHeader/>".to_vec());
                for (name, element) in [("trHeight", height), ("tblHeader", head)] {
                    let Some((parent, element)) = stack.last_mut().zip(element) else { continue };
                    let rank = parent.order.and_then(|order| order.iter().position(|child| *child == name));
                    let start = out.len();
                    out.extend_from_slice(&element);
                    parent.children.push((rank.unwrap_or(usize::MAX), start..out.len()));
                }
                // Its end, which follows at once.
                reader.read_event()?;
            }
            // docx-rs states what is so by itself.
            Event::Start(tag)
                if tag.name().as_ref() == b"w:jc"
                    && stack.last().is_some_and(|parent| out[parent.name()] == *b"w:tblPr") =>
            {
                reader.read_event()?;
            }
            Event::Start(tag) => {
                let name = tag.name();
                let name = output_name(name.as_ref());
                let local = local_name(name);
                let rank = match stack.last().and_then(|parent| parent.order) {
                    // What the table does not name goes last, in the order it came.
                    Some(order) => {
                        order.iter().position(|child| child.as_bytes() == local).unwrap_or(order.len())
                    }
                    None => 0,
                };
                let start = out.len();
                write_start(&tag, name, additions, out)?;
                stack.push(Open {
                    start,
                    content: out.len(),
                    order: ORDER.iter().find(|(container, _)| container.as_bytes() == local).map(|row| row.1),
                    rank,
                    children: Vec::new(),
                    name: name.len(),
                });
            }
            Event::End(_) => {
                if let Some(open) = stack.pop() {
                    close(open, out, stack.last_mut());
                }
            }
            Event::Text(text) => out.extend_from_slice(&text),
            Event::CData(text) => {
                out.extend_from_slice(b"<![CDATA[");
                out.extend_from_slice(&text);
                out.extend_from_slice(b"]]>");
            }
            Event::GeneralRef(name) => {
                out.push(b'&');
                out.extend_from_slice(&name);
                out.push(b';');
            }
            Event::Decl(_) => out.extend_from_slice(super::xml::DECLARATION.as_bytes()),
            Event::Eof => return Ok(()),
            // docx-rs writes none of these; empty elements come as start and end.
            Event::Empty(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The piece of XML that a placeholder stands for, by the attribute with its index.
fn inserted<'a>(
    tag: &BytesStart<'_>,
    attribute: &[u8],
    additions: &Additions<'a>,
) -> Result<&'a str, quick_xml::Error> {
    let index = tag.try_get_attribute(attribute)?;
    let index = index.and_then(|index| std::str::from_utf8(&index.value).ok()?.parse::<usize>().ok());
    Ok(index.and_then(|index| additions.insertions.get(index)).map_or("", String::as_str))
}

/// docx-rs gives content controls a title, which readers would see, but no tag (17.5.2.42).
fn output_name(name: &[u8]) -> &[u8] {
    match name {
        b"w:alias" => b"w:tag",
        name => name,
    }
}

fn local_name(name: &[u8]) -> &[u8] {
    name.iter().position(|byte| *byte == b':').map_or(name, |colon| &name[colon + 1..])
}

fn write_start(
    tag: &BytesStart<'_>,
    name: &[u8],
    additions: &Additions<'_>,
    out: &mut Vec<u8>,
) -> Result<(), quick_xml::Error> {
    out.push(b'<');
    out.extend_from_slice(name);
    for attribute in tag.attributes() {
        let attribute = attribute?;
        let key = attribute.key.as_ref();
        if STRAY.iter().any(|(element, stray)| element.as_bytes() == name && stray.as_bytes() == key) {
            continue;
        }
        push_attribute(key, &attribute.value, out);
        // Word would go by the characters that the style says.
        if key == b"w:firstLine" && *attribute.value == *b"0" {
            push_attribute(b"w:firstLineChars", b"0", out);
        }
        if name == b"w:hyperlink" && key == b"r:id" {
            let id = std::str::from_utf8(&attribute.value).unwrap_or_default();
            if let Some(tooltip) = additions.tooltips.get(id) {
                push_attribute(b"w:tooltip", escape(tooltip).as_bytes(), out);
            }
        }
    }
    // A paragraph says of its lines only that they are not kept together, and docx-rs has no word for that.
    if name == b"w:keepLines" {
        push_attribute(b"w:val", b"0", out);
    }
    out.push(b'>');
    Ok(())
}

fn push_attribute(key: &[u8], value: &[u8], out: &mut Vec<u8>) {
    out.push(b' ');
    out.extend_from_slice(key);
    out.extend_from_slice(b"=\"");
    out.extend_from_slice(value);
    out.push(b'"');
}

fn close(mut open: Open, out: &mut Vec<u8>, parent: Option<&mut Open>) {
    if out[open.name()] == *b"w:sdtPr" {
        // Without a frame around its text.
        out.extend_from_slice(b"<w15:appearance w15:val=\"hidden\"/>");
    }
    if open.order.is_some() && open.content == out.len() {
        // A container of properties that holds none says nothing.
        out.truncate(open.start);
        return;
    }
    if !open.children.is_sorted_by_key(|child| child.0) {
        open.children.sort_by_key(|child| child.0);
        let sorted: Vec<u8> =
            open.children.iter().flat_map(|(_, range)| out[range.clone()].iter().copied()).collect();
        out.truncate(open.content);
        out.extend_from_slice(&sorted);
    }
    if open.content == out.len() {
        out.pop();
        out.extend_from_slice(b"/>");
    } else {
        out.extend_from_slice(b"</");
        out.extend_from_within(open.name());
        out.push(b'>');
    }
    if let Some(parent) = parent
        && parent.order.is_some()
    {
        parent.children.push((open.rank, open.start..out.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arranged(xml: &str, additions: &Additions<'_>) -> String {
        let mut out = Vec::new();
        arrange(xml.as_bytes(), additions, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn properties_come_into_the_order_of_the_schema() {
        let none = BTreeMap::new();
        let additions = Additions { tooltips: &none, insertions: &[] };
        assert_eq!(
            arranged(
                "<w:p w14:paraId=\"1\"><w:pPr><w:rPr><w:sz w:val=\"3\" /><w:b /></w:rPr><w:jc />\
                 <w:pStyle w:val=\"a\" /></w:pPr><w:r><w:rPr /><w:t>a &amp; b</w:t></w:r></w:p>",
                &additions
            ),
            "<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:jc/><w:rPr><w:b/><w:sz w:val=\"3\"/></w:rPr></w:pPr>\
             <w:r><w:t>a &amp; b</w:t></w:r></w:p>"
        );
    }

    #[test]
    fn rows_links_and_placeholders_get_what_is_missing() {
        let tooltips = BTreeMap::from([("rId9".to_owned(), "a \"b\"".to_owned())]);
        let insertions = ["<w:footnoteRef/>".to_owned()];
        let additions = Additions { tooltips: &tooltips, insertions: &insertions };
        assert_eq!(
            arranged(
                "<w:tr><w:trPr><w:tblCellSpacing /><w:trHeight w:val=\"0\" w:hRule=\"exact\" /></w:trPr></w:tr>\
                 <w:tr><w:trPr><w:trHeight w:val=\"567\" w:hRule=\"exact\" /><w:cantSplit /></w:trPr></w:tr>\
                 <w:tr><w:trPr><w:trHeight w:val=\"567\" w:hRule=\"atLeast\" /></w:trPr></w:tr><w:tr><w:trPr /></w:tr>\
                 <w:hyperlink r:id=\"rId9\"><w:sym w:font=\"\" w:char=\"0\" /></w:hyperlink>",
                &additions
            ),
            "<w:tr><w:trPr><w:tblHeader/><w:tblCellSpacing/></w:trPr></w:tr>\
             <w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"567\" w:hRule=\"atLeast\"/><w:tblHeader/></w:trPr></w:tr>\
             <w:tr><w:trPr><w:trHeight w:val=\"567\" w:hRule=\"atLeast\"/></w:trPr></w:tr><w:tr/>\
             <w:hyperlink r:id=\"rId9\" w:tooltip=\"a &quot;b&quot;\"><w:footnoteRef/></w:hyperlink>"
        );
    }

    #[test]
    fn content_controls_have_a_tag_and_no_frame() {
        let none = BTreeMap::new();
        let additions = Additions { tooltips: &none, insertions: &[] };
        assert_eq!(
            arranged("<w:sdtPr><w:rPr /><w:alias w:val=\"a\" /></w:sdtPr>", &additions),
            "<w:sdtPr><w:tag w:val=\"a\"/><w15:appearance w15:val=\"hidden\"/></w:sdtPr>"
        );
    }
}
