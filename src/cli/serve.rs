//! `banshi serve`, and the program started without arguments from a desktop.

use std::ffi::OsString;
use std::io::IsTerminal as _;

use banshi::message;

use super::arguments::Serve;
use super::{Failure, files, messages};

/// True where the program was started by a double click: no arguments, and no terminal or pipe to talk through.
pub(super) fn is_wanted(given: &[OsString]) -> bool {
    given.len() <= 1 && !std::io::stdin().is_terminal() && !std::io::stderr().is_terminal()
}

/// The arguments of `banshi serve`.
pub(super) fn asked(given: Vec<OsString>) -> Vec<OsString> {
    given.into_iter().chain([OsString::from("serve")]).collect()
}

/// Serves until the page quits or Ctrl-C.
pub(super) fn run(arguments: &Serve) -> Result<(), Failure> {
    let ready = |address: &str| {
        // Where nobody reads it, the browser shows it.
        let _ = files::print(&format!("{address}\n"));
        messages::say_unless_quiet(
            &message!("serving on this machine alone; Ctrl-C or the page's quit button ends it"),
            &arguments.talk,
        );
        if !arguments.no_open && webbrowser::open(address).is_err() {
            messages::say_unless_quiet(
                &message!("no browser was found; open the address above in one"),
                &arguments.talk,
            );
        }
    };
    crate::serve::run(arguments.port, ready).map_err(|error| {
        let reason = files::reason(&error);
        Failure::Failed(match arguments.port {
            0 => message!("127.0.0.1: {reason}", reason),
            port => message!("127.0.0.1:{port}: {reason}; leave --port out for any free one", port, reason),
        })
    })
}
