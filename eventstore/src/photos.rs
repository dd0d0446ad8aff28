//! Pictures of goods, kept by the hash of their bytes: the same picture twice is one row, and an
//! address never shows another one later.
//!
//! **Limits.** The caller bounds one picture; here a stream has at most [`MOST`] of them.

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::Lane;

const KEEP: &str = include_str!("../sql/photo_keep.sql");
const KNOWN: &str = include_str!("../sql/photo_known.sql");
const SHOW: &str = include_str!("../sql/photo_show.sql");

/// Pictures of one shop.
pub const MOST: i64 = 1_000;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Photo {
    /// Its content type.
    pub media: String,
    pub bytes: Vec<u8>,
}

/// Keeps a picture under its hash (SHA-256 of the bytes). False where the shop has [`MOST`]
/// already. `pool` has the writer's role.
pub async fn keep(
    pool: &PgPool,
    shop: Uuid,
    hash: &[u8; 32],
    photo: &Photo,
) -> Result<bool, sqlx::Error> {
    let lane = Lane::of(shop).number();
    let kept = sqlx::query(KEEP)
        .bind(lane)
        .bind(shop)
        .bind(hash.as_slice())
        .bind(&photo.media)
        .bind(&photo.bytes)
        .bind(MOST)
        .execute(pool)
        .await?;
    if kept.rows_affected() > 0 {
        return Ok(true);
    }
    let known = sqlx::query_scalar(KNOWN)
        .bind(lane)
        .bind(shop)
        .bind(hash.as_slice());
    known.fetch_one(pool).await
}

/// A shop's picture. A connection with the reader's role sees only those of the shop it names.
pub async fn show(
    conn: &mut PgConnection,
    shop: Uuid,
    hash: &[u8; 32],
) -> Result<Option<Photo>, sqlx::Error> {
    sqlx::query_as(SHOW)
        .bind(Lane::of(shop).number())
        .bind(shop)
        .bind(hash.as_slice())
        .fetch_optional(conn)
        .await
}
