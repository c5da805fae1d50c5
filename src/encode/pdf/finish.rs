//! printpdf's document to the file: contents, outline, properties, identity, compression.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};

use super::content::{Written, ascii_address};
use super::fonts::Fonts;
use super::tags;
use crate::error::{Error, Result};
use crate::layout::{ElementId, OutlineEntry, Pages};
use crate::tree::{Document, Properties};

const LANGUAGE: &str = "zh-CN";
const PRODUCER: &str = concat!("banshi ", env!("CARGO_PKG_VERSION"));
/// Objects in one object stream.
const OBJECTS_PER_STREAM: usize = 500;

fn fail(error: impl std::fmt::Display) -> Error {
    Error::Encoder { format: "pdf", message: error.to_string() }
}

/// Finishes the file: `written` are the texts of the pages, and the last page of `file` is the specimen.
pub(super) fn finish(
    mut file: lopdf::Document,
    written: Vec<Written>,
    fonts: &Fonts,
    pages: &Pages,
    document: &Document,
) -> Result<Vec<u8>> {
    "1.7".clone_into(&mut file.version);
    let page_ids = take_specimen(&mut file)?;
    finish_fonts(&mut file, fonts, &page_ids)?;
    share_resources(&mut file, &page_ids)?;
    let mut marked = Vec::with_capacity(written.len());
    for (id, written) in page_ids.iter().zip(written) {
        set_contents(&mut file, *id, written.content)?;
        marked.push(written.marked);
    }
    let links = add_links(&mut file, pages, &page_ids)?;
    let structure = tags::add(&mut file, pages, &page_ids, &marked, &links);
    let outline = add_outline(&mut file, &pages.outline, &page_ids, pages.height);
    let properties = Properties::new(document);
    let catalog = file.catalog_mut().map_err(fail)?;
    catalog.remove(b"PageLayout");
    catalog.set("Lang", Object::string_literal(LANGUAGE));
    catalog.set("StructTreeRoot", structure);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    if properties.title.is_some() {
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    }
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    set_info(&mut file, &properties);
    compress(&mut file)?;
    set_identity(&mut file);
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(6);
    let mut bytes = Vec::new();
    file.save_with_options(&mut bytes, options.max_objects_per_stream(OBJECTS_PER_STREAM).build())
        .map_err(fail)?;
    Ok(bytes)
}

/// Takes out the last page; gives the others.
fn take_specimen(file: &mut lopdf::Document) -> Result<Vec<ObjectId>> {
    let tree = file.catalog().and_then(|c| c.get(b"Pages")).and_then(Object::as_reference).map_err(fail)?;
    let dictionary = file.get_dictionary_mut(tree).map_err(fail)?;
    let kids = dictionary.get_mut(b"Kids").and_then(Object::as_array_mut).map_err(fail)?;
    let specimen = kids.pop().ok_or_else(|| fail("no pages"))?.as_reference().map_err(fail)?;
    let pages: Vec<ObjectId> = kids.iter().filter_map(|kid| kid.as_reference().ok()).collect();
    dictionary.set("Count", Object::Integer(i64::try_from(pages.len()).unwrap_or(0)));
    let page = file.get_dictionary(specimen).map_err(fail)?;
    let parts: Vec<ObjectId> = [b"Contents".as_slice(), b"Resources"]
        .iter()
        .filter_map(|key| page.get(key).and_then(Object::as_reference).ok())
        .collect();
    for id in parts.into_iter().chain([specimen]) {
        file.objects.remove(&id);
    }
    Ok(pages)
}

/// The dictionary that names the fonts, as an object of its own.
fn font_dictionary(file: &lopdf::Document, page: ObjectId) -> Result<ObjectId> {
    let resources = file
        .get_dictionary(page)
        .and_then(|page| page.get(b"Resources"))
        .and_then(Object::as_reference)
        .and_then(|id| file.get_dictionary(id))
        .map_err(fail)?;
    resources.get(b"Font").and_then(Object::as_reference).map_err(fail)
}

