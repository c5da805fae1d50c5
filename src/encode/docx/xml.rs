//! Text in XML: which characters may stand there, and how they are escaped.

use std::borrow::Cow;

/// True for the characters that XML 1.0 can hold (production 2, `Char`).
pub(super) fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The legal characters of `text`, with the markup characters escaped for text and attributes.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let plain = |c: char| is_legal(c) && !matches!(c, '&' | '<' | '>' | '"' | '\'' | '\n' | '\t' | '\r');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            _ if is_legal(c) => escaped.push(c),
            _ => {}
        }
    }
    Cow::Owned(escaped)
}

/// The declaration that begins every part.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Namespace of WordprocessingML (ECMA-376 transitional).
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Namespace of relationship ids inside parts.
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What the root of a part with text declares: the names that its text uses, and that `w15` may be ignored.
pub(super) fn namespaces() -> String {
    format!(
        "xmlns:w=\"{W}\" xmlns:r=\"{R}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w15\""
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_control_characters_go() {
        assert_eq!(escape("a<b>&\"c\"\u{1}\u{FFFE}"), "a&lt;b&gt;&amp;&quot;c&quot;");
        assert!(matches!(escape("好，ok"), Cow::Borrowed(_)));
        assert!(is_legal('\u{1F600}') && !is_legal('\u{B}') && !is_legal('\u{FFFF}'));
    }
}
