//! History replayed under another trust policy. The log is read, never touched.

use domain::event::Event;
use domain::ids::ClientId;
use domain::trust::policy::Version;
use domain::trust::recompute;
use sqlx::PgPool;
use uuid::Uuid;

use super::{WINDOW, list};
use crate::runner::log;

/// One client of one shop: her score as the log has it, and as it would be, 0–100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhatIf {
    pub shop: Uuid,
    pub client: ClientId,
    pub from: u8,
    pub to: u8,
}

/// Every client of these shops (of all, for `None`), shop by shop; one shop's history is in memory
/// at a time. An event that cannot be read is passed over, as it is by nobody's trust.
pub async fn what_if(
    pool: &PgPool,
    shops: Option<&[Uuid]>,
    version: Version,
) -> Result<Vec<WhatIf>, sqlx::Error> {
    let mut all = Vec::new();
    for (lane, shop) in list(pool, shops).await? {
        let mut history: Vec<(Event, _)> = Vec::new();
        let mut after = 0;
        loop {
            let mut tx = log::begin(pool).await?;
            let page = log::of_shop(&mut tx, (lane, shop), (after, i64::MAX), WINDOW).await?;
            tx.rollback().await?;
            let Some(last) = page.last() else { break };
            after = last.seq;
            let read = |told: crate::told::Told| told.event.ok().map(|event| (event, told.at));
            history.extend(page.into_iter().filter_map(read));
        }
        let clients = recompute::what_if(history, version);
        let line = |(client, from, to)| WhatIf {
            shop,
            client,
            from,
            to,
        };
        all.extend(clients.into_iter().map(line));
    }
    Ok(all)
}
