//! What stays together at the ends of pages, and where the end of a document stands.

use super::*;
use crate::profile::ImprintPage;

/// The end of an official document, from 附件说明 to 附注.
fn end_matter() -> Vec<Block> {
    vec![
        paragraph(Role::AttachmentNote, "附件：1.重点任务清单"),
        paragraph(Role::AttachmentNote, "2.填报说明"),
        paragraph(Role::Signature, "某某市人民政府办公室"),
        paragraph(Role::SigningDate, "2026年1月5日"),
        paragraph(Role::Remark, "（此件公开发布）"),
    ]
}

#[test]
fn no_page_holds_the_end_of_a_document_without_two_lines_of_its_text() {
    for full_lines in 10..=22 {
        let mut blocks = vec![paragraph(Role::Body, &han(26 + 28 * (full_lines - 1)))];
        blocks.extend(end_matter());
        let pages = set(blocks);
        let last = &pages.pages.last().unwrap().lines;
        assert_eq!(last.last().unwrap().text(), "（此件公开发布）");
        let of_text = last.iter().filter(|line| line.kind == LineKind::Paragraph(Role::Body)).count();
        assert!(of_text >= 2, "{full_lines}: {of_text} lines of text");
        assert_eq!(last.iter().filter(|line| line.kind != LineKind::Paragraph(Role::Body)).count(), 5);
    }
}

#[test]
fn a_last_paragraph_of_one_line_takes_no_line_before_it_along() {
    for full_lines in 18..=21 {
        let pages = set(vec![
            paragraph(Role::Body, &han(26 + 28 * (full_lines - 1))),
            paragraph(Role::Body, "特此通知。"),
            paragraph(Role::Signature, "某某市人民政府办公室"),
            paragraph(Role::SigningDate, "2026年1月5日"),
            paragraph(Role::Remark, "（此件公开发布）"),
        ]);
        let last = &pages.pages.last().unwrap().lines;
        let of_text = last.iter().filter(|line| line.kind == LineKind::Paragraph(Role::Body)).count();
        assert_eq!(of_text, 1, "{full_lines}: {of_text} lines of text");
        assert_eq!(pages.pages[0].lines.len(), full_lines);
    }
}

#[test]
fn the_end_of_a_document_leaves_and_takes_no_single_line_of_a_paragraph() {
    for (own, taken) in [(2, 2), (3, 3), (4, 2), (7, 2)] {
        let pages = set(vec![
            paragraph(Role::Body, &han(26 + 28 * (20 - own))),
            paragraph(Role::Body, &han(26 + 28 * (own - 1))),
            paragraph(Role::Signature, "某某市人民政府办公室"),
            paragraph(Role::SigningDate, "2026年1月5日"),
        ]);
        assert_eq!(pages.pages[0].lines.len(), 21 - taken, "{own}");
    }
}

#[test]
fn the_first_page_shows_text_below_its_head() {
    // GB/T 9704-2012 7.3.3: 公文首页必须显示正文.
    for own in [2, 3, 5] {
        let mut blocks = vec![paragraph(Role::Title, "关于印发三年行动计划的通知")];
        blocks
            .extend(vec![paragraph(Role::Recipient, "各县区人民政府，市直各有关单位："); 13]);
        blocks.push(paragraph(Role::Body, &han(26 + 28 * (own - 1))));
        blocks.extend(end_matter());
        let pages = set(blocks);
        let text = |page: &crate::layout::Page| {
            page.lines.iter().filter(|line| line.kind == LineKind::Paragraph(Role::Body)).count()
        };
        assert!(pages.pages.len() == 2 && text(&pages.pages[0]) > 0 && text(&pages.pages[1]) > 0, "{own}");
    }
}

