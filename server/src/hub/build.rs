//! Making frames: one query per tick and shop, whatever the number of viewers.

use std::{collections::HashMap, sync::Arc, time::Duration};

use domain::ids::{ClientId, ShopId};
use projections::{
    TenantTx,
    board::{self, Board, Changed, PresentCard, TodoCard},
    orders::OrderCard,
};
use uuid::Uuid;

use super::{Hub, frame::Frame, room::Room};

/// Between two frames of a shop: an eye does not see more, a phone does not draw more.
const BREATH: Duration = Duration::from_millis(50);
/// After a failed query.
const PAUSE: Duration = Duration::from_millis(500);

/// Why there is no frame.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Tells a room's changes until the room closes.
pub(super) async fn run(hub: Arc<Hub>, shop: ShopId, room: Arc<Room>) {
    while !room.is_closed() {
        room.dirty.notified().await;
        while let Some(changed) = room.take_untold() {
            if changed.is_quiet() {
                room.quiet(changed.seq);
                continue;
            }
            match hub.rows(shop, &changed).await {
                Ok(Some(frame)) => room.tell(&frame),
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, %shop, "no frame could be made; trying again");
                    tokio::time::sleep(PAUSE).await;
                    room.changed(&changed);
                    continue;
                }
            }
            tokio::time::sleep(BREATH).await;
        }
    }
}

impl Hub {
    /// The whole page with its names; `None` for a shop the tables do not know.
    pub async fn board(&self, shop: ShopId) -> Result<Option<Board>, sqlx::Error> {
        let mut tx = TenantTx::begin(&self.pool, shop.0).await?;
        let found = board::board(&mut tx).await?;
        tx.end().await?;
        let Some(mut board) = found else {
            return Ok(None);
        };
        let people = people(
            board.orders.iter_mut(),
            board.present.iter_mut(),
            board.todo.items.iter_mut(),
        );
        self.open_names(shop, people).await;
        Ok(Some(board))
    }

    /// Clients' names in clear, from what rows hold of them; who was forgotten is missing.
    pub async fn names(
        &self,
        shop: ShopId,
        sealed: impl IntoIterator<Item = (Option<Uuid>, Option<&str>)>,
    ) -> HashMap<Uuid, String> {
        let sealed: HashMap<ClientId, String> = sealed
            .into_iter()
            .filter_map(|(client, name)| Some((ClientId(client?), name?.to_owned())))
            .collect();
        if sealed.is_empty() {
            return HashMap::new();
        }
        let names = self.names.open(shop, sealed.into_iter().collect()).await;
        let names = names.into_iter();
        names
            .map(|(ClientId(client), name)| (client, name))
            .collect()
    }

    async fn rows(&self, shop: ShopId, changed: &Changed) -> Result<Option<Frame>, BuildError> {
        let mut tx = TenantTx::begin(&self.pool, shop.0).await?;
        let found = board::rows(&mut tx, changed).await?;
        tx.end().await?;
        let Some(mut rows) = found else {
            return Ok(None);
        };
        let people = people(
            rows.orders.iter_mut(),
            rows.present.iter_mut().flatten(),
            rows.todo.iter_mut().flat_map(|todo| &mut todo.items),
        );
        self.open_names(shop, people).await;
        Ok(Some(Frame::rows(&rows)?))
    }

    /// Writes the names where they are shown; whose key cannot be opened stays unnamed.
    async fn open_names(&self, shop: ShopId, people: Vec<Person<'_>>) {
        let sealed = people.iter().map(|it| (Some(it.client), Some(it.sealed)));
        let names = self.names(shop, sealed).await;
        for person in people {
            if let Some(name) = names.get(&person.client) {
                match person.name {
                    Place::Always(place) => place.clone_from(name),
                    Place::WhereOpened(place) => *place = Some(name.clone()),
                }
            }
        }
    }
}

/// Somebody whose name a frame shows.
struct Person<'a> {
    client: Uuid,
    sealed: &'a str,
    name: Place<'a>,
}

/// Where her name is written.
enum Place<'a> {
    Always(&'a mut String),
    WhereOpened(&'a mut Option<String>),
}

/// Everybody a frame shows.
fn people<'a>(
    orders: impl Iterator<Item = &'a mut OrderCard>,
    present: impl Iterator<Item = &'a mut PresentCard>,
    todo: impl Iterator<Item = &'a mut TodoCard>,
) -> Vec<Person<'a>> {
    let orders = orders.filter_map(|card| {
        let (client, sealed) = (card.client_id, card.sealed_name.as_deref()?);
        let name = Place::Always(&mut card.client);
        Some(Person {
            client,
            sealed,
            name,
        })
    });
    let present = present.filter_map(|card| {
        let (client, sealed) = (card.client_id, card.sealed_name.as_deref()?);
        let name = Place::Always(&mut card.client);
        Some(Person {
            client,
            sealed,
            name,
        })
    });
    let todo = todo.filter_map(|card| {
        let (client, sealed) = (card.client_id?, card.sealed_name.as_deref()?);
        let name = Place::WhereOpened(&mut card.client);
        Some(Person {
            client,
            sealed,
            name,
        })
    });
    orders.chain(present).chain(todo).collect()
}
