//! What is wider than the measure: tables and program text.

use super::*;
use crate::layout::Page;

fn wide_table(columns: usize, rows: usize) -> Table {
    let row = |words: &str| Row::new((0..columns).map(|_| cell(words)).collect());
    let rows = std::iter::once(row("责任单位")).chain((0..rows).map(|_| row("某某街道办事处"))).collect();
    Table { header_rows: 1, rows, ..Table::default() }
}

fn is_in_type_area(page: &Page) -> bool {
    let profile = profile();
    let (left, top) = (profile.page.left * PT_PER_MM - 0.5, profile.page.top * PT_PER_MM - 0.5);
    let (right, bottom) = (left + profile.measure() + 1.0, top + profile.height() + 1.0);
    let rules = page.rules.iter().all(|rule| {
        rule.x >= left && rule.x + rule.width <= right && rule.y >= top && rule.y + rule.height <= bottom
    });
    let turned = |line: &Line| {
        line.x >= left && line.x <= right && line.baseline <= bottom && line.baseline - line.width >= top
    };
    rules && page.lines.iter().all(|line| line.turned == page.turned && (!line.turned || turned(line)))
}

#[test]
fn a_wide_table_stands_on_landscape_pages_of_its_own() {
    let pages = set(vec![
        paragraph(Role::Body, "前文。"),
        block(BlockKind::Table(wide_table(11, 30))),
        paragraph(Role::Body, "后文。"),
    ]);
    let turned: Vec<bool> = pages.pages.iter().map(|page| page.turned).collect();
    assert!(turned.len() > 3);
    assert!(!turned[0] && !turned[turned.len() - 1]);
    assert!(turned[1..turned.len() - 1].iter().all(|turned| *turned));
    for page in &pages.pages {
        assert!(is_in_type_area(page));
        assert!(!page.numbers[0].turned, "the number stands where it stands on other pages");
        if page.turned {
            assert_eq!(page.lines[0].text() + &page.lines[1].text(), "责任单位", "the head is repeated");
            let first = &page.lines[0];
            assert!(page.lines.iter().all(|line| line.x >= first.x - 0.01), "the head is at the left edge");
        }
    }
    let rows = texts(&pages).iter().filter(|text| text.contains("某某")).count();
    assert_eq!(rows, 11 * 30);
}

#[test]
fn a_table_that_begins_the_document_leaves_no_blank_page() {
    let pages = set(vec![block(BlockKind::Table(wide_table(11, 3)))]);
    assert_eq!(pages.pages.len(), 1);
    assert!(pages.pages[0].turned && is_in_type_area(&pages.pages[0]));
}

#[test]
fn what_leads_to_a_wide_table_stands_on_its_page() {
    let pages = set(vec![
        paragraph(Role::Body, &han(26 + 28 * 17)),
        paragraph(Role::Heading(1), "一、进度"),
        paragraph(Role::Body, "进度安排表"),
        paragraph(Role::Body, "单位：万元"),
        block(BlockKind::Table(wide_table(11, 30))),
        paragraph(Role::Body, "后文。"),
    ]);
    let page = &pages.pages[1];
    assert!(!pages.pages[0].turned && page.turned && is_in_type_area(page));
    assert_eq!(
        page.lines[..3].iter().map(Line::text).collect::<Vec<_>>(),
        ["一、进度", "进度安排表", "单位：万元"]
    );
    assert!(page.lines.iter().any(|line| line.kind == LineKind::TableCell));
    // A title stands in the middle of the page as it lies.
    let pages = set(vec![paragraph(Role::Title, "进度安排"), block(BlockKind::Table(wide_table(11, 3)))]);
    assert_eq!(pages.pages.len(), 1);
    let (title, middle) =
        (&pages.pages[0].lines[0], profile().page.top * PT_PER_MM + profile().height() / 2.0);
    assert!((title.baseline - title.width / 2.0 - middle).abs() < 0.1, "{}", title.baseline);
}

#[test]
fn notes_of_a_wide_table_stand_at_the_foot_of_its_page() {
    let mut table = wide_table(11, 3);
    let marked = vec![Inline::Text("某某".into()), Inline::NoteRef("n".into())];
    table.rows[1].cells[0] = Cell::new(vec![block(BlockKind::Paragraph(Paragraph::new(Role::Body, marked)))]);
    let mut document = document(vec![block(BlockKind::Table(table)), paragraph(Role::Body, "后文。")]);
    document.notes = vec![Note::foot("n", vec![paragraph(Role::Body, &han(60))])];
    let pages = set_with(&document).0;
    assert_eq!(pages.pages.len(), 2);
    let page = &pages.pages[0];
    let notes: Vec<&Line> = page.lines.iter().filter(|line| line.kind == LineKind::Note).collect();
    assert!(notes.len() > 1 && is_in_type_area(page));
    let of_table = page.lines.iter().filter(|line| line.kind == LineKind::TableCell);
    let lowest = of_table.map(|line| line.x).fold(0.0, f64::max);
    assert!(notes.iter().all(|line| line.x > lowest), "below the table as the page is looked at");
}

