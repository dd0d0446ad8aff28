//! What a tick has to respect: which models are filled, whose shops are parked, what was skipped.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, MODELS, Model, Told};

/// As of one transaction, in the generation its search path names.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// (model, shop) → the first position it does not take.
    pub parked: BTreeMap<(String, Uuid), i64>,
    /// (model, shop, position) that somebody let it pass over.
    skipped: BTreeSet<(String, Uuid, i64)>,
    versions: BTreeMap<String, i32>,
}

#[derive(sqlx::FromRow)]
struct Row {
    what: String,
    model: String,
    shop: Option<Uuid>,
    number: i64,
}

impl Standing {
    pub(crate) async fn read(
        conn: &mut PgConnection,
        lanes: &BTreeSet<i16>,
    ) -> Result<Self, sqlx::Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT 'park' AS what, projection AS model, shop_id AS shop, pos AS number
               FROM park WHERE lane = ANY($1)
              UNION ALL
             SELECT 'skip', projection, shop_id, pos
               FROM skipped JOIN unnest($2::text[], $3::integer[]) AS m(projection, version)
                    USING (projection, version)
              WHERE lane = ANY($1)
              UNION ALL
             SELECT 'model', model, NULL, version FROM version",
        )
        .bind(lanes.iter().copied().collect::<Vec<_>>())
        .bind(MODELS.iter().map(|model| model.name).collect::<Vec<_>>())
        .bind(MODELS.iter().map(|model| model.version).collect::<Vec<_>>())
        .fetch_all(conn)
        .await?;
        let mut standing = Self::default();
        for Row {
            what,
            model,
            shop,
            number,
        } in rows
        {
            match (what.as_str(), shop) {
                ("park", Some(shop)) => {
                    standing.parked.insert((model, shop), number);
                }
                ("skip", Some(shop)) => {
                    standing.skipped.insert((model, shop, number));
                }
                _ => {
                    let version = i32::try_from(number).unwrap_or(i32::MAX);
                    standing.versions.insert(model, version);
                }
            }
        }
        Ok(standing)
    }

    /// The models to move, in their order. Those whose tables are still empty are left to their
    /// rebuild. The checkpoint is everybody's: where a filled model is not ours to apply, it may
    /// not move either.
    pub(crate) fn models(&self) -> Result<Vec<&'static Model>, ApplyError> {
        let ours = |name: &str, version: i32| {
            MODELS
                .iter()
                .any(|model| model.name == name && model.version == version)
        };
        let other = |(name, version): &(&String, &i32)| **version > 0 && !ours(name, **version);
        if let Some((name, version)) = self.versions.iter().find(other) {
            return Err(ApplyError::OtherVersion(name.clone(), *version));
        }
        Ok(self.filled())
    }

    /// Those whose tables are filled, and of our version.
    pub(crate) fn filled(&self) -> Vec<&'static Model> {
        let filled = |model: &&Model| self.versions.get(model.name) == Some(&model.version);
        MODELS.iter().filter(filled).collect()
    }

    /// Whether anything of this shop is parked or was skipped.
    pub(crate) fn concerns(&self, shop: Uuid) -> bool {
        let parked = self.parked.keys().any(|(_, parked)| *parked == shop);
        parked || self.skipped.iter().any(|(_, skipped, _)| *skipped == shop)
    }

    /// Whether the model takes this event: before the position its shop is parked at, and not
    /// skipped.
    pub(crate) fn takes(&self, model: &Model, told: &Told) -> bool {
        if self.parked.is_empty() && self.skipped.is_empty() {
            return true;
        }
        let key = (model.name.to_owned(), told.shop);
        let before = self.parked.get(&key).is_none_or(|pos| told.pos < *pos);
        before && !self.skipped.contains(&(key.0, key.1, told.pos))
    }
}
