//! What is irregular in the numbering is noticed at its line.

use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::Location;

use super::super::recognise;
use super::{BODY, check, decode};

/// The notices of a text: line, name, message.
fn notices(text: &str) -> Vec<(u32, &'static str, String)> {
    let mut document = decode(text);
    let mut diagnostics = Diagnostics::default();
    recognise(&mut document, &mut diagnostics);
    let noticed = diagnostics.iter().filter(|finding| finding.kind == Kind::Noticed);
    noticed
        .map(|finding| {
            let Location::Lines { first, .. } = finding.at else { panic!("{finding:?}") };
            (first, finding.code, finding.message.to_string())
        })
        .collect()
}

fn codes(text: &str) -> Vec<(u32, &'static str)> {
    notices(text).into_iter().map(|(line, code, _)| (line, code)).collect()
}

#[test]
fn a_number_that_is_missing() {
    let text = format!("工作报告\n一、成绩\n{BODY}\n二、问题\n{BODY}\n四、打算\n{BODY}\n");
    assert_eq!(notices(&text), [(6, "numbering-gap", "四、 comes after 二、: a number is missing".into())]);
}

#[test]
fn a_list_that_begins_behind_its_label() {
    let text = format!(
        "关于开会的通知\n{BODY}\n参会人员：1．各乡镇分管负责人；\n2．各部门负责人；\n3．有关企业负责人。\n"
    );
    assert_eq!(notices(&text), []);
    let text = text.replace("：1．", "：");
    assert_eq!(codes(&text), [(4, "numbering-gap")]);
}

#[test]
fn a_number_that_comes_twice_or_goes_back() {
    let text = format!("工作报告\n一、成绩\n{BODY}\n二、问题\n{BODY}\n二、打算\n{BODY}\n三、要求\n{BODY}\n");
    assert_eq!(codes(&text), [(6, "numbering-repeat")]);
    let text = format!(
        "工作报告\n一、成绩\n{BODY}\n二、问题\n{BODY}\n四、经验\n{BODY}\n三、打算\n{BODY}\n四、要求\n{BODY}\n"
    );
    assert_eq!(codes(&text), [(6, "numbering-gap"), (8, "numbering-back")]);
}

#[test]
fn a_list_that_begins_again_or_runs_on() {
    let text = format!("工作报告\n一、成绩\n{BODY}\n二、问题\n{BODY}\n一、打算\n{BODY}\n二、要求\n{BODY}\n");
    assert_eq!(codes(&text), [(6, "numbering-restart")]);
    let text = format!(
        "工作报告\n一、成绩\n（一）甲事\n{BODY}\n（二）乙事\n{BODY}\n二、打算\n（三）丙事\n{BODY}\n（四）丁事\n{BODY}\n"
    );
    assert_eq!(codes(&text), [(8, "numbering-runs-on")]);
}

#[test]
fn regular_numbering_is_silent() {
    let text = format!(
        "某市条例\n第一章　总则\n第一条　{BODY}\n第二条　{BODY}\n第二条之一　{BODY}\n第二章　附则\n第三条　{BODY}\n\
         （一）甲；\n（二）乙。\n第四条　{BODY}\n（一）丙；\n（二）丁。\n"
    );
    assert_eq!(codes(&text), []);
    let text = format!("讲话\n一、成绩\n首先，{BODY}\n最后，{BODY}\n二、打算\n第一，{BODY}\n第二，{BODY}\n");
    assert_eq!(codes(&text), []);
}

#[test]
fn every_system_of_numbers_is_read() {
    for (first, second, third) in [
        ("第一编　", "第二编　", "第三编　"),
        ("第一部分　", "第二部分　", "第三部分　"),
        ("第一章　", "第二章　", "第三章　"),
        ("一、", "二、", "三、"),
        ("㈠", "㈡", "㈢"),
        ("（一）", "（二）", "（三）"),
        ("(一)、", "(二)、", "(三)、"),
        ("1.", "2.", "3."),
        ("１．", "２．", "３．"),
        ("1、", "2、", "3、"),
        ("⒈", "⒉", "⒊"),
        ("1.1　", "1.2　", "1.3　"),
        ("Ⅰ. ", "Ⅱ. ", "Ⅲ. "),
        ("I. ", "II. ", "III. "),
        ("甲、", "乙、", "丙、"),
    ] {
        let level = match first.chars().nth(1) {
            _ if first.starts_with(['1', '１', '⒈']) && !first.starts_with("1.1") => 3,
            _ if first.starts_with("1.1") || first.contains(['（', '(', '㈠']) => 2,
            _ => 1,
        };
        check(&format!(
            "title|关于专项工作的报告
            heading{level}|{first}工作情况
            body|{BODY}
            heading{level}|{second}存在问题
            body|{BODY}
            heading{level}|{third}下步打算
            body|{BODY}"
        ));
    }
    for (first, second) in [
        ("（1）", "（2）"),
        ("⑴", "⑵"),
        ("1）", "2）"),
        ("①", "②"),
        ("A.", "B."),
        ("A、", "B、"),
        ("a）", "b）"),
        ("第一，", "第二，"),
        ("首先，", "其次，"),
        ("其一，", "其二，"),
        ("一是", "二是"),
        ("一要", "二要"),
        ("第一点，", "第二点，"),
        ("第一个坚持：", "第二个坚持："),
        ("——", "——"),
        ("●", "●"),
        ("• ", "• "),
    ] {
        let mut document = decode(&format!(
            "关于专项工作的报告\n一、工作情况\n{first}抓学习不松劲。{BODY}\n{second}抓作风不手软。{BODY}\n二、下步打算\n{BODY}\n"
        ));
        recognise(&mut document, &mut Diagnostics::default());
        let mut markers = Vec::new();
        document.for_each_paragraph(&mut |_, paragraph| {
            markers.extend(paragraph.marker.as_ref().map(|marker| marker.text.clone()));
        });
        assert_eq!(markers, ["一、", first, second, "二、"], "{first}");
    }
}
