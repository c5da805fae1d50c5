//! What goes on until Ctrl-C, and what Ctrl-C leaves behind.
#![cfg(all(feature = "cli", unix))]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use program::{SPEECH, banshi, folder, names, refused, said, tree};
use serde_json::Value;

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
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    assert_eq!(said(&output).matches("稿/讲话.txt -> ").count(), 2, "{}", said(&output));
    assert!(!said(&output).contains("0 files converted"), "{}", said(&output));
    refused(&banshi(folder.path(), &["-", "--to", "md", "--watch"]), 2, "by name");
}

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
    assert_eq!(child.0.wait().expect("ends").code(), Some(130));
    let said = fs::read_to_string(folder.path().join("说明.log")).expect("messages");
    assert!(said.contains("讲话.txt:1:2: error: "), "{said}");
}

/// A program that does not outlive the test.
struct Ended(std::process::Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It fails where the program has ended, as it should have.
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// A watch of a folder, with what it says in a file beside the folder.
fn watching(folder: &Path, arguments: &[&str]) -> Ended {
    let messages = fs::File::create(folder.join("说明.log")).expect("a file");
    let child = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(arguments)
        .args(["--watch", "--lang", "en"])
        .current_dir(folder)
        .stderr(messages)
        .spawn()
        .expect("runs");
    Ended(child)
}

/// Waits until the words are said, and returns all that was said.
fn heard(folder: &Path, words: &str) -> String {
    heard_often(folder, words, 1)
}

/// Waits until the words are said so many times, and returns all that was said.
fn heard_often(folder: &Path, words: &str, times: usize) -> String {
    let mut said = String::new();
    for _ in 0..600 {
        said = fs::read_to_string(folder.join("说明.log")).expect("messages");
        if said.matches(words).count() >= times {
            return said;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("{words} was not said {times} times:\n{said}");
}

#[test]
fn a_watch_takes_none_of_its_outputs_for_a_source_and_refuses_what_a_first_run_refuses() {
    let folder = folder();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    let kept = |name: &str| fs::read_to_string(folder.path().join(name)).expect("there");
    fs::create_dir(folder.path().join("h")).expect("made");
    put("h/s.txt", SPEECH);
    let _child = watching(folder.path(), &["-r", "h", "--to", "md,txt"]);
    let said = heard(folder.path(), "watching");
    assert!(said.contains("1 file has a format that is asked for, and stays as it is"), "{said}");
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(kept("h/s.txt"), SPEECH);
    // What arrives later and would be made of another stops the round, and harms nothing.
    put("h/a.md", "# 通知\n");
    heard(folder.path(), "h/a.md -> h/a.txt");
    put("h/s2.md", "# 通知\n\n手写的。\n");
    heard(folder.path(), "h/s2.md -> h/s2.txt");
    std::thread::sleep(Duration::from_millis(500));
    fs::create_dir(folder.path().join("新")).expect("made");
    put("新/b.txt", SPEECH);
    put("新/b.md", "# 手写\n");
    fs::rename(folder.path().join("新"), folder.path().join("h/新")).expect("moved");
    let said = heard(folder.path(), "error: h/新/b.md: is a source");
    assert!(said.contains("choose with --include '*.txt'"), "{said}");
    assert_eq!((kept("h/新/b.txt"), kept("h/新/b.md")), (SPEECH.to_owned(), "# 手写\n".to_owned()));
    // The watch goes on, and what waits is made.
    fs::remove_file(folder.path().join("h/新/b.md")).expect("removed");
    heard(folder.path(), "h/新/b.txt -> h/新/b.md");
    assert_eq!(kept("h/s2.md"), "# 通知\n\n手写的。\n");
    assert_eq!(kept("h/s.txt"), SPEECH);
}

#[test]
fn what_a_watch_has_not_written_is_no_output_of_it() {
    let folder = folder();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("written");
    let kept = |name: &str| fs::read(folder.path().join(name)).expect("there");
    let rest = || std::thread::sleep(Duration::from_millis(1200));
    let refusal =
        |name: &str| format!("error: h/{name}.docx: stands in the folder, and would be made of h/{name}.txt");
    let told = |name: &str| {
        let said = fs::read_to_string(folder.path().join("说明.log")).expect("messages");
        said.matches(&refusal(name)).count()
    };
    fs::create_dir(folder.path().join("h")).expect("made");
    put("h/a.txt", b"\xE5\x8A\x9E\xFF");
    put("h/b.txt", SPEECH.as_bytes());
    let _child = watching(folder.path(), &["-r", "h", "--to", "docx"]);
    let said = heard(folder.path(), "watching");
    assert!(said.contains("h/a.txt:1:2: error: ") && said.contains("h/b.txt -> h/b.docx"), "{said}");
    rest();
    // Nothing was made of the text, and what then stands under the name of its output is another's.
    put("h/a.docx", b"mine");
    heard(folder.path(), &refusal("a"));
    rest();
    let before = told("a");
    put("h/a.txt", SPEECH.as_bytes());
    heard_often(folder.path(), &refusal("a"), before + 1);
    rest();
    assert_eq!(kept("h/a.docx"), b"mine");
    fs::remove_file(folder.path().join("h/a.docx")).expect("removed");
    heard(folder.path(), "h/a.txt -> h/a.docx");
    rest();
    // What was written, and then went on being written by another, is another's too: the same file or one in its place.
    let made = kept("h/b.docx");
    put("h/b.docx", &[&made[..], b"more"].concat());
    heard(folder.path(), &refusal("b"));
    rest();
    let before = told("b");
    put("h/b.txt", SPEECH.repeat(2).as_bytes());
    heard_often(folder.path(), &refusal("b"), before + 1);
    assert_eq!(kept("h/b.docx"), [&made[..], b"more"].concat());
    // Also where it is an output of this run, of another text.
    let others = kept("h/a.docx");
    fs::rename(folder.path().join("h/a.docx"), folder.path().join("h/b.docx")).expect("renamed");
    rest();
    let before = told("b");
    put("h/b.txt", SPEECH.as_bytes());
    heard_often(folder.path(), &refusal("b"), before + 1);
    rest();
    assert_eq!(kept("h/b.docx"), others);
}

#[test]
fn sources_of_one_name_that_meet_during_a_watch_are_refused() {
    let folder = folder();
    fs::create_dir(folder.path().join("h")).expect("made");
    fs::write(folder.path().join("h/x.md"), "# 通知\n").expect("written");
    let _child = watching(folder.path(), &["-r", "h", "--to", "docx"]);
    heard(folder.path(), "watching");
    std::thread::sleep(Duration::from_millis(1200));
    let before = fs::read(folder.path().join("h/x.docx")).expect("made");
    fs::write(folder.path().join("h/x.txt"), SPEECH).expect("written");
    heard(folder.path(), "h/x.docx: would be written twice");
    assert_eq!(fs::read(folder.path().join("h/x.docx")).expect("there"), before);
}

/// Two signals, some milliseconds apart, once there is something to leave behind; how the program ended.
fn interrupted_twice(folder: &Path, arguments: &[&str], apart: Duration) -> Output {
    let child = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(arguments)
        .args(["--lang", "en"])
        .current_dir(folder)
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    for _ in 0..2000 {
        if names(folder).iter().any(|name| name.ends_with(".docx")) {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let id = child.id().to_string();
    for _ in 0..2 {
        // The second may come too late.
        let _ = Command::new("kill").args(["-INT", &id]).stderr(Stdio::null()).status().expect("kill");
        std::thread::sleep(apart);
    }
    child.wait_with_output().expect("ends")
}

#[test]
fn a_second_interruption_leaves_no_temporary_file_and_a_whole_report() {
    for attempt in 0..5 {
        let folder = folder();
        let sources: Vec<String> = (0..60).map(|number| format!("{number}.txt")).collect();
        for name in &sources {
            fs::write(folder.path().join(name), SPEECH.repeat(200)).expect("written");
        }
        let mut arguments: Vec<&str> = sources.iter().map(String::as_str).collect();
        arguments.extend(["--to", "docx,md", "--report", "r.jsonl"]);
        let output = interrupted_twice(folder.path(), &arguments, Duration::from_millis(attempt));
        assert_eq!(output.status.code(), Some(130), "{}", said(&output));
        assert!(said(&output).contains("Ctrl-C again ends at once"), "{}", said(&output));
        let names = names(folder.path());
        assert!(!names.iter().any(|name| name.ends_with(".tmp")), "{names:?}");
        let report = fs::read_to_string(folder.path().join("r.jsonl")).expect("a report");
        assert!(!report.is_empty() && report.ends_with('\n'));
        report.lines().for_each(|line| _ = serde_json::from_str::<Value>(line).expect("whole lines"));
    }
}

#[test]
fn an_interruption_while_a_file_is_made_leaves_the_old_one() {
    let folder = folder();
    fs::write(folder.path().join("长.txt"), SPEECH.repeat(15_000)).expect("written");
    fs::write(folder.path().join("长.docx"), "old").expect("written");
    let child = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(["长.txt", "--to", "docx", "--lang", "en"])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    // Time for the program to listen; making the file takes seconds.
    std::thread::sleep(Duration::from_millis(400));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill").success());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    assert!(said(&output).starts_with("interrupted; finishing"), "{}", said(&output));
    assert_eq!(fs::read_to_string(folder.path().join("长.docx")).expect("there"), "old");
}
