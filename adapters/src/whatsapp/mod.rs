//! WhatsApp, as Meta's Cloud API speaks it (graph v25.0).
//!
//! In: [`verify`] and [`authenticate`] at the door, then [`decode`] gives [`Item`]s.
//! Out: [`Outgoing`] can only be built within the limits; [`encode`] makes the body, [`Api`]
//! sends it and [`interpret`] says what became of it.

mod api;
mod decode;
mod errors;
mod item;
mod limits;
mod send;
mod typed;
mod webhook;
mod window;
mod wire;

#[cfg(test)]
mod spec;

pub use api::Api;
pub use decode::{Undecodable, decode};
pub use errors::{ApiError, Class, Scope, Sent, interpret};
pub use item::{Heard, Identity, Item, Person, Pricing, Referral, StatusKind, StatusUpdate};
pub use limits::{
    Body, ButtonTitle, ListButton, LongText, OptionId, RowDescription, RowTitle, TooLong,
};
pub use send::{Address, Button, Misshapen, Outgoing, Row, encode, encode_read};
pub(crate) use typed::SAY;
pub use webhook::{Unsigned, Unverified, authenticate, verify};
pub use window::{Window, window};
