//! Whatever a shop lives through: its tables say what its log says, and a lie is found.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Shop, catalogue, client,
    command::{Actor, Command, Envelope},
    conversation::{
        self,
        command::{Said, Speaker},
    },
    event::Event,
    ids::{AttemptId, ClientId, CommandId, ContactId, OrderId, ProductId, ShopId, VariantId},
    live,
    money::{Amount, Currency},
    order::{self, event::CancelledBy},
    payment::{
        self,
        observation::{Observation, Source, Status, Trusted},
    },
    segment::{Language, Segment},
    shop,
    text::Keyword,
};
use projections::verify;
use uuid::Uuid;

use super::scene::{Scene, now};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len().try_into().unwrap())).unwrap()]
    }
}

/// A shop that is decided for real, and whose events go to the scene.
struct Story {
    shop: Shop,
    at: DateTime<Utc>,
    asked: BTreeMap<AttemptId, i64>,
    commands: u128,
    kinds: BTreeMap<&'static str, usize>,
}

impl Story {
    fn new(id: u128) -> Self {
        let shop = Shop::new(ShopId(Uuid::from_u128(id)));
        let at = now() - TimeDelta::hours(10);
        Self {
            shop,
            at,
            asked: BTreeMap::new(),
            commands: 0,
            kinds: BTreeMap::new(),
        }
    }

    fn decide(&mut self, command: Command) -> Vec<Event> {
        self.commands += 1;
        let id = Uuid::from_u128(self.shop.id.0.as_u128() << 32 | self.commands);
        let envelope = Envelope {
            id: CommandId(id),
            shop: self.shop.id,
            actor: Actor::System,
            correlation: id,
            fresh: true,
            command,
        };
        let events = domain::decide(&mut self.shop, &envelope, self.at).events;
        for event in &events {
            *self.kinds.entry(event.kind()).or_default() += 1;
            let Event::Payment(payment::Event::ChargeRequested {
                attempt, amount, ..
            }) = event
            else {
                continue;
            };
            self.asked.insert(*attempt, amount.0);
        }
        events
    }

    fn opening(&mut self) -> Vec<Event> {
        let mut commands = vec![Command::Shop(shop::Command::Open {
            name: "Chez Awa".into(),
            currency: Currency::Xof,
            country: "SN".to_owned(),
            zone: "Africa/Dakar".to_owned(),
            segment: Segment::LiveSeller,
            language: Language::Fr,
            number: "number".to_owned(),
            account: "account".to_owned(),
        })];
        for (keyword, sizes, stock) in [("ROBE1", &["M", "L"][..], 6), ("SAC2", &[], 40)] {
            let variant = |size: Option<&str>| catalogue::command::NewVariant {
                size: size.map(Into::into),
                colour: None,
                stock,
            };
            let mut variants: Vec<_> = sizes.iter().map(|size| variant(Some(size))).collect();
            if variants.is_empty() {
                variants.push(variant(None));
            }
            commands.push(Command::Catalogue(catalogue::Command::AddProduct {
                keyword: Keyword::parse(keyword).unwrap(),
                name: keyword.into(),
                price: Amount(9_500),
                only_during_live: false,
                photo: None,
                variants,
            }));
        }
        let title = "Live".into();
        commands.push(Command::Live(live::Command::Start { live: None, title }));
        commands
            .into_iter()
            .flat_map(|command| self.decide(command))
            .collect()
    }

    fn something(&mut self, dice: &mut Dice) -> Vec<Event> {
        self.at += TimeDelta::seconds(i64::try_from(dice.below(45)).unwrap());
        let command = match dice.below(21) {
            0..10 => self.words(dice),
            10..15 => self.money(dice),
            15..17 => Command::Sweep,
            17 => Command::Outage {
                from: self.at - TimeDelta::seconds(40),
                until: self.at,
            },
            _ => self.vendor(dice),
        };
        self.decide(command)
    }

    fn vendor(&self, dice: &mut Dice) -> Command {
        let open: Vec<OrderId> = self.shop.orders.open.keys().copied().collect();
        let order = if open.is_empty() {
            OrderId(1)
        } else {
            *dice.one(&open)
        };
        let variant = VariantId(u32::try_from(1 + dice.below(3)).unwrap());
        match dice.below(8) {
            0 => Command::Order(order::Command::Cancel {
                order,
                by: CancelledBy::Vendor,
            }),
            1 | 2 => Command::Order(order::Command::HandOver { order }),
            3 => Command::Catalogue(catalogue::Command::ReceiveStock {
                variant,
                quantity: 3,
            }),
            4 => Command::Catalogue(catalogue::Command::BlockStock {
                variant,
                by: if dice.below(2) == 0 { 1 } else { -1 },
            }),
            5 => Command::Catalogue(catalogue::Command::ChangeProduct {
                product: ProductId(1),
                name: None,
                price: Some(Amount(8_000 + i64::try_from(dice.below(9)).unwrap() * 500)),
                photo: None,
            }),
            6 => Command::Client(client::Command::Block {
                client: ClientId(Uuid::from_u128(6)),
                reason: "spam".into(),
            }),
            _ => Command::Live(live::Command::Start {
                live: None,
                title: "Encore".into(),
            }),
        }
    }

    fn words(&self, dice: &mut Dice) -> Command {
        let words = [
            "robe1 M",
            "2 robe1 L",
            "sac2",
            "3 sac2",
            "ROBE1",
            "PAYER",
            "WAVE",
            "PAYER",
            "WAVE",
            "ORANGE MONEY",
            "CHANGER",
            "ANNULER",
            "MES ACHATS",
            "bonjour",
        ];
        let who = Uuid::from_u128(u128::from(1 + dice.below(6)));
        Command::Conversation(conversation::Command::Hear {
            speaker: Speaker {
                client: ClientId(who),
                contact: ContactId(who),
                user_id: who.to_string(),
                name: Some("Awa".into()),
                phone: None,
                language: None,
            },
            said: Said::Text((*dice.one(&words)).into()),
            said_at: self.at,
        })
    }

