//! The footers that number the pages (GB/T 9704-2012 7.5).

use super::xml::{DECLARATION, R, W, escape};
use crate::ooxml::{Geometry, twips, twips_from_mm};
use crate::profile::Profile;

/// A footer with one paragraph of that style: the number of the page between its dashes.
pub(super) fn footer(profile: &Profile, style: &str) -> Vec<u8> {
    let number = &profile.page_number;
    let run = "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>";
    let field = |kind| format!("{run}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let text = |text: &str| match text {
        "" => String::new(),
        _ => format!("{run}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text)),
    };
    format!(
        "{DECLARATION}<w:ftr xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>\
         {}{}{run}<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}\
         {run}<w:t>1</w:t></w:r>{}{}</w:p></w:ftr>",
        text(&number.before),
        field("begin"),
        field("separate"),
        field("end"),
        text(&number.after),
    )
    .into_bytes()
}

/// Distance of the footer from the lower edge of the sheet in twips. The middle of the number's line, whose
/// height is its type size, lies `below` the type area; a 一字线 lies in the middle of its line.
pub(super) fn distance(profile: &Profile, geometry: &Geometry) -> i32 {
    let number = &profile.page_number;
    let middle = geometry.bottom - twips_from_mm(number.below);
    (middle - twips(number.size) / 2).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Role;

    #[test]
    fn the_dashes_lie_seven_millimetres_below_the_type_area() {
        let profile = Profile::gongwen().unwrap();
        let geometry = Geometry::new(&profile, profile.style(Role::Body));
        // 28 mm from the lower edge of the sheet less half of a 14 pt line.
        assert_eq!(distance(&profile, &geometry), 1984 - 397 - 140);
    }

    #[test]
    fn the_number_is_a_field_between_what_the_profile_puts_around_it() {
        let mut profile = Profile::gongwen().unwrap();
        profile.page_number.after = "<".into();
        let xml = String::from_utf8(footer(&profile, "Footer")).unwrap();
        assert!(xml.contains("— </w:t>") && xml.contains(" PAGE ") && xml.contains("&lt;</w:t>"));
    }
}
