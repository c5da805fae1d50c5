use super::*;
use crate::options::LineMode;
use crate::tree::Role;

fn read(text: &str) -> (Document, Vec<crate::diagnostic::Diagnostic>) {
    read_as(text, LineMode::Auto)
}

fn read_as(text: &str, lines: LineMode) -> (Document, Vec<crate::diagnostic::Diagnostic>) {
    let mut diagnostics = Diagnostics::default();
    let mut options = Options::new().unwrap();
    options.lines = lines;
    let document = decode_str(text, &options, &mut diagnostics);
    (document, diagnostics.into_vec())
}

fn texts(document: &Document) -> Vec<String> {
    let mut all = Vec::new();
    document.for_each_paragraph(&mut |_, paragraph| {
        assert_eq!(paragraph.role, Role::Body);
        all.push(paragraph.text());
    });
    all
}

#[test]
fn every_sort_of_line_end_ends_a_line_and_is_reported_once() {
    let (document, found) = read("甲\r\n乙\r\n丙\r丁\u{2028}戊\u{85}己\n庚\u{b}辛");
    assert_eq!(texts(&document), ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]);
    let codes: Vec<_> = found.iter().map(|d| (d.code, d.at.clone())).collect();
    assert_eq!(
        codes,
        [
            ("line-end-crlf", Location::line(1)),
            ("line-end-cr", Location::line(3)),
            ("line-end-unicode", Location::Lines { first: 4, last: 5 }),
            ("line-end-vertical-tab", Location::line(7)),
        ]
    );
    assert!(found[0].message.to_string().ends_with(": 2"));
}

#[test]
fn invisible_characters_go_and_are_counted() {
    let (document, found) = read("\u{feff}标\u{200b}题\0\n正\u{ad}文\u{1a}");
    assert_eq!(texts(&document), ["标题", "正文"]);
    assert_eq!(found.len(), 5);
}

#[test]
fn marks_that_turn_the_direction_of_text_go_and_private_ones_stay() {
    let (document, found) =
        read("通\u{202e}知\u{202c}\u{2066}各\u{2069}单\u{200f}位\u{200d}\u{e5e5}\u{1}\n①㎡ＡＢ　张　三");
    assert_eq!(texts(&document), ["通知各单位\u{200d}\u{e5e5}", "①㎡ＡＢ　张　三"]);
    let codes: Vec<_> = found.iter().map(|d| (d.code, d.message.to_string())).collect();
    assert_eq!(codes[0].0, "zero-width-removed");
    assert!(codes[0].1.ends_with(": 5"), "{codes:?}");
    assert_eq!(codes[1].0, "control-removed");
}

#[test]
fn blanks_at_the_ends_become_appearance_and_blanks_inside_stay() {
    let (document, _) = read("\n\n　　第一章　总　则  \n\t张　三");
    assert_eq!(texts(&document), ["第一章　总　则", "张　三"]);
    let first = &document.blocks[0].origin;
    assert_eq!((first.appearance.indent, first.appearance.blank_before), (4, 2));
    assert_eq!(first.at, Location::line(3));
    assert_eq!(document.blocks[1].origin.appearance.indent, 4);
}

#[test]
fn a_line_with_equal_blanks_on_both_sides_is_centred() {
    let (document, _) = read("　　　　　　通知　　　　　　\n　　正文到此为止。");
    assert!(document.blocks[0].origin.appearance.centred);
    assert!(!document.blocks[1].origin.appearance.centred);
}

#[test]
fn a_form_feed_is_a_page_break() {
    let (document, found) = read("甲\u{c}乙");
    assert!(matches!(document.blocks[1].kind, BlockKind::PageBreak));
    assert_eq!(texts(&document), ["甲", "乙"]);
    assert_eq!(found[0].code, "form-feed");
}

/// A text of twelve paragraphs on pages of ten lines, with `foot` between two pages; `{}` is the page number.
fn paged(paragraphs: &[&str], foot: &str) -> String {
    let lines = wrapped(paragraphs, 30);
    let lines: Vec<&str> = lines.lines().collect();
    let pages = lines.chunks(10).enumerate().map(|(page, lines)| {
        format!("{}\n{}", lines.join("\n"), foot.replace("{}", &(page + 1).to_string()))
    });
    pages.collect()
}

