mod normal;

use proptest::prelude::*;

use super::*;
use crate::charset::Encoding;
use crate::format::Format;
use crate::generated::{bare, cases, documents};
use crate::options::{LineMode, Structure};
use crate::tree::{Inline, List, ListItem, Origin};

fn document(lines: &[&str]) -> Document {
    let blocks = lines.iter().zip(1..).map(|(line, number)| Block {
        kind: BlockKind::Paragraph(Paragraph::new(Role::Body, vec![Inline::Text((*line).into())])),
        origin: Origin::at(Location::line(number)),
    });
    Document { blocks: blocks.collect(), ..Document::default() }
}

fn write(lines: &[&str], change: impl Fn(&mut Options)) -> (Result<Vec<u8>>, Diagnostics) {
    let mut options = Options::new().expect("the built-in profile");
    change(&mut options);
    let mut diagnostics = Diagnostics::default();
    (encode(&document(lines), &options, &mut diagnostics), diagnostics)
}

#[test]
fn every_encoding_is_written_and_read_again() {
    let lines = ["各位代表：", "今年的工作，是在大家的支持下完成的。"];
    for encoding in [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Gbk,
        Encoding::Gb18030,
        Encoding::Big5,
    ] {
        let written = write(&lines, |options| options.text.encoding = encoding).0.expect("writes");
        let text = charset::decode(&written, Some(encoding), false, &mut Diagnostics::default());
        assert_eq!(
            text.expect("reads"),
            "　　各位代表：\n　　今年的工作，是在大家的支持下完成的。\n",
            "{}",
            encoding.name()
        );
    }
}

#[test]
fn characters_that_the_encoding_lacks_are_refused_or_numbered() {
    let lines = ["甲", "乙😀丙𠮷丁😀"];
    let (result, _) = write(&lines, |options| options.text.encoding = Encoding::Gbk);
    let error = result.expect_err("GBK has no emoji").to_string();
    assert!(
        error.starts_with("line 2: GBK lacks 3 characters of this text: 😀 (U+1F600), 𠮷 (U+20BB7);"),
        "{error}"
    );
    let (result, diagnostics) = write(&lines, |options| {
        options.text.encoding = Encoding::Gbk;
        options.lossy = true;
    });
    let written = result.expect("writes");
    let text = charset::decode(&written, Some(Encoding::Gbk), false, &mut Diagnostics::default());
    assert_eq!(text.expect("reads"), "　　甲\n　　乙[U+1F600]丙[U+20BB7]丁[U+1F600]\n");
    let dropped: Vec<_> = diagnostics.iter().filter(|found| found.kind == Kind::Dropped).collect();
    let texts: Vec<&str> = dropped.iter().map(|found| found.text.as_str()).collect();
    assert_eq!(texts, ["😀", "𠮷", "😀"]);
    assert!(dropped.iter().all(|found| found.at == Location::line(2)));
}

#[test]
fn line_ends_and_width() {
    let (result, _) = write(&["甲", "乙"], |options| options.text.line_end = LineEnd::CrLf);
    assert_eq!(result.expect("writes"), "　　甲\r\n　　乙\r\n".as_bytes());
    let (result, _) = write(&["甲乙丙丁"], |options| options.text.wrap = Some(8));
    assert_eq!(result.expect("writes"), "　　甲乙\n丙丁\n".as_bytes());
}

#[test]
fn the_salute_of_a_letter_begins_at_the_edge() {
    let mut document = document(&["此致", "敬礼！"]);
    for block in &mut document.blocks {
        let BlockKind::Paragraph(paragraph) = &mut block.kind else { continue };
        paragraph.role = Role::Closing;
    }
    let options = Options::new().expect("the built-in profile");
    let text = encode(&document, &options, &mut Diagnostics::default()).expect("writes");
    assert_eq!(text, "　　此致\n敬礼！\n".as_bytes());
}

#[test]
fn marks_of_lists_are_such_as_the_encoding_has() {
    let item = |checked| ListItem { checked, blocks: document(&["今天中午"]).blocks };
    let list =
        List { start: None, tight: true, items: vec![item(None), item(Some(true)), item(Some(false))] };
    let block = Block { kind: BlockKind::List(list), origin: Origin::default() };
    let document = Document { blocks: vec![block], ..Document::default() };
    let marks = |encoding| {
        let mut options = Options::new().expect("the built-in profile");
        options.text.encoding = encoding;
        let written = encode(&document, &options, &mut Diagnostics::default()).expect("writes");
        let text =
            charset::decode(&written, Some(encoding), false, &mut Diagnostics::default()).expect("reads");
        text.chars().filter(|c| !c.is_whitespace() && !"今天中午".contains(*c)).collect::<String>()
    };
    assert_eq!(marks(Encoding::Utf8), "•☑☐");
    assert_eq!(marks(Encoding::Gbk), "●■□");
    assert_eq!(marks(Encoding::Big5), "●■□");
}

#[test]
fn space_at_the_ends_of_lines_is_reported() {
    let (_, diagnostics) = write(&["甲", " 乙　"], |_| {});
    let found: Vec<_> = diagnostics.iter().filter(|found| found.code == "space-at-ends").collect();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].text.as_str(), &found[0].at), (" 　", &Location::line(2)));
    // What shows nothing is left out when the text is read, and the space beside it then ends the line.
    for line in ["甲 \u{1}", "\u{200B} 甲", "甲 \u{85}乙"] {
        let (_, diagnostics) = write(&[line], |_| {});
        assert!(diagnostics.iter().any(|found| found.code == "space-at-ends"), "{line:?}");
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn trees_read_back_as_their_normal_form(document in documents()) {
        let mut options = Options::new().expect("the built-in profile");
        options.lines = LineMode::Keep;
        options.structure = Structure::Keep;
        options.keep_boilerplate = true;
        options.encoding = Some(Encoding::Utf8);
        let written = crate::encode(&document, Format::Text, &options).expect("writes").value;
        let back = crate::decode(&written, Format::Text, &options).expect("reads").value;
        prop_assert_eq!(bare(back), normal::normal_form(&document), "{:?}", std::str::from_utf8(&written));
    }

    #[test]
    fn the_normal_form_is_its_own_normal_form(document in documents()) {
        let normal = normal::normal_form(&document);
        prop_assert_eq!(normal::normal_form(&normal), normal);
    }
}
