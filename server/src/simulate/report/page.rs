//! The page: everything in one file that asks no host for anything, light or dark as the reader
//! has it, French first and English beside.

use super::plot::time;
use super::svg::escape;
use super::{answers, grouped, per_cent, ratio};
use crate::check::{Finding, Verdict};
use crate::simulate::{Arrivals, Figures, Moment, ShopFigures, Sums};

const STYLE: &str = include_str!("page.css");
/// French and English of the columns after the first one.
const COLUMNS: [(&str, &str); 8] = [
    ("arrivées", "arrivals"),
    ("attendues", "expected"),
    ("commandes", "orders"),
    ("paiements", "payments"),
    ("F CFA", "francs"),
    ("conversion", "conversion"),
    ("1re réponse p50 / p99", "first answer"),
    ("messages par vente", "messages per sale"),
];

/// The page around a plot.
pub(super) fn page(figures: &Figures, plot: &str, verdict: &Verdict) -> String {
    let minutes: String = figures.shops.iter().map(minutes).collect();
    let good = if verdict.is_good() {
        "Tout est en ordre · <span class=\"en\">everything is in order</span>"
    } else {
        "Quelque chose ne va pas · <span class=\"en\">something is wrong</span>"
    };
    format!(
        "<!doctype html>\n<html lang=\"fr\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>LivePay · la foule · the crowd</title>\n<style>\n{STYLE}</style>\n\
         <h1>La foule <span class=\"en\">· The crowd</span></h1>\n<p class=\"soft\">{}</p>\n\
         <div class=\"tiles\">\n{}</div>\n<div class=\"plot\">{plot}</div>\n\
         <h2>Boutiques <span class=\"en\">· Shops</span></h2>\n{}\
         <h2>{good}</h2>\n<ul>\n{}</ul>\n\
         <h2>Minute par minute <span class=\"en\">· Minute by minute</span></h2>\n{minutes}\
         </html>\n",
        played(figures),
        tiles(&figures.whole.sums),
        shops(figures),
        verdict.findings.iter().map(finding).collect::<String>(),
    )
}

fn played(figures: &Figures) -> String {
    let (fr, en) = match figures.arrivals {
        Arrivals::Live => ("comme un vrai live", "as a real live"),
        Arrivals::Steady => ("régulières", "steady"),
        Arrivals::Burst => ("toutes d’un coup", "all at once"),
    };
    let length = if figures.length_s < 600.0 {
        format!("{:.0} s", figures.length_s)
    } else {
        format!("{:.0} min", figures.length_s / 60.0)
    };
    format!(
        "{} acheteuses, arrivées {fr} ; {length} de live jouées en {} s ; graine {}. \
         <span class=\"en\">{} buyers, arrivals {en}; {length} of live played in {} s; \
         seed {}.</span>",
        figures.buyers,
        figures.seconds,
        figures.seed,
        figures.buyers,
        figures.seconds,
        figures.seed
    )
}

fn tiles(sums: &Sums) -> String {
    let tile = |(value, fr, en): (String, &str, &str)| {
        format!("<div class=\"tile\"><b>{value}</b>{fr} <span class=\"en\">· {en}</span></div>\n")
    };
    let tiles = [
        (grouped(sums.arrivals.into()), "arrivées", "arrivals"),
        (grouped(sums.orders.into()), "commandes", "orders"),
        (grouped(sums.payments.into()), "paiements", "payments"),
        (grouped(sums.francs), "F CFA", "francs"),
        (per_cent(sums.conversion), "conversion", "conversion"),
        (answers(sums), "première réponse", "first answer"),
        (
            ratio(sums.messages_per_sale),
            "messages par vente",
            "per sale",
        ),
    ];
    tiles.into_iter().map(tile).collect()
}

fn finding(finding: &Finding) -> String {
    let class = if finding.good { "good" } else { "bad" };
    format!("<li class=\"{class}\">{}</li>\n", escape(&finding.text))
}

fn shops(figures: &Figures) -> String {
    let mut rows: String = figures
        .shops
        .iter()
        .map(|shop| row(&escape(&shop.name), &shop.sums))
        .collect();
    if figures.shops.len() > 1 {
        rows.push_str(&row("toutes · all", &figures.whole.sums));
    }
    table(("boutique", "shop"), &rows)
}

fn minutes(shop: &ShopFigures) -> String {
    let rows = shop.minutes.iter();
    let rows: String = rows.map(|bin| row(&time(bin.from_s), &bin.sums)).collect();
    let done: Vec<String> = shop.marks.iter().map(mark).collect();
    format!(
        "<details><summary>{}</summary>\n<p class=\"soft\">{}</p>\n{}</details>\n",
        escape(&shop.name),
        done.join(" · "),
        table(("à", "from"), &rows)
    )
}

fn mark(mark: &crate::simulate::Mark) -> String {
    let minutes = (mark.at_s / 60.0).floor();
    let at = format!("{minutes:.0}:{:02.0}", (mark.at_s - minutes * 60.0).floor());
    match &mark.what {
        Moment::Shown { keyword } => format!("{at} {}", escape(keyword)),
        Moment::Paused => format!("{at} pause"),
        Moment::Resumed => format!("{at} reprise (back)"),
        Moment::Fin => format!("{at} FIN"),
    }
}

fn table((fr, en): (&str, &str), rows: &str) -> String {
    let head = |(fr, en): &(&str, &str)| format!("<th>{fr} <span class=\"en\">{en}</span></th>");
    let heads: String = COLUMNS.iter().map(head).collect();
    format!(
        "<div class=\"wide\"><table>\n<tr>{}{heads}</tr>\n{rows}</table></div>\n",
        head(&(fr, en))
    )
}

fn row(name: &str, sums: &Sums) -> String {
    format!(
        "<tr><td>{name}</td><td>{}</td><td>{:.1}</td><td>{}</td><td>{}</td><td>{}</td>\
         <td>{}</td><td>{}</td><td>{}</td></tr>\n",
        sums.arrivals,
        sums.expected,
        sums.orders,
        sums.payments,
        grouped(sums.francs),
        per_cent(sums.conversion),
        answers(sums),
        ratio(sums.messages_per_sale)
    )
}

#[cfg(test)]
mod tests {
    use super::super::plot::plot;
    use super::super::tests::twelve_minutes;
    use super::page;
    use crate::check::{Finding, Verdict};

    #[test]
    fn the_page_is_whole_in_itself_and_names_cannot_write_markup() {
        let mut figures = twelve_minutes();
        figures.shops[0].name = "<img src=x>".to_owned();
        let finding = Finding {
            good: true,
            text: "zero oversold".to_owned(),
        };
        let verdict = Verdict {
            findings: vec![finding],
        };
        let page = page(&figures, &plot(&figures), &verdict);
        for word in [
            "<svg",
            "&lt;img src=x&gt;",
            "zero oversold",
            "prefers-color-scheme: dark",
        ] {
            assert!(page.contains(word), "{word} is missing");
        }
        let strange = [
            "<img", "<script", "<link", "src=\"", "href=", "url(", "@import",
        ];
        for word in strange {
            assert!(!page.contains(word), "{word} is there");
        }
        // The name space of SVG is a name, not an address that is asked.
        assert_eq!(page.matches("http://").count(), 1);
        assert_eq!(
            page.matches("<tr>").count(),
            2 + 1 + figures.shops[0].minutes.len()
        );
    }
}
