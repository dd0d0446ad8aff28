//! One of everything we may say, with data as bad as they come. Compile-checked: a variant
//! without a sample does not build.

use chrono::{DateTime, Utc};
use domain::ids::{AttemptId, ContactId, OrderId, Reference, ShopId, VariantId};
use domain::message::{
    Known, LineShown, Message, ProductShown, PurchaseShown, RefundNote, Scarcity, Waiting,
};
use domain::money::Amount;
use domain::rejection::VariantChoice;
use domain::segment::Method;
use domain::text::{Keyword, Text};
use domain::trust::Tier;
use uuid::Uuid;

/// How bad the data are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// As on any day.
    Usual,
    /// The longest names, the largest sums, the fullest lists.
    Worst,
    /// Nothing where nothing may be.
    Empty,
}

/// Every message, with the usual data.
pub(crate) fn samples() -> Vec<Message> {
    sized(Size::Usual)
}

/// Every message and every refusal.
pub(crate) fn sized(size: Size) -> Vec<Message> {
    let make = Make { size };
    let mut all = make.buying();
    all.extend(make.over());
    all.extend(make.talking());
    all.extend(make.vendor());
    all.extend(make.refusals().into_iter().map(Message::Refused));
    all
}

/// Makes samples of one size.
pub(super) struct Make {
    size: Size,
}

pub(super) const ORDER: OrderId = OrderId(12);

impl Make {
    pub(super) fn text(&self, usual: &str) -> Text {
        match self.size {
            Size::Usual => Text::new(usual),
            Size::Worst => Text::new(&"👩‍👩‍👧‍👦 *Ŵ* ".repeat(200)),
            Size::Empty => Text::new(""),
        }
    }

    fn amount(&self, usual: i64) -> Amount {
        Amount(if self.size == Size::Worst {
            i64::MAX
        } else {
            usual
        })
    }

    pub(super) fn count(&self, usual: u32) -> u32 {
        match self.size {
            Size::Usual => usual,
            Size::Worst => u32::MAX,
            Size::Empty => 0,
        }
    }

    fn keyword(&self, usual: &str) -> Keyword {
        let worst = "A2345678901234567890";
        Keyword::parse(if self.size == Size::Worst {
            worst
        } else {
            usual
        })
        .unwrap()
    }

    fn some<T>(&self, value: T) -> Option<T> {
        (self.size != Size::Empty).then_some(value)
    }

    pub(super) fn many<T: Clone>(&self, one: T, usual: usize, worst: usize) -> Vec<T> {
        let count = match self.size {
            Size::Usual => usual,
            Size::Worst => worst,
            Size::Empty => 0,
        };
        vec![one; count]
    }

    pub(super) fn product(&self) -> ProductShown {
        ProductShown {
            keyword: self.keyword("ROBE1"),
            name: self.text("Robe Wax Ankara"),
            price: self.amount(15_000),
            left: self.count(3),
        }
    }

    pub(super) fn products(&self, worst: usize) -> Vec<ProductShown> {
        let mut all = self.many(self.product(), 3, worst);
        for (index, product) in all.iter_mut().enumerate() {
            let stem: String = product.keyword.as_str().chars().take(4).collect();
            let word = format!("{stem}{index}");
            product.keyword = Keyword::parse(&word).unwrap();
        }
        all
    }

    pub(super) fn choices(&self) -> Vec<VariantChoice> {
        let one = VariantChoice {
            variant: VariantId(1),
            label: self.text("M rouge"),
            left: self.count(2),
        };
        let mut all = self.many(one, 2, 25);
        for (choice, id) in all.iter_mut().zip(1_000_u32..) {
            choice.variant = VariantId(id);
        }
        all
    }

    fn line(&self) -> LineShown {
        LineShown {
            keyword: self.keyword("ROBE1"),
            name: self.text("Robe Wax Ankara"),
            label: self.text("M"),
            quantity: self.count(1),
            amount: self.amount(15_000),
        }
    }

    fn lines(&self) -> Vec<LineShown> {
        let line = self.line();
        if self.size == Size::Worst {
            vec![line; 40]
        } else {
            vec![line]
        }
    }

