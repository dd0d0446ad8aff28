//! Every variant's name, to see that each has its sample.

use domain::message::{Message, ToVendor};
use domain::rejection::Rejection;

/// Names every variant in an exhaustive match: a new one does not build before it is added, and
/// then `spec.rs` asks for its sample.
macro_rules! variants {
    ($all:ident, $name:ident, $kind:ident: $($variant:ident),+ $(,)?) => {
        pub(crate) const $all: &[&str] = &[$(stringify!($variant)),+];

        pub(crate) fn $name(one: &$kind) -> &'static str {
            match one {
                $($kind::$variant { .. } => stringify!($variant),)+
            }
        }
    };
}

variants!(MESSAGES, message_name, Message:
    Held, FirstPaid, LiveOver, AskMethod, LinkComing, PaymentLink, PaymentFailed, Paid, Underpaid,
    AskChoice, AskSwap, WaitsForUnits, CheckingPayment, NotPaidYet, TakenBack, CancellationAsked,
    CancellationRefused, Released, WaitlistJoined, Offer, OfferDeclined, OfferLapsed, WaitlistLeft,
    WaitlistClosed, UnitFree, Expired, Cancelled, CancelledByVendor, Reminder, RefundPromised,
    RefundSent, Catalogue, Purchases, Help, Why, Stopped, Hint, PleaseWrite, LanguageChanged,
    StyleChanged, Refused, Vendor);

variants!(TO_VENDOR, to_vendor_name, ToVendor:
    Paid, PaidMany, StockLow, LiveClosedItself, LiveReopened, LiveSummary, RefundDue, RefundLate,
    Reversed, CancellationAsked, Decided);

variants!(REJECTIONS, rejection_name, Rejection:
    ShopUnknown, ShopAlreadyOpen, ShopClosed, ClientBlocked, ClientUnknown, TooOld,
    KeywordUnknown, QuantityAbsurd, VariantMissing, VariantUnknown, ProductArchived,
    OnlyDuringLive, TooManyOpenLines, QuantityOverMost, TooManyOrders, TrustTooLow,
    NotEnoughLeft, SumTooLarge, NothingOpen, OrderUnknown, OrderExpired, OrderCancelled,
    OrderPaid, OrderFrozen, TooManyAttempts, ButtonUnknown, KeywordTaken, ProductUnknown,
    StockUnknown, StockProtected, OutOfBounds, LiveAlreadyOn, NoLive,
    ReopenTooLate, AttemptUnknown,
    OrderNotPaid, NoChoice, NoRequest, RefundUnknown, RefundElsewhere);
