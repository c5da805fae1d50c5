use super::*;
use crate::diagnostic::Kind;
use crate::tree::{Inline, InlineStyle, Location, Paragraph};

fn read(text: &str) -> (Document, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let options = Options::new().expect("the built-in profile is sound");
    let document = decode_str(text, &options, &mut diagnostics).expect("reads").document;
    (document, diagnostics)
}

#[track_caller]
fn paragraph(text: &str) -> Paragraph {
    match read(text).0.blocks.into_iter().next().map(|block| block.kind) {
        Some(BlockKind::Paragraph(paragraph)) => paragraph,
        other => panic!("{other:?}"),
    }
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn roles(text: &str) -> Vec<Role> {
    let mut roles = Vec::new();
    read(text).0.for_each_paragraph(&mut |_, paragraph| roles.push(paragraph.role));
    roles
}

#[test]
fn a_single_first_heading_is_the_title() {
    assert_eq!(roles("# 题\n\n## 一、\n\n文\n"), [Role::Title, Role::Heading(1), Role::Body]);
    assert_eq!(roles("# 题\n\n文\n"), [Role::Title, Role::Body]);
    assert_eq!(roles("文\n\n# 题\n"), [Role::Body, Role::Title]);
    assert_eq!(roles("# 一、\n\n# 二、\n"), [Role::Heading(1), Role::Heading(1)]);
    assert_eq!(roles("## 甲\n\n# 乙\n"), [Role::Heading(2), Role::Heading(1)]);
    assert_eq!(roles("## 甲\n\n### 乙\n"), [Role::Heading(1), Role::Heading(2)]);
    assert_eq!(roles("> # 引\n"), [Role::Heading(1)]);
}

#[test]
fn every_block_knows_its_lines() {
    let (document, _) = read(
        "---\ntitle: 题\n---\n\n# 题\n\n甲\n乙\n\n- 子\n- 丑\n  寅\n\n```\n码\n```\n\n| a |\n| - |\n| b |\n",
    );
    let places: Vec<_> = document.blocks.iter().map(|block| block.origin.at.to_string()).collect();
    assert_eq!(places, ["5", "7-8", "10-12", "14-16", "18-20"]);
    let BlockKind::List(list) = &document.blocks[2].kind else { panic!("a list") };
    assert_eq!(list.items[1].blocks[0].origin.at, Location::Lines { first: 11, last: 12 });
    let BlockKind::Table(table) = &document.blocks[4].kind else { panic!("a table") };
    assert_eq!(table.rows[1].cells[0].blocks[0].origin.at, Location::line(20));
    assert_eq!(document.blocks[0].origin.appearance.outline_level, Some(1));
}

#[test]
fn line_ends_vanish_between_chinese_characters_only() {
    assert_eq!(paragraph("甲乙，\n丙丁\n“戊”\nab\ncd 甲\n1").content, [text("甲乙，丙丁“戊” ab cd 甲 1")]);
    let content = paragraph("甲\n**乙**\n*b*").content;
    assert_eq!(content[2], text(" "));
    assert_eq!(content[0], text("甲"));
}

#[test]
fn breaks_are_kept() {
    assert_eq!(paragraph("甲\\\n乙  \n丙<br>丁").content.iter().filter(|i| **i == Inline::Break).count(), 3);
    assert_eq!(paragraph("# 关于<br/>通知").content, [text("关于"), Inline::Break, text("通知")]);
}

#[test]
fn an_indent_of_full_width_spaces_is_appearance() {
    let (document, _) = read("　　甲乙\n\n&#x3000;丙\n");
    assert_eq!(document.blocks[0].origin.appearance.indent, 4);
    let BlockKind::Paragraph(first) = &document.blocks[0].kind else { panic!("a paragraph") };
    assert_eq!(first.content, [text("甲乙")]);
    let BlockKind::Paragraph(second) = &document.blocks[1].kind else { panic!("a paragraph") };
    assert_eq!(second.content, [text("\u{3000}丙")]);
}

#[test]
fn a_bold_opening_is_a_lead_one_below_its_heading() {
    let (document, _) = read("# 题\n\n## 一、\n\n**第一，要实。**“因为\n\n**注意**：文\n\n**全段。**\n");
    let lead = |at: usize| match &document.blocks[at].kind {
        BlockKind::Paragraph(paragraph) => paragraph.lead.map(|lead| (lead.end, lead.level)),
        other => panic!("{other:?}"),
    };
    assert_eq!([lead(2), lead(3), lead(4)], [Some((6, 2)), None, None]);
}

#[test]
fn inline_markup() {
    let content = paragraph("&copy;`码`[甲](b \"t\")<http://a.b><u>下</u><x>\n\n[r]: u\n").content;
    let link = |target: &str, title: &str, words: &str| Inline::Link {
        target: target.into(),
        title: title.into(),
        content: vec![text(words)],
    };
    assert_eq!(
        content,
        [
            text("©"),
            Inline::Code("码".into()),
            link("b", "t", "甲"),
            link("http://a.b", "", "http://a.b"),
            Inline::Styled(InlineStyle::Underline, vec![text("下")]),
            Inline::Raw("<x>".into()),
        ]
    );
    assert_eq!(paragraph("[甲][r]\n\n[r]: u 't'\n").content, [link("u", "t", "甲")]);
}

#[test]
fn lists_are_tight_or_loose_and_hold_tasks() {
    let list = |text: &str| match &read(text).0.blocks[0].kind {
        BlockKind::List(list) => list.clone(),
        other => panic!("{other:?}"),
    };
    let tight = list("3. 甲\n4. [x] 乙\n");
    assert_eq!((tight.start, tight.tight, tight.items.len()), (Some(3), true, 2));
    assert!(!list("- 甲\n\n- 乙\n").tight);
    assert_eq!(
        list("- [ ] 甲\n- [x] 乙\n").items.iter().map(|i| i.checked).collect::<Vec<_>>(),
        [Some(false), Some(true)]
    );
    assert_eq!(list("- [x]\n").items[0].checked, None);
}

#[test]
fn notes_stand_in_the_order_of_mention_under_one_label() {
    let (document, diagnostics) = read("文[^B]字[^a]\n\n[^a]: 甲\n\n[^b]: 乙\n\n[^A]: 重\n");
    let ids: Vec<_> = document.notes.iter().map(|note| note.id.as_str()).collect();
    assert_eq!(ids, ["b", "a", "A-2"]);
    let BlockKind::Paragraph(first) = &document.blocks[0].kind else { panic!("a paragraph") };
    assert_eq!(first.content[1], Inline::NoteRef("b".into()));
    assert_eq!(diagnostics.iter().map(|f| f.code).collect::<Vec<_>>(), ["note-label-repeated"]);
}

#[test]
fn what_the_parser_leaves_out_is_reported() {
    let (_, diagnostics) = read("| a |\n| - |\n| b | 多余 |\n");
    let finding = diagnostics.iter().next().expect("a finding");
    assert_eq!(
        (finding.kind, finding.text.as_str(), &finding.at),
        (Kind::Dropped, "多余", &Location::line(3))
    );
    let (_, diagnostics) = read("![甲 [乙](u)](v)\n");
    assert_eq!(diagnostics.iter().next().map(|f| f.text.as_str()), Some("u"));
}

#[test]
fn blocks_of_their_own() {
    let kinds = |text: &str| read(text).0.blocks.into_iter().map(|block| block.kind).collect::<Vec<_>>();
    assert!(matches!(kinds("![a](b)\n")[..], [BlockKind::Image(_)]));
    assert!(matches!(kinds("甲![a](b)\n")[..], [BlockKind::Paragraph(_)]));
    assert_eq!(kinds("<!-- pagebreak -->\n\n***\n"), [BlockKind::PageBreak, BlockKind::Rule]);
    assert_eq!(kinds("<table>\n甲\n</table>\n"), [BlockKind::Raw("<table>\n甲\n</table>".into())]);
    assert_eq!(kinds("<br>\n"), [BlockKind::Paragraph(Paragraph::default())]);
}

#[test]
fn line_ends_of_other_systems_and_a_mark_of_order() {
    let (document, _) = read("\u{FEFF}# 题\r\n\r\n```\r\n码\r\n```\r");
    assert_eq!(document.blocks.len(), 2);
    let BlockKind::Code(code) = &document.blocks[1].kind else { panic!("code") };
    assert_eq!(code.text, "码\n");
}

#[test]
fn deep_nesting_is_an_error_with_its_line() {
    let options = Options::new().expect("the built-in profile is sound");
    for deep in [
        ">".repeat(5000),
        "- ".repeat(5000),
        "*a _b ".repeat(3000),
        "[".repeat(5000),
        "![".repeat(3000) + &"](a)".repeat(3000),
    ] {
        let result = decode_str(&format!("甲\n\n{deep} 乙"), &options, &mut Diagnostics::default());
        if let Err(error) = result {
            assert!(error.to_string().contains("line 3: "), "{error}");
        }
    }
    let raised = "<sup>".repeat(2000) + &"</sup>".repeat(2000);
    assert!(decode_str(&raised, &options, &mut Diagnostics::default()).is_ok());
    let quotes = ">".repeat(5000) + "甲";
    assert!(decode_str(&quotes, &options, &mut Diagnostics::default()).is_err());
}

#[test]
fn emphasis_beside_chinese_marks_is_read_as_meant_and_reported() {
    let strong = |words: &str| Inline::Styled(InlineStyle::Strong, vec![Inline::Text(words.into())]);
    let plain = |words: &str| Inline::Text(words.into());
    for (markdown, content) in [
        ("前**加粗。**后文", vec![plain("前"), strong("加粗。"), plain("后文")]),
        (
            "有**一件，**他说**“重要”**的话",
            vec![plain("有"), strong("一件，"), plain("他说"), strong("“重要”"), plain("的话")],
        ),
        (
            "见*《条例》*全文",
            vec![plain("见"), Inline::Styled(InlineStyle::Emphasis, vec![plain("《条例》")]), plain("全文")],
        ),
    ] {
        let mut diagnostics = Diagnostics::default();
        let document = decode_str(markdown, &Options::new().unwrap(), &mut diagnostics).unwrap().document;
        let mut found = None;
        document.for_each_paragraph(&mut |_, paragraph| found = Some(paragraph.content.clone()));
        assert_eq!(found, Some(content), "{markdown}");
        assert_eq!(diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), ["emphasis-beside-mark"]);
    }
    for markdown in ["一是**实**字", "**第一，要实**。二", r"甲\*\*乙。\*\*丙", "`甲。**乙`", "说**“好”**。"]
    {
        let mut diagnostics = Diagnostics::default();
        let document = decode_str(markdown, &Options::new().unwrap(), &mut diagnostics).unwrap().document;
        document.for_each_paragraph(&mut |_, paragraph| assert!(!paragraph.text().contains('\u{F0000}')));
        assert_eq!(diagnostics.iter().filter(|found| found.code != "emphasis-beside-mark").count(), 0);
    }
}

