//! What the program says on standard error: lines for people, with colour on a terminal, or JSON for programs.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use banshi::diagnostic::Kind;
use banshi::tree::Location;
use banshi::{Diagnostic, Error, Message, message};
use serde_json::{Value, json};

use super::arguments::Talk;
use super::config;
use super::files::{shown, visible};
use super::language::words;
use super::plan::Left;
use super::report::{Outcome, Tally, name};
use super::{Failure, Fault};

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
    /// Its name for programs.
    fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Its name for people.
    fn message(self) -> Message {
        match self {
            Self::Note => message!("note"),
            Self::Warning => message!("warning"),
            Self::Error => message!("error"),
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
const ORDINARY: [&str; 4] = ["imprint-page", "line-end-crlf", "numbering-restart", "numbering-runs-on"];

/// What is inferred and yet always said, and what of it wants a look.
const SAID: [(&str, Severity); 8] = [
    ("encoding-guessed", Severity::Note),
    ("emphasis-beside-mark", Severity::Note),
    ("tabs-as-table", Severity::Note),
    ("blanks-as-table", Severity::Note),
    ("form-as-table", Severity::Note),
    ("verse", Severity::Note),
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
    format!("{style}{}{style:#}", words(&severity.message()))
}

/// An error: `讲话.txt:12:3: error: …` where it has a place in a source.
pub(super) fn error(failure: &Failure, talk: &Talk) {
    let label = label(Severity::Error);
    match failure {
        Failure::Collisions(faults) => {
            for fault in faults {
                error(&Failure::Usage(fault.clone()), talk);
            }
        }
        _ if !talk.for_people() => {
            let mut json = json!({ "type": "error", "message": words(&failure.message()) });
            if let Failure::InSource(fault) = failure {
                json["source"] = name(&fault.source).into();
                json["at"] = place_as_json(&fault.at);
            }
            say(&json.to_string());
        }
        Failure::InSource(fault) if fault.at != Location::Whole => {
            let place = words(&place(&fault.source, &fault.at));
            say(&format!("{place}: {label}: {}", words(&fault.message)));
        }
        _ => say(&format!("{label}: {}", words(&failure.message()))),
    }
}

/// A source and a place in it: `讲话.txt:12:3`.
pub(super) fn place(source: &Path, at: &Location) -> Message {
    let path = shown(source);
    match at {
        Location::Whole => path,
        at => message!("{path}:{at}", path, at = at.message()),
    }
}

/// What is wrong with `arguments`, in the form for which they ask, as far as that is understood.
pub(super) fn wrong(message: &Message, arguments: &[OsString]) {
    if config::value_of(arguments, "--message-format").is_some_and(|form| form == "json") {
        say(&json!({ "type": "error", "message": words(message) }).to_string());
    } else {
        say(&format!("{}: {}", label(Severity::Error), words(message)));
    }
}

/// A line for people who did not ask for quiet.
pub(super) fn say_unless_quiet(message: &Message, talk: &Talk) {
    if talk.for_people() && !talk.quiet {
        say(&words(message));
    }
}

/// Something that wants a look, and that is about no place in a source.
pub(super) fn warn(message: &Message, talk: &Talk) {
    if talk.quiet {
        return;
    }
    let words = words(message);
    if talk.for_people() {
        say(&format!("{}: {words}", label(Severity::Warning)));
    } else {
        say(&json!({ "type": "warning", "message": words }).to_string());
    }
}

/// Files of folders that are not converted: how many, and which for those who want to know.
pub(super) fn left(left: &[Left], talk: &Talk) {
    let have = left.iter().filter(|left| matches!(left, Left::HasFormat(_))).count();
    match have {
        0 => {}
        1 => say_unless_quiet(&message!("1 file has a format that is asked for, and stays as it is"), talk),
        count => say_unless_quiet(
            &message!("{count} files have a format that is asked for, and stay as they are", count),
            talk,
        ),
    }
    match left.len() - have {
        0 => {}
        1 => say_unless_quiet(&message!("1 file is made of another here, and is no source"), talk),
        count => say_unless_quiet(
            &message!("{count} files are made of others here, and are no sources", count),
            talk,
        ),
    }
    for left in left {
        let message = match left {
            Left::HasFormat(path) => {
                message!("{path}: has a format that is asked for", path = shown(path))
            }
            Left::IsOutput { path, of } => {
                message!("{path}: is made of {of}", path = shown(path), of = shown(of))
            }
        };
        say_if_verbose(&message, talk);
    }
}

/// A line for people who want to know.
pub(super) fn say_if_verbose(message: &Message, talk: &Talk) {
    if talk.for_people() && talk.verbose {
        say(&words(message));
    }
}

/// An error of the library, with the arguments that help.
pub(super) fn failed(source: &Path, error: &Error) -> Failure {
    let arguments = match error {
        Error::Encoding { .. } => vec![message!("--encoding NAME"), Message::verbatim("--lossy")],
        Error::UnknownEncoding { .. } => vec![message!("--encoding NAME")],
        Error::Unencodable { .. } => ["--encoding gb18030", "--lossy"].map(Message::verbatim).to_vec(),
        Error::Limit { limit, most, found, .. } if *most < limit.row().highest => {
            let row = limit.row();
            let enough = found.unwrap_or(most.saturating_mul(2)).min(row.highest);
            vec![Message::verbatim(format!("--limit {}={enough}", row.name))]
        }
        _ => Vec::new(),
    };
    let message = match arguments.as_slice() {
        [] => error.fault(),
        arguments => message!("{error} ({arguments})", error = error.fault(), arguments = arguments.to_vec()),
    };
    Failure::InSource(Box::new(Fault { source: source.to_path_buf(), at: error.at(), message }))
}

/// What became of a source: its findings, the files made of it (if `named`), and why it failed.
pub(super) fn outcome(outcome: &Outcome, named: bool, strict: bool, talk: &Talk) {
    findings(&outcome.source, &outcome.findings, strict, talk);
    if named && !talk.quiet {
        for output in outcome.written.iter().filter(|output| !super::files::is_standard(output)) {
            if talk.for_people() {
                say(&format!("{} -> {}", words(&shown(&outcome.source)), visible(output)));
            } else {
                say(&json!({ "type": "written", "source": name(&outcome.source), "output": name(output) })
                    .to_string());
            }
        }
    }
    if outcome.kept > 0 && talk.verbose && talk.for_people() {
        let path = shown(&outcome.source);
        let message = match outcome.kept {
            1 => message!("{path}: the output is kept as it is", path),
            count => message!("{path}: {count} outputs are kept as they are", path, count),
        };
        say(&words(&message));
    }
    if let Some(failure) = &outcome.failure {
        error(failure, talk);
    }
}

/// The findings about a source, each once, in the order in which they were made. Roles are said only when
/// asked for: `outline` shows them better. Those that are quiet hear of what `strict` makes a failure.
pub(super) fn findings(source: &Path, findings: &[Diagnostic], strict: bool, talk: &Talk) {
    let mut said = BTreeSet::new();
    for finding in findings {
        if talk.quiet && !(strict && finding.kind == Kind::Dropped) {
            continue;
        }
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

/// `讲话.txt:12:3: warning: left out: … [boilerplate]`
fn worded(source: &Path, finding: &Diagnostic) -> String {
    let lost = match finding.kind {
        Kind::LeftOut | Kind::Dropped => format!("{}: ", words(&finding.kind.message())),
        Kind::Inferred | Kind::Noticed | Kind::Substituted => String::new(),
    };
    let label = label(severity(finding));
    let (place, message) = (words(&place(source, &finding.at)), words(&finding.message));
    format!("{place}: {label}: {lost}{message} [{}]", finding.code)
}

/// A place in a source for programs.
fn place_as_json(at: &Location) -> Value {
    match at {
        Location::Whole => json!({}),
        Location::Spot { line, column } => json!({ "first_line": line, "last_line": line, "column": column }),
        Location::Lines { first, last } => json!({ "first_line": first, "last_line": last }),
        Location::Part { part, paragraph } => json!({ "part": part, "paragraph": paragraph }),
    }
}

/// A finding for programs.
pub(super) fn finding_as_json(finding: &Diagnostic) -> Value {
    json!({
        "severity": severity(finding).name(),
        "kind": finding.kind.name(),
        "code": finding.code,
        "at": place_as_json(&finding.at),
        "message": words(&finding.message),
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
    let mut parts = vec![match tally.converted {
        1 => message!("1 file converted"),
        count => message!("{count} files converted", count),
    }];
    if let count @ 1.. = tally.warned {
        parts.push(message!("{count} with warnings", count));
    }
    if let count @ 1.. = tally.skipped {
        parts.push(message!("{count} skipped", count));
    }
    if let count @ 1.. = tally.failed {
        parts.push(message!("{count} failed", count));
    }
    if let Some(count @ 1..) = sources.checked_sub(done) {
        parts.push(message!("{count} not begun", count));
    }
    say(&words(&message!("{parts}", parts)));
}
