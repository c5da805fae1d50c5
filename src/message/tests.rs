use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::chinese::TABLE;
use super::*;
use crate::correction::Corrections;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The string literal with which `code` begins.
fn literal(code: &str) -> Option<String> {
    let mut text = String::new();
    let mut chars = code.trim_start().strip_prefix('"')?.chars();
    loop {
        match chars.next()? {
            '"' => return Some(text),
            '\\' => match chars.next()? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                '\n' => chars = chars.as_str().trim_start().chars(),
                'u' => {
                    let (code, rest) = chars.as_str().strip_prefix('{')?.split_once('}')?;
                    text.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
                    chars = rest.chars();
                }
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
}

/// The templates of all messages in the sources, without those of tests.
fn templates() -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut found = BTreeSet::new();
    for path in files {
        let is_test = path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests");
        if is_test || path.ends_with("message/mod.rs") {
            continue;
        }
        let code = fs::read_to_string(&path).expect("a source in UTF-8");
        let code = code.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code: String =
            code.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect();
        for call in code.split("message!(").skip(1) {
            let template = literal(call);
            assert!(template.is_some(), "{}: a message! without its template: {call:.60}", path.display());
            found.extend(template);
        }
    }
    found
}

/// The names in a template.
fn names(template: &str) -> BTreeSet<&str> {
    let pieces = template.split('{').skip(1);
    pieces.filter_map(|piece| piece.split_once('}')).map(|(name, _)| name).collect()
}

/// True where a template has words of its own.
fn has_words(template: &str) -> bool {
    let mut rest = template;
    let mut own = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        own.push_str(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    own.push_str(rest);
    own.chars().any(char::is_alphabetic)
}

#[test]
fn every_message_is_there_in_chinese() {
    let missing: Vec<String> = templates()
        .iter()
        .filter(|template| has_words(template) && chinese::template(template).is_none())
        .map(|template| format!("    ({template:?}, \"…\"),\n"))
        .collect();
    assert!(
        missing.is_empty(),
        "messages that src/message/chinese.rs lacks; add in their places, which are by the order of bytes:\n{}",
        missing.concat()
    );
}

#[test]
fn the_table_is_sorted_and_has_each_sentence_once() {
    for pair in TABLE.windows(2) {
        assert!(pair[0].0 < pair[1].0, "{:?} must not stand before {:?}", pair[0].0, pair[1].0);
    }
}

#[test]
fn chinese_names_no_value_that_the_english_does_not_give() {
    for (english, chinese) in TABLE {
        let strange: Vec<&str> = names(chinese).difference(&names(english)).copied().collect();
        assert!(strange.is_empty(), "{chinese}: {strange:?}");
        // The `s` of a plural.
        let lost: Vec<&str> =
            names(english).difference(&names(chinese)).copied().filter(|name| *name != "s").collect();
        assert!(lost.is_empty(), "{chinese} leaves out {lost:?}");
        assert!(chinese.chars().any(|c| c > '\u{2E80}') || !has_words(chinese), "{chinese} is no Chinese");
    }
}

#[test]
fn values_stand_in_their_places_in_either_language() {
    let inner = message!("the disk is full");
    let message = message!("{path}: {reason}", path = "讲话.docx", reason = inner);
    assert_eq!(message.to_string(), "讲话.docx: the disk is full");
    assert_eq!(message.in_language(Language::Chinese), "讲话.docx: 磁盘已满");
    let list = message!("{parts}", parts = vec![message!("chart"), message!("markup")]);
    assert_eq!(list.to_string(), "chart, markup");
    assert_eq!(list.in_language(Language::Chinese), "图表，标记");
    let names = message!("{names}", names = vec!["txt", "md"]);
    assert_eq!(names.to_string(), "txt, md");
    assert_eq!(names.in_language(Language::Chinese), "txt、md");
}

#[test]
fn values_are_never_taken_for_templates() {
    let message = message!("{path}: {reason}", path = "{reason}", reason = "}{");
    assert_eq!(message.to_string(), "{reason}: }{");
    assert_eq!(Message::verbatim("100 % of {x}").in_language(Language::Chinese), "100 % of {x}");
    assert_eq!(message!("{{}} {n}", n = 1_usize).to_string(), "{} 1");
}

#[test]
fn what_a_parser_of_json_says_has_chinese_words() {
    let said = |text: &str| {
        let error = Corrections::from_json(text).expect_err("not usable");
        error.message().in_language(Language::Chinese)
    };
    for (text, words) in [
        ("{\"banshi-corrections\": 1", "第 1 行第 24 字：文件不完整"),
        ("{\"banshi-corrections\": 1,\n x}", "第 2 行第 2 字：不合 JSON 语法"),
        ("{\"banshi-corrections\": \"1\"}", "此处应为数字，现为文字"),
        ("{\"banshi-corrections\": 1, \"paragraphs\": {}}", "此处应为列表 […]，现为对象 {…}"),
        ("{\"banshi-corrections\": -1}", "数值超出范围"),
        (
            "{\"banshi-corrections\": 1, \"zzz\": 1}",
            "zzz 不能放在此处；可用的有 banshi-corrections、fields、paragraphs",
        ),
        ("{}", "缺少字段 banshi-corrections"),
        ("{\"banshi-corrections\": 1, \"banshi-corrections\": 1}", "字段 banshi-corrections 重复"),
    ] {
        let message = said(text);
        assert!(message.starts_with("不是可用的更正文件：") && message.contains(words), "{text}: {message}");
    }
    let english =
        Corrections::from_json("{\"banshi-corrections\": \"1\"}").expect_err("not usable").to_string();
    assert!(english.contains("a number is needed here, not a text"), "{english}");
}
