//! Pictures.

use super::*;
use crate::tree::ImageSize;

/// A PNG of that size in pixels: head and end are all that is looked at.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0");
    bytes
}

fn picture(target: &str, bytes: Vec<u8>) -> Picture {
    Picture { target: target.into(), bytes }
}

fn image(target: &str, alt: &str) -> Image {
    Image { target: target.into(), alt: alt.into(), ..Image::default() }
}

#[test]
fn pictures_are_carried_once_in_their_true_format() {
    let shown = Image { title: "题&".into(), ..image("图.jpg", "示\"意") };
    let tree = Document {
        blocks: vec![
            block(BlockKind::Image(shown)),
            body(vec![text("见"), Inline::Image(image("图.jpg", "小")), text("。")]),
            body(vec![Inline::NoteRef("1".into())]),
        ],
        notes: vec![Note::foot("1", vec![body(vec![Inline::Image(image("图.jpg", "注"))])])],
        pictures: vec![picture("图.jpg", png(100, 50)), picture("未用", png(1, 1))],
        ..Document::default()
    };
    let file = written(&tree);
    assert_eq!(file.codes(), ["picture-file"], "the file that is not shown");
    let body = file.body();
    assert!(body.starts_with("<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r><w:drawing><wp:inline"));
    // 100 by 50 pixels at 96 to the inch.
    assert!(body.contains("<wp:extent cx=\"952500\" cy=\"476250\"/>"), "{body}");
    assert!(body.contains("<wp:docPr id=\"1\" name=\"图片 1\" descr=\"示&quot;意\" title=\"题&amp;\"/>"));
    assert!(body.contains("id=\"2\" name=\"图片 2\"") && body.contains("name=\"图.jpg\""));
    assert_eq!(body.matches("r:embed=\"rIdImage1\"").count(), 2);
    assert!(file.part("[Content_Types].xml").contains("Extension=\"png\" ContentType=\"image/png\""));
    for rels in ["word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels"] {
        assert_eq!(file.part(rels).matches("Target=\"media/image1.png\"").count(), 1, "{rels}");
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name("word/media/image1.png").unwrap().read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes, png(100, 50));
    assert!(archive.by_name("word/media/image2.png").is_err());
    assert_eq!(file.bytes, written(&tree).bytes);
}

#[test]
fn large_pictures_fit_the_measure_and_lines_grow_with_them() {
    let of = |blocks, bytes| {
        let pictures = vec![picture("a", bytes)];
        written(&Document { blocks, pictures, ..Document::default() }).body()
    };
    let alone = of(vec![block(BlockKind::Image(image("a", "")))], png(4000, 1000));
    // 8845 twips wide.
    assert!(alone.contains("<wp:extent cx=\"5616575\" cy=\"1403985\"/>"), "{alone}");
    let tall = of(vec![block(BlockKind::Image(image("a", "")))], png(1000, 4000));
    assert!(tall.contains(" cy=\"7732395\"/>"), "{tall}");
    let in_line =
        |pixels| of(vec![body(vec![text("图"), Inline::Image(image("a", ""))])], png(pixels, pixels));
    assert!(in_line(100).contains("<w:spacing w:line=\"579\" w:lineRule=\"atLeast\"/>"));
    assert!(!in_line(20).contains("<w:spacing"));
}

#[test]
fn pictures_that_are_not_carried_are_reported_with_the_reason() {
    let images = ["无", "文", "坏"].map(|target| block(BlockKind::Image(image(target, target))));
    let file = written(&Document {
        blocks: images.into(),
        pictures: vec![picture("文", b"<svg/>".to_vec()), picture("坏", png(1, 1)[..18].to_vec())],
        ..Document::default()
    });
    assert_eq!(file.text(), "无\n文\n坏\n");
    let messages: Vec<String> = file.diagnostics.iter().map(|finding| finding.message.to_string()).collect();
    assert!(messages[0].contains("does not carry") && messages[1].contains("no pictures of this kind"));
    assert!(messages[2].contains("damaged"), "{messages:?}");
}

/// The tree written and read again.
fn there_and_back(tree: &Document) -> Document {
    let bytes = written(tree).bytes;
    crate::generated::bare(
        crate::decode(&bytes, crate::Format::Docx, &Options::new().unwrap()).unwrap().value,
    )
}

#[test]
fn pictures_by_address_come_back_in_a_line_in_a_link_and_alone() {
    let shown = |target: &str, alt: &str, title: &str| Image { title: title.into(), ..image(target, alt) };
    let badge = Inline::Image(shown("https://a.cn/b.svg?x=1&y=\"2\"", "徽章", ""));
    let link = Inline::Link { target: "https://a.cn/".into(), title: String::new(), content: vec![badge] };
    let blocks = vec![
        body(vec![text("见"), Inline::Image(shown("图/甲 乙.png", "示意", "题“一”")), text("。"), link]),
        block(BlockKind::Image(shown("c:\\图.gif", "", ""))),
        body(vec![
            Inline::Image(shown("a.png", "一", "")),
            text(" "),
            Inline::Image(shown("b.png", "二", "")),
        ]),
    ];
    let tree = Document { blocks, ..Document::default() };
    assert_eq!(there_and_back(&tree).blocks, tree.blocks);
}

