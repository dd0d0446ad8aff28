//! Facts about the talk itself.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::ids::{AttemptId, ClientId, OrderId};
use crate::personal::Personal;

/// What can have happened in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
pub enum Event {
    /// The one reminder of a hold went out.
    ReminderDue {
        /// Of which order.
        order: OrderId,
    },
    /// We did not understand her; what she wrote helps us to, next time.
    MessageNotUnderstood {
        /// Who.
        client: ClientId,
        /// Her words.
        text: Personal,
    },
    /// Left to the human; one hint was given.
    HintGiven {
        /// Who.
        client: ClientId,
    },
    /// Her link takes noticeably long; she was told once that it is coming.
    LinkDelayed {
        /// Of which attempt.
        attempt: AttemptId,
    },
    /// She says she paid: the provider is asked, and nothing is confirmed by it.
    PaymentClaimed {
        /// For which order.
        order: OrderId,
    },
    /// The provider knew of no payment; she was told.
    ClaimAnswered {
        /// For which order.
        order: OrderId,
    },
    /// The vendor was told what had been collected: payments that came fast, and what ran low.
    VendorTold {
        /// The orders of which she was told, oldest first; none, where nobody paid since the last
        /// notice.
        orders: Vec<OrderId>,
    },
    /// The vendor answers herself; the bot is silent.
    HumanTookOver {
        /// To whom.
        client: ClientId,
    },
    /// The bot answers again.
    HumanHandedBack {
        /// To whom.
        client: ClientId,
    },
}

impl Event {
    /// Shows the personal data of the event, with whose it is.
    pub fn personal(&mut self, visit: &mut dyn FnMut(ClientId, &mut Personal)) {
        if let Self::MessageNotUnderstood { client, text } = self {
            visit(*client, text);
        }
    }
}
