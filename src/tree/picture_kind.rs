//! The kinds of pictures that Word shows, and how large they are by themselves.

use super::{Image, Picture};

/// Hundredths of a millimetre in a point.
const HUNDREDTHS_PER_PT: f64 = 2540.0 / 72.0;

/// A kind of picture that Word shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PictureKind {
    pub(crate) extension: &'static str,
    pub(crate) media_type: &'static str,
    /// What its files begin with.
    magic: &'static [u8],
    size: Size,
}

/// Where the size of a picture stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Size {
    Pixels,
    EmfFrame,
    WmfFrame,
    Nowhere,
}

/// The kinds of pictures that Word shows (15.2.14 leaves them open; these are those of its dialog).
const KINDS: [PictureKind; 9] = [
    PictureKind {
        extension: "png",
        media_type: "image/png",
        magic: b"\x89PNG\r\n\x1a\n",
        size: Size::Pixels,
    },
    PictureKind { extension: "jpeg", media_type: "image/jpeg", magic: b"\xFF\xD8\xFF", size: Size::Pixels },
    PictureKind { extension: "gif", media_type: "image/gif", magic: b"GIF8", size: Size::Pixels },
    PictureKind { extension: "bmp", media_type: "image/bmp", magic: b"BM", size: Size::Pixels },
    PictureKind { extension: "tiff", media_type: "image/tiff", magic: b"II*\0", size: Size::Pixels },
    PictureKind { extension: "tiff", media_type: "image/tiff", magic: b"MM\0*", size: Size::Pixels },
    PictureKind { extension: "emf", media_type: "image/x-emf", magic: b"\x01\0\0\0", size: Size::EmfFrame },
    PictureKind {
        extension: "wmf",
        media_type: "image/x-wmf",
        magic: b"\xD7\xCD\xC6\x9A",
        size: Size::WmfFrame,
    },
    PictureKind { extension: "wmf", media_type: "image/x-wmf", magic: b"\x01\0\x09\0", size: Size::Nowhere },
];

/// The kind of a picture, told by its bytes; `None` for those that Word does not show.
pub(crate) fn kind_of(bytes: &[u8]) -> Option<PictureKind> {
    // What an EMF file begins with is no sign of its own; this is.
    let is = |kind: &&PictureKind| {
        bytes.starts_with(kind.magic) && (kind.extension != "emf" || bytes.get(40..44) == Some(b" EMF"))
    };
    KINDS.iter().find(is).copied()
}

/// Width and height in pt at which `image` shows a picture: the size that the source gives or, where it gives none, its
/// own. `None` for a damaged file, and one that states no size.
pub(crate) fn shown_size(picture: &Picture, image: &Image) -> Option<(f64, f64)> {
    let kind = kind_of(&picture.bytes)?;
    let own = own_size(picture);
    let stated = image.size.filter(|size| size.width > 0 && size.height > 0);
    let stated = stated.map(|size| (f64::from(size.width) / 20.0, f64::from(size.height) / 20.0));
    // A file that should state a size and doesn't is damaged.
    if own.is_none() && kind.size != Size::Nowhere { None } else { stated.or(own) }
}

/// Width and height in pt that the file of a picture states. `None` for a damaged file, and one that states none.
pub(crate) fn own_size(picture: &Picture) -> Option<(f64, f64)> {
    match kind_of(&picture.bytes)?.size {
        Size::Pixels => by_pixels(picture),
        Size::EmfFrame => of_emf(&picture.bytes),
        Size::WmfFrame => of_wmf(&picture.bytes),
        Size::Nowhere => None,
    }
}

/// Pixels at 96 to the inch.
fn by_pixels(picture: &Picture) -> Option<(f64, f64)> {
    let (width, height) = picture.pixels()?;
    Some((f64::from(width) * 0.75, f64::from(height) * 0.75))
}

/// The frame of an EMF file in hundredths of a millimetre ([MS-EMF] 2.2.9).
fn of_emf(bytes: &[u8]) -> Option<(f64, f64)> {
    let side = |at: usize| {
        let bytes = bytes.get(at..at + 4)?;
        Some(f64::from(i32::from_le_bytes(bytes.try_into().ok()?)))
    };
    let (width, height) = (side(32)? - side(24)?, side(36)? - side(28)?);
    (width > 0.0 && height > 0.0).then_some((width / HUNDREDTHS_PER_PT, height / HUNDREDTHS_PER_PT))
}

/// The frame of a placeable WMF file, in units of which it says how many are an inch ([MS-WMF] 2.3.2.3).
fn of_wmf(bytes: &[u8]) -> Option<(f64, f64)> {
    let number = |at: usize| {
        let bytes = bytes.get(at..at + 2)?;
        Some(i16::from_le_bytes(bytes.try_into().ok()?))
    };
    let [left, top, right, bottom] = [number(6)?, number(8)?, number(10)?, number(12)?].map(f64::from);
    let inch = f64::from(number(14)?.cast_unsigned());
    let (width, height) = ((right - left) * 72.0 / inch, (bottom - top) * 72.0 / inch);
    (inch > 0.0 && width > 0.0 && height > 0.0).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::ImageSize;

    fn size(bytes: &[u8], image: &Image) -> Option<(f64, f64)> {
        shown_size(&Picture { target: "a".into(), bytes: bytes.to_vec() }, image)
    }

    #[test]
    fn kinds_and_sizes_are_read_from_the_bytes() {
        let own = Image::default();
        assert_eq!(size(b"GIF89a\x08\0\x04\0\0\0\0", &own), Some((6.0, 3.0)));
        let mut emf = vec![0; 44];
        emf[0] = 1;
        emf[40..44].copy_from_slice(b" EMF");
        for (at, side) in [(24, 100_i32), (28, 0), (32, 2640), (36, 1270)] {
            emf[at..at + 4].copy_from_slice(&side.to_le_bytes());
        }
        assert_eq!(size(&emf, &own), Some((72.0, 36.0)));
        assert_eq!(size(&emf[..43], &own), None);
        let wmf = [0xD7, 0xCD, 0xC6, 0x9A, 0, 0, 0, 0, 0, 0, 0xA0, 5, 0xD0, 2, 0xA0, 5];
        assert_eq!(size(&wmf, &own), Some((72.0, 36.0)));
        assert_eq!(size(&wmf[..15], &own), None);
        let stated = Image { size: Some(ImageSize { width: 200, height: 100 }), ..Image::default() };
        assert_eq!(size(&wmf, &stated), Some((10.0, 5.0)));
        // Without a frame only the text says how large it is.
        let bare = b"\x01\0\x09\0\0\x03";
        assert_eq!((size(bare, &own), size(bare, &stated)), (None, Some((10.0, 5.0))));
        assert_eq!(kind_of(b"<svg/>"), None);
    }
}
