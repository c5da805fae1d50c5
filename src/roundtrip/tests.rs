use super::compare::Comparison;
use super::*;
use crate::generated::{bare, cases, documents, nasty};
use crate::tree::{Inline, InlineStyle, Paragraph, Role};
use proptest::prelude::*;

fn body(content: Vec<Inline>) -> Block {
    Block {
        kind: BlockKind::Paragraph(Paragraph::new(Role::Body, content)),
        origin: crate::tree::Origin::at(Location::line(7)),
    }
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn options() -> Options {
    Options::new().expect("the built-in profile")
}

fn kept(options: &Options) -> Options {
    Options { keep_boilerplate: true, ..options.clone() }
}

fn units(blocks: Vec<Block>) -> Vec<form::Unit> {
    form::units(&normal::same(&Document { blocks, ..Document::default() }))
}

fn finding(kind: Kind, at: Location, text: &str) -> Diagnostic {
    Diagnostic { kind, code: "said", at, message: Message::verbatim(""), text: text.into() }
}

#[test]
fn a_lost_character_must_be_among_those_reported_at_its_block() {
    let (one, two) = (units(vec![body(vec![text("甲乙丙")])]), units(vec![body(vec![text("甲丙")])]));
    let compared = |said: &[Diagnostic]| compare(&one, &two, &Said { there: said, back: &[] });
    let made = compared(&[]);
    assert_eq!((made.characters.kept, made.characters.total), (2, 3));
    assert_eq!((made.blocks.kept, made.roles.kept), (0, 0));
    assert_eq!(made.differences[0].what, What::Text);
    assert_eq!(made.differences[0].declared, None);
    for (said, declared) in [
        (finding(Kind::Dropped, Location::line(7), "乙"), true),
        (finding(Kind::Dropped, Location::Spot { line: 7, column: 2 }, "乙"), true),
        (finding(Kind::Dropped, Location::Spot { line: 8, column: 2 }, "乙"), false),
        (finding(Kind::Dropped, Location::line(7), "丁"), false),
        (finding(Kind::Dropped, Location::line(8), "乙"), false),
        (finding(Kind::Inferred, Location::line(7), "乙"), false),
    ] {
        assert_eq!(
            compared(std::slice::from_ref(&said)).differences[0].declared.is_some(),
            declared,
            "{said:?}"
        );
    }
}

#[test]
fn emphasis_and_roles_are_told_from_text() {
    let strong = Inline::Styled(InlineStyle::Strong, vec![text("乙")]);
    let one = units(vec![body(vec![text("甲"), strong])]);
    let mut plain = body(vec![text("甲乙")]);
    if let BlockKind::Paragraph(paragraph) = &mut plain.kind {
        paragraph.role = Role::Heading(1);
    }
    let made = compare(&one, &units(vec![plain]), &Said { there: &[], back: &[] });
    assert_eq!((made.characters.kept, made.blocks.kept, made.roles.kept), (2, 0, 0));
    let what: Vec<What> = made.differences.iter().map(|difference| difference.what).collect();
    assert_eq!(what, [What::Role, What::Marks]);
    assert_eq!(made.differences[1].before, ["body  甲⟨strong 乙⟩"]);
}

#[test]
fn pages_without_text_are_declared() {
    for text in ["甲\x0c\x0c\x0c乙\n", "\x0c\x0c\x0c", "\x0c甲\n", "甲\n\x0c"] {
        let document = crate::decode(text.as_bytes(), Format::Text, &options()).expect("reads").value;
        let trip = there_and_back(&document, Format::Docx, &options()).expect("comes back");
        assert!(trip.is_declared(), "{text:?}: {:?}", trip.differences);
    }
    let document = crate::decode("甲\n\x0c乙\n".as_bytes(), Format::Text, &options()).expect("reads").value;
    let trip = there_and_back(&document, Format::Docx, &options()).expect("comes back");
    assert!(trip.is_exact(), "{:?}", trip.differences);
}

#[test]
fn what_says_the_same_is_the_same() {
    let one = vec![body(vec![text("甲"), text(""), text("乙")]), body(vec![Inline::Break])];
    let two = vec![body(vec![text("甲乙")]), body(vec![])];
    assert_eq!(units(one), units(two));
}

fn declared(document: &Document, format: Format) -> std::result::Result<(), TestCaseError> {
    let trip = there_and_back(document, format, &as_stated(&options())).expect("there and back");
    prop_assert!(trip.is_declared(), "{}", differences(&trip, false, crate::Language::English));
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    // Nothing is lost that nobody declared, recognition apart.
    #[test]
    fn every_loss_through_pandoc_json_is_declared(document in documents()) {
        declared(&document, Format::PandocJson)?;
    }

    #[test]
    fn pandoc_json_returns_the_normal_form(document in documents()) {
        let options = as_stated(&options());
        let written = crate::encode(&document, Format::PandocJson, &kept(&options)).expect("writes").value;
        let back = crate::decode(&written, Format::PandocJson, &options).expect("reads").value;
        let normal = normal::same(&crate::encode::pandoc::normal_form(&document));
        prop_assert_eq!(bare(normal::same(&back)), bare(normal));
    }
}

/// Text that only stands elsewhere is not lost, wherever the lines of the trees are taken for each other.
#[test]
fn moved_text_is_not_lost() {
    let line = |words: &str| body(vec![text(words)]);
    let lines = |all: &[&str]| units(all.iter().map(|words| line(words)).collect());
    let compared =
        |one: &[form::Unit], two: &[form::Unit]| compare(one, two, &Said { there: &[], back: &[] });
    let made = compared(&lines(&["甲一", "乙二", "丙三", "丁四"]), &lines(&["丙三", "丁四", "甲一", "乙二"]));
    assert_eq!((made.characters.kept, made.characters.total), (8, 8));
    assert!(made.differences.iter().all(|difference| difference.what == What::Blocks));
    let made = compared(&lines(&["甲", "乙", "丙", "甲"]), &lines(&["• 甲（#甲）", "• 乙", "丙", "甲"]));
    assert_eq!(made.characters.kept, 4);
    let made = compared(&lines(&["甲一", "乙二", "丙三"]), &lines(&["丙三", "甲一"]));
    assert_eq!((made.characters.kept, made.characters.total), (4, 6), "what is gone is gone");
    assert!(made.differences.iter().any(|difference| difference.what == What::Text));
}

#[test]
fn what_a_text_does_to_links_and_breaks_is_declared() {
    let link =
        Inline::Link { target: "https://a.cn".into(), title: String::new(), content: vec![text("甲")] };
    let blocks = vec![body(vec![text("见"), link]), body(vec![text("乙"), Inline::Break, text("丙")])];
    let document = Document { blocks, ..Document::default() };
    let trip = there_and_back(&document, Format::Text, &options()).expect("there and back");
    assert!(trip.is_declared() && !trip.is_exact(), "{:?}", trip.differences);
}

/// A role that was recognised where none was stated is named by the rule that saw it.
#[test]
fn a_recognised_role_is_declared_by_its_finding() {
    let (one, mut new) = (units(vec![body(vec![text("甲")])]), body(vec![text("甲")]));
    let BlockKind::Paragraph(paragraph) = &mut new.kind else { unreachable!() };
    paragraph.role = Role::Title;
    let two = units(vec![new]);
    for (said, declared) in
        [(vec![finding(Kind::Inferred, Location::line(7), "")], true), (Vec::new(), false)]
    {
        let made = compare(&one, &two, &Said { there: &[], back: &said });
        assert_eq!(made.differences[0].declared.is_some(), declared);
    }
}

fn lines(all: &[(u32, &str)]) -> Vec<form::Unit> {
    let line = |(line, words): &(u32, &str)| {
        let mut block = body(vec![text(words)]);
        block.origin.at = Location::line(*line);
        block
    };
    units(all.iter().map(line).collect())
}

/// A loss hides behind no text that has a source of its own, and behind no finding that is about something else.
#[test]
fn a_loss_hides_behind_nothing() {
    let lost = |made: &Comparison| -> Vec<_> {
        let undeclared = made.differences.iter().filter(|found| found.declared.is_none());
        undeclared.filter(|found| found.what == What::Text).map(|found| found.before.clone()).collect()
    };
    // The same character in a line that only grew.
    let (one, two) =
        (lines(&[(1, "甲乙丙一"), (2, "丁"), (3, "一")]), lines(&[(1, "甲乙丙一戊"), (2, "丁")]));
    let said = [finding(Kind::Substituted, Location::line(3), "")];
    let made = compare(&one, &two, &Said { there: &said, back: &[] });
    assert_eq!(lost(&made), [["一"]]);
    assert_eq!((made.characters.kept, made.characters.total), (5, 6));
    // What was noticed of a line tells its words, and loses none.
    let (one, two) = (lines(&[(1, "甲乙")]), lines(&[(1, "甲")]));
    let said = [finding(Kind::Noticed, Location::line(1), "甲乙")];
    assert_eq!(lost(&compare(&one, &two, &Said { there: &said, back: &[] })).len(), 1);
    // What is reported once is lost once.
    let (one, two) =
        (lines(&[(1, "甲乙"), (2, "丙"), (3, "丁乙")]), lines(&[(1, "甲"), (2, "丙"), (3, "丁")]));
    for (times, undeclared) in [(1, 1), (2, 0)] {
        let said = vec![finding(Kind::Dropped, Location::Whole, "乙"); times];
        let made = compare(&one, &two, &Said { there: &said, back: &[] });
        assert_eq!(lost(&made).len(), undeclared, "{:?}", made.differences);
    }
}

/// A finding that is about no role declares none.
#[test]
fn emphasis_that_was_inferred_declares_no_role() {
    let (one, mut new) = (units(vec![body(vec![text("甲")])]), body(vec![text("甲")]));
    let BlockKind::Paragraph(paragraph) = &mut new.kind else { unreachable!() };
    paragraph.role = Role::Title;
    let said =
        [Diagnostic { code: "emphasis-beside-mark", ..finding(Kind::Inferred, Location::line(7), "") }];
    let made = compare(&one, &units(vec![new]), &Said { there: &[], back: &said });
    assert_eq!(made.differences[0].declared, None);
}

/// Lists stand apart by what is in them, and of two like units either may be gone.
#[test]
fn what_depends_on_a_declared_loss_is_declared_with_it() {
    let list = |tight| {
        let item = |line: u32, content| {
            let mut block = body(content);
            block.origin.at = Location::line(line);
            crate::tree::ListItem { checked: None, blocks: vec![block] }
        };
        let items = vec![item(2, vec![text("甲")]), item(3, vec![text("乙")])];
        let kind = BlockKind::List(crate::tree::List { start: None, tight, items });
        Block { kind, origin: crate::tree::Origin::at(Location::line(1)) }
    };
    let (loose, tight) = (units(vec![list(false)]), units(vec![list(true)]));
    for (at, declared) in [(2, true), (4, false)] {
        let said = [finding(Kind::Substituted, Location::line(at), "")];
        let made = compare(&loose, &tight, &Said { there: &said, back: &[] });
        assert_eq!(made.differences.iter().all(|found| found.declared.is_some()), declared);
    }
    let rule = |line| Block { kind: BlockKind::Rule, origin: crate::tree::Origin::at(Location::line(line)) };
    let (one, two) = (units(vec![rule(1), rule(2)]), units(vec![rule(1)]));
    for (at, declared) in [(1, true), (2, true), (3, false)] {
        let said = [finding(Kind::Substituted, Location::line(at), "")];
        let made = compare(&one, &two, &Said { there: &said, back: &[] });
        assert_eq!(made.differences[0].declared.is_some(), declared, "{at}");
    }
}

/// The mark of a note is text where it stands, and the note is a paragraph elsewhere.
#[test]
fn notes_of_a_text_are_declared_with_their_marks() {
    let source = "合格率高[^1]。\n\n[^1]: 口径见办法。\n\n某局\n\n正文一段。\n";
    let document = crate::decode(source.as_bytes(), Format::Markdown, &options()).expect("read").value;
    let trip = there_and_back(&document, Format::Text, &options()).expect("there and back");
    assert!(trip.is_declared() && !trip.is_exact(), "{:?}", trip.differences);
}

/// What is said of a note is said where it stands.
#[test]
fn endnotes_that_become_footnotes_are_declared() {
    let mark = body(vec![text("甲"), Inline::NoteRef("1".into())]);
    let note = crate::tree::Note {
        place: crate::tree::NotePlace::End,
        ..crate::tree::Note::foot("1", vec![body(vec![text("乙")])])
    };
    let document = Document { blocks: vec![mark], notes: vec![note], ..Document::default() };
    let trip = there_and_back(&document, Format::Markdown, &options()).expect("there and back");
    assert!(trip.is_declared() && !trip.is_exact(), "{:?}", trip.differences);
}

/// The tree without what is compared by guessing: notes, which stand elsewhere in each format, and tags of which two in
/// different elements name a style to one reader and none to another.
fn without_notes_and_tags_of_styles(mut document: Document) -> Document {
    fn prune(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Array(values) => {
                values.retain(|value| value.get("note-ref").is_none());
                values.iter_mut().for_each(prune);
            }
            serde_json::Value::Object(fields) => fields.values_mut().for_each(prune),
            _ => {}
        }
    }
    document.notes.clear();
    let json = crate::encode(document, Format::Json, &options()).expect("any tree has a JSON form").value;
    let mut tree = serde_json::from_slice(&json).expect("JSON");
    prune(&mut tree);
    let mut json = tree.to_string();
    for tag in ["u", "/u", "b", "/b"] {
        json = json.replace(&format!("\"<{tag}>\""), "\"<wbr>\"");
    }
    crate::decode(json.as_bytes(), Format::Json, &options()).expect("is read").value
}

