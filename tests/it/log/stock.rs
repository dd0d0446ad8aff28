//! A stream that holds a stock: reserve and cancel, nothing else. And how tests start a log.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use eventstore::{
    Decided, Decider, DecodeError, Fact, KeyRing, Log, LogConfig, MasterKey, Promise, Recorded,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Default)]
pub(super) struct Stock {
    /// How many units a stream has.
    pub(super) units: i64,
    /// Each reservation also promises a message and seals a name.
    pub(super) promises: bool,
    /// A reservation lapses after this.
    pub(super) hold: Option<TimeDelta>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) left: i64,
    pub(super) reserved: i64,
    pub(super) due: Vec<DateTime<Utc>>,
    /// Until when silence was given back.
    pub(super) given: Option<DateTime<Utc>>,
}

impl State {
    /// Gives a silence back, once; whether that changed anything.
    fn give_back(&mut self, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
        let from = self.given.map_or(from, |given| from.max(given));
        let open = self.due.iter().any(|due| *due > from);
        if until <= from || !open {
            return false;
        }
        for due in self.due.iter_mut().filter(|due| **due > from) {
            *due += until - from;
        }
        self.given = Some(until);
        true
    }
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Reserve,
    Cancel,
    Sweep,
    /// Nothing could be done between these.
    Silence(DateTime<Utc>, DateTime<Utc>),
    /// A body PostgreSQL refuses.
    Poison,
    Panic,
}

#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) id: Uuid,
    pub(super) fresh: bool,
    pub(super) what: What,
}

impl Ask {
    pub(super) fn new(id: u128, what: What) -> Self {
        Self {
            id: Uuid::from_u128(id),
            fresh: false,
            what,
        }
    }

    /// An id nobody has used; the log is told so.
    pub(super) fn fresh(id: u128, what: What) -> Self {
        Self {
            id: Uuid::from_u128(id),
            fresh: true,
            what,
        }
    }
}

fn fact(kind: &'static str, body: impl Into<String>) -> Vec<Fact> {
    vec![Fact {
        kind,
        version: 1,
        body: body.into(),
    }]
}

