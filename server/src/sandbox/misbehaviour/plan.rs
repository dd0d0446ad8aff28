//! Who misbehaves when: rates, the queue of orders, and how often each happened.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use serde::Serialize;

use super::list::{Misbehaviour, Moment, Unit};
use super::outage::{Neighbour, Outage};
use crate::sandbox::random::Random;

/// Rates are per mille.
pub(in crate::sandbox) const ALWAYS: u32 = 1_000;

/// Most orders that wait.
const MOST_ORDERS: usize = 10_000;

/// A misbehaviour ordered for one charge or phone, or for whatever comes next.
#[derive(Debug, Clone, Serialize)]
pub(in crate::sandbox) struct Order {
    /// To take it back.
    pub(in crate::sandbox) id: u64,
    pub(in crate::sandbox) name: Misbehaviour,
    /// A reference, a charge, a transaction, a phone's id or number, a user id; or anybody.
    #[serde(rename = "for")]
    pub(in crate::sandbox) target: Option<String>,
    /// How many times are left.
    pub(in crate::sandbox) times: u32,
    /// Milliseconds or francs, as the misbehaviour says.
    pub(in crate::sandbox) value: Option<i64>,
}

/// It strikes now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) struct Hit {
    pub(in crate::sandbox) what: Misbehaviour,
    /// What was ordered; rates say nothing.
    pub(in crate::sandbox) value: Option<i64>,
}

impl Hit {
    /// The ordered duration, or the usual one.
    pub(in crate::sandbox) fn duration(self) -> Duration {
        let usual = match self.what.about().unit {
            Unit::Millis(millis) => millis,
            Unit::None | Unit::Francs => 0,
        };
        let millis = self.value.unwrap_or(usual);
        Duration::from_millis(u64::try_from(millis).unwrap_or(0))
    }
}

/// Everything that is switched on.
#[derive(Debug)]
pub(in crate::sandbox) struct Plan {
    seed: u64,
    rates: BTreeMap<Misbehaviour, u32>,
    orders: VecDeque<Order>,
    ordered: u64,
    happened: BTreeMap<Misbehaviour, u64>,
    /// One source of luck for each, so that the fate of the nth webhook depends on n alone.
    luck: BTreeMap<Misbehaviour, Random>,
    outages: BTreeMap<Neighbour, Outage>,
}

impl Plan {
    pub(in crate::sandbox) fn new(seed: u64) -> Self {
        Self {
            seed,
            rates: BTreeMap::new(),
            orders: VecDeque::new(),
            ordered: 0,
            happened: BTreeMap::new(),
            luck: BTreeMap::new(),
            outages: BTreeMap::new(),
        }
    }

    /// What strikes in this moment, for something known under these names: the first order that
    /// fits, which is used up, or else the first that its rate lets happen.
    pub(in crate::sandbox) fn draw(&mut self, moment: Moment, names: &[&str]) -> Option<Hit> {
        let hit = self
            .ordered(moment, names)
            .or_else(|| self.by_rate(moment))?;
        self.count(hit.what);
        Some(hit)
    }

    fn ordered(&mut self, moment: Moment, names: &[&str]) -> Option<Hit> {
        let fits = |order: &Order| {
            let target = order.target.as_deref();
            order.name.about().moment == moment && target.is_none_or(|name| names.contains(&name))
        };
        let index = self.orders.iter().position(fits)?;
        let order = self.orders.get_mut(index)?;
        let hit = Hit {
            what: order.name,
            value: order.value,
        };
        order.times = order.times.saturating_sub(1);
        if order.times == 0 {
            self.orders.remove(index);
        }
        Some(hit)
    }

    fn by_rate(&mut self, moment: Moment) -> Option<Hit> {
        let mut hit = None;
        for (what, rate) in &self.rates {
            if what.about().moment != moment {
                continue;
            }
            let luck = self.luck.entry(*what).or_insert_with(|| {
                let own = what.about().name.bytes().fold(self.seed, mix);
                Random::new(own)
            });
            // Everybody draws in every moment, also behind somebody who strikes.
            let strikes = luck.below(u64::from(ALWAYS)) < u64::from(*rate);
            if strikes && hit.is_none() {
                hit = Some(Hit {
                    what: *what,
                    value: None,
                });
            }
        }
        hit
    }

    /// One more time.
    pub(super) fn count(&mut self, what: Misbehaviour) {
        *self.happened.entry(what).or_default() += 1;
    }

    /// How often it happened since the start.
    pub(in crate::sandbox) fn happened(&self, what: Misbehaviour) -> u64 {
        self.happened.get(&what).copied().unwrap_or(0)
    }

    /// Per mille.
    pub(in crate::sandbox) fn rate(&self, what: Misbehaviour) -> u32 {
        self.rates.get(&what).copied().unwrap_or(0)
    }

