//! The language in which the program speaks.

use std::sync::OnceLock;

use banshi::{Language, Message, message};

use super::arguments::Wrong;

/// Chosen once, when the program starts.
static SPOKEN: OnceLock<Language> = OnceLock::new();

/// The language of this run.
pub(super) fn spoken() -> Language {
    SPOKEN.get().copied().unwrap_or_default()
}

/// Chooses the language: the one named, or else that of the system.
pub(super) fn choose(named: Option<Language>) {
    let language =
        named.unwrap_or_else(|| of_locale(sys_locale::get_locale().as_deref().unwrap_or_default()));
    // A second choice would come too late.
    let _ = SPOKEN.set(language);
}

/// The message in the language of this run.
pub(super) fn words(message: &Message) -> String {
    message.in_language(spoken())
}

/// Chinese for `zh` with any script and region, English for all others.
fn of_locale(locale: &str) -> Language {
    match locale.split(['-', '_', '.', '@']).next() {
        Some(language) if language.eq_ignore_ascii_case("zh") => Language::Chinese,
        _ => Language::English,
    }
}

/// The language of a name on the command line: `zh`, `en`, also with a region.
pub(super) fn from_name(name: &str) -> Result<Language, Wrong> {
    let language = of_locale(name);
    let is_english = name.to_ascii_lowercase().split(['-', '_', '.']).next() == Some("en");
    if language == Language::Chinese || is_english {
        Ok(language)
    } else {
        Err(Wrong(message!("this program speaks zh and en")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_spoken_where_the_locale_is_chinese() {
        for chinese in ["zh-CN", "zh_CN.UTF-8", "zh", "zh-Hant-TW", "ZH"] {
            assert_eq!(of_locale(chinese), Language::Chinese, "{chinese}");
        }
        for other in ["en-US", "C", "POSIX", "", "de_DE.UTF-8", "zhx"] {
            assert_eq!(of_locale(other), Language::English, "{other}");
        }
    }

    #[test]
    fn only_languages_that_are_spoken_can_be_named() {
        assert_eq!(from_name("zh").ok(), Some(Language::Chinese));
        assert_eq!(from_name("en-GB").ok(), Some(Language::English));
        assert!(from_name("de").is_err());
    }
}
