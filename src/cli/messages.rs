//! What the program says on standard error.

use std::io::Write as _;
use std::path::Path;

use banshi::diagnostic::Kind;
use banshi::tree::Location;
use banshi::{Diagnostic, Error};

use super::Failure;
use super::arguments::Talk;
use super::files::shown;

/// A line on standard error. Where that is closed, nothing more can be said.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// An error.
pub(super) fn error(message: &str) {
    say(&format!("error: {message}"));
}

/// The message of an error of the library, with the arguments that help.
pub(super) fn failed(source: &Path, error: &Error) -> Failure {
    let help = match error {
        Error::Encoding { .. } => " (--encoding NAME, --lossy)",
        Error::UnknownEncoding { .. } => " (--encoding NAME)",
        _ => "",
    };
    Failure::Failed(format!("{}: {error}{help}", shown(source)))
}

/// A file that was written.
pub(super) fn written(from: &Path, to: &Path, talk: &Talk) {
    if !talk.quiet {
        say(&format!("{} -> {}", shown(from), to.display()));
    }
}

/// What any text from Windows has; said only when asked for.
const ORDINARY: &str = "line-end-crlf";

/// What is inferred and yet always said.
const SAID: [&str; 4] = ["encoding-guessed", "empty-source", "emphasis-beside-mark", "damaged-before"];

/// The findings about a source, each once, in the order in which they were made. Roles are said only when
/// asked for: `outline` shows them better.
pub(super) fn findings(source: &Path, findings: &[Diagnostic], talk: &Talk) {
    if talk.quiet {
        return;
    }
    let mut said = std::collections::BTreeSet::new();
    for finding in findings {
        let always =
            (finding.kind > Kind::Inferred && finding.code != ORDINARY) || SAID.contains(&finding.code);
        let line = worded(source, finding);
        if (always || talk.verbose) && said.insert(line.clone()) {
            say(&line);
        }
    }
}

fn worded(source: &Path, finding: &Diagnostic) -> String {
    let place = match &finding.at {
        Location::Whole => String::new(),
        at => format!(":{at}"),
    };
    format!("{}{place}: {}: {} [{}]", shown(source), finding.kind.name(), finding.message, finding.code)
}
