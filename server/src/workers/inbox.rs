//! What was stored is decoded and brought through the door: one sender's items one after another,
//! many senders at once. A row is done when every item in it has its receipt.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use adapters::whatsapp::{Heard, Item, StatusUpdate};
use domain::command::{Actor, Answer, Command, Envelope};
use domain::conversation::command::{Command as Talk, Speaker};
use domain::ids::{ContactId, ShopId};
use eventstore::inbox::Item as Stored;
use eventstore::registry::Contact;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};

use super::queues::Queues;
use super::{observed, statuses};
use crate::door::DoorError;
use crate::http::webhooks::WHATSAPP;
use crate::identity;
use crate::node::Node;
use crate::person::Person;
use crate::stop::stopped;

/// Rows taken at once.
const TAKE: i64 = 200;
/// Items in work at once; more wait in the table.
const ITEMS: usize = 4_096;
/// How often the rows of nodes that are no more are looked for.
const ADOPT: Duration = Duration::from_secs(3);
/// Of those, taken over at once.
const ADOPTED: u32 = 1_000;
/// Read marks under way at once: a courtesy that never holds anything up.
const MARKS: usize = 8;

/// A row in work: done when the last of its items is.
struct Row {
    n: i64,
    left: AtomicUsize,
    done: mpsc::UnboundedSender<Ended>,
}

/// The rows being worked on: not taken again before they are done.
type InWork = Arc<Mutex<BTreeSet<i64>>>;

fn lock(in_work: &InWork) -> MutexGuard<'_, BTreeSet<i64>> {
    in_work.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What became of a row or an item.
enum Ended {
    Done(i64),
    Dead(i64, String),
}

impl Row {
    fn item_done(&self) {
        if self.left.fetch_sub(1, Ordering::AcqRel) == 1 {
            let _stopping = self.done.send(Ended::Done(self.n));
        }
    }

    fn dead(&self, why: &str) {
        let _stopping = self.done.send(Ended::Dead(self.n, why.to_owned()));
    }
}

/// Someone's message, on its way to her shop.
struct Errand {
    row: Arc<Row>,
    number: String,
    contact: ContactId,
    heard: Heard,
    /// Given back when the errand is over.
    place: Option<OwnedSemaphorePermit>,
}

/// What a round of rows holds.
#[derive(Default)]
struct Haul {
    heard: Vec<(Arc<Row>, Heard)>,
    words: Vec<StatusUpdate>,
    /// Every row, and what could not be read of it.
    rows: Vec<(Arc<Row>, Option<String>)>,
}

struct Worker {
    node: Node,
    in_work: InWork,
    queues: Queues<ContactId, Errand>,
    places: Arc<Semaphore>,
    marks: Arc<Semaphore>,
    done: mpsc::UnboundedSender<Ended>,
}

/// Works until `stop`.
pub async fn run(node: Node, mut stop: watch::Receiver<bool>) {
    let (done, ended) = mpsc::unbounded_channel();
    let in_work = InWork::default();
    let marking = tokio::spawn(mark(node.clone(), Arc::clone(&in_work), ended));
    let worker = Worker {
        node,
        in_work,
        queues: Queues::default(),
        places: Arc::new(Semaphore::new(ITEMS)),
        marks: Arc::new(Semaphore::new(MARKS)),
        done,
    };
    let mut adopt = tokio::time::interval(ADOPT);
    loop {
        let more = worker.round().await;
        tokio::select! {
            () = stopped(&mut stop) => break,
            _ = adopt.tick() => worker.adopt().await,
            () = worker.node.inbox_news.notified() => {}
            () = tokio::time::sleep(if more { Duration::ZERO } else { ADOPT }) => {}
        }
    }
    drop(worker);
    let _drained = tokio::time::timeout(Duration::from_secs(20), marking).await;
}

/// Writes what is done, as many rows at once as there are.
async fn mark(node: Node, in_work: InWork, mut ended: mpsc::UnboundedReceiver<Ended>) {
    let mut batch = Vec::new();
    while ended.recv_many(&mut batch, 512).await > 0 {
        let mut done = Vec::new();
        for row in batch.drain(..) {
            match row {
                Ended::Done(n) => done.push(n),
                Ended::Dead(n, why) => {
                    tracing::warn!(row = n, why, "a webhook was put aside as a dead letter");
                    retried(|| async { node.inbox.dead(n, &why).await.map(|_open| ()) }).await;
                    lock(&in_work).remove(&n);
                }
            }
        }
        if !done.is_empty() {
            retried(|| async { node.inbox.done(&done).await.map(|_open| ()) }).await;
            let mut in_work = lock(&in_work);
            for n in done {
                in_work.remove(&n);
            }
        }
    }
}

