//! Who is who: keyed hashes instead of bare ids (architecture.md, "Personal data"), and the ids
//! that make a command the same command.

use std::sync::Arc;

use domain::ids::{ClientId, CommandId, ContactId, ShopId};
use eventstore::MasterKey;
use uuid::Uuid;

/// The space in which ids of commands are made.
const COMMANDS: Uuid = Uuid::from_u128(0x9b5e_31d6_0c1f_4b5c_9a0e_6c69_7665_7061);

/// Makes keyed hashes. The same person, number or message gives the same hash for ever.
#[derive(Debug, Clone)]
pub struct Identity {
    master: Arc<MasterKey>,
}

impl Identity {
    /// With the key everything hangs on.
    pub fn new(master: Arc<MasterKey>) -> Self {
        Self { master }
    }

    /// A WhatsApp number or a payment account, by the provider's own id of it.
    pub fn sender(&self, provider_id: &str) -> String {
        self.mac("sender", &[provider_id.as_bytes()])
            .simple()
            .to_string()
    }

    /// A person on one number.
    pub fn contact(&self, number: &str, user_id: &str) -> ContactId {
        ContactId(self.mac("contact", &[number.as_bytes(), user_id.as_bytes()]))
    }

    /// A buyer as one shop knows her.
    pub fn client(&self, shop: ShopId, user_id: &str) -> ClientId {
        ClientId(self.mac("client", &[shop.0.as_bytes(), user_id.as_bytes()]))
    }

    /// A message of the platform's, for looking it up without keeping its id.
    pub fn message(&self, wamid: &str) -> String {
        self.mac("wamid", &[wamid.as_bytes()]).simple().to_string()
    }

    /// A text nobody can guess without the master key, for cookies and links.
    pub fn token(&self, purpose: &str, text: &str) -> String {
        hex::encode(self.master.mac(purpose, text.as_bytes()))
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> Uuid {
        let mut bytes = Vec::new();
        for part in parts {
            // The length before each part: no two lists of parts give the same bytes.
            bytes.extend_from_slice(&part.len().to_be_bytes());
            bytes.extend_from_slice(part);
        }
        let mac = self.master.mac(purpose, &bytes);
        let (head, _) = mac.split_at(16);
        Uuid::from_slice(head).unwrap_or_default()
    }
}

/// The id of what a message asks: `UUIDv5` of (number, wamid).
pub fn of_message(number: &str, wamid: &str) -> CommandId {
    named("message", &[number, wamid])
}

/// The id of what a provider said: (account, provider id, status, where it was read).
pub fn of_observation(account: &str, provider_id: &str, status: &str, source: &str) -> CommandId {
    named("observation", &[account, provider_id, status, source])
}

/// The id of an API call: the shop and its Idempotency-Key.
pub fn of_key(shop: ShopId, key: &str) -> CommandId {
    named("key", &[&shop.to_string(), key])
}

/// The id of what follows from a promise: the outbox row and what became of it.
pub fn of_promise(row: &str, what: &str) -> CommandId {
    named("promise", &[row, what])
}

/// A new id; the only place that makes one.
pub fn new() -> Uuid {
    let mut bytes = [0_u8; 16];
    // Without the system's randomness nothing of this house may run on.
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

fn named(what: &str, parts: &[&str]) -> CommandId {
    let mut name = what.to_owned();
    for part in parts {
        name.push('\u{1f}');
        name.push_str(part);
    }
    CommandId(Uuid::new_v5(&COMMANDS, name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> Identity {
        Identity::new(Arc::new(MasterKey::from_bytes(&[7; 32]).unwrap()))
    }

    #[test]
    fn a_person_is_the_same_for_ever_and_another_elsewhere() {
        let one = identity().contact("n1", "SN.1");
        assert_eq!(one, identity().contact("n1", "SN.1"));
        assert_ne!(one, identity().contact("n2", "SN.1"));
        assert_ne!(identity().contact("a", "bc"), identity().contact("ab", "c"));
    }

    #[test]
    fn a_message_is_one_command_per_number() {
        assert_eq!(of_message("n1", "wamid.1"), of_message("n1", "wamid.1"));
        assert_ne!(of_message("n1", "wamid.1"), of_message("n2", "wamid.1"));
    }
}
