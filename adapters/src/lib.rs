//! The neighbours, one folder each, and the words.
//!
//! * [`whatsapp`]: Meta's Cloud API. A webhook becomes [`whatsapp::Item`]s, an
//!   [`whatsapp::Outgoing`] becomes a message.
//! * [`psp`]: payment providers behind one port. Every answer becomes [`psp::Seen`].
//! * [`words`]: a [`domain::message::Message`] becomes an [`whatsapp::Outgoing`] in the client's
//!   language; the words themselves are the files of `messages/`.
//! * [`transport`]: the only HTTP client of the house.
//!
//! Codecs are pure: only [`whatsapp::Api`], [`psp::Client`] and [`transport`] touch the network.
//! Wire types never leave their folder; a word we do not know is kept, pending, never an error.

pub mod psp;
pub mod secret;
pub mod transport;
pub mod whatsapp;
pub mod words;

pub use secret::Secret;