#[test]
fn emphasis_is_read_by_the_letter_where_that_is_asked_for() {
    let mut options = Options::new().unwrap();
    options.commonmark = true;
    let mut diagnostics = Diagnostics::default();
    let document = decode_str("甲**乙。**丙*丁*", &options, &mut diagnostics).unwrap().document;
    let BlockKind::Paragraph(paragraph) = &document.blocks[0].kind else { panic!("a paragraph") };
    let emphasis = Inline::Styled(InlineStyle::Emphasis, vec![Inline::Text("丁".into())]);
    assert_eq!(paragraph.content, [Inline::Text("甲**乙。**丙".into()), emphasis]);
    let found: Vec<_> = diagnostics.iter().map(|found| (found.kind, found.code)).collect();
    assert_eq!(found, [(crate::diagnostic::Kind::Noticed, "emphasis-beside-mark")]);
}

#[test]
fn html_that_only_sets_text_is_that_text() {
    let (document, diagnostics) =
        read("甲\n\n<div align=\"center\">\n<p>乙</p>\n丙\n</div>\n\n<div>\n\n丁\n");
    let kinds: Vec<_> = document.blocks.into_iter().map(|block| block.kind).collect();
    let plain = |text: &str| BlockKind::Paragraph(Paragraph::plain(text));
    assert_eq!(kinds, [plain("甲"), plain("乙"), plain("丙"), BlockKind::Raw("<div>".into()), plain("丁")]);
    let found: Vec<_> = diagnostics.iter().map(|found| (found.code, &found.at, &*found.text)).collect();
    let tags = "<div align=\"center\"><p></p></div>";
    assert_eq!(found, [("html-as-text", &Location::Lines { first: 3, last: 6 }, tags)]);
}

