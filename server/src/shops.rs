//! What words need to know of a shop: its name, its place, its currency. Read from the readings
//! and remembered for a minute.

use std::time::{Duration, Instant};

use chrono::{FixedOffset, Offset as _, TimeZone as _, Utc};
use dashmap::DashMap;
use domain::money::Currency;
use projections::TenantTx;
use sqlx::PgPool;
use uuid::Uuid;

const KEPT: Duration = Duration::from_mins(1);
const KEPT_MAX: usize = 50_000;

/// A shop, for words.
#[derive(Debug, Clone)]
pub struct ShopWords {
    /// What buyers see.
    pub name: String,
    /// Its offset from UTC today.
    pub zone: FixedOffset,
    /// What it sells in.
    pub currency: Currency,
}

/// The shops spoken for lately.
#[derive(Debug, Default)]
pub struct Words {
    known: DashMap<Uuid, (Instant, ShopWords)>,
}

impl Words {
    /// A shop's, read when it is not remembered; a shop whose reading is late is "LivePay".
    pub async fn of(&self, pool: &PgPool, shop: Uuid) -> ShopWords {
        if let Some(found) = self.known.get(&shop)
            && found.0.elapsed() < KEPT
        {
            return found.1.clone();
        }
        let Some(words) = read(pool, shop).await else {
            return ShopWords {
                name: "LivePay".to_owned(),
                zone: Utc.fix(),
                currency: Currency::Xof,
            };
        };
        if self.known.len() > KEPT_MAX {
            self.known.clear();
        }
        self.known.insert(shop, (Instant::now(), words.clone()));
        words
    }
}

async fn read(pool: &PgPool, shop: Uuid) -> Option<ShopWords> {
    let mut tx = TenantTx::begin(pool, shop).await.ok()?;
    let (card, _, at) = projections::shops::card(&mut tx).await.ok()??;
    Some(ShopWords {
        name: card.name,
        zone: offset(&card.zone, at),
        currency: Currency::parse(&card.currency).unwrap_or(Currency::Xof),
    })
}

/// The offset of an IANA zone at an instant; UTC for a zone nobody knows.
fn offset(zone: &str, at: chrono::DateTime<Utc>) -> FixedOffset {
    zone.parse::<chrono_tz::Tz>().map_or(Utc.fix(), |zone| {
        zone.offset_from_utc_datetime(&at.naive_utc()).fix()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read() {
        assert_eq!(
            offset("Africa/Dakar", chrono::DateTime::UNIX_EPOCH).local_minus_utc(),
            0
        );
        assert_eq!(
            offset("Africa/Porto-Novo", chrono::DateTime::UNIX_EPOCH).local_minus_utc(),
            3_600
        );
        assert_eq!(
            offset("Nowhere/None", chrono::DateTime::UNIX_EPOCH).local_minus_utc(),
            0
        );
    }
}
