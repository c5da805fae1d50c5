//! Trees that do not come from plain text, and what is reported.

use crate::diagnostic::{Diagnostics, Kind};
use crate::options::Options;
use crate::tree::{Block, BlockKind, Document, Inline, InlineStyle, Lead, Location, Origin, Paragraph, Role};

use super::super::recognise;
use super::{BODY, decode};

#[test]
fn what_the_source_states_is_kept() {
    let mut document = Document {
        blocks: vec![
            Block {
                kind: BlockKind::Paragraph(Paragraph::new(Role::Title, vec![Inline::Text("报告".into())])),
                origin: Origin::at(Location::line(1)),
            },
            Block {
                kind: BlockKind::Paragraph(Paragraph::new(
                    Role::Heading(2),
                    vec![Inline::Styled(InlineStyle::Strong, vec![Inline::Text("一、情况".into())])],
                )),
                origin: Origin::at(Location::line(3)),
            },
            Block {
                kind: BlockKind::Quote(vec![Block {
                    kind: BlockKind::Paragraph(Paragraph::plain("二、引文")),
                    origin: Origin::default(),
                }]),
                origin: Origin::default(),
            },
            Block {
                kind: BlockKind::Paragraph(Paragraph::plain(BODY)),
                origin: Origin::at(Location::line(7)),
            },
        ],
        ..Document::default()
    };
    let quote = document.blocks[2].clone();
    recognise(&mut document, &mut Diagnostics::default());
    assert_eq!(document.blocks[2], quote);
    let BlockKind::Paragraph(heading) = &document.blocks[1].kind else { panic!() };
    assert_eq!(heading.role, Role::Heading(2));
    assert_eq!(heading.marker.as_ref().unwrap().text, "一、");
}

#[test]
fn outline_levels_become_headings_and_a_single_top_one_the_title() {
    let mut document = decode("某报告\n第一部分\n内容很长的一段话在这里。\n");
    for (block, level) in document.blocks.iter_mut().zip([1, 2]) {
        block.origin.appearance.outline_level = Some(level);
    }
    recognise(&mut document, &mut Diagnostics::default());
    let roles: Vec<Role> = document
        .blocks
        .iter()
        .map(|block| {
            let BlockKind::Paragraph(paragraph) = &block.kind else { panic!() };
            paragraph.role
        })
        .collect();
    assert_eq!(roles, [Role::Title, Role::Heading(1), Role::Body]);
}

#[test]
fn what_is_set_as_a_title_above_headings_that_the_source_states_is_one() {
    for centred in [true, false] {
        let mut document = decode(
            "关于推进数字化改革的通知\n各乡镇人民政府：\n现将有关事项通知如下。\n一、工作目标\n到年底完成。\n二、保障措施\n加强领导。\n",
        );
        document.blocks[0].origin.appearance.centred = centred;
        for at in [3, 5] {
            document.blocks[at].origin.appearance.outline_level = Some(1);
        }
        recognise(&mut document, &mut Diagnostics::default());
        let roles: Vec<Role> =
            document.blocks.iter().filter_map(Block::paragraph).map(|one| one.role).collect();
        let title = if centred { Role::Title } else { Role::Body };
        let heading = Role::Heading(1);
        assert_eq!(roles, [title, Role::Recipient, Role::Body, heading, Role::Body, heading, Role::Body]);
    }
}

#[test]
fn of_a_word_file_nothing_goes_below_the_end_but_what_is_debris_by_its_words() {
    let text = "关于举办培训班的通知\n各单位：\n现就有关事项通知如下。\n某市教育局\n2026年12月1日\n更多详情请登录网站查询\n\
                报名回执请于12月10日前报送，逾期不再受理。\n回执应加盖公章。\n";
    let left_out = |word: bool| {
        let mut document = decode(text);
        for (block, paragraph) in document.blocks.iter_mut().zip(1..).filter(|_| word) {
            block.origin.at = Location::Part { part: "word/document.xml".to_owned(), paragraph };
        }
        recognise(&mut document, &mut Diagnostics::default());
        let paragraphs = document.blocks.iter().filter_map(Block::paragraph);
        paragraphs.filter(|one| one.role == Role::Boilerplate).count()
    };
    assert_eq!((left_out(true), left_out(false)), (1, 3));
}

#[test]
fn every_decision_is_reported_at_its_place() {
    let mut document = decode("扫码加群\n\n\n\n在会上的讲话\n同志们：\n第一，要快。要更快。\n");
    let mut diagnostics = Diagnostics::default();
    recognise(&mut document, &mut diagnostics);
    let found: Vec<_> = diagnostics.iter().map(|d| (d.kind, d.code, d.at.clone())).collect();
    assert_eq!(
        found,
        [
            (Kind::Inferred, "above-title", Location::line(1)),
            (Kind::Inferred, "title", Location::line(5)),
            (Kind::Inferred, "salutation", Location::line(6)),
            (Kind::Inferred, "prose-point", Location::line(7)),
        ]
    );
}

