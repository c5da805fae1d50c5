//! Forms that texts take in the wild: page debris, titles of papers, numbers alone, headings over numbers.

use super::{BODY, check};

#[test]
fn numbers_alone_on_their_lines_head_the_text_below() {
    check(&format!(
        "title|在集体谈话会上的讲话
        salutation|同志们：
        body|{BODY}
        heading2|（一）
        body|政治上要强。
        heading2|（二）
        body|作风上要实。
        closing|谢谢大家！"
    ));
    check(&format!(
        "title|新时代的青年工作
        heading1|一
        body|{BODY}
        heading1|二
        body|{BODY}"
    ));
    check(
        "attachment-label|附件1
        title|人员情况汇总表
        body|序号
        body|姓名
        body|一
        body|张小三
        body|二
        body|李小四",
    );
}

#[test]
fn headings_over_numbers() {
    check(&format!(
        "title|某县人民法院工作报告
        salutation|各位代表：
        body|{BODY}
        heading1|2025年工作回顾
        body|{BODY}
        heading2|一、依法惩治犯罪
        body|{BODY}
        heading2|二、化解矛盾纠纷
        heading3|（一）抓源头
        body|{BODY}
        heading1|2026年工作安排
        body|{BODY}"
    ));
    // A short line inside a numbered list is no heading over it.
    check(&format!(
        "title|某局工作总结
        heading1|一、主要做法
        body|{BODY}
        body|三项机制
        body|{BODY}
        heading1|二、主要成效
        body|{BODY}
        body|四个提升
        body|{BODY}"
    ));
}

#[test]
fn any_noun_may_be_counted() {
    check(&format!(
        "title|在学习会上的讲话
        salutation|同志们：
        body|{BODY}
        heading1|第一点体会：学习要往深里走
        body|{BODY}
        heading1|第二点体会：工作要往实里走
        body|{BODY}
        body|第二个百年奋斗目标，{BODY}
        closing|谢谢大家！"
    ));
}

#[test]
fn several_signers_one_of_them_unknown() {
    check(&format!(
        "title|关于印发某办法的通知
        recipient|各有关单位：
        body|{BODY}
        signature|某市财政局
        signature|某市总商会
        signing-date|2026年7月15日"
    ));
}

#[test]
fn a_report_of_a_paper_with_links_below() {
    check(&format!(
        "boilerplate|某某新闻网 > 时政 > 正文
        title|李四在全市项目建设推进会上强调
        title+|大干快上　奋勇争先　掀起建设新高潮
        boilerplate|2026-10-12 08:05:11　来源：某某日报
        body|{BODY}
        body|{BODY}
        boilerplate|相关链接：
        boilerplate|全市集中开工82个项目
        boilerplate|某县：跑出“加速度”"
    ));
}

#[test]
fn a_theme_below_the_kind_and_its_author() {
    check(&format!(
        "title|质量奖获奖单位经验交流材料
        title+|以质取胜　以质图强
        byline|某某机械股份有限公司
        body|{BODY}
        heading1|一、战略引领
        body|{BODY}
        heading1|二、全员参与
        body|{BODY}"
    ));
}

#[test]
fn a_title_that_names_its_kind_first() {
    check(&format!(
        "title|党课讲稿：做让组织放心、让群众满意的干部
        byline|（党支部书记　李小四）
        salutation|同志们：
        body|{BODY}"
    ));
}

#[test]
fn a_list_in_one_paragraph_is_no_item() {
    check(&format!(
        "title|对照检查材料
        heading1|一、存在问题
        body|{BODY}
        heading1|二、改进措施
        body|（一）加强学习，提高能力。（二）勇于担当，狠抓落实。（三）严于律己，永葆本色。"
    ));
}

#[test]
fn lines_drawn_with_characters() {
    check(&format!(
        "byline|某县人民政府文件
        document-number|某政发〔2026〕27号
        boilerplate|━━━━━━━━━━━━
        title|某县人民政府关于安全工作的报告
        recipient|市人民政府：
        body|{BODY}
        body|＿＿＿＿＿＿＿＿
        closing|特此报告。
        signature|某县人民政府
        signing-date|2026年12月20日
        boilerplate|——本材料由某某文库整理——"
    ));
}

#[test]
fn a_letter_to_a_meeting() {
    check(&format!(
        "title|致第八届商人大会的贺信
        recipient|第八届商人大会：
        body|{BODY}
        closing|祝大会圆满成功！
        signature|李　四
        signing-date|2026年6月18日"
    ));
}

