//! What pages show, line by line.

mod keep;
mod tables;
mod wide;

use proptest::prelude::*;

use super::page::BASELINE;
use super::{Line, LineKind, Pages, layout};
use crate::diagnostic::{Diagnostics, Kind};
use crate::options::Options;
use crate::profile::{PT_PER_MM, Profile};
use crate::tree::{
    Block, BlockKind, Cell, Code, Document, Image, Inline, InlineStyle, Lead, List, ListItem, Location,
    Marker, Note, Origin, Paragraph, Picture, Role, Row, Scheme, Table,
};

fn block(kind: BlockKind) -> Block {
    Block { kind, origin: Origin::at(Location::line(7)) }
}

fn paragraph(role: Role, text: &str) -> Block {
    let mut content = Vec::new();
    for (i, part) in text.split('\n').enumerate() {
        if i > 0 {
            content.push(Inline::Break);
        }
        content.push(Inline::Text(part.to_owned()));
    }
    block(BlockKind::Paragraph(Paragraph::new(role, content)))
}

fn document(blocks: Vec<Block>) -> Document {
    Document { blocks, ..Document::default() }
}

fn set_with(document: &Document) -> (Pages, Vec<crate::diagnostic::Diagnostic>) {
    let mut diagnostics = Diagnostics::default();
    let pages = layout(document, &Options::new().unwrap(), &mut diagnostics);
    (pages, diagnostics.into_vec())
}

fn set(blocks: Vec<Block>) -> Pages {
    set_with(&document(blocks)).0
}

fn body(text: &str) -> Pages {
    set(vec![paragraph(Role::Body, text)])
}

#[test]
fn threads_change_neither_pages_nor_findings() {
    let list = List {
        start: Some(1),
        tight: true,
        items: vec![ListItem { checked: None, blocks: vec![paragraph(Role::Body, "项\u{E000}目⼀")] }],
    };
    let raw = Inline::Raw("<br>".to_owned());
    let some = [
        paragraph(Role::Heading(1), "一、加强①领导"),
        paragraph(Role::Body, &"第三次会议强调，要抓好落实\u{E001}。".repeat(40)),
        block(BlockKind::Paragraph(Paragraph::new(Role::Body, vec![raw]))),
        block(BlockKind::List(list)),
        paragraph(Role::Body, &"\u{200E}各地区各部门要认真学习。".repeat(30)),
    ];
    // More than wait at a time.
    let document = document((0..700).flat_map(|n| some[n % 5..=n % 5].to_vec()).collect());
    let on = |threads| {
        let mut diagnostics = Diagnostics::default();
        let options = Options { threads, ..Options::new().unwrap() };
        let pages = layout(&document, &options, &mut diagnostics);
        (format!("{:?}{:?}", pages.pages, pages.outline), diagnostics)
    };
    let (pages, found) = on(1);
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).take(4).collect();
    assert_eq!(codes, ["character-missing", "markup-dropped", "character-missing", "invisible-character"]);
    for threads in [2, 7] {
        assert!(on(threads) == (pages.clone(), found.clone()), "on {threads} threads");
    }
}

fn lines(pages: &Pages) -> Vec<&Line> {
    pages.pages.iter().flat_map(|page| &page.lines).collect()
}

fn texts(pages: &Pages) -> Vec<String> {
    lines(pages).iter().map(|line| line.text()).collect()
}

fn profile() -> Profile {
    Profile::gongwen().unwrap()
}

/// Han characters without marks, as many as asked for.
fn han(count: usize) -> String {
    "机关事务管理工作要点".chars().cycle().take(count).collect()
}

/// Right end of a line, counted from the left margin.
fn right_end(line: &Line) -> f64 {
    line.x + line.width - profile().page.left * PT_PER_MM
}

/// Number of the line of the grid that a baseline stands on, and how far it is off.
fn grid_line(line: &Line) -> (f64, f64) {
    let profile = profile();
    let top = profile.page.top * PT_PER_MM;
    let first = top + profile.leading() / 2.0 + BASELINE * 16.0;
    let n = (line.baseline - first) / profile.leading();
    (n.round(), (n - n.round()).abs() * profile.leading())
}

#[test]
fn a_full_page_holds_22_lines_of_28_characters() {
    let pages = body(&han(26 + 28 * 30));
    assert_eq!(pages.pages.len(), 2);
    assert_eq!(pages.pages[0].lines.len(), 22);
    for (number, line) in lines(&pages).iter().enumerate() {
        let (grid, off) = grid_line(line);
        assert_eq!(grid, f64::from(u32::try_from(number % 22).unwrap()));
        assert!(off < 1e-6, "line {number} is {off} pt off the grid");
        assert_eq!(line.text().chars().count(), if number == 0 { 26 } else { 28 });
        assert!((right_end(line) - profile().measure()).abs() < 0.01);
    }
}

#[test]
fn the_first_line_is_indented_by_two_cells() {
    let pages = body(&han(40));
    let (first, second) = (lines(&pages)[0], lines(&pages)[1]);
    assert!((first.x - second.x - 2.0 * profile().advance()).abs() < 0.01);
    assert!((second.x - profile().page.left * PT_PER_MM).abs() < 0.01);
}

#[test]
fn the_first_line_of_the_grid_begins_at_the_upper_margin() {
    let pages = body(&han(3));
    let line = lines(&pages)[0];
    // The em box stands in the middle of the line of the grid, whose upper edge is the margin.
    let box_top = line.baseline - 0.88 * 16.0;
    let above = box_top - profile().page.top * PT_PER_MM;
    assert!((above - (profile().leading() - 16.0) / 2.0).abs() < 0.01);
}

#[test]
fn a_mark_that_may_not_begin_a_line_is_pulled_in_where_marks_give_way() {
    let text = format!("{}，{}，{}。{}", han(12), han(6), han(6), han(6));
    let pages = body(&text);
    let first = lines(&pages)[0];
    assert!(first.text().ends_with('。'), "{}", first.text());
    assert_eq!(first.text().chars().count(), 27);
    assert!((right_end(first) - profile().measure()).abs() < 0.02);
}

#[test]
fn the_end_of_a_document_stays_together_and_fills_its_page() {
    let tail = || {
        vec![
            paragraph(Role::AttachmentNote, "附件：1.任务分工"),
            paragraph(Role::AttachmentNote, "2.填写说明"),
            paragraph(Role::Signature, "某某县人民政府办公室"),
            paragraph(Role::SigningDate, "2026年5月8日"),
        ]
    };
    // With the two empty lines the tail has six, so that sixteen lines of text just leave it room.
    for (text, on_second_page) in [(16, 0), (17, 5)] {
        let mut blocks = vec![paragraph(Role::Body, "正文。"); text];
        blocks.extend(tail());
        let pages = set(blocks);
        let second = pages.pages.get(1).map_or(0, |page| page.lines.len());
        assert_eq!(second, on_second_page, "{text} lines");
    }
}

#[test]
fn a_page_break_before_nothing_makes_no_page() {
    let text = || paragraph(Role::Body, "正文。");
    let page_break = || Block { kind: BlockKind::PageBreak, origin: Origin::default() };
    assert_eq!(set(vec![text(), page_break()]).pages.len(), 1);
    assert_eq!(set(vec![text(), page_break(), text()]).pages.len(), 2);
}

#[test]
fn long_brackets_and_words_do_not_break_a_title_badly() {
    for title in [
        "（2026年3月26日柏川市第八届人民代表大会常务委员会第二十一次会议通过）",
        "关于印发《柏川市进一步深化市场主体登记管理制度改革降低企业制度性交易成本实施方案》的通知",
        "在全县干部精神学习教育总结大会暨年度工作部署会议上的讲话",
    ] {
        let pages = set(vec![paragraph(Role::Title, title)]);
        let texts: Vec<String> = lines(&pages).iter().map(|line| line.text()).collect();
        assert_eq!(texts.concat(), title);
        for word in ["第二十一次", "进一步", "深化", "市场", "主体", "学习", "教育", "方案", "委员会"]
        {
            assert!(!title.contains(word) || texts.iter().any(|text| text.contains(word)), "{texts:?}");
        }
    }
}

#[test]
fn a_last_line_has_more_than_one_character() {
    for count in [27, 28, 55, 56] {
        // The mark makes the text one character longer than its lines have room for.
        let pages = body(&format!("{}。", han(count)));
        let lines = lines(&pages);
        let last = lines.last().unwrap().text();
        assert!(lines.len() == 1 || last.chars().filter(|c| *c != '。').count() >= 2, "{count}: {last}");
        assert!(lines.iter().all(|line| right_end(line) <= profile().measure() + 0.02));
    }
}

#[test]
fn signs_that_fill_a_cell_need_no_gap_beside_figures() {
    let width = |text: &str| lines(&body(text))[0].width;
    let gapless = width("18℃") - width("18");
    assert!((gapless - profile().advance()).abs() < 0.02, "{gapless}");
}

#[test]
fn a_mark_that_may_not_begin_a_line_takes_a_character_along_where_nothing_gives_way() {
    let text = format!("{}，{}", han(26), han(40));
    let pages = body(&text);
    let all = lines(&pages);
    assert_eq!(all[0].text().chars().count(), 25);
    assert!((right_end(all[0]) - profile().measure()).abs() < 0.02, "the line is spread");
    let xs: Vec<f32> = all[0].runs[0].glyphs.iter().map(|glyph| glyph.x).collect();
    let steps: Vec<f32> = xs.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(steps.iter().all(|step| (step - steps[0]).abs() < 0.01), "evenly: {steps:?}");
}

