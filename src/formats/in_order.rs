//! Work on all cores whose results are taken in order.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{OnceLock, mpsc};

use rayon::prelude::*;
use rayon::{Scope, ThreadPool, ThreadPoolBuilder};

/// The threads that load. They are not those of the search, which has to answer while a file is loaded.
fn in_pool<'scope, R>(work: impl FnOnce(&Scope<'scope>) -> R) -> R {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let start = || ThreadPoolBuilder::new().thread_name(|at| format!("loading {at}")).build().ok();
    match POOL.get_or_init(start) {
        Some(pool) => pool.in_place_scope(work),
        // Where no more threads can be had.
        None => rayon::in_place_scope(work),
    }
}

/// Does `work` on each item, on all cores, and hands the results to `take` in the order of the items, until it breaks.
pub(crate) fn in_order<T: Send, R: Send, B>(
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync + Send,
    mut take: impl FnMut(R) -> ControlFlow<B>,
) -> ControlFlow<B> {
    in_pool(|scope| {
        let (sender, results) = mpsc::channel();
        let work = &work;
        scope.spawn(move |_| {
            // Sending fails when the other end does not wait for more.
            let items = items.enumerate().par_bridge();
            let _ = items.try_for_each_with(sender, |sender, (at, item)| sender.send((at, work(item))));
        });
        let (mut early, mut next) = (BTreeMap::new(), 0);
        for (at, result) in results {
            early.insert(at, result);
            while let Some(result) = early.remove(&next) {
                take(result)?;
                next += 1;
            }
        }
        ControlFlow::Continue(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_until_there_are_enough() {
        let mut taken = Vec::new();
        let all = in_order(
            0..1_000,
            |item| item * 2,
            |result| {
                taken.push(result);
                ControlFlow::<()>::Continue(())
            },
        );
        assert_eq!(all, ControlFlow::Continue(()));
        assert!(taken.into_iter().eq((0..1_000).map(|item| item * 2)));
        let stopped = in_order(
            0..,
            |item| item,
            |item| {
                if item == 70 { ControlFlow::Break(item) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(stopped, ControlFlow::Break(70));
    }
}
