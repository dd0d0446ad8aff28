//! One buyer: sends a keyword, reads the answers, acts as the habit says, perhaps comes again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::clock::Clock;
use super::control::Control;
use super::diary::What;
use super::habit::Habit;
use super::hearing::Heard;
use super::plan::{Plan, Visit};
use super::reading::{self, Choice};
use super::shops::Shop;
use super::tally::Tally;
use crate::sandbox::{Msg, Random};

/// A buyer and everything she can reach.
pub(super) struct Buyer {
    pub(super) phone: String,
    pub(super) inbox: mpsc::UnboundedReceiver<Msg>,
    /// The newest message read, so that nothing is read twice.
    pub(super) last_n: u64,
    /// When the first answer to the latest words came.
    pub(super) answered_at: Option<Instant>,
    /// When the latest purchase began.
    came: Instant,
    pub(super) control: Arc<Control>,
    shops: Arc<[Shop]>,
    pub(super) tally: Arc<Tally>,
    pub(super) random: Random,
    pub(super) habit: Habit,
    pub(super) patience: Duration,
    /// ANNULER of her last purchase, and whose number shows it.
    pub(super) regrets: Option<(String, Choice)>,
}

/// A step of a purchase that ends it.
pub(super) enum Ended {
    Over,
    /// The sandbox did not answer.
    Call,
}

impl From<super::SimulateError> for Ended {
    fn from(error: super::SimulateError) -> Self {
        tracing::debug!(%error, "a buyer's call failed");
        Self::Call
    }
}

impl Buyer {
    pub(super) fn new(
        phone: String,
        inbox: mpsc::UnboundedReceiver<Msg>,
        (control, shops, tally): (&Arc<Control>, &Arc<[Shop]>, &Arc<Tally>),
        (habit, random): (Habit, Random),
        patience: Duration,
    ) -> Self {
        let (control, shops, tally) = (Arc::clone(control), Arc::clone(shops), Arc::clone(tally));
        Self {
            phone,
            inbox,
            last_n: 0,
            answered_at: None,
            came: Instant::now(),
            control,
            shops,
            tally,
            random,
            habit,
            patience,
            regrets: None,
        }
    }

    /// Comes as often as planned and begins nothing after the end. Who is still busy when she
    /// should come again comes once she is done.
    pub(super) async fn live(mut self, plan: Plan, clock: Clock) {
        let mut visits = plan.visits.into_iter().peekable();
        while let Some(visit) = visits.next() {
            tokio::time::sleep_until(clock.real(visit.at).into()).await;
            if Instant::now() >= clock.end {
                return;
            }
            let next = visits.peek().map_or(clock.end, |next| clock.real(next.at));
            let bought = match self.purchase(visit).await {
                Err(Ended::Call) => Err(Ended::Call),
                Ok(()) | Err(Ended::Over) => self.afterwards(clock.end.min(next)).await,
            };
            if let Err(Ended::Call) = bought {
                self.tally.count(|t| t.failed_calls += 1);
            }
            self.pause(500, 2_000).await;
        }
    }

    async fn purchase(&mut self, visit: Visit) -> Result<(), Ended> {
        let Some(shop) = self.shops.get(visit.shop).cloned() else {
            return Ok(());
        };
        let number = shop.phone_number_id;
        let keyword = shop.keywords.get(visit.keyword);
        let keyword = keyword.cloned().unwrap_or_default();
        self.came = Instant::now();
        self.tally.count(|t| t.purchases += 1);
        self.tally.note_at(self.came, &number, What::Came);
        let typed = self.habit.typed(&keyword, &mut self.random);
        let offer = self.offer(&number, &typed, &keyword).await?;
        self.tally.note(&number, What::Ordered);
        self.regrets = reading::cancel(&offer).map(|choice| (number.clone(), choice));
        match self.habit {
            Habit::Cancels => return self.cancel(&number, &offer).await,
            Habit::NeverPays if self.random.chance(0.5) => {
                self.tally.count(|t| t.left += 1);
                return Ok(());
            }
            Habit::PaysLate => self.pause(2_000, 8_000).await,
            _ => self.pause(300, 1_500).await,
        }
        let link = self.link(&number, offer).await?;
        self.tally.count(|t| t.links += 1);
        if self.habit == Habit::NeverPays {
            self.tally.count(|t| t.left += 1);
            return Ok(());
        }
        self.pause(300, 1_500).await;
        self.pay(&number, &link).await
    }

    /// Types, and reads until something can be paid.
    async fn offer(&mut self, number: &str, typed: &str, keyword: &str) -> Result<Msg, Ended> {
        let asked = Instant::now();
        self.say(json!({"to": number, "text": typed})).await?;
        let mut heard = self.hear(number, payable).await;
        if matches!(heard, Heard::Silence) {
            // People write again once before they give up.
            self.tally.count(|t| t.asked_again += 1);
            self.say(json!({"to": number, "text": keyword})).await?;
            heard = self.hear(number, payable).await;
        }
        if let Some(at) = self.answered_at {
            let after = at.saturating_duration_since(asked);
            self.tally.answered(after);
            self.tally.note_at(asked, number, What::Answered(after));
        }
        // A proposal (a size, a near keyword) is taken; without one the keyword is typed well.
        for _ in 0..2 {
            let Heard::Other(msg) = heard else { break };
            match reading::proposal(&msg) {
                Some(_) if reading::waits(&msg) => return self.not_offered(),
                Some(choice) => self.tap(number, &choice).await?,
                None if self.habit == Habit::Misspells => {
                    self.say(json!({"to": number, "text": keyword})).await?;
                }
                None => return self.not_offered(),
            }
            heard = self.hear(number, payable).await;
        }
        match heard {
            Heard::Hoped(msg) => Ok(msg),
            Heard::Other(_) => self.not_offered(),
            Heard::Silence => {
                self.tally.count(|t| t.unanswered += 1);
                Err(Ended::Over)
            }
        }
    }

