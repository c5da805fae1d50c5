//! Official documents and rules: notices, orders, laws, plans, minutes.

use super::super::recognise;
use super::{BODY, check, decode};
use crate::diagnostic::Diagnostics;
use crate::tree::{Block, Document, Role};

#[test]
fn a_notice_with_attachments() {
    check(&format!(
        "title|某市人民政府办公室
        title+|关于做好防汛工作的通知
        document-number|某政办发〔2026〕12号
        recipient|各县（市、区）人民政府，市政府各部门、各直属机构：
        body|{BODY}现将有关事项通知如下：
        point1|一、强化责任。{BODY}
        point1|二、加强值守。{BODY}
        body|特别情况请及时报告，不得迟报、漏报、瞒报，并抄告相关单位。
        attachment-note|附件：1.值班表
        attachment-note|2.联系人名单
        ~
        signature|某市人民政府办公室
        signing-date|2026年5月1日
        remark|（此件公开发布）
        ~
        attachment-label|附件1
        title|防汛值班表
        body|值班人员应当按时到岗，不得擅自离岗，交接班时应当填写记录，并签字确认。
        copy-to|抄送：市委办公室，市人大常委会办公室。
        copy-to|某市人民政府办公室　　　2026年5月1日印发"
    ));
}

#[test]
fn a_title_on_something_goes_on_to_its_noun() {
    check(&format!(
        "title|关于进一步规范
        title+|全县公务用车管理工作的通知
        recipient|各乡镇人民政府：
        body|{BODY}"
    ));
}

#[test]
fn a_short_notice_is_signed_on_a_day_without_its_year() {
    check(
        "title|停水通知
        body|因管道检修，定于7月5日（星期六）8:00—18:00停水，请做好储水准备。
        signature|后勤服务中心
        signing-date|7月3日",
    );
}

#[test]
fn names_set_in_below_a_label_stay_there() {
    let text = concat!(
        "　　副组长：王小二　市政府副秘书长\n",
        "　　　　　　欧阳锋　市卫生健康委员会主任\n",
        "　　成　员：周伯通　市委宣传部副部长\n",
        "　　　　　　洪七公　市发展改革委副主任\n",
        "　　　　　　黄　蓉　总工程师\n\n",
        "　　办公室设在市卫生健康委员会，承担日常工作。\n",
    );
    let mut document = decode(text);
    let texts = |document: &Document| -> Vec<String> {
        document.blocks.iter().filter_map(Block::paragraph).map(|one| one.text()).collect()
    };
    recognise(&mut document, &mut Diagnostics::default());
    let once = texts(&document);
    let set_in: Vec<bool> =
        once.iter().map(|text| text.starts_with("　　　　") && !text.starts_with("　　　　　")).collect();
    assert_eq!(set_in, [false, true, false, true, true, false], "{once:?}");
    recognise(&mut document, &mut Diagnostics::default());
    assert_eq!(texts(&document), once);
}

#[test]
fn blanks_of_half_the_width_set_names_in_as_well() {
    let mut document = decode(concat!(
        "副组长：赵  伟    副县长\n        孙丽娟    副县长\n成  员：周  涛    县政府办公室主任\n",
        "        吴海波    县生态环境局局长\n       郑小军    县农业农村局局长\n  办公室设在县水利局。\n",
    ));
    recognise(&mut document, &mut Diagnostics::default());
    let texts = document.blocks.iter().filter_map(Block::paragraph).map(|one| one.text());
    let set_in: Vec<bool> = texts.map(|text| text.starts_with("　　　　")).collect();
    assert_eq!(set_in, [false, true, false, true, true, false]);
    // Neither sentences nor fields.
    let mut document =
        decode("地  点：三楼会议室\n        今天，我们召开会议，学习上级文件精神。\n        年  龄：\n");
    recognise(&mut document, &mut Diagnostics::default());
    let texts = document.blocks.iter().filter_map(Block::paragraph).map(|one| one.text());
    assert!(texts.into_iter().all(|text| !text.starts_with('　')));
}

#[test]
fn a_law() {
    check(
        "title|某市城市管理条例
        occasion|2010年5月1日某市第三届人民代表大会常务委员会第五次会议通过
        occasion|2018年6月1日某市第五届人民代表大会常务委员会第十次会议修订
        body|目　录
        body|第一章　总　则
        body|第二章　管理职责
        heading1|第一章　总　则
        point3|第一条　为了加强城市管理，根据有关法律，制定本条例。
        point3|第二条　本市行政区域内的城市管理活动，适用本条例。
        heading1|第二章　管理职责
        point3|第三条　城市管理部门履行下列职责：
        point4|（一）宣传法律、法规；
        point4|（二）查处违法行为；
        point4|（三）其他职责。
        body|前款所称其他职责，由市人民政府规定，并向社会公布，接受公众的监督。
        point3|第四条　本条例自公布之日起施行。",
    );
}