#[test]
fn two_wide_tables_have_their_own_pages_and_a_narrow_one_stays_upright() {
    let pages = set(vec![
        block(BlockKind::Table(wide_table(11, 3))),
        block(BlockKind::Table(wide_table(11, 3))),
        block(BlockKind::Table(wide_table(4, 3))),
    ]);
    assert_eq!(pages.pages.iter().map(|page| page.turned).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn a_table_too_wide_for_a_landscape_page_is_set_smaller() {
    let size = |columns| {
        let pages = set(vec![block(BlockKind::Table(wide_table(columns, 2)))]);
        assert!(pages.pages.iter().all(is_in_type_area), "{columns} columns");
        pages.pages[0].lines[0].runs[0].size
    };
    assert_eq!(size(11), 14.0);
    assert!(size(16) < 14.0 && size(16) >= 7.0);
}

#[test]
fn lines_of_code_that_are_too_long_go_on_behind_a_mark_and_are_reported() {
    let code = "let short = 1;\n\n".to_owned() + &"let name = value; ".repeat(8) + "\nend";
    let text = Code { language: String::new(), text: code.clone() };
    let (pages, diagnostics) = set_with(&document(vec![block(BlockKind::Code(text))]));
    let shown = texts(&pages);
    assert_eq!(shown[0], "let short = 1;");
    assert_eq!(shown[1], "");
    assert!(!shown[2].starts_with('→') && shown[3].starts_with('→'), "{shown:?}");
    assert_eq!(shown.last().unwrap(), "end");
    let source: String = lines(&pages).iter().map(|line| line.source()).collect();
    assert_eq!(source, code.replace('\n', ""));
    assert!(lines(&pages).iter().all(|line| right_end(line) <= profile().measure() + 0.02));
    let broken: Vec<_> = diagnostics.iter().filter(|d| d.code == "code-line-broken").collect();
    assert_eq!(broken.len(), 1);
    assert!(broken[0].message.to_string().starts_with("1 line of program text"), "{}", broken[0].message);
}

#[test]
fn bold_is_the_heavier_face_and_emphasis_kai() {
    use crate::tree::InlineStyle;
    let styled = |kind, content: Vec<Inline>| Inline::Styled(kind, content);
    let words = |words: &str| vec![Inline::Text(words.to_owned())];
    let of = |role, content| {
        let pages = set(vec![block(BlockKind::Paragraph(Paragraph::new(role, content)))]);
        let run = &lines(&pages)[0].runs[0];
        (run.face.name(), run.embolden)
    };
    let strong = |role| of(role, vec![styled(InlineStyle::Strong, words("重点"))]);
    assert_eq!(strong(Role::Body), ("NotoSansSC-Medium", false));
    assert_eq!(strong(Role::Heading(2)), ("NotoSansSC-Medium", false));
    // Nothing is heavier than 黑体: a stroke makes it so.
    assert_eq!(strong(Role::Heading(1)), ("NotoSansSC-Medium", true));
    let emphasis = || styled(InlineStyle::Emphasis, words("重点"));
    assert_eq!(of(Role::Body, vec![emphasis()]), ("BanshiKai-Regular", false));
    let both = styled(InlineStyle::Strong, vec![emphasis()]);
    assert_eq!(of(Role::Body, vec![both]), ("BanshiKai-Regular", true));
    // Figures among 黑体 are as heavy as it.
    assert_eq!(of(Role::Heading(1), words("2026")).0, "LiberationSerif-Bold");
    assert_eq!(of(Role::Heading(2), words("2026")).0, "LiberationSerif");
}

#[test]
fn no_column_divides_a_date_or_leaves_a_character_alone() {
    let row = || Row::new(["2026年12月15日", "桥头街道", "主体完工", "存在问题"].map(cell).to_vec());
    let rows = (0..3).map(|_| Row::new([row().cells, row().cells].concat())).collect();
    let table = Table { rows, ..Table::default() };
    let pages = set(vec![block(BlockKind::Table(table))]);
    let found = texts(&pages);
    assert_eq!(found.iter().filter(|text| *text == "2026年12月15日").count(), 6, "{found:?}");
    assert!(found.iter().all(|text| text.chars().count() > 1), "{found:?}");
}

#[test]
fn long_names_break_at_their_joints_before_a_line_is_spread() {
    for (name, parts) in [
        ("handler.releaseRequest.fromClient", vec!["handler.", "release", "Request.", "from", "Client"]),
        ("system/current/policies/explorer", vec!["system/", "current/", "policies/", "explorer"]),
        ("IRibbonExtensibilityProvider", vec!["IRibbon", "Extensibility", "Provider"]),
    ] {
        for before in 10..26 {
            let text = format!("{}{name}{}", han(before), han(30));
            let pages = body(&text);
            let found = texts(&pages);
            assert_eq!(found.concat(), text);
            let first = lines(&pages)[0];
            let em = profile().advance();
            let last = first.runs[0].glyphs.len().min(before) - 1;
            let step = first.runs[0].glyphs[last].x - first.runs[0].glyphs[last - 1].x;
            assert!(f64::from(step) < 1.35 * em, "{before}: {found:?}");
            let head: String = found[0].chars().skip(before).collect();
            let at_joint = (0..=parts.len()).any(|count| parts[..count].concat() == head);
            assert!(at_joint || head.chars().count() > name.len(), "{before}: {found:?}");
        }
    }
    // A figure is not divided.
    for before in 18..27 {
        let found = texts(&body(&format!("{}1234567.8901234{}", han(before), han(30))));
        assert!(found.iter().any(|line| line.contains("1234567.8901234")), "{found:?}");
    }
}
