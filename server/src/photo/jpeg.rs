//! JPEG, segment by segment (ITU-T T.81, annex B).

/// Begins every JPEG.
const START: [u8; 2] = [0xff, 0xd8];
const END: u8 = 0xd9;
/// The entropy-coded picture follows.
const SCAN: u8 = 0xda;
/// Begins what cameras write (Exif 2.32, 4.5.4), in a segment APP1.
const EXIF: &[u8] = b"Exif\0\0";
/// The tag of Exif that says how the camera was held.
const ORIENTATION: u16 = 0x0112;

/// The same picture with its colours and the way it was held, and nothing else beside it.
pub(super) fn clean(raw: &[u8]) -> Option<Vec<u8>> {
    let mut rest = raw.strip_prefix(&START)?;
    let mut out = START.to_vec();
    let mut scanned = false;
    loop {
        let (kind, after) = marker(rest)?;
        if kind == END {
            out.extend([0xff, END]);
            return scanned.then_some(out);
        }
        let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
        let (segment, after) = after.split_at_checked(length)?;
        let data = segment.get(2..)?;
        rest = after;
        if kind == 0xe1 {
            // Without it a picture taken upright would lie on its side.
            out.extend(
                data.strip_prefix(EXIF)
                    .and_then(orientation)
                    .map_or(Vec::new(), upright),
            );
        } else if stays(kind, data) {
            out.extend([0xff, kind]);
            out.extend(segment);
        }
        if kind == SCAN {
            let (picture, after) = entropy(rest)?;
            out.extend(picture);
            rest = after;
            scanned = true;
        }
    }
}

/// The next marker, and what follows it. Fill bytes may stand before it.
fn marker(rest: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = rest.strip_prefix(&[0xff])?;
    while let Some(more) = rest.strip_prefix(&[0xff]) {
        rest = more;
    }
    let (kind, after) = rest.split_first()?;
    // Markers without a segment stand within a scan only.
    (!matches!(kind, 0x00 | 0x01 | 0xd0..=0xd8)).then_some((*kind, after))
}

/// Whether a segment belongs to the picture: of the applications' and of comments only the frame,
/// the colour profile and how colours are turned.
fn stays(kind: u8, data: &[u8]) -> bool {
    match kind {
        0xe0 => data.starts_with(b"JFIF\0"),
        0xe2 => data.starts_with(b"ICC_PROFILE\0"),
        0xee => data.starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// The coded picture up to the marker that ends it.
fn entropy(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let ends =
        |pair: &[u8]| matches!(pair, [0xff, kind] if !matches!(kind, 0x00 | 0xd0..=0xd7 | 0xff));
    rest.split_at_checked(rest.windows(2).position(ends)?)
}

/// How the camera was held, 2 to 8; nothing where it was held straight (1).
fn orientation(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.first_chunk()? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two = *tiff.get(at..)?.first_chunk::<2>()?;
        Some(if little {
            u16::from_le_bytes(two)
        } else {
            u16::from_be_bytes(two)
        })
    };
    let four = *tiff.get(4..)?.first_chunk::<4>()?;
    let first = if little {
        u32::from_le_bytes(four)
    } else {
        u32::from_be_bytes(four)
    };
    let first = usize::try_from(first).ok()?;
    let entries = first.checked_add(2)?;
    for entry in 0..usize::from(short(first)?) {
        let at = entries.checked_add(entry.checked_mul(12)?)?;
        if short(at)? == ORIENTATION {
            let held = u8::try_from(short(at.checked_add(8)?)?).ok()?;
            return (2..=8).contains(&held).then_some(held);
        }
    }
    None
}

/// The shortest Exif that says it: one directory with one entry.
fn upright(held: u8) -> Vec<u8> {
    let mut out = vec![0xff, 0xe1, 0, 34];
    out.extend(EXIF);
    out.extend(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    out.extend([held, 0, 0, 0, 0, 0, 0]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(kind: u8, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len() + 2).unwrap();
        [&[0xff, kind][..], &length.to_be_bytes(), data].concat()
    }

    fn exif(held: u8) -> Vec<u8> {
        // Two entries, little-endian: a width, then how it was held; then a place on Earth.
        let mut tiff = b"II*\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\x40\0\0\0".to_vec();
        tiff.extend(b"\x12\x01\x03\0\x01\0\0\0");
        tiff.extend([held, 0, 0, 0, 0, 0, 0, 0]);
        segment(0xe1, &[EXIF, &tiff, b"14.6937N 17.4441W"].concat())
    }

    fn picture(beside: &[u8], behind: &[u8]) -> Vec<u8> {
        let frame = segment(0xe0, b"JFIF\0\x01\x02");
        let scan = segment(SCAN, b"\x01\x01\0\0\x3f\0");
        let coded = b"\x12\xff\0\x34\xff\xd3\x56";
        let parts = [
            &START[..],
            &frame,
            beside,
            &scan,
            coded,
            &[0xff, END],
            behind,
        ];
        parts.concat()
    }

    #[test]
    fn a_place_on_earth_a_comment_and_a_tail_are_cut_off() {
        let secret = [
            exif(1),
            segment(0xfe, b"of Awa"),
            segment(0xed, b"Photoshop"),
        ]
        .concat();
        let raw = picture(&secret, b"<script>");
        assert_eq!(clean(&raw), Some(picture(b"", b"")));
        let profile = segment(0xe2, b"ICC_PROFILE\0x");
        assert_eq!(clean(&picture(&profile, b"")), Some(picture(&profile, b"")));
    }

    #[test]
    fn how_it_was_held_stays() {
        let kept = clean(&picture(&exif(6), b"")).unwrap();
        assert_eq!(kept, picture(&upright(6), b""));
        assert_eq!(
            clean(&kept),
            Some(kept.clone()),
            "and stays the second time"
        );
    }

    #[test]
    fn half_a_picture_is_none() {
        let whole = picture(&exif(6), b"");
        for length in 0..whole.len() {
            assert_eq!(clean(&whole[..length]), None, "{length} bytes");
        }
        assert_eq!(
            clean(&[&START[..], &[0xff, END]].concat()),
            None,
            "nothing in it"
        );
    }
}
