//! Documents as they come from web pages, mails and bulletins, written for these tests.

use super::super::recognise;
use super::{BODY, check, decode};
use crate::diagnostic::Diagnostics;
use crate::options::Options;
use crate::tree::{Block, Paragraph, Role};

#[test]
fn a_page_with_its_frame() {
    check(&format!(
        "boilerplate|某市某局信息网
        boilerplate|首页 > 政务公开 > 公告公示
        boilerplate|索引号：AB012-2026-0007
        boilerplate|发布机构：某市某局
        boilerplate|公开日期：2026-03-02
        title|某市某局关于召开座谈会的通知
        boilerplate|来源：办公室　作者：李四　点击：302
        boilerplate|打印　收藏　分享
        document-number|某局发〔2026〕8号
        recipient|各科室：
        body|{BODY}
        closing|特此通知。
        signature|某市某局
        signing-date|2026年3月2日
        boilerplate|上一条：关于放假的通知
        boilerplate|下一条：没有了
        boilerplate|主办单位：某市某局
        boilerplate|地址：某路1号　邮编：100000
        boilerplate|网站标识码：1234567890
        boilerplate|某ICP备12345678号"
    ));
}

#[test]
fn a_breadcrumb_in_tokens() {
    check(&format!(
        "boilerplate|首页
        boilerplate|>>
        boilerplate|领导讲话
        title|在全县教育工作会议上的讲话
        byline|县长　　赵　六
        salutation|同志们：
        body|{BODY}
        closing|谢谢大家！
        boilerplate|【打印本页】　【关闭窗口】
        boilerplate|相关推荐
        boilerplate|在全县卫生工作会议上的讲话
        boilerplate|在全县农业工作会议上的讲话"
    ));
}

#[test]
fn a_mail_with_its_head() {
    check(&format!(
        "boilerplate|发件人：张三
        boilerplate|发送时间：2026年3月5日 10:12
        boilerplate|收件人：综合科
        boilerplate|主题：讲话稿
        ~
        title|在青年干部座谈会上的讲话
        salutation|同志们：
        body|{BODY}
        closing|谢谢大家！
        boilerplate|发自我的iPhone"
    ));
}

#[test]
fn running_heads_and_page_numbers() {
    check(&format!(
        "boilerplate|某公司制度选编
        title|某公司车辆管理办法
        document-number|编号：CL-2026-01
        heading1|一、总则
        body|{BODY}
        boilerplate|— 1 —
        boilerplate|某公司制度选编
        heading1|二、用车
        body|{BODY}
        boilerplate|— 2 —
        boilerplate|某公司制度选编
        heading1|三、附则
        body|{BODY}
        boilerplate|— 3 —"
    ));
}

#[test]
fn a_call_to_readers_inside() {
    check(&format!(
        "title|在民主生活会上的发言
        byline|县委常委、副县长　　亓　明
        date|（2026年1月9日，征求意见稿）
        body|{BODY}
        boilerplate|关注“某某笔记”公众号，回复“发言”领取全部范文
        body|{BODY}
        closing|以上发言，不妥之处，请批评指正。
        boilerplate|本文地址：wengao-example.com/2026/01.html
        boilerplate|声明：本站文章来自网友投稿"
    ));
}

#[test]
fn a_bulletin() {
    check(&format!(
        "byline|农村工作简报
        document-number|第7期（总第58期）
        byline|某县农村工作办公室　　　　2026年8月3日
        title|某乡“三个一”做法见实效
        body|{BODY}
        body|{BODY}
        copy-to|报：县委、县政府领导。
        copy-to|送：县直各部门。
        copy-to|发：各乡镇。
        copy-to|（共印80份）"
    ));
}

