//! Many files in one call: folders, lists, and a report; and what the program says of itself.
#![cfg(feature = "cli")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use program::{SPEECH, banshi, done, folder, names, printed, refused, said, tree};
use serde_json::Value;

fn with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    child.stdin.take().expect("a pipe").write_all(input).expect("read");
    child.wait_with_output().expect("ends")
}

#[test]
fn patterns_choose_in_folders() {
    let folder = tree();
    done(&banshi(
        folder.path(),
        &["-r", "稿", "--include", "*.txt", "--exclude", "一月/*", "--to", "md", "--out-dir", "o"],
    ));
    assert_eq!(names(&folder.path().join("o")), ["讲话.md"]);
    refused(&banshi(folder.path(), &["-r", "稿", "--include", "[", "--to", "md"]), 2, "the pattern [");
}

#[test]
fn a_list_on_standard_input_names_the_sources() {
    let folder = tree();
    let output = with_input(
        folder.path(),
        &["--files-from", "-", "--to", "md", "--out-dir", "o"],
        "稿/讲话.txt\0稿/一月/通知.md\0".as_bytes(),
    );
    done(&output);
    assert_eq!(names(&folder.path().join("o")), ["讲话.md", "通知.md"]);
    let output = with_input(folder.path(), &["--files-from", "-", "--to", "md"], b"");
    done(&output);
    assert!(said(&output).contains("0 files converted"), "{}", said(&output));
}

#[test]
fn one_bad_file_is_counted_and_the_rest_is_made() {
    let folder = tree();
    fs::write(folder.path().join("稿/坏.txt"), b"PK\x03\x04").expect("written");
    fs::write(folder.path().join("稿/旧.doc"), "x").expect("written");
    let output = banshi(
        folder.path(),
        &["-r", "稿", "稿/旧.doc", "没有.txt", "--to", "md", "--out-dir", "o", "--report", "报告.jsonl"],
    );
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).ends_with("3 files converted, 3 failed\n"), "{}", said(&output));
    assert!(said(&output).contains("error: 没有.txt: no such file"), "{}", said(&output));
    assert_eq!(names(&folder.path().join("o")), ["一月/讲话.md", "一月/通知.md", "讲话.md"]);
    let report = fs::read_to_string(folder.path().join("报告.jsonl")).expect("written");
    let lines: Vec<Value> = report.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let status: Vec<_> = lines.iter().map(|line| line["status"].as_str().expect("a status")).collect();
    assert_eq!(status, ["converted", "converted", "failed", "converted", "failed", "failed"]);
    assert_eq!(lines[0]["source"], "稿/一月/讲话.txt");
    assert_eq!(lines[0]["outputs"][0], "o/一月/讲话.md");
    assert!(
        lines[2]["error"].as_str().is_some_and(|error| error.contains("cannot be read as text")),
        "{report}"
    );
    assert!(lines[0]["diagnostics"].as_array().is_some_and(|found| !found.is_empty()), "{report}");
}

#[test]
fn messages_and_results_stand_in_the_order_of_the_sources_at_any_number_of_jobs() {
    let folder = folder();
    let sources: Vec<String> = (0..60).map(|number| format!("{number:02}.txt")).collect();
    for (number, name) in sources.iter().enumerate() {
        let text = if number % 7 == 3 { SPEECH.repeat(200) } else { SPEECH.to_string() };
        fs::write(folder.path().join(name), text).expect("written");
    }
    let run = |jobs: &str| {
        let mut arguments: Vec<&str> = sources.iter().map(String::as_str).collect();
        arguments.extend(["--to", "docx", "--jobs", jobs, "--report", "r.jsonl", "-v"]);
        let output = banshi(folder.path(), &arguments);
        done(&output);
        (said(&output), fs::read(folder.path().join("r.jsonl")).expect("a report"))
    };
    assert_eq!(run("1"), run("7"));
    refused(&banshi(folder.path(), &["00.txt", "--to", "md", "--jobs", "0"]), 2, "from 1");
}

