//! What a printer looks for on the pages of the samples: GB/T 9704-2012 5.2 and the rules of line ends.

mod support;

use banshi::diagnostic::Diagnostics;
use banshi::layout::{Line, LineKind, Pages, layout};
use banshi::profile::PT_PER_MM;
use banshi::tree::{Block, BlockKind, Document, Origin, Paragraph, Role};
use support::{authored, decoded, options, samples};

fn set(document: &Document) -> Pages {
    layout(document, &options(), &mut Diagnostics::default())
}

fn body_lines(pages: &Pages) -> impl Iterator<Item = &Line> {
    pages
        .pages
        .iter()
        .flat_map(|page| &page.lines)
        .filter(|line| line.kind == LineKind::Paragraph(Role::Body))
}

#[test]
fn lines_stay_in_the_type_area_and_baselines_on_the_grid() {
    let profile = options().profile;
    let left = profile.page.left * PT_PER_MM;
    for sample in samples() {
        let pages = set(&authored(&decoded(&sample).value));
        for page in &pages.pages {
            for line in &page.lines {
                assert!(line.x >= left - 0.05, "{}: {}", sample.display(), line.text());
                assert!(
                    line.x + line.width <= left + profile.measure() + 0.05,
                    "{}: {}",
                    sample.display(),
                    line.text()
                );
            }
            let baselines = page.lines.iter().filter(|line| line.kind == LineKind::Paragraph(Role::Body));
            let rows: Vec<f64> = baselines.map(|line| line.baseline / profile.leading()).collect();
            if page.lines.iter().all(|line| matches!(line.kind, LineKind::Paragraph(_))) {
                for pair in rows.windows(2) {
                    let step = pair[1] - pair[0];
                    assert!((step - step.round()).abs() < 0.01, "{}: off the grid", sample.display());
                }
            }
        }
    }
}

#[test]
fn a_full_page_has_22_lines_of_28_characters() {
    let text = "办公室工作会议通知文件材料档案".repeat(120);
    let paragraph = BlockKind::Paragraph(Paragraph::plain(text));
    let document = Document {
        blocks: vec![Block { kind: paragraph, origin: Origin::default() }],
        ..Document::default()
    };
    let pages = set(&document);
    let page = &pages.pages[1];
    assert_eq!(page.lines.len(), 22);
    assert!(page.lines.iter().all(|line| line.text().chars().count() == 28));
    let profile = options().profile;
    let top = profile.page.top * PT_PER_MM;
    let bottom = top + profile.height();
    assert!(page.lines[0].baseline > top && page.lines[21].baseline < bottom);
}

#[test]
fn page_numbers_stand_outside_below_the_type_area() {
    let profile = options().profile;
    let (left, right) = (profile.page.left * PT_PER_MM, profile.page.left * PT_PER_MM + profile.measure());
    let pages = set(&authored(&decoded(&samples()[2]).value));
    assert!(pages.pages.len() > 2);
    for (index, page) in pages.pages.iter().enumerate() {
        let number = &page.numbers[0];
        assert_eq!(number.text(), format!("— {} —", index + 1));
        let (from, to) = (number.x, number.x + number.width);
        let indent = profile.page_number.size * profile.page_number.indent;
        if index % 2 == 0 {
            assert!((to - (right - indent)).abs() < 1.0, "odd pages: right, one character in");
        } else {
            assert!((from - (left + indent)).abs() < 1.0, "even pages: left, one character in");
        }
        let bottom = profile.page.top * PT_PER_MM + profile.height();
        assert!(number.baseline > bottom && number.baseline < bottom + 12.0 * PT_PER_MM);
    }
}

#[test]
fn body_paragraphs_are_indented_by_two_characters() {
    let profile = options().profile;
    let indent = profile.page.left * PT_PER_MM + 2.0 * profile.advance();
    let pages = set(&authored(&decoded(&samples()[2]).value));
    let mut previous = usize::MAX;
    for line in body_lines(&pages) {
        if line.paragraph != previous
            && line.text().chars().next().is_some_and(|c| ('一'..='龥').contains(&c))
        {
            assert!((line.x - indent).abs() < 0.1, "{}", line.text());
        }
        previous = line.paragraph;
    }
}
