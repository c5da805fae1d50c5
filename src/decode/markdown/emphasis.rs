//! Emphasis beside Chinese marks.
//!
//! CommonMark does not close `**` between a mark and a letter, nor open it between a letter and a mark (6.2,
//! left-flanking and right-flanking runs): in `**要办实事。**一是` it sees no bold. The rule is made for scripts
//! with spaces between words. Here a stand-in that counts as a letter is put between the asterisks and such a mark,
//! and taken out of what the parser returns.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use crate::markdown::is_letter;

/// Marks behind which emphasis may end.
const CLOSING: &str = "，。、；：？！）》〉」』】〕”’…—％";

/// Marks before which emphasis may begin.
const OPENING: &str = "（《〈「『【〔“‘";

/// A text with stand-ins.
pub(super) struct Supported {
    /// The text, stand-ins among it.
    pub(super) text: String,
    stand_in: char,
    /// Where the stand-ins are, in bytes.
    places: Vec<usize>,
}

impl Supported {
    /// Puts stand-ins into `text`, of which the part before byte `start` is no Markdown; `None` where no asterisks
    /// touch such a mark.
    pub(super) fn new(text: &str, start: usize) -> Option<Self> {
        let stand_in = ('\u{F0000}'..='\u{FFFFD}').find(|c| !text.contains(*c))?;
        let mut supported =
            Self { text: String::with_capacity(text.len() + 64), stand_in, places: Vec::new() };
        let (mut copied, mut at) = (0, start);
        while let Some(run) = text[at..].find('*').map(|found| at + found) {
            let end = text.len() - text[run..].trim_start_matches('*').len();
            if let Some(place) = place(text, run, end) {
                supported.text.push_str(&text[copied..place]);
                supported.places.push(supported.text.len());
                supported.text.push(stand_in);
                copied = place;
            }
            at = end;
        }
        supported.text.push_str(&text[copied..]);
        (!supported.places.is_empty()).then_some(supported)
    }

    /// The offset, without stand-ins, of byte `at` of the text with them.
    pub(super) fn offset(&self, at: usize) -> usize {
        at - self.places.partition_point(|place| *place < at) * self.stand_in.len_utf8()
    }

    /// What the parser returned, without stand-ins.
    pub(super) fn clean<'a>(&self, event: Event<'a>) -> Event<'a> {
        let clean = |text: CowStr<'a>| -> CowStr<'a> {
            if text.contains(self.stand_in) { text.replace(self.stand_in, "").into() } else { text }
        };
        match event {
            Event::Text(text) => Event::Text(clean(text)),
            Event::Code(text) => Event::Code(clean(text)),
            Event::Html(text) => Event::Html(clean(text)),
            Event::InlineHtml(text) => Event::InlineHtml(clean(text)),
            Event::FootnoteReference(label) => Event::FootnoteReference(clean(label)),
            Event::Start(tag) => Event::Start(match tag {
                Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                    Tag::CodeBlock(CodeBlockKind::Fenced(clean(info)))
                }
                Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(clean(label)),
                Tag::Link { link_type, dest_url, title, id } => {
                    Tag::Link { link_type, dest_url: clean(dest_url), title: clean(title), id: clean(id) }
                }
                Tag::Image { link_type, dest_url, title, id } => {
                    Tag::Image { link_type, dest_url: clean(dest_url), title: clean(title), id: clean(id) }
                }
                other => other,
            }),
            other => other,
        }
    }
}

/// Where a run of asterisks needs a stand-in: between a mark before it and a letter after it, or the other way round.
fn place(text: &str, run: usize, end: usize) -> Option<usize> {
    let before = text[..run].chars().next_back()?;
    let after = text[end..].chars().next()?;
    let escaped = text[..run].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    if escaped {
        None
    } else if CLOSING.contains(before) && is_letter(after) {
        Some(run)
    } else if is_letter(before) && OPENING.contains(after) {
        Some(end)
    } else {
        None
    }
}