#[test]
fn a_masthead_with_grades() {
    check(&format!(
        "marking|000012
        marking|机密★1年
        marking|特　急
        byline|某市人民政府文件
        document-number|某政发〔2026〕3号
        title|某市人民政府关于加强管理的意见
        recipient|各县人民政府，市政府各部门，各直属机构：
        body|{BODY}
        remark|咨询电话：0000-1234567
        signature|某市人民政府
        signing-date|2026年3月1日
        remark|（此件公开发布）
        copy-to|抄送：市委办公室。"
    ));
}

#[test]
fn recipients_on_lines_of_their_own() {
    check(&format!(
        "title|关于开展安全检查的通知
        recipient|各县（区）水务局：
        recipient|市直各水厂：
        body|{BODY}
        closing|专此函告，请予支持为盼。
        signature|某市水务局
        signing-date|2026年5月4日"
    ));
}

#[test]
fn a_bare_number_between_the_lines_of_a_paragraph_is_that_of_a_page() {
    let cut = |paragraph: usize| -> Vec<String> {
        let text: Vec<char> = format!("　　{paragraph}月份，{BODY}{BODY}").chars().collect();
        text.chunks(24).map(|line| line.iter().collect()).collect()
    };
    let page = |page: usize| {
        let mut lines = cut(page);
        lines.insert(2, page.to_string());
        lines.join("\n") + "\n"
    };
    let text = page(1) + &page(2);
    let options = Options::new().unwrap();
    let mut document = crate::decode::text::decode_str(&text, &options, &mut Diagnostics::default());
    recognise(&mut document, &mut Diagnostics::default());
    let pages =
        document.blocks.iter().filter_map(Block::paragraph).filter(|one| one.role == Role::Boilerplate);
    assert_eq!(pages.map(Paragraph::text).collect::<Vec<_>>(), ["1", "2"]);
    // A number between paragraphs may be the author's.
    let mut document = decode("编号\n1\n名称\n2\n说明\n");
    recognise(&mut document, &mut Diagnostics::default());
    assert!(document.blocks.iter().filter_map(Block::paragraph).all(|one| one.role != Role::Boilerplate));
}

#[test]
fn numbers_that_count_what_follows() {
    check(&format!(
        "title|在经济运行分析会上的讲话
        salutation|同志们：
        heading1|一、认清形势
        body|一、二季度历来是关键时期。{BODY}
        body|三、四个月以后就是年底，时间很紧。
        heading1|二、抓好落实
        body|三、四月份是播种季节，农时不等人。
        body|做人做事，一是一、二是二，来不得半点虚假。
        heading1|三、加强领导
        body|{BODY}
        closing|我就讲这些，谢谢大家。"
    ));
}

#[test]
fn a_numbered_heading_may_begin_with_a_numeral() {
    check(&format!(
        "title|某县经济运行情况汇报
        heading1|一、二季度运行情况
        body|{BODY}
        heading1|二、三季度工作安排
        body|{BODY}
        heading1|三、有关建议
        body|{BODY}"
    ));
}

#[test]
fn a_chronicle_of_hours() {
    check(&format!(
        "title|关于停水情况的说明
        body|{BODY}经过如下：
        point3|1.当日18时20分，管道破裂，值班人员立即报告，抢修队随即出发。
        point3|2.18时45分，抢修队到达现场，关闭上下游阀门，开始抽水。
        point3|3.23时10分，修复完毕，恢复供水，水质检测合格。
        closing|特此说明。
        signature|某市供水公司
        signing-date|2026年2月9日"
    ));
}

#[test]
fn blanks_to_be_filled_in() {
    check(&format!(
        "title|致家长的一封信
        salutation|各位家长：
        body|{BODY}
        closing|祝您工作顺利！
        signature|＿＿＿＿小学
        signing-date|2026年　月　日"
    ));
}

#[test]
fn a_contract_with_articles_as_headings() {
    check(&format!(
        "title|保洁服务合同
        document-number|合同编号：BJ-2026-11
        body|甲方：某市图书馆
        body|乙方：某保洁有限公司
        heading1|第一条　服务内容
        body|{BODY}
        heading1|第二条　服务期限
        body|{BODY}
        heading1|第三条　违约责任
        body|{BODY}
        signature|甲方（盖章）：　　　　乙方（盖章）：
        signature|法定代表人：　　　　　法定代表人：
        signing-date|2026年　月　日　　　　2026年　月　日"
    ));
}

