//! One thing at a time per sender, many senders at once: what she wrote first is done first.

use std::collections::VecDeque;
use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;

/// Queues that exist while they hold something. No lock is held while an item is worked on.
#[derive(Debug)]
pub struct Queues<K: Eq + Hash, T> {
    waiting: Arc<DashMap<K, VecDeque<T>>>,
}

impl<K: Eq + Hash, T> Clone for Queues<K, T> {
    fn clone(&self) -> Self {
        Self {
            waiting: Arc::clone(&self.waiting),
        }
    }
}

impl<K, T> Default for Queues<K, T>
where
    K: Eq + Hash,
{
    fn default() -> Self {
        Self {
            waiting: Arc::new(DashMap::new()),
        }
    }
}

impl<K, T> Queues<K, T>
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    /// Adds an item; `work` runs it, after all items its sender brought before.
    pub fn push<F, W>(&self, key: K, item: T, work: W)
    where
        F: Future<Output = ()> + Send,
        W: Fn(T) -> F + Send + Sync + 'static,
    {
        match self.waiting.entry(key.clone()) {
            Entry::Occupied(mut queue) => queue.get_mut().push_back(item),
            Entry::Vacant(place) => {
                place.insert(VecDeque::from([item]));
                let queues = self.clone();
                tokio::spawn(async move {
                    while let Some(item) = queues.next(&key) {
                        work(item).await;
                    }
                });
            }
        }
    }

    /// The next item of a sender; her queue is gone once it is empty.
    fn next(&self, key: &K) -> Option<T> {
        loop {
            let item = self
                .waiting
                .get_mut(key)
                .and_then(|mut queue| queue.pop_front());
            if item.is_some() {
                return item;
            }
            // Something may have come between the look and the removal: then look again. Once
            // the queue is gone, whoever brings the next item starts a runner of its own.
            if self
                .waiting
                .remove_if(key, |_key, queue| queue.is_empty())
                .is_some()
            {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::time::Duration;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn each_sender_in_order_and_none_lost() {
        let queues: Queues<u32, (u32, u32)> = Queues::default();
        let seen: Arc<Mutex<Vec<(u32, u32)>>> = Arc::default();
        for n in 0..500 {
            for sender in 0..8 {
                let seen = Arc::clone(&seen);
                queues.push(sender, (sender, n), move |item| {
                    let seen = Arc::clone(&seen);
                    async move {
                        if item.1 % 50 == 0 {
                            tokio::task::yield_now().await;
                        }
                        seen.lock().unwrap().push(item);
                    }
                });
            }
        }
        for _ in 0..200 {
            if seen.lock().unwrap().len() == 4_000 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let seen = seen.lock().unwrap();
        assert_eq!(seen.len(), 4_000);
        for sender in 0..8 {
            let order: Vec<u32> = seen
                .iter()
                .filter(|(from, _)| *from == sender)
                .map(|(_, n)| *n)
                .collect();
            assert_eq!(order, (0..500).collect::<Vec<_>>());
        }
        assert!(queues.waiting.is_empty(), "an empty queue takes no room");
    }
}
