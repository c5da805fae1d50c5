//! What the file says of itself: properties, the standards that it keeps, the meaning of its colours.

use std::fmt::Write as _;

use super::file::{Data, File, Id, Name, Text};
use crate::diagnostic::{Diagnostics, Kind};
use crate::layout::{ElementKind, Pages};
use crate::options::{Options, PdfStandard};
use crate::tree::{Date, Document, Location, Properties};

pub(super) const LANGUAGE: &str = "zh-CN";
const PROGRAM: &str = concat!("banshi ", env!("CARGO_PKG_VERSION"));
/// Characters of a paragraph that stand for a title.
const TITLE_LENGTH: usize = 40;

/// The properties as they go into the file.
pub(super) struct Metadata {
    title: String,
    author: Option<String>,
    date: Option<Date>,
    subject: Option<String>,
    keywords: Option<String>,
    other: Vec<(String, String)>,
    standard: PdfStandard,
}

impl Metadata {
    /// Gathers the properties of a document. A file needs a title (ISO 14289-1, 7.1): where the document has none it
    /// is the first heading, the name that the caller gives, or the first words.
    pub(super) fn new(
        document: &Document,
        pages: &Pages,
        options: &Options,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let Properties { title, author, date, mut other } = Properties::new(document);
        let mut take = |names: [&str; 2]| {
            let at = other.iter().position(|(name, _)| names.iter().any(|n| name.eq_ignore_ascii_case(n)))?;
            Some(other.remove(at).1)
        };
        let (subject, keywords) = (take(["subject", "主题"]), take(["keywords", "关键词"]));
        let title = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| {
            let title = stand_in(pages, options);
            let message =
                message!("the document has no title; the file is called by its first heading, name or words");
            diagnostics.report_text(
                Kind::Inferred,
                "title-inferred",
                Location::Whole,
                message,
                title.clone(),
            );
            title
        });
        let date = options.date.or(date);
        Self { title, author, date, subject, keywords, other, standard: options.pdf_standard }
    }

    /// Puts the information dictionary (ISO 32000-1, 14.3.3): what the document itself says, and nothing from a clock.
    pub(super) fn info(&self, file: &mut File) -> Id {
        let mut info = format!("/Title{}", Text(&self.title));
        let texts = [("Author", &self.author), ("Subject", &self.subject), ("Keywords", &self.keywords)];
        for (key, value) in texts {
            if let Some(value) = value {
                let _ = write!(info, "/{key}{}", Text(value));
            }
        }
        let _ = write!(info, "/Creator{}/Producer{}", Text(PROGRAM), Text(PROGRAM));
        if let Some(date) = &self.date {
            let date = date.pdf();
            let _ = write!(info, "/CreationDate{}/ModDate{}", Text(&date), Text(&date));
        }
        // Any other key may stand in the dictionary; a name has 127 bytes at most (ISO 32000-1, annex C).
        let mut known: Vec<&str> = ["Title", "Author", "Subject", "Keywords", "Creator", "Producer"].into();
        known.extend(["CreationDate", "ModDate", "Trapped"]);
        for (name, value) in &self.other {
            let end = (0..=name.len().min(100)).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
            let key = if end == 0 { "property" } else { &name[..end] };
            if !known.contains(&key) && !key.contains('\0') {
                known.push(key);
                let _ = write!(info, "{}{}", Name(key.as_bytes()), Text(value));
            }
        }
        file.add(format_args!("<<{info}>>"))
    }

    /// Puts the same properties as XMP (ISO 16684-1), and which standards the file keeps (ISO 19005-2, 6.6;
    /// ISO 14289-1, 5).
    pub(super) fn xmp(&self, file: &mut File) -> Id {
        let mut xmp = String::from(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
             <dc:format>application/pdf</dc:format>\n",
        );
        let mut localised = |name: &str, value: &str| {
            let _ = writeln!(
                xmp,
                "<dc:{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:{name}>",
                Xml(value)
            );
        };
        localised("title", &self.title);
        if let Some(subject) = &self.subject {
            localised("description", subject);
        }
        if let Some(author) = &self.author {
            let author = Xml(author);
            let _ = writeln!(xmp, "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>");
        }
        let _ = writeln!(xmp, "<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>");
        let _ = writeln!(xmp, "<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>");
        if let Some(date) = &self.date {
            let date = date.iso();
            let _ = writeln!(xmp, "<xmp:CreateDate>{date}</xmp:CreateDate>");
            let _ = writeln!(xmp, "<xmp:ModifyDate>{date}</xmp:ModifyDate>");
        }
        let _ = writeln!(xmp, "<pdf:Producer>{PROGRAM}</pdf:Producer>");
        if let Some(keywords) = &self.keywords {
            let _ = writeln!(xmp, "<pdf:Keywords>{}</pdf:Keywords>", Xml(keywords));
        }
        xmp.push_str("</rdf:Description>\n");
        if let Some(level) = self.standard.level() {
            let _ = writeln!(
                xmp,
                "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
                 <pdfaid:part>2</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance></rdf:Description>"
            );
        }
        if self.standard == PdfStandard::A2aUa1 {
            xmp.push_str(UNIVERSAL_ACCESS);
        }
        xmp.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
        // Readers that know no PDF find it only if it is not compressed.
        file.add_stream("/Type/Metadata/Subtype/XML", Data::Plain(xmp.into_bytes()))
    }

    /// Puts the meaning of the colours, where the standard asks for it: sRGB (ISO 19005-2, 6.2.3).
    pub(super) fn output_intent(&self, file: &mut File) -> Option<String> {
        self.standard.level()?;
        let profile = file.add_stream("/N 3/Alternate/DeviceRGB", Data::Deflate(srgb()));
        Some(format!(
            "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)\
             /RegistryName(http://www.color.org)/Info(sRGB IEC61966-2.1)/DestOutputProfile {profile}>>]"
        ))
    }
}

