//! Payment providers: one port in our words, one folder per provider, and one word in the list
//! below. Nothing else in the house knows a provider's name.

mod client;
mod line;
mod port;
mod seen;

#[cfg(test)]
mod contract;

pub use client::Client;
pub use line::{Kind, Line};
pub use port::{
    Account, Charge, Charged, Created, Headers, Misfit, Page, Payer, Proof, Provider, Refunded,
    Span, Trouble,
};
pub use seen::{Seen, Undecodable};

/// Declares the providers: a folder with a `CODEC` each.
macro_rules! providers {
    [$($name:ident),+ $(,)?] => {
        $(pub mod $name;)+

        /// Every provider, in the order of the list.
        pub const ALL: &[&dyn Provider] = &[$(&$name::CODEC),+];
    };
}

providers![bictorys];

/// The provider of a name, for example `bictorys`.
pub fn provider(name: &str) -> Option<&'static dyn Provider> {
    ALL.iter().copied().find(|provider| provider.name() == name)
}
