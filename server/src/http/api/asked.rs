//! What a request names and holds. A number that can be none of ours is not found; a body that
//! cannot be read is malformed.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use domain::text::Text;
use serde::de::DeserializeOwned;

use crate::http::Problem;

/// The one id in the address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Id<T>(pub T);

impl<T, S> FromRequestParts<S> for Id<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        let Path(id) = path.map_err(|_no_id| Problem::NotFound)?;
        Ok(Self(id))
    }
}

/// What the query says.
#[derive(Debug, Clone)]
pub(super) struct Query<T>(pub T);

impl<T, S> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        let query = query.map_err(|_unread| Problem::Malformed)?;
        Ok(Self(query.0))
    }
}

/// A JSON body, whatever content type it claims.
#[derive(Debug, Clone)]
pub(super) struct Body<T>(pub T);

impl<T, S> FromRequest<S> for Body<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            _ => Problem::Malformed,
        })?;
        let read = serde_json::from_slice(&bytes);
        Ok(Self(read.map_err(|_unread| Problem::Malformed)?))
    }
}

/// Words that must say something.
pub(super) fn said(text: Text) -> Result<Text, Problem> {
    if text.is_empty() {
        return Err(Problem::Malformed);
    }
    Ok(text)
}
