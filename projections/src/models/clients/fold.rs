//! What an event changes in the rows of clients.

use std::collections::BTreeMap;

use domain::{
    client::Event as Client,
    ids::ClientId,
    trust::{START, Tier},
};
use sqlx::types::Json;

use super::{Key, Row, badge, tier};
use crate::{ApplyError, Told, models::shops::code};

pub(super) fn fold(
    rows: &mut BTreeMap<Key, Row>,
    told: &Told,
    event: &Client,
) -> Result<(), ApplyError> {
    match event {
        Client::ClientRegistered { client, .. } => {
            register(rows, (told.lane, told.shop, client.0), event);
            Ok(())
        }
        // Two rows stay two rows: her orders keep the id they were placed under.
        Client::ClientsMerged { kept, merged } if kept != merged => {
            let also = rows.get(&(told.lane, told.shop, merged.0)).cloned();
            let row = one(rows, told, *kept)?;
            if let Some(also) = also {
                row.take_over(also);
            }
            Ok(())
        }
        Client::ClientRenamed { client, .. }
        | Client::ClientIdentityChanged { client, .. }
        | Client::ClientPreferred { client, .. }
        | Client::TrustScoreChanged { client, .. }
        | Client::TrustOverridden { client, .. }
        | Client::FirstPaidSet { client, .. }
        | Client::TierChanged { client, .. }
        | Client::BadgeEarned { client, .. }
        | Client::ClientBlocked { client, .. }
        | Client::ClientUnblocked { client }
        | Client::ClientForgotten { client } => {
            one(rows, told, *client)?.change(event);
            Ok(())
        }
        Client::ClientsMerged { .. }
        | Client::ConsentGiven { .. }
        | Client::ConsentWithdrawn { .. } => Ok(()),
    }
}

fn one<'a>(
    rows: &'a mut BTreeMap<Key, Row>,
    told: &Told,
    ClientId(client): ClientId,
) -> Result<&'a mut Row, ApplyError> {
    let row = rows.get_mut(&(told.lane, told.shop, client));
    row.ok_or_else(|| ApplyError::unknown("client", client))
}

/// Who was forgotten and writes again keeps what the shop thinks of her.
fn register(rows: &mut BTreeMap<Key, Row>, key: Key, event: &Client) {
    let Client::ClientRegistered { contact, name, language, .. } = event else { return };
    let (lane, shop_id, client_id) = key;
    let row = rows.entry(key).or_insert_with(|| Row {
        lane,
        shop_id,
        client_id,
        contact_id: contact.0,
        name: None,
        language: String::new(),
        blocked: false,
        score: i16::from(START),
        overridden: None,
        flagged: false,
        tier: tier(Tier::default()).to_owned(),
        first_paid: None,
        badges: Json(Vec::new()),
    });
    row.contact_id = contact.0;
    row.name = name.sealed().map(str::to_owned);
    code(*language).clone_into(&mut row.language);
}

impl Row {
    fn change(&mut self, event: &Client) {
        match event {
            Client::ClientRenamed { name, .. } => self.name = name.sealed().map(str::to_owned),
            Client::ClientIdentityChanged { contact, .. } => self.contact_id = contact.0,
            Client::ClientPreferred { language: Some(language), .. } => {
                code(*language).clone_into(&mut self.language);
            }
            Client::TrustScoreChanged { to, flagged, .. } => {
                self.score = i16::from(*to);
                self.flagged = *flagged;
            }
            Client::TrustOverridden { score, .. } => self.overridden = score.map(i16::from),
            Client::FirstPaidSet { on, .. } => self.first_paid = *on,
            Client::TierChanged { to, .. } => tier(*to).clone_into(&mut self.tier),
            Client::BadgeEarned { badge: earned, .. } => self.earn(badge(*earned).to_owned()),
            Client::ClientBlocked { .. } => self.blocked = true,
            Client::ClientUnblocked { .. } => self.blocked = false,
            Client::ClientForgotten { .. } => self.name = None,
            // A preference that is not the language, and what `fold` does itself.
            _ => {}
        }
    }

    /// The first buyer of several lives has that badge once.
    fn earn(&mut self, badge: String) {
        if !self.badges.contains(&badge) {
            self.badges.push(badge);
        }
    }

    /// Two are one: what the vendor said about either stands, first about the one who remains.
    fn take_over(&mut self, also: Self) {
        self.blocked |= also.blocked;
        self.overridden = self.overridden.or(also.overridden);
        self.first_paid = self.first_paid.or(also.first_paid);
        for badge in also.badges.0 {
            self.earn(badge);
        }
    }
}
