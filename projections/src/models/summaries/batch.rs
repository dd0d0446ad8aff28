//! The rows a batch touches, folded event by event and saved at once.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    catalogue::Event as Catalogue,
    client::Event as Client,
    event::Event,
    ids::{OrderId, ProductId, VariantId},
    live::Event as Live,
    order::{Event as Order, event::Line},
    waitlist::Event as Waitlist,
};
use domain::{ids::LiveId, money::Amount};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{Key, Needs, adjusted, adjusted::Adjusted, freeze, goods, lives, orders, unmet};
use crate::{
    ApplyError, Told,
    models::{orders::Came, stock},
    numbers,
};

#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) orders: BTreeMap<Key, orders::Row>,
    pub(super) goods: BTreeMap<Key, goods::Row>,
    pub(super) lives: BTreeMap<Key, lives::Row>,
    pub(super) unmet: BTreeMap<(Key, Uuid, i64), unmet::Row>,
    /// Lives that are settled, as far as this batch's orders are theirs.
    settled: BTreeSet<Key>,
    /// What of the above is not as it was loaded.
    moved: Moved,
    came: Came,
    adjusted: Vec<Adjusted>,
}

#[derive(Debug, Default)]
struct Moved {
    orders: BTreeSet<Key>,
    goods: BTreeSet<Key>,
    lives: BTreeSet<Key>,
    unmet: BTreeSet<(Key, Uuid, i64)>,
}

impl Batch {
    pub(super) async fn load(
        conn: &mut PgConnection,
        mut needs: Needs,
    ) -> Result<Self, ApplyError> {
        let (mut orders, settled) = orders::load(conn, &needs.orders).await?;
        for row in orders.values() {
            let of = |line: &Line| (row.lane, row.shop_id, numbers::product(line.product));
            needs.goods.products.extend(row.lines.iter().map(of));
        }
        if !needs.freezes.is_empty() || !needs.clients.is_empty() {
            let all = orders::load_all(conn, &needs.freezes, &needs.clients).await?;
            orders.extend(all);
        }
        let unmet = unmet::load(conn, &needs.freezes).await?;
        Ok(Self {
            orders,
            goods: goods::load(conn, &needs.goods).await?,
            lives: lives::load(conn, &needs.lives, &needs.on_air).await?,
            unmet: unmet.into_iter().map(|row| (row.key(), row)).collect(),
            settled,
            ..Self::default()
        })
    }

