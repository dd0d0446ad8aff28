//! The proof of invariant 7: the trust in the log is the trust recomputed from the log.
//!
//! What is counted here is counted from the events alone, order by order, by code of its own: the
//! state of the shop, the records of its clients and the review that told the scores have no part
//! in it. Only the policies and their sum ([`super::score`]) are the same; they are the rule.

mod tally;

use std::borrow::Borrow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::client;
use crate::event::Event;
use crate::ids::ClientId;
use crate::policy::Rule;
use crate::shop;

use super::START;
use super::policy::Version;
use super::score::{Score, score};
use tally::Tally;

/// What the log says of a client, found right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientTrust {
    /// Who.
    pub client: ClientId,
    /// Her computed score, 0–100; what the vendor laid over it is not looked at.
    pub score: u8,
    /// Looks like a fake buyer.
    pub flagged: bool,
    /// Her paid orders.
    pub paid: u32,
    /// Her expired orders.
    pub expired: u32,
}

/// Where the log says something else than what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {index}: {client} has {said} by the log, {computed} by recomputation: {about}")]
pub struct Mismatch {
    /// The event, from 0, at which it shows.
    pub index: usize,
    /// Whose.
    pub client: ClientId,
    /// What the log says.
    pub said: u8,
    /// What follows from it.
    pub computed: u8,
    /// What differs.
    pub about: &'static str,
}

/// Checks all events of one shop, from the first, each with its time. Gives what is right of every
/// client, by id.
pub fn audit<E: Borrow<Event>>(
    events: impl IntoIterator<Item = (E, DateTime<Utc>)>,
) -> Result<Vec<ClientTrust>, Mismatch> {
    let mut audit = Audit::default();
    for (event, at) in events {
        audit.take(event.borrow(), at)?;
    }
    audit.end()
}

/// History replayed under another policy, from its first event; the log is not touched. For every
/// client: who, her score as the log has it, and her score as it would be.
pub fn what_if<E: Borrow<Event>>(
    events: impl IntoIterator<Item = (E, DateTime<Utc>)>,
    version: Version,
) -> Vec<(ClientId, u8, u8)> {
    let mut tally = Tally::default();
    let mut scores: BTreeMap<ClientId, (u8, u8)> = BTreeMap::new();
    for (event, at) in events {
        let event = event.borrow();
        if let Event::Client(client::Event::TrustScoreChanged { client, to, .. }) = event {
            scores
                .entry(tally.resolve(*client))
                .or_insert((START, START))
                .0 = *to;
        }
        let counted = tally.take(event, at);
        if let Some(merged) = tally.gone(event) {
            scores.remove(&merged);
        }
        if let Some(client) = counted {
            let facts = tally.facts(client);
            let then = score(&facts, version.policy(), at.date_naive());
            scores.entry(client).or_insert((START, START)).1 = then.value;
        }
    }
    let everybody = tally.clients().map(|client| {
        let (from, to) = scores.get(&client).copied().unwrap_or((START, START));
        (client, from, to)
    });
    everybody.collect()
}

/// An audit while the events come in, for a log too long to hold.
#[derive(Debug)]
pub struct Audit {
    tally: Tally,
    version: Version,
    /// The last score and flag the log says of each.
    said: BTreeMap<ClientId, (u8, bool)>,
    /// What must be said of them before time goes on.
    owed: BTreeMap<ClientId, Score>,
    now: DateTime<Utc>,
    index: usize,
}

impl Default for Audit {
    fn default() -> Self {
        Self {
            tally: Tally::default(),
            version: Version::numbered(Rule::TrustPolicy.default_value()),
            said: BTreeMap::new(),
            owed: BTreeMap::new(),
            now: DateTime::<Utc>::MIN_UTC,
            index: 0,
        }
    }
}

impl Audit {
    /// The next event.
    pub fn take(&mut self, event: &Event, at: DateTime<Utc>) -> Result<(), Mismatch> {
        // What counts and what it makes of the score are told in one commit, at one time.
        if at > self.now {
            self.settle()?;
        }
        self.now = at;
        if let Event::Shop(shop::Event::PolicyChanged { rule, to, .. }) = event {
            if *rule == Rule::TrustPolicy {
                self.version = Version::numbered(*to);
            }
        } else if let Event::Client(said @ client::Event::TrustScoreChanged { .. }) = event {
            self.compare(said)?;
        } else {
            self.count(event, at);
        }
        self.index = self.index.saturating_add(1);
        Ok(())
    }

    fn count(&mut self, event: &Event, at: DateTime<Utc>) {
        if let Some(client) = self.tally.take(event, at) {
            let owed = self.computed(client);
            self.owed.insert(client, owed);
        }
        if let Some(merged) = self.tally.gone(event) {
            self.owed.remove(&merged);
            self.said.remove(&merged);
        }
    }

    /// No event is missing: what is right of every client.
    pub fn end(mut self) -> Result<Vec<ClientTrust>, Mismatch> {
        self.settle()?;
        let trust = |client| {
            let (score, flagged) = self.last(client);
            let facts = self.tally.facts(client);
            ClientTrust {
                client,
                score,
                flagged,
                paid: facts.paid,
                expired: facts.expired,
            }
        };
        Ok(self.tally.clients().map(trust).collect())
    }

    fn computed(&self, client: ClientId) -> Score {
        let facts = self.tally.facts(client);
        score(&facts, self.version.policy(), self.now.date_naive())
    }

    fn last(&self, client: ClientId) -> (u8, bool) {
        self.said.get(&client).copied().unwrap_or((START, false))
    }

    /// A score the log says.
    fn compare(&mut self, said: &client::Event) -> Result<(), Mismatch> {
        let client::Event::TrustScoreChanged {
            client,
            from,
            to,
            policy,
            reasons,
            flagged,
        } = said
        else {
            return Ok(());
        };
        let client = self.tally.resolve(*client);
        let right = self.computed(client);
        let before = self.last(client).0;
        self.same(client, (*from, before), *from == before, "the score before")?;
        let scores = (*to, right.value);
        self.same(client, scores, *to == right.value, "the score")?;
        self.same(client, scores, *flagged == right.flagged, "the flag")?;
        self.same(client, scores, policy == self.version.name(), "the policy")?;
        self.same(client, scores, *reasons == right.reasons, "the reasons")?;
        self.said.insert(client, (*to, *flagged));
        self.owed.remove(&client);
        Ok(())
    }

    fn same(
        &self,
        client: ClientId,
        (said, computed): (u8, u8),
        same: bool,
        about: &'static str,
    ) -> Result<(), Mismatch> {
        if same {
            return Ok(());
        }
        Err(Mismatch {
            index: self.index,
            client,
            said,
            computed,
            about,
        })
    }

    /// Everything that counted was told.
    fn settle(&mut self) -> Result<(), Mismatch> {
        for (client, owed) in std::mem::take(&mut self.owed) {
            let said = self.last(client);
            let told = said == (owed.value, owed.flagged);
            self.same(client, (said.0, owed.value), told, "a change not told")?;
        }
        Ok(())
    }
}
