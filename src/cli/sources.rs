//! Which files are to be converted: those named, those in folders, and those of a list.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use banshi::format::TABLE;
use banshi::{Message, message};
use globset::{ErrorKind, Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use super::arguments::Sources;
use super::{Failure, files};

/// A file to convert.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    /// Where it is; `-` is standard input.
    pub(super) path: PathBuf,
    /// Its place in an output folder: the path from the folder in which it was found, or its bare name.
    pub(super) place: PathBuf,
    /// It was found in a folder, not named.
    pub(super) found: bool,
}

impl Source {
    /// A file under the name that the user gave it.
    fn named(path: PathBuf) -> Self {
        let place = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
        Self { path, place, found: false }
    }
}

/// What the arguments name.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// The files, in the order in which they were named; those of a folder by name.
    pub(super) sources: Vec<Source>,
    /// Folders that could not be read, each with the reason.
    pub(super) unreadable: Vec<Message>,
}

/// All sources that the arguments name. What lies under `kept_out` (the folder of the outputs) is no source.
///
/// # Errors
/// Arguments that do not make sense, and a list that can't be read.
pub(super) fn collect(arguments: &Sources, kept_out: Option<&Path>) -> Result<Collected, Failure> {
    let choice = Choice::new(arguments)?;
    let mut named = arguments.inputs.clone();
    if let Some(list) = &arguments.files_from {
        named.extend(listed(&files::read_list(list)?)?);
    }
    let mut collected = Collected::default();
    for path in named {
        if files::is_standard(&path) || !path.is_dir() {
            collected.sources.push(Source::named(path));
        } else if arguments.recursive {
            walk(&path, kept_out, &choice, &mut collected);
        } else {
            let folder = files::shown(&path);
            return Err(Failure::Usage(message!(
                "{folder}: a folder; name the files in it, or take them all with -r",
                folder
            )));
        }
    }
    // What is named twice, or named and found in a folder, is one source: that which came first.
    let mut met = BTreeSet::new();
    collected
        .sources
        .retain(|source| files::is_standard(&source.path) || met.insert(files::resolved(&source.path)));
    let from_standard = collected.sources.iter().filter(|source| files::is_standard(&source.path)).count();
    let list = arguments.files_from.as_deref().is_some_and(files::is_standard);
    if from_standard + usize::from(list) > 1 {
        return Err(Failure::Usage(message!("standard input can be read once")));
    }
    Ok(collected)
}

/// The files of a folder and of all folders in it, sorted by name.
fn walk(folder: &Path, kept_out: Option<&Path>, choice: &Choice, collected: &mut Collected) {
    let kept_out = kept_out.map(files::resolved);
    let is_kept_out = |entry: &DirEntry| {
        entry.file_type().is_dir()
            && kept_out.as_deref().is_some_and(|out| files::resolved(entry.path()) == out)
    };
    let enters = |entry: &DirEntry| entry.depth() == 0 || !(is_hidden(entry) || is_kept_out(entry));
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(enters) {
        match entry {
            // A link to a file counts as the file; one to a folder is not followed, so that no walk goes round.
            Ok(entry) if !entry.path().is_file() => {}
            Ok(entry) => {
                let place = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_path_buf();
                if choice.takes(&place) {
                    collected.sources.push(Source { path: entry.into_path(), place, found: true });
                }
            }
            Err(error) => {
                let path = files::shown(error.path().unwrap_or(folder));
                let reason = error.io_error().map_or_else(|| Message::verbatim(&error), files::reason);
                collected.unreadable.push(message!("{path}: {reason}", path, reason));
            }
        }
    }
}

/// Names that begin with a dot, and the lock files that Word (`~$`) and LibreOffice (`.~lock`) leave beside a document.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"~$")
}

/// Which files of a folder are taken.
struct Choice {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Choice {
    fn new(arguments: &Sources) -> Result<Self, Failure> {
        let include = match arguments.include.as_slice() {
            [] => None,
            patterns => Some(set(patterns)?),
        };
        Ok(Self { include, exclude: set(&arguments.exclude)? })
    }

    /// Without patterns, documents are taken: text, Markdown and Word, not the data that this program also reads.
    fn takes(&self, place: &Path) -> bool {
        let taken = match &self.include {
            Some(include) => include.is_match(place),
            None => place.extension().and_then(|extension| extension.to_str()).is_some_and(is_document),
        };
        taken && !self.exclude.is_match(place)
    }
}

fn is_document(extension: &str) -> bool {
    let extension = extension.to_ascii_lowercase();
    TABLE
        .iter()
        .filter(|row| row.is_document())
        .any(|row| row.extensions.iter().chain(row.also_reads).any(|known| *known == extension))
}

/// Patterns without a slash fit a name in any folder, as in `.gitignore`; with one, the path from the folder given.
fn set(patterns: &[String]) -> Result<GlobSet, Failure> {
    let glob = |pattern: &str| -> Result<Glob, globset::Error> {
        let anywhere = if pattern.contains('/') { pattern.to_string() } else { format!("**/{pattern}") };
        GlobBuilder::new(&anywhere).literal_separator(true).build()
    };
    let mut builder = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = glob(pattern).map_err(|error| {
            Failure::Usage(message!("the pattern {pattern}: {error}", pattern, error = fault(error.kind())))
        })?;
        builder.add(glob);
    }
    builder.build().map_err(|error| Failure::Usage(fault(error.kind())))
}

