//! What the program says of itself: its formats, completions for shells, and its manual page.

use std::fmt::Write as _;
use std::path::Path;

use banshi::format::TABLE;
use banshi::message;
use clap::CommandFactory as _;
use clap_complete::Shell;

use super::arguments::Arguments;
use super::{Failure, command, files};

/// Prints what can be read and written, with names and extensions.
pub(super) fn formats() -> Result<(), Failure> {
    let mut text =
        format!("{:<12} {:<4} {:<5} {:<28} {}\n", "format", "in", "out", "extensions", "other names");
    for row in TABLE {
        let yes = |can: bool| if can { "yes" } else { "-" };
        let extensions: Vec<_> =
            row.extensions.iter().chain(row.also_reads).map(|name| format!(".{name}")).collect();
        let line = format!(
            "{:<12} {:<4} {:<5} {:<28} {}",
            row.name,
            yes(row.reads()),
            yes(row.writes()),
            extensions.join(" "),
            row.aliases.join(", ")
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    print(text.as_bytes())
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
    clap_mangen::Man::new(Arguments::command())
        .render(&mut page)
        .map_err(|error| Failure::Failed(message!("the manual page: {error}", error = error.to_string())))?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<(), Failure> {
    files::write(Path::new("-"), bytes)
}