#[test]
fn white_is_taken_from_the_end_of_a_line_then_from_quotation_marks_then_from_pauses() {
    // 26 characters have room; the mark that follows them may not begin a line.
    let text = format!("{}“{}”{}、{}，{}", han(6), han(3), han(6), han(8), han(10));
    let pages = body(&text);
    let line = lines(&pages)[0];
    assert!(line.text().ends_with('，'), "{}", line.text());
    let em = profile().advance();
    let glyphs: Vec<_> = line.runs.iter().flat_map(|run| &run.glyphs).collect();
    let at = |c: char| glyphs.iter().position(|glyph| glyph.text == c).unwrap();
    let room = |first: usize, last: usize| f64::from(glyphs[last].x - glyphs[first].x) / em;
    assert!((room(at('、') - 1, at('、') + 1) - 2.0).abs() < 0.01, "the pause is whole");
    assert!((room(at('“') - 1, at('”') + 1) - 5.5).abs() < 0.01, "the quotation marks give half an em");
    assert!((line.width / em - 26.0).abs() < 0.01, "the mark at the end gives the other half");
}

#[test]
fn a_pause_within_a_line_keeps_a_quarter_em_of_its_white() {
    let text = format!("{}，{}。{}", han(12), han(13), han(6));
    let pages = body(&text);
    let first = lines(&pages)[0];
    assert!(!first.text().ends_with('。'), "half an em of the comma would be needed: {}", first.text());
    assert!((right_end(first) - profile().measure()).abs() < 0.02);
}

#[test]
fn a_last_line_has_two_characters_at_least() {
    for count in 27 + 28..=30 + 28 {
        for end in ["", "。"] {
            let text = han(count) + end;
            let found = texts(&body(&text));
            assert_eq!(found.concat(), text);
            let last = found.last().unwrap().trim_end_matches('。').chars().count();
            assert!(last >= 2, "{count}: {found:?}");
        }
    }
}

#[test]
fn numerals_stay_with_their_measures() {
    for whole in ["12台", "37座", "十条", "120万"] {
        for before in 18..=27 {
            let found = texts(&body(&format!("{}按{whole}{}", han(before), han(30))));
            assert!(found.iter().any(|line| line.contains(whole)), "{before}: {found:?}");
        }
    }
    for before in 18..=27 {
        let found = texts(&body(&format!("{}按第三十二条{}", han(before), han(30))));
        assert!(found.iter().all(|line| !line.ends_with('第')), "{before}: {found:?}");
    }
}

#[test]
fn a_long_address_is_broken_rather_than_the_line_before_it_spread() {
    let address = "https://www.example.gov.cn/zwgk/tongzhigonggao/2026/shiwuguanliju_banshizhinan.html?id=1";
    for before in 3..20 {
        let text = format!("{}请登录{address}查看。", han(before));
        let pages = body(&text);
        assert_eq!(texts(&pages).concat(), text);
        let glyphs: Vec<f32> = lines(&pages)[0].runs[0].glyphs.iter().map(|glyph| glyph.x).collect();
        // No place opens by more than a quarter em.
        assert!(glyphs.windows(2).all(|x| x[1] - x[0] < 20.0), "{before}: {:?}", texts(&pages));
        let ends = texts(&pages);
        let ends = ends[..ends.len() - 1].iter().map(|line| line.chars().next_back().unwrap());
        assert!(ends.into_iter().all(|end| "/?=._录1".contains(end)), "{before}: {:?}", texts(&pages));
    }
}

#[test]
fn an_electronic_address_is_broken_at_its_joints() {
    let found = texts(&body(&format!("{}wenhua-fuwu@shili.example.gov.cn，{}", han(16), han(30))));
    assert!(found[0].ends_with("fuwu@") || found[0].ends_with("shili."), "{found:?}");
}

#[test]
fn figures_units_and_spaced_names_are_not_parted() {
    for whole in ["0.05 mg/L", "3.6 km/h", "12 kW·h", "1.5 hm²", "12 345", "9704—2012", "5 个"] {
        for before in 16..=27 {
            let found = texts(&body(&format!("{}为{whole}，{}", han(before), han(30))));
            assert!(found.iter().any(|line| line.contains(whole)), "{before}: {found:?}");
        }
    }
    for before in 16..=27 {
        for name in ["程　远", "程  远"] {
            let found = texts(&body(&format!("{}：{name}、{}", han(before), han(30))));
            assert!(found.iter().any(|line| line.contains(name)), "{before}: {found:?}");
        }
    }
    // A blank between words is a place to break.
    let phrases = format!("{}　{}", han(20), han(20));
    assert_eq!(texts(&body(&phrases))[0].chars().count(), 26);
    assert!(texts(&body(&format!("{}工作　管理{}", han(23), han(9))))[0].ends_with('　'));
}

#[test]
fn fields_of_a_form_are_not_parted() {
    for whole in ["□环境保护", "□ 环境保护", "☐是", "联系电话：________", "签名：＿＿＿＿"]
    {
        for before in 14..=27 {
            let found = texts(&body(&format!("{}　{whole}　{}", han(before), han(30))));
            assert!(found.iter().any(|line| line.contains(whole)), "{before}: {found:?}");
        }
    }
    // Of words that are no short field all but the first is text.
    let long = format!("{}　□{}", han(20), han(30));
    assert!(!texts(&body(&long))[0].ends_with(['□', '　']), "{:?}", texts(&body(&long)));
}

#[test]
fn a_word_that_no_line_holds_begins_where_the_text_before_it_ends() {
    let word = "a1b2c3d4e5".repeat(8);
    let found = texts(&body(&format!("{}{word}", han(12))));
    assert!(found[0].chars().count() > 30, "{found:?}");
    let short = texts(&body(&format!("{}{}", han(24), "abcdefghij")));
    assert!(short[1].starts_with("abcdefghij"), "{short:?}");
}

#[test]
fn a_sign_that_the_face_has_narrow_is_as_wide_as_an_ideograph() {
    let em = profile().advance();
    for sign in ["□", "■", "△", "→", "≤"] {
        let line = body(&format!("甲{sign}乙"));
        assert!((lines(&line)[0].width - 3.0 * em).abs() < 0.01, "{sign}");
    }
}

#[test]
fn signs_are_not_parted_from_figures() {
    let em = profile().advance();
    let with = |text: &str| lines(&body(text))[0].width;
    for sign in ["℃", "％", "≥", "→"] {
        let latin = with("26");
        assert!(with(&format!("26{sign}")) <= latin + em + 0.01, "{sign}");
    }
    assert!((with("1∶2") - with("12") - em / 2.0).abs() < 0.01);
}

#[test]
fn words_that_blanks_set_in_columns_stand_below_each_other() {
    let em = profile().advance();
    let rows = ["市住房局    张  三    13800001111", "水利局      欧阳明    13800002222"];
    let pages = set(rows.map(|row| paragraph(Role::Body, row)).to_vec());
    // Both end with a number of eleven figures.
    assert!((lines(&pages)[0].width - lines(&pages)[1].width).abs() < 0.02 * em);
    let name = body("张  三");
    assert!((lines(&name)[0].width - 3.0 * em).abs() < 0.01, "a blank of one em in a name of two");
    let latin = body("Alone.  Together.");
    let one = body("Alone. Together.");
    assert!((lines(&latin)[0].width - lines(&one)[0].width - em / 4.0).abs() < 0.01);
}

#[test]
fn a_bracketed_year_lets_go_of_its_number_before_a_line_is_torn_apart() {
    let pages = body("你镇《关于撤销××社区居民委员会的请示》（××政〔2025〕21号）收悉。经研究，现批复如下：");
    let first = lines(&pages)[0].text();
    assert!(first.ends_with("〔2025〕"), "{first}");
}

#[test]
fn a_sign_of_comparison_stays_with_its_figure() {
    let pages = body(&format!("{}≥95%", han(25)));
    assert!(lines(&pages)[1].text().contains("≥95"), "{:?}", texts(&pages));
}

#[test]
fn names_of_several_offices_end_at_one_edge() {
    let pages = set(vec![
        paragraph(Role::Body, "正文。"),
        paragraph(Role::Signature, "某某市人民政府办公室"),
        paragraph(Role::Signature, "某某市财政局"),
        paragraph(Role::SigningDate, "2026年11月15日"),
    ]);
    let all = lines(&pages);
    let em = profile().advance();
    assert!((right_end(all[1]) - right_end(all[2])).abs() < 0.01);
    assert!((profile().measure() - right_end(all[1]) - 2.0 * em).abs() < 0.01);
    assert!((all[3].x - all[1].x - 2.0 * em).abs() < 0.01, "placed by the widest name");
}

#[test]
fn who_signs_an_order_stands_four_characters_in() {
    let pages = set(vec![
        paragraph(Role::Title, "某川市人民政府令"),
        paragraph(Role::DocumentNumber, "第12号"),
        paragraph(Role::Body, "现予公布。"),
        paragraph(Role::Signature, "市长　张三"),
        paragraph(Role::SigningDate, "2026年1月5日"),
        paragraph(Role::Title, "某川市公园管理办法"),
        paragraph(Role::Body, "正文。"),
    ]);
    let all = lines(&pages);
    let (em, leading) = (profile().advance(), profile().leading());
    // GB/T 9704-2012 10.2, 7.3.5.3: two lines above the text and the name, one above the date.
    for (above, below, empty) in [(1, 2, 2.0), (2, 3, 2.0), (3, 4, 1.0)] {
        let apart = (all[below].baseline - all[above].baseline) / leading;
        assert!((apart - empty - 1.0).abs() < 0.01, "{apart} lines between {above} and {below}");
    }
    for signed in &all[3..5] {
        assert!((profile().measure() - right_end(signed) - 4.0 * em).abs() < 0.01, "{signed:?}");
    }
}

