//! The properties at the head of a Markdown file, in the simple part of YAML.

use crate::diagnostic::{Diagnostics, Kind};
use crate::markdown::line_end::joined;
use crate::tree::{Location, Meta};

/// Parts `text` into its front matter (the lines between the fences) and the offset where the Markdown begins.
///
/// Front matter begins on the first line with `---`, is not followed by an empty line, states at least one
/// property, and ends with `---` or `...`; anything else is Markdown (a rule, a heading).
pub(super) fn part(text: &str) -> Option<(&str, usize)> {
    let start = text.split_inclusive('\n').next()?;
    if start.trim_end() != "---" || start.len() == text.len() {
        return None;
    }
    let mut end = start.len();
    for line in text[start.len()..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let inner = &text[start.len()..end];
            let states = inner.lines().any(|line| property(line).is_some());
            let empty_first = inner.lines().next().is_none_or(|line| line.trim().is_empty());
            return (states && !empty_first).then_some((inner, end + line.len()));
        }
        end += line.len();
    }
    None
}

/// Reads the lines of a front matter whose first line has number `first`.
///
/// Understood are `name: value` with plain and quoted scalars, folded ones (`>`), and lists of plain and quoted ones
/// (`[a, b]` or lines with `- `), whose items become lines of the value. All else is kept to the letter as a property without
/// a name, and reported.
pub(super) fn read(inner: &str, first: u32, diagnostics: &mut Diagnostics) -> Meta {
    let mut meta = Meta::default();
    let mut unread: Option<(u32, String)> = None;
    let lines: Vec<&str> = inner.lines().collect();
    let mut at = 0;
    while at < lines.len() {
        // An entry reaches to the next line that begins without indent and is no item of a list; empty lines may stand
        // inside.
        let empty = lines[at..].iter().take_while(|line| line.is_empty()).count();
        let mut end = at + empty.max(1);
        while let Some(length) = going_on(&lines[end..]) {
            end += length;
        }
        match entry(&lines[at..end]) {
            Some((name, value)) => {
                keep_unread(&mut meta, unread.take(), diagnostics);
                meta.set(name, value);
            }
            None => {
                let entry = lines[at..end].join("\n");
                match &mut unread {
                    Some((_, text)) => {
                        text.push('\n');
                        text.push_str(&entry);
                    }
                    None if entry.trim().is_empty() => {}
                    None => unread = Some((first + u32::try_from(at).unwrap_or(u32::MAX), entry)),
                }
            }
        }
        at = end;
    }
    keep_unread(&mut meta, unread, diagnostics);
    meta
}

/// How many of these lines go on with an entry: one, or empty lines with the indented one after them.
fn going_on(lines: &[&str]) -> Option<usize> {
    let empty = lines.iter().take_while(|line| line.is_empty()).count();
    let line = lines.get(empty)?;
    let indented = line.starts_with([' ', '\t']);
    (indented || empty == 0 && (line.starts_with("- ") || *line == "-")).then_some(empty + 1)
}

fn keep_unread(meta: &mut Meta, unread: Option<(u32, String)>, diagnostics: &mut Diagnostics) {
    let Some((line, text)) = unread else { return };
    let text = text.trim_end().to_owned();
    diagnostics.report_text(
        Kind::Inferred,
        "front-matter-not-read",
        Location::line(line),
        message!("these lines of the front matter are kept as they are, without being understood"),
        text.clone(),
    );
    meta.other.push((String::new(), text));
}

/// Name and value of an entry, if it is one of the simple forms.
fn entry(lines: &[&str]) -> Option<(String, String)> {
    let (name, rest) = property(lines[0])?;
    if lines.len() == 1 {
        let value = match rest.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
            Some(list) => flow_items(list)?.join("\n"),
            None => scalar(rest)?,
        };
        return Some((name, value));
    }
    if matches!(rest, ">" | ">-") {
        return Some((name, folded(&lines[1..])?));
    }
    if !rest.is_empty() {
        return None;
    }
    let items = lines[1..].iter().map(|line| {
        let item = line.trim_start().strip_prefix('-')?;
        if !item.is_empty() && !item.starts_with(' ') {
            return None;
        }
        scalar(item.trim())
    });
    Some((name, items.collect::<Option<Vec<_>>>()?.join("\n")))
}

/// The lines of a folded scalar (YAML 1.2, 8.1.3) as one, without a space between Chinese; `None` for a finer one, with
/// lines that stand in or are empty.
fn folded(lines: &[&str]) -> Option<String> {
    let indent = lines[0].len() - lines[0].trim_start_matches(' ').len();
    let mut out = String::new();
    for line in lines {
        let text = line.get(indent..).filter(|_| line[..indent].trim().is_empty() && indent > 0)?;
        if text.is_empty() || text.starts_with([' ', '\t']) {
            return None;
        }
        if !out.is_empty() && !joined(out.chars().next_back(), text.chars().next()) {
            out.push(' ');
        }
        out.push_str(text);
    }
    Some(out)
}

/// Name and rest of a line `name: rest`.
fn property(line: &str) -> Option<(String, &str)> {
    let (name, rest) = if line.starts_with(['"', '\'']) {
        let end = quoted_end(line)?;
        (scalar(&line[..end])?, line[end..].trim_start().strip_prefix(':')?)
    } else {
        let end = line.find(": ").or_else(|| line.ends_with(':').then(|| line.len() - 1))?;
        (scalar(&line[..end])?, &line[end + 1..])
    };
    let spaced = rest.is_empty() || rest.starts_with(' ');
    (spaced && !name.is_empty() && !line.starts_with([' ', '\t'])).then(|| (name, rest.trim()))
}

