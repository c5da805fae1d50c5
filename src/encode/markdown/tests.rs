use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::decode::markdown::decode_str;
use crate::tree::{Cell, Image, InlineStyle, Lead, ListItem, Meta, Note, Origin, Paragraph};

fn options() -> Options {
    Options::new().expect("the built-in profile is sound")
}

fn write(document: &Document) -> String {
    let bytes = encode(document, &options(), &mut Diagnostics::default()).expect("writes");
    String::from_utf8(bytes).expect("UTF-8")
}

fn read(text: &str) -> Document {
    decode_str(text, &options(), &mut Diagnostics::default()).expect("reads")
}

fn bare(mut document: Document) -> Document {
    normal::forget_origins(&mut document.blocks);
    document.notes.iter_mut().for_each(|note| normal::forget_origins(&mut note.blocks));
    document
}

fn block(kind: BlockKind) -> Block {
    Block { kind, origin: Origin::default() }
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn body(content: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(Paragraph::new(Role::Body, content)))
}

fn document(blocks: Vec<Block>) -> Document {
    Document { blocks, ..Document::default() }
}

/// The Markdown of blocks, after checking that it is read back as their normal form.
#[track_caller]
fn written(blocks: Vec<Block>) -> String {
    let document = document(blocks);
    let markdown = write(&document);
    assert_eq!(bare(read(&markdown)), normal_form(&document), "{markdown}");
    markdown
}

/// Characters that mean something to Markdown, stand beside emphasis, or look like spaces.
const NASTY: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\u{3000}\u{A0}ab1x29甲乙一。，“”（）《》—…·①Ⓐ€～＋é\u{301}😀\n\u{1}\u{200B}";

