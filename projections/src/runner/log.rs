//! What the runner asks the database: the log's heads, its events, and the checkpoints.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use crate::{Told, generation::Generation, tables::SET, told::decode};

/// A transaction in the projector's role.
pub(crate) async fn begin(pool: &PgPool) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    Generation::Live.begin(pool).await
}

/// (lane, newest position) of every lane.
pub(crate) async fn heads(conn: &mut PgConnection) -> Result<Vec<(i16, i64)>, sqlx::Error> {
    sqlx::query_as("SELECT lane, pos FROM lane_head")
        .fetch_all(conn)
        .await
}

/// (lane, checkpoint) of these lanes.
pub(crate) async fn checkpoints(
    conn: &mut PgConnection,
    lanes: &[i16],
) -> Result<Vec<(i16, i64)>, sqlx::Error> {
    sqlx::query_as("SELECT lane, pos FROM checkpoint WHERE projection = $1 AND lane = ANY($2)")
        .bind(SET)
        .bind(lanes)
        .fetch_all(conn)
        .await
}

/// Events of some lanes, and the lanes that have more.
pub(crate) struct Read {
    pub events: Vec<Told>,
    pub cut: BTreeSet<i16>,
}

/// Up to about `limit` events of each lane after its position: many lanes in one question.
///
/// What one command told is never cut in two: a model may look at its events together.
pub(crate) async fn events(
    conn: &mut PgConnection,
    after: &[(i16, i64)],
    limit: i64,
) -> Result<Read, sqlx::Error> {
    let spans: Vec<Span> = after
        .iter()
        .map(|(lane, after)| Span {
            lane: *lane,
            after: *after,
            upto: i64::MAX,
            most: limit,
        })
        .collect();
    between(conn, &spans).await
}

/// A part of a lane: positions above `after`, at most `upto`, `most` of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub lane: i16,
    pub after: i64,
    pub upto: i64,
    pub most: i64,
}

/// The events of these spans; as [`events`], commands stay whole.
pub(crate) async fn between(conn: &mut PgConnection, spans: &[Span]) -> Result<Read, sqlx::Error> {
    let mut spans = spans.to_vec();
    loop {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT e.* FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::bigint[])
                    AS u(lane, after, upto, most),
                    LATERAL (SELECT lane, shop_id, seq, pos, kind, version, at, command_id,
                                    body::text AS body
                               FROM event WHERE event.lane = u.lane AND event.pos > u.after
                                            AND event.pos <= u.upto
                              ORDER BY event.pos LIMIT u.most) e
              ORDER BY e.lane, e.pos",
        )
        .bind(spans.iter().map(|span| span.lane).collect::<Vec<_>>())
        .bind(spans.iter().map(|span| span.after).collect::<Vec<_>>())
        .bind(spans.iter().map(|span| span.upto).collect::<Vec<_>>())
        .bind(spans.iter().map(|span| span.most).collect::<Vec<_>>())
        .fetch_all(&mut *conn)
        .await?;
        let (whole, cut) = whole(rows, &spans);
        let torn: Vec<i16> = cut
            .iter()
            .filter(|(_, kept)| **kept == 0)
            .map(|(lane, _)| *lane)
            .collect();
        if torn.is_empty() {
            let cut = cut.into_keys().collect();
            let events = whole.into_iter().map(Told::from).collect();
            return Ok(Read { events, cut });
        }
        // One command told more than that.
        for span in spans.iter_mut().filter(|span| torn.contains(&span.lane)) {
            span.most = span.most.saturating_mul(4);
        }
    }
}

/// Leaves out, of lanes that were cut, the last command, which may go on; gives how many rows each
/// of those lanes kept.
fn whole(rows: Vec<Row>, spans: &[Span]) -> (Vec<Row>, BTreeMap<i16, usize>) {
    let mut kept = Vec::with_capacity(rows.len());
    let mut cut = BTreeMap::new();
    let mut rows = rows.into_iter().peekable();
    while let Some(first) = rows.next() {
        let lane = first.lane;
        let mut own = vec![first];
        while let Some(row) = rows.next_if(|row| row.lane == lane) {
            own.push(row);
        }
        let most = spans
            .iter()
            .find(|span| span.lane == lane)
            .map(|span| span.most);
        if most.is_some_and(|most| i64::try_from(own.len()).is_ok_and(|len| len >= most)) {
            drop_last_command(&mut own);
            cut.insert(lane, own.len());
        }
        kept.append(&mut own);
    }
    (kept, cut)
}