    fn known(&self) -> Known {
        match self.size {
            Size::Usual => Known {
                purchases: 3,
                tier: Tier::Silver,
            },
            Size::Worst => Known {
                purchases: u32::MAX,
                tier: Tier::Diamond,
            },
            Size::Empty => Known {
                purchases: 0,
                tier: Tier::Bronze,
            },
        }
    }

    fn scarcity(&self) -> Scarcity {
        match self.size {
            Size::Usual => Scarcity::Plenty,
            Size::Worst => Scarcity::Few,
            Size::Empty => Scarcity::Last,
        }
    }

    pub(super) fn at() -> DateTime<Utc> {
        DateTime::from_timestamp(1_771_170_120, 0).unwrap()
    }

    fn buying(&self) -> Vec<Message> {
        let (total, minutes) = (self.amount(15_000), self.count(9));
        let reference = Reference::new(ShopId(Uuid::from_u128(7)), AttemptId(31));
        vec![
            Message::Held {
                order: ORDER,
                lines: self.lines(),
                total,
                deadline: Self::at(),
                minutes: self.count(10),
                left: self.count(3),
                scarcity: self.scarcity(),
                known: self.known(),
                changed: false,
            },
            Message::Held {
                order: ORDER,
                lines: self.lines(),
                total,
                deadline: Self::at(),
                minutes: self.count(10),
                left: 0,
                scarcity: Scarcity::LastOnes,
                known: self.known(),
                changed: true,
            },
            Message::LiveOver {
                line: self.line(),
                variant: VariantId(1),
                left: self.count(3),
            },
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
            Message::Paid {
                order: ORDER,
                lines: self.lines(),
                total,
                paid_at: Self::at(),
                known: self.known(),
            },
            Message::Reminder {
                order: ORDER,
                total,
                minutes,
            },
        ]
    }

    fn over(&self) -> Vec<Message> {
        let lines = self.lines();
        let mut all = vec![
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
                lines,
            },
        ];
        all.extend(NOTES.map(|note| Message::RefundPromised {
            order: ORDER,
            amount: self.amount(15_000),
            note,
            waits: self.waits(note),
        }));
        all
    }

    /// An order waits on after these; the emptiest samples have it gone.
    fn waits(&self, note: RefundNote) -> Option<Waiting> {
        let waits = Waiting {
            total: self.amount(15_000),
            until: Self::at(),
        };
        match note {
            RefundNote::Surplus | RefundNote::Underpaid | RefundNote::OtherCurrency => {
                self.some(waits)
            }
            RefundNote::SecondCharge
            | RefundNote::Late
            | RefundNote::Cancelled
            | RefundNote::VendorCancelled => None,
        }
    }

    fn talking(&self) -> Vec<Message> {
        let example = self.some(self.keyword("ROBE1"));
        let full = self.size != Size::Empty;
        let purchase = PurchaseShown {
            order: ORDER,
            total: self.amount(15_000),
            paid_at: Self::at(),
        };
        vec![
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
            Message::Why {
                score: 62,
                minutes: self.count(10),
            },
            Message::Stopped,
            Message::Hint {
                example: example.clone(),
            },
            Message::PleaseWrite { example },
            Message::LanguageChanged,
            Message::StyleChanged { simple: true },
            Message::StyleChanged { simple: false },
        ]
    }

    fn vendor(&self) -> Vec<Message> {
        let about = ContactId(Uuid::from_u128(9));
        let mut all = vec![Message::VendorPaid {
            about,
            order: ORDER,
            lines: self.lines(),
            total: self.amount(15_000),
            paid: self.count(4),
            collected: self.amount(60_000),
            low: self.products(10),
        }];
        all.extend(NOTES.map(|note| Message::VendorRefundDue {
            about,
            order: ORDER,
            amount: self.amount(15_000),
            note,
        }));
        all
    }
}

const NOTES: [RefundNote; 7] = [
    RefundNote::SecondCharge,
    RefundNote::Surplus,
    RefundNote::Underpaid,
    RefundNote::Late,
    RefundNote::Cancelled,
    RefundNote::VendorCancelled,
    RefundNote::OtherCurrency,
];
