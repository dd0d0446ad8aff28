//! Keys and tokens, which no log may ever show.

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// A secret text: never printed, wiped when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the secret in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The characters, for the wire only.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Compares in constant time; an empty secret equals nothing.
    pub fn matches(&self, other: &str) -> bool {
        !self.0.is_empty() && bool::from(self.0.as_bytes().ct_eq(other.as_bytes()))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_compared_and_never_shown() {
        let secret = Secret::new("s3cret-key");
        assert!(secret.matches("s3cret-key"));
        assert!(!secret.matches("s3cret-kez"));
        assert!(!Secret::new("").matches(""));
        assert!(!format!("{secret:?}").contains("s3cret"));
    }
}