    fn not_offered(&self) -> Result<Msg, Ended> {
        self.tally.count(|t| t.not_offered += 1);
        Err(Ended::Over)
    }

    async fn cancel(&mut self, number: &str, offer: &Msg) -> Result<(), Ended> {
        self.pause(500, 3_000).await;
        let Some(choice) = reading::cancel(offer) else {
            return Ok(());
        };
        self.tap(number, &choice).await?;
        self.tally.count(|t| t.cancelled += 1);
        self.hear(number, |_| None::<()>).await;
        Ok(())
    }

    /// From the offer to the link: the button, then a method unless the link comes at once.
    async fn link(&mut self, number: &str, offer: Msg) -> Result<String, Ended> {
        let mut shown = offer;
        let mut again = true;
        for _ in 0..4 {
            if let Some(link) = reading::link(&shown) {
                return Ok(link);
            }
            let methods = reading::methods(&shown);
            let choice = match self.random.pick(&methods) {
                Some(method) => method.clone(),
                None => match reading::pay(&shown) {
                    Some(pay) => pay,
                    None => break,
                },
            };
            self.tap(number, &choice).await?;
            let onward = |msg: &Msg| {
                let useful = reading::link(msg).is_some() || !reading::methods(msg).is_empty();
                useful.then(|| msg.clone())
            };
            let mut heard = self.hear(number, onward).await;
            // "Your link is on its way" leaves nothing to tap, and is worth waiting on.
            if let Heard::Other(msg) = &heard
                && reading::nothing_to_tap(msg)
            {
                heard = self.hear(number, onward).await;
            }
            match heard {
                Heard::Hoped(msg) => shown = msg,
                // No answer, or one that leads nowhere: the same button is tapped once more.
                Heard::Other(_) | Heard::Silence if again => {
                    again = false;
                    self.tally.count(|t| t.asked_again += 1);
                }
                Heard::Other(_) | Heard::Silence => break,
            }
            self.pause(200, 1_000).await;
        }
        reading::link(&shown).ok_or_else(|| {
            self.tally.count(|t| t.left += 1);
            Ended::Over
        })
    }

    async fn pay(&mut self, number: &str, link: &str) -> Result<(), Ended> {
        let Some((charge, amount)) = self.control.open_link(link).await? else {
            self.tally.count(|t| t.dead_links += 1);
            return Ok(());
        };
        let mut francs = amount;
        let act = match self.habit {
            Habit::PaysLate => {
                let after = self.random.millis(1_000, 6_000).as_millis();
                json!({"act": "pay_late", "after_ms": u64::try_from(after).unwrap_or(0)})
            }
            Habit::PaysInSilence | Habit::Claims => json!({"act": "pay_silent"}),
            Habit::PaysWrong => {
                francs = (amount / 2).max(1);
                json!({"act": "pay_amount", "amount": francs})
            }
            _ => json!({"act": "pay"}),
        };
        // What was said before the payment does not confirm it.
        while let Ok(msg) = self.inbox.try_recv() {
            self.last_n = msg.n;
        }
        if !self.control.act(&charge, &act).await? {
            self.tally.count(|t| t.already_paid += 1);
            return Ok(());
        }
        self.tally.count(|t| t.payments += 1);
        let came = self.tally.moment(self.came);
        self.tally.note(number, What::Paid { francs, came });
        if self.habit == Habit::Claims {
            self.say(json!({"to": number, "text": "J'ai payé"})).await?;
        }
        if let Heard::Hoped(()) = self.hear(number, |_| Some(())).await {
            self.tally.count(|t| t.confirmed += 1);
        }
        Ok(())
    }

    /// Taps once, or twice when that is the habit (two messages, as an impatient thumb sends).
    pub(super) async fn tap(&mut self, number: &str, choice: &Choice) -> Result<(), Ended> {
        self.say(choice.tap(number)).await?;
        if self.habit == Habit::DoubleTaps {
            self.say(choice.tap(number)).await?;
        }
        Ok(())
    }

    async fn say(&mut self, input: Value) -> Result<(), Ended> {
        self.answered_at = None;
        let wamid = self.control.write(&self.phone, &input).await?;
        self.tally.wrote(wamid);
        if let Some(number) = input.get("to").and_then(Value::as_str) {
            self.tally.note(number, What::Wrote);
        }
        Ok(())
    }

    pub(super) async fn pause(&mut self, low: u64, high: u64) {
        tokio::time::sleep(self.random.millis(low, high)).await;
    }
}

/// A message with a way to pay, and no choice to make first.
fn payable(msg: &Msg) -> Option<Msg> {
    let fits = reading::pay(msg).is_some() || reading::link(msg).is_some();
    fits.then(|| msg.clone())
}
