//! The command line: arguments, files, messages, exit codes. The only input and output of the program.

mod arguments;
mod claims;
mod command;
mod config;
mod convert;
mod faces;
mod files;
mod fonts;
mod help;
mod interrupt;
mod language;
mod messages;
mod outline;
mod pictures;
mod plan;
mod profiles;
mod progress;
mod report;
mod roundtrip;
#[cfg(feature = "serve")]
mod serve;
mod sources;
mod suggest;
mod watch;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use arguments::{Arguments, Command};
use banshi::tree::Location;
use banshi::{Message, message};
use clap::CommandFactory as _;

/// Why a command did not do all it was asked to; the message has been worded for the reader.
#[derive(Debug)]
enum Failure {
    /// Something went wrong: exit code 1.
    Failed(Message),
    /// Something is wrong with a source: exit code 1.
    InSource(Box<Fault>),
    /// Something went wrong with some of the files, and has been said: exit code 1.
    Said,
    /// The arguments do not make sense together: exit code 2.
    Usage(Message),
    /// Outputs would take the place of sources or of one another, each told by itself: exit code 2.
    Collisions(Vec<Message>),
    /// `--strict`, and something was dropped, or differs: exit code 3.
    Strict(Message),
    /// Ctrl-C: exit code 130, as shells have it.
    Interrupted,
    /// Ctrl-C, of what goes on until then and leaves nothing undone: exit code 130.
    Ended,
}

/// What is wrong with a source.
#[derive(Debug)]
struct Fault {
    source: PathBuf,
    /// Where in it.
    at: Location,
    /// What, without the place.
    message: Message,
}

/// The exit code after Ctrl-C.
const INTERRUPTED: u8 = 130;

/// The exit code after a fault of the program, as Rust has it.
const PANICKED: u8 = 101;

impl Failure {
    /// What is to be said.
    fn message(&self) -> Message {
        match self {
            Self::Failed(message) | Self::Usage(message) | Self::Strict(message) => message.clone(),
            Self::InSource(fault) => {
                let (path, message) = (messages::place(&fault.source, &fault.at), &fault.message);
                message!("{path}: {message}", path, message)
            }
            Self::Collisions(faults) => message!("{faults}", faults = faults.clone()),
            Self::Said | Self::Ended => message!("not all files could be converted, as said above"),
            Self::Interrupted => message!("interrupted; what was finished is complete"),
        }
    }

    fn exit_code(&self) -> u8 {
        match self {
            Self::Failed(_) | Self::InSource(_) | Self::Said => 1,
            Self::Usage(_) | Self::Collisions(_) => 2,
            Self::Strict(_) => 3,
            Self::Interrupted | Self::Ended => INTERRUPTED,
        }
    }
}

/// Stack of every thread that converts, of which the system gives as much as is used: enough for documents nested as
/// deep as the highest limits allow. The main thread has 1 MiB on some systems.
const STACK: usize = 80 << 20;

/// Runs the program. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 something was dropped under `--strict`.
pub(crate) fn run() -> ExitCode {
    // The process ends where its work does: to hand the code to this thread, and the stack back, takes longer.
    let worker = || std::process::exit(work().into());
    ExitCode::from(match std::thread::Builder::new().stack_size(STACK).spawn(worker) {
        Ok(worker) => {
            // It ends only where it panics; with what has been said.
            let _ = worker.join();
            PANICKED
        }
        Err(_) => work(),
    })
}

/// Gives the exit code.
fn work() -> u8 {
    // Where the shell leaves `*.txt` to the program, as on Windows.
    let given: Vec<OsString> = wild::args_os().collect();
    #[cfg(feature = "serve")]
    let from_desktop = serve::is_wanted(&given);
    #[cfg(feature = "serve")]
    let given = if from_desktop { serve::asked(given) } else { given };
    let own = command::called(&given);
    let named = command::language_of(&given);
    let given = command::commands_first(given, &own);
    let defaults = config::Defaults::read(&given);
    let usual = defaults.as_ref().ok().and_then(|defaults| defaults.word("lang"));
    let usual = || usual.and_then(|name| language::from_name(name).ok());
    language::choose(named.or_else(usual));
    let arguments = defaults.and_then(|defaults| {
        let given = defaults.over(&given, &own)?;
        let arguments = command::parse(&given, own);
        Ok((arguments, defaults.files))
    });
    let (arguments, settings) = match arguments {
        Ok((Ok(arguments), settings)) => (arguments, settings),
        Ok((Err(error), _)) => return refuse(&given, &error),
        Err(failure) => return refuse_settings(&given, &failure),
    };
    let talk = &arguments.convert.talk;
    let done = match &arguments.command {
        Some(Command::Outline(outline)) => outline::run(outline, talk),
        Some(Command::Formats) => help::formats(),
        Some(Command::Completions { shell }) => help::completions(*shell),
        Some(Command::Man) => help::manual(),
        Some(Command::Roundtrip(arguments)) => roundtrip::run(arguments, talk),
        Some(Command::Fonts(asked)) => faces::run(asked, talk),
        Some(Command::Profiles(asked)) => profiles::run(asked.show.as_ref()),
        #[cfg(feature = "serve")]
        Some(Command::Serve(asked)) => serve::run(asked, from_desktop, talk),
        None => convert::run(&arguments.convert, &settings),
    };
    for file in &settings {
        messages::say_if_verbose(&message!("settings of {file}", file = files::shown(file)), talk);
    }
    let Err(failure) = done else { return 0 };
    let code = failure.exit_code();
    if !matches!(failure, Failure::Said | Failure::Ended) {
        messages::error(&failure, talk);
    }
    code
}

/// Says what is wrong with a file of settings, unless something is wrong with the arguments or they ask for help.
fn refuse_settings(given: &[OsString], failure: &Failure) -> u8 {
    if let Err(error) = command::parse(given, Arguments::command()) {
        return refuse(given, &error);
    }
    messages::wrong(&failure.message(), given);
    failure.exit_code()
}

/// Says what is wrong with the arguments, or shows the help that they ask for.
fn refuse(given: &[OsString], error: &clap::Error) -> u8 {
    let Some(fault) = command::fault(error) else {
        command::show(error);
        return 0;
    };
    messages::wrong(&fault, given);
    2
}
