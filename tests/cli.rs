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
    refused(&output, 1, "坏.txt:1:4: error: byte 9: 0xFF is not text in UTF-8");
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
fn messages_name_line_and_column_where_they_are_known() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("字.txt"), "通知\n各单位：\n明天😀放假，后天😀上班。\n").expect("a source");
    let gbk = ["字.txt", "-o", "b.txt", "--encoding", "gbk", "--input-encoding", "utf-8"];
    refused(&banshi(path, &gbk), 1, "字.txt:3:3: error: GBK lacks 2 characters of this text: 😀");
    let output = banshi(path, &[&gbk[..], &["--lossy"]].concat());
    done(&output);
    for place in ["字.txt:3:3: warning: dropped: GBK lacks 😀", "字.txt:3:9: warning: dropped: GBK lacks 😀"]
    {
        assert!(said(&output).contains(place), "{}", said(&output));
    }
    let output = banshi(path, &["字.txt", "-o", "b.pdf", "--message-format", "json", "--report", "r.jsonl"]);
    let lines = said(&output);
    let finding = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON");
    let missing = lines.lines().map(finding).find(|line| line["code"] == "character-missing").expect("said");
    let place = serde_json::json!({ "first_line": 3, "last_line": 3, "column": 3 });
    assert_eq!(missing["at"], place);
    let report = finding(&fs::read_to_string(path.join("r.jsonl")).expect("a report"));
    let found = report["diagnostics"].as_array().expect("findings").iter();
    assert!(found.clone().any(|finding| finding["code"] == "character-missing" && finding["at"] == place));
    fs::write(path.join("坏.txt"), "通知\n各单位\u{2F08}员\n".as_bytes()).expect("a source");
    let output = banshi(path, &["坏.txt", "-o", "b.md"]);
    assert!(said(&output).contains("坏.txt:2:4: warning: U+2F08 written as 人"), "{}", said(&output));
    fs::write(
        path.join("坏.txt"),
        [SPEECH.as_bytes(), "好\n好".as_bytes(), b"\xFF", "好".as_bytes()].concat(),
    )
    .expect("a source");
    let output = banshi(path, &["坏.txt", "-o", "b.md", "--lossy"]);
    assert!(
        said(&output).contains("坏.txt:7:2: warning: dropped: byte 123: 0xFF is not UTF-8"),
        "{}",
        said(&output)
    );
    let output = banshi(path, &["坏.txt", "-o", "b.md", "--message-format", "json"]);
    let error = finding(said(&output).lines().next().expect("a line"));
    assert_eq!((&error["source"], &error["at"]["column"]), (&"坏.txt".into(), &2.into()));
    fs::write(path.join("坏.json"), "{\n \"题\": x}").expect("a source");
    refused(&banshi(path, &["坏.json", "-o", "b.md"]), 1, "坏.json:2:7: error: not a usable json file");
}

#[test]
fn adverts_are_left_out_reported_with_their_lines_and_kept_on_request() {
    let folder = folder();
    let text = format!("仅供学习 禁止外传\n关注公众号领取更多范文\n\n{SPEECH}");
    fs::write(folder.path().join("下载.txt"), text).expect("a source");
    let output = banshi(folder.path(), &["下载.txt", "-o", "-", "--to", "md"]);
    done(&output);
    assert!(!printed(&output).contains("公众号"));
    assert!(said(&output).contains("下载.txt:2:1: warning: left out: "), "{}", said(&output));
    let output = banshi(folder.path(), &["下载.txt", "-o", "-", "--to", "md", "--keep-boilerplate"]);
    assert!(printed(&output).contains("公众号"));
    let output = banshi(folder.path(), &["outline", "下载.txt"]);
    assert!(printed(&output).contains("公众号"));
}

