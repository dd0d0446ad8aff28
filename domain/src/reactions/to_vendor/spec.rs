//! Scenes: one notice for what comes fast, and nothing told twice or lost.

use crate::agenda::Due;
use crate::catalogue;
use crate::catalogue::event::AdjustReason;
use crate::command::Command;
use crate::conversation;
use crate::event::Event;
use crate::ids::OrderId;
use crate::message::{Message, ToVendor};
use crate::money::Amount;
use crate::order;
use crate::order::event::CancelledBy;
use crate::payment::observation::Status;
use crate::policy::Rule;
use crate::shop;
use crate::spec::*;

const KHADY: u128 = 3;

/// Four buyers with their links, of five sacks.
fn rush() -> Scene {
    let scene = [AMINATA, FATOU, KHADY, 4]
        .into_iter()
        .fold(boutique(), |scene, who| {
            scene.says(who, "sac2").says(who, "WAVE")
        });
    scene.pass(60).when(Command::Sweep)
}

fn pays(scene: Scene, attempt: u64) -> Scene {
    scene.observes(seen(attempt, Status::Succeeded, Some(12_000)))
}

/// What the vendor was told in the last step.
fn told(scene: &Scene) -> Vec<ToVendor> {
    let vendor = |(to, message)| {
        let Message::Vendor(told) = message else {
            return None;
        };
        (to == AWA).then_some(told)
    };
    scene.said().into_iter().filter_map(vendor).collect()
}

fn keys(scene: &Scene) -> Vec<&'static str> {
    told(scene).iter().map(<&'static str>::from).collect()
}

fn policy(rule: Rule, to: i64) -> Command {
    Command::Shop(shop::Command::ChangePolicy { rule, to })
}

fn adjust(by: i64) -> Command {
    Command::Catalogue(catalogue::Command::AdjustStock {
        variant: SAC2,
        by,
        reason: AdjustReason::Count,
    })
}

/// Words of the products that ran low, with what is left.
fn low(scene: &Scene) -> Vec<(String, u32)> {
    let lists = told(scene).into_iter().filter_map(|told| {
        if let ToVendor::Paid { low, .. }
        | ToVendor::PaidMany { low, .. }
        | ToVendor::StockLow { products: low } = told
        {
            Some(low)
        } else {
            None
        }
    });
    let products = lists.flatten();
    products
        .map(|one| (one.keyword.to_string(), one.left))
        .collect()
}

#[test]
fn the_first_payment_is_told_at_once_and_those_that_follow_together() {
    let scene = pays(rush(), 1);
    assert_eq!(keys(&scene), ["vendor-paid"]);
    let scene = pays(scene.pass(5), 2);
    assert_eq!(keys(&scene), [""; 0]);
    let scene = pays(scene.pass(24), 3);
    assert_eq!(keys(&scene), [""; 0]);
    // A restart: what is collected is state.
    let stored = serde_json::to_string(&scene.shop.notices).unwrap();
    let agenda = serde_json::to_string(&scene.shop.agenda).unwrap();
    let mut scene = scene.pass(1);
    scene.shop.notices = serde_json::from_str(&stored).unwrap();
    scene.shop.agenda = serde_json::from_str(&agenda).unwrap();
    let scene = scene.when(Command::Sweep);
    let orders = vec![OrderId(2), OrderId(3)];
    let scene = scene.then_kinds(&["VendorTold"]);
    assert_eq!(
        scene.last.events,
        [conversation::Event::VendorTold { orders }.into()]
    );
    let [
        ToVendor::PaidMany {
            count,
            amount,
            orders,
            paid,
            collected,
            ..
        },
    ] = &told(&scene)[..]
    else {
        panic!("{:?}", told(&scene));
    };
    assert_eq!((*count, *amount), (2, Amount(24_000)));
    assert_eq!((*paid, *collected), (3, Amount(36_000)));
    let about: Vec<_> = orders.iter().map(|one| (one.about, one.order)).collect();
    let expected = [(contact(FATOU), OrderId(2)), (contact(KHADY), OrderId(3))];
    assert_eq!(about, expected);
    assert_eq!(orders[0].lines[0].keyword.as_str(), "SAC2");
    // The time begins again with the grouped notice.
    let scene = pays(scene.pass(29), 4);
    assert_eq!(keys(&scene), [""; 0]);
    let scene = scene.pass(1).when(Command::Sweep);
    assert_eq!(keys(&scene), ["vendor-paid"]);
    assert_eq!(scene.shop.agenda.at(Due::VendorNotice), None);
}

#[test]
fn a_payment_after_a_calm_is_told_at_once_without_a_second_fact() {
    let scene = pays(rush(), 1).pass(30);
    let scene = pays(scene, 2);
    assert_eq!(keys(&scene), ["vendor-paid"]);
    let kinds: Vec<_> = scene.last.events.iter().map(Event::kind).collect();
    assert!(!kinds.contains(&"VendorTold"));
}

#[test]
fn a_shop_may_want_each_payment_at_once() {
    let scene = rush().when(policy(Rule::NoticeSeconds, 0));
    let scene = pays(pays(scene, 1), 2);
    assert_eq!(keys(&scene), ["vendor-paid"]);
}

