//! Numerals of every script that numbers paragraphs.

/// Value of a Han digit, and of the circles that stand for zero.
fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | '◯' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Value of a Han multiplier.
fn multiplier(c: char) -> Option<u32> {
    Some(match c {
        '十' => 10,
        '廿' => 20,
        '卅' => 30,
        '卌' => 40,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// True for the characters of Han numerals.
pub(super) fn is_han(c: char) -> bool {
    digit(c).is_some() || multiplier(c).is_some()
}

/// Reads a Han numeral at the start of `chars`: its value and length. `一百零一`, `二十`, `廿一` and
/// the positional `一〇一` are understood; what is no number (`十十`) is not.
pub(super) fn han(chars: &[char]) -> Option<(u32, usize)> {
    let length = chars.iter().take(8).take_while(|c| is_han(**c)).count();
    let run = &chars[..length];
    if run.is_empty() {
        return None;
    }
    if run.iter().all(|c| digit(*c).is_some()) {
        let value = run.iter().try_fold(0u32, |value, c| Some(value.checked_mul(10)? + digit(*c)?))?;
        return Some((value, length));
    }
    let (mut total, mut pending, mut unit) = (0u32, None, u32::MAX);
    for &c in run {
        if let Some(value) = digit(c) {
            if pending.is_some_and(|before| before != 0) {
                return None;
            }
            pending = Some(value);
        } else {
            let scale = multiplier(c)?;
            let rank = if (20..=40).contains(&scale) { 10 } else { scale };
            if rank >= unit {
                return None;
            }
            unit = rank;
            total += match pending.take() {
                Some(0) | None => scale,
                Some(value) => value * scale,
            };
        }
    }
    Some((total + pending.unwrap_or(0), length))
}

/// Value of a numeral as it is written on cheques, 壹 to 拾, with which only divisions are counted: 第壹部分, 壹、总则.
pub(super) fn formal(c: char) -> Option<u32> {
    Some(match c {
        '壹' => 1,
        '贰' | '貳' => 2,
        '叁' | '參' => 3,
        '肆' => 4,
        '伍' => 5,
        '陆' | '陸' => 6,
        '柒' => 7,
        '捌' => 8,
        '玖' => 9,
        '拾' => 10,
        _ => return None,
    })
}

/// Value of an Arabic digit, half or full width.
pub(super) fn arabic_digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

/// Reads Arabic digits at the start of `chars`: value and length. Nine digits at most.
pub(super) fn arabic(chars: &[char]) -> Option<(u32, usize)> {
    let length = chars.iter().take(10).take_while(|c| arabic_digit(**c).is_some()).count();
    if length == 0 || length > 9 {
        return None;
    }
    Some((chars[..length].iter().filter_map(|c| arabic_digit(*c)).fold(0, |n, d| n * 10 + d), length))
}

/// Reads a Han or an Arabic numeral.
pub(super) fn either(chars: &[char]) -> Option<(u32, usize)> {
    han(chars).or_else(|| arabic(chars))
}

/// Value of a circled number: ①, ㉑, ㊱, ❶.
pub(super) fn circled(c: char) -> Option<u32> {
    offset(c, &[('①', '⑳', 1), ('㉑', '㉟', 21), ('㊱', '㊿', 36), ('❶', '❿', 1), ('⓫', '⓴', 11)])
}

/// Value of a number with its full stop in one character: ⒈.
pub(super) fn stopped(c: char) -> Option<u32> {
    offset(c, &[('⒈', '⒛', 1)])
}

/// Value of an Arabic number with its brackets in one character: ⑴.
pub(super) fn bracketed(c: char) -> Option<u32> {
    offset(c, &[('⑴', '⒇', 1)])
}

/// Value of a Han number with its brackets in one character: ㈠.
pub(super) fn han_bracketed(c: char) -> Option<u32> {
    offset(c, &[('㈠', '㈩', 1)])
}

/// Value of a Roman number in one character: Ⅳ.
fn roman_sign(c: char) -> Option<u32> {
    offset(c, &[('Ⅰ', 'Ⅻ', 1), ('ⅰ', 'ⅻ', 1)])
}

fn offset(c: char, ranges: &[(char, char, u32)]) -> Option<u32> {
    ranges
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&c))
        .map(|(first, _, value)| u32::from(c) - u32::from(*first) + value)
}

/// Reads a Roman numeral, of Roman signs or of the letters I, V and X: value and length.
pub(super) fn roman(chars: &[char]) -> Option<(u32, usize)> {
    let first = *chars.first()?;
    if let Some(value) = roman_sign(first) {
        return Some((value, 1));
    }
    let value_of = |c: &char| match c {
        'I' => Some(1u32),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let letters: Vec<u32> = chars.iter().take(6).map_while(value_of).collect();
    if letters.is_empty() || letters.len() > 5 {
        return None;
    }
    let mut total = 0u32;
    for (index, &letter) in letters.iter().enumerate() {
        if letters.get(index + 1).is_some_and(|next| *next > letter) {
            total = total.wrapping_sub(letter);
        } else {
            total = total.wrapping_add(letter);
        }
    }
    (total <= 50).then_some((total, letters.len()))
}

/// Value of a heavenly stem: 甲 is 1.
pub(super) fn stem(c: char) -> Option<u32> {
    Some(match c {
        '甲' => 1,
        '乙' => 2,
        '丙' => 3,
        '丁' => 4,
        '戊' => 5,
        '己' => 6,
        '庚' => 7,
        '辛' => 8,
        '壬' => 9,
        '癸' => 10,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(u32, usize)> {
        han(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn han_numerals() {
        let cases = [
            ("一", 1),
            ("十", 10),
            ("十一", 11),
            ("二十", 20),
            ("二十一", 21),
            ("廿一", 21),
            ("一百", 100),
            ("一百零一", 101),
            ("一百一十二", 112),
            ("一〇一", 101),
            ("二○二六", 2026),
            ("一千零五", 1005),
        ];
        for (text, value) in cases {
            assert_eq!(read(text), Some((value, text.chars().count())), "{text}");
        }
        assert_eq!(read("十十"), None);
        assert_eq!(read("百千"), None);
        assert_eq!(read("甲"), None);
    }

    #[test]
    fn other_numerals() {
        assert_eq!(arabic(&['１', '２', '.']), Some((12, 2)));
        assert_eq!(arabic(&['1'; 10]), None);
        assert_eq!(roman(&['X', 'I', 'V', '.']), Some((14, 3)));
        assert_eq!(roman(&['Ⅳ']), Some((4, 1)));
        assert_eq!(
            (circled('⑳'), circled('㉑'), stopped('⒈'), bracketed('⑵')),
            (Some(20), Some(21), Some(1), Some(2))
        );
        assert_eq!((han_bracketed('㈡'), stem('丙')), (Some(2), Some(3)));
    }
}
