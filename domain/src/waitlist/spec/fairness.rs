//! Random queues for single units: nobody is offered later than one whose turn comes after hers.
//!
//! The line is kept here a second time, from the facts alone and by the rule as it is told to
//! people: who asked earlier is first, and gold asked a minute before she did.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::ids::ClientId;
use crate::message::Tap;
use crate::order::event::CancelledBy;
use crate::payment::observation::Status;
use crate::waitlist;

/// The buyers; the last two are gold.
const BUYERS: u128 = 8;

#[derive(Debug, Clone)]
enum Step {
    Asks(u128),
    Leaves(u128),
    /// She answers what she is offered: yes, or no.
    Answers(u128, bool),
    Restocks(u32),
    VendorCancels(u64),
    Says(u128, &'static str),
    /// The newest attempt is paid.
    Money,
    Passes(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 1..=BUYERS;
    prop_oneof![
        8 => who().prop_map(Step::Asks),
        1 => who().prop_map(Step::Leaves),
        4 => (who(), any::<bool>()).prop_map(|(who, yes)| Step::Answers(who, yes)),
        1 => who().prop_map(|who| Step::Says(who, "PAYER")),
        2 => who().prop_map(|who| Step::Says(who, "WAVE")),
        1 => who().prop_map(|who| Step::Says(who, "ANNULER")),
        2 => Just(Step::Money),
        2 => (1..3_u32).prop_map(Step::Restocks),
        1 => (1..20_u64).prop_map(Step::VendorCancels),
        6 => (0..90_i64).prop_map(Step::Passes),
        1 => (200..700_i64).prop_map(Step::Passes),
    ]
}

/// One who waits in our own line.
#[derive(Debug, Clone, Copy)]
struct Place {
    client: ClientId,
    asked: (DateTime<Utc>, u64),
    offer: Option<OrderId>,
}

/// The line for ROBE1, as the facts tell it.
#[derive(Debug, Default)]
struct Line {
    places: Vec<Place>,
    joined: u64,
    gold: BTreeSet<ClientId>,
}

impl Line {
    fn knows(&mut self, event: &Event, at: DateTime<Utc>) -> Result<(), TestCaseError> {
        if let Event::Waitlist(event) = event {
            self.hears(event, at)?;
        }
        if let Event::Client(client::Event::TierChanged { client, to, .. }) = event {
            if *to >= Tier::Gold {
                self.gold.insert(*client);
            } else {
                self.gold.remove(client);
            }
        }
        Ok(())
    }

    fn hears(&mut self, event: &waitlist::Event, at: DateTime<Utc>) -> Result<(), TestCaseError> {
        use waitlist::Event as E;
        match event {
            E::WaitlistJoined { client, .. } => {
                if self.places.iter().any(|place| place.client == *client) {
                    return Ok(());
                }
                self.joined += 1;
                self.places.push(Place {
                    client: *client,
                    asked: (at, self.joined),
                    offer: None,
                });
            }
            E::OfferMade {
                client,
                order,
                quantity,
                ..
            } => {
                prop_assert_eq!(*quantity, 1);
                let gold = &self.gold;
                let waits = self.places.iter_mut().filter(|place| place.offer.is_none());
                let first = waits.min_by_key(|place| {
                    let head_start = if gold.contains(&place.client) { 60 } else { 0 };
                    (
                        place.asked.0 - TimeDelta::seconds(head_start),
                        place.asked.1,
                    )
                });
                let first = first.expect("offered to nobody who waits");
                prop_assert_eq!(first.client, *client, "out of turn");
                first.offer = Some(*order);
            }
            E::OfferAccepted { order }
            | E::OfferDeclined { order, .. }
            | E::OfferLapsed { order, .. } => {
                self.places.retain(|place| place.offer != Some(*order));
            }
            E::WaitlistLeft { client, .. } => {
                self.places.retain(|place| place.client != *client);
            }
            E::WaitlistTold { .. } | E::WaitlistClosed { .. } => {}
        }
        Ok(())
    }
}

/// What she is offered now, or her newest order.
fn hers(scene: &Scene, who: u128) -> OrderId {
    let waits = scene.shop.waitlists.get(client(who), ROBE1);
    let offer = waits.and_then(|waiting| waiting.offer);
    let known = scene.shop.clients.get(client(who));
    let newest = known.and_then(|known| known.open.last().copied());
    offer.or(newest).unwrap_or(OrderId(99))
}

fn happen(scene: Scene, step: &Step) -> Scene {
    match *step {
        Step::Asks(who) => scene.says(who, "robe1"),
        Step::Leaves(who) => scene.taps(who, Tap::Leave(ROBE1)),
        Step::Answers(who, yes) => {
            let order = hers(&scene, who);
            let tap = if yes {
                Tap::Pay(order)
            } else {
                Tap::Cancel(order)
            };
            scene.taps(who, tap)
        }
        Step::Says(who, word) => scene.says(who, word),
        Step::Money => {
            let (attempt, sum) = (scene.shop.payments.last, Some(15_000));
            scene.observes(seen(attempt, Status::Succeeded, sum))
        }
        Step::Restocks(quantity) => scene.when(restock(ROBE1, quantity)),
        Step::VendorCancels(order) => scene.when(Command::Order(crate::order::Command::Cancel {
            order: OrderId(order),
            by: CancelledBy::Vendor,
        })),
        Step::Passes(seconds) => scene.pass(seconds),
    }
}

proptest! {
    #[test]
    fn nobody_is_offered_later_than_one_whose_turn_comes_after_hers(
        steps in prop::collection::vec(step(), 1..120)
    ) {
        let mut scene = (1..=BUYERS).fold(boutique(), |scene, who| scene.says(who, "AIDE"));
        // Nobody becomes first paid, first served by her many lost holds: all are of equal right.
        for who in 1..=BUYERS {
            let trusted = client::Command::Override {
                client: client(who),
                score: Some(50),
                reason: "".into(),
            };
            scene = scene.when(Command::Client(trusted));
        }
        let mut line = Line::default();
        for who in BUYERS - 1..=BUYERS {
            scene = tier(scene, who, Tier::Gold);
            line.gold.insert(client(who));
        }
        for step in &steps {
            scene = happen(scene, step);
            let now = scene.now;
            for event in scene.last.events.clone() {
                line.knows(&event, now)?;
            }
            let ours: BTreeSet<ClientId> = line.places.iter().map(|place| place.client).collect();
            let list = scene.shop.waitlists.of(ROBE1).iter();
            let theirs: BTreeSet<ClientId> = list.map(|waiting| waiting.client).collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
