//! How wide a column must be for the words of its head to be whole.

use super::punctuation::{Class, class, is_ideograph};
use super::word::{Between, between};

/// No head asks for more room than this, in em.
const MOST: f64 = 6.0;
/// A figure or letter takes so many em.
const LATIN: f64 = 0.52;
/// By how much room is tried, in em.
const STEP: f64 = 0.25;

/// The narrowest room, in em and at least `least`, in which the lines of a head, each filled before the next, end between
/// words, and no sign of a unit stands alone. `None` where that asks for too much.
pub(super) fn whole_words(text: &str, least: f64) -> Option<f64> {
    let text: Vec<char> = text.chars().collect();
    let between = between(&text);
    let ends = |i: usize| place(&text, i, &between);
    let mut room = least;
    while room <= MOST {
        if are_whole(&text, room, ends) {
            return Some(room);
        }
        room += STEP;
    }
    None
}

/// Whether a line may begin with a character, and whether it divides no word then.
fn place(text: &[char], i: usize, between: &[Between]) -> Option<bool> {
    let (before, after) = (class(text[i - 1]), class(text[i]));
    let opens = matches!(after, Class::Open | Class::LatinOpen);
    let spaced = matches!(before, Class::Space | Class::WideSpace);
    let breaks = spaced || opens || is_ideograph(text[i]) || is_ideograph(text[i - 1]) && after.is_word();
    let held = matches!(before, Class::Open | Class::LatinOpen)
        || matches!(after, Class::Close | Class::LatinClose | Class::Stop | Class::Pause | Class::Space)
            && !(spaced && after == Class::LatinClose);
    if !breaks || held {
        return None;
    }
    let parted = spaced || opens || matches!(before, Class::Close | Class::Pause | Class::LatinClose);
    let sign = after == Class::LatinClose;
    Some(!sign && (parted || between[i] == Between::Words || before.is_word() != after.is_word()))
}

/// Whether no line that is filled up to `room` ends inside a word.
fn are_whole(text: &[char], room: f64, place: impl Fn(usize) -> Option<bool>) -> bool {
    let (mut width, mut last) = (0.0, None);
    let (mut start, mut i) = (0, 0);
    while i < text.len() {
        if i > start
            && let Some(whole) = place(i)
        {
            last = Some((i, whole));
        }
        width += if class(text[i]).is_latin() { LATIN } else { 1.0 };
        if width > room && i > start {
            let Some((end, whole)) = last.take() else { return false };
            if !whole {
                return false;
            }
            (start, i, width) = (end, end, 0.0);
            continue;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_asks_for_the_room_of_its_words() {
        for (head, wanted) in [
            ("同比增长（%）", 4.0),
            ("增长 %", 3.25),
            ("责任部门", 4.0),
            ("计量单位", 4.0),
            ("完成年度计划（%）", 4.0),
            ("序号", 3.0),
        ] {
            assert_eq!(whole_words(head, 3.0), Some(wanted), "{head}");
        }
        assert_eq!(whole_words("规模以上工业企业增加值", 12.0), None);
    }
}
