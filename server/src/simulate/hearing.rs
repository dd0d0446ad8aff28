//! Waiting for what a shop says, as a person with a phone in her hand does.

use std::time::{Duration, Instant};

use super::buyer::Buyer;
use crate::sandbox::Msg;

/// How a purchase went on after waiting for something.
pub(super) enum Heard<T> {
    /// What was hoped for.
    Hoped(T),
    /// Something else, and nothing better after it.
    Other(Box<Msg>),
    /// Not a word.
    Silence,
}

impl Buyer {
    /// Reads what this shop says until it is what was hoped for. After an answer that is not, three
    /// seconds more are given to a better one.
    pub(super) async fn hear<T>(
        &mut self,
        number: &str,
        hoped: impl Fn(&Msg) -> Option<T>,
    ) -> Heard<T> {
        let mut other = None;
        let mut looked = false;
        loop {
            let patience = if other.is_some() {
                Duration::from_secs(3)
            } else {
                self.patience
            };
            match tokio::time::timeout(patience, self.inbox.recv()).await {
                Ok(Some(msg)) => {
                    if msg.n <= self.last_n {
                        continue;
                    }
                    self.last_n = msg.n;
                    if msg.number != number {
                        continue;
                    }
                    self.answered_at.get_or_insert_with(Instant::now);
                    if let Some(found) = hoped(&msg) {
                        return Heard::Hoped(found);
                    }
                    other = Some(Box::new(msg));
                }
                // The stream may have lost it: the phone itself is looked at once.
                Err(_elapsed) if other.is_none() && !looked => {
                    looked = true;
                    if let Some(found) = self.look(number, &hoped).await {
                        return Heard::Hoped(found);
                    }
                }
                Ok(None) | Err(_) => return other.map_or(Heard::Silence, Heard::Other),
            }
        }
    }

    async fn look<T>(&mut self, number: &str, hoped: impl Fn(&Msg) -> Option<T>) -> Option<T> {
        let messages = self.control.messages(&self.phone, self.last_n).await.ok()?;
        let shop = messages
            .iter()
            .filter(|msg| msg.from == "shop" && msg.number == number);
        let mut found = None;
        for msg in shop {
            self.last_n = msg.n;
            found = hoped(msg).or(found);
        }
        found
    }
}
