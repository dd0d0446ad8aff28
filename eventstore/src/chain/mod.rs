//! The chain: each event's hash covers the one before it, so no event of a stream can be changed,
//! removed or put in without every later hash telling.
//!
//! `hash = SHA-256` of the length-prefixed (u32, big-endian) fields, in this order: previous hash,
//! stream, seq, id, kind, version, at (µs since 1970), actor, command, correlation, body bytes as
//! stored. Integers are big-endian. Genesis: `SHA-256("livepay-1" ‖ stream)`.

mod verify;

use sha2::{Digest, Sha256};
use uuid::Uuid;

pub use verify::{Break, Report, verify_all, verify_stream};

use crate::Recorded;

/// What the first event of a stream is chained to.
pub fn genesis(stream: Uuid) -> [u8; 32] {
    let mut sha = Sha256::new();
    sha.update(b"livepay-1");
    sha.update(stream.as_bytes());
    sha.finalize().into()
}

/// The hash of an event after `previous`. Does not look at `event.hash`, `lane` or `pos`.
pub fn link(previous: &[u8; 32], event: &Recorded) -> [u8; 32] {
    let mut sha = Sha256::new();
    let mut field = |bytes: &[u8]| {
        // A body over 4 GiB cannot be stored, so the prefix cannot be cut.
        let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        sha.update(len.to_be_bytes());
        sha.update(bytes);
    };
    field(previous);
    field(event.stream.as_bytes());
    field(&event.seq.to_be_bytes());
    field(event.id.as_bytes());
    field(event.kind.as_bytes());
    field(&event.version.to_be_bytes());
    field(&event.at.timestamp_micros().to_be_bytes());
    field(event.actor.as_bytes());
    field(event.command_id.as_bytes());
    field(event.correlation_id.as_bytes());
    field(event.body.as_bytes());
    sha.finalize().into()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::Lane;

    fn event() -> Recorded {
        let stream = Uuid::from_u128(1);
        Recorded {
            lane: Lane::of(stream),
            stream,
            seq: 1,
            pos: 10,
            id: Uuid::from_u128(2),
            kind: Cow::Borrowed("OrderPlaced"),
            version: 1,
            at: DateTime::from_timestamp_micros(1_700_000_000_000_001).unwrap(),
            actor: "client".into(),
            command_id: Uuid::from_u128(3),
            correlation_id: Uuid::from_u128(4),
            body: r#"{"a":1}"#.to_owned(),
            hash: [0; 32],
        }
    }

    /// Golden: a change here would break every stored chain.
    #[test]
    fn a_link_is_for_ever() {
        let tip = genesis(Uuid::from_u128(1));
        assert_eq!(
            hex::encode(tip),
            "4cf5c8166245b68e7ff708ff2cd72df6bb244e42c2ebdde305efffa9a04af4db"
        );
        assert_eq!(
            hex::encode(link(&tip, &event())),
            "fff6ac35cdc236586a622bc9088b0b746ffe519eca312e7274d4af72a975ec56"
        );
    }

    #[test]
    fn every_field_counts() {
        let tip = genesis(Uuid::from_u128(1));
        let base = link(&tip, &event());
        let changes: [fn(&mut Recorded); 10] = [
            |e| e.stream = Uuid::from_u128(9),
            |e| e.seq = 2,
            |e| e.id = Uuid::from_u128(9),
            |e| e.kind = Cow::Borrowed("OrderPlace"),
            |e| e.version = 2,
            |e| e.at = DateTime::from_timestamp_micros(1_700_000_000_000_002).unwrap(),
            |e| e.actor = "clientO".into(),
            |e| e.command_id = Uuid::from_u128(9),
            |e| e.correlation_id = Uuid::from_u128(9),
            |e| e.body = r#"{"a": 1}"#.to_owned(),
        ];
        for (index, change) in changes.iter().enumerate() {
            let mut other = event();
            change(&mut other);
            assert_ne!(link(&tip, &other), base, "field {index}");
        }
        assert_ne!(link(&[0; 32], &event()), base, "the previous hash");
    }

    proptest! {
        /// Length prefixes: moving a byte from one field to its neighbour changes the hash.
        #[test]
        fn fields_do_not_run_together(kind in "[a-z]{1,8}", actor in "[a-z]{1,8}") {
            let tip = genesis(Uuid::from_u128(1));
            let mut one = event();
            one.actor = actor.clone().into();
            one.body = kind.clone();
            let mut two = event();
            let (first, rest) = kind.split_at(1);
            two.actor = format!("{actor}{first}").into();
            two.body = rest.to_owned();
            prop_assert_ne!(link(&tip, &one), link(&tip, &two));
        }
    }
}
