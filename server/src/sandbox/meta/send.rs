//! One send: token, shape, limits, rates, then a 200 that only means "accepted".

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::address::{self, Address};
use super::content;
use super::refusal::Refusal;
use super::statuses::{Accepted, Person};
use crate::sandbox::clock::now_seconds;
use crate::sandbox::events::Event;
use crate::sandbox::faults::Faults;
use crate::sandbox::hub::Hub;
use crate::sandbox::line::hang_up;
use crate::sandbox::misbehaviour::{Fate, Hit, Misbehaviour, Moment, Neighbour};
use crate::sandbox::world::Msg;

/// When an accepted message is told to have failed.
const FAILS_AFTER: Duration = Duration::from_millis(80);

/// `POST /graph/{version}/{phone_number_id}/messages`.
pub(super) async fn messages(
    State(hub): State<Arc<Hub>>,
    Path((version, number)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let faults = hub.faults();
    if faults.send_delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(faults.send_delay_ms)).await;
    }
    let body = serde_json::from_slice::<Value>(&body);
    let names = address::names(&hub, body.as_ref().ok());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match hub.call(Neighbour::Meta, &names).await {
        Fate::Passes => {}
        Fate::Cut => return hang_up(),
        Fate::Down | Fate::Struck => return Refusal::down().into_response(),
    }
    let answer = authorised(&hub, &version, &number, &headers)
        .and_then(|()| body.map_err(|_unreadable| Refusal::parameter("Not JSON.")))
        .and_then(|body| handle(&hub, &number, &body, (&faults, &names)));
    match answer {
        Ok(Answer { lost: true, .. }) => hang_up(),
        Ok(Answer { body, .. }) => Json(body).into_response(),
        Err(refusal) => {
            hub.counters().refused(refusal.code);
            refusal.into_response()
        }
    }
}

/// The token must be one we gave, and the one of this number.
fn authorised(hub: &Hub, version: &str, number: &str, headers: &HeaderMap) -> Result<(), Refusal> {
    let header = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    let token = header
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    let world = hub.world();
    if !world.numbers().any(|known| known.spec.token == token) {
        return Err(Refusal::token());
    }
    let digits = version
        .strip_prefix('v')
        .and_then(|version| version.strip_suffix(".0"));
    if digits.is_none_or(|digits| digits.parse::<u8>().is_err()) {
        return Err(Refusal::parameter(&format!("Unknown version '{version}'.")));
    }
    match world.number(number) {
        None => Err(Refusal::unknown_number(number)),
        Some(known) if known.spec.token == token => Ok(()),
        Some(_) => Err(Refusal::permission()),
    }
}

/// A 200, unless it gets lost on its way.
struct Answer {
    body: Value,
    lost: bool,
}

fn handle(
    hub: &Hub,
    number: &str,
    body: &Value,
    (faults, names): (&Faults, &[&str]),
) -> Result<Answer, Refusal> {
    if body.get("messaging_product").and_then(Value::as_str) != Some("whatsapp") {
        return Err(Refusal::parameter("messaging_product must be 'whatsapp'."));
    }
    if body.get("status").and_then(Value::as_str) == Some("read") {
        let body = mark_as_read(hub, body)?;
        return Ok(Answer { body, lost: false });
    }
    let business = hub
        .world()
        .number(number)
        .map(|n| n.spec.display_phone_number.clone());
    let address = address::read(body, &business.unwrap_or_default())?;
    let opaque = body.get("biz_opaque_callback_data");
    if opaque.is_some_and(|data| data.as_str().is_none_or(|data| data.chars().count() > 512)) {
        return Err(Refusal::value(
            "biz_opaque_callback_data: a string of at most 512.",
        ));
    }
    let msg = content::read(body)?;
    let hit = hub.misbehaves(Moment::Send, names);
    match hit.map(|hit| hit.what) {
        Some(Misbehaviour::NumberThrottled) => return Err(Refusal::throughput()),
        Some(Misbehaviour::PairThrottled) => return Err(Refusal::pair()),
        Some(Misbehaviour::SendRefused) => return Err(Refusal::injected(faults.send_error_code)),
        _ => {}
    }
    let struck = |what| hit.filter(|hit| hit.what == what);
    let send = Send {
        address,
        msg,
        opaque: opaque.and_then(Value::as_str).map(str::to_owned),
        missed: struck(Misbehaviour::WindowMissed).map(Hit::duration),
    };
    let body = accept(hub, number, send, faults)?;
    let lost = struck(Misbehaviour::SendReplyLost).is_some();
    Ok(Answer { body, lost })
}

