//! `--watch`: what changes is converted again.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use banshi::message;
use notify::{RecursiveMode, Watcher as _};

use super::arguments::Convert;
use super::sources::{self, Collected, Source};
use super::{Failure, files, interrupt, messages};

/// How long the sources must rest before they are read: editors write a file in several steps.
const REST: Duration = Duration::from_millis(150);

/// How long changes that don't rest (a log in the folder) can keep the sources from being read.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often Ctrl-C is looked for.
const BREATH: Duration = Duration::from_millis(200);

/// When the sources were changed last.
#[derive(Default)]
pub(super) struct Seen(HashMap<PathBuf, SystemTime>);

impl Seen {
    /// True where the source is new, or was changed since it was last asked about.
    pub(super) fn is_changed(&mut self, source: &Source) -> bool {
        let Some(now) = files::modified(&source.path) else { return false };
        self.0.insert(source.path.clone(), now) != Some(now)
    }

    /// Forgets the sources, which then count as changed.
    fn forget(&mut self, sources: &HashSet<PathBuf>) {
        self.0.retain(|path, _| !sources.contains(path));
    }
}

/// Calls `round` with all sources and the paths of those that changed, each time that some did, until Ctrl-C.
///
/// # Errors
/// [`Failure::Ended`] after Ctrl-C, and what keeps the sources from being watched.
pub(super) fn run(
    arguments: &Convert,
    mut seen: Seen,
    mut round: impl FnMut(Collected, &HashSet<PathBuf>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (sender, events) = channel();
    let fail =
        |error: notify::Error| Failure::Failed(message!("watching: {error}", error = error.to_string()));
    let mut watcher = notify::recommended_watcher(sender).map_err(fail)?;
    for input in &arguments.sources.inputs {
        let (folder, mode) = if input.is_dir() {
            (input.as_path(), RecursiveMode::Recursive)
        } else {
            // The folder, because editors put a new file in the place of the old one.
            (files::folder_of(input), RecursiveMode::NonRecursive)
        };
        watcher.watch(folder, mode).map_err(fail)?;
    }
    messages::say_unless_quiet(&message!("watching; Ctrl-C ends it"), &arguments.talk);
    // What changed before the watch began is found by its time.
    let mut first = true;
    while std::mem::take(&mut first) || wait(&events) {
        let collected = sources::collect(&arguments.sources, arguments.out_dir.as_deref())?;
        let changed: HashSet<PathBuf> = collected
            .sources
            .iter()
            .filter(|source| seen.is_changed(source))
            .map(|source| source.path.clone())
            .collect();
        if !changed.is_empty() {
            // What could not be read was said in the first round.
            let collected = Collected { unreadable: Vec::new(), ..collected };
            match round(collected, &changed) {
                // The next change may mend what was wrong.
                Ok(()) | Err(Failure::Said | Failure::Strict(_)) => {}
                Err(
                    failure @ (Failure::Failed(_)
                    | Failure::InSource(_)
                    | Failure::Usage(_)
                    | Failure::Collisions(_)),
                ) => {
                    messages::error(&failure, &arguments.talk);
                    // Nothing was made of them yet.
                    seen.forget(&changed);
                }
                Err(Failure::Interrupted | Failure::Ended) => break,
            }
        }
    }
    Err(Failure::Ended)
}

/// Waits for a change and for the rest after it. False after Ctrl-C.
fn wait(events: &Receiver<notify::Result<notify::Event>>) -> bool {
    let mut rested = None;
    let mut latest = None;
    loop {
        if interrupt::stopped() {
            return false;
        }
        let now = Instant::now();
        if rested.is_some_and(|rested| rested <= now) {
            return true;
        }
        match events.recv_timeout(rested.map_or(BREATH, |rested| rested - now)) {
            // Reading a file is no change of it, and keeps nobody from resting.
            Ok(Ok(event)) if event.kind.is_access() => {}
            Ok(Ok(_) | Err(_)) => {
                let now = Instant::now();
                rested = Some((now + REST).min(*latest.get_or_insert(now + PATIENCE)));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Refuses what can't be watched.
pub(super) fn check(arguments: &Convert) -> Result<(), Failure> {
    let standard = |paths: &[PathBuf]| paths.iter().any(|path| files::is_standard(Path::new(path)));
    if standard(&arguments.sources.inputs)
        || standard(&arguments.outputs)
        || arguments.sources.files_from.is_some()
    {
        return Err(Failure::Usage(message!("--watch needs files or folders by name")));
    }
    Ok(())
}
