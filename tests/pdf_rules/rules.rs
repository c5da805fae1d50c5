//! The rules of PDF/A-2a and PDF/UA-1 that a file of this program can break, each a check of a file.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::object::{
    Array, Dict, Number, Object, ObjectIdentifier, Rect, Stream, String as PdfString,
};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, MetadataProvider as _};

use crate::reading::{FontReading, Reading, items, name, string};

type Check = fn(&Reading<'_>) -> Result<(), String>;

/// The rules, by the names that docs/pdf-rules.md gives them.
pub(crate) const RULES: &[(&str, Check)] = &[
    ("A 6.1.2", header),
    ("A 6.1.3", trailer),
    ("A 6.1.5", info_agrees_with_xmp),
    ("A 6.1.7", streams),
    ("A 6.1.13", limits),
    ("A 6.2.2", operators),
    ("A 6.2.3", output_intent),
    ("A 6.2.4", colours),
    ("A 6.2.8", images),
    ("A 6.2.10", transparency),
    ("A 6.2.11.3", composite_fonts),
    ("A 6.2.11.4", embedded_fonts),
    ("A 6.2.11.5", widths),
    ("A 6.2.11.7.2", unicode),
    ("A 6.2.11.7.3", private_use),
    ("A 6.2.11.8", no_missing_glyph),
    ("A 6.3", annotations),
    ("A 6.5", actions),
    ("A 6.6.2", xmp_packet),
    ("A 6.6.2.3", extension_schema),
    ("A 6.6.4", pdfa_identification),
    ("A 6.7.2", marked),
    ("A 6.7.3.4", standard_types),
    ("A 6.7.4", language),
    ("UA 5", pdfua_identification),
    ("UA 7.1/1-3", all_content_is_tagged),
    ("UA 7.1/4", not_suspect),
    ("UA 7.1/9", title),
    ("UA 7.1/10", title_is_displayed),
    ("UA 7.1/11-12", structure_tree),
    ("UA 7.2 tables", tables),
    ("UA 7.2 lists", lists),
    ("UA 7.3", figures),
    ("UA 7.4", headings),
    ("UA 7.5", table_headers),
    ("UA 7.9", notes),
    ("UA 7.18.1", annotations_are_tagged),
    ("UA 7.18.3", tab_order),
    ("UA 7.18.5", links),
];

fn that(holds: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(fault()) }
}

fn need<T>(value: Option<T>, what: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("no {what}"))
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn header(file: &Reading<'_>) -> Result<(), String> {
    let mut lines = file.bytes.split(|byte| *byte == b'\n');
    that(lines.next() == Some(b"%PDF-1.7"), || "the first line".into())?;
    let comment = lines.next().unwrap_or_default();
    let high = comment.iter().skip(1).filter(|byte| **byte > 127).count();
    that(comment.first() == Some(&b'%') && high >= 4, || format!("the second line: {comment:?}"))
}

fn trailer(file: &Reading<'_>) -> Result<(), String> {
    let trailer = file.trailer();
    that(contains(trailer, b"/ID["), || "no ID".into())?;
    that(!contains(trailer, b"/Encrypt"), || "encrypted".into())?;
    that(file.bytes.ends_with(b"%%EOF\n"), || "something after the end".into())
}

fn info_agrees_with_xmp(file: &Reading<'_>) -> Result<(), String> {
    let metadata = file.pdf.metadata();
    let xmp = need(file.xmp(), "XMP")?;
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let info = info(file)?;
    for (key, before, after) in [
        ("Title", "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", "</rdf:li></rdf:Alt></dc:title>"),
        ("Author", "<dc:creator><rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq></dc:creator>"),
        ("Producer", "<pdf:Producer>", "</pdf:Producer>"),
        ("Creator", "<xmp:CreatorTool>", "</xmp:CreatorTool>"),
    ] {
        let stated = string(&info, key);
        let in_xmp = xmp.split_once(before).and_then(|(_, rest)| Some(rest.split_once(after)?.0));
        that(stated.as_deref().map(escaped).as_deref() == in_xmp, || {
            format!("{key}: {stated:?}, {in_xmp:?}")
        })?;
    }
    let dates = [(metadata.creation_date, "CreateDate"), (metadata.modification_date, "ModifyDate")];
    for (date, name) in dates {
        let in_xmp = xmp.split_once(&format!("<xmp:{name}>"));
        let same = match (date, in_xmp) {
            (None, None) => true,
            (Some(date), Some((_, rest))) => {
                rest.starts_with(&format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
            }
            _ => false,
        };
        that(same, || format!("{name} differs from the dictionary"))?;
    }
    Ok(())
}

fn info<'a>(file: &Reading<'a>) -> Result<Dict<'a>, String> {
    let trailer = file.trailer();
    let text = std::str::from_utf8(&trailer[..trailer.len().min(4000)]).map_err(|error| error.to_string())?;
    let number = text.split_once("/Info ").and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
    let id = ObjectIdentifier::new(need(number, "Info")?, 0);
    need(file.pdf.xref().get::<Dict<'_>>(id), "Info")
}