/// What is wrong with a pattern.
fn fault(kind: &ErrorKind) -> Message {
    let lone = |sign: &'static str, other: &'static str| {
        message!("{sign} has no {other}; for the sign itself write [{sign}]", sign, other)
    };
    match kind {
        ErrorKind::InvalidRecursive => message!("** stands for whole folders; write it between slashes"),
        ErrorKind::UnclosedClass => lone("[", "]"),
        ErrorKind::InvalidRange(first, last) => {
            message!("from {first} to {last} there is nothing", first = *first, last = *last)
        }
        ErrorKind::UnopenedAlternates => lone("}", "{"),
        ErrorKind::UnclosedAlternates => lone("{", "}"),
        ErrorKind::NestedAlternates | ErrorKind::TooManyNestedAlternates => {
            message!("braces stand too deep within braces")
        }
        ErrorKind::DanglingEscape => message!("a backslash at its end stands for nothing"),
        _ => message!("it is too long, or not understood"),
    }
}

/// The names in a list: a line each, or NUL between them where there is one (`find -print0`).
fn listed(bytes: &[u8]) -> Result<Vec<PathBuf>, Failure> {
    // Editors on Windows begin UTF-8 with a mark, and PowerShell writes UTF-16.
    let utf_16 = |number: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| number([pair[0], pair[1]]));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.map(String::into_bytes)
            .map_err(|_| Failure::Failed(message!("the list of files is not in UTF-8; save it as UTF-8")))
    };
    let bytes = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Cow::Borrowed(rest),
        [0xFF, 0xFE, ..] => Cow::Owned(utf_16(u16::from_le_bytes)?),
        [0xFE, 0xFF, ..] => Cow::Owned(utf_16(u16::from_be_bytes)?),
        bytes => Cow::Borrowed(bytes),
    };
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    bytes
        .split(|byte| *byte == end)
        .map(|name| if end == 0 { name } else { name.strip_suffix(b"\r").unwrap_or(name) })
        .filter(|name| !name.is_empty())
        .map(path)
        .collect()
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere not every name is a path")]
fn path(name: &[u8]) -> Result<PathBuf, Failure> {
    use std::os::unix::ffi::OsStrExt as _;
    Ok(PathBuf::from(std::ffi::OsStr::from_bytes(name)))
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> Result<PathBuf, Failure> {
    let name = std::str::from_utf8(name)
        .map_err(|_| Failure::Failed(message!("the list of files is not in UTF-8; save it as UTF-8")))?;
    Ok(PathBuf::from(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(include: &[&str], exclude: &[&str]) -> Sources {
        let owned = |patterns: &[&str]| patterns.iter().map(ToString::to_string).collect();
        Sources { include: owned(include), exclude: owned(exclude), ..Sources::default() }
    }

    #[test]
    fn patterns_without_a_slash_fit_in_any_folder() {
        let choice = Choice::new(&arguments(&["*.txt"], &["草稿*"])).expect("patterns");
        assert!(choice.takes(Path::new("讲话.txt")));
        assert!(choice.takes(Path::new("2026/一月/讲话.txt")));
        assert!(!choice.takes(Path::new("2026/草稿一.txt")));
        let choice = Choice::new(&arguments(&["2026/*.txt"], &[])).expect("patterns");
        assert!(choice.takes(Path::new("2026/讲话.txt")));
        assert!(!choice.takes(Path::new("2026/一月/讲话.txt")));
    }

    #[test]
    fn documents_are_taken_and_data_is_not() {
        let choice = Choice::new(&arguments(&[], &[])).expect("patterns");
        for (name, taken) in [
            ("a.TXT", true),
            ("a.docm", true),
            ("a.md", true),
            ("a.json", false),
            ("a.pdf", false),
            ("a", false),
        ] {
            assert_eq!(choice.takes(Path::new(name)), taken, "{name}");
        }
    }

    #[test]
    fn a_list_has_a_name_a_line_or_nul_between() {
        let names = |bytes: &[u8]| listed(bytes).expect("names");
        assert_eq!(
            names("一.txt\r\n二 三.txt\n\n".as_bytes()),
            [PathBuf::from("一.txt"), PathBuf::from("二 三.txt")]
        );
        assert_eq!(
            names("\u{FEFF}一.txt\r\n二.txt".as_bytes()),
            [PathBuf::from("一.txt"), PathBuf::from("二.txt")]
        );
        let utf_16: Vec<u8> = "\u{FEFF}一.txt\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(names(&utf_16), [PathBuf::from("一.txt")]);
        assert_eq!(
            names("一\n二.txt\0三.txt\0".as_bytes()),
            [PathBuf::from("一\n二.txt"), PathBuf::from("三.txt")]
        );
    }
}
