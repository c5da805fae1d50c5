//! The pictures of a document as image XObjects (ISO 32000-1, 8.9; ISO 19005-2, 6.2.8 and 6.2.10).
//!
//! The compressed data of a file go into the PDF as they are wherever it can hold them: PNG without transparency and
//! interlacing, JPEG. A PNG with transparency becomes colours and a soft mask.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Cursor;

use png::{BitDepth, ColorType, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::file::{Data, File, Id, hash};
use crate::diagnostic::{Diagnostics, Kind};
use crate::error::Error;
use crate::layout::Pages;
use crate::limits::{Limit, Limits};
use crate::message::Message;
use crate::options::Options;
use crate::tree::orientation::{Orientation, product};
use crate::tree::{Document, Location, Picture, PictureFormat};

/// A picture that can be drawn.
pub(super) struct Drawing {
    /// Its name in the resources of pages.
    pub(super) name: String,
    /// It lets what is behind it show through.
    pub(super) transparent: bool,
    /// Which side of it is up.
    orientation: Orientation,
    id: Id,
}

impl Drawing {
    /// The matrix that draws the picture in an area with its lower left corner at the origin.
    pub(super) fn matrix(&self, width: f64, height: f64, turned: bool) -> [f64; 6] {
        placed(self.orientation, width, height, turned)
    }
}

fn placed(orientation: Orientation, width: f64, height: f64, turned: bool) -> [f64; 6] {
    let area =
        if turned { [0.0, height, -width, 0.0, width, 0.0] } else { [width, 0.0, 0.0, height, 0.0, 0.0] };
    product(orientation.matrix(), area)
}

/// Puts the pictures that the pages show, and reports those that can't be drawn. By the index of the picture in
/// [`Document::pictures`]. Where a standard
/// is kept, all colours are defined apart from any device.
pub(super) fn write(
    file: &mut File,
    document: &Document,
    pages: &Pages,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Drawing>> {
    let mut drawings: Vec<Option<Drawing>> = Vec::new();
    drawings.resize_with(document.pictures.len(), || None);
    let mut profiles = HashMap::new();
    let mut tried = vec![false; document.pictures.len()];
    for figure in pages.pages.iter().flat_map(|page| &page.figures) {
        let Some(picture) = document.pictures.get(figure.picture) else { continue };
        if std::mem::replace(&mut tried[figure.picture], true) {
            continue;
        }
        let image = match picture.format() {
            Some(PictureFormat::Png) => png(&picture.bytes, &options.limits),
            Some(PictureFormat::Jpeg) => jpeg(picture, options, diagnostics),
            None => Err(message!("it is neither PNG nor JPEG")),
        };
        match image {
            Ok(image) => {
                let (id, transparent) = (image.write(file, &mut profiles), image.mask.is_some());
                let name = format!("I{}", figure.picture);
                drawings[figure.picture] =
                    Some(Drawing { name, transparent, orientation: picture.orientation(), id });
            }
            Err(why) => {
                let message =
                    message!("the picture {picture} is not drawn: {why}", picture = picture.target, why);
                diagnostics.report_text(
                    Kind::Dropped,
                    "image-dropped",
                    Location::Whole,
                    message,
                    figure.alt.clone(),
                );
            }
        }
    }
    drawings
}

/// The dictionary that names the pictures, or nothing.
pub(super) fn resources(drawings: &[Option<Drawing>]) -> String {
    let named: String =
        drawings.iter().flatten().map(|drawing| format!("/{} {}", drawing.name, drawing.id)).collect();
    if named.is_empty() { named } else { format!("/XObject<<{named}>>") }
}

/// A picture as a PDF holds it.
struct Image<'a> {
    width: u32,
    height: u32,
    bits: u8,
    colours: Colours,
    /// The filter and its parameters.
    filter: String,
    /// Compressed data.
    data: Cow<'a, [u8]>,
    /// How much of what is behind each pixel is covered.
    mask: Option<Box<Image<'a>>>,
    /// The colours, where the file defines them.
    profile: Option<Vec<u8>>,
    /// Cyan, magenta, yellow and black count from full to none, as Adobe's programs write them.
    inverted: bool,
}

enum Colours {
    Grey,
    Rgb,
    Cmyk,
    /// Red, green and blue of every colour.
    Palette(Vec<u8>),
}

impl Colours {
    fn device(&self) -> &'static str {
        match self {
            Self::Grey => "/DeviceGray",
            Self::Rgb | Self::Palette(_) => "/DeviceRGB",
            Self::Cmyk => "/DeviceCMYK",
        }
    }

    fn components(&self) -> u8 {
        match self {
            Self::Grey => 1,
            Self::Rgb | Self::Palette(_) => 3,
            Self::Cmyk => 4,
        }
    }
}

