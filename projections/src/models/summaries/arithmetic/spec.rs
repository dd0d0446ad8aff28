//! Given these sales, these figures.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ids::{LiveId, ProductId, VariantId},
    live::summary::{Advice, Peak},
    money::Amount,
    order::event::Line,
};
use uuid::Uuid;

use super::{Ask, Facts, Fate, Good, Sale, Shown, rank, share, summary};

/// So many seconds after it went on air.
fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(20) + TimeDelta::seconds(seconds)
}

const ROBE: ProductId = ProductId(1);
const SAC: ProductId = ProductId(2);

fn line(product: ProductId, quantity: u32, price: i64) -> Line {
    Line {
        product,
        variant: VariantId(product.0),
        quantity,
        unit_price: Amount(price),
    }
}

fn good(product: ProductId, keyword: &str, offered: i64) -> Good<'_> {
    Good {
        product,
        keyword,
        name: keyword,
        offered,
        out_at: None,
        out_seconds: 0,
    }
}

/// An hour with two products and nothing sold.
fn facts(sales: Vec<Sale<'_>>) -> Facts<'_> {
    Facts {
        live: LiveId(1),
        title: "Samedi",
        started_at: at(0),
        finished_at: at(3_600),
        as_of: at(3_700),
        settled: false,
        sales,
        bought: [Uuid::from_u128(1)].into(),
        goods: vec![good(ROBE, "ROBE1", 10), good(SAC, "SAC2", 0)],
        shown: Vec::new(),
        asks: Vec::new(),
    }
}

fn sale(client: u128, placed: i64, fate: Fate, lines: &[Line]) -> Sale<'_> {
    let total = lines.iter().map(|it| it.unit_price.0 * i64::from(it.quantity));
    let total: i64 = total.sum();
    Sale {
        client: Uuid::from_u128(client),
        placed_at: at(placed),
        fate,
        lines,
        total,
        collected: if fate == Fate::Paid { total } else { 0 },
        paid_at: (fate == Fate::Paid).then(|| at(placed + 30 * i64::try_from(client).unwrap())),
    }
}

#[test]
fn a_live_without_an_order_has_figures_of_nothing() {
    let done = summary(&facts(Vec::new()));
    assert_eq!((done.placed, done.paid, done.open), (0, 0, 0));
    assert_eq!((done.conversion, done.pay_median, done.pay_p90), (None, None, None));
    assert_eq!((done.best, done.peak, done.advice), (None, None, None));
    assert!(done.products.is_empty());
    assert_eq!(done.seconds, 3_600);
}

#[test]
fn conversion_counts_what_is_resolved_and_not_what_is_open() {
    let robe = [line(ROBE, 1, 15_000)];
    let done = summary(&facts(vec![
        sale(1, 10, Fate::Paid, &robe),
        sale(2, 20, Fate::Paid, &robe),
        sale(3, 30, Fate::Expired, &robe),
        sale(4, 40, Fate::Open, &robe),
    ]));
    assert_eq!((done.placed, done.paid, done.expired, done.open), (4, 2, 1, 1));
    assert_eq!(done.conversion, Some(666));
    assert_eq!(done.gross, Amount(30_000));
    assert_eq!((done.returning_clients, done.new_clients), (1, 1));
}

#[test]
fn what_was_given_up_is_paid_and_counts_no_more() {
    let robe = [line(ROBE, 1, 15_000)];
    let given_up = Sale {
        collected: 0,
        ..sale(1, 10, Fate::Paid, &robe)
    };
    let done = summary(&facts(vec![given_up, sale(2, 20, Fate::Paid, &robe)]));
    assert_eq!((done.paid, done.gross, done.net), (2, Amount(30_000), Amount(15_000)));
}

#[test]
fn the_best_seller_has_most_units_then_the_larger_sum_then_the_lower_number() {
    let both = [line(ROBE, 2, 15_000), line(SAC, 2, 20_000)];
    let done = summary(&facts(vec![sale(1, 10, Fate::Paid, &both)]));
    assert_eq!(done.best.unwrap().keyword, "SAC2");
    let equal = [line(SAC, 2, 15_000), line(ROBE, 2, 15_000)];
    let done = summary(&facts(vec![sale(1, 10, Fate::Paid, &equal)]));
    assert_eq!(done.best.unwrap().keyword, "ROBE1");
    let unsold = summary(&facts(vec![sale(1, 10, Fate::Expired, &both)]));
    assert_eq!(unsold.best, None);
}

