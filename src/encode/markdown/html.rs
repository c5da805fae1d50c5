//! HTML as CommonMark sees it: what it reads as a tag inside a paragraph and as a block of its own.

use crate::markdown::html::tag_end;

/// Elements that begin an HTML block wherever they begin a line (CommonMark 4.6, start condition 6).
const BLOCK_TAGS: [&str; 62] = [
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

/// Elements whose block reaches to their closing tag (start condition 1).
const LITERAL_TAGS: [&str; 4] = ["pre", "script", "style", "textarea"];

/// What an empty line may hold; the parser counts U+000B and U+000C among it.
const BLANKS: [char; 4] = [' ', '\t', '\u{B}', '\u{C}'];

/// True where `markup` is one piece of raw HTML inside a paragraph (CommonMark 6.6), nothing before or after.
pub(super) fn is_inline(markup: &str) -> bool {
    let Some(rest) = markup.strip_prefix('<') else { return false };
    if let Some(comment) = rest.strip_prefix("!--") {
        // `<!-->` and `<!--->` are whole comments.
        if comment.starts_with(['>']) || comment.starts_with("->") {
            return matches!(comment, ">" | "->");
        }
        return comment.find("-->").is_some_and(|at| at + 3 == comment.len());
    }
    if let Some(inner) = rest.strip_prefix('?') {
        return inner.find("?>").is_some_and(|at| at + 2 == inner.len());
    }
    if let Some(inner) = rest.strip_prefix("![CDATA[") {
        return inner.find("]]>").is_some_and(|at| at + 3 == inner.len());
    }
    if let Some(inner) = rest.strip_prefix('!') {
        let named = inner.starts_with(|c: char| c.is_ascii_alphabetic());
        return named && inner.find('>').is_some_and(|at| at + 1 == inner.len());
    }
    tag_end(markup) == Some(markup.len())
}

/// The end of an HTML block by how it begins (CommonMark 4.6).
enum End {
    /// With the line that holds one of these, case ignored.
    Mark(&'static [&'static str]),
    /// At an empty line.
    EmptyLine,
}

/// How the HTML block that begins with `line` ends, if one does.
fn block_end(line: &str, tag_alone: bool) -> Option<End> {
    let rest = line.trim_start_matches(' ').strip_prefix('<')?;
    let (name, closing) = rest.strip_prefix('/').map_or((rest, false), |name| (name, true));
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, after) = name.split_at(length);
    let name = name.to_ascii_lowercase();
    let ends = after.is_empty() || after.starts_with([' ', '\t', '>']);
    if !closing && ends && LITERAL_TAGS.contains(&name.as_str()) {
        return Some(End::Mark(&["</pre>", "</script>", "</style>", "</textarea>"]));
    }
    if rest.starts_with("!--") {
        return Some(End::Mark(&["-->"]));
    }
    if rest.starts_with('?') {
        return Some(End::Mark(&["?>"]));
    }
    if rest.starts_with("![CDATA[") {
        return Some(End::Mark(&["]]>"]));
    }
    if rest.strip_prefix('!').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return Some(End::Mark(&[">"]));
    }
    if (ends || after.starts_with("/>")) && BLOCK_TAGS.contains(&name.as_str()) {
        return Some(End::EmptyLine);
    }
    let line = line.trim_start_matches(' ');
    let alone = tag_end(line).is_some_and(|end| line[end..].trim_matches(BLANKS).is_empty());
    (tag_alone && alone).then_some(End::EmptyLine)
}

/// True where a paragraph that begins with `markup`, followed by other text on its line or not, would be
/// read as an HTML block.
pub(super) fn begins_block(markup: &str, alone: bool) -> bool {
    markup.lines().next().is_some_and(|line| block_end(line, alone).is_some())
}

/// True where the HTML block `markup` reaches to an empty line.
pub(super) fn ends_at_empty_line(markup: &str) -> bool {
    !matches!(markup.lines().next().and_then(|line| block_end(line, true)), Some(End::Mark(_)))
}

/// `markup`, a tag that alone on a line would begin a block, on two lines, so that it does not.
pub(super) fn on_two_lines(markup: &str) -> Option<String> {
    let (first, rest) = markup.split_once(' ')?;
    let broken = format!("{first}\n{rest}");
    let named = rest.starts_with(|c: char| c.is_ascii_alphabetic());
    (named && block_end(first, true).is_none() && is_inline(&broken)).then_some(broken)
}

/// True where `markup` is read back as exactly one HTML block; `unclosed` where it may lack its end.
pub(super) fn is_block(markup: &str, unclosed: bool) -> bool {
    let mut lines = markup.split('\n').peekable();
    let Some(first) = lines.peek().copied() else { return false };
    if first.starts_with("    ") || markup.trim().is_empty() {
        return false;
    }
    match block_end(first, true) {
        None => false,
        Some(End::EmptyLine) => lines.all(|line| !line.trim_matches(BLANKS).is_empty()),
        Some(End::Mark(marks)) => {
            let holds = |line: &str| {
                let line = line.to_ascii_lowercase();
                marks.iter().any(|mark| line.contains(mark))
            };
            let last = markup.split('\n').count() - 1;
            match lines.position(holds) {
                Some(line) => line == last,
                None => unclosed,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_inline_html() {
        for markup in
            ["<a>", "<a href=\"x>y\" b='c' d=e f>", "</a >", "<br/>", "<!-- x -->", "<?x?>", "<!X y>"]
        {
            assert!(is_inline(markup), "{markup}");
        }
        for markup in
            ["", "<", "<1>", "<a", "<a>b", "<a b=>", "</a b>", "a", "<!-- a -->b-->", "<a  =x>", "<!-->-->"]
        {
            assert!(!is_inline(markup), "{markup}");
        }
    }

    #[test]
    fn a_tag_on_two_lines_begins_no_block() {
        assert_eq!(on_two_lines("<a b=c>").as_deref(), Some("<a\nb=c>"));
        assert_eq!(on_two_lines("<a >"), None);
        assert_eq!(on_two_lines("<div a>"), None);
    }

    #[test]
    fn blocks_of_html() {
        for markup in ["<div>\nx\n</div>", "<!-- a\n\nb -->", "<pre>\n\n</pre>", "<x-y>", "</p>", "<hr/> a"] {
            assert!(is_block(markup, false), "{markup}");
        }
        for markup in ["<div>\n\n</div>", "<!-- a -->\nb", "<!-- a", "<x-y> b", "text", "", "    <div>"] {
            assert!(!is_block(markup, false), "{markup}");
        }
    }
}
