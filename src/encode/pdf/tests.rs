//! What a reader finds in the file.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document as File, Object};
use printpdf::ToUnicodeCMap;

use super::encode;
use crate::diagnostic::Diagnostics;
use crate::options::Options;
use crate::tree::{Block, BlockKind, Document, Inline, Meta, Origin, Paragraph, Role};

fn block(role: Role, content: Vec<Inline>) -> Block {
    Block { kind: BlockKind::Paragraph(Paragraph::new(role, content)), origin: Origin::default() }
}

fn text(role: Role, text: &str) -> Block {
    block(role, vec![Inline::Text(text.to_owned())])
}

fn sample() -> Document {
    let link = Inline::Link {
        target: "https://example.com/文".into(),
        title: String::new(),
        content: vec![Inline::Text("链接".into())],
    };
    Document {
        meta: Meta {
            author: Some("办公室".into()), date: Some("2026年1月5日".into()), ..Meta::default()
        },
        blocks: vec![
            text(Role::Title, "在全市办公室主任会议上的讲话"),
            text(Role::Heading(1), "一、提高认识"),
            text(Role::Heading(2), "（一）明确责任"),
            text(Role::Body, "“部首\u{2F00}与一”，共2026个；𠮷野家——（见《办法》）……完。"),
            text(Role::Heading(1), "二、狠抓落实"),
            block(Role::Body, vec![Inline::Text("参见".into()), link]),
        ],
        ..Document::default()
    }
}

fn write(document: &Document) -> Vec<u8> {
    encode(document, &Options::new().unwrap(), &mut Diagnostics::default()).unwrap()
}

fn read(bytes: &[u8]) -> File {
    File::load_mem(bytes).unwrap()
}

fn inflate(file: &File, object: &Object) -> Vec<u8> {
    let (_, object) = file.dereference(object).unwrap();
    let stream = object.as_stream().unwrap();
    stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())
}

fn fonts(file: &File) -> BTreeMap<Vec<u8>, Dictionary> {
    let page = *file.get_pages().values().next().unwrap();
    file.get_page_fonts(page).unwrap().into_iter().map(|(name, font)| (name, font.clone())).collect()
}

