//! The door: Meta proves itself before anything is read (whatsapp.md 1.1, 1.2).

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::secret::Secret;

/// The handshake is not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the handshake is not ours")]
pub struct Unverified;

/// The body is not Meta's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// No `X-Hub-Signature-256`.
    #[error("no signature")]
    Missing,
    /// Not `sha256=` and 64 hexadecimal digits.
    #[error("not a signature")]
    Malformed,
    /// Signed by nobody we know; also where no secret is set.
    #[error("the signature is not Meta's")]
    Forged,
}

/// Answers the handshake (`hub.mode`, `hub.verify_token`, `hub.challenge`): the challenge, byte
/// for byte, to be sent as plain text.
pub fn verify(
    mode: &str,
    token: &str,
    challenge: &str,
    expected: &Secret,
) -> Result<String, Unverified> {
    let known = expected.matches(token);
    if known && mode == "subscribe" {
        Ok(challenge.to_owned())
    } else {
        Err(Unverified)
    }
}

/// Checks `X-Hub-Signature-256` over the raw body. Any of `secrets` may have signed: two live at
/// once while one is replaced.
pub fn authenticate(raw: &[u8], header: Option<&str>, secrets: &[Secret]) -> Result<(), Unsigned> {
    let header = header.ok_or(Unsigned::Missing)?;
    let digits = header.strip_prefix("sha256=").ok_or(Unsigned::Malformed)?;
    let mut given = [0_u8; 32];
    hex::decode_to_slice(digits, &mut given).map_err(|_bad| Unsigned::Malformed)?;
    let mut known = false;
    for secret in secrets.iter().filter(|secret| !secret.expose().is_empty()) {
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) {
            mac.update(raw);
            known |= mac.verify_slice(&given).is_ok();
        }
    }
    if known { Ok(()) } else { Err(Unsigned::Forged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // printf '{"a":"\\u00e9"}' | openssl dgst -sha256 -hmac app-secret
    const RAW: &[u8] = b"{\"a\":\"\\u00e9\"}";

    fn sign(raw: &[u8], secret: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(raw);
        format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
    }

    #[test]
    fn a_known_answer_is_accepted() {
        // The HMAC-SHA256 test case 2 of RFC 4231.
        let header = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let raw = b"what do ya want for nothing?";
        assert_eq!(
            authenticate(raw, Some(header), &[Secret::new("Jefe")]),
            Ok(())
        );
    }

    #[test]
    fn either_of_two_secrets_signs_and_nobody_else() {
        let secrets = [Secret::new("new"), Secret::new("old")];
        for signer in ["new", "old"] {
            assert_eq!(
                authenticate(RAW, Some(&sign(RAW, signer)), &secrets),
                Ok(())
            );
        }
        let forged = Err(Unsigned::Forged);
        assert_eq!(
            authenticate(RAW, Some(&sign(RAW, "else")), &secrets),
            forged
        );
        assert_eq!(
            authenticate(b"{}", Some(&sign(RAW, "new")), &secrets),
            forged
        );
        assert_eq!(authenticate(RAW, Some(&sign(RAW, "new")), &[]), forged);
        // An unset secret must not accept what anybody can sign with an empty key.
        assert_eq!(
            authenticate(RAW, Some(&sign(RAW, "")), &[Secret::new("")]),
            forged
        );
    }

    #[test]
    fn a_missing_or_bent_header_is_refused() {
        let secrets = [Secret::new("new")];
        assert_eq!(authenticate(RAW, None, &secrets), Err(Unsigned::Missing));
        let good = sign(RAW, "new");
        let short = good.get(..70).unwrap().to_owned();
        for bad in [
            "",
            "sha256=",
            "sha1=00",
            &good.replace("sha256=", ""),
            &short,
        ] {
            assert_eq!(
                authenticate(RAW, Some(bad), &secrets),
                Err(Unsigned::Malformed),
                "{bad}"
            );
        }
    }

    #[test]
    fn the_handshake_gives_the_challenge_back() {
        let expected = Secret::new("ours");
        assert_eq!(
            verify("subscribe", "ours", "a+b é", &expected),
            Ok("a+b é".to_owned())
        );
        assert_eq!(
            verify("subscribe", "yours", "1", &expected),
            Err(Unverified)
        );
        assert_eq!(
            verify("unsubscribe", "ours", "1", &expected),
            Err(Unverified)
        );
        assert_eq!(
            verify("subscribe", "", "1", &Secret::new("")),
            Err(Unverified)
        );
    }
}
