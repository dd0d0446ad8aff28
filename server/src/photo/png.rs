//! PNG, chunk by chunk (W3C PNG, section 5).

const START: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What makes up the picture, its colours, its size and its motion.
const STAYS: [&[u8; 4]; 17] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"pHYS", b"bKGD", b"hIST", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

/// The same picture without texts, times and Exif.
pub(super) fn clean(raw: &[u8]) -> Option<Vec<u8>> {
    let mut rest = raw.strip_prefix(START)?;
    let mut out = START.to_vec();
    let (mut first, mut painted) = (true, false);
    loop {
        let length = u32::from_be_bytes(*rest.first_chunk()?);
        // Length, name and checksum stand around the data.
        let whole = usize::try_from(length).ok()?.checked_add(12)?;
        let (chunk, after) = rest.split_at_checked(whole)?;
        let name = chunk.get(4..)?.first_chunk::<4>()?;
        if first != (name == b"IHDR") {
            return None;
        }
        first = false;
        painted |= name == b"IDAT";
        if STAYS.contains(&name) {
            out.extend(chunk);
        }
        if name == b"IEND" {
            return painted.then_some(out);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap();
        [&length.to_be_bytes()[..], name, data, b"sum!"].concat()
    }

    fn picture(beside: &[u8], behind: &[u8]) -> Vec<u8> {
        let parts = [
            START,
            &chunk(b"IHDR", b"1234567890123"),
            beside,
            &chunk(b"IDAT", b"zz"),
            &chunk(b"IEND", b""),
            behind,
        ];
        parts.concat()
    }

    #[test]
    fn texts_and_places_are_cut_off_and_colours_stay() {
        let secret = [chunk(b"tEXt", b"Author\0Awa"), chunk(b"eXIf", b"MM\0*")].concat();
        assert_eq!(clean(&picture(&secret, b"zip")), Some(picture(b"", b"")));
        let gamma = chunk(b"gAMA", b"1234");
        assert_eq!(clean(&picture(&gamma, b"")), Some(picture(&gamma, b"")));
    }

    #[test]
    fn half_a_picture_is_none() {
        let whole = picture(b"", b"");
        for length in 0..whole.len() {
            assert_eq!(clean(&whole[..length]), None, "{length} bytes");
        }
        let unpainted = [START, &chunk(b"IHDR", b""), &chunk(b"IEND", b"")].concat();
        assert_eq!(clean(&unpainted), None);
        let twice = picture(&chunk(b"IHDR", b""), b"");
        assert_eq!(clean(&twice), None);
    }
}