#[test]
fn strict_fails_where_a_format_cannot_hold_something() {
    let folder = folder();
    fs::write(folder.path().join("稿.md"), "# 通知\n\n<table>原样</table>\n\n正文。\n").expect("a source");
    refused(&banshi(folder.path(), &["稿.md", "-o", "稿.docx", "--strict"]), 3, "dropped");
    // What is a failure is said, also to those who want to hear of nothing else.
    let quiet = banshi(folder.path(), &["稿.md", "-o", "稿.docx", "--strict", "-q"]);
    refused(&quiet, 3, "稿.md:3:1: warning: dropped: ");
    assert_eq!(said(&banshi(folder.path(), &["稿.md", "-o", "稿.docx", "-q"])), "");
    done(&banshi(folder.path(), &["稿.md", "-o", "另.md", "--strict"]));
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = folder();
    fs::write(folder.path().join("a.txt"), b"PK\x03\x04 not a text").expect("a source");
    refused(
        &banshi(folder.path(), &["a.txt", "讲话.txt", "--to", "md"]),
        1,
        "a.txt: this cannot be read as text: a Word file",
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
fn outline_names_the_rule_also_where_a_source_has_no_lines() {
    let folder = folder();
    let blocks: Vec<String> = SPEECH
        .lines()
        .map(|line| format!("{{\"t\": \"Para\", \"c\": [{{\"t\": \"Str\", \"c\": \"{line}\"}}]}}"))
        .collect();
    let json =
        format!("{{\"pandoc-api-version\": [1, 23, 1], \"meta\": {{}}, \"blocks\": [{}]}}", blocks.join(","));
    fs::write(folder.path().join("树.json"), json).expect("a source");
    let rules = |arguments: &[&str]| -> Vec<String> {
        let output = banshi(folder.path(), &[&["outline"], arguments].concat());
        done(&output);
        let rule = |line: &str| line.split_whitespace().last().map(str::to_owned);
        printed(&output).lines().filter_map(rule).collect()
    };
    assert_eq!(rules(&["树.json"]), rules(&["讲话.txt"]));
    assert!(!rules(&["树.json"]).contains(&"stated".to_owned()));
    // A line that is filled in has none either.
    let fields = r#"{"banshi-corrections": 1, "fields": {"byline": "县长　李小明"}}"#;
    fs::write(folder.path().join("更正.json"), fields).expect("corrections");
    let filled = rules(&["讲话.txt", "--corrections", "更正.json"]);
    assert!(filled.contains(&"field-filled".to_owned()), "{filled:?}");
    fs::write(folder.path().join("稿.md"), "# 题\n\n要**实。**一要快。\n").expect("a source");
    assert_eq!(rules(&["稿.md"]), ["stated", "plain"]);
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

#[test]
fn round_trips_are_a_table_and_go_well() {
    let folder = folder();
    let output = banshi(folder.path(), &["roundtrip", "讲话.txt"]);
    done(&output);
    let printed = printed(&output);
    for format in ["txt ", "md ", "json ", "docx ", "pdf ", "pandoc-json "] {
        let row = printed.lines().find(|line| line.trim_start().starts_with(format)).expect(format);
        assert!(row.ends_with("nothing"), "{row}");
    }
    let output = banshi(folder.path(), &["roundtrip", "讲话.txt", "--via", "md,pdf"]);
    done(&output);
    assert_eq!(self::printed(&output).lines().count(), 4, "a name, a head and two rows");
    refused(
        &banshi(folder.path(), &["roundtrip", "讲话.txt", "--via", "svg"]),
        2,
        "no format of round trips",
    );
}

#[test]
fn what_differs_on_a_round_trip_is_shown_and_strict_fails() {
    let folder = folder();
    let source = "# 题\n\n甲**乙**[丙](http://a.b/c)\n\n| a |\n| - |\n| b |\n";
    fs::write(folder.path().join("稿.md"), source).expect("a source");
    let through_text = ["roundtrip", "稿.md", "--via", "txt"];
    let output = banshi(folder.path(), &through_text);
    done(&output);
    assert!(printed(&output).contains("declared"), "{}", printed(&output));
    let output = banshi(folder.path(), &[&through_text[..], &["-v"]].concat());
    for line in ["- body  甲⟨strong 乙⟩⟨link 丙 → http://a.b/c⟩", "+ body  甲乙丙（http://a.b/c）"]
    {
        assert!(printed(&output).contains(line), "{}", printed(&output));
    }
    let strict = banshi(folder.path(), &[&through_text[..], &["--strict"]].concat());
    refused(&strict, 3, "something differs, as shown above");
    assert!(printed(&strict).contains("+ body  甲乙丙（http://a.b/c）"), "{}", printed(&strict));
    done(&banshi(folder.path(), &["roundtrip", "讲话.txt", "--strict"]));
    // Text that is stated to be plain looks like a heading: whoever reads it says that it was taken for one.
    let stated = r#"{"banshi":1,"document":{"blocks":[{"kind":{"paragraph":{"role":"title","content":[{"text":"题"}]}}},
        {"kind":{"paragraph":{"content":[{"text":"一、甲"}]}}},{"kind":{"paragraph":{"content":[{"text":"文文文文。"}]}}},
        {"kind":{"paragraph":{"content":[{"text":"二、乙"}]}}},{"kind":{"paragraph":{"content":[{"text":"文文文文。"}]}}}]}}"#;
    fs::write(folder.path().join("稿.json"), stated).expect("a source");
    let output = banshi(folder.path(), &["roundtrip", "稿.json", "--via", "txt", "-v"]);
    done(&output);
    assert!(printed(&output).contains("role [recognised"), "{}", printed(&output));
    let output = banshi(folder.path(), &["roundtrip", "稿.json", "--via", "txt", "--strict"]);
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn two_sources_of_one_name_are_not_kept_as_one() {
    let folder = folder();
    for name in ["甲", "乙"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
        fs::write(folder.path().join(name).join("稿.txt"), "文\n").expect("a source");
    }
    let output = banshi(folder.path(), &["roundtrip", "甲", "乙/稿.txt", "--keep", "存"]);
    refused(&output, 2, "would both be kept as");
    assert!(!folder.path().join("存").exists());
}

#[test]
fn round_trips_for_programs_and_files_in_between() {
    let folder = folder();
    fs::create_dir(folder.path().join("材料")).expect("a folder");
    fs::rename(folder.path().join("讲话.txt"), folder.path().join("材料/讲话.txt")).expect("moved");
    fs::write(folder.path().join("材料/稿.md"), "# 题\n\n文\n").expect("a source");
    fs::write(folder.path().join("材料/坏.docx"), "no package").expect("a source");
    let output = banshi(folder.path(), &["roundtrip", "材料", "--json", "--keep", "存", "--via", "md,docx"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let json: serde_json::Value = serde_json::from_str(&printed(&output)).expect("JSON");
    assert_eq!(json["kept"], false);
    let files = json["files"].as_array().expect("files");
    assert_eq!(files.len(), 3);
    let speech =
        files.iter().find(|file| file["source"].as_str().is_some_and(|name| name.ends_with("讲话.txt")));
    let trips = speech.expect("the speech")["trips"].as_array().expect("trips");
    assert_eq!(trips.len(), 2);
    assert_eq!(trips[0]["characters"]["kept"], trips[0]["characters"]["total"]);
    assert_eq!(trips[1]["differences"], serde_json::json!([]));
    assert!(files.iter().any(|file| file["error"].is_string()), "the damaged file");
    let kept = fs::read_to_string(folder.path().join("存/讲话.txt.md")).expect("kept");
    assert!(kept.starts_with("# 在全县"), "{kept}");
    assert!(fs::read(folder.path().join("存/讲话.txt.docx")).expect("kept").starts_with(b"PK"));
}

#[test]
fn chains_go_through_formats_one_after_the_other() {
    let folder = folder();
    let chain = "txt,docx,md,pandoc-json,docx,txt";
    let output = banshi(folder.path(), &["roundtrip", "讲话.txt", "--chain", chain, "--keep", "存"]);
    done(&output);
    assert!(printed(&output).contains("docx → md → pandoc-json → docx → txt"), "{}", printed(&output));
    let last = fs::read_to_string(folder.path().join("存/讲话.txt.5.txt")).expect("the last leg");
    let direct = banshi(folder.path(), &["讲话.txt", "--to", "txt", "-o", "-", "-q", "--keep-boilerplate"]);
    assert_eq!(last, printed(&direct));
    let output = banshi(folder.path(), &["roundtrip", "讲话.txt", "--chain", "txt,pdf"]);
    refused(&output, 2, "can be written but not read");
}

#[test]
fn pandoc_json_is_written_and_recognised() {
    let folder = folder();
    done(&banshi(folder.path(), &["讲话.txt", "--to", "pandoc-json", "-q"]));
    let json = fs::read_to_string(folder.path().join("讲话.pandoc.json")).expect("written");
    assert!(json.starts_with(r#"{"pandoc-api-version":[1,23"#), "{json:.40}");
    let two = banshi(folder.path(), &["讲话.txt", "--to", "pandoc-json", "--pandoc", "2", "-o", "-", "-q"]);
    assert!(printed(&two).starts_with(r#"{"pandoc-api-version":[1,22"#));
    // Under any name that ends with .json its first bytes tell.
    fs::rename(folder.path().join("讲话.pandoc.json"), folder.path().join("a.json")).expect("renamed");
    let from_pandoc = banshi(folder.path(), &["a.json", "--to", "txt", "-o", "-", "-q"]);
    let direct = banshi(folder.path(), &["讲话.txt", "--to", "txt", "-o", "-", "-q"]);
    assert_eq!(printed(&from_pandoc), printed(&direct));
    fs::write(folder.path().join("b.json"), r#"{"pandoc-api-version":[1,99],"meta":{},"blocks":[]}"#)
        .expect("written");
    refused(&banshi(folder.path(), &["b.json", "--to", "md"]), 1, "pandoc-api-version 1.99");
}

#[test]
fn a_reference_document_is_checked_first_and_never_overwritten() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("坏.docx"), "同志们").expect("a file");
    refused(
        &banshi(path, &["讲话.txt", "-o", "a.docx", "--reference-doc", "坏.docx"]),
        1,
        "坏.docx: reference document: not a usable docx file: it is plain text",
    );
    assert!(!path.join("a.docx").exists());
    done(&banshi(path, &["讲话.txt", "-o", "模板.docx"]));
    let onto_itself = banshi(path, &["讲话.txt", "-o", "模板.docx", "--reference-doc", "模板.docx"]);
    refused(&onto_itself, 2, "the reference document would be overwritten");
    done(&banshi(path, &["讲话.txt", "-o", "a.docx", "--reference-doc", "模板.docx"]));
    assert!(path.join("a.docx").exists());
}

/// True where the bytes contain the text.
fn holds(file: &[u8], text: &str) -> bool {
    file.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_date_is_that_of_the_call_or_of_the_build_or_of_the_document() {
    let folder = folder();
    let made = |arguments: &[&str], epoch: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banshi"));
        command.current_dir(folder.path()).args(["讲话.txt", "-o", "a.pdf", "-o", "a.docx"]).args(arguments);
        match epoch {
            Some(epoch) => command.env("SOURCE_DATE_EPOCH", epoch),
            None => command.env_remove("SOURCE_DATE_EPOCH"),
        };
        command.output().expect("runs")
    };
    let created = |date: &str| format!("<xmp:CreateDate>{date}</xmp:CreateDate>");
    let core = || {
        let word = fs::read(folder.path().join("a.docx")).expect("made");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(word)).expect("a package");
        let part = archive.by_name("docProps/core.xml").expect("properties");
        std::io::read_to_string(part).expect("text")
    };
    let pdf = || fs::read(folder.path().join("a.pdf")).expect("made");
    done(&made(&[], None));
    assert!(!holds(&pdf(), "CreateDate") && !core().contains("dcterms:created"));
    done(&made(&[], Some("951827696")));
    assert!(holds(&pdf(), &created("2000-02-29T12:34:56Z")));
    assert!(core().contains(">2000-02-29T12:34:56Z</dcterms:created>"), "{}", core());
    done(&made(&["--date", "2026年1月5日"], Some("951827696")));
    assert!(holds(&pdf(), &created("2026-01-05")));
    assert!(core().contains(">2026-01-05T00:00:00Z</dcterms:created>"), "{}", core());
    refused(&made(&["--date", "昨天"], None), 2, "2026-01-05");
    refused(&made(&[], Some("now")), 2, "SOURCE_DATE_EPOCH");
}

#[test]
fn a_pdf_keeps_the_standards_that_are_asked_for() {
    let folder = folder();
    let made = |arguments: &[&str]| {
        done(&banshi(folder.path(), &[&["讲话.txt", "-o", "a.pdf", "-q"], arguments].concat()));
        fs::read(folder.path().join("a.pdf")).expect("made")
    };
    let (usual, plain) = (made(&[]), made(&["--pdf-standard", "none"]));
    assert!(holds(&usual, "<pdfuaid:part>1") && holds(&usual, "<pdfaid:conformance>A"));
    assert!(!holds(&plain, "<pdfuaid:part>") && !holds(&plain, "<pdfaid:part>"));
    assert!(usual == made(&["--pdf-standard", "a-2a+ua-1"]));
    assert!(holds(&made(&["--pdf-standard", "a-2u"]), "<pdfaid:conformance>U"));
    refused(&banshi(folder.path(), &["讲话.txt", "-o", "a.pdf", "--pdf-standard", "a-1b"]), 2, "a-2a+ua-1");
}

#[test]
fn a_pdf_without_a_title_is_called_by_its_file() {
    let folder = folder();
    fs::write(folder.path().join("记录&草稿.txt"), "今天下午开会，讨论了三件事，都定下来了。\n")
        .expect("a source");
    done(&banshi(folder.path(), &["记录&草稿.txt", "-o", "a.pdf", "--plain"]));
    let pdf = fs::read(folder.path().join("a.pdf")).expect("made");
    assert!(holds(&pdf, "x-default\">记录&amp;草稿</rdf:li>"));
}

#[test]
fn faces_of_the_users_own_are_used_where_the_profile_names_them() {
    let folder = folder();
    let own = folder.path().join("字体");
    fs::create_dir_all(own.join("empty")).expect("a folder");
    let kai = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/banshi-kai/BanshiKai-Regular.ttf");
    fs::copy(kai, own.join("kai.ttf")).expect("a face");
    let profile = "extends = \"gongwen\"\nname = \"ours\"\n[faces]\nfangsong = { name = \"Banshi Kai\" }\n";
    fs::write(folder.path().join("ours.toml"), profile).expect("a profile");
    let output = banshi(
        folder.path(),
        &["讲话.txt", "-o", "讲话.pdf", "--profile", "ours.toml", "--font-dir", "字体"],
    );
    done(&output);
    assert!(!said(&output).contains("Banshi Kai in"), "{}", said(&output));
    assert!(!said(&output).contains("Zhuque Fangsong"), "{}", said(&output));
    // A damaged file among others is said and passed over.
    fs::write(own.join("坏.ttf"), "no font").expect("a file");
    let damaged = banshi(
        folder.path(),
        &["讲话.txt", "-o", "讲话.pdf", "--profile", "ours.toml", "--font-dir", "字体"],
    );
    done(&damaged);
    assert!(
        said(&damaged).contains("坏.ttf") && said(&damaged).contains("passed over"),
        "{}",
        said(&damaged)
    );
    // None that the profile names, no font file, no folder.
    let run = |dir: &str| banshi(folder.path(), &["讲话.txt", "-o", "讲话.pdf", "--font-dir", dir]);
    refused(&run("字体"), 2, "there are Banshi Kai");
    refused(&run("字体/empty"), 2, "no font files");
    refused(&run("无"), 1, "无");
}

#[test]
fn corrections_come_from_a_file() {
    let folder = folder();
    let write = |text: &str| fs::write(folder.path().join("更正.json"), text).expect("written");
    write(
        r#"{"banshi-corrections": 1, "paragraphs": [{"at": 4, "text": "这项工作", "role": "heading", "level": 2},
            {"at": 9, "text": "没有这一句", "role": "title"}]}"#,
    );
    let output = banshi(folder.path(), &["讲话.txt", "-o", "讲话.md", "--corrections", "更正.json"]);
    done(&output);
    assert!(
        said(&output).contains("讲话.txt:9: warning: a correction fits no paragraph"),
        "{}",
        said(&output)
    );
    let markdown = fs::read_to_string(folder.path().join("讲话.md")).expect("made");
    assert!(markdown.contains("### 这项工作很重要。"), "{markdown}");
    write("{\"banshi-corrections\": 1,\n\"paragraph\": []}");
    let output = banshi(folder.path(), &["讲话.txt", "-o", "讲话.md", "--corrections", "更正.json"]);
    refused(
        &output,
        1,
        "更正.json: not a usable file of corrections: line 2, column 11: paragraph has no place here; there are ",
    );
    fs::write(folder.path().join("二.txt"), "二").expect("a source");
    let output = banshi(folder.path(), &["讲话.txt", "二.txt", "--to", "md", "--corrections", "更正.json"]);
    refused(&output, 2, "about one source");
}