/// The characters of all pages, from the codes of their strings and the ToUnicode maps.
fn extract(file: &File) -> String {
    let maps: BTreeMap<Vec<u8>, ToUnicodeCMap> = fonts(file)
        .into_iter()
        .map(|(name, font)| {
            let map = inflate(file, font.get(b"ToUnicode").unwrap());
            (name, ToUnicodeCMap::parse(std::str::from_utf8(&map).unwrap()).unwrap())
        })
        .collect();
    let mut found = String::new();
    for page in file.get_pages().values() {
        let content = Content::decode(&file.get_page_content(*page)).unwrap();
        let mut font = Vec::new();
        for operation in content.operations {
            match operation.operator.as_str() {
                "Tf" => font = operation.operands[0].as_name().unwrap().to_vec(),
                "TJ" => {
                    let strings = operation.operands[0].as_array().unwrap();
                    for code in strings.iter().filter_map(|s| s.as_str().ok()).flat_map(|s| s.chunks(2)) {
                        let code = u32::from(u16::from_be_bytes([code[0], code[1]]));
                        let units = &maps[&font].mappings[&code];
                        found.extend(units.iter().filter_map(|u| char::from_u32(*u)));
                    }
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn the_text_comes_back_exactly() {
    let document = sample();
    let mut wanted = String::new();
    document.for_each_paragraph(&mut |_, paragraph| wanted.push_str(&paragraph.text()));
    wanted.push_str("— 1 —");
    assert_eq!(extract(&read(&write(&document))), wanted);
}

#[test]
fn characters_that_share_a_glyph_have_codes_of_their_own() {
    let file = read(&write(&sample()));
    let font = &fonts(&file)[b"T3".as_slice()];
    let descendants = font.get(b"DescendantFonts").unwrap().as_array().unwrap();
    let map = descendants[0].as_dict().unwrap().get(b"CIDToGIDMap").unwrap();
    let gids: Vec<u16> =
        inflate(&file, map).chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    let mut seen = std::collections::BTreeSet::new();
    assert_eq!(gids[0], 0);
    assert_eq!(gids.iter().filter(|gid| !seen.insert(**gid)).count(), 1, "⼀ and 一 alone share");
}

#[test]
fn fonts_are_tagged_subsets() {
    let file = read(&write(&sample()));
    let names: Vec<String> = fonts(&file)
        .values()
        .map(|font| {
            let name = font.get(b"BaseFont").unwrap().as_name().unwrap();
            let font = font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0].as_dict().unwrap();
            let descriptor = font.get(b"FontDescriptor").unwrap();
            let descriptor = file.dereference(descriptor).unwrap().1.as_dict().unwrap();
            assert_eq!(descriptor.get(b"FontName").unwrap().as_name().unwrap(), name);
            assert!(inflate(&file, descriptor.get(b"FontFile2").unwrap()).len() < 60_000);
            std::str::from_utf8(name).unwrap().to_owned()
        })
        .collect();
    for name in &names {
        let (tag, rest) = name.split_once('+').unwrap();
        assert!(tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()), "{name}");
        assert!(!rest.is_empty());
    }
    assert!(names.iter().any(|name| name.ends_with("+ZhuqueFangsong-Regular")), "{names:?}");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let (first, second) = (write(&sample()), write(&sample()));
    assert!(first == second);
    let mut other = sample();
    other.blocks.push(text(Role::Body, "又一段"));
    let id = |bytes: &[u8]| format!("{:?}", read(bytes).trailer.get(b"ID").unwrap());
    assert_ne!(id(&first), id(&write(&other)));
}

#[test]
fn the_catalog_states_language_title_and_outline() {
    let bytes = write(&sample());
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let file = read(&bytes);
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
    assert_eq!(catalog.get(b"PageMode").unwrap().as_name().unwrap(), b"UseOutlines");
    let viewer = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert!(viewer.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let info = file.trailer.get(b"Info").unwrap();
    let info = file.dereference(info).unwrap().1.as_dict().unwrap();
    assert_eq!(utf16(info.get(b"Title").unwrap()), "在全市办公室主任会议上的讲话");
    assert_eq!(utf16(info.get(b"Author").unwrap()), "办公室");
    assert_eq!(info.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20260105");
    assert_eq!(info.get(b"ModDate").unwrap().as_str().unwrap(), b"D:20260105", "no clock is read");
}

fn utf16(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    let units: Vec<u16> = bytes[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

fn walk(file: &File, parent: &Dictionary, depth: usize, found: &mut Vec<(usize, String)>) {
    let mut next = parent.get(b"First").ok();
    while let Some(reference) = next {
        let item = file.dereference(reference).unwrap().1.as_dict().unwrap();
        found.push((depth, utf16(item.get(b"Title").unwrap())));
        let page = item.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        assert!(file.get_pages().values().any(|id| *id == page));
        walk(file, item, depth + 1, found);
        next = item.get(b"Next").ok();
    }
}

#[test]
fn the_outline_is_nested() {
    let file = read(&write(&sample()));
    let outlines = file.catalog().unwrap().get(b"Outlines").unwrap();
    let outlines = file.dereference(outlines).unwrap().1.as_dict().unwrap();
    let mut found = Vec::new();
    walk(&file, outlines, 0, &mut found);
    let found: Vec<(usize, &str)> = found.iter().map(|(depth, title)| (*depth, title.as_str())).collect();
    assert_eq!(
        found,
        [
            (0, "在全市办公室主任会议上的讲话"),
            (1, "一、提高认识"),
            (2, "（一）明确责任"),
            (1, "二、狠抓落实")
        ]
    );
}

#[test]
fn links_lead_somewhere() {
    let file = read(&write(&sample()));
    let page = *file.get_pages().values().next().unwrap();
    let links = file.get_dictionary(page).unwrap().get(b"Annots").unwrap().as_array().unwrap();
    let link = file.dereference(&links[0]).unwrap().1.as_dict().unwrap();
    let action = link.get(b"A").unwrap().as_dict().unwrap();
    assert_eq!(action.get(b"URI").unwrap().as_str().unwrap(), b"https://example.com/%E6%96%87");
}

#[test]
fn squeezed_marks_and_latin_beside_han_are_stated() {
    let document = Document {
        blocks: vec![text(Role::Body, "“甲”，共2026个（见《办法》）。")],
        ..Document::default()
    };
    let file = read(&write(&document));
    let page = *file.get_pages().values().next().unwrap();
    let content = Content::decode(&file.get_page_content(page)).unwrap();
    let spans: Vec<String> = content
        .operations
        .iter()
        .filter(|operation| {
            operation.operator == "BDC" && operation.operands[0].as_name().unwrap() == b"Span"
        })
        .map(|operation| utf16(operation.operands[1].as_dict().unwrap().get(b"ActualText").unwrap()))
        .collect();
    assert_eq!(spans, ["”，", "共2", "6个", "》）。"]);
    let count = |operator: &str| content.operations.iter().filter(|o| o.operator == operator).count();
    assert_eq!(count("EMC"), count("BDC"));
}

/// The structure below `object`: types by depth, each with the numbers of its marked pieces.
fn structure(file: &File, object: &Object, depth: usize, out: &mut String) {
    let element = file.dereference(object).unwrap().1.as_dict().unwrap();
    let Ok(name) = element.get(b"S").and_then(Object::as_name) else {
        let name = std::str::from_utf8(element.get(b"Type").unwrap().as_name().unwrap()).unwrap();
        out.push_str(&format!("{}{name}\n", "  ".repeat(depth)));
        return;
    };
    let kids = element
        .get(b"K")
        .map_or_else(|_| Vec::new(), |kids| kids.as_array().cloned().unwrap_or(vec![kids.clone()]));
    let pieces: Vec<i64> = kids.iter().filter_map(|kid| kid.as_i64().ok()).collect();
    out.push_str(&format!("{}{} {pieces:?}\n", "  ".repeat(depth), std::str::from_utf8(name).unwrap()));
    for kid in kids.iter().filter(|kid| kid.as_i64().is_err()) {
        structure(file, kid, depth + 1, out);
    }
}

#[test]
fn the_structure_names_headings_paragraphs_and_links() {
    let file = read(&write(&sample()));
    let catalog = file.catalog().unwrap();
    assert!(catalog.get(b"MarkInfo").unwrap().as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap());
    let root = file.dereference(catalog.get(b"StructTreeRoot").unwrap()).unwrap().1.as_dict().unwrap();
    let mut found = String::new();
    structure(&file, root.get(b"K").unwrap(), 0, &mut found);
    let wanted =
        "Document []\n  H1 [0]\n  H2 [1]\n  H3 [2]\n  P [3]\n  H2 [4]\n  P [5]\n    Link [6]\n      ";
    assert!(found.starts_with(wanted) && found.contains("OBJR"), "{found}");
    // Every piece of the page leads back to its element.
    let parents = file.dereference(root.get(b"ParentTree").unwrap()).unwrap().1.as_dict().unwrap();
    let numbers = parents.get(b"Nums").unwrap().as_array().unwrap();
    assert_eq!(numbers[1].as_array().unwrap().len(), 7);
    let page = file.get_dictionary(*file.get_pages().values().next().unwrap()).unwrap();
    assert_eq!(page.get(b"StructParents").unwrap(), &numbers[0]);
}

/// A page with nothing but its number is too short to be deflated.
#[test]
fn streams_are_as_long_as_they_say() {
    let characters = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
    let bytes = write(&Document::default());
    let mut streams = 0;
    for (at, _) in bytes.windows(9).enumerate().filter(|(_, window)| window == b">>\nstream") {
        let head = characters(&bytes[at - 300.min(at)..at]);
        let (_, length) = head.rsplit_once("/Length ").unwrap();
        let length: usize = length.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
        let after = characters(&bytes[at + 10 + length..][..12]);
        assert!(after.trim_start().starts_with("endstream"), "{after:?}");
        streams += 1;
    }
    assert!(streams > 3);
}

/// The title of the file, and what was said of it.
fn title(document: &Document, name: Option<&str>) -> (String, bool) {
    let mut options = Options::new().unwrap();
    options.name = name.map(str::to_owned);
    let mut diagnostics = Diagnostics::default();
    let file = read(&encode(document, &options, &mut diagnostics).unwrap());
    let info = file.dereference(file.trailer.get(b"Info").unwrap()).unwrap().1.as_dict().unwrap();
    (utf16(info.get(b"Title").unwrap()), diagnostics.iter().any(|finding| finding.code == "title-inferred"))
}

#[test]
fn a_file_has_a_title() {
    let body = || text(Role::Body, "各部门要抓好落实。");
    let of = |blocks: Vec<Block>, name| title(&Document { blocks, ..Document::default() }, name);
    assert_eq!(of(vec![text(Role::Title, "通知"), body()], Some("文件")), ("通知".into(), false));
    assert_eq!(of(vec![body(), text(Role::Heading(1), "一、要求")], Some("文件")), ("一、要求".into(), true));
    assert_eq!(of(vec![body()], Some("文件")), ("文件".into(), true));
    assert_eq!(of(vec![body()], None), ("各部门要抓好落实。".into(), true));
    assert_eq!(of(Vec::new(), None), ("无标题".into(), true));
}

#[test]
fn threads_do_not_change_a_byte() {
    let mut document = sample();
    document.blocks.extend((0..200).map(|n| text(Role::Body, &format!("第{n}段要抓好落实。").repeat(9))));
    let bytes = |threads| {
        let mut options = Options::new().unwrap();
        options.threads = threads;
        encode(&document, &options, &mut Diagnostics::default()).unwrap()
    };
    let one = bytes(1);
    assert!([2, 3, 7].into_iter().all(|threads| bytes(threads) == one));
}

#[test]
fn a_date_that_is_stated_goes_before_that_of_the_document() {
    let mut options = Options::new().unwrap();
    options.date = crate::tree::Date::parse("2026-03-01T08:00:00+08:00");
    let bytes = encode(&sample(), &options, &mut Diagnostics::default()).unwrap();
    let file = read(&bytes);
    let info = file.dereference(file.trailer.get(b"Info").unwrap()).unwrap().1.as_dict().unwrap();
    for key in [b"CreationDate".as_slice(), b"ModDate"] {
        assert_eq!(info.get(key).unwrap().as_str().unwrap(), b"D:20260301080000+08'00");
    }
    let xmp = inflate(&file, file.catalog().unwrap().get(b"Metadata").unwrap());
    let xmp = String::from_utf8(xmp).unwrap();
    for name in ["CreateDate", "ModifyDate"] {
        assert!(xmp.contains(&format!("<xmp:{name}>2026-03-01T08:00:00+08:00</xmp:{name}>")), "{xmp}");
    }
}

#[test]
fn sheets_are_labelled_by_their_pages_and_headings_lead_to_them() {
    let mut document = Document::default();
    for n in 1..=5 {
        document.blocks.push(text(Role::Heading(1), &format!("第{n}页")));
        document.blocks.push(Block { kind: BlockKind::PageBreak, origin: Origin::default() });
    }
    let mut options = Options::new().unwrap();
    options.profile.imposition = crate::profile::Imposition { pages_per_sheet: 2, booklet: true };
    let file = read(&encode(&document, &options, &mut Diagnostics::default()).unwrap());
    let catalog = file.catalog().unwrap();
    let labels = catalog.get(b"PageLabels").unwrap().as_dict().unwrap().get(b"Nums").unwrap();
    let labels: Vec<&[u8]> = labels
        .as_array()
        .unwrap()
        .chunks(2)
        .map(|pair| pair[1].as_dict().unwrap().get(b"P").unwrap().as_str().unwrap())
        .collect();
    assert_eq!(labels, [&b"1"[..], b"2", b"3", b"4, 5"], "two sheets, four sides, eight places");
    // Each heading leads to the side that holds its page.
    let sides: Vec<lopdf::ObjectId> = file.get_pages().into_values().collect();
    let outlines = file.dereference(catalog.get(b"Outlines").unwrap()).unwrap().1.as_dict().unwrap();
    let mut next = outlines.get(b"First").ok();
    let mut led = Vec::new();
    while let Some(reference) = next {
        let item = file.dereference(reference).unwrap().1.as_dict().unwrap();
        let page = item.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        led.push(sides.iter().position(|side| *side == page).unwrap());
        next = item.get(b"Next").ok();
    }
    assert_eq!(led, [0, 1, 2, 3, 3]);
    assert!(!read(&write(&document)).catalog().unwrap().has(b"PageLabels"));
}

#[test]
fn characters_for_private_use_are_stated() {
    let document =
        Document { blocks: vec![text(Role::Body, "甲\u{E000}乙\u{FEFF}丙")], ..Document::default() };
    let file = write(&document);
    assert_eq!(super::text(&file).unwrap().trim_end(), "甲\u{E000}乙\u{FEFF}丙— 1 —");
}

#[test]
fn a_document_without_text_is_a_page() {
    let file = read(&write(&Document::default()));
    assert_eq!(file.get_pages().len(), 1);
    assert!(!file.catalog().unwrap().has(b"Outlines"));
}
