//! Fields (ECMA-376 17.16): their codes, and which of their marks belong together.

use std::collections::BTreeSet;

use super::change;
use super::numeral::circled;
use super::xml::{Element, Ns, Tree};
use crate::options::TrackChanges;

/// Fields within fields beyond this are not told apart.
pub(super) const MAX_FIELDS: usize = 64;

/// A field that is being read.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) code: String,
    /// What of the code is written as text.
    pub(super) stray: String,
    /// True after `separate`.
    pub(super) in_result: bool,
    pub(super) kind: Kind,
    /// What the form control shows, from its `w:ffData`.
    pub(super) control: Option<String>,
    /// The text that stands for a picture, while its result is read, and what the first of it looks like.
    pub(super) alt: String,
    pub(super) look: Option<super::inline::Look>,
}

/// What a field is, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// Its result is text like any other.
    #[default]
    Text,
    /// A link: index among those of the reader.
    Link(usize),
    /// The number of a page or of pages.
    Page,
    /// A table of contents.
    Contents,
    /// The mark of a note that was referred to before.
    Note(String),
    /// A picture by its address; its result, where that is no picture, is the text that stands for it.
    Picture {
        /// The address.
        target: String,
        /// The title that may follow it.
        title: String,
    },
}

/// The words of a field code; quotation marks hold words together, `\` begins a switch.
pub(super) fn words(code: &str) -> Vec<String> {
    tokens(code).into_iter().map(|(word, _)| word).collect()
}

/// The words of a field code, and whether each stood in quotation marks: those are no switches.
fn tokens(code: &str) -> Vec<(String, bool)> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut any) = (false, false);
    let mut characters = code.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' | '“' | '”' => (quoted, any) = (!quoted, true),
            // Within quotation marks a backslash is doubled.
            '\\' if quoted && matches!(characters.peek(), Some('\\' | '"' | '“' | '”')) => {
                word.extend(characters.next());
            }
            c if c.is_whitespace() && !quoted => {
                if any || !word.is_empty() {
                    words.push((std::mem::take(&mut word), any));
                }
                any = false;
            }
            c => word.push(c),
        }
    }
    if any || !word.is_empty() {
        words.push((word, any));
    }
    words
}

/// The name of a field in capitals.
pub(super) fn name(code: &str) -> String {
    code.split_whitespace().next().unwrap_or("").to_ascii_uppercase()
}

/// Target and title of a `HYPERLINK` (17.16.5.25).
pub(super) fn hyperlink(code: &str) -> Option<(String, String)> {
    let (mut target, mut anchor, mut title) = (String::new(), None, String::new());
    let mut words = words(code).into_iter().skip(1);
    while let Some(word) = words.next() {
        match word.to_ascii_lowercase().as_str() {
            "\\l" => anchor = words.next(),
            "\\o" => title = words.next().unwrap_or_default(),
            "\\t" => drop(words.next()),
            switch if switch.starts_with('\\') => {}
            _ if target.is_empty() => target = word,
            _ => {}
        }
    }
    if let Some(anchor) = anchor {
        target = format!("{target}#{anchor}");
    }
    (!target.is_empty()).then_some((target, title))
}

/// The address of an `INCLUDEPICTURE` (17.16.5.28), and the title that may follow it.
pub(super) fn picture(code: &str) -> Option<Kind> {
    let mut tokens = tokens(code).into_iter().skip(1);
    let (target, _) = tokens.find(|(word, quoted)| *quoted || !is_switch(word))?;
    let title = tokens.next().filter(|(_, quoted)| *quoted).map(|(title, _)| title).unwrap_or_default();
    Some(Kind::Picture { target, title })
}

/// True for `\d` and its like; addresses of servers begin with two.
fn is_switch(word: &str) -> bool {
    word.starts_with('\\') && word.chars().count() == 2
}

