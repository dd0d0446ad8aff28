//! Money that is asked, comes, comes late, and goes back.

use domain::ids::{AttemptId, Reference, ShopId, VariantId};
use domain::message::{Message, RefundNote, SwapShown, Waiting};
use domain::order::event::Choice;
use domain::segment::Method;
use domain::trust::{Badge, Tier};
use uuid::Uuid;

use super::{Make, NOTES, ORDER, Size};

impl Make {
    pub(super) fn paying(&self) -> Vec<Message> {
        let (total, minutes) = (self.amount(15_000), self.count(9));
        let reference = Reference::new(ShopId(Uuid::from_u128(7)), AttemptId(31));
        vec![
            Message::AskMethod {
                order: ORDER,
                total,
                minutes,
            },
            Message::LinkComing { order: ORDER },
            Message::PaymentLink {
                order: ORDER,
                method: Method::Wave,
                reference,
                total,
                minutes,
            },
            Message::PaymentFailed {
                order: ORDER,
                total,
                minutes,
            },
            self.paid(false),
            self.paid(true),
            self.underpaid(10),
            self.underpaid(-1),
            Message::CheckingPayment { order: ORDER },
            Message::NotPaidYet {
                order: ORDER,
                waits: Some(self.waiting_order()),
            },
            Message::NotPaidYet {
                order: ORDER,
                waits: None,
            },
            Message::TakenBack {
                order: ORDER,
                amount: total,
            },
        ]
    }

    /// A plain receipt, or one with all the news there can be.
    fn paid(&self, news: bool) -> Message {
        let all = [
            Badge::FirstBuyer,
            Badge::Loyal,
            Badge::FastPayer,
            Badge::Verified,
        ];
        let news = news && self.size != Size::Empty;
        Message::Paid {
            order: ORDER,
            lines: self.lines(),
            total: self.amount(15_000),
            paid_at: Self::at(),
            known: self.known(),
            badges: if news { all.to_vec() } else { Vec::new() },
            reached: news.then_some(Tier::Silver),
            surplus: news.then_some(self.amount(500)),
            late: news,
        }
    }

    fn underpaid(&self, hours: i64) -> Message {
        Message::Underpaid {
            order: ORDER,
            received: self.amount(10_000),
            missing: self.amount(5_000),
            until: Self::in_hours(hours),
        }
    }

    pub(super) fn late(&self) -> Vec<Message> {
        let offer = SwapShown {
            variant: VariantId(1),
            keyword: self.keyword("SAC2"),
            name: self.text("Sac en cuir"),
            label: self.text("rouge"),
            price: self.amount(12_000),
        };
        let mut offers = self.many(offer, 3, 10);
        for (offer, id) in offers.iter_mut().zip(1_000_u32..) {
            offer.variant = VariantId(id);
        }
        let swap = |offers| Message::AskSwap {
            order: ORDER,
            amount: self.amount(15_000),
            offers,
        };
        vec![
            self.choice(&[Choice::Wait, Choice::Swap, Choice::Refund], false),
            self.choice(&[Choice::Keep, Choice::Refund], true),
            self.choice(&[Choice::Complete, Choice::Refund], false),
            swap(offers),
            swap(Vec::new()),
            Message::WaitsForUnits {
                order: ORDER,
                lines: self.lines(),
                until: Self::in_hours(168),
            },
        ]
    }

    fn choice(&self, options: &[Choice], cancelled: bool) -> Message {
        let short = options.contains(&Choice::Complete);
        Message::AskChoice {
            order: ORDER,
            lines: self.lines(),
            amount: self.amount(15_000),
            missing: short.then_some(self.amount(5_000)),
            cancelled,
            options: options.to_vec(),
            until: Self::in_hours(24),
        }
    }

    pub(super) fn back(&self) -> Vec<Message> {
        let promised = |note, automatic| Message::RefundPromised {
            order: ORDER,
            amount: self.amount(15_000),
            note,
            waits: self.still_waits(note),
            automatic,
        };
        let mut all = NOTES.map(|note| promised(note, false)).to_vec();
        all.push(promised(RefundNote::Late, true));
        all.extend([
            Message::RefundSent {
                order: ORDER,
                amount: self.amount(15_000),
                method: self.text("Wave au 77 123 45 67"),
                evidence: self.text("TX-8841"),
            },
            Message::CancellationAsked {
                order: ORDER,
                until: Self::in_hours(48),
            },
        ]);
        all.extend([false, true].map(|lapsed| Message::CancellationRefused {
            order: ORDER,
            lapsed,
        }));
        all
    }

    /// An order waits on after these; the emptiest samples have it gone.
    fn still_waits(&self, note: RefundNote) -> Option<Waiting> {
        match note {
            RefundNote::OtherCurrency => self.some(self.waiting_order()),
            RefundNote::SecondCharge
            | RefundNote::Surplus
            | RefundNote::Underpaid
            | RefundNote::Late
            | RefundNote::Cancelled
            | RefundNote::VendorCancelled => None,
        }
    }
}
