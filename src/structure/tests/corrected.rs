//! Corrections constrain what is recognised, and the rest adapts to them.

use crate::correction::{Correction, Corrections, Fields, Split};
use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::{Role, Stated};

use super::{BODY, decode, name};
use crate::structure::read;
use crate::tree::BlockKind;

fn at(at: u32) -> Correction {
    Correction { at, piece: 1, ..Correction::default() }
}

fn role(line: u32, role: Role) -> Correction {
    Correction { role: Some(role), ..at(line) }
}

/// The roles and texts after some corrections, and the codes of what was noticed.
fn corrected(text: &str, paragraphs: Vec<Correction>, fields: Fields) -> (Vec<String>, Vec<&'static str>) {
    let mut document = decode(text);
    let mut diagnostics = Diagnostics::default();
    read(&mut document, Stated::Some, &Corrections { fields, paragraphs }, 1, &mut diagnostics);
    let mut lines = Vec::new();
    for block in &document.blocks {
        let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
        let text: String = paragraph.text().chars().take(8).collect();
        lines.push(format!("{}|{text}", name(paragraph.role)));
    }
    let noticed = diagnostics.iter().filter(|finding| finding.kind == Kind::Noticed).map(|f| f.code);
    (lines, noticed.collect())
}

#[track_caller]
fn check(text: &str, paragraphs: Vec<Correction>, wanted: &[&str]) {
    let (lines, noticed) = corrected(text, paragraphs, Fields::default());
    assert_eq!(lines, wanted);
    assert!(noticed.is_empty(), "{noticed:?}");
}

#[test]
fn siblings_are_read_as_the_one_that_was_corrected() {
    let text = format!(
        "工作报告\n第一，要抓紧部署。各科室都要动起来，马上就办。\n第二，要抓好落实。不能等，不能靠，不能要。\n\
         第三，要抓实督查。查进度，查质量，查问题。\n{BODY}\n"
    );
    check(
        &text,
        Vec::new(),
        &[
            "title|工作报告",
            "point2|第一，要抓紧部署",
            "point2|第二，要抓好落实",
            "point2|第三，要抓实督查",
            "body|今年以来，全局上",
        ],
    );
    check(
        &text,
        vec![role(3, Role::Heading(1))],
        &[
            "title|工作报告",
            "heading1|第一，要抓紧部署",
            "heading1|第二，要抓好落实",
            "heading1|第三，要抓实督查",
            "body|今年以来，全局上",
        ],
    );
}

#[test]
fn one_heading_without_a_number_shows_the_others() {
    let text =
        format!("县情介绍\n各位来宾：\n{BODY}\n自然条件\n我县地处平原，四季分明，雨水充足。\n物产\n{BODY}\n");
    let before = ["title|县情介绍", "salutation|各位来宾：", "body|今年以来，全局上", "body|自然条件"];
    let (lines, _) = corrected(&text, Vec::new(), Fields::default());
    assert_eq!(lines[..4], before);
    let (lines, _) = corrected(&text, vec![role(6, Role::Heading(2))], Fields::default());
    assert_eq!(lines[3..6], ["heading2|自然条件", "body|我县地处平原，四", "heading2|物产"]);
}

#[test]
fn the_head_is_read_round_the_line_that_is_known() {
    let text = format!("春天里\n王小明\n2026年3月1日\n同志们：\n{BODY}\n");
    let (lines, _) = corrected(&text, vec![role(1, Role::Title)], Fields::default());
    assert_eq!(lines[..4], ["title|春天里", "byline|王小明", "date|2026年3月1", "salutation|同志们："]);
    // A title that stands in the text begins a head of its own.
    let text = format!("甲县工作报告\n{BODY}\n乙县的做法\n（2026年3月1日）\n{BODY}\n");
    let (lines, _) = corrected(&text, vec![role(3, Role::Title)], Fields::default());
    assert_eq!(lines[2..4], ["title|乙县的做法", "date|（2026年3月"]);
}

#[test]
fn what_was_left_out_is_put_back_and_read_again() {
    let text = format!("更多精彩文章请关注公众号：材料之家\n全县工作会议上的讲话\n同志们：\n{BODY}\n");
    let (lines, _) = corrected(&text, Vec::new(), Fields::default());
    assert_eq!(lines[0], "boilerplate|更多精彩文章请关");
    let keep = Correction { keep: true, ..at(1) };
    let (lines, _) = corrected(&text, vec![keep], Fields::default());
    assert!(!lines[0].starts_with("boilerplate"), "{}", lines[0]);
    let (lines, _) = corrected(&text, vec![role(4, Role::Boilerplate)], Fields::default());
    assert_eq!(lines[3], "boilerplate|今年以来，全局上");
}

