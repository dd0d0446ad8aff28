//! Promised words, kept: leased, worded, paced per number and per person, sent, and marked.
//!
//! A send has no idempotency key. One that may or may not have happened waits ten seconds for a
//! status that carries our row; then words about money go once more, all others are passed.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use adapters::whatsapp::{Class, Scope, Sent, Window, window};
use adapters::words::{Context, render};
use dashmap::DashMap;
use domain::action::Action;
use domain::ids::ContactId;
use domain::message::Message;
use eventstore::outbox::{Claimed, Outcome, Room, Verdict};
use eventstore::registry::Contact;
use tokio::sync::{Semaphore, mpsc, watch};
use uuid::Uuid;

use super::figures;
use super::pace::Bucket;
use crate::decider::SAY;
use crate::node::{Node, Number};
use crate::person::Person;
use crate::stop::stopped;

/// A call to Meta ends in ten seconds at most.
const LEASE: Duration = Duration::from_secs(30);
/// How long a status may take to clear up a send that got no answer.
const DOUBT: Duration = Duration::from_secs(10);
/// Sends under way at once.
const CALLS: usize = 128;
/// Of one number, taken at once.
const ROOM_MAX: u32 = 40;
const AMBIGUOUS: &str = "ambiguous";

struct Worker {
    node: Node,
    numbers: HashMap<String, Bucket>,
    pairs: Arc<DashMap<Uuid, Bucket>>,
    calls: Arc<Semaphore>,
    outcomes: mpsc::UnboundedSender<(Outcome, Option<(String, Duration)>)>,
}

/// Works until `stop`.
pub async fn run(node: Node, mut stop: watch::Receiver<bool>) {
    let (outcomes, mut ended) = mpsc::unbounded_channel();
    let mut worker = Worker {
        node,
        numbers: HashMap::new(),
        pairs: Arc::default(),
        calls: Arc::new(Semaphore::new(CALLS)),
        outcomes,
    };
    let mut late = tokio::time::interval(Duration::from_secs(1));
    let mut batch = Vec::new();
    loop {
        worker.round().await;
        tokio::select! {
            () = stopped(&mut stop) => break,
            _ = late.tick() => worker.tidy().await,
            () = worker.node.say_news.notified() => {}
            many = ended.recv_many(&mut batch, 512) => {
                if many > 0 {
                    worker.settle(&mut batch).await;
                }
            }
            () = tokio::time::sleep(Duration::from_millis(100)) => {}
        }
    }
    // What is under way is let finish, so that it need not be doubted after the restart.
    let all = u32::try_from(CALLS).unwrap_or(u32::MAX);
    let drained = Arc::clone(&worker.calls).acquire_many_owned(all);
    let _late = tokio::time::timeout(Duration::from_secs(12), drained)
        .await
        .is_ok();
    while let Ok(outcome) = ended.try_recv() {
        batch.push(outcome);
    }
    worker.settle(&mut batch).await;
}

impl Worker {
    /// Marks what became of sends, all in one statement, and closes numbers that were told to wait.
    async fn settle(&mut self, batch: &mut Vec<(Outcome, Option<(String, Duration)>)>) {
        let mut outcomes = Vec::with_capacity(batch.len());
        let now = Instant::now();
        for (outcome, wait) in batch.drain(..) {
            if let Some((sender, wait)) = wait
                && let Some(bucket) = self.numbers.get_mut(&sender)
            {
                bucket.close(wait, now);
            }
            outcomes.push(outcome);
        }
        for pause in [0, 100, 1_000] {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            match self.node.outbox.settle(&outcomes).await {
                Ok(_marked) => return,
                Err(error) => tracing::warn!(%error, "sent words could not be marked"),
            }
        }
    }

    /// Drops late words; forgets pairs nobody talked in for long.
    async fn tidy(&mut self) {
        let senders = self.node.senders.numbers();
        if let Err(error) = self.node.outbox.drop_late(&senders).await {
            tracing::debug!(%error, "late words could not be dropped");
        }
        let now = Instant::now();
        self.pairs.retain(|_pair, bucket| bucket.left(now) < 45);
    }

