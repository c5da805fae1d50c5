//! What Word files call things: the style of every role, and units; and their package. Shared by all that reads or
//! writes them.

mod foreign;
pub(crate) mod meaning;
mod namespace;
pub(crate) mod package;
pub(crate) mod parse;
pub(crate) mod xml;

use crate::profile::{PT_PER_MM, Profile, Style, lines_of_grid};
use crate::tree::Role;

/// The program that a Word file says it was made by (ECMA-376 22.2.2.1), until another saves it.
pub(crate) const APPLICATION: &str = env!("CARGO_PKG_NAME");

/// Twips (twentieths of a point) in a point.
pub(crate) const TWIPS_PER_PT: f64 = 20.0;

/// Deepest level of a heading, point or list that Word knows (ECMA-376 17.3.1.20, 17.9.3).
pub(crate) const DEEPEST: u8 = 9;

/// Largest number of a list item (`ST_DecimalNumber` is 32 bits; Word counts no further).
pub(crate) const LARGEST_NUMBER: u32 = 32_767;

/// Largest measure of a page or a picture and largest height of a row, in twips: the 22 inches of Word.
pub(crate) const LARGEST: u32 = 31_680;

/// The style of a role. Word recognises its built-in styles by `name`; `id` is what paragraphs cite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedStyle {
    /// `w:styleId`.
    pub(crate) id: String,
    /// `w:name`.
    pub(crate) name: String,
    /// True where Word itself has a style of that name.
    pub(crate) built_in: bool,
}

/// The styles of what has levels: id and name without their level, which stands behind both.
#[derive(Debug)]
pub(crate) struct LevelStyles {
    id: &'static str,
    name: &'static str,
    built_in: bool,
}

/// The paragraph styles of headings.
const HEADING_STYLES: LevelStyles = LevelStyles { id: "Heading", name: "heading ", built_in: true };
/// The paragraph styles of points.
const POINT_STYLES: LevelStyles = LevelStyles { id: "Point", name: "要点", built_in: false };
/// The character styles of run-in headings.
const LEAD_STYLES: LevelStyles = LevelStyles { id: "Lead", name: "引领句", built_in: false };

impl LevelStyles {
    /// The style of a level.
    fn of(&self, level: u8) -> NamedStyle {
        let level = level.clamp(1, DEEPEST);
        let Self { id, name, built_in } = *self;
        NamedStyle { id: format!("{id}{level}"), name: format!("{name}{level}"), built_in }
    }

    /// The level whose style has that name.
    fn level(&self, name: &str) -> Option<u8> {
        let (head, level) = name.split_at_checked(self.name.len())?;
        level_of(level).filter(|_| head.eq_ignore_ascii_case(self.name))
    }
}

/// The level that a figure stands for.
fn level_of(figure: &str) -> Option<u8> {
    let [figure @ b'1'..=b'9'] = figure.as_bytes() else { return None };
    Some(figure - b'0')
}

/// Roles without level: role, style id, style name, whether Word has the style built in.
pub(crate) const ROLES: [(Role, &str, &str, bool); 20] = [
    (Role::Body, "Normal", "Normal", true),
    (Role::Title, "Title", "Title", true),
    (Role::Subtitle, "Subtitle", "Subtitle", true),
    (Role::Marking, "Marking", "份号密级紧急程度", false),
    (Role::DocumentNumber, "DocumentNumber", "发文字号", false),
    (Role::Occasion, "Occasion", "讲话场合", false),
    (Role::Date, "Date", "Date", true),
    (Role::Byline, "Byline", "讲话人", false),
    (Role::Recipient, "Recipient", "主送机关", false),
    (Role::Salutation, "Salutation", "Salutation", true),
    (Role::Caption, "Caption", "caption", true),
    (Role::Closing, "Closing", "Closing", true),
    (Role::Signature, "Signature", "Signature", true),
    (Role::SigningDate, "SigningDate", "成文日期", false),
    (Role::AttachmentNote, "AttachmentNote", "附件说明", false),
    (Role::AttachmentLabel, "AttachmentLabel", "附件标签", false),
    (Role::Remark, "Remark", "附注", false),
    (Role::Attendance, "Attendance", "出席列席名单", false),
    (Role::CopyTo, "CopyTo", "抄送", false),
    (Role::Boilerplate, "Boilerplate", "网页文字", false),
];

/// The paragraph style of a role. Boilerplate that is kept has a style of its own, which looks like body text.
pub(crate) fn role_style(role: Role) -> NamedStyle {
    match role {
        Role::Heading(level) => HEADING_STYLES.of(level),
        Role::Point(level) => POINT_STYLES.of(level),
        Role::Title
        | Role::Subtitle
        | Role::Marking
        | Role::DocumentNumber
        | Role::Occasion
        | Role::Date
        | Role::Byline
        | Role::Recipient
        | Role::Salutation
        | Role::Body
        | Role::Caption
        | Role::Closing
        | Role::Signature
        | Role::SigningDate
        | Role::AttachmentNote
        | Role::AttachmentLabel
        | Role::Remark
        | Role::Attendance
        | Role::CopyTo
        | Role::Boilerplate => {
            let row = ROLES.iter().find(|row| row.0 == role).unwrap_or(&ROLES[0]);
            NamedStyle { id: row.1.into(), name: row.2.into(), built_in: row.3 }
        }
    }
}