#[test]
fn the_salute_of_a_letter_begins_at_the_edge() {
    let pages = set(vec![
        paragraph(Role::Closing, "此致"),
        paragraph(Role::Closing, "敬礼！"),
        paragraph(Role::Closing, "谢谢大家！"),
    ]);
    let (all, em) = (lines(&pages), profile().advance());
    let indents: Vec<f64> = all.iter().map(|line| ((line.x - all[1].x) / em).round()).collect();
    assert_eq!(indents, [2.0, 0.0, 2.0]);
    assert!((all[1].x - profile().page.left * PT_PER_MM).abs() < 0.01, "{:?}", all[1]);
}

#[test]
fn the_last_line_is_not_spread() {
    let pages = body(&format!("{}，{}", han(26), han(5)));
    let last = *lines(&pages).last().unwrap();
    assert!((last.width - 7.0 * profile().advance()).abs() < 0.01, "{}", last.width);
}

#[test]
fn two_marks_together_are_one_and_a_half_em() {
    let em = profile().advance();
    for (text, width) in [
        ("甲”，乙", 3.5),
        ("甲）（乙", 3.5),
        ("甲。”乙", 3.5),
        ("甲：“乙", 3.5),
        ("甲《“乙", 3.5),
        ("甲”。（乙", 4.0),
        ("甲？！乙", 3.0),
        ("甲，乙", 3.0),
        ("甲·乙", 2.5),
    ] {
        let pages = body(text);
        let found = lines(&pages)[0].width / em;
        assert!((found - width).abs() < 0.01, "{text} is {found} em");
    }
}

#[test]
fn dashes_and_ellipses_are_not_divided() {
    for pair in ["——", "……"] {
        for before in 22..=27 {
            let pages = body(&format!("{}{pair}{}", han(before), han(30)));
            for line in texts(&pages) {
                let mark = pair.chars().next().unwrap();
                assert_ne!(line.chars().filter(|c| *c == mark).count(), 1, "{before}: {line}");
            }
        }
    }
}

#[test]
fn a_joined_dash_is_two_em_without_a_break() {
    let em = profile().advance();
    let pages = body("破折——号");
    let glyphs = &lines(&pages)[0].runs[0].glyphs;
    let dashes: Vec<f32> = glyphs.iter().filter(|g| g.text == '—').map(|g| g.x).collect();
    assert!((f64::from(dashes[1] - dashes[0]) - em).abs() < 0.01);
    // Faces whose dash does not fill its em have a glyph for the pair.
    for role in [Role::Title, Role::Heading(1), Role::Subtitle] {
        let pages = set(vec![paragraph(role, "破折——号")]);
        let line = lines(&pages)[0];
        let glyph = line.runs[0].glyphs.iter().find(|g| g.text == '—').unwrap();
        assert_eq!(glyph.then, Some('—'));
        assert_eq!(line.text(), "破折——号");
        assert!((line.width / line.runs[0].size - 5.0).abs() < 0.1, "{}", line.width);
    }
}

#[test]
fn numbers_stay_with_their_units() {
    for (text, whole) in [
        ("增长百分之三即3.5%以上", "3.5%"),
        ("印发国发〔2026〕1号文件", "〔2026〕1号"),
        ("自2026年起执行", "2026年"),
        ("资金￥386万元到位", "￥386万"),
        ("按照第12条办理", "第12条"),
    ] {
        for before in 15..=27 {
            let pages = body(&format!("{}{text}{}", han(before), han(30)));
            assert!(texts(&pages).iter().any(|line| line.contains(whole)), "{before}: {:?}", texts(&pages));
        }
    }
}

#[test]
fn han_and_latin_stand_a_quarter_em_apart() {
    let em = profile().advance();
    let with = |text: &str| lines(&body(text))[0].width;
    let latin = with("2026");
    assert!((with("年2026") - latin - em - em / 4.0).abs() < 0.01);
    assert!((with("，2026") - latin - em).abs() < 0.01, "no room beside a mark");
    assert!((with("年 2026") - latin - em - em / 4.0).abs() < 0.01, "a space is that room");
}

#[test]
fn quotation_marks_are_wide_in_chinese_and_narrow_in_latin() {
    let pages = body("他说“好”，读the “Belt” idea，it’s OK");
    let line = lines(&pages)[0];
    let face = |c: char, n: usize| {
        let mut runs = line.runs.iter().flat_map(|run| run.glyphs.iter().map(move |g| (run.face, g.text)));
        runs.by_ref().filter(|(_, text)| *text == c).nth(n).unwrap().0.name()
    };
    assert_eq!([face('“', 0), face('”', 0)], ["ZhuqueFangsong-Regular"; 2]);
    assert_eq!([face('“', 1), face('”', 1), face('’', 0)], ["LiberationSerif"; 3]);
}

#[test]
fn a_word_that_is_longer_than_a_line_is_cut() {
    let word = "x".repeat(300);
    let pages = body(&word);
    assert_eq!(texts(&pages).concat(), word);
    assert!(lines(&pages).iter().all(|line| right_end(line) <= profile().measure() + 0.02));
}

#[test]
fn titles_break_between_words_into_balanced_lines() {
    for (title, wanted) in [
        ("关于加强机关作风建设的通知", vec!["关于加强机关作风建设的通知"]),
        ("在市X系统机关干部暨业务骨干培训班上讲话", vec!["在市X系统机关干部暨业务骨干培训班上讲话"]),
        (
            "关于进一步加强全市机关办公用房管理和公务用车使用监督检查的通知",
            vec!["关于进一步加强全市机关办公用房", "管理和公务用车使用监督检查的通知"],
        ),
    ] {
        let pages = set(vec![paragraph(Role::Title, title)]);
        let found = texts(&pages);
        assert_eq!(found.concat(), title);
        assert_eq!(found.len(), wanted.len(), "{found:?}");
    }
    // What says when or of what kind stands with what it says it of.
    for (title, first) in [
        ("关于切实做好全市中小学春季学期开学疫情防控工作的通知", "关于切实做好全市中小学"),
        ("关于进一步加强全市基层党组织建设工作的实施意见", "关于进一步加强全市基层党组织"),
    ] {
        let found = texts(&set(vec![paragraph(Role::Title, title)]));
        assert_eq!((found.len(), found[0].as_str()), (2, first), "{found:?}");
    }
    let title = "在全市学习贯彻《关于加强新时代机关事务工作标准化建设的意见》暨“过紧日子”专题培训班上的讲话";
    let pages = set(vec![paragraph(Role::Title, title)]);
    let found = texts(&pages);
    assert_eq!(found.concat(), title);
    let open = found[0].matches('《').count();
    assert!(found.len() == 3 && open == found[0].matches('》').count() || found.len() > 1, "{found:?}");
    for line in &found {
        assert!(!line.starts_with(['的', '和', '与', '及', '暨', '》']), "{found:?}");
        assert!(line.chars().count() <= 21, "{found:?}");
    }
    for line in lines(&pages) {
        let middle = line.x + line.width / 2.0 - profile().page.left * PT_PER_MM;
        assert!((middle - profile().measure() / 2.0).abs() < 0.01, "centred");
    }
}

#[test]
fn chapters_and_the_head_of_contents_stand_in_the_middle() {
    let mut chapter = Paragraph::new(Role::Heading(2), vec![Inline::Text("第一节　总则".into())]);
    chapter.marker = Some(Marker { scheme: Scheme::Section, value: vec![1], text: "第一节　".into() });
    let mut part = chapter.clone();
    part.role = Role::Heading(1);
    let blocks = || {
        vec![
            paragraph(Role::Body, "目　录"),
            block(BlockKind::Paragraph(part.clone())),
            block(BlockKind::Paragraph(chapter.clone())),
        ]
    };
    let middle = |line: &Line| line.x + line.width / 2.0 - profile().page.left * PT_PER_MM;
    let pages = set(blocks());
    assert!(lines(&pages).iter().all(|line| (middle(line) - profile().measure() / 2.0).abs() < 0.01));
    let mut flush = profile();
    flush.centred_divisions = false;
    let mut options = Options::new().unwrap();
    options.profile = flush;
    let pages = layout(&document(blocks()), &options, &mut Diagnostics::default());
    assert!(lines(&pages).iter().all(|line| middle(line) < profile().measure() / 3.0));
}

#[test]
fn a_break_of_the_author_stays_in_a_title() {
    let pages = set(vec![paragraph(Role::Title, "某某市人民政府\n关于做好防汛工作的通知")]);
    assert_eq!(texts(&pages), ["某某市人民政府", "关于做好防汛工作的通知"]);
}

#[test]
fn name_and_date_of_the_signature_are_placed_by_each_other() {
    let pages = set(vec![
        paragraph(Role::Body, "正文。"),
        paragraph(Role::Signature, "某某市人民政府办公室"),
        paragraph(Role::SigningDate, "2026年1月5日"),
    ]);
    let all = lines(&pages);
    let em = profile().advance();
    assert!((profile().measure() - right_end(all[1]) - 2.0 * em).abs() < 0.01);
    assert!((all[2].x - all[1].x - 2.0 * em).abs() < 0.01, "the date begins two characters further in");
    assert_eq!(grid_line(all[1]).0 - grid_line(all[0]).0, 2.0, "an empty line above the name");
}

#[test]
fn labels_of_a_signature_begin_at_one_edge() {
    let pages = set(vec![
        paragraph(Role::Body, "正文。"),
        paragraph(Role::Signature, "申请人：李四"),
        paragraph(Role::Signature, "联系电话：13800000000"),
        paragraph(Role::Signature, "家长签字："),
        paragraph(Role::SigningDate, "2026年1月5日"),
    ]);
    let all = lines(&pages);
    assert!(all[1..4].iter().all(|line| (line.x - all[2].x).abs() < 0.01), "at the edge of the longest");
    let em = profile().advance();
    assert!((profile().measure() - right_end(all[2]) - 2.0 * em).abs() < 0.01);
}

