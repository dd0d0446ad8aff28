//! Who asks: the shop of the session, and only from a page of ours.

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use domain::ids::ShopId;

use crate::http::Problem;
use crate::hub::{SignedIn, own_page};

/// How the vendor is named in facts and on refunds she takes: sessions know the shop and not yet
/// which of its people.
pub(super) const USER: &str = "owner";

/// The signed-in vendor. 401 without a session; 403 for a change asked by another site's page,
/// with which a browser would send the cookie too.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vendor(pub ShopId);

impl<S: Send + Sync> FromRequestParts<S> for Vendor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let signed_in = parts.extensions.get::<SignedIn>();
        let SignedIn { shop } = *signed_in.ok_or(Problem::SignedOut)?;
        // Programs name no origin, browsers always do.
        let named = parts.headers.contains_key(axum::http::header::ORIGIN);
        if parts.method != Method::GET && named && !own_page(&parts.headers) {
            return Err(Problem::Forbidden);
        }
        Ok(Self(shop))
    }
}
