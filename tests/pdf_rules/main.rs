//! PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1): each rule that a file of this program can break, checked on the
//! samples in every profile and on documents made for the purpose, as another library reads the files.

mod reading;
mod rules;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeSet;

use banshi::options::PdfStandard;
use banshi::profile::{BUILT_IN, Imposition, Profile};
use banshi::tree::{
    Block, BlockKind, Cell, Document, Image, Inline, List, ListItem, Note, Origin, Paragraph, Picture, Role,
    Row, Table,
};
use banshi::{Format, Options};
use hayro_syntax::Pdf;
use reading::Reading;
use support::{decoded, options, samples};

fn block(kind: BlockKind) -> Block {
    Block { kind, origin: Origin::default() }
}

fn paragraph(role: Role, content: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(Paragraph::new(role, content)))
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

/// A document of everything that the structure of a PDF has a type for, with all kinds of pictures.
fn everything() -> Document {
    let files: [(&str, &[u8]); 6] = [
        ("rgb.jpg", include_bytes!("../pictures/rgb.jpg")),
        ("grey.jpg", include_bytes!("../pictures/grey.jpg")),
        ("cmyk.jpg", include_bytes!("../pictures/cmyk.jpg")),
        ("progressive.jpg", include_bytes!("../pictures/progressive.jpg")),
        ("interlaced.png", include_bytes!("../pictures/interlaced.png")),
        ("transparent.png", include_bytes!("../pictures/transparent.png")),
    ];
    let image =
        |target: &str, alt: &str| Image { target: target.into(), alt: alt.into(), ..Image::default() };
    let cell = |words: &str, columns: u32, rows: u32| Cell {
        columns,
        rows,
        ..Cell::new(vec![paragraph(Role::Body, vec![text(words)])])
    };
    let item = |blocks: Vec<Block>| ListItem { checked: None, blocks };
    let inner = List {
        start: None,
        tight: true,
        items: vec![item(vec![paragraph(Role::Body, vec![text("再分一项")])])],
    };
    let list = List {
        start: Some(3),
        tight: true,
        items: vec![
            item(vec![paragraph(Role::Body, vec![text("第一项")]), block(BlockKind::List(inner))]),
            item(vec![paragraph(Role::Body, vec![text("第二项")])]),
        ],
    };
    let table = Table {
        header_rows: 1,
        rows: vec![
            Row::new(vec![cell("单位", 1, 1), cell("情况", 2, 1)]),
            Row::new(vec![cell("甲", 1, 2), cell("好", 1, 1), cell("快", 1, 1)]),
            Row::new(vec![cell("", 1, 1), cell("稳", 1, 1)]),
        ],
        ..Table::default()
    };
    let link = Inline::Link {
        target: "https://example.com/(文)?a=1&b=2".into(),
        title: String::new(),
        content: vec![text("办法"), text("全文")],
    };
    let nowhere =
        Inline::Link { target: String::new(), title: String::new(), content: vec![text("空链接")] };
    let mut blocks = vec![
        paragraph(Role::Heading(3), vec![text("先有三级标题")]),
        paragraph(Role::Title, vec![text("关于 <样张> & “一切”的通知")]),
        paragraph(Role::Heading(1), vec![text("一、正文")]),
        paragraph(
            Role::Body,
            vec![text("见"), link, text("，私用字\u{E0FF}、\u{F8FF}也在，"), Inline::Code("x = 1".into())],
        ),
        paragraph(Role::Body, vec![text("有注"), Inline::NoteRef("n".into()), text("。")]),
        paragraph(
            Role::Body,
            vec![text("行内有图"), Inline::Image(image("grey.jpg", "灰度")), text("，图后有字。")],
        ),
        paragraph(Role::Body, vec![text("见"), nowhere, text("。")]),
        paragraph(Role::Heading(2), vec![text(&"（一）标题长得没有道理𠮷".repeat(900))]),
        block(BlockKind::List(list)),
        block(BlockKind::Table(table)),
        block(BlockKind::Quote(vec![paragraph(Role::Body, vec![text("引文一段。")])])),
        block(BlockKind::Code(banshi::tree::Code { language: String::new(), text: "let x = 1;\n".into() })),
        block(BlockKind::Rule),
        paragraph(Role::Heading(3), vec![text("1. 跳级标题")]),
    ];
    blocks.extend(files.iter().map(|(target, _)| block(BlockKind::Image(image(target, "")))));
    let notes = vec![Note::foot("n", vec![paragraph(Role::Body, vec![text("注文。")])])];
    let pictures =
        files.iter().map(|(target, bytes)| Picture { target: (*target).into(), bytes: bytes.to_vec() });
    Document { blocks, notes, pictures: pictures.collect(), ..Document::default() }
}

/// Long enough for several pages, with a table that breaks across them.
fn long() -> Document {
    let mut document = everything();
    let row = |n: usize| {
        Row::new(
            (0..3)
                .map(|c| Cell::new(vec![paragraph(Role::Body, vec![text(&format!("第{n}行第{c}格"))])]))
                .collect(),
        )
    };
    let rows = (0..70).map(row).collect();
    document.blocks.push(block(BlockKind::Table(Table { header_rows: 1, rows, ..Table::default() })));
    let body = "各部门、各单位要按照任务分工抓好落实，确保各项工作按时完成。".repeat(12);
    document.blocks.extend((0..12).map(|_| paragraph(Role::Body, vec![text(&body)])));
    document
}

