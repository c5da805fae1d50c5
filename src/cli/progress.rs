//! The progress bar of many files, on a terminal.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::arguments::Talk;

/// How far the work is. Without a terminal, or for one file, it shows nothing.
pub(super) struct Progress(Option<ProgressBar>);

/// Files a second, as they are counted.
fn rate(state: &ProgressState, out: &mut dyn std::fmt::Write) {
    let rate = state.per_sec();
    let digits = usize::from(rate < 10.0);
    // The bar has nowhere to say that it could not be drawn.
    let _ = write!(out, "{rate:.digits$}/s");
}

impl Progress {
    /// For that many files.
    pub(super) fn new(files: usize, talk: &Talk) -> Self {
        let shown = files > 1 && talk.for_people() && !talk.quiet && std::io::stderr().is_terminal();
        Self(shown.then(|| {
            let bar =
                ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr_with_hz(10));
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len}  {rate}  {eta}");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸─");
            bar.set_style(style.with_key("rate", rate));
            bar
        }))
    }

    /// True where a bar is shown; then files are not named one by one.
    pub(super) fn is_shown(&self) -> bool {
        self.0.is_some()
    }

    /// One file more is done.
    pub(super) fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    /// Says something with the bar out of the way.
    pub(super) fn aside(&self, say: impl FnOnce()) {
        match &self.0 {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
