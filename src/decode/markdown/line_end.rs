//! Line ends inside a paragraph.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

/// The first character of the text that follows a line end.
pub(super) fn following(after: &[(Event<'_>, Range<usize>)]) -> Option<char> {
    after.iter().find_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => Some(text.chars().next()),
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) | Event::End(_) => {
            None
        }
        _ => Some(None),
    })?
}
