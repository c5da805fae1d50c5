//! What a paragraph is in its document.

use serde::{Deserialize, Serialize};

use super::Block;
use crate::message::Message;

/// What a source says of the roles of its paragraphs, beyond what each of them says of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stated {
    /// Nothing: those that state no role may be recognised.
    #[default]
    Some,
    /// Each has the role and the run-in heading that it states, or is text without one; numbers and points inside are
    /// found again by their words.
    Roles,
    /// Nothing is to be recognised.
    All,
}

/// The part a paragraph plays. Exhaustive on purpose: profiles and encoders answer every role.
///
/// The names follow GB/T 9704-2012 clause 7 where the standard has the element, and the usage of
/// speeches where it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 标题 (7.3.1). Several source lines of one title are one paragraph with breaks.
    Title,
    /// A line that completes the title, often led by ——.
    Subtitle,
    /// 份号, 密级和保密期限, 紧急程度 (7.2.1 to 7.2.3): `000012`, `机密★1年`, `特急`.
    Marking,
    /// 发文字号 (7.2.5): `国发〔2026〕1号`.
    DocumentNumber,
    /// The occasion of a speech: `——在…会议上的讲话`, or the enactment of a law.
    Occasion,
    /// The date under a title: `（2026年1月5日）`.
    Date,
    /// Speaker or author under a title.
    Byline,
    /// 主送机关 (7.3.2), or the body that a letter is addressed to.
    Recipient,
    /// The salutation of a speech: `同志们：`.
    Salutation,
    /// A heading on a line of its own. Level 1 to 9: 一、 is 1, （一） 2, 1. 3, （1） 4 (7.3.3).
    Heading(u8),
    /// A numbered or marked paragraph of text, with its level.
    Point(u8),
    /// 正文 (7.3.3).
    #[default]
    Body,
    /// What stands at a table or a picture and says what it shows: `表1　主要指标`.
    Caption,
    /// The closing words: `谢谢大家！`, `特此通知。`
    Closing,
    /// 发文机关署名 (7.3.5).
    Signature,
    /// 成文日期 (7.3.5).
    SigningDate,
    /// 附件说明 (7.3.4), below the body: `附件：1.…`.
    AttachmentNote,
    /// The head of an annex on its own page (7.3.7): `附件1`.
    AttachmentLabel,
    /// 附注 (7.3.6) and remarks in brackets: `（此件公开发布）`.
    Remark,
    /// Who was present, sat in or was excused, below the text of minutes (10.3): `出席：…`, `列席：…`, `请假：…`.
    Attendance,
    /// 抄送机关 and 印发机关 (7.4).
    CopyTo,
    /// Text that is not the author's: adverts of a download site, navigation, page numbers.
    Boilerplate,
}

impl Role {
    /// Every role once, headings and points at level 1, in the order of a document.
    pub const EACH: [Self; 22] = [
        Self::Title,
        Self::Subtitle,
        Self::Marking,
        Self::DocumentNumber,
        Self::Occasion,
        Self::Date,
        Self::Byline,
        Self::Recipient,
        Self::Salutation,
        Self::Heading(1),
        Self::Point(1),
        Self::Body,
        Self::Caption,
        Self::Closing,
        Self::Signature,
        Self::SigningDate,
        Self::AttachmentNote,
        Self::AttachmentLabel,
        Self::Remark,
        Self::Attendance,
        Self::CopyTo,
        Self::Boilerplate,
    ];

