//! Wishes about the shop itself.

use serde::{Deserialize, Serialize};

use crate::ids::ContactId;
use crate::money::Currency;
use crate::policy::Rule;
use crate::segment::{Language, Segment};
use crate::text::Text;

/// What may be asked about the shop itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Open it. Must be its first command.
    Open {
        /// What buyers see.
        name: Text,
        /// The one currency it sells in.
        currency: Currency,
        /// ISO 3166 alpha-2.
        country: String,
        /// IANA zone.
        zone: String,
        /// How it sells.
        segment: Segment,
        /// Its language.
        language: Language,
        /// The WhatsApp number it answers on, an opaque id.
        number: String,
        /// Its payment account, an opaque id.
        account: String,
    },
    /// Change its name or language, open or close it for orders; absent fields stay.
    Configure {
        /// New name.
        name: Option<Text>,
        /// New language.
        language: Option<Language>,
        /// Open for orders?
        open: Option<bool>,
    },
    /// Bind a vendor's phone.
    BindVendor {
        /// Her contact on the shop's number.
        contact: ContactId,
        /// Her language.
        language: Language,
    },
    /// Change one number of the rules, within its bounds.
    ChangePolicy {
        /// Which.
        rule: Rule,
        /// To what.
        to: i64,
    },
}
