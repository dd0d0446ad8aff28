//! What an event changes on the lists.

use domain::{
    client::Event as Client, event::Event, order::Event as Order, waitlist::Event as Waitlist,
};
use uuid::Uuid;

use super::{Row, Rows};
use crate::{Told, numbers};

impl Rows {
    pub(super) fn fold(&mut self, told: &Told, event: &Event) {
        match event {
            Event::Waitlist(event) => self.waitlist(told, event),
            // She waits as before.
            Event::Order(
                Order::HoldExpired { order, .. } | Order::OrderCancelled { order, .. },
            ) => {
                self.answered(told, numbers::order(*order), |_| true);
            }
            Event::Client(Client::ClientsMerged { kept, merged }) if kept != merged => {
                self.merge(told, kept.0, merged.0);
            }
            _ => {}
        }
    }

    fn waitlist(&mut self, told: &Told, event: &Waitlist) {
        match event {
            Waitlist::WaitlistJoined { client, variant, quantity, live } => {
                let row = Row {
                    lane: told.lane,
                    shop_id: told.shop,
                    seq: told.seq,
                    variant_id: numbers::variant(*variant),
                    client_id: client.0,
                    quantity: i64::from(*quantity),
                    asked_at: told.at,
                    live_id: live.map(numbers::live),
                    offer: None,
                    offered: 0,
                    declined: 0,
                    told_at: None,
                    closed: false,
                };
                self.join(told, row);
            }
            Waitlist::OfferMade { client, variant, quantity, order, .. } => {
                let hers = self.list(told, numbers::variant(*variant));
                if let Some(row) = hers.into_iter().find(|row| row.client_id == client.0) {
                    row.offer = Some(numbers::order(*order));
                    row.offered = i64::from(*quantity);
                }
            }
            Waitlist::OfferAccepted { order } => {
                self.answered(told, numbers::order(*order), |row| {
                    row.quantity -= row.offered;
                    row.declined = 0;
                    row.quantity > 0
                });
            }
            Waitlist::OfferDeclined { order, quantity, .. } => {
                self.answered(told, numbers::order(*order), |row| {
                    row.declined = i64::from(*quantity);
                    row.quantity > row.declined
                });
            }
            Waitlist::OfferLapsed { order, .. } => {
                self.answered(told, numbers::order(*order), |_| false);
            }
            Waitlist::WaitlistLeft { client, variant } => {
                let variant = numbers::variant(*variant);
                self.keep(told, |row| row.variant_id != variant || row.client_id != client.0);
            }
            Waitlist::WaitlistTold { client, variant } => {
                let hers = self.list(told, numbers::variant(*variant));
                if let Some(row) = hers.into_iter().find(|row| row.client_id == client.0) {
                    row.told_at = Some(told.at);
                }
            }
            // An offer that waits for an answer stays valid.
            Waitlist::WaitlistClosed { variant, live } => {
                let (variant, live) = (numbers::variant(*variant), live.map(numbers::live));
                self.keep(told, |row| {
                    let stays = live.is_some() && row.live_id != live;
                    if row.variant_id != variant || stays {
                        return true;
                    }
                    row.closed = true;
                    row.offer.is_some()
                });
            }
        }
    }

    /// Asking again is another number at her old place. What is left of a closed list is her last
    /// offer; joining then is joining anew.
    fn join(&mut self, told: &Told, new: Row) {
        let (client, variant) = (new.client_id, new.variant_id);
        let mut list = self.list(told, variant).into_iter();
        if let Some(row) = list.find(|row| row.client_id == client && !row.closed) {
            row.quantity = new.quantity;
            row.declined = 0;
            row.told_at = None;
            // Who joined outside a live does not leave with one.
            row.live_id = row.live_id.map(|live| new.live_id.unwrap_or(live));
            return;
        }
        let mut last = (None, 0);
        self.keep(told, |row| {
            let hers = row.client_id == client && row.variant_id == variant;
            if hers && last.0.is_none() {
                last = (row.offer, row.offered);
            }
            !hers
        });
        let (offer, offered) = last;
        self.0.insert((new.lane, new.shop_id, new.seq), Row { offer, offered, ..new });
    }

    /// The offer waits no longer; `stays` says whether she does.
    fn answered(&mut self, told: &Told, order: i64, stays: impl Fn(&mut Row) -> bool) {
        self.keep(told, |row| {
            if row.offer != Some(order) {
                return true;
            }
            let stays = stays(row);
            row.offer = None;
            row.offered = 0;
            stays && !row.closed
        });
    }

    /// Two clients are one: on each list she keeps the place that has an offer, else the older one.
    fn merge(&mut self, told: &Told, kept: Uuid, merged: Uuid) {
        let hers = |row: &Row| [kept, merged].contains(&row.client_id);
        let lists: Vec<i64> = self
            .shop(told)
            .filter(|row| row.client_id == merged)
            .map(|row| row.variant_id)
            .collect();
        for variant in lists {
            let mut entries = self.list(told, variant);
            entries.retain(|row| hers(row));
            let twice = entries.len() > 1;
            let offered = entries.iter().any(|row| row.offer.is_some());
            let mut first = true;
            self.keep(told, |row| {
                if row.variant_id != variant || !hers(row) {
                    return true;
                }
                row.client_id = kept;
                match (twice, offered) {
                    (false, _) => true,
                    (true, true) => row.offer.is_some(),
                    (true, false) => std::mem::take(&mut first),
                }
            });
        }
    }

    fn shop(&mut self, told: &Told) -> impl Iterator<Item = &mut Row> {
        let of_shop = (told.lane, told.shop, i64::MIN)..=(told.lane, told.shop, i64::MAX);
        self.0.range_mut(of_shop).map(|(_, row)| row)
    }

    /// Those who wait for a variant, in the order they joined.
    fn list(&mut self, told: &Told, variant: i64) -> Vec<&mut Row> {
        self.shop(told).filter(|row| row.variant_id == variant).collect()
    }

    /// Changes each who waits in this shop; who is not kept leaves.
    fn keep(&mut self, told: &Told, mut keep: impl FnMut(&mut Row) -> bool) {
        let here = (told.lane, told.shop);
        self.0.retain(|(lane, shop, _), row| (*lane, *shop) != here || keep(row));
    }
}
