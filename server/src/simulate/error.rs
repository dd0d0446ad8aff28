//! Why a crowd cannot play.

/// Failures of [`super::run`].
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// A call to the server or to the sandbox failed.
    #[error("{what} does not answer ({source}); is `livepay demo` running?")]
    Call {
        /// Which address.
        what: String,
        /// What the client said.
        source: reqwest::Error,
    },
    /// It answered, and not with what was asked.
    #[error("{what} answered {status}: {body}")]
    Refused {
        /// Which address.
        what: String,
        /// HTTP status.
        status: u16,
        /// The beginning of the answer.
        body: String,
    },
    /// The stream of the sandbox cannot be opened.
    #[error("the sandbox's stream cannot be opened: {0}")]
    Stream(#[from] Box<tokio_tungstenite::tungstenite::Error>),
    /// The sandbox does not know the number of a shop.
    #[error("the sandbox does not know the number {0}: add it with POST /api/numbers")]
    UnknownNumber(String),
    /// The vendor of a shop cannot be played.
    #[error("the vendor of {0} has no link to sign in with: her live cannot be played")]
    NoVendor(String),
    /// There is nothing to buy.
    #[error("no shop with keywords was opened")]
    NoShop,
}

impl SimulateError {
    /// Whether asking again would be answered the same.
    pub(super) fn is_final(&self) -> bool {
        match self {
            Self::Refused { status, .. } => (400..500).contains(status) && *status != 429,
            _ => false,
        }
    }
}