#[test]
fn paragraphs_go_on_over_the_ends_of_pages() {
    let paragraphs: Vec<String> =
        "甲乙丙丁戊己庚辛壬癸子丑".chars().map(|c| format!("　　{c}{}", LONG.trim_start())).collect();
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    for foot in [
        "\n- {} -\n\n机关档案管理办法\n",
        "第 {} 页 共 4 页\n",
        "{}\n",
        "\n",
        "\n{}/4\n\u{c}",
        "\u{c}",
        "\n\u{c}机关档案管理办法 {}\n— {} —\n",
    ] {
        let (document, found) = read(&paged(&paragraphs, foot));
        let texts = texts(&document);
        let whole = paragraphs.iter().filter(|one| texts.iter().any(|text| text == one.trim_start()));
        assert_eq!(whole.count(), 12, "{foot:?}: {texts:#?}");
        let moved = found.iter().filter(|d| d.code == "page-end-moved").count();
        assert_eq!(moved > 0, foot.contains('{'), "{foot:?}: {found:#?}");
        assert_eq!(found.iter().any(|d| d.code == "page-ends"), foot.contains('\u{c}'));
        assert!(document.blocks.iter().all(|block| block.kind != BlockKind::PageBreak), "{foot:?}");
    }
}

#[test]
fn page_breaks_between_paragraphs_stay() {
    let (document, _) = read(&format!("{}\u{c}{}", wrapped(&[LONG; 4], 30), wrapped(&[LONG; 4], 30)));
    assert_eq!(document.blocks.iter().filter(|block| block.kind == BlockKind::PageBreak).count(), 1);
}

#[test]
fn numbers_that_count_no_pages_stay_where_they_are() {
    let text = wrapped(&[LONG, LONG, "118", LONG, "2", LONG], 30);
    let (document, found) = read(&text);
    assert_eq!(texts(&document)[2], "118");
    assert!(found.iter().all(|d| d.code != "page-end-moved"));
}

/// Cuts a paragraph as an old editor does, at `columns` Han characters.
fn wrapped(paragraphs: &[&str], columns: usize) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        let chars: Vec<char> = paragraph.chars().collect();
        for line in chars.chunks(columns) {
            text.extend(line);
            text.push('\n');
        }
    }
    text
}

const LONG: &str = "　　今年以来全局上下围绕中心工作扎实推进各项任务落实在服务基层改进作风完善制度等方面做了大量\
细致的工作取得了比较明显的成效同时也要看到我们的工作同群众的期待相比还有不小的差距需要继续努力。";

#[test]
fn wrapped_lines_are_joined_and_short_ones_stay_apart() {
    let text = wrapped(&["关于开展检查的通知", LONG, LONG, "　　一、总体要求", LONG], 19);
    let (document, found) = read(&text);
    let trimmed = LONG.trim_start();
    assert_eq!(texts(&document), ["关于开展检查的通知", trimmed, trimmed, "一、总体要求", trimmed]);
    assert!(found.iter().any(|d| d.code == "lines-joined"));
    let (kept, _) = read_as(&text, LineMode::Keep);
    assert!(texts(&kept).len() > 10);
}

#[test]
fn first_lines_whose_indents_are_lost_are_shorter_and_go_on_all_the_same() {
    let whole = "　　各单位要把安全生产作为头等大事来抓主要负责人要亲自研究部署定期开展隐患排查整治工作。";
    let text = wrapped(&["关于开展检查的通知", LONG, whole, "　　一、总体要求", LONG, whole], 19);
    let (document, _) = read(&text.replace('　', ""));
    let [long, whole] = [LONG, whole].map(str::trim_start);
    assert_eq!(texts(&document), ["关于开展检查的通知", long, whole, "一、总体要求", long, whole]);
    // A short line of a text without any indents ends its paragraph.
    let (document, _) = read(&wrapped(&["议题", long, "一个不长也不短的小标题占一行", long, long], 19));
    assert_eq!(texts(&document), ["议题", long, "一个不长也不短的小标题占一行", long, long]);
}

#[test]
fn a_drawn_line_belongs_to_no_paragraph() {
    let rule = "—".repeat(19);
    let text = wrapped(&[LONG, LONG], 19) + &format!("{rule}\n本文来自某站\n") + &wrapped(&[LONG], 19);
    for lines in [LineMode::Auto, LineMode::Join] {
        let found = texts(&read_as(&text, lines).0);
        assert!(
            found.contains(&rule) && found.iter().any(|text| text.starts_with("本文来自某站")),
            "{found:?}"
        );
    }
}

#[test]
fn the_rest_of_a_drawn_line_belongs_to_it() {
    let rule = "—".repeat(20);
    let text = wrapped(&[LONG, &format!("　　{rule}"), LONG, LONG], 19);
    assert!(texts(&read(&text).0).contains(&rule), "{:?}", texts(&read(&text).0));
}

