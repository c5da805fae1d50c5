use std::borrow::Cow;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::decode::markdown::decode_str;
use crate::generated::{bare, cases, documents, inlines, nasty};
use crate::tree::{
    Cell, ColumnAlignment, Image, InlineStyle, Lead, ListItem, Meta, Note, Origin, Paragraph, Row, Stated,
    Table,
};

fn options() -> Options {
    Options::new().expect("the built-in profile is sound")
}

fn write(document: &Document) -> String {
    let bytes = encode(Cow::Borrowed(document), &options(), &mut Diagnostics::default()).expect("writes");
    String::from_utf8(bytes).expect("UTF-8")
}

fn read(text: &str) -> Document {
    decode_str(text, &options(), &mut Diagnostics::default()).expect("reads").document
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
    assert_eq!(bare(read(&markdown)), normal_form(&document, false), "{markdown}");
    markdown
}

#[test]
fn markers_of_the_author_are_text() {
    let lines = [
        "一、要讲政治",
        "1.收集问题",
        "第一，要实。",
        "（一）总则",
        "1. 项目",
        "2)甲",
        "3) 乙",
        "- 破折",
        "——破折",
        "# 号",
        "+ 加",
        "> 引",
    ];
    let blocks = lines.iter().map(|line| body(vec![text(line)])).collect();
    let expected = "一、要讲政治\n\n1.收集问题\n\n第一，要实。\n\n（一）总则\n\n1\\. 项目\n\n2)甲\n\n3\\) 乙\n\n\\- 破折\n\n——破折\n\n\\# 号\n\n\\+ 加\n\n\\> 引\n";
    assert_eq!(written(blocks), expected);
}

#[test]
fn only_what_would_be_misread_is_escaped() {
    for (plain, markdown) in [
        ("3*5=15 和 a_b", "3*5=15 和 a_b"),
        ("*甲*", "\\*甲\\*"),
        ("2~3，5~8", "2\\~3，5\\~8"),
        ("词[1]与[2]", "词[1]与[2]"),
        ("[甲](乙)", "[甲\\](乙)"),
        ("[甲]: 乙", "[甲\\]: 乙"),
        ("a < b，<b>", "a < b，\\<b>"),
        ("AT&T &amp; &lt", "AT&T \\&amp; &lt"),
        ("C:\\路径\\*", "C:\\路径\\\\*"),
        ("末尾\\", "末尾\\\\"),
        ("一个`", "一个`"),
        ("`两个`", "\\`两个\\`"),
        ("---", "\\---"),
        ("***", "\\***"),
        ("```", "\\```"),
        ("~~~", "\\~~~"),
        ("#标签", "#标签"),
        ("a|b", "a|b"),
        ("<1a@b.c> 1<2", "\\<1a@b.c> 1<2"),
        ("见 https://a.b/c_d_e", "见 https://a.b/c_d_e"),
    ] {
        assert_eq!(written(vec![body(vec![text(plain)])]), format!("{markdown}\n"));
    }
}

#[test]
fn spaces_at_the_ends_of_a_line_are_references() {
    assert_eq!(written(vec![body(vec![text("　甲\t乙 ")])]), "&#x3000;甲\t乙&#x20;\n");
}

#[test]
fn a_lead_is_bold_for_every_reader() {
    let paragraph = |words: &str, end| {
        let mut paragraph = Paragraph::plain(words);
        paragraph.lead = Some(Lead { end, level: 1 });
        vec![block(BlockKind::Paragraph(paragraph))]
    };
    assert_eq!(written(paragraph("第一，要培养“四心”。一是", 11)), "**第一，要培养“四心”**。一是\n");
    assert_eq!(written(paragraph("第一，要实。“实”字", 6)), "**第一，要实**。“实”字\n");
    assert_eq!(written(paragraph("第一，要实", 2)), "**第一**，要实\n");
}

