//! The command line: arguments, files, messages, exit codes. The only input and output of the program.

mod arguments;
mod convert;
mod files;
mod messages;
mod outline;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};

/// Why a command did not do all it was asked to; the message has been worded for the reader.
enum Failure {
    /// Something went wrong: exit code 1.
    Failed(String),
    /// The arguments do not make sense together: exit code 2.
    Usage(String),
    /// `--strict`, and something was dropped: exit code 3.
    Strict,
}

/// Runs the program. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 something was dropped under `--strict`.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Some(Command::Outline(outline)) => outline::run(outline),
        None => convert::run(&arguments.convert),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Failed(message)) => {
            messages::error(&message);
            ExitCode::from(1)
        }
        Err(Failure::Usage(message)) => {
            messages::error(&message);
            ExitCode::from(2)
        }
        Err(Failure::Strict) => {
            messages::error("something was dropped, as said above; without --strict this is no failure");
            ExitCode::from(3)
        }
    }
}
