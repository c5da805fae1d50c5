//! Documents of many sorts, written for these tests.

use super::super::recognise;
use super::{BODY, check, decode};
use crate::diagnostic::Diagnostics;
use crate::tree::Role;

#[test]
fn a_speech() {
    check(&format!(
        "title|在全市办公室主任会议上的讲话
        date|（2026年1月5日）
        byline|市委秘书长　张　三
        ~
        salutation|同志们：
        body|{BODY}下面，我讲三点意见。
        heading1|一、提高认识，把握定位
        body|{BODY}
        point2|第一，要站得高。{BODY}
        point2|第二，要看得远。{BODY}
        heading1|二、突出重点，抓好落实
        heading2|（一）抓学习
        body|{BODY}
        heading2|（二）抓作风
        body|{BODY}
        heading1|三、加强领导，形成合力
        body|{BODY}
        body|同志们！
        closing|同志们，使命光荣，责任重大。让我们团结一心，为实现全年目标而努力奋斗！
        closing|谢谢大家！"
    ));
}

#[test]
fn adverts_above_and_below() {
    check(&format!(
        "boilerplate|公众号：某某文库
        boilerplate|海量材料免费下载
        boilerplate|扫码加群，每天更新
        ~
        ~
        ~
        title|在动员大会上的发言
        salutation|各位领导、各位同事：
        body|{BODY}
        heading1|一、工作情况
        body|{BODY}
        heading1|二、下步打算
        body|{BODY}
        closing|谢谢大家！
        boilerplate|更多范文请关注公众号
        boilerplate|第 1 页 共 1 页"
    ));
}

#[test]
fn numbers_in_text_are_text() {
    check(&format!(
        "title|关于上半年经济运行情况的报告
        body|一、二季度全市经济增长5.2%，主要指标好于预期，居民收入稳步提高，就业形势总体稳定。
        body|1.5亿元专项资金已经全部下达，各县区要尽快组织实施，确保年底前完成全部支出任务。
        body|2024.5.20 完成了全部验收工作。
        body|第一时间赶到现场的是消防队员，他们连续奋战了十几个小时，保住了群众的生命财产。
        body|三、四个项目同时推进，进度总体符合预期，年底前可以全部完成主体工程建设任务。
        heading1|一、主要情况
        body|{BODY}
        heading1|二、存在问题
        body|{BODY}"
    ));
}

#[test]
fn a_letter() {
    check(&format!(
        "title|入党申请书
        salutation|敬爱的党组织:
        body|{BODY}
        body|{BODY}
        closing|此致
        closing|敬礼
        signature|　　　　　　　　　　申请人：李四
        signing-date|　　　　　　　　　　2026年3月1日"
    ));
}

#[test]
fn run_in_headings_and_standalone_ones_in_one_document() {
    check(&format!(
        "title|2026年工作要点
        heading1|一、总体要求
        point2|（一）指导思想。{BODY}
        heading2|（二）发展目标。
        body|{BODY}
        heading1|二、重点任务
        point2|（三）推进改革。{BODY}
        point2|（四）扩大开放。{BODY}"
    ));
}

#[test]
fn one_sentence_per_line_is_body() {
    check(
        "title|在开幕式上的致辞
        salutation|各位来宾，女士们，先生们：
        body|值此大会开幕之际，我代表市政府表示热烈祝贺。
        body|这次大会是一次盛会。
        body|世界总人口已超过五十八亿。
        body|我相信会议一定会取得积极成果。
        closing|预祝大会圆满成功！",
    );
}

#[test]
fn caption_and_dateline_round_a_speech() {
    check(&format!(
        "title|携手共创未来
        occasion|－－－在国际大会开幕式上的讲话
        date|（一九九七年十月十二日）（附图片１张）
        byline|李四
        boilerplate|市长李四在国际大会开幕式上讲话。
        boilerplate|（本报记者王五摄）
        salutation|各位来宾，各位朋友：
        body|{BODY}
        closing|谢谢大家。
        remark|（新华社北京１０月１２日电）"
    ));
}

#[test]
fn a_page_with_its_frame() {
    check(&format!(
        "boilerplate|当前位置：
        boilerplate|首页
        boilerplate|>
        boilerplate|政务公开
        boilerplate|某市政府工作报告
        boilerplate|发布时间：
        boilerplate|2026-02-09 09:45
        boilerplate|【字体：
        boilerplate|大
        boilerplate|中
        boilerplate|小
        boilerplate|】
        title|政府工作报告
        occasion|——2026年2月3日在某市第十届人民代表大会第四次会议上
        byline|市长　王　五
        salutation|各位代表：
        body|{BODY}
        heading1|一、2025年工作回顾
        point2|——经济平稳增长。{BODY}
        point2|——民生持续改善。{BODY}
        heading1|二、2026年重点工作
        body|{BODY}
        closing|各位代表！蓝图已经绘就。让我们团结奋斗，谱写新篇章！
        boilerplate|责任编辑：小李
        boilerplate|【打印】【关闭】"
    ));
}

