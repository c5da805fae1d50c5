//! The pictures that a document carries, apart from the places that show them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use base64::Engine as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::orientation::Orientation;
use super::{Block, BlockKind, Document, Image, Inline};

/// The file of a picture. Every [`Image`] whose target is the same shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The target by which images name it.
    pub target: String,
    /// The file, as it came; base64 in the JSON form.
    #[serde(with = "encoded")]
    pub bytes: Vec<u8>,
}

/// The formats of pictures that every encoder can carry, told by the bytes, not by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// ISO/IEC 15948.
    Png,
    /// ISO/IEC 10918-1.
    Jpeg,
}

impl PictureFormat {
    /// The usual extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

impl Picture {
    /// The format of the file, if it is one that encoders carry.
    pub fn format(&self) -> Option<PictureFormat> {
        match imagesize::image_type(&self.bytes).ok()? {
            imagesize::ImageType::Png => Some(PictureFormat::Png),
            imagesize::ImageType::Jpeg => Some(PictureFormat::Jpeg),
            _ => None,
        }
    }

    /// The file as an address that holds it (RFC 2397), if it is one that encoders carry. It no longer says which side is
    /// up: some viewers turn a picture as its file says, and some do not.
    pub fn data_address(&self) -> Option<String> {
        let format = self.format()?;
        let mut bytes = Cow::Borrowed(&self.bytes);
        if self.orientation() != Orientation::default() {
            Orientation::hide(bytes.to_mut());
        }
        let data = base64::engine::general_purpose::STANDARD.encode(&*bytes);
        Some(format!("data:{};base64,{data}", format.media_type()))
    }

    /// Width and height in pt at which `image` shows it: the size that the source gives or, where it gives none, its
    /// pixels at 96 to the inch. `None` for a file that encoders do not carry, or a damaged one.
    pub fn shown_size(&self, image: &Image) -> Option<(f64, f64)> {
        self.format()?;
        let (width, height) = self.pixels()?;
        Some(match image.size.filter(|size| size.width > 0 && size.height > 0) {
            Some(size) => (f64::from(size.width) / 20.0, f64::from(size.height) / 20.0),
            None => (f64::from(width) * 0.75, f64::from(height) * 0.75),
        })
    }

    /// Which side of it is up.
    pub fn orientation(&self) -> Orientation {
        match self.format() {
            Some(PictureFormat::Jpeg) => Orientation::of_jpeg(&self.bytes),
            Some(PictureFormat::Png) | None => Orientation::default(),
        }
    }

    /// The file as a URI that holds it (RFC 2397).
    pub(crate) fn data_uri(&self) -> String {
        let media_type = self.format().map_or("application/octet-stream", PictureFormat::media_type);
        let data = base64::engine::general_purpose::STANDARD.encode(&self.bytes);
        format!("data:{media_type};base64,{data}")
    }

    /// The file that a URI holds; `None` for an address, and for data that is not base64.
    pub fn from_data_uri(uri: &str) -> Option<Vec<u8>> {
        let (_, data) = uri.strip_prefix("data:")?.split_once(";base64,")?;
        base64::engine::general_purpose::STANDARD.decode(data).ok()
    }

    /// Width and height in pixels, as it is shown; `None` for a damaged file and one that is no picture.
    pub fn pixels(&self) -> Option<(u32, u32)> {
        let size = imagesize::blob_size(&self.bytes).ok()?;
        let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
        let sides = if self.orientation().swaps_sides() { (height, width) } else { (width, height) };
        (width > 0 && height > 0).then_some(sides)
    }
}

impl Document {
    /// The picture that an image shows, if the document carries it.
    pub fn picture(&self, image: &Image) -> Option<&Picture> {
        self.pictures.iter().find(|picture| picture.target == image.target)
    }

    /// The targets of all pictures that text and notes show, whether the document carries them or not.
    pub fn picture_targets(&self) -> BTreeSet<&str> {
        let mut shown = BTreeSet::new();
        let notes = self.notes.iter().map(|note| &note.blocks);
        for blocks in std::iter::once(&self.blocks).chain(notes) {
            targets(blocks, &mut shown);
        }
        shown
    }
}

impl Document {
    /// Gives pictures and the places that show them other targets; `rename` says which, and `None` for those that stay.
    pub fn rename_pictures(&mut self, rename: &impl Fn(&str) -> Option<String>) {
        let change = |target: &mut String| {
            if let Some(new) = rename(target) {
                *target = new;
            }
        };
        self.pictures.iter_mut().for_each(|picture| change(&mut picture.target));
        self.change_images(&|image| change(&mut image.target));
    }

