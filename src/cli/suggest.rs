//! “Did you mean …?” for names that are not known.

use banshi::{Message, message};

/// The known name that is most like the one given, if one is like it.
pub(super) fn like<'a, S: AsRef<str> + 'a>(
    given: &str,
    known: impl IntoIterator<Item = &'a S>,
) -> Option<&'a str> {
    let given = given.to_lowercase();
    let nearest = known
        .into_iter()
        .map(S::as_ref)
        .map(|name| (strsim::normalized_damerau_levenshtein(&given, &name.to_lowercase()), name))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    nearest.filter(|(likeness, _)| *likeness > 0.6).map(|(_, name)| name)
}

/// What is wrong, with what may have been meant.
pub(super) fn with(fault: Message, meant: Option<&str>) -> Message {
    match meant {
        Some(meant) => message!("{fault} (did you mean {meant}?)", fault, meant),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn names_near_a_known_one_are_understood() {
        let known = ["docx", "pdf", "md", "json"];
        assert_eq!(like("dcox", &known), Some("docx"));
        assert_eq!(like("PFD", &known), Some("pdf"));
        assert_eq!(like("bgk", &["gbk", "big5"]), Some("gbk"));
        assert_eq!(like("xlsx", &known), None);
        assert_eq!(like("", &known), None);
    }
}
