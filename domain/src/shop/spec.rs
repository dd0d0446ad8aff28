//! Scenes: the shop itself.

use crate::command::{Answer, Command};
use crate::policy::Rule;
use crate::rejection::Rejection;
use crate::segment::Language;
use crate::shop::{self, Shop};
use crate::spec::*;
use crate::text::Text;

#[test]
fn a_shop_is_opened_once_and_nothing_comes_before() {
    given([])
        .says(AMINATA, "robe1")
        .refused(Rejection::ShopUnknown)
        .then_nothing()
        .when(Command::Sweep)
        .answers(Answer::Already)
        .when(Command::Shop(open_shop()))
        .then_kinds(&["ShopOpened"])
        .when(Command::Shop(open_shop()))
        .refused(Rejection::ShopAlreadyOpen);
}

#[test]
fn a_policy_stays_within_its_bounds_and_counts_from_then_on() {
    let change = |to| {
        Command::Shop(shop::Command::ChangePolicy {
            rule: Rule::HoldLive,
            to,
        })
    };
    let scene = boutique()
        .when(change(0))
        .refused(Rejection::OutOfBounds {
            least: 1,
            most: 1_440,
        })
        .says(FATOU, "robe1")
        .when(change(45))
        .then([shop::Event::PolicyChanged {
            rule: Rule::HoldLive,
            from: 10,
            to: 45,
        }
        .into()])
        .when(change(45))
        .answers(Answer::Already)
        .says(AMINATA, "robe1");
    let minutes: Vec<u32> = scene
        .shop
        .orders
        .open
        .values()
        .map(|order| order.minutes)
        .collect();
    assert_eq!(minutes, [10, 45]);
}

#[test]
fn only_what_differs_is_a_fact() {
    let name = Some(Text::new("Chez Awa"));
    let same = shop::Command::Configure {
        name,
        language: Some(Language::Fr),
        open: None,
    };
    let bind = shop::Command::BindVendor {
        contact: AWA,
        language: Language::Fr,
    };
    boutique()
        .when(Command::Shop(same))
        .answers(Answer::Already)
        .when(Command::Shop(bind))
        .answers(Answer::Already);
}

#[test]
fn the_state_is_written_and_read_back_whole() {
    let mut shop = boutique()
        .paying(AMINATA)
        .says(AMINATA, "sac2")
        .says(FATOU, "sac2")
        .shop;
    shop.personal(&mut |_, personal| personal.seal_with(|clear| format!("box:{clear}")));
    let stored = serde_json::to_string(&shop).unwrap();
    let mut read: Shop = serde_json::from_str(&stored).unwrap();
    read.personal(&mut |_, personal| {
        personal.open_with(|sealed| sealed.strip_prefix("box:").map(str::to_owned));
    });
    assert_eq!(read, shop);
    assert!(!stored.contains("\"Cliente"), "a name in clear");
    assert_eq!(read.next_due(), shop.next_due());
}