#[test]
fn a_signature_does_not_stand_on_a_page_alone() {
    for full_lines in 15..=22 {
        let pages = set(vec![
            paragraph(Role::Body, &han(26 + 28 * (full_lines - 1))),
            paragraph(Role::Signature, "某某市人民政府办公室"),
            paragraph(Role::SigningDate, "2026年1月5日"),
        ]);
        let last = &pages.pages.last().unwrap().lines;
        assert_eq!(last[last.len() - 2].text(), "某某市人民政府办公室", "{full_lines}");
        assert!(last.len() >= 4, "{full_lines}: two lines of text come along");
        assert_eq!(pages.pages.len(), if full_lines > 19 { 2 } else { 1 });
    }
}

#[test]
fn no_page_parts_the_two_lines_of_closing_words() {
    for full_lines in 18..=22 {
        let pages = set(vec![
            paragraph(Role::Body, &han(26 + 28 * (full_lines - 1))),
            paragraph(Role::Closing, "此致"),
            paragraph(Role::Closing, "敬礼！"),
        ]);
        let of = |text: &str| {
            pages.pages.iter().position(|page| page.lines.iter().any(|line| line.text() == text))
        };
        assert_eq!(of("此致"), of("敬礼！"), "{full_lines}");
    }
}

#[test]
fn the_blank_behind_a_number_is_as_wide_in_every_line() {
    for (length, blanks) in (10..60).flat_map(|length| [(length, " "), (length, "  "), (length, "　")]) {
        let text = format!("第一条{blanks}为了规范管理，{}，根据法律，制定本条例。", han(length));
        let pages = body(&text);
        let lines = lines(&pages);
        let glyphs: Vec<_> = lines[0].runs.iter().flat_map(|run| &run.glyphs).collect();
        let at = |c: char| f64::from(glyphs.iter().find(|glyph| glyph.text == c).unwrap().x);
        assert!((at('为') - at('条') - 2.0 * profile().advance()).abs() < 0.01, "{length} {blanks:?}");
    }
}

#[test]
fn rows_of_columns_are_not_stretched() {
    let row = format!("{}    {}    {}", han(12), han(9), "12345678.00");
    let pages = body(&row);
    let text = body(&han(50));
    let edge = profile().measure();
    assert!(right_end(lines(&pages)[0]) < edge - 8.0 && (right_end(lines(&text)[0]) - edge).abs() < 0.1);
}

#[test]
fn a_heading_stays_with_its_text() {
    let mut blocks = vec![paragraph(Role::Body, &han(26 + 28 * 20))];
    blocks.push(paragraph(Role::Heading(1), "一、总体要求"));
    blocks.push(paragraph(Role::Body, &han(100)));
    let pages = set(blocks);
    assert_eq!(pages.pages[0].lines.len(), 21);
    assert_eq!(pages.pages[1].lines[0].text(), "一、总体要求");
}

#[test]
fn an_annex_begins_a_page() {
    let pages = set(vec![paragraph(Role::Body, "正文。"), paragraph(Role::AttachmentLabel, "附件1")]);
    assert_eq!(pages.pages.len(), 2);
    assert_eq!(grid_line(&pages.pages[1].lines[0]).0, 0.0);
}

#[test]
fn page_numbers_stand_at_the_outer_edge() {
    let pages = body(&han(28 * 23));
    let numbers: Vec<&Line> = pages.pages.iter().flat_map(|page| &page.numbers).collect();
    assert_eq!([numbers[0].text(), numbers[1].text()], ["— 1 —", "— 2 —"]);
    let profile = profile();
    assert!((profile.measure() - right_end(numbers[0]) - 14.0).abs() < 0.01);
    assert!((numbers[1].x - profile.page.left * PT_PER_MM - 14.0).abs() < 0.01);
    let dash = (profile.page.height - profile.page.bottom + 7.0) * PT_PER_MM;
    assert!((numbers[0].baseline - dash).abs() < 14.0 * 0.4 && numbers[0].baseline > dash);
}

fn cell(text: &str) -> Cell {
    Cell::new(vec![paragraph(Role::Body, text)])
}

fn table(rows: usize, text: &str) -> Table {
    let head = Row::new(vec![cell("序号"), cell("事项")]);
    let row = |n: usize| Row::new(vec![cell(&n.to_string()), cell(text)]);
    let rows = std::iter::once(head).chain((1..=rows).map(row)).collect();
    Table { header_rows: 1, rows, ..Table::default() }
}

#[test]
fn the_head_of_a_table_is_repeated() {
    let pages = set(vec![block(BlockKind::Table(table(60, "例行事项")))]);
    assert!(pages.pages.len() > 1);
    for page in &pages.pages {
        assert_eq!(page.lines[0].text(), "序号");
    }
    let all = texts(&pages);
    assert_eq!(all.iter().filter(|text| *text == "例行事项").count(), 60);
}

#[test]
fn the_head_of_a_table_stands_above_a_row() {
    for (lines, text) in
        (12..=22).map(|lines| (lines, han(60))).chain((12..=22).map(|lines| (lines, han(28 * 60))))
    {
        let mut blocks = vec![paragraph(Role::Body, &han(26 + 28 * (lines - 1)))];
        blocks.extend([paragraph(Role::Heading(1), "一、事项"), block(BlockKind::Table(table(2, &text)))]);
        for page in &set(blocks).pages {
            let last = page.lines.last().unwrap();
            assert!(!matches!(last.text().as_str(), "事项" | "一、事项"), "{lines}: {}", last.text());
        }
    }
}

#[test]
fn a_row_higher_than_a_page_is_divided_and_keeps_its_text() {
    let text = han(28 * 60);
    let pages = set(vec![block(BlockKind::Table(table(1, &text)))]);
    assert!(pages.pages.len() > 1);
    let found: String =
        texts(&pages).into_iter().filter(|t| t != "序号" && t != "事项" && t != "1").collect();
    assert_eq!(found, text);
    let bottom = (profile().page.height - profile().page.bottom) * PT_PER_MM;
    assert!(lines(&pages).iter().all(|line| line.baseline <= bottom));
}

#[test]
fn rows_are_divided_where_the_profile_says_so() {
    let set_rows = |divide_rows| {
        let blocks =
            vec![paragraph(Role::Body, &han(26 + 28 * 17)), block(BlockKind::Table(table(1, &han(26 * 8))))];
        let mut options = Options::new().unwrap();
        options.profile.divide_rows = divide_rows;
        layout(&document(blocks), &options, &mut Diagnostics::default())
    };
    let cells_on = |pages: &Pages, number: usize| {
        let of_table = |line: &&Line| line.kind == LineKind::TableCell && !line.text().contains('序');
        pages.pages[number].lines.iter().filter(of_table).map(|line| line.text()).collect::<String>()
    };
    let (whole, divided) = (set_rows(false), set_rows(true));
    assert_eq!((whole.pages.len(), divided.pages.len()), (2, 2));
    assert!(!cells_on(&whole, 0).contains('1'), "the row stands on the second page");
    let (first, second) = (cells_on(&divided, 0), cells_on(&divided, 1));
    assert!(first.starts_with("事项1") && first.chars().count() > 50, "{first}");
    assert_eq!(first.replace("事项1", "") + &second.replace("事项", ""), han(26 * 8));
}

#[test]
fn cells_may_span() {
    let mut wide = table(2, "事项");
    wide.rows[1].cells = vec![Cell { columns: 2, ..cell("合计") }];
    wide.rows[0].cells[0].rows = 1;
    let pages = set(vec![block(BlockKind::Table(wide)), paragraph(Role::Body, "后文")]);
    assert_eq!(texts(&pages), ["序号", "事项", "合计", "2", "事项", "后文"]);
    let last = *lines(&pages).last().unwrap();
    assert!(grid_line(last).1 < 1e-6, "the text after a table is on the grid again");
    for rule in &pages.pages[0].rules {
        assert!(rule.width >= 0.0 && rule.height >= 0.0);
    }
}

#[test]
fn a_spanning_cell_higher_than_a_page_keeps_its_text() {
    let text = han(28 * 60);
    let mut tall = table(3, "事项");
    tall.rows[1].cells[1] = Cell { rows: 3, ..cell(&text) };
    for row in &mut tall.rows[2..] {
        row.cells.truncate(1);
    }
    let pages = set(vec![block(BlockKind::Table(tall))]);
    let bottom = (profile().page.height - profile().page.bottom) * PT_PER_MM;
    assert!(lines(&pages).iter().all(|line| line.baseline <= bottom));
    let found: usize = texts(&pages).iter().map(|text| text.matches("要点").count()).sum();
    assert!(found + texts(&pages).len() > text.matches("要点").count());
}

#[test]
fn deep_lists_stay_on_the_page() {
    let mut blocks = vec![paragraph(Role::Body, &han(50))];
    for _ in 0..40 {
        let items = vec![ListItem { checked: None, blocks }];
        blocks = vec![block(BlockKind::List(List { start: None, tight: true, items }))];
    }
    let pages = set(blocks);
    let source: String = lines(&pages).iter().map(|line| line.source()).collect();
    assert_eq!(source, han(50));
    assert!(lines(&pages).iter().all(|line| right_end(line) <= profile().measure() + 0.02));
}

fn with_note(text: &str, note: &str) -> Document {
    let content = vec![Inline::Text(text.into()), Inline::NoteRef("n".into()), Inline::Text("。".into())];
    Document {
        blocks: vec![block(BlockKind::Paragraph(Paragraph::new(Role::Body, content)))],
        notes: vec![Note::foot("n", vec![paragraph(Role::Body, note)])],
        ..Document::default()
    }
}