/// Sets what printpdf does not know of the fonts: the height of capitals, and which glyph a CID shows.
fn finish_fonts(file: &mut lopdf::Document, fonts: &Fonts, pages: &[ObjectId]) -> Result<()> {
    let Some(page) = pages.first() else { return Ok(()) };
    let names = file.get_dictionary(font_dictionary(file, *page)?).map_err(fail)?.clone();
    for font in fonts.iter() {
        let id = names.get(font.resource().as_bytes()).and_then(Object::as_reference).map_err(fail)?;
        let map = font.cid_to_gid().map(|map| {
            let stream = Stream::new(Dictionary::new(), map);
            file.add_object(stream)
        });
        let descendants = file
            .get_dictionary_mut(id)
            .and_then(|font| font.get_mut(b"DescendantFonts"))
            .and_then(Object::as_array_mut)
            .map_err(fail)?;
        let descendant = descendants
            .first_mut()
            .ok_or_else(|| fail("no font"))
            .and_then(|d| d.as_dict_mut().map_err(fail))?;
        if let Some(map) = map {
            descendant.set("CIDToGIDMap", map);
        }
        let descriptor = descendant.get(b"FontDescriptor").and_then(Object::as_reference).map_err(fail)?;
        if let Some(metrics) = font.metrics {
            let descriptor = file.get_dictionary_mut(descriptor).map_err(fail)?;
            descriptor.set("CapHeight", i64::from(metrics.cap_height));
            // Symbolic: the glyphs are not those of the standard Latin set alone (9.8.2).
            descriptor.set("Flags", 4);
        }
    }
    Ok(())
}

/// Gives all pages one dictionary of resources, since all use the same fonts and nothing else.
fn share_resources(file: &mut lopdf::Document, pages: &[ObjectId]) -> Result<()> {
    let Some(first) = pages.first() else { return Ok(()) };
    let fonts = font_dictionary(file, *first)?;
    let shared = file.add_object(dictionary! { "Font" => fonts });
    let mut unused = Vec::new();
    for id in pages {
        let page = file.get_dictionary_mut(*id).map_err(fail)?;
        unused.extend(page.get(b"Resources").and_then(Object::as_reference).ok());
        page.set("Resources", shared);
        page.remove(b"TrimBox");
        page.remove(b"CropBox");
        if page.get(b"Annots").and_then(Object::as_array).is_ok_and(Vec::is_empty) {
            page.remove(b"Annots");
        }
    }
    for id in unused {
        if let Some(Object::Dictionary(resources)) = file.objects.remove(&id) {
            for key in [b"XObject".as_slice(), b"ExtGState", b"Shading"] {
                if let Ok(id) = resources.get(key).and_then(Object::as_reference) {
                    file.objects.remove(&id);
                }
            }
        }
    }
    Ok(())
}

/// Puts the text of a page behind its rules, which printpdf has written.
fn set_contents(file: &mut lopdf::Document, page: ObjectId, content: Vec<u8>) -> Result<()> {
    let id = file
        .get_dictionary(page)
        .and_then(|page| page.get(b"Contents"))
        .and_then(Object::as_reference)
        .map_err(fail)?;
    let Some(Object::Stream(stream)) = file.objects.get_mut(&id) else { return Err(fail("no contents")) };
    if !stream.content.is_empty() && !stream.content.ends_with(b"\n") {
        stream.content.push(b'\n');
    }
    stream.content.extend(content);
    Ok(())
}

/// Adds the links, and what the structure needs of the pages. Gives each annotation with the index of its page and
/// its element.
fn add_links(
    file: &mut lopdf::Document,
    pages: &Pages,
    page_ids: &[ObjectId],
) -> Result<Vec<(usize, ObjectId, ElementId)>> {
    let mut links = Vec::new();
    for (index, (page, id)) in pages.pages.iter().zip(page_ids).enumerate() {
        let mut annotations = Vec::with_capacity(page.links.len());
        for link in &page.links {
            let address = ascii_address(&link.target);
            let (left, right) = (link.area.x, link.area.x + link.area.width);
            let (upper, lower) = (pages.height - link.area.y, pages.height - link.area.y - link.area.height);
            #[allow(clippy::cast_possible_truncation, reason = "a place on a sheet")]
            let corner = |n: f64| Object::Real((n * 1000.0).round() as f32 / 1000.0);
            let annotation = file.add_object(dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => [left, lower, right, upper].map(corner).to_vec(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Printed, as what it lies on (ISO 32000-1, 12.5.3).
                "F" => 4,
                "Contents" => text_string(&link.target),
                "StructParent" => tags::integer(pages.pages.len() + links.len()),
                "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal(address) },
            });
            annotations.push(Object::Reference(annotation));
            links.push((index, annotation, link.element));
        }
        let page = file.get_dictionary_mut(*id).map_err(fail)?;
        page.set("StructParents", tags::integer(index));
        // Tabulators go by the structure (ISO 14289-1, 7.18.3).
        page.set("Tabs", "S");
        if !annotations.is_empty() {
            page.set("Annots", annotations);
        }
    }
    Ok(links)
}

