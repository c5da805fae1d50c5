//! word/styles.xml: a named style for everything that the profile distinguishes.
//!
//! Word knows its built-in styles by name, so those keep Word's names and appear localised; the others
//! bear the Chinese names of the parts of a document. A style states only what differs from `Normal`.

use std::fmt::Write as _;

use super::contents::DEPTH;
use super::numbering::{self, Kind, STYLED_LEVELS};
use super::style_sheet::{
    Entry, Leading, RightTab, Sheet, alignment, built_in, fonts, indent, is_spaced, own,
};
use super::table::{CELL_MARGIN, CELL_MARGIN_ABOVE};
use super::xml::{DECLARATION, W, escape};
use crate::layout::{CELL_LEADING, CLOSE_LEADING};
use crate::ooxml::{
    BREAK_STYLE, DEEPEST, Geometry, IMPRINT_STYLE, MASTHEAD_STYLE, PICTURE_STYLE, ROLES, UNIT_STYLE,
    code_style_name, half_points, lead_style, role_style, twips, twips_from_em,
};
use crate::profile::{Align, Face, Kinsoku, Profile, SIGNER_INDENT, Style, StyleName};
use crate::tree::Role;

/// Em by which each level of a table of contents is indented.
const CONTENTS_NEST: f64 = 2.0;

/// Lines of the grid left empty above and below a picture in a line of its own.
const BESIDE_PICTURE: f64 = 0.25;

/// The face of Latin letters in programs.
pub(super) const FIXED_PITCH: &str = "Courier New";

/// Ids of the styles that belong to no role.
pub(super) mod id {
    pub(in super::super) const LIST_BULLET: &str = "ListBullet";
    pub(in super::super) const LIST_NUMBER: &str = "ListNumber";
    pub(in super::super) const LIST_CONTINUE: &str = "ListContinue";
    pub(in super::super) const QUOTE: &str = "Quote";
    pub(in super::super) const CODE: &str = "HTMLPreformatted";
    pub(in super::super) const RULE: &str = "Rule";
    pub(in super::super) const TABLE_CELL: &str = "TableCell";
    pub(in super::super) const TABLE_HEAD: &str = "TableHead";
    pub(in super::super) const NOTE: &str = "FootnoteText";
    pub(in super::super) const ENDNOTE: &str = "EndnoteText";
    pub(in super::super) const ENDNOTE_MARK: &str = "EndnoteReference";
    pub(in super::super) const FOOTER: &str = "Footer";
    pub(in super::super) const FOOTER_EVEN: &str = "FooterEven";
    pub(in super::super) const STRONG: &str = "Strong";
    pub(in super::super) const EMPHASIS: &str = "Emphasis";
    pub(in super::super) const EMPHASIS_LATIN: &str = "EmphasisLatin";
    pub(in super::super) const SIGNER: &str = "Signer";
    pub(in super::super) const LINK: &str = "Hyperlink";
    pub(in super::super) const INLINE_CODE: &str = "HTMLCode";
    pub(in super::super) const NOTE_MARK: &str = "FootnoteReference";
    pub(in super::super) const TABLE: &str = "TableGrid";
    pub(in super::super) const CONTENTS_HEAD: &str = "TOCHeading";
    pub(in super::super) const SECTION_END: &str = "SectionEnd";

    /// The style of the entries of that level in a table of contents, from 1.
    pub(in super::super) fn contents(level: u8) -> String {
        format!("TOC{level}")
    }

    /// The style of programs in a language, by its number from 0.
    pub(in super::super) fn code(language: usize) -> String {
        format!("Code{}", language + 1)
    }
}

/// Lines close together, off the grid.
fn close(style: &Style) -> Leading {
    Leading::Exact(twips(style.size * CLOSE_LEADING))
}

/// What of a document decides which styles it has.
#[derive(Debug, Default)]
pub(super) struct Used<'a> {
    /// Deepest level of a point or run-in heading.
    pub(super) deepest: u8,
    /// Languages of programs.
    pub(super) languages: &'a [&'a str],
    /// How 发文机关标志 is set, if there is one.
    pub(super) masthead: Option<&'a Style>,
}

