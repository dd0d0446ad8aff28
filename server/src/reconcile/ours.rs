//! Our side: attempts that brought money, and those the provider names.

use std::collections::BTreeMap;

use domain::ids::ShopId;
use eventstore::Lane;
use eventstore::statement::Kept;
use sqlx::PgPool;
use uuid::Uuid;

use super::Question;

const ATTEMPTS: &str = "
    select a.shop_id, a.attempt_id, a.order_id, a.reference, a.amount, a.asked_at,
           a.state not in ('requested', 'created', 'unknown', 'failed') as paid, s.currency
      from reading.attempts a
      left join reading.shops s on (s.lane, s.shop_id) = (a.lane, a.shop_id)
     where ($2::uuid is null or a.shop_id = $2)
       and ((a.asked_at >= $1
             and a.state not in ('requested', 'created', 'unknown', 'failed'))
         or (a.lane, a.shop_id, a.attempt_id) in (
             select * from unnest($3::smallint[], $4::uuid[], $5::bigint[])))
     order by a.shop_id, a.attempt_id";

const ACCOUNTS: &str = "
    select e.shop_id, body #>> '{shop,ShopOpened,account}'
      from unnest($1::smallint[], $2::uuid[]) as w (lane, shop_id)
      join event e on (e.lane, e.shop_id) = (w.lane, w.shop_id) and e.seq = 1
     where e.kind = 'ShopOpened'";

/// One of our attempts.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Attempt {
    pub shop_id: Uuid,
    /// Its number in the shop.
    #[sqlx(rename = "attempt_id")]
    pub number: i64,
    pub order_id: i64,
    pub reference: String,
    /// What was asked, minor units.
    pub amount: i64,
    pub asked_at: chrono::DateTime<chrono::Utc>,
    /// Whether its shop saw money for it.
    pub paid: bool,
    /// The shop's, ISO 4217.
    pub currency: Option<String>,
}

/// All of them, and the accounts of their shops.
#[derive(Debug, Default)]
pub(super) struct Ours {
    pub attempts: Vec<Attempt>,
    pub accounts: BTreeMap<Uuid, String>,
}

pub(super) async fn read(
    reading: &PgPool,
    question: &Question,
    theirs: &[Kept],
) -> Result<Ours, sqlx::Error> {
    let named = theirs.iter().filter_map(|kept| {
        let (shop, attempt) = (kept.entry.shop?, kept.entry.attempt?);
        Some((Lane::of(shop).number(), shop, attempt))
    });
    let (mut lanes, mut shops, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    for (lane, shop, attempt) in named {
        lanes.push(lane);
        shops.push(shop);
        numbers.push(attempt);
    }
    // No rebuild may swap the tables between this snapshot and the question.
    let mut tx = reading.begin().await?;
    sqlx::query("LOCK TABLE public.reading_gate IN ACCESS SHARE MODE")
        .execute(&mut *tx)
        .await?;
    let attempts: Vec<Attempt> = sqlx::query_as(ATTEMPTS)
        .bind(question.since)
        .bind(question.shop.map(|ShopId(shop)| shop))
        .bind(lanes)
        .bind(shops)
        .bind(numbers)
        .fetch_all(&mut *tx)
        .await?;
    tx.rollback().await?;
    let mut shops: Vec<Uuid> = attempts.iter().map(|attempt| attempt.shop_id).collect();
    shops.dedup();
    let lanes: Vec<i16> = shops.iter().map(|shop| Lane::of(*shop).number()).collect();
    let accounts: Vec<(Uuid, Option<String>)> = sqlx::query_as(ACCOUNTS)
        .bind(lanes)
        .bind(shops)
        .fetch_all(reading)
        .await?;
    let accounts = accounts.into_iter();
    Ok(Ours {
        attempts,
        accounts: accounts
            .filter_map(|(shop, account)| Some((shop, account?)))
            .collect(),
    })
}
