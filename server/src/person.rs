//! Who a contact is, as the home database keeps her sealed, and what she is called.

use adapters::whatsapp::Address;
use serde::{Deserialize, Serialize};

/// What is needed to answer someone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Her business-scoped user id, or `wa_id` where there is none.
    pub user_id: String,
    /// E.164, where WhatsApp gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Her profile name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(…)")
    }
}

impl Person {
    /// The stored form, to be sealed.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads [`Person::to_bytes`] back.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Where she is written to.
    pub fn address(&self) -> Address {
        Address::of(self.phone.as_deref(), &self.user_id)
    }

    /// What a vendor reads: `Aminata D.`.
    pub fn short_name(&self) -> Option<String> {
        short(self.name.as_deref()?)
    }
}

/// `Aminata Diallo` → `Aminata D.`; `None` for nothing.
pub fn short(name: &str) -> Option<String> {
    let mut words = name.split_whitespace();
    let first = words.next()?;
    Some(
        match words.next_back().and_then(|last| last.chars().next()) {
            Some(initial) => format!("{first} {initial}."),
            None => first.to_owned(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shortened_for_the_vendor() {
        assert_eq!(short("Aminata Diallo").as_deref(), Some("Aminata D."));
        assert_eq!(short("Awa").as_deref(), Some("Awa"));
        assert_eq!(short("  "), None);
    }
}