/// The events of one shop with `from <= pos <= upto`.
pub(crate) async fn of_shop_at(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
    (from, upto): (i64, i64),
) -> Result<Vec<Told>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT lane, shop_id, seq, pos, kind, version, at, command_id, body::text AS body
           FROM event
          WHERE lane = $1 AND shop_id = $2 AND pos >= $3 AND pos <= $4 ORDER BY seq",
    )
    .bind(lane)
    .bind(shop)
    .bind(from)
    .bind(upto)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Told::from).collect())
}

/// Up to about `limit` events of one shop with `after < seq <= until`; commands stay whole.
pub(crate) async fn of_shop(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
    (after, until): (i64, i64),
    mut limit: i64,
) -> Result<Vec<Told>, sqlx::Error> {
    loop {
        let mut rows: Vec<Row> = sqlx::query_as(
            "SELECT lane, shop_id, seq, pos, kind, version, at, command_id, body::text AS body
               FROM event
              WHERE lane = $1 AND shop_id = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT $5",
        )
        .bind(lane)
        .bind(shop)
        .bind(after)
        .bind(until)
        .bind(limit)
        .fetch_all(&mut *conn)
        .await?;
        let is_cut = i64::try_from(rows.len()).is_ok_and(|len| len >= limit);
        if is_cut {
            drop_last_command(&mut rows);
        }
        if !is_cut || !rows.is_empty() {
            return Ok(rows.into_iter().map(Told::from).collect());
        }
        limit = limit.saturating_mul(4);
    }
}

fn drop_last_command(rows: &mut Vec<Row>) {
    let last = rows.last().map(Row::told_by);
    while !rows.is_empty() && rows.last().map(Row::told_by) == last {
        rows.pop();
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    lane: i16,
    shop_id: Uuid,
    seq: i64,
    pos: i64,
    kind: String,
    version: i16,
    at: DateTime<Utc>,
    command_id: Uuid,
    body: String,
}

impl Row {
    fn told_by(&self) -> (Uuid, Uuid) {
        (self.shop_id, self.command_id)
    }
}

impl From<Row> for Told {
    fn from(row: Row) -> Self {
        let event = decode(&row.kind, row.version, &row.body);
        let Row {
            lane,
            shop_id: shop,
            seq,
            pos,
            at,
            command_id: command,
            ..
        } = row;
        Self {
            lane,
            shop,
            seq,
            pos,
            at,
            command,
            event,
        }
    }
}

#[cfg(test)]
mod spec {
    use super::*;

    fn row(lane: i16, pos: i64, command: u128) -> Row {
        Row {
            lane,
            shop_id: Uuid::from_u128(1),
            seq: pos,
            pos,
            kind: String::new(),
            version: 1,
            at: DateTime::UNIX_EPOCH,
            command_id: Uuid::from_u128(command),
            body: String::new(),
        }
    }

    fn span(lane: i16, most: i64) -> Span {
        Span {
            lane,
            after: 0,
            upto: i64::MAX,
            most,
        }
    }

    #[test]
    fn a_lane_that_was_cut_gives_whole_commands_only() {
        let rows = vec![
            row(1, 1, 7),
            row(1, 2, 7),
            row(1, 3, 8),
            row(2, 1, 9),
            row(2, 2, 9),
        ];
        let (kept, cut) = whole(rows, &[span(1, 3), span(2, 3)]);
        let kept: Vec<(i16, i64)> = kept.iter().map(|row| (row.lane, row.pos)).collect();
        assert_eq!(
            kept,
            [(1, 1), (1, 2), (2, 1), (2, 2)],
            "lane 2 had no more to give"
        );
        assert_eq!(cut, BTreeMap::from([(1, 2)]));
    }

    #[test]
    fn a_command_larger_than_the_page_is_asked_for_again() {
        let rows = vec![row(1, 1, 7), row(1, 2, 7)];
        let (kept, cut) = whole(rows, &[span(1, 2)]);
        assert_eq!((kept.len(), cut), (0, BTreeMap::from([(1, 0)])));
    }
}