impl Image<'_> {
    fn write(&self, file: &mut File, profiles: &mut HashMap<u64, Id>) -> Id {
        let mut space = self.colours.device().to_owned();
        if let Some(profile) = &self.profile {
            let id = *profiles.entry(hash(profile.iter().copied())).or_insert_with(|| {
                let entries = format!("/N {}/Alternate{space}", self.colours.components());
                file.add_stream(entries, Data::Deflate(profile.clone()))
            });
            space = format!("[/ICCBased {id}]");
        }
        if let Colours::Palette(colours) = &self.colours {
            let hex: String = colours.iter().map(|byte| format!("{byte:02X}")).collect();
            space = format!("[/Indexed {space} {} <{hex}>]", (colours.len() / 3).saturating_sub(1));
        }
        let mask = self.mask.as_ref().map(|mask| mask.write(file, profiles));
        let mut entries = format!(
            "/Type/XObject/Subtype/Image/Width {}/Height {}/BitsPerComponent {}/ColorSpace{space}{}",
            self.width, self.height, self.bits, self.filter
        );
        if self.inverted {
            entries.push_str("/Decode[1 0 1 0 1 0 1 0]");
        }
        if let Some(mask) = mask {
            entries.push_str(&format!("/SMask {mask}"));
        }
        file.add_stream(entries, Data::Plain(self.data.to_vec()))
    }
}

/// Parameters of data that are compressed as in PNG (ISO 32000-1, 7.4.4.4).
fn png_filter(components: u8, bits: u8, width: u32) -> String {
    format!(
        "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors {components}/BitsPerComponent {bits}\
         /Columns {width}>>"
    )
}

/// Refuses a picture that has more pixels than are opened.
fn within_pixels(width: u32, height: u32, limits: &Limits) -> Result<(), Message> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels <= limits.get(Limit::Pixels).saturating_mul(1_000_000) {
        return Ok(());
    }
    let found = Some(pixels.div_ceil(1_000_000));
    Err(Error::beyond(limits, Limit::Pixels, found, Location::Whole).message())
}

/// A PNG file (ISO/IEC 15948). All of it is read, so that a damaged one is known.
fn png<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Image<'a>, Message> {
    let damaged = |_: png::DecodingError| message!("its file is damaged");
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: usize::MAX });
    let info = decoder.read_header_info().map_err(damaged)?.clone();
    within_pixels(info.width, info.height, limits)?;
    // The header tells no transparency of palettes and single colours.
    let simple = !info.interlaced
        && !matches!(info.color_type, ColorType::GrayscaleAlpha | ColorType::Rgba)
        && !chunks(bytes).any(|(name, _)| name == b"tRNS");
    decoder.set_transformations(if simple {
        Transformations::IDENTITY
    } else {
        Transformations::EXPAND | Transformations::STRIP_16
    });
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size = reader.output_buffer_size().ok_or_else(|| message!("it is too large"))?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(damaged)?;
    pixels.truncate(frame.buffer_size());
    let (width, height) = (info.width, info.height);
    let mut profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    if simple {
        let colours = match info.color_type {
            ColorType::Grayscale | ColorType::GrayscaleAlpha => Colours::Grey,
            ColorType::Rgb | ColorType::Rgba => Colours::Rgb,
            ColorType::Indexed => {
                let palette = chunks(bytes).find(|(name, _)| *name == b"PLTE");
                Colours::Palette(palette.map(|(_, colours)| colours.to_vec()).unwrap_or_default())
            }
        };
        let bits = info.bit_depth as u8;
        let samples = if matches!(colours, Colours::Palette(_)) { 1 } else { colours.components() };
        let filter = png_filter(samples, bits, width);
        let data = chunks(bytes).filter(|(name, _)| *name == b"IDAT").flat_map(|(_, data)| data).copied();
        profile = profile.filter(|profile| is_usable(profile, &colours));
        let data = Cow::Owned(data.collect());
        return Ok(Image {
            width,
            height,
            bits,
            colours,
            filter,
            data,
            mask: None,
            profile,
            inverted: false,
        });
    }
    let (colours, samples) = match frame.color_type {
        ColorType::Grayscale => (Colours::Grey, 1),
        ColorType::GrayscaleAlpha => (Colours::Grey, 2),
        ColorType::Rgb | ColorType::Indexed => (Colours::Rgb, 3),
        ColorType::Rgba => (Colours::Rgb, 4),
    };
    let own = usize::from(colours.components());
    let mut alpha: Vec<u8> = Vec::new();
    if samples > own {
        alpha = pixels.chunks_exact(samples).map(|pixel| pixel[own]).collect();
        pixels = pixels.chunks_exact(samples).flat_map(|pixel| &pixel[..own]).copied().collect();
    }
    let mask = match alpha.iter().all(|covered| *covered == u8::MAX) {
        true => None,
        false => Some(Box::new(packed(width, height, Colours::Grey, &alpha)?)),
    };
    profile = profile.filter(|profile| is_usable(profile, &colours));
    Ok(Image { mask, profile, ..packed(width, height, colours, &pixels)? })
}