#[test]
fn headings_without_numbers() {
    check(&format!(
        "title|政府工作报告
        salutation|各位代表：
        body|{BODY}
        heading1|“十四五”时期工作回顾
        body|{BODY}
        heading1|“十五五”时期主要目标
        body|{BODY}"
    ));
}

#[test]
fn a_title_letter_spaced() {
    check(&format!(
        "title|国务院关于某项工作
        title+|几 个 问 题 的 通 知
        document-number|国发〔1981〕88号
        recipient|各省、市、自治区人民政府：
        body|{BODY}
        signature|　　　　　　　　　　　　　　　　　　国务院
        signing-date|　　　　　　　　　　　　　　　一九八一年五月二十三日"
    ));
}

#[test]
fn a_host_script_is_no_salutation() {
    check(
        "title|迎新晚会主持词
        body|男：尊敬的各位领导、老师，
        body|女：亲爱的同学们，
        body|合：大家晚上好！
        body|男：今天我们欢聚一堂，共同迎接新的一年的到来。
        body|女：让我们在歌声中开始今天的晚会。",
    );
}

#[test]
fn a_text_that_begins_in_the_middle() {
    check(&format!(
        "body|{BODY}
        point1|三、要加强领导。{BODY}
        point1|四、要狠抓落实。{BODY}"
    ));
}

#[test]
fn speakers_and_dates_in_any_order() {
    check(&format!(
        "title|凝心聚力　开创新局
        occasion|——在全市经济工作会议上的讲话
        byline|市委书记、市人大常委会主任　张三
        date|2026年1月5日
        remark|（根据录音整理）
        salutation|同志们、朋友们！
        body|{BODY}
        heading1|一、形势
        body|{BODY}
        heading1|二、任务
        body|{BODY}
        closing|我的讲话完了，谢谢大家！"
    ));
    check(&format!(
        "title|在某某学校开学典礼上的讲话（2026年9月1日）
        byline|校长　李　明
        salutation|尊敬的老师、亲爱的同学们，大家好！
        body|{BODY}
        closing|最后，祝大家学习进步！"
    ));
    check(&format!(
        "title|某某局2025年工作总结
        body|{BODY}
        heading1|一、主要工作
        body|{BODY}
        heading1|二、主要问题
        body|{BODY}
        signature|某某局
        signing-date|2025年12月31日"
    ));
}

#[test]
fn a_speech_without_title() {
    check(&format!(
        "salutation|各位领导、同志们：
        body|{BODY}
        heading2|（一）统一思想
        body|{BODY}
        heading2|（二）真抓实干
        body|{BODY}
        closing|谢谢！"
    ));
}

#[test]
fn a_salutation_run_into_text_is_body() {
    check(&format!(
        "title|新年茶话会上的讲话
        body|同志们，朋友们：今晨在这里同大家欢聚一堂，{BODY}
        body|同志们，中国人民在过去的一年里取得了很大成绩，{BODY}
        closing|祝大家新年快乐！"
    ));
}

#[test]
fn numbered_long_sentences_are_points() {
    check(&format!(
        "title|在庆祝酒会上的发言
        salutation|尊敬的各位来宾：
        body|{BODY}
        point3|1、{BODY}{BODY}
        point3|2、{BODY}{BODY}
        point3|3、{BODY}{BODY}
        closing|让我们共同举杯，为友谊干杯，祝大家身体健康！"
    ));
}

#[test]
fn a_second_title_after_many_empty_lines() {
    check(&format!(
        "title|祭祖大典议程
        heading1|第一项：
        body|鸣炮。
        heading1|第二项：
        body|一鞠躬    再鞠躬    三鞠躬
        ~
        ~
        ~
        ~
        title|祭祖文
        body|维公元二○二六年清明之日，{BODY}"
    ));
}

#[test]
fn lines_that_begin_with_a_number_but_are_no_items() {
    check(&format!(
        "title|学生会工作安排
        body|{BODY}
        body|11月：饮食和住宿
        body|12月会议时间待定
        body|30号学院学生会开会，请全体成员准时参加。"
    ));
}

