//! A person on one of our numbers, before any shop.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::Row;
use uuid::Uuid;

use super::{Registry, RegistryError};

const TOUCH: &str = include_str!("../../sql/contact_touch.sql");
const HEARD: &str = include_str!("../../sql/contact_heard.sql");
const GET_ALL: &str = include_str!("../../sql/contacts_get.sql");
const GET: &str = include_str!("../../sql/contact_get.sql");

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
    /// She wrote. The window never moves back; an older message does not change who she is.
    pub async fn touch(&self, contact: &Contact) -> Result<(), RegistryError> {
        let sealed = self.seal("contact", &contact.id.to_string(), &contact.person)?;
        sqlx::query(TOUCH)
            .bind(contact.id)
            .bind(&contact.number_id)
            .bind(sealed)
            .bind(contact.last_in_at)
            .bind(contact.last_shop)
            .bind(&contact.lang)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn contact(&self, id: Uuid) -> Result<Option<Contact>, RegistryError> {
        let rows = sqlx::query(GET).bind(id).fetch_all(&self.pool).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        Ok(Some(Contact {
            id,
            number_id: row.try_get("number_id")?,
            person: self.open("contact", &id.to_string(), row.try_get("sealed")?)?,
            last_in_at: row.try_get("last_in_at")?,
            last_shop: row.try_get("last_shop")?,
            lang: row.try_get("lang")?,
        }))
    }

    /// Many wrote: one statement; of several messages of a person the newest says who she is.
    pub async fn touch_all(&self, contacts: &[Contact]) -> Result<(), RegistryError> {
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
        sqlx::query(HEARD)
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
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Those of these people who ever wrote.
    pub async fn contacts(&self, ids: &[Uuid]) -> Result<Vec<Contact>, RegistryError> {
        let mut contacts = Vec::with_capacity(ids.len());
        for row in sqlx::query(GET_ALL).bind(ids).fetch_all(&self.pool).await? {
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
