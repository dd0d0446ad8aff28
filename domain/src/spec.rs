//! How a scene is told: `given(events).when(command).then(events)`, or a chat line by line.
//!
//! Whatever a scene is about, every `when` also proves that the state is the fold of its events,
//! that the invariants hold, and that nobody is spoken to twice in one step. A scene that fails
//! points at its own line.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use uuid::Uuid;

use crate::action::Action;
use crate::command::{Actor, Answer, Command, Decision, Envelope};
use crate::conversation::command::{Said, Speaker};
use crate::event::Event;
use crate::ids::{
    AttemptId, ClientId, CommandId, ContactId, OrderId, ProductId, ShopId, VariantId,
};
use crate::message::{Message, Tap};
use crate::money::{Amount, Currency};
use crate::payment::observation::{Observation, Source, Status, Trusted};
use crate::rejection::Rejection;
use crate::segment::{Language, Segment};
use crate::shop::Shop;
use crate::text::{Keyword, Text};
use crate::{catalogue, conversation, decide, evolve, invariants, payment, shop};

pub(crate) const SHOP: ShopId = ShopId(Uuid::from_u128(0x5A0B));
pub(crate) const AMINATA: u128 = 1;
pub(crate) const FATOU: u128 = 2;
/// The vendor's phone.
pub(crate) const AWA: ContactId = ContactId(Uuid::from_u128(0xAAAA));
/// Variants of [`boutique`]: stock 3, 5, 2, 1.
pub(crate) const ROBE1: VariantId = VariantId(1);
pub(crate) const SAC2: VariantId = VariantId(2);
pub(crate) const PAGNE_S: VariantId = VariantId(3);
pub(crate) const PAGNE_M: VariantId = VariantId(4);

pub(crate) fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 10, 0, 0).unwrap()
}

pub(crate) fn client(number: u128) -> ClientId {
    ClientId(Uuid::from_u128(number))
}

pub(crate) fn contact(number: u128) -> ContactId {
    ContactId(Uuid::from_u128(number + 1_000))
}

pub(crate) fn speaker(number: u128) -> Speaker {
    Speaker {
        client: client(number),
        contact: contact(number),
        user_id: format!("user-{number}"),
        name: Some(Text::new(&format!("Cliente {number}"))),
        phone: Some("+221770000000".to_owned()),
        language: Some(Language::Fr),
    }
}

/// What a review of her trust tells, by name.
pub(crate) const TRUST: [&str; 3] = ["TrustScoreChanged", "TierChanged", "BadgeEarned"];

/// What is noted beside what happens, by name: for the vendor's notices and for the figures.
const NOTED: [&str; 3] = ["StockRanLow", "VendorTold", "DemandUnmet"];

/// A scene: a shop, its time, and what the last command led to.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) shop: Shop,
    pub(crate) now: DateTime<Utc>,
    pub(crate) last: Decision,
}

/// A shop to which this happened.
pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Scene {
    let mut shop = Shop::new(SHOP);
    for event in events {
        evolve(&mut shop, &event, start());
    }
    let last = Decision {
        events: Vec::new(),
        actions: Vec::new(),
        answer: Answer::Already,
    };
    Scene {
        shop,
        now: start(),
        last,
    }
}

/// Chez Awa: ROBE1 (15 000 F, 3), SAC2 (12 000 F, 5), PAGNE3 (5 000 F, S: 2, M: 1); Awa's phone.
pub(crate) fn boutique() -> Scene {
    let bind = shop::Command::BindVendor {
        contact: AWA,
        language: Language::Fr,
    };
    given([])
        .when(Command::Shop(open_shop()))
        .when(Command::Shop(bind))
        .when(product("ROBE1", 15_000, &[(None, 3)]))
        .when(product("SAC2", 12_000, &[(None, 5)]))
        .when(product("PAGNE3", 5_000, &[(Some("S"), 2), (Some("M"), 1)]))
}

pub(crate) fn open_shop() -> shop::Command {
    shop::Command::Open {
        name: Text::new("Chez Awa"),
        currency: Currency::Xof,
        country: "SN".to_owned(),
        zone: "Africa/Dakar".to_owned(),
        segment: Segment::LiveSeller,
        language: Language::Fr,
        number: "number-1".to_owned(),
        account: "account-1".to_owned(),
    }
}

pub(crate) fn product(keyword: &str, price: i64, sizes: &[(Option<&str>, u32)]) -> Command {
    let variant = |(size, stock): &(Option<&str>, u32)| catalogue::command::NewVariant {
        size: size.map(Text::new),
        colour: None,
        stock: *stock,
    };
    Command::Catalogue(catalogue::Command::AddProduct {
        keyword: Keyword::parse(keyword).unwrap(),
        name: Text::new(&format!("Le produit {keyword}")),
        price: Amount(price),
        only_during_live: false,
        photo: None,
        variants: sizes.iter().map(variant).collect(),
    })
}