fn nasty() -> impl Strategy<Value = String> {
    let characters: Vec<char> = NASTY.chars().collect();
    const PIECES: &[&str] = &[
        "1. ",
        "2) ",
        "- ",
        "# ",
        "***",
        "---",
        "===",
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
    ];
    let piece = prop_oneof![
        6 => proptest::sample::select(characters).prop_map(String::from),
        2 => proptest::sample::select(PIECES).prop_map(String::from),
        1 => "[a-z甲-癸]{1,3}",
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let style = proptest::sample::select(
        &[
            InlineStyle::Strong,
            InlineStyle::Emphasis,
            InlineStyle::Strike,
            InlineStyle::Underline,
            InlineStyle::Superscript,
            InlineStyle::Subscript,
        ][..],
    );
    let raw = proptest::sample::select(
        &["<a>", "</a>", "<u>", "</u>", "<!-- x -->", "<div>", "<b>", "</b>", "x", "<x y='|'>"][..],
    );
    let image = (nasty(), nasty(), nasty()).prop_map(|(target, alt, title)| Image { target, alt, title });
    let leaf = prop_oneof![
        8 => nasty().prop_map(Inline::Text),
        2 => "[甲乙丙a1 。”]{1,3}".prop_map(Inline::Text),
        1 => nasty().prop_map(Inline::Code),
        1 => image.prop_map(Inline::Image),
        1 => proptest::sample::select(&["1", "注", "no such", "b"][..]).prop_map(|id| Inline::NoteRef(id.into())),
        1 => Just(Inline::Break),
        1 => raw.prop_map(|markup| Inline::Raw(markup.into())),
    ];
    let inline = leaf.prop_recursive(3, 12, 4, move |inner| {
        prop_oneof![
            4 => (style.clone(), vec(inner.clone(), 0..4)).prop_map(|(style, content)| Inline::Styled(style, content)),
            1 => (nasty(), nasty(), vec(inner, 0..4))
                .prop_map(|(target, title, content)| Inline::Link { target, title, content }),
        ]
    });
    vec(inline, 0..5)
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    let role = prop_oneof![
        6 => Just(Role::Body),
        1 => Just(Role::Title),
        1 => Just(Role::Signature),
        2 => (0u8..9).prop_map(Role::Heading),
    ];
    (role, inlines(), proptest::option::weighted(0.2, 0usize..12), any::<bool>()).prop_map(
        |(role, mut content, lead, mark)| {
            if let (Some(end), true) = (lead, mark) {
                let marked: String = "第一，要讲“政治".chars().take(end).chain("”。".chars()).collect();
                content.insert(0, Inline::Text(marked));
            }
            let lead = lead.map(|end| Lead { end: end + 2 * usize::from(mark), level: 2 });
            Paragraph { lead, ..Paragraph::new(role, content) }
        },
    )
}

fn tree() -> impl Strategy<Value = Vec<Block>> {
    let raw = proptest::sample::select(
        &[
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
        ][..],
    );
    let leaf = prop_oneof![
        8 => paragraph().prop_map(BlockKind::Paragraph),
        1 => (nasty(), vec(nasty(), 0..3)).prop_map(|(language, lines)| BlockKind::Code(Code { language, text: lines.join("\n") })),
        1 => (nasty(), nasty(), nasty()).prop_map(|(target, alt, title)| BlockKind::Image(Image { target, alt, title })),
        1 => Just(BlockKind::Rule),
        1 => Just(BlockKind::PageBreak),
        1 => raw.prop_map(|markup| BlockKind::Raw(markup.into())),
    ]
    .prop_map(block);
    let tree = leaf.prop_recursive(3, 16, 4, |inner| {
        let item = (proptest::option::weighted(0.2, any::<bool>()), vec(inner.clone(), 0..3))
            .prop_map(|(checked, blocks)| ListItem { checked, blocks });
        let start = prop_oneof![4 => Just(None), 2 => Just(Some(1)), 1 => (0u64..20).prop_map(Some), 1 => Just(Some(u64::MAX))];
        let list = (start, any::<bool>(), vec(item, 0..4))
            .prop_map(|(start, tight, items)| BlockKind::List(List { start, tight, items }));
        let cell = (vec(inner.clone(), 0..2), 1u32..3, 1u32..3)
            .prop_map(|(blocks, columns, rows)| Cell { blocks, columns, rows });
        let alignment = proptest::sample::select(&[
            ColumnAlignment::Default, ColumnAlignment::Left, ColumnAlignment::Centre, ColumnAlignment::Right,
        ][..]);
        let table = (vec(alignment, 0..3), 0usize..3, vec(vec(cell, 0..3), 0..3)).prop_map(|(columns, header_rows, rows)| {
            let rows = rows.into_iter().map(|cells| Row { cells }).collect();
            BlockKind::Table(Table { columns, header_rows, rows })
        });
        prop_oneof![
            3 => list,
            1 => vec(inner, 0..3).prop_map(BlockKind::Quote),
            1 => table,
        ]
        .prop_map(block)
    });
    vec(tree, 0..5)
}

fn documents() -> impl Strategy<Value = Document> {
    let note = (proptest::sample::select(&["1", "注", "a b", "b", "B", ""][..]), tree())
        .prop_map(|(id, blocks)| Note { id: id.into(), blocks });
    let value = || nasty();
    let name = proptest::sample::select(&["标题", "author", "keywords", "a: b", "#x", "数据"][..])
        .prop_map(String::from);
    let meta = (
        proptest::option::weighted(0.1, value()),
        proptest::option::weighted(0.1, value()),
        vec((name, value()), 0..2),
        any::<bool>(),
    )
        .prop_map(
            |(title, date, other, some)| {
                if some { Meta { title, author: None, date, other } } else { Meta::default() }
            },
        );
    (meta, tree(), vec(note, 0..3)).prop_map(|(meta, blocks, notes)| Document { meta, blocks, notes })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn inlines_read_back_as_their_normal_form(content in inlines()) {
        let document = document(vec![body(content)]);
        let markdown = write(&document);
    }
    println!("{equal} of {total} examples keep their trees");
    assert!(equal * 100 >= total * 99, "{equal} of {total}");
}
