//! `banshi.toml`: what arguments are unless they are given.
#![cfg(feature = "cli")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use program::{SPEECH, banshi, done, folder, printed, refused, said};

/// Runs the program where `users` is the folder of settings.
fn with_users(folder: &Path, users: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banshi"));
    command.current_dir(folder).env("LC_ALL", "C").env_remove("LANGUAGE");
    command.env("XDG_CONFIG_HOME", users).env("APPDATA", users).env("HOME", users);
    command.args(arguments).output().expect("runs")
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

#[test]
fn the_file_in_the_folder_says_what_arguments_are() {
    let folder = folder();
    let settings = "to = [\"md\", \"txt\"]\nout-dir = \"成品\"\njobs = 2\nlang = \"zh\"\neol = \"crlf\"\nstrict = false\n";
    write(folder.path(), "banshi.toml", settings);
    let output = banshi(folder.path(), &["讲话.txt"]);
    done(&output);
    assert!(folder.path().join("成品/讲话.md").exists());
    let text = fs::read_to_string(folder.path().join("成品/讲话.txt")).expect("made");
    assert!(text.contains("\r\n"));
    refused(&banshi(folder.path(), &["没有.txt"]), 1, "没有这个文件");
    // Other commands take what they know of it.
    write(folder.path(), "一.txt", "通知\n各单位要抓好\n落实。\n");
    write(folder.path(), "banshi.toml", "lines = \"keep\"\nto = \"md\"\n");
    let kept = printed(&banshi(folder.path(), &["outline", "一.txt", "--json"]));
    let joined = printed(&banshi(folder.path(), &["outline", "一.txt", "--json", "--lines", "join"]));
    assert_ne!(kept, joined);
    done(&banshi(folder.path(), &["formats"]));
}

#[test]
fn what_is_given_counts_more() {
    let folder = folder();
    write(
        folder.path(),
        "banshi.toml",
        "to = \"md\"\nout-dir = \"o\"\nlang = \"zh\"\nlimit = [\"pages=1\"]\n",
    );
    done(&banshi(folder.path(), &["讲话.txt", "--to", "json", "--lang", "en"]));
    assert!(folder.path().join("o/讲话.json").exists() && !folder.path().join("o/讲话.md").exists());
    // A folder for the outputs and names for them exclude one another.
    done(&banshi(folder.path(), &["讲话.txt", "-o", "b.txt", "--to", "txt"]));
    assert!(folder.path().join("b.txt").exists());
    refused(&banshi(folder.path(), &["没有.txt", "--lang", "en"]), 1, "no such file");
    // So do formats of outputs that are named after their sources.
    for to in ["to = [\"docx\"]\n", "to = [\"docx\", \"pdf\"]\n"] {
        write(folder.path(), "banshi.toml", to);
        done(&banshi(folder.path(), &["讲话.txt", "-o", "x.md"]));
        let made = fs::read_to_string(folder.path().join("x.md")).expect("text");
        assert!(made.contains("提高认识"));
        // Standard output has no name that says its format, beside a file with one neither.
        refused(
            &banshi(folder.path(), &["讲话.txt", "-o", "x.md", "-o", "-"]),
            2,
            "say its format with --to",
        );
    }
    for to in ["to = [\"md\"]\n", "to = \"md\"\nout-dir = \"o\"\n"] {
        write(folder.path(), "banshi.toml", to);
        let output = banshi(folder.path(), &["讲话.txt", "-o", "-"]);
        done(&output);
        assert!(printed(&output).contains("提高认识"));
        let output = banshi(folder.path(), &["讲话.txt", "-o", "-", "--to", "html"]);
        assert!(!printed(&output).starts_with('#'), "{}", printed(&output));
    }
    for to in ["to = [\"md\", \"pdf\"]\n", "to = \"md,pdf\"\n"] {
        write(folder.path(), "banshi.toml", to);
        refused(&banshi(folder.path(), &["讲话.txt", "-o", "-"]), 2, "say its format with --to");
    }
    write(folder.path(), "banshi.toml", "to = \"md\"\nout-dir = \"o\"\n");
    // What follows -- is a name.
    let output = banshi(folder.path(), &["--to", "md", "--", "讲话.txt"]);
    done(&output);
    assert!(folder.path().join("o/讲话.md").exists());
}

#[test]
fn the_users_file_counts_less_and_its_paths_begin_at_its_folder() {
    let (folder, users) = (folder(), tempfile::tempdir().expect("a folder"));
    let place = if cfg!(target_os = "macos") { "Library/Application Support/banshi" } else { "banshi" };
    let file = format!("{place}/banshi.toml");
    write(users.path(), &file, "to = \"docx\"\nprofile = \"我的.toml\"\nverbose = true\n");
    write(users.path(), &format!("{place}/我的.toml"), "extends = \"speech\"\nname = \"我的\"\n");
    let output = with_users(folder.path(), users.path(), &["讲话.txt"]);
    done(&output);
    assert!(folder.path().join("讲话.docx").exists());
    assert!(
        said(&output).contains("settings of ") && said(&output).contains("banshi.toml"),
        "{}",
        said(&output)
    );
    write(folder.path(), "banshi.toml", "to = \"md\"\n");
    done(&with_users(folder.path(), users.path(), &["讲话.txt"]));
    assert!(folder.path().join("讲话.md").exists());
    write(users.path(), &format!("{place}/我的.toml"), "size = 1\n");
    refused(&with_users(folder.path(), users.path(), &["讲话.txt"]), 1, "我的.toml");
    let none = with_users(folder.path(), users.path(), &["讲话.txt", "--no-config"]);
    refused(&none, 2, "say what to make");
}

#[test]
fn a_file_can_be_named_or_left_alone() {
    let folder = folder();
    write(folder.path(), "banshi.toml", "to = \"md\"\n");
    write(folder.path(), "设置/印发.toml", "to = \"txt\"\nout-dir = \"成品\"\n[limit]\ninput = 3\n");
    done(&banshi(folder.path(), &["讲话.txt", "--config", "设置/印发.toml"]));
    assert!(folder.path().join("设置/成品/讲话.txt").exists() && !folder.path().join("讲话.md").exists());
    write(folder.path(), "长.txt", &SPEECH.repeat(30_000));
    refused(&banshi(folder.path(), &["长.txt", "--config=设置/印发.toml"]), 1, "larger than 3 MiB");
    refused(&banshi(folder.path(), &["讲话.txt", "--no-config"]), 2, "say what to make");
    refused(&banshi(folder.path(), &["讲话.txt", "--config", "没有.toml"]), 1, "没有.toml: no such file");
}

#[test]
fn what_is_wrong_in_a_file_is_said_with_its_line() {
    let folder = folder();
    let wrong = |text: &str, words: &str| {
        write(folder.path(), "banshi.toml", text);
        refused(&banshi(folder.path(), &["讲话.txt", "--to", "md"]), 2, words);
    };
    wrong("\nprofil = \"speech\"\n", "banshi.toml:2: there is no argument --profil (did you mean profile?)");
    wrong("qqqq = 1\n", "banshi.toml:1: there is no argument --qqqq; banshi --help lists them");
    wrong("output = \"x.md\"\n", "banshi.toml:1: output is about one call");
    wrong(
        "jobs = 2\n\nlines = \"all\"\n",
        "banshi.toml:3: --lines <MODE> cannot be 'all'; it is one of auto, keep, join",
    );
    wrong("encoding = \"bgk\"\n", "did you mean gbk?");
    wrong("strict = \"yes\"\n", "banshi.toml:1: strict is true or false");
    wrong("profile = true\n", "banshi.toml:1: profile needs a value");
    wrong("jobs = 1.5\n", "banshi.toml:1: jobs needs a text, a number");
    wrong("to = \n", "banshi.toml:1: a text stands in straight quotation marks");
    wrong("strict = True\n", "banshi.toml:1: true and false are written in small letters");
    // A value is told by its own line, and what is not there as well.
    wrong("[limit]\n\npages = 3\ninput = \"x\"\n", "banshi.toml:4: --limit <NAME=N> cannot be 'input=x'");
    wrong("\nprofile = \"nope\"\n", "banshi.toml:2: nope: neither a profile");
    wrong("profile = \"没有.toml\"\n", "banshi.toml:1: 没有.toml: no such file");
    wrong("font-dir = [\n  \"字体\",\n]\n", "banshi.toml:2: 字体: no such file or folder");
    wrong("lang = \"zh\"\nprofil = 1\n", "profil");
    // What is asked for all the same is the help.
    done(&banshi(folder.path(), &["--help"]));
    refused(&banshi(folder.path(), &["讲话.txt", "--too", "md"]), 2, "--too");
}