/// True for fields whose result is the number of a page, section or count of them.
pub(super) fn is_page(name: &str) -> bool {
    matches!(name, "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "SECTION")
}

/// What the form control of a field shows (17.16.17): a box, or the chosen entry of a list.
pub(super) fn control(data: Element<'_>) -> Option<String> {
    if let Some(check) = data.child("checkBox") {
        let on = check.switch("checked").or_else(|| check.switch("default")).unwrap_or(false);
        return Some(if on { "☒" } else { "☐" }.into());
    }
    let list = data.child("ddList")?;
    let chosen = list.value("result").or_else(|| list.value("default"));
    let chosen: usize = chosen.and_then(|value| value.parse().ok()).unwrap_or(0);
    list.children().filter(|child| child.is_w("listEntry")).nth(chosen)?.get("val").map(str::to_owned)
}

/// The characters that an `EQ` field sets (17.16.5.22): brackets, fractions and the like become text in
/// a line, `\o(○,1)` the circled figure.
pub(super) fn equation(code: &str) -> String {
    let body: Vec<char> = code.trim_start().chars().skip(2).collect();
    let mut at = 0;
    let text = equation_from(&body, &mut at, 0);
    text.trim().to_owned()
}

fn equation_from(body: &[char], at: &mut usize, depth: usize) -> String {
    let mut text = String::new();
    while let Some(c) = body.get(*at).copied() {
        match c {
            ')' | ',' | ';' | '，' if depth > 0 => break,
            '\\' => {
                let switch = equation_switch(body, at);
                if switch.is_empty() {
                    // An escaped character.
                    text.extend(body.get(*at));
                    *at += 1;
                } else if switch.starts_with('*') {
                    // A format of the whole field: its argument is one word.
                    while body.get(*at).is_some_and(|c| c.is_whitespace()) {
                        *at += 1;
                    }
                    let quoted = body.get(*at) == Some(&'"');
                    *at += 1;
                    while body.get(*at).is_some_and(|c| if quoted { *c != '"' } else { !c.is_whitespace() }) {
                        *at += 1;
                    }
                    *at += usize::from(quoted);
                } else if body.get(*at) == Some(&'(') && depth < MAX_FIELDS {
                    let mut parts = Vec::new();
                    while body.get(*at).is_some_and(|c| parts.is_empty() || *c != ')') {
                        *at += 1;
                        let raised = body[(*at).min(body.len())..].starts_with(&['\\', 's', '\\', 'u', 'p']);
                        parts.push((equation_from(body, at, depth + 1), raised));
                    }
                    *at += 1;
                    text.push_str(&equation_part(&switch, &parts));
                }
            }
            c => {
                text.push(c);
                *at += 1;
            }
        }
    }
    text
}

/// The letters of a switch and those that modify it, `\s\up 9` as `sup`; numbers are measures.
fn equation_switch(body: &[char], at: &mut usize) -> String {
    let mut switch = String::new();
    while body.get(*at) == Some(&'\\') {
        *at += 1;
        let start = *at;
        while body.get(*at).is_some_and(|c| c.is_ascii_alphabetic() || *c == '*') {
            *at += 1;
        }
        if start == *at {
            break;
        }
        switch.extend(body[start..*at].iter().map(char::to_ascii_lowercase));
        // A measure belongs to the switch only where another switch or an argument follows it.
        let mut measure = *at;
        while body.get(measure).is_some_and(|c| c.is_ascii_digit() || c.is_whitespace() || *c == '.') {
            measure += 1;
        }
        if !switch.starts_with('*') && matches!(body.get(measure), Some('\\' | '(')) {
            *at = measure;
        }
    }
    switch
}

/// The text of a switch from its parts; a part that is raised over others is their reading.
fn equation_part(switch: &str, parts: &[(String, bool)]) -> String {
    let raised_only = parts.iter().all(|(_, raised)| *raised);
    let shown = parts.iter().filter(|(_, raised)| raised_only || !*raised);
    let trimmed: Vec<&str> = shown.map(|(part, _)| part.trim()).collect();
    match (switch.chars().next(), trimmed.as_slice()) {
        (Some('f'), [top, bottom]) => format!("{top}/{bottom}"),
        (Some('r'), [radicand]) => format!("√{radicand}"),
        (Some('b'), [inner]) => format!("({inner})"),
        _ => {
            let circle = trimmed.iter().position(|part| matches!(*part, "○" | "〇" | "◯" | "O"));
            let number = trimmed.iter().find_map(|part| part.parse().ok());
            match (circle, number.and_then(circled)) {
                (Some(_), Some(c)) => c.to_string(),
                _ => trimmed.concat(),
            }
        }
    }
}

/// The `w:fldChar` marks that have no partner in their story. Read as marks they would swallow the text
/// after them, so they are ignored.
pub(super) fn unmatched(tree: &Tree, changes: TrackChanges) -> BTreeSet<u32> {
    let mut unmatched = BTreeSet::new();
    // The marks open in each story: text boxes within it have marks of their own.
    let mut stories: Vec<(u32, Vec<u32>)> = vec![(u32::MAX, Vec::new())];
    let skip = |e: Element<'_>| change::is_left_out(changes, e);
    for element in tree.root().subtree(skip).filter(|e| e.ns() == Ns::W) {
        while stories.len() > 1 && stories.last().is_some_and(|(end, _)| element.id >= *end) {
            unmatched.extend(stories.pop().into_iter().flat_map(|story| story.1));
        }
        match element.name() {
            "txbxContent" | "footnote" | "endnote" | "comment" => stories.push((element.end(), Vec::new())),
            "fldChar" => {
                let Some((_, open)) = stories.last_mut() else { continue };
                match element.get("fldCharType") {
                    Some("begin") if open.len() < MAX_FIELDS => open.push(element.id),
                    Some("begin") => drop(unmatched.insert(element.id)),
                    Some("end") if open.pop().is_none() => drop(unmatched.insert(element.id)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    unmatched.extend(stories.into_iter().flat_map(|story| story.1));
    unmatched
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_have_target_anchor_and_title() {
        let link = |code| hyperlink(code).unwrap();
        assert_eq!(link(r#" HYPERLINK "http://a/b c" \o "题" "#), ("http://a/b c".into(), "题".into()));
        assert_eq!(link(r#"HYPERLINK \l "_Ref1" \h"#).0, "#_Ref1");
        assert_eq!(link(r"HYPERLINK http://a \t _blank").0, "http://a");
        assert_eq!(hyperlink("HYPERLINK"), None);
    }

    #[test]
    fn pictures_have_an_address_and_a_title() {
        let read = |code| match picture(code) {
            Some(Kind::Picture { target, title }) => (target, title),
            _ => Default::default(),
        };
        let picture = |target: &str, title: &str| (target.to_owned(), title.to_owned());
        assert_eq!(read(r#"INCLUDEPICTURE "http://a/b.png" "题" \d"#), picture("http://a/b.png", "题"));
        assert_eq!(read(r"INCLUDEPICTURE \d a.png \* MERGEFORMAT"), picture("a.png", ""));
        assert_eq!(read(r#"INCLUDEPICTURE "" "\\!" \d"#), picture("", r"\!"));
    }

    #[test]
    fn equations_give_their_text() {
        assert_eq!(equation(r"eq \o\ac(○,21)"), "㉑");
        assert_eq!(equation(r#"EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(pīn),拼)"#), "拼");
        assert_eq!(equation(r"EQ \f(1,2)"), "1/2");
        assert_eq!(equation(r"EQ \r(x"), "√x");
    }
}