/// What docs/normal-form.md excepts: a style of which one tag stands in a link in a link is one once that link is gone.
#[test]
fn tags_of_a_style_across_links_are_told_as_lost() {
    let link = |content| Inline::Link { target: "a".into(), title: String::new(), content };
    let tag = |tag: &str| Inline::Raw(tag.into());
    let content = vec![link(vec![tag("<u>"), text("甲"), link(vec![tag("</u>")])])];
    let document = Document { blocks: vec![body(content)], ..Document::default() };
    let trip = there_and_back(&document, Format::Markdown, &options()).expect("there and back");
    let text = trip.differences.iter().filter(|found| found.declared.is_none()).map(|found| found.what);
    assert_eq!(text.collect::<Vec<_>>(), [What::Text], "{:#?}", trip.differences);
}

/// Lines of which texts are made.
const LINES: [&str; 26] = [
    "同志们：",
    "一、总体要求",
    "（一）目标。内容很多。",
    "1.调查研究",
    "第一，要快。说的是快。",
    "谢谢大家！",
    "2026年1月5日",
    "某市人民政府",
    "附件：1.表",
    "　　　2.册",
    "附件1",
    "抄送：某局　　　　2026年1月5日印发",
    "（此件公开发布）",
    "第一章　总则",
    "第一条　为了",
    "——在会上的讲话",
    "关于工作的通知",
    "国发〔2026〕1号",
    "一是快；二是好。",
    "\u{C}",
    "甲　　乙\t丙",
    "甲 \u{1}乙\u{200B}",
    "",
    "    缩进 ",
    "今年以来全局上下扎实推进各项任务落实取得了比较明显的成效。",
    "（",
];

