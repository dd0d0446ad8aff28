//! What the random histories ask beside what buyers say.

use proptest::prelude::*;

use crate::catalogue::event::AdjustReason;
use crate::command::Command;
use crate::ids::{AttemptId, OrderId, ProductId, RefundId, VariantId};
use crate::money::Amount;
use crate::order::event::CancelledBy;
use crate::payment::command::RefundOutcome;
use crate::policy::Rule;
use crate::spec::*;
use crate::text::Text;
use crate::{catalogue, client, live, order, payment, shop};

/// Anything a vendor or a neighbour may ask.
pub(super) fn vendor() -> impl Strategy<Value = Command> {
    let order = || (1..12_u64).prop_map(OrderId);
    let variant = || (1..5_u32).prop_map(VariantId);
    let adjust = (variant(), -3..4_i64).prop_map(|(variant, by)| {
        let reason = AdjustReason::Count;
        Command::Catalogue(catalogue::Command::AdjustStock {
            variant,
            by,
            reason,
        })
    });
    let block = (variant(), -2..3_i64).prop_map(|(variant, by)| {
        Command::Catalogue(catalogue::Command::BlockStock { variant, by })
    });
    let price = (1..4_u32, 1..50_000_i64).prop_map(|(product, price)| {
        Command::Catalogue(catalogue::Command::ChangeProduct {
            product: ProductId(product),
            name: None,
            price: Some(Amount(price)),
            photo: None,
        })
    });
    let cancel = order().prop_map(|order| {
        Command::Order(order::Command::Cancel {
            order,
            by: CancelledBy::Vendor,
        })
    });
    let hand_over = order().prop_map(|order| Command::Order(order::Command::HandOver { order }));
    let no_answer = (1..10_u64).prop_map(|attempt| {
        Command::Payment(payment::Command::NoAnswer {
            attempt: AttemptId(attempt),
        })
    });
    let decides = (order(), any::<bool>()).prop_map(|(order, granted)| {
        Command::Order(order::Command::DecideCancellation { order, granted })
    });
    let late = (1..10_u64).prop_map(|attempt| {
        Command::Payment(payment::Command::LinkLate {
            attempt: AttemptId(attempt),
        })
    });
    prop_oneof![
        1 => late,
        1 => refunds(),
        1 => switches(),
        1 => decides,
        2 => adjust,
        3 => shelf(),
        1 => block,
        1 => price,
        1 => cancel,
        1 => hand_over,
        1 => lives(),
        4 => clients(),
        1 => no_answer,
    ]
}

/// What comes in, what is given up, and the door.
fn shelf() -> impl Strategy<Value = Command> {
    let receive = (1..5_u32, 1..4_u32).prop_map(|(variant, quantity)| {
        let variant = VariantId(variant);
        Command::Catalogue(catalogue::Command::ReceiveStock { variant, quantity })
    });
    let archive = Just(Command::Catalogue(catalogue::Command::ArchiveProduct {
        product: ProductId(2),
    }));
    let door = prop::bool::weighted(0.7).prop_map(|open| {
        Command::Shop(shop::Command::Configure {
            name: None,
            language: None,
            open: Some(open),
        })
    });
    prop_oneof![6 => receive, 1 => archive, 1 => door]
}

fn lives() -> impl Strategy<Value = Command> {
    prop::sample::select(vec![
        live::Command::Start {
            live: None,
            title: Text::default(),
        },
        live::Command::Finish,
        live::Command::Reopen,
        live::Command::Pause,
        live::Command::Resume,
        live::Command::FirstPaid { on: true },
        live::Command::Show {
            product: ProductId(1),
        },
    ])
    .prop_map(Command::Live)
}

/// What becomes of money that goes back.
fn refunds() -> impl Strategy<Value = Command> {
    use payment::Command as C;
    let text = || Text::new("T-1");
    let which = (1..6_u64).prop_map(RefundId);
    (which, 0..7_u8).prop_map(move |(refund, what)| {
        let outcome = match what {
            0 => RefundOutcome::Unknown,
            1 => RefundOutcome::Refused { reason: text() },
            _ => RefundOutcome::Sent { evidence: text() },
        };
        Command::Payment(match what {
            0..3 => C::RecordRefund { refund, outcome },
            3 => C::TakeRefund {
                refund,
                owner: text(),
            },
            4 => C::SendRefund {
                refund,
                method: text(),
                evidence: text(),
            },
            5 => C::ConfirmRefund { refund },
            _ => C::FailRefund {
                refund,
                reason: text(),
            },
        })
    })
}

/// First paid, first served: for one client, for the live, for the shop; refunds by hand or not.
fn switches() -> impl Strategy<Value = Command> {
    (1..4_u128, 0..6_u8).prop_map(|(who, what)| {
        let on = what % 2 == 0;
        let to = i64::from(on);
        let policy = |rule| Command::Shop(shop::Command::ChangePolicy { rule, to });
        match what / 2 {
            0 => Command::Client(client::Command::FirstPaid {
                client: client(who),
                on: Some(on),
            }),
            1 => policy(Rule::FirstPaid),
            _ => policy(Rule::AutoRefund),
        }
    })
}

/// How she takes her clients.
fn clients() -> impl Strategy<Value = Command> {
    let block_client = (1..4_u128, any::<bool>()).prop_map(|(who, block)| {
        let client = client(who);
        let reason = Text::default();
        Command::Client(if block {
            client::Command::Block { client, reason }
        } else {
            client::Command::Unblock { client }
        })
    });
    let trust = (1..4_u128, prop::option::of(0..=100_u8)).prop_map(|(who, score)| {
        Command::Client(client::Command::Override {
            client: client(who),
            score,
            reason: Text::default(),
        })
    });
    let first_paid = (1..4_u128, any::<Option<bool>>()).prop_map(|(who, on)| {
        let client = client(who);
        Command::Client(client::Command::FirstPaid { client, on })
    });
    let policy = (1..=2_i64).prop_map(|to| {
        let rule = Rule::TrustPolicy;
        Command::Shop(shop::Command::ChangePolicy { rule, to })
    });
    prop_oneof![block_client, trust, first_paid, policy]
}
