//! Work that is shared among threads. The result is the same on however many.

use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Fewer items than this are not worth a thread.
const FEWEST: usize = 256;

/// Shares of each thread, for one may begin later than the others, or have more to do.
const SHARES: usize = 4;

/// So many threads as are wanted; for 0, as many as the machine runs at a time.
pub(crate) fn threads(wanted: usize) -> usize {
    // Linux has several files to read for this.
    static OF_MACHINE: OnceLock<usize> = OnceLock::new();
    match wanted {
        0 => *OF_MACHINE.get_or_init(|| std::thread::available_parallelism().map_or(1, NonZero::get)),
        wanted => wanted,
    }
}

/// Items of a share of so many, which is no share of fewer than `fewest`.
pub(crate) fn share(threads: usize, count: usize, fewest: usize) -> usize {
    if threads > 1 { count.div_ceil(threads * SHARES).max(fewest) } else { count.max(1) }
}

/// What `task` makes of each share of so many items, in their order, on so many threads at most.
pub(crate) fn shares<T: Send>(
    threads: usize,
    count: usize,
    task: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    shares_while(threads, count, task, || ()).0
}

/// Does `task` with each of the items and its place among them, on so many threads at most.
pub(crate) fn for_each<T: Send>(threads: usize, items: &mut [T], task: impl Fn(usize, &mut T) + Sync) {
    let share = share(threads, items.len(), FEWEST);
    let helpers = threads.min(items.len().div_ceil(share)).saturating_sub(1);
    let shares = Mutex::new(items.chunks_mut(share).enumerate());
    let work = || {
        loop {
            let next = shares.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((n, items)) = next else { return };
            items.iter_mut().enumerate().for_each(|(at, item)| task(n * share + at, item));
        }
    };
    std::thread::scope(|scope| {
        (0..helpers).for_each(|_| _ = scope.spawn(work));
        work();
    });
}

/// What `task` makes of each number below `count`, in their order. Threads, one for each of the states, take the numbers in
/// turn.
pub(crate) fn in_turn<S: Send, T: Send>(
    states: &mut [S],
    count: usize,
    task: impl Fn(&mut S, usize) -> T + Sync,
) -> Vec<T> {
    in_turn_while(states, count, task, || ()).0
}

/// [`shares`], and what `meanwhile` gives: this thread does that first, and then what is left of the shares.
pub(crate) fn shares_while<T: Send, R>(
    threads: usize,
    count: usize,
    task: impl Fn(Range<usize>) -> T + Sync,
    meanwhile: impl FnOnce() -> R,
) -> (Vec<T>, R) {
    let share = share(threads, count, FEWEST);
    let task = |(): &mut (), n| task(n * share..count.min((n + 1) * share));
    in_turn_while(&mut vec![(); threads.max(1)], count.div_ceil(share).max(1), task, meanwhile)
}

fn in_turn_while<S: Send, T: Send, R>(
    states: &mut [S],
    count: usize,
    task: impl Fn(&mut S, usize) -> T + Sync,
    meanwhile: impl FnOnce() -> R,
) -> (Vec<T>, R) {
    let next = AtomicUsize::new(0);
    let work = |state: &mut S| {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return done;
            }
            done.push((number, task(state, number)));
        }
    };
    let (mut done, result) = std::thread::scope(|scope| {
        let mut states = states.iter_mut().take(count);
        let own = states.next();
        let others: Vec<_> = states.map(|state| scope.spawn(move || work(state))).collect();
        let result = meanwhile();
        let mut done = own.map_or_else(Vec::new, work);
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        (done, result)
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    (done.into_iter().map(|(_, result)| result).collect(), result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_all_items_in_their_order_on_however_many_threads() {
        for count in [0, 1, FEWEST, 3 * FEWEST + 1] {
            for threads in [0, 1, 2, 7] {
                let made: Vec<usize> = shares(threads, count, Vec::from_iter).into_iter().flatten().collect();
                assert!(made.into_iter().eq(0..count), "{count} items, {threads} threads");
            }
        }
    }

    #[test]
    fn every_item_is_done_once_on_however_many_threads() {
        for count in [0, 1, FEWEST, 3 * FEWEST + 1] {
            for threads in [0, 1, 2, 7] {
                let mut items: Vec<usize> = (0..count).collect();
                for_each(threads, &mut items, |place, item| *item += 1 + place);
                assert!(
                    items.into_iter().eq((0..count).map(|n| 2 * n + 1)),
                    "{count} items, {threads} threads"
                );
            }
        }
    }

    #[test]
    fn what_is_taken_in_turn_comes_back_in_order_on_however_many_threads() {
        for count in [0, 1, 9] {
            for threads in [1, 2, 7, 20] {
                let mut calls = vec![0; threads];
                let made = in_turn(&mut calls, count, |calls, number| {
                    *calls += 1;
                    number
                });
                assert!(made.into_iter().eq(0..count), "{count} numbers, {threads} threads");
                assert_eq!(calls.iter().sum::<usize>(), count);
            }
        }
    }
}