#[test]
fn a_note_stands_at_the_foot_of_its_page() {
    let (pages, _) = set_with(&with_note(&han(26 + 28 * 18), "脚注的文字。"));
    let page = &pages.pages[0];
    let note = page.lines.last().unwrap();
    assert_eq!((note.kind, note.text().as_str()), (LineKind::Note, "1脚注的文字。"));
    assert_eq!(note.source(), "脚注的文字。");
    let bottom = (profile().page.height - profile().page.bottom) * PT_PER_MM;
    assert!(note.baseline < bottom && note.baseline > bottom - 20.0);
    assert!(page.lines.iter().any(|line| line.text().contains("1。") && line.source().contains('。')));
}

#[test]
fn a_note_without_room_goes_on_or_takes_its_line_along() {
    let long = han(12 * 200);
    let (pages, _) = set_with(&with_note(&han(100), &long));
    let found: String =
        lines(&pages).iter().filter(|l| l.kind == LineKind::Note).map(|line| line.source()).collect();
    assert_eq!(found, long);
    let bottom = (profile().page.height - profile().page.bottom) * PT_PER_MM;
    assert!(lines(&pages).iter().all(|line| line.baseline <= bottom));
}

#[test]
fn a_note_without_a_mark_is_not_lost() {
    let mut document = with_note("正文", "有标记");
    document.notes.push(Note::foot("x", vec![paragraph(Role::Body, "无标记")]));
    let (pages, _) = set_with(&document);
    assert!(lines(&pages).iter().any(|line| line.source() == "无标记"));
}

#[test]
fn lists_quotes_and_code_keep_their_text() {
    let item = |blocks| ListItem { checked: None, blocks };
    let pages = set(vec![
        block(BlockKind::List(List {
            start: Some(9),
            tight: true,
            items: vec![
                item(vec![paragraph(Role::Body, &han(60))]),
                item(vec![paragraph(Role::Body, "十"), paragraph(Role::Body, "续")]),
                item(vec![]),
            ],
        })),
        block(BlockKind::Quote(vec![paragraph(Role::Body, "引文")])),
        block(BlockKind::Code(Code { language: String::new(), text: "a = 1\n\n\tb".into() })),
    ]);
    let source: Vec<String> = lines(&pages).iter().map(|line| line.source()).collect();
    assert_eq!(source.concat(), format!("{}十续引文a = 1\tb", han(60)));
    let first = lines(&pages)[0];
    assert!(first.text().starts_with("9."));
    let hang = lines(&pages)[1].x;
    assert!((lines(&pages)[4].x - hang).abs() < 0.01, "a further paragraph stands under the first");
    assert!(texts(&pages).iter().any(|text| text == "11."), "an empty item shows its number");
    assert_eq!(texts(&pages).iter().filter(|text| text.is_empty()).count(), 1, "an empty line of code");
}

#[test]
fn a_nested_list_stands_two_characters_in_from_its_parent() {
    let item = |text: &str, inner| ListItem {
        checked: None,
        blocks: std::iter::once(paragraph(Role::Body, text)).chain(inner).collect(),
    };
    let bullets = |items| block(BlockKind::List(List { start: None, tight: true, items }));
    let third = bullets(vec![item("三级", None)]);
    let second = bullets(vec![item("二级", Some(third))]);
    let numbers = List { start: Some(1), tight: true, items: vec![item("一级", Some(second))] };
    let pages = set(vec![block(BlockKind::List(numbers))]);
    let left: Vec<f64> = lines(&pages).iter().map(|line| line.x - lines(&pages)[0].x).collect();
    let em = profile().advance();
    assert!((left[1] - 2.0 * em).abs() < 0.01 && (left[2] - 4.0 * em).abs() < 0.01, "{left:?}");
}

#[test]
fn the_mark_of_a_note_stays_with_its_word() {
    for count in 20..30 {
        let mut marked = Paragraph::plain(han(count));
        marked.content.push(Inline::NoteRef("a".into()));
        marked.content.push(Inline::Text(format!("，{}", han(40))));
        let blocks = vec![block(BlockKind::Paragraph(marked))];
        let notes = vec![Note::foot("a", vec![paragraph(Role::Body, "注文")])];
        let (pages, _) = set_with(&Document { blocks, notes, ..Document::default() });
        let all = lines(&pages);
        let text = all.iter().filter(|line| line.kind != LineKind::Note);
        let starts: Vec<String> = text.map(|line| line.text()).collect();
        assert!(starts.iter().all(|line| !line.starts_with('1')), "{count}: {starts:?}");
    }
}

#[test]
fn columns_of_code_line_up() {
    let text = "Wi = 中\nab = x";
    let pages = set(vec![block(BlockKind::Code(Code { language: String::new(), text: text.into() }))]);
    let place = |line: &Line| {
        let glyphs: Vec<_> = line.runs.iter().flat_map(|run| &run.glyphs).collect();
        glyphs.iter().find(|glyph| glyph.text == '=').unwrap().x
    };
    assert!((place(lines(&pages)[0]) - place(lines(&pages)[1])).abs() < 0.01);
}

#[test]
fn what_cannot_be_shown_is_reported() {
    let picture = Image { target: "a.png".into(), alt: "示意图".into(), ..Image::default() };
    let (pages, findings) = set_with(&document(vec![
        paragraph(Role::Body, "缺\u{10FFFD}字"),
        block(BlockKind::Image(picture)),
        block(BlockKind::Raw("<br>".into())),
    ]));
    let dropped: Vec<_> = findings.iter().filter(|f| f.kind == Kind::Dropped).collect();
    let codes: Vec<&str> = dropped.iter().map(|f| f.code).collect();
    assert_eq!(codes, ["character-missing", "image-dropped", "markup-dropped"]);
    assert!(dropped.iter().all(|f| f.at == Location::line(7)));
    assert!(dropped[0].message.to_string().contains("U+10FFFD"));
    assert_eq!(dropped[2].text, "<br>");
    assert_eq!(texts(&pages), ["缺\u{10FFFD}字", "示意图"], "〓 stands for the character");
}

/// The head of a PNG file of that many pixels; layout reads no more of it.
fn png(target: &str, width: u32, height: u32) -> Picture {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes().into_iter().chain(height.to_be_bytes()));
    bytes.extend(b"\x08\x02\0\0\0");
    Picture { target: target.into(), bytes }
}

fn image(target: &str) -> Image {
    Image { target: target.into(), alt: "示意图".into(), ..Image::default() }
}

#[test]
fn a_picture_leaves_room_for_its_caption_on_its_page() {
    for lines_above in 1..=22 {
        let pictures = vec![png("tall", 300, 9000), png("low", 300, 400)];
        let mut blocks = vec![paragraph(Role::Body, &han(26 + 28 * (lines_above - 1)))];
        for target in ["tall", "low"] {
            blocks.push(block(BlockKind::Image(image(target))));
            blocks.push(paragraph(Role::Body, "图1　工作流程"));
        }
        let (pages, _) = set_with(&Document { blocks, pictures, ..Document::default() });
        for page in &pages.pages {
            let captions = page.lines.iter().filter(|line| line.text().starts_with('图')).count();
            assert_eq!(captions, page.figures.len(), "{lines_above}");
        }
    }
}

#[test]
fn verses_stand_below_each_other() {
    let pages = body("上联：山河添锦绣\n下联：日月焕光华\n横批：万象更新");
    let left: Vec<f64> = lines(&pages).iter().map(|line| line.x).collect();
    assert_eq!(left.len(), 3);
    assert!(left.iter().all(|x| (x - left[0]).abs() < 0.01), "{left:?}");
    // A line that goes on below goes on at the edge.
    let long = body(&format!("{}\n{}", han(40), han(5)));
    assert!(lines(&long)[2].x < lines(&long)[0].x);
}

#[test]
fn a_table_stands_below_its_title_as_text_does() {
    let pages = set(vec![paragraph(Role::Title, "某川市报名表"), block(BlockKind::Table(table(2, "事项")))]);
    let top = pages.pages[0].rules.iter().map(|rule| rule.y).fold(f64::INFINITY, f64::min);
    let free = top - profile().page.top * PT_PER_MM - profile().leading();
    assert!(free > profile().leading(), "{free}");
}

#[test]
fn pictures_are_scaled_to_the_measure_and_take_lines_of_the_grid() {
    let pictures = vec![png("small", 100, 40), png("wide", 4000, 1000), png("tall", 300, 9000)];
    let mut blocks = vec![paragraph(Role::Body, "正文。")];
    blocks.extend(["small", "wide", "tall"].map(|target| block(BlockKind::Image(image(target)))));
    blocks.push(paragraph(Role::Body, "后文。"));
    let (pages, findings) = set_with(&Document { blocks, pictures, ..Document::default() });
    assert!(findings.iter().all(|found| found.code != "image-dropped"), "{findings:?}");
    let figures: Vec<_> = pages.pages.iter().flat_map(|page| &page.figures).collect();
    let (measure, height) = (profile().measure(), profile().height());
    let left = profile().page.left * PT_PER_MM;
    assert!((figures[0].area.width - 75.0).abs() < 0.01 && (figures[0].area.height - 30.0).abs() < 0.01);
    assert!((figures[1].area.width - measure).abs() < 0.01);
    assert!((figures[1].area.height - measure / 4.0).abs() < 0.01, "in proportion");
    assert!(figures[2].area.height <= height && figures[2].area.height > height * 0.9);
    for (figure, index) in figures.iter().zip(0..) {
        assert_eq!((figure.picture, figure.alt.as_str()), (index, "示意图"));
        let middle = figure.area.x + figure.area.width / 2.0 - left;
        assert!((middle - measure / 2.0).abs() < 0.01, "centred");
    }
    let first = &pages.pages[0];
    assert!(first.lines[0].baseline < first.figures[0].area.y, "below the line before it");
    assert!(first.figures[0].area.y + first.figures[0].area.height < first.figures[1].area.y);
    assert!(lines(&pages).iter().all(|line| grid_line(line).1 < 1e-6));
}

