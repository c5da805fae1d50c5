//! Many files in one call: folders, lists, names that meet, what is there already, and a report.
#![cfg(feature = "cli")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use program::{SPEECH, banshi, done, folder, printed, refused, said};
use serde_json::Value;

/// A folder `稿` with documents in two folders, and things that are no documents.
fn tree() -> tempfile::TempDir {
    let folder = folder();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    };
    put("稿/讲话.txt", SPEECH.as_bytes());
    put("稿/一月/通知.md", "# 关于放假的通知\n\n各单位：\n".as_bytes());
    put("稿/一月/讲话.txt", SPEECH.as_bytes());
    put("稿/一月/~$讲话.docx", b"lock");
    put("稿/.隐藏/讲话.txt", SPEECH.as_bytes());
    put("稿/数据.json", b"{}");
    folder
}

/// The names of the files under a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

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
fn a_folder_is_mirrored_in_the_folder_of_the_outputs() {
    let folder = tree();
    let output = banshi(folder.path(), &["-r", "稿", "--to", "md,docx", "--out-dir", "成品/新"]);
    done(&output);
    assert_eq!(
        names(&folder.path().join("成品/新")),
        ["一月/讲话.docx", "一月/讲话.md", "一月/通知.docx", "一月/通知.md", "讲话.docx", "讲话.md"]
    );
    assert!(said(&output).ends_with("3 files converted\n"), "{}", said(&output));
    refused(&banshi(folder.path(), &["稿", "--to", "md"]), 2, "-r");
}