#[test]
fn the_end_of_a_document_takes_no_text_from_its_heading() {
    for full_lines in 10..=20 {
        let mut blocks = vec![
            paragraph(Role::Body, &han(26 + 28 * (full_lines - 1))),
            paragraph(Role::Heading(1), "一、工作要求"),
            paragraph(Role::Body, &han(40)),
        ];
        blocks.extend(end_matter());
        let pages = set(blocks);
        let is_heading = |line: &Line| line.kind == LineKind::Paragraph(Role::Heading(1));
        for page in &pages.pages {
            assert!(!page.lines.last().is_some_and(is_heading), "{full_lines}");
        }
    }
}

#[test]
fn a_paragraph_that_is_not_divided_goes_whole_with_the_end_of_a_document() {
    for full_lines in 4..=13 {
        let mut blocks = vec![paragraph(Role::Body, &han(20 * full_lines)), paragraph(Role::Body, &han(50))];
        blocks.push(paragraph(Role::Signature, "述职人：周平"));
        blocks.push(paragraph(Role::SigningDate, "2026年1月12日"));
        let mut options = Options::new().unwrap();
        options.profile = Profile::built_in("reading").unwrap().unwrap();
        let pages = layout(&document(blocks), &options, &mut Diagnostics::default());
        let page_of =
            |page: &crate::layout::Page| page.lines.iter().map(|line| line.paragraph).collect::<Vec<_>>();
        let pages: Vec<_> = pages.pages.iter().map(page_of).collect();
        assert_eq!(pages.iter().filter(|page| page.contains(&1)).count(), 1, "{full_lines}: {pages:?}");
    }
}

#[test]
fn more_attachments_than_a_page_holds_begin_where_the_text_ends() {
    let mut blocks = vec![paragraph(Role::Body, &han(26 + 28 * 4))];
    blocks.extend((1..=30).map(|n| paragraph(Role::AttachmentNote, &format!("附件：{n}.清单"))));
    let pages = set(blocks);
    assert!(pages.pages[0].lines.len() > 15);
}

#[test]
fn a_remark_over_the_first_title_ends_no_document() {
    let blocks = [
        paragraph(Role::Byline, "农村改革简报"),
        paragraph(Role::Remark, "【编者按】现予刊发。"),
        paragraph(Role::Title, "唤醒沉睡资源"),
        paragraph(Role::Body, "正文。"),
    ];
    let once = set(blocks.to_vec());
    assert_eq!(once.pages.len(), 1);
    assert_eq!(set([&blocks[2..], &blocks[1..]].concat()).pages.len(), 2);
}

#[test]
fn a_second_document_begins_a_page() {
    let title = |text: &str| paragraph(Role::Title, text);
    let mut blocks = vec![title("通知"), paragraph(Role::Body, "现印发给你们。")];
    blocks.extend(end_matter());
    blocks.extend([title("管理办法"), paragraph(Role::Body, &han(20))]);
    let pages = set(blocks);
    assert_eq!(pages.pages.len(), 2);
    assert_eq!(pages.pages[1].lines[0].text(), "管理办法");
}

#[test]
fn the_imprint_stands_on_the_back_of_a_leaf() {
    let imprint = || vec![paragraph(Role::CopyTo, "抄送：市委各部门。")];
    let set_to = |lines: usize, imprint_page| {
        let mut blocks = vec![paragraph(Role::Body, &han(26 + 28 * (lines - 1)))];
        blocks.extend(imprint());
        let mut options = Options::new().unwrap();
        options.profile.imprint_page = imprint_page;
        layout(&document(blocks), &options, &mut Diagnostics::default())
    };
    for (lines, page_count, imprint_page) in [
        (3, 2, ImprintPage::Even),
        (30, 2, ImprintPage::Even),
        // No room on page 2: page 3 is blank, the 版记 on page 4, and neither has a number.
        (44, 4, ImprintPage::Even),
        (3, 1, ImprintPage::Last),
        (22, 2, ImprintPage::Last),
        (44, 3, ImprintPage::Last),
    ] {
        let pages = set_to(lines, imprint_page).pages;
        assert_eq!(pages.len(), page_count, "{lines} lines, {imprint_page:?}");
        assert_eq!(pages[page_count - 1].lines.last().unwrap().text(), "抄送：市委各部门。");
        let numbered: Vec<usize> = (0..page_count).filter(|n| !pages[*n].numbers.is_empty()).collect();
        let expected = if page_count == 4 { vec![0, 1] } else { (0..page_count).collect() };
        assert_eq!(numbered, expected, "{lines} lines, {imprint_page:?}");
    }
}