    pub(super) fn hear(&mut self, told: &Told, event: &Event) -> Result<(), ApplyError> {
        self.came.hear(told, event);
        if let Some(order) = orders::subject(event) {
            return self.order(told, event, order);
        }
        match event {
            Event::Live(event) => self.live(told, event),
            Event::Catalogue(event) => self.catalogue(told, event),
            Event::Order(event) => {
                self.in_vain(told, event);
                Ok(())
            }
            Event::Client(Client::ClientsMerged { kept, merged }) => {
                self.merge(told, kept.0, merged.0);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub(super) async fn save(self, conn: &mut PgConnection) -> Result<(), ApplyError> {
        let Moved { orders, goods, lives, unmet } = &self.moved;
        let orders: Vec<_> = orders.iter().filter_map(|key| self.orders.get(key)).collect();
        let goods: Vec<_> = goods.iter().filter_map(|key| self.goods.get(key)).collect();
        let lives: Vec<_> = lives.iter().filter_map(|key| self.lives.get(key)).collect();
        let unmet: Vec<_> = unmet.iter().filter_map(|key| self.unmet.get(key)).collect();
        orders::save(conn, &orders).await?;
        goods::save(conn, &goods).await?;
        lives::save(conn, &lives).await?;
        unmet::save(conn, &unmet).await?;
        adjusted::save(conn, &self.adjusted).await
    }

    fn order(&mut self, told: &Told, event: &Event, order: OrderId) -> Result<(), ApplyError> {
        let key = (told.lane, told.shop, numbers::order(order));
        if let Some(row) = self.begun(told, event)? {
            for line in row.lines.iter().filter(|_| holds(event)) {
                let product = numbers::product(line.product);
                self.moves(told, product, (-i64::from(line.quantity), 0))?;
            }
            self.orders.insert(key, row);
            self.moved.orders.insert(key);
            return Ok(());
        }
        let went = self.came.and_went(told, event);
        let row = self.orders.get_mut(&key);
        let row = row.ok_or_else(|| ApplyError::unknown("order", key.2))?;
        let before = row.clone();
        row.fold(event, told.at, went);
        let after = row.clone();
        let live = after.live_id.map(|live| (told.lane, told.shop, live));
        let settled = live.filter(|live| self.settled.contains(live));
        self.adjusted.extend(settled.and_then(|_| Adjusted::of(told, event, &before, &after)));
        if before != after {
            self.moved.orders.insert(key);
        }
        for (variant, units) in units(event, &after) {
            let product = before.product(variant).or_else(|| after.product(variant));
            let product = product.ok_or_else(|| ApplyError::unknown("variant", variant))?;
            self.moves(told, product, units)?;
        }
        Ok(())
    }

    /// The row of an order that begins here.
    fn begun(&self, told: &Told, event: &Event) -> Result<Option<orders::Row>, ApplyError> {
        match event {
            Event::Order(event) => Ok(orders::Row::new(told, event)),
            Event::Waitlist(offer @ Waitlist::OfferMade { variant, quantity, .. }) => {
                let line = self.line(told, *variant, *quantity)?;
                Ok(orders::Row::offered(told, offer, line))
            }
            _ => Ok(None),
        }
    }

    /// The one line of an offer made now.
    fn line(&self, told: &Told, variant: VariantId, quantity: u32) -> Result<Line, ApplyError> {
        let good = self.good_of(told, numbers::variant(variant))?;
        let product = u32::try_from(good.product_id).ok().map(ProductId);
        Ok(Line {
            product: product.ok_or_else(|| ApplyError::unknown("product", good.product_id))?,
            variant,
            quantity,
            unit_price: Amount(good.price),
        })
    }

    fn good_of(&self, told: &Told, variant: i64) -> Result<&goods::Row, ApplyError> {
        let of_shop = (told.lane, told.shop, i64::MIN)..=(told.lane, told.shop, i64::MAX);
        let mut rows = self.goods.range(of_shop).map(|(_, row)| row);
        let row = rows.find(|row| row.variants.contains(&variant));
        row.ok_or_else(|| ApplyError::unknown("variant", variant))
    }

    /// `free` units of a product more, `came` of them because there are more.
    fn moves(
        &mut self,
        told: &Told,
        product: i64,
        (free, came): (i64, i64),
    ) -> Result<(), ApplyError> {
        if free != 0 || came != 0 {
            self.good(told, product)?.moves(free, came, told.at);
        }
        Ok(())
    }

    fn good(&mut self, told: &Told, product: i64) -> Result<&mut goods::Row, ApplyError> {
        let key = (told.lane, told.shop, product);
        self.moved.goods.insert(key);
        self.goods.get_mut(&key).ok_or_else(|| ApplyError::unknown("product", product))
    }

    fn catalogue(&mut self, told: &Told, event: &Catalogue) -> Result<(), ApplyError> {
        match event {
            Catalogue::ProductAdded { product, keyword, name, price, .. } => {
                let key = (told.lane, told.shop, numbers::product(*product));
                let mut row =
                    goods::Row::new(key, keyword.to_string(), name.to_string(), price.0);
                let here = |live: &&lives::Row| (live.lane, live.shop_id) == (key.0, key.1);
                let on_air = self.lives.values().filter(here).find(|live| live.on_air);
                if let Some(live) = on_air {
                    row.joins(live.live_id);
                }
                self.goods.insert(key, row);
                self.moved.goods.insert(key);
            }
            Catalogue::ProductChanged { product, name, price, .. } => {
                let row = self.good(told, numbers::product(*product))?;
                if let Some(name) = name {
                    row.name = name.to_string();
                }
                row.price = price.map_or(row.price, |price| price.0);
            }
            Catalogue::VariantAdded { variant, product, .. } => {
                let row = self.good(told, numbers::product(*product))?;
                row.variants.push(numbers::variant(*variant));
            }
            Catalogue::StockReceived { variant, quantity } => {
                self.stocks(told, *variant, i64::from(*quantity))?;
            }
            Catalogue::StockAdjusted { variant, by, .. } => self.stocks(told, *variant, *by)?,
            Catalogue::StockBlocked { variant, by } => self.stocks(told, *variant, -by)?,
            Catalogue::StockRanLow { .. } | Catalogue::ProductArchived { .. } => {}
        }
        Ok(())
    }

    fn stocks(&mut self, told: &Told, variant: VariantId, by: i64) -> Result<(), ApplyError> {
        let product = self.good_of(told, numbers::variant(variant))?.product_id;
        self.moves(told, product, (by, by))
    }

    fn live(&mut self, told: &Told, event: &Live) -> Result<(), ApplyError> {
        match event {
            Live::LiveStarted { live, title } => {
                let key = (told.lane, told.shop, numbers::live(*live));
                self.lives.insert(key, lives::Row::new(key, title.to_string(), told.at));
                self.moved.lives.insert(key);
                self.each_good(told, |good| good.begins(key.2, told.at));
            }
            Live::ProductShown { live, product } => {
                let (at, product) = (told.at, numbers::product(*product));
                self.session(told, *live)?.shown.push(lives::Shown { at, product });
            }
            Live::LiveClosing { live, .. } => {
                let (id, mut goods) = (numbers::live(*live), Vec::new());
                self.each_good(told, |good| goods.extend(good.finishes(id, told.at)));
                let row = self.session(told, *live)?;
                (row.finished_at, row.on_air) = (Some(told.at), false);
                row.goods = Json(goods);
            }
            Live::LiveReopened { live } => {
                let row = self.session(told, *live)?;
                (row.finished_at, row.on_air, row.hot) = (None, true, None);
                let goods = std::mem::take(&mut row.goods.0);
                self.each_good(told, |good| {
                    let was = goods.iter().find(|was| was.product == good.product_id);
                    good.reopens(numbers::live(*live), was, told.at);
                });
            }
            Live::LiveEnded { live } => {
                let summary = freeze::freeze(self, told, *live, false)?;
                self.session(told, *live)?.hot = Some(Json(summary));
            }
            Live::LiveSettled { live } => {
                let summary = freeze::freeze(self, told, *live, true)?;
                self.session(told, *live)?.settled = Some(Json(summary));
                self.settled.insert((told.lane, told.shop, numbers::live(*live)));
            }
            Live::LiveScheduled { .. }
            | Live::LivePaused { .. }
            | Live::LiveResumed { .. }
            | Live::LastCallOver { .. }
            | Live::LiveFirstPaidSet { .. } => {}
        }
        Ok(())
    }

    fn session(&mut self, told: &Told, live: LiveId) -> Result<&mut lives::Row, ApplyError> {
        let key = (told.lane, told.shop, numbers::live(live));
        self.moved.lives.insert(key);
        self.lives.get_mut(&key).ok_or_else(|| ApplyError::unknown("live", key.2))
    }

    fn each_good(&mut self, told: &Told, mut change: impl FnMut(&mut goods::Row)) {
        let of_shop = (told.lane, told.shop, i64::MIN)..=(told.lane, told.shop, i64::MAX);
        for (key, row) in self.goods.range_mut(of_shop) {
            change(row);
            self.moved.goods.insert(*key);
        }
    }

    fn in_vain(&mut self, told: &Told, event: &Order) {
        let Some(row) = unmet::Row::of(told, event) else { return };
        let key = row.key();
        let known = self.unmet.get(&key).map_or(0, |known| known.quantity);
        if row.quantity > known {
            self.unmet.insert(key, row);
            self.moved.unmet.insert(key);
        }
    }

    /// Two clients are one: what both bought, she bought.
    fn merge(&mut self, told: &Told, kept: Uuid, merged: Uuid) {
        let of_shop = (told.lane, told.shop, i64::MIN)..=(told.lane, told.shop, i64::MAX);
        let rows = self.orders.range_mut(of_shop);
        for (key, row) in rows.filter(|(_, row)| row.client_id == merged) {
            row.client_id = kept;
            self.moved.orders.insert(*key);
        }
    }
}

/// Whether an order that begins holds its units: under first paid, first served it does not.
fn holds(event: &Event) -> bool {
    !matches!(event, Event::Order(Order::OrderPlaced { unheld: true, .. }))
}

/// By variant: how many units of it an event makes free, and how many of them came back in.
fn units(event: &Event, order: &orders::Row) -> Vec<(i64, (i64, i64))> {
    match event {
        Event::Order(event) => {
            let returned = matches!(event, Order::OrderReturned { .. });
            let of = |(variant, by): (VariantId, stock::Moved)| {
                let came = if returned { by.on_hand } else { 0 };
                let free = by.on_hand - by.held - by.committed - by.blocked;
                (numbers::variant(variant), (free, came))
            };
            stock::moves(event).into_iter().map(of).collect()
        }
        Event::Waitlist(
            Waitlist::OfferDeclined { quantity, .. } | Waitlist::OfferLapsed { quantity, .. },
        ) => {
            let of = |line: &Line| (numbers::variant(line.variant), (i64::from(*quantity), 0));
            order.lines.first().map(of).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
