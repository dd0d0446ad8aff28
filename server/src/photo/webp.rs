//! WebP, chunk by chunk (RFC 9649, section 2).

/// Flags of an extended header: Exif and XMP follow.
const BESIDE: u8 = 0b0000_1100;

/// The same picture without Exif and XMP.
pub(super) fn clean(raw: &[u8]) -> Option<Vec<u8>> {
    let (size, body) = raw.strip_prefix(b"RIFF")?.split_first_chunk()?;
    let size = usize::try_from(u32::from_le_bytes(*size)).ok()?;
    let (body, _tail) = body.split_at_checked(size)?;
    let mut rest = body.strip_prefix(b"WEBP")?;
    let mut kept = b"WEBP".to_vec();
    let mut painted = false;
    while !rest.is_empty() {
        let (name, after) = rest.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*after.first_chunk()?);
        // An odd chunk is followed by one byte of padding.
        let padded = usize::try_from(length).ok()?.checked_next_multiple_of(2)?;
        let (data, after) = after.get(4..)?.split_at_checked(padded)?;
        rest = after;
        painted |= matches!(name, b"VP8 " | b"VP8L" | b"ANMF");
        if !matches!(
            name,
            b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP"
        ) {
            continue;
        }
        kept.extend(name);
        kept.extend(length.to_le_bytes());
        match (name, data.split_first()) {
            (b"VP8X", Some((flags, others))) => {
                kept.push(flags & !BESIDE);
                kept.extend(others);
            }
            _ => kept.extend(data),
        }
    }
    let size = u32::try_from(kept.len()).ok()?.to_le_bytes();
    painted.then(|| [b"RIFF", &size[..], &kept].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap();
        let pad = if data.len().is_multiple_of(2) {
            &b""[..]
        } else {
            b"\0"
        };
        [name, &length.to_le_bytes()[..], data, pad].concat()
    }

    fn picture(flags: u8, beside: &[u8], behind: &[u8]) -> Vec<u8> {
        let header = [&[flags][..], b"\0\0\0widhei"].concat();
        let parts = [
            b"WEBP",
            &chunk(b"VP8X", &header)[..],
            &chunk(b"VP8 ", b"zzz"),
            beside,
        ];
        let body = parts.concat();
        let size = u32::try_from(body.len()).unwrap();
        [b"RIFF", &size.to_le_bytes()[..], &body, behind].concat()
    }

    #[test]
    fn places_are_cut_off_and_the_header_no_longer_promises_them() {
        let secret = [chunk(b"EXIF", b"II*"), chunk(b"XMP ", b"<x:xmpmeta/>")].concat();
        let raw = picture(0b0001_1100, &secret, b"tail");
        assert_eq!(clean(&raw), Some(picture(0b0001_0000, b"", b"")));
    }

    #[test]
    fn half_a_picture_is_none() {
        let whole = picture(0, b"", b"");
        for length in 0..whole.len() {
            assert_eq!(clean(&whole[..length]), None, "{length} bytes");
        }
        assert_eq!(clean(b"RIFF\x04\0\0\0WEBP"), None, "nothing in it");
    }
}
