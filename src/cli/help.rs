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
    let page = String::from_utf8(page).map_err(|error| Failure::Failed(Message::verbatim(error)))?;
    print(edited(&page).as_bytes())
}

/// The page with its headings in the language of the run, which are the only words in it that are not those of the
/// help, and with names that lead somewhere.
fn edited(page: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut in_extra = false;
    for line in page.lines() {
        let heading = line.strip_prefix(".SH ");
        in_extra = heading.map_or(in_extra, |heading| heading == "EXTRA");
        match (heading, in_extra) {
            (Some(_), true) => {}
            (Some(english), false) => {
                let heading =
                    spoken().sentence(english).map_or_else(|| english.to_uppercase(), str::to_owned);
                lines.push(format!(".SH {heading}"));
                if english == words(&message!("Commands")) {
                    let help = words(&message!("banshi COMMAND --help tells the arguments of each"));
                    lines.push(help.replace('-', "\\-"));
                }
            }
            // What stands below the help: titles with text behind them or in indented lines under them.
            (None, true) if !line.is_empty() && !line.starts_with(' ') => {
                let (title, text) = line.split_once([':', '：']).unwrap_or((line, ""));
                lines.push(format!(".SH {}", title.to_uppercase()));
                lines.extend(Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned));
            }
            (None, _) => match line.strip_prefix("banshi\\-").and_then(|line| line.strip_suffix("(1)")) {
                // There is no page of that name.
                Some(command) => lines.push(format!("banshi {command}")),
                None => lines.push(line.to_owned()),
            },
        }
        if line.starts_with(".TH ") {
            // No word is divided, and no line of Chinese spread to a width.
            lines.extend([".nh", ".ad l"].map(str::to_owned));
        }
    }
    lines.join("\n") + "\n"
}

fn print(bytes: &[u8]) -> Result<(), Failure> {
    files::write(Path::new("-"), bytes)
}
