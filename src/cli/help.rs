//! What the program says of itself: its formats, completions for shells, and its manual page.

use std::path::Path;

use banshi::format::TABLE;
use banshi::message::table::table;
use banshi::{Message, message};
use clap_complete::Shell;

use super::language::{spoken, words};
use super::{Failure, command, files};

/// Prints what can be read and written, with names and extensions.
pub(super) fn formats() -> Result<(), Failure> {
    let yes = |can: bool| if can { words(&message!("yes")) } else { "-".to_owned() };
    let head = [
        message!("format"),
        message!("in"),
        message!("out"),
        message!("extensions"),
        message!("other names"),
    ];
    let mut rows = vec![head.iter().map(words).collect::<Vec<_>>()];
    rows.extend(TABLE.iter().map(|row| {
        let extensions = row.extensions.iter().chain(row.also_reads).map(|name| format!(".{name}"));
        vec![
            row.name.to_owned(),
            yes(row.reads()),
            yes(row.writes()),
            extensions.collect::<Vec<_>>().join(" "),
            row.aliases.join(", "),
        ]
    }));
    files::print(&table(&rows))
}

/// Prints the completions for a shell.
pub(super) fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command::command(), "banshi", &mut script);
    print(&script)
}

/// Prints the manual page, in roff.
pub(super) fn manual() -> Result<(), Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command::command())
        .render(&mut page)
        .map_err(|error| Failure::Failed(message!("the manual page: {error}", error = error.to_string())))?;
    // The headings are the only words that are not those of the help.
    let page = String::from_utf8(page).map_err(|error| Failure::Failed(Message::verbatim(error)))?;
    let heading = |line: &str| {
        let english = line.strip_prefix(".SH ")?;
        Some(format!(".SH {}", spoken().sentence(english)?))
    };
    let lines = page.lines().map(|line| heading(line).unwrap_or_else(|| line.to_owned()) + "\n");
    print(lines.collect::<String>().as_bytes())
}

fn print(bytes: &[u8]) -> Result<(), Failure> {
    files::write(Path::new("-"), bytes)
}
