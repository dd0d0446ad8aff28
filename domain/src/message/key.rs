//! The stable name of a message's words.

use super::Message;

impl Message {
    /// The stable name of its words, for example `payment-link`.
    pub fn key(&self) -> &'static str {
        if let Self::Refused(rejection) = self {
            return rejection.code();
        }
        if let Self::Vendor(message) = self {
            return message.into();
        }
        self.into()
    }
}
