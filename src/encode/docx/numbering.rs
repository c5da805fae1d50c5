//! word/numbering.xml: the markers of lists that have no markers of their own in the text.
//!
//! Only [`crate::tree::List`] is numbered here. 一、 and （一） are the author's characters and stay text.

use std::fmt::Write as _;

use super::xml::{DECLARATION, W};
use crate::ooxml::{DEEPEST, LARGEST_NUMBER, LOOSE, twips_from_em};
use crate::profile::Style;

/// Em by which the markers of each level of a list are indented.
const NEST: f64 = 2.0;

/// The lists that styles and items cite: abstract number and number have the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// • ◦ ▪
    Bullet = 1,
    /// 1.
    Number = 2,
    /// ☐
    Open = 3,
    /// ☑
    Done = 4,
}

impl Kind {
    /// The kind of marker that the `w:numId` of an item stands for.
    pub(super) fn of(list: usize) -> Self {
        let kinds = KINDS.iter().map(|row| row.0);
        kinds.clone().find(|kind| [kind.id(true), kind.id(false)].contains(&list)).unwrap_or(Self::Number)
    }

    /// The `w:numId` of its items, and the id of their pattern. Patterns of loose lists bring no style along.
    pub(super) fn id(self, tight: bool) -> usize {
        self as usize + if tight { 0 } else { KINDS.len() }
    }

    /// Room of the marker in em: from its left edge to the text.
    pub(super) fn hang(self) -> f64 {
        match self {
            Self::Bullet => 1.0,
            Self::Number | Self::Open | Self::Done => 1.5,
        }
    }
}

/// Kind, number format, texts of its levels in turn, prefix of the ids of its paragraph styles.
const KINDS: [(Kind, &str, &[&str], Option<&str>); 4] = [
    (Kind::Bullet, "bullet", &["•", "◦", "▪"], Some("ListBullet")),
    (Kind::Number, "decimal", &["%."], Some("ListNumber")),
    (Kind::Open, "bullet", &["☐"], None),
    (Kind::Done, "bullet", &["☑"], None),
];

/// How many levels Word has list styles for: `List Bullet` to `List Bullet 5`.
pub(super) const STYLED_LEVELS: u8 = 5;

/// The id of a list style of that level, from 0: `ListBullet`, `ListBullet2` … `ListBullet5`.
pub(super) fn style_id(prefix: &str, level: u8) -> String {
    match level.min(STYLED_LEVELS - 1) {
        0 => prefix.to_owned(),
        level => format!("{prefix}{}", level + 1),
    }
}

/// The numbered lists of a document, each of which begins anew.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Level (from 0), first number, and whether it is tight, of each.
    lists: Vec<(u8, u64, bool)>,
    /// There are loose lists.
    pub(super) loose: bool,
    /// There are items with boxes.
    pub(super) tasks: bool,
}

impl Numbering {
    /// Adds a numbered list; gives the `w:numId` of its items.
    pub(super) fn begin(&mut self, level: u8, start: u64, tight: bool) -> usize {
        self.lists.push((level, start.min(u64::from(LARGEST_NUMBER)), tight));
        2 * KINDS.len() + self.lists.len()
    }

    /// The part (ECMA-376 17.9). `item` is the style of list items, whose em the indents are counted in.
    pub(super) fn part(&self, item: &Style) -> Vec<u8> {
        let mut xml = format!("{DECLARATION}<w:numbering xmlns:w=\"{W}\">");
        let tight = [true, false].into_iter().filter(|tight| *tight || self.loose);
        // The patterns that styles cite are always there, since more can be written with them.
        let kinds = KINDS.into_iter().filter(|row| row.3.is_some() || self.tasks);
        let kinds = tight.flat_map(|tight| kinds.clone().map(move |row| (tight, row)));
        for (tight, (kind, format, texts, style)) in kinds.clone() {
            let id = kind.id(tight);
            let _ = write!(
                xml,
                "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"multilevel\"/>"
            );
            if !tight {
                let _ = write!(xml, "<w:name w:val=\"{LOOSE}\"/>");
            }
            for level in 0..DEEPEST {
                let text = texts[usize::from(level) % texts.len()].replace('%', &format!("%{}", level + 1));
                let left = indent(item, kind, level);
                let hanging = twips_from_em(kind.hang(), item.size);
                let characters = (kind.hang() * 100.0).round();
                let cited =
                    style.filter(|_| tight && level < STYLED_LEVELS).map(|style| style_id(style, level));
                let cited = cited.map(|id| format!("<w:pStyle w:val=\"{id}\"/>")).unwrap_or_default();
                let _ = write!(
                    xml,
                    "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{cited}\
                     <w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
                     <w:pPr><w:tabs><w:tab w:val=\"num\" w:pos=\"{left}\"/></w:tabs>\
                     <w:ind w:left=\"{left}\" w:hangingChars=\"{characters}\" w:hanging=\"{hanging}\"/></w:pPr>\
                     <w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr></w:lvl>"
                );
            }
            xml.push_str("</w:abstractNum>");
        }
        for (tight, (kind, ..)) in kinds {
            let id = kind.id(tight);
            let _ = write!(xml, "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>");
        }
        for (index, (level, start, tight)) in self.lists.iter().enumerate() {
            let _ = write!(
                xml,
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{}\"/><w:lvlOverride w:ilvl=\"{level}\">\
                 <w:startOverride w:val=\"{start}\"/></w:lvlOverride></w:num>",
                2 * KINDS.len() + 1 + index,
                Kind::Number.id(*tight),
            );
        }
        xml.push_str("</w:numbering>");
        xml.into_bytes()
    }
}

/// Left indent of the text of an item in em, by its level from 0.
pub(super) fn indent_in_em(item: &Style, kind: Kind, level: u8) -> f64 {
    item.left + NEST * f64::from(level.min(DEEPEST - 1) + 1) + kind.hang()
}

/// Left indent of the text of an item in twips, by its level from 0.
pub(super) fn indent(item: &Style, kind: Kind, level: u8) -> i32 {
    twips_from_em(indent_in_em(item, kind, level), item.size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Profile, StyleName};

    #[test]
    fn every_numbered_list_begins_anew() {
        let profile = Profile::gongwen().unwrap();
        let mut numbering = Numbering::default();
        assert_eq!(numbering.begin(0, 3, true), 9);
        assert_eq!(numbering.begin(1, u64::MAX, true), 10);
        let xml = String::from_utf8(numbering.part(profile.named(StyleName::ListItem))).unwrap();
        assert!(xml.contains("<w:num w:numId=\"9\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/>"));
        assert!(xml.contains("<w:startOverride w:val=\"32767\"/>"));
        assert!(xml.contains("<w:lvlText w:val=\"%2.\"/>") && !xml.contains("%2)"));
    }

    #[test]
    fn boxes_are_there_where_items_have_some() {
        let item = Profile::gongwen().unwrap().named(StyleName::ListItem).clone();
        let part = |tasks| {
            let numbering = Numbering { tasks, ..Numbering::default() };
            String::from_utf8(numbering.part(&item)).unwrap()
        };
        assert!(part(false).contains("•") && !part(false).contains("☐"));
        assert!(part(true).contains("☐") && part(true).contains("<w:num w:numId=\"4\">"));
    }

    #[test]
    fn styles_exist_for_five_levels() {
        assert_eq!(style_id("ListBullet", 0), "ListBullet");
        assert_eq!(style_id("ListBullet", 4), "ListBullet5");
        assert_eq!(style_id("ListBullet", 8), "ListBullet5");
    }
}
