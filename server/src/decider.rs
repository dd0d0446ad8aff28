//! The glue that knows both: the log's idea of a stream and the domain's idea of a shop.

use chrono::{DateTime, Utc};
use domain::action::{Action, Class};
use domain::command::{Actor, Answer, Command, Envelope};
use domain::event::{Event, SPEAKS};
use domain::ids::{ClientId, CommandId, ShopId};
use domain::personal::Personal;
use domain::shop::Shop;
use eventstore::{Decided, Decider, DecodeError, Fact, KeyRing, Promise, Recorded, seal};
use uuid::Uuid;

/// A promise to say something on WhatsApp.
pub const SAY: &str = "say";
/// A promise to ask the provider for a charge.
pub const CHARGE: &str = "charge";
/// A promise to ask the provider what became of an attempt.
pub const ASK: &str = "ask";
/// A promise to ask the provider to send money back.
pub const REFUND: &str = "refund";

/// How a shop decides, for the log.
#[derive(Debug, Default, Clone, Copy)]
pub struct Shops;

/// Seals what is personal in an event; a client's key is made with her first sealed event.
fn seal_event(event: &mut Event, keys: &mut KeyRing) {
    event.personal(&mut |client, personal| {
        personal.seal_with(|clear| {
            keys.get_or_make(client.0)
                .and_then(|key| seal::seal(key, client.0.as_bytes(), clear.as_bytes()))
                // No randomness or no key: an empty box never opens, and nothing leaks.
                .unwrap_or_default()
        });
    });
}

fn open(keys: &KeyRing, client: ClientId, personal: &mut Personal) {
    personal.open_with(|sealed| open_sealed(keys, client, sealed));
}

/// What a sealed value says, or `None` once its key is gone.
pub fn open_sealed(keys: &KeyRing, client: ClientId, sealed: &str) -> Option<String> {
    let opened = seal::open(keys.get(client.0)?, client.0.as_bytes(), sealed).ok()?;
    String::from_utf8(opened.to_vec()).ok()
}

fn class(class: Class) -> i16 {
    match class {
        Class::Money => 0,
        Class::Hold => 1,
        Class::Refusal => 2,
        Class::Vendor => 3,
        Class::Rest => 4,
    }
}

fn promise(shop: &Shop, action: &Action) -> Option<Promise> {
    let body = serde_json::to_string(action).ok()?;
    let (sender, recipient, class, kind, not_after) = match action {
        Action::Say {
            to,
            class: urgency,
            not_after,
            ..
        } => (shop.number(), Some(to.0), class(*urgency), SAY, *not_after),
        Action::Charge { not_after, .. } => (shop.account(), None, 0, CHARGE, Some(*not_after)),
        // Hinted money, then a question of time, then what somebody says (architecture.md,
        // "Payments").
        Action::Ask { deadline: true, .. } => (shop.account(), None, 2, ASK, None),
        Action::Ask { claim: true, .. } => (shop.account(), None, 3, ASK, None),
        Action::Ask { .. } => (shop.account(), None, 1, ASK, None),
        Action::Refund { .. } => (shop.account(), None, 4, REFUND, None),
    };
    Some(Promise {
        sender: sender.to_owned(),
        recipient,
        class,
        kind,
        body,
        not_after,
    })
}

impl Decider for Shops {
    type State = Shop;
    type Command = Envelope;

    const SHAPE: i32 = domain::shop::SHAPE;
    const SPEAKS: i32 = SPEAKS;

    fn empty(&self, stream: Uuid) -> Shop {
        Shop::new(ShopId(stream))
    }

    fn replay(
        &self,
        shop: &mut Shop,
        recorded: &Recorded,
        keys: &mut KeyRing,
    ) -> Result<(), DecodeError> {
        let mut event = read(recorded)?;
        event.personal(&mut |client, personal| open(keys, client, personal));
        domain::evolve(shop, &event, recorded.at);
        Ok(())
    }

    fn decide(
        &self,
        shop: &mut Shop,
        envelope: &Envelope,
        now: DateTime<Utc>,
        keys: &mut KeyRing,
    ) -> Decided {
        let mut decision = domain::decide(shop, envelope, now);
        let facts = decision.events.iter_mut().map(|event| {
            seal_event(event, keys);
            Fact {
                kind: event.kind(),
                version: event.version(),
                // A fact that cannot be written poisons its own command only: the empty body is
                // refused by the database's cast, and the command is parked.
                body: serde_json::to_string(event).unwrap_or_default(),
            }
        });
        Decided {
            facts: facts.collect(),
            outcome: serde_json::to_string(&decision.answer).unwrap_or_default(),
            promises: decision
                .actions
                .iter()
                .filter_map(|action| promise(shop, action))
                .collect(),
        }
    }

    fn command_id(envelope: &Envelope) -> Uuid {
        envelope.id.0
    }

    fn fresh(envelope: &Envelope) -> bool {
        envelope.fresh
    }

    fn correlation(envelope: &Envelope) -> Uuid {
        envelope.correlation
    }

    fn actor(envelope: &Envelope) -> String {
        envelope.actor.to_string()
    }

    fn next_due(shop: &Shop) -> Option<DateTime<Utc>> {
        shop.next_due()
    }

    fn sweep(&self, stream: Uuid, at: DateTime<Utc>) -> Envelope {
        // The same knock at the same instant is the same command, whoever knocks.
        let id = Uuid::new_v5(&stream, &at.timestamp_micros().to_be_bytes());
        Envelope {
            id: CommandId(id),
            shop: ShopId(stream),
            actor: Actor::Clock,
            correlation: id,
            fresh: true,
            command: Command::Sweep,
        }
    }

    fn silence(&self, stream: Uuid, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Envelope> {
        // The same silence is the same command, whoever tells it.
        let ends = [from, until].map(|at| at.timestamp_micros().to_be_bytes());
        let id = Uuid::new_v5(
            &stream,
            &[b"silence".as_slice(), ends.as_flattened()].concat(),
        );
        Some(Envelope {
            id: CommandId(id),
            shop: ShopId(stream),
            actor: Actor::System,
            correlation: id,
            fresh: true,
            command: Command::Outage { from, until },
        })
    }

    fn weight(shop: &Shop) -> usize {
        shop.weight()
    }

    fn snapshot(shop: &Shop) -> Option<Vec<u8>> {
        serde_json::to_vec(shop).ok()
    }

    fn restore(&self, bytes: &[u8], keys: &mut KeyRing) -> Option<Shop> {
        let mut shop: Shop = serde_json::from_slice(bytes).ok()?;
        shop.personal(&mut |client, personal| open(keys, client, personal));
        Some(shop)
    }
}

/// A stored event, as the domain's type.
pub fn read(recorded: &Recorded) -> Result<Event, DecodeError> {
    serde_json::from_str(&recorded.body).map_err(|error| DecodeError {
        kind: recorded.kind.to_string(),
        version: recorded.version,
        reason: error.to_string(),
    })
}

/// The answer a receipt keeps, as the domain's type; a receipt that cannot be read is a bug.
pub fn answer(outcome: &str) -> Result<Answer, serde_json::Error> {
    serde_json::from_str(outcome)
}
