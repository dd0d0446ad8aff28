//! The live of the moment, the one just over, and the list of all.

use chrono::{DateTime, TimeDelta, Utc};
use domain::policy::{Policy, Rule};
use serde::Serialize;

use crate::TenantTx;

/// How long the page shows a live that is over, while no other is on.
const SHOWN_DAYS: i64 = 7;

/// The live that is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LiveCard {
    pub id: i64,
    pub title: String,
    /// `live`, `paused` or `closing` (FIN was said, holds and links are still valid).
    pub state: String,
    pub started_at: Option<DateTime<Utc>>,
    /// The product held up last.
    pub shown: Option<i64>,
    /// First paid, first served in it.
    pub first_paid: bool,
    /// Its carts that can still be paid, and its offers that wait for an answer.
    pub orders_open: i64,
    /// Silence said FIN; false while it is on air.
    pub by_itself: bool,
    /// Until when its end can be taken back; nothing while it is on air.
    pub undo_until: Option<DateTime<Utc>>,
}

/// The newest live that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EndedCard {
    pub id: i64,
    pub title: String,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    /// `ended` or `settled`.
    pub state: String,
    /// Silence said FIN.
    pub by_itself: bool,
    /// Until when its end can be taken back.
    pub undo_until: Option<DateTime<Utc>>,
}

/// One line of the list of lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct LiveLine {
    pub id: i64,
    pub title: String,
    /// See [`super::TABLE`].
    pub state: String,
    pub started_at: Option<DateTime<Utc>>,
    /// FIN.
    pub finished_at: Option<DateTime<Utc>>,
    /// Its last hold was resolved.
    pub ended_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Found {
    #[sqlx(flatten)]
    line: LiveLine,
    shown: Option<i64>,
    first_paid: bool,
    by_itself: bool,
    /// What the shop made of the rule, minutes.
    undo: Option<i64>,
}

/// The live that is on (paused and closing count as on), else the newest that is over, if that is
/// not long ago. `now` is the database's.
pub async fn newest(
    tx: &mut TenantTx,
    now: DateTime<Utc>,
) -> Result<(Option<LiveCard>, Option<EndedCard>), sqlx::Error> {
    let (lane, shop) = tx.place();
    let found: Option<Found> = sqlx::query_as(
        "SELECT live_id AS id, title, state, started_at, finished_at, ended_at, shown, first_paid,
                by_itself, (SELECT r.minutes FROM live_rules r
                             WHERE r.lane = $1 AND r.shop_id = $2 AND r.silent = by_itself) AS undo
           FROM lives
          WHERE lane = $1 AND shop_id = $2 AND state <> 'scheduled'
          ORDER BY state IN ('live', 'paused', 'closing') DESC, started_at DESC, live_id DESC
          LIMIT 1",
    )
    .bind(lane)
    .bind(shop)
    .fetch_optional(tx.conn())
    .await?;
    let Some(Found { line, shown, first_paid, by_itself, undo }) = found else {
        return Ok((None, None));
    };
    let mut policy = Policy::default();
    if let Some(minutes) = undo {
        policy.set(rule(by_itself), minutes);
    }
    let undo_until = undo_until(&line, by_itself, (now, &policy));
    let LiveLine { id, title, state, started_at, finished_at, ended_at } = line;
    if ["live", "paused", "closing"].contains(&state.as_str()) {
        let orders_open = 0;
        let on = LiveCard {
            id,
            title,
            state,
            started_at,
            shown,
            first_paid,
            orders_open,
            by_itself,
            undo_until,
        };
        return Ok((Some(on), None));
    }
    let over_at = finished_at.or(ended_at).or(started_at);
    let recent = over_at.is_some_and(|at| now - at <= TimeDelta::days(SHOWN_DAYS));
    let over = EndedCard {
        id,
        title,
        started_at,
        finished_at,
        state,
        by_itself,
        undo_until,
    };
    Ok((None, recent.then_some(over)))
}

/// Which rule says how long an end can be taken back.
fn rule(by_itself: bool) -> Rule {
    if by_itself { Rule::ReopenSilentMinutes } else { Rule::ReopenMinutes }
}

/// Until when the domain would take the end back; nothing once that is over, or cannot be.
fn undo_until(
    live: &LiveLine,
    by_itself: bool,
    (now, policy): (DateTime<Utc>, &Policy),
) -> Option<DateTime<Utc>> {
    if !["closing", "ended"].contains(&live.state.as_str()) {
        return None;
    }
    let until = domain::live::undo_until(by_itself, live.finished_at?, policy);
    (until > now).then_some(until)
}

/// Up to `limit` lives, the newest first; the next page begins after the last one of this page.
pub async fn list(
    tx: &mut TenantTx,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<LiveLine>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT live_id AS id, title, state, started_at, finished_at, ended_at FROM lives
          WHERE lane = $1 AND shop_id = $2 AND ($3::bigint IS NULL OR live_id < $3)
          ORDER BY live_id DESC LIMIT $4",
    )
    .bind(lane)
    .bind(shop)
    .bind(after)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}