fn all_streams<'a>(file: &Reading<'a>) -> Vec<Stream<'a>> {
    file.pdf.objects().into_iter().filter_map(Object::into_stream).collect()
}

fn streams(file: &Reading<'_>) -> Result<(), String> {
    for stream in all_streams(file) {
        let dict = stream.dict();
        for key in ["F", "FFilter", "FDecodeParms"] {
            that(!dict.contains_key(key), || format!("{key} in a stream"))?;
        }
        let filter = name(dict, "Filter");
        that(matches!(filter.as_deref(), None | Some("FlateDecode" | "DCTDecode")), || {
            format!("{filter:?}")
        })?;
        let length = dict.get::<Number>("Length").map(|length| length.as_i64());
        that(length == i64::try_from(stream.raw_data().len()).ok(), || format!("a length of {length:?}"))?;
    }
    Ok(())
}

fn limits(file: &Reading<'_>) -> Result<(), String> {
    that(file.pdf.len() < 8_388_607, || "too many objects".into())?;
    for object in file.pdf.objects() {
        within_limits(&object)?;
    }
    for page in &file.pages {
        that(page.depth <= 28, || format!("q nests {} deep", page.depth))?;
        that(page.longest <= 32_767, || format!("a string of {} bytes", page.longest))?;
        let area = need(page.dict.get::<Rect>("MediaBox"), "MediaBox")?;
        let (width, height) = (area.x1 - area.x0, area.y1 - area.y0);
        that([width, height].iter().all(|side| (3.0..=14_400.0).contains(side)), || {
            format!("a page of {width} by {height}")
        })?;
    }
    Ok(())
}

fn within_limits(object: &Object<'_>) -> Result<(), String> {
    match object {
        Object::String(text) => that(text.as_bytes().len() <= 32_767, || "a long string".into()),
        Object::Name(name) => that(name.as_str().len() <= 127, || format!("a long name: {}", name.as_str())),
        Object::Number(number) => {
            that(number.as_f64().abs() <= 2_147_483_647.0, || format!("{}", number.as_f64()))
        }
        Object::Array(array) => array.raw_iter().try_for_each(|item| match item {
            hayro_syntax::object::MaybeRef::NotRef(object) => within_limits(&object),
            hayro_syntax::object::MaybeRef::Ref(_) => Ok(()),
        }),
        Object::Dict(dict) => dict.entries().try_for_each(|(key, value)| {
            that(key.as_str().len() <= 127, || format!("a long key: {}", key.as_str()))?;
            match value {
                hayro_syntax::object::MaybeRef::NotRef(object) => within_limits(&object),
                hayro_syntax::object::MaybeRef::Ref(_) => Ok(()),
            }
        }),
        Object::Stream(_) | Object::Null(_) | Object::Boolean(_) => Ok(()),
    }
}

fn operators(file: &Reading<'_>) -> Result<(), String> {
    const USED: [&str; 24] = [
        "q", "Q", "cm", "w", "re", "f", "S", "G", "BT", "ET", "Tf", "Tc", "Tr", "Tm", "TJ", "Do", "BMC",
        "BDC", "EMC", "g", "gs", "ri", "rg", "RG",
    ];
    for page in &file.pages {
        that(page.dict.contains_key("Resources"), || "resources are inherited".into())?;
        let other = page.operators.iter().find(|operator| !USED.contains(&operator.as_str()));
        that(other.is_none(), || format!("the operator {other:?}"))?;
    }
    Ok(())
}

