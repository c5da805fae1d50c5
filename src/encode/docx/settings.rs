//! word/settings.xml: what holds for the whole document.

use std::fmt::Write as _;

use super::xml::{DECLARATION, W, escape};
use crate::ooxml::twips_from_em;
use crate::profile::{Kinsoku, Profile, StyleName};

/// Opening marks: no line ends with them (CLREQ, prohibition at line end).
const OPENING: &str = "$([{£¥‘“〈《「『【〔〖〝（［｛￡￥";

/// Closing marks, pauses, stops, connectors and separators: no line begins with them.
const CLOSING: &str = "!%),.:;>?]}¢·’”°′″‰℃、。〉》」』】〕〗〞！％），．：；？］｝～￠•‧~–／/";

/// Dashes and ellipses, which the strict rule keeps from line starts as well.
const DASHES: &str = "—―…⸺⋯";

/// Separators, which national practice keeps from line ends as well.
const SEPARATORS: &str = "/／";

/// The separators that the part of the footnotes holds (17.11.9).
const FOOTNOTES: &str = "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>";

/// The separators of the endnotes (17.11.4), and how they are numbered: roman where footnotes have figures.
fn endnotes(footnotes: bool) -> String {
    let format = if footnotes { "lowerRoman" } else { "decimal" };
    format!(
        "<w:endnotePr><w:numFmt w:val=\"{format}\"/><w:endnote w:id=\"-1\"/><w:endnote w:id=\"0\"/></w:endnotePr>"
    )
}

/// What of a document decides its settings.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Has {
    pub(super) footnotes: bool,
    pub(super) endnotes: bool,
    /// Faces in the file.
    pub(super) faces: bool,
}

/// Marks that may not end and not begin a line; `None` where no rule holds.
fn prohibited(kinsoku: Kinsoku) -> Option<(String, String)> {
    let opening = OPENING.to_owned();
    Some(match kinsoku {
        Kinsoku::None => return None,
        Kinsoku::Basic => (opening, CLOSING.into()),
        Kinsoku::Gb => (opening + SEPARATORS, CLOSING.into()),
        Kinsoku::Strict => (opening + SEPARATORS, CLOSING.to_owned() + DASHES),
    })
}

/// The settings. Word 2013 layout (compatibility mode 15), different footers on even pages where page
/// numbers stand outside, punctuation squeezed where marks meet, the line-break rule of the profile, and
/// the separators of notes where there are any. Children follow the order of `CT_Settings`.
pub(super) fn settings(profile: &Profile, has: Has) -> Vec<u8> {
    let mut xml = format!("{DECLARATION}<w:settings xmlns:w=\"{W}\"><w:zoom w:percent=\"100\"/>");
    if has.faces {
        xml.push_str("<w:embedTrueTypeFonts/><w:saveSubsetFonts/>");
    }
    xml.push_str("<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>");
    // A little less than two characters: a tab behind an even number of them would have no width.
    let tab = twips_from_em(1.95, profile.named(StyleName::Body).size);
    let _ = write!(xml, "<w:defaultTabStop w:val=\"{tab}\"/>");
    if profile.page_number.is_outer() {
        xml.push_str("<w:evenAndOddHeaders/>");
    }
    xml.push_str("<w:drawingGridVerticalSpacing w:val=\"156\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/>");
    if let Some((after, before)) = prohibited(profile.kinsoku) {
        let _ = write!(
            xml,
            "<w:noLineBreaksAfter w:lang=\"zh-CN\" w:val=\"{}\"/><w:noLineBreaksBefore w:lang=\"zh-CN\" w:val=\"{}\"/>",
            escape(&after),
            escape(&before)
        );
    }
    if has.footnotes {
        xml.push_str(FOOTNOTES);
    }
    if has.endnotes {
        xml.push_str(&endnotes(has.footnotes));
    }
    xml.push_str(
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>\
         <w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>",
    );
    for (name, value) in [
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ] {
        let _ = write!(
            xml,
            "<w:compatSetting w:name=\"{name}\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"{value}\"/>"
        );
    }
    xml.push_str(
        "</w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>\
         <w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>",
    );
    xml.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_adds_to_the_one_before() {
        assert_eq!(prohibited(Kinsoku::None), None);
        let (after, before) = prohibited(Kinsoku::Basic).unwrap();
        assert!(after.contains('“') && !after.contains('/'));
        assert!(before.contains('，') && before.contains('/') && !before.contains('…'));
        assert!(prohibited(Kinsoku::Gb).unwrap().0.contains('／'));
        assert!(prohibited(Kinsoku::Strict).unwrap().1.contains('—'));
    }

    #[test]
    fn even_pages_differ_only_where_numbers_stand_outside() {
        let mut profile = Profile::gongwen().unwrap();
        let has = |profile: &Profile| {
            settings(profile, Has::default()).windows(18).any(|w| w == b"evenAndOddHeaders/")
        };
        assert!(has(&profile));
        profile.page_number.position = crate::profile::NumberPosition::Centre;
        assert!(!has(&profile));
    }

    #[test]
    fn separators_are_named_only_where_there_are_notes() {
        let profile = Profile::gongwen().unwrap();
        let of = |footnotes, endnotes| {
            String::from_utf8(settings(&profile, Has { footnotes, endnotes, faces: false })).unwrap()
        };
        assert!(of(true, false).contains("footnotePr") && !of(true, false).contains("endnotePr"));
        assert!(!of(false, false).contains("otePr"));
        assert!(of(false, true).contains("<w:numFmt w:val=\"decimal\"/>"));
        assert!(of(true, true).contains("<w:numFmt w:val=\"lowerRoman\"/>"));
    }
}
