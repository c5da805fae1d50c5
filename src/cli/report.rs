//! What became of every source: for the messages, for `--report`, and for the exit code.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use banshi::Diagnostic;
use banshi::diagnostic::Kind;
use serde_json::{Value, json};

use super::files::Begun;
use super::language::words;
use super::messages::{self, Severity};
use super::{Failure, files, interrupt};

/// What became of one source.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) source: PathBuf,
    pub(super) written: Vec<PathBuf>,
    /// Outputs that were there and stayed.
    pub(super) kept: usize,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) failure: Option<Failure>,
}

impl Outcome {
    /// In one word.
    fn status(&self) -> &'static str {
        match (&self.failure, self.written.is_empty()) {
            (Some(_), _) => "failed",
            (None, true) => "skipped",
            (None, false) => "converted",
        }
    }

    fn as_json(&self) -> Value {
        json!({
            "source": name(&self.source),
            "status": self.status(),
            "outputs": self.written.iter().map(|path| name(path)).collect::<Vec<_>>(),
            "error": self.failure.as_ref().map(|failure| words(&failure.message())),
            "diagnostics": self.findings.iter().map(messages::finding_as_json).collect::<Vec<_>>(),
        })
    }
}

/// A path in JSON, `-` for standard input and output. Bytes that are no UTF-8 are written as `\\xFF`, so that two names
/// stay two.
pub(super) fn name(path: &Path) -> String {
    let chunks = path.as_os_str().as_encoded_bytes().utf8_chunks();
    chunks
        .map(|chunk| {
            let bytes = chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}"));
            chunk.valid().to_owned() + &bytes.collect::<String>()
        })
        .collect()
}

/// How many sources came out how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) converted: usize,
    /// Of those converted, the ones with a warning.
    pub(super) warned: usize,
    pub(super) failed: usize,
    pub(super) skipped: usize,
    /// Of those converted, the ones of which something was dropped.
    pub(super) dropped: usize,
}

impl Tally {
    pub(super) fn add(&mut self, outcome: &Outcome) {
        let has = |holds: &dyn Fn(&Diagnostic) -> bool| usize::from(outcome.findings.iter().any(holds));
        match outcome.status() {
            "failed" => self.failed += 1,
            "skipped" => self.skipped += 1,
            _ => {
                self.converted += 1;
                self.warned += has(&|finding| messages::severity(finding) == Severity::Warning);
                self.dropped += has(&|finding| finding.kind == Kind::Dropped);
            }
        }
    }

    pub(super) fn as_json(&self) -> Value {
        let Self { converted, warned, failed, skipped, dropped } = self;
        json!({ "converted": converted, "warned": warned, "failed": failed, "skipped": skipped, "dropped": dropped })
    }
}

/// A file with a line of JSON for every source. It appears under its name when the work ends, also when it is stopped;
/// on standard output each line appears as it is made.
pub(super) struct Report(Arc<Mutex<Lines>>);

struct Lines {
    path: PathBuf,
    /// None on standard output, and when it is finished.
    file: Option<BufWriter<Begun>>,
    /// The source whose line is written next.
    next: usize,
    /// Lines of later sources.
    waiting: BTreeMap<usize, String>,
}

impl Report {
    pub(super) fn new(path: &Path) -> Result<Self, Failure> {
        let standard = files::is_standard(path);
        let file = if standard { None } else { Some(BufWriter::new(files::begin(path, None)?)) };
        let lines = Lines { path: path.to_path_buf(), file, next: 0, waiting: BTreeMap::new() };
        let lines = Arc::new(Mutex::new(lines));
        if !standard {
            let last = Arc::clone(&lines);
            // What can't be written then can't be told of either.
            interrupt::before_end(move || _ = locked(&last).finish());
        }
        Ok(Self(lines))
    }

    /// Enters what became of the source of that number; the lines stand in the order of the numbers.
    pub(super) fn add(&self, index: usize, outcome: &Outcome) -> Result<(), Failure> {
        let mut lines = locked(&self.0);
        lines.waiting.insert(index, format!("{}\n", outcome.as_json()));
        while let Some(line) = {
            let next = lines.next;
            lines.waiting.remove(&next)
        } {
            lines.next += 1;
            lines.write(&line)?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(), Failure> {
        locked(&self.0).finish()
    }
}

impl Drop for Report {
    /// A report that could not be finished leaves no part of it.
    fn drop(&mut self) {
        locked(&self.0).file = None;
    }
}

fn locked(lines: &Mutex<Lines>) -> MutexGuard<'_, Lines> {
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Lines {
    fn write(&mut self, line: &str) -> Result<(), Failure> {
        match &mut self.file {
            Some(file) => file.write_all(line.as_bytes()).map_err(|error| files::failed(&self.path, &error)),
            None if files::is_standard(&self.path) => files::print(line),
            None => Ok(()),
        }
    }

    /// Writes what waits for sources that were never begun, and gives the file its name.
    fn finish(&mut self) -> Result<(), Failure> {
        for line in std::mem::take(&mut self.waiting).into_values() {
            self.write(&line)?;
        }
        let Some(file) = self.file.take() else { return Ok(()) };
        let file = file.into_inner().map_err(|error| files::failed(&self.path, error.error()))?;
        files::finish(&self.path, file)
    }
}
