//! Facts about buyers and how far the shop trusts them.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::ids::{ClientId, ContactId, LiveId};
use crate::personal::Personal;
use crate::segment::{Language, Method};
use crate::text::Text;
use crate::trust::{Badge, Reason, Tier};

/// What she agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Suggestions and news of lives.
    Marketing,
}

/// What can have happened to a buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
pub enum Event {
    /// First heard of.
    ClientRegistered {
        /// Who.
        client: ClientId,
        /// Where she is answered.
        contact: ContactId,
        /// Her business-scoped WhatsApp user id (or `wa_id` where there is none yet).
        user_id: Personal,
        /// Her profile name.
        name: Personal,
        /// E.164, where WhatsApp gave one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phone: Option<Personal>,
        /// Her language.
        language: Language,
    },
    /// Her profile name changed.
    ClientRenamed {
        /// Who.
        client: ClientId,
        /// New name.
        name: Personal,
    },
    /// She writes from another contact or user id; she stays the same client.
    ClientIdentityChanged {
        /// Who she is in this shop, as before.
        client: ClientId,
        /// The key her messages carry from now on.
        known_as: ClientId,
        /// Where she is answered from now on.
        contact: ContactId,
        /// Her new user id.
        user_id: Personal,
    },
    /// Two ids turned out to be one person.
    ClientsMerged {
        /// Who remains.
        kept: ClientId,
        /// Who she also was.
        merged: ClientId,
    },
    /// How she likes to be served; absent fields stay.
    ClientPreferred {
        /// Who.
        client: ClientId,
        /// Language.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
        /// Plain short texts for a slow connection.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        simple: Option<bool>,
        /// How she pays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<Method>,
    },
    /// She agreed.
    ConsentGiven {
        /// Who.
        client: ClientId,
        /// To what.
        purpose: Purpose,
    },
    /// She changed her mind.
    ConsentWithdrawn {
        /// Who.
        client: ClientId,
        /// From what.
        purpose: Purpose,
    },
    /// Her computed score moved.
    TrustScoreChanged {
        /// Who.
        client: ClientId,
        /// Before, 0–100.
        from: u8,
        /// After, 0–100.
        to: u8,
        /// Name and version of the policy, for example `v1`.
        policy: String,
        /// Every line of the sum.
        reasons: Vec<Reason>,
        /// Whether she looks like a fake buyer.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        flagged: bool,
    },
    /// The vendor laid her own judgement over the score; `None` lifts it.
    TrustOverridden {
        /// Who.
        client: ClientId,
        /// 0–100, or nothing.
        score: Option<u8>,
        /// Why, in the vendor's words.
        reason: Text,
    },
    /// First paid, first served for her: yes, no, or (`None`) as the shop has it.
    FirstPaidSet {
        /// Who.
        client: ClientId,
        /// How.
        on: Option<bool>,
    },
    /// Her tier moved.
    TierChanged {
        /// Who.
        client: ClientId,
        /// Before.
        from: Tier,
        /// After.
        to: Tier,
    },
    /// Earned once, announced once.
    BadgeEarned {
        /// Who.
        client: ClientId,
        /// Which.
        badge: Badge,
        /// In which live, for the first buyer of one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        live: Option<LiveId>,
    },
    /// The vendor does not want her orders.
    ClientBlocked {
        /// Who.
        client: ClientId,
        /// Why.
        reason: Text,
    },
    /// She may order again.
    ClientUnblocked {
        /// Who.
        client: ClientId,
    },
    /// Her key is destroyed; what is left of her is unreadable.
    ClientForgotten {
        /// Who.
        client: ClientId,
    },
}

impl Event {
    /// Shows the personal data of the event, with whose it is.
    pub fn personal(&mut self, visit: &mut dyn FnMut(ClientId, &mut Personal)) {
        match self {
            Self::ClientRegistered {
                client,
                user_id,
                name,
                phone,
                ..
            } => {
                visit(*client, user_id);
                visit(*client, name);
                if let Some(phone) = phone {
                    visit(*client, phone);
                }
            }
            Self::ClientRenamed { client, name } => visit(*client, name),
            Self::ClientIdentityChanged {
                client, user_id, ..
            } => visit(*client, user_id),
            Self::ClientsMerged { .. }
            | Self::ClientPreferred { .. }
            | Self::ConsentGiven { .. }
            | Self::ConsentWithdrawn { .. }
            | Self::TrustScoreChanged { .. }
            | Self::TrustOverridden { .. }
            | Self::FirstPaidSet { .. }
            | Self::TierChanged { .. }
            | Self::BadgeEarned { .. }
            | Self::ClientBlocked { .. }
            | Self::ClientUnblocked { .. }
            | Self::ClientForgotten { .. } => {}
        }
    }
}
