//! Looking, asking, talking.

use domain::message::{Message, PurchaseShown, WhyShown};
use domain::trust::{Reason, ReasonCode, Tier};

use super::{Make, ORDER, Size};

const REASONS: [(ReasonCode, i16); 7] = [
    (ReasonCode::Start, 50),
    (ReasonCode::Paid, 25),
    (ReasonCode::PaysFast, 10),
    (ReasonCode::Spent, 10),
    (ReasonCode::Expired, -30),
    (ReasonCode::SuspectedFakeBuyer, -20),
    (ReasonCode::HonourRate, i16::MIN),
];

impl Make {
    pub(super) fn talking(&self) -> Vec<Message> {
        let example = self.some(self.keyword("ROBE1"));
        let full = self.size != Size::Empty;
        let purchase = PurchaseShown {
            order: ORDER,
            total: self.amount(15_000),
            paid_at: Self::at(),
        };
        let mut all = vec![
            Message::Catalogue {
                products: self.products(10),
                more: full,
                live: full,
            },
            Message::Purchases {
                orders: self.many(purchase, 2, 5),
                count: self.count(2),
                known: self.known(),
            },
            Message::Help {
                example: example.clone(),
                open: full,
            },
            Message::Stopped,
            Message::Hint {
                example: example.clone(),
            },
            Message::PleaseWrite { example },
            Message::LanguageChanged,
            Message::StyleChanged { simple: true },
            Message::StyleChanged { simple: false },
        ];
        all.extend(self.why());
        all
    }

    /// Somebody well seen, somebody doubted, somebody whom the vendor judged herself, and
    /// somebody whose orders are not taken.
    fn why(&self) -> Vec<Message> {
        let shown = match self.size {
            Size::Usual => 4,
            Size::Worst => REASONS.len(),
            Size::Empty => 0,
        };
        let reasons = |from: &[(ReasonCode, i16)]| -> Vec<Reason> {
            let reason = |&(code, points): &(ReasonCode, i16)| Reason { code, points };
            from.iter().take(shown).map(reason).collect()
        };
        let doubted = [REASONS[0], REASONS[4], REASONS[5]];
        let why = |score, tier, reasons| {
            Message::Why(WhyShown {
                score,
                minutes: self.count(10),
                tier,
                reasons,
                overridden: score == 80,
                flagged: score == 0,
                first_paid: score == 0,
                way_back: (score == 0).then(|| self.count(2)),
                seller: score == 20,
                blocked: score == 20,
            })
        };
        let all = reasons(&REASONS);
        vec![
            why(95, Tier::Silver, all.clone()),
            why(0, Tier::Bronze, reasons(&doubted)),
            why(80, Tier::Diamond, all),
            why(20, Tier::Bronze, reasons(&doubted[..2])),
        ]
    }
}
