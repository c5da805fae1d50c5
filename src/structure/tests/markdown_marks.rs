//! Marks of Markdown in a plain text.

use super::super::{recognise, take_marks};
use super::decode;
use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::{Block, BlockKind, Document, Inline, InlineStyle, Role};
use crate::{Format, Options};

fn recognised(text: &str) -> (Document, Diagnostics) {
    let mut document = decode(text);
    let mut diagnostics = Diagnostics::default();
    take_marks(&mut document, &mut diagnostics);
    recognise(&mut document, &mut diagnostics);
    (document, diagnostics)
}

#[test]
fn a_text_has_marks_and_stars_that_markdown_escapes_are_characters() {
    let read = |text: &str, format| {
        let read = crate::decode(text.as_bytes(), format, &Options::new().unwrap()).unwrap();
        let texts: Vec<String> = paragraphs(&read.value).into_iter().map(|(_, text)| text).collect();
        texts
    };
    let bare = ["甲方是青石公司，负责供货。", "乙方是白石公司，负责安装。"];
    let stars = ["**甲方**是青石公司，负责供货。", "**乙方**是白石公司，负责安装。"];
    assert_eq!(read(&stars.join("\n\n"), Format::Text), bare);
    assert_eq!(read(&stars.join("\n\n").replace('*', "\\*"), Format::Markdown), stars);
}

/// Each paragraph by its role and text.
fn paragraphs(document: &Document) -> Vec<(Role, String)> {
    document.blocks.iter().filter_map(Block::paragraph).map(|one| (one.role, one.text())).collect()
}

#[test]
fn marks_are_taken_for_what_they_say_and_reported() {
    let text = "好的，以下是为您撰写的讲话稿：\n\n---\n\n### 在招商引资大会上的讲话\n\n同志们：\n\n今天召开全县招商引资大会。下面，我讲三点意见。\n\n\
                #### 一、**提高认识，增强紧迫感**\n\n招商引资是经济发展的**生命线**。没有项目，就没有税收。\n\n\
                #### 二、**突出重点**\n\n1. **聚焦主导产业**：围绕装备制造招商。\n2. **聚焦重点区域**：紧盯长三角。\n\n\
                ---\n\n希望这篇讲话稿对您有帮助，如需调整可以随时告诉我！\n";
    let (document, diagnostics) = recognised(text);
    let own: Vec<_> =
        paragraphs(&document).into_iter().filter(|(role, _)| *role != Role::Boilerplate).collect();
    let one = |role, text: &str| (role, text.to_owned());
    assert_eq!(
        own,
        [
            one(Role::Title, "在招商引资大会上的讲话"),
            one(Role::Salutation, "同志们："),
            one(Role::Body, "今天召开全县招商引资大会。下面，我讲三点意见。"),
            one(Role::Heading(1), "一、提高认识，增强紧迫感"),
            one(Role::Body, "招商引资是经济发展的生命线。没有项目，就没有税收。"),
            one(Role::Heading(1), "二、突出重点"),
            one(Role::Point(3), "1. 聚焦主导产业：围绕装备制造招商。"),
            one(Role::Point(3), "2. 聚焦重点区域：紧盯长三角。"),
        ]
    );
    let strong = |inline: &Inline| matches!(inline, Inline::Styled(InlineStyle::Strong, _));
    let count = document
        .blocks
        .iter()
        .filter_map(Block::paragraph)
        .flat_map(|one| &one.content)
        .filter(|i| strong(i));
    assert_eq!(count.count(), 1);
    let found = diagnostics.iter().find(|found| found.code == "marks-as-form").unwrap();
    assert_eq!(found.kind, Kind::Substituted);
    let marks = |text: &str| text.chars().filter(|c| matches!(c, '#' | '*' | '-')).count();
    let drawn = found.text.chars().filter(|c| !c.is_whitespace()).count();
    assert_eq!((drawn, marks(&found.text)), (marks(text), marks(text)));
}

