//! docProps: what the file says of itself.

use std::fmt::Write as _;

use super::xml::{DECLARATION, escape, is_legal};
use crate::diagnostic::{Diagnostics, Kind};
use crate::tree::{BlockKind, Document, Location, Meta, Role};

/// Title, author and date of a document, from its properties or else from its recognised paragraphs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    title: Option<String>,
    author: Option<String>,
    date: Option<(u16, u8, u8)>,
    other: Vec<(String, String)>,
}

impl Properties {
    /// Collects the properties. A date that can't be read as one stays in words, as a property `date`.
    pub(super) fn new(document: &Document) -> Self {
        let meta = &document.meta;
        let mut found = Self { other: meta.other.clone(), ..Self::default() };
        let (mut dated, mut signed) = (None, None);
        for block in &document.blocks {
            let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
            let role = paragraph.role;
            if role == Role::Title && found.title.is_none() {
                found.title = Some(join_lines(&paragraph.text()));
            } else if role == Role::Byline && found.author.is_none() {
                found.author = Some(join_lines(&paragraph.text()).trim().to_owned());
            } else if role == Role::Date && dated.is_none() {
                dated = parse_date(&paragraph.text());
            } else if role == Role::SigningDate {
                signed = parse_date(&paragraph.text()).or(signed);
            }
        }
        let stated = meta.date.as_deref().and_then(parse_date);
        if let (Some(date), None) = (&meta.date, stated) {
            found.other.push(("date".into(), date.clone()));
        }
        found.date = stated.or(dated).or(signed);
        found.title = meta.title.clone().or(found.title);
        found.author = meta.author.clone().or(found.author);
        found
    }

    /// docProps/core.xml (ECMA-376 part 2, 11.1). Nothing in it comes from a clock.
    pub(super) fn core(&self) -> Vec<u8> {
        let mut xml = format!(
            "{DECLARATION}<cp:coreProperties \
             xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
        );
        if let Some(title) = &self.title {
            let _ = write!(xml, "<dc:title>{}</dc:title>", escape(title));
        }
        if let Some(author) = &self.author {
            let _ = write!(xml, "<dc:creator>{}</dc:creator>", escape(author));
        }
        if let Some((year, month, day)) = self.date {
            for name in ["created", "modified"] {
                let _ = write!(
                    xml,
                    "<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{year:04}-{month:02}-{day:02}T00:00:00Z\
                     </dcterms:{name}>"
                );
            }
        }
        xml.push_str("</cp:coreProperties>");
        xml.into_bytes()
    }

    /// docProps/app.xml (ECMA-376 22.2).
    pub(super) fn app() -> Vec<u8> {
        format!(
            "{DECLARATION}<Properties \
             xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
             <Application>{}</Application></Properties>",
            env!("CARGO_PKG_NAME")
        )
        .into_bytes()
    }

    /// docProps/custom.xml (ECMA-376 22.3): all other properties as text; `None` where there are none.
    /// Word wants names that differ even with case ignored, so later ones are numbered.
    pub(super) fn custom(&self) -> Option<Vec<u8>> {
        if self.other.is_empty() {
            return None;
        }
        let mut xml = format!(
            "{DECLARATION}<Properties \
             xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
             xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
        );
        let mut names = std::collections::BTreeSet::new();
        for (index, (name, value)) in self.other.iter().enumerate() {
            let name: String = name.chars().filter(|c| is_legal(*c)).collect();
            let name = if name.trim().is_empty() { "property" } else { name.trim() };
            let mut unique = name.to_owned();
            if !names.insert(unique.to_lowercase()) {
                unique = format!("{name} {}", index + 1);
                names.insert(unique.to_lowercase());
            }
            // Ids 0 and 1 belong to the format itself.
            let _ = write!(
                xml,
                "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{}\" name=\"{}\">\
                 <vt:lpwstr>{}</vt:lpwstr></property>",
                index + 2,
                escape(&unique),
                escape(value)
            );
        }
        xml.push_str("</Properties>");
        Some(xml.into_bytes())
    }
}

/// Reports the control characters that the stated properties of a document lose.
pub(super) fn report_illegal(meta: &Meta, diagnostics: &mut Diagnostics) {
    let stated = meta.title.iter().chain(&meta.author).chain(&meta.date);
    let other = meta.other.iter().flat_map(|(name, value)| [name, value]);
    let illegal: String =
        stated.chain(other).flat_map(|text| text.chars().filter(|c| !is_legal(*c))).collect();
    if !illegal.is_empty() {
        diagnostics.report_text(
            Kind::Dropped,
            "control-character",
            Location::Whole,
            "the properties of a Word file cannot hold control characters",
            illegal,
        );
    }
}

