//! What the house promises because of what happened: words to the client, words to the vendor,
//! questions to the payment provider. Decided in the same commit as the facts.

pub(crate) mod to_client;
pub(crate) mod to_provider;
pub(crate) mod to_vendor;