#[test]
fn a_kind_with_a_colon_over_the_theme() {
    check(&format!(
        "title|在国旗下的讲话：
        title+|扣好人生第一粒扣子
        remark|（2026年9月5日  第2周）
        salutation|尊敬的老师，亲爱的同学们：
        body|大家早上好！
        body|{BODY}
        closing|谢谢大家！"
    ));
}

#[test]
fn a_toast_abroad() {
    check(&format!(
        "title|在国庆招待会上的致辞
        byline|大使　李　四
        date|2026年9月26日，大使馆多功能厅
        ~
        salutation|尊敬的卡马部长阁下，
        ~
        salutation|各位使节、各位同事，
        ~
        salutation|女士们、先生们、朋友们：
        ~
        body|{BODY}
        closing|最后，祝两国友谊万古长青！"
    ));
}

#[test]
fn a_slogan_between_adverts_is_no_occasion() {
    check(&format!(
        "boilerplate|公文写作之家
        boilerplate|——做有温度的文字工作者
        boilerplate|（加V：abc123，进写作交流群）
        title|在动员会上的讲话
        salutation|同志们：
        body|{BODY}
        closing|好，散会，加油！
        boilerplate|[责任编辑：李四]"
    ));
}

#[test]
fn the_last_item_of_a_list_is_what_its_siblings_are() {
    check(&format!(
        "title|关于举办比赛的公告
        body|{BODY}
        heading1|一、竞赛项目
        point2|（一）马拉松（42.195公里）
        point2|（二）半程马拉松（21.0975公里）
        point2|（三）健康跑（5公里）
        heading1|二、报名办法
        point2|（一）报名时间：1月10日至1月20日。
        point2|（二）报名方式：登录官网报名，不接受现场报名。
        body|未尽事宜，另行通知。
        signature|某市体育局
        signing-date|2026年1月5日"
    ));
    check(&format!(
        "title|早会讲话
        body|{BODY}
        point3|1、促销。{BODY}
        point3|2、服务。{BODY}
        point3|3、库存盘点周四完成。
        closing|谢谢大家！"
    ));
}

#[test]
fn headings_over_short_paragraphs() {
    check(
        "title|古老友谊　常青之树
        byline|李四
        body|在春意盎然的四月，我即将对贵国进行国事访问，期待同老朋友、新朋友见面，共叙友情。
        body|两千多年前，丝绸之路就把我们连在一起。
        heading1|我们是真诚的朋友
        body|建交五十多年来，无论国际风云如何变幻，两国始终相互尊重、平等相待。
        heading1|我们是合作的伙伴
        body|去年双边贸易额达到创纪录的三百八十亿美元，互利合作的成果惠及两国人民。",
    );
}

#[test]
fn an_annex_of_names_and_attachments_that_begin_with_a_year() {
    check(&format!(
        "title|关于表彰先进的决定
        body|{BODY}
        attachment-note|附件：1.2026年度先进集体名单
        attachment-note|2.2026年度先进个人名单
        attachment-label|附件2
        title|2026年度先进个人名单
        body|江　波　　市商务局科长
        body|吴小燕　　高新区副局长"
    ));
}

#[test]
fn page_numbers_between_long_dashes_and_a_contact_in_one_sentence() {
    check(&format!(
        "boilerplate|—— 1 ——
        title|关于规范公务用车的补充通知
        recipient|市直各单位:
        body|{BODY}
        boilerplate|—— 2 ——
        body|{BODY}
        remark|联系人：许诺；电话：12345；邮箱：a@example.org。
        signature|某市机关事务局
        signing-date|二〇二六年四月一日"
    ));
}

#[test]
fn the_last_words_of_a_pledge() {
    check(&format!(
        "title|在誓师大会上的表态发言
        salutation|各位领导，同志们：
        body|{BODY}
        closing|请各位领导放心，我们一定不负重托，交上一份合格的答卷！
        closing|汇报完毕，谢谢大家！"
    ));
}

#[test]
fn words_that_lead_to_a_list_are_what_their_siblings_are() {
    check(
        "title|调研提纲
        heading1|一、座谈了解的问题
        point3|1.当前形式主义突出表现有哪些？（文山会海、过度留痕）
        point3|2.台账报表情况：每月报多少？哪些可以合并？
        point3|3.督查检查考核情况：
        point4|（1）频次；
        point4|（2）时长；
        point4|（3）陪同人数。
        heading1|二、实地走访
        body|选取3个乡镇、6个村。",
    );
}
