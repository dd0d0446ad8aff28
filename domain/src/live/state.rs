//! The lives of a shop that are not settled yet.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{LiveId, ProductId};
use crate::money::Amount;
use crate::order::Asked;
use crate::policy::{Policy, Rule};
use crate::text::Text;
use crate::time::after;

/// Where a live is: scheduled → on air ⇄ paused → closing → ended (→ settled, and forgotten).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Announced.
    Scheduled,
    /// On air.
    OnAir,
    /// A break; orders go on.
    Paused,
    /// FIN was said, holds are still open.
    Closing,
    /// Its last hold is resolved.
    Ended,
}

/// One live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// What it is called.
    pub title: Text,
    /// Where it is.
    pub stage: Stage,
    /// When it went on air.
    pub started_at: Option<DateTime<Utc>>,
    /// The product held up now.
    pub shown: Option<ProductId>,
    /// Its orders that hold units without being paid.
    pub open: u32,
    /// Its paid orders.
    pub paid: u32,
    /// Their sum.
    pub collected: Amount,
    /// First paid, first served in it.
    pub first_paid: bool,
    /// Somebody was its first buyer, and was told.
    pub first_buyer: bool,
    /// When FIN was said, or silence said it; nothing while it is on.
    pub closed_at: Option<DateTime<Utc>>,
    /// Silence said it.
    pub by_itself: bool,
    /// Who asked in it for more than there was, of what, and how much was missing at most.
    pub unmet: Asked,
}

/// Until when the end of a live can be taken back. `by_itself` where silence ended it: nobody may
/// have looked at her phone.
pub fn undo_until(by_itself: bool, closed_at: DateTime<Utc>, policy: &Policy) -> DateTime<Utc> {
    let rule = if by_itself {
        Rule::ReopenSilentMinutes
    } else {
        Rule::ReopenMinutes
    };
    after(closed_at, policy.minutes(rule))
}

/// All lives that are not settled.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lives {
    /// The newest number given out.
    pub last: u32,
    /// The one on air or paused.
    pub current: Option<LiveId>,
    /// By number.
    pub sessions: BTreeMap<LiveId, Session>,
    /// One was on air and is over, now or long ago.
    pub over: bool,
}

impl Lives {
    /// The live on air or paused.
    pub fn current(&self) -> Option<&Session> {
        self.sessions.get(&self.current?)
    }

    /// The newest one that is over and not settled.
    pub fn newest_over(&self) -> Option<(LiveId, &Session)> {
        let over = |session: &Session| matches!(session.stage, Stage::Closing | Stage::Ended);
        let all = self.sessions.iter().filter(|(_, one)| over(one));
        let newest = all.max_by_key(|(live, one)| (one.closed_at, **live));
        newest.map(|(live, session)| (*live, session))
    }

    /// Whether a live was on air, and none is now.
    pub fn is_over(&self) -> bool {
        self.over && self.current.is_none()
    }
}
