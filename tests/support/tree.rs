//! Trees of every kind, full of what formats stumble over: one generator for the properties of all of them.
//!
//! [`documents`] gives sound trees: run-in headings and points lie within their text, a marker is the beginning of
//! its paragraph. [`unsound`] gives trees that no decoder of text makes but that a JSON file may hold.

use banshi::tree::{
    Appearance, Block, BlockKind, Cell, Code, ColumnAlignment, Document, Face, Image, ImageSize, Inline,
    InlinePoint, InlineStyle, Lead, List, ListItem, Location, Marker, Meta, Note, NotePlace, Origin,
    Paragraph, Picture, Role, Row, Scheme, Table,
};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

/// Characters that mean something to a format, stand beside emphasis, are rare, or show nothing.
const NASTY: &[char] = &[
    '!', '"', '#', '$', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/', ':', ';', '<', '=', '>', '?',
    '@', '[', '\\', ']', '^', '_', '`', '{', '|', '}', '~', ' ', '\t', '\u{3000}', '\u{A0}', '\u{2003}', 'a',
    'b', '1', 'x', '2', '9', '甲', '乙', '一', '。', '，', '、', '；', '：', '？', '！', '“', '”', '‘', '’',
    '（', '）', '《', '》', '〈', '〉', '「', '」', '【', '】', '〔', '〕', '—', '…', '·', '①', 'Ⓐ', '€',
    '～', '＋', '％', '－', 'é', '\u{301}',
    // Rare Han: extensions A, B and G, a compatibility ideograph, a radical, one of private use.
    '㐂', '𠮷', '𪚥', '𰻝', '豈', '⼀', '\u{E000}', // Right to left, emoji and what joins them.
    'ש', 'م', '\u{202E}', '\u{200F}', '😀', '👨', '\u{200D}', '\u{FE0F}', '🇨',
    // What shows nothing, ends lines for some, or is no character of XML.
    '\n', '\r', '\u{1}', '\u{B}', '\u{C}', '\u{7F}', '\u{85}', '\u{2028}', '\u{200B}', '\u{2060}', '\u{AD}',
    '\u{FEFF}', '\u{FFFE}', '\0',
];

/// What looks like markup, a marker or an address.
const PIECES: &[&str] = &[
    "1. ",
    "2) ",
    "- ",
    "# ",
    "***",
    "---",
    "===",
    "———",
    "```",
    "~~~",
    "<div>",
    "<u>",
    "</u>",
    "&amp;",
    "&#65;",
    "http://a.b/c",
    "<http://a.b>",
    "[x] ",
    "[a](b)",
    "[^1]",
    "[a]: b",
    "一、",
    "第一，",
    "（一）",
    "1.",
    "| a |",
    ":--",
    "**",
    "__",
    "~~",
    "\\",
    "<!-- x -->",
    "<br>",
    "```a",
    "![",
    "](",
    "    ",
    "  \n",
    "\\|",
    "a@b.c",
    "www.a.b",
    "{.title}",
    ":::",
    "$x$",
    "]]>",
    "同志们：",
    "附件：1.表",
    "2026年1月5日",
];

/// Text of any characters.
pub(crate) fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(NASTY).prop_map(String::from),
        2 => select(PIECES).prop_map(String::from),
        1 => "[a-z甲-癸]{1,3}",
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Running text.
pub(crate) fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    const STYLES: &[InlineStyle] = &[
        InlineStyle::Strong,
        InlineStyle::Emphasis,
        InlineStyle::Strike,
        InlineStyle::Underline,
        InlineStyle::Superscript,
        InlineStyle::Subscript,
    ];
    const MARKUP: &[&str] = &[
        "<a>",
        "</a>",
        "<u>",
        "</u>",
        "<!-- x -->",
        "<div>",
        "<b>",
        "</b>",
        "x",
        "<x y='|'>",
        "<a\nb>",
        "<!-- ",
    ];
    let leaf = prop_oneof![
        8 => nasty().prop_map(Inline::Text),
        2 => "[甲乙丙a1 。”]{1,3}".prop_map(Inline::Text),
        1 => nasty().prop_map(Inline::Code),
        1 => image().prop_map(Inline::Image),
        1 => select(NOTES).prop_map(|id| Inline::NoteRef(id.into())),
        1 => Just(Inline::Break),
        1 => select(MARKUP).prop_map(|markup| Inline::Raw(markup.into())),
    ];
    let inline = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            4 => (select(STYLES), vec(inner.clone(), 0..4)).prop_map(|(style, content)| Inline::Styled(style, content)),
            1 => (nasty(), nasty(), vec(inner, 0..4))
                .prop_map(|(target, title, content)| Inline::Link { target, title, content }),
        ]
    });
    vec(inline, 0..5)
}

