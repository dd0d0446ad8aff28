//! Message ids and the ticks of a phone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::sandbox::events::Event;
use crate::sandbox::hub::Hub;

impl Hub {
    /// Meta's opaque message id; unique across starts.
    pub(in crate::sandbox) fn wamid(&self, n: u64) -> String {
        let mut bytes = b"\x1c\x18\x0f\x15\x02\x00\x12\x18".to_vec();
        bytes.extend_from_slice(&self.run());
        bytes.extend_from_slice(&n.to_be_bytes());
        bytes.push(0);
        format!("wamid.{}", STANDARD.encode(bytes))
    }

    /// Moves the ticks of a message on a phone and tells the stream, if they moved.
    pub(in crate::sandbox) fn tick(&self, phone: &str, wamid: &str, status: &str) {
        let moved = self
            .world()
            .phone_mut(phone)
            .is_some_and(|phone| phone.advance(wamid, status));
        if moved {
            self.events.send(&Event::Status {
                phone,
                wamid,
                status,
            });
        }
    }
}
