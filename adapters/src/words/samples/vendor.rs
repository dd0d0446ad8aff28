//! What the vendor reads on her phone.

use domain::ids::ContactId;
use domain::message::{Message, PaidShown, ProductShown, RefundNote, ToVendor};
use domain::text::Text;
use uuid::Uuid;

use super::{Make, NOTES, ORDER, Size};

/// Whom the notices are about.
pub(crate) const ABOUT: ContactId = ContactId(Uuid::from_u128(9));

impl Make {
    pub(super) fn vendor(&self) -> Vec<Message> {
        let mut all = vec![ToVendor::Paid {
            about: ABOUT,
            order: ORDER,
            lines: self.lines(),
            total: self.amount(15_000),
            paid: self.count(4),
            collected: self.amount(60_000),
            low: self.products(10),
        }];
        all.push(self.paid_many());
        all.push(ToVendor::StockLow {
            products: self.running_low(),
        });
        all.extend(NOTES.map(|note| self.refund_due(note, false)));
        all.push(self.refund_due(RefundNote::Late, true));
        all.extend(self.refunds_late());
        all.extend([false, true].map(|handed_over| self.reversed(handed_over)));
        all.push(ToVendor::CancellationAsked {
            about: ABOUT,
            order: ORDER,
            lines: self.lines(),
            total: self.amount(15_000),
            until: Self::in_hours(48),
        });
        all.extend([false, true].map(|granted| ToVendor::Decided {
            order: ORDER,
            granted,
        }));
        all.into_iter().map(Message::Vendor).collect()
    }

    fn paid_many(&self) -> ToVendor {
        let one = PaidShown {
            about: ABOUT,
            order: ORDER,
            lines: self.lines().into_iter().take(3).collect(),
            total: self.amount(15_000),
        };
        let orders = match self.size {
            Size::Usual => vec![one; 3],
            Size::Worst => vec![one; 5],
            // Handed over before it was told.
            Size::Empty => vec![PaidShown {
                lines: Vec::new(),
                ..one
            }],
        };
        ToVendor::PaidMany {
            count: self.count(7).max(2),
            amount: self.amount(105_000),
            orders,
            paid: self.count(12),
            collected: self.amount(180_000),
            low: self.products(10),
        }
    }

    /// Never an empty list: then there is nothing to say.
    fn running_low(&self) -> Vec<ProductShown> {
        let mut products = self.products(10);
        if let Some(last) = products.last_mut() {
            last.left = 0;
        } else {
            products.push(self.product());
        }
        products
    }

    fn refund_due(&self, note: RefundNote, automatic: bool) -> ToVendor {
        ToVendor::RefundDue {
            about: ABOUT,
            order: ORDER,
            amount: self.amount(15_000),
            note,
            automatic,
            until: self.some(Self::in_hours(72)),
        }
    }

    fn refunds_late(&self) -> [ToVendor; 2] {
        let reasons = [self.text("solde insuffisant"), Text::default()];
        reasons.map(|reason| ToVendor::RefundLate {
            about: ABOUT,
            order: ORDER,
            amount: self.amount(15_000),
            reason,
        })
    }

    fn reversed(&self, handed_over: bool) -> ToVendor {
        let closed = handed_over && self.size == Size::Empty;
        ToVendor::Reversed {
            about: ABOUT,
            order: ORDER,
            amount: self.amount(15_000),
            lines: if closed { Vec::new() } else { self.lines() },
            handed_over,
        }
    }
}
