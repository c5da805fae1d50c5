//! The role of a paragraph, and all that is recognised in it, as attributes: for formats that have no other place for it.

use crate::diagnostic::Diagnostics;
use crate::message::Message;
use crate::tree::{InlinePoint, Lead, Location, Marker, Paragraph, Role, Scheme};

/// What is said of a paragraph beside the name of its role: `level="2"`, `marker="han:1:2"` (scheme, numbers, characters), `lead="6:2"`
/// (characters, level), `points="is:1:22:51"` (scheme, number, first and last character).
pub(crate) fn attributes(paragraph: &Paragraph) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut add = |name: &str, value: String| all.push((name.to_owned(), value));
    if let Some(level) = paragraph.role.level() {
        add("level", level.to_string());
    }
    if let Some(marker) = &paragraph.marker {
        let numbers: Vec<String> = marker.value.iter().map(u32::to_string).collect();
        let length = marker.text.chars().count();
        let mut value = format!("{}:{}:{length}", scheme_name(marker.scheme), numbers.join("."));
        if !paragraph.text().starts_with(&marker.text) {
            value = format!("{value}:{}", marker.text);
        }
        add("marker", value);
    }
    if let Some(lead) = paragraph.lead {
        add("lead", format!("{}:{}", lead.end, lead.level));
    }
    if !paragraph.points.is_empty() {
        let points = paragraph.points.iter();
        let points: Vec<String> = points
            .map(|point| {
                format!("{}:{}:{}:{}", scheme_name(point.scheme), point.value, point.start, point.end)
            })
            .collect();
        add("points", points.join(" "));
    }
    all
}

/// Puts attributes back into a paragraph whose text is there; false where one of them makes no sense. Others' attributes
/// are no concern of this.
pub(crate) fn apply(attributes: &[(String, String)], paragraph: &mut Paragraph) -> bool {
    attributes.iter().fold(true, |sound, (name, value)| set(name, value, paragraph).is_some() && sound)
}

fn set(name: &str, value: &str, paragraph: &mut Paragraph) -> Option<()> {
    match name {
        "level" => {
            let level = value.parse().ok()?;
            paragraph.role = match paragraph.role {
                Role::Heading(_) => Role::Heading(level),
                Role::Point(_) => Role::Point(level),
                _ => return None,
            };
        }
        "marker" => paragraph.marker = Some(marker(value, paragraph)?),
        "lead" => {
            let (end, level) = value.split_once(':')?;
            paragraph.lead = Some(Lead { end: end.parse().ok()?, level: level.parse().ok()? });
        }
        "points" => paragraph.points = value.split(' ').map(point).collect::<Option<_>>()?,
        _ => {}
    }
    Some(())
}

fn marker(value: &str, paragraph: &Paragraph) -> Option<Marker> {
    let mut parts = value.splitn(4, ':');
    let scheme = scheme(parts.next()?)?;
    let numbers = parts.next()?;
    let numbers = match numbers {
        "" => Vec::new(),
        numbers => numbers.split('.').map(str::parse).collect::<Result<_, _>>().ok()?,
    };
    let length: usize = parts.next()?.parse().ok()?;
    let text = match parts.next() {
        Some(text) => text.to_owned(),
        None => paragraph.text().chars().take(length).collect(),
    };
    Some(Marker { scheme, value: numbers, text })
}

fn point(value: &str) -> Option<InlinePoint> {
    let mut parts = value.split(':');
    Some(InlinePoint {
        scheme: scheme(parts.next()?)?,
        value: parts.next()?.parse().ok()?,
        start: parts.next()?.parse().ok()?,
        end: parts.next()?.parse().ok()?,
    })
}

const SCHEMES: [(Scheme, &str); 20] = [
    (Scheme::Part, "part"),
    (Scheme::Chapter, "chapter"),
    (Scheme::Section, "section"),
    (Scheme::Article, "article"),
    (Scheme::Han, "han"),
    (Scheme::HanBracketed, "han-bracketed"),
    (Scheme::Arabic, "arabic"),
    (Scheme::ArabicBracketed, "arabic-bracketed"),
    (Scheme::Decimal, "decimal"),
    (Scheme::Circled, "circled"),
    (Scheme::Roman, "roman"),
    (Scheme::Latin, "latin"),
    (Scheme::Stem, "stem"),
    (Scheme::Ordinal, "ordinal"),
    (Scheme::Among, "among"),
    (Scheme::Is, "is"),
    (Scheme::Must, "must"),
    (Scheme::Aspect, "aspect"),
    (Scheme::Dash, "dash"),
    (Scheme::Bullet, "bullet"),
];

fn scheme_name(scheme: Scheme) -> &'static str {
    SCHEMES.iter().find(|(known, _)| *known == scheme).map_or("", |(_, name)| name)
}

fn scheme(name: &str) -> Option<Scheme> {
    SCHEMES.iter().find(|(_, known)| *known == name).map(|(scheme, _)| *scheme)
}

