//! Pictures that a Markdown file names, in what is made of it.
#![cfg(feature = "cli")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::Path;

use program::{banshi, done, folder, refused, said};

const PICTURE: &[u8] = include_bytes!("pictures/rgb.jpg");

/// True where the file holds an image of its own, by the marks of its format.
fn holds_picture(path: &Path) -> bool {
    let bytes = fs::read(path).expect("an output");
    let has = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
    has(b"word/media/image1.jpeg") || has(b"/DCTDecode")
}

#[test]
fn pictures_beside_a_markdown_file_go_into_word_and_pdf() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("稿/图 片")).expect("a folder");
    fs::write(path("稿/图 片/流程.jpg"), PICTURE).expect("a picture");
    fs::write(path("稿/方案.md"), "# 方案\n\n![流程](图%20片/流程.jpg)\n").expect("a source");
    let made = ["-o", "方案.docx", "-o", "方案.pdf", "-o", "方案2.md"];
    let output = banshi(folder.path(), &[&["稿/方案.md"], &made[..]].concat());
    done(&output);
    assert!(!said(&output).contains("picture"), "{}", said(&output));
    assert!(holds_picture(&path("方案.docx")) && holds_picture(&path("方案.pdf")));
    assert!(fs::read_to_string(path("方案2.md")).expect("Markdown").contains("](图%20片/流程.jpg)"));
}

#[test]
fn pictures_from_elsewhere_are_not_read_and_said() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("稿")).expect("a folder");
    fs::write(path("外.jpg"), PICTURE).expect("a picture");
    fs::write(path("稿/假.png"), "不是图片").expect("no picture");
    let inside = "![a](../外.jpg)\n\n![b](假.png)\n\n![c](无.png)\n\n![d](/etc/hostname)\n";
    fs::write(path("稿/方案.md"), format!("# 方案\n\n{inside}")).expect("a source");
    let output = banshi(folder.path(), &["稿/方案.md", "-o", "方案.docx"]);
    done(&output);
    let said = said(&output);
    assert!(!holds_picture(&path("方案.docx")));
    for (target, why) in [
        ("../外.jpg", "it is outside of the folder of its document"),
        ("/etc/hostname", "it is outside of the folder of its document"),
        ("假.png", "it is neither PNG nor JPEG"),
        ("无.png", "there is no such file"),
    ] {
        assert!(said.contains(&format!("the picture {target} is not read: {why}")), "{said}");
    }
}

#[test]
fn pictures_of_a_word_file_are_written_beside_the_markdown_and_come_back() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("稿")).expect("a folder");
    fs::write(path("稿/图.jpg"), PICTURE).expect("a picture");
    fs::write(path("稿/方案.md"), "# 方案\n\n![流程](图.jpg)\n\n再看![流程](图.jpg)一次。\n")
        .expect("a source");
    done(&banshi(folder.path(), &["稿/方案.md", "-o", "方案.docx"]));
    let output = banshi(folder.path(), &["方案.docx", "-o", "稿/回.md", "--pictures", "图片"]);
    done(&output);
    assert!(!said(&output).contains("picture-file"), "{}", said(&output));
    assert_eq!(fs::read(path("稿/图片/方案-1.jpeg")).expect("the picture"), PICTURE);
    let markdown = fs::read_to_string(path("稿/回.md")).expect("Markdown");
    assert_eq!(markdown.matches("![流程](图片/方案-1.jpeg)").count(), 2, "{markdown}");
    done(&banshi(folder.path(), &["稿/回.md", "-o", "再.pdf"]));
    assert!(holds_picture(&path("再.pdf")));
    // A folder of an output that is not there is not made for its pictures either.
    let output = banshi(folder.path(), &["方案.docx", "-o", "新/回.md", "--pictures", "图片"]);
    refused(&output, 1, "新/回.md: its folder is not there; create the folder first");
    assert!(!path("新").exists());
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_not_followed() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("稿")).expect("a folder");
    fs::write(path("外.jpg"), PICTURE).expect("a picture");
    std::os::unix::fs::symlink(path("外.jpg"), path("稿/链.jpg")).expect("a link");
    fs::write(path("稿/方案.md"), "# 方案\n\n![a](链.jpg)\n").expect("a source");
    let output = banshi(folder.path(), &["稿/方案.md", "-o", "方案.pdf"]);
    done(&output);
    assert!(said(&output).contains("outside") && !holds_picture(&path("方案.pdf")));
}