#[test]
fn programs_get_a_json_object_a_line() {
    let folder = folder();
    fs::write(folder.path().join("下载.txt"), format!("关注公众号领取更多范文\n\n{SPEECH}"))
        .expect("written");
    let output = banshi(folder.path(), &["下载.txt", "没有.txt", "--to", "md", "--message-format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> =
        said(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of = |kind: &str| lines.iter().find(|line| line["type"] == kind).expect(kind);
    assert_eq!(of("finding")["code"], "boilerplate");
    assert_eq!(of("finding")["at"], serde_json::json!({ "first_line": 1, "last_line": 1, "column": 1 }));
    assert_eq!(of("finding")["severity"], "warning");
    assert_eq!(of("written")["output"], "下载.md");
    assert_eq!(of("summary")["failed"], 1);
    assert_eq!(of("summary")["warned"], 1);
    assert!(of("error")["message"].as_str().is_some_and(|message| message.contains("没有.txt")));
}

#[test]
fn programs_get_json_also_where_the_arguments_are_wrong() {
    let folder = folder();
    for arguments in
        [&["讲话.txt", "--too"][..], &["讲话.txt", "--to", "md", "-o", "讲话.txt"], &["讲话.txt"]]
    {
        let output = banshi(folder.path(), &[arguments, &["--message-format", "json"]].concat());
        assert_eq!(output.status.code(), Some(2));
        let error: Value = serde_json::from_str(said(&output).trim()).expect("one object");
        assert_eq!(error["type"], "error");
    }
}

#[test]
fn misspelt_names_are_understood() {
    let folder = folder();
    refused(&banshi(folder.path(), &["讲话.txt", "--to", "dcox"]), 2, "did you mean docx?");
    refused(&banshi(folder.path(), &["讲话.txt", "-o", "讲话.docxx"]), 2, "did you mean docx?");
    refused(&banshi(folder.path(), &["讲话.txt", "--to", "md", "--encoding", "bgk"]), 2, "did you mean gbk?");
    assert_eq!(
        printed(&banshi(folder.path(), &["--version"])),
        format!("banshi {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn the_program_describes_itself() {
    let folder = folder();
    let formats = banshi(folder.path(), &["formats"]);
    done(&formats);
    let row = |name: &str| {
        printed(&formats).lines().find(|line| line.starts_with(name)).map(str::to_string).expect(name)
    };
    assert!(row("docx").contains("yes  yes") && row("docx").contains(".docm"), "{}", row("docx"));
    assert!(row("pdf").contains("-    yes"), "{}", row("pdf"));
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = banshi(folder.path(), &["completions", shell]);
        done(&script);
        assert!(printed(&script).contains("keep-boilerplate"), "{shell}");
    }
    let page = banshi(folder.path(), &["man"]);
    done(&page);
    let page = printed(&page);
    let after_title = page.split(".TH banshi 1").nth(1).expect("a title");
    assert!(after_title.lines().skip(1).take(2).eq([".nh", ".ad l"]), "{page}");
    for words in [".SH EXAMPLES\n  banshi", ".SH EXIT CODES\n0 done", ".SH COMMANDS\n", "\nbanshi outline\n"]
    {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!page.contains("(1)"), "{page}");
}

#[test]
fn fonts_say_which_face_serves_which_role_and_what_it_has() {
    let folder = folder();
    let shown = printed(&banshi(folder.path(), &["fonts"]));
    let row = shown.lines().find(|line| line.starts_with("biaosong")).expect("a row");
    assert!(row.contains("方正小标宋简体") && row.contains("built in") && row.contains("/3755"), "{shown}");
    let own = folder.path().join("字体");
    fs::create_dir_all(&own).expect("a folder");
    let kai = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/banshi-kai/BanshiKai-Regular.ttf");
    fs::copy(kai, own.join("kai.ttf")).expect("a face");
    let profile = "extends = \"gongwen\"\nname = \"ours\"\n[faces]\nfangsong = { name = \"Banshi Kai\" }\n";
    fs::write(folder.path().join("ours.toml"), profile).expect("a profile");
    let asked = ["fonts", "--json", "--profile", "ours.toml", "--font-dir", "字体"];
    let json: Value = serde_json::from_slice(&banshi(folder.path(), &asked).stdout).expect("JSON");
    let faces = json["faces"].as_array().expect("faces");
    let of = |key: &str| faces.iter().find(|face| face["role"] == key).expect(key);
    assert_eq!(json["profile"], "ours");
    assert!(of("fangsong")["file"].as_str().is_some_and(|file| file.ends_with("kai.ttf")), "{json}");
    assert!(of("kai")["file"].is_null());
    assert_eq!(of("song")["coverage"]["gb2312_level_1"], 3755);
    assert_eq!(of("song")["coverage"]["gb2312_level_2"], 3008);
    refused(&banshi(folder.path(), &["fonts", "--profile", "letter"]), 2, "neither a profile");
}

#[test]
fn patterns_that_take_nothing_are_named() {
    let folder = tree();
    let output = banshi(folder.path(), &["-r", "稿", "--include", "*.doc", "--to", "md"]);
    done(&output);
    assert!(said(&output).contains("see --include and --exclude"), "{}", said(&output));
    fs::create_dir(folder.path().join("空")).expect("a folder");
    fs::write(folder.path().join("空/无扩展名"), SPEECH).expect("written");
    let output = banshi(folder.path(), &["-r", "空", "--to", "md"]);
    done(&output);
    assert!(said(&output).contains("no document is in the folders"), "{}", said(&output));
}

#[test]
fn one_named_file_has_a_named_output_with_r_too() {
    let folder = folder();
    done(&banshi(folder.path(), &["-r", "讲话.txt", "-o", "z.md"]));
    assert!(folder.path().join("z.md").exists());
    fs::create_dir(folder.path().join("空")).expect("a folder");
    for source in [".", "空"] {
        refused(
            &banshi(folder.path(), &["-r", source, "-o", "z.md"]),
            2,
            "-o names the output of one source",
        );
    }
}

#[cfg(unix)]
#[test]
fn a_name_can_break_no_line_of_messages() {
    let folder = folder();
    fs::write(folder.path().join("换\n行.txt"), format!("关注公众号领取更多范文\n\n{SPEECH}"))
        .expect("written");
    let output = banshi(folder.path(), &["换\n行.txt", "--to", "md"]);
    done(&output);
    assert!(said(&output).contains("换\\n行.txt:1:1: warning: "), "{}", said(&output));
    assert!(said(&output).ends_with("换\\n行.txt -> 换\\n行.md\n"), "{}", said(&output));
}

#[cfg(unix)]
#[test]
fn a_terminal_shows_how_far_the_work_is_how_fast_it_goes_and_how_long_it_takes() {
    let folder = tree();
    for number in 0..40 {
        fs::write(folder.path().join(format!("稿/{number}.txt")), SPEECH.repeat(60)).expect("written");
    }
    let program = env!("CARGO_BIN_EXE_banshi");
    let call = format!("'{program}' -r 稿 --to docx --out-dir o --lang en --jobs 1");
    // The terminal of `script`, where there is one.
    let terminal = Command::new("script")
        .args(["-qec", &call, "/dev/null"])
        .current_dir(folder.path())
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output();
    let Ok(terminal) = terminal else { return };
    let shown = String::from_utf8(terminal.stdout.clone()).expect("messages in UTF-8");
    if !terminal.status.success() && !shown.contains("files converted") {
        return;
    }
    let bars: Vec<&str> = shown.split(['\r', '\n']).filter(|line| line.contains("/43")).collect();
    let word = |line: &str, end: &str| {
        line.split_whitespace().any(|word| word.ends_with(end) && word.len() > end.len())
    };
    assert!(bars.iter().any(|line| word(line, "/s") && word(line, "s")), "{shown}");
    assert!(shown.contains("43 files converted"), "{shown}");
}

#[test]
fn a_report_on_standard_output_has_a_line_for_every_source() {
    let folder = tree();
    let output = banshi(folder.path(), &["-r", "稿", "--to", "md", "--out-dir", "o", "--report", "-"]);
    done(&output);
    let lines: Vec<Value> =
        printed(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 3);
    assert!(!folder.path().join("-").exists());
    refused(&banshi(folder.path(), &["讲话.txt", "--to", "md", "-o", "-", "--report", "-"]), 2, "one output");
}

#[test]
fn options_of_all_commands_work_before_the_command_too() {
    let folder = folder();
    let calls: [&[&str]; 6] = [
        &["--lang", "zh", "roundtrip", "讲话.txt", "--via", "md"],
        &["-q", "roundtrip", "讲话.txt", "--via", "md"],
        &["--no-config", "outline", "讲话.txt"],
        &["--lang=zh", "man"],
        &["-v", "--message-format", "json", "profiles", "show", "speech"],
        &["profiles", "-q", "show", "speech"],
    ];
    for arguments in calls {
        done(&banshi(folder.path(), arguments));
    }
    let page = printed(&banshi(folder.path(), &["--lang", "zh", "man"]));
    assert!(page.contains("选项"), "{page}");
    // What is no such option ends the search: the name behind it may be a file.
    fs::write(folder.path().join("man"), SPEECH).expect("written");
    done(&banshi(folder.path(), &["--to", "md", "man"]));
    assert!(folder.path().join("man.md").exists());
}

#[test]
fn help_takes_the_options_of_all_commands() {
    let folder = folder();
    let calls: [(&[&str], &str); 5] = [
        (&["--lang", "zh", "help"], "用法: banshi [选项] [文件]…"),
        (&["--lang", "zh", "help", "outline"], "显示每一段识别成了什么"),
        (&["help", "outline", "--lang", "zh"], "显示每一段识别成了什么"),
        (&["-q", "help", "outline"], "Shows what every paragraph was recognised as"),
        (&["help", "--lang=en", "profiles", "show"], "Prints a profile as TOML"),
    ];
    for (arguments, words) in calls {
        let output = banshi(folder.path(), arguments);
        done(&output);
        assert!(printed(&output).contains(words), "{arguments:?}\n{}", printed(&output));
    }
    refused(&banshi(folder.path(), &["help", "outlne"]), 2, "outlne (did you mean outline?)");
    let misspelt = banshi(folder.path(), &["--lang", "zh", "help", "outlne"]);
    refused(&misspelt, 2, "没有 outlne 这个子命令（是不是 outline？）");
}

#[test]
fn commands_options_and_profiles_that_are_misspelt_are_understood() {
    let folder = folder();
    let cases: [(&[&str], &str); 7] = [
        (&["outlin", "讲话.txt"], "did you mean banshi outline?"),
        (
            &["--to", "md", "outline", "讲话.txt"],
            "outline: no such file or folder (did you mean banshi outline?)",
        ),
        (&["formts"], "did you mean banshi formats?"),
        (&["profiels", "show", "speech"], "did you mean banshi profiles?"),
        (&["讲话.txt", "--tto", "md"], "--tto is not known (did you mean --to?)"),
        (&["讲话.txt", "--to", "md", "--profile", "gongwne"], "did you mean gongwen?"),
        (&["profiles", "show", "speach"], "did you mean speech?"),
    ];
    for (arguments, words) in cases {
        refused(&banshi(folder.path(), arguments), 2, words);
    }
    let of_another = banshi(folder.path(), &["讲话.txt", "--to", "md", "--json"]);
    refused(&of_another, 2, "--json is not known\n");
}

#[test]
fn lists_from_windows_are_read() {
    let folder = folder();
    let list = "\u{FEFF}讲话.txt\r\n";
    let utf_16: Vec<u8> = list.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [list.as_bytes(), &utf_16] {
        fs::write(folder.path().join("list"), bytes).expect("written");
        done(&banshi(folder.path(), &["--files-from", "list", "--to", "md"]));
    }
}
