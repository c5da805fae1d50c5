//! What reading and writing Markdown have in common: how inlines are spelt, what marks a page, and how deep things
//! may be nested. The decoder and the encoder must agree on it.

pub(crate) mod html;
pub(crate) mod inline;
pub(crate) mod line_end;
pub(crate) mod note;

/// The comment that says that the roles of all paragraphs are stated: `#` is the title, `##` a heading of level 1, what
/// else a paragraph is stands in a comment before it, and nothing is to be recognised.
pub(crate) const ROLES_STATED: &str = "<!-- banshi roles -->";

/// The comment that stands for a page break.
pub(crate) const PAGE_BREAK: &str = "<!-- pagebreak -->";

/// Characters that no version of CommonMark takes for punctuation.
pub(crate) fn is_letter(c: char) -> bool {
    // Circled letters are symbols to Unicode, and alphabetic.
    c.is_alphanumeric() && !matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}')
}
