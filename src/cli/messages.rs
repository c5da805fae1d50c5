//! What the program says on standard error: lines for people, with colour on a terminal, or JSON for programs.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use banshi::diagnostic::Kind;
use banshi::tree::Location;
use banshi::{Diagnostic, Error};
use serde_json::{Value, json};

use super::arguments::Talk;
use super::files::shown;
use super::report::{Outcome, Tally, name};

/// How much a message should trouble its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Severity {
    /// For the curious.
    Note,
    /// The result wants a look.
    Warning,
    /// There is no result.
    Error,
}

impl Severity {
    fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    fn style(self) -> Style {
        let colour = match self {
            Self::Note => AnsiColor::Cyan,
            Self::Warning => AnsiColor::Yellow,
            Self::Error => AnsiColor::Red,
        };
        Style::new().bold().fg_color(Some(colour.into()))
    }
}

/// What any text from Windows has, and numbers that begin again or run on as authors mean them to; said only when asked for.
const ORDINARY: [&str; 3] = ["line-end-crlf", "numbering-restart", "numbering-runs-on"];

/// What is inferred and yet always said, and what of it wants a look.
const SAID: [(&str, Severity); 4] = [
    ("encoding-guessed", Severity::Note),
    ("emphasis-beside-mark", Severity::Note),
    ("empty-source", Severity::Warning),
    ("damaged-before", Severity::Warning),
];

/// How much a finding should trouble the reader.
pub(super) fn severity(finding: &Diagnostic) -> Severity {
    match finding.kind {
        Kind::Inferred => SAID
            .iter()
            .find(|(code, _)| *code == finding.code)
            .map_or(Severity::Note, |(_, severity)| *severity),
        Kind::Noticed | Kind::Substituted if ORDINARY.contains(&finding.code) => Severity::Note,
        Kind::Noticed | Kind::Substituted | Kind::LeftOut | Kind::Dropped => Severity::Warning,
    }
}

/// A line on standard error. Where that is closed, nothing more can be said.
fn say(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// The name of a severity in its colour.
fn label(severity: Severity) -> String {
    let style = severity.style();
    format!("{style}{}{style:#}", severity.name())
}

/// An error. Its message begins with the place, where it has one.
pub(super) fn error(message: &str, talk: &Talk) {
    if talk.for_people() {
        say(&format!("{}: {message}", label(Severity::Error)));
    } else {
        say(&json!({ "type": "error", "message": message }).to_string());
    }
}

/// A line for people who did not ask for quiet.
pub(super) fn say_unless_quiet(line: &str, talk: &Talk) {
    if talk.for_people() && !talk.quiet {
        say(line);
    }
}

/// The message of an error of the library, with the arguments that help.
pub(super) fn failed(source: &Path, error: &Error) -> String {
    let help = match error {
        Error::Encoding { .. } => " (--encoding NAME, --lossy)",
        Error::UnknownEncoding { .. } => " (--encoding NAME)",
        Error::Unencodable { .. } => " (--encoding gb18030, --lossy)",
        _ => "",
    };
    format!("{}: {error}{help}", shown(source))
}

/// What became of a source: its findings, the files made of it (if `named`), and why it failed.
pub(super) fn outcome(outcome: &Outcome, named: bool, talk: &Talk) {
    findings(&outcome.source, &outcome.findings, talk);
    if named && !talk.quiet {
        for output in outcome.written.iter().filter(|output| !super::files::is_standard(output)) {
            if talk.for_people() {
                say(&format!("{} -> {}", shown(&outcome.source), output.display()));
            } else {
                say(&json!({ "type": "written", "source": name(&outcome.source), "output": name(output) })
                    .to_string());
            }
        }
    }
    if outcome.kept > 0 && talk.verbose && talk.for_people() {
        say(&format!("{}: {} kept as they are", shown(&outcome.source), counted(outcome.kept, "output")));
    }
    if let Some(message) = &outcome.failure {
        error(message, talk);
    }
}

/// The findings about a source, each once, in the order in which they were made. Roles are said only when
/// asked for: `outline` shows them better.
pub(super) fn findings(source: &Path, findings: &[Diagnostic], talk: &Talk) {
    if talk.quiet {
        return;
    }
    let mut said = BTreeSet::new();
    for finding in findings {
        let always = severity(finding) > Severity::Note || SAID.iter().any(|(code, _)| *code == finding.code);
        if !(always || talk.verbose) {
            continue;
        }
        let line = if talk.for_people() {
            worded(source, finding)
        } else {
            let mut json = finding_as_json(finding);
            json["type"] = "finding".into();
            json["source"] = name(source).into();
            json.to_string()
        };
        if said.insert(line.clone()) {
            say(&line);
        }
    }
}

/// `讲话.txt:12: warning: left out: … [boilerplate]`
fn worded(source: &Path, finding: &Diagnostic) -> String {
    let place = match &finding.at {
        Location::Whole => String::new(),
        at => format!(":{at}"),
    };
    let lost = match finding.kind {
        Kind::LeftOut | Kind::Dropped => format!("{}: ", finding.kind.name()),
        Kind::Inferred | Kind::Noticed | Kind::Substituted => String::new(),
    };
    let label = label(severity(finding));
    format!("{}{place}: {label}: {lost}{} [{}]", shown(source), finding.message, finding.code)
}

/// A finding for programs.
pub(super) fn finding_as_json(finding: &Diagnostic) -> Value {
    let at = match &finding.at {
        Location::Whole => json!({}),
        Location::Byte(offset) => json!({ "byte": offset }),
        Location::Lines { first, last } => json!({ "first_line": first, "last_line": last }),
        Location::Part { part, paragraph } => json!({ "part": part, "paragraph": paragraph }),
    };
    json!({
        "severity": severity(finding).name(),
        "kind": finding.kind.name(),
        "code": finding.code,
        "at": at,
        "message": finding.message,
        "text": finding.text,
    })
}

/// How many files came out how.
pub(super) fn summary(tally: &Tally, sources: usize, talk: &Talk) {
    if talk.quiet {
        return;
    }
    if !talk.for_people() {
        let mut json = tally.as_json();
        json["type"] = "summary".into();
        return say(&json.to_string());
    }
    let done = tally.converted + tally.failed + tally.skipped;
    let mut parts = vec![format!("{} converted", counted(tally.converted, "file"))];
    let others = [(tally.warned, "with warnings"), (tally.skipped, "skipped"), (tally.failed, "failed")];
    parts.extend(
        others.iter().filter(|(number, _)| *number > 0).map(|(number, how)| format!("{number} {how}")),
    );
    if let Some(left @ 1..) = sources.checked_sub(done) {
        parts.push(format!("{left} not begun"));
    }
    say(&parts.join(", "));
}

/// `1 file`, `2 files`.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