#[test]
fn pictures_keep_their_names() {
    let names = ["word/media/图.png", "word/media/logo.jpg", "甲/乙.png", "word/media/image1.png", "无名"];
    let shown = |name: &&str| body(vec![text("见"), Inline::Image(image(name, "图"))]);
    let pictures = names.iter().map(|name| picture(name, png(10, 10))).collect();
    let tree = Document { blocks: names.iter().map(shown).collect(), pictures, ..Document::default() };
    let file = written(&tree);
    assert_eq!(file.codes(), ["picture-name"], "{:?}", file.diagnostics);
    assert_eq!(file.diagnostics.iter().next().map(|found| found.text.as_str()), Some("无名"));
    assert!(file.part("[Content_Types].xml").contains("/word/media/logo.jpg\" ContentType=\"image/png\""));
    let back = there_and_back(&tree);
    let found: Vec<&str> = back.pictures.iter().map(|picture| picture.target.as_str()).collect();
    for name in &names[..4] {
        assert!(found.contains(name), "{name} {found:?}");
    }
    assert_eq!(found.len(), 5);
}

#[test]
fn kinds_that_only_word_shows_are_carried_as_they_are() {
    let gif = b"GIF89a\x08\0\x04\0\0\0\0".to_vec();
    let wmf = b"\x01\0\x09\0\0\x03".to_vec();
    let sized =
        Image { size: Some(ImageSize { width: 200, height: 100 }), ..image("word/media/image7.wmf", "") };
    let own = Some(ImageSize { width: 120, height: 60 });
    let gif_shown = Image { size: own, ..image("动.gif", "图") };
    let tree = Document {
        blocks: vec![block(BlockKind::Image(gif_shown)), block(BlockKind::Image(sized))],
        pictures: vec![picture("动.gif", gif), picture("word/media/image7.wmf", wmf)],
        ..Document::default()
    };
    let file = written(&tree);
    assert_eq!(file.codes(), [""; 0]);
    assert!(file.body().contains("<wp:extent cx=\"76200\" cy=\"38100\"/>"));
    let types = file.part("[Content_Types].xml");
    assert!(
        types.contains("\"gif\" ContentType=\"image/gif\"") && types.contains("\"image/x-wmf\""),
        "{types}"
    );
    assert_eq!(there_and_back(&tree), tree);
}

#[test]
fn a_picture_that_its_file_turns_is_turned_and_comes_back() {
    let upright = include_bytes!("../../../../tests/pictures/grey.jpg");
    let size = Some(ImageSize { width: 1000, height: 2000 });
    for (value, turn) in [
        (1, "<a:xfrm>"),
        (2, "<a:xfrm flipH=\"1\">"),
        (3, "<a:xfrm rot=\"10800000\">"),
        (6, "<a:xfrm rot=\"5400000\">"),
        (7, "<a:xfrm rot=\"5400000\" flipH=\"1\">"),
        (8, "<a:xfrm rot=\"16200000\">"),
    ] {
        let shown = Image { size, ..image("图.jpg", "图") };
        let bytes = crate::tree::orientation::with_orientation(upright, value);
        let tree = Document {
            blocks: vec![block(BlockKind::Image(shown))],
            pictures: vec![picture("图.jpg", bytes)],
            ..Document::default()
        };
        let body = written(&tree).body();
        assert!(body.contains(turn), "{body}");
        // What is stated is the size before the turn.
        let (width, height) = if value > 4 { (1_270_000, 635_000) } else { (635_000, 1_270_000) };
        assert!(body.contains(&format!("<wp:extent cx=\"{width}\" cy=\"{height}\"/>")), "{body}");
        assert!(body.contains(&format!("<a:ext cx=\"{width}\" cy=\"{height}\"/>")), "{body}");
        let bytes = written(&tree).bytes;
        let read = crate::decode(&bytes, crate::Format::Docx, &Options::new().unwrap()).unwrap();
        assert!(read.diagnostics.iter().all(|found| found.code != "turn"), "{:?}", read.diagnostics);
        assert_eq!(crate::generated::bare(read.value), tree, "{value}");
    }
}

#[test]
fn pictures_stand_off_from_what_is_above_and_below() {
    let tree = Document {
        blocks: vec![paragraph(Role::Title, "资料"), block(BlockKind::Image(image("a", "")))],
        pictures: vec![picture("a", png(10, 10))],
        ..Document::default()
    };
    let file = written(&tree);
    let styles = file.part("word/styles.xml");
    let (_, picture) = styles.split_once("w:styleId=\"Picture\"").unwrap();
    let picture = &picture[..picture.find("</w:style>").unwrap()];
    assert!(picture.contains("w:before=\"145\" w:after=\"145\""), "{picture}");
    // As far below the title as text.
    assert!(
        file.body().contains("<w:pStyle w:val=\"Picture\"/><w:spacing w:before=\"579\"/>"),
        "{}",
        file.body()
    );
}

#[test]
fn a_picture_leaves_room_for_its_caption_and_stays_with_it() {
    let height = |caption: &str| {
        let blocks = vec![block(BlockKind::Image(image("a.png", "图"))), paragraph(Role::Body, caption)];
        let pictures = vec![picture("a.png", png(300, 9000))];
        let body = written(&Document { pictures, ..document(blocks) }).body();
        let extent = body.split(" cy=\"").nth(1).unwrap();
        (extent.split('"').next().unwrap().parse::<i64>().unwrap() / 635, body.contains("<w:keepNext/>"))
    };
    let (alone, captioned) = (height("后文。"), height("图1　工作流程"));
    assert_eq!((alone.1, captioned.1), (false, true));
    assert!((alone.0 - captioned.0 - 579).abs() <= 1, "{} {}", alone.0, captioned.0);
}
