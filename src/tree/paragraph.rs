//! Paragraphs: role, marker, run-in heading and the points inside them.

use serde::{Deserialize, Serialize};

use super::{Inline, Role};

/// A paragraph of text. Offsets count the characters (Unicode scalar values) of [`Paragraph::text`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paragraph {
    /// What the paragraph is.
    pub role: Role,
    /// The numbering at its start, if it has one; its text is part of `content`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<Marker>,
    /// A run-in heading: the first sentence, set apart but inside the paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<Lead>,
    /// Points inside the paragraph (`一是…；二是…`), in order and without overlap.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<InlinePoint>,
    /// The text.
    pub content: Vec<Inline>,
}

impl Paragraph {
    /// A body paragraph of plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(Role::Body, vec![Inline::Text(text.into())])
    }

    /// A paragraph with a role and nothing recognised inside it.
    pub fn new(role: Role, content: Vec<Inline>) -> Self {
        Self { role, content, ..Self::default() }
    }

    /// True for pictures with nothing but blanks and breaks beside them.
    pub(crate) fn shows_pictures_alone(&self) -> bool {
        let picture = |inline: &Inline| matches!(inline, Inline::Image(_));
        let blank = |inline: &Inline| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            Inline::Break => true,
            Inline::Styled(..)
            | Inline::Code(_)
            | Inline::Link { .. }
            | Inline::Image(_)
            | Inline::NoteRef(_)
            | Inline::Raw(_) => false,
        };
        self.content.iter().any(picture) && self.content.iter().all(|inline| picture(inline) || blank(inline))
    }
}

/// A heading that runs into its paragraph: `第一，是政治上的“红人”。因为，…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// Characters it takes from the start of the paragraph, its final mark included.
    pub end: usize,
    /// Depth by which it is set, from 1: the level of its marker, or one below the heading it stands under.
    pub level: u8,
}

/// A marker at the start of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marker {
    /// The numbering system.
    pub scheme: Scheme,
    /// Its number or numbers (`1.2.3` has three); empty for dashes and bullets.
    pub value: Vec<u32>,
    /// Its characters exactly as written, with the mark or space that ends it.
    pub text: String,
}

/// A point inside a paragraph: from its marker to the character before the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InlinePoint {
    /// First character of the marker.
    pub start: usize,
    /// First character after the point.
    pub end: usize,
    /// The numbering system.
    pub scheme: Scheme,
    /// Its number.
    pub value: u32,
}

/// The numbering systems of office prose and law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// 第一编, 第一篇, 第一部分.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 第一条.
    Article,
    /// 一、
    Han,
    /// （一）
    HanBracketed,
    /// 1.
    Arabic,
    /// （1） or 1）
    ArabicBracketed,
    /// 1.1, 1.1.1
    Decimal,
    /// ①
    Circled,
    /// Ⅰ. or I.
    Roman,
    /// A. or a)
    Latin,
    /// 甲、
    Stem,
    /// 第一，第二， and 首先，其次，
    Ordinal,
    /// 其一，其二，
    Among,
    /// 一是, 二是
    Is,
    /// 一要, 二要
    Must,
    /// 一方面，另一方面，
    Aspect,
    /// —— at the start of a paragraph.
    Dash,
    /// ● • ■ and the like.
    Bullet,
}
