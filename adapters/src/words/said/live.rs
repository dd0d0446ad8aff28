//! To the vendor about her live: that it closed by itself, is on again, and what it came to.

use chrono::{DateTime, Utc};
use domain::ids::LiveId;
use domain::live::Summary;
use domain::live::summary::{Advice, Peak, Sold};
use domain::message::{Tap, ToVendor};
use domain::money::Amount;
use fluent_bundle::FluentArgs;

use super::super::bundle::say;
use super::super::context::Context;
use super::super::pieces::short;
use super::super::plan::Plan;
use super::{or_none, yes};

const TITLE_MOST: usize = 32;

pub(super) fn plan(message: &ToVendor, plan: Plan, ctx: &Context<'_>) -> Plan {
    match message {
        ToVendor::LiveClosedItself {
            live,
            title,
            hours,
            until,
        } => closed(plan, (*hours, *until), ctx)
            .hole("title", named(title.as_str()))
            .tap(Tap::Reopen(*live)),
        ToVendor::LiveReopened { live: _, title } => plan.hole("title", named(title.as_str())),
        ToVendor::LiveSummary {
            live,
            title,
            settled,
            figures,
        } => summary(plan, *live, figures.as_deref(), ctx)
            .hole("title", named(title.as_str()))
            .hole("settled", yes(*settled)),
        _ => plan,
    }
}

fn named(title: &str) -> String {
    or_none(Some(short(title, TITLE_MOST)))
}

fn closed(plan: Plan, (hours, until): (u32, DateTime<Utc>), ctx: &Context<'_>) -> Plan {
    plan.hole("silence", ctx.span(hours.saturating_mul(60)))
        .hole("until", ctx.moment(until))
}

fn summary(plan: Plan, live: LiveId, figures: Option<&Summary>, ctx: &Context<'_>) -> Plan {
    let (state, figures, advice) = match figures {
        None => ("unknown", None, None),
        // With unmet demand there is something to learn from it.
        Some(figures) if figures.placed == 0 && figures.lost == Amount::ZERO => {
            ("empty", None, None)
        }
        Some(figures) => (
            "known",
            Some(ctx.figures(figures)),
            figures.advice.as_ref().map(|advice| ctx.advice(advice)),
        ),
    };
    plan.hole("state", state)
        .hole("figures", or_none(figures))
        .hole("advice", or_none(advice))
        .hole("link", format!("{}/board#live/{live}", ctx.pay_base))
}

impl Context<'_> {
    fn figures(&self, of: &Summary) -> String {
        let mut holes = FluentArgs::new();
        holes.set("duration", self.span(of.seconds / 60));
        holes.set("gross", self.money(of.gross));
        holes.set("net", self.other(of.net, of.gross));
        for (name, count) in [
            ("placed", of.placed),
            ("paid", of.paid),
            ("expired", of.expired),
            ("cancelled", of.cancelled),
            ("open", of.open),
            ("new", of.new_clients),
            ("returning", of.returning_clients),
        ] {
            holes.set(name, count);
        }
        let share = of.conversion.map(|share| self.percent(share));
        holes.set("conversion", or_none(share));
        holes.set(
            "best",
            or_none(of.best.as_ref().map(|best| self.sold(best))),
        );
        let median = of.pay_median.map(|seconds| self.seconds(seconds));
        holes.set("median", or_none(median));
        let p90 = of.pay_p90.map(|seconds| self.seconds(seconds));
        holes.set("slow", or_none(p90));
        holes.set(
            "peak",
            or_none(of.peak.as_ref().map(|peak| self.peak(peak))),
        );
        holes.set("lost", self.other(of.lost, Amount::ZERO));
        say(self.language, "summary-figures", self.style(), &holes).unwrap_or_default()
    }

    /// A sum that is said only where it differs from another one.
    fn other(&self, sum: Amount, usual: Amount) -> String {
        or_none((sum != usual).then(|| self.money(sum)))
    }

    fn sold(&self, sold: &Sold) -> String {
        let mut holes = FluentArgs::new();
        holes.set("keyword", short(&sold.keyword, TITLE_MOST));
        holes.set("units", sold.units);
        say(self.language, "summary-sold", None, &holes).unwrap_or_default()
    }

    fn peak(&self, peak: &Peak) -> String {
        let shown = peak.shown.as_deref().map(|word| short(word, TITLE_MOST));
        let mut holes = FluentArgs::new();
        holes.set("minute", self.moment(peak.minute));
        holes.set("orders", peak.orders);
        holes.set("shown", or_none(shown));
        say(self.language, "summary-peak", None, &holes).unwrap_or_default()
    }

    fn advice(&self, advice: &Advice) -> String {
        let (kind, keyword, count, more) = match advice {
            Advice::MoreStock {
                keyword,
                minutes,
                lost,
            } => {
                let lost = self.other(*lost, Amount::ZERO);
                let holes = ("more-stock", keyword.as_str(), 0, lost);
                return self.advised(holes, &self.span(*minutes));
            }
            Advice::MorePayment { expired, resolved } => {
                ("more-payment", "none", *expired, resolved.to_string())
            }
            Advice::ShowAgain { keyword, orders } => {
                ("show-again", keyword.as_str(), *orders, "none".to_owned())
            }
            Advice::Again { keyword, units } => {
                ("again", keyword.as_str(), *units, "none".to_owned())
            }
        };
        self.advised((kind, keyword, count, more), "none")
    }

    fn advised(
        &self,
        (kind, keyword, count, more): (&str, &str, u32, String),
        span: &str,
    ) -> String {
        let mut holes = FluentArgs::new();
        holes.set("kind", kind);
        holes.set("keyword", short(keyword, TITLE_MOST));
        holes.set("count", count);
        holes.set("more", more);
        holes.set("span", span);
        say(self.language, "summary-advice", None, &holes).unwrap_or_default()
    }
}