/// Ids of notes, some of which a document may lack.
const NOTES: &[&str] = &["1", "注", "a b", "b", "B", "", "no such"];

/// Targets of pictures, some of which a document carries.
const PICTURES: &[&str] = &["图.png", "media/image1.jpeg"];

fn image() -> impl Strategy<Value = Image> {
    let target = prop_oneof![nasty(), select(PICTURES).prop_map(String::from)];
    let size = (1u32..20_000, 1u32..20_000).prop_map(|(width, height)| ImageSize { width, height });
    (target, nasty(), nasty(), weighted(0.3, size)).prop_map(|(target, alt, title, size)| Image {
        target,
        alt,
        title,
        size,
    })
}

/// Markers as they are written, and how they are read.
const MARKERS: &[(Scheme, &str, &[u32])] = &[
    (Scheme::Part, "第一编　", &[1]),
    (Scheme::Chapter, "第二章　", &[2]),
    (Scheme::Section, "第三节　", &[3]),
    (Scheme::Article, "第四条　", &[4]),
    (Scheme::Han, "一、", &[1]),
    (Scheme::HanBracketed, "（一）", &[1]),
    (Scheme::Arabic, "1.", &[1]),
    (Scheme::Arabic, "1. ", &[1]),
    (Scheme::ArabicBracketed, "（1）", &[1]),
    (Scheme::Decimal, "1.2.3 ", &[1, 2, 3]),
    (Scheme::Circled, "①", &[1]),
    (Scheme::Roman, "Ⅳ. ", &[4]),
    (Scheme::Latin, "A. ", &[1]),
    (Scheme::Stem, "甲、", &[1]),
    (Scheme::Ordinal, "第一，", &[1]),
    (Scheme::Among, "其一，", &[1]),
    (Scheme::Is, "一是", &[1]),
    (Scheme::Must, "一要", &[1]),
    (Scheme::Aspect, "一方面，", &[1]),
    (Scheme::Dash, "——", &[]),
    (Scheme::Bullet, "● ", &[]),
];

/// Roles of a paragraph, body text most often.
pub(crate) fn roles() -> impl Strategy<Value = Role> {
    const ROLES: &[Role] = &[
        Role::Title,
        Role::Subtitle,
        Role::Marking,
        Role::DocumentNumber,
        Role::Occasion,
        Role::Date,
        Role::Byline,
        Role::Recipient,
        Role::Salutation,
        Role::Caption,
        Role::Closing,
        Role::Signature,
        Role::SigningDate,
        Role::AttachmentNote,
        Role::AttachmentLabel,
        Role::Remark,
        Role::Attendance,
        Role::CopyTo,
        Role::Boilerplate,
    ];
    prop_oneof![
        6 => Just(Role::Body),
        3 => select(ROLES),
        2 => (1u8..=9).prop_map(Role::Heading),
        1 => (1u8..=9).prop_map(Role::Point),
    ]
}

/// Paragraphs with a role and what is recognised inside them.
pub(crate) fn paragraphs() -> impl Strategy<Value = Paragraph> {
    let lead = (0.0..1.0f64, 1u8..=9, any::<bool>());
    let points = vec((0.0..1.0f64, 0.0..1.0f64), 0..3);
    (roles(), inlines(), weighted(0.2, select(MARKERS)), weighted(0.3, lead), points).prop_map(
        |(role, mut content, marker, lead, points)| {
            let running = matches!(role, Role::Body | Role::Point(_));
            if let (Some((_, _, true)), true) = (lead, running) {
                content.insert(0, Inline::Text("要讲“政治”。".into()));
            }
            if let Some((_, text, _)) = marker {
                content.insert(0, Inline::Text(text.into()));
            }
            let mut paragraph = Paragraph::new(role, content);
            paragraph.marker =
                marker.map(|(scheme, text, value)| Marker { scheme, value: value.into(), text: text.into() });
            let length = paragraph.text().chars().count();
            let at = |part: f64| (part * length as f64) as usize;
            if running && length > 0 {
                paragraph.lead = lead.map(|(part, level, _)| Lead { end: at(part) + 1, level });
                let mut from = 0;
                for (number, (one, other)) in (1u32..).zip(points) {
                    let (start, end) = (at(one.min(other)).max(from), at(one.max(other)) + 1);
                    if start < end {
                        paragraph.points.push(InlinePoint { start, end, scheme: Scheme::Is, value: number });
                        from = end;
                    }
                }
            }
            paragraph
        },
    )
}