#[test]
fn sell_through_is_of_what_was_offered() {
    let both = [line(ROBE, 4, 15_000), line(SAC, 1, 20_000)];
    let done = summary(&facts(vec![sale(1, 10, Fate::Paid, &both)]));
    let figures: Vec<_> =
        done.products.iter().map(|it| (it.sold.units, it.offered, it.sell_through)).collect();
    assert_eq!(figures, [(4, 10, Some(400)), (1, 0, None)]);
}

#[test]
fn what_was_only_held_up_or_asked_for_in_vain_is_listed_too() {
    let mut facts = facts(Vec::new());
    facts.shown = vec![Shown { at: at(60), product: ROBE }];
    facts.asks = vec![Ask { product: SAC, amount: 9_000 }, Ask { product: SAC, amount: 18_000 }];
    let done = summary(&facts);
    let listed: Vec<_> =
        done.products.iter().map(|it| (it.sold.keyword.as_str(), it.lost.0)).collect();
    assert_eq!(listed, [("ROBE1", 0), ("SAC2", 27_000)]);
    assert_eq!(done.lost, Amount(27_000));
}

#[test]
fn ranks_are_the_nearest() {
    let ten: Vec<u32> = (1..=10).collect();
    assert_eq!((rank(&ten, 50), rank(&ten, 90)), (Some(5), Some(9)));
    assert_eq!((rank(&[7], 50), rank(&[7], 90)), (Some(7), Some(7)));
    assert_eq!(rank(&[1, 2, 3], 50), Some(2));
    assert_eq!(rank(&[], 50), None);
}

#[test]
fn shares_are_rounded_down_and_of_something() {
    assert_eq!((share(2, 3), share(0, 3), share(1, 0)), (Some(666), Some(0), None));
}

#[test]
fn the_peak_is_the_first_fullest_minute_and_names_what_was_held_up() {
    let robe = [line(ROBE, 1, 15_000)];
    let placed = |second| sale(1, second, Fate::Open, &robe);
    let mut facts = facts(vec![placed(5), placed(65), placed(70), placed(125), placed(130)]);
    facts.shown = vec![
        Shown { at: at(30), product: SAC },
        Shown { at: at(119), product: ROBE },
        Shown { at: at(120), product: SAC },
    ];
    let peak = Peak { minute: at(60), orders: 2, shown: Some("ROBE1".to_owned()) };
    assert_eq!(summary(&facts).peak, Some(peak));
}

#[test]
fn advice_is_about_stock_where_it_ran_out() {
    let robe = [line(ROBE, 10, 15_000)];
    let mut facts = facts(vec![sale(1, 10, Fate::Paid, &robe)]);
    facts.goods[0].out_at = Some(at(14 * 60 + 30));
    facts.asks = vec![Ask { product: ROBE, amount: 45_000 }];
    let stock = Advice::MoreStock {
        keyword: "ROBE1".to_owned(),
        minutes: 14,
        lost: Amount(45_000),
    };
    assert_eq!(summary(&facts).advice, Some(stock));
}

#[test]
fn advice_is_about_paying_where_that_cost_more() {
    let robe = [line(ROBE, 2, 15_000)];
    let mut sales: Vec<_> = (1..=4).map(|who| sale(who, 10, Fate::Paid, &robe)).collect();
    sales.extend((5..=6).map(|who| sale(who, 10, Fate::Expired, &robe)));
    let mut facts = facts(sales);
    facts.goods[0].out_at = Some(at(600));
    facts.asks = vec![Ask { product: ROBE, amount: 45_000 }];
    let payment = Advice::MorePayment { expired: 2, resolved: 6 };
    assert_eq!(summary(&facts).advice, Some(payment));
    facts.asks = vec![Ask { product: ROBE, amount: 90_000 }];
    assert!(matches!(summary(&facts).advice, Some(Advice::MoreStock { .. })));
}

#[test]
fn advice_is_to_show_again_what_sold_when_it_was_held_up() {
    let robe = [line(ROBE, 1, 15_000)];
    let sales: Vec<_> = [60, 80, 119, 120].map(|it| sale(1, it, Fate::Paid, &robe)).into();
    let mut facts = facts(sales);
    facts.shown = vec![Shown { at: at(60), product: ROBE }];
    let show = Advice::ShowAgain { keyword: "ROBE1".to_owned(), orders: 3 };
    assert_eq!(summary(&facts).advice, Some(show));
    facts.shown.clear();
    let again = Advice::Again { keyword: "ROBE1".to_owned(), units: 4 };
    assert_eq!(summary(&facts).advice, Some(again));
}
