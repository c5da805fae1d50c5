//! Dates: of documents, and of the files that are made of them.

use std::fmt::Write as _;

/// A day, and the time of the day where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
    time: Option<Time>,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    hour: u8,
    minute: u8,
    second: u8,
    /// Minutes ahead of universal time.
    ahead: i16,
}

impl Date {
    /// A day; `None` where the calendar has none such.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year) && (1..=days(year, month)?).contains(&day);
        exists.then_some(Self { year, month, day, time: None })
    }

    /// A moment in seconds since 1970 began, as `SOURCE_DATE_EPOCH` states it, up to the year 9999.
    pub fn from_epoch(seconds: u64) -> Option<Self> {
        let (mut left, second_of_day) = (seconds / 86_400, seconds % 86_400);
        let mut year = 1970;
        loop {
            let length = if is_leap(year) { 366 } else { 365 };
            if left < length {
                break;
            }
            left -= length;
            year = if year < 9999 { year + 1 } else { return None };
        }
        let mut month = 1;
        while left >= u64::from(days(year, month)?) {
            left -= u64::from(days(year, month)?);
            month += 1;
        }
        let part = |n: u64| u8::try_from(n).unwrap_or(0);
        let (hour, minute) = (part(second_of_day / 3600), part(second_of_day / 60 % 60));
        let time = Some(Time { hour, minute, second: part(second_of_day % 60), ahead: 0 });
        Some(Self { time, ..Self::new(year, month, part(left) + 1)? })
    }

    /// A date that somebody states: a day as [`Date::first_in`] reads it, or a moment by RFC 3339
    /// (`2026-01-05T08:30:00+08:00`). `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let Some((day, time)) = text.split_once(['T', 't']) else {
            let date = Self::first_in(text)?;
            // Nothing may stand beside the date.
            let whole = text.chars().all(|c| digit(c).is_some() || "年月日-/.十".contains(c));
            return whole.then_some(date);
        };
        let (time, ahead) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, 0),
            None => {
                let at = time.rfind(['+', '-'])?;
                let (time, zone) = time.split_at(at);
                let (hours, minutes) = zone[1..].split_once(':')?;
                let (hours, minutes) = (two_digits(hours, 23)?, two_digits(minutes, 59)?);
                let ahead = i16::from(hours) * 60 + i16::from(minutes);
                (time, if zone.starts_with('-') { -ahead } else { ahead })
            }
        };
        let mut parts = time.split(':');
        let (hour, minute) = (two_digits(parts.next()?, 23)?, two_digits(parts.next()?, 59)?);
        let second = two_digits(parts.next()?.split('.').next()?, 59)?;
        if parts.next().is_some() {
            return None;
        }
        Some(Self { time: Some(Time { hour, minute, second, ahead }), ..Self::parse(day)? })
    }

    /// The first day in a text: `2026年1月5日`, `二〇二六年一月五日`, `2026-01-05`, `2026/1/5`, `2026.1.5`. `None` where
    /// there is none.
    pub fn first_in(text: &str) -> Option<Self> {
        let characters: Vec<char> = text.chars().collect();
        // Digits of the year are read one by one, and figures right of `年` and `月` as numbers.
        (0..characters.len())
            .filter(|at| *at == 0 || digit(characters[at - 1]).is_none())
            .find_map(|at| date_at(&characters[at..]))
    }

    /// As PDF writes it (ISO 32000-1, 7.9.4).
    pub(crate) fn pdf(&self) -> String {
        let Self { year, month, day, time } = self;
        let mut text = format!("D:{year:04}{month:02}{day:02}");
        if let Some(Time { hour, minute, second, ahead }) = time {
            let _ = write!(text, "{hour:02}{minute:02}{second:02}");
            text.push_str(&match ahead {
                0 => "Z".to_owned(),
                _ => zone(*ahead, "'"),
            });
        }
        text
    }

    /// As XMP and HTML write it (ISO 8601): a day alone, or a moment.
    pub(crate) fn iso(&self) -> String {
        let Self { year, month, day, time } = self;
        let mut text = format!("{year:04}-{month:02}-{day:02}");
        if let Some(Time { hour, minute, second, ahead }) = time {
            let _ = write!(text, "T{hour:02}:{minute:02}:{second:02}");
            text.push_str(&match ahead {
                0 => "Z".to_owned(),
                _ => zone(*ahead, ":"),
            });
        }
        text
    }

    /// As a moment of ISO 8601, a day at its beginning.
    pub(crate) fn iso_moment(&self) -> String {
        let time = self.time.unwrap_or(Time { hour: 0, minute: 0, second: 0, ahead: 0 });
        Self { time: Some(time), ..*self }.iso()
    }
}

fn zone(ahead: i16, between: &str) -> String {
    let sign = if ahead < 0 { '-' } else { '+' };
    format!("{sign}{:02}{between}{:02}", ahead.abs() / 60, ahead.abs() % 60)
}

fn two_digits(text: &str, most: u8) -> Option<u8> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|n| digits && *n <= most)
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn date_at(characters: &[char]) -> Option<Date> {
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
    Date::new(year, month, day)
}

fn days(year: u16, month: u8) -> Option<u8> {
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
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
    fn days_in_figures_and_numerals() {
        for (text, date) in [
            ("（2026年1月5日）", Date::new(2026, 1, 5)),
            ("二〇二六年十二月二十三日", Date::new(2026, 12, 23)),
            ("二○二六年十月三十日上午", Date::new(2026, 10, 30)),
            ("2026-01-05", Date::new(2026, 1, 5)),
            ("写于2026.1.5", Date::new(2026, 1, 5)),
            ("2026/12/31", Date::new(2026, 12, 31)),
            ("2026年2月30日", None),
            ("2026年1月", None),
            ("12026-01-05", None),
            ("去年", None),
            ("", None),
        ] {
            assert_eq!(Date::first_in(text), date, "{text}");
            assert!(date.is_some() || text.starts_with(['2', '1', '去']) || text.is_empty());
        }
    }

    #[test]
    fn moments_are_written_for_pdf_and_xmp() {
        for (text, pdf, iso) in [
            ("2026-01-05", "D:20260105", "2026-01-05"),
            ("2026年1月5日", "D:20260105", "2026-01-05"),
            ("2026-01-05T08:30:09+08:00", "D:20260105083009+08'00", "2026-01-05T08:30:09+08:00"),
            ("2026-01-05T08:30:09.25Z", "D:20260105083009Z", "2026-01-05T08:30:09Z"),
            ("2026-01-05T08:30:09-03:30", "D:20260105083009-03'30", "2026-01-05T08:30:09-03:30"),
        ] {
            let date = Date::parse(text).expect(text);
            assert_eq!((date.pdf().as_str(), date.iso().as_str()), (pdf, iso));
        }
        for text in ["2026-02-30", "2026-01-05T8:30:00Z", "2026-01-05T08:30Z", "昨天", "写于2026-01-05", ""]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn seconds_since_1970_are_moments() {
        let iso = |seconds| Date::from_epoch(seconds).map(|date| date.iso());
        assert_eq!(iso(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(iso(951_827_696).as_deref(), Some("2000-02-29T12:34:56Z"));
        assert_eq!(iso(253_402_300_799).as_deref(), Some("9999-12-31T23:59:59Z"));
        assert_eq!(iso(253_402_300_800), None);
    }
}
