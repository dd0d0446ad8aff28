//! Misbehaviour on demand: what there is, its rates, its orders, and something going down now.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use crate::sandbox::hub::Hub;
use crate::sandbox::misbehaviour::{ALWAYS, Hit, Misbehaviour, Neighbour, Order, Unit};

/// Most times of one order.
const MOST_TIMES: u32 = 10_000;

/// Longest duration of one order: a day, in milliseconds.
const LONGEST: i64 = 24 * 60 * 60 * 1_000;

/// `GET /api/misbehaviours`: the list with rates and counts, the queue, who is down.
pub(super) async fn show(State(hub): State<Arc<Hub>>) -> Json<Value> {
    Json(view(&hub))
}

fn view(hub: &Hub) -> Value {
    let plan = hub.plan();
    let list: Vec<Value> = Misbehaviour::ALL
        .iter()
        .map(|one| {
            let about = one.about();
            let (unit, usual) = match about.unit {
                Unit::None => (None, None),
                Unit::Millis(usual) => (Some("ms"), Some(usual)),
                Unit::Francs => (Some("francs"), None),
            };
            json!({
                "name": about.name,
                "neighbour": one.neighbour(),
                "outage": one.outage_of().is_some(),
                "label": {"fr": about.label.0, "en": about.label.1},
                "sentence": {"fr": about.sentence.0, "en": about.sentence.1},
                "unit": unit,
                "usual": usual,
                "rate": plan.rate(*one),
                "happened": plan.happened(*one),
            })
        })
        .collect();
    let now = Instant::now();
    let down = |who| {
        let outage = plan.outage(who, now)?;
        let left = outage.until.saturating_duration_since(now).as_millis();
        let left = u64::try_from(left).unwrap_or(u64::MAX);
        Some(json!({"name": outage.what, "left_ms": left}))
    };
    json!({
        "list": list,
        "queue": plan.orders().collect::<Vec<_>>(),
        "down": {"bictorys": down(Neighbour::Bictorys), "meta": down(Neighbour::Meta)},
    })
}

/// `PUT /api/misbehaviours`: per mille by name, only the given names change.
pub(super) async fn set_rates(
    State(hub): State<Arc<Hub>>,
    Json(changes): Json<Map<String, Value>>,
) -> Result<Json<Value>, Refusal> {
    let mut rates = Vec::new();
    for (name, value) in changes {
        let what = named(&name)?;
        let rate = value.as_u64().and_then(|rate| u32::try_from(rate).ok());
        let rate = rate.filter(|rate| *rate <= ALWAYS);
        let refusal = || Refusal::bad(format!("the rate of {name} is a number from 0 to {ALWAYS}"));
        rates.push((what, rate.ok_or_else(refusal)?));
    }
    for (what, rate) in rates {
        hub.plan().set_rate(what, rate);
    }
    Ok(Json(view(&hub)))
}

/// `DELETE /api/misbehaviours`: everybody behaves; what happened stays counted.
pub(super) async fn behave(State(hub): State<Arc<Hub>>) -> Json<Value> {
    hub.plan().behave();
    Json(view(&hub))
}

/// `POST /api/misbehaviours/queue`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewOrder {
    name: String,
    /// A reference, charge, transaction, phone id, number or user id; nobody means the next one.
    #[serde(default, rename = "for")]
    target: Option<String>,
    #[serde(default = "once")]
    times: u32,
    /// Milliseconds or francs, as the list says.
    #[serde(default)]
    value: Option<i64>,
}

fn once() -> u32 {
    1
}

/// Queues an order and answers with it.
pub(super) async fn order(
    State(hub): State<Arc<Hub>>,
    Json(new): Json<NewOrder>,
) -> Result<(StatusCode, Json<Order>), Refusal> {
    let name = named(&new.name)?;
    if !(1..=MOST_TIMES).contains(&new.times) {
        return Err(Refusal::bad(format!("times is 1 to {MOST_TIMES}")));
    }
    let value = checked(name, new.value)?;
    let target = new.target.map(|target| target.trim().to_owned());
    let order = hub.plan().order(Order {
        id: 0,
        name,
        target: target.filter(|target| !target.is_empty()),
        times: new.times,
        value,
    });
    let order = order.ok_or_else(|| Refusal::bad("too many orders wait"))?;
    Ok((StatusCode::CREATED, Json(order)))
}

/// `DELETE /api/misbehaviours/queue`: takes all orders back.
pub(super) async fn forget(State(hub): State<Arc<Hub>>) -> Json<Value> {
    hub.plan().forget_orders();
    Json(view(&hub))
}

/// `DELETE /api/misbehaviours/queue/{id}`.
pub(super) async fn take_back(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<u64>,
) -> Result<Json<Value>, Refusal> {
    if hub.plan().take_back(id) {
        Ok(Json(view(&hub)))
    } else {
        Err(Refusal::unknown("this order is not in the queue any more"))
    }
}

/// `POST /api/misbehaviours/seed`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seed {
    seed: u64,
}

/// Luck begins anew, so that a run can be repeated in a sandbox that has lived already.
pub(super) async fn reseed(State(hub): State<Arc<Hub>>, Json(seed): Json<Seed>) -> Json<Value> {
    hub.plan().reseed(seed.seed);
    Json(view(&hub))
}

/// `POST /api/misbehaviours/now`: an outage that does not wait for a call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Down {
    /// One of the outages.
    name: String,
    /// How long; 0 ends whatever outage that neighbour has.
    seconds: u32,
}

/// A neighbour goes down, or comes back.
pub(super) async fn now(
    State(hub): State<Arc<Hub>>,
    Json(down): Json<Down>,
) -> Result<Json<Value>, Refusal> {
    let what = named(&down.name)?;
    let who = what.outage_of();
    let who = who.ok_or_else(|| Refusal::bad("only an outage begins now"))?;
    if down.seconds == 0 {
        hub.plan().end_outage(who);
    } else {
        let value = checked(what, Some(i64::from(down.seconds).saturating_mul(1_000)))?;
        hub.go_down(Hit { what, value });
    }
    Ok(Json(view(&hub)))
}

fn named(name: &str) -> Result<Misbehaviour, Refusal> {
    Misbehaviour::named(name)
        .ok_or_else(|| Refusal::bad(format!("no misbehaviour is called {name}")))
}

/// A value that makes sense for this misbehaviour.
fn checked(what: Misbehaviour, value: Option<i64>) -> Result<Option<i64>, Refusal> {
    let Some(given) = value else { return Ok(None) };
    match what.about().unit {
        Unit::None => Err(Refusal::bad("this misbehaviour has no value")),
        Unit::Millis(_) if !(0..=LONGEST).contains(&given) => {
            Err(Refusal::bad("milliseconds go from 0 to one day"))
        }
        Unit::Francs if given <= 0 => Err(Refusal::bad("francs are above zero")),
        Unit::Millis(_) | Unit::Francs => Ok(Some(given)),
    }
}
