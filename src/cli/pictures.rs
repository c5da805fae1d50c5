//! Pictures in files of their own: those that a document names and does not hold are read from beside it, and those
//! that it holds are written beside a format that only names them.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use banshi::diagnostic::{Diagnostics, Kind};
use banshi::limits::Limits;
use banshi::tree::{Document, Location, Picture};
use banshi::{Diagnostic, Format, Message, message};
use percent_encoding::percent_decode_str;

use super::files;

/// True for formats that name pictures by the paths of their files. A Word file holds its own, and is given none: it
/// comes from anywhere.
pub(super) fn are_named_in(format: Format) -> bool {
    matches!(format, Format::Markdown | Format::Json | Format::PandocJson)
}

/// True for formats that hold the files of pictures. The others go on naming them.
pub(super) fn are_held_in(format: Format) -> bool {
    matches!(format, Format::Docx | Format::Pdf | Format::Svg)
}

/// The pictures that the document names and lacks, read from the folder of its source or from their own address
/// (RFC 2397), and what kept others from being read. Nothing outside of that folder is read, and nothing from the network.
pub(super) fn beside(source: &Path, document: &Document, limits: &Limits) -> (Vec<Picture>, Vec<Diagnostic>) {
    let folder = files::folder_of(source);
    let (mut pictures, mut diagnostics) = (Vec::new(), Diagnostics::default());
    let held = |target: &str| document.pictures.iter().any(|picture| picture.target == target);
    for target in document.picture_targets().into_iter().filter(|target| !held(target)) {
        match read(folder, target, limits) {
            Some(Ok(bytes)) => pictures.push(Picture { target: target.to_owned(), bytes }),
            Some(Err(why)) => {
                let message = message!("the picture {target} is not read: {why}", target, why);
                diagnostics.report(Kind::Noticed, "picture-not-read", Location::Whole, message);
            }
            None => {}
        }
    }
    (pictures, diagnostics.into_vec())
}

/// The file that a target names; `None` for addresses on the network.
fn read(folder: &Path, target: &str, limits: &Limits) -> Option<Result<Vec<u8>, Message>> {
    if target.starts_with("data:") {
        return Picture::from_data_uri(target).map(Ok);
    }
    if target.is_empty() || target.contains("://") || target.starts_with("//") {
        return None;
    }
    Some(find(folder, target).and_then(|path| {
        let bytes = files::read(&path, limits).map_err(|failure| failure.message())?;
        let picture = Picture { target: String::new(), bytes };
        match picture.format() {
            Some(_) => Ok(picture.bytes),
            None => Err(message!("it is neither PNG nor JPEG")),
        }
    }))
}

/// The path of a target within the folder, as it is written or with its signs decoded (`%20`).
fn find(folder: &Path, target: &str) -> Result<PathBuf, Message> {
    let decoded = percent_decode_str(target).decode_utf8().unwrap_or_default();
    let within = |path: &Path| {
        path.components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir | Component::ParentDir))
    };
    let outside = || message!("it is outside of the folder of its document");
    let home = folder.canonicalize().map_err(|error| files::reason(&error))?;
    for name in [target, &decoded] {
        let name = name.replace('\\', "/");
        if !within(Path::new(&name)) {
            return Err(outside());
        }
        if let Ok(path) = home.join(&name).canonicalize() {
            return if path.starts_with(&home) { Ok(path) } else { Err(outside()) };
        }
    }
    Err(message!("there is no such file"))
}

/// The pictures that a document holds, for a folder beside `output`, with the document that names them there and holds
/// none. Their names begin with that of the document, so that many may share the folder.
pub(super) fn aside(
    document: &Document,
    folder: &Path,
    output: &Path,
    stem: Option<&str>,
) -> (Document, Vec<(PathBuf, Vec<u8>)>) {
    let stem = stem.unwrap_or("图");
    let mut document = document.clone();
    let shown: Vec<String> = document.picture_targets().into_iter().map(str::to_owned).collect();
    let (mut names, mut written) = (BTreeMap::new(), Vec::new());
    for picture in std::mem::take(&mut document.pictures) {
        if !shown.contains(&picture.target) || names.contains_key(&picture.target) {
            continue;
        }
        let named = Path::new(&picture.target).extension().and_then(|extension| extension.to_str());
        let extension = picture.format().map(|format| format.extension()).or(named).unwrap_or("bin");
        let path = folder.join(format!("{stem}-{}.{extension}", written.len() + 1));
        names.insert(picture.target, path.to_string_lossy().replace('\\', "/"));
        written.push((files::folder_of(output).join(path), picture.bytes));
    }
    document.rename_pictures(&|target| names.get(target).cloned());
    (document, written)
}
