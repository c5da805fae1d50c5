//! Profiles: those that come with the program, and what is said about others.

use super::*;
use crate::error::Error;

fn wrong(text: &str) -> String {
    match Profile::from_toml(text) {
        Err(Error::Profile { message }) => message.to_string(),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn every_built_in_profile_is_whole_and_bears_its_name() {
    for built_in in &BUILT_IN {
        let profile = Profile::built_in(built_in.name).expect("there").expect("whole");
        assert_eq!(profile.name, built_in.name);
        // A body character is as wide as its cell, or a little wider.
        let body = profile.named(StyleName::Body).size;
        assert!(
            (-0.25..1.0).contains(&(profile.advance() - body)),
            "{}: {}",
            built_in.name,
            profile.advance()
        );
        assert!(profile.leading() > body * 1.3, "{}: {}", built_in.name, profile.leading());
        let marking = profile.style(Role::Marking);
        assert_eq!((marking.face, marking.size, marking.align), (Face::Hei, body, Align::Left));
        let number = &profile.page_number;
        assert!(number.below < profile.page.bottom - 5.0, "{}: the number is on the sheet", built_in.name);
    }
    assert!(Profile::built_in("letter").is_none());
}

#[test]
fn the_lines_of_a_speech_are_exactly_28_95_pt_apart() {
    let speech = Profile::built_in("speech").unwrap().unwrap();
    assert_eq!((speech.leading(), speech.grid.lines), (28.95, 22));
    assert_eq!(speech.space_before(Some(Role::Title), Role::Date), 1.0);
    assert_eq!(speech.space_before(Some(Role::Date), Role::Byline), 0.0);
    assert_eq!(speech.space_before(Some(Role::Byline), Role::Salutation), 1.0);
    assert_eq!(speech.space_before(Some(Role::Byline), Role::Title), 1.0);
}

#[test]
fn a_profile_says_only_what_differs_from_the_one_it_extends() {
    let own = "extends = \"gongwen\"\nname = \"ours\"\n[styles.title]\nsize = 26\n[grid]\nlines = 20\n";
    let profile = Profile::from_toml(own).unwrap();
    let gongwen = Profile::gongwen().unwrap();
    assert_eq!(
        profile.named(StyleName::Title),
        &Style { size: 26.0, ..gongwen.named(StyleName::Title).clone() }
    );
    assert_eq!((profile.grid.characters, profile.grid.lines), (28, 20));
    assert_eq!(profile.headings, gongwen.headings);
    // A number of lines takes the place of a distance of lines.
    let lines = Profile::from_toml("extends = \"speech\"\n[grid]\nlines = 20\n").unwrap();
    assert_eq!((lines.grid.lines, lines.grid.pitch), (20, None));
    // Printed, and read again, a built-in profile is the same.
    for built_in in &BUILT_IN {
        let read = Profile::from_toml(built_in.toml).unwrap();
        assert_eq!(read.name, built_in.name);
        // Nothing is looked for in it where it comes with the program.
        assert_eq!(Profile::built_in(built_in.name).unwrap().unwrap(), read);
    }
}

#[test]
fn what_is_wrong_is_said_with_line_and_key() {
    let base = "extends = \"gongwen\"\n";
    for (text, line, words) in [
        ("[styles.title]\nsize = 0\n", 3, "styles.title.size: 0 is not between 1 and 400 pt"),
        ("[styles.attachment-note]\nfirst-line = 300\n", 3, "styles.attachment-note.first-line"),
        ("[page]\n\nleft = -3\n", 4, "page.left: -3 is not between"),
        ("[page]\nleft = 190\n", 2, "page: the margins leave no room"),
        (
            "[grid]\nlines = 22\npitch = 40\n",
            4,
            "grid.pitch: lines of this pitch fill the height of the type area 15 times, not 22",
        ),
        ("[grid]\nlines = 0\n", 3, "grid.lines: 0 is not between 1 and 1000 lines"),
        ("[imposition]\npages-per-sheet = 3\n", 3, "imposition.pages-per-sheet: is one of 1, 2, 4"),
        ("[[headings]]\n[[headings]]\nsize = 500\n", 4, "headings.2.size"),
        ("[styles.titel]\nsize = 3\n", 2, "titel"),
        ("[styles.title]\nsise = 3\n", 3, "sise"),
        ("kinsoku = \"hard\"\n", 2, "hard"),
        ("[page-number]\nposition = \"left\"\n", 3, "left"),
        ("[page\n", 2, "[page"),
        ("title-gap = \"one\"\n", 2, "title-gap"),
    ] {
        let message = wrong(&format!("{base}{text}"));
        assert!(message.starts_with(&format!("line {line}: ")), "{text}: {message}");
        assert!(message.contains(words), "{text}: {message}");
    }
    for (text, words) in [
        ("kinsok = \"gb\"\n", "did you mean kinsoku?"),
        ("kinsoku = \"stirct\"\n", "did you mean strict?"),
        ("[styles.titel]\nsize = 3\n", "did you mean title?"),
        ("[styles.title]\nkeep-wiht-next = true\n", "did you mean keep-with-next?"),
        ("[page-number]\npositon = \"outer\"\n", "did you mean position?"),
        ("imprint-page = \"evn\"\n", "did you mean even?"),
    ] {
        let message = wrong(&format!("{base}{text}"));
        assert!(message.contains(words), "{text}: {message}");
    }
    assert!(!wrong(&format!("{base}zzz = 3\n")).contains("did you mean"));
    assert!(
        wrong("extends = \"brief\"").contains("line 1: extends: there is no profile brief; one of gongwen")
    );
    assert!(wrong("name = \"ours\"").contains("page.width: is missing; state it, or begin with extends"));
}

#[test]
fn what_is_wrong_is_said_in_chinese() {
    let said = |text: &str| match Profile::from_toml(&format!("extends = \"gongwen\"\n{text}")) {
        Err(Error::Profile { message }) => message.in_language(crate::message::Language::Chinese),
        other => panic!("{text}: {other:?}"),
    };
    for (text, words) in [
        ("[styles.title]\nsise = 3\n", "第 3 行：styles.title.sise：没有这个键；是不是 size？"),
        ("[styles.body]\nzzz = 3\n", "第 3 行：styles.body.zzz：没有这个键；可用的有：face、size、"),
        ("zzz = 3\n", "第 2 行：zzz：没有这个键；可用的有：extends、kinsoku、"),
        ("kinsoku = \"hard\"\n", "第 2 行：kinsoku：这里不能用 hard；可用的有：none、basic、gb、strict"),
        ("kinsoku = 3\n", "kinsoku：须为下列之一，加引号：none、basic、gb、strict"),
        ("title-gap = \"one\"\n", "第 2 行：title-gap：须为数字，不加引号，不写单位"),
        ("widow-control = \"yes\"\n", "widow-control：须为 true（是）或 false（否），不加引号"),
        ("name = 3\n", "name：须为文字，加引号"),
        ("extends = 3\n", "这个键前面已经写过，只能写一次（`extends = 3`）"),
        ("[grid]\nlines = 2.5\n", "grid.lines：须为整数"),
        ("[grid]\ncharacters = 70000\n", "grid.characters：70000 不在 1 到 1000 字符之间"),
        ("[grid]\nlines = 99999999999999999999\n", "grid.lines：100000000000000000000 不在 1 到 1000 行之间"),
        ("[page]\nleft = nan\n", "page.left：NaN 不在 0 到 2000"),
        ("[imposition]\npages-per-sheet = 300\n", "imposition.pages-per-sheet：须为下列之一：1、2、4"),
        ("page = 3\n", "page：须写成表：[page]"),
        ("[styles]\ntitle = 3\n", "styles.title：须写成表：[styles.title]"),
        ("[headings]\nsize = 3\n", "headings：须按级分列，每级一个 [[headings]]"),
        ("headings = [3]\n", "headings.1：须写成表：[[headings]]"),
        ("[[leads]]\nsize = 3\n", "leads.1.size：没有这个键；可用的有：face、bold"),
        ("[latin]\nalso = \"x\"\n", "latin.also：须为文字列表"),
        ("[faces.kai]\nalso = [3]\n", "第 3 行：faces.kai.also：须为文字列表"),
        ("[faces.xing]\nname = \"x\"\n", "faces.xing：没有这个键；可用的有：biaosong、hei"),
        // What comes first in the file is said first.
        ("zzz = 3\naaa = 3\n", "第 2 行：zzz"),
        // No TOML.
        ("[page\nleft = 3\n", "第 2 行：表名写在方括号里，独占一行：[page]（`[page`）"),
        ("[page]]\n", "第 2 行：每行写作 键 = 值（`[page]]`）"),
        ("kinsoku = “gb”\n", "第 2 行：文字写在一行之内，两端用半角直引号"),
        ("kinsoku = gb\n", "第 2 行：文字写在一行之内，两端用半角直引号"),
        ("name = \"我的\n", "第 2 行：文字写在一行之内，两端用半角直引号"),
        ("版式 = 3\n", "第 2 行：每行写作 键 = 值，键用英文字母"),
        ("title-gap ＝ 3\n", "第 2 行：每行写作 键 = 值"),
        ("title-gap = \n", "第 2 行：文字写在一行之内"),
        ("title-gap\n", "第 2 行：每行写作 键 = 值"),
        ("title-gap = 3 行\n", "；数字不写单位（`title-gap = 3 行`）"),
        ("title-gap = 03\n", "第 2 行：这不是数字；单位不写"),
        ("title-gap = 3行\n", "；数字不写单位"),
        ("[latin]\nalso = [\"a\" \"b\"]\n", "第 3 行：列表写在方括号里，各项之间用半角逗号"),
        ("[latin]\nalso = [\"a\"，\"b\"]\n", "第 3 行：列表写在方括号里，各项之间用半角逗号"),
        ("faces = { kai = { name = \"x\" }\n", "第 2 行：写在一行里的表用花括号括起"),
    ] {
        let message = said(text);
        assert!(message.contains(words), "{text}: {message}");
        let ours = message.split('`').step_by(2).collect::<String>();
        assert!(!ours.contains("expected") && !ours.contains("invalid"), "{text}: {message}");
    }
}