#[test]
fn bold_words_in_a_lead_stay_bold() {
    let strong = |words| Inline::Styled(InlineStyle::Strong, vec![text(words)]);
    let underlined = |content| Inline::Styled(InlineStyle::Underline, content);
    let headed = |content| {
        let mut paragraph = Paragraph::new(Role::Body, content);
        paragraph.lead = Some(Lead { end: 6, level: 1 });
        vec![block(BlockKind::Paragraph(paragraph))]
    };
    assert_eq!(
        written(headed(vec![text("第一，"), strong("要实"), text("。因为")])),
        "第一，**要实**。因为\n"
    );
    let within = vec![text("第一，"), underlined(vec![text("要"), strong("实")]), text("。因为")];
    assert_eq!(written(headed(within.clone())), "第一，<u>要**实**</u>。因为\n");
    let codes = |content| {
        let document = Document { blocks: headed(content), ..Document::default() };
        let mut diagnostics = Diagnostics::default();
        encode(Cow::Owned(document), &options(), &mut diagnostics).expect("writes");
        diagnostics.iter().map(|found| found.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(within), ["run-in-heading-by-words", "run-in-level-by-words"]);
    // All of it is as bold as a run-in heading is anyway.
    assert_eq!(
        codes(vec![strong("第一，要实。"), text("因为")]),
        ["run-in-level-by-words", "strong-in-heading"]
    );
}

#[test]
fn html_that_only_sets_text_is_written_as_that_text() {
    let markup = "<div>\n<b>甲</b>\n</div><p>乙</p>";
    assert_eq!(written(vec![block(BlockKind::Raw(markup.into()))]), "**甲**\n\n乙\n");
}

#[test]
fn emphasis_inside_chinese_text() {
    let strong = |words| Inline::Styled(InlineStyle::Strong, vec![text(words)]);
    let emphasis = |inner| Inline::Styled(InlineStyle::Emphasis, inner);
    for (content, markdown) in [
        (vec![text("一是"), strong("实"), text("字")], "一是**实**字"),
        (vec![text("一是"), strong("“实”"), text("字")], "一&#x662F;**“实”**&#x5B57;"),
        (vec![text("，"), strong("“实”"), text("。")], "，**“实”**。"),
        (vec![text("甲"), strong(" 乙"), text("丙")], "&#x7532;**&#x20;乙**丙"),
        (vec![emphasis(vec![text("甲")]), strong("乙")], "_甲_**乙**"),
        (vec![text("子"), emphasis(vec![strong("乙")]), text("丑")], "&#x5B50;_**乙**_&#x4E11;"),
        (vec![Inline::Styled(InlineStyle::Strike, vec![text("甲")]), text("乙")], "~~甲~~乙"),
        (vec![text("x"), Inline::Styled(InlineStyle::Superscript, vec![text("2")])], "x<sup>2</sup>"),
    ] {
        assert_eq!(written(vec![body(content)]), format!("{markdown}\n"));
    }
}

#[test]
fn headings_and_the_title() {
    let heading = |role, words: &str| block(BlockKind::Paragraph(Paragraph::new(role, vec![text(words)])));
    let titled = vec![
        heading(Role::Title, "题"),
        heading(Role::Heading(1), "一、总则 #"),
        heading(Role::Heading(2), "（一）目的"),
    ];
    assert_eq!(written(titled), "# 题\n\n## 一、总则 \\#\n\n### （一）目的\n");
    // One heading of level 1 at the head would be read as a title.
    assert_eq!(written(vec![heading(Role::Heading(1), "一、")]), "## 一、\n");
    let two = vec![heading(Role::Heading(1), "一、"), heading(Role::Heading(1), "二、")];
    assert_eq!(written(two), "# 一、\n\n# 二、\n");
    let late = vec![heading(Role::Heading(2), "甲"), heading(Role::Heading(1), "一、")];
    assert_eq!(written(late), "## 甲\n\n# 一、\n");
    let lines = Paragraph::new(Role::Title, vec![text("关于"), Inline::Break, text("的通知")]);
    assert_eq!(written(vec![block(BlockKind::Paragraph(lines))]), "# 关于<br>的通知\n");
}

#[test]
fn breaks_rules_pages_and_empty_paragraphs() {
    let blocks = vec![
        body(vec![text("甲"), Inline::Break, text("- 乙"), Inline::Break]),
        body(vec![]),
        block(BlockKind::Rule),
        block(BlockKind::PageBreak),
        block(BlockKind::Raw("<table>\n甲\n</table>".into())),
    ];
    assert_eq!(
        written(blocks),
        "甲\\\n\\- 乙<br>\n\n<br>\n\n***\n\n<!-- pagebreak -->\n\n<table>\n甲\n</table>\n"
    );
}

fn items(items: &[&str]) -> Vec<ListItem> {
    items.iter().map(|words| ListItem { checked: None, blocks: vec![body(vec![text(words)])] }).collect()
}

#[test]
fn lists_keep_their_numbers_and_stay_apart() {
    let mut outer = items(&["甲", "乙"]);
    let inner = List { start: Some(3), tight: true, items: items(&["[x] 丙", "1. 丁"]) };
    outer[0].blocks.push(block(BlockKind::List(inner)));
    outer[1].checked = Some(true);
    let lists = vec![
        block(BlockKind::List(List { start: None, tight: false, items: outer })),
        block(BlockKind::List(List { start: None, tight: true, items: items(&["戊"]) })),
        block(BlockKind::List(List { start: Some(9), tight: true, items: items(&["己", "庚"]) })),
        block(BlockKind::List(List { start: Some(1), tight: true, items: items(&["辛"]) })),
    ];
    let expected = "- 甲\n\n  3) \\[x] 丙\n  4) 1\\. 丁\n\n- [x] 乙\n\n+ 戊\n\n9. 己\n10. 庚\n\n1) 辛\n";
    assert_eq!(written(lists), expected.replace("3) ", "3. ").replace("4) ", "4. "));
}

#[test]
fn code_holds_fences() {
    let code = |language: &str, text: &str| {
        vec![block(BlockKind::Code(Code { language: language.into(), text: text.into() }))]
    };
    assert_eq!(written(code("rust", "```\n")), "````rust\n```\n````\n");
    assert_eq!(written(code("a`b", "x\n")), "~~~a`b\nx\n~~~\n");
    assert_eq!(written(vec![body(vec![Inline::Code("`a``".into())])]), "``` `a`` ```\n");
}

#[test]
fn links_and_pictures_with_odd_characters() {
    let link = |target: &str, title: &str, words: &str| {
        vec![body(vec![Inline::Link {
            target: target.into(),
            title: title.into(),
            content: vec![text(words)],
        }])]
    };
    assert_eq!(written(link("https://a.b/c", "", "https://a.b/c")), "<https://a.b/c>\n");
    assert_eq!(written(link("mailto:a@b.c", "", "a@b.c")), "<a@b.c>\n");
    assert_eq!(written(link("甲 (1).md", "说\"明", "[1]")), "[\\[1\\]](<甲 (1).md> \"说\\\"明\")\n");
    let image = Image { target: "a.png".into(), alt: "图*1*".into(), ..Image::default() };
    assert_eq!(written(vec![block(BlockKind::Image(image))]), "![图\\*1\\*](a.png)\n");
}

#[test]
fn tables_hold_pipes_and_breaks() {
    let cell =
        |content: Vec<Inline>| Cell::new(if content.is_empty() { vec![] } else { vec![body(content)] });
    let table = Table {
        columns: vec![ColumnAlignment::Left, ColumnAlignment::Right],
        header_rows: 1,
        rows: vec![
            Row::new(vec![cell(vec![text("甲|乙")]), cell(vec![])]),
            Row::new(vec![
                cell(vec![text("丙"), Inline::Break, text("丁")]),
                cell(vec![Inline::Code("|".into())]),
            ]),
        ],
        ..Table::default()
    };
    assert_eq!(
        written(vec![block(BlockKind::Table(table))]),
        "| 甲\\|乙 | |\n| :-- | --: |\n| 丙<br>丁 | `\\|` |\n"
    );
}

#[test]
fn spans_and_blocks_of_cells_are_reported() {
    let mut wide = Cell::new(vec![body(vec![text("甲")]), body(vec![text("乙")])]);
    wide.columns = 2;
    wide.rows = 2;
    let table = Table {
        rows: vec![Row::new(vec![wide]), Row::new(vec![Cell::new(vec![body(vec![text("丙")])])])],
        ..Table::default()
    };
    let document = document(vec![block(BlockKind::Table(table))]);
    let mut diagnostics = Diagnostics::default();
    let bytes = encode(Cow::Borrowed(&document), &options(), &mut diagnostics).expect("writes");
    assert_eq!(
        String::from_utf8(bytes).expect("UTF-8"),
        "| | | |\n| --- | --- | --- |\n| 甲<br>乙 | | |\n| | | 丙 |\n"
    );
    let codes: Vec<_> = diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["table-span", "cell-blocks"]);
}

