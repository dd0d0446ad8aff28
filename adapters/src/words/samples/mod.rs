//! One of everything we may say, with data as bad as they come. Compile-checked: a variant
//! without a sample does not build.

mod buying;
mod live;
mod money;
mod refused;
mod talking;
mod vendor;
mod waiting;

pub(crate) use vendor::ABOUT;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{OrderId, VariantId};
use domain::message::{Known, LineShown, Message, ProductShown, RefundNote, WaitShown, Waiting};
use domain::money::Amount;
use domain::rejection::VariantChoice;
use domain::text::{Keyword, Text};
use domain::trust::Tier;

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
    all.extend(make.paying());
    all.extend(make.late());
    all.extend(make.over());
    all.extend(make.back());
    all.extend(make.waiting());
    all.extend(make.talking());
    all.extend(make.vendor());
    all.extend(make.lives());
    all.extend(make.refusals().into_iter().map(Message::Refused));
    all
}

/// Makes samples of one size.
struct Make {
    size: Size,
}

const ORDER: OrderId = OrderId(12);

impl Make {
    fn text(&self, usual: &str) -> Text {
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

    fn count(&self, usual: u32) -> u32 {
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

    fn many<T: Clone>(&self, one: T, usual: usize, worst: usize) -> Vec<T> {
        let count = match self.size {
            Size::Usual => usual,
            Size::Worst => worst,
            Size::Empty => 0,
        };
        vec![one; count]
    }

    fn product(&self) -> ProductShown {
        ProductShown {
            keyword: self.keyword("ROBE1"),
            name: self.text("Robe Wax Ankara"),
            price: self.amount(15_000),
            left: self.count(3),
        }
    }

    fn products(&self, worst: usize) -> Vec<ProductShown> {
        let mut all = self.many(self.product(), 3, worst);
        for (index, product) in all.iter_mut().enumerate() {
            let stem: String = product.keyword.as_str().chars().take(4).collect();
            let word = format!("{stem}{index}");
            product.keyword = Keyword::parse(&word).unwrap();
        }
        all
    }

    fn choices(&self) -> Vec<VariantChoice> {
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

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp(1_771_170_120, 0).unwrap()
    }

    /// So many hours later.
    fn in_hours(hours: i64) -> DateTime<Utc> {
        Self::at() + TimeDelta::hours(hours)
    }

    fn wait(&self) -> WaitShown {
        WaitShown {
            product: ProductShown {
                left: 0,
                ..self.product()
            },
            label: self.text("M rouge"),
            variant: VariantId(1),
            quantity: self.count(2),
            position: self.count(3),
        }
    }

    fn waiting_order(&self) -> Waiting {
        Waiting {
            total: self.amount(15_000),
            until: Self::at(),
        }
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
