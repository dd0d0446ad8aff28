//! Scenes: products and stock.

use crate::catalogue::event::AdjustReason;
use crate::catalogue::{self};
use crate::command::{Answer, Command};
use crate::ids::{ProductId, VariantId};
use crate::money::Amount;
use crate::payment::observation::Status;
use crate::rejection::Rejection;
use crate::spec::*;
use crate::text::Text;

fn ask(command: catalogue::Command) -> Command {
    Command::Catalogue(command)
}

fn adjust(variant: VariantId, by: i64) -> Command {
    ask(catalogue::Command::AdjustStock {
        variant,
        by,
        reason: AdjustReason::Count,
    })
}

#[test]
fn a_product_comes_with_its_variants_and_their_stock() {
    boutique()
        .when(product("VOILE4", 3_000, &[(Some("S"), 4), (Some("L"), 0)]))
        .then_kinds(&[
            "ProductAdded",
            "VariantAdded",
            "StockReceived",
            "VariantAdded",
        ]);
}

#[test]
fn a_keyword_is_taken_once_and_never_one_of_our_words() {
    boutique()
        .when(product("ROBE1", 1, &[(None, 1)]))
        .refused(Rejection::KeywordTaken {
            keyword: Text::new("ROBE1"),
        })
        .when(product("PAYER", 1, &[(None, 1)]))
        .refused(Rejection::KeywordTaken {
            keyword: Text::new("PAYER"),
        });
}

#[test]
fn a_keyword_is_free_again_after_its_product_is_archived() {
    let archive = ask(catalogue::Command::ArchiveProduct { product: ROBE });
    boutique()
        .when(archive.clone())
        .then_kinds(&["ProductArchived"])
        .when(archive)
        .answers(Answer::Already)
        .says(AMINATA, "robe1")
        .refused_as("product-archived")
        .when(product("ROBE1", 9_000, &[(None, 1)]))
        .says(AMINATA, "robe1")
        .then_kinds(&["OrderPlaced"]);
}

#[test]
fn a_price_is_at_least_one_and_a_product_has_a_variant() {
    boutique()
        .when(product("VOILE4", 0, &[(None, 1)]))
        .refused_as("out-of-bounds");
    boutique()
        .when(product("VOILE4", 1, &[]))
        .refused_as("out-of-bounds");
    let twice = [(Some("S"), 1), (Some("S"), 1)];
    boutique()
        .when(product("VOILE4", 1, &twice))
        .refused_as("keyword-taken");
}

#[test]
fn a_new_price_leaves_placed_orders_as_they_are() {
    let change = catalogue::Command::ChangeProduct {
        product: ROBE,
        name: None,
        price: Some(Amount(20_000)),
        photo: None,
    };
    let scene = boutique().says(AMINATA, "robe1").when(ask(change.clone()));
    let scene = scene
        .then_kinds(&["ProductChanged"])
        .when(ask(change))
        .answers(Answer::Already);
    let scene = scene.says(AMINATA, "2 robe1").says(FATOU, "robe1");
    let totals: Vec<i64> = scene
        .shop
        .orders
        .open
        .values()
        .map(|order| order.total.0)
        .collect();
    assert_eq!(totals, [30_000, 20_000]);
}

#[test]
fn stock_that_comes_in_can_be_sold() {
    let receive = |quantity| {
        ask(catalogue::Command::ReceiveStock {
            variant: ROBE1,
            quantity,
        })
    };
    let scene = boutique()
        .when(receive(0))
        .refused_as("out-of-bounds")
        .when(receive(2));
    assert_eq!(scene.stock(ROBE1), (5, 0, 0, 0));
    scene.when(receive(u32::MAX)).refused_as("out-of-bounds");
}

#[test]
fn units_being_paid_are_protected_and_the_order_is_named() {
    boutique()
        .says(AMINATA, "2 robe1")
        .says(AMINATA, "WAVE")
        .when(adjust(ROBE1, -2))
        .refused(Rejection::StockProtected {
            free: 1,
            orders: vec![ORDER1],
        })
        .when(adjust(ROBE1, -1))
        .then_kinds(&["StockAdjusted"])
        .when(adjust(ROBE1, 0))
        .answers(Answer::Already);
}

#[test]
fn units_that_are_owed_are_protected() {
    boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .when(adjust(ROBE1, i64::MIN))
        .refused(Rejection::StockProtected {
            free: 2,
            orders: vec![ORDER1],
        });
}

#[test]
fn blocked_units_cannot_be_bought_until_they_are_put_back() {
    let block = |by| ask(catalogue::Command::BlockStock { variant: ROBE1, by });
    let scene = boutique()
        .when(block(3))
        .then_kinds(&["StockBlocked"])
        .says(AMINATA, "robe1");
    let scene = scene
        .then_says(&["waitlist-joined"])
        .when(block(1))
        .refused_as("stock-protected");
    let scene = scene
        .when(block(-4))
        .refused_as("out-of-bounds")
        .when(block(-3));
    assert_eq!(scene.stock(ROBE1), (3, 1, 0, 0), "she waited for it");
}

#[test]
fn what_does_not_exist_is_said_not_to() {
    boutique()
        .when(adjust(VariantId(0), 1))
        .refused(Rejection::StockUnknown);
    boutique()
        .when(adjust(VariantId(99), 1))
        .refused(Rejection::StockUnknown);
    let archive = catalogue::Command::ArchiveProduct {
        product: ProductId(99),
    };
    boutique()
        .when(ask(archive))
        .refused(Rejection::ProductUnknown);
}
