//! What is remembered of a client for her trust. Kept by the facts about her orders as they
//! happen; judged in `review`.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::OrderId;
use crate::money::Amount;
use crate::trust::Badge;
use crate::trust::facts::{Day, Facts};
use crate::trust::policy::{FORGOTTEN_DAYS, Version};

/// A payment within so many seconds earns [`Badge::FastPayer`].
pub(super) const FAST_SECONDS: u32 = 120;

/// How a paid order counts. It stays with the order and its stub, so that a reversal, however
/// late, takes back exactly what was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The UTC day it was confirmed.
    pub day: NaiveDate,
    /// Whole seconds from the order to the provider's time; nothing where no provider was asked.
    pub seconds: Option<u32>,
}

impl Counted {
    /// An order placed then, paid then by the provider's time if it was a provider, and confirmed
    /// `at`. A provider whose clock is before ours took no time.
    pub fn new(placed: DateTime<Utc>, paid: Option<DateTime<Utc>>, at: DateTime<Utc>) -> Self {
        let took = |paid: DateTime<Utc>| {
            let seconds = paid.signed_duration_since(placed).num_seconds().max(0);
            u32::try_from(seconds).unwrap_or(u32::MAX)
        };
        Self {
            day: at.date_naive(),
            seconds: paid.map(took),
        }
    }

    fn quick(self) -> bool {
        self.seconds.is_some_and(|seconds| seconds < FAST_SECONDS)
    }
}

/// When and under which policy her score was last looked at; what she is told of it is computed
/// as of then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// Under which policy.
    pub version: Version,
    /// On which UTC day.
    pub on: NaiveDate,
}

/// Her record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    /// What the policies look at.
    pub facts: Facts,
    /// The last look; nothing while nothing about her counted.
    pub judged: Option<Judged>,
    /// What she earned; the first buyer of a live is remembered there.
    pub badges: BTreeSet<Badge>,
    /// Her paid orders that took less than two minutes.
    pub quick: u32,
    /// Her paid orders since her last expiry.
    pub streak: u32,
    /// That expiry, and the streak it ended: a late payment that un-counts it brings it back.
    broken: Option<(OrderId, u32)>,
}

impl Record {
    /// An order is paid.
    pub(super) fn pay(&mut self, counted: Counted, amount: Amount) {
        let facts = &mut self.facts;
        facts.paid = facts.paid.saturating_add(1);
        if let Some(seconds) = counted.seconds {
            facts.timed = facts.timed.saturating_add(1);
            facts.seconds = facts.seconds.saturating_add(u64::from(seconds));
        }
        facts.spent = facts.spent.saturating_add(amount.0);
        let day = facts.days.entry(counted.day).or_default();
        day.paid = day.paid.saturating_add(1);
        self.quick = self.quick.saturating_add(u32::from(counted.quick()));
        self.streak = self.streak.saturating_add(1);
    }

    /// Its money was taken back.
    pub(super) fn unpay(&mut self, counted: Counted, amount: Amount) {
        let facts = &mut self.facts;
        facts.paid = facts.paid.saturating_sub(1);
        if let Some(seconds) = counted.seconds {
            facts.timed = facts.timed.saturating_sub(1);
            facts.seconds = facts.seconds.saturating_sub(u64::from(seconds));
        }
        facts.spent = facts.spent.saturating_sub(amount.0).max(0);
        self.less(counted.day, |day| day.paid = day.paid.saturating_sub(1));
        self.quick = self.quick.saturating_sub(u32::from(counted.quick()));
        self.streak = self.streak.saturating_sub(1);
    }

    /// An order ran out, and it was her doing.
    pub(super) fn lapse(&mut self, order: OrderId, on: NaiveDate) {
        self.facts.expired = self.facts.expired.saturating_add(1);
        let day = self.facts.days.entry(on).or_default();
        day.expired = day.expired.saturating_add(1);
        self.broken = Some((order, self.streak));
        self.streak = 0;
    }

    /// It lives again: it never ran out.
    pub(super) fn unlapse(&mut self, order: OrderId, on: NaiveDate) {
        self.facts.expired = self.facts.expired.saturating_sub(1);
        self.less(on, |day| day.expired = day.expired.saturating_sub(1));
        if let Some((_, before)) = self.broken.take_if(|(broken, _)| *broken == order) {
            self.streak = self.streak.saturating_add(before);
        }
    }

    fn less(&mut self, on: NaiveDate, change: impl FnOnce(&mut Day)) {
        if let Some(day) = self.facts.days.get_mut(&on) {
            change(day);
            if *day == Day::default() {
                self.facts.days.remove(&on);
            }
        }
    }

    /// Something about her counted or was looked at. Days that weigh nothing any more are let go
    /// of, so that a record does not grow for ever.
    pub(super) fn judge(&mut self, version: Version, on: NaiveDate) {
        self.judged = Some(Judged { version, on });
        let Some(first) = on.checked_sub_days(chrono::Days::new(FORGOTTEN_DAYS)) else {
            return;
        };
        while let Some(day) = self.facts.days.first_entry() {
            if *day.key() > first {
                return;
            }
            day.remove();
        }
    }

    /// She is also somebody else: both records are hers.
    pub(super) fn merge(&mut self, also: Self) {
        let facts = &mut self.facts;
        facts.paid = facts.paid.saturating_add(also.facts.paid);
        facts.timed = facts.timed.saturating_add(also.facts.timed);
        facts.seconds = facts.seconds.saturating_add(also.facts.seconds);
        facts.spent = facts.spent.saturating_add(also.facts.spent);
        facts.expired = facts.expired.saturating_add(also.facts.expired);
        for (on, more) in also.facts.days {
            let day = facts.days.entry(on).or_default();
            day.paid = day.paid.saturating_add(more.paid);
            day.expired = day.expired.saturating_add(more.expired);
        }
        self.badges.extend(also.badges);
        self.quick = self.quick.saturating_add(also.quick);
        // Which of the two was broken last is not known: the shorter streak is sure.
        self.streak = self.streak.min(also.streak);
        self.broken = None;
    }
}