async fn retried<F, E>(work: impl Fn() -> F)
where
    F: Future<Output = Result<(), E>>,
    E: std::fmt::Display,
{
    for pause in [50, 200, 1_000, 3_000, 10_000] {
        match work().await {
            Ok(()) => return,
            Err(error) => tracing::debug!(%error, "the inbox could not be marked; again"),
        }
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
    // The row stays open: a restart brings it again, and its receipts make that harmless.
    tracing::error!("the inbox could not be marked");
}

impl Worker {
    async fn adopt(&self) {
        if let Err(error) = self.node.inbox.adopt(ADOPTED).await {
            tracing::debug!(%error, "no webhooks could be taken over");
        }
    }

    /// Takes rows and sets them going; whether there may be more.
    async fn round(&self) -> bool {
        let in_work: Vec<i64> = lock(&self.in_work).iter().copied().collect();
        let rows = match self.node.inbox.take(&in_work, TAKE).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(%error, "the inbox cannot be read; again in a moment");
                return false;
            }
        };
        let many = rows.len();
        lock(&self.in_work).extend(rows.iter().map(|row| row.n));
        let mut haul = Haul::default();
        for row in rows {
            self.start(row, &mut haul);
        }
        self.unload(haul).await;
        i64::try_from(many).is_ok_and(|many| many >= TAKE)
    }

    fn start(&self, stored: Stored, haul: &mut Haul) {
        if stored.door == WHATSAPP {
            self.whatsapp(&stored, haul);
        } else {
            let (node, done) = (self.node.clone(), self.done.clone());
            tokio::spawn(async move {
                let body = stored.body.unwrap_or_default();
                let ended = match observed::webhook(&node, &stored.door, &body).await {
                    Ok(()) => Ended::Done(stored.n),
                    Err(why) => Ended::Dead(stored.n, why),
                };
                let _stopping = done.send(ended);
            });
        }
    }

    fn whatsapp(&self, stored: &Stored, haul: &mut Haul) {
        let row = |left| Row {
            n: stored.n,
            left: AtomicUsize::new(left),
            done: self.done.clone(),
        };
        let Some(body) = &stored.body else {
            return row(0).dead("the key of its day was destroyed");
        };
        let items = match adapters::whatsapp::decode(body) {
            Ok(items) => items,
            Err(error) => return row(0).dead(&error.to_string()),
        };
        let (mut heard, mut unread) = (Vec::new(), None);
        for item in items {
            match item {
                Item::Heard(message) => heard.push(*message),
                Item::Status(status) => haul.words.push(*status),
                Item::Undecodable { why, .. } => unread = Some(why),
                Item::ValueError { error, .. } => {
                    tracing::warn!(code = error.code, "WhatsApp reports an error of a number");
                }
                Item::Identity(_) | Item::Other { .. } => {}
            }
        }
        // One more than the items: the row itself is the last to be done.
        let row = Arc::new(row(heard.len() + 1));
        let heard = heard.into_iter().map(|heard| (Arc::clone(&row), heard));
        haul.heard.extend(heard);
        haul.rows.push((row, unread));
    }

    /// Sets everything going. Statuses go beside the messages: nobody waits for them.
    async fn unload(&self, haul: Haul) {
        let Haul { heard, words, rows } = haul;
        for errand in self.errands(heard).await {
            self.queue(errand).await;
        }
        let node = self.node.clone();
        tokio::spawn(async move {
            if !words.is_empty() {
                statuses::take_in(&node, &words).await;
            }
            for (row, unread) in rows {
                match unread {
                    // Its neighbours are served; the row stays visible as a dead letter.
                    Some(why) => row.dead(&format!("an item cannot be read: {why}")),
                    None => row.item_done(),
                }
            }
        });
    }

    /// Finds numbers and notes who wrote, one statement for all rows.
    async fn errands(&self, all: Vec<(Arc<Row>, Heard)>) -> Vec<Errand> {
        let (mut errands, mut contacts) = (Vec::new(), Vec::new());
        for (row, heard) in all {
            let Some(number) = self.node.numbers.of_phone(&heard.number_id).await else {
                row.dead("a message to a number nobody registered");
                row.item_done();
                continue;
            };
            let contact = self.node.identity.contact(&number.id, &heard.from.user_id);
            let person = Person {
                user_id: heard.from.user_id.clone(),
                phone: heard.from.phone.clone(),
                name: heard.from.name.as_ref().map(ToString::to_string),
            };
            contacts.push(Contact {
                id: contact.0,
                number_id: number.id.clone(),
                person: person.to_bytes(),
                last_in_at: heard.said_at,
                last_shop: number.shop.map(|shop| shop.0),
                lang: None,
            });
            errands.push(Errand {
                row,
                number: number.id,
                contact,
                heard,
                place: None,
            });
        }
        if !contacts.is_empty() {
            retried(|| self.node.registry.touch(&contacts)).await;
        }
        errands
    }

    async fn queue(&self, mut errand: Errand) {
        let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
            return;
        };
        errand.place = Some(place);
        let (node, marks) = (self.node.clone(), Arc::clone(&self.marks));
        self.queues.push(errand.contact, errand, move |errand| {
            let (node, marks) = (node.clone(), Arc::clone(&marks));
            async move {
                mark_read(&node, &marks, &errand);
                if let Err(why) = bring(&node, &errand).await {
                    errand.row.dead(&why);
                }
                errand.row.item_done();
            }
        });
    }
}

