//! Which side of a picture is up: a camera that was turned says so in its file (Exif 2.32, tag 0x0112).

/// How the pixels of a file are to be shown: mirrored from left to right, then turned clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Orientation {
    /// Mirrored from left to right.
    pub mirrored: bool,
    /// Quarter turns clockwise, from 0 to 3.
    pub quarters: u8,
}

/// The eight values of the tag, from 1.
const VALUES: [Orientation; 8] = [
    Orientation { mirrored: false, quarters: 0 },
    Orientation { mirrored: true, quarters: 0 },
    Orientation { mirrored: false, quarters: 2 },
    Orientation { mirrored: true, quarters: 2 },
    Orientation { mirrored: true, quarters: 3 },
    Orientation { mirrored: false, quarters: 1 },
    Orientation { mirrored: true, quarters: 1 },
    Orientation { mirrored: false, quarters: 3 },
];

impl Orientation {
    /// True where width and height of the file change places.
    pub fn swaps_sides(self) -> bool {
        self.quarters % 2 == 1
    }

    /// The matrix `[a b c d e f]` that maps the unit square, y upwards, to itself.
    pub fn matrix(self) -> [f64; 6] {
        let turn = match self.quarters % 4 {
            0 => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            1 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
            2 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
            _ => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
        };
        if self.mirrored { product([-1.0, 0.0, 0.0, 1.0, 1.0, 0.0], turn) } else { turn }
    }

    /// What the head of a JPEG file says; upright where it says nothing, or nothing that can be read.
    pub(super) fn of_jpeg(bytes: &[u8]) -> Self {
        exif(bytes).and_then(|(_, tiff)| orientation(tiff)).unwrap_or_default()
    }

    /// Makes the head of a JPEG file say nothing of it: its segment becomes one that nobody reads.
    pub(super) fn hide(jpeg: &mut [u8]) {
        if let Some((marker, _)) = exif(jpeg) {
            jpeg[marker] = APP15;
        }
    }
}

/// The matrix that maps as `first` and then as `second` does.
pub(crate) fn product(first: [f64; 6], second: [f64; 6]) -> [f64; 6] {
    let [a, b, c, d, e, f] = second;
    let map = |x: f64, y: f64| (a * x + c * y, b * x + d * y);
    let ((xa, xb), (yc, yd)) = (map(first[0], first[1]), map(first[2], first[3]));
    let (e0, f0) = map(first[4], first[5]);
    [xa, xb, yc, yd, e0 + e, f0 + f]
}

/// The marker of segments that programs use as they like (ISO/IEC 10918-1, B.1.1.3).
const APP15: u8 = 0xEF;
/// Segments that may stand before that of Exif, which is to be the first.
const SEGMENTS: usize = 32;

/// The TIFF structure in the APP1 segment of a JPEG file, and where its marker is (Exif 2.32, 4.7.2).
fn exif(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut left = bytes.strip_prefix(b"\xFF\xD8")?;
    for _ in 0..SEGMENTS {
        // Any number of fill bytes may stand before a marker (ISO/IEC 10918-1, B.1.1.2).
        let start = left.iter().position(|byte| *byte != 0xFF)?;
        let (marker, rest) = left.get(start..)?.split_first()?;
        if start == 0 || matches!(marker, 0xDA | 0xD9) {
            return None;
        }
        let (length, _) = rest.split_first_chunk::<2>()?;
        let (segment, next) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        if let (0xE1, Some(exif)) = (marker, segment.get(2..)?.strip_prefix(b"Exif\0\0")) {
            return Some((bytes.len() - rest.len() - 1, exif));
        }
        left = next;
    }
    None
}

/// The orientation in the first directory of a TIFF structure (TIFF 6.0, section 2).
fn orientation(tiff: &[u8]) -> Option<Orientation> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let (one, two) = (u32::from(short(at)?), u32::from(short(at.checked_add(2)?)?));
        usize::try_from(if little { two << 16 | one } else { one << 16 | two }).ok()
    };
    let directory = long(4)?;
    let count = usize::from(short(directory)?);
    let entry = |number: usize| directory.checked_add(2 + 12 * number);
    let entry = (0..count).filter_map(entry).find(|at| short(*at) == Some(ORIENTATION))?;
    let value = short(entry.checked_add(8)?)?;
    VALUES.get(usize::from(value).checked_sub(1)?).copied()
}

/// The tag of the orientation.
const ORIENTATION: u16 = 0x0112;

/// A JPEG file with that value of the tag behind its first marker, least byte first or last.
#[cfg(test)]
pub(crate) fn with_orientation(jpeg: &[u8], value: u16) -> Vec<u8> {
    let little = value.is_multiple_of(2);
    let short = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let long = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let mut tiff = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    tiff.extend(long(8));
    tiff.extend(short(2));
    for (tag, value) in [(0x010F, 1), (ORIENTATION, value)] {
        tiff.extend([short(tag), short(3)].concat());
        tiff.extend(long(1));
        tiff.extend([short(value), short(0)].concat());
    }
    tiff.extend(long(0));
    let (start, rest) = jpeg.split_at(2);
    let mut file = start.to_vec();
    file.extend(b"\xFF\xFE\0\x04JF\xFF\xE1");
    file.extend(u16::try_from(tiff.len() + 8).unwrap_or(0).to_be_bytes());
    file.extend(b"Exif\0\0");
    file.extend(tiff);
    file.extend(rest);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_is_read_in_both_orders_of_bytes() {
        for (value, orientation) in (1..).zip(VALUES) {
            let file = with_orientation(b"\xFF\xD8", value);
            assert_eq!(Orientation::of_jpeg(&file), orientation, "{value}");
        }
        for value in [0, 9, u16::MAX] {
            assert_eq!(Orientation::of_jpeg(&with_orientation(b"\xFF\xD8", value)), Orientation::default());
        }
        let whole = with_orientation(b"\xFF\xD8", 6);
        for end in 0..whole.len() {
            let cut = Orientation::of_jpeg(&whole[..end]);
            assert!(cut == Orientation::default() || cut == VALUES[5], "{end}");
        }
    }

    #[test]
    fn what_is_hidden_is_not_said() {
        let jpeg = with_orientation(include_bytes!("../../tests/pictures/grey.jpg"), 6);
        let mut hidden = jpeg.clone();
        Orientation::hide(&mut hidden);
        assert_ne!(Orientation::of_jpeg(&jpeg), Orientation::default());
        assert_eq!(Orientation::of_jpeg(&hidden), Orientation::default());
        assert_eq!(jpeg.iter().zip(&hidden).filter(|(a, b)| a != b).count(), 1);
    }

    #[test]
    fn a_turned_picture_fills_its_place() {
        // Where the upper left corner of the pixels goes, for each value of the tag, y upwards.
        let corners =
            [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)];
        for (orientation, corner) in VALUES.into_iter().zip(corners) {
            let [a, b, c, d, e, f] = orientation.matrix();
            let map = |x: f64, y: f64| (a * x + c * y + e, b * x + d * y + f);
            assert_eq!(map(0.0, 1.0), corner, "{orientation:?}");
            // The upper edge lies level where the sides stay, and upright where they change places.
            assert_eq!(map(1.0, 1.0).0 == corner.0, orientation.swaps_sides(), "{orientation:?}");
        }
    }
}
