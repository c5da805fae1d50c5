//! What the names of styles say of the text that has them. Both sides of Word files agree on it: what is written into
//! a style of a user's template is read from it again.

use super::{
    BREAK_STYLE, HEADING_STYLES, IMPRINT_STYLE, LEAD_STYLES, MASTHEAD_STYLE, POINT_STYLES, ROLES, UNIT_STYLE,
    code_language, level_of,
};
use crate::tree::Role;

/// What the name of a style says of the text that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Meaning {
    /// Nothing, or body text.
    #[default]
    None,
    /// A role.
    Role(Role),
    /// A run-in heading of that level (character style).
    Lead(u8),
    /// A break that fits a line and is not the author's (character style).
    FittedBreak,
    /// Strong emphasis (character style).
    Strong,
    /// Text of a program (character style).
    InlineCode,
    /// A link or the mark of a note, whose look says nothing more (character style).
    Mark,
    /// The 版记, a table that is none (table style).
    Imprint,
    /// A line of a table of contents, or its head.
    Contents,
    /// A quotation.
    Quote,
    /// Preformatted text.
    Code,
    /// A line between passages.
    Rule,
    /// An item of a numbered list.
    NumberedItem,
    /// A further paragraph of a list item of that level, from 0.
    Continued(u8),
}

/// Styles of paragraphs that other programs and translated templates have for what Word's built-in ones stand for.
const FOREIGN: [(&str, Meaning); 35] = [
    ("标题", Meaning::Role(Role::Title)),
    ("公文标题", Meaning::Role(Role::Title)),
    ("文章标题", Meaning::Role(Role::Title)),
    ("副标题", Meaning::Role(Role::Subtitle)),
    ("份号", Meaning::Role(Role::Marking)),
    ("密级", Meaning::Role(Role::Marking)),
    ("密级和保密期限", Meaning::Role(Role::Marking)),
    ("保密期限", Meaning::Role(Role::Marking)),
    ("紧急程度", Meaning::Role(Role::Marking)),
    ("密级和紧急程度", Meaning::Role(Role::Marking)),
    ("题注", Meaning::Role(Role::Caption)),
    ("图题", Meaning::Role(Role::Caption)),
    ("表题", Meaning::Role(Role::Caption)),
    (UNIT_STYLE.1, Meaning::Role(Role::Caption)),
    (MASTHEAD_STYLE.1, Meaning::Role(Role::Byline)),
    ("Image Caption", Meaning::Role(Role::Caption)),
    ("Table Caption", Meaning::Role(Role::Caption)),
    ("出席人员名单", Meaning::Role(Role::Attendance)),
    ("称呼", Meaning::Role(Role::Salutation)),
    ("结束语", Meaning::Role(Role::Closing)),
    ("签名", Meaning::Role(Role::Signature)),
    ("落款", Meaning::Role(Role::Signature)),
    ("Author", Meaning::Role(Role::Byline)),
    ("引用", Meaning::Quote),
    ("明显引用", Meaning::Quote),
    ("Quotations", Meaning::Quote),
    ("Block Text", Meaning::Quote),
    ("文本块", Meaning::Quote),
    ("HTML 预设格式", Meaning::Code),
    ("Source Code", Meaning::Code),
    ("Preformatted Text", Meaning::Code),
    ("Horizontal Line", Meaning::Rule),
    ("列表编号", Meaning::NumberedItem),
    ("列表接续", Meaning::Continued(0)),
    ("正文文本", Meaning::None),
];

/// The level of a heading by the name of its style in Chinese: `标题 1`, `标题1`, `一级标题`.
fn foreign_heading(name: &str) -> Option<u8> {
    const FIGURES: &str = "一二三四五六七八九";
    let level = |c: char| match c.to_digit(10) {
        Some(digit) => u8::try_from(digit).ok().filter(|level| *level > 0),
        None => (1..).zip(FIGURES.chars()).find(|(_, figure)| *figure == c).map(|(level, _)| level),
    };
    let word = match name.strip_prefix("标题") {
        Some(rest) => rest.trim(),
        None => name.strip_suffix("级标题")?,
    };
    let mut characters = word.chars();
    characters.next().and_then(level).filter(|_| characters.next().is_none())
}

