//! A stream's lane: where it lives, for ever.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How many lanes there are. Fixed for ever: a stream never moves to another lane.
pub const LANES: i16 = 256;

/// One of the 256 lanes, 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane(u8);

impl Lane {
    /// The lane of a stream: the first byte of SHA-256 of the id's 16 bytes.
    pub fn of(stream: Uuid) -> Self {
        let hash: [u8; 32] = Sha256::digest(stream.as_bytes()).into();
        let [first, ..] = hash;
        Self(first)
    }

    /// The lane as the database stores it.
    pub fn number(self) -> i16 {
        i16::from(self.0)
    }

    /// The lane as an index into a table of 256 entries.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The lane of a stored number; `None` outside 0 to 255.
    pub fn from_number(number: i16) -> Option<Self> {
        u8::try_from(number).ok().map(Self)
    }

    /// All lanes, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Golden: a change here would lose every stored stream.
    #[test]
    fn a_lane_is_for_ever() {
        let golden = [
            ("00000000-0000-0000-0000-000000000000", 0x37),
            ("00000000-0000-0000-0000-000000000001", 0x7c),
            ("ffffffff-ffff-ffff-ffff-ffffffffffff", 0x5a),
        ];
        for (id, lane) in golden {
            assert_eq!(Lane::of(id.parse().unwrap()).number(), lane, "{id}");
        }
    }

    #[test]
    fn there_are_256() {
        assert_eq!(Lane::all().count(), usize::try_from(LANES).unwrap());
        assert_eq!(Lane::from_number(256), None);
        assert_eq!(Lane::from_number(255).map(Lane::index), Some(255));
    }
}
