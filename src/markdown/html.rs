//! HTML that only sets text: what of it is the author's text.

use super::inline;
use super::line_end::joined;
use crate::tree::Inline;

/// Elements that hold paragraphs or are one.
const BLOCKS: [&str; 16] = [
    "address", "article", "center", "details", "div", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "p", "section", "summary",
];

/// Elements that stand in running text and keep it as it is.
const INLINES: [&str; 18] = [
    "a", "b", "big", "br", "del", "em", "font", "i", "img", "ins", "s", "small", "span", "strike", "strong",
    "sub", "sup", "u",
];

/// The text of a block of HTML.
#[derive(Debug, PartialEq)]
pub(crate) struct Text {
    /// Its paragraphs, in canonical spelling. Tags that stand in running text are among it.
    pub(crate) paragraphs: Vec<Vec<Inline>>,
    /// The tags between the paragraphs.
    pub(crate) tags: String,
}

/// The text of `markup`, a block of HTML, where that is all it is: paragraphs in `<div>`, `<p>`, `<center>` and the
/// like. `None` for any other, such as tables, comments and programs, and where there is no text.
pub(crate) fn text(markup: &str) -> Option<Text> {
    let mut found = Text { paragraphs: Vec::new(), tags: String::new() };
    let mut running = Running::default();
    let mut rest = markup;
    while !rest.is_empty() {
        let (words, tagged) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        running.add(&unescaped(words)?);
        let end = if tagged.is_empty() { 0 } else { tag_end(tagged)? };
        let (tag, after) = tagged.split_at(end);
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let is = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(name));
        if tag.is_empty() || is(&BLOCKS) {
            found.paragraphs.extend(std::mem::take(&mut running).content());
            found.tags.push_str(tag);
        } else if is(&INLINES) {
            running.add_tag(tag);
        } else {
            return None;
        }
        rest = after;
    }
    found.paragraphs.extend(running.content());
    let all_say = found.paragraphs.iter().all(|content| has_words(content));
    (!found.paragraphs.is_empty() && all_say).then_some(found)
}

/// A paragraph so far. Its white space is that between words, as browsers see it; line ends are as in Markdown.
#[derive(Default)]
struct Running {
    inlines: Vec<Inline>,
    /// The last character of the line.
    last: Option<char>,
    /// Where white space stood last, with or without a line end.
    space: Option<(usize, bool)>,
}

impl Running {
    fn add(&mut self, words: &str) {
        let mut piece = String::new();
        for c in words.chars() {
            if c.is_ascii_whitespace() {
                if !piece.is_empty() {
                    self.inlines.push(Inline::Text(std::mem::take(&mut piece)));
                }
                let (at, ends) = self.space.unwrap_or((self.inlines.len(), false));
                self.space = Some((at, ends || c == '\n'));
                continue;
            }
            // An indent.
            if self.last.is_none() && matches!(c, '\u{3000}' | '\u{A0}') {
                continue;
            }
            if let Some((at, ends)) = self.space.take()
                && self.last.is_some()
                && !(ends && joined(self.last, Some(c)))
            {
                self.inlines.insert(at, Inline::Text(" ".to_owned()));
            }
            self.last = Some(c);
            piece.push(c);
        }
        self.inlines.push(Inline::Text(piece));
    }

    fn add_tag(&mut self, tag: &str) {
        self.inlines.push(Inline::Raw(tag.to_owned()));
        if inline::is_break_tag(tag) {
            (self.last, self.space) = (None, None);
        }
    }

    /// What is there, if anything.
    fn content(self) -> Option<Vec<Inline>> {
        let content = inline::canonical(self.inlines);
        (!content.is_empty()).then_some(content)
    }
}

fn has_words(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Text(_) => true,
        Inline::Styled(_, content) | Inline::Link { content, .. } => has_words(content),
        Inline::Code(_) | Inline::Image(_) | Inline::NoteRef(_) | Inline::Break | Inline::Raw(_) => false,
    })
}

/// `words` with characters for their references; `None` where one has no meaning here.
fn unescaped(words: &str) -> Option<String> {
    const REFERENCES: [(&str, char); 5] =
        [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("nbsp;", '\u{A0}')];
    let mut parts = words.split('&');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let known = REFERENCES.iter().find(|(name, _)| part.starts_with(name));
        let (character, rest) = match known {
            Some((name, character)) => (*character, &part[name.len()..]),
            None if part.contains(';') => return None,
            None => ('&', part),
        };
        out.push(character);
        out.push_str(rest);
    }
    Some(out)
}

/// Offset after the open or closing tag at the start of `markup`.
pub(crate) fn tag_end(markup: &str) -> Option<usize> {
    let bytes = markup.as_bytes();
    let closing = bytes.get(1) == Some(&b'/');
    let mut at = if closing { 2 } else { 1 };
    if bytes.first() != Some(&b'<') || !bytes.get(at)?.is_ascii_alphabetic() {
        return None;
    }
    while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-') {
        at += 1;
    }
    loop {
        let space = skip_space(bytes, at);
        if bytes.get(space) == Some(&b'>') {
            return Some(space + 1);
        }
        if closing {
            return None;
        }
        if bytes[space.min(bytes.len())..].starts_with(b"/>") {
            return Some(space + 2);
        }
        // An attribute needs a space before it.
        if space == at || !bytes.get(space).is_some_and(|b| b.is_ascii_alphabetic() || b"_:".contains(b)) {
            return None;
        }
        at = space;
        while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || b"_.:-".contains(b)) {
            at += 1;
        }
        let equals = skip_space(bytes, at);
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        at = skip_space(bytes, equals + 1);
        at = match bytes.get(at)? {
            quote @ (b'"' | b'\'') => at + 2 + bytes[at + 1..].iter().position(|b| b == quote)?,
            _ => {
                let value = bytes[at..].iter().take_while(|b| !b" \t\n\"'=<>`".contains(b)).count();
                if value == 0 {
                    return None;
                }
                at + value
            }
        };
    }
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|b| b" \t\n".contains(b)) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::InlineStyle;

    fn words(words: &str) -> Inline {
        Inline::Text(words.into())
    }

    #[test]
    fn the_text_of_paragraphs_is_kept() {
        let found =
            text("<div align=\"center\">\n  甲\n  <u>乙</u> b\n</div>\n<P>　　丙&amp;丁<br>\n戊</P>\n")
                .expect("text");
        assert_eq!(found.tags, "<div align=\"center\"></div><P></P>");
        let underlined = Inline::Styled(InlineStyle::Underline, vec![words("乙")]);
        assert_eq!(
            found.paragraphs,
            [vec![words("甲"), underlined, words(" b")], vec![words("丙&丁"), Inline::Break, words("戊")],]
        );
    }

    #[test]
    fn other_markup_is_left_alone() {
        for markup in [
            "<div>",
            "<p><img src=\"a.png\"></p>",
            "<div>甲<table></table></div>",
            "<div>甲<!-- 乙 --></div>",
            "<div>&hearts;</div>",
            "<div>1 < 2</div>",
            "<script>甲</script>",
        ] {
            assert_eq!(text(markup), None, "{markup}");
        }
    }
}
