//! The room `order`.

pub mod command;
pub mod event;

pub use command::Command;
pub use event::Event;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
pub(crate) fn is_zero(value: &u32) -> bool {
    *value == 0
}