/// An observation that is believed: a success of so much, unless changed.
pub(crate) fn seen(attempt: u64, status: Status, amount: Option<i64>) -> Observation {
    Observation {
        attempt: AttemptId(attempt),
        provider_id: Some(format!("tx-{attempt}")),
        status,
        amount: amount.map(Amount),
        fees: None,
        currency: Some("XOF".to_owned()),
        paid_at: None,
        source: Source::List,
        trusted: Trusted::Fully,
    }
}

impl Scene {
    /// A command arrives.
    #[track_caller]
    pub(crate) fn when(mut self, command: Command) -> Self {
        let before = self.shop.clone();
        let envelope = Envelope {
            id: CommandId(Uuid::from_u128(9)),
            shop: SHOP,
            actor: Actor::System,
            correlation: Uuid::from_u128(9),
            fresh: true,
            command,
        };
        self.last = decide(&mut self.shop, &envelope, self.now);
        let mut folded = before;
        self.last
            .events
            .iter()
            .for_each(|event| evolve(&mut folded, event, self.now));
        assert_eq!(folded, self.shop, "the state is the fold of its events");
        assert_eq!(invariants::check(&self.shop), Ok(()));
        let due = self.shop.next_due().is_none_or(|due| due > self.now);
        assert!(due, "everything due is settled");
        self.spoken_once();
        self
    }

    #[track_caller]
    fn spoken_once(&self) {
        let mut words: BTreeMap<ContactId, u32> = BTreeMap::new();
        for (to, message) in self.said() {
            if to != AWA && !news(&message) {
                *words.entry(to).or_default() += 1;
            }
        }
        assert!(
            words.values().all(|count| *count == 1),
            "twice to one person: {words:?}"
        );
    }

    /// A buyer writes.
    #[track_caller]
    pub(crate) fn says(self, who: u128, words: &str) -> Self {
        let said = Said::Text(Text::new(words));
        self.hears(who, said)
    }

    /// A buyer taps.
    #[track_caller]
    pub(crate) fn taps(self, who: u128, tap: Tap) -> Self {
        self.hears(who, Said::Tap(tap.id()))
    }

    #[track_caller]
    pub(crate) fn hears(self, who: u128, said: Said) -> Self {
        let said_at = self.now;
        let hear = conversation::Command::Hear {
            speaker: speaker(who),
            said,
            said_at,
        };
        self.when(Command::Conversation(hear))
    }

    /// Something is seen about an attempt.
    #[track_caller]
    pub(crate) fn observes(self, observation: Observation) -> Self {
        self.when(Command::Payment(payment::Command::Observe(observation)))
    }

    /// The provider made the charge of an attempt.
    #[track_caller]
    pub(crate) fn charged(self, attempt: u64) -> Self {
        self.when(Command::Payment(payment::Command::RecordCharge {
            attempt: AttemptId(attempt),
            provider_id: Some(format!("tx-{attempt}")),
            link: "https://pay.example/1".to_owned(),
        }))
    }

    /// The provider did not.
    #[track_caller]
    pub(crate) fn charge_fails(self, attempt: u64, unknown: bool) -> Self {
        self.when(Command::Payment(payment::Command::RecordChargeFailure {
            attempt: AttemptId(attempt),
            reason: Text::new("E500"),
            unknown,
        }))
    }

    /// Seconds pass; nobody knocks.
    pub(crate) fn pass(mut self, seconds: i64) -> Self {
        self.now += TimeDelta::seconds(seconds);
        self.last.events.clear();
        self.last.actions.clear();
        self
    }

    /// LivePay was silent for so many seconds; it is told first, and thought to have begun `early`
    /// seconds earlier.
    #[track_caller]
    pub(crate) fn silent(self, seconds: i64, early: i64) -> Self {
        let from = self.now - TimeDelta::seconds(early);
        let scene = self.pass(seconds);
        let until = scene.now;
        scene.when(Command::Outage { from, until })
    }

    /// Minutes pass, and the shop is knocked.
    #[track_caller]
    pub(crate) fn later(self, minutes: i64) -> Self {
        self.pass(minutes * 60).when(Command::Sweep)
    }

    /// Exactly these events; what is noted beside them has scenes of its own.
    #[track_caller]
    pub(crate) fn then(self, events: impl IntoIterator<Item = Event>) -> Self {
        let expected: Vec<Event> = events.into_iter().collect();
        let happened = self.last.events.iter();
        let happened = happened.filter(|event| !NOTED.contains(&event.kind()));
        assert_eq!(happened.cloned().collect::<Vec<_>>(), expected);
        self
    }

