//! The master key and the keys it wraps.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use super::{SealError, open_bytes, seal_bytes};

/// A 32-byte key that seals data. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct DataKey([u8; 32]);

impl DataKey {
    /// A new key from the system's random source.
    pub fn random() -> Result<Self, SealError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|_lost| SealError::NoRandom)?;
        Ok(Self(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Drop for DataKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(redacted)")
    }
}

/// The one key that comes from outside (environment or key file); everything else hangs on it.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

impl Drop for MasterKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(redacted)")
    }
}

impl MasterKey {
    /// From exactly 32 bytes; `None` for any other length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        <[u8; 32]>::try_from(bytes).ok().map(Self)
    }

    /// HMAC-SHA-256 of `bytes` under a key of its own per purpose: for look-ups by a value that
    /// must not be stored (a phone number, a message id). Deterministic for ever.
    pub fn mac(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        let key = self.derived("mac", purpose);
        hmac(key.bytes(), &[bytes])
    }

    /// The key of numbers, accounts and contacts.
    pub fn home_key(&self) -> DataKey {
        self.derived("home", "")
    }

    /// A data key, wrapped for storage; `aad` says whose it is.
    pub fn wrap(&self, aad: &[u8], key: &DataKey) -> Result<Vec<u8>, SealError> {
        seal_bytes(&self.derived("wrap", ""), aad, key.bytes())
    }

    /// A stored data key back.
    pub fn unwrap_key(&self, aad: &[u8], wrapped: &[u8]) -> Result<DataKey, SealError> {
        let plain = open_bytes(&self.derived("wrap", ""), aad, wrapped)?;
        <[u8; 32]>::try_from(plain.as_slice())
            .map(DataKey)
            .map_err(|_lost| SealError::Malformed)
    }

    /// One key per use, so that no key ever serves two algorithms.
    fn derived(&self, usage: &str, purpose: &str) -> DataKey {
        let parts: [&[u8]; 4] = [b"livepay-1/", usage.as_bytes(), b"/", purpose.as_bytes()];
        DataKey(hmac(&self.0, &parts))
    }
}

fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a key up to its block with zeros: the same value, and no length to check.
    let mut block = Zeroizing::new([0_u8; 64]);
    let (head, _zeros) = block.split_at_mut(key.len());
    head.copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn master() -> MasterKey {
        MasterKey::from_bytes(&[7; 32]).unwrap()
    }

    #[test]
    fn keys_are_never_printed() {
        assert_eq!(format!("{:?}", master()), "MasterKey(redacted)");
        assert_eq!(format!("{:?}", master().home_key()), "DataKey(redacted)");
    }

    #[test]
    fn macs_are_stable_and_separate() {
        let master = master();
        assert_eq!(master.mac("phone", b"+221"), master.mac("phone", b"+221"));
        assert_ne!(master.mac("phone", b"+221"), master.mac("wamid", b"+221"));
        assert_ne!(master.mac("phone", b"+221"), master.mac("phone", b"+222"));
    }

    /// Golden: a change here would orphan every stored look-up.
    #[test]
    fn a_mac_is_for_ever() {
        let mac = master().mac("phone", b"+221770000000");
        assert_eq!(hex::encode(mac), GOLDEN);
    }

    const GOLDEN: &str = "1817a641169d148a0a54dcb0e7e775cd784e7188692696e6ae9063eae9e032f6";

    #[test]
    fn a_wrapped_key_opens_for_its_owner_only() {
        let master = master();
        let key = DataKey::random().unwrap();
        let wrapped = master.wrap(b"a", &key).unwrap();
        assert_eq!(
            master.unwrap_key(b"a", &wrapped).unwrap().bytes(),
            key.bytes()
        );
        assert!(master.unwrap_key(b"b", &wrapped).is_err());
    }
}
