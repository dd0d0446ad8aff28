//! The keys of one stream's clients, loaded when it wakes.

use std::{collections::HashMap, mem, sync::Arc};

use uuid::Uuid;

use super::{DataKey, MasterKey, SealError};

/// A client's new key, wrapped, to be stored by the commit of her first sealed event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedKey {
    pub client: Uuid,
    pub wrapped: Vec<u8>,
}

/// The data keys of one stream: client → key.
///
/// A key asked for the first time is made here and written by the very commit that carries the
/// first fact sealed with it. A client whose row was deleted (forgotten) has no key any more.
#[derive(Debug)]
pub struct KeyRing {
    stream: Uuid,
    master: Arc<MasterKey>,
    keys: HashMap<Uuid, DataKey>,
    made: Vec<WrappedKey>,
}

impl KeyRing {
    /// An empty ring.
    pub fn new(stream: Uuid, master: Arc<MasterKey>) -> Self {
        Self {
            stream,
            master,
            keys: HashMap::new(),
            made: Vec::new(),
        }
    }

    /// The client's key, if she has one (she has none after she was forgotten).
    pub fn get(&self, client: Uuid) -> Option<&DataKey> {
        self.keys.get(&client)
    }

    /// The client's key, made now if she has none.
    pub fn get_or_make(&mut self, client: Uuid) -> Result<&DataKey, SealError> {
        if !self.keys.contains_key(&client) {
            let key = DataKey::random()?;
            let wrapped = self.master.wrap(&self.place(client), &key)?;
            self.made.push(WrappedKey { client, wrapped });
            self.keys.insert(client, key);
        }
        self.keys.get(&client).ok_or(SealError::Malformed)
    }

    /// Adds a stored key. A key that does not open is an error: her facts would look forgotten.
    pub fn load(&mut self, client: Uuid, wrapped: &[u8]) -> Result<(), SealError> {
        let key = self.master.unwrap_key(&self.place(client), wrapped)?;
        self.keys.insert(client, key);
        Ok(())
    }

    /// Drops a client's key from memory (her row is deleted elsewhere).
    pub fn forget(&mut self, client: Uuid) {
        self.keys.remove(&client);
    }

    /// About how many bytes the ring takes.
    pub fn weight(&self) -> usize {
        self.keys.len().saturating_mul(96)
    }

    /// Whose keys these are.
    pub fn stream(&self) -> Uuid {
        self.stream
    }

    /// The keys made since the last call: rows of this commit.
    pub(crate) fn take_made(&mut self) -> Vec<WrappedKey> {
        mem::take(&mut self.made)
    }

    fn place(&self, client: Uuid) -> [u8; 32] {
        let mut place = [0; 32];
        let (left, right) = place.split_at_mut(16);
        left.copy_from_slice(self.stream.as_bytes());
        right.copy_from_slice(client.as_bytes());
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_made_is_stored_once_and_loads_again() {
        let master = Arc::new(MasterKey::from_bytes(&[1; 32]).unwrap());
        let (stream, client) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut ring = KeyRing::new(stream, Arc::clone(&master));
        assert!(ring.get(client).is_none());
        let sealed = crate::seal::seal(ring.get_or_make(client).unwrap(), b"", b"Awa").unwrap();
        ring.get_or_make(client).unwrap();
        let made = ring.take_made();
        assert_eq!(made.len(), 1);
        assert!(ring.take_made().is_empty());

        let mut later = KeyRing::new(stream, Arc::clone(&master));
        later.load(client, &made[0].wrapped).unwrap();
        let opened = crate::seal::open(later.get(client).unwrap(), b"", &sealed).unwrap();
        assert_eq!(opened.as_slice(), b"Awa");

        let mut stranger = KeyRing::new(Uuid::from_u128(9), master);
        assert!(
            stranger.load(client, &made[0].wrapped).is_err(),
            "bound to its stream"
        );
    }
}
