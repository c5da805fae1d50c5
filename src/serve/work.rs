//! Conversions: as many at a time as there are processors, each on a thread of its own with the stack of a main thread,
//! so that one that panics or hangs takes nothing with it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

/// Time for a conversion, and for its turn to come.
const LIMIT: Duration = Duration::from_secs(60);
/// Threads that may hang before the server takes no more work.
const LOST: usize = 4;

const RUNNING: u8 = 0;
const ENDED: u8 = 1;
const LATE: u8 = 2;

/// Why there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Its turn did not come in time.
    Busy,
    /// It took too long.
    Late,
    /// A fault in this program.
    Fault,
}

/// The threads.
pub(super) struct Pool {
    turns: Arc<Semaphore>,
    lost: Arc<AtomicUsize>,
    limit: Duration,
}

impl Pool {
    pub(super) fn new() -> Self {
        Self::with(std::thread::available_parallelism().map_or(1, usize::from), LIMIT)
    }

    fn with(threads: usize, limit: Duration) -> Self {
        Self { turns: Arc::new(Semaphore::new(threads)), lost: Arc::default(), limit }
    }

    /// Does some work when its turn comes.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Trouble> {
        let turn = tokio::time::timeout(self.limit, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| Trouble::Busy)?.map_err(|_| Trouble::Busy)?;
        let (sender, result) = oneshot::channel();
        let state = Arc::new(AtomicU8::new(RUNNING));
        let (own, lost) = (Arc::clone(&state), Arc::clone(&self.lost));
        let body = move || {
            let done = catch_unwind(AssertUnwindSafe(work));
            if own.compare_exchange(RUNNING, ENDED, Ordering::SeqCst, Ordering::SeqCst).is_err() {
                // Another has taken its place.
                lost.fetch_sub(1, Ordering::SeqCst);
                turn.forget();
            }
            // Nobody may wait any longer.
            let _ = sender.send(done);
        };
        std::thread::Builder::new().stack_size(8 << 20).spawn(body).map_err(|_| Trouble::Busy)?;
        match tokio::time::timeout(self.limit, result).await {
            Ok(Ok(Ok(value))) => Ok(value),
            Ok(_) => Err(Trouble::Fault),
            Err(_) => {
                self.replace(&state);
                Err(Trouble::Late)
            }
        }
    }

    /// Lets another thread take the place of one that hangs, within bounds.
    fn replace(&self, state: &AtomicU8) {
        if self.lost.fetch_add(1, Ordering::SeqCst) < LOST
            && state.compare_exchange(RUNNING, LATE, Ordering::SeqCst, Ordering::SeqCst).is_ok()
        {
            self.turns.add_permits(1);
        } else {
            self.lost.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime")
            .block_on(future)
    }

    #[test]
    fn a_panic_is_a_fault_and_the_next_work_is_done() {
        let pool = Pool::with(1, Duration::from_secs(20));
        assert_eq!(block_on(pool.run(|| panic!("on purpose"))), Err::<(), _>(Trouble::Fault));
        assert_eq!(block_on(pool.run(|| 7)), Ok(7));
    }

    #[test]
    fn what_hangs_gives_up_its_place_and_gets_it_back_only_once() {
        let pool = Pool::with(1, Duration::from_millis(200));
        let (end, ended) = std::sync::mpsc::channel::<()>();
        assert_eq!(block_on(pool.run(move || ended.recv().is_ok())), Err(Trouble::Late));
        assert_eq!(block_on(pool.run(|| 7)), Ok(7));
        end.send(()).expect("still there");
        while pool.lost.load(Ordering::SeqCst) > 0 {
            std::thread::yield_now();
        }
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(pool.turns.available_permits(), 1);
    }
}
