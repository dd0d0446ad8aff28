//! What the vendor reads about her lives.

use chrono::TimeDelta;
use domain::ids::{LiveId, ProductId};
use domain::live::Summary;
use domain::live::summary::{Advice, Peak, Sold};
use domain::message::{Message, ToVendor};

use super::{Make, Size};

const LIVE: LiveId = LiveId(3);

impl Make {
    pub(super) fn lives(&self) -> Vec<Message> {
        let title = || self.text("Soirée wax");
        let mut all = vec![
            ToVendor::LiveClosedItself {
                live: LIVE,
                title: title(),
                hours: self.count(6),
                until: Self::at(),
            },
            ToVendor::LiveReopened {
                live: LIVE,
                title: title(),
            },
        ];
        let summaries = self
            .advices()
            .into_iter()
            .map(|advice| Some(Box::new(self.figures(advice))));
        for figures in summaries.chain([None]) {
            all.push(ToVendor::LiveSummary {
                live: LIVE,
                title: title(),
                settled: figures.as_ref().is_some_and(|figures| figures.settled),
                figures,
            });
        }
        all.into_iter().map(Message::Vendor).collect()
    }

    fn advices(&self) -> Vec<Option<Advice>> {
        let keyword = || self.keyword("ROBE1").to_string();
        vec![
            Some(Advice::MoreStock {
                keyword: keyword(),
                minutes: self.count(45),
                lost: self.amount(60_000),
            }),
            Some(Advice::MorePayment {
                expired: self.count(12),
                resolved: self.count(30),
            }),
            Some(Advice::ShowAgain {
                keyword: keyword(),
                orders: self.count(9),
            }),
            Some(Advice::Again {
                keyword: keyword(),
                units: self.count(12),
            }),
            None,
        ]
    }

    /// With nothing sold where nothing may be; without advice they are the final ones.
    fn figures(&self, advice: Option<Advice>) -> Summary {
        let started_at = Self::at() - TimeDelta::minutes(83);
        // A live of which somebody ordered, and nobody paid.
        let placed = if self.size == Size::Empty && advice.is_some() {
            1
        } else {
            self.count(28)
        };
        Summary {
            live: LIVE,
            title: self.text("Soirée wax").as_str().to_owned(),
            started_at,
            finished_at: Self::at(),
            as_of: Self::at(),
            settled: advice.is_none(),
            seconds: self.count(83 * 60),
            placed,
            paid: self.count(24),
            expired: self.count(4),
            cancelled: self.count(1),
            open: self.count(2),
            conversion: self.some(857),
            gross: self.amount(456_000),
            net: if self.size == Size::Usual {
                self.amount(441_000)
            } else {
                self.amount(0)
            },
            best: self.some(self.sold()),
            products: Vec::new(),
            new_clients: self.count(8),
            returning_clients: self.count(16),
            pay_median: self.some(self.count(83)),
            pay_p90: self.some(self.count(412)),
            peak: self.some(self.peak()),
            lost: self.amount(60_000),
            advice,
        }
    }

    fn peak(&self) -> Peak {
        Peak {
            minute: Self::at() - TimeDelta::minutes(40),
            orders: self.count(6),
            shown: Some(self.keyword("ROBE1").to_string()),
        }
    }

    fn sold(&self) -> Sold {
        Sold {
            product: ProductId(1),
            keyword: self.keyword("ROBE1").to_string(),
            name: self.text("Robe Wax Ankara").as_str().to_owned(),
            units: self.count(12),
            amount: self.amount(180_000),
        }
    }
}
