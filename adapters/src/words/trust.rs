//! What the shop thinks of her, in words: tiers, badges, and the lines of her score.

use domain::trust::{Badge, Reason, ReasonCode, Tier};
use fluent_bundle::FluentArgs;

use super::bundle::say;
use super::context::Context;

impl Context<'_> {
    /// `Argent 🥈`, in simple words `Argent`.
    pub(super) fn tier(&self, tier: Tier) -> String {
        let code = match tier {
            Tier::Bronze => "bronze",
            Tier::Silver => "silver",
            Tier::Gold => "gold",
            Tier::Diamond => "diamond",
        };
        let mut holes = FluentArgs::new();
        holes.set("tier", code);
        say(self.language, "tier", self.style(), &holes).unwrap_or_default()
    }

    /// What she earned, one below the other; empty for nothing.
    pub(super) fn badges(&self, badges: &[Badge]) -> String {
        let written = badges.iter().map(|badge| {
            let code = match badge {
                Badge::FirstBuyer => "first-buyer",
                Badge::Loyal => "loyal",
                Badge::FastPayer => "fast-payer",
                Badge::Verified => "verified",
            };
            let mut holes = FluentArgs::new();
            holes.set("badge", code);
            say(self.language, "badge", self.style(), &holes).unwrap_or_default()
        });
        written.collect::<Vec<_>>().join("\n")
    }

    /// The lines of her score, `+10 tu paies vite`; empty for nothing.
    pub(super) fn reasons(&self, reasons: &[Reason]) -> String {
        let written = reasons.iter().map(|reason| {
            let mut holes = FluentArgs::new();
            holes.set("reason", code(reason.code));
            holes.set("points", self.points(*reason));
            say(self.language, "reason", self.style(), &holes).unwrap_or_default()
        });
        written.collect::<Vec<_>>().join("\n")
    }

    /// `+10` or `−20`; where everybody starts has no sign. Old phones get a plain hyphen.
    fn points(&self, reason: Reason) -> String {
        let sign = match (reason.code, reason.points) {
            (_, ..0) if self.simple => "-",
            (_, ..0) => "−",
            (ReasonCode::Start, _) => "",
            _ => "+",
        };
        format!("{sign}{}", reason.points.unsigned_abs())
    }
}

fn code(code: ReasonCode) -> &'static str {
    match code {
        ReasonCode::Start => "start",
        ReasonCode::Paid => "paid",
        ReasonCode::PaysFast => "pays-fast",
        ReasonCode::Spent => "spent",
        ReasonCode::Expired => "expired",
        ReasonCode::SuspectedFakeBuyer => "suspected-fake-buyer",
        ReasonCode::HonourRate => "honour-rate",
    }
}
