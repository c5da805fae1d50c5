//! word/fontTable.xml: the faces of the profile, with what another face must have to stand in for them.

use std::fmt::Write as _;

use super::embed::Embedded;
use super::styles::FIXED_PITCH;
use super::xml::{DECLARATION, R, W, escape};
use crate::profile::{Face, FaceNames, Profile};

/// What Word records of the usual cut of each face: panose, family, pitch (ECMA-376 17.8.3).
fn traits(face: Face) -> (&'static str, &'static str, &'static str) {
    match face {
        Face::Song => ("02010600030101010101", "auto", "variable"),
        Face::Hei | Face::Kai | Face::Fangsong => ("02010609060101010101", "modern", "fixed"),
        Face::Biaosong => ("03000509000000000000", "script", "fixed"),
    }
}

/// The font table. Each face names the others it may be installed as (17.8.3.1 `altName`), and Chinese
/// faces bear the character set GB 2312 (86), so that a program without them falls back to a Chinese one.
/// `embedded` are those in the file (17.8.3.4, 17.8.3.3).
pub(super) fn font_table(profile: &Profile, embedded: &[Embedded]) -> Vec<u8> {
    let mut xml = format!("{DECLARATION}<w:fonts xmlns:w=\"{W}\" xmlns:r=\"{R}\">");
    let mut written: Vec<&str> = Vec::new();
    for face in Face::ALL {
        let names = profile.face(face);
        if !written.contains(&names.name.as_str()) {
            written.push(&names.name);
            let (panose, family, pitch) = traits(face);
            font(names, Some(panose), "86", (family, pitch), embedded, &mut xml);
        }
    }
    if !written.contains(&profile.latin.name.as_str()) {
        font(&profile.latin, None, "00", ("roman", "variable"), embedded, &mut xml);
    }
    let code = FaceNames { name: FIXED_PITCH.into(), also: Vec::new() };
    font(&code, Some("02070309020205020404"), "00", ("modern", "fixed"), &[], &mut xml);
    xml.push_str("</w:fonts>");
    xml.into_bytes()
}

fn font(
    names: &FaceNames,
    panose: Option<&str>,
    charset: &str,
    (family, pitch): (&str, &str),
    embedded: &[Embedded],
    xml: &mut String,
) {
    let _ = write!(xml, "<w:font w:name=\"{}\">", escape(&names.name));
    if !names.also.is_empty() {
        let _ = write!(xml, "<w:altName w:val=\"{}\"/>", escape(&names.also.join(",")));
    }
    if let Some(panose) = panose {
        let _ = write!(xml, "<w:panose1 w:val=\"{panose}\"/>");
    }
    let _ = write!(
        xml,
        "<w:charset w:val=\"{charset}\"/><w:family w:val=\"{family}\"/><w:pitch w:val=\"{pitch}\"/>"
    );
    for face in embedded.iter().filter(|face| face.name == names.name) {
        let cut = if face.bold { "Bold" } else { "Regular" };
        let _ =
            write!(xml, "<w:embed{cut} r:id=\"{}\" w:fontKey=\"{}\" w:subsetted=\"1\"/>", face.id, face.key);
    }
    xml.push_str("</w:font>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_stands_once_with_its_other_names() {
        let mut profile = Profile::gongwen().unwrap();
        let xml = String::from_utf8(font_table(&profile, &[])).unwrap();
        assert_eq!(xml.matches("<w:font ").count(), 7);
        assert!(xml.contains("w:name=\"仿宋_GB2312\"><w:altName w:val=\"仿宋,FangSong,"));
        let fangsong = profile.faces[&Face::Fangsong].clone();
        profile.faces.insert(Face::Kai, fangsong);
        let xml = String::from_utf8(font_table(&profile, &[])).unwrap();
        assert_eq!(xml.matches("<w:font ").count(), 6);
    }
}