/// Samples of 8 bits, compressed as in PNG.
fn packed(width: u32, height: u32, colours: Colours, samples: &[u8]) -> Result<Image<'static>, Message> {
    let mut made = Vec::new();
    let mut encoder = png::Encoder::new(&mut made, width, height);
    encoder.set_color(if colours.components() == 1 { ColorType::Grayscale } else { ColorType::Rgb });
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(Message::verbatim)?;
    writer.write_image_data(samples).map_err(Message::verbatim)?;
    writer.finish().map_err(Message::verbatim)?;
    let data = chunks(&made).filter(|(name, _)| *name == b"IDAT").flat_map(|(_, data)| data).copied();
    Ok(Image {
        width,
        height,
        bits: 8,
        filter: png_filter(colours.components(), 8, width),
        data: Cow::Owned(data.collect()),
        colours,
        mask: None,
        profile: None,
        inverted: false,
    })
}

/// The chunks of a PNG file: name and data.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut left = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, rest) = left.split_first_chunk::<4>()?;
        let (name, rest) = rest.split_first_chunk::<4>()?;
        let (data, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        left = rest.get(4..).unwrap_or_default();
        Some((name, data))
    })
}

/// What the head of a JPEG file says.
struct Frame {
    width: u32,
    height: u32,
    components: u8,
    /// Written by a program of Adobe's, or as they do.
    adobe: bool,
    profile: Vec<u8>,
}

/// A JPEG file (ISO/IEC 10918-1). Cyan, magenta, yellow and black without a profile say no more than which ink to
/// use; where that is not enough they become red, green and blue.
fn jpeg<'a>(
    picture: &'a Picture,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Image<'a>, Message> {
    let bytes = &picture.bytes;
    let frame = frame(bytes)?;
    let colours = match frame.components {
        1 => Colours::Grey,
        3 => Colours::Rgb,
        4 => Colours::Cmyk,
        other => return Err(message!("it has {other} colours", other)),
    };
    let profile = Some(frame.profile).filter(|profile| is_usable(profile, &colours));
    if matches!(colours, Colours::Cmyk) && profile.is_none() && options.pdf_standard.level().is_some() {
        within_pixels(frame.width, frame.height, &options.limits)?;
        let message = message!(
            "the inks of the picture {picture} are shown as red, green and blue",
            picture = picture.target
        );
        diagnostics.report(Kind::Substituted, "image-colours", Location::Whole, message);
        let colours = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), colours);
        let samples = decoder.decode().map_err(|_| message!("its file is damaged"))?;
        return packed(frame.width, frame.height, Colours::Rgb, &samples);
    }
    Ok(Image {
        width: frame.width,
        height: frame.height,
        bits: 8,
        inverted: frame.adobe && matches!(colours, Colours::Cmyk),
        colours,
        filter: "/Filter/DCTDecode".into(),
        data: Cow::Borrowed(bytes),
        mask: None,
        profile,
    })
}

