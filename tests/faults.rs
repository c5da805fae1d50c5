//! What goes wrong around the program: full disks, closed folders, odd names. No panic, no part of a file, and the
//! source as it was.
#![cfg(all(feature = "cli", unix))]

#[path = "support/program.rs"]
mod program;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use program::{SPEECH, banshi, done, folder, refused, said};

/// The names in a folder, sorted, without the source.
fn left(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != "讲话.txt");
    names.sort();
    names
}

#[test]
fn a_device_is_written_into_and_never_replaced() {
    let folder = folder();
    done(&banshi(folder.path(), &["讲话.txt", "--to", "pdf", "-o", "/dev/null"]));
    assert!(fs::metadata("/dev/null").expect("there").file_type().is_char_device());
    let full = Path::new("/dev/full");
    if full.exists() {
        refused(
            &banshi(folder.path(), &["讲话.txt", "--to", "md", "-o", "/dev/full"]),
            1,
            "the disk is full",
        );
        assert!(fs::metadata(full).expect("there").file_type().is_char_device());
    }
}

#[test]
fn a_full_disk_behind_standard_output_is_an_error_and_a_closed_pipe_is_none() {
    let folder = folder();
    let Ok(full) = fs::File::options().write(true).open("/dev/full") else { return };
    let output = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(["讲话.txt", "--to", "md", "-o", "-"])
        .current_dir(folder.path())
        .stdout(full)
        .output()
        .expect("runs");
    refused(&output, 1, "standard output: the disk is full");
    fs::write(folder.path().join("长.txt"), SPEECH.repeat(5000)).expect("written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(["长.txt", "--to", "txt", "-o", "-"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    done(&child.wait_with_output().expect("ends"));
}

#[test]
fn a_folder_is_no_file_on_either_side() {
    let folder = folder();
    fs::create_dir(folder.path().join("讲话.docx")).expect("made");
    refused(
        &banshi(folder.path(), &["讲话.txt", "--to", "docx"]),
        1,
        "讲话.docx: a folder stands under that name",
    );
    refused(&banshi(folder.path(), &["讲话.docx", "--to", "md"]), 2, "讲话.docx: a folder");
    assert_eq!(left(folder.path()), ["讲话.docx"]);
}

#[test]
fn a_folder_or_file_that_may_not_be_written_is_named() {
    let folder = folder();
    fs::write(folder.path().join("讲话.md"), "old").expect("written");
    fs::set_permissions(folder.path().join("讲话.md"), fs::Permissions::from_mode(0o444)).expect("set");
    refused(&banshi(folder.path(), &["讲话.txt", "--to", "md"]), 1, "讲话.md: is read-only");
    let closed = folder.path().join("锁");
    fs::create_dir(&closed).expect("made");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).expect("set");
    // The superuser may write everywhere.
    if fs::write(closed.join("x"), "x").is_err() {
        refused(&banshi(folder.path(), &["讲话.txt", "-o", "锁/讲话.md"]), 1, "锁/讲话.md: no permission");
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("set");
}

#[test]
fn an_output_keeps_the_permissions_that_it_had() {
    let folder = folder();
    let made = folder.path().join("讲话.md");
    fs::write(&made, "old").expect("written");
    fs::set_permissions(&made, fs::Permissions::from_mode(0o640)).expect("set");
    done(&banshi(folder.path(), &["讲话.txt", "--to", "md"]));
    assert_eq!(fs::metadata(&made).expect("there").permissions().mode() & 0o777, 0o640);
}

#[test]
fn links_lead_to_their_target_and_a_circle_is_refused() {
    let folder = folder();
    symlink("新.md", folder.path().join("链.md")).expect("a link to a file that is not there yet");
    done(&banshi(folder.path(), &["讲话.txt", "-o", "链.md"]));
    assert!(folder.path().join("链.md").is_symlink() && folder.path().join("新.md").is_file());
    symlink("乙.md", folder.path().join("甲.md")).expect("a link");
    symlink("甲.md", folder.path().join("乙.md")).expect("a link");
    let output = banshi(folder.path(), &["讲话.txt", "-o", "甲.md"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    refused(&banshi(folder.path(), &["甲.md", "--to", "txt"]), 1, "甲.md: the link leads round in a circle");
    symlink("讲话.txt", folder.path().join("源.md")).expect("a link to the source");
    refused(&banshi(folder.path(), &["讲话.txt", "-o", "源.md"]), 2, "same file");
    assert_eq!(fs::read_to_string(folder.path().join("讲话.txt")).expect("there"), SPEECH);
}

#[test]
fn names_that_are_not_utf_8_or_very_long_are_names() {
    let folder = folder();
    // 通知.txt in GBK, as an old archive unpacks it.
    let gbk = OsStr::from_bytes(b"\xCD\xA8\xD6\xAA.txt");
    fs::write(folder.path().join(gbk), SPEECH).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .arg(gbk)
        .args(["--to", "md"])
        .current_dir(folder.path())
        .output()
        .expect("runs");
    done(&output);
    assert!(folder.path().join(OsStr::from_bytes(b"\xCD\xA8\xD6\xAA.md")).exists());
    // 255 bytes are the longest name of most file systems.
    let long = format!("{}abc.md", "长".repeat(83));
    done(&banshi(folder.path(), &["讲话.txt", "-o", &long]));
    let longer = format!("{}.md", "长".repeat(85));
    let output = banshi(folder.path(), &["讲话.txt", "-o", &longer]);
    refused(&output, 1, "the name is too long");
    assert!(!left(folder.path()).iter().any(|name| name.ends_with(".tmp")));
}

#[test]
fn a_source_without_end_is_refused_where_the_bound_is() {
    let folder = folder();
    let zero = ["/dev/zero", "--from", "txt", "--to", "md", "-o", "无尽.md", "--limit", "input=3"];
    refused(&banshi(folder.path(), &zero), 1, "/dev/zero: it is larger than 3 MiB");
    assert!(left(folder.path()).is_empty());
    fs::write(folder.path().join("长.txt"), SPEECH.repeat(10_000)).expect("written");
    refused(
        &banshi(folder.path(), &["长.txt", "--to", "md", "--limit", "input=1"]),
        1,
        "长.txt: it is larger than 1 MiB; raise the limit input if you trust the file (--limit input=2)",
    );
}

#[test]
fn a_source_that_vanishes_is_counted() {
    let folder = folder();
    symlink("没有.txt", folder.path().join("断.txt")).expect("a link to nothing");
    let output = banshi(folder.path(), &["断.txt", "讲话.txt", "--to", "md"]);
    refused(&output, 1, "断.txt: no such file");
    assert!(folder.path().join("讲话.md").exists());
}

#[test]
fn an_output_may_be_read_by_those_who_may_read_its_source() {
    let folder = folder();
    fs::set_permissions(folder.path().join("讲话.txt"), fs::Permissions::from_mode(0o700)).expect("set");
    done(&banshi(folder.path(), &["讲话.txt", "--to", "md,docx"]));
    for name in ["讲话.md", "讲话.docx"] {
        let mode = fs::metadata(folder.path().join(name)).expect("made").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_file_in_the_place_of_a_folder_is_named() {
    let folder = folder();
    fs::write(folder.path().join("成品"), "x").expect("written");
    let stands = "成品: no folder can be made there, because a file stands in its way";
    refused(&banshi(folder.path(), &["讲话.txt", "--to", "md", "--out-dir", "成品"]), 1, stands);
    refused(
        &banshi(folder.path(), &["成品/讲话.txt", "--to", "md"]),
        1,
        "a file stands where a folder should",
    );
    assert_eq!(fs::read_to_string(folder.path().join("成品")).expect("there"), "x");
}

/// A file system of 64 kB in memory, mounted in a folder; `None` where that is not allowed.
struct Small(tempfile::TempDir);

impl Small {
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_and_one_that_is_read_only_leave_no_part_of_a_file() {
    let Some(small) = Small::new() else { return };
    let disk = small.0.path();
    fs::write(disk.join("讲话.txt"), SPEECH.repeat(150)).expect("written");
    fs::write(disk.join("满.bin"), vec![0; 32 << 10]).expect("written");
    refused(
        &banshi(disk, &["讲话.txt", "--to", "pdf", "--pdf-standard", "none"]),
        1,
        "讲话.pdf: the disk is full",
    );
    refused(
        &banshi(disk, &["讲话.txt", "--to", "pdf,txt", "--out-dir", "新", "--report", "r.jsonl"]),
        1,
        "the disk is full",
    );
    assert!(
        !left(disk).iter().any(|name| name.ends_with(".tmp") || name.ends_with(".pdf")),
        "{:?}",
        left(disk)
    );
    assert_eq!(fs::read_to_string(disk.join("讲话.txt")).expect("there"), SPEECH.repeat(150));
    let read_only = Command::new("mount").args(["-o", "remount,ro"]).arg(disk).status().expect("mount");
    assert!(read_only.success());
    refused(&banshi(disk, &["讲话.txt", "--to", "md"]), 1, "讲话.md: the disk is read-only\n");
}

#[test]
fn a_source_that_may_not_be_read_is_named() {
    let folder = folder();
    let source = folder.path().join("讲话.txt");
    fs::set_permissions(&source, fs::Permissions::from_mode(0o000)).expect("set");
    // The superuser may read everything.
    if fs::read(&source).is_err() {
        refused(&banshi(folder.path(), &["讲话.txt", "--to", "md"]), 1, "讲话.txt: no permission");
    }
}

#[test]
fn the_times_and_the_words_of_a_source_stay_as_they_are() {
    let folder = folder();
    let source = folder.path().join("讲话.txt");
    let old = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&source).expect("opens").set_modified(old).expect("set");
    done(&banshi(folder.path(), &["讲话.txt", "--to", "md,docx,pdf"]));
    assert_eq!(fs::metadata(&source).expect("there").modified().expect("a time"), old);
    assert_eq!(fs::read_to_string(&source).expect("there"), SPEECH);
    // As with cp, what is made is of now.
    assert!(fs::metadata(folder.path().join("讲话.md")).expect("made").modified().expect("a time") > old);
}