#[test]
fn a_picture_in_a_line_moves_the_text_and_a_note_or_cell_makes_room_for_it() {
    let content = vec![Inline::Text("前".into()), Inline::Image(image("p")), Inline::Text("后".into())];
    let with_picture = || block(BlockKind::Paragraph(Paragraph::new(Role::Body, content.clone())));
    let row = Row::new(vec![Cell::new(vec![with_picture()])]);
    let table = Table { rows: vec![row.clone(), row], ..Table::default() };
    let mark = Inline::NoteRef("n".into());
    let document = Document {
        blocks: vec![
            with_picture(),
            block(BlockKind::Table(table)),
            block(BlockKind::Paragraph(Paragraph::new(Role::Body, vec![Inline::Text("注".into()), mark]))),
        ],
        notes: vec![Note::foot("n", vec![with_picture()])],
        pictures: vec![png("p", 200, 100)],
        ..Document::default()
    };
    let (pages, _) = set_with(&document);
    let (lines, figures) = (lines(&pages), &pages.pages[0].figures);
    assert_eq!(figures.len(), 4);
    let first = lines[0];
    let glyphs: Vec<_> = first.runs.iter().flat_map(|run| &run.glyphs).collect();
    let after = first.x + f64::from(glyphs.iter().find(|glyph| glyph.text == '后').unwrap().x);
    assert!((after - figures[0].area.x - 150.0).abs() < 0.2, "the grid is a little narrower than the type");
    for pair in figures.windows(2) {
        assert!(pair[0].area.y + pair[0].area.height < pair[1].area.y, "{figures:?}");
    }
    let bottom = (profile().page.height - profile().page.bottom) * PT_PER_MM;
    assert!(figures[3].area.y + figures[3].area.height < bottom);
}

#[test]
fn characters_from_another_face_are_reported_once() {
    let (_, findings) = set_with(&document(vec![paragraph(Role::Body, "①②①"), paragraph(Role::Body, "①★")]));
    let found: Vec<_> = findings.iter().filter(|f| f.code == "character-from-another-face").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text, "①②★");
    assert!(
        findings
            .iter()
            .any(|f| f.code == "face-substituted" && f.message.to_string().contains("仿宋_GB2312"))
    );
}

#[test]
fn titles_of_links_and_languages_of_code_are_reported() {
    let link = Inline::Link {
        target: "https://example.cn".into(),
        title: "释义".into(),
        content: vec![Inline::Text("链接".into())],
    };
    let code = Code { language: "sql".into(), text: "select".into() };
    let (_, found) = set_with(&document(vec![
        block(BlockKind::Paragraph(Paragraph::new(Role::Body, vec![link]))),
        block(BlockKind::Code(code)),
    ]));
    for (code, text) in [("link-title", "释义"), ("code-language", "sql")] {
        assert!(
            found.iter().any(|f| f.code == code && f.text == text && f.kind == Kind::Dropped),
            "{found:?}"
        );
    }
}

#[test]
fn a_variation_selector_stays_with_its_character() {
    let text = "葛\u{E0100}城";
    assert_eq!(texts(&body(text)).concat(), text);
}

#[test]
fn markings_stand_at_the_top_left_in_hei() {
    let pages = set(vec![
        paragraph(Role::Marking, "000012"),
        paragraph(Role::Marking, "机密★1年"),
        paragraph(Role::Marking, "特　急"),
        paragraph(Role::DocumentNumber, "某政发〔2026〕1号"),
        paragraph(Role::Title, "关于做好防汛工作的通知"),
        paragraph(Role::Heading(1), "一、要求"),
    ]);
    let lines = lines(&pages);
    let left = profile().page.left * PT_PER_MM;
    for (number, line) in lines[..3].iter().enumerate() {
        assert!((line.x - left).abs() < 0.01, "{}", line.text());
        let (stands, off) = grid_line(line);
        assert!(stands == number as f64 && off < 0.01, "{}: {stands} {off}", line.text());
        assert_eq!(line.runs[0].size, 16.0);
    }
    let face = |line: &Line| line.runs[0].face;
    assert_eq!((face(lines[1]), face(lines[2])), (face(lines[5]), face(lines[5])));
    // The number keeps its place in the middle, a line below them.
    assert!(lines[3].x > left + 100.0 && grid_line(lines[3]).0 == 4.0);
}

#[test]
fn names_of_those_present_stand_below_names() {
    let names = "许文博、沈一舟、罗青山、丁小川、郑远航、宋小满、贺兰山、陆大有、柳叶青、石门开";
    let mut present = Paragraph::new(Role::Attendance, vec![Inline::Text(format!("出席：{names}"))]);
    present.lead = Some(Lead { end: 3, level: 1 });
    let pages = set(vec![
        paragraph(Role::Body, "文。"),
        block(BlockKind::Paragraph(present)),
        paragraph(Role::Attendance, "赵　六　县财政局　　　　孙　七　县水利局"),
        paragraph(Role::Heading(1), "一、文"),
    ]);
    let (lines, em) = (lines(&pages), profile().advance());
    let left = profile().page.left * PT_PER_MM;
    let at = |line: usize| (lines[line].x - left) / em;
    // One empty line above the first, none above the others.
    assert_eq!([1, 2, 3].map(|line| grid_line(lines[line]).0), [2.0, 3.0, 4.0]);
    assert!((at(1) - 2.0).abs() < 0.01, "{}", at(1));
    for line in [2, 3] {
        assert!((at(line) - 5.0).abs() < 0.05, "{}", at(line));
    }
    let (label, name) = (&lines[1].runs[0], lines[1].runs.last().unwrap());
    assert_eq!(label.face, lines[4].runs[0].face);
    assert_ne!(label.face, name.face);
    // The label heads nothing.
    assert_eq!(pages.outline.len(), 1);
}

#[test]
fn a_number_and_who_signs_stand_at_both_edges() {
    let pages = set(vec![
        paragraph(Role::DocumentNumber, "青政发〔2026〕4号　　　　签发人：王　明"),
        paragraph(Role::Body, "文。"),
        paragraph(Role::Occasion, "在会上"),
    ]);
    let (lines, em) = (lines(&pages), profile().advance());
    let left = profile().page.left * PT_PER_MM;
    assert!((lines[0].x - left - em).abs() < 0.01, "{}", lines[0].x);
    assert!((right_end(lines[0]) - profile().measure() + em).abs() < 0.5, "{}", right_end(lines[0]));
    let face = |line: &Line, c: char| {
        let run = line.runs.iter().find(|run| run.glyphs.iter().any(|glyph| glyph.text == c));
        run.map(|run| run.face)
    };
    assert_eq!(face(lines[0], '签'), face(lines[1], '文'));
    assert_eq!(face(lines[0], '明'), face(lines[2], '会'));
    assert_ne!(face(lines[0], '明'), face(lines[0], '签'));
}

#[test]
fn a_run_in_heading_has_its_own_face() {
    let mut first = Paragraph::plain("第一，抓落实。其余的话。");
    first.lead = Some(Lead { end: 7, level: 1 });
    let pages = set(vec![block(BlockKind::Paragraph(first))]);
    let runs = &lines(&pages)[0].runs;
    assert_eq!(runs[0].face.name(), "NotoSansSC-Medium");
    assert_eq!(runs[0].glyphs.len(), 7);
    assert_eq!(pages.outline[0].title, "第一，抓落实");
}

#[test]
fn the_imprint_stands_at_the_foot_of_the_last_page() {
    let pages = set(vec![
        paragraph(Role::Body, "正文。"),
        paragraph(Role::CopyTo, "抄送：市委各部门。"),
        paragraph(Role::CopyTo, "某某市人民政府办公室"),
    ]);
    let last = *lines(&pages).last().unwrap();
    let bottom = (profile().page.height - profile().page.bottom) * PT_PER_MM;
    assert!(bottom - last.baseline < profile().leading());
    assert_eq!(pages.pages.last().unwrap().rules.len(), 3);
}

#[test]
fn a_masthead_is_red_and_stands_where_the_standard_puts_it() {
    let head = |name: &str| {
        vec![
            paragraph(Role::Marking, "特急"),
            paragraph(Role::Byline, name),
            paragraph(Role::DocumentNumber, "某政发〔2026〕7号"),
            paragraph(Role::Title, "关于防汛的通知"),
            paragraph(Role::Body, "正文。"),
        ]
    };
    let mm = |pt: f64| pt / PT_PER_MM;
    let leading = profile().leading();
    let top = profile().page.top * PT_PER_MM;
    for (name, size) in [("某某市人民政府文件", 42.0), ("某某省某某市人力资源和社会保障局文件", 24.5)]
    {
        let pages = set(head(name));
        let page = &pages.pages[0];
        let [marking, name, number, title, body] = &page.lines[..] else { panic!("{:?}", texts(&pages)) };
        let red: Vec<bool> = page.lines.iter().map(|line| line.red).collect();
        assert_eq!(red, [false, true, false, false, false]);
        // 7.2.4: its upper edge 35 mm below that of the type area, centred on one line.
        let set_at = name.runs[0].size;
        assert!((set_at - size).abs() < 1e-9, "{set_at}");
        assert!((mm(name.baseline - 0.88 * set_at - top) - 35.0).abs() < 0.3, "{}", mm(name.baseline));
        let middle = profile().page.left * PT_PER_MM + profile().measure() / 2.0;
        assert!((name.x + name.width / 2.0 - middle).abs() < 1.0);
        // 7.2.5: two empty lines; 7.2.7: the rule 4 mm below, as wide as the type area; 7.3.1: two empty lines.
        let grid = |line: &Line| ((line.baseline - top) / leading).floor();
        assert_eq!([marking, number, title, body].map(grid), [0.0, 7.0, 10.0, 12.0]);
        let [rule] = page.red_rules[..] else { panic!("{:?}", page.red_rules) };
        assert!((mm(rule.y - number.baseline - 0.12 * 16.0) - 4.0).abs() < 0.1, "{rule:?}");
        assert!((rule.width - profile().measure()).abs() < 1e-9);
        assert!(page.rules.is_empty());
    }
    // Without markings the place is the same.
    let pages = set(head("某某市人民政府文件").split_off(1));
    assert!((mm(pages.pages[0].lines[0].baseline - 0.88 * 42.0 - top) - 35.0).abs() < 0.3);
    // Who signs right below what stands below the rule is as far from it as anywhere.
    let mut signed = head("某某市人民政府文件");
    signed.truncate(4);
    signed
        .extend([paragraph(Role::Signature, "某某市人民政府"), paragraph(Role::SigningDate, "2026年1月5日")]);
    let pages = set(signed);
    let [.., title, name, _] = &pages.pages[0].lines[..] else { panic!("{:?}", texts(&pages)) };
    assert!((name.baseline - title.baseline - 2.0 * leading).abs() < 0.1, "{:?}", texts(&pages));
    // A speaker is none.
    let pages = set(vec![paragraph(Role::Title, "讲话"), paragraph(Role::Byline, "某某市市长")]);
    assert!(lines(&pages).iter().all(|line| !line.red) && pages.pages[0].red_rules.is_empty());
}