#[test]
fn headings_in_strong_marks_are_those_that_they_number() {
    let text = "**关于开展“清廉机关”创建活动的实施方案**\n\n为推进清廉机关建设，制定本方案。\n**一、总体目标**\n通过三年努力，实现政治清明。\n\
                **二、重点任务**\n**（一）强化政治建设。** 严明政治纪律。\n**（二）强化权力制约。** 梳理风险点。\n**三、工作步骤**\n1. 动员阶段；\n2. 总结阶段。\n";
    let (document, _) = recognised(text);
    let roles: Vec<Role> = paragraphs(&document).into_iter().map(|(role, _)| role).collect();
    let (heading, point) = (Role::Heading(1), Role::Point(2));
    let all = [
        Role::Title,
        Role::Body,
        heading,
        Role::Body,
        heading,
        point,
        point,
        heading,
        Role::Point(3),
        Role::Point(3),
    ];
    assert_eq!(roles, all);
    assert_eq!(paragraphs(&document)[5].1, "（一）强化政治建设。严明政治纪律。");
}

#[test]
fn stars_of_names_notes_and_powers_stay_among_marks() {
    let text = "**第一题** 求差。\n**第二题** 作图。\n**第三题** 计算2**3与3**2的和。\n入选王**、赵** 男。\n\
                工业增加值**增长6.2%，投资**增长3.1%。\n要落实**责任，要抓好**整改。\n***三个到位***\n\\**转义\\**保留。\n";
    let (document, _) = recognised(text);
    let texts: Vec<String> = paragraphs(&document).into_iter().map(|(_, text)| text).collect();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(texts[..2], ["第一题 求差。", "第二题 作图。"]);
    assert_eq!(texts[2..], lines[2..]);
}

#[test]
fn a_title_stands_above_headings_with_number_signs_and_rules_part_letters() {
    let text = "工作总结\n\n## 一、主要成绩\n成绩显著。\n\n---\n\n第二封信写在这里。\n\n## 二、打算\n继续努力。\n特此报告。\n";
    let (document, _) = recognised(text);
    let roles: Vec<Role> = paragraphs(&document).into_iter().map(|(role, _)| role).collect();
    let heading = Role::Heading(1);
    assert_eq!(roles, [Role::Title, heading, Role::Body, Role::Body, heading, Role::Body, Role::Closing]);
    assert_eq!(document.blocks.iter().filter(|block| block.kind == BlockKind::Rule).count(), 1);
}

#[test]
fn the_first_line_is_the_title_with_number_signs_or_by_its_words() {
    for first in ["# 中奖公示", "2026年工作总结"] {
        let second = if first.starts_with('#') { "**一等奖**：李小明。" } else { "## 主要成绩" };
        let (document, _) =
            recognised(&format!("{first}\n\n{second}\n成绩显著，群众满意。\n\n## 存在问题\n还有差距。\n"));
        assert_eq!(paragraphs(&document)[0], (Role::Title, first.trim_start_matches("# ").to_owned()));
    }
}

#[test]
fn what_is_no_markdown_stays() {
    for text in [
        "通知\n各位：\n本周**重点**工作如下。\n",
        "# 读取配置\nimport os\n# 打开文件\nopen(path)\nos.close(fd)\nprint(x ** y ** 2)\n",
        "# 运行所需\nlxml>=5.0\n# 由另一程序带入，无需声明\n# 测试所需\npytest>=7.0 # 测试\n# 安装见说明\n",
        "服务器巡检手册\n请按步骤执行，发现异常立即报告。\n# 查看磁盘空间\ndf -h\n# 查看内存占用情况\nfree -m\n其他事项另行通知。\n有事请联系值班人员。\n",
        "检修计划\n# 1机组计划于4月检修。\n# 2机组计划于5月检修。\n其他机组正常运行。\n请各班组做好准备。\n请按时完成。\n",
        "评分\n5 ** 3 ** 2 不是强调\n密码******请勿外传\n",
    ] {
        let (document, diagnostics) = recognised(text);
        assert!(diagnostics.iter().all(|found| found.code != "marks-as-form"), "{text}");
        assert_eq!(paragraphs(&document).len(), text.lines().count());
    }
}
