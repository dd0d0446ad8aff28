//! Meta's postman: updates wait until they are due, leave together when many wait, and are posted
//! again and again until the server answers exactly 200.

mod envelope;
mod post;
mod waiting;

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::{Semaphore, mpsc};

use super::hub::Hub;
use super::misbehaviour::{Misbehaviour, Moment};
use super::world::Phone;
use post::Post;
use waiting::{Due, Waiting};

/// Something handed to the postman.
pub(super) enum Delivery {
    /// One message or status.
    Update(Update),
    /// These leave in one POST, as they are.
    Together(Vec<Update>),
    /// A POST that was not acknowledged, or that comes twice.
    Again { post: Post, due: Instant },
}

/// One message or status on its way to the server.
#[derive(Debug, Clone)]
pub(super) struct Update {
    pub(super) phone_number_id: String,
    pub(super) display_phone_number: String,
    pub(super) waba_id: String,
    /// The `contacts[]` entry; failed statuses have none.
    pub(super) contact: Option<Value>,
    pub(super) item: Item,
    /// The phone on which ticks move.
    pub(super) phone: String,
    /// When it may leave.
    pub(super) due: Instant,
}

/// What an update carries.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// An entry of `messages[]`, with its wamid.
    Message { wamid: String, body: Value },
    /// An entry of `statuses[]`; the ticks move when it leaves.
    Status {
        wamid: String,
        status: &'static str,
        body: Value,
    },
}

impl Hub {
    /// Queues an update, with the delay, the disorder and the duplicates of the day.
    pub(super) fn deliver(&self, mut update: Update) {
        let faults = self.faults();
        update.due += Duration::from_millis(faults.delay_ms);
        let names = self
            .world()
            .phone(&update.phone)
            .map_or_else(Vec::new, Phone::names);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match self.misbehaves(Moment::Update, &names).map(|hit| hit.what) {
            Some(Misbehaviour::UpdateDoubled) => {
                let mut copy = update.clone();
                copy.due += self.random().millis(0, 2_000);
                self.post(Delivery::Update(copy));
            }
            Some(_) => update.due += self.random().millis(50, 2_000),
            None => {}
        }
        self.post(Delivery::Update(update));
    }
}

/// Runs until the sandbox stops. At most `faults.workers` POSTs are in flight.
pub(super) async fn run(hub: Arc<Hub>, mut queue: mpsc::UnboundedReceiver<Delivery>) {
    // The number of workers is read once: more would not change what is delivered.
    let workers = Arc::new(Semaphore::new(hub.faults().workers.max(1)));
    let mut waiting = Waiting::default();
    let mut stopped = hub.stopped();
    loop {
        let step = async {
            let permit = Arc::clone(&workers).acquire_owned().await;
            (permit, next(&hub, &mut waiting, &mut queue).await)
        };
        let (permit, post) = tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => return,
            step = step => step,
        };
        let (Ok(permit), Some(post)) = (permit, post) else {
            return;
        };
        let hub = Arc::clone(&hub);
        tokio::spawn(async move {
            post::send(&hub, post).await;
            drop(permit);
        });
    }
}

/// The next POST that is due; `None` when nobody can hand in anything any more.
async fn next(
    hub: &Hub,
    waiting: &mut Waiting,
    queue: &mut mpsc::UnboundedReceiver<Delivery>,
) -> Option<Post> {
    loop {
        while let Ok(delivery) = queue.try_recv() {
            take_in(hub, waiting, delivery);
        }
        let faults = hub.faults();
        let window = Duration::from_millis(faults.batch_window_ms);
        match waiting.pop(Instant::now(), window, faults.batch_max.clamp(1, 1_000)) {
            Due::Post(post) => return Some(post),
            Due::Updates(updates) => return Some(envelope::close(hub, &updates)),
            Due::At(at) => {
                tokio::select! {
                    delivery = queue.recv() => take_in(hub, waiting, delivery?),
                    () = tokio::time::sleep_until(at.into()) => {}
                }
            }
            Due::Never => {
                let delivery = queue.recv().await?;
                take_in(hub, waiting, delivery);
            }
        }
    }
}

fn take_in(hub: &Hub, waiting: &mut Waiting, delivery: Delivery) {
    let kept = match delivery {
        Delivery::Update(update) => waiting.update(update),
        Delivery::Again { post, due } => waiting.post(post, due),
        Delivery::Together(updates) => waiting.post(envelope::close(hub, &updates), Instant::now()),
    };
    if !kept {
        hub.counters().updates_dropped += 1;
    }
}
