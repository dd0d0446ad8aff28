//! Whatever a shop lives through: its tables say what its log says.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    catalogue, client,
    command::Command,
    event::Event,
    ids::{ClientId, OrderId, ProductId, RefundId, VariantId},
    live,
    money::Amount,
    order::{
        self,
        event::{CancelledBy, Choice},
    },
    payment::{self, command::RefundOutcome, observation::Status},
    segment::Method,
    waitlist,
};
use projections::verify;
use uuid::Uuid;

use super::{
    scene::Scene,
    story::{Story, hear, observation},
};

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

/// What may happen next, one thing after the other.
impl Story {
    fn something(&mut self, dice: &mut Dice) -> Vec<Event> {
        // Sometimes nobody writes for so long that choices, refunds and waits lapse.
        let seconds = if dice.below(90) == 0 {
            100_000
        } else {
            dice.below(45)
        };
        self.at += TimeDelta::seconds(i64::try_from(seconds).unwrap());
        let command = match dice.below(33) {
            0..12 => self.words(dice),
            12..20 => self.money(dice),
            20..22 => Command::Sweep,
            22..25 => self.choices(dice),
            25..27 => self.refunds(dice),
            27 => self.people(dice),
            28 => self.owed(dice),
            29 => Command::Outage {
                from: self.at - TimeDelta::seconds(40),
                until: self.at,
            },
            _ => self.vendor(dice),
        };
        self.decide(command)
    }

    fn any_order(&self, dice: &mut Dice) -> OrderId {
        OrderId(1 + dice.below(self.shop.orders.last.max(1)))
    }

    fn open_order(&self, dice: &mut Dice) -> OrderId {
        let open: Vec<OrderId> = self.shop.orders.open.keys().copied().collect();
        if open.is_empty() {
            OrderId(1)
        } else {
            *dice.one(&open)
        }
    }

