//! What the vendor reads on her phone.

use domain::ids::ContactId;
use domain::message::{Message, RefundNote, ToVendor};
use domain::text::Text;
use uuid::Uuid;

use super::{Make, NOTES, ORDER, Size};

const ABOUT: ContactId = ContactId(Uuid::from_u128(9));

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
