//! A shop's history told straight into the log, and the tables it leads to.

use std::{borrow::Cow, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    catalogue::Event as Catalogue,
    client::Event as Client,
    event::Event,
    ids::{ClientId, ContactId, LiveId, OrderId, ProductId, ShopId, VariantId},
    live::Event as Live,
    money::{Amount, Currency},
    order::event::{Event as Order, HoldTerms, Line, Units},
    personal::Personal,
    segment::{Language, Segment},
    shop::Event as Shop,
    text::Keyword,
};
use eventstore::{Committed, Lane, Recorded};
use projections::{
    Readings, TenantTx,
    board::{Board, board},
};
use sqlx::{PgPool, postgres::PgConnectOptions};
use tests::cluster::{Database, database};
use tokio::sync::broadcast;
use uuid::Uuid;

/// A database, a runner, and a stand-in for the committer: it writes events as one would.
pub(super) struct Scene {
    pub(super) pool: PgPool,
    pub(super) readings: Readings,
    committed: broadcast::Sender<Arc<Committed>>,
    /// Kept so that the database lives as long as the scene.
    _database: Database,
}

impl Scene {
    pub(super) async fn new() -> Self {
        let database = database().await;
        let pool = PgPool::connect(database.url()).await.unwrap();
        let committed = broadcast::Sender::new(64);
        let options: PgConnectOptions = database.url().parse().unwrap();
        let runner = PgPool::connect_with(options.application_name("runner"))
            .await
            .unwrap();
        let readings = Readings::start(runner, committed.subscribe())
            .await
            .unwrap();
        Self {
            pool,
            readings,
            committed,
            _database: database,
        }
    }

    /// A second node on the same database: it hears nothing and has to look.
    pub(super) async fn second(&self) -> Readings {
        let deaf = broadcast::Sender::new(1).subscribe();
        Readings::start(self.pool.clone(), deaf).await.unwrap()
    }

    /// Commits events of a shop and tells the runner. Returns where the lane is then.
    pub(super) async fn tell(&self, shop: Uuid, events: Vec<Event>) -> (Lane, i64) {
        self.tell_at(shop, now(), events).await
    }

    /// The same, at another time.
    pub(super) async fn tell_at(
        &self,
        shop: Uuid,
        at: DateTime<Utc>,
        events: Vec<Event>,
    ) -> (Lane, i64) {
        let (lane, pos, recorded) = self.write(shop, at, events).await;
        let first_pos = recorded.first().map_or(pos + 1, |event| event.pos);
        let batch = Committed {
            lane,
            first_pos,
            events: recorded,
            promises: 0,
        };
        drop(self.committed.send(Arc::new(batch)));
        (lane, pos)
    }

    /// Commits as another node would: nobody is told.
    pub(super) async fn tell_silently(&self, shop: Uuid, events: Vec<Event>) -> (Lane, i64) {
        let (lane, pos, _) = self.write(shop, now(), events).await;
        (lane, pos)
    }

    async fn write(
        &self,
        shop: Uuid,
        at: DateTime<Utc>,
        events: Vec<Event>,
    ) -> (Lane, i64, Vec<Recorded>) {
        let bodies = events.into_iter().map(|mut event| {
            event.personal(&mut |_, it| it.seal_with(|clear| format!("sealed {clear}")));
            (event.kind(), serde_json::to_string(&event).unwrap())
        });
        self.write_raw(shop, at, bodies.collect()).await
    }

    /// Commits bodies as they are, good or bad.
    pub(super) async fn write_raw(
        &self,
        shop: Uuid,
        at: DateTime<Utc>,
        bodies: Vec<(&'static str, String)>,
    ) -> (Lane, i64, Vec<Recorded>) {
        let lane = Lane::of(shop);
        let count = i64::try_from(bodies.len()).unwrap();
        let mut tx = self.pool.begin().await.unwrap();
        let end: i64 = sqlx::query_scalar(
            "UPDATE lane_head SET pos = pos + $2, batch = batch + 1 WHERE lane = $1 RETURNING pos",
        )
        .bind(lane.number())
        .bind(count)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        let before: i64 = sqlx::query_scalar(
            "SELECT coalesce(max(seq), 0) FROM event WHERE lane = $1 AND shop_id = $2",
        )
        .bind(lane.number())
        .bind(shop)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        let command_id = Uuid::new_v5(&shop, &end.to_be_bytes());
        let mut recorded = Vec::new();
        for (n, (kind, body)) in (1..).zip(bodies) {
            let event = Recorded {
                lane,
                stream: shop,
                seq: before + n,
                pos: end - count + n,
                id: Uuid::new_v5(&shop, &(before + n).to_be_bytes()),
                kind: Cow::Borrowed(kind),
                version: 1,
                at,
                actor: "system".into(),
                command_id,
                correlation_id: shop,
                body,
                hash: [0; 32],
            };
            insert(&mut tx, &event).await;
            recorded.push(event);
        }
        tx.commit().await.unwrap();
        (lane, end, recorded)
    }

    /// Cuts every connection of the runner, whatever it is doing.
    pub(super) async fn cut_the_runner(&self) {
        sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE application_name = 'runner' AND datname = current_database()",
        )
        .execute(&self.pool)
        .await
        .unwrap();
    }

