//! Who is signed in: a link is turned into a cookie, both bound to a shop and an hour.
//!
//! Both are signed by a key of their own under the master key, so nothing is stored; sessions
//! that can be listed and revoked one by one come with the vendors' accounts.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::ShopId;
use subtle::ConstantTimeEq as _;

use crate::http::Problem;
use crate::hub::SignedIn;
use crate::identity::Identity;
use crate::node::Node;

const COOKIE: &str = "livepay";

/// What a token is good for.
#[derive(Debug, Clone, Copy)]
pub enum Use {
    /// A link someone was given: a day.
    Link,
    /// A cookie in her browser: thirty days.
    Cookie,
}

impl Use {
    fn purpose(self) -> &'static str {
        match self {
            Self::Link => "sign-in link",
            Self::Cookie => "session cookie",
        }
    }

    fn lasts(self) -> TimeDelta {
        match self {
            Self::Link => TimeDelta::days(1),
            Self::Cookie => TimeDelta::days(30),
        }
    }
}

/// A token for a shop, `shop.expiry.mac`.
pub fn issue(identity: &Identity, shop: ShopId, purpose: Use, now: DateTime<Utc>) -> String {
    let until = (now + purpose.lasts()).timestamp();
    let claim = format!("{}.{until}", shop.0.simple());
    let mac = identity.token(purpose.purpose(), &claim);
    format!("{claim}.{mac}")
}

/// The shop of a valid token.
pub fn read(identity: &Identity, token: &str, purpose: Use, now: DateTime<Utc>) -> Option<ShopId> {
    let (claim, mac) = token.rsplit_once('.')?;
    let expected = identity.token(purpose.purpose(), claim);
    if !bool::from(mac.as_bytes().ct_eq(expected.as_bytes())) {
        return None;
    }
    let (shop, until) = claim.split_once('.')?;
    if until.parse::<i64>().ok()? < now.timestamp() {
        return None;
    }
    uuid::Uuid::parse_str(shop).ok().map(ShopId)
}

/// `GET /sign-in/{token}`: the cookie, then the board.
pub async fn sign_in(State(node): State<Node>, Path(token): Path<String>) -> Response {
    let now = node.now();
    let Some(shop) = read(&node.identity, &token, Use::Link, now) else {
        return Problem::SignedOut.into_response();
    };
    let value = issue(&node.identity, shop, Use::Cookie, now);
    let secure = if node.public_url.starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let age = Use::Cookie.lasts().num_seconds();
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    let mut response = Redirect::to("/board").into_response();
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}

/// Puts who is signed in into the request; routes that need it refuse without.
pub async fn layer(State(node): State<Node>, mut request: Request, next: Next) -> Response {
    let signed_in = cookie(request.headers())
        .and_then(|token| read(&node.identity, token, Use::Cookie, node.now()))
        .map(|shop| SignedIn { shop });
    if let Some(signed_in) = signed_in {
        request.extensions_mut().insert(signed_in);
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventstore::MasterKey;
    use std::sync::Arc;

    #[test]
    fn a_token_opens_its_shop_for_its_use_until_its_hour() {
        let identity = Identity::new(Arc::new(MasterKey::from_bytes(&[3; 32]).unwrap()));
        let shop = ShopId(uuid::Uuid::from_u128(77));
        let now = DateTime::UNIX_EPOCH;
        let link = issue(&identity, shop, Use::Link, now);
        assert_eq!(read(&identity, &link, Use::Link, now), Some(shop));
        assert_eq!(
            read(&identity, &link, Use::Cookie, now),
            None,
            "another use"
        );
        assert_eq!(
            read(&identity, &link, Use::Link, now + TimeDelta::days(2)),
            None,
            "late"
        );
        let other = link.replace(&shop.0.simple().to_string(), &"0".repeat(32));
        assert_eq!(
            read(&identity, &other, Use::Link, now),
            None,
            "another shop"
        );
    }
}
