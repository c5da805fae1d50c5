//! Which font slot each character of a paragraph needs (ECMA-376 17.3.2.26, MS-OI29500 2.1.88).
//!
//! Word chooses a slot by code point, but quotation marks, dashes, ellipses and other marks that Chinese
//! and Western type share go to the Western face unless their run says `w:hint="eastAsia"`.

/// The slot a character needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// The Chinese face; the run must carry the hint.
    EastAsia,
    /// The Latin face; the run must not carry the hint.
    Latin,
    /// ASCII: the Latin face with or without the hint.
    Ascii,
}

/// What a character says of the script around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Han,
    Letter,
    AsciiLetter,
    Shared,
    Neutral,
}

fn class(c: char) -> Class {
    match c {
        // Nearly all characters are one of these.
        '\u{2E80}'..='\u{D7FF}' => Class::Han,
        'A'..='Z' | 'a'..='z' => Class::AsciiLetter,
        '\0'..='\u{7F}' => Class::Neutral,
        // Letters of Latin-1; its two operators lie among them.
        '\u{D7}' | '\u{F7}' => Class::Shared,
        '\u{C0}'..='\u{2AF}' | '\u{370}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' => Class::Letter,
        '\u{80}'..='\u{BF}' | '\u{2B0}'..='\u{36F}' => Class::Shared,
        '\u{530}'..='\u{10FF}' | '\u{1200}'..='\u{1DFF}' => Class::Letter,
        // General punctuation, arrows, operators, enclosed figures, box drawing, geometric shapes.
        '\u{2000}'..='\u{2E7F}' => Class::Shared,
        '\u{E000}'..='\u{F8FF}' => Class::Shared,
        // Hangul jamo, CJK radicals and all above.
        _ => Class::Han,
    }
}

/// The slot of every character of `text`, in order.
///
/// A shared mark is Western only where the nearest letters on both sides are Western, or the one letter
/// there is; quotation marks are judged in pairs, so that `“WTO”规则` keeps its full-width marks.
pub(super) fn slots(text: &str) -> Vec<Slot> {
    // Three bytes for nearly every character.
    let mut slots = Vec::with_capacity(text.len() / 3 + 8);
    // Whether the nearest letter before is Western, and the marks since it that wait for the one after.
    let mut before = None;
    let mut waiting: Vec<usize> = Vec::new();
    let mut shared = false;
    for c in text.chars() {
        let class = class(c);
        if let Some(western) = is_western(class) {
            for mark in waiting.drain(..) {
                if western && before != Some(false) {
                    slots[mark] = Slot::Latin;
                }
            }
            before = Some(western);
        } else if class == Class::Shared {
            waiting.push(slots.len());
            shared = true;
        }
        slots.push(first_guess(class));
    }
    for mark in waiting {
        if before == Some(true) {
            slots[mark] = Slot::Latin;
        }
    }
    if shared {
        pair_quotes(text, &mut slots);
    }
    slots
}

fn first_guess(class: Class) -> Slot {
    match class {
        Class::Han | Class::Shared => Slot::EastAsia,
        Class::Letter => Slot::Latin,
        Class::AsciiLetter | Class::Neutral => Slot::Ascii,
    }
}

fn is_western(class: Class) -> Option<bool> {
    match class {
        Class::Han => Some(false),
        Class::Letter | Class::AsciiLetter => Some(true),
        Class::Shared | Class::Neutral => None,
    }
}

/// Gives both marks of a pair the Chinese face where one of them has it.
fn pair_quotes(text: &str, slots: &mut [Slot]) {
    let mut open: Vec<(char, usize)> = Vec::new();
    for (index, c) in text.chars().enumerate() {
        match c {
            '“' => open.push(('”', index)),
            '‘' => open.push(('’', index)),
            // An apostrophe closes nothing.
            '”' | '’' if open.last().is_some_and(|(close, _)| *close == c) => {
                let partner = open.pop().map_or(index, |(_, at)| at);
                if slots[partner] == Slot::EastAsia || slots[index] == Slot::EastAsia {
                    slots[partner] = Slot::EastAsia;
                    slots[index] = Slot::EastAsia;
                }
            }
            _ => {}
        }
    }
}

/// Room that Word leaves between Han and Latin letters or figures (17.3.1.2 `autoSpaceDE`, 17.3.1.3
/// `autoSpaceDN`), in em.
const LATIN_GAP: f64 = 0.25;

/// Width of text in em: half an em for what is set in the Latin face, one for everything else, and a gap
/// wherever Han and Latin meet.
pub(super) fn width_in_em(text: &str) -> f64 {
    let mut last = None;
    let mut width = 0.0;
    for (c, slot) in text.chars().zip(slots(text)) {
        let han = slot == Slot::EastAsia;
        let letter = c.is_alphanumeric().then_some(han);
        if last.zip(letter).is_some_and(|(last, letter)| last != letter) {
            width += LATIN_GAP;
        }
        width += if han { 1.0 } else { 0.5 };
        last = letter;
    }
    width
}

/// How many lines text takes in a width of so many em, as near as classes of characters tell.
pub(super) fn lines_in(text: &str, room: f64) -> f64 {
    let room = room.max(1.0);
    text.split('\n').map(|line| (width_in_em(line) / room).ceil().max(1.0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> String {
        slots(text)
            .iter()
            .map(|slot| match slot {
                Slot::EastAsia => 'E',
                Slot::Latin => 'L',
                Slot::Ascii => 'a',
            })
            .collect()
    }

    #[test]
    fn marks_in_chinese_are_chinese() {
        assert_eq!(drawn("“好”……——"), "EEEEEEE");
        assert_eq!(drawn("——"), "EE");
        assert_eq!(drawn("5—10月"), "aEaaE");
    }

    #[test]
    fn marks_between_western_letters_are_western() {
        assert_eq!(drawn("it’s “so” — ok"), "aaLaaLaaLaLaaa");
        assert_eq!(drawn("“Hello”"), "LaaaaaL");
        assert_eq!(drawn("café"), "aaaL");
    }

    #[test]
    fn quotes_go_in_pairs() {
        assert_eq!(drawn("“WTO”规则"), "EaaaEEE");
        assert_eq!(drawn("参考“Rust”"), "EEEaaaaE");
        assert_eq!(drawn("说“it’s”"), "EEaaLaE");
    }

    #[test]
    fn widths_count_latin_as_half() {
        assert!((width_in_em("abcd") - 2.0).abs() < 1e-9);
    }

    #[test]
    fn han_and_figures_stand_apart() {
        assert!((width_in_em("2026年1月5日") - 7.25).abs() < 1e-9);
        assert!((width_in_em("（1）") - 2.5).abs() < 1e-9);
    }
}