/// Id and name of the character style of line breaks that fit a title into its lines and are not the author's.
pub(crate) const BREAK_STYLE: (&str, &str) = ("FittedBreak", "排版换行");

/// The table style of the 版记: id and name.
pub(crate) const IMPRINT_STYLE: (&str, &str) = ("Imprint", "版记");

/// Extensions of pictures by which the name of a drawing is told from a mere label.
const PICTURE_EXTENSIONS: [&str; 12] =
    ["png", "jpg", "jpeg", "jpe", "gif", "bmp", "webp", "svg", "tif", "tiff", "emf", "wmf"];

/// True where the name of a drawing names the file that was inserted, as Word itself writes it: `图.png`.
pub(crate) fn names_picture(name: &str) -> bool {
    let extension = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    let known =
        |extension: &str| PICTURE_EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension));
    extension.is_some_and(|(_, extension)| known(extension))
        && name.trim() == name
        && !name.contains(char::is_control)
}

/// The paragraph style of the line that tells the unit of a table's figures: id and name.
pub(crate) const UNIT_STYLE: (&str, &str) = ("TableUnit", "表格单位");

/// The paragraph style of 发文机关标志: id and name.
pub(crate) const MASTHEAD_STYLE: (&str, &str) = ("Masthead", "发文机关标志");

/// The paragraph style of a picture that stands by itself: id and name.
pub(crate) const PICTURE_STYLE: (&str, &str) = ("Picture", "图片");

/// What begins the name of the style of programs in a language; the rest names the language.
const CODE_STYLE: &str = "代码 ";

/// Characters that Word wants in no name of a style.
const UNNAMEABLE: [char; 6] = [',', ';', '\\', '{', '}', '%'];

/// The name of the paragraph style of programs in that language: `代码 rust`. What no name may hold is
/// percent-encoded.
pub(crate) fn code_style_name(language: &str) -> String {
    let mut name = CODE_STYLE.to_owned();
    let last = language.chars().count().saturating_sub(1);
    for (at, c) in language.chars().enumerate() {
        let at_end = c.is_whitespace() && (at == 0 || at == last);
        if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') || UNNAMEABLE.contains(&c) || at_end {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                name.push_str(&format!("%{byte:02X}"));
            }
        } else {
            name.push(c);
        }
    }
    name
}

/// The language that the name of a style stands for, if it is one of [`code_style_name`].
pub(crate) fn code_language(style: &str) -> Option<String> {
    percent_decoded(style.strip_prefix(CODE_STYLE)?)
}

/// What a percent-encoded text stands for; a `%` that begins no byte is itself. `None` where the bytes are no UTF-8.
pub(crate) fn percent_decoded(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escape = tail.get(..2).filter(|_| *first == b'%');
        let byte = escape.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).ok()
}

/// What stands together beyond what styles and indents can say: a content control around paragraphs and tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// A quotation that holds more than plain paragraphs, or stands in or next to another.
    Quote,
    /// All of an item of a list but its first paragraph.
    Item,
    /// The table of contents, which repeats headings.
    Contents,
    /// A block that would run into the one before it: a list after a list, a program after a program.
    Block,
}

impl Group {
    const ALL: [Self; 4] = [Self::Quote, Self::Item, Self::Contents, Self::Block];

    /// Its tag (ECMA-376 17.5.2.42).
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Quote => "banshi-quote",
            Self::Item => "banshi-item",
            Self::Contents => "banshi-contents",
            Self::Block => "banshi-block",
        }
    }

    /// The group that a tag stands for.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.tag() == tag)
    }
}

/// Core properties that have a name in [`crate::tree::Meta::other`] (ECMA-376 part 2, 11.1): element, and names. They
/// stand among the custom properties too, which keep their names and their order.
pub(crate) const NAMED: [(&str, &[&str]); 4] = [
    ("dc:subject", &["subject", "主题"]),
    ("cp:keywords", &["keywords", "关键词", "主题词"]),
    ("dc:description", &["description", "说明", "摘要"]),
    ("cp:category", &["category", "类别"]),
];

/// The name of the patterns of loose lists (ECMA-376 17.9.2), whose items stand apart.
pub(crate) const LOOSE: &str = "banshi-loose";

/// The character style of a run-in heading of that level.
pub(crate) fn lead_style(level: u8) -> NamedStyle {
    LEAD_STYLES.of(level)
}

/// Millimetres as twips, to the nearest.
pub(crate) fn twips_from_mm(mm: f64) -> i32 {
    twips(mm * PT_PER_MM)
}

