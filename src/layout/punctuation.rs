//! The classes of characters that decide where lines break and how much room marks take
//! (CLREQ 3.1, 4.1 and 4.2; GB/T 15834-2011 5.1).

use crate::profile::Kinsoku;
pub(super) use crate::tree::is_ideograph;

/// How a character behaves at the ends of lines and beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Han characters and whatever else fills a cell.
    Han,
    /// Opening marks.
    Open,
    /// Closing marks.
    Close,
    /// Marks that end a sentence: 。．？！
    Stop,
    /// Marks within a sentence: ，、；：
    Pause,
    /// Connectors: ～ and a single dash.
    Connector,
    /// 间隔号, half an em.
    MiddleDot,
    /// ／ and the like.
    Solidus,
    /// Half of ——.
    Dash,
    /// Half of ……
    Ellipsis,
    /// A letter of an alphabet.
    Letter,
    /// A figure.
    Digit,
    /// Latin punctuation that closes: `,.)%`.
    LatinClose,
    /// Latin punctuation that opens: `([$`.
    LatinOpen,
    /// Other Latin punctuation.
    LatinMark,
    /// A space between words.
    Space,
    /// A full-width space.
    WideSpace,
    /// Marks that are drawn over the character before them.
    Combining,
}

/// The class of a character. Quotation marks, dashes, dots and ellipses are taken as Chinese here; the
/// caller knows where they stand in Latin text.
pub(super) fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        // Figures and signs that are raised or lowered: `10⁻⁶`.
        '\u{2070}'..='\u{208E}' => Class::Digit,
        'a'..='z' | 'A'..='Z' => Class::Letter,
        ' ' | '\u{A0}' | '\t' | '\u{2002}'..='\u{200A}' | '\u{202F}' => Class::Space,
        '\u{3000}' => Class::WideSpace,
        '—' | '―' | '⸺' => Class::Dash,
        '…' | '⋯' => Class::Ellipsis,
        '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}' => Class::Combining,
        '\u{3400}'..='\u{9FFF}' => Class::Han,
        '“' | '‘' | '（' | '〔' | '［' | '｛' | '《' | '〈' | '「' | '『' | '【' | '〖' | '｢' | '〝' => {
            Class::Open
        }
        '”' | '’' | '）' | '〕' | '］' | '｝' | '》' | '〉' | '」' | '』' | '】' | '〗' | '｣' | '〞' => {
            Class::Close
        }
        '。' | '．' | '？' | '！' | '⁇' | '‼' | '⁈' | '⁉' | '｡' => Class::Stop,
        '，' | '、' | '；' | '：' | '､' => Class::Pause,
        '～' | '〜' | '–' => Class::Connector,
        '·' | '‧' | '・' => Class::MiddleDot,
        '／' | '＼' => Class::Solidus,
        '!' | ')' | ',' | '.' | ':' | ';' | '?' | ']' | '}' | '%' | '°' | '′' | '″' | '»' | '‰' => {
            Class::LatinClose
        }
        '(' | '[' | '{' | '$' | '£' | '¥' | '#' | '«' | '@' => Class::LatinOpen,
        '!'..='~' => Class::LatinMark,
        // Latin, Greek and Cyrillic with their extensions, and other alphabets below the symbols.
        '\u{A1}'..='\u{1FFF}' if c.is_alphabetic() => Class::Letter,
        '\u{A1}'..='\u{2BF}' => Class::LatinMark,
        _ => Class::Han,
    }
}

impl Class {
    /// True for the characters that are set in the Latin face, with their own widths.
    pub(super) fn is_latin(self) -> bool {
        matches!(
            self,
            Self::Letter
                | Self::Digit
                | Self::LatinClose
                | Self::LatinOpen
                | Self::LatinMark
                | Self::Space
                | Self::Combining
        )
    }

    /// True where a quarter em parts it from a Han character beside it (CLREQ 3.2.1).
    pub(super) fn is_word(self) -> bool {
        matches!(self, Self::Letter | Self::Digit)
    }

    /// True for full-width marks that may give up half an em of white beside another mark.
    pub(super) fn is_mark(self) -> bool {
        matches!(self, Self::Open | Self::Close | Self::Stop | Self::Pause)
    }

    /// The white that a full-width mark carries: none, at its left or at its right.
    pub(super) fn white(self) -> White {
        match self {
            Self::Open => White::Left,
            Self::Close | Self::Stop | Self::Pause => White::Right,
            Self::Han
            | Self::Connector
            | Self::MiddleDot
            | Self::Solidus
            | Self::Dash
            | Self::Ellipsis
            | Self::Letter
            | Self::Digit
            | Self::LatinClose
            | Self::LatinOpen
            | Self::LatinMark
            | Self::Space
            | Self::WideSpace
            | Self::Combining => White::None,
        }
    }