impl Stock {
    fn reserve(
        &self,
        state: &mut State,
        at: DateTime<Utc>,
        stream: Uuid,
        keys: &mut KeyRing,
    ) -> Decided {
        if state.left == 0 {
            let outcome = r#"{"refused":"nothing left"}"#.to_owned();
            return Decided {
                outcome,
                ..Decided::default()
            };
        }
        state.left -= 1;
        state.reserved += 1;
        if let Some(hold) = self.hold {
            state.due.push(at + hold);
        }
        let mut decided = Decided {
            facts: fact(
                "Reserved",
                format!(r#"{{"left": {},  "é":"€\u0001"}}"#, state.left),
            ),
            outcome: format!(r#"{{"left":{}}}"#, state.left),
            promises: Vec::new(),
        };
        if self.promises {
            keys.get_or_make(stream).expect("a key");
            decided.promises.push(Promise {
                sender: "number".to_owned(),
                recipient: Some(stream),
                class: 1,
                kind: "Message",
                body: "{}".to_owned(),
                not_after: None,
            });
        }
        decided
    }
}

impl Decider for Stock {
    type State = (Uuid, State);
    type Command = Ask;
    const SHAPE: i32 = 1;
    const SPEAKS: i32 = 1;

    fn empty(&self, stream: Uuid) -> Self::State {
        (
            stream,
            State {
                left: self.units,
                ..State::default()
            },
        )
    }

    fn replay(
        &self,
        (_, state): &mut Self::State,
        event: &Recorded,
        _: &mut KeyRing,
    ) -> Result<(), DecodeError> {
        match &*event.kind {
            "Reserved" => {
                state.left -= 1;
                state.reserved += 1;
                if let Some(hold) = self.hold {
                    state.due.push(event.at + hold);
                }
            }
            "Cancelled" => {
                state.left += 1;
                state.reserved -= 1;
            }
            "Lapsed" => {
                state.left += 1;
                state.reserved -= 1;
                state.due.remove(0);
            }
            "Given" => {
                let (from, until) = serde_json::from_str(&event.body).expect("two instants");
                state.give_back(from, until);
            }
            other => {
                let reason = "unknown".to_owned();
                return Err(DecodeError {
                    kind: other.to_owned(),
                    version: event.version,
                    reason,
                });
            }
        }
        Ok(())
    }

    fn decide(
        &self,
        (stream, state): &mut Self::State,
        command: &Ask,
        now: DateTime<Utc>,
        keys: &mut KeyRing,
    ) -> Decided {
        match command.what {
            What::Reserve => self.reserve(state, now, *stream, keys),
            What::Cancel if state.reserved > 0 => {
                state.left += 1;
                state.reserved -= 1;
                let outcome = r#"{"cancelled":true}"#.to_owned();
                Decided {
                    facts: fact("Cancelled", "{}"),
                    outcome,
                    ..Decided::default()
                }
            }
            What::Cancel => Decided {
                outcome: "{}".to_owned(),
                ..Decided::default()
            },
            What::Sweep => {
                let mut decided = Decided {
                    outcome: "{}".to_owned(),
                    ..Decided::default()
                };
                while state.due.first().is_some_and(|due| *due <= now) {
                    state.due.remove(0);
                    state.left += 1;
                    state.reserved -= 1;
                    decided.facts.extend(fact("Lapsed", "{}"));
                }
                decided
            }
            What::Silence(from, until) => {
                let given = state.give_back(from, until);
                let body = || serde_json::to_string(&(from, until)).expect("two instants");
                Decided {
                    facts: if given {
                        fact("Given", body())
                    } else {
                        Vec::new()
                    },
                    outcome: "{}".to_owned(),
                    ..Decided::default()
                }
            }
            What::Poison => {
                state.left -= 1;
                let outcome = "{}".to_owned();
                Decided {
                    facts: fact("Reserved", "{not json"),
                    outcome,
                    ..Decided::default()
                }
            }
            What::Panic => panic!("a decider with a bug"),
        }
    }

    fn command_id(command: &Ask) -> Uuid {
        command.id
    }
    fn fresh(command: &Ask) -> bool {
        command.fresh
    }
    fn correlation(command: &Ask) -> Uuid {
        command.id
    }
    fn actor(_: &Ask) -> String {
        "client".to_owned()
    }
    fn next_due((_, state): &Self::State) -> Option<DateTime<Utc>> {
        state.due.first().copied()
    }
    fn sweep(&self, stream: Uuid, at: DateTime<Utc>) -> Ask {
        let id = Uuid::new_v5(&stream, at.timestamp_micros().to_string().as_bytes());
        Ask {
            id,
            fresh: true,
            what: What::Sweep,
        }
    }
    fn silence(&self, stream: Uuid, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Ask> {
        let ends = format!("{from}/{until}");
        let id = Uuid::new_v5(&stream, ends.as_bytes());
        self.hold.map(|_held| Ask {
            id,
            fresh: true,
            what: What::Silence(from, until),
        })
    }
    fn weight(_: &Self::State) -> usize {
        1_000
    }
    fn snapshot((_, state): &Self::State) -> Option<Vec<u8>> {
        serde_json::to_vec(state).ok()
    }
    fn restore(&self, bytes: &[u8], keys: &mut KeyRing) -> Option<Self::State> {
        Some((keys.stream(), serde_json::from_slice(bytes).ok()?))
    }
}

pub(super) fn master() -> Arc<MasterKey> {
    Arc::new(MasterKey::from_bytes(&[42; 32]).expect("32 bytes"))
}

pub(super) fn config(url: &str, node: &str) -> LogConfig {
    let mut config = LogConfig::new(url.parse().expect("a url"), node);
    config.lease = Duration::from_secs(3);
    config.url = Some(format!("http://{node}"));
    config
}

pub(super) async fn start(url: &str, node: &str, stock: Stock) -> Arc<Log<Stock>> {
    Arc::new(
        Log::start(config(url, node), stock, master())
            .await
            .expect("the log starts"),
    )
}

/// A superuser's pool, to look behind the log's back.
pub(super) async fn look(url: &str) -> sqlx::PgPool {
    sqlx::postgres::PgPoolOptions::new()
        .max_connections(2)
        .connect(url)
        .await
        .expect("a pool")
}

pub(super) async fn number(pool: &sqlx::PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql)
        .fetch_one(pool)
        .await
        .expect("a number")
}

/// What must hold of any log, whatever was done to it.
pub(super) async fn check_whole(pool: &sqlx::PgPool) {
    let gaps = "SELECT count(*) FROM (SELECT lane, count(*) n, max(pos) m, min(pos) l FROM event \
                GROUP BY lane) t JOIN lane_head h USING (lane)
                 WHERE n <> m OR l <> 1 OR h.pos <> m";
    assert_eq!(number(pool, gaps).await, 0, "positions have gaps");
    let report = eventstore::chain::verify_all(pool, 2, |_| ())
        .await
        .expect("verified");
    assert_eq!(report.breaks, Vec::new());
    let unreceipted = "SELECT count(*) FROM event e LEFT JOIN receipt r \
                       USING (lane, shop_id, command_id) WHERE r.command_id IS NULL";
    assert_eq!(
        number(pool, unreceipted).await,
        0,
        "an event without a receipt"
    );
    let jsonb = "SELECT count(body::jsonb) - count(*) FROM event";
    assert_eq!(number(pool, jsonb).await, 0, "a body that is no jsonb");
}