#[test]
fn a_long_note_begins_below_its_mark_and_goes_on_at_the_foot_of_the_next_page() {
    let note = han(40 * 30);
    let body = Paragraph::new(Role::Body, vec![Inline::Text(han(26 + 28 * 14)), Inline::NoteRef("n".into())]);
    let mut document =
        document(vec![block(BlockKind::Paragraph(body)), paragraph(Role::Body, &han(28 * 30))]);
    document.notes = vec![Note::foot("n", vec![paragraph(Role::Body, &note)])];
    let pages = set_with(&document).0;
    let notes =
        |page: usize| pages.pages[page].lines.iter().filter(|line| line.kind == LineKind::Note).count();
    let text = |page: usize| pages.pages[page].lines.len() - notes(page);
    assert!(text(0) >= 15 && notes(0) >= 3, "{} lines of text, {} of the note", text(0), notes(0));
    assert!(notes(1) > 0);
    let bottom = (profile().page.height - profile().page.bottom) * PT_PER_MM;
    assert!(lines(&pages).iter().all(|line| line.baseline <= bottom));
}

#[test]
fn a_short_program_is_not_divided_between_two_pages() {
    for full_lines in 17..=22 {
        let code = Code { language: String::new(), text: "let a = 1;\nlet b = 2;\nlet c = 3;".into() };
        let text = paragraph(Role::Body, &han(26 + 28 * (full_lines - 1)));
        let pages = set(vec![text, block(BlockKind::Code(code))]);
        let of_code =
            |page: &crate::layout::Page| page.lines.iter().filter(|line| line.kind == LineKind::Code).count();
        let counts: Vec<usize> = pages.pages.iter().map(of_code).filter(|count| *count > 0).collect();
        assert_eq!(counts, [3], "{full_lines}");
    }
}

#[test]
fn a_heading_is_not_parted_from_a_text_whose_note_needs_room() {
    for full_lines in 12..=21 {
        let mut noted = Paragraph::new(Role::Body, vec![Inline::Text("正文".to_owned())]);
        noted.content.push(Inline::NoteRef("a".to_owned()));
        let document = Document {
            blocks: vec![
                paragraph(Role::Body, &han(26 + 28 * (full_lines - 1))),
                paragraph(Role::Heading(1), "一、工作要求"),
                block(BlockKind::Paragraph(noted)),
            ],
            notes: vec![Note::foot("a", vec![paragraph(Role::Body, &han(150))])],
            ..Document::default()
        };
        let (pages, _) = set_with(&document);
        for page in &pages.pages {
            let text = page.lines.iter().rfind(|line| line.kind != LineKind::Note);
            assert_ne!(
                text.map(|line| line.kind),
                Some(LineKind::Paragraph(Role::Heading(1))),
                "{full_lines}"
            );
        }
    }
}

#[test]
fn no_page_holds_a_signature_without_a_row_of_the_table_above_it() {
    for rows in 16..=30 {
        let row = |text: String| Row::new(vec![cell(&text)]);
        let rows: Vec<Row> = (0..rows).map(|number| row(format!("第{number}行"))).collect();
        let table = Table { header_rows: 1, rows, ..Table::default() };
        let pages = set(vec![
            block(BlockKind::Table(table)),
            paragraph(Role::Signature, "某某市人民政府办公室"),
            paragraph(Role::SigningDate, "2026年1月5日"),
        ]);
        let last = &pages.pages.last().unwrap().lines;
        let cells = last.iter().filter(|line| line.kind == LineKind::TableCell).count();
        // The head, which is repeated, and a row.
        assert!(cells >= 2, "{cells} cells above the signature");
    }
}