/// The lines of a title as one line: joined without a space, except between two Latin words.
fn join_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split('\n') {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(joined.chars().next_back()) && latin(line.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

/// Year, month and day of the first date in a text: `2026年1月5日`, `二〇二六年一月五日`, `2026-01-05`,
/// `2026/1/5`, `2026.1.5`. `None` where there is none, or no such day.
fn parse_date(text: &str) -> Option<(u16, u8, u8)> {
    let characters: Vec<char> = text.chars().collect();
    // Digits of the year are read one by one, and figures right of `年` and `月` as numbers.
    (0..characters.len())
        .filter(|at| *at == 0 || digit(characters[at - 1]).is_none())
        .find_map(|at| date_at(&characters[at..]))
}

fn date_at(characters: &[char]) -> Option<(u16, u8, u8)> {
    let digits: Vec<u16> = characters.iter().map_while(|c| digit(*c)).collect();
    if digits.len() != 4 {
        return None;
    }
    let year = digits.iter().fold(0, |year, digit| year * 10 + digit);
    let rest = &characters[4..];
    let marks = match rest.first()? {
        '年' => ('年', '月', Some('日')),
        mark @ ('-' | '/' | '.') => (*mark, *mark, None),
        _ => return None,
    };
    let (month, rest) = number(&rest[1..])?;
    let rest = rest.strip_prefix(&[marks.1])?;
    let (day, rest) = number(rest)?;
    if let Some(mark) = marks.2 {
        rest.strip_prefix(&[mark])?;
    }
    (1..=9999).contains(&year).then_some(())?;
    (1..=days(year, month)?).contains(&day).then_some((year, month, day))
}

fn days(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    })
}

/// A number from 1 to 99 in figures or in Han numerals (`二十三`, `〇五`), and what follows it.
fn number(characters: &[char]) -> Option<(u8, &[char])> {
    let end = characters.iter().position(|c| digit(*c).is_none() && *c != '十').unwrap_or(characters.len());
    number_of(&characters[..end]).map(|number| (number, &characters[end..]))
}

fn number_of(characters: &[char]) -> Option<u8> {
    let value = |c: &char| digit(*c).map(|digit| digit as u8);
    match characters {
        ['十'] => Some(10),
        [ones] => value(ones),
        ['十', ones] => Some(10 + value(ones)?),
        [tens, '十'] => Some(10 * value(tens)?),
        [tens, ones] => Some(10 * value(tens)? + value(ones)?),
        [tens, '十', ones] => Some(10 * value(tens)? + value(ones)?),
        _ => None,
    }
}

fn digit(c: char) -> Option<u16> {
    const HAN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match c {
        '0'..='9' => Some(c as u16 - '0' as u16),
        '０'..='９' => Some(c as u16 - '０' as u16),
        '零' | '○' | '◯' => Some(0),
        _ => HAN.iter().position(|han| *han == c).map(|digit| digit as u16),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Block, Inline, Origin, Paragraph};

    #[test]
    fn dates_in_figures_and_numerals() {
        for (text, date) in [
            ("（2026年1月5日）", Some((2026, 1, 5))),
            ("二〇二六年十二月二十三日", Some((2026, 12, 23))),
            ("二○二六年十月三十日上午", Some((2026, 10, 30))),
            ("2026-01-05", Some((2026, 1, 5))),
            ("写于2026.1.5", Some((2026, 1, 5))),
            ("2026/12/31", Some((2026, 12, 31))),
            ("2026年2月30日", None),
            ("2026年1月", None),
            ("12026-01-05", None),
            ("去年", None),
            ("", None),
        ] {
            assert_eq!(parse_date(text), date, "{text}");
        }
    }

    #[test]
    fn what_the_source_states_goes_before_what_was_recognised() {
        let paragraph = |role, text: &str| Block {
            kind: BlockKind::Paragraph(Paragraph::new(role, vec![Inline::Text(text.into())])),
            origin: Origin::default(),
        };
        let mut title = Paragraph::new(Role::Title, vec![Inline::Text("在会议上".into()), Inline::Break]);
        title.content.push(Inline::Text("的讲话".into()));
        let mut document = Document {
            blocks: vec![
                Block { kind: BlockKind::Paragraph(title), origin: Origin::default() },
                paragraph(Role::Byline, "王某某"),
                paragraph(Role::Date, "（2026年1月5日）"),
            ],
            ..Document::default()
        };
        let core = String::from_utf8(Properties::new(&document).core()).unwrap();
        assert!(core.contains("<dc:title>在会议上的讲话</dc:title><dc:creator>王某某</dc:creator>"));
        assert!(core.contains("2026-01-05T00:00:00Z</dcterms:modified>"));
        assert!(Properties::new(&document).custom().is_none());

        document.meta = Meta {
            title: Some("A & B".into()),
            date: Some("昨天".into()),
            other: vec![
                ("tags".into(), "<x>".into()),
                ("Tags".into(), "y".into()),
                ("\u{1}".into(), "z".into()),
            ],
            ..Meta::default()
        };
        let properties = Properties::new(&document);
        assert!(String::from_utf8(properties.core()).unwrap().contains("<dc:title>A &amp; B</dc:title>"));
        let custom = String::from_utf8(properties.custom().unwrap()).unwrap();
        assert!(custom.contains("name=\"tags\"><vt:lpwstr>&lt;x&gt;<"));
        assert!(
            custom.contains("name=\"Tags 2\"")
                && custom.contains("name=\"property\"")
                && custom.contains("昨天")
        );
    }

    #[test]
    fn latin_lines_keep_a_space() {
        assert_eq!(join_lines("A b\nc"), "A b c");
        assert_eq!(join_lines("甲\n乙"), "甲乙");
    }
}
