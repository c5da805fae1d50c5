//! What a conversion may be told.

use std::sync::Arc;

use crate::charset::Encoding;
use crate::correction::Corrections;
use crate::error::Result;
use crate::fonts::FontLibrary;
use crate::limits::Limits;
use crate::profile::Profile;
use crate::tree::Date;

/// Settings of a conversion. Change what you need of [`Options::new`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// Page, faces and styles.
    pub profile: Profile,
    /// Faces that take the place of those built in where the profile names them.
    pub fonts: FontLibrary,
    /// Encoding of a text; `None` lets the bytes decide.
    pub encoding: Option<Encoding>,
    /// Replaces bytes that are not text by U+FFFD, and characters that the encoding of a written text lacks by their
    /// number (`[U+1F600]`), and reports each, instead of failing.
    pub lossy: bool,
    /// How the lines of a text become paragraphs.
    pub lines: LineMode,
    /// Whether roles are recognised.
    pub structure: Structure,
    /// Keeps lines that are not the author's in formatted output.
    pub keep_boilerplate: bool,
    /// What becomes of the tracked changes of a Word file.
    pub track_changes: TrackChanges,
    /// Keeps the comments of a Word file as notes that begin with the name of their author.
    pub keep_comments: bool,
    /// Reads emphasis in Markdown by the letter of CommonMark, which sees none in `**实。**一` (6.2); otherwise emphasis
    /// beside Chinese marks is read as its author means it, and reported.
    pub commonmark: bool,
    /// How plain text is written.
    pub text: TextOutput,
    /// Puts a table of contents before the text of a Word file.
    pub contents: bool,
    /// Date of the files that are written; `None` for that of the document, if it has one.
    pub date: Option<Date>,
    /// What the document is called where it has no title, as a rule the name of its file without the extension.
    pub name: Option<String>,
    /// Which standards a PDF keeps.
    pub pdf_standard: PdfStandard,
    /// How many threads a conversion may use; 0 for as many as the machine runs at a time. The result is the same.
    pub threads: usize,
    /// States in written Markdown, in comments, the roles that it has no mark for.
    pub attributes: bool,
    /// Which pandoc is to read written pandoc-json; each refuses the files of the others.
    pub pandoc: PandocVersion,
    /// A Word file (.docx, .dotx) whose page, styles, headers, footers and numbering a written Word file takes.
    pub reference: Option<Arc<[u8]>>,
    /// Puts the built-in faces into a written Word file, as subsets under the names of the profile's faces.
    pub embed_fonts: bool,
    /// Puts run-in headings into the outline of a written Word file: the heading is a paragraph of its own that runs on
    /// into the next at a style separator, and looks as it does without.
    pub run_in_outline: bool,
    /// Reports what is decided of every paragraph: its role, by the name of the rule, and what of it the written format has
    /// no mark for. Findings that concern the content are reported with and without.
    pub decisions: bool,
    /// What is known better than recognised; it is heeded where [`Structure`] recognises nothing, too.
    pub corrections: Corrections,
    /// How much of the machine a document may take.
    pub limits: Limits,
}

impl Options {
    /// The usual settings with the built-in profile.
    ///
    /// # Errors
    /// As [`Profile::gongwen`].
    pub fn new() -> Result<Self> {
        Ok(Self {
            profile: Profile::gongwen()?,
            fonts: FontLibrary::default(),
            encoding: None,
            lossy: false,
            lines: LineMode::Auto,
            structure: Structure::Recognise,
            keep_boilerplate: false,
            track_changes: TrackChanges::Accept,
            keep_comments: false,
            commonmark: false,
            text: TextOutput::default(),
            contents: false,
            date: None,
            name: None,
            pdf_standard: PdfStandard::default(),
            threads: 0,
            attributes: false,
            pandoc: PandocVersion::default(),
            reference: None,
            embed_fonts: false,
            run_in_outline: false,
            decisions: true,
            corrections: Corrections::default(),
            limits: Limits::default(),
        })
    }
}

/// Which standards a PDF keeps. All are tagged, embed their fonts and can be searched; they differ in what the file
/// claims and in its colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PdfStandard {
    /// PDF 1.7 alone: colours may be those of a device.
    None,
    /// PDF/A-2b (ISO 19005-2): it looks the same for ever.
    A2b,
    /// PDF/A-2u: its text can be copied, too.
    A2u,
    /// PDF/A-2a and PDF/UA-1 (ISO 14289-1): its structure can be read, too.
    #[default]
    A2aUa1,
}

impl PdfStandard {
    /// The level of PDF/A.
    pub(crate) fn level(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::A2b => Some('B'),
            Self::A2u => Some('U'),
            Self::A2aUa1 => Some('A'),
        }
    }
}

/// How plain text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextOutput {
    /// The encoding. UTF-16 is written with a byte order mark, all others without.
    pub encoding: Encoding,
    /// What ends a line.
    pub line_end: LineEnd,
    /// Columns after which a line goes on in the next; a Han character takes two. `None`: a paragraph is a line.
    pub wrap: Option<usize>,
}

impl Default for TextOutput {
    /// UTF-8, `\n`, a paragraph a line.
    fn default() -> Self {
        Self { encoding: Encoding::Utf8, line_end: LineEnd::Lf, wrap: None }
    }
}

/// A version of pandoc, by that of its document model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PandocVersion {
    /// pandoc 2.11 to 2.19: pandoc-types 1.22.
    V2,
    /// pandoc 3: pandoc-types 1.23.
    #[default]
    V3,
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineEnd {
    /// U+000A, as everywhere but on Windows.
    #[default]
    Lf,
    /// U+000D U+000A, as on Windows.
    CrLf,
}

/// How the lines of a text become paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineMode {
    /// Joins lines where the text shows that they were wrapped.
    #[default]
    Auto,
    /// Every line is a paragraph.
    Keep,
    /// Lines are joined up to the next empty line, indent or item, and after those that end far short of the widest.
    Join,
}

/// What becomes of the tracked changes of a Word file (ECMA-376 17.13.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TrackChanges {
    /// Insertions are text; deletions are left out and reported.
    #[default]
    Accept,
    /// Deletions are text; insertions are left out and reported, and formatting is as it was before.
    Reject,
    /// Both are text: insertions underlined, deletions struck through.
    All,
}

/// What is done about the roles of paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Structure {
    /// Recognised from the text where the source does not state them.
    #[default]
    Recognise,
    /// Left as the source states them.
    Keep,
}
