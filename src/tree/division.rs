//! What stands over a division of a text as a title does.

use super::{Paragraph, Role, Scheme};

/// True for 编, 章 and 节 of regulations (`第一章　总则`), and for the head of a table of contents.
pub(crate) fn is_division(paragraph: &Paragraph) -> bool {
    let numbered = paragraph.marker.as_ref().is_some_and(|marker| {
        let divides = matches!(marker.scheme, Scheme::Part | Scheme::Chapter | Scheme::Section);
        divides && marker.text.starts_with('第')
    });
    let heads = matches!(paragraph.role, Role::Heading(_));
    heads && numbered || (heads || paragraph.role == Role::Body) && heads_contents(&paragraph.characters())
}

/// True for the head of a table of contents: `目　录`, `本期要目`.
pub(crate) fn heads_contents(text: &str) -> bool {
    #[rustfmt::skip]
    const HEADS: &[&str] = &["目录", "目錄", "目次", "本期要目", "本期目录", "本期导读"];
    let text = text.trim_start();
    if !text.starts_with(['目', '本', '【']) {
        return false;
    }
    let letters: String = text.chars().filter(|c| !c.is_whitespace()).take(7).collect();
    let bare = letters.strip_prefix('【').and_then(|letters| letters.strip_suffix('】'));
    HEADS.contains(&bare.unwrap_or_else(|| letters.trim_end_matches('：')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Inline, Marker};

    #[test]
    fn chapters_and_the_head_of_contents_stand_over_a_division() {
        let numbered = |role, scheme, marker: &str| {
            let mut paragraph = Paragraph::new(role, vec![Inline::Text(format!("{marker}总则"))]);
            paragraph.marker = Some(Marker { scheme, value: vec![1], text: marker.into() });
            paragraph
        };
        assert!(is_division(&numbered(Role::Heading(1), Scheme::Chapter, "第一章　")));
        assert!(is_division(&Paragraph::plain("目　录")));
        assert!(!is_division(&numbered(Role::Heading(1), Scheme::Part, "壹、")));
        assert!(!is_division(&numbered(Role::Heading(1), Scheme::Han, "一、")));
        assert!(!is_division(&numbered(Role::Body, Scheme::Chapter, "第一章　")));
        assert!(!is_division(&Paragraph::plain("目录中列出的档案")));
    }
}