/// Blocks of every kind, lists, quotes and tables in one another.
pub(crate) fn blocks() -> impl Strategy<Value = Vec<Block>> {
    const MARKUP: &[&str] = &[
        "<div>\na\n</div>",
        "<!-- a\n\nb -->",
        "<pagebreak>",
        "<!-- pagebreak -->",
        "<br>",
        "text",
        "<div>\n\n</div>",
        "<a\nb>",
        "",
        "<!-- open",
        "  <p>x",
    ];
    let code =
        (nasty(), vec(nasty(), 0..3)).prop_map(|(language, lines)| Code { language, text: lines.join("\n") });
    let leaf = prop_oneof![
        8 => paragraphs().prop_map(BlockKind::Paragraph),
        1 => code.prop_map(BlockKind::Code),
        1 => image().prop_map(BlockKind::Image),
        1 => Just(BlockKind::Rule),
        1 => Just(BlockKind::PageBreak),
        1 => select(MARKUP).prop_map(|markup| BlockKind::Raw(markup.into())),
    ];
    let leaf = (leaf, origins()).prop_map(|(kind, origin)| Block { kind, origin });
    let tree = leaf.prop_recursive(3, 16, 4, |inner| {
        let item = (weighted(0.2, any::<bool>()), vec(inner.clone(), 0..3))
            .prop_map(|(checked, blocks)| ListItem { checked, blocks });
        let start = prop_oneof![
            4 => Just(None),
            2 => Just(Some(1)),
            1 => (0u64..20).prop_map(Some),
            1 => Just(Some(u64::MAX)),
        ];
        let list = (start, any::<bool>(), vec(item, 0..4))
            .prop_map(|(start, tight, items)| BlockKind::List(List { start, tight, items }));
        let kind = prop_oneof![
            3 => list,
            1 => vec(inner.clone(), 0..3).prop_map(BlockKind::Quote),
            1 => table(inner).prop_map(BlockKind::Table),
        ];
        (kind, origins()).prop_map(|(kind, origin)| Block { kind, origin })
    });
    vec(tree, 0..5)
}

/// Tables, ragged and with spans past their edges.
fn table(inner: impl Strategy<Value = Block> + Clone + 'static) -> impl Strategy<Value = Table> {
    const ALIGNMENTS: &[ColumnAlignment] =
        &[ColumnAlignment::Default, ColumnAlignment::Left, ColumnAlignment::Centre, ColumnAlignment::Right];
    let own = weighted(0.2, select(ALIGNMENTS));
    let cell = (vec(inner, 0..2), 1u32..3, 1u32..3, own)
        .prop_map(|(blocks, columns, rows, alignment)| Cell { blocks, columns, rows, alignment });
    let height = weighted(0.2, 0u32..40_000);
    let row = (vec(cell, 0..3), height).prop_map(|(cells, height)| Row { cells, height });
    let widths = weighted(0.4, vec(0u32..3000, 0..4)).prop_map(Option::unwrap_or_default);
    (vec(select(ALIGNMENTS), 0..3), widths, any::<bool>(), 0usize..3, vec(row, 0..3)).prop_map(
        |(columns, widths, borderless, header_rows, rows)| Table {
            columns,
            widths,
            borderless,
            header_rows,
            rows,
        },
    )
}

fn origins() -> impl Strategy<Value = Origin> {
    let place = prop_oneof![
        4 => Just(Location::Whole),
        1 => (any::<u32>(), any::<u32>()).prop_map(|(line, column)| Location::Spot { line, column }),
        2 => (1u32..99, 0u32..9).prop_map(|(first, more)| Location::Lines { first, last: first + more }),
        1 => (nasty(), 1u32..99).prop_map(|(part, paragraph)| Location::Part { part, paragraph }),
    ];
    let print =
        (0u16..80, any::<bool>(), weighted(0.3, select(vec![Face::BiaoSong, Face::Hei, Face::FangSong])));
    let blanks = (0u16..9, 0u16..4, 0u16..3, 0u16..3);
    let appearance = (blanks, weighted(0.2, 1u8..=9), any::<bool>(), print);
    let appearance = appearance.prop_map(|(blanks, outline_level, centred, print)| {
        let (indent, blank_before, tabs_behind, rows_behind) = blanks;
        let (size, bold, face) = print;
        Appearance {
            indent,
            blank_before,
            tabs_behind,
            rows_behind,
            outline_level,
            centred,
            size,
            bold,
            face,
        }
    });
    (place, weighted(0.3, appearance))
        .prop_map(|(at, appearance)| Origin { at, appearance: appearance.unwrap_or_default() })
}