proptest! {
    #![proptest_config(cases())]

    /// A tree of any kind loses no character undeclared in the formats that hold it, but for what docs/normal-form.md
    /// excepts.
    #[test]
    fn trees_lose_no_text_undeclared(document in documents()) {
        let document = without_notes_and_tags_of_styles(document);
        for format in [Format::PandocJson, Format::Docx] {
            let Ok(mut trip) = there_and_back(&document, format, &options()) else { continue };
            trip.differences.retain(|found| found.what == What::Text);
            prop_assert!(trip.is_declared(), "{format}: {}", differences(&trip, false, crate::Language::English));
        }
    }

    /// What was read of a text goes through every format without a loss that nobody declared. Of a text, characters are
    /// compared alone: its roles are what whoever reads it again takes the lines for.
    #[test]
    fn texts_lose_nothing_undeclared(picks in proptest::collection::vec((0..LINES.len(), nasty()), 0..12)) {
        let text: String = picks.iter().map(|(pick, noise)| match noise.len() % 3 {
            0 => format!("{}{noise}\n", LINES[*pick]),
            _ => format!("{}\n", LINES[*pick]),
        }).collect();
        let mut options = options();
        options.attributes = true;
        let document = crate::decode(text.as_bytes(), Format::Text, &options).expect("reads").value;
        for format in [Format::Text, Format::Markdown, Format::PandocJson, Format::Docx] {
            let mut trip = there_and_back(&document, format, &options).expect("there and back");
            trip.differences.retain(|found| format != Format::Text || found.what == What::Text);
            prop_assert!(trip.is_declared(), "{text:?}: {}", differences(&trip, false, crate::Language::English));
        }
    }
}

