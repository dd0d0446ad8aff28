//! A picture somebody sent: is it one, and what of it is kept.
//!
//! Cameras write beside the picture where they stood, when, and whose they are. None of that is
//! kept: each format is walked piece by piece, and only pieces that make up the picture stay.
//! What cannot be walked to its end is no picture; bytes after its end are dropped. SVG is none
//! of ours: it is a program.

mod jpeg;
mod png;
mod webp;

use sha2::{Digest as _, Sha256};

/// Largest picture that is taken, bytes.
pub const LARGEST: usize = 300 << 10;

/// What we take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `image/jpeg`.
    Jpeg,
    /// `image/png`.
    Png,
    /// `image/webp`.
    WebP,
}

impl Media {
    /// Of a content type, whatever parameters follow it.
    pub fn of(content_type: &str) -> Option<Self> {
        let name = content_type.split(';').next().unwrap_or_default().trim();
        let all = [Self::Jpeg, Self::Png, Self::WebP];
        all.into_iter()
            .find(|media| media.name().eq_ignore_ascii_case(name))
    }

    /// The content type.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }
}

/// A picture without anything beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// The picture in these bytes; nothing where they are not what they are said to be.
    pub fn read(media: Media, raw: &[u8]) -> Option<Self> {
        let bytes = match media {
            Media::Jpeg => jpeg::clean(raw),
            Media::Png => png::clean(raw),
            Media::WebP => webp::clean(raw),
        };
        bytes.map(|bytes| Self { media, bytes })
    }

    /// SHA-256 of its bytes.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }
}

/// Where a picture is shown, as facts about products name it.
pub fn address(hash: &[u8; 32]) -> String {
    format!("/api/v1/photos/{}", hex::encode(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_type_is_known_by_its_name() {
        assert_eq!(Media::of("image/JPEG; q=1"), Some(Media::Jpeg));
        assert_eq!(Media::of("image/webp"), Some(Media::WebP));
        for other in ["image/svg+xml", "image/gif", "text/html", "", "image/"] {
            assert_eq!(Media::of(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_said_to_be_a_picture_and_is_none_is_refused() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>";
        for media in [Media::Jpeg, Media::Png, Media::WebP] {
            for raw in [
                &svg[..],
                b"",
                b"\xff\xd8\xff",
                b"RIFF",
                b"\x89PNG\r\n\x1a\n",
            ] {
                assert_eq!(Picture::read(media, raw), None, "{media:?} {raw:?}");
            }
        }
    }
}