    /// The turn in which its white is squeezed when a line is full, from 0 (CLREQ 4.5: brackets and quotes,
    /// then pauses, then the marks that end sentences).
    pub(super) fn squeeze_turn(self) -> usize {
        match self {
            Self::Open | Self::Close => 1,
            Self::Pause => 2,
            Self::Stop => 4,
            Self::Han
            | Self::Connector
            | Self::MiddleDot
            | Self::Solidus
            | Self::Dash
            | Self::Ellipsis
            | Self::Letter
            | Self::Digit
            | Self::LatinClose
            | Self::LatinOpen
            | Self::LatinMark
            | Self::Space
            | Self::WideSpace
            | Self::Combining => 0,
        }
    }

    /// True where it may not begin a line.
    pub(super) fn is_banned_at_start(self, kinsoku: Kinsoku) -> bool {
        match self {
            Self::Close
            | Self::Stop
            | Self::Pause
            | Self::Connector
            | Self::MiddleDot
            | Self::Solidus
            | Self::LatinClose => kinsoku != Kinsoku::None,
            Self::Dash | Self::Ellipsis => kinsoku == Kinsoku::Strict,
            // A space stays with the word before it (UAX #14 LB7).
            Self::Space | Self::WideSpace | Self::Combining => true,
            Self::Han | Self::Open | Self::Letter | Self::Digit | Self::LatinOpen | Self::LatinMark => false,
        }
    }

    /// True where it may not end a line.
    pub(super) fn is_banned_at_end(self, kinsoku: Kinsoku) -> bool {
        match self {
            Self::Open | Self::LatinOpen => kinsoku != Kinsoku::None,
            Self::Solidus => matches!(kinsoku, Kinsoku::Gb | Kinsoku::Strict),
            Self::Han
            | Self::Close
            | Self::Stop
            | Self::Pause
            | Self::Connector
            | Self::MiddleDot
            | Self::Dash
            | Self::Ellipsis
            | Self::Letter
            | Self::Digit
            | Self::LatinClose
            | Self::LatinMark
            | Self::Space
            | Self::WideSpace
            | Self::Combining => false,
        }
    }
}

/// Where a full-width mark has its white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum White {
    /// Nowhere that may be taken.
    None,
    /// In its left half.
    Left,
    /// In its right half.
    Right,
}

/// True for a character that follows a number as its unit and begins no line after a figure.
#[rustfmt::skip]
pub(super) fn is_unit(c: char) -> bool {
    matches!(c,
        '年' | '月' | '日' | '时' | '分' | '秒' | '号' | '条' | '款' | '项' | '章' | '节' | '编' | '届' | '次' | '版'
        | '个' | '万' | '亿' | '千' | '百' | '十' | '元' | '吨' | '米' | '里' | '人' | '名' | '度' | '倍' | '家' | '座'
        | '处' | '所' | '户' | '套' | '件' | '台' | '辆' | '亩' | '天' | '岁' | '周' | '期' | '部' | '位' | '批' | '公'
        | '平' | '立' | '克' | '瓦' | '％' | '℃' | '‰' | '℉' | '㎡' | '㎏' | '㎜' | '㎝' | '㎞')
}

/// True for a numeral of Chinese.
pub(super) fn is_han_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '两'
    )
}

/// True for a full-width sign that stays with the figure after it.
pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '￥' | '＄' | '￡' | '№')
}

/// True for a sign of mathematics that stays with the letter or figure after it.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '∠' | '△' | '⊙' | '√' | '±' | '∓' | '≈' | '≥' | '≤' | '≠' | '∆' | '∑' | '∏')
}

/// True for characters that have no glyph and take no room.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0100}'..='\u{E01EF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_banned_by_level() {
        for c in "，。、；：？！）》”·～%".chars() {
            assert!(class(c).is_banned_at_start(Kinsoku::Basic), "{c}");
            assert!(!class(c).is_banned_at_start(Kinsoku::None), "{c}");
        }
        for c in "（《“‘〔【(".chars() {
            assert!(class(c).is_banned_at_end(Kinsoku::Basic), "{c}");
        }
        assert!(!class('／').is_banned_at_end(Kinsoku::Basic) && class('／').is_banned_at_end(Kinsoku::Gb));
        assert!(
            !class('…').is_banned_at_start(Kinsoku::Gb) && class('…').is_banned_at_start(Kinsoku::Strict)
        );
    }

    #[test]
    fn figures_letters_and_han_are_told_apart() {
        assert_eq!([class('中'), class('〇'), class('㎡'), class('𠮷')], [Class::Han; 4]);
        assert_eq!([class('é'), class('Ω'), class('x')], [Class::Letter; 3]);
        assert_eq!(class('5'), Class::Digit);
    }
}
