//! Documents made of random lines.

use crate::diagnostic::Diagnostics;
use crate::tree::{Block, BlockKind, Document, Role, Stated};

use super::super::recognise;
use super::{decode, read_otherwise};

/// Lines of which generated documents are made.
const PIECES: [&str; 30] = [
    "同志们：",
    "一、总体要求",
    "（一）目标。内容很多。",
    "1.调查研究",
    "第一，要快。",
    "谢谢大家！",
    "2026年1月5日",
    "某市人民政府",
    "附件：1.表",
    "附件1",
    "抄送：某局",
    "（此件公开发布）",
    "第一章　总则",
    "第一条　为了",
    "——在会上的讲话",
    "扫码加群",
    "大",
    ">",
    "关于工作的通知",
    "国发〔2026〕1号",
    "各单位：",
    "一是快；二是好。",
    "目录",
    "张　三",
    "　　　　　　某局",
    "",
    "",
    "今年以来全局上下扎实推进各项任务落实取得了比较明显的成效。",
    "《",
    "（",
];

proptest::proptest! {
    #[test]
    fn any_lines_are_read_kept_and_read_again_alike(
        picks in proptest::collection::vec(0usize..PIECES.len(), 0..40),
        noise in "[一二第（）、。：1.条章 A\u{3000}—]{0,40}",
    ) {
        let mut text: String = picks.iter().map(|pick| format!("{}\n", PIECES[*pick])).collect();
        text.push_str(&noise);
        let mut document = decode(&text);
        let flat = |document: &Document| {
            let mut all = String::new();
            document.for_each_paragraph(&mut |_, paragraph| {
                all.push_str(&paragraph.text());
                all.push('\n');
            });
            all
        };
        let before = flat(&document);
        recognise(&mut document, &mut Diagnostics::default());
        proptest::prop_assert_eq!(before, flat(&document));
        document.for_each_paragraph(&mut |_, paragraph| {
            let text = paragraph.text();
            if let Some(marker) = &paragraph.marker {
                assert!(text.starts_with(&marker.text));
            }
            let count = text.chars().count();
            assert!(paragraph.lead.is_none_or(|lead| lead.end <= count));
            assert!(paragraph.points.windows(2).all(|pair| pair[0].end <= pair[1].start));
            assert!(paragraph.points.iter().all(|point| point.start < point.end && point.end <= count));
        });
        let again = document.clone();
        recognise(&mut document, &mut Diagnostics::default());
        proptest::prop_assert_eq!(document, again);
    }

    #[test]
    fn what_states_its_roles_is_read_as_it_was(
        picks in proptest::collection::vec(0usize..PIECES.len(), 0..40),
    ) {
        let text: String = picks.iter().map(|pick| format!("{}\n", PIECES[*pick])).collect();
        let mut document = decode(&text);
        recognise(&mut document, &mut Diagnostics::default());
        let otherwise = read_otherwise(&document, Stated::Roles);
        proptest::prop_assert!(otherwise.is_empty(), "{}\n{:#?}", text, otherwise);
    }

    #[test]
    fn any_text_is_read(text in "(\\PC|\n|\r|\t|\u{3000}|[一第（。：、1]){0,120}") {
        let mut document = decode(&text);
        recognise(&mut document, &mut Diagnostics::default());
    }

    #[test]
    fn stated_roles_are_kept_and_the_second_run_changes_nothing(
        picks in proptest::collection::vec((0usize..PIECES.len(), 0usize..8), 0..30),
    ) {
        let text: String = picks.iter().map(|(pick, _)| format!("{}\n", PIECES[*pick])).collect();
        let mut document = decode(&text);
        for (block, (_, role)) in document.blocks.iter_mut().zip(&picks) {
            let BlockKind::Paragraph(paragraph) = &mut block.kind else { continue };
            match role {
                0 => paragraph.role = Role::Heading(2),
                1 => paragraph.role = Role::Signature,
                2 => paragraph.role = Role::Title,
                3 => block.origin.appearance.outline_level = Some(1),
                _ => {}
            }
        }
        let stated: Vec<(String, Role)> = document.blocks.iter().filter_map(stated).collect();
        recognise(&mut document, &mut Diagnostics::default());
        let mut left = document.blocks.iter().filter_map(stated_after);
        for wanted in stated {
            proptest::prop_assert!(left.any(|got| got == wanted), "{:?}", wanted);
        }
        let again = document.clone();
        recognise(&mut document, &mut Diagnostics::default());
        proptest::prop_assert_eq!(document, again);
    }
}

fn stated(block: &Block) -> Option<(String, Role)> {
    stated_after(block).filter(|(_, role)| *role != Role::Body)
}

fn stated_after(block: &Block) -> Option<(String, Role)> {
    let BlockKind::Paragraph(paragraph) = &block.kind else { return None };
    Some((paragraph.text(), paragraph.role))
}

/// Seconds that a text of so many copies takes.
fn seconds(copies: usize) -> f64 {
    let copy: String = PIECES.iter().map(|piece| format!("{piece}\n")).collect();
    let mut document = decode(&copy.repeat(copies));
    let start = std::time::Instant::now();
    recognise(&mut document, &mut Diagnostics::default());
    start.elapsed().as_secs_f64()
}

#[test]
fn the_time_grows_with_the_text() {
    // The quickest of three, since other programs run beside this one. Quadratic work would take 64 times as long.
    let quickest = |copies| (0..3).map(|_| seconds(copies)).fold(f64::MAX, f64::min);
    let (few, many) = (quickest(40), quickest(320));
    assert!(many < few * 24.0, "8 times the text takes {:.1} times as long", many / few);
}
