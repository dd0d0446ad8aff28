//! A buyer whose link takes over ten seconds is told that it comes.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use domain::action::Action;
use domain::command::{Actor, Command, Envelope};
use domain::ids::{AttemptId, CommandId, ShopId};
use domain::payment::Command as Pay;

use crate::decider::CHARGE;
use crate::identity;
use crate::node::{Account, Node};

/// Waiting longer than this, she is told.
const LATE: Duration = Duration::from_secs(10);
/// How often it is looked for, and for how many at once.
const LOOK: Duration = Duration::from_secs(2);
const MANY: i64 = 100;

/// Who was told already. The shop remembers as well; this only spares it the question.
#[derive(Debug, Default)]
pub(super) struct Late {
    looked: Option<Instant>,
    told: BTreeSet<(ShopId, AttemptId)>,
}

impl Late {
    /// Tells those whose charge has waited too long.
    pub(super) async fn tell(&mut self, node: &Node, account: &Account) {
        if self.looked.is_some_and(|looked| looked.elapsed() < LOOK) {
            return;
        }
        self.looked = Some(Instant::now());
        let waiting = match node.outbox.waiting(&account.id, CHARGE, LATE, MANY).await {
            Ok(waiting) => waiting,
            Err(error) => return tracing::debug!(%error, "late charges cannot be looked for"),
        };
        if waiting.is_empty() {
            self.told.clear();
        }
        for (shop, body) in waiting {
            let Ok(Action::Charge { attempt, .. }) = serde_json::from_str(&body) else {
                continue;
            };
            if self.told.insert((ShopId(shop), attempt)) {
                let id = identity::new();
                let envelope = Envelope {
                    id: CommandId(id),
                    shop: ShopId(shop),
                    actor: Actor::System,
                    correlation: id,
                    fresh: true,
                    command: Command::Payment(Pay::LinkLate { attempt }),
                };
                if let Err(error) = node.door.bring(envelope).await {
                    tracing::debug!(%error, "a buyer could not be told that her link is late");
                }
            }
        }
    }
}