#[test]
fn items_that_end_in_semicolons_are_points() {
    check(&format!(
        "title|关于组织活动的通知
        recipient|各科室：
        body|{BODY}
        heading1|一、活动安排
        point3|1.上午九点集合；
        point3|2.十点出发；
        point3|3.十二点返回。
        heading1|二、注意事项
        body|{BODY}
        signature|某某局
        signing-date|二○二六年三月一日"
    ));
}

#[test]
fn a_document_in_a_document() {
    check(&format!(
        "title|某市人民政府关于印发
        title+|《某市工作规则》的通知
        document-number|某政发〔2026〕3号
        recipient|各区县人民政府：
        body|现将《某市工作规则》印发给你们，请认真贯彻执行。
        signature|某市人民政府
        signing-date|2026年2月3日
        remark|（此件公开发布）
        title|某市工作规则
        heading1|第一章　总　则
        point2|一、{BODY}{BODY}
        point2|二、{BODY}{BODY}
        heading1|第二章　附　则
        point2|三、{BODY}{BODY}"
    ));
}

#[test]
fn decimal_numbers() {
    check(&format!(
        "title|某市突发事件应急预案
        heading1|1　总则
        heading2|1.1　编制目的
        body|{BODY}
        heading2|1.2　编制依据
        body|{BODY}
        heading1|2　组织体系
        heading2|2.1　指挥机构
        heading3|2.1.1　职责
        body|{BODY}"
    ));
}

#[test]
fn a_meeting_record_keeps_its_labels_as_text() {
    check(&format!(
        "title|局长办公会议纪要
        body|时间：2026年3月1日上午
        body|地点：三楼会议室
        body|主持人：王五
        body|出席：张三、李四
        body|{BODY}
        heading1|一、关于预算问题
        body|{BODY}
        heading1|二、关于人事问题
        body|{BODY}"
    ));
}

#[test]
fn one_form_with_two_roles() {
    check(&format!(
        "title|调研工作方案
        heading1|一、工作步骤
        heading3|1.收集问题
        body|{BODY}
        heading3|2.分析问题
        body|{BODY}
        heading1|二、工作要求
        point3|1．学生按时提交报告。
        point3|2．教师按时批改报告。
        point3|3．学校按时汇总报告。"
    ));
}

#[test]
fn sections_out_of_order_stay_headings() {
    check(&format!(
        "title|工作报告
        heading1|一、基本情况
        body|{BODY}
        heading1|二、主要做法
        body|{BODY}
        heading1|四、存在问题
        body|{BODY}
        heading1|三、下步打算
        body|{BODY}
        heading1|四、几点建议
        body|{BODY}"
    ));
}

#[test]
fn a_reply_with_han_date_and_two_signers() {
    check(
        "title|国务院、中央军委关于同意迁址的批复
        document-number|国函〔1996〕95号
        recipient|武警总部：
        body|关于迁址新建的请示（〔1996〕1号）收悉，现批复如下：
        body|同意迁址新建，所需建设资金由你们自行解决，有关事宜请与有关部门办理。
        signature|国务院　中央军委
        signing-date|一九九六年十一月五日",
    );
}

#[test]
fn an_order() {
    check(
        "title|某省人民政府令
        document-number|第306号
        body|《某省专利条例》已经省人民政府常务会议通过，现予公布，自2019年3月1日起施行。
        signature|省长　　李四
        signing-date|2018年11月6日
        title|某省专利条例
        occasion|（1991年3月4日某省人民政府令第76号发布　2018年9月6日修订）
        heading1|第一章　总　　则
        point3|第一条　为了规范专利行为，制定本条例。
        point3|第二条　本条例自2019年3月1日起施行。",
    );
}

#[test]
fn parts_above_numbers() {
    check(&format!(
        "title|某某系统年度工作报告
        heading1|第一部分　工作回顾
        heading2|一、主要成绩
        body|{BODY}
        heading2|二、主要经验
        body|{BODY}
        heading1|第二部分　工作安排
        heading2|一、总体要求
        body|{BODY}
        heading2|二、重点任务
        heading3|（一）抓项目
        body|{BODY}
        heading3|（二）抓改革
        body|{BODY}"
    ));
}

