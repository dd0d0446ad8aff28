//! A shop that is decided for real: its events are those the rules tell.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Shop, catalogue,
    command::{Actor, Command, Envelope},
    conversation::{
        self,
        command::{Said, Speaker},
    },
    event::Event,
    ids::{AttemptId, ClientId, CommandId, ContactId, ShopId},
    live,
    money::{Amount, Currency},
    payment::{
        self,
        observation::{Observation, Source, Status, Trusted},
    },
    segment::{Language, Segment},
    shop,
    text::Keyword,
};
use uuid::Uuid;

use super::scene::now;

/// A shop that is decided for real, and whose events go to the scene.
pub(super) struct Story {
    pub(super) shop: Shop,
    pub(super) at: DateTime<Utc>,
    /// What each attempt asked, minor units.
    pub(super) asked: BTreeMap<AttemptId, i64>,
    commands: u128,
    pub(super) kinds: BTreeMap<&'static str, usize>,
}

impl Story {
    pub(super) fn new(id: u128) -> Self {
        let shop = Shop::new(ShopId(Uuid::from_u128(id)));
        let at = now() - TimeDelta::hours(10);
        Self {
            shop,
            at,
            asked: BTreeMap::new(),
            commands: 0,
            kinds: BTreeMap::new(),
        }
    }

    pub(super) fn decide(&mut self, command: Command) -> Vec<Event> {
        self.commands += 1;
        let id = Uuid::from_u128(self.shop.id.0.as_u128() << 32 | self.commands);
        let envelope = Envelope {
            id: CommandId(id),
            shop: self.shop.id,
            actor: Actor::System,
            correlation: id,
            fresh: true,
            command,
        };
        let events = domain::decide(&mut self.shop, &envelope, self.at).events;
        for event in &events {
            *self.kinds.entry(event.kind()).or_default() += 1;
            let Event::Payment(payment::Event::ChargeRequested {
                attempt, amount, ..
            }) = event
            else {
                continue;
            };
            self.asked.insert(*attempt, amount.0);
        }
        events
    }

    pub(super) fn opening(&mut self) -> Vec<Event> {
        let mut commands = vec![Command::Shop(shop::Command::Open {
            name: "Chez Awa".into(),
            currency: Currency::Xof,
            country: "SN".to_owned(),
            zone: "Africa/Dakar".to_owned(),
            segment: Segment::LiveSeller,
            language: Language::Fr,
            number: "number".to_owned(),
            account: "account".to_owned(),
        })];
        for (keyword, sizes, stock) in [("ROBE1", &["M", "L"][..], 3), ("SAC2", &[], 40)] {
            let variant = |size: Option<&str>| catalogue::command::NewVariant {
                size: size.map(Into::into),
                colour: None,
                stock,
            };
            let mut variants: Vec<_> = sizes.iter().map(|size| variant(Some(size))).collect();
            if variants.is_empty() {
                variants.push(variant(None));
            }
            commands.push(Command::Catalogue(catalogue::Command::AddProduct {
                keyword: Keyword::parse(keyword).unwrap(),
                name: keyword.into(),
                price: Amount(9_500),
                only_during_live: false,
                photo: None,
                variants,
            }));
        }
        let title = "Live".into();
        commands.push(Command::Live(live::Command::Start { live: None, title }));
        commands
            .into_iter()
            .flat_map(|command| self.decide(command))
            .collect()
    }

    /// A buyer writes.
    pub(super) fn says(&mut self, who: u128, words: &str) -> Vec<Event> {
        self.decide(hear(who, words, self.at))
    }

    /// The provider says what became of an attempt.
    pub(super) fn provider(&mut self, attempt: u64, status: Status, amount: i64) -> Vec<Event> {
        let seen = observation(AttemptId(attempt), status, amount, self.at);
        self.decide(Command::Payment(payment::Command::Observe(seen)))
    }

    /// Time passes, and the shop is knocked.
    pub(super) fn later(&mut self, by: TimeDelta) -> Vec<Event> {
        self.at += by;
        self.decide(Command::Sweep)
    }
}

/// A buyer's words as they reach her shop.
pub(super) fn hear(who: u128, words: &str, at: DateTime<Utc>) -> Command {
    let who = Uuid::from_u128(who);
    Command::Conversation(conversation::Command::Hear {
        speaker: Speaker {
            client: ClientId(who),
            contact: ContactId(who),
            user_id: who.to_string(),
            name: Some("Awa".into()),
            phone: None,
            language: None,
        },
        said: Said::Text(words.into()),
        said_at: at,
    })
}

/// What the provider's own page says of an attempt.
pub(super) fn observation(
    attempt: AttemptId,
    status: Status,
    amount: i64,
    at: DateTime<Utc>,
) -> Observation {
    Observation {
        attempt,
        provider_id: Some(format!("tx{attempt}")),
        status,
        amount: Some(Amount(amount)),
        fees: None,
        currency: Some("XOF".to_owned()),
        paid_at: Some(at),
        source: Source::Detail,
        trusted: Trusted::Fully,
    }
}