    /// Exactly these events, by name. What they mean for her trust, and what is noted beside them,
    /// has scenes of its own, and is named there only.
    #[track_caller]
    pub(crate) fn then_kinds(self, kinds: &[&str]) -> Self {
        let told = self.last.events.iter().map(Event::kind);
        let beside = |group: &[&str], kind: &str| {
            group.contains(&kind) && !kinds.iter().any(|kind| group.contains(kind))
        };
        let about = |kind: &&str| !beside(&TRUST, kind) && !beside(&NOTED, kind);
        let told: Vec<&str> = told.filter(about).collect();
        assert_eq!(told, kinds);
        self
    }

    /// No event.
    #[track_caller]
    pub(crate) fn then_nothing(self) -> Self {
        self.then([])
    }

    /// A no, exactly this one.
    #[track_caller]
    pub(crate) fn refused(self, rejection: Rejection) -> Self {
        assert_eq!(self.last.answer, Answer::Refused(rejection));
        self
    }

    /// A no, by its name.
    #[track_caller]
    pub(crate) fn refused_as(self, code: &str) -> Self {
        let Answer::Refused(rejection) = &self.last.answer else {
            panic!("{:?} is no refusal {code}", self.last.answer);
        };
        assert_eq!(rejection.code(), code);
        self
    }

    /// The answer.
    #[track_caller]
    pub(crate) fn answers(self, answer: Answer) -> Self {
        assert_eq!(self.last.answer, answer);
        self
    }

    /// Everything said, by the name of its words; what runs low is named in its own scenes.
    #[track_caller]
    pub(crate) fn then_says(self, keys: &[&str]) -> Self {
        let low = "vendor-stock-low";
        let said = self.said();
        let said = said.iter().map(|(_, message)| message.key());
        let said: Vec<&str> = said
            .filter(|key| *key != low || keys.contains(key))
            .collect();
        assert_eq!(said, keys);
        self
    }

    pub(crate) fn said(&self) -> Vec<(ContactId, Message)> {
        let say = |action: &Action| match action {
            Action::Say { to, message, .. } => Some((*to, message.clone())),
            Action::Charge { .. } | Action::Ask { .. } | Action::Refund { .. } => None,
        };
        self.last.actions.iter().filter_map(say).collect()
    }

    /// The one message to the buyer of the last step.
    #[track_caller]
    pub(crate) fn message(&self) -> Message {
        let said = self.said().into_iter().find(|(to, _)| *to != AWA);
        said.expect("nobody was spoken to").1
    }

    /// What is asked of the provider: `charge:<attempt>` and `ask:<attempt>` (`!` at a deadline).
    pub(crate) fn asks(&self) -> Vec<String> {
        let ask = |action: &Action| match action {
            Action::Charge { attempt, .. } => Some(format!("charge:{attempt}")),
            Action::Ask {
                attempt, deadline, ..
            } => Some(format!("ask:{attempt}{}", if *deadline { "!" } else { "" })),
            Action::Refund { refund, .. } => Some(format!("refund:{refund}")),
            Action::Say { .. } => None,
        };
        self.last.actions.iter().filter_map(ask).collect()
    }

    /// Stock of a variant: on hand, held, committed, blocked.
    pub(crate) fn stock(&self, variant: VariantId) -> (u32, u32, u32, u32) {
        let known = self.shop.catalogue.variant(variant).unwrap();
        (known.on_hand, known.held, known.committed, known.blocked)
    }

    /// A cart of one ROBE1, frozen, its link sent.
    #[track_caller]
    pub(crate) fn paying(self, who: u128) -> Self {
        let scene = self.says(who, "robe1").says(who, "PAYER").says(who, "WAVE");
        let attempt = scene.shop.payments.last;
        scene.charged(attempt)
    }
}

/// What is news of its own and may stand beside an answer. Other people's deeds and deadlines
/// settle around a command: her hold ends, her turn comes or passes, her live is over, money she
/// was waiting for goes back or counts. None of it answers what she just said, and each has its
/// own button or sum, so that leaving it out would take something from her.
fn news(message: &Message) -> bool {
    matches!(
        message,
        Message::Expired { .. }
            | Message::Offer { .. }
            | Message::OfferLapsed { .. }
            | Message::WaitlistClosed { .. }
            | Message::UnitFree { .. }
            | Message::RefundPromised { .. }
            | Message::Paid { late: true, .. }
    )
}

pub(crate) const ORDER1: OrderId = OrderId(1);
pub(crate) const ROBE: ProductId = ProductId(1);
