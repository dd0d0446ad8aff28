//! What becomes of an accepted message: sent, delivered, read, or failed.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::address::Address;
use crate::sandbox::config::NumberSpec;
use crate::sandbox::deliver::{Item, Update};
use crate::sandbox::faults::Faults;
use crate::sandbox::hub::Hub;
use crate::sandbox::misbehaviour::Moment;
use crate::sandbox::world::Phone;

/// An accepted message and everything its statuses say.
pub(super) struct Accepted {
    pub(super) spec: NumberSpec,
    pub(super) wamid: String,
    pub(super) kind: String,
    pub(super) opaque: Option<String>,
    /// Meta's code of the failure to come.
    pub(super) failure: Option<u32>,
    /// When that failure is told.
    pub(super) fails_after: Duration,
    /// Inside the free allowance of service messages.
    pub(super) free: bool,
    pub(super) address: Address,
    pub(super) person: Option<Person>,
}

/// The person as Meta's webhooks name her.
#[derive(Debug, Clone)]
pub(super) struct Person {
    phone: String,
    name: String,
    pub(super) user_id: String,
    /// Absent for somebody who hides the number.
    wa_id: Option<String>,
}

impl From<&Phone> for Person {
    fn from(phone: &Phone) -> Self {
        Self {
            phone: phone.id.clone(),
            name: phone.name.clone(),
            user_id: phone.user_id.clone(),
            wa_id: (!phone.hidden_phone).then(|| phone.digits.clone()),
        }
    }
}

impl Person {
    /// Her `contacts[]` entry.
    pub(super) fn contact(&self) -> Value {
        let mut contact = json!({"profile": {"name": self.name}, "user_id": self.user_id});
        if let (Some(object), Some(wa_id)) = (contact.as_object_mut(), &self.wa_id) {
            object.insert("wa_id".to_owned(), json!(wa_id));
        }
        contact
    }
}

impl Hub {
    /// Queues the statuses of an accepted message. `at` is the acceptance in Unix seconds.
    pub(super) fn report(&self, accepted: &Accepted, faults: &Faults, now: Instant, at: i64) {
        if let Some(code) = accepted.failure {
            let mut counters = self.counters();
            counters.failed(code);
            if code == 131_047 {
                counters.window_violations += 1;
            }
            drop(counters);
            let body = accepted.status("failed", at, Some(code));
            self.queue_status(accepted, "failed", body, now + accepted.fails_after);
            return;
        }
        let names = accepted.names();
        let (delivered, read) = {
            let mut random = self.random();
            (random.millis(80, 250), random.millis(400, 1_200))
        };
        let mut steps = vec![("sent", Duration::from_millis(30))];
        // A reaction is only ever sent.
        if accepted.kind != "reaction" {
            steps.push(("delivered", delivered));
            if faults.read_receipts {
                steps.push(("read", delivered + read));
            }
        }
        for (status, after) in steps {
            if self.misbehaves(Moment::Tick, &names).is_none() {
                let seconds = i64::try_from(after.as_secs()).unwrap_or(0);
                let body = accepted.status(status, at.saturating_add(seconds), None);
                self.queue_status(accepted, status, body, now + after);
            }
        }
    }

    fn queue_status(&self, accepted: &Accepted, status: &'static str, body: Value, due: Instant) {
        let person = accepted.person.as_ref();
        let contact = person.filter(|_| status != "failed").map(Person::contact);
        let wamid = accepted.wamid.clone();
        self.deliver(Update {
            phone_number_id: accepted.spec.phone_number_id.clone(),
            display_phone_number: accepted.spec.display_phone_number.clone(),
            waba_id: accepted.spec.waba_id.clone(),
            contact,
            item: Item::Status {
                wamid,
                status,
                body,
            },
            phone: person
                .map(|person| person.phone.clone())
                .unwrap_or_default(),
            due,
        });
    }
}

impl Accepted {
    /// What an order of misbehaviour may call its person.
    fn names(&self) -> Vec<&str> {
        let person = self.person.as_ref();
        let phone = person.map(|person| person.phone.as_str());
        let user_id = person.map(|person| person.user_id.as_str());
        let names = [phone, user_id, self.address.digits.as_deref()];
        names.into_iter().flatten().collect()
    }

    /// A `statuses[]` entry.
    fn status(&self, status: &str, at: i64, failure: Option<u32>) -> Value {
        let mut body = json!({
            "id": self.wamid,
            "status": status,
            "timestamp": at.to_string(),
        });
        let Some(object) = body.as_object_mut() else {
            return body;
        };
        let person = self.person.as_ref();
        let seen = person.map_or(self.address.digits.as_ref(), |person| person.wa_id.as_ref());
        if let Some(wa_id) = seen {
            object.insert("recipient_id".to_owned(), json!(wa_id));
        }
        let user_id = person
            .map(|person| &person.user_id)
            .or(self.address.user_id.as_ref());
        if let Some(user_id) = user_id {
            object.insert("recipient_user_id".to_owned(), json!(user_id));
        }
        if let Some(opaque) = &self.opaque {
            object.insert("biz_opaque_callback_data".to_owned(), json!(opaque));
        }
        if matches!(status, "sent" | "delivered") {
            object.insert("pricing".to_owned(), self.pricing());
        }
        if let Some(code) = failure {
            object.insert("errors".to_owned(), json!([error(code)]));
        }
        body
    }

    fn pricing(&self) -> Value {
        let template = self.kind == "template";
        let free = self.free && !template;
        json!({
            "billable": !free,
            "pricing_model": "PMP",
            "type": if free { "free_customer_service" } else { "regular" },
            "category": if template { "utility" } else { "service" },
        })
    }
}

fn error(code: u32) -> Value {
    let (title, details) = match code {
        131_047 => (
            "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer \
             last replied to this number.",
        ),
        _ => (
            "Message undeliverable",
            "The recipient could not be reached on WhatsApp.",
        ),
    };
    json!({
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details},
        "href": "/documentation/business-messaging/whatsapp/support/error-codes",
    })
}
