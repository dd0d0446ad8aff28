//! For whom something is said.

use chrono::{DateTime, FixedOffset, Utc};
use domain::ids::ContactId;
use domain::money::Currency;
use domain::segment::Language;

/// What a message does not carry: who reads it, where, and in what.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The reader's language.
    pub language: Language,
    /// Short words without pictures, for a slow connection or an old phone.
    pub simple: bool,
    /// The reader's profile name; only its first word is shown.
    pub name: Option<&'a str>,
    /// Whom a notice to the vendor is about, by their short names, for example `Aminata D.`.
    pub about: &'a [(ContactId, &'a str)],
    /// The shop's name.
    pub shop: &'a str,
    /// Our own address, without a slash at its end: links are `<pay_base>/pay/<reference>`.
    pub pay_base: &'a str,
    /// The shop's offset from UTC on the day of the message.
    pub zone: FixedOffset,
    /// When it is said: decides whether a time is today's or tomorrow's.
    pub now: DateTime<Utc>,
    /// The shop's currency.
    pub currency: Currency,
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("language", &self.language)
            .field("simple", &self.simple)
            .finish_non_exhaustive()
    }
}