/// A speech, a notice with its rules, and the rest of the speech, as a careless hand puts them into one file: what counts
/// on in one of them does not in the other.
#[test]
fn documents_within_one_file_are_read_back_each_by_itself() {
    let source = concat!(
        "在全县服务工作会议上的讲话\n\n同志们：\n　　今天的会议很重要，请大家认真领会。\n　　一、认清形势\n",
        "　　形势逼人，不进则退，各单位要看到差距。\n　　二、找准问题\n　　问题就在眼前，各单位要拿出办法。\n\n",
        "某县人民政府办公室关于印发\n《某县公章使用管理办法》的通知\n\n各乡镇人民政府，县政府各部门：\n\n",
        "　　现将《某县公章使用管理办法》印发给你们，请认真执行。\n\n　　　　　　　　　　某县人民政府办公室\n",
        "　　　　　　　　　　2026年3月2日\n\n某县公章使用管理办法\n\n第一章　总　则\n\n",
        "　　第一条　为了规范公章的使用，制定本办法。\n\n　　第二条　本办法自2026年4月1日起施行。\n\n",
        "　　三、转变作风\n　　做好服务，说到底要靠人，人是第一位的。\n",
        "　　第一，要有一张好脸色。笑脸是从心里来的。\n　　第二，要有一手好业务。本领是练出来的。\n",
    );
    let options = options();
    let document = crate::decode(source.as_bytes(), Format::Text, &options).unwrap().value;
    let leads = |document: &Document| {
        let paragraphs = document.blocks.iter().filter_map(Block::paragraph);
        paragraphs.filter(|paragraph| paragraph.lead.is_some()).count()
    };
    assert_eq!((document.blocks.len(), leads(&document)), (21, 0));
    for format in [Format::Docx, Format::Markdown, Format::PandocJson, Format::Json] {
        let attributes = Options { attributes: true, ..options.clone() };
        let trip = there_and_back(&document, format, &attributes).unwrap();
        assert!(trip.is_exact(), "{format}: {:#?}", trip.differences);
    }
}

