//! The words. A message becomes something that can be sent, in one language, for one person.
//!
//! The sentences are `messages/<language>/*.ftl` (Fluent). The id of a message's words is
//! [`Message::key`]; its value is the full text, its attribute `simple` the short one without
//! pictures. What is on buttons are attributes of `button`. Here is only which data fill the
//! holes and which buttons follow; both matches are exhaustive, so a new message or refusal
//! does not compile before it is said, and `spec.rs` fails before it has words in each language.

mod bundle;
mod context;
mod money;
mod notice;
mod pieces;
mod plan;
mod refused;
mod render;
mod said;
mod time;
mod trust;

#[cfg(test)]
mod parts;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod spec;
#[cfg(test)]
mod typography;
#[cfg(test)]
mod variants;

pub use context::Context;
pub use money::money;
pub use render::render;

#[cfg(doc)]
use domain::message::Message;
