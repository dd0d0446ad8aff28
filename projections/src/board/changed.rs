//! What moved: ids only, the rows are read when somebody looks.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{event::Event, payment::Event as Payment};

use super::todo;
use crate::{
    models::{lives, minutes, orders, stock},
    numbers,
};

/// What events moved on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The newest sequence among the changes.
    pub seq: i64,
    pub orders: BTreeSet<i64>,
    pub variants: BTreeSet<i64>,
    /// Products renamed, repriced or archived: all their variants' rows moved.
    pub products: BTreeSet<i64>,
    /// Offers that were answered or ended: their variant's row moved.
    pub offers: BTreeSet<i64>,
    /// Orders whose money came or was taken back: their variants' rows moved.
    pub money: BTreeSet<i64>,
    /// Minutes of the curve.
    pub minutes: BTreeSet<DateTime<Utc>>,
    /// A live started, paused, ended, something was held up in it …
    pub live: bool,
    /// The page is about another live now: all that is counted by live is counted anew.
    pub turned: bool,
    /// Something was held up.
    pub showings: bool,
    /// What is to be done may have moved.
    pub todo: bool,
}

impl Changed {
    /// Adds one event, told at that instant.
    pub(crate) fn add(&mut self, seq: i64, at: DateTime<Utc>, event: &Event) {
        self.seq = self.seq.max(seq);
        self.orders
            .extend(orders::subject(event).map(numbers::order));
        self.variants
            .extend(stock::subjects(event).into_iter().map(numbers::variant));
        self.products
            .extend(stock::product(event).map(numbers::product));
        self.offers.extend(stock::offer(event).map(numbers::order));
        if let Event::Payment(
            Payment::PaymentReversed { order, .. }
            | Payment::PaymentConfirmed { order, .. }
            | Payment::DepositConfirmed { order, .. },
        ) = event
        {
            self.money.insert(numbers::order(*order));
        }
        if minutes::moves(event) {
            self.minutes.insert(minutes::minute(at));
        }
        self.live |= lives::subject(event).is_some();
        self.turned |= lives::turns(event);
        self.showings |= minutes::shows(event);
        self.todo |= todo::moves(event);
    }

    /// Adds later changes of the same shop.
    pub fn merge(&mut self, later: &Self) {
        self.seq = self.seq.max(later.seq);
        self.orders.extend(&later.orders);
        self.variants.extend(&later.variants);
        self.products.extend(&later.products);
        self.offers.extend(&later.offers);
        self.money.extend(&later.money);
        self.minutes.extend(&later.minutes);
        self.live |= later.live;
        self.turned |= later.turned;
        self.showings |= later.showings;
        self.todo |= later.todo;
    }

    /// True if no row of the page moved: only the sequence did.
    pub fn is_quiet(&self) -> bool {
        self.orders.is_empty()
            && self.minutes.is_empty()
            && !self.bars()
            && !self.live
            && !self.todo
    }

    /// Whether any bar moved.
    pub(super) fn bars(&self) -> bool {
        let sets = [&self.variants, &self.products, &self.offers, &self.money];
        self.turned || sets.iter().any(|set| !set.is_empty())
    }
}
