//! `--attributes` as a user runs it.
#![cfg(feature = "cli")]

#[path = "support/program.rs"]
mod program;

use std::fs;

use program::{banshi, done, folder, printed, refused};

#[test]
fn attributes_state_in_markdown_what_words_do_not_tell() {
    let folder = folder();
    let stated = r#"{"banshi":1,"document":{"blocks":[{"kind":{"paragraph":{"role":"salutation","content":[{"text":"乡亲父老"}]}}},
        {"kind":{"paragraph":{"content":[{"text":"一、二月份雨水多。"}]}}},
        {"kind":{"paragraph":{"role":{"heading":8},"content":[{"text":"小题"}]}}},
        {"kind":{"paragraph":{"role":"signature","content":[{"text":"某村"}]}}}]}}"#;
    fs::write(folder.path().join("稿.json"), stated).expect("a source");
    done(&banshi(folder.path(), &["稿.json", "-o", "稿.md", "--attributes", "-q"]));
    let markdown = fs::read_to_string(folder.path().join("稿.md")).expect("written");
    let expected = "<!-- banshi roles -->\n\n<!-- .salutation -->\n乡亲父老\n\n一、二月份雨水多。\n\n\
        <!-- .heading level=\"8\" -->\n###### 小题\n\n<!-- .signature -->\n某村\n";
    assert_eq!(markdown, expected);
    let back = banshi(folder.path(), &["稿.md", "--to", "pandoc-json", "-o", "-", "-q"]);
    let direct = banshi(folder.path(), &["稿.json", "--to", "pandoc-json", "-o", "-", "-q"]);
    assert_eq!(printed(&back), printed(&direct));
    done(&banshi(folder.path(), &["roundtrip", "稿.json", "--via", "md", "--attributes", "--strict"]));
    refused(&banshi(folder.path(), &["roundtrip", "稿.json", "--via", "md", "--strict"]), 3, "");
}
