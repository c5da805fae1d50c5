//! Formulas as text in a line (ECMA-376 22.1).

use super::xml::{Element, Ns};

/// The characters of a formula in reading order, with `/`, `^`, `_`, `√` and brackets where the layout
/// alone says how they belong together.
pub(super) fn linear(formula: Element<'_>) -> String {
    let mut text = String::new();
    push(formula, &mut text);
    text
}

fn part<'a>(element: Element<'a>, name: &str) -> Option<Element<'a>> {
    element.children().find(|child| child.tag() == (Ns::M, name))
}

/// A part, in brackets unless it is a single character or number.
fn grouped(element: Option<Element<'_>>) -> String {
    let text = element.map(linear).unwrap_or_default();
    let simple = text.chars().count() <= 1 || text.chars().all(char::is_alphanumeric);
    if simple { text } else { format!("({text})") }
}

/// The character that a property states, such as a bracket; `usual` where it states none.
fn character(element: Element<'_>, properties: &str, name: &str, usual: &str) -> String {
    let stated = part(element, properties).and_then(|properties| part(properties, name));
    match stated {
        Some(stated) => stated.attribute(Ns::M, "val").unwrap_or_default().to_owned(),
        None => usual.to_owned(),
    }
}

fn push(element: Element<'_>, text: &mut String) {
    let m = element.ns() == Ns::M;
    match element.name() {
        "t" if m || element.ns() == Ns::W => text.push_str(&element.text()),
        "f" if m => {
            text.push_str(&grouped(part(element, "num")));
            text.push('/');
            text.push_str(&grouped(part(element, "den")));
        }
        "sSup" | "sSub" | "sSubSup" | "limLow" | "limUpp" if m => {
            text.push_str(&grouped(part(element, "e")));
            for (name, mark) in [("sub", '_'), ("sup", '^'), ("lim", '_')] {
                if let Some(script) = part(element, name) {
                    text.push(mark);
                    text.push_str(&grouped(Some(script)));
                }
            }
        }
        "rad" if m => {
            text.push_str(&part(element, "deg").map(linear).unwrap_or_default());
            text.push('√');
            text.push_str(&grouped(part(element, "e")));
        }
        "d" if m => {
            text.push_str(&character(element, "dPr", "begChr", "("));
            let parts: Vec<String> =
                element.children().filter(|child| child.tag() == (Ns::M, "e")).map(linear).collect();
            text.push_str(&parts.join(&character(element, "dPr", "sepChr", "|")));
            text.push_str(&character(element, "dPr", "endChr", ")"));
        }
        "nary" if m => {
            text.push_str(&character(element, "naryPr", "chr", "∫"));
            for (name, mark) in [("sub", '_'), ("sup", '^')] {
                let script = grouped(part(element, name));
                if !script.is_empty() {
                    text.push(mark);
                    text.push_str(&script);
                }
            }
            text.push_str(&part(element, "e").map(linear).unwrap_or_default());
        }
        "mr" if m => {
            let cells: Vec<String> = element.children().map(linear).collect();
            text.push_str(&cells.join(" "));
            text.push(';');
        }
        "br" if element.ns() == Ns::W => text.push('\n'),
        "del" | "moveFrom" | "delText" if element.ns() == Ns::W => {}
        "AlternateContent" if element.ns() == Ns::Mc => {
            if let Some(branch) = element.branch() {
                branch.children().for_each(|child| push(child, text));
            }
        }
        _ => element.children().for_each(|child| push(child, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::ooxml::parse::parse;

    #[test]
    fn formulas_are_written_in_a_line() {
        let m = "http://schemas.openxmlformats.org/officeDocument/2006/math";
        let r = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
        let formula = format!(
            "<m:oMath xmlns:m='{m}'>{}<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>\
             <m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup><m:d><m:e>{}</m:e></m:d>\
             <m:rad><m:deg/><m:e>{}</m:e></m:rad></m:oMath>",
            r("x="),
            r("a+b"),
            r("2"),
            r("c"),
            r("2"),
            r("d"),
            r("e+1"),
        );
        let tree = parse(formula.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(linear(tree.root()), "x=(a+b)/2c^2(d)√(e+1)");
    }
}
