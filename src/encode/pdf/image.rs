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
use crate::layout::Pages;
use crate::tree::{Document, Location, Picture, PictureFormat};

/// Bytes of pixels beyond which a picture is not opened.
const MOST_BYTES: usize = 1 << 30;

/// A picture that can be drawn.
pub(super) struct Drawing {
    /// Its name in the resources of pages.
    pub(super) name: String,
    /// It lets what is behind it show through.
    pub(super) transparent: bool,
    id: Id,
}

impl Drawing {
    /// The matrix that draws the picture in an area with its lower left corner at the origin.
    pub(super) fn matrix(&self, width: f64, height: f64, turned: bool) -> [f64; 6] {
        if turned { [0.0, height, -width, 0.0, width, 0.0] } else { [width, 0.0, 0.0, height, 0.0, 0.0] }
    }
}

/// Puts the pictures that the pages show, and reports those that can't be drawn. By the index of the picture in
/// [`Document::pictures`]. `archival` where all colours must be defined apart from any device.
pub(super) fn write(
    file: &mut File,
    document: &Document,
    pages: &Pages,
    archival: bool,
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
            Some(PictureFormat::Png) => png(&picture.bytes),
            Some(PictureFormat::Jpeg) => jpeg(picture, archival, diagnostics),
            None => Err("it is neither PNG nor JPEG".into()),
        };
        match image {
            Ok(image) => {
                let (id, transparent) = (image.write(file, &mut profiles), image.mask.is_some());
                let name = format!("I{}", figure.picture);
                drawings[figure.picture] = Some(Drawing { name, transparent, id });
            }
            Err(why) => {
                let message = format!("the picture {} is not drawn: {why}", picture.target);
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

/// A PNG file (ISO/IEC 15948). All of it is read, so that a damaged one is known.
fn png(bytes: &[u8]) -> Result<Image<'_>, String> {
    let damaged = |error: png::DecodingError| format!("its file is damaged ({error})");
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: MOST_BYTES });
    let info = decoder.read_header_info().map_err(damaged)?.clone();
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
    let size = reader.output_buffer_size().filter(|size| *size <= MOST_BYTES);
    let mut pixels = vec![0; size.ok_or("it is too large")?];
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
fn packed(width: u32, height: u32, colours: Colours, samples: &[u8]) -> Result<Image<'static>, String> {
    let mut made = Vec::new();
    let mut encoder = png::Encoder::new(&mut made, width, height);
    encoder.set_color(if colours.components() == 1 { ColorType::Grayscale } else { ColorType::Rgb });
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer.write_image_data(samples).map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
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
    archival: bool,
    diagnostics: &mut Diagnostics,
) -> Result<Image<'a>, String> {
    let bytes = &picture.bytes;
    let frame = frame(bytes)?;
    let colours = match frame.components {
        1 => Colours::Grey,
        3 => Colours::Rgb,
        4 => Colours::Cmyk,
        other => return Err(format!("it has {other} colours")),
    };
    let profile = Some(frame.profile).filter(|profile| is_usable(profile, &colours));
    if matches!(colours, Colours::Cmyk) && profile.is_none() && archival {
        let message = format!("the inks of the picture {} are shown as red, green and blue", picture.target);
        diagnostics.report(Kind::Substituted, "image-colours", Location::Whole, message);
        let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
        let samples = decoder.decode().map_err(|error| format!("its file is damaged ({error})"))?;
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
fn frame(bytes: &[u8]) -> Result<Frame, String> {
    const START_OF_SCAN: u8 = 0xDA;
    let damaged = || "its file is damaged".to_owned();
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
                return Err("it is a JPEG of a kind that PDF does not have".into());
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
                    return Err("its file ends too soon".into());
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
