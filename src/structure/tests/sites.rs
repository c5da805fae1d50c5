//! Texts as sites hand them out: introductions, counts, credits without blanks, adverts between paragraphs.

use super::{BODY, check};

#[test]
fn an_introduction_above_the_title() {
    check(&format!(
        "boilerplate|某县项目工作会议讲话
        boilerplate|时间：2026-05-11 11:04:00
        boilerplate|导语：某县项目工作会议讲话一文来源于网友上传，不代表本站观点，如需原创文章可咨询客服，欢迎参考。
        title|某县项目工作会议讲话
        salutation|同志们：
        body|{BODY}"
    ));
    check(&format!(
        "boilerplate|首页 > 资料 > 演讲
        boilerplate|竞聘演讲稿（精选14篇）
        boilerplate|下面是小编为大家整理的竞聘演讲稿，供大家参考借鉴，希望可以帮助到有需要的朋友。
        title|竞聘演讲稿 篇1
        salutation|各位评委：
        body|{BODY}
        closing|谢谢大家！
        boilerplate|这篇内容既符合您的需求，又简短好记，希望能满足您的期待。"
    ));
}

#[test]
fn credits_and_stamps_under_the_title() {
    for row in [
        "作者：admin_01发表时间：2026-02-20 阅读次数：919",
        "【投稿】【收藏】　作者： 佚名　来源： 作者原创　阅读 次",
        "致辞　时间：2026-08-31　手机版",
        "2026-10-21 08:00 浏览：",
    ] {
        check(&format!("title|在开学典礼上的发言\nboilerplate|{row}\nsalutation|各位老师：\nbody|{BODY}"));
    }
    // The fields of minutes are the document's own.
    check(&format!("title|某局会议纪要\nbody|时间：2026-03-01 14:30\nbody|地点：二楼会议室\nbody|{BODY}"));
}

#[test]
fn a_list_of_labels_above_the_title() {
    check(
        "boilerplate|• 索引号：
        boilerplate|12345/2026-0010
        boilerplate|• 发文机构：
        boilerplate|某县政府
        boilerplate|• 发文日期：
        boilerplate|2026年04月06日 16:40
        boilerplate|• 内容概述：
        title|某县人民政府工作规则
        heading1|第一章　总则
        point3|第一条　为了规范工作，制定本规则。
        point3|第二条　本规则适用于县政府的工作。",
    );
}

#[test]
fn the_page_of_a_newspaper() {
    check(&format!(
        "boilerplate|某报阅读机
        boilerplate|2026-01-25
        boilerplate|星期日
        boilerplate|当前报纸名称：某某日报
        title|新春献词
        boilerplate|日期：02-09
        boilerplate|字号：
        boilerplate|版面：第01版：要闻　　　上一篇　　下一篇
        byline|市委书记　李四
        byline|市长　王五
        body|{BODY}"
    ));
}

#[test]
fn adverts_between_paragraphs_and_notes_on_an_excerpt() {
    check(&format!(
        "title|在推进大会上的讲话
        salutation|同志们：
        boilerplate|范文汇，办公文档之家
        body|{BODY}
        heading1|一、认清差距
        boilerplate|范文汇　学习文库
        body|{BODY}
        heading1|二、迎头赶上
        body|{BODY}
        boilerplate|（未完，全文共2010字，当前显示249字）
        boilerplate|（请阅读下面的提示信息）
        boilerplate|预览结束，免费获取全文
        boilerplate|请点击👉 abcd 👈联系老师"
    ));
    // Rules on accounts and models of papers are texts.
    check(&format!(
        "title|行业协会章程示范文本（试行）
        heading1|一、规范文书格式
        body|{BODY}
        heading1|二、用好示范文本
        body|{BODY}"
    ));
}

#[test]
fn the_same_title_over_and_over() {
    check(
        "boilerplate|您的位置： 首页 » 某资料网 » 法规 »
        boilerplate|某市公园管理办法
        boilerplate|时间：2026-05-18 02:00:56 来源： 某资料网 作者：某资料网 阅读：9704
        title|某市公园管理办法
        document-number|市人民政府令第129号
        body|《某市公园管理办法》已经2026年8月8日市人民政府第73次常务会议通过，现予公布，自2026年10月1日起施行。
        signature|市长　李四
        signing-date|二O二六年八月十日
        heading1|第一章　总　则
        point3|第一条　为了加强公园管理，制定本办法。
        point3|第二条　本办法适用于本市的公园。",
    );
}

#[test]
fn signatures_and_dates_with_labels() {
    check(&format!(
        "title|争做文明公民的倡议书
        salutation|亲爱的市民朋友们：
        body|{BODY}
        closing|让我们从现在做起，共同建设美好的家园！
        signature|倡议人：某市全体志愿者
        signing-date|日期：2026年4月5日"
    ));
    check(&format!(
        "title|廉洁承诺书
        body|{BODY}
        signature|承诺人:李四
        signing-date|2026年4月5日"
    ));
}

#[test]
fn a_lead_of_the_agency_above_the_form_of_address() {
    check(&format!(
        "title|在招待会上的讲话
        body|某某社2026年4月22日讯　李四主席在招待会上的讲话，全文如下：
        salutation|各位来宾，同志们，朋友们：
        body|{BODY}
        closing|为我们的友谊，干杯！"
    ));
}

#[test]
fn a_text_in_another_language_is_its_authors_but_for_chinese_adverts() {
    let text = "Release notes of the valve controller\nCopyright (c) 2026 Marsh and Daughters\n\
        Column 1: <pressure>, column 2: <flow>, as the table on the next page shows it for every valve.\n\
        (https://example.org/manual)\n... end\n更多范文请加微信号abc，欢迎扫码关注\n";
    let mut document = super::decode(text);
    super::recognise(&mut document, &mut super::Diagnostics::default());
    let mut junk = Vec::new();
    document.for_each_paragraph(&mut |_, paragraph| {
        junk.extend((paragraph.role == super::Role::Boilerplate).then(|| paragraph.text()));
    });
    assert_eq!(junk, ["更多范文请加微信号abc，欢迎扫码关注"]);
}