    pub(in crate::sandbox) fn set_rate(&mut self, what: Misbehaviour, per_mille: u32) {
        if per_mille == 0 {
            self.rates.remove(&what);
        } else {
            self.rates.insert(what, per_mille.min(ALWAYS));
        }
    }

    pub(in crate::sandbox) fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.iter()
    }

    /// Queues an order and numbers it; `None` when too many wait.
    pub(in crate::sandbox) fn order(&mut self, mut order: Order) -> Option<Order> {
        if self.orders.len() >= MOST_ORDERS {
            return None;
        }
        self.ordered += 1;
        order.id = self.ordered;
        self.orders.push_back(order.clone());
        Some(order)
    }

    /// Takes an order back; false when it is not there any more.
    pub(in crate::sandbox) fn take_back(&mut self, id: u64) -> bool {
        let before = self.orders.len();
        self.orders.retain(|order| order.id != id);
        self.orders.len() < before
    }

    pub(in crate::sandbox) fn forget_orders(&mut self) {
        self.orders.clear();
    }

    /// Everybody behaves from now on. What happened stays counted.
    pub(in crate::sandbox) fn behave(&mut self) {
        self.rates.clear();
        self.orders.clear();
        self.outages.clear();
    }

    /// Luck begins anew: the same seed, the same fates.
    pub(in crate::sandbox) fn reseed(&mut self, seed: u64) {
        self.seed = seed;
        self.luck.clear();
    }

    pub(super) fn begin(&mut self, who: Neighbour, outage: Outage) {
        self.outages.insert(who, outage);
    }

    pub(in crate::sandbox) fn end_outage(&mut self, who: Neighbour) {
        self.outages.remove(&who);
    }

    /// The outage of a neighbour that is not over.
    pub(in crate::sandbox) fn outage(&self, who: Neighbour, now: Instant) -> Option<Outage> {
        self.outages
            .get(&who)
            .copied()
            .filter(|outage| outage.until > now)
    }
}

/// FNV-1a, one byte on.
fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::{Misbehaviour, Moment, Order, Plan};

    fn order(name: Misbehaviour, target: Option<&str>, times: u32) -> Order {
        Order {
            id: 0,
            name,
            target: target.map(str::to_owned),
            times,
            value: None,
        }
    }

    #[test]
    fn orders_are_used_up_in_their_order_and_only_by_whom_they_are_for() {
        let mut plan = Plan::new(1);
        plan.order(order(Misbehaviour::WebhookLost, Some("a-1"), 1));
        plan.order(order(Misbehaviour::WebhookLate, Some("a-1"), 1));
        plan.order(order(Misbehaviour::WebhookDoubled, None, 2));
        let mut next = |names: &[&str]| plan.draw(Moment::Webhook, names).map(|hit| hit.what);
        assert_eq!(next(&["b-1"]), Some(Misbehaviour::WebhookDoubled));
        assert_eq!(next(&["charge", "a-1"]), Some(Misbehaviour::WebhookLost));
        assert_eq!(next(&["a-1"]), Some(Misbehaviour::WebhookLate));
        assert_eq!(next(&["a-1"]), Some(Misbehaviour::WebhookDoubled));
        assert_eq!(next(&["a-1"]), None);
        assert_eq!(plan.draw(Moment::Pay, &["a-1"]), None);
        assert_eq!(plan.happened(Misbehaviour::WebhookDoubled), 2);
    }

    #[test]
    fn the_same_seed_misbehaves_the_same_and_rates_hold() {
        let fates = |seed: u64, others: bool| {
            let mut plan = Plan::new(seed);
            plan.set_rate(Misbehaviour::WebhookLost, 250);
            if others {
                // Luck is not shared: somebody else's draws change nothing.
                plan.set_rate(Misbehaviour::Status500, 500);
            }
            let fate = |n: u32| {
                if n.is_multiple_of(3) {
                    plan.draw(Moment::Status, &[]);
                }
                plan.draw(Moment::Webhook, &[]).is_some()
            };
            (0..4_000).map(fate).collect::<Vec<_>>()
        };
        let (once, again) = (fates(7, false), fates(7, true));
        assert_eq!(once, again);
        assert_ne!(once, fates(8, false));
        let mut plan = Plan::new(8);
        plan.set_rate(Misbehaviour::WebhookLost, 250);
        let fates = |plan: &mut Plan| {
            plan.reseed(7);
            let fate = |_| plan.draw(Moment::Webhook, &[]).is_some();
            (0..100).map(fate).collect::<Vec<_>>()
        };
        assert_eq!(fates(&mut plan), fates(&mut plan));
        assert_eq!(fates(&mut plan), once[..100]);
        let hits = once.iter().filter(|hit| **hit).count();
        assert!((850..1_150).contains(&hits), "{hits}");
    }
}
