//! Which pages are open. The documents of a page that was closed go a while after it: one that is loaded anew comes back
//! to them. Started by a double click, the program has no window of its own: it ends a while after its last page was
//! closed, so that it does not stay behind unseen.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Pages remembered at most; a name is what the page drew by lot.
const PAGES: usize = 1000;
const NAME: usize = 40;

/// The open pages of a run.
#[derive(Debug, Default)]
pub(super) struct Presence(Mutex<Open>);

#[derive(Debug, Default)]
struct Open {
    pages: BTreeSet<String>,
    /// Comings and goings so far.
    turns: u64,
}

impl Presence {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page has been opened.
    pub(super) fn come(&self, page: &str) {
        let mut open = self.open();
        open.turns += 1;
        if open.pages.len() < PAGES && page.len() <= NAME {
            open.pages.insert(page.to_owned());
        }
    }

    /// A page has been closed. Where none is left, the turn at which that was, for [`is_left_since`](Self::is_left_since).
    pub(super) fn go(&self, page: &str) -> Option<u64> {
        let mut open = self.open();
        let known = open.pages.remove(page);
        open.turns += u64::from(known);
        (known && open.pages.is_empty()).then_some(open.turns)
    }

    /// True while the page is open.
    pub(super) fn has(&self, page: &str) -> bool {
        self.open().pages.contains(page)
    }

    /// True where no page has come since that turn: one that was loaded anew comes at once.
    pub(super) fn is_left_since(&self, turn: u64) -> bool {
        self.open().turns == turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_left_when_its_last_page_is_closed_and_none_comes() {
        let presence = Presence::default();
        presence.come("a");
        presence.come("b");
        assert!(presence.has("a"));
        assert_eq!(presence.go("a"), None);
        assert!(!presence.has("a"));
        assert_eq!(presence.go("unknown"), None);
        let turn = presence.go("b").expect("the last");
        assert!(presence.is_left_since(turn));
        presence.come("b");
        assert!(!presence.is_left_since(turn));
        // What is too long for a name of ours is not kept.
        presence.come(&"c".repeat(NAME + 1));
        assert!(presence.go("b").is_some());
    }
}
