//! Files that are wanted twice: as source and output, as two outputs, as output and something in use.
#![cfg(feature = "cli")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::time::{Duration, SystemTime};

use program::{SPEECH, banshi, done, folder, names, printed, refused, said, tree};

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
fn what_helps_where_outputs_meet_can_be_done() {
    let folder = tree();
    let same = banshi(folder.path(), &["稿/讲话.txt", "稿/一月/讲话.txt", "--to", "md", "--out-dir", "o"]);
    refused(&same, 2, "convert them in calls of their own, or their common folder with -r");
    done(&banshi(folder.path(), &["-r", "稿", "--to", "md", "--out-dir", "o"]));
    fs::write(folder.path().join("讲话.md"), "# 讲话\n").expect("a source");
    let named = banshi(folder.path(), &["讲话.txt", "讲话.md", "--to", "docx"]);
    refused(&named, 2, "convert them in calls of their own, with -o or --out-dir");
    let twice = banshi(folder.path(), &["讲话.txt", "-o", "x.docx", "-o", "x.docx"]);
    refused(&twice, 2, "x.docx: is named twice");
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
fn a_run_over_a_folder_can_be_repeated() {
    let folder = tree();
    let run = |more: &[&str]| banshi(folder.path(), &[&["-r", "稿", "--to", "docx"], more].concat());
    done(&run(&[]));
    let made = fs::read(folder.path().join("稿/讲话.docx")).expect("made");
    // Nothing tells an output from what somebody went on writing, unless the call says that it is one.
    let output = run(&[]);
    refused(&output, 2, "稿/讲话.docx: stands in the folder, and would be made of 稿/讲话.txt");
    for remedy in ["--include '*.txt'", "--newer", "--skip-existing", "--out-dir"] {
        refused(&output, 2, remedy);
    }
    for more in [&["--newer"][..], &["--skip-existing"]] {
        let output = run(more);
        done(&output);
        assert!(
            said(&output).contains("3 files are made of others here, and are no sources"),
            "{}",
            said(&output)
        );
        assert_eq!(fs::read(folder.path().join("稿/讲话.docx")).expect("there"), made);
    }
    done(&run(&["--include", "*.txt", "--include", "*.md"]));
    // Another format would be made of the texts and of the Word files that were made of them.
    let output = banshi(folder.path(), &["-r", "稿", "--to", "pdf"]);
    refused(&output, 2, "稿/讲话.pdf: would be written twice, from ");
    for source in ["*.txt", "*.md"] {
        refused(&output, 2, &format!("choose with --include '{source}'"));
    }
    assert!(!names(folder.path()).iter().any(|name| name.ends_with(".pdf")));
    let output = banshi(folder.path(), &["-r", "稿", "--to", "docx,pdf", "--newer"]);
    done(&output);
    assert!(said(&output).contains("稿/讲话.txt -> 稿/讲话.pdf"), "{}", said(&output));
    assert!(said(&output).contains("3 files converted"), "{}", said(&output));
    // What would be made of one another is no output of either.
    for (more, words) in [
        (&["--newer"][..], "稿/讲话.txt: is a source, and would be made of 稿/讲话.docx"),
        (&[], "稿/一月/通知.docx: stands in the folder, and would be made of 稿/一月/通知.md"),
    ] {
        let output = banshi(folder.path(), &[&["-r", "稿", "--to", "txt,docx"], more].concat());
        refused(&output, 2, words);
        assert_eq!(fs::read_to_string(folder.path().join("稿/讲话.txt")).expect("there"), SPEECH);
    }
    fs::remove_file(folder.path().join("稿/讲话.docx")).expect("removed");
    // A text that another saved, or wrote, is not written over unless the call says that it is an output.
    for (name, call) in [("稿/讲话.md", "md"), ("稿/讲话.docx", "docx")] {
        fs::copy(folder.path().join("稿/一月/通知.md"), folder.path().join(name)).expect("copied");
        let mine = fs::read(folder.path().join(name)).expect("there");
        let output = banshi(folder.path(), &["-r", "稿", "--exclude", "一月/*", "--to", call]);
        refused(&output, 2, "stands in the folder, and would be made of");
        refused(&output, 2, "--include '*.");
        let output =
            banshi(folder.path(), &["-r", "稿", "--exclude", "一月/*", "--to", call, "--skip-existing"]);
        done(&output);
        assert_eq!(fs::read(folder.path().join(name)).expect("there"), mine);
        fs::remove_file(folder.path().join(name)).expect("removed");
    }
    // A source that is named is never an output.
    refused(
        &banshi(folder.path(), &["稿/一月/通知.md", "稿/一月/通知.docx", "--to", "docx", "--newer"]),
        2,
        "is a source",
    );
}

#[test]
fn a_word_file_is_not_written_over_by_another_text_whoever_made_it() {
    let folder = folder();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    fs::create_dir(folder.path().join("h")).expect("made");
    // This program made it, and of another text.
    put("草稿.txt", SPEECH);
    done(&banshi(folder.path(), &["草稿.txt", "-o", "h/通知.docx"]));
    let made = fs::read(folder.path().join("h/通知.docx")).expect("made");
    put("h/通知.txt", "通知\n各单位：\n");
    let output = banshi(folder.path(), &["-r", "h", "--to", "docx"]);
    refused(&output, 2, "h/通知.docx: stands in the folder, and would be made of h/通知.txt");
    refused(&banshi(folder.path(), &["-r", "h", "--to", "pdf"]), 2, "h/通知.pdf: would be written twice");
    assert_eq!(names(&folder.path().join("h")), ["通知.docx", "通知.txt"]);
    assert_eq!(fs::read(folder.path().join("h/通知.docx")).expect("there"), made);
    // Where the names are apart, it is a source as any other.
    fs::rename(folder.path().join("h/通知.txt"), folder.path().join("h/另.txt")).expect("renamed");
    let output = banshi(folder.path(), &["-r", "h", "--to", "pdf"]);
    done(&output);
    assert!(said(&output).contains("2 files converted"), "{}", said(&output));
}

#[test]
fn files_in_use_are_not_written_over() {
    let folder = folder();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    put("讲话.json", "{\"version\": 1}");
    put("p.toml", "extends = \"speech\"\nname = \"p\"\n");
    put("list.md", "讲话.txt\n");
    put("banshi.toml", "lines = \"keep\"\n");
    fs::create_dir(folder.path().join("字体")).expect("made");
    let kai = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/banshi-kai/BanshiKai-Regular.ttf");
    fs::copy(kai, folder.path().join("字体/kai.ttf")).expect("a face");
    let cases: [(&[&str], &str); 6] = [
        (&["讲话.txt", "--to", "json", "--corrections", "讲话.json"], "讲话.json: the file of corrections"),
        (&["讲话.txt", "-o", "./p.toml", "--to", "md", "--profile", "p.toml"], "p.toml: the profile"),
        (&["--files-from", "list.md", "-o", "list.md"], "list.md: the list of files"),
        (&["讲话.txt", "-o", "banshi.toml", "--to", "md"], "banshi.toml: the file of settings"),
        (&["讲话.txt", "-o", "字体/kai.ttf", "--to", "md", "--font-dir", "字体"], "kai.ttf: the font file"),
        (
            &["讲话.txt", "--to", "md", "--corrections", "讲话.json", "--report", "讲话.json"],
            "the report would take the place of the file of corrections",
        ),
    ];
    for (arguments, words) in cases {
        let before: Vec<_> = names(folder.path());
        let texts = || before.iter().map(|name| fs::read(folder.path().join(name)).expect("there"));
        let was: Vec<_> = texts().collect();
        refused(&banshi(folder.path(), arguments), 2, words);
        assert!(texts().eq(was), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_stay_apart_in_a_report() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder();
    for byte in [0xFE, 0xFF] {
        let name = [b"h/", &[byte][..], b".txt"].concat();
        fs::create_dir_all(folder.path().join("h")).expect("made");
        let path = folder.path().join(std::ffi::OsStr::from_bytes(&name));
        // There are file systems that have no such names.
        if fs::write(path, SPEECH).is_err() {
            return;
        }
    }
    let output = banshi(folder.path(), &["-r", "h", "--to", "md", "--report", "-"]);
    done(&output);
    let report = printed(&output);
    assert!(report.contains(r"h/\\xFE.txt") && report.contains(r"h/\\xFF.md"), "{report}");
}

#[test]
fn an_output_whose_name_says_another_format_is_warned_about() {
    let folder = folder();
    let output = banshi(folder.path(), &["讲话.txt", "-o", "a.docx", "--to", "pdf"]);
    done(&output);
    assert!(
        said(&output).contains("warning: a.docx: its name says docx, and what is in it is pdf"),
        "{}",
        said(&output)
    );
    let output = banshi(folder.path(), &["讲话.txt", "-o", "a.json", "--to", "pandoc-json"]);
    done(&output);
    assert!(!said(&output).contains("warning"), "{}", said(&output));
}