/// Codes of the findings by which an encoder says what of a paragraph its format has no mark for, so that only its words
/// tell whoever reads it.
pub(crate) const UNMARKED_ROLE: &str = "role-by-words";
/// Its numbering.
pub(crate) const UNMARKED_MARKER: &str = "numbering-by-words";
/// Its run-in heading.
pub(crate) const UNMARKED_LEAD: &str = "run-in-heading-by-words";
/// The level of its run-in heading.
pub(crate) const UNMARKED_LEVEL: &str = "run-in-level-by-words";
/// The points inside it.
pub(crate) const UNMARKED_POINTS: &str = "points-by-words";

/// Reports what of a paragraph a format has no mark for: its role where `role` is false, its run-in heading where `lead`
/// is, the level of that heading where `level` is; numbering and points always.
pub(crate) fn report_unmarked(
    paragraph: &Paragraph,
    (role, lead, level): (bool, bool, bool),
    at: &Location,
    diagnostics: &mut Diagnostics,
) {
    let mut report = |unmarked: bool, code, what: &dyn Fn() -> Message| {
        if unmarked {
            diagnostics.decided(code, || {
                let message = message!(
                    "there is no mark for this: {what}; whoever reads it goes by the words",
                    what = what()
                );
                (at.clone(), message, String::new())
            });
        }
    };
    report(!role && paragraph.role != Role::Body, UNMARKED_ROLE, &|| paragraph.role.message());
    report(paragraph.marker.is_some(), UNMARKED_MARKER, &|| message!("numbering"));
    report(!lead && paragraph.lead.is_some(), UNMARKED_LEAD, &|| message!("run-in heading"));
    report(!level && paragraph.lead.is_some(), UNMARKED_LEVEL, &|| message!("level of a run-in heading"));
    report(!paragraph.points.is_empty(), UNMARKED_POINTS, &|| message!("points"));
}

/// The role of a paragraph and its attributes as a comment of HTML: `<!-- .point level="2" marker="ordinal:1:3" -->`.
pub(crate) fn comment(paragraph: &Paragraph) -> String {
    let mut out = format!("<!-- .{}", paragraph.role.name());
    for (name, value) in attributes(paragraph) {
        out.push_str(&format!(" {name}=\""));
        for c in value.chars() {
            if c.is_alphanumeric() || ":. ".contains(c) {
                out.push(c);
            } else {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
        }
        out.push('"');
    }
    out + " -->"
}

/// The role and the attributes that a comment states; `None` for any other markup.
pub(crate) fn of_comment(markup: &str) -> Option<(Role, Vec<(String, String)>)> {
    let inner = markup.trim().strip_prefix("<!-- .")?.strip_suffix(" -->")?;
    let (name, mut rest) = inner.split_once(' ').unwrap_or((inner, ""));
    let role = Role::from_name(name)?;
    let mut attributes = Vec::new();
    while !rest.is_empty() {
        let (name, value) = rest.split_once("=\"")?;
        let (value, after) = value.split_once('"')?;
        attributes.push((name.to_owned(), percent_decoded(value)?));
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    Some((role, attributes))
}

/// A text with `%41` for what can't stand in a comment.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Inline;

    #[test]
    fn a_comment_states_all_that_is_recognised() {
        let mut paragraph = Paragraph::new(Role::Point(2), vec![Inline::Text("第一，要实。一是".into())]);
        paragraph.marker = Some(Marker { scheme: Scheme::Ordinal, value: vec![1], text: "第一，".into() });
        paragraph.lead = Some(Lead { end: 6, level: 3 });
        paragraph.points = vec![InlinePoint { start: 6, end: 8, scheme: Scheme::Is, value: 1 }];
        let comment = comment(&paragraph);
        assert_eq!(comment, r#"<!-- .point level="2" marker="ordinal:1:3" lead="6:3" points="is:1:6:8" -->"#);
        let (role, attributes) = of_comment(&comment).expect("a comment of attributes");
        let mut back = Paragraph::new(role, paragraph.content.clone());
        assert!(apply(&attributes, &mut back));
        assert_eq!(back, paragraph);
    }

    #[test]
    fn no_marker_ends_the_comment() {
        let mut paragraph = Paragraph::plain("甲");
        paragraph.marker = Some(Marker { scheme: Scheme::Dash, value: vec![], text: "--> \"%\n乙".into() });
        let comment = comment(&paragraph);
        assert!(!comment[4..comment.len() - 3].contains("-->") && !comment.contains('\n'), "{comment}");
        let (_, attributes) = of_comment(&comment).expect("a comment of attributes");
        let mut back = Paragraph::plain("甲");
        assert!(apply(&attributes, &mut back));
        assert_eq!(back, paragraph);
    }

    #[test]
    fn other_comments_are_none() {
        for other in
            ["<!-- x -->", "<!-- .warning -->", "<!-- .point level=2 -->", "<!-- pagebreak -->", ".title"]
        {
            assert_eq!(of_comment(other), None, "{other}");
        }
    }
}