/// True for the styles of a table of contents: `toc 1`, `TOC Heading`, `目录 2`, `TOC 标题`.
fn is_of_contents(name: &str) -> bool {
    let name = name.to_lowercase();
    let Some(rest) = ["toc", "目录", "contents"].iter().find_map(|word| name.strip_prefix(word)) else {
        return false;
    };
    let rest = rest.trim();
    matches!(rest, "heading" | "标题") || rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// True for the words over a table of contents, without space.
pub(crate) fn is_contents_head(text: &str) -> bool {
    ["目录", "目錄", "目次", "contents", "tableofcontents"].iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// What a style name says. Word knows built-in styles by name, whatever their id.
pub(crate) fn meaning(name: &str, is_paragraph: bool) -> Meaning {
    // Aliases follow the name after a comma in old files.
    let name = name.split(',').next().unwrap_or(name).trim();
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    if !is_paragraph {
        if let Some(level) = LEAD_STYLES.level(name) {
            return Meaning::Lead(level);
        }
        let mark = [
            "Hyperlink",
            "FollowedHyperlink",
            "footnote reference",
            "endnote reference",
            "Internet Link",
            "超链接",
        ];
        return if is(BREAK_STYLE.1) {
            Meaning::FittedBreak
        } else if is(IMPRINT_STYLE.1) {
            Meaning::Imprint
        } else if is("Strong") {
            Meaning::Strong
        } else if ["HTML Code", "Verbatim Char", "Source Text", "HTML 代码"].iter().any(|known| is(known)) {
            Meaning::InlineCode
        } else if mark.iter().any(|known| is(known)) {
            Meaning::Mark
        } else {
            Meaning::None
        };
    }
    if is_of_contents(name) {
        return Meaning::Contents;
    }
    if let Some(row) = FOREIGN.iter().find(|row| is(row.0)) {
        return row.1;
    }
    if let Some(level) = foreign_heading(name) {
        return Meaning::Role(Role::Heading(level));
    }
    if let Some(row) = ROLES.iter().find(|row| is(row.2)) {
        return if row.0 == Role::Body { Meaning::None } else { Meaning::Role(row.0) };
    }
    if let Some(level) = HEADING_STYLES.level(name) {
        return Meaning::Role(Role::Heading(level));
    }
    if let Some(level) = POINT_STYLES.level(name) {
        return Meaning::Role(Role::Point(level));
    }
    // `List Number`, `List Number 2`.
    let leveled = name.rsplit_once(' ').and_then(|(head, figure)| Some((head, level_of(figure)?)));
    let (head, level) = leveled.filter(|(_, level)| *level > 1).unwrap_or((name, 1));
    if head.eq_ignore_ascii_case("List Number") {
        return Meaning::NumberedItem;
    }
    if head.eq_ignore_ascii_case("List Continue") {
        return Meaning::Continued(level - 1);
    }
    if is("Quote") || is("Intense Quote") {
        Meaning::Quote
    } else if is("HTML Preformatted") || code_language(name).is_some() {
        Meaning::Code
    } else if is("分隔线") {
        Meaning::Rule
    } else {
        Meaning::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_the_role() {
        for (name, expected) in [
            ("heading 3", Meaning::Role(Role::Heading(3))),
            ("Heading 3", Meaning::Role(Role::Heading(3))),
            ("Title", Meaning::Role(Role::Title)),
            ("发文字号", Meaning::Role(Role::DocumentNumber)),
            ("密级和保密期限", Meaning::Role(Role::Marking)),
            ("Caption", Meaning::Role(Role::Caption)),
            ("题注", Meaning::Role(Role::Caption)),
            ("Normal", Meaning::None),
            ("List Number 2", Meaning::NumberedItem),
            ("list continue", Meaning::Continued(0)),
            ("List Continue 3", Meaning::Continued(2)),
            ("List Continue 12", Meaning::None),
            ("要点1", Meaning::Role(Role::Point(1))),
            ("要点10", Meaning::None),
            ("公文正文", Meaning::None),
            ("标题 2", Meaning::Role(Role::Heading(2))),
            ("标题3", Meaning::Role(Role::Heading(3))),
            ("四级标题", Meaning::Role(Role::Heading(4))),
            ("标题", Meaning::Role(Role::Title)),
            ("标题样式", Meaning::None),
            ("标题 10", Meaning::None),
            ("toc 2", Meaning::Contents),
            ("TOC Heading", Meaning::Contents),
            ("目录 1", Meaning::Contents),
            ("目录说明", Meaning::None),
            ("Source Code", Meaning::Code),
        ] {
            assert_eq!(meaning(name, true), expected, "{name}");
        }
        assert_eq!(meaning("引领句2", false), Meaning::Lead(2));
    }
}
