//! What a batch needs to know before it is folded: loaded at once.

use std::collections::BTreeSet;

use domain::{
    catalogue::Event as Catalogue,
    client::Event as Client,
    event::Event,
    ids::{ClientId, ProductId, VariantId},
    live::Event as Live,
    order::Event as Order,
    waitlist::Event as Waitlist,
};
use uuid::Uuid;

use super::{Key, goods, lives, orders};
use crate::{Told, numbers};

#[derive(Debug, Default)]
pub(super) struct Needs {
    pub orders: BTreeSet<Key>,
    pub lives: BTreeSet<Key>,
    /// Shops whose live on air is asked for, if one is.
    pub on_air: BTreeSet<(i16, Uuid)>,
    /// Lives that are frozen here: all of theirs is needed.
    pub freezes: BTreeSet<Key>,
    /// Clients all of whose orders are needed.
    pub clients: BTreeSet<(i16, Uuid, Uuid)>,
    pub goods: goods::Which,
    /// Something was asked for in vain.
    unmet: bool,
}

impl Needs {
    pub(super) fn of(batch: &[&Told]) -> Self {
        let mut needs = Self::default();
        for told in batch {
            let Ok(event) = &told.event else { continue };
            if let Some(order) = orders::subject(event) {
                needs.orders.insert((told.lane, told.shop, numbers::order(order)));
            }
            match event {
                Event::Live(live) => needs.live(told, event, live),
                Event::Catalogue(event) => needs.catalogue(told, event),
                Event::Order(event) => needs.order(told, event),
                Event::Waitlist(Waitlist::OfferMade { variant, .. }) => {
                    needs.variant(told, *variant);
                }
                Event::Client(Client::ClientsMerged { kept, merged }) => {
                    needs.clients.extend([kept, merged].map(|it| (told.lane, told.shop, it.0)));
                }
                _ => {}
            }
        }
        needs.buyers(batch);
        needs
    }

    pub(super) fn is_idle(&self) -> bool {
        let goods = &self.goods;
        let no_goods =
            goods.products.is_empty() && goods.variants.is_empty() && goods.shops.is_empty();
        no_goods
            && self.orders.is_empty()
            && self.lives.is_empty()
            && self.clients.is_empty()
            && !self.unmet
    }

    fn live(&mut self, told: &Told, event: &Event, live: &Live) {
        let Some(id) = lives::subject(event) else { return };
        let key = (told.lane, told.shop, numbers::live(id));
        self.lives.insert(key);
        match live {
            Live::ProductShown { .. } => return,
            Live::LiveEnded { .. } | Live::LiveSettled { .. } => {
                self.freezes.insert(key);
            }
            _ => {}
        }
        self.goods.shops.insert((told.lane, told.shop));
    }

    fn catalogue(&mut self, told: &Told, event: &Catalogue) {
        match event {
            Catalogue::ProductAdded { product, .. } => {
                self.product(told, *product);
                self.on_air.insert((told.lane, told.shop));
            }
            Catalogue::ProductChanged { product, .. } | Catalogue::VariantAdded { product, .. } => {
                self.product(told, *product);
            }
            Catalogue::StockReceived { variant, .. }
            | Catalogue::StockAdjusted { variant, .. }
            | Catalogue::StockBlocked { variant, .. } => self.variant(told, *variant),
            Catalogue::StockRanLow { .. } | Catalogue::ProductArchived { .. } => {}
        }
    }

    fn order(&mut self, told: &Told, event: &Order) {
        match event {
            Order::OrderPlaced { lines, .. } | Order::OrderSwapped { lines, .. } => {
                for line in lines {
                    self.product(told, line.product);
                }
            }
            Order::LineAdded { line, .. } => self.product(told, line.product),
            Order::DemandUnmet { .. } => self.unmet = true,
            _ => {}
        }
    }

    /// Who buys in a batch that freezes a live of the shop may be new in it.
    fn buyers(&mut self, batch: &[&Told]) {
        let shops: BTreeSet<_> = self.freezes.iter().map(|key| (key.0, key.1)).collect();
        if shops.is_empty() {
            return;
        }
        let here = batch.iter().filter(|told| shops.contains(&(told.lane, told.shop)));
        self.clients.extend(here.filter_map(|told| {
            let ClientId(client) = match told.event.as_ref().ok()? {
                Event::Order(Order::OrderPlaced { client, .. })
                | Event::Waitlist(Waitlist::OfferMade { client, .. }) => *client,
                _ => return None,
            };
            Some((told.lane, told.shop, client))
        }));
    }

    fn product(&mut self, told: &Told, product: ProductId) {
        self.goods.products.insert((told.lane, told.shop, numbers::product(product)));
    }

    fn variant(&mut self, told: &Told, variant: VariantId) {
        self.goods.variants.insert((told.lane, told.shop, numbers::variant(variant)));
    }
}
