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
