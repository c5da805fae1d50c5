//! Ctrl-C: what is being written is finished, and nothing more is begun.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use banshi::message;

use super::arguments::Talk;
use super::{files, messages};

static STOPPED: AtomicBool = AtomicBool::new(false);

/// True while something is being done that Ctrl-C does not end at once.
static WORKING: AtomicBool = AtomicBool::new(false);

/// What a second Ctrl-C must still do.
static LAST: Mutex<Vec<Box<dyn FnOnce() + Send>>> = Mutex::new(Vec::new());

/// From here on, Ctrl-C (and the signals that end a process) let [`stopped`] say so; a second one ends the process.
/// The first says what happens now.
pub(super) fn watch(talk: &Talk) {
    let talk = talk.clone();
    call(move || {
        if WORKING.load(Ordering::SeqCst) {
            let message = message!("interrupted; finishing what is being written; Ctrl-C again ends at once");
            messages::say_unless_quiet(&message, &talk);
        }
    });
}

/// As [`watch`]; the first Ctrl-C calls `told`.
pub(super) fn call(told: impl Fn() + Send + 'static) {
    // Where the system gives no handler, Ctrl-C ends the process at once, as it would without this.
    let _ = ctrlc::set_handler(move || {
        if STOPPED.swap(true, Ordering::SeqCst) {
            end();
        }
        told();
    });
}

/// Ends the process; no temporary file stays behind.
fn end() -> ! {
    let last = std::mem::take(&mut *LAST.lock().unwrap_or_else(PoisonError::into_inner));
    last.into_iter().for_each(|last| last());
    let _no_more = files::abandon();
    std::process::exit(i32::from(super::INTERRUPTED));
}

/// Calls `last` before a second Ctrl-C ends the process. It must not wait for anybody.
pub(super) fn before_end(last: impl FnOnce() + Send + 'static) {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(last));
}

/// Does something that Ctrl-C does not end at once.
pub(super) fn during<T>(work: impl FnOnce() -> T) -> T {
    WORKING.store(true, Ordering::SeqCst);
    let done = work();
    WORKING.store(false, Ordering::SeqCst);
    done
}

/// True after Ctrl-C.
pub(super) fn stopped() -> bool {
    STOPPED.load(Ordering::SeqCst)
}