/// Reads the segments of a JPEG file up to the data of the picture (ISO/IEC 10918-1, annex B).
fn frame(bytes: &[u8]) -> Result<Frame, Message> {
    const START_OF_SCAN: u8 = 0xDA;
    let damaged = || message!("its file is damaged");
    let mut found: Option<Frame> = None;
    let (mut adobe, mut profile) = (false, Vec::new());
    let mut left = bytes.get(2..).ok_or_else(damaged)?;
    loop {
        let start = left.iter().position(|byte| *byte != 0xFF).ok_or_else(damaged)?;
        let (marker, rest) = left[start..].split_first().ok_or_else(damaged)?;
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            left = rest;
            continue;
        }
        let length = rest.first_chunk::<2>().map(|length| usize::from(u16::from_be_bytes(*length)));
        let segment = rest.get(2..length.ok_or_else(damaged)?).ok_or_else(damaged)?;
        match (marker, segment) {
            // Baseline, extended and progressive; others are not for PDF (ISO 32000-1, 7.4.8).
            (0xC0..=0xC2, [8, h1, h2, w1, w2, components, ..]) => {
                let side = |high: &u8, low: &u8| u32::from(u16::from_be_bytes([*high, *low]));
                let (width, height) = (side(w1, w2), side(h1, h2));
                let components = *components;
                found = Some(Frame { width, height, components, adobe: false, profile: Vec::new() });
            }
            (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF, _) => {
                return Err(message!("it is a JPEG of a kind that PDF does not have"));
            }
            (
                0xE2,
                [b'I', b'C', b'C', b'_', b'P', b'R', b'O', b'F', b'I', b'L', b'E', 0, _, _, part @ ..],
            ) => {
                profile.extend_from_slice(part);
            }
            (0xEE, [b'A', b'd', b'o', b'b', b'e', ..]) => adobe = true,
            (&START_OF_SCAN, _) => {
                let frame = found.filter(|frame| frame.width > 0 && frame.height > 0).ok_or_else(damaged)?;
                if !bytes.windows(2).rev().take(4096).any(|pair| pair == [0xFF, 0xD9]) {
                    return Err(message!("its file ends too soon"));
                }
                return Ok(Frame { adobe, profile, ..frame });
            }
            _ => {}
        }
        left = &rest[2 + segment.len()..];
    }
}