#[test]
fn an_empty_document_has_one_page() {
    assert_eq!(set(vec![]).pages.len(), 1);
    let ended = set(vec![paragraph(Role::Body, "正文。"), block(BlockKind::PageBreak)]);
    assert_eq!(ended.pages.len(), 1, "a break that nothing follows opens no page");
    assert_eq!(set(vec![block(BlockKind::PageBreak), paragraph(Role::Body, "")]).pages.len(), 1);
}

/// Marks, Han, Latin, figures and spaces in any order.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[一-龥]{1,6}",
        4 => prop::sample::select(vec![
            "，", "。", "、", "；", "：", "？", "！", "”", "“", "《", "》", "（", "）", "——", "……", "·", "～",
        ]).prop_map(str::to_owned),
        2 => "[a-z]{1,9}",
        2 => "[0-9]{1,4}",
        1 => prop::sample::select(vec![" ", "%", ".", ",", "(", ")", "\u{3000}", "\"", "—", "…", "-", "/"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn lines_keep_the_text_and_the_rules(text in any_text()) {
        let pages = body(&text);
        let all = lines(&pages);
        prop_assert_eq!(texts(&pages).concat(), text.clone());
        for (number, line) in all.iter().enumerate() {
            prop_assert!(right_end(line) <= profile().measure() + 0.02, "{}", line.text());
            prop_assert!(grid_line(line).1 < 1e-6);
            let shown = line.text();
            // A run of marks longer than a line can't be kept together.
            let marks = "，。、；：？！）》”“《（·～—…%.,()\"-/ \u{3000}";
            let crowded = text.split(|c| !marks.contains(c)).any(|run| run.chars().count() > 12);
            if number > 0 && !crowded {
                prop_assert!(!shown.starts_with(['，', '。', '、', '；', '：', '？', '！', '）', '》', '”', '·', '～']),
                    "{:?}", texts(&pages));
            }
            if number + 1 < all.len() && !crowded {
                let shown = shown.trim_end_matches([' ', '\u{3000}']);
                prop_assert!(!shown.ends_with(['（', '《', '“']), "{:?}", texts(&pages));
            }
        }
    }

    #[test]
    fn glyphs_stand_in_order(text in any_text()) {
        let pages = body(&text);
        for line in lines(&pages) {
            let xs: Vec<f32> = line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.x).collect();
            prop_assert!(xs.windows(2).all(|pair| pair[1] > pair[0] - 8.5), "{:?}", xs);
        }
    }
}

fn any_paragraph() -> impl Strategy<Value = Block> {
    let roles = prop::sample::select(vec![
        Role::Title,
        Role::Subtitle,
        Role::Recipient,
        Role::Heading(1),
        Role::Heading(3),
        Role::Point(2),
        Role::Body,
        Role::Signature,
        Role::SigningDate,
        Role::AttachmentNote,
        Role::AttachmentLabel,
        Role::CopyTo,
        Role::Boilerplate,
    ]);
    (roles, any_text(), any::<bool>()).prop_map(|(role, text, noted)| {
        let mut content = vec![Inline::Text(text)];
        if noted {
            content.push(Inline::NoteRef("n".into()));
        }
        block(BlockKind::Paragraph(Paragraph::new(role, content)))
    })
}

fn any_block() -> impl Strategy<Value = Block> {
    any_paragraph().prop_recursive(3, 24, 5, |inner| {
        let blocks = prop::collection::vec(inner, 0..4).boxed();
        let cells = (blocks.clone(), 1u32..4, 1u32..4).prop_map(|(blocks, columns, rows)| Cell {
            columns,
            rows,
            ..Cell::new(blocks)
        });
        let rows = prop::collection::vec(prop::collection::vec(cells, 1..4), 1..5);
        prop_oneof![
            blocks.clone().prop_map(|blocks| block(BlockKind::Quote(blocks))),
            (prop::collection::vec(blocks, 1..4), any::<Option<u8>>()).prop_map(|(items, start)| {
                let items = items.into_iter().map(|blocks| ListItem { checked: None, blocks }).collect();
                block(BlockKind::List(List { start: start.map(u64::from), tight: false, items }))
            }),
            rows.prop_map(|rows| {
                let rows = rows.into_iter().map(Row::new).collect();
                block(BlockKind::Table(Table { rows, ..Table::default() }))
            }),
            any_text().prop_map(|text| {
                block(BlockKind::Code(Code { language: String::new(), text: text + "\n行\n" }))
            }),
            Just(block(BlockKind::Rule)),
            Just(block(BlockKind::PageBreak)),
        ]
    })
}

fn characters(blocks: &[Block], found: &mut Vec<char>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => found.extend(paragraph.text().chars()),
            BlockKind::List(list) => list.items.iter().for_each(|item| characters(&item.blocks, found)),
            BlockKind::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| characters(&cell.blocks, found));
            }
            BlockKind::Quote(blocks) => characters(blocks, found),
            BlockKind::Code(code) => found.extend(code.text.chars()),
            BlockKind::Image(_) | BlockKind::Rule | BlockKind::PageBreak | BlockKind::Raw(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nothing_is_lost_and_nothing_leaves_the_page(
        blocks in prop::collection::vec(any_block(), 0..12),
        note in any_text(),
    ) {
        let mut document = document(blocks);
        document.notes = vec![Note::foot("n", vec![paragraph(Role::Body, &note)])];
        let (pages, _) = set_with(&document);
        let mut wanted: Vec<char> = note.chars().collect();
        characters(&document.blocks, &mut wanted);
        wanted.retain(|c| *c != '\n');
        wanted.sort_unstable();
        let mut found: Vec<char> = lines(&pages).iter().flat_map(|line| line.source().chars().collect::<Vec<_>>()).collect();
        found.sort_unstable();
        prop_assert_eq!(wanted.into_iter().collect::<String>(), found.into_iter().collect::<String>());
        let bottom = (profile().page.height - profile().page.bottom) * PT_PER_MM;
        let top = profile().page.top * PT_PER_MM;
        for line in lines(&pages) {
            prop_assert!(line.baseline <= bottom && line.baseline > top, "{:?} at {}", line.text(), line.baseline);
            if line.turned {
                let right = (profile().page.width - profile().page.right) * PT_PER_MM;
                prop_assert!(line.x < right && line.baseline - line.width >= top - 0.02, "{:?}", line.text());
            } else {
                prop_assert!(right_end(line) <= profile().measure() + 0.02, "{:?}", line.text());
            }
        }
    }
}

#[test]
fn a_line_is_left_short_rather_than_torn_apart() {
    let (word, han) = ("Donaudampfschifffahrtsgesellschaft", han(20));
    for text in [format!("{han}{word}{word}"), format!("{han}：\u{fffc}甲")] {
        let mut content = vec![Inline::Text(text.replace('\u{fffc}', ""))];
        let mut pictures = Vec::new();
        if text.contains('\u{fffc}') {
            let bytes = include_bytes!("../../../tests/pictures/grey.jpg").to_vec();
            pictures.push(Picture { target: "图".into(), bytes });
            let size = Some(crate::tree::ImageSize { width: 8000, height: 2000 });
            content = vec![
                Inline::Text("列表中的图：".into()),
                Inline::Image(Image { target: "图".into(), alt: "图".into(), size, ..Image::default() }),
            ];
        }
        let blocks = vec![block(BlockKind::Paragraph(Paragraph::new(Role::Body, content)))];
        let (pages, _) = set_with(&Document { blocks, pictures, ..Document::default() });
        let first = lines(&pages)[0];
        assert!(right_end(first) < profile().measure() - 50.0, "{}", first.text());
        let places: Vec<f32> = first.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.x).collect();
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] < 16.5), "{places:?}");
    }
}

#[test]
fn a_dash_between_figures_begins_no_line() {
    for before in 0..6 {
        for (text, dash) in [("（2026—2028年）", '—'), ("GB/T 18316—2008", '—'), ("1—3月", '—')]
        {
            let text = format!("{}{text}{}", han(20 + before), han(30));
            assert!(texts(&body(&text)).iter().all(|line| !line.starts_with(dash)), "{text}");
        }
    }
}

