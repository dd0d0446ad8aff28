//! A phone somebody plays: its identity and its bounded history.

use std::collections::{HashMap, VecDeque};
use std::time::Instant;

use serde::Deserialize;

use super::bucket::Bucket;
use super::msg::Msg;

/// Messages kept per phone.
const KEPT: usize = 200;

/// Seconds of the customer-service window.
pub(super) const WINDOW_SECONDS: i64 = 24 * 60 * 60;

/// What `POST /api/phones` takes.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::sandbox) struct NewPhone {
    pub(in crate::sandbox) name: String,
    /// Digits with country code; made from the name when absent.
    #[serde(default)]
    pub(in crate::sandbox) phone: Option<String>,
    /// The person uses a username: webhooks carry no phone number.
    #[serde(default)]
    pub(in crate::sandbox) hidden_phone: bool,
    #[serde(default)]
    pub(in crate::sandbox) language: Option<String>,
}

/// One phone.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_field_names,
    reason = "`hidden_phone` is the word of the interface"
)]
pub(in crate::sandbox) struct Phone {
    pub(in crate::sandbox) id: String,
    pub(in crate::sandbox) name: String,
    pub(in crate::sandbox) user_id: String,
    pub(in crate::sandbox) digits: String,
    pub(in crate::sandbox) hidden_phone: bool,
    pub(in crate::sandbox) language: Option<String>,
    messages: VecDeque<Msg>,
    last_n: u64,
    /// Per business number: when this person last wrote to it, Unix seconds.
    last_in: HashMap<String, i64>,
    /// Per business number: what the pair rate still allows.
    pairs: HashMap<String, Bucket>,
}

impl Phone {
    pub(super) fn new(id: String, user_id: String, digits: String, new: NewPhone) -> Self {
        Self {
            id,
            name: new.name,
            user_id,
            digits,
            hidden_phone: new.hidden_phone,
            language: new.language,
            messages: VecDeque::new(),
            last_n: 0,
            last_in: HashMap::new(),
            pairs: HashMap::new(),
        }
    }

    /// What an order of misbehaviour may call it.
    pub(in crate::sandbox) fn names(&self) -> Vec<String> {
        let plus = format!("+{}", self.digits);
        vec![
            self.id.clone(),
            self.digits.clone(),
            plus,
            self.user_id.clone(),
        ]
    }

    /// Adds a message, numbers it, forgets the oldest.
    pub(in crate::sandbox) fn push(&mut self, mut msg: Msg) -> Msg {
        self.last_n += 1;
        msg.n = self.last_n;
        if self.messages.len() >= KEPT {
            self.messages.pop_front();
        }
        self.messages.push_back(msg.clone());
        msg
    }

    /// Messages with a number above this one, oldest first.
    pub(in crate::sandbox) fn after(&self, n: u64) -> impl Iterator<Item = &Msg> {
        self.messages.iter().filter(move |msg| msg.n > n)
    }

    /// Whether this message is still in the history.
    pub(in crate::sandbox) fn has(&self, wamid: &str) -> bool {
        self.messages.iter().rev().any(|msg| msg.wamid == wamid)
    }

    /// Moves the ticks of a message; true if they moved.
    pub(in crate::sandbox) fn advance(&mut self, wamid: &str, status: &str) -> bool {
        let found = self
            .messages
            .iter_mut()
            .rev()
            .find(|msg| msg.wamid == wamid);
        found.is_some_and(|msg| msg.advance(status))
    }

    /// This person wrote to a number at that time (Unix seconds).
    pub(in crate::sandbox) fn wrote(&mut self, number: &str, at: i64) {
        let last = self.last_in.entry(number.to_owned()).or_insert(at);
        *last = (*last).max(at);
    }

    /// Whether a free-form message may reach this person now.
    pub(in crate::sandbox) fn window_open(&self, number: &str, now: i64) -> bool {
        self.last_in
            .get(number)
            .is_some_and(|at| now - at <= WINDOW_SECONDS)
    }

    /// Takes one message of the pair rate: a burst, then one every six seconds.
    pub(in crate::sandbox) fn take_pair(&mut self, number: &str, burst: u32, now: Instant) -> bool {
        let burst = f64::from(burst);
        let full = || Bucket::full(burst, now);
        self.pairs
            .entry(number.to_owned())
            .or_insert_with(full)
            .take(burst, 1.0 / 6.0, now)
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Msg, NewPhone, Phone};

    #[test]
    fn history_is_bounded_and_numbering_goes_on() {
        let mut phone = Phone::new("p1".into(), "SN.1".into(), "1".into(), NewPhone::default());
        for _ in 0..KEPT + 5 {
            phone.push(Msg::default());
        }
        assert_eq!(phone.after(0).count(), KEPT);
        assert_eq!(phone.after(204).map(|msg| msg.n).collect::<Vec<_>>(), [205]);
    }

    #[test]
    fn the_window_closes_after_a_day_and_an_old_message_does_not_move_it_back() {
        let mut phone = Phone::new("p1".into(), "SN.1".into(), "1".into(), NewPhone::default());
        assert!(!phone.window_open("n", 1_000));
        phone.wrote("n", 1_000);
        phone.wrote("n", 10);
        assert!(phone.window_open("n", 1_000 + 86_400));
        assert!(!phone.window_open("n", 1_001 + 86_400));
    }
}