/// Adds the outline, nested by level; gives its root.
fn add_outline(
    file: &mut lopdf::Document,
    entries: &[OutlineEntry],
    pages: &[ObjectId],
    height: f64,
) -> Option<ObjectId> {
    if entries.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.new_object_id()).collect();
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
    for siblings in std::iter::once(&top).chain(&children) {
        for (n, &i) in siblings.iter().enumerate() {
            let entry = &entries[i];
            let page = pages.get(entry.page).copied().map_or(Object::Null, Object::Reference);
            #[allow(clippy::cast_possible_truncation, reason = "a place on a sheet")]
            let y = ((height - entry.y).clamp(0.0, height) * 100.0).round() as f32 / 100.0;
            let mut item = dictionary! {
                "Title" => text_string(&entry.title),
                "Parent" => parents[i].map_or(root, |parent| ids[parent]),
                "Dest" => vec![page, "XYZ".into(), Object::Null, Object::Real(y), Object::Null],
            };
            if n > 0 {
                item.set("Prev", ids[siblings[n - 1]]);
            }
            if let Some(next) = siblings.get(n + 1) {
                item.set("Next", ids[*next]);
            }
            if let (Some(first), Some(last)) = (children[i].first(), children[i].last()) {
                item.set("First", ids[*first]);
                item.set("Last", ids[*last]);
                item.set("Count", below[i]);
            }
            file.set_object(ids[i], item);
        }
    }
    let mut dictionary = dictionary! {
        "Type" => "Outlines",
        "Count" => i64::try_from(entries.len()).unwrap_or(0),
    };
    if let (Some(first), Some(last)) = (top.first(), top.last()) {
        dictionary.set("First", ids[*first]);
        dictionary.set("Last", ids[*last]);
    }
    file.set_object(root, dictionary);
    Some(root)
}

/// A text string: UTF-16 with its mark where it is not ASCII (ISO 32000-1, 7.9.2.2).
fn text_string(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// Sets the properties: only what the document itself says.
fn set_info(file: &mut lopdf::Document, properties: &Properties) {
    let mut info = dictionary! { "Producer" => Object::string_literal(PRODUCER) };
    if let Some(title) = &properties.title {
        info.set("Title", text_string(title));
    }
    if let Some(author) = &properties.author {
        info.set("Author", text_string(author));
    }
    if let Some((year, month, day)) = properties.date {
        // ISO 32000-1, 7.9.4.
        let date = format!("D:{year:04}{month:02}{day:02}");
        info.set("CreationDate", Object::string_literal(date));
    }
    // Any other key may stand in the dictionary; a name has 127 bytes at most (ISO 32000-1, annex C).
    for (name, value) in &properties.other {
        let end = (0..=name.len().min(100)).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
        let key = if end == 0 { "property" } else { &name[..end] };
        if !info.has(key.as_bytes()) {
            info.set(key, text_string(value));
        }
    }
    match file.trailer.get(b"Info").and_then(Object::as_reference) {
        Ok(id) => file.set_object(id, info),
        Err(_) => {
            let id = file.add_object(info);
            file.trailer.set("Info", id);
        }
    }
}

fn compress(file: &mut lopdf::Document) -> Result<()> {
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object
            && !stream.dict.has(b"Filter")
        {
            let mut encoder =
                ZlibEncoder::new(Vec::with_capacity(stream.content.len() / 2), Compression::new(6));
            encoder.write_all(&stream.content).map_err(fail)?;
            let deflated = encoder.finish().map_err(fail)?;
            let plain = std::mem::take(&mut stream.content);
            if deflated.len() < plain.len() {
                stream.dict.set("Filter", "FlateDecode");
                stream.set_content(deflated);
            } else {
                stream.set_content(plain);
            }
        }
    }
    Ok(())
}

/// Sets the identity of the file from what it holds (ISO 32000-1, 14.4).
fn set_identity(file: &mut lopdf::Document) {
    let mut seed = Vec::new();
    for ((number, _), object) in &file.objects {
        seed.extend(number.to_be_bytes());
        match object {
            Object::Stream(stream) => seed.extend(hash(stream.content.iter().copied()).to_be_bytes()),
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::String(..)
            | Object::Array(_)
            | Object::Dictionary(_)
            | Object::Reference(_) => seed.extend(format!("{object:?}").bytes()),
        }
    }
    let halves = [hash(seed.iter().copied()), hash(seed.iter().rev().copied())];
    let identity: Vec<u8> = halves.iter().flat_map(|half| half.to_be_bytes()).collect();
    let identity = Object::String(identity, StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![identity.clone(), identity]);
}

/// FNV-1a, 64 bits.
pub(super) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
