//! The program speaks the language of its user.
#![cfg(feature = "cli")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use program::{banshi, done, folder, printed, refused, said};

/// Runs the program under a locale.
fn under(locale: &str, folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_banshi"))
        .current_dir(folder)
        .env_remove("LANGUAGE")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", locale)
        .args(arguments)
        .output()
        .expect("runs")
}

#[test]
fn a_chinese_locale_is_spoken_to_in_chinese() {
    let folder = folder();
    let output = under("zh_CN.UTF-8", folder.path(), &["没有.txt", "--to", "md"]);
    refused(&output, 1, "错误: 没有.txt: 没有这个文件或文件夹");
    refused(
        &under("en_US.UTF-8", folder.path(), &["没有.txt", "--to", "md"]),
        1,
        "error: 没有.txt: no such file",
    );
    refused(&under("", folder.path(), &["没有.txt", "--to", "md"]), 1, "error: ");
}

#[test]
fn the_language_can_be_named() {
    let folder = folder();
    refused(&banshi(folder.path(), &["没有.txt", "--to", "md", "--lang", "zh"]), 1, "没有这个文件");
    let output = under("zh_CN.UTF-8", folder.path(), &["没有.txt", "--to", "md", "--lang=en"]);
    refused(&output, 1, "no such file");
    refused(&banshi(folder.path(), &["outline", "没有.txt", "--lang", "zh"]), 1, "没有这个文件");
    refused(&banshi(folder.path(), &["讲话.txt", "--to", "md", "--lang", "tlh"]), 2, "zh and en");
}

