//! Carts, from the first word to their end without money.

use domain::ids::VariantId;
use domain::message::{Message, Scarcity};

use super::{Make, ORDER, Size};

impl Make {
    pub(super) fn buying(&self) -> Vec<Message> {
        let (total, minutes) = (self.amount(15_000), self.count(9));
        vec![
            self.held(false),
            self.held(true),
            self.first_paid(self.count(3)),
            self.first_paid(0),
            Message::LiveOver {
                line: self.line(),
                variant: VariantId(1),
                left: self.count(3),
            },
            Message::Reminder {
                order: ORDER,
                total,
                minutes,
            },
        ]
    }

    /// A new cart, or one that changed, with something besides that is sold out.
    fn held(&self, changed: bool) -> Message {
        Message::Held {
            order: ORDER,
            lines: self.lines(),
            total: self.amount(15_000),
            deadline: Self::at(),
            minutes: self.count(10),
            left: if changed { 0 } else { self.count(3) },
            scarcity: match (changed, self.size) {
                (true, _) => Scarcity::LastOnes,
                (_, Size::Usual) => Scarcity::Plenty,
                (_, Size::Worst) => Scarcity::Few,
                (_, Size::Empty) => Scarcity::Last,
            },
            known: self.known(),
            changed,
            waits: self.many(self.wait(), usize::from(changed), 9),
        }
    }

    fn first_paid(&self, left: u32) -> Message {
        Message::FirstPaid {
            order: ORDER,
            lines: self.lines(),
            total: self.amount(15_000),
            left,
            minutes: self.count(5),
            waits: self.many(self.wait(), usize::from(left == 0), 9),
        }
    }

    pub(super) fn over(&self) -> Vec<Message> {
        let lines = self.lines();
        let kept = self.many(self.line(), 1, 40);
        vec![
            Message::Expired {
                order: ORDER,
                lines: lines.clone(),
                again: self.some((VariantId(1), 2)),
            },
            Message::Cancelled {
                order: ORDER,
                lines: lines.clone(),
            },
            Message::CancelledByVendor {
                order: ORDER,
                lines: lines.clone(),
            },
            Message::Released {
                order: ORDER,
                lines: lines.clone(),
                kept,
            },
            Message::Released {
                order: ORDER,
                lines,
                kept: Vec::new(),
            },
        ]
    }
}