#[test]
fn notes_and_properties() {
    let meta = Meta {
        title: Some("题: 一".into()),
        author: None,
        date: Some("2026-01-05".into()),
        other: vec![("密级".into(), "秘密".into()), ("tags".into(), "甲\n乙".into())],
    };
    let notes = vec![Note::foot("注", vec![body(vec![text("说明")]), body(vec![text("再说")])])];
    let blocks = vec![body(vec![text("文"), Inline::NoteRef("注".into()), text("：字")])];
    let document = Document { meta, blocks, notes, ..Document::default() };
    let markdown = write(&document);
    assert_eq!(
        markdown,
        "---\ntitle: \"题: 一\"\ndate: 2026-01-05\n密级: 秘密\ntags:\n  - 甲\n  - 乙\n---\n\n文[^注]：字\n\n[^注]: 说明\n\n    再说\n"
    );
    assert_eq!(bare(read(&markdown)), document);
}

#[test]
fn what_is_too_deep_is_an_error() {
    let mut blocks = vec![body(vec![text("深")])];
    for _ in 0..100 {
        blocks = vec![block(BlockKind::Quote(blocks))];
    }
    assert!(encode(Cow::Owned(document(blocks)), &options(), &mut Diagnostics::default()).is_err());
    let mut blocks = vec![body(vec![text("深")])];
    for _ in 0..97 {
        blocks = vec![block(BlockKind::Quote(blocks))];
    }
    written(blocks);
}