#[test]
fn formulas_are_text_and_reported_once_each() {
    let markdown = "价格 $5 和 $10。\n\n- 设 $x$\n  和 $$y=*a*$$。\n\n`$a$`\n\n    $b$\n\n| $c_1$ | $d |\n|---|---|\n| e$ | f |\n";
    let (document, diagnostics) = read(markdown);
    let found: Vec<_> = diagnostics.iter().map(|found| (found.code, &found.at, &*found.text)).collect();
    let line = Location::line;
    assert_eq!(
        found,
        [("formula", &line(3), "$x$"), ("formula", &line(4), "$$y=*a*$$"), ("formula", &line(10), "$c_1$"),]
    );
    let mut first = None;
    document.for_each_paragraph(&mut |_, paragraph| first = first.take().or(Some(paragraph.text())));
    assert_eq!(first.as_deref(), Some("价格 $5 和 $10。"));
}

#[test]
fn comments_state_roles_in_a_file_that_says_so() {
    let stated = "<!-- banshi roles -->\n\n# 题\n\n<!-- .salutation -->\n同志们：\n\n- <!-- .point level=\"2\" -->\n  甲\n\n## 一\n\n<!-- .title -->\n***\n";
    let (document, _) = read(stated);
    let mut roles = Vec::new();
    document.for_each_paragraph(&mut |_, paragraph| roles.push(paragraph.role));
    assert_eq!(roles, [Role::Title, Role::Salutation, Role::Point(2), Role::Heading(1)]);
    // A comment before what is no paragraph is markup, and so is one in a file that does not say so.
    assert_eq!(document.blocks[4].kind, BlockKind::Raw("<!-- .title -->".into()));
    let (document, _) = read("文\n\n<!-- .salutation -->\n同志们：\n");
    assert_eq!(document.blocks[1].kind, BlockKind::Raw("<!-- .salutation -->".into()));
    let (_, diagnostics) = read("<!-- banshi roles -->\n\n<!-- .body lead=\"x\" -->\n文\n");
    assert_eq!(diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), ["attributes"]);
}