#[test]
fn holidays_are_points_not_headings() {
    check(&format!(
        "title|关于2026年部分节假日安排的通知
        document-number|某办发明电〔2025〕7号
        recipient|各部门：
        body|{BODY}
        point1|一、元旦：1月1日至3日放假调休，共3天。
        point1|二、春节：2月15日至23日放假调休，共9天。
        point1|三、清明节：4月4日至6日放假，共3天。
        body|节假日期间，各部门要妥善安排好值班和安全、保卫等工作，遇有重大事件及时报告。
        signature|某某办公厅
        signing-date|2025年11月1日"
    ));
}

#[test]
fn a_minute_of_members_in_columns_is_text() {
    check(&format!(
        "title|某市人民政府办公室关于成立领导小组的通知
        recipient|各有关单位：
        body|{BODY}组成人员如下：
        body|组　长：李　四　　副市长
        body|副组长：王　五　　市政府副秘书长
        body|成　员：赵六　　　市财政局局长
        body|　　　　孙七　　　市公安局副局长
        signature|某市人民政府办公室
        signing-date|2026年4月1日"
    ));
}

#[test]
fn an_annex_with_the_cells_of_a_table() {
    check(
        "attachment-label|附件一
        title|2026年度提案汇总表
        body|班级
        body|主提案人
        body|提案内容
        body|一班
        body|张三
        body|关于改善食堂的提案",
    );
}

#[test]
fn a_plan_with_parts_chapters_and_sections() {
    check(&format!(
        "title|某省十五五规划纲要
        occasion|（2026年1月30日省第十四届人民代表大会第四次会议批准）
        body|目  录
        body|第一篇  开启新征程
        body|第一章  发展基础
        body|第一节  成就
        body|第二篇  重点任务
        body|第二章  科技创新
        heading1|第一篇  开启新征程
        heading2|第一章  发展基础
        heading3|第一节  成就
        body|{BODY}
        heading1|第二篇  重点任务
        heading2|第二章  科技创新
        body|{BODY}"
    ));
}

#[test]
fn an_order_of_business_with_an_annex() {
    check(&format!(
        "document-number|某集发〔2026〕8号                          签发人：张三
        title|关于表彰先进的决定
        recipient|各子公司、各部门：
        body|{BODY}
        attachment-note|附：表彰名单（见附件）
        closing|特此决定。
        signature|某某集团有限公司
        signing-date|2026年2月2日
        ~
        attachment-label|附件：
        title|表彰名单
        heading1|一、先进集体（3个）
        body|第一分公司　第二分公司　第三分公司
        heading1|二、先进个人（4名）
        body|张三　李四　王五　赵六"
    ));
}

#[test]
fn markings_stand_with_their_labels_too() {
    check(&format!(
        "marking|份号：000001
        marking|密级：秘密
        marking|紧急程度：加急
        document-number|某政办发〔2026〕5号
        title|关于开展自查的通知
        recipient|各县区人民政府：
        body|{BODY}
        signature|某市人民政府办公室
        signing-date|2026年1月4日"
    ));
}

#[test]
fn minutes_end_in_lists_of_names() {
    let minutes = |head: &str, tail: &str| {
        format!(
            "title|某市人民政府常务会议纪要
            body|时间：2026年3月19日
            body|出席：李四、王五、赵六。
            {head}
            body|{BODY}
            {tail}"
        )
    };
    check(&minutes(
        "body|会议听取了汇报。",
        "attendance|出席：李四　市财政局　　　　王五　市水利局
        attendance|赵六　市农业局　　　　孙七　市林业局
        attendance|请假：周八（出差）
        attendance|列席人员：各县区负责同志，媒体记者3人。
        signing-date|2026年3月20日
        copy-to|抄送：市委办公室。",
    ));
    // Text below them is the text of the minutes.
    check(&minutes(&format!("body|{BODY}\nbody|出席：李四、王五\nbody|{BODY}"), "attendance|列席：赵六"));
    // Other documents have no such end.
    check(&format!("title|关于工作情况的报告\nbody|{BODY}\nbody|出席：李四、王五"));
}

#[test]
fn names_stand_below_names_where_the_author_put_them() {
    let text = format!(
        "青石县水利工作会议纪要\n\n时间：2026年3月19日\n\n{BODY}\n\n出席：沈一苇　县政府\n　　　温　煦　县财政局\n\
         列席：\n县自然资源局　　　副局长　　　李四\n请假：王五（出差）\n记录：赵六\n\n抄送：县委办公室。\n"
    );
    let mut document = decode(&text);
    recognise(&mut document, &mut Diagnostics::default());
    let of_names = |block: &&Block| block.paragraph().is_some_and(|row| row.role == Role::Attendance);
    assert_eq!(document.blocks.iter().filter(of_names).count(), 6, "{document:?}");
}