#[test]
fn a_run_in_heading_that_the_source_states_keeps_its_level() {
    let point = |text: &str| {
        let mut paragraph = Paragraph::new(Role::Point(1), vec![Inline::Text(text.into())]);
        paragraph.lead = Some(Lead { end: 8, level: 2 });
        Block { kind: BlockKind::Paragraph(paragraph), origin: Origin::default() }
    };
    let blocks = vec![point("第一，要抓紧部署。马上就办。"), point("第二，要抓好落实。不能等靠。")];
    let mut document = Document { blocks: blocks.clone(), ..Document::default() };
    recognise(&mut document, &mut Diagnostics::default());
    let leads = |blocks: &[Block]| {
        let mut leads = Vec::new();
        for block in blocks {
            let BlockKind::Paragraph(paragraph) = &block.kind else { panic!() };
            leads.push(paragraph.lead);
        }
        leads
    };
    assert_eq!(leads(&document.blocks), leads(&blocks));
}

#[test]
fn leads_markers_and_inner_points() {
    let mut document =
        decode("在会上的讲话\n同志们：\n第一，要培养“四心”。一是要有忠心；二是要有恒心。请记住。\n");
    recognise(&mut document, &mut Diagnostics::default());
    let BlockKind::Paragraph(point) = &document.blocks[2].kind else { panic!() };
    assert_eq!(point.marker.as_ref().unwrap().text, "第一，");
    assert_eq!(point.lead.unwrap().end, 11);
    let text: Vec<char> = point.text().chars().collect();
    let inner: Vec<String> = point.points.iter().map(|p| text[p.start..p.end].iter().collect()).collect();
    assert_eq!(inner, ["一是要有忠心；", "二是要有恒心。"]);
}

#[test]
fn no_time_ratio_or_address_ends_a_lead() {
    let lead = |line: &str| {
        let mut document = decode(&format!("关于开会的通知\n各单位：\n{line}\n二、抓好落实。请认真照办。\n"));
        recognise(&mut document, &mut Diagnostics::default());
        let point = document.blocks[2].paragraph().unwrap();
        point.lead.map(|lead| point.text().chars().take(lead.end).collect::<String>())
    };
    for line in [
        "一、请于3月4日17:00前报送材料，逾期不候。",
        "一、比分为3：1，请知悉。",
        "一、登录https://www.example.cn下载表格。",
    ] {
        assert_eq!(lead(line), None, "{line}");
    }
    assert_eq!(lead("一、会议时间：3月4日17:00，请准时。").as_deref(), Some("一、会议时间："));
    assert_eq!(lead("一、提高认识.请认真照办,抓好落实.").as_deref(), Some("一、提高认识."));
}

#[test]
fn recipients_over_several_lines_are_one_paragraph() {
    let mut document = decode(
        "关于开展检查的通知\n各县人民政府、各街道办事处，\n市政府各部门，各有关单位：\n现将有关事项通知如下。\n",
    );
    recognise(&mut document, &mut Diagnostics::default());
    let BlockKind::Paragraph(recipient) = &document.blocks[1].kind else { panic!() };
    assert_eq!(recipient.role, Role::Recipient);
    assert_eq!(recipient.text(), "各县人民政府、各街道办事处，市政府各部门，各有关单位：");
    assert_eq!(document.blocks.len(), 3);
}

#[test]
fn the_name_of_an_attachment_cut_in_two_is_one() {
    let mut document = decode(
        "关于开展检查的通知\n各单位：\n现将有关事项通知如下。\n附件：某市水务局关于做好夏季防汛安全检查工\n作的通知\n　　　　　　　　　　　　某市水务局\n　　　　　　　　　　　　2026年5月1日\n",
    );
    recognise(&mut document, &mut Diagnostics::default());
    let BlockKind::Paragraph(note) = &document.blocks[3].kind else { panic!() };
    assert_eq!(note.role, Role::AttachmentNote);
    assert_eq!(note.text(), "附件：某市水务局关于做好夏季防汛安全检查工作的通知");
}

/// The roles of a Markdown text, level by level.
fn roles_of_markdown(text: &str) -> Vec<Option<Role>> {
    let document =
        crate::decode(text.as_bytes(), crate::Format::Markdown, &Options::new().unwrap()).unwrap().value;
    document.blocks.iter().map(|block| block.paragraph().map(|paragraph| paragraph.role)).collect()
}

