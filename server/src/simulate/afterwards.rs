//! What a buyer does once a purchase is over: some regret it, some answer whatever they are asked
//! (their turn on a waitlist, the rest of a sum, what shall become of late money), some just go.

use std::time::{Duration, Instant};

use super::buyer::{Buyer, Ended};
use super::habit::Habit;
use super::reading;

/// How long she goes on looking at her phone.
const LOOKS: Duration = Duration::from_secs(12);

impl Buyer {
    pub(super) async fn afterwards(&mut self, end: Instant) -> Result<(), Ended> {
        let answers = match self.habit {
            Habit::AnswersAnything | Habit::PaysWrong => true,
            Habit::Regrets => return self.regret().await,
            // Who is asked something, and not in a hurry.
            _ => self.random.chance(0.1),
        };
        let until = end.min(Instant::now() + LOOKS);
        while answers && Instant::now() < until {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(Some(msg)) = tokio::time::timeout(left, self.inbox.recv()).await else {
                break;
            };
            self.last_n = self.last_n.max(msg.n);
            let choices = reading::answers(&msg);
            if let Some(choice) = self.random.pick(&choices).cloned() {
                self.pause(300, 2_000).await;
                self.tally.count(|t| t.answered_more += 1);
                self.tap(&msg.number, &choice).await?;
            }
        }
        Ok(())
    }

    /// She goes back to the first message of her order, where ANNULER is still shown.
    async fn regret(&mut self) -> Result<(), Ended> {
        let Some((number, choice)) = self.regrets.take() else {
            return Ok(());
        };
        self.pause(500, 2_000).await;
        self.tally.count(|t| t.answered_more += 1);
        self.tap(&number, &choice).await
    }
}