#[test]
fn what_stands_below_lists_of_names_is_no_name() {
    let head = format!("青石县水利工作会议纪要\n\n时间：2026年3月19日\n\n{BODY}\n\n出席：沈一苇　县政府\n");
    let blank = "　".repeat(15);
    for (below, role) in [
        (format!("{blank}青石县人民政府办公室\n{blank}2026年3月20日\n"), Role::Signature),
        ("　　　抄送：县委办公室，县人大常委会办公室。\n".to_owned(), Role::CopyTo),
        ("　　　县府办　2026年3月20日印发\n".to_owned(), Role::CopyTo),
        ("　　　附件：1.任务清单\n".to_owned(), Role::AttachmentNote),
    ] {
        let mut document = decode(&format!("{head}{below}"));
        recognise(&mut document, &mut Diagnostics::default());
        let roles: Vec<Role> =
            document.blocks.iter().filter_map(Block::paragraph).map(|row| row.role).collect();
        let names = roles.iter().position(|role| *role == Role::Attendance).unwrap();
        assert_eq!(roles[names + 1], role, "{below}");
    }
    // A label without any name is none.
    let mut document = decode(&format!("{head}参加：\n会议指出，安全工作要抓紧\n"));
    recognise(&mut document, &mut Diagnostics::default());
    assert_ne!(document.blocks[document.blocks.len() - 2].paragraph().unwrap().role, Role::Attendance);
}

#[test]
fn who_let_a_bulletin_go_stands_at_its_foot() {
    let text = format!(
        "青石教育简报\n\n{BODY}\n\n报：县委。\n送：各科室。\n编辑：李四　　审核：王五　　签发：赵六　　（共印150份）\n"
    );
    let mut document = decode(&text);
    recognise(&mut document, &mut Diagnostics::default());
    let last = document.blocks.last().and_then(Block::paragraph).unwrap();
    assert_eq!(last.role, Role::CopyTo, "{document:?}");
    // So does a page name its own.
    let text = format!("青石县第一小学新闻\n\n{BODY}\n\n责任编辑：李四　　审核：王五　　签发：赵六\n");
    let mut document = decode(&text);
    recognise(&mut document, &mut Diagnostics::default());
    assert_ne!(document.blocks.last().and_then(Block::paragraph).unwrap().role, Role::CopyTo);
}

#[test]
fn a_letterhead_is_kept_among_page_frames() {
    check(&format!(
        "marking|机密★一年
        byline|某市人民政府文件
        document-number|某政发〔2026〕1号
        boilerplate|发布时间：2026-01-05
        title|某市人民政府关于做好工作的通知
        recipient|各区县人民政府：
        body|{BODY}
        signature|某市人民政府
        signing-date|2026年1月4日"
    ));
}

#[test]
fn who_signs_stands_beside_the_number() {
    for (above, below) in [
        ("特急\n签发人：李　四\n\n青石县水利局文件\n\n青水字〔2026〕8号\n", ""),
        ("青石县水利局文件\n青水字〔2026〕8号\n签发人：李　四\n", ""),
        ("青石县水利局文件\n", "青水字〔2026〕8号\n签发人：李　四\n"),
    ] {
        let text = format!("{above}\n关于解决工程资金的请示\n{below}\n县人民政府：\n{BODY}\n");
        let mut document = decode(&text);
        let mut diagnostics = Diagnostics::default();
        recognise(&mut document, &mut diagnostics);
        let number = document.blocks.iter().filter_map(Block::paragraph);
        let number: Vec<String> =
            number.filter(|one| one.role == Role::DocumentNumber).map(|one| one.text()).collect();
        assert_eq!(number, ["青水字〔2026〕8号　　签发人：李　四"], "{text}");
        assert!(diagnostics.iter().any(|found| found.code == "signer-beside-number"), "{text}");
    }
}

#[test]
fn who_prints_and_when_are_one_row() {
    for copies in ["抄送：县委办公室，县人大常委会办公室。\n", ""] {
        let text = format!(
            "关于做好防汛工作的通知\n各乡镇人民政府：\n{BODY}\n\n青石县水利局\n2026年4月8日\n\n{copies}\
             青石县水利局办公室\n2026年4月9日印发\n（共印80份）\n"
        );
        let mut document = decode(&text);
        recognise(&mut document, &mut Diagnostics::default());
        let rows = document.blocks.iter().filter_map(Block::paragraph);
        let rows: Vec<String> = rows.filter(|one| one.role == Role::CopyTo).map(|one| one.text()).collect();
        let printed = "青石县水利局办公室　　2026年4月9日印发";
        assert_eq!(rows[rows.len() - 2..], [printed, "（共印80份）"], "{rows:?}");
    }
}
