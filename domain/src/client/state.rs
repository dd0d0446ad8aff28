//! Buyers as this shop knows them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, ContactId, OrderId};
use crate::message::{Known, PurchaseShown};
use crate::personal::Personal;
use crate::segment::{Language, Method};
use crate::trust::{START, Tier};

use super::record::Record;

/// How many purchases are kept for MES ACHATS.
pub const PURCHASES_KEPT: usize = 5;

/// One buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Where she is answered.
    pub contact: ContactId,
    /// Her profile name.
    pub name: Personal,
    /// Her language.
    pub language: Language,
    /// Plain short words for a slow connection.
    pub simple: bool,
    /// How she pays without being asked.
    pub method: Option<Method>,
    /// The vendor does not take her orders.
    pub blocked: bool,
    /// The vendor answers herself.
    pub human: bool,
    /// Suggestions and news: yes, no, or never asked.
    pub marketing: Option<bool>,
    /// The computed score.
    pub score: u8,
    /// What the vendor laid over it.
    pub overridden: Option<u8>,
    /// Looks like a fake buyer.
    pub flagged: bool,
    /// First paid, first served for her; as the shop has it where nothing is said.
    pub first_paid: Option<bool>,
    /// Her tier.
    pub tier: Tier,
    /// Her orders that hold units and are not paid, oldest first.
    pub open: Vec<OrderId>,
    /// Her orders that neither expired nor were cancelled.
    pub standing: u32,
    /// What counts for her trust.
    pub record: Record,
    /// The newest of her paid orders, newest first.
    pub purchases: Vec<PurchaseShown>,
    /// When she got the last hint.
    pub hinted_at: Option<DateTime<Utc>>,
    /// Her key is destroyed; her next word registers her anew.
    pub forgotten: bool,
}

impl Client {
    /// Somebody nobody knows yet.
    pub fn new(contact: ContactId, name: Personal, language: Language) -> Self {
        Self {
            contact,
            name,
            language,
            simple: false,
            method: None,
            blocked: false,
            human: false,
            marketing: None,
            score: START,
            overridden: None,
            flagged: false,
            first_paid: None,
            tier: Tier::Bronze,
            open: Vec::new(),
            standing: 0,
            record: Record::default(),
            purchases: Vec::new(),
            hinted_at: None,
            forgotten: false,
        }
    }

    /// The score that counts: the vendor's word, else the computed one.
    pub fn trust(&self) -> u8 {
        self.overridden.unwrap_or(self.score)
    }

    /// Looks like a fake buyer, and the vendor has not said otherwise.
    pub fn doubted(&self) -> bool {
        self.flagged && self.overridden.is_none()
    }

    /// Her paid orders: confirmed by money that was not taken back.
    pub fn paid(&self) -> u32 {
        self.record.facts.paid
    }

    /// How well the shop knows her.
    pub fn known(&self) -> Known {
        Known {
            purchases: self.paid(),
            tier: self.tier,
        }
    }
}

/// All buyers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Clients {
    by_id: BTreeMap<ClientId, Client>,
    /// Other keys under which one of them writes.
    aliases: BTreeMap<ClientId, ClientId>,
}

impl Clients {
    /// Who a key stands for; herself where no other is known.
    pub fn resolve(&self, id: ClientId) -> ClientId {
        self.aliases.get(&id).copied().unwrap_or(id)
    }

    /// A buyer, under whichever of her keys.
    pub fn get(&self, id: ClientId) -> Option<&Client> {
        self.by_id.get(&self.resolve(id))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (ClientId, &Client)> {
        self.by_id.iter().map(|(id, client)| (*id, client))
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether nobody wrote yet.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Shows what is personal, with whose it is.
    pub fn personal(&mut self, visit: &mut dyn FnMut(ClientId, &mut Personal)) {
        for (id, client) in &mut self.by_id {
            visit(*id, &mut client.name);
        }
    }

    pub(crate) fn get_mut(&mut self, id: ClientId) -> Option<&mut Client> {
        let id = self.resolve(id);
        self.by_id.get_mut(&id)
    }

    /// Registers her. Who was forgotten keeps what she owes and bought: that is the shop's.
    pub(super) fn register(&mut self, id: ClientId, new: Client) {
        let known = self.by_id.entry(id).or_insert_with(|| new.clone());
        known.contact = new.contact;
        known.name = new.name;
        known.language = new.language;
        known.forgotten = false;
    }

    pub(super) fn alias(&mut self, also: ClientId, client: ClientId) {
        if also != client {
            // One step leads to her, also when she is merged twice.
            self.aliases
                .values_mut()
                .filter(|to| **to == also)
                .for_each(|to| *to = client);
            self.aliases.insert(also, client);
        }
    }

    pub(super) fn remove(&mut self, id: ClientId) -> Option<Client> {
        self.by_id.remove(&id)
    }
}