fn output_intent(file: &Reading<'_>) -> Result<(), String> {
    let intents = items(&file.catalog, "OutputIntents", file.pdf);
    let [(_, Object::Dict(intent))] = intents.as_slice() else {
        return Err(format!("{} intents", intents.len()));
    };
    that(name(intent, "S").as_deref() == Some("GTS_PDFA1"), || "another kind of intent".into())?;
    that(intent.contains_key("OutputConditionIdentifier"), || "no identifier".into())?;
    let profile = need(intent.get::<Stream<'_>>("DestOutputProfile"), "profile")?;
    that(profile.dict().get::<Number>("N").map(|n| n.as_i64()) == Some(3), || "not three colours".into())?;
    let profile = profile.decoded().map_err(|error| format!("{error:?}"))?;
    check_profile(&profile, b"RGB ")
}

/// What every profile needs (ICC.1:2004-10, 7.2): a head, and the tags of a display.
fn check_profile(profile: &[u8], space: &[u8]) -> Result<(), String> {
    that(profile.len() > 132, || "a short profile".into())?;
    let word =
        |at: usize| u32::from_be_bytes([profile[at], profile[at + 1], profile[at + 2], profile[at + 3]]);
    that(word(0) as usize == profile.len(), || "its length".into())?;
    that((2..=4).contains(&profile[8]), || format!("version {}", profile[8]))?;
    that([&b"mntr"[..], b"prtr", b"scnr", b"spac"].contains(&&profile[12..16]), || "its class".into())?;
    that(&profile[16..20] == space, || "its colours".into())?;
    that(&profile[36..40] == b"acsp", || "its mark".into())?;
    for n in 0..word(128) as usize {
        let row = 132 + 12 * n;
        let (start, length) = (word(row + 4) as usize, word(row + 8) as usize);
        that(start + length <= profile.len() && start % 4 == 0, || format!("tag {n}"))?;
    }
    Ok(())
}

fn colours(file: &Reading<'_>) -> Result<(), String> {
    for page in &file.pages {
        for operator in ["k", "K", "cs", "CS", "sc", "scn", "SC", "SCN", "sh"] {
            that(!page.operators.contains(operator), || format!("the colour operator {operator}"))?;
        }
        for image in &page.images {
            let space = colour_space(image, file)?;
            that(space != "DeviceCMYK", || "colours of a printer".into())?;
        }
    }
    Ok(())
}

fn colour_space(image: &Stream<'_>, file: &Reading<'_>) -> Result<String, String> {
    let space = items(image.dict(), "ColorSpace", file.pdf);
    let base = match space.as_slice() {
        [(_, Object::Name(name))] => return Ok(name.as_str().to_owned()),
        [(_, Object::Name(kind)), rest @ ..] if kind.as_str() == "Indexed" => rest,
        all => all,
    };
    match base {
        [(_, Object::Name(kind)), (_, Object::Stream(profile)), ..] if kind.as_str() == "ICCBased" => {
            icc(profile)
        }
        [(_, Object::Array(array)), ..] => {
            let profile = array.iter::<Object<'_>>().find_map(Object::into_stream);
            icc(&need(profile, "profile")?)
        }
        [(_, Object::Name(name)), ..] => Ok(name.as_str().to_owned()),
        other => Err(format!("{other:?}")),
    }
}

fn icc(profile: &Stream<'_>) -> Result<String, String> {
    let count = profile.dict().get::<Number>("N").map(|n| n.as_i64());
    let space: &[u8] = match count {
        Some(1) => b"GRAY",
        Some(3) => b"RGB ",
        Some(4) => b"CMYK",
        other => return Err(format!("{other:?} colours")),
    };
    check_profile(&profile.decoded().map_err(|error| format!("{error:?}"))?, space)?;
    Ok("ICCBased".into())
}

fn images(file: &Reading<'_>) -> Result<(), String> {
    for image in file.pages.iter().flat_map(|page| &page.images) {
        let dict = image.dict();
        for key in ["Alternates", "OPI", "Interpolate", "Intent"] {
            that(!dict.contains_key(key), || format!("{key} in an image"))?;
        }
        that(name(dict, "Subtype").as_deref() == Some("Image"), || "no image".into())?;
        if name(dict, "Filter").as_deref() != Some("DCTDecode") {
            let number = |key: &str| dict.get::<Number>(key).map_or(0, |n| n.as_i64());
            let parameters = need(dict.get::<Dict<'_>>("DecodeParms"), "DecodeParms")?;
            let colours = parameters.get::<Number>("Colors").map_or(1, |n| n.as_i64());
            let row = (number("Width") * number("BitsPerComponent") * colours + 7) / 8;
            let data = image.decoded().map_err(|error| format!("{error:?}"))?;
            that(i64::try_from(data.len()) == Ok(row * number("Height")), || {
                format!("{} bytes for rows of {row}", data.len())
            })?;
        }
    }
    Ok(())
}

fn transparency(file: &Reading<'_>) -> Result<(), String> {
    for page in &file.pages {
        let masked = page.images.iter().any(|image| image.dict().contains_key("SMask"));
        let group = page.dict.get::<Dict<'_>>("Group");
        that(!masked || group.is_some_and(|group| group.contains_key("CS")), || "no blending space".into())?;
    }
    Ok(())
}

/// The descendant of a composite font.
fn descendant<'a>(font: &FontReading<'a>) -> Result<Dict<'a>, String> {
    let descendants = need(font.dict.get::<Array<'a>>("DescendantFonts"), "descendant")?;
    let descendant = descendants.iter::<Dict<'a>>().next();
    need(descendant, "descendant")
}

fn composite_fonts(file: &Reading<'_>) -> Result<(), String> {
    for font in file.fonts.values() {
        that(name(&font.dict, "Subtype").as_deref() == Some("Type0"), || "a simple font".into())?;
        that(name(&font.dict, "Encoding").as_deref() == Some("Identity-H"), || "another map".into())?;
        let cid = descendant(font)?;
        that(name(&cid, "Subtype").as_deref() == Some("CIDFontType2"), || "not TrueType".into())?;
        that(cid.contains_key("CIDToGIDMap"), || "no CIDToGIDMap".into())?;
        that(name(&cid, "BaseFont") == name(&font.dict, "BaseFont"), || "two names".into())?;
        let system = need(cid.get::<Dict<'_>>("CIDSystemInfo"), "CIDSystemInfo")?;
        that(string(&system, "Registry").as_deref() == Some("Adobe"), || "the registry".into())?;
        that(string(&system, "Ordering").as_deref() == Some("Identity"), || "the ordering".into())?;
    }
    Ok(())
}

/// The program of a font, and the glyph of each code that is shown.
fn program(font: &FontReading<'_>) -> Result<(Vec<u8>, BTreeMap<u16, u16>), String> {
    let cid = descendant(font)?;
    let descriptor = need(cid.get::<Dict<'_>>("FontDescriptor"), "FontDescriptor")?;
    let program = need(descriptor.get::<Stream<'_>>("FontFile2"), "FontFile2")?;
    let program = program.decoded().map_err(|error| format!("{error:?}"))?.to_vec();
    let map = cid.get::<Stream<'_>>("CIDToGIDMap").and_then(|map| map.decoded().ok().map(|map| map.to_vec()));
    let glyph = |code: u16| match &map {
        None => Some(code),
        Some(map) => {
            let at = 2 * usize::from(code);
            Some(u16::from_be_bytes([*map.get(at)?, *map.get(at + 1)?]))
        }
    };
    let mut glyphs = BTreeMap::new();
    for code in &font.codes {
        glyphs.insert(*code, need(glyph(*code), "glyph")?);
    }
    Ok((program, glyphs))
}

fn embedded_fonts(file: &Reading<'_>) -> Result<(), String> {
    that(!file.fonts.is_empty(), || "no fonts".into())?;
    for font in file.fonts.values() {
        let (program, glyphs) = program(font)?;
        let face = FontRef::new(&program).map_err(|error| error.to_string())?;
        let count = face.maxp().map_err(|error| error.to_string())?.num_glyphs();
        let outlines = face.outline_glyphs();
        for (code, glyph) in glyphs {
            let present = glyph < count && outlines.get(u32::from(glyph).into()).is_some();
            that(present, || format!("code {code} has no outline"))?;
        }
        let descriptor = need(descendant(font)?.get::<Dict<'_>>("FontDescriptor"), "FontDescriptor")?;
        that(!descriptor.contains_key("CIDSet"), || "a CIDSet".into())?;
        let full = name(&font.dict, "BaseFont").unwrap_or_default();
        let tagged = full
            .split_once('+')
            .is_some_and(|(tag, _)| tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()));
        that(tagged && name(&descriptor, "FontName").as_deref() == Some(&full), || full.clone())?;
    }
    Ok(())
}

fn widths(file: &Reading<'_>) -> Result<(), String> {
    for font in file.fonts.values() {
        let (program, glyphs) = program(font)?;
        let face = FontRef::new(&program).map_err(|error| error.to_string())?;
        let units = f64::from(face.head().map_err(|error| error.to_string())?.units_per_em());
        let stated = stated_widths(&descendant(font)?)?;
        let location = skrifa::instance::LocationRef::default();
        let metrics = face.glyph_metrics(skrifa::instance::Size::unscaled(), location);
        for (code, glyph) in glyphs {
            let own = metrics.advance_width(u32::from(glyph).into()).map_or(0.0, f64::from) * 1000.0 / units;
            let stated = stated.get(&code).copied().unwrap_or(1000.0);
            that((own - stated).abs() <= 1.0, || format!("code {code}: {own} in the font, {stated} stated"))?;
        }
    }
    Ok(())
}

fn stated_widths(cid: &Dict<'_>) -> Result<BTreeMap<u16, f64>, String> {
    let mut widths = BTreeMap::new();
    let mut first: Option<u16> = None;
    for item in need(cid.get::<Array<'_>>("W"), "W")?.iter::<Object<'_>>() {
        match item {
            Object::Number(number) => first = u16::try_from(number.as_i64()).ok(),
            Object::Array(array) => {
                let from = need(first, "first code")?;
                let numbers = array.iter::<Number>().map(|number| number.as_f64());
                widths.extend((from..).zip(numbers));
            }
            other => return Err(format!("{other:?} in W")),
        }
    }
    Ok(widths)
}

/// Code to characters, as the ToUnicode map of a font states them.
pub(crate) fn unicode_map(font: &FontReading<'_>) -> Result<BTreeMap<u16, String>, String> {
    let stream = need(font.dict.get::<Stream<'_>>("ToUnicode"), "ToUnicode")?;
    let map = stream.decoded().map_err(|error| format!("{error:?}"))?.to_vec();
    let map = String::from_utf8(map).map_err(|error| error.to_string())?;
    let hex = |text: &str| -> Vec<u16> {
        let digits: Vec<char> = text.chars().filter(char::is_ascii_hexdigit).collect();
        digits
            .chunks(4)
            .filter_map(|four| u16::from_str_radix(&four.iter().collect::<String>(), 16).ok())
            .collect()
    };
    let mut found = BTreeMap::new();
    for (kind, end) in [("beginbfchar", "endbfchar"), ("beginbfrange", "endbfrange")] {
        for part in map.split(kind).skip(1) {
            for line in part.split(end).next().unwrap_or_default().lines() {
                let strings: Vec<Vec<u16>> =
                    line.split('<').skip(1).filter_map(|part| Some(hex(part.split_once('>')?.0))).collect();
                match (kind, strings.as_slice()) {
                    ("beginbfchar", [code, text]) => {
                        found.insert(code[0], String::from_utf16(text).map_err(|error| error.to_string())?);
                    }
                    ("beginbfrange", [first, last, texts @ ..]) => {
                        for (n, code) in (first[0]..=last[0]).enumerate() {
                            let mut text = texts.get(n).unwrap_or(&texts[0]).clone();
                            if texts.len() == 1 {
                                *need(text.last_mut(), "text")? += u16::try_from(n).unwrap_or(0);
                            }
                            let text = String::from_utf16(&text).map_err(|error| error.to_string())?;
                            found.insert(code, text);
                        }
                    }
                    (_, []) => {}
                    (_, other) => return Err(format!("{other:?} in a map")),
                }
            }
        }
    }
    Ok(found)
}

fn unicode(file: &Reading<'_>) -> Result<(), String> {
    for font in file.fonts.values() {
        let map = unicode_map(font)?;
        for code in &font.codes {
            let text = need(map.get(code), &format!("characters of code {code}"))?;
            let allowed = !text.is_empty() && !text.contains(['\0', '\u{FEFF}', '\u{FFFE}']);
            that(allowed, || format!("code {code} is {text:?}"))?;
        }
    }
    Ok(())
}

fn private_use(file: &Reading<'_>) -> Result<(), String> {
    for font in file.fonts.values() {
        let map = unicode_map(font)?;
        let private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
        let bare = font.bare.iter().find(|code| map.get(code).is_some_and(|text| text.contains(private)));
        that(bare.is_none(), || format!("code {bare:?} is private and its text not stated"))?;
    }
    Ok(())
}

fn no_missing_glyph(file: &Reading<'_>) -> Result<(), String> {
    for font in file.fonts.values() {
        let missing = program(font)?.1.into_iter().find(|(_, glyph)| *glyph == 0);
        that(missing.is_none(), || format!("{missing:?} shows the missing glyph"))?;
    }
    Ok(())
}

fn annotations(file: &Reading<'_>) -> Result<(), String> {
    for (_, annotation) in file.annotations() {
        that(name(&annotation, "Subtype").as_deref() == Some("Link"), || "no link".into())?;
        let flags = annotation.get::<Number>("F").map(|flags| flags.as_i64());
        that(flags == Some(4), || format!("flags {flags:?}"))?;
    }
    Ok(())
}

fn actions(file: &Reading<'_>) -> Result<(), String> {
    for key in ["OpenAction", "AA", "AcroForm", "Names", "OCProperties", "Requirements", "Perms"] {
        that(!file.catalog.contains_key(key), || format!("{key} in the catalog"))?;
    }
    for page in &file.pages {
        that(!page.dict.contains_key("AA"), || "actions of a page".into())?;
    }
    for (_, annotation) in file.annotations() {
        let action = need(annotation.get::<Dict<'_>>("A"), "action")?;
        that(name(&action, "S").as_deref() == Some("URI"), || "another action".into())?;
        let address = need(string(&action, "URI"), "address")?;
        that(address.bytes().all(|byte| byte.is_ascii_graphic()), || address.clone())?;
    }
    Ok(())
}

fn xmp_packet(file: &Reading<'_>) -> Result<(), String> {
    let stream = need(file.catalog.get::<Stream<'_>>("Metadata"), "Metadata")?;
    that(name(stream.dict(), "Type").as_deref() == Some("Metadata"), || "its type".into())?;
    that(name(stream.dict(), "Subtype").as_deref() == Some("XML"), || "its subtype".into())?;
    that(!stream.dict().contains_key("Filter"), || "it is compressed".into())?;
    let xmp = need(file.xmp(), "XMP in UTF-8")?;
    let head = xmp.split("?>").next().unwrap_or_default();
    that(head == "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"", || head.to_owned())?;
    that(xmp.ends_with("<?xpacket end=\"r\"?>"), || "its end".into())?;
    let mut reader = quick_xml::Reader::from_str(&xmp);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
}

fn extension_schema(file: &Reading<'_>) -> Result<(), String> {
    let xmp = need(file.xmp(), "XMP")?;
    let declared = [
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
        "<pdfaSchema:schema>",
        "<pdfaProperty:name>part</pdfaProperty:name>",
        "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
        "<pdfaProperty:category>internal</pdfaProperty:category>",
        "<pdfaProperty:description>",
    ];
    let lacking = declared.iter().find(|part| !xmp.contains(*part));
    that(lacking.is_none(), || format!("{lacking:?} is lacking"))?;
    // Nothing else is used that PDF/A does not know.
    let known = ["rdf", "x", "xml", "xmlns", "dc", "xmp", "pdf", "pdfaid", "pdfuaid"];
    let prefixes: BTreeSet<&str> = xmp
        .split('<')
        .filter_map(|tag| tag.trim_start_matches('/').split([' ', '>']).next()?.split_once(':'))
        .map(|(prefix, _)| prefix)
        .collect();
    let other = prefixes.iter().find(|prefix| !known.contains(prefix) && !prefix.starts_with("pdfa"));
    that(other.is_none(), || format!("the schema {other:?}"))
}

fn pdfa_identification(file: &Reading<'_>) -> Result<(), String> {
    let xmp = need(file.xmp(), "XMP")?;
    that(xmp.contains("xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""), || "its schema".into())?;
    that(xmp.contains("<pdfaid:part>2</pdfaid:part>"), || "the part".into())?;
    that(xmp.contains("<pdfaid:conformance>A</pdfaid:conformance>"), || "the level".into())
}

fn marked(file: &Reading<'_>) -> Result<(), String> {
    let info = need(file.catalog.get::<Dict<'_>>("MarkInfo"), "MarkInfo")?;
    that(info.get::<bool>("Marked") == Some(true), || "not marked".into())
}

fn standard_types(file: &Reading<'_>) -> Result<(), String> {
    const TYPES: [&str; 22] = [
        "Document",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "BlockQuote",
        "Code",
        "Note",
        "Reference",
        "Link",
        "Figure",
    ];
    let other = file.elements.iter().find(|element| !TYPES.contains(&element.kind.as_str()));
    that(other.is_none(), || format!("the type {}", other.map_or("", |element| &element.kind)))?;
    let root = need(file.catalog.get::<Dict<'_>>("StructTreeRoot"), "StructTreeRoot")?;
    that(!root.contains_key("RoleMap"), || "types are mapped".into())
}

fn language(file: &Reading<'_>) -> Result<(), String> {
    that(string(&file.catalog, "Lang").as_deref() == Some("zh-CN"), || "no language".into())
}

fn pdfua_identification(file: &Reading<'_>) -> Result<(), String> {
    let xmp = need(file.xmp(), "XMP")?;
    that(xmp.contains("xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""), || "its schema".into())?;
    that(xmp.contains("<pdfuaid:part>1</pdfuaid:part>"), || "the part".into())
}

fn all_content_is_tagged(file: &Reading<'_>) -> Result<(), String> {
    let fault = file.pages.iter().flat_map(|page| &page.faults).next();
    that(fault.is_none(), || format!("{fault:?}"))
}

fn not_suspect(file: &Reading<'_>) -> Result<(), String> {
    let info = need(file.catalog.get::<Dict<'_>>("MarkInfo"), "MarkInfo")?;
    that(info.get::<bool>("Suspects") != Some(true), || "suspects".into())
}

fn title(file: &Reading<'_>) -> Result<(), String> {
    let xmp = need(file.xmp(), "XMP")?;
    let title = xmp.split_once("<dc:title>").and_then(|(_, rest)| rest.split_once("x-default\">"));
    let title = title.and_then(|(_, rest)| Some(rest.split_once('<')?.0));
    that(title.is_some_and(|title| !title.trim().is_empty()), || format!("the title {title:?}"))
}

fn title_is_displayed(file: &Reading<'_>) -> Result<(), String> {
    let viewer = need(file.catalog.get::<Dict<'_>>("ViewerPreferences"), "ViewerPreferences")?;
    that(viewer.get::<bool>("DisplayDocTitle") == Some(true), || "not displayed".into())
}

fn structure_tree(file: &Reading<'_>) -> Result<(), String> {
    let root = need(file.catalog.get_ref("StructTreeRoot"), "StructTreeRoot")?;
    let root: ObjectIdentifier = root.into();
    that(file.elements.first().is_some_and(|element| element.kind == "Document"), || "no Document".into())?;
    for element in &file.elements {
        let parent = element.parent.map_or(Some(root), |parent| file.elements[parent].id);
        let stated = element.dict.get_ref("P").map(ObjectIdentifier::from);
        that(stated == parent, || format!("{}: P is {stated:?}, not {parent:?}", element.kind))?;
    }
    // Each piece of a page leads to the element that holds it.
    let tree = need(file.catalog.get::<Dict<'_>>("StructTreeRoot"), "StructTreeRoot")?;
    let parents = need(tree.get::<Dict<'_>>("ParentTree"), "ParentTree")?;
    let numbers = items(&parents, "Nums", file.pdf);
    let mut rows = BTreeMap::new();
    for pair in numbers.chunks_exact(2) {
        let Object::Number(key) = &pair[0].1 else { return Err("a key that is no number".into()) };
        rows.insert(key.as_i64(), pair[1].clone());
    }
    let mut holders = BTreeMap::new();
    for element in &file.elements {
        for piece in &element.content {
            that(holders.insert(*piece, element.id).is_none(), || format!("{piece:?} is held twice"))?;
        }
    }
    for page in &file.pages {
        let id = need(page.dict.obj_id(), "number of a page")?;
        let key = need(page.dict.get::<Number>("StructParents"), "StructParents")?.as_i64();
        let Some((_, Object::Array(row))) = rows.get(&key) else { return Err(format!("no row {key}")) };
        let row: Vec<ObjectIdentifier> =
            row.raw_iter().filter_map(|item| item.as_obj_ref().map(ObjectIdentifier::from)).collect();
        let wanted: Vec<i64> = (0..i64::try_from(row.len()).unwrap_or(0)).collect();
        that(page.marked == wanted, || format!("pieces {:?}, {} in the row", page.marked, row.len()))?;
        for (number, element) in page.marked.iter().zip(row) {
            let holder = holders.get(&(id, *number)).copied().flatten();
            that(holder == Some(element), || {
                format!("piece {number} is held by {holder:?}, not {element:?}")
            })?;
        }
    }
    for (id, annotation) in file.annotations() {
        let key = need(annotation.get::<Number>("StructParent"), "StructParent")?.as_i64();
        let holder = file.elements.iter().find(|element| element.annotations.contains(&id));
        let row = rows.get(&key).and_then(|(element, _)| *element);
        that(row.is_some() && row == holder.and_then(|element| element.id), || format!("row {key}"))?;
    }
    Ok(())
}

fn tables(file: &Reading<'_>) -> Result<(), String> {
    for (at, element) in file.elements.iter().enumerate() {
        let parent = file.ancestors(at).next().unwrap_or_default();
        match element.kind.as_str() {
            "TR" => that(parent == "Table", || format!("TR in {parent}"))?,
            "TH" | "TD" => that(parent == "TR", || format!("{} in {parent}", element.kind))?,
            _ => {}
        }
        if element.kind == "Table" {
            that(file.kids(at).all(|(_, kid)| kid.kind == "TR"), || "not a row in a table".into())?;
            regular(file, at)?;
        }
        if element.kind == "TR" {
            let cells = file.kids(at).all(|(_, kid)| matches!(kid.kind.as_str(), "TH" | "TD"));
            that(cells, || "not a cell in a row".into())?;
        }
    }
    Ok(())
}

/// Every place of the grid is covered once (ISO 14289-1, 7.5; rules 7.2/41 to 43).
fn regular(file: &Reading<'_>, table: usize) -> Result<(), String> {
    let mut covered: BTreeSet<(usize, usize)> = BTreeSet::new();
    let (mut rows, mut width) = (0, 0);
    for (row, (at, _)) in file.kids(table).enumerate() {
        rows = row + 1;
        let mut column = 0;
        for (_, cell) in file.kids(at) {
            while covered.contains(&(row, column)) {
                column += 1;
            }
            let span = |key: &str| {
                let spans = items(&cell.dict, "A", file.pdf);
                let span = spans.iter().find_map(|(_, a)| match a {
                    Object::Dict(a) => a.get::<Number>(key),
                    _ => None,
                });
                span.map_or(1, |span| usize::try_from(span.as_i64()).unwrap_or(1))
            };
            for y in row..row + span("RowSpan") {
                for x in column..column + span("ColSpan") {
                    that(covered.insert((y, x)), || format!("row {y}, column {x} is covered twice"))?;
                    width = width.max(x + 1);
                }
            }
        }
    }
    let whole = covered.len() == rows * width && covered.iter().all(|(row, _)| *row < rows);
    that(whole, || format!("{} places of {rows} by {width}", covered.len()))
}

fn lists(file: &Reading<'_>) -> Result<(), String> {
    for (at, element) in file.elements.iter().enumerate() {
        let parent = file.ancestors(at).next().unwrap_or_default();
        match element.kind.as_str() {
            "LI" => that(parent == "L", || format!("LI in {parent}"))?,
            "LBody" => that(parent == "LI", || format!("LBody in {parent}"))?,
            "L" => that(file.kids(at).all(|(_, kid)| kid.kind == "LI"), || "not an item in a list".into())?,
            _ => {}
        }
    }
    Ok(())
}

fn figures(file: &Reading<'_>) -> Result<(), String> {
    let drawn: usize = file.pages.iter().map(|page| page.images.len()).sum();
    let figures: Vec<_> = file.elements.iter().filter(|element| element.kind == "Figure").collect();
    let held: usize = figures.iter().map(|figure| figure.content.len()).sum();
    that(held == drawn, || format!("{drawn} pictures, {held} of them in a Figure"))?;
    for figure in figures {
        let alt = string(&figure.dict, "Alt");
        that(alt.is_some_and(|alt| !alt.trim().is_empty()), || "a Figure without words".into())?;
    }
    Ok(())
}

fn headings(file: &Reading<'_>) -> Result<(), String> {
    let mut last = 0;
    for element in &file.elements {
        let Some(level) = element.kind.strip_prefix('H').and_then(|level| level.parse::<u8>().ok()) else {
            that(element.kind != "H", || "H beside H1".into())?;
            continue;
        };
        that(level <= last + 1, || format!("H{level} after H{last}"))?;
        last = level;
    }
    Ok(())
}

fn table_headers(file: &Reading<'_>) -> Result<(), String> {
    for cell in file.elements.iter().filter(|element| element.kind == "TH") {
        let attributes = need(cell.dict.get::<Dict<'_>>("A"), "attributes of a TH")?;
        that(name(&attributes, "O").as_deref() == Some("Table"), || "their owner".into())?;
        that(attributes.contains_key("Scope"), || "a TH without scope".into())?;
    }
    Ok(())
}

fn notes(file: &Reading<'_>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for note in file.elements.iter().filter(|element| element.kind == "Note") {
        let id = need(note.dict.get::<PdfString<'_>>("ID"), "ID of a note")?;
        that(seen.insert(id.as_bytes().to_vec()), || "two notes of one ID".into())?;
    }
    Ok(())
}

fn annotations_are_tagged(file: &Reading<'_>) -> Result<(), String> {
    for (id, _) in file.annotations() {
        let holder = file.elements.iter().find(|element| element.annotations.contains(&id));
        that(holder.is_some_and(|element| element.kind == "Link"), || "a link that is not tagged".into())?;
    }
    Ok(())
}

fn tab_order(file: &Reading<'_>) -> Result<(), String> {
    let other = file.pages.iter().any(|page| name(&page.dict, "Tabs").as_deref() != Some("S"));
    that(!other, || "a page in another order".into())
}

fn links(file: &Reading<'_>) -> Result<(), String> {
    for (_, annotation) in file.annotations() {
        let words = string(&annotation, "Contents");
        that(words.is_some_and(|words| !words.trim().is_empty()), || "a link without words".into())?;
    }
    Ok(())
}