#[test]
fn what_was_given_up_or_handed_over_meanwhile_is_told_as_it_is() {
    let cancel = |order| {
        Command::Order(order::Command::Cancel {
            order,
            by: CancelledBy::Vendor,
        })
    };
    let hand_over = |order| Command::Order(order::Command::HandOver { order });
    let scene = pays(pays(pays(rush(), 1), 2), 3);
    let scene = scene.when(cancel(OrderId(2))).when(hand_over(OrderId(3)));
    let scene = scene.pass(30).when(Command::Sweep);
    let [
        ToVendor::Paid {
            order,
            lines,
            total,
            ..
        },
    ] = &told(&scene)[..]
    else {
        panic!("{:?}", told(&scene));
    };
    assert_eq!((*order, *total), (OrderId(3), Amount(12_000)));
    assert_eq!(lines, &[]);
    // Nothing is left to say when everything was given up.
    let scene = pays(scene, 4).when(cancel(OrderId(4)));
    let scene = scene.pass(30).when(Command::Sweep);
    assert_eq!(keys(&scene), [""; 0]);
    scene.then_kinds(&["VendorTold"]);
}

#[test]
fn a_shop_without_a_phone_collects_nothing() {
    let scene =
        given([])
            .when(Command::Shop(open_shop()))
            .when(product("SAC2", 12_000, &[(None, 3)]));
    let scene = scene.says(AMINATA, "sac2").says(AMINATA, "WAVE");
    let scene = scene.says(FATOU, "sac2").says(FATOU, "WAVE");
    let scene = pays(pays(scene, 1), 2);
    assert_eq!(scene.shop.agenda.at(Due::VendorNotice), None);
    assert_eq!(scene.shop.notices.low, []);
}

#[test]
fn low_stock_is_told_once_and_again_when_it_is_out() {
    let scene = boutique().says(AMINATA, "3 sac2");
    let fact = catalogue::Event::StockRanLow {
        product: crate::ids::ProductId(2),
        left: 2,
    };
    assert_eq!(scene.last.events.last(), Some(&fact.into()));
    assert_eq!(keys(&scene), [""; 0]);
    let scene = scene.pass(30).when(Command::Sweep);
    assert_eq!(keys(&scene), ["vendor-stock-low"]);
    assert_eq!(low(&scene), [("SAC2".to_owned(), 2)]);
    let scene = scene.says(FATOU, "sac2").pass(30).when(Command::Sweep);
    assert_eq!(keys(&scene), [""; 0]);
    let scene = scene.says(FATOU, "2 sac2").pass(30).when(Command::Sweep);
    assert_eq!(low(&scene), [("SAC2".to_owned(), 0)]);
    // Holds that end are no news, and neither is what is held again.
    let scene = scene.says(FATOU, "ANNULER").says(FATOU, "2 sac2");
    let scene = scene.pass(30).when(Command::Sweep);
    assert_eq!(keys(&scene), [""; 0]);
}

#[test]
fn units_that_come_in_begin_a_new_story() {
    let scene = boutique().says(AMINATA, "5 sac2");
    let scene = scene.pass(30).when(Command::Sweep);
    assert_eq!(low(&scene), [("SAC2".to_owned(), 0)]);
    // Few came in: only the end of them is news.
    let scene = scene.when(adjust(1)).says(FATOU, "sac2");
    let scene = scene.pass(30).when(Command::Sweep);
    assert_eq!(low(&scene), [("SAC2".to_owned(), 0)]);
    let scene = scene.when(adjust(4)).says(KHADY, "2 sac2");
    let scene = scene.pass(30).when(Command::Sweep);
    assert_eq!(low(&scene), [("SAC2".to_owned(), 2)]);
}

#[test]
fn what_runs_low_in_a_minute_is_one_message() {
    let scene = boutique().says(AMINATA, "3 robe1");
    let scene = scene.pass(10).says(FATOU, "5 sac2");
    let scene = scene.pass(20).when(Command::Sweep);
    let both = [("ROBE1".to_owned(), 0), ("SAC2".to_owned(), 0)];
    assert_eq!(low(&scene), both);
    assert_eq!(keys(&scene), ["vendor-stock-low"]);
}

#[test]
fn what_ran_low_goes_with_the_payment_that_is_told_first() {
    let scene = boutique().paying(AMINATA).pass(10);
    let scene = scene.observes(seen(1, Status::Succeeded, Some(15_000)));
    assert_eq!(keys(&scene), ["vendor-paid"]);
    assert_eq!(low(&scene), [("ROBE1".to_owned(), 2)]);
    let scene = scene.pass(60).when(Command::Sweep);
    assert_eq!(keys(&scene), [""; 0]);
}

#[test]
fn what_is_there_again_is_not_said_and_may_run_low_again() {
    let scene = boutique().says(AMINATA, "3 sac2").pass(10);
    let scene = scene.says(AMINATA, "ANNULER").pass(20);
    let scene = scene.when(Command::Sweep).then_kinds(&["VendorTold"]);
    assert_eq!(keys(&scene), [""; 0]);
    let scene = scene.says(AMINATA, "3 sac2").pass(30);
    let scene = scene.when(Command::Sweep);
    assert_eq!(low(&scene), [("SAC2".to_owned(), 2)]);
}

#[test]
fn a_log_of_before_is_not_told_again() {
    // Paid within seconds, each told at once by the build of that time.
    let mut scene = rush();
    let facts = [1, 2].map(|number| order::Event::OrderConfirmed {
        order: OrderId(number),
        client: client(u128::from(number)),
        units: Vec::new(),
        from_available: true,
        told_later: false,
    });
    for fact in facts {
        crate::evolve(&mut scene.shop, &fact.into(), scene.now);
    }
    assert_eq!(scene.shop.notices.orders, []);
    assert_eq!(scene.shop.agenda.at(Due::VendorNotice), None);
}
