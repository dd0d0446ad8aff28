//! A decision while it is being told: every fact changes the state at once, so that what follows
//! is judged by it. Whoever tells a fact has checked everything before.

use chrono::{DateTime, Utc};

use crate::action::Action;
use crate::command::{Answer, Decision};
use crate::event::Event;
use crate::evolve::evolve;
use crate::shop::Shop;

/// The recorder.
#[derive(Debug)]
pub(crate) struct Story<'a> {
    /// The state, as of the last fact.
    pub(crate) shop: &'a mut Shop,
    /// The one time of this decision.
    pub(crate) now: DateTime<Utc>,
    events: Vec<Event>,
    /// What is promised so far.
    pub(crate) actions: Vec<Action>,
}

impl<'a> Story<'a> {
    /// Nothing happened yet.
    pub(crate) fn new(shop: &'a mut Shop, now: DateTime<Utc>) -> Self {
        Self {
            shop,
            now,
            events: Vec::new(),
            actions: Vec::new(),
        }
    }

    /// It happened.
    pub(crate) fn fact(&mut self, event: impl Into<Event>) {
        let event = event.into();
        evolve(self.shop, &event, self.now);
        self.events.push(event);
    }

    /// It is promised.
    pub(crate) fn promise(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// Whether anything happened.
    pub(crate) fn is_empty(&self) -> bool {
        self.events.is_empty() && self.actions.is_empty()
    }

    /// The decision.
    pub(crate) fn end(self, answer: Answer) -> Decision {
        Decision {
            events: self.events,
            actions: self.actions,
            answer,
        }
    }
}
