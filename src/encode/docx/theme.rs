//! word/theme/theme1.xml (ECMA-376 20.1.6.9). No style refers to it; programs want one in every file, and
//! its faces are those that Word offers for headings and text.

use std::fmt::Write as _;

use super::xml::{DECLARATION, escape};
use crate::profile::{Profile, StyleName};
use crate::tree::Role;

/// Name and value of the twelve colours: plain black and white, and the accents of a printed page.
const COLOURS: [(&str, &str); 12] = [
    ("dk1", "000000"),
    ("lt1", "FFFFFF"),
    ("dk2", "44546A"),
    ("lt2", "E7E6E6"),
    ("accent1", "C00000"),
    ("accent2", "4472C4"),
    ("accent3", "A5A5A5"),
    ("accent4", "FFC000"),
    ("accent5", "5B9BD5"),
    ("accent6", "70AD47"),
    ("hlink", "0563C1"),
    ("folHlink", "954F72"),
];

/// The theme: colours, the faces of titles and of body text, and the three plain formats of each kind that
/// the schema demands.
pub(super) fn theme(profile: &Profile) -> Vec<u8> {
    let mut xml = format!(
        "{DECLARATION}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"{}\">\
         <a:themeElements><a:clrScheme name=\"Office\">",
        escape(&profile.name)
    );
    for (name, value) in COLOURS {
        let _ = write!(xml, "<a:{name}><a:srgbClr val=\"{value}\"/></a:{name}>");
    }
    let _ = write!(xml, "</a:clrScheme><a:fontScheme name=\"{}\">", escape(&profile.name));
    let latin = escape(&profile.latin.name);
    let (title, body) = (profile.style(Role::Title).face, profile.named(StyleName::Body).face);
    for (name, face) in [("majorFont", title), ("minorFont", body)] {
        let han = escape(&profile.face(face).name);
        let _ = write!(
            xml,
            "<a:{name}><a:latin typeface=\"{latin}\"/><a:ea typeface=\"{han}\"/><a:cs typeface=\"{latin}\"/>\
             </a:{name}>"
        );
    }
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"6350\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    let _ = write!(
        xml,
        "</a:fontScheme><a:fmtScheme name=\"Office\"><a:fillStyleLst>{fill}{fill}{fill}</a:fillStyleLst>\
         <a:lnStyleLst>{line}{line}{line}</a:lnStyleLst>\
         <a:effectStyleLst>{effect}{effect}{effect}</a:effectStyleLst>\
         <a:bgFillStyleLst>{fill}{fill}{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    );
    xml.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_offers_the_faces_of_the_profile() {
        let xml = String::from_utf8(theme(&Profile::gongwen().unwrap())).unwrap();
        assert!(xml.contains(
            "<a:majorFont><a:latin typeface=\"Times New Roman\"/><a:ea typeface=\"方正小标宋简体\"/>"
        ));
    }
}