/// The style that a new paragraph has after Enter at the end of one in that role.
fn next_style(role: Role) -> Option<&'static str> {
    match role {
        Role::Title
        | Role::Subtitle
        | Role::Marking
        | Role::DocumentNumber
        | Role::Occasion
        | Role::Date
        | Role::Byline
        | Role::Recipient
        | Role::Salutation
        | Role::Heading(_)
        | Role::Closing
        | Role::SigningDate => Some("Normal"),
        Role::Signature => Some("SigningDate"),
        Role::AttachmentLabel => Some("Title"),
        Role::Point(_)
        | Role::Body
        | Role::Caption
        | Role::AttachmentNote
        | Role::Remark
        | Role::Attendance
        | Role::CopyTo
        | Role::Boilerplate => None,
    }
}

/// The part.
pub(super) fn styles(profile: &Profile, geometry: &Geometry, used: &Used<'_>) -> Vec<u8> {
    let deepest = used.deepest.clamp(4, DEEPEST);
    let mut sheet = Sheet { profile, geometry, xml: String::with_capacity(32 * 1024) };
    sheet.defaults();
    sheet.roles(deepest);
    if let Some(set) = used.masthead {
        let style = own(MASTHEAD_STYLE.0, MASTHEAD_STYLE.1);
        sheet.paragraph(&Entry { priority: 10, joined: true, red: true, ..Entry::new(style, set) });
    }
    sheet.blocks();
    sheet.contents();
    sheet.programs(used.languages);
    sheet.footers();
    sheet.characters(deepest);
    sheet.tables();
    sheet.xml.push_str("</w:styles>");
    sheet.xml.into_bytes()
}

