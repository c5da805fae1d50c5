//! The footers that number the pages (GB/T 9704-2012 7.5).

use super::styles::id;
use super::xml::{DECLARATION, R, W, escape};
use crate::ooxml::{Geometry, twips, twips_from_mm};
use crate::profile::Profile;

/// A footer: its part inside `word/`, the id of its relationship, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Footer {
    pub(super) part: &'static str,
    pub(super) id: &'static str,
    /// On pages with an even number only.
    pub(super) even: bool,
    /// On sheets that lie on their side.
    pub(super) turned: bool,
}

/// All footers that there may be.
const FOOTERS: [Footer; 4] = [
    Footer { part: "footer1.xml", id: "rId5", even: false, turned: false },
    Footer { part: "footer2.xml", id: "rId6", even: true, turned: false },
    Footer { part: "footer3.xml", id: "rId9", even: false, turned: true },
    Footer { part: "footer4.xml", id: "rId10", even: true, turned: true },
];

/// The footers that a profile asks for on upright and, where there are such, turned sheets.
pub(super) fn footers(profile: &Profile, turned: bool) -> impl Iterator<Item = Footer> {
    let (shown, outer) = (profile.page_number.is_shown(), profile.page_number.is_outer());
    let wanted = move |footer: &Footer| shown && (outer || !footer.even) && (turned || !footer.turned);
    FOOTERS.into_iter().filter(wanted)
}

impl Footer {
    /// Its part. On a turned sheet the number stands where upright ones have it (GB/T 9704-2012, 8): in a frame along the
    /// edge that is the lower one of an upright sheet, turned like the text.
    pub(super) fn xml(self, profile: &Profile, geometry: &Geometry) -> Vec<u8> {
        let style = if self.even { id::FOOTER_EVEN } else { id::FOOTER };
        if !self.turned {
            return footer(profile, style, "", "");
        }
        let sheet = geometry.turned();
        let (line, height) = (twips(profile.page_number.size), sheet.text_height());
        let (x, y) = (distance(profile, geometry), sheet.top);
        let frame = format!(
            "<w:framePr w:w=\"{line}\" w:h=\"{height}\" w:hRule=\"exact\" w:wrap=\"around\" w:vAnchor=\"page\" \
             w:hAnchor=\"page\" w:x=\"{x}\" w:y=\"{y}\"/><w:textDirection w:val=\"tbRl\"/>"
        );
        // What a frame is anchored to.
        let anchor = format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr></w:p>");
        footer(profile, style, &frame, &anchor)
    }
}

/// A footer with a paragraph of that style and those properties, the number of the page between its dashes, and what
/// follows it.
fn footer(profile: &Profile, style: &str, properties: &str, after: &str) -> Vec<u8> {
    let number = &profile.page_number;
    let run = "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>";
    let field = |kind| format!("{run}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let text = |text: &str| match text {
        "" => String::new(),
        _ => format!("{run}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text)),
    };
    format!(
        "{DECLARATION}<w:ftr xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}\
         </w:pPr>{}{}{run}<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}\
         {run}<w:t>1</w:t></w:r>{}{}</w:p>{after}</w:ftr>",
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
        let xml = String::from_utf8(footer(&profile, "Footer", "", "")).unwrap();
        assert!(xml.contains("— </w:t>") && xml.contains(" PAGE ") && xml.contains("&lt;</w:t>"));
    }

    #[test]
    fn on_a_turned_sheet_the_number_stands_where_upright_ones_have_it() {
        let profile = Profile::gongwen().unwrap();
        let geometry = Geometry::new(&profile, profile.style(Role::Body));
        let turned = footers(&profile, true).find(|footer| footer.turned).unwrap();
        let xml = String::from_utf8(turned.xml(&profile, &geometry)).unwrap();
        // As far from the left edge as others from the lower one, as long as the measure.
        assert!(xml.contains(&format!("w:x=\"1447\" w:y=\"{}\"", geometry.left)), "{xml}");
        assert!(
            xml.contains(&format!("w:h=\"{}\"", geometry.measure())) && xml.contains("\"tbRl\""),
            "{xml}"
        );
        let parts = |turned| footers(&profile, turned).map(|footer| footer.part).collect::<Vec<_>>();
        assert_eq!(parts(false), ["footer1.xml", "footer2.xml"]);
        assert_eq!(parts(true).len(), 4);
    }
}
