//! A person on one of our numbers, before any shop.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::Row;
use uuid::Uuid;

use super::{Registry, RegistryError};

const TOUCH: &str = include_str!("../../sql/contact_touch.sql");
const GET: &str = include_str!("../../sql/contacts_get.sql");

/// Who wrote, and when last: the 24-hour window and the way back hang on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub id: Uuid,
    pub number_id: String,
    /// User id, name, phone: the caller's own encoding; sealed in the table.
    pub person: Vec<u8>,
    pub last_in_at: DateTime<Utc>,
    /// `None` keeps what is known.
    pub last_shop: Option<Uuid>,
    /// `None` keeps what is known.
    pub lang: Option<String>,
}

impl Registry {
    /// They wrote: one statement; of several messages of a person the newest says who she is. The
    /// window never moves back; an older message does not change who she is.
    pub async fn touch(&self, contacts: &[Contact]) -> Result<(), RegistryError> {
        let mut newest: BTreeMap<Uuid, &Contact> = BTreeMap::new();
        for contact in contacts {
            let entry = newest.entry(contact.id).or_insert(contact);
            if entry.last_in_at <= contact.last_in_at {
                *entry = contact;
            }
        }
        let mut sealed = Vec::with_capacity(newest.len());
        for contact in newest.values() {
            sealed.push(self.seal("contact", &contact.id.to_string(), &contact.person)?);
        }
        sqlx::query(TOUCH)
            .bind(newest.keys().copied().collect::<Vec<_>>())
            .bind(
                newest
                    .values()
                    .map(|contact| contact.number_id.as_str())
                    .collect::<Vec<_>>(),
            )
            .bind(sealed)
            .bind(
                newest
                    .values()
                    .map(|contact| contact.last_in_at)
                    .collect::<Vec<_>>(),
            )
            .bind(
                newest
                    .values()
                    .map(|contact| contact.last_shop)
                    .collect::<Vec<_>>(),
            )
            .bind(
                newest
                    .values()
                    .map(|contact| contact.lang.as_deref())
                    .collect::<Vec<_>>(),
            )
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Those of these people who ever wrote.
    pub async fn contacts(&self, ids: &[Uuid]) -> Result<Vec<Contact>, RegistryError> {
        let mut contacts = Vec::with_capacity(ids.len());
        for row in sqlx::query(GET).bind(ids).fetch_all(&self.pool).await? {
            let id: Uuid = row.try_get("id")?;
            contacts.push(Contact {
                id,
                number_id: row.try_get("number_id")?,
                person: self.open("contact", &id.to_string(), row.try_get("sealed")?)?,
                last_in_at: row.try_get("last_in_at")?,
                last_shop: row.try_get("last_shop")?,
                lang: row.try_get("lang")?,
            });
        }
        Ok(contacts)
    }
}