/// What stands for the title of a document that has none.
fn stand_in(pages: &Pages, options: &Options) -> String {
    let lines = || pages.pages.iter().flat_map(|page| &page.lines);
    let heading = |kind: &ElementKind| matches!(kind, ElementKind::Heading(_));
    let first = |wanted: &dyn Fn(&ElementKind) -> bool| {
        let mut element = None;
        let mut words = String::new();
        for run in lines().flat_map(|line| &line.runs) {
            let Some(of) = run.element else { continue };
            if element.is_none() && wanted(&pages.elements[of.index()].kind) {
                element = Some(of);
            }
            if element == Some(of) {
                words.extend(run.glyphs.iter().flat_map(|glyph| [Some(glyph.text), glyph.then]).flatten());
            }
        }
        let words: String = words.trim().chars().take(TITLE_LENGTH).collect();
        Some(words).filter(|words| !words.is_empty())
    };
    let named = options.name.clone().filter(|name| !name.trim().is_empty());
    first(&heading).or(named).or_else(|| first(&|_| true)).unwrap_or_else(|| "无标题".to_owned())
}

/// PDF/UA and, since PDF/A does not know its schema, what this is (ISO 19005-2, 6.6.2.3).
const UNIVERSAL_ACCESS: &str = "\
<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
";

/// Text in XML, without the characters that XML does not have.
struct Xml<'a>(&'a str);

impl std::fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// The colour space sRGB as a profile of ICC.1:2004-10 (version 4.2), from the numbers of IEC 61966-2-1.
fn srgb() -> Vec<u8> {
    const D50: [f64; 3] = [0.9642, 1.0, 0.8249];
    // Fixed point, 16 bits of fraction.
    #[allow(clippy::cast_possible_truncation, reason = "numbers about 1")]
    let fixed = |n: f64| ((n * 65536.0).round() as i32).to_be_bytes();
    let numbers = |kind: &[u8; 4], numbers: &[f64]| {
        [&kind[..], &[0; 4], &numbers.iter().flat_map(|n| fixed(*n)).collect::<Vec<_>>()].concat()
    };
    let words = |text: &str| {
        let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let length = u32::try_from(text.len()).unwrap_or(0).to_be_bytes();
        [&b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS"[..], &length, &[0, 0, 0, 28], &text].concat()
    };
    // The curve of 5.2, as a function of type 3, and the primaries as seen under D50.
    let curve = [&b"para\0\0\0\0\0\x03\0\0"[..]]
        .into_iter()
        .map(<[u8]>::to_vec)
        .chain([2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045].map(|n| fixed(n).to_vec()))
        .collect::<Vec<_>>()
        .concat();
    let adaptation = [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168];
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", words("sRGB IEC61966-2.1")),
        (b"cprt", words("Public domain")),
        (b"wtpt", numbers(b"XYZ ", &D50)),
        (b"chad", numbers(b"sf32", &adaptation)),
        (b"rXYZ", numbers(b"XYZ ", &[0.436_065, 0.222_488, 0.013_916])),
        (b"gXYZ", numbers(b"XYZ ", &[0.385_147, 0.716_873, 0.097_076])),
        (b"bXYZ", numbers(b"XYZ ", &[0.143_066, 0.060_608, 0.714_096])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let word = |n: usize| u32::try_from(n).unwrap_or(0).to_be_bytes();
    let mut table = word(tags.len()).to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    let mut last: Option<(Vec<u8>, usize)> = None;
    for (name, mut tag) in tags {
        let length = tag.len();
        tag.resize(length.next_multiple_of(4), 0);
        // The three curves are one.
        let at = match &last {
            Some((known, at)) if *known == tag => *at,
            _ => {
                data.extend(&tag);
                start + data.len() - tag.len()
            }
        };
        table.extend([&name[..], &word(at), &word(length)].concat());
        last = Some((tag, at));
    }
    let mut profile = vec![0; 128];
    profile[..4].copy_from_slice(&word(start + data.len()));
    profile[8..12].copy_from_slice(&[4, 0x20, 0, 0]);
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    // A date is asked for; this is that of the standard.
    profile[24..36].copy_from_slice(&[0x07, 0xCF, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0]);
    profile[36..40].copy_from_slice(b"acsp");
    for (n, number) in D50.into_iter().enumerate() {
        profile[68 + 4 * n..72 + 4 * n].copy_from_slice(&fixed(number));
    }
    [profile, table, data].concat()
}
