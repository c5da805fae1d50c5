//! Ctrl-C: what is being written is finished, and nothing more is begun.

use std::sync::atomic::{AtomicBool, Ordering};

static STOPPED: AtomicBool = AtomicBool::new(false);

/// From here on, Ctrl-C (and the signals that end a process) let [`stopped`] say so; a second one ends the process.
pub(super) fn watch() {
    call(|| {});
}

/// As [`watch`]; the first Ctrl-C calls `told`, too.
pub(super) fn call(told: impl Fn() + Send + 'static) {
    // Where the system gives no handler, Ctrl-C ends the process at once, as it would without this.
    let _ = ctrlc::set_handler(move || {
        if STOPPED.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(super::INTERRUPTED));
        }
        told();
    });
}

/// True after Ctrl-C.
pub(super) fn stopped() -> bool {
    STOPPED.load(Ordering::SeqCst)
}