/// Prose with marks that an exact cut leaves at the beginning of lines.
const MARKED: &str = "今年以来，全局上下围绕中心工作，扎实推进各项任务，在服务基层、改进作风、完善制度等方面，做了大量\
细致的工作，取得了明显成效。同时也要看到，我们的工作同群众的期待相比，还有差距，需要改进，需要努力，需要坚持。";

#[test]
fn where_lines_are_cut_exactly_one_with_room_left_is_the_last() {
    // The heading has room for one more character.
    let heading = "一、认真贯彻落实全年的各项新任务";
    let found = texts(&read(&wrapped(&[MARKED, heading, MARKED], 17)).0);
    assert_eq!(found, [MARKED, heading, MARKED]);
}

#[test]
fn a_heading_as_long_as_the_line_stands_apart_from_its_first_item() {
    let heading = "二、认真抓好全年的各项重点工作任务";
    let item = format!("（一）统一思想。{MARKED}");
    let found = texts(&read(&wrapped(&[MARKED, heading, &item], 17)).0);
    assert_eq!(found, [MARKED, heading, &item]);
}

#[test]
fn a_document_number_stands_alone_however_full_the_line_above_it() {
    let head = "关于二〇二六年度法治政府建设情况的报告\n青政报〔2026〕4号\n";
    let text = format!("{head}{}", wrapped(&[LONG, LONG, LONG], 19));
    let found = texts(&read(&text).0);
    assert_eq!(found[..2], ["关于二〇二六年度法治政府建设情况的报告", "青政报〔2026〕4号"]);
}

#[test]
fn a_blank_at_the_cut_begins_no_paragraph() {
    let text = wrapped(&[LONG, LONG, LONG], 19).replace("\n显的", "\n 显的");
    assert!(text.contains("\n 显的"));
    assert_eq!(texts(&read(&text).0).len(), 3);
}

#[test]
fn lines_that_are_paragraphs_are_not_joined() {
    let (document, _) = read(&format!("{LONG}\n{LONG}\n短句一行。\n短句又一行。\n"));
    assert_eq!(document.blocks.len(), 4);
}

#[test]
fn fields_below_headings_show_no_measure() {
    let text = "县委中心组学习计划\n\n一、学习内容\n专题一：全会精神\n　　学习时间：第一季度\n专题二：从严治党\n　　学习时间：第二季度\n\
                二、学习方式\n　　集中学习与自学相结合。\n";
    let (document, _) = read(text);
    assert_eq!(document.blocks.len(), 8);
}

#[test]
fn headings_and_closing_formulas_go_on_from_no_sentence_that_fills_its_line() {
    let full = "由县长任指挥长，分管副县长任副指挥长，有关部门主要负责人为成员。";
    let full = format!("　　{full}");
    for line in ["2.1.2 指挥部职责", "特此报告。"] {
        let text = wrapped(&[LONG, LONG, LONG, &full, line, &full], full.chars().count());
        let (document, _) = read(&text);
        assert!(texts(&document).iter().any(|text| text == line), "{line}: {:#?}", texts(&document));
    }
}

#[test]
fn a_line_may_begin_with_a_figure() {
    let words = "今年以来全县经济运行总体平稳地区生产总值同比增长";
    let text: String = ["5.6%", "7.2%", "3.1%"]
        .iter()
        .map(|figure| format!("　　{words}\n{figure}好于全省平均水平完成年度计划。\n"))
        .collect();
    assert_eq!(read(&text).0.blocks.len(), 3);
}

#[test]
fn the_number_of_the_first_of_two_pages_is_none_of_its_text() {
    let text = wrapped(&[LONG, LONG, LONG], 19);
    let (first, rest) = text.split_once('\n').unwrap();
    let (document, _) = read(&format!("{first}\n1\n{rest}"));
    assert_eq!(texts(&document)[0], LONG.trim_start());
}

#[test]
fn names_set_in_below_others_are_not_joined_with_what_follows() {
    let (document, _) = read(concat!(
        "县防汛指挥部成员名单\n指挥长：刘志强　县长\n成　员：周　涛　县政府办公室主任\n",
        "　　　　欧阳小军　县农业农村局局长\n　　　　李　明　县水务局局长\n　　　　欧阳小华　县自然资源局局长\n",
        "办公室主任由李明兼任。\n",
    ));
    assert_eq!(document.blocks.len(), 7);
}

#[test]
fn verse_of_equal_lines_is_not_joined() {
    let verse = "山河壮丽如画卷，\n岁月峥嵘似流星。\n今日重来寻旧迹，\n春风依旧满江城。\n";
    let (document, _) = read(verse);
    assert_eq!(document.blocks.len(), 4);
}

