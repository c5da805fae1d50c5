//! What reading and writing Markdown have in common: how inlines are spelt, what marks a page, and how deep things
//! may be nested. The decoder and the encoder must agree on it.

pub(crate) mod inline;
pub(crate) mod note;

/// Deepest nesting that is read and written.
pub(crate) const MAX_DEPTH: usize = 100;

/// The comment that says that the roles of all paragraphs are stated: `#` is the title, `##` a heading of level 1, what
/// else a paragraph is stands in a comment before it, and nothing is to be recognised.
pub(crate) const ROLES_STATED: &str = "<!-- banshi roles -->";

/// The comment that stands for a page break.
pub(crate) const PAGE_BREAK: &str = "<!-- pagebreak -->";
