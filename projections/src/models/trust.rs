//! Trust: what moved each buyer's standing, line by line.
//!
//! The seller asks: why is her score what it is? So does the buyer, with POURQUOI.

use chrono::{DateTime, Utc};
use domain::{client::Event as Client, event::Event, ids::ClientId, trust::Reason};
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use crate::{ApplyError, TenantTx, Told, numbers};

use super::clients::{badge, tier};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// One row per fact, never changed: `seq` is the fact's.
///
/// `kind`: `score`, `tier`, `badge`, `override`, `blocked`, `unblocked`, `first_paid`. `was` and
/// `now`: scores (0–100), tiers, or `true` and `false`; NULL is nothing (an override that was
/// lifted, first paid as the shop has it). `now` of a badge is which one. `reasons`: every line of
/// the sum, `[{code, points}]`. `words`: the vendor's own.
pub const TABLE: &str = "
CREATE TABLE trust (
    lane smallint NOT NULL, shop_id uuid NOT NULL, seq bigint NOT NULL, client_id uuid NOT NULL,
    at timestamptz NOT NULL, kind text NOT NULL, was text, now text, policy text,
    reasons jsonb, flagged boolean, words text, live_id bigint,
    PRIMARY KEY (lane, shop_id, seq)
);
CREATE INDEX trust_client ON trust (lane, shop_id, client_id, seq)";

/// What a fact says, before it is a row.
#[derive(Debug, Default)]
struct Fact<'a> {
    client: Uuid,
    kind: &'static str,
    was: Option<String>,
    now: Option<String>,
    policy: Option<&'a str>,
    reasons: Option<Json<&'a Vec<Reason>>>,
    flagged: Option<bool>,
    words: Option<String>,
    live: Option<i64>,
}

fn fact(event: &Client) -> Option<Fact<'_>> {
    let of = |client: &ClientId, kind| Fact { client: client.0, kind, ..Fact::default() };
    Some(match event {
        Client::TrustScoreChanged { client, from, to, policy, reasons, flagged } => Fact {
            was: Some(from.to_string()),
            now: Some(to.to_string()),
            policy: Some(policy),
            reasons: Some(Json(reasons)),
            flagged: Some(*flagged),
            ..of(client, "score")
        },
        Client::TrustOverridden { client, score, reason } => Fact {
            now: score.map(|score| score.to_string()),
            words: Some(reason.to_string()),
            ..of(client, "override")
        },
        Client::FirstPaidSet { client, on } => Fact {
            now: on.map(|on| on.to_string()),
            ..of(client, "first_paid")
        },
        Client::TierChanged { client, from, to } => Fact {
            was: Some(tier(*from).to_owned()),
            now: Some(tier(*to).to_owned()),
            ..of(client, "tier")
        },
        Client::BadgeEarned { client, badge: earned, live } => Fact {
            now: Some(badge(*earned).to_owned()),
            live: live.map(numbers::live),
            ..of(client, "badge")
        },
        Client::ClientBlocked { client, reason } => Fact {
            words: Some(reason.to_string()),
            ..of(client, "blocked")
        },
        Client::ClientUnblocked { client } => of(client, "unblocked"),
        Client::ClientRegistered { .. }
        | Client::ClientRenamed { .. }
        | Client::ClientIdentityChanged { .. }
        | Client::ClientsMerged { .. }
        | Client::ClientPreferred { .. }
        | Client::ConsentGiven { .. }
        | Client::ConsentWithdrawn { .. }
        | Client::ClientForgotten { .. } => return None,
    })
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let facts = batch.iter().filter_map(|told| match &told.event {
        Ok(Event::Client(event)) => Some((*told, fact(event)?)),
        Ok(_) | Err(_) => None,
    });
    let facts: Vec<(&Told, Fact<'_>)> = facts.collect();
    if facts.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO trust
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::uuid[],
             $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::jsonb[],
             $11::boolean[], $12::text[], $13::bigint[])",
    )
    .bind(facts.iter().map(|(told, _)| told.lane).collect::<Vec<_>>())
    .bind(facts.iter().map(|(told, _)| told.shop).collect::<Vec<_>>())
    .bind(facts.iter().map(|(told, _)| told.seq).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, fact)| fact.client).collect::<Vec<_>>())
    .bind(facts.iter().map(|(told, _)| told.at).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, fact)| fact.kind).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, fact)| fact.was.as_deref()).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, fact)| fact.now.as_deref()).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, fact)| fact.policy).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, fact)| fact.reasons.as_ref()).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, fact)| fact.flagged).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, fact)| fact.words.as_deref()).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, fact)| fact.live).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// The last score and tier of every buyer of a shop, for [`crate::verify`].
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Last {
    pub client_id: Uuid,
    pub kind: String,
    pub now: Option<String>,
    pub flagged: Option<bool>,
}

/// See [`Last`].
pub(crate) async fn last(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
) -> Result<Vec<Last>, sqlx::Error> {
    sqlx::query_as(
        "SELECT DISTINCT ON (client_id, kind) client_id, kind, now, flagged
           FROM trust
          WHERE lane = $1 AND shop_id = $2 AND kind IN ('score', 'tier')
          ORDER BY client_id, kind, seq DESC",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(conn)
    .await
}

/// One line of a buyer's history; see [`TABLE`] for the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct TrustCard {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub kind: String,
    pub was: Option<String>,
    pub now: Option<String>,
    /// For example `v1`.
    pub policy: Option<String>,
    #[sqlx(json(nullable))]
    pub reasons: Option<Vec<Reason>>,
    /// Whether she looked like a fake buyer from then on.
    pub flagged: Option<bool>,
    pub words: Option<String>,
    pub live_id: Option<i64>,
}

/// Up to `limit` lines of a buyer's history, newest first; the next page begins below the last
/// line of this one (`before`).
pub async fn history(
    tx: &mut TenantTx,
    client: Uuid,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<TrustCard>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT seq, at, kind, was, now, policy, reasons, flagged, words, live_id
           FROM trust
          WHERE lane = $1 AND shop_id = $2 AND client_id = $3
            AND ($4::bigint IS NULL OR seq < $4)
          ORDER BY seq DESC LIMIT $5",
    )
    .bind(lane)
    .bind(shop)
    .bind(client)
    .bind(before)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}