#[test]
fn in_a_folder_what_has_the_format_already_is_no_source() {
    let folder = tree();
    done(&banshi(folder.path(), &["-r", "稿", "--to", "md"]));
    let before = fs::read(folder.path().join("稿/一月/通知.md")).expect("there");
    assert_eq!(before, "# 关于放假的通知\n\n各单位：\n".as_bytes());
    // The outputs of the first run are not taken for sources of the second, and an output folder inside is kept out.
    done(&banshi(folder.path(), &["-r", "稿", "--include", "*.txt", "--to", "docx", "--out-dir", "稿/成品"]));
    done(&banshi(folder.path(), &["-r", "稿", "--include", "*.txt", "--to", "docx", "--out-dir", "稿/成品"]));
    assert_eq!(names(&folder.path().join("稿/成品")), ["一月/讲话.docx", "讲话.docx"]);
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
fn names_that_meet_are_refused_before_anything_is_written() {
    let folder = tree();
    let output = banshi(folder.path(), &["稿/讲话.txt", "稿/一月/讲话.txt", "--to", "md", "--out-dir", "o"]);
    refused(&output, 2, "would be written twice, from 稿/讲话.txt and from 稿/一月/讲话.txt");
    assert!(!folder.path().join("o").exists());
    // All of them are told at once.
    fs::write(folder.path().join("稿/通知.txt"), SPEECH).expect("written");
    let output = banshi(
        folder.path(),
        &[
            "稿/讲话.txt",
            "稿/一月/讲话.txt",
            "稿/通知.txt",
            "稿/一月/通知.md",
            "--to",
            "docx",
            "--out-dir",
            "o",
        ],
    );
    refused(&output, 2, "o/讲话.docx: would be written twice");
    refused(
        &output,
        2,
        "error: o/通知.docx: would be written twice, from 稿/通知.txt and from 稿/一月/通知.md",
    );
    assert!(!folder.path().join("o").exists());
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
    assert!(lines[2]["error"].as_str().is_some_and(|error| error.contains("not a text")), "{report}");
    assert!(lines[0]["diagnostics"].as_array().is_some_and(|found| !found.is_empty()), "{report}");
}

#[test]
fn what_is_there_can_stay() {
    let folder = tree();
    let made = folder.path().join("讲话.md");
    fs::write(&made, "mine").expect("written");
    let output = banshi(folder.path(), &["讲话.txt", "稿/讲话.txt", "--to", "md", "--skip-existing"]);
    done(&output);
    assert!(said(&output).ends_with("1 file converted, 1 skipped\n"), "{}", said(&output));
    assert_eq!(fs::read_to_string(&made).expect("there"), "mine");
    // The source is newer than what was made of it.
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&made).expect("opens").set_modified(old).expect("set");
    done(&banshi(folder.path(), &["讲话.txt", "--to", "md", "--newer"]));
    assert_ne!(fs::read_to_string(&made).expect("there"), "mine");
    fs::write(&made, "newer").expect("written");
    done(&banshi(folder.path(), &["讲话.txt", "--to", "md", "--newer"]));
    assert_eq!(fs::read_to_string(&made).expect("there"), "newer");
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

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_whole_files_only() {
    let folder = folder();
    let sources: Vec<String> = (0..400).map(|number| format!("{number}.txt")).collect();
    for name in &sources {
        fs::write(folder.path().join(name), SPEECH.repeat(300)).expect("written");
    }
    let child = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(&sources)
        .args(["--to", "docx", "--report", "r.jsonl"])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let first = folder.path().join("0.docx");
    while !first.exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(kill.success());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    assert!(said(&output).contains("not begun"), "{}", said(&output));
    let names = names(folder.path());
    assert!(!names.iter().any(|name| name.ends_with(".tmp")), "{names:?}");
    let made: Vec<_> = names.iter().filter(|name| name.ends_with(".docx")).collect();
    for name in &made {
        banshi(folder.path(), &["outline", name.as_str(), "--quiet"])
            .status
            .success()
            .then_some(())
            .expect(name);
    }
    let report = fs::read_to_string(folder.path().join("r.jsonl")).expect("a report");
    assert_eq!(report.lines().count(), made.len());
}

#[cfg(unix)]
#[test]
fn what_changes_is_converted_again() {
    let folder = tree();
    let child = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(["-r", "稿", "--to", "md", "--out-dir", "o", "--watch"])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let holds = |name: &str, words: &str| {
        let path = folder.path().join(name);
        (0..400).any(|_| {
            std::thread::sleep(Duration::from_millis(25));
            fs::read_to_string(&path).is_ok_and(|text| text.contains(words))
        })
    };
    assert!(holds("o/讲话.md", "提高认识"));
    // Time for the watch to begin, and for a file system that keeps seconds.
    std::thread::sleep(Duration::from_millis(1200));
    fs::write(folder.path().join("稿/讲话.txt"), SPEECH.replace("提高认识", "统一思想")).expect("written");
    assert!(holds("o/讲话.md", "统一思想"));
    fs::write(folder.path().join("稿/一月/新.txt"), SPEECH).expect("written");
    assert!(holds("o/一月/新.md", "提高认识"));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill").success());
    let output = child.wait_with_output().expect("ends");
    done(&output);
    assert_eq!(said(&output).matches("稿/讲话.txt -> ").count(), 2, "{}", said(&output));
    refused(&banshi(folder.path(), &["-", "--to", "md", "--watch"]), 2, "by name");
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
    assert!(printed(&page).contains(".TH banshi 1"));
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
fn a_report_takes_the_place_of_no_source_and_no_output() {
    let folder = folder();
    let source = ["讲话.txt", "--to", "md", "--report"];
    refused(&banshi(folder.path(), &[&source[..], &["讲话.txt"]].concat()), 2, "place of a source");
    refused(&banshi(folder.path(), &[&source[..], &["讲话.md"]].concat()), 2, "an output and the report");
    assert_eq!(fs::read_to_string(folder.path().join("讲话.txt")).expect("there"), SPEECH);
    assert!(!folder.path().join("讲话.md").exists());
}

#[test]
fn what_is_named_twice_is_converted_once() {
    let folder = tree();
    let output = banshi(folder.path(), &["讲话.txt", "./讲话.txt", "--to", "md"]);
    done(&output);
    assert!(said(&output).ends_with("讲话.txt -> 讲话.md\n"), "{}", said(&output));
    done(&banshi(folder.path(), &["-r", "稿", "稿/一月", "--to", "md", "--out-dir", "o"]));
    assert_eq!(names(&folder.path().join("o")), ["一月/讲话.md", "一月/通知.md", "讲话.md"]);
}

#[test]
fn patterns_that_take_nothing_are_named() {
    let folder = tree();
    let output = banshi(folder.path(), &["-r", "稿", "--include", "*.doc", "--to", "md"]);
    done(&output);
    assert!(said(&output).contains("see --include and --exclude"), "{}", said(&output));
}

#[cfg(unix)]
#[test]
fn a_single_file_is_watched_also_where_editors_put_a_new_one_in_its_place() {
    let folder = folder();
    let messages = fs::File::create(folder.path().join("说明.log")).expect("a file");
    let child = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(["讲话.txt", "-o", "讲话.md", "--watch", "--lang", "en"])
        .current_dir(folder.path())
        .stderr(messages)
        .spawn()
        .expect("runs");
    let mut child = Ended(child);
    let holds = |words: &str| {
        (0..400).any(|_| {
            std::thread::sleep(Duration::from_millis(25));
            fs::read_to_string(folder.path().join("讲话.md")).is_ok_and(|text| text.contains(words))
        })
    };
    assert!(holds("提高认识"));
    std::thread::sleep(Duration::from_millis(1200));
    fs::write(folder.path().join("新"), SPEECH.replace("提高认识", "统一思想")).expect("written");
    fs::rename(folder.path().join("新"), folder.path().join("讲话.txt")).expect("renamed");
    assert!(holds("统一思想"));
    // What goes wrong is said, and the watch goes on.
    std::thread::sleep(Duration::from_millis(1200));
    fs::write(folder.path().join("讲话.txt"), b"\xE5\x8A\x9E\xFF").expect("written");
    std::thread::sleep(Duration::from_millis(1200));
    fs::write(folder.path().join("讲话.txt"), SPEECH.replace("提高认识", "狠抓落实")).expect("written");
    assert!(holds("狠抓落实"));
    let id = child.0.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    assert!(child.0.wait().expect("ends").success());
    let said = fs::read_to_string(folder.path().join("说明.log")).expect("messages");
    assert!(said.contains("讲话.txt:1:2: error: "), "{said}");
}

/// A program that does not outlive the test.
#[cfg(unix)]
struct Ended(std::process::Child);

#[cfg(unix)]
impl Drop for Ended {
    fn drop(&mut self) {
        // It fails where the program has ended, as it should have.
        _ = self.0.kill();
        _ = self.0.wait();
    }
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
