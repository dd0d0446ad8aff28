//! Places on a list, and turns that come.

use domain::ids::VariantId;
use domain::message::{Message, WaitShown};

use super::{Make, ORDER, Size};

impl Make {
    pub(super) fn waiting(&self) -> Vec<Message> {
        let first = WaitShown {
            position: 1,
            ..self.wait()
        };
        let declined = |waits| Message::OfferDeclined {
            lines: self.lines(),
            waits,
        };
        vec![
            Message::WaitlistJoined(vec![self.wait()]),
            Message::WaitlistJoined(vec![first, self.wait()]),
            self.offer(self.count(1)),
            self.offer(u32::MAX),
            declined(None),
            declined(Some(self.wait())),
            Message::OfferLapsed {
                lines: self.lines(),
                variant: VariantId(1),
                quantity: self.count(1),
            },
            Message::WaitlistLeft {
                product: self.product(),
            },
            Message::WaitlistClosed {
                products: self.products(40).into_iter().chain(self.one()).collect(),
            },
            Message::UnitFree {
                line: self.line(),
                variant: VariantId(1),
                left: self.count(3),
            },
        ]
    }

    /// A list that closes had somebody on it.
    fn one(&self) -> Option<domain::message::ProductShown> {
        (self.size == Size::Empty).then(|| self.product())
    }

    fn offer(&self, wanted: u32) -> Message {
        Message::Offer {
            order: ORDER,
            lines: self.lines(),
            total: self.amount(15_000),
            wanted,
            deadline: Self::at(),
            minutes: self.count(5),
        }
    }
}