    /// Waits until the tables know all of the log.
    pub(super) async fn settled(&self) {
        let heads: Vec<(i16, i64)> =
            sqlx::query_as("SELECT lane, pos FROM lane_head WHERE pos > 0")
                .fetch_all(&self.pool)
                .await
                .unwrap();
        for (lane, pos) in heads {
            let lane = Lane::from_number(lane).unwrap();
            let arrived = self
                .readings
                .wait_for(lane, pos, Duration::from_secs(20))
                .await;
            assert!(arrived, "lane {lane:?} is not at {pos} after 20 s");
        }
    }

    pub(super) async fn board(&self, shop: Uuid) -> Option<Board> {
        let mut tx = TenantTx::begin(&self.pool, shop).await.unwrap();
        let found = board(&mut tx).await.unwrap();
        tx.end().await.unwrap();
        found
    }
}

async fn insert(tx: &mut sqlx::PgConnection, event: &Recorded) {
    sqlx::query(
        "INSERT INTO event (lane, shop_id, seq, pos, id, kind, version, at, actor, command_id,
                            correlation_id, body, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::json, $13)",
    )
    .bind(event.lane.number())
    .bind(event.stream)
    .bind(event.seq)
    .bind(event.pos)
    .bind(event.id)
    .bind(event.kind.as_ref())
    .bind(event.version)
    .bind(event.at)
    .bind(event.actor.as_ref())
    .bind(event.command_id)
    .bind(event.correlation_id)
    .bind(event.body.as_str())
    .bind(&event.hash[..])
    .execute(tx)
    .await
    .unwrap();
}

/// Whole microseconds, as the log keeps them. The tests' only look at the clock.
#[allow(
    clippy::disallowed_methods,
    reason = "no server runs here whose clock could be asked"
)]
pub(super) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_micros(Utc::now().timestamp_micros()).unwrap()
}

pub(super) fn in_ten_minutes() -> DateTime<Utc> {
    now() + TimeDelta::minutes(10)
}

pub(super) const AMINATA: ClientId = ClientId(Uuid::from_u128(0xA));
pub(super) const FIRST: OrderId = OrderId(1);
pub(super) const MEDIUM: VariantId = VariantId(1);
pub(super) const BAG: VariantId = VariantId(2);

/// A shop with a dress (M, 15 000, ten of them), a bag (9 000, three), a live, and Aminata.
pub(super) fn opened() -> Vec<Event> {
    let product = |id, keyword, name: &str, price| {
        Event::Catalogue(Catalogue::ProductAdded {
            product: ProductId(id),
            keyword: Keyword::parse(keyword).unwrap(),
            name: name.into(),
            price: Amount(price),
            only_during_live: false,
            photo: None,
        })
    };
    let variant = |variant, product, size: Option<&str>| {
        let (size, colour) = (size.map(Into::into), None);
        let product = ProductId(product);
        Event::Catalogue(Catalogue::VariantAdded {
            variant,
            product,
            size,
            colour,
        })
    };
    let stock =
        |variant, quantity| Event::Catalogue(Catalogue::StockReceived { variant, quantity });
    vec![
        Event::Shop(Shop::ShopOpened {
            name: "Chez Awa".into(),
            currency: Currency::Xof,
            country: "SN".to_owned(),
            zone: "Africa/Dakar".to_owned(),
            segment: Segment::LiveSeller,
            language: Language::Fr,
            number: "number".to_owned(),
            account: "account".to_owned(),
        }),
        product(1, "ROBE1", "Robe Wax Ankara", 15_000),
        variant(MEDIUM, 1, Some("M")),
        stock(MEDIUM, 10),
        product(2, "SAC2", "Sac <b>perles</b>", 9_000),
        variant(BAG, 2, None),
        stock(BAG, 3),
        Event::Live(Live::LiveStarted {
            live: LiveId(1),
            title: "Live du samedi".into(),
        }),
        registered(AMINATA, "Aminata D."),
    ]
}

pub(super) fn registered(client: ClientId, name: &str) -> Event {
    Event::Client(Client::ClientRegistered {
        client,
        contact: ContactId(client.0),
        user_id: Personal::clear("user"),
        name: Personal::clear(name),
        phone: None,
        language: Language::Fr,
    })
}

pub(super) fn placed(order: OrderId, quantity: u32) -> Event {
    Event::Order(Order::OrderPlaced {
        order,
        client: AMINATA,
        live: Some(LiveId(1)),
        lines: vec![line(1, MEDIUM, quantity, 15_000)],
        total: Amount(15_000 * i64::from(quantity)),
        deadline: in_ten_minutes(),
        terms: HoldTerms {
            base: 10,
            cut_to: None,
            raised_to: None,
            tier_bonus: 0,
            minutes: 10,
        },
        unheld: false,
    })
}

pub(super) fn line(product: u32, variant: VariantId, quantity: u32, price: i64) -> Line {
    Line {
        product: ProductId(product),
        variant,
        quantity,
        unit_price: Amount(price),
    }
}

pub(super) fn units(variant: VariantId, quantity: u32) -> Vec<Units> {
    vec![Units { variant, quantity }]
}

pub(super) fn confirmed(order: OrderId, quantity: u32) -> Event {
    Event::Order(Order::OrderConfirmed {
        order,
        client: AMINATA,
        units: units(MEDIUM, quantity),
        from_available: false,
        told_later: false,
    })
}

pub(super) fn shop_id(number: u128) -> ShopId {
    ShopId(Uuid::from_u128(number))
}
