//! What a single line says: dates, names, offices, document numbers, forms of address.
//!
//! The tests read the line without its blanks (`张　三` is 张三), except where a gap is the evidence.
//! They know one line only; what its place makes of it is decided by the passes that ask.

mod address;
mod closing;
mod date;
mod name;
mod number;
mod occasion;
mod script;
mod title;
mod words;

use std::borrow::Cow;

pub(super) use address::{is_bare_address, is_recipient, is_salutation, names_bodies};
pub(super) use closing::{delivers, is_call, is_closing, is_last_call, is_thanks, is_vow};
pub(super) use date::{
    begins_date, date_length, is_date, is_date_to_the_hour, is_date_with_hour, is_date_with_note,
    is_date_with_place, is_day, is_issuer_row, is_moment, is_signing_date,
};
pub(super) use name::{
    is_byline, is_for_a_hand, is_gapped_name, is_labelled_name, is_member_row, is_name, is_office,
    is_organisation, is_row_of_bodies, is_signer, is_signing_field, is_unit_with_name,
};
pub(super) use number::{
    is_annex_label, is_blank_number, is_case_number, is_copy_number, is_document_number, is_grade,
    is_handling, is_mark, is_masthead_number,
};
pub(super) use occasion::{
    is_bracketed_credit, is_caption, is_dateline, is_news_lead, is_occasion, is_period, is_picture_note,
    is_release_note, is_remark, is_version,
};
pub(super) use title::{is_columns, is_parallel, is_title_like, is_title_with_colon, is_titled};
pub(super) use words::{Endings, Words};

/// Marks that end a sentence.
pub(super) const STOPS: [char; 6] = ['。', '！', '？', '!', '?', '…'];

/// The characters of `text` without white space, in the writing of the words that are looked for: see [`script`].
pub(super) fn compact(text: &str) -> Cow<'_, str> {
    match script::first_change(text) {
        None => Cow::Borrowed(text),
        Some(first) => Cow::Owned(script::write(text, first)),
    }
}

/// Whether the text begins with one of the words.
pub(super) fn starts_with_any(text: &str, words: &[&str]) -> bool {
    // The last byte of the first character tells most words from the text.
    let third = text.as_bytes().get(2);
    words.iter().any(|word| (word.len() < 3 || word.as_bytes().get(2) == third) && text.starts_with(word))
}

/// Whether the text ends with one of the words.
pub(super) fn ends_with_any(text: &str, words: &[&str]) -> bool {
    let last = text.as_bytes().last();
    words.iter().any(|word| word.as_bytes().last() == last && text.ends_with(word))
}

pub(super) fn contains_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// A title without what the page adds in brackets: `…的通知(青发〔2026〕65号)`.
pub(super) fn without_note(title: &str) -> &str {
    let closed = title.ends_with(['）', ')']);
    let open = if closed { title.rfind(['（', '(']).filter(|open| *open > 0) } else { None };
    open.map_or(title, |open| &title[..open])
}

/// Number of characters.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether the text has so many characters at most. Those of a long one are not counted.
pub(super) fn is_within(text: &str, most: usize) -> bool {
    text.len() <= most || text.len() <= 4 * most && length(text) <= most
}

/// The marks of the text, and whatever else is no ideograph from U+4000 to U+9FFF, of which nearly all of a text consists.
pub(super) fn marks(text: &str) -> impl Iterator<Item = char> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while matches!(bytes.get(at)?, 0xE4..=0xE9) {
            at += 3;
        }
        let mark = text[at..].chars().next()?;
        at += mark.len_utf8();
        Some(mark)
    })
}

/// What stands before the first colon, in so many characters at most, and what stands behind it.
pub(super) fn label(text: &str, most: usize) -> Option<(&str, &str)> {
    let (at, colon) = text.char_indices().take(most + 1).find(|(_, c)| matches!(c, '：' | ':'))?;
    Some((&text[..at], &text[at + colon.len_utf8()..]))
}

/// Who speaks a line of a script, in a few characters before a colon, and what is said: `女：…`, `主持人：…`.
pub(super) fn cue(compact: &str) -> Option<(&str, &str)> {
    let mut start = compact.char_indices().take(5).skip(1);
    let (colon, _) = start.find(|(_, c)| matches!(c, '：' | ':'))?;
    let (speaker, said) = compact.split_at(colon);
    Some((speaker, said.trim_start_matches(['：', ':'])))
}

/// A few words in black brackets on a line of their own, with which one who presides parts a text: `【宣布开会】`.
pub(super) fn is_cue(compact: &str) -> bool {
    let words = compact.strip_prefix('【').and_then(|rest| rest.strip_suffix('】'));
    words.is_some_and(|words| is_within(words, 20) && !words.contains(['【', '】', '。']))
}

/// True for a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// The text without one pair of brackets around all of it.
pub(super) fn unbracketed(text: &str) -> Option<&str> {
    let inner =
        text.strip_prefix(['（', '(', '〔', '[', '［'])?.strip_suffix(['）', ')', '〕', ']', '］'])?;
    (!inner.contains(['（', '(', '）', ')'])).then_some(inner)
}

/// A line drawn with underscores from edge to edge; shorter ones are to be filled in.
pub(super) fn is_underscored(compact: &str) -> bool {
    compact.chars().all(|c| matches!(c, '_' | '＿')) && length(compact) >= 16
}

/// Whether every bracket of the text is closed.
pub(super) fn opens_bracket(text: &str) -> bool {
    let depth = text.chars().fold(0i32, |depth, c| match c {
        '（' | '(' => depth + 1,
        '）' | ')' => depth - 1,
        _ => depth,
    });
    depth > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_every_sort_is_taken_out() {
        for blank in ('\0'..=char::MAX).filter(|c| c.is_whitespace()) {
            assert_eq!(compact(&format!("“张、{blank}三{blank}")), "“张、三", "{blank:?}");
        }
        assert!(matches!(compact("“张、三”—一"), Cow::Borrowed(_)));
    }

    #[test]
    fn words_at_the_ends_of_a_text() {
        assert!(starts_with_any("附件1", &["附表", "附"]) && starts_with_any("QQ", &["Q"]));
        assert!(!starts_with_any("附", &["附件"]) && !starts_with_any("", &["附"]));
        assert!(ends_with_any("某某网站", &["网", "站"]) && ends_with_any("A", &["A"]));
        assert!(!ends_with_any("站", &["网站"]) && !ends_with_any("", &["站"]));
    }

    #[test]
    fn marks_are_what_is_no_ideograph() {
        let ideograph = |c: &char| ('\u{4000}'..='\u{9FFF}').contains(c);
        let all: String = ('\0'..=char::MAX).collect();
        assert!(marks(&all).eq(all.chars().filter(|c| !ideograph(c))));
        assert!(marks("“张、三”x一").eq("“、”x".chars()));
    }

    #[test]
    fn no_more_characters_than_that() {
        assert!(is_within("𠮷田", 2) && is_within("", 0) && !is_within("abc", 2) && !is_within("𠮷田三", 2));
    }
}