fn meta() -> impl Strategy<Value = Meta> {
    const NAMES: &[&str] =
        &["标题", "author", "keywords", "a: b", "#x", "数据", "密级", "主送机关", "发文字号"];
    let other = vec((select(NAMES).prop_map(String::from), nasty()), 0..3);
    let meta = (weighted(0.3, nasty()), weighted(0.3, nasty()), weighted(0.3, nasty()), other)
        .prop_map(|(title, author, date, other)| Meta { title, author, date, other });
    weighted(0.4, meta).prop_map(Option::unwrap_or_default)
}

/// Whole documents: properties, blocks, notes and pictures.
pub(crate) fn documents() -> impl Strategy<Value = Document> {
    let place = prop_oneof![4 => Just(NotePlace::Foot), 1 => Just(NotePlace::End)];
    let note = (select(NOTES), place, blocks()).prop_map(|(id, place, blocks)| Note {
        id: id.into(),
        place,
        blocks,
    });
    let bytes = prop_oneof![Just(PIXEL.to_vec()), Just(b"GIF89a".to_vec()), vec(any::<u8>(), 0..24),];
    let picture =
        (select(PICTURES), bytes).prop_map(|(target, bytes)| Picture { target: target.into(), bytes });
    (meta(), blocks(), vec(note, 0..3), weighted(0.2, vec(picture, 0..3))).prop_map(
        |(meta, blocks, notes, pictures)| Document {
            meta,
            blocks,
            notes,
            pictures: pictures.unwrap_or_default(),
        },
    )
}

/// A PNG of one grey pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
    \0\0\0\x0aIDAT\x78\xda\x63\x68\0\0\0\x82\0\x81\xda\x45\x08\x3b\0\0\0\0IEND\xae\x42\x60\x82";

/// Documents whose run-in headings, points and markers do not fit their text.
pub(crate) fn unsound() -> impl Strategy<Value = Document> {
    let wrong = (0usize..40, 0usize..40, prop_oneof![Just(0u8), any::<u8>()]);
    (documents(), vec(wrong, 1..6)).prop_map(|(mut document, wrongs)| {
        let mut wrongs = wrongs.into_iter().cycle();
        spoil(&mut document.blocks, &mut wrongs);
        document.notes.iter_mut().for_each(|note| spoil(&mut note.blocks, &mut wrongs));
        document
    })
}

fn spoil(blocks: &mut [Block], wrongs: &mut impl Iterator<Item = (usize, usize, u8)>) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(paragraph) => {
                let Some((start, end, level)) = wrongs.next() else { return };
                paragraph.lead = Some(Lead { end, level });
                paragraph.points = vec![InlinePoint { start, end, scheme: Scheme::Is, value: u32::MAX }; 2];
                paragraph.marker =
                    Some(Marker {
                        scheme: Scheme::Decimal, value: vec![0; start], text: "九十九、".into()
                    });
                if level > 9 || level == 0 {
                    paragraph.role = if start % 2 == 0 { Role::Heading(level) } else { Role::Point(level) };
                }
            }
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| spoil(&mut item.blocks, wrongs)),
            BlockKind::Table(table) => {
                table.header_rows = 99;
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    cell.columns = cell.columns.wrapping_sub(1) * 5000;
                    cell.rows = cell.rows.wrapping_sub(1) * 5000;
                    spoil(&mut cell.blocks, wrongs);
                }
            }
            BlockKind::Quote(blocks) => spoil(blocks, wrongs),
            BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => {}
        }
    }
}

/// How many cases a property tries: few, so that the suite stays quick; more by the environment, for a long run.
pub(crate) fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The document without the places where its blocks stood, and how they looked there.
pub(crate) fn bare(mut document: Document) -> Document {
    forget_origins(&mut document.blocks);
    document.notes.iter_mut().for_each(|note| forget_origins(&mut note.blocks));
    document
}

fn forget_origins(blocks: &mut [Block]) {
    for block in blocks {
        block.origin = Origin::default();
        match &mut block.kind {
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| forget_origins(&mut item.blocks)),
            BlockKind::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| forget_origins(&mut cell.blocks));
            }
            BlockKind::Quote(blocks) => forget_origins(blocks),
            BlockKind::Paragraph(_)
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => {}
        }
    }
}
