//! “Did you mean …?” for names that are not known.

/// The known name that is most like the one given, if one is like it.
pub(super) fn like<'a>(given: &str, known: impl IntoIterator<Item = &'a &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let nearest = known
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(&given, &name.to_lowercase()), *name))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    nearest.filter(|(likeness, _)| *likeness > 0.6).map(|(_, name)| name)
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