/// "Seen", as a courtesy; dropped when many write at once.
fn mark_read(node: &Node, marks: &Arc<Semaphore>, errand: &Errand) {
    let Ok(place) = Arc::clone(marks).try_acquire_owned() else {
        return;
    };
    let (node, number) = (node.clone(), errand.heard.number_id.clone());
    let wamid = errand.heard.wamid.clone();
    tokio::spawn(async move {
        let _place = place;
        if let Some(api) = node.numbers.api(&number).await
            && let Err(error) = api.mark_read(&number, &wamid).await
        {
            tracing::debug!(%error, "a message could not be marked as read");
        }
    });
}

async fn bring(node: &Node, errand: &Errand) -> Result<(), String> {
    let heard = &errand.heard;
    let number = node
        .numbers
        .of_phone(&heard.number_id)
        .await
        .ok_or("the number is gone")?;
    let Some(shop) = shop_of(node, number.shop, errand.contact).await else {
        return Err("a shared number, and no shop is known for this person".to_owned());
    };
    let id = identity::of_message(&errand.number, &heard.wamid);
    let speaker = Speaker {
        client: node.identity.client(shop, &heard.from.user_id),
        contact: errand.contact,
        user_id: heard.from.user_id.clone(),
        name: heard.from.name.clone(),
        phone: heard.from.phone.clone(),
        language: None,
    };
    let hear = Talk::Hear {
        speaker,
        said: heard.said.clone(),
        said_at: heard.said_at,
    };
    let envelope = Envelope {
        id,
        shop,
        actor: Actor::Client,
        correlation: id.0,
        fresh: false,
        command: Command::Conversation(hear),
    };
    persist(node, envelope)
        .await
        .map(|_answer| ())
        .map_err(|error| error.to_string())
}

/// The number's own shop, else the one she last wrote to.
async fn shop_of(node: &Node, own: Option<ShopId>, contact: ContactId) -> Option<ShopId> {
    if own.is_some() {
        return own;
    }
    let known = node.registry.contacts(&[contact.0]).await.ok()?;
    known
        .first()
        .and_then(|contact| contact.last_shop)
        .map(ShopId)
}

/// Brings a command until it has an answer; gives up only on what will never have one.
pub async fn persist(node: &Node, envelope: Envelope) -> Result<Answer, DoorError> {
    let mut pause = Duration::from_millis(20);
    loop {
        match node.door.bring(envelope.clone()).await {
            Ok(receipt) => return Ok(receipt.answer),
            Err(error) if error.is_transient() && !node.stopping() => {
                tracing::debug!(%error, "a command waits for the log");
            }
            Err(error) => return Err(error),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(2));
    }
}