#[test]
fn a_picture_that_its_file_turns_has_its_sides_changed() {
    let upright = include_bytes!("../../../tests/pictures/grey.jpg").to_vec();
    let area = |bytes: Vec<u8>| {
        let image = Image { target: "图".into(), alt: "图".into(), ..Image::default() };
        let blocks = vec![block(BlockKind::Image(image))];
        let pictures = vec![Picture { target: "图".into(), bytes }];
        let (pages, _) = set_with(&Document { blocks, pictures, ..Document::default() });
        let area = pages.pages[0].figures[0].area;
        (area.width, area.height)
    };
    let (width, height) = area(upright.clone());
    assert_ne!((width, height), (height, width));
    for (value, turned) in [(1, false), (3, false), (4, false), (6, true), (7, true), (8, true)] {
        let found = area(crate::tree::orientation::with_orientation(&upright, value));
        assert_eq!(found, if turned { (height, width) } else { (width, height) }, "{value}");
    }
}

/// The lines of a title, parted by `/`.
fn title(text: &str) -> String {
    texts(&set(vec![paragraph(Role::Title, text)])).join("/")
}

#[test]
fn titles_divide_no_names() {
    for (text, lines) in [
        (
            "中共某川市委组织部　某川市人力资源和社会保障局　某川市财政局关于进一步加强基层专业技术人才队伍建设的意见",
            "中共某川市委组织部　/某川市人力资源和社会保障局　/某川市财政局关于进一步加强/基层专业技术人才队伍建设的意见",
        ),
        (
            "某川市财政局　某川市审计局　国家税务总局某川市税务局关于开展惠民惠农财政补贴资金专项检查的通知",
            "某川市财政局　某川市审计局　/国家税务总局某川市税务局关于开展/惠民惠农财政补贴资金专项检查的通知",
        ),
        (
            "某川市人民政府办公室关于成立某川市第五次全国经济普查领导小组的通知",
            "某川市人民政府办公室关于成立某川市/第五次全国经济普查领导小组的通知",
        ),
    ] {
        assert_eq!(title(text), lines);
    }
    for (text, names) in [
        ("某川市人民政府关于赵卫东等同志职务任免的通知", &["赵卫东"][..]),
        ("某川市人民政府关于表彰2025年度“某川市质量奖”获奖组织和个人的通报", &["某川市质量奖"]),
        ("关于某家口市蔚县人民法院执行局长林晓明先进事迹的学习材料", &["执行局长", "林晓明"]),
        (
            "某川市生态环境局关于某州云海新材料有限公司年产20万吨碳酸锂项目环境影响报告书的批复",
            &["云海新材料"],
        ),
        ("关于划转某州水务投资集团有限责任公司国有股权有关事项的复函", &["投资集团有限责任公司"]),
        ("某州市2026年“五一”国际劳动节庆祝大会暨劳动模范表彰大会主持词", &["国际劳动节", "庆祝大会"]),
        ("“五一”国际劳动节庆祝大会暨全市劳动模范先进工作者表彰活动主持词", &["国际劳动节"]),
        (
            "在某川市第十六届人民代表大会常务委员会第七次全体会议上的讲话",
            &["第十六届人民代表大会", "第七次全体会议"],
        ),
        ("某川市公共图书馆文化馆错时延时开放服务规范（试行）", &["错时延时"]),
        ("某川市人民政府令第58号公布　自2026年5月1日起施行", &["令第58号公布　", "自2026年5月1日"]),
        ("坚定信心　锐意进取　奋力谱写新时代某川高质量发展新篇章", &["锐意进取　", "奋力谱写新时代"]),
    ] {
        let found = title(text);
        let whole = names.iter().all(|name| found.split('/').any(|line| line.contains(name)));
        assert!(whole, "{found}");
    }
    for (text, name) in [
        (
            "关于印发某阳市发展改革委等部门某阳市促进养老托育服务健康发展若干措施和加快培育银发经济新增长点工作方案的通知",
            "某阳市",
        ),
        (
            "某川市人民政府办公室关于转发市发展改革委等部门某川市关于促进养老托育服务健康发展若干措施的通知",
            "发展改革委",
        ),
        ("国务院关于《某江三角洲地区多中心城市群国土空间规划（2023—2035年）》的批复", "城市群"),
    ] {
        assert!(title(text).split('/').any(|line| line.contains(name)), "{}", title(text));
    }
}

#[test]
fn a_title_has_no_waist_however_long() {
    let text = "某川市人民政府办公室关于转发市发展改革委等部门某川市关于促进养老托育服务健康发展若干措施和加快培育银发经济新增长点工作方案的通知";
    let widths: Vec<usize> = title(text).split('/').map(|line| line.chars().count()).collect();
    for i in 1..widths.len() {
        let longer = |part: &[usize]| part.iter().any(|width| *width > widths[i]);
        assert!(!(longer(&widths[..i]) && longer(&widths[i..])), "{widths:?}");
    }
}

#[test]
fn a_line_of_a_title_has_room_for_all_of_its_marks() {
    let text = "某川市人民政府办公室关于印发《某川市推进老旧小区加装电梯和适老化改造三年行动方案（2026—2028年）》的通知";
    for line in texts(&set(vec![paragraph(Role::Title, text)])) {
        let em: f64 = line.chars().map(|c| if c.is_ascii_digit() { 0.5 } else { 1.0 }).sum();
        assert!(em * 22.0 <= profile().measure(), "{line}");
    }
}

#[test]
fn an_ellipsis_stands_in_no_line_alone() {
    for length in 24..30 {
        let text = format!("{}……", han(26 + 28 + length));
        let last = texts(&body(&text)).pop().unwrap();
        assert!(last.chars().filter(|c| *c != '…').count() >= 2, "{length}: {last}");
    }
}

#[test]
fn a_sign_of_mathematics_stays_with_its_letters() {
    for length in 20..30 {
        let text = format!("{}∠ABC相等", han(length));
        assert!(texts(&body(&text)).iter().all(|line| !line.ends_with('∠')), "{length}");
    }
}

#[test]
fn the_date_stands_below_the_last_of_several_names_in_a_row() {
    let pages = set(vec![
        paragraph(Role::Signature, "某川市教育局　某川市公安局"),
        paragraph(Role::Signature, "某川市市场监督管理局　某川市城市管理局"),
        paragraph(Role::SigningDate, "2026年3月9日"),
    ]);
    let lines = lines(&pages);
    // Two characters right of where the widest of the last begins, 某川市城市管理局 (GB/T 9704-2012 7.3.5.2).
    assert!(
        (lines[2].x - lines[1].x - lines[1].width + 6.0 * profile().advance()).abs() < 0.5,
        "{} {}",
        lines[1].x,
        lines[2].x
    );
}

#[test]
fn raised_and_lowered_signs_are_set_from_the_signs_themselves() {
    let text = "浓度不大于5×10⁻⁶ mol·L⁻¹，Na⁺、SO₄²⁻各半。";
    let (pages, found) = set_with(&document(vec![paragraph(Role::Body, text)]));
    assert!(found.iter().all(|found| found.code != "character-missing"), "{found:#?}");
    assert_eq!(texts(&pages).concat(), text);
    let all = lines(&pages);
    let raised = all.iter().flat_map(|line| &line.runs).filter(|run| run.rise > 0.0);
    let raised: String = raised.flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect();
    assert_eq!(raised, "⁻⁻⁺⁻");
}

#[test]
fn underlined_blanks_are_lines_to_write_upon_at_the_end_of_a_line_too() {
    let blank = Inline::Styled(InlineStyle::Underline, vec![Inline::Text("　".repeat(10))]);
    let content = vec![Inline::Text("身份证号：".into()), blank];
    let pages = set(vec![block(BlockKind::Paragraph(Paragraph::new(Role::Body, content)))]);
    let rules: Vec<_> = pages.pages[0].rules.iter().filter(|rule| rule.width > 9.0 * 16.0).collect();
    assert_eq!(rules.len(), 1, "{:?}", pages.pages[0].rules);
}

#[test]
fn who_issues_and_when_stand_at_both_edges() {
    let ends = |text: &str| {
        let pages = set(vec![paragraph(Role::Byline, text)]);
        let lines = lines(&pages);
        assert_eq!(lines.len(), 1, "{text}");
        (lines[0].x - profile().page.left * PT_PER_MM, right_end(lines[0]))
    };
    let edge = profile().measure() - 16.0;
    let (left, right) = ends("南湖区人民政府办公室　　　　　　　　　　　2026年4月3日");
    assert!((left - 16.0).abs() < 1.0 && (right - edge).abs() < 1.0, "{left} {right}");
    let (left, _) = ends("张　三");
    assert!(left > 100.0);
}

#[test]
fn keywords_with_blanks_between_them_stay_beside_each_other() {
    let right = |text: &str| right_end(lines(&set(vec![paragraph(Role::CopyTo, text)]))[0]);
    assert!(right("主题词：人事  任免  通知") < 350.0);
    assert!(right("某某市人民政府办公室　　　2026年4月3日印发") > 400.0);
}

#[test]
fn columns_of_names_that_are_wider_than_the_page_stand_closer() {
    let rows = [
        "出席：许文博　县交通运输局　　　　贺兰兰　县财政局",
        "沈一舟　县公路养护中心　　　丁　山　县应急管理局",
    ];
    let pages = set(rows.map(|row| paragraph(Role::Attendance, row)).to_vec());
    let lines = lines(&pages);
    assert_eq!(lines.len(), 2, "{:?}", lines.iter().map(|line| line.text()).collect::<Vec<_>>());
    let columns = ['贺', '丁'].map(|name| {
        let glyphs = lines
            .iter()
            .flat_map(|line| line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| (line.x, glyph)));
        glyphs
            .filter(|(_, glyph)| glyph.text == name)
            .map(|(x, glyph)| x + f64::from(glyph.x))
            .next()
            .unwrap()
    });
    assert!((columns[0] - columns[1]).abs() < 0.1, "{columns:?}");
}