#[test]
fn numbers_that_leap_begin_a_list_each() {
    let starts = |text: &str| -> Vec<(Option<u64>, usize, String)> {
        let list = |block: Block| match block.kind {
            BlockKind::List(list) => (list.start, list.items.len(), block.origin.at.to_string()),
            other => panic!("{other:?}"),
        };
        read(text).0.blocks.into_iter().map(list).collect()
    };
    assert_eq!(
        starts("7. 甲\n8. 乙\n10. 丙\n13. 丁\n14. 戊\n"),
        [(Some(7), 2, "1-2".into()), (Some(10), 1, "3".into()), (Some(13), 2, "4-5".into())]
    );
    for counted in ["1. 甲\n1. 乙\n1. 丙\n", "1. 甲\n3. 乙\n2. 丙\n", "1. 甲\n2. 乙\n3. 丙\n"] {
        assert_eq!(starts(counted), [(Some(1), 3, "1-3".into())], "{counted}");
    }
    assert_eq!(starts("- 甲\n- 乙\n"), [(None, 2, "1-2".into())]);
    let nested = read("1. 甲\n\n   4. 子\n   6. 丑\n2. 乙\n").0;
    let BlockKind::List(outer) = &nested.blocks[0].kind else { panic!("a list") };
    assert_eq!((outer.items.len(), outer.items[0].blocks.len()), (2, 3));
}