/// The rules that the PDF of a document breaks.
fn faults(document: &Document, options: &Options) -> Vec<String> {
    let bytes = banshi::encode(document, Format::Pdf, options).expect("written").value;
    let pdf = Pdf::new(bytes.clone()).expect("a PDF file");
    let reading = Reading::new(&bytes, &pdf);
    let faults =
        rules::RULES.iter().filter_map(|(rule, check)| Some(format!("{rule}: {}", check(&reading).err()?)));
    faults.collect()
}

fn check(what: &str, document: &Document, options: &Options) {
    let broken = faults(document, options);
    assert!(broken.is_empty(), "{what}:\n{}", broken.join("\n"));
}

#[test]
fn every_sample_keeps_every_rule_in_every_profile() {
    let samples = samples();
    std::thread::scope(|scope| {
        for built_in in &BUILT_IN {
            let samples = &samples;
            scope.spawn(move || {
                let mut options = options();
                options.profile = Profile::built_in(built_in.name).expect("built in").expect("valid");
                for sample in samples {
                    let what = format!("{} as {}", sample.display(), built_in.name);
                    check(&what, &decoded(sample).value, &options);
                }
            });
        }
    });
}

/// The documents of a folder of one's own: texts, Markdown and Word files below `BANSHI_CORPUS`.
#[test]
fn a_corpus_keeps_every_rule() {
    let Some(corpus) = std::env::var_os("BANSHI_CORPUS") else { return };
    let mut folders = vec![std::path::PathBuf::from(corpus)];
    let mut broken = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let Some(from @ (Format::Text | Format::Markdown | Format::Docx)) = Format::of_source(name)
            else {
                continue;
            };
            let bytes = std::fs::read(&path).expect("readable");
            // What is no document is none of ours.
            if let Ok(document) = banshi::decode(&bytes, from, &options()) {
                let faults = faults(&document.value, &options());
                broken.extend(faults.into_iter().map(|fault| format!("{}: {fault}", path.display())));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn everything_keeps_every_rule_however_it_is_put_on_sheets() {
    for (pages_per_sheet, booklet) in [(1, false), (2, false), (4, false), (2, true)] {
        let mut options = options();
        options.profile.imposition = Imposition { pages_per_sheet, booklet };
        for document in [everything(), long(), Document::default()] {
            check(&format!("{pages_per_sheet} pages, booklet {booklet}"), &document, &options);
        }
    }
}

/// The text of every element that holds pieces, in the order of the structure.
fn structure_text(document: &Document, options: &Options) -> Vec<(String, usize)> {
    let bytes = banshi::encode(document, Format::Pdf, options).expect("written").value;
    let pdf = Pdf::new(bytes.clone()).expect("a PDF file");
    let reading = Reading::new(&bytes, &pdf);
    reading.elements.iter().map(|element| (element.kind.clone(), element.content.len())).collect()
}

#[test]
fn a_booklet_is_read_in_the_order_of_its_pages() {
    let mut options = options();
    let kinds = |options: &Options| -> Vec<String> {
        structure_text(&long(), options).into_iter().map(|(kind, _)| kind).collect()
    };
    let plain = kinds(&options);
    options.profile.imposition = Imposition { pages_per_sheet: 2, booklet: true };
    assert_eq!(kinds(&options), plain);
}

#[test]
fn standards_differ_in_what_the_file_claims() {
    let document = everything();
    let made = |standard| {
        let mut options = options();
        options.pdf_standard = standard;
        let bytes = banshi::encode(&document, Format::Pdf, &options).expect("written").value;
        let pdf = Pdf::new(bytes.clone()).expect("a PDF file");
        let reading = Reading::new(&bytes, &pdf);
        let xmp = reading.xmp().expect("XMP");
        let level = xmp.split_once("<pdfaid:conformance>").map(|(_, rest)| rest[..1].to_owned());
        let intents = reading.catalog.contains_key("OutputIntents");
        (level, xmp.contains("pdfuaid:part"), intents)
    };
    assert_eq!(made(PdfStandard::None), (None, false, false));
    assert_eq!(made(PdfStandard::A2b), (Some("B".into()), false, true));
    assert_eq!(made(PdfStandard::A2u), (Some("U".into()), false, true));
    assert_eq!(made(PdfStandard::A2aUa1), (Some("A".into()), true, true));
}

#[test]
fn the_table_of_rules_is_that_of_the_checks() {
    let table = include_str!("../../docs/pdf-rules.md");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| A ") || line.starts_with("| UA "))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.iter().all(|row| row.len() == 4), "four columns");
    let tested: BTreeSet<&str> = rows.iter().filter(|row| row[2] == "tested").map(|row| row[0]).collect();
    let checks: BTreeSet<&str> = rules::RULES.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(tested, checks);
    let all: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
    assert_eq!(all.len(), rows.len(), "a rule stands in the table once");
    let unknown = rows.iter().find(|row| !["tested", "cannot occur", "not checked"].contains(&row[2]));
    assert!(unknown.is_none(), "{unknown:?}");
}
