//! From the readings to the rooms.

use std::{sync::Arc, time::Duration};

use domain::ids::ShopId;
use projections::Applied;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{MissedTickBehavior, interval},
};

use super::{Hub, build, room::Room};

/// How often rooms are looked at for whether anybody is left.
const SWEEP: Duration = Duration::from_mins(1);

/// Passes changes on to the rooms of watched shops until the readings stop.
pub(super) async fn listen(hub: Arc<Hub>, mut applied: Receiver<Arc<Applied>>) {
    let mut sweep = interval(SWEEP);
    sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            next = applied.recv() => match next {
                Ok(applied) => {
                    if let Some(room) = hub.rooms.get(&applied.shop) {
                        room.changed(&applied.changed);
                    }
                }
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "live pages fell behind; all start over");
                    hub.rooms.iter().for_each(|room| room.resync());
                }
                Err(RecvError::Closed) => return,
            },
            _ = sweep.tick() => hub.rooms.retain(|_, room| !room.close_if_idle()),
        }
    }
}

impl Hub {
    /// The room of a shop, opened if there is none.
    pub(super) fn room(self: &Arc<Self>, shop: ShopId) -> Arc<Room> {
        let room = self.rooms.entry(shop).or_insert_with(|| {
            let room = Arc::new(Room::new());
            tokio::spawn(build::run(Arc::clone(self), shop, Arc::clone(&room)));
            room
        });
        Arc::clone(&room)
    }
}
