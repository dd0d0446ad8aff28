//! Facts about the shop itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::ids::ContactId;
use crate::money::Currency;
use crate::policy::Rule;
use crate::segment::{Language, Segment};
use crate::text::Text;

/// What can have happened to the shop itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
pub enum Event {
    /// The shop exists; its first event.
    ShopOpened {
        /// What buyers see.
        name: Text,
        /// The one currency it sells in.
        currency: Currency,
        /// ISO 3166 alpha-2, where the provider charges.
        country: String,
        /// IANA zone, for display only.
        zone: String,
        /// Configuration of the engine.
        segment: Segment,
        /// The vendor's language, and the one for buyers who gave none.
        language: Language,
        /// The WhatsApp number it answers on: the sender of its messages, an opaque id.
        number: String,
        /// The payment account its charges go through, an opaque id.
        account: String,
    },
    /// Something about it changed; absent fields stay.
    ShopConfigured {
        /// New name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Text>,
        /// New language.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
        /// Open (true) or closed (false) for orders.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        open: Option<bool>,
    },
    /// A vendor's phone is bound to the shop and gets its notices.
    VendorBound {
        /// Her contact on the shop's number.
        contact: ContactId,
        /// Her language.
        language: Language,
    },
    /// A number of domain.md changed for this shop, from now on only.
    PolicyChanged {
        /// Which one.
        rule: Rule,
        /// Before.
        from: i64,
        /// After, within the rule's bounds.
        to: i64,
    },
    /// LivePay could not answer the shop for a while. What it gives back to open holds follows,
    /// hold by hold; what fell due in between is nobody's fault.
    OutageEnded {
        /// Since when, as far as is known.
        from: DateTime<Utc>,
        /// Until when.
        until: DateTime<Utc>,
    },
}