#[test]
fn numbered_captions_stand_at_tables_and_pictures() {
    let table = "|甲|乙|\n|---|---|\n|1|2|\n";
    let text = format!(
        "# 报告\n\n{BODY}\n\n**表1　主要指标**\n\n单位：万元\n\n{table}\n{BODY}\n\n![路网](a.png)\n\n图1 路网示意\n\n\
         表2所列情况，{BODY}\n\n{table}"
    );
    assert_eq!(
        roles_of_markdown(&text),
        [
            Some(Role::Title),
            Some(Role::Body),
            Some(Role::Caption),
            Some(Role::Caption),
            None,
            Some(Role::Body),
            None,
            Some(Role::Caption),
            Some(Role::Body),
            None
        ]
    );
    // Away from both it is a line as any other.
    assert_eq!(
        roles_of_markdown(&format!("# 报告\n\n{BODY}\n\n表1　主要指标\n\n{BODY}\n"))[2],
        Some(Role::Body)
    );
}

#[test]
fn the_unit_of_figures_stands_right_above_its_table() {
    let table = "|甲|乙|\n|---|---|\n|1|2|\n";
    let text = format!("# 报告\n\n{BODY}\n\n计量单位：亿元\n\n{table}\n单位：万元\n\n{BODY}\n\n{table}");
    let roles = roles_of_markdown(&text);
    assert_eq!((roles[2], roles[4]), (Some(Role::Caption), Some(Role::Body)), "{roles:?}");
}

#[test]
fn captions_that_are_stated_leave_the_rest_to_be_recognised() {
    let mut document = decode(&format!("关于工作情况的报告\n{BODY}\n表1　主要指标\n一、情况\n{BODY}\n"));
    if let BlockKind::Paragraph(caption) = &mut document.blocks[2].kind {
        caption.role = Role::Caption;
    }
    recognise(&mut document, &mut Diagnostics::default());
    let roles: Vec<_> = document.blocks.iter().filter_map(Block::paragraph).map(|one| one.role).collect();
    assert_eq!(roles, [Role::Title, Role::Body, Role::Caption, Role::Heading(1), Role::Body]);
}

#[test]
fn who_issues_it_and_when_stand_below_a_title_that_is_stated() {
    let text = format!(
        "# 青石县2025年统计公报[^1]\n\n青石县统计局　青石县调查队\n\n2026年3月15日\n\n{BODY}\n\n[^1]: 初步统计。\n"
    );
    let roles: Vec<Role> = roles_of_markdown(&text).into_iter().flatten().collect();
    assert_eq!(roles, [Role::Title, Role::Byline, Role::Date, Role::Body]);
}

#[test]
fn text_that_a_word_file_centres_is_reported() {
    let centred = |text: &str, centred: bool| {
        let mut origin = Origin::at(Location::Part { part: "word/document.xml".into(), paragraph: 1 });
        origin.appearance.centred = centred;
        Block { kind: BlockKind::Paragraph(Paragraph::plain(text)), origin }
    };
    let codes = |blocks: Vec<Block>| {
        let mut diagnostics = Diagnostics::default();
        recognise(&mut Document { blocks, ..Document::default() }, &mut diagnostics);
        diagnostics.iter().filter(|found| found.code == "centred").count()
    };
    let title = || centred("关于开展检查的通知", true);
    assert_eq!(codes(vec![title(), centred(BODY, false), centred(BODY, false)]), 0);
    assert_eq!(codes(vec![title(), centred(BODY, false), centred(BODY, true), centred(BODY, true)]), 1);
}

#[test]
fn a_table_of_contents_may_be_one_paragraph_of_lines() {
    let source = "# 某县规划\n\n某县农业农村局 编制\n\n2026年8月\n\n## 目录\n\n第一章 基础\\\n第二章 任务\n\n## 第一章 基础\n\n文。\n\n## 第二章 任务\n\n文。\n";
    let options = Options::new().unwrap();
    let document = crate::decode(source.as_bytes(), crate::Format::Markdown, &options).unwrap().value;
    let roles: Vec<Role> = document.blocks.iter().filter_map(Block::paragraph).map(|one| one.role).collect();
    let (heading, body) = (Role::Heading(1), Role::Body);
    assert_eq!(
        roles,
        [Role::Title, Role::Byline, Role::Date, heading, body, heading, body, heading, body],
        "{document:#?}"
    );
}

#[test]
fn what_is_bold_as_a_whole_is_as_bold_as_its_role() {
    let source = "**关于做好防汛工作的通知**\n\n做好**防汛**工作。\n\n**一、提高认识**\n\n做好**防汛**工作，确保安全。\n";
    let options = Options::new().unwrap();
    let document = crate::decode(source.as_bytes(), crate::Format::Markdown, &options).unwrap().value;
    let found: Vec<(Role, bool)> = document
        .blocks
        .iter()
        .filter_map(Block::paragraph)
        .map(|one| (one.role, one.content.iter().any(|inline| matches!(inline, Inline::Styled(..)))))
        .collect();
    assert_eq!(
        found,
        [(Role::Title, false), (Role::Body, true), (Role::Heading(1), false), (Role::Body, true)]
    );
}
