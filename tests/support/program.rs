//! Runs the program in a folder of its own and looks at what it says.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A speech of five lines.
pub(crate) const SPEECH: &str =
    "在全县办公室工作会议上的讲话\n同志们：\n一、提高认识\n这项工作很重要。\n谢谢大家！\n";

/// A folder with a speech in it.
#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("讲话.txt"), SPEECH).expect("a source");
    folder
}

#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn banshi(folder: &Path, arguments: &[&str]) -> Output {
    // English, wherever the tests run.
    Command::new(env!("CARGO_BIN_EXE_banshi"))
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env_remove("LANGUAGE")
        .args(arguments)
        .output()
        .expect("runs")
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages in UTF-8")
}

#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output in UTF-8")
}

#[track_caller]
#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn done(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
}

#[track_caller]
#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn refused(output: &Output, code: i32, words: &str) {
    assert_eq!(output.status.code(), Some(code), "{}", said(output));
    assert!(said(output).contains(words), "{}", said(output));
}

/// A folder `稿` with documents in two folders, and things that are no documents.
#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn tree() -> tempfile::TempDir {
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
#[allow(dead_code, reason = "not every test that includes this module needs it")]
pub(crate) fn names(folder: &Path) -> Vec<String> {
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
