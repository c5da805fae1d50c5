//! What a document says of itself: title, author, date.

use super::{BlockKind, Document, Paragraph, Role};

/// Title, author and date of a document, from its properties or else from its recognised paragraphs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Properties {
    /// Title, on one line.
    pub(crate) title: Option<String>,
    /// Author or speaker.
    pub(crate) author: Option<String>,
    /// Year, month and day.
    pub(crate) date: Option<(u16, u8, u8)>,
    /// All other properties, and the date as the source writes it.
    pub(crate) other: Vec<(String, String)>,
}

impl Properties {
    /// Collects the properties. What the source states goes before what was recognised; of dates under titles
    /// the first counts, of dates of signing the last.
    pub(crate) fn new(document: &Document) -> Self {
        let meta = &document.meta;
        let mut found = Self { other: meta.other.clone(), ..Self::default() };
        let (mut dated, mut signed) = (None, None);
        for block in &document.blocks {
            let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
            let role = paragraph.role;
            if role == Role::Title && found.title.is_none() {
                found.title = Some(paragraph.line());
            } else if role == Role::Byline && found.author.is_none() {
                found.author = Some(paragraph.line().trim().to_owned());
            } else if role == Role::Date && dated.is_none() {
                dated = parse_date(&paragraph.text());
            } else if role == Role::SigningDate {
                signed = parse_date(&paragraph.text()).or(signed);
            }
        }
        let stated = meta.date.as_deref().and_then(parse_date);
        found.other.extend(meta.date.iter().map(|date| ("date".to_owned(), date.clone())));
        found.date = stated.or(dated).or(signed);
        found.title = meta.title.clone().or(found.title);
        found.author = meta.author.clone().or(found.author);
        found
    }
}

impl Paragraph {
    /// The text on one line: its lines joined without a space, except between two Latin words.
    pub(crate) fn line(&self) -> String {
        join_lines(&self.text())
    }
}

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
    fn latin_lines_keep_a_space() {
        assert_eq!(join_lines("A b\nc"), "A b c");
        assert_eq!(join_lines("甲\n乙"), "甲乙");
    }
}
