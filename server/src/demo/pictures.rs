//! Pictures of the demo's products; `server/dashboard/draw/` draws them.

use domain::ids::ShopId;
use eventstore::photos::{self, Photo};
use sqlx::PgPool;

use crate::photo::{self, Media, Picture};

/// A picture by its keyword.
macro_rules! drawn {
    ($($keyword:literal $file:literal,)+) => {
        const DRAWN: &[(&str, &[u8])] = &[
            $(($keyword, include_bytes!(concat!("photos/", $file))),)+
        ];
    };
}

drawn! {
    "ROBE1" "robe1.webp",
    "ROBE2" "robe2.webp",
    "SAC2" "sac2.webp",
    "CHAUSSURE" "chaussure.webp",
    "BIJOU1" "bijou1.webp",
    "FOULARD" "foulard.webp",
}

fn pictures() -> impl Iterator<Item = (&'static str, Picture)> {
    let read = |(keyword, raw): &(&'static str, &[u8])| {
        Picture::read(Media::WebP, raw).map(|picture| (*keyword, picture))
    };
    DRAWN.iter().filter_map(read)
}

/// Where the picture of a product is, once [`keep`] was asked.
pub(super) fn address(keyword: &str) -> Option<String> {
    let found = pictures().find(|(of, _)| *of == keyword);
    found.map(|(_, picture)| photo::address(&picture.hash()))
}

/// Keeps all of them for a shop.
pub(super) async fn keep(pool: &PgPool, shop: ShopId) -> Result<(), sqlx::Error> {
    for (_, picture) in pictures() {
        let hash = picture.hash();
        let photo = Photo {
            media: picture.media.name().to_owned(),
            bytes: picture.bytes,
        };
        photos::keep(pool, shop.0, &hash, &photo).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawn_picture_is_one_and_is_small() {
        assert_eq!(pictures().count(), DRAWN.len());
        for (keyword, raw) in DRAWN {
            assert!(raw.len() <= 8_000, "{keyword}: {} bytes", raw.len());
            assert!(address(keyword).is_some());
        }
    }
}
