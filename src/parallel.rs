//! Work that is shared among threads. The result is the same on however many.

use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Fewer items than this are not worth a thread.
const FEWEST: usize = 256;

/// So many threads as are wanted; for 0, as many as the machine runs at a time.
pub(crate) fn threads(wanted: usize) -> usize {
    match wanted {
        0 => std::thread::available_parallelism().map_or(1, NonZero::get),
        wanted => wanted,
    }
}

/// What `task` makes of each share of so many items, on so many threads at most.
pub(crate) fn shares<T: Send>(
    threads: usize,
    count: usize,
    task: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let share = count.div_ceil(threads.max(1)).max(FEWEST);
    let shares = (0..count.max(1)).step_by(share).map(|start| start..count.min(start + share));
    each(shares, task)
}

/// What `task` makes of each of the items, all at the same time.
pub(crate) fn each<I: Send, T: Send>(
    items: impl IntoIterator<Item = I>,
    task: impl Fn(I) -> T + Sync,
) -> Vec<T> {
    let mut items = items.into_iter();
    let Some(own) = items.next() else { return Vec::new() };
    let task = &task;
    std::thread::scope(|scope| {
        let others: Vec<_> = items.map(|item| scope.spawn(move || task(item))).collect();
        let mut made = vec![task(own)];
        for other in others {
            made.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        made
    })
}

/// Does `task` with each of the items, on so many threads at most.
pub(crate) fn for_each<T: Send>(threads: usize, items: &mut [T], task: impl Fn(&mut T) + Sync) {
    let share = items.len().div_ceil(threads.max(1)).max(FEWEST);
    let mut shares = items.chunks_mut(share);
    let own = shares.next().unwrap_or_default();
    let task = &task;
    std::thread::scope(|scope| {
        for share in shares {
            scope.spawn(move || share.iter_mut().for_each(task));
        }
        own.iter_mut().for_each(task);
    });
}

/// What `task` makes of each number below `count`, in their order. Threads, one for each of the states, take the numbers in
/// turn.
pub(crate) fn in_turn<S: Send, T: Send>(
    states: &mut [S],
    count: usize,
    task: impl Fn(&mut S, usize) -> T + Sync,
) -> Vec<T> {
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
    let mut done = std::thread::scope(|scope| {
        let mut states = states.iter_mut().take(count);
        let own = states.next();
        let others: Vec<_> = states.map(|state| scope.spawn(move || work(state))).collect();
        let mut done = own.map_or_else(Vec::new, work);
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
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
                for_each(threads, &mut items, |item| *item += 1);
                assert!(items.into_iter().eq(1..=count), "{count} items, {threads} threads");
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
