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
    let classes: Vec<Class> = text.chars().map(class).collect();
    let mut slots: Vec<Slot> = classes.iter().map(|class| first_guess(*class)).collect();
    if !classes.contains(&Class::Shared) {
        return slots;
    }
    // The script of the nearest letter before (then after) each character.
    let mut before = Vec::with_capacity(classes.len());
    let mut last = None;
    for class in &classes {
        before.push(last);
        last = is_western(*class).or(last);
    }
    let mut next = None;
    for (index, class) in classes.iter().enumerate().rev() {
        if *class == Class::Shared {
            let western = match (before[index], next) {
                (Some(a), Some(b)) => a && b,
                (Some(a), None) | (None, Some(a)) => a,
                (None, None) => false,
            };
            slots[index] = if western { Slot::Latin } else { Slot::EastAsia };
        }
        next = is_western(*class).or(next);
    }
    pair_quotes(text, &mut slots);
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

/// Width of text in em: half an em for what is set in the Latin face, one for everything else, and the quarter em
/// that Word puts between an ideograph and a Latin letter or figure (ECMA-376 17.3.1.2 `autoSpaceDE`, 17.3.1.3).
pub(super) fn width_in_em(text: &str) -> f64 {
    let set: f64 = slots(text).iter().map(|slot| if *slot == Slot::EastAsia { 1.0 } else { 0.5 }).sum();
    let characters: Vec<char> = text.chars().collect();
    let ideograph = |c: char| c.is_alphanumeric() && class(c) == Class::Han;
    let borders = characters.windows(2).filter(|pair| {
        let (a, b) = (pair[0], pair[1]);
        ideograph(a) && b.is_ascii_alphanumeric() || a.is_ascii_alphanumeric() && ideograph(b)
    });
    set + 0.25 * borders.count() as f64
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
        assert!((width_in_em("2026年1月5日") - 7.25).abs() < 1e-9);
    }
}
