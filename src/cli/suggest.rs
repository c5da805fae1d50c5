//! “Did you mean …?” for names that are not known.

/// ` (did you mean docx?)` for the known name that is most like the one given, or nothing.
pub(super) fn like<'a>(given: &str, known: impl IntoIterator<Item = &'a &'a str>) -> String {
    let given = given.to_lowercase();
    let nearest = known
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(&given, &name.to_lowercase()), *name))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    match nearest {
        Some((likeness, name)) if likeness > 0.6 => format!(" (did you mean {name}?)"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn names_near_a_known_one_are_understood() {
        let known = ["docx", "pdf", "md", "json"];
        assert_eq!(like("dcox", &known), " (did you mean docx?)");
        assert_eq!(like("PFD", &known), " (did you mean pdf?)");
        assert_eq!(like("bgk", &["gbk", "big5"]), " (did you mean gbk?)");
        assert_eq!(like("xlsx", &known), "");
        assert_eq!(like("", &known), "");
    }
}