/// GitHub's readers take what stands behind an address for a part of it, escapes and delimiters too.
#[test]
fn addresses_swallow_no_escapes() {
    let text = |text: &str| Inline::Text(text.into());
    let strong = |inner: &str| Inline::Styled(InlineStyle::Strong, vec![text(inner)]);
    for (content, written) in [
        (vec![text("见https://a.cn/b。")], "见https://a.cn/b。"),
        (vec![text("*见*：https://a.cn/b*c*")], r"\*见\*：https\://a.cn/b\*c\*"),
        (vec![text("www.a.cn/*b*")], r"www\.a.cn/\*b\*"),
        (vec![strong("网址：https://a.cn"), text(" 见")], "**网址：https://a.cn** 见"),
        (vec![strong("网址：https://a.cn"), text("见")], r"**网址：https\://a.cn**见"),
        (vec![text("https://a.cn　*b*")], r"https\://a.cn　\*b\*"),
        (vec![text("https://a.cn *b* c*")], r"https://a.cn \*b\* c\*"),
        (vec![text("见https://a.cn/b"), Inline::Break, text("后")], "见https://a.cn/b  \n后"),
        (vec![text("WWW.a.cn甲"), Inline::Break, text("后")], "WWW.a.cn甲  \n后"),
        (vec![text("https://a.cn 见"), Inline::Break, text("后")], "https://a.cn 见\\\n后"),
    ] {
        assert_eq!(inline::write(&content, Place::Paragraph), written);
    }
}