/// The items of `a, "b, c"`.
fn flow_items(list: &str) -> Option<Vec<String>> {
    let mut items = Vec::new();
    let mut rest = list.trim();
    while !rest.is_empty() {
        let end = if rest.starts_with(['"', '\'']) {
            quoted_end(rest)?
        } else {
            rest.find(',').unwrap_or(rest.len())
        };
        let item = rest[..end].trim();
        if !item.starts_with(['"', '\'']) && item.contains(['[', ']', '{', '}']) {
            return None;
        }
        items.push(scalar(item)?);
        rest = rest[end..].trim_start();
        rest = match rest.strip_prefix(',') {
            Some(rest) => rest.trim_start(),
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    Some(items)
}

/// Offset after the quote that closes the one at the start of `text`.
fn quoted_end(text: &str) -> Option<usize> {
    let quote = text.chars().next()?;
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((offset, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                chars.next();
            } else {
                return Some(offset + 1);
            }
        }
    }
    None
}

/// The value of a scalar on one line; `None` for what is more than that.
fn scalar(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with(['"', '\'']) {
        if quoted_end(text)? != text.len() {
            return None;
        }
        let inner = &text[1..text.len() - 1];
        return if text.starts_with('"') { unescaped(inner) } else { Some(inner.replace("''", "'")) };
    }
    // Indicators of YAML 1.2, 5.3, that begin something other than a plain scalar.
    let special = text.starts_with(['&', '*', '!', '|', '>', '%', '@', '`', '{', '}', '[', ']', ',', '#']);
    let begins_entry = ["- ", "? ", ": "].iter().any(|start| text.starts_with(start));
    let lone = matches!(text, "-" | "?" | ":");
    if special || begins_entry || lone || text.contains(": ") || text.contains(" #") || text.ends_with(':') {
        return None;
    }
    Some(text.to_owned())
}

/// Resolves the escapes of a double-quoted scalar (YAML 1.2, 5.7).
fn unescaped(inner: &str) -> Option<String> {
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let digits = match chars.next()? {
            'n' => {
                out.push('\n');
                continue;
            }
            'r' => {
                out.push('\r');
                continue;
            }
            't' => {
                out.push('\t');
                continue;
            }
            'x' => 2,
            'u' => 4,
            'U' => 8,
            c @ ('"' | '\\' | '/' | ' ') => {
                out.push(c);
                continue;
            }
            _ => return None,
        };
        let code: String = chars.by_ref().take(digits).collect();
        if code.chars().count() != digits {
            return None;
        }
        out.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(inner: &str) -> (Meta, usize) {
        let mut diagnostics = Diagnostics::default();
        let meta = read(inner, 2, &mut diagnostics);
        (meta, diagnostics.into_vec().len())
    }

    #[test]
    fn scalars_and_lists() {
        let (meta, reports) = meta(
            "标题: \"关于“四个”的：话\"\nauthor: '张''三'\ndate: 2026-01-05\ntags: [甲, \"乙, 丙\"]\nto:\n  - 一\n  - 二\nempty:\n",
        );
        assert_eq!(meta.title.as_deref(), Some("关于“四个”的：话"));
        assert_eq!(meta.author.as_deref(), Some("张'三"));
        assert_eq!(meta.date.as_deref(), Some("2026-01-05"));
        let other: Vec<_> = meta.other.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(other, [("tags", "甲\n乙, 丙"), ("to", "一\n二"), ("empty", "")]);
        assert_eq!(reports, 0);
    }

    #[test]
    fn folded_lines_are_one() {
        let inner = "description: >\n  写给新人的\n  排版笔记，\n  with English\n  words\nlast: 末\n";
        let (meta, reports) = meta(inner);
        let wanted = ("description".to_owned(), "写给新人的排版笔记， with English words".to_owned());
        assert_eq!((&meta.other[0], meta.other.len(), reports), (&wanted, 2, 0));
        // Lines that stay lines, empty ones and those that stand in are more than one line.
        for finer in
            ["a: >\n  b\n\n  c\n", "a: >\n  b\n    c\n", "a: |\n  b\n  c\n", "a: >\nb: c\n", "a: >2\n  b\n"]
        {
            let (meta, reports) = self::meta(finer);
            assert_eq!((meta.other[0].0.as_str(), reports), ("", 1), "{finer}");
        }
    }

    #[test]
    fn what_is_not_read_is_kept_and_reported() {
        let inner = "title: 题\nmap:\n  a: 1\n  b: 2\n# a remark\ndraft: true # not yet\nlast: 末\n";
        let (meta, reports) = meta(inner);
        assert_eq!(
            meta.other,
            [
                (String::new(), "map:\n  a: 1\n  b: 2\n# a remark\ndraft: true # not yet".to_owned()),
                ("last".to_owned(), "末".to_owned())
            ]
        );
        assert_eq!(reports, 1);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(part("---\n\ntitle: a\n---\n"), None);
        assert_eq!(part("---\n正文\n---\n"), None);
        assert_eq!(part("---\ntitle: a\n"), None);
        assert_eq!(part("---\ntitle: a\n...\n文"), Some(("title: a\n", 17)));
    }
}
