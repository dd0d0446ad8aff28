//! Who waits for what.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, LiveId, OrderId, VariantId};

/// One who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Who.
    pub client: ClientId,
    /// For how many, at least 1; what she is offered and has not answered is part of it.
    pub quantity: u32,
    /// Since when. Asking again for another quantity keeps it.
    pub asked_at: DateTime<Utc>,
    /// In which live, if one was on.
    pub live: Option<LiveId>,
    /// The offer that waits for her answer.
    pub offer: Option<OrderId>,
    /// So many she could have had and would not: she is offered more than that, or nothing.
    pub declined: u32,
    /// First paid, first served: when she was last told that units are free.
    pub told: Option<Told>,
    /// Her list is closed: the offer she has is the last one.
    pub closed: bool,
}

/// When somebody was told that units are free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When.
    pub at: DateTime<Utc>,
    /// How often the variant had been sold out by then: the same free units are told once.
    pub emptied: u64,
}

/// All waitlists, by variant; a list nobody is on does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Waitlists {
    /// In the order they joined.
    pub by_variant: BTreeMap<VariantId, Vec<Waiting>>,
}

impl Waitlists {
    /// Those who wait for a variant, in the order they joined.
    pub fn of(&self, variant: VariantId) -> &[Waiting] {
        self.by_variant.get(&variant).map_or(&[], Vec::as_slice)
    }

    /// A client's wait for a variant.
    pub fn get(&self, client: ClientId, variant: VariantId) -> Option<&Waiting> {
        let mut list = self.of(variant).iter();
        list.find(|waiting| waiting.client == client)
    }

    /// The variants a client waits for.
    pub fn variants(&self, client: ClientId) -> Vec<VariantId> {
        let lists = self.by_variant.iter();
        let on = lists.filter(|(_, list)| list.iter().any(|waiting| waiting.client == client));
        on.map(|(variant, _)| *variant).collect()
    }

    /// How many wait, over all variants.
    pub fn len(&self) -> usize {
        self.by_variant.values().map(Vec::len).sum()
    }

    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.by_variant.is_empty()
    }

    /// Changes each who waits for a variant; who is not kept leaves.
    pub(super) fn keep(&mut self, variant: VariantId, keep: impl FnMut(&mut Waiting) -> bool) {
        let Some(list) = self.by_variant.get_mut(&variant) else {
            return;
        };
        list.retain_mut(keep);
        if list.is_empty() {
            self.by_variant.remove(&variant);
        }
    }
}