#[test]
fn latin_words_are_joined_with_a_space_and_han_without() {
    let (document, _) = read_as("使用 plain\ntext 格\n式", LineMode::Join);
    assert_eq!(texts(&document), ["使用 plain text 格式"]);
}

#[test]
fn join_mode_leaves_titles_items_and_addresses_apart() {
    let sentence = "今年以来全局上下围绕中心工作扎实推进各项任务";
    let text = format!(
        "关于检查的通知\n各单位：\n{sentence}\n{sentence}\n落实。\n一、范围\n{sentence}\n完成。\n附件：名单\n某市某局\n2026年3月6日"
    );
    let (document, _) = read_as(&text, LineMode::Join);
    let first = format!("{sentence}{sentence}落实。");
    let second = format!("{sentence}完成。");
    assert_eq!(
        texts(&document),
        ["关于检查的通知", "各单位：", &first, "一、范围", &second, "附件：名单", "某市某局", "2026年3月6日"]
    );
}

#[test]
fn keep_mode_keeps_what_was_plainly_wrapped() {
    let text = wrapped(&[LONG, LONG, LONG], 19);
    let (document, found) = read_as(&text, LineMode::Keep);
    assert_eq!(texts(&document).len(), text.lines().count());
    assert!(found.iter().all(|d| d.code != "lines-joined"));
}

#[test]
fn a_line_or_two_beyond_the_measure_do_not_hide_it() {
    let address = "　　地　址：某县城关镇人民路一百一十八号水利大厦三楼";
    let text = wrapped(&["关于检修的函", "某公司：", LONG, LONG, LONG], 19)
        + address
        + "\n　　　　　　　　　　某县某局\n";
    let (document, _) = read(&text);
    let trimmed = LONG.trim_start();
    assert_eq!(
        texts(&document),
        ["关于检修的函", "某公司：", trimmed, trimmed, trimmed, address.trim_start(), "某县某局"]
    );
}

#[test]
fn lists_of_lines_as_long_as_each_other_are_not_joined() {
    let list = "某县水利工程建设管理站\n某县防汛抗旱服务中心站\n某县城乡供水保障服务站\n某县河道采砂管理中心站\n某县水资源管理服务中心\n";
    let (document, _) = read(list);
    assert_eq!(document.blocks.len(), 5);
}

#[test]
fn join_mode_stops_at_empty_lines_and_indents() {
    let (document, _) = read_as("　　甲\n乙\n　　丙\n\n丁", LineMode::Join);
    assert_eq!(texts(&document), ["甲乙", "丙", "丁"]);
}

proptest::proptest! {
    #[test]
    fn no_visible_character_is_lost(text in "[一二。，、A-z0-9 \u{3000}\t\r\n\u{200b}\u{feff}\u{c}\0]{0,200}") {
        for mode in [LineMode::Auto, LineMode::Keep, LineMode::Join] {
            let (document, _) = read_as(&text, mode);
            let visible = |c: &char| !c.is_whitespace() && !c.is_control() && !['\u{200b}', '\u{feff}'].contains(c);
            let wanted: String = text.chars().filter(visible).collect();
            let got: String = texts(&document).concat().chars().filter(visible).collect();
            proptest::prop_assert_eq!(wanted, got);
        }
    }
}

/// A paragraph as a program cuts it that counts characters and lets one mark hang.
fn cut_at_characters(paragraph: &str, full: usize) -> String {
    let chars: Vec<char> = paragraph.chars().collect();
    let mut text = String::new();
    let mut from = 0;
    while from < chars.len() {
        let mut end = chars.len().min(from + full);
        end += usize::from(chars.get(end).is_some_and(|c| "，。；".contains(*c)));
        text.extend(&chars[from..end]);
        text.push('\n');
        from = end;
    }
    text
}

#[test]
fn lines_of_so_many_characters_are_joined_over_marks_that_hang() {
    let paragraphs = [
        "　　2026年，全县新修农村公路128.5公里，改造危桥19座，安装护栏3200米，沿线63个村的群众出行更加方便，物流成本下降15%。",
        "　　我们坚持把群众的需要放在第一位，先后走访农户1460户，召开院坝会212场，收集意见建议876条，逐条研究、逐项答复。",
        "　　同时也要看到，养护经费缺口仍有2300万元，部分路段超限运输屡禁不止，基层养护力量不足，这些问题要在今年内逐步解决。",
    ];
    for full in [26, 28, 30, 33] {
        let text: String = paragraphs.iter().map(|paragraph| cut_at_characters(paragraph, full)).collect();
        let (document, _) = read(&text);
        assert_eq!(texts(&document), paragraphs.map(|paragraph| paragraph.trim_start().to_owned()), "{full}");
    }
}