/// What a cell does to markup is reported with the characters.
#[test]
fn markup_in_cells_is_reported_as_it_changes() {
    let cell = |block: Block| Cell::new(vec![block]);
    let cells =
        vec![cell(body(vec![Inline::Raw("<x y='|'>".into())])), cell(block(BlockKind::Raw("<br>".into())))];
    let table = Table {
        rows: vec![Row::new(cells)],
        columns: vec![ColumnAlignment::Default; 2],
        header_rows: 0,
        ..Table::default()
    };
    let table = document(vec![block(BlockKind::Table(table))]);
    let mut diagnostics = Diagnostics::default();
    encode(Cow::Borrowed(&table), &options(), &mut diagnostics).expect("writes");
    let found: Vec<_> = diagnostics.into_vec().into_iter().map(|found| (found.code, found.text)).collect();
    assert!(found.contains(&("character-replaced", "|".into())), "{found:?}");
    assert!(found.contains(&("markup-read", "<br>".into())), "{found:?}");
}

/// What is no character reference needs no escape: addresses are full of `&`.
#[test]
fn links_are_escaped_no_more_than_needed() {
    let link = |target: &str, shown: &str| Inline::Link {
        target: target.into(),
        title: String::new(),
        content: vec![text(shown)],
    };
    let bare = |target: &str| link(target, target);
    for (content, expected) in [
        (bare("https://a.cn/?b=1&c=2"), "<https://a.cn/?b=1&c=2>"),
        (bare("https://a.cn/?b=1&amp;c"), r"[https\://a.cn/?b=1\&amp;c](<https://a.cn/?b=1\&amp;c>)"),
        (link("https://a.cn/?b=1&c=2;d", "甲"), "[甲](https://a.cn/?b=1&c=2;d)"),
        (link("https://a.cn/&#38;", "甲"), r"[甲](<https://a.cn/\&#38;>)"),
        (link("a b?c&d", "甲"), "[甲](<a b?c&d>)"),
    ] {
        assert_eq!(written(vec![body(vec![content])]).trim_end(), expected);
    }
}