    /// Changes all places that show pictures.
    pub(crate) fn change_images(&mut self, change: &impl Fn(&mut Image)) {
        change_in(&mut self.blocks, change);
        self.notes.iter_mut().for_each(|note| change_in(&mut note.blocks, change));
    }
}

fn change_in(blocks: &mut [Block], change: &impl Fn(&mut Image)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(paragraph) => change_in_text(&mut paragraph.content, change),
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| change_in(&mut item.blocks, change));
            }
            BlockKind::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| change_in(&mut cell.blocks, change));
            }
            BlockKind::Quote(blocks) => change_in(blocks, change),
            BlockKind::Image(image) => change(image),
            BlockKind::Code(_) | BlockKind::Rule | BlockKind::PageBreak | BlockKind::Raw(_) => {}
        }
    }
}

fn change_in_text(inlines: &mut [Inline], change: &impl Fn(&mut Image)) {
    for inline in inlines {
        match inline {
            Inline::Image(image) => change(image),
            Inline::Styled(_, content) | Inline::Link { content, .. } => change_in_text(content, change),
            Inline::Text(_) | Inline::Code(_) | Inline::NoteRef(_) | Inline::Break | Inline::Raw(_) => {}
        }
    }
}

fn targets<'a>(blocks: &'a [Block], shown: &mut BTreeSet<&'a str>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => inline_targets(&paragraph.content, shown),
            BlockKind::List(list) => list.items.iter().for_each(|item| targets(&item.blocks, shown)),
            BlockKind::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| targets(&cell.blocks, shown));
            }
            BlockKind::Quote(blocks) => targets(blocks, shown),
            BlockKind::Image(image) => {
                shown.insert(&image.target);
            }
            BlockKind::Code(_) | BlockKind::Rule | BlockKind::PageBreak | BlockKind::Raw(_) => {}
        }
    }
}

fn inline_targets<'a>(inlines: &'a [Inline], shown: &mut BTreeSet<&'a str>) {
    for inline in inlines {
        match inline {
            Inline::Image(image) => {
                shown.insert(&image.target);
            }
            Inline::Styled(_, content) | Inline::Link { content, .. } => inline_targets(content, shown),
            Inline::Text(_) | Inline::Code(_) | Inline::NoteRef(_) | Inline::Break | Inline::Raw(_) => {}
        }
    }
}

/// Bytes as base64 (RFC 4648, with padding).
mod encoded {
    use super::*;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        base64::engine::general_purpose::STANDARD.encode(bytes).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        base64::engine::general_purpose::STANDARD.decode(text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a PNG file of 3 by 2 pixels.
    const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0";

    #[test]
    fn format_and_size_are_read_from_the_bytes() {
        let picture = Picture { target: "图.jpg".into(), bytes: HEAD.into() };
        assert_eq!(picture.format(), Some(PictureFormat::Png));
        assert_eq!(picture.pixels(), Some((3, 2)));
        let text = Picture { target: "图.png".into(), bytes: b"no picture at all".to_vec() };
        assert_eq!((text.format(), text.pixels()), (None, None));
    }

    #[test]
    fn the_bytes_come_back_from_a_uri() {
        let picture = Picture { target: "a".into(), bytes: HEAD.into() };
        assert!(picture.data_uri().starts_with("data:image/png;base64,iVBORw0K"));
        assert_eq!(Picture::from_data_uri(&picture.data_uri()).as_deref(), Some(HEAD));
        assert_eq!(Picture::from_data_uri("https://a.b/c;base64,AAAA"), None);
    }

    #[test]
    fn the_bytes_come_back_from_json() {
        let picture = Picture { target: "a".into(), bytes: (0..=255).collect() };
        let json = serde_json::to_string(&picture).expect("written");
        assert_eq!(serde_json::from_str::<Picture>(&json).expect("read"), picture);
        assert!(serde_json::from_str::<Picture>(r#"{"target":"a","bytes":"?"}"#).is_err());
    }
}
