//! What became of a send, decided on Meta's error code: its HTTP status misleads
//! (whatsapp.md 3.4, 3.5).

use std::time::Duration;

use serde::Deserialize;

use crate::transport::{Answer, Failure};

/// An error as Meta tells it, in an answer, a status or a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApiError {
    /// The code everything is decided on; 0 where there was none.
    pub code: i64,
    /// Meta's title.
    pub title: String,
    /// Meta's details.
    pub details: String,
}

impl ApiError {
    /// What to do about it.
    pub fn class(&self) -> Class {
        class(self.code)
    }
}

/// What to do about an error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Say it again later; nothing was processed.
    Retry(Scope),
    /// Nobody knows whether it was processed.
    Ambiguous,
    /// The number or account must be looked at (token, policy, bill); its messages wait.
    NumberStopped,
    /// The 24-hour window is closed.
    WindowClosed,
    /// This person cannot be reached this way.
    Unreachable,
    /// A bug or a setting of ours; again would be refused again.
    Ours,
}

/// Whose pace is too fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything the number sends waits.
    Number,
    /// Only this conversation waits.
    Pair,
}

/// What became of a send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Meta took it; delivery comes by status.
    Accepted {
        /// Meta's id of it.
        wamid: String,
    },
    /// Surely not processed: again after this, doubled by the caller at each try, with jitter.
    Retry {
        /// Who waits.
        scope: Scope,
        /// The first wait.
        after: Duration,
        /// Meta's code, 0 where no answer came.
        code: i64,
    },
    /// It may have been processed: wait for a status that carries our callback.
    Ambiguous {
        /// Meta's code, 0 where no answer came.
        code: i64,
    },
    /// Surely not sent, and again would not help.
    Refused {
        /// Meta's words.
        error: ApiError,
        /// What to do.
        class: Class,
    },
}

const fn class(code: i64) -> Class {
    match code {
        4 | 80_007 | 130_429 | 131_057 => Class::Retry(Scope::Number),
        131_056 => Class::Retry(Scope::Pair),
        1 | 2 | 131_000 | 131_016 | 133_004 => Class::Ambiguous,
        0 | 190 | 368 | 131_031 | 131_042 | 131_048 | 131_064 => Class::NumberStopped,
        131_047 => Class::WindowClosed,
        130_472 | 130_497 | 131_021 | 131_026 | 131_030 | 131_049 | 131_050 | 137_000 => {
            Class::Unreachable
        }
        _ => Class::Ours,
    }
}

/// The first wait of a throttle: a pair earns one message per 6 s, limits of calls take minutes.
const fn first_wait(code: i64) -> Duration {
    match code {
        131_056 => Duration::from_secs(6),
        4 | 131_057 => Duration::from_mins(1),
        80_007 => Duration::from_mins(2),
        _ => Duration::from_secs(1),
    }
}

#[derive(Deserialize)]
struct Envelope {
    error: Body,
}

#[derive(Deserialize)]
struct Body {
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    error_data: Details,
}

#[derive(Deserialize, Default)]
struct Details {
    #[serde(default)]
    details: String,
}

#[derive(Deserialize)]
struct Accepted {
    messages: Vec<Id>,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

/// Says what became of a send.
pub fn interpret(result: Result<Answer, Failure>) -> Sent {
    match result {
        Ok(answer) => accepted(&answer.body),
        Err(Failure::Status { code, body, html }) => refused(code, html, &body),
        Err(Failure::Connect) => Sent::Retry {
            scope: Scope::Number,
            after: Duration::from_secs(1),
            code: 0,
        },
        Err(Failure::Malformed(why)) => {
            let error = ApiError {
                code: 0,
                title: why,
                details: String::new(),
            };
            Sent::Refused {
                error,
                class: Class::Ours,
            }
        }
        Err(Failure::Timeout | Failure::Broken | Failure::TooLarge) => Sent::Ambiguous { code: 0 },
    }
}

fn accepted(body: &[u8]) -> Sent {
    let wamid = serde_json::from_slice::<Accepted>(body)
        .ok()
        .and_then(|accepted| accepted.messages.into_iter().next());
    match wamid {
        Some(Id { id }) if !id.is_empty() => Sent::Accepted { wamid: id },
        // A 200 without an id: taken, as far as anybody knows.
        _ => Sent::Ambiguous { code: 0 },
    }
}

fn refused(http: u16, html: bool, body: &[u8]) -> Sent {
    let Ok(envelope) = serde_json::from_slice::<Envelope>(body) else {
        return unspoken(http, html);
    };
    let Body {
        code,
        message,
        error_data,
    } = envelope.error;
    let error = ApiError {
        code,
        title: message,
        details: error_data.details,
    };
    match class(code) {
        Class::Retry(scope) => Sent::Retry {
            scope,
            after: first_wait(code),
            code,
        },
        Class::Ambiguous => Sent::Ambiguous { code },
        // A code we do not know on a 5xx proves nothing.
        Class::Ours if http >= 500 && !known(code) => Sent::Ambiguous { code },
        class => Sent::Refused { error, class },
    }
}

/// Codes of the table that may come with a 5xx and are refusals all the same.
const fn known(code: i64) -> bool {
    matches!(code, 3 | 10 | 200..=299 | 131_005 | 131_045 | 133_010)
}

/// An error without Meta's envelope: something in between spoke.
fn unspoken(http: u16, html: bool) -> Sent {
    let slow = Sent::Retry {
        scope: Scope::Number,
        after: Duration::from_secs(5),
        code: 0,
    };
    match http {
        429 => slow,
        403 if html => slow,
        400..=499 if http != 408 => {
            let title = format!("HTTP {http} without an error body");
            let class = if http == 401 {
                Class::NumberStopped
            } else {
                Class::Ours
            };
            Sent::Refused {
                error: ApiError {
                    title,
                    ..ApiError::default()
                },
                class,
            }
        }
        _ => Sent::Ambiguous { code: 0 },
    }
}
