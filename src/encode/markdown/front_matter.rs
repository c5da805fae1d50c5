//! The properties of a document as YAML front matter.

use crate::tree::Meta;

/// Front matter with its fences; empty where there are no properties.
///
/// A value of several lines is a list. A property without a name is what the reader did not understand: it
/// is written to the letter.
pub(super) fn write(meta: &Meta) -> String {
    if meta.is_empty() {
        return String::new();
    }
    let mut out = String::from("---\n");
    let named = [("title", &meta.title), ("author", &meta.author), ("date", &meta.date)];
    for (name, value) in named {
        if let Some(value) = value {
            property(name, value, &mut out);
        }
    }
    for (name, value) in &meta.other {
        if name.is_empty() {
            out.push_str(value);
            out.push('\n');
        } else {
            property(name, value, &mut out);
        }
    }
    out.push_str("---\n");
    out
}

fn property(name: &str, value: &str, out: &mut String) {
    out.push_str(&scalar(name));
    out.push(':');
    if value.contains('\n') {
        for item in value.split('\n') {
            out.push_str("\n  - ");
            out.push_str(&scalar(item));
        }
    } else {
        out.push(' ');
        out.push_str(&scalar(value));
    }
    out.push('\n');
}

/// A scalar, in double quotes unless it is plain beyond doubt (YAML 1.2, 7.3.3).
fn scalar(text: &str) -> String {
    const WORDS: [&str; 9] = ["null", "~", "true", "false", "yes", "no", "on", "off", "---"];
    let indicator = |c: char| "-?:,[]{}#&*!|>'\"%@`".contains(c);
    let plain = !text.is_empty()
        && text.trim() == text
        && !text.starts_with(indicator)
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}'))
        && !text.starts_with("...")
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    if plain {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