    fn vendor(&self, dice: &mut Dice) -> Command {
        let order = self.open_order(dice);
        let variant = any_variant(dice);
        match dice.below(10) {
            0 => Command::Order(order::Command::Cancel {
                order,
                by: CancelledBy::Vendor,
            }),
            1 | 2 => Command::Order(order::Command::HandOver { order }),
            3 => Command::Catalogue(catalogue::Command::ReceiveStock {
                variant,
                quantity: 2,
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
            6 => Command::Catalogue(catalogue::Command::AdjustStock {
                variant,
                by: -1,
                reason: catalogue::event::AdjustReason::Loss,
            }),
            7 => Command::Live(live::Command::FirstPaid {
                on: dice.below(3) == 0,
            }),
            8 if dice.below(6) == 0 => Command::Live(live::Command::Finish),
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
            "2 robe1 M",
            "robe1 L",
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
            "J'AI PAYE",
            "bonjour",
        ];
        let said: &str = dice.one::<&str>(&words);
        hear(u128::from(1 + dice.below(8)), said, self.at)
    }

    /// About one of the newest attempts: its link, or what the provider says.
    fn money(&self, dice: &mut Dice) -> Command {
        let newest: Vec<_> = self.asked.iter().rev().take(6).collect();
        if newest.is_empty() {
            return Command::Sweep;
        }
        let (attempt, asked) = *dice.one(&newest);
        Command::Payment(match dice.below(11) {
            0 | 1 => payment::Command::RecordCharge {
                attempt: *attempt,
                provider_id: Some(format!("tx{attempt}")),
                link: "https://pay.example/1".to_owned(),
            },
            2 => payment::Command::RecordChargeFailure {
                attempt: *attempt,
                reason: "503".into(),
                unknown: dice.below(2) == 0,
            },
            other => {
                let status = match other {
                    3 => Status::Failed,
                    4 => Status::Reversed,
                    5 => Status::Pending,
                    _ => Status::Succeeded,
                };
                let amount = match other {
                    6 => asked - 500,
                    7 => asked + 700,
                    _ => *asked,
                };
                let mut seen = observation(*attempt, status, amount, self.at);
                // A second transaction of the same attempt.
                if dice.below(9) == 0 {
                    seen.provider_id = Some(format!("ty{attempt}"));
                }
                payment::Command::Observe(seen)
            }
        })
    }

    /// A method for an order, also for one whose money was taken back.
    fn owed(&self, dice: &mut Dice) -> Command {
        Command::Payment(payment::Command::ChooseMethod {
            order: self.open_order(dice),
            method: Method::Wave,
        })
    }

    /// Late money, wishes about what is paid, lists.
    fn choices(&self, dice: &mut Dice) -> Command {
        let asked = |(id, remains): (&OrderId, &order::Remains)| {
            let options = remains.options.first().map(|_| remains.options.clone());
            Some((*id, options?))
        };
        let asked: Vec<_> = self.shop.orders.late.iter().filter_map(asked).collect();
        let (order, choice) = if asked.is_empty() {
            (self.any_order(dice), Choice::Refund)
        } else {
            let (order, options) = dice.one(&asked);
            (*order, *dice.one(options))
        };
        let (client, variant) = (a_client(dice), any_variant(dice));
        match dice.below(8) {
            0..4 => Command::Order(order::Command::Choose { order, choice }),
            4 => Command::Order(order::Command::Swap { order, variant }),
            5 => Command::Order(order::Command::DecideCancellation {
                order: self.any_order(dice),
                granted: dice.below(2) == 0,
            }),
            6 => Command::Waitlist(waitlist::Command::Join {
                client,
                variant,
                quantity: 2,
            }),
            _ => Command::Waitlist(waitlist::Command::Leave { client, variant }),
        }
    }

    fn refunds(&self, dice: &mut Dice) -> Command {
        let open: Vec<RefundId> = self.shop.payments.refunds.keys().copied().collect();
        if open.is_empty() {
            return Command::Sweep;
        }
        let refund = *dice.one(&open);
        let sent = RefundOutcome::Sent {
            evidence: "T9".into(),
        };
        let refused = RefundOutcome::Refused {
            reason: "409".into(),
        };
        Command::Payment(match dice.below(8) {
            0 | 1 => payment::Command::RecordRefund {
                refund,
                outcome: sent,
            },
            2 => payment::Command::RecordRefund {
                refund,
                outcome: refused,
            },
            3 => payment::Command::TakeRefund {
                refund,
                owner: "awa".into(),
            },
            4 => payment::Command::SendRefund {
                refund,
                method: "Wave".into(),
                evidence: "T1".into(),
            },
            5 => payment::Command::FailRefund {
                refund,
                reason: "wrong number".into(),
            },
            _ => payment::Command::ConfirmRefund { refund },
        })
    }

    fn people(&self, dice: &mut Dice) -> Command {
        let client = a_client(dice);
        let reason = "the vendor's word".into();
        Command::Client(match dice.below(6) {
            0 => client::Command::Block { client, reason },
            1 | 2 => client::Command::Unblock { client },
            3 => client::Command::Override {
                client,
                score: *dice.one(&[None, Some(20), Some(90)]),
                reason,
            },
            _ => client::Command::FirstPaid {
                client,
                on: *dice.one(&[None, None, Some(true), Some(false)]),
            },
        })
    }
}

fn any_variant(dice: &mut Dice) -> VariantId {
    VariantId(u32::try_from(1 + dice.below(3)).unwrap())
}

fn a_client(dice: &mut Dice) -> ClientId {
    ClientId(Uuid::from_u128(u128::from(1 + dice.below(8))))
}

pub(super) async fn histories(
    scene: &Scene,
    shops: u128,
    commands: usize,
) -> BTreeMap<&'static str, usize> {
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
    let kinds = histories(&scene, 4, 1_000).await;
    scene.settled().await;
    assert!(projections::parked(&scene.pool).await.unwrap().is_empty());
    let report = verify::replay(&scene.pool, None).await.unwrap();
    assert_eq!(report.difference, None);
    // The histories must have lived, or equality would prove nothing.
    for kind in [
        "OrderPlaced",
        "LineChanged",
        "UnitsTaken",
        "HoldExpired",
        "OrderCancelled",
        "OrderConfirmed",
        "OrderHandedOver",
        "HoldLockedForPayment",
        "HoldUnlocked",
        "HoldExtended",
        "OutageEnded",
        "ChoiceAsked",
        "PaymentConfirmed",
        "PaymentOverpaid",
        "PaymentReversed",
        "LatePaymentHonoured",
        "PaymentClaimed",
        "RefundDue",
        "RefundTaken",
        "RefundRequested",
        "RefundSent",
        "RefundConfirmed",
        "RefundFailed",
        "RefundOverdue",
        "WaitlistJoined",
        "OfferMade",
        "OfferAccepted",
        "OfferLapsed",
        "WaitlistLeft",
        "WaitlistClosed",
        "TrustScoreChanged",
        "BadgeEarned",
        "TrustOverridden",
        "FirstPaidSet",
        "StockBlocked",
        "ProductChanged",
        "ClientBlocked",
    ] {
        assert!(kinds.contains_key(kind), "no {kind} happened: {kinds:?}");
    }
    assert_eq!((report.shops, report.variants), (4, 12));
    assert_eq!(report.orders, kinds["OrderPlaced"] + kinds["OfferMade"]);
    assert_eq!(report.attempts, kinds["ChargeRequested"]);
    assert_eq!(report.refunds, kinds["RefundDue"]);
    assert_eq!(
        report.events,
        i64::try_from(kinds.values().sum::<usize>()).unwrap()
    );
    assert_eq!(
        verify::stock_never_negative(&scene.pool).await.unwrap(),
        None
    );
}
