//! One sealed box: nonce (24 bytes), ciphertext, tag (16 bytes).

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

use super::DataKey;

const NONCE: usize = 24;

/// A box that could not be made or opened. Says nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("the box is not one of ours")]
    Malformed,
    #[error("the box does not open with this key in this place")]
    WrongKey,
    #[error("no random bytes from the system")]
    NoRandom,
}

/// Opened bytes, wiped when dropped.
pub type Opened = Zeroizing<Vec<u8>>;

/// Seals to bytes. `aad` says where the box belongs (a table and a key, say).
pub fn seal_bytes(key: &DataKey, aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut nonce = [0_u8; NONCE];
    getrandom::fill(&mut nonce).map_err(|_lost| SealError::NoRandom)?;
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad })
        .map_err(|_lost| SealError::Malformed)?;
    let mut out = Vec::with_capacity(NONCE.saturating_add(sealed.len()));
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// Opens what [`seal_bytes`] made.
pub fn open_bytes(key: &DataKey, aad: &[u8], sealed: &[u8]) -> Result<Opened, SealError> {
    let (nonce, msg) = sealed
        .split_first_chunk::<NONCE>()
        .ok_or(SealError::Malformed)?;
    XChaCha20Poly1305::new(key.bytes().into())
        .decrypt(&XNonce::from(*nonce), Payload { msg, aad })
        .map(Zeroizing::new)
        .map_err(|_lost| SealError::WrongKey)
}

/// Seals to text (base64, no padding), for a JSON field.
pub fn seal(key: &DataKey, aad: &[u8], plain: &[u8]) -> Result<String, SealError> {
    seal_bytes(key, aad, plain).map(|bytes| STANDARD_NO_PAD.encode(bytes))
}

/// Opens what [`seal`] made.
pub fn open(key: &DataKey, aad: &[u8], sealed: &str) -> Result<Opened, SealError> {
    let bytes = STANDARD_NO_PAD
        .decode(sealed)
        .map_err(|_lost| SealError::Malformed)?;
    open_bytes(key, aad, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_with_its_key_and_in_its_place() {
        let key = DataKey::random().unwrap();
        let sealed = seal(&key, b"client/1", "Awa, +221 77 000 00 00".as_bytes()).unwrap();
        assert!(!sealed.contains("Awa"));
        let opened = open(&key, b"client/1", &sealed).unwrap();
        assert_eq!(opened.as_slice(), "Awa, +221 77 000 00 00".as_bytes());
        assert_eq!(open(&key, b"client/2", &sealed), Err(SealError::WrongKey));
        let other = DataKey::random().unwrap();
        assert_eq!(open(&other, b"client/1", &sealed), Err(SealError::WrongKey));
        assert_eq!(open(&key, b"client/1", "AAAA"), Err(SealError::Malformed));
    }

    #[test]
    fn two_boxes_of_one_text_differ() {
        let key = DataKey::random().unwrap();
        assert_ne!(seal(&key, b"", b"x"), seal(&key, b"", b"x"));
    }
}