    /// Leases as much as the numbers may say now and sets the sends going.
    async fn round(&mut self) {
        let now = Instant::now();
        let mut rooms = Vec::new();
        let free = u32::try_from(self.calls.available_permits()).unwrap_or(0);
        for sender in self.node.senders.numbers() {
            let bucket = self
                .numbers
                .entry(sender.clone())
                .or_insert_with(|| Bucket::number(self.node.numbers.per_second(&sender), now));
            let room = bucket.left(now).min(ROOM_MAX).min(free);
            if room > 0 {
                rooms.push(Room {
                    sender,
                    room: i32::try_from(room).unwrap_or(1),
                });
            }
        }
        if rooms.is_empty() {
            return;
        }
        let claimed = match self.node.outbox.claim(&rooms, &[SAY], LEASE).await {
            Ok(claimed) => claimed,
            Err(error) => {
                tracing::warn!(%error, "promised words cannot be read; again in a moment");
                return;
            }
        };
        if claimed.is_empty() {
            return;
        }
        let people = self.people(&claimed).await;
        // More may wait than was taken: look again at once.
        self.node.say_news.notify_one();
        for row in claimed {
            if let Some(bucket) = self.numbers.get_mut(&row.sender) {
                bucket.count(Instant::now());
            }
            self.send(row, &people).await;
        }
    }

    /// Everybody these words are to or about, one statement for all.
    async fn people(&self, claimed: &[Claimed]) -> Arc<HashMap<Uuid, Contact>> {
        let mut ids: Vec<Uuid> = claimed.iter().filter_map(|row| row.recipient).collect();
        ids.extend(claimed.iter().flat_map(about));
        ids.sort_unstable();
        ids.dedup();
        let people = self.node.registry.contacts(&ids).await.unwrap_or_default();
        Arc::new(
            people
                .into_iter()
                .map(|contact| (contact.id, contact))
                .collect(),
        )
    }

    async fn send(&self, row: Claimed, people: &Arc<HashMap<Uuid, Contact>>) {
        let Ok(place) = Arc::clone(&self.calls).acquire_owned().await else {
            return;
        };
        let (node, people) = (self.node.clone(), Arc::clone(people));
        let (pairs, outcomes) = (Arc::clone(&self.pairs), self.outcomes.clone());
        tokio::spawn(async move {
            let (verdict, wait) = keep(&node, &row, &people, &pairs).await;
            let wait = wait.map(|wait| (row.sender.clone(), wait));
            let _stopping = outcomes.send((Outcome::of(&row, verdict), wait));
            drop(place);
        });
    }
}

fn about(row: &Claimed) -> Vec<Uuid> {
    match serde_json::from_str::<Action>(&row.body) {
        Ok(Action::Say { message, .. }) => about_whom(&message),
        Ok(Action::Charge { .. } | Action::Ask { .. } | Action::Refund { .. }) | Err(_) => {
            Vec::new()
        }
    }
}

/// Whom a message to the vendor is about: their names are shown.
fn about_whom(message: &Message) -> Vec<Uuid> {
    match message {
        Message::Vendor(told) => told.about().iter().map(|contact| contact.0).collect(),
        _ => Vec::new(),
    }
}

fn dropped(why: &str) -> (Verdict, Option<Duration>) {
    (
        Verdict::Dropped {
            error: why.to_owned(),
        },
        None,
    )
}

fn dead(why: String) -> (Verdict, Option<Duration>) {
    (Verdict::Dead { error: why }, None)
}

