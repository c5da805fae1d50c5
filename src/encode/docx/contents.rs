//! The table of contents: a field that Word fills anew, and that holds its entries already (ECMA-376 17.16.5.68).

use docx_rs::{
    BookmarkEnd, BookmarkStart, DocumentChild, FieldCharType, Hyperlink, HyperlinkData, InstrText,
    ParagraphChild, Run,
};

use super::body::Writer;
use super::styles::id;
use crate::diagnostic::Diagnostics;
use crate::layout::layout;
use crate::options::Options;
use crate::tree::{Document, Location, Paragraph, Role};

/// Deepest level of a heading that is listed.
pub(super) const DEPTH: u8 = 3;

/// What stands above the entries.
pub(super) const HEAD: &str = "目录";

/// What stands around the table: Word offers to update what it knows for a table of contents (17.5.2.12).
pub(super) const BEGIN: &str = "<w:sdt><w:sdtPr><w:tag w:val=\"banshi-contents\"/><w:docPartObj>\
     <w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>";
pub(super) const END: &str = "</w:sdtContent></w:sdt>";

/// The paragraph that ends the section of the table.
pub(super) fn section_end(properties: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{properties}</w:pPr></w:p>", id::SECTION_END)
}

/// A heading that the table lists.
#[derive(Debug)]
pub(super) struct Entry {
    level: u8,
    words: String,
    bookmark: String,
}

impl Writer<'_> {
    /// Marks the text of a heading for the table of contents, if there is to be one.
    pub(super) fn listed(
        &mut self,
        paragraph: &Paragraph,
        mut children: Vec<ParagraphChild>,
    ) -> Vec<ParagraphChild> {
        let Role::Heading(level) = paragraph.role else { return children };
        self.mark(level, paragraph.line().trim(), &mut children);
        children
    }

    /// Puts a bookmark around the words of a heading, where it is to be listed.
    pub(super) fn mark(&mut self, level: u8, words: &str, children: &mut Vec<ParagraphChild>) {
        let Some(entries) = &mut self.contents else { return };
        if words.is_empty() || self.notes.inside || !(1..=DEPTH).contains(&level) {
            return;
        }
        self.bookmarks += 1;
        // Word finds its own entries by names of this form.
        let bookmark = format!("_Toc{:09}", entries.len() + 1);
        children.insert(0, ParagraphChild::BookmarkStart(BookmarkStart::new(self.bookmarks, &bookmark)));
        children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(self.bookmarks)));
        entries.push(Entry { level, words: words.to_owned(), bookmark });
    }

    /// The table of contents with the pages as `layout` counts them; none where no heading is listed.
    pub(super) fn contents(&mut self, document: &Document, options: &Options) -> Vec<DocumentChild> {
        let entries = self.contents.take().unwrap_or_default();
        if entries.is_empty() {
            return Vec::new();
        }
        let pages = pages(&entries, document, options);
        let mut head = docx_rs::Paragraph::new().style(id::CONTENTS_HEAD);
        head.children = self.plain_text(HEAD, &Location::Whole);
        let mut children = vec![DocumentChild::Paragraph(Box::new(head))];
        let last = entries.len() - 1;
        for (index, (entry, page)) in entries.iter().zip(pages).enumerate() {
            let mut words = self.plain_text(&entry.words, &Location::Whole);
            words.push(run(Run::new().add_tab()));
            words.extend(field(&format!(" PAGEREF {} \\h ", entry.bookmark), false));
            words.push(run(Run::new().add_text(page.to_string())));
            words.push(field_end());
            let mut paragraph = docx_rs::Paragraph::new().style(&id::contents(entry.level));
            if index == 0 {
                paragraph.children.extend(field(&format!(" TOC \\o \"1-{DEPTH}\" \\h \\z \\u "), true));
            }
            paragraph.children.push(ParagraphChild::Hyperlink(Hyperlink {
                link: HyperlinkData::Anchor { anchor: entry.bookmark.clone() },
                history: Some(1),
                children: words,
            }));
            if index == last {
                paragraph.children.push(field_end());
            }
            children.push(DocumentChild::Paragraph(Box::new(paragraph)));
        }
        children
    }
}

/// The page of each entry, from 1. Entries and the outline of the pages list the same headings in the same order.
fn pages(entries: &[Entry], document: &Document, options: &Options) -> Vec<usize> {
    let outline = layout(document, options, &mut Diagnostics::default()).outline;
    let mut rest = outline.iter();
    let mut page = 1;
    let mut pages = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut ahead = rest.clone();
        if let Some(found) =
            ahead.find(|found| found.level == entry.level && found.title.trim() == entry.words)
        {
            page = found.page + 1;
            rest = ahead;
        }
        pages.push(page);
    }
    pages
}

fn run(run: Run) -> ParagraphChild {
    ParagraphChild::Run(Box::new(run))
}

/// The beginning of a field up to its result; a dirty one is filled anew when the file is opened (17.16.18).
fn field(code: &str, dirty: bool) -> [ParagraphChild; 3] {
    [
        run(Run::new().add_field_char(FieldCharType::Begin, dirty)),
        run(Run::new().add_instr_text(InstrText::Unsupported(code.replace('"', "&quot;")))),
        run(Run::new().add_field_char(FieldCharType::Separate, false)),
    ]
}

fn field_end() -> ParagraphChild {
    run(Run::new().add_field_char(FieldCharType::End, false))
}
