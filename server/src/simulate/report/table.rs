//! The short table of shops.

use super::{answers, grouped, per_cent, ratio};
use crate::simulate::{Figures, ShopFigures};

/// More shops are in the files only.
const ROWS_MAX: usize = 12;

/// One row a shop, the busiest first, and one for all.
pub fn table(figures: &Figures) -> String {
    let mut rows = vec![
        [
            "boutique",
            "arrivées",
            "commandes",
            "paiements",
            "F CFA",
            "conv.",
            "1re réponse",
            "msg/vente",
        ]
        .map(str::to_owned),
        [
            "shop",
            "arrivals",
            "orders",
            "payments",
            "",
            "",
            "p50 / p99",
            "msg/sale",
        ]
        .map(str::to_owned),
    ];
    let mut shops: Vec<&ShopFigures> = figures.shops.iter().collect();
    shops.sort_by_key(|shop| std::cmp::Reverse(shop.sums.arrivals));
    let more = shops.len().saturating_sub(ROWS_MAX);
    rows.extend(
        shops
            .iter()
            .take(ROWS_MAX)
            .map(|shop| row(&shop.name, shop)),
    );
    if shops.len() > 1 {
        rows.push(row("toutes · all", &figures.whole));
    }
    let rows = aligned(&rows);
    if more > 0 {
        return format!("{rows}\n(+ {more} boutiques · shops: --report)");
    }
    rows
}

fn row(name: &str, shop: &ShopFigures) -> [String; 8] {
    let sums = &shop.sums;
    [
        name.to_owned(),
        sums.arrivals.to_string(),
        sums.orders.to_string(),
        sums.payments.to_string(),
        grouped(sums.francs),
        per_cent(sums.conversion),
        answers(sums),
        ratio(sums.messages_per_sale),
    ]
}

/// Names to the left, numbers to the right.
fn aligned(rows: &[[String; 8]]) -> String {
    let width = |n: usize| {
        let cells = rows.iter().filter_map(|row| row.get(n));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let line = |row: &[String; 8]| {
        let cells = row.iter().enumerate().map(|(n, cell)| match n {
            0 => format!("{cell:<w$}", w = width(n)),
            _ => format!("{cell:>w$}", w = width(n)),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::tests::twelve_minutes;
    use super::table;

    #[test]
    fn a_table_has_a_row_for_each_shop_and_stays_short() {
        let mut figures = twelve_minutes();
        insta::assert_snapshot!("table_of_one_shop", table(&figures));
        for _ in 0..20 {
            figures.shops.push(figures.shops[0].clone());
        }
        let long = table(&figures);
        assert_eq!(long.lines().count(), 2 + 12 + 1 + 1, "{long}");
        assert!(
            long.contains("toutes · all") && long.contains("(+ 9 boutiques"),
            "{long}"
        );
    }
}