/// Says one thing; what became of it, and how long the whole number must be silent.
async fn keep(
    node: &Node,
    row: &Claimed,
    people: &HashMap<Uuid, Contact>,
    pairs: &DashMap<Uuid, Bucket>,
) -> (Verdict, Option<Duration>) {
    let now = node.now();
    if row.not_after.is_some_and(|late| late <= now) {
        return dropped("late");
    }
    // A lease that lapsed is as doubtful as a send without an answer.
    let doubtful = row.interrupted || row.error.as_deref() == Some(AMBIGUOUS);
    if doubtful && (row.class != 0 || row.attempts > 2) {
        return (Verdict::Unknown, None);
    }
    let Some(contact) = row.recipient.and_then(|id| people.get(&id)) else {
        return dead("nobody knows whom to write to".to_owned());
    };
    if window(Some(contact.last_in_at), now) == Window::Closed {
        return dropped("the 24-hour window is closed");
    }
    let Some(number) = node.numbers.get(&row.sender).await else {
        return dead("the number is not registered".to_owned());
    };
    let Ok(mut action) = serde_json::from_str(&row.body) else {
        return dead("not words".to_owned());
    };
    if let Err(wait) = figures::fill(node, row, &mut action).await {
        return (wait, None);
    }
    let pair = pairs
        .entry(contact.id)
        .or_insert_with(|| Bucket::pair(Instant::now()))
        .take(Instant::now());
    if let Err(wait) = pair {
        return (
            Verdict::Again {
                after: wait,
                error: "pair pace".to_owned(),
            },
            None,
        );
    }
    say(node, row, &action, (contact, people), &number).await
}

async fn say(
    node: &Node,
    row: &Claimed,
    action: &Action,
    (contact, people): (&Contact, &HashMap<Uuid, Contact>),
    number: &Number,
) -> (Verdict, Option<Duration>) {
    let Action::Say {
        language,
        simple,
        message,
        ..
    } = action
    else {
        return dead("not words".to_owned());
    };
    let Some(person) = Person::from_bytes(&contact.person) else {
        return dead("the contact cannot be read".to_owned());
    };
    let names = names(message, people);
    let about: Vec<(ContactId, &str)> = names
        .iter()
        .map(|(contact, name)| (*contact, name.as_str()))
        .collect();
    let shop = node.shop_words(row.stream).await;
    let context = Context {
        language: *language,
        simple: *simple,
        name: person.name.as_deref(),
        about: &about,
        shop: &shop.name,
        pay_base: &node.public_url,
        zone: shop.zone,
        now: node.now(),
        currency: shop.currency,
    };
    let outgoing = render(message, &context);
    let callback = row.id.to_string();
    let api = node.whatsapp.api(&number.token);
    let sent = api
        .send(
            &number.phone_number_id,
            &outgoing,
            &person.address(),
            &callback,
        )
        .await;
    crate::crash::point("sent");
    verdict(node, row, sent)
}

/// The short names of those a message is about, where they are known.
fn names(message: &Message, people: &HashMap<Uuid, Contact>) -> Vec<(ContactId, String)> {
    let known = about_whom(message).into_iter().filter_map(|id| {
        let person = Person::from_bytes(&people.get(&id)?.person)?;
        Some((ContactId(id), person.short_name()?))
    });
    known.collect()
}

fn verdict(node: &Node, row: &Claimed, sent: Sent) -> (Verdict, Option<Duration>) {
    match sent {
        Sent::Accepted { wamid } => (
            Verdict::Sent {
                provider_ref: Some(node.identity.message(&wamid)),
            },
            None,
        ),
        Sent::Retry { scope, after, code } => {
            let doubled = 4_u32.saturating_pow(row.attempts.clamp(1, 5).unsigned_abs() - 1);
            let wait = (after * doubled).min(Duration::from_mins(5)) + jitter();
            let error = format!("throttled {code}");
            let number = (scope == Scope::Number).then_some(after);
            (Verdict::Again { after: wait, error }, number)
        }
        Sent::Ambiguous { code } => {
            tracing::info!(row = %row.id, code, "a send got no clear answer; waiting for a status");
            (
                Verdict::Again {
                    after: DOUBT,
                    error: AMBIGUOUS.to_owned(),
                },
                None,
            )
        }
        Sent::Refused {
            error,
            class: Class::NumberStopped,
        } => {
            tracing::error!(
                code = error.code,
                title = error.title,
                "a number may not send"
            );
            let wait = Duration::from_mins(1);
            (
                Verdict::Again {
                    after: wait,
                    error: format!("code {}", error.code),
                },
                Some(wait),
            )
        }
        Sent::Refused { error, .. } => {
            tracing::warn!(row = %row.id, code = error.code, title = error.title, "words refused");
            dead(format!("code {}", error.code))
        }
    }
}

/// Up to a second, so that many that wait do not come back at once.
fn jitter() -> Duration {
    let (_, luck) = crate::identity::new().as_u64_pair();
    Duration::from_millis(luck % 1_000)
}