/// A Word file that nobody edited states that its plain paragraphs are text, whatever their words look like.
#[test]
fn what_is_body_text_for_the_writer_is_body_text_for_the_reader() {
    let paragraph = |role, words: &str| Block {
        kind: BlockKind::Paragraph(Paragraph::new(role, vec![text(words)])),
        origin: crate::tree::Origin::default(),
    };
    let document = Document {
        blocks: vec![
            paragraph(Role::Title, "名词解释"),
            paragraph(Role::Body, "同志们："),
            paragraph(Role::Body, "（一）抓早"),
            paragraph(Role::Body, "某县人民政府"),
            paragraph(Role::Body, "2026年3月2日"),
        ],
        ..Document::default()
    };
    let trip = there_and_back(&document, Format::Docx, &options()).unwrap();
    assert!(trip.is_exact(), "{:#?}", trip.differences);
}

/// Word counts nine levels, pandoc from one; a tree may state any.
#[test]
fn levels_that_a_format_lacks_are_reported_or_kept() {
    let mut blocks = Vec::new();
    for (role, level) in
        [(Role::Heading(0), 0), (Role::Heading(12), 12), (Role::Point(0), 10), (Role::Point(3), 0)]
    {
        let mut paragraph = Paragraph::new(role, vec![text("要快。要稳。")]);
        paragraph.lead = Some(crate::tree::Lead { end: 3, level });
        blocks.push(Block { kind: BlockKind::Paragraph(paragraph), origin: crate::tree::Origin::default() });
    }
    let document = Document { blocks, ..Document::default() };
    let trip = there_and_back(&document, Format::Docx, &options()).unwrap();
    assert_eq!((trip.differences.len(), trip.is_declared()), (4, true), "{:#?}", trip.differences);
    let trip = there_and_back(&document, Format::PandocJson, &options()).unwrap();
    assert!(trip.is_exact(), "{:#?}", trip.differences);
}