#[test]
fn paragraphs_are_split_and_joined_before_they_are_read() {
    let text = format!("工作报告\n一、提高认识{BODY}\n二、加强领\n导\n{BODY}\n");
    let split = Correction {
        text: "一、提高认识".into(),
        split: vec![Split { at: 6, before: "今年以来".into() }],
        ..at(2)
    };
    let join = Correction { join: Some(true), text: "导".into(), ..at(4) };
    check(
        &text,
        vec![split.clone(), join],
        &[
            "title|工作报告",
            "heading1|一、提高认识",
            "body|今年以来，全局上",
            "heading1|二、加强领导",
            "body|今年以来，全局上",
        ],
    );
    let second = Correction { piece: 2, role: Some(Role::Closing), ..at(2) };
    let (lines, noticed) = corrected(&text, vec![split, second], Fields::default());
    assert_eq!((lines[2].as_str(), noticed.len()), ("closing|今年以来，全局上", 0));
}

#[test]
fn lines_of_a_title_are_parted() {
    let text = format!("关于做好防汛工作的\n紧急通知\n各乡镇人民政府：\n{BODY}\n");
    assert_eq!(corrected(&text, Vec::new(), Fields::default()).0.len(), 3);
    let apart = Correction { join: Some(false), role: Some(Role::Subtitle), ..at(2) };
    check(
        &text,
        vec![apart],
        &[
            "title|关于做好防汛工作",
            "subtitle|紧急通知",
            "recipient|各乡镇人民政府：",
            "body|今年以来，全局上",
        ],
    );
}

#[test]
fn a_correction_follows_its_words_and_says_when_they_are_gone() {
    let text = format!("工作报告\n新的一行。\n小结\n{BODY}\n");
    let of = |words: &str| Correction { text: words.into(), ..role(2, Role::Heading(1)) };
    let (lines, noticed) = corrected(&text, vec![of("小结")], Fields::default());
    assert_eq!((lines[2].as_str(), noticed), ("heading1|小结", vec!["correction-moved"]));
    let (lines, noticed) = corrected(&text, vec![of("总结")], Fields::default());
    assert_eq!((lines[2].as_str(), noticed), ("body|小结", vec!["correction-unmatched"]));
    let split = Correction { split: vec![Split { at: 3, before: "没有".into() }], ..at(2) };
    assert_eq!(corrected(&text, vec![split], Fields::default()).1, ["correction-unmatched"]);
    let far = Correction { split: vec![Split { at: usize::MAX, before: String::new() }], ..at(2) };
    assert_eq!(corrected(&text, vec![far], Fields::default()).1, ["correction-unmatched"]);
    let join = Correction { join: Some(true), ..at(1) };
    assert_eq!(corrected(&text, vec![join], Fields::default()).1, ["correction-unmatched"]);
}

#[test]
fn fields_fill_the_head() {
    let fields = Fields {
        title: Some("全县工作会议\n讲话".into()),
        byline: Some("县长　王小明".into()),
        date: Some("2026年3月1日".into()),
    };
    let text = format!("工作会议讲话\n（2026年2月）\n同志们：\n{BODY}\n");
    let (lines, _) = corrected(&text, Vec::new(), fields);
    assert_eq!(
        lines[..4],
        ["title|全县工作会议\n讲", "date|2026年3月1", "byline|县长　王小明", "salutation|同志们："]
    );
}

#[test]
fn the_title_that_is_left_out_makes_no_title_of_the_adverts_above_it() {
    let text = format!(
        "青石文稿驿站\n让每一份材料都有来处\n更多材料请关注公众号青石文稿\n在全县工作会议上的讲话\n同志们：\n{BODY}\n"
    );
    let adverts =
        ["boilerplate|青石文稿驿站", "boilerplate|让每一份材料都有", "boilerplate|更多材料请关注公"];
    let rest = ["salutation|同志们：", "body|今年以来，全局上"];
    check(&text, Vec::new(), &[&adverts[..], &["title|在全县工作会议上"], &rest].concat());
    let left_out = vec![role(4, Role::Boilerplate)];
    check(&text, left_out, &[&adverts[..], &["boilerplate|在全县工作会议上"], &rest].concat());
}