/// A send whose shape is right.
struct Send {
    address: Address,
    msg: Msg,
    /// `biz_opaque_callback_data`.
    opaque: Option<String>,
    /// It fails after this time as if the window were closed.
    missed: Option<Duration>,
}

/// The rates, then the bubble on the phone, then the statuses to come.
fn accept(hub: &Hub, number: &str, send: Send, faults: &Faults) -> Result<Value, Refusal> {
    let (now, at) = (Instant::now(), now_seconds());
    let (accepted, shown) = place(hub, number, send, faults, (now, at))?;
    hub.counters().messages_accepted += 1;
    if let Some((phone, message)) = &shown {
        hub.events.send(&Event::Message { phone, message });
    }
    hub.report(&accepted, faults, now, at);
    Ok(answer(&accepted))
}

/// A message that reached a phone, with that phone's id.
type Shown = Option<(String, Msg)>;

/// Takes from the rates and puts the message on its phone, unless it is going to fail.
fn place(
    hub: &Hub,
    number: &str,
    send: Send,
    faults: &Faults,
    (now, at): (Instant, i64),
) -> Result<(Accepted, Shown), Refusal> {
    let mut world = hub.world();
    let sender = world
        .number_mut(number)
        .ok_or_else(|| Refusal::unknown_number(number))?;
    if !sender.take(faults.throughput_per_second, now) {
        hub.counters().throughput_violations += 1;
        return Err(Refusal::throughput());
    }
    let free = sender.free_service_message();
    let spec = sender.spec.clone();
    let Send {
        address,
        mut msg,
        opaque,
        missed,
    } = send;
    msg.wamid = hub.wamid(world.next_wamid());
    msg.at = at;
    "shop".clone_into(&mut msg.from);
    number.clone_into(&mut msg.number);
    let found = world.find(address.user_id.as_deref(), address.digits.as_deref());
    let id = found.map(|phone| phone.id.clone());
    let mut accepted = Accepted {
        spec,
        wamid: msg.wamid.clone(),
        kind: msg.kind.clone(),
        opaque,
        failure: Some(131_026),
        fails_after: missed.unwrap_or(FAILS_AFTER),
        free,
        address,
        person: None,
    };
    let Some(phone) = id.and_then(|id| world.phone_mut(&id)) else {
        return Ok((accepted, None));
    };
    if !phone.take_pair(number, faults.pair_burst, now) {
        hub.counters().pair_violations += 1;
        return Err(Refusal::pair());
    }
    accepted.person = Some(Person::from(&*phone));
    let closed = faults.window && msg.kind != "template" && !phone.window_open(number, at);
    if closed || missed.is_some() {
        accepted.failure = Some(131_047);
        return Ok((accepted, None));
    }
    accepted.failure = None;
    let shown = (phone.id.clone(), phone.push(msg));
    Ok((accepted, Some(shown)))
}

/// 200 means accepted, not delivered. `wa_id` is absent for sends to a user id.
fn answer(accepted: &Accepted) -> Value {
    let mut contact = json!({"input": accepted.address.input});
    if let Some(object) = contact.as_object_mut() {
        if let Some(digits) = &accepted.address.digits {
            object.insert("wa_id".to_owned(), json!(digits));
        }
        if let Some(person) = &accepted.person {
            object.insert("user_id".to_owned(), json!(person.user_id));
        }
    }
    json!({
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{"id": accepted.wamid}],
    })
}

/// Marks a phone's message (a typing indicator comes the same way).
fn mark_as_read(hub: &Hub, body: &Value) -> Result<Value, Refusal> {
    let wamid = super::limits::text(body, "/message_id", "message_id", 512)?;
    hub.counters().marks_as_read += 1;
    let phone = hub.world().author(wamid).map(|phone| phone.id.clone());
    if let Some(phone) = phone {
        hub.tick(&phone, wamid, "read");
    }
    Ok(json!({"success": true}))
}
