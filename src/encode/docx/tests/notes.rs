//! Footnotes and endnotes.

use super::*;

pub(super) fn with_notes() -> Document {
    let note = |id: &str, inlines: Vec<Inline>| Note::foot(id, vec![body(inlines)]);
    let mark = |id: &str| Inline::NoteRef(id.into());
    Document {
        blocks: vec![body(vec![
            text("甲"),
            mark("b"),
            text("乙"),
            mark("a"),
            text("丙"),
            mark("b"),
            mark("无"),
            link("https://body.cn", "题", "链"),
        ])],
        notes: vec![
            note("a", vec![text("注甲"), link("https://note.cn", "", "链")]),
            note("b", vec![text("注乙"), mark("a")]),
            note("c", vec![text("无人提及")]),
        ],
        ..Document::default()
    }
}

#[test]
fn notes_are_numbered_as_the_text_mentions_them() {
    let file = written(&with_notes());
    let body = file.body();
    assert!(body.contains(
        "<w:bookmarkStart w:id=\"1\" w:name=\"_RefNote1\"/><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/>\
         </w:rPr><w:footnoteReference w:id=\"1\"/></w:r><w:bookmarkEnd w:id=\"1\"/>"
    ));
    assert!(
        body.contains("<w:footnoteReference w:id=\"2\"/>") && body.contains(" NOTEREF _RefNote1 \\f \\h ")
    );
    assert_eq!(body.matches("<w:footnoteReference ").count(), 2);
    let notes = file.part("word/footnotes.xml");
    assert!(notes.contains("<w:footnote w:type=\"separator\" w:id=\"-1\">"));
    assert!(notes.contains(
        "<w:footnote w:id=\"1\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr>\
         <w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>"
    ));
    assert!(notes.find("注乙").unwrap() < notes.find("注甲").unwrap());
    // Links of the notes belong to their part, and take no title from the body.
    assert!(file.part("word/_rels/footnotes.xml.rels").contains("https://note.cn"));
    assert!(!file.part("word/_rels/document.xml.rels").contains("https://note.cn"));
    assert!(!notes.contains("w:tooltip"));
    assert_eq!(file.codes(), ["note-reference", "note-reference", "unused-note"]);
    assert_eq!(file.diagnostics.iter().nth(2).unwrap().text, "无人提及");
}

#[test]
fn endnotes_have_a_part_and_numbers_of_their_own() {
    let end = |id: &str, words: &str| Note {
        place: NotePlace::End,
        ..Note::foot(id, vec![paragraph(Role::Body, words)])
    };
    let mark = |id: &str| Inline::NoteRef(id.into());
    let tree = Document {
        blocks: vec![body(vec![text("甲"), mark("e"), mark("f"), mark("g"), mark("e")])],
        notes: vec![end("e", "尾一"), Note::foot("f", vec![paragraph(Role::Body, "脚一")]), end("g", "尾二")],
        ..Document::default()
    };
    let file = written(&tree);
    assert_eq!(file.codes(), [""; 0]);
    let body = file.body();
    assert!(body.contains("<w:bookmarkStart w:id=\"1\" w:name=\"_RefEndnote1\"/>"));
    assert!(
        body.contains("<w:rStyle w:val=\"EndnoteReference\"/></w:rPr><w:endnoteReference w:id=\"1\"/></w:r>")
    );
    assert!(
        body.contains("<w:footnoteReference w:id=\"1\"/>")
            && body.contains("<w:endnoteReference w:id=\"2\"/>")
    );
    assert!(body.contains(" NOTEREF _RefEndnote1 \\f \\h "));
    let part = file.part("word/endnotes.xml");
    assert!(part.contains("<w:endnote w:type=\"separator\" w:id=\"-1\">") && !part.contains("脚一"));
    assert!(part.contains(
        "<w:endnote w:id=\"2\"><w:p><w:pPr><w:pStyle w:val=\"EndnoteText\"/></w:pPr><w:r><w:rPr>\
         <w:rStyle w:val=\"EndnoteReference\"/></w:rPr><w:endnoteRef/></w:r>"
    ));
    assert!(file.part("word/settings.xml").contains("<w:endnotePr>"));
}
