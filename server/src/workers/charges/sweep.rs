//! What is read when nothing urgent is to be asked: the list of today while anything is open, the
//! list of the week once a day. One page per turn, so that a charge never waits for a sweep.

use std::time::{Duration, Instant};

use adapters::psp::Trouble;

use super::list::{self, PAGES};
use super::pacer::Pacer;
use super::unmet;
use crate::node::{Account, Node};

/// How often the list of today is read while anything is open.
const POLL: Duration = Duration::from_secs(15);
/// How far back it goes, in days.
const TODAY: i64 = 1;
/// How far back the great sweep goes, in days.
const WEEK: i64 = 7;
/// After a start, others first.
const START: Duration = Duration::from_secs(3);
/// A page that could not be read is tried again after.
const PAUSE: Duration = Duration::from_secs(15);
/// How often what is not taken in yet is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// A list that is being read.
#[derive(Debug)]
struct Walk {
    days: i64,
    page: u32,
}

/// All sweeps of one account.
#[derive(Debug)]
pub(super) struct Sweeps {
    every: Duration,
    poll: Option<Walk>,
    poll_at: Instant,
    week: Option<Walk>,
    week_at: Instant,
    /// A page of it failed: not before then.
    week_rests: Instant,
    look_at: Instant,
}

impl Sweeps {
    /// The great sweep begins soon after a start, then every `every`.
    pub(super) fn new(every: Duration, now: Instant) -> Self {
        Self {
            every,
            poll: None,
            poll_at: now + POLL,
            week: None,
            week_at: now + START,
            week_rests: now,
            look_at: now,
        }
    }

    /// Does the next small thing; whether there may be more at once.
    pub(super) async fn step(&mut self, node: &Node, account: &Account, pacer: &Pacer) -> bool {
        let now = Instant::now();
        if now >= self.look_at {
            self.look_at = now + LOOK;
            unmet::bring(node, account).await;
            unmet::read_back(node, account, pacer).await;
            unmet::alarm(node, account).await;
        }
        if self.poll.is_none() && now >= self.poll_at {
            self.poll_at = now + POLL;
            let open = node.anything_open().await;
            self.poll = open.then_some(Walk {
                days: TODAY,
                page: 0,
            });
        }
        if self.week.is_none() && now >= self.week_at {
            self.week_at = now + self.every;
            self.week = Some(Walk {
                days: WEEK,
                page: 0,
            });
        }
        if self.poll.is_some() {
            let step = page(node, account, pacer, &mut self.poll).await;
            if step == Some(Step::Failed) {
                self.poll = None;
            }
            return step == Some(Step::Read);
        }
        if now < self.week_rests {
            return false;
        }
        let step = page(node, account, pacer, &mut self.week).await;
        if step == Some(Step::Failed) {
            // The same page again, a little later.
            self.week_rests = now + PAUSE;
        }
        step == Some(Step::Read)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    Read,
    Failed,
}

/// Reads the next page of a walk, if there is a turn for it.
async fn page(
    node: &Node,
    account: &Account,
    pacer: &Pacer,
    walk: &mut Option<Walk>,
) -> Option<Step> {
    let at = walk.as_mut()?;
    if !pacer.take() {
        return None;
    }
    match list::page(node, account, list::span(node, at.days, at.page)).await {
        Ok(page) => {
            at.page += 1;
            if page.last || at.page >= PAGES {
                *walk = None;
            }
            unmet::bring(node, account).await;
            Some(Step::Read)
        }
        Err(trouble) => {
            if trouble == Trouble::Throttled {
                pacer.slower();
            }
            tracing::debug!(%trouble, "the provider's list could not be read; again later");
            Some(Step::Failed)
        }
    }
}
