//! The room `order`: carts, holds, fulfilment.

pub(crate) mod cancel;
pub(crate) mod choice;
pub mod command;
pub(crate) mod decide;
pub mod event;
pub(crate) mod evolve;
pub(crate) mod expire;
mod fill;
pub(crate) mod first_paid;
pub(crate) mod hold;
pub(crate) mod outage;
pub(crate) mod place;
pub(crate) mod release;
pub mod state;
pub(crate) mod unmet;
mod why;

#[cfg(test)]
mod spec;

pub use command::Command;
pub use event::Event;
pub use state::{Fate, Order, Orders, Paid, Phase, Remains, Stub};
pub use unmet::{Asked, Unmet};

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
pub(crate) fn is_zero(value: &u32) -> bool {
    *value == 0
}
