//! One of every refusal.

use domain::ids::{OrderId, VariantId};
use domain::rejection::Rejection;

use super::{Make, ORDER};

impl Make {
    pub(super) fn refusals(&self) -> Vec<Rejection> {
        let mut all = self.shopping();
        all.extend(self.limits());
        all.extend([
            Rejection::NothingOpen,
            Rejection::OrderUnknown,
            Rejection::OrderExpired { order: ORDER },
            Rejection::OrderCancelled { order: ORDER },
            Rejection::OrderPaid { order: ORDER },
            Rejection::OrderFrozen { order: ORDER },
            Rejection::TooManyAttempts { order: ORDER },
            Rejection::ButtonUnknown,
            Rejection::KeywordTaken {
                keyword: self.text("ROBE1"),
            },
            Rejection::ProductUnknown,
            Rejection::StockUnknown,
            Rejection::StockProtected {
                free: self.count(1),
                orders: self.many(OrderId(u64::MAX), 2, 90),
            },
            Rejection::OutOfBounds {
                least: 1,
                most: i64::MAX,
            },
            Rejection::LiveAlreadyOn,
            Rejection::NoLive,
            Rejection::ReopenTooLate { until: Self::at() },
            Rejection::AttemptUnknown,
            Rejection::OrderNotPaid { order: ORDER },
            Rejection::NoChoice { order: ORDER },
            Rejection::NoRequest { order: ORDER },
            Rejection::RefundUnknown,
            Rejection::RefundElsewhere,
        ]);
        all
    }

    fn shopping(&self) -> Vec<Rejection> {
        let (product, quantity) = (self.product(), self.count(1));
        vec![
            Rejection::ShopUnknown,
            Rejection::ShopAlreadyOpen,
            Rejection::ShopClosed,
            Rejection::ClientBlocked,
            Rejection::ClientUnknown,
            Rejection::TooOld {
                said_at: Self::at(),
            },
            Rejection::KeywordUnknown {
                asked: self.text("rob1"),
                nearest: self.products(3),
            },
            Rejection::QuantityAbsurd {
                asked: self.text("-3 robe1"),
            },
            Rejection::VariantMissing {
                product: product.clone(),
                choices: self.choices(),
                quantity,
            },
            Rejection::VariantUnknown {
                product: product.clone(),
                choices: self.choices(),
                quantity,
            },
            Rejection::ProductArchived {
                product: product.clone(),
            },
            Rejection::OnlyDuringLive { product },
        ]
    }

    fn limits(&self) -> Vec<Rejection> {
        vec![
            Rejection::TooManyOpenLines {
                most: self.count(5),
            },
            Rejection::QuantityOverMost {
                asked: self.count(50),
                most: self.count(20),
            },
            Rejection::TooManyOrders {
                most: self.count(2),
            },
            Rejection::TrustTooLow {
                score: 23,
                least: 40,
            },
            self.not_enough(self.count(2), true),
            self.not_enough(self.count(2), false),
            self.not_enough(0, true),
            self.not_enough(0, false),
            Rejection::SumTooLarge,
        ]
    }

    fn not_enough(&self, left: u32, may_wait: bool) -> Rejection {
        Rejection::NotEnoughLeft {
            product: self.product(),
            variant: VariantId(1),
            asked: self.count(3),
            left,
            may_wait,
        }
    }
}