    /// About one of the newest attempts: its link, or what the provider says.
    fn money(&self, dice: &mut Dice) -> Command {
        let newest: Vec<_> = self.asked.iter().rev().take(4).collect();
        if newest.is_empty() {
            return Command::Sweep;
        }
        let (attempt, asked) = *dice.one(&newest);
        let provider_id = format!("tx{attempt}");
        Command::Payment(match dice.below(8) {
            0 | 1 => payment::Command::RecordCharge {
                attempt: *attempt,
                provider_id: Some(provider_id),
                link: "https://pay.example/1".to_owned(),
            },
            2 => payment::Command::RecordChargeFailure {
                attempt: *attempt,
                reason: "503".into(),
                unknown: dice.below(2) == 0,
            },
            other => payment::Command::Observe(Observation {
                attempt: *attempt,
                provider_id: Some(provider_id),
                status: if other == 3 {
                    Status::Failed
                } else {
                    Status::Succeeded
                },
                amount: Some(Amount(if other == 4 { asked - 500 } else { *asked })),
                fees: None,
                currency: Some("XOF".to_owned()),
                paid_at: Some(self.at),
                source: Source::Detail,
                trusted: Trusted::Fully,
            }),
        })
    }
}

async fn histories(scene: &Scene, shops: u128, commands: usize) -> BTreeMap<&'static str, usize> {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut stories: Vec<Story> = (0..shops).map(|n| Story::new(0x7000 + n)).collect();
    for story in &mut stories {
        let events = story.opening();
        scene.tell_at(story.shop.id.0, story.at, events).await;
    }
    for _ in 0..commands {
        for story in &mut stories {
            let events = story.something(&mut dice);
            if !events.is_empty() {
                scene.tell_at(story.shop.id.0, story.at, events).await;
            }
        }
    }
    let mut kinds = BTreeMap::new();
    for (kind, count) in stories.iter().flat_map(|story| &story.kinds) {
        *kinds.entry(*kind).or_default() += count;
    }
    kinds
}

#[tokio::test]
async fn tables_equal_the_replay_of_any_history() {
    let scene = Scene::new().await;
    let kinds = histories(&scene, 4, 250).await;
    scene.settled().await;
    // The histories must have lived, or equality would prove nothing.
    for kind in [
        "OrderPlaced",
        "LineAdded",
        "LineChanged",
        "HoldExpired",
        "OrderCancelled",
        "OrderConfirmed",
        "OrderHandedOver",
        "HoldLockedForPayment",
        "HoldUnlocked",
        "HoldExtended",
        "OutageEnded",
        "PaymentConfirmed",
        "RefundDue",
        "StockBlocked",
        "ProductChanged",
        "ClientBlocked",
    ] {
        assert!(kinds.contains_key(kind), "no {kind} happened: {kinds:?}");
    }
    assert!(projections::parked(&scene.pool).await.unwrap().is_empty());
    let report = verify::replay(&scene.pool, None).await.unwrap();
    assert_eq!(report.difference, None);
    assert_eq!((report.shops, report.variants), (4, 12));
    assert_eq!(report.orders, kinds["OrderPlaced"]);
    assert_eq!(
        report.events,
        i64::try_from(kinds.values().sum::<usize>()).unwrap()
    );
    assert_eq!(
        verify::stock_never_negative(&scene.pool).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_lie_in_the_tables_is_found() {
    let scene = Scene::new().await;
    histories(&scene, 1, 60).await;
    scene.settled().await;
    let lies = [
        (
            "UPDATE reading.stock SET held = held + 1 WHERE variant_id = 1",
            "stock",
        ),
        (
            "UPDATE reading.orders SET total = total + 1 WHERE order_id = 1",
            "order 1",
        ),
        (
            "UPDATE reading.orders SET state = 'paid' WHERE order_id = 1",
            "order 1",
        ),
        ("DELETE FROM reading.orders WHERE order_id = 1", "orders"),
        ("DELETE FROM reading.shops", "the tables do not"),
    ];
    for (lie, word) in lies {
        let report = verify::replay(&scene.pool, None).await.unwrap();
        assert_eq!(report.difference, None, "before: {lie}");
        let kept = "CREATE TEMP TABLE s AS TABLE reading.stock;
                    CREATE TEMP TABLE o AS TABLE reading.orders;
                    CREATE TEMP TABLE h AS TABLE reading.shops";
        let mut conn = scene.pool.acquire().await.unwrap();
        sqlx::raw_sql(kept).execute(&mut *conn).await.unwrap();
        sqlx::raw_sql(lie).execute(&mut *conn).await.unwrap();
        let found = verify::replay(&scene.pool, None).await.unwrap().difference;
        let what = found.unwrap_or_else(|| panic!("not found: {lie}")).what;
        assert!(what.contains(word), "{what}");
        let back = "TRUNCATE reading.stock, reading.orders, reading.shops;
                    INSERT INTO reading.stock TABLE s; INSERT INTO reading.orders TABLE o;
                    INSERT INTO reading.shops TABLE h; DROP TABLE s, o, h";
        sqlx::raw_sql(back).execute(&mut *conn).await.unwrap();
    }
    sqlx::raw_sql("UPDATE reading.stock SET held = on_hand + 1 WHERE variant_id = 2")
        .execute(&scene.pool)
        .await
        .unwrap();
    let found = verify::stock_never_negative(&scene.pool)
        .await
        .unwrap()
        .unwrap();
    assert!(found.what.contains("variant 2"), "{}", found.what);
}