#[test]
fn findings_and_the_summary_are_in_chinese() {
    let folder = folder();
    let gbk = [0xCD, 0xA8, 0xD6, 0xAA];
    fs::write(folder.path().join("短.txt"), gbk).expect("a source");
    let output = banshi(folder.path(), &["短.txt", "讲话.txt", "坏.txt", "--to", "pdf", "--lang", "zh"]);
    let said = said(&output);
    for words in [
        "短.txt: 提示: 按 GBK 读取 [encoding-guessed]",
        "警告: 以其他字体代替：",
        "错误: 坏.txt: 没有这个文件或文件夹",
        "已转换 2 个文件，2 个有警告，1 个失败",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn programs_get_the_same_codes_in_either_language() {
    let folder = folder();
    fs::write(folder.path().join("短.txt"), [0xCD, 0xA8, 0xD6, 0xAA]).expect("a source");
    let ask = |language: &str| {
        let arguments = ["短.txt", "--to", "md", "--message-format", "json", "--lang", language];
        let output = banshi(folder.path(), &arguments);
        let line = said(&output).lines().next().expect("a line").to_owned();
        serde_json::from_str::<serde_json::Value>(&line).expect("JSON")
    };
    let (english, chinese) = (ask("en"), ask("zh"));
    for key in ["type", "code", "severity", "kind", "at", "text"] {
        assert_eq!(english[key], chinese[key], "{key}");
    }
    assert_eq!(english["message"], "read as GBK");
    assert_eq!(chinese["message"], "按 GBK 读取");
}

#[test]
fn wrong_arguments_are_told_in_the_language_that_they_ask_for() {
    let folder = folder();
    let told = |arguments: &[&str], words: &str| refused(&banshi(folder.path(), arguments), 2, words);
    told(&["讲话.txt", "--to", "dcox", "--lang", "zh"], "没有这种格式（是不是 docx？）；本程序可写 txt");
    told(&["讲话.txt", "--to", "dcox"], "no such format (did you mean docx?); this program writes txt");
    told(&["讲话.txt", "--lines", "x", "--lang", "zh"], "可选 auto, keep, join");
    told(&["讲话.txt", "--strcit", "--lang", "zh"], "没有 --strcit 这个参数（是不是 --strict？）");
    told(&["--lang", "zh"], "缺少");
    told(&["讲话.txt", "--newer", "--skip-existing", "--lang", "zh"], "同用");
}

#[test]
fn help_is_in_chinese_where_messages_are() {
    let folder = folder();
    let output = under("zh_CN.UTF-8", folder.path(), &["--help"]);
    done(&output);
    let help = printed(&output);
    for words in ["用法: banshi", "把中文公务文稿", "要写出的格式", "〔可选：auto", "显示版本", "示例："]
    {
        assert!(help.contains(words), "{words}\n{help}");
    }
    // Both languages say the same, in the same order, under headings.
    let english = printed(&banshi(folder.path(), &["--help"]));
    let headings = |help: &str| -> Vec<String> {
        let lines = help.lines().filter(|line| line.ends_with([':', '：']) && !line.starts_with(' '));
        lines.map(|line| line.trim_end_matches([':', '：']).to_owned()).collect()
    };
    let in_english = headings(&english);
    let expected = [
        "Commands",
        "Arguments",
        "Sources",
        "Outputs",
        "Reading",
        "Written text and Markdown",
        "Word",
        "Page and faces",
        "PDF",
        "Messages",
        "Settings",
        "Options",
        "Examples",
    ];
    assert_eq!(in_english, expected, "{english}");
    assert_eq!(headings(&help).len(), expected.len(), "{help}");
    let wide: Vec<_> = english.lines().filter(|line| banshi::message::table::width(line) > 100).collect();
    assert!(wide.is_empty(), "{wide:#?}");
    for help in [&english, &help] {
        assert!(help.lines().count() < 160, "{}\n{help}", help.lines().count());
    }
    let unbroken = english.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(unbroken.contains("auto (Joins lines where the text shows"), "{english}");
    let output = banshi(folder.path(), &["roundtrip", "--help", "--lang", "zh"]);
    assert!(printed(&output).contains("要各自往返一次的格式"), "{}", printed(&output));
    assert!(printed(&banshi(folder.path(), &["--help"])).contains("Usage: banshi"));
}

#[test]
fn a_round_trip_is_told_in_chinese() {
    let folder = folder();
    let output = banshi(folder.path(), &["roundtrip", "讲话.txt", "--lang", "zh"]);
    let shown = printed(&output);
    assert!(shown.contains("格式") && shown.contains("字符"), "{shown}");
}

#[test]
fn what_the_program_lists_is_in_chinese() {
    let folder = folder();
    let shown = |arguments: &[&str]| {
        let output = banshi(folder.path(), &[arguments, &["--lang", "zh"]].concat());
        done(&output);
        printed(&output)
    };
    let outline = shown(&["outline", "讲话.txt"]);
    for role in ["大标题", "称呼", "标题 1", "正文", "结束语"] {
        assert!(outline.contains(role), "{role}\n{outline}");
    }
    let formats = shown(&["formats"]);
    assert!(formats.starts_with("格式"), "{formats}");
    let row = formats.lines().find(|line| line.starts_with("pdf")).expect("a row");
    assert_eq!(row.split_whitespace().take(3).collect::<Vec<_>>(), ["pdf", "-", "可"]);
    assert!(shown(&["profiles"]).contains("公文，按 GB/T 9704-2012"));
    let page = shown(&["man"]);
    for words in [".SH 名称", ".SH 用法", ".SH 说明", "把中文公务文稿", "要写出的格式"] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let fonts = shown(&["fonts"]);
    assert!(fonts.contains("内置") && fonts.contains("一级字"), "{fonts}");
    // The columns stand under one another, a Han character taking two.
    let trips = shown(&["roundtrip", "讲话.txt"]);
    let column = |line: &str| {
        let before = line.rfind("  ").map_or(0, |at| at + 2);
        banshi::message::table::width(&line[..before])
    };
    let columns: Vec<usize> = trips.lines().skip(1).map(column).collect();
    assert!(columns.len() > 5 && columns.iter().all(|at| *at == columns[0]), "{trips}");
}
