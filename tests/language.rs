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
    told(&["讲话.txt", "--lines", "x", "--lang", "zh"], "可选 auto、keep、join");
    told(&["讲话.txt", "--strcit", "--lang", "zh"], "没有 --strcit 这个参数（是不是 --strict？）");
    told(&["--lang", "zh"], "缺少 <文件>");
    told(&["outline", "讲话.txt", "b.txt", "--lang", "zh"], "多出了 b.txt");
    told(&["outline", "讲话.txt", "b.txt"], "b.txt is one too many here");
    fs::write(folder.path().join("坏.txt"), b"\xE5\x8A\x9E\xFF").expect("a source");
    let broken = banshi(folder.path(), &["坏.txt", "--to", "md", "--encoding", "utf-8", "--lang", "zh"]);
    refused(&broken, 1, "（--encoding 名称，--lossy）");
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
    let source = "# 题\n\n甲**乙**[丙](http://a.b/c)\n\n| a | b |\n|:-:| - |\n| c | d |\n";
    fs::write(folder.path().join("稿.md"), source).expect("a source");
    let output = banshi(folder.path(), &["roundtrip", "稿.md", "--via", "txt", "-v", "--lang", "zh"]);
    let shown = printed(&output);
    for words in [
        "- 正文  甲⟨加粗 乙⟩⟨链接 丙 → http://a.b/c⟩",
        "- 2 行 2 列表格，表头 1 行，中，默认",
        "第 1 行第 1 格",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
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
    for role in ["标题", "称呼", "小标题 1", "正文", "结束语"] {
        assert!(outline.contains(role), "{role}\n{outline}");
    }
    let formats = shown(&["formats"]);
    assert!(formats.starts_with("格式"), "{formats}");
    let row = formats.lines().find(|line| line.starts_with("pdf")).expect("a row");
    assert_eq!(row.split_whitespace().take(3).collect::<Vec<_>>(), ["pdf", "-", "可"]);
    assert!(shown(&["profiles"]).contains("公文，按 GB/T 9704-2012"));
    let page = shown(&["man"]);
    for words in [".SH 名称", ".SH 用法", ".SH 说明", ".SH 示例\n", ".SH 退出码\n0 完成", "要写出的格式"]
    {
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

/// What libraries say is English and about their own insides; the program has words of its own for it.
#[test]
fn faults_that_libraries_find_are_told_in_words_of_this_program() {
    let folder = folder();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("written");
    let convert = |name: &str| under("zh_CN.UTF-8", folder.path(), &[name, "--to", "txt", "-o", "o.txt"]);
    let told = |output: &Output, words: &str| {
        let said = said(output);
        assert!(said.contains(words), "{said}");
        // Names of fields and options are no English sentences: those have words with spaces between.
        for english in
            [" line ", "expected", "EOF", "invalid", "unknown", "ill-formed", "EOCD", "zip::", "missing"]
        {
            assert!(!said.contains(english), "{said}");
        }
    };
    let json: [(&str, &str); 6] = [
        ("{\"banshi\": 1,\n", "j.json:2:1: 错误: 不是可用的 json 文件：文件不完整"),
        ("{\"banshi\" 1}", "j.json:1:11: 错误: 不是可用的 json 文件：不合 JSON 语法"),
        ("{\"banshi\": \"一\"}", "此处应为数字，现为文字"),
        ("{\"banshi\": 1, \"blocks\": []}", "blocks 不能放在此处；可用的有 banshi、document"),
        ("{\"banshi\": 1}", "缺少字段 document"),
        ("{\"banshi\": 1, \"banshi\": 1, \"document\": {}}", "字段 banshi 重复"),
    ];
    for (text, words) in json {
        put("j.json", text.as_bytes());
        told(&convert("j.json"), words);
    }
    put("c.json", b"{\"versio\": 1}");
    let arguments = ["讲话.txt", "--to", "md", "--corrections", "c.json"];
    told(&under("zh_CN.UTF-8", folder.path(), &arguments), "versio 不能放在此处");
    put("z.docx", b"PK\x03\x04 and no end");
    told(&convert("z.docx"), "文件被截断或已损坏；请从来源处重新获取");
    // Word files whose text is damaged in two ways: the bytes, and the XML.
    done(&banshi(folder.path(), &["讲话.txt", "--to", "docx"]));
    let whole = fs::read(folder.path().join("讲话.docx")).expect("made");
    let name = b"word/document.xml";
    // Behind its head in the zip, not where other parts name it.
    let headed =
        |at: &usize| whole[..*at].ends_with(name) && whole[at - name.len() - 30..].starts_with(b"PK");
    let at = (name.len() + 30..whole.len()).find(headed).expect("a part") + 40;
    let mut damaged = whole;
    damaged[at] ^= 0x55;
    put("d.docx", &damaged);
    told(&convert("d.docx"), "word/document.xml");
    for (arguments, words) in [
        (&["讲话.txt", "--to", "txt", "-o", "a.txt", "--wrap", "0"][..], "须为 8 到 65535 的整数"),
        (&["讲话.txt", "--to", "txt", "-o", "a.txt", "--wrap", "x"], "须为 8 到 65535 的整数"),
        (&["-r", ".", "--to", "md", "--include", "["], "[ 没有对应的 ]；要表示该符号本身，请写 [[]"),
        (&["-r", ".", "--to", "md", "--include", "a}"], "} 没有对应的 {"),
        (&["-r", ".", "--to", "md", "--include", "[b-a]"], "从 b 到 a 没有字符"),
    ] {
        told(&under("zh_CN.UTF-8", folder.path(), arguments), words);
    }
}