impl Sheet<'_> {
    fn defaults(&mut self) {
        let body = self.body();
        let size = half_points(body.size);
        let _ = write!(
            self.xml,
            "{DECLARATION}<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr>{}\
             <w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>\
             <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
             <w:pPrDefault/></w:docDefaults>\
             <w:latentStyles w:defLockedState=\"0\" w:defUIPriority=\"99\" w:defSemiHidden=\"1\" \
             w:defUnhideWhenUsed=\"1\" w:defQFormat=\"0\" w:count=\"376\"/>",
            self.fonts(body.face)
        );
        self.normal();
    }

    /// `Normal` is body text, so that whatever is typed anew looks like it.
    ///
    /// Marks may hang over the right edge, as Word does without being told. LibreOffice (to 7.4 at least)
    /// reads `overflowPunct` the wrong way round, and with hanging marks and even edges it loses some of
    /// them; saying 1 is the one value with which both show all the text.
    fn normal(&mut self) {
        let body = self.body().clone();
        let kinsoku = u8::from(self.profile.kinsoku != Kinsoku::None);
        let _ = write!(
            self.xml,
            "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
             <w:uiPriority w:val=\"0\"/><w:qFormat/><w:pPr>{}<w:widowControl w:val=\"{}\"/>\
             <w:kinsoku w:val=\"{kinsoku}\"/><w:overflowPunct w:val=\"1\"/>\
             <w:spacing w:before=\"{}\" w:after=\"{}\" w:line=\"{}\" w:lineRule=\"exact\"/>{}{}{}</w:pPr><w:rPr>{}",
            if body.keep_together { "<w:keepLines/>" } else { "" },
            u8::from(self.profile.widow_control),
            self.geometry.lines(body.before),
            self.geometry.lines(body.after),
            self.geometry.line(body.size),
            indent(&body),
            if is_spaced(&body) { "<w:contextualSpacing/>" } else { "" },
            alignment(body.align),
            self.fonts(body.face),
        );
        if body.bold {
            self.xml.push_str("<w:b/><w:bCs/>");
        }
        let size = half_points(body.size);
        let _ = write!(
            self.xml,
            "<w:spacing w:val=\"{}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
            self.geometry.spacing
        );
    }

    fn roles(&mut self, levels: u8) {
        for (index, row) in ROLES.iter().enumerate().skip(1) {
            let set = self.profile.style(row.0).clone();
            let priority = if row.0 == Role::Title { 1 } else { 10 + index as u8 };
            let right = if row.0 == Role::CopyTo {
                Some(set.right)
            } else {
                matches!(row.0, Role::DocumentNumber | Role::Byline).then_some(SIGNER_INDENT)
            };
            self.paragraph(&Entry {
                next: next_style(row.0),
                priority,
                right_tab: right.map(|right| RightTab {
                    position: self.geometry.measure() - twips_from_em(right, set.size),
                    leader: false,
                }),
                joined: true,
                ..Entry::new(role_style(row.0), &set)
            });
        }
        for level in 1..=DEEPEST {
            let set = self.profile.heading(level).clone();
            self.paragraph(&Entry {
                next: next_style(Role::Heading(level)),
                priority: 2,
                shown: level <= levels,
                outline: Some(level - 1),
                joined: true,
                ..Entry::new(role_style(Role::Heading(level)), &set)
            });
        }
        for level in 1..=levels {
            let set = self.profile.style(Role::Point(level)).clone();
            let entry =
                Entry { priority: 3, joined: true, ..Entry::new(role_style(Role::Point(level)), &set) };
            self.paragraph(&entry);
        }
    }

    fn blocks(&mut self) {
        let item = self.profile.named(StyleName::ListItem).clone();
        for (prefix, name, kind) in [
            (id::LIST_BULLET, "List Bullet", Some(Kind::Bullet)),
            (id::LIST_NUMBER, "List Number", Some(Kind::Number)),
            // As items of bullets go on; those of other lists state their indent.
            (id::LIST_CONTINUE, "List Continue", None),
        ] {
            for level in 0..STYLED_LEVELS {
                let name = if level == 0 { name.to_owned() } else { format!("{name} {}", level + 1) };
                let mut set = item.clone();
                set.left = numbering::indent_in_em(&item, kind.unwrap_or(Kind::Bullet), level);
                if let Some(kind) = kind {
                    set.first_line = -kind.hang();
                }
                self.paragraph(&Entry {
                    numbered: kind.map(|kind| (kind, level)),
                    shown: level < 2,
                    ..Entry::new(built_in(&numbering::style_id(prefix, level), &name), &set)
                });
            }
        }
        let quote = self.profile.named(StyleName::Quote).clone();
        self.paragraph(&Entry { priority: 29, ..Entry::new(built_in(id::QUOTE, "Quote"), &quote) });
        let code = self.profile.named(StyleName::Code).clone();
        let entry = Entry {
            leading: close(&code),
            shown: false,
            ..Entry::new(built_in(id::CODE, "HTML Preformatted"), &code)
        };
        self.paragraph_in(&entry, &fonts(FIXED_PITCH, &self.profile.face(code.face).name));
        let cell = self.profile.named(StyleName::TableCell).clone();
        let picture = Style {
            align: Align::Centre,
            first_line: 0.0,
            before: BESIDE_PICTURE,
            after: BESIDE_PICTURE,
            ..self.body().clone()
        };
        self.paragraph(&Entry {
            next: Some("Normal"),
            leading: Leading::Natural,
            ..Entry::new(own(PICTURE_STYLE.0, PICTURE_STYLE.1), &picture)
        });
        let head = self.profile.named(StyleName::TableHead).clone();
        for (style, set) in [(own(id::TABLE_CELL, "表格文字"), &cell), (own(id::TABLE_HEAD, "表头"), &head)]
        {
            let leading = Leading::Exact(twips(set.size * CELL_LEADING));
            self.paragraph(&Entry { leading, ..Entry::new(style, set) });
        }
        let unit = self.profile.table_unit();
        self.paragraph(&Entry::new(own(UNIT_STYLE.0, UNIT_STYLE.1), &unit));
        self.rule();
        self.section_end();
        let note = self.profile.named(StyleName::Note).clone();
        for (id, name) in [(id::NOTE, "footnote text"), (id::ENDNOTE, "endnote text")] {
            self.paragraph(&Entry {
                leading: close(&note),
                shown: false,
                ..Entry::new(built_in(id, name), &note)
            });
        }
    }

    /// The head and the entries of a table of contents, their pages at the right edge.
    fn contents(&mut self) {
        let title = self.profile.style(Role::Title).clone();
        let head = Style { after: 1.0, keep_with_next: true, page_break: false, ..title };
        let body = self.body().clone();
        self.paragraph(&Entry {
            next: Some("Normal"),
            priority: 39,
            ..Entry::new(built_in(id::CONTENTS_HEAD, "TOC Heading"), &head)
        });
        for level in 1..=DEPTH {
            let left = CONTENTS_NEST * f64::from(level - 1);
            let set = Style { first_line: 0.0, left, align: Align::Left, ..body.clone() };
            self.paragraph(&Entry {
                next: Some("Normal"),
                priority: 39,
                shown: false,
                right_tab: Some(RightTab { position: self.geometry.measure(), leader: true }),
                ..Entry::new(built_in(&id::contents(level), &format!("toc {level}")), &set)
            });
        }
    }

    /// A style for the programs of each language, so that the language is kept.
    fn programs(&mut self, languages: &[&str]) {
        for (number, language) in languages.iter().enumerate() {
            self.head("paragraph", &own(&id::code(number), &escape(&code_style_name(language))));
            let _ =
                write!(self.xml, "<w:basedOn w:val=\"{}\"/><w:uiPriority w:val=\"30\"/></w:style>", id::CODE);
        }
    }

    /// A rule in the middle of a line of the grid.
    fn rule(&mut self) {
        let half = self.geometry.leading / 2;
        self.head("paragraph", &own(id::RULE, "分隔线"));
        let _ = write!(
            self.xml,
            "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:uiPriority w:val=\"30\"/><w:pPr>\
             <w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/></w:pBdr>\
             <w:snapToGrid w:val=\"0\"/>\
             <w:spacing w:before=\"0\" w:after=\"{}\" w:line=\"{half}\" w:lineRule=\"exact\"/>\
             <w:ind w:left=\"0\" w:right=\"0\" w:firstLineChars=\"0\" w:firstLine=\"0\"/></w:pPr></w:style>",
            self.geometry.leading - half
        );
    }

    /// The paragraph that ends a section and shows nothing.
    fn section_end(&mut self) {
        self.head("paragraph", &own(id::SECTION_END, "分节"));
        self.xml.push_str(
            "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:uiPriority w:val=\"99\"/><w:pPr>\
             <w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>\
             <w:ind w:left=\"0\" w:right=\"0\" w:firstLineChars=\"0\" w:firstLine=\"0\"/></w:pPr>\
             <w:rPr><w:sz w:val=\"2\"/><w:szCs w:val=\"2\"/></w:rPr></w:style>",
        );
    }

    /// The number of the page: at the right on odd pages and at the left on even ones, or in the middle.
    fn footers(&mut self) {
        let number = &self.profile.page_number;
        let (odd, even) =
            if number.is_outer() { (Align::Right, Align::Left) } else { (Align::Centre, Align::Centre) };
        let side = if number.is_outer() { number.indent } else { 0.0 };
        let set = Style {
            face: number.face,
            size: number.size,
            bold: false,
            align: odd,
            first_line: 0.0,
            left: 0.0,
            right: side,
            before: 0.0,
            after: 0.0,
            keep_with_next: false,
            keep_together: false,
            page_break: false,
        };
        let line = twips(number.size);
        let entry = Entry {
            leading: Leading::Exact(line),
            shown: false,
            priority: 99,
            ..Entry::new(built_in(id::FOOTER, "footer"), &set)
        };
        let face = self.profile.face(number.face).name.clone();
        self.paragraph_in(&entry, &fonts(&face, &face));
        if number.is_outer() {
            let set = Style { align: even, left: side, right: 0.0, ..set.clone() };
            let entry = Entry {
                leading: Leading::Exact(line),
                shown: false,
                priority: 99,
                ..Entry::new(own(id::FOOTER_EVEN, "页脚（偶数页）"), &set)
            };
            self.paragraph_in(&entry, &fonts(&face, &face));
        }
    }

    fn characters(&mut self, levels: u8) {
        self.xml.push_str(
            "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
             <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/>\
             <w:unhideWhenUsed/></w:style>",
        );
        let kai = format!("<w:rFonts w:eastAsia=\"{}\"/>", escape(&self.profile.face(Face::Kai).name));
        for (style, based_on, properties) in [
            (built_in(id::STRONG, "Strong"), "", "<w:b/><w:bCs/>".to_owned()),
            // Emphasis is 楷体 in Chinese; only Latin letters slope.
            (built_in(id::EMPHASIS, "Emphasis"), "", kai.clone()),
            // 7.2.6: the name in 楷体, its label as the text.
            (own(id::SIGNER, "签发人姓名"), "", kai),
            (own(id::EMPHASIS_LATIN, "强调（西文）"), id::EMPHASIS, "<w:i/><w:iCs/>".into()),
            // Documents are printed: a link looks like the text around it.
            (built_in(id::LINK, "Hyperlink"), "", String::new()),
            (own(BREAK_STYLE.0, BREAK_STYLE.1), "", String::new()),
            (
                built_in(id::INLINE_CODE, "HTML Code"),
                "",
                format!(
                    "<w:rFonts w:ascii=\"{FIXED_PITCH}\" w:hAnsi=\"{FIXED_PITCH}\" w:cs=\"{FIXED_PITCH}\"/><w:noProof/>"
                ),
            ),
            (
                built_in(id::NOTE_MARK, "footnote reference"),
                "",
                "<w:vertAlign w:val=\"superscript\"/>".into(),
            ),
            (
                built_in(id::ENDNOTE_MARK, "endnote reference"),
                "",
                "<w:vertAlign w:val=\"superscript\"/>".into(),
            ),
        ] {
            self.character(&style, based_on, &properties);
        }
        for level in 1..=levels {
            let lead = self.profile.lead(level);
            let mut properties = self.fonts(lead.face);
            if lead.bold {
                properties.push_str("<w:b/><w:bCs/>");
            }
            self.character(&lead_style(level), "", &properties);
        }
    }

    fn tables(&mut self) {
        let size = self.profile.named(StyleName::TableCell).size;
        let (margin, above) = (twips_from_em(CELL_MARGIN, size), twips_from_em(CELL_MARGIN_ABOVE, size));
        let _ = write!(
            self.xml,
            "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
             <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>\
             <w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"{above}\" w:type=\"dxa\"/>\
             <w:left w:w=\"{margin}\" w:type=\"dxa\"/><w:bottom w:w=\"{above}\" w:type=\"dxa\"/>\
             <w:right w:w=\"{margin}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
             <w:style w:type=\"table\" w:styleId=\"{}\"><w:name w:val=\"Table Grid\"/>\
             <w:basedOn w:val=\"TableNormal\"/><w:uiPriority w:val=\"39\"/><w:tblPr><w:tblBorders>",
            id::TABLE
        );
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ =
                write!(self.xml, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
        }
        self.xml.push_str("</w:tblBorders></w:tblPr><w:tcPr><w:vAlign w:val=\"center\"/></w:tcPr></w:style>");
        self.imprint();
        self.xml.push_str(
            "<w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/>\
             <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>",
        );
    }

    /// The rules of the 版记, 0.35 mm outside and 0.25 mm between (GB/T 9704-2012 7.4.1).
    fn imprint(&mut self) {
        self.head("table", &own(IMPRINT_STYLE.0, IMPRINT_STYLE.1));
        self.xml.push_str(
            "<w:basedOn w:val=\"TableNormal\"/><w:uiPriority w:val=\"30\"/><w:tblPr><w:tblBorders>",
        );
        for (side, eighths) in [("top", 8), ("bottom", 8), ("insideH", 6)] {
            let _ = write!(
                self.xml,
                "<w:{side} w:val=\"single\" w:sz=\"{eighths}\" w:space=\"0\" w:color=\"auto\"/>"
            );
        }
        self.xml.push_str("</w:tblBorders><w:tblCellMar>");
        for side in ["top", "left", "bottom", "right"] {
            let _ = write!(self.xml, "<w:{side} w:w=\"0\" w:type=\"dxa\"/>");
        }
        self.xml.push_str("</w:tblCellMar></w:tblPr></w:style>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(profile: &Profile) -> String {
        let geometry = Geometry::new(profile, profile.style(Role::Body));
        String::from_utf8(styles(profile, &geometry, &Used::default())).unwrap()
    }

    fn style<'a>(sheet: &'a str, id: &str) -> &'a str {
        let start = sheet.find(&format!("w:styleId=\"{id}\"")).unwrap();
        &sheet[start..start + sheet[start..].find("</w:style>").unwrap()]
    }

    #[test]
    fn body_text_is_normal_on_the_grid() {
        let sheet = sheet(&Profile::gongwen().unwrap());
        let normal = style(&sheet, "Normal");
        assert!(normal.contains("w:line=\"579\" w:lineRule=\"exact\""));
        assert!(normal.contains("w:firstLineChars=\"200\" w:firstLine=\"640\""));
        assert!(normal.contains("<w:spacing w:val=\"-5\"/><w:sz w:val=\"32\"/>"));
        assert!(normal.contains("<w:widowControl w:val=\"0\"/>"));
    }

    #[test]
    fn styles_clear_what_body_text_has() {
        let sheet = sheet(&Profile::gongwen().unwrap());
        let title = style(&sheet, "Title");
        assert!(title.contains("w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>"));
        assert!(title.contains("<w:spacing w:val=\"0\"/><w:sz w:val=\"44\"/>"));
        assert!(style(&sheet, "TableCell").contains("w:line=\"378\" w:lineRule=\"exact\""));
        assert!(style(&sheet, "AttachmentLabel").contains("<w:pageBreakBefore/>"));
    }

    #[test]
    fn programs_and_notes_have_the_lines_of_the_page() {
        let profile = Profile::gongwen().unwrap();
        let sheet = sheet(&profile);
        for (id, name) in [("HTMLPreformatted", StyleName::Code), ("FootnoteText", StyleName::Note)] {
            let line = twips(profile.named(name).size * 1.4);
            let style = style(&sheet, id);
            assert!(style.contains(&format!("w:line=\"{line}\" w:lineRule=\"exact\"")), "{style}");
            assert!(style.contains("<w:snapToGrid w:val=\"0\"/>"), "{style}");
        }
    }

    #[test]
    fn headings_are_in_the_outline_and_stay_with_their_text() {
        let sheet = sheet(&Profile::gongwen().unwrap());
        let heading = style(&sheet, "Heading2");
        assert!(heading.contains("<w:name w:val=\"heading 2\"/>"));
        assert!(heading.contains("<w:keepNext/>") && heading.contains("<w:outlineLvl w:val=\"1\"/>"));
        assert!(heading.contains("w:eastAsia=\"楷体_GB2312\""));
    }

    #[test]
    fn ids_and_names_are_unique() {
        let sheet = sheet(&Profile::gongwen().unwrap());
        for attribute in ["w:styleId=\"", "<w:name w:val=\""] {
            let mut found: Vec<_> =
                sheet.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
            let count = found.len();
            found.sort_unstable();
            found.dedup();
            assert_eq!(found.len(), count);
        }
    }
}
