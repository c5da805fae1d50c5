//! What became of every source: for the messages, for `--report`, and for the exit code.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use banshi::Diagnostic;
use banshi::diagnostic::Kind;
use serde_json::{Value, json};

use super::language::words;
use super::messages::{self, Severity};
use super::{Failure, files};

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

/// A path in JSON, `-` for standard input and output.
pub(super) fn name(path: &Path) -> String {
    path.display().to_string()
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

/// A file with a line of JSON for every source. It appears under its name when the work ends, also when it is stopped.
pub(super) struct Report {
    path: PathBuf,
    lines: BufWriter<tempfile::NamedTempFile>,
}

impl Report {
    pub(super) fn new(path: &Path) -> Result<Self, Failure> {
        let lines = BufWriter::new(files::begin(path, None)?);
        Ok(Self { path: path.to_path_buf(), lines })
    }

    pub(super) fn add(&mut self, outcome: &Outcome) -> Result<(), Failure> {
        writeln!(self.lines, "{}", outcome.as_json()).map_err(|error| files::failed(&self.path, &error))
    }

    pub(super) fn finish(self) -> Result<(), Failure> {
        let file = self.lines.into_inner().map_err(|error| files::failed(&self.path, error.error()))?;
        files::finish(&self.path, file)
    }
}
