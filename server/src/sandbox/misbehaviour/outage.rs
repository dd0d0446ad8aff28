//! A neighbour that is down: it refuses everything, or it answers nothing, until a moment.

use std::time::Instant;

use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::list::{Misbehaviour, Moment};
use super::plan::Hit;
use crate::sandbox::hub::Hub;

/// Who may be down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::sandbox) enum Neighbour {
    Bictorys,
    Meta,
}

/// How, and for how long.
#[derive(Debug, Clone, Copy)]
pub(in crate::sandbox) struct Outage {
    pub(in crate::sandbox) what: Misbehaviour,
    pub(in crate::sandbox) until: Instant,
}

/// What becomes of a call.
pub(in crate::sandbox) enum Fate {
    /// Nothing, it goes on.
    Passes,
    /// The neighbour is down; a silent one has let this call wait for all that time.
    Down,
    /// The neighbour cannot be reached: the line is cut.
    Cut,
    /// Something else of this moment strikes.
    Struck,
}

impl Misbehaviour {
    /// Which neighbour misbehaves.
    pub(in crate::sandbox) fn neighbour(self) -> Neighbour {
        match self.about().moment {
            Moment::Call
            | Moment::Create
            | Moment::Pay
            | Moment::Amounts
            | Moment::Webhook
            | Moment::Status
            | Moment::Detail
            | Moment::List
            | Moment::Refund => Neighbour::Bictorys,
            Moment::MetaCall | Moment::Send | Moment::Tick | Moment::Update | Moment::Post => {
                Neighbour::Meta
            }
        }
    }

    /// Whose outage this is.
    pub(in crate::sandbox) fn outage_of(self) -> Option<Neighbour> {
        match self {
            Self::ProviderOutage | Self::ProviderSilence | Self::ProviderUnreachable => {
                Some(Neighbour::Bictorys)
            }
            Self::MetaOutage | Self::MetaSilence | Self::MetaUnreachable => Some(Neighbour::Meta),
            _ => None,
        }
    }

    fn is_silent(self) -> bool {
        matches!(self, Self::ProviderSilence | Self::MetaSilence)
    }
}

impl Neighbour {
    fn moment(self) -> Moment {
        match self {
            Self::Bictorys => Moment::Call,
            Self::Meta => Moment::MetaCall,
        }
    }
}

impl Hub {
    /// A neighbour goes down now, as if a call had met its outage.
    pub(in crate::sandbox) fn go_down(&self, hit: Hit) {
        if let Some(who) = hit.what.outage_of() {
            let outage = Outage {
                what: hit.what,
                until: Instant::now() + hit.duration(),
            };
            self.plan().begin(who, outage);
        }
    }

    /// Whether a call to this neighbour, about something of these names, comes through.
    pub(in crate::sandbox) async fn call(&self, who: Neighbour, names: &[&str]) -> Fate {
        let running = self.plan().outage(who, Instant::now());
        if let Some(outage) = running {
            self.plan().count(outage.what);
            return self.down(outage).await;
        }
        let Some(hit) = self.misbehaves(who.moment(), names) else {
            return Fate::Passes;
        };
        self.go_down(hit);
        let begun = self.plan().outage(who, Instant::now());
        match begun.filter(|_| hit.what.outage_of() == Some(who)) {
            Some(outage) => self.down(outage).await,
            None => Fate::Struck,
        }
    }

    /// A silent neighbour keeps the call until it is back, or until the caller gives up.
    async fn down(&self, outage: Outage) -> Fate {
        if outage.what.is_silent() {
            self.pause(outage.until.saturating_duration_since(Instant::now()))
                .await;
        }
        if matches!(
            outage.what,
            Misbehaviour::ProviderUnreachable | Misbehaviour::MetaUnreachable
        ) {
            return Fate::Cut;
        }
        Fate::Down
    }
}

/// The answer of a machine in front of a dead one.
pub(in crate::sandbox) fn unavailable() -> Response {
    use axum::http::StatusCode;
    use axum::response::{Html, IntoResponse};
    let page = "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n\
                </html>\r\n";
    (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
}
