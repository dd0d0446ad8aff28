//! What a fact about a buyer changes.

use chrono::{DateTime, Utc};

use crate::ids::ClientId;
use crate::personal::Personal;

use crate::shop::Shop;
use crate::trust::Badge;

use super::state::{Client, Clients};
use super::{Event, count};

/// Applies it.
#[expect(
    clippy::too_many_lines,
    reason = "one arm per event: the contents of the room"
)]
pub(crate) fn evolve(shop: &mut Shop, event: &Event, at: DateTime<Utc>) {
    let clients = &mut shop.clients;
    match event {
        Event::ClientRegistered {
            client,
            contact,
            name,
            language,
            ..
        } => {
            let new = Client::new(*contact, name.clone(), *language);
            clients.register(*client, new);
        }
        Event::ClientIdentityChanged {
            client,
            known_as,
            contact,
            ..
        } => {
            clients.alias(*known_as, *client);
            with(clients, *client, |known| known.contact = *contact);
        }
        Event::ClientsMerged { kept, merged } => merge(shop, *kept, *merged, at),
        Event::ClientRenamed { client, name } => {
            with(clients, *client, |known| known.name = name.clone());
        }
        Event::ClientPreferred {
            client,
            language,
            simple,
            method,
        } => {
            with(clients, *client, |known| {
                known.language = language.unwrap_or(known.language);
                known.simple = simple.unwrap_or(known.simple);
                known.method = method.or(known.method);
            });
        }
        Event::ConsentGiven { client, .. } => {
            with(clients, *client, |known| known.marketing = Some(true));
        }
        Event::ConsentWithdrawn { client, .. } => {
            with(clients, *client, |known| known.marketing = Some(false));
        }
        Event::TrustScoreChanged {
            client,
            to,
            flagged,
            ..
        } => {
            with(clients, *client, |known| {
                known.score = *to;
                known.flagged = *flagged;
            });
            count::change(shop, *client, at, |_| ());
        }
        Event::TrustOverridden { client, score, .. } => {
            with(clients, *client, |known| known.overridden = *score);
            count::change(shop, *client, at, |_| ());
        }
        Event::FirstPaidSet { client, on } => {
            with(clients, *client, |known| known.first_paid = *on);
        }
        Event::TierChanged { client, to, .. } => with(clients, *client, |known| known.tier = *to),
        Event::BadgeEarned {
            client,
            badge,
            live,
        } => {
            with(clients, *client, |known| {
                known.record.badges.insert(*badge);
            });
            let session = live.and_then(|live| shop.live.sessions.get_mut(&live));
            if let Some(session) = session {
                session.first_buyer |= *badge == Badge::FirstBuyer;
            }
        }
        Event::ClientBlocked { client, .. } => with(clients, *client, |known| known.blocked = true),
        Event::ClientUnblocked { client } => with(clients, *client, |known| known.blocked = false),
        Event::ClientForgotten { client } => {
            with(clients, *client, |known| {
                known.name = Personal::default();
                known.method = None;
                known.simple = false;
                known.forgotten = true;
            });
        }
    }
}

fn with(clients: &mut Clients, client: ClientId, change: impl FnOnce(&mut Client)) {
    if let Some(known) = clients.get_mut(client) {
        change(known);
    }
}

fn merge(shop: &mut Shop, kept: ClientId, merged: ClientId, at: DateTime<Utc>) {
    let kept = shop.clients.resolve(kept);
    if kept == merged {
        return;
    }
    let also = shop.clients.remove(merged);
    crate::waitlist::evolve::merge(shop, kept, merged);
    shop.clients.alias(merged, kept);
    let Some(also) = also else { return };
    // Two open carts stay two orders; both are hers now.
    for order in &also.open {
        if let Some(known) = shop.orders.open.get_mut(order) {
            known.client = kept;
        }
    }
    with(&mut shop.clients, kept, |known| {
        known.open.extend(also.open);
        known.open.sort_unstable();
        known.standing = known.standing.saturating_add(also.standing);
        known.blocked |= also.blocked;
        // What the vendor said about either of them stands, first about the one who remains.
        known.overridden = known.overridden.or(also.overridden);
        known.first_paid = known.first_paid.or(also.first_paid);
        known.purchases.extend(also.purchases);
        known
            .purchases
            .sort_by_key(|purchase| std::cmp::Reverse(purchase.paid_at));
        known.purchases.truncate(super::state::PURCHASES_KEPT);
    });
    count::change(shop, kept, at, |record| record.merge(also.record));
}
