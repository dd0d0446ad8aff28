//! Scenes: what is not held, in the order of the checks.

use super::policy;
use crate::client;
use crate::command::Command;
use crate::money::Amount;
use crate::policy::Rule;
use crate::rejection::Rejection;
use crate::shop;
use crate::spec::*;

#[test]
fn a_closed_shop_refuses_before_everything() {
    let close = shop::Command::Configure {
        name: None,
        language: None,
        open: Some(false),
    };
    boutique()
        .when(Command::Shop(close))
        .says(AMINATA, "99 robe1")
        .refused(Rejection::ShopClosed);
}

#[test]
fn a_blocked_client_is_refused() {
    let reason = "trop de commandes".into();
    let block = client::Command::Block {
        client: client(AMINATA),
        reason,
    };
    boutique()
        .says(AMINATA, "robe1")
        .when(Command::Client(block))
        .says(AMINATA, "sac2")
        .refused(Rejection::ClientBlocked);
}

#[test]
fn five_open_lines_are_enough_and_a_new_quantity_is_no_new_line() {
    let scene = boutique()
        .when(policy(Rule::MaxOpenLines, 2))
        .says(AMINATA, "robe1 et sac2");
    scene
        .says(AMINATA, "pagne3 s")
        .refused(Rejection::TooManyOpenLines { most: 2 })
        .says(AMINATA, "2 sac2")
        .then_kinds(&["LineChanged"]);
}

#[test]
fn a_quantity_has_a_most_and_it_comes_before_stock() {
    boutique()
        .says(AMINATA, "21 robe1")
        .refused(Rejection::QuantityOverMost {
            asked: 21,
            most: 20,
        });
}

#[test]
fn a_shop_may_limit_orders_per_client() {
    boutique()
        .when(policy(Rule::MaxOrdersPerClient, 1))
        .paying(AMINATA)
        .says(AMINATA, "sac2")
        .refused(Rejection::TooManyOrders { most: 1 });
}

#[test]
fn an_order_that_expired_or_was_cancelled_does_not_count() {
    boutique()
        .when(policy(Rule::MaxOrdersPerClient, 1))
        .says(AMINATA, "robe1")
        .later(10)
        .says(AMINATA, "robe1")
        .then_kinds(&["OrderPlaced"])
        .says(AMINATA, "ANNULER")
        .says(AMINATA, "sac2")
        .then_kinds(&["OrderPlaced"]);
}

#[test]
fn a_shop_may_ask_for_trust() {
    boutique()
        .when(policy(Rule::MinTrustScore, 60))
        .says(AMINATA, "robe1")
        .refused(Rejection::TrustTooLow {
            score: 50,
            least: 60,
        });
}

#[test]
fn a_sum_that_does_not_fit_is_refused_not_wrong() {
    let mut scene = boutique().when(policy(Rule::MaxOpenLines, 100));
    scene = scene.when(policy(Rule::MaxQuantity, 10_000));
    scene = scene.when(policy(Rule::HoldLive, 1_440));
    for number in 0..100 {
        let sizes = [(None, 1_000_000)];
        scene = scene.when(product(&format!("OR{number}X"), 1_000_000_000_000, &sizes));
    }
    for number in 0..100 {
        scene = scene.says(AMINATA, &format!("or{number}x 10000"));
    }
    // A hundred times ten thousand units of a thousand billion still fit.
    assert_eq!(
        scene.shop.orders.open[&ORDER1].total,
        Amount(1_000_000_000_000_000_000)
    );
}
