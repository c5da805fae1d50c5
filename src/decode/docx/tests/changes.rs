//! Tracked changes and comments.

use super::*;

#[test]
fn changes_are_accepted_and_what_goes_is_reported() {
    let (document, diagnostics) = read(
        "<w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>\
         <w:del><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>丁</w:t></w:r></w:p>\
         <w:p><w:r><w:t>戊</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>己</w:t></w:r></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>庚</w:delText></w:r></w:del></w:p>",
    );
    assert_eq!(drawn(&document.blocks), "甲乙|丁戊");
    assert_eq!(codes(&diagnostics), [("deleted", "丙"), ("hidden", "己"), ("deleted", "庚")]);
}

#[test]
fn changes_are_rejected_or_shown_as_asked() {
    let body = "<w:body><w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>\
         <w:del><w:r><w:delText>丙</w:delText></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>\
         <w:r><w:delInstrText>DATE</w:delInstrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>\
         <w:r><w:delText>今天</w:delText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:del></w:p>\
         <w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:moveFrom><w:r><w:t>丁</w:t></w:r></w:moveFrom></w:p>\
         <w:p><w:pPr><w:jc w:val='center'/><w:pPrChange><w:pPr/></w:pPrChange></w:pPr>\
         <w:r><w:rPr><w:b/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>戊</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:p><w:r><w:t>己</w:t></w:r></w:p></w:tc></w:tr>\
         <w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:r><w:t>庚</w:t></w:r></w:p></w:tc>\
         <w:tc><w:p><w:r><w:t>辛</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body>";
    let read = |changes| {
        let options = Options { track_changes: changes, ..Options::new().unwrap() };
        read_as(&[("document", body)], "", &options)
    };
    let (accepted, diagnostics) = read(TrackChanges::Accept);
    assert_eq!(drawn(&accepted.blocks), "甲乙|戊|<1x1:己 / 1x1:辛>");
    assert_eq!(codes(&diagnostics), [("deleted", "丙今天"), ("deleted", "丁"), ("deleted", "庚")]);
    assert!(accepted.blocks[1].origin.appearance.centred);

    let (rejected, diagnostics) = read(TrackChanges::Reject);
    assert_eq!(drawn(&rejected.blocks), "甲丙今天|丁戊|<1x1:庚 1x1:辛>");
    assert_eq!(codes(&diagnostics), [("inserted", "乙"), ("inserted", "己")]);
    let BlockKind::Paragraph(paragraph) = &rejected.blocks[1].kind else { panic!() };
    assert_eq!(paragraph.content, [Inline::Text("丁戊".into())]);
    assert!(!rejected.blocks[1].origin.appearance.centred);

    let (all, diagnostics) = read(TrackChanges::All);
    assert_eq!(drawn(&all.blocks), "甲乙丙今天|丁|戊|<1x1:己 / 1x1:庚 1x1:辛>");
    assert_eq!(codes(&diagnostics), [("change", "")]);
    let BlockKind::Paragraph(paragraph) = &all.blocks[0].kind else { panic!() };
    let marked = |style, text: &str| Inline::Styled(style, vec![Inline::Text(text.into())]);
    assert_eq!(
        paragraph.content,
        [
            Inline::Text("甲".into()),
            marked(InlineStyle::Underline, "乙"),
            marked(InlineStyle::Strike, "丙今天")
        ]
    );
}

#[test]
fn comments_are_notes_where_they_are_asked_for() {
    let body = "<w:body><w:p><w:commentRangeStart w:id='4'/><w:r><w:t>甲</w:t></w:r><w:commentRangeEnd w:id='4'/>\
         <w:r><w:commentReference w:id='4'/></w:r></w:p></w:body>";
    let comment =
        |id: u8, text: &str| format!("<w:comment w:id='{id}' w:author='某人'>{}</w:comment>", p(text));
    let comments = [comment(4, "改"), comment(5, "无处")].concat();
    let parts = [("document", body), ("comments", comments.as_str())];
    let options = Options { keep_comments: true, ..Options::new().unwrap() };
    let (document, diagnostics) = read_as(&parts, "", &options);
    let BlockKind::Paragraph(paragraph) = &document.blocks[0].kind else { panic!() };
    assert_eq!(paragraph.content, [Inline::Text("甲".into()), Inline::NoteRef("1".into())]);
    assert_eq!(drawn(&document.notes[0].blocks), "批注（某人）：改");
    assert_eq!(codes(&diagnostics), [("comment", "无处")]);
    let (document, diagnostics) = read_with(&parts, "");
    assert!(document.notes.is_empty());
    assert_eq!(codes(&diagnostics), [("comment", "改"), ("comment", "无处")]);
}
