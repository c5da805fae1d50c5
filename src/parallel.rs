//! Work that is shared among threads. The result is the same on however many.

use std::num::NonZero;
use std::ops::Range;

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
}
