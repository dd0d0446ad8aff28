//! The two signatures of the two neighbours, and Meta's way of writing JSON.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Lowercase hex of HMAC-SHA256 over the parts, one after the other.
pub(super) fn hmac_hex(key: &str, parts: &[&[u8]]) -> String {
    // HMAC takes keys of any length, so the error arm cannot be reached; it yields no signature.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        return String::new();
    };
    for part in parts {
        mac.update(part);
    }
    hex::encode(mac.finalize().into_bytes())
}

/// JSON as Meta sends it: every character outside ASCII as lowercase `\uXXXX` (UTF-16 units).
pub(super) fn meta_json(value: &serde_json::Value) -> String {
    let plain = value.to_string();
    let mut escaped = String::with_capacity(plain.len());
    for character in plain.chars() {
        if character.is_ascii() {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str("\\u");
                escaped.push_str(&hex::encode(unit.to_be_bytes()));
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{hmac_hex, meta_json};

    #[test]
    fn the_signature_is_the_published_one() {
        // RFC 4231, test case 2.
        let parts: [&[u8]; 2] = [b"what do ya want ", b"for nothing?"];
        assert_eq!(
            hmac_hex("Jefe", &parts),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn accents_and_emoji_leave_as_lowercase_escapes() {
        let value = serde_json::json!({"t": "é👗"});
        assert_eq!(meta_json(&value), r#"{"t":"\u00e9\ud83d\udc57"}"#);
    }
}
