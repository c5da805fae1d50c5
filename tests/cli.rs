//! The program as a user runs it: files, messages, exit codes.
#![cfg(feature = "cli")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use program::{SPEECH, banshi, done, folder, printed, refused, said};

#[test]
fn several_outputs_in_one_call_by_their_extensions() {
    let folder = folder();
    let names = ["讲话.docx", "讲话.pdf", "讲话.md", "另存.txt", "讲话.json"];
    let mut arguments = vec!["讲话.txt"];
    names.iter().for_each(|name| arguments.extend(["-o", name]));
    done(&banshi(folder.path(), &arguments));
    let starts: [&[u8]; 5] = [b"PK", b"%PDF-1.7", "# 在全县".as_bytes(), "在全县".as_bytes(), b"{"];
    for (name, start) in names.iter().zip(starts) {
        assert!(fs::read(folder.path().join(name)).expect(name).starts_with(start), "{name}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("讲话.txt")).expect("the source"), SPEECH);
}

#[test]
fn to_makes_the_name_from_the_source() {
    let folder = folder();
    fs::write(folder.path().join("通知.txt"), "关于放假的通知\n各单位：\n明天放假。\n").expect("a source");
    done(&banshi(folder.path(), &["讲话.txt", "通知.txt", "--to", "md,docx"]));
    for name in ["讲话.md", "讲话.docx", "通知.md", "通知.docx"] {
        assert!(folder.path().join(name).exists(), "{name}");
    }
}

#[test]
fn standard_input_and_output() {
    let folder = folder();
    let mut child = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(["-", "--to", "md", "-o", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .current_dir(folder.path())
        .spawn()
        .expect("runs");
    child.stdin.take().expect("a pipe").write_all(SPEECH.as_bytes()).expect("reads");
    let output = child.wait_with_output().expect("ends");
    done(&output);
    assert!(printed(&output).starts_with("# 在全县办公室工作会议上的讲话\n"));
}

#[test]
fn from_says_the_format_where_the_name_does_not() {
    let folder = folder();
    fs::write(folder.path().join("稿"), "## 小节\n\n- 一\n- 二\n").expect("a source");
    done(&banshi(folder.path(), &["稿", "--from", "md", "-o", "稿.json"]));
    let json = fs::read_to_string(folder.path().join("稿.json")).expect("made");
    assert!(json.contains("\"list\""), "{json}");
    fs::rename(folder.path().join("稿"), folder.path().join("稿.xyz")).expect("renames");
    refused(&banshi(folder.path(), &["稿.xyz", "--to", "docx"]), 2, "--from");
}

#[test]
fn the_source_is_never_overwritten() {
    let folder = folder();
    refused(&banshi(folder.path(), &["讲话.txt", "-o", "讲话.txt"]), 2, "same file");
    refused(&banshi(folder.path(), &["讲话.txt", "--to", "txt"]), 2, "same file");
    fs::hard_link(folder.path().join("讲话.txt"), folder.path().join("同.txt")).expect("a link");
    refused(&banshi(folder.path(), &["讲话.txt", "-o", "同.txt"]), 2, "same file");
    assert_eq!(fs::read_to_string(folder.path().join("讲话.txt")).expect("the source"), SPEECH);
}

#[test]
fn two_outputs_of_one_name_are_refused_before_anything_is_written() {
    let folder = folder();
    fs::write(folder.path().join("讲话.md"), "# 讲话\n").expect("a source");
    refused(&banshi(folder.path(), &["讲话.txt", "讲话.md", "--to", "docx"]), 2, "written twice");
    assert!(!folder.path().join("讲话.docx").exists());
}

#[test]
fn an_existing_output_is_replaced_whole_and_a_failure_leaves_it_as_it_was() {
    let folder = folder();
    let target = folder.path().join("讲话.docx");
    fs::write(&target, "old").expect("an old output");
    fs::write(
        folder.path().join("坏.txt"),
        [b"\xE5\x8A\x9E\xE5\x85\xAC\xE5\xAE\xA4", b"\xFF".as_slice()].concat(),
    )
    .expect("a source");
    let output = banshi(folder.path(), &["坏.txt", "-o", "讲话.docx"]);
    refused(&output, 1, "byte 9 (line 1): FF is not text in UTF-8");
    assert_eq!(fs::read(&target).expect("kept"), b"old");
    done(&banshi(folder.path(), &["坏.txt", "-o", "讲话.docx", "--lossy"]));
    assert!(fs::read(&target).expect("replaced").starts_with(b"PK"));
    let left: Vec<_> = fs::read_dir(folder.path())
        .expect("a folder")
        .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().contains("tmp")))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_written_through() {
    let folder = folder();
    fs::create_dir(folder.path().join("归档")).expect("a folder");
    fs::write(folder.path().join("归档/讲话.md"), "old").expect("a target");
    std::os::unix::fs::symlink("归档/讲话.md", folder.path().join("链接.md")).expect("a link");
    done(&banshi(folder.path(), &["讲话.txt", "-o", "链接.md"]));
    assert!(folder.path().join("链接.md").is_symlink());
    assert!(fs::read_to_string(folder.path().join("归档/讲话.md")).expect("written").starts_with("# "));
}

#[test]
fn an_encoding_that_is_named_wins_and_a_guess_is_reported() {
    let folder = folder();
    let gbk = [0xCD, 0xA8, 0xD6, 0xAA];
    fs::write(folder.path().join("短.txt"), gbk).expect("a source");
    let output = banshi(folder.path(), &["短.txt", "-o", "-", "--to", "txt"]);
    done(&output);
    assert!(printed(&output).contains("通知"));
    assert!(said(&output).contains("短.txt: note: read as"), "{}", said(&output));
    let output =
        banshi(folder.path(), &["短.txt", "-o", "-", "--to", "txt", "--encoding", "gb2312", "--quiet"]);
    done(&output);
    assert_eq!(said(&output), "");
    refused(&banshi(folder.path(), &["短.txt", "--to", "md", "--encoding", "klingon"]), 2, "UTF-8, UTF-16LE");
}

#[test]
fn adverts_are_left_out_reported_with_their_lines_and_kept_on_request() {
    let folder = folder();
    let text = format!("仅供学习 禁止外传\n关注公众号领取更多范文\n\n{SPEECH}");
    fs::write(folder.path().join("下载.txt"), text).expect("a source");
    let output = banshi(folder.path(), &["下载.txt", "-o", "-", "--to", "md"]);
    done(&output);
    assert!(!printed(&output).contains("公众号"));
    assert!(said(&output).contains("下载.txt:2: warning: left out: "), "{}", said(&output));
    let output = banshi(folder.path(), &["下载.txt", "-o", "-", "--to", "md", "--keep-boilerplate"]);
    assert!(printed(&output).contains("公众号"));
    let output = banshi(folder.path(), &["outline", "下载.txt"]);
    assert!(printed(&output).contains("公众号"));
}

#[test]
fn strict_fails_where_a_format_cannot_hold_something() {
    let folder = folder();
    fs::write(folder.path().join("稿.md"), "# 通知\n\n<div>原样</div>\n\n正文。\n").expect("a source");
    refused(&banshi(folder.path(), &["稿.md", "-o", "稿.docx", "--strict"]), 3, "dropped");
    done(&banshi(folder.path(), &["稿.md", "-o", "另.md", "--strict"]));
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = folder();
    fs::write(folder.path().join("a.txt"), b"PK\x03\x04 not a text").expect("a source");
    refused(
        &banshi(folder.path(), &["a.txt", "讲话.txt", "--to", "md"]),
        1,
        "a.txt: this is not a text but a Word file",
    );
    assert!(folder.path().join("讲话.md").exists());
}

#[test]
fn wrong_calls_say_what_to_do() {
    let folder = folder();
    refused(&banshi(folder.path(), &["讲话.txt"]), 2, "--to");
    refused(&banshi(folder.path(), &["没有.txt", "--to", "md"]), 1, "没有.txt: no such file");
    refused(&banshi(folder.path(), &["讲话.txt", "-o", "-"]), 2, "--to");
    refused(&banshi(folder.path(), &["讲话.txt", "-o", "讲话.xyz"]), 2, "--to");
    refused(&banshi(folder.path(), &["讲话.txt", "-o", "没有/讲话.docx"]), 1, "create the folder first");
    refused(&banshi(folder.path(), &["讲话.txt", "--to", "odt"]), 2, "docx");
    fs::write(folder.path().join("旧.doc"), "x").expect("a source");
    refused(&banshi(folder.path(), &["旧.doc", "--to", "md"]), 2, "save it as .docx");
    fs::write(folder.path().join("空.txt"), "\n \n").expect("a source");
    let output = banshi(folder.path(), &["空.txt", "--to", "md"]);
    done(&output);
    assert!(said(&output).contains("空.txt: warning: there is no text in it"), "{}", said(&output));
    refused(&banshi(folder.path(), &[".", "--to", "md"]), 2, "a folder");
    fs::write(folder.path().join("我的.toml"), "name = 1\n").expect("a profile");
    refused(&banshi(folder.path(), &["讲话.txt", "--to", "docx", "--profile", "我的.toml"]), 1, "我的.toml");
}

#[test]
fn outline_shows_every_paragraph_for_people_and_for_programs() {
    let folder = folder();
    let output = banshi(folder.path(), &["outline", "讲话.txt"]);
    done(&output);
    let shown = printed(&output);
    for (line, role) in [(1, "title"), (2, "salutation"), (3, "heading"), (4, "body"), (5, "closing")] {
        let row = shown.lines().find(|row| row.trim_start().starts_with(&line.to_string())).expect("a row");
        assert!(row.contains(role), "{row}");
    }
    let output = banshi(folder.path(), &["outline", "--json", "讲话.txt"]);
    done(&output);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let units = json["units"].as_array().expect("units");
    assert_eq!(units.len(), 5);
    assert_eq!(units[2]["role"], "heading");
    assert_eq!(units[2]["level"], 1);
    assert_eq!(units[2]["line"], 3);
    assert_eq!(units[2]["text"], "一、提高认识");
    assert!(units[2]["rule"].is_string());
    let title = &json["sections"][0];
    assert_eq!(title["level"], 0);
    assert_eq!(title["sections"][0]["title"], "一、提高认识");
    assert_eq!(title["sections"][0]["blocks"], serde_json::json!({ "start": 2, "end": 5 }));
}

#[test]
fn a_word_file_comes_back_as_it_was_written() {
    let folder = folder();
    done(&banshi(folder.path(), &["讲话.txt", "-o", "讲话.docx", "-o", "讲话.md"]));
    done(&banshi(folder.path(), &["讲话.docx", "-o", "回.md"]));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect(name);
    assert_eq!(read("回.md"), read("讲话.md"));
    refused(&banshi(folder.path(), &["讲话.txt", "-o", "讲话.dotx"]), 2, "--to");
}

#[test]
fn a_title_in_front_matter_alone_is_printed() {
    let folder = folder();
    fs::write(folder.path().join("稿.md"), "---\ntitle: 检查方案\n---\n\n正文到此。\n").expect("a source");
    done(&banshi(folder.path(), &["稿.md", "-o", "稿.docx", "-o", "另.md"]));
    assert_eq!(
        fs::read_to_string(folder.path().join("另.md")).expect("made"),
        "---\ntitle: 检查方案\n---\n\n正文到此。\n"
    );
    let output = banshi(folder.path(), &["outline", "稿.docx"]);
    assert!(
        printed(&output).lines().next().is_some_and(|line| line.contains("title")),
        "{}",
        printed(&output)
    );
}

#[test]
fn profiles_are_listed_printed_changed_and_passed() {
    let folder = folder();
    let list = printed(&banshi(folder.path(), &["profiles"]));
    for name in ["gongwen", "speech", "reading", "handout", "plain"] {
        assert!(list.lines().any(|line| line.starts_with(name)), "{list}");
        let toml = printed(&banshi(folder.path(), &["profiles", "show", name]));
        assert!(toml.contains(&format!("name = \"{name}\"")), "{toml}");
        fs::write(folder.path().join("我的.toml"), &toml).expect("a profile");
        done(&banshi(folder.path(), &["讲话.txt", "-o", "按名.pdf", "-o", "按名.docx", "--profile", name]));
        done(&banshi(
            folder.path(),
            &["讲话.txt", "-o", "按件.pdf", "-o", "按件.docx", "--profile", "我的.toml"],
        ));
        for extension in ["pdf", "docx"] {
            let made =
                |stem: &str| fs::read(folder.path().join(format!("{stem}.{extension}"))).expect("made");
            assert!(made("按名") == made("按件"), "{name}, {extension}");
        }
    }
    refused(&banshi(folder.path(), &["profiles", "show", "letter"]), 2, "gongwen");
    refused(&banshi(folder.path(), &["讲话.txt", "--to", "pdf", "--profile", "letter"]), 2, "speech");
    fs::write(folder.path().join("我的.toml"), "extends = \"speech\"\n[styles.title]\nsize = 0\n")
        .expect("written");
    refused(
        &banshi(folder.path(), &["讲话.txt", "--to", "pdf", "--profile", "我的.toml"]),
        1,
        "我的.toml: profile: line 3: styles.title.size",
    );
}

#[test]
fn pages_are_put_on_sheets_by_the_arguments() {
    let folder = folder();
    let speech = SPEECH.to_owned() + &"各部门要抓好落实，把工作做细做实。\n".repeat(80);
    fs::write(folder.path().join("长.txt"), speech).expect("a source");
    let pages = |arguments: &[&str]| {
        done(&banshi(folder.path(), &[&["长.txt", "-o", "长.pdf"], arguments].concat()));
        lopdf::Document::load(folder.path().join("长.pdf")).expect("a PDF").get_pages().len()
    };
    let count = pages(&[]);
    assert!(count > 2);
    assert_eq!(pages(&["--pages-per-sheet", "2"]), count.div_ceil(2));
    assert_eq!(pages(&["--booklet"]), count.div_ceil(4) * 2);
    refused(&banshi(folder.path(), &["长.txt", "--to", "pdf", "--pages-per-sheet", "3"]), 2, "1, 2 or 4");
    let word = banshi(folder.path(), &["长.txt", "-o", "长.docx", "--booklet"]);
    assert!(said(&word).contains("[page-setting-of-pdf]"), "{}", said(&word));
}
