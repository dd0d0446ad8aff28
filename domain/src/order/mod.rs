//! The room `order`: carts, holds, fulfilment.

mod cancel;
pub mod command;
pub(crate) mod decide;
pub mod event;
pub(crate) mod evolve;
pub(crate) mod expire;
pub(crate) mod hold;
pub(crate) mod place;
pub mod state;

#[cfg(test)]
mod spec;

pub(crate) use cancel::cancel;
pub use command::Command;
pub use event::Event;
pub use state::{Fate, Order, Orders, Paid, Phase, Stub};

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
pub(crate) fn is_zero(value: &u32) -> bool {
    *value == 0
}