#[test]
fn colon_lines_in_mid_text_are_no_salutation() {
    check(&format!(
        "title|在座谈会上的讲话
        salutation|同志们：
        body|{BODY}
        body|要做到这几点：
        point2|一是要学。{BODY}
        point2|二是要干。{BODY}
        body|{BODY}"
    ));
}

#[test]
fn prose_order_in_a_speech() {
    check(&format!(
        "title|在毕业典礼上的演讲
        byline|李四
        salutation|亲爱的同学们：
        body|大家好！
        body|首先我要感谢各位老师，{BODY}
        point2|首先，要有理想。{BODY}
        point2|其次，要有本领。{BODY}
        point2|最后，要有担当。{BODY}
        body|{BODY}
        closing|祝同学们前程似锦！
        closing|谢谢大家！"
    ));
}

#[test]
fn a_bare_title_with_dash_inside() {
    check(&format!(
        "title|共同创造美好的新世纪——二○○一年新年贺词
        date|（二○○○年十二月三十一日）（附图片1张）
        salutation|女士们，先生们，同志们，朋友们：
        body|{BODY}
        closing|最后，我从北京祝大家新年快乐！
        closing|谢谢。
        remark|（新华社北京12月31日电）
        boilerplate|图片：
        boilerplate|某主席发表新年贺词。
        boilerplate|（新华社记者李四摄）"
    ));
}

#[test]
fn points_with_dashes_and_with_is() {
    check(&format!(
        "title|在总结会上的讲话
        salutation|同志们：
        heading1|一、成绩
        body|{BODY}
        point2|——产业结构不断优化。{BODY}
        point2|——底线任务牢牢守住。{BODY}
        heading1|二、任务
        point2|（一）抓改革。{BODY}
        point2|一是放权。{BODY}
        point2|二是松绑。{BODY}
        point2|（二）抓开放。{BODY}"
    ));
}

#[test]
fn adverts_without_a_gap_and_titles_with_their_words() {
    check(&format!(
        "boilerplate|【写作素材群】每天分享领导讲话
        boilerplate|本群仅限内部交流，请勿外传
        boilerplate|微信：abc123456
        title|在会员代表大会上的讲话
        byline|会长 王五
        date|（2026年3月1日）
        salutation|尊敬的各位领导、各位同仁，
        salutation|女士们、先生们：
        body|大家晚上好！
        body|{BODY}
        point2|第一句话，心中有梦。{BODY}
        point2|第二句话，脚下有路。{BODY}
        closing|最后，祝大家新年快乐！
        boilerplate|（本文来自网络，版权归原作者所有）"
    ));
}

#[test]
fn several_speeches_in_one_file() {
    check(&format!(
        "body|目　录
        body|1．在经济工作会议上的讲话 …………1
        body|2．在党建工作会议上的讲话 …………9
        ~
        title|在经济工作会议上的讲话
        salutation|同志们：
        body|{BODY}
        heading1|一、关于今年工作
        body|{BODY}
        heading1|二、关于明年工作
        body|{BODY}
        ~
        title|在党建工作会议上的讲话
        salutation|同志们：
        body|{BODY}
        heading1|一、提高认识
        body|{BODY}
        heading1|二、狠抓落实
        body|{BODY}
        closing|谢谢大家！"
    ));
}

#[test]
fn a_reprint_under_the_title_of_its_page() {
    check(&format!(
        "boilerplate|某主席在某某论坛开幕式上的主旨演讲（全文）
        remark|新华社北京1月1日电
        title|携手同行　共创未来
        occasion|——在某某论坛开幕式上的主旨演讲
        date|（1月1日）
        byline|某某国主席　张三
        salutation|尊敬的各位国家元首、政府首脑，
        salutation|各位国际组织负责人，
        salutation|女士们，先生们，朋友们：
        body|{BODY}
        body|女士们、先生们、朋友们！
        point2|第一，坚持开放合作。{BODY}
        point2|第二，坚持创新驱动。{BODY}
        body|各位同事！
        body|{BODY}
        closing|谢谢大家。"
    ));
}

/// Lines that begin such a list are looked at once, however many come before text goes on.
#[test]
fn lists_of_those_present_without_end_are_text_where_text_goes_on() {
    let text = format!("县政府常务会议纪要\n\n{BODY}\n{}{BODY}\n", "出席：张三、李四\n".repeat(30_000));
    let mut document = decode(&text);
    recognise(&mut document, &mut Diagnostics::default());
    let role = |at: usize| document.blocks[at].paragraph().map(|paragraph| paragraph.role);
    assert_eq!(document.blocks.len(), 30_003);
    assert_eq!([2, 15_000, 30_001].map(role), [Some(Role::Body); 3]);
}