/// True for a colour profile that a PDF may hold for such colours (ISO 32000-1, 8.6.5.5; ISO 19005-2, 6.2.4.2).
fn is_usable(profile: &[u8], colours: &Colours) -> bool {
    let space: &[u8] = match colours {
        Colours::Grey => b"GRAY",
        Colours::Rgb | Colours::Palette(_) => b"RGB ",
        Colours::Cmyk => b"CMYK",
    };
    let field = |range: std::ops::Range<usize>| profile.get(range).unwrap_or_default();
    let size = field(0..4).first_chunk().map(|size| u32::from_be_bytes(*size));
    size.and_then(|size| usize::try_from(size).ok()) == Some(profile.len())
        && profile.len() > 128
        && (2..=4).contains(&profile[8])
        && [b"scnr", b"mntr", b"prtr", b"spac"].iter().any(|class| field(12..16) == *class)
        && field(16..20) == space
        && field(36..40) == b"acsp"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::PdfStandard;

    const WIDTH: u32 = 5;
    const HEIGHT: u32 = 3;

    /// A PNG file of WIDTH by HEIGHT.
    fn file(kind: ColorType, depth: BitDepth, samples: &[u8], palette: &[u8], alpha: &[u8]) -> Vec<u8> {
        let mut made = Vec::new();
        let mut encoder = png::Encoder::new(&mut made, WIDTH, HEIGHT);
        encoder.set_color(kind);
        encoder.set_depth(depth);
        if !palette.is_empty() {
            encoder.set_palette(palette);
        }
        if !alpha.is_empty() {
            encoder.set_trns(alpha);
        }
        let mut writer = encoder.write_header().expect("a header");
        writer.write_image_data(samples).expect("samples");
        writer.finish().expect("a file");
        made
    }

    /// The samples that a reader of the PDF gets, row by row.
    fn shown(image: &Image<'_>) -> Vec<u8> {
        // The data are those of a PNG file, whose checks are not looked at.
        let (kind, palette) = match &image.colours {
            Colours::Grey => (0, &[][..]),
            Colours::Rgb => (2, &[][..]),
            Colours::Palette(palette) => (3, palette.as_slice()),
            Colours::Cmyk => panic!("no such PNG"),
        };
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let head =
            [&image.width.to_be_bytes()[..], &image.height.to_be_bytes(), &[image.bits, kind, 0, 0, 0]];
        for (name, data) in [
            (b"IHDR", head.concat()),
            (b"PLTE", palette.into()),
            (b"IDAT", image.data.to_vec()),
            (b"IEND", vec![]),
        ] {
            if name != b"PLTE" || !data.is_empty() {
                bytes.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
                bytes.extend([&name[..], &data, &[0; 4]].concat());
            }
        }
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(Transformations::IDENTITY);
        decoder.ignore_checksums(true);
        let mut reader = decoder.read_info().expect("a header");
        let mut samples = vec![0; reader.output_buffer_size().expect("small")];
        reader.next_frame(&mut samples).expect("samples");
        samples
    }

    fn numbers(count: u32) -> Vec<u8> {
        (0..count).map(|n| u8::try_from(n * 37 % 251).expect("a byte")).collect()
    }

    #[test]
    fn a_picture_that_its_file_turns_fills_its_area() {
        let turned = |mirrored, quarters, on_its_side| {
            placed(Orientation { mirrored, quarters }, 200.0, 100.0, on_its_side)
        };
        assert_eq!(turned(false, 0, false), [200.0, 0.0, 0.0, 100.0, 0.0, 0.0]);
        // What runs to the right in the file runs down, from the upper edge; what runs up in it, to the right.
        assert_eq!(turned(false, 1, false), [0.0, -100.0, 200.0, 0.0, 0.0, 100.0]);
        assert_eq!(turned(false, 2, false), [-200.0, 0.0, 0.0, -100.0, 200.0, 100.0]);
        assert_eq!(turned(true, 0, false), [-200.0, 0.0, 0.0, 100.0, 200.0, 0.0]);
        // Turned clockwise by its file and back on a landscape page.
        assert_eq!(turned(false, 1, true), [200.0, 0.0, 0.0, 100.0, 0.0, 0.0]);
    }

    #[test]
    fn samples_without_transparency_stay_as_they_are() {
        let pixels = WIDTH * HEIGHT;
        for (kind, depth, samples) in [
            (ColorType::Grayscale, BitDepth::Eight, numbers(pixels)),
            (ColorType::Grayscale, BitDepth::One, numbers(HEIGHT)),
            (ColorType::Grayscale, BitDepth::Sixteen, numbers(2 * pixels)),
            (ColorType::Rgb, BitDepth::Eight, numbers(3 * pixels)),
            (ColorType::Rgb, BitDepth::Sixteen, numbers(6 * pixels)),
            (ColorType::Indexed, BitDepth::Four, vec![0x12; 9]),
        ] {
            let palette = if kind == ColorType::Indexed { numbers(9) } else { Vec::new() };
            let file = file(kind, depth, &samples, &palette, &[]);
            let image = png(&file, &Limits::default()).expect("read");
            assert_eq!((image.width, image.height, image.bits), (WIDTH, HEIGHT, depth as u8));
            assert!(image.mask.is_none());
            assert_eq!(shown(&image), shown(&png(&file, &Limits::default()).expect("read")));
            let bits = |samples: &[u8]| samples.iter().map(|byte| format!("{byte:08b}")).collect::<String>();
            let row = samples.len() / HEIGHT as usize;
            let used = (WIDTH as usize * usize::from(image.bits) * kind.samples()).min(8 * row);
            for (wanted, got) in samples.chunks(row).zip(shown(&image).chunks(row)) {
                assert_eq!(bits(wanted)[..used], bits(got)[..used], "{kind:?} {depth:?}");
            }
            if let Colours::Palette(colours) = &image.colours {
                assert_eq!(*colours, palette);
            }
        }
    }

    #[test]
    fn transparency_becomes_a_mask() {
        let pixels = WIDTH * HEIGHT;
        let rgba = numbers(4 * pixels);
        let made = file(ColorType::Rgba, BitDepth::Eight, &rgba, &[], &[]);
        let image = png(&made, &Limits::default()).expect("read");
        let colours: Vec<u8> = rgba.chunks(4).flat_map(|pixel| &pixel[..3]).copied().collect();
        let alpha: Vec<u8> = rgba.chunks(4).map(|pixel| pixel[3]).collect();
        assert_eq!(shown(&image), colours);
        assert_eq!(shown(image.mask.as_deref().expect("a mask")), alpha);

        let wide: Vec<u8> = numbers(2 * pixels).into_iter().flat_map(|byte| [byte, byte]).collect();
        let made = file(ColorType::GrayscaleAlpha, BitDepth::Sixteen, &wide, &[], &[]);
        let image = png(&made, &Limits::default()).expect("read");
        let grey: Vec<u8> = wide.chunks(4).map(|pixel| pixel[0]).collect();
        assert_eq!((image.bits, shown(&image)), (8, grey));

        let made = file(ColorType::Indexed, BitDepth::Eight, &[1; 15], &[9, 9, 9, 7, 8, 9], &[255, 40]);
        let image = png(&made, &Limits::default()).expect("read");
        assert_eq!(shown(&image), [7, 8, 9].repeat(15));
        assert_eq!(shown(image.mask.as_deref().expect("a mask")), [40; 15]);

        let opaque = file(ColorType::Rgba, BitDepth::Eight, &[255; 60], &[], &[]);
        assert!(png(&opaque, &Limits::default()).expect("read").mask.is_none());
    }

    #[test]
    fn interlaced_pictures_are_put_in_order() {
        let image =
            png(include_bytes!("../../../tests/pictures/interlaced.png"), &Limits::default()).expect("read");
        let wanted: Vec<u8> =
            (0..6u8).flat_map(|y| (0..9u8).flat_map(move |x| [x * 28, y * 40, (x + y) * 15])).collect();
        assert_eq!((image.width, image.height, shown(&image)), (9, 6, wanted));
    }

    #[test]
    fn jpeg_files_pass_and_inks_become_colours_for_archives() {
        let picture = |bytes: &[u8]| Picture { target: "图.jpg".into(), bytes: bytes.to_vec() };
        for (bytes, device) in [
            (&include_bytes!("../../../tests/pictures/rgb.jpg")[..], "/DeviceRGB"),
            (&include_bytes!("../../../tests/pictures/grey.jpg")[..], "/DeviceGray"),
            (&include_bytes!("../../../tests/pictures/progressive.jpg")[..], "/DeviceRGB"),
        ] {
            let picture = picture(bytes);
            let image = jpeg(&picture, &Options::new().unwrap(), &mut Diagnostics::default()).expect("read");
            assert_eq!((image.width, image.height, image.colours.device()), (9, 6, device));
            assert_eq!(image.data, bytes);
        }
        let inks = picture(include_bytes!("../../../tests/pictures/cmyk.jpg"));
        let bare = Options { pdf_standard: PdfStandard::None, ..Options::new().unwrap() };
        let image = jpeg(&inks, &bare, &mut Diagnostics::default()).expect("read");
        assert_eq!((image.colours.device(), image.inverted), ("/DeviceCMYK", true));
        let mut diagnostics = Diagnostics::default();
        let image = jpeg(&inks, &Options::new().unwrap(), &mut diagnostics).expect("read");
        assert_eq!(image.colours.device(), "/DeviceRGB");
        // The first pixel of the picture is black, the last but few are light.
        let samples = shown(&image);
        assert!(samples[..3].iter().all(|sample| *sample < 60), "{:?}", &samples[..3]);
        assert!(samples[samples.len() - 3] > 150 && samples[samples.len() - 2] > 120, "{samples:?}");
        assert_eq!(diagnostics.into_vec()[0].code, "image-colours");
    }

    #[test]
    fn damaged_pictures_are_refused() {
        let good = file(ColorType::Rgb, BitDepth::Eight, &numbers(45), &[], &[]);
        assert!(
            png(&good[..good.len() - 20], &Limits::default())
                .is_err_and(|why| why.to_string().contains("damaged"))
        );
        let mut bent = good.clone();
        let at = bent.windows(4).position(|name| name == b"IDAT").expect("data");
        bent[at + 6] ^= 0xFF;
        assert!(png(&bent, &Limits::default()).is_err());
        let jpeg_of = |bytes: Vec<u8>| {
            let picture = Picture { target: "图.jpg".into(), bytes };
            jpeg(&picture, &Options::new().unwrap(), &mut Diagnostics::default()).map(|image| image.width)
        };
        let whole = include_bytes!("../../../tests/pictures/rgb.jpg").to_vec();
        assert!(
            jpeg_of(whole[..whole.len() - 10].to_vec())
                .is_err_and(|why| why.to_string().contains("too soon"))
        );
        for end in 0..whole.len() - 2 {
            assert!(jpeg_of(whole[..end].to_vec()).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn profiles_that_do_not_fit_are_left_out() {
        let mut profile = vec![0; 200];
        profile[3] = 200;
        profile[8] = 4;
        profile[12..20].copy_from_slice(b"mntrRGB ");
        profile[36..40].copy_from_slice(b"acsp");
        assert!(is_usable(&profile, &Colours::Rgb));
        assert!(!is_usable(&profile, &Colours::Grey) && !is_usable(&profile[..150], &Colours::Rgb));
        profile[8] = 5;
        assert!(!is_usable(&profile, &Colours::Rgb));
    }
}
