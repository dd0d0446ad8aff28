//! Pictures of products: sent by the vendor, shown to her and nobody else yet.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::catalogue::Command as Catalogue;
use domain::command::Command;
use domain::ids::ProductId;
use eventstore::photos::{self, Photo};
use projections::stock;

use super::after::{Reader, away};
use super::asked::Id;
use super::wish::Wish;
use crate::http::Problem;
use crate::node::Node;
use crate::photo::{self, LARGEST, Media, Picture};

/// An address names its bytes, so they may be kept; the vendor's own browser only.
const KEEP: &str = "private, max-age=31536000, immutable";

impl<S: Send + Sync> FromRequest<S> for Picture {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let claimed = request.headers().get(header::CONTENT_TYPE);
        let media = claimed.and_then(|value| Media::of(value.to_str().ok()?));
        let media = media.ok_or(Problem::UnknownPicture)?;
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            _ => Problem::Malformed,
        })?;
        if bytes.len() > LARGEST {
            return Err(Problem::TooLarge);
        }
        Self::read(media, &bytes).ok_or(Problem::UnknownPicture)
    }
}

/// `PUT /api/v1/products/{product}/photo`: the bytes of a JPEG, PNG or WebP as they are, at most
/// [`LARGEST`]. What the camera wrote beside the picture is not kept.
pub(super) async fn put(
    State(node): State<Node>,
    reader: Reader,
    wish: Wish,
    Id(product): Id<ProductId>,
    picture: Picture,
) -> Result<Response, Problem> {
    known(&node, reader, product).await?;
    let hash = picture.hash();
    let kept = Photo {
        media: picture.media.name().to_owned(),
        bytes: picture.bytes,
    };
    // Kept before any fact names it: a fact must never point at nothing.
    let room = photos::keep(&node.pool, reader.shop.0, &hash, &kept).await;
    if !room.map_err(|error| away(&error))? {
        return Err(Problem::TooManyPhotos);
    }
    let change = Catalogue::ChangeProduct {
        product,
        name: None,
        price: None,
        photo: Some(photo::address(&hash)),
    };
    wish.bring(&node, Command::Catalogue(change)).await
}

/// Nothing is kept for a product the shop does not have. One that was added a moment ago may not
/// be in the tables yet.
async fn known(node: &Node, reader: Reader, product: ProductId) -> Result<(), Problem> {
    for pause in [50, 200, 500, 1_000, 0] {
        let mut tx = reader.tables(node).await?;
        let known = stock::known(&mut tx, i64::from(product.0)).await;
        let known = known.map_err(|error| away(&error))?;
        tx.end().await.map_err(|error| away(&error))?;
        if known {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
    Err(Problem::NotFound)
}

/// `GET /api/v1/photos/{hash}`.
pub(super) async fn show(
    State(node): State<Node>,
    reader: Reader,
    Id(name): Id<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut hash = [0_u8; 32];
    hex::decode_to_slice(&name, &mut hash).map_err(|_no_hash| Problem::NotFound)?;
    let mut tx = reader.tables(&node).await?;
    let found = photos::show(tx.conn(), reader.shop.0, &hash).await;
    let photo = found
        .map_err(|error| away(&error))?
        .ok_or(Problem::NotFound)?;
    tx.end().await.map_err(|error| away(&error))?;
    let etag = format!("\"{}\"", hex::encode(hash));
    let fixed = [
        (header::ETAG, etag.clone()),
        (header::CACHE_CONTROL, KEEP.to_owned()),
    ];
    if has(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, fixed).into_response());
    }
    Ok((fixed, [(header::CONTENT_TYPE, photo.media)], photo.bytes).into_response())
}

/// Whether the caller says that it has it already (RFC 9110, 13.1.2).
fn has(headers: &HeaderMap, etag: &str) -> bool {
    let seen = headers.get_all(header::IF_NONE_MATCH).into_iter();
    seen.filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|seen| seen.trim().trim_start_matches("W/"))
        .any(|seen| seen == etag || seen == "*")
}
