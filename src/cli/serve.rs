//! `banshi serve`, and the program started without arguments from a desktop.

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use banshi::message;

use super::arguments::{Serve, Talk};
use super::{Failure, files, interrupt, messages};
use crate::serve::{Ending, Stop};

/// How long what a page had waits for it once it was closed: it may be loaded anew.
const LINGER: Duration = Duration::from_secs(60);

/// True where the program was started by a double click: without arguments, by a desktop, and with nobody who reads
/// what it says or has something for it to read.
pub(super) fn is_wanted(given: &[OsString]) -> bool {
    given.len() <= 1 && desktop::has_started_this()
}

#[cfg(windows)]
mod desktop {
    use std::io::IsTerminal as _;

    /// A double click gives a program of the command line a console of its own, which nothing tells from another
    /// without foreign code; so whoever types the bare name has the page, too.
    pub(super) fn has_started_this() -> bool {
        std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
    }
}

#[cfg(not(windows))]
mod desktop {
    use std::fs::File;
    use std::io;
    use std::os::fd::{AsFd, BorrowedFd};
    use std::os::unix::fs::FileTypeExt as _;

    /// Desktops give a program a display and no terminal; scripts give it pipes, and cron no display.
    pub(super) fn has_started_this() -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let shows = cfg!(target_os = "macos") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
        let (input, output, error) = (io::stdin(), io::stdout(), io::stderr());
        shows
            && !is_talked_to(input.as_fd(), true)
            && ![output.as_fd(), error.as_fd()].map(|fd| is_talked_to(fd, false)).contains(&true)
    }

    /// True for a terminal, for a pipe, and, where it is read from, for a file.
    fn is_talked_to(stream: BorrowedFd<'_>, is_read: bool) -> bool {
        use io::IsTerminal as _;
        let kind = stream.try_clone_to_owned().and_then(|stream| File::from(stream).metadata());
        stream.is_terminal() || kind.is_ok_and(|kind| kind.file_type().is_fifo() || is_read && kind.is_file())
    }
}

/// The arguments of `banshi serve`.
pub(super) fn asked(given: Vec<OsString>) -> Vec<OsString> {
    given.into_iter().chain([OsString::from("serve")]).collect()
}

/// Serves until the page quits or Ctrl-C. Where nobody reads what is said, there must be a browser.
///
/// # Errors
/// [`Failure::Ended`] after Ctrl-C, and what keeps the page from being shown.
pub(super) fn run(arguments: &Serve, unread: bool, talk: &Talk) -> Result<(), Failure> {
    let ready = |address: &str, stop: &Arc<Stop>| {
        // Where nobody reads it, the browser shows it.
        let _ = files::print(&format!("{address}\n"));
        messages::say_unless_quiet(
            &message!("serving on this machine alone; Ctrl-C or the page's quit button ends it"),
            talk,
        );
        let at_end = Arc::clone(stop);
        interrupt::call(move || at_end.end(Ending::Interrupted));
        if !arguments.no_open {
            open(address.to_owned(), Arc::clone(stop), unread, talk.clone());
        }
    };
    let ending = crate::serve::run(arguments.port, LINGER, unread, ready).map_err(|error| {
        let reason = files::reason(&error);
        Failure::Failed(match arguments.port {
            0 => message!("127.0.0.1: {reason}", reason),
            port => message!("127.0.0.1:{port}: {reason}; leave --port out for any free one", port, reason),
        })
    })?;
    match ending {
        Ending::Quit => Ok(()),
        Ending::Interrupted => Err(Failure::Ended),
        Ending::Unseen => Err(Failure::Failed(message!("no browser was found to show the page in"))),
    }
}

/// Opens the default browser, on a thread of its own: some do not come back before they are closed.
fn open(address: String, stop: Arc<Stop>, unread: bool, talk: Talk) {
    std::thread::spawn(move || {
        if webbrowser::open(&address).is_ok() || ask_desktop(&address) {
            return;
        }
        if unread {
            stop.end(Ending::Unseen);
        } else {
            let message = message!("no browser was found; open the address above in one");
            messages::say_unless_quiet(&message, &talk);
        }
    });
}

/// Asks the desktop's own opener, which knows browsers that are nobody's default.
fn ask_desktop(address: &str) -> bool {
    use std::process::{Command, Stdio};
    if !cfg!(target_os = "linux") {
        return false;
    }
    let opener = Command::new("xdg-open")
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    opener.is_ok_and(|status| status.success())
}