/// Points as twips, to the nearest.
pub(crate) fn twips(pt: f64) -> i32 {
    (pt * TWIPS_PER_PT).round() as i32
}

/// Em of a type size as twips.
pub(crate) fn twips_from_em(em: f64, size: f64) -> i32 {
    twips(em * size)
}

/// A type size in half points, the only sizes Word has (ECMA-376 17.3.2.38).
pub(crate) fn half_points(size: f64) -> i32 {
    (size * 2.0).round() as i32
}

/// The page and its grid in twips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Geometry {
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) top: i32,
    pub(crate) bottom: i32,
    pub(crate) left: i32,
    pub(crate) right: i32,
    /// Distance of the lines of the grid, rounded down so that all lines fit.
    pub(crate) leading: i32,
    /// What is added to each character of body text so that all characters of a line fit.
    pub(crate) spacing: i32,
}

impl Geometry {
    /// The geometry of a profile: 579 twips and −5 twips for 28 × 22 characters of 16 pt on 156 × 225 mm.
    pub(crate) fn new(profile: &Profile, body: &Style) -> Self {
        let page = &profile.page;
        let (width, height) = (twips_from_mm(page.width), twips_from_mm(page.height));
        let (top, bottom) = (twips_from_mm(page.top), twips_from_mm(page.bottom));
        let (left, right) = (twips_from_mm(page.left), twips_from_mm(page.right));
        let advance = f64::from(width - left - right) / f64::from(profile.grid.characters);
        let size = f64::from(half_points(body.size)) / 2.0 * TWIPS_PER_PT;
        Self {
            width,
            height,
            top,
            bottom,
            left,
            right,
            leading: match profile.grid.pitch {
                Some(pitch) => twips(pitch),
                None => (height - top - bottom) / i32::from(profile.grid.lines),
            }
            .max(1),
            spacing: (advance - size).floor() as i32,
        }
    }

    /// The sheet on its side, its head where the binding is (GB/T 9704-2012, 8).
    pub(crate) fn turned(&self) -> Self {
        Self {
            width: self.height,
            height: self.width,
            top: self.left,
            bottom: self.right,
            left: self.bottom,
            right: self.top,
            ..*self
        }
    }

    /// Twips of that many lines of the grid.
    pub(crate) fn lines(&self, lines: f64) -> i32 {
        (lines * f64::from(self.leading)).round().max(0.0) as i32
    }

    /// Height of the type area.
    pub(crate) fn text_height(&self) -> i32 {
        self.height - self.top - self.bottom
    }

    /// Width of the type area.
    pub(crate) fn measure(&self) -> i32 {
        self.width - self.left - self.right
    }

    /// Line height for a type size: as many whole lines of the grid as its letters need.
    pub(crate) fn line(&self, size: f64) -> i32 {
        self.lines(lines_of_grid(size, f64::from(self.leading) / TWIPS_PER_PT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_of_the_standard_fits_the_type_area() {
        let profile = Profile::gongwen().unwrap();
        let geometry = Geometry::new(&profile, profile.style(Role::Body));
        assert_eq!((geometry.width, geometry.height), (11906, 16838));
        assert_eq!((geometry.leading, geometry.spacing), (579, -5));
        assert!(22 * geometry.leading <= geometry.height - geometry.top - geometry.bottom);
        assert!(28 * (320 + geometry.spacing) <= geometry.measure());
        assert!(28 * (320 + geometry.spacing + 1) > geometry.measure());
    }

    #[test]
    fn large_type_takes_whole_lines_of_the_grid() {
        let profile = Profile::gongwen().unwrap();
        let geometry = Geometry::new(&profile, profile.style(Role::Body));
        assert_eq!(geometry.line(22.0), 579);
        assert_eq!(geometry.line(36.0), 2 * 579);
    }

    #[test]
    fn any_language_has_a_style_and_comes_back() {
        assert_eq!(code_style_name("rust"), "代码 rust");
        assert_eq!(code_style_name("rust,ignore"), "代码 rust%2Cignore");
        for language in ["rust", "c++", "a,b;{c}\\%", " 中 文 ", "\u{1}", "%2C", " "] {
            assert_eq!(code_language(&code_style_name(language)).as_deref(), Some(language));
        }
        assert_eq!(code_language("代码"), None);
        assert_eq!(code_language("代码 100%"), Some("100%".into()));
    }

    #[test]
    fn every_role_has_a_style_of_its_own_name() {
        let mut names: Vec<_> = ROLES.iter().map(|row| row.2.to_owned()).collect();
        for level in 1..=DEEPEST {
            names.push(role_style(Role::Heading(level)).name);
            names.push(role_style(Role::Point(level)).name);
            names.push(lead_style(level).name);
        }
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        assert_eq!(role_style(Role::Boilerplate).id, "Boilerplate");
        assert_eq!(role_style(Role::Heading(200)).id, "Heading9");
    }
}