/// Inside a word of bold text `*` says what `_` could not.
#[test]
fn emphasis_in_bold_words_needs_no_references() {
    let emphasis = |inner: &str| Inline::Styled(InlineStyle::Emphasis, vec![text(inner)]);
    let strong = |content: Vec<Inline>| Inline::Styled(InlineStyle::Strong, content);
    for (content, expected) in [
        (strong(vec![text("粗"), emphasis("斜"), text("粗")]), "**粗*斜*粗**"),
        (
            strong(vec![text("粗"), emphasis("斜"), text("粗"), emphasis("斜体"), text("粗")]),
            "**粗*斜*粗*斜体*粗**",
        ),
        (strong(vec![text("粗，"), emphasis("斜"), text("。粗")]), "**粗，_斜_。粗**"),
    ] {
        let around = vec![text("前"), content, text("后")];
        assert_eq!(written(vec![body(around)]).trim_end(), format!("前{expected}后"));
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn inlines_read_back_as_their_normal_form(content in inlines()) {
        let document = document(vec![body(content)]);
        let markdown = write(&document);
        prop_assert_eq!(bare(read(&markdown)), normal_form(&document, false), "{:?}", markdown);
    }

    #[test]
    fn trees_read_back_as_their_normal_form(document in documents()) {
        let markdown = write(&document);
        prop_assert_eq!(bare(read(&markdown)), normal_form(&document, false), "{:?}", markdown);
    }

    #[test]
    fn stated_roles_come_back(document in documents()) {
        let options = Options { attributes: true, ..options() };
        let bytes = encode(Cow::Borrowed(&document), &options, &mut Diagnostics::default()).expect("writes");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let back = decode_str(&text, &options, &mut Diagnostics::default()).expect("reads");
        let bare_document = document.blocks.is_empty() && document.notes.is_empty();
        prop_assert!(back.stated == Stated::All || bare_document || normal_form(&document, true).blocks.is_empty(), "{}", text);
        prop_assert_eq!(bare(back.document), normal_form(&document, true), "{}", text);
    }

    #[test]
    fn the_normal_form_is_its_own_normal_form(document in documents()) {
        let normal = normal_form(&document, false);
        prop_assert_eq!(normal_form(&normal, false), normal);
    }

    #[test]
    fn any_text_is_read_and_keeps_its_tree(text in vec(nasty(), 0..6)) {
        let first = read(&text.join("\n"));
        let second = read(&write(&first));
        // Markup that is never closed within a list is the one thing that changes, and it is reported.
        prop_assert_eq!(bare(second), normal_form(&first, false), "{:?}", text);
    }

    #[test]
    fn any_characters_are_read_and_keep_their_tree(text in "(\\PC|[\n\t\r*_`>#-]| {1,5}){0,60}") {
        let first = read(&text);
        let second = read(&write(&first));
        // Markup that is never closed within a list is the one thing that changes, and it is reported.
        prop_assert_eq!(bare(second), normal_form(&first, false), "{:?}", text);
    }
}

#[test]
fn what_single_readers_misread_is_escaped() {
    let strong = |words: &str| Inline::Styled(InlineStyle::Strong, vec![text(words)]);
    assert_eq!(
        written(vec![body(vec![strong("甲\u{3000}~~~"), text("乙")])]),
        "**甲\u{3000}~~&#x7E;**&#x4E59;\n"
    );
    let emphasis = Inline::Styled(InlineStyle::Emphasis, vec![text("[x] 甲")]);
    assert_eq!(written(vec![body(vec![emphasis])]), "*\\[x] 甲*\n");
}

/// The examples of the CommonMark and GFM specifications, where the folder of measurements is at hand.
#[test]
fn the_examples_of_the_specifications_keep_their_trees() {
    let Some(folder) = std::env::var_os("BANSHI_CORPUS") else { return };
    let fence = "`".repeat(32);
    let mut differing = Vec::new();
    for name in ["commonmark-spec.txt", "gfm-extensions-spec.txt", "gfm-spec.txt"] {
        let path = std::path::Path::new(&folder).join("markdown/spec").join(name);
        let specification = std::fs::read_to_string(path).expect("the specification is there");
        let (mut equal, mut total) = (0, 0);
        for example in specification.split(&format!("\n{fence} example")).skip(1) {
            let rest = example.split_once('\n').map_or("", |(_, rest)| rest);
            let Some((source, _)) = rest.split_once("\n.\n") else { continue };
            let source = source.replace('→', "\t");
            let first = read(&source);
            let markdown = write(&first);
            total += 1;
            if bare(read(&markdown)) == bare(first) {
                equal += 1;
            } else {
                differing.push(format!("{name}: {source:?} gives {markdown:?}"));
            }
        }
        println!("{name}: {equal} of {total} examples keep their trees");
        assert!(total > 0, "{name} has examples");
    }
    // There is no exception: an example that changes is a fault.
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// The Markdown files among the documents of the measurements.
#[test]
fn real_files_keep_their_trees() {
    let Some(folder) = std::env::var_os("BANSHI_CORPUS") else { return };
    let folder = std::path::Path::new(&folder).join("markdown");
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let first = read(&std::fs::read_to_string(&path).expect("UTF-8"));
            let markdown = write(&first);
            assert_eq!(bare(read(&markdown)), bare(first), "{}", path.display());
        }
    }
}