    /// Name of the role without its level, in kebab case, as profiles and the outline write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Marking => "marking",
            Self::DocumentNumber => "document-number",
            Self::Occasion => "occasion",
            Self::Date => "date",
            Self::Byline => "byline",
            Self::Recipient => "recipient",
            Self::Salutation => "salutation",
            Self::Heading(_) => "heading",
            Self::Point(_) => "point",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Closing => "closing",
            Self::Signature => "signature",
            Self::SigningDate => "signing-date",
            Self::AttachmentNote => "attachment-note",
            Self::AttachmentLabel => "attachment-label",
            Self::Remark => "remark",
            Self::Attendance => "attendance",
            Self::CopyTo => "copy-to",
            Self::Boilerplate => "boilerplate",
        }
    }

    /// The role of that name; one that has levels is of the first.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|role| role.name() == name)
    }

    /// Name of the role without its level, for people.
    pub fn message(self) -> Message {
        match self {
            Self::Title => message!("title"),
            Self::Subtitle => message!("subtitle"),
            Self::Marking => message!("marking"),
            Self::DocumentNumber => message!("document-number"),
            Self::Occasion => message!("occasion"),
            Self::Date => message!("date"),
            Self::Byline => message!("byline"),
            Self::Recipient => message!("recipient"),
            Self::Salutation => message!("salutation"),
            Self::Heading(_) => message!("heading"),
            Self::Point(_) => message!("point"),
            Self::Body => message!("body"),
            Self::Caption => message!("caption"),
            Self::Closing => message!("closing"),
            Self::Signature => message!("signature"),
            Self::SigningDate => message!("signing-date"),
            Self::AttachmentNote => message!("attachment-note"),
            Self::AttachmentLabel => message!("attachment-label"),
            Self::Remark => message!("remark"),
            Self::Attendance => message!("attendance"),
            Self::CopyTo => message!("copy-to"),
            Self::Boilerplate => message!("boilerplate"),
        }
    }

    /// Depth in the outline: 0 for a title or the label of an attachment, the level of a heading; `None` for
    /// text that is no heading.
    pub(crate) fn outline_level(self) -> Option<u8> {
        match self {
            Self::Title | Self::AttachmentLabel => Some(0),
            Self::Heading(level) => Some(level),
            Self::Subtitle
            | Self::Marking
            | Self::DocumentNumber
            | Self::Occasion
            | Self::Date
            | Self::Byline
            | Self::Recipient
            | Self::Salutation
            | Self::Point(_)
            | Self::Body
            | Self::Caption
            | Self::Closing
            | Self::Signature
            | Self::SigningDate
            | Self::AttachmentNote
            | Self::Remark
            | Self::Attendance
            | Self::CopyTo
            | Self::Boilerplate => None,
        }
    }

    /// True for the title of a second document, such as the rule that a notice forwards, after the end of the first:
    /// it begins a page. A remark ends a document only where one is `titled` above it; it may stand over the first title.
    pub(crate) fn begins_page_after(self, previous: Self, titled: impl FnOnce() -> bool) -> bool {
        self == Self::Title
            && (matches!(previous, Self::Signature | Self::SigningDate | Self::AttachmentNote | Self::CopyTo)
                || previous == Self::Remark && titled())
    }

    /// Whether a title stands among these blocks.
    pub(crate) fn is_titled(blocks: &[Block]) -> bool {
        blocks.iter().filter_map(Block::paragraph).any(|paragraph| paragraph.role == Self::Title)
    }

    /// Whether it stands above the text, from the markings to the form of address.
    pub(crate) fn heads_text(self) -> bool {
        self.heads_address() || matches!(self, Self::Recipient | Self::Salutation)
    }

    /// Whether it stands above the form of address: who says what, where and when.
    pub(crate) fn heads_address(self) -> bool {
        match self {
            Self::Title
            | Self::Subtitle
            | Self::Marking
            | Self::DocumentNumber
            | Self::Occasion
            | Self::Date
            | Self::Byline => true,
            Self::Recipient
            | Self::Salutation
            | Self::Heading(_)
            | Self::Point(_)
            | Self::Body
            | Self::Caption
            | Self::Closing
            | Self::Signature
            | Self::SigningDate
            | Self::AttachmentNote
            | Self::AttachmentLabel
            | Self::Remark
            | Self::Attendance
            | Self::CopyTo
            | Self::Boilerplate => false,
        }
    }

    /// Level of a heading or point, from 1.
    pub fn level(self) -> Option<u8> {
        match self {
            Self::Heading(level) | Self::Point(level) => Some(level),
            Self::Title
            | Self::Subtitle
            | Self::Marking
            | Self::DocumentNumber
            | Self::Occasion
            | Self::Date
            | Self::Byline
            | Self::Recipient
            | Self::Salutation
            | Self::Body
            | Self::Caption
            | Self::Closing
            | Self::Signature
            | Self::SigningDate
            | Self::AttachmentNote
            | Self::AttachmentLabel
            | Self::Remark
            | Self::Attendance
            | Self::CopyTo
            | Self::Boilerplate => None,
        }
    }
}