#[test]
fn questions_as_the_top_level() {
    check(&format!(
        "title|专题党课讲稿
        salutation|同志们：
        body|{BODY}
        heading1|第一个问题：为什么要学
        body|{BODY}
        heading1|第二个问题：学什么
        body|{BODY}
        heading1|第三个问题：怎么学
        body|{BODY}
        closing|我就讲到这里，谢谢大家！"
    ));
}

#[test]
fn minutes_with_fields_under_the_title() {
    check(&format!(
        "title|某县防汛工作会议纪要
        body|时间：2026年5月6日14:30
        body|地点：县政府二楼会议室
        body|主持：李　四
        body|{BODY}
        body|会议议定以下事项：
        point2|（一）同意方案。{BODY}
        point2|（二）落实经费。{BODY}"
    ));
}

#[test]
fn an_occasion_over_two_lines() {
    check(&format!(
        "title|某市物业行业协会工作报告
        occasion|——2026年1月8日在某市物业行业协会
        occasion|第三次会员代表大会上
        byline|会长　钱　七
        salutation|各位代表：
        body|{BODY}
        closing|让我们携手前进，为行业发展作出新的贡献！"
    ));
}

#[test]
fn office_and_name_on_two_lines() {
    check(&format!(
        "title|在就职大会上的表态发言
        byline|中共某县委副书记、县长
        byline|孙　八
        date|（2026年2月3日 星期二）
        salutation|各位领导，同志们：
        body|{BODY}
        closing|请大家监督我、支持我！"
    ));
}

#[test]
fn words_of_farewell() {
    check(&format!(
        "title|悼词
        salutation|各位亲友、各位来宾：
        body|{BODY}
        closing|周老师安息吧！"
    ));
}

#[test]
fn own_lines_are_no_debris() {
    check(&format!(
        "title|关于举办培训班的通知
        recipient|各单位：
        body|{BODY}
        heading1|一、时间地点
        body|时间：2026年3月5日
        body|地点：某市党校
        heading1|二、其他事项
        body|{BODY}
        remark|联系人：张三，联系电话：0000-000000
        remark|地址：某路1号
        attachment-note|附件：报名回执
        signature|某市委组织部
        signing-date|2026年3月1日
        copy-to|抄送：市委党校。"
    ));
}

#[test]
fn an_office_and_a_date_under_the_title() {
    check(&format!(
        "title|上半年工作总结
        byline|某街道办事处
        date|（2026年7月3日）
        body|{BODY}
        heading1|一、工作情况
        body|{BODY}
        heading1|二、工作打算
        body|{BODY}"
    ));
}

#[test]
fn minutes_that_end_in_fields() {
    check(&format!(
        "title|会议记录
        body|时间：2026年5月8日
        body|{BODY}会议决定：
        point3|1.同意追加经费。{BODY}
        point3|2.由办公室落实。
        closing|散会。
        body|主持人（签字）：　　　　记录人（签字）："
    ));
}

#[test]
fn several_speeches_in_one_file() {
    check(&format!(
        "title|在工作会议上的讲话
        date|（2026年1月1日）
        salutation|同志们：
        body|{BODY}
        body|{BODY}
        title|在座谈会上的讲话
        date|（2026年2月1日）
        salutation|同志们：
        body|{BODY}"
    ));
}

#[test]
fn a_date_above_the_title() {
    check(&format!(
        "date|2026年5月20日　星期三
        title|在欢迎会上的欢迎词
        byline|某镇综合办公室　　芮  明
        boilerplate|来源：本站　　作者：李四　　点击：12
        body|{BODY}
        body|一是换电缆；二是调参数；三是定预案。{BODY}
        closing|谢谢大家！"
    ));
}
