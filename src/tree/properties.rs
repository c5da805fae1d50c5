//! What a document says of itself: title, author, date.

use super::{BlockKind, Date, Document, Inline, Paragraph, Role, push_inlines};

/// Title, author and date of a document, from its properties or else from its recognised paragraphs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Properties {
    /// Title, on one line.
    pub(crate) title: Option<String>,
    /// Author or speaker.
    pub(crate) author: Option<String>,
    /// The day, without a time.
    pub(crate) date: Option<Date>,
    /// All other properties, and the date as the source writes it.
    pub(crate) other: Vec<(String, String)>,
}

impl Properties {
    /// Collects the properties. What the source states goes before what was recognised; of dates under titles
    /// the first counts, of dates of signing the last.
    pub(crate) fn new(document: &Document) -> Self {
        let meta = &document.meta;
        let mut found = Self { other: meta.other.clone(), ..Self::default() };
        let (mut dated, mut signed) = (None, None);
        for block in &document.blocks {
            let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
            let role = paragraph.role;
            if role == Role::Title && found.title.is_none() {
                found.title = Some(paragraph.line());
            } else if role == Role::Byline && found.author.is_none() {
                found.author = Some(paragraph.line().trim().to_owned());
            } else if role == Role::Date && dated.is_none() {
                dated = Date::first_in(&paragraph.text());
            } else if role == Role::SigningDate {
                signed = Date::first_in(&paragraph.text()).or(signed);
            }
        }
        let stated = meta.date.as_deref().and_then(Date::first_in);
        found.other.extend(meta.date.iter().map(|date| ("date".to_owned(), date.clone())));
        found.date = stated.or(dated).or(signed);
        found.title = meta.title.clone().or(found.title);
        found.author = meta.author.clone().or(found.author);
        found
    }
}

impl Paragraph {
    /// The text on one line, without markup: its lines joined without a space, except between two Latin words.
    pub(crate) fn line(&self) -> String {
        let mut text = String::new();
        push_shown(&self.content, &mut text);
        join_lines(&text)
    }
}

/// Appends what is seen of running text.
fn push_shown(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Styled(_, content) | Inline::Link { content, .. } => push_shown(content, text),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::NoteRef(_) | Inline::Break => {
                push_inlines(std::slice::from_ref(inline), text);
            }
            Inline::Raw(_) => {}
        }
    }
}

fn join_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split('\n') {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(joined.chars().next_back()) && latin(line.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_lines_keep_a_space() {
        assert_eq!(join_lines("A b\nc"), "A b c");
        assert_eq!(join_lines("甲\n乙"), "甲乙");
    }
}
