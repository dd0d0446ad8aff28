//! The products of a live.

use std::{cmp::Reverse, collections::BTreeMap};

use domain::{
    ids::ProductId,
    live::summary::{ProductFigures, Sold},
    money::Amount,
};

use super::{Facts, Fate, share, wide};

/// What is summed of one product.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    units: i64,
    amount: i64,
    lost: i64,
}

/// Every product that was asked for, sold or held up: most units first; of several the one with
/// the larger sum, then the older one.
pub(super) fn products(facts: &Facts<'_>) -> Vec<ProductFigures> {
    let mut sums = BTreeMap::<ProductId, Sums>::new();
    for sale in &facts.sales {
        for line in sale.lines {
            let sum = sums.entry(line.product).or_default();
            if sale.fate == Fate::Paid {
                sum.units += i64::from(line.quantity);
                sum.amount += line.unit_price.0 * i64::from(line.quantity);
            }
        }
    }
    for ask in &facts.asks {
        sums.entry(ask.product).or_default().lost += ask.amount;
    }
    for shown in &facts.shown {
        sums.entry(shown.product).or_default();
    }
    let mut products: Vec<_> = facts
        .goods
        .iter()
        .filter_map(|good| {
            let sum = sums.get(&good.product)?;
            Some(ProductFigures {
                sold: Sold {
                    product: good.product,
                    keyword: good.keyword.to_owned(),
                    name: good.name.to_owned(),
                    units: wide(sum.units),
                    amount: Amount(sum.amount),
                },
                offered: wide(good.offered),
                sell_through: share(sum.units, good.offered),
                out_at: good.out_at,
                out_seconds: wide(good.out_seconds),
                lost: Amount(sum.lost),
            })
        })
        .collect();
    products.sort_by_key(|it| (Reverse(it.sold.units), Reverse(it.sold.amount), it.sold.product));
    products
}
